//! CSL JSON, as Zotero and Better BibTeX write it: a list of items, or an object with `items`.

use citationberg::json::{DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange};
use serde_json::{Map, Value as Json};

use crate::bibliography::{Bibliography, DATES, Entry, NAMES, ProblemKind, TEXTS};

/// Reads a list of items. Lines of items are told by where their `"id"` stands.
pub(crate) fn read(text: &str) -> Bibliography {
    let mut bibliography = Bibliography::default();
    let parsed: Json = match serde_json::from_str(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            bibliography.torn = error.is_eof();
            let line = u32::try_from(error.line()).unwrap_or(1).max(1);
            bibliography.problem(line, None, ProblemKind::NotReferences);
            return bibliography;
        }
    };
    let items = match parsed {
        Json::Array(items) => items,
        Json::Object(mut object) => match object.remove("items") {
            Some(Json::Array(items)) => items,
            _ => {
                bibliography.problem(1, None, ProblemKind::NotReferences);
                return bibliography;
            }
        },
        _ => Vec::new(),
    };
    let mut places = Places { text, at: 0, line: 1 };
    for item in items {
        let Json::Object(object) = item else {
            bibliography.problem(places.line, None, ProblemKind::Broken);
            continue;
        };
        let id = ["citation-key", "id"].iter().find_map(|name| match object.get(*name) {
            Some(Json::String(id)) if !id.trim().is_empty() => Some(id.trim().to_owned()),
            Some(Json::Number(id)) => Some(id.to_string()),
            _ => None,
        });
        let Some(id) = id else {
            bibliography.problem(places.line, None, ProblemKind::NoKey);
            continue;
        };
        let line = places.line_of(&id);
        let keywords = text_of(object.get("keyword")).unwrap_or_default();
        match Entry::new(item_of(&id, &object), line, &keywords) {
            Some(entry) => bibliography.push(entry),
            None => bibliography.problem(line, Some(id), ProblemKind::Broken),
        }
    }
    bibliography
}

/// Whether a text may be CSL JSON at all, told by its beginning: other files of JSON lie in libraries, too.
pub fn looks_like_references(beginning: &str) -> bool {
    let trimmed = beginning.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    trimmed.starts_with(['[', '{'])
        && (trimmed.contains("\"id\"") || trimmed.contains("\"citation-key\""))
        && trimmed.contains("\"type\"")
        && TELLING.iter().any(|word| trimmed.contains(word))
}

/// At least one of these stands near the beginning of what Zotero and others write.
const TELLING: [&str; 6] = [
    "\"title\"",
    "\"author\"",
    "\"issued\"",
    "\"container-title\"",
    "\"family\"",
    "\"publisher\"",
];

/// A date from its parts, those that are none left out. The years that the setter of dates can hold, and no ranges, which
/// it does not know.
pub(crate) fn date(parts: &[i64], circa: bool, literal: Option<String>) -> Option<Value> {
    let within = |at: usize, most: i64| parts.get(at).copied().filter(|part| (1..=most).contains(part));
    let year = parts.first().copied().filter(|year| (-9999..=9999).contains(year))?;
    let mut date = vec![i16::try_from(year).ok()?];
    if let Some(month) = within(1, 12) {
        date.push(i16::try_from(month).ok()?);
        if let Some(day) = within(2, 31) {
            date.push(i16::try_from(day).ok()?);
        }
    }
    Some(Value::Date(DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(date)]),
        literal,
        season: None,
        circa,
    }))
}

/// The numbers of a date as people write it: `2019-05-03`, `2019`, `-0044`.
pub(crate) fn parts_of(raw: &str) -> Vec<i64> {
    let raw = raw.split('/').next().unwrap_or_default().trim();
    let (sign, raw) = match raw.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, raw),
    };
    let mut parts: Vec<i64> = raw
        .split('-')
        .map_while(|part| {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .collect();
    if let Some(year) = parts.first_mut() {
        *year *= sign;
    }
    parts
}

struct Places<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Places<'_> {
    /// The line of an item: items come in the order of the file.
    fn line_of(&mut self, id: &str) -> u32 {
        let quoted = serde_json::to_string(id).unwrap_or_default();
        let rest = self.text.get(self.at..).unwrap_or_default();
        if let Some(found) = rest.find(&quoted) {
            let passed = rest.get(..found).unwrap_or_default();
            let breaks = passed.bytes().filter(|byte| *byte == b'\n').count();
            self.line += u32::try_from(breaks).unwrap_or(0);
            self.at += found;
        }
        self.line
    }
}

fn item_of(id: &str, object: &Map<String, Json>) -> Item {
    let mut item = Item(Default::default());
    item.0.insert("id".into(), Value::String(id.to_owned()));
    let kind = object.get("type").and_then(Json::as_str).unwrap_or("document");
    item.0.insert("type".into(), Value::String(kind.to_owned()));
    for name in TEXTS {
        if let Some(text) = object.get(name).and_then(|value| text_of(Some(value))) {
            let name = match name {
                "shortTitle" => "title-short",
                "journalAbbreviation" => "container-title-short",
                name => name,
            };
            item.0.insert(name.to_owned(), Value::String(text));
        }
    }
    for name in NAMES {
        if let Some(Json::Array(names)) = object.get(name) {
            let names: Vec<NameValue> = names.iter().filter_map(name_of).collect();
            if !names.is_empty() {
                item.0.insert(name.to_owned(), Value::Names(names));
            }
        }
    }
    for name in DATES {
        if let Some(date) = object.get(name).and_then(date_of) {
            item.0.insert(name.to_owned(), date);
        }
    }
    item
}

fn text_of(value: Option<&Json>) -> Option<String> {
    match value? {
        Json::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn name_of(name: &Json) -> Option<NameValue> {
    let object = name.as_object()?;
    let part = |part: &str| text_of(object.get(part));
    if let Some(literal) = part("literal") {
        return Some(NameValue::Literal(LiteralName { literal }));
    }
    match (part("family"), part("given")) {
        // One name alone is shown as it is.
        (Some(literal), None) | (None, Some(literal)) => Some(NameValue::Literal(LiteralName { literal })),
        (Some(family), given) => Some(NameValue::Item(NameItem {
            family,
            given,
            non_dropping_particle: part("non-dropping-particle"),
            dropping_particle: part("dropping-particle"),
            suffix: part("suffix"),
            comma_suffix: object.get("comma-suffix").and_then(Json::as_bool),
        })),
        (None, None) => None,
    }
}

fn date_of(value: &Json) -> Option<Value> {
    if let Some(raw) = value.as_str() {
        return date(&parts_of(raw), false, None);
    }
    let object = value.as_object()?;
    let circa = object.get("circa").is_some_and(|circa| match circa {
        Json::Bool(on) => *on,
        Json::String(text) => !text.is_empty() && text != "false",
        Json::Number(number) => number.as_i64() != Some(0),
        _ => false,
    });
    let literal = text_of(object.get("literal"));
    let parts: Vec<i64> = match object.get("date-parts").and_then(Json::as_array) {
        Some(dates) => dates
            .first()
            .and_then(Json::as_array)?
            .iter()
            .map_while(|part| part.as_i64().or_else(|| part.as_str()?.trim().parse().ok()))
            .collect(),
        None => parts_of(&text_of(object.get("raw")).or_else(|| literal.clone())?),
    };
    date(&parts, circa, literal)
}
