//! Searching from the command line, by question and by the name of a saved search.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn search(home: &Path, arguments: &[&str]) -> Output {
    run(home, "search", arguments)
}

fn run(home: &Path, command: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .env("EDITO_DATA_DIR", home.join("data"))
        .env("EDITO_CACHE_DIR", home.join("cache"))
        .env("LC_ALL", "en_GB.UTF-8")
        .arg(command)
        .arg(home.join("library"))
        .args(arguments)
        .output()
        .expect("edito-cli runs")
}

fn found(home: &Path, arguments: &[&str]) -> Vec<String> {
    let output = search(home, &[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{output:?}");
    let hits: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut paths: Vec<String> = hits
        .iter()
        .map(|hit| hit["path"].as_str().unwrap_or_default().to_owned())
        .collect();
    paths.sort();
    paths
}

#[test]
fn a_saved_search_is_asked_by_its_name() {
    let home = tempfile::tempdir().unwrap();
    let library = home.path().join("library");
    fs::create_dir_all(library.join(".edito/journal")).unwrap();
    for (name, text) in [
        ("a.md", "---\ntags: [mer]\nstatus: draft\n---\nLe port.\n"),
        ("b.md", "---\ntags: [mer]\n---\nLe port.\n"),
        ("c.md", "---\ntags: [mer]\n---\nLa digue.\n"),
    ] {
        fs::write(library.join(name), text).unwrap();
    }
    // As another desk has saved it.
    let record = "{\"v\":1,\"id\":\"01900000-0000-7000-8000-000000000001\",\"time\":\"2026-01-01T00:00:00.000Z\",\
                  \"device\":\"desk\",\"seq\":1,\"kind\":\"search\",\"subject\":\"01900000-0000-7000-8000-000000000002\",\
                  \"name\":\"Écrits de mer\",\"query\":\"tag:mer -is:draft\",\"on\":true}\n";
    let open = record
        .replace("000001\"", "000003\"")
        .replace("000002\"", "000004\"")
        .replace("\"seq\":1", "\"seq\":2")
        .replace("Écrits de mer", "Phrase")
        .replace("tag:mer -is:draft", "\\\"le port");
    fs::write(library.join(".edito/journal/desk.jsonl"), record.to_owned() + &open).unwrap();

    let home = home.path();
    assert_eq!(found(home, &["--saved", "Écrits de mer"]), ["b.md", "c.md"]);
    assert_eq!(found(home, &["--saved", "ecrits de MER"]), ["b.md", "c.md"]);
    // With a question, both hold.
    assert_eq!(found(home, &["port", "--saved", "Écrits de mer"]), ["b.md"]);
    assert_eq!(found(home, &["-port tag:mer"]), ["c.md"]);
    // Also where the saved one leaves a quotation open.
    assert_eq!(found(home, &["--saved", "Phrase"]), ["a.md", "b.md"]);
    assert_eq!(found(home, &["is:draft", "--saved", "Phrase"]), ["a.md"]);

    let unknown = search(home, &["--saved", "Rien"]);
    assert_eq!(unknown.status.code(), Some(1));
    let words = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(
        words.starts_with("error: No search is saved under this name"),
        "{words}"
    );
    assert_eq!(search(home, &[]).status.code(), Some(2), "nothing is asked");
}

#[test]
fn a_collection_is_listed_by_its_name() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let library = home.join("library");
    fs::create_dir_all(library.join(".edito/journal")).unwrap();
    fs::write(library.join("a.md"), "Le port.\n").unwrap();
    let record = "{\"v\":1,\"id\":\"01900000-0000-7000-8000-000000000001\",\"time\":\"2026-01-01T00:00:00.000Z\",\
                  \"device\":\"desk\",\"seq\":1,\"kind\":\"collection\",\
                  \"collection\":\"01900000-0000-7000-8000-000000000002\",\"name\":\"Été à relire\",\"on\":true}\n";
    fs::write(library.join(".edito/journal/desk.jsonl"), record).unwrap();
    for name in ["Été à relire", "ETE A RELIRE", " été a relire "] {
        let listed = run(home, "list", &["--collection", name]);
        assert!(listed.status.success(), "{name}: {listed:?}");
    }
    let unknown = run(home, "list", &["--collection", "Hiver"]);
    assert_eq!(unknown.status.code(), Some(1));
    let words = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert_eq!(
        words.trim(),
        "error: There is no such collection in this library. (Hiver)"
    );
}
