//! Lists of subscriptions: OPML (<http://opml.org/spec2.opml>), read and written.
//!
//! Outlines nest: one with an address is a feed, one without is a folder. What programs put there besides is kept and
//! written again.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::decode::decode_markup;
use crate::markup::{Attributes, Cursor, Event, Language};
use crate::receipt::Receipt;

/// A list of subscriptions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Subscriptions {
    /// Its title.
    pub title: Option<String>,
    /// What else its head says: names of elements and their texts, in order.
    pub head: Vec<(String, String)>,
    /// Its folders and feeds.
    pub outlines: Vec<Outline>,
}

/// A feed, or a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Outline {
    /// Its name.
    pub name: String,
    /// The address of the feed; nothing for a folder.
    pub feed: Option<String>,
    /// The address of the site.
    pub site: Option<String>,
    /// Its other attributes, in order.
    pub attributes: Vec<(String, String)>,
    /// What is in it.
    pub outlines: Vec<Outline>,
}

/// Why bytes are no list of subscriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum OpmlError {
    /// Larger than any such list is.
    #[error("a list of more than {MOST_BYTES} bytes")]
    TooLarge,
    /// No OPML.
    #[error("not OPML")]
    NotOpml,
}

/// The largest list that is read, in bytes.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The largest number of outlines.
const MOST_OUTLINES: usize = 100_000;

/// Folders nest no deeper than this; what is deeper stands there.
const DEEPEST: usize = 32;

/// Reads a list. The receipt tells of addresses that lead nowhere (`address`), of tags that don't match (`markup`), of
/// outlines beyond the limit (`outlines-too-many`) and of included lists (`inclusion`), which stay where they are.
pub fn read(bytes: &[u8]) -> Result<(Subscriptions, Receipt), OpmlError> {
    if bytes.len() > MOST_BYTES {
        return Err(OpmlError::TooLarge);
    }
    let mut receipt = Receipt::default();
    let decoded = decode_markup(bytes, None);
    if decoded.lossy {
        receipt.degrade("encoding", None);
    }
    let text = decoded.text;
    let mut cursor = Cursor::new(Language::Xml);
    let mut list = Subscriptions::default();
    let mut is_opml = false;
    // The element of the head whose text comes next.
    let mut head: Option<(String, String)> = None;
    let mut in_head = false;
    let mut open: Vec<Outline> = Vec::new();
    // Outlines that are open but too deep to hold anything themselves.
    let mut too_deep = 0_usize;
    let mut count = 0;
    while let Some(event) = cursor.next(&text) {
        match event {
            Event::Start {
                name,
                attributes,
                closed,
            } => match name.to_ascii_lowercase().as_str() {
                "opml" => is_opml = true,
                "head" => in_head = !closed,
                "body" => in_head = false,
                "outline" => {
                    count += 1;
                    if count > MOST_OUTLINES {
                        receipt.degrade("outlines-too-many", None);
                        break;
                    }
                    let outline = outline(&attributes, &mut receipt);
                    if open.len() >= DEEPEST {
                        too_deep += usize::from(!closed);
                        place(&mut list, &mut open, outline);
                    } else if closed {
                        place(&mut list, &mut open, outline);
                    } else {
                        open.push(outline);
                    }
                }
                _ if in_head && !closed => head = Some((name.to_owned(), String::new())),
                _ => {}
            },
            Event::Text(text) => {
                if let Some((_, said)) = &mut head {
                    said.push_str(&text);
                }
            }
            Event::End { name } => match name.to_ascii_lowercase().as_str() {
                "head" => in_head = false,
                "outline" if too_deep > 0 => too_deep -= 1,
                "outline" => match open.pop() {
                    Some(outline) => place(&mut list, &mut open, outline),
                    None => receipt.degrade("markup", None),
                },
                _ => {
                    if let Some((name, said)) = head.take() {
                        let said = said.trim().to_owned();
                        if name.eq_ignore_ascii_case("title") {
                            list.title = Some(said).filter(|title| !title.is_empty());
                        } else {
                            list.head.push((name, said));
                        }
                    }
                }
            },
        }
    }
    if !is_opml {
        return Err(OpmlError::NotOpml);
    }
    if !open.is_empty() {
        receipt.degrade("markup", None);
    }
    while let Some(outline) = open.pop() {
        place(&mut list, &mut open, outline);
    }
    Ok((list, receipt))
}

/// Writes a list as OPML 2.0.
pub fn write(list: &Subscriptions) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n");
    let title = list.title.iter().map(|title| ("title", title.as_str()));
    let others = list.head.iter().map(|(name, said)| (name.as_str(), said.as_str()));
    for (name, said) in title.chain(others).filter(|(name, _)| is_name(name)) {
        text.push_str(&format!("    <{name}>"));
        push_escaped(&mut text, said);
        text.push_str(&format!("</{name}>\n"));
    }
    text.push_str("  </head>\n  <body>\n");
    for outline in &list.outlines {
        write_outline(&mut text, outline, 2);
    }
    text.push_str("  </body>\n</opml>\n");
    text
}

impl Subscriptions {
    /// Every feed, with the names of the folders around it from the outermost in.
    pub fn feeds(&self) -> Vec<(Vec<&str>, &Outline)> {
        let mut feeds = Vec::new();
        let mut folders = Vec::new();
        for outline in &self.outlines {
            collect(outline, &mut folders, &mut feeds);
        }
        feeds
    }
}

fn collect<'l>(outline: &'l Outline, folders: &mut Vec<&'l str>, feeds: &mut Vec<(Vec<&'l str>, &'l Outline)>) {
    if outline.feed.is_some() {
        feeds.push((folders.clone(), outline));
    }
    folders.push(&outline.name);
    for inner in &outline.outlines {
        collect(inner, folders, feeds);
    }
    folders.pop();
}

fn outline(attributes: &Attributes<'_>, receipt: &mut Receipt) -> Outline {
    let mut outline = Outline::default();
    let mut title = None;
    for (name, value) in &attributes.0 {
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "text" => outline.name = value.to_owned(),
            "title" => title = Some(value.to_owned()),
            "xmlurl" => outline.feed = address(value, receipt),
            "htmlurl" => outline.site = address(value, receipt),
            // Said by having an address.
            "type" if matches!(value.to_ascii_lowercase().as_str(), "rss" | "atom" | "feed" | "") => {}
            "type" if value.eq_ignore_ascii_case("include") => {
                receipt.leave_out("inclusion", attributes.get("url"));
                outline.attributes.push(((*name).to_owned(), value.to_owned()));
            }
            _ => outline.attributes.push(((*name).to_owned(), value.to_owned())),
        }
    }
    match title {
        Some(title) if outline.name.is_empty() => outline.name = title,
        Some(title) if title != outline.name && !title.is_empty() => {
            outline.attributes.push(("title".to_owned(), title));
        }
        _ => {}
    }
    if outline.name.is_empty() {
        outline.name = outline.feed.clone().unwrap_or_default();
    }
    outline
}

/// An address of the web; `feed:` was once put before, or instead of, its scheme.
fn address(address: &str, receipt: &mut Receipt) -> Option<String> {
    if address.is_empty() {
        return None;
    }
    let web = match address.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => crate::url::web(&format!("https:{rest}")),
        Some(rest) => crate::url::web(rest),
        None => crate::url::web(address),
    };
    if web.is_none() {
        receipt.leave_out("address", Some(address));
    }
    web.map(String::from)
}

/// Puts an outline into the one that is open, or into the list.
fn place(list: &mut Subscriptions, open: &mut [Outline], outline: Outline) {
    match open.last_mut() {
        Some(folder) => folder.outlines.push(outline),
        None => list.outlines.push(outline),
    }
}

fn write_outline(text: &mut String, outline: &Outline, depth: usize) {
    let indent = "  ".repeat(depth);
    text.push_str(&format!("{indent}<outline"));
    let mut attribute = |name: &str, value: &str| {
        if is_name(name) {
            text.push_str(&format!(" {name}=\""));
            push_escaped(text, value);
            text.push('"');
        }
    };
    attribute("text", &outline.name);
    let own_title = outline
        .attributes
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("title"));
    if let Some(feed) = &outline.feed {
        if !own_title {
            // Some programs read only this one.
            attribute("title", &outline.name);
        }
        attribute("type", "rss");
        attribute("xmlUrl", feed);
    }
    if let Some(site) = &outline.site {
        attribute("htmlUrl", site);
    }
    for (name, value) in &outline.attributes {
        attribute(name, value);
    }
    if outline.outlines.is_empty() || depth > DEEPEST + 2 {
        text.push_str("/>\n");
        return;
    }
    text.push_str(">\n");
    for inner in &outline.outlines {
        write_outline(text, inner, depth + 1);
    }
    text.push_str(&format!("{indent}</outline>\n"));
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | ':'))
}

fn push_escaped(text: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            // XML makes spaces of these in attributes, unless they are written so.
            '\n' => text.push_str("&#10;"),
            '\t' => text.push_str("&#9;"),
            // What XML has no way to write.
            character if character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}') => {}
            character => text.push(character),
        }
    }
}
