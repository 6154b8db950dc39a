use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_library::history::{Version, VersionId, VersionKind};
use edito_library::{ArticleId, Library};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::commands::{article, open};
use crate::output::{CommandResult, Failure, Output};

/// List the versions of an article, drop some of them, and free the space that dropped ones take.
///
/// What is dropped is listed no more and can be taken back with --take-back, until --free throws it away for good.
#[derive(Args)]
pub struct Versions {
    /// The library's folder.
    library: PathBuf,
    /// The article's id, or its path within the library; without one, what the history of the library weighs.
    article: Option<String>,
    /// Drop a version: its id, or the first characters of it. May be given several times.
    #[arg(long, value_name = "VERSION", requires = "article")]
    drop: Vec<String>,
    /// Drop what Edito kept by itself more than so many days ago; versions with a name stay, and so do those that other
    /// programs left or that were captured.
    #[arg(long, value_name = "DAYS", requires = "article")]
    drop_older: Option<u32>,
    /// Take back all versions of the article that were dropped.
    #[arg(long, requires = "article", conflicts_with_all = ["drop", "drop_older", "free"])]
    take_back: bool,
    /// Throw away what was dropped, in the whole library and for good.
    #[arg(long)]
    free: bool,
}

impl Versions {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let library = open(&self.library)?;
        let mut answer = json!({});
        let mut lines = Vec::new();
        if let Some(named) = &self.article {
            let id = article(&library, named)?;
            let dropped = self.change(&library, &id)?;
            let versions = library.versions(&id)?;
            let waiting = library.dropped_versions(&id)?;
            lines.extend(versions.iter().map(line));
            answer["article"] = json!(id);
            answer["versions"] = versions.iter().map(as_json).collect();
            answer["droppedNow"] = json!(dropped);
            answer["dropped"] = json!(waiting);
            if waiting > 0 {
                lines.push(format!("{waiting} dropped, until space is freed"));
            }
        }
        if self.free {
            let freed = library.free_versions()?;
            answer["freed"] = json!({ "versions": freed.versions, "before": freed.before, "after": freed.after });
            lines.push(format!(
                "{} versions are gone; {} bytes before, {} now",
                freed.versions, freed.before, freed.after
            ));
        } else if self.article.is_none() {
            let weight = library.weigh_versions()?;
            answer["bytes"] = json!(weight.bytes);
            answer["dropped"] = json!(weight.dropped);
            lines.push(format!("{} bytes, {} dropped versions", weight.bytes, weight.dropped));
        }
        output.print(&answer, |out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
        Ok(ExitCode::SUCCESS)
    }

    /// Drops and takes back; answers what was dropped.
    fn change(&self, library: &Library, id: &ArticleId) -> Result<Vec<VersionId>, Failure> {
        if self.take_back {
            library.take_back_versions(id, None)?;
            return Ok(Vec::new());
        }
        let all = library.versions(id)?;
        let mut dropped = Vec::new();
        for wanted in &self.drop {
            let mut alike = all.iter().filter(|version| version.id.0.starts_with(wanted));
            match (alike.next(), alike.next()) {
                (Some(version), None) if wanted.len() >= SHORTEST => dropped.push(version.id.clone()),
                _ => return Err(Failure::NotFound(wanted.clone())),
            }
        }
        if let Some(days) = self.drop_older {
            let time = library.now() - SignedDuration::from_hours(24 * i64::from(days));
            let old = library.automatic_versions_before(id, time)?;
            dropped.extend(old.into_iter().map(|version| version.id));
        }
        if !dropped.is_empty() {
            library.drop_versions(id, &dropped)?;
        }
        Ok(dropped)
    }
}

/// Characters that tell a version from the others of its article.
const SHORTEST: usize = 4;

fn as_json(version: &Version) -> Value {
    json!({
        "id": version.id,
        "time": time(version),
        "kind": version.kind,
        "name": version.name,
        "device": version.device,
        "by": version.by,
        "bytes": version.bytes,
        "words": version.words,
    })
}

fn line(version: &Version) -> String {
    let short: String = version.id.0.chars().take(10).collect();
    let kind = match version.kind {
        VersionKind::Automatic => "automatic",
        VersionKind::Named => "named",
        VersionKind::Captured => "captured",
        VersionKind::External => "external",
        VersionKind::Before => "before",
    };
    let words = version.words.map_or_else(String::new, |words| format!("{words} words"));
    let name = version.name.as_deref().unwrap_or_default();
    let line = format!("{short}  {}  {kind:<9}  {words:>11}  {name}", time(version));
    line.trim_end().to_owned()
}

fn time(version: &Version) -> String {
    let time = Timestamp::from_millisecond(version.time).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
