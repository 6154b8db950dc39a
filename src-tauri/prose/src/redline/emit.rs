//! Operations written one after the other, going forward in both texts, and the blanks around them.

use std::ops::Range;

use super::assemble::{Span, are_sentences, is_break};
use super::tokens::{Class, Token};
use super::units::Reading;
use super::words;
use super::{Nature, Op, Structure, What};

/// Writes operations, going forward in both texts.
pub(super) struct Emit<'a> {
    old: &'a Reading<'a>,
    new: &'a Reading<'a>,
    at_old: usize,
    at_new: usize,
    start: (usize, usize),
    pub(super) ops: Vec<Op>,
}

/// A part of what stands between two pairs: tokens, and the move that they belong to.
type Part = (Range<usize>, Option<usize>);

impl<'a> Emit<'a> {
    pub(super) fn new(old: &'a Reading<'a>, new: &'a Reading<'a>, at_old: usize, at_new: usize) -> Self {
        Emit {
            old,
            new,
            at_old,
            at_new,
            start: (at_old, at_new),
            ops: Vec::new(),
        }
    }

    /// From one pair to the next up to the ends, which are a token and a byte in each text.
    pub(super) fn all(
        &mut self,
        pairs: &[(usize, usize)],
        mut old: usize,
        mut new: usize,
        end_old: (usize, usize),
        end_new: (usize, usize),
        spans: [&[Span]; 2],
    ) {
        for &(one, two) in pairs {
            let (token, other) = (self.old.tokens[one], self.new.tokens[two]);
            self.between(old..one, new..two, token.start, other.start, spans);
            self.token(&token, &other);
            (old, new) = (one + 1, two + 1);
        }
        self.between(old..end_old.0, new..end_new.0, end_old.1, end_new.1, spans);
    }

    fn push(&mut self, old: usize, new: usize, what: What) {
        let (from_old, from_new) = (self.at_old, self.at_new);
        (self.at_old, self.at_new) = (old, new);
        if from_old == old && from_new == new {
            return;
        }
        // What only looks different is one change with what looks different beside it, and what is the same one stretch.
        if let Some(last) = self.ops.last_mut()
            && match (&last.what, &what) {
                (What::Same, What::Same) => true,
                (What::Change { nature: one, .. }, What::Change { nature: two, .. }) => {
                    *one == Nature::Typography && *two == Nature::Typography
                }
                _ => false,
            }
        {
            (last.old.end, last.new.end) = (old, new);
            // Two that cancel each other out.
            if last.what != What::Same && self.old.text[last.old.clone()] == self.new.text[last.new.clone()] {
                self.ops.pop();
                (self.at_old, self.at_new) = self.ops.last().map_or(self.start, |op| (op.old.end, op.new.end));
                self.push(old, new, What::Same);
            }
            return;
        }
        self.ops.push(Op {
            old: from_old..old,
            new: from_new..new,
            what,
        });
    }

    /// What both texts have here, in the same bytes or in others.
    fn change(&mut self, old: usize, new: usize, nature: Nature) {
        if self.old.text[self.at_old..old] == self.new.text[self.at_new..new] {
            self.push(old, new, What::Same);
            return;
        }
        let what = What::Change {
            id: 0,
            nature,
            removed: String::new(),
            added: String::new(),
        };
        self.push(old, new, what);
    }

    fn blank(&mut self, old: usize, new: usize) {
        let hard = |text: &str| text.contains("  \n") || text.contains("  \r\n");
        let (one, two) = (&self.old.text[self.at_old..old], &self.new.text[self.at_new..new]);
        let nature = if hard(one) == hard(two) {
            Nature::Typography
        } else {
            Nature::Structure(Structure::LineBreak)
        };
        self.change(old, new, nature);
    }

    fn token(&mut self, old: &Token, new: &Token) {
        let indent = |text: &str| text.len() - text.trim_start().len();
        let (one, two) = (&self.old.text[old.start..old.end], &self.new.text[new.start..new.end]);
        let nature = if old.class == Class::Item && indent(one) != indent(two) {
            Nature::Structure(Structure::List)
        } else {
            Nature::Typography
        };
        self.change(old.end, new.end, nature);
    }

    /// What stands between two pairs. The blanks around words go with them where that leaves the text on both sides of
    /// them as it was.
    fn between(&mut self, olds: Range<usize>, news: Range<usize>, end_old: usize, end_new: usize, spans: [&[Span]; 2]) {
        if olds.is_empty() && news.is_empty() {
            self.blank(end_old, end_new);
            return;
        }
        let old_parts = parts(olds.clone(), spans[0], &self.old.tokens);
        let new_parts = parts(news.clone(), spans[1], &self.new.tokens);
        if let (Some(first_old), Some(first_new)) = (old_parts.first(), new_parts.first()) {
            self.lead(first_old, first_new);
            self.both(&old_parts, &new_parts, end_old, end_new);
            self.blank(end_old, end_new);
            return;
        }
        // One side has words here, the other only blanks: those before the words are like them, or those behind.
        let is_new = olds.is_empty();
        let (parts, reading, at, end) = if is_new {
            (&new_parts, self.new, self.at_new, end_new)
        } else {
            (&old_parts, self.old, self.at_old, end_old)
        };
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return;
        };
        let first = reading.tokens[first.0.start].start;
        let last = reading.tokens[last.0.end - 1].end;
        let (before, behind) = (&reading.text[at..first], &reading.text[last..end]);
        let (other, other_at, other_end) = if is_new {
            (self.old, self.at_old, end_old)
        } else {
            (self.new, self.at_new, end_new)
        };
        let lone = &other.text[other_at..other_end];
        let words_first = if lone == before {
            true
        } else if lone == behind {
            false
        } else if lone.is_empty() || (before.is_empty() && behind.is_empty()) {
            // Nothing to be like: one change, blanks and all.
            let moved = parts.iter().any(|(_, moved)| moved.is_some());
            if !moved {
                let nature = self.nature(&olds, &news);
                self.change(end_old, end_new, nature);
                return;
            }
            self.take_blanks(is_new, first);
            self.one_side(parts, is_new, last);
            self.blank(end_old, end_new);
            return;
        } else {
            !before.is_empty()
        };
        if words_first {
            // The blank, then words with what follows them.
            if is_new {
                self.blank(end_old, first)
            } else {
                self.blank(first, end_new)
            }
            self.one_side(parts, is_new, end);
        } else {
            self.one_side_led(parts, is_new, last);
            self.blank(end_old, end_new);
        }
    }

    /// Blanks of one side alone.
    fn take_blanks(&mut self, is_new: bool, end: usize) {
        if is_new {
            self.change(self.at_old, end, Nature::Typography);
        } else {
            self.change(end, self.at_new, Nature::Typography);
        }
    }

    /// The blanks before two parts that stand for each other. Those that only one of them has are part of the change.
    fn lead(&mut self, old: &Part, new: &Part) {
        let (start_old, start_new) = (self.old.tokens[old.0.start].start, self.new.tokens[new.0.start].start);
        let plain = old.1.is_none() && new.1.is_none();
        if !plain || !self.is_lone(self.at_old..start_old, self.at_new..start_new) {
            self.blank(start_old, start_new);
        }
    }

    /// Whether only one side has blanks here, other than those that belong to French punctuation.
    fn is_lone(&self, old: Range<usize>, new: Range<usize>) -> bool {
        let (old, new) = (&self.old.text[old], &self.new.text[new]);
        let blank = if old.is_empty() { new } else { old };
        old.is_empty() != new.is_empty() && !blank.chars().all(|one| matches!(one, '\u{a0}' | '\u{202f}'))
    }

    fn both(&mut self, olds: &[Part], news: &[Part], end_old: usize, end_new: usize) {
        let last =
            |reading: &Reading, parts: &[Part]| parts.last().map_or(0, |part| reading.tokens[part.0.end - 1].end);
        let (last_old, last_new) = (last(self.old, olds), last(self.new, news));
        if let ([(old, None)], [(new, None)]) = (olds, news) {
            self.replaced(old.clone(), new.clone(), end_old, end_new);
            return;
        }
        // What goes on with a sentence stands before what is gone behind it.
        let begins_anew = |reading: &Reading, parts: &[Part]| {
            parts
                .first()
                .is_some_and(|part| reading.tokens[part.0.start].class == Class::Break)
        };
        if begins_anew(self.old, olds) && !begins_anew(self.new, news) {
            self.one_side(news, true, last_new);
            self.one_side(olds, false, last_old);
        } else {
            self.one_side(olds, false, last_old);
            self.one_side(news, true, last_new);
        }
    }

    /// Words that stand for others, up to their ends or to those of the blanks behind them.
    fn replaced(&mut self, mut old: Range<usize>, mut new: Range<usize>, end_old: usize, end_new: usize) {
        let (from, to) = (self.old, self.new);
        let is_old = |at: usize| is_break(from, at);
        let is_new = |at: usize| is_break(to, at);
        // A break at either end is a change of its own.
        if is_new(new.start) && !is_old(old.start) && new.len() > 1 {
            let start = from.tokens[old.start].start;
            self.change(start, to.tokens[new.start].end, Nature::Structure(Structure::Paragraph));
            new.start += 1;
        } else if is_old(old.start) && !is_new(new.start) && old.len() > 1 {
            let start = to.tokens[new.start].start;
            self.change(
                from.tokens[old.start].end,
                start,
                Nature::Structure(Structure::Paragraph),
            );
            old.start += 1;
        }
        let (mut break_old, mut break_new) = (false, false);
        if is_new(new.end - 1) && !is_old(old.end - 1) && new.len() > 1 {
            new.end -= 1;
            break_new = true;
        } else if is_old(old.end - 1) && !is_new(new.end - 1) && old.len() > 1 {
            old.end -= 1;
            break_old = true;
        }
        let (mut last_old, mut last_new) = (from.tokens[old.end - 1].end, to.tokens[new.end - 1].end);
        // Blanks behind the words that only one side has are part of the change.
        if !break_old && !break_new && self.is_lone(last_old..end_old, last_new..end_new) {
            (last_old, last_new) = (end_old, end_new);
        }
        let (one, two) = (&from.tokens[old.clone()], &to.tokens[new.clone()]);
        let marks = words::are_marks(one) && words::are_marks(two);
        let breaks = |tokens: &[Token]| tokens.iter().any(|token| token.class == Class::Break);
        let apart = breaks(one) || breaks(two) || are_sentences(from, &old, to, &new);
        if marks || !apart {
            let nature = self.nature(&old, &new);
            self.change(last_old, last_new, nature);
        } else {
            self.part(&(old, None), false, last_old);
            self.part(&(new, None), true, last_new);
        }
        if break_new {
            self.change(
                end_old,
                to.tokens[to_break(to, last_new)].end,
                Nature::Structure(Structure::Paragraph),
            );
        } else if break_old {
            self.change(
                from.tokens[to_break(from, last_old)].end,
                end_new,
                Nature::Structure(Structure::Paragraph),
            );
        }
    }

    /// Parts of one side, each with the blanks behind it.
    fn one_side(&mut self, parts: &[Part], is_new: bool, end: usize) {
        let tokens = if is_new { &self.new.tokens } else { &self.old.tokens };
        for (number, part) in parts.iter().enumerate() {
            let to = parts.get(number + 1).map_or(end, |next| tokens[next.0.start].start);
            self.part(part, is_new, to);
        }
    }

    /// Parts of one side, each with the blanks before it.
    fn one_side_led(&mut self, parts: &[Part], is_new: bool, end: usize) {
        let tokens = if is_new { &self.new.tokens } else { &self.old.tokens };
        for (number, part) in parts.iter().enumerate() {
            let last = number + 1 == parts.len();
            let to = if last { end } else { tokens[part.0.end - 1].end };
            self.part(part, is_new, to);
        }
    }

    fn part(&mut self, (range, moved): &Part, is_new: bool, to: usize) {
        let (old, new) = if is_new { (self.at_old, to) } else { (to, self.at_new) };
        match moved {
            Some(number) => {
                let id = *number as u32;
                let what = if is_new {
                    What::MovedTo { id }
                } else {
                    What::MovedFrom { id }
                };
                self.push(old, new, what);
            }
            None => {
                let none = 0..0;
                let nature = if is_new {
                    self.nature(&none, range)
                } else {
                    self.nature(range, &none)
                };
                self.change(old, new, nature);
            }
        }
    }

    fn nature(&self, olds: &Range<usize>, news: &Range<usize>) -> Nature {
        let (one, two) = (&self.old.tokens[olds.clone()], &self.new.tokens[news.clone()]);
        if words::are_marks(one) && words::are_marks(two) {
            let has = |class: Class| one.iter().chain(two).any(|token| token.class == class);
            let structure = if has(Class::Heading) {
                Structure::Heading
            } else if has(Class::Link) {
                Structure::Link
            } else if has(Class::Item) {
                Structure::List
            } else if has(Class::Quote) {
                Structure::Quotation
            } else if has(Class::Break) {
                Structure::Paragraph
            } else if has(Class::Emphasis) {
                Structure::Emphasis
            } else {
                Structure::Html
            };
            return Nature::Structure(structure);
        }
        match (one.is_empty(), two.is_empty()) {
            (true, _) => Nature::Inserted,
            (_, true) => Nature::Deleted,
            _ => rewording(one, two),
        }
    }
}

/// Other words, or the same words with other marks.
fn rewording(old: &[Token], new: &[Token]) -> Nature {
    let is_mark = |token: &&Token| matches!(token.class, Class::Emphasis | Class::Link | Class::Tag);
    let words = |tokens: &[Token]| -> Vec<u32> {
        tokens
            .iter()
            .filter(|token| !is_mark(token))
            .map(|token| token.key)
            .collect()
    };
    if words(old) != words(new) {
        return Nature::Replaced;
    }
    let has = |class: Class| old.iter().chain(new).any(|token| token.class == class);
    Nature::Structure(if has(Class::Link) {
        Structure::Link
    } else if has(Class::Emphasis) {
        Structure::Emphasis
    } else {
        Structure::Html
    })
}

/// The token behind a place.
fn to_break(reading: &Reading, place: usize) -> usize {
    reading.tokens.partition_point(|token| token.start < place)
}

/// What of a range moved and what did not; a whole block that moved takes the break beside it along.
fn parts(range: Range<usize>, spans: &[Span], tokens: &[Token]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut at = range.start;
    let first = spans.partition_point(|span| span.tokens.end <= range.start);
    let own: Vec<&Span> = spans[first..]
        .iter()
        .take_while(|span| span.tokens.start < range.end)
        .collect();
    let is_break = |at: usize| tokens[at].class == Class::Break;
    for (number, span) in own.iter().enumerate() {
        let mut taken = span.tokens.clone();
        let next = own.get(number + 1).map_or(range.end, |next| next.tokens.start);
        if span.whole && taken.end < next && is_break(taken.end) {
            taken.end += 1;
        } else if span.whole && at < taken.start && is_break(taken.start - 1) {
            taken.start -= 1;
        }
        if at < taken.start {
            parts.push((at..taken.start, None));
        }
        at = taken.end;
        parts.push((taken, Some(span.number)));
    }
    if at < range.end {
        parts.push((at..range.end, None));
    }
    parts
}
