//! Bringing in what other programs and people made.
//!
//! What strangers made is read by another process, [`worker`]: one that crashes, loops or eats memory over it takes
//! nothing with it. [`reader`] starts it, watches it, and starts it again behind what it fell over. This process alone
//! writes into the library.

mod files;
mod frame;
mod reader;
pub mod worker;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_exchange::{Note, Receipt, new_piece};
use edito_library::{ErrorKind, Intake, Library, Taken};
use serde::Serialize;

use crate::commands::open;
use crate::output::{CommandResult, Failure, Output};
use files::Job;
use reader::{Event, Limits};

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

/// What an import did.
#[derive(Debug, Default, Serialize)]
struct Outcome {
    imported: usize,
    merged: usize,
    skipped: usize,
    failed: usize,
    receipt: Vec<Receipt>,
}

impl Import {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let jobs = files::jobs(&self.sources)?;
        let library = open(&self.library)?;
        let limits = Limits {
            item_seconds: self.item_seconds,
            memory: self.memory,
        };
        let mut outcome = Outcome::default();
        let imported = import(&library, &jobs, limits, &mut outcome);
        // What came in before a disk was full is there, and told.
        if let Some(path) = &self.receipt {
            std::fs::write(path, serde_json::to_vec_pretty(&outcome).map_err(std::io::Error::from)?)?;
        }
        imported?;
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

fn import(library: &Library, jobs: &[Job], limits: Limits, outcome: &mut Outcome) -> Result<(), Failure> {
    let mut intake = library.begin_intake()?;
    let mut receipts: Vec<Receipt> = jobs.iter().map(|job| Receipt::new(&job.source)).collect();
    let result = reader::read(jobs, limits, &mut |number, event| {
        let (Some(job), Some(receipt)) = (jobs.get(number), receipts.get_mut(number)) else {
            return Ok(());
        };
        take(library, &mut intake, job, receipt, event, outcome)
    });
    outcome.receipt = receipts;
    // Also after a failure: what is written must be listed.
    let finished = library.finish_intake(intake);
    result?;
    finished?;
    Ok(())
}

fn take(
    library: &Library,
    intake: &mut Intake,
    job: &Job,
    receipt: &mut Receipt,
    event: Event,
    outcome: &mut Outcome,
) -> Result<(), Failure> {
    let (piece, mut said) = match event {
        Event::Piece(piece, said) => (*piece, said),
        Event::Receipt(said) => {
            outcome.failed += said.failed.iter().map(|note| note.count).sum::<usize>();
            receipt.absorb(said);
            return Ok(());
        }
    };
    let title = piece.title.clone().or_else(|| piece.url.clone()).unwrap_or_default();
    let key = files::key(job, &piece);
    let taken = match new_piece(piece, &job.name, key, &mut said) {
        Some(piece) => library.take_in(&piece, intake),
        None => {
            outcome.skipped += 1;
            receipt.absorb(said);
            return Ok(());
        }
    };
    let result = match taken {
        Ok(taken) => {
            match taken.outcome {
                Taken::Created => outcome.imported += 1,
                Taken::Merged | Taken::Recaptured => outcome.merged += 1,
                Taken::Skipped => outcome.skipped += 1,
                Taken::InTrash => {
                    outcome.skipped += 1;
                    said.leave_out("in-trash", Some(&title));
                }
            }
            for _ in 0..taken.images_left {
                said.degrade("image-kind", None);
            }
            Ok(())
        }
        Err(error) => {
            outcome.failed += 1;
            said.fail_named(kind_of(error.kind), &title);
            match error.kind {
                // The next piece would fare no better.
                ErrorKind::DiskFull | ErrorKind::ReadOnly | ErrorKind::Vanished | ErrorKind::Io => Err(error.into()),
                _ => Ok(()),
            }
        }
    };
    receipt.absorb(said);
    result
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

fn kind_of(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Invalid => "empty",
        ErrorKind::BadName => "name",
        ErrorKind::Encoding => "encoding",
        ErrorKind::DiskFull => "disk-full",
        ErrorKind::ReadOnly => "read-only",
        ErrorKind::Changed => "changed",
        _ => "library",
    }
}
