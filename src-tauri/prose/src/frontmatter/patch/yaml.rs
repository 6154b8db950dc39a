//! Patches of YAML blocks.

use std::ops::Range;

use super::super::value::{Parsed, Value};
use super::super::yaml_entries::{self, Entry, Style};
use super::super::{Author, Field, SetFieldError, fields};
use super::New;
use super::write::{Quoting, quoting_of, yaml_scalar};

/// A line for a field that the block does not have.
pub(super) fn new_entry(field: Field, value: &New, line_end: &str) -> String {
    let name = fields::names(field).first().copied().unwrap_or_default();
    format!("{name}: {}{line_end}", inline(value, Quoting::Plain))
}

/// The block with one field changed.
pub(super) fn patch(
    front: &str,
    parsed: &Parsed,
    field: Field,
    value: &New,
    line_end: &str,
    first_line: u32,
) -> Result<String, SetFieldError> {
    let entries = yaml_entries::entries(front).map_err(|line| SetFieldError::Syntax {
        line: first_line + line,
    })?;
    let target = super::target(parsed, field)
        .and_then(|(key, old)| Some((entries.iter().find(|entry| entry.key == key)?, old)))
        .filter(|(entry, _)| !(field == Field::Section && keeps_categories(entry, value, parsed)));
    let Some((entry, old)) = target else {
        if matches!(value, New::Absent) {
            return Err(SetFieldError::Unsafe);
        }
        let gap = if front.is_empty() || front.ends_with('\n') {
            ""
        } else {
            line_end
        };
        return Ok(format!("{front}{gap}{}", new_entry(field, value, line_end)));
    };
    let opaque = SetFieldError::Opaque {
        line: first_line + entry.line,
    };
    if matches!(value, New::Absent) {
        return Ok(replace(front, &(entry.start..entry.end), ""));
    }
    if entry.style == Style::Opaque || loses_keys(old, value) {
        return Err(opaque);
    }
    let raw = front.get(entry.value.clone()).unwrap_or_default();
    match (entry.style, value) {
        (Style::BlockList, New::Tags(_) | New::Authors(_)) => Ok(block_list(front, entry, old, value, line_end)),
        (Style::FlowList, New::Tags(_) | New::Authors(_)) => {
            let items = yaml_entries::flow_items(front, &entry.value).ok_or(opaque)?;
            Ok(replace(front, &entry.value, &flow_list(front, &items, old, value)))
        }
        (Style::FlowList | Style::BlockList, _) => {
            // The section of a one-item list of categories.
            let item = format!("[{}]", inline_in(value, Quoting::Plain, true));
            Ok(replace_below(front, entry, &item))
        }
        (Style::BlockScalar, New::Text(text)) => {
            let patched =
                block_scalar(raw, text, line_end).unwrap_or_else(|| yaml_scalar(text, Quoting::Double, false));
            Ok(replace(front, &entry.value, &patched))
        }
        (Style::Single | Style::Double | Style::Plain, New::Tags(tags))
            if raw.contains(',') && !tags.iter().any(|tag| tag.contains(',')) && tags.len() > 1 =>
        {
            let text = yaml_scalar(&tags.join(", "), quoting_of(raw), false);
            Ok(replace(front, &entry.value, &text))
        }
        (Style::Empty | Style::BlockMap, value) => Ok(replace_below(front, entry, &inline(value, Quoting::Plain))),
        (_, value) => Ok(replace(front, &entry.value, &inline(value, quoting_of(raw)))),
    }
}

/// A list of several categories is not one section: the section is added beside it.
fn keeps_categories(entry: &Entry, value: &New, parsed: &Parsed) -> bool {
    !matches!(value, New::Absent)
        && parsed
            .entries
            .iter()
            .any(|(key, _, value)| *key == entry.key && matches!(value, Value::List(items) if items.len() > 1))
}

/// A value on one line.
fn inline(value: &New, quoting: Quoting) -> String {
    inline_in(value, quoting, false)
}

fn inline_in(value: &New, quoting: Quoting, flow: bool) -> String {
    match value {
        New::Absent => String::new(),
        New::Text(text) => yaml_scalar(text, quoting, flow),
        New::Date(date) => match quoting {
            Quoting::Plain => date.to_string(),
            quoting => yaml_scalar(&date.to_string(), quoting, flow),
        },
        New::Tags(tags) => {
            let items: Vec<_> = tags.iter().map(|tag| yaml_scalar(tag, quoting, true)).collect();
            format!("[{}]", items.join(", "))
        }
        New::Authors(authors) => match authors.as_slice() {
            [Author { name, function: None }] if !name.contains(';') => yaml_scalar(name, quoting, flow),
            authors => {
                let items: Vec<_> = authors.iter().map(|author| flow_author(author, quoting)).collect();
                format!("[{}]", items.join(", "))
            }
        },
    }
}

fn flow_author(author: &Author, quoting: Quoting) -> String {
    let name = yaml_scalar(&author.name, quoting, true);
    match &author.function {
        None => name,
        Some(function) => format!("{{name: {name}, function: {}}}", yaml_scalar(function, quoting, true)),
    }
}

fn flow_list(front: &str, items: &[Range<usize>], old: &Value, value: &New) -> String {
    let raw: Vec<&str> = items.iter().filter_map(|item| front.get(item.clone())).collect();
    let quoting = raw.first().map_or(Quoting::Plain, |raw| quoting_of(raw));
    let known = read_items(old, raw.len());
    let reused = |author: &Author| {
        let at = known.iter().position(|known| known.as_ref() == Some(author))?;
        raw.get(at).map(|raw| (*raw).to_owned())
    };
    let items: Vec<String> = new_items(value)
        .iter()
        .map(|item| reused(item).unwrap_or_else(|| flow_author(item, quoting)))
        .collect();
    format!("[{}]", items.join(", "))
}

/// Changes the items of a block list that differ; those before and after keep their lines.
fn block_list(front: &str, entry: &Entry, old: &Value, value: &New, line_end: &str) -> String {
    let items = yaml_entries::block_items(front, &entry.value);
    let known = read_items(old, items.len());
    let wanted = new_items(value);
    let same = |(known, wanted): &(&Option<Author>, &Author)| known.as_ref() == Some(*wanted);
    let head = known.iter().zip(&wanted).take_while(same).count();
    let longest = known.len().min(wanted.len()) - head;
    let tail = known
        .iter()
        .rev()
        .zip(wanted.iter().rev())
        .take(longest)
        .take_while(same)
        .count();

    let first = items.first().and_then(|item| front.get(item.clone())).unwrap_or("  - ");
    let indent = first
        .get(..first.len() - first.trim_start_matches(' ').len())
        .unwrap_or_default();
    let quoting = quoting_of(first.trim_start_matches([' ', '-']));
    let mut middle = String::new();
    for author in wanted.get(head..wanted.len() - tail).unwrap_or_default() {
        let name = yaml_scalar(&author.name, quoting, false);
        match &author.function {
            None => middle.push_str(&format!("{indent}- {name}{line_end}")),
            Some(function) => middle.push_str(&format!(
                "{indent}- name: {name}{line_end}{indent}  function: {}{line_end}",
                yaml_scalar(function, quoting, false)
            )),
        }
    }
    let start = items.get(head).map_or(entry.end, |item| item.start);
    let end = items
        .len()
        .checked_sub(tail)
        .and_then(|at| items.get(at))
        .map_or(entry.end, |item| item.start);
    if start == entry.end && !front.get(..start).unwrap_or_default().ends_with('\n') {
        middle.insert_str(0, line_end);
    }
    replace(front, &(start..end), &middle)
}

/// The items of a list as authors (a tag is an author without a function, as far as this goes).
fn read_items(old: &Value, count: usize) -> Vec<Option<Author>> {
    match old {
        Value::List(items) if items.len() == count => items
            .iter()
            .map(|item| match item {
                Value::Text { .. } => {
                    let name = item.text()?.trim_start_matches('#').trim().to_owned();
                    Some(Author { name, function: None })
                }
                Value::Map(_) => {
                    let text = |key: &str| item.get(key).and_then(Value::text).map(str::to_owned);
                    Some(Author {
                        name: text("name")?,
                        function: text("function"),
                    })
                }
                _ => None,
            })
            .collect(),
        _ => vec![None; count],
    }
}

fn new_items(value: &New) -> Vec<Author> {
    match value {
        New::Tags(tags) => tags
            .iter()
            .map(|tag| Author {
                name: tag.clone(),
                function: None,
            })
            .collect(),
        New::Authors(authors) => authors.clone(),
        _ => Vec::new(),
    }
}

/// Whether writing the authors anew would drop what the file says of one who stays.
pub(super) fn loses_keys(old: &Value, value: &New) -> bool {
    let New::Authors(authors) = value else { return false };
    let items = match old {
        Value::List(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    items.iter().any(|item| {
        let Value::Map(entries) = item else { return false };
        let name = item.get("name").and_then(Value::text);
        let function = item.get("function").and_then(Value::text);
        let more = entries.iter().any(|(key, _, _)| key != "name" && key != "function");
        more && authors
            .iter()
            .any(|author| Some(author.name.as_str()) == name && author.function.as_deref() != function)
    })
}

/// A literal or folded block with other words, `None` when they can't be written so.
fn block_scalar(raw: &str, text: &str, line_end: &str) -> Option<String> {
    let mut lines = raw.lines();
    let header = lines.next()?.trim_end();
    let simple = header.bytes().all(|byte| matches!(byte, b'|' | b'>' | b'-' | b'+'));
    let folded = header.starts_with('>');
    let indented = text.lines().any(|line| line.starts_with([' ', '\t']));
    let special = |character: char| (character.is_control() && character != '\n') || character == '\u{feff}';
    if !simple || indented || text.chars().any(special) || (folded && text.contains('\n')) {
        return None;
    }
    let first = lines.find(|line| !line.trim().is_empty()).unwrap_or("  ");
    let indent = first
        .get(..first.len() - first.trim_start_matches(' ').len())
        .filter(|indent| !indent.is_empty());
    let indent = indent.unwrap_or("  ");
    let mut block = header.to_owned();
    for line in text.lines() {
        block.push_str(line_end);
        if !line.is_empty() {
            block.push_str(indent);
            block.push_str(line);
        }
    }
    Some(block)
}

/// Puts a value on the key's line in place of one that stands below it (or of nothing).
fn replace_below(front: &str, entry: &Entry, value: &str) -> String {
    if entry.value.start <= entry.after_colon
        || front
            .get(entry.after_colon..entry.value.start)
            .is_some_and(|gap| !gap.contains('\n'))
    {
        let end = entry.value.end.max(entry.after_colon);
        return replace(front, &(entry.after_colon..end), &format!(" {value}"));
    }
    let mut patched = front.to_owned();
    let line_end_at = entry.value.start;
    patched.replace_range(line_end_at..entry.end, "");
    patched.insert_str(entry.after_colon, &format!(" {value}"));
    patched
}

fn replace(front: &str, range: &Range<usize>, with: &str) -> String {
    let head = front.get(..range.start).unwrap_or_default();
    let tail = front.get(range.end..).unwrap_or_default();
    format!("{head}{with}{tail}")
}
