//! A work is cited by the keyboard alone, reads as its style wants, and follows the file that Zotero writes.

use std::fs;
use std::time::Duration;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::Desk;

const BIB: &str = "@book{arendt1958, author = {Arendt, Hannah}, title = {The Human Condition}, year = 1958, \
    publisher = {University of Chicago Press}, address = {Chicago}}\n";
const NEW: &str =
    "@book{mbembe2020, author = {Mbembe, Achille}, title = {Brutalisme}, year = 2020, address = {Paris}}\n";

/// A list that has just opened takes no Enter yet, so that nothing is chosen unseen.
async fn settled() {
    tokio::time::sleep(Duration::from_millis(500)).await;
}

#[tokio::test]
async fn journey_a_work_is_cited() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(
        &folder,
        "travail.md",
        "---\ntitle: Le travail\nlang: fr\n---\n\nElle distingue\n",
    );
    fs::write(folder.join("biblio.bib"), BIB).expect("references");
    let file = folder.join("travail.md");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "Le travail").await;
    window.click("button", "Write").await;
    let text = window.get("textbox", "Text of “Le travail”").await;
    text.click().await.expect("focus");
    window.press(&[Key::Control], &char::from(Key::End).to_string()).await;
    window.press(&[], &char::from(Key::Up).to_string()).await;
    window.press(&[], &char::from(Key::End).to_string()).await;

    // The command opens a citation, and the list of works; words of the title find one.
    window.press(&[Key::Control, Key::Shift], "e").await;
    window.get("option", "Arendt 1958 · The Human Condition").await;
    window.press(&[], "condi").await;
    window.get("option", "arendt1958").await;
    settled().await;
    window.screenshot("citation-offered").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "works are offered");
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.press(&[], ", p. 12] trois activites").await;
    let on_disk = async |wanted: &str| {
        window
            .until(&format!("{wanted:?} is on the disk"), async || {
                fs::read_to_string(&file).is_ok_and(|text| text.contains(wanted))
            })
            .await;
    };
    on_disk("Elle distingue [@arendt1958, p. 12] trois activites").await;
    // It reads as it will, and the file keeps the key.
    window.shows("(Arendt 1958, p. 12)").await;
    window.screenshot("citation-read").await;

    // Zotero writes its file again: what is new there is offered.
    fs::write(folder.join("biblio.bib"), format!("{BIB}{NEW}")).expect("references");
    window.press(&[], " [@mbe").await;
    window.get("option", "mbembe2020").await;
    settled().await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    on_disk("activites [@mbembe2020]").await;
    window.press(&[], "] et [@inconnu]").await;
    on_disk("[@inconnu]").await;

    // A note is written where it is called, and its text stands at the end.
    window.press(&[Key::Control], "k").await;
    window.type_into("combobox", "Command", "insert a footnote").await;
    window.get("option", "Insert a footnote").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.get("textbox", "Note 1").await;
    window.press(&[], "Dit en marge.").await;
    on_disk("[@inconnu][^1]").await;
    on_disk("\n\n[^1]: Dit en marge.").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a note at its call");
    window.screenshot("note-at-its-call").await;
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window.press(&[], " Fin.").await;
    on_disk("[@inconnu][^1] Fin.").await;

    // In the reading view, citations lead to the list of what is cited.
    window.click("button", "Read").await;
    window.get("heading", "Bibliographie").await;
    window.shows("ARENDT, Hannah, 1958.").await;
    window.shows("[@inconnu]").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a list of references");
    window.screenshot("citations-read").await;

    // And follow the file as well.
    let again = format!("{BIB}{NEW}").replace("1958, publisher", "1959, publisher");
    fs::write(folder.join("biblio.bib"), again).expect("references");
    window.shows("(Arendt 1959, p. 12)").await;

    // Another style for the library.
    window.press(&[Key::Control], "k").await;
    window.type_into("combobox", "Command", "citations").await;
    settled().await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.get("heading", "Citations").await;
    window.shows("biblio.bib").await;
    assert_eq!(
        window.axe().await,
        Vec::<String>::new(),
        "what the library is cited from"
    );
    window.screenshot("citations-dialog").await;
    window
        .run(
            "const select = document.querySelector('dialog select'); select.value = 'modern-language-association';\
             select.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await;
    window
        .until("the style is in edito.toml", async || {
            fs::read_to_string(folder.join("edito.toml")).is_ok_and(|text| text.contains("modern-language-association"))
        })
        .await;
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window.shows("(Arendt 12)").await;
    window.close().await;
}
