//! Text of feeds: titles that may be HTML, content that may be text.

use crate::markup::{Cursor, Event, Language, unescape};

/// HTML, such as a title, as plain text on one line. Tags that stand for nothing in HTML stay: they are words.
pub(super) fn plain(html: &str) -> Option<String> {
    let mut text = String::new();
    let mut cursor = Cursor::new(Language::Html);
    while let Some(event) = cursor.next(html) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::Start { name, .. } | Event::End { name } if is_element(name) => {
                if breaks(name) {
                    text.push(' ');
                }
            }
            Event::Start { name, .. } => {
                text.push('<');
                text.push_str(name);
                text.push('>');
            }
            Event::End { name } => {
                text.push_str("</");
                text.push_str(name);
                text.push('>');
            }
        }
    }
    squeezed(&text)
}

/// Text on one line. References that are left in it were escaped twice.
pub(super) fn one_line(text: &str) -> Option<String> {
    squeezed(&unescape(text, false))
}

/// HTML that says something: words, or something to see.
pub(super) fn html(html: &str) -> Option<String> {
    let html = html.trim();
    (!html.is_empty()).then(|| html.to_owned())
}

/// Plain text as HTML, in paragraphs.
pub(super) fn paragraphs(text: &str) -> Option<String> {
    let escaped = text.replace("\r\n", "\n").replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: Vec<String> = escaped
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br>\n")))
        .collect();
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n"))
}

fn squeezed(text: &str) -> Option<String> {
    let text = text
        .split(|character: char| character.is_whitespace() && character != '\u{a0}' && character != '\u{202f}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    let text = text.trim_matches('\u{a0}');
    (!text.is_empty()).then(|| text.to_owned())
}

/// The elements that titles are dressed with.
fn is_element(name: &str) -> bool {
    const ELEMENTS: &str = "a abbr acronym b big bdi bdo blockquote br center cite code dd del dfn div dl dt em figure \
                            figcaption font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark nobr ol p picture pre q rt ruby s \
                            samp small source span strike strong sub sup svg table tbody td th thead time tr tt u ul \
                            var wbr";
    ELEMENTS
        .split_whitespace()
        .any(|known| known.eq_ignore_ascii_case(name))
}

fn breaks(name: &str) -> bool {
    ["br", "p", "div", "li", "hr", "td", "tr"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_plain_text_on_one_line() {
        for (html, expected) in [
            (" Un <b>titre</b>,\n fort&nbsp;! ", "Un titre, fort\u{a0}!"),
            ("AT&amp;T &#8211; R&D", "AT&T – R&D"),
            ("Vec<T> et a < b", "Vec<T> et a < b"),
            ("un<br/>deux", "un deux"),
            ("<img src=x>", ""),
            ("", ""),
        ] {
            assert_eq!(plain(html).unwrap_or_default(), expected, "{html}");
        }
    }

    #[test]
    fn plain_text_becomes_paragraphs() {
        assert_eq!(
            paragraphs("a < b\nc\n\n&d").as_deref(),
            Some("<p>a &lt; b<br>\nc</p>\n<p>&amp;d</p>")
        );
        assert_eq!(paragraphs(" \n\n "), None);
    }
}
