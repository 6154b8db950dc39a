//! Replacing across a library from the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn edito(desk: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .args(arguments)
        .env("EDITO_DATA_DIR", desk.join("data"))
        .env("EDITO_CACHE_DIR", desk.join("cache"))
        .env("LANG", "en_GB.UTF-8")
        .output()
        .unwrap()
}

#[test]
fn nothing_is_written_unless_it_is_asked() {
    let desk = tempfile::tempdir().unwrap();
    let library = desk.path().join("library");
    fs::create_dir_all(library.join("un")).unwrap();
    let text = "Daesh, [Daesh](https://a.example/daesh)\n";
    fs::write(library.join("un/a.md"), text).unwrap();
    fs::write(library.join("b.md"), "Daesh\n").unwrap();
    let root = library.to_str().unwrap();
    let shown = edito(desk.path(), &["replace", root, "daesh", "Daech"]);
    let told = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(
        shown.status.success() && told.ends_with("4 found in 2 of 2 articles; nothing was written\n"),
        "{told}"
    );
    assert!(
        told.contains("- un/a.md:1\tDaesh, [Daesh](https://a.example/[-daesh-]{+Daech+})\n"),
        "{told}"
    );
    assert_eq!(fs::read_to_string(library.join("un/a.md")).unwrap(), text);

    let written = edito(
        desk.path(),
        &[
            "--json",
            "replace",
            root,
            "(d)aesh",
            "${1}aech",
            "--expression",
            "--section",
            "un",
            "--write",
        ],
    );
    let told: serde_json::Value = serde_json::from_slice(&written.stdout).unwrap();
    assert_eq!(told["replaced"], serde_json::json!({ "articles": 1, "places": 2 }));
    let now = fs::read_to_string(library.join("un/a.md")).unwrap();
    assert_eq!(
        now, "${1}aech, [${1}aech](https://a.example/daesh)\n",
        "the notation of the window"
    );
    let written = edito(
        desk.path(),
        &[
            "replace",
            root,
            r"\$\{1\}(a)",
            "D$1",
            "--expression",
            "--everywhere",
            "--write",
        ],
    );
    assert!(written.status.success());
    assert_eq!(fs::read_to_string(library.join("b.md")).unwrap(), "Daesh\n");
    let now = fs::read_to_string(library.join("un/a.md")).unwrap();
    assert_eq!(now, "Daech, [Daech](https://a.example/daesh)\n");

    let wrong = edito(desk.path(), &["replace", root, "(", "x", "--expression"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).starts_with("error:"));
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_one_does_the_rest() {
    let desk = tempfile::tempdir().unwrap();
    let library = desk.path().join("library");
    fs::create_dir_all(&library).unwrap();
    let (old, new) = (
        "Un mot, et un mot.\r\n".repeat(40),
        "Un terme, et un terme.\r\n".repeat(40),
    );
    let files: Vec<_> = (0..40).map(|number| library.join(format!("{number}.md"))).collect();
    for file in &files {
        fs::write(file, &old).unwrap();
    }
    let root = library.to_str().unwrap();
    let arguments = ["replace", root, "mot", "terme", "--write"];
    for milliseconds in [60, 120, 180, 240, 300] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_edito-cli"))
            .args(arguments)
            .env("EDITO_DATA_DIR", desk.path().join("data"))
            .env("EDITO_CACHE_DIR", desk.path().join("cache"))
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        for file in &files {
            let text = fs::read_to_string(file).unwrap();
            assert!(text == old || text == new, "{}", file.display());
        }
    }
    // A run that is killed while it keeps a version leaves a lock, which counts as somebody's for some seconds: until then
    // that article is named and left.
    let mut last = edito(desk.path(), &arguments);
    for _ in 0..60 {
        if last.status.success() {
            break;
        }
        assert!(String::from_utf8_lossy(&last.stdout).contains("another window is keeping a version"));
        std::thread::sleep(std::time::Duration::from_secs(1));
        last = edito(desk.path(), &arguments);
    }
    assert!(last.status.success());
    for file in &files {
        assert_eq!(fs::read_to_string(file).unwrap(), new);
    }
    let again = edito(desk.path(), &arguments);
    assert!(String::from_utf8_lossy(&again.stdout).ends_with("0 replaced in 0 articles\n"));
}

#[test]
fn words_that_the_encoding_of_a_file_lacks_are_named_and_the_file_is_left() {
    let desk = tempfile::tempdir().unwrap();
    let library = desk.path().join("library");
    fs::create_dir_all(&library).unwrap();
    let old = b"O\xf9 est pass\xe9 l\x92\xe9dito ?\r\n";
    fs::write(library.join("a.md"), old).unwrap();
    let root = library.to_str().unwrap();
    let refused = edito(desk.path(), &["replace", root, " ?", "\u{202f}?", "--write"]);
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert!(told.contains("windows-1252 has no U+202F"), "{told}");
    assert_eq!(fs::read(library.join("a.md")).unwrap(), old);
    let written = edito(desk.path(), &["replace", root, " ?", "\u{a0}?", "--write"]);
    assert!(written.status.success());
    assert_eq!(
        fs::read(library.join("a.md")).unwrap(),
        b"O\xf9 est pass\xe9 l\x92\xe9dito\xa0?\r\n"
    );
}
