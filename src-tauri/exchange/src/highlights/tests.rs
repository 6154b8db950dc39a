#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use edito_library::{Colour, Highlight};
use uuid::Uuid;

use super::{Marked, Words, address_of, annotations, markdown, table};

fn articles() -> Vec<Marked> {
    let passage = |number: u128, quote: &str, note: Option<&str>, colour| Highlight {
        id: Uuid::from_u128(number),
        quote: quote.into(),
        prefix: "avant ".into(),
        suffix: " après".into(),
        range: Some((3, 9)),
        colour,
        note: note.map(str::to_owned),
        tags: vec!["eau".into()],
        made: 1_790_000_000_000,
    };
    vec![
        Marked {
            title: "L’eau [bis]".into(),
            authors: vec!["Ana".into(), "Bo".into()],
            link: Some("Éditos/eau.md".into()),
            path: Some("Éditos/eau.md".into()),
            urn: "urn:uuid:1".into(),
            source: Some("https://example.org/eau#haut".into()),
            passages: vec![
                passage(1, "On la mesure.\n\n1. *Encore*", Some("à \"voir\""), Colour::Green),
                passage(2, "=HYPERLINK(\"x\")", None, Colour::Yellow),
            ],
        },
        Marked {
            title: "Perdu".into(),
            urn: "urn:uuid:2".into(),
            passages: vec![passage(3, "", Some("une note"), Colour::Red)],
            ..Marked::default()
        },
    ]
}

#[test]
fn markdown_says_the_words_and_leads_back() {
    let words = Words {
        title: "Surlignages".into(),
        source: "sur le web".into(),
        colours: ["jaune", "vert", "bleu", "rouge"].map(str::to_owned),
    };
    assert_eq!(
        markdown(&articles(), &words),
        "# Surlignages\n\n\
         ## [L’eau \\[bis\\]](Éditos/eau.md)\n\nAna, Bo · [sur le web](<https://example.org/eau#haut>)\n\n\
         > On la mesure.\n>\n> 1\\. \\*Encore\\*\n\nà \"voir\"\n\n\
         *vert · 2026-09-21 · #eau · [↗](<https://example.org/eau#:~:text=On%20la%20mesure.%201.%20%2AEncore%2A>)*\n\n\
         > \\=HYPERLINK(\"x\")\n\n\
         *jaune · 2026-09-21 · #eau · [↗](<https://example.org/eau#:~:text=%3DHYPERLINK%28%22x%22%29>)*\n\n\
         ## Perdu\n\nune note\n\n*rouge · 2026-09-21 · #eau*\n"
            .replace("· #eau", "· \\#eau")
    );
}

#[test]
fn a_table_is_read_back_and_no_formula() {
    let text = table(&articles());
    let mut lines = text.split("\r\n");
    assert_eq!(
        lines.next(),
        Some("\u{feff}title,authors,path,source,quote,note,colour,tags,made,prefix,suffix")
    );
    assert_eq!(
        lines.next(),
        Some(
            "\"L’eau [bis]\",\"Ana; Bo\",\"Éditos/eau.md\",\"https://example.org/eau#haut\",\
             \"On la mesure.\n\n1. *Encore*\",\"à \"\"voir\"\"\",\"green\",\"eau\",\"2026-09-21T14:13:20Z\",\
             \"avant \",\" après\""
        )
    );
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\""));
}

#[test]
fn annotations_come_back_as_they_went() {
    let text = annotations(&articles(), "Surlignages");
    let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole["total"], 3);
    let first = &whole["first"]["items"][0];
    assert_eq!(first["target"]["selector"][0]["prefix"], "avant ");
    assert_eq!(whole["first"]["items"][2]["target"]["source"], "urn:uuid:2");
    let read: Vec<_> = crate::lists::read("export.json", text.as_bytes()).unwrap().collect();
    let back = &read[0].piece.highlights;
    assert_eq!(
        (back.len(), back[0].quote.as_str()),
        (2, "On la mesure.\n\n1. *Encore*")
    );
    assert_eq!(
        (back[0].note.as_deref(), &back[0].tags),
        (Some("à \"voir\""), &vec!["eau".to_owned()])
    );
    assert_eq!(back[0].made_at.unwrap().as_millisecond(), 1_790_000_000_000);
    assert_eq!(first["id"], "urn:uuid:00000000-0000-0000-0000-000000000001");
}

#[test]
fn long_passages_are_named_by_their_ends() {
    assert_eq!(
        address_of(
            "https://a.org/x",
            "un deux trois quatre cinq six sept huit neuf dix-onze"
        ),
        "https://a.org/x#:~:text=un%20deux%20trois%20quatre,sept%20huit%20neuf%20dix%2Donze"
    );
    assert_eq!(address_of("https://a.org/x#y", " "), "https://a.org/x");
}
