//! Lists made by hand: listed in their order, changed, and as they were when what was done is undone.

use super::desk::{Desk, all, assert_equals_fresh, id, listed, some};
use crate::article::{ListQuery, Placed, Show, Sort};
use crate::error::ErrorKind;
use crate::identity::ArticleId;
use crate::index::rows;
use crate::library::{HighlightQuery, Library, NewHighlight};
use uuid::Uuid;

const FILES: [(&str, &str); 5] = [
    ("a.md", "---\ntitle: Zoo\ndate: 2026-01-01\ntags: [port]\n---\nUn\n"),
    ("b.md", "---\ntitle: Yole\ndate: 2026-01-02\n---\nDeux\n"),
    (
        "c.md",
        "---\ntitle: Xérès\ndate: 2026-01-03\ntags: [port]\n---\nTrois\n",
    ),
    ("d.md", "---\ntitle: Wagon\ndate: 2026-01-04\n---\nQuatre\n"),
    ("e.md", "---\ntitle: Vague\ndate: 2026-01-05\n---\nCinq\n"),
];

fn by_hand(list: Uuid) -> ListQuery {
    ListQuery {
        collection: Some(list),
        sort: Sort::Hand,
        descending: true,
        ..ListQuery::default()
    }
}

fn ids(library: &Library, paths: &[&str]) -> Vec<ArticleId> {
    paths.iter().map(|path| id(library, path)).collect()
}

fn with(paths: &[&str]) -> (Desk, Library, Uuid) {
    let desk = Desk::with(&FILES);
    let library = desk.open();
    let list = library.make_collection("À citer").unwrap();
    library.add_to_collection(list, &ids(&library, paths)).unwrap();
    (desk, library, list)
}

#[test]
fn a_list_is_shown_in_its_order_and_in_any_other() {
    let (desk, library, list) = with(&["d.md", "a.md", "c.md"]);
    assert_eq!(listed(&library, &by_hand(list)), ["d.md", "a.md", "c.md"]);
    assert_eq!(
        library.position(&by_hand(list), &id(&library, "a.md")).unwrap(),
        Some(1)
    );
    assert_eq!(library.position(&by_hand(list), &id(&library, "b.md")).unwrap(), None);
    let query = |change: &dyn Fn(&mut ListQuery)| {
        let mut query = by_hand(list);
        change(&mut query);
        listed(&library, &query)
    };
    assert_eq!(query(&|it| it.sort = Sort::Date), ["d.md", "c.md", "a.md"]);
    assert_eq!(query(&|it| it.sort = Sort::Title), ["a.md", "c.md", "d.md"]);
    assert_eq!(query(&|it| it.tag = Some("port".into())), ["a.md", "c.md"]);
    library.mark_read(&ids(&library, &["a.md"]), true).unwrap();
    assert_eq!(query(&|it| it.show = Show::Unread), ["d.md", "c.md"]);
    let next = library
        .next_unread(&by_hand(list), Some(&id(&library, "d.md")), 0)
        .unwrap();
    assert_eq!(next, Some((id(&library, "c.md"), 2)));
    assert_eq!(listed(&library, &by_hand(Uuid::from_u128(9))), [""; 0]);
    let nowhere = ListQuery {
        collection: None,
        ..by_hand(list)
    };
    assert_eq!(listed(&library, &nowhere), ["e.md", "d.md", "c.md", "b.md", "a.md"]);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn an_order_that_was_kept_is_none_any_more_when_the_list_is_other() {
    let (desk, library, list) = with(&["a.md", "b.md"]);
    let other = library.make_collection("Autre").unwrap();
    assert_eq!(listed(&library, &by_hand(list)), ["a.md", "b.md"]);
    assert_eq!(listed(&library, &by_hand(other)), [""; 0]);
    library.add_to_collection(list, &ids(&library, &["c.md"])).unwrap();
    assert_eq!(listed(&library, &by_hand(list)), ["a.md", "b.md", "c.md"]);
    library
        .move_in_collection(list, &ids(&library, &["c.md"]), None)
        .unwrap();
    assert_eq!(listed(&library, &by_hand(list)), ["c.md", "a.md", "b.md"]);
    assert_eq!(listed(&library, &by_hand(other)), [""; 0]);
    // Another desk: nothing but the journal tells.
    let elsewhere = desk.open_elsewhere();
    elsewhere.take_from_collection(list, &ids(&library, &["a.md"])).unwrap();
    elsewhere.rename_collection(other, "Ailleurs").unwrap();
    let before = library.collections_revision();
    library.refresh_journal().unwrap();
    assert!(library.collections_revision() > before);
    assert_eq!(listed(&library, &by_hand(list)), ["c.md", "b.md"]);
    assert_eq!(library.counted_collections().unwrap()[0].name, "Ailleurs");
    let before = library.collections_revision();
    library.set_star(&ids(&library, &["a.md"]), true).unwrap();
    library.refresh_journal().unwrap();
    assert_eq!(library.collections_revision(), before, "nothing was said of a list");
}

#[test]
fn articles_that_are_gone_are_neither_listed_nor_counted_and_keep_their_place() {
    let (desk, library, list) = with(&["d.md", "a.md", "c.md"]);
    let count = || library.counted_collections().unwrap()[0].count;
    assert_eq!(count(), 3);
    let gone = id(&library, "a.md");
    let (key, _) = library.trash(&gone).unwrap();
    assert_eq!(listed(&library, &by_hand(list)), ["d.md", "c.md"]);
    assert_eq!(count(), 2);
    library
        .move_in_collection(list, &ids(&library, &["c.md"]), None)
        .unwrap();
    library.restore(&key).unwrap();
    assert_eq!(listed(&library, &by_hand(list)), ["c.md", "d.md", "a.md"]);
    desk.remove("d.md");
    some(&library, &["d.md"]);
    assert_eq!(listed(&library, &by_hand(list)), ["c.md", "a.md"]);
    desk.rename("c.md", "x/c.md");
    all(&library).unwrap();
    assert_eq!(listed(&library, &by_hand(list)), ["x/c.md", "a.md"]);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn what_is_taken_out_can_be_put_back_where_it_stood() {
    let paths = ["a.md", "b.md", "c.md", "d.md", "e.md"];
    for moved_before in [false, true] {
        for taken in [
            &["a.md"][..],
            &["e.md"],
            &["c.md"],
            &["d.md", "b.md", "c.md"],
            &["e.md", "a.md"],
            &paths,
        ] {
            let (desk, library, list) = with(&paths);
            if moved_before {
                library
                    .move_in_collection(list, &ids(&library, &["b.md"]), Some(&id(&library, "c.md")))
                    .unwrap();
            }
            let before = listed(&library, &by_hand(list));
            let stood = library.take_from_collection(list, &ids(&library, taken)).unwrap();
            assert_eq!(stood.len(), taken.len());
            assert_eq!(listed(&library, &by_hand(list)).len(), paths.len() - taken.len());
            assert_eq!(library.put_in_collection(list, &stood).unwrap(), []);
            assert_eq!(listed(&library, &by_hand(list)), before, "{taken:?} {moved_before}");
            assert_eq!(
                listed(&desk.open_elsewhere(), &by_hand(list)),
                before,
                "on another desk"
            );
        }
    }
}

#[test]
fn several_are_moved_at_once_and_back() {
    let (_desk, library, list) = with(&["a.md", "b.md", "c.md", "d.md", "e.md"]);
    let [b, d, e] = ["b.md", "d.md", "e.md"].map(|path| id(&library, path));
    let placed = |article: &ArticleId, after: Option<&ArticleId>| Placed {
        article: article.clone(),
        after: after.cloned(),
    };
    let to = [placed(&d, None), placed(&b, Some(&d))];
    let stood = library.put_in_collection(list, &to).unwrap();
    assert_eq!(
        listed(&library, &by_hand(list)),
        ["d.md", "b.md", "a.md", "c.md", "e.md"]
    );
    library.put_in_collection(list, &stood).unwrap();
    assert_eq!(
        listed(&library, &by_hand(list)),
        ["a.md", "b.md", "c.md", "d.md", "e.md"]
    );
    library.put_in_collection(list, &[placed(&b, Some(&e))]).unwrap();
    assert_eq!(
        listed(&library, &by_hand(list)),
        ["a.md", "c.md", "d.md", "e.md", "b.md"]
    );
    let never = library.make_collection("Autre").unwrap();
    let error = library.put_in_collection(never, &[placed(&b, None)]).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[test]
fn several_are_moved_together_in_the_order_in_which_they_stand() {
    let paths = ["a.md", "b.md", "c.md", "d.md", "e.md"];
    let (desk, library, list) = with(&paths);
    library
        .move_in_collection(list, &ids(&library, &["e.md"]), Some(&id(&library, "d.md")))
        .unwrap();
    for (moved, after, expected) in [
        (&["d.md", "b.md"][..], None, ["b.md", "d.md", "a.md", "c.md", "e.md"]),
        (
            &["d.md", "b.md"],
            Some("e.md"),
            ["a.md", "c.md", "e.md", "b.md", "d.md"],
        ),
        (
            &["c.md", "a.md", "b.md"],
            Some("d.md"),
            ["d.md", "a.md", "b.md", "c.md", "e.md"],
        ),
        // The one that they are to follow moves itself.
        (
            &["e.md", "c.md"],
            Some("c.md"),
            ["a.md", "b.md", "c.md", "e.md", "d.md"],
        ),
        (
            &["a.md", "b.md"],
            Some("b.md"),
            ["a.md", "b.md", "c.md", "d.md", "e.md"],
        ),
        (
            &["c.md", "c.md"],
            Some("a.md"),
            ["a.md", "c.md", "b.md", "d.md", "e.md"],
        ),
        // One that is not there: they come last.
        (
            &["b.md", "a.md"],
            Some("x/z.md"),
            ["c.md", "d.md", "e.md", "a.md", "b.md"],
        ),
        (&[], None, paths),
    ] {
        let after = after.map(|path| match path {
            "x/z.md" => ArticleId("nowhere".into()),
            path => id(&library, path),
        });
        let stood = library
            .move_in_collection(list, &ids(&library, moved), after.as_ref())
            .unwrap();
        assert_eq!(listed(&library, &by_hand(list)), expected, "{moved:?} {after:?}");
        assert_eq!(
            listed(&desk.open_elsewhere(), &by_hand(list)),
            expected,
            "on another desk"
        );
        library.put_in_collection(list, &stood).unwrap();
        assert_eq!(listed(&library, &by_hand(list)), paths, "back");
    }
    // One that another desk has taken out stays out, and holds up nobody.
    let gone = ArticleId("nowhere".into());
    let stood = library.move_in_collection(list, &[gone.clone(), id(&library, "a.md")], None);
    assert_eq!(stood.unwrap().len(), 1);
    let error = library.move_in_collection(list, &[gone], None);
    assert_eq!(error.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(listed(&library, &by_hand(list)), paths);
    let places = |paths: &[&str]| library.positions(&by_hand(list), &ids(&library, paths)).unwrap();
    assert_eq!(places(&["e.md", "b.md", "c.md"]), [1, 2, 4]);
    library.take_from_collection(list, &ids(&library, &["b.md"])).unwrap();
    assert_eq!(places(&["e.md", "b.md", "c.md"]), [1, 3]);
}

#[test]
fn a_name_that_nobody_can_read_is_none() {
    let (desk, library, list) = with(&["a.md"]);
    let elsewhere = desk.open_elsewhere();
    elsewhere.rename_collection(list, "Ailleurs").unwrap();
    let journal = desk.root().join(".edito/journal");
    let record = |seq: u32, id: Uuid, name: &str| {
        format!(
            "{{\"v\":1,\"id\":\"01900000-0000-7000-8000-{seq:012}\",\"time\":\"2099-01-01T00:00:00.000Z\",\"device\":\"odd\",\
             \"seq\":{seq},\"kind\":\"collection\",\"collection\":\"{id}\",\"name\":\"{name}\",\"on\":true}}\n"
        )
    };
    let long = "x".repeat(900_000);
    let fits = "y".repeat(1024);
    let lines = [
        record(1, list, &long),
        record(2, Uuid::from_u128(9), &long),
        record(3, Uuid::from_u128(8), &fits),
    ];
    std::fs::write(journal.join("odd.jsonl"), lines.concat()).unwrap();
    library.refresh_journal().unwrap();
    let names: Vec<String> = library.collections().into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["Ailleurs".to_owned(), fits]);
}

#[test]
fn what_is_said_of_lists_elsewhere_does_not_let_everything_be_followed_anew() {
    let (desk, library, list) = with(&["a.md"]);
    let elsewhere = desk.open_elsewhere();
    elsewhere.rename_collection(list, "Ailleurs").unwrap();
    let generation = || rows::generation(library.index.reader().unwrap().rows().unwrap()).unwrap();
    library.refresh_journal().unwrap();
    assert_eq!(library.collections()[0].name, "Ailleurs");
    let before = generation();
    library.refresh_journal().unwrap();
    assert_eq!(generation(), before);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn one_that_is_put_in_again_comes_last() {
    let (desk, library, list) = with(&["a.md", "b.md", "c.md"]);
    let c = ids(&library, &["c.md"]);
    library.move_in_collection(list, &c, None).unwrap();
    assert_eq!(library.add_to_collection(list, &c).unwrap(), [], "it is there");
    assert_eq!(listed(&library, &by_hand(list)), ["c.md", "a.md", "b.md"]);
    library.take_from_collection(list, &c).unwrap();
    assert_eq!(
        library.add_to_collection(list, &[c[0].clone(), c[0].clone()]).unwrap(),
        c
    );
    assert_eq!(listed(&library, &by_hand(list)), ["a.md", "b.md", "c.md"]);
    assert_eq!(listed(&desk.open_elsewhere(), &by_hand(list)), ["a.md", "b.md", "c.md"]);
    let holding = library.collections_holding(&ids(&library, &["d.md", "b.md"]));
    assert_eq!(holding, [(list, ids(&library, &["b.md"]))]);
}

#[test]
fn a_list_that_was_taken_away_comes_back_as_it_was() {
    let (desk, library, list) = with(&["b.md", "a.md", "c.md"]);
    let other = library.make_collection("Zone").unwrap();
    library.move_collection(other, None).unwrap();
    library
        .move_in_collection(list, &ids(&library, &["c.md"]), None)
        .unwrap();
    let names = |library: &Library| -> Vec<(String, usize)> {
        let counted = library.counted_collections().unwrap();
        counted.into_iter().map(|one| (one.name, one.count)).collect()
    };
    let before = names(&library);
    assert_eq!(before, [("Zone".into(), 0), ("À citer".into(), 3)]);
    for id in [list, other] {
        library.remove_collection(id).unwrap();
    }
    assert_eq!(names(&library), []);
    assert_eq!(listed(&library, &by_hand(list)), [""; 0]);
    assert_eq!(library.collections_holding(&ids(&library, &["a.md"])), []);
    assert_eq!(library.remove_collection(list).unwrap_err().kind, ErrorKind::NotFound);
    for id in [list, other] {
        library.restore_collection(id).unwrap();
    }
    assert_eq!(names(&library), before);
    assert_eq!(names(&desk.open_elsewhere()), before);
    assert_eq!(listed(&library, &by_hand(list)), ["c.md", "b.md", "a.md"]);
    let never = library.restore_collection(Uuid::from_u128(9)).unwrap_err();
    assert_eq!(never.kind, ErrorKind::NotFound);
}

#[test]
fn the_passages_of_a_list_are_found_together() {
    let (_desk, library, list) = with(&["a.md", "c.md"]);
    for path in ["a.md", "b.md", "c.md"] {
        let new = NewHighlight {
            quote: path.into(),
            ..NewHighlight::default()
        };
        library.add_highlight(&id(&library, path), &new).unwrap();
    }
    let quotes = |collection: Option<Uuid>| -> Vec<String> {
        let query = HighlightQuery {
            collection,
            ..HighlightQuery::default()
        };
        let found = library.all_highlights(&query, 0, 9).unwrap().highlights;
        let mut quotes: Vec<String> = found.into_iter().map(|one| one.highlight.quote).collect();
        quotes.sort();
        quotes
    };
    assert_eq!(quotes(Some(list)), ["a.md", "c.md"]);
    assert_eq!(quotes(None).len(), 3);
    assert_eq!(quotes(Some(Uuid::from_u128(9))), [""; 0]);
}
