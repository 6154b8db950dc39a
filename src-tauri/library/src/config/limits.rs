//! What `edito.toml` says of the length of pieces: `[limits]` for all of them, `limits` of a section for its own.

use std::collections::BTreeMap;

use edito_language::house::HouseRules;
use edito_prose::slots::Slot;
use serde::Serialize;
use toml::de::DeTable;

use super::{Config, Reader, SectionConfig};

/// The most signs, spaces included, that parts of a piece may have; parts that are not named have no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Limits(pub BTreeMap<Slot, u32>);

impl Config {
    /// The limits of the pieces of a section (slugs from the root, `/` between them): those of the section itself before
    /// those of the sections above it, and these before those of the whole library.
    pub fn limits_of(&self, section: &str) -> Limits {
        let mut limits = self.limits.clone();
        let mut siblings = &self.sections;
        for slug in section.split('/') {
            let Some(found) = siblings.iter().find(|one| one.slug == slug) else {
                break;
            };
            limits.0.extend(&found.limits.0);
            siblings = &found.sections;
        }
        limits
    }
}

/// Sections without what says nothing of where articles stand.
pub(super) fn only_places(mut sections: Vec<SectionConfig>) -> Vec<SectionConfig> {
    for section in &mut sections {
        section.limits = Limits::default();
        section.template = None;
        section.house = HouseRules::default();
        section.sections = only_places(std::mem::take(&mut section.sections));
    }
    sections
}

impl Reader<'_> {
    /// The table `limits` of a table.
    pub(super) fn limits(&mut self, table: &DeTable<'_>) -> Limits {
        let Some(value) = table.get("limits") else {
            return Limits::default();
        };
        let Some(entry) = value.get_ref().as_table() else {
            self.wrong(value, "limits", "a table");
            return Limits::default();
        };
        for key in entry.keys() {
            if !Slot::ALL.iter().any(|slot| slot.word() == key.get_ref().as_ref()) {
                let known: Vec<&str> = Slot::ALL.iter().map(|slot| slot.word()).collect();
                let message = format!("\"limits\" knows {}, not \"{}\"", known.join(", "), key.get_ref());
                self.problem(key.span().start, message);
            }
        }
        let mut limits = BTreeMap::new();
        for slot in Slot::ALL {
            if entry.get(slot.word()).is_some() {
                let most = self.number(entry, slot.word(), 1..=MOST, 0);
                if most > 0 {
                    limits.insert(slot, most);
                }
            }
        }
        Limits(limits)
    }
}

/// No piece is longer.
const MOST: u32 = 10_000_000;
