//! Capturing saved pages: how right the text is, how long it takes, how much memory, beside Mozilla's Readability.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use edito_exchange::{Receipt, read_fragment};
use serde_json::Value;

use super::Outcome;
use crate::bench::{Bench, Failure};
use crate::house;
use crate::statistics::Place;
use crate::table::{Limit, Measure, Unit};

/// The peer, as it is installed into `target/` when this row runs.
const PEER: [&str; 2] = ["@mozilla/readability@0.6", "jsdom@26"];

/// All pages of the folder of real pages, by both.
pub fn saved_pages(bench: &mut Bench) -> Outcome {
    let folder = house().join("../shared/corpus/readability");
    if !folder.is_dir() {
        return Err("there are no real pages beside this checkout (../shared/corpus/readability)".into());
    }
    let rounds = bench.samples(5, 3).to_string();
    let ours = run(Command::new(beside_this("edito-bench-pages")?)
        .arg(&folder)
        .arg(&rounds))?;
    let peer = peer_folder()?;
    let theirs = run(Command::new("node")
        .arg(house().join("bench/readability.mjs"))
        .arg(&folder)
        .arg(&rounds)
        .current_dir(&peer))?;
    let expected = |name: &str| -> Result<Vec<String>, Failure> {
        Ok(words_of_html(&fs::read_to_string(
            folder.join(name).join("expected.html"),
        )?))
    };
    let (mut right, mut peer_right) = (Vec::new(), Vec::new());
    for page in &ours.pages {
        let found = format!("{}\n\n{}", text(page, "standfirst"), text(page, "body"));
        right.push(f1(&expected(&text(page, "name"))?, &words_of_markdown(&found)));
    }
    for page in &theirs.pages {
        peer_right.push(f1(
            &expected(&text(page, "name"))?,
            &words_of_html(&text(page, "content")),
        ));
    }
    if ours.pages.len() != theirs.pages.len() {
        return Err("the two did not read the same pages".into());
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    Ok(vec![
        Measure::new("capture of a saved page", Unit::Seconds, &ours.seconds("seconds"))
            .against("parsing its HTML alone", &ours.seconds("parsing"))
            .must(Limit::Ratio(Place::Median, 4.0)),
        Measure::new("capture, beside Mozilla’s", Unit::Seconds, &ours.seconds("seconds"))
            .against("@mozilla/readability with jsdom", &theirs.seconds("seconds"))
            .must(Limit::Ratio(Place::Median, 0.1))
            .note("Edito’s time holds the Markdown and the images as well"),
        Measure::new("its text (mean F1 of words)", Unit::Share, &[mean(&right)])
            .against("@mozilla/readability with jsdom", &[mean(&peer_right)])
            .must(Limit::AtLeast(Place::Median, 1.0))
            .note("held against the texts that Readability’s own tests expect of these pages"),
        Measure::new("peak of memory, all pages", Unit::Megabytes, &[ours.peak / 1e6])
            .against("@mozilla/readability with jsdom", &[theirs.peak / 1e6])
            .must(Limit::Ratio(Place::Median, 1.0)),
    ])
}

/// What one of the two has answered.
struct Answer {
    pages: Vec<Value>,
    peak: f64,
}

impl Answer {
    fn seconds(&self, key: &str) -> Vec<f64> {
        self.pages
            .iter()
            .filter_map(|page| page.get(key)?.as_array())
            .flatten()
            .filter_map(Value::as_f64)
            .collect()
    }
}

fn run(command: &mut Command) -> Result<Answer, Failure> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into());
    }
    let mut pages = Vec::new();
    let mut peak = 0.0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let value: Value = serde_json::from_str(line)?;
        match value.get("peak").and_then(Value::as_f64) {
            Some(bytes) => peak = bytes,
            None => pages.push(value),
        }
    }
    if pages.is_empty() {
        return Err("no page was read".into());
    }
    Ok(Answer { pages, peak })
}

/// A tool that was built with this one.
fn beside_this(name: &str) -> Result<PathBuf, Failure> {
    let path = std::env::current_exe()?.with_file_name(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!("{} is not built", path.display()).into())
    }
}

/// The folder in `target/` that the peer's packages are installed in.
fn peer_folder() -> Result<PathBuf, Failure> {
    let folder = house().join("target/bench-capture");
    if !folder.join("node_modules/jsdom").is_dir() || !folder.join("node_modules/@mozilla/readability").is_dir() {
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
        let installed = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--silent"])
            .args(PEER)
            .current_dir(&folder)
            .status()?;
        if !installed.success() {
            return Err(format!("npm could not install {}", PEER.join(" and ")).into());
        }
    }
    Ok(folder)
}

fn text(page: &Value, key: &str) -> String {
    page.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn words_of_html(html: &str) -> Vec<String> {
    words_of_markdown(&read_fragment(html, None, &mut Receipt::new("")).body)
}

fn words_of_markdown(markdown: &str) -> Vec<String> {
    let plain = edito_prose::analyse(&without_descriptions(markdown)).plain;
    let words = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
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

/// The harmonic mean of how much of the text was found and how much of what was found is of the text, by words.
fn f1(expected: &[String], found: &[String]) -> f64 {
    if expected.is_empty() && found.is_empty() {
        return 1.0;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    expected.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut shared = 0usize;
    for word in found {
        if let Some(count) = counts.get_mut(word.as_str())
            && *count > 0
        {
            *count -= 1;
            shared += 1;
        }
    }
    2.0 * shared as f64 / (expected.len() + found.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_counts_words_found_and_words_too_many() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(f1(&words("a b c"), &words("a b c")), 1.0);
        assert_eq!(f1(&words("a b c d"), &words("a b")), 2.0 / 3.0);
        assert_eq!(f1(&words("a a"), &words("a b")), 0.5);
        assert_eq!(f1(&[], &[]), 1.0);
    }

    #[test]
    fn descriptions_of_images_do_not_count() {
        assert_eq!(without_descriptions("a ![b](edito-image:0) c ![d](e)"), "a  c d](e)");
    }
}
