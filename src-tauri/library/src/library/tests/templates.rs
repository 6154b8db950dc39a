//! Templates: what a new piece begins with, the desk’s own and the user’s, and what is no template.

use super::desk::{Desk, all, listed};
use crate::article::ListQuery;
use crate::error::ErrorKind;
use crate::library::{Library, PieceTemplate, TemplateOrigin};
use edito_prose::{Lang, frontmatter};
use std::fs;

const SETTINGS: &str = "[[sections]]\nname = \"Édito\"\nkind = \"edito\"\ntemplate = \"maison\"\n[[sections]]\nname = \"Lectures\"\nkind = \"lectures\"\n[[authors]]\nname = \"Maud\"\n";

fn names(templates: &[PieceTemplate]) -> Vec<&str> {
    templates.iter().map(|one| one.template.name.as_str()).collect()
}

fn keys(library: &Library) -> Vec<String> {
    library.templates("", "fr").into_iter().map(|one| one.key).collect()
}

#[test]
fn every_template_makes_a_sound_piece() {
    let desk = Desk::with(&[("edito.toml", SETTINGS)]);
    let library = desk.open();
    let mut made = 0;
    for lang in ["fr", "en", "ar"] {
        for template in library.templates("lectures", lang) {
            let tag = Lang::from_tag(lang);
            let created = library.create_from("lectures", "L’eau : un « titre »", Some(&tag), Some(&template.key));
            let (id, _) = created.unwrap();
            let text = library.read_text(&id).unwrap().text;
            let front = frontmatter::read(&text);
            assert_eq!(front.title.as_deref(), Some("L’eau : un « titre »"), "{}", template.key);
            assert_eq!((front.status.as_deref(), front.lang), (Some("draft"), Some(tag)));
            assert!(
                front.problems.is_empty() && front.id.is_some() && front.date.is_some(),
                "{}",
                template.key
            );
            assert!(!text.contains("template:") && !text.contains("{{author}}"), "{text}");
            assert!(text.contains("{{"), "something is left to the writer");
            made += 1;
        }
    }
    assert_eq!(made, 13);
}

#[test]
fn those_for_the_section_come_first_and_the_named_one_before_all() {
    let desk = Desk::with(&[("edito.toml", SETTINGS)]);
    desk.write(
        ".edito/templates/maison.md",
        "---\ntemplate: La maison\n---\n\n{{Mot}}\n",
    );
    desk.write(".edito/templates/pour lire.md", "---\nfor: [lectures]\n---\n\nx\n");
    desk.write(".edito/templates/autre.txt", "x\n");
    let library = desk.open();
    let edito = library.templates("edito", "fr-CA");
    assert_eq!(names(&edito)[..2], ["La maison", "Éditorial"]);
    assert!(edito[0].is_default && edito[0].fits && edito[1].fits && !edito[2].fits);
    let lectures = library.templates("lectures/longues", "fr");
    assert_eq!(names(&lectures)[..3], ["La maison", "pour lire", "Note de lecture"]);
    assert_eq!(names(&library.templates("", "de"))[1..3], ["pour lire", "Analysis"]);
    // None of them is an article.
    all(&library).unwrap();
    assert!(listed(&library, &ListQuery::default()).is_empty());
}

#[test]
fn templates_are_saved_renamed_put_aside_and_brought_back() {
    let desk = Desk::new();
    let library = desk.open();
    let piece = "---\nid: x\ntitle: T\ntags: [a]\n---\n\n## {{Une partie}}\n";
    for origin in [TemplateOrigin::Desk, TemplateOrigin::Own] {
        let key = library
            .save_template(piece, "Ma / chronique", origin, &["edito".into()])
            .unwrap();
        let second = library.save_template(piece, "Ma / chronique", origin, &[]).unwrap();
        assert_ne!(key, second);
        assert_eq!(
            library.template(&key).unwrap().text,
            "---\ntags: [a]\n---\n\n## {{Une partie}}\n"
        );
        library.rename_template(&key, "Billet").unwrap();
        assert!(keys(&library).contains(&key));
        assert_eq!(library.template(&key).unwrap().name, "Billet");
        let removed = library.remove_template(&key).unwrap();
        assert!(!keys(&library).contains(&key));
        assert_eq!(library.template(&key).unwrap_err().kind, ErrorKind::NotFound);
        library.put_back_template(&key, &removed).unwrap();
        assert_eq!(library.template(&key).unwrap().name, "Billet");
    }
    let shipped = library
        .templates("", "fr")
        .into_iter()
        .find(|one| one.origin == TemplateOrigin::Shipped);
    let key = shipped.unwrap().key;
    assert!(library.rename_template(&key, "x").is_err() && library.remove_template(&key).is_err());
}

#[test]
fn nothing_is_read_through_a_name_or_a_link() {
    let desk = Desk::with(&[("a.md", "x\n")]);
    desk.write("secret.md", "secret\n");
    fs::create_dir_all(desk.root().join(".edito/templates")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        desk.root().join("secret.md"),
        desk.root().join(".edito/templates/link.md"),
    )
    .unwrap();
    let library = desk.open();
    for key in [
        "desk/../../a.md",
        "desk/link.md",
        "desk/x",
        "own/..",
        "shipped/../x",
        "a.md",
        "",
    ] {
        assert!(library.template(key).is_err(), "{key}");
    }
    assert!(!names(&library.templates("", "fr")).contains(&"link"));
    assert!(library.put_back_template("desk/a.md", "../../a.md").is_err());
}
