//! The front page, composed from the library, and the pages of its sections.

use super::Library;
use crate::article::{Row, SectionNode};
use crate::config::{Config, SectionConfig, SlotConfig, SlotOrder, SlotRole};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::facts::Settings;
use crate::index::front::{Out, Wanted};
use crate::index::lists::Affects;
use crate::index::lock;
use crate::journal::{Durability, JournalEntry, Pin, between};
use crate::sections::slug;
use edito_prose::{Lang, LinkKind, QuoteState, Source, Teaser, analyse, analysis, cut, frontmatter, typeset};
use std::path::PathBuf;

/// The front page as it stands now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontPage {
    /// Its parts, in the order of the desk.
    pub slots: Vec<FrontSlot>,
    /// Pieces of the last seven days that have not been read, counted up to 1,000.
    pub new: usize,
}

/// A part of the front page.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontSlot {
    /// What pins name it by: the same as long as it takes from the same sections.
    pub key: String,
    /// How its pieces are shown.
    pub role: SlotRole,
    /// The kind of its sections, when it is chosen by kind.
    pub kind: Option<String>,
    /// The one section that it takes from, when it is one.
    pub section: Option<String>,
    /// Its heading; `None` when it takes from the whole library and has no name.
    pub title: Option<String>,
    /// Which pieces it shows.
    pub order: SlotOrder,
    /// From 1 to 3.
    pub column: u32,
    /// Its pieces.
    pub pieces: Vec<FrontPiece>,
}

/// A piece as the front page shows it, typeset.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontPiece {
    /// The article.
    pub row: Row,
    /// Its title.
    pub title: String,
    /// The words that make one read on; empty when its part shows none.
    pub teaser: Teaser,
    /// From right to left.
    pub rtl: bool,
    /// Its image; of leads alone.
    pub image: Option<FrontImage>,
    /// Where it was published, for mentions in the press.
    pub source: Option<Source>,
    /// Whether somebody put it above the others of this part.
    pub pinned: bool,
}

/// The image of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontImage {
    /// The file.
    pub path: PathBuf,
    /// What it shows, as its author says; empty when nothing is said.
    pub description: String,
}

/// Some pieces of a section and of those below it.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionPage {
    /// From the uppermost section to this one: the path of slugs and the name of each.
    pub crumbs: Vec<(String, String)>,
    /// The sections right below it.
    pub below: Vec<SectionNode>,
    /// How many pieces there are.
    pub total: usize,
    /// Those asked for, the newest first.
    pub pieces: Vec<FrontPiece>,
}

impl Library {
    /// Composes the front page. No piece stands on it twice.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn front_page(&self) -> Result<FrontPage> {
        let settings = self.settings();
        let slots = self.front_slots(&settings)?;
        let keys = keys(&slots, &settings);
        let out = self.out(&settings.config);
        let pins = lock(&self.journal).pins();
        let wanted = self.wanted(&slots, &settings, pins.len())?;
        let newest = self.index.newest(&out, &wanted)?;
        let mut taken: Vec<ArticleId> = Vec::new();
        // What a desk pinned to one part stands there, and in no other.
        let pinned: Vec<&ArticleId> = pins
            .iter()
            .filter(|pin| keys.contains(&pin.slot))
            .map(|pin| &pin.article)
            .collect();
        let mut parts = Vec::with_capacity(slots.len());
        for (((slot, key), wanted), newest) in slots.into_iter().zip(keys).zip(&wanted).zip(newest) {
            let number = slot.number as usize;
            let own = pins.iter().filter(|pin| pin.slot == key).map(|pin| &pin.article);
            let mut rows: Vec<(Row, bool)> = self.index.rows_of(own)?.into_iter().map(|row| (row, true)).collect();
            if slot.order == SlotOrder::Date {
                let others = newest
                    .into_iter()
                    .filter(|row| !taken.contains(&row.id) && !pinned.contains(&&row.id));
                rows.extend(others.map(|row| (row, false)));
            }
            rows.truncate(number);
            taken.extend(rows.iter().map(|(row, _)| row.id.clone()));
            let one = (wanted.sections.len() == 1)
                .then(|| wanted.sections.first().cloned())
                .flatten();
            let name = one
                .as_deref()
                .and_then(|section| self.crumbs(section).pop())
                .map(|(_, name)| name);
            let press = slot.kind.as_deref() == Some(PRESS)
                || one
                    .as_deref()
                    .is_some_and(|section| settings.sections.kind(section) == Some(PRESS));
            parts.push(FrontSlot {
                title: slot.title.clone().or(name),
                pieces: rows
                    .into_iter()
                    .map(|(row, pinned)| self.piece(row, pinned, slot.teaser, slot.role == SlotRole::Lead, press))
                    .collect(),
                key,
                role: slot.role,
                kind: slot.kind,
                section: one,
                order: slot.order,
                column: slot.column,
            });
        }
        let now = (self.environment.now)().as_second();
        Ok(FrontPage {
            slots: parts,
            new: self.index.count_new(&out, now - WEEK, MOST_COUNTED)?,
        })
    }

    /// A section's own page. `teaser` is the longest one, in signs.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn section_page(&self, section: &str, offset: usize, limit: usize, teaser: u32) -> Result<SectionPage> {
        let settings = self.settings();
        let (total, rows) = self
            .index
            .section_page(&self.out(&settings.config), section, offset, limit)?;
        let overview = self.index.overview(&settings.sections)?;
        let press = settings.sections.kind(section) == Some(PRESS);
        Ok(SectionPage {
            crumbs: self.crumbs(section),
            below: node(&overview.sections, section).map_or_else(Vec::new, |node| {
                node.children
                    .iter()
                    .map(|child| SectionNode {
                        children: Vec::new(),
                        ..child.clone()
                    })
                    .collect()
            }),
            total,
            pieces: rows
                .into_iter()
                .map(|row| self.piece(row, false, teaser, false, press))
                .collect(),
        })
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

    /// The articles that stand above the others of parts of the front page, in order.
    pub fn pins(&self) -> Vec<Pin> {
        lock(&self.journal).pins()
    }

    /// Puts an article above the others of a part of the front page: after another one that is pinned there, or
    /// before all. Answers where it was pinned before, and after which other one.
    ///
    /// # Errors
    /// `Invalid` for a key that can't be one; else as [`Library::mark_read`].
    pub fn pin(
        &self,
        id: &ArticleId,
        slot: &str,
        after: Option<&ArticleId>,
    ) -> Result<Option<(String, Option<ArticleId>)>> {
        if slot.is_empty() || slot.len() > 512 {
            return Err(Error::new(ErrorKind::Invalid, "the front page has no such part"));
        }
        let pins = self.pins();
        let others: Vec<&Pin> = pins
            .iter()
            .filter(|pin| pin.slot == slot && pin.article != *id)
            .collect();
        let at = after.map_or(0, |after| {
            let place = others.iter().position(|pin| pin.article == *after);
            place.map_or(others.len(), |place| place + 1)
        });
        let low = at
            .checked_sub(1)
            .and_then(|low| others.get(low))
            .map(|pin| pin.order.as_str());
        let high = others.get(at).map(|pin| pin.order.as_str());
        let order = between(low, high);
        let entry = |id: &ArticleId| {
            JournalEntry::new("pin", Some(id))
                .with("slot", slot)
                .with("order", order.as_str())
        };
        self.say(std::slice::from_ref(id), entry, Durability::Now, Affects::Nothing)?;
        Ok(place_among(&pins, id))
    }

    /// Takes an article from its place above the others. Answers where that was, as [`Library::pin`] does.
    ///
    /// # Errors
    /// As [`Library::mark_read`].
    pub fn unpin(&self, id: &ArticleId) -> Result<Option<(String, Option<ArticleId>)>> {
        let before = place_among(&self.pins(), id);
        if before.is_some() {
            let entry = |id: &ArticleId| JournalEntry::new("pin", Some(id));
            self.say(std::slice::from_ref(id), entry, Durability::Now, Affects::Nothing)?;
        }
        Ok(before)
    }

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

    fn wanted(&self, slots: &[SlotConfig], settings: &Settings, pins: usize) -> Result<Vec<Wanted>> {
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

    fn out(&self, config: &Config) -> Out {
        let stages: Vec<String> = config.statuses.iter().map(|status| status.slug.clone()).collect();
        let chosen = &config.front.statuses;
        let is_out = |index: usize, status: &String| {
            if chosen.is_empty() {
                index + 1 == stages.len()
            } else {
                chosen.contains(status)
            }
        };
        let not_yet = stages
            .iter()
            .enumerate()
            .filter(|(index, status)| !is_out(*index, status));
        Out {
            // A day has begun everywhere fourteen hours after it began here at the latest.
            until: ((self.environment.now)().as_second() + 14 * 3600).div_euclid(900) * 900,
            not_yet: not_yet.map(|(_, status)| status.clone()).collect(),
        }
    }

    fn piece(&self, row: Row, pinned: bool, signs: u32, lead: bool, press: bool) -> FrontPiece {
        let lang = row.lang.as_deref().map_or(Lang::En, Lang::from_tag);
        let signs = signs as usize;
        let longer = signs + 1 > CARD && row.teaser.ends_with('…');
        // The rows tell enough of most pieces.
        let text = (lead || press || longer)
            .then(|| self.read_text(&row.id).ok())
            .flatten()
            .map(|text| text.text);
        let long = text.as_deref().filter(|_| longer);
        let long = long.map(|text| analysis::teaser(text, signs + 200));
        let mut teaser = cut(long.as_deref().unwrap_or(&row.teaser), signs);
        teaser.text = typeset(&teaser.text, &lang, &mut QuoteState::default()).into_owned();
        FrontPiece {
            title: typeset(&row.title, &lang, &mut QuoteState::default()).into_owned(),
            teaser,
            rtl: lang.is_rtl(),
            image: text
                .as_deref()
                .filter(|_| lead)
                .and_then(|text| self.image_of(&row.id, text)),
            source: text
                .as_deref()
                .filter(|_| press)
                .and_then(|text| frontmatter::read(text).source),
            pinned,
            row,
        }
    }

    /// The image that the front matter names, else the first one of the text.
    fn image_of(&self, id: &ArticleId, text: &str) -> Option<FrontImage> {
        let named = frontmatter::split(text).front.lines().find_map(|line| {
            let (key, value) = line.split_once([':', '='])?;
            let value = value.trim().trim_matches(['"', '\'']);
            IMAGE_KEYS
                .contains(&key.trim())
                .then(|| (value.to_owned(), String::new()))
        });
        let shown = analyse(text)
            .links
            .into_iter()
            .filter(|link| link.kind == LinkKind::Image);
        let shown = shown.map(|link| {
            let written = text.get(link.range).unwrap_or_default();
            let description = written
                .strip_prefix("![")
                .and_then(|rest| rest.split_once("]("))
                .map_or("", |(it, _)| it);
            let description = if description.starts_with('[') { "" } else { description };
            (link.target, description.to_owned())
        });
        named.into_iter().chain(shown).find_map(|(target, description)| {
            let path = self.image(id, &target)?;
            Some(FrontImage { path, description })
        })
    }
}

/// The teaser that a row holds is no longer than that, in characters.
const CARD: usize = 280;
const WEEK: i64 = 7 * 24 * 3600;
const MOST_COUNTED: usize = 1000;
const PRESS: &str = "medias";
const IMAGE_KEYS: [&str; 5] = ["image", "cover", "featured_image", "featuredImage", "thumbnail"];

/// The name of each part for pins: what it takes from.
fn keys(slots: &[SlotConfig], settings: &Settings) -> Vec<String> {
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

fn node<'a>(nodes: &'a [SectionNode], path: &str) -> Option<&'a SectionNode> {
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

fn place_among(pins: &[Pin], id: &ArticleId) -> Option<(String, Option<ArticleId>)> {
    let at = pins.iter().position(|pin| pin.article == *id)?;
    let slot = &pins.get(at)?.slot;
    let before = at.checked_sub(1).and_then(|before| pins.get(before));
    let before = before.filter(|pin| pin.slot == *slot).map(|pin| pin.article.clone());
    Some((slot.clone(), before))
}
