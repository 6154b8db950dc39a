#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;

/// A citation as one line: what it was written as, then its works.
fn shown(text: &str) -> Vec<String> {
    let each = |citation: Citation| {
        let items: Vec<String> = citation
            .items
            .iter()
            .map(|item| {
                let locator = item.locator.as_ref().map(|one| format!("{}={}", one.kind, one.value));
                format!(
                    "{}<{}{}>{}{}",
                    item.prefix,
                    if item.without_author { "-" } else { "" },
                    item.key,
                    locator.map(|one| format!("({one})")).unwrap_or_default(),
                    item.suffix
                )
            })
            .collect();
        let sign = if citation.in_text { "@" } else { "" };
        format!("{} → {sign}{}", &text[citation.range.clone()], items.join(" | "))
    };
    citations(text).into_iter().map(each).collect()
}

#[test]
fn citations_are_read_as_pandoc_reads_them() {
    let cases: &[(&str, &[&str])] = &[
        ("Dit-elle [@arendt1958].", &["[@arendt1958] → <arendt1958>"]),
        (
            "[@a, p. 12; voir aussi @b, chap. 3 et 4, passim]",
            &["[@a, p. 12; voir aussi @b, chap. 3 et 4, passim] → <a>(page=12) | voir aussi <b>(chapter=3, 4), passim"],
        ),
        (
            "Arendt [-@arendt, 12-15]",
            &["[-@arendt, 12-15] → <-arendt>(page=12-15)"],
        ),
        (
            "Selon @arendt:1958 [p. iv], oui.",
            &["@arendt:1958 [p. iv] → @<arendt:1958>(page=iv)"],
        ),
        ("Selon @arendt_b.", &["@arendt_b → @<arendt_b>"]),
        (
            "[@{https://x.fr/a b}, § 4]",
            &["[@{https://x.fr/a b}, § 4] → <https://x.fr/a b>, § 4"],
        ),
        (
            "[@a, vol.\u{a0}2, p. 3]",
            &["[@a, vol.\u{a0}2, p. 3] → <a>(volume=2), p. 3"],
        ),
        (
            "[@a, {annexe B}, fin]",
            &["[@a, {annexe B}, fin] → <a>(page=annexe B), fin"],
        ),
        ("[cf. @a, la fin]", &["[cf. @a, la fin] → cf. <a>, la fin"]),
        ("[@a,\np. 12]", &["[@a,\np. 12] → <a>(page=12)"]),
        ("> [@a,\n> pages 1 et 2]", &["[@a,\n> pages 1 et 2] → <a>(page=1, 2)"]),
        ("Note[^1].\n\n[^1]: Voir [@a].\n", &["[@a] → <a>"]),
        ("*Voir [@a]*, **[@b]**", &["[@a] → <a>", "[@b] → <b>"]),
        // No citations.
        ("a@b.fr, `[@a]`, [@a](x.md), ![@a](x.png), [[@a]]", &[]),
        ("\\@a, [\\@a], [a; b], [a], @, [@], @-a", &[]),
        ("[@a; rien]", &["@a → @<a>"]),
        ("[@a [b]]", &["@a → @<a>"]),
        ("```\n[@a]\n```\n", &[]),
        ("---\nauthor: \"[@a]\"\n---\nRien.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(&shown(text), expected, "{text}");
    }
}

#[test]
fn marks_of_citations_are_no_words() {
    assert_eq!(
        without_marks("Dit-elle [@a, p. 3]. Puis @b [@c].").unwrap(),
        "Dit-elle. Puis @b."
    );
    assert_eq!(without_marks("Rien [sic] @b"), None);
    assert_eq!(without_marks("rien"), None);
}

proptest::proptest! {
    /// Whatever is typed, places are those of what was written, in order or unknown.
    #[test]
    fn places_hold(text in "([a-c@;,\\[\\]\\- \n*>`{}\\\\é]|@a|p\\. 1|\\[@){0,40}") {
        for citation in citations(&text) {
            let written = text.get(citation.range.clone()).unwrap();
            if !written.is_empty() {
                proptest::prop_assert!(written.starts_with(if citation.in_text { '@' } else { '[' }), "{text:?} {written:?}");
            }
            proptest::prop_assert!(!citation.items.is_empty());
        }
        let _ = without_marks(&text);
    }
}
