//! Images, embedded media, code and mathematics.

use dom_query::{NodeData, NodeRef};

use super::Reading;
use crate::address::Addresses;
use crate::html::dom;
use crate::images;

/// The attribute in which preparing a page leaves the number of an image that was in the page itself.
pub(crate) const IMAGE_ATTRIBUTE: &str = "data-edito-image";
/// The attribute in which preparing a page leaves the TeX of a formula.
pub(crate) const TEX_ATTRIBUTE: &str = "data-edito-tex";
/// Beside it, when the formula stands on a line of its own.
pub(crate) const DISPLAY_ATTRIBUTE: &str = "data-edito-display";

/// How a part of the page itself is asked for.
pub(crate) const DATA_PREFIX: &str = "edito-data:";

/// The place of an image in the gallery; nothing when it is none to be seen.
pub(super) fn image(node: &NodeRef<'_>, reading: &mut Reading<'_>) -> Option<usize> {
    if is_counter(node) {
        reading.receipt.leave_out("tracking-pixel", None);
        return None;
    }
    let sources = sources(node);
    for source in &sources {
        if images::is_data_url(source) {
            let Some(bytes) = images::from_data_url(source) else {
                continue;
            };
            return reading.gallery.embed(&bytes, None, None, reading.receipt);
        }
        let full = reading.addresses.part(source);
        if let Some(part) = reading.parts.part(source, full.as_deref()) {
            return reading
                .gallery
                .embed(&part.bytes, part.name.as_deref(), full, reading.receipt);
        }
    }
    match sources.iter().find_map(|source| reading.addresses.part(source)) {
        Some(address) => Some(reading.gallery.refer(address, reading.receipt)),
        None => {
            if !sources.is_empty() {
                reading.receipt.degrade("image-without-address", None);
            }
            None
        }
    }
}

/// The addresses of an image, the best first: pages that load images late hold the real one in another attribute.
pub(crate) fn sources(node: &NodeRef<'_>) -> Vec<String> {
    let mut sources = Vec::new();
    if let Some(number) = dom::attribute(node, IMAGE_ATTRIBUTE) {
        sources.push(format!("{DATA_PREFIX}{number}"));
        return sources;
    }
    let plain = dom::attribute(node, "src");
    let late = LATE
        .iter()
        .find_map(|name| dom::attribute(node, name).filter(|value| is_address(value)));
    let late_set = LATE_SETS
        .iter()
        .find_map(|name| best_of_set(&dom::attribute(node, name)?));
    let set = dom::attribute(node, "srcset").and_then(|set| best_of_set(&set));
    let stand_in = plain.as_deref().is_none_or(is_stand_in);
    if !stand_in {
        sources.extend(plain.clone());
    }
    sources.extend(late);
    sources.extend(late_set);
    sources.extend(set);
    if stand_in {
        sources.extend(plain);
    }
    sources.dedup();
    sources
}

/// A medium that is embedded in a page: its address and its title.
pub(crate) fn embedded(node: &NodeRef<'_>, addresses: &Addresses) -> Option<(String, String)> {
    let source = ["src", "data-src", "data-lazy-src", "data-litespeed-src", "data"]
        .iter()
        .find_map(|name| dom::attribute(node, name).filter(|value| is_address(value)))
        .or_else(|| {
            let sources = node.descendants_it().filter(|inner| dom::is(inner, &["source"]));
            sources.filter_map(|source| dom::attribute(&source, "src")).next()
        });
    let name = dom::name(node);
    let source = match (&*name, source) {
        ("amp-youtube", None) => format!(
            "https://www.youtube.com/embed/{}",
            dom::attribute(node, "data-videoid")?
        ),
        (_, source) => source?,
    };
    let address = addresses.part(&source)?;
    let url = crate::url::absolute(&address)?;
    let host = url.host_str()?.trim_start_matches("www.").to_owned();
    let known = matches!(&*name, "video" | "audio" | "amp-youtube")
        || MEDIA_HOSTS
            .iter()
            .any(|known| host == *known || host.ends_with(&format!(".{known}")))
        || url.path().contains("/videos/embed/");
    if !known {
        return None;
    }
    let address = watching(&url, &host).unwrap_or(address);
    let title = ["title", "aria-label", "data-title"]
        .iter()
        .find_map(|name| dom::attribute(node, name))
        .map(|title| dom::squeeze(&title))
        .filter(|title| !title.is_empty())
        .unwrap_or(host);
    Some((address, title))
}

/// The TeX of a MathML formula, and whether it stands alone.
pub(super) fn tex(math: &NodeRef<'_>) -> Option<(String, bool)> {
    let display = dom::attribute(math, "display").as_deref() == Some("block");
    let annotation = math.descendants_it().find(|inner| {
        dom::is(inner, &["annotation"])
            && dom::attribute(inner, "encoding").is_some_and(|encoding| encoding.contains("tex"))
    });
    let tex = annotation
        .map(|annotation| annotation.text().trim().to_owned())
        .or_else(|| dom::attribute(math, "alttext"))
        .filter(|tex| !tex.is_empty())?;
    let tex = tex
        .strip_prefix("{\\displaystyle")
        .and_then(|tex| tex.strip_suffix('}'))
        .map(|tex| tex.trim().to_owned())
        .unwrap_or(tex);
    Some((tex, display))
}

/// The TeX of an element that shows a formula as a script drew it.
pub(super) fn marked_tex(node: &NodeRef<'_>) -> Option<(String, bool)> {
    if let Some(tex) = dom::attribute(node, TEX_ATTRIBUTE) {
        return Some((tex, node.has_attr(DISPLAY_ATTRIBUTE)));
    }
    let class = node.class()?;
    if !class
        .split_ascii_whitespace()
        .any(|class| matches!(class, "katex" | "katex-display" | "mwe-math-element"))
    {
        return None;
    }
    let math = node.descendants_it().find(|inner| dom::is(inner, &["math"]))?;
    let (tex, display) = tex(&math)?;
    Some((tex, display || class.contains("display")))
}

/// The text of code, line ends as they are.
pub(super) fn verbatim(node: &NodeRef<'_>) -> String {
    let mut text = String::new();
    let mut lines_of_blocks = false;
    for inner in node.descendants_it() {
        inner.query(|tree| match &tree.data {
            NodeData::Text { contents } => text.push_str(contents),
            NodeData::Element(element) => match &*element.name.local {
                "br" => text.push('\n'),
                // Some colourings make each line a block, or a row of a table.
                "div" | "tr" | "li" | "p" if lines_of_blocks && !text.ends_with('\n') => text.push('\n'),
                "div" | "tr" | "li" | "p" => lines_of_blocks = true,
                _ => {}
            },
            _ => {}
        });
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The language that code says it is in.
pub(super) fn language(pre: &NodeRef<'_>) -> String {
    let code = pre.descendants_it().find(|inner| dom::is(inner, &["code"]));
    let parent = pre.parent();
    for node in [code, Some(*pre), parent].into_iter().flatten() {
        for name in ["data-lang", "data-language"] {
            if let Some(language) = dom::attribute(&node, name) {
                return clean_language(&language);
            }
        }
        let Some(class) = node.class() else { continue };
        let mut classes = class.split_ascii_whitespace();
        while let Some(class) = classes.next() {
            for prefix in ["language-", "lang-", "highlight-source-", "brush:"] {
                if let Some(language) = class.strip_prefix(prefix) {
                    let language = match language {
                        "" => classes.next().unwrap_or_default(),
                        language => language,
                    };
                    return clean_language(language);
                }
            }
        }
    }
    String::new()
}

/// The best address of a `srcset`: the widest of at most 2,000 pixels, else the narrowest.
pub(crate) fn best_of_set(set: &str) -> Option<String> {
    let mut candidates: Vec<(f64, &str)> = Vec::new();
    let mut rest = set.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    while !rest.is_empty() && candidates.len() < 64 {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let (address, descriptor, after) = match address.strip_suffix(',') {
            Some(address) => (address, "", after),
            None => {
                let end = after.find(',').unwrap_or(after.len());
                let (descriptor, after) = after.split_at(end);
                (address, descriptor.trim(), after)
            }
        };
        let number = descriptor.get(..descriptor.len().saturating_sub(1)).unwrap_or_default();
        let width = match (descriptor.chars().next_back(), number.parse::<f64>()) {
            (Some('w'), Ok(width)) => width,
            (Some('x'), Ok(density)) => density * 800.0,
            _ => 800.0,
        };
        if !address.is_empty() {
            candidates.push((width, address));
        }
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    let fitting = candidates
        .iter()
        .filter(|(width, _)| *width <= 2_000.0)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    let best = fitting.or_else(|| candidates.iter().min_by(|one, other| one.0.total_cmp(&other.0)))?;
    Some(best.1.to_owned())
}

const LATE: &[&str] = &[
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-original-src",
    "data-actualsrc",
    "data-full-src",
    "data-hi-res-src",
    "data-lazyload",
    "data-large-file",
];

const LATE_SETS: &[&str] = &["data-srcset", "data-lazy-srcset", "data-original-set"];

/// Whose embedded pages are what the article shows, and not what pays for it.
const MEDIA_HOSTS: &[&str] = &[
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "vimeo.com",
    "dailymotion.com",
    "twitch.tv",
    "ted.com",
    "archive.org",
    "arte.tv",
    "ina.fr",
    "francetv.fr",
    "france.tv",
    "radiofrance.fr",
    "franceculture.fr",
    "franceinter.fr",
    "bfmtv.com",
    "euronews.com",
    "aljazeera.com",
    "aljazeera.net",
    "bbc.co.uk",
    "bbc.com",
    "soundcloud.com",
    "spotify.com",
    "deezer.com",
    "apple.com",
    "ausha.co",
    "acast.com",
    "audiomeans.fr",
    "audioboom.com",
    "simplecast.com",
    "megaphone.fm",
    "libsyn.com",
    "podbean.com",
    "buzzsprout.com",
    "substack.com",
    "bandcamp.com",
    "mixcloud.com",
    "datawrapper.de",
    "dwcdn.net",
    "flourish.studio",
    "infogram.com",
    "documentcloud.org",
    "scribd.com",
    "issuu.com",
    "slideshare.net",
    "google.com",
    "openstreetmap.org",
    "twitter.com",
    "x.com",
    "instagram.com",
    "facebook.com",
    "tiktok.com",
    "bsky.app",
    "codepen.io",
    "jsfiddle.net",
    "observablehq.com",
    "tableau.com",
    "upworthy.com",
];

/// The page to watch instead of the frame to embed.
fn watching(url: &url::Url, host: &str) -> Option<String> {
    let last = || url.path_segments()?.rfind(|segment| !segment.is_empty());
    match host {
        "youtube.com" | "youtube-nocookie.com" if url.path().starts_with("/embed/") => {
            Some(format!("https://www.youtube.com/watch?v={}", last()?))
        }
        "player.vimeo.com" => Some(format!("https://vimeo.com/{}", last()?)),
        "dailymotion.com" if url.path().starts_with("/embed/") => {
            Some(format!("https://www.dailymotion.com/video/{}", last()?))
        }
        _ => None,
    }
}

/// Whether a value may be an address at all; such attributes hold settings as well.
fn is_address(value: &str) -> bool {
    value.len() > 3
        && !value.starts_with('{')
        && !value.contains(' ')
        && value.contains(['.', '/'])
        && !images::is_data_url(value)
}

/// Whether an address stands in for an image that is loaded late.
fn is_stand_in(source: &str) -> bool {
    if images::is_data_url(source) {
        return source.len() < 512 || source.contains("svg+xml");
    }
    let file = source.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    [
        "placeholder",
        "blank.",
        "spacer",
        "lazy",
        "transparent.",
        "pixel.gif",
        "grey.gif",
        "gray.gif",
        "loading",
    ]
    .iter()
    .any(|mark| file.contains(mark))
}

/// Whether an image only tells somebody that the page was seen.
fn is_counter(node: &NodeRef<'_>) -> bool {
    let side = |name: &str| {
        let value = dom::attribute(node, name)?;
        value.trim_end_matches("px").parse::<f64>().ok()
    };
    if side("width").is_some_and(|side| side < 3.0) && side("height").is_none_or(|side| side < 3.0) {
        return true;
    }
    if side("height").is_some_and(|side| side < 3.0) {
        return true;
    }
    let style: String = dom::attribute(node, "style")
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    style.contains("width:1px")
        || style.contains("height:1px")
        || style.contains("width:0") && style.contains("height:0")
}

fn clean_language(language: &str) -> String {
    let language = language.trim().trim_end_matches(';').to_ascii_lowercase();
    let sound = language.len() <= 30
        && language
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'-' | b'_' | b'.'));
    if sound && !matches!(&*language, "none" | "plaintext" | "text") {
        language
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_a_set_is_wide_but_not_huge() {
        for (set, best) in [
            ("a.jpg 400w, b.jpg 1200w, c.jpg 4000w", "b.jpg"),
            ("a.jpg, b.jpg 2x", "b.jpg"),
            (
                "https://x.fr/a,b.jpg 300w,https://x.fr/c.jpg 600w",
                "https://x.fr/c.jpg",
            ),
            ("huge.jpg 5000w", "huge.jpg"),
        ] {
            assert_eq!(best_of_set(set).as_deref(), Some(best), "{set}");
        }
        assert_eq!(best_of_set(" , "), None);
    }
}
