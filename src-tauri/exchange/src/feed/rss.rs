//! RSS 0.9 to 2.0, and RDF, with the modules that feeds use: content, Dublin Core, Media RSS, iTunes.
//!
//! RSS 2.0: <https://www.rssboard.org/rss-specification>; RSS 1.0: <https://web.resource.org/rss/1.0/spec>.

use edito_prose::Lang;

use super::names::Namespace::{self, Atom, Content, DublinCore, Feedburner, Itunes, Media, Own, Syndication, Xhtml};
use super::people::people;
use super::tree::Element;
use super::{Feed, Item, date, enclose, sign, tag, text};
use crate::receipt::Receipt;

/// Adds a unit of a feed: an item, or something about the feed.
pub(super) fn add(feed: &mut Feed, unit: &Element, receipt: &mut Receipt) {
    if unit.is_item() {
        let item = item(unit, receipt);
        feed.items.push(item);
        return;
    }
    let said = || unit.text();
    feed.lang = feed.lang.take().or_else(|| unit.lang.as_deref().map(Lang::from_tag));
    match (unit.namespace, unit.name.to_ascii_lowercase().as_str()) {
        (Own, "title") => fill(&mut feed.title, text::plain(&unit.html())),
        (Own, "link") => fill(&mut feed.site, text::one_line(&said())),
        (Own, "description") => fill(&mut feed.description, text::plain(&unit.html())),
        (Itunes, "summary" | "subtitle") => fill(&mut feed.description, text::plain(&unit.html())),
        (Own | DublinCore, "language") => {
            if let Some(tag) = text::one_line(&said()) {
                feed.lang = Some(Lang::from_tag(&tag));
            }
        }
        (Own, "lastbuilddate") => feed.updated = date(&said(), receipt).or(feed.updated),
        (Own, "pubdate") | (DublinCore, "date" | "modified") | (Atom, "updated") => {
            feed.updated = feed.updated.or_else(|| date(&said(), receipt));
        }
        (Own, "ttl") => fill(&mut feed.ttl, said().trim().parse().ok()),
        (Syndication, "updateperiod") => fill(&mut feed.ttl, period(said().trim())),
        (Syndication, "updatefrequency") => {
            // So many times in each period, which stands before it.
            if let (Some(period), Ok(times @ 1..)) = (feed.ttl, said().trim().parse::<u32>()) {
                feed.ttl = Some((period / times).max(1));
            }
        }
        (Itunes, "new-feed-url") => fill(&mut feed.moved_to, text::one_line(&said())),
        (Atom, "link") if unit.attribute("rel") == Some("self") => {
            fill(&mut feed.address, unit.attribute("href").map(str::to_owned));
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
    let (mut description, mut introduction): (Option<String>, Option<String>) = (None, None);
    let (mut original, mut permanent, mut about) = (None, None, None);
    let mut spoken = Vec::new();
    let mut mails = Vec::new();
    for part in unit.elements() {
        let said = || text::one_line(&part.text());
        match (part.namespace, part.name.to_ascii_lowercase().as_str()) {
            (Own, "title") => fill(&mut item.title, text::plain(&part.html())),
            (DublinCore, "title") | (Media, "title") => fill(&mut about, text::plain(&part.html())),
            (Own, "link") => fill(
                &mut item.url,
                said().or_else(|| part.attribute("href").map(str::to_owned)),
            ),
            (Atom, "link") => match part.attribute("rel") {
                None | Some("alternate") => fill(&mut item.url, part.attribute("href").map(str::to_owned)),
                Some("enclosure") => {
                    let url = part.attribute("href").unwrap_or_default();
                    enclose(&mut item, url, part.attribute("type"), part.attribute("length"));
                }
                Some(_) => {}
            },
            (Feedburner, "origlink") => fill(&mut original, said()),
            (Own, "guid") => {
                item.guid = said().unwrap_or_default();
                let is_address = part
                    .attribute("ispermalink")
                    .is_none_or(|is| !is.eq_ignore_ascii_case("false"));
                permanent = said().filter(|guid| is_address && guid.starts_with("http"));
            }
            (Own, "description") => {
                note_base(&mut item, part);
                fill(&mut description, text::html(&part.html()));
            }
            (Content, "encoded") | (Xhtml, "body" | "div") => {
                note_base(&mut item, part);
                fill(&mut item.content, text::html(&part.html()));
            }
            (DublinCore, "description" | "abstract") => fill(&mut introduction, text::html(&part.html())),
            (Itunes, "summary" | "subtitle") => {
                fill(&mut introduction, text::paragraphs(&part.text()));
            }
            (DublinCore, "creator") | (Atom, "author") => {
                let name = part.child(Atom, "name").unwrap_or(part);
                sign(&mut item.authors, people(&name.text()));
            }
            (Own, "author") => mails.extend(people(&part.text())),
            (Itunes, "author") => spoken.extend(people(&part.text())),
            (Own, "pubdate") | (DublinCore, "date" | "issued" | "created") | (Atom, "published") => {
                item.published = item.published.or_else(|| date(&part.text(), receipt));
            }
            (Atom, "updated") | (DublinCore, "modified") | (Own, "updated") => {
                item.updated = item.updated.or_else(|| date(&part.text(), receipt));
            }
            (Own, "category") | (DublinCore, "subject") => tag(&mut item, &part.text()),
            (Media | Itunes, "keywords") => part.text().split(',').for_each(|word| tag(&mut item, word)),
            (Own, "enclosure") => {
                let url = part.attribute("url").unwrap_or_default();
                enclose(&mut item, url, part.attribute("type"), part.attribute("length"));
            }
            (Media, "content" | "group" | "credit" | "description") => {
                media(&mut item, part, &mut introduction, &mut spoken)
            }
            (DublinCore, "language") => fill(&mut item.lang, said().map(|tag| Lang::from_tag(&tag))),
            _ => {}
        }
    }
    item.title = item.title.take().or(about);
    item.url = original.or(item.url.take()).or(permanent);
    sign(&mut item.authors, mails);
    if item.authors.is_empty() {
        item.authors = spoken;
    }
    if item.guid.is_empty() {
        item.guid = unit.attribute("about").unwrap_or_default().trim().to_owned();
    }
    // The description is the text where there is no other, and introduces it where there is.
    let mut said = [description, introduction].into_iter().flatten();
    if item.content.is_none() {
        item.content = said.next();
    }
    item.summary = said.find(|said| Some(said) != item.content.as_ref());
    item
}

/// What a part of Media RSS adds to an item. What stands in a file's own element is about that file.
pub(super) fn media(
    item: &mut Item,
    part: &Element,
    introduction: &mut Option<String>,
    spoken: &mut Vec<edito_prose::Author>,
) {
    let name = part.name.to_ascii_lowercase();
    match name.as_str() {
        "content" => {
            if let Some(url) = part.attribute("url") {
                enclose(item, url, part.attribute("type"), part.attribute("filesize"));
            }
        }
        "credit" if part.attribute("role") == Some("author") => spoken.extend(people(&part.text())),
        "description" => fill(introduction, text::paragraphs(&part.text())),
        _ => {}
    }
    for inner in part.elements().filter(|inner| inner.namespace == Namespace::Media) {
        if name == "group" || (name == "content" && inner.name.eq_ignore_ascii_case("credit")) {
            media(item, inner, introduction, spoken);
        }
    }
}

/// The address that an item's HTML is relative to, when its own element says so.
fn note_base(item: &mut Item, part: &Element) {
    if let Some(base) = &part.base {
        item.base = Some(base.to_string());
    }
}

/// Keeps the first that says something.
fn fill<T>(place: &mut Option<T>, value: Option<T>) {
    if place.is_none() {
        *place = value;
    }
}

/// Minutes of a period of the syndication module.
fn period(name: &str) -> Option<u32> {
    Some(match name.to_ascii_lowercase().as_str() {
        "hourly" => 60,
        "daily" => 24 * 60,
        "weekly" => 7 * 24 * 60,
        "monthly" => 30 * 24 * 60,
        "yearly" => 365 * 24 * 60,
        _ => return None,
    })
}
