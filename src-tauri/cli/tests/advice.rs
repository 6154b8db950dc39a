//! `edito-cli advice` and what `check` says of the house style.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn run(arguments: &[&str], places: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_edito-cli"))
        .args(arguments)
        .env("EDITO_DATA_DIR", places.join("data"))
        .env("EDITO_CACHE_DIR", places.join("cache"))
        .env("LANG", "en")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .output()
        .unwrap()
}

const CONFIG: &str = "[house]\nterms = [{ use = \"Daech\", not = [\"Daesh\"], why = \"l’acronyme\" }]\n\n[[sections]]\nname = \"Notes\"\nhouse = { banned = [\"pérenne\"] }\n";
const TEXT: &str =
    "---\ntitle: Un titre\nlang: fr\n---\n\nIl à mangé,\nau final, avec Daesh.\n\nC’est pérenne.\n\n> Contre Daesh.\n";

#[test]
fn what_could_be_better_is_listed_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    fs::create_dir_all(library.join("notes")).unwrap();
    fs::write(library.join("edito.toml"), CONFIG).unwrap();
    fs::write(library.join("notes/a.md"), TEXT).unwrap();
    fs::write(library.join("b.md"), TEXT).unwrap();
    let (root, places) = (library.to_str().unwrap(), folder.path());

    let article = run(&["advice", root, "notes/a.md"], places);
    let listed = String::from_utf8(article.stdout).unwrap();
    assert_eq!(
        listed.lines().collect::<Vec<_>>(),
        [
            "6:4\ta-accent\t“a” or “à”\tà → a",
            "7:1\tanglicism\tAnglicism\tau final → finalement | en définitive",
            "7:16\thouse-term\tHouse term\tDaesh → Daech (Daech — l’acronyme)",
            "9:7\thouse-banned\tWord to avoid\tpérenne",
        ]
    );
    let file = library.join("b.md");
    let answer: Value =
        serde_json::from_slice(&run(&["advice", file.to_str().unwrap(), "--library", root, "--json"], places).stdout)
            .unwrap();
    let advice = &answer[0]["advice"];
    assert_eq!(advice.as_array().unwrap().len(), 3);
    assert_eq!(
        (&advice[2]["text"], &advice[2]["fixes"][0], &advice[2]["kind"]),
        (&"Daesh".into(), &"Daech".into(), &"house".into())
    );
    let start = usize::try_from(advice[2]["start"].as_u64().unwrap()).unwrap();
    assert_eq!(&TEXT[start..start + 5], "Daesh");

    let check = run(&["check", root, "--json"], places);
    let findings: Vec<Value> = serde_json::from_slice(&check.stdout).unwrap();
    let house: Vec<_> = findings
        .iter()
        .filter(|finding| finding["kind"] == "house")
        .map(|finding| (finding["path"].as_str().unwrap(), finding["detail"].as_str().unwrap()))
        .collect();
    let term = "line 7: house-term: \"Daesh\" → \"Daech\" (Daech — l’acronyme)";
    assert_eq!(
        house,
        [
            ("b.md", term),
            ("notes/a.md", term),
            ("notes/a.md", "line 9: house-banned: \"pérenne\"")
        ]
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), TEXT);
}

#[test]
fn the_sample_library_is_written_as_its_house_writes() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("sample");
    let root = library.to_str().unwrap();
    assert!(run(&["init", root, "--sample"], folder.path()).status.success());
    let check = run(&["check", root, "--json"], folder.path());
    let findings: Vec<Value> = serde_json::from_slice(&check.stdout).unwrap();
    let house: Vec<_> = findings
        .iter()
        .filter(|finding| finding["kind"] == "house" || finding["kind"] == "config")
        .collect();
    assert!(house.is_empty(), "{house:?}");

    // Read through: whatever is said of its words is a false alarm, or the one pleonasm that stands there on purpose.
    let check = run(&["check", root, "--advice", "--json"], folder.path());
    let findings: Vec<Value> = serde_json::from_slice(&check.stdout).unwrap();
    let of = |kind: &str| -> Vec<&Value> { findings.iter().filter(|one| one["kind"] == kind).collect() };
    assert!(of("spelling").is_empty() && of("grammar").is_empty(), "{findings:?}");
    assert_eq!(of("style").len(), 1, "{:?}", of("style"));
}

#[test]
fn a_library_is_looked_through_for_its_words_when_that_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    fs::create_dir_all(folder.path().join("data")).unwrap();
    fs::create_dir_all(&library).unwrap();
    fs::write(folder.path().join("data/words.txt"), "gronoï\n").unwrap();
    fs::write(library.join("edito.toml"), "[dictionary]\nwords = [\"machouille\"]\n").unwrap();
    let text = "---\ntitle: Un titre\nlang: fr\n---\n\nIl à mangé\nun gronoï, une machouille et un vilage, au final.\nLe nénuphar dort.\n";
    fs::write(library.join("own.md"), text).unwrap();
    fs::write(
        library.join("other.md"),
        text.replace("lang: fr", "lang: fr\nsource: https://a.example/b"),
    )
    .unwrap();
    let root = library.to_str().unwrap();

    let kinds = |arguments: &[&str]| -> Vec<(String, String, String)> {
        let answer = run(arguments, folder.path());
        let findings: Vec<Value> = serde_json::from_slice(&answer.stdout).unwrap();
        let text = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
        findings
            .iter()
            .map(|one| (text(one, "kind"), text(one, "path"), text(one, "detail")))
            .collect()
    };
    assert_eq!(kinds(&["check", root, "--json"]), []);
    let said = |kind: &str, detail: &str| (kind.to_owned(), "own.md".to_owned(), detail.to_owned());
    let all = [
        said("spelling", "line 7: unknown-word: \"vilage\""),
        said("grammar", "line 6: a-accent: \"à\" → \"a\""),
        said("style", "line 7: anglicism: \"au final\" → \"finalement\""),
    ];
    assert_eq!(kinds(&["check", root, "--advice", "--json"]), all);
    let revised = kinds(&["check", root, "--advice", "--french", "revised", "--json"]);
    assert!(
        revised.contains(&said("spelling", "line 8: unknown-word: \"nénuphar\"")),
        "{revised:?}"
    );
}
