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
    #![proptest_config(ProptestConfig::with_cases(1_000))]

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

    /// A change that is made alone touches its own bytes and no others; so does one within a move that is refused.
    #[test]
    fn a_change_alone_is_made_in_its_place(old in text(), new in text()) {
        let found = redline(&old, &new);
        for op in found.ops.iter().chain(found.moves.iter().flat_map(|moved| &moved.ops)) {
            if let What::Change { id, added, .. } = &op.what {
                let mut expected = old.clone();
                expected.replace_range(op.old.clone(), added);
                prop_assert_eq!(found.resolve(&old, |other| other == *id).unwrap(), expected);
            }
        }
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

/// The changes of a redline, each as its kind and words.
fn told(found: &Redline) -> Vec<(Nature, &str, &str)> {
    found
        .ops
        .iter()
        .chain(found.moves.iter().flat_map(|moved| &moved.ops))
        .filter_map(|op| match &op.what {
            What::Change {
                nature, removed, added, ..
            } => Some((*nature, removed.as_str(), added.as_str())),
            _ => None,
        })
        .collect()
}

const FIRST: &str = "Le port de Marsa Lina ferme à dix-huit heures depuis la tempête de février.";
const SECOND: &str = "Son gardien, qui partira à la retraite au printemps, n’aura pas de successeur.";
const THIRD: &str = "On peut juger ces trois décisions raisonnables, prises une à une.";

#[test]
fn what_looks_different_is_no_change_of_words() {
    for (old, new) in [
        ("l'eau", "l’eau"),
        ("\"Oui\", dit-il !", "«\u{a0}Oui\u{a0}», dit-il\u{202f}!"),
        ("10 000 euros - ou plus...", "10\u{202f}000 euros – ou plus…"),
        ("été", "e\u{301}te\u{301}"),
        ("un\ndeux trois", "un deux\ntrois"),
        ("> un\n> deux", "> un deux"),
        ("un\n\n\n\ndeux", "un\n\ndeux\n"),
        ("peut\u{2011}être là", "peut-être\u{a0}là"),
        ("* un\n* deux", "- un\n- deux"),
        ("un\\!", "un!"),
        ("co\u{ad}opérer&nbsp;!", "coopérer\u{a0}!"),
        ("ماذا, قال?", "ماذا، قال؟"),
    ] {
        let found = redline(old, new);
        let natures: Vec<Nature> = told(&found).into_iter().map(|change| change.0).collect();
        assert!(!natures.is_empty(), "{old:?}");
        assert!(
            natures.iter().all(|one| *one == Nature::Typography),
            "{old:?}: {found:?}"
        );
        assert_eq!((found.summary.changes, found.summary.structure), (0, 0));
        assert_eq!(found.to_critic(old, false).unwrap(), new);
        assert!(!found.to_html(old, HtmlOptions::default()).contains("<ins"));
        assert!(
            found
                .to_html(old, HtmlOptions { typography: true })
                .contains("class=\"typography\"")
        );
    }
}

#[test]
fn marks_of_markdown_are_told_by_what_they_are() {
    use Structure::{Emphasis, Heading, Html, LineBreak, Link, List, Paragraph, Quotation};
    for (old, new, of) in [
        ("## Un titre", "### Un titre", Heading),
        ("Un titre", "# Un titre", Heading),
        ("Un titre\n", "Un titre\n===\n", Heading),
        ("Un titre\n---\n", "Un titre\n===\n", Heading),
        ("[mot](a.md) fin", "[mot](b.md) fin", Link),
        ("un mot rare", "un [mot](b.md) rare", Link),
        ("- un\n- deux", "1. un\n2. deux", List),
        ("- un\n- deux", "- un\n  - deux", List),
        ("Une parole.", "> Une parole.", Quotation),
        ("Un. Deux.", "Un.\n\nDeux.", Paragraph),
        ("Un.\n\nDeux.", "Un. Deux.", Paragraph),
        ("un\ndeux", "un  \ndeux", LineBreak),
        ("un mot", "un *mot*", Emphasis),
        ("un *mot*", "un **mot**", Emphasis),
        ("un mot", "un <b>mot</b>", Html),
    ] {
        let found = redline(old, new);
        let changes = told(&found);
        assert!(!changes.is_empty());
        assert!(
            changes.iter().all(|change| change.0 == Nature::Structure(of)),
            "{old:?} → {new:?}: {changes:?}"
        );
        assert_eq!(found.summary.changes, 0);
    }
}

#[test]
fn sentences_and_paragraphs_that_moved_are_moves() {
    let found = redline(
        &format!("{FIRST} {SECOND} {THIRD}"),
        &format!("{FIRST} {THIRD} {SECOND}"),
    );
    assert_eq!((found.moves.len(), found.summary.changes), (1, 0));
    // One word was edited on the way.
    let old = format!("{FIRST}\n\n{SECOND}\n\n{THIRD}\n");
    let new = format!("{THIRD}\n\n{FIRST}\n\n{}\n", SECOND.replace("printemps", "solstice"));
    let found = redline(&old, &new);
    assert_eq!(found.moves.len(), 1);
    assert_eq!(found.summary.words_moved, 11);
    assert_eq!(told(&found), [(Nature::Replaced, "printemps", "solstice")]);
    let new = format!(
        "{}\n\n{FIRST}\n\n{SECOND}\n",
        THIRD.replace("trois décisions", "trois choix")
    );
    let found = redline(&old, &new);
    assert_eq!(found.moves.len(), 1);
    assert_eq!(told(&found), [(Nature::Replaced, "décisions", "choix")]);
    let id = found.moves[0].id;
    // The move without the edit, and the edit without the move.
    let moved = format!("{THIRD}\n\n{FIRST}\n\n{SECOND}\n");
    assert_eq!(found.resolve(&old, |number| number == id).unwrap(), moved);
    let edited = format!(
        "{FIRST}\n\n{SECOND}\n\n{}\n",
        THIRD.replace("trois décisions", "trois choix")
    );
    assert_eq!(found.resolve(&old, |number| number != id).unwrap(), edited);
}

#[test]
fn a_few_words_that_stand_elsewhere_are_no_move() {
    let found = redline(
        "Il pleut. Le port dort. On attend.",
        "Le port dort. On attend. Il pleut.",
    );
    assert_eq!(found.moves.len(), 0);
}

#[test]
fn a_rewritten_sentence_has_no_islands() {
    let (old, new) = (
        "Le maire a dit de la digue qu’elle était de trop pour la commune.",
        "Selon lui, la moitié de la somme aurait suffi à la ville.",
    );
    let found = redline(old, new);
    assert!(told(&found).len() <= 1, "{:?}", told(&found));
}

#[test]
fn words_are_struck_out_whole() {
    let found = redline(
        "l’homme demeure aujourd’hui peut-être seul",
        "l’ami demeure hier peut-il seul",
    );
    let natures = told(&found);
    assert_eq!(natures[0], (Nature::Replaced, "homme", "ami"));
    assert_eq!(natures[1], (Nature::Replaced, "aujourd’hui peut-être", "hier peut-il"));
}

#[test]
fn a_redline_is_data() {
    let old = format!("{FIRST}\n\n{SECOND}\n\n{THIRD}\n");
    let new = format!("{THIRD}\n\n## {FIRST}\n\nAutre chose l'an dernier.\n");
    let found = redline(&old, &new);
    let json = serde_json::to_string(&found).unwrap();
    assert!(
        json.contains("\"kind\":\"change\"") && json.contains("\"nature\":\"structure\",\"of\":\"heading\""),
        "{json}"
    );
    assert_eq!(serde_json::from_str::<Redline>(&json).unwrap(), found);
}

#[test]
fn html_is_escaped_and_names_both_ends_of_a_move() {
    let old = format!("{FIRST}\n\n{SECOND}\n\n{THIRD} <b>&\n");
    let new = format!("{SECOND}\n\n{FIRST}\n\n{THIRD} <i>&\"\n");
    let html = redline(&old, &new).to_html(&old, HtmlOptions::default());
    assert!(
        html.contains(
            "<del class=\"moved\" id=\"moved-from-1\" data-change=\"1\" data-move=\"1\" aria-details=\"moved-to-1\">"
        ),
        "{html}"
    );
    assert!(html.contains(
        "<ins class=\"moved\" id=\"moved-to-1\" data-change=\"1\" data-move=\"1\" aria-details=\"moved-from-1\">"
    ));
    assert!(html.contains("&lt;b&gt;") && html.contains("&lt;i&gt;") && !html.contains("<b>"));
}

#[test]
fn texts_that_are_too_long_have_one_change() {
    let old = format!("début é {}fin", "mot ".repeat(MAX_BYTES / 4));
    for new in [
        old.replacen("é", "è", 1).replacen("fin", "Fin", 1),
        format!("{old}!"),
        old.replacen("début", "", 1),
        String::new(),
    ] {
        let found = redline(&old, &new);
        assert_eq!(told(&found).len(), 1);
        assert_eq!(found.apply(&old).unwrap(), new);
        assert_eq!(found.revert(&new).unwrap(), old);
        covers(&old, &new, &found).unwrap();
    }
}

#[test]
fn marks_that_others_wrote_are_read() {
    let read = from_critic("a {++b++}{#c1} {--c--} {~~d~>e~~} {==f==}{>>g<<} {++h");
    assert_eq!(read.old, "a  c d f {++h");
    assert_eq!(read.new, "a b  e f {++h");
    assert_eq!(read.names, ["c1"]);
}

/// Texts at which something could take a time out of proportion; they end, and stay true.
#[test]
fn repetitive_and_endless_texts_are_compared() {
    let repeated = "mot ".repeat(12_000);
    let sentences = "Il pleut. ".repeat(4_000);
    let distinct: String = (0..5_000).map(|at| format!("mot{at} ")).collect();
    let reversed: String = (0..5_000).rev().map(|at| format!("mot{at} ")).collect();
    let lines: String = (0..1_500).map(|at| format!("Une ligne {}.\n\n", at % 7)).collect();
    let texts = [
        repeated.clone(),
        format!("début {repeated} fin"),
        repeated.replacen("mot mot", "mot autre mot", 800),
        sentences.clone(),
        sentences.replace("Il pleut. Il pleut. ", "Il pleut. Il neige. Il pleut. "),
        distinct,
        reversed,
        lines.clone(),
        lines.replace("ligne 3", "ligne 4"),
        "`".repeat(4_000),
        "` `` ".repeat(4_000),
        "[".repeat(15_000),
        "[a](".repeat(4_000),
        "](".repeat(4_000),
        "<a ".repeat(4_000),
        "{++".repeat(4_000),
        "{~~a~>".repeat(4_000),
        "\\".repeat(15_000),
        "> ".repeat(4_000),
        "- ".repeat(4_000),
        "*a*_b_".repeat(4_000),
        "a\n".repeat(4_000),
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
