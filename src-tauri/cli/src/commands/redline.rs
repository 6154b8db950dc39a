use std::process::ExitCode;

use clap::Args;
use edito_prose::redline::{HtmlOptions, Move, Op, Summary, What, redline};
use serde::Serialize;

use crate::commands::bytes_of;
use crate::output::{CommandResult, Failure, Output};

/// Tell what changed from one text to another, as CriticMarkup.
///
/// {++came++}, {--gone--}, {~~old~>new~~}. The two ends of a move share a name: {--moved--}{#m1} … {++moved++}{#m1}.
/// Refusing every mark gives OLD, accepting every mark gives NEW, to the byte.
#[derive(Args)]
pub struct Redline {
    /// The text as it was: a file, or - for standard input.
    old: String,
    /// The text as it is.
    new: String,
    /// Leave changes of typography (spaces, quotation marks, apostrophes, dashes) unmarked.
    #[arg(long)]
    fold_typography: bool,
    /// HTML with `ins` and `del` instead.
    #[arg(long)]
    html: bool,
}

impl Redline {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let (old, new) = (text_of(&self.old)?, text_of(&self.new)?);
        let found = redline(&old, &new);
        let answer = Answer {
            summary: &found.summary,
            changes: found.ops.iter().filter(|op| op.what != What::Same).collect(),
            moves: &found.moves,
        };
        output.print(&answer, |out| {
            let text = if self.html {
                let options = HtmlOptions {
                    typography: !self.fold_typography,
                };
                found.to_html(&old, options)
            } else {
                found
                    .to_critic(&old, !self.fold_typography)
                    .map_err(std::io::Error::other)?
            };
            out.write_all(text.as_bytes())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    summary: &'a Summary,
    changes: Vec<&'a Op>,
    moves: &'a [Move],
}

/// What a file says. UTF-8 is taken byte for byte.
fn text_of(named: &str) -> Result<String, Failure> {
    let bytes = bytes_of(named)?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text,
        Ok(text) => edito_library::encoding::decode(text.as_bytes()).text,
        Err(error) => edito_library::encoding::decode(error.as_bytes()).text,
    })
}
