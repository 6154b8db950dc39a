//! Where the prose of a text is: the characters of its paragraphs, headings and cells, and of the values of its front
//! matter, each with its place in the source.

use std::ops::Range;

use comrak::Arena;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue, Sourcepos};

use super::line::{Glyph, Line, Phrase};
use crate::declared::{Declared, Phrases};
use crate::frontmatter::{self, Quoting, Split};
use crate::markdown;

/// The lines of a body that starts at `start` in the source. Only text that stands in the source as it is read is open to
/// changes: a place that can't be told is no place to change anything.
pub(crate) fn of_body(body: &str, start: usize) -> Vec<Line> {
    if !markdown::is_within_limits(body) {
        return Vec::new();
    }
    let arena = Arena::new();
    let root = markdown::parse(&arena, body);
    let line_starts: Vec<usize> = std::iter::once(0)
        .chain(memchr::memchr_iter(b'\n', body.as_bytes()).map(|end| end + 1))
        .collect();
    let mut reader = Reader {
        body,
        start,
        line_starts,
        lines: Vec::new(),
        line: Line::default(),
        sealed: 0,
        opened: false,
        quotations: 0,
        tags: Vec::new(),
        languages: Declared::of(root, body),
        block: 0,
        raw: Phrases::default(),
        begun: Vec::new(),
    };
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => reader.enter(node),
            NodeEdge::End(node) => reader.leave(node),
        }
    }
    reader.lines
}

/// The title, the standfirst and the teaser.
pub(crate) fn of_front_matter(source: &str, parts: &Split<'_>) -> Vec<Line> {
    frontmatter::text_values(parts)
        .into_iter()
        .map(|value| {
            let raw = source.get(value.range.clone()).unwrap_or_default();
            scalar(raw, value.range.start, value.quoting)
        })
        .collect()
}

/// A character of a text with the place of what was written for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aligned {
    pub character: char,
    /// In bytes of what was written; empty where that can’t be told.
    pub place: Range<usize>,
    /// It was written as it is read: neither escaped nor a reference.
    pub plain: bool,
}

/// Follows a text and what was written for it side by side.
pub(crate) fn align<'a>(text: &'a str, written: &'a str) -> impl Iterator<Item = Aligned> + 'a {
    let mut at = 0;
    text.chars().map(move |character| {
        let rest = written.get(at..).unwrap_or_default();
        let (length, plain) = if rest.starts_with(character) && !(character == '&' && entity(rest) > 0) {
            (character.len_utf8(), true)
        } else if rest.strip_prefix('\\').is_some_and(|rest| rest.starts_with(character)) {
            (1 + character.len_utf8(), false)
        } else if rest.starts_with('&') && entity(rest) > 0 {
            (entity(rest), false)
        } else {
            (0, false)
        };
        let place = at..at + length;
        at += length;
        Aligned {
            character,
            place,
            plain,
        }
    })
}

struct Reader<'a> {
    body: &'a str,
    start: usize,
    line_starts: Vec<usize>,
    lines: Vec<Line>,
    line: Line,
    /// Above 0 where text is shown but not changed: addresses, names of references, images.
    sealed: usize,
    /// A mark of emphasis opens before what comes next.
    opened: bool,
    /// Block quotations that are open.
    quotations: usize,
    /// Raw tags that are open, whose content is no prose.
    tags: Vec<&'static str>,
    /// What is declared of blocks.
    languages: Declared,
    /// The line of the body on which the block of the line begins.
    block: usize,
    /// Raw tags that are open, which may declare the language of a phrase.
    raw: Phrases,
    /// Phrases of the line that have begun, by their number.
    begun: Vec<usize>,
}

impl Reader<'_> {
    fn enter<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data();
        match &data.value {
            NodeValue::Text(text) => self.text(text, data.sourcepos),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.opaque('\n'),
            NodeValue::Code(_) | NodeValue::Math(_) | NodeValue::Raw(_) => self.opaque('x'),
            NodeValue::HtmlInline(tag) => self.tag(tag),
            NodeValue::FootnoteReference(_) => {}
            NodeValue::Link(_) | NodeValue::Image(_) | NodeValue::WikiLink(_) => {
                if self.sealed > 0 || is_sealed(&data.value, self.slice(data.sourcepos)) {
                    self.sealed += 1;
                }
            }
            NodeValue::BlockQuote => {
                self.end_line();
                self.quotations += 1;
            }
            value if value.block() => {
                self.end_line();
                self.block = data.sourcepos.start.line;
            }
            _ => self.opened = true,
        }
    }

    fn leave<'a>(&mut self, node: &'a AstNode<'a>) {
        match &node.data().value {
            NodeValue::Text(_) => {}
            NodeValue::Link(_) | NodeValue::Image(_) | NodeValue::WikiLink(_) => {
                self.sealed = self.sealed.saturating_sub(1);
            }
            NodeValue::BlockQuote => {
                self.end_line();
                self.quotations = self.quotations.saturating_sub(1);
            }
            value if value.block() => self.end_line(),
            NodeValue::Emph
            | NodeValue::Strong
            | NodeValue::Strikethrough
            | NodeValue::Subscript
            | NodeValue::Highlight => {
                self.opened = false;
                if let Some(last) = self.line.glyphs.last_mut() {
                    last.closes = true;
                }
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        self.opened = false;
        self.tags.clear();
        let open = self.raw.end();
        self.end_phrases(open);
        if self.line.glyphs.is_empty() {
            self.line.phrases.clear();
        } else {
            self.line.quoted = self.quotations > 0;
            self.line.declared = self.languages.at(self.block).cloned();
            self.lines.push(std::mem::take(&mut self.line));
        }
    }

    fn range(&self, position: Sourcepos) -> Option<Range<usize>> {
        let place = |line: usize, column: usize| Some(self.line_starts.get(line.checked_sub(1)?)? + column);
        let from = place(position.start.line, position.start.column.checked_sub(1)?)?;
        Some(from..place(position.end.line, position.end.column)?)
    }

    fn slice(&self, position: Sourcepos) -> &str {
        self.range(position)
            .and_then(|range| self.body.get(range))
            .unwrap_or_default()
    }

    /// Follows a text and the source side by side.
    fn text(&mut self, text: &str, position: Sourcepos) {
        let Some(range) = self
            .range(position)
            .filter(|range| self.body.get(range.clone()).is_some())
        else {
            text.chars().for_each(|character| self.opaque(character));
            return;
        };
        let before = self.line.glyphs.len();
        let fixed = self.sealed > 0 || !self.tags.is_empty();
        let mut aligned = true;
        for Aligned {
            character,
            place,
            plain,
        } in align(text, self.body.get(range.clone()).unwrap_or_default())
        {
            aligned &= !place.is_empty();
            let opens = std::mem::take(&mut self.opened);
            self.line.glyphs.push(Glyph {
                character,
                from: self.start + range.start + place.start,
                to: self.start + range.start + place.end,
                fixed: fixed || !plain,
                opens,
                closes: false,
                rule: None,
            });
        }
        if !aligned {
            self.line
                .glyphs
                .iter_mut()
                .skip(before)
                .for_each(|glyph| glyph.fixed = true);
        }
    }

    fn opaque(&mut self, character: char) {
        let opens = std::mem::take(&mut self.opened);
        self.line.glyphs.push(Glyph::opaque(character, opens));
    }

    fn end_phrases(&mut self, count: usize) {
        for phrase in self.begun.drain(self.begun.len().saturating_sub(count)..) {
            if let Some(phrase) = self.line.phrases.get_mut(phrase) {
                phrase.range.end = self.line.glyphs.len();
            }
        }
    }

    /// The content of `<code>` and the like is no prose; a tag itself is nothing that is read.
    fn tag(&mut self, tag: &str) {
        let (ended, begun) = self.raw.read(tag);
        self.end_phrases(ended);
        if let Some(lang) = begun {
            let at = self.line.glyphs.len();
            self.begun.push(self.line.phrases.len());
            self.line.phrases.push(Phrase { range: at..at, lang });
        }
        const VERBATIM: [&str; 8] = ["code", "kbd", "samp", "pre", "script", "style", "math", "svg"];
        let lower: String = tag.chars().take(12).collect::<String>().to_ascii_lowercase();
        let closing = lower.starts_with("</");
        let name = lower.trim_start_matches(['<', '/']);
        let end = name
            .find(|character: char| !character.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let Some(known) = VERBATIM.iter().find(|known| name.get(..end) == Some(known)) else {
            return;
        };
        if !closing {
            self.tags.push(known);
        } else if self.tags.last() == Some(known) {
            self.tags.pop();
        }
    }
}

/// The name of a reference (`[text]`), of a wiki link and an address in `<…>` are what leads somewhere: only the text of
/// `[text](address)` is prose.
fn is_sealed(value: &NodeValue, slice: &str) -> bool {
    match value {
        NodeValue::Link(_) => !(slice.starts_with('[') && slice.ends_with(')')),
        _ => true,
    }
}

/// The length of the character reference at the head of a text, 0 where there is none.
pub(crate) fn entity(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('&') else { return 0 };
    let name = rest
        .bytes()
        .take(40)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    if name > 0 && rest.as_bytes().get(name) == Some(&b';') {
        name + 2
    } else {
        0
    }
}

fn scalar(raw: &str, start: usize, quoting: Quoting) -> Line {
    let mut line = Line::default();
    let mut characters = raw.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let (mut character, mut to, mut fixed) = (character, at + character.len_utf8(), false);
        match (quoting, character) {
            (Quoting::Double, '\\') => {
                let escaped = characters.next();
                to = escaped.map_or(raw.len(), |(at, character)| at + character.len_utf8());
                fixed = escaped.is_none_or(|(_, character)| character != '"');
                character = if fixed { 'x' } else { '"' };
            }
            (Quoting::Single, '\'') => {
                if let Some((at, _)) = characters.next_if(|(_, next)| *next == '\'') {
                    to = at + 1;
                } else {
                    fixed = true;
                }
            }
            (_, '\n') => fixed = true,
            _ => {}
        }
        line.glyphs.push(Glyph {
            character,
            from: start + at,
            to: start + to,
            fixed,
            opens: false,
            closes: false,
            rule: None,
        });
    }
    line
}
