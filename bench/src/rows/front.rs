//! La Une, the page of a section, and what goes with an article.

use super::Outcome;
use crate::bench::Bench;
use crate::statistics::time;
use crate::table::{Measure, Unit};

/// Composed anew each time; pages of the largest section, anywhere in it; related pieces of articles all over the library.
pub fn pages(bench: &mut Bench) -> Outcome {
    let library = bench.library()?;
    let sections = library.overview()?.sections;
    let largest = sections
        .iter()
        .max_by_key(|node| node.count)
        .ok_or("there are no sections")?;
    let mut composed = Vec::new();
    let mut turned = Vec::new();
    for round in 0..bench.samples(60, 20) {
        let (seconds, page) = time(|| library.front_page());
        page?;
        composed.push(seconds);
        let offset = round * 7919 % largest.count.max(1);
        let (seconds, page) = time(|| library.section_page(&largest.path, offset, 30, 240));
        page?;
        turned.push(seconds);
    }
    let mut related = Vec::new();
    let mut found = 0;
    for file in bench.some_files(bench.samples(200, 60)) {
        let Some(id) = library.find(&file.to_string_lossy())? else {
            continue;
        };
        let (seconds, pieces) = time(|| library.related(&id, 5));
        found += pieces?.len();
        related.push(seconds);
    }
    Ok(vec![
        Measure::new("La Une", Unit::Seconds, &composed).note("composed, with teasers"),
        Measure::new("page of a section", Unit::Seconds, &turned).note(format!("30 of {} pieces", largest.count)),
        Measure::new("related pieces", Unit::Seconds, &related)
            .note(format!("five of them; {found} for {} articles", related.len())),
    ])
}
