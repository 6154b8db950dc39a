//! A version is named, the text is built anew, both are compared, and one paragraph comes back: all of it in the window,
//! by keyboard, but for a section that is dragged first.

use std::fs;

use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const HEAD: &str = "---\ntitle: The Crossing\nlang: en\n---\n\nThe ferry left at six, and nobody waved.\n\n";
const QUAY: &str = "## The quay\n\nThe quay was empty that morning. Two gulls held a meeting on the crane.\n\n\
    The porter swept a platform that no train had used since spring.\n\n";
const TIDE: &str = "## The tide\n\nNobody asks the moon about it; the harbour keeps its own clock.\n\n\
    The last boat came in at noon with all its lights still on.\n\n";
const CLERK: &str = "The clerk of the second counter had gone home early.\n\n";
const ROAD: &str = "## The road\n\nThe road goes inland, past the mill and the three farms.\n\n";
const END: &str = "Whoever takes it comes back by water.\n";

fn key(key: Key) -> String {
    char::from(key).to_string()
}

#[tokio::test]
async fn journey_name_a_version_restructure_compare_and_restore_one_paragraph() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let former = [HEAD, QUAY, TIDE, ROAD, CLERK, END].concat();
    write_article(&folder, "crossing.md", &former);
    let file = folder.join("crossing.md");
    let on_disk = async |window: &Window, what: &str, wanted: &str| {
        window
            .until(&format!("{what}: the file is {wanted:?}"), async || {
                fs::read_to_string(&file).is_ok_and(|text| text == wanted)
            })
            .await;
    };
    let window = desk
        .open(&[folder.to_str().expect("a path"), "--open", "crossing.md"])
        .await;
    window.get("region", "Text of the article").await;
    window.press(&[Key::Control], "e").await;
    window.get("textbox", "Text of “The Crossing”").await;

    // The version is named.
    window.press(&[Key::Control], "k").await;
    window
        .type_into("combobox", "Command", "Name the current version")
        .await;
    window.get("option", "Name the current version").await;
    window.press(&[], &key(Key::Enter)).await;
    window.focused("textbox", "Name of the version").await;
    window.press(&[], "As sent").await;
    window.press(&[], &key(Key::Enter)).await;
    window.get("button", "As sent").await;
    window.press(&[], &key(Key::Escape)).await;
    window.focused("textbox", "Text of “The Crossing”").await;

    // A section is dragged in the outline, and goes back with one undo.
    window.press(&[Key::Control, Key::Alt], "o").await;
    window.get("navigation", "Outline").await;
    drag(&window, "The road", "The quay").await;
    let dragged = [HEAD, ROAD, CLERK, END, "\n", QUAY, TIDE.trim_end(), "\n"].concat();
    on_disk(&window, "dragged", &dragged).await;
    window.focused("button", "The road").await;
    window.press(&[], &key(Key::Escape)).await;
    window.focused("textbox", "Text of “The Crossing”").await;
    window.press(&[Key::Control], "z").await;
    on_disk(&window, "taken back", &former).await;

    // Another is moved by keys.
    window.press(&[Key::Control, Key::Alt], "o").await;
    window.press(&[Key::Control, Key::Alt], "o").await;
    window.press(&[], &key(Key::Home)).await;
    window.focused("button", "The quay").await;
    window.press(&[Key::Alt], &key(Key::Down)).await;
    window.shows("“The quay”: 2 of 3").await;
    window.focused("button", "The quay").await;
    window.screenshot("restructuring-outline").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the outline");
    window.press(&[], &key(Key::Escape)).await;

    // A sentence of the text becomes another one, and a paragraph goes.
    select(&window, "past the mill and the three farms").await;
    window.press(&[], "round the hill").await;
    select(&window, CLERK.trim_end()).await;
    window.press(&[], &key(Key::Delete).repeat(3)).await;
    let road = ROAD.replace("past the mill and the three farms", "round the hill");
    let rebuilt = [HEAD, TIDE, QUAY, &road, END].concat();
    on_disk(&window, "rebuilt", &rebuilt).await;

    // Both are compared.
    window.press(&[Key::Control, Key::Shift], "v").await;
    window.get("list", "Versions, newest first").await;
    let chosen = async || {
        let script = "return document.querySelector('[data-version][aria-current]')?.textContent ?? ''";
        let row = window.run(script).await;
        row.as_str().is_some_and(|row| row.contains("As sent"))
    };
    for _ in 0..6 {
        if chosen().await {
            break;
        }
        window.press(&[], &key(Key::Down)).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
    assert!(chosen().await, "the named version is come to by the arrows");
    window.tab_to(&[], "combobox", "Compare with").await;
    // The letter that its entry begins with.
    window.press(&[], "p").await;
    window.get("region", "Comparison of two texts").await;
    window.shows("1 passage moved").await;
    window.screenshot("restructuring").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the redline");

    // Of the two that changed places the shorter is marked as moved, with all its words, at both places.
    for (element, place) in [("del", "it stood here"), ("ins", "it stands here now")] {
        let script = format!(
            "return [...document.querySelectorAll('{element}.move')].filter((one) => one.title.includes('{place}')).map((one) => one.textContent).join(' ')"
        );
        let words = window.run(&script).await;
        let words = words.as_str().unwrap_or_default();
        assert!(
            words.contains("The tide") && words.contains("Nobody asks the moon") && words.contains("The last boat"),
            "{element}: {words:?}"
        );
        assert!(
            !words.contains("clerk") && !words.contains("mill"),
            "{element}: {words:?}"
        );
    }

    // The paragraph that went is gone to, and comes back; nothing else does.
    window.tab_to(&[], "region", "Words that differ").await;
    let at = async || {
        let words = window
            .run("return [...document.querySelectorAll('del.at:not(.move)')].map((one) => one.textContent).join('')")
            .await;
        words
            .as_str()
            .is_some_and(|words| words.contains("The clerk of the second counter"))
    };
    for _ in 0..12 {
        if at().await {
            break;
        }
        window.press(&[], "n").await;
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    }
    assert!(at().await, "the keys go to the paragraph that went");
    window.screenshot("restructuring-at").await;
    window.tab_to(&[Key::Shift], "button", "Restore this paragraph").await;
    window.press(&[], &key(Key::Enter)).await;
    window.shows("The former wording is back").await;
    let mixed = [HEAD, TIDE, QUAY, &road, CLERK, END].concat();
    on_disk(&window, "the paragraph is back", &mixed).await;
    window.shows("1 passage moved").await;
    window.screenshot("restructuring-restored").await;

    // In the text, one undo takes it away.
    window.press(&[], &key(Key::Escape)).await;
    window.focused("textbox", "Text of “The Crossing”").await;
    window.press(&[Key::Control], "z").await;
    on_disk(&window, "undone", &rebuilt).await;
    window.close().await;
}

/// Selects words of the text, as who looks for them does.
async fn select(window: &Window, words: &str) {
    window.press(&[Key::Control], "f").await;
    window.press(&[], words).await;
    let selected = async || {
        let script = "return document.querySelector('.cm-searchMatch-selected')?.textContent";
        window.run(script).await.as_str() == Some(words)
    };
    // It is looked for beside the page, and Enter goes to what was found by then.
    window
        .until(&format!("{words:?} are found"), async || {
            if !selected().await {
                window.press(&[], &key(Key::Enter)).await;
                tokio::time::sleep(std::time::Duration::from_millis(400)).await;
            }
            selected().await
        })
        .await;
    window.press(&[], &key(Key::Escape)).await;
    window.focused("textbox", "Text of “The Crossing”").await;
    window
        .until("they are selected in the text", async || {
            window.run("return getSelection().toString()").await.as_str() == Some(words)
        })
        .await;
}

/// Drags a section in the outline to the place before another one.
async fn drag(window: &Window, section: &str, before: &str) {
    let (from_x, from_y, _) = place_of(window, section).await;
    let (to_x, to_y, height) = place_of(window, before).await;
    let to_y = to_y - height / 2.0 + 2.0;
    let to = |x: f64, y: f64| PointerAction::MoveTo {
        duration: Some(std::time::Duration::from_millis(60)),
        x,
        y,
    };
    let button = fantoccini::actions::MOUSE_BUTTON_LEFT;
    let mut actions = MouseActions::new("mouse".into())
        .then(to(from_x, from_y))
        .then(PointerAction::Down { button });
    for step in 1..=8 {
        let part = f64::from(step) / 8.0;
        actions = actions.then(to(
            (from_x + (to_x - from_x) * part).round(),
            (from_y + (to_y - from_y) * part).round(),
        ));
    }
    let actions = actions.then(PointerAction::Up { button });
    window.page.perform_actions(actions).await.expect("dragged");
}

/// The middle of a section's row in the outline, and its height.
async fn place_of(window: &Window, section: &str) -> (f64, f64, f64) {
    let row = window.get("button", section).await;
    let element = serde_json::to_value(&row).expect("a reference");
    let script = "const box = arguments[0].getBoundingClientRect();
                  return [box.x + box.width / 2, box.y + box.height / 2, box.height]";
    let place = window.page.execute(script, vec![element]).await.expect("a place");
    let at = |index: usize| place[index].as_f64().expect("a number");
    (at(0), at(1), at(2))
}
