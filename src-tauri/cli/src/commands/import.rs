//! Bringing in what other programs and people made.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::Args;
use edito_exchange::Note;
use edito_import::{Limits, Reader, import, jobs};

use crate::commands::open;
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
        output.print(&outcome, |out| {
            for receipt in &outcome.receipt {
                if receipt.degraded.is_empty() && receipt.unsupported.is_empty() && receipt.failed.is_empty() {
                    continue;
                }
                writeln!(out, "{}", receipt.source)?;
                for (word, notes) in [
                    ("changed", &receipt.degraded),
                    ("left out", &receipt.unsupported),
                    ("failed", &receipt.failed),
                ] {
                    for (kind, (count, details)) in by_kind(notes) {
                        let details = if details.is_empty() {
                            String::new()
                        } else {
                            format!(" ({})", details.join(", "))
                        };
                        writeln!(out, "  {word}: {kind} × {count}{details}")?;
                    }
                }
            }
            writeln!(
                out,
                "{} imported, {} merged, {} skipped, {} failed",
                outcome.imported, outcome.merged, outcome.skipped, outcome.failed
            )
        })?;
        library.settle()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn by_kind(notes: &[Note]) -> BTreeMap<&str, (usize, Vec<&str>)> {
    const SHOWN: usize = 3;
    let mut kinds: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    for note in notes {
        let (count, details) = kinds.entry(&note.kind).or_default();
        *count += note.count;
        if let Some(detail) = note.detail.as_deref().filter(|_| details.len() < SHOWN) {
            details.push(detail);
        }
    }
    kinds
}
