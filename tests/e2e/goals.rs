//! A goal for the day and one for a piece: set, reached by writing and not by pasting, and still there tomorrow.

use std::fs;

use fantoccini::key::Key;
use jiff::{Span, Zoned};

use crate::by_folder::{bytes_of, write_article};
use crate::window::Desk;

#[tokio::test]
async fn journey_set_goals_write_and_look_back() {
    let mut desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(&folder, "quay.md", "---\ntitle: The Quay\n---\n\nThe quay was empty.\n");
    write_article(&folder, "other.md", "---\ntitle: Other\n---\n\nAnother text.\n");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "The Quay").await;
    window.press(&[Key::Control], "e").await;
    let editor = window.get("textbox", "Text of").await;
    editor.click().await.expect("a click");
    let before = bytes_of(&folder);

    window.press(&[Key::Control, Key::Alt], "g").await;
    window.get("dialog", "Goals").await;
    window.type_into("spinbutton", "To write", "5").await;
    window.type_into("spinbutton", "Length", "40").await;
    window.click("button", "Close").await;
    window.get("button", "Goals: 0 / 5 words today").await;
    let journal = folder.join(".edito/journal");
    window
        .until("the journal has the piece’s goal", async || {
            fs::read_dir(&journal).is_ok_and(|files| {
                files.flatten().any(|file| {
                    fs::read_to_string(file.path())
                        .is_ok_and(|text| text.contains("\"kind\":\"goal\"") && text.contains("\"length\":40"))
                })
            })
        })
        .await;
    assert_eq!(bytes_of(&folder), before, "a goal writes no article");

    // Written words count.
    window.press(&[Key::Control], &Key::End.to_string()).await;
    editor.send_keys("Then came the rain. ").await.expect("typing");
    window.get("button", "Goals: 4 / 5 words today").await;
    // What is pasted at one stroke does not.
    let pasted = "Words from elsewhere. ".repeat(20);
    window
        .run(&format!(
            "const data = new DataTransfer(); data.setData('text/plain', {pasted:?});
             document.querySelector('.cm-content').dispatchEvent(
               new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }}))"
        ))
        .await;
    window
        .until("what was pasted is saved", async || {
            fs::read_to_string(folder.join("quay.md")).is_ok_and(|text| text.contains("Words from elsewhere."))
        })
        .await;
    window.shows("68 words").await;
    window.get("button", "Goals: 4 / 5 words today").await;
    editor.send_keys("Rain again.").await.expect("typing");
    window.get("button", "Goals: 6 / 5 words today").await;
    window.shows("6 / 5").await;
    window.screenshot("goals-gauge").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the gauge");
    window.close().await;

    // It is kept on this machine, by day. The days before are told as if they had been written.
    let kept = fs::read_dir(desk.path("data/written"))
        .expect("a folder")
        .flatten()
        .next()
        .expect("a file")
        .path();
    let mut diary: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&kept).expect("a file")).expect("it is whole");
    let today = Zoned::now().date();
    let days = diary["days"].as_object_mut().expect("days");
    assert_eq!(days.len(), 1);
    for back in 1..300_i64 {
        let day = today.checked_sub(Span::new().days(back)).expect("a day");
        let words = if back % 6 == 5 || (20..30).contains(&back) {
            0
        } else {
            back * 97 % 700
        };
        days.insert(day.to_string(), serde_json::json!({ "x": [words, words * 6] }));
    }
    fs::write(&kept, diary.to_string()).expect("written");
    for (language, title, table) in [
        ("en_GB.UTF-8", "Goals", "The same as a table"),
        ("fr_FR.UTF-8", "Objectifs", "La même chose en tableau"),
    ] {
        desk.environment = vec![("LANG", language.to_owned()), ("LC_ALL", language.to_owned())];
        let window = desk.open(&[folder.to_str().expect("a path")]).await;
        window.click("option", "The Quay").await;
        window.press(&[Key::Control], "e").await;
        window.get("textbox", "").await;
        window.press(&[Key::Control, Key::Alt], "g").await;
        window.get("dialog", title).await;
        window.screenshot(&format!("goals-{}", &language[..2])).await;
        assert_eq!(window.axe().await, Vec::<String>::new(), "goals, {language}");
        window.run("document.documentElement.dataset.theme = 'night'").await;
        window.run("document.querySelector('details').open = true").await;
        window.shows(table).await;
        window.screenshot(&format!("goals-{}-night", &language[..2])).await;
        assert_eq!(window.axe().await, Vec::<String>::new(), "goals at night, {language}");
        window.close().await;
    }
}
