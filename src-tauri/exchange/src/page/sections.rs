//! The section of an article, from the breadcrumb of its page.

use dom_query::{NodeData, NodeRef};
use edito_prose::fold::fold;

use super::titles;
use crate::html::dom;

/// The sections that a breadcrumb names, outermost first, without the front page and without the article itself.
pub(super) fn of_crumbs(crumbs: Vec<String>, title: &str, site: Option<&str>) -> Vec<String> {
    let mut sections: Vec<String> = crumbs
        .into_iter()
        .map(|crumb| clean(&crumb))
        .filter(|crumb| !crumb.is_empty())
        .collect();
    sections.dedup();
    if sections
        .last()
        .is_some_and(|last| titles::alike(last, title) || titles::same(last, title) || shares_words(last, title))
    {
        sections.pop();
    }
    sections.retain(|section| !is_home(section, site) && section.chars().count() <= 80);
    sections.truncate(6);
    sections
}

/// The names in the element that holds a breadcrumb.
pub(super) fn crumbs(node: &NodeRef<'_>) -> Vec<String> {
    let mut crumbs: Vec<(Option<dom_query::NodeId>, String)> = Vec::new();
    for inner in node.descendants_it() {
        let text = inner.query_or(None, |tree| match &tree.data {
            NodeData::Text { contents } => Some(dom::squeeze(contents)),
            _ => None,
        });
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            continue;
        };
        if inner
            .ancestors_it(Some(4))
            .take_while(|above| above.id != node.id)
            .any(|above| dom::is_silent(&dom::name(&above)) || dom::is(&above, &["h2", "h3", "h4"]))
        {
            continue;
        }
        // All text of one link is one name; text outside of links is cut at its separators.
        let mut ancestors = inner.ancestors_it(Some(6)).take_while(|above| above.id != node.id);
        let owner = ancestors.find(|above| dom::is(above, &["a"])).map(|above| above.id);
        match (crumbs.last_mut(), owner) {
            (Some((Some(last), name)), Some(owner)) if *last == owner => {
                name.push(' ');
                name.push_str(&text);
            }
            (_, Some(owner)) => crumbs.push((Some(owner), text)),
            (_, None) => {
                let parts = text.split(['»', '›', '>', '→', '|', '/', '\\', '•', '·', '«', '‹', '←']);
                crumbs.extend(parts.map(|part| (None, part.trim().to_owned())));
            }
        }
    }
    crumbs.into_iter().map(|(_, name)| name).collect()
}

/// Whether a line is a breadcrumb by its words: the front page, a sign, and more.
pub(super) fn is_crumbs(text: &str) -> bool {
    const SIGNS: [char; 6] = ['»', '›', '>', '→', '/', '|'];
    let length = text.chars().count();
    if !(8..=250).contains(&length) {
        return false;
    }
    let mut parts = text.split(SIGNS).map(clean);
    parts.next().is_some_and(|first| is_home(&first, None)) && parts.next().is_some_and(|second| !second.is_empty())
}

/// Whether a name is that of no section at all.
pub(super) fn is_none(section: &str) -> bool {
    matches!(
        &*fold(section),
        "uncategorized"
            | "uncategorised"
            | "non classe"
            | "non categorise"
            | "divers"
            | "general"
            | "غير مصنف"
            | "article"
            | "articles"
            | "post"
            | "posts"
    )
}

fn clean(crumb: &str) -> String {
    let mut crumb = crumb.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '»' | '›' | '>' | '→' | '|' | '/' | '•' | '·' | '–' | '-' | '«' | '‹' | ':' | ','
            )
    });
    let lower = crumb.to_lowercase();
    for start in ["vous êtes ici", "you are here", "you’re here", "أنت هنا"] {
        if lower.starts_with(start) {
            crumb = crumb.get(start.len()..).unwrap_or_default();
        }
    }
    dom::squeeze(crumb.trim_start_matches([':', ' ', '\u{a0}']))
}

fn is_home(section: &str, site: Option<&str>) -> bool {
    let folded = fold(section);
    matches!(
        &*folded,
        "home"
            | "accueil"
            | "homepage"
            | "home page"
            | "page d'accueil"
            | "page d’accueil"
            | "front page"
            | "la une"
            | "index"
            | "start"
            | "startseite"
            | "inicio"
            | "portada"
            | "الرييسيه"
            | "الصفحه الرييسيه"
    ) || matches!(section, "الرئيسية" | "الصفحة الرئيسية")
        || site.is_some_and(|site| titles::same(site, section))
}

/// Whether most words of one are in the other, and there are enough of them to tell.
fn shares_words(crumb: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        fold(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 2)
            .map(str::to_owned)
            .collect()
    };
    let (crumb, title) = (words(crumb), words(title));
    let shared = crumb.iter().filter(|word| title.contains(word)).count();
    crumb.len() >= 4 && shared * 4 >= crumb.len() * 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    #[test]
    fn a_breadcrumb_gives_the_sections_between_home_and_title() {
        for (html, expected) in [
            (
                "<p>Home » Dans les médias » Le pont et la ville</p>",
                vec!["Dans les médias"],
            ),
            (
                "<nav><a href=/>Accueil</a> › <a href=/d>Débats</a> › <a href=/d/e>Europe</a> › <span>Le pont et la vi…</span></nav>",
                vec!["Débats", "Europe"],
            ),
            (
                "<ol><li>Vous êtes ici :</li><li><a href=/><span>La</span> <span>Revue</span></a></li><li><a href=/t>Textes / idées</a></li></ol>",
                vec!["Textes / idées"],
            ),
            ("<p>Home</p>", vec![]),
        ] {
            let document = Document::from(html);
            let found = of_crumbs(crumbs(&document.root()), "Le pont et la ville", Some("La Revue"));
            assert_eq!(found, expected, "{html}");
        }
    }
}
