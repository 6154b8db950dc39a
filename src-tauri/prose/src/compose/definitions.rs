//! Footnotes and definitions of links: where they stand, and who needs them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::scan;

/// What is defined by itself and called by its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    /// As in a call: without `^`, small letters.
    pub label: String,
    /// Whether it is a footnote.
    pub note: bool,
    /// Its lines, in bytes of the whole text.
    pub range: Range<usize>,
}

/// The definitions of a body that starts at `start`, in order.
pub(super) fn definitions(body: &str, start: usize) -> Vec<Definition> {
    let code = scan::code(body);
    let mut found: Vec<Definition> = Vec::new();
    let mut open: Option<usize> = None;
    let mut blank = 0;
    let mut at = 0;
    // A link is defined by no line that goes on a paragraph.
    let mut in_paragraph = false;
    for line in body.split_inclusive('\n') {
        let end = at + line.len();
        let indented = line.starts_with("    ") || line.starts_with('\t');
        let head = (!scan::is_in(&code, at))
            .then(|| head(line))
            .flatten()
            .filter(|(_, note)| *note || !in_paragraph);
        in_paragraph = head.is_none() && !line.trim().is_empty() && !scan::is_in(&code, at) && !begins_block(line);
        if let Some((label, note)) = head {
            found.push(Definition {
                label,
                note,
                range: start + at..start + end,
            });
            open = note.then_some(found.len() - 1);
            blank = 0;
        } else if line.trim().is_empty() {
            blank += 1;
        } else if let Some(definition) = open.and_then(|open| found.get_mut(open)) {
            // A note goes on in the lines below it, and in indented paragraphs.
            if indented || blank == 0 && !begins_block(line) {
                definition.range.end = start + end;
                blank = 0;
            } else {
                open = None;
            }
        }
        at = end;
    }
    found
}

/// The label and the kind of a definition that a line begins.
fn head(line: &str) -> Option<(String, bool)> {
    let trimmed = line.trim_start_matches(' ');
    if line.len() - trimmed.len() > 3 {
        return None;
    }
    let (label, rest) = trimmed.strip_prefix('[')?.split_once("]:")?;
    if label.contains([']', '[']) || label.trim().is_empty() {
        return None;
    }
    match label.strip_prefix('^') {
        Some(label) => Some((folded(label), true)),
        None => is_target(rest.trim()).then(|| (folded(label), false)),
    }
}

/// Whether a text is an address with a title or without, and nothing else: `[Maire]: nous irons` defines no link.
fn is_target(text: &str) -> bool {
    let end = match text.strip_prefix('<') {
        Some(inside) => inside.find('>').map(|end| end + 2),
        None => Some(text.find([' ', '\t']).unwrap_or(text.len())),
    };
    let Some((address, title)) = end.and_then(|end| text.split_at_checked(end)) else {
        return false;
    };
    let title = title.trim_start();
    let closed = |open: char, close: char| title.len() > 1 && title.starts_with(open) && title.ends_with(close);
    !address.is_empty() && (title.is_empty() || closed('"', '"') || closed('\'', '\'') || closed('(', ')'))
}

/// Whether a line begins a block that ends a paragraph above it: a heading, a quotation, an item, code.
fn begins_block(line: &str) -> bool {
    let trimmed = line.trim_start_matches(' ');
    let item = |mark: char| {
        trimmed
            .strip_prefix(mark)
            .is_some_and(|rest| rest.starts_with([' ', '\t', '\n']))
    };
    line.len() - trimmed.len() <= 3
        && (trimmed.starts_with(['#', '>'])
            || trimmed.starts_with("```")
            || trimmed.starts_with("~~~")
            || item('-')
            || item('*')
            || item('+'))
}

/// Labels that are the same are written alike.
pub(super) fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What a text defines, by its labels.
pub(super) struct Glossary<'a> {
    source: &'a str,
    /// In the order of the text.
    pub all: Vec<Definition>,
    by_label: HashMap<(String, bool), Vec<usize>>,
}

impl<'a> Glossary<'a> {
    /// The definitions of a whole text whose body starts at `body_start`.
    pub fn of(source: &'a str, body_start: usize) -> Self {
        let all = definitions(source.get(body_start..).unwrap_or_default(), body_start);
        let mut by_label: HashMap<(String, bool), Vec<usize>> = HashMap::new();
        for (at, one) in all.iter().enumerate() {
            by_label.entry((one.label.clone(), one.note)).or_default().push(at);
        }
        Self { source, all, by_label }
    }

    /// A body with the definitions that it calls and does not have, below it; those that they call in turn, too.
    pub fn with_needed(&self, body: &str, has: impl Fn(&Definition) -> bool) -> String {
        let mut text = trimmed(body);
        for definition in self.called_in(body).into_iter().filter(|one| !has(one)) {
            append(&mut text, self.lines(definition));
        }
        text
    }

    /// The labels of the definitions that a body calls; those that they call in turn, too.
    pub fn needed(&self, body: &str) -> HashSet<(String, bool)> {
        let called = self.called_in(body).into_iter();
        called.map(|one| (one.label.clone(), one.note)).collect()
    }

    /// The lines of a definition.
    pub fn lines(&self, definition: &Definition) -> &'a str {
        self.source.get(definition.range.clone()).unwrap_or_default()
    }

    /// Those that stand within a part of the text, in bytes.
    pub fn within(&self, range: &Range<usize>) -> impl Iterator<Item = &Definition> {
        let first = self.all.partition_point(|one| one.range.start < range.start);
        let end = range.end;
        let rest = self.all.get(first..).unwrap_or_default().iter();
        rest.take_while(move |one| one.range.end <= end)
    }

    fn called_in(&self, body: &str) -> Vec<&Definition> {
        let mut found = Vec::new();
        let mut taken = HashSet::new();
        let mut called = labels_in(body);
        while !called.is_empty() {
            let mut fresh: Vec<usize> = called
                .iter()
                .filter_map(|label| self.by_label.get(label))
                .flatten()
                .copied()
                .filter(|at| taken.insert(*at))
                .collect();
            fresh.sort_unstable();
            let fresh = fresh.into_iter().filter_map(|at| self.all.get(at));
            let from = found.len();
            found.extend(fresh);
            called = found
                .iter()
                .skip(from)
                .flat_map(|one| labels_in(self.lines(one)))
                .collect();
        }
        found
    }
}

/// Puts a definition at the end of a text.
pub(super) fn append(text: &mut String, definition: &str) {
    let kept = text.trim_end_matches(['\n', '\r']).len();
    // Notes stand close to each other.
    let close = text
        .get(..kept)
        .unwrap_or_default()
        .rsplit('\n')
        .next()
        .is_some_and(|last| head(last).is_some() || last.starts_with("    "));
    text.truncate(kept);
    if !text.is_empty() {
        text.push_str(if close { "\n" } else { "\n\n" });
    }
    text.push_str(definition.trim_end_matches(['\n', '\r']));
    text.push('\n');
}

/// A body without blank lines around it, with one line end.
fn trimmed(body: &str) -> String {
    let body = body.trim_start_matches(['\n', '\r']).trim_end();
    if body.is_empty() {
        String::new()
    } else {
        format!("{body}\n")
    }
}

/// What a body calls, or may call, by a label: sorted, each once.
pub(super) fn labels_in(body: &str) -> Vec<(String, bool)> {
    let code = scan::code(body);
    let mut found = Vec::new();
    for (at, _) in body.match_indices('[') {
        if scan::is_in(&code, at) {
            continue;
        }
        let rest = body.get(at + 1..).unwrap_or_default();
        let Some(end) = rest.find([']', '[']).filter(|end| *end < MOST_LABEL) else {
            continue;
        };
        if rest.as_bytes().get(end) != Some(&b']') {
            continue;
        }
        let label = rest.get(..end).unwrap_or_default();
        match label.strip_prefix('^') {
            Some(label) => found.push((folded(label), true)),
            None => found.push((folded(label), false)),
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Labels have at most 999 characters in CommonMark.
const MOST_LABEL: usize = 1000;
