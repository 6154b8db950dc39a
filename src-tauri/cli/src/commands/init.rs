use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_library::config::TemplateLanguage;
use edito_library::{Environment, Library, Places, sample};
use serde_json::json;

use crate::output::{CommandResult, Output};

/// Make a new library in a new or empty folder.
#[derive(Args)]
pub struct Init {
    /// The folder.
    folder: PathBuf,
    /// Fill it with the sample articles.
    #[arg(long)]
    sample: bool,
    /// The library's title; the folder's name when not given.
    #[arg(long, conflicts_with = "sample")]
    title: Option<String>,
    /// The language of the library's settings file: fr or en.
    #[arg(long, default_value = "en", value_parser = ["fr", "en"], conflicts_with = "sample")]
    lang: String,
}

impl Init {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let articles = if self.sample {
            sample::write(&self.folder)?
        } else {
            let name = self.folder.file_name().map(|name| name.to_string_lossy().into_owned());
            let title = self.title.or(name).unwrap_or_default();
            let language = if self.lang == "fr" {
                TemplateLanguage::French
            } else {
                TemplateLanguage::English
            };
            let environment = Environment::system(Places::of_this_machine()?)?;
            Library::create(&self.folder, &title, language, environment)?;
            0
        };
        let root = self.folder.display().to_string();
        output.print(&json!({ "root": root, "articles": articles }), |out| {
            writeln!(out, "{root}: {articles} articles")
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
