//! Reading lists of every program: a folder of `lists/` each, with what it holds and what must come out.
//!
//! A folder `input/` stands for the archive that it is packed into. `EDITO_UPDATE_EXPECTED=1` writes what comes out
//! as what must: to be read before it is committed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use edito_exchange::lists::{self, Entry, Format};
use edito_exchange::{Note, Receipt};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn every_program_is_read() {
    let mut wrong = Vec::new();
    for (name, bytes) in cases() {
        let got = told(&bytes);
        let path = folder().join(&name).join("expected.json");
        if std::env::var_os("EDITO_UPDATE_EXPECTED").is_some() {
            fs::write(&path, format!("{got:#}\n")).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        let expected: Value = serde_json::from_str(&expected).unwrap_or_default();
        if got != expected {
            wrong.push(format!("{name}: {got:#}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_program_is_told_by_what_a_file_holds() {
    let detected = |name: &str| {
        let (_, bytes) = cases().into_iter().find(|(known, _)| known == name).expect(name);
        lists::detect(&bytes)
    };
    for (name, format) in [
        ("pocket-csv", Format::PocketCsv),
        ("pocket-csv-cursor", Format::PocketCsv),
        ("pocket-csv-damaged", Format::PocketCsv),
        ("pocket-zip", Format::PocketCsv),
        ("pocket-html", Format::PocketHtml),
        ("instapaper", Format::Instapaper),
        ("instapaper-old", Format::Instapaper),
        ("omnivore", Format::Omnivore),
        ("wallabag", Format::Wallabag),
        ("readwise", Format::Readwise),
        ("reader", Format::Reader),
        ("karakeep", Format::Karakeep),
        ("matter", Format::Matter),
        ("linkwarden", Format::Linkwarden),
        ("netscape-firefox", Format::Netscape),
        ("netscape-pinboard", Format::Netscape),
        ("web-annotation", Format::WebAnnotation),
        ("hypothesis", Format::WebAnnotation),
    ] {
        assert_eq!(detected(name), Some(format), "{name}");
    }
    for other in [
        "",
        " ",
        "title,author\na,b\n",
        "<html><body><p>An article.</p></body></html>",
        "{\"name\": \"package\", \"version\": \"1.0\"}",
        "[1, 2, 3]",
        "# Un titre\n\nUn texte.",
        "<?xml version=\"1.0\"?><opml version=\"2.0\"></opml>",
        "{",
        "[",
        "<",
        "PK\u{3}\u{4}",
    ] {
        assert_eq!(lists::detect(other.as_bytes()), None, "{other}");
        assert!(lists::read("x", other.as_bytes()).is_err(), "{other}");
    }
}

#[test]
fn a_file_that_was_cut_never_panics_and_says_so() {
    for (name, bytes) in cases() {
        let whole = lists::read("x", &bytes).unwrap().count();
        let step = (bytes.len() / 40).max(1);
        for end in (0..bytes.len()).step_by(step) {
            let Ok(mut reading) = lists::read("x", &bytes[..end]) else {
                continue;
            };
            let entries: Vec<Entry> = reading.by_ref().collect();
            assert!(entries.len() <= whole, "{name} cut at {end}");
        }
    }
    // JSON knows its own end.
    for name in ["wallabag", "karakeep", "linkwarden", "web-annotation", "hypothesis"] {
        let (_, bytes) = cases().into_iter().find(|(known, _)| known == name).unwrap();
        let end = bytes.len() * 9 / 10;
        let mut reading = lists::read("x", &bytes[..end]).unwrap();
        reading.by_ref().for_each(drop);
        assert!(!reading.receipt().failed.is_empty(), "{name}");
    }
}

#[test]
fn garbage_in_a_file_never_panics() {
    for (name, bytes) in cases() {
        // Spread over the file, deterministic.
        for seed in 0..60_usize {
            let mut bytes = bytes.clone();
            for turn in 0..5_usize {
                let at = (seed * 7919 + turn * 104_729) % bytes.len();
                bytes[at] = [0, b'"', b'<', b'[', b'}', 0xff, b',', b'\n', b'\\'][(seed + turn) % 9];
            }
            if let Ok(reading) = lists::read(&name, &bytes) {
                reading.for_each(drop);
            }
        }
    }
}

#[test]
fn ten_thousand_entries_come_one_by_one() {
    let text = "<p>Un paragraphe, avec des mots.</p>".repeat(40);
    let item = |index: usize| {
        json!({
            "is_archived": 0, "is_starred": 0, "tags": ["a"], "title": format!("Titre {index}"),
            "url": format!("https://exemple.fr/{index}"), "content": text,
            "created_at": "2024-01-01T10:00:00+0100", "annotations": [],
        })
    };
    let list = Value::from((0..10_000).map(item).collect::<Vec<_>>()).to_string();
    let mut reading = lists::read("wallabag.json", list.as_bytes()).unwrap();
    let first = reading.next().unwrap();
    assert_eq!(first.html.as_deref(), Some(text.as_str()));
    assert_eq!(reading.by_ref().count(), 9_999);
    assert!(reading.receipt().failed.is_empty());

    let mut table = String::from("title,url,time_added,tags,status\n");
    for index in 0..10_000 {
        table += &format!("\"Titre {index}, \"\"été\"\"\",https://exemple.fr/{index},1700000000,a|b,unread\n");
    }
    assert_eq!(lists::read("pocket.csv", table.as_bytes()).unwrap().count(), 10_000);
}

#[test]
fn failures_without_end_are_counted() {
    let table = format!(
        "title,url,time_added,status\n{}",
        "x,not an address,1,unread\n".repeat(50_000)
    );
    let mut reading = lists::read("x", table.as_bytes()).unwrap();
    assert_eq!(reading.by_ref().count(), 0);
    let failed = &reading.receipt().failed;
    assert!(failed.len() <= 101);
    assert_eq!(failed.iter().map(|note| note.count).sum::<usize>(), 50_000);
}

#[test]
fn a_hostile_archive_gives_what_is_sound_in_it() {
    let table = "title,url,time_added,status\nA,https://exemple.fr/a,1700000000,unread\n";
    let bytes = packed(&[
        ("../part_000000.csv".into(), table.into()),
        ("part_000001.csv".into(), table.into()),
    ]);
    let mut reading = lists::read("pocket.zip", &bytes).unwrap();
    assert_eq!(reading.by_ref().count(), 1);
    assert_eq!(reading.receipt().failed[0].kind, "archive-outside");
}

fn csv(rows: &[[String; 5]]) -> String {
    let quoted = |field: &String| format!("\"{}\"", field.replace('"', "\"\""));
    let line = |row: &[String; 5]| row.iter().map(quoted).collect::<Vec<_>>().join(",");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

proptest! {
    #[test]
    fn a_table_written_with_random_fields_reads_back(
        rows in prop::collection::vec(("[\\PC,;\"\n😀é]{0,20}", "[a-zé]{1,8}", prop::collection::vec("[a-zé, \"]{1,8}", 0..4), any::<bool>()), 1..12),
        order in Just([0_usize, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        let fields = |index: usize, (title, path, tags, archived): &(String, String, Vec<String>, bool)| {
            [
                title.clone(),
                format!("https://exemple.fr/{index}/{path}"),
                "1700000000".to_owned(),
                tags.join("|"),
                if *archived { "archive" } else { "unread" }.to_owned(),
            ]
        };
        let mut all = vec![["title", "url", "time_added", "tags", "status"].map(str::to_owned)];
        all.extend(rows.iter().enumerate().map(|(index, row)| fields(index, row)));
        let shuffled: Vec<[String; 5]> = all.iter().map(|row| order.map(|column| row[column].clone())).collect();
        let written = csv(&shuffled);
        let entries: Vec<Entry> = lists::read("x", written.as_bytes()).unwrap().collect();
        prop_assert_eq!(entries.len(), rows.len());
        for (entry, (title, path, tags, archived)) in entries.iter().zip(&rows) {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(entry.piece.title.clone().unwrap_or_default(), title);
            prop_assert!(entry.piece.url.as_ref().is_some_and(|url| url.starts_with("https://exemple.fr/")), "{}", path);
            let mut expected: Vec<String> = tags.iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
            let mut seen = std::collections::HashSet::new();
            expected.retain(|tag| seen.insert(tag.clone()));
            prop_assert_eq!(&entry.piece.tags, &expected);
            prop_assert_eq!(entry.piece.state.read, Some(*archived));
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lists")
}

/// The cases, with the bytes of their inputs.
fn cases() -> Vec<(String, Vec<u8>)> {
    let mut cases: Vec<(String, Vec<u8>)> = fs::read_dir(folder())
        .expect("the cases")
        .map(|case| {
            let path = case.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let input = path.join("input");
            if input.is_dir() {
                let mut members = Vec::new();
                collect(&input, "", &mut members);
                return (name, packed(&members));
            }
            let file = fs::read_dir(&path)
                .unwrap()
                .map(|file| file.unwrap().path())
                .find(|file| file.file_stem().is_some_and(|stem| stem == "input"))
                .unwrap_or_else(|| panic!("{name} has no input"));
            (name, fs::read(file).unwrap())
        })
        .collect();
    cases.sort();
    assert!(cases.len() > 15);
    cases
}

fn collect(folder: &Path, inside: &str, members: &mut Vec<(String, Vec<u8>)>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let name = format!("{inside}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), members);
        } else {
            members.push((name, fs::read(&path).unwrap()));
        }
    }
}

fn packed(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer
            .start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// All that a reading gives, short enough to be read by people.
fn told(bytes: &[u8]) -> Value {
    let mut reading = lists::read("input", bytes).expect("a list");
    let entries: Vec<Value> = reading
        .by_ref()
        .map(|entry| {
            let mut told = compact(serde_json::to_value(&entry.piece).unwrap());
            if let Some(html) = &entry.html {
                told["html"] = html.as_str().into();
            }
            told["receipt"] = receipt(&entry.receipt);
            told
        })
        .collect();
    json!({ "entries": entries, "receipt": receipt(reading.receipt()) })
}

/// A value without what is empty or never was.
fn compact(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .map(|(key, value)| (key, compact(value)))
            .filter(|(key, value)| {
                let empty = value.is_null()
                    || value.as_str().is_some_and(str::is_empty)
                    || value.as_array().is_some_and(Vec::is_empty)
                    || value.as_object().is_some_and(serde_json::Map::is_empty);
                !empty && (key != "starred" || value != &Value::Bool(false))
            })
            .collect(),
        Value::Array(list) => list.into_iter().map(compact).collect(),
        other => other,
    }
}

fn receipt(receipt: &Receipt) -> Value {
    let line = |notes: &[Note]| {
        let note = |note: &Note| {
            let detail = note
                .detail
                .as_ref()
                .map(|detail| format!(" ({detail})"))
                .unwrap_or_default();
            let count = if note.count > 1 {
                format!(" × {}", note.count)
            } else {
                String::new()
            };
            format!("{}{detail}{count}", note.kind)
        };
        notes.iter().map(note).collect::<Vec<_>>().join(", ")
    };
    compact(json!({
        "source": receipt.source,
        "kept": line(&receipt.kept),
        "degraded": line(&receipt.degraded),
        "unsupported": line(&receipt.unsupported),
        "failed": line(&receipt.failed),
    }))
}
