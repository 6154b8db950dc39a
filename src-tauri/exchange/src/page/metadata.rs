//! What a page says about its article, in the order of trust: JSON-LD, `meta` of articles, Open Graph and Twitter,
//! Dublin Core and citation names, `time`, and what the page shows: breadcrumb, byline, dates.

use dom_query::NodeRef;
use edito_prose::{ArticleDate, Author, Lang};
use url::Url;

use super::json_ld::{self, JsonLd};
use super::names::Kinds;
use super::survey::{Survey, is_kind};
use super::{dates, people, sections, titles};
use crate::address::{same_page, web};
use crate::html::dom;

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
            || address.zip(web(text)).is_some_and(|(own, url)| same_page(own, &url))
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
    found.standfirst = standfirst(survey, &ld, heading.as_ref());
    authors(survey, &ld, heading.as_ref(), &mut found);
    found.section = section(survey, &ld, heading.as_ref(), &found);
    found.tags = tags(survey, &ld);
    times(survey, &ld, &mut found, heading.as_ref());
    if let Some(heading) = &heading {
        lines_beside(heading, &mut found);
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
    let known = |text: &str| told.iter().any(|title| titles::alike(title, text));
    let firsts: Vec<(NodeRef<'a>, String)> = survey
        .headings
        .iter()
        .filter(|node| dom::is(node, &["h1"]) && !dom::is_hidden(node))
        .map(|node| (*node, dom::text(node)))
        .filter(|(_, text)| !text.is_empty())
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
        .or_else(|| {
            let site = survey.meta(&["og:site_name", "application-name"]).unwrap_or_default();
            firsts
                .iter()
                .find(|(_, text)| !titles::same(text, site))
                .map(|(node, _)| *node)
        })
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
        None => web(base),
    });
    let resolve = |href: &str| -> Option<Url> {
        let joined = base.as_ref().or(address).and_then(|base| base.join(href).ok());
        web(joined.as_ref().map_or(href, |url| url.as_str()))
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

/// A text that stands out as the standfirst: an element that names itself so, after the heading and before the text.
fn standfirst(survey: &Survey<'_>, ld: &JsonLd, heading: Option<&NodeRef<'_>>) -> Option<String> {
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

/// Whether a node stands in a block that is about other articles. What holds the heading as well is no such block.
fn is_aside(node: &NodeRef<'_>, heading: Option<&NodeRef<'_>>) -> bool {
    let beside = Kinds::RELATED | Kinds::BESIDE | Kinds::COMMENTS | Kinds::NEWSLETTER;
    node.ancestors_it(Some(8))
        .take_while(|above| heading.is_none_or(|heading| !dom::is_within(heading, above.id)))
        .any(|above| dom::is(&above, &["aside", "nav", "footer", "figure"]) || is_kind(&above, beside))
}

fn authors(survey: &Survey<'_>, ld: &JsonLd, heading: Option<&NodeRef<'_>>, found: &mut Metadata) {
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
    functions(survey, heading, &mut authors, found);
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
fn functions(survey: &Survey<'_>, heading: Option<&NodeRef<'_>>, authors: &mut [Author], found: &mut Metadata) {
    let nodes: Vec<NodeRef<'_>> = survey
        .functions
        .iter()
        .filter(|node| heading.is_none_or(|heading| node.id > heading.id) && !is_aside(node, heading))
        .copied()
        .collect();
    for node in nodes {
        let text = dom::text_within(&node, 1_500);
        let length = text.chars().count();
        if let Some(told) = people::biography(&text, authors, false) {
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
        {
            author.function = Some(
                text.trim_start_matches([',', ' ', '|', '–', '-'])
                    .trim_end_matches('.')
                    .to_owned(),
            );
            found.consumed.push(text);
        }
    }
}

fn section(survey: &Survey<'_>, ld: &JsonLd, heading: Option<&NodeRef<'_>>, found: &Metadata) -> Vec<String> {
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

fn tags(survey: &Survey<'_>, ld: &JsonLd) -> Vec<String> {
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

fn times(survey: &Survey<'_>, ld: &JsonLd, found: &mut Metadata, heading: Option<&NodeRef<'_>>) {
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
                let says_changed = super::names::kinds(&dom::names(node)).has(Kinds::UPDATED);
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
