//! The first index of a library, and a start with nothing changed.

use std::fs;

use edito_library::{Continue, ListQuery, Places, Reconcile, Sort};

use super::Outcome;
use crate::bare::{self, BareIndex, Building};
use crate::bench::{self, Bench};
use crate::statistics::{Place, time};
use crate::table::{Limit, Measure, Unit};

/// Reading, parsing and indexing everything, from an empty cache folder.
pub fn first_index(bench: &mut Bench) -> Outcome {
    // Both read from the system's cache: what is measured is the work, not the disk.
    for file in &bench.files {
        std::hint::black_box(fs::read(file)?);
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut errors = 0;
    for round in 0..bench.samples(2, 3) {
        let folder = bench.scratch.path().join(format!("bare-{round}"));
        let (seconds, building) = time(|| BareIndex::build(&folder, &bench.files));
        theirs.push(seconds);
        building.and_then(Building::settle)?;
        fs::remove_dir_all(&folder)?;

        let folder = bench.scratch.path().join(format!("first-{round}"));
        let places = Places {
            data: folder.join("data"),
            cache: folder.join("cache"),
        };
        let (seconds, outcome) = time(|| -> Result<_, bench::Failure> {
            let library = bench::open(&bench.root, places)?;
            let changes = library.reconcile(Reconcile::All, &|_| Continue::Yes)?;
            Ok((library, changes))
        });
        let (library, changes) = outcome?;
        ours.push(seconds);
        errors += changes.errors.len();
        if changes.total != bench.files.len() {
            return Err(format!("{} of {} articles are in the index", changes.total, bench.files.len()).into());
        }
        drop(library);
        fs::remove_dir_all(&folder)?;
    }
    let bytes: u64 = bench
        .files
        .iter()
        .filter_map(|file| file.metadata().ok())
        .map(|metadata| metadata.len())
        .sum();
    let mean = ours.iter().sum::<f64>() / ours.len() as f64;
    let note = format!(
        "{:.0} MB of text, {:.1} MB/s, {:.0} articles/s, {errors} files not read",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / mean,
        bench.files.len() as f64 / mean,
    );
    Ok(vec![
        Measure::new("first index", Unit::Seconds, &ours)
            .against("read + comrak + bare Tantivy", &theirs)
            .must(Limit::Ratio(Place::Median, 1.5))
            .note(note),
    ])
}

/// Opening a library whose index is up to date, and comparing all of it with the disk.
pub fn nothing_changed(bench: &mut Bench) -> Outcome {
    bench.library()?;
    bench.close();
    let query = ListQuery {
        sort: Sort::Date,
        descending: true,
        ..ListQuery::default()
    };
    let (mut ours, mut theirs, mut first_page) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.samples(9, 7) {
        let (seconds, (found, _)) = time(|| bare::walk_and_stat(&bench.root));
        if found != bench.files.len() {
            return Err(format!("the walk found {found} articles").into());
        }
        theirs.push(seconds);

        let places = bench.places();
        let (until_page, library) = time(|| -> Result<_, bench::Failure> {
            let library = bench::open(&bench.root, places)?;
            let page = library.list(&query, 0, 100)?;
            if page.rows.is_empty() {
                Err("the list is empty before the walk".into())
            } else {
                Ok(library)
            }
        });
        let library = library?;
        first_page.push(until_page);
        let (seconds, changes) = time(|| library.reconcile(Reconcile::All, &|_| Continue::Yes));
        let changes = changes?;
        if !changes.is_empty() {
            return Err(format!(
                "{} articles had changed",
                changes.new.len() + changes.updated.len() + changes.deleted.len()
            )
            .into());
        }
        ours.push(until_page + seconds);
    }
    Ok(vec![
        Measure::new("start, nothing changed", Unit::Seconds, &ours)
            .against("walk + stat", &theirs)
            .must(Limit::Ratio(Place::Median, 1.5)),
        Measure::new("start, until the first page of the list", Unit::Seconds, &first_page)
            .against("walk + stat", &theirs)
            .must(Limit::Ratio(Place::Median, 1.0))
            .note("the list is there before the walk is done"),
    ])
}
