//! The calls to git behind the history: opening, writing, naming, and what to do when broken.

use std::path::{Path, PathBuf};
use std::time::Duration;

use git2::{
    Commit, Config, ErrorClass, ErrorCode, ObjectType, Oid, Repository, RepositoryInitOptions, Signature, Time,
};
use jiff::Timestamp;

use super::turns::{self, Turn};
use super::{Snapshot, Version, VersionId, VersionKind, isolation, message};
use crate::error::{At, Error, ErrorKind, Result};
use crate::identity::ArticleId;

type GitResult<T> = std::result::Result<T, git2::Error>;

/// How often a reference is tried when another window writes it too.
pub(super) const ATTEMPTS: u32 = 60;

/// What a damaged store is called after its own name.
pub(super) const ASIDE: &str = "bad";

/// The folder for damaged references.
pub(super) const BROKEN: &str = "broken-refs";

/// The only file of every tree.
const FILE: &str = "article.md";

/// Opens the store, refusing one that leads elsewhere.
pub(super) fn open(folder: &Path) -> Result<Repository> {
    let corrupt = |detail: &str| Error::new(ErrorKind::Corrupt, detail).at(folder);
    // Not `join("")`, whose slash would follow a link.
    for part in [folder.to_owned(), folder.join("objects"), folder.join("refs")] {
        match std::fs::symlink_metadata(&part) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(corrupt("it is not a folder of its own").at(part)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(corrupt("a part of it is missing"));
            }
            Err(error) => return Err(error).at(part),
        }
    }
    isolation::refuse_ways_out(folder)?;
    isolation::set_right(folder)?;
    isolation::isolate()?;
    let repository = Repository::open_bare(folder).map_err(|error| match told(&error).kind {
        kind @ (ErrorKind::ReadOnly | ErrorKind::DiskFull) => Error::new(kind, error.message()).at(folder),
        _ => corrupt(error.message()),
    })?;
    let config = Config::open(&folder.join("config")).map_err(|error| corrupt(error.message()))?;
    repository
        .set_config(&config)
        .map_err(|error| told(&error).at(folder))?;
    Ok(repository)
}

/// Makes the store beside its place and moves it there, so that a kill leaves none half made.
pub(super) fn create(folder: &Path) -> Result<Repository> {
    isolation::isolate()?;
    let parent = folder.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).at(parent)?;
    let draft = draft_folder(parent, ".history-draft-")?;
    let draft = draft.path();
    let made = Repository::init_opts(
        draft,
        RepositoryInitOptions::new()
            .bare(true)
            .no_reinit(true)
            .mkdir(false)
            .external_template(false)
            .initial_head("main")
            .description("The history of an Edito library: one reference per article."),
    );
    match made {
        Ok(repository) => drop(repository),
        // On disks that know no owners, git distrusts what it has just made.
        Err(error) if error.code() == ErrorCode::Owner => {}
        Err(error) => return Err(told(&error).at(draft)),
    }
    isolation::set_right(draft)?;
    match std::fs::rename(draft, folder) {
        Ok(()) => crate::journal::sync_folder(parent),
        // Another window was quicker: its store is as good.
        Err(_) if folder.join("HEAD").exists() => {}
        Err(error) => return Err(error).at(folder),
    }
    open(folder)
}

/// A folder for something not finished, removed when dropped. Those that a kill left behind hold
/// nothing that isn't elsewhere; they are swept when they are a day old.
pub(super) fn draft_folder(parent: &Path, prefix: &str) -> Result<tempfile::TempDir> {
    for entry in std::fs::read_dir(parent).at(parent)?.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(prefix)
            && entry.file_type().is_ok_and(|kind| kind.is_dir());
        let age = entry.metadata().and_then(|metadata| metadata.modified());
        if ours && age.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > STALE_DRAFT)) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    // As any folder the user makes: a shared library must stay readable to those it is shared with.
    #[cfg(unix)]
    let shared = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    #[cfg(unix)]
    builder.permissions(shared);
    builder.tempdir_in(parent).at(parent)
}

/// Whether the store is still where it was opened.
pub(super) fn is_there(repository: &Repository) -> bool {
    repository.path().join("HEAD").exists()
}

/// Renames a damaged store; its bytes are kept.
pub(super) fn set_aside(folder: &Path, time: Timestamp) -> Result<PathBuf> {
    let aside = free_name(folder, ASIDE, time);
    std::fs::rename(folder, &aside).at(folder)?;
    Ok(aside)
}

/// Moves the file of a damaged reference out of the way.
pub(super) fn set_reference_aside(folder: &Path, reference: &str, time: Timestamp) -> Result<PathBuf> {
    let file = folder.join(reference);
    let keep = folder.join(BROKEN);
    std::fs::create_dir_all(&keep).at(&keep)?;
    let name = reference.replace('/', "-");
    let aside = free_name(&keep.join(name), ASIDE, time);
    std::fs::rename(&file, &aside).at(&file)?;
    Ok(aside)
}

/// Keeps hold of a chain whose tip can't be read, and frees its name.
pub(super) fn keep_broken(repository: &Repository, article: &ArticleId, reference: &str, target: Oid) -> GitResult<()> {
    let keep = format!("refs/broken/{}/{target}", ref_part(article));
    // Git refuses references to objects that are missing: then a file remembers the name.
    if repository.reference(&keep, target, true, "").is_err() {
        let folder = repository.path().join(BROKEN);
        let file = folder.join(format!("{}-{target}", ref_part(article)));
        if std::fs::create_dir_all(&folder).is_ok() {
            let _ = std::fs::write(file, format!("{target}\n"));
        }
    }
    repository.find_reference(reference)?.delete()
}

/// Writes an object and makes sure that it can be read: one of the same content left torn by a
/// power cut would otherwise pass for it.
pub(super) fn write_object(repository: &Repository, kind: ObjectType, bytes: &[u8]) -> GitResult<Oid> {
    let odb = repository.odb()?;
    let id = odb.write(kind, bytes)?;
    if odb.read(id).is_ok_and(|object| object.data() == bytes) {
        return Ok(id);
    }
    let hex = id.to_string();
    let (folder, rest) = hex.split_at(2);
    let loose = repository.path().join("objects").join(folder).join(rest);
    let _ = std::fs::rename(&loose, loose.with_extension("bad"));
    odb.refresh()?;
    let id = odb.write(kind, bytes)?;
    odb.read(id)?;
    Ok(id)
}

/// The tree that holds one text.
pub(super) fn write_tree(repository: &Repository, blob: Oid) -> GitResult<Oid> {
    let mut raw = format!("100644 {FILE}\0").into_bytes();
    raw.extend_from_slice(blob.as_bytes());
    write_object(repository, ObjectType::Tree, &raw)
}

pub(super) fn write_commit(
    repository: &Repository,
    tree: Oid,
    parent: Option<&Commit<'_>>,
    snapshot: &Snapshot<'_>,
) -> GitResult<Oid> {
    let tree = repository.find_tree(tree)?;
    let by = signature(snapshot.time)?;
    let parents: Vec<&Commit<'_>> = parent.into_iter().collect();
    repository.commit(None, &by, &by, &message::write(snapshot), &tree, &parents)
}

/// Moves a reference on, only if it still is where it was.
pub(super) fn update_reference(repository: &Repository, reference: &str, to: Oid, from: Option<Oid>) -> GitResult<()> {
    match from {
        Some(from) => repository.reference_matching(reference, to, true, from, "")?,
        None => repository.reference(reference, to, false, "")?,
    };
    Ok(())
}

/// Whether another window wrote the same reference at the same time.
pub(super) fn lost_a_race(error: &git2::Error) -> bool {
    matches!(
        error.code(),
        ErrorCode::Modified | ErrorCode::Exists | ErrorCode::Locked
    )
}

/// Waits for another window to finish; takes away a lock that a killed one left behind. `turn` is the caller's.
pub(super) fn wait_for_lock(folder: &Path, reference: &str, attempt: u32, turn: &mut Turn) {
    if attempt > 2 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let lock = folder.join(format!("{reference}.lock"));
    if attempt == ATTEMPTS / 2 {
        remove_stale_lock(&lock);
    }
    if attempt % 8 == 3 && lock.exists() {
        turn.let_go();
        if let Some(_alone) = turns::nobody_else(folder) {
            remove_lock_older_than(&lock, LEFT_BEHIND);
        }
        *turn = turns::adding(folder);
    }
}

/// Takes away a lock that a killed process left behind.
pub(super) fn remove_stale_lock(lock: &Path) {
    remove_lock_older_than(lock, STALE_LOCK);
}

/// Takes away all locks of references that were left behind, those of a moment ago too. The caller knows that nobody
/// else is writing.
pub(super) fn remove_locks_left_behind(store: &Path) {
    let refs = store.join("refs");
    let packed = store.join("packed-refs.lock");
    for _ in 0..10 {
        remove_lock_older_than(&packed, LEFT_BEHIND);
        if !remove_locks(&refs, LEFT_BEHIND) && !packed.exists() {
            return;
        }
        std::thread::sleep(LEFT_BEHIND / 8);
    }
}

fn remove_lock_older_than(lock: &Path, oldest: Duration) {
    let left_behind = std::fs::metadata(lock)
        .and_then(|metadata| metadata.modified())
        .is_ok_and(|time| time.elapsed().is_ok_and(|age| age > oldest));
    if left_behind {
        let _ = std::fs::remove_file(lock);
    }
}

/// Takes away all such locks below a folder.
pub(super) fn remove_stale_locks(folder: &Path) {
    remove_locks(folder, STALE_LOCK);
}

/// Answers whether there are others still.
fn remove_locks(folder: &Path, oldest: Duration) -> bool {
    let mut left = false;
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            left |= remove_locks(&path, oldest);
        } else if path.extension().is_some_and(|ending| ending == "lock") {
            remove_lock_older_than(&path, oldest);
            left |= path.exists();
        }
    }
    left
}

/// Gives a version a name.
pub(super) fn set_name(
    repository: &Repository,
    article: &ArticleId,
    version: Oid,
    name: &str,
    time: Timestamp,
    device: &str,
) -> GitResult<()> {
    let commit = repository.find_object(version, Some(ObjectType::Commit))?;
    let text = message::write_name(name, time, device);
    let hex = version.to_string();
    let tag = repository.tag_annotation_create(&hex, &commit, &signature(time)?, &text)?;
    let reference = name_ref(article, version);
    remove_stale_lock(&repository.path().join(format!("{reference}.lock")));
    repository.reference(&reference, tag, true, "")?;
    Ok(())
}

/// A commit as the list of versions shows it.
pub(super) fn version(repository: &Repository, article: &ArticleId, commit: &Commit<'_>) -> Version {
    let text = String::from_utf8_lossy(commit.message_bytes()).into_owned();
    let kind = match message::read(&text, "Edito-Kind").as_deref() {
        Some("named") => VersionKind::Named,
        Some("captured") => VersionKind::Captured,
        Some("external") => VersionKind::External,
        Some("before") => VersionKind::Before,
        _ => VersionKind::Automatic,
    };
    let time = message::read(&text, "Edito-Time")
        .and_then(|time| time.parse::<Timestamp>().ok())
        .map_or_else(
            || commit.time().seconds().saturating_mul(1000),
            Timestamp::as_millisecond,
        );
    let bytes = blob_of(commit)
        .and_then(|blob| repository.odb()?.read_header(blob))
        .map_or(0, |(size, _)| size as u64);
    // An empty name says that the one before was taken away.
    let name = later_name(repository, article, commit.id())
        .or_else(|| message::read(&text, "Edito-Name"))
        .filter(|name| !name.is_empty());
    Version {
        id: VersionId(commit.id().to_string()),
        time,
        device: message::read(&text, "Edito-Device").unwrap_or_default(),
        by: message::read(&text, "Edito-By"),
        kind: match kind {
            VersionKind::Named if name.is_none() => VersionKind::Automatic,
            kind => kind,
        },
        name,
        reason: message::read(&text, "Edito-Reason"),
        path: message::read(&text, "Edito-Path").unwrap_or_default(),
        bytes,
        words: message::read(&text, "Edito-Words").and_then(|words| words.parse().ok()),
    }
}

/// The text of a version.
pub(super) fn blob_of(commit: &Commit<'_>) -> GitResult<Oid> {
    let tree = commit.tree()?;
    tree.get_name(FILE)
        .map(|entry| entry.id())
        .ok_or_else(|| git2::Error::from_str("a version without a text"))
}

/// An error of git as one of Edito's.
pub(super) fn told(error: &git2::Error) -> Error {
    let text = error.message();
    // libgit2 knows one code for all that the system refuses; its words hold the system's.
    let kind = match (error.code(), error.class()) {
        (ErrorCode::NotFound, _) => ErrorKind::NotFound,
        (ErrorCode::Locked | ErrorCode::Modified, _) => ErrorKind::Busy,
        _ if text.contains("No space left") || text.contains("quota") => ErrorKind::DiskFull,
        _ if text.contains("Permission denied") || text.contains("Read-only") => ErrorKind::ReadOnly,
        (_, ErrorClass::Os | ErrorClass::Filesystem) => ErrorKind::Io,
        (_, ErrorClass::Odb | ErrorClass::Object | ErrorClass::Zlib | ErrorClass::Reference) => ErrorKind::Corrupt,
        _ => ErrorKind::Io,
    };
    Error::new(kind, text.to_owned()).because(git2::Error::new(error.code(), error.class(), text))
}

/// The chain of an article. Two characters of the id spread 100,000 of them over 256 folders:
/// the last two, for identities made at the same time begin alike.
pub(super) fn article_ref(article: &ArticleId) -> String {
    format!("{ARTICLES}{}", ref_part(article))
}

/// The later name of a version.
pub(super) fn name_ref(article: &ArticleId, version: Oid) -> String {
    format!("{NAMES}{}/{version}", ref_part(article))
}

/// What is said of the versions of an article that were dropped.
pub(super) fn dropped_ref(article: &ArticleId) -> String {
    format!("{DROPPED}{}", ref_part(article))
}

/// What the references of chains begin with.
pub(super) const ARTICLES: &str = "refs/articles/";

/// What the references of later names begin with.
pub(super) const NAMES: &str = "refs/names/";

/// What the references of what is said of dropped versions begin with.
pub(super) const DROPPED: &str = "refs/dropped/";

/// A lock older than that was left by a killed process: Edito holds them for milliseconds.
const STALE_LOCK: Duration = Duration::from_secs(10);

/// The same, where no process of this computer is writing. Not at once: disks of a network may not tell of the others'.
const LEFT_BEHIND: Duration = Duration::from_millis(400);

const STALE_DRAFT: Duration = Duration::from_secs(24 * 60 * 60);

fn ref_part(article: &ArticleId) -> String {
    let id = article.as_str();
    let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let id = if (2..=64).contains(&id.len()) && id.bytes().all(sound) {
        id.to_owned()
    } else {
        // Any other identity could be no reference at all, or someone else's on disks that
        // don't tell capitals.
        blake3::hash(id.as_bytes()).to_hex().to_string()
    };
    let (_, shard) = id.split_at(id.len() - 2);
    format!("{shard}/{id}")
}

fn later_name(repository: &Repository, article: &ArticleId, version: Oid) -> Option<String> {
    let id = repository.refname_to_id(&name_ref(article, version)).ok()?;
    let tag = repository.find_tag(id).ok()?;
    let text = String::from_utf8_lossy(tag.message_bytes()?).into_owned();
    message::read(&text, "Edito-Name")
}

fn signature(time: Timestamp) -> GitResult<Signature<'static>> {
    Signature::new("Edito", "edito@localhost", &Time::new(time.as_second(), 0))
}

fn free_name(path: &Path, word: &str, time: Timestamp) -> PathBuf {
    let stamp = time.strftime("%Y%m%dT%H%M%SZ");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (0..)
        .map(|count| match count {
            0 => path.with_file_name(format!("{name}.{word}-{stamp}")),
            _ => path.with_file_name(format!("{name}.{word}-{stamp}-{count}")),
        })
        .find(|candidate: &PathBuf| std::fs::symlink_metadata(candidate).is_err())
        .unwrap_or_else(|| path.with_extension(word))
}
