//! A draft as its leaves: what is read as one, with the links, notes and citations in it.

use std::ops::Range;

use comrak::Arena;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue, Sourcepos};

use super::{Named, Notes};
use crate::frontmatter;
use crate::markdown;
use crate::passages::OBJECT;
use crate::typography::corrections::lines;

/// A paragraph, a heading, a cell, a value of the front matter.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    /// What is read, lines joined by `\n`; [`OBJECT`] for what is no text.
    pub text: String,
    /// The place of each character: in the text, and in the source. An empty place can't be told.
    places: Vec<(usize, Range<usize>)>,
    /// What it holds besides text, with its place in the text; in order.
    pub marks: Vec<(Range<usize>, Mark)>,
    /// The block quotation that it stands in, the outermost one, by its place in the source.
    pub quote: Option<Range<usize>>,
    /// The label of the footnote that it stands in.
    pub note: Option<String>,
}

/// What stands in a text besides its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Link {
        target: String,
        text: Range<usize>,
    },
    /// The call of a footnote.
    Note {
        label: String,
    },
    Citation {
        key: String,
    },
}

impl Mark {
    pub fn named(&self) -> Option<Named> {
        match self {
            Mark::Link { target, .. } => Some(Named::Link { target: target.clone() }),
            Mark::Citation { key } => Some(Named::Citation { key: key.clone() }),
            Mark::Note { .. } => None,
        }
    }

    /// The sources of the note that it calls.
    pub fn of_note(&self, notes: &Notes<'_>) -> Vec<Named> {
        match self {
            Mark::Note { label } => notes.get(label.as_str()).cloned().unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

impl Leaf {
    /// The marks that start at a place of the text or behind it, the nearest first.
    pub fn marks_from(&self, at: usize) -> impl Iterator<Item = &(Range<usize>, Mark)> {
        let index = self.marks.partition_point(|(place, _)| place.start < at);
        self.marks.iter().skip(index)
    }

    /// The marks that start before a place of the text, the nearest first.
    pub fn marks_before(&self, at: usize) -> impl Iterator<Item = &(Range<usize>, Mark)> {
        let index = self.marks.partition_point(|(place, _)| place.start < at);
        self.marks.iter().take(index).rev()
    }

    /// Where the mark before a place of the text starts in the source.
    pub fn outside(&self, at: usize) -> Option<usize> {
        let index = self.places.partition_point(|(place, _)| *place < at);
        let (_, place) = self.places.get(index.checked_sub(1)?)?;
        (!place.is_empty()).then_some(place.start)
    }

    /// Where the mark behind a place of the text ends in the source.
    pub fn outside_end(&self, at: usize) -> Option<usize> {
        let index = self.places.partition_point(|(place, _)| *place < at);
        let (_, place) = self.places.get(index)?;
        (!place.is_empty()).then_some(place.end)
    }

    /// Where the text between two places stands in the source, white space at its ends left out.
    pub fn between(&self, from: usize, to: usize) -> Option<Range<usize>> {
        let said = self.text.get(from..to)?;
        let start = from + (said.len() - said.trim_start().len());
        let end = start + said.trim().len();
        let first = self.places.partition_point(|(place, _)| *place < start);
        let last = self.places.partition_point(|(place, _)| *place < end);
        let places = self.places.get(first..last)?;
        let (first, last) = (&places.first()?.1, &places.last()?.1);
        (!first.is_empty() && !last.is_empty()).then_some(first.start..last.end)
    }

    /// Where the attribution begins: the last line, if a dash begins it.
    pub fn attribution(&self) -> Option<usize> {
        let line = self.text.rfind('\n').map_or(0, |end| end + 1);
        begins_with_dash(self.text.get(line..)?).then_some(line)
    }

    pub fn begins_with_dash(&self) -> bool {
        begins_with_dash(&self.text)
    }
}

fn begins_with_dash(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(['—', '–', '―']) || line.starts_with("-- ")
}

/// The leaves of a draft, in order; none of what is no prose.
pub(super) fn leaves(source: &str) -> Vec<Leaf> {
    let parts = frontmatter::split(source);
    let mut found = Vec::new();
    if parts.format.is_some() {
        for line in lines::of_front_matter(source, &parts) {
            let mut leaf = Leaf::default();
            for glyph in line.glyphs {
                leaf.places.push((leaf.text.len(), glyph.from..glyph.to));
                leaf.text.push(glyph.character);
            }
            found.push(leaf);
        }
    }
    if !markdown::is_within_limits(parts.body) {
        return found;
    }
    let arena = Arena::new();
    let root = markdown::parse(&arena, parts.body);
    let line_starts: Vec<usize> = std::iter::once(0)
        .chain(memchr::memchr_iter(b'\n', parts.body.as_bytes()).map(|end| end + 1))
        .collect();
    let mut reader = Reader {
        body: parts.body,
        start: parts.body_start,
        line_starts,
        leaves: found,
        leaf: Leaf::default(),
        quotes: 0,
        quote: None,
        note: None,
        links: Vec::new(),
        sealed: 0,
    };
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => reader.enter(node),
            NodeEdge::End(node) => reader.leave(node),
        }
    }
    reader.end_leaf();
    reader.leaves
}

struct Reader<'a> {
    body: &'a str,
    start: usize,
    line_starts: Vec<usize>,
    leaves: Vec<Leaf>,
    leaf: Leaf,
    /// How many block quotations are open, and the outermost.
    quotes: usize,
    quote: Option<Range<usize>>,
    note: Option<String>,
    /// Links that are open: where their text starts.
    links: Vec<usize>,
    /// Within an image, whose text is no text here.
    sealed: usize,
}

impl Reader<'_> {
    fn enter<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data();
        match &data.value {
            NodeValue::Text(text) => self.text(text, data.sourcepos),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.push('\n', 0..0),
            NodeValue::Code(_) | NodeValue::Math(_) | NodeValue::Raw(_) => self.push(OBJECT, 0..0),
            NodeValue::FootnoteReference(reference) => {
                let at = self.leaf.text.len();
                let label = reference.name.clone();
                self.leaf.marks.push((at..at, Mark::Note { label }));
            }
            NodeValue::Link(_) | NodeValue::WikiLink(_) => self.links.push(self.leaf.text.len()),
            NodeValue::Image(_) => self.sealed += 1,
            value if value.block() => {
                self.end_leaf();
                match value {
                    NodeValue::BlockQuote => {
                        if self.quotes == 0 {
                            self.quote = self.range(data.sourcepos);
                        }
                        self.quotes += 1;
                    }
                    NodeValue::FootnoteDefinition(definition) => self.note = Some(definition.name.clone()),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn leave<'a>(&mut self, node: &'a AstNode<'a>) {
        let value = &node.data().value;
        let target = match value {
            NodeValue::Link(link) => Some(&link.url),
            NodeValue::WikiLink(link) => Some(&link.url),
            NodeValue::Image(_) => {
                self.sealed = self.sealed.saturating_sub(1);
                None
            }
            _ => None,
        };
        if let Some(target) = target {
            let end = self.leaf.text.len();
            let text = self.links.pop().unwrap_or(end)..end;
            let target = target.clone();
            self.leaf.marks.push((text.clone(), Mark::Link { target, text }));
        } else if value.block() {
            self.end_leaf();
            match value {
                NodeValue::BlockQuote => {
                    self.quotes = self.quotes.saturating_sub(1);
                    if self.quotes == 0 {
                        self.quote = None;
                    }
                }
                NodeValue::FootnoteDefinition(_) => self.note = None,
                _ => {}
            }
        }
    }

    fn end_leaf(&mut self) {
        self.links.clear();
        if self.leaf.text.trim().is_empty() {
            self.leaf = Leaf::default();
            return;
        }
        let mut leaf = std::mem::take(&mut self.leaf);
        leaf.quote = self.quote.clone();
        leaf.note = self.note.clone();
        citations(&mut leaf);
        self.leaves.push(leaf);
    }

    fn range(&self, position: Sourcepos) -> Option<Range<usize>> {
        let place = |line: usize, column: usize| Some(self.line_starts.get(line.checked_sub(1)?)? + column);
        let from = place(position.start.line, position.start.column.checked_sub(1)?)?;
        Some(from..place(position.end.line, position.end.column)?)
    }

    fn text(&mut self, text: &str, position: Sourcepos) {
        if self.sealed > 0 {
            return;
        }
        let range = self.range(position).unwrap_or_default();
        let start = self.start + range.start;
        for aligned in lines::align(text, self.body.get(range).unwrap_or_default()) {
            let lines::Aligned { character, place, .. } = aligned;
            self.push(character, start + place.start..start + place.end);
        }
    }

    fn push(&mut self, character: char, place: Range<usize>) {
        self.leaf.places.push((self.leaf.text.len(), place));
        self.leaf.text.push(character);
    }
}

/// Takes the citations of a text (`[@key, p. 3; @other]`) among its marks.
fn citations(leaf: &mut Leaf) {
    let mut at = 0;
    let mut found = Vec::new();
    while let Some(start) = leaf
        .text
        .get(at..)
        .and_then(|rest| rest.find("["))
        .map(|offset| at + offset)
    {
        at = start + 1;
        let rest = leaf.text.get(at..).unwrap_or_default();
        let Some(end) = rest
            .find([']', '['])
            .filter(|end| rest.as_bytes().get(*end) == Some(&b']'))
        else {
            continue;
        };
        let inside = rest.get(..end).unwrap_or_default();
        for part in inside.split(';') {
            let Some((_, key)) = part.split_once('@') else { continue };
            let end_of_key = |character: char| {
                !(character.is_alphanumeric()
                    || matches!(
                        character,
                        '_' | ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '/'
                    ))
            };
            let key = key
                .split(end_of_key)
                .next()
                .unwrap_or_default()
                .trim_end_matches(['.', ':']);
            if !key.is_empty() {
                found.push((start..at + end + 1, Mark::Citation { key: key.to_owned() }));
            }
        }
        at += end;
    }
    leaf.marks.extend(found);
    leaf.marks.sort_by_key(|(place, _)| place.start);
}
