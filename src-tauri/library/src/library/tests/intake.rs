//! Taking pieces in: once, again, with another text, after an interruption, and when the disk says no.

use super::desk::{Desk, assert_equals_fresh, bytes_below, found, id, listed};
use crate::article::{ListQuery, Show};
use crate::disk::{Disk, RealDisk};
use crate::error::ErrorKind;
use crate::journal::{Colour, Place};
use crate::library::{Intake, Library, NewCapture, NewHighlight, NewImage, NewPiece, Taken, TakenIn};
use edito_prose::{ArticleDate, Author, Lang, frontmatter};
use std::fs;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot really";

fn long_text(word: &str) -> String {
    format!("{word} {}", "Une phrase de la tribune, avec assez de mots. ".repeat(12))
}

fn piece() -> NewPiece {
    NewPiece {
        title: Some("L’eau : un bien commun".into()),
        standfirst: Some("Un chapô\nsur deux lignes".into()),
        authors: vec![Author {
            name: "Marie Durand".into(),
            function: Some("directrice".into()),
        }],
        section: vec!["Accueil".into(), "Dans les médias".into()],
        tags: vec!["eau".into(), "#Biens communs".into()],
        published: ArticleDate::parse("2026-03-04"),
        lang: Some(Lang::Fr),
        url: Some("https://example.org/eau".into()),
        site: Some("Exemple: le journal".into()),
        captured: Some("2026-04-01T10:00:00Z".parse().unwrap()),
        body: format!("![carte](edito-image:0)\n\n{}\n", long_text("Début")),
        images: vec![NewImage {
            bytes: PNG.to_vec(),
            url: Some("https://example.org/carte.png".into()),
        }],
        capture: Some(NewCapture {
            bytes: b"<html>tout</html>".to_vec(),
            ending: "html".into(),
        }),
        place: Some(Place::Later),
        read: Some(true),
        starred: true,
        progress: Some(0.5),
        highlights: vec![NewHighlight {
            quote: "assez de mots".into(),
            colour: Colour::Green,
            note: Some("oui".into()),
            ..NewHighlight::default()
        }],
        collections: vec!["À citer".into()],
        note: Some("À relire avant lundi".into()),
        from: Some("page.html".into()),
        ..NewPiece::default()
    }
}

fn take(library: &Library, pieces: &[NewPiece]) -> Vec<TakenIn> {
    let mut intake = library.begin_intake().unwrap();
    let taken = pieces
        .iter()
        .map(|piece| library.take_in(piece, &mut intake).unwrap())
        .collect();
    library.finish_intake(&mut intake).unwrap();
    assert_eq!(intake.lost(), []);
    taken
}

fn outcomes(taken: &[TakenIn]) -> Vec<Taken> {
    taken.iter().map(|taken| taken.outcome).collect()
}

#[test]
fn a_piece_comes_in_whole() {
    let desk = Desk::with(&[(
        "edito.toml",
        "[[sections]]\nname = \"Dans les médias\"\nfolder = \"medias\"\n",
    )]);
    let library = desk.open();
    let taken = take(&library, &[piece()]).remove(0);
    assert_eq!((taken.outcome, taken.images_left), (Taken::Created, 0));
    let path = taken.path.unwrap();
    assert_eq!(path, "captures/L’eau un bien commun.md");
    let image = format!("media/{}.png", &blake3::hash(PNG).to_hex()[..32]);
    let expected = format!(
        "---\nid: \"{}\"\ntitle: \"L’eau : un bien commun\"\nstandfirst: Un chapô sur deux lignes\nauthors: [{{name: Marie Durand, function: directrice}}]\nsection: dans-les-medias\ntags: [eau, Biens communs]\ndate: 2026-03-04\nlang: fr\nsource:\n  url: \"https://example.org/eau\"\n  site: \"Exemple: le journal\"\n  published: 2026-03-04\n  captured: 2026-04-01T10:00:00Z\n---\n\n![carte]({image})\n\n{}\n",
        taken.id,
        long_text("Début").trim_end_matches('\n'),
    );
    assert_eq!(desk.read(&path), expected);
    assert_eq!(frontmatter::read(&expected).problems, []);
    assert_eq!(fs::read(desk.root().join("captures").join(image)).unwrap(), PNG);
    let captures = desk.root().join(".edito/captures").join(taken.id.as_str());
    let packed = fs::read_dir(captures).unwrap().next().unwrap().unwrap().path();
    assert!(packed.to_string_lossy().ends_with("Z.html.gz"));
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(fs::File::open(packed).unwrap())
        .read_to_string(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, "<html>tout</html>");
    let row = library.row(&taken.id).unwrap().unwrap();
    assert_eq!(row.section, "dans-les-medias");
    assert_eq!(
        (row.place, row.read, row.starred, row.progress),
        (Place::Later, true, true, 0.5)
    );
    assert_eq!(row.highlights, 2, "a passage and the note about the whole");
    assert_eq!(row.tags, ["eau", "Biens communs"]);
    assert_eq!(row.own_tags, [""; 0]);
    let collections = library.collections();
    assert_eq!(
        (collections[0].name.as_str(), collections[0].articles.len()),
        ("À citer", 1)
    );
    assert_eq!(found(&library, "tribune "), [path.as_str()]);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn the_same_piece_again_brings_only_what_is_new() {
    let desk = Desk::new();
    let library = desk.open();
    let first = take(&library, &[piece(), piece()]);
    assert_eq!(outcomes(&first), [Taken::Created, Taken::Skipped]);
    let files = bytes_below(&desk.root());
    // The reader goes on here, and what the list says then is older.
    let id = &first[0].id;
    library.set_place(std::slice::from_ref(id), Place::Archive).unwrap();
    library.remove_highlight(id, library.highlights(id)[0].id).unwrap();
    assert_eq!(outcomes(&take(&library, &[piece()])), [Taken::Skipped]);
    let mut more = piece();
    more.tags.push("nouveau".into());
    more.progress = Some(0.9);
    more.highlights.push(NewHighlight {
        quote: "Une phrase".into(),
        ..NewHighlight::default()
    });
    // Elsewhere, and by the words alone.
    more.url = Some("https://example.org/eau?print".into());
    let again = take(&library, &[more.clone(), more]);
    assert_eq!(outcomes(&again), [Taken::Merged, Taken::Skipped]);
    assert_eq!(&again[0].id, id);
    let row = library.row(id).unwrap().unwrap();
    assert_eq!((row.place, row.progress, row.highlights), (Place::Archive, 0.9, 2));
    assert_eq!(row.own_tags, ["nouveau"]);
    assert_eq!(bytes_below(&desk.root()), files, "no file was written");
    // Another desk that takes the same list in says nothing twice.
    let there = desk.open_elsewhere();
    assert_eq!(outcomes(&take(&there, &[piece()])), [Taken::Skipped]);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn another_text_at_the_same_address_keeps_the_former_one() {
    let desk = Desk::new();
    let library = desk.open();
    let id = take(&library, &[piece()]).remove(0).id;
    let path = "captures/L’eau un bien commun.md";
    let first = desk.read(path);
    let mut second = piece();
    second.body = long_text("Corrigé");
    second.captured = Some("2026-05-01T10:00:00Z".parse().unwrap());
    assert_eq!(
        outcomes(&take(&library, &[second.clone(), second])),
        [Taken::Recaptured, Taken::Skipped]
    );
    let versions = library.versions(&id).unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!(versions[0].kind, crate::history::VersionKind::Captured);
    assert_eq!(versions[0].name.as_deref(), Some("Exemple: le journal, 2026-04-01"));
    assert_eq!(library.version_text(&id, &versions[0].id).unwrap(), first);
    let now = desk.read(path);
    assert!(now.ends_with(&format!("---\n\n{}\n", long_text("Corrigé"))));
    assert!(now.contains("\n  captured: 2026-05-01T10:00:00Z\n"));
    // A door that is shut replaces nothing.
    let mut shut = piece();
    shut.body = "Abonnez-vous pour lire la suite.".into();
    assert_eq!(
        outcomes(&take(&library, &[shut.clone(), shut])),
        [Taken::Merged, Taken::Skipped]
    );
    assert_eq!(desk.read(path), now);
    // The former text is still known.
    assert_eq!(outcomes(&take(&library, &[piece()])), [Taken::Skipped]);
    // Edited since: that text is kept as well.
    desk.pass(3600);
    let present = library.read_text(&id).unwrap();
    let edited = present.text.replace("title: ", "status: lu\ntitle: ") + "Une ligne à moi.\n";
    library.save(&id, &edited, &present.hash).unwrap();
    desk.pass(3600);
    let mut third = piece();
    third.body = long_text("Encore");
    assert_eq!(outcomes(&take(&library, &[third])), [Taken::Recaptured]);
    let kept: Vec<String> = library
        .versions(&id)
        .unwrap()
        .iter()
        .map(|version| library.version_text(&id, &version.id).unwrap())
        .collect();
    assert!(kept.contains(&edited) && kept.contains(&now) && kept.contains(&first));
    assert!(
        desk.read(path).contains("status: lu\n"),
        "what the reader wrote in the front matter stays"
    );
    assert_eq!(library.highlights(&id).len(), 2);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn what_was_written_here_is_never_replaced() {
    let text = format!("---\ntitle: À moi\n---\n\n{}\n", long_text("Début"));
    let desk = Desk::with(&[("a.md", &text)]);
    let library = desk.open();
    let mut theirs = piece();
    theirs.title = Some("À moi".into());
    theirs.images.clear();
    theirs.body = long_text("Début");
    // Nothing says that it came from there.
    assert_eq!(outcomes(&take(&library, &[theirs])), [Taken::Created]);
    assert_eq!(desk.read("a.md"), text);
}

#[test]
fn bookmarks_and_pages_that_say_the_same_are_told_apart() {
    let desk = Desk::new();
    let library = desk.open();
    let wall = "Veuillez accepter nos cookies pour lire cette page. ".repeat(12);
    let page = |number: usize| NewPiece {
        title: Some(format!("Page {number}")),
        url: Some(format!("https://example.org/{number}")),
        body: wall.clone(),
        ..NewPiece::default()
    };
    let bookmark = NewPiece {
        title: Some("Plus tard".into()),
        url: Some("https://example.org/plus-tard".into()),
        place: Some(Place::Inbox),
        ..NewPiece::default()
    };
    let book = |quote: &str| NewPiece {
        title: Some("Un livre".into()),
        highlights: vec![NewHighlight {
            quote: quote.into(),
            ..NewHighlight::default()
        }],
        ..NewPiece::default()
    };
    let pieces = [
        page(1),
        page(2),
        bookmark.clone(),
        book("a"),
        book("b"),
        NewPiece {
            title: Some("Page 1".into()),
            ..bookmark.clone()
        },
    ];
    let taken = take(&library, &pieces);
    assert_eq!(
        outcomes(&taken),
        [
            Taken::Created,
            Taken::Created,
            Taken::Created,
            Taken::Created,
            Taken::Merged,
            Taken::Skipped
        ]
    );
    assert_eq!(taken[3].id, taken[4].id);
    assert!(
        desk.read("captures/Plus tard.md")
            .ends_with("---\n\n<https://example.org/plus-tard>\n")
    );
    let inbox = ListQuery {
        show: Show::Inbox,
        ..ListQuery::default()
    };
    assert_eq!(listed(&library, &inbox), ["captures/Plus tard.md"]);
    // The page itself comes later.
    let mut whole = bookmark;
    whole.body = long_text("Enfin");
    assert_eq!(outcomes(&take(&library, &[whole])), [Taken::Recaptured]);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn the_trash_keeps_what_was_thrown_away() {
    let desk = Desk::new();
    let library = desk.open();
    let id = take(&library, &[piece()]).remove(0).id;
    let (key, _) = library.trash(&id).unwrap();
    assert_eq!(outcomes(&take(&library, &[piece()])), [Taken::InTrash]);
    library.delete_forever(&[key]).unwrap();
    let again = take(&library, &[piece()]);
    assert_eq!(outcomes(&again), [Taken::Created]);
    assert_eq!(outcomes(&take(&library, &[piece()])), [Taken::Skipped]);
}

#[test]
fn the_same_words_in_the_trash_keep_no_other_piece_out() {
    let desk = Desk::new();
    let library = desk.open();
    let wall = "Veuillez accepter nos cookies pour lire cette page. ".repeat(12);
    let page = |number: usize| NewPiece {
        title: Some(format!("Page {number}")),
        url: Some(format!("https://example.org/{number}")),
        body: wall.clone(),
        ..NewPiece::default()
    };
    let note = |name: &str| NewPiece {
        title: Some("Modèle".into()),
        canonical: Some(format!("file:{name}")),
        file: Some(name.into()),
        folder: vec!["Coffre".into()],
        body: "À remplir.\n".into(),
        ..NewPiece::default()
    };
    for taken in take(&library, &[page(1), note("Modèle a")]) {
        library.trash(&taken.id).unwrap();
    }
    // By its words alone: the address is another one, the title is the same.
    let printed = NewPiece {
        url: Some("https://example.org/1?print".into()),
        ..page(1)
    };
    let again = take(
        &library,
        &[page(1), printed, note("Modèle a"), page(2), note("Modèle b")],
    );
    let (there, new) = ([Taken::InTrash; 3], [Taken::Created; 2]);
    assert_eq!(outcomes(&again), [there.as_slice(), &new].concat());
}

#[test]
fn intakes_at_the_same_time_know_of_each_other() {
    let desk = Desk::new();
    let library = desk.open();
    let mut long = library.begin_intake().unwrap();
    let outcome = |piece: &NewPiece, intake: &mut Intake| library.take_in(piece, intake).unwrap();
    let page = |number: usize| NewPiece {
        title: Some(format!("Page {number}")),
        url: Some(format!("https://example.org/{number}")),
        body: long_text(&number.to_string()),
        ..NewPiece::default()
    };
    assert_eq!(outcome(&page(1), &mut long).outcome, Taken::Created);
    // A page is captured while the import goes on: one that the import has in hand, and one that comes later in it.
    let mut capture = library.begin_intake().unwrap();
    let known = outcome(&page(1), &mut capture);
    assert_eq!(known.outcome, Taken::Skipped);
    assert!(library.row(&known.id).unwrap().is_some(), "what is known can be shown");
    assert_eq!(outcome(&page(2), &mut capture).outcome, Taken::Created);
    assert!(!capture.is_written() && long.is_written());
    library.finish_intake(&mut capture).unwrap();
    drop(capture);
    assert_eq!(outcome(&page(2), &mut long).outcome, Taken::Skipped);
    library.finish_intake(&mut long).unwrap();
    assert_eq!(listed(&library, &ListQuery::default()).len(), 2);
    // One that begins later reads the journal.
    drop(long);
    assert_eq!(outcomes(&take(&library, &[page(1), page(2)])), [Taken::Skipped; 2]);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn what_is_lost_is_told_to_the_import_that_it_was_of() {
    let desk = Desk::new();
    let mut environment = desk.environment();
    environment.disk = Arc::new(Full(AtomicUsize::new(0)));
    let library = Library::open(&desk.root(), environment).unwrap();
    let (mut first, mut second) = (library.begin_intake().unwrap(), library.begin_intake().unwrap());
    let taken = library.take_in(&piece(), &mut first).unwrap();
    assert!(library.finish_intake(&mut second).is_err());
    assert!(!first.is_written() && second.is_written());
    assert_eq!(second.lost(), []);
    assert_eq!(first.lost().len(), 1);
    assert_eq!(taken.outcome, Taken::Created);
    assert!(first.is_written());
}

#[test]
fn a_page_that_says_again_what_it_said_before_is_captured_again() {
    let desk = Desk::new();
    let library = desk.open();
    let now = |seconds: i64| jiff::Timestamp::from_second(4_000_000_000 + seconds).unwrap();
    let said = |word: &str, seconds: i64| {
        let mut piece = piece();
        piece.body = long_text(word);
        piece.captured = Some(now(seconds));
        piece
    };
    let mut passed = 0;
    let mut capture = |word: &str| {
        desk.pass(100);
        passed += 100;
        take(&library, &[said(word, passed)]).remove(0)
    };
    let expected = [
        ("Un", Taken::Created),
        ("Un", Taken::Skipped),
        ("Deux", Taken::Recaptured),
        ("Deux", Taken::Skipped),
        ("Un", Taken::Recaptured),
        ("Un", Taken::Skipped),
    ];
    for (word, outcome) in expected {
        assert_eq!(capture(word).outcome, outcome, "{word}");
    }
    let path = "captures/L’eau un bien commun.md";
    assert!(desk.read(path).contains(&long_text("Un")));
    // A list that was written before that knows nothing newer.
    assert_eq!(outcomes(&take(&library, &[said("Deux", 50)])), [Taken::Skipped]);
    assert!(desk.read(path).contains(&long_text("Un")));
    // A door that is shut is told once, however often one knocks.
    let files = |library: &Library, id| library.captures(id).unwrap().len();
    let id = capture("Un").id;
    let before = files(&library, &id);
    let mut shut = said("", 2000);
    shut.body = "Abonnez-vous.".into();
    desk.pass(3000);
    assert_eq!(
        outcomes(&take(&library, &[shut.clone(), shut.clone()])),
        [Taken::Merged, Taken::Skipped]
    );
    desk.pass(3000);
    shut.captured = Some(now(6500));
    assert_eq!(outcomes(&take(&library, &[shut])), [Taken::Skipped]);
    assert_eq!(files(&library, &id), before + 1);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn a_note_that_was_cut_is_cut_here_too() {
    let desk = Desk::new();
    let library = desk.open();
    let note = |body: &str| NewPiece {
        title: Some("Note".into()),
        // As a clipping has one in its front matter.
        url: Some("https://example.org/note".into()),
        canonical: Some("file:note".into()),
        file: Some("Note".into()),
        folder: vec!["Coffre".into()],
        body: body.into(),
        ..NewPiece::default()
    };
    let long = long_text("Début");
    assert_eq!(outcomes(&take(&library, &[note(&long)])), [Taken::Created]);
    assert_eq!(
        outcomes(&take(&library, &[note("Il n’en reste rien.\n")])),
        [Taken::Recaptured]
    );
    let text = desk.read("captures/Coffre/Note.md");
    assert!(text.ends_with("Il n’en reste rien.\n"), "{text}");
}

#[test]
fn what_is_longer_than_a_record_is_left_unsaid_and_counted() {
    let desk = Desk::new();
    let library = desk.open();
    let mut long = piece();
    long.highlights.push(NewHighlight {
        quote: "Une phrase".into(),
        note: Some("n".repeat(2_000_000)),
        ..NewHighlight::default()
    });
    let taken = take(&library, &[long.clone()]).remove(0);
    assert_eq!((taken.outcome, taken.left_unsaid), (Taken::Created, 1));
    let again = take(&library, &[long]).remove(0);
    assert_eq!((again.outcome, again.left_unsaid), (Taken::Skipped, 1));
    drop(library);
    let library = desk.open();
    assert_eq!(library.highlights(&taken.id).len(), 2, "the others are there");
    assert_eq!(library.journal_findings(), []);
    // By hand, too: an article of which nothing was said is named first, with the same write.
    desk.write("a.md", "Un\n");
    super::desk::some(&library, &["a.md"]);
    let a = id(&library, "a.md");
    let mark = NewHighlight {
        quote: "Un".into(),
        note: Some("n".repeat(2_000_000)),
        ..NewHighlight::default()
    };
    assert!(library.add_highlight(&a, &mark).is_err());
    assert_eq!(library.highlights(&a), []);
    assert_eq!(library.journal_findings(), []);
}

#[test]
fn names_are_safe_and_free() {
    let desk = Desk::with(&[
        ("captures/Titre.md", "À moi\n"),
        ("edito.toml", "captures = \"../dehors\"\n"),
    ]);
    let library = desk.open();
    let titles = ["titre", "TITRE", "../../etc/passwd", "CON", "", "a\0b/c"];
    let pieces: Vec<NewPiece> = titles
        .iter()
        .enumerate()
        .map(|(number, title)| NewPiece {
            title: Some((*title).to_owned()),
            url: Some(format!("https://example.org/{number}/")),
            ..NewPiece::default()
        })
        .collect();
    let taken = take(&library, &pieces);
    let paths: Vec<&str> = taken.iter().filter_map(|taken| taken.path.as_deref()).collect();
    assert_eq!(
        paths,
        [
            "captures/titre-2.md",
            "captures/TITRE-3.md",
            "captures/etc passwd.md",
            "captures/_CON.md",
            "captures/example.org 4.md",
            "captures/a b c.md"
        ]
    );
    assert_eq!(desk.read("captures/Titre.md"), "À moi\n");
    assert!(!desk.root().parent().unwrap().join("dehors").exists());
    let nothing = library.take_in(&NewPiece::default(), &mut library.begin_intake().unwrap());
    assert_eq!(nothing.unwrap_err().kind, ErrorKind::Invalid);
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_out_of_the_library_is_refused() {
    let desk = Desk::new();
    let outside = desk.root().parent().unwrap().join("outside");
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, desk.root().join("captures")).unwrap();
    let library = desk.open();
    let refused = library.take_in(&piece(), &mut library.begin_intake().unwrap());
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid);
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
    // So is a folder behind such a link, and whatever else would be written there.
    desk.write(
        "edito.toml",
        "captures = \"link/captures\"\n[[sections]]\nname = \"Link\"\nfolder = \"link/notes\"\n",
    );
    std::os::unix::fs::symlink(&outside, desk.root().join("link")).unwrap();
    desk.write("a.md", "Un\n");
    drop(library);
    let library = desk.open();
    let a = id(&library, "a.md");
    for refused in [
        library
            .take_in(&piece(), &mut library.begin_intake().unwrap())
            .map(|_| ()),
        library.create_article("link", "Neuf", None).map(|_| ()),
        library.move_to(&a, "link").map(|_| ()),
        library.recreate(&a, "link/a.md", "Un\n").map(|_| ()),
    ] {
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid);
    }
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
    assert_eq!(desk.read("a.md"), "Un\n");
}

#[test]
fn a_run_that_was_stopped_before_its_journal_goes_on_without_doubles() {
    let desk = Desk::new();
    let library = desk.open();
    take(&library, &[piece()]);
    drop(library);
    // As a kill between the text and the journal leaves it.
    fs::remove_dir_all(desk.root().join(".edito/journal")).unwrap();
    let before = bytes_below(&desk.root());
    let library = desk.open();
    let taken = take(&library, &[piece()]);
    assert_eq!(outcomes(&taken), [Taken::Created]);
    assert_eq!(bytes_below(&desk.root()), before);
    let row = library.row(&taken[0].id).unwrap().unwrap();
    assert_eq!((row.place, row.highlights, row.starred), (Place::Later, 2, true));
    assert_eq!(outcomes(&take(&library, &[piece()])), [Taken::Skipped]);
    assert_equals_fresh(&desk, &library, "fresh");
}

#[test]
fn a_file_with_front_matter_of_its_own_keeps_it() {
    let desk = Desk::new();
    let library = desk.open();
    let of = |front: &str, file: &str| NewPiece {
        title: Some("Note".into()),
        body: "Des mots, et [un lien](autre.md).\n".into(),
        front: Some(front.into()),
        folder: vec!["Coffre".into(), "Sous/dossier".into()],
        file: Some(file.into()),
        canonical: Some(format!("note:coffre/{file}")),
        ..NewPiece::default()
    };
    let pieces = [
        of(
            "---\naliases: [a]  # un mot\nid: 0190a0a0-0000-7000-8000-000000000001\n---\n",
            "Une note",
        ),
        of("---\n\t: [odd\n- { yaml\n---\n", "Odd"),
    ];
    let taken = take(&library, &pieces);
    let text = desk.read("captures/Coffre/Sous dossier/Une note.md");
    assert_eq!(
        text,
        format!(
            "---\naliases: [a]  # un mot\nid: \"{}\"\n---\nDes mots, et [un lien](autre.md).\n",
            taken[0].id
        )
    );
    let odd = desk.read("captures/Coffre/Sous dossier/Odd.md");
    assert!(odd.contains("- { yaml") && odd.contains(taken[1].id.as_str()), "{odd}");
    assert!(library.row(&taken[1].id).unwrap().is_some());
    assert_eq!(outcomes(&take(&library, &pieces)), [Taken::Skipped, Taken::Skipped]);
    // The note has changed since, head and all.
    let mut changed = of("---\naliases: [b]\n---\n", "Une note");
    changed.body.push_str("Une ligne de plus.\n");
    assert_eq!(outcomes(&take(&library, &[changed])), [Taken::Recaptured]);
    let text = desk.read("captures/Coffre/Sous dossier/Une note.md");
    assert!(text.contains("aliases: [b]") && text.contains("de plus") && text.contains(taken[0].id.as_str()));
    assert_eq!(library.versions(&taken[0].id).unwrap().len(), 1);
    assert_equals_fresh(&desk, &library, "fresh");
}

/// A disk that is full from a certain file on.
struct Full(AtomicUsize);

#[test]
fn a_full_disk_leaves_nothing_half_made() {
    for room in 0..12 {
        let desk = Desk::new();
        let mut environment = desk.environment();
        environment.disk = Arc::new(Full(AtomicUsize::new(room)));
        let library = Library::open(&desk.root(), environment).unwrap();
        let mut intake = library.begin_intake().unwrap();
        let taken = library.take_in(&piece(), &mut intake).unwrap();
        assert_eq!(taken.outcome, Taken::Created);
        match library.finish_intake(&mut intake) {
            Ok(_) => {
                assert_eq!(intake.lost(), []);
                assert!(room >= 3, "{room}");
            }
            Err(error) => {
                assert_eq!(error.kind, ErrorKind::DiskFull);
                assert_eq!(intake.lost().len(), 1);
                assert_eq!(bytes_below(&desk.root()).len(), 0, "with room for {room}");
                let captures = desk.root().join(".edito/captures");
                let left = fs::read_dir(captures).map_or(0, |entries| entries.count());
                assert_eq!(left, 0, "with room for {room}");
            }
        }
        drop(library);
        // With room again, the same piece comes in.
        let library = desk.open();
        assert_eq!(take(&library, &[piece()]).len(), 1);
        assert_eq!(listed(&library, &ListQuery::default()).len(), 1);
    }
}

#[test]
fn of_many_pieces_those_that_fit_come_in_and_the_others_are_named() {
    const COUNT: usize = 40;
    let many: Vec<NewPiece> = (0..COUNT)
        .map(|number| NewPiece {
            title: Some("Toujours le même titre".into()),
            url: Some(format!("https://example.org/{number}")),
            ..piece()
        })
        .map(|mut piece| {
            piece.body = format!("{} {}\n", long_text("Début"), piece.url.as_deref().unwrap_or_default());
            piece
        })
        .collect();
    for room in [0, 1, 7, 40, 90] {
        let desk = Desk::new();
        let mut environment = desk.environment();
        environment.disk = Arc::new(Full(AtomicUsize::new(room)));
        let library = Library::open(&desk.root(), environment).unwrap();
        let mut intake = library.begin_intake().unwrap();
        let mut taken = Vec::new();
        for piece in &many {
            taken.extend(library.take_in(piece, &mut intake));
        }
        let finished = library.finish_intake(&mut intake);
        let lost = intake.lost();
        assert_eq!(finished.is_err(), !lost.is_empty(), "{room}");
        assert!(lost.iter().all(|lost| lost.kind == ErrorKind::DiskFull));
        let there: Vec<&TakenIn> = taken
            .iter()
            .filter(|taken| lost.iter().all(|lost| lost.id != taken.id))
            .collect();
        assert_eq!(listed(&library, &ListQuery::default()).len(), there.len(), "{room}");
        for taken in &there {
            assert!(
                library
                    .row(&taken.id)
                    .unwrap()
                    .is_some_and(|row| row.place == Place::Later)
            );
        }
        let captures = desk.root().join(".edito/captures");
        let kept = fs::read_dir(captures).map_or(0, |entries| entries.count());
        assert_eq!(kept, there.len(), "{room}: nothing of the others is left");
        assert_equals_fresh(&desk, &library, "fresh");
        drop(library);
        // With room again, the rest comes in, once.
        let library = desk.open();
        take(&library, &many);
        assert_eq!(listed(&library, &ListQuery::default()).len(), COUNT, "{room}");
    }
}

#[test]
fn a_batch_that_was_stopped_before_its_journal_is_taken_up_under_any_number() {
    const COUNT: usize = 30;
    let desk = Desk::new();
    let library = desk.open();
    let many: Vec<NewPiece> = (0..COUNT)
        .map(|number| NewPiece {
            title: Some("Toujours le même titre".into()),
            url: Some(format!("https://example.org/{number}")),
            body: format!("Texte {number}, {}\n", long_text("et la suite")),
            ..NewPiece::default()
        })
        .collect();
    take(&library, &many);
    drop(library);
    fs::remove_dir_all(desk.root().join(".edito/journal")).unwrap();
    let before = bytes_below(&desk.root());
    assert_eq!(before.len(), COUNT);
    let library = desk.open();
    take(&library, &many);
    assert_eq!(bytes_below(&desk.root()), before);
    assert!(
        outcomes(&take(&library, &many))
            .iter()
            .all(|outcome| *outcome == Taken::Skipped)
    );
}

impl Disk for Full {
    fn create(&self, path: &std::path::Path, private: bool) -> io::Result<Box<dyn crate::disk::OpenFile>> {
        let left = self.0.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.0.store(left - 1, Ordering::Relaxed);
        RealDisk.create(path, private)
    }
    fn read(&self, path: &std::path::Path) -> io::Result<Vec<u8>> {
        RealDisk.read(path)
    }
    fn about(&self, path: &std::path::Path) -> io::Result<crate::disk::About> {
        RealDisk.about(path)
    }
    fn read_link(&self, path: &std::path::Path) -> io::Result<std::path::PathBuf> {
        RealDisk.read_link(path)
    }
    fn create_link(&self, target: &std::path::Path, path: &std::path::Path) -> io::Result<()> {
        RealDisk.create_link(target, path)
    }
    fn real_path(&self, path: &std::path::Path) -> io::Result<std::path::PathBuf> {
        RealDisk.real_path(path)
    }
    fn list(&self, folder: &std::path::Path) -> io::Result<Vec<(std::ffi::OsString, crate::disk::EntryKind)>> {
        RealDisk.list(folder)
    }
    fn open_folder(&self, folder: &std::path::Path, wait: bool) -> io::Result<Box<dyn crate::disk::OpenFolder>> {
        RealDisk.open_folder(folder, wait)
    }
    fn create_folder(&self, folder: &std::path::Path, private: bool) -> io::Result<()> {
        RealDisk.create_folder(folder, private)
    }
    fn open_in_place(&self, path: &std::path::Path) -> io::Result<Box<dyn crate::disk::OpenFile>> {
        RealDisk.open_in_place(path)
    }
    fn rename(&self, from: &std::path::Path, to: &std::path::Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn rename_new(&self, from: &std::path::Path, to: &std::path::Path) -> io::Result<()> {
        RealDisk.rename_new(from, to)
    }
    fn remove(&self, path: &std::path::Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
    fn remove_folder(&self, folder: &std::path::Path) -> io::Result<()> {
        RealDisk.remove_folder(folder)
    }
}
