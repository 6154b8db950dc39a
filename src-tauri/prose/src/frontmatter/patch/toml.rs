//! Patches of TOML blocks.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value as TomlValue};

use super::super::{Author, Field, SetFieldError, fields};
use super::New;
use super::write::{Quoting, quoting_of, toml_string};

/// The block with one field changed.
pub(super) fn patch(
    front: &str,
    field: Field,
    value: &New,
    line_end: &str,
    first_line: u32,
) -> Result<String, SetFieldError> {
    let document = Document::parse(front).map_err(|_| SetFieldError::Syntax { line: first_line })?;
    let root = document.as_table();
    let line = |position| first_line - 1 + crate::outline::line_of(front, position);
    let Some((key, old)) = target(root, field, value) else {
        if matches!(value, New::Absent) {
            return Err(SetFieldError::Unsafe);
        }
        return Ok(insert(front, root, field, value, line_end));
    };
    let span = old.span().ok_or(SetFieldError::Unsafe)?;
    let opaque = SetFieldError::Opaque { line: line(span.start) };
    let Item::Value(old_value) = old else {
        return Err(opaque);
    };
    if matches!(value, New::Absent) {
        return Ok(replace(front, &whole_lines(front, key, &span).ok_or(opaque)?, ""));
    }
    let raw = front.get(span.clone()).unwrap_or_default();
    let patched = match (old_value, value) {
        (TomlValue::Array(items), New::Tags(_) | New::Authors(_)) => {
            if has_comment(items, raw) || loses_keys(items, value) {
                return Err(opaque);
            }
            array(front, items, value)
        }
        (TomlValue::Array(_), value) => {
            // The section of a one-item list of categories.
            format!("[{}]", inline(value, Quoting::Double))
        }
        (TomlValue::Datetime(_), New::Date(date)) => date.to_string(),
        (TomlValue::String(_), New::Date(date)) => toml_string(&date.to_string(), quoting_of(raw)),
        (TomlValue::String(text), New::Tags(tags))
            if text.value().contains(',') && tags.len() > 1 && !tags.iter().any(|tag| tag.contains(',')) =>
        {
            toml_string(&tags.join(", "), quoting_of(raw))
        }
        (TomlValue::InlineTable(_), _) => return Err(opaque),
        (_, value) => inline(value, quoting_of(raw)),
    };
    Ok(replace(front, &span, &patched))
}

/// The item that a change of the field replaces, with its key: one that holds something first.
fn target<'a>(root: &'a dyn TableLike, field: Field, value: &New) -> Option<(&'a str, &'a Item)> {
    let find = |name: &'static str| -> Option<(&'a str, &'a Item)> {
        let by_case = |table: &'a dyn TableLike, key: &str| {
            table
                .iter()
                .find(|(name, _)| *name == key)
                .or_else(|| table.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)))
        };
        match name.split_once('.') {
            None => by_case(root, name),
            Some((table, key)) => by_case(by_case(root, table)?.1.as_table_like()?, key),
        }
    };
    let holds = |item: &Item| match item {
        Item::Value(TomlValue::String(text)) => !text.value().trim().is_empty(),
        Item::Value(TomlValue::Array(items)) => !items.is_empty(),
        _ => true,
    };
    let usable = |item: &Item| {
        let flag = matches!(item, Item::Value(TomlValue::Boolean(_)));
        let several = matches!(item, Item::Value(TomlValue::Array(items)) if items.len() > 1);
        match field {
            // Jekyll's `published = true` is no date.
            Field::Date | Field::Updated => !flag,
            // Several categories are not one section, which is then added beside them.
            Field::Section => !several || matches!(value, New::Absent),
            _ => true,
        }
    };
    let all: Vec<_> = fields::names(field)
        .iter()
        .filter_map(|name| find(name))
        .filter(|(_, item)| usable(item))
        .collect();
    all.iter()
        .find(|(_, item)| holds(item))
        .or_else(|| all.first())
        .copied()
}

/// Adds the field after the last value of the root table, tags after those of `[taxonomies]`.
fn insert(front: &str, root: &dyn TableLike, field: Field, value: &New, line_end: &str) -> String {
    let last_line_of = |table: &dyn TableLike| {
        let ends = table
            .iter()
            .filter(|(_, item)| item.is_value())
            .filter_map(|(_, item)| item.span());
        let end = ends.map(|span| span.end).max()?;
        Some(front.get(end..)?.find('\n').map_or(front.len(), |at| end + at + 1))
    };
    let taxonomies = (field == Field::Tags)
        .then(|| {
            root.get("taxonomies")
                .and_then(Item::as_table)
                .filter(|table| !table.is_dotted())
        })
        .flatten()
        .and_then(|table| last_line_of(table));
    let at = taxonomies.or_else(|| last_line_of(root)).unwrap_or(0);
    let name = fields::names(field).first().copied().unwrap_or_default();
    let gap = if at == 0 || front.get(..at).is_some_and(|head| head.ends_with('\n')) {
        ""
    } else {
        line_end
    };
    let value = match value {
        New::Authors(_) => array_of(value, Quoting::Double),
        value => inline(value, Quoting::Double),
    };
    replace(front, &(at..at), &format!("{gap}{name} = {value}{line_end}"))
}

fn inline(value: &New, quoting: Quoting) -> String {
    match value {
        New::Absent => String::new(),
        New::Text(text) => toml_string(text, quoting),
        New::Date(date) => date.to_string(),
        New::Authors(authors) => match authors.as_slice() {
            [Author { name, function: None }] if !name.contains(';') => toml_string(name, quoting),
            _ => array_of(value, quoting),
        },
        New::Tags(_) => array_of(value, quoting),
    }
}

fn array_of(value: &New, quoting: Quoting) -> String {
    let items: Vec<_> = match value {
        New::Tags(tags) => tags.iter().map(|tag| toml_string(tag, quoting)).collect(),
        New::Authors(authors) => authors.iter().map(|author| item(author, quoting)).collect(),
        _ => Vec::new(),
    };
    format!("[{}]", items.join(", "))
}

fn item(author: &Author, quoting: Quoting) -> String {
    let name = toml_string(&author.name, quoting);
    match &author.function {
        None => name,
        Some(function) => format!("{{ name = {name}, function = {} }}", toml_string(function, quoting)),
    }
}

/// The new items in the file's own words where it has them.
fn array(front: &str, items: &toml_edit::Array, value: &New) -> String {
    let known: Vec<(Option<Author>, &str)> = items
        .iter()
        .map(|item| {
            let raw = item.span().and_then(|span| front.get(span)).unwrap_or_default();
            (as_author(item), raw)
        })
        .collect();
    let quoting = known.first().map_or(Quoting::Double, |(_, raw)| quoting_of(raw));
    let wanted: Vec<Author> = match value {
        New::Tags(tags) => tags
            .iter()
            .map(|tag| Author {
                name: tag.clone(),
                function: None,
            })
            .collect(),
        New::Authors(authors) => authors.clone(),
        _ => Vec::new(),
    };
    let items: Vec<String> = wanted
        .iter()
        .map(|wanted| {
            let reused = known
                .iter()
                .find(|(known, raw)| known.as_ref() == Some(wanted) && !raw.is_empty());
            reused.map_or_else(|| item(wanted, quoting), |(_, raw)| (*raw).to_owned())
        })
        .collect();
    format!("[{}]", items.join(", "))
}

fn as_author(item: &TomlValue) -> Option<Author> {
    match item {
        TomlValue::String(text) => {
            let name = text.value().trim().trim_start_matches('#').trim().to_owned();
            Some(Author { name, function: None })
        }
        TomlValue::InlineTable(table) => {
            let text = |key: &str| {
                table
                    .get(key)
                    .and_then(TomlValue::as_str)
                    .map(|text| text.trim().to_owned())
            };
            Some(Author {
                name: text("name")?,
                function: text("function"),
            })
        }
        _ => None,
    }
}

/// Whether an array holds a comment, which writing it anew would drop.
fn has_comment(items: &toml_edit::Array, raw: &str) -> bool {
    let mut outside = raw.to_owned();
    for item in items.iter() {
        if let Some(text) = item.as_str() {
            outside = outside.replace(text, "");
        }
    }
    outside.contains('\n') && outside.contains('#')
}

fn loses_keys(items: &toml_edit::Array, value: &New) -> bool {
    let New::Authors(authors) = value else { return false };
    items.iter().any(|item| {
        let TomlValue::InlineTable(table) = item else {
            return false;
        };
        let more = table.iter().any(|(key, _)| key != "name" && key != "function");
        let Some(known) = as_author(item) else { return more };
        more && authors
            .iter()
            .any(|author| author.name == known.name && *author != known)
    })
}

/// The whole lines of a `key = value`, `None` when it shares them with something else.
fn whole_lines(front: &str, key: &str, value: &Range<usize>) -> Option<Range<usize>> {
    let start = front.get(..value.start)?.rfind('\n').map_or(0, |at| at + 1);
    let head = front.get(start..value.start)?.trim();
    let written = head.strip_suffix('=')?.trim().trim_matches(['"', '\'']);
    let rest = front.get(value.end..)?;
    let end = rest.find('\n').map_or(front.len(), |at| value.end + at + 1);
    let after = front.get(value.end..end)?.trim();
    (written == key && (after.is_empty() || after.starts_with('#'))).then_some(start..end)
}

fn replace(front: &str, range: &Range<usize>, with: &str) -> String {
    let head = front.get(..range.start).unwrap_or_default();
    let tail = front.get(range.end..).unwrap_or_default();
    format!("{head}{with}{tail}")
}
