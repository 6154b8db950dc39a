//! The parts of the front page: those of `edito.toml`, else those that follow from the sections.

use super::Library;
use crate::article::SectionNode;
use crate::config::{SectionConfig, SlotConfig, SlotOrder, SlotRole};
use crate::error::Result;
use crate::index::facts::Settings;
use crate::index::front::Wanted;
use crate::sections::slug;

impl Library {
    /// The keys of the parts that a piece of a section may be pinned to: its own parts, then the lead.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn slots_for(&self, section: &str) -> Result<Vec<String>> {
        let settings = self.settings();
        let slots = self.front_slots(&settings)?;
        let keys = keys(&slots, &settings);
        let wanted = self.wanted(&slots, &settings, 0)?;
        let fits = |(slot, wanted): (&SlotConfig, &Wanted)| slot.role == SlotRole::List && wanted.takes(section);
        let own = slots.iter().zip(&wanted).zip(&keys).filter(|(both, _)| fits(*both));
        let leads = slots.iter().zip(&keys).filter(|(slot, _)| slot.role == SlotRole::Lead);
        Ok(own
            .map(|(_, key)| key.clone())
            .chain(leads.map(|(_, key)| key.clone()))
            .collect())
    }

    /// The parts of the front page: those of `edito.toml`, else those that follow from the sections.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub(super) fn front_slots(&self, settings: &Settings) -> Result<Vec<SlotConfig>> {
        if !settings.config.front.slots.is_empty() {
            return Ok(settings.config.front.slots.clone());
        }
        let kinds = kinds(&settings.config.sections);
        if !kinds.is_empty() {
            return Ok(slots_of_kinds(&kinds));
        }
        let overview = self.index.overview(&settings.sections)?;
        let mut sections: Vec<&SectionNode> = overview.sections.iter().filter(|node| node.count > 0).collect();
        sections.sort_by_key(|node| std::cmp::Reverse(node.count));
        Ok(slots_of_sections(&sections))
    }

    /// What each part takes from the rows, when `pins` pieces may be left out because they stand elsewhere.
    pub(super) fn wanted(&self, slots: &[SlotConfig], settings: &Settings, pins: usize) -> Result<Vec<Wanted>> {
        let overview = self.index.overview(&settings.sections)?;
        // What stands in parts before may be left out of the later ones.
        let mut before = pins;
        Ok(slots
            .iter()
            .map(|slot| {
                let sections = sections_of(slot, settings);
                let missing = sections.is_empty() && slot.kind.is_some();
                let there: usize = if sections.is_empty() {
                    overview.total
                } else {
                    let counts = sections
                        .iter()
                        .map(|section| node(&overview.sections, section).map_or(0, |node| node.count));
                    counts.sum()
                };
                let most = match slot.order {
                    SlotOrder::Hand => 0,
                    SlotOrder::Date if missing => 0,
                    SlotOrder::Date => (slot.number as usize + before).min(there),
                };
                before += slot.number as usize;
                Wanted { sections, most }
            })
            .collect())
    }
}

/// The name of each part for pins: what it takes from.
pub(super) fn keys(slots: &[SlotConfig], settings: &Settings) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(slots.len());
    for slot in slots {
        let key = match (slot.role, &slot.kind) {
            (SlotRole::Lead, _) => "lead".to_owned(),
            (_, Some(kind)) if slot.section.is_none() => format!("kind:{}", slug(kind)),
            _ => match sections_of(slot, settings).first() {
                Some(section) => format!("section:{section}"),
                None => "all".to_owned(),
            },
        };
        let mut unused = key.clone();
        let mut count = 2;
        while keys.contains(&unused) {
            unused = format!("{key}#{count}");
            count += 1;
        }
        keys.push(unused);
    }
    keys
}

fn sections_of(slot: &SlotConfig, settings: &Settings) -> Vec<String> {
    if let Some(section) = &slot.section {
        return vec![settings.sections.place(Some(section), "").path];
    }
    let mut found = Vec::new();
    if let Some(kind) = &slot.kind {
        of_kind(&settings.config.sections, kind, "", &mut found);
    }
    found
}

/// The sections of a kind, without those below one that is found.
fn of_kind(sections: &[SectionConfig], kind: &str, above: &str, found: &mut Vec<String>) {
    for section in sections {
        let path = if above.is_empty() {
            section.slug.clone()
        } else {
            format!("{above}/{}", section.slug)
        };
        if section.kind.as_deref() == Some(kind) {
            found.push(path);
        } else {
            of_kind(&section.sections, kind, &path, found);
        }
    }
}

/// The kinds of the desk's sections, in order, each once.
fn kinds(sections: &[SectionConfig]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for section in sections {
        let below = kinds(&section.sections);
        for kind in section.kind.iter().cloned().chain(below) {
            if !found.contains(&kind) {
                found.push(kind);
            }
        }
    }
    found
}

/// The model page: what opens it, the newest leading article, the analyses, mentions in the press, books, the letter.
fn slots_of_kinds(kinds: &[String]) -> Vec<SlotConfig> {
    let has = |kind: &str| kinds.iter().any(|known| known == kind);
    let list = |kind: &str, number, teaser, column| SlotConfig {
        kind: Some(kind.to_owned()),
        number,
        teaser,
        column,
        ..SlotConfig::of(SlotRole::List)
    };
    let mut slots = vec![SlotConfig {
        kind: has("analyses").then(|| "analyses".to_owned()),
        ..SlotConfig::of(SlotRole::Lead)
    }];
    let usual = [
        list("edito", 1, 200, 2),
        list("medias", 3, 0, 2),
        list("analyses", 4, 150, 3),
        list("lectures", 2, 140, 1),
        list("lettre", 1, 140, 3),
    ];
    let known: Vec<String> = usual.iter().filter_map(|slot| slot.kind.clone()).collect();
    slots.extend(usual.into_iter().filter(|slot| slot.kind.as_deref().is_some_and(has)));
    slots.extend(
        kinds
            .iter()
            .filter(|kind| !known.contains(kind))
            .map(|kind| list(kind, 3, 140, 2)),
    );
    slots
}

/// For a library whose sections say nothing of what they are for: the newest piece, then the largest sections.
fn slots_of_sections(sections: &[&SectionNode]) -> Vec<SlotConfig> {
    let mut slots = vec![SlotConfig::of(SlotRole::Lead)];
    for (index, section) in sections.iter().take(MOST_SECTIONS).enumerate() {
        slots.push(SlotConfig {
            section: Some(section.path.clone()),
            number: 3,
            teaser: 140,
            column: if index % 2 == 0 { 2 } else { 3 },
            ..SlotConfig::of(SlotRole::List)
        });
    }
    if sections.len() < 2 {
        slots.push(SlotConfig {
            number: 6,
            column: if sections.is_empty() { 2 } else { 3 },
            ..SlotConfig::of(SlotRole::List)
        });
    }
    slots
}

const MOST_SECTIONS: usize = 4;

/// The section with a path.
pub(super) fn node<'a>(nodes: &'a [SectionNode], path: &str) -> Option<&'a SectionNode> {
    nodes.iter().find_map(|one| {
        if one.path == path {
            return Some(one);
        }
        let below = path.strip_prefix(&one.path)?;
        if below.starts_with('/') {
            node(&one.children, path)
        } else {
            None
        }
    })
}
