//! The settings sheet.

use tauri::State;

use crate::preferences::Settings;
use crate::state::AppState;

/// Keeps the settings.
#[tauri::command(async)]
#[specta::specta]
pub fn save_settings(state: State<'_, AppState>, settings: Settings) {
    if let Ok(open) = state.library() {
        open.library.sign_versions(settings.signature());
    }
    state.preferences.change(|chosen| chosen.settings = settings);
}
