//! TOML read into the same tree as YAML.

use toml_edit::{Document, Item, TableLike, Value as TomlValue};

use super::ProblemKind;
use super::value::{Parsed, Value};

const MAX_BYTES: usize = 256 * 1024;

/// Reads a block; `first_line` is the file line of its first line.
pub(super) fn parse(front: &str, first_line: u32) -> Parsed {
    let mut parsed = Parsed::default();
    if front.len() > MAX_BYTES {
        parsed.problem(first_line, ProblemKind::TooBig);
        return parsed;
    }
    let lines = Lines::new(front, first_line);
    match Document::parse(front) {
        Ok(document) => {
            parsed.entries = table(document.as_table(), &lines, 0);
        }
        Err(error) => {
            let line = error.span().map_or(first_line, |span| lines.at(span.start));
            parsed = plain_lines(front, first_line);
            parsed.problem(line, ProblemKind::Syntax);
        }
    }
    parsed
}

/// Line numbers of byte positions.
struct Lines {
    starts: Vec<usize>,
    first_line: u32,
}

impl Lines {
    fn new(front: &str, first_line: u32) -> Lines {
        let starts = front.match_indices('\n').map(|(at, _)| at + 1).collect();
        Lines { starts, first_line }
    }

    fn at(&self, position: usize) -> u32 {
        let before = self.starts.partition_point(|start| *start <= position);
        self.first_line + u32::try_from(before).unwrap_or(0)
    }
}

fn table(table: &dyn TableLike, lines: &Lines, depth: usize) -> Vec<(String, u32, Value)> {
    if depth > 32 {
        return Vec::new();
    }
    let mut entries = Vec::new();
    for (key, item) in table.iter() {
        let line = item.span().map_or(lines.first_line, |span| lines.at(span.start));
        let value = match item {
            Item::None => continue,
            Item::Value(found) => value(found, lines, depth),
            Item::Table(inner) => Value::Map(self::table(inner, lines, depth + 1)),
            Item::ArrayOfTables(inner) => Value::List(
                inner
                    .iter()
                    .map(|inner| Value::Map(self::table(inner, lines, depth + 1)))
                    .collect(),
            ),
        };
        entries.push((key.to_owned(), line, value));
    }
    entries
}

fn value(found: &TomlValue, lines: &Lines, depth: usize) -> Value {
    let line = found.span().map_or(lines.first_line, |span| lines.at(span.start));
    let text = match found {
        TomlValue::String(text) => text.value().clone(),
        TomlValue::Integer(number) => number.value().to_string(),
        TomlValue::Float(number) => number.value().to_string(),
        TomlValue::Boolean(flag) => flag.value().to_string(),
        TomlValue::Datetime(date) => date.value().to_string(),
        TomlValue::Array(_) if depth > 32 => return Value::Opaque,
        TomlValue::Array(items) => {
            return Value::List(items.iter().map(|item| value(item, lines, depth + 1)).collect());
        }
        TomlValue::InlineTable(inner) => return Value::Map(table(inner, lines, depth + 1)),
    };
    Value::Text { text, line }
}

/// The plain `key = "value"` lines before the first table of a block that is not valid TOML.
fn plain_lines(front: &str, first_line: u32) -> Parsed {
    let mut parsed = Parsed::default();
    for (index, line) in front.lines().enumerate().take(2_000) {
        if line.trim_start().starts_with('[') {
            break;
        }
        let Ok(document) = Document::parse(line) else { continue };
        let lines = Lines {
            starts: Vec::new(),
            first_line: first_line + u32::try_from(index).unwrap_or(0),
        };
        for entry in table(document.as_table(), &lines, 0) {
            if !parsed.entries.iter().any(|(name, _, _)| *name == entry.0) {
                parsed.entries.push(entry);
            }
        }
    }
    parsed
}
