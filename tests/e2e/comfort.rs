//! What helps the eye along: themes, the ruler and the paragraph in hand, and the next unread article by one key.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

/// The middle of the ruler, from the top of the window, and the words it lies on.
async fn ruled(window: &Window) -> (f64, String) {
    let script = "const box = document.querySelector('.ruler')?.getBoundingClientRect();
        if (!box) return [0, ''];
        const y = (box.top + box.bottom) / 2;
        const range = document.caretRangeFromPoint(box.left + box.width / 2, y);
        return [y, range?.startContainer.parentElement.closest('[data-line]')?.textContent.slice(0, 12) ?? '']";
    let answer = window.run(script).await;
    (
        answer[0].as_f64().unwrap_or_default(),
        answer[1].as_str().unwrap_or_default().to_owned(),
    )
}

#[tokio::test]
async fn journey_read_in_comfort() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let paragraphs: Vec<String> = (1..30)
        .map(|number| {
            let text = "The harbour keeps its own clock and nobody has ever asked the moon about it. ".repeat(4);
            format!("Paragraph {number:02}. {text}")
        })
        .collect();
    write_article(
        &folder,
        "tide.md",
        &format!(
            "---\ntitle: The Tide\ndate: 2026-03-03\n---\n\n{}\n",
            paragraphs.join("\n\n")
        ),
    );
    write_article(
        &folder,
        "river.md",
        "---\ntitle: The River\ndate: 2026-03-02\n---\n\nThe river was called.\n",
    );
    write_article(
        &folder,
        "rain.md",
        "---\ntitle: The Rain\ndate: 2026-03-01\n---\n\nIt rained.\n",
    );
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "The Tide").await;
    window.shows("Paragraph 01").await;
    let text = window.get("region", "Text of the article").await;
    text.click().await.expect("focus");

    // The ruler goes down line by line, and the sheet comes with it.
    window.press(&[], "r").await;
    window.press(&[], "f").await;
    window
        .until("the ruler lies on words", async || !ruled(&window).await.1.is_empty())
        .await;
    let (start, _) = ruled(&window).await;
    window.press(&[], &char::from(Key::Down).to_string()).await;
    window
        .until("one line further down", async || {
            let (y, _) = ruled(&window).await;
            y > start + 10.0 && y < start + 120.0
        })
        .await;
    for _ in 0..40 {
        window.press(&[], &char::from(Key::Down).to_string()).await;
    }
    window
        .until("the text has come up under the ruler", async || {
            let scrolled = window
                .run("return document.querySelector('.reading-scroll').scrollTop")
                .await;
            let (y, words) = ruled(&window).await;
            scrolled.as_f64().is_some_and(|top| top > 200.0) && y < 800.0 && words.starts_with("Paragraph")
        })
        .await;
    window.screenshot("comfort-paper").await;
    assert_eq!(
        window.axe().await,
        Vec::<String>::new(),
        "the ruler and the paragraph in hand"
    );

    // Every theme, from the sheet's own settings.
    window.click("button", "Text: size, width").await;
    for theme in ["Sepia", "Contrast", "Night"] {
        window.click("radio", theme).await;
        window.screenshot(&format!("comfort-{}", theme.to_lowercase())).await;
        assert_eq!(window.axe().await, Vec::<String>::new(), "{theme}");
    }
    window.click("radio", "Sepia").await;
    window.click("radio", "Inter").await;
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window
        .until("it is remembered", async || {
            let said = fs::read_to_string(desk.path("data").join("preferences.json")).unwrap_or_default();
            said.contains("\"sepia\"") && said.contains("\"inter\"") && said.contains("\"ruler\": true")
        })
        .await;

    // One key to the next article that was not read, from the sheet and round again.
    text.click().await.expect("focus");
    window.press(&[], "c").await;
    window.shows("The river was called").await;
    window.press(&[], "c").await;
    window.shows("It rained").await;
    window.close().await;

    // The next start is in its colours from the first picture on.
    let window = desk.open(&[]).await;
    window.get("option", "The Rain").await;
    let theme = window.run("return document.documentElement.dataset.theme").await;
    assert_eq!(theme.as_str(), Some("sepia"));
    window.close().await;
}
