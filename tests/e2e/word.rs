//! A selection of Word as it stands on the clipboard, the HTML with the plain text beside it, pasted into a piece.

use std::fs;
use std::process::{Child, Command, Stdio};

use fantoccini::key::Key;
use gtk::gdk;

use crate::by_folder::write_article;
use crate::window::Desk;

/// Asks for the program below.
const COPIED: &str = "EDITO_TEST_COPY";
const HTML: &[u8] = include_bytes!("../../src-tauri/exchange/tests/paste/word-desktop/input.html");
/// What Word puts there for programs that read no HTML.
const PLAIN: &str = "Le partage des eaux\r\nÀ Montarel, l’eau n’est plus un dû\u{a0}: «\u{a0}elle se compte\u{a0}»…\r\n\
    •\tle débit des sources\r\no\tcelle du moulin\r\n1)\tcompter\r\n";

/// Not a test: the program in which the selection was copied.
#[test]
#[ignore = "started by the journey"]
fn a_program_to_copy_from() {
    if std::env::var_os(COPIED).is_none() {
        return;
    }
    gtk::init().expect("a screen");
    let kinds = ["text/html", "UTF8_STRING", "text/plain;charset=utf-8"];
    let kinds =
        kinds.map(|kind| gtk::TargetEntry::new(kind, gtk::TargetFlags::empty(), u32::from(kind != "text/html")));
    let clipboard = gtk::Clipboard::get(&gdk::SELECTION_CLIPBOARD);
    let owned = clipboard.set_with_data(&kinds, |_, data, kind| {
        let bytes = if kind == 0 { HTML } else { PLAIN.as_bytes() };
        data.set(&data.target(), 8, bytes);
    });
    assert!(owned, "the clipboard is taken");
    gtk::main();
}

/// The program, as long as the journey needs it.
struct Copied(Child);

impl Copied {
    fn new() -> Copied {
        let program = std::env::current_exe().expect("this program");
        let child = Command::new(program)
            .args(["--exact", "word::a_program_to_copy_from", "--ignored"])
            .env(COPIED, "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        Copied(child)
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn is_on_clipboard(kind: &str) -> bool {
    let kinds = Command::new("xclip")
        .args(["-selection", "clipboard", "-o", "-t", "TARGETS"])
        .output()
        .expect("xclip is installed: ./dev setup");
    String::from_utf8_lossy(&kinds.stdout).lines().any(|line| line == kind)
}

#[tokio::test]
async fn journey_paste_a_selection_of_word() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let before = "---\ntitle: L’eau qui dort\nlang: fr\n---\n\nAvant.\n\n";
    write_article(&folder, "eau.md", before);
    let file = folder.join("eau.md");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "L’eau qui dort").await;
    window.click("button", "Write").await;
    let text = window.get("textbox", "Text of “L’eau qui dort”").await;
    text.click().await.expect("focus");
    window.press(&[Key::Control], &char::from(Key::End).to_string()).await;

    let copied = Copied::new();
    window
        .until("the selection is on the clipboard", async || {
            is_on_clipboard("text/html") && is_on_clipboard("UTF8_STRING")
        })
        .await;
    window.press(&[Key::Control], "v").await;
    // What is expected of it stands beside the selection.
    let markdown = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src-tauri/exchange/tests/paste/word-desktop/expected.md"
    ))
    .expect("the sample");
    window
        .until("it is on the disk, to the byte", async || {
            fs::read_to_string(&file).is_ok_and(|text| text == format!("{before}{markdown}"))
        })
        .await;
    window.shows("tracked changes").await;
    window.screenshot("paste-word-selection").await;

    window.press(&[Key::Control], "z").await;
    window
        .until("the file is what it was", async || {
            fs::read_to_string(&file).is_ok_and(|text| text == before)
        })
        .await;
    drop(copied);
    window.close().await;
}
