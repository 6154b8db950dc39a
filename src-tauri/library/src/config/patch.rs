//! Changing the parts of the front page in the text of an `edito.toml`. Every byte that is not about
//! them stays: comments, order, line ends, what this version doesn't know.

use std::ops::Range;

use super::{Config, FrontConfig, SlotConfig, SlotRole};
use crate::error::{Error, ErrorKind, Result};

/// A part of the front page as it is to be, and the one of the file that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlotChange {
    /// Counted from 0 among those of the file; `None` for a new one.
    pub(crate) from: Option<usize>,
    /// What it says now.
    pub(crate) slot: SlotConfig,
}

/// The text with these parts of the front page, in this order. A part that comes from one of the file keeps its
/// comments and whatever else its block says.
///
/// # Errors
/// `Invalid` when the text is no TOML, or writes the parts otherwise than as `[[front.slots]]`.
pub(crate) fn with_slots(text: &str, slots: &[SlotChange]) -> Result<String> {
    let refuse = |why: &str| Error::new(ErrorKind::Invalid, why.to_owned());
    let before = Config::parse(text);
    if toml::de::DeTable::parse(text.trim_start_matches('\u{feff}')).is_err() {
        return Err(refuse("the file has an error in its syntax"));
    }
    let blocks = slot_blocks(text);
    if blocks.len() != before.front.slots.len() {
        return Err(refuse("the parts of the front page are not written as [[front.slots]]"));
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut after = String::with_capacity(text.len() + 256 * slots.len());
    let mut changes = slots.iter();
    let mut from = 0;
    for (index, block) in blocks.iter().enumerate() {
        after.push_str(text.get(from..block.range.start).unwrap_or_default());
        from = block.range.end;
        // Each stands where one stood, and what is between them stays between them.
        let mut here: Vec<&SlotChange> = changes.next().into_iter().collect();
        if index + 1 == blocks.len() {
            here.extend(changes.by_ref());
        }
        for change in here {
            push(
                &mut after,
                &block_of(text, change, &blocks, &before.front.slots, line_end),
                line_end,
            );
        }
    }
    if blocks.is_empty() {
        after.push_str(text);
        from = text.len();
    }
    for change in changes {
        push(
            &mut after,
            &block_of(text, change, &blocks, &before.front.slots, line_end),
            line_end,
        );
    }
    push(&mut after, text.get(from..).unwrap_or_default(), line_end);
    let holds = Config::parse(&after);
    let wanted = Config {
        front: FrontConfig {
            slots: slots.iter().map(|change| change.slot.clone()).collect(),
            statuses: before.front.statuses.clone(),
        },
        problems: holds.problems.clone(),
        ..before
    };
    if holds == wanted {
        Ok(after)
    } else {
        Err(refuse(
            "the file can't be changed without changing something else in it",
        ))
    }
}

/// What comes next, on a line of its own.
fn push(text: &mut String, next: &str, line_end: &str) {
    if !next.is_empty() && !text.is_empty() && !text.ends_with('\n') && *text != "\u{feff}" {
        text.push_str(line_end);
    }
    text.push_str(next);
}

fn block_of(text: &str, change: &SlotChange, blocks: &[Block], slots: &[SlotConfig], line_end: &str) -> String {
    match change.from.and_then(|from| Some((blocks.get(from)?, slots.get(from)?))) {
        Some((block, slot)) => changed(text, block, slot, &change.slot, line_end),
        None => format!("{line_end}{}", fresh(&change.slot, line_end)),
    }
}

/// A `[[front.slots]]`: from the comments right above it to its last line.
struct Block {
    range: Range<usize>,
    header_end: usize,
    entries: Vec<Entry>,
}

/// `key = value` with the line end.
pub(super) struct Entry {
    pub(super) key: String,
    line: Range<usize>,
    pub(super) value: Range<usize>,
}

/// What a scan of TOML finds at the beginning of a line.
pub(super) enum Statement {
    /// `[name]` or `[[name]]`, without the blanks in it.
    Header(String, Range<usize>),
    Entry(Entry),
    /// A comment or nothing.
    Other(Range<usize>, bool),
}

fn slot_blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut within = false;
    // Where the comments begin that stand right above what comes next.
    let mut above: Option<usize> = None;
    for statement in statements(text) {
        match statement {
            Statement::Header(name, line) => {
                within = name == "[[front.slots]]";
                if within {
                    blocks.push(Block {
                        range: above.unwrap_or(line.start)..line.end,
                        header_end: line.end,
                        entries: Vec::new(),
                    });
                }
                above = None;
            }
            Statement::Entry(entry) => {
                if within && let Some(block) = blocks.last_mut() {
                    block.range.end = entry.line.end;
                    block.entries.push(entry);
                }
                above = None;
            }
            Statement::Other(line, true) => above = above.or(Some(line.start)),
            Statement::Other(..) => above = None,
        }
    }
    blocks
}

pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let start = at + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
        let first = text.as_bytes().get(start).copied();
        match first {
            Some(b'[') => {
                let end = line_end_after(text, start);
                let line = text.get(start..end).unwrap_or_default();
                let name = line.split('#').next().unwrap_or_default();
                let name: String = name
                    .chars()
                    .filter(|it| !it.is_whitespace() && *it != '"' && *it != '\'')
                    .collect();
                found.push(Statement::Header(name, at..end));
                at = end;
            }
            Some(b'#' | b'\r' | b'\n') | None => {
                let end = line_end_after(text, start);
                found.push(Statement::Other(at..end, first == Some(b'#')));
                at = end;
            }
            Some(_) => {
                let equals = start + text.get(start..).and_then(|rest| rest.find('=')).unwrap_or(0);
                let key = text.get(start..equals).unwrap_or_default().trim();
                let value_start = equals + 1 + blanks(text.get(equals + 1..).unwrap_or_default());
                let value_end = value_end(text, value_start);
                let end = line_end_after(text, value_end);
                found.push(Statement::Entry(Entry {
                    key: key.trim_matches(['"', '\'']).to_owned(),
                    line: at..end,
                    value: value_start..value_end,
                }));
                at = end.max(at + 1);
            }
        }
    }
    found
}

/// Where a value ends: strings of all four kinds, lists and inline tables over several lines.
fn value_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut depth = 0usize;
    let mut end = start;
    while let Some(byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        match byte {
            b'"' | b'\'' => {
                at += string_length(rest);
                end = at;
                continue;
            }
            b'#' => {
                if depth == 0 {
                    break;
                }
                at = line_end_after(text, at);
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' if depth == 0 => break,
            _ => {}
        }
        let length = rest.chars().next().map_or(1, char::len_utf8);
        at += length;
        if !byte.is_ascii_whitespace() {
            end = at;
        }
    }
    end
}

/// The length of the string that a text begins with.
pub(super) fn string_length(text: &str) -> usize {
    let quote = text.get(..1).unwrap_or_default();
    let long = quote.repeat(3);
    let close = if text.starts_with(&long) { long.as_str() } else { quote };
    let escapes = quote == "\"";
    let mut at = close.len();
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        if escapes && rest.starts_with('\\') {
            at += 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
        } else if rest.starts_with(close) {
            // Two more quotes may stand right before the closing ones.
            let more = rest
                .bytes()
                .skip(close.len())
                .take_while(|byte| quote.as_bytes().first() == Some(byte));
            let more = if close.len() == 3 { more.take(2).count() } else { 0 };
            return at + close.len() + more;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

pub(super) fn line_end_after(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The block of a part of the file with what is otherwise now.
fn changed(text: &str, block: &Block, old: &SlotConfig, new: &SlotConfig, line_end: &str) -> String {
    let mut patches: Vec<(Range<usize>, String)> = Vec::new();
    let mut added = String::new();
    let (before, after) = (fields(old), fields(new));
    // What holds where nothing is written: for the role, that of a list.
    let mut usual = fields(&SlotConfig::of(new.role));
    usual[0].1 = Some(super::quoted(SlotRole::List.word()));
    for (((key, was), (_, is)), (_, usual)) in before.iter().zip(&after).zip(&usual) {
        let written = block.entries.iter().find(|entry| entry.key == *key);
        match (written, is) {
            (Some(_), is) if was == is => {}
            (Some(entry), Some(value)) => patches.push((entry.value.clone(), value.clone())),
            (Some(entry), None) => patches.push((entry.line.clone(), String::new())),
            (None, Some(value)) if is != usual => added.push_str(&format!("{key} = {value}{line_end}")),
            (None, _) => {}
        }
    }
    if !added.is_empty() {
        let at = block.entries.last().map_or(block.header_end, |entry| entry.line.end);
        let gap = if text.get(..at).is_some_and(|head| head.ends_with('\n')) {
            ""
        } else {
            line_end
        };
        patches.push((at..at, format!("{gap}{added}")));
    }
    patches.sort_by_key(|(range, _)| range.start);
    let mut out = String::new();
    let mut from = block.range.start;
    for (range, value) in patches {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(&value);
        from = range.end;
    }
    out.push_str(text.get(from..block.range.end.max(from)).unwrap_or_default());
    out
}

fn fresh(slot: &SlotConfig, line_end: &str) -> String {
    let mut block = format!("[[front.slots]]{line_end}");
    let usual = fields(&SlotConfig::of(slot.role));
    for (index, (key, value)) in fields(slot).into_iter().enumerate() {
        if let Some(value) = value
            && (index < ALWAYS || usual.get(index).is_none_or(|(_, usual)| usual.as_ref() != Some(&value)))
        {
            block.push_str(&format!("{key} = {value}{line_end}"));
        }
    }
    block
}

/// A new part always says what it shows, and how many.
const ALWAYS: usize = 5;

fn fields(slot: &SlotConfig) -> [(&'static str, Option<String>); 8] {
    let text = |text: &Option<String>| text.as_deref().map(super::quoted);
    [
        ("role", Some(super::quoted(slot.role.word()))),
        ("section", text(&slot.section)),
        ("kind", text(&slot.kind)),
        ("title", text(&slot.title)),
        ("number", Some(slot.number.to_string())),
        ("order", Some(super::quoted(slot.order.word()))),
        ("teaser", Some(slot.teaser.to_string())),
        ("column", Some(slot.column.to_string())),
    ]
}

#[cfg(test)]
mod tests;
