//! Where articles were taken from.
//!
//! Only an import asks for this, so it is no part of what is kept in memory: it is folded from the
//! `source` records when an import begins. Addresses and fingerprints only ever come to be; the
//! hash of the file as it was last written by an import is that of the last record.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Deserialize;

use super::key::Key;
use super::record::{JournalEntry, Record};
use super::stamp::{Devices, Field, Stamp};
use super::{Fields, file};
use crate::error::Result;
use crate::identity::ArticleId;
use std::path::PathBuf;

/// Which articles came from which addresses and with which words.
#[derive(Debug, Default)]
pub struct Sources {
    by_url: HashMap<[u8; 16], Vec<Key>>,
    by_fingerprint: HashMap<[u8; 16], Vec<Key>>,
    known: HashMap<Key, Option<Field<Written>>>,
    devices: Devices,
}

/// What an import wrote into the file of an article.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Written {
    /// blake3 of the file.
    hash: String,
    fingerprint: Option<String>,
}

impl Sources {
    /// Folds all `source` records of the files of a journal (see [`super::Journal::files`]). Costs one reading of them.
    ///
    /// # Errors
    /// What the system says when a file can't be read.
    pub fn read(files: &[PathBuf]) -> Result<Sources> {
        let mut sources = Sources::default();
        file::for_each_record(files, &["source"], &mut |record| sources.learn(&record))?;
        Ok(sources)
    }

    /// Folds in one record; others than `source` say nothing here.
    pub fn learn(&mut self, record: &Record) {
        let Some(article) = record.article.as_ref().filter(|_| record.kind == "source") else {
            return;
        };
        self.add(article, &record.fields, record.time, &record.device, record.seq);
    }

    /// Folds in what this device is about to record.
    pub(crate) fn said(&mut self, entry: &JournalEntry, now: Timestamp, device: &str) {
        if let Some(article) = &entry.article {
            let next = self.devices.last_seq(device).saturating_add(1);
            self.add(article, &entry.fields, now, device, next);
        }
    }

    fn add(&mut self, article: &ArticleId, fields: &Fields, time: Timestamp, device: &str, seq: u64) {
        let text = |name: &str| fields.get(name).and_then(|value| value.as_str());
        let key = Key::from(article);
        for (map, value) in [
            (&mut self.by_url, text("url")),
            (&mut self.by_fingerprint, text("fingerprint")),
        ] {
            let Some(value) = value else { continue };
            let articles = map.entry(short(value)).or_default();
            if let Err(place) = articles.binary_search(&key) {
                articles.insert(place, key.clone());
            }
        }
        let device = self.devices.met(device, seq);
        let stamp = Stamp {
            time: time.as_millisecond(),
            seq: u32::try_from(seq).unwrap_or(u32::MAX),
            device,
        };
        let written = self.known.entry(key).or_default();
        if let Some(hash) = text("hash") {
            let value = Written {
                hash: hash.to_owned(),
                fingerprint: text("fingerprint").map(str::to_owned),
            };
            self.devices.set(written, stamp, value);
        }
    }

    /// The articles taken from an address, in a stable order.
    pub fn from_url(&self, url: &str) -> Vec<ArticleId> {
        articles(&self.by_url, url)
    }

    /// The articles that were taken with these words, in a stable order.
    pub fn with_fingerprint(&self, fingerprint: &str) -> Vec<ArticleId> {
        articles(&self.by_fingerprint, fingerprint)
    }

    /// Whether an article was taken from anywhere.
    pub fn knows(&self, article: &ArticleId) -> bool {
        self.known.contains_key(&Key::from(article))
    }

    /// blake3 of the file as an import last wrote it.
    pub fn written(&self, article: &ArticleId) -> Option<&str> {
        self.field(article).map(|field| field.value.hash.as_str())
    }

    /// When an import last wrote the file of an article (milliseconds since 1970, UTC), and with which words.
    pub fn last_written(&self, article: &ArticleId) -> Option<(i64, Option<&str>)> {
        self.field(article)
            .map(|field| (field.stamp.time, field.value.fingerprint.as_deref()))
    }

    fn field(&self, article: &ArticleId) -> Option<&Field<Written>> {
        self.known.get(&Key::from(article))?.as_ref()
    }
}

/// What a `source` record may say; all of it is text.
#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "read only to tell whether a record has the right shape")]
pub(super) struct SourceFields {
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    fingerprint: Option<String>,
    #[serde(default)]
    hash: Option<String>,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    capture: Option<String>,
}

fn articles(map: &HashMap<[u8; 16], Vec<Key>>, value: &str) -> Vec<ArticleId> {
    map.get(&short(value))
        .map_or_else(Vec::new, |keys| keys.iter().map(Key::id).collect())
}

/// Enough of a hash to tell addresses apart, also those that somebody tries to make collide.
fn short(value: &str) -> [u8; 16] {
    let mut short = [0; 16];
    let hash = blake3::hash(value.as_bytes());
    for (to, from) in short.iter_mut().zip(hash.as_bytes()) {
        *to = *from;
    }
    short
}
