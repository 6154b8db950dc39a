//! `edito.toml`, what a desk agrees on: title, languages, sections, authors, statuses.
//!
//! Reading is lenient: what can't be understood is listed as a problem with its line, and
//! the rest holds. The file is written once, by [`template`], and afterwards belongs to
//! whoever edits it: unknown keys stay because nothing rewrites it.

use std::collections::HashSet;
use std::path::Path;

use edito_language::house::HouseRules;
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use citations::CitationConfig;
pub use front::{FrontConfig, SlotConfig, SlotOrder, SlotRole};
pub use limits::Limits;

use crate::error::{At, Error, ErrorKind, Result};
use crate::sections::slug;

/// The name of the file, at the root of a library.
pub const FILE_NAME: &str = "edito.toml";

/// What `edito.toml` says, with defaults where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Config {
    /// The name of the library; its folder's name serves when there is none.
    pub title: Option<String>,
    /// BCP 47 tags, each once, the first one for new articles. Empty when the file says nothing.
    pub languages: Vec<String>,
    /// Globs of files and folders that are no articles, as `.gitignore` writes them.
    pub ignore: Vec<String>,
    /// The folder for articles that are taken in from elsewhere, relative to the library's root, `/` between
    /// parts, never leaving the library.
    pub captures: String,
    /// The tree of sections, in the desk's order.
    pub sections: Vec<SectionConfig>,
    /// Those who write here, with their functions.
    pub authors: Vec<AuthorConfig>,
    /// The stages of the work, in order. Never empty.
    pub statuses: Vec<StatusConfig>,
    /// What stands on the front page.
    pub front: FrontConfig,
    /// How long pieces may be.
    pub limits: Limits,
    /// How the house writes.
    pub house: HouseRules,
    /// What is cited from, and how it is set.
    pub citations: CitationConfig,
    /// Words that the desk spells as they stand here, whatever dictionaries say.
    pub words: Vec<String>,
    /// What could not be understood.
    pub problems: Vec<ConfigProblem>,
}

/// A section of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SectionConfig {
    /// The name to show.
    pub name: String,
    /// Its short name, unique among its siblings, folded by [`crate::sections::slug`].
    pub slug: String,
    /// The folder of its articles, relative to the library's root, `/` between parts,
    /// never leaving the library.
    pub folder: String,
    /// What the front page and the letter use it for: `edito`, `analyses`, `medias`,
    /// `lectures`, `lettre`, or a word of the desk's own.
    pub kind: Option<String>,
    /// The template that its new pieces begin with: its name, or that of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// How long its pieces may be, where that is something else than in the sections above it.
    pub limits: Limits,
    /// How its pieces are written, where that is something else than in the sections above it.
    pub house: HouseRules,
    /// The sections below it.
    pub sections: Vec<SectionConfig>,
}

/// Someone who signs articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorConfig {
    /// The name as it is signed.
    pub name: String,
    /// What that person does, shown under the name.
    pub function: Option<String>,
}

/// A stage of the work on an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusConfig {
    /// The word that front matter holds.
    pub slug: String,
    /// The name to show; the page words the default ones itself.
    pub name: String,
}

/// Something in `edito.toml` that was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigProblem {
    /// Its line, from 1.
    pub line: u32,
    /// What is wrong, one plain English sentence without a full stop.
    pub message: String,
}

/// The language of the comments in a new `edito.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateLanguage {
    /// French, the sections of a French-speaking desk.
    French,
    /// English.
    English,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: None,
            languages: Vec::new(),
            ignore: Vec::new(),
            captures: CAPTURES.to_owned(),
            sections: Vec::new(),
            authors: Vec::new(),
            statuses: default_statuses(),
            front: FrontConfig::default(),
            limits: Limits::default(),
            house: HouseRules::default(),
            citations: CitationConfig::default(),
            words: Vec::new(),
            problems: Vec::new(),
        }
    }
}

impl Config {
    /// The stages of pieces that are not out yet, in order, as [`crate::sections::slug`] has them: all but the last one, or but
    /// those that the front page shows.
    pub fn stages_before_out(&self) -> Vec<String> {
        let chosen = &self.front.statuses;
        let last = self.statuses.len().saturating_sub(1);
        let is_out = |(index, status): &(usize, &StatusConfig)| {
            if chosen.is_empty() {
                *index == last
            } else {
                chosen.contains(&status.slug)
            }
        };
        let stages = self.statuses.iter().enumerate().filter(|stage| !is_out(stage));
        stages.map(|(_, status)| status.slug.clone()).collect()
    }

    /// Reads the text of an `edito.toml`. Never fails: see [`Config::problems`].
    pub fn parse(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (text, set_aside) = without_broken_lines(text);
        let mut reader = Reader {
            text: &text,
            problems: set_aside,
        };
        let (document, errors) = DeTable::parse_recoverable(&text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            reader.problem(at, error.message().to_owned());
        }
        let table = document.get_ref();
        let mut config = Config {
            title: reader.string(table, "title"),
            languages: once(reader.strings(table, "languages")),
            ignore: reader.strings(table, "ignore"),
            captures: reader.captures(table),
            sections: reader.sections(table, ""),
            authors: reader.authors(table),
            statuses: reader.statuses(table),
            front: reader.front(table),
            limits: reader.limits(table),
            citations: reader.citations(table),
            house: reader.house(table),
            words: reader.words(table),
            problems: Vec::new(),
        };
        if config.statuses.is_empty() {
            config.statuses = default_statuses();
        }
        reader.problems.sort_by_key(|problem| problem.line);
        config.problems = reader.problems;
        config
    }

    /// Reads the `edito.toml` of the library at `root`; the defaults when there is none.
    ///
    /// # Errors
    /// Only when the file is there and can't be read. Bytes that are not UTF-8 are a problem
    /// listed in the result, as is a file of more than 1 MiB.
    pub fn read(root: &Path) -> Result<Self> {
        let path = root.join(FILE_NAME);
        let length = match std::fs::metadata(&path) {
            Ok(metadata) if metadata.is_file() => metadata.len(),
            Ok(_) => {
                return Err(Error::new(ErrorKind::Invalid, "it is not a file").at(&path));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => return Err(error).at(&path),
        };
        if length > MAX_BYTES {
            return Ok(Self::unreadable("the file is larger than 1 MiB"));
        }
        let bytes = std::fs::read(&path).at(&path)?;
        Ok(match String::from_utf8(bytes) {
            Ok(text) => Self::parse(&text),
            Err(_) => Self::unreadable("the file is not UTF-8"),
        })
    }

    /// The function of an author, found by name whatever its case and accents.
    pub fn function_of(&self, author: &str) -> Option<&str> {
        let wanted = slug(author);
        self.authors
            .iter()
            .find(|known| slug(&known.name) == wanted)
            .and_then(|known| known.function.as_deref())
    }

    /// What rows and words come out by: a text that is the same wherever `edito.toml` says the same of
    /// sections, authors and what is no article, whatever else it says.
    pub(crate) fn for_index(&self) -> String {
        let of_index = Self {
            title: None,
            front: FrontConfig::default(),
            limits: Limits::default(),
            house: HouseRules::default(),
            citations: CitationConfig::default(),
            sections: limits::only_places(self.sections.clone()),
            words: Vec::new(),
            problems: Vec::new(),
            ..self.clone()
        };
        serde_json::to_string(&of_index).unwrap_or_default()
    }

    fn unreadable(message: &str) -> Self {
        Self {
            problems: vec![ConfigProblem {
                line: 1,
                message: message.to_owned(),
            }],
            ..Self::default()
        }
    }
}

/// The text of the `edito.toml` of a new library, with comments that explain each part.
pub fn template(title: &str, language: TemplateLanguage) -> String {
    let text = match language {
        TemplateLanguage::French => FRENCH,
        TemplateLanguage::English => ENGLISH,
    };
    text.replace("{title}", &quoted(title))
}

/// Where articles from elsewhere go unless `edito.toml` says otherwise.
const CAPTURES: &str = "captures";

/// Beyond this it is no file that people wrote.
const MAX_BYTES: u64 = 1024 * 1024;

const FRENCH: &str = include_str!("config/template-fr.toml");
const ENGLISH: &str = include_str!("config/template-en.toml");

fn default_statuses() -> Vec<StatusConfig> {
    [
        ("draft", "Draft"),
        ("review", "In review"),
        ("ready", "Ready"),
        ("published", "Published"),
    ]
    .into_iter()
    .map(|(slug, name)| StatusConfig {
        slug: slug.to_owned(),
        name: name.to_owned(),
    })
    .collect()
}

/// Each tag where it stands first; case does not tell tags apart.
fn once(mut tags: Vec<String>) -> Vec<String> {
    let mut met = HashSet::new();
    tags.retain(|tag| met.insert(tag.to_lowercase()));
    tags
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            // Control characters have no place in a title.
            _ if character.is_control() => out.push(' '),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// The text with each line that spoils the syntax blanked (so that positions stay), and what was
/// wrong with it. A line is blanked only when fewer errors are left without it.
fn without_broken_lines(text: &str) -> (String, Vec<ConfigProblem>) {
    let mut text = text.to_owned();
    let mut problems = Vec::new();
    for _ in 0..MAX_BROKEN_LINES {
        let errors = DeTable::parse_recoverable(&text).1;
        let Some(error) = errors.first() else { break };
        let at = error.span().map_or(0, |span| span.start);
        let (before, after) = text.split_at_checked(at).unwrap_or((&text, ""));
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let end = at + after.find('\n').unwrap_or(after.len());
        let mut candidate = text.clone();
        let blank = " ".repeat(end.saturating_sub(start));
        candidate.replace_range(start..end.max(start), &blank);
        if DeTable::parse_recoverable(&candidate).1.len() >= errors.len() {
            break;
        }
        let reader = Reader {
            text: &text,
            problems: Vec::new(),
        };
        problems.push(ConfigProblem {
            line: reader.line(at),
            message: error.message().to_owned(),
        });
        text = candidate;
    }
    (text, problems)
}

/// Beyond that it is no file that people wrote.
const MAX_BROKEN_LINES: usize = 50;

struct Reader<'a> {
    text: &'a str,
    problems: Vec<ConfigProblem>,
}

impl Reader<'_> {
    fn problem(&mut self, at: usize, message: String) {
        let line = self.line(at);
        self.problems.push(ConfigProblem { line, message });
    }

    fn line(&self, at: usize) -> u32 {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        let breaks = before.iter().filter(|byte| **byte == b'\n').count();
        u32::try_from(breaks + 1).unwrap_or(u32::MAX)
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str) {
        let found = value.get_ref().type_str();
        self.problem(value.span().start, format!("\"{key}\" should be {wanted}, not {found}"));
    }

    fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => None,
            Some(text) => Some(text.trim().to_owned()),
            None => {
                self.wrong(value, key, "a text");
                None
            }
        }
    }

    /// A list of texts; a text alone is a list of one.
    fn strings(&mut self, table: &DeTable<'_>, key: &str) -> Vec<String> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            return self.string(table, key).into_iter().collect();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) if text.trim().is_empty() => {}
                Some(text) => texts.push(text.trim().to_owned()),
                None => self.wrong(item, key, "a list of texts"),
            }
        }
        texts
    }

    fn captures(&mut self, table: &DeTable<'_>) -> String {
        let Some(given) = self.string(table, "captures") else {
            return CAPTURES.to_owned();
        };
        within_library(&given).unwrap_or_else(|| {
            let at = table.get("captures").map_or(0, |value| value.span().start);
            self.problem(at, format!("the folder \"{given}\" is not within the library"));
            CAPTURES.to_owned()
        })
    }

    /// The items of a list; something else than a list is a problem.
    fn items<'t, 'd>(&mut self, table: &'t DeTable<'d>, key: &str) -> Vec<&'t Spanned<DeValue<'d>>> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        match value.get_ref().as_array() {
            Some(items) => items.iter().collect(),
            None => {
                self.wrong(value, key, "a list");
                Vec::new()
            }
        }
    }

    fn sections(&mut self, table: &DeTable<'_>, parent_folder: &str) -> Vec<SectionConfig> {
        let mut sections: Vec<SectionConfig> = Vec::new();
        for item in self.items(table, "sections") {
            let at = item.span().start;
            let section = if let Some(name) = item.get_ref().as_str() {
                self.section(name.trim(), None, None, None, parent_folder, at)
            } else if let Some(entry) = item.get_ref().as_table() {
                let name = self.string(entry, "name");
                let slug = self.string(entry, "slug");
                let folder = self.string(entry, "folder");
                let kind = self.string(entry, "kind");
                let Some(name) = name
                    .or_else(|| slug.clone())
                    .or_else(|| folder.as_deref().and_then(last_part))
                else {
                    self.problem(at, "a section has no name".to_owned());
                    continue;
                };
                self.section(&name, slug, folder, kind, parent_folder, at)
                    .map(|mut section| {
                        section.limits = self.limits(entry);
                        section.template = self.string(entry, "template");
                        section.house = self.house(entry);
                        section.sections = self.sections(entry, &section.folder);
                        section
                    })
            } else {
                self.wrong(item, "sections", "a list of tables");
                None
            };
            let Some(mut section) = section else { continue };
            if sections.iter().any(|other| other.slug == section.slug) {
                self.problem(at, format!("two sections have the short name \"{}\"", section.slug));
                section.slug = unused(&section.slug, &sections);
            }
            sections.push(section);
        }
        sections
    }

    fn section(
        &mut self,
        name: &str,
        short: Option<String>,
        folder: Option<String>,
        kind: Option<String>,
        parent_folder: &str,
        at: usize,
    ) -> Option<SectionConfig> {
        let short = slug(short.as_deref().unwrap_or(name));
        if short.is_empty() {
            self.problem(at, "a section has no name".to_owned());
            return None;
        }
        let beneath_parent = if parent_folder.is_empty() {
            short.clone()
        } else {
            format!("{parent_folder}/{short}")
        };
        let folder = match folder {
            None => beneath_parent,
            Some(given) => match within_library(&given) {
                Some(folder) => folder,
                None => {
                    self.problem(at, format!("the folder \"{given}\" is not within the library"));
                    beneath_parent
                }
            },
        };
        Some(SectionConfig {
            name: name.to_owned(),
            slug: short,
            folder,
            kind: kind.map(|kind| slug(&kind)),
            template: None,
            limits: Limits::default(),
            house: HouseRules::default(),
            sections: Vec::new(),
        })
    }

    fn authors(&mut self, table: &DeTable<'_>) -> Vec<AuthorConfig> {
        let mut authors = Vec::new();
        for item in self.items(table, "authors") {
            if let Some(name) = item.get_ref().as_str() {
                authors.push(AuthorConfig {
                    name: name.trim().to_owned(),
                    function: None,
                });
            } else if let Some(entry) = item.get_ref().as_table() {
                let function = self.string(entry, "function");
                match self.string(entry, "name") {
                    Some(name) => authors.push(AuthorConfig { name, function }),
                    None => self.problem(item.span().start, "an author has no name".to_owned()),
                }
            } else {
                self.wrong(item, "authors", "a list of tables");
            }
        }
        authors
    }

    fn statuses(&mut self, table: &DeTable<'_>) -> Vec<StatusConfig> {
        let mut statuses: Vec<StatusConfig> = Vec::new();
        for item in self.items(table, "statuses") {
            let status = if let Some(name) = item.get_ref().as_str() {
                Some((slug(name), name.trim().to_owned()))
            } else if let Some(entry) = item.get_ref().as_table() {
                let name = self.string(entry, "name");
                let short = self.string(entry, "slug").or_else(|| name.clone());
                short.map(|short| (slug(&short), name.unwrap_or(short)))
            } else {
                self.wrong(item, "statuses", "a list of texts");
                continue;
            };
            match status {
                Some((short, name)) if !short.is_empty() => {
                    if statuses.iter().all(|other| other.slug != short) {
                        statuses.push(StatusConfig { slug: short, name });
                    }
                }
                _ => self.problem(item.span().start, "a status has no name".to_owned()),
            }
        }
        statuses
    }
}

/// A folder relative to the library's root with `/` between its parts, or `None` when it
/// leads outside. A library made by a stranger may say anything here.
fn within_library(folder: &str) -> Option<String> {
    if folder.starts_with(['/', '\\']) || folder.contains([':', '\0']) {
        return None;
    }
    let mut parts = Vec::new();
    for part in folder.split(['/', '\\']) {
        match part.trim() {
            "" | "." => {}
            part if part.starts_with('.') => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn last_part(folder: &str) -> Option<String> {
    folder
        .split(['/', '\\'])
        .rfind(|part| !part.is_empty())
        .map(str::to_owned)
}

fn unused(short: &str, sections: &[SectionConfig]) -> String {
    (2..)
        .map(|count| format!("{short}-{count}"))
        .find(|candidate| sections.iter().all(|other| other.slug != *candidate))
        .unwrap_or_else(|| short.to_owned())
}

pub(crate) mod citations;
pub(crate) mod dictionary;
mod front;
mod house;
mod limits;
pub(crate) mod patch;

#[cfg(test)]
mod tests;
