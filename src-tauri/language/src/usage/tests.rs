#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use edito_prose::passages;
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
            if rule.wrong.is_empty() {
                wrong.push(format!("{at} has no example"));
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
fn what_is_written_is_looked_at() {
    for (lang, bad, rule, good) in [
        (Lang::Fr, "Il dort dort ici", "doubled-word", "Il dort ici"),
        (Lang::Fr, "Il va à à la mer", "doubled-word", "Il va à la mer"),
        (Lang::En, "He saw the the sea", "doubled-word", "He saw the sea"),
        (Lang::Fr, "Ici,, là", "doubled-mark", "Ici, là"),
        (Lang::Fr, "Ici,. Là", "doubled-mark", "Ici. Là"),
        (Lang::Fr, "Rouge,vert", "missing-space", "Rouge, vert"),
        (Lang::En, "Red;green", "missing-space", "Red; green"),
        (
            Lang::Fr,
            "Paul, (son frère) dort",
            "comma-before-bracket",
            "Paul (son frère) dort",
        ),
        (
            Lang::Fr,
            "Paul (son frère dort.",
            "unclosed-pair",
            "Paul (son frère dort.",
        ),
        (
            Lang::Fr,
            "Paul dit « non et dort.",
            "unclosed-pair",
            "Paul dit « non et dort.",
        ),
    ] {
        let found = said(bad, &lang);
        assert_eq!(found.len(), 1, "{bad}: {found:?}");
        assert_eq!(found[0].rule, rule, "{bad}");
        assert_eq!(mended(bad, &found[0]), good);
    }
    for good in [
        "Nous nous voyons, vous vous taisez",
        "Il faut faire faire ce travail",
        "Baden Baden et Pago Pago",
        "1,5 ou 3,14 ; 1) un",
        "Un nom.de.fichier,v ou a,b",
        "a) un ; b) deux :)",
        "« Ce qui suit va de l’avant.",
        "Il y a a) et b).",
    ] {
        assert_eq!(said(good, &Lang::Fr), [], "{good}");
    }
    for good in ["He had had enough", "I know that that is so", "It is, it is true"] {
        assert_eq!(said(good, &Lang::En), [], "{good}");
    }
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
