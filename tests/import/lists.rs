//! Reading lists of all programs, from their examples: what was said there is said here, once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::desk::{Desk, counts, examples, zipped};

/// The list of an example; one that is a folder is packed as the program packs it.
fn input(folder: &Path, desk: &Desk) -> PathBuf {
    let inside = folder.join("input");
    if inside.is_dir() {
        let mut files = Vec::new();
        let mut folders = vec![inside.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    let name = entry
                        .path()
                        .strip_prefix(&inside)
                        .unwrap()
                        .to_string_lossy()
                        .into_owned();
                    files.push((name, fs::read(entry.path()).unwrap()));
                }
            }
        }
        let members: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        return desk.source("export.zip", zipped(&members));
    }
    fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.file_stem().is_some_and(|stem| stem == "input"))
        .unwrap()
}

#[test]
fn lists_come_in_once_and_with_what_was_said_there() {
    let mut seen = 0;
    for folder in fs::read_dir(examples("lists")).unwrap().flatten() {
        let folder = folder.path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(expected) = fs::read_to_string(folder.join("expected.json")) else {
            continue;
        };
        let expected: Value = serde_json::from_str(&expected).unwrap();
        let entries: Vec<&Value> = expected["entries"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["state"]["place"] != "feed")
            .collect();
        seen += 1;
        let desk = Desk::new();
        let list = input(&folder, &desk);
        let outcome = desk.import(&[&list]);
        let [imported, merged, skipped, _] = counts(&outcome);
        let feeds = expected["entries"].as_array().unwrap().len() - entries.len();
        assert_eq!(
            imported + merged + skipped,
            (entries.len() + feeds) as u64,
            "{name}: {outcome}"
        );
        let rows = desk.rows();
        assert_eq!(rows.len() as u64, imported, "{name}");
        let urls: BTreeMap<String, usize> = sources(&desk);
        for entry in &entries {
            let Some(url) = entry["url"].as_str() else { continue };
            assert!(urls.contains_key(url) || merged + skipped > 0, "{name}: {url}");
            let titled: Vec<&Value> = rows.iter().filter(|row| row["title"] == entry["title"]).collect();
            if let [row] = titled.as_slice() {
                let state = &entry["state"];
                assert!(state["read"] != true || row["read"] == true, "{name}: {row}");
                assert!(state["starred"] != true || row["starred"] == true, "{name}: {row}");
                if let Some(place) = state["place"].as_str() {
                    assert!(row["place"] == place || merged > 0, "{name}: {row}");
                }
                for tag in entry["tags"].as_array().into_iter().flatten() {
                    assert!(row["tags"].as_array().unwrap().contains(tag), "{name}: {row}");
                }
                let marked = entry["highlights"].as_array().map_or(0, Vec::len) as u64;
                assert!(row["highlights"].as_u64().unwrap() >= marked.min(1), "{name}: {row}");
            }
        }
        let (files, journal) = (desk.files(), desk.journal().len());
        let again = desk.import(&[&list]);
        let [imported, merged, skipped, _] = counts(&again);
        assert_eq!([imported, merged], [0, 0], "{name}: {again}");
        assert_eq!(skipped as usize, entries.len() + feeds, "{name}");
        assert_eq!(desk.files(), files, "{name}");
        assert_eq!(desk.journal().len(), journal, "{name}: nothing is said twice");
    }
    assert!(seen >= 12, "the examples are elsewhere");
}

/// How many articles came from each address.
pub fn sources(desk: &Desk) -> BTreeMap<String, usize> {
    let mut urls = BTreeMap::new();
    for (path, bytes) in desk.files() {
        if path.ends_with(".md") {
            let text = String::from_utf8(bytes).unwrap();
            let url = text.lines().find_map(|line| line.strip_prefix("  url: "));
            if let Some(url) = url {
                *urls.entry(url.trim_matches('"').to_owned()).or_default() += 1;
            }
        }
    }
    urls
}
