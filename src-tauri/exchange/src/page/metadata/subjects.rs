//! The section and the tags.

use dom_query::NodeRef;

use super::super::json_ld::{self, JsonLd};
use super::super::names::Kinds;
use super::super::survey::{Survey, is_kind};
use super::super::{dates, sections, titles};
use super::{Metadata, is_aside, text_of};
use crate::html::dom;

pub(super) fn section(
    survey: &Survey<'_>,
    ld: &JsonLd,
    heading: Option<&NodeRef<'_>>,
    found: &Metadata,
) -> Vec<String> {
    let title = found.title.as_deref().unwrap_or_default();
    let site = found.site.as_deref();
    let of_ld = sections::of_crumbs(ld.crumbs.clone(), title, site);
    // Those that name themselves precisely first: the innermost element of several is the list itself.
    let of_page = survey
        .breadcrumbs
        .iter()
        .filter(|node| dom::length_within(node, 400) < 400)
        .map(|node| sections::of_crumbs(sections::crumbs(node), title, site))
        .find(|sections| !sections.is_empty());
    if !of_ld.is_empty() {
        return of_ld;
    }
    if let Some(sections) = of_page {
        return sections;
    }
    let told = survey
        .meta(&[
            "article:section",
            "og:article:section",
            "parsely-section",
            "sailthru.section",
            "cxenseparse:section",
            "dc.subject.section",
            "section",
        ])
        .and_then(text_of)
        .into_iter()
        .chain(ld.sections.iter().cloned())
        .chain(
            survey
                .categories
                .iter()
                .filter(|node| !is_aside(node, heading))
                .map(
                    |node| match node.descendants_it().find(|inner| dom::is(inner, &["a"])) {
                        Some(link) => dom::text(&link),
                        None => dom::text_within(node, 200),
                    },
                ),
        );
    told.map(|section| {
        section
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '|' | ':'))
            .to_owned()
    })
    .find(|section| {
        (2..=60).contains(&section.chars().count())
            && !sections::is_none(section)
            && dates::in_text(section).is_none()
            && !titles::same(section, title)
            && !section.contains("://")
    })
    .into_iter()
    .collect()
}

pub(super) fn tags(survey: &Survey<'_>, ld: &JsonLd) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let mut add = |tag: &str| {
        let tag = dom::squeeze(&json_ld::decoded(tag));
        let tag = tag.trim_start_matches('#').trim();
        if (2..=60).contains(&tag.chars().count())
            && !tag.contains("://")
            && tags.len() < 30
            && !tags.iter().any(|known| titles::same(known, tag))
        {
            tags.push(tag.to_owned());
        }
    };
    survey
        .metas_of("article:tag")
        .flat_map(|tag| tag.split(','))
        .for_each(&mut add);
    survey
        .tags
        .iter()
        .filter(|node| !is_aside_of_tags(node))
        .for_each(|node| add(&dom::text(node)));
    ld.keywords
        .iter()
        .filter(|word| !word.contains(':'))
        .for_each(|tag| add(tag));
    if tags.is_empty() {
        for name in [
            "parsely-tags",
            "news_keywords",
            "sailthru.tags",
            "keywords",
            "citation_keywords",
            "dc.subject",
        ] {
            let mut add = |tag: &str| {
                let tag = dom::squeeze(tag);
                if (2..=60).contains(&tag.chars().count())
                    && tags.len() < 20
                    && !tags.iter().any(|known| titles::same(known, &tag))
                {
                    tags.push(tag);
                }
            };
            let words: Vec<&str> = survey
                .metas_of(name)
                .flat_map(|words| words.split([',', ';', '،']))
                .collect();
            // A long list is written for search engines.
            if words.len() <= 15 {
                words.into_iter().for_each(&mut add);
            }
            if !tags.is_empty() {
                break;
            }
        }
    }
    tags
}

/// Clouds of tags beside the article are not the article's.
fn is_aside_of_tags(node: &NodeRef<'_>) -> bool {
    node.ancestors_it(Some(8))
        .any(|above| dom::is(&above, &["aside", "nav"]))
        || node
            .ancestors_it(Some(8))
            .any(|above| is_kind(&above, Kinds::RELATED | Kinds::BESIDE))
}

/// The section in a line above the heading that is a breadcrumb by its words: it begins with the front page and has
/// the signs of one, whatever its element is called.
pub(super) fn crumbs_in_words(heading: &NodeRef<'_>, found: &mut Metadata) -> Vec<String> {
    let Some(body) = heading.tree.body() else {
        return Vec::new();
    };
    let above: Vec<NodeRef<'_>> = body
        .descendants_it()
        .filter(NodeRef::is_element)
        .take_while(|node| node.id != heading.id)
        .take(4_000)
        .collect();
    // The innermost element that holds all of it stands last.
    for node in above.iter().rev().take(60) {
        let text = dom::text_within(node, 600);
        if !sections::is_crumbs(&text) || dom::is_within(heading, node.id) {
            continue;
        }
        let title = found.title.clone().unwrap_or_default();
        let named = sections::of_crumbs(sections::crumbs(node), &title, found.site.as_deref());
        if !named.is_empty() {
            found.consumed.push(text);
            return named;
        }
    }
    Vec::new()
}
