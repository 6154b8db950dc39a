//! Two passages that were marked become quotations in a draft, by keyboard; they are proved, broken, and mended.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const SHORT: &str = "The harbour keeps its own clock.";
const OTHER: &str = "Nobody in the town has ever asked the moon about the tide.";

fn key(key: Key) -> String {
    char::from(key).to_string()
}

/// Marks a sentence by its words, through the selection of the page.
async fn mark(window: &Window, words: &str) {
    let select = format!(
        "const body = document.querySelector('.reading-body');
         if (!body) return false;
         const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
         for (let node = walker.nextNode(); node; node = walker.nextNode()) {{
           const at = node.data.indexOf({words:?});
           if (at < 0) continue;
           document.getSelection().setBaseAndExtent(node, at, node, at + {});
           return true;
         }}
         return false;",
        words.encode_utf16().count()
    );
    window
        .until("the words are on the sheet", async || {
            window.run(&select).await.as_bool() == Some(true)
        })
        .await;
    window.get("toolbar", "Highlight the selection").await;
    window.mark_green(words).await;
}

#[tokio::test]
async fn journey_quotations_by_keyboard_proved_broken_and_mended() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(folder.join("sources")).expect("a folder");
    let source = format!(
        "---\ntitle: The Tide Tables\nauthor: Ada Marsh\ndate: 2024-03-12\n---\n\nAt noon it was said. {SHORT} It is late.\n\n{OTHER} They should.\n"
    );
    write_article(&folder.join("sources"), "tide.md", &source);
    write_article(
        &folder,
        "draft.md",
        "---\ntitle: Against Clocks\nlang: en\nstatus: draft\n---\n\nAs Marsh has it: \n",
    );
    let file = folder.join("draft.md");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "The Tide Tables").await;
    window.get("heading", "The Tide Tables").await;
    window
        .get("region", "Text of the article")
        .await
        .click()
        .await
        .expect("focus");
    mark(&window, SHORT).await;
    mark(&window, OTHER).await;

    window.click("option", "Against Clocks").await;
    window.click("button", "Write").await;
    let text = window.get("textbox", "Text of “Against Clocks”").await;
    text.click().await.expect("focus");
    // Within the sentence, by the words of the passage.
    window.press(&[Key::Control], &key(Key::End)).await;
    window.press(&[], &key(Key::Up)).await;
    window.press(&[], &key(Key::End)).await;
    for letter in "[[>harbour".chars() {
        window.press(&[], &letter.to_string()).await;
    }
    window.get("option", "The harbour keeps its own clock").await;
    window.screenshot("quotable").await;
    window.press(&[], &key(Key::Enter)).await;
    window
        .until("the passage stands there with its source", async || {
            fs::read_to_string(&file).is_ok_and(|text| {
                text.contains("As Marsh has it: “The harbour keeps its own clock.”[^1]")
                    && text.contains("[^1]: Ada Marsh, “[The Tide Tables](sources/tide.md)”, 12 March 2024.")
            })
        })
        .await;

    // On a line of its own, from the insert menu, by the title.
    window.press(&[], &key(Key::Enter)).await;
    window.press(&[], &key(Key::Enter)).await;
    window.press(&[Key::Control, Key::Alt], "q").await;
    for letter in "moon".chars() {
        window.press(&[], &letter.to_string()).await;
    }
    window
        .until("all the words typed have narrowed what is offered", async || {
            let offered = "return document.querySelectorAll('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li').length";
            window.run(offered).await.as_u64() == Some(1)
        })
        .await;
    window.get("option", "Nobody in the town").await;
    // What has only just come under the caret is not taken by a key that was meant for the text.
    window.screenshot("quotable-line").await;
    window.press(&[], &key(Key::Enter)).await;
    window.get("button", "2 quotations: 2 proved").await;
    window.press(&[Key::Control, Key::Alt], "l").await;
    window.get("complementary", "Quotations").await;
    window.shows("Proved: the source says it to the word").await;
    window.screenshot("quotations-proved").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "proved");

    // A word is broken in the text.
    let broken = fs::read_to_string(&file)
        .expect("the draft")
        .replace("its own clock", "no clock at all");
    assert!(broken.contains("no clock at all"));
    window.click("textbox", "Text of “Against Clocks”").await;
    write_article(&folder, "draft.md", &broken);
    window.get("button", "2 quotations: 1 altered, 1 proved").await;
    window.shows("Altered: the source says something else").await;
    window
        .until("the text shows it", async || {
            window
                .run(
                    "return [...document.querySelectorAll('.cm-ledger-altered')]
                       .filter((one) => getComputedStyle(one).textDecorationStyle === 'wavy')
                       .map((one) => one.textContent).join('')",
                )
                .await
                .as_str()
                .is_some_and(|words| words.contains("no clock at all"))
        })
        .await;
    window.screenshot("quotations-altered").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "altered");
    window.run("document.documentElement.dataset.theme = 'night'").await;
    window.screenshot("quotations-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "at night");
    window.run("document.documentElement.dataset.theme = 'paper'").await;

    window.click("button", "Take the source’s words").await;
    window.get("button", "2 quotations: 2 proved").await;
    window
        .until("the words are on the disk", async || {
            fs::read_to_string(&file).is_ok_and(|text| text.contains("The harbour keeps its own clock"))
        })
        .await;
    // One undo takes that back.
    window.click("textbox", "Text of “Against Clocks”").await;
    window.press(&[Key::Control], "z").await;
    window.get("button", "2 quotations: 1 altered, 1 proved").await;

    // Its source is opened at the passage.
    window.click("button", "Open the source").await;
    window.shows("At noon it was said").await;
    window.close().await;
}
