//! The front page as data: a library, and what stands where.

use super::desk::{Desk, id};
use crate::config::{SlotConfig, SlotOrder, SlotRole};
use crate::error::ErrorKind;
use crate::library::{FrontPage, Library, Related};

const CONFIG: &str = "title = \"La Rive\"\n\
statuses = [\"draft\", \"ready\", \"published\"]\n\
[[sections]]\nname = \"Éditos\"\nkind = \"edito\"\n\
[[sections]]\nname = \"Analyses\"\nkind = \"analyses\"\n\
[[sections.sections]]\nname = \"Méditerranée\"\n\
[[sections]]\nname = \"Médias\"\nkind = \"medias\"\n\
[[sections]]\nname = \"Lettres\"\nkind = \"lettre\"\n";

/// A date far before the clock of these tests.
fn piece(date: &str, more: &str, body: &str) -> String {
    format!("---\ndate: {date}\nlang: fr\n{more}---\n{body}\n")
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("edito.toml", CONFIG);
    for (path, date, more) in [
        ("editos/a.md", "2026-01-01", "title: Édito ancien\n"),
        ("editos/b.md", "2026-02-01", "title: Édito neuf\nstatus: published\n"),
        ("editos/c.md", "2026-03-01", "title: Édito à venir\nstatus: ready\n"),
        ("editos/d.md", "2026-03-02", "title: Édito brouillon\ndraft: true\n"),
        ("editos/e.md", "2199-01-01", "title: Édito de demain\n"),
        ("analyses/a.md", "2026-01-01", "title: Analyse 1\n"),
        ("analyses/mediterranee/b.md", "2026-01-02", "title: Analyse 2\n"),
        ("analyses/c.md", "2026-01-03", "title: Analyse 3\n"),
        (
            "analyses/d.md",
            "2026-01-04",
            "title: Analyse 4\nstatus: Relu ailleurs\n",
        ),
        (
            "medias/a.md",
            "2026-01-01",
            "title: Passage\nsource:\n  url: https://www.journal.example/p\n  site: Le Journal\n",
        ),
        (
            "lettres/a.md",
            "2026-01-01",
            "title: Lettre 1\nteaser: Quatre textes.\n",
        ),
    ] {
        desk.write(
            path,
            piece(date, more, "Le premier paragraphe, avec *tout* son [poids](x)."),
        );
    }
    desk
}

fn shown(page: &FrontPage) -> Vec<(String, Vec<String>)> {
    let titles = |slot: &crate::library::FrontSlot| slot.pieces.iter().map(|piece| piece.title.clone()).collect();
    page.slots.iter().map(|slot| (slot.key.clone(), titles(slot))).collect()
}

fn of<'a>(page: &'a [(String, Vec<String>)], key: &str) -> Vec<&'a str> {
    let slot = page.iter().find(|(known, _)| known == key);
    slot.map(|(_, titles)| titles.iter().map(String::as_str).collect())
        .unwrap_or_default()
}

#[test]
fn the_model_page_follows_from_the_kinds_of_sections() {
    let desk = desk();
    let library = desk.open();
    let page = library.front_page().unwrap();
    assert_eq!(
        shown(&page),
        [
            ("lead", vec!["Analyse 4"]),
            ("kind:edito", vec!["Édito neuf"]),
            ("kind:medias", vec!["Passage"]),
            ("kind:analyses", vec!["Analyse 3", "Analyse 2", "Analyse 1"]),
            ("kind:lettre", vec!["Lettre 1"]),
        ]
        .map(|(key, titles)| (key.to_owned(), titles.into_iter().map(str::to_owned).collect()))
    );
    let press = &page.slots[2];
    assert_eq!(press.title.as_deref(), Some("Médias"));
    let source = press.pieces[0].source.clone().unwrap();
    assert_eq!(source.site.as_deref(), Some("Le Journal"));
    assert_eq!(source.url.as_deref(), Some("https://www.journal.example/p"));
    assert_eq!(press.pieces[0].teaser.text, "", "mentions have no teaser");
    assert_eq!(page.slots[4].pieces[0].teaser.text, "Quatre textes.");
    assert_eq!(
        page.slots[3].pieces[0].teaser.text,
        "Le premier paragraphe, avec tout son poids."
    );
}

#[test]
fn any_library_has_a_front_page() {
    let empty = Desk::new().open();
    assert!(
        empty
            .front_page()
            .unwrap()
            .slots
            .iter()
            .all(|slot| slot.pieces.is_empty())
    );
    let vault = Desk::with(&[
        ("a.md", "# Alpha\n\nWords.\n"),
        ("notes/b.md", "---\ndate: 2024-05-01\n---\n# Beta\n"),
        ("notes/c.md", "---\ndate: 2024-04-01\n---\n# Gamma\n"),
        ("reisen/d.md", "---\ndate: 2023-04-01\n---\n# Delta\n"),
    ])
    .open();
    let page = shown(&vault.front_page().unwrap());
    assert_eq!(of(&page, "lead"), ["Alpha"]);
    assert_eq!(of(&page, "section:notes"), ["Beta", "Gamma"]);
    assert_eq!(of(&page, "section:reisen"), ["Delta"]);
}

#[test]
fn what_is_pinned_leads_until_it_is_not() {
    let desk = desk();
    let library = desk.open();
    let lead = |library: &Library| {
        let page = shown(&library.front_page().unwrap());
        of(&page, "lead")
            .first()
            .map(|title| (*title).to_owned())
            .unwrap_or_default()
    };
    let old = id(&library, "editos/a.md");
    let other = id(&library, "analyses/a.md");
    assert_eq!(library.pin(&old, "lead", None).unwrap(), None);
    assert_eq!(lead(&library), "Édito ancien");
    let page = library.front_page().unwrap();
    assert!(page.slots[0].pieces[0].pinned && !page.slots[1].pieces[0].pinned);
    // The later pin comes first, and a piece stands on the page once.
    assert_eq!(library.pin(&other, "lead", None).unwrap(), None);
    assert_eq!(lead(&library), "Analyse 1");
    let titles: Vec<String> = shown(&library.front_page().unwrap())
        .into_iter()
        .flat_map(|(_, titles)| titles)
        .collect();
    assert_eq!(titles.iter().filter(|title| *title == "Analyse 1").count(), 1);
    // Another desk sees the same, and takes one away.
    let elsewhere = desk.open_elsewhere();
    assert_eq!(lead(&elsewhere), "Analyse 1");
    assert_eq!(elsewhere.unpin(&other).unwrap(), Some(("lead".to_owned(), None)));
    library.refresh_journal().unwrap();
    assert_eq!(lead(&library), "Édito ancien");
    // Back to where it was: after the other one.
    library.pin(&other, "lead", Some(&old)).unwrap();
    assert_eq!(lead(&library), "Édito ancien");
    assert_eq!(
        library.unpin(&other).unwrap(),
        Some(("lead".to_owned(), Some(old.clone())))
    );
    library.unpin(&old).unwrap();
    assert_eq!(library.unpin(&old).unwrap(), None);
    assert_eq!(lead(&library), "Analyse 4");
    assert_eq!(library.pin(&old, "", None).unwrap_err().kind, ErrorKind::Invalid);
    assert_eq!(library.slots_for("editos").unwrap(), ["kind:edito", "lead"]);
    assert_eq!(
        library.slots_for("analyses/mediterranee").unwrap(),
        ["kind:analyses", "lead"]
    );
}

#[test]
fn slots_of_the_desk_are_followed_and_written() {
    let desk = desk();
    let library = desk.open();
    let settings = library.front_settings().unwrap();
    assert!(settings.derived && settings.slots.len() == 5);
    let slot = |section: &str, number, order| SlotConfig {
        section: Some(section.to_owned()),
        number,
        order,
        teaser: 20,
        ..SlotConfig::of(SlotRole::List)
    };
    let wanted = vec![
        (None, slot("Méditerranée", 2, SlotOrder::Date)),
        (None, slot("editos", 3, SlotOrder::Hand)),
    ];
    let before = desk.read("edito.toml");
    assert_eq!(
        library.save_front(wanted.clone(), "other").unwrap_err().kind,
        ErrorKind::Changed
    );
    let changes = library.save_front(wanted, &settings.hash).unwrap();
    assert!(changes.config && changes.updated.is_empty());
    assert!(desk.read("edito.toml").starts_with(&before));
    let page = shown(&library.front_page().unwrap());
    assert_eq!(of(&page, "section:analyses/mediterranee"), ["Analyse 2"]);
    assert_eq!(of(&page, "section:editos"), Vec::<&str>::new());
    let teaser = &library.front_page().unwrap().slots[0].pieces[0].teaser;
    assert_eq!((teaser.text.as_str(), teaser.cut), ("Le premier…", true));
    // By hand: those pinned, in the order they were given, whatever their status.
    for (path, after) in [("editos/a.md", None), ("editos/c.md", Some("editos/a.md"))] {
        let after = after.map(|path| id(&library, path));
        library
            .pin(&id(&library, path), "section:editos", after.as_ref())
            .unwrap();
    }
    let page = shown(&library.front_page().unwrap());
    assert_eq!(of(&page, "section:editos"), ["Édito ancien", "Édito à venir"]);
    // None at all: those that follow from the sections, and the file as it was.
    let settings = library.front_settings().unwrap();
    assert!(!settings.derived);
    library.save_front(Vec::new(), &settings.hash).unwrap();
    assert_eq!(desk.read("edito.toml").trim_end(), before.trim_end());
    assert!(library.front_settings().unwrap().derived);
}

#[test]
fn a_section_has_a_page_of_its_own() {
    let desk = desk();
    let library = desk.open();
    let page = library.section_page("analyses", 1, 2, 12).unwrap();
    assert_eq!(page.total, 4);
    let titles: Vec<&str> = page.pieces.iter().map(|piece| piece.title.as_str()).collect();
    assert_eq!(titles, ["Analyse 3", "Analyse 2"]);
    assert_eq!(page.pieces[0].teaser.text, "Le premier…");
    assert_eq!(
        page.below.iter().map(|node| node.name.as_str()).collect::<Vec<_>>(),
        ["Méditerranée"]
    );
    assert_eq!(page.crumbs, [("analyses".to_owned(), "Analyses".to_owned())]);
    assert_eq!(library.section_page("nowhere", 0, 10, 100).unwrap().total, 0);
}

#[test]
fn leads_have_their_image_and_a_teaser_as_long_as_asked() {
    let desk = Desk::new();
    let long = "mot ".repeat(200);
    desk.write("p.png", b"\x89PNG\r\n\x1a\n");
    desk.write("a.md", format!("# Titre\n\n![Deux grues](p.png)\n\n{long}\n"));
    let library = desk.open();
    let page = library.front_page().unwrap();
    let lead = &page.slots[0].pieces[0];
    let image = lead.image.clone().unwrap();
    assert!(image.path.ends_with("p.png"));
    assert_eq!(image.description, "Deux grues");
    assert!(lead.teaser.text.chars().count() > 300 && lead.teaser.text.ends_with("mot…"));
}

#[test]
fn a_title_of_the_desk_reads_no_article_again() {
    let desk = desk();
    let library = desk.open();
    desk.write("edito.toml", CONFIG.replace("La Rive", "Le Rivage"));
    let changes = super::desk::all(&library).unwrap();
    assert!(changes.config && changes.updated.is_empty(), "{changes:?}");
    desk.write("edito.toml", CONFIG.replace("Médias", "Presse"));
    let changes = super::desk::all(&library).unwrap();
    assert!(!changes.updated.is_empty());
}

#[test]
fn a_pin_beyond_the_room_of_its_part_hides_nothing() {
    let desk = desk();
    let library = desk.open();
    // The lead has room for one.
    for path in ["analyses/a.md", "editos/b.md", "analyses/c.md"] {
        library.pin(&id(&library, path), "lead", None).unwrap();
    }
    let page = shown(&library.front_page().unwrap());
    assert_eq!(of(&page, "lead"), ["Analyse 3"]);
    assert_eq!(of(&page, "kind:edito"), ["Édito neuf"]);
    assert_eq!(of(&page, "kind:analyses"), ["Analyse 4", "Analyse 2", "Analyse 1"]);
}

#[test]
fn related_pieces_tell_why() {
    let desk = Desk::with(&[
        (
            "a.md",
            "---\ntitle: Le port\ntags: [port, mer]\nauthors: [Inès]\nlang: fr\nid: 01890000-0000-7000-8000-000000000001\n---\nLes grues du port travaillent la nuit. Voir [la suite](b.md).\n",
        ),
        ("b.md", "---\ntitle: Lien\nlang: fr\n---\nRien de commun.\n"),
        (
            "c.md",
            "---\ntitle: Auteur\nauthors: [Inès]\nlang: fr\n---\nAutre chose encore.\n",
        ),
        (
            "d.md",
            "---\ntitle: Étiquette\ntags: [mer]\nlang: fr\n---\nPas le même sujet.\n",
        ),
        (
            "e.md",
            "---\ntitle: Mots\nlang: fr\n---\nLes grues du port, la nuit, travaillent encore.\n",
        ),
        (
            "f.md",
            "---\ntitle: Retour\nlang: fr\nauthors: [Inès]\n---\nOn l’a dit : [[a]].\n",
        ),
        (
            "g.md",
            "---\ntitle: The port\ntags: [port, mer]\nauthors: [Inès]\nlang: en\ntranslation: 01890000-0000-7000-8000-000000000001\n---\nCranes.\n",
        ),
        (
            "h.md",
            "---\ntitle: Brouillon\ntags: [port, mer]\nlang: fr\nstatus: draft\n---\nGrues.\n",
        ),
        (
            "j.md",
            "---\ntitle: Ébauche\ntags: [port, mer]\nlang: fr\ndraft: true\n---\nGrues.\n",
        ),
        (
            "k.md",
            "---\ntitle: Esquisse\ntags: [port, mer]\nlang: fr\nstatus: Brouillon\n---\nGrues.\n",
        ),
        (
            "i.md",
            "---\ntitle: Ailleurs\nlang: fr\n---\nUn jardin sous la pluie.\n",
        ),
    ]);
    let library = desk.open();
    let related = library.related(&id(&library, "a.md"), 9).unwrap();
    let told: Vec<(&str, &Related)> = related
        .iter()
        .map(|piece| (piece.row.title.as_str(), &piece.because[0]))
        .collect();
    for (title, reason) in [
        ("Lien", Related::LinkedTo),
        ("Auteur", Related::Author("Inès".into())),
        ("Étiquette", Related::Tag("mer".into())),
        ("Mots", Related::Words),
        ("Retour", Related::LinkedFrom),
    ] {
        assert!(told.contains(&(title, &reason)), "{title} {reason:?} in {told:?}");
    }
    assert!(
        !told
            .iter()
            .any(|(title, _)| ["Le port", "The port", "Brouillon", "Ébauche", "Esquisse", "Ailleurs"].contains(title)),
        "{told:?}"
    );
    assert_eq!(library.related(&id(&library, "a.md"), 2).unwrap().len(), 2);
}
