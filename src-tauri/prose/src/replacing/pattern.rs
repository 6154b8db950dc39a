//! What is looked for, and what stands in its place.

use std::fmt;
use std::ops::Range;

use regex::{Captures, Regex, RegexBuilder};

use super::Change;
use super::words::source_of;

/// What is looked for, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The words, or the expression.
    pub text: String,
    /// Whether it is a regular expression.
    pub expression: bool,
    /// Whether capitals count.
    pub case: bool,
    /// Whether it has to begin and end at the borders of words.
    pub whole_words: bool,
    /// Whether words are found whatever their accents are (`œ` and `oe` alike).
    pub any_accents: bool,
    /// Whether words are found whatever their apostrophes, hyphens and spaces are.
    pub any_typography: bool,
}

/// Why something is no pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternError {
    /// Nothing is looked for.
    Empty,
    /// It is no regular expression, or needs what runs in no linear time.
    Syntax(String),
    /// It is too large once spelled out.
    TooBig,
}

impl fmt::Display for PatternError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PatternError::Empty => out.write_str("nothing is looked for"),
            PatternError::Syntax(why) => write!(out, "not an expression: {why}"),
            PatternError::TooBig => out.write_str("the expression is too large"),
        }
    }
}

impl std::error::Error for PatternError {}

/// What is looked for, made ready.
#[derive(Debug, Clone)]
pub struct Pattern {
    expression: Regex,
    is_literal: bool,
    whole_words: bool,
}

impl Pattern {
    /// Makes a pattern of what was typed. An expression has no way back, and each place is found in a time that goes with
    /// the length of its line; where all of them take too long, finding gives up.
    ///
    /// # Errors
    /// See [`PatternError`].
    pub fn new(wanted: &Wanted) -> Result<Pattern, PatternError> {
        if wanted.text.is_empty() {
            return Err(PatternError::Empty);
        }
        if wanted.text.len() > LONGEST {
            return Err(PatternError::TooBig);
        }
        let source = if wanted.expression {
            wanted.text.clone()
        } else {
            source_of(&wanted.text, wanted.any_accents, wanted.any_typography)
        };
        let expression = RegexBuilder::new(&source)
            .multi_line(true)
            .case_insensitive(!wanted.case)
            .size_limit(LARGEST)
            .dfa_size_limit(LARGEST)
            .build()
            .map_err(|error| match error {
                regex::Error::CompiledTooBig(_) => PatternError::TooBig,
                error => PatternError::Syntax(last_line(&error.to_string())),
            })?;
        Ok(Pattern {
            expression,
            is_literal: !wanted.expression,
            whole_words: wanted.whole_words,
        })
    }

    /// Whether a text has anything of it, wherever it stands.
    pub fn is_in(&self, text: &str) -> bool {
        if self.is_literal {
            return self.expression.is_match(text);
        }
        text.split('\n').any(|line| self.expression.is_match(line))
    }

    /// The replacement as it is meant for this pattern.
    pub(super) fn template(&self, replacement: &str) -> Template {
        if self.is_literal {
            Template(vec![Part::Words(replacement.to_owned())])
        } else {
            Template::read(replacement, self.expression.captures_len() - 1)
        }
    }

    /// The places within a part of a text, line by line: an expression knows nothing beyond its line. `None` when there are
    /// too many, or when they take too long: an expression that looks to the end of a line from each of its letters takes
    /// the square of its length.
    pub(super) fn find(&self, text: &str, within: Range<usize>, template: &Template) -> Option<Vec<Change>> {
        let mut places = Vec::new();
        let mut looked: u64 = 0;
        let mut start = within.start;
        for line in text.get(within).unwrap_or_default().split('\n') {
            for captures in self.expression.captures_iter(line) {
                let from = captures.get(0).map_or(0, |found| found.start());
                // Words are found without looking further.
                looked += if self.is_literal { 0 } else { (line.len() - from) as u64 };
                if looked > FURTHEST || places.len() == MOST_PLACES {
                    return None;
                }
                places.extend(self.place(text, start, &captures, template));
            }
            start += line.len() + 1;
        }
        Some(places)
    }

    fn place(&self, text: &str, start: usize, captures: &Captures<'_>, template: &Template) -> Option<Change> {
        let found = captures.get(0)?;
        let range = start + found.start()..start + found.end();
        let stands = !self.whole_words || stands_alone(text, &range);
        // `e` and an accent behind it are another letter.
        let parts_a_letter = self.is_literal && text.get(range.end..).is_some_and(|rest| rest.starts_with(is_accent));
        if found.is_empty() || !stands || parts_a_letter {
            return None;
        }
        let after = template.filled(captures);
        (after != found.as_str()).then_some(Change {
            range,
            line: 0,
            after,
            prose: false,
            in_front_matter: false,
        })
    }
}

/// So many places of one text are found.
const MOST_PLACES: usize = 200_000;
/// So many bytes may have been looked at for the places of one text, each to the end of its line: about a second.
const FURTHEST: u64 = 1_000_000_000;
/// The longest pattern, in bytes.
const LONGEST: usize = 8 * 1024;
/// The most memory that a pattern takes once it is made ready, in bytes.
const LARGEST: usize = 4 << 20;

/// What stands in the place of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    /// 0 is all that was found.
    Group(usize),
}

impl Template {
    /// Reads the replacement of an expression with so many groups: as many digits are a group's number as name a group
    /// that there is.
    fn read(replacement: &str, groups: usize) -> Template {
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut rest = replacement.chars().peekable();
        while let Some(character) = rest.next() {
            match (character, rest.peek().copied()) {
                ('\\', Some(next @ ('n' | 'r' | 't' | '\\'))) => {
                    rest.next();
                    words.push(match next {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        _ => '\\',
                    });
                }
                ('$', Some('$')) => {
                    rest.next();
                    words.push('$');
                }
                ('$', Some('&')) => {
                    rest.next();
                    parts.push(Part::Words(std::mem::take(&mut words)));
                    parts.push(Part::Group(0));
                }
                ('$', Some(_)) => {
                    let mut ahead = rest.clone();
                    let (mut number, mut read, mut named) = (0usize, 0, None);
                    while let Some(digit) = ahead.next().and_then(|digit| digit.to_digit(10)).filter(|_| read < 2) {
                        number = number * 10 + digit as usize;
                        read += 1;
                        if (1..=groups).contains(&number) {
                            named = Some((number, read));
                        }
                    }
                    match named {
                        Some((number, digits)) => {
                            for _ in 0..digits {
                                rest.next();
                            }
                            parts.push(Part::Words(std::mem::take(&mut words)));
                            parts.push(Part::Group(number));
                        }
                        None => words.push('$'),
                    }
                }
                _ => words.push(character),
            }
        }
        parts.push(Part::Words(words));
        Template(parts)
    }

    fn filled(&self, captures: &Captures<'_>) -> String {
        let mut filled = String::new();
        for part in &self.0 {
            match part {
                Part::Words(words) => filled.push_str(words),
                Part::Group(number) => filled.push_str(captures.get(*number).map_or("", |group| group.as_str())),
            }
        }
        // A text that is edited has `\n` between its lines, whatever its file has.
        if filled.contains('\r') {
            filled = filled.replace("\r\n", "\n").replace('\r', "\n");
        }
        filled
    }
}

/// Whether a character is an accent of the letter before it.
fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Whether a place begins and ends at the borders of words.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let is_of_word =
        |character: Option<char>| character.is_some_and(|it| it.is_alphanumeric() || it == '_' || is_accent(it));
    let (before, found) = (text.get(..range.start), text.get(range.clone()));
    let (before, found) = (before.unwrap_or_default(), found.unwrap_or_default());
    let after = text.get(range.end..).unwrap_or_default();
    let goes_on_before = is_of_word(before.chars().next_back()) && is_of_word(found.chars().next());
    let goes_on_behind = is_of_word(after.chars().next()) && is_of_word(found.chars().next_back());
    !goes_on_before && !goes_on_behind
}

/// What the parser of expressions says in the end: the lines before show the expression itself.
fn last_line(message: &str) -> String {
    let last = message.lines().last().unwrap_or_default();
    last.trim_start_matches("error:").trim().to_owned()
}
