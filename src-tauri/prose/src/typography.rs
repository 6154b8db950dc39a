//! Typography for display: the spaces, quotes and apostrophes that a compositor would set,
//! whatever was typed. The text of the file never changes.
//!
//! French follows the *Lexique des règles typographiques en usage à l’Imprimerie nationale*: a
//! thin no-break space (U+202F) before `;`, `!` and `?`, a no-break space (U+00A0) before `:` and
//! inside guillemets, a thin one between groups of three digits that were typed apart; spaces that
//! hold a name, a date, a number or a reference together do not break (`ties.rs`), nor do those
//! inside a pair of dashes, and no dash begins a line. English
//! gets curly quotes and apostrophes; its dashes stay as typed. Both get `…` for three dots.
//! Arabic and all other languages stay as typed.

pub mod corrections;
pub(crate) mod ties;

use std::borrow::Cow;

use crate::language::Lang;
use corrections::words::PLAIN_ENGLISH_ELISIONS;

/// What a paragraph's text so far says about the quotes and spaces that follow. One for each
/// paragraph, handed on from one inline node to the next.
#[derive(Debug, Clone, Default)]
pub struct QuoteState {
    previous: Option<char>,
    open: Vec<Quote>,
}

impl QuoteState {
    /// Something that is not typeset (code, an image, a line break) stands here; `as_character` is
    /// what it counts as for the spaces around it.
    pub fn pass(&mut self, as_character: char) {
        self.previous = Some(as_character);
    }
}

/// Typesets one piece of a paragraph's text. Idempotent; borrows when nothing changes.
pub fn typeset<'a>(text: &'a str, lang: &Lang, state: &mut QuoteState) -> Cow<'a, str> {
    let french = match lang {
        Lang::Fr => true,
        Lang::En => false,
        Lang::Ar | Lang::Other(_) => return Cow::Borrowed(text),
    };
    let mut pen = Pen {
        text,
        copied: 0,
        set: String::new(),
        dashed: false,
        state,
    };
    if french {
        pen.french();
    } else {
        pen.english();
    }
    pen.finish()
}

pub(crate) const THIN: &str = "\u{202f}";
pub(crate) const NO_BREAK: &str = "\u{a0}";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    Guillemet,
    Curly,
}

struct Pen<'a, 's> {
    text: &'a str,
    /// How far the text is copied to `set`.
    copied: usize,
    set: String,
    /// A dash stands open.
    dashed: bool,
    state: &'s mut QuoteState,
}

impl<'a> Pen<'a, '_> {
    fn finish(self) -> Cow<'a, str> {
        if let Some(last) = self.text.get(self.copied..).and_then(|rest| rest.chars().next_back()) {
            self.state.previous = Some(last);
        }
        if self.copied == 0 && self.set.is_empty() {
            return Cow::Borrowed(self.text);
        }
        let mut set = self.set;
        set.push_str(self.text.get(self.copied..).unwrap_or_default());
        Cow::Owned(set)
    }

    /// Puts `with` in the place of `from..to`.
    fn replace(&mut self, from: usize, to: usize, with: &str) {
        if self.text.get(from..to) == Some(with) {
            return;
        }
        if self.set.is_empty() {
            // What is set is a little longer than what was typed.
            self.set.reserve(self.text.len() + self.text.len() / 16 + 16);
        }
        self.set.push_str(self.text.get(self.copied..from).unwrap_or_default());
        self.set.push_str(with);
        self.copied = to;
        if let Some(last) = with.chars().next_back() {
            self.state.previous = Some(last);
        }
    }

    /// The character that stands before a position in what was set.
    fn before(&self, position: usize) -> Option<char> {
        if position > self.copied {
            self.text.get(..position).and_then(|head| head.chars().next_back())
        } else {
            self.state.previous
        }
    }

    fn rest(&self, position: usize) -> &'a str {
        self.text.get(position..).unwrap_or_default()
    }

    fn after(&self, position: usize) -> Option<char> {
        self.rest(position).chars().next()
    }

    fn french(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = self.open_guillemet(0);
        loop {
            at = next_mark(bytes, at, is_french_mark);
            let Some(byte) = bytes.get(at) else { break };
            at = match byte {
                b' ' => self.french_space(at),
                b'0'..=b'9' => self.behind_digit(at),
                b'I' | b'V' | b'X' => self.behind_word(at),
                b';' | b'!' | b'?' | b':' => self.french_mark(at),
                b'"' => self.french_straight(at),
                b'\'' => self.apostrophe(at),
                b'.' if self.is_et_cetera(at) => {
                    self.replace(at, at + 3, ".");
                    at + 3
                }
                b'.' => self.dots(at),
                0xC2 | 0xE2 => match self.after(at) {
                    Some('«') => {
                        self.state.open.push(Quote::Guillemet);
                        self.open_guillemet(at + 2)
                    }
                    Some('»') => self.close(at, '»'),
                    Some('“') => self.french_curly(at),
                    Some('”') => self.close(at, '”'),
                    Some('°') => self.degree(at),
                    Some('\u{a0}' | '\u{202f}' | '\u{2009}') => self.french_space(at),
                    character => at + character.map_or(1, char::len_utf8),
                },
                _ => at + 1,
            };
        }
    }

    /// A space, or a run of them: what follows says which it should be.
    fn french_space(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let run = rest.len() - rest.trim_start_matches(is_inline_space).len();
        let end = at + run;
        let previous = self.before(at);
        let Some(next) = self.after(end) else { return end };
        let wanted = match next {
            ';' | '!' | '?' if self.takes_space(end, previous) => THIN,
            ':' if self.takes_space(end, previous) => NO_BREAK,
            '»' if previous != Some('«') && previous.is_some() => NO_BREAK,
            '”' if self.state.open.last() == Some(&Quote::Guillemet) => NO_BREAK,
            '"' if self.state.open.last() == Some(&Quote::Guillemet) && self.ends_after(end + 1) => NO_BREAK,
            '%' | '‰' | '€' | '$' | '£' if is_digit(previous) => NO_BREAK,
            '–' | '—' if self.after(end + next.len_utf8()).is_none_or(char::is_whitespace) => {
                return self.dash(at, end);
            }
            '0'..='9' if rest.starts_with(' ') && run == 1 && self.is_group(at) => THIN,
            _ if rest.starts_with(' ') && run == 1 && self.holds(at) => NO_BREAK,
            _ => return end,
        };
        if previous.is_some_and(|previous| !previous.is_whitespace()) {
            self.replace(at, end, wanted);
        }
        end
    }

    /// Whether a space at a position holds what stands around it together.
    fn holds(&self, at: usize) -> bool {
        let after = self.rest(at + 1);
        let (previous, next) = (self.before(at), after.chars().next());
        if !ties::may_hold(previous, next) {
            return false;
        }
        let start = (at.saturating_sub(ties::REACH)..at).find(|start| self.text.is_char_boundary(*start));
        let before = start.and_then(|start| self.text.get(start..at)).unwrap_or_default();
        is_digit(previous) && ties::is_unit(after) || ties::is_hour(before, after) || ties::holds(before, after)
    }

    /// « 12% », « 19e siècle », « 12 mai »
    fn behind_digit(&mut self, at: usize) -> usize {
        match self.after(at + 1) {
            Some(' ') => self.french_space(at + 1),
            Some(sign @ ('%' | '‰' | '€')) => {
                let next = self.after(at + 1 + sign.len_utf8());
                let ends = next.is_none_or(|next| next.is_whitespace() || ".,;:!?)]»”\"’'…".contains(next));
                if ends && self.begins_number(at) {
                    self.replace(at + 1, at + 1, NO_BREAK);
                }
                at + 1
            }
            Some('e') => self.behind_word(at + 1),
            _ => at + 1,
        }
    }

    /// Whether the figures that end at a position stand by themselves, rather than in an address or a formula.
    fn begins_number(&self, at: usize) -> bool {
        let head = self.text.get(..=at).unwrap_or_default();
        let before = head.trim_end_matches(|one: char| one.is_ascii_digit() || matches!(one, ',' | '.'));
        let previous = before.chars().next_back().or(self.state.previous);
        let alone = previous.is_none_or(|previous| previous.is_whitespace() || "([«“\"‘’'–—-+°".contains(previous));
        alone && !self.token(at + 1).contains([':', '&'])
    }

    /// What stands before a position without a space, a quote, a bracket or `n°`.
    fn token(&self, at: usize) -> &'a str {
        let head = self.text.get(..at).unwrap_or_default();
        let begins = |character: char| character.is_whitespace() || "«»“”\"()[]°".contains(character);
        head.rfind(begins).and_then(|start| head.get(start..)).unwrap_or(head)
    }

    /// The space behind the letters at a position.
    fn behind_word(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let end = at + rest.find(|one: char| !one.is_ascii_alphabetic()).unwrap_or(rest.len());
        if self.after(end) == Some(' ') {
            self.french_space(end)
        } else {
            end.max(at + 1)
        }
    }

    /// A space before a dash that has one behind it, too: what stands between two dashes stays with them, and none begins a
    /// line.
    fn dash(&mut self, at: usize, end: usize) -> usize {
        const LONGEST: usize = 400;
        let behind = end + '–'.len_utf8();
        let rest = self.rest(behind);
        let mut previous = ' ';
        let mut closed = false;
        let mut letters = rest.chars().take(LONGEST).peekable();
        while let Some(one) = letters.next() {
            let spaced = letters.peek().is_none_or(|next| next.is_whitespace());
            if matches!(one, '.' | '!' | '?' | '…') && spaced {
                break;
            }
            if matches!(one, '–' | '—') && is_inline_space(previous) && spaced {
                closed = true;
                break;
            }
            previous = one;
        }
        let run = rest.len() - rest.trim_start_matches(is_inline_space).len();
        if closed && !self.dashed && run > 0 {
            self.dashed = true;
            self.replace(behind, behind + run, NO_BREAK);
            return behind + run;
        }
        self.dashed = false;
        if self.before(at).is_some_and(|previous| !previous.is_whitespace()) {
            self.replace(at, end, NO_BREAK);
        }
        behind
    }

    /// Three dots behind « etc »
    fn is_et_cetera(&self, at: usize) -> bool {
        let head = self.text.get(..at).unwrap_or_default();
        let word = head.trim_end_matches(|one: char| one.is_alphanumeric());
        head.get(word.len()..)
            .is_some_and(|word| word.eq_ignore_ascii_case("etc"))
            && self.rest(at).starts_with("...")
            && !self.rest(at + 3).starts_with(['.', '/'])
    }

    /// Whether the mark at a position, with a space typed before it, is punctuation.
    fn takes_space(&self, mark: usize, previous: Option<char>) -> bool {
        let rest = self.rest(mark);
        let after = rest.trim_start_matches(['!', '?', ';', ':']).chars().next();
        let opened = previous.is_none_or(|previous| previous.is_whitespace() || matches!(previous, '«' | '(' | '['));
        !opened && !is_smiley(rest) && after.is_none_or(ends_clause)
    }

    /// A mark with nothing typed before it.
    fn french_mark(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        if rest.starts_with("://") {
            return at + rest.find(char::is_whitespace).unwrap_or(rest.len());
        }
        let colon = rest.starts_with(':');
        let joined = self
            .before(at)
            .is_some_and(|previous| previous.is_alphanumeric() || ")]»”’\"…%°€$*".contains(previous));
        let after = rest.get(1..).and_then(|rest| rest.chars().next());
        let ends = match after {
            None => true,
            Some('!' | '?') => !colon,
            Some(after) => ends_clause(after) && !(colon && matches!(after, '.' | '…')),
        };
        if joined && ends {
            // `:smile:` and `&nbsp;` are no clauses.
            if !self.token(at).contains([':', '&']) {
                self.replace(at, at, if colon { NO_BREAK } else { THIN });
            }
        }
        at + 1
    }

    fn french_straight(&mut self, at: usize) -> usize {
        let previous = self.before(at);
        if opens_after(previous) && (self.state.open.is_empty() || !self.ends_after(at + 1)) {
            if self.state.open.is_empty() {
                self.state.open.push(Quote::Guillemet);
                self.replace(at, at + 1, "«");
                return self.open_guillemet(at + 1);
            }
            self.state.open.push(Quote::Curly);
            self.replace(at, at + 1, "“");
            return at + 1;
        }
        match self.state.open.pop() {
            Some(Quote::Curly) => self.replace(at, at + 1, "”"),
            Some(Quote::Guillemet) => self.closing_guillemet(at, 1),
            None => {}
        }
        at + 1
    }

    /// `“` alone is the first level, which French writes with guillemets.
    fn french_curly(&mut self, at: usize) -> usize {
        let end = at + '“'.len_utf8();
        if self.state.open.is_empty() {
            self.state.open.push(Quote::Guillemet);
            self.replace(at, end, "«");
            return self.open_guillemet(end);
        }
        self.state.open.push(Quote::Curly);
        end
    }

    fn close(&mut self, at: usize, quote: char) -> usize {
        match (quote, self.state.open.pop()) {
            ('”', Some(Quote::Guillemet)) | ('»', _) => self.closing_guillemet(at, quote.len_utf8()),
            _ => {}
        }
        at + quote.len_utf8()
    }

    fn closing_guillemet(&mut self, at: usize, length: usize) {
        let spaced = self
            .before(at)
            .is_none_or(|previous| previous.is_whitespace() || previous == '«');
        self.replace(at, at + length, "»");
        if !spaced {
            // The space goes before what was just set.
            match self.set.pop() {
                Some('»') if self.copied == at + length => self.set.push_str("\u{a0}»"),
                Some(other) => {
                    self.set.push(other);
                    self.replace(at, at, NO_BREAK);
                }
                None => self.replace(at, at, NO_BREAK),
            }
        }
    }

    /// The space after `«`, typed or not.
    fn open_guillemet(&mut self, at: usize) -> usize {
        if self.before(at) != Some('«') {
            return at;
        }
        let rest = self.rest(at);
        let run = rest.len() - rest.trim_start_matches(is_inline_space).len();
        match self.after(at + run) {
            Some('»' | '\n') => {}
            _ => self.replace(at, at + run, NO_BREAK),
        }
        at + run
    }

    /// `n° 5`
    fn degree(&mut self, at: usize) -> usize {
        let end = at + '°'.len_utf8();
        let rest = self.rest(end);
        let run = rest.len() - rest.trim_start_matches(is_inline_space).len();
        if matches!(self.before(at), Some('n' | 'N')) && is_digit(self.after(end + run)) {
            self.replace(end, end + run, NO_BREAK);
        }
        end + run
    }

    /// Whether the space at a position stands between groups of digits of one number.
    fn is_group(&self, at: usize) -> bool {
        let digits = |text: &mut dyn Iterator<Item = u8>| text.take_while(u8::is_ascii_digit).count();
        let head = self.text.get(..at).unwrap_or_default();
        let run = digits(&mut head.bytes().rev());
        let next = digits(&mut self.rest(at + 1).bytes());
        if next != 3 || run == 0 || run > 3 {
            return false;
        }
        let start = at - run;
        match self.text.get(..start).and_then(|head| head.chars().next_back()) {
            Some('\u{202f}') => run == 3,
            // Set thin a moment ago: the middle of a longer number.
            Some(' ') if self.copied == start && self.state.previous == Some('\u{202f}') => run == 3,
            Some(previous) => !previous.is_alphanumeric() && !matches!(previous, '.' | ',' | '/' | '-'),
            None => self.state.previous.is_none_or(|previous| !previous.is_alphanumeric()),
        }
    }

    fn english(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        loop {
            at = next_mark(bytes, at, is_english_mark);
            let Some(byte) = bytes.get(at) else { break };
            at = match byte {
                b'"' => self.english_straight(at),
                b'\'' => self.apostrophe(at),
                b'.' => self.dots(at),
                b':' if self.rest(at).starts_with("://") => {
                    at + self.rest(at).find(char::is_whitespace).unwrap_or(self.rest(at).len())
                }
                0xE2 => match self.after(at) {
                    Some('“') => {
                        self.state.open.push(Quote::Curly);
                        at + 3
                    }
                    Some('”') => {
                        self.state.open.pop();
                        at + 3
                    }
                    _ => at + 1,
                },
                _ => at + 1,
            };
        }
    }

    fn english_straight(&mut self, at: usize) -> usize {
        if opens_after(self.before(at)) && (self.state.open.is_empty() || !self.ends_after(at + 1)) {
            self.state.open.push(Quote::Curly);
            self.replace(at, at + 1, "“");
        } else if self.state.open.pop().is_some() {
            self.replace(at, at + 1, "”");
        }
        at + 1
    }

    fn apostrophe(&mut self, at: usize) -> usize {
        let next = self.after(at + 1);
        let open = opens_after(self.before(at));
        if !open || is_digit(next) {
            self.replace(at, at + 1, "’");
        } else if next.is_some_and(char::is_alphanumeric) {
            let rest = self.rest(at + 1);
            let word = rest.split(|one: char| !one.is_alphabetic()).next().unwrap_or_default();
            let elided = PLAIN_ENGLISH_ELISIONS
                .iter()
                .any(|elided| word.eq_ignore_ascii_case(elided));
            self.replace(at, at + 1, if elided { "’" } else { "‘" });
        }
        at + 1
    }

    fn dots(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let run = rest.bytes().take_while(|byte| *byte == b'.').count();
        let path = matches!(self.after(at + run), Some('/' | '\\'));
        if run == 3 && !path && self.before(at) != Some('.') {
            self.replace(at, at + 3, "…");
        }
        at + run.max(1)
    }

    /// Whether what stands at a position ends a quotation's last word.
    fn ends_after(&self, position: usize) -> bool {
        self.after(position).is_none_or(|next| {
            next.is_whitespace() || matches!(next, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '»' | '”' | '…')
        })
    }
}

/// Where the next byte stands, from a place on, of which the rules have something to say; the length of the text when
/// there is none. Most bytes are letters, and most spaces stand between words: they are passed over in blocks that the
/// compiler compares at once, without a decision for each.
fn next_mark(bytes: &[u8], from: usize, is_mark: impl Fn(u8, u8) -> bool) -> usize {
    const BLOCK: usize = 32;
    let mut at = from;
    while let Some(block) = bytes.get(at..=at + BLOCK) {
        let mut marks = [0u8; BLOCK];
        for (mark, pair) in marks.iter_mut().zip(block.windows(2)) {
            if let [byte, next] = pair {
                *mark = u8::from(is_mark(*byte, *next));
            }
        }
        if marks != [0; BLOCK] {
            return at + marks.iter().position(|mark| *mark != 0).unwrap_or_default();
        }
        at += BLOCK;
    }
    while let Some(byte) = bytes.get(at) {
        if is_mark(*byte, bytes.get(at + 1).copied().unwrap_or_default()) {
            return at;
        }
        at += 1;
    }
    at
}

/// A space is the business of French for what follows it.
fn is_french_mark(byte: u8, next: u8) -> bool {
    let mark = |byte: u8| {
        (byte == b';')
            | (byte == b'!')
            | (byte == b'?')
            | (byte == b':')
            | (byte == b'"')
            | (byte == 0xC2)
            | (byte == 0xE2)
    };
    let after_space = mark(next)
        | (next == b' ')
        | (next == b'%')
        | (next == b'$')
        | next.is_ascii_digit()
        | next.is_ascii_uppercase()
        | (next == 0xC3);
    let after_digit = (next == b' ') | (next == b'%') | (next == b'e') | (next == 0xE2);
    let roman = |byte: u8| (byte == b'I') | (byte == b'V') | (byte == b'X');
    mark(byte)
        | (byte == b'\'')
        | (byte == b'.')
        | ((byte == b' ') & after_space)
        | (byte.is_ascii_digit() & after_digit)
        | (roman(byte) & (roman(next) | (next == b'e')))
}

fn is_english_mark(byte: u8, _next: u8) -> bool {
    (byte == b'"') | (byte == b'\'') | (byte == b'.') | (byte == b':') | (byte == 0xE2)
}

pub(crate) fn is_inline_space(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

pub(crate) fn is_digit(character: Option<char>) -> bool {
    character.is_some_and(|character| character.is_ascii_digit())
}

/// Whether a quote after this character opens.
pub(crate) fn opens_after(previous: Option<char>) -> bool {
    previous.is_none_or(|previous| {
        previous.is_whitespace()
            || matches!(
                previous,
                '(' | '[' | '{' | '«' | '“' | '‘' | '—' | '–' | '-' | '/' | '’' | '\''
            )
    })
}

/// Whether a mark before this character ends a clause, rather than standing inside an address.
pub(crate) fn ends_clause(next: char) -> bool {
    next.is_whitespace()
        || matches!(
            next,
            ')' | ']' | '»' | '”' | '"' | '’' | '\'' | ',' | '.' | '…' | '«' | '“' | '—' | '–' | '*'
        )
}

/// `:)`, `;-)`, `:'(`, `:D`…
pub(crate) fn is_smiley(text: &str) -> bool {
    let Some(face) = text.strip_prefix([':', ';']) else {
        return false;
    };
    let face = face.strip_prefix(['-', '\'', '’', 'o']).unwrap_or(face);
    let mut characters = face.chars();
    match characters.next() {
        Some(')' | '(' | '|' | '/' | '*' | '3') => true,
        Some('D' | 'P' | 'p' | 'O') => !characters.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn set(text: &str, lang: &Lang) -> String {
        typeset(text, lang, &mut QuoteState::default()).into_owned()
    }

    /// Shows the spaces that can't be told apart: `_` for U+00A0 and `~` for U+202F.
    fn shown(text: &str) -> String {
        text.replace('\u{a0}', "_").replace('\u{202f}', "~")
    }

    #[test]
    fn every_example_is_set_as_written() {
        for line in include_str!("../tests/data/typography.txt").lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (lang, example) = line.split_once(": ").unwrap();
            let (typed, expected) = example.split_once(" => ").unwrap();
            assert_eq!(shown(&set(typed, &Lang::from_tag(lang))), expected, "{typed}");
        }
    }

    #[test]
    fn quotes_span_inline_nodes() {
        let mut state = QuoteState::default();
        let mut all = String::new();
        for part in ["Il dit \"", "oui", "\" et part", "!"] {
            all.push_str(&typeset(part, &Lang::Fr, &mut state));
        }
        assert_eq!(shown(&all), "Il dit «_oui_» et part~!");
        assert!(matches!(
            typeset("rien à faire", &Lang::Fr, &mut state),
            Cow::Borrowed(_)
        ));
    }

    proptest! {
        #[test]
        fn setting_twice_changes_nothing(text in "[a-z\"'«»“”’ \u{a0}\u{202f}.!?;:0-9()°n%€-]{0,40}", french in any::<bool>()) {
            let lang = if french { Lang::Fr } else { Lang::En };
            let once = set(&text, &lang);
            prop_assert_eq!(set(&once, &lang), once);
        }

        #[test]
        fn letters_and_digits_never_change(text in "\\PC{0,60}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&set(&text, &Lang::Fr)), letters(&text));
            prop_assert_eq!(letters(&set(&text, &Lang::En)), letters(&text));
        }
    }
}
