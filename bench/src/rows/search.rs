//! Search as it is typed.

use super::Outcome;
use crate::bench::Bench;
use crate::statistics::{Place, time};
use crate::table::{Limit, Measure, Unit};

/// What is asked besides words, of the journal and of dates. Nothing in the library is read yet: the first of these is
/// true of every article, and so the dearest.
const QUESTIONS: [&str; 5] = [
    "is:unread",
    "in:library",
    "has:highlight",
    "-is:starred after:2010",
    "in:inbox is:read",
];

/// Sixty queries letter by letter, then beginnings of two letters, then whole queries.
pub fn per_key(bench: &mut Bench) -> Outcome {
    let (library, bare) = (bench.library()?, bench.bare()?);
    let queries = bench.generator.queries(60);
    let typed: Vec<String> = queries.iter().flat_map(|query| beginnings(query)).collect();
    let whole: Vec<String> = queries.iter().map(|query| format!("{query} ")).collect();
    let prefixes = bench.generator.two_letters();
    let mut empty = 0;
    let mut measure = |texts: &[String], as_typed: bool| -> Result<(Vec<f64>, Vec<f64>), crate::bench::Failure> {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        // Once before, so that the first pages of both are read from the disk.
        for text in texts.iter().take(5) {
            library.search(text, 10, 0)?;
            bare.search(text)?;
        }
        for text in texts {
            let (seconds, page) = time(|| library.search(text, 10, 0));
            empty += usize::from(page?.hits.is_empty());
            ours.push(seconds);
            let (seconds, found) = time(|| {
                if as_typed {
                    bare.search_as_typed(text)
                } else {
                    bare.search(text)
                }
            });
            found?;
            theirs.push(seconds);
        }
        Ok((ours, theirs))
    };
    let (typed_ours, typed_theirs) = measure(&typed, true)?;
    let (prefix_ours, prefix_theirs) = measure(&prefixes, true)?;
    let (whole_ours, whole_theirs) = measure(&whole, false)?;
    // By turns with the same words alone, so that what the question costs is seen.
    let (mut asked, mut plain) = (Vec::new(), Vec::new());
    for (query, question) in queries.iter().zip(QUESTIONS.iter().cycle()) {
        let question = format!("{query} {question}");
        let (seconds, page) = time(|| library.search(&question, 10, 0));
        page?;
        asked.push(seconds);
        let (seconds, page) = time(|| library.search(query, 10, 0));
        page?;
        plain.push(seconds);
    }
    let (ratio, value) = (Limit::Ratio(Place::P95, 1.5), Limit::Value(Place::P95, 0.020));
    Ok(vec![
        Measure::new("search, per key", Unit::Seconds, &typed_ours)
            .against("bare Tantivy, last word begun", &typed_theirs)
            .must(ratio)
            .must(value)
            .note(format!(
                "{} keys of 60 queries, ten results with snippets; {empty} searches found nothing",
                typed.len()
            )),
        Measure::new("search, two letters", Unit::Seconds, &prefix_ours)
            .against("bare Tantivy, word begun", &prefix_theirs)
            .must(value),
        Measure::new("search, whole words", Unit::Seconds, &whole_ours)
            .against("bare Tantivy, whole words", &whole_theirs)
            .must(value),
        Measure::new("search, with what the reader did", Unit::Seconds, &asked)
            .against("the same words alone", &plain)
            .must(value)
            .note(QUESTIONS.join(", ")),
    ])
}

/// What stands in the search field after each key of a query.
fn beginnings(query: &str) -> Vec<String> {
    query
        .char_indices()
        .map(|(at, letter)| query[..at + letter.len_utf8()].to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_query_is_typed_letter_by_letter() {
        assert_eq!(super::beginnings("né à"), ["n", "né", "né ", "né à"]);
    }
}
