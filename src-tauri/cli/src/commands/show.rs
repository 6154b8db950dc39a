use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_citation::{Desk, Shelf};
use edito_prose::{Lang, LinkKind, LinkTarget, RenderContext, render};
use serde_json::json;

use crate::commands::{article, open};
use crate::output::{CommandResult, Output};

/// Show one article: its text, or its reading view as HTML.
#[derive(Args)]
pub struct Show {
    /// The library's folder.
    library: PathBuf,
    /// The article's id, or its path within the library.
    article: String,
    /// The reading view instead of the text.
    #[arg(long)]
    html: bool,
}

impl Show {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let library = open(&self.library)?;
        let id = article(&library, &self.article)?;
        let text = library.read_text(&id)?;
        let row = library.row(&id)?;
        let shown = if self.html {
            let lang = row
                .as_ref()
                .and_then(|row| row.lang.as_deref())
                .map_or(Lang::En, Lang::from_tag);
            let resolve_link = |target: &str, kind: LinkKind| {
                if kind != LinkKind::Wiki && target.contains("://") {
                    return LinkTarget::External;
                }
                library
                    .resolve_link(&id, target)
                    .map_or(LinkTarget::Missing, |id| LinkTarget::Article(id.0))
            };
            let resolve_image = |target: &str| library.image(&id, target).map(|path| path.display().to_string());
            let config = library.config();
            let desk = Desk {
                root: library.root(),
                files: &config.citations.files,
                style: config.citations.style.as_deref(),
                chosen: &[],
            };
            let path = row.as_ref().map(|row| row.path.clone()).unwrap_or_default();
            let set = desk.set(&Shelf::default(), &text.text, &path, &lang);
            render(
                &text.text,
                &RenderContext {
                    lang,
                    typography: true,
                    resolve_link: &resolve_link,
                    resolve_image: &resolve_image,
                    footnote_label: "Notes",
                    citations: set.as_ref().map(|set| &set.cited),
                },
            )
        } else {
            text.text.clone()
        };
        let answer = json!({ "article": row, (if self.html { "html" } else { "text" }): shown });
        output.print(&answer, |out| {
            out.write_all(shown.as_bytes())?;
            if shown.ends_with('\n') { Ok(()) } else { writeln!(out) }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
