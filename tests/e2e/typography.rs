//! Typography in a piece that was typed in haste: looked through, accepted by rule, refused, undone.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const HEAD: &str = "---\ntitle: L'eau qui dort\nlang: fr\n---\n\n";

async fn opened(window: &Window) {
    window.click("option", "L'eau qui dort").await;
    window.click("button", "Write").await;
    let text = window.get("textbox", "Text of “L'eau qui dort”").await;
    text.click().await.expect("focus");
    window.press(&[Key::Control, Key::Shift], "y").await;
}

#[tokio::test]
async fn journey_typography_accepted_and_refused() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let body = "L'Etat dit \"non\" ? Il attend... et `l'on ?` attend.\n";
    write_article(&folder, "eau.md", &format!("{HEAD}{body}"));
    let file = folder.join("eau.md");
    let on_disk = async |window: &Window, wanted: &str| {
        let wanted = wanted.replace('_', "\u{a0}").replace('~', "\u{202f}");
        window
            .until(&format!("{wanted:?} is on the disk"), async || {
                fs::read_to_string(&file).is_ok_and(|text| text == wanted)
            })
            .await;
    };
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    opened(&window).await;
    window.get("heading", "Typography").await;
    window.get("button", "Accept all: Apostrophes (2)").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the list of corrections");
    window.screenshot("typography").await;

    // All of a rule, the title's included.
    window.click("button", "Accept all: Apostrophes").await;
    let head = HEAD.replace('\'', "’");
    on_disk(
        &window,
        &format!("{head}L’Etat dit \"non\" ? Il attend... et `l'on ?` attend.\n"),
    )
    .await;

    // One is refused by its key, from the list; the rest is accepted.
    window.get("button", "Accept all: Ellipses (1)").await;
    window
        .run("document.querySelector('[aria-label=\"Ellipses\"] button').focus()")
        .await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    // The dots are selected in the text.
    window.shows("0 words selected").await;
    window
        .until("they stand out among what is offered", async || {
            let shown = window
                .run("return document.querySelector('.cm-correction-shown')?.textContent")
                .await;
            shown.as_str() == Some("...")
        })
        .await;
    window.press(&[], "x").await;
    window
        .until("it is not offered any more", async || {
            window.all("button", Some("Accept all: Ellipses")).await.is_empty()
        })
        .await;
    window.click("button", "Accept all").await;
    let accepted = format!("{head}L’État dit «_non_»~? Il attend... et `l'on ?` attend.\n");
    on_disk(&window, &accepted).await;
    window.shows("One correction was refused").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "nothing left");

    // One undo takes back what was accepted last, together.
    window
        .get("textbox", "Text of “L’eau qui dort”")
        .await
        .click()
        .await
        .expect("focus");
    window.press(&[Key::Control], "z").await;
    on_disk(
        &window,
        &format!("{head}L’Etat dit \"non\" ? Il attend... et `l'on ?` attend.\n"),
    )
    .await;
    window.get("button", "Accept all: French quotes (2)").await;
    assert!(window.all("button", Some("Accept all: Ellipses")).await.is_empty());
    window.close().await;
}
