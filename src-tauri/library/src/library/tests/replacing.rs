//! Replacing in many articles: shown first, saved one by one, taken back at once.

use super::desk::{Desk, found, id};
use crate::article::{Continue, ListQuery, ReadOnlyReason};
use crate::error::ErrorKind;
use crate::library::{Among, Library, Origin, ReplaceMatches, ReplaceQuery, Ticked};
use edito_prose::replacing::Wanted;

fn query(wanted: &str, replacement: &str) -> ReplaceQuery {
    ReplaceQuery {
        wanted: Wanted {
            text: wanted.to_owned(),
            ..Wanted::default()
        },
        replacement: replacement.to_owned(),
        ..ReplaceQuery::default()
    }
}

fn places(library: &Library, query: &ReplaceQuery) -> Vec<ReplaceMatches> {
    let mut all = Vec::new();
    let looked = library
        .find_places(query, &|_| Continue::Yes, &mut |one| {
            all.push(one);
            Continue::Yes
        })
        .unwrap();
    assert_eq!(looked.looked, looked.total);
    all.sort_by(|one, other| one.row.path.cmp(&other.row.path));
    all
}

fn ticked(matches: &[ReplaceMatches]) -> Vec<Ticked> {
    let all = matches.iter().map(|one| Ticked {
        id: one.row.id.clone(),
        hash: one.hash.clone(),
        left: Vec::new(),
        shown: one.places.len(),
    });
    all.collect()
}

#[test]
fn what_is_shown_is_replaced_and_taken_back_to_the_byte() {
    let desk = Desk::with(&[
        ("a.md", "---\ntitle: Daesh\n---\n\nDaesh, et Daesh.\r\nRien.\n"),
        ("b/c.md", "\u{FEFF}Un daesh.\r\n"),
        ("d.md", "Rien.\n"),
    ]);
    let library = desk.open();
    let before: Vec<String> = ["a.md", "b/c.md", "d.md"].map(|path| desk.read(path)).into();
    let query = query("daesh", "Daech");
    let shown = places(&library, &query);
    let told: Vec<_> = shown
        .iter()
        .map(|one| (one.row.path.as_str(), one.places.len()))
        .collect();
    assert_eq!(told, [("a.md", 2), ("b/c.md", 1)]);
    let place = &shown[0].places[1];
    assert_eq!(
        (place.before.as_str(), place.found.as_str(), place.behind.as_str()),
        ("Daesh, et ", "Daesh", ".")
    );
    let mut wanted = ticked(&shown);
    wanted[0].left = vec![0];
    let receipt = library.replace_places(&query, &wanted, &|_| Continue::Yes).unwrap();
    assert_eq!(
        (receipt.replaced.len(), receipt.places(), receipt.skipped.len()),
        (2, 2, 0)
    );
    assert_eq!(desk.read("a.md"), before[0].replace("et Daesh", "et Daech"));
    assert_eq!(desk.read("b/c.md"), "\u{FEFF}Un Daech.\r\n");
    assert_eq!(found(&library, "daech ").len(), 2);
    let a = id(&library, "a.md");
    let versions = library.versions(&a).unwrap();
    assert!(
        versions
            .iter()
            .any(|version| library.version_text(&a, &version.id).unwrap().contains("et Daesh"))
    );
    let receipt = library.take_back_places(&receipt.replaced, &|_| Continue::Yes).unwrap();
    assert_eq!((receipt.replaced.len(), receipt.skipped.len()), (2, 0));
    let after: Vec<String> = ["a.md", "b/c.md", "d.md"].map(|path| desk.read(path)).into();
    assert_eq!(after, before);
}

#[test]
fn what_was_changed_since_is_left_and_told() {
    let desk = Desk::with(&[("a.md", "un mot\n"), ("b.md", "un mot\n"), ("c.md", "un mot\n")]);
    let library = desk.open();
    let query = query("mot", "terme");
    let shown = places(&library, &query);
    desk.write("b.md", "un autre mot\n");
    let receipt = library
        .replace_places(&query, &ticked(&shown), &|_| Continue::Yes)
        .unwrap();
    let kinds: Vec<_> = receipt.skipped.iter().map(|(_, error)| error.kind).collect();
    assert_eq!((receipt.replaced.len(), kinds), (2, vec![ErrorKind::Changed]));
    assert_eq!(desk.read("b.md"), "un autre mot\n");
    // What was written on since is left, whatever it says.
    desk.write("a.md", "un terme, puis d’autres\n");
    let undone = library.take_back_places(&receipt.replaced, &|_| Continue::Yes).unwrap();
    let kinds: Vec<_> = undone.skipped.iter().map(|(_, error)| error.kind).collect();
    assert_eq!((undone.replaced.len(), kinds), (1, vec![ErrorKind::Changed]));
    assert_eq!(
        (desk.read("a.md").as_str(), desk.read("c.md").as_str()),
        ("un terme, puis d’autres\n", "un mot\n")
    );
}

#[test]
fn articles_are_chosen_by_list_search_name_and_origin() {
    let captured = "---\ntitle: Page\nsource:\n  url: https://a.example\n  captured: 2026-01-02\n---\n\nun mot\n";
    let desk = Desk::with(&[
        ("un/a.md", "un mot et sel\n"),
        ("deux/b.md", "un mot\n"),
        ("deux/c.md", captured),
        (
            "deux/d.md",
            "---\ntitle: Presse\nsource:\n  url: https://b.example\n---\n\nun mot\n",
        ),
    ]);
    let library = desk.open();
    let paths = |among: Among, origin: Origin| -> Vec<String> {
        let query = ReplaceQuery {
            among,
            origin,
            ..query("mot", "terme")
        };
        places(&library, &query).into_iter().map(|one| one.row.path).collect()
    };
    let deux = || {
        Among::List(ListQuery {
            section: Some("deux".into()),
            ..ListQuery::default()
        })
    };
    assert_eq!(paths(deux(), Origin::Any), ["deux/b.md", "deux/c.md", "deux/d.md"]);
    assert_eq!(paths(deux(), Origin::Own), ["deux/b.md", "deux/d.md"]);
    assert_eq!(paths(deux(), Origin::Elsewhere), ["deux/c.md"]);
    assert_eq!(paths(Among::Search("sel".into()), Origin::Any), ["un/a.md"]);
    let one = Among::Articles(vec![id(&library, "deux/b.md")]);
    assert_eq!(paths(one, Origin::Any), ["deux/b.md"]);
}

#[test]
fn it_can_be_stopped_and_repeated() {
    let desk = Desk::with(&[("a.md", "un mot\n"), ("b.md", "un mot\n"), ("c.md", "un mot\n")]);
    let library = desk.open();
    let query = query("mot", "gros mot");
    let shown = places(&library, &query);
    let stopped = library
        .replace_places(&query, &ticked(&shown), &|done| {
            if done < 1 { Continue::Yes } else { Continue::Stop }
        })
        .unwrap();
    assert!(stopped.cancelled && stopped.replaced.len() == 1);
    // The same once more changes none that it changed already.
    let rest = library
        .replace_places(&query, &ticked(&shown), &|_| Continue::Yes)
        .unwrap();
    assert_eq!((rest.replaced.len(), rest.skipped.len()), (2, 1));
    for path in ["a.md", "b.md", "c.md"] {
        assert_eq!(desk.read(path), "un gros mot\n");
    }
    let mut seen = 0;
    library
        .find_places(&query, &|_| Continue::Yes, &mut |_| {
            seen += 1;
            Continue::Stop
        })
        .unwrap();
    assert_eq!(seen, 1);
}

#[test]
fn what_can_not_be_read_without_loss_is_left() {
    let desk = Desk::new();
    desk.write("a.md", [b'm', b'o', b't', 0, 0xFF, 0x81, 0x8D, b'\n']);
    let library = desk.open();
    let query = query("mot", "terme");
    let shown = places(&library, &query);
    assert_eq!(shown[0].read_only, Some(ReadOnlyReason::Encoding));
    let receipt = library
        .replace_places(&query, &ticked(&shown), &|_| Continue::Yes)
        .unwrap();
    assert_eq!(receipt.skipped[0].1.kind, ErrorKind::Encoding);
    let wrong = ReplaceQuery {
        wanted: Wanted {
            text: "(".into(),
            expression: true,
            ..Wanted::default()
        },
        ..query
    };
    let error = library
        .find_places(&wrong, &|_| Continue::Yes, &mut |_| Continue::Yes)
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Invalid);
}

#[test]
fn lines_that_a_replacement_brings_are_taken_back_to_the_byte() {
    let desk = Desk::with(&[("a.md", "Un mot, un mot et une fin.\r\nUn mot.\r\n")]);
    let library = desk.open();
    let before = desk.read("a.md");
    let mut query = query("mot", "x\\r\\ny\\nz");
    query.wanted.expression = true;
    let shown = places(&library, &query);
    let receipt = library
        .replace_places(&query, &ticked(&shown), &|_| Continue::Yes)
        .unwrap();
    assert_eq!(receipt.places(), 3);
    assert_ne!(desk.read("a.md"), before);
    let back = library.take_back_places(&receipt.replaced, &|_| Continue::Yes).unwrap();
    assert_eq!(back.replaced.len(), 1);
    assert_eq!(desk.read("a.md"), before);
    // What was put back has none of the places any more.
    let again = library.take_back_places(&receipt.replaced, &|_| Continue::Yes).unwrap();
    assert_eq!((again.replaced.len(), again.skipped.len()), (0, 1));
    assert_eq!(desk.read("a.md"), before);
}

#[test]
fn what_takes_too_long_is_told_and_left() {
    let long = format!("{}\n", "a".repeat(3_000_000));
    let desk = Desk::with(&[("a.md", long.as_str()), ("b.md", "ab\n")]);
    let library = desk.open();
    let mut query = query(".*[^a]|a", "c");
    query.wanted.expression = true;
    let mut found = Vec::new();
    let looked = library
        .find_places(&query, &|_| Continue::Yes, &mut |one| {
            found.push(one.row.path.clone());
            Continue::Yes
        })
        .unwrap();
    assert_eq!((found, looked.unreadable), (vec!["b.md".to_owned()], 1));
}

/// Whatever a file is written in: what is not replaced keeps its bytes, and taken back it is what it was.
#[test]
fn files_of_every_kind_are_replaced_and_taken_back_to_the_byte() {
    let text = "---\r\ntitle: Été\r\n---\r\n\r\nUn mot d’été, e\u{301}te\u{301}.\nDeux mots\rTrois mots\r\n\r\nFin 😀 \u{200f}mot";
    let plain = "Un mot d'été.\r\nDeux mots.\nFin\r\n";
    let utf_16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = std::iter::once('\u{feff}').chain(text.chars()).collect::<String>();
        units.encode_utf16().flat_map(order).collect()
    };
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("utf8.md", text.as_bytes().to_vec()),
        ("bom.md", format!("\u{feff}{text}").into_bytes()),
        ("le.md", utf_16(u16::to_le_bytes)),
        ("be.md", utf_16(u16::to_be_bytes)),
        (
            "latin.md",
            plain.chars().map(|one| u8::try_from(u32::from(one)).unwrap()).collect(),
        ),
    ];
    let desk = Desk::new();
    for (path, bytes) in &files {
        desk.write(path, bytes);
    }
    let library = desk.open();
    let bytes = |path: &str| std::fs::read(desk.root().join(path)).unwrap();
    for (wanted, replacement) in [
        ("mot", "parole"),
        ("(mots?)", "$1\\r\\n\\n$1 "),
        ("$", "!"),
        (".", "$&$&"),
    ] {
        let mut query = query(wanted, replacement);
        query.wanted.expression = true;
        let shown = places(&library, &query);
        let receipt = library
            .replace_places(&query, &ticked(&shown), &|_| Continue::Yes)
            .unwrap();
        assert!(
            receipt.replaced.len() >= 4 || wanted == "$",
            "{wanted} {:?}",
            receipt.skipped
        );
        for (path, before) in &files {
            let now = bytes(path);
            // The line ends that were there are there.
            let ends = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\r').count();
            assert!(ends(&now) >= ends(before), "{wanted} {path}");
        }
        let back = library.take_back_places(&receipt.replaced, &|_| Continue::Yes).unwrap();
        assert_eq!(
            back.replaced.len(),
            receipt.replaced.len(),
            "{wanted} {:?}",
            back.skipped
        );
        for (path, before) in &files {
            assert_eq!(&bytes(path), before, "{wanted} {path}");
        }
    }
}
