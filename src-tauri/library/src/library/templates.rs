//! Templates of pieces: those that come with Edito, those of the desk (`.edito/templates`, with the library), and the
//! user’s own (`templates` in the data folder). None of them is an article.

use super::Library;
use crate::disk::{ContentHash, Precondition, create_folders, create_new, durable_write, move_file};
use crate::error::{At, Error, ErrorKind, Result};
use crate::names::{file_name, under_free_name};
use edito_prose::Template;
use std::fs;
use std::path::{Path, PathBuf};

/// Whose a template is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TemplateOrigin {
    /// The desk’s, kept with the library.
    Desk,
    /// The user’s own, for all libraries.
    Own,
    /// One that comes with Edito.
    Shipped,
}

/// A template that a piece can begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceTemplate {
    /// Names it among all: its origin and its file.
    pub key: String,
    /// Whose it is.
    pub origin: TemplateOrigin,
    /// What it says.
    pub template: Template,
    /// Whether it is for the section that was asked about.
    pub fits: bool,
    /// Whether `edito.toml` names it for that section.
    pub is_default: bool,
}

impl Library {
    /// The templates, those that `edito.toml` names for a section and those that are for it first; in each, the desk’s,
    /// the user’s, those of Edito (of the language asked for, of English when there are none). A file that can’t be read
    /// is left out.
    pub fn templates(&self, section: &str, lang: &str) -> Vec<PieceTemplate> {
        let (kind, named) = self.kind_and_template(section);
        let mut all = Vec::new();
        for origin in [TemplateOrigin::Desk, TemplateOrigin::Own] {
            for name in files_in(&self.folder_of_templates(origin)) {
                let key = format!("{}/{name}", word(origin));
                if let Ok(text) = self.template_text(&key) {
                    all.push((key, origin, text));
                }
            }
        }
        let of = |lang: &str| {
            let prefix = format!("{lang}/");
            SHIPPED.iter().filter(move |(path, _)| path.starts_with(&prefix))
        };
        let lang = lang.split('-').next().unwrap_or_default();
        let lang = if of(lang).next().is_some() { lang } else { "en" };
        all.extend(of(lang).map(|(path, text)| {
            let key = format!("{}/{path}", word(TemplateOrigin::Shipped));
            (key, TemplateOrigin::Shipped, (*text).to_owned())
        }));
        let mut templates: Vec<PieceTemplate> = all
            .into_iter()
            .map(|(key, origin, text)| {
                let file = key.rsplit('/').next().unwrap_or_default();
                let stem = file.strip_suffix(".md").unwrap_or(file);
                let template = Template::read(&text, stem);
                let is_default = named.as_deref().is_some_and(|named| {
                    crate::sections::slug(named) == crate::sections::slug(&template.name)
                        || named == file
                        || named == stem
                });
                PieceTemplate {
                    fits: is_default || (!section.is_empty() && template.is_for(section, kind.as_deref())),
                    is_default,
                    key,
                    origin,
                    template,
                }
            })
            .collect();
        templates.sort_by(|one, other| {
            (!one.is_default, !one.fits, one.origin)
                .cmp(&(!other.is_default, !other.fits, other.origin))
                .then_with(|| one.key.cmp(&other.key))
        });
        templates
    }

    /// A template by its key.
    ///
    /// # Errors
    /// `NotFound`, `TooBig`, `Io`.
    pub fn template(&self, key: &str) -> Result<Template> {
        let text = self.template_text(key)?;
        let file = key.rsplit('/').next().unwrap_or_default();
        Ok(Template::read(&text, file.strip_suffix(".md").unwrap_or(file)))
    }

    /// Makes a template of the text of an article, for these sections (all of them when none is named); answers its key.
    ///
    /// # Errors
    /// `Invalid` for a template of Edito; `ReadOnly`, `DiskFull`, `Io`.
    pub fn save_template(&self, text: &str, name: &str, origin: TemplateOrigin, sections: &[String]) -> Result<String> {
        if origin == TemplateOrigin::Shipped || name.trim().is_empty() {
            return Err(Error::new(
                ErrorKind::Invalid,
                "a template needs a name, and a place of its own",
            ));
        }
        let folder = self.folder_of_templates(origin);
        self.make_templates_folder(origin, &folder)?;
        let text = Template::of_article(text, name.trim(), sections);
        let disk = &*self.environment.disk;
        let path = under_free_name(disk, &folder, &file_name(name.trim(), "md"), |path| {
            create_new(disk, path, text.as_bytes()).map(|_| ())
        })?;
        Ok(key_of(origin, &path))
    }

    /// Gives a template another name; its file keeps its own.
    ///
    /// # Errors
    /// `NotFound`, `Invalid` for one of Edito or no name; `ReadOnly`, `DiskFull`, `Io`, `Changed`.
    pub fn rename_template(&self, key: &str, name: &str) -> Result<()> {
        let path = self.own_template(key)?;
        if name.trim().is_empty() {
            return Err(Error::new(ErrorKind::Invalid, "a template needs a name"));
        }
        let text = self.template_text(key)?;
        let renamed = Template::file_renamed(&text, name.trim());
        let before = Precondition::Content(ContentHash::of(&fs::read(&path).at(&path)?));
        durable_write(&*self.environment.disk, &path, renamed.as_bytes(), before).map(|_| ())
    }

    /// Puts a template aside; [`Library::put_back_template`] brings it back.
    ///
    /// # Errors
    /// `NotFound`, `Invalid` for one of Edito; `ReadOnly`, `Io`.
    pub fn remove_template(&self, key: &str) -> Result<String> {
        let path = self.own_template(key)?;
        let folder = path.parent().unwrap_or(Path::new("")).join(REMOVED);
        let disk = &*self.environment.disk;
        create_folders(disk, &folder, false)?;
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let gone = under_free_name(disk, &folder, name, |to| move_file(disk, &path, to))?;
        let name = gone.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        Ok(name.to_owned())
    }

    /// Brings back a template that was put aside, under the key that it had.
    ///
    /// # Errors
    /// `NotFound`, `AlreadyExists`, `ReadOnly`, `Io`.
    pub fn put_back_template(&self, key: &str, removed: &str) -> Result<()> {
        let (origin, name) = parsed(key).ok_or_else(not_found)?;
        let folder = self.folder_of_templates(origin);
        if !is_plain(removed) {
            return Err(not_found());
        }
        let from = folder.join(REMOVED).join(removed);
        move_file(&*self.environment.disk, &from, &folder.join(name))
    }

    fn template_text(&self, key: &str) -> Result<String> {
        if let Some(path) = key.strip_prefix("shipped/") {
            let found = SHIPPED.iter().find(|(known, _)| *known == path);
            return found.map(|(_, text)| (*text).to_owned()).ok_or_else(not_found);
        }
        let (origin, name) = parsed(key).ok_or_else(not_found)?;
        let path = self.folder_of_templates(origin).join(name);
        // A library made by a stranger may have anything here.
        let about = fs::symlink_metadata(&path).at(&path)?;
        if !about.is_file() {
            return Err(not_found().at(&path));
        }
        if about.len() > LARGEST {
            return Err(Error::new(ErrorKind::TooBig, "a template is no larger than 256 KiB").at(&path));
        }
        let bytes = fs::read(&path).at(&path)?;
        Ok(crate::encoding::decode(&bytes).text)
    }

    /// The file of a template that can be changed.
    fn own_template(&self, key: &str) -> Result<PathBuf> {
        let (origin, name) = parsed(key).ok_or_else(not_found)?;
        let path = self.folder_of_templates(origin).join(name);
        if !fs::symlink_metadata(&path).is_ok_and(|about| about.is_file()) {
            return Err(not_found().at(&path));
        }
        Ok(path)
    }

    /// The name of a section as it is shown; empty where there is none.
    pub(super) fn name_of_section(&self, section: &str) -> String {
        let config = self.config();
        let mut name = String::new();
        let mut sections = config.sections.as_slice();
        for part in section.split('/') {
            let Some(found) = sections.iter().find(|one| one.slug == part) else {
                break;
            };
            name.clone_from(&found.name);
            sections = &found.sections;
        }
        name
    }

    fn folder_of_templates(&self, origin: TemplateOrigin) -> PathBuf {
        match origin {
            TemplateOrigin::Desk => self.root.join(".edito").join("templates"),
            _ => self.environment.places.data.join("templates"),
        }
    }

    fn make_templates_folder(&self, origin: TemplateOrigin, folder: &Path) -> Result<()> {
        match origin {
            TemplateOrigin::Desk => self.make_folder(folder),
            _ => create_folders(&*self.environment.disk, folder, true),
        }
    }

    /// What a section is for, and the template that is named for it, there or in a section above it.
    fn kind_and_template(&self, section: &str) -> (Option<String>, Option<String>) {
        let config = self.config();
        let (mut kind, mut template) = (None, None);
        let mut sections = config.sections.as_slice();
        for part in section.split('/') {
            let Some(found) = sections.iter().find(|one| one.slug == part) else {
                break;
            };
            kind = found.kind.clone().or(kind);
            template = found.template.clone().or(template);
            sections = &found.sections;
        }
        (kind, template)
    }
}

/// The templates that come with Edito, by language and name.
const SHIPPED: [(&str, &str); 13] = [
    ("fr/editorial.md", include_str!("../../templates/fr/editorial.md")),
    ("fr/analyse.md", include_str!("../../templates/fr/analyse.md")),
    ("fr/entretien.md", include_str!("../../templates/fr/entretien.md")),
    ("fr/lecture.md", include_str!("../../templates/fr/lecture.md")),
    ("fr/mention.md", include_str!("../../templates/fr/mention.md")),
    ("fr/lettre.md", include_str!("../../templates/fr/lettre.md")),
    ("en/editorial.md", include_str!("../../templates/en/editorial.md")),
    ("en/analysis.md", include_str!("../../templates/en/analysis.md")),
    ("en/interview.md", include_str!("../../templates/en/interview.md")),
    ("en/review.md", include_str!("../../templates/en/review.md")),
    ("en/mention.md", include_str!("../../templates/en/mention.md")),
    ("en/letter.md", include_str!("../../templates/en/letter.md")),
    ("ar/editorial.md", include_str!("../../templates/ar/editorial.md")),
];

/// A folder beside the templates, with those that were put aside.
const REMOVED: &str = "removed";
/// A larger file is no template.
const LARGEST: u64 = 256 << 10;
/// More templates of one place are not listed.
const MOST: usize = 200;

fn word(origin: TemplateOrigin) -> &'static str {
    match origin {
        TemplateOrigin::Desk => "desk",
        TemplateOrigin::Own => "own",
        TemplateOrigin::Shipped => "shipped",
    }
}

fn key_of(origin: TemplateOrigin, path: &Path) -> String {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    format!("{}/{name}", word(origin))
}

/// Whose a template is and what its file is called, for one that lies in a folder.
fn parsed(key: &str) -> Option<(TemplateOrigin, &str)> {
    let (origin, name) = key.split_once('/')?;
    let origin = match origin {
        "desk" => TemplateOrigin::Desk,
        "own" => TemplateOrigin::Own,
        _ => return None,
    };
    is_plain(name).then_some((origin, name))
}

/// Whether a name leads nowhere else.
fn is_plain(name: &str) -> bool {
    name.ends_with(".md") && !name.starts_with('.') && !name.contains(['/', '\\', '\0', ':'])
}

fn files_in(folder: &Path) -> Vec<String> {
    let is_link = fs::symlink_metadata(folder).is_ok_and(|about| about.file_type().is_symlink());
    let Some(entries) = fs::read_dir(folder).ok().filter(|_| !is_link) else {
        return Vec::new();
    };
    let names = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_plain(name)).take(MOST).collect();
    names.sort();
    names
}

fn not_found() -> Error {
    Error::new(ErrorKind::NotFound, "there is no such template")
}
