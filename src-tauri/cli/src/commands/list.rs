use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_library::ListQuery;

use crate::commands::open;
use crate::output::{CommandResult, Output};

/// List articles, the newest first.
#[derive(Args)]
pub struct List {
    /// The library's folder.
    library: PathBuf,
    /// Only this section and those below it.
    #[arg(long)]
    section: Option<String>,
    /// Only this status.
    #[arg(long)]
    status: Option<String>,
    /// Only this tag.
    #[arg(long)]
    tag: Option<String>,
    /// At most so many.
    #[arg(long)]
    limit: Option<usize>,
}

impl List {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let library = open(&self.library)?;
        let query = ListQuery {
            section: self.section,
            status: self.status,
            tag: self.tag,
            descending: true,
            ..ListQuery::default()
        };
        let page = library.list(&query, 0, self.limit.unwrap_or(usize::MAX))?;
        output.print(&page.rows, |out| {
            for row in &page.rows {
                let date = row.date.as_deref().unwrap_or("");
                writeln!(
                    out,
                    "{:10}  {:24}  {}  ({})",
                    date.get(..10).unwrap_or(date),
                    row.section_name,
                    row.title,
                    row.path
                )?;
            }
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
