//! Versions that are not wanted any more: deleted by a key and by age, taken back, and erased when space is freed.

use std::fs;

use fantoccini::key::Key;
use jiff::{SignedDuration, Timestamp};

use crate::by_folder::write_article;
use crate::timeline::{DEVICE, write_at};
use crate::window::{Desk, Window};

fn key(key: Key) -> String {
    char::from(key).to_string()
}

async fn palette(window: &Window, name: &str) {
    window.press(&[Key::Control], "k").await;
    window.type_into("combobox", "Command", name).await;
    window.get("option", name).await;
    window.press(&[], &key(Key::Enter)).await;
}

#[tokio::test]
async fn journey_versions_deleted_taken_back_and_erased() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    fs::create_dir_all(desk.path("data")).expect("a folder");
    fs::write(desk.path("data/device"), DEVICE).expect("this desk");
    let text = |words: &str| format!("---\ntitle: The Quay\n---\n\n{words}\n");
    write_article(&folder, "quay.md", &text("Empty."));
    let now = Timestamp::now();
    for (days, words, name) in [
        (100, "One.", None),
        (99, "One. Two.", None),
        (98, "One. Two. Three.", Some("Read by Jonas")),
        (3, "One. Two. Three. Four.", None),
        (2, "One. Two. Three. Four. Five.", None),
    ] {
        write_at(
            &desk,
            &folder,
            now - SignedDuration::from_hours(24 * days),
            &text(words),
            name,
        );
    }
    let window = desk
        .open(&[folder.to_str().expect("a path"), "--open", "quay.md"])
        .await;
    window.get("region", "Text of the article").await;
    window.click("button", "Versions").await;
    window.get("list", "Versions, newest first").await;
    window.shows("Read by Jonas").await;
    let rows = async || {
        let script = "return document.querySelectorAll('ol[aria-label=\"Versions, newest first\"] > li').length";
        window.run(script).await.as_u64().unwrap_or_default()
    };
    let all = rows().await;

    // By a key, and back by the notice.
    window.press(&[], &key(Key::Home)).await;
    window.press(&[], &key(Key::Down)).await;
    window.press(&[], &key(Key::Delete)).await;
    window.shows("The version is deleted.").await;
    window.shows("One deleted version is still here.").await;
    window.until("one is gone", async || rows().await == all - 1).await;
    window.screenshot("dropping-one").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a deleted version");
    window.click("button", "Take back").await;
    window.until("it is back", async || rows().await == all).await;

    // By age, with the number said before.
    palette(&window, "Delete old versions").await;
    window.get("dialog", "Delete old versions").await;
    let age = window.get("combobox", "Kept more than").await;
    age.select_by_value("30").await.expect("an age");
    window.shows("automatic versions will be deleted.").await;
    window.screenshot("dropping-age").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "by age");
    window.click("button", "Delete").await;
    window.shows("deleted versions are still here.").await;
    window.shows("Read by Jonas").await;
    let left = rows().await;
    assert!(left < all, "{left} of {all}");

    // Erased, with what that is said before.
    palette(&window, "Free the space of the history").await;
    window.get("dialog", "Free the space of the history").await;
    window.shows("can’t be taken back then").await;
    window.screenshot("dropping-free").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "freeing");
    window.click("button", "Free space").await;
    window.shows("it takes").await;
    window
        .until("nothing waits any more", async || {
            !window.text().await.contains("still here")
        })
        .await;
    assert_eq!(rows().await, left);
    window.shows("Read by Jonas").await;
    window.shows("One. Two. Three. Four. Five.").await;
    window.screenshot("dropping-freed").await;
    window.close().await;
}
