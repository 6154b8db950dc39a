//! Commands as the page calls them: through Tauri's own bridge, with a desktop that only takes notes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod aloud;
mod collections;
mod front;
mod imports;
mod other_desks;
mod pictures;
mod searches;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use edito_app::api::{self, NoticeKind, PageEvent};
use edito_app::desktop::Desktop;
use edito_app::error::CommandResult;
use edito_app::state::{AppState, Launch};
use edito_library::Places;
use serde_json::{Value, json};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{WebviewWindow, WebviewWindowBuilder};

#[derive(Default)]
struct Notes {
    events: Mutex<Vec<PageEvent>>,
    opened: Mutex<Vec<String>>,
    /// What the folder dialog answers instead of the page's folder.
    folder: Mutex<Option<PathBuf>>,
}

struct FakeDesktop(Arc<Notes>, PathBuf);

impl Desktop for FakeDesktop {
    fn emit(&self, event: PageEvent) {
        self.0.events.lock().expect("notes").push(event);
    }
    fn choose_folder(&self, _: &str) -> Option<PathBuf> {
        let other = self.0.folder.lock().expect("notes").clone();
        Some(other.unwrap_or_else(|| self.1.clone()))
    }
    fn choose_files(&self, _: &str) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.1.join("chosen")).into_iter().flatten().flatten();
        files.map(|file| file.path()).collect()
    }
    fn choose_file(&self, _: &str) -> Option<PathBuf> {
        Some(self.1.join("chosen"))
    }
    fn choose_new_file(&self, _: &str, name: &str) -> Option<PathBuf> {
        Some(self.1.join(name))
    }
    fn open_address(&self, address: &str) -> CommandResult<()> {
        self.0.opened.lock().expect("notes").push(address.to_owned());
        Ok(())
    }
    fn open_file(&self, path: &Path) -> CommandResult<()> {
        self.0.opened.lock().expect("notes").push(path.display().to_string());
        Ok(())
    }
    fn reveal(&self, _: &Path) -> CommandResult<()> {
        Ok(())
    }
    fn documents(&self) -> Option<PathBuf> {
        Some(self.1.clone())
    }
    fn clipboard(&self, kind: &'static str) -> Option<Vec<u8>> {
        std::fs::read(self.1.join("clipboard").join(kind.replace('/', "."))).ok()
    }
    fn come_forward(&self) {}
    fn set_full_screen(&self, _: bool) {}
    fn quit(&self) {}
}

struct Page {
    window: WebviewWindow<MockRuntime>,
    notes: Arc<Notes>,
    folder: tempfile::TempDir,
}

impl Page {
    fn new() -> Self {
        Self::in_folder(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A run after another one that ended without a word: only its claim to the library goes with it.
    fn after(killed: Self) -> Self {
        killed.call("close_library", json!({}));
        Self::in_folder(killed.folder)
    }

    fn in_folder(folder: tempfile::TempDir) -> Self {
        let places = Places {
            data: folder.path().join("data"),
            cache: folder.path().join("cache"),
        };
        let launch = Launch {
            worker: Some(PathBuf::from(env!("CARGO_BIN_EXE_edito"))),
            ..Launch::default()
        };
        let state = AppState::new(places, launch);
        let notes = Arc::new(Notes::default());
        state.attach(Arc::new(FakeDesktop(notes.clone(), folder.path().to_owned())));
        let app = mock_builder()
            .manage(state)
            .invoke_handler(api::builder::<MockRuntime>().invoke_handler())
            .build(mock_context(noop_assets()))
            .expect("an app");
        let window = WebviewWindowBuilder::new(&app, "main", Default::default())
            .build()
            .expect("a window");
        Self { window, notes, folder }
    }

    fn try_call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        get_ipc_response(
            &self.window,
            InvokeRequest {
                cmd: command.into(),
                callback: tauri::ipc::CallbackFn(0),
                error: tauri::ipc::CallbackFn(1),
                url: "tauri://localhost".parse().expect("an address"),
                body: tauri::ipc::InvokeBody::Json(arguments),
                headers: Default::default(),
                invoke_key: INVOKE_KEY.to_owned(),
            },
        )
        .map(|body| body.deserialize().expect("JSON"))
    }

    fn call(&self, command: &str, arguments: Value) -> Value {
        self.try_call(command, arguments.clone())
            .unwrap_or_else(|error| panic!("{command} {arguments}: {error}"))
    }

    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let started = std::time::Instant::now();
        while !holds() {
            assert!(started.elapsed().as_secs() < 60, "{what}: not so");
            std::thread::sleep(std::time::Duration::from_millis(30));
        }
    }
}

fn everything() -> Value {
    json!({ "section": null, "status": null, "tag": null, "author": null, "lang": null,
            "show": "all", "sort": "date", "descending": true })
}

#[test]
fn without_a_library_each_command_says_so() {
    let page = Page::new();
    let start = page.call("start", json!({}));
    assert_eq!(start["library"], Value::Null);
    let error = page.try_call("overview", json!({})).expect_err("no library");
    assert_eq!(error["kind"], "noLibrary");
    let error = page
        .try_call("open_library", json!({ "root": "/no/such/folder" }))
        .expect_err("no folder");
    assert_eq!(error["kind"], "notFound");
    assert_eq!(error["path"], "/no/such/folder");
}

#[test]
fn the_sample_is_opened_listed_searched_and_read() {
    let page = Page::new();
    let info = page.call("open_sample", json!({ "parent": null }));
    assert_eq!(info["title"], "L’Estran");
    page.until("every piece is listed", || {
        page.call("list", json!({ "query": everything(), "offset": 0, "limit": 50 }))["total"] == 24
    });
    page.until("the start has the same rows as the list", || {
        let list = page.call("list", json!({ "query": everything(), "offset": 0, "limit": 100 }));
        page.call("start", json!({}))["firstPage"] == list && page.call("page_ready", json!({})) == list["generation"]
    });
    let overview = page.call("overview", json!({}));
    assert!(
        overview["sections"]
            .as_array()
            .expect("sections")
            .iter()
            .any(|section| section["name"] == "Éditos")
    );
    page.until("bad syntax is searched as words", || {
        page.call("search", json!({ "query": "\"lettre", "limit": 10, "offset": 0 }))["total"].as_u64() > Some(0)
    });
    let first = page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }))["rows"][0].clone();
    let view = page.call("read_article", json!({ "id": first["id"] }));
    assert!(view["html"].as_str().expect("html").contains("<p"), "{view}");
    page.call("set_star", json!({ "ids": [first["id"]], "starred": true }));
    assert_eq!(page.call("row", json!({ "id": first["id"] }))["starred"], true);
    assert_eq!(page.call("overview", json!({}))["starred"], 1);
}

#[test]
fn words_that_an_encoding_lacks_are_named_and_saved_in_another() {
    let page = Page::new();
    let root = page.folder.path().join("desk");
    std::fs::create_dir_all(&root).expect("a folder");
    std::fs::write(root.join("a.md"), b"O\xf9 est pass\xe9 l\x92\xe9t\xe9 ?\r\n").expect("a file");
    page.call("open_library", json!({ "root": root }));
    page.until("it is listed", || {
        page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }))["total"] == 1
    });
    let id = page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }))["rows"][0]["id"].clone();
    let text = page.call("open_text", json!({ "id": id }));
    let asked = json!({ "id": id, "text": "Où est passé l’été\u{202f}? 中\n", "basedOn": text["hash"], "base": null });
    let refused = page.try_call("save_text", asked.clone()).expect_err("no such signs");
    assert_eq!(refused["kind"], "unencodable");
    assert_eq!(refused["message"], "windows-1252: U+202F, 中 (U+4E2D)");
    let saved = page.call("save_text_in_utf8", asked.clone());
    assert_eq!(saved["kind"], "saved");
    let bytes = std::fs::read(root.join("a.md")).expect("the file");
    assert_eq!(bytes, "Où est passé l’été\u{202f}? 中\r\n".as_bytes());
    assert_eq!(page.call("save_text_in_utf8", asked)["kind"], "conflict");
    assert_eq!(page.call("open_text", json!({ "id": id }))["encoding"], "UTF-8");
}

/// A program that empties the file, and writes it a moment later, in two pieces.
#[test]
fn a_file_that_is_emptied_before_it_is_written_is_waited_for() {
    let page = Page::new();
    let root = page.folder.path().join("desk");
    std::fs::create_dir_all(&root).expect("a folder");
    let file = root.join("a.md");
    std::fs::write(&file, "Un\n\nDeux\n").expect("a file");
    page.call("open_library", json!({ "root": root }));
    page.until("it is listed", || {
        page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }))["total"] == 1
    });
    let id = page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }))["rows"][0]["id"].clone();
    let text = page.call("open_text", json!({ "id": id }));
    let rewrite = |to: &'static str| {
        std::fs::write(&file, "").expect("emptied");
        let file = file.clone();
        std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(250));
            std::fs::write(&file, &to[..3]).expect("begun");
            std::thread::sleep(std::time::Duration::from_millis(20));
            std::fs::write(&file, to).expect("written");
        })
    };
    // Unsaved, but equal to what it was based on: what the other program wrote is all there is.
    let asked = |text: &str, hash: &Value| json!({ "id": id, "text": text, "basedOn": hash, "base": "Un\n\nDeux\n" });
    let writing = rewrite("Un\n\nDeux\n\nTrois\n");
    let compared = page.call("compare_with_disk", asked("Un\n\nDeux\n", &text["hash"]));
    assert_eq!(compared["text"], "Un\n\nDeux\n\nTrois\n", "{compared}");
    writing.join().expect("written");
    let writing = rewrite("Un\n\nDeux\n\nQuatre\n");
    let saved = page.call("save_text", asked("Zéro\n\nUn\n\nDeux\n", &text["hash"]));
    assert_eq!(
        (saved["kind"].as_str(), saved["text"].as_str()),
        (Some("merged"), Some("Zéro\n\nUn\n\nDeux\n\nQuatre\n"))
    );
    writing.join().expect("written");
    // One that stays empty is believed.
    std::fs::write(&file, "").expect("emptied");
    let compared = page.call("compare_with_disk", asked("Un\n\nDeux\n", &text["hash"]));
    assert_eq!(compared["text"], "", "{compared}");
}

#[test]
fn a_piece_is_begun_saved_merged_and_kept_in_versions() {
    let page = Page::new();
    let root = page.folder.path().join("desk");
    page.call("create_library", json!({ "root": root, "title": "Desk", "lang": "en" }));
    let row = page.call(
        "create_article",
        json!({ "section": null, "title": "A piece", "lang": "en" }),
    );
    let opened = page.call("open_text", json!({ "id": row["id"] }));
    let text = format!("{}One.\n\nTwo.\n\nThree.\n", opened["text"].as_str().expect("text"));
    let saved = page.call(
        "save_text",
        json!({ "id": row["id"], "text": text, "basedOn": opened["hash"], "base": opened["text"] }),
    );
    assert_eq!(saved["kind"], "saved");

    // Another program changes the first paragraph while the last one is being changed here.
    let file = root.join(row["path"].as_str().expect("a path"));
    let theirs = std::fs::read_to_string(&file)
        .expect("the file")
        .replace("One.", "One, by them.");
    std::fs::write(&file, theirs).expect("another program");
    let ours = text.replace("Three.", "Three, by us.");
    let merged = page.call(
        "save_text",
        json!({ "id": row["id"], "text": ours, "basedOn": saved["hash"], "base": text }),
    );
    assert_eq!(merged["kind"], "merged");
    let on_disk = std::fs::read_to_string(&file).expect("the file");
    assert!(
        on_disk.contains("One, by them.") && on_disk.contains("Three, by us."),
        "{on_disk}"
    );

    // The same words: nothing is written.
    let base = merged["text"].as_str().expect("text").to_owned();
    std::fs::write(&file, base.replace("Two.", "Two, by them.")).expect("another program");
    let ours = base.replace("Two.", "Two, by us.");
    let conflict = page.call(
        "save_text",
        json!({ "id": row["id"], "text": ours, "basedOn": merged["hash"], "base": base }),
    );
    assert_eq!(conflict["kind"], "conflict");
    assert!(
        std::fs::read_to_string(&file)
            .expect("the file")
            .contains("Two, by them.")
    );

    let named = page.call("name_version", json!({ "id": row["id"], "name": "Before the desk" }));
    assert_eq!(named[0]["name"], "Before the desk");
    assert!(named.as_array().expect("versions").len() >= 2, "{named}");
}

#[test]
fn an_article_whose_front_matter_is_deleted_stays_the_same_article() {
    let page = Page::new();
    let root = page.folder.path().join("desk");
    page.call("create_library", json!({ "root": root, "title": "Desk", "lang": "en" }));
    let row = page.call(
        "create_article",
        json!({ "section": null, "title": "A piece", "lang": "en" }),
    );
    let opened = page.call("open_text", json!({ "id": row["id"] }));
    let mut based_on = opened["hash"].clone();
    for text in ["No front matter any more.\n", "Nor in the next save.\n"] {
        let arguments = json!({ "id": row["id"], "text": text, "basedOn": based_on, "base": null });
        let saved = page.call("save_text", arguments);
        assert_eq!(saved["kind"], "saved", "{saved}");
        assert_eq!(saved["row"]["id"], row["id"]);
        based_on = saved["hash"].clone();
    }
    assert_eq!(
        page.call("open_text", json!({ "id": row["id"] }))["text"],
        "Nor in the next save.\n"
    );
}

#[test]
fn an_article_that_is_given_an_id_while_it_is_written_goes_on_being_saved() {
    let page = Page::new();
    let root = page.folder.path().join("vault");
    std::fs::create_dir_all(&root).expect("a folder");
    std::fs::write(root.join("note.md"), "A note.\n").expect("an article");
    page.call("open_library", json!({ "root": root }));
    page.until("it is listed", || {
        page.call("list", json!({ "query": everything(), "offset": 0, "limit": 5 }))["total"] == 1
    });
    let row = page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }))["rows"][0].clone();
    let opened = page.call("open_text", json!({ "id": row["id"] }));
    let mut based_on = opened["hash"].clone();
    for words in ["One.", "Two.", "Three."] {
        let text = format!("---\nid: 01a203a5-7c76-7cab-b09c-0ed0c8d503c3\n---\n{words}\n");
        let saved = page.call(
            "save_text",
            json!({ "id": row["id"], "text": text, "basedOn": based_on, "base": null }),
        );
        assert_eq!(saved["kind"], "saved", "{saved}");
        based_on = saved["hash"].clone();
    }
    assert!(
        std::fs::read_to_string(root.join("note.md"))
            .expect("the file")
            .contains("Three.")
    );
}

#[test]
fn words_of_a_killed_run_are_offered_once_and_never_lost() {
    let page = Page::new();
    let root = page.folder.path().join("desk");
    page.call("create_library", json!({ "root": root, "title": "Desk", "lang": "en" }));
    let row = page.call(
        "create_article",
        json!({ "section": null, "title": "A piece", "lang": "en" }),
    );
    let opened = page.call("open_text", json!({ "id": row["id"] }));
    let unsaved = format!("{}Words not saved.\n", opened["text"].as_str().expect("text"));
    let keep = json!({ "id": row["id"], "text": unsaved, "basedOn": opened["hash"] });
    page.call("keep_recovery", keep.clone());
    assert_eq!(
        page.call("overview", json!({}))["recoveries"],
        0,
        "what is being written now is not left behind"
    );

    let page = Page::after(page);
    page.call("open_library", json!({ "root": root }));
    assert_eq!(page.call("overview", json!({}))["recoveries"], 1);
    let left = page.call("recoveries", json!({}));
    assert_eq!(left[0]["text"], unsaved.as_str(), "{left}");
    assert_eq!(left[0]["diskNewer"], false);

    // Writing on without having decided keeps the copy among the versions.
    page.call(
        "keep_recovery",
        json!({ "id": row["id"], "text": "Other words.", "basedOn": opened["hash"] }),
    );
    assert_eq!(page.call("overview", json!({}))["recoveries"], 0);
    let versions = page.call("versions", json!({ "id": row["id"] }));
    let kept = versions.as_array().expect("versions").iter().any(|version| {
        page.call("version_text", json!({ "id": row["id"], "version": version["id"] })) == unsaved.as_str()
    });
    assert!(kept, "{versions}");
}

#[test]
fn a_damaged_history_is_set_aside_and_the_page_is_told_where() {
    let page = Page::new();
    let root = page.folder.path().join("desk");
    page.call("create_library", json!({ "root": root, "title": "Desk", "lang": "en" }));
    let row = page.call(
        "create_article",
        json!({ "section": null, "title": "A piece", "lang": "en" }),
    );
    page.call("name_version", json!({ "id": row["id"], "name": "First" }));
    let page = Page::after(page);
    std::fs::remove_file(root.join(".edito/history.git/HEAD")).expect("damage");
    page.call("open_library", json!({ "root": root }));
    let damage = || -> Vec<String> {
        let events = page.notes.events.lock().expect("notes");
        let noticed = events.iter().filter_map(|event| match event {
            PageEvent::Notice(notice) if notice.kind == NoticeKind::HistoryRebuilt => notice.detail.clone(),
            _ => None,
        });
        noticed.collect()
    };
    // The versions can't be listed; nothing is set aside by looking.
    let error = page
        .try_call("versions", json!({ "id": row["id"] }))
        .expect_err("damage");
    assert_eq!(error["kind"], "corrupt");
    assert_eq!(damage(), Vec::<String>::new());
    let opened = page.call("open_text", json!({ "id": row["id"] }));
    let mut based_on = opened["hash"].clone();
    for words in ["One.", "Two."] {
        let text = format!("{}{words}\n", opened["text"].as_str().expect("text"));
        let arguments = json!({ "id": row["id"], "text": text, "basedOn": based_on, "base": null });
        let saved = page.call("save_text", arguments);
        assert_eq!(saved["kind"], "saved");
        based_on = saved["hash"].clone();
    }
    let told = damage();
    let [place] = told.as_slice() else {
        panic!("told once: {told:?}")
    };
    assert!(place.starts_with(".edito/history.git.bad-"), "{place}");
    assert!(
        root.join(place).join("refs/articles").is_dir(),
        "the old store is kept whole"
    );
    let versions = page.call("versions", json!({ "id": row["id"] }));
    assert_eq!(versions.as_array().map(Vec::len), Some(1));
}

#[test]
fn only_addresses_of_the_web_leave() {
    let page = Page::new();
    for address in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://host/share",
        "x-custom:1",
        "\\\\host\\share",
    ] {
        assert!(
            page.try_call("open_external", json!({ "url": address })).is_err(),
            "{address}"
        );
    }
    page.call("open_external", json!({ "url": "https://example.org/" }));
    assert_eq!(*page.notes.opened.lock().expect("notes"), ["https://example.org/"]);
}

#[test]
fn a_captured_page_is_opened_outside_and_nothing_else_is() {
    let page = Page::new();
    let root = page.folder.path().join("vault");
    let id = "0190a2b4-7c00-7000-8000-00000000000a";
    let captures = root.join(".edito/captures").join(id);
    std::fs::create_dir_all(&captures).expect("a folder");
    let article = format!("---\nid: {id}\ntitle: \"../../L’eau: <un> bien\"\n---\nTexte.\n");
    std::fs::write(root.join("eau.md"), article).expect("an article");
    let pack = |name: &str, bytes: &[u8]| {
        use std::io::Write;
        let file = std::fs::File::create(captures.join(name)).expect("a capture");
        let mut packer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        packer.write_all(bytes).expect("packed");
        packer.finish().expect("packed");
    };
    pack("20260401T100000Z.html.gz", b"<p>Avril</p>");
    pack("20260501T100000Z.mhtml.gz", b"Mai");
    for ending in ["eml", "desktop", "exe", "sh"] {
        pack(&format!("20260601T100000Z.{ending}.gz"), b"#!/bin/sh");
    }
    page.call("open_library", json!({ "root": root }));
    page.until("it is listed", || {
        page.call("list", json!({ "query": everything(), "offset": 0, "limit": 5 }))["total"] == 1
    });
    let listed = page.call("captures", json!({ "id": id }));
    assert_eq!(
        listed,
        json!([
            { "name": "20260501T100000Z.mhtml.gz", "time": "2026-05-01T10:00:00Z" },
            { "name": "20260401T100000Z.html.gz", "time": "2026-04-01T10:00:00Z" },
        ])
    );
    for refused in [
        "20260601T100000Z.desktop.gz",
        "20260601T100000Z.sh.gz",
        "../x.html.gz",
        "",
    ] {
        let answer = page.try_call("open_capture", json!({ "id": id, "name": refused }));
        assert!(answer.is_err(), "{refused}");
    }
    assert!(page.notes.opened.lock().expect("notes").is_empty());
    page.call("open_capture", json!({ "id": id, "name": "20260401T100000Z.html.gz" }));
    let opened = PathBuf::from(page.notes.opened.lock().expect("notes").remove(0));
    assert_eq!(std::fs::read(&opened).expect("the page"), b"<p>Avril</p>");
    let folder = page.folder.path().join("data/opened").join(id);
    assert_eq!(opened.parent(), Some(folder.as_path()));
    assert!(opened.to_string_lossy().ends_with(".html"));
}

#[test]
fn articles_are_put_in_places_and_tagged_and_no_file_is_written() {
    let page = Page::new();
    let root = page.folder.path().join("vault");
    std::fs::create_dir_all(&root).expect("a folder");
    let filed = "---\ntitle: \"Un\"   # garder\ntags: [climat, loi]\n---\nTexte.\n";
    std::fs::write(root.join("un.md"), filed).expect("an article");
    std::fs::write(root.join("deux.md"), "Deux.\n").expect("an article");
    page.call("open_library", json!({ "root": root }));
    page.until("both are listed", || {
        page.call("list", json!({ "query": everything(), "offset": 0, "limit": 5 }))["total"] == 2
    });
    let id = |name: &str| -> Value {
        let rows = page.call("list", json!({ "query": everything(), "offset": 0, "limit": 5 }));
        let rows = rows["rows"].as_array().expect("rows").clone();
        rows.into_iter().find(|row| row["path"] == name).expect("the article")["id"].clone()
    };
    let lying = |show: &str| -> Value {
        let mut query = everything();
        query["show"] = json!(show);
        page.call("list", json!({ "query": query, "offset": 0, "limit": 5 }))["total"].clone()
    };
    assert_eq!(page.call("row", json!({ "id": id("un.md") }))["place"], "library");
    for (place, counts) in [
        ("inbox", [2, 0, 0]),
        ("later", [0, 2, 0]),
        ("archive", [0, 0, 2]),
        ("library", [0, 0, 0]),
    ] {
        page.call(
            "set_place",
            json!({ "ids": [id("un.md"), id("deux.md")], "place": place }),
        );
        let overview = page.call("overview", json!({}));
        for (show, count) in ["inbox", "later", "archive"].into_iter().zip(counts) {
            assert_eq!(overview[show], count, "{show} after {place}");
            assert_eq!(lying(show), count, "{show} after {place}");
        }
        assert_eq!(page.call("row", json!({ "id": id("deux.md") }))["place"], place);
    }
    assert!(
        page.try_call("set_place", json!({ "ids": [id("un.md")], "place": "attic" }))
            .is_err()
    );
    let error = page
        .try_call("set_place", json!({ "ids": ["no-such-article"], "place": "later" }))
        .expect_err("no article");
    assert_eq!(error["kind"], "notFound");

    page.call(
        "tag",
        json!({ "ids": [id("un.md"), id("deux.md")], "tag": " #à  relire " }),
    );
    let row = page.call("row", json!({ "id": id("un.md") }));
    assert_eq!(row["tags"], json!(["climat", "loi", "à relire"]));
    assert_eq!(row["ownTags"], json!(["à relire"]));
    assert_eq!(
        page.call("known_tags", json!({}))[0],
        json!({ "value": "à relire", "count": 2 })
    );
    page.call("tag", json!({ "ids": [id("deux.md")], "tag": "climat" }));
    let kept = page.call("untag", json!({ "ids": [id("un.md"), id("deux.md")], "tag": "climat" }));
    assert_eq!(kept, json!([id("un.md")]), "a file's own tag stays");
    let error = page
        .try_call("tag", json!({ "ids": [id("un.md")], "tag": " # " }))
        .expect_err("no tag");
    assert_eq!(error["kind"], "invalid");
    assert_eq!(std::fs::read_to_string(root.join("un.md")).expect("the file"), filed);
    let told = page.notes.events.lock().expect("notes").iter().any(
        |event| matches!(event, PageEvent::Changed(changes) if changes.updated.len() == 2 && changes.new.is_empty()),
    );
    assert!(told, "the page is told of both");
}

#[test]
fn a_tag_is_renamed_everywhere_and_files_that_keep_it_are_named() {
    let page = Page::new();
    let root = page.folder.path().join("vault");
    std::fs::create_dir_all(&root).expect("a folder");
    std::fs::write(root.join("un.md"), "---\ntags: [climat, loi]  # deux\n---\nTexte.\n").expect("an article");
    let guarded = "---\ntags: [climat]\n---\nGardé.\n";
    std::fs::write(root.join("garde.md"), guarded).expect("an article");
    let mut rights = std::fs::metadata(root.join("garde.md"))
        .expect("the file")
        .permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(root.join("garde.md"), rights).expect("a protected file");
    std::fs::write(root.join("deux.md"), "Deux.\n").expect("an article");
    page.call("open_library", json!({ "root": root }));
    let rows = || page.call("list", json!({ "query": everything(), "offset": 0, "limit": 5 }));
    page.until("all are listed", || rows()["total"] == 3);
    let listed = rows();
    let row = |name: &str| -> Value {
        let rows = listed["rows"].as_array().expect("rows");
        rows.iter()
            .find(|row| row["path"] == name)
            .expect("the article")
            .clone()
    };
    page.call("tag", json!({ "ids": [row("deux.md")["id"]], "tag": "climat" }));
    let renamed = page.call("rename_tag", json!({ "from": "climat", "to": "environnement" }));
    let tags = |name: &str| page.call("row", json!({ "id": row(name)["id"] }))["tags"].clone();
    assert_eq!(tags("un.md"), json!(["environnement", "loi"]));
    assert_eq!(tags("deux.md"), json!(["environnement"]));
    assert_eq!(
        std::fs::read_to_string(root.join("un.md")).expect("the file"),
        "---\ntags: [environnement, loi]  # deux\n---\nTexte.\n"
    );
    let failed = renamed["failed"].as_array().expect("failures");
    assert_eq!(failed.len(), 1, "{renamed}");
    assert_eq!(failed[0]["path"], "garde.md");
    assert_eq!(failed[0]["kind"], "readOnly");
    assert_eq!(renamed["renamed"], 2);
    assert_eq!(tags("garde.md"), json!(["climat"]));
    assert_eq!(
        std::fs::read_to_string(root.join("garde.md")).expect("the file"),
        guarded
    );
}

#[test]
fn passages_are_marked_found_again_changed_and_exported() {
    let page = Page::new();
    let root = page.folder.path().join("library");
    std::fs::create_dir_all(&root).expect("a folder");
    let file = root.join("eau.md");
    let text = "---\ntitle: L’eau\nlang: fr\nsource: https://example.org/eau\n---\n\n\
                Un *début* tranquille[^1].\n\nOn la mesure désormais pour se défendre. La suite.\n\n[^1]: Note.\n";
    std::fs::write(&file, text).expect("an article");
    page.call("open_library", json!({ "root": root }));
    let list = || page.call("list", json!({ "query": everything(), "offset": 0, "limit": 50 }));
    page.until("it is listed", || list()["total"] == 1);
    let id = list()["rows"][0]["id"].as_str().expect("an id").to_owned();
    let marks = || page.call("highlights", json!({ "id": id }));
    let hash = marks()["hash"].clone();
    let view = page.call("read_article", json!({ "id": id }));
    assert_eq!(hash, view["hash"]);
    let html = view["html"].as_str().expect("a rendering");
    let units = edito_prose::SheetText::of("L’eau", None, &edito_prose::Lang::Fr, html).units();

    // Unit 23 is the O of « On »: "L’eau" are 5, "Undébuttranquille." without the mark of the note are 18.
    let add_on = |from: u32, to: u32, hash: &Value, units: u32| {
        page.try_call(
            "add_highlight",
            json!({ "id": id, "highlight": { "place": [from, to], "hash": hash, "units": units, "colour": "green" } }),
        )
    };
    let add = |from: u32, to: u32, hash: &Value| add_on(from, to, hash, units);
    let first = add(23, 56, &hash).expect("marked");
    assert_eq!(
        add_on(23, 56, &hash, units - 1).expect_err("another title")["kind"],
        "changed"
    );
    let marked = marks();
    assert_eq!(
        marked["highlights"][0]["highlight"]["quote"],
        "On la mesure désormais pour se défendre"
    );
    assert_eq!(marked["highlights"][0]["place"], json!([23, 56]));
    assert_eq!(marked["highlights"][0]["highlight"]["colour"], "green");
    assert_eq!(
        add(23, 56, &json!("other")).expect_err("another text")["kind"],
        "changed"
    );
    assert_eq!(add(9_000, 9_001, &hash).expect_err("beyond")["kind"], "invalid");
    assert_eq!(
        std::fs::read_to_string(&file).expect("the file"),
        text,
        "the article is not touched"
    );
    page.until("counted", || page.call("overview", json!({}))["highlights"] == 1);

    page.call(
        "change_highlight",
        json!({ "id": id, "highlight": first,
                "change": { "colour": null, "note": "à vérifier", "tags": [" eau ", "#eau", ""] } }),
    );
    let query = |part: Value| {
        let mut query = json!({ "article": null, "colour": null, "tag": null, "noted": false, "text": null,
                                "since": null, "before": null });
        for (key, value) in part.as_object().expect("fields") {
            query[key] = value.clone();
        }
        query
    };
    let all = |part: Value| {
        page.call(
            "all_highlights",
            json!({ "query": query(part), "offset": 0, "limit": 10 }),
        )
    };
    assert_eq!(all(json!({ "text": "DEFENDRE" }))["highlights"][0]["title"], "L’eau");
    assert_eq!(all(json!({}))["tags"], json!([{ "value": "eau", "count": 1 }]));
    assert_eq!(all(json!({ "colour": "red" }))["total"], 0);
    assert_eq!(all(json!({ "before": 1.0 }))["total"], 0);

    let words = json!({ "dialog": "", "name": "Surlignages", "title": "Surlignages", "source": "sur le web",
                        "colours": ["jaune", "vert", "bleu", "rouge"] });
    let export = |format: &str| {
        let path = page.call(
            "export_highlights",
            json!({ "query": query(json!({ "article": id })), "format": format, "words": words }),
        );
        std::fs::read_to_string(path.as_str().expect("a path")).expect("an export")
    };
    let markdown = export("markdown");
    assert!(
        markdown.contains("> On la mesure désormais pour se défendre\n\nà vérifier"),
        "{markdown}"
    );
    assert!(markdown.contains("library/eau.md)"), "{markdown}");
    assert!(export("csv").contains("\"green\",\"eau\""));
    let annotations: Value = serde_json::from_str(&export("json")).expect("JSON");
    assert_eq!(
        annotations["first"]["items"][0]["target"]["source"],
        "https://example.org/eau"
    );

    // Another program rewrites what stands around it, then takes the passage away.
    let moved = text.replace("Un *début*", "Tout autre chose, et plus long, puis un *début*");
    std::fs::write(&file, &moved).expect("a change");
    page.until("it is found further on", || {
        marks()["highlights"][0]["place"] == json!([53, 86])
    });
    std::fs::write(&file, moved.replace("On la mesure désormais pour se défendre. ", "")).expect("a change");
    page.until("it is an orphan with its words", || {
        let one = &marks()["highlights"][0];
        one["place"].is_null() && one["highlight"]["quote"] == "On la mesure désormais pour se défendre"
    });

    page.call("remove_highlight", json!({ "id": id, "highlight": first }));
    assert_eq!(marks()["highlights"], json!([]));
    let nothing = json!({ "colour": null, "note": null, "tags": null });
    page.call(
        "change_highlight",
        json!({ "id": id, "highlight": first, "change": nothing }),
    );
    assert_eq!(marks()["highlights"][0]["highlight"]["note"], "à vérifier");
    let error = page
        .try_call("remove_highlight", json!({ "id": id, "highlight": "no" }))
        .expect_err("no identity");
    assert_eq!(error["kind"], "notFound");
}

#[test]
fn title_and_standfirst_are_marked_and_keep_their_marks() {
    let page = Page::new();
    let root = page.folder.path().join("library");
    std::fs::create_dir_all(&root).expect("a folder");
    let file = root.join("mer.md");
    let text = "---\ntitle: Pourquoi la mer monte plus vite\nstandfirst: \"Les digues ne suffiront plus : on part.\"\nlang: fr\n---\n\n\
                Hier encore, la mer monte sans bruit. Les digues ne suffiront plus, dit-on.\n";
    std::fs::write(&file, text).expect("an article");
    page.call("open_library", json!({ "root": root }));
    let list = || page.call("list", json!({ "query": everything(), "offset": 0, "limit": 50 }));
    page.until("it is listed", || list()["total"] == 1);
    let id = list()["rows"][0]["id"].as_str().expect("an id").to_owned();
    let view = page.call("read_article", json!({ "id": id }));
    let part = |name: &str| view[name].as_str().expect("a text");
    let letters = |text: &str| text.chars().filter(|one| !" \n".contains(*one)).count() as u32;
    let (title, standfirst) = (letters(part("displayTitle")), letters(part("displayStandfirst")));
    let rest = letters(&edito_prose::reading_text(part("html")));
    let marks = || page.call("highlights", json!({ "id": id }))["highlights"].clone();
    let add = |from: u32, to: u32| {
        let hash = &view["hash"];
        let units = title + standfirst + rest;
        page.call(
            "add_highlight",
            json!({ "id": id, "highlight": { "place": [from, to], "hash": hash, "units": units, "colour": "blue" } }),
        )
    };
    // Both stand in the text as well, nearly; what was marked is where it was marked.
    add(8, title);
    add(title, title + 9);
    let quotes: Vec<Value> = marks()
        .as_array()
        .expect("marks")
        .iter()
        .map(|one| json!([one["highlight"]["quote"], one["place"]]))
        .collect();
    assert_eq!(
        quotes,
        [
            json!(["la mer monte plus vite", [8, title]]),
            json!(["Les digues", [title, title + 9]])
        ]
    );
    assert_eq!(
        std::fs::read_to_string(&file).expect("the file"),
        text,
        "the article is not touched"
    );

    let edited = text.replace("la mer monte plus", "la mer monte encore plus");
    std::fs::write(&file, edited).expect("a change");
    page.until("both are found in the new title and after it", || {
        let marks = marks();
        marks[0]["place"] == json!([8, title + 6])
            && marks[0]["changed"] == true
            && marks[1]["place"] == json!([title + 6, title + 15])
    });
    // What they are found by: in the list of all, and in exports.
    let query = json!({ "article": null, "colour": null, "tag": null, "noted": false, "text": "la mer monte",
                        "since": null, "before": null });
    let found = page.call("all_highlights", json!({ "query": query, "offset": 0, "limit": 10 }));
    assert_eq!(found["total"], 1);
}
