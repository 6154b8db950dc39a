use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::commands::spelling::SpellingChoice;
use crate::commands::{citations, open};
use crate::output::{CommandResult, Output};

/// Tell what is wrong with a library, and change nothing.
///
/// With --advice also what is said of the words of the library's own pieces: spelling, grammar and style. Ends with exit code 0 when nothing was found and 1 otherwise.
#[derive(Args)]
pub struct Check {
    /// The library's folder.
    library: PathBuf,
    /// Look through the words as well; it takes some seconds for each thousand pieces.
    #[arg(long)]
    advice: bool,
    #[command(flatten)]
    spelling: SpellingChoice,
}

impl Check {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let library = open(&self.library)?;
        let mut findings = library.check()?;
        findings.extend(citations::findings(&library)?);
        if self.advice {
            findings.extend(library.check_advice(&self.spelling.with_vouched()?)?);
        }
        findings.sort();
        output.print(&findings, |out| {
            for finding in &findings {
                writeln!(out, "{}: {}", finding.path, finding.detail)?;
            }
            writeln!(out, "{} findings", findings.len())
        })?;
        Ok(if findings.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
