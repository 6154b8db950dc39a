#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::disk::RealDisk;

const ARTICLE: &str = "0199b2c8-9b1e-7a30-8f6d-1f2e3d4c5b6a";

fn copy(article: &str, time: i64, text: &str) -> RecoveryCopy {
    RecoveryCopy {
        article: article.into(),
        path: "éditos/été.md".into(),
        base: Some(ContentHash::of(b"base")),
        time,
        text: text.into(),
    }
}

#[test]
fn what_is_kept_is_found_again_the_latest_first() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("recovery/abc");
    assert_eq!(list(&RealDisk, &folder).unwrap(), Recoveries::default());
    keep(&RealDisk, &folder, &copy("a", 1, "one")).unwrap();
    keep(&RealDisk, &folder, &copy("b", 3, "three")).unwrap();
    keep(&RealDisk, &folder, &copy("a", 2, "two\n« ok »\0")).unwrap();
    let found = list(&RealDisk, &folder).unwrap();
    assert_eq!(found.copies, [copy("b", 3, "three"), copy("a", 2, "two\n« ok »\0")]);
    discard(&RealDisk, &folder, "b").unwrap();
    discard(&RealDisk, &folder, "b").unwrap();
    assert_eq!(list(&RealDisk, &folder).unwrap().copies.len(), 1);
}

#[test]
fn hostile_identities_stay_in_the_folder() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("recovery");
    for article in ["../../x", "", "a/b", "C:\\x", "..", &"a".repeat(500)] {
        keep(&RealDisk, &folder, &copy(article, 1, "text")).unwrap();
        let found = list(&RealDisk, &folder).unwrap();
        assert_eq!(found.copies, [copy(article, 1, "text")]);
        discard(&RealDisk, &folder, article).unwrap();
    }
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 1);
}

#[test]
fn a_copy_cut_at_any_byte_is_set_aside_and_not_offered() {
    let data = tempfile::tempdir().unwrap();
    keep(&RealDisk, data.path(), &copy(ARTICLE, 1, "été")).unwrap();
    let path = data.path().join(format!("{ARTICLE}.json"));
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let found = list(&RealDisk, data.path()).unwrap();
        assert_eq!(found.copies, [], "{length}");
        assert_eq!(found.set_aside.len(), 1, "{length}");
        assert_eq!(fs::read(&found.set_aside[0]).unwrap(), &whole[..length]);
        assert!(!path.exists());
    }
}

#[test]
fn a_copy_of_a_newer_version_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let inner = "{\"new\":1}";
    let checksum = ContentHash::of(inner.as_bytes());
    let path = data.path().join("x.json");
    fs::write(
        &path,
        format!("{{\"v\":2,\"checksum\":\"{checksum}\",\"copy\":{inner}}}"),
    )
    .unwrap();
    assert_eq!(list(&RealDisk, data.path()).unwrap(), Recoveries::default());
    assert!(path.exists());
}

#[cfg(unix)]
#[test]
fn copies_are_for_this_user_only() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("recovery/abc");
    keep(&RealDisk, &folder, &copy("a", 1, "one")).unwrap();
    for folder in [folder.as_path(), folder.parent().unwrap()] {
        assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}

#[test]
fn the_file_decides_what_is_offered() {
    let base = ContentHash::of(b"base");
    let other = ContentHash::of(b"other");
    let copy = copy("a", 1, "typed");
    assert_eq!(standing(&copy, None), Standing::FileGone);
    assert_eq!(standing(&copy, Some((base, "base"))), Standing::Newer);
    assert_eq!(standing(&copy, Some((other, "other"))), Standing::Diverged);
    assert_eq!(standing(&copy, Some((other, "typed"))), Standing::Saved);
}

proptest! {
    #[test]
    fn a_changed_byte_is_never_offered_as_another_text(
        text in ".{0,40}",
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let data = tempfile::tempdir().unwrap();
        let kept = copy(ARTICLE, 5, &text);
        keep(&RealDisk, data.path(), &kept).unwrap();
        let path = data.path().join(format!("{ARTICLE}.json"));
        let mut bytes = fs::read(&path).unwrap();
        let at = place.index(bytes.len());
        bytes[at] = byte;
        fs::write(&path, bytes).unwrap();
        for offered in list(&RealDisk, data.path()).unwrap().copies {
            prop_assert_eq!(offered, kept.clone());
        }
    }
}
