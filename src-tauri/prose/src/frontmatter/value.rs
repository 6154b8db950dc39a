//! The small tree that both notations are read into.

use super::{Problem, ProblemKind};

/// A value of front matter, with the file line (from 1) of each scalar.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A scalar that is present, as text.
    Text { text: String, line: u32 },
    /// `null`, `~` or nothing.
    Null,
    /// A list.
    List(Vec<Value>),
    /// A table, keys in file order.
    Map(Vec<(String, u32, Value)>),
    /// Something that is never looked into: an alias, a value under an unknown tag.
    Opaque,
}

/// What a block was read into.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub entries: Vec<(String, u32, Value)>,
    pub problems: Vec<Problem>,
}

impl Parsed {
    pub(super) fn problem(&mut self, line: u32, kind: ProblemKind) {
        if self.problems.len() < 50 {
            self.problems.push(Problem { line, kind });
        }
    }
}

impl Value {
    /// The scalar's text, trimmed, when there is any.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Value::Text { text, .. } => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => find(entries, key).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// The first entry with this key: the exact name before another case of it.
pub(super) fn find<'a>(entries: &'a [(String, u32, Value)], key: &str) -> Option<(u32, &'a Value)> {
    entries
        .iter()
        .find(|(name, _, _)| name == key)
        .or_else(|| entries.iter().find(|(name, _, _)| name.eq_ignore_ascii_case(key)))
        .map(|(_, line, value)| (*line, value))
}
