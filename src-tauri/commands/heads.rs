//! The head of an article: its front matter as a form above the text, and changes of it by field.

use edito_prose::frontmatter::{Quoting, places, set_field};
use edito_prose::{Field, FieldValue, ProblemKind, SetFieldError, read, split};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::articles::{FieldName, field_of};
use crate::error::CommandResult;
use crate::state::AppState;

/// The front matter of an article as fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// Whether there is any: what begins with a rule of dashes may be words.
    pub present: bool,
    /// Why it can be edited as text alone.
    pub obstacle: Option<HeadObstacle>,
    /// The title; what the file does not say is absent, here and below.
    pub title: Option<String>,
    /// The standfirst.
    pub standfirst: Option<String>,
    /// The teaser.
    pub teaser: Option<String>,
    /// Who signs, in order.
    pub authors: Vec<HeadAuthor>,
    /// The section as it is written.
    pub section: Option<String>,
    /// Tags without their sign.
    pub tags: Vec<String>,
    /// ISO 8601, with time and offset where the file has them.
    pub date: Option<String>,
    /// The tag of the language.
    pub lang: Option<String>,
    /// The stage of work.
    pub status: Option<String>,
    /// Fields that are written in a way that only an edit of the text can change.
    pub locked: Vec<LockedField>,
    /// Where the words of texts stand, for what is said of them.
    pub places: Vec<HeadPlace>,
}

/// Why front matter is no form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct HeadObstacle {
    /// The line in the file, from 1.
    pub line: u32,
    /// What is wrong there; `head-obstacle-<kind>` are its words.
    pub kind: ObstacleKind,
}

/// What front matter can have that makes every change of it unsafe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ObstacleKind {
    /// No valid YAML or TOML.
    Syntax,
    /// A key that stands twice.
    DuplicateKey,
    /// An alias.
    Alias,
    /// Too long or too deep.
    TooBig,
}

/// A field that the form shows and does not change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct LockedField {
    pub field: FieldName,
}

/// Where the words of a field stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HeadPlace {
    /// The field.
    pub field: FieldName,
    /// In code units of UTF-16, without quotes.
    pub from: u32,
    /// Where they end.
    pub to: u32,
    /// `plain`, `single` (the quote is doubled within) or `double` (with escapes).
    pub quoting: HeadQuoting,
}

/// How words are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "see HeadPlace::quoting")]
pub enum HeadQuoting {
    Plain,
    Single,
    Double,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HeadAuthor {
    /// The name as signed.
    pub name: String,
    /// What that person does.
    pub function: Option<String>,
}

/// The new value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum HeadValue {
    /// Words, a date, the name of a section, a language, a stage. Blank ones take the field out.
    Text {
        /// The words.
        text: String,
    },
    /// Tags; none take the field out.
    Tags {
        /// In order.
        tags: Vec<String>,
    },
    /// A byline; none take the field out.
    Authors {
        /// In order.
        authors: Vec<HeadAuthor>,
    },
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum HeadChange {
    /// The front matter with the field changed and no other byte.
    Changed {
        /// The whole front matter, its last line included.
        text: String,
        /// It as fields.
        head: Box<Head>,
    },
    /// Nothing is changed: `head-refused-<why>` are its words.
    Refused {
        /// Why not.
        why: Refusal,
    },
}

/// Why a field stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Refusal {
    /// The words can't be a value of the field: a date that is none.
    Value,
    /// Only an edit of the text can change it.
    Locked,
}

/// What can be chosen in the head beside what the page knows already.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HeadChoices {
    /// Those of `edito.toml` with their functions first, then those of the library with most pieces first.
    pub authors: Vec<HeadAuthor>,
}

/// The front matter of a text as fields. The text may end where the front matter does.
#[tauri::command(async)]
#[specta::specta]
pub fn head_of(text: String) -> Head {
    head(&text)
}

/// Changes one field of the front matter and no other byte. `text` is the front matter with its lines of `---` or `+++`,
/// or nothing where there is none: then there is one afterwards.
#[tauri::command(async)]
#[specta::specta]
pub fn change_head(text: String, field: FieldName, value: HeadValue) -> HeadChange {
    if head(&text).obstacle.is_some() {
        return HeadChange::Refused { why: Refusal::Locked };
    }
    match set_field(&text, field_of(field), &value_of(value)) {
        Ok(text) => HeadChange::Changed {
            head: Box::new(head(&text)),
            text,
        },
        Err(SetFieldError::WrongKind) => HeadChange::Refused { why: Refusal::Value },
        Err(_) => HeadChange::Refused { why: Refusal::Locked },
    }
}

/// The names that can be signed with.
#[tauri::command(async)]
#[specta::specta]
pub fn head_choices(state: State<'_, AppState>) -> CommandResult<HeadChoices> {
    let open = state.library()?;
    let config = open.library.config();
    let mut authors: Vec<HeadAuthor> = config
        .authors
        .iter()
        .map(|author| HeadAuthor {
            name: author.name.clone(),
            function: author.function.clone(),
        })
        .collect();
    for facet in open.library.overview()?.authors {
        if !authors.iter().any(|known| known.name == facet.name) {
            authors.push(HeadAuthor {
                function: config.function_of(&facet.name).map(str::to_owned),
                name: facet.name,
            });
        }
    }
    Ok(HeadChoices { authors })
}

const FIELDS: [FieldName; 9] = [
    FieldName::Title,
    FieldName::Standfirst,
    FieldName::Teaser,
    FieldName::Authors,
    FieldName::Section,
    FieldName::Tags,
    FieldName::Date,
    FieldName::Lang,
    FieldName::Status,
];

fn head(text: &str) -> Head {
    let front = read(text);
    let obstacle = front.problems.iter().find_map(|problem| {
        let kind = match problem.kind {
            ProblemKind::Syntax => ObstacleKind::Syntax,
            ProblemKind::DuplicateKey => ObstacleKind::DuplicateKey,
            ProblemKind::Alias => ObstacleKind::Alias,
            ProblemKind::TooBig => ObstacleKind::TooBig,
            ProblemKind::BadDate | ProblemKind::BadType => return None,
        };
        Some(HeadObstacle {
            line: problem.line,
            kind,
        })
    });
    let mut head = Head {
        present: split(text).format.is_some(),
        obstacle,
        title: front.title,
        standfirst: front.standfirst,
        teaser: front.teaser,
        authors: front
            .authors
            .into_iter()
            .map(|author| HeadAuthor {
                name: author.name,
                function: author.function,
            })
            .collect(),
        section: front.section,
        tags: front.tags,
        date: front.date.map(|date| date.to_string()),
        lang: front.lang.map(|lang| lang.tag().to_owned()),
        status: front.status,
        locked: Vec::new(),
        places: Vec::new(),
    };
    if head.obstacle.is_none() {
        head.locked = FIELDS
            .into_iter()
            .filter(|field| !can_change(text, *field, &head))
            .map(|field| LockedField { field })
            .collect();
        head.places = places_of(text);
    }
    head
}

/// Whether a field can be written: what it says now is, for a try, in another wording where it has to be.
fn can_change(text: &str, field: FieldName, head: &Head) -> bool {
    let written = |value: &Option<String>| value.clone().map(FieldValue::Text);
    let value = match field {
        FieldName::Title => written(&head.title),
        FieldName::Standfirst => written(&head.standfirst),
        FieldName::Teaser => written(&head.teaser),
        FieldName::Section => written(&head.section),
        FieldName::Date => written(&head.date),
        FieldName::Lang => written(&head.lang),
        FieldName::Status => written(&head.status),
        FieldName::Tags => Some(FieldValue::List(head.tags.clone())).filter(|_| !head.tags.is_empty()),
        FieldName::Authors => Some(authors_value(head.authors.clone())).filter(|_| !head.authors.is_empty()),
    };
    // An absent one is tried with words that it can have.
    let value = value.unwrap_or_else(|| match field {
        FieldName::Date => FieldValue::Text("2000-01-01".to_owned()),
        FieldName::Tags => FieldValue::List(vec!["a".to_owned()]),
        FieldName::Lang => FieldValue::Text("fr".to_owned()),
        FieldName::Authors => authors_value(vec![HeadAuthor {
            name: "A".to_owned(),
            function: Some("b".to_owned()),
        }]),
        _ => FieldValue::Text("a".to_owned()),
    });
    set_field(text, field_of(field), &value).is_ok()
}

fn authors_value(authors: Vec<HeadAuthor>) -> FieldValue {
    FieldValue::Authors(
        authors
            .into_iter()
            .map(|author| edito_prose::Author {
                name: author.name,
                function: author.function,
            })
            .collect(),
    )
}

fn value_of(value: HeadValue) -> FieldValue {
    match value {
        HeadValue::Text { text } if text.trim().is_empty() => FieldValue::Absent,
        HeadValue::Text { text } => FieldValue::Text(text),
        HeadValue::Tags { tags } if tags.is_empty() => FieldValue::Absent,
        HeadValue::Tags { tags } => FieldValue::List(tags),
        HeadValue::Authors { authors } => {
            let named: Vec<_> = authors
                .into_iter()
                .filter(|author| !author.name.trim().is_empty())
                .collect();
            if named.is_empty() {
                FieldValue::Absent
            } else {
                authors_value(named)
            }
        }
    }
}

fn places_of(text: &str) -> Vec<HeadPlace> {
    let units = |place: usize| text.get(..place).unwrap_or_default().encode_utf16().count() as u32;
    places(text)
        .into_iter()
        .map(|place| HeadPlace {
            field: match place.field {
                Field::Standfirst => FieldName::Standfirst,
                Field::Teaser => FieldName::Teaser,
                _ => FieldName::Title,
            },
            from: units(place.range.start),
            to: units(place.range.end),
            quoting: match place.quoting {
                Quoting::Plain => HeadQuoting::Plain,
                Quoting::Single => HeadQuoting::Single,
                Quoting::Double => HeadQuoting::Double,
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> HeadValue {
        HeadValue::Text { text: words.to_owned() }
    }

    fn changed(text: &str, field: FieldName, value: HeadValue) -> String {
        match change_head(text.to_owned(), field, value) {
            HeadChange::Changed { text, .. } => text,
            refused @ HeadChange::Refused { .. } => format!("{refused:?}"),
        }
    }

    #[test]
    fn one_field_changes_and_no_other_byte() {
        let author = |name: &str, function: Option<&str>| HeadAuthor {
            name: name.to_owned(),
            function: function.map(str::to_owned),
        };
        for (before, field, value, after) in [
            (
                "---\ntitle: 'L''eau'  # gardé\nweight: 3\n---\n",
                FieldName::Title,
                text("L'air"),
                "---\ntitle: 'L''air'  # gardé\nweight: 3\n---\n",
            ),
            (
                "+++\ntitle = \"A\"\n[extra]\nx = 1 # y\n[taxonomies]\ntags = [ \"a\" ]\n+++\n",
                FieldName::Tags,
                HeadValue::Tags {
                    tags: vec!["a".into(), "b".into()],
                },
                "+++\ntitle = \"A\"\n[extra]\nx = 1 # y\n[taxonomies]\ntags = [\"a\", \"b\"]\n+++\n",
            ),
            (
                "---\nsummary: >-\n  Un\n  deux\nb: 1\n---\n",
                FieldName::Standfirst,
                text("Trois : quatre"),
                "---\nsummary: >-\n  Trois : quatre\nb: 1\n---\n",
            ),
            ("", FieldName::Title, text("2026"), "---\ntitle: \"2026\"\n---\n"),
            (
                "---\nauthor: A\n---\n",
                FieldName::Authors,
                HeadValue::Authors {
                    authors: vec![author("A", None), author("B", Some("juriste")), author(" ", None)],
                },
                "---\nauthor: [A, {name: B, function: juriste}]\n---\n",
            ),
            (
                "---\ntitle: A\nb: 1\n---\n",
                FieldName::Title,
                text(" "),
                "---\nb: 1\n---\n",
            ),
        ] {
            assert_eq!(changed(before, field, value), after, "{before}");
        }
    }

    #[test]
    fn what_is_not_understood_is_no_form_and_what_a_change_would_harm_is_locked() {
        for (source, kind, line) in [
            ("---\ntitle: [\n---\n", ObstacleKind::Syntax, 2),
            ("---\ntitle: a\ntitle: b\n---\n", ObstacleKind::DuplicateKey, 3),
            ("---\na: &x b\ntitle: *x\n---\n", ObstacleKind::Alias, 3),
        ] {
            let obstacle = head(source).obstacle.map(|found| found.kind);
            assert_eq!(obstacle, Some(kind), "{source} {line}");
            let refused = change_head(
                source.to_owned(),
                FieldName::Tags,
                HeadValue::Tags { tags: vec!["a".into()] },
            );
            assert_eq!(refused, HeadChange::Refused { why: Refusal::Locked }, "{source}");
        }
        assert!(!head("---\n\nb\n\n---").present);
        let locked = |source: &str| head(source).locked.iter().map(|one| one.field).collect::<Vec<_>>();
        assert_eq!(locked("---\ntitle: &x b\nlang: fr\n---\n"), [FieldName::Title]);
        assert_eq!(locked("---\ntitle: b\nlang: fr\n---\n"), []);
        assert_eq!(
            change_head("---\na: b\n---\n".to_owned(), FieldName::Date, text("demain")),
            HeadChange::Refused { why: Refusal::Value }
        );
    }

    #[test]
    fn places_are_code_units_of_utf_16() {
        let found = head("---\nid: 😀\ntitle: 'A b'\ndescription: |\n  deux\n  lignes\nteaser: \"c\"\n---\n").places;
        let places: Vec<_> = found
            .iter()
            .map(|one| (one.field, one.from, one.to, one.quoting))
            .collect();
        assert_eq!(
            places,
            [
                (FieldName::Title, 19, 22, HeadQuoting::Single),
                (FieldName::Teaser, 64, 65, HeadQuoting::Double)
            ]
        );
    }
}
