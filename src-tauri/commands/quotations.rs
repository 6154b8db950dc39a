//! The quotation ledger of the piece that is being written, and passages that become quotations in it.

use edito_library::{self as library, ArticleId, CheckedQuotation, CitedSource};
use edito_prose::ledger::{self, Change, Cited, Form, Mark};
use edito_prose::{Lang, analyse};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use uuid::Uuid;

use super::elsewhere;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::AppState;

/// What became of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the same names as edito_library::Verdict, documented there")]
pub enum Verdict {
    Proved,
    Altered,
    Unsourced,
    Changed,
    Missing,
    Elsewhere,
    TooLong,
}

/// Who says a piece of a redline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum QuotationMark {
    /// Both.
    Same,
    /// The quotation alone.
    Quoted,
    /// The source alone.
    Source,
}

/// A piece of the redline of a quotation and its source.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct QuotationPiece {
    pub text: String,
    pub mark: QuotationMark,
}

/// An article that a quotation is from, or could be.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct QuotedSource {
    pub article: String,
    pub title: String,
    pub authors: Vec<String>,
}

/// A change of a text; places are code units of UTF-16.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct TextChange {
    pub from: u32,
    pub to: u32,
    pub text: String,
}

/// A quotation in the text, and what became of it. Places are code units of UTF-16.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Quotation {
    /// Where it starts: at its mark.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// Where a reference to its source would be put.
    pub end: u32,
    /// Whether it is a block.
    pub block: bool,
    /// Its words, without marks.
    pub words: String,
    /// What became of it.
    pub verdict: Verdict,
    /// What it was compared with.
    pub source: Option<QuotedSource>,
    /// What names the source where that is not in the library.
    pub named: Option<String>,
    /// What the source says in its place; none when it says nothing like it.
    pub passage: Option<String>,
    /// The line of the source on which the paragraph of the passage begins.
    pub line: Option<u32>,
    /// Both as a redline, when they differ.
    pub pieces: Vec<QuotationPiece>,
    /// What gives it the words of its source; empty where that can't be done by itself.
    pub fixes: Vec<TextChange>,
    /// What marks the words that were left out, where that is all that differs.
    pub omissions: Vec<TextChange>,
    /// When the source still said it: milliseconds since 1970, UTC.
    #[specta(type = Option<specta_typescript::Number>)]
    pub since: Option<f64>,
    /// Articles that say it to the word, where no source is known.
    pub found: Vec<QuotedSource>,
}

/// A marked passage that can be quoted.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Quotable {
    pub highlight: String,
    pub quote: String,
    pub source: QuotedSource,
}

/// Most passages that are offered.
const MOST_OFFERED: u32 = 100;

/// The quotations of a text that is to be the article’s. The text has `\n` between lines.
#[tauri::command]
#[specta::specta]
pub async fn quotations_of(state: State<'_, AppState>, id: String, text: String) -> CommandResult<Vec<Quotation>> {
    let open = state.library()?;
    elsewhere(move || {
        let found = open.library.quotations(&ArticleId::from(id), &text, true)?;
        let units = Units::of(&text);
        Ok(found.into_iter().map(|one| told(one, &units)).collect())
    })
    .await
}

/// Marked passages that have all of some words, in theirs or in the title and the names of their article.
#[tauri::command(async)]
#[specta::specta]
pub fn quotable(state: State<'_, AppState>, id: String, typed: String, limit: u32) -> CommandResult<Vec<Quotable>> {
    let open = state.library()?;
    let most = limit.min(MOST_OFFERED) as usize;
    let found = open.library.quotable(&id.into(), &typed, most)?;
    Ok(found
        .into_iter()
        .map(|one| Quotable {
            highlight: one.highlight.to_string(),
            quote: one.quote,
            source: one.source.into(),
        })
        .collect())
}

/// What puts a marked passage into the text of a piece as a quotation, in the place of what stands from `from` to `to`
/// (code units of UTF-16); the caret goes behind the first change.
#[tauri::command(async)]
#[specta::specta]
pub fn quote_highlight(
    state: State<'_, AppState>,
    id: String,
    text: String,
    highlight: String,
    from: u32,
    to: u32,
) -> CommandResult<Vec<TextChange>> {
    let open = state.library()?;
    let wanted = Uuid::parse_str(&highlight).ok();
    let Some((article, passage)) = wanted.and_then(|wanted| open.library.marked_passage(wanted)) else {
        return Err(CommandError::new(
            ErrorKind::NotFound,
            format!("no passage {highlight} is marked"),
        ));
    };
    let units = Units::of(&text);
    let range = units.byte(from)..units.byte(to.max(from));
    let source = open.library.cited_passage(&ArticleId::from(id), &article, &passage)?;
    let lang = language(&text);
    let changes = ledger::insert(&text, range, &cited(&source, &passage.quote), &lang, Form::ByLength);
    Ok(in_units(changes, &units))
}

/// What names an article as the source of a quotation that ends in a place (code units of UTF-16).
#[tauri::command(async)]
#[specta::specta]
pub fn name_source(
    state: State<'_, AppState>,
    id: String,
    text: String,
    end: u32,
    block: bool,
    article: String,
) -> CommandResult<Vec<TextChange>> {
    let open = state.library()?;
    let source = open
        .library
        .cited_source(&ArticleId::from(id), &ArticleId::from(article))?;
    let units = Units::of(&text);
    let changes = ledger::name_source(&text, units.byte(end), block, &cited(&source, ""), &language(&text));
    Ok(in_units(changes, &units))
}

impl From<library::QuotedSource> for QuotedSource {
    fn from(source: library::QuotedSource) -> Self {
        Self {
            article: source.article.0,
            title: source.title,
            authors: source.authors,
        }
    }
}

fn told(one: CheckedQuotation, units: &Units) -> Quotation {
    let verdict = match one.verdict {
        library::Verdict::Proved => Verdict::Proved,
        library::Verdict::Altered => Verdict::Altered,
        library::Verdict::Unsourced => Verdict::Unsourced,
        library::Verdict::Changed => Verdict::Changed,
        library::Verdict::Missing => Verdict::Missing,
        library::Verdict::Elsewhere => Verdict::Elsewhere,
        library::Verdict::TooLong => Verdict::TooLong,
    };
    let differences = one.comparison.iter().flat_map(|comparison| &comparison.differences);
    // All or nothing: half of a source is another alteration.
    let fixes: Option<Vec<_>> = differences.clone().map(|one| one.fix.clone()).collect();
    let omissions: Option<Vec<_>> = differences.map(|one| one.omission.clone()).collect();
    let change = |(range, text): (std::ops::Range<usize>, String)| TextChange {
        from: units.at(range.start),
        to: units.at(range.end),
        text,
    };
    let changes = |all: Option<Vec<_>>| all.unwrap_or_default().into_iter().map(change).collect();
    let pieces = one.comparison.iter().flat_map(|comparison| &comparison.pieces);
    Quotation {
        from: units.at(one.quotation.range.start),
        to: units.at(one.quotation.range.end),
        end: units.at(one.quotation.end),
        block: one.quotation.is_block,
        verdict,
        source: one.source.map(QuotedSource::from),
        named: one.named,
        pieces: pieces
            .map(|piece| QuotationPiece {
                text: piece.text.clone(),
                mark: match piece.mark {
                    Mark::Same => QuotationMark::Same,
                    Mark::Quoted => QuotationMark::Quoted,
                    Mark::Source => QuotationMark::Source,
                },
            })
            .collect(),
        passage: one.comparison.as_ref().map(|comparison| comparison.passage.clone()),
        line: one.comparison.as_ref().and_then(|comparison| comparison.line),
        fixes: changes(fixes),
        omissions: changes(omissions),
        since: one.since.map(|since| since.time as f64),
        found: one.found.into_iter().map(QuotedSource::from).collect(),
        words: one.quotation.words,
    }
}

fn cited<'a>(source: &'a CitedSource, words: &'a str) -> Cited<'a> {
    Cited {
        words,
        authors: &source.authors,
        title: &source.title,
        outlet: source.outlet.as_deref(),
        date: source.date,
        link: &source.link,
    }
}

fn language(text: &str) -> Lang {
    analyse(text).lang.unwrap_or(Lang::Other("und".into()))
}

fn in_units(changes: Vec<Change>, units: &Units) -> Vec<TextChange> {
    changes
        .into_iter()
        .map(|change| TextChange {
            from: units.at(change.range.start),
            to: units.at(change.range.end),
            text: change.text,
        })
        .collect()
}

/// Bytes as code units of UTF-16 and back: one mark for every stretch of characters.
struct Units {
    text: String,
    /// Byte and unit at the head of each stretch.
    marks: Vec<(usize, u32)>,
}

/// Characters of a stretch.
const STRETCH: usize = 256;

impl Units {
    fn of(text: &str) -> Units {
        let mut marks = Vec::new();
        let mut units = 0;
        for (number, (at, character)) in text.char_indices().enumerate() {
            if number.is_multiple_of(STRETCH) {
                marks.push((at, units));
            }
            units += character.len_utf16() as u32;
        }
        Units {
            text: text.to_owned(),
            marks,
        }
    }

    fn at(&self, byte: usize) -> u32 {
        let (from, units) = self.before(|(at, _)| *at <= byte);
        let rest = self.text.get(from..byte).unwrap_or_default();
        units + u32::try_from(rest.encode_utf16().count()).unwrap_or(u32::MAX - units)
    }

    fn byte(&self, unit: u32) -> usize {
        let (from, mut units) = self.before(|(_, units)| *units <= unit);
        for (at, character) in self.text.get(from..).unwrap_or_default().char_indices() {
            if units >= unit {
                return from + at;
            }
            units += character.len_utf16() as u32;
        }
        self.text.len()
    }

    fn before(&self, is_before: impl Fn(&(usize, u32)) -> bool) -> (usize, u32) {
        let index = self.marks.partition_point(is_before);
        index
            .checked_sub(1)
            .and_then(|index| self.marks.get(index))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_go_both_ways() {
        let text = "Le 😀 dans l’été, ".repeat(60);
        let units = Units::of(&text);
        for (byte, _) in text.char_indices() {
            let unit = units.at(byte);
            assert_eq!(unit as usize, text[..byte].encode_utf16().count());
            assert_eq!(units.byte(unit), byte);
        }
        assert_eq!(units.byte(u32::MAX), text.len());
    }
}
