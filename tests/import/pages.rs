//! Saved pages, mail and folders of notes.

use std::fs;

use crate::desk::{Desk, counts, examples, kinds, zipped};

#[test]
fn the_model_page_becomes_an_article() {
    let desk = Desk::new();
    fs::write(
        desk.library().join("edito.toml"),
        "captures = \"dossier/pris\"\n[[sections]]\nname = \"Dans les médias\"\n",
    )
    .unwrap();
    let page = examples("pages/institut-fr/page.html");
    let expected = fs::read_to_string(examples("pages/institut-fr/expected.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    let outcome = desk.import(&[&page]);
    assert_eq!(counts(&outcome), [1, 0, 0, 0]);
    assert!(kinds(&outcome, "kept").contains(&"author-function".to_owned()));
    let row = desk.rows().remove(0);
    assert_eq!(row["title"], expected["title"]);
    assert_eq!(row["authors"][0]["name"], expected["authors"][0]["name"]);
    assert_eq!(row["authors"][0]["function"], expected["authors"][0]["function"]);
    assert_eq!(row["standfirst"], expected["standfirst"]);
    let path = row["path"].as_str().unwrap();
    assert!(path.starts_with("dossier/pris/"));
    let text = String::from_utf8(desk.files()[path].clone()).unwrap();
    let body = fs::read_to_string(examples("pages/institut-fr/expected.md")).unwrap();
    let without_images = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.contains("]("))
            .map(str::to_owned)
            .collect()
    };
    let (_, written) = text.split_once("\n---\n\n").unwrap();
    assert_eq!(without_images(written), without_images(&body));
    let id = row["id"].as_str().unwrap();
    let kept = fs::read_dir(desk.library().join(".edito/captures").join(id))
        .unwrap()
        .count();
    assert_eq!(kept, 1, "what it was read from is kept");
    let last = desk.journal().pop().unwrap();
    assert_eq!(
        (last["kind"].as_str(), last["article"].as_str()),
        (Some("source"), Some(id))
    );
    assert_eq!(last["from"], "page.html");
    let again = desk.import(&[&page]);
    assert_eq!(counts(&again), [0, 0, 1, 0]);
}

#[test]
fn mail_comes_in_alone_and_in_mailboxes() {
    let desk = Desk::new();
    let message = |number: usize| {
        format!(
            "From: Ana <ana@example.org>\nSubject: Lettre {number}\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <{number}@example.org>\nContent-Type: text/plain; charset=utf-8\n\nDes mots pour la lettre numéro {number}.\n"
        )
    };
    let one = desk.source("une.eml", message(1));
    let all: String = (1..4)
        .map(|number| format!("From ana@example.org Mon Mar  2 10:00:00 2026\n{}\n", message(number)))
        .collect();
    let many = desk.source("boîte.mbox", all);
    let outcome = desk.import(&[&one, &many]);
    assert_eq!(counts(&outcome), [3, 0, 1, 0], "{outcome}");
}

#[test]
fn a_vault_keeps_its_folders_links_and_front_matter() {
    let desk = Desk::new();
    let png = b"\x89PNG\r\n\x1a\nimage";
    let note = "---\naliases: [x] # à moi\n---\n# Une note\n\n![[carte.png]] et [[Autre]], [là](../Autre.md).\n";
    let folder = desk.source("Coffre/sous/Une note.md", note);
    desk.source("Coffre/Autre.md", "Des mots.\n");
    desk.source("Coffre/pièces/carte.png", png);
    desk.source("Coffre/.obsidian/app.json", "{}");
    desk.source("Coffre/vide.md", " \n");
    let vault = folder.parent().unwrap().parent().unwrap();
    let outcome = desk.import(&[vault]);
    assert_eq!(counts(&outcome), [2, 0, 0, 1], "{outcome}");
    assert_eq!(kinds(&outcome, "failed"), ["empty"]);
    let files = desk.files();
    let text = String::from_utf8(files["captures/Coffre/sous/Une note.md"].clone()).unwrap();
    assert!(text.starts_with("---\naliases: [x] # à moi\nid: "), "{text}");
    assert!(
        text.contains("](../../media/") && text.contains("et [[Autre]], [là](../Autre.md).\n"),
        "{text}"
    );
    assert!(files.contains_key("captures/Coffre/Autre.md"));
    assert!(
        files
            .iter()
            .any(|(path, bytes)| path.starts_with("captures/media/") && bytes == png)
    );
    assert_eq!(counts(&desk.import(&[vault])), [0, 0, 2, 1]);
    // The same folder, packed and from elsewhere.
    let packed = desk.source(
        "Coffre.zip",
        zipped(&[("sous/Une note.md", note.as_bytes()), ("pièces/carte.png", png)]),
    );
    assert_eq!(
        counts(&desk.import(&[&packed])),
        [0, 1, 0, 0],
        "known by its words, from another place"
    );
}
