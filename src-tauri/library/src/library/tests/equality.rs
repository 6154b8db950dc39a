//! The index equals one built from nothing, whatever happened to the files and in whatever
//! portions it was told.

use super::desk::{Desk, all, assert_equals_fresh, id, some};
use crate::journal::Place;
use crate::library::{NewHighlight, NewPiece};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Act {
    Write(usize, usize),
    Remove(usize),
    Move(usize, usize),
    Copy(usize, usize),
    MoveFolder(usize, usize),
    Star(usize),
    Place(usize, usize),
    Tag(usize, usize, bool),
    TagElsewhere(usize, usize),
    RenameTag(usize, usize),
    Mark(usize),
    TakeIn(usize),
    Open(usize),
    Save(usize, usize),
    Trash(usize),
    Restore(usize),
    DeleteForever(usize),
    ReconcileTold,
    ReconcileAll,
    Reopen,
}

const PATHS: [&str; 8] = [
    "a.md",
    "b.md",
    "long-name.md",
    "one/a.md",
    "one/b.md",
    "two/a.md",
    "two/deep/c.md",
    "three/d.md",
];
const TAGS: [&str; 3] = ["x", "élections", "à lire"];
const FOLDERS: [&str; 4] = ["one", "two", "three", "four"];
const TEXTS: [&str; 7] = [
    "",
    "Une élection.\n",
    "An election.\n",
    "---\nid: 0190a0a0-0000-7000-8000-000000000001\ntitle: Un\ntags: [x, y]\n---\nPremier texte.\n",
    "---\nid: 0190a0a0-0000-7000-8000-000000000001\ntitle: Deux\n---\nSecond texte.\n",
    "---\nid: 0190a0a0-0000-7000-8000-000000000002\ntitle: Trois\nauthors: [A, B]\ndate: 2024-01-01\n---\nTexte.\n",
    "---\ntitle: Sans identité\nsection: Analyses\nstatus: draft\n---\n# Titre\n\nTexte.\n",
];

fn act() -> impl Strategy<Value = Act> {
    let path = 0..PATHS.len();
    let folder = 0..FOLDERS.len();
    prop_oneof![
        6 => (path.clone(), 0..TEXTS.len()).prop_map(|(path, text)| Act::Write(path, text)),
        3 => path.clone().prop_map(Act::Remove),
        4 => (path.clone(), path.clone()).prop_map(|(from, to)| Act::Move(from, to)),
        2 => (path.clone(), path.clone()).prop_map(|(from, to)| Act::Copy(from, to)),
        2 => (folder.clone(), folder).prop_map(|(from, to)| Act::MoveFolder(from, to)),
        4 => path.clone().prop_map(Act::Star),
        2 => (path.clone(), 0..4usize).prop_map(|(path, place)| Act::Place(path, place)),
        4 => (path.clone(), 0..TAGS.len(), any::<bool>()).prop_map(|(path, tag, on)| Act::Tag(path, tag, on)),
        1 => (path.clone(), 0..TAGS.len()).prop_map(|(path, tag)| Act::TagElsewhere(path, tag)),
        1 => (0..TAGS.len(), 0..TAGS.len()).prop_map(|(from, to)| Act::RenameTag(from, to)),
        1 => path.clone().prop_map(Act::Mark),
        2 => (0..4usize).prop_map(Act::TakeIn),
        1 => path.clone().prop_map(Act::Open),
        2 => (path.clone(), 0..TEXTS.len()).prop_map(|(path, text)| Act::Save(path, text)),
        3 => path.prop_map(Act::Trash),
        2 => (0..4_usize).prop_map(Act::Restore),
        1 => (0..4_usize).prop_map(Act::DeleteForever),
        5 => Just(Act::ReconcileTold),
        2 => Just(Act::ReconcileAll),
        1 => Just(Act::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn an_index_equals_a_fresh_one(acts in prop::collection::vec(act(), 1..25)) {
        let desk = Desk::in_real_time();
        desk.write("kept.txt", "no article");
        let mut library = desk.open();
        let mut told: Vec<&str> = Vec::new();
        let exists = |path: &str| desk.root().join(path).exists();
        for act in acts {
            match act {
                Act::Write(path, text) => {
                    desk.write(PATHS[path], TEXTS[text]);
                    told.push(PATHS[path]);
                }
                Act::Remove(path) if exists(PATHS[path]) => {
                    desk.remove(PATHS[path]);
                    told.push(PATHS[path]);
                }
                Act::Move(from, to) if exists(PATHS[from]) && !exists(PATHS[to]) => {
                    desk.rename(PATHS[from], PATHS[to]);
                    told.extend([PATHS[from], PATHS[to]]);
                }
                Act::Copy(from, to) if exists(PATHS[from]) && !exists(PATHS[to]) => {
                    desk.write(PATHS[to], desk.read(PATHS[from]));
                    told.push(PATHS[to]);
                }
                Act::MoveFolder(from, to) if exists(FOLDERS[from]) && !exists(FOLDERS[to]) => {
                    desk.rename(FOLDERS[from], FOLDERS[to]);
                    told.extend([FOLDERS[from], FOLDERS[to]]);
                }
                Act::Star(path) => {
                    if let Some(id) = library.find(PATHS[path]).unwrap() {
                        library.set_star(&[id], true).unwrap();
                    }
                }
                Act::Open(path) => {
                    if let Some(id) = library.find(PATHS[path]).unwrap() {
                        library.opened(&id).unwrap();
                    }
                }
                Act::Place(path, place) => {
                    let places = [Place::Inbox, Place::Later, Place::Library, Place::Archive];
                    if let Some(id) = library.find(PATHS[path]).unwrap() {
                        library.set_place(&[id], places[place]).unwrap();
                    }
                }
                Act::Tag(path, tag, on) => {
                    if let Some(id) = library.find(PATHS[path]).unwrap() {
                        if on {
                            library.tag(&[id], TAGS[tag]).unwrap();
                        } else {
                            library.untag(&[id], TAGS[tag]).unwrap();
                        }
                    }
                }
                Act::TagElsewhere(path, tag) => {
                    let there = desk.open_elsewhere();
                    if let Some(id) = there.find(PATHS[path]).unwrap() {
                        there.tag(&[id], TAGS[tag]).unwrap();
                    }
                    drop(there);
                    library.refresh_journal().unwrap();
                }
                Act::RenameTag(from, to) => {
                    library.rename_tag(TAGS[from], TAGS[to]).unwrap();
                }
                Act::Mark(path) => {
                    if let Some(id) = library.find(PATHS[path]).unwrap() {
                        let new = NewHighlight {
                            quote: "élection".into(),
                            ..NewHighlight::default()
                        };
                        library.add_highlight(&id, &new).unwrap();
                    }
                }
                Act::TakeIn(number) => {
                    let piece = NewPiece {
                        title: Some(format!("Pris {}", number % 2)),
                        url: Some(format!("https://example.org/{}", number % 2)),
                        body: format!("Un texte pris ailleurs, {number}."),
                        tags: vec![TAGS[number % 3].to_owned()],
                        read: Some(true),
                        ..NewPiece::default()
                    };
                    let mut intake = library.begin_intake().unwrap();
                    library.take_in(&piece, &mut intake).unwrap();
                    library.finish_intake(&mut intake).unwrap();
                }
                Act::Save(path, text) => {
                    if let Some(id) = library.find(PATHS[path]).unwrap()
                        && let Ok(present) = library.read_text(&id)
                    {
                        library.save(&id, TEXTS[text], &present.hash).unwrap();
                    }
                }
                Act::Trash(path) => {
                    if let Some(id) = library.find(PATHS[path]).unwrap()
                        && library.read_text(&id).is_ok()
                    {
                        library.trash(&id).unwrap();
                    }
                }
                Act::Restore(which) => {
                    if let Some(trashed) = library.trashed().unwrap().get(which) {
                        library.restore(&trashed.id).unwrap();
                    }
                }
                Act::DeleteForever(which) => {
                    if let Some(trashed) = library.trashed().unwrap().get(which) {
                        library.delete_forever(std::slice::from_ref(&trashed.id)).unwrap();
                    }
                }
                Act::ReconcileTold => {
                    some(&library, &std::mem::take(&mut told));
                }
                Act::ReconcileAll => {
                    all(&library).unwrap();
                    told.clear();
                }
                Act::Reopen => {
                    drop(library);
                    library = desk.open();
                    told.clear();
                }
                _ => {}
            }
        }
        some(&library, &told);
        assert_equals_fresh(&desk, &library, "fresh1");
        all(&library).unwrap();
        assert_equals_fresh(&desk, &library, "fresh2");
    }
}

#[test]
fn what_another_device_says_is_taken_over() {
    let desk = Desk::with(&[("a.md", "Un\n"), ("b.md", "Deux\n")]);
    let here = desk.open();
    let there = desk.open_elsewhere();
    there.set_star(&[id(&there, "a.md")], true).unwrap();
    desk.rename("b.md", "c.md");
    let b = id(&there, "b.md");
    there.opened(&b).unwrap();
    some(&there, &["b.md", "c.md"]);
    let told = here.refresh_journal().unwrap();
    assert!(told.articles.contains(&id(&here, "a.md")));
    assert!(here.row(&id(&here, "a.md")).unwrap().unwrap().starred);
    some(&here, &["b.md", "c.md"]);
    assert_eq!(id(&here, "c.md"), b);
    assert_equals_fresh(&desk, &here, "fresh");
}

#[test]
fn what_a_comparison_heard_of_others_is_told_to_whoever_asks() {
    use crate::journal::SubjectKind;
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let here = desk.open();
    let there = desk.open_elsewhere();
    here.refresh_journal().unwrap();
    there.set_star(&[id(&there, "a.md")], true).unwrap();
    let told = here.refresh_journal().unwrap();
    assert!(
        told.concern(&["star"]) && !told.concern(&SubjectKind::OF_FEEDS),
        "{told:?}"
    );
    let address = serde_json::Map::from_iter([("address".to_owned(), "https://example.org/rss".into())]);
    there
        .say_of_subjects(SubjectKind::Feed, vec![(there.new_identity(), address)])
        .unwrap();
    super::desk::all(&here).unwrap();
    let told = here.refresh_journal().unwrap();
    assert!(told.concern(&SubjectKind::OF_FEEDS) && !told.everything, "{told:?}");
    assert!(told.articles.is_empty());
    let told = here.refresh_journal().unwrap();
    assert_eq!(told, crate::journal::JournalChanges::default(), "once");
}

#[test]
fn a_rebuild_changes_nothing() {
    let desk = Desk::with(&[("a.md", TEXTS[3]), ("one/b.md", TEXTS[6]), ("c.md", TEXTS[3])]);
    let library = desk.open();
    let before = super::desk::dump(&library);
    library.rebuild(&|_| crate::article::Continue::Yes).unwrap();
    assert_eq!(super::desk::dump(&library), before);
}

#[test]
fn a_change_of_sections_reaches_every_article() {
    let desk = Desk::with(&[("notes/a.md", "---\ntitle: A\n---\nMot.\n")]);
    let library = desk.open();
    assert_eq!(
        library.row(&id(&library, "notes/a.md")).unwrap().unwrap().section,
        "notes"
    );
    desk.write("edito.toml", "[[sections]]\nname = \"Carnets\"\nfolder = \"notes\"\n");
    let changes = some(&library, &["edito.toml"]);
    assert!(changes.config);
    let row = library.row(&id(&library, "notes/a.md")).unwrap().unwrap();
    assert_eq!(
        (row.section.as_str(), row.section_name.as_str()),
        ("carnets", "Carnets")
    );
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn a_save_beside_a_first_index_is_not_lost_to_it() {
    let texts: Vec<(String, String)> = (0..600)
        .map(|n| (format!("n/{n}.md"), format!("Texte {n}\n")))
        .collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let desk = Desk::with(&files);
    let library = desk.open();
    let path = "n/7.md";
    let article = id(&library, path);
    let saved = std::cell::Cell::new(false);
    library
        .rebuild(&|progress| {
            if progress.done > 0 && !saved.replace(true) {
                let present = library.read_text(&article).unwrap();
                // Nothing is told of it: the list follows when the watch has seen the file.
                let outcome = library.save(&article, "Autre chose\n", &present.hash).unwrap();
                assert!(outcome.changes.is_empty());
            }
            crate::article::Continue::Yes
        })
        .unwrap();
    assert!(saved.get());
    some(&library, &[path]);
    assert_eq!(library.search("\"autre chose\"", 5, 0).unwrap().total, 1);
    assert_equals_fresh(&desk, &library, "fresh");
}
