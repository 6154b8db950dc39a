//! Pocket's older page.
//!
//! `<h1>Unread</h1>` and `<h1>Read Archive</h1>`, each before a list of `<li><a href time_added tags="a,b">`.

use std::borrow::Cow;

use super::pocket_csv::{archived, unread};
use super::{Entry, Source};
use crate::markup::{Cursor, Event, Language};
use crate::receipt::Receipt;

pub(super) fn open(text: Cow<'_, str>) -> PocketPage<'_> {
    PocketPage {
        text,
        cursor: Cursor::new(Language::Html),
        heading: String::new(),
        in_heading: false,
    }
}

pub(super) struct PocketPage<'a> {
    text: Cow<'a, str>,
    cursor: Cursor,
    /// The heading that stands above.
    heading: String,
    in_heading: bool,
}

impl Source for PocketPage<'_> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        let mut open: Option<(Entry, String)> = None;
        while let Some(event) = self.cursor.next(&self.text) {
            match event {
                Event::Start { name, .. } if name.eq_ignore_ascii_case("h1") => {
                    self.heading.clear();
                    self.in_heading = true;
                }
                Event::Start { name, attributes, .. } if name.eq_ignore_ascii_case("a") => {
                    let mut entry = Entry::new();
                    entry.address(attributes.get("href").unwrap_or_default(), receipt);
                    entry.tags(attributes.get("tags").unwrap_or_default().split(','));
                    entry.piece.state.saved_at =
                        entry.time(attributes.get("time_added").unwrap_or_default(), "saved-at");
                    match self.heading.trim().to_lowercase().as_str() {
                        "unread" => unread(&mut entry),
                        "read archive" | "archive" => archived(&mut entry),
                        _ => entry.receipt.degrade("state", None),
                    }
                    open = Some((entry, String::new()));
                }
                Event::Text(text) if self.in_heading => self.heading.push_str(&text),
                Event::Text(text) => {
                    if let Some((_, title)) = &mut open {
                        title.push_str(&text);
                    }
                }
                Event::End { name } => {
                    self.in_heading &= !name.eq_ignore_ascii_case("h1");
                    if matches!(name, "a" | "A" | "li" | "LI" | "ul" | "UL")
                        && let Some(entry) = open.take().and_then(|(entry, title)| finished(entry, &title))
                    {
                        return Some(entry);
                    }
                }
                Event::Start { .. } => {}
            }
        }
        open.and_then(|(entry, title)| finished(entry, &title))
    }
}

fn finished(mut entry: Entry, title: &str) -> Option<Entry> {
    entry.title(title);
    entry.finish(title)
}
