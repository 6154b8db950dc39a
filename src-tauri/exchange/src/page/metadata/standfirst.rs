//! The text that a page shows as the standfirst.

use dom_query::NodeRef;

use super::super::json_ld::JsonLd;
use super::super::names::Kinds;
use super::super::survey::{Survey, is_kind};
use super::super::{dates, people, titles};
use super::{is_aside, near};
use crate::html::dom;

/// A text that stands out as the standfirst: an element that names itself so, after the heading and before the text.
pub(super) fn standfirst(survey: &Survey<'_>, ld: &JsonLd, heading: Option<&NodeRef<'_>>) -> Option<String> {
    let after_heading = |node: &&NodeRef<'_>| heading.is_none_or(|heading| node.id > heading.id);
    let mut candidates = survey
        .standfirsts
        .iter()
        .filter(after_heading)
        .filter(|node| !is_aside(node, heading) && !dom::is(node, &["ul", "ol", "h1", "nav", "aside", "footer"]))
        .filter(|node| !node.ancestors_it(Some(6)).any(|above| dom::is(&above, &["li", "a"])))
        .filter(|node| {
            heading.is_none_or(|heading| !dom::is_within(heading, node.id) && belongs(node, heading, survey))
        })
        .filter(|node| !dom::names(node).contains("caption") && !dom::names(node).contains("media"))
        .map(without_kicker)
        .filter(|text| (25..=900).contains(&text.chars().count()) && !people::is_introduced(text));
    candidates.next().or_else(|| {
        // A second heading right below the title.
        let alternative = ld.alternative.clone()?;
        survey
            .headings
            .iter()
            .any(|node| titles::same(&dom::text(node), &alternative))
            .then_some(alternative)
    })
}

/// The text of a standfirst without the word for its kind that some pages set before it.
fn without_kicker(node: &NodeRef<'_>) -> String {
    let text = dom::text(node);
    let kicker = node
        .descendants_it()
        .take(8)
        .find(|inner| is_kind(inner, Kinds::SECTION))
        .map(|inner| dom::text(&inner))
        .unwrap_or_default();
    match text.strip_prefix(kicker.as_str()) {
        Some(rest) if !kicker.is_empty() && kicker.chars().count() < 40 && rest.chars().count() >= 25 => {
            rest.trim_start_matches([' ', '.', ':', '–', '—', '\u{a0}']).to_owned()
        }
        _ => text,
    }
}

/// Whether a text below the heading belongs to it: both stand in one small block or one article, or it begins the text.
fn belongs(node: &NodeRef<'_>, heading: &NodeRef<'_>, survey: &Survey<'_>) -> bool {
    let above: Vec<_> = heading.ancestors_it(Some(5)).collect();
    let shared = node
        .ancestors_it(Some(5))
        .find(|node| above.iter().any(|heading| heading.id == node.id));
    let close = shared.is_some_and(|shared| {
        dom::is(&shared, &["article", "header"])
            || (!dom::is(&shared, &["body", "html"]) && dom::length_within(&shared, 2_500) < 2_500)
            || near(node, heading)
    });
    close || survey.bodies.iter().any(|body| dom::is_within(node, body.id))
}

/// A text right below the heading that may be a standfirst though nothing says so: a heading of the length of a sentence,
/// or one short paragraph.
pub(super) fn below(heading: &NodeRef<'_>) -> Option<String> {
    let mut next = heading.next_element_sibling();
    for _ in 0..4 {
        let node = next?;
        next = node.next_element_sibling();
        let text = dom::text_within(&node, 3_000);
        let length = text.chars().count();
        if length == 0 || people::is_introduced(&text) || dates::is_date_line(&text) || dates::is_reading_time(&text) {
            continue;
        }
        let one = dom::is(&node, &["h2", "h3", "h4", "p"])
            || (dom::is(&node, &["div"])
                && node
                    .descendants_it()
                    .filter(|inner| dom::is(inner, &["p", "div", "h2", "ul"]))
                    .count()
                    <= 1);
        let linked = node.descendants_it().any(|inner| dom::is(&inner, &["a"]));
        // What is cut announces another text.
        let cut = text.ends_with(['…', ']']) || text.ends_with("...");
        return (one && !linked && !cut && (40..=700).contains(&length) && text.contains(' ')).then_some(text);
    }
    None
}
