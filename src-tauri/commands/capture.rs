//! A page of the web, brought in because the reader asked for it, and what can be wrong with addresses.

use std::sync::Arc;

use edito_library::Taken;
use edito_web::capture::CaptureError;
use edito_web::feeds::ProblemKind;
use edito_web::{FetchError, FetchErrorKind, feeds};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::commands::elsewhere;
use crate::commands::lists::small;
use crate::error::CommandResult;
use crate::state::{AppState, OpenLibrary};

/// What came of a capture: a page, or what was wrong.
#[derive(Debug, Clone, Default, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct CaptureAnswer {
    pub page: Option<CapturedPage>,
    pub problem: Option<WebProblem>,
}

/// A page that is an article now.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CapturedPage {
    /// The article.
    pub article: String,
    /// Its title.
    pub title: String,
    /// What was done.
    pub outcome: CaptureOutcome,
    /// Images that it shows.
    pub images: u32,
    /// Images that did not come, and stay where they are.
    pub images_missing: u32,
    /// What became of the passages marked in it.
    pub highlights: RefoundHighlights,
}

/// What became of the marked passages of an article whose text is another one now: how many there are of each.
#[derive(Debug, Clone, Copy, Serialize, Type)]
pub struct RefoundHighlights {
    /// Said in the same words, between the same words.
    pub kept: u32,
    /// Said elsewhere, or in nearly the same words.
    pub moved: u32,
    /// Said no more; kept with their words.
    pub lost: u32,
}

/// What was done with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CaptureOutcome {
    /// It is a new article.
    New,
    /// It was there, and nothing about its text is new.
    Known,
    /// It was there with another text, which is a version now.
    Again,
    /// It is in the library's trash, and stays there.
    InTrash,
}

/// What is wrong with an address, or with what is there.
#[derive(Debug, Clone, Serialize, Type)]
pub struct WebProblem {
    /// What it is; the words are in the messages.
    pub kind: WebProblemKind,
    /// What belongs to it: an address, a status, a media type.
    pub detail: String,
}

/// The kinds of what can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is; the words are in the messages")]
pub enum WebProblemKind {
    NotWeb,
    Local,
    Forbidden,
    Redirects,
    TooLarge,
    TooSlow,
    Network,
    Untrusted,
    Protocol,
    Cancelled,
    NotFound,
    Gone,
    SignIn,
    Server,
    Wait,
    /// A page where a feed was looked for.
    Page,
    /// A feed where a page was looked for.
    Feed,
    NotAFeed,
    NotAPage,
    Empty,
    Unreadable,
}

/// Captures the page at an address, with its images.
#[tauri::command]
#[specta::specta]
pub async fn capture_page(state: State<'_, AppState>, address: String) -> CommandResult<CaptureAnswer> {
    let open = state.library()?;
    let places = state.places.clone();
    elsewhere(move || {
        let feeds = open.feeds(&places)?;
        capture(&open, &feeds, &address)
    })
    .await
}

fn capture(open: &Arc<OpenLibrary>, feeds: &edito_web::Feeds, address: &str) -> CommandResult<CaptureAnswer> {
    let cancel = open.feeding.begin();
    let captured = edito_web::capture(&open.library, feeds.reader(), &feeds.web(), address, &cancel);
    let problem = match captured {
        Ok(captured) => {
            open.tell(captured.changes);
            if captured.outcome == Taken::Recaptured {
                open.tell_updated(vec![captured.article.clone()]);
            }
            return Ok(CaptureAnswer {
                page: Some(CapturedPage {
                    article: captured.article.0,
                    title: captured.title,
                    outcome: match captured.outcome {
                        Taken::Created => CaptureOutcome::New,
                        Taken::Recaptured => CaptureOutcome::Again,
                        Taken::Merged | Taken::Skipped => CaptureOutcome::Known,
                        Taken::InTrash => CaptureOutcome::InTrash,
                    },
                    images: small(captured.images.0),
                    images_missing: small(captured.images.1),
                    highlights: RefoundHighlights {
                        kept: small(captured.passages.kept),
                        moved: small(captured.passages.moved.len()),
                        lost: small(captured.passages.lost.len()),
                    },
                }),
                problem: None,
            });
        }
        Err(CaptureError::Fetch(error)) => error.into(),
        Err(CaptureError::Status(status)) => of_status(status),
        Err(CaptureError::Feed(address)) => WebProblem::new(WebProblemKind::Feed, address),
        Err(CaptureError::NotAPage(kind)) => WebProblem::new(WebProblemKind::NotAPage, kind),
        Err(CaptureError::Empty) => WebProblem::new(WebProblemKind::Empty, ""),
        Err(CaptureError::Unreadable) => WebProblem::new(WebProblemKind::Unreadable, ""),
        Err(CaptureError::Import(error)) => return Err(feeds::FeedsError::from(error).into()),
    };
    Ok(CaptureAnswer {
        page: None,
        problem: Some(problem),
    })
}

/// Gives up a capture, or a search for feeds; nothing has changed then.
#[tauri::command(async)]
#[specta::specta]
pub fn cancel_capture(state: State<'_, AppState>) -> CommandResult<()> {
    state.library()?.feeding.give_up();
    Ok(())
}

fn of_status(status: u16) -> WebProblem {
    let kind = match status {
        401 | 402 | 403 | 407 | 451 => WebProblemKind::SignIn,
        404 => WebProblemKind::NotFound,
        410 => WebProblemKind::Gone,
        429 => WebProblemKind::Wait,
        _ => WebProblemKind::Server,
    };
    WebProblem::new(kind, status.to_string())
}

impl WebProblem {
    fn new(kind: WebProblemKind, detail: impl Into<String>) -> WebProblem {
        WebProblem {
            kind,
            detail: detail.into(),
        }
    }
}

impl From<FetchErrorKind> for WebProblemKind {
    fn from(kind: FetchErrorKind) -> Self {
        match kind {
            FetchErrorKind::NotWeb => Self::NotWeb,
            FetchErrorKind::Local => Self::Local,
            FetchErrorKind::Forbidden => Self::Forbidden,
            FetchErrorKind::Redirects => Self::Redirects,
            FetchErrorKind::TooLarge => Self::TooLarge,
            FetchErrorKind::TooSlow => Self::TooSlow,
            FetchErrorKind::Network => Self::Network,
            FetchErrorKind::Untrusted => Self::Untrusted,
            FetchErrorKind::Protocol => Self::Protocol,
            FetchErrorKind::Cancelled => Self::Cancelled,
        }
    }
}

impl From<FetchError> for WebProblem {
    fn from(error: FetchError) -> Self {
        WebProblem::new(error.kind.into(), error.detail)
    }
}

impl From<feeds::Problem> for WebProblem {
    fn from(problem: feeds::Problem) -> Self {
        let kind = match problem.kind {
            ProblemKind::Fetch(kind) => kind.into(),
            ProblemKind::NotFound => WebProblemKind::NotFound,
            ProblemKind::Gone => WebProblemKind::Gone,
            ProblemKind::Forbidden => WebProblemKind::SignIn,
            ProblemKind::Server => WebProblemKind::Server,
            ProblemKind::Wait => WebProblemKind::Wait,
            ProblemKind::Page => WebProblemKind::Page,
            ProblemKind::NotAFeed => WebProblemKind::NotAFeed,
            ProblemKind::Unreadable => WebProblemKind::Unreadable,
        };
        WebProblem::new(kind, problem.detail)
    }
}
