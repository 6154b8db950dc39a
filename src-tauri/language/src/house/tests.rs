#![allow(clippy::unwrap_used, clippy::panic)]

use edito_prose::passages;
use proptest::prelude::*;

use super::*;

fn style() -> HouseStyle {
    let term = |preferred: &str, not: &[&str], lang: Option<Lang>| Term {
        preferred: preferred.to_owned(),
        not: not.iter().map(|word| (*word).to_owned()).collect(),
        why: None,
        lang,
    };
    HouseStyle {
        terms: vec![
            term("Daech", &["Daesh", "EI", "Isis", "État islamique"], None),
            term("courriel", &["mail"], Some(Lang::Fr)),
            term("exilé", &["migrant"], Some(Lang::Fr)),
            term("use", &["utilisation"], Some(Lang::En)),
        ],
        banned: vec![Banned {
            word: "ubuesque".into(),
            why: Some("trop dit".into()),
            lang: None,
        }],
        capitals: vec!["État".into(), "Assemblée nationale".into()],
        spell_out_below: 10,
        quotations: false,
    }
}

fn advised(style: &Readied, text: &str, lang: &Lang) -> Vec<Advice> {
    passages(text, lang)
        .iter()
        .flat_map(|passage| style.advise(passage))
        .collect()
}

fn fixed(text: &str, advice: &[Advice]) -> String {
    let mut fixed = text.to_owned();
    for one in advice.iter().rev() {
        if let Some(fix) = one.fixes.first() {
            fixed.replace_range(one.range.clone(), fix);
        }
    }
    fixed
}

#[test]
fn examples_are_as_written() {
    let style = Readied::new(style());
    let (mut wrong, mut count) = (Vec::new(), 0);
    for line in include_str!("../../tests/data/house.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        count += 1;
        let (mark, rest) = match line.split_once(' ') {
            Some((mark @ ("=" | "x"), rest)) => (mark, rest),
            _ => ("", line),
        };
        let (lang, rest) = rest.split_once(" | ").unwrap();
        let (before, after) = rest.split_once(" => ").unwrap_or((rest, rest));
        let advice = advised(&style, before, &Lang::from_tag(lang));
        let found = fixed(before, &advice);
        let right = match mark {
            "=" => advice.is_empty(),
            "x" => advice.len() == 1 && advice.iter().all(|one| one.fixes.is_empty()),
            _ => found == after && advice.iter().all(|one| !one.fixes.is_empty()),
        };
        if !right {
            wrong.push(format!("{line}\n   {found}   {advice:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 25);
}

#[test]
fn a_section_speaks_before_the_house() {
    let own = HouseStyle {
        terms: vec![Term {
            preferred: "État islamique".into(),
            not: vec!["Daesh".into(), "Daech".into()],
            ..Term::default()
        }],
        ..HouseStyle::default()
    };
    let both = Readied::new(own.over(&style()));
    let text = "Daesh et un mail, 3 voisins.";
    assert_eq!(
        fixed(text, &advised(&both, text, &Lang::Fr)),
        "État islamique et un courriel, trois voisins."
    );
}

#[test]
fn quotations_are_held_to_it_on_request() {
    let style = Readied::new(HouseStyle {
        quotations: true,
        ..style()
    });
    let text = "Il dit : « Daesh. »\n\n> Daesh.\n";
    assert_eq!(advised(&style, text, &Lang::Fr).len(), 2);
}

proptest! {
    #[test]
    fn any_text_and_any_style_are_read(text in "[ \\n>«»\"’'a-cÉé3.,-]{0,120}", terms in prop::collection::vec("[ '’a-cÉé3-]{0,8}", 0..6), preferred in "[ a-cÉ]{0,6}") {
        let style = Readied::new(HouseStyle {
            terms: vec![Term { preferred, not: terms.clone(), ..Term::default() }],
            banned: terms.iter().map(|word| Banned { word: word.clone(), ..Banned::default() }).collect(),
            capitals: terms,
            spell_out_below: 30,
            quotations: false,
        });
        for advice in advised(&style, &text, &Lang::Fr) {
            prop_assert!(text.get(advice.range.clone()).is_some_and(|words| !words.is_empty()));
        }
    }

    /// What was fixed is not found again.
    #[test]
    fn fixes_settle(words in prop::collection::vec(prop::sample::select(vec!["Daesh", "mail", "mails", "l’état", "le migrant", "d’Isis", "3 voisins", "chat", "de mail", "migrants"]), 1..12)) {
        let style = Readied::new(style());
        let mut text = format!("On voit {}.", words.join(" chez "));
        for _ in 0..4 {
            text = fixed(&text, &advised(&style, &text, &Lang::Fr));
        }
        prop_assert_eq!(advised(&style, &text, &Lang::Fr), vec![]);
    }
}
