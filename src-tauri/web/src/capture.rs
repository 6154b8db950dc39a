//! A page of the web, brought into the library because its reader asked for it.
//!
//! The page is fetched, read by the other process, its images are fetched after it, and all is taken in with what it
//! was read from. A page that is there already with another text keeps the former one as a version.

use std::sync::atomic::AtomicBool;

use edito_exchange::{Place, Wanted, url as address_of};
use edito_import::{Job, Reader};
use edito_library::{ArticleId, Library, LibraryChanges, Refound, Taken};
use url::Url;

use crate::fetch::{FetchError, Fetched, Web};
use crate::pictures::{self, Room};
use crate::taking;

/// What came of a page.
#[derive(Debug, Clone)]
pub struct Captured {
    /// The article.
    pub article: ArticleId,
    /// What was done with it.
    pub outcome: Taken,
    /// Its title.
    pub title: String,
    /// How many images it shows, and how many of these did not come.
    pub images: (usize, usize),
    /// What became of the passages marked in it.
    pub passages: Refound,
    /// What is listed now.
    pub changes: LibraryChanges,
}

/// Why a page was not captured; nothing in the library is other than before.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// It could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The server answered with this status, not with the page.
    #[error("the server answered with {0}")]
    Status(u16),
    /// It is a feed; with its address.
    #[error("a feed, not a page")]
    Feed(String),
    /// It is neither a page nor text; with its media type.
    #[error("not a page: {0}")]
    NotAPage(String),
    /// There is no text in it.
    #[error("there is no text in it")]
    Empty,
    /// Reading it took too much time or memory.
    #[error("it could not be read within limits")]
    Unreadable,
    /// The library said no, or the reading process could not be had.
    #[error(transparent)]
    Import(#[from] edito_import::Error),
}

impl From<edito_library::Error> for CaptureError {
    fn from(error: edito_library::Error) -> Self {
        CaptureError::Import(error.into())
    }
}

/// Captures the page at an address.
///
/// # Errors
/// See [`CaptureError`].
pub fn capture(
    library: &Library,
    reader: &Reader,
    web: &Web,
    address: &str,
    cancel: &AtomicBool,
) -> Result<Captured, CaptureError> {
    let asked = address_of::web(address).map_or_else(|| address.to_owned(), String::from);
    let page = page(web, &asked, cancel)?;
    let mut piece = read(reader, &page, cancel)?;
    piece.url = Some(own_address(piece.url.as_deref(), &page.address));
    piece.captured = Some(library.now());
    piece.state.place = Some(Place::Inbox);
    let shown = piece.images.len();
    let missing = pictures::fetch(&mut piece, web, Room::default(), cancel).len();
    if cancel.load(std::sync::atomic::Ordering::Relaxed) {
        return Err(FetchError::from(crate::FetchErrorKind::Cancelled).into());
    }
    let title = piece.title.clone().unwrap_or_default();
    let mut intake = library.begin_intake()?;
    let taken = taking::take(library, &mut intake, piece, &page.address, None);
    // Also after a failure: what is written must be listed.
    let changes = library.finish_intake(&mut intake)?;
    let taken = taken?;
    if let Some(error) = taking::lost(&mut intake).pop() {
        return Err(error.1.into());
    }
    Ok(Captured {
        article: taken.id,
        outcome: taken.outcome,
        title,
        images: (shown, missing + taken.images_left),
        passages: taken.passages,
        changes,
    })
}

/// Fetches a page.
pub(crate) fn page(web: &Web, address: &str, cancel: &AtomicBool) -> Result<Fetched, CaptureError> {
    let accept = [(
        "Accept",
        "text/html,application/xhtml+xml,application/xml;q=0.8,*/*;q=0.5".to_owned(),
    )];
    let page = web.get(address, &accept, cancel)?;
    if !matches!(page.status, 200 | 203) {
        return Err(CaptureError::Status(page.status));
    }
    let kind = page.media_type();
    let may_be_text = kind.is_empty()
        || kind.starts_with("text/")
        || ["html", "xml", "json", "multipart/related", "octet-stream"]
            .iter()
            .any(|part| kind.contains(part));
    if !may_be_text {
        return Err(CaptureError::NotAPage(kind));
    }
    Ok(page)
}

/// Reads a page that was fetched, in the other process.
pub(crate) fn read(
    reader: &Reader,
    page: &Fetched,
    cancel: &AtomicBool,
) -> Result<edito_exchange::Piece, CaptureError> {
    let job = Job::of_bytes("page.html", page.bytes.clone(), page.task(Wanted::Texts));
    let (pieces, receipt) = reader.read_one(&job, cancel)?;
    if let Some(piece) = pieces.into_iter().next() {
        if piece.body.trim().is_empty() {
            return Err(CaptureError::Empty);
        }
        return Ok(piece);
    }
    let is = |kind: &str| {
        receipt
            .failed
            .iter()
            .chain(&receipt.unsupported)
            .any(|note| note.kind == kind)
    };
    if is("feed") {
        return Err(CaptureError::Feed(page.address.clone()));
    }
    if is("too-slow") || is("crashed") {
        return Err(CaptureError::Unreadable);
    }
    if is("empty") {
        return Err(CaptureError::Empty);
    }
    if cancel.load(std::sync::atomic::Ordering::Relaxed) {
        return Err(FetchError::from(crate::FetchErrorKind::Cancelled).into());
    }
    Err(CaptureError::NotAPage(page.media_type()))
}

/// The address that a page is known by: what it says itself, when that is of the site that answered. A page can't take
/// the place of another site's.
fn own_address(says: Option<&str>, answered: &str) -> String {
    let host = |address: &str| {
        let url = Url::parse(address).ok()?;
        let host = url
            .host_str()?
            .trim_start_matches("www.")
            .trim_start_matches("m.")
            .to_owned();
        Some(host)
    };
    match says {
        Some(says) if host(says).is_some() && host(says) == host(answered) => says.to_owned(),
        _ => answered.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn a_page_is_known_by_an_address_of_its_own_site() {
        let answered = "https://www.site.fr/a?utm=1";
        for (says, expected) in [
            (Some("https://site.fr/a"), "https://site.fr/a"),
            (Some("https://m.site.fr/a"), "https://m.site.fr/a"),
            (Some("https://ailleurs.fr/a"), answered),
            (Some("nonsense"), answered),
            (None, answered),
        ] {
            assert_eq!(own_address(says, answered), expected, "{says:?}");
        }
    }
}
