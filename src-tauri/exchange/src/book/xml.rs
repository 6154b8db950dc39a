//! The small XML files of a book (container, package, table of contents), read as a flat list of elements.
//!
//! No document type is followed, no entity but the five of XML and characters by number is resolved, nothing is opened.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::decode::decode_markup;
use crate::html::dom::squeeze;

/// An element, its name and attributes without their prefixes.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The text that stands right in it, and in what it holds.
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(found, _)| found == name)?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }
}

const MAX_ELEMENTS: usize = 200_000;
const MAX_ATTRIBUTES: usize = 32;
const MAX_DEPTH: usize = 64;

/// The elements of a document in the order in which they begin; what is damaged ends the list.
pub(super) fn elements(bytes: &[u8]) -> Vec<Element> {
    let text = decode_markup(bytes, None).text;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    while elements.len() < MAX_ELEMENTS && open.len() < MAX_DEPTH {
        let Ok(event) = reader.read_event() else { break };
        match event {
            Event::Start(start) => {
                elements.push(element(&start));
                open.push(elements.len() - 1);
            }
            Event::Empty(start) => elements.push(element(&start)),
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => add(&mut elements, &open, &text),
            Event::CData(data) => add(&mut elements, &open, &data),
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    "nbsp" => Some('\u{a0}'),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(character) = character {
                    add(&mut elements, &open, character.encode_utf8(&mut [0; 4]));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    for element in &mut elements {
        element.text = squeeze(&element.text);
    }
    elements
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut attributes = start.attributes();
    // Each would be compared with all before it.
    attributes.with_checks(false);
    Element {
        name: start.local_name().as_ref().to_owned(),
        attributes: attributes
            .flatten()
            .take(MAX_ATTRIBUTES)
            .map(|attribute| {
                let value = attribute
                    .normalized_value(XmlVersion::Implicit1_0)
                    .unwrap_or_default()
                    .into_owned();
                (attribute.key.local_name().as_ref().to_owned(), value)
            })
            .collect(),
        text: String::new(),
    }
}

/// The longest text of one element.
const MAX_TEXT: usize = 64 * 1024;

fn add(elements: &mut [Element], open: &[usize], text: &str) {
    for at in open.iter().rev().take(4) {
        if let Some(element) = elements.get_mut(*at)
            && element.text.len() < MAX_TEXT
        {
            element.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn elements_are_read_with_their_texts_and_nothing_is_expanded() {
        let xml = "<?xml version='1.0'?><!DOCTYPE p [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>\
            <opf:package><dc:title id=\"t\">Un &amp; d&#xE9;ux &a;&b;</dc:title><item href='a&amp;b'/></opf:package>";
        let found = elements(xml.as_bytes());
        let names: Vec<&str> = found.iter().map(|element| element.name.as_str()).collect();
        assert_eq!(names, ["package", "title", "item"]);
        assert_eq!(found[1].text, "Un & déux");
        assert_eq!(found[2].attribute("href"), Some("a&b"));
        assert!(elements(b"").is_empty());
        assert!(elements("<a>".repeat(1_000_000).as_bytes()).len() <= MAX_DEPTH);
        let laughs = format!(
            "<!DOCTYPE l [{}]><l>&e9;</l>",
            (1..10)
                .map(|n| format!("<!ENTITY e{n} '{}'>", format!("&e{};", n - 1).repeat(10)))
                .collect::<String>()
        );
        assert_eq!(elements(laughs.as_bytes())[0].text, "");
    }
}
