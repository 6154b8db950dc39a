//! The timeline of versions: who, when, how much; what is old folded; any two compared by the keyboard; one paragraph
//! that comes back.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use edito_library::disk::RealDisk;
use edito_library::{ArticleId, Continue, Environment, Library, Places, Reconcile};
use fantoccini::key::Key;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::by_folder::write_article;
use crate::window::Desk;

pub const DEVICE: &str = "0190a6f0111170008000000000000001";

/// Writes the article at this time, as this desk does, and keeps a version of it.
pub fn write_at(desk: &Desk, folder: &Path, time: Timestamp, text: &str, name: Option<&str>) {
    let environment = Environment {
        places: Places {
            data: desk.path("data"),
            cache: desk.path("cache-of-the-past"),
        },
        device: DEVICE.to_owned(),
        now: Arc::new(move || time),
        new_id: Arc::new(|_| Uuid::now_v7()),
        disk: Arc::new(RealDisk),
    };
    let library = Library::open(folder, environment).expect("the library");
    library
        .reconcile(Reconcile::All, &|_| Continue::Yes)
        .expect("the library is read");
    library.sign_versions(Some("Maud Le Goff".into()));
    let id: ArticleId = library.find("quay.md").expect("a look").expect("the article");
    let hash = library.read_text(&id).expect("the text").hash;
    library.save(&id, text, &hash).expect("saved");
    library.checkpoint(&id).expect("kept");
    if let Some(name) = name {
        library.name_version(&id, name).expect("named");
    }
}

#[tokio::test]
async fn journey_read_the_timeline_compare_any_two_and_restore_a_paragraph() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    fs::create_dir_all(desk.path("data")).expect("a folder");
    fs::write(desk.path("data/device"), DEVICE).expect("this desk");
    let paragraphs = [
        "The quay was empty that morning, and the ferry had not come.",
        "Then came the rain, and with it the clerks of the second counter.",
        "Nobody asks the moon about it; the harbour keeps its own clock.",
    ];
    let text = |upto: usize, more: &str| {
        let body = paragraphs.get(..upto).unwrap_or_default().join("\n\n");
        format!("---\ntitle: The Quay\n---\n\n{body}{more}\n")
    };
    write_article(&folder, "quay.md", &text(1, ""));
    let now = Timestamp::now();
    let ago = |hours: i64| now - SignedDuration::from_hours(hours);
    for minutes in 0..6 {
        let time = ago(24 * 40) + SignedDuration::from_mins(10 * minutes);
        write_at(
            &desk,
            &folder,
            time,
            &text(1, &" And so it was.".repeat(minutes as usize)),
            None,
        );
    }
    write_at(&desk, &folder, ago(24 * 10), &text(2, ""), Some("Read by Jonas"));
    write_at(&desk, &folder, ago(24 * 3), &text(3, ""), None);
    let mixed = text(3, "")
        .replace("the rain", "the hail")
        .replace("the moon", "the stars");
    fs::write(folder.join("quay.md"), &mixed).expect("another program writes");
    let latest = format!("{}\nThe last word is not said.\n", mixed);
    write_at(&desk, &folder, ago(5), &latest, Some("As sent"));

    let window = desk
        .open(&[folder.to_str().expect("a path"), "--open", "quay.md"])
        .await;
    window.get("region", "Text of the article").await;
    window.click("button", "Versions").await;
    window.get("list", "Versions, newest first").await;
    window.shows("Maud Le Goff").await;
    window.shows("Another program").await;
    window.shows("As sent").await;
    // How much: one word for another in two places, as another program left it.
    window.shows("+2").await;
    window.screenshot("timeline").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the timeline");

    // Five of the first day are folded, and can be seen.
    let rows = async || {
        let script = "return document.querySelectorAll('ol[aria-label=\"Versions, newest first\"] > li').length";
        window.run(script).await.as_u64().unwrap_or_default()
    };
    let before = rows().await;
    window.click("button", "more versions").await;
    window.until("they are there", async || rows().await > before).await;

    // By name.
    window.type_into("searchbox", "Find by name", "jonas").await;
    window.until("one is found", async || rows().await == 1).await;
    window.screenshot("timeline-found").await;
    window.press(&[], &Key::Escape.to_string()).await;
    window.until("all are there", async || rows().await > before).await;

    // Two of them, by the keyboard: the newest, and the one before what another program left.
    window.click("button", "As sent").await;
    window
        .press(&[Key::Shift], &format!("{}{}", Key::Down, Key::Down))
        .await;
    window.press(&[], "c").await;
    window.get("region", "Comparison of two texts").await;
    window.shows("hail").await;
    window.screenshot("timeline-two").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "two versions");

    // A paragraph of an older one comes back, and nothing else.
    window.click("button", "Read by Jonas").await;
    // By the letter that its entry begins with.
    window.tab_to(&[], "combobox", "Compare with").await;
    window.press(&[], "p").await;
    window.shows("stars").await;
    window
        .get("region", "Words that differ")
        .await
        .click()
        .await
        .expect("focus");
    window.press(&[], "n").await;
    window.shows("1 of").await;
    window.click("button", "Restore this paragraph").await;
    let mended = latest.replace("the hail", "the rain");
    window
        .until("the paragraph is back", async || {
            fs::read_to_string(folder.join("quay.md")).ok().as_deref() == Some(&mended)
        })
        .await;

    // Another name, and none.
    window.click("button", "As sent").await;
    window.click("button", "Rename").await;
    let field = window.get("textbox", "New name of this version").await;
    field.clear().await.expect("cleared");
    field.send_keys("As printed").await.expect("typing");
    window.click("button", "Keep").await;
    window.get("button", "As printed").await;
    window.click("button", "Take the name away").await;
    window
        .until("it has none", async || {
            window.all("button", Some("As printed")).await.is_empty()
        })
        .await;
    window.run("document.documentElement.dataset.theme = 'night'").await;
    window.screenshot("timeline-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the timeline at night");
    window.close().await;
}
