//! Every example of the CommonMark specification, parsed with Edito's options.
//!
//! The specification comes from the npm package `commonmark-spec`, a development dependency of
//! `ui`. A plain formatter writes the trees, so that what is proved is the parse.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use edito_prose::markdown::parse_options;

#[test]
fn every_example_parses_as_specified() {
    let differing: BTreeMap<usize, String> = include_str!("data/commonmark-differences.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (number, reason) = line.split_once(": ").expect("number: reason");
            (number.parse().expect("the number of an example"), reason.to_owned())
        })
        .collect();
    let mut options = parse_options();
    options.render.r#unsafe = true;
    let examples = examples(&specification());
    assert!(examples.len() > 600, "only {} examples found", examples.len());
    let mut wrong = Vec::new();
    for (index, (markdown, expected)) in examples.iter().enumerate() {
        let number = index + 1;
        let html = comrak::markdown_to_html(markdown, &options);
        match (html == *expected, differing.get(&number)) {
            (true, Some(reason)) => {
                wrong.push(format!("{number} no longer differs; take it off the list ({reason})"));
            }
            (false, None) => wrong.push(format!(
                "{number}: {markdown:?}\n  expected {expected:?}\n  got      {html:?}"
            )),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn specification() -> String {
    let path = std::env::var_os("EDITO_COMMONMARK_SPEC").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../ui/node_modules/commonmark-spec/spec.txt"),
        PathBuf::from,
    );
    std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}. Run `./dev setup` to install the page's packages, or set \
             EDITO_COMMONMARK_SPEC to the specification's spec.txt.",
            path.display()
        )
    })
}

/// The examples: between lines of 32 backticks, Markdown and HTML divided by a line with a dot,
/// tabs written as arrows.
fn examples(specification: &str) -> Vec<(String, String)> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = specification.lines();
    while let Some(line) = lines.next() {
        if line.strip_prefix(&fence).map(str::trim) != Some("example") {
            continue;
        }
        let (mut markdown, mut html) = (String::new(), String::new());
        let mut part = &mut markdown;
        for line in lines.by_ref() {
            if line == fence {
                break;
            }
            if line == "." {
                part = &mut html;
                continue;
            }
            part.push_str(&line.replace('→', "\t"));
            part.push('\n');
        }
        examples.push((markdown, html));
    }
    examples
}
