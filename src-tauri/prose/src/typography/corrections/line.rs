//! A paragraph as its characters, each with its place in the source, and the edits that are made to them.

use std::ops::Range;

use super::{Correction, Rule};

/// A character of a paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    /// What the reader sees: `x` for what is not text.
    pub character: char,
    /// Where it stands in the source, in bytes; the whole of what was replaced, once it is the outcome of an edit.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Never changed.
    pub fixed: bool,
    /// A mark of emphasis opens right before it: no space may come between.
    pub opens: bool,
    /// A mark of emphasis closes right after it.
    pub closes: bool,
    /// What changed it.
    pub rule: Option<Rule>,
}

/// A change of some characters of a line.
#[derive(Debug)]
pub(super) struct Edit {
    /// Which characters, by their number.
    pub range: Range<usize>,
    /// What stands there then; never empty.
    pub text: String,
    pub rule: Rule,
}

/// What rules see: characters by their number. What lies outside is nothing.
#[derive(Clone, Copy)]
pub(super) struct Characters<'a>(&'a [Glyph]);

impl Characters<'_> {
    pub fn len(self) -> usize {
        self.0.len()
    }

    pub fn at(self, at: usize) -> Option<char> {
        self.0.get(at).map(|glyph| glyph.character)
    }

    /// The character before a place.
    pub fn before(self, at: usize) -> Option<char> {
        self.at(at.checked_sub(1)?)
    }

    pub fn is_fixed(self, at: usize) -> bool {
        self.0.get(at).is_none_or(|glyph| glyph.fixed)
    }

    /// Whether a text stands at a place.
    pub fn starts_with(self, at: usize, text: &str) -> bool {
        text.chars()
            .enumerate()
            .all(|(offset, character)| self.at(at + offset) == Some(character))
    }

    /// The end of a run of characters that begins at a place.
    pub fn run(self, at: usize, of: impl Fn(char) -> bool) -> usize {
        let mut end = at;
        while self.at(end).is_some_and(&of) {
            end += 1;
        }
        end
    }

    /// The start of a run of characters that ends before a place, of at most `most`.
    pub fn run_before(self, at: usize, most: usize, of: impl Fn(char) -> bool) -> usize {
        let mut start = at;
        while at - start < most && self.before(start).is_some_and(&of) {
            start -= 1;
        }
        start
    }

    /// What stands between two places, as far as the line goes.
    pub fn text(self, range: Range<usize>) -> String {
        self.0
            .get(range.start..range.end.min(self.0.len()))
            .unwrap_or_default()
            .iter()
            .map(|glyph| glyph.character)
            .collect()
    }
}

/// A paragraph, a heading, a cell or a value: what stands together.
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub glyphs: Vec<Glyph>,
    /// It stands in a block quotation.
    pub quoted: bool,
}

impl Line {
    /// Makes the edits that a rule asks for, but those that would touch what is fixed. Whether any was made.
    pub(super) fn edit(&mut self, rule: impl Fn(Characters<'_>) -> Vec<Edit>) -> bool {
        let mut edits = rule(Characters(&self.glyphs));
        edits.retain(|edit| self.allows(edit));
        if edits.is_empty() {
            return false;
        }
        edits.sort_by_key(|edit| edit.range.start);
        let mut set = Vec::with_capacity(self.glyphs.len() + edits.len());
        let mut copied = 0;
        for Edit { range, text, rule } in edits {
            let (Some(kept), Some(replaced)) = (self.glyphs.get(copied..range.start), self.glyphs.get(range.clone()))
            else {
                // It overlaps the one before.
                continue;
            };
            let (Some(first), Some(last)) = (replaced.first(), replaced.last()) else {
                continue;
            };
            set.extend_from_slice(kept);
            let count = text.chars().count();
            for (number, character) in text.chars().enumerate() {
                set.push(Glyph {
                    character,
                    from: first.from,
                    to: last.to,
                    fixed: false,
                    opens: first.opens && number == 0,
                    closes: last.closes && number + 1 == count,
                    rule: Some(replaced.iter().find_map(|glyph| glyph.rule).unwrap_or(rule)),
                });
            }
            copied = range.end;
        }
        set.extend_from_slice(self.glyphs.get(copied..).unwrap_or_default());
        self.glyphs = set;
        true
    }

    /// Adds what was changed.
    pub fn corrections(&self, found: &mut Vec<Correction>) {
        let mut glyphs = self.glyphs.iter().peekable();
        while let Some(first) = glyphs.next() {
            let Some(rule) = first.rule else { continue };
            let mut range = first.from..first.to;
            let mut replacement = String::from(first.character);
            // What overlaps was made of the same characters.
            while let Some(next) = glyphs.next_if(|next| next.rule.is_some() && next.from < range.end) {
                range.end = range.end.max(next.to);
                replacement.push(next.character);
            }
            found.push(Correction {
                range,
                replacement,
                rule,
            });
        }
    }

    fn allows(&self, edit: &Edit) -> bool {
        let Some(replaced) = self.glyphs.get(edit.range.clone()) else {
            return false;
        };
        let (Some(first), Some(last)) = (replaced.first(), replaced.last()) else {
            return false;
        };
        let unbroken = replaced
            .iter()
            .zip(replaced.iter().skip(1))
            .all(|(one, next)| next.from <= one.to);
        let changes = !replaced.iter().map(|glyph| glyph.character).eq(edit.text.chars());
        let begins_with_space = edit.text.starts_with(char::is_whitespace);
        let ends_with_space = edit.text.ends_with(char::is_whitespace);
        changes
            && unbroken
            && !edit.text.is_empty()
            && !replaced.iter().any(|glyph| glyph.fixed)
            && !(first.opens && begins_with_space)
            && !(last.closes && ends_with_space)
    }
}
