//! Writing and reading the rows of single articles.

use super::facts::{Card, Facts, dates};
use crate::article::Row;
use crate::error::Result;
use crate::identity::ArticleId;
use crate::journal::{ArticleState, Journal, Place};
use crate::walk::Stamp;
use rusqlite::{Connection, OptionalExtension, params};

/// How an article came by its identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdentityKind {
    /// Its front matter declares it, and no other file has it.
    Declared = 0,
    /// The journal recorded it for the path.
    Recorded = 1,
    /// It follows from the path.
    Derived = 2,
}

/// What stands in the index of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) rowid: i64,
    pub(crate) path: String,
    pub(crate) stamp: Stamp,
    /// Whether the file may have been written again under the same stamp.
    pub(crate) doubtful: bool,
    pub(crate) hash: String,
    pub(crate) dated: bool,
    pub(crate) declared: Option<String>,
    pub(crate) id: ArticleId,
    pub(crate) identity: IdentityKind,
}

/// What the index knows of the file at a path.
pub(crate) fn known_at(rows: &Connection, path: &str) -> Result<Option<Known>> {
    known_where(rows, "path = ?1", path)
}

/// What the index knows of the article with an identity; the first by path when a
/// reconcile that would have told two apart was cut short.
pub(crate) fn known_by_id(rows: &Connection, id: &str) -> Result<Option<Known>> {
    known_where(rows, "id = ?1 ORDER BY path LIMIT 1", id)
}

/// All files that fit a condition with one parameter.
pub(crate) fn all_known_where(
    rows: &Connection,
    condition: &str,
    parameter: impl rusqlite::ToSql,
) -> Result<Vec<Known>> {
    let mut statement = rows.prepare_cached(&format!("SELECT {KNOWN} FROM articles WHERE {condition}"))?;
    let found = statement
        .query_map([parameter], known_from)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// A file as it goes into the rows.
pub(crate) struct NewRow<'a> {
    pub(crate) rowid: i64,
    /// Whether a row with this number is there already.
    pub(crate) replaces: bool,
    pub(crate) path: &'a str,
    pub(crate) stamp: Stamp,
    pub(crate) doubtful: bool,
    pub(crate) hash: &'a str,
    pub(crate) facts: &'a Facts,
    pub(crate) id: &'a ArticleId,
    pub(crate) identity: IdentityKind,
    pub(crate) state: &'a ArticleState,
}

/// Puts an article in, or replaces what stood in its place.
pub(crate) fn put(rows: &Connection, new: &NewRow<'_>) -> Result<()> {
    let NewRow {
        rowid,
        path,
        stamp,
        hash,
        facts,
        state,
        ..
    } = *new;
    if new.replaces {
        take_lists_out(rows, rowid)?;
        words_are_fresh(rows, rowid)?;
    }
    let (date, updated) = dates(facts.date, facts.updated, stamp);
    rows.prepare_cached(
        "INSERT OR REPLACE INTO articles (rowid, path, size, modified, doubtful, hash, declared, id, identity,
            section, section_names, status, lang, draft, date, dated, updated, title, author, stem,
            words, read, starred, progress, opened, place, highlights)
         VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27)",
    )?
    .execute(params![
        rowid,
        path,
        i64::try_from(stamp.size).unwrap_or(i64::MAX),
        stamp.modified,
        // A file that could not be read is looked at again each time.
        new.doubtful || hash.is_empty(),
        hash,
        facts.declared,
        new.id.as_str(),
        new.identity as i64,
        facts.section,
        facts.section_names,
        facts.status,
        facts.lang,
        facts.draft,
        date,
        facts.date.is_some(),
        updated,
        facts.title_key,
        facts.author_key,
        facts.stem_key,
        facts.words,
        state.read,
        state.starred,
        state.progress.as_ref().map_or(0.0, |progress| progress.at),
        state.opened,
        state.place.unwrap_or_default() as i64,
        state.highlights,
    ])?;
    rows.prepare_cached("INSERT OR REPLACE INTO cards (rowid, card, said_tags) VALUES (?1, ?2, ?3)")?
        .execute(params![rowid, facts.card, stored_tags(&state.tags)])?;
    let mut tags = rows.prepare_cached("INSERT OR IGNORE INTO tags (tag, article) VALUES (?1, ?2)")?;
    for tag in facts.tags.iter().chain(&state.tags) {
        tags.execute(params![tag, rowid])?;
    }
    let mut authors = rows.prepare_cached("INSERT OR IGNORE INTO authors (name, article) VALUES (?1, ?2)")?;
    for name in &facts.authors {
        authors.execute(params![name, rowid])?;
    }
    queue(rows, rowid)
}

/// Takes an article out.
pub(crate) fn take_out(rows: &Connection, rowid: i64) -> Result<()> {
    take_lists_out(rows, rowid)?;
    words_are_fresh(rows, rowid)?;
    rows.prepare_cached("DELETE FROM cards WHERE rowid = ?1")?
        .execute([rowid])?;
    rows.prepare_cached("DELETE FROM articles WHERE rowid = ?1")?
        .execute([rowid])?;
    queue(rows, rowid)
}

/// Notes another size or time of a file whose bytes are the same. The article has a date.
pub(crate) fn restamp(rows: &Connection, rowid: i64, stamp: Stamp, doubtful: bool) -> Result<()> {
    let updated = card(rows, rowid)?
        .and_then(|card| card.updated)
        .and_then(|updated| edito_prose::ArticleDate::parse(&updated))
        .map(|updated| updated.sort_key());
    let date: i64 = rows
        .prepare_cached("SELECT date FROM articles WHERE rowid = ?1")?
        .query_row([rowid], |row| row.get(0))?;
    let (date, updated) = dates(Some(date), updated, stamp);
    let size = i64::try_from(stamp.size).unwrap_or(i64::MAX);
    rows.prepare_cached(
        "UPDATE articles SET size = ?2, modified = ?3, doubtful = ?4, date = ?5, updated = ?6
         WHERE rowid = ?1",
    )?
    .execute(params![rowid, size, stamp.modified, doubtful, date, updated])?;
    Ok(())
}

/// Gives a row another identity, and what the journal says of it.
pub(crate) fn identify(
    rows: &Connection,
    rowid: i64,
    id: &ArticleId,
    kind: IdentityKind,
    journal: &Journal,
) -> Result<()> {
    rows.prepare_cached("UPDATE articles SET id = ?2, identity = ?3 WHERE rowid = ?1")?
        .execute(params![rowid, id.as_str(), kind as i64])?;
    mirror(rows, rowid, &journal.article(id))
}

/// Copies what the journal says of an article into its row. When the reader's tags are others than
/// before, the article's words have to be written again.
pub(crate) fn mirror(rows: &Connection, rowid: i64, state: &ArticleState) -> Result<()> {
    rows.prepare_cached(
        "UPDATE articles SET read = ?2, starred = ?3, progress = ?4, opened = ?5, place = ?6, highlights = ?7
         WHERE rowid = ?1",
    )?
    .execute(params![
        rowid,
        state.read,
        state.starred,
        state.progress.as_ref().map_or(0.0, |progress| progress.at),
        state.opened,
        state.place.unwrap_or_default() as i64,
        state.highlights,
    ])?;
    let before = said_tags(rows, rowid)?;
    if before == state.tags {
        return Ok(());
    }
    let own = card(rows, rowid)?.map(|card| card.tags).unwrap_or_default();
    let mut take_out = rows.prepare_cached("DELETE FROM tags WHERE tag = ?1 AND article = ?2")?;
    for tag in before.iter().filter(|tag| !own.contains(tag)) {
        take_out.execute(params![tag, rowid])?;
    }
    let mut put_in = rows.prepare_cached("INSERT OR IGNORE INTO tags (tag, article) VALUES (?1, ?2)")?;
    for tag in &state.tags {
        put_in.execute(params![tag, rowid])?;
    }
    rows.prepare_cached("UPDATE cards SET said_tags = ?2 WHERE rowid = ?1")?
        .execute(params![rowid, stored_tags(&state.tags)])?;
    rows.prepare_cached("INSERT OR IGNORE INTO stale_words (rowid) VALUES (?1)")?
        .execute([rowid])?;
    Ok(())
}

/// Notes that an article's words need not be written again for its tags.
pub(crate) fn words_are_fresh(rows: &Connection, rowid: i64) -> Result<()> {
    rows.prepare_cached("DELETE FROM stale_words WHERE rowid = ?1")?
        .execute([rowid])?;
    Ok(())
}

/// The tags that the reader gave an article.
pub(crate) fn said_tags(rows: &Connection, rowid: i64) -> Result<Vec<String>> {
    let tags: Option<Option<String>> = rows
        .prepare_cached("SELECT said_tags FROM cards WHERE rowid = ?1")?
        .query_row([rowid], |row| row.get(0))
        .optional()?;
    Ok(parse_tags(tags.flatten()))
}

/// What a row shows beyond the columns of `articles`.
pub(crate) fn card(rows: &Connection, rowid: i64) -> Result<Option<Card>> {
    let card: Option<String> = rows
        .prepare_cached("SELECT card FROM cards WHERE rowid = ?1")?
        .query_row([rowid], |row| row.get(0))
        .optional()?;
    Ok(card.and_then(|card| serde_json::from_str(&card).ok()))
}

/// The row of an article as lists show it.
pub(crate) fn row(rows: &Connection, rowid: i64) -> Result<Option<Row>> {
    let mut statement = rows.prepare_cached(
        "SELECT a.id, a.path, a.section, a.lang, a.status, a.words, a.size, a.modified, a.read,
            a.starred, a.progress, c.card, a.place, a.highlights, c.said_tags
         FROM articles a JOIN cards c ON c.rowid = a.rowid WHERE a.rowid = ?1",
    )?;
    let row = statement
        .query_row([rowid], |row| {
            let card: String = row.get(11)?;
            let card: Card = serde_json::from_str(&card).map_err(|error| {
                rusqlite::Error::FromSqlConversionFailure(11, rusqlite::types::Type::Text, Box::new(error))
            })?;
            let own_tags = parse_tags(row.get(14)?);
            let mut tags = card.tags;
            for tag in &own_tags {
                if !tags.contains(tag) {
                    tags.push(tag.clone());
                }
            }
            Ok(Row {
                id: ArticleId(row.get(0)?),
                path: row.get(1)?,
                title: card.title,
                standfirst: card.standfirst,
                teaser: card.teaser,
                authors: card.authors,
                section: row.get(2)?,
                section_name: card.section_name,
                tags,
                own_tags,
                date: card.date,
                updated: card.updated,
                lang: row.get(3)?,
                status: row.get(4)?,
                words: row.get(5)?,
                signs: card.counts.0,
                signs_without_spaces: card.counts.1,
                reading_minutes: card.counts.2,
                size: row.get::<_, i64>(6)?.unsigned_abs(),
                modified: row.get::<_, i64>(7)?.div_euclid(1_000_000),
                read: row.get(8)?,
                starred: row.get(9)?,
                progress: row.get(10)?,
                place: place(row.get(12)?),
                highlights: row.get(13)?,
                problems: card.problems,
            })
        })
        .optional()?;
    Ok(row)
}

/// A value that the index remembers about itself.
pub(crate) fn remembered<T: rusqlite::types::FromSql>(rows: &Connection, key: &str) -> Result<Option<T>> {
    Ok(rows
        .prepare_cached("SELECT value FROM about WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// Remembers a value about the index.
pub(crate) fn remember(rows: &Connection, key: &str, value: impl rusqlite::ToSql) -> Result<()> {
    rows.prepare_cached("INSERT OR REPLACE INTO about (key, value) VALUES (?1, ?2)")?
        .execute(params![key, value])?;
    Ok(())
}

/// How many times the rows were written; lists kept in memory hold for one such number.
pub(crate) fn generation(rows: &Connection) -> Result<i64> {
    Ok(remembered(rows, "generation")?.unwrap_or(0))
}

/// To be called in each transaction that changes what lists show.
pub(crate) fn next_generation(rows: &Connection) -> Result<()> {
    let next = generation(rows)? + 1;
    remember(rows, "generation", next)
}

const KNOWN: &str = "rowid, path, size, modified, doubtful, hash, dated, declared, id, identity";

fn known_where(rows: &Connection, condition: &str, parameter: &str) -> Result<Option<Known>> {
    Ok(rows
        .prepare_cached(&format!("SELECT {KNOWN} FROM articles WHERE {condition}"))?
        .query_row([parameter], known_from)
        .optional()?)
}

fn known_from(row: &rusqlite::Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        rowid: row.get(0)?,
        path: row.get(1)?,
        stamp: Stamp {
            size: row.get::<_, i64>(2)?.unsigned_abs(),
            modified: row.get(3)?,
        },
        doubtful: row.get(4)?,
        hash: row.get(5)?,
        dated: row.get(6)?,
        declared: row.get(7)?,
        id: ArticleId(row.get(8)?),
        identity: match row.get::<_, i64>(9)? {
            0 => IdentityKind::Declared,
            1 => IdentityKind::Recorded,
            _ => IdentityKind::Derived,
        },
    })
}

fn stored_tags(tags: &[String]) -> Option<String> {
    (!tags.is_empty()).then(|| serde_json::to_string(tags).unwrap_or_default())
}

pub(crate) fn parse_tags(stored: Option<String>) -> Vec<String> {
    stored
        .and_then(|tags| serde_json::from_str(&tags).ok())
        .unwrap_or_default()
}

fn place(stored: i64) -> Place {
    [Place::Inbox, Place::Later, Place::Library, Place::Archive]
        .into_iter()
        .find(|place| *place as i64 == stored)
        .unwrap_or_default()
}

/// Tags and authors are found again through the card, so that they need no second index.
fn take_lists_out(rows: &Connection, rowid: i64) -> Result<()> {
    let Some(card) = card(rows, rowid)? else { return Ok(()) };
    let mut tags = rows.prepare_cached("DELETE FROM tags WHERE tag = ?1 AND article = ?2")?;
    for tag in card.tags.iter().chain(&said_tags(rows, rowid)?) {
        tags.execute(params![tag, rowid])?;
    }
    let mut authors = rows.prepare_cached("DELETE FROM authors WHERE name = ?1 AND article = ?2")?;
    for author in &card.authors {
        authors.execute(params![author.name, rowid])?;
    }
    Ok(())
}

fn queue(rows: &Connection, rowid: i64) -> Result<()> {
    rows.prepare_cached("INSERT OR IGNORE INTO text_queue (rowid) VALUES (?1)")?
        .execute([rowid])?;
    Ok(())
}
