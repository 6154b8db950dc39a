//! Files that nobody wrote in good faith, and files that were torn anywhere.

use edito_citation::{Bibliography, Style, csl_json};
use edito_prose::Lang;
use proptest::prelude::*;

use crate::{data, set, works};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_in_a_file_it_is_read(text in "([@{}(),=\"#\\\\a-c ]|@book\\{a,|title=|crossref=\\{a\\}|\n){0,60}") {
        let _ = Bibliography::read(&text);
        let _ = Bibliography::read(&format!("[{{\"id\":\"{}\"}}]", text.replace(['"', '\\', '\n'], "")));
    }

    #[test]
    fn a_file_cut_anywhere_keeps_what_comes_before(at in 0usize..3000) {
        let whole = data("desk.bib");
        let mut at = at.min(whole.len());
        while !whole.is_char_boundary(at) {
            at -= 1;
        }
        let read = Bibliography::read(&whole[..at]);
        if at > whole.find("@Book{beauvoir").unwrap_or(0) {
            prop_assert!(read.get("arendt1958").is_some());
        }
        let _ = Bibliography::read(&data("zotero.json")[..at.min(900)]);
    }

    #[test]
    fn any_dates_and_names_can_be_set(year in any::<i64>(), month in any::<i64>(), day in -40i64..40, name in "\\PC{0,12}", title in "\\PC{0,20}") {
        let item = serde_json::json!([{
            "id": "a", "type": "book", "title": title, "page": name, "volume": title,
            "author": [{"family": name, "given": title}, {"literal": ""}, 3],
            "issued": {"date-parts": [[year, month, day], [1]]}, "accessed": {"date-parts": [[]]}, "edition": year,
        }]);
        let mut works = works();
        works.sources[0].bibliography = Bibliography::read(&item.to_string()).into();
        for style in ["iso690-author-date-fr", "apa", "iso690-note-fr"] {
            let cited = set("Un [@a, p. 3]; @a [chap. 2].", &works, style, &Lang::Fr, &[]);
            prop_assert!(cited.marks.iter().all(Option::is_some));
        }
    }
}

#[test]
fn entries_that_inherit_from_themselves_end() {
    let read = Bibliography::read(
        "@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}}\n@book{c, title={C}, xdata={c}, ids={c,c}}",
    );
    assert_eq!(read.entries.len(), 3);
}

#[test]
fn deep_braces_and_long_files_end() {
    let deep = format!("@book{{a, title = {}x{}}}", "{".repeat(50_000), "}".repeat(50_000));
    let _ = Bibliography::read(&deep);
    let open = "@book{a, title = {x\n".repeat(20_000);
    assert!(Bibliography::read(&open).entries.len() <= 1);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Bibliography::read(&deep).entries.is_empty());
}

#[test]
fn a_file_of_a_megabyte_is_read_whole() {
    let one = data("desk.bib");
    let entry = one
        .split("@book{arendt1958,")
        .nth(1)
        .unwrap()
        .split("\n}\n")
        .next()
        .unwrap();
    let mut many = String::new();
    for number in 0..5000 {
        many.push_str(&format!("@book{{arendt{number},{entry}\n}}\n\n"));
    }
    assert!(many.len() > 1_000_000);
    let read = Bibliography::read(&many);
    assert_eq!((read.entries.len(), read.problems.len()), (5000, 0));
    assert_eq!(read.entries[4999].title, "The Human Condition");
}

#[test]
fn what_is_no_style_is_told() {
    for csl in [
        "",
        "<style/>",
        "<?xml version=\"1.0\"?><style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"note\"></style>",
        "{}",
    ] {
        assert!(Style::parse("x", csl).is_err(), "{csl}");
    }
    assert!(!csl_json::looks_like_references("{\"name\": \"package\"}"));
    assert!(csl_json::looks_like_references(&data("zotero.json")));
}
