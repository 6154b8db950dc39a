//! What a page says of itself in JSON-LD (schema.org), in any of the shapes that systems write it in.

use std::collections::HashMap;

use edito_prose::{ArticleDate, Author};
use serde_json::{Map, Value};

use super::{dates, people};
use crate::html::dom::squeeze;

/// What was found; every part may be missing.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub headline: Option<String>,
    pub alternative: Option<String>,
    pub description: Option<String>,
    pub authors: Vec<Author>,
    pub published: Option<ArticleDate>,
    pub updated: Option<ArticleDate>,
    pub sections: Vec<String>,
    pub keywords: Vec<String>,
    pub lang: Option<String>,
    pub site: Option<String>,
    pub url: Option<String>,
    pub body: Option<String>,
    /// The names of the breadcrumb, in order.
    pub crumbs: Vec<String>,
}

/// Reads all scripts. Of several articles, the one that `is_this` recognises by its address or headline counts, else
/// the first.
pub(super) fn read(scripts: &[String], is_this: &dyn Fn(&str) -> bool) -> JsonLd {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut things = Things::default();
    for value in &values {
        things.gather(value);
    }
    let mut found = JsonLd::default();
    let article = things
        .articles
        .iter()
        .find(|article| {
            let own = |key: &str| article.get(key).and_then(|value| things.text(value));
            let page = article.get("mainEntityOfPage").and_then(|value| things.address(value));
            [own("url"), own("headline"), own("name"), page]
                .into_iter()
                .flatten()
                .any(|text| is_this(&text))
        })
        .or(things.articles.first());
    if let Some(article) = article {
        things.article(article, &mut found);
    }
    for page in &things.pages {
        things.page(page, &mut found);
    }
    if found.site.is_none() {
        found.site = things.sites.iter().find_map(|site| things.text(site.get("name")?));
    }
    found.crumbs = things
        .crumbs
        .iter()
        .map(|list| things.crumbs_of(list))
        .find(|crumbs| !crumbs.is_empty())
        .unwrap_or_default();
    found
}

/// Scripts longer than this are data of a program, not metadata.
const MAX_BYTES: usize = 2 * 1024 * 1024;
/// How many objects are looked at.
const MAX_OBJECTS: usize = 5_000;

fn parse(script: &str) -> Option<Value> {
    if script.len() > MAX_BYTES {
        return None;
    }
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("/*<![CDATA[*/")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches(';')
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("/*]]>*/")
        .trim_end_matches("]]>")
        .trim();
    serde_json::from_str(script).ok().or_else(|| {
        // Line ends in strings, and commas before the end of a list, are the usual mistakes.
        let flat: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut repaired = String::with_capacity(flat.len());
        let mut rest = flat.as_str();
        while let Some(at) = rest.find(',') {
            let (head, tail) = rest.split_at(at);
            repaired.push_str(head);
            let after = tail.get(1..).unwrap_or_default();
            if !after.trim_start().starts_with(['}', ']']) {
                repaired.push(',');
            }
            rest = after;
        }
        repaired.push_str(rest);
        serde_json::from_str(&repaired).ok()
    })
}

#[derive(Default)]
struct Things<'v> {
    by_id: HashMap<&'v str, &'v Map<String, Value>>,
    articles: Vec<&'v Map<String, Value>>,
    pages: Vec<&'v Map<String, Value>>,
    sites: Vec<&'v Map<String, Value>>,
    crumbs: Vec<&'v Map<String, Value>>,
}

impl<'v> Things<'v> {
    fn gather(&mut self, value: &'v Value) {
        let mut stack = vec![value];
        let mut seen = 0;
        while let Some(value) = stack.pop() {
            match value {
                Value::Array(values) => stack.extend(values.iter().rev()),
                Value::Object(object) => {
                    seen += 1;
                    if seen > MAX_OBJECTS {
                        return;
                    }
                    if let Some(id) = object.get("@id").and_then(Value::as_str)
                        && object.len() > 1
                    {
                        self.by_id.entry(id).or_insert(object);
                    }
                    self.sort(object);
                    // Inner objects, the first of them first; comments are articles by their type in some systems.
                    let inner = object
                        .iter()
                        .filter(|(key, value)| value.is_object() || (value.is_array() && key.as_str() != "comment"));
                    let mut inner: Vec<&Value> = inner.map(|(_, value)| value).collect();
                    inner.reverse();
                    stack.extend(inner);
                }
                _ => {}
            }
        }
    }

    fn sort(&mut self, object: &'v Map<String, Value>) {
        for kind in kinds(object) {
            let kind = kind.rsplit(['/', ':']).next().unwrap_or_default();
            if kind.ends_with("Article")
                || matches!(
                    kind,
                    "Report"
                        | "BlogPosting"
                        | "LiveBlogPosting"
                        | "Review"
                        | "SocialMediaPosting"
                        | "DiscussionForumPosting"
                )
            {
                self.articles.push(object);
            } else if kind.ends_with("WebPage") || kind == "ItemPage" {
                self.pages.push(object);
            } else if kind == "WebSite" {
                self.sites.push(object);
            } else if kind == "BreadcrumbList" {
                self.crumbs.push(object);
            }
        }
    }

    fn article(&self, article: &Map<String, Value>, found: &mut JsonLd) {
        let text = |key: &str| article.get(key).and_then(|value| self.text(value));
        found.headline = text("headline").or_else(|| text("name"));
        found.alternative = text("alternativeHeadline").or_else(|| text("alternateName"));
        found.description = text("description");
        found.published = text("datePublished")
            .or_else(|| text("dateCreated"))
            .and_then(|date| dates::read(&date));
        found.updated = text("dateModified").and_then(|date| dates::read(&date));
        found.lang = text("inLanguage");
        found.url = article
            .get("mainEntityOfPage")
            .and_then(|value| self.address(value))
            .or_else(|| text("url"));
        found.body = article.get("articleBody").and_then(Value::as_str).map(str::to_owned);
        found.site = article.get("publisher").and_then(|value| self.name(value));
        if let Some(value) = article.get("articleSection") {
            found.sections = self.list(value);
        }
        if let Some(value) = article.get("keywords") {
            found.keywords = self.list(value);
        }
        for key in ["author", "creator"] {
            if found.authors.is_empty()
                && let Some(value) = article.get(key)
            {
                self.authors(value, &mut found.authors);
            }
        }
    }

    fn page(&self, page: &Map<String, Value>, found: &mut JsonLd) {
        let text = |key: &str| page.get(key).and_then(|value| self.text(value));
        let date = |key: &str| text(key).and_then(|date| dates::read(&date));
        found.published = found.published.or_else(|| date("datePublished"));
        found.updated = found.updated.or_else(|| date("dateModified"));
        if found.description.is_none() {
            found.description = text("description");
        }
        if found.lang.is_none() {
            found.lang = text("inLanguage");
        }
        if found.authors.is_empty()
            && let Some(value) = page.get("author")
        {
            self.authors(value, &mut found.authors);
        }
    }

    fn authors(&self, value: &Value, authors: &mut Vec<Author>) {
        match value {
            Value::Array(values) => values.iter().take(50).for_each(|value| self.authors(value, authors)),
            Value::String(text) => people::merge(authors, people::listed(&decoded(text))),
            Value::Object(object) => {
                let object = self.resolved(object);
                // An office that publishes is no author, though many systems say so; its name is the site's.
                let Some(name) = object.get("name").and_then(|name| self.text(name)) else {
                    return;
                };
                let function = object
                    .get("jobTitle")
                    .and_then(|title| self.text(title))
                    .filter(|function| function.chars().count() <= 200);
                let mut named = people::listed(&name);
                if named.is_empty() && !name.contains("://") && name.chars().count() <= 80 {
                    named.push(Author { name, function: None });
                }
                if let [author] = named.as_mut_slice()
                    && function.is_some()
                {
                    author.function = function;
                }
                people::merge(authors, named);
            }
            _ => {}
        }
    }

    fn resolved<'m>(&self, object: &'m Map<String, Value>) -> &'m Map<String, Value>
    where
        'v: 'm,
    {
        match object.get("@id").and_then(Value::as_str) {
            Some(id) if object.len() == 1 || !object.contains_key("name") => {
                self.by_id.get(id).copied().unwrap_or(object)
            }
            _ => object,
        }
    }

    fn name(&self, value: &Value) -> Option<String> {
        match value {
            Value::Array(values) => values.iter().find_map(|value| self.name(value)),
            Value::Object(object) => self.text(self.resolved(object).get("name")?),
            other => self.text(other),
        }
    }

    fn address(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Object(object) => {
                let text = object.get("@id").or_else(|| object.get("url"))?;
                text.as_str().map(str::to_owned)
            }
            Value::Array(values) => values.iter().find_map(|value| self.address(value)),
            _ => None,
        }
    }

    fn text(&self, value: &Value) -> Option<String> {
        let text = match value {
            Value::String(text) => decoded(text),
            Value::Number(number) => number.to_string(),
            Value::Array(values) => return values.iter().find_map(|value| self.text(value)),
            Value::Object(object) => return self.text(object.get("@value").or_else(|| object.get("name"))?),
            _ => return None,
        };
        let text = squeeze(&text);
        (!text.is_empty()).then_some(text)
    }

    fn list(&self, value: &Value) -> Vec<String> {
        match value {
            Value::Array(values) => values.iter().take(100).filter_map(|value| self.text(value)).collect(),
            other => self
                .text(other)
                .map(|text| {
                    text.split([',', ';'])
                        .map(|part| part.trim().to_owned())
                        .filter(|part| !part.is_empty())
                        .collect()
                })
                .unwrap_or_default(),
        }
    }

    fn crumbs_of(&self, list: &Map<String, Value>) -> Vec<String> {
        let Some(Value::Array(items)) = list.get("itemListElement") else {
            return Vec::new();
        };
        let mut crumbs: Vec<(f64, String)> = items
            .iter()
            .take(30)
            .enumerate()
            .filter_map(|(at, item)| {
                let item = item.as_object()?;
                let position = match item.get("position") {
                    Some(Value::Number(number)) => number.as_f64(),
                    Some(Value::String(text)) => text.parse().ok(),
                    _ => None,
                };
                let name = item
                    .get("name")
                    .and_then(|name| self.text(name))
                    .or_else(|| self.text(self.resolved(item.get("item")?.as_object()?).get("name")?))?;
                Some((position.unwrap_or(at as f64), name))
            })
            .collect();
        crumbs.sort_by(|one, other| one.0.total_cmp(&other.0));
        crumbs.into_iter().map(|(_, name)| name).collect()
    }
}

fn kinds(object: &Map<String, Value>) -> Vec<&str> {
    match object.get("@type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Text of JSON in which many systems leave entities of HTML, and some tags.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    let plain = crate::html::plain(&text.replace("&amp;", "&"));
    plain.paragraphs.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(script: &str) -> JsonLd {
        read(&[script.to_owned()], &|_| false)
    }

    #[test]
    fn articles_are_found_in_every_shape() {
        for script in [
            r#"{"@context":"https://schema.org","@type":"OpinionNewsArticle","headline":"L&rsquo;&eacute;t&eacute;","author":{"@type":"Person","name":"Jane Doe","jobTitle":"editor"},"datePublished":"2024-03-12"}"#,
            r#"[{"@type":"WebSite","name":"S"},{"@type":["NewsArticle","Thing"],"headline":"L’été","author":[{"name":"Jane Doe","jobTitle":"editor"}],"datePublished":"2024-03-12"}]"#,
            r##"{"@graph":[{"@type":"Article","headline":"L’été","author":{"@id":"#p"},"datePublished":"2024-03-12"},{"@type":"Person","@id":"#p","name":"Jane Doe","jobTitle":"editor"}]}"##,
            "<!--\n{\"@type\":\"Report\",\"headline\":\"L’été\",\n\"author\":{\"name\":\"Jane\nDoe\",\"jobTitle\":\"editor\",},\"datePublished\":\"2024-03-12\",}\n-->",
        ] {
            let found = read_one(script);
            assert_eq!(found.headline.as_deref(), Some("L’été"), "{script}");
            let author = found.authors.first();
            assert_eq!(author.map(|author| author.name.as_str()), Some("Jane Doe"), "{script}");
            assert_eq!(
                author.and_then(|author| author.function.as_deref()),
                Some("editor"),
                "{script}"
            );
            assert!(found.published.is_some(), "{script}");
        }
    }

    #[test]
    fn crumbs_come_in_their_order() {
        let found = read_one(
            r#"{"@type":"BreadcrumbList","itemListElement":[{"position":2,"item":{"name":"Dans les médias"}},{"position":"1","name":"Home"}]}"#,
        );
        assert_eq!(found.crumbs, ["Home", "Dans les médias"]);
    }

    #[test]
    fn nonsense_is_no_trouble() {
        for script in [
            "",
            "null",
            "[[[[",
            "{\"@type\":5}",
            "{\"@graph\":{\"@type\":\"Article\",\"author\":[[1,{}],null]}}",
        ] {
            let found = read_one(script);
            assert!(found.headline.is_none() && found.authors.is_empty(), "{script}");
        }
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read_one(&deep).headline.is_none());
    }
}
