#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use super::*;
use crate::disk::RealDisk;

const TIME: i64 = 1_795_339_800_000;

fn library() -> tempfile::TempDir {
    let library = tempfile::tempdir().unwrap();
    fs::create_dir_all(library.path().join("éditos/2026")).unwrap();
    fs::write(library.path().join("éditos/2026/été.md"), "l’été").unwrap();
    library
}

fn throw_away(root: &Path, path: &str, id: &str) -> Result<Trashed> {
    let what = ToTrash {
        path: Path::new(path),
        article: Some("some-article"),
        title: "L’été",
        time: TIME,
        id,
    };
    move_to_trash(&RealDisk, root, &what)
}

fn plant(root: &Path, id: &str, path: &str) {
    let folder = root.join(".edito/trash").join(id);
    fs::create_dir_all(folder.join("content")).unwrap();
    fs::write(folder.join("content/x.md"), "planted").unwrap();
    let entry = format!(r#"{{"v":1,"article":null,"title":"x","path":"{path}","time":1}}"#);
    fs::write(folder.join("entry.json"), entry).unwrap();
}

fn put_back(root: &Path, id: &str) -> Result<PathBuf> {
    restore(&RealDisk, root, id, &mut |_| Ok(()))
}

#[test]
fn what_is_thrown_away_is_listed_and_comes_back() {
    let library = library();
    let root = library.path();
    let trashed = throw_away(root, "éditos/2026/été.md", "abc").unwrap();
    assert!(!root.join("éditos/2026/été.md").exists());
    assert_eq!(trashed.id, "20261122T093000Z-abc");
    assert_eq!(trashed.path, "éditos/2026/été.md");
    assert_eq!(list(&RealDisk, root).unwrap(), std::slice::from_ref(&trashed));

    // Also when the folder it was in is gone.
    fs::remove_dir_all(root.join("éditos")).unwrap();
    let path = put_back(root, &trashed.id).unwrap();
    assert_eq!(path, Path::new("éditos/2026/été.md"));
    assert_eq!(fs::read_to_string(root.join(path)).unwrap(), "l’été");
    assert_eq!(list(&RealDisk, root).unwrap(), []);
    assert_eq!(fs::read_dir(root.join(".edito/trash")).unwrap().count(), 0);
    let again = put_back(root, &trashed.id).unwrap_err();
    assert_eq!(again.kind, ErrorKind::NotFound);
}

#[test]
fn a_name_that_is_taken_meanwhile_is_not_replaced() {
    let library = library();
    let root = library.path();
    let trashed = throw_away(root, "éditos/2026/été.md", "abc").unwrap();
    fs::write(root.join("éditos/2026/ÉTÉ.md"), "another").unwrap();
    let path = put_back(root, &trashed.id).unwrap();
    assert_eq!(path, Path::new("éditos/2026/été-2.md"));
    assert_eq!(fs::read_to_string(root.join("éditos/2026/ÉTÉ.md")).unwrap(), "another");
}

#[test]
fn deleting_forever_takes_one_entry_and_nothing_else() {
    let library = library();
    let root = library.path();
    fs::write(root.join("b.md"), "b").unwrap();
    let a = throw_away(root, "éditos/2026/été.md", "a").unwrap();
    let b = throw_away(root, "b.md", "b").unwrap();
    delete_forever(&RealDisk, root, &a.id).unwrap();
    assert_eq!(list(&RealDisk, root).unwrap(), [b]);
    for id in ["", ".", "..", "../..", "/", "nothing", "a/b"] {
        let error = delete_forever(&RealDisk, root, id).unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound, "{id:?}");
        let error = put_back(root, id).unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotFound, "{id:?}");
    }
}

#[test]
fn only_what_is_in_the_library_is_thrown_away() {
    let library = library();
    let root = library.path();
    for path in ["../x.md", "/absolute/x.md", "", "éditos/../../x"] {
        let error = throw_away(root, path, "a").unwrap_err();
        assert_eq!(error.kind, ErrorKind::Invalid, "{path:?}");
    }
    let error = throw_away(root, "nothing.md", "a").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(!root.join(".edito").exists());
}

#[test]
fn a_strangers_entry_is_restored_within_the_library_and_never_hidden() {
    let outside = tempfile::tempdir().unwrap();
    let library = library();
    let root = library.path();
    let hostile = ["../../x.md", "/absolute/x.md", ".git/hooks/x.md", "a/../../x.md"];
    for (number, path) in hostile.into_iter().enumerate() {
        plant(root, &format!("h{number}"), path);
        let restored = put_back(root, &format!("h{number}")).unwrap();
        assert_eq!(restored.parent(), Some(Path::new("")), "{path}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.path(), root.join("link")).unwrap();
        plant(root, "linked", "link/x.md");
        let restored = put_back(root, "linked").unwrap();
        assert_eq!(restored.parent(), Some(Path::new("")));
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn deleting_forever_follows_no_link() {
    let outside = tempfile::tempdir().unwrap();
    let library = library();
    let root = library.path();
    fs::write(outside.path().join("keep.md"), "keep").unwrap();
    plant(root, "entry", "x.md");
    let link = root.join(".edito/trash/entry/content/link");
    std::os::unix::fs::symlink(outside.path(), link).unwrap();
    std::os::unix::fs::symlink(outside.path(), root.join(".edito/trash/linked")).unwrap();
    delete_forever(&RealDisk, root, "entry").unwrap();
    assert!(delete_forever(&RealDisk, root, "linked").is_err());
    assert!(outside.path().join("keep.md").exists());

    let moved = root.join("elsewhere");
    fs::rename(root.join(".edito"), &moved).unwrap();
    std::os::unix::fs::symlink(&moved, root.join(".edito")).unwrap();
    plant(root, "again", "x.md");
    let error = delete_forever(&RealDisk, root, "again").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Invalid);
}

#[test]
fn an_entry_whose_description_is_lost_is_still_listed() {
    let library = library();
    let root = library.path();
    let trashed = throw_away(root, "éditos/2026/été.md", "abc").unwrap();
    let entry = root.join(".edito/trash").join(&trashed.id).join("entry.json");
    fs::write(entry, "{").unwrap();
    let listed = list(&RealDisk, root).unwrap();
    assert_eq!((listed[0].title.as_str(), listed[0].time), ("été.md", TIME));
    assert_eq!(put_back(root, &trashed.id).unwrap(), Path::new("été.md"));
}

#[test]
fn entries_without_a_file_count_for_nothing_and_are_swept() {
    let library = library();
    let root = library.path();
    plant(root, "full", "x.md");
    plant(root, "empty", "x.md");
    fs::remove_file(root.join(".edito/trash/empty/content/x.md")).unwrap();
    fs::create_dir(root.join(".edito/trash/bare")).unwrap();
    assert_eq!(list(&RealDisk, root).unwrap().len(), 1);
    // The entry of a file that is just being thrown away has none yet.
    let begun = format!("{}-begun", time_stamp(TIME));
    fs::create_dir_all(root.join(".edito/trash").join(&begun).join("content")).unwrap();
    let left = |now: i64| {
        sweep(&RealDisk, root, now).unwrap();
        let mut names: Vec<_> = fs::read_dir(root.join(".edito/trash"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(left(TIME - 1_000), [begun.as_str(), "full"]);
    assert_eq!(left(TIME + 1_000), [begun.as_str(), "full"]);
    assert_eq!(left(TIME + 120_000), ["full"]);
}
