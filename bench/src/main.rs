//! `./dev bench`: measures what has a budget, beside the limit or the peer that it is held against, in one run.
//!
//! Timings decide nothing: the exit code tells only whether everything could be measured.

// A tool for builders: what it can't do it may say by stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bare;
mod bench;
mod browser;
mod generator;
mod machine;
mod page;
mod random;
mod revision;
mod rows;
mod server;
mod statistics;
mod table;
mod vocabulary;

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use crate::bench::{Bench, Failure, Options};
use crate::rows::ROWS;
use crate::table::Measure;

const USAGE: &str = "\
edito-bench [--quick] [--rows NAME,…] [--articles N] [--seed N] [--corpus FOLDER] [--write]
  --quick            10,000 articles and fewer samples, instead of 100,000
  --rows NAME,…      only these rows
  --articles N       another number of articles
  --seed N           another library
  --corpus FOLDER    real articles (Markdown) for what is measured on single texts
  --write            the figures go into docs/performance.md";

struct Arguments {
    options: Options,
    rows: Vec<String>,
    write: bool,
}

fn main() -> ExitCode {
    let arguments = match arguments(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failed) => {
            eprintln!("{failed} rows could not run");
            ExitCode::FAILURE
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the rows; answers how many could not run.
fn run(arguments: &Arguments) -> Result<usize, Failure> {
    let started = Instant::now();
    eprintln!(
        "making or finding a library of {} articles…",
        arguments.options.articles
    );
    let mut bench = Bench::new(arguments.options.clone())?;
    eprintln!("  {} ({:.0} s)", bench.root.display(), started.elapsed().as_secs_f64());
    let mut measures: Vec<Measure> = Vec::new();
    let mut failures: Vec<String> = Vec::new();
    for (name, row) in ROWS {
        if !arguments.rows.is_empty() && !arguments.rows.iter().any(|wanted| wanted == name) {
            continue;
        }
        let begun = Instant::now();
        eprintln!("{name}…");
        // One row that fails must not keep the others from being measured.
        let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| row(&mut bench)));
        match outcome {
            Ok(Ok(found)) => measures.extend(found),
            Ok(Err(failure)) => failures.push(format!("{name}: could not run: {failure}")),
            Err(_) => failures.push(format!("{name}: could not run: it panicked, see above")),
        }
        eprintln!("  {:.0} s", begun.elapsed().as_secs_f64());
    }
    let now = jiff::Zoned::now();
    let about = format!(
        "{} articles, seed {}, {}.\nMeasured on {} on: {}.",
        bench.options.articles,
        bench.options.seed,
        if bench.options.quick { "quick run" } else { "full run" },
        now.date(),
        machine::description(),
    );
    println!("\n{about}\n\n{}", table::plain(&measures));
    for failure in &failures {
        println!("{failure}");
    }
    if arguments.write {
        let mut text = format!("{about}\n\n{}", table::markdown(&measures));
        if !failures.is_empty() {
            text.push('\n');
            failures
                .iter()
                .for_each(|failure| text.push_str(&format!("- {failure}\n")));
        }
        let path = house().join("docs/performance.md");
        page::write(&path, &text)?;
        println!("written into {}", path.display());
    }
    Ok(failures.len())
}

/// The checkout that this tool was built from.
fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
        .to_path_buf()
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut articles = None;
    let mut options = Options {
        articles: 0,
        quick: false,
        seed: 20_061_101,
        corpus: None,
    };
    let (mut rows, mut write) = (Vec::new(), false);
    while let Some(argument) = given.next() {
        let mut value = || {
            given
                .next()
                .ok_or_else(|| format!("error: {argument} needs a value\n{USAGE}"))
        };
        match argument.as_str() {
            "--quick" => options.quick = true,
            "--write" => write = true,
            "--rows" => rows.extend(value()?.split(',').map(str::to_owned)),
            "--articles" => articles = Some(number(&value()?)?),
            "--seed" => options.seed = number(&value()?)?,
            "--corpus" => options.corpus = Some(PathBuf::from(value()?)),
            "--help" | "-h" => return Err(help()),
            other => return Err(format!("error: {other} is not known\n{}", help())),
        }
    }
    if let Some(unknown) = rows.iter().find(|wanted| !ROWS.iter().any(|(name, _)| name == wanted)) {
        return Err(format!("error: there is no row {unknown}\n{}", help()));
    }
    options.articles = articles.unwrap_or(if options.quick { 10_000 } else { 100_000 });
    Ok(Arguments { options, rows, write })
}

fn help() -> String {
    let names: Vec<&str> = ROWS.iter().map(|(name, _)| *name).collect();
    format!("{USAGE}\nrows: {}", names.join(" "))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("error: {text} is no number\n{USAGE}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_read() {
        let parse = |line: &str| arguments(line.split_whitespace().map(str::to_owned));
        let quick = parse("--quick --rows save,search --seed 3 --write").unwrap();
        assert_eq!(
            (quick.options.articles, quick.options.seed, quick.write),
            (10_000, 3, true)
        );
        assert_eq!(quick.rows, ["save", "search"]);
        assert_eq!(parse("").unwrap().options.articles, 100_000);
        for wrong in ["--rows nothing", "--rows", "--articles many", "--fast"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
