//! Changing one field and no other byte.

mod toml;
mod write;
mod yaml;

use super::value::{Parsed, Value};
use super::{Author, Field, FieldValue, Format, FrontMatter, ProblemKind, SetFieldError};
use super::{fields, read, split};
use crate::date::ArticleDate;
use crate::language::Lang;

pub(super) fn set_field(text: &str, field: Field, value: &FieldValue) -> Result<String, SetFieldError> {
    let value = New::of(field, value)?;
    let parts = split(text);
    let line_end = line_end(text);
    let first_line = crate::outline::line_of(text, parts.front_start);
    let patched = match parts.format {
        None if matches!(value, New::Absent) => return Ok(text.to_owned()),
        None => {
            let entry = yaml::new_entry(field, &value, line_end);
            let gap = if parts.body.is_empty() || parts.body.starts_with(['\n', '\r']) {
                ""
            } else {
                line_end
            };
            let head = text.get(..parts.body_start).unwrap_or_default();
            format!("{head}---{line_end}{entry}---{line_end}{gap}{}", parts.body)
        }
        Some(format) => {
            let mut front = parts.front.to_owned();
            // A field may stand under several names; taking it out takes out each.
            for _ in 0..16 {
                let parsed = parse(format, &front, first_line)?;
                if matches!(value, New::Absent) && fields::lookup(&parsed.entries, field).is_none() {
                    break;
                }
                front = match format {
                    Format::Yaml => yaml::patch(&front, &parsed, field, &value, line_end, first_line)?,
                    Format::Toml => toml::patch(&front, field, &value, line_end, first_line)?,
                };
                if !matches!(value, New::Absent) {
                    break;
                }
            }
            let head = text.get(..parts.front_start).unwrap_or_default();
            let tail = text.get(parts.front_start + parts.front.len()..).unwrap_or_default();
            format!("{head}{front}{tail}")
        }
    };
    verify(text, &patched, field, &value)?;
    Ok(patched)
}

/// A new value, made sound for its field.
#[derive(Debug, Clone, PartialEq)]
enum New {
    Absent,
    Text(String),
    /// Written without quotes where the notation has dates.
    Date(ArticleDate),
    Tags(Vec<String>),
    Authors(Vec<Author>),
}

impl New {
    fn of(field: Field, value: &FieldValue) -> Result<New, SetFieldError> {
        Ok(match (field, value) {
            (_, FieldValue::Absent) => New::Absent,
            (Field::Tags, FieldValue::List(tags)) => {
                let mut kept: Vec<String> = Vec::new();
                for tag in tags {
                    let tag = tag.trim().trim_start_matches('#').trim();
                    if !tag.is_empty() && !kept.iter().any(|known| known == tag) {
                        kept.push(tag.to_owned());
                    }
                }
                if kept.is_empty() { New::Absent } else { New::Tags(kept) }
            }
            (Field::Authors, FieldValue::Authors(authors)) => New::authors(authors.clone())?,
            (Field::Authors, FieldValue::List(names)) => New::authors(
                names
                    .iter()
                    .map(|name| Author {
                        name: name.clone(),
                        function: None,
                    })
                    .collect(),
            )?,
            (Field::Authors, FieldValue::Text(name)) => New::authors(vec![Author {
                name: name.clone(),
                function: None,
            }])?,
            (_, FieldValue::Text(text)) if text.trim().is_empty() => New::Absent,
            (Field::Tags, FieldValue::Text(tag)) => {
                return New::of(field, &FieldValue::List(vec![tag.clone()]));
            }
            (Field::Date | Field::Updated, FieldValue::Text(text)) => {
                New::Date(ArticleDate::parse(text).ok_or(SetFieldError::WrongKind)?)
            }
            (_, FieldValue::Text(text)) => New::Text(text.trim().to_owned()),
            _ => return Err(SetFieldError::WrongKind),
        })
    }

    fn authors(authors: Vec<Author>) -> Result<New, SetFieldError> {
        let trim = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let authors: Option<Vec<Author>> = authors
            .iter()
            .map(|author| {
                let function = author.function.as_deref().and_then(trim);
                Some(Author {
                    name: trim(&author.name)?,
                    function,
                })
            })
            .collect();
        match authors {
            None => Err(SetFieldError::WrongKind),
            Some(authors) if authors.is_empty() => Ok(New::Absent),
            Some(authors) => Ok(New::Authors(authors)),
        }
    }
}

fn parse(format: Format, front: &str, first_line: u32) -> Result<Parsed, SetFieldError> {
    let parsed = match format {
        Format::Yaml => super::yaml::parse(front, first_line),
        Format::Toml => super::toml::parse(front, first_line),
    };
    let broken = parsed
        .problems
        .iter()
        .find(|problem| matches!(problem.kind, ProblemKind::Syntax | ProblemKind::TooBig));
    match broken {
        Some(problem) => Err(SetFieldError::Syntax { line: problem.line }),
        None => Ok(parsed),
    }
}

/// Reads the changed text back: the field holds what was asked, all else is as it was.
fn verify(before: &str, after: &str, field: Field, value: &New) -> Result<(), SetFieldError> {
    let (old_parts, new_parts) = (split(before), split(after));
    let body = new_parts.body;
    let body_kept = body == old_parts.body
        || (old_parts.format.is_none() && body.trim_start_matches(['\r', '\n']) == old_parts.body);
    if !body_kept {
        return Err(SetFieldError::Unsafe);
    }
    let mut old = read(before);
    let new = read(after);
    let holds = match value {
        New::Absent => match new_parts.format {
            None => true,
            Some(format) => fields::lookup(&parse(format, new_parts.front, 1)?.entries, field).is_none(),
        },
        New::Text(text) => match field {
            Field::Id => new.id.as_ref() == Some(text),
            Field::Title => new.title.as_ref() == Some(text),
            Field::Standfirst => new.standfirst.as_ref() == Some(text),
            Field::Teaser => new.teaser.as_ref() == Some(text),
            Field::Section => new.section.as_ref() == Some(text),
            Field::Status => new.status.as_ref() == Some(text),
            Field::Lang => new.lang == Some(Lang::from_tag(text)),
            _ => false,
        },
        New::Date(date) if field == Field::Date => new.date == Some(*date),
        New::Date(date) => new.updated == Some(*date),
        New::Tags(tags) => new.tags == *tags,
        New::Authors(authors) => new.authors == *authors,
    };
    take_over(&mut old, &new, field);
    if holds && old == new {
        Ok(())
    } else {
        Err(SetFieldError::Unsafe)
    }
}

fn take_over(old: &mut FrontMatter, new: &FrontMatter, field: Field) {
    old.problems.clone_from(&new.problems);
    match field {
        Field::Id => old.id.clone_from(&new.id),
        Field::Title => old.title.clone_from(&new.title),
        Field::Standfirst => old.standfirst.clone_from(&new.standfirst),
        Field::Teaser => old.teaser.clone_from(&new.teaser),
        Field::Authors => old.authors.clone_from(&new.authors),
        Field::Section => old.section.clone_from(&new.section),
        Field::Tags => old.tags.clone_from(&new.tags),
        Field::Date => old.date = new.date,
        Field::Updated => old.updated = new.updated,
        Field::Lang => old.lang.clone_from(&new.lang),
        Field::Status => old.status.clone_from(&new.status),
    }
}

fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if at > 0 && text.as_bytes().get(at - 1) == Some(&b'\r') => "\r\n",
        _ => "\n",
    }
}

/// The index of the entry whose value a change of the field replaces: the one that reading takes,
/// else an empty one of its names.
fn target(parsed: &Parsed, field: Field) -> Option<(&str, &Value)> {
    let usable = |value: &Value| {
        // Jekyll's `published: true` is no date.
        !(matches!(field, Field::Date | Field::Updated)
            && matches!(value.text(), Some("true" | "false" | "yes" | "no")))
    };
    let named = |name: &&str| {
        let entry = parsed
            .entries
            .iter()
            .find(|(key, _, _)| key == *name)
            .or_else(|| parsed.entries.iter().find(|(key, _, _)| key.eq_ignore_ascii_case(name)));
        entry
            .map(|(key, _, value)| (key.as_str(), value))
            .filter(|(_, value)| usable(value))
    };
    let holds = |value: &Value| match value {
        Value::Null => false,
        Value::Text { text, .. } => !text.trim().is_empty(),
        Value::List(items) => !items.is_empty(),
        _ => true,
    };
    let all: Vec<_> = fields::names(field).iter().filter_map(named).collect();
    all.iter()
        .find(|(_, value)| holds(value))
        .or_else(|| all.first())
        .copied()
}
