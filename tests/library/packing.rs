//! The packing of versions in a process of its own, killed at each call that changes the disk: every version is there
//! afterwards, with its name and its bytes, more can be kept, and packing again ends what was begun.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use edito_library::ArticleId;
use edito_library::history::{History, Snapshot, SnapshotKind, VersionId};
use jiff::Timestamp;

use crate::system_calls::strace_works;

const SAVE_ONCE: &str = env!("CARGO_BIN_EXE_edito-save-once");

/// Calls that change what is on a disk.
pub const CHANGING: [&str; 13] = [
    "write",
    "pwrite64",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "link",
    "fsync",
    "ftruncate",
];

pub fn article() -> ArticleId {
    ArticleId::from("0190a6f0-1111-7000-8000-0000000000ab")
}

pub fn keep(history: &History, text: &str, second: i64) -> Option<VersionId> {
    let kind = SnapshotKind::Automatic;
    history
        .snapshot(&Snapshot {
            article: &article(),
            path: "a.md",
            bytes: text.as_bytes(),
            kind: &kind,
            time: Timestamp::from_second(1_795_348_800 + second).unwrap(),
            device: "desk",
            by: None,
            words: None,
        })
        .unwrap()
}

/// All that is known of the versions, and their texts.
fn told(history: &History) -> Vec<(String, Option<String>, Vec<u8>)> {
    let versions = history.versions(&article()).unwrap().into_iter();
    versions
        .map(|version| (version.id.0.clone(), version.name, history.text(&version.id).unwrap()))
        .collect()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn age_locks(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            age_locks(&path);
        } else if path.extension().is_some_and(|ending| ending == "lock") {
            let lock = fs::File::options().write(true).open(&path).unwrap();
            lock.set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
        }
    }
}

#[test]
fn versions_outlive_a_kill_at_any_call_of_their_packing() {
    if !strace_works() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("history.git");
    let history = History::open(&store);
    let long = "Une phrase qui revient.\n".repeat(40);
    for second in 0..6 {
        keep(&history, &format!("{long}{second}"), second).unwrap();
    }
    let named = history.versions(&article()).unwrap()[3].id.clone();
    history
        .name_version(&article(), &named, "Relu", Timestamp::UNIX_EPOCH, "desk")
        .unwrap();
    let expected = told(&history);
    drop(history);

    let mut kills = 0;
    for call in CHANGING {
        // Its last call is passed when the process ends by itself.
        for when in 1..400 {
            let stage = tempfile::tempdir().unwrap();
            let packed = stage.path().join("history.git");
            copy(&store, &packed);
            let inject = format!("inject={call}:signal=KILL:when={when}");
            let output = Command::new("strace")
                .args([
                    "-f",
                    "-qq",
                    "-o",
                    "/dev/null",
                    "-e",
                    &format!("trace={call}"),
                    "-e",
                    &inject,
                ])
                .arg(SAVE_ONCE)
                .arg("pack")
                .arg(&packed)
                .stderr(Stdio::null())
                .output()
                .unwrap();
            let ended = output.status.success();
            let history = History::open(&packed);
            assert_eq!(told(&history), expected, "{inject}");
            // Whoever comes later, as after a start, finds locks that nobody holds any more.
            age_locks(&packed);
            keep(&history, "after the kill", 60).unwrap();
            history.tidy().unwrap();
            assert_eq!(told(&history).split_first().unwrap().1, expected, "{inject}");
            assert_eq!(history.findings(), [], "{inject}");
            if ended {
                break;
            }
            kills += 1;
        }
    }
    assert!(kills > 10, "{kills} kills: the calls of packing are other ones here");
    println!("{kills} kills");
}

#[test]
fn what_is_kept_and_read_while_another_access_packs_is_there() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("history.git");
    let history = History::open(&store);
    for second in 0..200 {
        keep(&history, &format!("text {second}"), second).unwrap();
    }
    let first = history.versions(&article()).unwrap().pop().unwrap().id;
    std::thread::scope(|scope| {
        let packing = scope.spawn(|| History::open(&store).tidy().unwrap());
        for second in 200..260 {
            keep(&history, &format!("text {second}"), second).unwrap();
            assert_eq!(history.text(&first).unwrap(), b"text 0");
        }
        assert!(packing.join().unwrap().objects > 0);
    });
    let texts: Vec<String> = told(&history)
        .into_iter()
        .rev()
        .map(|(_, _, text)| String::from_utf8(text).unwrap())
        .collect();
    let all: Vec<String> = (0..260).map(|second| format!("text {second}")).collect();
    assert_eq!(texts, all);
    assert_eq!(told(&History::open(&store)), told(&history));
}
