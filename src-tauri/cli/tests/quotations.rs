//! Quotations from the command line: listed with what differs, as data, and in the check.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .args(arguments)
        .env("EDITO_DATA_DIR", data.join("data"))
        .env("EDITO_CACHE_DIR", data.join("cache"))
        .output()
        .expect("edito-cli runs")
}

#[test]
fn quotations_are_listed_with_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    fs::create_dir_all(&library).unwrap();
    fs::write(
        library.join("mer.md"),
        "---\ntitle: La mer et les digues\n---\n\nLa mer monte, et personne ne l'a vue venir.\n",
    )
    .unwrap();
    fs::write(
        library.join("draft.md"),
        "---\ntitle: Brouillon\nstatus: draft\n---\n\nIl dit « La mer monte, et nul ne l’a vue venir »[^1], et « ce que personne n’a dit ici ».\n\n[^1]: [La mer et les digues](mer.md).\n",
    )
    .unwrap();
    let root = library.to_str().unwrap();
    let listed = run(folder.path(), &["quotations", root, "draft.md"]);
    assert!(!listed.status.success(), "one is altered");
    let text = String::from_utf8(listed.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "6\taltered\tmer.md\tLa mer monte, et [-nul-]{+personne+} ne l’a vue venir",
            "6\tunsourced\t\tce que personne n’a dit ici",
        ]
    );
    let answer = run(folder.path(), &["quotations", root, "draft.md", "--json"]);
    let answer: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(answer["quotations"][0]["verdict"], "altered");
    assert_eq!(
        answer["quotations"][0]["says"],
        "La mer monte, et personne ne l'a vue venir"
    );
    assert_eq!(answer["quotations"][1]["source"], Value::Null);
    let check = run(folder.path(), &["check", root, "--json"]);
    let found: Value = serde_json::from_slice(&check.stdout).unwrap();
    let kinds: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["alteredQuotation", "unsourcedQuotation"]);
}
