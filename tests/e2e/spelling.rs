//! Spelling in a French piece: a slip is marked, mended by keyboard and undone; a name is vouched for; what is quoted in
//! English is left in peace.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const HEAD: &str = "---\ntitle: La digue\nlang: fr\n---\n\n";
const BODY: &str = "Le maire a parlé de « the long and winding road » hier soir, et personne n’a répondu.\n";

/// The words that are marked.
async fn marked(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.cm-advice-spelling')].map((one) => one.textContent)";
    let found = window.run(script).await;
    let words = found.as_array().cloned().unwrap_or_default();
    words
        .iter()
        .filter_map(|word| word.as_str().map(str::to_owned))
        .collect()
}

async fn until_marked(window: &Window, wanted: &[&str]) {
    window
        .until(&format!("{wanted:?} are marked"), async || {
            marked(window).await == wanted
        })
        .await;
}

#[tokio::test]
async fn journey_spelling_as_one_types() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(&folder, "digue.md", &format!("{HEAD}{BODY}"));
    let file = folder.join("digue.md");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "La digue").await;
    window.click("button", "Write").await;
    let text = window.get("textbox", "Text of “La digue”").await;
    text.click().await.expect("focus");
    window.get("button", "no advice").await;

    // Nothing is marked of a word that is being typed; behind it, it is.
    window.press(&[Key::Control], &char::from(Key::End).to_string()).await;
    window.press(&[], "Le vilage").await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(marked(&window).await, Vec::<String>::new());
    window.press(&[], " et macroniser dorment.").await;
    until_marked(&window, &["vilage", "macroniser"]).await;
    window.get("button", "2 pieces of advice").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a text with advice");

    // Mended by keyboard, and undone.
    window.press(&[], &char::from(Key::F7).to_string()).await;
    window.press(&[Key::Alt], &char::from(Key::Enter).to_string()).await;
    window.get("menu", "Advice on “vilage”").await;
    window.get("menuitem", "village").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the menu of a word");
    window.screenshot("spelling-menu").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    until_marked(&window, &["macroniser"]).await;
    let on_disk = async |wanted: &str| {
        window
            .until(&format!("{wanted:?} is on the disk"), async || {
                fs::read_to_string(&file).is_ok_and(|text| text.contains(wanted))
            })
            .await;
    };
    on_disk("Le village et macroniser").await;
    window.press(&[Key::Control], "z").await;
    on_disk("Le vilage et macroniser").await;
    until_marked(&window, &["vilage", "macroniser"]).await;

    // A word is vouched for, from the panel; it is in the user's own file.
    window.click("button", "2 pieces of advice").await;
    window.get("complementary", "Advice").await;
    window.press(&[], &char::from(Key::Down).to_string()).await;
    window.get("button", "Add to my dictionary").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the panel of advice");
    window.screenshot("spelling-panel").await;
    window.press(&[], "d").await;
    until_marked(&window, &["vilage"]).await;
    window.shows("“macroniser” is in your dictionary.").await;

    // The desk's words stand in its settings.
    window.press(&[], &char::from(Key::Up).to_string()).await;
    window.click("button", "Add to the desk’s dictionary").await;
    until_marked(&window, &[]).await;
    let settings = fs::read_to_string(folder.join("edito.toml")).unwrap_or_default();
    assert_eq!(settings, "[dictionary]\nwords = [\"vilage\"]\n");
    window.close().await;
}
