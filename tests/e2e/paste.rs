//! What another program put on the clipboard, pasted into a piece with the real clipboard of the desktop.

use std::fs;
use std::io::Write;
use std::process::{Child, Command, Stdio};

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const HEAD: &str = "---\ntitle: L’eau qui dort\nlang: fr\n---\n\n";

/// Offers bytes as one kind of data, as a program does in which something was copied. It goes when something else is
/// copied, or with the test.
struct Copied(Child);

impl Copied {
    fn new(kind: &str, bytes: &[u8]) -> Copied {
        let mut child = Command::new("xclip")
            .args(["-selection", "clipboard", "-quiet", "-t", kind])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("xclip is installed: ./dev setup");
        child.stdin.take().expect("its input").write_all(bytes).expect("copied");
        Copied(child)
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn paste(window: &Window) {
    // Who copied needs a moment to own the clipboard.
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    window.press(&[Key::Control], "v").await;
}

#[tokio::test]
async fn journey_paste_from_word_and_an_image() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(
        &folder,
        "eau.md",
        &format!("{HEAD}Avant.\n\n\n\nAprès[^1].\n\n[^1]: Une note.\n"),
    );
    let file = folder.join("eau.md");
    let on_disk = async |window: &Window, wanted: &str| {
        window
            .until(&format!("{wanted:?} is on the disk"), async || {
                fs::read_to_string(&file).is_ok_and(|text| text.contains(wanted))
            })
            .await;
    };
    let before = fs::read_to_string(&file).expect("the file");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "L’eau qui dort").await;
    window.click("button", "Write").await;
    let text = window.get("textbox", "Text of “L’eau qui dort”").await;
    text.click().await.expect("focus");

    // A selection of Word, below the first paragraph.
    let word = fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src-tauri/exchange/tests/paste/word/input.html"
    ))
    .expect("the sample");
    let copied = Copied::new("text/html", &word);
    window.press(&[Key::Control], &char::from(Key::Home).to_string()).await;
    for _ in 0..40 {
        let line = window
            .run("const s = getSelection(); return s.anchorNode?.parentElement?.closest('.cm-line')?.textContent ?? ''")
            .await;
        if line.as_str() == Some("Avant.") {
            break;
        }
        window.press(&[], &char::from(Key::Down).to_string()).await;
    }
    window.press(&[], &char::from(Key::Down).to_string()).await;
    window.press(&[], &char::from(Key::Down).to_string()).await;
    paste(&window).await;
    on_disk(&window, "## L’eau des villes\n\n### Une ressource disputée\n").await;
    let pasted = fs::read_to_string(&file).expect("the file");
    for part in [
        "**trois ans** pour *rendre* leurs comptes[^2]",
        "[sans délai](https://www.example.org/loi?a=1&b=2)",
        "- La source\n  - le captage\n- Le réseau\n",
        "| Ville | Prix du m³ |\n| --- | --- |\n| Montarel | 4,12 € |\n",
        "\n\nAprès[^1].\n\n[^1]: Une note.\n[^2]: Voir le *Rapport*",
    ] {
        assert!(pasted.contains(part), "{part}\nin\n{pasted}");
    }
    window.screenshot("paste-word").await;

    // One undo takes all of it back, the notes at the end too.
    window.press(&[Key::Control], "z").await;
    window
        .until("the file is what it was", async || {
            fs::read_to_string(&file).is_ok_and(|text| text == before)
        })
        .await;
    drop(copied);

    // An image is stored beside the piece, and asked about.
    let image = fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/sample/analyses/territoires/haies.png"
    ))
    .expect("an image");
    let copied = Copied::new("image/png", &image);
    paste(&window).await;
    window.get("dialog", "Describe the image").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "describing an image");
    window.screenshot("paste-describe").await;
    let field = window.get("textbox", "What is to be seen").await;
    field.send_keys("Des haies en hiver").await.expect("typed");
    let caption = window.get("textbox", "Caption").await;
    caption.send_keys("La Vaurelle").await.expect("typed");
    window.click("button", "Describe").await;
    on_disk(&window, "![Des haies en hiver](eau-1.png \"La Vaurelle\")").await;
    assert_eq!(fs::read(folder.join("eau-1.png")).expect("the image"), image);
    window.screenshot("paste-image").await;
    drop(copied);
    window.close().await;
}
