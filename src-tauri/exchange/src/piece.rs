//! One piece on its way into a library.

use edito_prose::{ArticleDate, Author, Lang};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::feed::discovery::Candidate;
use crate::feed::opml::Subscriptions;
use crate::feed::{Feed, Item};

/// An article from elsewhere, with what its reader had said about it there. Every part but the
/// body may be missing; a piece without a body is a bookmark, whose page was never kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Piece {
    /// What it was, when that was something else than an article of the web.
    pub kind: Option<Kind>,
    /// The title, as its author wrote it, without the name of the site.
    pub title: Option<String>,
    /// The standfirst (chapô).
    pub standfirst: Option<String>,
    /// A text that announces it elsewhere, when it is not the beginning of the text or the standfirst.
    pub teaser: Option<String>,
    /// Who signs, with what they do.
    pub authors: Vec<Author>,
    /// Sections from the outermost in, as the breadcrumb of the page has them; folders of a reading list are
    /// `collections`.
    pub section: Vec<String>,
    /// Tags of the page and of its reader, without `#`, each once.
    pub tags: Vec<String>,
    /// When it was published.
    pub published: Option<ArticleDate>,
    /// When its author last revised it.
    pub updated: Option<ArticleDate>,
    /// The language it declares.
    pub lang: Option<Lang>,
    /// Its canonical address, `http` or `https` only.
    pub url: Option<String>,
    /// The name of the site, outlet or newsletter.
    pub site: Option<String>,
    /// When it was captured, saved or received there.
    pub captured: Option<Timestamp>,
    /// The text as Markdown, without title and front matter; images as `edito-image:N`, N their place in `images`.
    pub body: String,
    /// The images that the text shows.
    pub images: Vec<Image>,
    /// What it was read from, to be kept beside it.
    pub capture: Option<Capture>,
    /// The front matter it has already, with its delimiters, for a file in Markdown.
    pub front: Option<String>,
    /// The folders it lay in, outermost first, where files beside each other link to each other.
    pub folder: Vec<String>,
    /// The name of its file without the ending, where that is how others link to it.
    pub file: Option<String>,
    /// What its reader had done with it.
    pub state: State,
    /// What its reader had marked in it.
    pub highlights: Vec<Highlight>,
    /// Names of the lists and folders its reader had put it in, outermost first where they nest (`a/b`).
    pub collections: Vec<String>,
    /// A note of its reader's about the whole piece.
    pub note: Option<String>,
    /// What a feed or a file about feeds says, when that was wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_feed: Option<Box<OfFeed>>,
}

/// What a feed or a file about feeds says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OfFeed {
    /// The feed itself, without its items; the first piece.
    Feed(Feed),
    /// The item that the piece is.
    Item(Item),
    /// Where the feeds of a page may be, the likeliest first; the piece carries nothing else.
    Candidates(Vec<Candidate>),
    /// A list of feeds; the piece carries nothing else.
    List(Subscriptions),
}

/// What a piece was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A letter to subscribers.
    Newsletter,
    /// A letter to somebody.
    Letter,
    /// A book, or a chapter of one.
    Book,
    /// A text or note of one's own.
    Note,
}

/// An image of a piece.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Image {
    /// Its bytes, when they came with the piece.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bytes: Vec<u8>,
    /// Its address, when it stayed on the web. Nothing is fetched unless the user asks.
    pub url: Option<String>,
    /// The name of its file where it came from, without folders.
    pub name: Option<String>,
}

/// The bytes a piece was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Capture {
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// The ending of their file: `html`, `mhtml`, `eml`.
    pub ending: String,
}

/// What a reader had done with a piece.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct State {
    /// Where it lay.
    pub place: Option<Place>,
    /// Whether it had been read.
    pub read: Option<bool>,
    /// Whether it had a star.
    pub starred: bool,
    /// How far it had been read, from 0 to 1.
    pub progress: Option<f64>,
    /// When it was saved there.
    pub saved_at: Option<Timestamp>,
    /// When it was last touched there.
    pub touched_at: Option<Timestamp>,
}

/// Where a piece lies on its way through a reader's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// Not looked at yet.
    Inbox,
    /// To be read later.
    Later,
    /// Kept among one's own.
    Library,
    /// Done with, and kept.
    Archive,
    /// An item of a feed that nobody asked to keep.
    Feed,
}

/// A passage that a reader had marked. It is found again in the text by its words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Highlight {
    /// The words marked.
    pub quote: String,
    /// The words right before them, when known.
    pub prefix: Option<String>,
    /// The words right after them, when known.
    pub suffix: Option<String>,
    /// What the reader noted.
    pub note: Option<String>,
    /// The colour.
    pub colour: Option<Colour>,
    /// Tags of the passage.
    pub tags: Vec<String>,
    /// When it was marked.
    pub made_at: Option<Timestamp>,
}

/// The four colours of highlights.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum Colour {
    #[default]
    Yellow,
    Green,
    Blue,
    Red,
}
