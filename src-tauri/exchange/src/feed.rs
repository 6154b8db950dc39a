//! Feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed.
//!
//! A feed is read as it comes: in whatever encoding, with the namespaces it forgot, dates in any language, tags that
//! nobody closed, cut in the middle. What can't be understood costs itself alone and is told; an item that can't be
//! read never costs the feed. Nothing is expanded, nothing fetched, and sizes are bounded.
//!
//! - [`read`] gives the feed and what was odd about it,
//! - [`opml`] reads and writes lists of subscriptions, [`discovery`] finds the feeds of a page,
//! - [`rules`] says what becomes of an item, [`http`] when a feed is to be asked again and how.

mod atom;
pub mod discovery;
pub mod http;
mod json_feed;
mod names;
pub mod opml;
mod people;
mod pieces;
mod rss;
pub mod rules;
mod text;
mod tree;

use std::collections::HashSet;

use edito_prose::{Author, Lang};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::dates;
use crate::decode::decode_markup;
use crate::receipt::Receipt;

pub use pieces::feed_piece;
pub(crate) use pieces::{FeedPieces, pieces};

/// A feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Feed {
    /// Its title, as plain text.
    pub title: Option<String>,
    /// The address of the site it belongs to.
    pub site: Option<String>,
    /// Its own address, as it says itself.
    pub address: Option<String>,
    /// Where it says that it has moved to.
    pub moved_to: Option<String>,
    /// What it is about, as plain text.
    pub description: Option<String>,
    /// The language it declares.
    pub lang: Option<Lang>,
    /// When it last changed.
    pub updated: Option<Timestamp>,
    /// For how many minutes it need not be asked again.
    pub ttl: Option<u32>,
    /// Its items, in its own order.
    pub items: Vec<Item>,
}

/// An item of a feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Item {
    /// What tells it from the others of its feed, the same at every reading: the feed's own word, else the address,
    /// else a hash of what it says.
    pub guid: String,
    /// The address of its page.
    pub url: Option<String>,
    /// Its title, as plain text.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// What the feed gives beside the text to introduce it, as foreign HTML.
    pub summary: Option<String>,
    /// The most of its text that the feed gives, as foreign HTML: it may be all of it or two lines.
    pub content: Option<String>,
    /// What relative addresses in its HTML are relative to.
    pub base: Option<String>,
    /// Recordings, pictures and files that belong to it.
    pub enclosures: Vec<Enclosure>,
    /// Its tags and categories.
    pub tags: Vec<String>,
    /// The language it declares, else its feed's.
    pub lang: Option<Lang>,
}

/// A file that belongs to an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Enclosure {
    /// Its address.
    pub url: String,
    /// Its media type.
    pub mime: Option<String>,
    /// How many bytes it says it has.
    pub bytes: Option<u64>,
}

/// Where a feed was read from, as far as that is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Origin<'a> {
    /// Its address, after redirects: what relative addresses in it are relative to.
    pub url: Option<&'a str>,
    /// The character set that the server named.
    pub charset: Option<&'a str>,
}

/// Why bytes are no feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FeedError {
    /// Larger than any feed is.
    #[error("a feed of more than {MOST_BYTES} bytes")]
    TooLarge,
    /// A page. [`discovery`] may find its feed.
    #[error("a page, not a feed")]
    Page,
    /// Neither RSS nor Atom nor JSON Feed.
    #[error("not a feed")]
    NotAFeed,
}

/// The largest feed that is read, in bytes.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The largest number of items that is read.
pub const MOST_ITEMS: usize = 10_000;

/// How many enclosures and tags of an item are kept.
const MOST_OF_AN_ITEM: usize = 64;

/// Reads a feed. The receipt tells what was odd: kinds `encoding`, `markup` (tags that don't match, or a cut end),
/// `date`, `address`, `item-empty`, `items-too-many`, `guid-twice`, `content-elsewhere`, `content-unknown`.
pub fn read(bytes: &[u8], origin: &Origin<'_>) -> Result<(Feed, Receipt), FeedError> {
    if bytes.len() > MOST_BYTES {
        return Err(FeedError::TooLarge);
    }
    let mut receipt = Receipt::new(origin.url.unwrap_or_default());
    let decoded = decode_markup(bytes, origin.charset);
    if decoded.lossy {
        receipt.degrade("encoding", None);
    }
    let base = origin.url.and_then(crate::url::web);
    let text = decoded
        .text
        .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '\0']);
    let mut feed = if text.starts_with('{') {
        json_feed::read(text, &mut receipt)?
    } else {
        read_markup(text, base.clone(), &mut receipt)?
    };
    finish(&mut feed, base, &mut receipt);
    Ok((feed, receipt))
}

fn read_markup(text: &str, base: Option<Url>, receipt: &mut Receipt) -> Result<Feed, FeedError> {
    let mut feed = Feed::default();
    let mut items_left_out = false;
    // Who writes what names nobody.
    let mut authors = Vec::new();
    let mut reading = tree::Reading::new(text, base);
    let root = match reading.root() {
        Some(root) => root,
        None if looks_like_a_page(text) => return Err(FeedError::Page),
        None => return Err(FeedError::NotAFeed),
    };
    while let Some(unit) = reading.next_unit() {
        if unit.is_item() && feed.items.len() >= MOST_ITEMS {
            items_left_out = true;
            continue;
        }
        match root {
            names::Root::Rss | names::Root::Rdf => rss::add(&mut feed, &unit, receipt),
            names::Root::Atom => atom::add(&mut feed, &mut authors, &unit, receipt),
        }
    }
    if items_left_out {
        receipt.degrade("items-too-many", None);
    }
    if reading.faults() > 0 {
        receipt.degrade("markup", None);
    }
    for item in feed.items.iter_mut().filter(|item| item.authors.is_empty()) {
        item.authors.clone_from(&authors);
    }
    Ok(feed)
}

fn looks_like_a_page(text: &str) -> bool {
    const LOOKED_AT: usize = 4_000;
    let head: String = text.chars().take(LOOKED_AT).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.contains("<html") || head.starts_with("<head")
}

/// What can only be done when all of a feed is known: addresses that are relative to something it said late, and
/// items that say nothing or the same as others.
fn finish(feed: &mut Feed, base: Option<Url>, receipt: &mut Receipt) {
    let own = |address: &Option<String>| address.as_deref().and_then(crate::url::web);
    let base = base.or_else(|| own(&feed.address)).or_else(|| own(&feed.site));
    let absolute = |address: &str, from: Option<&str>| {
        let from = from.and_then(|from| Url::parse(from).ok()).or_else(|| base.clone());
        absolute(address, from.as_ref())
    };
    for address in [&mut feed.site, &mut feed.address, &mut feed.moved_to] {
        *address = address.take().and_then(|address| absolute(&address, None));
    }
    feed.moved_to = feed
        .moved_to
        .take()
        .filter(|moved| Some(moved) != feed.address.as_ref());
    let site = feed.site.clone().or_else(|| feed.address.clone());
    let feed_lang = feed.lang.clone();
    let mut guids = HashSet::new();
    feed.items.retain_mut(|item| {
        let from = item.base.take();
        if let Some(address) = item.url.take() {
            item.url = absolute(&address, from.as_deref());
            if item.url.is_none() {
                receipt.degrade("address", Some(&address));
            }
        }
        item.enclosures
            .retain_mut(|enclosure| match absolute(&enclosure.url, from.as_deref()) {
                Some(address) => {
                    enclosure.url = address;
                    true
                }
                None => false,
            });
        item.enclosures.truncate(MOST_OF_AN_ITEM);
        item.tags.truncate(MOST_OF_AN_ITEM);
        item.base = from
            .and_then(|from| absolute(&from, None))
            .or_else(|| item.url.clone())
            .or_else(|| site.clone());
        item.lang = item.lang.take().or_else(|| feed_lang.clone());
        let says_something = item.title.is_some() || item.content.is_some() || item.url.is_some();
        if !says_something && item.enclosures.is_empty() {
            receipt.degrade("item-empty", None);
            return false;
        }
        if item.guid.is_empty() {
            item.guid = item.url.clone().unwrap_or_else(|| hash(item));
        }
        if !guids.insert(item.guid.clone()) {
            receipt.degrade("guid-twice", Some(&item.guid));
            item.guid = hash(item);
            return guids.insert(item.guid.clone());
        }
        true
    });
}

fn absolute(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    let url = match Url::parse(address) {
        Ok(url) => Some(url),
        Err(url::ParseError::RelativeUrlWithoutBase) => match base {
            Some(base) => base.join(address).ok(),
            None => crate::url::web(address),
        },
        Err(_) => None,
    };
    url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .map(String::from)
}

fn hash(item: &Item) -> String {
    let mut hash = blake3::Hasher::new();
    for part in [&item.url, &item.title, &item.content] {
        hash.update(part.as_deref().unwrap_or_default().as_bytes());
        hash.update(b"\0");
    }
    let published = item
        .published
        .map(|published| published.to_string())
        .unwrap_or_default();
    hash.update(published.as_bytes());
    hash.finalize().to_hex().chars().take(32).collect()
}

/// A date of a feed; one that can't be read is told.
fn date(text: &str, receipt: &mut Receipt) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let when = dates::when(text);
    if when.is_none() {
        receipt.degrade("date", Some(text.get(..80).unwrap_or(text)));
    }
    when.map(|when| when.time)
}

/// Adds a tag that is not there yet.
fn tag(item: &mut Item, tag: &str) {
    let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    if !tag.is_empty() && !item.tags.contains(&tag) && item.tags.len() < MOST_OF_AN_ITEM {
        item.tags.push(tag);
    }
}

/// Adds an enclosure that is not there yet.
fn enclose(item: &mut Item, url: &str, mime: Option<&str>, bytes: Option<&str>) {
    let url = url.trim();
    if url.is_empty() || item.enclosures.len() >= MOST_OF_AN_ITEM {
        return;
    }
    let mime = mime.map(str::trim).filter(|mime| !mime.is_empty()).map(str::to_owned);
    let bytes = bytes
        .and_then(|bytes| bytes.trim().parse().ok())
        .filter(|bytes| *bytes > 0);
    match item.enclosures.iter_mut().find(|known| known.url == url) {
        Some(known) => {
            known.mime = known.mime.take().or(mime);
            known.bytes = known.bytes.or(bytes);
        }
        None => item.enclosures.push(Enclosure {
            url: url.to_owned(),
            mime,
            bytes,
        }),
    }
}

/// Adds people that are not there yet.
fn sign(authors: &mut Vec<Author>, people: Vec<Author>) {
    for person in people {
        let name = edito_prose::fold::fold(&person.name);
        if !authors.iter().any(|known| edito_prose::fold::fold(&known.name) == name) {
            authors.push(person);
        }
    }
}
