//! Lists, counts and search.

use super::Library;
use crate::article::{ListPage, ListQuery, Overview, Row, SearchPage, SectionNode};
use crate::error::Result;
use crate::identity::{ArticleId, declared};
use crate::index::lists::Listing;
use crate::index::{lock, rows};
use crate::trash;
use crate::walk::within;
use std::path::Path;

impl Library {
    /// The counts of everything.
    ///
    /// # Errors
    /// `Corrupt` or `Io` when the index can't be read; here and in all that lists.
    pub fn overview(&self) -> Result<Overview> {
        let mut overview = (*self.index.overview(&self.settings().sections)?).clone();
        overview.trash = trash::list(&*self.environment.disk, &self.root).map_or(0, |list| list.len());
        Ok(overview)
    }

    /// Some rows of a list.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn list(&self, query: &ListQuery, offset: usize, limit: usize) -> Result<ListPage> {
        self.listing(query, |listing| self.index.list(listing, offset, limit))
    }

    /// The place of an article in a list, from 0.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn position(&self, query: &ListQuery, id: &ArticleId) -> Result<Option<usize>> {
        self.listing(query, |listing| self.index.position(listing, id))
    }

    /// The places of some articles in a list, from 0, the first ones first; those that are not in it are left out.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn positions(&self, query: &ListQuery, ids: &[ArticleId]) -> Result<Vec<usize>> {
        self.listing(query, |listing| self.index.positions(listing, ids))
    }

    /// The next article of a list that was not read, with its place: the first after `after` or, where that is not in
    /// the list, from the place `from` on; then from the top. `after` itself is no answer.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn next_unread(
        &self,
        query: &ListQuery,
        after: Option<&ArticleId>,
        from: usize,
    ) -> Result<Option<(ArticleId, usize)>> {
        self.listing(query, |listing| self.index.next_unread(listing, after, from))
    }

    /// The row of an article.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn row(&self, id: &ArticleId) -> Result<Option<Row>> {
        let reader = self.index.reader()?;
        match rows::known_by_id(reader.rows()?, id.as_str())? {
            Some(known) => rows::row(reader.rows()?, known.rowid),
            None => Ok(None),
        }
    }

    /// The article with this identity, or at this path (absolute, or within the library).
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn find(&self, id_or_path: &str) -> Result<Option<ArticleId>> {
        let reader = self.index.reader()?;
        if let Some(id) = declared(id_or_path)
            && let Some(known) = rows::known_by_id(reader.rows()?, id.as_str())?
        {
            return Ok(Some(known.id));
        }
        let path = Path::new(id_or_path);
        let path = within(&self.root, path).or_else(|| {
            // A path that goes through a link to the library.
            let folder = std::fs::canonicalize(path.parent()?).ok()?;
            within(&self.root, &folder.join(path.file_name()?))
        });
        let Some(path) = path else { return Ok(None) };
        Ok(rows::known_at(reader.rows()?, &path)?.map(|known| known.id))
    }

    /// Full search. The language of queries is told in `search/query.rs`; a query is never
    /// an error. The last word counts as the beginning of a word unless a space follows it.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn search(&self, query: &str, limit: usize, offset: usize) -> Result<SearchPage> {
        self.search_all(&[query], limit, offset)
    }

    /// Full search for what several queries find alike, each understood by itself: a quotation that one leaves open
    /// ends with it.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn search_all(&self, queries: &[&str], limit: usize, offset: usize) -> Result<SearchPage> {
        self.index.search(&self.root, self.now(), queries, limit, offset)
    }

    /// Articles whose title or file name has words that begin with those of `text`; those
    /// opened last when it is empty.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn quick_open(&self, text: &str, limit: usize) -> Result<Vec<Row>> {
        self.index.quick_open(text, limit)
    }

    /// The sections from the root to this one: the path of slugs and the name of each.
    pub fn crumbs(&self, section: &str) -> Vec<(String, String)> {
        let Ok(overview) = self.index.overview(&self.settings().sections) else {
            return Vec::new();
        };
        let mut crumbs = Vec::new();
        let mut nodes: &[SectionNode] = &overview.sections;
        while let Some(node) = nodes.iter().find(|node| {
            section == node.path
                || section
                    .strip_prefix(&node.path)
                    .is_some_and(|rest| rest.starts_with('/'))
        }) {
            crumbs.push((node.path.clone(), node.name.clone()));
            nodes = &node.children;
        }
        crumbs
    }

    /// A query with what the journal knows of the list that it names.
    fn listing<T>(&self, query: &ListQuery, answer: impl FnOnce(&Listing<'_>) -> T) -> T {
        let members = || {
            let found = query.collection.and_then(|id| lock(&self.journal).collection(id));
            let articles = found.map_or_else(Vec::new, |collection| collection.articles);
            articles.into_iter().map(|(article, _)| article).collect()
        };
        answer(&Listing {
            query,
            // Read before the members: an order of later ones is made anew, never one of earlier ones kept.
            revision: query.collection.map_or(0, |_| self.collections_revision()),
            members: &members,
        })
    }
}
