//! The front page through Tauri's bridge: composed, pinned, set, and what goes with an article.

use std::fs;

use serde_json::{Value, json};

use super::{Page, PageEvent};

fn slot<'a>(page: &'a Value, key: &str) -> &'a Value {
    let slots = page["slots"].as_array().expect("slots");
    slots
        .iter()
        .find(|slot| slot["key"] == key)
        .unwrap_or_else(|| panic!("{key} in {page}"))
}

fn titles(slot: &Value) -> Vec<&str> {
    let pieces = slot["pieces"].as_array().expect("pieces");
    pieces
        .iter()
        .filter_map(|piece| piece["row"]["title"].as_str())
        .collect()
}

#[test]
fn the_front_page_is_composed_pinned_and_set() {
    let desk = Page::new();
    let library = desk.call("open_sample", json!({ "parent": desk.folder.path() }));
    let root = std::path::PathBuf::from(library["root"].as_str().expect("a root"));
    desk.until("everything is indexed", || {
        desk.call("overview", json!({}))["total"]
            .as_u64()
            .is_some_and(|total| total >= 20)
    });
    let page = desk.call("front_page", json!({}));
    assert_eq!(page["title"], "L\u{2019}Estran");
    assert_eq!(titles(slot(&page, "lead")).len(), 1);
    assert_eq!(titles(slot(&page, "kind:edito")).len(), 1);
    let press = slot(&page, "kind:medias")["pieces"].as_array().expect("mentions");
    assert!(!press.is_empty());
    for piece in press {
        assert!(piece["outlet"].is_string() && piece["link"].as_str().is_some_and(|link| link.starts_with("https://")));
        assert_eq!(piece["teaser"], "");
    }

    // An older one is pinned to the lead, and the page is told.
    let analysis = slot(&page, "kind:analyses")["pieces"][1]["row"]["id"].clone();
    let before = desk.call("pin", json!({ "id": analysis, "slot": "lead", "after": null }));
    assert_eq!(before, Value::Null);
    let page = desk.call("front_page", json!({}));
    assert_eq!(slot(&page, "lead")["pieces"][0]["row"]["id"], analysis);
    assert_eq!(slot(&page, "lead")["pieces"][0]["pinned"], true);
    desk.until("the page is told", || {
        let events = desk.notes.events.lock().expect("notes");
        events.iter().any(|event| match event {
            PageEvent::Changed(changed) => changed.updated.iter().any(|id| analysis == id.as_str()),
            _ => false,
        })
    });
    let slots = desk.call("slots_for", json!({ "id": analysis }));
    assert_eq!(slots, json!(["kind:analyses", "lead"]));
    assert_eq!(desk.call("unpin", json!({ "id": analysis }))["slot"], "lead");
    let nobody = desk.try_call("pin", json!({ "id": "nobody", "slot": "lead", "after": null }));
    assert!(nobody.is_err());

    // One number of the settings changes in the file, and nothing else.
    let text = || fs::read_to_string(root.join("edito.toml")).expect("the settings");
    let before = text();
    let settings = desk.call("front_settings", json!({}));
    assert_eq!(settings["derived"], false);
    let mut slots = settings["slots"].clone();
    let last = slots.as_array().map_or(0, |slots| slots.len() - 1);
    slots[last]["number"] = json!(2);
    let stale = desk.try_call("save_front", json!({ "slots": slots, "basedOn": "0" }));
    assert_eq!(stale.expect_err("another file")["kind"], "changed");
    desk.call("save_front", json!({ "slots": slots, "basedOn": settings["hash"] }));
    let at = before.rfind("number = 1").expect("the last number");
    let mut expected = before.clone();
    expected.replace_range(at..at + "number = 1".len(), "number = 2");
    assert_eq!(text(), expected);
    let page = desk.call("front_page", json!({}));
    assert_eq!(titles(slot(&page, "kind:lettre")).len(), 2);

    // And a change by another program is seen.
    let renamed = before.replace("title = \"L\u{2019}Estran\"", "title = \"Autre\"");
    fs::write(root.join("edito.toml"), renamed).expect("a file");
    desk.call("refresh_library", json!({}));
    desk.until("the new title stands on the page", || {
        desk.call("front_page", json!({}))["title"] == "Autre"
    });

    let section = desk.call("section_page", json!({ "path": "analyses", "offset": 1, "limit": 3 }));
    assert_eq!(section["pieces"].as_array().map(Vec::len), Some(3));
    assert_eq!(section["crumbs"][0]["name"], "Analyses");
    let below = section["below"].as_array().expect("sections");
    let names: Vec<&str> = below.iter().filter_map(|node| node["name"].as_str()).collect();
    assert_eq!(names, ["Méditerranée", "Économie", "Territoires"]);

    let related = desk.call("related", json!({ "id": analysis }));
    let related = related.as_array().expect("related pieces");
    assert!(!related.is_empty() && related.len() <= 5);
    for piece in related {
        assert_ne!(piece["row"]["id"], analysis);
        assert!(piece["because"].as_array().is_some_and(|reasons| !reasons.is_empty()));
    }
}
