//! A paragraph in English in a French piece, said so by keyboard: what is wrong in French alone is no more, what is wrong in
//! English comes, and one undo takes it back. Then a phrase.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const HEAD: &str = "---\ntitle: La digue\nlang: fr\n---\n\n";
const BODY: &str = "Le maire a parlé de la digue hier soir.\n\nA small langage matter.\n\nPersonne n’a répondu.\n";

async fn until_marked(window: &Window, wanted: &[&str]) {
    let script = "return [...document.querySelectorAll('.cm-advice-spelling')].map((one) => one.textContent)";
    window
        .until(&format!("{wanted:?} are marked"), async || {
            let found = window.run(script).await;
            found.as_array().is_some_and(|words| {
                words
                    .iter()
                    .map(|word| word.as_str())
                    .eq(wanted.iter().map(|word| Some(*word)))
            })
        })
        .await;
}

#[tokio::test]
async fn journey_the_language_of_a_paragraph() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(&folder, "digue.md", &format!("{HEAD}{BODY}"));
    let file = folder.join("digue.md");
    let on_disk = async |window: &Window, wanted: &str| {
        window
            .until(&format!("{wanted:?} is on the disk"), async || {
                fs::read_to_string(&file).is_ok_and(|text| text == format!("{HEAD}{wanted}"))
            })
            .await;
    };
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "La digue").await;
    window.click("button", "Write").await;
    let text = window.get("textbox", "Text of “La digue”").await;
    text.click().await.expect("focus");
    until_marked(&window, &["matter"]).await;

    // From the end, two paragraphs up.
    window.press(&[Key::Control], &char::from(Key::End).to_string()).await;
    for _ in 0..3 {
        window.press(&[], &char::from(Key::Up).to_string()).await;
    }
    window.press(&[Key::Control, Key::Shift], "l").await;
    window.get("dialog", "Language of the paragraph").await;
    window.get("radio", "English").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the dialog of languages");
    window.screenshot("language-dialog").await;
    window.press(&[], &char::from(Key::Down).to_string()).await;
    window.press(&[], &char::from(Key::Down).to_string()).await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    let declared = BODY.replace(
        "A small langage matter.",
        "<div lang=\"en\">\n\nA small langage matter.\n\n</div>",
    );
    on_disk(&window, &declared).await;
    until_marked(&window, &["langage"]).await;
    window.shows("English").await;
    let lang = window
        .run("return document.querySelector('.cm-line[lang=en]')?.dir")
        .await;
    assert_eq!(lang, "ltr");
    assert_eq!(
        window.axe().await,
        Vec::<String>::new(),
        "a text with a declared language"
    );
    window.screenshot("language-declared").await;

    // Undone, and made again.
    window.press(&[Key::Control], "z").await;
    on_disk(&window, BODY).await;
    until_marked(&window, &["matter"]).await;
    window.press(&[Key::Control, Key::Shift], "z").await;
    on_disk(&window, &declared).await;
    until_marked(&window, &["langage"]).await;
    window.close().await;
}
