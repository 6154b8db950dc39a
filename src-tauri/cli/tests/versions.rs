//! Versions listed, dropped, taken back and thrown away from the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn edito(desk: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .args(arguments)
        .env("EDITO_DATA_DIR", desk.join("data"))
        .env("EDITO_CACHE_DIR", desk.join("cache"))
        .env("LANG", "en_GB.UTF-8")
        .output()
        .unwrap()
}

fn told(desk: &Path, arguments: &[&str]) -> Value {
    let all: Vec<&str> = ["--json", "versions"].iter().chain(arguments).copied().collect();
    let output = edito(desk, &all);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn ids(answer: &Value) -> Vec<String> {
    let versions = answer["versions"].as_array().unwrap().iter();
    versions
        .map(|version| version["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn versions_are_dropped_taken_back_and_thrown_away() {
    let desk = tempfile::tempdir().unwrap();
    let library = desk.path().join("library");
    fs::create_dir_all(&library).unwrap();
    fs::write(library.join("a.md"), "Daesh\n").unwrap();
    let root = library.to_str().unwrap();
    assert_eq!(told(desk.path(), &[root])["dropped"], 0);
    for (before, after) in [("Daesh", "Un"), ("Un", "Deux"), ("Deux", "Trois")] {
        let written = edito(desk.path(), &["replace", root, before, after, "--write"]);
        assert!(written.status.success());
    }
    let all = ids(&told(desk.path(), &[root, "a.md"]));
    assert!(all.len() >= 3, "{all:?}");
    let middle = &all[1];

    let answer = told(desk.path(), &[root, "a.md", "--drop", &middle[..10]]);
    assert_eq!(answer["droppedNow"][0], Value::from(middle.as_str()));
    assert!(!ids(&answer).contains(middle));
    assert_eq!(ids(&told(desk.path(), &[root, "a.md", "--take-back"])), all);
    // Nothing was kept a day ago.
    let answer = told(desk.path(), &[root, "a.md", "--drop-older", "1"]);
    assert_eq!(answer["droppedNow"].as_array().unwrap().len(), 0);

    told(desk.path(), &[root, "a.md", "--drop", middle]);
    let freed = told(desk.path(), &[root, "--free"]);
    assert_eq!(freed["freed"]["versions"], 1);
    let answer = told(desk.path(), &[root, "a.md", "--take-back"]);
    assert_eq!(ids(&answer).len(), all.len() - 1);
    assert_eq!(answer["dropped"], 0);
    for wrong in ["zzzz", "0", "nothing"] {
        let output = edito(desk.path(), &["versions", root, "a.md", "--drop", wrong]);
        assert_eq!(output.status.code(), Some(1), "{wrong}");
    }
    let shown = edito(desk.path(), &["versions", root, "a.md"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("before") && shown.contains(" words"), "{shown}");
}
