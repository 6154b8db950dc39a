//! Advice by itself, without a window: spelling, usage and house style on the words of the sample library.

use std::fs;
use std::path::Path;

use edito_language::house::{self, HouseStyle};
use edito_language::spelling::{Dictionaries, OwnWords, Speller, Variants};
use edito_language::usage;
use edito_library::config::Config;
use edito_prose::{Lang, frontmatter, passages};

use super::Outcome;
use crate::bench::{Bench, Failure};
use crate::statistics::{Place, time};
use crate::table::{Limit, Measure, Unit};

/// Loading the dictionaries, looking through many words, and through one paragraph as after a key.
pub fn on_words(bench: &mut Bench) -> Outcome {
    let sample = crate::house().join("sample");
    let mut pieces: Vec<(Lang, String)> = Vec::new();
    for (lang, tag) in [(Lang::Fr, "fr"), (Lang::En, "en")] {
        for text in texts(&sample, tag)? {
            pieces.push((lang.clone(), text));
        }
    }
    let words: usize = pieces.iter().map(|(_, text)| text.split_whitespace().count()).sum();
    let style = HouseStyle::of(&Config::read(&sample)?.house_of("editos"));
    let own = OwnWords::new();

    let mut loading = Vec::new();
    let mut memory = 0.0;
    for round in 0..bench.samples(7, 3) {
        let before = held()?;
        let dictionaries = Dictionaries::new();
        let (seconds, outcome) = time(|| -> Result<(), Failure> {
            let speller = Speller::new(&dictionaries, Variants::default(), &own);
            for (lang, source) in [(Lang::Fr, "Un vilage.\n"), (Lang::En, "A vilage.\n")] {
                for passage in passages(source, &lang) {
                    speller.advise(&passage, source).map_err(|broken| broken.0)?;
                }
            }
            Ok(())
        });
        outcome?;
        loading.push(seconds);
        // What the allocator keeps from the first round would hide what the next ones take.
        if round == 0 {
            memory = held()? - before;
        }
    }

    let dictionaries = Dictionaries::new();
    let spell = |lang: &Lang, text: &str| -> Result<usize, Failure> {
        // One for each piece: what it remembers of words is no other piece's.
        let speller = Speller::new(&dictionaries, Variants::default(), &own);
        let mut found = 0;
        for passage in passages(text, lang) {
            found += speller.advise(&passage, text).map_err(|broken| broken.0)?.len();
        }
        Ok(found)
    };
    let many = |wanted: usize, work: &dyn Fn(&Lang, &str) -> Result<usize, Failure>| -> Result<f64, Failure> {
        let mut read = 0;
        let (seconds, outcome) = time(|| -> Result<(), Failure> {
            while read < wanted {
                for (lang, text) in &pieces {
                    work(lang, text)?;
                    read += text.split_whitespace().count();
                    if read >= wanted {
                        break;
                    }
                }
            }
            Ok(())
        });
        outcome?;
        Ok(seconds * wanted as f64 / read as f64)
    };
    let rules = |lang: &Lang, text: &str| -> Result<usize, Failure> {
        let found = passages(text, lang)
            .iter()
            .map(|passage| usage::advise(passage).len() + house::advise(passage, &style).len())
            .sum();
        Ok(found)
    };
    let (mut spelling, mut usage_and_house) = (Vec::new(), Vec::new());
    spell(&Lang::Fr, "Un mot.\n")?;
    for _ in 0..bench.samples(5, 3) {
        spelling.push(many(100_000, &spell)?);
        usage_and_house.push(many(10_000, &rules)?);
    }

    let mut one_paragraph = Vec::new();
    for (lang, tag) in [(Lang::Fr, "fr"), (Lang::En, "en")] {
        for paragraph in paragraphs(&sample, tag)? {
            // As the window asks it: by itself, with nothing remembered of the text.
            let source = format!("\n{paragraph}\n\n");
            let (seconds, outcome) =
                time(|| -> Result<usize, Failure> { Ok(spell(&lang, &source)? + rules(&lang, &source)?) });
            outcome?;
            one_paragraph.push(seconds);
        }
    }
    Ok(vec![
        Measure::new("dictionaries, French and English, read", Unit::Seconds, &loading),
        Measure::new("memory of the dictionaries", Unit::Megabytes, &[memory]),
        Measure::new("spelling, 100,000 words", Unit::Seconds, &spelling)
            .must(Limit::Value(Place::P95, 2.0))
            .note(format!(
                "the {words} words of the sample library again and again, each piece for itself"
            )),
        Measure::new(
            "grammar, style and house style, 10,000 words",
            Unit::Seconds,
            &usage_and_house,
        )
        .must(Limit::Value(Place::P95, 0.5)),
        Measure::new(
            "all advice on a paragraph, as after a key",
            Unit::Seconds,
            &one_paragraph,
        )
        .must(Limit::Value(Place::P99, 0.016)),
    ])
}

/// The texts of a library in a language, without their front matter, in the order of their paths.
pub fn texts(root: &Path, lang: &str) -> Result<Vec<String>, Failure> {
    let mut files = crate::bare::files(root);
    files.sort();
    let mut found = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "md"))
    {
        let text = fs::read_to_string(file)?;
        if frontmatter::read(&text).lang.as_ref() == Some(&Lang::from_tag(lang)) {
            found.push(crate::bare::split(&text).1.to_owned());
        }
    }
    Ok(found)
}

/// The paragraphs of prose of a library in a language: no headings, no tables, no notes.
pub fn paragraphs(root: &Path, lang: &str) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for text in texts(root, lang)? {
        for paragraph in text.split("\n\n").map(str::trim) {
            if paragraph.starts_with(char::is_alphabetic) && !paragraph.contains("[^") {
                found.push(paragraph.to_owned());
            }
        }
    }
    if found.is_empty() {
        return Err(format!("{} has no prose in {lang}", root.display()).into());
    }
    Ok(found)
}

/// What this process holds of memory by itself, in millions of bytes.
fn held() -> Result<f64, Failure> {
    let text = fs::read_to_string("/proc/self/smaps_rollup")?;
    let kilobytes: f64 = text
        .lines()
        .find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse().ok())
        .ok_or("the system does not tell the memory")?;
    Ok(kilobytes * 1024.0 / 1e6)
}
