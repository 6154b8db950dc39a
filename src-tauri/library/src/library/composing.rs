//! Articles made out of articles: parts that become articles, articles that become one.

use super::Library;
use super::articles::untitled;
use crate::article::LibraryChanges;
use crate::disk::ContentHash;
use crate::error::{Error, ErrorKind, Result};
use crate::history::SnapshotKind;
use crate::identity::ArticleId;
use crate::names::{create_under_free_name, file_name};
use edito_prose::compose::{Part, Piece, merge};
use edito_prose::{Author, Field, FieldValue, Lang, frontmatter, set_field};

/// What became of articles that were put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The text of the first article before.
    pub before: String,
    /// The hash of its file now: with it, `before` can be put back.
    pub hash: String,
    /// The names of the others in the trash.
    pub trashed: Vec<String>,
    /// What changed in the list.
    pub changes: LibraryChanges,
}

impl Library {
    /// Makes an article of each part, beside the one that they come from: each has the title of its part, an identity of
    /// its own, and otherwise the front matter of `source` (the whole text that they were taken out of), without its
    /// standfirst and its teaser. Never replaces a file; the article itself is not changed. What was made before an error
    /// stays.
    ///
    /// # Errors
    /// As [`Library::create_article`], and `NotFound`; `Invalid` for a front matter that can't be changed.
    pub fn create_parts(
        &self,
        like: &ArticleId,
        source: &str,
        parts: &[Part],
    ) -> Result<(Vec<ArticleId>, LibraryChanges)> {
        self.check_root()?;
        let path = self.path_of(like)?;
        let absolute = self.root.join(&path);
        let outside = || Error::new(ErrorKind::BadName, "it has no folder").at(&path);
        let folder = absolute.parent().ok_or_else(outside)?;
        let ending = path.rsplit_once('.').map_or("md", |(_, ending)| ending);
        let split = frontmatter::split(source);
        let head = source.get(..split.body_start).unwrap_or_default();
        let lang = frontmatter::read_split(source, &split).lang;
        let lang = lang.or_else(|| self.config().languages.first().map(|tag| Lang::from_tag(tag)));
        let mut made = Vec::new();
        let mut changes = LibraryChanges::default();
        for part in parts {
            let now = (self.environment.now)();
            let id = ArticleId((self.environment.new_id)(now).hyphenated().to_string());
            let gap = if head.is_empty() || part.body.starts_with('\n') {
                ""
            } else {
                "\n"
            };
            let mut text = format!("{head}{gap}{}", part.body);
            for (field, value) in [
                (Field::Id, FieldValue::Text(id.0.clone())),
                (Field::Title, FieldValue::Text(part.title.clone())),
                (Field::Standfirst, FieldValue::Absent),
                (Field::Teaser, FieldValue::Absent),
            ] {
                text = set_field(&text, field, &value).map_err(|error| {
                    Error::new(ErrorKind::Invalid, error.to_string())
                        .at(&path)
                        .because(error)
                })?;
            }
            let name = file_name(
                if part.title.is_empty() {
                    untitled(lang.as_ref())
                } else {
                    &part.title
                },
                ending,
            );
            let made_at = create_under_free_name(&*self.environment.disk, folder, &name, text.as_bytes())?;
            let (id, change) = self.indexed(&made_at, id)?;
            changes.new.extend(change.new);
            changes.updated.extend(change.updated);
            changes.deleted.extend(change.deleted);
            changes.total = change.total;
            made.push(id);
        }
        Ok((made, changes))
    }

    /// Puts articles together: the first keeps its file, its identity and its front matter, with the authors and tags of
    /// all; the others follow below it ([`merge`]) and go to the trash. The first article's text of before is kept as a
    /// version.
    ///
    /// # Errors
    /// `Invalid` for fewer than two articles or a front matter that can't be read; as [`Library::save`]. Nothing is thrown
    /// away before the text is saved, and what can't be, or has changed meanwhile, stays where it is.
    pub fn merge_articles(&self, ids: &[ArticleId]) -> Result<Merged> {
        let (Some(first), true) = (ids.first(), ids.len() > 1) else {
            return Err(Error::new(ErrorKind::Invalid, "there is nothing to put together"));
        };
        let mut seen = std::collections::HashSet::new();
        if !ids.iter().all(|id| seen.insert(id)) {
            return Err(Error::new(ErrorKind::Invalid, "an article is named twice"));
        }
        let mut texts = Vec::new();
        for id in ids {
            let text = self.read_text(id)?;
            if let Some(reason) = text.read_only {
                let why = Error::new(ErrorKind::ReadOnly, format!("{reason:?}"));
                return Err(why.at(self.root.join(&text.path)));
            }
            let title = self.row(id)?.map(|row| row.title).unwrap_or_default();
            texts.push((text, title));
        }
        let pieces: Vec<Piece<'_>> = texts
            .iter()
            .map(|(text, title)| Piece {
                text: &text.text,
                title,
                folder: text.path.rsplit_once('/').map_or("", |(folder, _)| folder),
            })
            .collect();
        let mut merged = merge(&pieces);
        let (mut tags, mut authors): (Vec<String>, Vec<Author>) = (Vec::new(), Vec::new());
        for piece in &pieces {
            let front = frontmatter::read(piece.text);
            tags.extend(front.tags);
            authors.extend(front.authors);
        }
        let own = frontmatter::read(&merged);
        let mut known = std::collections::HashSet::new();
        tags.retain(|tag| known.insert(tag.clone()));
        known.clear();
        authors.retain(|author| known.insert(author.name.clone()));
        let mut set = |field, value: FieldValue| -> Result<()> {
            merged = set_field(&merged, field, &value)
                .map_err(|error| Error::new(ErrorKind::Invalid, error.to_string()).because(error))?;
            Ok(())
        };
        if tags.len() > own.tags.len() {
            set(Field::Tags, FieldValue::List(tags))?;
        }
        if authors.len() > own.authors.len() {
            set(Field::Authors, FieldValue::Authors(authors))?;
        }
        let mut texts = texts.into_iter();
        let Some((before, _)) = texts.next() else {
            return Err(Error::new(ErrorKind::Invalid, "there is nothing to put together"));
        };
        let bytes = self.read_bytes(&before.path)?;
        self.expect(first, &before.path, &bytes, &before.hash)?;
        self.identify(first)?;
        self.keep(first, &before.path, &bytes, &SnapshotKind::Before("joined".into()))?;
        let saved = self.save(first, &merged, &before.hash)?;
        let mut changes = saved.changes;
        let mut trashed = Vec::new();
        for (id, (text, _)) in ids.iter().skip(1).zip(texts) {
            // What another program wrote into it meanwhile is not in the text: then it stays where it is.
            let present = self
                .read_bytes(&text.path)
                .map(|bytes| ContentHash::of(&bytes).to_string());
            if !present.is_ok_and(|present| present == text.hash) {
                tracing::warn!(
                    path = text.path,
                    "an article changed while it was put together with others, and stays"
                );
                continue;
            }
            let (key, change) = match self.trash(id) {
                Ok(trashed) => trashed,
                Err(error) => {
                    // The text is saved: what stays beside it is there twice, and can be thrown away by hand.
                    tracing::warn!(%error, path = text.path, "an article that was put together with others stays");
                    continue;
                }
            };
            trashed.push(key);
            changes.deleted.extend(change.deleted);
            changes.updated.extend(change.updated);
            changes.total = change.total;
        }
        Ok(Merged {
            before: before.text,
            hash: saved.hash,
            trashed,
            changes,
        })
    }
}
