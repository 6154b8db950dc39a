//! The finished look of a text while it is written.

use edito_library::ArticleId;
use edito_prose::{Lang, parts};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::commands::elsewhere;
use crate::commands::reading::{ArticleView, head, html};
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::previewing::Stretch;
use crate::state::AppState;

/// A text as the reading view would show it, told by what became of what was shown before.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// What stands above the words; it has neither these nor an outline.
    pub head: ArticleView,
    /// What this rendering is called when the next one is asked for.
    pub revision: u32,
    /// The blocks from first to last: those that stay, and those that are new.
    pub blocks: Vec<PreviewBlocks>,
    /// The line of the text at which each of all the blocks begins, from 1.
    pub lines: Vec<u32>,
}

/// Some blocks of a preview, one after the other.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum PreviewBlocks {
    /// These of the rendering before.
    Kept {
        /// The first of them, from 0.
        from: u32,
        /// How many.
        count: u32,
    },
    /// New ones.
    New {
        /// Each is one element, from Edito's own renderer and so safe to show; `data-line` is counted from the block's line.
        html: Vec<String>,
    },
}

/// Renders the unsaved text of an article. `known` is the revision that the page shows, or 0.
#[tauri::command]
#[specta::specta]
pub async fn preview(state: State<'_, AppState>, id: String, text: String, known: u32) -> CommandResult<Preview> {
    let state = state.inner().clone();
    elsewhere(move || {
        let open = state.library()?;
        let id = ArticleId::from(id);
        let row = open
            .library
            .row_of_text(&id, &text)?
            .ok_or_else(|| CommandError::new(ErrorKind::NotFound, "the article is no more there"))?;
        let lang = row.lang.as_deref().map_or(Lang::En, Lang::from_tag);
        let parts = parts(&html(&state, &open, &id, &text, &lang));
        let lines = parts.iter().map(|part| part.line).collect();
        let (revision, stretches) = state.previews.next(&id, known, parts);
        Ok(Preview {
            head: head(&open, row, &text)?,
            revision,
            blocks: stretches
                .into_iter()
                .map(|stretch| match stretch {
                    Stretch::Kept { from, count } => PreviewBlocks::Kept { from, count },
                    Stretch::New(html) => PreviewBlocks::New { html },
                })
                .collect(),
            lines,
        })
    })
    .await
}
