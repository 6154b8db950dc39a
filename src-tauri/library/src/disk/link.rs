//! Moving a symbolic link so that it still points where it pointed.

use std::path::{Component, Path, PathBuf};

use super::{Disk, again, folder_of, if_present};
use crate::error::{At, Error, ErrorKind, Result};

/// Makes a link anew in another folder and removes the old one. A relative link is written as it has to be there.
///
/// The new link is durable before the old one goes, so an interruption leaves one of them, or both.
pub(super) fn move_link(disk: &dyn Disk, from: &Path, to: &Path) -> Result<()> {
    let (old_folder, new_folder) = (folder_of(from), folder_of(to));
    let written = again(|| disk.read_link(from)).at(from)?;
    let target = if written.is_absolute() {
        written
    } else {
        let old = again(|| disk.real_path(old_folder)).at(old_folder)?;
        let new = again(|| disk.real_path(new_folder)).at(new_folder)?;
        aimed_from(&new, &old, &written)
    };
    // `None` for a link to nothing, which may be a file that is not there today.
    let before = again(|| disk.real_path(from)).ok();
    again(|| disk.create_link(&target, to)).at(to)?;
    let replace = || {
        if before.is_some() && before != again(|| disk.real_path(to)).ok() {
            let detail = "the symbolic link would not lead to its file any more";
            return Err(Error::new(ErrorKind::Invalid, detail)).at(from);
        }
        sync(disk, new_folder)?;
        if_present(again(|| disk.remove(from))).at(from)
    };
    if let Err(error) = replace() {
        let _ = again(|| disk.remove(to));
        return Err(error);
    }
    sync(disk, old_folder)
}

fn sync(disk: &dyn Disk, folder: &Path) -> Result<()> {
    let open = again(|| disk.open_folder(folder, true)).at(folder)?;
    again(|| open.sync()).at(folder)
}

/// What a link in the folder `new` has to say to lead where one in the folder `old` led that says `written`. Both
/// folders without links in them.
fn aimed_from(new: &Path, old: &Path, written: &Path) -> PathBuf {
    // Up from a real folder is its parent. Later, after a name that may be a link, `..` means something else.
    let mut target = old.to_path_buf();
    let mut rest = written.components().peekable();
    while let Some(component) = rest.next_if(|part| matches!(part, Component::CurDir | Component::ParentDir)) {
        if component == Component::ParentDir {
            target.pop();
        }
    }
    target.extend(rest);
    let shared = new
        .components()
        .zip(target.components())
        .take_while(|(one, other)| one == other)
        .count();
    let mut aimed = PathBuf::new();
    aimed.extend(new.components().skip(shared).map(|_| Component::ParentDir));
    aimed.extend(target.components().skip(shared));
    if aimed.as_os_str().is_empty() {
        aimed.push(".");
    }
    aimed
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_link_says_in_its_new_folder_what_leads_to_the_same_file() {
        for (old, written, new, aimed) in [
            ("/l/a", "../shared/x.md", "/l/b", "../shared/x.md"),
            ("/l/a", "../shared/x.md", "/l", "shared/x.md"),
            ("/l/a", "../shared/x.md", "/l/b/c/d", "../../../shared/x.md"),
            ("/l/a", "x.md", "/l/b", "../a/x.md"),
            ("/l/a", "./x.md", "/l/a/b", "../x.md"),
            ("/l/a/b", "../x.md", "/l/a", "x.md"),
            ("/l", "a/x.md", "/l/a", "x.md"),
            ("/l", "../../../../etc/x.md", "/m/n", "../../etc/x.md"),
            // Where `link` leads is not known here.
            ("/l/a", "link/../x.md", "/l", "a/link/../x.md"),
            ("/l/a", "..", "/l", "."),
        ] {
            let found = aimed_from(Path::new(new), Path::new(old), Path::new(written));
            assert_eq!(found, Path::new(aimed), "{old} {written} {new}");
        }
    }
}
