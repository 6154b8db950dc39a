//! Real pages: all of them import, and their text is as right as Mozilla's own reading of them.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use edito_exchange::{PageHints, Piece, read_fragment, read_page};

/// The mean F1 that must be reached.
const FLOOR: f64 = 0.99;
/// What no single page may fall below.
const LOWEST: f64 = 0.9;

#[test]
fn real_pages_come_out_with_their_text() {
    let Some(folder) = corpus() else {
        println!("skipped: there is no ../shared/corpus/readability");
        return;
    };
    let report = std::env::var_os("EDITO_CORPUS_REPORT").is_some();
    let mut scores: Vec<(f64, String)> = Vec::new();
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join("source.html").exists()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let source = fs::read(folder.join("source.html")).unwrap();
        let hints = PageHints {
            url: Some("http://fakehost/test/page.html"),
            charset: None,
            name: Some(&name),
        };
        let (piece, receipt) = read_page(&source, hints).unwrap_or_else(|error| panic!("{name}: {error}"));
        let score = f1(&words_of_html(&folder.join("expected.html")), &words_of(&piece));
        if report {
            println!(
                "{score:.4} {name}\n     {}",
                about(&piece, &folder.join("expected-metadata.json"))
            );
            let _ = fs::create_dir_all("/tmp/edito-corpus");
            let _ = fs::write(
                format!("/tmp/edito-corpus/{name}.md"),
                format!(
                    "{:#?}\n{:?}\n{:?}\n{:?}\n\n{}",
                    piece.authors, piece.section, piece.standfirst, receipt, piece.body
                ),
            );
        }
        scores.push((score, name));
    }
    let mean = scores.iter().map(|(score, _)| score).sum::<f64>() / scores.len() as f64;
    println!("{} pages, mean F1 {mean:.4}", scores.len());
    scores.sort_by(|one, other| one.0.total_cmp(&other.0));
    assert!(
        mean >= FLOOR,
        "mean F1 {mean:.4}; lowest: {:?}",
        &scores[..10.min(scores.len())]
    );
    assert!(scores[0].0 >= LOWEST, "{:?}", &scores[..3]);
}

fn about(piece: &Piece, expected: &Path) -> String {
    let expected: serde_json::Value = serde_json::from_slice(&fs::read(expected).unwrap()).unwrap();
    let told = |key: &str| {
        expected[key]
            .as_str()
            .unwrap_or("-")
            .chars()
            .take(90)
            .collect::<String>()
    };
    let authors: Vec<String> = piece
        .authors
        .iter()
        .map(|author| format!("{} ({})", author.name, author.function.as_deref().unwrap_or("")))
        .collect();
    format!(
        "title {:?} | {:?}\n     author {:?} | {:?}\n     standfirst {:?}\n     teaser {:?} | {:?}\n     date {:?} {:?} | {:?}\n     lang {:?} site {:?} | {:?} section {:?} tags {:?} images {}",
        piece.title.as_deref().unwrap_or("-"),
        told("title"),
        authors.join("; "),
        told("byline"),
        piece.standfirst.as_deref().unwrap_or("-"),
        piece.teaser.as_deref().unwrap_or("-"),
        told("excerpt"),
        piece.published.map(|date| date.to_string()),
        piece.updated.map(|date| date.to_string()),
        told("publishedTime"),
        piece.lang.as_ref().map(|lang| lang.tag().to_owned()),
        piece.site.as_deref().unwrap_or("-"),
        told("siteName"),
        piece.section,
        piece.tags,
        piece.images.len(),
    )
}

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/readability");
    folder.is_dir().then_some(folder)
}

/// All that is read of a piece: its standfirst and its text.
fn words_of(piece: &Piece) -> Vec<String> {
    let body = edito_prose::analyse(&without_descriptions(&piece.body)).plain;
    words(&format!("{} {body}", piece.standfirst.as_deref().unwrap_or_default()))
}

fn words_of_html(path: &Path) -> Vec<String> {
    let html = fs::read_to_string(path).unwrap();
    let fragment = read_fragment(&html, None, &mut edito_exchange::Receipt::new(""));
    words(&edito_prose::analyse(&without_descriptions(&fragment.body)).plain)
}

/// Descriptions of images are not of the text.
fn without_descriptions(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((head, image)) = rest.split_once("![") {
        text.push_str(head);
        rest = match image.split_once("](edito-image:") {
            Some((_, after)) => after.split_once(')').map_or("", |(_, after)| after),
            None => image,
        };
    }
    text + rest
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The harmonic mean of how much of the text was found and how much of what was found is of the text, by words.
fn f1(expected: &[String], found: &[String]) -> f64 {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    for word in expected {
        *counts.entry(word).or_default() += 1;
    }
    let mut shared = 0.0;
    for word in found {
        if let Some(count) = counts.get_mut(word.as_str())
            && *count > 0
        {
            *count -= 1;
            shared += 1.0;
        }
    }
    if expected.is_empty() && found.is_empty() {
        return 1.0;
    }
    2.0 * shared / (expected.len() + found.len()) as f64
}

/// The text of real HTML comes through Markdown and Edito's renderer letter by letter.
#[test]
fn the_text_of_real_html_survives_markdown() {
    let Some(folder) = corpus() else {
        println!("skipped: there is no ../shared/corpus/readability");
        return;
    };
    let mut differences = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path().join("expected.html");
        let Ok(html) = fs::read_to_string(&path) else { continue };
        let body = read_fragment(&html, Some("http://fakehost/"), &mut edito_exchange::Receipt::new("")).body;
        // Films are links with a name of their own.
        let media =
            html.contains("<iframe") || html.contains("<video") || html.contains("<embed") || html.contains("<object");
        let lone = |line: &&str| !(media && line.starts_with('[') && line.ends_with(')') && line.contains("](http"));
        let body: String = body.lines().filter(lone).map(|line| format!("{line}\n")).collect();
        let page = support::rendered(&without_descriptions(&body));
        let (found, expected) = (letters(&page), letters(&html));
        if found != expected {
            let at = found
                .chars()
                .zip(expected.chars())
                .take_while(|(one, other)| one == other)
                .count();
            let near = |text: &str| text.chars().skip(at.saturating_sub(30)).take(90).collect::<String>();
            differences.push(format!("{}\n  {}\n  {}", path.display(), near(&found), near(&expected)));
        }
    }
    assert!(
        differences.is_empty(),
        "{} differ\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// The letters and digits of HTML, superscripts as plain ones.
fn letters(html: &str) -> String {
    let document = dom_query::Document::from(html);
    document.select("script, style, svg, .footnote-back").remove();
    let text = document.select("body").text();
    edito_prose::fold::fold(&text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}
