//! Instapaper's table.
//!
//! Columns `URL,Title,Selection,Folder,Timestamp,Tags`, the last two missing in older ones. Tags are an array of JSON
//! in the field; folders are `Unread`, `Archive`, `Starred` or the user's own. The selection is what the user had
//! marked on the page when saving it, and what Instapaper shows under the title: a note about the whole.

use super::Entry;
use super::rows::{Fields, Layout};
use crate::piece::Place;

pub(super) const LAYOUT: Layout = Layout {
    columns: &["url", "title", "selection", "folder", "timestamp", "tags"],
    needed: &["url", "selection"],
    read,
};

fn read(row: &Fields<'_, '_>, entry: &mut Entry) {
    entry.note(row.get("selection"));
    entry.piece.state.saved_at = entry.time(row.get("timestamp"), "saved-at");
    let tags = row.get("tags");
    if !tags.is_empty() {
        match serde_json::from_str::<Vec<String>>(tags) {
            Ok(tags) => entry.tags(tags),
            Err(_) => entry.tags(
                tags.trim_matches(['[', ']'])
                    .split(',')
                    .map(|tag| tag.trim_matches(['"', ' '])),
            ),
        }
    }
    let state = &mut entry.piece.state;
    match row.get("folder") {
        "Unread" | "" => (state.place, state.read) = (Some(Place::Later), Some(false)),
        "Archive" => (state.place, state.read) = (Some(Place::Archive), Some(true)),
        // Liked from wherever it lay: the table does not say where.
        "Starred" => state.starred = true,
        folder => {
            state.place = Some(Place::Library);
            entry.collection(&[folder]);
        }
    }
}
