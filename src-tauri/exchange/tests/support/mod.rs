//! What the tests over folders of examples share.

#![allow(clippy::unwrap_used, clippy::panic, dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use edito_exchange::{Piece, Receipt};
use edito_prose::{Lang, LinkTarget, RenderContext};
use serde_json::{Value, json};

/// The folders below `tests/NAME`, in order.
pub fn folders(name: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

/// Holds a piece against `expected.json` and `expected.md`; with `EDITO_UPDATE_EXPECTED=1` writes them anew, to be read
/// before they are committed. Answers what differs.
pub fn differences(folder: &Path, piece: &Piece, receipt: &Receipt) -> Vec<String> {
    let told = serde_json::to_string_pretty(&summary(piece, receipt)).unwrap() + "\n";
    let mut differences = Vec::new();
    for (file, found) in [("expected.json", &told), ("expected.md", &piece.body)] {
        let path = folder.join(file);
        if std::env::var_os("EDITO_UPDATE_EXPECTED").is_some() {
            fs::write(&path, found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if &expected != found {
            differences.push(format!(
                "{}\n--- expected\n{expected}\n--- found\n{found}",
                path.display()
            ));
        }
    }
    differences
}

/// All of a piece but its text and its bytes.
pub fn summary(piece: &Piece, receipt: &Receipt) -> Value {
    let images: Vec<Value> = piece
        .images
        .iter()
        .map(|image| json!({ "url": image.url, "name": image.name, "bytes": image.bytes.len() }))
        .collect();
    let mut summary = json!({
        "kind": piece.kind,
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
    });
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    summary.as_object_mut().unwrap().retain(|_, value| !empty(value));
    summary
}

/// The page that Edito shows of a text.
pub fn rendered(body: &str) -> String {
    edito_prose::render(
        &format!("---\ntitle: x\n---\n{body}"),
        &RenderContext {
            lang: Lang::Fr,
            typography: false,
            resolve_link: &|_, _| LinkTarget::Missing,
            resolve_image: &|target| Some(target.to_owned()),
            footnote_label: "Notes",
            citations: None,
        },
    )
}

/// What may be on no page that Edito shows.
pub fn assert_no_raw_html(body: &str) {
    let page = rendered(body);
    for refused in [
        "class=\"raw\"",
        "class=\"refused\"",
        "class=\"missing\"",
        "&lt;p",
        "&lt;div",
        "&lt;td",
        "<script",
        "<style",
    ] {
        assert!(!page.contains(refused), "{refused} in {page}");
    }
}
