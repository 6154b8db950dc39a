//! What feeds brought: a cache of the network, in the data folder, one file for each library.
//!
//! Of each feed the store keeps what the feed lists now (its newest [`MOST_LISTED`]), what is unread up to
//! [`MOST_OF_A_FEED`], and the newest [`MOST_READ`] of what was read. What the reader kept is in the library, and safe
//! from all this. When a feed is asked, and whether addresses of this machine may be, is this machine's choice and stands
//! here, too: a library that comes from elsewhere makes nobody's computer ask anything.

use std::path::Path;

use edito_exchange::Image;
use edito_exchange::feed::Item;
use edito_exchange::feed::http::Remembered;
use edito_exchange::feed::rules::Verdict;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use uuid::Uuid;

use super::{Problem, Schedule};

/// Items of a feed that are looked at, the first that it lists.
pub const MOST_LISTED: usize = 500;
/// Items of a feed that are kept at all.
pub const MOST_OF_A_FEED: usize = 1_000;
/// Items of a feed that are kept after they were read, when the feed lists them no more.
pub const MOST_READ: usize = 200;

/// The code of a disk that is full.
pub const FULL: rusqlite::ErrorCode = rusqlite::ErrorCode::DiskFull;

/// The store of one library.
pub struct Store(Connection);

/// What is known of a feed.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// For the next asking.
    pub remembered: Remembered,
    /// When it is asked; by the rule for all when there is none.
    pub schedule: Option<Schedule>,
    /// What it calls itself.
    pub title: Option<String>,
    /// The site it names.
    pub site: Option<String>,
    /// What went wrong when it was last asked.
    pub problem: Option<Problem>,
}

/// An item as it was read.
#[derive(Debug, Clone, Default)]
pub struct NewItem {
    /// What the feed says.
    pub item: Item,
    /// Its text as Markdown, with images as `edito-image:N`.
    pub body: String,
    /// Its images.
    pub images: Vec<Image>,
    /// Its teaser.
    pub teaser: Option<String>,
    /// What the rules say.
    pub verdict: Verdict,
    /// Why, for the page: the reasons with the identities of their rules.
    pub reasons: String,
}

/// An item in the store.
#[derive(Debug, Clone, Default)]
pub struct StoredItem {
    /// Its number in the store.
    pub number: i64,
    /// Its feed.
    pub feed: Uuid,
    /// What the feed says; without its HTML in lists.
    pub item: Item,
    /// The first words of its text.
    pub lead: String,
    /// Its text as Markdown; empty in lists.
    pub body: String,
    /// Its images; none in lists.
    pub images: Vec<Image>,
    /// Its teaser.
    pub teaser: Option<String>,
    /// When it was published, or first seen: milliseconds since 1970.
    pub time: i64,
    /// Its page was fetched for the whole text.
    pub full: bool,
    /// It was read.
    pub read: bool,
    /// A rule put it out of sight.
    pub muted: bool,
    /// The tags that rules gave it.
    pub tags: Vec<String>,
    /// Why rules apply, as JSON.
    pub reasons: String,
    /// The article that it became when it was kept.
    pub kept: Option<String>,
}

/// Which items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemQuery {
    /// Of these feeds; of all when there is none.
    pub feeds: Option<Vec<Uuid>>,
    /// Only unread ones.
    pub unread: bool,
    /// Muted ones, and no others.
    pub muted: bool,
    /// Beginning with this one, whatever else is asked for: what was just read stays where it stood.
    pub also: Option<i64>,
}

/// Counts of a feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All in sight.
    pub items: usize,
    /// Unread ones in sight.
    pub unread: usize,
    /// Those out of sight.
    pub muted: usize,
}

impl Store {
    /// Opens the store in a file, which is made when it is not there. One that can't be read is made anew.
    pub fn open(file: &Path) -> rusqlite::Result<Store> {
        let open = || -> rusqlite::Result<Store> {
            let connection = Connection::open(file)?;
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "normal")?;
            connection.busy_timeout(std::time::Duration::from_secs(5))?;
            connection.execute_batch(SCHEMA)?;
            Ok(Store(connection))
        };
        open().or_else(|error| {
            tracing::warn!(%error, "what feeds brought could not be read, and is fetched anew");
            let damaged = matches!(
                error.sqlite_error_code(),
                Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt)
            );
            if !damaged || std::fs::rename(file, file.with_extension("damaged")).is_err() {
                return Err(error);
            }
            open()
        })
    }

    /// A choice of this machine.
    pub fn choice(&self, name: &str) -> rusqlite::Result<Option<String>> {
        let mut statement = self.0.prepare_cached("select value from choice where name = ?")?;
        statement.query_row([name], |row| row.get(0)).optional()
    }

    /// Sets a choice of this machine.
    pub fn choose(&self, name: &str, value: &str) -> rusqlite::Result<()> {
        let sql = "insert into choice(name, value) values(?1, ?2) on conflict(name) do update set value = ?2";
        self.0.execute(sql, [name, value]).map(|_| ())
    }

    /// What is known of a feed.
    pub fn known(&self, feed: Uuid) -> rusqlite::Result<Known> {
        let sql = "select remembered, schedule, title, site, problem from feed where id = ?";
        let mut statement = self.0.prepare_cached(sql)?;
        let found = statement.query_row([feed.to_string()], |row| {
            Ok(Known {
                remembered: from_json(&row.get::<_, String>(0)?),
                schedule: row.get::<_, Option<String>>(1)?.as_deref().and_then(Schedule::of),
                title: row.get(2)?,
                site: row.get(3)?,
                problem: row
                    .get::<_, Option<String>>(4)?
                    .as_deref()
                    .and_then(|json| serde_json::from_str(json).ok()),
            })
        });
        Ok(found.optional()?.unwrap_or_default())
    }

    /// Keeps what is known of a feed.
    pub fn know(&self, feed: Uuid, known: &Known) -> rusqlite::Result<()> {
        self.0
            .execute(
                "insert into feed(id, remembered, schedule, title, site, problem) values(?1, ?2, ?3, ?4, ?5, ?6)
                 on conflict(id) do update set remembered = ?2, schedule = ?3, title = ?4, site = ?5, problem = ?6",
                params![
                    feed.to_string(),
                    json(&known.remembered),
                    known.schedule.map(Schedule::word),
                    known.title,
                    known.site,
                    known.problem.as_ref().map(json),
                ],
            )
            .map(|_| ())
    }

    /// Takes in what a feed lists now, in its order; answers the numbers of the items that are new.
    pub fn take(&mut self, feed: Uuid, items: &[NewItem], now: i64) -> rusqlite::Result<Vec<i64>> {
        let transaction = self.0.transaction()?;
        let id = feed.to_string();
        transaction.execute("update item set listed = 0 where feed = ?", [&id])?;
        let mut new = Vec::new();
        for item in items {
            if let Some(number) = take_one(&transaction, &id, item, now)? {
                new.push(number);
            }
        }
        prune(&transaction, &id)?;
        transaction.commit()?;
        Ok(new)
    }

    /// Items that are shown, the newest first.
    pub fn items(&self, query: &ItemQuery, offset: usize, limit: usize) -> rusqlite::Result<(usize, Vec<StoredItem>)> {
        let (condition, feeds) = condition(query);
        let count = format!("select count(*) from item where {condition}");
        let total: i64 = self.0.query_row(&count, [&feeds], |row| row.get(0))?;
        let sql = format!(
            "select number, feed, head, lead, '' as body, '[]' as images, teaser, time, full, read, muted, tags, reasons, kept
             from item where {condition} order by time desc, number limit ?2 offset ?3"
        );
        let mut statement = self.0.prepare_cached(&sql)?;
        let rows = statement.query_map(params![feeds, small(limit), small(offset)], stored)?;
        Ok((usize::try_from(total).unwrap_or(0), rows.collect::<Result<_, _>>()?))
    }

    /// One item, with its text.
    pub fn item(&self, number: i64) -> rusqlite::Result<Option<StoredItem>> {
        let sql = "select number, feed, item, lead, body, images, teaser, time, full, read, muted, tags, reasons, kept
                   from item where number = ?";
        let mut statement = self.0.prepare_cached(sql)?;
        statement.query_row([number], stored).optional()
    }

    /// The numbers of all items of a feed.
    pub fn numbers(&self, feed: Uuid) -> rusqlite::Result<Vec<i64>> {
        let mut statement = self
            .0
            .prepare_cached("select number from item where feed = ? order by number")?;
        let rows = statement.query_map([feed.to_string()], |row| row.get(0))?;
        rows.collect()
    }

    /// Marks items read or unread.
    pub fn mark_read(&mut self, numbers: &[i64], read: bool) -> rusqlite::Result<()> {
        self.each(numbers, |transaction, number| {
            transaction.execute("update item set read = ?2 where number = ?1", params![number, read])
        })
    }

    /// Marks everything read that a query shows; answers what was unread.
    pub fn mark_all_read(&mut self, query: &ItemQuery) -> rusqlite::Result<Vec<i64>> {
        let (condition, feeds) = condition(query);
        let numbers = {
            let sql = format!("select number from item where {condition} and read = 0");
            let mut statement = self.0.prepare(&sql)?;
            let rows = statement.query_map([&feeds], |row| row.get(0))?;
            rows.collect::<Result<Vec<i64>, _>>()?
        };
        self.mark_read(&numbers, true)?;
        Ok(numbers)
    }

    /// Says what rules make of an item now.
    pub fn judge(&self, number: i64, verdict: &Verdict, reasons: &str) -> rusqlite::Result<()> {
        let sql = "update item set muted = ?2, tags = ?3, reasons = ?4 where number = ?1";
        self.0
            .execute(sql, params![number, verdict.muted, json(&verdict.tags), reasons])
            .map(|_| ())
    }

    /// Says which article an item became, or that it is none any more.
    pub fn keep(&self, number: i64, article: Option<&str>) -> rusqlite::Result<()> {
        let sql = "update item set kept = ?2 where number = ?1";
        self.0.execute(sql, params![number, article]).map(|_| ())
    }

    /// Items of a feed whose pages were not asked for yet, the newest first.
    pub fn without_full_text(&self, feed: Uuid, limit: usize) -> rusqlite::Result<Vec<i64>> {
        let sql = "select number from item where feed = ?1 and full = 0 and listed = 1 and kept is null
                   order by time desc limit ?2";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(params![feed.to_string(), small(limit)], |row| row.get(0))?;
        rows.collect()
    }

    /// Sets the whole text of an item, as its page has it; or that it has none, which is not asked for again.
    pub fn set_full_text(&self, number: i64, text: Option<(&str, &[Image])>) -> rusqlite::Result<()> {
        let changed = match text {
            Some((body, images)) => self.0.execute(
                "update item set full = 1, body = ?2, images = ?3, lead = ?4 where number = ?1",
                params![number, body, json(&images), lead(body)],
            ),
            None => self.0.execute("update item set full = 2 where number = ?1", [number]),
        };
        changed.map(|_| ())
    }

    /// Counts by feed.
    pub fn counts(&self) -> rusqlite::Result<Vec<(Uuid, Counts)>> {
        let sql = "select feed, sum(muted = 0), sum(muted = 0 and read = 0), sum(muted) from item group by feed";
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let count = |at: usize| Ok::<_, rusqlite::Error>(usize::try_from(row.get::<_, i64>(at)?).unwrap_or(0));
            let counts = Counts {
                items: count(1)?,
                unread: count(2)?,
                muted: count(3)?,
            };
            Ok((identity(&row.get::<_, String>(0)?), counts))
        })?;
        rows.collect()
    }

    /// Forgets a feed with all its items.
    pub fn forget(&mut self, feed: Uuid) -> rusqlite::Result<()> {
        let transaction = self.0.transaction()?;
        transaction.execute("delete from item where feed = ?", [feed.to_string()])?;
        transaction.execute("delete from feed where id = ?", [feed.to_string()])?;
        transaction.commit()
    }

    /// The feeds of which anything is known.
    pub fn feeds(&self) -> rusqlite::Result<Vec<Uuid>> {
        let mut statement = self.0.prepare_cached("select id from feed")?;
        let rows = statement.query_map([], |row| Ok(identity(&row.get::<_, String>(0)?)))?;
        rows.collect()
    }

    fn each(
        &mut self,
        numbers: &[i64],
        change: impl Fn(&Transaction<'_>, i64) -> rusqlite::Result<usize>,
    ) -> rusqlite::Result<()> {
        let transaction = self.0.transaction()?;
        for number in numbers {
            change(&transaction, *number)?;
        }
        transaction.commit()
    }
}

/// The first words of a text in Markdown.
pub fn lead(body: &str) -> String {
    const LONGEST: usize = 280;
    const LOOKED_AT: usize = 4_000;
    let mut end = body.len().min(LOOKED_AT);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let plain = edito_prose::analyse(body.get(..end).unwrap_or_default()).plain;
    let words = plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST).collect()
}

const SCHEMA: &str = "
    create table if not exists choice(name text primary key, value text not null) without rowid;
    create table if not exists feed(
        id text primary key, remembered text not null, schedule text, title text, site text, problem text
    ) without rowid;
    create table if not exists item(
        number integer primary key autoincrement,
        feed text not null, guid text not null, hash text not null,
        item text not null, head text not null,
        lead text not null, body text not null, images text not null, teaser text, time integer not null,
        full integer not null default 0,
        read integer not null default 0,
        muted integer not null default 0, tags text not null, reasons text not null,
        kept text,
        listed integer not null default 1,
        unique(feed, guid)
    );
    create index if not exists item_by_time on item(time desc, number);
";

/// Takes an item in; answers its number when it is new.
fn take_one(transaction: &Transaction<'_>, feed: &str, new: &NewItem, now: i64) -> rusqlite::Result<Option<i64>> {
    let item = json(&new.item);
    let hash = blake3::hash(item.as_bytes()).to_hex().to_string();
    let known: Option<(i64, String)> = transaction
        .prepare_cached("select number, hash from item where feed = ?1 and guid = ?2")?
        .query_row([feed, &new.item.guid], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match known {
        Some((number, known)) if known == hash => {
            transaction.execute("update item set listed = 1 where number = ?", [number])?;
            Ok(None)
        }
        Some((number, _)) => {
            // What is other about it is shown, and does not make it unread: many feeds change a comma every day.
            transaction.execute(
                "update item set listed = 1, hash = ?2, item = ?3, head = ?4, lead = ?5, body = ?6, images = ?7,
                 teaser = ?8, muted = ?9, tags = ?10, reasons = ?11, full = 0 where number = ?1",
                params![
                    number,
                    hash,
                    item,
                    json(&head(&new.item)),
                    lead(&new.body),
                    new.body,
                    json(&new.images),
                    new.teaser,
                    new.verdict.muted,
                    json(&new.verdict.tags),
                    new.reasons,
                ],
            )?;
            Ok(None)
        }
        None => {
            // A date that is yet to come would stand above everything until then.
            let published = new
                .item
                .published
                .or(new.item.updated)
                .map(|time| time.as_millisecond());
            transaction.execute(
                "insert into item(feed, guid, hash, item, head, lead, body, images, teaser, time, muted, tags, reasons)
                 values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                params![
                    feed,
                    new.item.guid,
                    hash,
                    item,
                    json(&head(&new.item)),
                    lead(&new.body),
                    new.body,
                    json(&new.images),
                    new.teaser,
                    published.unwrap_or(now).min(now),
                    new.verdict.muted,
                    json(&new.verdict.tags),
                    new.reasons,
                ],
            )?;
            Ok(Some(transaction.last_insert_rowid()))
        }
    }
}

/// What is listed no more goes when it was read and is not among the newest, or when there is too much of it.
fn prune(transaction: &Transaction<'_>, feed: &str) -> rusqlite::Result<()> {
    transaction.execute(
        "delete from item where feed = ?1 and listed = 0 and (read = 1 or muted = 1) and number not in
             (select number from item where feed = ?1 and (read = 1 or muted = 1) order by time desc limit ?2)",
        params![feed, small(MOST_READ)],
    )?;
    transaction.execute(
        "delete from item where feed = ?1 and listed = 0 and number not in
             (select number from item where feed = ?1 order by listed desc, time desc limit ?2)",
        params![feed, small(MOST_OF_A_FEED)],
    )?;
    Ok(())
}

/// The condition of a query, with the feeds in its one parameter as JSON.
fn condition(query: &ItemQuery) -> (String, String) {
    let mut parts = vec![if query.muted { "muted = 1" } else { "muted = 0" }.to_owned()];
    if query.unread {
        parts.push(match query.also {
            Some(also) => format!("(read = 0 or number = {also})"),
            None => "read = 0".to_owned(),
        });
    }
    // The parameter is there in any case.
    parts.push(match query.feeds {
        Some(_) => "feed in (select value from json_each(?1))".to_owned(),
        None => "?1 is not null".to_owned(),
    });
    let feeds: Vec<String> = query.feeds.iter().flatten().map(Uuid::to_string).collect();
    (parts.join(" and "), json(&feeds))
}

/// What lists need of an item: all but its texts.
fn head(item: &Item) -> Item {
    Item {
        content: None,
        summary: None,
        enclosures: Vec::new(),
        ..item.clone()
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredItem> {
    let text = |at: usize| row.get::<_, String>(at);
    Ok(StoredItem {
        number: row.get(0)?,
        feed: identity(&text(1)?),
        item: from_json(&text(2)?),
        lead: text(3)?,
        body: text(4)?,
        images: from_json(&text(5)?),
        teaser: row.get(6)?,
        time: row.get(7)?,
        full: row.get::<_, i64>(8)? == 1,
        read: row.get(9)?,
        muted: row.get(10)?,
        tags: from_json(&text(11)?),
        reasons: text(12)?,
        kept: row.get(13)?,
    })
}

fn identity(text: &str) -> Uuid {
    Uuid::parse_str(text).unwrap_or_default()
}

fn json<T: serde::Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn from_json<T: serde::de::DeserializeOwned + Default>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
}

fn small(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
