//! What a library answers: rows, pages of rows, counts, hits, texts and changes.

use crate::identity::ArticleId;
use crate::journal::Place;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use uuid::Uuid;

/// One article as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Its identity.
    pub id: ArticleId,
    /// Its path within the library, `/` between folders.
    pub path: String,
    /// From the front matter, else the first heading, else the file name.
    pub title: String,
    /// The standfirst (chapô), when there is one.
    pub standfirst: Option<String>,
    /// A teaser of at most 280 characters.
    pub teaser: String,
    /// Who signs, in order.
    pub authors: Vec<Byline>,
    /// The section as slugs from the root, `/` between them; empty at the root.
    pub section: String,
    /// The name of that section.
    pub section_name: String,
    /// Its tags as written: those of the file, then those that its reader gave.
    pub tags: Vec<String>,
    /// The tags that its reader gave, which the journal holds and not the file.
    pub own_tags: Vec<String>,
    /// ISO 8601, as precise as the front matter is.
    pub date: Option<String>,
    /// ISO 8601, as precise as the front matter is.
    pub updated: Option<String>,
    /// A BCP 47 tag, declared or detected.
    pub lang: Option<String>,
    /// The workflow stage as written in the front matter.
    pub status: Option<String>,
    /// Words of the body.
    pub words: u32,
    /// Signs of the body, spaces included.
    pub signs: u32,
    /// Signs of the body, spaces left out.
    pub signs_without_spaces: u32,
    /// Reading time in minutes.
    pub reading_minutes: u32,
    /// Bytes of the file.
    pub size: u64,
    /// When the file changed last: milliseconds since 1970, UTC.
    pub modified: i64,
    /// Whether it has been read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// How far it has been read, from 0 to 1.
    pub progress: f64,
    /// Where it lies on its way through the reader's hands.
    pub place: Place,
    /// How many passages are marked in it.
    pub highlights: u32,
    /// What is odd about its front matter or its bytes.
    pub problems: Vec<RowProblem>,
}

/// A name under an article, with what that person does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Byline {
    /// The name as written.
    pub name: String,
    /// The function, from the front matter or from `edito.toml`.
    pub function: Option<String>,
}

/// Something odd that did not keep the article from being read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RowProblem {
    /// The line of the file, from 1; 0 when it concerns the whole file.
    pub line: u32,
    /// What it is, one word or a few joined by hyphens.
    pub kind: String,
}

/// Which rows to list, and in what order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListQuery {
    /// Only this section and those below it (slugs joined by `/`).
    pub section: Option<String>,
    /// Only this status.
    pub status: Option<String>,
    /// Only this tag.
    pub tag: Option<String>,
    /// Only this author.
    pub author: Option<String>,
    /// Only this language.
    pub lang: Option<String>,
    /// Only articles of this list; none when there is no such list.
    pub collection: Option<Uuid>,
    /// A part of the library.
    pub show: Show,
    /// The order.
    pub sort: Sort,
    /// From the last to the first.
    pub descending: bool,
}

/// A part of the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Show {
    /// Everything.
    #[default]
    All,
    /// Not marked read.
    Unread,
    /// Starred.
    Starred,
    /// `draft: true`, or a status of draft.
    Drafts,
    /// Opened on some desk, the latest first whatever the order asked for.
    Recent,
    /// Not looked at yet.
    Inbox,
    /// To be read later.
    Later,
    /// Done with, and kept.
    Archive,
}

/// The order of a list. Ties are broken by path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Sort {
    /// The date of the front matter, else that of the file.
    #[default]
    Date,
    /// The latest of `updated`, `date`, or the file's.
    Updated,
    /// The title, blind to case and accents.
    Title,
    /// The first author.
    Author,
    /// The section.
    Section,
    /// The number of words.
    Words,
    /// In a list of articles: the order made by hand, whatever the direction asked for. Elsewhere as [`Sort::Date`].
    Hand,
}

/// A list of articles, and how many of them the library still has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CountedCollection {
    /// Its identity.
    pub id: Uuid,
    /// Its name; `/` between the names of lists within lists.
    pub name: String,
    /// How many articles.
    pub count: usize,
}

/// Where an article stands in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Placed {
    /// The article.
    pub article: ArticleId,
    /// The one that it comes right after; none for the first.
    pub after: Option<ArticleId>,
}

/// Some consecutive rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListPage {
    /// How many rows the entire list has.
    pub total: usize,
    /// The rows asked for.
    pub rows: Vec<Row>,
}

/// The counts beside the rail.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// All articles.
    pub total: usize,
    /// The tree of sections.
    pub sections: Vec<SectionNode>,
    /// Statuses by count, then name.
    pub statuses: Vec<Counted>,
    /// Tags by count, then name.
    pub tags: Vec<Counted>,
    /// Languages by count, then tag.
    pub languages: Vec<Counted>,
    /// Authors by count, then name.
    pub authors: Vec<Counted>,
    /// Not marked read.
    pub unread: usize,
    /// Starred.
    pub starred: usize,
    /// Drafts.
    pub drafts: usize,
    /// Not looked at yet.
    pub inbox: usize,
    /// To be read later.
    pub later: usize,
    /// Done with, and kept.
    pub archive: usize,
    /// Things in the trash.
    pub trash: usize,
}

/// A value and how many articles have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    /// The value as written.
    pub name: String,
    /// Articles that have it.
    pub count: usize,
}

/// A section with those below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SectionNode {
    /// Slugs from the root, joined by `/`.
    pub path: String,
    /// The name to show.
    pub name: String,
    /// Articles in it and below it.
    pub count: usize,
    /// The sections below it, in the order of `edito.toml`, then by name.
    pub children: Vec<SectionNode>,
}

/// Some consecutive hits of a search, the best first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchPage {
    /// How many articles match.
    pub total: usize,
    /// The hits asked for.
    pub hits: Vec<Hit>,
}

/// An article that matches a search. Marks are ranges in UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// The article.
    pub row: Row,
    /// Comparable within one search only.
    pub score: f32,
    /// Words found in the title.
    pub title_marks: Vec<(u32, u32)>,
    /// The passage that shows most of the words, about 200 characters.
    pub snippet: String,
    /// Words found in the snippet.
    pub snippet_marks: Vec<(u32, u32)>,
}

/// The text of an article as an editor takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// The article.
    pub id: ArticleId,
    /// Its path within the library.
    pub path: String,
    /// The entire file, front matter included, with `\n` line ends and no BOM.
    pub text: String,
    /// blake3 of the file's bytes, in hexadecimal: what [`crate::Library::save`] is based on.
    pub hash: String,
    /// The encoding's name, as the WHATWG Encoding Standard spells it.
    pub encoding: String,
    /// `lf`, `crlf`, `cr` or `mixed`.
    pub line_ending: String,
    /// Why it can't be saved, when it can't.
    pub read_only: Option<ReadOnlyReason>,
}

/// Why a text opens read-only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ReadOnlyReason {
    /// Its bytes can't be decoded without loss until an encoding is picked.
    Encoding,
    /// The file or its folder refuses writing.
    Permissions,
    /// The library's folder is gone.
    Vanished,
}

/// What a save did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// blake3 of the bytes now on disk, in hexadecimal: the base of the next save.
    pub hash: String,
    /// What the index learnt from it.
    pub changes: LibraryChanges,
}

/// What a reconcile found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LibraryChanges {
    /// Articles the index did not know.
    pub new: Vec<ArticleId>,
    /// Articles whose text, place or identity changed.
    pub updated: Vec<ArticleId>,
    /// Articles that are gone.
    pub deleted: Vec<ArticleId>,
    /// Articles found again elsewhere (they are also among `updated`).
    pub moved: Vec<Moved>,
    /// Files that could not be read.
    pub errors: Vec<FileProblem>,
    /// Articles in the library now.
    pub total: usize,
    /// Whether `edito.toml` was read anew.
    pub config: bool,
    /// Whether it stopped early because the caller said so; the next one goes on.
    pub cancelled: bool,
}

impl LibraryChanges {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.updated.is_empty() && self.deleted.is_empty() && !self.config
    }
}

/// An article found again under another path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// The article.
    pub id: ArticleId,
    /// Its former path.
    pub from: String,
    /// Its path now.
    pub to: String,
}

/// A file and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileProblem {
    /// Its path within the library.
    pub path: String,
    /// One plain English sentence.
    pub message: String,
}

/// What to compare with the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reconcile {
    /// The whole folder.
    All,
    /// These files or folders (absolute, or within the library), whether they still exist or not.
    Paths(Vec<PathBuf>),
}

/// How far a long work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Articles done.
    pub done: usize,
    /// Articles to do.
    pub total: usize,
}

/// Whether a long work goes on after it told its progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continue {
    /// Go on.
    Yes,
    /// Stop soon, keeping what is done.
    Stop,
}

/// A file that a sync program set beside another because both sides had changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConflictCopy {
    /// The copy, within the library.
    pub copy: String,
    /// The file it conflicts with, within the library.
    pub original: String,
}

/// Something `check` found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Where, within the library.
    pub path: String,
    /// What about it, one plain English sentence.
    pub detail: String,
}

/// What `check` looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FindingKind {
    /// The file can't be read.
    Unreadable,
    /// Its bytes can't be decoded without loss.
    Encoding,
    /// Its front matter has an oddity.
    FrontMatter,
    /// Another file declares the same `id`.
    DuplicateId,
    /// A link within the library leads nowhere.
    BrokenLink,
    /// An image within the library is missing.
    MissingImage,
    /// An image has no words that stand for it.
    UndescribedImage,
    /// A sync program's copy beside its original.
    ConflictCopy,
    /// The journal has lines that were set aside or not understood.
    Journal,
    /// Versions can't be read, or were set aside because they could not be read.
    History,
    /// `edito.toml` has an oddity.
    Config,
    /// The name is not possible on every system.
    Name,
    /// A part of it is longer than the desk allows.
    TooLong,
    /// A citation that no reference answers, or a file of references that can't be read.
    Citation,
    /// Its words are not those that the desk has agreed on.
    House,
    /// It has a word that no dictionary has.
    Spelling,
    /// It has a mistake that rules can see.
    Grammar,
    /// It says something that could be said better.
    Style,
    /// It quotes words that its source does not say.
    AlteredQuotation,
    /// It quotes words that its source does not say any more.
    ChangedSource,
    /// It quotes from a source that is not there.
    MissingSource,
    /// It is a draft and quotes words whose source it does not name.
    UnsourcedQuotation,
}
