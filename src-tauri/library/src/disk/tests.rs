#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn save(path: &Path, old: &str, new: &str) -> Result<ContentHash> {
    let expected = Precondition::Content(ContentHash::of(old.as_bytes()));
    durable_write(&RealDisk, path, new.as_bytes(), expected)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_save_replaces_the_file_and_leaves_nothing_else() {
    let folder = folder();
    let path = folder.path().join("a.md");
    fs::write(&path, "old").unwrap();
    assert_eq!(save(&path, "old", "new").unwrap(), ContentHash::of(b"new"));
    assert_eq!(text(&path), "new");
    assert_eq!(names(folder.path()), ["a.md"]);
}

#[test]
fn a_file_that_was_changed_meanwhile_is_not_replaced() {
    let folder = folder();
    let path = folder.path().join("a.md");
    fs::write(&path, "theirs").unwrap();
    let error = save(&path, "old", "ours").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Changed);
    assert_eq!(error.path.as_deref(), Some(path.as_path()));
    assert_eq!(text(&path), "theirs");
    assert_eq!(names(folder.path()), ["a.md"]);
}

#[test]
fn a_file_that_already_holds_the_new_text_is_no_conflict() {
    let folder = folder();
    let path = folder.path().join("a.md");
    fs::write(&path, "new").unwrap();
    save(&path, "old", "new").unwrap();
    assert_eq!(text(&path), "new");
}

#[test]
fn a_file_that_is_gone_is_said_to_be_gone_and_can_be_made_again() {
    let folder = folder();
    let path = folder.path().join("a.md");
    assert_eq!(save(&path, "old", "new").unwrap_err().kind, ErrorKind::NotFound);
    create_new(&RealDisk, &path, b"new").unwrap();
    assert_eq!(text(&path), "new");
    let missing = folder.path().join("none/a.md");
    let error = create_new(&RealDisk, &missing, b"x").unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[test]
fn creating_never_replaces() {
    let folder = folder();
    let path = folder.path().join("a.md");
    fs::write(&path, "theirs").unwrap();
    let error = create_new(&RealDisk, &path, b"ours").unwrap_err();
    assert_eq!(error.kind, ErrorKind::AlreadyExists);
    assert_eq!(text(&path), "theirs");
    assert_eq!(names(folder.path()), ["a.md"]);
    fs::create_dir(folder.path().join("b.md")).unwrap();
    let error = create_new(&RealDisk, &folder.path().join("b.md"), b"ours").unwrap_err();
    assert_eq!(error.kind, ErrorKind::AlreadyExists);
}

#[test]
fn a_folder_is_not_written_as_a_file() {
    let folder = folder();
    let error = durable_write(&RealDisk, folder.path(), b"x", Precondition::Any).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Invalid);
}

#[test]
fn folders_are_made_with_those_above_them() {
    let folder = folder();
    let deep = folder.path().join("a/b/c");
    create_folders(&RealDisk, &deep, false).unwrap();
    create_folders(&RealDisk, &deep, false).unwrap();
    assert!(deep.is_dir());
    fs::write(deep.join("file"), "").unwrap();
    assert!(create_folders(&RealDisk, &deep.join("file"), false).is_err());
    assert!(create_folders(&RealDisk, &deep.join("file/x"), false).is_err());
}

#[test]
fn a_move_never_replaces() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.md"), "a").unwrap();
    fs::write(path("b.md"), "b").unwrap();
    let error = move_file(&RealDisk, &path("a.md"), &path("b.md")).unwrap_err();
    assert_eq!(error.kind, ErrorKind::AlreadyExists);
    let error = move_file(&RealDisk, &path("x.md"), &path("y.md")).unwrap_err();
    assert_eq!((error.kind, error.path), (ErrorKind::NotFound, Some(path("x.md"))));
    fs::create_dir(path("sub")).unwrap();
    move_file(&RealDisk, &path("a.md"), &path("sub/A.md")).unwrap();
    assert_eq!(names(folder.path()), ["b.md", "sub"]);
    assert_eq!(text(&path("sub/A.md")), "a");
}

#[test]
fn temporary_files_are_swept_in_all_folders_and_nothing_else() {
    let folder = folder();
    let deep = folder.path().join("a/b.md");
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join(".edito-tmp-1-0"), "half").unwrap();
    fs::write(folder.path().join(".edito-tmp-1-1"), "").unwrap();
    fs::write(folder.path().join(".edito-tmp-link-1-2"), "{\"torn").unwrap();
    fs::write(folder.path().join("edito-tmp-1.md"), "text").unwrap();
    fs::create_dir(folder.path().join(".edito-tmp-folder")).unwrap();
    let swept = sweep_temporaries(&RealDisk, folder.path()).unwrap();
    assert_eq!((swept.removed.len(), swept.kept.len()), (3, 0));
    assert_eq!(names(folder.path()), [".edito-tmp-folder", "a", "edito-tmp-1.md"]);
    assert_eq!(names(&deep), [""; 0]);
}

#[test]
fn a_missing_folder_is_swept_without_an_error() {
    let swept = sweep_temporaries(&RealDisk, Path::new("no/such/folder")).unwrap();
    assert_eq!(swept, Swept::default());
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn the_target_of_a_link_is_written_and_the_link_stays() {
        let folder = folder();
        let elsewhere = super::folder();
        let target = elsewhere.path().join("real.md");
        let link = folder.path().join("link.md");
        let second = folder.path().join("second.md");
        fs::write(&target, "old").unwrap();
        symlink(&target, &link).unwrap();
        symlink("link.md", &second).unwrap();
        save(&second, "old", "new").unwrap();
        assert_eq!(text(&target), "new");
        assert!(link.is_symlink() && second.is_symlink());
        assert_eq!(names(folder.path()), ["link.md", "second.md"]);
        assert_eq!(names(elsewhere.path()), ["real.md"]);
    }

    #[test]
    fn a_link_to_nothing_makes_its_target_and_a_circle_is_an_error() {
        let folder = folder();
        let link = folder.path().join("link.md");
        symlink("target.md", &link).unwrap();
        durable_write(&RealDisk, &link, b"new", Precondition::Any).unwrap();
        assert!(link.is_symlink());
        assert_eq!(text(&folder.path().join("target.md")), "new");
        let circle = folder.path().join("circle.md");
        symlink("circle.md", &circle).unwrap();
        let error = durable_write(&RealDisk, &circle, b"x", Precondition::Any).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Invalid);
    }

    #[test]
    fn a_link_that_is_moved_still_points_at_its_file() {
        let library = folder();
        let root = library.path().canonicalize().unwrap();
        for folder in ["a", "b/deep", "shared"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        let target = root.join("shared/x.md");
        fs::write(&target, "words").unwrap();
        let places = ["a/x.md", "b/deep/x.md", "x.md", "a/other.md", "a/x.md"];
        for written in [Path::new("../shared/x.md"), target.as_path()] {
            symlink(written, root.join("a/x.md")).unwrap();
            for (from, to) in places.iter().zip(&places[1..]) {
                move_file(&RealDisk, &root.join(from), &root.join(to)).unwrap();
                assert!(!root.join(from).is_symlink(), "{from}");
                assert!(root.join(to).is_symlink());
                assert_eq!(root.join(to).canonicalize().unwrap(), target, "{written:?} {to}");
            }
            assert_eq!(fs::read_link(root.join("a/x.md")).unwrap(), written);
            fs::remove_file(root.join("a/x.md")).unwrap();
        }
        // One that leads to nothing today, and one whose new name is taken.
        symlink("../shared/later.md", root.join("a/later.md")).unwrap();
        move_file(&RealDisk, &root.join("a/later.md"), &root.join("b/deep/later.md")).unwrap();
        fs::write(root.join("shared/later.md"), "later").unwrap();
        assert_eq!(text(&root.join("b/deep/later.md")), "later");
        symlink("../../shared/x.md", root.join("b/deep/x.md")).unwrap();
        let error = move_file(&RealDisk, &root.join("b/deep/later.md"), &root.join("b/deep/x.md")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::AlreadyExists);
        let error = move_file(&RealDisk, &root.join("b/deep/later.md"), &root.join("shared/x.md")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::AlreadyExists);
        assert_eq!(
            (text(&target).as_str(), text(&root.join("b/deep/later.md")).as_str()),
            ("words", "later")
        );
    }

    #[test]
    fn the_mode_stays() {
        let folder = folder();
        let path = folder.path().join("a.md");
        for wanted in [0o600, 0o644, 0o664, 0o755, 0o666] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(wanted)).unwrap();
            save(&path, "old", "new").unwrap();
            assert_eq!(mode(&path), wanted);
        }
    }

    /// Whether the disk of temporary folders has extended attributes.
    #[cfg(target_os = "linux")]
    fn has_attributes(path: &Path) -> bool {
        let has = set_attribute(path, "user.edito.probe", b"1");
        if !has {
            println!("SKIPPED: the disk of temporary files has no extended attributes");
        }
        has
    }

    #[cfg(target_os = "linux")]
    fn set_attribute(path: &Path, name: &str, value: &[u8]) -> bool {
        rustix::fs::setxattr(path, name, value, rustix::fs::XattrFlags::empty()).is_ok()
    }

    #[cfg(target_os = "linux")]
    fn attribute(path: &Path, name: &str) -> Option<Vec<u8>> {
        let mut value = vec![0; rustix::fs::getxattr_query(path, name).ok()?];
        let length = rustix::fs::getxattr(path, name, value.as_mut_slice()).ok()?;
        value.truncate(length);
        Some(value)
    }

    /// An access list as Linux keeps it (`linux/posix_acl_xattr.h`): the owner may all, the group nothing, and one more
    /// user may read.
    #[cfg(target_os = "linux")]
    fn access_list(also: u32) -> Vec<u8> {
        let (owner, user, group, mask, others) = (0x01_u16, 0x02_u16, 0x04_u16, 0x10_u16, 0x20_u16);
        let nobody = u32::MAX;
        let entries = [
            (owner, 6_u16, nobody),
            (user, 4, also),
            (group, 0, nobody),
            (mask, 4, nobody),
            (others, 0, nobody),
        ];
        let mut list = 2_u32.to_le_bytes().to_vec();
        for (tag, rights, id) in entries {
            list.extend(tag.to_le_bytes());
            list.extend(rights.to_le_bytes());
            list.extend(id.to_le_bytes());
        }
        list
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn extended_attributes_and_access_lists_stay() {
        let folder = folder();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        if !has_attributes(&path) {
            return;
        }
        let large = vec![b'x'; 2000];
        assert!(set_attribute(&path, "user.empty", b""));
        assert!(set_attribute(&path, "user.large", &large));
        let list = access_list(12_345);
        let has_lists = set_attribute(&path, "system.posix_acl_access", &list);
        if !has_lists {
            println!("SKIPPED: the disk of temporary files has no access lists");
        }
        let before = mode(&path);
        save(&path, "old", "new").unwrap();
        save(&path, "new", "newer").unwrap();
        assert_eq!(text(&path), "newer");
        assert_eq!(attribute(&path, "user.edito.probe").as_deref(), Some(&b"1"[..]));
        assert_eq!(attribute(&path, "user.empty").as_deref(), Some(&b""[..]));
        assert_eq!(attribute(&path, "user.large"), Some(large));
        assert_eq!(mode(&path), before);
        if has_lists {
            assert_eq!(attribute(&path, "system.posix_acl_access"), Some(list));
        }
        // A file with several names keeps its own.
        fs::hard_link(&path, folder.path().join("b.md")).unwrap();
        save(&path, "newer", "newest").unwrap();
        assert_eq!(attribute(&path, "user.edito.probe").as_deref(), Some(&b"1"[..]));
    }

    /// A folder may give each new file a list; a file that had none was not meant for those in it.
    #[cfg(target_os = "linux")]
    #[test]
    fn the_folders_list_is_not_given_to_a_file_that_had_none() {
        let folder = folder();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o660)).unwrap();
        if !set_attribute(folder.path(), "system.posix_acl_default", &access_list(12_345)) {
            println!("SKIPPED: the disk of temporary files has no access lists");
            return;
        }
        fs::write(folder.path().join("b.md"), "given").unwrap();
        assert!(attribute(&folder.path().join("b.md"), "system.posix_acl_access").is_some());
        save(&path, "old", "new").unwrap();
        assert_eq!(attribute(&path, "system.posix_acl_access"), None);
        assert_eq!(mode(&path), 0o660);
    }

    #[test]
    fn the_owner_stays_where_an_administrator_saves() {
        let folder = folder();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        if std::os::unix::fs::chown(&path, Some(12_345), Some(23_456)).is_err() {
            println!("SKIPPED: only an administrator may give files away");
            return;
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        save(&path, "old", "new").unwrap();
        let about = fs::metadata(&path).unwrap();
        assert_eq!((about.uid(), about.gid(), mode(&path)), (12_345, 23_456, 0o640));
    }

    #[test]
    fn a_read_only_file_is_refused_and_stays() {
        let folder = folder();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        let error = save(&path, "old", "new").unwrap_err();
        assert_eq!(error.kind, ErrorKind::ReadOnly);
        assert_eq!((text(&path).as_str(), mode(&path)), ("old", 0o444));
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[test]
    fn hard_links_show_the_same_text_after_a_save() {
        let folder = folder();
        let elsewhere = super::folder();
        let path = folder.path().join("a.md");
        let other = elsewhere.path().join("b.md");
        fs::write(&path, "old").unwrap();
        fs::hard_link(&path, &other).unwrap();
        for (old, new) in [("old", "something longer"), ("something longer", "x")] {
            save(&path, old, new).unwrap();
            assert_eq!((text(&path).as_str(), text(&other).as_str()), (new, new));
        }
        let error = save(&other, "old", "new").unwrap_err();
        assert_eq!(error.kind, ErrorKind::Changed);
        assert_eq!(fs::metadata(&path).unwrap().nlink(), 2);
        assert_eq!(names(folder.path()), ["a.md"]);
        assert_eq!(names(elsewhere.path()), ["b.md"]);
    }

    #[test]
    fn a_save_without_an_edit_touches_nothing() {
        let folder = folder();
        let path = folder.path().join("a.md");
        fs::write(&path, "same").unwrap();
        let before = fs::metadata(&path).unwrap();
        save(&path, "same", "same").unwrap();
        let after = fs::metadata(&path).unwrap();
        assert_eq!(before.ino(), after.ino());
        assert_eq!(before.mtime_nsec(), after.mtime_nsec());
    }

    #[test]
    fn a_sweep_leaves_the_files_of_a_save_that_is_going_on() {
        let folder = folder();
        let temporary = folder.path().join(".edito-tmp-1-0");
        fs::write(&temporary, "half").unwrap();
        let save = RealDisk.open_folder(folder.path(), true).unwrap();
        let swept = sweep_temporaries(&RealDisk, folder.path()).unwrap();
        assert_eq!(swept.kept, std::slice::from_ref(&temporary));
        drop(save);
        let swept = sweep_temporaries(&RealDisk, folder.path()).unwrap();
        assert_eq!(swept.removed, [temporary]);
    }

    #[test]
    fn two_savers_of_one_file_never_lose_a_text_without_saying_so() {
        const SAVERS: usize = 4;
        const SAVES: usize = 25;
        let folder = folder();
        let path = folder.path().join("a.md");
        fs::write(&path, "").unwrap();
        // Each saver appends a line to what it read; every one that was told "saved" must be there.
        std::thread::scope(|scope| {
            for saver in 0..SAVERS {
                let path = &path;
                scope.spawn(move || {
                    for line in 0..SAVES {
                        loop {
                            let old = fs::read_to_string(path).unwrap();
                            let new = format!("{old}{saver}-{line}\n");
                            match save(path, &old, &new) {
                                Ok(_) => break,
                                Err(error) => assert_eq!(error.kind, ErrorKind::Changed),
                            }
                        }
                    }
                });
            }
        });
        let mut lines: Vec<String> = text(&path).lines().map(str::to_owned).collect();
        lines.sort();
        lines.dedup();
        assert_eq!(lines.len(), SAVERS * SAVES);
    }
}
