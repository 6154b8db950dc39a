//! Captured again: what became of marked passages, and what articles were read from.

use super::desk::Desk;
use crate::error::ErrorKind;
use crate::history::VersionKind;
use crate::identity::ArticleId;
use crate::library::{Library, NewCapture, NewHighlight, NewPiece, Refound, Taken, TakenIn};
use std::fs;

const FIRST: &str = "L’eau monte sans bruit. Personne ne compte les marées.";
const SECOND: &str = "La digue de l’ouest date de 1953. Elle n’a jamais été relevée depuis.";
const THIRD: &str = "Le maire promet un audit. Il promet aussi une fête.";
const FOURTH: &str = "Les riverains attendent une réponse. Elle ne vient pas.";

fn page(paragraphs: &[&str], captured: &str) -> NewPiece {
    NewPiece {
        title: Some("La digue".into()),
        url: Some("https://example.org/digue".into()),
        site: Some("Exemple".into()),
        captured: Some(captured.parse().unwrap()),
        body: format!("{}\n", paragraphs.join("\n\n")),
        capture: Some(NewCapture {
            bytes: format!("<html>{captured}</html>").into_bytes(),
            ending: "html".into(),
        }),
        ..NewPiece::default()
    }
}

fn take(library: &Library, piece: &NewPiece) -> TakenIn {
    let mut intake = library.begin_intake().unwrap();
    let taken = library.take_in(piece, &mut intake).unwrap();
    library.finish_intake(&mut intake).unwrap();
    taken
}

fn mark(library: &Library, id: &ArticleId, prefix: &str, quote: &str, suffix: &str) {
    let highlight = NewHighlight {
        quote: quote.into(),
        prefix: prefix.into(),
        suffix: suffix.into(),
        ..NewHighlight::default()
    };
    library.add_highlight(id, &highlight).unwrap();
}

#[test]
fn what_became_of_marked_passages_is_told_and_none_is_dropped() {
    let desk = Desk::new();
    let library = desk.open();
    let first = take(&library, &page(&[FIRST, SECOND, THIRD, FOURTH], "2026-04-01T10:00:00Z"));
    assert_eq!(first.passages, Refound::default());
    let id = first.id;
    mark(
        &library,
        &id,
        "",
        "L’eau monte sans bruit.",
        "Personne ne compte les marées.",
    );
    mark(
        &library,
        &id,
        "Personne ne compte les marées.",
        "La digue de l’ouest date de 1953.",
        "Elle n’a jamais été",
    );
    mark(
        &library,
        &id,
        "relevée depuis.",
        "Le maire promet un audit.",
        "Il promet aussi une fête.",
    );
    mark(&library, &id, "", "Ceci n’y a jamais été.", "");
    let note = NewHighlight {
        note: Some("À relire".into()),
        ..NewHighlight::default()
    };
    library.add_highlight(&id, &note).unwrap();
    desk.pass(3600);
    let moved = "Un mot d’abord. La digue de l’ouest date de 1953. On l’a dit ailleurs.";
    let again = take(
        &library,
        &page(&[FIRST, FOURTH, moved, FOURTH, FOURTH], "2026-05-01T10:00:00Z"),
    );
    assert_eq!(again.outcome, Taken::Recaptured);
    assert_eq!(
        again.passages,
        Refound {
            kept: 1,
            moved: vec!["La digue de l’ouest date de 1953.".into()],
            lost: vec!["Le maire promet un audit.".into()],
        }
    );
    assert_eq!(library.highlights(&id).len(), 5);
    // It is back with the former text.
    desk.pass(3600);
    let back = take(
        &library,
        &page(&[FIRST, SECOND, THIRD, FOURTH, FOURTH], "2026-06-01T10:00:00Z"),
    );
    assert_eq!((back.passages.kept, back.passages.lost.len()), (3, 0));
    let versions = library.versions(&id).unwrap();
    let told: Vec<(VersionKind, Option<&str>)> = versions
        .iter()
        .map(|version| (version.kind, version.name.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (VersionKind::Captured, Some("Exemple, 2026-05-01")),
            (VersionKind::Captured, Some("Exemple, 2026-04-01")),
        ]
    );
}

#[test]
fn marks_on_title_and_standfirst_follow_into_the_next_capture() {
    let desk = Desk::new();
    let library = desk.open();
    let piece = |body: &[&str], captured: &str| NewPiece {
        title: Some("La digue de l’ouest attend son maire".into()),
        standfirst: Some("Personne ne l’a relevée depuis 1953, et l’eau monte.".into()),
        ..page(body, captured)
    };
    let id = take(&library, &piece(&[FIRST, SECOND], "2026-04-01T10:00:00Z")).id;
    mark(
        &library,
        &id,
        "",
        "La digue de l’ouest",
        "attend son maire Personne ne l’a relevée",
    );
    mark(
        &library,
        &id,
        "ne l’a relevée depuis 1953, et",
        "l’eau monte.",
        "L’eau monte sans bruit.",
    );
    desk.pass(3600);
    let again = take(&library, &piece(&[THIRD, FOURTH], "2026-05-01T10:00:00Z"));
    assert_eq!(again.outcome, Taken::Recaptured);
    assert_eq!((again.passages.kept, again.passages.lost), (2, Vec::new()));
}

#[test]
fn a_name_that_somebody_gave_a_capture_stays() {
    let desk = Desk::new();
    let library = desk.open();
    let id = take(&library, &page(&[FIRST, SECOND], "2026-04-01T10:00:00Z")).id;
    library.name_version(&id, "Envoyée à Jonas").unwrap();
    desk.pass(60);
    take(&library, &page(&[FIRST, THIRD], "2026-05-01T10:00:00Z"));
    let versions = library.versions(&id).unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!(
        (versions[0].kind, versions[0].name.as_deref()),
        (VersionKind::Named, Some("Envoyée à Jonas"))
    );
}

#[test]
fn captures_are_listed_newest_first_and_read_whole() {
    let desk = Desk::new();
    let library = desk.open();
    let id = take(&library, &page(&[FIRST, SECOND], "2026-04-01T10:00:00Z")).id;
    desk.pass(3600);
    take(&library, &page(&[FIRST, THIRD], "2026-05-01T10:00:00Z"));
    let captures = library.captures(&id).unwrap();
    assert_eq!(captures.len(), 2);
    assert!(captures[0].time > captures[1].time);
    let read = |at: usize| library.read_capture(&id, &captures[at].name).unwrap();
    assert_eq!(read(0), b"<html>2026-05-01T10:00:00Z</html>");
    assert_eq!(read(1), b"<html>2026-04-01T10:00:00Z</html>");
    desk.write("mine.md", "À moi\n");
    let here = desk.open_elsewhere();
    let mine = super::desk::id(&here, "mine.md");
    assert_eq!(here.captures(&mine).unwrap(), []);
}

#[test]
fn captures_lead_nowhere_else() {
    let desk = Desk::new();
    let library = desk.open();
    let id = take(&library, &page(&[FIRST, SECOND], "2026-04-01T10:00:00Z")).id;
    let folder = desk.root().join(".edito/captures").join(id.as_str());
    let outside = desk.root().join("outside.gz");
    fs::write(&outside, b"not for you").unwrap();
    fs::write(folder.join("20260102T000000Z.html.gz"), b"torn").unwrap();
    fs::create_dir(folder.join("20260103T000000Z.html.gz")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&outside, folder.join("20260104T000000Z.html.gz")).unwrap();
    assert_eq!(library.captures(&id).unwrap().len(), 2, "no folder and no link");
    let kind = |id: &ArticleId, name: &str| library.read_capture(id, name).unwrap_err().kind;
    assert_eq!(kind(&id, "20260102T000000Z.html.gz"), ErrorKind::Corrupt);
    for name in ["20260104T000000Z.html.gz", "../../../outside.gz", "/etc/passwd", ""] {
        assert_eq!(kind(&id, name), ErrorKind::NotFound, "{name}");
    }
    for strange in ["..", "../..", "/", ""] {
        assert_eq!(library.captures(&strange.to_owned().into()).unwrap(), [], "{strange}");
    }
    #[cfg(unix)]
    {
        let aside = desk.root().join("aside");
        fs::rename(&folder, &aside).unwrap();
        std::os::unix::fs::symlink(&aside, &folder).unwrap();
        assert_eq!(library.captures(&id).unwrap(), [], "a folder that is a link");
    }
}
