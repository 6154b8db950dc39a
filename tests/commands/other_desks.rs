//! What other desks write into the journal while the page looks on.

use std::fs::{self, File};
use std::io::Write;

use edito_app::api::PageEvent;
use serde_json::{Value, json};

use super::{Page, everything};

impl Page {
    fn hears(&self, what: impl Fn(&PageEvent) -> bool) -> usize {
        let events = self.notes.events.lock().expect("notes");
        events.iter().filter(|event| what(event)).count()
    }
}

#[test]
fn feeds_and_searches_are_read_again_only_when_another_desk_speaks_of_them() {
    let page = Page::new();
    let root = page.folder.path().join("library");
    fs::create_dir_all(root.join(".edito/journal")).expect("a folder");
    fs::write(root.join("a.md"), "# A\n\nWords.\n").expect("a file");
    page.call("open_library", json!({ "root": root }));
    page.call("page_ready", json!({}));
    let row = || page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }))["rows"][0].clone();
    page.until("the article is there", || row() != Value::Null);
    let journal = root.join(".edito/journal/other.jsonl");
    let say = |seq: u32, record: Value| {
        let mut line =
            json!({ "v": 1, "time": format!("2026-01-01T00:00:0{seq}.000Z"), "device": "other", "seq": seq });
        line.as_object_mut()
            .expect("an object")
            .extend(record.as_object().expect("an object").clone());
        let mut file = File::options()
            .create(true)
            .append(true)
            .open(&journal)
            .expect("the journal");
        file.write_all(format!("{line}\n").as_bytes()).expect("a line");
    };
    let searches = || page.hears(|event| matches!(event, PageEvent::Searches(_)));
    let feeds = || page.hears(|event| matches!(event, PageEvent::Feeds(_)));
    say(1, json!({ "kind": "star", "article": row()["id"], "star": true }));
    page.until("the star is there", || row()["starred"] == true);
    page.until("the page heard of it", || {
        page.hears(|event| matches!(event, PageEvent::Changed(changed) if !changed.updated.is_empty())) > 0
    });
    assert_eq!((feeds(), searches()), (0, 0));
    let subject = "01890000-0000-7000-8000-000000000001";
    say(
        2,
        json!({ "kind": "feed", "subject": subject, "address": "https://example.org/rss" }),
    );
    page.until("the page heard of the feed", || feeds() == 1);
    say(
        3,
        json!({ "kind": "search", "subject": subject, "name": "Loi", "query": "loi" }),
    );
    page.until("the page heard of the search", || searches() == 1);
    assert_eq!(feeds(), 1);
}
