//! Lists and counts from the rows.

use super::facts::name_key;
use super::{Index, lock, rows};
use crate::article::{Counted, ListPage, ListQuery, Overview, Row, Show, Sort};
use crate::error::Result;
use crate::identity::ArticleId;
use crate::sections::{SectionPlace, Sections};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// The orders that were asked for last, as numbers of rows: 400 KB each at 100,000 articles.
#[derive(Default)]
pub(crate) struct Orders {
    generation: i64,
    known: Vec<KnownOrder>,
    overview: Option<Arc<Overview>>,
    /// How many articles of a list there are, by the hash of all that it names.
    present: HashMap<u64, usize>,
}

/// An order that was asked for.
struct KnownOrder {
    query: ListQuery,
    /// The state of the lists made by hand that it is of.
    revision: u64,
    rows: Arc<Vec<u32>>,
}

/// What is to be listed. What a list made by hand has in it stands in the journal alone.
pub(crate) struct Listing<'a> {
    pub(crate) query: &'a ListQuery,
    /// A number that grows when lists made by hand change; 0 where none is asked for.
    pub(crate) revision: u64,
    /// The articles of the list that the query names, in the order made by hand.
    pub(crate) members: &'a dyn Fn() -> Vec<ArticleId>,
}

/// What a change of the journal's columns makes wrong among what is kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Affects {
    /// The counts, and lists of unread and starred articles and of those that lie somewhere.
    Counts,
    /// The counts, and lists of articles with a tag.
    Tags,
    /// The list of articles opened last.
    Recent,
    /// Rows alone.
    Nothing,
}

impl Index {
    /// Some rows of a list.
    pub(crate) fn list(&self, listing: &Listing<'_>, offset: usize, limit: usize) -> Result<ListPage> {
        let reader = self.reader()?;
        let order = self.order(reader.rows()?, listing)?;
        let mut page = ListPage {
            total: order.len(),
            rows: Vec::with_capacity(limit.min(200)),
        };
        for rowid in order.iter().skip(offset).take(limit) {
            // One that went since the order was made is left out until the next call.
            page.rows.extend(rows::row(reader.rows()?, i64::from(*rowid))?);
        }
        Ok(page)
    }

    /// The place of an article in a list.
    pub(crate) fn position(&self, listing: &Listing<'_>, id: &ArticleId) -> Result<Option<usize>> {
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let Some(known) = rows::known_by_id(rows, id.as_str())? else {
            return Ok(None);
        };
        let order = self.order(rows, listing)?;
        Ok(order.iter().position(|rowid| i64::from(*rowid) == known.rowid))
    }

    /// The places of some articles in a list, the first ones first; those that are not in it are left out.
    pub(crate) fn positions(&self, listing: &Listing<'_>, ids: &[ArticleId]) -> Result<Vec<usize>> {
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let mut wanted: HashSet<i64> = HashSet::with_capacity(ids.len());
        for id in ids {
            wanted.extend(rows::known_by_id(rows, id.as_str())?.map(|known| known.rowid));
        }
        let order = self.order(rows, listing)?;
        let places = order.iter().enumerate();
        let found = places.filter(|(_, rowid)| wanted.contains(&i64::from(**rowid)));
        Ok(found.map(|(place, _)| place).collect())
    }

    /// The first article of a list that was not read, after `after` or from the place `from` on, and then from the top.
    pub(crate) fn next_unread(
        &self,
        listing: &Listing<'_>,
        after: Option<&ArticleId>,
        from: usize,
    ) -> Result<Option<(ArticleId, usize)>> {
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let order = self.order(rows, listing)?;
        let known = match after {
            Some(after) => rows::known_by_id(rows, after.as_str())?,
            None => None,
        };
        let present = known.as_ref().map(|known| known.rowid);
        let start = present
            .and_then(|present| order.iter().position(|rowid| i64::from(*rowid) == present))
            .map_or(from, |place| place + 1);
        let start = start.min(order.len());
        let candidates = (start..order.len()).chain(0..start);
        let candidates = candidates
            .filter_map(|place| Some((place, *order.get(place)?)))
            .filter(|(_, rowid)| Some(i64::from(*rowid)) != present);
        let Some((place, rowid)) = first_unread(rows, candidates)? else {
            return Ok(None);
        };
        Ok(rows::row(rows, i64::from(rowid))?.map(|row| (row.id, place)))
    }

    /// All counts but that of the trash.
    pub(crate) fn overview(&self, sections: &Sections) -> Result<Arc<Overview>> {
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let generation = rows::generation(rows)?;
        {
            let orders = lock(&self.orders);
            if orders.generation == generation
                && let Some(overview) = &orders.overview
            {
                return Ok(overview.clone());
            }
        }
        let overview = Arc::new(count(rows, sections)?);
        let mut orders = lock(&self.orders);
        orders.renew(generation);
        orders.overview = Some(overview.clone());
        Ok(overview)
    }

    /// Forgets what a change made wrong.
    pub(crate) fn forget(&self, affects: Affects) {
        let mut orders = lock(&self.orders);
        match affects {
            Affects::Counts => {
                orders.overview = None;
                orders
                    .known
                    .retain(|known| matches!(known.query.show, Show::All | Show::Drafts | Show::Recent));
            }
            Affects::Tags => {
                orders.overview = None;
                orders.known.retain(|known| known.query.tag.is_none());
            }
            Affects::Recent => orders.known.retain(|known| known.query.show != Show::Recent),
            Affects::Nothing => {}
        }
    }

    /// Forgets what depends on `edito.toml`.
    pub(crate) fn forget_overview(&self) {
        lock(&self.orders).overview = None;
    }

    /// Articles whose title or file name has words that begin with those given; those opened
    /// last when there is none.
    pub(crate) fn quick_open(&self, text: &str, limit: usize) -> Result<Vec<Row>> {
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let key = name_key(text);
        let words: Vec<String> = key
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let mut best: Vec<(u8, i64, usize, u32)> = Vec::new();
        if words.is_empty() {
            let mut statement = rows.prepare_cached(
                "SELECT rowid FROM articles WHERE opened IS NOT NULL ORDER BY opened DESC, path LIMIT ?1",
            )?;
            let found = statement.query_map([limit as i64], |row| row.get::<_, u32>(0))?;
            for rowid in found {
                best.push((0, 0, best.len(), rowid?));
            }
        } else {
            let inner: Vec<String> = words.iter().map(|word| format!(" {word}")).collect();
            let mut statement = rows.prepare_cached("SELECT rowid, title, stem, opened FROM articles")?;
            let mut found = statement.query([])?;
            while let Some(row) = found.next()? {
                let title = row.get_ref(1)?.as_str().unwrap_or_default();
                let has = |text: &str| {
                    words
                        .iter()
                        .zip(&inner)
                        .all(|(word, inner)| text.starts_with(word.as_str()) || text.contains(inner.as_str()))
                };
                let rank = if title.starts_with(&key) {
                    0
                } else if has(title) {
                    1
                } else if has(row.get_ref(2)?.as_str().unwrap_or_default()) {
                    2
                } else {
                    continue;
                };
                let opened: Option<i64> = row.get(3)?;
                best.push((rank, -opened.unwrap_or(0), title.len(), row.get(0)?));
            }
            best.sort_unstable();
        }
        let mut articles = Vec::new();
        for (.., rowid) in best.into_iter().take(limit) {
            articles.extend(rows::row(rows, i64::from(rowid))?);
        }
        Ok(articles)
    }

    /// How many of these articles the index has. What was counted of the same ones is kept: of many lists, most are
    /// what they were at the last look.
    pub(crate) fn count_present(&self, articles: &[ArticleId]) -> Result<usize> {
        let mut hasher = DefaultHasher::new();
        articles.hash(&mut hasher);
        let key = hasher.finish();
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let generation = rows::generation(rows)?;
        {
            let mut orders = lock(&self.orders);
            orders.renew(generation);
            if let Some(count) = orders.present.get(&key) {
                return Ok(*count);
            }
        }
        // In the order of the index, which is three times as fast at 100,000.
        let mut sorted: Vec<&ArticleId> = articles.iter().collect();
        sorted.sort_unstable();
        let mut statement = rows.prepare_cached(
            "SELECT count(*) FROM json_each(?1) AS member CROSS JOIN articles ON articles.id = member.value",
        )?;
        let count: i64 = statement.query_row([json_of(&sorted)], |row| row.get(0))?;
        let count = usize::try_from(count).unwrap_or(0);
        let mut orders = lock(&self.orders);
        if orders.generation == generation {
            if orders.present.len() >= MOST_COUNTS {
                orders.present.clear();
            }
            orders.present.insert(key, count);
        }
        Ok(count)
    }

    fn order(&self, rows: &Connection, listing: &Listing<'_>) -> Result<Arc<Vec<u32>>> {
        let generation = rows::generation(rows)?;
        {
            let mut orders = lock(&self.orders);
            orders.renew(generation);
            if let Some(place) = orders.known.iter().position(|known| known.query == *listing.query) {
                let found = orders.known.remove(place);
                if found.revision == listing.revision {
                    let order = found.rows.clone();
                    orders.known.push(found);
                    return Ok(order);
                }
            }
        }
        let order = Arc::new(select(rows, listing)?);
        let mut orders = lock(&self.orders);
        if orders.generation == generation {
            if orders.known.len() >= MOST_ORDERS {
                orders.known.remove(0);
            }
            orders.known.push(KnownOrder {
                query: listing.query.clone(),
                revision: listing.revision,
                rows: order.clone(),
            });
        }
        Ok(order)
    }
}

impl Orders {
    fn renew(&mut self, generation: i64) {
        if self.generation != generation {
            *self = Orders {
                generation,
                ..Orders::default()
            };
        }
    }
}

const MOST_ORDERS: usize = 6;
const MOST_COUNTS: usize = 4096;

/// The first of some rows, with their places in a list, that was not read. The next one is near most of the time, and
/// asked by itself; where it is not, most have been read, and those that have not are few.
fn first_unread(rows: &Connection, mut candidates: impl Iterator<Item = (usize, u32)>) -> Result<Option<(usize, u32)>> {
    let mut is_read = rows.prepare_cached("SELECT read FROM articles WHERE rowid = ?1")?;
    for candidate in candidates.by_ref().take(NEAR) {
        if is_read.query_row([candidate.1], |row| row.get(0)).optional()? == Some(false) {
            return Ok(Some(candidate));
        }
    }
    let mut statement = rows.prepare_cached("SELECT rowid FROM articles WHERE read = 0")?;
    let unread: HashSet<u32> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(candidates.find(|(_, rowid)| unread.contains(rowid)))
}

/// So many articles are asked one by one whether they were read.
const NEAR: usize = 256;

fn select(rows: &Connection, listing: &Listing<'_>) -> Result<Vec<u32>> {
    let query = listing.query;
    let mut conditions: Vec<&str> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let from = if query.collection.is_some() {
        values.push(Value::Text(json_of(&(listing.members)())));
        "(SELECT value AS member, key AS hand FROM json_each(?)) CROSS JOIN articles ON articles.id = member"
    } else {
        "articles"
    };
    let mut text = |value: String| values.push(Value::Text(value));
    if let Some(section) = &query.section {
        conditions.push("(section = ? OR (section >= ? AND section < ?))");
        text(section.clone());
        text(format!("{section}/"));
        text(format!("{section}0"));
    }
    if let Some(status) = &query.status {
        conditions.push("status = ? COLLATE NOCASE");
        text(status.clone());
    }
    if let Some(lang) = &query.lang {
        conditions.push("(lang = ? COLLATE NOCASE OR lang LIKE ?)");
        text(lang.clone());
        text(format!("{lang}-%"));
    }
    if let Some(tag) = &query.tag {
        conditions.push("articles.rowid IN (SELECT article FROM tags WHERE tag = ?)");
        text(tag.clone());
    }
    if let Some(author) = &query.author {
        conditions.push("articles.rowid IN (SELECT article FROM authors WHERE name = ?)");
        text(author.clone());
    }
    match query.show {
        Show::All => {}
        Show::Unread => conditions.push("read = 0"),
        Show::Starred => conditions.push("starred = 1"),
        Show::Drafts => conditions.push("draft = 1"),
        Show::Recent => conditions.push("opened IS NOT NULL"),
        Show::Inbox => conditions.push("place = 0"),
        Show::Later => conditions.push("place = 1"),
        Show::Archive => conditions.push("place = 3"),
    }
    let (key, descending) = match (query.show, query.sort) {
        (Show::Recent, _) => ("opened", true),
        (_, Sort::Hand) if query.collection.is_some() => ("hand", false),
        (_, Sort::Date | Sort::Hand) => ("date", query.descending),
        (_, Sort::Updated) => ("updated", query.descending),
        (_, Sort::Title) => ("title", query.descending),
        (_, Sort::Author) => ("author", query.descending),
        (_, Sort::Section) => ("section", query.descending),
        (_, Sort::Words) => ("words", query.descending),
    };
    let conditions = if conditions.is_empty() {
        String::new()
    } else {
        format!("WHERE {}", conditions.join(" AND "))
    };
    let direction = if descending { "DESC" } else { "ASC" };
    let mut statement = rows.prepare_cached(&format!(
        "SELECT articles.rowid FROM {from} {conditions} ORDER BY {key} {direction}, path"
    ))?;
    let found = statement.query_map(rusqlite::params_from_iter(values), |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Identities as SQLite takes many of them at once.
fn json_of<T: Serialize>(articles: &[T]) -> String {
    serde_json::to_string(articles).unwrap_or_default()
}

fn count(rows: &Connection, sections: &Sections) -> Result<Overview> {
    let mut overview = Overview::default();
    let mut places: HashMap<String, HashMap<String, usize>> = HashMap::new();
    let mut statuses: HashMap<String, usize> = HashMap::new();
    let mut languages: HashMap<String, usize> = HashMap::new();
    let mut statement =
        rows.prepare_cached("SELECT section, section_names, status, lang, read, starred, draft, place FROM articles")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        overview.total += 1;
        let section = row.get_ref(0)?.as_str().unwrap_or_default();
        if !section.is_empty() {
            let names = row.get_ref(1)?.as_str().unwrap_or_default();
            match places.get_mut(section) {
                Some(known) => add(known, names),
                None => {
                    places.insert(section.to_owned(), HashMap::from([(names.to_owned(), 1)]));
                }
            }
        }
        for (column, counts) in [(2, &mut statuses), (3, &mut languages)] {
            if let Some(value) = row.get_ref(column)?.as_str_or_null().ok().flatten() {
                add(counts, value);
            }
        }
        overview.unread += usize::from(row.get::<_, i64>(4)? == 0);
        overview.starred += usize::from(row.get::<_, i64>(5)? != 0);
        overview.drafts += usize::from(row.get::<_, i64>(6)? != 0);
        match row.get::<_, i64>(7)? {
            0 => overview.inbox += 1,
            1 => overview.later += 1,
            3 => overview.archive += 1,
            _ => {}
        }
    }
    let places = places.into_iter().flat_map(|(path, names)| {
        let mut names: Vec<(String, usize)> = names.into_iter().collect();
        names.sort();
        names
            .into_iter()
            .map(|(names, count)| (SectionPlace::from_stored(&path, &names), count))
            .collect::<Vec<_>>()
    });
    let mut places: Vec<(SectionPlace, usize)> = places.collect();
    places.sort();
    overview.sections = sections.tree(places);
    overview.statuses = by_count(statuses);
    overview.languages = by_count(languages);
    for (sql, counts) in [
        ("SELECT tag, count(*) FROM tags GROUP BY tag", &mut overview.tags),
        (
            "SELECT name, count(*) FROM authors GROUP BY name",
            &mut overview.authors,
        ),
    ] {
        let mut statement = rows.prepare_cached(sql)?;
        let found = statement.query_map([], |row| {
            Ok((
                row.get::<_, String>(0)?,
                usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
            ))
        })?;
        *counts = by_count(found.collect::<Result<HashMap<_, _>, _>>()?);
    }
    Ok(overview)
}

fn add(counts: &mut HashMap<String, usize>, value: &str) {
    match counts.get_mut(value) {
        Some(count) => *count += 1,
        None => {
            counts.insert(value.to_owned(), 1);
        }
    }
}

fn by_count(counts: HashMap<String, usize>) -> Vec<Counted> {
    let mut counted: Vec<Counted> = counts
        .into_iter()
        .map(|(name, count)| Counted { name, count })
        .collect();
    counted.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.name.cmp(&right.name)));
    counted
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_first_unread_is_found_near_and_far() {
        let rows = Connection::open_in_memory().unwrap();
        rows.execute_batch("CREATE TABLE articles (rowid INTEGER PRIMARY KEY, read INTEGER NOT NULL)")
            .unwrap();
        let last = 4 * NEAR as u32;
        for rowid in 1..=last {
            rows.execute("INSERT INTO articles VALUES (?1, 1)", [rowid]).unwrap();
        }
        let first = || {
            // One that is gone stands at the head of the list.
            first_unread(&rows, (0..=last).map(|rowid| (rowid as usize, rowid))).unwrap()
        };
        assert_eq!(first(), None);
        for rowid in [last, NEAR as u32, NEAR as u32 - 1, 1] {
            rows.execute("UPDATE articles SET read = 0 WHERE rowid = ?1", [rowid])
                .unwrap();
            assert_eq!(first(), Some((rowid as usize, rowid)));
        }
    }
}
