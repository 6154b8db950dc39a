//! Goals: what was written, day by day, and how long a piece is to be.

use edito_library as library;
use edito_library::ArticleId;
use jiff::civil::Date;
use jiff::{Span, Zoned};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::error::CommandResult;
use crate::state::AppState;

/// How much was written.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Written {
    pub words: i32,
    /// Spaces included.
    pub signs: i32,
}

/// What was written on a day.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WrittenDay {
    /// The day, ISO.
    pub day: String,
    /// How much; never below zero.
    pub written: Written,
    /// In how many pieces.
    pub articles: u32,
}

/// What was written on this machine in this library.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WritingHistory {
    /// Today, ISO, where the writer is.
    pub today: String,
    /// The days on which something was written, in their order, today among them.
    pub days: Vec<WrittenDay>,
    /// What today made of the piece that was asked about; below zero when it became shorter.
    pub piece: Written,
}

/// How long a piece is to be.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PieceGoal {
    /// The length, at least 1.
    pub length: u32,
    /// What is counted.
    pub unit: GoalUnit,
    /// The last day for it, ISO.
    pub due: Option<String>,
}

/// What a length is counted in.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum GoalUnit {
    Words,
    Signs,
}

/// What was written in the last `days` days, today included, and today in the piece `id`.
#[tauri::command(async)]
#[specta::specta]
pub fn writing_history(state: State<'_, AppState>, id: Option<String>, days: u16) -> CommandResult<WritingHistory> {
    let open = state.library()?;
    let today = Zoned::now().date();
    Ok(history(&open.library, id.map(ArticleId::from).as_ref(), today, days))
}

/// Adds what was written in a piece just now; answers today.
#[tauri::command(async)]
#[specta::specta]
pub fn note_written(state: State<'_, AppState>, id: String, more: Written) -> CommandResult<WritingHistory> {
    let open = state.library()?;
    let id = open.present_id(&id.into())?;
    let today = Zoned::now().date();
    let more = library::Written {
        words: more.words.into(),
        signs: more.signs.into(),
    };
    open.library.note_written(&id, more, today)?;
    Ok(history(&open.library, Some(&id), today, 1))
}

/// How long a piece is to be, when that was said.
#[tauri::command(async)]
#[specta::specta]
pub fn piece_goal(state: State<'_, AppState>, id: String) -> CommandResult<Option<PieceGoal>> {
    let open = state.library()?;
    Ok(open.library.goal(&id.into()).map(|goal| PieceGoal {
        length: goal.length,
        unit: match goal.unit {
            library::GoalUnit::Words => GoalUnit::Words,
            library::GoalUnit::Signs => GoalUnit::Signs,
        },
        due: goal.due.map(|due| due.to_string()),
    }))
}

/// Says how long a piece is to be; none takes it back.
#[tauri::command(async)]
#[specta::specta]
pub fn set_piece_goal(state: State<'_, AppState>, id: String, goal: Option<PieceGoal>) -> CommandResult<()> {
    let open = state.library()?;
    let goal = goal.map(|goal| library::Goal {
        length: goal.length,
        unit: match goal.unit {
            GoalUnit::Words => library::GoalUnit::Words,
            GoalUnit::Signs => library::GoalUnit::Signs,
        },
        // What is no date is none.
        due: goal.due.and_then(|due| due.parse::<Date>().ok()),
    });
    Ok(open.library.set_goal(&open.present_id(&id.into())?, goal.as_ref())?)
}

fn history(library: &library::Library, id: Option<&ArticleId>, today: Date, days: u16) -> WritingHistory {
    let back = Span::new().days(i64::from(days.saturating_sub(1)));
    let from = today.checked_sub(back).unwrap_or(today);
    WritingHistory {
        today: today.to_string(),
        days: library
            .written_days(from, today)
            .into_iter()
            .map(|one| WrittenDay {
                day: one.day.to_string(),
                written: small(one.written),
                articles: u32::try_from(one.articles).unwrap_or(u32::MAX),
            })
            .collect(),
        piece: id.map(|id| library.written_in(id, today)).map_or(NOTHING, small),
    }
}

const NOTHING: Written = Written { words: 0, signs: 0 };

fn small(written: library::Written) -> Written {
    let small = |count: i64| i32::try_from(count).unwrap_or(if count < 0 { i32::MIN } else { i32::MAX });
    Written {
        words: small(written.words),
        signs: small(written.signs),
    }
}
