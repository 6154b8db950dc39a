//! The rules of typography, by example and by what must hold for any text.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use edito_prose::fold::words;
use edito_prose::typography::corrections::{Correction, Rule, apply, corrections};
use edito_prose::{Lang, frontmatter};
use proptest::prelude::*;

/// Shows the spaces that can't be told apart.
fn shown(text: &str) -> String {
    text.replace('\u{a0}', "_").replace('\u{202f}', "~").replace('\n', "¶")
}

fn typed(text: &str) -> String {
    text.replace('_', "\u{a0}").replace('~', "\u{202f}").replace('¶', "\n")
}

#[test]
fn every_example_is_corrected_as_written() {
    let (mut wrong, mut counts) = (Vec::new(), BTreeMap::<String, (usize, usize)>::new());
    let (mut rule, mut lang) = (String::new(), Lang::Fr);
    for line in include_str!("data/corrections.txt").lines() {
        if line.is_empty() || line.starts_with("# ") {
            continue;
        }
        if let Some((name, tag)) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
            .and_then(|line| line.split_once(' '))
            && !line.contains("=>")
        {
            (rule, lang) = (name.to_owned(), Lang::from_tag(tag));
            continue;
        }
        let count = counts.entry(format!("{rule} {lang}")).or_default();
        let (before, after) = match line.strip_prefix("= ") {
            Some(text) => {
                count.1 += 1;
                (text, text)
            }
            None => {
                count.0 += 1;
                line.split_once(" => ").unwrap()
            }
        };
        let source = typed(before);
        let found = corrections(&source, &lang);
        let corrected = shown(&apply(&source, &found));
        let named = found.iter().any(|correction| correction.rule.id() == rule);
        if corrected != after || (before != after && !named) {
            wrong.push(format!(
                "[{rule} {lang}] {before}\n    {corrected}\n    {after} {named}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    for (rule, (right, untouched)) in &counts {
        assert!(
            *right >= 6 && *untouched >= 2 && *right + *untouched >= 8,
            "{rule}: {right} right, {untouched} wrong"
        );
    }
}

/// Blocks and phrases are held to the rules of the language that is declared of them, and to none where that is not known.
#[test]
fn what_is_declared_decides() {
    let cases = [
        (
            "L'eau \"va\" !¶¶<div lang=\"en\">¶¶It's \"late\" !¶¶</div>¶¶L'eau ?¶",
            "L’eau «_va_»~!¶¶<div lang=\"en\">¶¶It’s “late”!¶¶</div>¶¶L’eau~?¶",
        ),
        (
            "<div lang=\"de\">¶¶Ist's \"so\" ?¶¶</div>¶¶<div lang=\"\">¶¶L'eau ?¶¶</div>¶",
            "<div lang=\"de\">¶¶Ist's \"so\" ?¶¶</div>¶¶<div lang=\"\">¶¶L'eau ?¶¶</div>¶",
        ),
        (
            "<div lang=\"fr\">¶¶The council voted for the motion that was on the table, wasn't it ?¶¶</div>¶",
            "<div lang=\"fr\">¶¶The council voted for the motion that was on the table, wasn’t it~?¶¶</div>¶",
        ),
        (
            "Il dit \"<span lang=\"en\">it's \"so\" ; yes?</span>\" !¶",
            "Il dit «_<span lang=\"en\">it’s “so”; yes?</span>_»~!¶",
        ),
        (
            "L'<i lang=\"de\">Ist's so ?</i> d'hier, <i lang=\"fr\">l'eau ?</i>¶",
            "L’<i lang=\"de\">Ist's so ?</i> d’hier, <i lang=\"fr\">l’eau~?</i>¶",
        ),
        (
            "<div lang=\"ar\">¶¶قال ذلك, ثم مضى?¶¶</div>¶",
            "<div lang=\"ar\">¶¶قال ذلك، ثم مضى؟¶¶</div>¶",
        ),
    ];
    for (before, after) in cases {
        let source = typed(before);
        let corrected = apply(&source, &corrections(&source, &Lang::Fr));
        assert_eq!(shown(&corrected), after);
        assert_eq!(corrections(&corrected, &Lang::Fr), [], "{after}");
    }
}

#[test]
fn titles_and_standfirsts_are_texts_too() {
    let source = "---\ntitle: L'eau, vraiment ?\nlang: fr\ntags: [l'eau]\nsection: l'eau ?\nteaser: 'L''eau : « oui »'\n\
                  standfirst: \"Il dit \\\"oui\\\"...\"\n---\n\nL'eau ?\n";
    let found = corrections(source, &Lang::Fr);
    let corrected = apply(source, &found);
    let expected = "---¶title: L’eau, vraiment~?¶lang: fr¶tags: [l'eau]¶section: l'eau ?¶teaser: 'L’eau_: «_oui_»'¶\
                    standfirst: \"Il dit «_oui_»…\"¶---¶¶L’eau~?¶";
    assert_eq!(shown(&corrected), expected);
    let front = frontmatter::read(&corrected);
    assert_eq!(
        front.standfirst.as_deref().map(shown).as_deref(),
        Some("Il dit «_oui_»…")
    );
    assert!(front.problems.is_empty());

    let source = "+++\ntitle = \"L'eau\"\nteaser = 'Oui ?'\n[extra]\ntitle = \"l'eau\"\n+++\n";
    let corrected = apply(source, &corrections(source, &Lang::Fr));
    assert_eq!(
        shown(&corrected),
        "+++¶title = \"L’eau\"¶teaser = 'Oui~?'¶[extra]¶title = \"l'eau\"¶+++¶"
    );

    let source = "---\ntitle: Oui\nstandfirst: >\n  L'eau\n  qui dort ?\n\n  Non !\nlang: fr\n---\n";
    let corrected = apply(source, &corrections(source, &Lang::Fr));
    assert_eq!(
        shown(&corrected),
        "---¶title: Oui¶standfirst: >¶  L’eau¶  qui dort~?¶¶  Non~!¶lang: fr¶---¶"
    );
}

#[test]
fn each_paragraph_has_the_rules_of_its_own_language() {
    let source = "Il dit : \"Oui\".\n\nThe council said that \"it was for the motion\" and that was it.\n\nهل هذا صحيح? نعم, هذا صحيح\n";
    let corrected = apply(source, &corrections(source, &Lang::Fr));
    assert_eq!(
        shown(&corrected),
        "Il dit_: «_Oui_».¶¶The council said that “it was for the motion” and that was it.¶¶هل هذا صحيح؟ نعم، هذا صحيح¶"
    );
}

#[test]
fn a_language_without_rules_is_left_alone() {
    assert!(corrections("Ja \"genau\"... ?", &Lang::Other("de".into())).is_empty());
}

/// A megabyte in one paragraph and in many, and of nothing but what rules look for.
#[test]
fn long_texts_are_read_once() {
    for unit in [
        "\"",
        "\"a",
        "'a ",
        "« ",
        "{++",
        "[@",
        "$a",
        "...",
        "-- a ",
        "1 000 ",
        "a ? ",
        "::",
        ":",
        "A la. ",
        "x\n\n\"Oui\" ? ",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let found = corrections(&text, &Lang::Fr);
        assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    }
}

fn lang() -> impl Strategy<Value = Lang> {
    prop_oneof![Just(Lang::Fr), Just(Lang::En), Just(Lang::Ar)]
}

/// What is left of a text when typography is taken away.
fn bare(text: &str, found: &[Correction]) -> Vec<String> {
    let letters = |correction: &&Correction| !matches!(correction.rule, Rule::Ordinal | Rule::Century);
    let kept: Vec<Correction> = found.iter().filter(letters).cloned().collect();
    let corrected = apply(text, &kept);
    // Digits that a thin space parts are one number, and a dash parts two words.
    let folded: String = words(&corrected).map(|word| word.folded.into_owned()).collect();
    vec![folded]
}

/// How a text is built: its rendering without its words.
fn tags(text: &str) -> Vec<String> {
    let html = edito_prose::render(
        text,
        &edito_prose::RenderContext {
            lang: Lang::Other("und".into()),
            typography: false,
            resolve_link: &|_, _| edito_prose::LinkTarget::Missing,
            resolve_image: &|_| None,
            footnote_label: "Notes",
            citations: None,
        },
    );
    let tag = |piece: &str| {
        piece
            .split('>')
            .next()
            .unwrap_or_default()
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    html.split('<').skip(1).map(tag).collect()
}

const PROSE: &str = "([a-zéA-Z]{1,4}|Etat|A la|Ca va|1ère|XIXème siècle|[ ]{1,2}|[ ]|\u{a0}|\u{202f}|[\"'«»“”’!?;:.,%€°]|\\.\\.\\.|--|— |\
                     [0-9]{1,4}|\\*|\\*\\*|_|`|\\[|\\]\\(a\\)|\\]|\\[\\^1\\]|\\{\\+\\+|\\+\\+\\}|\\{--|--\\}|\\$|~~|\\\\|&nbsp;|<b>|\n|\n\n|\n- |\n> |\n# |\n\\| a \\| b \\|\n|-|---\n|هل|نعم|\\?|,){0,40}";

fn check(text: &str, lang: &Lang, taken: &[bool]) -> Result<(), TestCaseError> {
    let found = corrections(text, lang);
    for pair in found.windows(2) {
        prop_assert!(pair[0].range.end <= pair[1].range.start, "{:?}", found);
    }
    for correction in &found {
        let before = text.get(correction.range.clone());
        prop_assert!(before.is_some_and(|before| !before.is_empty() && before != correction.replacement));
        prop_assert!(!correction.replacement.is_empty());
    }
    let corrected = apply(text, &found);
    prop_assert_eq!(bare(text, &[]), bare(text, &found));
    prop_assert_eq!(tags(text), tags(&corrected));
    let again = corrections(&corrected, lang);
    prop_assert!(again.is_empty(), "{:?} then {:?}", shown(&corrected), again);
    // Some alone: what was not taken is still offered or needed no more, and nothing else is broken.
    let some: Vec<Correction> = found
        .iter()
        .zip(taken.iter().cycle())
        .filter(|(_, taken)| **taken)
        .map(|(one, _)| one.clone())
        .collect();
    let partly = apply(text, &some);
    prop_assert_eq!(bare(text, &[]), bare(text, &some));
    let rest = apply(&partly, &corrections(&partly, lang));
    prop_assert!(corrections(&rest, lang).is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn all_made_leave_none(text in PROSE, lang in lang(), taken in prop::collection::vec(any::<bool>(), 1..6)) {
        check(&text, &lang, &taken)?;
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}", lang in lang()) {
        check(&text, &lang, &[true, false])?;
    }

    #[test]
    fn any_front_matter_is_read(value in "[a-z\"' «»?:!.#\\\\-]{0,20}", lang in lang()) {
        let text = format!("---\ntitle: {value}\nlang: fr\n---\nOui ?\n");
        let corrected = apply(&text, &corrections(&text, &lang));
        let (before, after) = (frontmatter::read(&text), frontmatter::read(&corrected));
        prop_assert_eq!(before.lang, after.lang);
        prop_assert_eq!(before.problems, after.problems);
        prop_assert_eq!(before.title.is_some(), after.title.is_some());
        prop_assert!(corrections(&corrected, &lang).is_empty());
    }
}

/// What the editor sets while one types is what the whole text would be corrected to.
#[test]
fn what_is_set_while_typing_needs_no_correction() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("../src/typography/typing.txt").lines() {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        // What else a whole text would be corrected to is marked.
        let [lang, _, wanted] = parts.as_slice() else { continue };
        if lang.starts_with('#') {
            continue;
        }
        count += 1;
        let text = typed(wanted);
        for correction in corrections(&text, &Lang::from_tag(lang)) {
            wrong.push(format!(
                "{wanted}: {:?} {}",
                correction.rule,
                shown(&correction.replacement)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 20);
}
