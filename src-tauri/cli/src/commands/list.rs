use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_library::{Collection, Library, ListQuery, Sort};

use crate::commands::{by_name, open};
use crate::output::{CommandResult, Failure, Output};

/// List articles, the newest first; those of a collection in the order made by hand.
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
    /// Only this collection, by its name.
    #[arg(long, value_name = "NAME")]
    collection: Option<String>,
    /// At most so many.
    #[arg(long)]
    limit: Option<usize>,
}

impl List {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let library = open(&self.library)?;
        let collection = self.collection.map(|name| named(&library, &name)).transpose()?;
        let query = ListQuery {
            section: self.section,
            status: self.status,
            tag: self.tag,
            sort: if collection.is_some() { Sort::Hand } else { Sort::Date },
            collection: collection.map(|found| found.id),
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

fn named(library: &Library, name: &str) -> Result<Collection, Failure> {
    by_name(&library.collections(), name, |one| &one.name)
        .cloned()
        .ok_or_else(|| Failure::NoCollection(name.to_owned()))
}
