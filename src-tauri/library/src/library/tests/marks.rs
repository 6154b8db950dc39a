//! Places, tags, marked passages and lists: what a reader says, and where it shows.

use super::desk::{Desk, all, assert_equals_fresh, bytes_below, found, id, listed, some};
use crate::article::{Counted, ListQuery, Show};
use crate::error::ErrorKind;
use crate::journal::{Colour, Place};
use crate::library::{HighlightChange, HighlightQuery, NewHighlight};

fn shown(show: Show) -> ListQuery {
    ListQuery {
        show,
        ..ListQuery::default()
    }
}

fn tagged(tag: &str) -> ListQuery {
    ListQuery {
        tag: Some(tag.to_owned()),
        ..ListQuery::default()
    }
}

#[test]
fn articles_lie_where_they_were_put() {
    let desk = Desk::with(&[("a.md", "Un\n"), ("b.md", "Deux\n"), ("c.md", "Trois\n")]);
    let library = desk.open();
    assert_eq!(library.overview().unwrap().inbox, 0);
    let ids = ["a.md", "b.md"].map(|path| id(&library, path));
    library.set_place(&ids, Place::Inbox).unwrap();
    assert_eq!(listed(&library, &shown(Show::Inbox)), ["a.md", "b.md"]);
    library.set_place(&ids[..1], Place::Archive).unwrap();
    library.set_place(&ids[1..], Place::Later).unwrap();
    assert_eq!(listed(&library, &shown(Show::Inbox)), [""; 0]);
    assert_eq!(listed(&library, &shown(Show::Archive)), ["a.md"]);
    assert_eq!(listed(&library, &shown(Show::Later)), ["b.md"]);
    let overview = library.overview().unwrap();
    assert_eq!((overview.inbox, overview.later, overview.archive), (0, 1, 1));
    let place = |path: &str| library.row(&id(&library, path)).unwrap().unwrap().place;
    assert_eq!((place("a.md"), place("c.md")), (Place::Archive, Place::Library));
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn the_next_unread_comes_after_the_present_one_and_then_from_the_top() {
    let desk = Desk::with(&[
        ("a.md", "Un\n"),
        ("b.md", "Deux\n"),
        ("c.md", "Trois\n"),
        ("d.md", "Quatre\n"),
    ]);
    let library = desk.open();
    let ids = ["a.md", "b.md", "c.md", "d.md"].map(|path| id(&library, path));
    let next = |show: Show, after: Option<usize>, from: usize| {
        let after = after.map(|at| ids[at].clone());
        let found = library.next_unread(&shown(show), after.as_ref(), from).unwrap();
        found.map(|(article, place)| (ids.iter().position(|id| *id == article).unwrap(), place))
    };
    assert_eq!(next(Show::All, None, 0), Some((0, 0)));
    assert_eq!(next(Show::All, Some(0), 0), Some((1, 1)));
    library.mark_read(&ids[1..2], true).unwrap();
    assert_eq!(
        next(Show::All, Some(0), 0),
        Some((2, 2)),
        "one that was read is passed over"
    );
    assert_eq!(
        next(Show::All, Some(3), 0),
        Some((0, 0)),
        "after the last comes the first"
    );
    assert_eq!(
        next(Show::Unread, Some(1), 1),
        Some((2, 1)),
        "what left the list hands its place on"
    );
    assert_eq!(next(Show::All, None, 99), Some((0, 0)));
    library.mark_read(&ids[..3], true).unwrap();
    assert_eq!(next(Show::All, Some(3), 0), None, "the present one is no next");
    assert_eq!(next(Show::Starred, None, 0), None);
    let nobody = "nobody".to_owned().into();
    assert_eq!(
        library
            .next_unread(&shown(Show::All), Some(&nobody), 1)
            .unwrap()
            .unwrap()
            .1,
        3
    );
}

#[test]
fn a_readers_tags_stand_beside_those_of_the_file() {
    let text = "---\ntitle: Un\ntags: [climat]\n---\nTexte.\n";
    let desk = Desk::with(&[("a.md", text), ("b.md", "Autre chose.\n")]);
    let library = desk.open();
    let before = bytes_below(&desk.root());
    let (a, b) = (id(&library, "a.md"), id(&library, "b.md"));
    library.tag(&[a.clone(), b.clone()], " #à  relire ").unwrap();
    library.tag(std::slice::from_ref(&b), "climat").unwrap();
    let row = library.row(&a).unwrap().unwrap();
    assert_eq!(row.tags, ["climat", "à relire"]);
    assert_eq!(row.own_tags, ["à relire"]);
    assert_eq!(listed(&library, &tagged("à relire")), ["a.md", "b.md"]);
    assert_eq!(listed(&library, &tagged("climat")), ["a.md", "b.md"]);
    let counted = |name: &str| {
        let tags = library.overview().unwrap().tags;
        tags.into_iter()
            .find(|tag| tag.name == name)
            .map(|Counted { count, .. }| count)
    };
    assert_eq!(counted("à relire"), Some(2));
    let mut hits = found(&library, "tag:relire ");
    hits.sort();
    assert_eq!(hits, ["a.md", "b.md"]);
    assert_eq!(
        library.untag(&[a.clone(), b.clone()], "climat").unwrap(),
        std::slice::from_ref(&a)
    );
    assert_eq!(found(&library, "tag:climat "), ["a.md"]);
    assert_eq!(library.untag(&[a, b.clone()], "à relire").unwrap(), []);
    assert_eq!(counted("à relire"), None);
    assert_eq!(found(&library, "tag:relire "), [""; 0]);
    assert_eq!(bytes_below(&desk.root()), before, "no file was touched");
    assert_eq!(library.tag(&[b], " # ").unwrap_err().kind, ErrorKind::Invalid);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn tags_said_elsewhere_are_found_here() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let here = desk.open();
    let there = desk.open_elsewhere();
    there.tag(&[id(&there, "a.md")], "ailleurs").unwrap();
    here.refresh_journal().unwrap();
    assert_eq!(found(&here, "tag:ailleurs "), ["a.md"]);
    // They follow the article.
    desk.rename("a.md", "z.md");
    some(&here, &["a.md", "z.md"]);
    assert_eq!(found(&here, "tag:ailleurs "), ["z.md"]);
    assert_equals_fresh(&desk, &here, "fresh");
}

#[test]
fn words_that_a_kill_left_without_their_tags_are_written_at_the_next_start() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = desk.open();
    let there = desk.open_elsewhere();
    there.tag(&[id(&there, "a.md")], "ailleurs").unwrap();
    // The rows have followed the journal, and then the light goes out.
    library
        .index()
        .follow_journal(&mut crate::index::lock(&library.journal), &library.root)
        .unwrap();
    drop(library);
    let library = desk.open();
    assert_eq!(found(&library, "tag:ailleurs "), ["a.md"]);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn a_tag_is_renamed_in_the_journal_and_in_files() {
    let desk = Desk::with(&[
        ("a.md", "---\ntitle: Un # titre\ntags: [climat, loi]\n---\nTexte.\n"),
        ("b.md", "Autre.\n"),
        ("c.md", "---\ntags:\n- climat\n- environnement\n---\nTexte.\n"),
    ]);
    let library = desk.open();
    let b = id(&library, "b.md");
    library.tag(std::slice::from_ref(&b), "climat").unwrap();
    let renamed = library.rename_tag("climat", "environnement").unwrap();
    assert_eq!(renamed.said, [b]);
    assert_eq!(renamed.files.len(), 2);
    assert!(renamed.failed.is_empty(), "{:?}", renamed.failed);
    assert_eq!(listed(&library, &tagged("climat")), [""; 0]);
    assert_eq!(listed(&library, &tagged("environnement")).len(), 3);
    assert!(
        desk.read("a.md")
            .starts_with("---\ntitle: Un # titre\ntags: [environnement, loi]\n")
    );
    assert_eq!(desk.read("c.md").matches("environnement").count(), 1);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn passages_are_marked_changed_removed_and_found() {
    let desk = Desk::with(&[("a.md", "# Titre\n\nLes élections approchent.\n"), ("b.md", "Deux\n")]);
    let library = desk.open();
    let (a, b) = (id(&library, "a.md"), id(&library, "b.md"));
    let mark = |quote: &str, made: i64| NewHighlight {
        quote: quote.into(),
        prefix: "Les ".into(),
        made: Some(made),
        ..NewHighlight::default()
    };
    let first = library.add_highlight(&a, &mark("élections", 2_000)).unwrap();
    let second = library.add_highlight(&b, &mark("Deux", 1_000)).unwrap();
    assert_eq!(library.row(&a).unwrap().unwrap().highlights, 1);
    let change = HighlightChange {
        colour: Some(Colour::Blue),
        note: Some("à vérifier".into()),
        tags: Some(vec!["t".into()]),
        ..HighlightChange::default()
    };
    library.change_highlight(&a, first, &change).unwrap();
    let highlight = &library.highlights(&a)[0];
    assert_eq!(
        (
            highlight.quote.as_str(),
            highlight.colour,
            highlight.note.as_deref(),
            highlight.made
        ),
        ("élections", Colour::Blue, Some("à vérifier"), 2_000)
    );
    let find = |query: HighlightQuery| -> Vec<uuid::Uuid> {
        let page = library.all_highlights(&query, 0, 10).unwrap();
        assert_eq!(page.total, page.highlights.len());
        page.highlights.into_iter().map(|found| found.highlight.id).collect()
    };
    assert_eq!(find(HighlightQuery::default()), [first, second]);
    let text = |text: &str| HighlightQuery {
        text: Some(text.into()),
        ..HighlightQuery::default()
    };
    assert_eq!(find(text("Verifier")), [first]);
    assert_eq!(
        find(HighlightQuery {
            tag: Some("t".into()),
            noted: true,
            colour: Some(Colour::Blue),
            ..HighlightQuery::default()
        }),
        [first]
    );
    let of = |article: &crate::ArticleId| HighlightQuery {
        article: Some(article.clone()),
        ..HighlightQuery::default()
    };
    assert_eq!((find(of(&a)), find(of(&b))), (vec![first], vec![second]));
    let between = |since: Option<i64>, before: Option<i64>| HighlightQuery {
        since,
        before,
        ..HighlightQuery::default()
    };
    assert_eq!(find(between(Some(2_000), None)), [first]);
    assert_eq!(find(between(None, Some(2_000))), [second]);
    let page = library.all_highlights(&of(&b), 0, 10).unwrap();
    assert!(
        page.tags.contains(&("t".to_owned(), 1)),
        "tags of all articles: {:?}",
        page.tags
    );
    assert_eq!(library.count_highlights(), 2);
    library.remove_highlight(&a, first).unwrap();
    assert_eq!(library.count_highlights(), 1);
    assert_eq!(library.row(&a).unwrap().unwrap().highlights, 0);
    assert_eq!(find(HighlightQuery::default()), [second]);
    library
        .change_highlight(&a, first, &HighlightChange::default())
        .unwrap();
    assert_eq!(library.highlights(&a)[0].note.as_deref(), Some("à vérifier"));
    // The passages of an article that is gone are kept.
    library.trash(&b).unwrap();
    let orphan = &library
        .all_highlights(&HighlightQuery::default(), 1, 1)
        .unwrap()
        .highlights[0];
    assert_eq!((orphan.highlight.id, orphan.title.as_deref()), (second, None));
    let unknown = library.remove_highlight(&a, second).unwrap_err();
    assert_eq!(unknown.kind, ErrorKind::NotFound);
    assert_eq!(
        library.add_highlight(&a, &NewHighlight::default()).unwrap_err().kind,
        ErrorKind::Invalid
    );
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn lists_keep_the_order_that_hands_gave_them() {
    let files: Vec<(String, String)> = (0..5).map(|n| (format!("{n}.md"), format!("Texte {n}\n"))).collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let desk = Desk::with(&files);
    let library = desk.open();
    let ids: Vec<_> = (0..5).map(|n| id(&library, &format!("{n}.md"))).collect();
    let list = library.make_collection(" À citer ").unwrap();
    let other = library.make_collection("Zone").unwrap();
    library.add_to_collection(list, &ids).unwrap();
    let order = |library: &crate::Library| -> Vec<usize> {
        let articles = library.collection(list).unwrap().articles;
        articles
            .iter()
            .map(|(article, _)| ids.iter().position(|id| id == article).unwrap())
            .collect()
    };
    assert_eq!(order(&library), [0, 1, 2, 3, 4]);
    library
        .move_in_collection(list, std::slice::from_ref(&ids[3]), None)
        .unwrap();
    assert_eq!(order(&library), [3, 0, 1, 2, 4]);
    library
        .move_in_collection(list, std::slice::from_ref(&ids[0]), Some(&ids[2]))
        .unwrap();
    assert_eq!(order(&library), [3, 1, 2, 0, 4]);
    library
        .move_in_collection(list, std::slice::from_ref(&ids[4]), Some(&ids[3]))
        .unwrap();
    assert_eq!(order(&library), [3, 4, 1, 2, 0]);
    library.take_from_collection(list, &ids[1..2]).unwrap();
    assert_eq!(order(&library), [3, 4, 2, 0]);
    let there = desk.open_elsewhere();
    assert_eq!(order(&there), [3, 4, 2, 0]);
    let names =
        |library: &crate::Library| -> Vec<String> { library.collections().into_iter().map(|list| list.name).collect() };
    assert_eq!(names(&library), ["Zone", "À citer"]);
    library.move_collection(list, None).unwrap();
    library.rename_collection(list, "Citations").unwrap();
    assert_eq!(names(&library), ["Citations", "Zone"]);
    library.remove_collection(other).unwrap();
    assert_eq!(names(&library), ["Citations"]);
    assert_eq!(
        library.rename_collection(other, "x").unwrap_err().kind,
        ErrorKind::NotFound
    );
    all(&library).unwrap();
    assert_equals_fresh(&desk, &library, "fresh");
}
