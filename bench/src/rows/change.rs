//! A change by another program, until it is seen.

use std::fs;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use edito_library::{Continue, Library, Reconcile, WatchEvent};

use super::Outcome;
use crate::bench::{Bench, Failure};
use crate::statistics::{Place, seconds};
use crate::table::{Limit, Measure, Unit};

/// How long to wait for a change before giving up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Files written as other programs write them, until list and search show it.
pub fn by_another_program(bench: &mut Bench) -> Outcome {
    let library = bench.library()?;
    let (sender, reconciled) = mpsc::channel();
    let watched: Arc<Library> = library.clone();
    let watching = library.watch(move |event| {
        let outcome = match event {
            WatchEvent::Paths(paths) => watched.reconcile(Reconcile::Paths(paths), &|_| Continue::Yes),
            WatchEvent::Rescan | WatchEvent::RootBack => watched.reconcile(Reconcile::All, &|_| Continue::Yes),
            _ => return,
        };
        let _ = sender.send(outcome.map(|_| ()));
    })?;
    // The watch needs a moment to reach every folder.
    std::thread::sleep(Duration::from_secs(1));
    let mut samples = Vec::new();
    let files = bench.some_files(bench.samples(100, 30));
    let mut outcome = Ok(());
    for (at, file) in files.iter().enumerate() {
        let before = fs::read(file)?;
        let seen = one_change(&library, file, &before, at, &reconciled);
        // Whatever happened, the library is left as it was found.
        fs::write(file, &before)?;
        match seen {
            Ok(duration) => samples.push(duration),
            Err(failure) => {
                outcome = Err(failure);
                break;
            }
        }
        // So that writing it back is over before the next one begins.
        let _ = reconciled.recv_timeout(PATIENCE);
        std::thread::sleep(Duration::from_millis(120));
        while reconciled.try_recv().is_ok() {}
    }
    drop(watching);
    outcome?;
    Ok(vec![
        Measure::new("change by another program → list and search", Unit::Seconds, &samples)
            .must(Limit::Value(Place::P95, 0.150)),
    ])
}

fn one_change(
    library: &Library,
    file: &std::path::Path,
    before: &[u8],
    at: usize,
    reconciled: &mpsc::Receiver<edito_library::Result<()>>,
) -> Result<f64, Failure> {
    let word = format!("zzbench{}", letters(at));
    let title = format!("{word} neuf");
    let text = String::from_utf8_lossy(before)
        .lines()
        .map(|line| match line.split_once('"') {
            Some((name, _)) if line.starts_with("title") => format!("{name}\"{title}\""),
            _ => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n");
    let path = file.strip_prefix(library.root())?.to_string_lossy().replace('\\', "/");
    let id = library
        .find(&path)?
        .ok_or_else(|| format!("{path} is not in the index"))?;
    let started = Instant::now();
    if at.is_multiple_of(2) {
        fs::write(file, format!("{text}\n\n{word}.\n"))?;
    } else {
        // As careful programs do.
        let other = file.with_extension("md.new");
        fs::write(&other, format!("{text}\n\n{word}.\n"))?;
        fs::rename(other, file)?;
    }
    while started.elapsed() < PATIENCE {
        reconciled
            .recv_timeout(PATIENCE.saturating_sub(started.elapsed()))
            .map_err(|_| format!("{path}: the change was not noticed"))??;
        let in_list = library.row(&id)?.is_some_and(|row| row.title == title);
        let in_search = in_list
            && library
                .search(&format!("{word} "), 10, 0)?
                .hits
                .iter()
                .any(|hit| hit.row.id == id);
        if in_search {
            return Ok(seconds(started.elapsed()));
        }
    }
    Err(format!("{path}: the change is not in list and search").into())
}

/// A number as letters, so that every change has a word of its own.
fn letters(number: usize) -> String {
    format!("{number:04}")
        .chars()
        .map(|digit| char::from(b'a' + digit as u8 - b'0'))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_become_words() {
        assert_eq!(super::letters(42), "aaec");
    }
}
