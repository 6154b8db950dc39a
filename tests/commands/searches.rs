//! Saved searches through Tauri's bridge.

use std::fs;

use serde_json::{Value, json};

use super::{Page, PageEvent};

fn names(page: &Page) -> Vec<String> {
    let saved = page.call("saved_searches", json!({}));
    let saved = saved.as_array().expect("searches");
    saved
        .iter()
        .map(|one| one["name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn searches_are_saved_changed_moved_and_heard_of() {
    let page = Page::new();
    let root = page.folder.path().join("library");
    fs::create_dir_all(&root).expect("a folder");
    fs::write(root.join("a.md"), "Le port.\n").expect("an article");
    page.call("open_library", json!({ "root": root }));
    let find = |query: &str| {
        page.call("search", json!({ "query": query, "limit": 10, "offset": 0 }))["total"]
            .as_u64()
            .unwrap_or_default()
    };
    page.until("it is indexed", || find("port is:unread") == 1);
    assert_eq!(find("port is:read"), 0);

    let save = |name: &str, query: &str| page.call("save_search", json!({ "name": name, "query": query }));
    let (first, second) = (save("Ports", "port is:unread"), save("Lus", "is:read"));
    assert_eq!(names(&page), ["Ports", "Lus"]);
    let change = |id: &Value, change: Value| page.try_call("change_search", json!({ "id": id, "change": change }));
    change(&first, json!({ "name": "Havres", "query": null, "on": null })).expect("renamed");
    page.call("move_search", json!({ "id": first, "after": second }));
    assert_eq!(names(&page), ["Lus", "Havres"]);
    change(&second, json!({ "name": null, "query": null, "on": false })).expect("removed");
    assert_eq!(names(&page), ["Havres"]);
    change(&second, json!({ "name": null, "query": null, "on": true })).expect("brought back");
    assert_eq!(names(&page), ["Lus", "Havres"]);

    let kind = |result: Result<Value, Value>| result.expect_err("refused")["kind"].clone();
    assert_eq!(
        kind(page.try_call("save_search", json!({ "name": " ", "query": "x" }))),
        "badName"
    );
    assert_eq!(
        kind(change(&first, json!({ "name": null, "query": " ", "on": null }))),
        "invalid"
    );
    assert_eq!(
        kind(page.try_call("move_search", json!({ "id": "no", "after": null }))),
        "invalid"
    );

    // Another desk saves one: the page is told.
    let record = "{\"v\":1,\"id\":\"01900000-0000-7000-8000-000000000001\",\"time\":\"2026-01-01T00:00:00.000Z\",\
                  \"device\":\"elsewhere\",\"seq\":1,\"kind\":\"search\",\
                  \"subject\":\"01900000-0000-7000-8000-000000000002\",\"name\":\"Loin\",\"query\":\"loin\"}\n";
    page.call("page_ready", json!({}));
    page.until("the page hears of it", || {
        // The folder may only just have begun to be watched.
        fs::write(root.join(".edito/journal/elsewhere.jsonl"), record).expect("a journal");
        let events = page.notes.events.lock().expect("notes");
        events.iter().any(|event| matches!(event, PageEvent::Searches(_)))
    });
    assert_eq!(names(&page), ["Lus", "Havres", "Loin"]);
}
