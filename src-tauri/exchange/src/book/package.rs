//! What the package of a book (OPF, EPUB 2 and 3) says: metadata, the order of its texts, its table of contents.

use std::collections::HashMap;

use edito_prose::{ArticleDate, Author, Lang};

use super::xml::{Element, elements};

/// A package.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub authors: Vec<Author>,
    pub lang: Option<Lang>,
    pub publisher: Option<String>,
    pub description: Option<String>,
    pub subjects: Vec<String>,
    pub published: Option<ArticleDate>,
    pub source: Option<String>,
    /// The texts in the order in which they are read: their paths in the archive.
    pub texts: Vec<String>,
    pub cover: Option<String>,
    /// The path of the table of contents of EPUB 3.
    pub contents: Option<String>,
    /// The path of the table of contents of EPUB 2.
    pub ncx: Option<String>,
}

/// The path of the package, as `META-INF/container.xml` gives it.
pub(super) fn path_of_package(container: &[u8]) -> Option<String> {
    let elements = elements(container);
    let root = elements
        .iter()
        .filter(|element| element.name == "rootfile")
        .find(|element| {
            element
                .attribute("media-type")
                .is_none_or(|kind| kind.contains("oebps-package"))
        })?;
    root.attribute("full-path")
        .map(|path| path.trim_start_matches('/').to_owned())
}

/// Reads a package that stands at `path` in its archive.
pub(super) fn read(bytes: &[u8], path: &str) -> Package {
    let elements = elements(bytes);
    let mut package = Package::default();
    let refined = refinements(&elements);
    metadata(&elements, &refined, &mut package);
    let mut items: HashMap<&str, (String, &Element)> = HashMap::new();
    for item in elements.iter().filter(|element| element.name == "item") {
        if let (Some(id), Some(href)) = (item.attribute("id"), item.attribute("href")) {
            items.insert(id, (joined(path, href), item));
        }
    }
    let has = |item: &Element, property: &str| {
        let properties = item.attribute("properties").unwrap_or_default();
        properties.split_whitespace().any(|found| found == property)
    };
    for (target, item) in items.values() {
        if has(item, "nav") {
            package.contents = Some(target.clone());
        }
        if has(item, "cover-image") {
            package.cover = Some(target.clone());
        }
    }
    let old_cover = elements
        .iter()
        .find(|element| element.name == "meta" && element.attribute("name") == Some("cover"))
        .and_then(|meta| items.get(meta.attribute("content")?));
    if let Some((target, item)) = old_cover
        && package.cover.is_none()
        && item
            .attribute("media-type")
            .is_some_and(|kind| kind.starts_with("image/"))
    {
        package.cover = Some(target.clone());
    }
    if let Some(spine) = elements.iter().find(|element| element.name == "spine") {
        package.ncx = spine
            .attribute("toc")
            .and_then(|id| items.get(id))
            .map(|(target, _)| target.clone());
    }
    for reference in elements.iter().filter(|element| element.name == "itemref") {
        let item = reference.attribute("idref").and_then(|id| items.get(id));
        if let Some((target, item)) = item
            && item
                .attribute("media-type")
                .is_none_or(|kind| kind.contains("html") || kind.contains("oeb1-document"))
            && !package.texts.contains(target)
        {
            package.texts.push(target.clone());
        }
    }
    package
}

/// The headings that a table of contents gives to texts, by their path: that of each file's first entry.
pub(super) fn headings(contents: Option<(&[u8], &str)>, ncx: Option<(&[u8], &str)>) -> HashMap<String, String> {
    let mut headings: HashMap<String, String> = HashMap::new();
    if let Some((bytes, path)) = contents {
        for link in elements(bytes).iter().filter(|element| element.name == "a") {
            if let Some(href) = link.attribute("href")
                && !link.text.is_empty()
            {
                headings.entry(joined(path, href)).or_insert_with(|| link.text.clone());
            }
        }
    }
    if headings.is_empty()
        && let Some((bytes, path)) = ncx
    {
        let elements = elements(bytes);
        let mut label: Option<String> = None;
        for element in &elements {
            match element.name.as_str() {
                "text" => label = Some(element.text.clone()),
                "content" => {
                    if let (Some(href), Some(label)) = (element.attribute("src"), label.take())
                        && !label.is_empty()
                    {
                        headings.entry(joined(path, href)).or_insert(label);
                    }
                }
                _ => {}
            }
        }
    }
    headings
}

/// The path in the archive of what a file there refers to, without its fragment.
pub(super) fn joined(from: &str, href: &str) -> String {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let href = percent_decoded(href);
    let mut parts: Vec<&str> = if href.starts_with('/') {
        Vec::new()
    } else {
        from.split('/').collect()
    };
    if !href.starts_with('/') {
        parts.pop();
    }
    if href.is_empty() {
        return from.to_owned();
    }
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        if first == b'%'
            && let [high, low, tail @ ..] = after
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            bytes.push(high * 16 + low);
            rest = tail;
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// What EPUB 3 says about other elements: (id, property) to value.
fn refinements(elements: &[Element]) -> HashMap<(String, String), String> {
    elements
        .iter()
        .filter(|element| element.name == "meta")
        .filter_map(|meta| {
            let id = meta.attribute("refines")?.trim_start_matches('#').to_owned();
            Some(((id, meta.attribute("property")?.to_owned()), meta.text.clone()))
        })
        .collect()
}

fn metadata(elements: &[Element], refined: &HashMap<(String, String), String>, package: &mut Package) {
    let about = |element: &Element, property: &str| {
        let id = element.attribute("id")?;
        refined.get(&(id.to_owned(), property.to_owned())).cloned()
    };
    let mut others: Vec<Author> = Vec::new();
    for element in elements
        .iter()
        .filter(|element| !element.text.is_empty() || element.name == "meta")
    {
        match element.name.as_str() {
            "title" => match about(element, "title-type").as_deref() {
                Some("subtitle") => package.subtitle = Some(element.text.clone()),
                Some("main") => package.title = Some(element.text.clone()),
                _ => {
                    package.title.get_or_insert_with(|| element.text.clone());
                }
            },
            "creator" => {
                let role = element
                    .attribute("role")
                    .map(str::to_owned)
                    .or_else(|| about(element, "role"));
                let author = Author {
                    name: element.text.clone(),
                    function: None,
                };
                if role.as_deref().is_none_or(|role| role == "aut") {
                    package.authors.push(author);
                } else {
                    others.push(author);
                }
            }
            "language" => package.lang = package.lang.take().or_else(|| Some(Lang::from_tag(&element.text))),
            "publisher" => package.publisher = package.publisher.take().or_else(|| Some(element.text.clone())),
            "description" => {
                let plain = crate::html::plain(&element.text).paragraphs.join(" ");
                package.description = Some(plain).filter(|text| !text.is_empty());
            }
            "subject" if package.subjects.len() < 30 => package.subjects.push(element.text.clone()),
            "date" => {
                let published = element
                    .attribute("event")
                    .is_none_or(|event| event.contains("publication"));
                if published && package.published.is_none() {
                    package.published = crate::page::read_date(&element.text);
                }
            }
            "source" | "identifier" if crate::url::absolute(&element.text).is_some() => {
                package.source = package.source.take().or_else(|| Some(element.text.clone()));
            }
            _ => {}
        }
    }
    if package.authors.is_empty() {
        package.authors = others;
    }
    package.authors.truncate(30);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_within_the_archive() {
        for (from, href, path) in [
            ("OEBPS/content.opf", "text/ch1.xhtml#a", "OEBPS/text/ch1.xhtml"),
            ("OEBPS/text/ch1.xhtml", "../img/a%20b.png", "OEBPS/img/a b.png"),
            ("content.opf", "../../../etc/passwd", "etc/passwd"),
            ("OEBPS/a.xhtml", "#n1", "OEBPS/a.xhtml"),
            ("a/b.xhtml", "/c.xhtml", "c.xhtml"),
        ] {
            assert_eq!(joined(from, href), path, "{href}");
        }
    }
}
