#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::piece::{Colour, Place};

fn long(word: &str) -> String {
    (0..60).map(|index| format!("{word}{index} ")).collect()
}

#[test]
fn texts_with_the_same_words_are_the_same() {
    let text = format!("L’été à l’école, « enfin » : {}", long("mot"));
    let marked = format!(
        "---\ntitle: x\n---\n## L'ÉTÉ à *l'école*, \"enfin\" :\n\n[{}](https://exemple.fr/?utm_source=x)\n",
        long("mot")
    );
    assert!(same_text(&text, &marked));
    assert!(!same_text(&text, &format!("{text} de plus")));
    assert!(!same_text(&text, &long("autre")));
    // Too short to prove anything.
    assert!(!same_text("Réservé aux abonnés", "Réservé aux abonnés"));
    assert_eq!(fingerprint(""), None);
    assert_eq!(fingerprint(&text).unwrap().to_string().len(), 32);
}

#[test]
fn nothing_a_reader_did_is_lost() {
    let highlight = |quote: &str| Highlight {
        quote: quote.into(),
        ..Highlight::default()
    };
    let author = |name: &str, function: Option<&str>| Author {
        name: name.into(),
        function: function.map(Into::into),
    };
    let older = Piece {
        title: Some("Ancien titre".into()),
        authors: vec![author("Élise Roy", Some("historienne"))],
        tags: vec!["a".into(), "b".into()],
        url: Some("https://exemple.fr/a".into()),
        body: long("long"),
        state: State {
            place: Some(Place::Later),
            read: Some(true),
            starred: true,
            progress: Some(0.8),
            saved_at: Timestamp::from_second(1_000_000_000).ok(),
            touched_at: Timestamp::from_second(1_000_000_001).ok(),
        },
        highlights: vec![
            Highlight {
                note: Some("note une".into()),
                made_at: Timestamp::from_second(1_000_000_000).ok(),
                ..highlight("l’été viendra")
            },
            highlight("seul"),
        ],
        collections: vec!["x".into()],
        note: Some("Ma note".into()),
        ..Piece::default()
    };
    let newer = Piece {
        title: Some("Nouveau titre".into()),
        authors: vec![author("elise roy", None), author("Ann Lee", None)],
        tags: vec!["b".into(), "c".into()],
        body: "Réservé aux abonnés.".into(),
        state: State {
            place: Some(Place::Archive),
            read: Some(false),
            starred: false,
            progress: Some(0.1),
            saved_at: Timestamp::from_second(1_500_000_000).ok(),
            touched_at: None,
        },
        highlights: vec![
            Highlight {
                note: Some("note deux".into()),
                colour: Some(Colour::Blue),
                tags: vec!["t".into()],
                made_at: Timestamp::from_second(1_600_000_000).ok(),
                ..highlight("L'ÉTÉ viendra.")
            },
            highlight("autre"),
        ],
        collections: vec!["y".into(), "x".into()],
        note: Some("Autre note".into()),
        ..Piece::default()
    };
    let merged = merge(older.clone(), newer);
    assert_eq!(merged.title.as_deref(), Some("Nouveau titre"));
    assert_eq!(merged.url.as_deref(), Some("https://exemple.fr/a"));
    assert_eq!(merged.body, older.body);
    assert_eq!(
        merged.authors,
        [author("elise roy", Some("historienne")), author("Ann Lee", None)]
    );
    assert_eq!(merged.tags, ["a", "b", "c"]);
    assert_eq!(merged.collections, ["x", "y"]);
    assert_eq!(merged.note.as_deref(), Some("Ma note\n\nAutre note"));
    assert_eq!(merged.state.place, Some(Place::Archive));
    assert_eq!(merged.state.read, Some(true));
    assert!(merged.state.starred);
    assert_eq!(merged.state.progress, Some(0.8));
    assert_eq!(merged.state.saved_at, older.state.saved_at);
    assert_eq!(merged.state.touched_at, older.state.touched_at);
    let quotes: Vec<&str> = merged
        .highlights
        .iter()
        .map(|highlight| highlight.quote.as_str())
        .collect();
    assert_eq!(quotes, ["l’été viendra", "seul", "autre"]);
    let first = &merged.highlights[0];
    assert_eq!(first.note.as_deref(), Some("note une\n\nnote deux"));
    assert_eq!((first.colour, first.tags.len()), (Some(Colour::Blue), 1));
    assert_eq!(first.made_at, older.highlights[0].made_at);
}

#[test]
fn the_same_words_in_two_places_are_two_highlights() {
    let at = |prefix: &str| Highlight {
        quote: "il faut".into(),
        prefix: Some(prefix.into()),
        ..Highlight::default()
    };
    let piece = |prefix| Piece {
        highlights: vec![at(prefix)],
        ..Piece::default()
    };
    assert_eq!(merge(piece("d’abord "), piece("ensuite ")).highlights.len(), 2);
    assert_eq!(merge(piece("et d’abord "), piece("D'ABORD")).highlights.len(), 1);
}

fn piece() -> impl Strategy<Value = Piece> {
    let some_words = || prop::collection::vec("[a-dé’ ]{0,6}", 0..4);
    (
        some_words(),
        some_words(),
        some_words(),
        prop::option::of("[a-c]{0,3}"),
        any::<bool>(),
        prop::option::of(0.0..1.0),
    )
        .prop_map(|(tags, collections, quotes, note, starred, progress)| Piece {
            tags,
            collections,
            highlights: quotes
                .into_iter()
                .map(|quote| Highlight {
                    note: Some(quote.clone()),
                    quote,
                    ..Highlight::default()
                })
                .collect(),
            note,
            state: State {
                starred,
                progress,
                ..State::default()
            },
            ..Piece::default()
        })
}

proptest! {
    #[test]
    fn a_merge_holds_all_of_both(older in piece(), newer in piece()) {
        let merged = merge(older.clone(), newer.clone());
        for side in [&older, &newer] {
            prop_assert!(side.tags.iter().all(|tag| merged.tags.contains(tag)));
            prop_assert!(side.collections.iter().all(|name| merged.collections.contains(name)));
            for highlight in &side.highlights {
                let holds = |known: &Highlight| {
                    said(&known.quote) == said(&highlight.quote)
                        && known.note.as_deref().unwrap_or_default().contains(highlight.note.as_deref().unwrap_or_default().trim())
                };
                prop_assert!(merged.highlights.iter().any(holds));
            }
            prop_assert!(side.note.is_none() || merged.note.as_deref().unwrap_or_default().contains(side.note.as_deref().unwrap_or_default().trim()));
            prop_assert!(merged.state.progress >= side.state.progress);
            prop_assert!(merged.state.starred || !side.state.starred);
        }
        // Merged again with either, nothing more comes to it.
        let again = merge(merged.clone(), newer);
        prop_assert_eq!(again.tags, merged.tags);
        prop_assert_eq!(again.highlights.len(), merged.highlights.len());
    }
}
