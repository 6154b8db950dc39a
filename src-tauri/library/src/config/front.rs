//! What `edito.toml` says of the front page: `[[front.slots]]`, one for each of its parts.

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Reader;
use crate::sections::slug;

/// What stands on the front page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrontConfig {
    /// Its parts, in order within each column; empty when `edito.toml` names none, and then they
    /// follow from the sections.
    pub slots: Vec<SlotConfig>,
    /// The statuses of pieces that are out, folded; empty for the last one of the desk. A piece
    /// without a status, or with one that the desk doesn't know, is out.
    pub statuses: Vec<String>,
}

/// A part of the front page. Without `section` and `kind` it takes from the whole library.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SlotConfig {
    /// How its pieces are shown.
    pub role: SlotRole,
    /// The section it takes from, with those below it: a name, a slug, or a path of either.
    pub section: Option<String>,
    /// The kind of the sections it takes from.
    pub kind: Option<String>,
    /// Its heading; the name of its section serves when there is none.
    pub title: Option<String>,
    /// How many pieces it shows, from 1 to 24.
    pub number: u32,
    /// Which ones.
    pub order: SlotOrder,
    /// The longest teaser, in signs with spaces, up to 1,200; 0 for none.
    pub teaser: u32,
    /// The column it stands in, from 1 to 3.
    pub column: u32,
}

/// How the pieces of a part are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SlotRole {
    /// Large, with its image.
    Lead,
    /// One below the other, under a heading.
    #[default]
    List,
}

/// Which pieces a part shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SlotOrder {
    /// Those pinned to it, then the newest.
    #[default]
    Date,
    /// Those pinned to it and no others, in the order that the desk gave them.
    Hand,
}

impl SlotConfig {
    /// A part with what holds for its role where nothing is said.
    pub fn of(role: SlotRole) -> Self {
        let lead = role == SlotRole::Lead;
        Self {
            role,
            number: if lead { 1 } else { 4 },
            teaser: if lead { 320 } else { 160 },
            column: if lead { 1 } else { 2 },
            ..Self::default()
        }
    }

    /// The same within the limits that the fields name.
    #[must_use]
    pub fn within_limits(mut self) -> Self {
        self.number = self.number.clamp(1, MOST_PIECES);
        self.teaser = self.teaser.min(MOST_SIGNS);
        self.column = self.column.clamp(1, COLUMNS);
        for text in [&mut self.section, &mut self.kind, &mut self.title] {
            *text = text
                .take()
                .map(|text| {
                    text.split(char::is_control)
                        .collect::<Vec<_>>()
                        .join(" ")
                        .trim()
                        .to_owned()
                })
                .filter(|text| !text.is_empty());
        }
        self
    }
}

impl SlotRole {
    /// The word in `edito.toml`.
    pub(super) fn word(self) -> &'static str {
        match self {
            SlotRole::Lead => "lead",
            SlotRole::List => "list",
        }
    }
}

impl SlotOrder {
    /// The word in `edito.toml`.
    pub(super) fn word(self) -> &'static str {
        match self {
            SlotOrder::Date => "date",
            SlotOrder::Hand => "hand",
        }
    }
}

impl Reader<'_> {
    /// The table `front`.
    pub(super) fn front(&mut self, table: &DeTable<'_>) -> FrontConfig {
        let Some(value) = table.get("front") else {
            return FrontConfig::default();
        };
        let Some(front) = value.get_ref().as_table() else {
            self.wrong(value, "front", "a table");
            return FrontConfig::default();
        };
        let statuses = self.strings(front, "statuses");
        let mut slots = Vec::new();
        for item in self.items(front, "slots") {
            match item.get_ref().as_table() {
                Some(entry) => slots.push(self.slot(entry)),
                None => self.wrong(item, "slots", "a list of tables"),
            }
            if slots.len() == MOST_SLOTS {
                break;
            }
        }
        FrontConfig {
            slots,
            statuses: statuses.iter().map(|status| slug(status)).collect(),
        }
    }

    fn slot(&mut self, entry: &DeTable<'_>) -> SlotConfig {
        let role = self.word(entry, "role", &[("lead", SlotRole::Lead), ("list", SlotRole::List)]);
        let usual = SlotConfig::of(role);
        SlotConfig {
            role,
            section: self.string(entry, "section"),
            kind: self.string(entry, "kind"),
            title: self.string(entry, "title"),
            number: self.number(entry, "number", 1..=MOST_PIECES, usual.number),
            order: self.word(entry, "order", &[("date", SlotOrder::Date), ("hand", SlotOrder::Hand)]),
            teaser: self.number(entry, "teaser", 0..=MOST_SIGNS, usual.teaser),
            column: self.number(entry, "column", 1..=COLUMNS, usual.column),
        }
    }

    fn word<T: Copy + Default>(&mut self, entry: &DeTable<'_>, key: &str, words: &[(&str, T)]) -> T {
        let Some(written) = self.string(entry, key) else {
            return T::default();
        };
        if let Some((_, value)) = words.iter().find(|(word, _)| slug(&written) == *word) {
            return *value;
        }
        let at = entry.get(key).map_or(0, |value| value.span().start);
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.problem(at, format!("\"{key}\" should be one of {}", known.join(", ")));
        T::default()
    }

    pub(super) fn number(
        &mut self,
        entry: &DeTable<'_>,
        key: &str,
        within: std::ops::RangeInclusive<u32>,
        usual: u32,
    ) -> u32 {
        let Some(value) = entry.get(key) else { return usual };
        match whole_number(self.text, value) {
            Some(number) if within.contains(&number) => number,
            Some(number) => {
                let message = format!("\"{key}\" should be from {} to {}", within.start(), within.end());
                self.problem(value.span().start, message);
                number.clamp(*within.start(), *within.end())
            }
            None => {
                self.wrong(value, key, "a whole number");
                usual
            }
        }
    }
}

const MOST_PIECES: u32 = 24;
const MOST_SIGNS: u32 = 1200;
const COLUMNS: u32 = 3;
/// Beyond this it is no page.
const MOST_SLOTS: usize = 40;

fn whole_number(text: &str, value: &Spanned<DeValue<'_>>) -> Option<u32> {
    value.get_ref().as_integer()?;
    let written = text.get(value.span())?.replace('_', "");
    let number: i64 = written.parse().ok()?;
    Some(u32::try_from(number).unwrap_or(if number < 0 { 0 } else { u32::MAX }))
}
