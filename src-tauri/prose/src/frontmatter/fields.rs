//! From keys and values to what they mean, whoever's names they are.

use super::value::{Parsed, Value, find};
use super::{Author, Field, FrontMatter, ProblemKind, Source};
use crate::date::ArticleDate;
use crate::language::Lang;

/// The names a field goes by, the preferred one first. `table.key` is a key of a table.
pub(super) fn names(field: Field) -> &'static [&'static str] {
    match field {
        Field::Id => &["id"],
        Field::Title => &["title", "titre"],
        Field::Standfirst => &[
            "standfirst",
            "chapo",
            "chapô",
            "chapeau",
            "description",
            "summary",
            "subtitle",
            "dek",
            "extra.standfirst",
            "extra.description",
            "extra.subtitle",
        ],
        Field::Teaser => &["teaser", "excerpt", "accroche", "extra.teaser"],
        Field::Authors => &[
            "authors",
            "author",
            "auteurs",
            "auteur",
            "byline",
            "taxonomies.authors",
            "taxonomies.author",
            "extra.authors",
            "extra.author",
        ],
        Field::Section => &[
            "section",
            "rubrique",
            "category",
            "categories",
            "taxonomies.categories",
            "taxonomies.sections",
            "extra.section",
        ],
        Field::Tags => &["tags", "tag", "keywords", "mots-clés", "taxonomies.tags", "extra.tags"],
        Field::Date => &[
            "date",
            "published",
            "publishDate",
            "pubDate",
            "publish_date",
            "created",
            "extra.date",
        ],
        Field::Updated => &[
            "updated",
            "lastmod",
            "modified",
            "last_modified_at",
            "date_modified",
            "dateModified",
            "updated_at",
            "extra.updated",
        ],
        Field::Lang => &["lang", "language", "langue", "locale", "extra.lang"],
        Field::Status => &["status", "statut", "extra.status"],
    }
}

/// Reads the fields out of a block.
pub(super) fn interpret(mut parsed: Parsed) -> FrontMatter {
    let entries = std::mem::take(&mut parsed.entries);
    let mut front = FrontMatter::default();
    let found = |field| lookup(&entries, field);
    let text = |value: Option<(u32, &Value)>| value.and_then(|(_, value)| scalar(value));

    front.id = text(found(Field::Id));
    front.title = text(found(Field::Title));
    front.standfirst = text(found(Field::Standfirst));
    front.teaser = text(found(Field::Teaser));
    front.authors = found(Field::Authors)
        .map(|(_, value)| authors(value))
        .unwrap_or_default();
    front.section = found(Field::Section).and_then(|(_, value)| match value {
        Value::List(items) => items.iter().find_map(scalar),
        other => scalar(other),
    });
    front.tags = found(Field::Tags).map(|(_, value)| tags(value)).unwrap_or_default();
    front.lang = text(found(Field::Lang)).map(|tag| Lang::from_tag(&tag));
    front.status = text(found(Field::Status));
    front.source = source(&entries);

    for (field, slot) in [(Field::Date, &mut front.date), (Field::Updated, &mut front.updated)] {
        for (line, value) in lookup_all(&entries, field) {
            // Jekyll's `published: false` is a flag and not a date.
            let Some(text) = scalar(value).filter(|text| flag(text).is_none()) else {
                continue;
            };
            match ArticleDate::parse(&text) {
                Some(date) => {
                    *slot = Some(date);
                    break;
                }
                None => parsed.problem(line, ProblemKind::BadDate),
            }
        }
    }
    if front.date.is_none() {
        let path = find(&entries, "path").or_else(|| find(&entries, "slug"));
        front.date = path.and_then(|(_, value)| ArticleDate::from_path(value.text()?));
    }

    let draft = find(&entries, "draft").and_then(|(_, value)| flag(value.text()?));
    let published = find(&entries, "published").and_then(|(_, value)| flag(value.text()?));
    front.draft = draft.or(published.map(|published| !published));
    if front.status.is_none() && front.draft == Some(true) {
        front.status = Some("draft".into());
    }

    for field in [Field::Id, Field::Title, Field::Standfirst, Field::Lang, Field::Status] {
        if let Some((line, Value::List(_) | Value::Map(_))) = lookup(&entries, field) {
            parsed.problem(line, ProblemKind::BadType);
        }
    }
    front.problems = parsed.problems;
    front
}

/// The name and value of the first of a field's names that holds something.
pub(super) fn lookup(entries: &[(String, u32, Value)], field: Field) -> Option<(u32, &Value)> {
    lookup_all(entries, field).next()
}

fn lookup_all(entries: &[(String, u32, Value)], field: Field) -> impl Iterator<Item = (u32, &Value)> {
    names(field)
        .iter()
        .filter_map(|name| at(entries, name))
        .filter(|(_, value)| !is_empty(value))
}

/// The entry under a name of [`names`].
fn at<'a>(entries: &'a [(String, u32, Value)], name: &str) -> Option<(u32, &'a Value)> {
    match name.split_once('.') {
        None => find(entries, name),
        Some((outer, inner)) => {
            let (line, outer) = find(entries, outer)?;
            Some((line, outer.get(inner)?))
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Opaque => true,
        Value::Text { text, .. } => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
    }
}

fn scalar(value: &Value) -> Option<String> {
    let text = value.text()?;
    // Obsidian writes links to notes in its properties.
    let text = text
        .strip_prefix("[[")
        .and_then(|rest| rest.strip_suffix("]]"))
        .unwrap_or(text);
    Some(text.to_owned())
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" | "yes" | "on" => Some(true),
        "false" | "False" | "FALSE" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn authors(value: &Value) -> Vec<Author> {
    match value {
        Value::List(items) => items.iter().filter_map(author).collect(),
        Value::Map(entries) if find(entries, "name").is_none() && find(entries, "nom").is_none() => {
            // Jekyll themes also write `author: {twitter: …}`, which names nobody.
            Vec::new()
        }
        Value::Text { text, .. } => text
            .split(';')
            .filter_map(|name| {
                author(&Value::Text {
                    text: name.into(),
                    line: 0,
                })
            })
            .collect(),
        other => author(other).into_iter().collect(),
    }
}

fn author(value: &Value) -> Option<Author> {
    match value {
        Value::Text { .. } => Some(Author {
            name: scalar(value)?,
            function: None,
        }),
        Value::Map(_) => {
            let get = |keys: &[&str]| keys.iter().find_map(|key| value.get(key).and_then(scalar));
            Some(Author {
                name: get(&["name", "nom"])?,
                function: get(&["function", "fonction", "role", "title", "titre", "job", "affiliation"]),
            })
        }
        _ => None,
    }
}

fn tags(value: &Value) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let mut add = |tag: &str| {
        let tag = tag.trim().trim_start_matches('#').trim();
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    };
    match value {
        Value::List(items) => items.iter().filter_map(Value::text).for_each(&mut add),
        Value::Text { text, .. } if text.contains(',') => text.split(',').for_each(&mut add),
        Value::Text { text, .. } if text.trim_start().starts_with('#') => {
            text.split_whitespace().for_each(&mut add);
        }
        Value::Text { text, .. } => add(text),
        _ => {}
    }
    tags
}

fn source(entries: &[(String, u32, Value)]) -> Option<Source> {
    let date = |text: String| ArticleDate::parse(&text);
    let mut source = Source::default();
    match find(entries, "source").or_else(|| at(entries, "extra.source")) {
        Some((_, map @ Value::Map(_))) => {
            let get = |key: &str| map.get(key).and_then(scalar);
            source.url = get("url").or_else(|| get("link"));
            source.site = get("site").or_else(|| get("name"));
            source.published = get("published").or_else(|| get("date")).and_then(date);
            source.captured = get("captured").and_then(date);
        }
        Some((_, value)) => match scalar(value) {
            Some(text) if is_web(&text) => source.url = Some(text),
            other => source.site = other,
        },
        None => {}
    }
    for key in ["source_url", "canonical_url", "canonical", "link", "url"] {
        if source.url.is_none() {
            source.url = find(entries, key)
                .and_then(|(_, value)| scalar(value))
                .filter(|text| is_web(text));
        }
    }
    (source != Source::default()).then_some(source)
}

fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
