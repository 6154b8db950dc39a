//! The settings sheet.

use tauri::State;

use crate::preferences::Settings;
use crate::state::AppState;

/// Keeps the settings.
#[tauri::command(async)]
#[specta::specta]
pub fn save_settings(state: State<'_, AppState>, settings: Settings) {
    state.preferences.change(|chosen| chosen.settings = settings);
}
