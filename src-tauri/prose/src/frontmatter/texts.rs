//! Where the values stand that are texts: title, standfirst, teaser.

use std::ops::Range;

use super::fields::names;
use super::{Field, Format, FrontMatter, Split};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// As it is.
    Plain,
    /// Between `'`, which is doubled within.
    Single,
    /// Between `"`, with escapes.
    Double,
}

/// A value, without its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextValue {
    /// In bytes of the whole text.
    pub range: Range<usize>,
    pub quoting: Quoting,
}

/// Where the words of a field stand whose value is written on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPlace {
    /// The field.
    pub field: Field,
    /// In bytes of the whole text, without quotes.
    pub range: Range<usize>,
    /// How it is written.
    pub quoting: Quoting,
}

/// Where title, standfirst and teaser stand in the front matter of a text, as far as each is written plainly on one line
/// at the top level.
pub fn places(text: &str) -> Vec<FieldPlace> {
    let parts = super::split(text);
    let front = super::read_split(text, &parts);
    let mut found: Vec<FieldPlace> = Vec::new();
    for value in text_values(&parts) {
        let line = text.get(..value.range.start).unwrap_or_default();
        let line = line.rsplit_once('\n').map_or(line, |(_, line)| line);
        let key = line.split([':', '=']).next().unwrap_or_default().trim_end();
        // The lines of a block have no key before them; where a field has several names, one of them holds it.
        if let Some(field) = text_field(key)
            && !found.iter().any(|known| known.field == field)
            && says(
                text.get(value.range.clone()).unwrap_or_default(),
                value.quoting,
                &front,
                field,
            )
        {
            found.push(FieldPlace {
                field,
                range: value.range,
                quoting: value.quoting,
            });
        }
    }
    found
}

/// The values at the top level that are texts, as far as they are plainly written: on one line, or as an indented block
/// of YAML (a value for each of its lines). Others are not listed.
pub(crate) fn text_values(parts: &Split<'_>) -> Vec<TextValue> {
    let Some(format) = parts.format else { return Vec::new() };
    let mut found = Vec::new();
    let mut lines = Vec::new();
    let mut start = parts.front_start;
    for line in parts.front.split_inclusive('\n') {
        lines.push((start, line.trim_end_matches(['\n', '\r'])));
        start += line.len();
    }
    for (number, (start, line)) in lines.iter().enumerate() {
        let below = lines.get(number + 1..).unwrap_or_default();
        if format == Format::Toml && line.trim_start().starts_with('[') {
            break;
        }
        let Some((key, value)) = line.split_once(if format == Format::Yaml { ':' } else { '=' }) else {
            continue;
        };
        if text_field(key.trim_end()).is_none() {
            continue;
        }
        let value_start = start + key.len() + 1 + (value.len() - value.trim_start().len());
        let value = value.trim();
        let folds = below.iter().map(|(_, line)| *line).find(|line| !line.trim().is_empty());
        let goes_on = folds.is_some_and(|line| line.starts_with([' ', '\t']));
        if format == Format::Yaml && matches!(value, "|" | ">" | "|-" | ">-" | "|+" | ">+") {
            found.extend(lines_of_block(below));
        } else if let Some((range, quoting)) = one_line(value, format)
            && !(format == Format::Yaml && goes_on)
        {
            found.push(TextValue {
                range: value_start + range.start..value_start + range.end,
                quoting,
            });
        }
    }
    found
}

/// Whether a value is what a field was read as.
fn says(written: &str, quoting: Quoting, front: &FrontMatter, field: Field) -> bool {
    let read = match field {
        Field::Title => front.title.as_deref(),
        Field::Standfirst => front.standfirst.as_deref(),
        _ => front.teaser.as_deref(),
    };
    let plain = match quoting {
        Quoting::Single => written.replace("''", "'"),
        // What is escaped is as long as it is, at most.
        Quoting::Double if written.contains('\\') => return read.is_some_and(|read| read.len() <= written.len()),
        _ => written.to_owned(),
    };
    read == Some(plain.trim())
}

fn text_field(key: &str) -> Option<Field> {
    [Field::Title, Field::Standfirst, Field::Teaser]
        .into_iter()
        .find(|field| names(*field).iter().any(|name| name.eq_ignore_ascii_case(key)))
}

fn one_line(value: &str, format: Format) -> Option<(Range<usize>, Quoting)> {
    if value.starts_with("\"\"\"") || value.starts_with("'''") {
        return None;
    }
    if let Some(inner) = value.strip_prefix('"') {
        let mut escaped = false;
        let end = inner.char_indices().find(|(_, character)| {
            let closes = *character == '"' && !escaped;
            escaped = *character == '\\' && !escaped;
            closes
        })?;
        return nothing_after(inner.get(end.0 + 1..)?).then_some((1..1 + end.0, Quoting::Double));
    }
    if let Some(inner) = value.strip_prefix('\'') {
        let mut at = 0;
        loop {
            at += inner.get(at..)?.find('\'')?;
            if format == Format::Yaml && inner.get(at + 1..)?.starts_with('\'') {
                at += 2;
                continue;
            }
            let quoting = if format == Format::Yaml {
                Quoting::Single
            } else {
                Quoting::Plain
            };
            return nothing_after(inner.get(at + 1..)?).then_some((1..1 + at, quoting));
        }
    }
    let plain = format == Format::Yaml
        && !value.is_empty()
        && !value.starts_with([
            '[', ']', '{', '}', '&', '*', '!', '|', '>', '%', '@', '`', ',', '?', '-', '#',
        ]);
    let end = value.find(" #").unwrap_or(value.len());
    plain.then(|| (0..value.get(..end).unwrap_or(value).trim_end().len(), Quoting::Plain))
}

fn nothing_after(rest: &str) -> bool {
    rest.trim().is_empty() || rest.starts_with(" #")
}

/// The lines of an indented block, each by itself: the indentation between two is none of the text's.
fn lines_of_block(below: &[(usize, &str)]) -> Vec<TextValue> {
    let indented = |line: &str| line.starts_with(' ') || line.trim().is_empty();
    let block = below.iter().take_while(|(_, line)| indented(line));
    let prose = block.filter(|(_, line)| !line.trim().is_empty());
    prose
        .map(|(start, line)| TextValue {
            range: start + (line.len() - line.trim_start().len())..start + line.len(),
            quoting: Quoting::Plain,
        })
        .collect()
}
