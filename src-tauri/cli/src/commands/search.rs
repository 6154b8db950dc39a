use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_library::Library;
use serde_json::json;

use crate::commands::{by_name, open};
use crate::output::{CommandResult, Failure, Output};

/// Search titles, standfirsts and texts.
///
/// Words are joined by "and"; "a phrase", -not, title: author: section: tag: status: lang: before: after: in: is: has:
#[derive(Args)]
pub struct Search {
    /// The library's folder.
    library: PathBuf,
    /// What to look for.
    // A query may well begin with "-not".
    #[arg(allow_hyphen_values = true, required_unless_present = "saved")]
    query: Option<String>,
    /// A search saved in this library, by its name; with a query, both must hold.
    #[arg(long, value_name = "NAME")]
    saved: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 20)]
    limit: usize,
}

impl Search {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let library = open(&self.library)?;
        let saved = match &self.saved {
            Some(name) => Some(named(&library, name)?),
            None => None,
        };
        let both: Vec<&str> = saved.iter().chain(&self.query).map(String::as_str).collect();
        let page = library.search_all(&both, self.limit, 0)?;
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

/// The question of a saved search.
fn named(library: &Library, name: &str) -> Result<String, Failure> {
    by_name(&library.saved_searches(), name, |one| &one.name)
        .map(|one| one.query.clone())
        .ok_or_else(|| Failure::NoSearch(name.to_owned()))
}
