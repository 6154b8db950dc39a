//! What quotations are compared with: articles, what they said before, and where they went.

use std::collections::HashMap;
use std::sync::Arc;

use edito_prose::analysis::is_external;
use edito_prose::fold::words;
use edito_prose::frontmatter;
use edito_prose::ledger::{Quotation, Reference, SourceText};

use super::super::Library;
use super::super::links::{decoded_path, joined};
use super::{Known, QuotedSource, Since};
use crate::error::Result;
use crate::history::VersionId;
use crate::identity::{ArticleId, derived};
use crate::index::{lock, rows};
use crate::journal::for_each_record;

/// What a file was when it was read: its size, and when it was modified.
pub(super) type Stamp = (u64, i64);

/// What a reference leads to.
#[derive(Debug, Clone)]
pub(super) enum Named {
    /// An article.
    Article(QuotedSource, Stamp),
    /// Something that is not in the library: an address, a key, a note.
    Outside(String),
    /// Nothing.
    Nowhere(String),
    /// The piece itself, an image.
    Nothing,
}

impl Named {
    pub fn article(&self) -> Option<&QuotedSource> {
        match self {
            Named::Article(source, _) => Some(source),
            _ => None,
        }
    }
}

/// What was read of sources, and what was found of quotations, within bounds of memory.
#[derive(Default)]
pub(in crate::library) struct Ledger {
    texts: HashMap<ArticleId, (Stamp, Arc<SourceText>)>,
    versions: HashMap<VersionId, Option<Arc<SourceText>>>,
    size: usize,
    known: HashMap<u64, Known>,
    /// Where articles were, by the records of the journal; with how many there were then.
    moved: (u64, Arc<HashMap<String, ArticleId>>),
}

/// Texts of sources take no more memory than this, in bytes.
const MOST_MEMORY: usize = 24 << 20;
/// So many quotations are remembered.
const MOST_KNOWN: usize = 4_000;
/// Sources larger than this, in bytes, are not read.
const LARGEST: u64 = 4 << 20;
/// So many of the newest versions of a source are asked.
const MOST_VERSIONS: usize = 40;
/// So many words are looked for one after the other.
const LONGEST_PHRASE: usize = 8;
/// So many articles that have them are read.
const MOST_FOUND: usize = 4;

/// Whether a source is not read for its size.
pub(super) fn is_too_long(stamp: Stamp) -> bool {
    stamp.0 > LARGEST
}

impl Ledger {
    pub fn known(&self, key: u64) -> Option<Known> {
        self.known.get(&key).cloned()
    }

    pub fn keep(&mut self, key: u64, known: Known) {
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        self.known.insert(key, known);
    }

    fn make_room(&mut self, size: usize) {
        if self.size + size > MOST_MEMORY {
            self.texts.clear();
            self.versions.clear();
            self.size = 0;
        }
        self.size += size;
    }
}

impl Library {
    /// What a reference of an article leads to.
    pub(super) fn named(&self, id: &ArticleId, reference: &Reference) -> Named {
        let target = match reference {
            Reference::Link(target) if is_external(target) => return Named::Outside(target.clone()),
            Reference::Link(target) => target,
            Reference::Key(name) | Reference::Words(name) => return Named::Outside(name.clone()),
        };
        let found = self.resolve_link(id, target).or_else(|| self.gone_to(id, target));
        match found {
            Some(article) if article == *id => Named::Nothing,
            Some(article) => match self.quoted_source(&article) {
                Some((source, stamp)) => Named::Article(source, stamp),
                None => Named::Nowhere(target.clone()),
            },
            None if self.image(id, target).is_some() => Named::Nothing,
            None => Named::Nowhere(target.clone()),
        }
    }

    pub(super) fn quoted_source(&self, article: &ArticleId) -> Option<(QuotedSource, Stamp)> {
        let row = self.row(article).ok()??;
        let stamp = (row.size, row.modified);
        let source = QuotedSource {
            article: row.id,
            title: row.title,
            authors: row.authors.into_iter().map(|author| author.name).collect(),
            path: row.path,
        };
        Some((source, stamp))
    }

    pub(super) fn stamp(&self, article: &ArticleId) -> Option<Stamp> {
        self.quoted_source(article).map(|(_, stamp)| stamp)
    }

    /// The words of an article, read once for each state of its file.
    pub(super) fn source_text(&self, article: &ArticleId, stamp: Stamp) -> Option<Arc<SourceText>> {
        if let Some((known, text)) = lock(&self.ledger).texts.get(article)
            && *known == stamp
        {
            return Some(text.clone());
        }
        if is_too_long(stamp) {
            return None;
        }
        let text = Arc::new(SourceText::of(&self.read_text(article).ok()?.text));
        let mut ledger = lock(&self.ledger);
        ledger.make_room(text.size());
        ledger.texts.insert(article.clone(), (stamp, text.clone()));
        Some(text)
    }

    /// When an article last said what is quoted, by its versions and by what was marked in it.
    pub(super) fn said_before(&self, article: &ArticleId, quotation: &Quotation) -> Result<Option<Since>> {
        let says = |text: &SourceText| text.compare(quotation).is_some_and(|found| found.is_verbatim());
        for version in self
            .versions(article)
            .unwrap_or_default()
            .into_iter()
            .take(MOST_VERSIONS)
        {
            if self
                .version_words(article, &version.id, version.bytes)
                .is_some_and(|text| says(&text))
            {
                return Ok(Some(Since {
                    time: version.time,
                    version: Some(version.id),
                }));
            }
        }
        let marked = self.highlights(article).into_iter().rev();
        let said = marked
            .filter(|highlight| says(&SourceText::of_plain(highlight.quote.clone())))
            .map(|highlight| highlight.made)
            .max();
        Ok(said.map(|time| Since { time, version: None }))
    }

    /// Articles that say what is quoted to the word, but the one that quotes it.
    pub(super) fn find_source(&self, id: &ArticleId, quotation: &Quotation) -> Result<Vec<QuotedSource>> {
        let mut sources: Vec<QuotedSource> = Vec::new();
        for phrase in phrases(&quotation.words) {
            for hit in self.search(&phrase, MOST_FOUND, 0)?.hits {
                if hit.row.id == *id || sources.iter().any(|source| source.article == hit.row.id) {
                    continue;
                }
                let stamp = (hit.row.size, hit.row.modified);
                let text = self.source_text(&hit.row.id, stamp);
                let says = text.and_then(|text| text.compare(quotation));
                if says.is_some_and(|found| found.is_verbatim()) {
                    sources.extend(self.quoted_source(&hit.row.id).map(|(source, _)| source));
                }
            }
            if !sources.is_empty() {
                break;
            }
        }
        Ok(sources)
    }

    /// Whether an article was taken from an address.
    pub(super) fn is_from(&self, article: &ArticleId, address: &str) -> bool {
        let plain = |address: &str| -> String {
            let address = address.split('#').next().unwrap_or_default();
            let bare = address.trim_start_matches("https://").trim_start_matches("http://");
            bare.trim_start_matches("www.")
                .trim_end_matches('/')
                .to_ascii_lowercase()
        };
        let Ok(text) = self.read_text(article) else {
            return false;
        };
        let url = frontmatter::read(&text.text).source.and_then(|source| source.url);
        url.is_some_and(|url| plain(&url) == plain(address))
    }

    fn version_words(&self, article: &ArticleId, version: &VersionId, bytes: u64) -> Option<Arc<SourceText>> {
        if let Some(known) = lock(&self.ledger).versions.get(version) {
            return known.clone();
        }
        let readable = bytes <= LARGEST;
        let text = readable.then(|| self.version_text(article, version).ok()).flatten();
        let text = text.map(|text| Arc::new(SourceText::of(&text)));
        let mut ledger = lock(&self.ledger);
        ledger.make_room(text.as_ref().map_or(64, |text| text.size()));
        ledger.versions.insert(version.clone(), text.clone());
        text
    }

    /// The article that lay where a link leads: by the identity that its path gave it, by the journal, by its name.
    fn gone_to(&self, id: &ArticleId, target: &str) -> Option<ArticleId> {
        let own = self.path_of(id).ok()?;
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let decoded = decoded_path(target)?;
        if decoded.starts_with("@/") || !decoded.contains('.') {
            return None;
        }
        let path = match decoded.strip_prefix('/') {
            Some(rest) => joined("", rest)?,
            None => joined(folder, &decoded)?,
        };
        let moved = self.former_places();
        let reader = self.index.reader().ok()?;
        let rows = reader.rows().ok()?;
        let known = |id: &ArticleId| rows::known_by_id(rows, id.as_str()).ok()?.map(|known| known.id);
        moved
            .get(&path)
            .and_then(known)
            .or_else(|| known(&derived(&path, 0)))
            .or_else(|| {
                let name = path.rsplit('/').next()?;
                self.resolve_link(id, name)
            })
    }

    /// Where articles were, as the journal saw it.
    fn former_places(&self) -> Arc<HashMap<String, ArticleId>> {
        // All of it is read again: nobody who writes into it waits for that.
        let (count, files) = {
            let journal = lock(&self.journal);
            (journal.record_count(), journal.files())
        };
        let (known, places) = lock(&self.ledger).moved.clone();
        if known == count && count > 0 {
            return places;
        }
        let mut found = HashMap::new();
        let read = for_each_record(&files, &["identify", "moved"], &mut |record| {
            let path = record.fields.get("path").and_then(|path| path.as_str());
            if let (Some(article), Some(path)) = (record.article, path) {
                found.insert(path.to_owned(), article);
            }
        });
        if read.is_err() {
            return places;
        }
        let found = Arc::new(found);
        lock(&self.ledger).moved = (count, found.clone());
        found
    }
}

/// Phrases that the words of a quotation are found by: some words of its longest piece without brackets, from its middle
/// and from its beginning.
fn phrases(text: &str) -> Vec<String> {
    let pieces = text.split(['[', ']', '(', ')', '…', '\n']);
    let longest = pieces
        .map(|piece| words(piece).collect::<Vec<_>>())
        .max_by_key(Vec::len);
    let found = longest.unwrap_or_default();
    let phrase = |from: usize| -> Option<String> {
        let part = found.get(from..(from + LONGEST_PHRASE).min(found.len()))?;
        let part: Vec<&str> = part.iter().map(|word| word.folded.as_ref()).collect();
        (part.len() >= 3).then(|| format!("\"{}\" ", part.join(" ")))
    };
    let middle = (found.len().saturating_sub(LONGEST_PHRASE)) / 2;
    let mut phrases: Vec<String> = phrase(middle).into_iter().collect();
    if middle > 0 {
        phrases.extend(phrase(0));
    }
    phrases
}
