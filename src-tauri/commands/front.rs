//! The front page, the pages of sections, and what goes with an article.

use edito_library as library;
use edito_library::ArticleId;
use edito_library::config::{self, SlotConfig};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::lists::{Row, SectionNode, section, small};
use crate::commands::reading::Crumb;
use crate::error::CommandResult;
use crate::state::AppState;

/// Most pieces that one answer carries, whatever was asked.
const MOST_PIECES: u32 = 200;
/// The teaser of a section's own page, in signs.
const SECTION_TEASER: u32 = 240;
/// How many related pieces are offered.
const MOST_RELATED: usize = 5;

/// The front page as it stands now.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::FrontPage, documented there"
)]
pub struct FrontPage {
    /// The name of the library.
    pub title: String,
    pub new: u32,
    pub slots: Vec<FrontSlot>,
}

/// A part of the front page.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::FrontSlot, documented there"
)]
pub struct FrontSlot {
    pub key: String,
    pub role: SlotRole,
    pub kind: Option<String>,
    pub section: Option<String>,
    pub title: Option<String>,
    pub order: SlotOrder,
    pub column: u32,
    pub pieces: Vec<FrontPiece>,
}

/// A piece as the front page shows it, typeset.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::FrontPiece, documented there"
)]
pub struct FrontPiece {
    pub row: Row,
    pub title: String,
    pub teaser: String,
    /// A BCP 47 tag.
    pub lang: String,
    pub rtl: bool,
    pub image: Option<FrontImage>,
    /// The name of the outlet, else its host.
    pub outlet: Option<String>,
    /// Where the outlet has it; opened in the browser, and only on request.
    pub link: Option<String>,
    pub pinned: bool,
}

/// The image of a lead.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FrontImage {
    /// The address at which the page may show it.
    pub address: String,
    /// What it shows; empty when nothing is said of it.
    pub description: String,
}

/// Some pieces of a section.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::SectionPage, documented there"
)]
pub struct SectionPage {
    pub crumbs: Vec<Crumb>,
    pub below: Vec<SectionNode>,
    pub total: u32,
    pub offset: u32,
    pub pieces: Vec<FrontPiece>,
}

/// Where an article is pinned.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Pinned {
    /// The key of the part of the front page.
    pub slot: String,
    /// The article that stands before it among the pinned ones.
    pub after: Option<String>,
}

/// The parts of the front page as they can be changed.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::FrontSettings, documented there"
)]
pub struct FrontSettings {
    pub slots: Vec<SlotSettings>,
    pub derived: bool,
    pub hash: String,
}

/// What `edito.toml` says of a part of the front page.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::config::SlotConfig, documented there"
)]
pub struct SlotSettings {
    /// Which part of the file it is, from 0; `None` for one that is not in the file.
    pub from: Option<u32>,
    pub role: SlotRole,
    pub section: Option<String>,
    pub kind: Option<String>,
    pub title: Option<String>,
    pub number: u32,
    pub order: SlotOrder,
    pub teaser: u32,
    pub column: u32,
}

/// How the pieces of a part are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::config::SlotRole, documented there"
)]
pub enum SlotRole {
    Lead,
    List,
}

/// Which pieces a part shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::config::SlotOrder, documented there"
)]
pub enum SlotOrder {
    Date,
    Hand,
}

/// An article that goes with another.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(
    missing_docs,
    reason = "the same names as edito_library::RelatedPiece, documented there"
)]
pub struct RelatedPiece {
    pub row: Row,
    /// The strongest reason first.
    pub because: Vec<Because>,
}

/// Why an article goes with another.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Because {
    /// The reason.
    pub kind: BecauseKind,
    /// The author, the tag or the section that both have.
    pub name: Option<String>,
}

/// The kinds of reasons.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the same names as edito_library::Related, documented there")]
pub enum BecauseKind {
    LinkedTo,
    LinkedFrom,
    Author,
    Tag,
    Section,
    Words,
}

/// The front page, composed from what the library holds now.
#[tauri::command(async)]
#[specta::specta]
pub fn front_page(state: State<'_, AppState>) -> CommandResult<FrontPage> {
    let open = state.library()?;
    let page = open.library.front_page()?;
    Ok(FrontPage {
        title: open.title(),
        new: small(page.new),
        slots: page
            .slots
            .into_iter()
            .map(|slot| FrontSlot {
                key: slot.key,
                role: slot.role.into(),
                kind: slot.kind,
                section: slot.section,
                title: slot.title,
                order: slot.order.into(),
                column: slot.column,
                pieces: slot
                    .pieces
                    .into_iter()
                    .map(|piece| front_piece(&state, piece))
                    .collect(),
            })
            .collect(),
    })
}

/// Some pieces of a section and of those below it, the newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn section_page(state: State<'_, AppState>, path: String, offset: u32, limit: u32) -> CommandResult<SectionPage> {
    let open = state.library()?;
    let limit = limit.min(MOST_PIECES) as usize;
    let page = open
        .library
        .section_page(&path, offset as usize, limit, SECTION_TEASER)?;
    Ok(SectionPage {
        crumbs: page
            .crumbs
            .into_iter()
            .map(|(section, name)| Crumb { name, section })
            .collect(),
        below: page.below.into_iter().map(section).collect(),
        total: small(page.total),
        offset,
        pieces: page
            .pieces
            .into_iter()
            .map(|piece| front_piece(&state, piece))
            .collect(),
    })
}

/// Puts an article above the others of a part of the front page: after another that is pinned there, or before all.
/// Answers where it was pinned before.
#[tauri::command(async)]
#[specta::specta]
pub fn pin(
    state: State<'_, AppState>,
    id: String,
    slot: String,
    after: Option<String>,
) -> CommandResult<Option<Pinned>> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let before = open.library.pin(&id, &slot, after.map(ArticleId::from).as_ref())?;
    open.tell_updated(vec![id]);
    Ok(before.map(pinned))
}

/// Takes an article from its place above the others; answers where that was.
#[tauri::command(async)]
#[specta::specta]
pub fn unpin(state: State<'_, AppState>, id: String) -> CommandResult<Option<Pinned>> {
    let open = state.library()?;
    let id = ArticleId::from(id);
    let before = open.library.unpin(&id)?;
    open.tell_updated(vec![id]);
    Ok(before.map(pinned))
}

/// The parts of the front page that an article can be pinned to: those of its section, then the lead.
#[tauri::command(async)]
#[specta::specta]
pub fn slots_for(state: State<'_, AppState>, id: String) -> CommandResult<Vec<String>> {
    let open = state.library()?;
    let row = open.row(&id.into())?;
    Ok(open.library.slots_for(&row.section)?)
}

/// The parts of the front page, to be changed.
#[tauri::command(async)]
#[specta::specta]
pub fn front_settings(state: State<'_, AppState>) -> CommandResult<FrontSettings> {
    let settings = state.library()?.library.front_settings()?;
    let derived = settings.derived;
    Ok(FrontSettings {
        slots: settings
            .slots
            .into_iter()
            .enumerate()
            .map(|(index, slot)| SlotSettings {
                from: (!derived).then(|| small(index)),
                role: slot.role.into(),
                section: slot.section,
                kind: slot.kind,
                title: slot.title,
                number: slot.number,
                order: slot.order.into(),
                teaser: slot.teaser,
                column: slot.column,
            })
            .collect(),
        derived,
        hash: settings.hash,
    })
}

/// Writes the parts of the front page into `edito.toml`; no other byte of it changes. None at all bring back those that
/// follow from the sections.
#[tauri::command(async)]
#[specta::specta]
pub fn save_front(state: State<'_, AppState>, slots: Vec<SlotSettings>, based_on: String) -> CommandResult<()> {
    let open = state.library()?;
    let slots = slots.into_iter().map(|slot| (slot.from, slot.into())).collect();
    let changes = open.library.save_front(slots, &based_on)?;
    open.tell(changes);
    Ok(())
}

/// What one may read after an article.
#[tauri::command(async)]
#[specta::specta]
pub fn related(state: State<'_, AppState>, id: String) -> CommandResult<Vec<RelatedPiece>> {
    let pieces = state.library()?.library.related(&id.into(), MOST_RELATED)?;
    Ok(pieces
        .into_iter()
        .map(|piece| RelatedPiece {
            row: piece.row.into(),
            because: piece.because.into_iter().map(because).collect(),
        })
        .collect())
}

fn front_piece(state: &AppState, piece: library::FrontPiece) -> FrontPiece {
    let link = piece.source.as_ref().and_then(|source| source.url.clone());
    let site = piece.source.and_then(|source| source.site);
    let host = || link.as_deref().and_then(host_of);
    FrontPiece {
        title: piece.title,
        teaser: piece.teaser.text,
        lang: piece.row.lang.clone().unwrap_or_default(),
        rtl: piece.rtl,
        image: piece.image.map(|image| FrontImage {
            address: state.images.address(image.path),
            description: image.description,
        }),
        outlet: site.or_else(host),
        link: link.filter(|link| host_of(link).is_some()),
        pinned: piece.pinned,
        row: piece.row.into(),
    }
}

/// The host of an address of the web.
fn host_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    (web && !host.is_empty()).then(|| host.to_owned())
}

fn pinned((slot, after): (String, Option<ArticleId>)) -> Pinned {
    Pinned {
        slot,
        after: after.map(|id| id.0),
    }
}

fn because(reason: library::Related) -> Because {
    let (kind, name) = match reason {
        library::Related::LinkedTo => (BecauseKind::LinkedTo, None),
        library::Related::LinkedFrom => (BecauseKind::LinkedFrom, None),
        library::Related::Author(name) => (BecauseKind::Author, Some(name)),
        library::Related::Tag(name) => (BecauseKind::Tag, Some(name)),
        library::Related::Section(name) => (BecauseKind::Section, Some(name)),
        library::Related::Words => (BecauseKind::Words, None),
    };
    Because { kind, name }
}

impl From<SlotSettings> for SlotConfig {
    fn from(slot: SlotSettings) -> Self {
        Self {
            role: match slot.role {
                SlotRole::Lead => config::SlotRole::Lead,
                SlotRole::List => config::SlotRole::List,
            },
            section: slot.section,
            kind: slot.kind,
            title: slot.title,
            number: slot.number,
            order: match slot.order {
                SlotOrder::Date => config::SlotOrder::Date,
                SlotOrder::Hand => config::SlotOrder::Hand,
            },
            teaser: slot.teaser,
            column: slot.column,
        }
    }
}

impl From<config::SlotRole> for SlotRole {
    fn from(role: config::SlotRole) -> Self {
        match role {
            config::SlotRole::Lead => Self::Lead,
            config::SlotRole::List => Self::List,
        }
    }
}

impl From<config::SlotOrder> for SlotOrder {
    fn from(order: config::SlotOrder) -> Self {
        match order {
            config::SlotOrder::Date => Self::Date,
            config::SlotOrder::Hand => Self::Hand,
        }
    }
}
