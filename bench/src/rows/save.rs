//! Durable saves.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use edito_language::spelling::{Dictionaries, OwnWords, Speller, Variants};
use edito_language::usage;
use edito_library::disk::{ContentHash, Precondition, RealDisk, durable_write};
use edito_prose::{Lang, passages};

use super::Outcome;
use crate::bare::four_calls;
use crate::bench::{Bench, Failure};
use crate::random::Random;
use crate::statistics::{Place, time};
use crate::table::{Limit, Measure, Unit};

/// A save down to the disk, and a whole save with its version and its place in the index.
pub fn durable(bench: &mut Bench) -> Outcome {
    let library = bench.library()?;
    // On the library's own file system, out of the library's sight.
    let folder = tempfile::Builder::new()
        .prefix(".bench-save-")
        .tempdir_in(&bench.root)?;
    let mut random = Random::new(bench.options.seed, 78);
    let mut texts = Vec::new();
    for file in bench.some_files(bench.samples(100, 40)) {
        texts.push((file.clone(), fs::read_to_string(file)?));
    }
    let one = folder.path().join("one.md");
    let (ours, alone) = by_turns(folder.path(), &texts, &mut random)?;
    let (ours_busy, alone_busy) = while_advised(|| by_turns(folder.path(), &texts, &mut random))?;
    let (mut whole, mut beside) = (Vec::new(), Vec::new());
    let mut outcome = Ok(());
    for (file, text) in &texts {
        let (seconds, alone) = time(|| four_calls(&one, text.as_bytes()));
        alone?;
        beside.push(seconds);
        let save = || -> Result<f64, Failure> {
            let path = file.strip_prefix(library.root())?.to_string_lossy().into_owned();
            let id = library
                .find(&path)?
                .ok_or_else(|| format!("{path} is not in the index"))?;
            let opened = library.read_text(&id)?;
            let (seconds, saved) =
                time(|| library.save(&id, &format!("{}\nUne phrase de plus.\n", opened.text), &opened.hash));
            saved?;
            Ok(seconds)
        };
        let saved = save();
        fs::write(file, text)?;
        match saved {
            Ok(seconds) => whole.push(seconds),
            Err(failure) => {
                outcome = Err(failure);
                break;
            }
        }
    }
    let changed: Vec<_> = texts.iter().map(|(file, _)| file.clone()).collect();
    library.reconcile(edito_library::Reconcile::Paths(changed), &|_| {
        edito_library::Continue::Yes
    })?;
    let mut measures = vec![
        Measure::new("durable save", Unit::Seconds, &ours)
            .against("temp, fsync, rename, fsync folder", &alone)
            .must(Limit::Ratio(Place::Median, 1.5)),
        Measure::new("durable save, while advice is given", Unit::Seconds, &ours_busy)
            .against("temp, fsync, rename, fsync folder", &alone_busy)
            .must(Limit::Ratio(Place::Median, 1.5))
            .note("a text of 180 KB is looked through again and again meanwhile: spelling, grammar, style"),
    ];
    match outcome {
        Ok(()) => measures.push(
            Measure::new("save, with version and index", Unit::Seconds, &whole)
                .against("temp, fsync, rename, fsync folder", &beside)
                .note("what the page waits for, without being blocked, until it says “saved”"),
        ),
        Err(failure) => eprintln!("  save, with version and index: could not run: {failure}"),
    }
    Ok(measures)
}

/// The seconds of Edito's durable saves and of the four calls alone, by turns on the same texts.
fn by_turns(folder: &Path, texts: &[(PathBuf, String)], random: &mut Random) -> Result<(Vec<f64>, Vec<f64>), Failure> {
    let (one, other) = (folder.join("one.md"), folder.join("other.md"));
    fs::write(&one, "")?;
    fs::write(&other, "")?;
    let (mut alone, mut ours) = (Vec::new(), Vec::new());
    let mut hash = ContentHash::of(b"");
    for (_, text) in texts {
        // In turn first and second, for the disk may owe one of them something.
        let mut save_alone = || -> Result<(), Failure> {
            let (seconds, outcome) = time(|| four_calls(&one, text.as_bytes()));
            outcome?;
            alone.push(seconds);
            Ok(())
        };
        let mut save = || -> Result<(), Failure> {
            let (seconds, outcome) =
                time(|| durable_write(&RealDisk, &other, text.as_bytes(), Precondition::Content(hash)));
            hash = outcome?;
            ours.push(seconds);
            Ok(())
        };
        if random.chance(50) {
            save_alone()?;
            save()?;
        } else {
            save()?;
            save_alone()?;
        }
    }
    Ok((ours, alone))
}

/// Does something while another thread gives advice on a long text, without a pause.
fn while_advised<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let text = super::advice::texts(&crate::house().join("sample"), "fr")?.join("\n\n");
    let text = text.repeat(180_000 / text.len() + 1);
    let going = AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (dictionaries, own) = (Dictionaries::new(), OwnWords::new());
            while going.load(Ordering::Relaxed) {
                let speller = Speller::new(&dictionaries, Variants::default(), &own);
                for passage in passages(&text, &Lang::Fr) {
                    let _ = speller.advise(&passage, &text);
                    let _ = usage::advise(&passage);
                    if !going.load(Ordering::Relaxed) {
                        break;
                    }
                }
            }
        });
        let done = work();
        going.store(false, Ordering::Relaxed);
        done
    })
}
