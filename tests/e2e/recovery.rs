//! Killed in the middle of a sentence: in a piece, in one without a title, in the form above the text; then another
//! program’s change in between, and a copy that is damaged.

use std::fs;
use std::path::{Path, PathBuf};

use fantoccini::elements::Element;
use fantoccini::key::Key;

use crate::by_folder::{bytes_of, write_article};
use crate::window::{Desk, Window};

/// Types words without a pause, so that no save comes between, until a copy of unsaved words has some of them; answers
/// the last word that the copy has.
async fn type_until_copied(desk: &Desk, editor: &Element, name: &str) -> String {
    for number in 0..500 {
        editor.send_keys(&format!("{name}{number:03} ")).await.expect("typing");
        let copied = (0..number)
            .rev()
            .map(|one| format!("{name}{one:03}"))
            .find(|word| copies(desk).iter().any(|(_, text)| text.contains(word.as_str())));
        if let Some(word) = copied.filter(|_| number > 4) {
            return word;
        }
    }
    panic!("no copy of {name} was kept");
}

fn copies(desk: &Desk) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "json" || ending == "bad")
            {
                found.push((path.clone(), fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&desk.path("data/recovery"), &mut found);
    found
}

fn file_has(folder: &Path, words: &str) -> bool {
    bytes_of(folder)
        .into_values()
        .any(|bytes| String::from_utf8_lossy(&bytes).contains(words))
}

async fn write(window: &Window, title: &str) -> Element {
    window.click("option", title).await;
    window.press(&[Key::Control], "e").await;
    let editor = window.get("textbox", "Text of").await;
    editor.click().await.expect("a click");
    editor
}

#[tokio::test]
async fn journey_killed_mid_sentence_and_the_words_are_back() {
    let desk = Desk::new();
    let folder = desk.path("desk");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(&folder, "first.md", "---\ntitle: First\n---\n\nAlready here.\n");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    let editor = write(&window, "First").await;
    window.press(&[Key::Control], &Key::End.to_string()).await;
    let last = type_until_copied(&desk, &editor, "piece").await;
    window.kill();
    assert!(!file_has(&folder, &last), "only the copy has it");

    // Offered beside the file, as a redline; the copy is the later one.
    let window = desk.open(&[]).await;
    window.get("alertdialog", "Unsaved words were found").await;
    window.shows("First").await;
    window.get("region", "Words that differ").await;
    window.shows(&last).await;
    window.screenshot("recovery-redline").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "recovery");
    window.press(&[], &Key::Enter.to_string()).await;
    window
        .until("the words are back", async || file_has(&folder, &last))
        .await;
    window
        .until("nothing is left to offer", async || copies(&desk).is_empty())
        .await;

    // A new piece that has no title yet.
    window.press(&[Key::Control], "n").await;
    window.get("dialog", "New article").await;
    window.click("button", "Create the article").await;
    window
        .until("the new piece is on the sheet", async || {
            let script = "return document.querySelector('[data-stop=title]')?.value === ''";
            window.run(script).await.as_bool() == Some(true)
        })
        .await;
    let editor = window.get("textbox", "Text of").await;
    let last = type_until_copied(&desk, &editor, "untitled").await;
    window.kill();
    assert!(!file_has(&folder, &last), "only the copy has it");
    let window = desk.open(&[]).await;
    window.get("alertdialog", "Unsaved words were found").await;
    // It is called by its first words.
    window.shows("untitled000 untitled001").await;
    window.screenshot("recovery-untitled").await;
    window.click("button", "Use the copy").await;
    window
        .until("the words are back", async || file_has(&folder, &last))
        .await;
    window
        .until("nothing is left to offer", async || copies(&desk).is_empty())
        .await;

    // And the form above the text.
    let editor = write(&window, "First").await;
    drop(editor);
    window.press(&[], &Key::F4.to_string()).await;
    let title = window.get("textbox", "Title").await;
    title.send_keys(" ").await.expect("typing");
    let last = type_until_copied(&desk, &title, "head").await;
    window.kill();
    assert!(!file_has(&folder, &last), "only the copy has it");
    let window = desk.open(&[]).await;
    window.get("alertdialog", "Unsaved words were found").await;
    window.click("button", "Use the copy").await;
    window
        .until("the title has them", async || {
            let text = fs::read_to_string(folder.join("first.md")).unwrap_or_default();
            text.lines().nth(1).is_some_and(|line| line.contains(&last)) && text.contains("Already here.")
        })
        .await;
    window.close().await;
}

#[tokio::test]
async fn journey_a_copy_older_than_the_file_and_a_damaged_one() {
    let desk = Desk::new();
    let folder = desk.path("desk");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(&folder, "first.md", "---\ntitle: First\n---\n\nAlready here.\n");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    let editor = write(&window, "First").await;
    window.press(&[Key::Control], &Key::End.to_string()).await;
    let last = type_until_copied(&desk, &editor, "piece").await;
    window.kill();

    // Meanwhile another program writes the file: it is what is kept when nothing else is said.
    let theirs = "---\ntitle: First\n---\n\nWritten elsewhere meanwhile.\n";
    fs::write(folder.join("first.md"), theirs).expect("another program writes");
    let window = desk.open(&[]).await;
    window.get("alertdialog", "Unsaved words were found").await;
    window.shows("The file has been changed since").await;
    window
        .until("the file is the first choice", async || {
            let focused = window.run("return document.activeElement.textContent.trim()").await;
            focused.as_str() == Some("Keep the file")
        })
        .await;
    window.press(&[], &Key::Enter.to_string()).await;
    window.shows("is kept as it is").await;
    assert_eq!(fs::read_to_string(folder.join("first.md")).expect("the file"), theirs);
    // The copy is a version.
    window.click("option", "First").await;
    window.click("button", "Versions").await;
    window.shows("When a recovery copy was settled").await;
    window.shows(&last).await;
    window.press(&[], &Key::Escape.to_string()).await;

    // A copy that was cut by a power cut is no emptied text.
    let editor = write(&window, "First").await;
    window.press(&[Key::Control], &Key::End.to_string()).await;
    type_until_copied(&desk, &editor, "again").await;
    window.kill();
    let before = fs::read_to_string(folder.join("first.md")).expect("the file");
    let [(copy, _)] = copies(&desk).try_into().expect("one copy");
    fs::write(&copy, "").expect("the copy is emptied");
    let window = desk.open(&[]).await;
    window.get("option", "First").await;
    window.shows("A recovery copy of unsaved words was damaged").await;
    window.screenshot("recovery-damaged").await;
    assert!(window.all("alertdialog", None).await.is_empty());
    assert_eq!(fs::read_to_string(folder.join("first.md")).expect("the file"), before);
    let left: Vec<String> = copies(&desk)
        .into_iter()
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(left.len() == 1 && left[0].ends_with(".bad"), "{left:?}");
    window.close().await;
}
