//! Reading with a pencil: marked by keyboard, found again, kept while the text changes, and taken along.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const QUOTE: &str = "The harbour keeps its own clock.";

#[tokio::test]
async fn journey_highlight_by_keyboard_find_open_export() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let filler = "Nothing much happens here, and it takes its time to happen.\n\n".repeat(60);
    let text = |before: &str, passage: &str| {
        format!("# The Tide Tables\n\nNobody asked the moon. {before}{passage}Then it was noon.\n\n{filler}")
    };
    let first = text("", &format!("{QUOTE} "));
    write_article(&folder, "tide.md", &first);
    write_article(&folder, "river.md", "# A River in Court\n\nThe river was called.\n");
    let window = desk.open_choosing(&[folder.to_str().expect("a path")], &folder).await;
    window.click("option", "The Tide Tables").await;
    window.get("heading", "The Tide Tables").await;
    window.shows("Nobody asked the moon").await;

    // The second sentence below the heading, by keyboard alone.
    window
        .get("region", "Text of the article")
        .await
        .click()
        .await
        .expect("focus");
    window.press(&[], "h").await;
    window.get("toolbar", "Highlight the selection").await;
    window.press(&[], &key(Key::Down)).await;
    window.press(&[], " ").await;
    window.screenshot("marking").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "marking");
    window.press(&[], "2").await;
    window.get("button", "Highlighted today").await;
    window
        .until("it is painted, and the text has no other elements", async || {
            window
                .run("return CSS.highlights ? [...CSS.highlights.get('edito-mark-green') ?? []].map(String).join() : document.querySelector('mark.green')?.textContent")
                .await
                .as_str()
                == Some(QUOTE)
        })
        .await;
    assert_eq!(
        fs::read_to_string(folder.join("tide.md")).expect("the file"),
        first,
        "the article is not touched"
    );

    // Its note, from the margin.
    window.click("button", "Highlighted today").await;
    window.type_into("textbox", "Note", "For the essay on time").await;
    window.screenshot("highlight-editor").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the editor");
    window.press(&[], &key(Key::Escape)).await;
    window.shows("For the essay on time").await;
    window.screenshot("highlight").await;
    window.run("document.documentElement.dataset.theme = 'night'").await;
    window.screenshot("highlight-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "at night");
    window.run("document.documentElement.dataset.theme = 'paper'").await;

    // Found among all, opened at its place.
    window.click("option", "A River in Court").await;
    window.shows("The river was called").await;
    window.click("button", "Highlights, 1 passage").await;
    window.get("button", "For the essay on time").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the list of highlights");
    window.click("button", "For the essay on time").await;
    window.get("heading", "The Tide Tables").await;
    is_in_view(&window).await;
    window.screenshot("highlights").await;

    window.click("button", "Export").await;
    window.click("menuitem", "Markdown").await;
    let export = || {
        let files = fs::read_dir(&folder).expect("the folder").flatten();
        let mut exports = files.filter(|file| file.file_name().to_string_lossy().starts_with("Highlights"));
        exports.next().and_then(|file| fs::read_to_string(file.path()).ok())
    };
    window
        .until("the export has the words, the note and the way back", async || {
            export().is_some_and(|text| {
                text.contains(&format!("> {QUOTE}"))
                    && text.contains("For the essay on time")
                    && text.contains("(tide.md)")
            })
        })
        .await;

    // Another program writes more before it: it stays with its words.
    write_article(
        &folder,
        "tide.md",
        &text("Somebody else did, at length. ", &format!("{QUOTE} ")),
    );
    window.shows("Somebody else did").await;
    is_in_view(&window).await;
    // And takes it away: it is kept at the end.
    write_article(&folder, "tide.md", &text("Somebody else did, at length. ", ""));
    window.get("heading", "A passage that the text no longer says").await;
    window.click("button", "Highlights, 1 passage").await;
    window.click("button", "For the essay on time").await;
    window.screenshot("highlight-orphan").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "an orphan");
    window.close().await;
}

/// The painted passage says the words, and stands within the sheet.
async fn is_in_view(window: &Window) {
    window
        .until("the passage is in view", async || {
            window
                .run(
                    "const range = [...(CSS.highlights.get('edito-mark-green') ?? [])][0];
                     if (!range) return '';
                     const box = range.getBoundingClientRect();
                     return box.top > 0 && box.bottom < innerHeight ? String(range) : '';",
                )
                .await
                .as_str()
                == Some(QUOTE)
        })
        .await;
}

fn key(key: Key) -> String {
    char::from(key).to_string()
}
