#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::quote::{Passages, Proof};

/// A quotation in short: its words, `>` before those of a block, and its sources.
fn listed(source: &str) -> Vec<String> {
    quotations(source)
        .into_iter()
        .map(|quotation| {
            let mark = if quotation.form == Form::Block { "> " } else { "" };
            let sources: String = quotation
                .sources
                .iter()
                .map(|named| match named {
                    Named::Link { target } => format!(" <- {target}"),
                    Named::Citation { key } => format!(" <- @{key}"),
                })
                .collect();
            format!("{mark}{}{sources}", quotation.text.replace('\n', " / "))
        })
        .collect()
}

#[test]
fn quotations_are_told_from_names_and_irony() {
    let text = "---\ntitle: « Rien n'est plus beau qu'un train », dit-elle\n---\n\nDans « Le Monde », le « retrait » va bien. Elle écrit : « Un train est supprimé le mardi. » Puis “the lines were never closed by anyone”, et \"ils se sont habitués à ne plus compter\".\n\nDu code : `\"a b c d e f g h\"`.\n";
    assert_eq!(
        listed(text),
        [
            "Rien n'est plus beau qu'un train",
            "Un train est supprimé le mardi.",
            "the lines were never closed by anyone",
            "ils se sont habitués à ne plus compter"
        ]
    );
}

#[test]
fn the_source_is_the_link_the_note_or_the_key_that_is_nearest() {
    let text = "Comme [l’écrit Ravenel](a.md), « un train est supprimé le mardi » ([ici](b.md)). « Les rails sont rouges de la rouille »[^1].\n\n« Un train n'arrive jamais » [@tramont, p. 3].\n\nElle dit : « Encore un mot pour finir » (voir [[La gare|cette page]]).\n\n[^1]: Dans [« La rouille et la raison »](../c.md), p. 4.\n";
    assert_eq!(
        listed(text),
        [
            "un train est supprimé le mardi <- b.md <- ../c.md <- a.md",
            "Les rails sont rouges de la rouille <- ../c.md <- b.md <- a.md",
            "Un train n'arrive jamais <- @tramont",
            "Encore un mot pour finir <- La gare",
        ]
    );
}

#[test]
fn a_block_is_one_quotation_with_the_attribution_below_it() {
    let text = "Texte.\n\n> Un train est supprimé *le mardi*,\n> puis le jeudi.\n>\n> Il attend.\n>\n> — [Ravenel](a.md)\n\nSuite.\n\n> « Rien. »\n\n— [Haddour](b.md), 2024\n\n> [!NOTE]\n> Une alerte.\n";
    assert_eq!(
        listed(text),
        [
            "> Un train est supprimé le mardi, / puis le jeudi. / Il attend. <- a.md",
            "> Rien. <- b.md",
        ]
    );
}

#[test]
fn a_quotation_goes_on_over_paragraphs_that_begin_with_its_mark() {
    let text = "Elle dit : « Un premier paragraphe sans fin.\n\n« Un second qui finit. » Et « ceci n'est pas fermé du tout\n\nfin » de tout.\n";
    assert_eq!(listed(text), ["Un premier paragraphe sans fin. / Un second qui finit."]);
}

#[test]
fn places_are_those_of_the_source() {
    let text = "A « un *train* est supprimé le mardi » b\n\n> Bloc de *mots* \\* cités.\n";
    let found = quotations(text);
    let at = |range: &Range<usize>| text.get(range.clone()).unwrap();
    assert_eq!(at(&found[0].range), "« un *train* est supprimé le mardi »");
    assert_eq!(at(found[0].words.as_ref().unwrap()), "un *train* est supprimé le mardi");
    assert_eq!(at(&found[1].range), "Bloc de *mots* \\* cités.");
    assert_eq!(found[1].text, "Bloc de mots * cités.");
}

#[test]
fn proofs_are_as_written() {
    let mut source = String::new();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("../../tests/data/proofs.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some((_, text)) = line.strip_prefix('[').and_then(|line| line.split_once("] ")) {
            source = text.to_owned();
            continue;
        }
        let (kind, rest) = line.split_once(' ').unwrap();
        let (quoted, says) = rest.split_once(" => ").unwrap_or((rest, ""));
        let proof = Passages::of_plain(&source).prove(quoted);
        let (found, said) = match proof {
            Proof::Proved { .. } => ("=", String::new()),
            Proof::Altered {
                says, only_marks: true, ..
            } => (",", says),
            Proof::Altered { says, .. } => ("!", says),
            Proof::Absent => ("x", String::new()),
        };
        count += 1;
        let folded = |text: &str| text.replace(['“', '”'], "\"");
        if found != kind || folded(&said) != folded(says) {
            wrong.push(format!("{line}\n   {found} {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 30);
}

proptest! {
    /// Whatever is cut from a text at words is proved, also typeset otherwise.
    #[test]
    fn what_is_copied_is_proved(words in prop::collection::vec("[a-zéèœ]{2,8}", 12..60), from in 0usize..8, length in 4usize..20, marks in prop::collection::vec(0u8..6, 60)) {
        let mut text = String::new();
        let mut starts = Vec::new();
        for (word, mark) in words.iter().zip(&marks) {
            starts.push(text.len());
            text.push_str(word);
            text.push_str(match mark { 0 => ", ", 1 => "\u{202f}; ", 2 => "… ", 3 => " – ", _ => " " });
        }
        let to = (from + length).min(starts.len() - 1);
        let quoted = text.get(starts[from]..starts[to]).unwrap();
        let typed = quoted.replace('\u{202f}', " ").replace('…', "...").replace('–', "—").replace('œ', "oe");
        for said in [quoted, typed.as_str()] {
            let proof = Passages::of_plain(&text).prove(said);
            prop_assert!(matches!(proof, Proof::Proved { .. }), "{said:?} {proof:?}");
        }
        // A word that the text does not have is never proved.
        let changed = format!("{quoted} zzzzzzzzz");
        let proved = matches!(Passages::of_plain(&text).prove(&changed), Proof::Proved { .. });
        prop_assert!(!proved);
    }

    /// Nothing panics, places are in order and at characters.
    #[test]
    fn any_text_is_read(text in "[ \\n>«»“”\"a-c\\[\\]()@^!*_`—…é:#|-]{0,200}") {
        let mut last = 0;
        for quotation in quotations(&text) {
            prop_assert!(text.get(quotation.range.clone()).is_some());
            prop_assert!(quotation.range.start >= last);
            last = quotation.range.start;
            if let Some(words) = quotation.words {
                prop_assert!(text.get(words).is_some());
            }
        }
        let proof = Passages::of_plain(&text).prove(&text);
        let ok = match &proof {
            Proof::Proved { place } | Proof::Altered { place, .. } => text.get(place.clone()).is_some(),
            Proof::Absent => true,
        };
        prop_assert!(ok);
    }
}

#[test]
fn hostile_lengths_take_time_in_proportion() {
    for text in [
        "« ".repeat(200_000),
        "\"a ".repeat(200_000),
        "> « a\n>\n".repeat(50_000),
        "[@".repeat(200_000),
        "« a […] ".repeat(50_000),
        "« a b c d e f » [x](y.md) ".repeat(20_000),
        format!("{} « a b c d e f »", "[x](y.md) ".repeat(20_000)),
    ] {
        quotations(&text);
        let source = "a b ".repeat(50_000);
        Passages::of_plain(&source).prove(&text);
        Passages::of_plain(&source).prove(&"a […] ".repeat(60));
        Passages::of_plain(&source).prove("a […] b […] a […] zz");
    }
}
