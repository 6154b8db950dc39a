//! Bringing in what other programs and people made.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::Args;
use edito_import::told::{ALREADY_THERE, Fate, Line, line, lines, summary};
use edito_import::{Limits, Reader, import, jobs};

use crate::commands::open;
use crate::messages::Messages;
use crate::output::{CommandResult, Output};

/// Bring articles in: saved pages, mail, reading lists, notes; files, folders and archives.
#[derive(Args)]
pub struct Import {
    /// The library's folder.
    library: PathBuf,
    /// Files, folders and archives to bring in.
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// Write what became of everything to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    /// Seconds that one piece may take to read.
    #[arg(long, default_value_t = 20, hide = true)]
    item_seconds: u64,
    /// Megabytes that reading may take.
    #[arg(long, default_value_t = 3072, hide = true)]
    memory: u64,
}

impl Import {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let jobs = jobs(&self.sources)?;
        let library = open(&self.library)?;
        let reader = Reader {
            limits: Limits {
                item_seconds: self.item_seconds,
                memory: self.memory,
            },
            ..Reader::of_this_program()?
        };
        let mut outcome = import(&library, &jobs, &reader, &mut |_| {}, &AtomicBool::new(false));
        // What came in before a disk was full is there, and told.
        if let Some(path) = &self.receipt {
            std::fs::write(path, serde_json::to_vec_pretty(&outcome).map_err(std::io::Error::from)?)?;
        }
        if let Some(error) = outcome.error.take() {
            return Err(error.into());
        }
        let messages = Messages::of_this_terminal();
        let words = messages.words();
        output.print(&outcome, |out| {
            for receipt in &outcome.receipt {
                let lines = lines(receipt, DETAILS);
                let told: Vec<&Line> = lines
                    .iter()
                    .filter(|line| line.fate != Fate::Kept || line.kind == ALREADY_THERE)
                    .collect();
                if told.is_empty() {
                    continue;
                }
                writeln!(out, "{}", receipt.source)?;
                for one in told {
                    let fate = words.counted(one.fate.message(), 1);
                    writeln!(out, "  {fate} {}", line(one, words))?;
                }
            }
            writeln!(out, "{}", summary(&outcome, words))
        })?;
        library.settle()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// So many things of a kind are named on a terminal.
const DETAILS: usize = 3;
