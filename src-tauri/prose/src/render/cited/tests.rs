#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::{Lang, LinkTarget, RenderContext, citations, reading_text, render};

fn run(text: &str, leads_to: Option<Destination>) -> Run {
    Run {
        text: text.to_owned(),
        leads_to,
        ..Run::default()
    }
}

/// Every citation reads as `(n)` or stands in a note; `@inconnu` is not known.
fn html(text: &str, in_notes: bool) -> String {
    let marks = citations(text)
        .into_iter()
        .enumerate()
        .map(|(at, citation)| {
            let known = citation.items[0].key != "inconnu";
            if !known && citation.in_text {
                return None;
            }
            let words = vec![run(&format!("A<{at}>"), known.then_some(Destination::Reference(0)))];
            Some(CitedMark {
                inline: if in_notes && !citation.in_text {
                    Vec::new()
                } else {
                    words.clone()
                },
                note: if in_notes { words } else { Vec::new() },
                unknown: if known { Vec::new() } else { vec!["inconnu".into()] },
            })
        })
        .collect();
    let cited = CitedText {
        marks,
        references: vec![Reference {
            key: "a".into(),
            text: vec![
                run("A, ", None),
                Run {
                    text: "Titre".into(),
                    look: Look {
                        italic: true,
                        ..Look::default()
                    },
                    leads_to: None,
                },
            ],
        }],
        heading: "Bibliographie".into(),
        hanging: true,
    };
    render(
        text,
        &RenderContext {
            lang: Lang::Fr,
            typography: true,
            resolve_link: &|_, _| LinkTarget::Missing,
            resolve_image: &|_| None,
            footnote_label: "Notes",
            citations: Some(&cited),
        },
    )
}

#[test]
fn citations_read_as_they_are_set_and_lead_to_the_list() {
    let page = html("Un [@a] et @a, `[@a]` ; @inconnu [@inconnu].\n\nFin.\n", false);
    assert!(
        page.contains(
            "Un <span class=\"citation\" id=\"cite-0\"><a class=\"citation-ref\" href=\"#ref-1\">A&lt;0&gt;</a></span> et "
        ),
        "{page}"
    );
    assert!(
        page.contains("<code>[@a]</code>") && page.contains("@inconnu <span"),
        "{page}"
    );
    assert!(
        page.contains(
            "<span class=\"citation citation-unknown\" id=\"cite-3\" data-unknown=\"inconnu\">A&lt;3&gt;</span>."
        ),
        "{page}"
    );
    let list = page
        .split("<section class=\"references references-hanging\"")
        .nth(1)
        .unwrap();
    assert!(
        list.contains("<h2 id=\"references\" dir=\"auto\">Bibliographie</h2>"),
        "{page}"
    );
    assert!(
        list.contains(
            "<li id=\"ref-1\" dir=\"auto\" data-key=\"a\">A, <em>Titre</em> <a class=\"footnote-back\" href=\"#cite-0\""
        ),
        "{page}"
    );
}

#[test]
fn citations_in_notes_are_numbered_with_the_other_notes() {
    let page = html(
        "Un[^n] deux [@a], trois @a[^m].\n\n[^m]: Dernière.\n[^n]: Voir [@a].\n",
        true,
    );
    let calls: Vec<&str> = page
        .split("role=\"doc-noteref\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    assert_eq!(calls, ["1", "2", "3", "4"], "{page}");
    assert!(page.contains("deux<sup>"), "{page}");
    assert!(page.contains("trois <span class=\"citation\" id=\"cite-1\">"), "{page}");
    let notes: Vec<String> = page
        .split("<li id=\"fn-")
        .skip(1)
        .map(|note| {
            reading_text(&format!("<li>{}", note.split_once('>').unwrap().1))
                .trim()
                .to_owned()
        })
        .collect();
    assert_eq!(notes, ["Voir A<2>.", "A<0>", "A<1>", "Dernière."], "{page}");
    // The list stands before the notes.
    assert!(page.find("class=\"references").unwrap() < page.find("class=\"footnotes").unwrap());
}

#[test]
fn the_list_stands_where_the_text_wants_it() {
    let page = html("[@a]\n\n## Ouvrages cités\n", false);
    assert!(
        !page.contains("Bibliographie</h2>") && page.contains("Ouvrages cités</h2>\n<section class=\"references"),
        "{page}"
    );
    for text in [
        "[@a]\n\n::: {#refs}\n:::\n\nAprès.\n",
        "[@a]\n\n::: {#refs}\n\n:::\n\nAprès.\n",
    ] {
        let page = html(text, false);
        assert!(
            !page.contains(":::") && page.ends_with("dir=\"auto\">Après.</p>\n"),
            "{page}"
        );
    }
}

#[test]
fn a_citation_over_two_lines_leaves_the_others() {
    let page = html("Un\ndeux [@a,\np. 3] trois\nquatre.", false);
    assert_eq!(
        reading_text(&page)
            .split("\n\n")
            .find(|block| block.contains("Un"))
            .unwrap(),
        "Un\ndeux A<0> trois\nquatre."
    );
}

#[test]
fn notes_are_numbered_as_the_table_says() {
    let mut wrong = Vec::new();
    for line in include_str!("numbers.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let Some((source, wanted)) = line.split_once(" => ") else {
            continue;
        };
        let text = source.replace("\\n", "\n");
        let in_notes = wanted.contains('@');
        let page = html(&text, in_notes);
        let body = page.split("<section").next().unwrap();
        let found: Vec<String> = body
            .split("role=\"doc-noteref\">")
            .zip(body.split("role=\"doc-noteref\">").skip(1))
            .map(|(before, number)| {
                let number = number.split('<').next().unwrap();
                let of_citation = before.rsplit("<sup").next().unwrap().contains("cite");
                format!("{}{number}", if of_citation { "@" } else { "" })
            })
            .collect();
        if found.join(" ").replace('@', "") != wanted.trim().replace('@', "") {
            wrong.push(format!("{source} => {}", found.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
