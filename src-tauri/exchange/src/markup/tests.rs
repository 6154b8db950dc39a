#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

/// The events of a text, in a short notation.
fn events(text: &str, language: Language) -> Vec<String> {
    let mut cursor = Cursor::new(language);
    let mut events = Vec::new();
    while let Some(event) = cursor.next(text) {
        events.push(match event {
            Event::Start {
                name,
                attributes,
                closed,
            } => {
                let attributes: String = attributes
                    .0
                    .iter()
                    .map(|(name, value)| format!(" {name}={value}"))
                    .collect();
                format!("<{name}{attributes}{}>", if closed { "/" } else { "" })
            }
            Event::End { name } => format!("</{name}>"),
            Event::Text(text) => text.into_owned(),
        });
    }
    events
}

#[test]
fn markup_is_read_as_a_browser_would() {
    for (text, expected) in [
        ("<p class=a id='b' c>é</p>", vec!["<p class=a id=b c=>", "é", "</p>"]),
        ("<A HREF=\"/x?a=1&copy=2&amp;b\">", vec!["<A HREF=/x?a=1&copy=2&b>"]),
        ("<a href=x/y>", vec!["<a href=x/y>"]),
        ("<br/><br />", vec!["<br/>", "<br/>"]),
        ("a < b && c > d", vec!["a ", "<", " b && c > d"]),
        ("1 <2", vec!["1 ", "<", "2"]),
        ("<!-- <p> --><p>", vec!["<p>"]),
        ("<!-- <p>x", vec!["x"]),
        ("<!DOCTYPE html><p>", vec!["<p>"]),
        ("<!doctype x [<!ENTITY a \"b\">\n]><p>&a;", vec!["<p>", "&a;"]),
        (
            "<script>if (a < b) { x('<p>') }</script><p>",
            vec!["<script>", "if (a < b) { x('<p>') }", "</script>", "<p>"],
        ),
        ("<title>A &amp; <b></TITLE>", vec!["<title>", "A & <b>", "</TITLE>"]),
        ("<style>", vec!["<style>"]),
        ("<style>x", vec!["<style>", "x"]),
        ("<p a=\"x>y\">", vec!["<p a=x>y>"]),
        ("<p a=\"x>y", vec!["<p a=x>", "y"]),
        ("<p", vec!["<p>"]),
        ("<p a", vec!["<p a=>"]),
        ("<p a=", vec!["<p a=>"]),
        ("</", vec!["<", "/"]),
        ("</p", vec!["</p>"]),
        ("<", vec!["<"]),
        ("<![CDATA[x]]>y", vec!["y"]),
        ("<é>", vec!["<é>"]),
        ("<p é='ü'>", vec!["<p é=ü>"]),
    ] {
        assert_eq!(events(text, Language::Html), expected, "{text}");
    }
    for (text, expected) in [
        (
            "<?xml version='1.0'?><a><![CDATA[<b>&amp;]]></a>",
            vec!["<a>", "<b>&amp;", "</a>"],
        ),
        ("<a><![CDATA[cut", vec!["<a>", "cut"]),
        ("<title>a<b/></title>", vec!["<title>", "a", "<b/>", "</title>"]),
        ("<a x='1'<b>", vec!["<a x=1>", "<b>"]),
        ("<dc:creator>A</dc:creator>", vec!["<dc:creator>", "A", "</dc:creator>"]),
    ] {
        assert_eq!(events(text, Language::Xml), expected, "{text}");
    }
}

#[test]
fn references_are_resolved() {
    for (text, expected) in [
        ("caf&eacute; &amp; th&#233; &#xE9; &#XE9", "café & thé é é"),
        ("&laquo;&nbsp;Oui&nbsp;&raquo;", "«\u{a0}Oui\u{a0}»"),
        ("AT&T, R&D, &unknown; &; &", "AT&T, R&D, &unknown; &; &"),
        ("&copy 2025 &notit;", "© 2025 ¬it;"),
        (
            "&#0;&#xD800;&#x110000;&#99999999999;",
            "\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
        ),
        ("d&#146;&#8217;&rsquo;", "d’’’"),
        ("&NotEqualTilde;", "≂̸"),
        ("&amp;lt;", "&lt;"),
        ("&#x;", "&#x;"),
    ] {
        assert_eq!(unescape(text, false), expected, "{text}");
    }
    assert_eq!(unescape("?a&copy=1&lt&amp;x&reg", true), "?a&copy=1<&x®");
}

#[test]
fn hostile_markup_takes_linear_time() {
    let attributes: String = (0..800_000).map(|index| format!(" a{index}=\"x\"")).collect();
    let tag = format!("<p{attributes}>");
    let mut cursor = Cursor::new(Language::Html);
    let Some(Event::Start { attributes, .. }) = cursor.next(&tag) else {
        unreachable!()
    };
    assert_eq!(attributes.0.len(), MOST_ATTRIBUTES);
    assert!(cursor.next(&tag).is_none());
    // Each of these looks for an end that never comes; quadratic time would take hours.
    for unit in [
        "<!--",
        "<![CDATA[",
        "<a b=\"",
        "<a b='",
        "<?x",
        "<?x>",
        "<!DOCTYPE [",
        "<!DOCTYPE [>",
        "<!-->",
        "<![CDATA[>",
        "<a b=\">",
        "<",
        "</",
        "&",
        "<title>",
    ] {
        for language in [Language::Html, Language::Xml] {
            let text = unit.repeat(2_000_000 / unit.len());
            let mut cursor = Cursor::new(language);
            while cursor.next(&text).is_some() {}
            assert!(cursor.position >= text.len());
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in "[<>!/?a-c\\-\\[\\]\"'= &;#x0é]{0,60}") {
        for language in [Language::Html, Language::Xml] {
            let mut cursor = Cursor::new(language);
            let mut last = 0;
            while cursor.next(&text).is_some() {
                prop_assert!(cursor.position > last);
                last = cursor.position;
            }
            prop_assert_eq!(cursor.position, text.len());
        }
    }

    #[test]
    fn escaped_text_comes_back(text in "\\PC{0,40}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        prop_assert_eq!(unescape(&escaped, false), text.as_str());
        let tag = format!("<a title=\"{escaped}\">");
        let mut cursor = Cursor::new(Language::Xml);
        let Some(Event::Start { attributes, .. }) = cursor.next(&tag) else { unreachable!() };
        prop_assert_eq!(attributes.get("TITLE"), Some(text.as_str()));
    }
}
