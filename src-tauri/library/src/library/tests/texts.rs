//! Reading, saving, versions, new articles, the trash, links and lists.

use super::desk::{Desk, all, bytes_below, found, id, listed, some};
use crate::article::{FindingKind, ListQuery, ReadOnlyReason, Show, Sort};
use crate::config::TemplateLanguage;
use crate::error::ErrorKind;
use crate::identity::ArticleId;
use crate::library::Library;
use edito_prose::{Field, FieldValue, Lang};
use std::fs;

#[test]
fn opening_and_saying_things_writes_no_text() {
    let desk = Desk::with(&[("a.md", "Un\r\ntexte"), ("b/c.md", "\u{FEFF}---\ntitle: x\n---\n")]);
    let before = bytes_below(&desk.root());
    let library = desk.open();
    let a = id(&library, "a.md");
    library.read_text(&a).unwrap();
    library.mark_read(std::slice::from_ref(&a), true).unwrap();
    library.set_progress(&a, 0.5, Some("3")).unwrap();
    library.opened(&a).unwrap();
    found(&library, "texte");
    library.check().unwrap();
    assert_eq!(bytes_below(&desk.root()), before);
    assert_eq!(library.state(&a).progress.unwrap().at, 0.5);
}

#[test]
fn a_save_changes_one_line_and_the_index_follows() {
    let desk = Desk::with(&[("a.md", "Un\r\nmot\r\nici")]);
    let library = desk.open();
    let a = id(&library, "a.md");
    let text = library.read_text(&a).unwrap();
    assert_eq!(
        (text.text.as_str(), text.line_ending.as_str()),
        ("Un\nmot\nici", "crlf")
    );
    let saved = library.save(&a, "Un\nchangement\nici", &text.hash).unwrap();
    assert_eq!(desk.read("a.md"), "Un\r\nchangement\r\nici");
    assert_eq!(saved.changes.updated, std::slice::from_ref(&a));
    assert_eq!(found(&library, "changement "), ["a.md"]);
    assert!(found(&library, "mot ").is_empty());
    // The echo of the save.
    assert_eq!(library.is_still(&a, &saved.hash).unwrap(), ("a.md".to_owned(), true));
    assert!(!library.is_still(&a, &text.hash).unwrap().1);
    assert!(some(&library, &["a.md"]).is_empty());
    assert!(all(&library).unwrap().is_empty());
    let refused = library.save(&a, "perdu", &text.hash).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Changed);
    assert_eq!(
        library.save(&a, "Un\nchangement\nici", &saved.hash).unwrap().hash,
        saved.hash
    );
}

#[test]
fn a_text_that_is_gone_can_be_made_again() {
    let desk = Desk::with(&[("sub/a.md", "Un\n")]);
    let library = desk.open();
    let a = id(&library, "sub/a.md");
    library.set_star(std::slice::from_ref(&a), true).unwrap();
    library.name_version(&a, "Avant").unwrap();
    let text = library.read_text(&a).unwrap();
    fs::remove_dir_all(desk.root().join("sub")).unwrap();
    assert_eq!(
        library.save(&a, "Deux\n", &text.hash).unwrap_err().kind,
        ErrorKind::NotFound
    );
    all(&library).unwrap();
    library.recreate(&a, &text.path, "Deux\n").unwrap();
    assert_eq!(id(&library, "sub/a.md"), a);
    assert_eq!(desk.read("sub/a.md"), "Deux\n");
    // With all that was said of it, and its versions.
    assert!(library.row(&a).unwrap().unwrap().starred);
    assert_eq!(library.versions(&a).unwrap().len(), 1);
    assert_eq!(
        library.recreate(&a, "../x.md", "").unwrap_err().kind,
        ErrorKind::Invalid
    );
}

#[test]
fn versions_are_kept_before_the_first_change_and_every_five_minutes() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = desk.open();
    let a = id(&library, "a.md");
    let mut hash = library.read_text(&a).unwrap().hash;
    let mut save = |text: &str| hash = library.save(&a, text, &hash).unwrap().hash;
    save("Deux\n");
    desk.pass(60);
    save("Trois\n");
    assert_eq!(library.versions(&a).unwrap().len(), 1);
    desk.pass(300);
    save("Quatre\n");
    save("Cinq\n");
    assert_eq!(library.versions(&a).unwrap().len(), 2);
    library.checkpoint(&a).unwrap();
    library.name_version(&a, "Avant l’envoi").unwrap();
    let versions = library.versions(&a).unwrap();
    let texts: Vec<String> = versions
        .iter()
        .map(|version| library.version_text(&a, &version.id).unwrap())
        .collect();
    assert_eq!(texts, ["Cinq\n", "Quatre\n", "Un\n"]);
    assert_eq!(versions[0].name.as_deref(), Some("Avant l’envoi"));
    save("Six\n");
    let first = versions.last().unwrap().id.clone();
    let present = library.read_text(&a).unwrap().hash;
    library.restore_version(&a, &first, &present).unwrap();
    assert_eq!(desk.read("a.md"), "Un\n");
    let kept = library.versions(&a).unwrap();
    assert_eq!(library.version_text(&a, &kept[0].id).unwrap(), "Six\n");
}

#[test]
fn versions_tell_who_wrote_them_and_what_another_program_left_is_one() {
    use crate::history::VersionKind;
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let told = |library: &Library, a: &ArticleId| -> Vec<(VersionKind, Option<String>, String)> {
        let versions = library.versions(a).unwrap().into_iter();
        versions
            .map(|version| {
                let text = library.version_text(a, &version.id).unwrap();
                (version.kind, version.by, text)
            })
            .collect()
    };
    let own = |text: &str| (VersionKind::Automatic, Some("Maud Le Goff".to_owned()), text.to_owned());
    let foreign = |text: &str| (VersionKind::External, None, text.to_owned());
    let library = desk.open();
    let a = id(&library, "a.md");
    library.sign_versions(Some("Maud Le Goff".into()));
    let hash = library.read_text(&a).unwrap().hash;
    let hash = library.save(&a, "Deux\n", &hash).unwrap().hash;
    // Changed by another program while it is open here, and then here again.
    desk.write("a.md", "Trois, par un autre\n");
    assert_eq!(library.save(&a, "x", &hash).unwrap_err().kind, ErrorKind::Changed);
    let hash = library.read_text(&a).unwrap().hash;
    library.save(&a, "Quatre\n", &hash).unwrap();
    library.checkpoint(&a).unwrap();
    let expected = [own("Quatre\n"), foreign("Trois, par un autre\n"), own("Un\n")];
    assert_eq!(told(&library, &a), expected);
    // And while nothing is open.
    drop(library);
    desk.write("a.md", "Cinq, par un autre\n");
    let library = desk.open();
    library.sign_versions(Some("Maud Le Goff".into()));
    let hash = library.read_text(&a).unwrap().hash;
    library.save(&a, "Six\n", &hash).unwrap();
    assert_eq!(told(&library, &a)[0], foreign("Cinq, par un autre\n"));
    // A run that was killed has left words of its own.
    drop(library);
    let library = desk.open();
    library.sign_versions(Some("Maud Le Goff".into()));
    let hash = library.read_text(&a).unwrap().hash;
    library.save(&a, "Sept\n", &hash).unwrap();
    assert_eq!(told(&library, &a)[0], own("Six\n"));
    // And so has another program, since then.
    drop(library);
    desk.write("a.md", "Huit, par un autre\n");
    let library = desk.open();
    let hash = library.read_text(&a).unwrap().hash;
    library.save(&a, "Neuf\n", &hash).unwrap();
    assert_eq!(told(&library, &a)[0], foreign("Huit, par un autre\n"));
}

#[test]
fn a_version_takes_another_name_and_gives_it_up() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = desk.open();
    let a = id(&library, "a.md");
    let version = library.name_version(&a, "Première").unwrap();
    let named = || library.versions(&a).unwrap().remove(0);
    library.rename_version(&a, &version, Some(" Envoyée ")).unwrap();
    assert_eq!(named().name.as_deref(), Some("Envoyée"));
    library.rename_version(&a, &version, None).unwrap();
    assert_eq!(
        (named().name, named().kind),
        (None, crate::history::VersionKind::Automatic)
    );
    library.rename_version(&a, &version, Some("Encore")).unwrap();
    assert_eq!(named().name.as_deref(), Some("Encore"));
    assert_eq!(library.version_text(&a, &version).unwrap(), "Un\n");
}

#[test]
fn damaged_recovery_copies_are_set_aside_and_told_once() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = desk.open();
    let a = id(&library, "a.md");
    let hash = library.read_text(&a).unwrap().hash;
    library.keep_recovery(&a, "Un et demi\n", &hash, None).unwrap();
    let folder = desk.environment().places.data.join("recovery");
    let kept = fs::read_dir(fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()).unwrap();
    let file = kept
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().unwrap() == "json")
        .unwrap();
    fs::write(&file, "").unwrap();
    let aside = library.set_damaged_recoveries_aside().unwrap();
    assert_eq!(aside.len(), 1);
    assert!(aside[0].is_file() && !file.exists());
    assert!(library.recoveries().unwrap().is_empty());
    assert!(library.set_damaged_recoveries_aside().unwrap().is_empty());
    assert_eq!(desk.read("a.md"), "Un\n");
}

#[test]
fn recovery_copies_are_offered_until_they_are_saved() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = desk.open();
    let a = id(&library, "a.md");
    let hash = library.read_text(&a).unwrap().hash;
    library.keep_recovery(&a, "Un et demi\n", &hash, None).unwrap();
    let left = library.recoveries().unwrap();
    assert_eq!(
        (left.len(), left[0].text.as_str(), left[0].disk_newer),
        (1, "Un et demi\n", false)
    );
    let (taken, _) = library.take_recovery(&left[0].key).unwrap();
    assert_eq!(taken, a);
    assert_eq!(desk.read("a.md"), "Un et demi\n");
    assert!(library.recoveries().unwrap().is_empty());
    library.keep_recovery(&a, "Autre\n", &hash, None).unwrap();
    assert!(library.recoveries().unwrap()[0].disk_newer);
    library.drop_recovery(a.as_str()).unwrap();
    let newest = library.versions(&a).unwrap().remove(0);
    assert_eq!(library.version_text(&a, &newest.id).unwrap(), "Autre\n");
    assert_eq!(desk.read("a.md"), "Un et demi\n");
}

#[test]
fn a_file_that_can_not_be_decoded_opens_for_reading() {
    let desk = Desk::new();
    desk.write("a.md", [b'a', 0, 0xFF, 0x81, 0x8D, b'\n']);
    let library = desk.open();
    let a = id(&library, "a.md");
    let text = library.read_text(&a).unwrap();
    assert_eq!(text.read_only, Some(ReadOnlyReason::Encoding));
    assert!(library.save(&a, "x", &text.hash).is_err());
    assert!(!library.row(&a).unwrap().unwrap().problems.is_empty());
    assert!(
        library
            .check()
            .unwrap()
            .iter()
            .any(|finding| finding.kind == FindingKind::Encoding)
    );
}

/// `Où est passé l’été`, with line ends of Windows, in Windows-1252, which has no narrow no-break space.
const OF_WINDOWS: &[u8] = b"O\xf9 est pass\xe9 l\x92\xe9t\xe9\r\n\xc0 la mer\r\n";
const ASKED: &str = "Où est passé l’été\u{202f}?\nÀ la mer\n";

#[test]
fn words_that_the_encoding_lacks_are_saved_in_utf_8_when_that_is_asked_for() {
    let desk = Desk::new();
    desk.write("a.md", OF_WINDOWS);
    let library = desk.open();
    let a = id(&library, "a.md");
    let text = library.read_text(&a).unwrap();
    assert_eq!((text.encoding.as_str(), text.read_only), ("windows-1252", None));
    let refused = library.save(&a, ASKED, &text.hash).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Unencodable);
    assert!(refused.detail.contains("U+202F"), "{refused}");
    assert_eq!(fs::read(desk.root().join("a.md")).unwrap(), OF_WINDOWS);
    assert_eq!(
        library.save_in_utf_8(&a, ASKED, "another").unwrap_err().kind,
        ErrorKind::Changed
    );

    let saved = library.save_in_utf_8(&a, ASKED, &text.hash).unwrap();
    assert_eq!(desk.read("a.md"), "Où est passé l’été\u{202f}?\r\nÀ la mer\r\n");
    let read = library.read_text(&a).unwrap();
    assert_eq!(
        (read.hash.as_str(), read.encoding.as_str()),
        (saved.hash.as_str(), "UTF-8")
    );
    let versions = library.versions(&a).unwrap();
    assert_eq!(
        library.history.text(&versions.last().unwrap().id).unwrap(),
        OF_WINDOWS,
        "the bytes as they were"
    );
    // And it goes on as with any other file.
    library.save(&a, "Où\u{202f}?\n", &saved.hash).unwrap();
}

#[test]
fn an_encoding_that_was_picked_is_left_for_utf_8_as_well() {
    let desk = Desk::new();
    desk.write("a.md", OF_A_MAC);
    let library = desk.open();
    let a = id(&library, "a.md");
    let unread = library.read_text(&a).unwrap();
    assert_eq!(
        library.save_in_utf_8(&a, ASKED, &unread.hash).unwrap_err().kind,
        ErrorKind::Encoding,
        "what is not understood is not converted"
    );
    let text = library.read_text_as(&a, "macintosh").unwrap();
    assert_eq!(
        library.save(&a, ASKED, &text.hash).unwrap_err().kind,
        ErrorKind::Unencodable
    );
    library.save_in_utf_8(&a, ASKED, &text.hash).unwrap();
    assert_eq!(library.read_text(&a).unwrap().text, ASKED);
    let first = library.versions(&a).unwrap().pop().unwrap().id;
    assert_eq!(library.version_text(&a, &first).unwrap(), "État du café Å\n");
}

#[test]
fn a_recovery_copy_that_the_encoding_lacks_words_for_is_taken_all_the_same() {
    let desk = Desk::new();
    desk.write("a.md", OF_WINDOWS);
    let library = desk.open();
    let a = id(&library, "a.md");
    let hash = library.read_text(&a).unwrap().hash;
    library
        .keep_recovery(&a, "Où est passé l’âne\nÀ la mer\n", &hash, None)
        .unwrap();
    library.take_recovery(a.as_str()).unwrap();
    assert_eq!(
        fs::read(desk.root().join("a.md")).unwrap(),
        b"O\xf9 est pass\xe9 l\x92\xe2ne\r\n\xc0 la mer\r\n",
        "what can be written stays in its encoding"
    );
    let hash = library.read_text(&a).unwrap().hash;
    library.keep_recovery(&a, ASKED, &hash, None).unwrap();
    library.take_recovery(a.as_str()).unwrap();
    assert_eq!(library.read_text(&a).unwrap().text, ASKED);
    assert!(desk.read("a.md").ends_with("À la mer\r\n"));
    assert!(library.recoveries().unwrap().is_empty());
}

/// `É` and `é` in the encoding of old Macs; nothing in the bytes says so.
const OF_A_MAC: &[u8] = b"\x83tat du caf\x8e \x81\n";

#[test]
fn a_picked_encoding_stays_through_the_saves_of_a_session() {
    let desk = Desk::new();
    desk.write("a.md", OF_A_MAC);
    let library = desk.open();
    let a = id(&library, "a.md");
    assert_eq!(library.read_text(&a).unwrap().read_only, Some(ReadOnlyReason::Encoding));
    let text = library.read_text_as(&a, "macintosh").unwrap();
    assert_eq!((text.text.as_str(), text.read_only), ("État du café Å\n", None));
    // Without an accent the bytes would pass for UTF-8, and the next one would be written in it.
    let saved = library.save(&a, "Etat\n", &text.hash).unwrap();
    let saved = library.save(&a, "État d’été\n", &saved.hash).unwrap();
    assert_eq!(fs::read(desk.root().join("a.md")).unwrap(), b"\x83tat d\xd5\x8et\x8e\n");
    assert_eq!(library.read_text(&a).unwrap().hash, saved.hash);
    assert_eq!(library.read_text(&a).unwrap().text, "État d’été\n");
    let first = library.versions(&a).unwrap().pop().unwrap().id;
    assert_eq!(library.version_text(&a, &first).unwrap(), "État du café Å\n");
    let titled = library
        .set_field(&a, Field::Title, &FieldValue::Text("É".into()), &saved.hash)
        .unwrap();
    assert!(library.read_text(&a).unwrap().text.contains("title: É\n"), "{titled:?}");
}

#[test]
fn a_picked_encoding_gives_way_when_another_program_writes_in_another_one() {
    let theirs = "État du café Å, et d’ici\n";
    let utf_16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(theirs.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let rewritten: [(&[u8], &str); 2] = [(theirs.as_bytes(), "UTF-8"), (&utf_16, "UTF-16LE")];
    for (bytes, encoding) in rewritten {
        let desk = Desk::new();
        desk.write("a.md", OF_A_MAC);
        let library = desk.open();
        let a = id(&library, "a.md");
        let base = library.read_text_as(&a, "macintosh").unwrap();
        // Words that are not saved yet when the other program writes.
        let ours = base.text.replace("État", "L’état");
        desk.write("a.md", bytes);
        assert_eq!(
            library.save(&a, &ours, &base.hash).unwrap_err().kind,
            ErrorKind::Changed,
            "{encoding}"
        );
        let found = library.read_text(&a).unwrap();
        assert_eq!(
            (found.text.as_str(), found.encoding.as_str(), found.read_only),
            (theirs, encoding, None)
        );
        let edito_prose::Merge::Clean(both) = edito_prose::merge(&base.text, &ours, &found.text) else {
            panic!("{encoding}: the changes don't touch");
        };
        library.save(&a, &both, &found.hash).unwrap();
        let found = library.read_text(&a).unwrap();
        assert_eq!(found.text, "L’état du café Å, et d’ici\n", "{encoding}");
        assert_eq!(found.encoding, encoding);
        // And what was before is a version, in its own bytes.
        assert_eq!(library.versions(&a).unwrap().len(), 1);
    }
}

/// A program that empties the file before it writes it, and one that adds a line in the file's own encoding.
#[test]
fn a_picked_encoding_is_taken_up_where_the_bytes_still_do_not_tell_theirs() {
    let desk = Desk::new();
    desk.write("a.md", OF_A_MAC);
    let library = desk.open();
    let a = id(&library, "a.md");
    library.read_text_as(&a, "macintosh").unwrap();
    desk.write("a.md", "");
    assert_eq!(library.read_text(&a).unwrap().text, "");
    desk.write("a.md", [OF_A_MAC, b"Fin de l'\x8et\x8e.\n"].concat());
    let found = library.read_text(&a).unwrap();
    assert_eq!(
        (found.text.as_str(), found.read_only),
        ("État du café Å\nFin de l'été.\n", None)
    );
    // Bytes that the picked encoding has no signs for either are for reading only, as they were at first.
    desk.write("a.md", OF_A_MAC);
    let other = library.read_text_as(&a, "windows-1257").unwrap();
    assert_eq!(other.read_only, None);
    desk.write("a.md", b"\xa1\xa5\x81\0\n");
    assert_eq!(library.read_text(&a).unwrap().read_only, Some(ReadOnlyReason::Encoding));
}

#[test]
fn a_file_beyond_all_measure_is_listed_and_not_read() {
    let desk = Desk::with(&[("a.md", "Un mot.\n")]);
    // One line of 180 MB, of which the disk holds nothing.
    let file = fs::File::create(desk.root().join("huge.md")).unwrap();
    file.set_len(180 << 20).unwrap();
    // And one that is just within.
    let mut long = vec![b'x'; 3 << 20];
    long.extend(b" fin\n");
    desk.write("long.md", long);
    let library = desk.open();
    assert_eq!(listed(&library, &ListQuery::default()).len(), 3);
    let huge = id(&library, "huge.md");
    assert_eq!(library.read_text(&huge).unwrap_err().kind, ErrorKind::TooBig);
    assert!(!library.row(&huge).unwrap().unwrap().problems.is_empty());
    assert_eq!(found(&library, "fin "), ["long.md"]);
    assert!(
        library
            .read_text(&id(&library, "long.md"))
            .unwrap()
            .text
            .ends_with(" fin\n")
    );
    super::desk::assert_equals_fresh(&desk, &library, "fresh");
    assert!(all(&library).unwrap().is_empty());
}

#[test]
fn new_articles_get_front_matter_and_a_free_name() {
    let desk = Desk::new();
    let library = Library::create(&desk.root(), "Essai", TemplateLanguage::French, desk.environment()).unwrap();
    all(&library).unwrap();
    let section = library.overview().unwrap().sections[0].path.clone();
    let (first, changes) = library
        .create_article(&section, "L’été : un essai ?", Some(&Lang::Fr))
        .unwrap();
    assert_eq!(changes.new, std::slice::from_ref(&first));
    let row = library.row(&first).unwrap().unwrap();
    assert_eq!(
        (row.title.as_str(), row.section.as_str()),
        ("L’été : un essai ?", section.as_str())
    );
    assert_eq!(
        (row.status.as_deref(), row.lang.as_deref()),
        (Some("draft"), Some("fr"))
    );
    let (second, _) = library.create_article(&section, "L’été : un essai ?", None).unwrap();
    assert_ne!(first, second);
    let (root, _) = library.create_article("", "", None).unwrap();
    assert_eq!(library.row(&root).unwrap().unwrap().section, "");
    let (elsewhere, _) = library.create_article("carnets/voyages", "Étape", None).unwrap();
    assert_eq!(library.row(&elsewhere).unwrap().unwrap().section, "carnets/voyages");
    let (copy, _) = library.duplicate(&first, Some("Copie : l’été")).unwrap();
    assert_ne!(copy, first);
    assert_eq!(library.row(&copy).unwrap().unwrap().title, "Copie : l’été");
    assert_eq!(library.row(&first).unwrap().unwrap().title, "L’été : un essai ?");
    let moved = library.move_to(&first, "carnets/voyages").unwrap();
    assert_eq!(moved.updated, std::slice::from_ref(&first));
    assert_eq!(library.row(&first).unwrap().unwrap().section, "carnets/voyages");
    assert!(library.check().unwrap().is_empty(), "{:?}", library.check().unwrap());
}

#[test]
fn fields_change_alone() {
    let desk = Desk::with(&[("a.md", "---\n# commentaire\ntitle: 'Un'\nx: 1\n---\nTexte.\n")]);
    let library = desk.open();
    let a = id(&library, "a.md");
    let hash = library.read_text(&a).unwrap().hash;
    library
        .set_field(&a, Field::Title, &FieldValue::Text("Deux".into()), &hash)
        .unwrap();
    assert_eq!(
        desk.read("a.md"),
        "---\n# commentaire\ntitle: 'Deux'\nx: 1\n---\nTexte.\n"
    );
    assert_eq!(library.row(&a).unwrap().unwrap().title, "Deux");
}

#[test]
fn the_trash_gives_back_what_it_took() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = desk.open();
    let a = id(&library, "a.md");
    library.set_star(std::slice::from_ref(&a), true).unwrap();
    let (key, changes) = library.trash(&a).unwrap();
    assert_eq!(changes.deleted, std::slice::from_ref(&a));
    assert_eq!(
        (library.overview().unwrap().trash, library.overview().unwrap().total),
        (1, 0)
    );
    desk.write("a.md", "Un autre\n");
    some(&library, &["a.md"]);
    let (restored, _) = library.restore(&key).unwrap();
    assert_eq!(restored, a);
    let row = library.row(&a).unwrap().unwrap();
    assert!(row.starred && row.path != "a.md");
    assert_eq!(desk.read("a.md"), "Un autre\n");
    let (key, _) = library.trash(&a).unwrap();
    library.delete_forever(&[key]).unwrap();
    assert!(library.trashed().unwrap().is_empty());
}

#[test]
fn lists_are_filtered_sorted_and_paged() {
    let desk = Desk::with(&[
        (
            "a.md",
            "---\ntitle: Élan\ndate: 2024-01-01\ntags: [x]\nauthors: [Zoé]\nstatus: draft\n---\nUn deux trois\n",
        ),
        (
            "s/b.md",
            "---\ntitle: eau\ndate: 2024-03-01\ntags: [x, y]\nlang: fr\n---\nUn\n",
        ),
        (
            "s/t/c.md",
            "---\ntitle: Zèbre\ndate: 2024-02-01\nauthors: [Ana]\n---\nUn deux\n",
        ),
    ]);
    let library = desk.open();
    let query = |change: &dyn Fn(&mut ListQuery)| {
        let mut query = ListQuery::default();
        change(&mut query);
        listed(&library, &query)
    };
    assert_eq!(query(&|_| {}), ["a.md", "s/t/c.md", "s/b.md"]);
    assert_eq!(query(&|query| query.descending = true), ["s/b.md", "s/t/c.md", "a.md"]);
    assert_eq!(query(&|query| query.sort = Sort::Title), ["s/b.md", "a.md", "s/t/c.md"]);
    assert_eq!(query(&|query| query.sort = Sort::Words), ["s/b.md", "s/t/c.md", "a.md"]);
    assert_eq!(
        query(&|query| query.sort = Sort::Author),
        ["s/b.md", "s/t/c.md", "a.md"]
    );
    assert_eq!(query(&|query| query.section = Some("s".into())), ["s/t/c.md", "s/b.md"]);
    assert_eq!(query(&|query| query.tag = Some("y".into())), ["s/b.md"]);
    assert_eq!(query(&|query| query.author = Some("Ana".into())), ["s/t/c.md"]);
    assert_eq!(query(&|query| query.status = Some("Draft".into())), ["a.md"]);
    assert_eq!(query(&|query| query.lang = Some("fr".into())), ["s/b.md"]);
    assert_eq!(query(&|query| query.show = Show::Drafts), ["a.md"]);
    let c = id(&library, "s/t/c.md");
    library.set_star(std::slice::from_ref(&c), true).unwrap();
    library.mark_read(std::slice::from_ref(&c), true).unwrap();
    library.opened(&c).unwrap();
    assert_eq!(query(&|query| query.show = Show::Starred), ["s/t/c.md"]);
    assert_eq!(query(&|query| query.show = Show::Unread), ["a.md", "s/b.md"]);
    assert_eq!(query(&|query| query.show = Show::Recent), ["s/t/c.md"]);
    let page = library.list(&ListQuery::default(), 1, 1).unwrap();
    assert_eq!(
        (page.total, page.rows.len(), page.rows[0].path.as_str()),
        (3, 1, "s/t/c.md")
    );
    assert_eq!(library.position(&ListQuery::default(), &c).unwrap(), Some(1));
    let overview = library.overview().unwrap();
    assert_eq!(
        (overview.total, overview.unread, overview.starred, overview.drafts),
        (3, 2, 1, 1)
    );
    assert_eq!(overview.tags[0].name, "x");
    assert_eq!(
        (overview.sections[0].path.as_str(), overview.sections[0].count),
        ("s", 2)
    );
    assert_eq!(
        library.crumbs("s/t"),
        [("s".into(), "s".into()), ("s/t".into(), "t".into())]
    );
    let quick = |text: &str| -> Vec<String> {
        library
            .quick_open(text, 9)
            .unwrap()
            .into_iter()
            .map(|row| row.path)
            .collect()
    };
    assert_eq!(quick(""), ["s/t/c.md"]);
    assert_eq!(quick("zeb"), ["s/t/c.md"]);
    assert_eq!(quick("e"), ["s/b.md", "a.md"]);
}

#[test]
fn links_and_images_stay_within_the_library() {
    let desk = Desk::with(&[
        (
            "a/one.md",
            "---\ntitle: Le premier\n---\n![](pic.png) ![](../out.png) [[Deux]]\n",
        ),
        ("b/two.md", "---\ntitle: Deux\n---\n[x](missing.md)\n"),
        ("b/piece.fr.md", "Un\n"),
        ("b/piece.en.md", "One\n"),
        ("a/pic.png", "png"),
        ("secret/.hidden.png", "png"),
    ]);
    fs::write(desk.root().with_file_name("out.png"), "png").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(desk.root().with_file_name("out.png"), desk.root().join("a/escape.png")).unwrap();
    let library = desk.open();
    let one = id(&library, "a/one.md");
    let two = id(&library, "b/two.md");
    for target in [
        "two",
        "Deux",
        "deux#partie",
        "b/two",
        "../b/two.md",
        "/b/two.md",
        "@/b/two.md",
        "%2e%2e/b/two.md",
    ] {
        assert_eq!(library.resolve_link(&one, target), Some(two.clone()), "{target}");
    }
    for target in ["https://two", "trois", "../../b/two.md", "#two", ""] {
        assert_eq!(library.resolve_link(&one, target), None, "{target}");
    }
    assert!(library.image(&one, "pic.png").is_some() && library.image(&two, "../a/pic.png").is_some());
    for target in [
        "../out.png",
        "../../out.png",
        "%2e%2e/%2e%2e/out.png",
        "escape.png",
        "pic.png%00",
        "file:///a/pic.png",
        "one.md",
        "/secret/.hidden.png",
        "//host/pic.png",
    ] {
        assert_eq!(library.image(&one, target), None, "{target}");
    }
    let pair = library.translations(&id(&library, "b/piece.fr.md")).unwrap();
    assert_eq!(
        pair.iter().map(|row| row.path.as_str()).collect::<Vec<_>>(),
        ["b/piece.en.md"]
    );
    let findings: Vec<(FindingKind, String)> = library
        .check()
        .unwrap()
        .into_iter()
        .map(|finding| (finding.kind, finding.path))
        .collect();
    assert_eq!(
        findings,
        [
            (FindingKind::BrokenLink, "b/two.md".to_owned()),
            (FindingKind::MissingImage, "a/one.md".to_owned()),
            (FindingKind::UndescribedImage, "a/one.md".to_owned()),
        ]
    );
}

#[test]
fn some_of_the_changes_since_a_version_are_taken_back_and_the_rest_stays() {
    let former = "Le quai est vide. On attend le bac.\r\n\r\nLa pluie vient du nord.\r\n\r\nRien d’autre.\r\n";
    let desk = Desk::with(&[("a.md", former)]);
    let library = desk.open();
    let a = id(&library, "a.md");
    let first = library.read_text(&a).unwrap();
    let changed = "Le quai est noir. On attend le bac.\n\nLa pluie vient du sud.\n\nRien d’autre.\n";
    library.save(&a, changed, &first.hash).unwrap();
    let version = library.versions(&a).unwrap().last().unwrap().id.clone();
    let present = library.read_text(&a).unwrap();
    let redline = edito_prose::redline::redline(&library.version_text(&a, &version).unwrap(), &present.text);
    let of = |word: &str| {
        let found = redline.ops.iter().find_map(|op| match &op.what {
            edito_prose::redline::What::Change { id, added, .. } if added == word => Some(*id),
            _ => None,
        });
        found.unwrap()
    };
    library
        .restore_changes(&a, &version, &present.hash, &[of("sud")])
        .unwrap();
    assert_eq!(desk.read("a.md"), former.replace("vide", "noir"));
    // What was there is a version, and whoever comes late changes nothing.
    let before = library.versions(&a).unwrap()[0].id.clone();
    assert_eq!(library.version_text(&a, &before).unwrap(), changed);
    let late = library.restore_changes(&a, &version, &present.hash, &[of("noir")]);
    assert_eq!(late.map_err(|error| error.kind).err(), Some(ErrorKind::Changed));
    assert_eq!(desk.read("a.md"), former.replace("vide", "noir"));
}

#[test]
fn what_is_longer_than_the_desk_allows_is_a_finding() {
    let config = "[limits]\ntitle = 8\n[[sections]]\nname = \"Éditos\"\nlimits = { body = 10 }\n[[sections]]\nname = \"Notes\"\nlimits = { notes = 1 }\n";
    let text = "---\ntitle: Le quai vide\n---\nDouze signes.\n";
    let noted = "---\ntitle: Quai\n---\nUn[^1].\n\n[^1]: Deux.\n";
    let desk = Desk::with(&[
        ("edito.toml", config),
        ("a.md", text),
        ("editos/b.md", text),
        ("notes/c.md", noted),
    ]);
    let found: Vec<(String, String)> = desk
        .open()
        .check()
        .unwrap()
        .into_iter()
        .filter(|finding| finding.kind == FindingKind::TooLong)
        .map(|finding| (finding.path, finding.detail))
        .collect();
    let of = |path: &str, detail: &str| (path.to_owned(), detail.to_owned());
    assert_eq!(
        found,
        [
            of("a.md", "its title has 12 signs, 4 more than 8"),
            of("editos/b.md", "its body has 13 signs, 3 more than 10"),
            of("editos/b.md", "its title has 12 signs, 4 more than 8"),
            of("notes/c.md", "its notes have 5 signs, 4 more than 1"),
        ]
    );
}

#[test]
fn the_check_knows_the_style_of_the_house() {
    let desk = Desk::with(&[
        (
            "edito.toml",
            "[house]\nterms = [{ use = \"Daech\", not = [\"Daesh\"] }]\nbanned = [{ word = \"buzz\", why = \"usé\" }]\n",
        ),
        (
            "a.md",
            "---\nlang: fr\n---\n\nOn dit Daesh.\nUn buzz.\n\n> Daesh, dit-il.\n",
        ),
        (
            "b.md",
            "---\nlang: fr\nsource: https://a.example/b\n---\n\nOn dit Daesh.\n",
        ),
    ]);
    let library = desk.open();
    let found: Vec<(String, String)> = library
        .check()
        .unwrap()
        .into_iter()
        .filter(|finding| finding.kind == FindingKind::House)
        .map(|finding| (finding.path, finding.detail))
        .collect();
    let wanted = [
        ("a.md", "line 5: house-term: \"Daesh\" → \"Daech\""),
        ("a.md", "line 6: house-banned: \"buzz\" (usé)"),
    ];
    assert_eq!(found, wanted.map(|(path, detail)| (path.to_owned(), detail.to_owned())));
}

#[test]
fn an_image_is_stored_beside_its_article_and_over_nothing() {
    let desk = Desk::with(&[("notes/L’été.md", "Un"), ("notes/l-ete-1.png", "other")]);
    let library = desk.open();
    let article = id(&library, "notes/L’été.md");
    let store = |name, bytes: &[u8]| library.keep_image(&article, name, "png", bytes).unwrap();
    let keep = |name, bytes: &[u8]| store(name, bytes).0;
    assert_eq!(keep(None, b"one"), "l-ete-1-2.png");
    assert_eq!(desk.read("notes/l-ete-1.png"), "other");
    // A name from elsewhere leads nowhere else, and the same bytes are there once.
    assert_eq!(keep(Some("../../La vue (1).JPG"), b"two"), "La%20vue%20%281%29.png");
    assert_eq!(keep(Some("La vue (1).JPG"), b"two"), "La%20vue%20%281%29.png");
    assert!(!store(Some("La vue (1).JPG"), b"two").1);
    assert_eq!(
        store(Some("La vue (1).JPG"), b"three"),
        ("La%20vue%20%281%29%202.png".to_owned(), true)
    );
    assert_eq!(desk.read("notes/La vue (1).png"), "two");
    let stored = desk.root().join("notes/La vue (1).png");
    assert_eq!(
        library.link_to_image(&article, &stored).unwrap(),
        "La%20vue%20%281%29.png"
    );
    assert_eq!(library.link_to_image(&article, &desk.cache()), None);
}

#[test]
fn a_smaller_copy_lies_beside_its_image_and_the_first_comes_back_from_the_trash() {
    let text = "![](../img/La%20vue.jpg)\n\n![](/img/La%20vue.jpg)\n";
    let desk = Desk::with(&[("notes/a.md", text), ("img/La vue.jpg", "large")]);
    let library = desk.open();
    let article = id(&library, "notes/a.md");
    let keep = |target: &str, mark, ending, bytes: &[u8]| {
        library.keep_image_form(&article, target, mark, ending, bytes).unwrap()
    };
    // Links are written as the first one is.
    let target = "../img/La%20vue.jpg";
    assert_eq!(keep(target, Some("1600"), "jpg", b"small"), "../img/La%20vue-1600.jpg");
    assert_eq!(
        keep("/img/La%20vue.jpg", Some("1600"), "jpg", b"small"),
        "/img/La%20vue-1600.jpg"
    );
    assert_eq!(
        keep(target, Some("1600"), "jpg", b"other"),
        "../img/La%20vue-1600%202.jpg"
    );
    assert_eq!(keep(target, None, "jpg", b"clean"), "../img/La%20vue%202.jpg");
    assert_eq!(desk.read("img/La vue.jpg"), "large");
    assert_eq!(desk.read("img/La vue-1600.jpg"), "small");
    let missing = library.keep_image_form(&article, "../../etc/passwd", None, "jpg", b"x");
    assert_eq!(missing.unwrap_err().kind, ErrorKind::NotFound);

    // While the text shows it, it stays.
    let refused = library.trash_image(&article, target).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Busy);
    assert_eq!(desk.read("img/La vue.jpg"), "large");
    let hash = library.read_text(&article).unwrap().hash;
    library
        .save(&article, "![](../img/La%20vue-1600.jpg)\n", &hash)
        .unwrap();
    let key = library.trash_image(&article, target).unwrap();
    assert!(!desk.root().join("img/La vue.jpg").exists());
    assert_eq!(library.trashed().unwrap()[0].title, "La vue.jpg");
    let (none, _) = library.restore(&key).unwrap();
    assert_eq!(none.as_str(), "");
    assert_eq!(desk.read("img/La vue.jpg"), "large");
}

#[test]
fn an_image_without_words_is_found() {
    let desk = Desk::with(&[("a.md", "![](x.png)\n\n![vue](x.png)\n"), ("x.png", "x")]);
    let library = desk.open();
    let kinds: Vec<_> = library
        .check()
        .unwrap()
        .into_iter()
        .map(|finding| finding.kind)
        .collect();
    assert_eq!(kinds, [FindingKind::UndescribedImage]);
}

#[test]
fn a_file_that_is_made_again_is_nobody_elses() {
    use crate::history::VersionKind;
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = desk.open();
    let a = id(&library, "a.md");
    let hash = library.read_text(&a).unwrap().hash;
    library.save(&a, "Deux\n", &hash).unwrap();
    desk.remove("a.md");
    all(&library).unwrap();
    let made = library.recreate(&a, "a.md", "Trois\n").unwrap();
    library.save(&a, "Quatre\n", &made.hash).unwrap();
    let kinds = library.versions(&a).unwrap().into_iter().map(|version| version.kind);
    assert!(kinds.into_iter().all(|kind| kind != VersionKind::External));
}
