//! The words of a quotation in parts: between them the writer left something out or put something in.

use super::words::{ENDS, Word, gap, is_letter, word, words};

/// What is quoted, as it is looked for.
#[derive(Debug)]
pub(super) struct Said {
    pub words: Vec<Word>,
    /// Which words make a part, and how many words of the source may stand before it, after the part before.
    pub parts: Vec<Part>,
    /// Whether something was taken as the writer’s own that has no brackets: « , dit-il, ».
    pub has_asides: bool,
    /// Whether a full stop within the marks may stand for whatever ends the sentence.
    pub stops: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub words: std::ops::Range<usize>,
    pub skips: usize,
}

/// How many words of the source an ellipsis may stand for.
const MOST_LEFT_OUT: usize = 1_500;
/// So many words make no passage that could be found by itself.
const CRUMB: usize = 2;
/// How many words of the source an ellipsis beside so few may stand for: a sentence or two.
const MOST_AROUND_CRUMBS: usize = 60;
/// How many words of the source words in brackets may stand for.
const MOST_REPLACED: usize = 24;
/// What stands in brackets is no longer than this, in bytes.
const LONGEST_BRACKET: usize = 300;

impl Said {
    /// Reads the words of a quotation; `asides`: whether « , dit-il, » is taken as the writer’s own.
    pub fn of(text: &str, asides: bool) -> Said {
        let mut said = Said {
            words: Vec::new(),
            parts: Vec::new(),
            has_asides: false,
            stops: false,
        };
        let mut from = 0;
        let mut first = 0;
        let mut skips = 0;
        let close = |said: &mut Said, first: &mut usize, skips: &mut usize, next: usize| {
            if said.words.len() > *first {
                said.parts.push(Part {
                    words: *first..said.words.len(),
                    skips: *skips,
                });
                *first = said.words.len();
                *skips = 0;
            }
            *skips = (*skips).max(next);
        };
        let mut at = 0;
        while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at..).unwrap_or_default();
            let Some((length, skipped)) = omission(rest, text.get(..at).unwrap_or_default()) else {
                at += character.len_utf8();
                continue;
            };
            said.read(text, from, at);
            close(&mut said, &mut first, &mut skips, skipped);
            at += length;
            from = at;
        }
        said.read(text, from, text.len());
        close(&mut said, &mut first, &mut skips, 0);
        if asides {
            said.leave_out_asides(text);
        }
        said.keep_crumbs_near();
        said
    }

    /// A word or two between two omissions stand anywhere: they have to stand near what is before and after them.
    fn keep_crumbs_near(&mut self) {
        let lengths: Vec<usize> = self.parts.iter().map(|part| part.words.len()).collect();
        for (pair, part) in lengths.windows(2).zip(self.parts.iter_mut().skip(1)) {
            if pair.iter().any(|length| *length <= CRUMB) {
                part.skips = part.skips.min(MOST_AROUND_CRUMBS);
            }
        }
    }

    /// Whether a part starts with a word.
    pub fn starts_part(&self, index: usize) -> bool {
        self.parts.binary_search_by_key(&index, |part| part.words.start).is_ok()
    }

    /// Whether a part ends before a word: with the quotation, or where something was left out or put in.
    pub fn is_end(&self, index: usize) -> bool {
        index == self.words.len() || self.starts_part(index)
    }

    /// What stands before a word, and whether a sentence or a part begins with it.
    pub fn begins(&self, text: &str, index: usize) -> bool {
        let starts_part = self.starts_part(index);
        let before = index.checked_sub(1).and_then(|before| self.words.get(before));
        let here = self.words.get(index);
        match (before, here) {
            (Some(before), Some(here)) if !starts_part => {
                let between = text.get(before.end..here.at).unwrap_or_default();
                gap(between) & ENDS != 0 || between.contains(['«', '“', '"', '‘', '['])
            }
            _ => true,
        }
    }

    fn read(&mut self, text: &str, from: usize, to: usize) {
        let piece = text.get(from..to).unwrap_or_default();
        let found = words(piece).into_iter().map(|word| Word {
            at: word.at + from,
            end: word.end + from,
            ..word
        });
        for next in found {
            // `[n]ous`: a letter in brackets and the rest of its word.
            if let Some(last) = self.words.last().copied()
                && text.get(last.end..next.at) == Some("]")
                && last.end - last.at <= 4
                && text.get(..last.at).is_some_and(|before| before.ends_with('['))
            {
                self.words.pop();
                self.words.push(word(text, last.at, next.end));
                continue;
            }
            self.words.push(next);
        }
    }

    /// Splits parts where the writer says who speaks: « La mer monte, dit-il, et nous avec. »
    fn leave_out_asides(&mut self, text: &str) {
        let mut parts = Vec::with_capacity(self.parts.len());
        let mut found = false;
        for part in &self.parts {
            let mut start = part.words.start;
            let mut skips = part.skips;
            let mut index = start;
            while index < part.words.end {
                let Some(length) = self.aside(text, index, part.words.end).filter(|_| index > start) else {
                    index += 1;
                    continue;
                };
                parts.push(Part {
                    words: start..index,
                    skips,
                });
                found = true;
                start = index + length;
                index = start;
                skips = 0;
            }
            if start < part.words.end {
                parts.push(Part {
                    words: start..part.words.end,
                    skips,
                });
            }
        }
        if found {
            self.parts = parts;
            self.has_asides = true;
        }
    }

    /// How many words an aside has that begins with a word.
    fn aside(&self, text: &str, index: usize, end: usize) -> Option<usize> {
        const MOST: usize = 9;
        let between = |left: usize| -> Option<&str> {
            let (one, next) = (self.words.get(left)?, self.words.get(left + 1)?);
            text.get(one.end..next.at)
        };
        let comma = |between: &str| between.contains(',');
        if !between(index.checked_sub(1)?).is_some_and(comma) {
            return None;
        }
        for last in index..end.min(index + MOST) {
            let after = if last + 1 < end {
                between(last)
            } else {
                text.get(self.words.get(last)?.end..)
            };
            if !after.is_some_and(|after| comma(after) || after.contains(['.', '!', '?']) || last + 1 == end) {
                continue;
            }
            let words = text.get(self.words.get(index)?.at..self.words.get(last)?.end)?;
            return says(words).then_some(last + 1 - index);
        }
        None
    }
}

/// « dit-il », « a-t-elle ajouté », « explique le maire », “he said”, “says Ms Ray”. Only who says it is said: « semble-t-il »
/// and “as he never said” are words of their own, and would have to stand in the source.
fn says(words: &str) -> bool {
    const INVERTED: [&str; 6] = ["-t-il", "-t-elle", "-il", "-elle", "-ils", "-elles"];
    const FRENCH: &str = "dit écrit explique déclare affirme ajoute poursuit assure estime note souligne insiste précise confie raconte rappelle observe regrette répond conclut reconnaît constate résume lance martèle";
    // How the verbs of saying begin, in whatever tense.
    const SAYING: &str = "dit dis écri expliqu déclar affirm ajout poursui assur estim not soulign insist précis confi racont rappel observ regrett répond répét conclu reconna reconnu constat résum lanc lanç martel martèl indiqu gliss soupir comment juge jugé jugea plaid renchéri rétorqu prévien préven prévin averti admet admis avou promet promis tonn";
    // Who says it begins so.
    const WHO: &str = "le la l un une cet cette ce son sa notre m mme mlle mm mgr dr me";
    const ENGLISH: [&str; 12] = [
        "said",
        "says",
        "wrote",
        "writes",
        "added",
        "adds",
        "argued",
        "argues",
        "told",
        "explained",
        "explains",
        "insisted",
    ];
    // “as I said”, “what he says”: a sentence of its own.
    const NOT_WHO: [&str; 14] = [
        "as", "like", "what", "which", "that", "if", "when", "never", "not", "i", "we", "you", "so", "though",
    ];
    let lower = words.to_lowercase().replace('\u{2011}', "-");
    let all: Vec<&str> = lower.split_whitespace().collect();
    let Some((first, rest)) = all.split_first() else {
        return false;
    };
    let begins = |word: &str| SAYING.split(' ').any(|stem| word.starts_with(stem));
    if let Some(verb) = INVERTED
        .iter()
        .filter_map(|ending| first.strip_suffix(ending))
        .min_by_key(|verb| verb.len())
    {
        // « a-t-il ajouté », « avait-elle dit »
        return match verb {
            "a" | "ont" | "avait" | "avaient" => rest.iter().take(2).any(|word| begins(word)),
            verb => begins(verb) && !verb.ends_with("rait"),
        };
    }
    if FRENCH.split(' ').any(|verb| verb == *first) {
        let name = words.split_whitespace().nth(1);
        return name.is_none_or(|name| {
            let bare = name.to_lowercase();
            let bare = bare.split(['\'', '’', '.']).next().unwrap_or_default();
            name.starts_with(char::is_uppercase) || WHO.split(' ').any(|word| word == bare)
        });
    }
    all.len() <= 6 && !NOT_WHO.contains(first) && all.iter().any(|word| ENGLISH.contains(word))
}

/// What the text begins with if it stands for words that were left out or put in: its length in bytes, and how many
/// words of the source it may stand for.
fn omission(rest: &str, before: &str) -> Option<(usize, usize)> {
    let first = rest.chars().next()?;
    match first {
        '.' => spaced_dots(rest).map(|length| (length, MOST_LEFT_OUT)),
        '[' | '(' => {
            let close = if first == '[' { ']' } else { ')' };
            let inside = rest.get(1..)?;
            let end = inside
                .char_indices()
                .take_while(|(at, _)| *at < LONGEST_BRACKET)
                .find(|(_, character)| *character == close || *character == '\n')
                .filter(|(_, character)| *character == close)?
                .0;
            let words = inside.get(..end)?;
            let length = end + 2;
            let plain = words.trim();
            let is_dot = |one: char| matches!(one, '.' | '…') || one.is_whitespace();
            if !plain.is_empty() && plain.chars().all(is_dot) && plain != "." {
                return Some((length, MOST_LEFT_OUT));
            }
            if plain.eq_ignore_ascii_case("sic")
                || plain
                    .trim_end_matches(['!', ' ', '\u{202f}'])
                    .eq_ignore_ascii_case("sic")
            {
                return Some((length, 0));
            }
            if first == '(' {
                return None;
            }
            // `[L]e`, `l[es]`: letters of a word.
            let after = rest.get(length..).and_then(|after| after.chars().next());
            let in_word = after.is_some_and(is_letter) && plain.chars().count() <= 2
                || before.chars().next_back().is_some_and(is_letter);
            if in_word { None } else { Some((length, MOST_REPLACED)) }
        }
        _ => None,
    }
}

/// How much of a text is “. . .”, as English books mark what was left out: three dots or more, each set apart. Dots that
/// stand together, and the one character for them, are the speaker’s own hesitation.
fn spaced_dots(text: &str) -> Option<usize> {
    let is_blank = |one: char| matches!(one, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let mut dots = 0;
    let mut rest = text;
    let mut length = 0;
    while let Some(behind) = rest.strip_prefix('.') {
        dots += 1;
        length = text.len() - behind.len();
        rest = behind.trim_start_matches(is_blank);
        if rest.len() == behind.len() {
            break;
        }
    }
    (dots >= 3).then_some(length)
}
