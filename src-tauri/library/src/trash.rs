//! The library's own trash: `.edito/trash/<time>-<id>/`, with what was thrown away in `content/`
//! under its own name, and `entry.json` saying where it was.
//!
//! The entry is written before the file moves in, and removed after the file has moved out, so an
//! interruption leaves the file in one of the two places. An entry without a file counts for
//! nothing.

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk::{Disk, EntryKind, about_if_present, again, create_folders, create_new, if_present, move_file};
use crate::error::{At, Error, ErrorKind, Result};
use crate::names::under_free_name;

/// What is to be thrown away.
#[derive(Debug, Clone, Copy)]
pub struct ToTrash<'a> {
    /// Where it is, within the library.
    pub path: &'a Path,
    /// The article's identity, when it is known.
    pub article: Option<&'a str>,
    /// The article's title, for the list.
    pub title: &'a str,
    /// Now: milliseconds since 1970, UTC.
    pub time: i64,
    /// An identity that nothing in the trash has: letters, digits and hyphens.
    pub id: &'a str,
}

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trashed {
    /// Its name in the trash, for [`restore`] and [`delete_forever`].
    pub id: String,
    /// The article's identity, when it was known.
    pub article: Option<String>,
    /// Its title when it was thrown away, else its file name.
    pub title: String,
    /// Where it was, within the library, `/` between folders.
    pub path: String,
    /// When: milliseconds since 1970, UTC.
    pub time: i64,
}

/// Moves a file of the library to its trash. `root` is the library's folder.
///
/// Errors: `Invalid` when the path leads out of the library; `NotFound`, `ReadOnly`, `DiskFull`,
/// `Io`. The file is where it was after any of them.
pub fn move_to_trash(disk: &dyn Disk, root: &Path, what: &ToTrash<'_>) -> Result<Trashed> {
    if !is_within(what.path) || !is_plain(what.id) {
        return Err(Error::new(ErrorKind::Invalid, "it is not in this library").at(what.path));
    }
    let from = root.join(what.path);
    let Some(name) = from.file_name() else {
        return Err(Error::new(ErrorKind::Invalid, "it is not a file").at(what.path));
    };
    if about_if_present(disk, &from)?.is_none() {
        return Err(Error::new(ErrorKind::NotFound, "there is no such file").at(&from));
    }
    let id = format!("{}-{}", time_stamp(what.time), what.id);
    let folder = trash_folder(root).join(&id);
    let entry = Entry {
        v: 1,
        article: what.article.map(str::to_owned),
        title: what.title.to_owned(),
        path: with_slashes(what.path),
        time: what.time,
    };
    let json =
        serde_json::to_vec_pretty(&entry).map_err(|error| Error::new(ErrorKind::Io, error.to_string()).at(&folder))?;
    let content = folder.join(CONTENT);
    let moved = create_folders(disk, &content, false)
        .and_then(|()| create_new(disk, &folder.join(ENTRY), &json))
        .and_then(|_| move_file(disk, &from, &content.join(name)));
    if let Err(error) = moved {
        // Only what this call made: a folder that is not empty stays.
        if list_names(disk, &content).is_ok_and(|names| names.is_empty()) {
            remove_emptied(disk, &folder);
        }
        return Err(error);
    }
    Ok(entry.into_trashed(id))
}

/// The place of an article that was deleted for good while something like it was in the library.
pub const NOWHERE: &str = ".edito/trash";

/// Where the file of an entry lies, within the library, `/` between folders, when it was at `path` before: what the
/// journal records as the article's place as long as it is in the trash.
pub fn place_of(id: &str, path: &str) -> String {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    format!("{TRASH}{id}/{CONTENT}/{name}")
}

/// Whether a path within the library is a place in its trash.
pub fn is_place(path: &str) -> bool {
    path.starts_with(TRASH)
}

/// What is in the trash, the latest first. An entry whose description is lost is listed by its
/// file name.
pub fn list(disk: &dyn Disk, root: &Path) -> Result<Vec<Trashed>> {
    let trash = trash_folder(root);
    let entries = match again(|| disk.list(&trash)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).at(trash),
    };
    let mut found: Vec<Trashed> = entries
        .into_iter()
        .filter(|(_, kind)| *kind == EntryKind::Folder)
        .filter_map(|(name, _)| {
            let id = name.into_string().ok()?;
            let folder = trash.join(&id);
            let file = content_name(disk, &folder).ok()?;
            Some(read_entry(disk, &folder, &id, &file))
        })
        .collect();
    found.sort_by(|one, other| (other.time, &other.id).cmp(&(one.time, &one.id)));
    Ok(found)
}

/// Brings something back to where it was and answers its path within the library: another name
/// when its own is taken, the library's root when its folder can't be used. Never replaces a file.
/// `announce` hears each path that is tried (`/` between folders) before the file moves there.
///
/// Errors: `NotFound` when it is not in the trash; `ReadOnly`, `DiskFull`, `Io`; what `announce` fails with.
pub fn restore(
    disk: &dyn Disk,
    root: &Path,
    id: &str,
    announce: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<PathBuf> {
    let folder = entry_folder(disk, root, id)?;
    let file = content_name(disk, &folder)?;
    let entry = read_entry(disk, &folder, id, &file);
    let old_folder = Path::new(&entry.path).parent().unwrap_or(Path::new(""));
    let target = if may_restore_into(disk, root, old_folder) {
        old_folder
    } else {
        Path::new("")
    };
    create_folders(disk, &root.join(target), false)?;
    let from = folder.join(CONTENT).join(&file);
    let wanted = file.to_string_lossy();
    let restored = under_free_name(disk, &root.join(target), &wanted, |path| {
        announce(&with_slashes(path.strip_prefix(root).unwrap_or(path)))?;
        move_file(disk, &from, path)
    })?;
    remove_emptied(disk, &folder);
    let name = restored.file_name().unwrap_or_default();
    Ok(target.join(name))
}

/// Deletes something in the trash for good: only at the user's word.
///
/// Errors: `NotFound` when it is not in the trash; `Invalid` when the trash is a symbolic link;
/// `ReadOnly`, `Io`.
pub fn delete_forever(disk: &dyn Disk, root: &Path, id: &str) -> Result<()> {
    for folder in [root.join(EDITO), trash_folder(root)] {
        let kind = about_if_present(disk, &folder)?.map(|about| about.kind);
        if kind == Some(EntryKind::Link) {
            return Err(Error::new(ErrorKind::Invalid, "the trash leads out of the library").at(folder));
        }
    }
    let folder = entry_folder(disk, root, id)?;
    remove_tree(disk, &folder)
}

/// Removes what an interruption left in the trash: entries without a file that are older than a minute. In younger
/// ones, those after `now` (milliseconds since 1970, UTC) among them, a file may be on its way in. For the start.
pub fn sweep(disk: &dyn Disk, root: &Path, now: i64) -> Result<()> {
    let trash = trash_folder(root);
    let Ok(entries) = again(|| disk.list(&trash)) else {
        return Ok(());
    };
    for (name, kind) in entries {
        if time_of(&name.to_string_lossy()) >= now - UNDER_WAY {
            continue;
        }
        let folder = trash.join(name);
        let empty = match list_names(disk, &folder.join(CONTENT)) {
            Ok(names) => names.is_empty(),
            Err(error) => error.kind == ErrorKind::NotFound,
        };
        if kind == EntryKind::Folder && empty {
            remove_emptied(disk, &folder);
        }
    }
    Ok(())
}

const EDITO: &str = ".edito";
const TRASH: &str = ".edito/trash/";
const CONTENT: &str = "content";
/// Milliseconds that nothing takes to be thrown away.
const UNDER_WAY: i64 = 60_000;
const ENTRY: &str = "entry.json";

#[derive(Serialize, Deserialize)]
struct Entry {
    v: u32,
    article: Option<String>,
    title: String,
    path: String,
    time: i64,
}

impl Entry {
    fn into_trashed(self, id: String) -> Trashed {
        Trashed {
            id,
            article: self.article,
            title: self.title,
            path: self.path,
            time: self.time,
        }
    }
}

fn trash_folder(root: &Path) -> PathBuf {
    root.join(EDITO).join("trash")
}

/// `20261122T093000Z`, in UTC, so that names sort by time.
fn time_stamp(milliseconds: i64) -> String {
    let time = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

fn is_within(path: &Path) -> bool {
    path.file_name().is_some() && path.components().all(|part| matches!(part, Component::Normal(_)))
}

fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The folder of an entry that is there, and is no link to somewhere else.
fn entry_folder(disk: &dyn Disk, root: &Path, id: &str) -> Result<PathBuf> {
    let folder = trash_folder(root).join(id);
    let there = is_plain(id) && about_if_present(disk, &folder)?.is_some_and(|about| about.kind == EntryKind::Folder);
    if there {
        Ok(folder)
    } else {
        Err(Error::new(ErrorKind::NotFound, "it is not in the trash").at(folder))
    }
}

fn list_names(disk: &dyn Disk, folder: &Path) -> Result<Vec<OsString>> {
    let entries = again(|| disk.list(folder)).at(folder)?;
    Ok(entries.into_iter().map(|(name, _)| name).collect())
}

fn content_name(disk: &dyn Disk, folder: &Path) -> Result<OsString> {
    let content = folder.join(CONTENT);
    let name = list_names(disk, &content)?.into_iter().min();
    name.ok_or_else(|| Error::new(ErrorKind::NotFound, "it is not in the trash").at(content))
}

fn read_entry(disk: &dyn Disk, folder: &Path, id: &str, file: &OsString) -> Trashed {
    let path = folder.join(ENTRY);
    // A library made by a stranger may hold a link or a pipe here, or something without end.
    let is_entry =
        again(|| disk.about(&path)).is_ok_and(|about| about.kind == EntryKind::File && about.length <= 65_536);
    let entry = is_entry
        .then(|| again(|| disk.read(&path)).ok())
        .flatten()
        .and_then(|bytes| serde_json::from_slice::<Entry>(&bytes).ok());
    let entry = entry.unwrap_or_else(|| Entry {
        v: 1,
        article: None,
        title: file.to_string_lossy().into_owned(),
        path: file.to_string_lossy().into_owned(),
        time: time_of(id),
    });
    entry.into_trashed(id.to_owned())
}

/// The time that an entry's name begins with; 0 when it does not.
fn time_of(id: &str) -> i64 {
    let stamp = id.split('-').next().unwrap_or_default();
    jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp)
        .and_then(|time| jiff::tz::TimeZone::UTC.to_timestamp(time))
        .map_or(0, jiff::Timestamp::as_millisecond)
}

/// The entry may be a stranger's: it may name no hidden folder and none that leads out of the
/// library.
fn may_restore_into(disk: &dyn Disk, root: &Path, folder: &Path) -> bool {
    let mut path = root.to_path_buf();
    folder.components().all(|part| {
        let Component::Normal(name) = part else {
            return false;
        };
        path.push(name);
        !name.as_encoded_bytes().starts_with(b".")
            && match about_if_present(disk, &path) {
                Ok(None) => true,
                Ok(Some(about)) => about.kind == EntryKind::Folder,
                Err(_) => false,
            }
    })
}

/// Removes an entry that holds no file any more. A failure leaves an entry that counts for
/// nothing, for the next sweep.
fn remove_emptied(disk: &dyn Disk, folder: &Path) {
    if again(|| disk.remove_folder(&folder.join(CONTENT))).is_ok()
        || !matches!(about_if_present(disk, &folder.join(CONTENT)), Ok(Some(_)))
    {
        let _ = again(|| disk.remove(&folder.join(ENTRY)));
        let _ = again(|| disk.remove_folder(folder));
    }
}

/// Links are removed, not followed. What is gone already, because a sweep came by, is fine.
fn remove_tree(disk: &dyn Disk, folder: &Path) -> Result<()> {
    let entries = if_present(again(|| disk.list(folder))).at(folder)?;
    for (name, kind) in entries.unwrap_or_default() {
        let path = folder.join(name);
        if kind == EntryKind::Folder {
            remove_tree(disk, &path)?;
        } else {
            if_present(again(|| disk.remove(&path))).at(path)?;
        }
    }
    if_present(again(|| disk.remove_folder(folder))).at(folder)?;
    Ok(())
}

#[cfg(test)]
mod tests;
