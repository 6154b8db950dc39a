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
        let zotero = data("zotero.json");
        let mut at = at.min(zotero.len());
        while !zotero.is_char_boundary(at) {
            at -= 1;
        }
        let _ = Bibliography::read(&zotero[..at]);
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

/// What is small as a file and large once it is spelled out, and what goes down without end.
#[test]
fn what_grows_or_goes_down_without_end_is_bounded() {
    let commands = format!(
        "@book{{a, title = {{{}x{}}}}}\n@book{{b, title = {{B}}}}",
        "\\a{".repeat(40_000),
        "}".repeat(40_000)
    );
    let read = Bibliography::read(&commands);
    assert_eq!(read.entries.len(), 1);
    assert_eq!(read.problems.len(), 1);
    // Each line doubles the one before.
    let mut strings = String::from("@string{s0 = \"aaaaaaaaaaaaaaaa\"}\n");
    for number in 1..60 {
        let before = number - 1;
        strings.push_str(&format!("@string{{s{number} = s{before} # s{before}}}\n"));
    }
    let read = Bibliography::read(&format!(
        "{strings}@book{{a, title = s59 # s8 # s59}}\n@book{{b, title = s2}}"
    ));
    assert!(read.entries.iter().all(|entry| entry.title.len() < 10_000));
    assert_eq!(read.get("b").unwrap().title, "a".repeat(64));
    let uses = vec!["s7"; 100_000].join(" # ");
    let read = Bibliography::read(&format!("{strings}@book{{a, title = {uses}}}"));
    assert_eq!((read.entries.len(), read.problems.len()), (0, 1));
    let parent = format!(
        "@book{{p, title = {{{}}}, publisher = {{Seuil}}}}\n",
        "long ".repeat(200_000)
    );
    let children: String = (0..2_000)
        .map(|number| format!("@inbook{{c{number}, title = {{C}}, crossref = {{p}}}}\n"))
        .collect();
    let read = Bibliography::read(&format!("{parent}{children}"));
    assert_eq!(read.entries.len(), 2_001);
}

fn style(macros: &str, layout: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>X</title><id>x</id><updated>2020-01-01T00:00:00+00:00</updated></info>{macros}<citation><layout>{layout}</layout></citation></style>"#
    )
}

#[test]
fn styles_that_do_not_end_are_refused() {
    let plain = style(
        "<macro name=\"m\"><text variable=\"title\"/></macro>",
        "<text macro=\"m\"/>",
    );
    assert!(Style::parse("x", &plain).is_ok());
    let itself = style(
        "<macro name=\"m\"><group><text macro=\"m\"/></group></macro>",
        "<text macro=\"m\"/>",
    );
    assert!(Style::parse("x", &itself).is_err());
    let each_other = style(
        "<macro name=\"a\"><names variable=\"author\"><substitute><text macro=\"b\"/></substitute></names></macro><macro name=\"b\"><choose><if type=\"book\"><text variable=\"title\"/></if><else><text macro=\"a\"/></else></choose></macro>",
        "<text macro=\"a\"/>",
    );
    assert!(Style::parse("x", &each_other).is_err());
    // Thirty macros that each call the next one twice are a thousand million.
    let mut doubling = String::from("<macro name=\"m0\"><text variable=\"title\"/></macro>");
    for number in 1..30 {
        let call = format!("<text macro=\"m{}\"/>", number - 1);
        doubling.push_str(&format!("<macro name=\"m{number}\">{call}{call}</macro>"));
    }
    assert!(Style::parse("x", &style(&doubling, "<text macro=\"m29\"/>")).is_err());
    for depth in [1_000, 100_000] {
        let deep = format!(
            "{}<text variable=\"title\"/>{}",
            "<group>".repeat(depth),
            "</group>".repeat(depth)
        );
        assert!(Style::parse("x", &style("", &deep)).is_err());
    }
    let chain: String = (0..5_000)
        .map(|number| format!("<macro name=\"m{number}\"><text macro=\"m{}\"/></macro>", number + 1))
        .collect();
    assert!(Style::parse("x", &style(&chain, "<text macro=\"m0\"/>")).is_err());
    for shipped in edito_citation::style::SHIPPED {
        assert!(edito_citation::style::shipped(shipped.id).is_some(), "{}", shipped.id);
    }
}

#[test]
fn what_is_as_deep_as_can_be_is_set() {
    let chain: String = (0..40)
        .map(|number| {
            format!(
                "<macro name=\"m{number}\"><group><text macro=\"m{}\"/></group></macro>",
                number + 1
            )
        })
        .collect();
    let last = "<macro name=\"m40\"><text variable=\"title\"/></macro>";
    let style = Style::parse("x", &style(&format!("{chain}{last}"), "<text macro=\"m0\"/>")).unwrap();
    let text = "Un [@arendt1958].";
    let found = edito_prose::citations(text);
    let article = edito_citation::Article {
        text,
        citations: &found,
        lang: &Lang::En,
        uncited: &[],
    };
    let cited = edito_citation::cite(&article, &works(), &style);
    assert_eq!(
        crate::words(&cited.marks[0].as_ref().unwrap().inline),
        "The Human Condition"
    );
}
