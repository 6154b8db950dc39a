//! Blocks cut into tokens: what an editor would strike out or write in as one thing.
//!
//! What stands between two tokens is blank, and is not a token: spaces that are tokens are matched with each other all
//! over a text, and tear apart what belongs together. Each token has a key, and tokens with one key are the same to a
//! reader: kinds of apostrophes, quotation marks, dashes and spaces within numbers, soft hyphens and the forms in
//! which Unicode writes an accent are folded in it. Bytes are compared later, where keys agree.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::blocks::{Block, BlockKind};
use super::scan;
use crate::fold;

/// A token of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What it is compared by.
    pub(super) key: u32,
    /// What it is compared by where likeness counts: case and accents are folded too.
    pub(super) loose: u32,
    pub(super) class: Class,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Word,
    /// Punctuation.
    Sign,
    /// What stands between two blocks.
    Break,
    /// The mark of a heading.
    Heading,
    /// The mark of an item, and its box.
    Item,
    /// The mark of a quotation.
    Quote,
    /// The mark of a note, here or where it is called.
    Note,
    /// `*`, `**`, `_`, `~~`, `==`.
    Emphasis,
    /// Where a link leads.
    Link,
    /// A span of code or a line of it.
    Code,
    /// A tag of HTML.
    Tag,
    /// The end of the text.
    End,
}

/// Keys by what they stand for, common to both texts.
#[derive(Default)]
pub(super) struct Keys<'t> {
    known: HashMap<Cow<'t, str>, u32>,
    /// How often each occurs.
    counts: Vec<u32>,
    /// What each weighs when texts are aligned, in hundredths of a plain word.
    pub(super) weights: Vec<i32>,
}

impl<'t> Keys<'t> {
    fn of(&mut self, word: Cow<'t, str>) -> u32 {
        let next = self.counts.len() as u32;
        let key = *self.known.entry(word).or_insert(next);
        match self.counts.get_mut(key as usize) {
            Some(count) => *count += 1,
            None => self.counts.push(1),
        }
        key
    }

    /// Weighs the keys, once all tokens are known.
    pub(super) fn weigh(&mut self) {
        self.weights = vec![0; self.counts.len()];
        for (word, key) in &self.known {
            let at = *key as usize;
            self.weights[at] = weight(word, self.counts[at]);
        }
    }

    /// How often a key occurs in both texts together.
    pub(super) fn count(&self, key: u32) -> u32 {
        self.counts[key as usize]
    }
}

/// What finds the token at a place.
pub(super) struct Found<'t> {
    pub(super) end: usize,
    pub(super) class: Class,
    pub(super) key: Cow<'t, str>,
}

/// The tokens of a text, the last one its end; and for each block where its tokens are.
pub(super) fn tokens<'t>(text: &'t str, blocks: &[Block], keys: &mut Keys<'t>) -> (Vec<Token>, Vec<usize>) {
    let mut found = Vec::with_capacity(text.len() / 4);
    let mut starts = Vec::with_capacity(blocks.len() + 1);
    let mut behind: Option<usize> = None;
    for block in blocks {
        if let Some(start) = behind {
            let key = Cow::Borrowed("\u{1}break");
            push(&mut found, start, block.range.start, Class::Break, key, keys);
        }
        starts.push(found.len());
        marks(text, block, &mut found, keys);
        match block.kind {
            BlockKind::Code => code_lines(text, block, &mut found, keys),
            BlockKind::Rule => {
                let rule = text[block.words..block.range.end].trim_end();
                push(
                    &mut found,
                    block.words,
                    block.words + rule.len(),
                    Class::Sign,
                    rule_key(rule),
                    keys,
                );
            }
            BlockKind::Heading if block.words == block.range.start + indent(text, block) => {
                underlined(text, block, &mut found, keys);
            }
            _ => words(text, block, &mut found, keys),
        }
        // Blanks at the end of a block stand before what follows.
        behind = Some(found.last().map_or(block.range.end, |last| last.end));
    }
    starts.push(found.len());
    push(&mut found, text.len(), text.len(), Class::End, "\u{1}end".into(), keys);
    (found, starts)
}

/// Function words of four letters and more; shorter words are light by their length.
const LIGHT: [&str; 64] = [
    "dans", "pour", "avec", "plus", "mais", "elle", "elles", "nous", "vous", "leur", "leurs", "cette", "sont", "être",
    "avoir", "fait", "tout", "tous", "toute", "comme", "même", "sans", "sous", "entre", "aussi", "dont", "bien",
    "donc", "ainsi", "encore", "très", "ceux", "celle", "celui", "that", "this", "with", "from", "have", "been",
    "were", "which", "their", "they", "them", "than", "then", "there", "what", "when", "will", "would", "could",
    "should", "about", "into", "more", "some", "such", "only", "also", "these", "those", "على",
];

fn weight(word: &str, count: u32) -> i32 {
    if let Some(special) = word.strip_prefix('\u{1}') {
        return match special {
            "break" => 70,
            "end" => 0,
            _ if special.starts_with("mark") => 50,
            _ => 12,
        };
    }
    let letters = word.chars().filter(|one| one.is_alphanumeric()).take(12).count();
    let light = match letters {
        0 => return 12,
        1 | 2 => 22,
        3 => 40,
        _ if LIGHT.contains(&word) => 40,
        4 | 5 => 90,
        6 | 7 => 110,
        _ => 130,
    };
    // Words that stand everywhere in a text say less of where a sentence is.
    match count {
        0..=12 => light,
        13..=60 => light * 3 / 4,
        _ => light / 2,
    }
}

fn push<'t>(found: &mut Vec<Token>, start: usize, end: usize, class: Class, key: Cow<'t, str>, keys: &mut Keys<'t>) {
    let folded = match &key {
        Cow::Borrowed(word) if class == Class::Word && !is_small(word) => Some(fold::fold(word)),
        Cow::Owned(word) if class == Class::Word => Some(fold::fold(word)),
        _ => None,
    };
    let key = keys.of(key);
    let loose = folded.map_or(key, |word| keys.of(Cow::Owned(word)));
    found.push(Token {
        start,
        end,
        key,
        loose,
        class,
    });
}

fn is_small(word: &str) -> bool {
    word.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// The marks that a block begins with.
fn marks<'t>(text: &'t str, block: &Block, found: &mut Vec<Token>, keys: &mut Keys<'t>) {
    let (mut start, end) = (block.range.start, block.words);
    if block.quoted {
        let marks = super::blocks::quote_marks(&text[start..end]);
        let depth = text[start..start + marks].matches('>').count();
        push(
            found,
            start,
            start + marks,
            Class::Quote,
            format!("\u{1}mark>{depth}").into(),
            keys,
        );
        start += marks;
    }
    if start >= end {
        return;
    }
    let mark = &text[start..end];
    match block.kind {
        BlockKind::Heading => {
            let level = mark.matches('#').count();
            push(
                found,
                start,
                end,
                Class::Heading,
                format!("\u{1}mark#{level}").into(),
                keys,
            );
        }
        BlockKind::Item => {
            let ordered = mark.trim_start().starts_with(|one: char| one.is_ascii_digit());
            let kind = if ordered { "\u{1}mark1" } else { "\u{1}mark-" };
            push(found, start, end, Class::Item, kind.into(), keys);
        }
        BlockKind::Note => push(found, start, end, Class::Note, mark.trim().into(), keys),
        // Blanks at the head of a paragraph stand before it.
        _ => {}
    }
}

fn indent(text: &str, block: &Block) -> usize {
    let head = &text[block.range.clone()];
    head.len() - head.trim_start().len()
}

/// A heading that is one by the line below it.
fn underlined<'t>(text: &'t str, block: &Block, found: &mut Vec<Token>, keys: &mut Keys<'t>) {
    let head = &text[block.range.clone()];
    let Some(line) = head.rfind('\n').map(|at| block.range.start + at) else {
        words(text, block, found, keys);
        return;
    };
    let mut above = block.clone();
    above.range.end = line;
    words(text, &above, found, keys);
    let mark = text[line..block.range.end].trim();
    let start = block.range.end - text[line..block.range.end].trim_start().len();
    let level = if mark.starts_with('=') { 1 } else { 2 };
    push(
        found,
        start,
        start + mark.len(),
        Class::Heading,
        format!("\u{1}mark={level}").into(),
        keys,
    );
}

/// Of the line below the head of a table, how its columns are set and not how wide they are.
fn rule_key(rule: &str) -> Cow<'_, str> {
    if !rule.contains(['|', ':']) {
        return rule.into();
    }
    let mut key = String::with_capacity(rule.len());
    for sign in rule.chars().filter(|sign| !sign.is_whitespace()) {
        if sign != '-' || !key.ends_with('-') {
            key.push(sign);
        }
    }
    key.into()
}

/// Of code, each line is one token with all its blanks.
fn code_lines<'t>(text: &'t str, block: &Block, found: &mut Vec<Token>, keys: &mut Keys<'t>) {
    let mut at = block.words;
    for line in text[block.words..block.range.end].split_inclusive('\n') {
        let bare = line.trim_end();
        if !bare.is_empty() {
            push(found, at, at + bare.len(), Class::Code, bare.into(), keys);
        }
        at += line.len();
    }
}

fn words<'t>(text: &'t str, block: &Block, found: &mut Vec<Token>, keys: &mut Keys<'t>) {
    let mut scan = scan::Scan::new(&text[..block.range.end], block);
    while let Some((start, token)) = scan.next() {
        push(found, start, token.end, token.class, token.key, keys);
    }
}

/// A word as it is compared.
pub(super) fn word_key(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return word.into();
    }
    let plain =
        |one: char| one.is_ascii_alphanumeric() || matches!(one, '\u{c0}'..='\u{24f}' | '-' | '\'' | '_' | '.' | ',');
    if word.chars().all(plain) {
        return word.into();
    }
    let number = word.starts_with(|one: char| one.is_ascii_digit());
    word.nfc()
        .filter(|one| !(matches!(one, '\u{ad}' | '\u{640}') || number && one.is_whitespace()))
        .map(|one| match one {
            '’' | '‘' | 'ʼ' | '＇' => '\'',
            '‐' | '‑' => '-',
            other => other,
        })
        .collect::<String>()
        .into()
}

/// Whether a character is drawn onto the one before.
pub(super) fn is_joined(one: char) -> bool {
    !one.is_ascii()
        && (is_combining_mark(one)
            || matches!(one, '\u{200c}' | '\u{200d}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'))
}
