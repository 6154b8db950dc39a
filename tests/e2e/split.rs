//! A text with its preview, which follows what is typed and scrolls in step, both ways; two pieces beside each other, each
//! written into its file; the border by keys; all of it there again after a restart.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

fn key(key: Key) -> String {
    char::from(key).to_string()
}

/// How far two halves are from showing the same: the number of the paragraph at the same height of both.
const IN_THE_MIDDLE: &str = "
    const numberAt = (selector, blocks) => {
        const box = document.querySelector(selector).getBoundingClientRect();
        const at = box.top + box.height / 2;
        const found = [...document.querySelectorAll(blocks)]
            .filter((one) => /Paragraph \\d+/.test(one.textContent))
            .find((one) => one.getBoundingClientRect().bottom > at);
        return Number(/Paragraph (\\d+)/.exec(found?.textContent ?? '')?.[1] ?? -1);
    };
    return [
        numberAt('.cm-scroller', '.cm-line'),
        numberAt('[data-preview] .reading-scroll', '[data-preview] .reading-body > p'),
    ];";

async fn numbers_in_the_middle(window: &Window) -> (i64, i64) {
    let found = window.run(IN_THE_MIDDLE).await;
    let number = |index: usize| found.get(index).and_then(serde_json::Value::as_i64).unwrap_or(-1);
    (number(0), number(1))
}

async fn in_step(window: &Window, what: &str, least: i64) {
    window
        .until(what, async || {
            let (text, look) = numbers_in_the_middle(window).await;
            text >= least && (text - look).abs() <= 2
        })
        .await;
}

fn long_text() -> String {
    let mut text =
        String::from("---\ntitle: The Long Piece\nstandfirst: What it is about.\nauthors: [Maud Ferrand]\n---\n\n");
    for number in 1..=120 {
        let _ = writeln!(
            text,
            "Paragraph {number} {}",
            "says what has to be said. ".repeat(1 + number % 7)
        );
        text.push('\n');
        if number % 20 == 0 {
            let _ = writeln!(text, "## Part {number}\n");
        }
    }
    text
}

#[tokio::test]
async fn journey_a_text_and_its_preview_in_step() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let before = long_text();
    write_article(&folder, "long.md", &before);
    write_article(&folder, "other.md", "# Another Piece\n\nIts words.\n");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "The Long Piece").await;
    window.press(&[Key::Control], "e").await;
    window.get("textbox", "Text of").await;
    window.press(&[Key::Control, Key::Alt], "p").await;
    window.get("region", "Preview").await;
    // The head is there, and the words, set as they will be read.
    window.get("heading", "The Long Piece").await;
    window.shows("What it is about.").await;
    window.shows("Paragraph 1 says").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a text and its preview");
    window.screenshot("split-preview").await;

    // What is typed is there a moment later, and nothing is saved for that.
    window.press(&[], "Typed just now, with a *word* in it. ").await;
    window
        .until("the preview has what was typed", async || {
            window
                .run("return document.querySelector('[data-preview] .reading-body > p').innerHTML")
                .await
                .as_str()
                .is_some_and(|html| html.contains("<em>word</em>") && html.contains("Paragraph 1 "))
        })
        .await;

    // The text takes its look along.
    window
        .run(
            "const text = document.querySelector('.cm-scroller'); text.dispatchEvent(new WheelEvent('wheel')); \
             text.scrollTop = text.scrollHeight / 2;",
        )
        .await;
    in_step(&window, "the preview came along", 40).await;
    window.screenshot("split-in-step").await;
    // The look takes its text along: by the keys of the keyboard, which goes there by itself.
    window.press(&[Key::Control], &key(Key::F6)).await;
    window
        .until("the preview has the keyboard", async || {
            window
                .run("return document.hasFocus() && document.activeElement?.closest('[data-preview]') !== null")
                .await
                .as_bool()
                == Some(true)
        })
        .await;
    let (from, _) = numbers_in_the_middle(&window).await;
    window.press(&[], &key(Key::PageDown)).await;
    in_step(&window, "the text came along", from + 4).await;
    // Both end together, with the last words in view.
    window
        .run(
            "const look = document.querySelector('[data-preview] .reading-scroll'); \
             look.dispatchEvent(new WheelEvent('wheel')); look.scrollTop = look.scrollHeight;",
        )
        .await;
    window
        .until("both are at their end", async || {
            window
                .run(
                    "return [['.cm-scroller', '.cm-line'], \
                     ['[data-preview] .reading-scroll', '[data-preview] .reading-body > p']].every(([half, blocks]) => { \
                     const edge = document.querySelector(half).getBoundingClientRect(); \
                     const last = [...document.querySelectorAll(blocks)] \
                     .find((one) => one.textContent.startsWith('Paragraph 120 ')); \
                     const box = last?.getBoundingClientRect(); \
                     return box && box.top > edge.top && box.bottom < edge.bottom })",
                )
                .await
                .as_bool()
                == Some(true)
        })
        .await;

    // A double click takes the caret there; what is typed then stands there, in the file too.
    window
        .run(
            "const block = [...document.querySelectorAll('[data-preview] .reading-body > p')] \
             .find((one) => one.textContent.startsWith('Paragraph 117 ')); \
             block.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))",
        )
        .await;
    window.press(&[], "Here: ").await;
    window
        .until("both are in the file, and nothing else is another", async || {
            fs::read_to_string(folder.join("long.md")).is_ok_and(|now| {
                now.contains("\nHere: Paragraph 117 ")
                    && now
                        .replace("Here: ", "")
                        .replace("Typed just now, with a *word* in it. ", "")
                        == before
            })
        })
        .await;
    window.close().await;

    // The next start has both again.
    let window = desk.open(&[]).await;
    window.get("region", "Preview").await;
    window.get("textbox", "Text of “The Long Piece”").await;
    window.press(&[Key::Control, Key::Alt], "w").await;
    window
        .until("the text has the sheet to itself", async || {
            window.all("region", Some("Preview")).await.is_empty()
        })
        .await;
    window.close().await;
}

/// Chooses an article in the dialog by its title, to write it: rows of the list have the same names.
async fn choose_to_write(window: &Window, typed: &str, title: &str) {
    window
        .type_into("combobox", "Find an article by its title", typed)
        .await;
    window
        .until(&format!("{title} alone is offered"), async || {
            window
                .run("return [...document.querySelectorAll('dialog [role=option] .title')].map((one) => one.textContent.trim()).join('|')")
                .await
                .as_str()
                == Some(title)
        })
        .await;
    window.press(&[Key::Control], &key(Key::Enter)).await;
}

#[tokio::test]
async fn journey_two_pieces_beside_each_other() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(&folder, "draft.md", "---\ntitle: The Draft\n---\n\nBegun.\n");
    write_article(&folder, "source.md", "---\ntitle: The Source\n---\n\nIt was said.\n");
    let on_disk = async |window: &Window, name: &str, words: &str| {
        let file = folder.join(name);
        window
            .until(&format!("{name} says {words:?}"), async || {
                fs::read_to_string(&file).is_ok_and(|now| now.contains(words))
            })
            .await;
    };
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "The Draft").await;
    window.press(&[Key::Control], "e").await;
    window.get("textbox", "Text of “The Draft”").await;

    // A piece beside, chosen by its name, to be written.
    window.press(&[Key::Control, Key::Alt], "b").await;
    choose_to_write(&window, "source", "The Source").await;
    window.get("textbox", "Text of “The Source”").await;
    window.get("region", "The Source").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    window.press(&[], "Into the source. ").await;
    window.press(&[Key::Control], &key(Key::F6)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    window.press(&[], "Into the draft. ").await;
    on_disk(&window, "source.md", "Into the source. It was said.").await;
    on_disk(&window, "draft.md", "Into the draft. Begun.").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "two pieces that are written");
    window.screenshot("split-two").await;

    // Undo means the side that has the focus.
    window.press(&[Key::Control], "z").await;
    on_disk(&window, "draft.md", "---\n\nBegun.").await;
    assert!(
        fs::read_to_string(folder.join("source.md")).is_ok_and(|now| now.contains("Into the source. ")),
        "the other side is as it was"
    );

    // Another program writes the piece beside: it follows, as when it is alone.
    fs::write(
        folder.join("source.md"),
        "---\ntitle: The Source\n---\n\nInto the source. It was said, by another.\n",
    )
    .expect("written");
    window.shows("by another").await;

    // The border by keys.
    let border = window.get("separator", "Move the border between the two sides").await;
    let at = async || {
        let now = border.attr("aria-valuenow").await.expect("an attribute");
        now.and_then(|now| now.parse::<i64>().ok()).unwrap_or(-1)
    };
    let before = at().await;
    window
        .run("document.querySelector('.border [role=separator]').focus()")
        .await;
    window.press(&[], &key(Key::Left)).await;
    window
        .until("the border has moved", async || at().await == before - 12)
        .await;
    window.press(&[], &key(Key::Home)).await;
    window.until("as far as it goes", async || at().await == 320).await;

    // Choosing what is there already goes to it: no article is there twice.
    window.press(&[Key::Control], "p").await;
    choose_to_write(&window, "draft", "The Draft").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(window.all("textbox", Some("Text of")).await.len(), 2);

    // Read beside what is written: the source, with everything that a reader does with it.
    window.press(&[Key::Control, Key::Alt], "u").await;
    window.get("heading", "The Source").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "a source beside a draft");
    window.screenshot("split-source").await;
    window.close().await;

    let window = desk.open(&[]).await;
    window.get("textbox", "Text of “The Draft”").await;
    window.get("heading", "The Source").await;
    window.get("separator", "Move the border between the two sides").await;
    window.close().await;
}
