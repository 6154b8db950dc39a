//! The files of a library.
//!
//! Articles are the `.md` and `.markdown` files that neither a hidden folder, a `.gitignore`
//! nor `edito.toml` leaves out. Links to folders are not followed: a library made by a
//! stranger could otherwise show the entire disk, or itself without end. Links to files are.

use crate::disk::is_temporary_name;
use crate::error::{At, Error, ErrorKind, Result};
use ignore::overrides::OverrideBuilder;
use ignore::{IncrementalIgnore, WalkBuilder, WalkState};
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// What tells, without reading it, whether a file may have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970, UTC.
    pub modified: i64,
}

impl Stamp {
    /// The stamp in what the system says of a file.
    pub fn of(metadata: &Metadata) -> Stamp {
        let modified = metadata.modified().unwrap_or(UNIX_EPOCH);
        Stamp {
            size: metadata.len(),
            modified: nanoseconds(modified),
        }
    }
}

/// Calls `found` for each article with its path within the library (`/` between folders),
/// from several threads and in no order. A file whose name is not Unicode is passed over.
///
/// # Errors
/// `Vanished` when the root is no folder any more.
pub fn walk(root: &Path, ignored: &[String], found: &(dyn Fn(&str, Stamp) + Sync)) -> Result<()> {
    if !root.is_dir() {
        return Err(Error::new(ErrorKind::Vanished, "the library's folder is gone").at(root));
    }
    builder(root, ignored).threads(threads()).build_parallel().run(|| {
        Box::new(move |entry| {
            let Ok(entry) = entry else { return WalkState::Continue };
            let Some(kind) = entry.file_type() else {
                return WalkState::Continue;
            };
            if kind.is_dir() || !is_article_name(entry.path()) {
                return WalkState::Continue;
            }
            let metadata = if kind.is_symlink() {
                fs::metadata(entry.path()).ok()
            } else {
                entry.metadata().ok()
            };
            if let Some(metadata) = metadata.filter(Metadata::is_file)
                && let Some(path) = within(root, entry.path())
            {
                found(&path, Stamp::of(&metadata));
            }
            WalkState::Continue
        })
    });
    // A folder that disappears during the walk must not look like one that was emptied.
    if !root.is_dir() {
        return Err(Error::new(ErrorKind::Vanished, "the library's folder is gone").at(root));
    }
    Ok(())
}

/// Tells for single paths what [`walk`] would find.
pub struct Matcher {
    root: PathBuf,
    rules: Option<IncrementalIgnore>,
}

impl Matcher {
    /// The rules as they stand now.
    pub fn new(root: &Path, ignored: &[String]) -> Matcher {
        Matcher {
            root: root.to_path_buf(),
            rules: builder(root, ignored).build_matchers().pop(),
        }
    }

    /// The stamp of the article at a path within the library, or `None` when there is none.
    pub fn stamp(&mut self, path: &str) -> Option<Stamp> {
        let absolute = self.root.join(path);
        if !is_article_name(&absolute) || self.leaves_out(path, false) {
            return None;
        }
        // Not through a linked folder: the walk does not go there either.
        if passes_through_link(&self.root, path) {
            return None;
        }
        let metadata = fs::metadata(&absolute).ok().filter(Metadata::is_file)?;
        Some(Stamp::of(&metadata))
    }

    /// Adds all articles below a folder within the library.
    pub fn below(&mut self, folder: &str, found: &mut Vec<(String, Stamp)>) {
        if (!folder.is_empty() && self.leaves_out(folder, true)) || passes_through_link(&self.root, folder) {
            return;
        }
        let Ok(entries) = fs::read_dir(self.root.join(folder)) else {
            return;
        };
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            let Some(path) = within(&self.root, &entry.path()) else {
                continue;
            };
            if kind.is_dir() {
                self.below(&path, found);
            } else if let Some(stamp) = self.stamp(&path) {
                found.push((path, stamp));
            }
        }
    }

    fn leaves_out(&mut self, path: &str, is_folder: bool) -> bool {
        self.rules
            .as_mut()
            .is_some_and(|rules| rules.matched(path, is_folder).is_ignore())
    }
}

/// The path within the library, `/` between folders; `None` when it is outside, not Unicode,
/// or not plain.
pub fn within(root: &Path, path: &Path) -> Option<String> {
    let relative = if path.is_absolute() {
        path.strip_prefix(root).ok()?
    } else {
        path
    };
    let mut joined = String::with_capacity(relative.as_os_str().len());
    for component in relative.components() {
        match component {
            Component::Normal(part) => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part.to_str()?);
            }
            Component::CurDir => {}
            _ => return None,
        }
    }
    Some(joined)
}

/// Whether a file of this name is an article.
pub fn is_article_name(path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|end| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown"))
        && !is_temporary_name(name)
        && !name.to_string_lossy().starts_with('.')
}

/// Stamps a file.
///
/// # Errors
/// What the system says.
pub fn stamp(path: &Path) -> Result<Stamp> {
    Ok(Stamp::of(&fs::metadata(path).at(path)?))
}

/// How many threads read files.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(2, |count| count.get().clamp(2, 8))
}

fn builder(root: &Path, ignored: &[String]) -> WalkBuilder {
    let mut builder = WalkBuilder::new(root);
    builder
        .follow_links(false)
        .hidden(true)
        .parents(false)
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .git_ignore(true)
        .require_git(false);
    let mut rules = OverrideBuilder::new(root);
    for glob in ignored {
        // A glob that makes no sense is told by the configuration's reader; here it matches nothing.
        let _ = rules.add(&format!("!{glob}"));
    }
    if let Ok(rules) = rules.build() {
        builder.overrides(rules);
    }
    builder
}

fn passes_through_link(root: &Path, path: &str) -> bool {
    let mut folder = root.to_path_buf();
    let Some((folders, _)) = path.rsplit_once('/') else {
        return false;
    };
    folders.split('/').any(|part| {
        folder.push(part);
        fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.file_type().is_symlink())
    })
}

fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::sync::Mutex;

    fn write(root: &Path, path: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }

    #[test]
    fn the_walk_and_the_matcher_agree_on_what_is_an_article() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for path in [
            "a.md",
            "B.MARKDOWN",
            "c.mdx",
            "d.txt",
            "sub/e.md",
            ".hidden/f.md",
            ".g.md",
            "build/h.md",
            "drafts/i.md",
            "drafts/keep/j.md",
            ".edito-tmp-1.md",
            "sub/.edito/k.md",
            "sub/deep/l.md",
            "sub/deep/out.md",
        ] {
            write(root, path);
        }
        fs::write(root.join(".gitignore"), "/build\n").unwrap();
        fs::write(root.join("sub/.gitignore"), "out.md\n").unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root, root.join("sub/loop")).unwrap();
            std::os::unix::fs::symlink(root.join("a.md"), root.join("link.md")).unwrap();
        }
        let ignored = vec!["drafts/**".to_owned()];
        let found = Mutex::new(Vec::new());
        walk(root, &ignored, &|path, stamp| {
            found.lock().unwrap().push((path.to_owned(), stamp))
        })
        .unwrap();
        let mut found = found.into_inner().unwrap();
        found.sort_by(|left, right| left.0.cmp(&right.0));
        let names: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
        let mut expected = vec!["B.MARKDOWN", "a.md", "sub/deep/l.md", "sub/e.md"];
        if cfg!(unix) {
            expected.insert(2, "link.md");
        }
        assert_eq!(names, expected);
        let mut matcher = Matcher::new(root, &ignored);
        let mut below = Vec::new();
        matcher.below("", &mut below);
        below.sort_by(|left, right| left.0.cmp(&right.0));
        assert_eq!(below, found);
        for path in [
            "build/h.md",
            "drafts/i.md",
            ".hidden/f.md",
            "sub/loop/a.md",
            "sub/deep/out.md",
        ] {
            assert_eq!(matcher.stamp(path), None, "{path}");
        }
    }

    #[test]
    fn a_folder_that_is_gone_is_not_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("gone");
        let error = walk(&gone, &[], &|_, _| {}).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Vanished);
    }
}
