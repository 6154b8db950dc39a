#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{HashMap, HashSet};
use std::io::Read;

use edito_prose::passages;
use flate2::read::GzDecoder;
use proptest::prelude::*;

use super::*;

fn said(text: &str, lang: &Lang) -> Vec<Hit<'static>> {
    hits(text, lang, of(lang).unwrap(), false)
}

fn mended(text: &str, hit: &Hit<'_>) -> String {
    let fix = hit.fixes.first().map_or(&text[hit.start..hit.end], String::as_str);
    format!("{}{fix}{}", &text[..hit.start], &text[hit.end..])
}

/// Each rule does what its examples say, and what it made is left alone.
#[test]
fn rules_do_as_their_examples_say() {
    let mut wrong = Vec::new();
    for lang in [Lang::Fr, Lang::En] {
        let rules = of(&lang).unwrap();
        wrong.extend(rules.problems.iter().map(|problem| format!("{lang} {problem}")));
        for rule in &rules.rules {
            let name = &rules.families[rule.family].name;
            let at = format!("{lang}.txt:{}", rule.line);
            if rule.wrong.is_empty() || rule.right.is_empty() {
                wrong.push(format!("{at} has no example of wrong, or none of right"));
            }
            for (bad, good) in &rule.wrong {
                let found = said(bad, &lang);
                let of_rule: Vec<_> = found.iter().filter(|hit| hit.rule == name).collect();
                let [hit] = of_rule.as_slice() else {
                    wrong.push(format!("{at} « {bad} »: {found:?}"));
                    continue;
                };
                let made = mended(bad, hit);
                if made != *good {
                    wrong.push(format!("{at} « {bad} » becomes « {made} »"));
                } else if bad != good && said(good, &lang).iter().any(|hit| hit.rule == name) {
                    wrong.push(format!("{at} « {good} » is found again"));
                }
            }
            for good in &rule.right {
                let found = said(good, &lang);
                if !found.is_empty() {
                    wrong.push(format!("{at} « {good} »: {found:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} in all", wrong.join("\n"), wrong.len());
}

#[test]
fn advice_leads_to_the_source() {
    let source = "---\ntitle: Il à mangé\n---\n\nOn **à** `il à mangé` mangé. Il *à mangé* ici.\n\n> Il faut impacter. Il à mangé.\n\nOn dit « impacter ».\n";
    let found: Vec<_> = passages(source, &Lang::Fr).iter().flat_map(advise).collect();
    let shown: Vec<_> = found
        .iter()
        .map(|advice| (&source[advice.range.clone()], advice.fixes.join("/")))
        .collect();
    assert_eq!(shown, [("à", "a".to_owned()), ("à", "a".into()), ("à", "a".into())]);
}

#[test]
fn fixes_keep_capitals_and_apostrophes() {
    let made = |text: &str| said(text, &Lang::Fr)[0].fixes.clone();
    assert_eq!(made("AU JOUR D’AUJOURD’HUI, RIEN"), ["AUJOURD’HUI"]);
    assert_eq!(made("Le homme d'ici"), ["L'homme"]);
    assert_eq!(made("Le homme d’ici"), ["L’homme"]);
}

#[test]
fn every_rule_has_words_in_both_languages() {
    const FILES: [&str; 2] = [
        include_str!("../../../../ui/src/shared/messages/fr.ftl"),
        include_str!("../../../../ui/src/shared/messages/en.ftl"),
    ];
    for lang in [Lang::Fr, Lang::En] {
        for name in names(&lang) {
            for file in FILES {
                for key in [
                    format!("\nadvice-rule-{name} = "),
                    format!("\nadvice-rule-{name}-why = "),
                ] {
                    assert!(file.contains(&key), "no message{key}");
                }
            }
        }
    }
}

/// The length of the text decides the time: a text of ten times the length makes at most ten times as many hits, and none
/// of these takes more than a moment (a pattern that went back and forth would not end within the patience of anybody).
#[test]
fn hostile_texts_end() {
    for unit in [
        "à ",
        "le a ",
        "(",
        "« ",
        "que il ",
        "a a ",
        ", ",
        "of the fact that due to ",
        "-'",
        "l'",
        "\u{fffc}",
    ] {
        let text = unit.repeat(300_000 / unit.len());
        for lang in [Lang::Fr, Lang::En] {
            let found = said(&text, &lang);
            assert!(found.len() <= text.len());
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(\\PC{0,8}[ ,.'’]?(le|la|à|a|que|il|si|the|it's|of|than|\\()[ ]){0,12}") {
        for lang in [Lang::Fr, Lang::En] {
            let mut last = 0;
            for hit in said(&text, &lang) {
                prop_assert!(hit.start >= last && hit.end > hit.start);
                prop_assert!(text.get(hit.start..hit.end).is_some());
                last = hit.end;
            }
        }
    }

    #[test]
    fn advice_stands_at_places_of_the_source(source in "(([*_`>#\\[\\](-] ?)?(le homme|il à mangé|its been|« |the the|\\n\\n)[ .,*_`]?){0,10}") {
        for lang in [Lang::Fr, Lang::En] {
            for passage in passages(&source, &lang) {
                for advice in advise(&passage) {
                    prop_assert!(!advice.range.is_empty() && source.get(advice.range.clone()).is_some());
                }
            }
        }
    }
}

#[test]
fn rules_say_nothing_of_a_language_that_they_are_not_for() {
    for text in [
        "La aplicación de Twitter que minimiza el uso de datos llega a los países de América, y también a las islas.",
        "La asociación con el movimiento kurdo, en cambio, requiere de una operación intelectual.",
        "La estrategia del gobierno fue la entrega de organizaciones a partir de hoy.",
    ] {
        let passages = edito_prose::passages(text, &Lang::Fr);
        let said: Vec<_> = passages.iter().flat_map(super::advise).collect();
        assert_eq!(said, [], "{text}");
    }
    let text = "Il à mangé, el pueblo.";
    assert_eq!(
        edito_prose::passages(text, &Lang::Fr)
            .iter()
            .flat_map(super::advise)
            .count(),
        1
    );
}

/// The words of a class of French.
fn class(name: &str) -> Vec<&'static str> {
    let file = include_str!("data/fr.txt");
    let head = format!("@{name} ");
    let line = file.lines().find_map(|line| line.strip_prefix(&head));
    line.unwrap().split_whitespace().collect()
}

/// What the dictionary of French makes of its verbs, and the words that it has by themselves.
fn of_the_dictionary() -> (HashSet<String>, HashSet<String>) {
    let unpacked = |bytes: &[u8]| {
        let mut text = String::new();
        GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
        text
    };
    let affixes = unpacked(include_bytes!("../../dictionaries/fr-classical.aff.gz"));
    let words = unpacked(include_bytes!("../../dictionaries/fr-classical.dic.gz"));
    let mut suffixes: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
    let mut verbs: HashSet<&str> = HashSet::new();
    for line in affixes.lines() {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let ["SFX", flag, strip, add, _, ..] = parts.as_slice() else {
            continue;
        };
        let (add, goes_on) = add.split_once('/').unwrap_or((add, ""));
        suffixes.entry(flag).or_default().push((strip, add));
        // Only before a verb stands « n’ ».
        if goes_on.contains("n'") {
            verbs.insert(flag);
        }
    }
    let (mut forms, mut alone) = (HashSet::new(), HashSet::new());
    for line in words.lines() {
        let (word, flags) = line.split_once('/').unwrap_or((line, ""));
        alone.insert(word.to_owned());
        let flags = flags.split_whitespace().next().unwrap_or_default().as_bytes();
        for flag in flags.chunks(2).filter_map(|flag| std::str::from_utf8(flag).ok()) {
            for (strip, add) in suffixes
                .get(flag)
                .filter(|_| verbs.contains(flag))
                .into_iter()
                .flatten()
            {
                let strip = if *strip == "0" { "" } else { strip };
                if let Some(stem) = word.strip_suffix(strip) {
                    forms.insert(format!("{stem}{}", if *add == "0" { "" } else { add }));
                }
            }
        }
    }
    (forms, alone)
}

#[test]
fn words_that_are_two_things_are_known_as_such() {
    let (forms, alone) = of_the_dictionary();
    assert!(forms.contains("combat") && forms.contains("avantage") && forms.contains("étudiant"));
    let (verb, noun, irregular) = (class("verb"), class("noun"), class("irregular"));
    let missing: Vec<_> = [class("masculine"), class("feminine")]
        .concat()
        .into_iter()
        // A participle alone stands behind no pronoun.
        .filter(|word| *word != "entreprise")
        .filter(|word| forms.contains(*word) && !verb.contains(word) && !irregular.contains(word))
        .collect();
    assert_eq!(missing, [""; 0], "are forms of a verb");
    let known: Vec<_> = [class("m"), class("f")]
        .concat()
        .into_iter()
        .filter(|word| forms.contains(*word))
        .collect();
    assert_eq!(known, [""; 0], "are forms of a verb, and may stand behind a pronoun");
    let missing: Vec<_> = class("er")
        .into_iter()
        .filter(|stem| alone.contains(&format!("{stem}é")) && !noun.contains(stem))
        .collect();
    assert_eq!(missing, [""; 0], "are nouns with é");
}
