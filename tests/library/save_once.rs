//! One save, or one sweep, in a process of its own, for tests that kill it or break its calls.
//!
//! `edito-save-once save FILE OLD NEW` · `create FILE NEW` · `sweep FOLDER`; OLD and NEW are
//! files with the texts. Prints `saved` once the save is reported done, or the kind of the error.

use std::path::Path;
use std::process::ExitCode;

use edito_library::disk::{ContentHash, Precondition, RealDisk, create_new, durable_write, sweep_temporaries};
use edito_library::error::{At, Result};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["save", file, old, new] => save(file, old, new),
        ["create", file, new] => create(file, new),
        ["sweep", folder] => sweep_temporaries(&RealDisk, Path::new(folder)).map(drop),
        _ => return ExitCode::from(2),
    };
    match done {
        Ok(()) => {
            println!("saved");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{:?}", error.kind);
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn save(file: &str, old: &str, new: &str) -> Result<()> {
    let old = ContentHash::of(&std::fs::read(old).at(old)?);
    let new = std::fs::read(new).at(new)?;
    durable_write(&RealDisk, Path::new(file), &new, Precondition::Content(old)).map(drop)
}

fn create(file: &str, new: &str) -> Result<()> {
    let new = std::fs::read(new).at(new)?;
    create_new(&RealDisk, Path::new(file), &new).map(drop)
}
