//! The allow-list for HTML that stands in Markdown.
//!
//! Each raw block and each raw inline tag is cleaned on its own by ammonia, so that nothing in it
//! can reach the markup around it; a tag that spans Markdown is opened and closed by the renderer.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

/// A cleaned block.
pub(super) struct Block {
    pub html: String,
    /// The containers that the block leaves open for the Markdown after it, the outer ones first.
    pub open: Vec<&'static str>,
}

/// Cleans a raw block.
pub(super) fn block(html: &str) -> Block {
    if nesting(html) > MAX_DEPTH {
        return Block {
            html: without_tags(html),
            open: Vec::new(),
        };
    }
    let mut cleaned = CLEANER.clean(html).to_string();
    let mut open: Vec<&'static str> = Vec::new();
    loop {
        let last = CONTAINERS.iter().copied().find(|tag| {
            let begun = open.iter().filter(|one| *one == tag).count();
            let rest = cleaned
                .trim_end()
                .strip_suffix('>')
                .and_then(|rest| rest.strip_suffix(tag));
            rest.is_some_and(|rest| rest.ends_with("</"))
                && count_tag(html, tag, false) > count_tag(html, tag, true) + begun
        });
        let Some(tag) = last else {
            return Block { html: cleaned, open };
        };
        cleaned.truncate(cleaned.trim_end().len() - tag.len() - "</>".len());
        open.push(tag);
    }
}

/// The containers that are closed at the head of a block, and what is left of it.
pub(super) fn closing_containers(html: &str) -> (Vec<&'static str>, &str) {
    let (mut closed, mut rest) = (Vec::new(), html.trim_start());
    while let Some((name, behind)) = rest.strip_prefix("</").and_then(|tag| tag.split_once('>')) {
        let Some(tag) = CONTAINERS
            .iter()
            .copied()
            .find(|tag| tag.eq_ignore_ascii_case(name.trim()))
        else {
            break;
        };
        closed.push(tag);
        rest = behind.trim_start();
    }
    (closed, rest)
}

/// Cleans one raw inline tag: what to write, and the name to close when it is not void.
pub(super) fn inline_tag(html: &str) -> Option<(String, Option<&'static str>)> {
    let name = html.strip_prefix('<')?;
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = name.get(..length)?.to_ascii_lowercase();
    if VOID.contains(&name.as_str()) {
        if html
            .get(1 + length..)
            .is_some_and(|rest| matches!(rest, ">" | "/>" | " />"))
            && name != "img"
        {
            return Some((format!("<{name}>"), None));
        }
        return Some((CLEANER.clean(html).to_string(), None));
    }
    let tag = INLINES.iter().copied().find(|tag| *tag == name)?;
    let bare = html.len() == tag.len() + 2;
    let open = if bare {
        format!("<{tag}>")
    } else {
        let cleaned = CLEANER.clean(html).to_string();
        cleaned.strip_suffix(&format!("</{tag}>"))?.to_owned()
    };
    // Anything but the one tag means the parser moved things about.
    (open.starts_with('<') && open.matches('<').count() == 1).then_some((open, Some(tag)))
}

/// A piece of cleaned HTML.
pub(super) enum Piece<'a> {
    /// Written as it is.
    Verbatim(&'a str),
    /// The opening tag of a link.
    Link { address: String, title: String },
    /// An image.
    Image {
        address: String,
        description: String,
        title: String,
    },
}

/// Cuts cleaned HTML at its links and images. It comes from ammonia's serialiser: attributes are
/// double-quoted and their quotes escaped.
pub(super) fn pieces(cleaned: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = cleaned;
    let mut searched = 0;
    while let Some(at) = rest
        .get(searched..)
        .and_then(|tail| tail.find('<'))
        .map(|at| searched + at)
    {
        let tail = rest.get(at + 1..).unwrap_or_default();
        let name = tail.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_link = tail.get(..name) == Some("a");
        if !is_link && tail.get(..name) != Some("img") {
            searched = at + 1;
            continue;
        }
        let (attributes, length) = attributes(tail.get(name..).unwrap_or_default());
        if at > 0 {
            pieces.push(Piece::Verbatim(rest.get(..at).unwrap_or_default()));
        }
        let get = |wanted: &str| {
            let found = attributes.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, value)| decode(value)).unwrap_or_default()
        };
        pieces.push(if is_link {
            Piece::Link {
                address: get("href"),
                title: get("title"),
            }
        } else {
            Piece::Image {
                address: get("src"),
                description: get("alt"),
                title: get("title"),
            }
        });
        rest = tail.get(name + length..).unwrap_or_default();
        searched = 0;
    }
    pieces.push(Piece::Verbatim(rest));
    pieces
}

/// The deepest raw HTML that is parsed: html5ever takes quadratic time over depth.
const MAX_DEPTH: usize = 512;

const VOID: &[&str] = &["br", "wbr", "img", "hr"];

pub(crate) const INLINES: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/// Blocks that writers put around Markdown.
pub(crate) const CONTAINERS: &[&str] = &[
    "details",
    "div",
    "section",
    "article",
    "aside",
    "figure",
    "center",
    "blockquote",
    "header",
    "footer",
];

const BLOCKS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "pre",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "col",
    "colgroup",
    "figcaption",
    "summary",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    let all = [VOID, INLINES, CONTAINERS, BLOCKS].concat();
    builder
        .tags(all.into_iter().collect())
        .generic_attributes(["lang", "dir", "title"].into())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["src", "alt"])),
            ("time", HashSet::from(["datetime"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan", "scope"])),
            ("ol", HashSet::from(["start"])),
            ("details", HashSet::from(["open"])),
        ]))
        .tag_attribute_values(HashMap::new())
        .allowed_classes(HashMap::new())
        .url_schemes(["http", "https", "mailto"].into())
        .clean_content_tags(
            [
                "script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math", "select",
                "textarea", "title", "noembed", "noframes", "xmp",
            ]
            .into(),
        )
        .link_rel(None);
    builder
});

/// The deepest nesting that the tags of raw HTML could give. A closing tag counts only right after the tag that it
/// closes: a parser ignores those that close nothing, and so a flood of them must not hide a flood of opening ones.
fn nesting(html: &str) -> usize {
    let mut open: Vec<&str> = Vec::new();
    let mut deepest = 0usize;
    let name_at = |start: usize| {
        let rest = html.get(start..).unwrap_or_default();
        let end = rest
            .find(|character: char| !character.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    };
    for (at, _) in html.match_indices('<') {
        if html.as_bytes().get(at + 1) == Some(&b'/') {
            if open
                .last()
                .is_some_and(|last| last.eq_ignore_ascii_case(name_at(at + 2)))
            {
                open.pop();
            }
            continue;
        }
        let name = name_at(at + 1);
        let begins = name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        if begins && !VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) {
            open.push(name);
            deepest = deepest.max(open.len());
        }
    }
    deepest
}

/// The text of HTML that is too deep to be parsed, escaped.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    for (index, piece) in html.split('<').enumerate() {
        let shown = if index == 0 {
            piece
        } else {
            piece.split_once('>').map_or("", |(_, after)| after)
        };
        super::escape::escape(shown, &mut text);
    }
    text
}

fn count_tag(html: &str, tag: &str, closing: bool) -> usize {
    html.match_indices('<')
        .filter(|(at, _)| {
            let start = at + 1 + usize::from(closing);
            let slash = html.as_bytes().get(at + 1) == Some(&b'/');
            let after = html.as_bytes().get(start + tag.len());
            slash == closing
                && html
                    .get(start..start + tag.len())
                    .is_some_and(|name| name.eq_ignore_ascii_case(tag))
                && after.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        })
        .count()
}

/// The attributes after a tag's name, and the length up to and with its `>`.
fn attributes(text: &str) -> (Vec<(&str, &str)>, usize) {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let Some(end) = rest.find(['>', '=']) else {
            return (found, text.len());
        };
        if rest.as_bytes().get(end) == Some(&b'>') {
            return (found, at + end + 1);
        }
        let name = rest.get(..end).unwrap_or_default().trim();
        let value = rest.get(end + 1..).unwrap_or_default();
        let Some(value) = value.strip_prefix('"') else {
            return (found, text.len());
        };
        let Some(close) = value.find('"') else {
            return (found, text.len());
        };
        found.push((name, value.get(..close).unwrap_or_default()));
        at += end + 2 + close + 1;
    }
}

/// Undoes what the serialiser escapes in attributes.
fn decode(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    value
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
