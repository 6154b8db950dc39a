//! Reading aloud: with a voice that nobody hears, and where there is none.

use std::fs;

use fantoccini::Locator;
use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

/// Keeps what is painted from now on: a sentence is over before a slow machine looks.
async fn keep_what_is_said(window: &Window) {
    // Held on to, or the engine makes another object of it, which is not listened to.
    let script = "window.painted = CSS.highlights;
        const set = window.painted.set.bind(window.painted);
        window.said = [];
        window.painted.set = (name, words) => {
          const range = [...words][0];
          const holder = range.startContainer.parentElement.closest('p, h1');
          if (name === 'edito-spoken') window.said.push(holder.textContent.slice(0, 11) + '|' + range);
          return set(name, words);
        };";
    window.run(script).await;
}

/// The words that are painted as being said now.
async fn spoken(window: &Window) -> String {
    let script = "const words = CSS.highlights.get('edito-spoken');
        return words ? [...words][0].toString() : ''";
    window.run(script).await.as_str().unwrap_or_default().to_owned()
}

/// Waits until a sentence has been painted: the beginning of its paragraph, and some of its words.
async fn says(window: &Window, paragraph: &str, words: &str) {
    window
        .until(&format!("{words:?} is painted"), async || {
            let said = window.run("return window.said").await;
            let said = said.as_array().cloned().unwrap_or_default();
            said.iter()
                .filter_map(|one| one.as_str()?.split_once('|'))
                .any(|(holder, said)| holder == paragraph && said.contains(words))
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

    keep_what_is_said(&window).await;
    // From the title on, sentence after sentence, by itself.
    window.press(&[], "v").await;
    window.get("region", "Reading aloud").await;
    says(&window, "The Tide", "The Tide").await;
    says(&window, "Sentence 01", "Sentence 01 begins").await;
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
    window.get("button", "Resume").await;
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
    says(&window, "Sentence 14", "").await;

    // From words that were selected.
    let select = "const words = document.querySelector('.reading-body > p:nth-of-type(5)').firstChild;
        document.getSelection().setBaseAndExtent(words, 2, words, 8)";
    window.run(select).await;
    window.press(&[Key::Shift], "v").await;
    says(&window, "Sentence 05", "Sentence 05 begins").await;

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
    says(&window, "The last pa", "The last paragraph of all.").await;
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
