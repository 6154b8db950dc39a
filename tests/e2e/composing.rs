//! A dossier taken apart and put together again by keyboard: a selection becomes a piece, the text is split at its
//! headings, the parts become one. Footnotes, reference links and images go along with what uses them.

use std::fs;
use std::path::Path;

use fantoccini::key::Key;

use crate::by_folder::write_article;
use crate::window::{Desk, Window};

const HEAD: &str = "---\ntitle: Dossier\ndate: 2026-03-01\nlang: en\ntags: [water]\n---\n\n";
const BODY: &str = "Before all, a note[^a].\n\n## First part\n\nA text[^b] with a [link][ref].\n\n![The river](river.svg)\n\n### Detail\n\nEnd of it.\n\n## Second part\n\nAnother[^c], see the [link][ref].\n\n[^a]: Note A.\n[^b]: Note B.\n[^c]: Note C.\n\n[ref]: https://example.org/ref\n";

fn key(key: Key) -> String {
    char::from(key).to_string()
}

/// Runs a command by its name in the palette.
async fn palette(window: &Window, name: &str) {
    window.press(&[Key::Control], "k").await;
    window.type_into("combobox", "Command", name).await;
    window.get("option", name).await;
    window.press(&[], &key(Key::Enter)).await;
}

/// Takes back what was done last: the notices of what was done before may still be there.
async fn undo_last(window: &Window) {
    let offered = window.all("button", Some("Undo")).await;
    offered.last().expect("an offer").click().await.expect("undone");
}

/// Goes down until the caret stands in a line that begins so.
async fn to_line(window: &Window, words: &str, held: &[Key]) {
    for _ in 0..60 {
        let line = window
            .run(
                "const s = getSelection();
                 const at = s.focusNode?.nodeType === 1 ? s.focusNode : s.focusNode?.parentElement;
                 return at?.closest('.cm-line')?.textContent ?? ''",
            )
            .await;
        if line.as_str().is_some_and(|line| line.contains(words)) {
            return;
        }
        window.press(held, &key(Key::Down)).await;
    }
    panic!(
        "no line {words:?}; {}",
        window.screenshot("composing-lost").await.display()
    );
}

/// The file of a piece, once it is there.
async fn file(window: &Window, folder: &Path, name: &str) -> String {
    window
        .until(&format!("{name} is there"), async || folder.join(name).exists())
        .await;
    fs::read_to_string(folder.join(name)).expect(name)
}

async fn is_on_disk(window: &Window, file: &Path, wanted: &str) {
    window
        .until(&format!("{} is {wanted:?}", file.display()), async || {
            fs::read_to_string(file).is_ok_and(|text| text.trim_end() == wanted.trim_end())
        })
        .await;
}

#[tokio::test]
async fn journey_pieces_out_of_pieces_by_keyboard() {
    let desk = Desk::new();
    let folder = desk.path("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let whole = format!("{HEAD}{BODY}");
    write_article(&folder, "dossier.md", &whole);
    fs::write(
        folder.join("river.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><path d=\"M0 0h40v20H0z\"/></svg>",
    )
    .expect("an image");
    let dossier = folder.join("dossier.md");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "Dossier").await;
    window.click("button", "Write").await;
    let text = window.get("textbox", "Text of “Dossier”").await;
    text.click().await.expect("focus");

    // From the heading of the first part to that of the second.
    window.press(&[Key::Control], &key(Key::Home)).await;
    to_line(&window, "First part", &[]).await;
    window.press(&[], &key(Key::Home)).await;
    to_line(&window, "Second part", &[Key::Shift]).await;
    window.press(&[Key::Shift], &key(Key::Home)).await;
    window.press(&[Key::Control, Key::Alt], "n").await;
    window.shows("“First part” is an article of its own now").await;
    let part = file(&window, &folder, "First part.md").await;
    for wanted in [
        "title: First part\n",
        "tags: [water]\n",
        "A text[^b] with a [link][ref].",
        "![The river](river.svg)",
        "\n## Detail\n",
        "[^b]: Note B.",
        "[ref]: https://example.org/ref",
    ] {
        assert!(part.contains(wanted), "{wanted:?} in\n{part}");
    }
    for unwanted in ["Note A", "Note C", "Second part", "title: Dossier"] {
        assert!(!part.contains(unwanted), "{unwanted:?} in\n{part}");
    }
    assert_eq!(fs::read_to_string(&dossier).expect("the dossier"), whole);
    window.screenshot("composing-selection").await;

    // Split at every heading of the level, taken back as one, and split again.
    window.press(&[], &key(Key::Left)).await;
    window.press(&[Key::Control], &key(Key::Home)).await;
    to_line(&window, "Second part", &[]).await;
    palette(&window, "Split at every heading of this level").await;
    window.shows("2 articles were made of the parts").await;
    let rest = format!("{HEAD}Before all, a note[^a].\n\n[^a]: Note A.\n");
    is_on_disk(&window, &dossier, &rest).await;
    let first = file(&window, &folder, "First part 2.md").await;
    let second = file(&window, &folder, "Second part.md").await;
    assert!(
        first.contains("[^b]: Note B.") && first.contains("river.svg") && !first.contains("Note C"),
        "{first}"
    );
    assert!(
        second.contains("[^c]: Note C.") && second.contains("[ref]: https") && !second.contains("Note B"),
        "{second}"
    );
    assert_eq!(window.axe().await, Vec::<String>::new(), "a split text");
    window.screenshot("composing-split").await;
    undo_last(&window).await;
    is_on_disk(&window, &dossier, &whole).await;
    window
        .until("the parts are in the trash", async || {
            !folder.join("First part 2.md").exists() && !folder.join("Second part.md").exists()
        })
        .await;
    text.click().await.expect("focus");
    window.press(&[Key::Control], &key(Key::Home)).await;
    to_line(&window, "Second part", &[]).await;
    palette(&window, "Split at this heading").await;
    file(&window, &folder, "Second part.md").await;
    window
        .until("the second part is gone from the text", async || {
            fs::read_to_string(&dossier).is_ok_and(|text| !text.contains("Second part") && text.contains("First part"))
        })
        .await;

    // A copy says that it is one.
    palette(&window, "Duplicate").await;
    window.get("textbox", "Text of “Dossier (copy)”").await;
    let copy = file(&window, &folder, "dossier-2.md").await;
    assert!(copy.contains("title: Dossier (copy)\n"), "{copy}");

    // All that there is becomes one, and comes apart again.
    window
        .run("document.querySelector('[data-region=list] [role=listbox]').focus()")
        .await;
    window.press(&[Key::Control], "a").await;
    palette(&window, "Put together into one").await;
    window.shows("4 articles are one now").await;
    window.until("one file is left", async || articles(&folder) == 1).await;
    let left = fs::read_dir(&folder)
        .expect("the folder")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ending| ending == "md"))
        .expect("a piece");
    let merged = fs::read_to_string(left).expect("the piece");
    for wanted in [
        "First part",
        "Second part",
        "Note A.",
        "Note B.",
        "Note C.",
        "river.svg",
        "https://example.org/ref",
    ] {
        assert!(merged.contains(wanted), "{wanted:?} in\n{merged}");
    }
    window.screenshot("composing-merged").await;
    undo_last(&window).await;
    window.until("all are back", async || articles(&folder) == 4).await;
    window.close().await;
}

fn articles(folder: &Path) -> usize {
    let files = fs::read_dir(folder).expect("the folder").flatten();
    files
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md"))
        .count()
}
