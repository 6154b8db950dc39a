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

#[tokio::test]
async fn journey_highlight_title_and_standfirst() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let text = |title: &str| {
        let filler = "Nothing much happens here, and it takes its time to happen.\n\n".repeat(60);
        format!(
            "---\ntitle: {title}\nstandfirst: The harbour keeps its own clock, and the town looks at another.\n---\n\n\
             Nobody asked the moon.\n\n{filler}"
        )
    };
    write_article(&folder, "tide.md", &text("Why the tide tables are late"));
    write_article(&folder, "river.md", "# A River in Court\n\nThe river was called.\n");
    let window = desk.open_choosing(&[folder.to_str().expect("a path")], &folder).await;
    window.click("option", "Why the tide tables are late").await;
    window.shows("Nobody asked the moon").await;

    // By keys: up from the first paragraph, over the standfirst, to the title; all of it.
    window
        .get("region", "Text of the article")
        .await
        .click()
        .await
        .expect("focus");
    window.press(&[], "h").await;
    window.get("toolbar", "Highlight the selection").await;
    window.press(&[], &key(Key::PageUp)).await;
    window.press(&[], &key(Key::PageUp)).await;
    window.press(&[], " ").await;
    window.press(&[], "3").await;
    is_painted(&window, "blue", "Why the tide tables are late").await;

    // By mouse, in the standfirst.
    let select = "const words = document.querySelector('.reading-standfirst').firstChild;
                  const at = words.data.indexOf('its own clock');
                  document.getSelection().setBaseAndExtent(words, at, words, at + 'its own clock'.length);";
    window.run(select).await;
    window.get("toolbar", "Highlight the selection").await;
    window.press(&[], "2").await;
    is_painted(&window, "green", "its own clock").await;
    window.screenshot("highlight-title").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "title and standfirst");

    // Found in the list, opened at the place, and kept when the title is edited.
    window.click("option", "A River in Court").await;
    window.shows("The river was called").await;
    window.click("button", "Highlights, 2 passages").await;
    window.click("button", "Why the tide tables are late").await;
    window.shows("Nobody asked the moon").await;
    is_painted(&window, "blue", "Why the tide tables are late").await;
    write_article(&folder, "tide.md", &text("Why the tide tables are always late"));
    is_painted(&window, "blue", "Why the tide tables are always late").await;
    is_painted(&window, "green", "its own clock").await;
    window.close().await;
}

/// The passage of a colour is these words, in view.
async fn is_painted(window: &Window, colour: &str, words: &str) {
    let script = format!(
        "const range = [...(CSS.highlights.get('edito-mark-{colour}') ?? [])][0];
         if (!range) return '';
         const box = range.getBoundingClientRect();
         return box.top > 0 && box.bottom < innerHeight ? String(range).trim() : '';"
    );
    window
        .until(&format!("{words:?} is {colour}"), async || {
            window.run(&script).await.as_str() == Some(words)
        })
        .await;
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
