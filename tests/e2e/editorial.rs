//! An editorial of twelve hundred words in French, written by keyboard alone, from the sources that are looked for and
//! marked to the last word: with two quotations from them, a footnote, an image and a citation. Then a quotation is
//! broken, and is told.

use std::fs;
use std::time::Duration;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const TEXT: &str = include_str!("data/editorial.txt");
const FIRST: &str = "Le temps des horlogers ne passe plus par ici.";
const SECOND: &str = "On ne compte pas ceux qui ne viennent plus, et c’est ainsi que leur nombre grandit sans bruit.";
const NOTE: &str = "Relevés tenus de novembre à mars par les trois mairies.";
const IMAGE: &str = "La gare, un matin de novembre";
/// Short, so that the line of the image is not broken on the screen: End goes to where it is.
const CAPTION: &str = "Dessin";
const BIB: &str = "@book{arendt1958, author = {Arendt, Hannah}, title = {The Human Condition}, year = 1958, \
    publisher = {University of Chicago Press}, address = {Chicago}}\n";

fn key(key: Key) -> String {
    char::from(key).to_string()
}

/// A list that has just opened takes no Enter yet, so that nothing is chosen unseen.
async fn choose(window: &Window) {
    tokio::time::sleep(Duration::from_millis(600)).await;
    window.press(&[], &key(Key::Enter)).await;
}

/// Marks a sentence of the article that is read: the first one below so many steps from the first word in view.
async fn mark(window: &Window, steps: usize, sentence: &str) {
    for _ in 0..5 {
        if window.has_focus("region", "Text of the article").await {
            break;
        }
        window.press(&[], &key(Key::F6)).await;
    }
    window.focused("region", "Text of the article").await;
    window.press(&[], "h").await;
    window.get("toolbar", "Highlight the selection").await;
    window.press(&[], &key(Key::Down).repeat(steps)).await;
    window.press(&[], " ").await;
    window
        .until("the sentence is chosen", async || {
            let chosen = window.run("return getSelection().toString().trim()").await;
            chosen.as_str() == Some(sentence)
        })
        .await;
    window.mark_green(sentence).await;
}

async fn quote(window: &Window, words: &str, passage: &str) {
    for letter in format!("[[>{words}").chars() {
        window.press(&[], &letter.to_string()).await;
    }
    // Rows of the list beside are options, too, and begin with the same words.
    let offered = async || {
        window
            .run("return [...document.querySelectorAll('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li')].map(one => one.textContent).join('|')")
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    window
        .until("the passage alone is offered", async || {
            let offered = offered().await;
            offered.contains(passage) && !offered.contains('|')
        })
        .await;
    choose(window).await;
    window
        .until("the passage stands in the text", async || offered().await.is_empty())
        .await;
}

#[tokio::test]
async fn journey_an_editorial_written_by_keyboard() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(folder.join("sources")).expect("a folder");
    fs::write(folder.join("edito.toml"), "languages = [\"fr\"]\n").expect("settings");
    fs::write(folder.join("biblio.bib"), BIB).expect("references");
    fs::write(
        folder.join("gare.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><path d=\"M0 0h40v20H0z\"/></svg>",
    )
    .expect("an image");
    for (name, title, text) in [
        ("gares.md", "Les gares", format!("Début. {FIRST} Suite.")),
        (
            "bourg.md",
            "Le bourg compte",
            format!("Une phrase. Une autre. {SECOND} Fin."),
        ),
    ] {
        let head = format!("---\ntitle: {title}\nauthor: Nour Assaf\nlang: fr\ndate: 2024-03-12\n---\n\n");
        write_article(&folder.join("sources"), name, &format!("{head}{text}\n"));
    }
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("option", "Les gares").await;

    // A source by its title, another by its words.
    window.press(&[Key::Control], "p").await;
    window.get("dialog", "Open an article by its title").await;
    window.press(&[], "gares").await;
    choose(&window).await;
    window.get("heading", "Les gares").await;
    mark(&window, 1, FIRST).await;
    window.press(&[Key::Control, Key::Shift], "f").await;
    window.focused("combobox", "Search the texts").await;
    window.press(&[], "nombre grandit").await;
    window.get("option", "Le bourg compte").await;
    choose(&window).await;
    window.get("heading", "Le bourg compte").await;
    mark(&window, 2, SECOND).await;

    window.press(&[Key::Control], "n").await;
    window.get("dialog", "New article").await;
    window.press(&[], "Une promesse, même petite").await;
    choose(&window).await;
    window.get("textbox", "Text of “Une promesse, même petite”").await;
    for (number, paragraph) in TEXT.trim().split("\n\n").enumerate() {
        if number > 0 {
            window.press(&[], &key(Key::Enter).repeat(2)).await;
        }
        match paragraph {
            "[[première]]" => {
                window.press(&[], "Nour Assaf l'a dit : ").await;
                quote(&window, "horlogers", "Le temps des horlogers").await;
            }
            "[[seconde]]" => {
                window.press(&[], "La même ajoute : ").await;
                quote(&window, "viennent", "On ne compte pas ceux").await;
            }
            "[[note]]" => {
                window.press(&[], "Le détail de ces relevés est public").await;
                window.press(&[Key::Control], "k").await;
                tokio::time::sleep(Duration::from_millis(600)).await;
                window.press(&[], "Insert a footnote").await;
                choose(&window).await;
                tokio::time::sleep(Duration::from_millis(600)).await;
                window.press(&[], NOTE).await;
                window.press(&[], &key(Key::Escape)).await;
                window.press(&[], ".").await;
            }
            "[[image]]" => {
                for letter in "/image".chars() {
                    window.press(&[], &letter.to_string()).await;
                }
                window.get("option", "Insert an image").await;
                choose(&window).await;
                window.press(&[], "gare.svg").await;
                window.press(&[Key::Control], "k").await;
                window.focused("combobox", "Command").await;
                window.press(&[], "Describe the image").await;
                choose(&window).await;
                window.focused("textbox", "What is to be seen").await;
                assert_eq!(window.axe().await, Vec::<String>::new(), "describing the image");
                window.press(&[], IMAGE).await;
                window.press(&[], &key(Key::Tab)).await;
                window.press(&[], CAPTION).await;
                window.press(&[], &key(Key::Enter)).await;
                window.focused("textbox", "Text of “Une promesse, même petite”").await;
                window.press(&[], &key(Key::End)).await;
            }
            "[[citation]]" => {
                window.press(&[], "Promettre est un pouvoir politique ").await;
                window.press(&[Key::Control, Key::Shift], "e").await;
                window.get("option", "Arendt 1958").await;
                for letter in "condi".chars() {
                    window.press(&[], &letter.to_string()).await;
                }
                window.get("option", "arendt1958").await;
                choose(&window).await;
                window.press(&[], ", p. 244].").await;
            }
            words => window.press(&[], words).await,
        }
    }
    window.press(&[Key::Control], "s").await;
    let on_disk = || {
        let files = fs::read_dir(&folder).expect("the library").flatten();
        let made = files
            .map(|file| file.path())
            .find(|path| path.extension().is_some_and(|ending| ending == "md"));
        made.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default()
    };
    window
        .until("the end is on the disk", async || {
            on_disk().contains("arriver à l’heure.")
        })
        .await;
    let text = on_disk();
    assert!(
        text.split_whitespace().count() > 1200,
        "{}",
        text.split_whitespace().count()
    );
    for wanted in [
        "l’horaire d’été devient celui de toute l’année\u{202f};",
        "«\u{a0}Le temps des horlogers ne passe plus par ici.\u{a0}»[^",
        "[^1]: Nour Assaf",
        "Le détail de ces relevés est public[^",
        &format!(": {NOTE}"),
        &format!("\n\n![{IMAGE}](gare.svg \"{CAPTION}\")\n\n"),
        "[@arendt1958, p. 244].",
        "## Tenir une promesse, même petite",
    ] {
        assert!(text.contains(wanted), "{wanted:?} in {text}");
    }
    assert!(!text.contains('\''), "every apostrophe is one");
    window.get("button", "2 quotations: 2 proved").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the editorial");
    window.screenshot("editorial").await;

    // A word of a quotation becomes another.
    window.press(&[Key::Control], "f").await;
    window.press(&[], "horlogers").await;
    let selected = async || {
        let words = "return document.querySelector('.cm-searchMatch-selected')?.textContent";
        window.run(words).await.as_str() == Some("horlogers")
    };
    // It is looked for beside the page, and Enter goes to what was found by then.
    window
        .until("it is found", async || {
            if !selected().await {
                window.press(&[], &key(Key::Enter)).await;
                tokio::time::sleep(Duration::from_millis(400)).await;
            }
            selected().await
        })
        .await;
    window.press(&[], &key(Key::Escape)).await;
    window.press(&[], "bateliers").await;
    window.get("button", "2 quotations: 1 altered, 1 proved").await;
    window
        .until("the text shows it", async || {
            window
                .run("return document.querySelector('.cm-ledger-altered')?.textContent")
                .await
                .as_str()
                .is_some_and(|words| words.contains("bateliers"))
        })
        .await;
    window.screenshot("editorial-altered").await;
    window.close().await;
}
