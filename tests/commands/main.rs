//! Commands as the page calls them: through Tauri's own bridge, with a desktop that only takes notes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use edito_app::api::{self, PageEvent};
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
}

struct FakeDesktop(Arc<Notes>, PathBuf);

impl Desktop for FakeDesktop {
    fn emit(&self, event: PageEvent) {
        self.0.events.lock().expect("notes").push(event);
    }
    fn choose_folder(&self, _: &str) -> Option<PathBuf> {
        Some(self.1.clone())
    }
    fn open_address(&self, address: &str) -> CommandResult<()> {
        self.0.opened.lock().expect("notes").push(address.to_owned());
        Ok(())
    }
    fn reveal(&self, _: &Path) -> CommandResult<()> {
        Ok(())
    }
    fn documents(&self) -> Option<PathBuf> {
        Some(self.1.clone())
    }
    fn come_forward(&self) {}
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
        let state = AppState::new(places, Launch::default());
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
    let kept = versions
        .as_array()
        .expect("versions")
        .iter()
        .any(|version| page.call("version_text", json!({ "version": version["id"] })) == unsaved.as_str());
    assert!(kept, "{versions}");
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
