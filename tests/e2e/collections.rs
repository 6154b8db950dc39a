//! A collection made, filled and put in order by keyboard; everything undone.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

/// The titles of the list, in its order.
async fn listed(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-region=list] [role=option]')]
        .sort((a, b) => a.ariaPosInSet - b.ariaPosInSet)
        .map((row) => row.querySelector('.title')?.textContent ?? '')";
    serde_json::from_value(window.run(script).await).expect("titles")
}

async fn shows(window: &Window, titles: &[&str]) {
    window
        .until(&format!("the list is {titles:?}"), async || {
            listed(window).await == titles
        })
        .await;
}

async fn in_list(window: &Window) {
    window
        .run("document.querySelector('[data-region=list] [role=listbox]').focus()")
        .await;
}

#[tokio::test]
async fn journey_collection_by_keyboard() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let texts: Vec<String> = ["Tide", "River", "Rain"]
        .iter()
        .enumerate()
        .map(|(at, title)| {
            let text = format!("---\ntitle: The {title}\ndate: 2026-03-0{}\n---\n\nWater.\n", 9 - at);
            write_article(&folder, &format!("{}.md", title.to_lowercase()), &text);
            text
        })
        .collect();
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    shows(&window, &["The Tide", "The River", "The Rain"]).await;
    let (down, up) = (char::from(Key::Down).to_string(), char::from(Key::Up).to_string());
    let home = char::from(Key::Home).to_string();
    let enter = char::from(Key::Enter).to_string();

    // Two articles into a collection that is made on the way.
    in_list(&window).await;
    window.press(&[], "d").await;
    window
        .type_into("combobox", "Find or create a collection", "Water")
        .await;
    window.get("option", "New collection “Water”").await;
    window.screenshot("collections-dialog").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the dialog");
    window.press(&[], &enter).await;
    window.get("option", "(in it) Water").await;
    window.press(&[], &enter).await;
    window.get("button", "Water, 1 article").await;
    in_list(&window).await;
    window.press(&[], &down).await;
    window.press(&[Key::Shift], "d").await;
    window.get("button", "Water, 2 articles").await;
    window.shows("“The River” is in “Water”").await;

    // Shown, and put in another order.
    window.click("button", "Water, 2 articles").await;
    shows(&window, &["The Tide", "The River"]).await;
    in_list(&window).await;
    window.press(&[], &home).await;
    window.press(&[Key::Alt], &down).await;
    shows(&window, &["The River", "The Tide"]).await;
    window.screenshot("collections").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a collection");
    window.press(&[Key::Alt], &up).await;
    shows(&window, &["The Tide", "The River"]).await;
    window.press(&[], "z").await;
    shows(&window, &["The River", "The Tide"]).await;

    // Taken out, and back in its place.
    window.press(&[], &home).await;
    window.press(&[Key::Shift], &char::from(Key::Delete).to_string()).await;
    shows(&window, &["The Tide"]).await;
    window.press(&[], "z").await;
    shows(&window, &["The River", "The Tide"]).await;

    // Another one, from the rail; nothing is in it yet.
    window.click("button", "New collection").await;
    window.get("textbox", "Name of the collection").await;
    window.press(&[], &format!("Shelf{enter}")).await;
    window.shows("This collection is empty").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "an empty collection");
    window.press(&[], "z").await;
    window
        .until("it is gone", async || {
            window.all("button", Some("Shelf, no articles")).await.is_empty()
        })
        .await;
    window.click("button", "Water, 2 articles").await;
    shows(&window, &["The River", "The Tide"]).await;

    // Removed as a whole, and back as it was.
    window.run("document.querySelector('[data-collection]').focus()").await;
    window.press(&[], &char::from(Key::Delete).to_string()).await;
    window.shows("The collection “Water” is removed").await;
    shows(&window, &["The Tide", "The River", "The Rain"]).await;
    in_list(&window).await;
    window.press(&[], "z").await;
    window.get("button", "Water, 2 articles").await;
    shows(&window, &["The River", "The Tide"]).await;
    window.run("document.documentElement.dataset.theme = 'night'").await;
    window.screenshot("collections-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "at night");
    window.close().await;

    for (name, text) in ["tide", "river", "rain"].iter().zip(&texts) {
        let file = fs::read_to_string(folder.join(format!("{name}.md"))).expect("the file");
        assert_eq!(file, *text, "no article is touched");
    }
    // The next start knows it, and so does the command line.
    let window = desk.open(&[]).await;
    window.click("button", "Water, 2 articles").await;
    shows(&window, &["The River", "The Tide"]).await;
    // A record of another desk reaches the window.
    let journal = folder.join(".edito/journal");
    let own = fs::read_dir(&journal)
        .expect("the journal")
        .flatten()
        .next()
        .expect("a file");
    let records = fs::read_to_string(own.path()).expect("records");
    let made = records
        .lines()
        .find(|line| line.contains("\"name\":\"Water\""))
        .expect("the record");
    let renamed = made
        .replace("\"name\":\"Water\"", "\"name\":\"Harbour\"")
        .replace("\"time\":\"2", "\"time\":\"9");
    let device = own.path().file_stem().expect("a name").to_string_lossy().into_owned();
    fs::write(
        journal.join("elsewhere.jsonl"),
        renamed.replace(&device, "elsewhere") + "\n",
    )
    .expect("another desk");
    window.get("button", "Harbour, 2 articles").await;
    window.close().await;
}
