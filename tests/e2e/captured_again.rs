//! A page is captured, marked, and captured again with another text: what became of the marks, and what changed.

use std::fs;
use std::path::Path;
use std::process::Command;

use fantoccini::key::Key;
use serde_json::Value;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const MOVED: &str = "The harbour wall was built in nineteen fifty-three.";
const LOST: &str = "The mayor promises an audit before the winter.";

fn page(first: &str, second: &str) -> String {
    let rest = "The tide comes in twice a day, as it always has, and the people of the port look at the wall and then at each other. ".repeat(6);
    format!(
        "<!doctype html><html lang=\"en\"><head><title>The Wall | Gazette</title><link rel=\"canonical\" href=\"https://gazette.example/wall\"><meta property=\"og:site_name\" content=\"Gazette\"></head><body><article><h1>The Wall</h1><p>{first}</p><p>{second}</p><p>{rest}</p><p>{rest}</p></article></body></html>"
    )
}

/// Takes a page in on the command line, as another program beside the window, and answers the receipt.
fn import(desk: &Desk, library: &Path, saved: &Path) -> Value {
    // Built with the rest of the workspace, beside the window's program.
    let program = Path::new(env!("CARGO_BIN_EXE_edito")).with_file_name("edito-cli");
    let receipt = desk.path("receipt.json");
    let done = Command::new(program)
        .args([
            "import".as_ref(),
            library.as_os_str(),
            saved.as_os_str(),
            "--receipt".as_ref(),
            receipt.as_os_str(),
        ])
        .env("EDITO_DATA_DIR", desk.path("data"))
        .env("EDITO_CACHE_DIR", desk.path("cache"))
        .output()
        .expect("edito-cli runs: cargo build --workspace makes it");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&fs::read(&receipt).expect("a receipt")).expect("JSON")
}

/// Marks the sentence that comes after so many others, by keyboard.
async fn mark(window: &Window, sentences: usize, colour: &str) {
    window
        .get("region", "Text of the article")
        .await
        .click()
        .await
        .expect("focus");
    window.press(&[], "h").await;
    window.get("toolbar", "Highlight the selection").await;
    for _ in 0..sentences {
        window.press(&[], &char::from(Key::Down).to_string()).await;
    }
    window.press(&[], " ").await;
    window.press(&[], colour).await;
}

async fn painted(window: &Window, colour: &str, words: &str) {
    window
        .until(&format!("{words:?} is marked"), async || {
            let script = format!(
                "return CSS.highlights ? [...CSS.highlights.get('edito-mark-{colour}') ?? []].map(String).join() : document.querySelector('mark.{colour}')?.textContent"
            );
            window.run(&script).await.as_str() == Some(words)
        })
        .await;
}

#[tokio::test]
async fn journey_capture_again_keeps_marks_and_versions() {
    let desk = Desk::new();
    let folder = desk.path("library");
    fs::create_dir_all(&folder).expect("a folder");
    let saved = desk.path("saved");
    let first = page(
        &format!("{MOVED} Nobody has raised it since that year."),
        &format!("{LOST} He promises a feast for the children as well."),
    );
    write_article(&saved, "wall.html", &first);
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    import(&desk, &folder, &saved.join("wall.html"));
    window.click("option", "The Wall").await;
    window.shows("Nobody has raised it").await;
    mark(&window, 0, "1").await;
    painted(&window, "yellow", MOVED).await;
    mark(&window, 2, "2").await;
    painted(&window, "green", LOST).await;

    // The site moved one sentence and took the other away.
    let second = page(
        &format!("The council met on a Tuesday evening. {MOVED} A plaque on the quay says so too."),
        "He promises a feast for the children, with music.",
    );
    write_article(&saved, "wall.html", &second);
    let receipt = import(&desk, &folder, &saved.join("wall.html"));
    let said = receipt["receipt"][0]["degraded"].to_string();
    assert!(
        said.contains("highlight-moved") && said.contains("highlight-orphan"),
        "{said}"
    );
    assert!(said.contains(LOST), "with its words: {said}");
    window.shows("The council met on a Tuesday").await;
    painted(&window, "yellow", MOVED).await;
    window.get("heading", "A passage that the text no longer says").await;
    window.shows(LOST).await;

    // What the page said before is a version, told as a capture, and compared while reading.
    window.press(&[Key::Control, Key::Shift], "v").await;
    window.get("button", "Captured page: Gazette").await;
    window
        .get("combobox", "Compare with")
        .await
        .select_by_value("present")
        .await
        .expect("the present text is offered");
    window.get("region", "Comparison of two texts").await;
    window
        .until("the words that went are marked", async || {
            let gone = window
                .run("return [...document.querySelectorAll('.redline del')].map((one) => one.textContent).join(' ')")
                .await;
            gone.as_str().is_some_and(|gone| gone.contains("audit"))
        })
        .await;
    window.screenshot("captures-compared").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the comparison");
    window.press(&[Key::Control, Key::Shift], "v").await;

    // The page itself: only in the system's browser, and only after a word of warning.
    window.click("button", "More actions").await;
    window.click("menuitem", "Open the original page in the browser").await;
    window.get("dialog", "Open the original page").await;
    window.shows("It may load images and programs from the network").await;
    window.screenshot("capture-dialog").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the dialog");
    window.click("button", "Cancel").await;
    assert!(!desk.path("data").join("opened").exists(), "nothing was unpacked");
    window.close().await;
}
