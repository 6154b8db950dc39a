//! What people do, in a real window: found by role and accessible name, so that each journey also proves that
//! assistive technology finds its way. `./dev test` runs them under Xvfb.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod advice;
mod aloud;
mod by_folder;
mod captured_again;
mod citations;
mod collections;
mod comfort;
mod composing;
mod dropping;
mod editorial;
mod feeds;
mod form;
mod front;
mod goals;
mod highlights;
mod hostile;
#[cfg(target_os = "linux")]
mod images;
mod importing;
mod languages;
mod paste;
mod quotations;
mod real_articles;
mod recovery;
mod redline;
mod replace_across;
mod restructuring;
mod searches;
#[path = "../web/server.rs"]
mod server;
mod spelling;
mod split;
mod tables;
mod templates;
mod timeline;
mod typography;
mod window;
#[cfg(target_os = "linux")]
mod word;

use std::fs;
use std::path::Path;
use std::time::Duration;

use fantoccini::key::Key;

use crate::by_folder::{bytes_of, write_article};
use crate::window::{Desk, plain};

#[tokio::test]
async fn journey_first_start_to_the_sample() {
    let desk = Desk::new();
    let window = desk.open(&[]).await;
    window.get("heading", "Édito").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the start screen");
    window.screenshot("start").await;
    window.click("button", "Explore the sample library").await;
    // The rail shows the sections, the list the pieces.
    window.get("treeitem", "Éditos").await;
    window
        .until("two dozen pieces are listed", async || {
            let total = window
                .run("return document.querySelector('[aria-setsize]')?.getAttribute('aria-setsize')")
                .await;
            total.as_str() == Some("24")
        })
        .await;
    window.click("option", "Ce que vaut une moyenne").await;
    window.get("heading", "Ce que vaut une moyenne").await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "list and reading view");
    window.screenshot("sample").await;
    window.close().await;

    // The next start opens the same library.
    let window = desk.open(&[]).await;
    window.get("treeitem", "Éditos").await;
    window.close().await;
}

#[tokio::test]
async fn journey_open_a_folder_search_read_star() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(folder.join("Notes")).expect("a folder");
    write_article(
        &folder,
        "Notes/tide.md",
        "# The Tide Tables\n\nThe harbour keeps its own clock, and l’été lasts longer there.\n",
    );
    write_article(
        &folder,
        "river.md",
        "---\ntitle: A River in Court\n---\n\nThe river was called as a witness.\n",
    );
    let before = bytes_of(&folder);
    let window = desk.open_choosing(&[], &folder).await;
    window.click("button", "Open a folder").await;
    window.get("option", "The Tide Tables").await;

    window.press(&[Key::Control, Key::Shift], "f").await;
    window.type_into("combobox", "Search the texts", "ete harbour").await;
    window.get("option", "The Tide Tables").await;
    window
        .until("the words found are marked", async || {
            window
                .run("return [...document.querySelectorAll('mark')].map((mark) => mark.textContent).join(' ')")
                .await
                .as_str()
                .is_some_and(|marks| plain(marks).contains("harbour"))
        })
        .await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "search");
    window.screenshot("search").await;
    window.click("option", "The Tide Tables").await;
    window.get("heading", "The Tide Tables").await;
    window.shows("keeps its own clock").await;
    window.click("button", "Star").await;
    let journal = folder.join(".edito/journal");
    window
        .until("the journal has the star", async || {
            fs::read_dir(&journal).is_ok_and(|files| {
                files
                    .flatten()
                    .any(|file| fs::read_to_string(file.path()).is_ok_and(|text| text.contains("\"star\"")))
            })
        })
        .await;
    window.close().await;
    assert_eq!(
        bytes_of(&folder),
        before,
        "reading, searching and starring write no article"
    );

    let window = desk.open(&[]).await;
    window.click("button", "Starred").await;
    window.get("option", "The Tide Tables").await;
    window.close().await;
}

#[tokio::test]
async fn journey_new_article_typed_killed_recovered() {
    let desk = Desk::new();
    let folder = desk.path("desk");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(&folder, "first.md", "# First\n\nAlready here.\n");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("option", "First").await;
    window.press(&[Key::Control], "n").await;
    window.type_into("textbox", "Title", "The Long Bridge").await;
    window.click("button", "Create the article").await;
    let editor = window.get("textbox", "Text of").await;
    editor.send_keys("A sentence that was saved. ").await.expect("typing");
    let file = || find_by_text(&folder, "The Long Bridge");
    window
        .until("autosave has written it", async || {
            file().is_some_and(|text| text.contains("A sentence that was saved."))
        })
        .await;
    window.screenshot("writing").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "writing");

    // From here on nothing can be saved in the folder, and so only the recovery copy can keep the words.
    let marker = "Words that only the recovery copy has.";
    let recovery = desk.path("data/recovery");
    editor.send_keys(marker).await.expect("typing");
    window
        .until("a recovery copy or the file has the words", async || {
            folder_contains(&recovery, marker) || file().is_some_and(|text| text.contains(marker))
        })
        .await;
    window.kill();
    assert!(
        folder_contains(&recovery, marker) || file().is_some_and(|text| text.contains(marker)),
        "the words are kept"
    );

    let window = desk.open(&[]).await;
    if !file().is_some_and(|text| text.contains(marker)) {
        window.get("alertdialog", "Unsaved words were found").await;
        window.screenshot("recovery").await;
        window.click("button", "Use the copy").await;
    }
    window
        .until("the words are back", async || {
            file().is_some_and(|text| text.contains(marker))
        })
        .await;
    window.close().await;
}

#[tokio::test]
async fn journey_another_program_changes_the_file_while_unsaved() {
    let desk = Desk::new();
    let folder = desk.path("desk");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(
        &folder,
        "shared.md",
        "# Shared\n\nThe first paragraph.\n\nThe second paragraph.\n\nThe last paragraph.\n",
    );
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "Shared").await;
    window.press(&[Key::Control], "e").await;
    let editor = window.get("textbox", "Text of").await;
    editor.click().await.expect("a click");
    // At the end of the file: far from what the other program changes.
    window.press(&[Key::Control], &Key::End.to_string()).await;
    editor.send_keys("Ours, typed here.").await.expect("typing");
    fs::write(
        folder.join("shared.md"),
        "# Shared\n\nThe first paragraph, by them.\n\nThe second paragraph.\n\nThe last paragraph.\n",
    )
    .expect("another program writes");
    window
        .until("both are in the file", async || {
            let text = fs::read_to_string(folder.join("shared.md")).unwrap_or_default();
            text.contains("by them") && text.contains("Ours, typed here.")
        })
        .await;

    // The same words on both sides: nothing is overwritten, both are shown.
    editor.send_keys(" Ours again.").await.expect("typing");
    let text = fs::read_to_string(folder.join("shared.md")).expect("the file");
    fs::write(
        folder.join("shared.md"),
        text.replace("Ours, typed here.", "Theirs, in the same place."),
    )
    .expect("writes");
    window
        .until("the conflict is shown, or the words met without touching", async || {
            let shown = plain(&window.text().await);
            let file = fs::read_to_string(folder.join("shared.md")).unwrap_or_default();
            (shown.contains("another program changed the same words") && shown.contains("ours again"))
                || (file.contains("Ours again.") && file.contains("Theirs, in the same place."))
        })
        .await;
    if plain(&window.text().await).contains("another program changed the same words") {
        window.click("button", "Compare").await;
        window.shows("Theirs, in the same place.").await;
    }
    window.screenshot("conflict").await;
    window.close().await;
}

#[tokio::test]
async fn journey_triage_by_keys_and_a_tag() {
    let desk = Desk::new();
    let folder = desk.path("reading");
    fs::create_dir_all(&folder).expect("a folder");
    for (name, title, tags) in [
        ("a", "Along the Quay", "[harbour]"),
        ("b", "Before the Flood", "[water, harbour]"),
        ("c", "Cables Under the Sea", "[]"),
        ("d", "Dry Summers", "[water]"),
        ("e", "Every Bridge Counts", "[]"),
    ] {
        let text = format!(
            "---\ntitle: {title}\ntags: {tags}\ndate: 2026-11-{}\n---\n\nWhat {title} tells, in one paragraph.\n",
            20 - name.as_bytes()[0] % 16
        );
        write_article(&folder, &format!("{name}.md"), &text);
    }
    let before = bytes_of(&folder);
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    let listed = async |titles: &[&str]| {
        window
            .until(&format!("the list shows {titles:?}"), async || {
                let rows = window.all("option", None).await.len();
                let mut found = 0;
                for title in titles {
                    found += window.all("option", Some(title)).await.len();
                }
                rows == titles.len() && found == rows
            })
            .await;
    };
    // Everything into the inbox: all chosen together, and one key.
    window.click("option", "Along the Quay").await;
    window.press(&[Key::Control], "a").await;
    window.shows("5 articles selected").await;
    window.press(&[], "i").await;
    window.shows("5 articles are in the inbox").await;
    window.click("button", "Inbox, 5 articles").await;
    window.click("option", "Along the Quay").await;
    window.get("heading", "Along the Quay").await;
    window.screenshot("triage-inbox").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the inbox");

    // One key each; the next article comes by itself, in the list and on the sheet.
    window.press(&[], "e").await;
    window.get("heading", "Before the Flood").await;
    window.press(&[], "l").await;
    window.get("heading", "Cables Under the Sea").await;
    window.press(&[], "e").await;
    window.get("heading", "Dry Summers").await;
    listed(&["Dry Summers", "Every Bridge Counts"]).await;
    window.get("button", "Archive, 2 articles").await;
    window.get("button", "Later, 1 article").await;

    // The last of them is taken back, and is there again to be read.
    window.press(&[], "z").await;
    window.get("heading", "Cables Under the Sea").await;
    listed(&["Cables Under the Sea", "Dry Summers", "Every Bridge Counts"]).await;

    // A tag, completed from one that a file has.
    window.press(&[], "t").await;
    window.get("dialog", "Tags of “Cables Under the Sea”").await;
    window.type_into("combobox", "Add a tag", "harb").await;
    // The letters typed stand apart in it.
    window.get("option", "harb our").await;
    window.screenshot("triage-tags").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the tags of an article");
    window.press(&[], &Key::Enter.to_string()).await;
    window.get("button", "Remove “harbour”").await;
    window.press(&[], &Key::Escape.to_string()).await;

    // It is found by its tag, with those whose files have it.
    window.click("button", "Tags").await;
    window.click("button", "harbour").await;
    listed(&["Along the Quay", "Before the Flood", "Cables Under the Sea"]).await;
    window.screenshot("triage-tag").await;
    window.press(&[Key::Control, Key::Shift], "f").await;
    window
        .type_into("combobox", "Search the texts", "tag:harbour cables")
        .await;
    listed(&["Cables Under the Sea"]).await;
    window.close().await;
    assert_eq!(
        bytes_of(&folder),
        before,
        "triage and tags of the reader write no article"
    );
}

fn find_by_text(folder: &Path, words: &str) -> Option<String> {
    bytes_of(folder)
        .into_values()
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .find(|text| text.contains(words))
}

fn folder_contains(folder: &Path, words: &str) -> bool {
    fn walk(folder: &Path, words: &str) -> bool {
        fs::read_dir(folder).is_ok_and(|entries| {
            entries.flatten().any(|entry| {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, words)
                } else {
                    fs::read_to_string(path).is_ok_and(|text| text.contains(words))
                }
            })
        })
    }
    walk(folder, words)
}
