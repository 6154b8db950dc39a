//! Pocket's tables.
//!
//! Columns `title,url,time_added,tags,status`, in some years with `cursor` or `favorite`; tags are divided by `|`,
//! times are seconds, the status is `unread` or `archive`.

use super::Entry;
use super::rows::{Fields, Layout};
use crate::json::yes;
use crate::piece::Place;

pub(super) const LAYOUT: Layout = Layout {
    columns: &["title", "url", "time_added", "tags", "status", "favorite", "cursor"],
    needed: &["url"],
    read,
};

fn read(row: &Fields<'_, '_>, entry: &mut Entry) {
    entry.tags(row.get("tags").split('|'));
    entry.piece.state.saved_at = entry.time(row.get("time_added"), "saved-at");
    entry.piece.state.starred = yes(row.get("favorite")) == Some(true);
    match row.get("status").to_ascii_lowercase().as_str() {
        "unread" | "" => unread(entry),
        "archive" | "read" => archived(entry),
        other => entry.receipt.degrade("state", Some(other)),
    }
}

/// What Pocket calls its list: chosen, and waiting.
pub(super) fn unread(entry: &mut Entry) {
    entry.piece.state.place = Some(Place::Later);
    entry.piece.state.read = Some(false);
}

/// What lies in Pocket's archive was read: there is no other way into it.
pub(super) fn archived(entry: &mut Entry) {
    entry.piece.state.place = Some(Place::Archive);
    entry.piece.state.read = Some(true);
}
