//! Foreign HTML, parsed within bounds.
//!
//! Nothing of it ever reaches a screen as HTML: it is read, and Markdown is written ([`crate::content`]).
//! What is bounded here is time and memory. html5ever takes quadratic time over the depth of elements and over the
//! attributes of one tag, and a small text can make it build a large tree.

mod attributes;
pub(crate) mod dom;
mod plain;

use std::borrow::Cow;
use std::cell::{Cell, Ref};

use dom_query::{Document, NodeId};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

pub(crate) use plain::plain;

/// The deepest nesting of elements that is read as a tree.
pub(crate) const MAX_DEPTH: usize = 512;

/// The most nodes that are read as a tree; the largest articles of Wikipedia have about 100,000.
const MAX_NODES: usize = 400_000;

/// Parses a document, or `None` where it is too deep or too rich to be read as a tree: [`plain()`] still gets its words.
pub(crate) fn parse(text: &str) -> Option<Document> {
    let text: StrTendril = match attributes::within_limit(text) {
        Cow::Borrowed(text) => text.into(),
        Cow::Owned(text) => text.into(),
    };
    let options = ParseOpts {
        tokenizer: TokenizerOpts::default(),
        // What stands in `noscript` is what is shown where no script runs, and none does here.
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
    };
    let mut parser = parse_document(Bounded::default(), options);
    let length = text.len();
    let mut start = 0;
    while start < length {
        let mut end = (start + CHUNK).min(length);
        while !text.is_char_boundary(end) {
            end += 1;
        }
        parser.process(text.subtendril(
            u32::try_from(start).unwrap_or(u32::MAX),
            u32::try_from(end - start).unwrap_or(0),
        ));
        if !parser.tokenizer.sink.sink.is_within_bounds() {
            return None;
        }
        start = end;
    }
    let document = parser.finish();
    (dom::depth(&document) <= MAX_DEPTH).then_some(document)
}

/// How much is parsed between two looks at how far it has come. Within a chunk even the worst stays in milliseconds.
const CHUNK: usize = 4 * 1024;

/// How many times a second `<html>` or `<body>` may add its attributes to the first.
const MAX_MERGES: usize = 16;

/// A tree that knows when it has become too much.
#[derive(Default)]
struct Bounded {
    document: Document,
    /// The element appended last, to tell the depth by.
    last: Cell<Option<NodeId>>,
    merges: Cell<usize>,
}

impl Bounded {
    fn is_within_bounds(&self) -> bool {
        let tree = &self.document.tree;
        let shallow = self
            .last
            .get()
            .is_none_or(|last| tree.ancestor_ids_of_it(&last, None).take(MAX_DEPTH + 1).count() <= MAX_DEPTH);
        shallow && tree.len() <= MAX_NODES
    }

    fn note(&self, child: &NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(id) = child {
            self.last.set(Some(*id));
        }
    }
}

impl TreeSink for Bounded {
    type ElemName<'a> = Ref<'a, QualName>;
    type Output = Document;
    type Handle = NodeId;

    fn finish(self) -> Document {
        self.document
    }

    // Every page has some, and nobody asks.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.document.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.note(&child);
        self.document.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        self.note(&child);
        self.document.append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.document.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.note(&child);
        self.document.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let merges = self.merges.get();
        if merges < MAX_MERGES {
            self.merges.set(merges + 1);
            self.document.add_attrs_if_missing(target, attributes);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_ordinary_page_is_the_same_tree_as_without_bounds() {
        let page =
            "<!DOCTYPE html><title>É</title><body class=a><p>un<p>deux <b>gras<i>x</b>y</i><table><tr><td>1</table>"
                .repeat(40);
        assert_eq!(parse(&page).unwrap().html(), Document::from(page.as_str()).html());
    }

    #[test]
    fn what_is_too_deep_or_grows_too_large_is_refused_early() {
        for page in [
            "<div>".repeat(100_000),
            "<i>".repeat(100_000),
            (0..40_000).map(|n| format!("<p><b id={n}>x")).collect(),
            (0..100_000).map(|n| format!("<html a{n}=1>")).collect::<String>() + &"<div>".repeat(600),
            "<table><tr><td>".repeat(50_000),
            "<svg><g>".repeat(50_000),
            "<p>x".repeat(500_000),
        ] {
            assert!(parse(&page).is_none(), "{}", &page[..30]);
        }
        // Closed at once, a hundred thousand are no depth.
        assert!(parse(&"<div></div>".repeat(20_000)).is_some());
        assert!(parse(&"<p>x".repeat(20_000)).is_some());
    }

    #[test]
    fn attributes_beyond_measure_are_cut() {
        let many: String = (0..800_000).map(|n| format!(" a{n}=1")).collect();
        let page = format!("<p class=kept{many}>text</p>");
        let document = parse(&page).unwrap();
        assert_eq!(&*document.select("p.kept").text(), "text");
        let spaces: String = (0..100_000).map(|n| format!(" xmlns:a{n}=\"u\"")).collect();
        assert!(parse(&format!("<html{spaces}><p>x")).is_some());
    }
}
