//! A piece as the library takes it in, whatever format it came from.

use super::super::highlights::NewHighlight;
use crate::journal::Place;
use edito_prose::fold::words;
use edito_prose::{ArticleDate, Author, Lang, analyse};
use jiff::Timestamp;

/// A piece to be taken in. What is missing is not known; a piece without a body is a bookmark.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewPiece {
    /// The title.
    pub title: Option<String>,
    /// The standfirst (chapô).
    pub standfirst: Option<String>,
    /// A text that announces it elsewhere.
    pub teaser: Option<String>,
    /// Who signs, with what they do.
    pub authors: Vec<Author>,
    /// Sections where it was published, from the outermost in, by name.
    pub section: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was published.
    pub published: Option<ArticleDate>,
    /// When it was last revised there.
    pub updated: Option<ArticleDate>,
    /// Its language.
    pub lang: Option<Lang>,
    /// Its address.
    pub url: Option<String>,
    /// What it is told from others by, when that is not `url` itself: another spelling of it, or, for what has no
    /// address, a word of the importer's own that is the same each time.
    pub canonical: Option<String>,
    /// The site, outlet or newsletter.
    pub site: Option<String>,
    /// When it was captured.
    pub captured: Option<Timestamp>,
    /// Its text as Markdown; images as `edito-image:N`, N their place in `images`.
    pub body: String,
    /// Its images.
    pub images: Vec<NewImage>,
    /// What it was read from.
    pub capture: Option<NewCapture>,
    /// Where its reader had put it.
    pub place: Option<Place>,
    /// Whether it had been read.
    pub read: Option<bool>,
    /// Whether it had a star.
    pub starred: bool,
    /// How far it had been read, from 0 to 1.
    pub progress: Option<f64>,
    /// Passages that its reader had marked.
    pub highlights: Vec<NewHighlight>,
    /// Names of the lists it was in.
    pub collections: Vec<String>,
    /// What its reader noted about the whole of it.
    pub note: Option<String>,
    /// What it came from, for the record: a file's name, a program's.
    pub from: Option<String>,
    /// The front matter that it has already, with its delimiters: kept as it is but for the `id`.
    pub front: Option<String>,
    /// Folders below that of captures which it lies in, so that links between pieces stay right.
    pub folder: Vec<String>,
    /// The name of its file without the ending, when that is not made from the title.
    pub file: Option<String>,
}

/// An image of a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewImage {
    /// Its bytes; none when it stayed on the web.
    pub bytes: Vec<u8>,
    /// Its address on the web.
    pub url: Option<String>,
}

/// The bytes that a piece was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCapture {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The ending of their file, without the full stop.
    pub ending: String,
}

/// What tells a text from others.
pub(super) struct Fingerprint {
    text: Option<String>,
    /// Whether it is made of so many words that no other piece has the same by chance.
    long: bool,
    /// Whether it is made of title and authors, for want of a text.
    of_title: bool,
}

impl NewPiece {
    pub(super) fn is_empty(&self) -> bool {
        let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        blank(&self.title) && self.address().is_none() && self.body.trim().is_empty() && self.highlights.is_empty()
    }

    /// The address, if it is one of the web that can stand in a text.
    pub(super) fn address(&self) -> Option<&str> {
        let url = self.url.as_deref()?.trim();
        let web = url.starts_with("https://") || url.starts_with("http://");
        let plain = !url.contains(|it: char| it.is_whitespace() || it.is_control() || matches!(it, '<' | '>'));
        (web && plain).then_some(url)
    }

    /// The address that says which piece it is.
    pub(super) fn key(&self) -> Option<&str> {
        self.canonical.as_deref().or(self.address())
    }

    /// What its file is named after.
    pub(super) fn name(&self) -> String {
        let named = |name: &Option<String>| {
            name.as_deref()
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
        };
        if let Some(title) = named(&self.file).or_else(|| named(&self.title)) {
            return title;
        }
        let heading = self.body.lines().find_map(|line| line.strip_prefix("# "));
        if let Some(heading) = heading.map(str::trim).filter(|heading| !heading.is_empty()) {
            return heading.to_owned();
        }
        let bare = |url: &str| {
            let url = url.split_once("://").map_or(url, |(_, rest)| rest);
            url.trim_end_matches('/').to_owned()
        };
        self.address().map(bare).unwrap_or_default()
    }

    /// Of the words of the text alone, blind to case, accents, punctuation, markup and addresses.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let mut hasher = blake3::Hasher::new();
        let mut count = 0usize;
        let plain = analyse(&self.body).plain;
        for word in words(&plain) {
            count += 1;
            hasher.update(word.folded.as_bytes());
            hasher.update(b" ");
        }
        let of_title = count == 0;
        if of_title {
            // A book of which only the marked passages came.
            let title = self.title.as_deref().unwrap_or_default();
            if title.trim().is_empty() {
                return Fingerprint {
                    text: None,
                    long: false,
                    of_title,
                };
            }
            hasher.update(b"title\n");
            for word in words(title) {
                hasher.update(word.folded.as_bytes());
                hasher.update(b" ");
            }
            for author in &self.authors {
                hasher.update(b"\n");
                hasher.update(author.name.as_bytes());
            }
        }
        if let Some(front) = &self.front {
            // Whoever writes front matter means something by it.
            hasher.update(b"\nfront\n");
            hasher.update(front.as_bytes());
        }
        let hash = hasher.finalize().to_hex();
        Fingerprint {
            text: hash.get(..32).map(str::to_owned),
            long: count >= MANY_WORDS,
            of_title,
        }
    }
}

impl Fingerprint {
    /// The fingerprint as it is recorded.
    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The fingerprint if it can say by itself which article it is: of a long text, or of anything
    /// that has no address to go by.
    pub(super) fn tells_which(&self, url: Option<&str>) -> Option<&str> {
        let enough = self.long || url.is_none();
        self.text
            .as_deref()
            .filter(|_| enough && !(self.of_title && url.is_some()))
    }
}

const MANY_WORDS: usize = 40;
