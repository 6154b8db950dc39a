//! Keeps git from reading anything but the store: neither the settings of the user and the system, nor what a
//! library made by a stranger points at.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use git2::ConfigLevel;

use crate::disk::{ContentHash, Precondition, RealDisk, create_new, durable_write};
use crate::error::{At, Error, ErrorKind, Result};

/// Makes libgit2 look for settings nowhere outside of a store. To be called before anything else of it.
pub(super) fn isolate() -> Result<()> {
    static DONE: OnceLock<std::result::Result<(), String>> = OnceLock::new();
    let done = DONE.get_or_init(|| {
        let outside = [
            ConfigLevel::ProgramData,
            ConfigLevel::System,
            ConfigLevel::XDG,
            ConfigLevel::Global,
        ];
        outside
            .into_iter()
            .try_for_each(search_nowhere)
            .map_err(|error| error.message().to_owned())
    });
    done.as_ref()
        .map_err(|message| Error::new(ErrorKind::Io, format!("git can't be kept to itself: {message}")))
        .copied()
}

/// The settings of a store: what Edito decides, and what libgit2 found out about the disk.
///
/// They are written anew when they say anything else: libgit2 would follow them out of the library (`include.path`),
/// or do without the flushes to the disk. What stood there is kept beside it.
pub(super) fn set_right(store: &Path) -> Result<()> {
    let path = store.join("config");
    let found = read(&path)?;
    let right = own_settings(&found).at(&path)?;
    if right == found {
        return Ok(());
    }
    if !found.is_empty() {
        let kept = path.with_extension(ContentHash::of(found.as_bytes()).to_string());
        match create_new(&RealDisk, &kept, found.as_bytes()) {
            Err(error) if error.kind != ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    durable_write(&RealDisk, &path, right.as_bytes(), Precondition::Any)?;
    Ok(())
}

/// Whether the settings of a store are Edito's own.
pub(super) fn are_right(store: &Path) -> Result<bool> {
    let path = store.join("config");
    let found = read(&path)?;
    Ok(own_settings(&found).at(&path)? == found)
}

/// Refuses a store in which a link leads elsewhere, or that borrows from another one.
pub(super) fn refuse_ways_out(store: &Path) -> Result<()> {
    let corrupt = |path: PathBuf, detail: &str| Err(Error::new(ErrorKind::Corrupt, detail).at(path));
    for pointer in [
        "commondir",
        "gitdir",
        "objects/info/alternates",
        "objects/info/http-alternates",
    ] {
        if std::fs::symlink_metadata(store.join(pointer)).is_ok() {
            return corrupt(store.join(pointer), "it points at another repository");
        }
    }
    let mut folders = vec![store.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).at(&folder)? {
            let entry = entry.at(&folder)?;
            let kind = entry.file_type().at(entry.path())?;
            if kind.is_symlink() || !(kind.is_dir() || kind.is_file()) {
                return corrupt(entry.path(), "it is not a file or folder of its own");
            }
            // Folders with two characters for a name hold many files, each of which is known by what is in it.
            if kind.is_dir() && entry.file_name().len() != 2 {
                folders.push(entry.path());
            }
        }
    }
    Ok(())
}

/// Settings that libgit2 finds out when it makes a store, all yes or no.
const OF_THE_DISK: [&str; 4] = ["filemode", "symlinks", "ignorecase", "precomposeunicode"];

/// No settings of a store are longer, in bytes.
const LONGEST: u64 = 65_536;

fn read(path: &Path) -> Result<String> {
    let about = match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        about => about.at(path)?,
    };
    if !about.is_file() || about.len() > LONGEST {
        return Err(Error::new(ErrorKind::Corrupt, "these are no settings").at(path));
    }
    let bytes = std::fs::read(path).at(path)?;
    String::from_utf8(bytes).map_err(|error| Error::new(ErrorKind::Corrupt, "these are no settings").because(error))
}

/// What the settings should say instead of `found`; `Corrupt` when those are no settings at all.
fn own_settings(found: &str) -> Result<String> {
    let mut of_the_disk = String::new();
    let mut in_core = false;
    for line in found.lines().map(str::trim) {
        let is_header = line.starts_with('[');
        if line.contains('\0') || (is_header && !line.contains(']')) {
            return Err(Error::new(ErrorKind::Corrupt, "the settings can't be read"));
        }
        if is_header {
            in_core = line.eq_ignore_ascii_case("[core]");
        } else if in_core
            && let Some((name, value)) = line.split_once('=')
            && let Some(name) = OF_THE_DISK.iter().find(|known| name.trim().eq_ignore_ascii_case(known))
            && matches!(value.trim(), "true" | "false")
        {
            of_the_disk.push_str(&format!("\t{name} = {}\n", value.trim()));
        }
    }
    // Other tools may look in; they must not clean up behind Edito's back.
    Ok(format!(
        "[core]\n\trepositoryformatversion = 0\n\tbare = true\n\tfsyncObjectFiles = true\n\tlogAllRefUpdates = false\n{of_the_disk}[gc]\n\tauto = 0\n"
    ))
}

#[allow(
    unsafe_code,
    reason = "libgit2 offers no other way, and reads the user's settings whenever it opens a store"
)]
fn search_nowhere(level: ConfigLevel) -> std::result::Result<(), git2::Error> {
    // SAFETY: the call changes a global of libgit2 without a lock, so nothing else of libgit2 may run meanwhile. All of
    // Edito's calls to it are in this module's parent (a test of the house sees to it); each begins with `open` or
    // `create` of `store.rs`, which call `isolate` first; and its `OnceLock` lets one thread in and keeps the others
    // waiting until the paths are set, once and for all.
    unsafe { git2::opts::set_search_path(level, "") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn only_what_edito_decides_and_the_disk_is_like_stays() {
        let right = own_settings("").unwrap();
        assert_eq!(own_settings(&right).unwrap(), right);
        let made = "[core]\n\tbare = true\n\tfilemode = false\n\trepositoryformatversion = 0\n\tignoreCase = true\n";
        let with_disk = own_settings(made).unwrap();
        assert!(with_disk.contains("\tfilemode = false\n\tignorecase = true\n"));
        assert_eq!(own_settings(&with_disk).unwrap(), with_disk);
        for foreign in [
            "[include]\n\tpath = /etc/passwd\n",
            "[includeIf \"gitdir:/\"]\n\tpath = ~/.gitconfig\n",
            "[core]\n\tfsmonitor = /bin/sh\n\thooksPath = /tmp\n\tworktree = /\n\tfilemode = /bin/sh\n",
            "[core \"x\"]\n\tfilemode = true\n",
            "[extensions]\n\tworktreeConfig = true\n\tpartialClone = origin\n",
            "[core]\n\tbare = false\n\trepositoryformatversion = 1\n\tfsyncObjectFiles = false\n",
            "# a comment\n; another\n\n[x]\n\ty = a\\\n[core]\n\tz\n",
        ] {
            assert_eq!(own_settings(foreign).unwrap(), right, "{foreign}");
        }
        for broken in ["[core\n", "[core]\n\0", "[core\n\0garbage"] {
            assert_eq!(own_settings(broken).unwrap_err().kind, ErrorKind::Corrupt);
        }
    }
}
