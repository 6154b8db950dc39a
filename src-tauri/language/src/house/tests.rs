#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use edito_prose::passages;
use proptest::prelude::*;

use super::*;

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn term(preferred: &str, instead_of: &[&str]) -> Term {
    Term {
        preferred: preferred.into(),
        instead_of: texts(instead_of),
        ..Term::default()
    }
}

fn rules() -> HouseRules {
    HouseRules {
        terms: vec![
            Term {
                why: Some("l’acronyme arabe".into()),
                ..term("Daech", &["Daesh", "EI"])
            },
            term("État islamique", &["Califat islamique"]),
            Term {
                forms: [("digitale", "numérique"), ("digitaux", "numériques")]
                    .map(|(form, preferred)| (form.to_owned(), preferred.to_owned()))
                    .into(),
                except: texts(&["empreinte digitale"]),
                lang: Some("fr".into()),
                ..term("numérique", &["digital"])
            },
            term("courriel", &["mail", "e-mail"]),
        ],
        banned: vec![Banned {
            word: "sociétal".into(),
            forms: texts(&["sociétaux"]),
            except: texts(&["débat sociétal"]),
            why: Some("dire social".into()),
            ..Banned::default()
        }],
        capitals: ["Assemblée nationale", "chef d’État", "conseil municipal", "GitHub"]
            .map(|words| Capitals {
                words: words.into(),
                ..Capitals::default()
            })
            .into(),
        numbers: Some(Numbers {
            spell_out_below: 10,
            percent: Some(Percent::Sign),
            except: texts(&["voix"]),
        }),
        allowed: Vec::new(),
        quotations: None,
    }
}

fn said(text: &str, lang: &Lang) -> Vec<Hit> {
    hits(text, lang, false, &HouseStyle::of(&rules()))
}

fn mended(text: &str, hit: &Hit) -> String {
    let fix = hit.fixes.first().map_or(&text[hit.start..hit.end], String::as_str);
    format!("{}{fix}{}", &text[..hit.start], &text[hit.end..])
}

#[test]
fn what_the_desk_says_otherwise_is_mended() {
    for (lang, text, rule, mend) in [
        (
            Lang::Fr,
            "Le groupe Daesh recule",
            "house-term",
            "Le groupe Daech recule",
        ),
        (Lang::Fr, "DAESH recule", "house-term", "DAECH recule"),
        (Lang::Fr, "La chute d’EI", "house-term", "La chute de Daech"),
        (Lang::Fr, "La chute de l’EI", "house-term", "La chute de Daech"),
        (
            Lang::Fr,
            "La chute de Califat islamique",
            "house-term",
            "La chute d’État islamique",
        ),
        (Lang::Fr, "Un outil digital", "house-term", "Un outil numérique"),
        (Lang::Fr, "Des outils digitaux", "house-term", "Des outils numériques"),
        (Lang::Fr, "Trois mails", "house-term", "Trois courriels"),
        (Lang::Fr, "Mail reçu", "house-term", "Courriel reçu"),
        (Lang::Fr, "Un choix sociétal", "house-banned", "Un choix sociétal"),
        (Lang::Fr, "Un choix societal", "house-banned", "Un choix societal"),
        (Lang::Fr, "Des choix sociétaux", "house-banned", "Des choix sociétaux"),
        (
            Lang::Fr,
            "L’assemblée Nationale vote",
            "house-capitals",
            "L’Assemblée nationale vote",
        ),
        (Lang::Fr, "Le chef d'état", "house-capitals", "Le chef d'État"),
        (Lang::Fr, "Les chefs d’état", "house-capitals", "Les chefs d’État"),
        (Lang::Fr, "Chefs d'état réunis", "house-capitals", "Chefs d'État réunis"),
        (
            Lang::Fr,
            "Le Conseil Municipal vote",
            "house-capitals",
            "Le conseil municipal vote",
        ),
        (
            Lang::Fr,
            "Conseil Municipal du soir",
            "house-capitals",
            "Conseil municipal du soir",
        ),
        (Lang::En, "On Github it is", "house-capitals", "On GitHub it is"),
        (Lang::Fr, "Il a 3 enfants", "house-number", "Il a trois enfants"),
        (
            Lang::Fr,
            "Avec 3 enfants, il dort",
            "house-number",
            "Avec trois enfants, il dort",
        ),
        (
            Lang::Fr,
            "La ville compte 3 écoles",
            "house-number",
            "La ville compte trois écoles",
        ),
        (
            Lang::En,
            "In the last 3 chapters",
            "house-number",
            "In the last three chapters",
        ),
        (Lang::En, "She has 7 children", "house-number", "She has seven children"),
        (Lang::Fr, "Dix ou 12 pour cent", "house-number", "Dix ou 12\u{a0}%"),
        (Lang::En, "Some 12 percent", "house-number", "Some 12%"),
    ] {
        let found = said(text, &lang);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].rule, rule, "{text}");
        assert_eq!(mended(text, &found[0]), mend);
        if !found[0].fixes.is_empty() {
            assert!(said(mend, &lang).iter().all(|hit| hit.rule != rule), "{mend}");
        }
    }
    let daech = &said("Daesh", &Lang::Fr)[0];
    assert_eq!(daech.note.as_deref(), Some("Daech — l’acronyme arabe"));
}

#[test]
fn nothing_is_said_of_what_is_right_or_somebody_elses() {
    for text in [
        "Daech recule, et DAECH aussi",
        "Il a dit : « Daesh recule »",
        "Un ei de la langue",
        "Une empreinte digitale",
        "Un débat sociétal",
        "L’ASSEMBLÉE NATIONALE VOTE",
        "Conseil municipal du soir",
        "Le 3 mars, à 3 heures, page 3, 3 ans, 3 km, 3 %, 3,5 points, de 3 à 5 pièces, 3 sur 20",
        "Le G7, la loi n° 3 votée, Apollo 3 décolle, 2 voix",
        "1 enfant sur cinq",
        "Le train de 14 h 05 arrive, 05 minutes après",
        "En 12 leçons",
        "France 3 diffuse ce soir un débat",
        "Un ouragan de catégorie 5 touche la côte",
        "Dans le groupe 2 figurent les autres",
        "Il entre dans le top 5 mondial",
        "Au chapitre 4 figure la loi, page 7 aussi, et l’article 2 la précise",
        "Canal 3 ferme, la salle 4 aussi",
    ] {
        assert_eq!(said(text, &Lang::Fr), [], "{text}");
    }
    assert_eq!(said("A digital tool", &Lang::En), []);
    assert_eq!(
        hits("On the Conseil Municipal", &Lang::En, true, &HouseStyle::of(&rules())),
        []
    );
}

#[test]
fn sections_come_before_the_library() {
    let section = HouseRules {
        terms: vec![term("Daech", &["ISIS"])],
        quotations: Some(true),
        ..HouseRules::default()
    };
    let both = rules().within(&section);
    assert_eq!(both.terms.len(), rules().terms.len());
    assert_eq!(both.terms[0].instead_of, ["ISIS"]);
    assert_eq!(both.numbers, rules().numbers);
    let style = HouseStyle::of(&both);
    let found = hits("« ISIS et Daesh »", &Lang::Fr, false, &style);
    assert_eq!(found.len(), 1);
    assert!(HouseStyle::of(&HouseRules::default()).is_empty());
}

/// No fix leads to a word that another rule replaces.
#[test]
fn a_section_turns_a_term_round() {
    let turned = HouseRules {
        terms: vec![term("Daesh", &["Daech"])],
        ..HouseRules::default()
    };
    let style = HouseStyle::of(&rules().within(&turned));
    assert_eq!(hits("Daesh recule", &Lang::Fr, false, &style), []);
    let found = hits("Daech recule", &Lang::Fr, false, &style);
    assert_eq!(found.len(), 1);
    assert_eq!(mended("Daech recule", &found[0]), "Daesh recule");

    // Of two words that the library replaces a section writes one.
    let mail = HouseRules {
        terms: vec![term("mail", &["mél"])],
        ..HouseRules::default()
    };
    let style = HouseStyle::of(&rules().within(&mail));
    assert_eq!(hits("Un mail", &Lang::Fr, false, &style), []);
    assert_eq!(hits("Un e-mail", &Lang::Fr, false, &style)[0].fixes, ["courriel"]);

    let allowing = HouseRules {
        allowed: texts(&["EI", "sociétal", "conseil municipal"]),
        ..HouseRules::default()
    };
    let style = HouseStyle::of(&rules().within(&allowing));
    assert_eq!(
        hits("L’EI, un choix sociétal, Conseil Municipal", &Lang::Fr, false, &style),
        []
    );
    assert_eq!(hits("Daesh recule", &Lang::Fr, false, &style).len(), 1);
}

#[test]
fn advice_leads_to_the_source() {
    let source = "---\ntitle: Daesh\n---\n\nContre **Daesh**, `Daesh`, [Daesh](https://daesh.example).\n\n> Daesh\n";
    let style = HouseStyle::of(&rules());
    let found: Vec<_> = passages(source, &Lang::Fr)
        .iter()
        .flat_map(|passage| advise(passage, &style))
        .collect();
    assert_eq!(found.len(), 3);
    assert!(
        found
            .iter()
            .all(|advice| &source[advice.range.clone()] == "Daesh" && advice.kind == Kind::House)
    );
}

#[test]
fn hostile_texts_and_rules_end() {
    let style = HouseStyle::of(&HouseRules {
        terms: vec![term("a", &["a a a a a a a a b", "a", "", "«", "12"]), term("", &["x"])],
        banned: vec![Banned::default()],
        capitals: vec![Capitals {
            words: "a A".into(),
            except: texts(&["", "a a a a A"]),
            ..Capitals::default()
        }],
        numbers: Some(Numbers {
            spell_out_below: u32::MAX,
            ..Numbers::default()
        }),
        allowed: texts(&["", "x"]),
        quotations: Some(true),
    });
    for unit in ["a ", "A ", "3 pommes ", "12 %", "« ", "\u{fffc}"] {
        let text = unit.repeat(300_000 / unit.len());
        assert!(hits(&text, &Lang::Fr, false, &style).len() <= text.len());
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(\\PC{0,6}[ ,.'’]?(EI|d'EI|Daesh|mails|conseil Municipal|3 chats|12 pour cent|«)[ ]){0,8}", title: bool) {
        for lang in [Lang::Fr, Lang::En, Lang::Ar] {
            let mut last = 0;
            for hit in hits(&text, &lang, title, &HouseStyle::of(&rules())) {
                prop_assert!(hit.start >= last && hit.end > hit.start);
                prop_assert!(text.get(hit.start..hit.end).is_some());
                last = hit.end;
            }
        }
    }
}

#[test]
fn the_parts_of_a_ratio_are_written_alike() {
    for (lang, text) in [
        (Lang::Fr, "Ouvert 7 jours sur 7, toute l’année"),
        (Lang::Fr, "Dans ce pays, 1 homme sur 5 vote"),
        (Lang::Fr, "Près de 9 jeunes gens sur 10 votent"),
        (Lang::Fr, "Ouvert 24 h sur 24 et 7 jours sur 7"),
        (Lang::En, "Here some 9 doctors out of 10 agree"),
        (Lang::En, "And so 1 child in 5 reads"),
        (Lang::Fr, "Des chefs d’État réunis"),
    ] {
        let found = said(text, &lang);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
    assert_eq!(said("Il a 3 enfants sur 5 îles", &Lang::Fr).len(), 0);
    assert_eq!(said("She has 7 children in 3 schools", &Lang::En).len(), 2);
}
