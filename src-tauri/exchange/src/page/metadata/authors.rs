//! Who signs, and what they do.

use dom_query::NodeRef;
use edito_prose::Author;

use super::super::json_ld::{self, JsonLd};
use super::super::survey::Survey;
use super::super::{dates, people, titles};
use super::{Metadata, is_aside};
use crate::html::dom;

pub(super) fn authors(survey: &Survey<'_>, ld: &JsonLd, heading: Option<&NodeRef<'_>>, found: &mut Metadata) {
    let mut authors = ld.authors.clone();
    for name in [
        "citation_author",
        "dc.creator",
        "dc:creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "author",
        "article:author",
        "article:author_name",
        "og:author",
        "og:article:author",
        "byl",
        "cxenseparse:author",
        "dc.contributor",
    ] {
        if !authors.is_empty() {
            break;
        }
        for content in survey.metas_of(name) {
            people::merge(&mut authors, people::listed(&json_ld::decoded(content)));
        }
    }
    if authors.is_empty()
        && survey
            .meta(&["twitter:label1"])
            .is_some_and(|label| matches!(&*edito_prose::fold::fold(label), "written by" | "ecrit par" | "author"))
        && let Some(name) = survey.meta(&["twitter:data1"])
    {
        authors = people::listed(name);
    }
    // An office that signs everything is the site, unless nobody else does.
    if authors.len() > 1
        && let Some(site) = found.site.as_deref()
    {
        authors.retain(|author| !titles::same(&author.name, site));
    }
    let only_the_site = authors.iter().all(|author| {
        found
            .site
            .as_deref()
            .is_some_and(|site| titles::same(&author.name, site))
    });
    let mut shown: Vec<Author> = Vec::new();
    for node in &survey.bylines {
        if is_aside(node, heading) || heading.is_some_and(|heading| dom::is_within(heading, node.id)) {
            continue;
        }
        let text = dom::text_within(node, 1_200);
        let in_byline = read_byline(node, &text);
        if in_byline.is_empty() {
            continue;
        }
        if text.chars().count() <= 260 {
            found.consumed.push(text);
        }
        // Only the first byline makes authors: those further down are of other articles.
        if shown.is_empty() {
            shown = in_byline;
        } else {
            let known = |author: &Author| {
                shown
                    .iter()
                    .chain(&authors)
                    .any(|known| people::same(&known.name, &author.name))
            };
            let again: Vec<Author> = in_byline.into_iter().filter(known).collect();
            people::merge(&mut shown, again);
        }
    }
    if only_the_site && !shown.is_empty() {
        authors.clear();
    }
    if authors.is_empty() {
        authors = shown;
    } else {
        // What the page shows beside a known name is its function.
        shown.retain(|author| authors.iter().any(|known| people::same(&known.name, &author.name)));
        people::merge(&mut authors, shown);
    }
    authors.truncate(30);
    found.authors = authors;
}

fn read_byline(node: &NodeRef<'_>, text: &str) -> Vec<Author> {
    let part = |name: &str| {
        node.descendants_it()
            .take(60)
            .find(|inner| {
                dom::attribute(inner, "itemprop")
                    .is_some_and(|props| props.split_whitespace().any(|prop| prop.eq_ignore_ascii_case(name)))
            })
            .map(|inner| dom::attribute(&inner, "content").unwrap_or_else(|| dom::text(&inner)))
    };
    if let Some(name) = part("name") {
        let mut authors = people::listed(&name);
        if let [author] = authors.as_mut_slice() {
            author.function = author.function.take().or_else(|| part("jobTitle"));
        }
        return authors;
    }
    if let Some(content) = dom::attribute(node, "content") {
        return people::listed(&content);
    }
    let is_link = dom::is(node, &["a"]);
    if is_link {
        people::listed(text)
    } else {
        people::byline(text)
    }
}

/// Gives a function to authors that have none, from elements that name themselves so.
pub(super) fn functions(survey: &Survey<'_>, heading: Option<&NodeRef<'_>>, found: &mut Metadata) {
    let mut authors = std::mem::take(&mut found.authors);
    let nodes: Vec<NodeRef<'_>> = survey
        .functions
        .iter()
        .filter(|node| heading.is_none_or(|heading| node.id > heading.id) && !is_aside(node, heading))
        .copied()
        .collect();
    for node in nodes {
        let text = dom::text_within(&node, 1_500);
        let length = text.chars().count();
        if let Some(told) = people::biography(&text, &authors, false) {
            let author = authors.iter_mut().find(|author| people::same(&author.name, &told.name));
            if let Some(author) = author
                && author.function.is_none()
            {
                author.function = told.function;
            }
            continue;
        }
        // The one that stands closest before it in the page.
        let above: Option<&mut Author> = if authors.len() == 1 {
            authors.first_mut()
        } else {
            let block = node
                .parent()
                .map(|parent| dom::text_within(&parent, 600))
                .unwrap_or_default();
            authors.iter_mut().find(|author| block.contains(&author.name))
        };
        if (4..=160).contains(&length)
            && let Some(author) = above
            && author.function.is_none()
            && !text.contains(&author.name)
            && dates::in_text(&text).is_none()
            && (people::tells_function(&text) || (length <= 60 && !text.ends_with(['.', '!'])))
        {
            author.function = Some(
                text.trim_start_matches([',', ' ', '|', '–', '-'])
                    .trim_end_matches('.')
                    .to_owned(),
            );
            found.consumed.push(text);
        }
    }
    found.authors = authors;
}

/// How many elements below the heading are looked at for a signature.
const BELOW: usize = 4_000;

/// The signature in a line of its own below the heading, which names itself nothing and may stand outside of the text.
pub(super) fn signed_below(heading: &NodeRef<'_>, found: &Metadata) -> Vec<Author> {
    if !found.authors.is_empty() {
        return Vec::new();
    }
    let Some(body) = heading.tree.body() else {
        return Vec::new();
    };
    let below = body
        .descendants_it()
        .skip_while(|node| node.id != heading.id)
        .take(BELOW);
    for node in below {
        if !dom::is(
            &node,
            &["p", "div", "span", "em", "i", "strong", "b", "address", "small"],
        ) || is_aside(&node, Some(heading))
        {
            continue;
        }
        let text = dom::text_within(&node, 400);
        if text.chars().count() > 160 {
            continue;
        }
        if let Some(signed) = people::signature(&text, &[], true) {
            return signed;
        }
    }
    Vec::new()
}
