//! What all records add up to. Each field keeps the stamp of the record that set it, so that
//! records may arrive in any order, twice, or cut over any files.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use uuid::Uuid;

use super::record::{Envelope, IdentityFields, JournalEntry, ProgressFields, ReadFields, StarFields, VERSION};
use crate::identity::ArticleId;

/// What holds for one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArticleState {
    /// Marked read.
    pub read: bool,
    /// Starred.
    pub starred: bool,
    /// How far it was read, when it was.
    pub progress: Option<ReadingProgress>,
    /// When it was last opened on some desk: milliseconds since 1970, UTC.
    pub opened: Option<i64>,
}

/// How far an article was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingProgress {
    /// From 0 to 1.
    pub at: f64,
    /// The block on top of the page, as the page names it.
    pub block: Option<String>,
}

/// Where an article was last recorded to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its path within the library, `/` between folders.
    pub path: String,
    /// blake3 of its bytes then, in hexadecimal.
    pub hash: Option<String>,
}

/// What came of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Applied {
    /// Understood.
    Yes,
    /// Understood as far as this version does.
    Newer,
    /// A record of this unknown kind.
    Unknown(String),
    /// A known kind without what it needs.
    Incomplete,
    /// No record.
    No,
}

#[derive(Debug, Default)]
pub(super) struct JournalState {
    said: HashMap<Key, Said>,
    by_path: BTreeSet<(Arc<str>, Key)>,
    by_content: BTreeSet<([u8; 16], Key)>,
    devices: Vec<Device>,
    device_numbers: HashMap<Arc<str>, u32>,
}

impl JournalState {
    pub(super) fn article(&self, article: &ArticleId) -> ArticleState {
        self.said
            .get(&Key::from(article))
            .map_or_else(ArticleState::default, Said::state)
    }

    pub(super) fn articles(&self) -> impl Iterator<Item = (ArticleId, ArticleState)> + '_ {
        self.said
            .iter()
            .filter(|(_, said)| said.says_more_than_a_place())
            .map(|(key, said)| (key.id(), said.state()))
    }

    pub(super) fn identity(&self, article: &ArticleId) -> Option<Identity> {
        self.said.get(&Key::from(article))?.identity()
    }

    pub(super) fn identities(&self) -> impl Iterator<Item = (ArticleId, Identity)> + '_ {
        self.said
            .iter()
            .filter_map(|(key, said)| Some((key.id(), said.identity()?)))
    }

    pub(super) fn article_at(&self, path: &str) -> Option<ArticleId> {
        let path: Arc<str> = Arc::from(path);
        self.by_path
            .range((path.clone(), Key::FIRST)..)
            .take_while(|(other, _)| *other == path)
            .filter_map(|(_, key)| Some((self.said.get(key)?.place.as_ref()?.path.as_ref()?.stamp, key)))
            .max_by(|(left, left_key), (right, right_key)| {
                self.order(left, right).then_with(|| left_key.cmp(right_key))
            })
            .map(|(_, key)| key.id())
    }

    pub(super) fn articles_with_content(&self, hash: &str) -> Vec<(ArticleId, String)> {
        let Some(content) = parse_hash(hash) else {
            return Vec::new();
        };
        let start = start_of(&content);
        self.by_content
            .range((start, Key::FIRST)..)
            .take_while(|(other, _)| *other == start)
            .filter_map(|(_, key)| {
                let place = self.said.get(key)?.place.as_ref()?;
                let same = place.content.as_ref()?.value == content;
                let path = place.path.as_ref()?.value.to_string();
                same.then(|| (key.id(), path))
            })
            .collect()
    }

    pub(super) fn last_seq(&self, device: &str) -> u64 {
        self.device_numbers
            .get(device)
            .and_then(|number| self.devices.get(*number as usize))
            .map_or(0, |device| device.last_seq)
    }

    /// When a new record is dated: now, or right after the one it replaces.
    pub(super) fn time_for(&self, entry: &JournalEntry, now: Timestamp) -> Timestamp {
        let now = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        let Some(said) = entry.article.as_ref().and_then(|id| self.said.get(&Key::from(id))) else {
            return now;
        };
        let place = said.place.as_deref();
        let before = match entry.kind.as_str() {
            "read" => said.read.as_ref().map(|field| field.stamp),
            "star" => said.star.as_ref().map(|field| field.stamp),
            "progress" => said.progress.as_ref().map(|field| field.stamp),
            "opened" => said.opened,
            "identify" | "moved" => place.and_then(|place| place.path.as_ref()).map(|field| field.stamp),
            _ => None,
        };
        match before {
            Some(before) if before.time >= now.as_millisecond() => Timestamp::from_millisecond(before.time)
                .and_then(|time| time.checked_add(SignedDuration::from_millis(1)))
                .unwrap_or(now),
            _ => now,
        }
    }

    /// Folds in one line of the file whose name says `file_device`.
    pub(super) fn apply(&mut self, line: &[u8], file_device: &str, changed: &mut BTreeSet<ArticleId>) -> Applied {
        let Some(envelope) = parse::<Envelope>(line) else {
            return Applied::No;
        };
        let device = self.device(envelope.device.as_deref().unwrap_or(file_device));
        if let Some(device) = self.devices.get_mut(device as usize) {
            device.last_seq = device.last_seq.max(envelope.seq);
        }
        let stamp = Stamp {
            time: envelope.time.as_millisecond(),
            seq: u32::try_from(envelope.seq).unwrap_or(u32::MAX),
            device,
        };
        let known = ["read", "star", "progress", "opened", "identify", "moved"];
        if !known.contains(&envelope.kind.as_str()) {
            return Applied::Unknown(envelope.kind);
        }
        let Some(article) = envelope.article else {
            return Applied::Incomplete;
        };
        let key = Key::from(&article);
        let Some(won) = self.fold(&envelope.kind, line, &key, stamp) else {
            return Applied::Incomplete;
        };
        if won {
            changed.insert(key.id());
        }
        if envelope.v > VERSION {
            Applied::Newer
        } else {
            Applied::Yes
        }
    }

    /// Whether the record changed what holds; `None` when it lacks what it needs.
    fn fold(&mut self, kind: &str, line: &[u8], key: &Key, stamp: Stamp) -> Option<bool> {
        match kind {
            "read" => {
                let value = parse::<ReadFields>(line)?.read;
                let old = self.said.get(key).and_then(|said| said.read.as_ref());
                let won = self.wins(stamp, value, old);
                if won {
                    self.entry(key).read = Some(Field { stamp, value });
                }
                Some(won)
            }
            "star" => {
                let value = parse::<StarFields>(line)?.star;
                let old = self.said.get(key).and_then(|said| said.star.as_ref());
                let won = self.wins(stamp, value, old);
                if won {
                    self.entry(key).star = Some(Field { stamp, value });
                }
                Some(won)
            }
            "progress" => {
                let fields = parse::<ProgressFields>(line)?;
                // Millionths, so that equal stamps have an order.
                let value = Progress {
                    millionths: (fields.at.clamp(0.0, 1.0) * 1e6).round() as u32,
                    block: fields.block.map(String::into_boxed_str),
                };
                let old = self.said.get(key).and_then(|said| said.progress.as_deref());
                let won = self.wins(stamp, &value, old.map(Field::by_ref).as_ref());
                if won {
                    self.entry(key).progress = Some(Box::new(Field { stamp, value }));
                }
                Some(won)
            }
            "opened" => {
                let old = self.said.get(key).and_then(|said| said.opened);
                let won = old.is_none_or(|old| self.order(&stamp, &old) == Ordering::Greater);
                if won {
                    self.entry(key).opened = Some(stamp);
                }
                Some(won)
            }
            _ => self.fold_place(parse::<IdentityFields>(line)?, key, stamp),
        }
    }

    fn fold_place(&mut self, fields: IdentityFields, key: &Key, stamp: Stamp) -> Option<bool> {
        if fields.path.is_empty() {
            return None;
        }
        let path: Arc<str> = Arc::from(fields.path);
        let content = fields.hash.as_deref().and_then(parse_hash);
        let place = self.said.get(key).and_then(|said| said.place.as_deref());
        let old_path = place.and_then(|place| place.path.as_ref());
        let old_content = place.and_then(|place| place.content.as_ref());
        let path_won = self.wins(stamp, &*path, old_path.map(Field::by_deref).as_ref());
        let content_won = content.is_some_and(|content| self.wins(stamp, content, old_content));
        let former_path = old_path.map(|field| field.value.clone());
        let former_content = old_content.map(|field| field.value);
        if path_won {
            if let Some(former) = former_path {
                self.by_path.remove(&(former, key.clone()));
            }
            self.by_path.insert((path.clone(), key.clone()));
            self.place(key).path = Some(Field { stamp, value: path });
        }
        if content_won && let Some(content) = content {
            if let Some(former) = former_content {
                self.by_content.remove(&(start_of(&former), key.clone()));
            }
            self.by_content.insert((start_of(&content), key.clone()));
            self.place(key).content = Some(Field { stamp, value: content });
        }
        Some(path_won || content_won)
    }

    fn wins<T: Ord>(&self, stamp: Stamp, value: T, old: Option<&Field<T>>) -> bool {
        let Some(old) = old else { return true };
        // Two records can only share a stamp when two windows raced without a lock: the value
        // decides, so that every desk decides alike.
        let order = self.order(&stamp, &old.stamp).then_with(|| value.cmp(&old.value));
        order == Ordering::Greater
    }

    /// The order of records: time, then device, then sequence.
    fn order(&self, left: &Stamp, right: &Stamp) -> Ordering {
        left.time
            .cmp(&right.time)
            .then_with(|| {
                if left.device == right.device {
                    return Ordering::Equal;
                }
                self.device_name(left.device).cmp(self.device_name(right.device))
            })
            .then_with(|| left.seq.cmp(&right.seq))
    }

    fn device(&mut self, name: &str) -> u32 {
        if let Some(number) = self.device_numbers.get(name) {
            return *number;
        }
        let name: Arc<str> = Arc::from(name);
        let number = u32::try_from(self.devices.len()).unwrap_or(u32::MAX);
        self.devices.push(Device {
            name: name.clone(),
            last_seq: 0,
        });
        self.device_numbers.insert(name, number);
        number
    }

    fn device_name(&self, number: u32) -> &str {
        self.devices.get(number as usize).map_or("", |device| &device.name)
    }

    fn entry(&mut self, key: &Key) -> &mut Said {
        self.said.entry(key.clone()).or_default()
    }

    fn place(&mut self, key: &Key) -> &mut Place {
        self.entry(key).place.get_or_insert_default()
    }

    /// The entire state in one comparable form.
    #[cfg(test)]
    pub(super) fn summary(&self) -> std::collections::BTreeMap<String, String> {
        let mut summary = std::collections::BTreeMap::new();
        for (key, said) in &self.said {
            let text = format!("{:?} {:?}", said.state(), said.identity());
            summary.insert(key.id().0, text);
        }
        for (path, _) in &self.by_path {
            summary.insert(format!("at {path}"), format!("{:?}", self.article_at(path)));
        }
        summary
    }
}

/// An article as the key of a map: most are UUIDs, and there may be 100,000 of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Uuid([u8; 16]),
    Text(Box<str>),
}

impl Key {
    const FIRST: Key = Key::Uuid([0; 16]);

    fn id(&self) -> ArticleId {
        match self {
            Key::Uuid(bytes) => ArticleId(Uuid::from_bytes(*bytes).hyphenated().to_string()),
            Key::Text(text) => ArticleId(text.to_string()),
        }
    }
}

impl From<&ArticleId> for Key {
    fn from(id: &ArticleId) -> Self {
        match Uuid::try_parse(id.as_str()) {
            Ok(uuid) => Key::Uuid(*uuid.as_bytes()),
            Err(_) => Key::Text(id.as_str().into()),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Stamp {
    /// Milliseconds since 1970.
    time: i64,
    seq: u32,
    device: u32,
}

#[derive(Debug)]
struct Device {
    name: Arc<str>,
    last_seq: u64,
}

#[derive(Debug)]
struct Field<T> {
    stamp: Stamp,
    value: T,
}

impl<T> Field<T> {
    fn by_ref(&self) -> Field<&T> {
        Field {
            stamp: self.stamp,
            value: &self.value,
        }
    }
}

impl Field<Arc<str>> {
    fn by_deref(&self) -> Field<&str> {
        Field {
            stamp: self.stamp,
            value: &self.value,
        }
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Progress {
    millionths: u32,
    block: Option<Box<str>>,
}

#[derive(Debug, Default)]
struct Said {
    read: Option<Field<bool>>,
    star: Option<Field<bool>>,
    opened: Option<Stamp>,
    progress: Option<Box<Field<Progress>>>,
    place: Option<Box<Place>>,
}

#[derive(Debug, Default)]
struct Place {
    path: Option<Field<Arc<str>>>,
    content: Option<Field<[u8; 32]>>,
}

impl Said {
    fn state(&self) -> ArticleState {
        ArticleState {
            read: self.read.as_ref().is_some_and(|field| field.value),
            starred: self.star.as_ref().is_some_and(|field| field.value),
            progress: self.progress.as_ref().map(|field| ReadingProgress {
                at: f64::from(field.value.millionths) / 1e6,
                block: field.value.block.as_deref().map(str::to_owned),
            }),
            opened: self.opened.map(|stamp| stamp.time),
        }
    }

    fn identity(&self) -> Option<Identity> {
        let place = self.place.as_ref()?;
        Some(Identity {
            path: place.path.as_ref()?.value.to_string(),
            hash: place
                .content
                .as_ref()
                .map(|field| blake3::Hash::from_bytes(field.value).to_hex().to_string()),
        })
    }

    fn says_more_than_a_place(&self) -> bool {
        self.read.is_some() || self.star.is_some() || self.opened.is_some() || self.progress.is_some()
    }
}

fn parse<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Option<T> {
    serde_json::from_slice(line).ok()
}

fn parse_hash(hash: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(hash).ok().map(|hash| *hash.as_bytes())
}

fn start_of(hash: &[u8; 32]) -> [u8; 16] {
    let mut start = [0; 16];
    start.copy_from_slice(hash.split_at(16).0);
    start
}
