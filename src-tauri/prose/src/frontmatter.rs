//! The metadata block at the head of an article: found, read leniently, changed to the byte.
//!
//! YAML between `---` lines and TOML between `+++` lines are read, with the key names of Hugo,
//! Jekyll, Zola and Obsidian taken as the same things. Reading never fails: what is not
//! understood is listed in [`FrontMatter::problems`] and left alone.

mod fields;
mod patch;
#[cfg(test)]
mod tests;
mod texts;
mod toml;
mod value;
mod yaml;
mod yaml_entries;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::date::ArticleDate;
use crate::language::Lang;
pub(crate) use texts::text_values;
pub use texts::{FieldPlace, Quoting, places};

/// The notation of a front matter block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// A text cut into front matter and body. Starts are bytes in the text that was split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split<'a> {
    /// The notation, `None` when there is no front matter.
    pub format: Option<Format>,
    /// What stands between the two delimiter lines, its last line end included.
    pub front: &'a str,
    /// Where `front` starts.
    pub front_start: usize,
    /// What follows the closing delimiter line.
    pub body: &'a str,
    /// Where `body` starts.
    pub body_start: usize,
}

/// Cuts a text into front matter and body. A byte order mark before the block is tolerated.
///
/// A text that opens with a `---` which no second `---` closes, or whose first line inside can't
/// begin a YAML mapping, has no front matter: it starts with a thematic break.
pub fn split(text: &str) -> Split<'_> {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let whole = Split {
        format: None,
        front: "",
        front_start: start,
        body: text.get(start..).unwrap_or_default(),
        body_start: start,
    };
    let (format, delimiter) = match whole.body.as_bytes() {
        [b'-', b'-', b'-', ..] => (Format::Yaml, "---"),
        [b'+', b'+', b'+', ..] => (Format::Toml, "+++"),
        _ => return whole,
    };
    let mut lines = whole.body.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == delimiter) else {
        return whole;
    };
    let front_start = start + first.len();
    let mut position = front_start;
    let mut content_seen = false;
    for line in lines {
        let bare = line.trim_end();
        if bare == delimiter || (format == Format::Yaml && bare == "...") {
            let body_start = position + line.len();
            return Split {
                format: Some(format),
                front: text.get(front_start..position).unwrap_or_default(),
                front_start,
                body: text.get(body_start..).unwrap_or_default(),
                body_start,
            };
        }
        if format == Format::Yaml && !content_seen && !bare.is_empty() && !bare.starts_with('#') {
            content_seen = true;
            if !bare.contains(':') && !bare.starts_with(['{', '?', '!', '&', '%']) {
                return whole;
            }
        }
        position += line.len();
    }
    whole
}

/// What Edito understands of an article's front matter. Every part is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FrontMatter {
    /// The article's identity.
    pub id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The standfirst (chapô), also read from `description` or `summary`.
    pub standfirst: Option<String>,
    /// The teaser, also read from `excerpt`.
    pub teaser: Option<String>,
    /// Who signs, in order.
    pub authors: Vec<Author>,
    /// The section, also the first of `categories`.
    pub section: Option<String>,
    /// Tags without their `#`.
    pub tags: Vec<String>,
    /// The date of the piece.
    pub date: Option<ArticleDate>,
    /// When it was last revised, as the writer says.
    pub updated: Option<ArticleDate>,
    /// The declared language.
    pub lang: Option<Lang>,
    /// The workflow status; `draft` when only `draft: true` says so.
    pub status: Option<String>,
    /// The `draft` flag of Hugo, Jekyll and Zola, when present.
    pub draft: Option<bool>,
    /// Where the piece was taken from.
    pub source: Option<Source>,
    /// What could not be understood.
    pub problems: Vec<Problem>,
}

/// A name in the byline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Author {
    /// The name as signed.
    pub name: String,
    /// What the author does, e.g. « directrice de recherche ».
    pub function: Option<String>,
}

/// Where a captured piece comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Source {
    /// The address of the page.
    pub url: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// When the site published it.
    pub published: Option<ArticleDate>,
    /// When it was captured.
    pub captured: Option<ArticleDate>,
}

/// Something in the front matter that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The line in the file, from 1.
    pub line: u32,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// The kinds of front matter problems; the page has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ProblemKind {
    /// Not valid YAML or TOML; plain `key: value` lines were read all the same.
    Syntax,
    /// A date in no form Edito knows.
    BadDate,
    /// A key holds a value of a kind it can't have.
    BadType,
    /// The same key stands twice; the first is used.
    DuplicateKey,
    /// A YAML alias, which is never followed.
    Alias,
    /// Too large or too deep to be read.
    TooBig,
}

/// Reads the front matter of a whole text. Never fails.
pub fn read(text: &str) -> FrontMatter {
    let parts = split(text);
    read_split(text, &parts)
}

/// The texts that a key of the front matter has which is no field of Edito’s: one, or those of a list. Empty when there is no
/// such key.
pub fn texts(text: &str, key: &str) -> Vec<String> {
    let parts = split(text);
    let parsed = match parts.format {
        Some(Format::Yaml) => yaml::parse(parts.front, 1),
        Some(Format::Toml) => toml::parse(parts.front, 1),
        None => return Vec::new(),
    };
    let in_extra = || value::find(&parsed.entries, "extra").and_then(|(_, extra)| extra.get(key));
    let found = value::find(&parsed.entries, key)
        .map(|(_, value)| value)
        .or_else(in_extra);
    match found {
        Some(value::Value::List(items)) => items.iter().filter_map(|item| item.text().map(str::to_owned)).collect(),
        Some(value) => value.text().map(str::to_owned).into_iter().collect(),
        None => Vec::new(),
    }
}

/// As [`read`], for a text already split.
pub fn read_split(text: &str, parts: &Split<'_>) -> FrontMatter {
    let Some(format) = parts.format else {
        return FrontMatter::default();
    };
    let first_line = text
        .get(..parts.front_start)
        .map_or(1, |head| 1 + head.bytes().filter(|byte| *byte == b'\n').count() as u32);
    let parsed = match format {
        Format::Yaml => yaml::parse(parts.front, first_line),
        Format::Toml => toml::parse(parts.front, first_line),
    };
    fields::interpret(parsed)
}

/// A field that [`set_field`] can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// [`FrontMatter::id`].
    Id,
    /// [`FrontMatter::title`].
    Title,
    /// [`FrontMatter::standfirst`].
    Standfirst,
    /// [`FrontMatter::teaser`].
    Teaser,
    /// [`FrontMatter::authors`].
    Authors,
    /// [`FrontMatter::section`].
    Section,
    /// [`FrontMatter::tags`].
    Tags,
    /// [`FrontMatter::date`].
    Date,
    /// [`FrontMatter::updated`].
    Updated,
    /// [`FrontMatter::lang`].
    Lang,
    /// [`FrontMatter::status`].
    Status,
}

/// The new value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldValue {
    /// One line or more of text; dates in ISO form.
    Text(String),
    /// A list, for [`Field::Tags`].
    List(Vec<String>),
    /// A byline, for [`Field::Authors`].
    Authors(Vec<Author>),
    /// The field is taken out.
    Absent,
}

/// Why a field could not be changed. The text is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SetFieldError {
    /// The front matter is not valid, so no change to it is safe.
    Syntax {
        /// The line in the file, from 1.
        line: u32,
    },
    /// The value is written with an anchor, an alias or a tag, or with comments inside it that a
    /// change would drop.
    Opaque {
        /// The line in the file, from 1.
        line: u32,
    },
    /// The field can't hold this kind of value (or this text: a date that is none, an empty name).
    WrongKind,
    /// The changed text would not read back as what was asked.
    Unsafe,
}

impl fmt::Display for SetFieldError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetFieldError::Syntax { line } => write!(
                formatter,
                "the front matter is not valid near line {line}; correct it in the text first"
            ),
            SetFieldError::Opaque { line } => write!(
                formatter,
                "the value at line {line} is written in a way that only an edit of the text can change"
            ),
            SetFieldError::WrongKind => formatter.write_str("this field can't hold a value of this kind"),
            SetFieldError::Unsafe => {
                formatter.write_str("the change would not read back as asked; change the front matter in the text")
            }
        }
    }
}

impl std::error::Error for SetFieldError {}

/// Changes one field of a whole text's front matter and nothing else: every byte outside of that
/// field's value stays as it is.
///
/// The key name, quoting style and line ends that the file uses are kept. A field that is absent
/// is added at the end of the block (of the root table in TOML); a text without front matter gets
/// a YAML block. The result is read back before it is returned.
pub fn set_field(text: &str, field: Field, value: &FieldValue) -> Result<String, SetFieldError> {
    patch::set_field(text, field, value)
}
