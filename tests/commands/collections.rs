//! Collections as the page asks for them.

use edito_app::api::PageEvent;
use serde_json::{Value, json};

use crate::{Page, everything};

/// A library with three articles, by title.
fn three() -> (Page, Vec<String>) {
    let page = Page::new();
    let root = page.folder.path().join("desk");
    page.call("create_library", json!({ "root": root, "title": "Desk", "lang": "en" }));
    let ids = ["One", "Two", "Three"].map(|title| {
        let row = page.call(
            "create_article",
            json!({ "section": null, "title": title, "lang": "en" }),
        );
        row["id"].as_str().expect("an id").to_owned()
    });
    (page, ids.to_vec())
}

fn listed(page: &Page, collection: &Value) -> Vec<String> {
    let mut query = everything();
    query["collection"] = collection.clone();
    query["sort"] = json!("hand");
    let list = page.call("list", json!({ "query": query, "offset": 0, "limit": 50 }));
    let rows = list["rows"].as_array().expect("rows");
    rows.iter()
        .map(|row| row["title"].as_str().expect("a title").to_owned())
        .collect()
}

fn told(page: &Page) -> usize {
    let mut events = page.notes.events.lock().expect("notes");
    let told = events
        .iter()
        .filter(|event| matches!(event, PageEvent::Collections(_)))
        .count();
    events.clear();
    told
}

#[test]
fn a_collection_is_made_filled_moved_in_emptied_and_brought_back() {
    let (page, ids) = three();
    assert_eq!(page.call("collections", json!({})), json!([]));
    let id = page.call("make_collection", json!({ "name": " Water " }));
    assert_eq!(told(&page), 1);
    let added = page.call("add_to_collection", json!({ "id": id, "articles": ids }));
    assert_eq!((added, told(&page)), (json!(ids), 1));
    let added = page.call("add_to_collection", json!({ "id": id, "articles": ids }));
    assert_eq!((added, told(&page)), (json!([]), 0), "nothing is other than before");
    assert_eq!(listed(&page, &id), ["One", "Two", "Three"]);
    let placed = json!([{ "article": ids[2], "after": null }]);
    let stood = page.call("put_in_collection", json!({ "id": id, "placed": placed }));
    assert_eq!(stood, json!([{ "article": ids[2], "after": ids[1] }]));
    assert_eq!(listed(&page, &id), ["Three", "One", "Two"]);
    page.call("put_in_collection", json!({ "id": id, "placed": stood }));
    assert_eq!(listed(&page, &id), ["One", "Two", "Three"]);
    let moved = json!({ "id": id, "articles": [ids[2], ids[0]], "after": ids[1] });
    let stood = page.call("move_in_collection", moved);
    assert_eq!(listed(&page, &id), ["Two", "One", "Three"]);
    let mut query = everything();
    query["collection"] = id.clone();
    query["sort"] = json!("hand");
    let places = page.call("positions_of", json!({ "query": query, "ids": [ids[2], ids[1]] }));
    assert_eq!(places, json!([0, 2]));
    page.call("put_in_collection", json!({ "id": id, "placed": stood }));
    assert_eq!(listed(&page, &id), ["One", "Two", "Three"]);
    let taken = page.call("take_from_collection", json!({ "id": id, "articles": [ids[1]] }));
    assert_eq!(listed(&page, &id), ["One", "Three"]);
    let holding = page.call("collections_holding", json!({ "articles": ids }));
    assert_eq!(holding, json!([{ "collection": id, "articles": [ids[0], ids[2]] }]));
    page.call("put_in_collection", json!({ "id": id, "placed": taken }));
    assert_eq!(listed(&page, &id), ["One", "Two", "Three"]);

    page.call("rename_collection", json!({ "id": id, "name": "Rivers" }));
    let other = page.call("make_collection", json!({ "name": "Other" }));
    page.call("move_collection", json!({ "id": id, "after": null }));
    let both = json!([{ "id": id, "name": "Rivers", "count": 3 }, { "id": other, "name": "Other", "count": 0 }]);
    assert_eq!(page.call("collections", json!({})), both);
    page.call("set_collection_on", json!({ "id": id, "on": false }));
    assert_eq!(page.call("collections", json!({}))[0]["id"], other);
    assert_eq!(listed(&page, &id), [""; 0]);
    page.call("set_collection_on", json!({ "id": id, "on": true }));
    assert_eq!(page.call("collections", json!({})), both);
    page.call("trash_articles", json!({ "ids": [ids[0]] }));
    assert_eq!(page.call("collections", json!({}))[0]["count"], 2);
}

#[test]
fn what_there_is_not_is_told() {
    let (page, ids) = three();
    let nowhere = "00000000-0000-0000-0000-000000000009";
    for (command, arguments, kind) in [
        ("make_collection", json!({ "name": " " }), "badName"),
        (
            "rename_collection",
            json!({ "id": nowhere, "name": "x" }),
            "noCollection",
        ),
        (
            "set_collection_on",
            json!({ "id": nowhere, "on": true }),
            "noCollection",
        ),
        (
            "move_in_collection",
            json!({ "id": nowhere, "articles": ids, "after": null }),
            "noCollection",
        ),
        (
            "add_to_collection",
            json!({ "id": "not an id", "articles": ids }),
            "noCollection",
        ),
        (
            "take_from_collection",
            json!({ "id": nowhere, "articles": ids }),
            "noCollection",
        ),
    ] {
        let error = page.try_call(command, arguments).expect_err(command);
        assert_eq!(error["kind"], kind, "{command}");
    }
    let id = page.call("make_collection", json!({ "name": "Water" }));
    for command in ["add_to_collection", "move_in_collection"] {
        let arguments = json!({ "id": id, "articles": [nowhere], "after": null });
        let error = page.try_call(command, arguments);
        assert_eq!(error.expect_err("no article")["kind"], "notFound", "{command}");
    }
    assert_eq!(page.call("collections", json!({}))[0]["count"], 0);
}
