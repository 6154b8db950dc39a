//! La Une: composed from the library, read from, changed by a pin, and the same when one comes back to it.

use fantoccini::key::Key;

use crate::by_folder::copy_folder;
use crate::window::Desk;

#[tokio::test]
async fn journey_front_page_read_pin_and_return() {
    let desk = Desk::new();
    let folder = desk.path("estran");
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample");
    copy_folder(&sample, &folder);
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("option", "La Vaurelle compte ses haies").await;

    // All parts of the model page.
    window.press(&[Key::Control], "0").await;
    window.get("heading", "L\u{2019}Estran").await;
    for part in ["Lead", "Analyses", "Éditos", "Dans les médias", "Lectures", "Lettres"] {
        window.get("region", part).await;
    }
    window.get("link", "Lire la suite").await;
    window.get("link", "Read on").await;
    window.screenshot("front").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the front page");
    window.run("document.documentElement.dataset.theme = 'night'").await;
    window.screenshot("front-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "at night");
    window.run("document.documentElement.dataset.theme = 'paper'").await;

    // The édito, and back to where one stood.
    let edito = window
        .run(
            "const link = document.querySelector('[data-slot=\"kind:edito\"]'); link.focus();
             return link.textContent",
        )
        .await;
    let edito = edito.as_str().expect("an edito").to_owned();
    window.press(&[], &key(Key::Enter)).await;
    window.get("heading", &edito).await;
    window.get("region", "Text of the article").await;
    window.get("region", "Related").await;
    window
        .run("document.querySelector('.related').scrollIntoView({ block: 'center' })")
        .await;
    window.screenshot("related").await;
    assert_eq!(
        window.axe().await,
        Vec::<String>::new(),
        "an article with its related pieces"
    );
    window.press(&[], &key(Key::Escape)).await;
    window.get("heading", "L\u{2019}Estran").await;
    window
        .until("the focus is where it was", async || {
            window.run("return document.activeElement.textContent").await.as_str() == Some(&edito)
        })
        .await;

    // Another piece is pinned, and leads.
    let other = window
        .run(
            "const link = document.querySelectorAll('[data-slot=\"kind:analyses\"]')[1]; link.focus();
             return link.textContent",
        )
        .await;
    let other = other.as_str().expect("an analysis").to_owned();
    window.press(&[], "p").await;
    window
        .until("it leads", async || {
            window
                .run("return document.querySelector('[data-slot=lead]').textContent")
                .await
                .as_str()
                == Some(&other)
        })
        .await;
    window.get("img", "Pinned").await;
    window.screenshot("front-pinned").await;

    // A section's own page, and the settings.
    window.click("treeitem", "Analyses").await;
    window.get("heading", "Analyses").await;
    window.get("navigation", "Breadcrumb").await;
    window.screenshot("front-section").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a section's page");
    window.press(&[Key::Control], "0").await;
    window.click("button", "Compose the front page").await;
    window.get("dialog", "Compose the front page").await;
    window.get("button", "Add a part").await;
    window.screenshot("front-settings").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the settings");
    window.press(&[], &key(Key::Escape)).await;

    // Narrow: one column, and nothing beside it.
    window.page.set_window_size(620, 900).await.expect("a size");
    window.screenshot("front-narrow").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "in one column");
    window.close().await;

    // In French, at night: what is pinned is still there.
    let french = r#"{"settings": {"language": "fr", "theme": "night"}}"#;
    std::fs::write(desk.path("data/preferences.json"), french).expect("the settings");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("option", "La Vaurelle compte ses haies").await;
    window.press(&[Key::Control], "0").await;
    window.get("region", "À la une").await;
    window.get("img", "Épinglé").await;
    window.screenshot("front-french-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "in French, at night");
    window.close().await;
}

fn key(key: Key) -> String {
    char::from(key).to_string()
}
