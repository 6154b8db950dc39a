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
        "---\ntitle: Le tout\nautre: reste\n---\n\nTête[^a] et [lien][l].\n\n[^a]: Note a, voir[^c].\n[^c]: Note c.\n[^d]: Personne ne l'appelle.\n\n[l]: ../x.md \"Titre\"\n"
    );
    let titles: Vec<&str> = found.parts.iter().map(|part| part.title.as_str()).collect();
    assert_eq!(titles, ["Un", "Deux"]);
    assert_eq!(
        found.parts[0].body,
        "Texte un[^b].\n\n## Sous un\n\nFin.\n\n```\n## pas un titre\n[^a]: ni une note\n```\n\n[^b]: Note b\n    sur deux lignes.\n"
    );
    assert_eq!(
        found.parts[1].body,
        "Texte deux[^a] et [l].\n\n[^a]: Note a, voir[^c].\n\n[l]: ../x.md \"Titre\"\n[^c]: Note c.\n"
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
                    // Without its marks, « a`0` » is one word in a title.
                    let is_there = after.iter().any(|one| one.contains(&word));
                    prop_assert!(is_there, "{word} of {text:?} is lost in {found:?}");
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

#[test]
fn what_stays_keeps_its_bytes_and_its_places() {
    let head = "\n\nUn[^1] mot.  \n\n[^1]: Une note.\n\nEncore[^2].\n\n[l]: a.md\n\n\nFin de la tête.\n";
    let text = format!("---\na: b\n---\n{head}\n## Deux\n\nPart[^3].\n\n[^2]: Deux.\n[^3]: Trois.\n");
    let found = split(&text, At::Level(2)).unwrap();
    assert_eq!(found.rest, format!("---\na: b\n---\n{head}\n[^2]: Deux.\n"));
    assert_eq!(found.parts[0].body, "Part[^3].\n\n[^3]: Trois.\n");
}

#[test]
fn who_speaks_in_brackets_defines_nothing() {
    let body = "[Nour]: pourquoi maintenant ?\n\n[Le maire]: parce que la mer monte.\nEt vite.\n[x]: y\n";
    let text = format!("Avant.\n\n## Entretien\n\n{body}");
    assert_eq!(split(&text, At::Level(2)).unwrap().parts[0].body, body);
    let merged = merge(&[
        Piece {
            text: "[Nour]: a\n",
            title: "A",
            folder: "",
        },
        Piece {
            text: body,
            title: "B",
            folder: "",
        },
    ]);
    assert!(merged.ends_with(body), "{merged}");
}

#[test]
fn a_heading_right_below_a_note_is_none_of_it() {
    let text = "Un[^1].\n\n[^1]: Note.\n## Deux\n\nTexte.\n";
    let found = split(text, At::Level(2)).unwrap();
    assert_eq!(found.rest, "Un[^1].\n\n[^1]: Note.\n");
    assert_eq!(
        (found.parts[0].title.as_str(), found.parts[0].body.as_str()),
        ("Deux", "Texte.\n")
    );
}

#[test]
fn code_that_nothing_closes_takes_nothing_in() {
    let pieces = ["Un\n\n```sh\nls\n", "Deux\n"].map(|text| Piece {
        text,
        title: "Titre",
        folder: "",
    });
    assert_eq!(merge(&pieces), "Un\n\n```sh\nls\n```\n\n## Titre\n\nDeux\n");
    for first in [
        "Un\n\n~~~~\nls\n",
        "- a\n\n  ```\n  ls\n",
        "> ```\n> ls\n",
        "    ```\n",
        "- a\n\n      ```\n",
        "```\nls\n```\n",
        "```",
    ] {
        let merged = merge(&[
            Piece {
                text: first,
                title: "Un",
                folder: "",
            },
            Piece {
                text: "Deux\n",
                title: "Titre",
                folder: "",
            },
        ]);
        assert!(
            outline(&merged).iter().any(|heading| heading.text == "Titre"),
            "{merged}"
        );
        assert!(merged.starts_with(first.trim_end()), "{merged}");
    }
}

proptest! {
    /// Each line of a text that is split is in one of its parts, as often as it was.
    #[test]
    fn nothing_is_lost_where_a_text_is_split(
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "", "", "# Un", "## Deux", "## Trois", "mot é", "[^1]: note", "[^2]: voir[^1]", "    suite", "appel[^1]",
                "appel [l][l]", "[l]: a.md", "[Nour]: dit ceci", "> cité", "- item", "```", "Titre", "---", "\u{202e}א\u{301}",
            ]),
            0..24,
        ),
        level in 1u8..3,
    ) {
        let text = format!("{}\n", lines.join("\n"));
        let Some(found) = split(&text, At::Level(level)) else { return Ok(()) };
        let all = [found.rest.as_str()].into_iter().chain(found.parts.iter().map(|part| part.body.as_str()));
        let all: Vec<&str> = all.flat_map(str::lines).collect();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            // A line below which `---` stands is the title of a part.
            if line == "---" || found.parts.iter().any(|part| part.title == line.trim()) {
                continue;
            }
            let count = |among: &[&str]| among.iter().filter(|one| one.trim() == line.trim()).count();
            let was = count(&text.lines().collect::<Vec<_>>());
            prop_assert!(count(&all) >= was, "{line:?} of {text:?}: {found:?}");
        }
    }
}

/// What a reader has of a body: its words, links with where they lead and their titles, calls with their notes, in no order.
fn read(body: &str) -> Vec<String> {
    fn said<'a>(node: &'a comrak::nodes::AstNode<'a>) -> String {
        use comrak::nodes::NodeValue;
        let inside = || node.children().map(said).collect::<Vec<_>>().join("");
        match &node.data().value {
            NodeValue::Text(text) => text.to_string(),
            NodeValue::Code(code) => format!("`{}`", code.literal),
            NodeValue::HtmlInline(html) => html.to_string(),
            NodeValue::HtmlBlock(html) => html.literal.trim_end().to_owned(),
            NodeValue::CodeBlock(code) => format!("```{}```", code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => " ".to_owned(),
            NodeValue::Link(link) => format!("[{}]({} {})", inside(), link.url, link.title),
            NodeValue::FootnoteReference(call) => format!("[^{}]", call.name),
            _ => inside(),
        }
    }
    let arena = comrak::Arena::new();
    let root = crate::markdown::parse(&arena, body);
    let mut found = Vec::new();
    for node in root.descendants() {
        use comrak::nodes::NodeValue;
        match &node.data().value {
            NodeValue::FootnoteDefinition(note) => {
                let name = &note.name;
                let paragraphs: Vec<String> = node.children().map(said).collect();
                found.push(format!("note {name}: {}", paragraphs.join(" / ")));
            }
            NodeValue::Paragraph | NodeValue::HtmlBlock(_) | NodeValue::CodeBlock(_) => {
                let in_note = node
                    .ancestors()
                    .any(|above| matches!(above.data().value, NodeValue::FootnoteDefinition(_)));
                if !in_note {
                    found.push(said(node));
                }
            }
            _ => {}
        }
    }
    found.sort();
    // A note that two parts call goes with both.
    found.dedup();
    found
}

/// Blocks that call and define, each by itself, close to each other or apart.
fn blocks() -> impl Strategy<Value = String> {
    let block = prop::sample::select(vec![
        "Un [lien][r] et[^a].",
        "Deux[^b] puis [s][], [r].",
        "Trois [t] seul[^c]\nsur deux lignes.",
        "- un [lien][s]\n- deux[^b]",
        "> cité [t][t][^a]",
        "1. premier[^c]",
        "    du code [r]",
        "<div lang=\"en\">\n\nSome [text][r].\n\n</div>",
        "Du <em>texte [r]</em>[^b].",
        "| a | b |\n| - | - |\n| [r] | x[^a] |",
        "Texte.\n***",
    ]);
    let close = prop::sample::select(vec!["\n", "\n\n", "\n\n\n"]);
    prop::collection::vec((block, close), 1..5).prop_map(|all| {
        all.iter().fold(String::new(), |mut text, (block, _)| {
            text.push_str(block);
            text.push_str("\n\n");
            text
        })
    })
}

const DEFINITIONS: [&[&str]; 6] = [
    &[
        "[^a]: Note a.",
        "[^a]: Note a, [t][t] et [ici](x.md).",
        "[^a]: Note a\nqui suit.",
        "[^a]: Note a\n\n    et plus [r][r].",
        "[^a]:\n    Note a.",
    ],
    &[
        "[^b]: Note b.",
        "[^b]: Note b, voir[^c].",
        "[^b]: Note b\n\n    - un\n    - deux",
        "[^b]: Note b\n\n        code\n\n    fin.",
        "[^b]: Note <span lang=\"en\">b</span>\n<em>suite</em>",
    ],
    &[
        "[^c]: Note c.",
        "[^c]: Note c\n\n    ```\n    code\n    ```",
        "[^c]: > cité [s][]",
    ],
    &[
        "[r]: https://ex.org/r \"T\"",
        "[r]: <r d.md>",
        "[r]:\n  https://ex.org/r",
        "[r]: r.md\n  'Titre r'",
    ],
    &["[s]: s.md", "[s]: s.md (Titre s)"],
    &["[T]: t.md"],
];

fn defined() -> impl Strategy<Value = Vec<(String, bool)>> {
    let each: Vec<_> = DEFINITIONS
        .iter()
        .map(|all| (prop::sample::select(all.to_vec()), any::<bool>()))
        .collect();
    each.prop_map(|all| {
        all.into_iter()
            .map(|(one, close)| (one.to_owned(), close))
            .collect::<Vec<_>>()
    })
    .prop_shuffle()
}

/// A text whose definitions stand in its sections, some close to each other.
fn annotated() -> impl Strategy<Value = String> {
    (
        prop::collection::vec(blocks(), 2..4),
        defined(),
        prop::collection::vec(0usize..4, 6),
    )
        .prop_map(|(sections, defined, places)| {
            let last = sections.len() - 1;
            let mut text = String::new();
            for (number, section) in sections.iter().enumerate() {
                if number > 0 {
                    text.push_str(&format!("## T{number}\n\n"));
                }
                text.push_str(section);
                let mut note = true;
                for ((one, close), _) in defined
                    .iter()
                    .zip(&places)
                    .filter(|(_, place)| (**place).min(last) == number)
                {
                    // Right below a note, a link would be a part of it.
                    let close = *close && (!note || one.starts_with("[^"));
                    if close && text.ends_with("\n\n") {
                        text.pop();
                    }
                    text.push_str(one);
                    text.push_str("\n\n");
                    note = one.starts_with("[^");
                }
            }
            text
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// Links, notes and words are after a split what they were before.
    #[test]
    fn a_reader_has_the_same_of_the_parts(text in annotated(), at in 1usize..3) {
        let whole = read(&text);
        let line = text.lines().position(|line| line == format!("## T{at}")).unwrap_or(0) as u32 + 1;
        for at in [At::Level(2), At::Line(line)] {
            let Some(found) = split(&text, at) else { continue };
            let mut parts = read(&found.rest);
            for part in &found.parts {
                parts.extend(read(&part.body));
            }
            parts.sort();
            parts.dedup();
            prop_assert_eq!(&whole, &parts, "{} became {:#?}", text, found);
        }
    }

    /// So they are in a part that is taken out, and in what is put together again.
    #[test]
    fn a_reader_has_the_same_of_a_selection_and_of_a_whole(text in annotated()) {
        let whole = read(&text);
        let start = text.find("## T1").unwrap();
        for range in [0..start, start..text.len()] {
            let part = extract(&text, range);
            for one in read(&part.body) {
                prop_assert!(whole.contains(&one), "{one:?} of {part:#?} is not in {text}");
            }
        }
        let (first, second) = ("Avant[^1].\n\n[^1]: Note\n\n    et suite.\n", &text);
        let piece = |text| Piece { text, title: "Titre", folder: "" };
        let mut both = read(first);
        both.extend(whole);
        both.sort();
        prop_assert_eq!(read(&merge(&[piece(first), piece(second)])), both.clone());
        prop_assert_eq!(read(&merge(&[piece(second), piece(first)])), both);
    }
}

#[test]
fn a_note_within_a_heading_is_not_lost() {
    for (text, title) in [
        ("Un.\n\n## Deux^[Une note.]\n\nTexte.\n", "Deux [Une note.]"),
        ("`\na^[`[]a0]\n-\n", "a [`[]a0]"),
    ] {
        assert_eq!(split(text, At::Level(2)).unwrap().parts[0].title, title);
    }
}

#[test]
fn definitions_stand_apart_where_one_would_be_a_part_of_another() {
    for (text, wanted) in [
        (
            "Intro[^a] et [ref][r].\n\n## Un\n\nTexte[^a] et [ref][r].\n\n[^a]: Note.\n\n[r]: https://ex.org \"T\"\n",
            "Texte[^a] et [ref][r].\n\n[^a]: Note.\n\n[r]: https://ex.org \"T\"\n",
        ),
        (
            "Intro.\n\n[^a]: Note\n\n    et suite.\n\n[r]: x.md\n\n## Un\n\nTexte[^a] et [r].\n",
            "Texte[^a] et [r].\n\n[^a]: Note\n\n    et suite.\n\n[r]: x.md\n",
        ),
        (
            "Intro.\n\n[r]: x.md\n[^a]: Note.\n\n## Un\n\n- un\n    - deux[^a] et [r]\n",
            "- un\n    - deux[^a] et [r]\n\n[r]: x.md\n[^a]: Note.\n",
        ),
        (
            "Intro.\n\n<!-- une remarque -->\n[r]: x.md\n\n## Un\n\nTexte [r].\n",
            "Texte [r].\n\n[r]: x.md\n",
        ),
        (
            "[r]:\n  x.md\n  \"T\"\n\n[s]: y.md\n  'U'\n\n## Un\n\n[r] [s]\n\n<!-- reste\n",
            "[r] [s]\n\n<!-- reste\n-->\n\n[r]:\n  x.md\n  \"T\"\n[s]: y.md\n  'U'\n",
        ),
    ] {
        assert_eq!(split(text, At::Level(2)).unwrap().parts[0].body, wanted);
    }
}
