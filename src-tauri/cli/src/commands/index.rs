use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use edito_library::{Continue, Reconcile};
use serde_json::json;

use crate::commands::open_as_is;
use crate::output::{CommandResult, Output};

/// Bring the index of a library up to date with its folder.
#[derive(Args)]
pub struct Index {
    /// The library's folder.
    library: PathBuf,
    /// Forget the index and make it anew.
    #[arg(long)]
    rebuild: bool,
}

impl Index {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let started = Instant::now();
        let library = open_as_is(&self.library)?;
        let changes = if self.rebuild {
            library.rebuild(&|_| Continue::Yes)?
        } else {
            library.reconcile(Reconcile::All, &|_| Continue::Yes)?
        };
        let seconds = started.elapsed().as_secs_f64();
        let answer = json!({
            "articles": changes.total,
            "added": changes.new.len(),
            "updated": changes.updated.len(),
            "removed": changes.deleted.len(),
            "errors": changes.errors,
            "seconds": seconds,
        });
        output.print(&answer, |out| {
            for problem in &changes.errors {
                writeln!(out, "{}: {}", problem.path, problem.message)?;
            }
            writeln!(
                out,
                "{} articles: {} added, {} updated, {} removed, {} errors, {seconds:.2} s",
                changes.total,
                changes.new.len(),
                changes.updated.len(),
                changes.deleted.len(),
                changes.errors.len(),
            )
        })?;
        // Told already: what follows only makes searching quicker.
        library.settle()?;
        Ok(ExitCode::SUCCESS)
    }
}
