//! Images dragged into a text from another program with the pointer of the desktop: described, made smaller, and back
//! again.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::key::Key;
use gtk::gdk;
use gtk::prelude::*;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

/// What the program below is to offer, a file.
const OFFERED: &str = "EDITO_TEST_DRAG";
/// The side of its window, in pixels. It stands in the corner of the screen.
const SIDE: i32 = 36;

/// Not a test: the program that the journey drags from, as a file manager is.
#[test]
#[ignore = "started by the journey"]
fn a_program_to_drag_from() {
    let Ok(file) = std::env::var(OFFERED) else { return };
    gtk::init().expect("a screen");
    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_decorated(false);
    window.set_default_size(SIDE, SIDE);
    window.move_(0, 0);
    let place = gtk::EventBox::new();
    let kinds = [gtk::TargetEntry::new("text/uri-list", gtk::TargetFlags::empty(), 0)];
    place.drag_source_set(gdk::ModifierType::BUTTON1_MASK, &kinds, gdk::DragAction::COPY);
    place.connect_drag_data_get(move |_, _, data, _, _| {
        let address = url::Url::from_file_path(&file).expect("a path");
        data.set_uris(&[address.as_str()]);
    });
    window.add(&place);
    window.show_all();
    gtk::main();
}

/// A window with a file to be dragged; it goes with the test.
struct Offered(Child);

impl Offered {
    fn new(file: &Path) -> Offered {
        let program = std::env::current_exe().expect("this program");
        let child = Command::new(program)
            .args(["--exact", "images::a_program_to_drag_from", "--ignored"])
            .env(OFFERED, file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        Offered(child)
    }
}

impl Drop for Offered {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn pointer(arguments: &[&str]) -> String {
    let output = Command::new("xdotool").args(arguments).output();
    let output = output.expect("xdotool is installed: ./dev setup");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Where the window of Edito stands on the screen.
fn origin() -> (i32, i32) {
    let shown = pointer(&[
        "search",
        "--onlyvisible",
        "--class",
        "edito",
        "getwindowgeometry",
        "--shell",
    ]);
    let of = |name: &str| {
        let line = shown.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    (of("X="), of("Y="))
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(120)).await;
}

/// Drags from the corner of the screen to a place of the page.
async fn drag_to(window: &Window, x: i32, y: i32, over: impl AsyncFn()) {
    let (left, top) = origin();
    let (x, y) = (left + x, top + y);
    let to = |x: i32, y: i32| pointer(&["mousemove", &x.to_string(), &y.to_string()]);
    to(SIDE / 2, SIDE / 2);
    pause().await;
    pointer(&["mousedown", "1"]);
    pause().await;
    for step in 1..=12 {
        to(
            SIDE / 2 + (x - SIDE / 2) * step / 12,
            SIDE / 2 + (y - SIDE / 2) * step / 12,
        );
        pause().await;
    }
    over().await;
    to(x + 1, y);
    pause().await;
    pointer(&["mouseup", "1"]);
    let _ = window;
}

#[tokio::test]
async fn journey_an_image_dragged_into_a_text() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(
        &folder,
        "haies.md",
        "---\ntitle: Les haies\nlang: en\n---\n\nFirst paragraph.\n\nLast paragraph.\n",
    );
    let sample = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src-tauri/exchange/tests/pictures/with-a-place.jpg"
    );
    let photo = desk.path("La photo.jpg");
    fs::copy(sample, &photo).expect("a photograph");
    let file = folder.join("haies.md");
    let says = async |window: &Window, wanted: &str| {
        window
            .until(&format!("{wanted:?} is on the disk"), async || {
                fs::read_to_string(&file).is_ok_and(|text| text.contains(wanted))
            })
            .await;
    };
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "Les haies").await;
    window.click("button", "Write").await;
    window.get("textbox", "Text of “Les haies”").await;
    window.shows("First paragraph.").await;

    let offered = Offered::new(&photo);
    window
        .until("the other program is there", async || {
            !pointer(&["search", "--onlyvisible", "--pid", &offered.0.id().to_string()])
                .trim()
                .is_empty()
        })
        .await;
    let place = window
        .run(
            "const line = [...document.querySelectorAll('.cm-line')].find((l) => l.textContent === 'First paragraph.');
             const box = line.getBoundingClientRect();
             return [Math.round(box.x + 40), Math.round(box.y + box.height / 2)];",
        )
        .await;
    let at = |index: usize| i32::try_from(place[index].as_i64().expect("a place")).expect("on a screen");
    drag_to(&window, at(0), at(1), async || {
        window.shows("Put into the text").await;
        window.screenshot("images-over").await;
    })
    .await;
    window.get("dialog", "Describe the image").await;
    says(&window, "First paragraph.\n\n![](La%20photo.jpg)\n\nLast paragraph.").await;
    assert_eq!(
        fs::read(folder.join("La photo.jpg")).expect("a copy"),
        fs::read(sample).expect("the sample")
    );

    // By keyboard: the description, then the size, with what it makes of the file.
    window.get("radiogroup", "Size").await;
    window.shows("1,000 × 692 px").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "an image with sizes");
    window.screenshot("images-size").await;
    window
        .type_into("textbox", "What is to be seen", "Hedges in winter")
        .await;
    window.press(&[], &char::from(Key::Tab).to_string()).await;
    window.press(&[], &char::from(Key::Tab).to_string()).await;
    window.press(&[], &char::from(Key::Down).to_string()).await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    says(&window, "![Hedges in winter](La%20photo-1000.jpg)").await;
    window
        .until("the first file is in the trash", async || {
            !folder.join("La photo.jpg").exists()
        })
        .await;
    assert_eq!(
        edito_exchange::picture::about(&fs::read(folder.join("La photo-1000.jpg")).expect("the copy")).map(|about| (
            about.width,
            about.height,
            about.place
        )),
        Some((1000, 692, false))
    );
    window.screenshot("images-smaller").await;

    // One undo in the text, and the first file is where it was.
    window.press(&[Key::Control], "z").await;
    says(&window, "![](La%20photo.jpg)").await;
    window
        .until("the first file is back", async || folder.join("La photo.jpg").exists())
        .await;
    drop(offered);
    window.close().await;
}
