//! A library is visited where the settings of git, the user's or those in a store made by a stranger, are hostile: no
//! program runs, nothing outside is read, and the history works.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SAVE_ONCE: &str = env!("CARGO_BIN_EXE_edito-save-once");

/// Settings that each make git run something, read something else, or give up. `{program}` is a script that leaves a
/// trace, `{hooks}` a folder of such scripts, `{pipe}` a pipe that nobody writes to: who opens it waits for ever.
const HOSTILE: [&str; 6] = [
    "[core]\n\tfsmonitor = {program}\n\thooksPath = {hooks}\n\tsshCommand = {program}\n\teditor = {program}\n\tpager = {program}\n\
     [gpg]\n\tprogram = {program}\n[commit]\n\tgpgSign = true\n[filter \"x\"]\n\tclean = {program}\n\tsmudge = {program}\n\
     [credential]\n\thelper = {program}\n[diff]\n\texternal = {program}\n",
    "[include]\n\tpath = {pipe}\n",
    "[include]\n\tpath = /nowhere/at/all\n[core]\n\trepositoryformatversion = 77\n",
    "[includeIf \"gitdir:/\"]\n\tpath = {pipe}\n[init]\n\ttemplateDir = {hooks}\n[safe]\n\tdirectory = /nowhere\n",
    "[core]\n\tattributesFile = {pipe}\n\texcludesFile = {pipe}\n\tworktree = /\n[extensions]\n\tworktreeConfig = true\n",
    "this is [no syntax of git's\n\tat all =\n",
];

/// A home with hostile programs, beside a library with two articles.
struct Stage {
    folder: tempfile::TempDir,
}

impl Stage {
    fn set() -> Self {
        let stage = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir_all(stage.path("library/notes")).unwrap();
        fs::write(stage.path("library/a.md"), "# One\n\nWords.\n").unwrap();
        fs::write(stage.path("library/notes/b.md"), "# Two\n\nOther words.\n").unwrap();
        fs::create_dir_all(stage.path("home/.config/git")).unwrap();
        fs::create_dir_all(stage.path("hooks")).unwrap();
        let script = format!("#!/bin/sh\ntouch '{}'\n", stage.path("ran").display());
        for name in [
            "program",
            "hooks/reference-transaction",
            "hooks/post-commit",
            "hooks/fsmonitor",
        ] {
            fs::write(stage.path(name), &script).unwrap();
            fs::set_permissions(stage.path(name), fs::Permissions::from_mode(0o755)).unwrap();
        }
        let made = Command::new("mkfifo").arg(stage.path("pipe")).status().unwrap();
        assert!(made.success());
        stage
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn filled(&self, settings: &str) -> String {
        ["program", "hooks", "pipe"]
            .iter()
            .fold(settings.to_owned(), |text, name| {
                text.replace(&format!("{{{name}}}"), &self.path(name).display().to_string())
            })
    }

    /// Visits the library in a process of its own and answers what it printed. `before` is put in front of it.
    fn visit(&self, before: &[&str], story: &str) -> String {
        let arguments: Vec<&str> = before.iter().copied().chain([SAVE_ONCE]).collect();
        let mut child = Command::new(arguments[0])
            .args(&arguments[1..])
            .arg("visit")
            .arg(self.path("library"))
            .arg(self.path("places"))
            .env("HOME", self.path("home"))
            .env("XDG_CONFIG_HOME", self.path("home/.config"))
            .env("GIT_CONFIG_GLOBAL", self.path("home/.gitconfig"))
            .env("GIT_DIR", self.path("hooks"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let started = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if started.elapsed() > Duration::from_secs(120) {
                child.kill().unwrap();
                panic!("{story}: it waits for a pipe that it must not open");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        assert_eq!(said, "saved", "{story}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!self.path("ran").exists(), "{story}: a program ran");
        said
    }

    /// That the history is where it was, with what was kept before and in this visit.
    fn check_history(&self, commits: usize, story: &str) {
        let names: Vec<String> = fs::read_dir(self.path("library/.edito"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with("history"))
            .collect();
        assert_eq!(names, ["history.git"], "{story}");
        let settings = fs::read_to_string(self.path("library/.edito/history.git/config")).unwrap();
        assert!(settings.contains("fsyncObjectFiles = true"), "{story}: {settings}");
        let articles = self.path("library/.edito/history.git/refs/articles");
        let chains = fs::read_dir(articles).unwrap().count();
        assert_eq!(chains, commits, "{story}");
    }
}

fn strace_works() -> bool {
    let works = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !works {
        println!("SKIPPED: strace is missing or may not trace here; the pipes alone are watched");
    }
    works
}

/// What the settings of the user and the system may be called.
fn is_foreign(line: &str, stage: &Stage) -> bool {
    [
        "gitconfig",
        "/.config/git",
        "gitattributes",
        "/home/",
        "/pipe\"",
        "/program\"",
        "/hooks",
    ]
    .iter()
    .any(|name| line.contains(name) && !line.contains("history.git/hooks"))
        && !line.contains(&*Path::new(SAVE_ONCE).to_string_lossy())
        && (line.contains(&*stage.folder.path().to_string_lossy()) || line.contains("\"/etc/"))
}

#[test]
fn the_users_own_settings_of_git_are_not_read() {
    let strace = strace_works();
    for (number, settings) in HOSTILE.iter().enumerate() {
        for place in [".gitconfig", ".config/git/config"] {
            let story = format!("settings {number} in {place}");
            let stage = Stage::set();
            fs::write(stage.path("home").join(place), stage.filled(settings)).unwrap();
            stage.visit(&["env"], &story);
            stage.check_history(2, &story);
            if !strace {
                continue;
            }
            // The second visit opens what the first one made.
            let log = stage.path("log");
            let log = log.to_str().unwrap();
            stage.visit(&["strace", "-f", "-qq", "-e", "trace=%file", "-o", log], &story);
            let log = fs::read_to_string(log).unwrap();
            assert!(
                log.contains("history.git/config"),
                "{story}: the log says what was opened"
            );
            let read: Vec<&str> = log.lines().filter(|line| is_foreign(line, &stage)).collect();
            assert!(read.is_empty(), "{story}: {read:#?}");
            let started = log.lines().filter(|line| line.contains("execve(")).count();
            assert_eq!(started, 1, "{story}: only the process itself is started");
        }
    }
}

#[test]
fn a_pipe_in_the_place_of_the_users_settings_holds_nothing_up() {
    let stage = Stage::set();
    for place in [
        ".gitconfig",
        ".config/git/config",
        ".config/git/attributes",
        ".config/git/ignore",
    ] {
        let made = Command::new("mkfifo")
            .arg(stage.path("home").join(place))
            .status()
            .unwrap();
        assert!(made.success());
    }
    stage.visit(&["env"], "pipes");
    stage.check_history(2, "pipes");
}

#[test]
fn a_stores_own_settings_are_those_of_edito() {
    for (number, settings) in HOSTILE.iter().enumerate() {
        let story = format!("settings {number}");
        let stage = Stage::set();
        stage.visit(&["env"], &story);
        let store = stage.path("library/.edito/history.git");
        let right = fs::read_to_string(store.join("config")).unwrap();
        let added = format!("{right}{}", stage.filled(settings));
        fs::write(store.join("config"), &added).unwrap();
        fs::write(store.join("config.worktree"), stage.filled(settings)).unwrap();
        fs::create_dir_all(store.join("hooks")).unwrap();
        for name in ["reference-transaction", "post-commit", "pre-auto-gc"] {
            fs::copy(stage.path("program"), store.join("hooks").join(name)).unwrap();
        }
        stage.visit(&["env"], &story);
        stage.check_history(2, &story);
        assert_eq!(fs::read_to_string(store.join("config")).unwrap(), right, "{story}");
        let kept = fs::read_dir(&store).unwrap().any(|entry| {
            let path = entry.unwrap().path();
            path.file_name().is_some_and(|name| name != "config")
                && fs::read_to_string(&path).is_ok_and(|text| text == added)
        });
        assert!(kept, "{story}: what stood there is kept");
    }
}
