//! Reading aloud: with a voice that nobody hears, and where there is none.

use std::fs;

use fantoccini::Locator;
use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

/// The words that are painted as being said.
async fn spoken(window: &Window) -> String {
    let script = "const words = CSS.highlights.get('edito-spoken');
        return words ? [...words][0].toString() : ''";
    window.run(script).await.as_str().unwrap_or_default().to_owned()
}

async fn says(window: &Window, words: &str) {
    window
        .until(&format!("{words:?} is painted"), async || {
            spoken(window).await.contains(words)
        })
        .await;
}

/// Whether the words that are said are in view on the sheet.
async fn in_view(window: &Window) -> bool {
    let script = "const words = CSS.highlights.get('edito-spoken');
        if (!words) return false;
        const box = [...words][0].getBoundingClientRect();
        const edge = document.querySelector('.reading-scroll').getBoundingClientRect();
        return box.top >= edge.top && box.bottom <= edge.bottom;";
    window.run(script).await.as_bool() == Some(true)
}

#[tokio::test]
async fn journey_read_aloud() {
    let mut desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let paragraphs: Vec<String> = (1..20)
        .map(|number| {
            let more = "Nobody has ever asked the moon about it, and the harbour keeps its own clock. ".repeat(3);
            format!("Sentence {number:02} begins the paragraph. {more}")
        })
        .collect();
    let french = "Dr. Martin a dit que la mer monterait encore, et que personne ne l’avait écouté pendant des années.";
    write_article(
        &folder,
        "tide.md",
        &format!(
            "---\ntitle: The Tide\nlang: en\ndate: 2026-03-03\n---\n\n{}\n\n{french}\n\nThe last paragraph of all.\n",
            paragraphs.join("\n\n")
        ),
    );
    desk.environment.push(("EDITO_TEST_VOICE", "en".to_owned()));
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "The Tide").await;
    window.shows("Sentence 01").await;
    window
        .get("region", "Text of the article")
        .await
        .click()
        .await
        .expect("focus");

    // From the title on, sentence after sentence, by itself.
    window.press(&[], "v").await;
    window.get("region", "Reading aloud").await;
    says(&window, "The Tide").await;
    says(&window, "Sentence 01 begins").await;
    window.screenshot("aloud-paper").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the bar of reading aloud");

    // Faster, and remembered.
    window.click("button", "Faster").await;
    window.click("button", "Faster").await;
    window.shows("1.5×").await;

    // Paused, sentences are gone through in silence, and the sheet goes with them.
    window.click("button", "Pause").await;
    window
        .get("region", "Text of the article")
        .await
        .click()
        .await
        .expect("focus");
    // That was a click on a sentence, at which it goes on.
    window.get("button", "Pause").await;
    window.press(&[], "v").await;
    window.get("button", "Read aloud").await;
    for _ in 0..40 {
        window.press(&[], ".").await;
    }
    window
        .until("the sentence is in view, further down", async || {
            let top = window
                .run("return document.querySelector('.reading-scroll').scrollTop")
                .await;
            top.as_f64().is_some_and(|top| top > 200.0) && in_view(&window).await
        })
        .await;

    // A reader who looks elsewhere is left there, and finds the way back.
    window
        .run("document.querySelector('.reading-scroll').scrollTop = 0")
        .await;
    window.click("button", "Back to the sentence").await;
    window
        .until("back at the sentence", async || in_view(&window).await)
        .await;

    // From a sentence that was clicked on.
    let third = window
        .page
        .find(Locator::Css(".reading-body > p:nth-of-type(14)"))
        .await
        .expect("a paragraph");
    third.click().await.expect("a click");
    window
        .until("it goes on in that paragraph", async || {
            let script = "const words = CSS.highlights.get('edito-spoken');
                return words ? [...words][0].startContainer.parentElement.textContent.slice(0, 11) : ''";
            window.run(script).await.as_str() == Some("Sentence 14")
        })
        .await;

    // A language without a voice: said plainly, and the reader decides.
    let last = window
        .page
        .find(Locator::Css(".reading-body > p:nth-of-type(20)"))
        .await
        .expect("the French paragraph");
    last.click().await.expect("a click");
    window.shows("No voice for French is installed").await;
    window.screenshot("aloud-missing").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "no voice for a language");
    window.click("button", "Skip these passages").await;
    says(&window, "The last paragraph of all.").await;
    // At the end it is over.
    window
        .until("the bar is gone", async || {
            window.all("region", Some("Reading aloud")).await.is_empty()
        })
        .await;
    assert_eq!(spoken(&window).await, "");

    // Stopped by one key, and by leaving the article for the editor.
    window.press(&[], "v").await;
    window.get("region", "Reading aloud").await;
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window.until("stopped", async || spoken(&window).await.is_empty()).await;
    window.press(&[], "v").await;
    window.get("region", "Reading aloud").await;
    window.press(&[Key::Control], "e").await;
    window.get("textbox", "Text of").await;
    assert_eq!(spoken(&window).await, "");
    let said = fs::read_to_string(desk.path("data").join("preferences.json")).unwrap_or_default();
    assert!(said.contains("\"aloud-rate\": \"1.5\""), "{said}");
    window.close().await;

    // Where nothing speaks, it is said plainly, with what to install.
    desk.environment = vec![("EDITO_TEST_VOICE", "none".to_owned())];
    let window = desk.open(&[]).await;
    window.click("option", "The Tide").await;
    window.click("button", "Read aloud").await;
    window.shows("Nothing on this computer can read aloud").await;
    window.shows("apt install speech-dispatcher").await;
    window.screenshot("aloud-none").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "nothing speaks");
    window.click("button", "Stop reading aloud").await;
    window
        .until("the message is put away", async || {
            window.all("region", Some("Reading aloud")).await.is_empty()
        })
        .await;
    window.close().await;
}
