//! Images made smaller through commands, by the process that reads for others.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Page, everything};

fn sample(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/exchange/tests/pictures");
    fs::read(PathBuf::from(folder).join(name)).expect("a sample")
}

#[test]
fn an_image_is_made_smaller_set_aside_and_brought_back() {
    let page = Page::new();
    let root = page.folder.path().join("library");
    fs::create_dir(&root).expect("a folder");
    fs::write(root.join("a.md"), "---\ntitle: Un\n---\n\nMots.\n").expect("a text");
    fs::write(root.join("moves.gif"), sample("moves.gif")).expect("an image");
    let dropped = page.folder.path().join("photo.jpg");
    fs::write(&dropped, sample("with-a-place.jpg")).expect("an image");
    page.call("open_library", json!({ "root": root }));
    let list = || page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }));
    page.call("refresh_library", json!({}));
    page.until("the article is listed", || list()["total"] == 1);
    let id = list()["rows"][0]["id"].clone();

    let kept = page.call("keep_images", json!({ "id": id, "paths": [dropped] }));
    assert_eq!(kept[0]["target"], "photo.jpg");
    let about = page.call("about_picture", json!({ "id": id, "target": "photo.jpg" }));
    assert_eq!((&about["width"], &about["height"]), (&json!(1040), &json!(720)));
    assert_eq!(about["sizes"], json!([1000]));
    assert_eq!(
        (&about["place"], &about["notes"], &about["own"], &about["leftAlone"]),
        (&json!(true), &json!(true), &json!(true), &Value::Null)
    );
    let sizes = page.call("picture_sizes", json!({ "id": id, "target": "photo.jpg" }));
    assert_eq!((&sizes[0]["width"], &sizes[0]["height"]), (&json!(1000), &json!(692)));
    let small = page.call(
        "keep_picture",
        json!({ "id": id, "target": "photo.jpg", "longest": 1000 }),
    );
    assert_eq!(small, "photo-1000.jpg");
    let bytes = fs::metadata(root.join("photo-1000.jpg")).expect("the copy").len();
    assert_eq!(sizes[0]["bytes"], json!(bytes));
    let clean = page.call(
        "keep_picture",
        json!({ "id": id, "target": "photo.jpg", "longest": null }),
    );
    let about = page.call("about_picture", json!({ "id": id, "target": clean }));
    assert_eq!((&about["place"], &about["notes"]), (&json!(false), &json!(false)));
    let refused = page.try_call(
        "keep_picture",
        json!({ "id": id, "target": "photo.jpg", "longest": 1600 }),
    );
    assert_eq!(refused.expect_err("no such size")["kind"], "invalid");

    let key = page.call("set_picture_aside", json!({ "id": id, "target": "photo.jpg" }));
    assert!(!root.join("photo.jpg").exists());
    page.call("bring_picture_back", json!({ "key": key }));
    assert_eq!(
        fs::read(root.join("photo.jpg")).expect("it is back"),
        sample("with-a-place.jpg")
    );
    // From the list of the trash it comes back, too, and is no article.
    let key = page.call("set_picture_aside", json!({ "id": id, "target": "photo.jpg" }));
    assert_eq!(page.call("trashed", json!({}))[0]["title"], "photo.jpg");
    assert_eq!(page.call("restore_trashed", json!({ "key": key })), Value::Null);
    assert!(root.join("photo.jpg").exists());

    // What lies in the library already is somebody's, and what moves is left alone.
    let kept = page.call("keep_images", json!({ "id": id, "paths": [root.join("moves.gif")] }));
    assert_eq!(kept[0]["target"], "moves.gif");
    let about = page.call("about_picture", json!({ "id": id, "target": "moves.gif" }));
    assert_eq!((&about["leftAlone"], &about["own"]), (&json!("moving"), &json!(false)));
    assert_eq!(
        page.call("picture_sizes", json!({ "id": id, "target": "moves.gif" })),
        json!([])
    );
    for target in ["nothing.png", "../../etc/passwd", "https://example.org/a.jpg"] {
        assert_eq!(
            page.call("about_picture", json!({ "id": id, "target": target })),
            Value::Null
        );
    }
}

/// Few bytes that promise many pixels: the process that reads gives up or is ended, and the window goes on.
#[test]
fn a_bomb_ends_nothing_here() {
    let page = Page::new();
    let root = page.folder.path().join("library");
    fs::create_dir(&root).expect("a folder");
    fs::write(root.join("a.md"), "---\ntitle: Un\n---\n\nMots.\n").expect("a text");
    let mut bomb = sample("see-through.png");
    bomb[16..24].copy_from_slice(&[0, 0, 0x1F, 0x40, 0, 0, 0x1F, 0x40]);
    fs::write(root.join("bomb.png"), &bomb).expect("a bomb");
    page.call("open_library", json!({ "root": root }));
    let list = || page.call("list", json!({ "query": everything(), "offset": 0, "limit": 1 }));
    page.call("refresh_library", json!({}));
    page.until("the article is listed", || list()["total"] == 1);
    let id = list()["rows"][0]["id"].clone();
    let about = page.call("about_picture", json!({ "id": id, "target": "bomb.png" }));
    assert_eq!(
        (&about["width"], &about["sizes"]),
        (&json!(8000), &json!([2400, 1600, 1000]))
    );
    assert_eq!(
        page.call("picture_sizes", json!({ "id": id, "target": "bomb.png" })),
        json!([])
    );
    let refused = page.try_call(
        "keep_picture",
        json!({ "id": id, "target": "bomb.png", "longest": 1000 }),
    );
    assert_eq!(refused.expect_err("no pixels")["kind"], "invalid");
    assert_eq!(fs::read(root.join("bomb.png")).expect("as it was"), bomb);
}
