//! Where the article is in its page.
//!
//! dom_smoothie, a port of Mozilla's Readability, finds it. Where it finds nothing, or much less than the element that
//! the page itself calls the article's text, that element is taken; where there is none, what holds the most running
//! text.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::furniture::link_share;
use super::survey::Survey;
use crate::html::dom;

/// The article, in a tree that may be another than the page's.
pub(super) enum Found<'a> {
    /// In a tree of its own: the element with this id.
    Apart(Box<Document>),
    /// In the page's own tree.
    Here(NodeRef<'a>),
}

/// The id of the element that holds the article in a tree of its own.
pub(super) const CONTENT: &str = "#readability-page-1";

/// More elements than these are not weighed against each other; the page's own word for its text is taken, or the
/// simple search.
const MAX_NODES: usize = 150_000;

/// Finds the article. `told` is its text where the page repeats it for machines.
pub(super) fn extract<'a>(document: &'a Document, survey: &Survey<'a>, told: Option<&str>) -> Option<Found<'a>> {
    let named = named_body(survey);
    let named_length = named.as_ref().map_or(0, |node| dom::length_within(node, 60_000));
    let readable = if document.tree.len() <= MAX_NODES {
        readable(document)
    } else {
        None
    };
    let length = readable.as_ref().map_or(0, |document| {
        document
            .select_single(CONTENT)
            .nodes()
            .first()
            .map_or(0, |node| dom::length_within(node, 60_000))
    });
    // Much less than the page itself says its text is.
    if let Some(body) = named
        && named_length >= 400
        && length * 10 < named_length * 6
    {
        return Some(Found::Here(body));
    }
    let told_length = told.map_or(0, |told| told.chars().count());
    if length >= 140 && (told_length < 400 || length * 10 >= told_length * 5) {
        return readable.map(|document| Found::Apart(Box::new(document)));
    }
    let fullest = fullest(document);
    let fullest_length = fullest.as_ref().map_or(0, |node| dom::length_within(node, 60_000));
    match (readable, fullest) {
        (Some(document), _) if length >= 25 && (length * 2 >= fullest_length || told_length == 0 && length >= 140) => {
            Some(Found::Apart(Box::new(document)))
        }
        (_, Some(node)) if fullest_length > 0 => Some(Found::Here(node)),
        (Some(document), _) if length > 0 => Some(Found::Apart(Box::new(document))),
        _ => None,
    }
}

fn readable(document: &Document) -> Option<Document> {
    let config = Config {
        // Classes tell the language of code, and what a formula is.
        keep_classes: true,
        disable_json_ld: true,
        ..Config::default()
    };
    // A heuristic over foreign input: should it fall over its own feet, the page is read without it.
    let found = catch_unwind(AssertUnwindSafe(|| {
        let mut readability = Readability::with_document(document.clone(), None, Some(config)).ok()?;
        readability.parse().ok()?;
        Some(readability.doc)
    }));
    found
        .ok()
        .flatten()
        .filter(|document| document.select_single(CONTENT).exists())
}

/// The element that the page calls its article's text: the largest of them, not one that holds everything.
fn named_body<'a>(survey: &Survey<'a>) -> Option<NodeRef<'a>> {
    let mut best: Option<(usize, NodeRef<'a>)> = None;
    for node in survey.bodies.iter().take(60) {
        if dom::is(node, &["body", "html", "a", "span", "p", "li"]) || dom::is_hidden(node) {
            continue;
        }
        let length = dom::length_within(node, 60_000);
        if length < 200 || link_share(node, length) > 0.4 {
            continue;
        }
        // Of two, one in the other, the outer one has all of it; of two apart, the longer.
        if best.as_ref().is_none_or(|(most, _)| length > *most) {
            best = Some((length, *node));
        }
    }
    best.map(|(_, node)| node)
}

/// The element with the most running text, as deep in the page as possible.
fn fullest(document: &Document) -> Option<NodeRef<'_>> {
    let mut node = document.body()?;
    loop {
        let whole = text_of_paragraphs(&node);
        let best = node
            .element_children()
            .into_iter()
            .take(2_000)
            .filter(|child| {
                !dom::is(
                    child,
                    &[
                        "nav",
                        "header",
                        "footer",
                        "aside",
                        "form",
                        "p",
                        "ul",
                        "ol",
                        "table",
                        "pre",
                        "blockquote",
                        "figure",
                    ],
                )
            })
            .filter(|child| !dom::is_hidden(child))
            .map(|child| (text_of_paragraphs(&child), child))
            .max_by_key(|(length, _)| *length);
        match best {
            Some((length, child)) if length > 0 && length * 10 >= whole * 8 => node = child,
            _ => return Some(node),
        }
    }
}

/// How much text stands in a node outside of links and lists of links.
fn text_of_paragraphs(node: &NodeRef<'_>) -> usize {
    node.descendants_it()
        .filter(|inner| dom::is(inner, &["p", "blockquote", "pre", "br", "td", "div"]))
        .take(3_000)
        .map(|inner| {
            let own: usize = inner
                .children_it(false)
                .filter(|child| {
                    child.is_text()
                        || dom::is(
                            child,
                            &["b", "i", "em", "strong", "span", "font", "sup", "code", "q", "abbr"],
                        )
                })
                .map(|child| child.text().trim().chars().count())
                .sum();
            if dom::is(&inner, &["br"]) { 0 } else { own }
        })
        .sum()
}
