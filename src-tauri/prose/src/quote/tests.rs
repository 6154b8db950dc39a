#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::fold::{fold, words};

fn quote(exact: &str) -> Quote<'_> {
    Quote {
        exact,
        ..Quote::default()
    }
}

/// What a text says where a passage was found, and how sure that is.
fn found<'t>(passages: &Passages<'t>, quote: &Quote<'_>) -> Result<(&'t str, Sure), Lost> {
    let found = passages.find(quote)?;
    Ok((passages.text.get(found.range).unwrap(), found.sure))
}

#[test]
fn the_same_letters_are_found_whatever_stands_between_them() {
    let source = "---\ntitle: La démocratie est lente\n---\n\n# Éloge du doute\n\nLa **démocratie** est _lente_ ; c’est \
                  heureux&nbsp;! Elle [délibère](https://exemple.fr/doute \"titre\"), doute[^1], « recommence ».\n\n\
                  > Une citation\n> sur deux lignes.\n\n1. Premier point\n2. Second point\n\n\
                  ![Une image](https://exemple.fr/x.png) Le cœur de l\\'œuvre — enfin.\n\n\
                  L’<em>État</em> n'est pas tout<!-- note cachée --> ; voir [[Page|la page]] et <https://exemple.fr>.\n\n\
                  [^1]: Une note de bas de page.\n";
    let passages = Passages::of_markdown(source);
    for (exact, expected, sure) in [
        ("Premier point", "Premier point", Sure::Exact),
        (
            "La démocratie est lente ; c’est heureux !",
            "La **démocratie** est _lente_ ; c’est heureux",
            Sure::Folded,
        ),
        ("la democratie", "La **démocratie", Sure::Folded),
        (
            "Elle délibère, doute, \"recommence\".",
            "Elle [délibère](https://exemple.fr/doute \"titre\"), doute[^1], « recommence ».",
            Sure::Folded,
        ),
        ("« recommence »", "« recommence »", Sure::Exact),
        ("\"recommence\"", "« recommence »", Sure::Folded),
        (
            "Une citation sur deux lignes.",
            "Une citation\n> sur deux lignes.",
            Sure::Folded,
        ),
        (
            "Premier point\nSecond point",
            "Premier point\n2. Second point",
            Sure::Folded,
        ),
        (
            "Le coeur de l’oeuvre - enfin",
            "Le cœur de l\\'œuvre — enfin",
            Sure::Folded,
        ),
        (
            "L'État n’est pas tout ; voir la page",
            "L’<em>État</em> n'est pas tout<!-- note cachée --> ; voir [[Page|la page",
            Sure::Folded,
        ),
        ("https://exemple.fr", "https://exemple.fr", Sure::Exact),
        ("Une note de bas de page", "Une note de bas de page", Sure::Exact),
        ("E\u{301}loge", "Éloge", Sure::Folded),
    ] {
        if exact == "https://exemple.fr" {
            // It stands in links, too: there nobody reads it.
            assert_eq!(found(&passages, &quote(exact)), Ok((expected, Sure::Exact)));
            continue;
        }
        assert_eq!(found(&passages, &quote(exact)), Ok((expected, sure)), "{exact}");
    }
    for absent in ["title", "titre", "Une image", "note cachée", "em", "", "  ", "x.png"] {
        assert_eq!(found(&passages, &quote(absent)), Err(Lost::Absent), "{absent}");
    }
}

#[test]
fn surroundings_tell_places_apart() {
    let text = "Il faut partir, disait l’un. Il faut rester, disait l’autre. Il faut voir, disait le dernier.";
    let passages = Passages::of_plain(text);
    assert_eq!(passages.find(&quote("Il faut")), Err(Lost::Ambiguous));
    for (prefix, suffix, start) in [
        ("", " partir, disait", Some(0)),
        ("disait l'un. ", "", Some(29)),
        ("DISAIT L’AUTRE ", " voir", Some(61)),
        ("tout autre chose ", " disait le dernier", None),
        ("disait ", " disait", None),
    ] {
        let quote = Quote {
            exact: "Il faut",
            prefix,
            suffix,
        };
        let place = passages
            .find(&quote)
            .ok()
            .map(|found| text.char_indices().position(|(at, _)| at == found.range.start).unwrap());
        assert_eq!(place, start, "{prefix:?} {suffix:?}");
    }
}

#[test]
fn a_word_in_a_word_is_not_that_word() {
    let passages = Passages::of_plain("Il est temps de partir, dit l’artiste.");
    assert_eq!(passages.find(&quote("art")), Err(Lost::Absent));
    let cut = Quote {
        exact: "emps de par",
        prefix: "Il est t",
        suffix: "tir, dit",
    };
    assert_eq!(found(&passages, &cut), Ok(("emps de par", Sure::Exact)));
    // Overlapping places are places.
    assert_eq!(
        Passages::of_plain("non non non").find(&quote("non non")),
        Err(Lost::Ambiguous)
    );
}

#[test]
fn passages_without_letters_are_found_as_they_are() {
    let passages = Passages::of_plain("Oui !! Non 😀 — peut-être 😀.");
    assert_eq!(found(&passages, &quote("!!")), Ok(("!!", Sure::Exact)));
    assert_eq!(passages.find(&quote("😀")), Err(Lost::Ambiguous));
    let second = Quote {
        exact: "😀",
        prefix: "Non — peut-être ",
        suffix: ".",
    };
    assert_eq!(
        passages.find(&second).unwrap().range.start,
        "Oui !! Non 😀 — peut-être ".len()
    );
}

#[test]
fn a_passage_some_words_of_which_changed_is_found() {
    let text = "On a longtemps cru que la lenteur des parlements était un défaut. Elle est leur raison d’être, et l’on \
                ne délibère bien qu’en prenant le temps de se contredire. Le reste est affaire d’horloges.";
    let passages = Passages::of_plain(text);
    for (exact, prefix, suffix, expected) in [
        // One word replaced, one dropped, one put in, slips of letters.
        (
            "la lenteur des assemblées était un défaut",
            "On a longtemps cru que ",
            ". Elle",
            Some("la lenteur des parlements était un défaut"),
        ),
        (
            "l’on ne délibère vraiment bien qu’en prenant le temps de se contredire",
            "",
            "",
            Some("l’on ne délibère bien qu’en prenant le temps de se contredire"),
        ),
        (
            "On a longtemps cru que la lenteur de parlement etait un defaux.",
            "",
            "",
            Some("On a longtemps cru que la lenteur des parlements était un défaut"),
        ),
        // Two words, one of which changed, between the same words.
        ("affaire d’horlogers", "Le reste est ", "", None),
        (
            "leur destin",
            "un défaut. Elle est ",
            " d’être, et l’on ne délibère",
            Some("leur raison"),
        ),
        // Another sentence altogether, and one that is no longer itself.
        ("le vent se lève et il faut tenter de vivre", "", "", None),
        (
            "la beauté des cathédrales était un miracle",
            "On a longtemps cru que ",
            ". Elle est",
            None,
        ),
    ] {
        let quote = Quote { exact, prefix, suffix };
        let answer = passages.find(&quote).ok();
        assert_eq!(
            answer.as_ref().map(|found| &text[found.range.clone()]),
            expected,
            "{exact}"
        );
        assert!(answer.is_none_or(|found| found.sure == Sure::Approximate), "{exact}");
    }
}

#[test]
fn a_passage_between_other_words_has_moved() {
    let text = "Un tout nouveau début. La lenteur des parlements est leur raison d’être. Une tout autre fin.";
    let passages = Passages::of_plain(text);
    let moved = Quote {
        exact: "La lenteur des parlements est leur raison d’être.",
        prefix: "On l’a souvent dit : ",
        suffix: " Et pourtant rien ne change.",
    };
    assert_eq!(found(&passages, &moved), Ok((moved.exact, Sure::Moved)));
    let short = Quote {
        exact: "La lenteur",
        ..moved
    };
    assert_eq!(passages.find(&short), Err(Lost::Absent));
}

#[test]
fn scripts_without_case_or_spaces_are_found() {
    let arabic = Passages::of_plain("قال الكاتبُ إنّ الصحافةَ مرآةُ الناس، ثم سكت.");
    assert_eq!(
        found(&arabic, &quote("ان الصحافة مرآة الناس")),
        Ok(("إنّ الصحافةَ مرآةُ الناس", Sure::Folded))
    );
    let japanese = Passages::of_plain("社説は、読者の鏡である。");
    assert_eq!(found(&japanese, &quote("読者の鏡")), Ok(("読者の鏡", Sure::Exact)));
}

/// Plain texts of the sample library.
fn samples() -> Vec<String> {
    fn collect(folder: &Path, texts: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("the sample library").flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, texts);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut texts = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample"), &mut texts);
    texts.sort();
    assert!(texts.len() > 10);
    texts
}

/// The sentences of a plain text, with their places.
fn sentences(plain: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, character) in plain.char_indices() {
        if matches!(character, '.' | '!' | '?' | '\n') {
            let end = at + character.len_utf8();
            let sentence = &plain[start..end];
            let trimmed = sentence.trim();
            if words(trimmed).count() >= 4 {
                let from = start + sentence.find(trimmed).unwrap();
                sentences.push(from..from + trimmed.len());
            }
            start = end;
        }
    }
    sentences
}

fn marked<'p>(plain: &'p str, range: &Range<usize>) -> Quote<'p> {
    let back = |at: usize| plain[..at].char_indices().rev().nth(31).map_or(0, |(start, _)| start);
    let on = |at: usize| {
        plain[at..]
            .char_indices()
            .nth(32)
            .map_or(plain.len(), |(end, _)| at + end)
    };
    Quote {
        exact: &plain[range.clone()],
        prefix: &plain[back(range.start)..range.start],
        suffix: &plain[range.end..on(range.end)],
    }
}

fn said(text: &str) -> String {
    words(text)
        .map(|word| word.folded.into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_sentence_of_real_articles_is_found_in_its_source() {
    let (mut count, mut moved) = (0, 0);
    for source in samples() {
        let plain = crate::analyse(&source).plain;
        let passages = Passages::of_markdown(&source);
        for range in sentences(&plain) {
            let quote = marked(&plain, &range);
            // Texts of images are in the plain text and never seen.
            if source.contains(&format!("![{}", quote.exact.trim_end_matches('.'))) {
                continue;
            }
            let (text, sure) = found(&passages, &quote).unwrap_or_else(|lost| panic!("{lost:?}: {quote:?}"));
            assert!(sure <= Sure::Moved, "{sure:?}: {quote:?}");
            let place = passages.find(&quote).unwrap().range;
            let read = passages.letters.within(&place);
            assert_eq!(
                passages.letters.folded()[read],
                *Letters::of(quote.exact, &[]).folded(),
                "{text}"
            );
            count += 1;
            moved += usize::from(sure == Sure::Moved);
        }
    }
    assert!(count > 200, "{count}");
    // Notes stand elsewhere in the source than where they are read.
    assert!(moved * 50 < count, "{moved} of {count}");
}

#[test]
fn a_sentence_that_was_deleted_is_lost_and_one_that_was_edited_is_found() {
    let (mut edited, mut total) = (0, 0);
    for source in samples() {
        let plain = crate::analyse(&source).plain;
        for range in sentences(&plain).into_iter().step_by(3) {
            let quote = marked(&plain, &range);
            let without = format!("{}{}", &plain[..range.start], &plain[range.end..]);
            if let Ok((text, sure)) = found(&Passages::of_plain(&without), &quote) {
                // Only where the article says the same once more.
                assert!(
                    sure <= Sure::Moved && said(text) == said(quote.exact),
                    "{text:?} for {quote:?}"
                );
            }
            // The longest word of it becomes another.
            let longest = words(quote.exact).max_by_key(|word| word.end - word.start).unwrap();
            let changed = format!("{}xyzzy{}", &quote.exact[..longest.start], &quote.exact[longest.end..]);
            let with = format!("{}{changed}{}", &plain[..range.start], &plain[range.end..]);
            total += 1;
            match Passages::of_plain(&with).find(&quote) {
                Ok(found) => {
                    let inside = range.start..range.start + changed.len();
                    assert!(
                        found.range.start >= inside.start && found.range.end <= inside.end,
                        "{quote:?}"
                    );
                    edited += 1;
                }
                Err(lost) => assert_eq!(lost, Lost::Absent, "{quote:?}"),
            }
        }
    }
    assert!(edited * 100 >= total * 95, "{edited} of {total} edited sentences found");
}

#[test]
fn hostile_texts_take_bounded_time() {
    let words: String = (0..30_000).map(|index| format!("mot{} ", index % 7)).collect();
    let passages = Passages::of_markdown(&words);
    assert_eq!(passages.find(&quote("mot1 mot2")), Err(Lost::Ambiguous));
    assert!(passages.find(&quote(&"mot1 mot9 ".repeat(400))).is_err());
    for unit in [
        "](", "![", "[^", "[[", "<a ", "<!--", "<!--\n", "{>>", "&", "\\", "[a]:", "1. ", "a",
    ] {
        let text = unit.repeat(400_000 / unit.len());
        let passages = Passages::of_markdown(&text);
        assert!(passages.find(&quote("une phrase qui n’y est pas du tout")).is_err());
        let _ = passages.find(&quote("a"));
    }
}

fn vocabulary() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-zéè]{2,9}", 30..80).prop_map(|words| {
        // Each word once, so that where a passage stands is beyond doubt.
        words
            .iter()
            .enumerate()
            .map(|(index, word)| format!("{word}{}", letters_of(index)))
            .collect()
    })
}

fn letters_of(index: usize) -> String {
    let letter = |value: usize| char::from(b'a' + u8::try_from(value % 26).unwrap());
    format!("q{}{}", letter(index), letter(index / 26))
}

proptest! {
    #[test]
    fn edits_elsewhere_leave_a_passage_where_it_is(
        words in vocabulary(),
        seed in any::<(usize, usize)>(),
        edits in prop::collection::vec((any::<usize>(), 0..4_u8), 0..12),
    ) {
        let start = seed.0 % (words.len() - 5);
        let end = start + 3 + seed.1 % (words.len() - start - 3).min(12);
        let plain = words.join(" ");
        let passage = words[start..end].join(" ");
        let at = plain.find(&passage).unwrap();
        let quote = marked(&plain, &(at..at + passage.len()));
        let mut edited: Vec<String> = words.clone();
        for (place, kind) in edits {
            let place = place % words.len();
            if (start..end).contains(&place) {
                continue;
            }
            edited[place] = match kind {
                0 => String::new(),
                1 => "remplacé".into(),
                2 => format!("{} ajouté", words[place]),
                _ => words[place].to_uppercase(),
            };
        }
        let text = edited.join(" ");
        let passages = Passages::of_plain(&text);
        // A short passage all of whose surroundings went is not claimed to be found; nothing else ever is.
        match found(&passages, &quote) {
            Ok((text, _)) => prop_assert_eq!(text, passage.as_str()),
            Err(_) => prop_assert!(passage.chars().count() < 40),
        }
        prop_assert_eq!(found(&Passages::of_plain(&plain), &quote), Ok((passage.as_str(), Sure::Exact)));
    }

    #[test]
    fn a_deleted_passage_is_lost(words in vocabulary(), seed in any::<(usize, usize)>()) {
        let start = seed.0 % (words.len() - 5);
        let end = start + 1 + seed.1 % (words.len() - start - 1).min(15);
        let plain = words.join(" ");
        let passage = words[start..end].join(" ");
        let at = plain.find(&passage).unwrap();
        let quote = marked(&plain, &(at..at + passage.len()));
        let text = format!("{}{}", &plain[..at], &plain[at + passage.len()..]);
        prop_assert_eq!(Passages::of_plain(&text).find(&quote), Err(Lost::Absent));
        prop_assert_eq!(Passages::of_plain(&text).find(&Quote { exact: &passage, ..Quote::default() }), Err(Lost::Absent));
    }

    #[test]
    fn edits_in_a_passage_keep_it_or_lose_it(
        words in vocabulary(),
        seed in any::<(usize, usize)>(),
        edits in prop::collection::vec((any::<usize>(), 0..3_u8), 1..5),
    ) {
        let start = seed.0 % (words.len() - 12);
        let end = start + 8 + seed.1 % (words.len() - start - 8).min(12);
        let plain = words.join(" ");
        let passage = words[start..end].join(" ");
        let at = plain.find(&passage).unwrap();
        let quote = marked(&plain, &(at..at + passage.len()));
        let mut edited: Vec<String> = words.clone();
        let few = edits.len() == 1;
        for (place, kind) in edits {
            let place = start + place % (end - start);
            edited[place] = match kind {
                0 => String::new(),
                1 => "remplacé".into(),
                _ => format!("{} ajouté", words[place]),
            };
        }
        let text = edited.join(" ");
        let before = edited[..start].join(" ").len();
        let after = text.len() - edited[end..].join(" ").len();
        match Passages::of_plain(&text).find(&quote) {
            Ok(found) => prop_assert!(found.range.start >= before && found.range.end <= after),
            Err(lost) => prop_assert!(lost == Lost::Absent && !few),
        }
    }

    #[test]
    fn what_is_found_says_the_same(text in "[a-cé’ ,.*\n]{0,60}", at in any::<(usize, usize)>()) {
        let characters: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let start = characters[at.0 % characters.len()];
        let end = characters[at.1 % characters.len()];
        let exact = &text[start.min(end)..start.max(end)];
        for passages in [Passages::of_plain(&text), Passages::of_markdown(&text)] {
            if let Ok((found, sure)) = found(&passages, &quote(exact)) {
                let letters = |text: &str| fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
                if sure <= Sure::Folded {
                    prop_assert_eq!(letters(found), letters(exact));
                }
            }
        }
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}", exact in "\\PC{0,12}", prefix in "\\PC{0,6}") {
        let quote = Quote { exact: &exact, prefix: &prefix, suffix: "" };
        for passages in [Passages::of_plain(&text), Passages::of_markdown(&text)] {
            if let Ok(found) = passages.find(&quote) {
                prop_assert!(text.get(found.range).is_some());
            }
        }
    }
}
