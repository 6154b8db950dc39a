#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::disk::RealDisk;

#[test]
fn titles_become_names_that_every_system_takes() {
    let cases = [
        ("L’été « dernier »", "L’été « dernier ».md"),
        ("Où va l'Europe ?", "Où va l'Europe.md"),
        ("A/B: c\\d", "A B c d.md"),
        ("CON", "_CON.md"),
        ("com1.notes", "_com1.notes.md"),
        ("LPT²", "_LPT².md"),
        ("Console", "Console.md"),
        ("..", "untitled.md"),
        ("", "untitled.md"),
        (" .hidden. ", "hidden.md"),
        ("e\u{301}te\u{301}", "été.md"),
        ("a\u{202e}dm.exe\u{0}b\nc", "adm.exe b c.md"),
        ("مقال عن المدينة", "مقال عن المدينة.md"),
        ("-rf", "rf.md"),
    ];
    for (title, name) in cases {
        assert_eq!(file_name(title, "md"), name, "{title:?}");
        assert_eq!(check_name(name).unwrap(), name, "{title:?}");
    }
}

#[test]
fn titles_become_slugs() {
    let cases = [
        ("L’été, à Œuvres", "l-ete-a-oeuvres"),
        ("Dans les médias", "dans-les-medias"),
        ("  --  ", "untitled"),
        ("Straße №1", "strasse-no1"),
        ("مدينة", "مدينة"),
        ("nul", "_nul"),
    ];
    for (title, expected) in cases {
        assert_eq!(slug(title), expected, "{title:?}");
    }
}

#[test]
fn typed_names_are_refused_with_a_reason() {
    for name in [
        "",
        "a/b",
        "a:b.md",
        ".hidden",
        "nul.md",
        "x.",
        " x",
        "x ",
        "a\u{202e}b",
        "..",
    ] {
        assert_eq!(check_name(name).unwrap_err().kind, ErrorKind::BadName, "{name:?}");
    }
    assert!(check_name(&"é".repeat(128)).is_err());
    assert!(check_name(&"é".repeat(127)).is_ok());
}

#[test]
fn names_that_some_system_holds_for_one_have_one_key() {
    assert_eq!(collision_key("Été.md"), collision_key("E\u{301}TE\u{301}.MD"));
    assert_eq!(collision_key("straße"), collision_key("STRASSE"));
    assert_ne!(collision_key("ete"), collision_key("été"));
}

#[test]
fn a_number_makes_a_taken_name_free() {
    let taken = ["a b.md", "a b 2.md", "x.md"];
    let taken = |key: &str| taken.contains(&key);
    assert_eq!(free_name("A B.md", taken), "A B 3.md");
    assert_eq!(free_name("X.md", taken), "X-2.md");
    assert_eq!(free_name("y", taken), "y");
}

#[test]
fn nothing_is_replaced_by_case_or_by_the_form_of_accents() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("E\u{301}TE\u{301}.md"), "old").unwrap();
    let made = create_under_free_name(&RealDisk, folder, "été.md", b"new").unwrap();
    assert_eq!(made.file_name().unwrap(), "été-2.md");
    let again = create_under_free_name(&RealDisk, folder, "Été.md", b"newer").unwrap();
    assert_eq!(again.file_name().unwrap(), "Été-3.md");
    assert_eq!(std::fs::read(folder.join("E\u{301}TE\u{301}.md")).unwrap(), b"old");
    assert_eq!(std::fs::read(made).unwrap(), b"new");
    let moved = move_under_free_name(&RealDisk, &again, folder, "été.md").unwrap();
    assert_eq!(std::fs::read(moved).unwrap(), b"newer");
}

proptest! {
    #[test]
    fn any_title_makes_a_name_that_passes_the_check(title in "\\PC{0,80}|.{0,300}") {
        let name = file_name(&title, "md");
        prop_assert_eq!(check_name(&name).unwrap(), name.as_str());
        prop_assert!(name.len() <= LONGEST_STEM + 4);
        let slug = slug(&title);
        prop_assert!(check_name(&slug).is_ok(), "{:?}", slug);
        prop_assert!(!slug.contains(' '));
    }
}
