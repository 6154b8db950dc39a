//! What all records add up to. Each field keeps the stamp of the record that set it, so that
//! records may arrive in any order, twice, or cut over any files.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::JournalChanges;
use super::collection::{Collection, CollectionFields, Listed};
use super::highlight::{Highlight, HighlightFields, Marked, RemovedFields};
use super::key::Key;
use super::pin::{Pin, PinFields, Pins};
use super::record::{
    Envelope, IdentityFields, JournalEntry, PlaceFields, ProgressFields, ReadFields, StarFields, TagFields, VERSION,
};
use super::sources::SourceFields;
use super::stamp::{Devices, Field, Stamp};
use super::subject::{IDENTITY, Subject, SubjectKind, Subjects};
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
    /// Where it lies, when somebody put it somewhere.
    pub place: Option<Place>,
    /// The reader's own tags, in order.
    pub tags: Vec<String>,
    /// How many passages are marked in it.
    pub highlights: u32,
}

/// Where an article lies on its way through a reader's hands. One that was never put anywhere
/// counts as [`Place::Library`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// Not looked at yet.
    Inbox,
    /// To be read later.
    Later,
    /// Kept among one's own.
    #[default]
    Library,
    /// Done with, and kept.
    Archive,
}

impl Place {
    /// The word for it in a record.
    pub fn word(self) -> &'static str {
        match self {
            Place::Inbox => "inbox",
            Place::Later => "later",
            Place::Library => "library",
            Place::Archive => "archive",
        }
    }
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
    collections: BTreeMap<Uuid, Listed>,
    /// Grows whenever something else holds of a list.
    collections_revision: u64,
    subjects: Subjects,
    pins: Pins,
    devices: Devices,
}

impl JournalState {
    pub(super) fn article(&self, article: &ArticleId) -> ArticleState {
        self.said
            .get(&Key::from(article))
            .map_or_else(ArticleState::default, |said| said.state(&self.devices))
    }

    pub(super) fn articles(&self) -> impl Iterator<Item = (ArticleId, ArticleState)> + '_ {
        self.said
            .iter()
            .filter(|(_, said)| said.says_more_than_a_place())
            .map(|(key, said)| (key.id(), said.state(&self.devices)))
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
            .filter_map(|(_, key)| Some((self.said.get(key)?.whereabouts.as_ref()?.path.as_ref()?.stamp, key)))
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
                let place = self.said.get(key)?.whereabouts.as_ref()?;
                let same = place.content.as_ref()?.value == content;
                let path = place.path.as_ref()?.value.to_string();
                same.then(|| (key.id(), path))
            })
            .collect()
    }

    pub(super) fn last_seq(&self, device: &str) -> u64 {
        self.devices.last_seq(device)
    }

    /// The passages marked in an article, in the order in which they were made.
    pub(super) fn highlights(&self, article: &ArticleId) -> Vec<Highlight> {
        self.said
            .get(&Key::from(article))
            .map_or_else(Vec::new, |said| said.highlights(&self.devices))
    }

    /// All articles with marked passages, in no particular order.
    pub(super) fn all_highlights(&self) -> impl Iterator<Item = (ArticleId, Vec<Highlight>)> + '_ {
        self.said.iter().filter_map(|(key, said)| {
            let highlights = said.highlights(&self.devices);
            (!highlights.is_empty()).then(|| (key.id(), highlights))
        })
    }

    /// How many passages are marked in all articles.
    pub(super) fn count_highlights(&self) -> usize {
        let marked = self.said.values().filter_map(|said| said.remarks.as_deref());
        marked
            .flat_map(|remarks| remarks.marked.iter())
            .filter(|marked| marked.is_there(&self.devices))
            .count()
    }

    /// Whether a passage was ever marked, also when its mark was taken away.
    pub(super) fn knows_highlight(&self, article: &ArticleId, highlight: Uuid) -> bool {
        self.marked(&Key::from(article), highlight).is_some()
    }

    /// Whether a reader ever gave the article this tag, also when it was taken away.
    pub(super) fn knows_tag(&self, article: &ArticleId, tag: &str) -> bool {
        self.said
            .get(&Key::from(article))
            .and_then(|said| said.remarks.as_deref())
            .is_some_and(|remarks| remarks.tag(tag).is_ok())
    }

    /// The lists of articles, in the desk's order.
    pub(super) fn collections(&self) -> Vec<Collection> {
        let mut collections: Vec<Collection> = self
            .collections
            .iter()
            .filter_map(|(id, listed)| listed.collection(*id, &self.devices))
            .collect();
        collections.sort_by(|left, right| {
            let place = |collection: &Collection| (collection.order.is_none(), collection.order.clone());
            place(left)
                .cmp(&place(right))
                .then_with(|| left.name.cmp(&right.name))
                .then_with(|| left.id.cmp(&right.id))
        });
        collections
    }

    pub(super) fn collection(&self, id: Uuid) -> Option<Collection> {
        self.collections.get(&id)?.collection(id, &self.devices)
    }

    /// The lists that an article is in.
    pub(super) fn collections_holding(&self, article: &ArticleId) -> Vec<Uuid> {
        let key = Key::from(article);
        let holding = self.collections.iter().filter(|(_, listed)| listed.holds(&key));
        holding.map(|(id, _)| *id).collect()
    }

    /// A number that grows whenever something else holds of a list.
    pub(super) fn collections_revision(&self) -> u64 {
        self.collections_revision
    }

    /// An empty state after this one: who asks for revisions sees that everything may be other.
    pub(super) fn begun_anew(&self) -> Self {
        Self {
            collections_revision: self.collections_revision + 1,
            ..Self::default()
        }
    }

    /// Whether there is, or was, such a list.
    pub(super) fn knows_collection(&self, id: Uuid) -> bool {
        self.collections.contains_key(&id)
    }

    /// Whether an article is, or was, in a list.
    pub(super) fn knows_member(&self, collection: Uuid, article: &ArticleId) -> bool {
        self.collections
            .get(&collection)
            .is_some_and(|listed| listed.knows(&Key::from(article)))
    }

    /// What is spoken of beside articles.
    pub(super) fn subjects(&self, kind: SubjectKind) -> Vec<Subject> {
        self.subjects.all(kind)
    }

    /// Whether there is, or was, such a subject.
    pub(super) fn knows_subject(&self, kind: SubjectKind, id: Uuid) -> bool {
        self.subjects.knows(kind, id)
    }

    /// The pinned articles: by part of the front page, then in the desk's order.
    pub(super) fn pins(&self) -> Vec<Pin> {
        self.pins.list(&self.devices)
    }

    /// When a new record is dated: now, or right after the one it replaces.
    pub(super) fn time_for(&self, entry: &JournalEntry, now: Timestamp) -> Timestamp {
        let now = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        match self.last_said(entry) {
            Some(before) if before >= now.as_millisecond() => Timestamp::from_millisecond(before)
                .and_then(|time| time.checked_add(SignedDuration::from_millis(1)))
                .unwrap_or(now),
            _ => now,
        }
    }

    /// When the record was said that a new one replaces.
    fn last_said(&self, entry: &JournalEntry) -> Option<i64> {
        let key = entry.article.as_ref().map(Key::from);
        let uuid = |name: &str| {
            let text = entry.fields.get(name)?.as_str()?;
            Uuid::try_parse(text).ok()
        };
        if entry.kind == "collection" {
            return self.collections.get(&uuid("collection")?)?.latest(key.as_ref());
        }
        if let Some(kind) = SubjectKind::of(&entry.kind) {
            return self.subjects.latest(kind, uuid(IDENTITY)?, &entry.fields);
        }
        let key = key?;
        if entry.kind == "pin" {
            return self.pins.latest(&key);
        }
        let said = self.said.get(&key)?;
        let time = |stamp: Stamp| stamp.time;
        match entry.kind.as_str() {
            "read" => said.read.as_ref().map(|field| field.stamp.time),
            "star" => said.star.as_ref().map(|field| field.stamp.time),
            "progress" => said.progress.as_ref().map(|field| field.stamp.time),
            "opened" => said.opened.map(time),
            "place" => said.placed.as_ref().map(|field| field.stamp.time),
            "identify" | "moved" => said.whereabouts.as_deref()?.path.as_ref().map(|field| field.stamp.time),
            "tag" => {
                let remarks = said.remarks.as_deref()?;
                let tag = entry.fields.get("tag")?.as_str()?.trim();
                remarks
                    .tags
                    .get(remarks.tag(tag).ok()?)
                    .map(|(_, field)| field.stamp.time)
            }
            "highlight" | "highlight-removed" => self.marked(&key, uuid("highlight")?)?.latest(),
            _ => None,
        }
    }

    fn marked(&self, key: &Key, highlight: Uuid) -> Option<&Marked> {
        let remarks = self.said.get(key)?.remarks.as_deref()?;
        remarks.marked.get(remarks.mark(highlight).ok()?)
    }

    /// Folds in one line of the file whose name says `file_device`.
    pub(super) fn apply(&mut self, line: &[u8], file_device: &str, changed: &mut JournalChanges) -> Applied {
        let Some(envelope) = parse::<Envelope>(line) else {
            return Applied::No;
        };
        let device = envelope.device.as_deref().unwrap_or(file_device);
        let device = self.devices.met(device, envelope.seq);
        let stamp = Stamp {
            time: envelope.time.as_millisecond(),
            seq: u32::try_from(envelope.seq).unwrap_or(u32::MAX),
            device,
        };
        let Some(known) = KINDS.into_iter().find(|known| *known == envelope.kind) else {
            return Applied::Unknown(envelope.kind);
        };
        // What is said of a subject concerns no article.
        let subject = SubjectKind::of(&envelope.kind);
        let key = envelope.article.as_ref().filter(|_| subject.is_none()).map(Key::from);
        let folded = match &key {
            None if subject.is_some() => subject.and_then(|kind| self.subjects.say(kind, line, stamp, &self.devices)),
            _ if envelope.kind == "collection" => self.fold_collection(line, key.as_ref(), stamp),
            Some(key) => self.fold(&envelope.kind, line, key, stamp),
            None => None,
        };
        match folded {
            None => return Applied::Incomplete,
            Some(true) => {
                changed.kinds.insert(known);
                changed.articles.extend(key.map(|key| key.id()));
            }
            Some(false) => {}
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
            "place" => {
                let value = parse::<PlaceFields>(line)?.place;
                let old = self.said.get(key).and_then(|said| said.placed.as_ref());
                let won = self.wins(stamp, value, old);
                if won {
                    self.entry(key).placed = Some(Field { stamp, value });
                }
                Some(won)
            }
            "tag" => {
                let fields = parse::<TagFields>(line)?;
                let tag = fields.tag.trim();
                if tag.is_empty() {
                    return None;
                }
                let remarks = self
                    .said
                    .entry(key.clone())
                    .or_default()
                    .remarks
                    .get_or_insert_default();
                match remarks.tag(tag) {
                    Ok(place) => {
                        let (_, field) = remarks.tags.get_mut(place)?;
                        let won = self.devices.wins(stamp, fields.on, Some(&*field));
                        if won {
                            let value = fields.on;
                            *field = Field { stamp, value };
                        }
                        Some(won)
                    }
                    Err(place) => {
                        let value = fields.on;
                        remarks.tags.insert(place, (tag.into(), Field { stamp, value }));
                        Some(true)
                    }
                }
            }
            "highlight" => {
                let fields = parse::<HighlightFields>(line)?;
                let devices = &self.devices;
                let remarks = self
                    .said
                    .entry(key.clone())
                    .or_default()
                    .remarks
                    .get_or_insert_default();
                Some(remarks.mark_mut(fields.highlight)?.say(fields, stamp, devices))
            }
            "highlight-removed" => {
                let highlight = parse::<RemovedFields>(line)?.highlight;
                let devices = &self.devices;
                let remarks = self
                    .said
                    .entry(key.clone())
                    .or_default()
                    .remarks
                    .get_or_insert_default();
                Some(remarks.mark_mut(highlight)?.remove(stamp, devices))
            }
            "pin" => {
                let fields = parse::<PinFields>(line)?;
                Some(self.pins.say(fields, key, stamp, &self.devices))
            }
            // Kept in the files alone; see `sources.rs`.
            "source" => parse::<SourceFields>(line).map(|_| false),
            _ => self.fold_place(parse::<IdentityFields>(line)?, key, stamp),
        }
    }

    fn fold_collection(&mut self, line: &[u8], article: Option<&Key>, stamp: Stamp) -> Option<bool> {
        let fields = parse::<CollectionFields>(line)?;
        let listed = self.collections.entry(fields.collection).or_default();
        let won = listed.say(fields, article, stamp, &self.devices);
        self.collections_revision += u64::from(won == Some(true));
        won
    }

    fn fold_place(&mut self, fields: IdentityFields, key: &Key, stamp: Stamp) -> Option<bool> {
        if fields.path.is_empty() {
            return None;
        }
        let path: Arc<str> = Arc::from(fields.path);
        let content = fields.hash.as_deref().and_then(parse_hash);
        let place = self.said.get(key).and_then(|said| said.whereabouts.as_deref());
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
            self.whereabouts(key).path = Some(Field { stamp, value: path });
        }
        if content_won && let Some(content) = content {
            if let Some(former) = former_content {
                self.by_content.remove(&(start_of(&former), key.clone()));
            }
            self.by_content.insert((start_of(&content), key.clone()));
            self.whereabouts(key).content = Some(Field { stamp, value: content });
        }
        Some(path_won || content_won)
    }

    fn wins<T: Ord>(&self, stamp: Stamp, value: T, old: Option<&Field<T>>) -> bool {
        self.devices.wins(stamp, value, old)
    }

    fn order(&self, left: &Stamp, right: &Stamp) -> Ordering {
        self.devices.order(left, right)
    }

    fn entry(&mut self, key: &Key) -> &mut Said {
        self.said.entry(key.clone()).or_default()
    }

    fn whereabouts(&mut self, key: &Key) -> &mut Whereabouts {
        self.entry(key).whereabouts.get_or_insert_default()
    }

    /// The entire state in one comparable form.
    #[cfg(test)]
    pub(super) fn summary(&self) -> std::collections::BTreeMap<String, String> {
        let mut summary = std::collections::BTreeMap::new();
        for (key, said) in &self.said {
            let highlights = said.highlights(&self.devices);
            let text = format!("{:?} {:?} {highlights:?}", said.state(&self.devices), said.identity());
            summary.insert(key.id().0, text);
        }
        for (path, _) in &self.by_path {
            summary.insert(format!("at {path}"), format!("{:?}", self.article_at(path)));
        }
        for pin in self.pins() {
            summary.insert(format!("pin {}", pin.article), format!("{pin:?}"));
        }
        for collection in self.collections() {
            summary.insert(format!("list {}", collection.id), format!("{collection:?}"));
        }
        summary.extend(self.subjects.summary());
        summary
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
    placed: Option<Field<Place>>,
    opened: Option<Stamp>,
    progress: Option<Box<Field<Progress>>>,
    whereabouts: Option<Box<Whereabouts>>,
    remarks: Option<Box<Remarks>>,
}

#[derive(Debug, Default)]
struct Whereabouts {
    path: Option<Field<Arc<str>>>,
    content: Option<Field<[u8; 32]>>,
}

/// What few articles have: tags of the reader's own, and marked passages. Both in order.
#[derive(Debug, Default)]
struct Remarks {
    tags: Vec<(Box<str>, Field<bool>)>,
    marked: Vec<Marked>,
}

impl Remarks {
    fn tag(&self, tag: &str) -> Result<usize, usize> {
        self.tags.binary_search_by(|(other, _)| (**other).cmp(tag))
    }

    fn mark(&self, highlight: Uuid) -> Result<usize, usize> {
        self.marked
            .binary_search_by(|marked| marked.id().cmp(highlight.as_bytes()))
    }

    fn mark_mut(&mut self, highlight: Uuid) -> Option<&mut Marked> {
        let place = match self.mark(highlight) {
            Ok(place) => place,
            Err(place) => {
                self.marked.insert(place, Marked::new(highlight));
                place
            }
        };
        self.marked.get_mut(place)
    }
}

impl Said {
    fn state(&self, devices: &Devices) -> ArticleState {
        let remarks = self.remarks.as_deref();
        ArticleState {
            read: self.read.as_ref().is_some_and(|field| field.value),
            starred: self.star.as_ref().is_some_and(|field| field.value),
            progress: self.progress.as_ref().map(|field| ReadingProgress {
                at: f64::from(field.value.millionths) / 1e6,
                block: field.value.block.as_deref().map(str::to_owned),
            }),
            opened: self.opened.map(|stamp| stamp.time),
            place: self.placed.as_ref().map(|field| field.value),
            tags: remarks.map_or_else(Vec::new, |remarks| {
                let on = remarks.tags.iter().filter(|(_, field)| field.value);
                on.map(|(tag, _)| tag.to_string()).collect()
            }),
            highlights: remarks.map_or(0, |remarks| {
                let there = remarks.marked.iter().filter(|marked| marked.is_there(devices));
                u32::try_from(there.count()).unwrap_or(u32::MAX)
            }),
        }
    }

    fn highlights(&self, devices: &Devices) -> Vec<Highlight> {
        let Some(remarks) = self.remarks.as_deref() else {
            return Vec::new();
        };
        let mut highlights: Vec<Highlight> = remarks
            .marked
            .iter()
            .filter_map(|marked| marked.highlight(devices))
            .collect();
        highlights.sort_by(|left, right| left.made.cmp(&right.made).then_with(|| left.id.cmp(&right.id)));
        highlights
    }

    fn identity(&self) -> Option<Identity> {
        let place = self.whereabouts.as_ref()?;
        Some(Identity {
            path: place.path.as_ref()?.value.to_string(),
            hash: place
                .content
                .as_ref()
                .map(|field| blake3::Hash::from_bytes(field.value).to_hex().to_string()),
        })
    }

    fn says_more_than_a_place(&self) -> bool {
        self.read.is_some()
            || self.star.is_some()
            || self.placed.is_some()
            || self.opened.is_some()
            || self.progress.is_some()
            || self.remarks.is_some()
    }
}

/// The kinds of records that this version understands.
const KINDS: [&str; 17] = [
    "read",
    "star",
    "progress",
    "opened",
    "place",
    "tag",
    "highlight",
    "highlight-removed",
    "collection",
    "pin",
    "source",
    "feed",
    "feed-rule",
    "search",
    "goal",
    "identify",
    "moved",
];

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
