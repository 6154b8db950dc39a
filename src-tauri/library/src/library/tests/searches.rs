//! Saved searches, and what a search can ask of what the reader did.

use super::desk::{Desk, assert_equals_fresh, found, id};
use crate::error::ErrorKind;
use crate::journal::Place;
use crate::library::{Library, NewHighlight, SearchChange};
use std::fs;

const FILES: [(&str, &str); 4] = [
    ("a.md", "---\ndate: 2020-01-01\n---\nLe port et la digue.\n"),
    (
        "b.md",
        "---\ndate: 2021-01-01\nstatus: draft\n---\nLe port, encore le port.\n",
    ),
    ("c.md", "---\ndate: 2022-01-01\n---\nUne digue.\n"),
    // The clock of these tests stands in October 2096.
    ("d.md", "---\ndate: 2096-09-30\n---\nLe phare.\n"),
];

#[test]
fn what_the_reader_did_narrows_a_search() {
    let desk = Desk::with(&FILES);
    let library = desk.open();
    let [a, b, c, d] = ["a.md", "b.md", "c.md", "d.md"].map(|path| id(&library, path));
    library.set_place(&[a.clone(), b.clone()], Place::Later).unwrap();
    library.set_place(std::slice::from_ref(&c), Place::Inbox).unwrap();
    library.mark_read(&[b.clone(), c.clone()], true).unwrap();
    library.set_star(std::slice::from_ref(&c), true).unwrap();
    let quote = NewHighlight {
        quote: "Le phare".into(),
        ..NewHighlight::default()
    };
    library.add_highlight(&d, &quote).unwrap();
    for (query, expected) in [
        ("in:later", vec!["b.md", "a.md"]),
        ("dans:\"plus tard\" -is:read", vec!["a.md"]),
        ("in:library", vec!["d.md"]),
        ("dans:réception", vec!["c.md"]),
        ("in:archive", vec![]),
        ("-in:later", vec!["d.md", "c.md"]),
        ("is:unread", vec!["d.md", "a.md"]),
        ("is:read in:later", vec!["b.md"]),
        ("est:étoilé", vec!["c.md"]),
        ("is:draft", vec!["b.md"]),
        ("has:highlight", vec!["d.md"]),
        ("-avec:surlignage digue", vec!["c.md", "a.md"]),
        ("port is:unread", vec!["a.md"]),
        ("-port is:read", vec!["c.md"]),
        ("is:read is:unread", vec![]),
        ("after:1m", vec!["d.md"]),
        ("before:74a is:read", vec!["c.md", "b.md"]),
    ] {
        let mut hits = found(&library, query);
        if query.contains("digue") {
            hits.sort_by(|left, right| right.cmp(left));
        }
        assert_eq!(hits, expected, "{query}");
        assert_eq!(
            library.search(query, 1, 0).unwrap().total,
            expected.len(),
            "the count of {query}"
        );
    }
    // Pages follow each other here too.
    let second = library.search("-in:inbox", 1, 1).unwrap();
    assert_eq!((second.total, second.hits[0].row.path.as_str()), (3, "b.md"));
    // And what was just said counts at once.
    library.set_place(&[a, b], Place::Archive).unwrap();
    assert_eq!(found(&library, "in:later"), Vec::<String>::new());
    assert_eq!(found(&library, "in:archive").len(), 2);
}

#[test]
fn queries_that_hold_together_are_understood_each_by_itself() {
    let desk = Desk::with(&FILES);
    let library = desk.open();
    let found = |queries: &[&str]| {
        let page = library.search_all(queries, 9, 0).unwrap();
        let paths = page.hits.into_iter().map(|hit| hit.row.path);
        (page.total, paths.collect::<Vec<_>>())
    };
    let both = |path: &str| (1, vec![path.to_owned()]);
    // A quotation left open ends with its query.
    assert_eq!(found(&["\"le port", "digue"]), both("a.md"));
    assert_eq!(
        found(&["dig", "port"]),
        both("a.md"),
        "the beginning of a word, as by itself"
    );
    assert_eq!(found(&["is:draft", "port"]), both("b.md"));
    assert_eq!(found(&["port", ""]).0, 2);
    assert_eq!(found(&[]), (0, vec![]));
}

fn names(library: &Library) -> Vec<String> {
    library.saved_searches().into_iter().map(|one| one.name).collect()
}

#[test]
fn searches_are_saved_in_the_order_of_the_desk() {
    let desk = Desk::with(&FILES);
    let library = desk.open();
    assert_eq!(library.saved_searches(), []);
    let ports = library.save_search(" Ports ", " port is:unread ").unwrap();
    let dykes = library.save_search("Digues", "digue").unwrap();
    let later = library.save_search("À lire", "in:later").unwrap();
    assert_eq!(names(&library), ["Ports", "Digues", "À lire"]);
    assert_eq!(library.saved_searches()[0].query, "port is:unread");

    library.move_search(later, None).unwrap();
    assert_eq!(names(&library), ["À lire", "Ports", "Digues"]);
    library.move_search(later, Some(ports)).unwrap();
    assert_eq!(names(&library), ["Ports", "À lire", "Digues"]);

    let change = |name: Option<&str>, query: Option<&str>, on| SearchChange {
        name: name.map(str::to_owned),
        query: query.map(str::to_owned),
        on,
    };
    library
        .change_search(dykes, change(Some("Rivages"), None, None))
        .unwrap();
    library
        .change_search(dykes, change(None, Some("digue OR phare"), None))
        .unwrap();
    library.change_search(ports, change(None, None, Some(false))).unwrap();
    assert_eq!(names(&library), ["À lire", "Rivages"]);
    assert_eq!(library.saved_searches()[1].query, "digue OR phare");
    // It comes back with everything, and where it was.
    library.change_search(ports, change(None, None, Some(true))).unwrap();
    assert_eq!(names(&library), ["Ports", "À lire", "Rivages"]);

    let wrong = |result: crate::Result<()>| result.unwrap_err().kind;
    assert_eq!(wrong(library.save_search(" ", "x").map(drop)), ErrorKind::BadName);
    assert_eq!(wrong(library.save_search("x", " ").map(drop)), ErrorKind::Invalid);
    assert_eq!(
        wrong(library.save_search("x", &"x".repeat(5000)).map(drop)),
        ErrorKind::TooBig
    );
    let nobody = library.new_identity();
    assert_eq!(wrong(library.move_search(nobody, None)), ErrorKind::NotFound);
    assert_eq!(
        wrong(library.change_search(nobody, change(Some("x"), None, None))),
        ErrorKind::NotFound
    );
    assert_eq!(
        wrong(library.change_search(nobody, change(None, None, Some(true)))),
        ErrorKind::NotFound
    );
    assert_eq!(names(&library).len(), 3);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn two_desks_do_not_conflict() {
    let desk = Desk::with(&FILES);
    let library = desk.open();
    let ports = library.save_search("Ports", "port").unwrap();
    let there = desk.open_elsewhere();
    assert_eq!(names(&there), ["Ports"]);
    // One renames it while the other asks something else: both hold.
    desk.pass(1);
    there
        .change_search(
            ports,
            SearchChange {
                name: Some("Havres".into()),
                ..SearchChange::default()
            },
        )
        .unwrap();
    library
        .change_search(
            ports,
            SearchChange {
                query: Some("havre".into()),
                ..SearchChange::default()
            },
        )
        .unwrap();
    library.save_search("Phares", "phare").unwrap();
    library.refresh_journal().unwrap();
    there.refresh_journal().unwrap();
    assert_eq!(library.saved_searches(), there.saved_searches());
    let one = &library.saved_searches()[0];
    assert_eq!((one.name.as_str(), one.query.as_str()), ("Havres", "havre"));
    assert_eq!(names(&there), ["Havres", "Phares"]);
}

#[test]
fn what_another_program_wrote_is_no_search_unless_it_makes_one() {
    let desk = Desk::with(&FILES);
    let folder = desk.root().join(".edito/journal");
    fs::create_dir_all(&folder).unwrap();
    let record = |seq: u32, fields: &str| {
        format!(
            "{{\"v\":1,\"id\":\"01900000-0000-7000-8000-{seq:012}\",\"time\":\"2026-01-01T00:00:00.000Z\",\"device\":\"odd\",\
             \"seq\":{seq},\"kind\":\"search\",\"subject\":\"01900000-0000-7000-8000-1{seq:011}\"{fields}}}\n"
        )
    };
    let lines: Vec<String> = [
        ",\"name\":\"Sans question\"",
        ",\"query\":\"sans nom\"",
        ",\"name\":7,\"query\":[\"x\"]",
        ",\"name\":\" \",\"query\":\"x\"",
        ",\"name\":\"Bien\",\"query\":\"bien\",\"order\":12,\"colour\":\"red\"",
        ",\"name\":\"Aussi\",\"query\":\"aussi\",\"order\":\"~ 0\"",
        ",\"name\":\"Ôtée\",\"query\":\"x\",\"on\":false",
    ]
    .iter()
    .zip(1..)
    .map(|(fields, seq)| record(seq, fields))
    .collect();
    fs::write(folder.join("odd.jsonl"), lines.concat()).unwrap();
    let library = desk.open();
    // A place that is none does not count: by name.
    assert_eq!(names(&library), ["Aussi", "Bien"]);
    let bien = library.saved_searches()[1].id;
    library.save_search("Mieux", "mieux").unwrap();
    library.save_search("Alors", "alors").unwrap();
    assert_eq!(
        names(&library),
        ["Aussi", "Bien", "Mieux", "Alors"],
        "new ones come last"
    );
    assert_eq!(names(&desk.open_elsewhere()), names(&library));
    library.move_search(bien, None).unwrap();
    assert_eq!(names(&library), ["Bien", "Aussi", "Mieux", "Alors"]);
}
