//! A process that works with a whole library: killed at its system calls, and refused a watch by the system.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use edito_library::{Continue, Environment, FindingKind, Library, ListQuery, Places, Reconcile};

use crate::system_calls::strace_works;

const SAVE_ONCE: &str = env!("CARGO_BIN_EXE_edito-save-once");

const TEXTS: [(&str, &str); 3] = [
    ("a.md", "# The first\n\nWords of it.\n"),
    ("notes/b.md", "---\ntitle: The second\n---\n\nOther words.\n"),
    ("notes/deep/c.md", "# The third\n\nAnd some more.\n"),
];

struct Stage(tempfile::TempDir);

impl Stage {
    fn set() -> Self {
        let stage = Self(tempfile::tempdir().unwrap());
        for (path, text) in TEXTS {
            let file = stage.path("library").join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// `edito-save-once` with the library, under strace.
    fn command(&self, strace: &[&str], what: &str) -> Command {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq"]).args(strace).arg(SAVE_ONCE).arg(what);
        command.arg(self.path("library")).arg(self.path("places"));
        command.stderr(Stdio::null());
        command
    }

    fn open(&self, cache: &str) -> Library {
        let places = Places {
            data: self.path("places/data"),
            cache: self.path(cache),
        };
        let library = Library::open(&self.path("library"), Environment::system(places).unwrap()).unwrap();
        library.reconcile(Reconcile::All, &|_| Continue::Yes).unwrap();
        library
    }
}

/// What lists and search say.
fn told(library: &Library) -> String {
    let rows = library.list(&ListQuery::default(), 0, 100).unwrap();
    let hits: Vec<String> = ["words", "more", "second", "first "]
        .iter()
        .map(|words| {
            let page = library.search(words, 10, 0).unwrap();
            let mut paths: Vec<String> = page
                .hits
                .into_iter()
                .map(|hit| format!("{} {}", hit.row.path, hit.snippet))
                .collect();
            // Words of earlier states still weigh a little until segments are merged.
            paths.sort();
            format!("{words}: {paths:?}")
        })
        .collect();
    format!("{rows:#?}\n{hits:#?}\n{:#?}", library.overview().unwrap())
}

/// Some of the calls of a visit, in all its parts: rows, words, journal, history and texts are written at different ones.
fn moments(most: usize) -> Vec<(String, usize)> {
    const CALLS: [&str; 8] = [
        "write",
        "pwrite64",
        "fsync",
        "fdatasync",
        "rename",
        "renameat2",
        "unlink",
        "openat",
    ];
    let stage = Stage::set();
    let log = stage.path("log");
    let trace = format!("trace={}", CALLS.join(","));
    let output = stage
        .command(&["-o", log.to_str().unwrap(), "-e", &trace], "visit")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "saved");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in fs::read_to_string(&log).unwrap().lines() {
        let name = line.split_whitespace().nth(1).unwrap_or_default();
        let name = name.split('(').next().unwrap_or_default();
        if CALLS.contains(&name) {
            *counts.entry(name.to_owned()).or_default() += 1;
        }
    }
    let mut moments = Vec::new();
    for (call, count) in counts {
        let step = (count / most).max(1);
        moments.extend((1..=count).step_by(step).map(|when| (call.clone(), when)));
    }
    moments
}

/// Fault 19, and fault 1 in a whole library: the next start brings everything together.
#[test]
fn a_killed_process_leaves_a_library_that_comes_together_at_the_next_start() {
    if !strace_works() {
        return;
    }
    let mut kills = 0;
    for (call, when) in moments(6) {
        let stage = Stage::set();
        let inject = format!("inject={call}:signal=KILL:when={when}");
        let trace = format!("trace={call}");
        let output = stage
            .command(&["-o", "/dev/null", "-e", &trace, "-e", &inject], "visit")
            .output()
            .unwrap();
        kills += usize::from(output.stdout.is_empty());
        let library = stage.open("places/cache");
        for (path, old) in TEXTS {
            let text = fs::read_to_string(stage.path("library").join(path)).unwrap();
            let new = format!("{old}One word more.\n");
            assert!(text == old || text == new, "{inject}: {path} holds {text:?}");
        }
        assert_eq!(
            library.list(&ListQuery::default(), 0, 100).unwrap().total,
            3,
            "{inject}"
        );
        let (told, fresh) = (told(&library), told(&stage.open("fresh")));
        for (told, fresh) in told.lines().zip(fresh.lines()) {
            assert_eq!(told, fresh, "{inject}");
        }
        assert_eq!(told.len(), fresh.len(), "{inject}");
        let damage: Vec<_> = library
            .check()
            .unwrap()
            .into_iter()
            .filter(|finding| finding.kind == FindingKind::History)
            .collect();
        assert!(damage.is_empty(), "{inject}: {damage:?}");
        drop(library);
        // The sweep of the start runs beside; it is over when the library is closed.
        let left: Vec<PathBuf> = ["library", "library/notes", "library/notes/deep"]
            .iter()
            .flat_map(|folder| fs::read_dir(stage.path(folder)).unwrap())
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.to_string_lossy().contains(".edito-tmp-"))
            .collect();
        assert!(left.is_empty(), "{inject}: {left:?}");
    }
    println!("{kills} kills");
    assert!(kills > 15, "only {kills} kills");
}

/// Fault 15: the folder is looked through instead, and that is told.
#[test]
fn without_a_watch_of_the_systems_changes_are_looked_for() {
    if !strace_works() {
        return;
    }
    for when in ["1+", "3"] {
        let stage = Stage::set();
        let inject = format!("inject=inotify_add_watch:error=ENOSPC:when={when}");
        let strace = ["-o", "/dev/null", "-e", "trace=inotify_add_watch", "-e", &inject];
        let mut child = stage
            .command(&strace, "watch")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        until(&mut said, &["polling", "watching"], &inject);
        fs::write(stage.path("library/notes/new.md"), "# New\n").unwrap();
        until(&mut said, &["4 articles"], &inject);
        fs::remove_file(stage.path("library/a.md")).unwrap();
        until(&mut said, &["3 articles"], &inject);
        end(child, &inject);
    }
}

/// Reads lines until each of these has come, in whatever order.
fn until(said: &mut BufReader<ChildStdout>, expected: &[&str], story: &str) {
    let mut missing: Vec<&str> = expected.to_vec();
    let mut heard = Vec::new();
    while !missing.is_empty() {
        let mut line = String::new();
        assert!(
            said.read_line(&mut line).unwrap() > 0,
            "{story}: heard {heard:?}, not {missing:?}"
        );
        missing.retain(|expected| *expected != line.trim());
        heard.push(line.trim().to_owned());
    }
}

/// Its input ends, and so does it.
fn end(mut child: Child, story: &str) {
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success(), "{story}");
}
