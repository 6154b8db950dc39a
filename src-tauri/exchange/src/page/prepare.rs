//! A page made ready for the search for its article: images that are loaded late, formulas that scripts draw.

use std::cell::RefCell;

use dom_query::NodeRef;
use html5ever::tendril::StrTendril;

use super::survey::Survey;
use crate::address::Addresses;
use crate::content::{Part, Parts, media};
use crate::html::dom;
use crate::images;
use crate::url::absolute;

/// The images that stand in the page itself as `data:` addresses, taken out of it so that nobody has to carry them along.
#[derive(Default)]
pub(super) struct Stash {
    addresses: RefCell<Vec<StrTendril>>,
}

/// What came with a page: the images in it, and the parts of an archive around it.
pub(super) struct PageParts<'a> {
    pub stash: &'a Stash,
    pub archive: &'a dyn Parts,
}

impl Parts for PageParts<'_> {
    fn part(&self, written: &str, full: Option<&str>) -> Option<Part<'_>> {
        if let Some(number) = written.strip_prefix(media::DATA_PREFIX) {
            let address = self
                .stash
                .addresses
                .borrow()
                .get(number.parse::<usize>().ok()?)?
                .clone();
            return Some(Part {
                bytes: images::from_data_url(&address)?.into(),
                name: None,
            });
        }
        self.archive.part(written, full)
    }
}

/// Makes a page ready.
pub(super) fn prepare(survey: &Survey<'_>, addresses: &Addresses, archive: &dyn Parts) -> Stash {
    for node in &survey.silent {
        // A button that holds paragraphs opens them.
        if !(dom::is(node, &["button"]) && node.descendants_it().any(|inner| dom::is(&inner, &["p", "h2", "h3"]))) {
            node.remove_from_parent();
        }
    }
    formulas(survey);
    let stash = Stash::default();
    for image in &survey.images {
        one_address(image, &stash, addresses, archive);
    }
    for noscript in &survey.noscripts {
        late_image(noscript);
    }
    pulled_quotations(survey);
    // Who is quoted stands in a foot of the quotation, and feet of pages are dropped.
    for footer in &survey.footers {
        if footer
            .ancestors_it(Some(3))
            .any(|above| dom::is(&above, &["blockquote", "figure"]))
        {
            footer.rename("p");
        }
    }
    stash
}

/// Leaves an image with one address, the best it has.
fn one_address(image: &NodeRef<'_>, stash: &Stash, addresses: &Addresses, archive: &dyn Parts) {
    let source = image.attr("src");
    if let Some(source) = source.filter(|source| images::is_data_url(source)) {
        let late = media::sources(image)
            .into_iter()
            .find(|source| !images::is_data_url(source));
        let stands_in = source.len() < 512 || (source.len() < 4_096 && late.is_some());
        if !stands_in || late.is_none() {
            let mut addresses = stash.addresses.borrow_mut();
            let number = addresses.len().to_string();
            addresses.push(source);
            drop(addresses);
            image.set_attr(media::IMAGE_ATTRIBUTE, &number);
            // Something that looks like a picture to whoever searches for the article.
            image.set_attr("src", &format!("https://page.invalid/{number}.png"));
            image.remove_attrs(&["srcset", "data-src", "data-srcset"]);
            return;
        }
    }
    let sources = media::sources(image);
    // What came along is better than what has to be fetched.
    let best = sources
        .iter()
        .find(|source| archive.part(source, addresses.part(source).as_deref()).is_some())
        .or(sources.first());
    if let Some(best) = best {
        if dom::attribute(image, "src").as_deref() != Some(best) {
            image.set_attr("src", best);
        }
        image.remove_attrs(&[
            "srcset",
            "data-srcset",
            "data-lazy-srcset",
            "data-src",
            "data-lazy-src",
            "data-original",
        ]);
    }
}

/// A `noscript` holds the image that a script would load, or asks to let scripts run.
fn late_image(noscript: &NodeRef<'_>) {
    let image = noscript.descendants_it().find(|inner| dom::is(inner, &["img"]));
    let Some(image) = image else {
        noscript.remove_from_parent();
        return;
    };
    let file = |node: &NodeRef<'_>| {
        let source = media::sources(node).into_iter().next()?;
        let source = source.split(['?', '#']).next()?.to_owned();
        source.rsplit('/').next().map(str::to_owned)
    };
    // The image that it stands for is right before it, or right after.
    for beside in [noscript.prev_element_sibling(), noscript.next_element_sibling()]
        .into_iter()
        .flatten()
    {
        let other = if dom::is(&beside, &["img"]) {
            Some(beside)
        } else {
            beside.descendants_it().find(|inner| dom::is(inner, &["img"]))
        };
        let Some(other) = other else { continue };
        if file(&other).is_some_and(|name| Some(name) == file(&image)) {
            noscript.remove_from_parent();
            return;
        }
        let usable =
            dom::attribute(&other, "src").is_some_and(|source| absolute(&source).is_some() || source.starts_with('/'));
        if !usable || !other.has_attr("src") {
            other.replace_with(&image);
            noscript.remove_from_parent();
            return;
        }
    }
    noscript.replace_with(&image);
}

/// Marks formulas with their TeX, for the scripts that draw them are gone, and takes out what such scripts drew.
fn formulas(survey: &Survey<'_>) {
    for node in &survey.formulas {
        if dom::is(node, &["script"]) {
            let kind = dom::attribute(node, "type").unwrap_or_default();
            let tex = dom::squeeze(&node.text());
            let fresh = node.tree.new_element("code");
            fresh.set_attr(media::TEX_ATTRIBUTE, &tex);
            if kind.contains("mode=display") {
                fresh.set_attr(media::DISPLAY_ATTRIBUTE, "");
            }
            fresh.append_child(&node.tree.new_text(tex));
            // What was drawn stands right before.
            while let Some(before) = node.prev_element_sibling() {
                let class = before.class().unwrap_or_default();
                if !class
                    .split_ascii_whitespace()
                    .any(|class| class.starts_with("MathJax") || class == "MJX_Assistive_MathML")
                {
                    break;
                }
                before.remove_from_parent();
            }
            node.replace_with(&fresh);
        }
    }
}

/// Quotations pulled out of the text are quotations; the search for the article would drop them as asides.
fn pulled_quotations(survey: &Survey<'_>) {
    for (node, kinds) in &survey.named {
        if !kinds.has(super::names::Kinds::PULLED) || !dom::is(node, &["aside", "div", "p", "figure", "section"]) {
            continue;
        }
        let inner = node.descendants_it().any(|inner| dom::is(&inner, &["blockquote"]));
        let length = dom::length_within(node, 700);
        if length == 0 || length >= 700 {
            continue;
        }
        if inner {
            if dom::is(node, &["aside"]) {
                node.rename("div");
            }
        } else {
            node.rename("blockquote");
        }
    }
}
