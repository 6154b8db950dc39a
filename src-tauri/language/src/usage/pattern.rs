//! Patterns of words: parsed from a line of a rule file, and tried at a place of a text.
//!
//! Elements stand between spaces, each for one token:
//! - `word`, `one|other`: these words, in lower case; an elided word ends with `'`;
//! - `*er`, `re*`: words that end or begin so;
//! - `@class`: the words of a class, or what `sounds` knows; `@class+er`: the words with `er` behind each;
//! - `!one|other`: anything else than these, the bounds of the text included;
//! - `a&b`: both; `a?`: the element may be missing;
//! - `^`, `~` and `$` stand for no token, and say that a sentence begins, a clause begins or a clause ends here;
//! - `[` and `]` enclose what is marked, else all of it is.
//!
//! In what stands there instead, `$2` is what the second element met, `$2{-2+er}` the same with its last two letters
//! replaced.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::sounds;
use crate::tokens::{Token, begins, begins_clause, ends};

/// Closed lists of words, by name.
pub(super) type Classes = HashMap<String, Vec<String>>;

/// A pattern without elements that may be missing.
#[derive(Debug)]
pub(super) struct Variant {
    pieces: Vec<(Piece, Option<usize>)>,
    /// The tokens before the one that the pattern is found by.
    lead: usize,
    /// The numbers of the first and last element that are marked.
    marked: (usize, usize),
    /// The words it is found by; empty if it has to be tried everywhere.
    pub anchors: Vec<String>,
    elements: usize,
}

/// Where a pattern was met: the tokens of its elements, by number, and the first and last that are marked.
pub(super) struct Met {
    pub tokens: Vec<Option<usize>>,
    pub first: usize,
    pub last: usize,
}

/// What stands there instead.
#[derive(Debug)]
pub(super) struct Template(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Element { number: usize, drop: usize, add: String },
}

#[derive(Debug, Clone)]
enum Piece {
    Begins,
    BeginsClause,
    Ends,
    One(Arc<Test>),
}

#[derive(Debug)]
struct Test(Vec<Term>);

#[derive(Debug, Default)]
struct Term {
    negated: bool,
    words: HashSet<String>,
    suffixes: Vec<String>,
    prefixes: Vec<String>,
    known: Vec<sounds::Known>,
}

struct Element {
    piece: Piece,
    number: Option<usize>,
    optional: bool,
}

/// The variants of a pattern.
///
/// # Errors
/// What of it can't be understood.
pub(super) fn parse(text: &str, classes: &Classes) -> Result<Vec<Variant>, String> {
    let mut elements = Vec::new();
    let (mut first, mut last) = (None, None);
    let mut count = 0;
    for part in text.split_whitespace() {
        let opening = part.len() > 1 && part.starts_with('[');
        let part = if opening {
            part.get(1..).unwrap_or_default()
        } else {
            part
        };
        let closing = part.len() > 1 && part.ends_with(']');
        let part = if closing {
            part.strip_suffix(']').unwrap_or(part)
        } else {
            part
        };
        let optional = part.len() > 1 && part.ends_with('?');
        let part = if optional {
            part.strip_suffix('?').unwrap_or(part)
        } else {
            part
        };
        let piece = match part {
            "^" => Piece::Begins,
            "~" => Piece::BeginsClause,
            "$" => Piece::Ends,
            _ => Piece::One(Arc::new(test(part, classes)?)),
        };
        let number = matches!(piece, Piece::One(_)).then_some(count);
        count += usize::from(number.is_some());
        if opening {
            first = number;
        }
        if closing {
            last = number;
        }
        elements.push(Element {
            piece,
            number,
            optional,
        });
    }
    if count == 0 || first.is_some() != last.is_some() {
        return Err(format!("nothing to find, or brackets that don’t match: {text}"));
    }
    let marked = (first.unwrap_or(0), last.unwrap_or(count - 1));
    let choices = elements.iter().filter(|element| element.optional).count();
    if choices > 5 {
        return Err(format!("too many elements that may be missing: {text}"));
    }
    Ok((0..1usize << choices)
        .map(|chosen| variant(&elements, chosen, marked, count))
        .collect())
}

impl Variant {
    /// Whether the pattern is met where its anchor is the token `at`.
    pub fn meets(&self, tokens: &[Token<'_>], at: usize) -> Option<Met> {
        let mut place = isize::try_from(at).ok()? - isize::try_from(self.lead).ok()?;
        let mut met = vec![None; self.elements];
        let mut before: Option<isize> = None;
        for (piece, number) in &self.pieces {
            let here = usize::try_from(place).ok();
            match piece {
                Piece::Begins if begins(tokens, here?) => {}
                Piece::BeginsClause if begins_clause(tokens, here?) => {}
                Piece::Ends if ends(tokens, here?) => {}
                Piece::One(test) => {
                    let token = here.and_then(|here| tokens.get(here));
                    if !test.holds(token) {
                        return None;
                    }
                    if token.is_some()
                        && let Some(slot) = number.and_then(|number| met.get_mut(number))
                    {
                        *slot = here;
                    }
                    before = Some(place);
                    place += 1;
                }
                _ => return None,
            }
        }
        before?;
        let (first, last) = self.marked;
        let marked = met.get(first..=last)?;
        Some(Met {
            first: marked.iter().flatten().next().copied()?,
            last: marked.iter().flatten().next_back().copied()?,
            tokens: met,
        })
    }
}

impl Template {
    /// # Errors
    /// What of it can't be understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            parts.push(Part::Text(rest.get(..at).unwrap_or_default().to_owned()));
            rest = rest.get(at + 1..).unwrap_or_default();
            let digit = rest.chars().next().and_then(|digit| digit.to_digit(10));
            let number = digit
                .and_then(|digit| digit.checked_sub(1))
                .ok_or_else(|| format!("no element: {text}"))?;
            rest = rest.get(1..).unwrap_or_default();
            let (mut drop, mut add) = (0, String::new());
            if let Some(change) = rest.strip_prefix('{') {
                let (change, after) = change.split_once('}').ok_or_else(|| format!("no end: {text}"))?;
                let (dropped, added) = change.split_once('+').unwrap_or((change, ""));
                drop = match dropped.strip_prefix('-') {
                    Some(count) => count.parse().map_err(|_| format!("no number: {text}"))?,
                    None => 0,
                };
                added.clone_into(&mut add);
                rest = after;
            }
            parts.push(Part::Element {
                number: usize::try_from(number).unwrap_or_default(),
                drop,
                add,
            });
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Template(parts))
    }

    /// The text, with the words that were met.
    pub fn filled(&self, met: &Met, tokens: &[Token<'_>]) -> String {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Element { number, drop, add } => {
                    let token = met.tokens.get(*number).copied().flatten().and_then(|at| tokens.get(at));
                    let Some(token) = token else { continue };
                    let kept = token.text.chars().count().saturating_sub(*drop);
                    text.extend(token.text.chars().take(kept));
                    text.push_str(add);
                }
            }
        }
        text.split(' ')
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Test {
    /// Whether it holds for a token; `None` is beyond the bounds of the text.
    fn holds(&self, token: Option<&Token<'_>>) -> bool {
        self.0.iter().all(|term| term.holds(token))
    }
}

impl Term {
    fn holds(&self, token: Option<&Token<'_>>) -> bool {
        let Some(token) = token else { return self.negated };
        // Of what is no text nothing is known.
        if token.kind == crate::tokens::Kind::Object {
            return false;
        }
        self.has(token) != self.negated
    }

    fn has(&self, token: &Token<'_>) -> bool {
        let key = token.key.as_ref();
        self.words.contains(key)
            || (token.is_word()
                && (self.suffixes.iter().any(|suffix| key.ends_with(suffix.as_str()))
                    || self.prefixes.iter().any(|prefix| key.starts_with(prefix.as_str()))))
            || self.known.iter().any(|known| known(token))
    }
}

fn variant(elements: &[Element], chosen: usize, marked: (usize, usize), count: usize) -> Variant {
    let mut option = 0;
    let mut pieces = Vec::new();
    for element in elements {
        if element.optional {
            option += 1;
            if (chosen >> (option - 1)) & 1 == 0 {
                continue;
            }
        }
        pieces.push((element.piece.clone(), element.number));
    }
    let mut lead = 0;
    let mut best: Option<(usize, usize, Vec<String>)> = None;
    let mut tokens = 0;
    for (piece, _) in &pieces {
        let Piece::One(test) = piece else { continue };
        let words = test.0.iter().filter(|term| {
            !term.negated && term.suffixes.is_empty() && term.prefixes.is_empty() && term.known.is_empty()
        });
        for term in words {
            let short = term.words.iter().any(|word| word.chars().count() <= 3);
            let cost = term.words.len() + if short { 60 } else { 0 };
            if best.as_ref().is_none_or(|(known, _, _)| cost < *known) {
                best = Some((cost, tokens, term.words.iter().cloned().collect()));
            }
        }
        tokens += 1;
    }
    let mut anchors = Vec::new();
    if let Some((_, at, words)) = best {
        lead = at;
        anchors = words;
    }
    Variant {
        pieces,
        lead,
        marked,
        anchors,
        elements: count,
    }
}

fn test(text: &str, classes: &Classes) -> Result<Test, String> {
    let terms: Result<Vec<Term>, String> = if text == "&" {
        Ok(vec![term(text, classes)?])
    } else {
        text.split('&').map(|part| term(part, classes)).collect()
    };
    terms.map(Test)
}

fn term(text: &str, classes: &Classes) -> Result<Term, String> {
    let mut term = Term::default();
    let mut text = text;
    if text.len() > 1
        && let Some(rest) = text.strip_prefix('!')
    {
        term.negated = true;
        text = rest;
    }
    for atom in text.split('|') {
        if let Some(name) = atom.strip_prefix('@') {
            let (name, ending) = name.split_once('+').unwrap_or((name, ""));
            if let Some(words) = classes.get(name) {
                term.words.extend(words.iter().map(|word| format!("{word}{ending}")));
            } else if let Some(known) = sounds::known(name) {
                term.known.push(known);
            } else {
                return Err(format!("no class {name}"));
            }
        } else if let Some(suffix) = atom.strip_prefix('*').filter(|suffix| !suffix.is_empty()) {
            term.suffixes.push(suffix.to_owned());
        } else if let Some(prefix) = atom.strip_suffix('*').filter(|prefix| !prefix.is_empty()) {
            term.prefixes.push(prefix.to_owned());
        } else if atom.is_empty() {
            return Err(format!("an empty word: {text}"));
        } else {
            term.words.insert(atom.to_owned());
        }
    }
    Ok(term)
}
