//! A folder of articles as a library.
//!
//! Four kinds of data, each in its place: the *texts* are the user's Markdown files,
//! the *journal* holds what is said about them, the *history* their earlier states,
//! and the *index* (in the cache folder) is rebuilt from the other three at any time.
//! [`Library`] is the way in; [`Library::reconcile`] alone writes the index.

pub mod article;
pub mod check;
pub mod config;
pub mod disk;
pub mod encoding;
pub mod error;
pub mod history;
pub mod identity;
mod index;
pub mod journal;
pub mod library;
pub mod names;
pub mod places;
pub mod recovery;
pub mod sample;
mod search;
pub mod sections;
pub mod trash;
pub mod walk;
pub mod watch;

pub use article::*;
pub use error::{Error, ErrorKind, Result};
pub use identity::ArticleId;
pub use journal::{Collection, Colour, Highlight, JournalChanges, Pin, Place, Subject, SubjectKind};
pub use library::{
    Among, Capture, CheckedQuotation, CitedSource, Environment, FoundHighlight, FrontImage, FrontPage, FrontPiece,
    FrontSettings, FrontSlot, Goal, GoalUnit, HighlightChange, HighlightPage, HighlightQuery, Intake, Library,
    LookedThrough, Lost, Merged, NewCapture, NewHighlight, NewImage, NewPiece, Origin, Passage, PieceTemplate,
    Quotable, QuotedSource, Refound, Related, RelatedPiece, RenamedTag, ReplaceMatches, ReplacePlace, ReplaceQuery,
    ReplaceReceipt, ReplacedArticle, SavedSearch, SearchChange, SectionPage, Since, Taken, TakenIn, TemplateOrigin,
    Ticked, TrashedArticle, Verdict, VersionChange, Written, WrittenDay, with_links,
};
pub use places::Places;
pub use watch::{WatchEvent, Watching};
