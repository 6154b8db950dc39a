//! Pocket's tables.
//!
//! Columns `title,url,time_added,tags,status`, in some years with `cursor` or `favorite`; tags are divided by `|`,
//! times are seconds, the status is `unread` or `archive`.

use std::borrow::Cow;

use super::table::{Row, Table};
use super::{Entry, Source, has_address};
use crate::json::yes;
use crate::piece::Place;
use crate::receipt::Receipt;

pub(super) fn open<'a>(text: Cow<'a, str>, receipt: &mut Receipt) -> PocketTable<'a> {
    let table = Table::open(text);
    for column in table.others(&["title", "url", "time_added", "tags", "status", "favorite", "cursor"]) {
        receipt.leave_out("column", Some(&column));
    }
    PocketTable { table }
}

pub(super) struct PocketTable<'a> {
    table: Table<'a>,
}

impl Source for PocketTable<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            let row = self.table.next(has_address)?;
            if let Some(entry) = self.entry(&row, receipt) {
                return Some(entry);
            }
        }
    }
}

impl PocketTable<'_> {
    fn entry(&self, row: &Row, receipt: &mut Receipt) -> Option<Entry> {
        let get = |name| self.table.get(row, name);
        let mut entry = Entry::new();
        row.tell(&self.table, &mut entry.receipt);
        if get("url").is_empty() {
            receipt.fail_named("row", &format!("{}", row.line));
            return None;
        }
        entry.address(get("url"), receipt);
        entry.title(get("title"));
        entry.tags(get("tags").split('|'));
        entry.piece.state.saved_at = entry.time(get("time_added"), "saved-at");
        entry.piece.state.starred = yes(get("favorite")) == Some(true);
        match get("status").trim().to_ascii_lowercase().as_str() {
            "unread" | "" => unread(&mut entry),
            "archive" | "read" => archived(&mut entry),
            other => entry.receipt.degrade("state", Some(other)),
        }
        entry.finish(&format!("{}", row.line))
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
