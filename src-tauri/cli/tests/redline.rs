//! Two texts compared from the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const OLD: &str = "# Le quai\n\nLe port ferme à dix-huit heures depuis la tempête de février. Il pleut.\n\n\
                   Son gardien partira à la retraite au printemps, et n’aura pas de successeur.\n";
const NEW: &str = "# Le quai\n\nSon gardien partira à la retraite cet hiver, et n’aura pas de successeur.\n\n\
                   Le port ferme à dix-huit heures depuis la tempête de mars. Il pleut\u{202f}!\n";

fn redline(old: &str, new: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("old.md", old), ("new.md", new)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .current_dir(folder.path())
        .env("LC_ALL", "en_GB.UTF-8")
        .args(["redline", "old.md", "new.md"])
        .args(arguments)
        .output()
        .expect("edito-cli runs")
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn what_changed_comes_out_as_critic_markup() {
    let text = said(&redline(OLD, NEW, &[]));
    let read = edito_prose::redline::from_critic(&text);
    assert_eq!((read.old.as_str(), read.new.as_str()), (OLD, NEW));
    // One move, both ends of which have its name.
    assert_eq!(read.names.len(), 2);
    assert_eq!(read.names[0], read.names[1]);
    // Line ends and marks of byte order are bytes as all others.
    let (old, new) = ("\u{feff}Un mot.\r\n", "Un autre mot.\n");
    let read = edito_prose::redline::from_critic(&said(&redline(old, new, &[])));
    assert_eq!((read.old.as_str(), read.new.as_str()), (old, new));
    assert_eq!(said(&redline(OLD, OLD, &[])), OLD);
}

#[test]
fn typography_is_folded_on_request() {
    let (old, new) = ("C'est \"vrai\" !\n", "C’est «\u{a0}faux\u{a0}»\u{202f}!\n");
    assert!(said(&redline(old, new, &[])).contains("{~~C'~>C’~~}"));
    assert_eq!(
        said(&redline(old, new, &["--fold-typography"])),
        "C’est «\u{a0}{~~vrai~>faux~~}\u{a0}»\u{202f}!\n"
    );
    let html = said(&redline(old, new, &["--html", "--fold-typography"]));
    assert_eq!(html.matches("<ins").count(), 1, "{html}");
}

#[test]
fn the_changes_come_out_as_data() {
    let answer: Value = serde_json::from_str(&said(&redline(OLD, NEW, &["--json"]))).unwrap();
    assert_eq!(answer["summary"]["moves"], 1);
    assert_eq!(answer["moves"].as_array().unwrap().len(), 1);
    let changes = answer["changes"].as_array().unwrap();
    assert!(changes.iter().any(|change| change["kind"] == "movedTo"));
    for change in changes.iter().filter(|change| change["kind"] == "change") {
        let (start, end) = (&change["old"]["start"], &change["old"]["end"]);
        let range = start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize;
        assert_eq!(change["removed"], OLD[range]);
    }
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    let output = Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .args(["redline", "nothing.md", "nowhere.md"])
        .env("LC_ALL", "en_GB.UTF-8")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing.md"));
    let output = Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .arg("redline")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn one_of_the_texts_may_come_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.md");
    fs::write(&path, "Un mot.\n").unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .arg("redline")
        .arg(&path)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("Deux mots.\n".as_bytes())
        .unwrap();
    assert_eq!(said(&child.wait_with_output().unwrap()), "{~~Un mot~>Deux mots~~}.\n");
}
