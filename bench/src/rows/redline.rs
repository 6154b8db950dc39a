//! The prose redline, beside what programs that compare words make of the same texts.

use std::collections::HashMap;
use std::fs;
use std::process::Command;

use edito_prose::redline::{Redline, redline};
use similar::{ChangeTag, TextDiff};

use super::Outcome;
use crate::bench::{Bench, Failure};
use crate::random::Random;
use crate::revision::{Revision, revision};
use crate::statistics::{Place, time};
use crate::table::{Limit, Measure, Unit};

/// Words of a piece, changes and moves made in it.
const SIZE: (usize, usize, usize) = (10_000, 500, 20);

/// Pieces of 10,000 words in which 500 things were changed and 20 moved.
pub fn comparison(bench: &mut Bench) -> Outcome {
    let texts = bench.texts()?;
    let mut random = Random::new(bench.options.seed, 77);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let (mut marked, mut by_git, mut by_similar) = (Vec::new(), Vec::new(), Vec::new());
    let (mut made, mut found, mut more, mut moved, mut truly) = (0, 0, 0, 0, 0);
    for number in 0..bench.samples(12, 4) {
        let from = number * 61 % texts.len();
        let rotated = [&texts[from..], &texts[..from]].concat();
        let pair = revision(&rotated, SIZE.0, SIZE.1, SIZE.2, &mut random);
        let ours_now = redline(&pair.old, &pair.new);
        if ours_now.apply(&pair.old).as_ref() != Ok(&pair.new) || ours_now.revert(&pair.new).as_ref() != Ok(&pair.old) {
            return Err("a redline does not give its texts".into());
        }
        let (seconds, _) = time(|| std::hint::black_box(redline(&pair.old, &pair.new)));
        ours.push(seconds);
        let (seconds, words) = time(|| words_of_similar(&pair));
        theirs.push(seconds);
        by_similar.push(words as f64);
        by_git.push(words_of_git(bench, &pair)? as f64);
        let summary = ours_now.summary;
        marked.push(f64::from(summary.words_inserted + summary.words_deleted));
        let right = pair.moved.iter().filter(|text| is_found(&ours_now, text)).count();
        made += pair.moved.len();
        found += right;
        more += ours_now.moves.len().saturating_sub(right);
        moved += summary.words_moved;
        truly += pair.words_changed;
    }
    let pieces = marked.len();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    Ok(vec![
        Measure::new("redline: 10,000 words, 500 changes, 20 moves", Unit::Seconds, &ours)
            .against("similar, by words", &theirs)
            .must(Limit::Value(Place::P99, 0.050)),
        Measure::new("redline: words marked as gone or come", Unit::Count, &[mean(&marked)])
            .against("git diff --word-diff", &[mean(&by_git)])
            .must(Limit::Ratio(Place::Median, 1.0))
            .note(format!(
                "of a piece; {} were changed in truth, and {} moved besides, which the redline marks as moved; \
                 similar marks {:.0}",
                truly / pieces,
                moved as usize / pieces,
                mean(&by_similar),
            )),
        Measure::new(
            "redline: moves found of those made",
            Unit::Share,
            &[found as f64 / made as f64],
        )
        .note(format!(
            "{found} of {made}, half of them edited on the way, and {more} that were not made; git and similar \
                 know no moves of words"
        )),
    ])
}

/// Whether a move says four fifths of what was moved, or more.
fn is_found(found: &Redline, text: &str) -> bool {
    let mut wanted: HashMap<&str, i32> = HashMap::new();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.iter().for_each(|word| *wanted.entry(word).or_default() += 1);
    found.moves.iter().any(|moved| {
        let mut left = wanted.clone();
        let said = moved.added.split_whitespace().filter(|word| {
            left.get_mut(word).is_some_and(|count| {
                *count -= 1;
                *count >= 0
            })
        });
        said.count() * 5 >= words.len() * 4
    })
}

fn words_of_similar(pair: &Revision) -> usize {
    let diff = TextDiff::from_words(&pair.old, &pair.new);
    diff.iter_all_changes()
        .filter(|change| change.tag() != ChangeTag::Equal && !change.value().trim().is_empty())
        .count()
}

fn words_of_git(bench: &Bench, pair: &Revision) -> Result<usize, Failure> {
    let (old, new) = (bench.scratch.path().join("old.md"), bench.scratch.path().join("new.md"));
    fs::write(&old, &pair.old)?;
    fs::write(&new, &pair.new)?;
    let output = Command::new("git")
        .args(["diff", "--no-index", "--no-color", "--word-diff=porcelain"])
        .args([&old, &new])
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    // What stands before the first hunk names the files.
    let lines = text.lines().skip_while(|line| !line.starts_with("@@"));
    let words = lines.filter_map(|line| line.strip_prefix(['+', '-']));
    Ok(words.map(|words| words.split_whitespace().count()).sum())
}
