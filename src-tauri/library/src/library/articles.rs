//! New articles, their names and places, the trash, and their front matter.

use super::Library;
use crate::article::{LibraryChanges, Saved};
use crate::disk::{ContentHash, create_folders, move_file};
use crate::encoding::{Decoded, encode};
use crate::error::{At, Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::{lock, rows};
use crate::journal::Identity;
use crate::names::{check_name, create_under_free_name, file_name as name_for, move_under_free_name};
use crate::trash::{self, ToTrash};
use crate::walk::{is_article_name, within};
use edito_prose::frontmatter;
use edito_prose::template::Values;
use edito_prose::{Author, Field, FieldValue, Lang, SetFieldError, set_field};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// An article in the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrashedArticle {
    /// Its name in the trash, for [`Library::restore`].
    pub id: String,
    /// The article.
    pub article: Option<ArticleId>,
    /// Its title when it was trashed.
    pub title: String,
    /// Where it was, within the library.
    pub path: String,
    /// When: milliseconds since 1970, UTC.
    pub time: i64,
}

impl Library {
    /// Makes a new article in a section (a path of slugs, empty for the root), with its front
    /// matter: id, title, section where the folder does not tell it, the author when the
    /// desk has only one, date, lang and the status `draft`. Never replaces a file.
    ///
    /// # Errors
    /// `ReadOnly`, `DiskFull`, `Io`, `Vanished`.
    pub fn create_article(
        &self,
        section: &str,
        title: &str,
        lang: Option<&Lang>,
    ) -> Result<(ArticleId, LibraryChanges)> {
        self.create_from(section, title, lang, None)
    }

    /// The same, beginning with a template: its fields, and its text with what is known filled in.
    ///
    /// # Errors
    /// As [`Library::create_article`]; `NotFound` for the template, `Invalid` when its front matter can't be changed.
    pub fn create_from(
        &self,
        section: &str,
        title: &str,
        lang: Option<&Lang>,
        template: Option<&str>,
    ) -> Result<(ArticleId, LibraryChanges)> {
        self.check_root()?;
        let template = template.map(|key| self.template(key)).transpose()?;
        let settings = self.settings();
        let now = (self.environment.now)();
        let id = ArticleId((self.environment.new_id)(now).hyphenated().to_string());
        let lang = lang
            .cloned()
            .or_else(|| settings.config.languages.first().map(|tag| Lang::from_tag(tag)));
        let folder = self.folder_of(section)?;
        let untitled = untitled(lang.as_ref());
        let name = name_for(
            if title.trim().is_empty() {
                untitled
            } else {
                title.trim()
            },
            "md",
        );

        let today = now.to_zoned(jiff::tz::TimeZone::system()).date().to_string();
        let mut text = template.map_or_else(
            || String::from("\n"),
            |template| {
                template.filled(&Values {
                    title: title.trim(),
                    date: &today,
                    author: match settings.config.authors.as_slice() {
                        [author] => &author.name,
                        _ => "",
                    },
                    section: &self.name_of_section(section),
                })
            },
        );
        let mut set = |field, value: FieldValue| -> Result<()> {
            text = set_field(&text, field, &value).map_err(field_error)?;
            Ok(())
        };
        set(Field::Id, FieldValue::Text(id.0.clone()))?;
        set(Field::Title, FieldValue::Text(title.trim().to_owned()))?;
        let by_folder = settings.sections.place(None, &format!("{}{name}", slashed(&folder)));
        if !section.is_empty() && by_folder.path != section {
            set(Field::Section, FieldValue::Text(section.to_owned()))?;
        }
        if let [author] = settings.config.authors.as_slice() {
            let author = Author {
                name: author.name.clone(),
                function: author.function.clone(),
            };
            set(Field::Authors, FieldValue::Authors(vec![author]))?;
        }
        set(Field::Date, FieldValue::Text(today.clone()))?;
        if let Some(lang) = &lang {
            set(Field::Lang, FieldValue::Text(lang.tag().to_owned()))?;
        }
        set(Field::Status, FieldValue::Text("draft".to_owned()))?;

        let folder = self.root.join(folder);
        self.make_folder(&folder)?;
        let path = create_under_free_name(&*self.environment.disk, &folder, &name, text.as_bytes())?;
        self.indexed(&path, id)
    }

    /// A copy of an article beside it, with an identity of its own, and with `title` where its front matter has one.
    ///
    /// # Errors
    /// As [`Library::create_article`], and `NotFound`.
    pub fn duplicate(&self, id: &ArticleId, title: Option<&str>) -> Result<(ArticleId, LibraryChanges)> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        let copy = ArticleId(
            (self.environment.new_id)((self.environment.now)())
                .hyphenated()
                .to_string(),
        );
        let decoded = self.decode(id, &bytes)?;
        let front = frontmatter::read(&decoded.text);
        // Without a declared id, the copy is told from the original by its path.
        let fields = [
            (Field::Id, front.id.is_some().then(|| copy.0.clone())),
            (Field::Title, title.filter(|_| front.title.is_some()).map(str::to_owned)),
        ];
        let mut text = decoded.text.clone();
        for (field, value) in fields {
            if let Some(value) = value
                && let Ok(changed) = set_field(&text, field, &FieldValue::Text(value))
            {
                text = changed;
            }
        }
        let bytes = if decoded.lossless && text != decoded.text {
            encode(&decoded, &text)?
        } else {
            bytes
        };
        let absolute = self.root.join(&path);
        let (folder, name) = folder_and_name(&absolute)?;
        let path = create_under_free_name(&*self.environment.disk, folder, name, &bytes)?;
        self.indexed(&path, copy)
    }

    /// Gives the file of an article another name in the same folder. Never replaces a file.
    ///
    /// # Errors
    /// `AlreadyExists`, `BadName`, `NotFound`, `ReadOnly`, `Io`, `Vanished`.
    pub fn rename(&self, id: &ArticleId, file_name: &str) -> Result<LibraryChanges> {
        let path = self.path_of(id)?;
        let mut name = check_name(file_name.trim())?;
        if !is_article_name(Path::new(&name)) {
            let ending = path.rsplit_once('.').map_or("md", |(_, ending)| ending);
            name = check_name(&format!("{name}.{ending}"))?;
        }
        let from = self.root.join(&path);
        let (folder, _) = folder_and_name(&from)?;
        let to = folder.join(name);
        if from == to {
            return Ok(LibraryChanges {
                total: self.index.total()?,
                ..LibraryChanges::default()
            });
        }
        self.identify(id)?;
        move_file(&*self.environment.disk, &from, &to)?;
        self.moved(id, &path, &to)
    }

    /// Moves an article to a section: its file where the section has a folder, and its
    /// `section` field where the folder alone does not tell.
    ///
    /// # Errors
    /// As [`Library::rename`] and [`Library::save`].
    pub fn move_to(&self, id: &ArticleId, section: &str) -> Result<LibraryChanges> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        let decoded = self.decode(id, &bytes)?;
        let folder = self.folder_of(section)?;
        let from = self.root.join(&path);
        let (_, name) = folder_and_name(&from)?;
        let place = |declared: Option<&str>| {
            self.settings()
                .sections
                .place(declared, &format!("{}{name}", slashed(&folder)))
                .path
        };
        let declared = frontmatter::read(&decoded.text).section;
        let mut saved = None;
        if place(declared.as_deref()) != section {
            let value = if place(None) == section || section.is_empty() {
                FieldValue::Absent
            } else {
                FieldValue::Text(section.to_owned())
            };
            let text = set_field(&decoded.text, Field::Section, &value)
                .map_err(field_error)
                .at(&from)?;
            let new = self.encode(id, &bytes, &decoded, &text).at(&from)?;
            saved = Some(self.replace(id, &path, &bytes, ContentHash::of(&bytes), &new)?);
        }
        let target = self.root.join(&folder);
        if from.parent() == Some(target.as_path()) {
            return Ok(saved.map(|saved| saved.changes).unwrap_or_default());
        }
        self.identify(id)?;
        self.make_folder(&target)?;
        let to = move_under_free_name(&*self.environment.disk, &from, &target, name)?;
        self.moved(id, &path, &to)
    }

    /// Moves an article to the library's trash, and answers its name there.
    ///
    /// # Errors
    /// `NotFound`, `ReadOnly`, `Io`, `Vanished`.
    pub fn trash(&self, id: &ArticleId) -> Result<(String, LibraryChanges)> {
        let path = self.path_of(id)?;
        let title = self.row(id)?.map(|row| row.title).unwrap_or_default();
        self.identify(id)?;
        let now = (self.environment.now)();
        let key = (self.environment.new_id)(now).simple().to_string();
        let what = ToTrash {
            path: Path::new(&path),
            article: Some(id.as_str()),
            title: &title,
            time: now.as_millisecond(),
            id: &key,
        };
        // A file that can't be read can be thrown away.
        let hash = self.read_bytes(&path).map(|bytes| ContentHash::of(&bytes).to_string());
        let hash = hash.unwrap_or_default();
        let trashed = {
            // Nobody may look for the article between the two: a copy would be taken for it.
            let mut journal = lock(&self.journal);
            let trashed = trash::move_to_trash(&*self.environment.disk, &self.root, &what)?;
            let place = trash::place_of(&trashed.id, &trashed.path);
            if let Err(error) = self.record_place(&mut journal, id, &place, &hash) {
                tracing::warn!(%error, path, "that an article is in the trash could not be recorded");
            }
            trashed
        };
        Ok((trashed.id, self.after_write(&path)))
    }

    /// What is in the trash, the latest first.
    ///
    /// # Errors
    /// `Io`.
    pub fn trashed(&self) -> Result<Vec<TrashedArticle>> {
        let trashed = trash::list(&*self.environment.disk, &self.root)?;
        let shown = trashed.into_iter().map(|entry| TrashedArticle {
            id: entry.id,
            article: entry.article.map(ArticleId),
            title: entry.title,
            path: entry.path,
            time: entry.time,
        });
        Ok(shown.collect())
    }

    /// Brings an article back from the trash, under another name when its own is taken.
    ///
    /// # Errors
    /// `NotFound`, `ReadOnly`, `Io`, `Vanished`.
    pub fn restore(&self, trash_id: &str) -> Result<(ArticleId, LibraryChanges)> {
        let entry = self.trashed()?.into_iter().find(|entry| entry.id == trash_id);
        let article = entry.as_ref().and_then(|entry| entry.article.clone());
        let absolute = {
            // Recorded before the file moves: a kill between the two leaves an article that is found by its content.
            let mut journal = lock(&self.journal);
            let known = article
                .as_ref()
                .and_then(|article| Some((article, journal.identity(article)?)));
            let mut record = |path: &str| match &known {
                Some((article, Identity { hash, .. })) => {
                    self.record_place(&mut journal, article, path, hash.as_deref().unwrap_or_default())
                }
                None => Ok(()),
            };
            let restored = trash::restore(&*self.environment.disk, &self.root, trash_id, &mut record);
            if restored.is_err()
                && let Some(entry) = &entry
            {
                let _ = record(&trash::place_of(trash_id, &entry.path));
            }
            self.root.join(restored?)
        };
        self.indexed(&absolute, article.unwrap_or_else(|| ArticleId(String::new())))
    }

    /// Deletes things in the trash for good. Their versions stay in the history.
    ///
    /// # Errors
    /// `NotFound`, `ReadOnly`, `Io`.
    pub fn delete_forever(&self, trash_ids: &[String]) -> Result<()> {
        let trashed = self.trashed()?;
        for id in trash_ids {
            trash::delete_forever(&*self.environment.disk, &self.root, id)?;
            if let Some(entry) = trashed.iter().find(|entry| entry.id == *id)
                && let Err(error) = self.let_go(entry)
            {
                tracing::warn!(%error, path = entry.path, "that an article is gone could not be recorded");
            }
        }
        Ok(())
    }

    /// Changes one field of the front matter, and nothing else in the file.
    ///
    /// # Errors
    /// As [`Library::save`]; `Invalid` when the field can't be set without touching others.
    pub fn set_field(&self, id: &ArticleId, field: Field, value: &FieldValue, based_on: &str) -> Result<Saved> {
        let path = self.path_of(id)?;
        let bytes = self.read_bytes(&path)?;
        let present = self.expect(id, &path, &bytes, based_on)?;
        let decoded: Decoded = self.decode(id, &bytes)?;
        let text = set_field(&decoded.text, field, value)
            .map_err(field_error)
            .at(self.root.join(&path))?;
        let new = self.encode(id, &bytes, &decoded, &text).at(self.root.join(&path))?;
        self.replace(id, &path, &bytes, present, &new)
    }

    /// An article whose file is deleted for good may come back with all that was said of it, from a backup say; but no
    /// copy that is there already takes its place.
    fn let_go(&self, entry: &TrashedArticle) -> Result<()> {
        let identity = |article| lock(&self.journal).identity(article);
        let Some((article, identity)) = entry.article.as_ref().and_then(|id| Some((id, identity(id)?))) else {
            return Ok(());
        };
        let hash = identity.hash.unwrap_or_default();
        let resembled: bool = self.index.reader()?.rows()?.query_row(
            "SELECT EXISTS (SELECT 1 FROM articles WHERE declared = ?1 OR hash = ?2 OR path = ?3)",
            [article.as_str(), hash.as_str(), entry.path.as_str()],
            |row| row.get(0),
        )?;
        let place = if resembled { trash::NOWHERE } else { &entry.path };
        self.record_moved(article, place, &hash)
    }

    /// The folder for articles of a section: the one of `edito.toml`, else the one that most
    /// of its articles lie in, else one named after it.
    fn folder_of(&self, section: &str) -> Result<String> {
        if section.is_empty() {
            return Ok(String::new());
        }
        if section.split('/').any(|part| part.is_empty() || part.starts_with('.')) || section.contains('\\') {
            return Err(Error::new(
                ErrorKind::BadName,
                format!("there can be no section {section}"),
            ));
        }
        if let Some(folder) = self.settings().sections.folder(section) {
            return Ok(folder.to_owned());
        }
        let reader = self.index.reader()?;
        let mut statement = reader.rows()?.prepare_cached(
            "SELECT rtrim(path, replace(path, '/', '')) AS folder FROM articles WHERE section = ?1
             GROUP BY folder ORDER BY count(*) DESC, folder LIMIT 1",
        )?;
        let mut folders = statement.query_map([section], |row| row.get::<_, String>(0))?;
        let sections = &self.settings().sections;
        Ok(match folders.next().transpose()? {
            Some(folder) if sections.place(None, &format!("{folder}x.md")).path == section => {
                folder.trim_end_matches('/').to_owned()
            }
            _ => section.to_owned(),
        })
    }

    /// Makes a folder of the library when it is missing. In a stranger's library any part of the
    /// way there may be a link to somewhere else: nothing is made or written behind one.
    pub(super) fn make_folder(&self, folder: &Path) -> Result<()> {
        let outside = || Error::new(ErrorKind::Invalid, "the folder leads out of the library").at(folder);
        let mut way = self.root.clone();
        for part in folder.strip_prefix(&self.root).map_err(|_| outside())?.components() {
            let Component::Normal(name) = part else {
                return Err(outside());
            };
            way.push(name);
            if fs::symlink_metadata(&way).is_ok_and(|about| about.is_symlink()) {
                return Err(outside());
            }
        }
        create_folders(&*self.environment.disk, folder, false)
    }

    fn moved(&self, id: &ArticleId, from: &str, to: &Path) -> Result<LibraryChanges> {
        let outside = || Error::new(ErrorKind::Invalid, "it is not in this library").at(to);
        let path = within(&self.root, to).ok_or_else(outside)?;
        let bytes = self.read_bytes(&path)?;
        if self.journal_knows(id) {
            self.record_moved(id, &path, &ContentHash::of(&bytes).to_string())?;
        }
        self.reconcile_paths(&[from.to_owned(), path])
    }

    /// Takes a file in that was just written; answers the article that it turned out to be.
    pub(super) fn indexed(&self, path: &Path, expected: ArticleId) -> Result<(ArticleId, LibraryChanges)> {
        let outside = || Error::new(ErrorKind::Invalid, "it is not in this library").at(path);
        let path = within(&self.root, path).ok_or_else(outside)?;
        let changes = self.after_write(&path);
        let reader = self.index.reader()?;
        let id = rows::known_at(reader.rows()?, &path)?.map_or(expected, |known| known.id);
        Ok((id, changes))
    }
}

/// What a file without a title is called.
pub(super) fn untitled(lang: Option<&Lang>) -> &'static str {
    if lang == Some(&Lang::Fr) {
        "Sans titre"
    } else {
        "Untitled"
    }
}

fn slashed(folder: &str) -> String {
    if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    }
}

fn folder_and_name(path: &Path) -> Result<(&Path, &str)> {
    let folder = path.parent();
    let name = path.file_name().and_then(|name| name.to_str());
    folder
        .zip(name)
        .ok_or_else(|| Error::new(ErrorKind::BadName, "it has no name").at(PathBuf::from(path)))
}

fn field_error(error: SetFieldError) -> Error {
    Error::new(ErrorKind::Invalid, error.to_string()).because(error)
}
