//! The marks of citations in a run of text.

use std::ops::Range;

use super::{Citation, Cite, locator};

/// A character of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub character: char,
    /// Where it was written, in bytes of the whole text; empty where that can’t be told.
    pub place: Range<usize>,
    /// It was written as it is read: not escaped.
    pub plain: bool,
}

impl Letter {
    pub(super) fn plain(character: char) -> Letter {
        Letter {
            character,
            place: 0..0,
            plain: true,
        }
    }
}

/// A citation and the letters that it is written with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub citation: Citation,
    pub letters: Range<usize>,
}

/// No citation is longer, in characters.
const MAX_MARK: usize = 2000;
/// No key is longer, in characters.
const MAX_KEY: usize = 200;

/// The citations of a run, in order.
pub(crate) fn read(letters: &[Letter]) -> Vec<Mark> {
    let run = Run(letters);
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let mark = match run.sign(at) {
            Some('[') => run.bracketed(at),
            Some('@') if !run.is_word(at.wrapping_sub(1)) => run.in_text(at),
            _ => None,
        };
        match mark {
            Some(mark) => {
                at = mark.letters.end;
                found.push(mark);
            }
            None => at += 1,
        }
    }
    found
}

struct Run<'a>(&'a [Letter]);

impl Run<'_> {
    /// The character there, unless it is escaped.
    fn sign(&self, at: usize) -> Option<char> {
        self.0
            .get(at)
            .filter(|letter| letter.plain)
            .map(|letter| letter.character)
    }

    fn character(&self, at: usize) -> Option<char> {
        self.0.get(at).map(|letter| letter.character)
    }

    /// Whether what stands there makes an `@` behind it part of a word or an address.
    fn is_word(&self, at: usize) -> bool {
        self.character(at)
            .is_some_and(|one| one.is_alphanumeric() || matches!(one, '_' | '@' | '/' | '.' | '\\'))
    }

    fn text(&self, range: Range<usize>) -> String {
        let letters = self.0.get(range).unwrap_or_default();
        letters
            .iter()
            .map(|letter| {
                if letter.character == '\n' {
                    ' '
                } else {
                    letter.character
                }
            })
            .collect()
    }

    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let letters = self.0.get(range.clone()).unwrap_or_default();
        let known = letters
            .iter()
            .all(|letter| letter.character == '\n' || !letter.place.is_empty());
        match (letters.first(), letters.last()) {
            (Some(first), Some(last)) if known => first.place.start..last.place.end,
            _ => 0..0,
        }
    }

    fn mark(&self, letters: Range<usize>, in_text: bool, items: Vec<Cite>) -> Mark {
        Mark {
            citation: Citation {
                range: self.place(&letters),
                in_text,
                items,
            },
            letters,
        }
    }

    fn bracketed(&self, open: usize) -> Option<Mark> {
        let end = (open + MAX_MARK).min(self.0.len());
        let close = (open + 1..end).find(|at| matches!(self.sign(*at), Some('[' | ']')))?;
        if self.sign(close) != Some(']') || !(open + 1..close).any(|at| self.sign(at) == Some('@')) {
            return None;
        }
        let mut items = Vec::new();
        let mut start = open + 1;
        for at in open + 1..=close {
            if at == close || self.sign(at) == Some(';') {
                items.push(self.item(start..at)?);
                start = at + 1;
            }
        }
        Some(self.mark(open..close + 1, false, items))
    }

    fn item(&self, range: Range<usize>) -> Option<Cite> {
        let (at, key, behind) = range.clone().find_map(|at| {
            if self.sign(at) != Some('@') || self.is_word(at.wrapping_sub(1)) {
                return None;
            }
            let (key, behind) = self.key(at + 1)?;
            (behind <= range.end).then_some((at, key, behind))
        })?;
        let dash = at > range.start
            && self.sign(at - 1) == Some('-')
            && (at - 1 == range.start || self.character(at - 2).is_some_and(char::is_whitespace));
        let prefix = self.text(range.start..if dash { at - 1 } else { at });
        let (locator, suffix) = locator::read(&self.text(behind..range.end));
        Some(Cite {
            key,
            prefix: prefix.trim_start().to_owned(),
            locator,
            suffix: suffix.trim_end().to_owned(),
            without_author: dash,
        })
    }

    fn in_text(&self, at: usize) -> Option<Mark> {
        let (key, behind) = self.key(at + 1)?;
        let mut item = Cite { key, ..Cite::default() };
        let mut end = behind;
        // `@key [p. 12]`
        let open = if self.character(behind) == Some(' ') {
            behind + 1
        } else {
            behind
        };
        if self.sign(open) == Some('[') {
            let most = (open + MAX_MARK).min(self.0.len());
            let close = (open + 1..most).find(|at| matches!(self.sign(*at), Some('[' | ']' | '@')));
            if let Some(close) = close.filter(|close| self.sign(*close) == Some(']')) {
                let (locator, suffix) = locator::read(&self.text(open + 1..close));
                if locator.is_some() {
                    item.locator = locator;
                    item.suffix = suffix.trim_end().to_owned();
                    end = close + 1;
                }
            }
        }
        Some(self.mark(at..end, true, vec![item]))
    }

    /// The key that begins there, and where it ends.
    fn key(&self, at: usize) -> Option<(String, usize)> {
        let is_body = |at| {
            self.character(at)
                .is_some_and(|one: char| one.is_alphanumeric() || one == '_')
        };
        if self.character(at) == Some('{') {
            let end = (at + 1..(at + MAX_KEY).min(self.0.len())).find(|at| self.character(*at) == Some('}'))?;
            let key = self.text(at + 1..end);
            return (!key.trim().is_empty()).then_some((key, end + 1));
        }
        if !is_body(at) {
            return None;
        }
        let mut end = at + 1;
        while end < at + MAX_KEY {
            let within = self.character(end).is_some_and(|one| ":.#$%&-+?<>~/".contains(one));
            if is_body(end) {
                end += 1;
            } else if within && is_body(end + 1) {
                end += 2;
            } else {
                break;
            }
        }
        Some((self.text(at..end), end))
    }
}
