//! Articles made out of articles: split, taken out of, put together.

use edito_library::ArticleId;
use edito_prose::compose::{At, extract, split};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::lists::Row;
use crate::error::CommandResult;
use crate::state::AppState;

/// Where a text is split.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "at")]
pub enum SplitAt {
    /// From the heading that begins on a line to the end.
    #[serde(rename_all = "camelCase")]
    Line {
        /// Counted from 1, in the whole text.
        line: u32,
    },
    /// At each heading of a level.
    #[serde(rename_all = "camelCase")]
    Level {
        /// 1 to 6.
        level: u8,
    },
}

/// What became of a text that was split.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SplitText {
    /// The whole text that stays.
    pub rest: String,
    /// The articles that were made of the parts, in order.
    pub made: Vec<Row>,
}

/// Articles that were put together.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MergedArticles {
    /// The one that they are now.
    pub article: Row,
    /// Its text before.
    pub before: String,
    /// The hash of its file now.
    pub hash: String,
    /// The keys of the others in the trash.
    pub trashed: Vec<String>,
}

/// Makes articles of the parts of a text, the article's as it stands in the editor. The article itself stays as it is:
/// the page puts the rest in its place, in a step of undo. `None` when nothing begins there.
#[tauri::command(async)]
#[specta::specta]
pub fn split_article(
    state: State<'_, AppState>,
    id: String,
    text: String,
    at: SplitAt,
) -> CommandResult<Option<SplitText>> {
    let open = state.library()?;
    let at = match at {
        SplitAt::Line { line } => At::Line(line),
        SplitAt::Level { level } => At::Level(level),
    };
    let Some(parts) = split(&text, at) else {
        return Ok(None);
    };
    let (made, changes) = open.library.create_parts(&id.into(), &text, &parts.parts)?;
    open.tell(changes);
    Ok(Some(SplitText {
        rest: parts.rest,
        made: made
            .iter()
            .map(|id| Ok(open.row(id)?.into()))
            .collect::<CommandResult<Vec<Row>>>()?,
    }))
}

/// Makes an article of a part of a text: from one place to another, in code units of UTF-16.
#[tauri::command(async)]
#[specta::specta]
pub fn article_from_selection(
    state: State<'_, AppState>,
    id: String,
    text: String,
    from: u32,
    to: u32,
) -> CommandResult<Row> {
    let open = state.library()?;
    let part = extract(&text, byte_of(&text, from)..byte_of(&text, to));
    let (made, changes) = open.library.create_parts(&id.into(), &text, &[part])?;
    open.tell(changes);
    let made = made.into_iter().next().unwrap_or_else(|| ArticleId(String::new()));
    Ok(open.row(&made)?.into())
}

/// Puts articles together, in this order: the first keeps its place, the others follow below it and go to the trash.
#[tauri::command(async)]
#[specta::specta]
pub fn merge_articles(state: State<'_, AppState>, ids: Vec<String>) -> CommandResult<MergedArticles> {
    let open = state.library()?;
    let ids: Vec<ArticleId> = ids.into_iter().map(ArticleId::from).collect();
    let merged = open.library.merge_articles(&ids)?;
    open.tell(merged.changes);
    let first = ids.into_iter().next().unwrap_or_else(|| ArticleId(String::new()));
    Ok(MergedArticles {
        article: open.row(&first)?.into(),
        before: merged.before,
        hash: merged.hash,
        trashed: merged.trashed,
    })
}

/// The byte behind some code units of UTF-16; the end of the text when it has fewer.
fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units;
    for (at, character) in text.char_indices() {
        let Some(rest) = left.checked_sub(character.len_utf16() as u32).filter(|_| left > 0) else {
            return at;
        };
        left = rest;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_code_units_of_utf_16() {
        let text = "é😀a";
        assert_eq!([0, 1, 3, 4, 9].map(|units| byte_of(text, units)), [0, 2, 6, 7, 7]);
        // Half of a character is before it.
        assert_eq!(byte_of(text, 2), 2);
    }
}
