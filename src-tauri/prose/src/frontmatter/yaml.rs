//! YAML read as events, so that anchors are never expanded and depth is bounded.

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::ProblemKind;
use super::value::{Parsed, Value};

/// Blocks above this are not given to the parser; their plain lines are read.
const MAX_BYTES: usize = 256 * 1024;
const MAX_DEPTH: usize = 32;
const MAX_EVENTS: usize = 20_000;
const MAX_PLAIN_ENTRIES: usize = 500;

/// Reads a block; `first_line` is the file line of its first line.
pub(super) fn parse(front: &str, first_line: u32) -> Parsed {
    if front.trim().is_empty() {
        return Parsed::default();
    }
    if front.len() > MAX_BYTES {
        return plain_lines(front, first_line, first_line, ProblemKind::TooBig);
    }
    let mut reader = Reader {
        events: Parser::new_from_str(front),
        first_line,
        count: 0,
        parsed: Parsed::default(),
    };
    match reader.document() {
        Ok(()) => reader.parsed,
        Err((line, kind)) => plain_lines(front, first_line, line, kind),
    }
}

type Failure = (u32, ProblemKind);

struct Reader<'a> {
    events: Parser<'a, saphyr_parser::StrInput<'a>>,
    first_line: u32,
    count: usize,
    parsed: Parsed,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, u32), Failure> {
        self.count += 1;
        if self.count > MAX_EVENTS {
            return Err((self.first_line, ProblemKind::TooBig));
        }
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok((event, self.line(span.start.line()))),
            Some(Err(error)) => Err((self.line(error.marker().line()), ProblemKind::Syntax)),
            None => Ok((Event::StreamEnd, self.first_line)),
        }
    }

    fn line(&self, line: usize) -> u32 {
        self.first_line + u32::try_from(line.saturating_sub(1)).unwrap_or(0)
    }

    fn document(&mut self) -> Result<(), Failure> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::MappingStart(..), _) => {
                    self.parsed.entries = self.mapping(0)?;
                    // The rest must be sound as well, or half a block would pass for a whole one.
                    while !matches!(self.next()?.0, Event::StreamEnd) {}
                    return Ok(());
                }
                (Event::StreamEnd, _) => return Ok(()),
                (_, line) => return Err((line, ProblemKind::Syntax)),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Vec<(String, u32, Value)>, Failure> {
        let mut entries: Vec<(String, u32, Value)> = Vec::new();
        loop {
            let (event, line) = self.next()?;
            let key = match event {
                Event::MappingEnd => return Ok(entries),
                Event::Scalar(key, ..) => Some(key.into_owned()),
                other => {
                    self.value(other, line, depth + 1)?;
                    None
                }
            };
            let (event, value_line) = self.next()?;
            let value = self.value(event, value_line, depth + 1)?;
            let Some(key) = key else { continue };
            if depth == 0 && entries.iter().any(|(name, _, _)| *name == key) {
                self.parsed.problem(line, ProblemKind::DuplicateKey);
                continue;
            }
            entries.push((key, line, value));
        }
    }

    fn value(&mut self, event: Event<'a>, line: u32, depth: usize) -> Result<Value, Failure> {
        if depth > MAX_DEPTH {
            return Err((line, ProblemKind::TooBig));
        }
        Ok(match event {
            Event::Scalar(text, style, _, tag) => {
                if tag.as_deref().is_some_and(is_foreign) {
                    Value::Opaque
                } else if style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
                    Value::Null
                } else {
                    Value::Text {
                        text: text.into_owned(),
                        line,
                    }
                }
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    let (event, line) = self.next()?;
                    if matches!(event, Event::SequenceEnd) {
                        break Value::List(items);
                    }
                    items.push(self.value(event, line, depth + 1)?);
                }
            }
            Event::MappingStart(..) => Value::Map(self.mapping(depth)?),
            Event::Alias(_) => {
                self.parsed.problem(line, ProblemKind::Alias);
                Value::Opaque
            }
            _ => return Err((line, ProblemKind::Syntax)),
        })
    }
}

fn is_foreign(tag: &Tag) -> bool {
    !tag.is_yaml_core_schema()
}

/// The plain `key: value` lines of a block that is not valid YAML: top-level scalars, flow lists
/// of plain words and block lists. Anything else is skipped.
fn plain_lines(front: &str, first_line: u32, problem_line: u32, kind: ProblemKind) -> Parsed {
    let mut parsed = Parsed::default();
    parsed.problem(problem_line, kind);
    let mut end = front.len().min(MAX_BYTES);
    while !front.is_char_boundary(end) {
        end -= 1;
    }
    for (index, line) in front.get(..end).unwrap_or_default().lines().enumerate() {
        let number = first_line + u32::try_from(index).unwrap_or(0);
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let Some((_, _, value)) = parsed.entries.last_mut() {
                let text = unquote(item);
                match value {
                    Value::Null => *value = Value::List(vec![Value::Text { text, line: number }]),
                    Value::List(items) => items.push(Value::Text { text, line: number }),
                    _ => {}
                }
            }
            continue;
        }
        if line.starts_with([' ', '\t', '#', '-']) {
            continue;
        }
        let Some((key, rest)) = line.split_once(':') else {
            continue;
        };
        let key = key.trim().trim_matches(['"', '\'']);
        if key.is_empty() || key.len() > 100 || !(rest.is_empty() || rest.starts_with([' ', '\t', '\r'])) {
            continue;
        }
        let rest = rest.trim();
        let value = if rest.is_empty() {
            Value::Null
        } else if rest.starts_with(['*', '&', '!', '|', '>', '{']) {
            Value::Opaque
        } else if let Some(items) = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let items = items.split(',').map(unquote).filter(|item| !item.is_empty());
            Value::List(items.map(|text| Value::Text { text, line: number }).collect())
        } else {
            Value::Text {
                text: unquote(rest),
                line: number,
            }
        };
        if parsed.entries.len() < MAX_PLAIN_ENTRIES && !parsed.entries.iter().any(|(name, _, _)| name == key) {
            parsed.entries.push((key.to_owned(), number, value));
        }
    }
    parsed
}

fn unquote(text: &str) -> String {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner.to_owned();
        }
    }
    text.to_owned()
}
