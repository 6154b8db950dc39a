//! A real save in a process of its own, killed at each of its system calls, and each call failing
//! as disks fail. Needs `strace` and the right to use it; where that is missing the tests say so,
//! and the simulated disk stands alone.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use edito_library::disk::{ContentHash, Precondition, RealDisk, create_new, durable_write, sweep_temporaries};

const SAVE_ONCE: &str = env!("CARGO_BIN_EXE_edito-save-once");

const OLD: &str = "The old text.\n";
const NEW: &str = "The new text, which is longer.\n";

/// Calls that a save makes; which of them depends on the processor and the C library.
const CALLS: [&str; 28] = [
    "open",
    "openat",
    "read",
    "write",
    "pwrite64",
    "lseek",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fchmod",
    "fchown",
    "flock",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "statx",
    "newfstatat",
    "faccessat2",
    "getdents64",
    "llistxattr",
    "lgetxattr",
    "fsetxattr",
    "fremovexattr",
    "close",
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Scenario {
    Replace,
    Create,
    TwoNames,
}

const SCENARIOS: [Scenario; 3] = [Scenario::Replace, Scenario::Create, Scenario::TwoNames];

/// A folder with the article, and beside it one with the texts.
struct Stage {
    scenario: Scenario,
    library: tempfile::TempDir,
    texts: tempfile::TempDir,
}

impl Stage {
    fn set(scenario: Scenario) -> Self {
        let stage = Self {
            scenario,
            library: tempfile::tempdir().unwrap(),
            texts: tempfile::tempdir().unwrap(),
        };
        fs::write(stage.texts.path().join("old"), OLD).unwrap();
        fs::write(stage.texts.path().join("new"), NEW).unwrap();
        if scenario != Scenario::Create {
            fs::write(stage.article(), OLD).unwrap();
        }
        // Where the disk has attributes, the article has one.
        let _ = attribute(&stage.article(), "user.edito.test", b"kept");
        if scenario == Scenario::TwoNames {
            fs::hard_link(stage.article(), stage.texts.path().join("other")).unwrap();
        }
        stage
    }

    fn article(&self) -> PathBuf {
        self.library.path().join("a.md")
    }

    /// What the process printed, run under strace with these arguments.
    fn run(&self, strace: &[String]) -> String {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq"]).args(strace).arg(SAVE_ONCE);
        match self.scenario {
            Scenario::Create => command.arg("create").arg(self.article()),
            _ => command
                .arg("save")
                .arg(self.article())
                .arg(self.texts.path().join("old")),
        };
        let output = command
            .arg(self.texts.path().join("new"))
            .stderr(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn text(&self) -> Option<String> {
        fs::read_to_string(self.article()).ok()
    }

    /// The laws, after whatever happened; `said` is what the process printed.
    fn check(&self, said: &str, story: &str) {
        sweep_temporaries(&RealDisk, self.library.path()).unwrap();
        let names: Vec<_> = fs::read_dir(self.library.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert!(names.iter().all(|name| name == "a.md"), "{story}: {names:?}");
        let text = self.text();
        let old = (self.scenario != Scenario::Create).then_some(OLD);
        let allowed = if said == "saved" {
            vec![Some(NEW)]
        } else {
            vec![old, Some(NEW)]
        };
        assert!(allowed.contains(&text.as_deref()), "{story}: {text:?}");
        if self.scenario == Scenario::TwoNames {
            let other = fs::read_to_string(self.texts.path().join("other")).ok();
            assert_eq!(other, text, "{story}");
        }
        let next = match &text {
            None => create_new(&RealDisk, &self.article(), b"next"),
            Some(text) => {
                let expected = Precondition::Content(ContentHash::of(text.as_bytes()));
                durable_write(&RealDisk, &self.article(), b"next", expected)
            }
        };
        next.unwrap_or_else(|error| panic!("{story}: retry: {error}"));
    }
}

/// Sets an extended attribute; false where the disk has none.
fn attribute(path: &Path, name: &str, value: &[u8]) -> bool {
    rustix::fs::setxattr(path, name, value, rustix::fs::XattrFlags::empty()).is_ok()
}

fn strace_works() -> bool {
    let works = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", "inject=close:error=EIO:when=1000"])
        .arg("true")
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !works {
        println!("SKIPPED: strace is missing or may not trace here");
    }
    works
}

/// Which calls of each name an undisturbed save makes, counted from 1 and from the first call that
/// concerns the library: before it a process only starts.
fn count_calls(scenario: Scenario) -> BTreeMap<String, Vec<usize>> {
    let stage = Stage::set(scenario);
    let log = stage.texts.path().join("log");
    let said = stage.run(&["-o".into(), log.display().to_string()]);
    assert_eq!(said, "saved");
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let library = stage.library.path().to_string_lossy().into_owned();
    let mut begun = false;
    // The first line is `execve`, which names the article as an argument.
    for line in fs::read_to_string(&log).unwrap().lines().skip(1) {
        begun |= line.contains(&library);
        // `PID name(arguments…`
        let name = line.split_whitespace().nth(1).unwrap_or_default();
        let name = name.split('(').next().unwrap_or_default();
        if CALLS.contains(&name) {
            let (first, last) = counts.entry(name.to_owned()).or_insert((1, 0));
            *last += 1;
            if !begun {
                *first = *last + 1;
            }
        }
    }
    counts
        .into_iter()
        .map(|(name, (first, last))| (name, (first..=last).collect()))
        .collect()
}

/// Runs one save with one call disturbed.
fn disturbed(scenario: Scenario, call: &str, what: &str, when: usize) -> (Stage, String, String) {
    let stage = Stage::set(scenario);
    let inject = format!("inject={call}:{what}:when={when}");
    let story = format!("{scenario:?}, {inject}");
    let arguments = ["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject];
    let said = stage.run(&arguments.map(str::to_owned));
    (stage, said, story)
}

#[test]
fn killed_at_each_system_call() {
    if !strace_works() {
        return;
    }
    let mut kills = 0;
    for scenario in SCENARIOS {
        for (call, calls) in count_calls(scenario) {
            for when in calls {
                let (stage, said, story) = disturbed(scenario, &call, "signal=KILL", when);
                stage.check(&said, &story);
                kills += usize::from(said != "saved");
            }
        }
    }
    println!("{kills} kills");
    assert!(kills > 40, "only {kills} kills");
}

#[test]
fn each_call_fails_as_disks_fail() {
    if !strace_works() {
        return;
    }
    let failures = [
        ("write", "ENOSPC", "DiskFull"),
        ("write", "EDQUOT", "DiskFull"),
        ("write", "EIO", "Io"),
        ("fsync", "EIO", "Io"),
        ("fsync", "ENOSPC", "DiskFull"),
        ("ftruncate", "EIO", "Io"),
        ("rename", "EIO", "Io"),
        ("rename", "EROFS", "ReadOnly"),
        ("renameat2", "EIO", "Io"),
        ("unlink", "EIO", "Io"),
    ];
    for scenario in SCENARIOS {
        let counts = count_calls(scenario);
        for (call, error, kind) in failures {
            let mut reported = 0;
            let calls = counts.get(call).cloned().unwrap_or_default();
            for when in calls.iter().copied() {
                let what = format!("error={error}");
                let (stage, said, story) = disturbed(scenario, call, &what, when);
                // Printing the result is a write too, and the last.
                let in_report = call == "write" && Some(&when) == calls.last();
                assert!(in_report || said == kind, "{story}: said {said:?}");
                reported += usize::from(said == kind);
                stage.check(&said, &story);
            }
            let expected = calls.len() > usize::from(call == "write");
            assert_eq!(reported > 0, expected, "{scenario:?} {call} {error}");
        }
    }
}

#[test]
fn interrupted_calls_and_old_systems_are_no_failure() {
    if !strace_works() {
        return;
    }
    for scenario in SCENARIOS {
        let counts = count_calls(scenario);
        // No renameat2 before Linux 3.15, nor on some disks; no locks on some network disks.
        let harmless = [
            ("write", "error=EINTR"),
            ("fsync", "error=EINTR"),
            ("ftruncate", "error=EINTR"),
            ("renameat2", "error=ENOSYS"),
            ("renameat2", "error=EINVAL"),
            ("flock", "error=ENOLCK"),
            ("llistxattr", "error=EOPNOTSUPP"),
            ("lgetxattr", "error=EACCES"),
            ("fsetxattr", "error=EPERM"),
            ("fsetxattr", "error=ENOSPC"),
            ("fremovexattr", "error=EOPNOTSUPP"),
        ];
        for (call, what) in harmless {
            for when in counts.get(call).cloned().unwrap_or_default() {
                let (stage, said, story) = disturbed(scenario, call, what, when);
                assert_eq!(said, "saved", "{story}");
                stage.check(&said, &story);
            }
        }
    }
}

/// An access list that the new file can't have: its group, of whose bits the list made something else, gets nothing.
#[test]
fn a_lost_access_list_gives_nobody_more_rights() {
    if !strace_works() {
        return;
    }
    let stage = Stage::set(Scenario::Replace);
    // Owner 6, user 12345 4, group 0, mask 4, others 0: `linux/posix_acl_xattr.h`.
    let entries: [(u16, u16, u32); 5] = [
        (0x01, 6, u32::MAX),
        (0x02, 4, 12_345),
        (0x04, 0, u32::MAX),
        (0x10, 4, u32::MAX),
        (0x20, 0, u32::MAX),
    ];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, rights, id) in entries {
        list.extend(tag.to_le_bytes());
        list.extend(rights.to_le_bytes());
        list.extend(id.to_le_bytes());
    }
    if !attribute(&stage.article(), "system.posix_acl_access", &list) {
        println!("SKIPPED: the disk of temporary files has no access lists");
        return;
    }
    let mode = |stage: &Stage| fs::metadata(stage.article()).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&stage), 0o640);
    let inject = "inject=fsetxattr:error=EOPNOTSUPP";
    let arguments = ["-o", "/dev/null", "-e", "trace=fsetxattr", "-e", inject];
    assert_eq!(stage.run(&arguments.map(str::to_owned)), "saved");
    assert_eq!(mode(&stage), 0o600);
    assert_eq!(stage.text().as_deref(), Some(NEW));
}

/// Law 2: nothing that has a user's words in it is opened for truncation.
#[test]
fn no_file_is_opened_for_truncation() {
    if !strace_works() {
        return;
    }
    for scenario in SCENARIOS {
        let stage = Stage::set(scenario);
        let log = stage.texts.path().join("log");
        let trace = "trace=?open,openat,?openat2,?creat,?truncate";
        let said = stage.run(&["-o".into(), log.display().to_string(), "-e".into(), trace.into()]);
        assert_eq!(said, "saved");
        let log = fs::read_to_string(&log).unwrap();
        let opened = |line: &&str| line.contains(&*stage.library.path().to_string_lossy());
        assert!(log.lines().any(|line| opened(&line)));
        for line in log.lines().filter(opened) {
            assert!(!line.contains("O_TRUNC") && !line.contains("creat("), "{line}");
            assert!(!line.contains(" truncate("), "{line}");
        }
    }
}
