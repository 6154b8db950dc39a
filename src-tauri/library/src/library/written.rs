//! What was written on this machine, day by day.
//!
//! It is of whoever sits here, and no part of the library: it is kept in the data folder, one small file for each
//! library, `{"v": 1, "days": {"2026-11-26": {"<article>": [words, signs]}}}`. What is kept is the difference that a day
//! made to an article, which may be below zero; what is told of a day is the sum over the articles, and one that became
//! shorter counts as nothing: who cuts a text has taken nothing from another.

use super::Library;
use crate::disk::{ContentHash, Disk, Precondition, again, create_folders, durable_write};
use crate::error::{At, Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::lock;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// How much was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(i64, i64)", into = "(i64, i64)")]
pub struct Written {
    /// Words.
    pub words: i64,
    /// Signs, spaces included.
    pub signs: i64,
}

/// What was written on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDay {
    /// The day, where the writer is.
    pub day: Date,
    /// How much; never below zero.
    pub written: Written,
    /// In how many articles something was written.
    pub articles: usize,
}

/// The file, read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Diary {
    v: u32,
    days: Days,
    /// What could not be written into the file; it is among the days here.
    #[serde(skip)]
    unsaved: Days,
}

type Days = BTreeMap<Date, BTreeMap<String, Written>>;

impl Library {
    /// Adds what was written in an article on a day; answers what that day made of the article.
    ///
    /// # Errors
    /// `ReadOnly`, `DiskFull` or `Io` of the data folder; what was written counts all the same while the library is open,
    /// unless what was noted earlier can’t be read.
    pub fn note_written(&self, id: &ArticleId, more: Written, day: Date) -> Result<Written> {
        let mut held = lock(&self.diary);
        let disk = &*self.environment.disk;
        let mut more = BTreeMap::from([(day, BTreeMap::from([(id.0.clone(), more.clamped())]))]);
        if let Some(diary) = held.as_mut() {
            add(&mut diary.days, &more);
            add(&mut more, &std::mem::take(&mut diary.unsaved));
        }
        for _ in 0..ATTEMPTS {
            // Another window may have written since; where the file is there and can't be read, nothing takes its place.
            let read = read(disk, &self.diary_file);
            let (mut diary, expected) = match read {
                Ok(read) => read,
                Err(error) => {
                    if let Some(diary) = held.as_mut() {
                        diary.unsaved = more;
                    }
                    return Err(error);
                }
            };
            add(&mut diary.days, &more);
            let noted = diary.of(id, day);
            match self.write_diary(&diary, expected) {
                Ok(()) => {
                    *held = Some(diary);
                    return Ok(noted);
                }
                Err(error) if matches!(error.kind, ErrorKind::Changed | ErrorKind::AlreadyExists) => {}
                Err(error) => {
                    diary.unsaved = more;
                    *held = Some(diary);
                    return Err(error);
                }
            }
        }
        if let Some(diary) = held.as_mut() {
            diary.unsaved = more;
        }
        Err(Error::new(ErrorKind::Busy, "other windows write it all the time").at(&self.diary_file))
    }

    fn write_diary(&self, diary: &Diary, expected: Precondition) -> Result<()> {
        let disk = &*self.environment.disk;
        let failed = |error| Error::new(ErrorKind::Io, "what was written can't be noted").because(error);
        let bytes = serde_json::to_vec(diary).map_err(failed)?;
        let write = || durable_write(disk, &self.diary_file, &bytes, expected).map(|_| ());
        match write() {
            Err(error) if error.kind == ErrorKind::NotFound => {
                if let Some(folder) = self.diary_file.parent() {
                    create_folders(disk, folder, true)?;
                }
                write()
            }
            other => other,
        }
    }

    /// The days on which something was written, from one to another, in their order.
    pub fn written_days(&self, from: Date, to: Date) -> Vec<WrittenDay> {
        let mut held = lock(&self.diary);
        let diary = told(opened(&mut held, &*self.environment.disk, &self.diary_file));
        let Some(diary) = diary else { return Vec::new() };
        let mut days = Vec::new();
        for (day, articles) in diary.days.range(from..=to) {
            let mut found = WrittenDay {
                day: *day,
                written: Written::default(),
                articles: 0,
            };
            for one in articles.values() {
                found.written.words += one.words.max(0);
                found.written.signs += one.signs.max(0);
                found.articles += usize::from(one.words > 0 || one.signs > 0);
            }
            days.push(found);
        }
        days
    }

    /// What a day made of an article.
    pub fn written_in(&self, id: &ArticleId, day: Date) -> Written {
        let mut held = lock(&self.diary);
        let diary = told(opened(&mut held, &*self.environment.disk, &self.diary_file));
        diary.map(|diary| diary.of(id, day)).unwrap_or_default()
    }
}

const VERSION: u32 = 1;

/// No more is written at a time.
const MOST: i64 = 10_000_000;

/// So often a note is tried where other windows write as well.
const ATTEMPTS: usize = 8;

impl Written {
    fn clamped(self) -> Self {
        Self {
            words: self.words.clamp(-MOST, MOST),
            signs: self.signs.clamp(-MOST, MOST),
        }
    }
}

fn add(days: &mut Days, more: &Days) {
    for (day, articles) in more {
        for (article, written) in articles {
            let noted = days.entry(*day).or_default().entry(article.clone()).or_default();
            noted.words = noted.words.saturating_add(written.words);
            noted.signs = noted.signs.saturating_add(written.signs);
        }
    }
}

impl From<(i64, i64)> for Written {
    fn from((words, signs): (i64, i64)) -> Self {
        Self { words, signs }
    }
}

impl From<Written> for (i64, i64) {
    fn from(written: Written) -> Self {
        (written.words, written.signs)
    }
}

fn opened<'a>(held: &'a mut Option<Diary>, disk: &dyn Disk, file: &Path) -> Result<&'a mut Diary> {
    let diary = match held.take() {
        Some(diary) => diary,
        None => read(disk, file)?.0,
    };
    Ok(held.insert(diary))
}

/// A diary that can't be read now may be the next time.
fn told(opened: Result<&mut Diary>) -> Option<&mut Diary> {
    opened
        .inspect_err(|error| tracing::warn!(%error, "what was written earlier can't be read"))
        .ok()
}

/// The diary, and what its file has to be when it is written again.
fn read(disk: &dyn Disk, file: &Path) -> Result<(Diary, Precondition)> {
    let bytes = match again(|| disk.read(file)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Diary::empty(), Precondition::Absent)),
        Err(error) => return Err(error).at(file),
    };
    match serde_json::from_slice::<Diary>(&bytes) {
        Ok(diary) if diary.v <= VERSION => Ok((diary, Precondition::Content(ContentHash::of(&bytes)))),
        // Damaged, or of a newer Edito: kept under another name, and a new one begun.
        _ => {
            let aside = (1..1000)
                .map(|number| file.with_extension(format!("json.{number}.bad")))
                .find(|aside| !aside.exists())
                .unwrap_or_else(|| file.with_extension("json.bad"));
            crate::disk::move_file(disk, file, &aside)?;
            Ok((Diary::empty(), Precondition::Absent))
        }
    }
}

impl Diary {
    fn empty() -> Self {
        Self {
            v: VERSION,
            days: Days::new(),
            unsaved: Days::new(),
        }
    }

    fn of(&self, id: &ArticleId, day: Date) -> Written {
        let noted = self.days.get(&day).and_then(|articles| articles.get(id.as_str()));
        noted.copied().unwrap_or_default()
    }
}
