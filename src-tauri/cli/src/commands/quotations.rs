use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_library::{CheckedQuotation, Verdict};
use edito_prose::ledger::Mark;
use serde_json::{Value, json};

use crate::commands::{article, open};
use crate::output::{CommandResult, Output};

/// List what an article quotes, from where, and whether its sources say so to the word.
///
/// Words that differ are marked: [-quoted-] {+what the source says+}. Ends with exit code 1 when a quotation is altered, or
/// its source is missing or has changed since.
#[derive(Args)]
pub struct Quotations {
    /// The library's folder.
    library: PathBuf,
    /// The article, by id or path.
    article: String,
}

impl Quotations {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let library = open(&self.library)?;
        let id = article(&library, &self.article)?;
        let text = library.read_text(&id)?.text;
        let found = library.quotations(&id, &text, true)?;
        let listed: Vec<Value> = found.iter().map(|one| as_json(one, &text)).collect();
        output.print(&json!({ "quotations": listed }), |out| {
            for one in &found {
                let line = line_of(one, &text);
                let source = one.source.as_ref().map(|source| source.path.clone());
                let source = source.or_else(|| one.named.clone()).unwrap_or_default();
                writeln!(out, "{line}\t{}\t{source}\t{}", word(one.verdict), shown(one))?;
                for other in &one.found {
                    writeln!(out, "\t\t{}\tsays it to the word", other.path)?;
                }
            }
            Ok(())
        })?;
        let wrong =
            |one: &CheckedQuotation| matches!(one.verdict, Verdict::Altered | Verdict::Changed | Verdict::Missing);
        Ok(if found.iter().any(wrong) {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Proved => "proved",
        Verdict::Altered => "altered",
        Verdict::Unsourced => "unsourced",
        Verdict::Changed => "changed",
        Verdict::Missing => "missing",
        Verdict::Elsewhere => "elsewhere",
        Verdict::TooLong => "too long",
    }
}

fn line_of(one: &CheckedQuotation, text: &str) -> usize {
    text.get(..one.quotation.range.start)
        .unwrap_or_default()
        .matches('\n')
        .count()
        + 1
}

fn shown(one: &CheckedQuotation) -> String {
    let differing = one.comparison.as_ref().filter(|comparison| !comparison.is_verbatim());
    if one.verdict == Verdict::Altered && one.comparison.is_none() {
        return format!("[-{}-]", one.quotation.words.replace('\n', " "));
    }
    let Some(comparison) = differing else {
        return one.quotation.words.replace('\n', " ");
    };
    let pieces = comparison.pieces.iter().map(|piece| match piece.mark {
        Mark::Same => piece.text.clone(),
        Mark::Quoted => format!("[-{}-]", piece.text),
        Mark::Source => format!("{{+{}+}}", piece.text),
    });
    pieces.collect::<String>().replace('\n', " ")
}

fn as_json(one: &CheckedQuotation, text: &str) -> Value {
    let differing = one.comparison.as_ref().filter(|comparison| !comparison.is_verbatim());
    json!({
        "line": line_of(one, text),
        "verdict": word(one.verdict),
        "words": one.quotation.words,
        "block": one.quotation.is_block,
        "source": one.source,
        "named": one.named,
        "since": one.since,
        "says": one.comparison.as_ref().map(|comparison| &comparison.passage),
        "redline": differing.map(|comparison| &comparison.pieces),
        "found": one.found,
    })
}
