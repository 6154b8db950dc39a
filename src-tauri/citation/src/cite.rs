//! Setting the citations of an article by a style.

mod runs;

use std::collections::HashMap;

use citationberg::json::Item;
use citationberg::taxonomy::Locator;
use edito_prose::{Citation, Cite, CitedMark, CitedText, Destination, Lang, Reference, Run};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, CitePurpose, LocatorPayload,
    SpecificLocator,
};

use crate::bibliography::Entry;
use crate::guard::guarded;
use crate::shelf::Works;
use crate::style::{Style, locale_of, locales};
use runs::{Affixes, Flow};

/// An article whose citations are set.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    /// Its text, front matter included.
    pub text: &'a str,
    /// Its citations, as [`edito_prose::citations()`] finds them.
    pub citations: &'a [Citation],
    /// Its language, whose words the style uses.
    pub lang: &'a Lang,
    /// Keys that are listed without being cited; `*` means all that there are.
    pub uncited: &'a [String],
}

/// More citations than an article has: those after are left as they are typed.
pub const MAX_CITATIONS: usize = 2000;

/// What the citations of an article read as, and the list of what is cited. A name with `@` in a sentence (`@lemonde`) is a
/// citation only if there is such a key; in brackets, a key that nothing is known of is shown as it is typed.
pub fn cite(article: &Article<'_>, works: &Works, style: &Style) -> CitedText {
    guarded(|| set(article, works, style)).unwrap_or_else(|| {
        tracing::warn!(style = style.id, "citations could not be set");
        CitedText {
            marks: vec![None; article.citations.len()],
            ..CitedText::default()
        }
    })
}

/// The heading of the list of what is cited.
pub fn heading(lang: &Lang) -> &'static str {
    match lang {
        Lang::Fr => "Bibliographie",
        Lang::Ar => "المراجع",
        _ => "References",
    }
}

/// A citation of which something is known.
struct Known<'a> {
    /// Which of the article’s.
    number: usize,
    note: Option<usize>,
    items: Vec<(&'a Cite, &'a Entry)>,
    in_text: bool,
}

fn set(article: &Article<'_>, works: &Works, style: &Style) -> CitedText {
    let Article { citations, lang, .. } = *article;
    let mut marks: Vec<Option<CitedMark>> = vec![None; citations.len()];
    let mut known: Vec<Known<'_>> = Vec::new();
    for (number, citation) in citations.iter().enumerate().take(MAX_CITATIONS) {
        let items: Vec<(&Cite, &Entry)> = citation
            .items
            .iter()
            .filter_map(|item| Some((item, works.get(&item.key)?)))
            .collect();
        let unknown: Vec<String> = citation
            .items
            .iter()
            .filter(|item| works.get(&item.key).is_none())
            .map(|item| item.key.clone())
            .collect();
        if items.is_empty() && citation.in_text {
            continue;
        }
        marks[number] = Some(CitedMark {
            unknown,
            ..CitedMark::default()
        });
        if !items.is_empty() {
            known.push(Known {
                number,
                note: None,
                items,
                in_text: citation.in_text,
            });
        }
    }
    if style.in_notes {
        let shown: Vec<bool> = (0..citations.len())
            .map(|at| known.iter().any(|one| one.number == at))
            .collect();
        let notes = edito_prose::note_numbers(article.text, &shown);
        for one in &mut known {
            one.note = notes
                .get(one.number)
                .map(|note| *note as usize)
                .filter(|note| *note > 0);
        }
        // What is the same as before (« Ibid. ») is so in the order of the notes.
        known.sort_by_key(|one| (one.note, one.number));
    }
    let uncited = uncited(article.uncited, works);
    let (rendered, mut order) = render(&known, &uncited, lang, style);
    // Some styles list nothing of what nobody could look up.
    order.retain(|(_, tree)| !Flow::new(lang, &[], &[]).of(tree).is_empty());
    let by_key: HashMap<&str, usize> = order
        .iter()
        .enumerate()
        .map(|(at, (key, _))| (key.as_str(), at))
        .collect();
    for (one, tree) in known.iter().zip(&rendered) {
        let leads_to: Vec<Option<Destination>> = one
            .items
            .iter()
            .map(|(_, entry)| by_key.get(entry.key.as_str()).map(|at| Destination::Reference(*at)))
            .collect();
        let affixes: Vec<Affixes<'_>> = one
            .items
            .iter()
            .map(|(item, _)| Affixes {
                prefix: &item.prefix,
                suffix: &item.suffix,
                without_author: item.without_author,
            })
            .collect();
        let words = Flow::new(lang, &leads_to, &affixes).of(tree);
        let Some(Some(mark)) = marks.get_mut(one.number) else {
            continue;
        };
        if style.in_notes {
            if one.in_text {
                mark.inline = author(one, lang, &leads_to);
            }
            mark.note = with_full_stop(words);
        } else {
            mark.inline = words;
        }
    }
    for (mark, citation) in marks.iter_mut().zip(citations) {
        if let Some(mark) = mark.as_mut().filter(|mark| !mark.unknown.is_empty()) {
            tell_unknown(mark, citation);
        }
    }
    let references = order
        .into_iter()
        .map(|(key, tree)| Reference {
            text: Flow::new(lang, &[], &[]).of(&tree),
            key,
        })
        .collect();
    CitedText {
        marks,
        references,
        heading: heading(lang).to_owned(),
        hanging: style.csl.bibliography.as_ref().is_some_and(|list| list.hanging_indent),
    }
}

type Tree = hayagriva::ElemChildren;

/// The citations, and the list with its keys in its order.
fn render(known: &[Known<'_>], uncited: &[&Entry], lang: &Lang, style: &Style) -> (Vec<Tree>, Vec<(String, Tree)>) {
    let locale = Some(locale_of(lang));
    let mut driver: BibliographyDriver<'_, Item> = BibliographyDriver::new();
    for one in known {
        let purpose = (one.in_text && !style.in_notes).then_some(CitePurpose::Prose);
        driver.citation(CitationRequest::new(
            items(one, purpose),
            &style.csl,
            locale.clone(),
            locales(),
            one.note,
        ));
    }
    for entry in uncited {
        let item = CitationItem::new(&entry.item, None, None, true, None);
        driver.citation(CitationRequest::new(
            vec![item],
            &style.csl,
            locale.clone(),
            locales(),
            None,
        ));
    }
    let rendered = driver.finish(BibliographyRequest::new(&style.csl, locale, locales()));
    let list = rendered.bibliography.map(|list| list.items).unwrap_or_default();
    let list = list.into_iter().map(|item| {
        let mut tree = item.content;
        if let Some(first) = item.first_field {
            tree.0.insert(0, first);
        }
        (item.key, tree)
    });
    let citations = rendered
        .citations
        .into_iter()
        .map(|citation| citation.citation)
        .take(known.len());
    (citations.collect(), list.collect())
}

fn items<'a>(one: &Known<'a>, purpose: Option<CitePurpose>) -> Vec<CitationItem<'a, Item>> {
    one.items
        .iter()
        .map(|(item, entry)| {
            let locator = item.locator.as_ref().map(|locator| {
                let kind = locator.kind.parse::<Locator>().unwrap_or(Locator::Page);
                SpecificLocator(kind, LocatorPayload::Str(locator.value.as_str()))
            });
            CitationItem::new(&entry.item, locator, None, false, purpose)
        })
        .collect()
}

/// The authors as a sentence names them.
fn author(one: &Known<'_>, lang: &Lang, leads_to: &[Option<Destination>]) -> Vec<Run> {
    let and = match lang {
        Lang::Fr => " et ",
        Lang::Ar => " و",
        _ => " and ",
    };
    let entry = one.items.first().map(|(_, entry)| entry);
    let names = entry.map(|entry| {
        if entry.authors.is_empty() {
            &entry.title
        } else {
            &entry.authors
        }
    });
    let run = names.map(|names| Run {
        text: names.replace(" & ", and),
        leads_to: leads_to.first().cloned().flatten(),
        ..Run::default()
    });
    run.into_iter().collect()
}

/// A note is a sentence.
fn with_full_stop(mut runs: Vec<Run>) -> Vec<Run> {
    let ends = runs
        .iter()
        .rev()
        .find_map(|run| {
            run.text
                .trim_end_matches(['»', '”', '"', ')', '\u{a0}', '\u{202f}'])
                .chars()
                .next_back()
        })
        .is_some_and(|last| matches!(last, '.' | '!' | '?' | '…'));
    if !ends && !runs.is_empty() {
        runs.push(Run {
            text: ".".to_owned(),
            ..Run::default()
        });
    }
    runs
}

/// Shows keys that nothing is known of, as they are typed.
fn tell_unknown(mark: &mut CitedMark, citation: &Citation) {
    let typed: Vec<String> = citation
        .items
        .iter()
        .filter(|item| mark.unknown.contains(&item.key))
        .map(|item| format!("@{}", item.key))
        .collect();
    let typed = format!("[{}]", typed.join("; "));
    let runs = if mark.note.is_empty() {
        &mut mark.inline
    } else {
        &mut mark.note
    };
    let text = if runs.is_empty() { typed } else { format!(" {typed}") };
    runs.push(Run { text, ..Run::default() });
}

fn uncited<'w>(keys: &[String], works: &'w Works) -> Vec<&'w Entry> {
    let bare = |key: &str| key.trim().trim_start_matches('@').to_owned();
    if keys.iter().any(|key| bare(key) == "*") {
        return works.entries().take(MAX_CITATIONS).collect();
    }
    keys.iter().filter_map(|key| works.get(&bare(key))).collect()
}
