//! The feeds of a page.
//!
//! A page names them in its head (`<link rel="alternate">`,
//! <https://html.spec.whatwg.org/multipage/links.html#rel-alternate>), links to them in its text, or is made by a
//! program that puts them where that program always does. Only the first kind is sure; the others are to be asked.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::markup::{Attributes, Cursor, Event, Language};

/// Where a feed of a page may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// The address.
    pub url: String,
    /// What the page calls it.
    pub title: Option<String>,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// What speaks for a feed, from the strongest to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Evidence {
    /// The page says that this is its feed.
    Declared,
    /// The page declares it, too, but as the feed of its comments.
    Comments,
    /// The page links to what looks like one.
    Linked,
    /// The program that made the page puts its feeds there.
    Program,
    /// Many sites have theirs there.
    Usual,
}

/// How much of a page is looked at, in bytes.
const LOOKED_AT: usize = 2 * 1024 * 1024;

/// How many candidates of a kind are given.
const MOST_OF_A_KIND: usize = 16;

/// The feeds that a page may have, the likeliest first. `page` is the page's own address.
pub fn of_page(html: &str, page: &Url) -> Vec<Candidate> {
    let mut end = html.len().min(LOOKED_AT);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let html = html.get(..end).unwrap_or_default();
    let mut found = Found {
        base: page.clone(),
        candidates: Vec::new(),
    };
    let mut program = String::new();
    let mut cursor = Cursor::new(Language::Html);
    // The link whose words come next.
    let mut link: Option<(String, String)> = None;
    while let Some(event) = cursor.next(html) {
        match event {
            Event::Start { name, attributes, .. } => match name.to_ascii_lowercase().as_str() {
                "base" => {
                    if let Some(base) = attributes.get("href").and_then(|href| page.join(href.trim()).ok()) {
                        found.base = base;
                    }
                }
                "link" => found.declared(&attributes),
                "meta"
                    if attributes
                        .get("name")
                        .is_some_and(|name| name.eq_ignore_ascii_case("generator")) =>
                {
                    program.push_str(attributes.get("content").unwrap_or_default());
                    program.push(' ');
                }
                "a" => {
                    let href = attributes.get("href").unwrap_or_default();
                    link = is_like_a_feed(href).then(|| (href.to_owned(), String::new()));
                }
                _ => {}
            },
            Event::Text(text) => {
                if let Some((_, words)) = &mut link {
                    words.push_str(&text);
                }
            }
            Event::End { name } if name.eq_ignore_ascii_case("a") => {
                if let Some((href, words)) = link.take() {
                    found.add(&href, Some(&words), Evidence::Linked);
                }
            }
            Event::End { .. } => {}
        }
    }
    for path in paths_of(&program.to_ascii_lowercase(), html, page) {
        found.add(&path, None, Evidence::Program);
    }
    for path in USUAL {
        found.add(path, None, Evidence::Usual);
    }
    found.candidates.sort_by_key(|candidate| candidate.evidence);
    found.candidates
}

/// Where feeds mostly are.
const USUAL: &[&str] = &[
    "/feed/",
    "/rss/",
    "/feed.xml",
    "/rss.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
];

struct Found {
    base: Url,
    candidates: Vec<Candidate>,
}

impl Found {
    fn declared(&mut self, attributes: &Attributes<'_>) {
        let get = |name| attributes.get(name).unwrap_or_default().to_ascii_lowercase();
        let relations = get("rel");
        let has = |relation: &str| relations.split_whitespace().any(|known| known == relation);
        let kind = get("type");
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let of_feed = matches!(
            kind,
            "application/rss+xml"
                | "application/atom+xml"
                | "application/feed+json"
                | "application/rdf+xml"
                | "application/x-rss+xml"
                | "text/rss"
                | "text/atom"
        );
        // These are of many things, and of feeds when they look like it.
        let maybe = matches!(kind, "application/json" | "application/xml" | "text/xml" | "");
        let href = attributes.get("href").unwrap_or_default();
        if (has("alternate") && of_feed) || (has("alternate") && maybe && is_like_a_feed(href)) || has("feed") {
            let title = attributes.get("title");
            let words = format!("{} {}", title.unwrap_or_default(), href).to_lowercase();
            let comments = ["comment", "kommentar", "تعليق"]
                .iter()
                .any(|word| words.contains(word));
            let evidence = if comments {
                Evidence::Comments
            } else {
                Evidence::Declared
            };
            self.add(href, title, evidence);
        }
    }

    fn add(&mut self, href: &str, title: Option<&str>, evidence: Evidence) {
        let Ok(mut url) = self.base.join(href.trim()) else {
            return;
        };
        url.set_fragment(None);
        if !matches!(url.scheme(), "http" | "https") || href.trim().is_empty() {
            return;
        }
        let url = String::from(url);
        let of_kind = self
            .candidates
            .iter()
            .filter(|known| known.evidence == evidence)
            .count();
        let bare = |url: &str| url.trim_end_matches('/').to_owned();
        let known = self.candidates.iter().any(|known| bare(&known.url) == bare(&url));
        if known || of_kind >= MOST_OF_A_KIND {
            return;
        }
        let title = title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        self.candidates.push(Candidate {
            url,
            title: title.filter(|title| !title.is_empty()),
            evidence,
        });
    }
}

fn is_like_a_feed(href: &str) -> bool {
    let href = href.trim().to_ascii_lowercase();
    let path = href.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    matches!(last, "feed" | "rss" | "atom" | "feeds" | "flux" | "backend.php")
        || [
            "feed.xml",
            "rss.xml",
            "atom.xml",
            "index.xml",
            "feed.json",
            ".rss",
            ".atom",
            ".rdf",
            "rss.php",
        ]
        .iter()
        .any(|ending| last.ends_with(ending))
        || href.contains("feed=rss")
        || href.contains("feed=atom")
}

/// Where the program that made a page puts its feeds.
fn paths_of(program: &str, html: &str, page: &Url) -> Vec<String> {
    let host = page.host_str().unwrap_or_default();
    let mut paths: Vec<String> = Vec::new();
    let mut add = |known: &[&str]| paths.extend(known.iter().map(|path| (*path).to_owned()));
    let is = |name: &str| program.contains(name);
    if is("wordpress") || html.contains("/wp-content/") {
        add(&["/feed/", "/?feed=rss2"]);
    }
    if is("ghost") || html.contains("/ghost/api/") {
        add(&["/rss/"]);
    }
    if host.ends_with(".substack.com") || html.contains("substackcdn.com") {
        add(&["/feed"]);
    }
    if is("hugo") {
        add(&["/index.xml"]);
    }
    if is("jekyll") || is("eleventy") || is("gatsby") || is("astro") {
        add(&["/feed.xml", "/rss.xml"]);
    }
    if is("spip") {
        add(&["/spip.php?page=backend"]);
    }
    if is("drupal") {
        add(&["/rss.xml"]);
    }
    if is("blogger") || host.ends_with(".blogspot.com") {
        add(&["/feeds/posts/default"]);
    }
    if is("squarespace") || html.contains("static1.squarespace.com") {
        add(&["?format=rss"]);
    }
    if host.ends_with(".tumblr.com") {
        add(&["/rss"]);
    }
    let mut segments = page.path_segments().into_iter().flatten();
    let first = segments.next().unwrap_or_default();
    if (host == "medium.com" || host.ends_with(".medium.com")) && first.starts_with('@') {
        paths.push(format!("/feed/{first}"));
    } else if host.ends_with(".medium.com") {
        paths.push("/feed".to_owned());
    }
    if host.ends_with("youtube.com") && first == "channel" {
        let channel = segments.next().unwrap_or_default();
        paths.push(format!("/feeds/videos.xml?channel_id={channel}"));
    }
    paths
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn found(html: &str, page: &str) -> Vec<(Evidence, String)> {
        of_page(html, &Url::parse(page).unwrap())
            .into_iter()
            .filter(|candidate| candidate.evidence != Evidence::Usual)
            .map(|candidate| (candidate.evidence, candidate.url))
            .collect()
    }

    #[test]
    fn a_page_names_its_feeds() {
        let html = r#"<!doctype html><html><head><base href="/blog/">
            <link rel="alternate" type="application/rss+xml" title="Site &raquo; Commentaires" href="/comments/feed/">
            <LINK REL='ALTERNATE' TYPE='application/atom+xml; charset=utf-8' HREF='atom.xml'>
            <link rel=alternate type=application/feed+json title="JSON &amp; co" href=https://cdn.exemple.fr/feed.json>
            <link rel="alternate" hreflang="en" href="/en/">
            <link rel="alternate" type="application/json" href="/wp-json/pages/2">
            <link rel="stylesheet" type="text/xml" href="/rss.xml">
            <link rel="feed" href="flux#x">
            <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
            <meta name="generator" content="WordPress 6.5">
            </head><body><a href="/rss">Flux <b>RSS</b></a> <a href="/article">x</a></body></html>"#;
        assert_eq!(
            found(html, "https://exemple.fr/"),
            [
                (Evidence::Declared, "https://exemple.fr/blog/atom.xml".to_owned()),
                (Evidence::Declared, "https://cdn.exemple.fr/feed.json".to_owned()),
                (Evidence::Declared, "https://exemple.fr/blog/flux".to_owned()),
                (Evidence::Comments, "https://exemple.fr/comments/feed/".to_owned()),
                (Evidence::Linked, "https://exemple.fr/rss".to_owned()),
                (Evidence::Program, "https://exemple.fr/feed/".to_owned()),
                (Evidence::Program, "https://exemple.fr/?feed=rss2".to_owned()),
            ]
        );
        let titles: Vec<Option<String>> = of_page(html, &Url::parse("https://exemple.fr/").unwrap())
            .into_iter()
            .map(|candidate| candidate.title)
            .collect();
        assert_eq!(titles[1].as_deref(), Some("JSON & co"));
        assert_eq!(titles[4].as_deref(), Some("Flux RSS"));
    }

    #[test]
    fn programs_have_their_places() {
        for (html, page, expected) in [
            ("", "https://anne.substack.com/p/x", "https://anne.substack.com/feed"),
            (
                "<meta name=generator content='Ghost 5.8'>",
                "https://exemple.fr/x",
                "https://exemple.fr/rss/",
            ),
            (
                "<meta name=generator content='SPIP 4.2'>",
                "https://exemple.fr/x",
                "https://exemple.fr/spip.php?page=backend",
            ),
            (
                "<meta name=generator content='Hugo 0.1'>",
                "https://exemple.fr/x",
                "https://exemple.fr/index.xml",
            ),
            ("", "https://medium.com/@anne/x", "https://medium.com/feed/@anne"),
            (
                "",
                "https://www.youtube.com/channel/UC1",
                "https://www.youtube.com/feeds/videos.xml?channel_id=UC1",
            ),
        ] {
            let found = found(html, page);
            assert_eq!(found, [(Evidence::Program, expected.to_owned())], "{page}");
        }
        let usual = of_page("", &Url::parse("https://exemple.fr/a/b").unwrap());
        assert_eq!(
            usual.first().map(|candidate| candidate.url.as_str()),
            Some("https://exemple.fr/feed/")
        );
    }

    #[test]
    fn hostile_pages_are_bounded() {
        let links = "<link rel=alternate type=application/rss+xml href=/a>".repeat(50_000);
        assert!(found(&links, "https://exemple.fr/").len() <= MOST_OF_A_KIND);
        let many: String = (0..20_000)
            .map(|index| format!("<a href='/{index}/feed'>x</a>"))
            .collect();
        assert!(found(&many, "https://exemple.fr/").len() <= MOST_OF_A_KIND);
    }
}
