//! Space freed in a history in a process of its own, killed at each call that changes the disk: every version that is
//! kept can be read afterwards, with its name and its bytes; more can be kept, and freeing again ends what was begun.

use std::path::Path;
use std::process::{Command, Stdio};

use edito_library::error::ErrorKind;
use edito_library::history::{History, VersionId};
use jiff::Timestamp;

use crate::packing::{CHANGING, article, copy, keep};
use crate::system_calls::strace_works;

const SAVE_ONCE: &str = env!("CARGO_BIN_EXE_edito-save-once");

/// What is known of a version, but for its identity: time, name, text.
type Told = (i64, Option<String>, Vec<u8>);

fn told(history: &History) -> Vec<Told> {
    let versions = history.versions(&article()).unwrap().into_iter();
    versions
        .map(|version| (version.time, version.name, history.text(&version.id).unwrap()))
        .collect()
}

/// A history of eight versions, two of them named, three dropped; partly packed. What is kept, and what goes.
fn with_dropped(store: &Path) -> (Vec<Told>, Vec<VersionId>) {
    let history = History::open(store);
    let long = "Une phrase qui revient.\n".repeat(40);
    for second in 0..4 {
        keep(&history, &format!("{long}{second}"), second).unwrap();
    }
    history.tidy().unwrap();
    for second in 4..8 {
        keep(&history, &format!("{long}{second}"), second).unwrap();
    }
    let ids: Vec<VersionId> = history
        .versions(&article())
        .unwrap()
        .into_iter()
        .map(|one| one.id)
        .collect();
    for (at, name) in [(1, "Relu"), (5, "Premier jet"), (3, "De trop")] {
        history
            .name_version(&article(), &ids[at], name, Timestamp::UNIX_EPOCH, "desk")
            .unwrap();
    }
    let gone = [ids[2].clone(), ids[3].clone(), ids[6].clone()];
    history.drop_versions(&article(), &gone).unwrap();
    (told(&history), gone.to_vec())
}

#[test]
fn versions_outlive_a_kill_at_any_call_of_freeing() {
    if !strace_works() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("history.git");
    let (expected, _) = with_dropped(&store);
    assert_eq!(expected.len(), 5);
    let mut kills = 0;
    for call in CHANGING {
        // Its last call is passed when the process ends by itself.
        for when in 1..400 {
            let stage = tempfile::tempdir().unwrap();
            let freed = stage.path().join("history.git");
            copy(&store, &freed);
            let inject = format!("inject={call}:signal=KILL:when={when}");
            let trace = format!("trace={call}");
            let output = Command::new("strace")
                .args(["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject])
                .arg(SAVE_ONCE)
                .arg("free")
                .arg(&freed)
                .stderr(Stdio::null())
                .output()
                .unwrap();
            let ended = output.status.success();
            let history = History::open(&freed);
            assert_eq!(told(&history), expected, "{inject}");
            keep(&history, "after the kill", 60).unwrap();
            history.free().unwrap();
            assert_eq!(told(&history).split_first().unwrap().1, expected, "{inject}");
            assert_eq!(history.findings(), [], "{inject}");
            assert_eq!(history.dropped(&article()).unwrap(), 0, "{inject}");
            if ended {
                break;
            }
            kills += 1;
        }
    }
    assert!(kills > 20, "{kills} kills: the calls of freeing are other ones here");
    println!("{kills} kills");
}

#[test]
fn what_was_dropped_is_gone_and_everything_else_is_there() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("history.git");
    let (expected, gone) = with_dropped(&store);
    // Another window has it open, and has read from it.
    let other = History::open(&store);
    assert_eq!(told(&other), expected);
    let history = History::open(&store);
    assert_eq!(history.weigh().unwrap().dropped, 3);
    let freed = history.free().unwrap();
    assert_eq!(freed.versions, 3);
    assert!(freed.after < freed.before, "{freed:?}");
    for history in [&history, &other, &History::open(&store)] {
        assert_eq!(told(history), expected);
        assert_eq!(history.findings(), []);
    }
    assert_eq!(history.weigh().unwrap().dropped, 0);
    for version in gone {
        assert_eq!(history.text(&version).unwrap_err().kind, ErrorKind::NotFound);
    }
    // Nothing is left to do, and nothing is done.
    assert_eq!(history.free().unwrap().versions, 0);
    assert_eq!(told(&history), expected);
    keep(&other, "more", 90).unwrap();
    assert_eq!(told(&history).len(), expected.len() + 1);
}

#[test]
fn versions_that_are_kept_while_space_is_freed_stay() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("history.git");
    let history = History::open(&store);
    for second in 0..120 {
        keep(&history, &format!("text {second}"), second).unwrap();
    }
    let all = history.versions(&article()).unwrap();
    let dropped: Vec<VersionId> = all.iter().skip(1).step_by(2).map(|one| one.id.clone()).collect();
    history.drop_versions(&article(), &dropped).unwrap();
    std::thread::scope(|scope| {
        let freeing = scope.spawn(|| {
            for _ in 0..4 {
                History::open(&store).free().unwrap();
            }
        });
        for second in 120..200 {
            // Texts of before, too: their objects may be on their way out.
            let text = format!("text {}", second - 119);
            keep(&history, &text, second).unwrap();
            let newest = history.versions(&article()).unwrap().remove(0);
            assert_eq!(history.text(&newest.id).unwrap(), text.as_bytes());
        }
        freeing.join().unwrap();
    });
    let history = History::open(&store);
    assert_eq!(told(&history).len(), 60 + 80);
    assert_eq!(history.findings(), []);
}
