//! Pure work on texts: the reading view, and what the index wants to know.

use edito_prose::{Lang, LinkTarget, RenderContext};

use super::Outcome;
use crate::bare;
use crate::bench::Bench;
use crate::statistics::{Place, time};
use crate::table::{Limit, Measure, Unit};

/// An article's text to the HTML of the reading view.
pub fn reading_view(bench: &mut Bench) -> Outcome {
    let texts = bench.texts()?;
    let langs: Vec<Lang> = texts
        .iter()
        .map(|text| {
            let found = edito_prose::analyse(text);
            found.front.lang.or_else(|| edito_prose::detect(&found.plain))
        })
        .map(|lang| lang.unwrap_or_else(|| Lang::from_tag("en")))
        .collect();
    let options = edito_prose::markdown::parse_options();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut bytes = 0;
    for round in 0..bench.samples(5, 3) {
        for (text, lang) in texts.iter().zip(&langs) {
            let context = RenderContext {
                lang: lang.clone(),
                typography: true,
                resolve_link: &|_, _| LinkTarget::External,
                resolve_image: &|target| Some(target.to_owned()),
                footnote_label: "Notes",
                citations: None,
            };
            let (_, body) = bare::split(text);
            let (seconds, html) = time(|| edito_prose::render(text, &context));
            if html.is_empty() && !body.trim().is_empty() {
                return Err("an article came out empty".into());
            }
            // The first round warms up.
            if round > 0 {
                ours.push(seconds);
                bytes += text.len();
            }
            let (seconds, _) = time(|| std::hint::black_box(comrak::markdown_to_html(body, &options)));
            if round > 0 {
                theirs.push(seconds);
            }
        }
    }
    let all = (ours.iter().sum::<f64>(), theirs.iter().sum::<f64>());
    Ok(vec![
        Measure::new("article → reading view", Unit::Seconds, &ours)
            .against("comrak alone", &theirs)
            .must(Limit::Ratio(Place::Median, 2.0))
            .note(format!(
                "{} articles, {:.1} MB/s against {:.1} MB/s; all of them together {:.2}×",
                texts.len(),
                bytes as f64 / 1e6 / all.0,
                bytes as f64 / 1e6 / all.1,
                all.0 / all.1,
            )),
    ])
}

/// Everything the index wants to know of an article.
pub fn analysis(bench: &mut Bench) -> Outcome {
    let texts = bench.texts()?;
    let options = edito_prose::markdown::parse_options();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for text in &texts {
        let megabytes = text.len() as f64 / 1e6;
        let (_, body) = bare::split(text);
        std::hint::black_box(edito_prose::analyse(text));
        let (seconds, _) = time(|| std::hint::black_box(edito_prose::analyse(text)));
        ours.push(megabytes / seconds);
        let (seconds, _) = time(|| {
            let arena = comrak::Arena::new();
            std::hint::black_box(comrak::parse_document(&arena, body, &options));
        });
        theirs.push(megabytes / seconds);
    }
    Ok(vec![
        Measure::new("analysis for the index, one thread", Unit::MegabytesPerSecond, &ours)
            .against("comrak’s parse alone", &theirs)
            .note("more is better; p95 and p99 are those of the quickest articles"),
    ])
}
