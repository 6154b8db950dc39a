use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_citation::{Desk, Shelf};
use edito_prose::{Lang, LinkKind, LinkTarget, RenderContext, render};
use serde_json::json;

use crate::commands::bytes_of;
use crate::output::{CommandResult, Output};

/// Turn Markdown into safe HTML, as the reading view shows it.
#[derive(Args)]
pub struct Render {
    /// A file, or - for standard input.
    file: String,
    /// A file of references (BibTeX, BibLaTeX or CSL JSON) that the text cites; may be given several times.
    #[arg(long)]
    bibliography: Vec<PathBuf>,
    /// The style that citations are set by: the name of one that is shipped, or a .csl file beside the text.
    #[arg(long)]
    style: Option<String>,
}

impl Render {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let bytes = bytes_of(&self.file)?;
        let text = edito_library::encoding::decode(&bytes).text;
        let lang = edito_prose::analyse(&text).lang.unwrap_or(Lang::En);
        // Outside of a library a relative link or image leads wherever the reader puts the page.
        let resolve_link = |_: &str, kind: LinkKind| match kind {
            LinkKind::Wiki => LinkTarget::Missing,
            _ => LinkTarget::External,
        };
        let resolve_image = |target: &str| Some(target.to_owned());
        let folder = std::env::current_dir()?.canonicalize()?;
        let desk = Desk {
            root: &folder,
            files: &[],
            style: self.style.as_deref(),
            chosen: &self.bibliography,
        };
        let set = if self.bibliography.is_empty() {
            None
        } else {
            desk.set(&Shelf::default(), &text, "", &lang)
        };
        if let Some((name, problem)) = set.as_ref().and_then(|set| set.style_problem.as_ref()) {
            eprintln!("warning: {name}: {}", problem.sentence());
        }
        let html = render(
            &text,
            &RenderContext {
                lang: lang.clone(),
                typography: true,
                resolve_link: &resolve_link,
                resolve_image: &resolve_image,
                footnote_label: "Notes",
                citations: set.as_ref().map(|set| &set.cited),
            },
        );
        output.print(&json!({ "html": html, "lang": lang.tag() }), |out| {
            out.write_all(html.as_bytes())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
