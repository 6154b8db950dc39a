//! From files to articles: what the worker reads is taken into the library, piece by piece.

use std::sync::atomic::AtomicBool;

use edito_exchange::{Piece, Receipt, new_piece, tell_of_passages};
use edito_library::{ArticleId, ErrorKind, Intake, Library, LibraryChanges, Taken};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::files::{self, Job};
use crate::reader::{Event, Reader};

/// The kind of the note about a file that was not read to its end because the import ended.
pub const NOT_REACHED: &str = "not-reached";

/// What an import did.
#[derive(Debug, Default, Serialize)]
pub struct Outcome {
    /// New articles.
    pub imported: usize,
    /// Articles that were there, and of which something was new.
    pub merged: usize,
    /// Pieces that were there, or that nobody asked to keep.
    pub skipped: usize,
    /// What could not be read or written.
    pub failed: usize,
    /// Whether it was cancelled before its end.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
    /// What became of each file, in the order of the jobs.
    pub receipt: Vec<Receipt>,
    /// How many pieces of each file are in the library now, whether they were there before or not.
    #[serde(skip)]
    pub there: Vec<usize>,
    /// What ended it early.
    #[serde(skip)]
    pub error: Option<Error>,
}

/// What is told while an import goes on.
#[derive(Debug)]
pub enum Told<'a> {
    /// Where reading is: at each new file, and after each piece.
    At {
        /// The file, from 0.
        file: usize,
        /// How many files there are.
        files: usize,
        /// What the receipt calls the file.
        source: &'a str,
        /// Pieces read so far, of all files.
        pieces: usize,
    },
    /// Articles that are in lists and in search from now on.
    Listed(LibraryChanges),
}

/// Reads all files with `reader` and takes what they hold into the library. `told` hears of what goes on, on the calling
/// thread. Set `cancel` to stop: before the next piece, with everything so far kept and listed. Run again over the same
/// files, an import goes on where it stopped, without doubles.
///
/// What ended it early is in the outcome; files that were not reached are told as `not-reached`.
pub fn import(
    library: &Library,
    jobs: &[Job],
    reader: &Reader,
    told: &mut dyn FnMut(Told<'_>),
    cancel: &AtomicBool,
) -> Outcome {
    let mut outcome = Outcome {
        receipt: jobs.iter().map(|job| Receipt::new(&job.source)).collect(),
        there: vec![0; jobs.len()],
        ..Outcome::default()
    };
    let mut intake = match library.begin_intake() {
        Ok(intake) => intake,
        Err(error) => {
            outcome.error = Some(error.into());
            not_reached(&mut outcome, 0);
            return outcome;
        }
    };
    let mut promised: Vec<Promised> = Vec::new();
    let mut reached = 0;
    let mut pieces = 0;
    let read = reader.read(jobs, cancel, &mut |number, event| {
        let Some(job) = jobs.get(number) else { return Ok(()) };
        reached = number + usize::from(matches!(event, Event::Closed(_)));
        let result = match event {
            Event::Opened => Ok(()),
            Event::Piece(piece, said) => {
                pieces += 1;
                take(library, &mut intake, job, *piece, said, &mut outcome, number).map(|made| promised.extend(made))
            }
            Event::Receipt(said) | Event::Closed(said) => {
                outcome.failed += said.failed.iter().map(|note| note.count).sum::<usize>();
                absorb(&mut outcome, number, said);
                Ok(())
            }
        };
        settle(&mut intake, &mut promised, &mut outcome);
        let listed = intake.listed();
        if !listed.is_empty() {
            told(Told::Listed(listed));
        }
        told(Told::At {
            file: number,
            files: jobs.len(),
            source: &job.source,
            pieces,
        });
        result
    });
    let complete = match read {
        Ok(complete) => {
            outcome.cancelled = !complete;
            complete
        }
        Err(error) => {
            outcome.error = Some(error);
            false
        }
    };
    if !complete {
        not_reached(&mut outcome, reached);
    }
    // Also after a failure: what is written must be listed.
    match library.finish_intake(&mut intake) {
        Ok(listed) => told(Told::Listed(listed)),
        Err(error) => {
            told(Told::Listed(intake.listed()));
            outcome.error = outcome.error.or(Some(error.into()));
        }
    }
    settle(&mut intake, &mut promised, &mut outcome);
    outcome
}

/// Says of the files from the one with this number on that they were not read to their end.
fn not_reached(outcome: &mut Outcome, first: usize) {
    for receipt in outcome.receipt.iter_mut().skip(first) {
        receipt.leave_out(NOT_REACHED, None);
    }
}

/// A new article that is counted as imported and may still turn out not to be writable.
struct Promised {
    id: ArticleId,
    number: usize,
    title: String,
}

/// Counts what could not be written after all.
fn settle(intake: &mut Intake, promised: &mut Vec<Promised>, outcome: &mut Outcome) {
    for lost in intake.lost() {
        let Some(one) = promised.iter().find(|one| one.id == lost.id) else {
            continue;
        };
        outcome.imported -= 1;
        outcome.failed += 1;
        if let Some(there) = outcome.there.get_mut(one.number) {
            *there -= 1;
        }
        if let Some(receipt) = outcome.receipt.get_mut(one.number) {
            receipt.fail_named(kind_of(lost.kind), &one.title);
        }
    }
    if intake.is_written() {
        promised.clear();
    }
}

/// Takes a piece in; answers the new article that it is to become, if it is one.
fn take(
    library: &Library,
    intake: &mut Intake,
    job: &Job,
    mut piece: Piece,
    mut said: Receipt,
    outcome: &mut Outcome,
    number: usize,
) -> Result<Option<Promised>> {
    // What was in hand has no file whose name could be its title.
    if job.bytes.is_some() && piece.title.is_none() && !piece.body.lines().any(|line| line.starts_with("# ")) {
        piece.title = job.name.rsplit_once('.').map(|(stem, _)| stem.to_owned());
    }
    let title = piece.title.clone().or_else(|| piece.url.clone()).unwrap_or_default();
    let key = files::key(job, &piece);
    let Some(piece) = new_piece(piece, &job.name, key, &mut said) else {
        outcome.skipped += 1;
        absorb(outcome, number, said);
        return Ok(None);
    };
    let mut made = None;
    let result = match library.take_in(&piece, intake) {
        Ok(taken) => {
            if let Some(there) = outcome.there.get_mut(number) {
                *there += 1;
            }
            match taken.outcome {
                Taken::Created => {
                    outcome.imported += 1;
                    made = Some(Promised {
                        id: taken.id,
                        number,
                        title,
                    });
                }
                Taken::Merged | Taken::Recaptured => {
                    outcome.merged += 1;
                    said.keep_there(&there(library, &taken.id, &title));
                }
                Taken::Skipped => {
                    outcome.skipped += 1;
                    said.keep_there(&there(library, &taken.id, &title));
                }
                Taken::InTrash => {
                    outcome.skipped += 1;
                    said.leave_out("in-trash", Some(&title));
                }
            }
            tell_of_passages(&taken.passages, &mut said);
            for _ in 0..taken.images_left {
                said.degrade("image-kind", None);
            }
            for _ in 0..taken.left_unsaid {
                said.degrade("mark-too-long", None);
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
    absorb(outcome, number, said);
    result.map(|()| made)
}

/// Where the article lies that a piece was found to be; its title, while it is not listed yet.
fn there(library: &Library, id: &ArticleId, title: &str) -> String {
    let row = library.row(id).ok().flatten();
    row.map_or_else(|| title.to_owned(), |row| row.path)
}

fn absorb(outcome: &mut Outcome, number: usize, said: Receipt) {
    if let Some(receipt) = outcome.receipt.get_mut(number) {
        receipt.absorb(said);
    }
}

fn kind_of(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Invalid => "empty",
        ErrorKind::BadName => "name",
        ErrorKind::Encoding | ErrorKind::Unencodable => "encoding",
        ErrorKind::DiskFull => "disk-full",
        ErrorKind::ReadOnly => "read-only",
        ErrorKind::Changed => "changed",
        _ => "library",
    }
}
