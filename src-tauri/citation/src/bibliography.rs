//! A file of references, as read.

use std::collections::HashMap;

use citationberg::json::{Item, NameValue, Value};
use edito_prose::fold::fold;

use crate::{bibtex, csl_json};

/// The references of a file.
#[derive(Debug, Clone, Default)]
pub struct Bibliography {
    /// In the order of the file, each key once.
    pub entries: Vec<Entry>,
    /// What could not be read, in order.
    pub problems: Vec<Problem>,
    /// Whether the file seems to end in the middle: another program may be writing it.
    pub torn: bool,
    by_key: HashMap<String, usize>,
}

/// A reference.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is cited by.
    pub key: String,
    /// Its authors, else its editors, by their family names: `Arendt`, `Boltanski & Thévenot`, `Arendt et al.`
    pub authors: String,
    /// The year of its publication.
    pub year: String,
    /// Its title, without markup.
    pub title: String,
    /// Its line in the file, from 1.
    pub line: u32,
    pub(crate) item: Item,
    /// What it is found by, folded: key, authors, year, title, container, keywords.
    pub(crate) words: String,
}

/// Something of a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its line, from 1.
    pub line: u32,
    /// The entry that it is about, where that is known.
    pub key: Option<String>,
    /// What it is.
    pub kind: ProblemKind,
}

/// What can be wrong with a file of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// The entry is not written as one; the others are read.
    Broken,
    /// The entry has no end before the next one, or the file’s end.
    Unclosed,
    /// Another entry has the key already; the first one is cited.
    DoubleKey,
    /// The entry has no key.
    NoKey,
    /// The file is no JSON, or not a list of references.
    NotReferences,
    /// The file is larger than [`MAX_BYTES`], or can't be read.
    Unreadable,
}

impl ProblemKind {
    /// The name of the kind; `citation-problem-<name>` are its words.
    pub fn id(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Unclosed => "unclosed",
            Self::DoubleKey => "double-key",
            Self::NoKey => "no-key",
            Self::NotReferences => "not-references",
            Self::Unreadable => "unreadable",
        }
    }

    /// What is wrong, in plain English, for the command line and reports.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Broken => "the entry can't be read",
            Self::Unclosed => "the entry is not closed",
            Self::DoubleKey => "another entry has the same key",
            Self::NoKey => "the entry has no key",
            Self::NotReferences => "it is no list of references",
            Self::Unreadable => "the file can't be read",
        }
    }
}

/// A larger file is no bibliography that a person keeps.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

impl Bibliography {
    /// Reads a file of references: CSL JSON when its text begins like JSON, else BibTeX or BibLaTeX. Never fails.
    pub fn read(text: &str) -> Bibliography {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match text.trim_start().as_bytes().first() {
            Some(b'[' | b'{') => csl_json::read(text),
            _ => bibtex::read(text),
        }
    }

    /// The reference with a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(*self.by_key.get(key)?)
    }

    pub(crate) fn push(&mut self, entry: Entry) {
        if self.by_key.contains_key(&entry.key) {
            self.problems.push(Problem {
                line: entry.line,
                key: Some(entry.key),
                kind: ProblemKind::DoubleKey,
            });
            return;
        }
        self.by_key.insert(entry.key.clone(), self.entries.len());
        self.entries.push(entry);
    }

    pub(crate) fn problem(&mut self, line: u32, key: Option<String>, kind: ProblemKind) {
        self.problems.push(Problem { line, key, kind });
    }
}

impl Entry {
    pub(crate) fn new(mut item: Item, line: u32, keywords: &str) -> Option<Entry> {
        let key = item.id()?.trim().to_owned();
        if key.is_empty() {
            return None;
        }
        let text = |name: &str| match item.0.get(name) {
            Some(value) => value.to_str().map(|text| plain(&text)).unwrap_or_default(),
            None => String::new(),
        };
        let (title, container) = (text("title"), text("container-title"));
        let names: Vec<String> = ["author", "editor", "director", "translator", "container-author"]
            .iter()
            .find_map(|role| match item.0.get(*role) {
                Some(Value::Names(names)) if !names.is_empty() => Some(names.iter().map(family).collect()),
                _ => None,
            })
            .unwrap_or_default();
        let authors = match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [one, two] => format!("{one} & {two}"),
            [one, ..] => format!("{one} et al."),
        };
        let year = match item.0.get("issued") {
            Some(Value::Date(date)) => citationberg::json::VecDateRange::from(date.clone())
                .0
                .first()
                .and_then(|date| date.0.first().map(ToString::to_string))
                .unwrap_or_default(),
            _ => String::new(),
        };
        // English styles set titles in capitals; those of other languages are to stay as they are.
        if !item.0.contains_key("language")
            && let Some(lang) = tongue(&title)
        {
            item.0.insert("language".to_owned(), Value::String(lang.to_owned()));
        }
        let words = fold(&format!(
            "{key} {} {year} {title} {} {keywords}",
            names.join(" "),
            container
        ));
        for names in NAMES {
            if let Some(Value::Names(names)) = item.0.get_mut(names) {
                names.iter_mut().for_each(keep_together);
            }
        }
        Some(Entry {
            key,
            authors,
            year,
            title,
            line,
            item,
            words,
        })
    }
}

/// The variables of CSL that hold names.
pub(crate) const NAMES: [&str; 26] = [
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editorial-director",
    "editor-translator",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "translator",
];

/// The variables of CSL that hold dates.
pub(crate) const DATES: [&str; 6] = [
    "accessed",
    "available-date",
    "event-date",
    "issued",
    "original-date",
    "submitted",
];

/// The other variables of CSL that styles ask for. What else a file says (summaries, paths of files) is not kept.
pub(crate) const TEXTS: [&str; 61] = [
    "annote",
    "archive",
    "archive_collection",
    "archive_location",
    "archive-place",
    "authority",
    "call-number",
    "chapter-number",
    "citation-key",
    "citation-label",
    "collection-number",
    "collection-title",
    "container-title",
    "container-title-short",
    "dimensions",
    "division",
    "DOI",
    "edition",
    "event",
    "event-place",
    "event-title",
    "genre",
    "ISBN",
    "ISSN",
    "issue",
    "journalAbbreviation",
    "jurisdiction",
    "language",
    "license",
    "medium",
    "note",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "original-publisher",
    "original-publisher-place",
    "original-title",
    "page",
    "page-first",
    "part-number",
    "part-title",
    "PMCID",
    "PMID",
    "printing-number",
    "publisher",
    "publisher-place",
    "references",
    "reviewed-genre",
    "reviewed-title",
    "scale",
    "section",
    "shortTitle",
    "source",
    "status",
    "supplement-number",
    "title",
    "title-short",
    "URL",
    "version",
    "volume",
    "volume-title",
];

/// The language of a title, if it is plainly not English.
fn tongue(title: &str) -> Option<&'static str> {
    let marked = title.chars().any(|one| "éèêëàâçùûîïôœÉÈÊÀÂÇŒ".contains(one));
    let french = [
        " de ", " des ", " du ", " et ", " les ", " la ", " le ", "L’", "L'", " l'", " l’", " d'", " d’",
    ];
    match edito_prose::detect(title) {
        Some(edito_prose::Lang::Ar) => Some("ar"),
        Some(edito_prose::Lang::Fr) => Some("fr"),
        _ if marked || french.iter().filter(|word| title.contains(*word)).count() > 1 => Some("fr"),
        _ => None,
    }
}

/// « La Rochefoucauld » begins with a word that whoever sorts by names would take for a particle and put behind, were it not
/// bound to the next one. A particle proper (« de », “van”) is written small.
fn keep_together(name: &mut NameValue) {
    const LONGEST: usize = 3;
    let NameValue::Item(name) = name else { return };
    let first = name.family.split(' ').next().unwrap_or_default();
    if first.chars().count() <= LONGEST && first.starts_with(char::is_uppercase) {
        name.family = name.family.replace(' ', "\u{a0}");
    }
}

fn family(name: &NameValue) -> String {
    match name {
        NameValue::Literal(name) => plain(&name.literal),
        NameValue::Item(name) => match &name.non_dropping_particle {
            Some(particle) => format!("{particle} {}", name.family),
            None => name.family.clone(),
        },
    }
}

/// A text without the tags of CSL JSON, on one line.
fn plain(text: &str) -> String {
    let words: Vec<String> = crate::markup::pieces(text)
        .filter_map(|piece| match piece {
            crate::markup::Piece::Text(text) => Some(text.to_owned()),
            crate::markup::Piece::Tag(_) => None,
        })
        .collect();
    let words = words.concat();
    let words = words.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
