//! What programs put on the clipboard, as Markdown: a folder for each dialect, `input.html` with the Markdown expected
//! of it. `EDITO_UPDATE_EXPECTED=1` writes it anew.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use edito_exchange::{Surroundings, read_paste};

#[test]
fn dialects_become_markdown() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste");
    let update = std::env::var_os("EDITO_UPDATE_EXPECTED").is_some();
    let mut cases: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 12, "{} dialects", cases.len());
    let mut wrong = String::new();
    for case in cases {
        let html = fs::read_to_string(case.join("input.html")).unwrap();
        let around = Surroundings {
            first_note: 1,
            file: &|_| None,
        };
        let paste = read_paste(&html, "", &around).unwrap();
        let written = if paste.notes.is_empty() {
            format!("{}\n", paste.body)
        } else {
            format!("{}\n\n{}\n", paste.body, paste.notes)
        };
        let expected = case.join("expected.md");
        if update {
            fs::write(&expected, &written).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != written {
            writeln!(wrong, "{}:\n{written}", case.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn notes_are_counted_on_from_those_of_the_text() {
    let html = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste/word/input.html")).unwrap();
    let around = Surroundings {
        first_note: 8,
        file: &|_| None,
    };
    let paste = read_paste(&html, "", &around).unwrap();
    assert!(
        paste.body.contains("comptes[^8]") && paste.body.contains("Fin[^9]"),
        "{}",
        paste.body
    );
    assert!(paste.notes.starts_with("[^8]: Voir"), "{}", paste.notes);
    assert!(!paste.body.contains("[^1]") && !paste.notes.contains("[^1]"));
}

#[test]
fn what_is_revised_is_said() {
    let html =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste/word-revised/input.html")).unwrap();
    let around = Surroundings {
        first_note: 1,
        file: &|_| None,
    };
    assert!(read_paste(&html, "", &around).unwrap().revised);
    assert!(!read_paste("<p>a <del>b</del></p>", "", &around).unwrap().revised);
}
