//! What strangers hand in to break something: the library stays as it is, and the receipt says so.

use crate::desk::{Desk, counts, kinds, zipped};

#[test]
fn what_is_hostile_leaves_the_library_as_it_was() {
    let desk = Desk::new();
    let page = "<!doctype html><title>x</title><article><p>words</p></article>";
    let zeros = vec![0u8; 40 << 20];
    let bombs: Vec<(String, &[u8])> = (0..14)
        .map(|number| (format!("{number}.md"), zeros.as_slice()))
        .collect();
    let bombs: Vec<(&str, &[u8])> = bombs.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let sources = [
        desk.source("bomb.zip", zipped(&bombs)),
        desk.source(
            "outside.zip",
            zipped(&[("../out.html", page.as_bytes()), ("/etc/x.html", page.as_bytes())]),
        ),
        desk.source("torn.zip", &zipped(&[("a.md", b"words")])[..30]),
        desk.source("inner.zip", zipped(&[("a.zip", &zipped(&[("a.md", b"words")]))])),
        desk.source("picture.md", b"\x89PNG\r\n\x1a\n\0\0\0"),
        desk.source("nothing.html", ""),
        desk.source("nul.html", [0u8; 2000]),
        desk.source("feed.xml", "<rss version=\"2.0\"><channel/></rss>"),
        desk.source(
            "laughs.xml",
            "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><lolz>&b;</lolz>",
        ),
        desk.source("unknown.bin", [1u8, 2, 3, 4]),
    ];
    let receipt = desk.library().parent().unwrap().join("receipt.json");
    let paths: Vec<&std::path::Path> = sources.iter().map(std::path::PathBuf::as_path).collect();
    let outcome = desk.import_with(&["--receipt", receipt.to_str().unwrap()], &paths);
    assert_eq!(counts(&outcome)[..3], [0, 0, 0], "{outcome}");
    assert_eq!(desk.files().len(), 0);
    assert!(desk.journal().is_empty());
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(receipt).unwrap()).unwrap();
    assert_eq!(written, outcome);
    // Each of them has its line.
    for receipt in outcome["receipt"].as_array().unwrap() {
        let lines = ["failed", "unsupported"].map(|sort| receipt[sort].as_array().unwrap().len());
        assert!(lines.iter().sum::<usize>() > 0, "{receipt}");
    }
    assert!(
        kinds(&outcome, "failed").contains(&"archive-outside".to_owned()),
        "{outcome}"
    );
}

#[test]
fn what_is_too_deep_or_dangerous_comes_in_harmless() {
    let desk = Desk::new();
    let deep = format!(
        "<!doctype html><title>Deep</title>{}words{}",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let scripts = "<!doctype html><title>Scripts</title><article><p>Some words here, <a href=\"javascript:alert(1)\">a link</a> and more of them, so that it is an article.</p><script>alert(1)</script><img src=x onerror=alert(1)></article>";
    let sources = [desk.source("deep.html", deep), desk.source("scripts.html", scripts)];
    let outcome = desk.import(&[&sources[0], &sources[1]]);
    assert_eq!(counts(&outcome), [2, 0, 0, 0], "{outcome}");
    for (path, bytes) in desk.files() {
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            !text.contains("javascript:") && !text.contains("onerror") && !text.contains("<script"),
            "{path}: {text}"
        );
        assert!(text.contains("words"), "{path}: {text}");
    }
}
