//! A search is saved and becomes a folder of the rail that shows what is found at the moment.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

#[tokio::test]
async fn journey_save_a_search_open_rename_remove() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(
        &folder,
        "tide.md",
        "---\ntitle: The Tide Tables\ntags: [coast]\ndate: 2026-01-03\n---\n\nThe harbour keeps its own clock.\n",
    );
    write_article(
        &folder,
        "river.md",
        "---\ntitle: A River in Court\ndate: 2026-01-02\n---\n\nThe river was called as a witness.\n",
    );
    write_article(
        &folder,
        "tax.md",
        "---\ntitle: A Tax on Fog\ndate: 2026-01-01\n---\n\nNobody paid.\n",
    );
    let window = desk.open_choosing(&[folder.to_str().expect("a path")], &folder).await;
    window.get("option", "The Tide Tables").await;

    // Searched, and saved by its key.
    window.press(&[Key::Control, Key::Shift], "f").await;
    window
        .type_into("combobox", "Search the texts", "tag:coast -in:archive")
        .await;
    found(&window, &["The Tide Tables"]).await;
    window.press(&[Key::Control], "d").await;
    window.get("dialog", "Save this search").await;
    window.screenshot("search-save").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the dialog");
    write_anew(&window, "The coast").await;
    window.press(&[], &key(Key::Enter)).await;
    window.get("button", "The coast").await;
    window.get("heading", "The coast").await;
    found(&window, &["The Tide Tables"]).await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the saved search");

    // Elsewhere an article gets the tag, and another comes from another program.
    window.click("button", "All articles, 3 articles").await;
    window.click("option", "A River in Court").await;
    window.shows("called as a witness").await;
    window.press(&[], "t").await;
    window.type_into("combobox", "Add a tag", "coast").await;
    window.press(&[], &key(Key::Enter)).await;
    window.get("button", "Remove “coast”").await;
    window.press(&[], &key(Key::Escape)).await;
    window.click("button", "The coast").await;
    found(&window, &["The Tide Tables", "A River in Court"]).await;
    window.screenshot("search-saved").await;
    write_article(
        &folder,
        "dunes.md",
        "---\ntitle: Dunes on the Move\ntags: [coast]\ndate: 2026-01-01\n---\n\nThey walk at night.\n",
    );
    found(&window, &["The Tide Tables", "A River in Court", "Dunes on the Move"]).await;

    // The keys of a list: one is put away and leaves, the next one is kept for later.
    window
        .run("document.querySelector('[role=listbox][data-entry]').focus()")
        .await;
    window.press(&[], "e").await;
    found(&window, &["A River in Court", "Dunes on the Move"]).await;
    window.press(&[], "l").await;
    window.shows("“A River in Court” is kept for later").await;
    // Edited in the field, and kept so.
    window.type_into("combobox", "Search the texts", " -in:later").await;
    window.shows("The search “The coast” was edited").await;
    found(&window, &["Dunes on the Move"]).await;
    window.screenshot("search-edited").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "an edited search");
    window.click("button", "Update it").await;
    window.shows("“The coast” is changed.").await;

    // Renamed by keyboard from the rail, removed, and taken back.
    focus(&window, "The coast").await;
    window.press(&[], &key(Key::F2)).await;
    window.get("dialog", "Edit the saved search").await;
    write_anew(&window, "Shore").await;
    window.press(&[], &key(Key::Enter)).await;
    window.get("button", "Shore").await;
    focus(&window, "Shore").await;
    window.press(&[], &key(Key::Delete)).await;
    window.shows("“Shore” is removed").await;
    window
        .until("the rail has no saved search", async || {
            window.all("button", Some("Shore")).await.is_empty()
        })
        .await;
    window.press(&[], "z").await;
    window.get("button", "Shore").await;
    window.run("document.documentElement.dataset.theme = 'night'").await;
    window.screenshot("search-saved-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "at night");
    window.close().await;

    // It is there at the next start, and files say nothing of it.
    assert!(
        fs::read_to_string(folder.join("tide.md"))
            .expect("the file")
            .ends_with("own clock.\n")
    );
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("button", "Shore").await;
    window.get("heading", "Shore").await;
    window.close().await;
}

/// The results are these titles, in this order.
async fn found(window: &Window, titles: &[&str]) {
    window
        .until(&format!("found are {titles:?}"), async || {
            let found = window
                .run("return [...document.querySelectorAll('[data-hit] .title')].map((one) => one.textContent.trim()).join('|')")
                .await;
            found.as_str() == Some(&titles.join("|"))
        })
        .await;
}

/// Types another name over the one that is proposed.
async fn write_anew(window: &Window, name: &str) {
    window.get("textbox", "Name").await;
    window
        .until("the proposed name is selected", async || {
            let script = "const { value, selectionStart, selectionEnd } = document.activeElement;
                          return value !== '' && selectionStart === 0 && selectionEnd === value.length;";
            window.run(script).await.as_bool() == Some(true)
        })
        .await;
    window.press(&[], &key(Key::Delete)).await;
    window.type_into("textbox", "Name", name).await;
}

/// Puts the focus on an entry of the rail.
async fn focus(window: &Window, name: &str) {
    let script = format!(
        "const entry = [...document.querySelectorAll('[data-search-id]')].find((one) => one.textContent.trim() === '{name}');
         entry?.focus(); return document.activeElement === entry;"
    );
    window
        .until("the entry has the focus", async || {
            window.run(&script).await.as_bool() == Some(true)
        })
        .await;
}

fn key(key: Key) -> String {
    char::from(key).to_string()
}
