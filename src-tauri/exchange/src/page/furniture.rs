//! What stands on an article's page and is not the article: teasers of others, sign-up boxes, share bars, comments.
//!
//! Only where name or words make it plain: what is wrongly left in can be cut by hand, what is wrongly taken out is
//! lost. Comments are taken out before the article is looked for, since they may be longer than it. All else only gets
//! a mark, and is skipped when the article is read: the search weighs the page as it is.

use dom_query::NodeRef;

use super::names::Kinds;
use super::phrases::{announces, asks_to_go_on};
use super::survey::Survey;
use crate::address::{Addresses, Target};
use crate::content::SKIP_ATTRIBUTE;
use crate::html::dom;

/// Marks the furniture, and takes comments out. Answers how many blocks of each kind there were, by the name of the
/// note about it.
pub(super) fn set_aside(survey: &Survey<'_>, addresses: &Addresses, title: Option<&str>) -> Vec<(&'static str, usize)> {
    let room = Room {
        title: title.map(super::titles::bare).filter(|title| title.len() > 8),
        addresses,
        heading: survey
            .headings
            .iter()
            .find(|node| dom::is(node, &["h1"]))
            .map(|node| node.id),
        bodies: survey.bodies.iter().map(|node| node.id).collect(),
    };
    let mut taken: Vec<(&'static str, usize)> = Vec::new();
    let mut take = |node: &NodeRef<'_>, kind: &'static str| {
        if kind == "comments" {
            node.remove_from_parent();
        } else {
            node.set_attr(SKIP_ATTRIBUTE, "");
        }
        match taken.iter_mut().find(|(found, _)| *found == kind) {
            Some((_, count)) => *count += 1,
            None => taken.push((kind, 1)),
        }
    };
    for (node, kinds) in &survey.named {
        if let Some(kind) = room.by_name(node, *kinds)
            && is_there(node)
        {
            take(node, kind);
        }
    }
    for form in &survey.forms {
        if let Some(block) = room.sign_up(form)
            && is_there(form)
        {
            take(&block, "newsletter-box");
        }
    }
    for link in &survey.links {
        if let Some(block) = room.teaser(link)
            && is_there(link)
        {
            take(&block, "teaser");
        }
    }
    for heading in &survey.headings {
        room.headed_list(heading, &mut take);
    }
    let crumbs = survey
        .breadcrumbs
        .iter()
        .filter(|node| dom::length_within(node, 400) < 400);
    for node in crumbs.chain(&survey.navs).filter(|node| !room.holds_article(node)) {
        node.set_attr(SKIP_ATTRIBUTE, "");
    }
    taken
}

struct Room<'s> {
    title: Option<String>,
    addresses: &'s Addresses,
    heading: Option<dom_query::NodeId>,
    /// The elements that the page calls its article's text.
    bodies: Vec<dom_query::NodeId>,
}

/// The longest text of a block that a link to go on reading makes a teaser.
const TEASER: usize = 900;

impl Room<'_> {
    /// Whether a node holds the article, or much of it: such a node is never taken out.
    fn holds_article(&self, node: &NodeRef<'_>) -> bool {
        if dom::is(node, &["body", "html", "main"]) {
            return true;
        }
        // Teasers are articles too, by their element.
        let Some(heading) = self.heading else {
            return dom::is(node, &["article"]);
        };
        node.tree.ancestor_ids_of_it(&heading, None).any(|id| id == node.id)
    }

    fn by_name(&self, node: &NodeRef<'_>, kinds: Kinds) -> Option<&'static str> {
        let (kind, most) = if kinds.has(Kinds::NEWSLETTER) {
            ("newsletter-box", 700)
        } else if kinds.has(Kinds::SHARE) {
            ("share-bar", 200)
        } else if kinds.has(Kinds::COMMENTS) {
            ("comments", usize::MAX)
        } else if kinds.has(Kinds::RELATED) {
            ("teaser", 6_000)
        } else if kinds.has(Kinds::ADVERT) {
            ("advertisement", 300)
        } else if kinds.has(Kinds::CONSENT) {
            ("cookie-notice", 2_500)
        } else {
            return None;
        };
        if self.holds_article(node) || dom::is(node, &["a", "span", "em", "strong", "p", "h1", "h2", "img", "figure"]) {
            return None;
        }
        let text = dom::text_within(node, most.saturating_mul(2).clamp(4_000, 200_000));
        let length = text.chars().count();
        if length == 0 || (most != usize::MAX && length > most) {
            return None;
        }
        let linked = || node.descendants_it().any(|inner| dom::is(&inner, &["a"]));
        let fits = match kind {
            // Other articles are links.
            "teaser" => (length < 120 && linked()) || link_share(node, length) > 0.3,
            "share-bar" => length <= 40 || linked(),
            // Comments come after what they are about, and are not all there is.
            "comments" => self.heading.is_none_or(|heading| node.id > heading) && self.is_beside_much(node),
            "newsletter-box" => length < 350 || node.descendants_it().any(|inner| dom::is(&inner, &["input", "form"])),
            _ => true,
        };
        fits.then_some(kind)
    }

    /// Whether there is text enough for an article outside of a node, and none that the page calls its article in it.
    fn is_beside_much(&self, node: &NodeRef<'_>) -> bool {
        if self
            .bodies
            .iter()
            .any(|body| node.tree.ancestor_ids_of_it(body, None).any(|above| above == node.id))
        {
            return false;
        }
        let all = node.tree.body().map_or(0, |body| dom::length_within(&body, 400_000));
        all.saturating_sub(dom::length_within(node, 400_000)) >= 400
    }

    /// The block around a form that asks for an address of mail.
    fn sign_up<'a>(&self, form: &NodeRef<'a>) -> Option<NodeRef<'a>> {
        let asks = form.descendants_it().any(|inner| {
            dom::is(&inner, &["input"])
                && (dom::attribute(&inner, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("email"))
                    || ["name", "placeholder", "id", "autocomplete"]
                        .iter()
                        .filter_map(|name| dom::attribute(&inner, name))
                        .any(|value| {
                            let value = value.to_lowercase();
                            value.contains("email")
                                || value.contains("e-mail")
                                || value.contains("courriel")
                                || value.contains("البريد")
                        }))
        });
        if !asks || self.holds_article(form) || dom::length_within(form, 900) >= 900 {
            return None;
        }
        let mut block = *form;
        while let Some(parent) = block.parent() {
            if self.holds_article(&parent) || holds_body(&parent) || dom::length_within(&parent, 500) >= 500 {
                break;
            }
            block = parent;
        }
        Some(block)
    }

    /// The block around a link that asks to go on reading another article.
    fn teaser<'a>(&self, link: &NodeRef<'a>) -> Option<NodeRef<'a>> {
        let text = dom::text_within(link, 120);
        if !asks_to_go_on(&text) {
            return None;
        }
        let href = dom::attribute(link, "href")?;
        // A place in this page, or this page: the article's own fold.
        match self.addresses.link(&href) {
            Target::Within(_) | Target::Refused => return None,
            Target::Out(address) => {
                let own = self.addresses.own.as_ref().zip(crate::url::absolute(&address));
                if own.is_some_and(|(own, url)| crate::address::same_page(own, &url)) {
                    return None;
                }
            }
            Target::Unknown => {}
        }
        let mut block = *link;
        while let Some(parent) = block.parent() {
            if self.holds_article(&parent) {
                break;
            }
            let text = dom::text_within(&parent, TEASER * 3);
            if text.chars().count() > TEASER
                || self
                    .title
                    .as_ref()
                    .is_some_and(|title| super::titles::bare(&text).contains(title.as_str()))
            {
                break;
            }
            // Beside paragraphs of the article, the block ends with what belongs to the link.
            if dom::is(&parent, &["section", "div", "td"]) && paragraphs_beside(&parent, &block) > 1 {
                break;
            }
            block = parent;
        }
        // In a paragraph of the article, only the link's own line goes.
        (block.id != link.id || dom::is(link, &["a"])).then_some(block)
    }

    /// A list of other articles below a heading that says so.
    fn headed_list<'a>(&self, heading: &NodeRef<'a>, take: &mut dyn FnMut(&NodeRef<'a>, &'static str)) {
        if dom::is(heading, &["h1"]) || dom::length_within(heading, 60) >= 60 {
            return;
        }
        let announced = dom::text(heading);
        let Some(kind) = announces(&announced) else { return };
        if !is_there(heading) {
            return;
        }
        // The block that holds nothing but the heading and what it announces.
        let mut block = *heading;
        while let Some(parent) = block.parent() {
            if self.holds_article(&parent) || holds_body(&parent) {
                break;
            }
            let text = dom::text_within(&parent, 8_000);
            let length = text.chars().count();
            // Such a block begins with its heading, and is no longer than what it announces.
            let first = text.find(announced.as_str()).is_some_and(|at| at <= 40);
            let plain = match kind {
                "teaser" => length < 3_000 && (length < 400 || link_share(&parent, length) > 0.35),
                "share-bar" => length < 250,
                "newsletter-box" => length < 700,
                _ => length < 3_000,
            };
            if !first || !plain {
                break;
            }
            block = parent;
        }
        if block.id != heading.id {
            take(&block, kind);
            return;
        }
        // Among the paragraphs of the article: the heading, and the lists of links right after it.
        let mut next = heading.next_element_sibling();
        let mut any = false;
        while let Some(node) = next {
            next = node.next_element_sibling();
            let length = dom::length_within(&node, 3_000);
            if length >= 3_000 || (length > 0 && link_share(&node, length) < 0.5) {
                break;
            }
            any = true;
            node.set_attr(SKIP_ATTRIBUTE, "");
        }
        if any {
            take(heading, kind);
        }
    }
}

/// Whether a node still stands in the page, outside of what was set aside already.
fn is_there(node: &NodeRef<'_>) -> bool {
    let root = node.tree.root().id;
    let mut there = false;
    for above in node.ancestors_it(None) {
        if above.has_attr(SKIP_ATTRIBUTE) {
            return false;
        }
        there = above.id == root;
    }
    there && !node.has_attr(SKIP_ATTRIBUTE)
}

/// Whether a block holds several paragraphs of running text.
fn holds_body(node: &NodeRef<'_>) -> bool {
    let long = node
        .descendants_it()
        .filter(|inner| dom::is(inner, &["p"]))
        .filter(|inner| {
            let length = dom::length_within(inner, 250);
            length >= 200 && link_share(inner, length) < 0.3
        })
        .take(3)
        .count();
    long >= 3
}

/// How many paragraphs stand in a block beside one of its children.
fn paragraphs_beside(parent: &NodeRef<'_>, child: &NodeRef<'_>) -> usize {
    parent
        .children_it(false)
        .filter(|node| node.id != child.id && dom::is(node, &["p"]) && dom::length_within(node, 160) >= 120)
        .count()
}

/// Which part of a text is the text of links.
pub(super) fn link_share(node: &NodeRef<'_>, length: usize) -> f64 {
    if length == 0 {
        return 0.0;
    }
    if dom::is(node, &["a"]) {
        return 1.0;
    }
    let linked: usize = node
        .descendants_it()
        .filter(|inner| dom::is(inner, &["a"]))
        .map(|link| dom::length_within(&link, 2_000))
        .sum();
    linked as f64 / length as f64
}
