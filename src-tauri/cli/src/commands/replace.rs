use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use edito_library::{Among, Continue, ErrorKind, ListQuery, Origin, ReplaceMatches, ReplaceQuery, Ticked};
use edito_prose::replacing::Wanted;
use serde_json::json;

use crate::commands::open;
use crate::output::{CommandResult, Failure, Output};

/// Find words in the texts of a library, and show what a replacement would change; with --write, change it.
///
/// Nothing is written without --write. Code, addresses and names of files are left alone unless --everywhere is given. The
/// text before is kept as a version of each article.
#[derive(Args)]
pub struct Replace {
    /// The library's folder.
    library: PathBuf,
    /// The words, or the expression.
    pattern: String,
    /// What stands in their place.
    replacement: String,
    /// The pattern is a regular expression; $1 in the replacement is its first group, $& all that was found.
    #[arg(long)]
    expression: bool,
    /// Tell capitals apart.
    #[arg(long)]
    case: bool,
    /// Whole words only.
    #[arg(long)]
    words: bool,
    /// Whatever the accents are.
    #[arg(long)]
    any_accents: bool,
    /// Whatever the apostrophes, hyphens and spaces are.
    #[arg(long)]
    any_typography: bool,
    /// In the front matter as well.
    #[arg(long)]
    front_matter: bool,
    /// In code and addresses as well.
    #[arg(long)]
    everywhere: bool,
    /// Only in this section and those below it.
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    /// Only in what was written here.
    #[arg(long, conflicts_with = "elsewhere")]
    own: bool,
    /// Only in what was captured.
    #[arg(long)]
    elsewhere: bool,
    /// Write the changes.
    #[arg(long)]
    write: bool,
}

impl Replace {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let library = open(&self.library)?;
        let query = ReplaceQuery {
            wanted: Wanted {
                text: self.pattern,
                expression: self.expression,
                case: self.case,
                whole_words: self.words,
                any_accents: self.any_accents,
                any_typography: self.any_typography,
            },
            replacement: self.replacement,
            among: Among::List(ListQuery {
                section: self.section,
                ..ListQuery::default()
            }),
            origin: match (self.own, self.elsewhere) {
                (true, _) => Origin::Own,
                (_, true) => Origin::Elsewhere,
                _ => Origin::Any,
            },
            front_matter: self.front_matter,
        };
        let mut found: Vec<ReplaceMatches> = Vec::new();
        let looked = library.find_places(&query, &|_| Continue::Yes, &mut |matches| {
            found.push(matches);
            Continue::Yes
        })?;
        found.sort_by(|one, other| one.row.path.cmp(&other.row.path));
        let taken = |matches: &ReplaceMatches, place: usize| {
            let place = matches.places.get(place);
            self.everywhere || place.is_some_and(|place| place.change.prose)
        };
        let mut skipped: Vec<(String, String)> = Vec::new();
        let (mut articles, mut places) = (0, 0);
        if self.write {
            let ticked: Vec<Ticked> = found
                .iter()
                .map(|matches| Ticked {
                    id: matches.row.id.clone(),
                    hash: matches.hash.clone(),
                    left: (0..matches.places.len())
                        .filter(|place| !taken(matches, *place))
                        .collect(),
                    shown: matches.places.len(),
                })
                .collect();
            let receipt = library.replace_places(&query, &ticked, &|_| Continue::Yes)?;
            (articles, places) = (receipt.replaced.len(), receipt.places());
            for (id, error) in receipt.skipped {
                if matches!(error.kind, ErrorKind::DiskFull | ErrorKind::Vanished) {
                    return Err(Failure::from(error));
                }
                let path = found
                    .iter()
                    .find(|one| one.row.id == id)
                    .map(|one| one.row.path.clone());
                skipped.push((path.unwrap_or_default(), error.to_string()));
            }
            library.settle()?;
        }
        let as_json: Vec<_> = found
            .iter()
            .map(|matches| {
                let places = matches.places.iter().enumerate().map(|(number, place)| {
                    json!({
                        "line": place.change.line,
                        "before": place.found,
                        "after": place.change.after,
                        "prose": place.change.prose,
                        "taken": taken(matches, number),
                    })
                });
                json!({
                    "id": matches.row.id,
                    "path": matches.row.path,
                    "places": places.collect::<Vec<_>>(),
                    "unsound": matches.unsound,
                })
            })
            .collect();
        let answer = json!({
            "written": self.write,
            "articles": as_json,
            "looked": looked.looked,
            "unreadable": looked.unreadable,
            "replaced": { "articles": articles, "places": places },
            "skipped": skipped.iter().map(|(path, why)| json!({ "path": path, "message": why })).collect::<Vec<_>>(),
        });
        output.print(&answer, |out| {
            for matches in &found {
                for (number, place) in matches.places.iter().enumerate() {
                    let sign = if taken(matches, number) { ' ' } else { '-' };
                    let (path, line) = (&matches.row.path, place.change.line);
                    writeln!(
                        out,
                        "{sign} {path}:{line}\t{}[-{}-]{{+{}+}}{}",
                        place.before, place.found, place.change.after, place.behind
                    )?;
                }
                if matches.unsound > 0 {
                    writeln!(
                        out,
                        "- {}: {} in the front matter would spoil it",
                        matches.row.path, matches.unsound
                    )?;
                }
            }
            for (path, why) in &skipped {
                writeln!(out, "! {path}: {why}")?;
            }
            if self.write {
                writeln!(out, "{places} replaced in {articles} articles")
            } else {
                let places: usize = found.iter().map(|matches| matches.places.len()).sum();
                writeln!(
                    out,
                    "{places} found in {} of {} articles; nothing was written",
                    found.len(),
                    looked.looked
                )
            }
        })?;
        Ok(if skipped.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
