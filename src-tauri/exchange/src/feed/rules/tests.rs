#![allow(clippy::unwrap_used)]

use edito_prose::Author;
use proptest::prelude::*;

use super::*;

fn item() -> Item {
    Item {
        title: Some("L’été à l’École : ce que vaut une moyenne".into()),
        authors: vec![
            Author {
                name: "Anne-Marie Lévêque".into(),
                function: None,
            },
            Author {
                name: "Paul Martin".into(),
                function: None,
            },
        ],
        content: Some(
            "<p>La <b>publicité</b> n’est pas le sujet&nbsp;; <a href='https://sport.fr'>le reste</a> non plus.</p>"
                .into(),
        ),
        summary: Some("<p>Résumé</p>".into()),
        tags: vec!["Éducation nationale".into()],
        ..Item::default()
    }
}

fn rule(when: When, place: Place, action: Action) -> Rule {
    Rule {
        when,
        place,
        feed: None,
        action,
    }
}

fn judged(rules: &[Rule]) -> Verdict {
    let (rules, wrong) = Rules::new(rules);
    assert_eq!(wrong, []);
    rules.judge(&item(), "https://exemple.fr/rss?utm_source=x", "Le Journal des écoles")
}

#[test]
fn words_are_found_where_they_are_looked_for() {
    for (words, place, found) in [
        ("ecole", Place::Title, Some((Place::Title, "École"))),
        ("ÉTÉ moyenne", Place::Title, Some((Place::Title, "été … moyenne"))),
        ("été hiver", Place::Title, None),
        ("moyen", Place::Title, None),
        ("moyen*", Place::Title, Some((Place::Title, "moyenne"))),
        (
            "\"vaut une moyenne\"",
            Place::Title,
            Some((Place::Title, "vaut une moyenne")),
        ),
        ("« moyenne vaut »", Place::Title, None),
        ("leveque", Place::Author, Some((Place::Author, "Lévêque"))),
        ("\"anne marie\"", Place::Author, Some((Place::Author, "Anne-Marie"))),
        (
            "\"lévêque paul\"",
            Place::Author,
            Some((Place::Author, "Lévêque ; Paul")),
        ),
        ("publicite", Place::Content, Some((Place::Content, "publicité"))),
        ("résumé", Place::Content, Some((Place::Content, "Résumé"))),
        ("sport", Place::Content, None),
        ("journal", Place::Feed, Some((Place::Feed, "Journal"))),
        ("journal", Place::Title, None),
        ("nationale", Place::Any, Some((Place::Any, "nationale"))),
        ("école publicité", Place::Any, Some((Place::Title, "École … publicité"))),
    ] {
        let verdict = judged(&[rule(When::Words(words.into()), place, Action::Mute)]);
        let reason = verdict
            .reasons
            .first()
            .map(|reason| (reason.place, reason.words.as_str()));
        assert_eq!(reason, found, "{words}");
        assert_eq!(verdict.muted, found.is_some());
    }
}

#[test]
fn expressions_are_found_in_any_case() {
    for (expression, found) in [
        ("^l.été", Some("L’été")),
        (r"\bmoyennes?\b", Some("moyenne")),
        ("(?-i)ÉCOLE", None),
        ("hiver|publicit.", Some("publicité")),
        (r"moyenn\w{1,20}", Some("moyenne")),
        ("x*", None),
    ] {
        let verdict = judged(&[rule(When::Regex(expression.into()), Place::Any, Action::Mute)]);
        let words = verdict.reasons.first().map(|reason| reason.words.as_str());
        assert_eq!(words, found, "{expression}");
    }
}

#[test]
fn what_is_kept_is_not_muted_and_tags_add_up() {
    let words = |words: &str| When::Words(words.into());
    let verdict = judged(&[
        rule(words("école"), Place::Any, Action::Mute),
        rule(words("martin"), Place::Author, Action::Keep),
        rule(words("moyenne"), Place::Title, Action::Tag("chiffres".into())),
        rule(words("été"), Place::Title, Action::Tag("saison".into())),
        rule(words("école"), Place::Title, Action::Tag("saison".into())),
        rule(words("absent"), Place::Title, Action::Tag("jamais".into())),
    ]);
    assert!(!verdict.muted && verdict.kept);
    assert_eq!(verdict.tags, ["chiffres", "saison"]);
    let rules: Vec<usize> = verdict.reasons.iter().map(|reason| reason.rule).collect();
    assert_eq!(rules, [0, 1, 2, 3, 4]);
    assert_eq!(judged(&[]), Verdict::default());
}

#[test]
fn a_rule_may_be_for_one_feed() {
    for (feed, applies) in [
        ("https://exemple.fr/rss", true),
        ("http://EXEMPLE.fr/rss/", true),
        ("https://exemple.fr/autre", false),
    ] {
        let rule = Rule {
            feed: Some(feed.into()),
            ..rule(When::Words("école".into()), Place::Any, Action::Mute)
        };
        assert_eq!(judged(&[rule]).muted, applies, "{feed}");
    }
}

#[test]
fn rules_that_cannot_be_used_are_told_and_left_out() {
    let rules = [
        rule(When::Words(" \" ! ".into()), Place::Any, Action::Mute),
        rule(When::Regex("(".into()), Place::Any, Action::Mute),
        rule(When::Regex("(a{1000}){1000}".into()), Place::Any, Action::Mute),
        rule(When::Regex("a".repeat(2_000)), Place::Any, Action::Mute),
        rule(
            When::Regex(format!("{}a{}", "(".repeat(300), ")".repeat(300))),
            Place::Any,
            Action::Mute,
        ),
        rule(When::Words("école".into()), Place::Any, Action::Mute),
    ];
    let (ready, wrong) = Rules::new(&rules);
    let kinds: Vec<(usize, bool)> = wrong
        .iter()
        .map(|(index, error)| (*index, matches!(error, RuleError::TooLarge)))
        .collect();
    assert_eq!(kinds, [(0, false), (1, false), (2, true), (3, true), (4, false)]);
    assert!(matches!(rules[1].check(), Err(RuleError::Syntax(_))));
    let verdict = ready.judge(&item(), "", "");
    assert_eq!(verdict.reasons[0].rule, 5);
}

#[test]
fn hostile_expressions_and_texts_take_bounded_time() {
    let hostile = Item {
        title: Some("a".repeat(100_000)),
        content: Some("<p>a b</p>".repeat(200_000)),
        ..Item::default()
    };
    let rules: Vec<Rule> = ["(a+)+$b", "(a|aa)*c", "(.*)(.*)(.*)x", "(?:a?){50}a{50}z"]
        .iter()
        .map(|expression| rule(When::Regex((*expression).into()), Place::Any, Action::Mute))
        .collect();
    let (ready, _) = Rules::new(&rules);
    assert!(!ready.judge(&hostile, "", "").muted);
}

#[test]
fn rules_are_written_as_people_would() {
    let written = r#"{"when":{"words":"école"},"place":"title","do":{"tag":"à lire"}}"#;
    let rule: Rule = serde_json::from_str(written).unwrap();
    assert_eq!(rule.action, Action::Tag("à lire".into()));
    assert_eq!(serde_json::to_string(&rule).unwrap(), written);
    let short: Rule = serde_json::from_str(r#"{"when":{"regex":"x"},"do":"mute"}"#).unwrap();
    assert_eq!((short.place, short.feed), (Place::Any, None));
}

proptest! {
    #[test]
    fn any_words_and_expressions_are_survived(text in "\\PC{0,30}", title in "\\PC{0,40}") {
        let rules = [
            rule(When::Words(text.clone()), Place::Any, Action::Mute),
            rule(When::Regex(text), Place::Any, Action::Mute),
        ];
        let item = Item { title: Some(title), ..Item::default() };
        Rules::new(&rules).0.judge(&item, "", "");
    }

    #[test]
    fn a_title_has_each_of_its_words(title in "[a-zéà’ -]{1,40}", pick in any::<usize>()) {
        let all: Vec<String> = words(&title).map(|word| title[word.start..word.end].to_owned()).collect();
        prop_assume!(!all.is_empty());
        let word = &all[pick % all.len()];
        let (rules, _) = Rules::new(&[rule(When::Words(format!("\"{word}\"")), Place::Title, Action::Mute)]);
        let item = Item { title: Some(title), ..Item::default() };
        prop_assert!(rules.judge(&item, "", "").muted);
    }
}
