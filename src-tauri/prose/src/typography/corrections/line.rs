//! A paragraph as its characters, each with its place in the source, and the edits that are made to them.

use std::ops::Range;

use super::{Correction, Rule};
use crate::language::{Lang, language_of};

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

impl Glyph {
    /// What is no text: nothing that is changed reaches over it.
    pub fn opaque(character: char, opens: bool) -> Self {
        Self {
            character,
            from: usize::MAX,
            to: 0,
            fixed: true,
            opens,
            closes: false,
            rule: None,
        }
    }
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
    /// The language that is declared of it.
    pub declared: Option<Lang>,
    /// Phrases of which another one is declared, in the order in which they begin; what ends sooner stands within.
    pub phrases: Vec<Phrase>,
}

/// A phrase with a language of its own.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// Which characters, by their number.
    pub range: Range<usize>,
    pub lang: Lang,
}

/// The head of a paragraph that its language is told by, in characters: what quotes is told by what stands around it.
pub(super) const SAMPLE: usize = 2_000;

/// The lines with each phrase in another language as a line by itself, behind the one that it is taken out of, where something
/// that is no text stands for it.
pub(crate) fn by_language(lines: Vec<Line>, article: &Lang) -> Vec<Line> {
    if lines.iter().all(|line| line.phrases.is_empty()) {
        return lines;
    }
    let mut parted = Vec::with_capacity(lines.len());
    for line in lines {
        if line.phrases.is_empty() {
            parted.push(line);
        } else {
            line.part(article, &mut parted);
        }
    }
    parted
}

impl Line {
    /// The language that it is in, but for phrases in another one.
    pub fn language(&self, article: &Lang) -> Lang {
        if let Some(lang) = &self.declared {
            return lang.clone();
        }
        let mut phrases = self.phrases.iter().map(|phrase| &phrase.range).peekable();
        let mut behind = 0;
        let own = self.glyphs.iter().enumerate().filter(|(at, _)| {
            while let Some(range) = phrases.next_if(|range| range.start <= *at) {
                behind = behind.max(range.end);
            }
            *at >= behind
        });
        let sample: String = own.take(SAMPLE).map(|(_, glyph)| glyph.character).collect();
        language_of(&sample, None, article)
    }

    fn part(self, article: &Lang, parted: &mut Vec<Line>) {
        let first = parted.len();
        let lang = self.language(article);
        let (mut depth, mut straight) = (0usize, false);
        let mut phrases = self.phrases.into_iter().peekable();
        let mut open: Vec<(usize, usize, Lang)> = vec![(usize::MAX, first, lang)];
        parted.push(Line {
            quoted: self.quoted,
            declared: self.declared,
            ..Line::default()
        });
        for (at, glyph) in self.glyphs.into_iter().enumerate() {
            while open.pop_if(|(end, ..)| *end <= at).is_some() {}
            while let Some(phrase) = phrases.next_if(|phrase| phrase.range.start <= at) {
                let Some((_, around, lang)) = open.last() else { return };
                if phrase.range.end <= at || phrase.lang == *lang {
                    continue;
                }
                if let Some(line) = parted.get_mut(*around) {
                    line.glyphs.push(Glyph::opaque('x', glyph.opens));
                }
                open.push((phrase.range.end, parted.len(), phrase.lang.clone()));
                parted.push(Line {
                    // What stands in marks is said by somebody else, in whatever language.
                    quoted: self.quoted || depth > 0 || straight,
                    declared: Some(phrase.lang),
                    ..Line::default()
                });
            }
            match glyph.character {
                '«' | '“' => depth += 1,
                '»' | '”' => depth = depth.saturating_sub(1),
                '"' => straight = !straight,
                _ => {}
            }
            let line = open.last().and_then(|(_, line, _)| parted.get_mut(*line));
            if let Some(line) = line {
                line.glyphs.push(glyph);
            }
        }
    }

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
