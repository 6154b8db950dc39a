//! Tokens put together into units, which are what is matched and moved: sentences, headings, rows, lines of front
//! matter and of code.

use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;

use super::blocks::{Block, BlockKind, blocks};
use super::tokens::{Class, Keys, Token, tokens};
use crate::sentences::bounds;

/// A text as the redline sees it.
pub(super) struct Reading<'t> {
    pub(super) text: &'t str,
    /// The last one is the end.
    pub(super) tokens: Vec<Token>,
    pub(super) units: Vec<Unit>,
}

impl<'t> Reading<'t> {
    /// The bytes of a token.
    pub(super) fn of(&self, token: usize) -> &'t str {
        let token = &self.tokens[token];
        &self.text[token.start..token.end]
    }

    /// Whether a unit begins with a token.
    fn begins_unit(&self, token: usize) -> bool {
        self.units
            .binary_search_by_key(&token, |unit| unit.tokens.start)
            .is_ok()
    }

    /// Whether tokens are whole units, from the first to the last.
    pub(super) fn are_units(&self, tokens: &Range<usize>) -> bool {
        self.begins_unit(tokens.start)
            && self
                .units
                .binary_search_by_key(&tokens.end, |unit| unit.tokens.end)
                .is_ok()
    }

    /// Whether a unit begins within a stretch, behind its first token.
    pub(super) fn has_units(&self, tokens: &Range<usize>) -> bool {
        let next = self.units.partition_point(|unit| unit.tokens.start <= tokens.start);
        self.units.get(next).is_some_and(|next| next.tokens.start < tokens.end)
    }
}

/// A unit.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Without the break behind it.
    pub(super) tokens: Range<usize>,
    pub(super) block: usize,
    pub(super) kind: BlockKind,
    /// Units with one hash have the same keys.
    pub(super) hash: u64,
    pub(super) words: usize,
    pub(super) bag: Bag,
}

/// What a unit says, whatever the order.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag {
    /// Sorted.
    keys: Vec<u32>,
    pub(super) weight: i64,
}

impl Bag {
    fn of(tokens: &[Token], weights: &[i32]) -> Self {
        let says = |token: &&Token| matches!(token.class, Class::Word | Class::Link | Class::Code | Class::Tag);
        let mut keys: Vec<u32> = tokens.iter().filter(says).map(|token| token.loose).collect();
        if keys.is_empty() {
            keys = tokens.iter().map(|token| token.loose).collect();
        }
        keys.sort_unstable();
        let weight = keys.iter().map(|key| i64::from(weights[*key as usize])).sum();
        Bag { keys, weight }
    }

    /// Two bags in one.
    pub(super) fn with(&self, other: &Bag) -> Bag {
        let mut keys = [self.keys.as_slice(), &other.keys].concat();
        keys.sort_unstable();
        Bag {
            keys,
            weight: self.weight + other.weight,
        }
    }

    /// The different keys.
    pub(super) fn different(&self) -> impl Iterator<Item = u32> {
        let keys = &self.keys;
        (0..keys.len())
            .filter(|at| *at == 0 || keys[at - 1] != keys[*at])
            .map(|at| keys[at])
    }

    /// The weight of what both say.
    fn common(&self, other: &Bag, weights: &[i32]) -> i64 {
        let (mut left, mut right) = (self.keys.iter().peekable(), other.keys.iter().peekable());
        let mut common = 0;
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => {
                    left.next();
                }
                std::cmp::Ordering::Greater => {
                    right.next();
                }
                std::cmp::Ordering::Equal => {
                    common += i64::from(weights[**one as usize]);
                    left.next();
                    right.next();
                }
            }
        }
        common
    }

    /// How alike two bags are, from 0 to 1: Dice’s coefficient (1945) over the weights of their words; where one says
    /// nearly all that the other does and more, that counts too.
    pub(super) fn likeness(&self, other: &Bag, weights: &[i32]) -> f64 {
        let smaller = self.weight.min(other.weight);
        let sum = self.weight + other.weight;
        if sum == 0 {
            return f64::from(u8::from(self.keys.is_empty() == other.keys.is_empty()));
        }
        // It can't be more than this, and the keys need not be looked at.
        if smaller * 5 < sum - smaller {
            return 0.0;
        }
        let common = self.common(other, weights);
        let dice = 2.0 * common as f64 / sum as f64;
        let contained = if smaller >= CONTAINED {
            0.75 * common as f64 / smaller as f64
        } else {
            0.0
        };
        dice.max(contained)
    }
}

/// From this weight on it tells something that a unit is contained in another.
const CONTAINED: i64 = 300;

/// Reads two texts, with one set of keys.
pub(super) fn read<'t>(old: &'t str, new: &'t str) -> ([Reading<'t>; 2], Keys<'t>) {
    let mut keys = Keys::default();
    let halves = [old, new].map(|text| {
        let blocks = blocks(text);
        let (tokens, starts) = tokens(text, &blocks, &mut keys);
        (text, blocks, tokens, starts)
    });
    keys.weigh();
    let readings = halves.map(|(text, blocks, tokens, starts)| {
        let mut units = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            // The break behind the block is the token before the next one.
            let end = starts[at + 1] - usize::from(at + 1 < blocks.len());
            cut(text, block, at, starts[at]..end, &tokens, &mut units);
        }
        for unit in &mut units {
            let own = &tokens[unit.tokens.clone()];
            let mut hasher = DefaultHasher::new();
            own.iter().for_each(|token| hasher.write_u32(token.key));
            unit.hash = hasher.finish();
            unit.words = own.iter().filter(|token| token.class == Class::Word).count();
            unit.bag = Bag::of(own, &keys.weights);
        }
        Reading { text, tokens, units }
    });
    (readings, keys)
}

/// Cuts a block into its units.
fn cut(text: &str, block: &Block, number: usize, own: Range<usize>, tokens: &[Token], units: &mut Vec<Unit>) {
    let mut add = |range: Range<usize>| {
        if !range.is_empty() {
            units.push(Unit {
                tokens: range,
                block: number,
                kind: block.kind,
                hash: 0,
                words: 0,
                bag: Bag::default(),
            });
        }
    };
    match block.kind {
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Note => {
            let words = &text[block.words..block.range.end];
            // A line end within a paragraph is a space and ends no sentence; byte by byte, so that places stay.
            let lines = words.contains('\n').then(|| {
                let mut in_head = false;
                let blank = |byte: u8| match byte {
                    b'\n' => {
                        in_head = block.quoted;
                        b' '
                    }
                    b'\r' => b' ',
                    b'>' if in_head => b' ',
                    b' ' | b'\t' => byte,
                    _ => {
                        in_head = false;
                        byte
                    }
                };
                String::from_utf8(words.bytes().map(blank).collect()).unwrap_or_default()
            });
            let mut from = own.start;
            for end in bounds::ends(lines.as_deref().unwrap_or(words)) {
                let mut to = from + tokens[from..own.end].partition_point(|token| token.start < block.words + end);
                // What closes a sentence stands close to it: an emphasis, the call of a note.
                while to < own.end && to > from && tokens[to - 1].end == tokens[to].start && closes(text, &tokens[to]) {
                    to += 1;
                }
                add(from..to);
                from = from.max(to);
            }
            add(from..own.end);
        }
        BlockKind::Code => own.for_each(|at| add(at..at + 1)),
        _ => add(own),
    }
}

fn closes(text: &str, token: &Token) -> bool {
    match token.class {
        Class::Emphasis | Class::Note | Class::Link | Class::Tag => true,
        Class::Sign => text[token.start..].starts_with([')', ']', '»', '”', '"', '’', '.', '!', '?', '…']),
        _ => false,
    }
}
