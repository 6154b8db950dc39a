//! A piece that begins with a template, filled in by keyboard; then a template of the desk's own.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

async fn new_piece(window: &Window, title: &str) {
    window.press(&[Key::Control], "n").await;
    window.get("dialog", "New article").await;
    window.press(&[], title).await;
    window.get("combobox", "Template").await;
}

#[tokio::test]
async fn journey_template_filled_in_by_keyboard() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let settings = "languages = [\"fr\"]\n[[sections]]\nname = \"Édito\"\nkind = \"edito\"\ntemplate = \"Éditorial\"\n";
    fs::write(folder.join("edito.toml"), settings).expect("edito.toml");
    write_article(&folder, "edito/one.md", "---\ntitle: One\n---\n\nDes mots.\n");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("option", "One").await;

    // Outside of the section, Enter alone makes a blank piece.
    new_piece(&window, "Blank").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.get("textbox", "Text of “Blank”").await;
    let blank = fs::read_to_string(folder.join("Blank.md")).expect("the piece");
    assert!(!blank.contains("{{") && blank.ends_with("---\n\n"), "{blank}");

    // In the section, the desk's template is chosen.
    new_piece(&window, "Tide").await;
    window
        .run("const s = document.querySelector('dialog select'); s.value = 'edito'; s.dispatchEvent(new Event('change', { bubbles: true }))")
        .await;
    window.get("group", "Preview of the template").await;
    window.screenshot("templates-new").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a new piece");
    window.run("document.querySelector('dialog input').focus()").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.get("textbox", "Text of “Tide”").await;
    let tab = char::from(Key::Tab).to_string();
    window
        .until("the first field is selected", async || {
            let selected = window.run("return document.getSelection().toString()").await;
            selected.as_str().is_some_and(|text| text.starts_with("{{L’événement"))
        })
        .await;
    window.screenshot("templates-fields").await;
    window.press(&[], "La mer monte.").await;
    window.press(&[], &tab).await;
    window.press(&[], "Il faut le dire.").await;
    window.press(&[Key::Control], "s").await;
    let file = folder.join("edito/Tide.md");
    window
        .until("the words are on the disk", async || {
            fs::read_to_string(&file)
                .is_ok_and(|text| text.contains("\nLa mer monte. Il faut le dire.\n\n{{Premier argument"))
        })
        .await;
    let text = fs::read_to_string(&file).expect("the piece");
    assert!(text.contains("title: Tide\n") && text.contains("lang: fr\n") && !text.contains("template"));

    // A template of it, for the desk; renamed, taken away and brought back.
    window.press(&[Key::Control], "k").await;
    window.press(&[], "Save as template").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.get("dialog", "Save as template").await;
    window.press(&[Key::Control], "a").await;
    window.press(&[], &format!("Column{}", char::from(Key::Enter))).await;
    window.shows("Template “Column” saved").await;
    assert!(folder.join(".edito/templates/Column.md").is_file());
    window.press(&[Key::Control], "k").await;
    window.press(&[], "Templates").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.get("dialog", "Templates").await;
    window.click("button", "Rename “Column”").await;
    window.press(&[Key::Control], "a").await;
    window.press(&[], &format!("Chronicle{}", char::from(Key::Enter))).await;
    window.get("button", "Remove “Chronicle”").await;
    window.screenshot("templates").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the templates");
    window.click("button", "Remove “Chronicle”").await;
    window
        .until("it is gone", async || {
            !folder.join(".edito/templates/Column.md").exists()
        })
        .await;
    window.click("button", "Undo").await;
    window
        .until("it is back", async || {
            folder.join(".edito/templates/Column.md").exists()
        })
        .await;
    window.close().await;
}
