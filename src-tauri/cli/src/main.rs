//! Edito without a window: the same powers from a terminal.
//!
//! `--json` everywhere; errors go to standard error as `error: …` with exit code 1, misuse ends with exit code 2.

mod commands;
mod messages;
mod output;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::output::Output;

/// Read, write and edit opinion pieces: a folder of articles as a library.
#[derive(Parser)]
#[command(name = "edito-cli", version, about)]
struct Arguments {
    /// Answer as JSON on standard output.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(commands::init::Init),
    Index(commands::index::Index),
    List(commands::list::List),
    Search(commands::search::Search),
    Show(commands::show::Show),
    Render(commands::render::Render),
    Redline(commands::redline::Redline),
    Replace(commands::replace::Replace),
    Check(commands::check::Check),
    Quotations(commands::quotations::Quotations),
    Advice(commands::advice::Advice),
    Typography(commands::typography::Typography),
    Versions(commands::versions::Versions),
    Import(commands::import::Import),
    /// Reads what others made, for `import`.
    #[command(name = edito_import::worker::ARGUMENT, hide = true)]
    ReadForImport,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output { json: arguments.json };
    let result = match arguments.command {
        Command::Init(command) => command.run(output),
        Command::Index(command) => command.run(output),
        Command::List(command) => command.run(output),
        Command::Search(command) => command.run(output),
        Command::Show(command) => command.run(output),
        Command::Render(command) => command.run(output),
        Command::Redline(command) => command.run(output),
        Command::Replace(command) => command.run(output),
        Command::Check(command) => command.run(output),
        Command::Quotations(command) => command.run(output),
        Command::Advice(command) => command.run(output),
        Command::Typography(command) => command.run(output),
        Command::Versions(command) => command.run(output),
        Command::Import(command) => command.run(output),
        Command::ReadForImport => edito_import::worker::run()
            .map(|()| ExitCode::SUCCESS)
            .map_err(output::Failure::from),
    };
    match result {
        Ok(code) => code,
        // Whoever read the output has seen enough (`| head`).
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", messages::Messages::of_this_terminal().error(&error));
            ExitCode::FAILURE
        }
    }
}
