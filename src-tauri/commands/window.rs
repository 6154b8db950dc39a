//! The window itself.

use tauri::State;

use crate::error::CommandResult;
use crate::state::AppState;

/// Fills the whole screen with the window, or gives it back the place it had.
#[tauri::command(async)]
#[specta::specta]
pub fn set_full_screen(state: State<'_, AppState>, on: bool) -> CommandResult<()> {
    state.desktop()?.set_full_screen(on);
    Ok(())
}
