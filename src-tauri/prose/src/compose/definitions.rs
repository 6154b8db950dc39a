//! Footnotes and definitions of links: where they stand, and who needs them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{headings, scan};

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
    // A link is defined by no line that goes on a paragraph, in a note or elsewhere.
    let mut in_paragraph = false;
    let mut in_element = false;
    let lines: Vec<&str> = body.split_inclusive('\n').collect();
    let mut number = 0;
    while let Some(line) = lines.get(number) {
        let mut end = at + line.len();
        let indented = line.starts_with("    ") || line.starts_with('\t');
        let in_code = scan::is_in(&code, at);
        number += 1;
        let below = lines.get(number..).unwrap_or_default();
        in_element =
            !line.trim().is_empty() && (in_element || !in_code && begins_element(line.trim_start_matches(' ')));
        let head = (!in_code && !in_element)
            .then(|| head(line, below))
            .flatten()
            .filter(|head| head.note || !in_paragraph);
        // A comment ends on its line.
        let ends_comment = line.contains("-->");
        in_element &= !ends_comment;
        in_paragraph = head.is_none()
            && !in_code
            && has_text_to_go_on(line)
            && !(ends_comment && line.trim_start().starts_with("<!--"));
        if let Some(head) = head {
            end += below
                .iter()
                .take(head.lines_below)
                .map(|line| line.len())
                .sum::<usize>();
            number += head.lines_below;
            found.push(Definition {
                label: head.label,
                note: head.note,
                range: start + at..start + end,
            });
            open = head.note.then_some(found.len() - 1);
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

/// What the head of a definition says.
struct Head {
    label: String,
    note: bool,
    /// On how many lines below it the address and the title of a link stand.
    lines_below: usize,
}

/// The definition that a line begins, with the lines below it.
fn head(line: &str, below: &[&str]) -> Option<Head> {
    let trimmed = line.trim_start_matches(' ');
    if line.len() - trimmed.len() > 3 {
        return None;
    }
    let (label, rest) = trimmed.strip_prefix('[')?.split_once("]:")?;
    if label.contains([']', '[']) || label.trim().is_empty() {
        return None;
    }
    let rest = rest.trim();
    if let Some(label) = label.strip_prefix('^') {
        return Some(Head {
            label: folded(label),
            note: true,
            lines_below: 0,
        });
    }
    let line_below = |number: usize| below.get(number).map_or("", |line| line.trim());
    let (target, lines) = if rest.is_empty() { (line_below(0), 1) } else { (rest, 0) };
    let title = title_behind(target)?;
    Some(Head {
        label: folded(label),
        note: false,
        lines_below: lines + usize::from(title.is_empty() && is_title(line_below(lines))),
    })
}

/// What stands behind the address in a text that is an address with a title or without, and nothing else: `[Maire]: nous
/// irons` defines no link.
fn title_behind(text: &str) -> Option<&str> {
    let end = match text.strip_prefix('<') {
        Some(inside) => inside.find('>').map(|end| end + 2)?,
        None => text.find([' ', '\t']).unwrap_or(text.len()),
    };
    let (address, title) = text.split_at_checked(end)?;
    let title = title.trim_start();
    (!address.is_empty() && (title.is_empty() || is_title(title))).then_some(title)
}

fn is_title(text: &str) -> bool {
    let closed = |open: char, close: char| text.len() > 1 && text.starts_with(open) && text.ends_with(close);
    closed('"', '"') || closed('\'', '\'') || closed('(', ')')
}

/// Whether the line below would go on a paragraph of this one.
fn has_text_to_go_on(line: &str) -> bool {
    let line = line.trim();
    let is_rule = ['-', '=', '*', '_']
        .iter()
        .any(|mark| line.starts_with(*mark) && line.chars().all(|one| one == *mark || one == ' '));
    !line.is_empty() && !is_rule && headings::atx(line).is_none() && !matches!(line, ">" | "+")
}

/// Whether a line begins a block that ends a paragraph above it: a heading, a quotation, an item, a rule, code, an element.
fn begins_block(line: &str) -> bool {
    let trimmed = line.trim_start_matches(' ');
    let item = |mark: &str| {
        trimmed
            .strip_prefix(mark)
            .is_some_and(|rest| rest.starts_with([' ', '\t']) && !rest.trim().is_empty())
    };
    let is_rule = ['-', '*', '_'].iter().any(|mark| {
        let marks = trimmed.chars().filter(|one| one == mark).count();
        marks >= 3 && trimmed.chars().all(|one| one == *mark || one.is_whitespace())
    });
    line.len() - trimmed.len() <= 3
        && (trimmed.starts_with('>')
            || headings::atx(trimmed).is_some()
            || trimmed.starts_with("```")
            || trimmed.starts_with("~~~")
            || is_rule
            || begins_element(trimmed)
            || ["-", "*", "+", "1.", "1)"].into_iter().any(item))
}

/// Whether a line begins an element that is a block by itself, or a comment.
fn begins_element(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('<') else {
        return false;
    };
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let length = name
        .find(|one: char| !one.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let (name, behind) = name.split_at_checked(length).unwrap_or_default();
    rest.starts_with(['!', '?'])
        || (behind.is_empty() || behind.starts_with(['>', '/', ' ', '\t', '\n', '\r']))
            && BLOCK_ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}

/// The elements that CommonMark lets end a paragraph.
const BLOCK_ELEMENTS: [&str; 66] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "pre",
    "script",
    "search",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

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
        let needed = self.called_in(body).into_iter().filter(|one| !has(one));
        self.append(&mut text, needed);
        text
    }

    /// The labels of the definitions that a body calls; those that they call in turn, too.
    pub fn needed(&self, body: &str) -> HashSet<(String, bool)> {
        let called = self.called_in(body).into_iter();
        called.map(|one| (one.label.clone(), one.note)).collect()
    }

    /// Puts definitions at the end of a body. Those of a kind stand close to each other; a link that stood right below a
    /// note, or below a paragraph, would be a part of it.
    pub fn append<'b>(&self, text: &mut String, needed: impl IntoIterator<Item = &'b Definition>) {
        let mut above: Option<bool> = None;
        for (number, definition) in needed.into_iter().enumerate() {
            let kept = text.trim_end_matches(['\n', '\r']).len();
            text.truncate(kept);
            if number == 0 {
                above = definitions(text, 0)
                    .last()
                    .filter(|last| last.range.end == kept)
                    .map(|last| last.note);
                if let Some(end) = scan::open_end(text) {
                    text.push('\n');
                    text.push_str(&end);
                }
            }
            if !text.is_empty() {
                let close = above.is_some_and(|note| !note || definition.note);
                text.push_str(if close { "\n" } else { "\n\n" });
            }
            text.push_str(self.lines(definition).trim_end_matches(['\n', '\r']));
            text.push('\n');
            above = Some(definition.note);
        }
    }

    /// The lines of a definition.
    fn lines(&self, definition: &Definition) -> &'a str {
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
