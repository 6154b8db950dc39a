//! A text as its blocks: what is read in each, where it stands, and what it refers to.

use std::collections::HashMap;
use std::ops::Range;

use comrak::Arena;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue, Sourcepos};

use super::words::shifted;
use crate::frontmatter;
use crate::markdown;
use crate::typography::corrections::{Line, lines};

/// A character of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// In bytes of what is read.
    pub at: usize,
    /// In bytes of the source; the same twice for what does not stand there as it is read.
    pub from: usize,
    pub to: usize,
}

/// A paragraph, a heading, a cell, a value of the front matter.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub text: String,
    pub places: Vec<Place>,
    pub marks: Vec<Mark>,
    /// The number of the block quotation that it is in.
    pub quote: Option<usize>,
    /// The note that it is in.
    pub note: Option<String>,
    /// What contains it: blocks that follow one another in the same are neighbours.
    pub within: usize,
    pub is_paragraph: bool,
    pub is_front_matter: bool,
}

/// A reference within a block.
#[derive(Debug)]
pub(super) struct Mark {
    /// What is read of it, in bytes of the block's text; empty for a note.
    pub range: Range<usize>,
    pub target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Link(String),
    Note(String),
    Key(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shift {
    Raised,
    Lowered,
}

/// Tags whose content is read as code.
const CODE: [&str; 4] = ["code", "kbd", "samp", "pre"];

/// Stands for what is no text.
pub(super) const OBJECT: char = '\u{fffc}';

/// The blocks of a whole text in its order, front matter (title, standfirst, teaser) first; notes stand at the end.
pub(super) fn blocks(source: &str) -> Vec<Block> {
    let parts = frontmatter::split(source);
    let mut blocks = Vec::new();
    if parts.format.is_some() && frontmatter::read_split(source, &parts).problems.is_empty() {
        blocks.extend(lines::of_front_matter(source, &parts).into_iter().map(of_line));
    }
    if markdown::is_within_limits(parts.body) {
        let arena = Arena::new();
        let root = markdown::parse(&arena, parts.body);
        let mut reader = Reader::new(parts.body, parts.body_start);
        for edge in root.traverse() {
            match edge {
                NodeEdge::Start(node) => reader.enter(node),
                NodeEdge::End(node) => reader.leave(node),
            }
        }
        blocks.extend(reader.blocks);
    } else {
        blocks.extend(plain(parts.body, parts.body_start));
    }
    for block in &mut blocks {
        keys(block);
    }
    blocks
}

fn of_line(line: Line) -> Block {
    let mut block = Block {
        is_front_matter: true,
        within: usize::MAX,
        ..Block::default()
    };
    for glyph in line.glyphs {
        let known = glyph.from != usize::MAX;
        let at = block.text.len();
        block.text.push(glyph.character);
        let (from, to) = if known { (glyph.from, glyph.to) } else { (0, 0) };
        block.places.push(Place { at, from, to });
    }
    block
}

/// A body that is not parsed: paragraph by paragraph.
fn plain(body: &str, start: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut from = start;
    for part in body.split_inclusive("\n\n") {
        let mut block = Block {
            is_paragraph: true,
            ..Block::default()
        };
        for (at, character) in part.trim_end().char_indices() {
            let here = from + at;
            block.places.push(Place {
                at,
                from: here,
                to: here + character.len_utf8(),
            });
        }
        block.text = part.trim_end().to_owned();
        from += part.len();
        blocks.push(block);
    }
    blocks
}

/// `[@key]` is text to the parser.
fn keys(block: &mut Block) {
    let mut from = 0;
    while let Some(found) = block.text.get(from..).and_then(|rest| rest.find("[@")) {
        let start = from + found;
        let inside = block.text.get(start + 2..).unwrap_or_default();
        let is_key = |character: &char| character.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(*character);
        let key: String = inside.chars().take_while(is_key).take(200).collect();
        let key = key.trim_end_matches(['.', ':', '?']).to_owned();
        from = start + 2;
        if key.is_empty() {
            continue;
        }
        // `[@key, p. 12]`
        let tail: usize = inside
            .chars()
            .take(300)
            .take_while(|character| *character != ']')
            .map(char::len_utf8)
            .sum();
        let end = (from + tail + 1).min(block.text.len());
        block.marks.push(Mark {
            range: start..end,
            target: Target::Key(key),
        });
    }
    block.marks.sort_by_key(|mark| mark.range.start);
}

struct Reader<'a> {
    body: &'a str,
    start: usize,
    line_starts: Vec<usize>,
    blocks: Vec<Block>,
    block: Block,
    /// Links that are open: where what is read of them starts, and where they lead.
    links: Vec<(usize, String)>,
    /// Raw tags that are open, whose content is no prose.
    tags: Vec<&'static str>,
    /// Whether what is read is raised or lowered.
    shift: Option<Shift>,
    /// Quotations that are open, and the number of the outermost.
    quotes: usize,
    quote_count: usize,
    note: Option<String>,
    images: usize,
    containers: HashMap<usize, usize>,
}

impl<'a> Reader<'a> {
    fn new(body: &'a str, start: usize) -> Self {
        let ends = memchr::memchr_iter(b'\n', body.as_bytes());
        Self {
            body,
            start,
            line_starts: std::iter::once(0).chain(ends.map(|end| end + 1)).collect(),
            blocks: Vec::new(),
            block: Block::default(),
            links: Vec::new(),
            tags: Vec::new(),
            shift: None,
            quotes: 0,
            quote_count: 0,
            note: None,
            images: 0,
            containers: HashMap::new(),
        }
    }

    fn enter(&mut self, node: &'a AstNode<'a>) {
        let data = node.data();
        match &data.value {
            NodeValue::Text(text) if self.images == 0 && self.tags.is_empty() => self.text(text, data.sourcepos),
            NodeValue::Text(text) if self.tags.iter().all(|tag| CODE.contains(tag)) => self.code(text),
            NodeValue::Text(_) => {}
            NodeValue::Code(code) => self.code(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.unplaced('\n'),
            NodeValue::Math(_) | NodeValue::Raw(_) => self.unplaced(OBJECT),
            NodeValue::HtmlInline(tag) => self.tag(tag),
            NodeValue::Image(_) => {
                self.images += 1;
                self.unplaced(OBJECT);
            }
            NodeValue::Link(link) => self.links.push((self.block.text.len(), link.url.clone())),
            NodeValue::WikiLink(link) => self.links.push((self.block.text.len(), link.url.clone())),
            NodeValue::FootnoteReference(reference) => {
                let at = self.block.text.len();
                self.block.marks.push(Mark {
                    range: at..at,
                    target: Target::Note(reference.name.clone()),
                });
            }
            NodeValue::BlockQuote => {
                self.end_block();
                if self.quotes == 0 {
                    self.quote_count += 1;
                }
                self.quotes += 1;
            }
            NodeValue::FootnoteDefinition(definition) => {
                self.end_block();
                self.note = Some(definition.name.clone());
            }
            value if value.block() => {
                self.end_block();
                self.block.is_paragraph = matches!(value, NodeValue::Paragraph);
                let parent = node.parent().map_or(0, |parent| std::ptr::from_ref(parent) as usize);
                let count = self.containers.len();
                self.block.within = *self.containers.entry(parent).or_insert(count);
                if let NodeValue::CodeBlock(code) = value {
                    self.code(code.literal.trim_end());
                }
            }
            _ => {}
        }
    }

    fn leave(&mut self, node: &'a AstNode<'a>) {
        match &node.data().value {
            NodeValue::Image(_) => self.images = self.images.saturating_sub(1),
            NodeValue::Link(_) | NodeValue::WikiLink(_) => {
                if let Some((start, target)) = self.links.pop() {
                    self.block.marks.push(Mark {
                        range: start..self.block.text.len(),
                        target: Target::Link(target),
                    });
                }
            }
            NodeValue::BlockQuote => {
                self.end_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            NodeValue::FootnoteDefinition(_) => {
                self.end_block();
                self.note = None;
            }
            value if value.block() => self.end_block(),
            _ => {}
        }
    }

    fn end_block(&mut self) {
        self.tags.clear();
        self.shift = None;
        self.links.clear();
        let mut block = std::mem::take(&mut self.block);
        if block.text.is_empty() {
            return;
        }
        block.quote = (self.quotes > 0).then_some(self.quote_count);
        block.note.clone_from(&self.note);
        self.blocks.push(block);
    }

    fn range(&self, position: Sourcepos) -> Option<Range<usize>> {
        let place = |line: usize, column: usize| Some(self.line_starts.get(line.checked_sub(1)?)? + column);
        let from = place(position.start.line, position.start.column.checked_sub(1)?)?;
        Some(from..place(position.end.line, position.end.column)?)
    }

    /// Follows a text and the source side by side.
    fn text(&mut self, text: &str, position: Sourcepos) {
        let Some(range) = self
            .range(position)
            .filter(|range| self.body.get(range.clone()).is_some())
        else {
            text.chars().for_each(|character| self.unplaced(character));
            return;
        };
        let mut at = range.start;
        for character in text.chars() {
            let rest = self.body.get(at..range.end.max(at)).unwrap_or_default();
            let length = if rest.starts_with(character) && !(character == '&' && lines::entity(rest) > 0) {
                character.len_utf8()
            } else if rest.strip_prefix('\\').is_some_and(|rest| rest.starts_with(character)) {
                1 + character.len_utf8()
            } else {
                lines::entity(rest)
            };
            self.push(character, self.start + at, self.start + at + length);
            at += length;
        }
    }

    /// Code is read, and quotes nothing: what would be a mark in prose is a space in it.
    fn code(&mut self, text: &str) {
        if self.images > 0 {
            return;
        }
        for character in text.chars() {
            let is_mark = "«»“”„‘’\"[]()".contains(character);
            self.push(if is_mark { ' ' } else { character }, 0, 0);
        }
    }

    fn unplaced(&mut self, character: char) {
        if self.images == 0 || character == OBJECT {
            self.push(character, 0, 0);
        }
    }

    fn push(&mut self, character: char, from: usize, to: usize) {
        let at = self.block.text.len();
        // « 10<sup>2</sup> » is not « 102 ».
        let read = match self.shift {
            Some(shift) => shifted(character, shift == Shift::Raised),
            None => character,
        };
        self.block.text.push(read);
        self.block.places.push(Place { at, from, to });
    }

    /// The content of scripts and the like is not read, that of `<code>` as code is; a tag itself is nothing that is read.
    fn tag(&mut self, tag: &str) {
        const VERBATIM: [&str; 8] = ["code", "kbd", "samp", "pre", "script", "style", "math", "svg"];
        let lower: String = tag.chars().take(12).collect::<String>().to_ascii_lowercase();
        let name = lower.trim_start_matches(['<', '/']);
        let end = name
            .find(|character: char| !character.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let closes = lower.starts_with("</");
        match name.get(..end) {
            Some("br") => self.unplaced('\n'),
            Some("sup") => self.shift = (!closes).then_some(Shift::Raised),
            Some("sub") => self.shift = (!closes).then_some(Shift::Lowered),
            _ => {}
        }
        let Some(known) = VERBATIM.iter().find(|known| name.get(..end) == Some(known)) else {
            return;
        };
        if !closes {
            self.tags.push(known);
        } else if self.tags.last() == Some(known) {
            self.tags.pop();
        }
    }
}
