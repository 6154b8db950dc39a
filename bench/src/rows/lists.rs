//! Pages of the list, at any offset.

use edito_library::{ListQuery, Sort};

use super::Outcome;
use crate::bench::Bench;
use crate::random::Random;
use crate::statistics::{Place, time};
use crate::table::{Limit, Measure, Unit};

/// Pages of a hundred rows, as the window asks for them, at random offsets.
pub fn any_page(bench: &mut Bench) -> Outcome {
    let library = bench.library()?;
    let mut random = Random::new(bench.options.seed, 77);
    let mut measures = Vec::new();
    let orders = [
        ("date", Sort::Date),
        ("title", Sort::Title),
        ("author", Sort::Author),
        ("section", Sort::Section),
        ("words", Sort::Words),
    ];
    for (name, sort) in orders {
        let query = ListQuery {
            sort,
            descending: sort == Sort::Date,
            ..ListQuery::default()
        };
        let (first, page) = time(|| library.list(&query, 0, 100));
        let total = page?.total;
        let mut samples = Vec::new();
        for _ in 0..bench.samples(200, 60) {
            let offset = random.below(total.saturating_sub(100)) / 100 * 100;
            let (seconds, page) = time(|| library.list(&query, offset, 100));
            if page?.rows.len() != 100 {
                return Err(format!("a page of the list by {name} at {offset} is not whole").into());
            }
            samples.push(seconds);
        }
        measures.push(
            Measure::new(
                &format!("list by {name}, 100 rows at any offset"),
                Unit::Seconds,
                &samples,
            )
            .must(Limit::Value(Place::P95, 0.005))
            .note(format!(
                "the first page, before anything is remembered: {:.1} ms",
                first * 1e3
            )),
        );
    }
    let (mut overviews, mut names) = (Vec::new(), Vec::new());
    for query in bench.generator.queries(bench.samples(40, 20)) {
        let (seconds, overview) = time(|| library.overview());
        overview?;
        overviews.push(seconds);
        let (seconds, found) = time(|| library.quick_open(&query, 20));
        found?;
        names.push(seconds);
    }
    measures.push(Measure::new(
        "overview: all counts of the rail",
        Unit::Seconds,
        &overviews,
    ));
    measures.push(Measure::new("quick open", Unit::Seconds, &names));
    Ok(measures)
}
