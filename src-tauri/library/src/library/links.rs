//! Where links and images of an article lead.

use super::Library;
use crate::article::{ConflictCopy, Row};
use crate::error::Result;
use crate::identity::ArticleId;
use crate::index::facts::{name_key, stem_of};
use crate::index::rows;
use edito_prose::{analysis, frontmatter};
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;

impl Library {
    /// The file of an image that an article shows, when it lies within the library and is no
    /// symbolic link out of it.
    pub fn image(&self, article: &ArticleId, target: &str) -> Option<PathBuf> {
        if analysis::is_external(target) {
            return None;
        }
        let target = decoded_path(target)?;
        let path = self.path_of(article).ok()?;
        let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let candidates = match target.strip_prefix('/') {
            Some(rest) => vec![joined("", rest), joined("static", rest)],
            None => vec![
                joined(own, &target),
                joined("", &target),
                joined("static", &target),
                joined("assets", &target),
                joined("attachments", &target),
            ],
        };
        candidates.into_iter().flatten().find_map(|path| {
            let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
            if !IMAGES.contains(&ending.as_str()) || path.split('/').any(|part| part.starts_with('.')) {
                return None;
            }
            let file = fs::canonicalize(self.root.join(path)).ok()?;
            (file.starts_with(&self.root) && file.is_file()).then_some(file)
        })
    }

    /// The article that a link of an article leads to: a wiki link by title or file name, a
    /// relative path, a path from the root, or Zola's `@/…`.
    pub fn resolve_link(&self, article: &ArticleId, target: &str) -> Option<ArticleId> {
        let reader = self.index.reader().ok()?;
        let path = self.path_of(article).ok()?;
        resolve(reader.rows().ok()?, &path, target)
    }

    /// The same piece in other languages: named by `translation` in the front matter (an id
    /// or a path), or beside it under Hugo's names (`piece.fr.md`, `piece.en.md`).
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn translations(&self, id: &ArticleId) -> Result<Vec<Row>> {
        let path = self.path_of(id)?;
        let reader = self.index.reader()?;
        let rows = reader.rows()?;
        let mut found: Vec<ArticleId> = Vec::new();
        let bytes = self.read_bytes(&path).unwrap_or_default();
        let text = self.decode(id, &bytes)?.text;
        for line in frontmatter::split(&text).front.lines() {
            let Some((key, value)) = line.split_once([':', '=']) else {
                continue;
            };
            if key.trim() == "translation" {
                let value = value.trim().trim_matches(['"', '\'']);
                found.extend(match self.find(value)? {
                    Some(id) => Some(id),
                    None => resolve(rows, &path, value),
                });
            }
        }
        let (folder, name) = path
            .rsplit_once('/')
            .map_or(("", path.as_str()), |(folder, name)| (folder, name));
        let stem = stem_of(name);
        let plain = stem
            .rsplit_once('.')
            .filter(|(_, tag)| is_tag(tag))
            .map_or(stem, |(plain, _)| plain);
        let prefix = if folder.is_empty() {
            format!("{plain}.")
        } else {
            format!("{folder}/{plain}.")
        };
        let mut statement = rows.prepare_cached("SELECT path, id FROM articles WHERE path >= ?1 AND path < ?2")?;
        let end = format!("{}/", prefix.trim_end_matches('.'));
        let beside = statement.query_map([&prefix, &end], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        for beside in beside {
            let (other, other_id) = beside?;
            let middle = other.strip_prefix(&prefix).unwrap_or_default();
            if other != path
                && middle
                    .split_once('.')
                    .is_none_or(|(tag, rest)| is_tag(tag) && !rest.contains('.'))
            {
                found.push(ArticleId(other_id));
            }
        }
        let mut translations = Vec::new();
        for other in found {
            if other != *id
                && !translations.iter().any(|row: &Row| row.id == other)
                && let Some(known) = rows::known_by_id(rows, other.as_str())?
            {
                translations.extend(rows::row(rows, known.rowid)?);
            }
        }
        Ok(translations)
    }

    /// Files that sync programs set beside others because both sides had changed, with the
    /// files they conflict with. A copy whose original is gone is an article like any other.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn conflict_copies(&self) -> Result<Vec<ConflictCopy>> {
        let reader = self.index.reader()?;
        let rows = reader.rows()?;
        let mut statement = rows.prepare_cached(
            "SELECT path FROM articles WHERE path LIKE '%confli%' OR path LIKE '%case conflict%' ORDER BY path",
        )?;
        let paths: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut copies = Vec::new();
        for copy in paths {
            if let Some(original) = conflict_original(&copy)
                && rows::known_at(rows, &original)?.is_some()
            {
                copies.push(ConflictCopy { copy, original });
            }
        }
        Ok(copies)
    }
}

/// The article that a link on the page at `path` leads to.
pub(crate) fn resolve(rows: &Connection, path: &str, target: &str) -> Option<ArticleId> {
    if analysis::is_external(target) {
        return None;
    }
    let target = decoded_path(target)?;
    let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let candidates = if let Some(rest) = target.strip_prefix("@/") {
        vec![joined("", rest), joined("content", rest)]
    } else if let Some(rest) = target.strip_prefix('/') {
        vec![joined("", rest), joined("content", rest)]
    } else {
        vec![joined(own, &target), joined("", &target), joined("content", &target)]
    };
    for candidate in candidates.into_iter().flatten() {
        let candidate = candidate.trim_end_matches('/');
        for ending in ["", ".md", ".markdown", "/index.md", "/_index.md"] {
            if let Ok(Some(known)) = rows::known_at(rows, &format!("{candidate}{ending}")) {
                return Some(known.id);
            }
        }
    }
    // A path that says where it leads is not looked for elsewhere.
    if target.starts_with(['/', '.', '@']) {
        None
    } else {
        by_name(rows, &target)
    }
}

/// The file that a conflict copy was made of, by the names that sync programs give.
pub(crate) fn conflict_original(path: &str) -> Option<String> {
    let (folder, name) = path
        .rsplit_once('/')
        .map_or(("", path), |(folder, name)| (folder, name));
    let (stem, ending) = name.rsplit_once('.')?;
    // Syncthing: `x.sync-conflict-20240131-101010-ABCDEFG.md`
    let original = if let Some((original, _)) = stem.split_once(".sync-conflict-") {
        original
    } else {
        // Dropbox `x (Ana's conflicted copy 2024-01-31).md`, `x (copie en conflit de …).md`,
        // Nextcloud `x (conflicted copy 2024-01-31 101010).md`, `x (Case Conflict).md`.
        let (original, note) = stem.rsplit_once(" (")?;
        let note = note.strip_suffix(')')?.to_lowercase();
        let known = ["conflicted copy", "copie en conflit", "case conflict", "conflict"];
        known.iter().any(|words| note.contains(words)).then_some(original)?
    };
    (!original.is_empty()).then(|| match folder {
        "" => format!("{original}.{ending}"),
        folder => format!("{folder}/{original}.{ending}"),
    })
}

const IMAGES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "jfif"];

fn by_name(rows: &Connection, target: &str) -> Option<ArticleId> {
    let target = target.trim_matches('/');
    let name = target.rsplit_once('/').map_or(target, |(_, name)| name);
    let stem = name
        .strip_suffix(".md")
        .or_else(|| name.strip_suffix(".markdown"))
        .unwrap_or(name);
    let key = name_key(stem);
    if key.is_empty() {
        return None;
    }
    let folders = name_key(target.strip_suffix(name).unwrap_or_default());
    let sql = "SELECT id, path FROM articles WHERE stem = ?1
        UNION ALL SELECT id, path FROM articles WHERE title = ?1";
    let mut statement = rows.prepare_cached(sql).ok()?;
    let found: Vec<(String, String)> = statement
        .query_map([&key], |row| Ok((row.get(0)?, row.get(1)?)))
        .ok()?
        .filter_map(Result::ok)
        .collect();
    let fits = |path: &str| {
        let above = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.is_empty() || name_key(above).ends_with(&folders)
    };
    found
        .into_iter()
        .filter(|(_, path)| fits(path))
        .min_by(|(_, left), (_, right)| left.len().cmp(&right.len()).then_with(|| left.cmp(right)))
        .map(|(id, _)| ArticleId(id))
}

/// The path of a link without query and fragment, percent signs decoded; `None` when nothing
/// is left, or when it holds what no path does.
pub(super) fn decoded_path(target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next().unwrap_or_default().trim();
    let mut bytes = Vec::with_capacity(target.len());
    let mut rest = target.bytes();
    while let Some(byte) = rest.next() {
        let escaped = (byte == b'%').then(|| {
            let mut ahead = rest.clone();
            let high = char::from(ahead.next()?).to_digit(16)?;
            let low = char::from(ahead.next()?).to_digit(16)?;
            u8::try_from(high * 16 + low).ok()
        });
        match escaped.flatten() {
            Some(decoded) => {
                bytes.push(decoded);
                rest.nth(1);
            }
            None => bytes.push(byte),
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    let sound = !path.is_empty() && !path.contains(['\0', '\\']);
    sound.then_some(path)
}

/// A path from a folder within the library; `None` when it leads out of it.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn is_tag(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&language.len()) && tag.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn conflict_copies_are_known_by_name() {
        for (copy, original) in [
            ("a/x.sync-conflict-20240131-101010-ABCDEFG.md", Some("a/x.md")),
            ("x (Ana's conflicted copy 2024-01-31).md", Some("x.md")),
            ("x (conflicted copy).md", Some("x.md")),
            ("x (copie en conflit de Ana 2024-01-31).md", Some("x.md")),
            ("x (Case Conflict).md", Some("x.md")),
            ("conflits (1).md", None),
            ("x.md", None),
        ] {
            assert_eq!(conflict_original(copy).as_deref(), original, "{copy}");
        }
    }

    #[test]
    fn paths_never_lead_out() {
        assert_eq!(joined("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(joined("a", "../../c.md"), None);
        assert_eq!(decoded_path("%2e%2e/x.md#y").as_deref(), Some("../x.md"));
        assert_eq!(decoded_path("x%00.png"), None);
        assert_eq!(decoded_path("100%.md").as_deref(), Some("100%.md"));
        assert_eq!(decoded_path("#ancre"), None);
    }
}
