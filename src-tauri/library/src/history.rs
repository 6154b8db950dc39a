//! Earlier states of each text, in a git object store of Edito's own.
//!
//! The store is a bare repository (`.edito/history.git`) that any git can read. Each article has
//! a chain of commits of its own under `refs/articles/<last two characters of the id>/<id>`: a
//! snapshot costs one blob, one tree, one commit and one reference, whatever the size of the
//! library. The tree holds one file, `article.md`, with the exact bytes of the text. The
//! commit's message holds, as trailers, what kind of version it is and where it came from. A
//! name given later to a version is an annotated tag under `refs/names/…/<commit>`, so that the
//! version keeps its identity, no other tool prunes it, and no version is listed twice. Versions that are not wanted
//! any more are named under `refs/dropped/…`, and are there until [`History::free`] throws them away.
//!
//! A snapshot is 0.2 ms of work and four flushes to the disk, so that a power cut leaves no
//! reference to an object that isn't there. It takes four small files, about 16 KB of disk; [`History::tidy`] turns them
//! into one pack and one file of references, where most versions shrink to what changed.
//!
//! Only libgit2 touches the store, compiled in: it runs no hooks, no filters and no programs.
//! The store's own configuration alone is asked, never the user's or the system's, and it says
//! what Edito decides and nothing else. A store that points elsewhere (links, `commondir`,
//! alternates) is refused, so that no library made by a stranger can have a repository of the
//! user's read or written.

mod dropping;
mod findings;
mod freeing;
mod isolation;
mod message;
mod notices;
mod store;
pub mod thinning;
mod tidy;
mod turns;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use git2::{ErrorCode, Oid, Repository};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
pub use freeing::{Freed, Weight};
use notices::Notices;
pub use notices::{HistoryNotice, HistoryNoticeKind};
use store::article_ref;
use turns::Turn;

/// The history of a library. Nothing is opened or made before it is needed.
pub struct History {
    folder: PathBuf,
    repository: Mutex<Access>,
    notices: Notices,
}

/// The open store, with the packs that it had when it was last looked at.
#[derive(Default)]
struct Access {
    repository: Option<Repository>,
    packs: Vec<PathBuf>,
}

/// The store while it is in use.
struct Held<'a> {
    access: MutexGuard<'a, Access>,
    turn: Turn,
}

/// A state of a text, to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Snapshot<'a> {
    /// Whose text.
    pub article: &'a ArticleId,
    /// Where it lies, within the library.
    pub path: &'a str,
    /// The exact bytes of the file.
    pub bytes: &'a [u8],
    /// Why it is kept.
    pub kind: &'a SnapshotKind,
    /// When.
    pub time: Timestamp,
    /// On which device.
    pub device: &'a str,
    /// The name of who wrote it, when that is known.
    pub by: Option<&'a str>,
    /// Words of the body, when they are known, for the list of versions.
    pub words: Option<u32>,
}

/// Why a state is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "text")]
pub enum SnapshotKind {
    /// Kept by itself as the work goes on.
    Automatic,
    /// Kept under a name that someone gave.
    Named(String),
    /// What was captured from elsewhere, kept when it was captured again: `site, day`.
    Captured(String),
    /// As another program left it.
    External,
    /// Kept before something replaced it: `restore`, `merge`, `external`…
    Before(String),
}

/// The identity of a version within the library's history.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VersionId(pub String);

/// One version in an article's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// Its identity.
    pub id: VersionId,
    /// When it was kept: milliseconds since 1970, UTC.
    pub time: i64,
    /// On which device.
    pub device: String,
    /// The name of who wrote it, when that was known.
    pub by: Option<String>,
    /// Why it was kept.
    pub kind: VersionKind,
    /// The name it was given, at once or later.
    pub name: Option<String>,
    /// What it was kept before, for [`VersionKind::Before`].
    pub reason: Option<String>,
    /// Where the file lay then, within the library.
    pub path: String,
    /// Bytes of the text.
    pub bytes: u64,
    /// Words of the body, when they were counted.
    pub words: Option<u32>,
}

/// Why a version was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum VersionKind {
    /// By itself.
    Automatic,
    /// Under a name.
    Named,
    /// As it was captured from elsewhere, under the name of its site and its day.
    Captured,
    /// As another program left it.
    External,
    /// Before something replaced it.
    Before,
}

/// What [`History::tidy`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Loose objects that are in a pack now.
    pub objects: usize,
}

impl History {
    /// The history kept in `folder`, which is made with the first snapshot.
    pub fn open(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            repository: Mutex::default(),
            notices: Notices::default(),
        }
    }

    /// Keeps a state of a text. `None` when the newest version of the article has the same
    /// bytes; a named snapshot then gives that version its name and answers it.
    ///
    /// A damaged store is set aside under another name and a new one begun; a chain whose newest
    /// version can't be read is kept under `refs/broken` and a new one begun. Both leave a
    /// [`HistoryNotice`].
    ///
    /// # Errors
    /// [`ErrorKind::ReadOnly`], [`ErrorKind::DiskFull`], [`ErrorKind::Io`]; [`ErrorKind::Busy`]
    /// when another window keeps the article's chain locked for seconds.
    pub fn snapshot(&self, snapshot: &Snapshot<'_>) -> Result<Option<VersionId>> {
        let Held { mut access, mut turn } = self.held_to_add();
        let repository = self.ready(&mut access, snapshot.time)?;
        let reference = article_ref(snapshot.article);
        let blob = self.said(store::write_object(repository, git2::ObjectType::Blob, snapshot.bytes))?;
        let mut tree = None;
        for attempt in 0..store::ATTEMPTS {
            let tip = self.tip(repository, &reference, snapshot)?;
            if let Some((commit, tip_blob)) = &tip
                && *tip_blob == blob
            {
                let id = VersionId(commit.id().to_string());
                // Whoever wants the state of now to be kept wants it although it was dropped before.
                if !matches!(snapshot.kind, SnapshotKind::Automatic | SnapshotKind::External) {
                    self.said(dropping::say(
                        repository,
                        snapshot.article,
                        &[commit.id()],
                        false,
                        &mut turn,
                    ))?;
                }
                return match snapshot.kind {
                    SnapshotKind::Named(name) => {
                        let Snapshot {
                            article, time, device, ..
                        } = *snapshot;
                        self.said(store::set_name(repository, article, commit.id(), name, time, device))?;
                        Ok(Some(id))
                    }
                    // A name that somebody gave it stays.
                    SnapshotKind::Captured(name)
                        if store::version(repository, snapshot.article, commit).name.is_none() =>
                    {
                        let Snapshot {
                            article, time, device, ..
                        } = *snapshot;
                        self.said(store::set_name(repository, article, commit.id(), name, time, device))?;
                        Ok(Some(id))
                    }
                    _ => Ok(None),
                };
            }
            let tree = match tree {
                Some(tree) => tree,
                None => *tree.insert(self.said(store::write_tree(repository, blob))?),
            };
            let parent = tip.as_ref().map(|(commit, _)| commit);
            let commit = self.said(store::write_commit(repository, tree, parent, snapshot))?;
            let updated = store::update_reference(repository, &reference, commit, parent.map(git2::Commit::id));
            match updated {
                Ok(()) => return Ok(Some(VersionId(commit.to_string()))),
                Err(error) if store::lost_a_race(&error) => {
                    store::wait_for_lock(&self.folder, &reference, attempt, &mut turn);
                }
                Err(error) => return self.said(Err(error)),
            }
        }
        Err(Error::new(
            ErrorKind::Busy,
            "another window is keeping a version of the same article",
        )
        .at(&self.folder))
    }

    /// The versions of an article, the newest first; none when none was ever kept. Where the
    /// chain is damaged, the list ends there and a [`HistoryNotice`] says so.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the store can't be opened.
    pub fn versions(&self, article: &ArticleId) -> Result<Vec<Version>> {
        let mut held = self.held();
        let Some(repository) = self.readable(&mut held.access)? else {
            return Ok(Vec::new());
        };
        let mut versions = Vec::new();
        let dropped = dropping::dropped(repository, article);
        let mut next = match repository.refname_to_id(&article_ref(article)) {
            Ok(tip) => Some(tip),
            Err(error) if error.code() == ErrorCode::NotFound => None,
            Err(error) => return self.said(Err(error)),
        };
        while let Some(id) = next {
            let commit = match repository.find_commit(id) {
                Ok(commit) => commit,
                Err(error) => {
                    self.notices.add(HistoryNotice {
                        kind: HistoryNoticeKind::Versions,
                        path: self.folder.clone(),
                        article: Some(article.clone()),
                        detail: format!(
                            "Older versions of the article {article} can't be read: {}.",
                            error.message()
                        ),
                    });
                    break;
                }
            };
            if !dropped.contains(&id) {
                versions.push(store::version(repository, article, &commit));
            }
            next = commit.parent_id(0).ok();
        }
        Ok(versions)
    }

    /// How many versions of an article were dropped and are still there.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the store can't be opened.
    pub fn dropped(&self, article: &ArticleId) -> Result<usize> {
        let mut held = self.held();
        let repository = self.readable(&mut held.access)?;
        Ok(repository.map_or(0, |repository| dropping::dropped(repository, article).len()))
    }

    /// Drops versions of an article: they are listed no more, and are there until space is freed.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when the article has no such version; [`ErrorKind::ReadOnly`], [`ErrorKind::DiskFull`],
    /// [`ErrorKind::Io`], [`ErrorKind::Busy`].
    pub fn drop_versions(&self, article: &ArticleId, versions: &[VersionId]) -> Result<()> {
        let Held { mut access, mut turn } = self.held_to_add();
        let missing = || Error::new(ErrorKind::NotFound, "there is no such version");
        let repository = self.readable(&mut access)?.ok_or_else(missing)?;
        let mut wanted: HashSet<Oid> = HashSet::new();
        for version in versions {
            wanted.insert(Oid::from_str(&version.0).map_err(|_| missing())?);
        }
        let mut found = Vec::new();
        let mut next = repository.refname_to_id(&article_ref(article)).ok();
        while let Some(id) = next.filter(|_| found.len() < wanted.len()) {
            if wanted.contains(&id) {
                found.push(id);
            }
            next = self.said(repository.find_commit(id))?.parent_id(0).ok();
        }
        if found.len() < wanted.len() {
            return Err(missing());
        }
        self.said(dropping::say(repository, article, &found, true, &mut turn))
    }

    /// Takes versions back that were dropped; all of the article where none is named.
    ///
    /// # Errors
    /// As [`History::drop_versions`]; none for what was freed meanwhile.
    pub fn take_back_versions(&self, article: &ArticleId, versions: Option<&[VersionId]>) -> Result<()> {
        let Held { mut access, mut turn } = self.held_to_add();
        let Some(repository) = self.readable(&mut access)? else {
            return Ok(());
        };
        let back: Vec<Oid> = match versions {
            Some(versions) => versions.iter().filter_map(|one| Oid::from_str(&one.0).ok()).collect(),
            None => dropping::dropped(repository, article).into_iter().collect(),
        };
        self.said(dropping::say(repository, article, &back, false, &mut turn))
    }

    /// What the history weighs, and how many versions were dropped and are still there.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the store can't be opened.
    pub fn weigh(&self) -> Result<Weight> {
        let mut held = self.held();
        match self.readable(&mut held.access)? {
            Some(repository) => freeing::weigh(repository, &self.folder),
            None => Ok(Weight::default()),
        }
    }

    /// Throws away the versions that were dropped, and whatever nothing leads to, for good. What is kept can be read all
    /// the while, in this window and in others; newer versions than those that go have other identities afterwards. A
    /// kill at any moment loses nothing that is kept.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] where anything in the history can't be read: then nothing is thrown away.
    /// [`ErrorKind::Busy`] when versions are being kept all the time; what the system says.
    pub fn free(&self) -> Result<Freed> {
        // Without a turn: it takes its own.
        let mut access = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        let freed = match self.readable(&mut access)? {
            Some(repository) => freeing::free(repository, &self.folder),
            None => Ok(Freed::default()),
        };
        // What is open may be of files that are gone.
        *access = Access::default();
        freed
    }

    /// The newest version of an article, as [`History::versions`] lists it.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when the store or that version can't be read.
    pub fn newest(&self, article: &ArticleId) -> Result<Option<Version>> {
        let mut held = self.held();
        let Some(repository) = self.readable(&mut held.access)? else {
            return Ok(None);
        };
        let dropped = dropping::dropped(repository, article);
        let mut next = match repository.refname_to_id(&article_ref(article)) {
            Ok(tip) => Some(tip),
            Err(error) if error.code() == ErrorCode::NotFound => None,
            Err(error) => return self.said(Err(error)),
        };
        while let Some(id) = next {
            let commit = self.said(repository.find_commit(id))?;
            if !dropped.contains(&id) {
                return Ok(Some(store::version(repository, article, &commit)));
            }
            next = commit.parent_id(0).ok();
        }
        Ok(None)
    }

    /// The exact bytes of a version.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when there is no such version, [`ErrorKind::Corrupt`] when it
    /// can't be read.
    pub fn text(&self, version: &VersionId) -> Result<Vec<u8>> {
        let mut held = self.held();
        let missing = || Error::new(ErrorKind::NotFound, format!("there is no version {}", version.0));
        let repository = self.readable(&mut held.access)?.ok_or_else(missing)?;
        let id = Oid::from_str(&version.0).map_err(|_| missing())?;
        let commit = match repository.find_commit(id) {
            Err(error) if error.code() == ErrorCode::NotFound => return Err(missing()),
            commit => self.said(commit)?,
        };
        let odb = self.said(repository.odb())?;
        let object = store::blob_of(&commit).and_then(|blob| odb.read(blob));
        match object {
            Ok(object) => Ok(object.data().to_vec()),
            // The version is known; that its text isn't there is damage.
            Err(error) if error.code() == ErrorCode::NotFound => {
                Err(Error::new(ErrorKind::Corrupt, error.message()).at(&self.folder))
            }
            Err(error) => self.said(Err(error)),
        }
    }

    /// Gives a version a name, instead of the one it may have.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] for an empty name; [`ErrorKind::NotFound`] when the article has no
    /// such version; what the system says when it can't be written.
    pub fn name_version(
        &self,
        article: &ArticleId,
        version: &VersionId,
        name: &str,
        time: Timestamp,
        device: &str,
    ) -> Result<()> {
        if name.trim().is_empty() {
            return Err(Error::new(ErrorKind::Invalid, "a version's name can't be empty"));
        }
        self.say_name(article, version, name, time, device)
    }

    /// Takes the name of a version away; the version stays.
    ///
    /// # Errors
    /// As [`History::name_version`].
    pub fn unname_version(
        &self,
        article: &ArticleId,
        version: &VersionId,
        time: Timestamp,
        device: &str,
    ) -> Result<()> {
        self.say_name(article, version, "", time, device)
    }

    /// How many objects lie in files of their own; beyond a few thousand, [`History::tidy`] pays.
    pub fn loose_objects(&self) -> usize {
        tidy::loose_objects(&self.folder).len()
    }

    /// Packs loose objects and references. Reading and writing go on meanwhile, in this window
    /// and in others; a kill at any moment loses nothing.
    ///
    /// # Errors
    /// What the system says; the history is then as it was.
    pub fn tidy(&self) -> Result<Tidied> {
        let mut held = self.held_to_add();
        let Some(repository) = self.readable(&mut held.access)? else {
            return Ok(Tidied::default());
        };
        let objects = tidy::pack_objects(repository, &self.folder)?;
        store::remove_stale_lock(&self.folder.join("packed-refs.lock"));
        store::remove_stale_locks(&self.folder.join("refs"));
        for _ in 0..20 {
            match repository.refdb_compress() {
                // Somebody keeps a version at this moment.
                Err(error) if store::lost_a_race(&error) => std::thread::sleep(std::time::Duration::from_millis(10)),
                done => {
                    self.said(done)?;
                    break;
                }
            }
        }
        // References that were in use each time are packed another time.
        Ok(Tidied { objects })
    }

    /// The same history, with an access of its own to the store: what takes long there holds nobody up here.
    pub(crate) fn beside(&self) -> Self {
        Self::open(&self.folder)
    }

    /// Tells what goes wrong and is worked around from now on, and what was not told yet, each once. Called on the
    /// thread that came across it, which holds the history: `listener` must not ask it for anything.
    pub fn on_damage(&self, listener: impl Fn(&HistoryNotice) + Send + Sync + 'static) {
        self.notices.listen(Box::new(listener));
    }

    /// What went wrong and was worked around, and was not told yet.
    pub fn take_notices(&self) -> Vec<HistoryNotice> {
        self.notices.take()
    }

    /// Tells that a version could not be kept. Another window that is just keeping one is no reason to.
    pub(crate) fn could_not_keep(&self, error: &Error) {
        if error.kind == ErrorKind::Busy {
            return;
        }
        self.notices.add(HistoryNotice {
            kind: HistoryNoticeKind::NotKept(error.kind),
            path: error.path.clone().unwrap_or_else(|| self.folder.clone()),
            article: None,
            detail: error.detail.clone(),
        });
    }

    /// All that is damaged in the history, or was and is set aside. Reads every version's record, and changes nothing.
    pub fn findings(&self) -> Vec<HistoryNotice> {
        findings::find(&self.folder)
    }

    fn say_name(
        &self,
        article: &ArticleId,
        version: &VersionId,
        name: &str,
        time: Timestamp,
        device: &str,
    ) -> Result<()> {
        let mut held = self.held_to_add();
        let missing = || Error::new(ErrorKind::NotFound, format!("there is no version {}", version.0));
        let repository = self.readable(&mut held.access)?.ok_or_else(missing)?;
        let id = Oid::from_str(&version.0).map_err(|_| missing())?;
        let tip = repository.refname_to_id(&article_ref(article)).map_err(|_| missing())?;
        if id != tip && !repository.graph_descendant_of(tip, id).unwrap_or(false) {
            return Err(missing());
        }
        self.said(store::set_name(repository, article, id, name, time, device))
    }

    /// The store for whoever reads it.
    fn held(&self) -> Held<'_> {
        let access = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = turns::reading(&self.folder);
        Held { access, turn }
    }

    /// The store for whoever adds to it; there may be none yet.
    fn held_to_add(&self) -> Held<'_> {
        let access = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = if self.folder.is_dir() {
            turns::adding(&self.folder)
        } else {
            Turn::none()
        };
        Held { access, turn }
    }

    /// The open store; `None` when there is none yet.
    fn readable<'a>(&self, access: &'a mut Access) -> Result<Option<&'a Repository>> {
        // Where another window freed space, what is open may be of files that are gone.
        let packs = freeing::packs(&self.folder);
        let gone = access.packs.iter().any(|pack| !packs.contains(pack));
        if gone
            || access
                .repository
                .as_ref()
                .is_some_and(|repository| !store::is_there(repository))
        {
            access.repository = None;
        }
        access.packs = packs;
        if access.repository.is_none() {
            if std::fs::symlink_metadata(&self.folder).is_err() {
                return Ok(None);
            }
            access.repository = Some(store::open(&self.folder)?);
        }
        Ok(access.repository.as_ref())
    }

    /// The open store, made when there is none, set aside and made anew when it is damaged.
    fn ready<'a>(&self, access: &'a mut Access, time: Timestamp) -> Result<&'a Repository> {
        let opened = match self.readable(access) {
            Ok(Some(_)) => None,
            Ok(None) => Some(store::create(&self.folder)?),
            Err(error) if error.kind == ErrorKind::Corrupt => {
                let aside = store::set_aside(&self.folder, time)?;
                self.notices.add(HistoryNotice {
                    kind: HistoryNoticeKind::SetAside,
                    path: aside,
                    article: None,
                    detail: format!(
                        "The history could not be read ({}). It was set aside and a new one begun.",
                        error.detail
                    ),
                });
                Some(store::create(&self.folder)?)
            }
            Err(error) => return Err(error),
        };
        if let Some(repository) = opened {
            access.repository = Some(repository);
        }
        access
            .repository
            .as_ref()
            .ok_or_else(|| Error::new(ErrorKind::Io, "the history is not open").at(&self.folder))
    }

    /// The newest version of a chain with the blob of its text. An unreadable one is put by.
    fn tip<'a>(
        &self,
        repository: &'a Repository,
        reference: &str,
        snapshot: &Snapshot<'_>,
    ) -> Result<Option<(git2::Commit<'a>, Oid)>> {
        let target = match repository.refname_to_id(reference) {
            Ok(target) => target,
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
            Err(error) => {
                let aside = store::set_reference_aside(&self.folder, reference, snapshot.time)?;
                self.notices.add(HistoryNotice {
                    kind: HistoryNoticeKind::Versions,
                    path: aside,
                    article: Some(snapshot.article.clone()),
                    detail: format!(
                        "The reference to the versions of {} was damaged ({}); it was set aside.",
                        snapshot.path,
                        error.message()
                    ),
                });
                return Ok(None);
            }
        };
        let read = repository
            .find_commit(target)
            .and_then(|commit| store::blob_of(&commit).map(|blob| (commit, blob)));
        match read {
            Ok(tip) => Ok(Some(tip)),
            Err(error) => {
                self.said(store::keep_broken(repository, snapshot.article, reference, target))?;
                self.notices.add(HistoryNotice {
                    kind: HistoryNoticeKind::Versions,
                    path: self.folder.clone(),
                    article: Some(snapshot.article.clone()),
                    detail: format!(
                        "The newest version of {} can't be read ({}); a new list of versions begins.",
                        snapshot.path,
                        error.message()
                    ),
                });
                Ok(None)
            }
        }
    }

    fn said<T>(&self, result: std::result::Result<T, git2::Error>) -> Result<T> {
        result.map_err(|error| store::told(&error).at(&self.folder))
    }
}

#[cfg(test)]
mod tests;
