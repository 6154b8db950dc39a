//! What holds of every redline.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

/// All that must hold of the redline of two texts.
fn holds(old: &str, new: &str) -> Result<(), TestCaseError> {
    let found = redline(old, new);
    covers(old, new, &found)?;
    prop_assert_eq!(found.apply(old).unwrap(), new);
    prop_assert_eq!(found.revert(new).unwrap(), old);
    prop_assert_eq!(found.resolve(old, |_| false).unwrap(), old);
    prop_assert_eq!(found.is_empty(), old == new);
    for typography in [true, false] {
        let read = from_critic(&found.to_critic(old, typography).unwrap());
        prop_assert_eq!(&read.new, new, "typography {}", typography);
        if typography {
            prop_assert_eq!(&read.old, old);
            let ends = read.names.iter().filter(|name| name.starts_with('m')).count();
            prop_assert_eq!(ends, 2 * found.moves.len());
        }
    }
    Ok(())
}

/// Ranges go forward, cover both texts, lie between characters, and hold what they say.
fn covers(old: &str, new: &str, found: &Redline) -> Result<(), TestCaseError> {
    let mut ids = Vec::new();
    let ends = walk(&found.ops, (0, 0), old, new, &mut ids)?;
    prop_assert_eq!(ends, (old.len(), new.len()));
    for moved in &found.moves {
        ids.push(moved.id);
        let start = (moved.inner_old.start, moved.inner_new.start);
        let ends = walk(&moved.ops, start, old, new, &mut ids)?;
        prop_assert_eq!(ends, (moved.inner_old.end, moved.inner_new.end));
        prop_assert!(moved.old.start <= moved.inner_old.start && moved.inner_old.end <= moved.old.end);
        prop_assert!(moved.new.start <= moved.inner_new.start && moved.inner_new.end <= moved.new.end);
        prop_assert_eq!(&old[moved.old.clone()], &moved.removed);
        prop_assert_eq!(&new[moved.new.clone()], &moved.added);
        let is_end = |what: &What| match what {
            What::MovedFrom { id } | What::MovedTo { id } => *id == moved.id,
            _ => false,
        };
        prop_assert_eq!(found.ops.iter().filter(|op| is_end(&op.what)).count(), 2);
    }
    ids.sort_unstable();
    let all: Vec<u32> = (1..=ids.len() as u32).collect();
    prop_assert_eq!(ids, all);
    Ok(())
}

fn walk(
    ops: &[Op],
    (mut at_old, mut at_new): (usize, usize),
    old: &str,
    new: &str,
    ids: &mut Vec<u32>,
) -> Result<(usize, usize), TestCaseError> {
    for op in ops {
        prop_assert_eq!((op.old.start, op.new.start), (at_old, at_new));
        (at_old, at_new) = (op.old.end, op.new.end);
        let (gone, came) = (old.get(op.old.clone()), new.get(op.new.clone()));
        prop_assert!(gone.is_some() && came.is_some());
        prop_assert!(!op.old.is_empty() || !op.new.is_empty());
        match &op.what {
            What::Same => prop_assert_eq!(gone, came),
            What::Change { id, removed, added, .. } => {
                ids.push(*id);
                prop_assert_eq!((gone, came), (Some(&**removed), Some(&**added)));
                prop_assert!(removed != added);
            }
            What::MovedFrom { .. } => prop_assert!(op.new.is_empty()),
            What::MovedTo { .. } => prop_assert!(op.old.is_empty()),
        }
    }
    Ok((at_old, at_new))
}

/// What texts are made of: words of three scripts, Markdown, marks of CriticMarkup, blanks of all kinds.
const PIECES: [&str; 92] = [
    "mot",
    "le",
    "la",
    "de",
    "l’",
    "l'",
    "homme",
    "été",
    "e\u{301}te\u{301}",
    "Gouvernement",
    "guichet",
    "The",
    "ferry",
    "harbour",
    "dont",
    "عن",
    "البحر",
    "海",
    "10 000",
    "10\u{202f}000",
    "2026",
    "aujourd’hui",
    "peut-être",
    "don't",
    ".",
    ".",
    "?",
    "!",
    "…",
    "...",
    ",",
    ";",
    ":",
    "«",
    "»",
    "\"",
    "“",
    "”",
    "—",
    "--",
    "-",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\n",
    "\n\n",
    "\n\n",
    "\n\n",
    "\n\n",
    "\r\n",
    "\t",
    "# ",
    "## ",
    "\n- ",
    "\n* ",
    "\n1. ",
    "\n> ",
    "> ",
    "*",
    "**",
    "_",
    "`",
    "```",
    "\n```\n",
    "~~",
    "[",
    "](http://a.b/c)",
    "]",
    "[^1]",
    "\n[^1]: ",
    "https://a.b/c.",
    "\n| a | b |\n",
    "|---|---|\n",
    "---\n",
    "---\ntitle: x\n---\n",
    "<em>",
    "</em>",
    "{++",
    "++}",
    "{--",
    "--}",
    "{~~",
    "~>",
    "~~}",
    "{",
    "\\",
    "\u{feff}",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60).prop_map(|pieces| pieces.concat())
}

/// Sentences that are long enough to move.
fn sentences() -> impl Strategy<Value = Vec<String>> {
    let words = prop::sample::select(vec![
        "pont", "rivière", "conseil", "vote", "lettre", "hiver", "marché", "digue", "école", "gare", "le", "de", "sur",
        "maire", "ligne", "budget", "travaux", "quai", "tempête", "barque",
    ]);
    let sentence = prop::collection::vec(words, 3..14).prop_map(|words| words.join(" ") + ".");
    prop::collection::vec(sentence, 1..14)
}

fn together(sentences: &[String], breaks: u64) -> String {
    let mut text = String::new();
    for (at, sentence) in sentences.iter().enumerate() {
        if at > 0 {
            text.push_str(if breaks >> (at % 64) & 1 == 1 { "\n\n" } else { " " });
        }
        text.push_str(sentence);
    }
    text + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_two_texts(old in text(), new in text()) {
        holds(&old, &new)?;
    }

    #[test]
    fn any_two_strings(old in "\\PC{0,60}", new in "\\PC{0,60}") {
        holds(&old, &new)?;
    }

    #[test]
    fn a_text_and_what_was_made_of_it(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..80),
        edits in prop::collection::vec((any::<usize>(), 0u8..4, prop::sample::select(&PIECES[..])), 0..8),
    ) {
        let mut edited = pieces.clone();
        for (at, kind, piece) in edits {
            let at = at % edited.len().max(1);
            match kind {
                0 => edited.insert(at, piece),
                1 if edited.len() > 1 => { edited.remove(at); }
                2 => edited.rotate_left(at),
                _ => edited[at] = piece,
            }
        }
        holds(&pieces.concat(), &edited.concat())?;
    }

    #[test]
    fn sentences_in_another_order(
        sentences in sentences(),
        swaps in prop::collection::vec((any::<usize>(), any::<usize>(), any::<bool>()), 0..5),
        breaks in any::<(u64, u64)>(),
    ) {
        let mut other = sentences.clone();
        for (one, two, edited) in swaps {
            let (one, two) = (one % other.len(), two % other.len());
            other.swap(one, two);
            if edited {
                other[one] = other[one].replacen("de", "du vieux", 1);
            }
        }
        holds(&together(&sentences, breaks.0), &together(&other, breaks.1))?;
    }

    /// Each change is made or left by itself, whatever is done about the others; and what some choice leaves differs
    /// from the new text by the other choices alone.
    #[test]
    fn changes_are_chosen_one_by_one(old in text(), new in text(), chosen in any::<u64>()) {
        let found = redline(&old, &new);
        let takes = |id: u32| chosen >> (id % 64) & 1 == 1;
        let text = found.resolve(&old, takes).unwrap();
        let mut length = 0i64;
        let sizes = |op: &Op| match &op.what {
            What::Change { id, removed, added, .. } if takes(*id) => added.len() as i64 - removed.len() as i64,
            _ => 0,
        };
        length += found.ops.iter().map(sizes).sum::<i64>();
        for moved in &found.moves {
            length += moved.ops.iter().map(sizes).sum::<i64>();
            if takes(moved.id) {
                let blanks = |whole: &Range<usize>, inner: &Range<usize>| (whole.len() - inner.len()) as i64;
                length += blanks(&moved.new, &moved.inner_new) - blanks(&moved.old, &moved.inner_old);
            }
        }
        prop_assert_eq!(text.len() as i64 - old.len() as i64, length);
    }

    #[test]
    fn other_texts_are_refused(old in text(), new in text(), other in text()) {
        let found = redline(&old, &new);
        if other.len() != old.len() {
            prop_assert_eq!(found.apply(&other), Err(Mismatch));
        }
        if other.len() != new.len() {
            prop_assert_eq!(found.revert(&other), Err(Mismatch));
        }
    }

    #[test]
    fn any_critic_markup_is_read(text in text()) {
        let read = from_critic(&text);
        prop_assert!(read.old.len() <= text.len() && read.new.len() <= text.len());
    }
}

/// Texts at which something could take a time out of proportion; they end, and stay true.
#[test]
fn repetitive_and_endless_texts_are_compared() {
    let repeated = "mot ".repeat(60_000);
    let sentences = "Il pleut. ".repeat(12_000);
    let distinct: String = (0..20_000).map(|at| format!("mot{at} ")).collect();
    let reversed: String = (0..20_000).rev().map(|at| format!("mot{at} ")).collect();
    let lines: String = (0..4_000).map(|at| format!("Une ligne {}.\n\n", at % 7)).collect();
    let texts = [
        repeated.clone(),
        format!("début {repeated} fin"),
        repeated.replacen("mot mot", "mot autre mot", 3_000),
        sentences.clone(),
        sentences.replace("Il pleut. Il pleut. ", "Il pleut. Il neige. Il pleut. "),
        distinct,
        reversed,
        lines.clone(),
        lines.replace("ligne 3", "ligne 4"),
        "`".repeat(20_000),
        "` `` ".repeat(8_000),
        "[".repeat(50_000),
        "[a](".repeat(10_000),
        "](".repeat(10_000),
        "<a ".repeat(10_000),
        "{++".repeat(10_000),
        "{~~a~>".repeat(8_000),
        "\\".repeat(50_000),
        "> ".repeat(20_000),
        "- ".repeat(20_000),
        "*a*_b_".repeat(10_000),
        "a\n".repeat(30_000),
    ];
    for (at, old) in texts.iter().enumerate() {
        for new in [
            &texts[(at + 1) % texts.len()],
            &texts[(at + 4) % texts.len()],
            &format!("{old}x"),
        ] {
            let found = redline(old, new);
            assert_eq!(found.apply(old).as_ref(), Ok(new), "{at}");
            assert_eq!(found.revert(new).as_ref(), Ok(old), "{at}");
            let critic = found.to_critic(old, true).unwrap();
            assert!(from_critic(&critic).old == *old, "{at}");
            assert!(from_critic(&critic).new == *new, "{at}");
        }
    }
}
