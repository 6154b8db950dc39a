//! Saved pages of many shapes, each a folder: `page.html`, what is said of it in `expected.json`, its text in
//! `expected.md`. `EDITO_UPDATE_PAGES=1` writes what comes out now, to be read before it is committed.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use edito_exchange::{PageHints, Piece, Receipt, read_page};
use edito_prose::{Lang, LinkTarget, RenderContext};
use serde_json::{Value, json};

#[test]
fn each_page_gives_its_article() {
    let mut failures = Vec::new();
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let source = fs::read(folder.join("page.html")).unwrap();
        let hints = PageHints {
            name: Some("page.html"),
            ..PageHints::default()
        };
        let (piece, receipt) = read_page(&source, hints).unwrap_or_else(|error| panic!("{name}: {error}"));
        let told = serde_json::to_string_pretty(&summary(&piece, &receipt)).unwrap() + "\n";
        for (file, found) in [("expected.json", &told), ("expected.md", &piece.body)] {
            let path = folder.join(file);
            if std::env::var_os("EDITO_UPDATE_PAGES").is_some() {
                fs::write(&path, found).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if &expected != found {
                failures.push(format!("{name}/{file}\n--- expected\n{expected}\n--- found\n{found}"));
            }
        }
        assert_eq!(piece.capture.map(|capture| capture.bytes), Some(source), "{name}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn what_comes_out_of_a_page_renders_without_raw_html() {
    for folder in folders() {
        let source = fs::read(folder.join("page.html")).unwrap();
        let (piece, _) = read_page(&source, PageHints::default()).unwrap();
        let page = edito_prose::render(
            &format!("---\ntitle: x\n---\n{}", piece.body),
            &RenderContext {
                lang: Lang::Fr,
                typography: false,
                resolve_link: &|_, _| LinkTarget::Missing,
                resolve_image: &|target| Some(target.to_owned()),
                footnote_label: "Notes",
            },
        );
        for refused in [
            "class=\"raw\"",
            "class=\"refused\"",
            "class=\"missing\"",
            "&lt;p",
            "&lt;div",
            "Lire la suite",
            "Read more",
        ] {
            assert!(!page.contains(refused), "{refused} in {}\n{page}", folder.display());
        }
    }
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 15);
    folders
}

/// All of a piece but its text and its bytes.
fn summary(piece: &Piece, receipt: &Receipt) -> Value {
    let images: Vec<Value> = piece
        .images
        .iter()
        .map(|image| json!({ "url": image.url, "name": image.name, "bytes": image.bytes.len() }))
        .collect();
    json!({
        "title": piece.title,
        "standfirst": piece.standfirst,
        "teaser": piece.teaser,
        "authors": piece.authors,
        "section": piece.section,
        "tags": piece.tags,
        "published": piece.published,
        "updated": piece.updated,
        "lang": piece.lang,
        "url": piece.url,
        "site": piece.site,
        "captured": piece.captured,
        "images": images,
        "kept": receipt.kept,
        "degraded": receipt.degraded,
        "unsupported": receipt.unsupported,
        "failed": receipt.failed,
    })
}
