//! Tables with a piece in each row: what all of them do with a row, around what each says of it.

use std::borrow::Cow;

use super::table::{Row, Table};
use super::{Entry, Source};
use crate::receipt::Receipt;
use crate::url;

/// How a format's table is read.
pub(super) struct Layout {
    /// The columns that are understood, `title` and `url` among them.
    pub columns: &'static [&'static str],
    /// Columns of which one at least must be filled, or the row is nothing.
    pub needed: &'static [&'static str],
    /// Reads what a row says beside title and address.
    pub read: fn(&Fields<'_, '_>, &mut Entry),
}

/// The fields of a row.
pub(super) struct Fields<'t, 'a> {
    table: &'t Table<'a>,
    row: &'t Row,
}

impl<'t> Fields<'t, '_> {
    /// What stands in the column of that name, without white space around it; empty when there is none.
    pub fn get(&self, name: &str) -> &'t str {
        self.table.get(self.row, name).trim()
    }
}

/// The table of a text; columns that nobody knows are told.
pub(super) fn open<'a>(text: Cow<'a, str>, layout: &'static Layout, receipt: &mut Receipt) -> Rows<'a> {
    Rows {
        table: Table::open_known(text, layout.columns, receipt),
        layout,
    }
}

pub(super) struct Rows<'a> {
    table: Table<'a>,
    layout: &'static Layout,
}

impl Source for Rows<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            let row = self.table.next(has_address)?;
            let fields = Fields {
                table: &self.table,
                row: &row,
            };
            let line = row.line.to_string();
            if self.layout.needed.iter().all(|name| fields.get(name).is_empty()) {
                receipt.fail_named("row", &line);
                continue;
            }
            let mut entry = Entry::new();
            row.tell(&self.table, &mut entry.receipt);
            entry.address(fields.get("url"), receipt);
            entry.title(fields.get("title"));
            (self.layout.read)(&fields, &mut entry);
            if let Some(entry) = entry.finish(&line) {
                return Some(entry);
            }
        }
    }
}

/// Whether a row has an address where one should be.
fn has_address(table: &Table<'_>, row: &Row) -> bool {
    url::web(table.get(row, "url")).is_some()
}
