#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::outline;

const TEXT: &str = "---\ntitle: Le tout\nautre: reste\n---\n\nTête[^a] et [lien][l].\n\n## Un\n\nTexte un[^b].\n\n### Sous un\n\nFin.\n\n```\n## pas un titre\n[^a]: ni une note\n```\n\n## Deux\n\nTexte deux[^a] et [l].\n\n[^a]: Note a, voir[^c].\n[^b]: Note b\n    sur deux lignes.\n[^c]: Note c.\n[^d]: Personne ne l'appelle.\n[l]: ../x.md \"Titre\"\n";

#[test]
fn parts_take_along_what_they_call() {
    let found = split(TEXT, At::Level(2)).unwrap();
    assert_eq!(
        found.rest,
        "---\ntitle: Le tout\nautre: reste\n---\nTête[^a] et [lien][l].\n\n[^a]: Note a, voir[^c].\n[l]: ../x.md \"Titre\"\n[^c]: Note c.\n[^d]: Personne ne l'appelle.\n"
            .replace("---\nTête", "---\n\nTête")
            .replace("\n\nTête", "\nTête")
    );
    let titles: Vec<&str> = found.parts.iter().map(|part| part.title.as_str()).collect();
    assert_eq!(titles, ["Un", "Deux"]);
    assert_eq!(
        found.parts[0].body,
        "Texte un[^b].\n\n## Sous un\n\nFin.\n\n```\n## pas un titre\n[^a]: ni une note\n```\n\n[^b]: Note b\n    sur deux lignes.\n"
    );
    assert_eq!(
        found.parts[1].body,
        "Texte deux[^a] et [l].\n\n[^a]: Note a, voir[^c].\n[l]: ../x.md \"Titre\"\n[^c]: Note c.\n"
    );
}

#[test]
fn a_text_is_split_where_a_heading_begins() {
    let line = 1 + u32::try_from(TEXT.get(..TEXT.find("## Deux").unwrap()).unwrap().matches('\n').count()).unwrap();
    let found = split(TEXT, At::Line(line)).unwrap();
    assert_eq!(found.parts.len(), 1);
    assert_eq!(found.parts[0].title, "Deux");
    assert!(found.rest.contains("### Sous un"));
    assert!(found.rest.contains("[^d]: Personne"));
    assert_eq!(split(TEXT, At::Line(line + 1)), None);
    assert_eq!(split(TEXT, At::Level(4)), None);
}

#[test]
fn a_selection_is_a_text() {
    let start = TEXT.find("## Deux").unwrap();
    let end = TEXT.find("[^a]: Note a").unwrap();
    let part = extract(TEXT, start..end);
    assert_eq!(part.title, "Deux");
    assert!(part.body.starts_with("Texte deux[^a]"));
    assert!(part.body.contains("[^c]: Note c."));
    let start = TEXT.find("Texte un").unwrap();
    let part = extract(TEXT, start..start + 8);
    assert_eq!((part.title.as_str(), part.body.as_str()), ("Texte un", "Texte un\n"));
}

#[test]
fn pieces_become_one() {
    let one = "---\ntitle: Premier\n---\n\nUn[^1].\n\n[^1]: Note une.\n[x]: a.md\n";
    let two = "---\ntitle: Second\nstandfirst: Le chapô.\n---\n\n## Inter\n\nDeux[^1], [x], [y][x] et [un](c.md), ![i](img/i.png), `[^1]`.\n\n[^1]: Note deux.\n[x]: b.md\n";
    let merged = merge(&[
        Piece {
            text: one,
            title: "Premier",
            folder: "editos",
        },
        Piece {
            text: two,
            title: "Second",
            folder: "editos/vieux",
        },
    ]);
    assert_eq!(
        merged,
        "---\ntitle: Premier\n---\n\nUn[^1].\n\n[^1]: Note une.\n[x]: a.md\n\n## Second\n\nLe chapô.\n\n### Inter\n\nDeux[^1-2], [x][x-2], [y][x-2] et [un](vieux/c.md), ![i](vieux/img/i.png), `[^1]`.\n\n[^1-2]: Note deux.\n[x-2]: vieux/b.md\n"
    );
}

#[test]
fn addresses_are_seen_from_another_folder() {
    for (address, from, to, wanted) in [
        ("a.md", "x", "x/y", "../a.md"),
        ("a.md", "x/y", "x", "y/a.md"),
        ("../a.md#b", "x/y", "z", "../x/a.md#b"),
        ("../../a.md", "x", "z", "../../a.md"),
        ("/a.md", "x", "z", "/a.md"),
        ("https://a.example/b", "x", "z", "https://a.example/b"),
        ("mailto:a@b.example", "x", "z", "mailto:a@b.example"),
        ("#b", "x", "z", "#b"),
    ] {
        let body = format!("[t]({address})");
        assert_eq!(scan::rebased(&body, from, to), format!("[t]({wanted})"));
    }
}

fn body() -> impl Strategy<Value = String> {
    let paragraph = "[a-zé]{1,8}( [a-zé]{1,8}){0,6}";
    prop::collection::vec(
        prop_oneof![4 => paragraph, 1 => "- [a-z]{1,6}", 1 => "> [a-z]{1,6}"],
        1..4,
    )
    .prop_map(|paragraphs| paragraphs.join("\n\n"))
}

proptest! {
    /// Split at its headings and put together again, a text is the text.
    #[test]
    fn split_and_merged_is_the_text(head in body(), sections in prop::collection::vec(("[A-Z][a-z]{2,9}", body(), prop::option::of(("[A-Z][a-z]{2,9}", body()))), 1..4)) {
        let mut text = format!("---\ntitle: T\n---\n\n{head}\n");
        for (title, body, below) in &sections {
            text.push_str(&format!("\n## {title}\n\n{body}\n"));
            if let Some((title, body)) = below {
                text.push_str(&format!("\n### {title}\n\n{body}\n"));
            }
        }
        let found = split(&text, At::Level(2)).unwrap();
        let mut pieces = vec![Piece { text: &found.rest, title: "T", folder: "" }];
        pieces.extend(found.parts.iter().map(|part| Piece { text: &part.body, title: &part.title, folder: "" }));
        prop_assert_eq!(merge(&pieces).replace("---\n\n", "---\n"), text.replace("---\n\n", "---\n"));
    }

    /// No word is lost, no note is left without its text, and nothing panics.
    #[test]
    fn any_text_is_split(text in "[ \\n#a-c\\[\\]^:`~=|>(!)0-9-]{0,160}", line in 1u32..12, level in 1u8..4) {
        let words = |text: &str| {
            let mut words: Vec<String> = text.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
            words.sort();
            words.dedup();
            words
        };
        for at in [At::Line(line), At::Level(level)] {
            if let Some(found) = split(&text, at) {
                let mut all = found.rest.clone();
                for part in &found.parts {
                    all.push('\n');
                    all.push_str(&part.title);
                    all.push('\n');
                    all.push_str(&part.body);
                }
                let (before, after) = (words(&text), words(&all));
                for word in before {
                    prop_assert!(after.contains(&word), "{word} of {text:?} is lost in {found:?}");
                }
            }
        }
        extract(&text, line as usize..text.len());
        merge(&[Piece { text: &text, title: "a", folder: "b" }, Piece { text: &text, title: "c", folder: "d" }]);
    }

    /// Headings are where the outline has them.
    #[test]
    fn headings_are_those_of_the_outline(text in "([#a-c ]{0,6}\n){0,8}") {
        let ours: Vec<(u8, u32)> = sections(&text)
            .iter()
            .map(|section| (section.level, crate::outline::line_of(&text, section.start)))
            .collect();
        let theirs: Vec<(u8, u32)> = outline(&text).iter().map(|heading| (heading.level, heading.line)).collect();
        prop_assert_eq!(ours, theirs);
    }
}

#[test]
fn hostile_lengths_take_time_in_proportion() {
    for text in [
        "[".repeat(200_000),
        "[a]: b\n".repeat(20_000),
        "`".repeat(100_000),
        "# a\n".repeat(20_000),
        "[^a]".repeat(50_000),
    ] {
        split(&text, At::Level(1));
        merge(&[
            Piece {
                text: &text,
                title: "",
                folder: "",
            },
            Piece {
                text: &text,
                title: "",
                folder: "x",
            },
        ]);
    }
}
