//! Atom 1.0 (RFC 4287), and 0.3 as some still write it.

use base64::Engine;
use edito_prose::{Author, Lang};

use super::names::Namespace::{Feedburner, Media, Own};
use super::people::people;
use super::rss::media;
use super::tree::Element;
use super::{Feed, Item, date, enclose, sign, tag, text};
use crate::receipt::Receipt;

/// Adds a unit of a feed: an entry, or something about the feed. `authors` are those of the feed as a whole.
pub(super) fn add(feed: &mut Feed, authors: &mut Vec<Author>, unit: &Element, receipt: &mut Receipt) {
    if unit.is_item() {
        let item = item(unit, receipt);
        feed.items.push(item);
        return;
    }
    if unit.namespace != Own {
        return;
    }
    if feed.lang.is_none() {
        feed.lang = unit.lang.as_deref().map(Lang::from_tag);
    }
    match unit.name.to_ascii_lowercase().as_str() {
        "title" => feed.title = feed.title.take().or_else(|| title(unit)),
        "subtitle" | "tagline" => feed.description = feed.description.take().or_else(|| title(unit)),
        "updated" | "modified" => feed.updated = feed.updated.or_else(|| date(&unit.text(), receipt)),
        "author" => sign(authors, person(unit)),
        "link" => {
            let href = || Some(unit.attribute("href")?.trim().to_owned());
            match unit.attribute("rel").unwrap_or("alternate") {
                "alternate" if is_page(unit) => feed.site = feed.site.take().or_else(href),
                "self" => feed.address = feed.address.take().or_else(href),
                _ => {}
            }
        }
        _ => {}
    }
}

fn item(unit: &Element, receipt: &mut Receipt) -> Item {
    let mut item = Item {
        base: unit.base.as_ref().map(ToString::to_string),
        lang: unit.lang.as_deref().map(Lang::from_tag),
        ..Item::default()
    };
    let (mut page, mut other_page, mut original) = (None, None, None);
    let (mut introduction, mut introduced_at) = (None, None);
    let mut spoken = Vec::new();
    for part in unit.elements() {
        if part.namespace == Feedburner && part.name.eq_ignore_ascii_case("origlink") {
            original = text::one_line(&part.text());
        }
        if part.namespace == Media {
            media(&mut item, part, &mut introduction, &mut spoken);
        }
        if part.namespace != Own {
            continue;
        }
        match part.name.to_ascii_lowercase().as_str() {
            "id" => item.guid = part.text().trim().to_owned(),
            "title" => item.title = item.title.take().or_else(|| title(part)),
            "published" | "issued" | "created" | "pubdate" => {
                item.published = item.published.or_else(|| date(&part.text(), receipt));
            }
            "updated" | "modified" => item.updated = item.updated.or_else(|| date(&part.text(), receipt)),
            "author" => sign(&mut item.authors, person(part)),
            "category" => {
                let text = part.text();
                let name = part
                    .attribute("label")
                    .or_else(|| part.attribute("term"))
                    .unwrap_or(&text);
                tag(&mut item, name);
            }
            "link" => {
                let href = part.attribute("href").unwrap_or_default().trim();
                match part.attribute("rel").unwrap_or("alternate") {
                    _ if href.is_empty() => {}
                    "alternate" if is_page(part) => page = page.or_else(|| Some(href.to_owned())),
                    "alternate" => other_page = other_page.or_else(|| Some(href.to_owned())),
                    "enclosure" => enclose(&mut item, href, part.attribute("type"), part.attribute("length")),
                    _ => {}
                }
            }
            "summary" if item.summary.is_none() => {
                item.summary = construct(part, receipt);
                introduced_at = part.base.as_ref().map(ToString::to_string);
            }
            "content" => {
                if let Some(address) = part.attribute("src") {
                    // The text is elsewhere, at an address of its own.
                    enclose(&mut item, address, part.attribute("type"), None);
                    receipt.degrade("content-elsewhere", None);
                } else if item.content.is_none() {
                    item.content = construct(part, receipt);
                }
                if let Some(base) = &part.base {
                    item.base = Some(base.to_string());
                }
                if let Some(lang) = part.attribute("lang") {
                    item.lang = Some(Lang::from_tag(lang));
                }
            }
            "source" if item.authors.is_empty() => {
                // An entry taken over from another feed, whose authors are its own.
                if let Some(author) = part.child(Own, "author") {
                    sign(&mut spoken, person(author));
                }
            }
            _ => {}
        }
    }
    item.url = original.or(page).or(other_page);
    if item.authors.is_empty() {
        item.authors = spoken;
    }
    if item.content.is_none() && item.summary.is_some() {
        item.content = item.summary.take();
        item.base = introduced_at;
    }
    if item.content.is_none() {
        item.content = introduction;
    } else if item.summary.is_none() {
        item.summary = introduction.filter(|introduction| Some(introduction) != item.content.as_ref());
    }
    item
}

/// Whether a link leads to a page, as far as it says.
fn is_page(link: &Element) -> bool {
    link.attribute("type")
        .is_none_or(|kind| kind.is_empty() || kind.contains("html"))
}

fn person(element: &Element) -> Vec<Author> {
    let part = |name: &str| {
        let part = element.child(Own, name).map(Element::text);
        part.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty())
    };
    let name = part("name").or_else(|| part("email"));
    // Some write the name right into the element.
    let name = name.or_else(|| element.elements().next().is_none().then(|| element.text()));
    people(&name.unwrap_or_default())
}

/// A title or the like as plain text.
fn title(element: &Element) -> Option<String> {
    match kind(element) {
        Kind::Text => text::one_line(&element.text()),
        _ => text::plain(&element.html()),
    }
}

enum Kind {
    Text,
    Html,
    Encoded,
}

/// What an element says it holds (RFC 4287, 3.1.1 and 4.1.3.3; the `mode` is that of Atom 0.3).
fn kind(element: &Element) -> Kind {
    if element.attribute("mode") == Some("base64") {
        return Kind::Encoded;
    }
    let has_elements = element.elements().next().is_some();
    match element
        .attribute("type")
        .unwrap_or("text")
        .trim()
        .to_ascii_lowercase()
        .as_str()
    {
        "html" | "xhtml" | "text/html" | "application/xhtml+xml" => Kind::Html,
        _ if has_elements => Kind::Html,
        "text" | "" => Kind::Text,
        kind if kind.starts_with("text/") => Kind::Text,
        kind if kind.ends_with("+xml") || kind.ends_with("/xml") => Kind::Html,
        _ => Kind::Encoded,
    }
}

/// A content or summary as HTML.
fn construct(element: &Element, receipt: &mut Receipt) -> Option<String> {
    match kind(element) {
        Kind::Text => text::paragraphs(&element.text()),
        Kind::Html => {
            let mut inner = element;
            // Of XHTML, the one `div` that everything stands in is no part.
            if element.attribute("type") == Some("xhtml")
                && let (1, Some(only)) = (element.elements().count(), element.elements().next())
                && only.name.eq_ignore_ascii_case("div")
            {
                inner = only;
            }
            text::html(&inner.html())
        }
        Kind::Encoded => {
            let packed: String = element.text().split_whitespace().collect();
            let kind = element.attribute("type").unwrap_or_default();
            let bytes = base64::engine::general_purpose::STANDARD.decode(packed).ok();
            let words = bytes
                .and_then(|bytes| String::from_utf8(bytes).ok())
                .filter(|_| kind.contains("html"));
            if words.is_none() {
                receipt.degrade("content-unknown", Some(kind));
            }
            words
        }
    }
}
