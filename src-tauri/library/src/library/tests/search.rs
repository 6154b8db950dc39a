//! Search by examples: the files of `tests/fixtures/search`, each with documents, queries and
//! what they find in which order.

use super::desk::{Desk, found};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Example {
    documents: BTreeMap<String, String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    query: String,
    finds: Vec<String>,
    #[serde(default)]
    any_order: bool,
}

#[test]
fn examples_find_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/search");
    let mut examples = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let example: Example = toml::from_str(&std::fs::read_to_string(entry.path()).unwrap()).unwrap();
        let desk = Desk::new();
        for (path, text) in &example.documents {
            desk.write(path, text);
        }
        let library = desk.open();
        for case in example.cases {
            examples += 1;
            let mut hits = found(&library, &case.query);
            let mut expected = case.finds;
            if case.any_order {
                hits.sort();
                expected.sort();
            }
            assert_eq!(hits, expected, "{name}: {}", case.query);
            assert_eq!(
                library.search(&case.query, 1, 0).unwrap().total,
                expected.len(),
                "{name}: {}",
                case.query
            );
        }
    }
    assert!(examples > 50, "only {examples} examples were read");
}

#[test]
fn pages_of_hits_follow_each_other() {
    let desk = Desk::new();
    for number in 0..30 {
        desk.write(
            &format!("{number:02}.md"),
            format!("---\ndate: 2024-01-{:02}\n---\nclimat\n", number + 1),
        );
    }
    let library = desk.open();
    let first = library.search("climat", 20, 0).unwrap();
    let second = library.search("climat", 20, 20).unwrap();
    assert_eq!(
        (first.total, first.hits.len(), second.total, second.hits.len()),
        (30, 20, 30, 10)
    );
    let mut paths: Vec<String> = first
        .hits
        .into_iter()
        .chain(second.hits)
        .map(|hit| hit.row.path)
        .collect();
    // Equal but for their dates: the newest first.
    let mut newest = paths.clone();
    newest.sort_by(|left, right| right.cmp(left));
    assert_eq!(paths, newest);
    paths.dedup();
    assert_eq!(paths.len(), 30);
}
