//! The tokens within one block of words.

use std::borrow::Cow;

use super::blocks::{Block, quote_marks};
use super::tokens::{Class, Found, is_joined, word_key};
use crate::fold::is_elision;

/// Goes through the words of a block.
pub(super) struct Scan<'t> {
    /// The text up to the end of the block.
    text: &'t str,
    at: usize,
    quoted: bool,
    /// Places and lengths of the runs of backticks from the first one on, found when the first is met.
    ticks: Option<Vec<(usize, usize)>>,
}

/// An address longer than this is none, and neither is a tag.
const LONGEST_ADDRESS: usize = 2000;

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str, block: &Block) -> Self {
        Scan {
            text,
            at: block.words,
            quoted: block.quoted,
            ticks: None,
        }
    }

    /// The next token and where it begins.
    pub(super) fn next(&mut self) -> Option<(usize, Found<'t>)> {
        self.pass_blanks();
        let start = self.at;
        let first = self.text[start..].chars().next()?;
        let found = self.token(start, first);
        self.at = found.end;
        Some((start, found))
    }

    fn pass_blanks(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let Some(one) = rest.chars().next() else { return };
            if one == '\n' && self.quoted {
                self.at += 1 + quote_marks(&rest[1..]);
            } else if is_blank(one) {
                self.at += one.len_utf8();
            } else if let Some(entity) = ["&nbsp;", "&#160;", "&#8239;", "&#xa0;", "&#x202f;", "&thinsp;"]
                .iter()
                .find(|entity| one == '&' && rest.starts_with(**entity))
            {
                self.at += entity.len();
            } else {
                return;
            }
        }
    }

    fn token(&mut self, start: usize, first: char) -> Found<'t> {
        let rest = &self.text[start..];
        let of = |length: usize, class, key: &'t str| Found {
            end: start + length,
            class,
            key: Cow::Borrowed(key),
        };
        let whole = |length: usize, class| of(length, class, &rest[..length]);
        if first.is_alphanumeric() {
            if matches!(first, 'h' | 'w' | 'H' | 'W')
                && let Some(length) = address(rest)
            {
                return whole(length, Class::Link);
            }
            let length = word(rest);
            return Found {
                end: start + length,
                class: Class::Word,
                key: word_key(&rest[..length]),
            };
        }
        let run = |sign: char| rest.len() - rest.trim_start_matches(sign).len();
        match first {
            '`' => {
                let length = self.code(start);
                whole(length, Class::Code)
            }
            '*' | '=' => whole(run(first), Class::Emphasis),
            '~' if run('~') >= 2 => whole(run('~'), Class::Emphasis),
            '_' => whole(run('_'), Class::Emphasis),
            '[' => match in_brackets(rest) {
                Some(length) => whole(length, Class::Note),
                None if begins_link(rest) => whole(1, Class::Link),
                None => whole(1, Class::Sign),
            },
            '!' if rest.starts_with("![") => whole(2, Class::Sign),
            ']' => match target(rest) {
                Some(length) => Found {
                    end: start + length,
                    class: Class::Link,
                    key: link_key(&rest[..length]),
                },
                None => whole(1, Class::Sign),
            },
            '<' => match tag(rest) {
                Some((length, class)) => whole(length, class),
                None => whole(1, Class::Sign),
            },
            '\\' => match rest[1..].chars().next().filter(char::is_ascii_punctuation) {
                // As if it stood there without.
                Some(_) => of(2, Class::Sign, &rest[1..2]),
                None => whole(1, Class::Sign),
            },
            '.' if run('.') >= 3 => of(run('.'), Class::Sign, "\u{1}…"),
            '…' => of(first.len_utf8(), Class::Sign, "\u{1}…"),
            '-' if run('-') >= 2 => of(run('-'), Class::Sign, "\u{1}—"),
            '-' if rest[1..].starts_with(is_blank) && self.text[..start].ends_with(is_blank) => {
                of(1, Class::Sign, "\u{1}—")
            }
            '–' | '—' | '―' => of(first.len_utf8(), Class::Sign, "\u{1}—"),
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' => of(first.len_utf8(), Class::Sign, "\u{1}\""),
            '\'' | '‘' | '’' | '‚' | '‹' | '›' => of(first.len_utf8(), Class::Sign, "\u{1}'"),
            '؟' => of(first.len_utf8(), Class::Sign, "?"),
            '،' => of(first.len_utf8(), Class::Sign, ","),
            '؛' => of(first.len_utf8(), Class::Sign, ";"),
            _ => whole(sign(rest), Class::Sign),
        }
    }

    /// The bytes of the span of code at a place, or of the run of backticks alone that no other run closes.
    fn code(&mut self, start: usize) -> usize {
        let text = self.text;
        let ticks = self.ticks.get_or_insert_with(|| runs_of_ticks(text, start));
        // Counted here: the run may go on from one that something else has taken the beginning of.
        let rest = &text[start..];
        let length = rest.len() - rest.trim_start_matches('`').len();
        let behind = ticks.partition_point(|(place, _)| *place < start + length);
        ticks[behind..]
            .iter()
            .find(|(_, other)| *other == length)
            .map_or(length, |(place, _)| place + length - start)
    }
}

/// Blank, or not to be seen at all.
pub(super) fn is_blank(one: char) -> bool {
    one.is_whitespace()
        || matches!(one, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn runs_of_ticks(text: &str, from: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memchr_iter(b'`', &text.as_bytes()[from..]).map(|at| from + at) {
        match runs.last_mut() {
            Some((place, length)) if *place + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    runs
}

/// The bytes of one sign with what is drawn onto it.
fn sign(rest: &str) -> usize {
    let mut length = 0;
    let mut joiner = true;
    for one in rest.chars() {
        if !(joiner || is_joined(one)) {
            break;
        }
        joiner = one == '\u{200d}' && length > 0;
        length += one.len_utf8();
    }
    length
}

/// The bytes of the word that a text begins with. What French elides is a word of its own (l’ + homme), words with
/// hyphens and numbers with spaces are one.
fn word(rest: &str) -> usize {
    let mut length = 0;
    let mut last = ' ';
    while let Some(one) = rest[length..].chars().next() {
        let after = &rest[length + one.len_utf8()..];
        let next = after.chars().next().unwrap_or(' ');
        let goes_on = match one {
            _ if one.is_alphanumeric() => {
                if is_written_without_spaces(one) {
                    // Each of its own; marks that belong to it follow.
                    if length > 0 {
                        break;
                    }
                    return one.len_utf8()
                        + after
                            .chars()
                            .take_while(|mark| is_joined(*mark))
                            .map(char::len_utf8)
                            .sum::<usize>();
                }
                true
            }
            _ if is_joined(one) => true,
            '\'' | '’' | '‘' | 'ʼ' | '＇' => {
                let run = &rest[..length];
                if run.len() <= 8 && is_elision(run) && opens(next) {
                    return length + one.len_utf8();
                }
                next.is_alphanumeric() && last.is_alphanumeric()
            }
            '-' | '‐' | '‑' => next.is_alphanumeric(),
            '_' => next.is_alphanumeric() && last.is_alphanumeric(),
            '.' | ',' => last.is_ascii_digit() && next.is_ascii_digit(),
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => last.is_ascii_digit() && groups(&rest[..length], after),
            _ => false,
        };
        if !goes_on {
            break;
        }
        length += one.len_utf8();
        last = one;
    }
    length
}

/// Whether what follows an elided word is its word.
fn opens(next: char) -> bool {
    next.is_alphanumeric() || matches!(next, '*' | '_' | '«' | '“' | '"' | '[' | '<' | '`')
}

/// Whether three digits behind a space belong to the number before it.
fn groups(before: &str, after: &str) -> bool {
    let first = before.bytes().take_while(u8::is_ascii_digit).count();
    let group = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
    first <= 3 && group == 3
}

/// Scripts that put no spaces between words.
fn is_written_without_spaces(one: char) -> bool {
    matches!(one, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The bytes of a bare address, without the punctuation behind it.
fn address(rest: &str) -> Option<usize> {
    let starts = |scheme: &str| {
        rest.get(..scheme.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    };
    if !(starts("http://") || starts("https://") || starts("www.")) {
        return None;
    }
    let end = rest
        .find(|one: char| {
            one.is_whitespace() || matches!(one, '<' | '>' | '"' | '«' | '»' | '”' | '|' | '[' | ']' | '{' | '}')
        })
        .unwrap_or(rest.len());
    let bare = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_', '\'', '’', '…', '~']);
    (bare.len() > 4).then_some(bare.len())
}

/// `[^1]`, `[@key]`.
fn in_brackets(rest: &str) -> Option<usize> {
    rest.get(1..2).filter(|sign| matches!(*sign, "^" | "@"))?;
    let end = rest
        .bytes()
        .take(100)
        .position(|byte| byte == b']' || byte.is_ascii_whitespace())?;
    (rest.as_bytes().get(end) == Some(&b']') && end > 2).then_some(end + 1)
}

/// Whether a bracket opens the words of a link, as far as its next lines tell.
fn begins_link(rest: &str) -> bool {
    let head = rest.as_bytes().get(1..rest.len().min(400)).unwrap_or_default();
    let close = memchr::memchr(b']', head);
    close.is_some_and(|at| matches!(head.get(at + 1), Some(b'(' | b'[')))
}

/// `](address "title")`, `][name]`.
fn target(rest: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    let (open, close) = match rest.as_bytes().get(1)? {
        b'(' => (b'(', b')'),
        b'[' => (b'[', b']'),
        _ => return None,
    };
    for (at, byte) in rest.bytes().enumerate().skip(1).take(LONGEST_ADDRESS) {
        if escaped {
            escaped = false;
        } else if byte == b'\\' {
            escaped = true;
        } else if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}

/// The end of a link as it is compared: its address to the byte, its title as words are.
fn link_key(link: &str) -> Cow<'_, str> {
    let Some((address, title)) = link.split_once(char::is_whitespace) else {
        return link.into();
    };
    let words: Vec<Cow<'_, str>> = title
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .map(word_key)
        .collect();
    let folded = words
        .join(" ")
        .replace(['“', '”', '„', '«', '»', '\''], "\"")
        .replace('…', "...");
    format!("{address} {folded}").into()
}

/// A tag of HTML, or an address between `<` and `>`.
fn tag(rest: &str) -> Option<(usize, Class)> {
    let first = *rest.as_bytes().get(1)?;
    if !(first.is_ascii_alphabetic() || matches!(first, b'/' | b'!' | b'?')) {
        return None;
    }
    let end = memchr::memchr(b'>', rest.as_bytes().get(..rest.len().min(LONGEST_ADDRESS))?)?;
    let inside = &rest[1..end];
    let address = inside.contains([':', '@']) && !inside.contains([' ', '=', '"']);
    Some((end + 1, if address { Class::Link } else { Class::Tag }))
}
