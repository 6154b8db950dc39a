use std::io::Read;
use std::process::ExitCode;

use clap::Args;
use edito_library::encoding::{self, Encoding};
use edito_prose::Lang;
use edito_prose::typography::corrections::{Correction, apply, corrections};
use serde_json::json;

use crate::output::{CommandResult, Failure, Output};

/// Say what a compositor would change in a text: spaces, quotes, apostrophes, dashes, accents on capitals.
///
/// No file is written: with --apply, the corrected text goes to standard output. Spaces are shown as signs: ⍽ for a
/// no-break space, ⎵ for a thin one. What is printed has the line ends and the encoding of the file; what that encoding
/// lacks is not set.
#[derive(Args)]
pub struct Typography {
    /// A Markdown file, or - for standard input.
    file: String,
    /// Print the corrected text instead of the list.
    #[arg(long)]
    apply: bool,
    /// The language of the text (fr, en, ar), instead of the one it declares or seems to be in.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

impl Typography {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let bytes = if self.file == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            bytes
        } else {
            std::fs::read(&self.file).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => Failure::NotFound(self.file.clone()),
                _ => Failure::Io(error),
            })?
        };
        let decoded = encoding::decode(&bytes);
        let text = &decoded.text;
        let lang = match &self.lang {
            Some(tag) => Lang::from_tag(tag),
            None => edito_prose::analyse(text).lang.unwrap_or(Lang::Other("und".into())),
        };
        let found: Vec<Correction> = corrections(text, &lang)
            .into_iter()
            .filter_map(|one| fitting(one, text, decoded.encoding))
            .collect();
        if self.apply {
            let corrected = apply(text, &found);
            let bytes = match found.is_empty() {
                true => bytes,
                false => encoding::encode(&decoded, &corrected)?,
            };
            output.print(&json!({ "text": corrected, "lang": lang.tag() }), |out| {
                out.write_all(&bytes)
            })?;
            return Ok(ExitCode::SUCCESS);
        }
        let (mut line, mut line_start, mut read) = (1usize, 0, 0);
        let listed: Vec<_> = found
            .iter()
            .map(|correction| {
                let passed = text.get(read..correction.range.start).unwrap_or_default();
                line += passed.matches('\n').count();
                line_start = passed.rfind('\n').map_or(line_start, |end| read + end + 1);
                read = correction.range.start;
                let column = 1 + text.get(line_start..read).unwrap_or_default().chars().count();
                let before = text.get(correction.range.clone()).unwrap_or_default();
                (line, column, before, correction)
            })
            .collect();
        let as_json: Vec<_> = listed
            .iter()
            .map(|(line, column, before, correction)| {
                json!({
                    "line": line,
                    "column": column,
                    "rule": correction.rule.id(),
                    "before": before,
                    "after": correction.replacement,
                })
            })
            .collect();
        output.print(&json!({ "lang": lang.tag(), "corrections": as_json }), |out| {
            for (line, column, before, correction) in &listed {
                let (before, after) = (shown(before), shown(&correction.replacement));
                writeln!(out, "{line}:{column}\t{}\t{before} → {after}", correction.rule.id())?;
            }
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A correction as it can be written in an encoding: one that has no thin space has a full one.
fn fitting(mut correction: Correction, text: &str, encoding: Encoding) -> Option<Correction> {
    if !encoding.has("\u{202f}") {
        correction.replacement = correction.replacement.replace('\u{202f}', "\u{a0}");
    }
    let changes = text.get(correction.range.clone()) != Some(correction.replacement.as_str());
    (changes && encoding.has(&correction.replacement)).then_some(correction)
}

/// Spaces as signs, so that they can be told apart.
fn shown(text: &str) -> String {
    text.replace(' ', "␣").replace('\u{a0}', "⍽").replace('\u{202f}', "⎵")
}
