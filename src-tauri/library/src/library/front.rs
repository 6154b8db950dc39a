//! The front page, composed from the library, and the pages of its sections.

use super::Library;
use super::front_slots::{keys, node};
use crate::article::{Row, SectionNode};
use crate::config::{Config, SlotOrder, SlotRole};
use crate::error::Result;
use crate::identity::ArticleId;
use crate::index::front::Out;
use crate::index::lock;
use edito_prose::{Lang, LinkKind, QuoteState, Source, Teaser, analyse, analysis, cut, frontmatter, typeset};
use std::collections::HashSet;
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
        let mut pinned: Vec<Vec<Row>> = Vec::with_capacity(slots.len());
        for (slot, key) in slots.iter().zip(&keys) {
            let own = pins.iter().filter(|pin| pin.slot == *key).map(|pin| &pin.article);
            let mut rows = self.index.rows_of(own)?;
            rows.truncate(slot.number as usize);
            pinned.push(rows);
        }
        // What a desk pinned to one part stands there, and in no other; but not what that part has no room for.
        let above: HashSet<ArticleId> = pinned.iter().flatten().map(|row| row.id.clone()).collect();
        let mut parts = Vec::with_capacity(slots.len());
        let all = slots.into_iter().zip(keys).zip(&wanted).zip(newest).zip(pinned);
        for ((((slot, key), wanted), newest), pinned) in all {
            let number = slot.number as usize;
            let mut rows: Vec<(Row, bool)> = pinned.into_iter().map(|row| (row, true)).collect();
            if slot.order == SlotOrder::Date {
                let others = newest
                    .into_iter()
                    .filter(|row| !taken.contains(&row.id) && !above.contains(&row.id));
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

    fn out(&self, config: &Config) -> Out {
        Out {
            // A day has begun everywhere fourteen hours after it began here at the latest.
            until: ((self.environment.now)().as_second() + 14 * 3600).div_euclid(900) * 900,
            not_yet: config.stages_before_out(),
        }
    }

    fn piece(&self, row: Row, pinned: bool, signs: u32, lead: bool, press: bool) -> FrontPiece {
        let lang = row.lang.as_deref().map_or(Lang::En, Lang::from_tag);
        let signs = signs as usize;
        let longer = signs + 1 > CARD && row.teaser.ends_with('…');
        // The rows tell enough of most pieces.
        let text = ((lead || press || longer) && row.size <= MOST_BYTES)
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
/// A longer file is not read for the page: its row tells enough.
const MOST_BYTES: u64 = 2 * 1024 * 1024;
const WEEK: i64 = 7 * 24 * 3600;
const MOST_COUNTED: usize = 1000;
const PRESS: &str = "medias";
const IMAGE_KEYS: [&str; 5] = ["image", "cover", "featured_image", "featuredImage", "thumbnail"];
