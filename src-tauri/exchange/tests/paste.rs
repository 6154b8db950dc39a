//! What programs put on the clipboard, as Markdown: a folder for each dialect, `input.html` with the Markdown expected
//! of it. `EDITO_UPDATE_EXPECTED=1` writes it anew.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use edito_exchange::{Surroundings, read_paste};

/// The text with its notes.
fn pasted(html: &str) -> String {
    let around = Surroundings {
        first_note: 1,
        file: &|_| None,
    };
    let paste = read_paste(html, "", &around).unwrap();
    if paste.notes.is_empty() {
        format!("{}\n", paste.body)
    } else {
        format!("{}\n\n{}\n", paste.body, paste.notes)
    }
}

#[test]
fn dialects_become_markdown() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste");
    let update = std::env::var_os("EDITO_UPDATE_EXPECTED").is_some();
    let mut cases: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 22, "{} dialects", cases.len());
    let mut wrong = String::new();
    for case in cases {
        let html = fs::read_to_string(case.join("input.html")).unwrap();
        let written = pasted(&html);
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

/// Words that are not to come: what was taken out, and what was noted at the margin.
const LEFT_OUT: [(&str, &[&str]); 2] = [
    (
        "word-desktop",
        &["récemment", "chez", "nous", "non", "jk", "en", "est", "on", "sûr"],
    ),
    ("word-revised", &["old", "rw", "is", "this", "so"]),
];

#[test]
fn no_word_is_lost_and_none_added() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste");
    let mut wrong = String::new();
    for case in fs::read_dir(&folder).unwrap() {
        let case = case.unwrap().path();
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let left_out = LEFT_OUT
            .iter()
            .find(|(of, _)| *of == name)
            .map(|(_, words)| *words)
            .unwrap_or_default();
        let html = fs::read_to_string(case.join("input.html")).unwrap();
        let (before, after) = (words(&seen(&html)), words(&addressless(&pasted(&html))));
        for word in &before {
            if !after.contains(word) && !left_out.contains(&word.as_str()) {
                writeln!(wrong, "{name}: {word} is lost").unwrap();
            }
        }
        // Descriptions of images stand in attributes, the words of text boxes in comments.
        let anywhere = words(&html);
        for word in &after {
            if !before.contains(word) && !anywhere.contains(word) {
                writeln!(wrong, "{name}: {word} is added").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What is read in HTML: without tags, comments, heads and styles.
fn seen(html: &str) -> String {
    const HIDDEN: [(&str, &str); 5] = [
        ("<!--", "-->"),
        ("<head>", "</head>"),
        ("<style", "</style>"),
        ("<script", "</script>"),
        ("<", ">"),
    ];
    const INLINE: [&str; 12] = [
        "span", "b", "i", "a", "u", "em", "strong", "font", "o:p", "sup", "ins", "![",
    ];
    let mut seen = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, from) = rest.split_at(at);
        seen.push_str(text);
        let (start, end) = HIDDEN.iter().find(|(start, _)| from.starts_with(start)).unwrap();
        let inside = &from[start.len()..];
        let tag = inside.trim_start_matches('/');
        let of_line = INLINE.iter().any(|name| {
            tag.strip_prefix(name)
                .is_some_and(|behind| *name == "![" || behind.starts_with([' ', '>', '\n']))
        });
        if *start == "<" && !of_line {
            seen.push(' ');
        }
        rest = inside.split_once(end).map_or("", |(_, behind)| behind);
    }
    seen.push_str(rest);
    for (entity, character) in [
        ("&nbsp;", " "),
        ("&#8239;", " "),
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ] {
        seen = seen.replace(entity, character);
    }
    seen
}

/// Markdown without where its links lead.
fn addressless(markdown: &str) -> String {
    let mut parts = markdown.split("](");
    let mut words = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        words.push_str(part.split_once(')').map_or("", |(_, behind)| behind));
    }
    words
}

/// Words of two letters and more; raised and lowered letters, and marks of items, are no words.
fn words(text: &str) -> std::collections::BTreeSet<String> {
    text.split(|c: char| !c.is_alphabetic())
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() > 1 && !word.chars().all(|c| matches!(c, 'i' | 'v' | 'x')))
        .collect()
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
