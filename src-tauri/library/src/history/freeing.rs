//! Throwing away what nobody wants any more: versions that were dropped, and objects that nothing leads to.
//!
//! 1. Each chain with dropped versions is written anew without them. What is older than the first of them keeps its
//!    identity; what is newer has another parent, and so another one. Names are carried over first, then the chain's
//!    reference moves, then what was said of the old ones goes.
//! 2. All that references lead to is gathered into one new pack, which is read back whole.
//! 3. Alone with the store: the pack is adopted, then the packs and objects of before are removed, indexes first. What
//!    others added meanwhile stays as it is.
//!
//! A kill at any moment leaves the objects of all versions that are listed, in the old files, the new ones or both; the
//! next run ends what was begun. Where anything of the store can't be read, nothing is thrown away.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use git2::{ObjectType, Oid, Reference, Repository};

use super::notices::HistoryNoticeKind;
use super::turns::{self, Turn};
use super::{dropping, findings, store, tidy};
use crate::error::{At, Error, ErrorKind, Result};

/// What a history weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// Bytes of its files.
    pub bytes: u64,
    /// Versions that were dropped and are still there.
    pub dropped: usize,
}

/// What was thrown away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Freed {
    /// Versions that can't be had back now.
    pub versions: usize,
    /// Bytes of the history's files before.
    pub before: u64,
    /// Bytes of them now.
    pub after: u64,
}

/// Weighs the store at `folder`.
pub(super) fn weigh(repository: &Repository, folder: &Path) -> Result<Weight> {
    let dropped = dropped_chains(repository).map_err(|error| store::told(&error).at(folder))?;
    Ok(Weight {
        bytes: size_of(folder),
        dropped: dropped.iter().map(|(_, dropped)| dropped.len()).sum(),
    })
}

/// Throws away what nobody wants any more.
pub(super) fn free(repository: &Repository, folder: &Path) -> Result<Freed> {
    let git = |error: git2::Error| store::told(&error).at(folder);
    let damaged = findings::find(folder).into_iter();
    if let Some(damage) = damaged
        .filter(|notice| notice.kind == HistoryNoticeKind::Versions)
        .map(|notice| notice.detail)
        .next()
    {
        return Err(Error::new(ErrorKind::Corrupt, damage).at(folder));
    }
    let before = size_of(folder);
    let mut versions = 0;
    {
        if let Some(_alone) = turns::nobody_else(folder) {
            store::remove_locks_left_behind(folder);
        }
        let mut turn = turns::adding(folder);
        for (chain, dropped) in dropped_chains(repository).map_err(git)? {
            versions += write_anew(repository, folder, &chain, &dropped, &mut turn)?;
        }
        let_go_of_names(repository).map_err(git)?;
    }
    let old = Files::of(folder);
    let kept = reachable(repository, HashSet::new()).map_err(git)?;
    // One pack and nothing else: there is nothing to be gained.
    let nothing_to_do =
        old.packs.len() <= 1 && old.loose.is_empty() && old.packed(repository).map_err(git)? == kept.len();
    if !nothing_to_do {
        repack(repository, folder, &old, kept)?;
    }
    Ok(Freed {
        versions,
        before,
        after: size_of(folder),
    })
}

/// The chains of which versions were dropped, by the names of their articles' references behind `refs/dropped/`.
fn dropped_chains(repository: &Repository) -> std::result::Result<Vec<(String, BTreeSet<Oid>)>, git2::Error> {
    let mut found = Vec::new();
    for reference in repository.references_glob("refs/dropped/*")? {
        let reference = reference?;
        let name = name_of(&reference);
        if let (Some(chain), Some((_, dropped))) =
            (name.strip_prefix(store::DROPPED), dropping::said(repository, &name))
        {
            found.push((chain.to_owned(), dropped));
        }
    }
    Ok(found)
}

/// Writes a chain anew without the versions that were dropped; answers how many those are.
fn write_anew(
    repository: &Repository,
    folder: &Path,
    chain: &str,
    dropped: &BTreeSet<Oid>,
    turn: &mut Turn,
) -> Result<usize> {
    let git = |error: git2::Error| store::told(&error).at(folder);
    let reference = format!("{}{chain}", store::ARTICLES);
    for attempt in 0..store::ATTEMPTS {
        let Ok(tip) = repository.refname_to_id(&reference) else {
            forget(repository, &format!("{}{chain}", store::DROPPED)).map_err(git)?;
            return Ok(0);
        };
        let mut commits = Vec::new();
        let mut next = Some(tip);
        while let Some(id) = next {
            let commit = repository.find_commit(id).map_err(git)?;
            next = commit.parent_id(0).ok();
            commits.push(commit);
        }
        let gone = commits.iter().filter(|commit| dropped.contains(&commit.id())).count();
        let mut last: Option<git2::Commit<'_>> = None;
        let mut changed = false;
        for commit in commits.into_iter().rev() {
            if dropped.contains(&commit.id()) {
                changed = true;
            } else if changed {
                last = Some(with_parent(repository, chain, &commit, last.as_ref()).map_err(git)?);
            } else {
                last = Some(commit);
            }
        }
        let moved = match &last {
            _ if !changed => Ok(()),
            Some(last) => store::update_reference(repository, &reference, last.id(), Some(tip)),
            None => repository.find_reference(&reference).and_then(|mut found| {
                if found.target() == Some(tip) {
                    found.delete()
                } else {
                    Ok(())
                }
            }),
        };
        match moved {
            Ok(()) => {
                forget(repository, &format!("{}{chain}", store::DROPPED)).map_err(git)?;
                return Ok(gone);
            }
            Err(error) if store::lost_a_race(&error) => store::wait_for_lock(folder, &reference, attempt, turn),
            Err(error) => return Err(git(error)),
        }
    }
    Err(Error::new(
        ErrorKind::Busy,
        "another window is keeping a version of the same article",
    )
    .at(folder))
}

/// The same version behind another one, with the name that it was given.
fn with_parent<'a>(
    repository: &'a Repository,
    chain: &str,
    commit: &git2::Commit<'a>,
    parent: Option<&git2::Commit<'a>>,
) -> std::result::Result<git2::Commit<'a>, git2::Error> {
    let parents: Vec<&git2::Commit<'_>> = parent.into_iter().collect();
    let message = String::from_utf8_lossy(commit.message_raw_bytes()).into_owned();
    let id = repository.commit(
        None,
        &commit.author(),
        &commit.committer(),
        &message,
        &commit.tree()?,
        &parents,
    )?;
    let name = |commit: Oid| format!("{}{chain}/{commit}", store::NAMES);
    if let Ok(tag) = repository.refname_to_id(&name(commit.id()))
        && let Ok(tag) = repository.find_tag(tag)
        && let Some(tagger) = tag.tagger()
    {
        let words = String::from_utf8_lossy(tag.message_bytes().unwrap_or_default()).into_owned();
        let object = repository.find_object(id, Some(ObjectType::Commit))?;
        let tag = repository.tag_annotation_create(&id.to_string(), &object, &tagger, &words)?;
        repository.reference(&name(id), tag, true, "")?;
    }
    repository.find_commit(id)
}

/// Lets go of the names of versions that no chain has any more.
fn let_go_of_names(repository: &Repository) -> std::result::Result<(), git2::Error> {
    // Names first: a version that is named meanwhile is not among them.
    let mut names = Vec::new();
    for reference in repository.references_glob("refs/names/*")? {
        names.push(name_of(&reference?));
    }
    let mut of_chain: Option<(String, HashSet<Oid>)> = None;
    names.sort();
    for name in names {
        let Some((chain, version)) = name
            .strip_prefix(store::NAMES)
            .and_then(|rest| rest.rsplit_once('/'))
            .and_then(|(chain, version)| Some((chain, Oid::from_str(version).ok()?)))
        else {
            continue;
        };
        if of_chain.as_ref().is_none_or(|(known, _)| known != chain) {
            let mut versions = HashSet::new();
            let mut next = repository.refname_to_id(&format!("{}{chain}", store::ARTICLES)).ok();
            while let Some(id) = next {
                versions.insert(id);
                next = repository.find_commit(id)?.parent_id(0).ok();
            }
            of_chain = Some((chain.to_owned(), versions));
        }
        if of_chain
            .as_ref()
            .is_some_and(|(_, versions)| !versions.contains(&version))
        {
            forget(repository, &name)?;
        }
    }
    Ok(())
}

fn forget(repository: &Repository, name: &str) -> std::result::Result<(), git2::Error> {
    match repository.find_reference(name) {
        Ok(mut reference) => reference.delete(),
        Err(_) => Ok(()),
    }
}

/// All objects that references lead to, but for those that are known.
fn reachable(repository: &Repository, known: HashSet<Oid>) -> std::result::Result<HashSet<Oid>, git2::Error> {
    let odb = repository.odb()?;
    let mut found = HashSet::new();
    let mut waiting = Vec::new();
    for reference in repository.references()? {
        waiting.extend(reference?.target());
    }
    while let Some(id) = waiting.pop() {
        if known.contains(&id) || !found.insert(id) {
            continue;
        }
        match odb.read_header(id)?.1 {
            ObjectType::Commit => {
                let commit = repository.find_commit(id)?;
                waiting.push(commit.tree_id());
                waiting.extend(commit.parent_ids());
            }
            ObjectType::Tree => waiting.extend(repository.find_tree(id)?.iter().map(|entry| entry.id())),
            ObjectType::Tag => waiting.push(repository.find_tag(id)?.target_id()),
            _ => {}
        }
    }
    Ok(found)
}

/// The files of a store that hold objects.
struct Files {
    /// The indexes of its packs.
    packs: Vec<PathBuf>,
    loose: Vec<(Oid, PathBuf)>,
}

impl Files {
    fn of(folder: &Path) -> Files {
        let packs = std::fs::read_dir(folder.join("objects").join("pack"));
        let packs = packs.into_iter().flatten().flatten().map(|entry| entry.path());
        Files {
            packs: packs
                .filter(|path| path.extension().is_some_and(|ending| ending == "idx"))
                .collect(),
            loose: tidy::loose_objects(folder),
        }
    }

    /// How many objects a store without loose ones has.
    fn packed(&self, repository: &Repository) -> std::result::Result<usize, git2::Error> {
        let mut count = 0;
        repository.odb()?.foreach(|_| {
            count += 1;
            true
        })?;
        Ok(count)
    }
}

fn repack(repository: &Repository, folder: &Path, old: &Files, kept: HashSet<Oid>) -> Result<()> {
    let git = |error: git2::Error| store::told(&error).at(folder);
    let draft = store::draft_folder(folder, "packing-")?;
    let draft_pack = draft.path().join("pack");
    std::fs::create_dir(&draft_pack).at(&draft_pack)?;
    if !kept.is_empty() {
        // In an order of their own, so that the same objects make the same pack.
        let mut all: Vec<Oid> = kept.iter().copied().collect();
        all.sort();
        tidy::write_pack(repository, &all, draft.path(), &draft_pack)?;
    }
    let new: Vec<PathBuf> = names_in(&draft_pack);

    let _turn = turns::alone(folder)?;
    repository.odb().and_then(|odb| odb.refresh()).map_err(git)?;
    // What was added since, and what of before it leads to.
    let added = reachable(repository, kept.clone()).map_err(git)?;
    let place = folder.join("objects").join("pack");
    tidy::adopt(&draft_pack, &place)?;
    let loose: HashSet<Oid> = old.loose.iter().map(|(id, _)| *id).collect();
    let only_in_packs = added.iter().any(|id| {
        let hex = id.to_string();
        let (shard, rest) = hex.split_at(2);
        !loose.contains(id) && !folder.join("objects").join(shard).join(rest).exists()
    });
    // Lists of what is in the packs, which git makes for itself.
    for list in ["pack/multi-pack-index", "info/commit-graph"] {
        let _ = std::fs::remove_file(folder.join("objects").join(list));
    }
    let _ = std::fs::remove_dir_all(folder.join("objects/info/commit-graphs"));
    // A text of before was kept again: the next time.
    if !only_in_packs {
        for index in old
            .packs
            .iter()
            .filter(|index| !new.iter().any(|name| index.ends_with(name)))
        {
            remove_pack(index)?;
        }
    }
    for (id, file) in &old.loose {
        if !added.contains(id) {
            remove(file)?;
        }
    }
    remove_without_index(&place)?;
    crate::journal::sync_folder(&place);
    repository.odb().and_then(|odb| odb.refresh()).map_err(git)
}

/// The index first: without it, nobody looks for the rest.
fn remove_pack(index: &Path) -> Result<()> {
    remove(index)?;
    let stem = index.file_stem().unwrap_or_default();
    for other in names_in(index.parent().unwrap_or(Path::new("."))) {
        if other.file_stem() == Some(stem) {
            remove(&index.with_file_name(other))?;
        }
    }
    Ok(())
}

/// Packs whose index never came, or is gone: nobody is adopting one now.
fn remove_without_index(place: &Path) -> Result<()> {
    let names = names_in(place);
    let ending = |name: &Path| name.extension().map(std::ffi::OsStr::to_owned);
    for name in &names {
        let index = name.with_extension("idx");
        if ending(name).is_some_and(|ending| ending == "pack" || ending == "rev") && !names.contains(&index) {
            remove(&place.join(name))?;
        }
    }
    Ok(())
}

/// The names of the packs of a store that can be read.
pub(super) fn packs(folder: &Path) -> Vec<PathBuf> {
    let mut names = names_in(&folder.join("objects").join("pack"));
    names.retain(|name| name.extension().is_some_and(|ending| ending == "idx"));
    names.sort();
    names
}

fn names_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().into()).collect()
}

fn remove(file: &Path) -> Result<()> {
    #[cfg(windows)]
    if let Ok(about) = std::fs::metadata(file) {
        // What is read-only can't be removed there.
        let mut allowed = about.permissions();
        #[allow(clippy::permissions_set_readonly_false)]
        allowed.set_readonly(false);
        let _ = std::fs::set_permissions(file, allowed);
    }
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).at(file),
        _ => Ok(()),
    }
}

fn name_of(reference: &Reference<'_>) -> String {
    String::from_utf8_lossy(reference.name_bytes()).into_owned()
}

/// Bytes of all files below a folder.
fn size_of(folder: &Path) -> u64 {
    let mut sum = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(about) if about.is_dir() => folders.push(entry.path()),
                Ok(about) => sum += about.len(),
                Err(_) => {}
            }
        }
    }
    sum
}
