//! The head of an article as a form above its text: entered by keyboard alone, and written field by field; the link in
//! the text, edited in its fields.

use std::fs;
use std::path::Path;
use std::time::Duration;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const DESK: &str = "languages = [\"fr\", \"en\"]\n\n[[sections]]\nname = \"Analyses\"\n\n[[sections.sections]]\nname = \"Méditerranée\"\n\n\
    [[authors]]\nname = \"Hélène Vasseur\"\nfunction = \"directrice de la rédaction\"\n\n\
    [[authors]]\nname = \"Paul Okafor\"\nfunction = \"hydrologue\"\n";

fn key(key: Key) -> String {
    char::from(key).to_string()
}

async fn focused(window: &Window) -> String {
    let name = "const it = document.activeElement; return it.getAttribute('aria-label') ?? it.textContent.trim()";
    window.run(name).await.as_str().unwrap_or_default().to_owned()
}

/// Presses Tab until what has the name is reached.
async fn tab_to(window: &Window, name: &str) {
    for _ in 0..24 {
        if focused(window).await == name {
            return;
        }
        window.press(&[], &key(Key::Tab)).await;
    }
    panic!("Tab does not reach {name:?}; it is at {:?}", focused(window).await);
}

/// From the title on to the button that offers a field.
async fn add(window: &Window, name: &str, field: &str) {
    window.press(&[], &key(Key::F4)).await;
    tab_to(window, name).await;
    window.press(&[], &key(Key::Enter)).await;
    window
        .until(&format!("{field:?} has the focus"), async || {
            focused(window).await == field
        })
        .await;
}

/// Waits until a file holds just these bytes; says what it holds instead when they do not come.
async fn on_disk(file: &Path, wanted: &str) {
    for _ in 0..200 {
        if fs::read(file).is_ok_and(|now| now == wanted.as_bytes()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(80)).await;
    }
    assert_eq!(fs::read_to_string(file).expect("the file is read"), wanted);
}

async fn write(window: &Window, title: &str) {
    window.click("option", title).await;
    window.press(&[Key::Control], "e").await;
    window.get("textbox", &format!("Text of “{title}")).await;
    window
        .until("the text has the focus", async || {
            focused(window).await.starts_with("Text of")
        })
        .await;
}

#[tokio::test]
async fn journey_a_head_by_keyboard() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("edito.toml"), DESK).expect("settings");
    write_article(&folder, "eau.md", "Il y a dans chaque vallée une personne.\n");
    let file = folder.join("eau.md");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    write(&window, "eau").await;
    assert_eq!(
        fs::read_to_string(&file).expect("the file"),
        "Il y a dans chaque vallée une personne.\n"
    );

    // Up from the first line of the text, and back to it.
    window.press(&[], &key(Key::Up)).await;
    window
        .until("the form has the focus", async || focused(&window).await == "As text")
        .await;
    window.press(&[], &key(Key::Down)).await;
    window
        .until("the text has it again", async || {
            focused(&window).await.starts_with("Text of")
        })
        .await;

    window.press(&[], &key(Key::F4)).await;
    window
        .until("the title has the focus", async || focused(&window).await == "Title")
        .await;
    window.press(&[], "Ce que l'eau: \"oblige\" à dire").await;
    add(&window, "Add a standfirst", "Standfirst").await;
    window.press(&[], "Trois étés de suite # la même sécheresse.").await;
    add(&window, "Add an author", "Name of author 1").await;
    window.press(&[], "hel").await;
    window.get("option", "Hélène Vasseur").await;
    window.press(&[], &key(Key::Down)).await;
    window.press(&[], &key(Key::Enter)).await;
    window
        .until("her function has the focus", async || {
            focused(&window).await == "Function of author 1"
        })
        .await;
    tab_to(&window, "Add an author").await;
    window.press(&[], &key(Key::Enter)).await;
    window
        .until("a second name has the focus", async || {
            focused(&window).await == "Name of author 2"
        })
        .await;
    window.press(&[], "Nour Assaf").await;
    window.press(&[], &key(Key::Tab)).await;
    window.press(&[], "juriste").await;
    // The one signs before the other.
    window.press(&[Key::Alt], &key(Key::Up)).await;
    add(&window, "Add a section", "Section").await;
    window.press(&[], "medi").await;
    window.press(&[], &key(Key::Down)).await;
    window.press(&[], &key(Key::Enter)).await;
    add(&window, "Add tags", "Add a tag").await;
    window.press(&[], "eau,climat").await;
    window.press(&[], &key(Key::Enter)).await;
    add(&window, "Add a date", "Date").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    window.press(&[Key::Control], "a").await;
    window.press(&[], "9 novembre 2026").await;
    window.press(&[], &key(Key::Enter)).await;
    add(&window, "Add a language", "Language").await;
    window.press(&[], "fren").await;
    window.press(&[], &key(Key::Enter)).await;
    add(&window, "Add a status", "Status").await;
    window.press(&[], "in rev").await;
    window.press(&[], &key(Key::Enter)).await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the head");
    window.press(&[], &key(Key::Escape)).await;
    window.press(&[Key::Control], "s").await;
    let head = "---\ntitle: \"Ce que l’eau\u{a0}: «\u{a0}oblige\u{a0}» à dire\"\nstandfirst: \"Trois étés de suite # la même sécheresse.\"\n\
        authors: [{name: Nour Assaf, function: juriste}, {name: Hélène Vasseur, function: directrice de la rédaction}]\n\
        section: analyses/mediterranee\ntags: [eau, climat]\ndate: 2026-11-09\nlang: fr\nstatus: review\n---\n\n";
    on_disk(&file, &format!("{head}Il y a dans chaque vallée une personne.\n")).await;
    window.screenshot("form").await;

    // A field is one step of undo, and what is typed in the text is another.
    window.press(&[], &key(Key::F4)).await;
    window.press(&[], &key(Key::End)).await;
    window.press(&[], " encore").await;
    on_disk(
        &file,
        &format!(
            "{}Il y a dans chaque vallée une personne.\n",
            head.replace(" à dire", " à dire encore")
        ),
    )
    .await;
    window.press(&[Key::Control], "z").await;
    on_disk(&file, &format!("{head}Il y a dans chaque vallée une personne.\n")).await;
    window.close().await;
}

#[tokio::test]
async fn journey_a_field_of_a_file_from_elsewhere_and_a_link() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let hugo = "\u{feff}+++\r\n# réglages\r\ntitle = 'Le port'  # gardé\r\ndate = 2024-05-01T08:30:00+02:00\r\nweight = 3\r\n\
        authors = [ \"A\", 'B' ]\r\n[taxonomies]\r\n  tags = [ \"mer\" ]\r\n[extra]\r\n  toc = true\r\n+++\r\n\r\n\
        Le texte et [un lien](https://a.example \"titre\").\r\n";
    let obsidian = "---\naliases:\n  - quai\ntags:\n  - mer # note\n  - 'ville'\ncssclasses: [wide]\nup: \"[[Index]]\"\n\
        description: >-\n  Plié\n  en deux.\ntitle: Le quai\n---\n\nLe texte.\n";
    let opaque = "---\nlang: fr\nkeywords: [\n---\n\nLe texte.\n";
    write_article(&folder, "port.md", hugo);
    write_article(&folder, "quai.md", obsidian);
    write_article(&folder, "casse.md", opaque);
    let window = desk.open(&[folder.to_str().expect("a path")]).await;

    write(&window, "Le port").await;
    window.press(&[], &key(Key::F4)).await;
    window.press(&[], &key(Key::End)).await;
    window.press(&[], " d'Aden").await;
    let title = hugo.replace("'Le port'", "\"Le port d’Aden\"");
    on_disk(&folder.join("port.md"), &title).await;
    // The link of the text: its address by a key at the caret, then its words.
    window.press(&[], &key(Key::Escape)).await;
    window.press(&[Key::Control], &key(Key::End)).await;
    for _ in 0..4 {
        window.press(&[], &key(Key::Left)).await;
    }
    window.press(&[Key::Control, Key::Shift], "k").await;
    window.get("dialog", "Link").await;
    window
        .until("the address has the focus", async || {
            let value = window.run("return document.activeElement.value").await;
            value.as_str() == Some("https://a.example")
        })
        .await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a link in its fields");
    window.press(&[], "https://b.example/x(y").await;
    window.press(&[], &key(Key::Tab)).await;
    window.press(&[Key::Control], "a").await;
    window.press(&[], "deux [mots]").await;
    window.screenshot("link").await;
    window.press(&[], &key(Key::Enter)).await;
    let linked = title.replace(
        "[un lien](https://a.example \"titre\")",
        "[deux \\[mots\\]](<https://b.example/x(y> \"titre\")",
    );
    on_disk(&folder.join("port.md"), &linked).await;

    write(&window, "Le quai").await;
    window.press(&[], &key(Key::F4)).await;
    tab_to(&window, "Add a tag").await;
    window.press(&[], "estran").await;
    window.press(&[], &key(Key::Enter)).await;
    on_disk(
        &folder.join("quai.md"),
        &obsidian.replace("  - 'ville'\n", "  - 'ville'\n  - estran\n"),
    )
    .await;
    window.press(&[Key::Shift], &key(Key::F4)).await;
    window.shows("cssclasses: [wide]").await;
    window.press(&[Key::Shift], &key(Key::F4)).await;
    window.get("textbox", "Standfirst").await;

    // What can't be read stays text, and says why.
    window.click("option", "casse").await;
    window.press(&[Key::Control], "e").await;
    window.shows("The front matter is shown as text").await;
    window.shows("keywords: [").await;
    assert_eq!(fs::read_to_string(folder.join("casse.md")).expect("the file"), opaque);
    window.close().await;
}
