//! A receipt in words, for people: on a terminal, and as a file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub use edito_exchange::ALREADY_THERE;
use edito_exchange::{Note, Receipt};

use crate::intake::Outcome;
use crate::words::Words;

/// What became of the things of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They could not be read.
    Failed,
    /// They were left out: Edito has no place for them.
    LeftOut,
    /// They came in changed, or in part.
    Changed,
    /// They came in whole.
    Kept,
}

/// One line of a receipt: all notes of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What became of them.
    pub fate: Fate,
    /// The kind; the message `receipt-<kind>` words it.
    pub kind: String,
    /// How many there were.
    pub count: usize,
    /// What some of them were about, in the source's own words.
    pub details: Vec<String>,
}

impl Fate {
    /// The message that names it.
    pub fn message(self) -> &'static str {
        match self {
            Fate::Failed => "receipts-failed",
            Fate::LeftOut => "receipts-left-out",
            Fate::Changed => "receipts-changed",
            Fate::Kept => "receipts-kept",
        }
    }
}

/// The lines of a receipt, the gravest first, with so many details each.
pub fn lines(receipt: &Receipt, details: usize) -> Vec<Line> {
    [
        (Fate::Failed, &receipt.failed),
        (Fate::LeftOut, &receipt.unsupported),
        (Fate::Changed, &receipt.degraded),
        (Fate::Kept, &receipt.kept),
    ]
    .into_iter()
    .flat_map(|(fate, notes)| {
        by_kind(notes, details)
            .into_iter()
            .map(move |(kind, (count, details))| Line {
                fate,
                kind: kind.to_owned(),
                count,
                details,
            })
    })
    .collect()
}

/// A line in words: `the images stayed on the web × 3 (a, b)`.
pub fn line(line: &Line, words: &Words) -> String {
    let mut text = words.counted(&format!("receipt-{}", line.kind), line.count);
    if line.count > 1 {
        let _ = write!(text, " × {}", line.count);
    }
    if !line.details.is_empty() {
        let more = if line.details.len() < line.count { "…" } else { "" };
        let _ = write!(text, " ({}{more})", line.details.join(", "));
    }
    text
}

/// How many pieces came in and did not, in one sentence.
pub fn summary(outcome: &Outcome, words: &Words) -> String {
    let counted = [
        ("receipts-imported", outcome.imported),
        ("receipts-merged", outcome.merged),
        ("receipts-skipped", outcome.skipped),
        ("receipts-pieces-failed", outcome.failed),
    ];
    let said: Vec<String> = counted
        .iter()
        .enumerate()
        .filter(|(place, (_, count))| *place == 0 || *count > 0)
        .map(|(_, (key, count))| words.counted(key, *count))
        .collect();
    said.join(", ")
}

/// The whole receipt in Markdown, under a title.
pub fn markdown(outcome: &Outcome, title: &str, words: &Words) -> String {
    const DETAILS: usize = 20;
    let mut text = format!("# {}\n\n{}\n", plain(title), plain(&summary(outcome, words)));
    if outcome.cancelled {
        let _ = write!(text, "\n{}\n", words.counted("receipts-cancelled", 1));
    }
    for receipt in &outcome.receipt {
        let _ = write!(text, "\n## {}\n", plain(&receipt.source));
        let mut fate = None;
        for one in lines(receipt, DETAILS) {
            if fate != Some(one.fate) {
                let _ = write!(text, "\n{}\n\n", words.counted(one.fate.message(), 1));
                fate = Some(one.fate);
            }
            let _ = writeln!(text, "- {}", plain(&line(&one, words)));
        }
    }
    text
}

fn by_kind(notes: &[Note], most: usize) -> BTreeMap<&str, (usize, Vec<String>)> {
    let mut kinds: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for note in notes {
        let (count, details) = kinds.entry(&note.kind).or_default();
        *count += note.count;
        if let Some(detail) = note.detail.as_deref().filter(|_| details.len() < most) {
            details.push(detail.to_owned());
        }
    }
    kinds
}

/// What strangers named things, on one line and without a meaning in Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            plain.push(' ');
            continue;
        }
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '!') {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_receipt_reads_well_and_means_nothing_else() {
        let mut receipt = Receipt::new("a*b\n# not a heading");
        receipt.keep("title");
        receipt.degrade("remote-image", None);
        receipt.degrade("remote-image", None);
        receipt.fail("row", Some("<script>"));
        let outcome = Outcome {
            imported: 1,
            failed: 1,
            receipt: vec![receipt],
            ..Outcome::default()
        };
        let words = Words::of("en-GB");
        let text = markdown(&outcome, "Receipt", &words);
        assert!(
            text.starts_with("# Receipt\n\n1 imported, 1 failed\n\n## a\\*b \\# not a heading\n"),
            "{text}"
        );
        assert!(text.contains(" × 2\n") && text.contains("(\\<script\\>)\n"), "{text}");
        assert!(
            !text.contains("receipt-") && !text.contains("receipts-"),
            "everything has its words: {text}"
        );
        let order: Vec<Fate> = lines(&outcome.receipt[0], 1)
            .into_iter()
            .map(|line| line.fate)
            .collect();
        assert_eq!(order, [Fate::Failed, Fate::Changed, Fate::Kept]);
    }
}
