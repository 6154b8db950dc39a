//! The rows of the table, each with what it is held against.

mod advice;
mod capture;
mod change;
mod desk;
mod front;
mod index;
mod keys;
mod lists;
mod prose;
mod redline;
mod save;
mod search;
mod window;

use crate::bench::{Bench, Failure};
use crate::table::Measure;

/// What a row measures, or why it could not.
pub type Outcome = Result<Vec<Measure>, Failure>;

/// A row: its name for `--rows`, and what measures it.
pub type Row = (&'static str, fn(&mut Bench) -> Outcome);

/// All rows in the order of the table. Those that need the library to themselves stand last.
pub const ROWS: &[Row] = &[
    ("index", index::first_index),
    ("start", index::nothing_changed),
    ("search", search::per_key),
    ("list", lists::any_page),
    ("front", front::pages),
    ("change", change::by_another_program),
    ("save", save::durable),
    ("advice", advice::on_words),
    ("render", prose::reading_view),
    ("analyse", prose::analysis),
    ("redline", redline::comparison),
    ("capture", capture::saved_pages),
    ("window", window::time_and_memory),
    ("journey", window::scroll_and_search),
    ("keys", keys::key_to_paint),
    ("desk-short", desk::short),
    ("desk-long", desk::long),
    ("desk-longest", desk::longest),
];
