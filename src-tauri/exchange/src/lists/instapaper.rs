//! Instapaper's table.
//!
//! Columns `URL,Title,Selection,Folder,Timestamp,Tags`, the last two missing in older ones. Tags are an array of JSON
//! in the field; folders are `Unread`, `Archive`, `Starred` or the user's own. The selection is what the user had
//! marked on the page when saving it, and what Instapaper shows under the title: a note about the whole.

use std::borrow::Cow;

use super::table::{Row, Table};
use super::{Entry, Source, has_address};
use crate::piece::Place;
use crate::receipt::Receipt;

pub(super) fn open<'a>(text: Cow<'a, str>, receipt: &mut Receipt) -> InstapaperTable<'a> {
    let table = Table::open(text);
    for column in table.others(&["url", "title", "selection", "folder", "timestamp", "tags"]) {
        receipt.leave_out("column", Some(&column));
    }
    InstapaperTable { table }
}

pub(super) struct InstapaperTable<'a> {
    table: Table<'a>,
}

impl Source for InstapaperTable<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            let row = self.table.next(has_address)?;
            if let Some(entry) = self.entry(&row, receipt) {
                return Some(entry);
            }
        }
    }
}

impl InstapaperTable<'_> {
    fn entry(&self, row: &Row, receipt: &mut Receipt) -> Option<Entry> {
        let get = |name| self.table.get(row, name);
        let mut entry = Entry::new();
        row.tell(&self.table, &mut entry.receipt);
        if get("url").is_empty() && get("selection").is_empty() {
            receipt.fail_named("row", &format!("{}", row.line));
            return None;
        }
        entry.address(get("url"), receipt);
        entry.title(get("title"));
        entry.note(get("selection"));
        entry.piece.state.saved_at = entry.time(get("timestamp"), "saved-at");
        let tags = get("tags").trim();
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
        match get("folder").trim() {
            "Unread" | "" => (state.place, state.read) = (Some(Place::Later), Some(false)),
            "Archive" => (state.place, state.read) = (Some(Place::Archive), Some(true)),
            // Liked from wherever it lay: the table does not say where.
            "Starred" => state.starred = true,
            folder => {
                state.place = Some(Place::Library);
                entry.collection(&[folder]);
            }
        }
        entry.finish(&format!("{}", row.line))
    }
}
