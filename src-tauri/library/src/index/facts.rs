//! What the index keeps of one article, made from its bytes alone (and `edito.toml`).

use super::analyser::{StemLanguage, marked};
use super::text::Fields;
use crate::article::{Byline, RowProblem};
use crate::config::Config;
use crate::encoding;
use crate::identity;
use crate::sections::Sections;
use crate::walk::Stamp;
use edito_prose::fold::{self, fold};
use edito_prose::{Analysis, ArticleDate, Author, analyse};
use serde::{Deserialize, Serialize};
use std::path::Path;
use tantivy::TantivyDocument;

/// What `edito.toml` says, ready to be asked.
pub(crate) struct Settings {
    pub(crate) config: Config,
    pub(crate) sections: Sections,
    /// Of the bytes of `edito.toml`; empty without one.
    pub(crate) hash: String,
    /// Of what it says that rows and words come out by; empty without one.
    pub(crate) index_hash: String,
}

/// An article as it goes into the index.
pub(crate) struct Facts {
    pub(crate) declared: Option<String>,
    pub(crate) section: String,
    pub(crate) section_names: String,
    pub(crate) status: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) draft: bool,
    /// Seconds since 1970; `None` when only the file's time can tell.
    pub(crate) date: Option<i64>,
    pub(crate) updated: Option<i64>,
    pub(crate) title_key: String,
    pub(crate) author_key: String,
    pub(crate) stem_key: String,
    pub(crate) words: u32,
    pub(crate) tags: Vec<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) card: String,
    pub(crate) document: TantivyDocument,
    language: Option<StemLanguage>,
}

impl Facts {
    /// The document of the article with the tags that its reader gave it.
    pub(crate) fn document_with(self: Box<Self>, own_tags: &[String], fields: &Fields) -> TantivyDocument {
        let Facts {
            mut document,
            tags,
            language,
            ..
        } = *self;
        for tag in own_tags.iter().filter(|tag| !tags.contains(tag)) {
            document.add_text(fields.tag, marked(language, tag));
            document.add_text(fields.text, marked(language, tag));
        }
        document
    }
}

/// What a row shows beyond the columns of `articles`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Card {
    #[serde(rename = "t")]
    pub(crate) title: String,
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub(crate) standfirst: Option<String>,
    #[serde(rename = "e", default, skip_serializing_if = "String::is_empty")]
    pub(crate) teaser: String,
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) authors: Vec<Byline>,
    #[serde(rename = "s", default, skip_serializing_if = "String::is_empty")]
    pub(crate) section_name: String,
    #[serde(rename = "g", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<String>,
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub(crate) updated: Option<String>,
    /// Signs, signs without spaces, reading minutes.
    #[serde(rename = "c")]
    pub(crate) counts: (u32, u32, u32),
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) problems: Vec<RowProblem>,
}

/// Files beyond this are listed but not read: no article is that long, and one file must not
/// fill the memory.
pub(crate) const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// The facts of an article from the bytes of its file.
pub(crate) fn facts(path: &str, bytes: &[u8], settings: &Settings, fields: &Fields) -> Facts {
    match std::str::from_utf8(bytes) {
        // Line ends make no difference here, and most files are UTF-8: no copy for them.
        Ok(text) => of_text(path, text, None, settings, fields),
        Err(_) => {
            let decoded = encoding::decode(bytes);
            let problem = (!decoded.lossless).then_some("encoding");
            of_text(path, &decoded.text, problem, settings, fields)
        }
    }
}

/// The facts of an article whose file can't be read.
pub(crate) fn without_text(path: &str, problem: &str, settings: &Settings, fields: &Fields) -> Facts {
    of_text(path, "", Some(problem), settings, fields)
}

/// The title for an article that has none of its own: its file name without the ending, or
/// that of its folder where the file is an `index` or `_index`.
pub(crate) fn title_from_path(path: &str) -> String {
    let stem = stem_of(path);
    let name = match (stem, path.rsplit_once('/')) {
        ("index" | "_index", Some((folders, _))) => folders.rsplit_once('/').map_or(folders, |(_, last)| last),
        _ => stem,
    };
    name.replace(['_'], " ")
}

/// The title of an article: its own, else that of its path.
pub(crate) fn title(own: Option<String>, path: &str) -> String {
    own.map(|title| title.trim().to_owned())
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| title_from_path(path))
}

/// Who signs: their functions as the article has them, else as `edito.toml` does.
pub(crate) fn bylines(authors: Vec<Author>, config: &Config) -> Vec<Byline> {
    authors
        .into_iter()
        .map(|author| Byline {
            function: author
                .function
                .or_else(|| config.function_of(&author.name).map(str::to_owned)),
            name: author.name,
        })
        .collect()
}

/// The file name without folders and ending.
pub(crate) fn stem_of(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    Path::new(name)
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or(name)
}

/// Words folded and joined by spaces: how names are compared.
pub(crate) fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in fold::words(name) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&word.folded);
    }
    if key.is_empty() { fold(name.trim()) } else { key }
}

/// The keys by which a list is sorted when the front matter has no date.
pub(crate) fn dates(date: Option<i64>, updated: Option<i64>, stamp: Stamp) -> (i64, i64) {
    let file = stamp.modified.div_euclid(1_000_000_000);
    let date = date.unwrap_or(file);
    (date, updated.map_or(date.max(file), |updated| updated.max(date)))
}

fn of_text(path: &str, text: &str, problem: Option<&str>, settings: &Settings, fields: &Fields) -> Facts {
    let Analysis {
        front,
        title,
        standfirst,
        teaser,
        lang,
        mut plain,
        counts,
        ..
    } = analyse(text);
    let title = self::title(title, path);
    let place = settings.sections.place(front.section.as_deref(), path);
    let authors = bylines(front.authors, &settings.config);
    let mut problems: Vec<RowProblem> = problem
        .iter()
        .map(|kind| RowProblem {
            line: 0,
            kind: (*kind).to_owned(),
        })
        .collect();
    problems.extend(front.problems.iter().map(|problem| RowProblem {
        line: problem.line,
        kind: kebab(&format!("{:?}", problem.kind)),
    }));
    let status = front.status.filter(|status| !status.trim().is_empty());
    let status_key = status.as_deref().map(name_key);
    let draft = front.draft == Some(true) || matches!(status_key.as_deref(), Some("draft" | "drafts" | "brouillon"));
    let date = front.date.or_else(|| ArticleDate::from_path(path));

    let language = StemLanguage::of(lang.as_ref());
    let mut document = TantivyDocument::new();
    document.add_text(fields.title, marked(language, &title));
    document.add_text(fields.text, marked(language, &title));
    if let Some(standfirst) = &standfirst {
        document.add_text(fields.standfirst, marked(language, standfirst));
        document.add_text(fields.text, marked(language, standfirst));
    }
    for author in &authors {
        document.add_text(fields.author, &author.name);
        document.add_text(fields.text, &author.name);
    }
    for tag in &front.tags {
        document.add_text(fields.tag, marked(language, tag));
        document.add_text(fields.text, marked(language, tag));
    }
    if let Some(language) = language {
        plain.insert(0, language.mark());
    }
    document.add_text(fields.text, plain);
    let mut above = String::new();
    for (slug, name) in place.path.split('/').zip(&place.names) {
        if !above.is_empty() {
            above.push('/');
        }
        above.push_str(slug);
        document.add_text(fields.section, name_key(&above));
        document.add_text(fields.section, name_key(slug));
        document.add_text(fields.section, name_key(name));
    }
    if let Some(key) = &status_key {
        document.add_text(fields.status, key);
    }
    if let Some(lang) = &lang {
        let tag = lang.tag().to_ascii_lowercase();
        if let Some((language, _)) = tag.split_once('-') {
            document.add_text(fields.lang, language);
        }
        document.add_text(fields.lang, &tag);
    }

    let card = Card {
        standfirst: standfirst.filter(|standfirst| !standfirst.is_empty()),
        teaser,
        section_name: place.name().to_owned(),
        tags: front.tags,
        date: date.map(|date| date.to_string()),
        updated: front.updated.map(|date| date.to_string()),
        counts: (counts.signs, counts.signs_without_spaces, counts.reading_minutes),
        problems,
        title,
        authors,
    };
    Facts {
        declared: front.id.as_deref().and_then(identity::declared).map(|id| id.0),
        section_names: place.stored_names(),
        section: place.path,
        status,
        lang: lang.map(|lang| lang.tag().to_owned()),
        draft,
        date: date.map(|date| date.sort_key()),
        updated: front.updated.map(|date| date.sort_key()),
        title_key: name_key(&card.title),
        author_key: card
            .authors
            .first()
            .map(|author| name_key(&author.name))
            .unwrap_or_default(),
        stem_key: name_key(stem_of(path)),
        words: counts.words,
        tags: card.tags.clone(),
        authors: card.authors.iter().map(|author| author.name.clone()).collect(),
        card: serde_json::to_string(&card).unwrap_or_default(),
        document,
        language,
    }
}

fn kebab(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 2);
    for character in name.chars() {
        if character.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(character.to_lowercase());
    }
    kebab
}
