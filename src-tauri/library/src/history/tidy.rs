//! Packing: many small files become one, in which most versions are what changed.

use std::path::{Path, PathBuf};

use git2::{Odb, Oid, Repository};

use super::store::{draft_folder, told};
use crate::error::{At, Error, ErrorKind, Result};

/// The loose objects of a store with their files.
pub(super) fn loose_objects(folder: &Path) -> Vec<(Oid, PathBuf)> {
    let mut found = Vec::new();
    let Ok(shards) = std::fs::read_dir(folder.join("objects")) else {
        return found;
    };
    for shard in shards.flatten() {
        let shard_name = shard.file_name();
        let Some(start) = shard_name.to_str().filter(|name| name.len() == 2) else {
            continue;
        };
        let Ok(files) = std::fs::read_dir(shard.path()) else {
            continue;
        };
        for file in files.flatten() {
            let id = file
                .file_name()
                .to_str()
                .and_then(|rest| (rest.len() == 38).then(|| Oid::from_str(&format!("{start}{rest}")).ok())?);
            if let Some(id) = id {
                found.push((id, file.path()));
            }
        }
    }
    found
}

/// Packs all loose objects that can be read. Their files are removed only once each of them was
/// read back from the finished pack.
pub(super) fn pack_objects(repository: &Repository, folder: &Path) -> Result<usize> {
    let git = |error: git2::Error| told(&error).at(folder);
    let odb = repository.odb().map_err(git)?;
    // Damaged ones stay as they are, for whoever can mend them.
    let loose: Vec<(Oid, PathBuf)> = loose_objects(folder)
        .into_iter()
        .filter(|(id, _)| odb.read(*id).is_ok())
        .collect();
    if loose.is_empty() {
        return Ok(0);
    }
    let draft = draft_folder(folder, "packing-")?;
    let draft_pack = draft.path().join("pack");
    std::fs::create_dir(&draft_pack).at(&draft_pack)?;
    let ids: Vec<Oid> = loose.iter().map(|(id, _)| *id).collect();
    write_pack(repository, &ids, draft.path(), &draft_pack)?;
    adopt(&draft_pack, &folder.join("objects").join("pack"))?;
    for (_, file) in &loose {
        // Read-only files can't be removed on some systems before they are made writable.
        if std::fs::remove_file(file).is_err() {
            tracing::debug!(path = %file.display(), "a packed object stays loose too");
        }
    }
    odb.refresh().map_err(git)?;
    Ok(loose.len())
}

/// Writes a pack of some objects into a folder, and reads each of them back from it.
pub(super) fn write_pack(repository: &Repository, objects: &[Oid], draft: &Path, draft_pack: &Path) -> Result<()> {
    let git = |error: git2::Error| told(&error).at(draft);
    let mut builder = repository.packbuilder().map_err(git)?;
    for id in objects {
        // The same name for all lets versions of a text stand beside each other.
        builder.insert_object(*id, Some("article.md")).map_err(git)?;
    }
    builder.write(draft_pack, 0o444).map_err(git)?;
    let pack = Odb::new().map_err(git)?;
    let path = draft
        .to_str()
        .ok_or_else(|| Error::new(ErrorKind::BadName, "the path is not Unicode").at(draft))?;
    pack.add_disk_alternate(path).map_err(git)?;
    for id in objects {
        pack.read(*id).map_err(git)?;
    }
    Ok(())
}

/// Moves a pack to its place, its index last: without one, a pack is not looked at.
pub(super) fn adopt(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).at(to)?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(from)
        .at(from)?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort_by_key(|path| path.extension().is_some_and(|extension| extension == "idx"));
    for file in files {
        if let Some(name) = file.file_name() {
            // A pack of this name is the same one: its files may be in use.
            if !to.join(name).exists() {
                std::fs::rename(&file, to.join(name)).at(&file)?;
            }
        }
    }
    crate::journal::sync_folder(to);
    Ok(())
}
