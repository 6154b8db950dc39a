//! When it was published, and when it was changed.

use dom_query::NodeRef;
use edito_prose::ArticleDate;

use super::super::dates;
use super::super::json_ld::JsonLd;
use super::super::names::{self, Kinds};
use super::super::survey::Survey;
use super::{Metadata, is_aside, near};
use crate::html::dom;

pub(super) fn times(survey: &Survey<'_>, ld: &JsonLd, found: &mut Metadata, heading: Option<&NodeRef<'_>>) {
    let meta = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| survey.metas_of(name).find_map(dates::read))
    };
    let told = ld.published.or_else(|| {
        meta(&[
            "article:published_time",
            "article:published",
            "og:published_time",
            "datepublished",
            "parsely-pub-date",
            "sailthru.date",
            "cxenseparse:recs:publishtime",
            "publish-date",
            "publish_date",
            "publication_date",
            "pubdate",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date.created",
            "dcterms.created",
            "dc.date",
            "dcterms.date",
            "citation_publication_date",
            "citation_online_date",
            "citation_date",
            "date",
            "og:article:published_time",
            "article.published",
            "ptime",
        ])
    });
    let changed = ld.updated.or_else(|| {
        meta(&[
            "article:modified_time",
            "article:modified",
            "og:updated_time",
            "datemodified",
            "dc.date.modified",
            "dcterms.modified",
            "last-modified",
            "lastmod",
            "revised",
            "article.updated",
            "utime",
        ])
    });
    let (mut of_page, mut changed_on_page) = (None, None);
    for node in &survey.dates {
        // Dates before the heading are today's, dates in lists are of other articles.
        let before = heading.is_some_and(|heading| node.id < heading.id && !near(node, heading));
        if before || is_aside(node, heading) {
            continue;
        }
        let text = dom::text_within(node, 400);
        let attribute = ["datetime", "content", "data-date", "title"]
            .iter()
            .find_map(|name| dates::read(&dom::attribute(node, name)?));
        let itemprop = dom::attribute(node, "itemprop")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let lower = text.to_lowercase();
        let mark = CHANGED.iter().find_map(|mark| lower.find(mark));
        match (attribute, mark) {
            (Some(date), _) if itemprop.contains("modified") => changed_on_page = changed_on_page.or(Some(date)),
            (Some(date), Some(0)) => changed_on_page = changed_on_page.or(Some(date)),
            (Some(date), _) => {
                let says_changed = names::kinds(&dom::names(node)).has(Kinds::UPDATED);
                let slot = if says_changed {
                    &mut changed_on_page
                } else {
                    &mut of_page
                };
                *slot = slot.or(Some(date));
            }
            (None, Some(at)) if lower.len() == text.len() => {
                of_page = of_page.or_else(|| dates::in_text(text.get(..at)?));
                changed_on_page = changed_on_page.or_else(|| dates::in_text(text.get(at..)?));
            }
            (None, _) => of_page = of_page.or_else(|| dates::in_text(&text)),
        }
        if dates::is_date_line(&text) {
            found.consumed.push(text);
        }
    }
    if told.is_none() && of_page.is_none() {
        of_page = found.consumed.iter().find_map(|text| dates::in_text(text));
    }
    found.published = told.or(of_page).or(changed_on_page);
    found.updated = changed
        .or(changed_on_page)
        .filter(|updated| found.published.is_none_or(|published| later(updated, &published)));
}

const CHANGED: &[&str] = &[
    "mis à jour",
    "mise à jour",
    "modifié le",
    "updated",
    "last modified",
    "modified",
    "آخر تحديث",
    "تحديث",
];

/// Later than by the seconds that a system takes to publish.
fn later(updated: &ArticleDate, published: &ArticleDate) -> bool {
    if updated.time.is_none() || published.time.is_none() {
        return updated.date > published.date;
    }
    updated.sort_key() > published.sort_key() + 60
}
