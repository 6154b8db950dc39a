//! What a page says about its article, in the order of trust: JSON-LD, `meta` of articles, Open Graph and Twitter,
//! Dublin Core and citation names, `time`, and what the page shows: breadcrumb, byline, dates.

mod authors;
mod standfirst;
mod subjects;
mod times;

use dom_query::NodeRef;
use edito_prose::{ArticleDate, Author, Lang};
use url::Url;

use super::json_ld::{self, JsonLd};
use super::names::Kinds;
use super::survey::{Survey, is_kind};
use super::{dates, people, titles};
use crate::address::same_page;
use crate::html::dom;
use crate::url::absolute;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub title: Option<String>,
    /// A text that the page shows as the standfirst.
    pub standfirst: Option<String>,
    /// What the page says of itself to search engines.
    pub description: Option<String>,
    pub authors: Vec<Author>,
    pub section: Vec<String>,
    pub tags: Vec<String>,
    pub published: Option<ArticleDate>,
    pub updated: Option<ArticleDate>,
    pub lang: Option<Lang>,
    pub site: Option<String>,
    pub url: Option<Url>,
    /// The article's text, where the page repeats it for machines.
    pub body: Option<String>,
    /// What the first images say that they show; a line that says the same is a caption.
    pub image_descriptions: Vec<String>,
    /// A text right below the heading that names itself nothing: the standfirst, when the article's text does not hold it.
    pub below_heading: Option<String>,
    /// A signature somewhere below the heading, with what it says: believed when nothing else names an author.
    pub signed: Vec<Author>,
    /// The texts of what was read as byline, date and breadcrumb: the body need not repeat them.
    pub consumed: Vec<String>,
}

/// Reads the metadata. `address` is where the page is known to come from.
pub(super) fn read(survey: &Survey<'_>, address: Option<&Url>) -> Metadata {
    let heading = main_heading(survey);
    let heading_text = heading.as_ref().map(dom::text);
    let ld = json_ld::read(&survey.json_ld, &|text| {
        heading_text
            .as_deref()
            .is_some_and(|heading| titles::same(heading, text))
            || address
                .zip(absolute(text))
                .is_some_and(|(own, url)| same_page(own, &url))
    });
    let mut found = Metadata {
        url: address_of(survey, &ld, address),
        body: ld.body.clone(),
        ..Metadata::default()
    };
    let host = found
        .url
        .as_ref()
        .or(address)
        .and_then(Url::host_str)
        .map(str::to_owned);
    found.site = site(survey, &ld);
    title(survey, &ld, heading_text.as_deref(), host.as_deref(), &mut found);
    found.description = ld
        .description
        .clone()
        .or_else(|| {
            text_of(survey.meta(&[
                "og:description",
                "twitter:description",
                "dc.description",
                "dcterms.description",
                "description",
                "dcterms.abstract",
            ])?)
        })
        .filter(|text| text.chars().count() >= 20);
    let described = survey.images.iter().filter_map(|image| dom::attribute(image, "alt"));
    found.image_descriptions = described.filter(|alt| alt.len() >= 40).take(12).collect();
    found.standfirst = standfirst::standfirst(survey, &ld, heading.as_ref());
    authors::authors(survey, &ld, heading.as_ref(), &mut found);
    found.section = subjects::section(survey, &ld, heading.as_ref(), &found);
    if found.section.is_empty()
        && let Some(heading) = &heading
    {
        found.section = subjects::crumbs_in_words(heading, &mut found);
    }
    found.tags = subjects::tags(survey, &ld);
    times::times(survey, &ld, &mut found, heading.as_ref());
    if let Some(heading) = &heading {
        lines_beside(heading, &mut found);
    }
    authors::functions(survey, heading.as_ref(), &mut found);
    if let Some(heading) = &heading {
        found.below_heading = standfirst::below(heading);
        found.signed = authors::signed_below(heading, &found);
    }
    if found.published.is_none() {
        found.published = found.url.as_ref().and_then(|url| ArticleDate::from_path(url.path()));
    }
    found.lang = language(survey, &ld);
    found
}

fn text_of(text: &str) -> Option<String> {
    let text = dom::squeeze(&json_ld::decoded(text));
    (!text.is_empty()).then_some(text)
}

/// The heading of the article: the `h1` that the metadata knows, else the first that is not the name of the site.
fn main_heading<'a>(survey: &Survey<'a>) -> Option<NodeRef<'a>> {
    let told: Vec<String> = [
        "og:title",
        "twitter:title",
        "dc.title",
        "citation_title",
        "parsely-title",
    ]
    .iter()
    .filter_map(|name| text_of(survey.meta(&[name])?))
    .chain((!survey.title.is_empty()).then(|| survey.title.clone()))
    .collect();
    let known = |text: &str| {
        told.iter()
            .any(|title| titles::alike(title, text) || titles::is_part(title, text))
    };
    let site = survey.meta(&["og:site_name", "application-name"]).unwrap_or_default();
    // The name of the site leads to its front page.
    let of_site = |node: &NodeRef<'_>, text: &str| {
        let mut around = node.descendants_it().take(6).chain(node.parent());
        titles::same(text, site)
            || around.any(|inner| {
                dom::is(&inner, &["a"]) && dom::attribute(&inner, "href").is_some_and(|href| leads_home(&href))
            })
    };
    let firsts: Vec<(NodeRef<'a>, String)> = survey
        .headings
        .iter()
        .filter(|node| dom::is(node, &["h1"]) && !dom::is_hidden(node))
        .map(|node| (*node, dom::text(node)))
        .filter(|(node, text)| !text.is_empty() && !of_site(node, text))
        .collect();
    let by_metadata = firsts.iter().find(|(_, text)| known(text)).map(|(node, _)| *node);
    by_metadata
        .or_else(|| {
            // Some templates give the site's name the first level, and the article's title the second.
            let second = survey
                .headings
                .iter()
                .take(30)
                .find(|node| dom::is(node, &["h2", "h3"]) && known(&dom::text(node)));
            second.copied()
        })
        .or_else(|| firsts.first().map(|(node, _)| *node))
}

/// Whether an address is that of a front page.
fn leads_home(href: &str) -> bool {
    match absolute(href) {
        Some(url) => url.path().len() <= 1 && url.query().is_none(),
        None => matches!(href, "/" | "./" | "index.html" | "/index.html" | "index.php"),
    }
}

fn site(survey: &Survey<'_>, ld: &JsonLd) -> Option<String> {
    survey
        .meta(&["og:site_name"])
        .and_then(text_of)
        .or_else(|| ld.site.clone())
        .or_else(|| {
            text_of(survey.meta(&[
                "citation_journal_title",
                "dc.publisher",
                "application-name",
                "apple-mobile-web-app-title",
            ])?)
        })
        .filter(|site| site.chars().count() <= 80 && !site.contains("://"))
}

fn title(survey: &Survey<'_>, ld: &JsonLd, heading: Option<&str>, host: Option<&str>, found: &mut Metadata) {
    let told = ld.headline.clone().or_else(|| {
        text_of(survey.meta(&[
            "og:title",
            "twitter:title",
            "parsely-title",
            "sailthru.title",
            "dc.title",
            "dc:title",
            "dcterms.title",
            "citation_title",
            "title",
        ])?)
    });
    let of_window = (!survey.title.is_empty()).then(|| survey.title.clone());
    let heading = heading.map(|heading| titles::unglued(heading, &survey.title));
    // The window's title is asked for the site's name even when it is not needed for the title.
    if let Some(window) = &of_window {
        let (_, site) = titles::without_site(window, heading, found.site.as_deref(), host);
        if found.site.is_none() {
            found.site = site.filter(|site| site.chars().count() <= 60);
        }
    }
    let title = told
        .map(|told| titles::without_site(&told, heading, found.site.as_deref(), host).0)
        .filter(|told| !told.is_empty() && !found.site.as_deref().is_some_and(|site| titles::same(site, told)));
    found.title = match (title, heading) {
        // The page's own spelling, with its spaces and accents, and in full where the metadata is cut.
        (Some(title), Some(heading))
            if titles::alike(&title, heading) && heading.chars().count() >= title.chars().count() =>
        {
            Some(heading.to_owned())
        }
        (Some(title), _) => Some(title),
        (None, Some(heading)) if !heading.is_empty() => Some(heading.to_owned()),
        (None, _) => of_window
            .map(|window| titles::without_site(&window, None, found.site.as_deref(), host).0)
            .filter(|title| !title.is_empty()),
    };
}

/// The page's address: the canonical one, unless it names the front page of the site where the page is another.
fn address_of(survey: &Survey<'_>, ld: &JsonLd, address: Option<&Url>) -> Option<Url> {
    let base = survey.base.as_deref().and_then(|base| match address {
        Some(address) => address.join(base).ok(),
        None => absolute(base),
    });
    let resolve = |href: &str| -> Option<Url> {
        let joined = base.as_ref().or(address).and_then(|base| base.join(href).ok());
        absolute(joined.as_ref().map_or(href, |url| url.as_str()))
    };
    let candidates = [
        survey.canonical.clone(),
        survey
            .meta(&["og:url", "twitter:url", "parsely-link"])
            .map(str::to_owned),
        ld.url.clone(),
    ];
    let believable = |url: &Url| match address {
        Some(address) => !(url.path().len() <= 1 && address.path().len() > 1 && url.query().is_none()),
        None => true,
    };
    candidates
        .into_iter()
        .flatten()
        .filter_map(|href| resolve(&href))
        .find(believable)
        .or_else(|| address.cloned())
        .map(|mut url| {
            url.set_fragment(None);
            url
        })
}

/// Whether a node stands in a block that is about other articles. What holds the heading as well is no such block.
fn is_aside(node: &NodeRef<'_>, heading: Option<&NodeRef<'_>>) -> bool {
    let beside = Kinds::RELATED | Kinds::BESIDE | Kinds::COMMENTS | Kinds::NEWSLETTER;
    node.ancestors_it(Some(8))
        .take_while(|above| heading.is_none_or(|heading| !dom::is_within(heading, above.id)))
        .any(|above| dom::is(&above, &["aside", "nav", "footer", "figure"]) || is_kind(&above, beside))
}

/// Whether two nodes have a close ancestor in common.
fn near(one: &NodeRef<'_>, other: &NodeRef<'_>) -> bool {
    let above: Vec<_> = one.ancestors_it(Some(3)).map(|node| node.id).collect();
    other
        .ancestors_it(Some(3))
        .any(|node| above.contains(&node.id) && !dom::is(&node, &["body", "html", "main"]))
}

/// How many elements around the heading are looked at for lines that name themselves nothing.
const BESIDE: usize = 60;

/// Reads the byline and the date in lines right above and below the heading, where nothing better was found.
fn lines_beside(heading: &NodeRef<'_>, found: &mut Metadata) {
    if !found.authors.is_empty() && found.published.is_some() {
        return;
    }
    let root = heading
        .ancestors_it(Some(4))
        .take_while(|above| !dom::is(above, &["body", "html"]))
        .last()
        .or_else(|| heading.parent());
    let Some(root) = root else { return };
    let elements = root.descendants_it().filter(NodeRef::is_element);
    let elements: Vec<NodeRef<'_>> = elements.take(4_000).collect();
    let at = elements.iter().position(|node| node.id == heading.id).unwrap_or(0);
    let window = elements.iter().take(at + BESIDE).skip(at.saturating_sub(8));
    for node in window {
        if !dom::is(
            node,
            &[
                "p", "div", "span", "li", "small", "em", "i", "font", "address", "td", "h4", "h5", "h6", "b", "strong",
                "section",
            ],
        ) || dom::is_within(heading, node.id)
        {
            continue;
        }
        let text = dom::text_within(node, 800);
        let length = text.chars().count();
        if !(6..=240).contains(&length) {
            continue;
        }
        let introduced = people::is_introduced(&text);
        if found.authors.is_empty() && introduced && !text.ends_with(['.', '!', '?', ':']) {
            found.authors = people::byline(&text);
            if !found.authors.is_empty() {
                found.consumed.push(text.clone());
            }
        }
        let folded = edito_prose::fold::fold(&text);
        let announced = introduced
            || ["publie", "published", "posted", "le ", "mis en ligne", "نشر"]
                .iter()
                .any(|start| folded.starts_with(start));
        if found.published.is_none()
            && (dates::is_date_line(&text) || (announced && length < 160))
            && let Some(date) = dates::in_text(&text)
        {
            found.published = Some(date);
            found.consumed.push(text);
        }
    }
}

fn language(survey: &Survey<'_>, ld: &JsonLd) -> Option<Lang> {
    let told = [
        survey.lang.as_deref(),
        survey.meta(&["content-language"]),
        survey.meta(&["og:locale"]),
        ld.lang.as_deref(),
        survey.meta(&["dc.language", "dcterms.language", "citation_language", "language"]),
    ];
    told.into_iter()
        .flatten()
        .map(Lang::from_tag)
        .find(|lang| *lang != Lang::Other("und".into()))
}
