//! Every kind of note that a receipt can hold has its words in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::{code, root, sources};

/// Where kinds stand that are not written in the call that notes them: a file, and how the function or table begins.
const NAMED: [(&str, &str); 19] = [
    ("exchange/src/archive.rs", "pub fn kind(self)"),
    ("exchange/src/archive.rs", "pub fn kind(&self)"),
    ("exchange/src/book.rs", "for (kind, there) in ["),
    ("exchange/src/content/read.rs", "fn name_of_script("),
    ("exchange/src/lists/entry.rs", "let kept = ["),
    ("exchange/src/mail.rs", "for (kind, there) in ["),
    ("exchange/src/page.rs", "let kept = ["),
    ("exchange/src/page/furniture.rs", "fn by_name("),
    ("exchange/src/page/phrases.rs", "pub(super) fn announces("),
    ("exchange/src/page/shape/around.rs", "fn line_about_others("),
    ("exchange/src/source.rs", "fn of_other_kind("),
    ("exchange/src/source.rs", "fn subscription("),
    ("exchange/src/source.rs", "fn kind_of_error("),
    ("exchange/src/source.rs", "fn list_error("),
    ("exchange/src/text.rs", "for (kind, there) in ["),
    ("import/src/intake.rs", "fn kind_of("),
    ("import/src/intake.rs", "pub const NOT_REACHED"),
    ("import/src/reader.rs", "fn follow("),
    ("import/src/worker.rs", "fn bytes_of("),
];

/// How many calls of each file note a kind that is not written there. Whoever adds one adds to [`NAMED`] too.
const INDIRECT: [(&str, usize); 15] = [
    ("exchange/src/book.rs", 3),
    ("exchange/src/content/read.rs", 1),
    ("exchange/src/lists.rs", 1),
    ("exchange/src/lists/entry.rs", 2),
    ("exchange/src/lists/omnivore.rs", 1),
    ("exchange/src/lists/parts.rs", 2),
    ("exchange/src/mail.rs", 1),
    ("exchange/src/page.rs", 2),
    ("exchange/src/page/shape/around.rs", 1),
    ("exchange/src/source.rs", 5),
    ("exchange/src/text.rs", 1),
    ("import/src/intake.rs", 3),
    ("import/src/reader.rs", 1),
    ("import/src/worker.rs", 1),
    // The receipt's own.
    ("exchange/src/receipt.rs", 1),
];

const CALLS: [&str; 5] = [".keep(", ".degrade(", ".leave_out(", ".fail(", ".fail_named("];

#[test]
fn every_kind_of_note_has_its_words_in_both_languages() {
    let mut kinds = BTreeSet::new();
    let mut indirect = BTreeMap::new();
    for folder in ["src-tauri/exchange/src", "src-tauri/import/src"] {
        for (path, text) in sources(folder, &["rs"]) {
            let path = path.strip_prefix("src-tauri/").expect("below src-tauri").to_owned();
            if path.ends_with("tests.rs") {
                continue;
            }
            let code = code(&text);
            for call in CALLS {
                for (at, _) in code.match_indices(call) {
                    let argument = code[at + call.len()..].trim_start();
                    match literal(argument) {
                        Some(kind) => drop(kinds.insert(kind.to_owned())),
                        // The journal and the library have functions of such names too.
                        None if code[..at].ends_with("self")
                            || code[..at].ends_with("receipt")
                            || code[..at].ends_with("said") =>
                        {
                            *indirect.entry(path.clone()).or_insert(0) += 1;
                        }
                        None => {}
                    }
                }
            }
            for (at, _) in code.match_indices("kind: \"") {
                kinds.extend(literal(&code[at + 6..]).map(str::to_owned));
            }
            // The dates of reading lists are noted by what they are.
            if path.starts_with("exchange/src/lists") {
                kinds.extend(
                    literals(&code)
                        .filter(|(_, kind)| kind.ends_with("-at"))
                        .map(|(_, kind)| kind.to_owned()),
                );
            }
        }
    }
    let expected: BTreeMap<String, usize> = INDIRECT
        .iter()
        .map(|(path, count)| ((*path).to_owned(), *count))
        .collect();
    assert_eq!(
        indirect, expected,
        "a kind is noted that is not written in the call: name where it stands"
    );
    for (path, begin) in NAMED {
        let text = fs::read_to_string(root().join("src-tauri").join(path)).expect("a source");
        let code = code(&text);
        let at = code
            .find(begin)
            .unwrap_or_else(|| panic!("{path} has no {begin:?} any more"));
        let named = literals(section(&code[at..]));
        let before = kinds.len();
        let mut found = 0;
        for (before, kind) in named {
            let first = before.ends_with("=>") || before.ends_with(['(', '{', '=']) && !before.ends_with("==");
            // A table of first bytes and of what they tell.
            if first || begin.contains("of_other_kind") && before.ends_with("\",") {
                kinds.insert(kind.to_owned());
                found += 1;
            }
        }
        assert!(found > 0 && kinds.len() >= before, "{path}: {begin:?} names no kind");
    }
    kinds.retain(|kind| !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
    assert!(kinds.len() > 100, "{kinds:?}");
    for language in ["fr", "en"] {
        let path = format!("ui/src/shared/messages/{language}.ftl");
        let messages = fs::read_to_string(root().join(path)).expect("messages");
        let missing: Vec<&String> = kinds
            .iter()
            .filter(|kind| !messages.contains(&format!("\nreceipt-{kind} = ")))
            .collect();
        assert!(missing.is_empty(), "{language} has no words for {missing:?}");
    }
}

/// From the first line to the one that closes what it opens.
fn section(code: &str) -> &str {
    let mut depth = 0usize;
    for (at, letter) in code.char_indices() {
        match letter {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => return &code[..at],
            _ => continue,
        }
        // Arguments and answers may hold slices before the body begins.
        if depth == 0 && code[..at].contains('\n') {
            return &code[..=at];
        }
    }
    code
}

/// The string literal that a text begins with.
fn literal(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.split('"').next()
}

/// Every string literal on one line, with what stands before it.
fn literals(code: &str) -> impl Iterator<Item = (&str, &str)> {
    let quotes: Vec<usize> = code
        .match_indices('"')
        .map(|(at, _)| at)
        .filter(|at| !code[..*at].ends_with('\\') && !code[..*at].ends_with('\''))
        .collect();
    quotes
        .chunks_exact(2)
        .map(|pair| (code[..pair[0]].trim_end(), &code[pair[0] + 1..pair[1]]))
        .collect::<Vec<_>>()
        .into_iter()
}
