//! What the front page and the pages of sections ask of the rows.

use super::{Index, lock, rows};
use crate::article::Row;
use crate::error::Result;
use crate::identity::ArticleId;
use rusqlite::Connection;
use std::sync::Arc;

/// Which pieces are out: dated until then, no drafts, and of a status that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Out {
    /// Seconds since 1970.
    pub(crate) until: i64,
    /// Statuses of the desk that are not out yet, as [`crate::sections::slug`] has them.
    pub(crate) not_yet: Vec<String>,
}

/// What a part of the page takes.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// From these sections and those below them; empty for the whole library.
    pub(crate) sections: Vec<String>,
    /// So many.
    pub(crate) most: usize,
}

/// The pieces of one section, the newest first: 400 KB at 100,000.
pub(crate) struct SectionOrder {
    generation: i64,
    section: String,
    out: Out,
    rowids: Arc<Vec<u32>>,
}

impl Index {
    /// The newest pieces of each part, in one walk from the newest piece on that ends when every part has
    /// what it wants.
    pub(crate) fn newest(&self, out: &Out, wanted: &[Wanted]) -> Result<Vec<Vec<Row>>> {
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let mut found: Vec<Vec<i64>> = vec![Vec::new(); wanted.len()];
        let mut open = wanted.iter().filter(|one| one.most > 0).count();
        if open > 0 {
            walk(rows, out, |rowid, section| {
                for (one, found) in wanted.iter().zip(&mut found) {
                    if found.len() < one.most && one.takes(section) {
                        found.push(rowid);
                        open -= usize::from(found.len() == one.most);
                    }
                }
                open > 0
            })?;
        }
        found
            .into_iter()
            .map(|rowids| {
                let read = rowids.into_iter().map(|rowid| rows::row(rows, rowid));
                read.filter_map(Result::transpose).collect()
            })
            .collect()
    }

    /// How many pieces are out that are dated `since` then or later and have not been read; at most `most`.
    pub(crate) fn count_new(&self, out: &Out, since: i64, most: usize) -> Result<usize> {
        let reader = self.reader()?;
        let mut statement = reader.rows()?.prepare_cached(
            "SELECT status FROM articles INDEXED BY articles_by_date
             WHERE date >= ?1 AND date <= ?2 AND read = 0 AND draft = 0 LIMIT ?3",
        )?;
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let mut found = statement.query([since, out.until, limit])?;
        let mut count = 0;
        while let Some(row) = found.next()? {
            count += usize::from(out.has_status(row.get_ref(0)?.as_str_or_null().ok().flatten()));
        }
        Ok(count)
    }

    /// Some pieces of a section and of those below it, the newest first, and how many there are.
    pub(crate) fn section_page(
        &self,
        out: &Out,
        section: &str,
        offset: usize,
        limit: usize,
    ) -> Result<(usize, Vec<Row>)> {
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let rowids = self.section_order(rows, out, section)?;
        let mut page = Vec::with_capacity(limit.min(200));
        for rowid in rowids.iter().skip(offset).take(limit) {
            page.extend(rows::row(rows, i64::from(*rowid))?);
        }
        Ok((rowids.len(), page))
    }

    /// The rows of these articles, in order, without those that are gone.
    pub(crate) fn rows_of<'a>(&self, ids: impl Iterator<Item = &'a ArticleId>) -> Result<Vec<Row>> {
        let reader = self.reader()?;
        let rows = reader.rows()?;
        let mut found = Vec::new();
        for id in ids {
            if let Some(known) = rows::known_by_id(rows, id.as_str())? {
                found.extend(rows::row(rows, known.rowid)?);
            }
        }
        Ok(found)
    }

    fn section_order(&self, rows: &Connection, out: &Out, section: &str) -> Result<Arc<Vec<u32>>> {
        let generation = rows::generation(rows)?;
        if let Some(known) = &*lock(&self.section_order)
            && known.generation == generation
            && known.section == section
            && known.out == *out
        {
            return Ok(known.rowids.clone());
        }
        let wanted = Wanted {
            sections: vec![section.to_owned()],
            most: usize::MAX,
        };
        let mut rowids = Vec::new();
        walk(rows, out, |rowid, of| {
            if wanted.takes(of) {
                rowids.extend(u32::try_from(rowid).ok());
            }
            true
        })?;
        let rowids = Arc::new(rowids);
        *lock(&self.section_order) = Some(SectionOrder {
            generation,
            section: section.to_owned(),
            out: out.clone(),
            rowids: rowids.clone(),
        });
        Ok(rowids)
    }
}

impl Wanted {
    /// Whether it takes pieces of a section.
    pub(crate) fn takes(&self, section: &str) -> bool {
        self.sections.is_empty()
            || self.sections.iter().any(|wanted| {
                section
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }
}

impl Out {
    fn has_status(&self, status: Option<&str>) -> bool {
        match status {
            None => true,
            Some(_) if self.not_yet.is_empty() => true,
            Some(status) => {
                let status = crate::sections::slug(status);
                !self.not_yet.contains(&status)
            }
        }
    }
}

/// Goes through the pieces that are out, the newest first, as long as `take` says so. It reads one index and no row.
fn walk(rows: &Connection, out: &Out, mut take: impl FnMut(i64, &str) -> bool) -> Result<()> {
    let mut statement = rows.prepare_cached(
        "SELECT rowid, section, status FROM articles INDEXED BY articles_by_date
         WHERE date <= ?1 AND draft = 0 ORDER BY date DESC, path",
    )?;
    let mut found = statement.query([out.until])?;
    // Statuses come in long runs of the same few.
    let mut last: Option<(String, bool)> = None;
    while let Some(row) = found.next()? {
        if let Some(status) = row.get_ref(2)?.as_str_or_null().ok().flatten() {
            let is_out = match &last {
                Some((known, is_out)) if known == status => *is_out,
                _ => {
                    let is_out = out.has_status(Some(status));
                    last = Some((status.to_owned(), is_out));
                    is_out
                }
            };
            if !is_out {
                continue;
            }
        }
        if !take(row.get(0)?, row.get_ref(1)?.as_str().unwrap_or_default()) {
            break;
        }
    }
    Ok(())
}
