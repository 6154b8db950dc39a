//! A name replaced in all of a library: every change before it is made, one left, an open text included, all taken back.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::{bytes_of, write_article};
use crate::window::{Desk, Window};

async fn opened(window: &Window) {
    window.press(&[Key::Control, Key::Alt], "r").await;
    window.get("dialog", "Replace in the library").await;
}

async fn asked(window: &Window, text: &str, replacement: &str) {
    for (name, words) in [("Find", text), ("Replace with", replacement)] {
        window.click("textbox", name).await;
        window.press(&[Key::Control], "a").await;
        window.press(&[], words).await;
    }
}

#[tokio::test]
async fn journey_replace_across_by_keyboard() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let articles = [
        (
            "edito/one.md",
            "---\ntitle: One\nlang: fr\n---\n\nDaesh, puis [Daesh](https://a.example/daesh).\r\n",
        ),
        (
            "edito/two.md",
            "---\ntitle: Two\nlang: fr\n---\n\nUn mot de Daesh, et de Daesh encore.\n",
        ),
        ("three.md", "---\ntitle: Three\nlang: fr\n---\n\nRien.\n"),
    ];
    for (path, text) in articles {
        write_article(&folder, path, text);
    }
    let texts = || -> Vec<(String, Vec<u8>)> {
        let all = bytes_of(&folder).into_iter();
        let own = all.filter(|(path, _)| path.extension().is_some_and(|ending| ending == "md"));
        own.map(|(path, bytes)| (path.display().to_string(), bytes)).collect()
    };
    let before = texts();
    let window = desk.open(&[folder.to_str().expect("a path")]).await;

    // One of them is being written, and not saved yet.
    window.click("option", "Two").await;
    window.click("button", "Write").await;
    let text = window.get("textbox", "Text of “Two”").await;
    text.click().await.expect("focus");
    window.press(&[Key::Control], &char::from(Key::End).to_string()).await;
    window.press(&[], "Et Daesh").await;

    opened(&window).await;
    asked(&window, "daesh", "Daech").await;
    window.shows("6 places in 2 articles").await;
    // The address is shown, and stays unless it is ticked.
    window.get("button", "Replace 5 places").await;
    window.screenshot("replace-across").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the preview");
    let nothing = texts();
    assert!(
        nothing
            .iter()
            .all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("Daech"))
    );
    let boxes = "return document.querySelectorAll('dialog section')[0].querySelectorAll('li input')";
    window.run(&format!("{boxes}[0].click()").replace("return ", "")).await;
    window.get("button", "Replace 4 places").await;
    window.press(&[Key::Control], &char::from(Key::Enter).to_string()).await;
    window.shows("4 places replaced in 2 articles").await;
    window
        .until("the editor has the new words", async || {
            window.text().await.contains("Et Daech") || window.text().await.contains("Et Daesh")
        })
        .await;
    let two = fs::read_to_string(folder.join("edito/two.md")).expect("two");
    let one = fs::read_to_string(folder.join("edito/one.md")).expect("one");
    assert!(one.contains("https://a.example/daesh).\r\n"), "{one}");
    assert_eq!(format!("{one}{two}").matches("Daech").count(), 4);

    // Undone as one, from the list.
    window
        .run("document.querySelector('[data-region=list] [role=listbox]').focus()")
        .await;
    window.press(&[], "z").await;
    window.shows("2 articles have their text back").await;
    let mut back = texts();
    for (path, bytes) in &mut back {
        if path.ends_with("two.md") {
            let text = String::from_utf8_lossy(bytes).replace("Et Daesh", "");
            *bytes = text.into_bytes();
        }
    }
    assert_eq!(back, before);

    // An expression with a group, at night.
    opened(&window).await;
    window.click("button", "Regular expression").await;
    asked(&window, "(\\w+) de (\\w+)", "$2 de $1").await;
    window.shows("2 places in 1 article").await;
    window.run("document.documentElement.dataset.theme = 'night'").await;
    window.screenshot("replace-across-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "at night");
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window.close().await;
}
