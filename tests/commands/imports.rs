//! Bringing in through commands: started, told, cancelled, listed in a receipt; the inbox folder.

use std::fs;
use std::path::PathBuf;

use edito_app::api::{ImportEnded, PageEvent};
use serde_json::{Value, json};

use super::{Page, everything};

const PAGE: &str = "<!doctype html><html lang=\"en\"><head><title>The Long Bridge</title></head><body><article><h1>The Long Bridge</h1><p>It takes an hour to cross, and nobody has ever been seen to hurry. The toll is paid in stories.</p><img src=\"https://example.org/bridge.png\"></article></body></html>";

impl Page {
    fn with_library() -> Page {
        let page = Page::new();
        let root = page.folder.path().join("library");
        fs::create_dir(&root).expect("a folder");
        page.call("open_library", json!({ "root": root }));
        page
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }

    fn ends(&self) -> Vec<ImportEnded> {
        let events = self.notes.events.lock().expect("notes");
        let ends = events.iter().filter_map(|event| match event {
            PageEvent::ImportEnded(end) => Some(end.clone()),
            _ => None,
        });
        ends.collect()
    }

    fn end_of(&self, number: usize) -> ImportEnded {
        self.until("the import is over", || self.ends().len() >= number);
        self.ends()[number - 1].clone()
    }

    fn rows(&self) -> Vec<Value> {
        let list = self.call("list", json!({ "query": everything(), "offset": 0, "limit": 100 }));
        list["rows"].as_array().expect("rows").clone()
    }
}

fn list(count: usize) -> String {
    let rows = (0..count).map(|number| format!("Article {number},https://example.org/{number},1700000000,,unread\n"));
    format!("title,url,time_added,tags,status\n{}", rows.collect::<String>())
}

#[test]
fn a_page_comes_into_the_inbox_and_its_receipt_says_how() {
    let page = Page::with_library();
    let file = page.write("from/bridge.html", PAGE);
    page.call("import_paths", json!({ "paths": [file] }));
    let end = page.end_of(1);
    assert_eq!((end.imported, end.failed, end.cancelled), (1, 0, false), "{end:?}");
    let rows = page.rows();
    assert_eq!(rows[0]["title"], "The Long Bridge");
    assert_eq!(rows[0]["place"], "inbox");
    assert_eq!(end.article.as_deref(), rows[0]["id"].as_str());
    let receipt = page.call("import_receipt", json!({ "number": null }));
    let lines = receipt["sources"][0]["lines"].as_array().expect("lines");
    assert!(
        lines
            .iter()
            .any(|line| line["kind"] == "remote-image" && line["fate"] == "changed"),
        "{receipt}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line["kind"] == "text" && line["fate"] == "kept")
    );
    for (format, begins) in [("markdown", "# A receipt\n\n1 "), ("json", "{\n  \"imported\": 1,")] {
        let path = page.call(
            "export_receipt",
            json!({ "number": end.receipt, "format": format, "title": "A receipt", "dialog": "" }),
        );
        let written = fs::read_to_string(path.as_str().expect("a path")).expect("the export");
        assert!(written.starts_with(begins), "{written}");
    }
    // The list was told while it went on.
    let events = page.notes.events.lock().expect("notes");
    assert!(events.iter().any(|event| matches!(event, PageEvent::ImportProgress(_))));
    assert!(
        events
            .iter()
            .any(|event| matches!(event, PageEvent::Changed(changed) if changed.new.len() == 1))
    );
}

#[test]
fn what_is_chosen_and_what_is_pasted_comes_in() {
    let page = Page::with_library();
    assert_eq!(
        page.call("import_chosen", json!({ "choice": "files", "title": "" })),
        false
    );
    page.write("chosen/a.md", "# One\n\nWords.\n");
    page.write("chosen/b.md", "# Two\n\nOther words.\n");
    assert_eq!(
        page.call("import_chosen", json!({ "choice": "files", "title": "" })),
        true
    );
    assert_eq!(page.end_of(1).imported, 2);
    let pasted = json!([
        { "name": "Pasted words.html", "content": { "text": "<p>Some <b>pasted</b> words, with a <a href=\"https://example.org/x\">link</a>.</p>" } },
        { "name": "Plain.md", "content": { "text": "Plain *words*.\n" } },
        { "name": "letter.eml", "content": { "base64": "RnJvbTogbWVAZXhhbXBsZS5vcmcNClN1YmplY3Q6IEEgbGV0dGVyDQoNCkRlYXIgcmVhZGVyLg0K" } },
    ]);
    page.call("import_pasted", json!({ "pasted": pasted }));
    let end = page.end_of(2);
    assert_eq!((end.imported, end.failed), (3, 0), "{end:?}");
    let mut titles: Vec<String> = page
        .rows()
        .iter()
        .map(|row| row["title"].as_str().expect("a title").to_owned())
        .collect();
    titles.sort();
    assert_eq!(titles, ["A letter", "One", "Pasted words", "Plain", "Two"]);
    let broken = page.try_call(
        "import_pasted",
        json!({ "pasted": [{ "name": "a", "content": { "base64": "%" } }] }),
    );
    assert_eq!(broken.expect_err("no base 64")["kind"], "invalid");
}

#[test]
fn files_copied_in_a_file_manager_come_in_by_their_paths() {
    let page = Page::with_library();
    let files = tempfile::Builder::new().prefix("copied-").tempdir().expect("a folder");
    let of = |name: &str| files.path().join(name).display().to_string();
    for (name, text) in [("a.md", "# One"), ("b.md", "# Two"), (".key", "secret")] {
        fs::write(of(name), text).expect("a file");
    }
    let paste = |text: String| {
        let pasted = json!([{ "name": "a.md", "content": { "text": text } }]);
        page.call("import_pasted", json!({ "pasted": pasted }));
    };
    paste(format!("{}\n{}", of("a.md"), of("b.md")));
    assert_eq!(page.end_of(1).imported, 2);
    let titles: Vec<Value> = page.rows().iter().map(|row| row["title"].clone()).collect();
    assert!(
        titles.contains(&json!("One")) && titles.contains(&json!("Two")),
        "{titles:?}"
    );
    // What only looks like it is the text that it is; nothing hidden is read because a text names it.
    paste(of(".key"));
    page.end_of(2);
    paste(of("not there.md"));
    page.end_of(3);
    for entry in walk(&page.folder.path().join("library")) {
        assert!(!fs::read_to_string(entry).unwrap_or_default().contains("secret"));
    }
    assert_eq!(page.rows().len(), 4);
}

fn walk(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => walk(&path),
            path => vec![path],
        })
        .collect()
}

#[test]
fn a_cancelled_import_keeps_what_is_in_and_goes_on_without_doubles() {
    const COUNT: usize = 3000;
    let page = Page::with_library();
    let file = page.write("from/list.csv", list(COUNT));
    page.call("import_paths", json!({ "paths": [file] }));
    page.until("some of it is in", || {
        let events = page.notes.events.lock().expect("notes");
        events
            .iter()
            .any(|event| matches!(event, PageEvent::ImportProgress(progress) if progress.pieces > 20))
    });
    page.call("cancel_import", json!({}));
    let end = page.end_of(1);
    assert!(
        end.cancelled && end.imported > 0 && (end.imported as usize) < COUNT,
        "{end:?}"
    );
    let total =
        |page: &Page| page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }))["total"].clone();
    assert_eq!(total(&page), end.imported, "everything so far is listed");
    let receipt = page.call("import_receipt", json!({ "number": end.receipt }));
    assert_eq!(receipt["sources"][0]["lines"][0]["kind"], "not-reached", "{receipt}");
    page.call("import_paths", json!({ "paths": [file] }));
    let again = page.end_of(2);
    assert_eq!(
        (again.imported + end.imported, again.skipped, again.cancelled),
        (COUNT as u32, end.imported, false),
        "{again:?}"
    );
    assert_eq!(total(&page), COUNT);
}

#[test]
fn hostile_files_leave_the_library_as_it_was() {
    let page = Page::with_library();
    let files = [
        page.write("from/torn.zip", b"PK\x03\x04torn"),
        page.write("from/nothing.html", ""),
        page.write("from/unknown.bin", [1u8, 2, 3]),
        page.folder.path().join("from/gone.md"),
    ];
    page.call("import_paths", json!({ "paths": files }));
    let end = page.end_of(1);
    assert_eq!((end.imported, end.failed, end.noted), (0, 3, true), "{end:?}");
    let receipt = page.call("import_receipt", json!({ "number": end.receipt }));
    for source in receipt["sources"].as_array().expect("sources") {
        assert_ne!(source["lines"].as_array().map(Vec::len), Some(0), "{source}");
    }
    assert_eq!(page.rows().len(), 0);
}

#[test]
fn the_inbox_folder_is_watched_and_emptied() {
    let page = Page::with_library();
    let inbox = page.folder.path().join("inbox");
    fs::create_dir(&inbox).expect("a folder");
    assert_eq!(page.call("inbox_folder", json!({})), Value::Null);
    // The folder that the dialog answers holds the library.
    let refused = page.try_call("choose_inbox_folder", json!({ "title": "" }));
    assert_eq!(refused.expect_err("the library is inside")["kind"], "inboxInside");
    *page.notes.folder.lock().expect("notes") = Some(inbox.clone());
    let chosen = page.call("choose_inbox_folder", json!({ "title": "" }));
    assert_eq!(chosen, inbox.canonicalize().expect("a path").to_str().expect("text"));

    page.write("inbox/bridge.html", PAGE);
    page.write("inbox/torn.zip", b"PK\x03\x04torn");
    page.write("inbox/half.html.part", "half of it");
    page.write("inbox/Imported/bridge.html", "another one");
    page.until("the page is in the library", || page.rows().len() == 1);
    page.until("its file is put away", || !inbox.join("bridge.html").exists());
    assert_eq!(page.rows()[0]["place"], "inbox");
    let kept = fs::read_to_string(inbox.join("Imported/bridge.html")).expect("it is there");
    assert_eq!(kept, "another one", "nothing is written over");
    let files = fs::read_dir(inbox.join("Imported")).expect("the folder").count();
    assert_eq!(files, 2);
    assert!(inbox.join("torn.zip").exists() && inbox.join("half.html.part").exists());

    // What failed is told once, also after the library was opened again.
    let told = |page: &Page| {
        page.ends()
            .iter()
            .filter(|end| end.from_inbox && end.failed > 0)
            .count()
    };
    page.until("it was told", || told(&page) == 1);
    let root = page.folder.path().join("library");
    page.call("close_library", json!({}));
    page.call("open_library", json!({ "root": root }));
    page.write("inbox/after.md", "# After\n\nWords that come later.\n");
    page.until("what came later is in", || page.rows().len() == 2);
    assert_eq!(told(&page), 1);
    page.call("forget_inbox_folder", json!({}));
    assert_eq!(page.call("inbox_folder", json!({})), Value::Null);
}
