//! Typography from the command line: listed, as JSON, applied to what is printed and never to the file.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

const TEXT: &str = "---\ntitle: L'eau\nlang: fr\n---\n\nDit-il \"oui\" ?\n`l'eau`\n";

fn run(arguments: &[&str], input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .arg("typography")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("edito-cli runs");
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn corrections_are_listed_with_their_places() {
    let listed = run(&["-"], TEXT);
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(
        lines,
        [
            "2:9\tapostrophe\t' → ’",
            "6:8\tguillemets\t\" → «⍽",
            "6:12\tguillemets\t\" → ⍽»",
            "6:13\thigh-punctuation\t␣ → ⎵",
        ]
    );
    let answer: Value = serde_json::from_str(&run(&["-", "--json"], TEXT)).unwrap();
    assert_eq!(answer["lang"], "fr");
    assert_eq!(answer["corrections"][0]["line"], 2);
    assert_eq!(answer["corrections"][3]["after"], "\u{202f}");
    assert!(run(&["-", "--lang", "de"], TEXT).is_empty());
}

#[test]
fn the_corrected_text_is_printed_and_the_file_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    fs::write(&file, TEXT).unwrap();
    let printed = run(&[file.to_str().unwrap(), "--apply"], "");
    let expected = "---\ntitle: L’eau\nlang: fr\n---\n\nDit-il «\u{a0}oui\u{a0}»\u{202f}?\n`l'eau`\n";
    assert_eq!(printed, expected);
    assert_eq!(fs::read_to_string(&file).unwrap(), TEXT);
    assert!(run(&["-"], &printed).is_empty());
}

#[test]
fn line_ends_marks_and_encoding_stay() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    let apply = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_edito-cli"))
            .args(["typography", "--apply", "--lang", "fr"])
            .arg(&file)
            .output()
            .unwrap();
        assert!(output.status.success());
        output.stdout
    };
    let utf_16: Vec<u8> = "\u{feff}Bonjour.\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for unchanged in [
        b"Bonjour\xe2\x80\xa6\r\nFin\nici\r".as_slice(),
        b"\xef\xbb\xbfBonjour.\r\n",
        b"L\x92\xe9t\xe9 sera tr\xe8s chaud \xe0 la mer.\r\n",
        b"\xff\x00\x81",
        &utf_16,
        b"",
    ] {
        assert_eq!(apply(unchanged), unchanged);
    }
    for (before, after) in [
        (
            b"\xef\xbb\xbfL'eau\r\nFin\nL'air\r".as_slice(),
            "\u{feff}L’eau\r\nFin\nL’air\r".as_bytes(),
        ),
        (
            b"L'\xe9t\xe9 sera tr\xe8s chaud \xe0 la mer ?\r\n",
            b"L\x92\xe9t\xe9 sera tr\xe8s chaud \xe0 la mer\xa0?\r\n",
        ),
    ] {
        assert_eq!(apply(before), after);
    }
}
