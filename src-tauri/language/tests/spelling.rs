//! Sentences with the words that are to be marked, and what is to be offered for them.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::LazyLock;

use edito_language::spelling::{Dictionaries, English, French, OwnWords, Speller, Variants};
use edito_language::usage;
use edito_prose::{Lang, passages};
use proptest::prelude::*;

static DICTIONARIES: LazyLock<Dictionaries> = LazyLock::new(Dictionaries::new);

const FRENCH: &str = include_str!("data/spelling/fr.txt");
const ENGLISH: &str = include_str!("data/spelling/en.txt");

fn marked(speller: &Speller<'_>, source: &str, lang: &Lang) -> Vec<String> {
    let passages = passages(source, lang);
    let found = passages
        .iter()
        .flat_map(|passage| speller.advise(passage, source).unwrap());
    found.map(|advice| source[advice.range].to_owned()).collect()
}

#[test]
fn sentences_are_marked_as_they_should_be() {
    let dictionaries = Dictionaries::new();
    let own = OwnWords::new();
    let speller = Speller::new(&dictionaries, Variants::default(), &own);
    let mut wrong = Vec::new();
    for (text, lang) in [(FRENCH, Lang::Fr), (ENGLISH, Lang::En)] {
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            let (sentence, offered) = line.split_once(" => ").unwrap_or((line, ""));
            let wanted: Vec<String> = sentence
                .split('{')
                .skip(1)
                .map(|rest| rest.split('}').next().unwrap().to_owned())
                .collect();
            let source = sentence.replace(['{', '}'], "") + "\n";
            let found = marked(&speller, &source, &lang);
            // A whole word is marked, with what is elided before it.
            let fits =
                found.len() == wanted.len() && found.iter().zip(&wanted).all(|(one, part)| one.contains(part.as_str()));
            if !fits {
                wrong.push(format!("{line}\n    marked: {found:?}"));
            } else if let Some(word) = found.first() {
                let first = speller.suggest(word, &lang).unwrap();
                if !first.first().is_some_and(|first| first.ends_with(offered)) {
                    wrong.push(format!("{line}\n    offered: {first:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Terms of a piece come back in it; who does not know how a word is spelled writes one near to it each time.
#[test]
fn what_comes_back_and_is_near_to_nothing_is_a_term() {
    let own = OwnWords::new();
    let pieces = [
        (Lang::En, "We run {}.\n\nThen {} stops.\n\nAgain, {} starts.\n", 3),
        (
            Lang::Fr,
            "Nous lançons {}.\n\nPuis {} s’arrête.\n\nEncore : {} repart.\n",
            3,
        ),
        (Lang::En, "We run {}.\n\nThen {} stops.\n", 2),
    ];
    let words = [
        (Lang::En, "rustup", true),
        (Lang::En, "pietroalbini", true),
        (Lang::En, "pietroalbini’s", true),
        (Lang::En, "rustup-zulip", true),
        (Lang::En, "seperate-rustup", false),
        (Lang::En, "definately", false),
        (Lang::En, "seperated", false),
        (Lang::En, "goverment", false),
        (Lang::En, "accomodation", false),
        (Lang::En, "concensious", false),
        (Lang::Fr, "pietroalbini", true),
        (Lang::Fr, "ocurence", false),
        (Lang::Fr, "aprofondisement", false),
        (Lang::Fr, "language", false),
        (Lang::Fr, "dilemne", false),
        (Lang::Fr, "carrefoure", false),
    ];
    for (lang, text, times) in &pieces {
        for (_, word, term) in words.iter().filter(|(of, ..)| of == lang) {
            let source = text.replace("{}", word);
            let speller = Speller::new(&DICTIONARIES, Variants::default(), &own).of_piece(&source);
            let left = *term && *times > 2;
            assert_eq!(
                marked(&speller, &source, lang).len(),
                if left { 0 } else { *times },
                "{source}"
            );
            // A passage by itself does not know.
            let speller = Speller::new(&DICTIONARIES, Variants::default(), &own);
            assert_eq!(marked(&speller, &source, lang).len(), *times, "{source}");
        }
    }
}

/// A name of the piece is one at the head of a sentence, too, also where it is near to another word.
#[test]
fn a_name_within_sentences_of_the_piece_is_one_everywhere() {
    let own = OwnWords::new();
    let text = "Samus found herself alone.\n\nThen the ship of Samus left.\n\n";
    let speller = Speller::new(&DICTIONARIES, Variants::default(), &own).of_piece(text);
    assert_eq!(marked(&speller, text, &Lang::En), ["Samus"]);
    let text = text.to_owned() + "And the crew, Samus apart, slept.\n";
    let speller = Speller::new(&DICTIONARIES, Variants::default(), &own).of_piece(&text);
    assert_eq!(marked(&speller, &text, &Lang::En), [""; 0]);
}

#[test]
fn what_stands_in_code_too_is_a_term() {
    let own = OwnWords::new();
    let text = "The compiler reads each struct, and three structs more.\n\nA sturct is none.\n\n";
    let speller = Speller::new(&DICTIONARIES, Variants::default(), &own);
    assert_eq!(marked(&speller, text, &Lang::En), ["struct", "structs", "sturct"]);
    for code in ["`struct Word`\n", "```\nstruct Word;\n```\n"] {
        let source = text.to_owned() + code;
        let speller = Speller::new(&DICTIONARIES, Variants::default(), &own).of_piece(&source);
        assert_eq!(marked(&speller, &source, &Lang::En), ["sturct"], "{code}");
    }
}

/// What rules would say of words that are set apart is left unsaid where these are of another language.
#[test]
fn usage_leaves_foreign_words_in_peace() {
    let own = OwnWords::new();
    let speller = Speller::new(&DICTIONARIES, Variants::default(), &own);
    for (source, left) in [
        ("Le film *La isla mínima* sort ce soir dans les salles.\n", 0),
        ("Le roman « La isla del tesoro » paraît enfin en poche.\n", 0),
        ("Il dit « a house is a home for the the people » et s’en va.\n", 0),
        ("Il dit « la eau est claire » et s’en va.\n", 1),
        ("Il voit *le homme* dans la rue.\n", 1),
        ("La eau coule, et *La isla mínima* sort.\n", 1),
    ] {
        let mut found = 0;
        for passage in passages(source, &Lang::Fr) {
            let mut said = usage::advise(&passage);
            speller.leave_foreign(&passage, source, &mut said);
            found += said.len();
        }
        assert_eq!(found, left, "{source}");
    }
}

/// All that is said of words goes by the language that is declared of their block or their phrase.
#[test]
fn what_is_declared_decides() {
    let own = OwnWords::new();
    let speller = Speller::new(&DICTIONARIES, Variants::default(), &own);
    let said = |source: &str| {
        let mut found = Vec::new();
        for passage in passages(source, &Lang::Fr) {
            let mut said = speller.advise(&passage, source).unwrap();
            said.extend(usage::advise(&passage));
            speller.leave_foreign(&passage, source, &mut said);
            found.extend(said.into_iter().map(|one| source[one.range].to_owned()));
        }
        found
    };
    let mut wrong = Vec::new();
    for (source, marked) in [
        (
            "<div lang=\"en\">\n\nLate vilage house.\n\n</div>\n\nLe vilage dort.\n",
            vec!["vilage", "vilage"],
        ),
        ("<div lang=\"en\">\n\nSmall home.\n\n</div>\n\nSmall maison.\n", vec![]),
        (
            "<div lang=\"en\">\n\nMaire, pharmacie, travail, demain, chaque homme.\n\n</div>\n",
            vec![],
        ),
        (
            "<div lang=\"en\">\n\nThe house has a travail of the the people.\n\n</div>\n",
            vec!["the the"],
        ),
        (
            "<div lang=\"de\">\n\nLe homme vilage.\n\n</div>\n\nLe homme dort.\n",
            vec!["Le homme"],
        ),
        ("<div lang=\"\">\n\nLe homme vilage.\n\n</div>\n", vec![]),
        (
            "Il voit <span lang=\"en\">a house of the the people</span> dans le homme.\n",
            vec!["le homme", "the the"],
        ),
        ("Il voit <span lang=\"und\">le homme le homme</span> là.\n", vec![]),
    ] {
        let source: &str = source;
        let found = said(source);
        if found != marked {
            wrong.push(format!("{source}{found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The time goes with the length of a paragraph, whatever is in it.
#[test]
fn hostile_paragraphs_end() {
    let own = OwnWords::new();
    let mut texts: Vec<String> = [
        "« Zyxwv zyxwu », ",
        "« le ",
        "*Zyx* of zyxwu ",
        "La isla, ",
        "[Zyxwu, ",
        "`zyx` la zyxwu ",
    ]
    .iter()
    .map(|unit| unit.repeat(200_000 / unit.len()))
    .collect();
    // Words that are all different, and come back.
    let letters = |number: usize| ["ba", "ko", "du", "zi", "xe", "wy", "qa", "vo", "ju", "ly"][number % 10];
    let words = |number: usize| {
        format!(
            "le chat et le {}{}{}xw ",
            letters(number),
            letters(number / 10),
            letters(number / 100)
        )
    };
    texts.push((0..10_000).map(words).collect());
    for text in texts {
        let speller = Speller::new(&DICTIONARIES, Variants::default(), &own).of_piece(&text);
        for passage in passages(&text, &Lang::Fr) {
            let mut said = speller.advise(&passage, &text).unwrap();
            said.extend(usage::advise(&passage));
            speller.leave_foreign(&passage, &text, &mut said);
        }
    }
}

#[test]
fn spellings_and_words_vouched_for_decide() {
    let dictionaries = Dictionaries::new();
    let mut own = OwnWords::new();
    own.add(["vilage"]);
    let speller = |french, english, own| {
        let dictionaries = &dictionaries;
        Speller::new(dictionaries, Variants { french, english }, own)
    };
    let none = OwnWords::new();
    let text = "Les nénuphars et un vilage de la commune.\n";
    let wanted = [
        (French::Both, &none, vec!["vilage"]),
        (French::Revised, &none, vec!["nénuphars", "vilage"]),
        (French::Classical, &own, vec![]),
    ];
    for (french, own, words) in wanted {
        assert_eq!(marked(&speller(french, English::Both, own), text, &Lang::Fr), words);
    }
    let text = "The colour and the color of the sea.\n";
    let both = [(English::Gb, "color"), (English::Us, "colour")];
    for (english, word) in both {
        assert_eq!(marked(&speller(French::Both, english, &none), text, &Lang::En), [word]);
    }
    let speller = speller(French::Both, English::Both, &own);
    assert_eq!(speller.suggest("vilag", &Lang::Fr).unwrap().first().unwrap(), "vilage");
    assert!(marked(&speller, "هذا نص عربي بلا قاموس\n", &Lang::Ar).is_empty());
    assert!(marked(&speller, "Ein Dorf schläft am Fluss.\n", &Lang::from_tag("de")).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever stands there, nothing stops it, and what is marked is within the source, in its order.
    #[test]
    fn any_text_is_looked_through(text in "[a-zA-Zéèçœ’'«»“”\"*_ .\\-\u{301}\u{ad}\u{a0}\u{fffc}ا\n]{0,120}") {
        let own = OwnWords::new();
        let variants = Variants { french: French::Classical, english: English::Us };
        let speller = Speller::new(&DICTIONARIES, variants, &own);
        for lang in [Lang::Fr, Lang::En] {
            let mut last = 0;
            for passage in passages(&text, &lang) {
                for advice in speller.advise(&passage, &text).unwrap() {
                    prop_assert!(last <= advice.range.start && advice.range.start < advice.range.end);
                    prop_assert!(text.get(advice.range.clone()).is_some());
                    last = advice.range.end;
                }
            }
        }
    }
}
