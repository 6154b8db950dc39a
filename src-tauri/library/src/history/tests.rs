#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;

const ID: &str = "0190a6f0-1111-7000-8000-0000000000ab";

fn time(seconds: i64) -> Timestamp {
    Timestamp::from_millisecond(1_795_348_800_000 + seconds * 1000 + 250).unwrap()
}

fn keep(history: &History, id: &str, text: &str, kind: SnapshotKind, seconds: i64) -> Option<VersionId> {
    try_keep(history, id, text, kind, seconds).unwrap()
}

fn try_keep(history: &History, id: &str, text: &str, kind: SnapshotKind, seconds: i64) -> Result<Option<VersionId>> {
    history.snapshot(&Snapshot {
        article: &ArticleId::from(id),
        path: "été/a.md",
        bytes: text.as_bytes(),
        kind: &kind,
        time: time(seconds),
        device: "desk",
        by: None,
        words: Some(text.split_whitespace().count() as u32),
    })
}

fn automatic(history: &History, id: &str, text: &str, seconds: i64) -> Option<VersionId> {
    keep(history, id, text, SnapshotKind::Automatic, seconds)
}

fn texts(history: &History, id: &str) -> Vec<String> {
    history
        .versions(&ArticleId::from(id))
        .unwrap()
        .iter()
        .map(|version| String::from_utf8(history.text(&version.id).unwrap()).unwrap())
        .collect()
}

struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        // Tests call git by themselves too.
        isolation::isolate().unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }
    fn store(&self) -> PathBuf {
        self.folder.path().join(".edito/history.git")
    }
    fn open(&self) -> History {
        History::open(&self.store())
    }
}

#[test]
fn reading_makes_nothing() {
    let home = Home::new();
    let history = home.open();
    assert_eq!(history.versions(&ArticleId::from(ID)).unwrap(), []);
    let missing = history.text(&VersionId("ab".repeat(20))).unwrap_err();
    assert_eq!(missing.kind, ErrorKind::NotFound);
    assert_eq!(history.tidy().unwrap(), Tidied::default());
    assert_eq!(std::fs::read_dir(home.folder.path()).unwrap().count(), 0);
}

#[test]
fn versions_come_newest_first_with_all_that_is_known() {
    let home = Home::new();
    let history = home.open();
    let first = automatic(&history, ID, "un deux", 0).unwrap();
    let second = keep(
        &history,
        ID,
        "un deux trois",
        SnapshotKind::Named("  Bon à tirer\n2 ".into()),
        60,
    )
    .unwrap();
    let third = keep(&history, ID, "quatre", SnapshotKind::Before("restore".into()), 120).unwrap();
    // A second look, as after a start, says the same.
    for history in [&history, &home.open()] {
        let versions = history.versions(&ArticleId::from(ID)).unwrap();
        assert_eq!(
            versions[0],
            Version {
                id: third.clone(),
                time: time(120).as_millisecond(),
                device: "desk".into(),
                by: None,
                kind: VersionKind::Before,
                name: None,
                reason: Some("restore".into()),
                path: "été/a.md".into(),
                bytes: 6,
                words: Some(1),
            }
        );
        assert_eq!(versions[1].id, second);
        assert_eq!(
            (versions[1].kind, versions[1].name.as_deref()),
            (VersionKind::Named, Some("  Bon à tirer\n2 "))
        );
        assert_eq!(
            (versions[2].id.clone(), versions[2].kind),
            (first.clone(), VersionKind::Automatic)
        );
        assert_eq!(versions.len(), 3);
        assert_eq!(history.text(&first).unwrap(), b"un deux");
    }
    assert!(history.take_notices().is_empty());
}

#[test]
fn the_same_bytes_are_kept_once() {
    let home = Home::new();
    let history = home.open();
    let first = automatic(&history, ID, "a", 0).unwrap();
    assert_eq!(automatic(&history, ID, "a", 1), None);
    assert_eq!(keep(&history, ID, "a", SnapshotKind::Before("merge".into()), 1), None);
    // Unless it is named: then the version that is there gets the name.
    let named = keep(&history, ID, "a", SnapshotKind::Named("Prêt".into()), 2).unwrap();
    assert_eq!(named, first);
    automatic(&history, ID, "b", 3).unwrap();
    // Back to an earlier text is a new version.
    assert!(automatic(&history, ID, "a", 4).is_some());
    let versions = history.versions(&ArticleId::from(ID)).unwrap();
    let names: Vec<_> = versions.iter().map(|version| version.name.as_deref()).collect();
    assert_eq!(names, [None, None, Some("Prêt")]);
    assert_eq!(texts(&history, ID), ["a", "b", "a"]);
}

#[test]
fn bytes_are_exact() {
    let home = Home::new();
    let history = home.open();
    let bytes = b"\xef\xbb\xbf---\r\ntitle: \xe9\r\n---\r\n\0 no end";
    let kind = SnapshotKind::Automatic;
    let article = ArticleId::from(ID);
    let snapshot = Snapshot {
        article: &article,
        path: "a\nEdito-Kind: named",
        bytes,
        kind: &kind,
        time: time(0),
        device: "\"odd\"",
        by: None,
        words: None,
    };
    let id = history.snapshot(&snapshot).unwrap().unwrap();
    assert_eq!(history.text(&id).unwrap(), bytes);
    let version = &history.versions(&article).unwrap()[0];
    assert_eq!(
        (version.path.as_str(), version.kind),
        ("a\nEdito-Kind: named", VersionKind::Automatic)
    );
    assert_eq!((version.device.as_str(), version.words), ("\"odd\"", None));
    assert_eq!(version.bytes, bytes.len() as u64);
}

#[test]
fn articles_have_chains_of_their_own() {
    let home = Home::new();
    let history = home.open();
    let odd = ["posts/../été", "", "A", "HEAD", "x.lock", "a..b", "COM1-Z"];
    for (index, id) in odd.iter().enumerate() {
        automatic(&history, id, &format!("text {index}"), 0).unwrap();
        automatic(&history, ID, &format!("mine {index}"), 0).unwrap();
    }
    for (index, id) in odd.iter().enumerate() {
        assert_eq!(texts(&history, id), [format!("text {index}")], "{id}");
    }
    assert_eq!(texts(&history, ID).len(), odd.len());
    assert!(home.store().join("refs/articles/ab").join(ID).is_file());
}

#[test]
fn any_version_can_be_named_and_renamed() {
    let home = Home::new();
    let history = home.open();
    let article = ArticleId::from(ID);
    let first = automatic(&history, ID, "a", 0).unwrap();
    let second = keep(&history, ID, "b", SnapshotKind::Named("B".into()), 1).unwrap();
    let stranger = automatic(&history, "other-id-cd", "c", 1).unwrap();
    history
        .name_version(&article, &first, "Début", time(2), "desk")
        .unwrap();
    history
        .name_version(&article, &first, "Départ", time(3), "desk")
        .unwrap();
    history
        .name_version(&article, &second, "B, revu", time(4), "desk")
        .unwrap();
    history.tidy().unwrap();
    let names: Vec<_> = home
        .open()
        .versions(&article)
        .unwrap()
        .into_iter()
        .map(|version| (version.id, version.name.unwrap()))
        .collect();
    assert_eq!(
        names,
        [(second, "B, revu".to_owned()), (first.clone(), "Départ".to_owned())]
    );
    let kind = |result: Result<()>| result.unwrap_err().kind;
    assert_eq!(
        kind(history.name_version(&article, &first, " ", time(5), "d")),
        ErrorKind::Invalid
    );
    assert_eq!(
        kind(history.name_version(&article, &stranger, "x", time(5), "d")),
        ErrorKind::NotFound
    );
    assert_eq!(
        kind(history.name_version(&article, &VersionId("zz".into()), "x", time(5), "d")),
        ErrorKind::NotFound
    );
}

#[test]
fn tidying_keeps_everything() {
    let home = Home::new();
    let history = home.open();
    let long = "Une phrase qui revient souvent dans ce texte.\n".repeat(200);
    for article in 0..20 {
        for version in 0..5 {
            automatic(
                &history,
                &format!("id-{article:02}"),
                &format!("{long}{article} {version}"),
                version,
            )
            .unwrap();
        }
    }
    let before = texts(&history, "id-07");
    assert_eq!(history.loose_objects(), 300);
    // Another window has the store open meanwhile.
    let other = home.open();
    assert_eq!(texts(&other, "id-03").len(), 5);
    assert_eq!(history.tidy().unwrap(), Tidied { objects: 300 });
    assert_eq!(history.loose_objects(), 0);
    assert!(!home.store().join("refs/articles/07/id-07").exists());
    for history in [&history, &other, &home.open()] {
        assert_eq!(texts(history, "id-07"), before);
    }
    let packs = std::fs::read_dir(home.store().join("objects/pack")).unwrap();
    let packed: u64 = packs.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert!(packed < 60_000, "{packed}");
    // And it goes on.
    assert_eq!(automatic(&other, "id-07", &before[0], 9), None);
    automatic(&other, "id-07", "new", 9).unwrap();
    assert_eq!(texts(&history, "id-07").len(), 6);
    assert_eq!(history.tidy().unwrap().objects, 3);
    assert_eq!(texts(&other, "id-07").len(), 6);
}

#[test]
fn two_windows_lose_no_version() {
    let home = Home::new();
    std::thread::scope(|scope| {
        for window in 0..3 {
            let home = &home;
            scope.spawn(move || {
                let history = home.open();
                for count in 0..15 {
                    automatic(&history, ID, &format!("{window} {count}"), count).unwrap();
                }
            });
        }
    });
    let mut all = texts(&home.open(), ID);
    assert_eq!(all.len(), 45);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 45);
    // No draft of a store is left beside it.
    let left = std::fs::read_dir(home.store().parent().unwrap()).unwrap().count();
    assert_eq!(left, 1);
}

#[test]
fn a_damaged_store_is_set_aside_and_kept() {
    for damage in ["HEAD", "objects", "config"] {
        let home = Home::new();
        automatic(&home.open(), ID, "old", 0).unwrap();
        let part = home.store().join(damage);
        match damage {
            "objects" => std::fs::remove_dir_all(&part).unwrap(),
            "HEAD" => std::fs::remove_file(&part).unwrap(),
            _ => std::fs::write(&part, "[core\n\0garbage").unwrap(),
        }
        let history = home.open();
        let told = history.versions(&ArticleId::from(ID)).unwrap_err();
        assert_eq!(told.kind, ErrorKind::Corrupt, "{damage}: {told}");
        let found = history.findings();
        assert_eq!((found.len(), &found[0].path), (1, &home.store()), "{found:?}");
        assert!(automatic(&history, ID, "new", 1).is_some());
        assert_eq!(texts(&history, ID), ["new"]);
        let notices = history.take_notices();
        assert_eq!(notices.len(), 1, "{damage}");
        assert!(notices[0].path.join("refs").exists());
        assert_eq!(notices[0].kind, HistoryNoticeKind::SetAside);
        assert!(history.take_notices().is_empty());
        // The old one is found by who looks for what is wrong.
        let found = history.findings();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].path, notices[0].path);
    }
}

#[test]
fn a_damaged_chain_is_kept_and_a_new_one_begins() {
    // A reference cut to nothing by a power cut.
    let home = Home::new();
    let history = home.open();
    automatic(&history, ID, "old", 0).unwrap();
    std::fs::write(home.store().join("refs/articles/ab").join(ID), "").unwrap();
    automatic(&history, ID, "new", 1).unwrap();
    assert_eq!(texts(&history, ID), ["new"]);
    let notices = history.take_notices();
    assert_eq!(notices.len(), 1);
    assert!(notices[0].path.is_file());
    assert_eq!(
        (notices[0].kind, notices[0].article.as_ref().map(ArticleId::as_str)),
        (HistoryNoticeKind::Versions, Some(ID))
    );
    let found = history.findings();
    assert_eq!((found.len(), &found[0].path), (1, &notices[0].path), "{found:?}");

    // Each of the newest version's objects gone or torn.
    for object in 0..3 {
        for torn in [false, true] {
            let home = Home::new();
            let history = home.open();
            automatic(&history, ID, "older", 0).unwrap();
            let tip = automatic(&history, ID, "old", 0).unwrap();
            let repository = Repository::open_bare(home.store()).unwrap();
            let commit = repository.find_commit(Oid::from_str(&tip.0).unwrap()).unwrap();
            let id = match object {
                0 => commit.id(),
                1 => commit.tree_id(),
                _ => store::blob_of(&commit).unwrap(),
            };
            let hex = id.to_string();
            let file = home.store().join("objects").join(&hex[..2]).join(&hex[2..]);
            std::fs::remove_file(&file).unwrap();
            if torn {
                std::fs::write(&file, "").unwrap();
            }
            let history = home.open();
            automatic(&history, ID, "new", 1).unwrap();
            // The lost text can be kept again, whatever is left of it.
            automatic(&history, ID, "old", 2).unwrap();
            let versions = history.versions(&ArticleId::from(ID)).unwrap();
            let text = |index: usize| history.text(&versions[index].id).unwrap();
            assert_eq!(text(0), b"old", "object {object} torn {torn}");
            assert_eq!(text(1), b"new", "object {object} torn {torn}");
        }
    }
}

#[test]
fn a_broken_link_ends_the_list_and_is_told() {
    let home = Home::new();
    let history = home.open();
    let first = automatic(&history, ID, "a", 0).unwrap();
    automatic(&history, ID, "b", 1).unwrap();
    let (start, rest) = first.0.split_at(2);
    std::fs::remove_file(home.store().join("objects").join(start).join(rest)).unwrap();
    let history = home.open();
    let told = std::sync::Arc::new(Mutex::new(Vec::new()));
    assert_eq!(texts(&history, ID), ["b"]);
    // Also who begins to listen afterwards hears of it, and once.
    let heard = told.clone();
    history.on_damage(move |notice| heard.lock().unwrap().push(notice.clone()));
    assert_eq!(texts(&history, ID), ["b"]);
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].article.as_ref().map(ArticleId::as_str), Some(ID));
    assert!(history.take_notices().is_empty());
    let found = history.findings();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].article.as_ref().map(ArticleId::as_str), Some(ID));
}

#[test]
fn a_sound_history_has_no_findings() {
    let home = Home::new();
    let history = home.open();
    assert_eq!(history.findings(), []);
    automatic(&history, ID, "a", 0).unwrap();
    let named = automatic(&history, ID, "b", 1).unwrap();
    history
        .name_version(&ArticleId::from(ID), &named, "x", time(2), "desk")
        .unwrap();
    assert_eq!(history.findings(), []);
    history.tidy().unwrap();
    assert_eq!(history.findings(), []);
}

#[test]
fn a_store_that_vanishes_is_made_anew() {
    let home = Home::new();
    let history = home.open();
    automatic(&history, ID, "a", 0).unwrap();
    std::fs::remove_dir_all(home.store()).unwrap();
    assert_eq!(history.versions(&ArticleId::from(ID)).unwrap(), []);
    automatic(&history, ID, "b", 1).unwrap();
    assert_eq!(texts(&history, ID), ["b"]);
}

#[cfg(unix)]
#[test]
fn a_store_that_leads_to_a_users_repository_is_not_followed() {
    let listing = |path: &Path| {
        let mut files = Vec::new();
        let mut folders = vec![path.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap().flatten() {
                files.push(entry.path());
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                }
            }
        }
        files.sort();
        files
    };
    let folders = [
        "objects",
        "refs",
        "objects/pack",
        "objects/info",
        "refs/heads",
        "objects/ab",
        "refs/articles",
    ];
    let files = ["HEAD", "config", "packed-refs", "objects/pack/pack-1.idx"];
    let pointers = ["commondir", "objects/info/alternates"];
    for way in ["link"].iter().chain(&pointers).chain(&folders).chain(&files).copied() {
        let home = Home::new();
        let users = home.folder.path().join("project/.git");
        Repository::init_bare(&users).unwrap();
        std::fs::create_dir_all(users.join("objects/ab")).unwrap();
        std::fs::create_dir_all(users.join("refs/articles")).unwrap();
        std::fs::write(users.join("packed-refs"), "# pack-refs with: peeled\n").unwrap();
        std::fs::write(users.join("objects/pack/pack-1.idx"), "").unwrap();
        let before = listing(&users);
        let store = home.store();
        std::fs::create_dir_all(store.parent().unwrap()).unwrap();
        if way == "link" {
            std::os::unix::fs::symlink(&users, &store).unwrap();
        } else {
            Repository::init_bare(&store).unwrap();
            let path = store.join(way);
            if pointers.contains(&way) {
                let target = if way == "commondir" {
                    users.clone()
                } else {
                    users.join("objects")
                };
                std::fs::write(path, format!("{}\n", target.display())).unwrap();
            } else {
                if path.is_dir() {
                    std::fs::remove_dir_all(&path).unwrap();
                } else if path.exists() {
                    std::fs::remove_file(&path).unwrap();
                }
                std::os::unix::fs::symlink(users.join(way), store.join(way)).unwrap();
            }
        }
        let history = home.open();
        automatic(&history, ID, "a", 0).unwrap();
        assert_eq!(listing(&users), before, "{way}");
        assert_eq!(texts(&history, ID), ["a"], "{way}");
        assert_eq!(history.take_notices().len(), 1, "{way}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_in_the_store_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    automatic(&home.open(), ID, "a", 0).unwrap();
    let trace = home.folder.path().join("ran");
    let script = format!("#!/bin/sh\ntouch '{}'\n", trace.display());
    let hooks = home.store().join("hooks");
    std::fs::create_dir_all(&hooks).unwrap();
    let names = [
        "reference-transaction",
        "pre-commit",
        "post-commit",
        "post-rewrite",
        "update",
        "fsmonitor",
        "pre-auto-gc",
    ];
    for name in names {
        let hook = hooks.join(name);
        std::fs::write(&hook, &script).unwrap();
        std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let program = hooks.join("fsmonitor");
    let mut config = std::fs::read_to_string(home.store().join("config")).unwrap();
    config.push_str(&format!(
        "[core]\n\tfsmonitor = {0}\n\tsshCommand = {0}\n\teditor = {0}\n\thooksPath = {1}\n[filter \"x\"]\n\tclean = {0}\n\tsmudge = {0}\n[gpg]\n\tprogram = {0}\n[commit]\n\tgpgSign = true\n",
        program.display(),
        hooks.display(),
    ));
    std::fs::write(home.store().join("config"), config).unwrap();
    std::fs::create_dir_all(home.store().join("info")).unwrap();
    std::fs::write(home.store().join("info/attributes"), "* filter=x\n").unwrap();
    let history = home.open();
    let id = automatic(&history, ID, "b", 1).unwrap();
    history
        .name_version(&ArticleId::from(ID), &id, "x", time(2), "desk")
        .unwrap();
    history.tidy().unwrap();
    assert_eq!(texts(&history, ID), ["b", "a"]);
    assert!(!trace.exists());
}

#[test]
fn a_lock_left_by_a_kill_is_taken_away_when_nobody_is_writing_or_it_is_old() {
    let home = Home::new();
    let history = home.open();
    automatic(&history, ID, "a", 0).unwrap();
    let lock = home.store().join("refs/articles/ab").join(format!("{ID}.lock"));
    let file = std::fs::File::create(&lock).unwrap();
    // Another window is at it: the lock may be that one's.
    let other = super::turns::adding(&home.store());
    let busy = try_keep(&history, ID, "b", SnapshotKind::Automatic, 1).unwrap_err();
    assert_eq!(busy.kind, ErrorKind::Busy);
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(60))
        .unwrap();
    assert!(automatic(&history, ID, "b", 1).is_some());
    std::fs::File::create(&lock).unwrap();
    drop(other);
    assert!(automatic(&history, ID, "c", 2).is_some());
}

#[test]
fn dropped_versions_are_not_listed_and_come_back() {
    let home = Home::new();
    let history = home.open();
    let article = ArticleId::from(ID);
    let ids: Vec<VersionId> = (0..4)
        .map(|second| automatic(&history, ID, &second.to_string(), second).unwrap())
        .collect();
    history
        .drop_versions(&article, &[ids[1].clone(), ids[3].clone()])
        .unwrap();
    assert_eq!(texts(&history, ID), ["2", "0"]);
    assert_eq!(history.newest(&article).unwrap().unwrap().id, ids[2]);
    assert_eq!(history.dropped(&article).unwrap(), 2);
    // The text of now is not kept once more by itself; but when somebody wants it to be.
    assert_eq!(automatic(&history, ID, "3", 9), None);
    assert_eq!(texts(&history, ID), ["2", "0"]);
    try_keep(&history, ID, "3", SnapshotKind::Before("restore".into()), 9).unwrap();
    assert_eq!(texts(&history, ID), ["3", "2", "0"]);
    history.take_back_versions(&article, Some(&[ids[1].clone()])).unwrap();
    assert_eq!(texts(&history, ID), ["3", "2", "1", "0"]);
    let missing = history.drop_versions(&ArticleId::from("0190a6f0-1111-7000-8000-0000000000cd"), &ids[..1]);
    assert_eq!(missing.unwrap_err().kind, ErrorKind::NotFound);
    history.drop_versions(&article, &ids[..2]).unwrap();
    history.take_back_versions(&article, None).unwrap();
    assert_eq!(history.dropped(&article).unwrap(), 0);
}

#[test]
fn all_versions_of_an_article_can_be_thrown_away_and_others_are_as_they_were() {
    const OTHER: &str = "0190a6f0-1111-7000-8000-0000000000cd";
    let home = Home::new();
    let history = home.open();
    let gone = automatic(&history, ID, "a", 0).unwrap();
    automatic(&history, ID, "b", 1).unwrap();
    let kept = automatic(&history, OTHER, "a", 0).unwrap();
    let article = ArticleId::from(ID);
    let all: Vec<VersionId> = history
        .versions(&article)
        .unwrap()
        .into_iter()
        .map(|one| one.id)
        .collect();
    history.name_version(&article, &gone, "Nom", time(3), "desk").unwrap();
    history.drop_versions(&article, &all).unwrap();
    assert_eq!(history.free().unwrap().versions, 2);
    assert_eq!(texts(&history, ID), [""; 0]);
    assert_eq!(texts(&history, OTHER), ["a"]);
    assert_eq!(history.versions(&ArticleId::from(OTHER)).unwrap()[0].id, kept);
    let repository = Repository::open_bare(home.store()).unwrap();
    let left: Vec<String> = repository
        .references()
        .unwrap()
        .map(|reference| String::from_utf8_lossy(reference.unwrap().name_bytes()).into_owned())
        .collect();
    assert_eq!(left, [format!("refs/articles/cd/{OTHER}")]);
    automatic(&history, ID, "c", 4).unwrap();
    assert_eq!(texts(&history, ID), ["c"]);
}

#[test]
fn nothing_is_thrown_away_where_something_cannot_be_read() {
    let home = Home::new();
    let history = home.open();
    let article = ArticleId::from(ID);
    let first = automatic(&history, ID, "a", 0).unwrap();
    automatic(&history, ID, "b", 1).unwrap();
    history.drop_versions(&article, std::slice::from_ref(&first)).unwrap();
    let broken = automatic(&history, "0190a6f0-1111-7000-8000-0000000000cd", "x", 2).unwrap();
    let (shard, rest) = broken.0.split_at(2);
    let file = home.store().join("objects").join(shard).join(rest);
    std::fs::remove_file(&file).unwrap();
    let refused = home.open().free().unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Corrupt);
    history.take_back_versions(&article, None).unwrap();
    assert_eq!(texts(&home.open(), ID), ["b", "a"]);
}

#[test]
fn names_read_back_as_written() {
    for name in [
        "simple",
        " espaces ",
        "\"quotes\"",
        "two\nlines",
        "Edito-Kind: x",
        "a: b",
        "é\u{7}",
    ] {
        let kind = SnapshotKind::Named(name.to_owned());
        let article = ArticleId::from(ID);
        let snapshot = Snapshot {
            article: &article,
            path: name,
            bytes: b"",
            kind: &kind,
            time: time(0),
            device: name,
            by: Some(name),
            words: None,
        };
        let text = message::write(&snapshot);
        for trailer in ["Edito-Name", "Edito-Path", "Edito-Device", "Edito-By"] {
            assert_eq!(message::read(&text, trailer).as_deref(), Some(name), "{text}");
        }
        assert_eq!(message::read(&text, "Edito-Kind").as_deref(), Some("named"));
    }
}
