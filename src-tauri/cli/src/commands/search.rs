use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::commands::open;
use crate::output::{CommandResult, Output};

/// Search titles, standfirsts and texts.
///
/// Words are joined by "and"; "a phrase", -not, title: author: section: tag: status: lang: before: after:
#[derive(Args)]
pub struct Search {
    /// The library's folder.
    library: PathBuf,
    /// What to look for.
    // A query may well begin with "-not".
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// At most so many.
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

impl Search {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let library = open(&self.library)?;
        let page = library.search(&self.query, self.limit, 0)?;
        let hits: Vec<_> = page
            .hits
            .iter()
            .map(|hit| {
                json!({
                    "id": hit.row.id,
                    "path": hit.row.path,
                    "title": hit.row.title,
                    "snippet": hit.snippet,
                    "score": hit.score,
                })
            })
            .collect();
        output.print(&hits, |out| {
            for hit in &page.hits {
                writeln!(out, "{}  ({})\n    {}", hit.row.title, hit.row.path, hit.snippet)?;
            }
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
