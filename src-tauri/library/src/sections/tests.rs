#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;

const DESK: &str = r#"
[[sections]]
name = "Édito"
kind = "edito"

[[sections]]
name = "Analyses"
[[sections.sections]]
name = "Méditerranée"
[[sections.sections]]
name = "Asie"
folder = "asie"

[[sections]]
name = "Dans les médias"
slug = "medias"
folder = "presse"

[[sections]]
name = "Entretiens / Débats"
slug = "entretiens"
"#;

fn desk() -> Sections {
    Sections::new(&Config::parse(DESK))
}

/// Front matter, path, expected path of slugs, expected names.
const PLACES: &[(&str, &str, &str, &str)] = &[
    // The front matter decides, by name, slug, path of either, whatever the accents.
    ("Analyses", "x.md", "analyses", "Analyses"),
    ("EDITO", "presse/x.md", "edito", "Édito"),
    ("dans les medias", "x.md", "medias", "Dans les médias"),
    ("medias", "x.md", "medias", "Dans les médias"),
    ("Méditerranée", "x.md", "analyses/mediterranee", "Analyses|Méditerranée"),
    (
        "Analyses/Mediterranee",
        "x.md",
        "analyses/mediterranee",
        "Analyses|Méditerranée",
    ),
    (
        "Analyses » Méditerranée",
        "x.md",
        "analyses/mediterranee",
        "Analyses|Méditerranée",
    ),
    ("analyses/Balkans", "x.md", "analyses/balkans", "Analyses|Balkans"),
    ("Entretiens / Débats", "x.md", "entretiens", "Entretiens / Débats"),
    ("Dans les médias/Radio", "x.md", "medias/radio", "Dans les médias|Radio"),
    // Unknown to edito.toml.
    ("Culture/Cinéma", "x.md", "culture/cinema", "Culture|Cinéma"),
    ("Cinéma", "culture/cinéma/x.md", "culture/cinema", "culture|Cinéma"),
    // Else the longest folder of edito.toml.
    ("", "analyses/x.md", "analyses", "Analyses"),
    ("", "Analyses/2024/05/x.md", "analyses", "Analyses"),
    (
        "",
        "analyses/me\u{301}diterrane\u{301}e/2024/x.md",
        "analyses/mediterranee",
        "Analyses|Méditerranée",
    ),
    ("", "asie/x.md", "analyses/asie", "Analyses|Asie"),
    ("", "presse/x.md", "medias", "Dans les médias"),
    ("///", "presse/x.md", "medias", "Dans les médias"),
    // Else the folders themselves.
    ("", "x.md", "", ""),
    ("", "Notes/De Lecture/x.md", "notes/de-lecture", "Notes|De Lecture"),
    ("", "__/x.md", "__", "__"),
    // Page bundles of Hugo and Zola.
    ("", "posts/my-post/index.md", "posts", "posts"),
    ("", "posts/my-post/index.fr.md", "posts", "posts"),
    ("", "posts/_index.md", "posts", "posts"),
    ("", "index.md", "", ""),
];

#[test]
fn where_an_article_is() {
    let desk = desk();
    for (declared, path, slugs, names) in PLACES {
        let place = desk.place((!declared.is_empty()).then_some(declared), path);
        assert_eq!(
            (place.path.as_str(), place.names.join("|").as_str()),
            (*slugs, *names),
            "{declared:?} {path}"
        );
        let depth = if slugs.is_empty() { 0 } else { slugs.split('/').count() };
        assert_eq!(place.names.len(), depth);
        assert_eq!(SectionPlace::from_stored(&place.path, &place.stored_names()), place);
    }
}

#[test]
fn the_tree_has_the_desks_order_then_the_others_by_name() {
    let desk = desk();
    let at = |declared: &str, path: &str, count| (desk.place((!declared.is_empty()).then_some(declared), path), count);
    let tree = desk.tree([
        at("", "zoo/x.md", 1),
        at("", "été/nuits/x.md", 2),
        at("Méditerranée", "x.md", 4),
        at("Analyses", "x.md", 8),
        at("Analyses/Balkans", "x.md", 16),
        at("", "x.md", 32),
    ]);
    fn show(nodes: &[SectionNode], depth: usize, out: &mut String) {
        for node in nodes {
            out.push_str(&format!(
                "{}{} {} {}\n",
                " ".repeat(depth),
                node.path,
                node.name,
                node.count
            ));
            show(&node.children, depth + 1, out);
        }
    }
    let mut shown = String::new();
    show(&tree, 0, &mut shown);
    assert_eq!(
        shown,
        "edito Édito 0
analyses Analyses 28
 analyses/mediterranee Méditerranée 4
 analyses/asie Asie 0
 analyses/balkans Balkans 16
medias Dans les médias 0
entretiens Entretiens / Débats 0
ete été 2
 ete/nuits nuits 2
zoo zoo 1
"
    );
}

#[test]
fn the_tree_does_not_depend_on_the_order_of_articles() {
    let none = Sections::default();
    let places = [(None, "Médias/a.md"), (None, "medias/b.md"), (Some("MEDIAS"), "c.md")]
        .map(|(declared, path)| (none.place(declared, path), 1));
    let mut turned = places.clone();
    turned.reverse();
    let tree = none.tree(places);
    assert_eq!(tree, none.tree(turned));
    assert_eq!(tree.len(), 1);
    assert_eq!(tree[0].count, 3);
}

#[test]
fn what_edito_toml_says_of_a_section() {
    let desk = desk();
    assert_eq!(desk.folder("analyses/asie"), Some("asie"));
    assert_eq!(desk.folder("analyses/mediterranee"), Some("analyses/mediterranee"));
    assert_eq!(desk.folder("nowhere"), None);
    assert_eq!(desk.kind("edito"), Some("edito"));
    assert_eq!(desk.kind("analyses"), None);
    assert_eq!(desk.configured("medias").unwrap().name(), "Dans les médias");
}

#[test]
fn slugs_are_stable() {
    for (name, expected) in [
        ("Dans les médias", "dans-les-medias"),
        ("Lettre d’information", "lettre-d-information"),
        ("Œuvres & Æsthétique", "oeuvres-aesthetique"),
        ("  --  ", ""),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("رأي", "راي"),
        ("Été\u{301} 2024", "ete-2024"),
    ] {
        assert_eq!(slug(name), expected, "{name}");
        assert_eq!(slug(&slug(name)), expected);
    }
}

proptest::proptest! {
    #[test]
    fn a_slug_is_its_own_slug(name in "\\PC{0,30}") {
        let once = slug(&name);
        proptest::prop_assert_eq!(slug(&once), once.clone());
        proptest::prop_assert!(!once.contains(['/', '\\', ' ', '.']));
    }

    #[test]
    fn any_place_has_as_many_names_as_slugs(declared in "\\PC{0,20}", path in "[a-zé_/. ]{0,30}") {
        let place = desk().place(Some(&declared), &path);
        let depth = if place.path.is_empty() { 0 } else { place.path.split('/').count() };
        proptest::prop_assert_eq!(place.names.len(), depth);
    }
}
