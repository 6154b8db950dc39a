#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use proptest::prelude::*;

/// Options: `e` expression, `c` case, `w` whole words, `a` any accents, `t` any typography, `f` front matter.
fn found(options: &str, wanted: &str, replacement: &str, text: &str) -> (String, Vec<bool>, usize) {
    let pattern = pattern(options, wanted).unwrap();
    let found = changes(text, &pattern, replacement, options.contains('f'));
    let prose = found.changes.iter().map(|change| change.prose).collect();
    (apply(text, &found.changes), prose, found.unsound)
}

fn pattern(options: &str, wanted: &str) -> Result<Pattern, PatternError> {
    Pattern::new(&Wanted {
        text: wanted.to_owned(),
        expression: options.contains('e'),
        case: options.contains('c'),
        whole_words: options.contains('w'),
        any_accents: options.contains('a'),
        any_typography: options.contains('t'),
    })
}

#[test]
fn what_is_found_and_what_stands_there() {
    for (options, wanted, replacement, text, expected) in [
        ("", "daesh", "Daech", "Daesh et daesh.", "Daech et Daech."),
        ("c", "Daesh", "Daech", "Daesh et daesh.", "Daech et daesh."),
        ("", "ete", "x", "été ete", "été x"),
        ("", "élève", "x", "un e\u{301}le\u{300}ve, un élève", "un x, un x"),
        (
            "",
            "e\u{301}le\u{300}ve",
            "x",
            "un e\u{301}le\u{300}ve, un Élève",
            "un x, un x",
        ),
        (
            "c",
            "Été",
            "É",
            "E\u{301}te\u{301} e\u{301}te\u{301} n\u{303}",
            "É e\u{301}te\u{301} n\u{303}",
        ),
        (
            "w",
            "été",
            "x",
            "e\u{301}te\u{301}s e\u{301}te\u{301}",
            "e\u{301}te\u{301}s x",
        ),
        (
            "",
            "ete",
            "x",
            "e\u{301}te\u{301} ete\u{301} ete",
            "e\u{301}te\u{301} ete\u{301} x",
        ),
        ("t", "l'été", "x", "l’e\u{301}te\u{301}", "x"),
        ("", "\u{212b}", "x", "\u{212b} Å", "x x"),
        ("a", "ete", "x", "été ete e\u{301}te\u{301}", "x x x"),
        ("a", "œuvre", "x", "Œuvre, oeuvre", "x, x"),
        ("a", "oeuvre", "x", "œuvre OEUVRE", "x x"),
        ("", "l'eau", "x", "l’eau l'eau", "l’eau x"),
        ("t", "l'eau", "x", "l’eau l'eau", "x x"),
        ("t", "mot :", "x", "un mot\u{202f}: et mot :", "un x et x"),
        ("w", "le", "x", "le lent, le élé", "x lent, x élé"),
        ("w", "été", "x", "l’été, étés", "l’x, étés"),
        ("", "a.c", "$1\\n$&", "abc a.c", "abc $1\\n$&"),
        ("e", "a.c", "x", "abc a.c", "x x"),
        ("e", r"(\w+) (\w+)", "$2 $1", "un deux", "deux un"),
        ("e", "(a)", "$1$2$10$$$&", "a", "a$2a0$a"),
        ("e", r"(?<nom>b+)", r"<$1>\t\\", "abb", "a<bb>\t\\"),
        ("e", "^", "x", "a\nb", "a\nb"),
        ("e", "^b", "x", "a\nb", "a\nx"),
        ("e", r"a\s+b", "x", "a b a\nb", "x a\nb"),
        ("", "مجلس", "هيئة", "في مجلس الأمن", "في هيئة الأمن"),
    ] {
        let (changed, ..) = found(options, wanted, replacement, text);
        assert_eq!(changed, expected, "{options} {wanted}");
    }
}

#[test]
fn what_is_no_pattern_is_told() {
    assert_eq!(pattern("", "").unwrap_err(), PatternError::Empty);
    for wanted in ["(", "(?=a)", r"(a)\1", "[", "*"] {
        assert!(matches!(pattern("e", wanted), Err(PatternError::Syntax(why)) if !why.is_empty()));
    }
    assert_eq!(pattern("e", "((a{99}){99}){99}").unwrap_err(), PatternError::TooBig);
}

#[test]
fn code_and_addresses_are_told_from_prose() {
    let text = "Daesh, *Daesh*, `Daesh`, [Daesh](https://a.example/daesh) ![Daesh](daesh.png)\n\n```\nDaesh\n```\n\n> Daesh[^daesh]\n\n[^daesh]: Daesh\n";
    let (_, prose, _) = found("", "daesh", "Daech", text);
    assert_eq!(
        prose,
        [
            true, true, false, true, false, true, false, false, true, false, false, true
        ]
    );
    let (changed, prose, _) = found("e", r"\*(\w+)\*", "_$1_", "un *mot* ici");
    assert_eq!((changed.as_str(), prose), ("un _mot_ ici", vec![true]));
}

#[test]
fn the_front_matter_stays_sound() {
    let text = "---\nid: 0198c1a8-5b5e-7c3a-9d42-8f1a2b3c4d5e\ntitle: Le Daesh\ntags: [daesh]\n---\n\nDaesh\n";
    let (changed, _, unsound) = found("", "daesh", "Daech", text);
    assert_eq!(
        (changed, unsound),
        (text.replace("\nDaesh\n", "\nDaech\n"), 0),
        "only on request"
    );
    let (changed, _, unsound) = found("f", "daesh", "Daech", text);
    assert!(changed.contains("title: Le Daech\ntags: [Daech]") && unsound == 0);
    for (wanted, replacement) in [
        ("Le", "["),
        ("Le", "a: b"),
        ("0198c1a8", "0198c1a9"),
        ("title", "titre: x\nt"),
    ] {
        let (changed, _, unsound) = found("fc", wanted, replacement, text);
        assert_eq!((changed.as_str(), unsound), (text, 1), "{wanted} → {replacement}");
    }
}

#[test]
fn places_know_their_lines_and_what_is_around_them() {
    let text = "---\ntitle: x\n---\n\nun mot\n\nun autre mot au milieu de la ligne, puis rien\n";
    let found = changes(text, &pattern("", "mot").unwrap(), "x", false);
    let lines: Vec<u32> = found.changes.iter().map(|change| change.line).collect();
    assert_eq!(lines, [5, 7]);
    assert_eq!(surroundings(text, &found.changes[0].range, 40), ("un ", ""));
    assert_eq!(
        surroundings(text, &found.changes[1].range, 12),
        ("un autre ", " au milieu")
    );
}

proptest! {
    #[test]
    fn only_the_places_change(text in "(\\PC|[ab\n`*\\[\\]()]){0,80}", options in "[ecwatf]{0,4}", wanted in "[ab.*é' ]{1,4}") {
        if let Ok(pattern) = pattern(&options, &wanted) {
            let found = changes(&text, &pattern, "<$&>", options.contains('f'));
            let mut last = 0;
            for change in &found.changes {
                prop_assert!(last <= change.range.start && change.range.start < change.range.end);
                last = change.range.end;
                let (before, after) = surroundings(&text, &change.range, 5);
                prop_assert!(before.chars().count() <= 6 && after.chars().count() <= 5);
            }
            // Taking back what was put in gives the text again.
            let changed = apply(&text, &found.changes);
            let mut moved = 0isize;
            let mut back = Vec::new();
            for change in &found.changes {
                let start = change.range.start.saturating_add_signed(moved);
                moved += change.after.len() as isize - change.range.len() as isize;
                back.push(Change { range: start..start + change.after.len(), after: text[change.range.clone()].to_owned(), ..change.clone() });
            }
            prop_assert_eq!(apply(&changed, &back), text);
        }
    }
}

#[test]
fn expressions_end_at_the_ends_of_lines_and_of_patience() {
    let found = |expression: &str, text: &str, replacement: &str| {
        let wanted = Wanted {
            text: expression.to_owned(),
            expression: true,
            ..Wanted::default()
        };
        let found = changes(text, &Pattern::new(&wanted).unwrap(), replacement, false);
        (apply(text, &found.changes), found.unfinished)
    };
    assert_eq!(
        found(r"\s+$", "un \n\ndeux\t\n", ""),
        ("un\n\ndeux\n".to_owned(), false)
    );
    assert_eq!(
        found(r"(?s)n.*", "un\n\ndeux\n", "x"),
        ("ux\n\ndeux\n".to_owned(), false)
    );
    // Looks to the end of the line from each letter.
    let long = "a".repeat(3_000_000);
    assert_eq!(found(r".*[^a]|a", &long, "b"), (long.clone(), true));
    // So many that nobody reads them.
    let many = "a\n".repeat(300_000);
    assert_eq!(found("a", &many, "b"), (many.clone(), true));
}

#[test]
fn a_replacement_has_the_line_ends_of_a_text_that_is_edited() {
    for (expression, replacement) in [(true, r"x\r\ny\rz"), (false, "x\r\ny\rz")] {
        let wanted = Wanted {
            text: "a".to_owned(),
            expression,
            ..Wanted::default()
        };
        let found = changes("a\n", &Pattern::new(&wanted).unwrap(), replacement, false);
        assert_eq!(found.changes[0].after, "x\ny\nz");
    }
}

proptest::proptest! {
    /// What is shown around a place is what stands there, in a line of any length and any letters.
    #[test]
    fn surroundings_are_parts_of_the_line(text in "[é😀 a\u{301}\u{202e}]{0,900}", at in 0usize..900, most in 0usize..80) {
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let (before, behind) = surroundings(&text, &(at..at), most);
        proptest::prop_assert!(text[..at].ends_with(before) && text[at..].starts_with(behind));
        proptest::prop_assert!(before.chars().count() <= most + 1 && behind.chars().count() <= most);
    }
}
