//! The file that a piece becomes.

use super::NewPiece;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::ArticleId;
use crate::index::facts::Settings;
use crate::sections::slug;
use edito_prose::{Field, FieldValue, analyse, frontmatter, set_field};
use jiff::Timestamp;

/// The entire text of a new article.
pub(super) fn compose(
    piece: &NewPiece,
    id: &ArticleId,
    body: &str,
    now: Timestamp,
    settings: &Settings,
) -> Result<String> {
    if let Some(front) = piece.front.as_deref().filter(|front| !front.trim().is_empty()) {
        return Ok(under_its_own_front(front, id, body));
    }
    let mut text = String::from("\n");
    let mut set = |field, value: FieldValue| -> Result<()> {
        text = set_field(&text, field, &value)
            .map_err(|error| Error::new(ErrorKind::Invalid, error.to_string()).because(error))?;
        Ok(())
    };
    let line = |text: &Option<String>| {
        let text = one_line(text.as_deref().unwrap_or_default());
        (!text.is_empty()).then_some(FieldValue::Text(text))
    };
    set(Field::Id, FieldValue::Text(id.0.clone()))?;
    if let Some(title) = line(&piece.title) {
        set(Field::Title, title)?;
    } else if !body.lines().any(|line| line.starts_with("# ")) {
        let name = piece.name();
        if !name.is_empty() {
            set(Field::Title, FieldValue::Text(name))?;
        }
    }
    if let Some(standfirst) = line(&piece.standfirst) {
        set(Field::Standfirst, standfirst)?;
    }
    if let Some(teaser) = line(&piece.teaser) {
        set(Field::Teaser, teaser)?;
    }
    if !piece.authors.is_empty() {
        set(Field::Authors, FieldValue::Authors(piece.authors.clone()))?;
    }
    if let Some(section) = section_of(piece, settings) {
        set(Field::Section, FieldValue::Text(section))?;
    }
    let mut tags: Vec<String> = Vec::new();
    for tag in &piece.tags {
        if let Ok(tag) = crate::library::tags::cleaned(tag)
            && !tags.contains(&tag)
        {
            tags.push(tag);
        }
    }
    if !tags.is_empty() {
        set(Field::Tags, FieldValue::List(tags))?;
    }
    if let Some(date) = &piece.published {
        set(Field::Date, FieldValue::Text(date.to_string()))?;
    }
    if let Some(date) = &piece.updated {
        set(Field::Updated, FieldValue::Text(date.to_string()))?;
    }
    if let Some(lang) = &piece.lang {
        set(Field::Lang, FieldValue::Text(lang.tag().to_owned()))?;
    }
    let Some(head) = text.trim_end().strip_suffix("---") else {
        return Err(Error::new(ErrorKind::Invalid, "the front matter has no end"));
    };
    let mut text = format!("{head}{}---\n\n", source_block(piece, now));
    let body = body.trim_matches(['\n', '\r']);
    if body.trim().is_empty() {
        if let Some(url) = piece.address() {
            text.push_str(&format!("<{url}>\n"));
        }
    } else {
        text.push_str(&body.replace('\0', "\u{fffd}"));
        text.push('\n');
    }
    Ok(text)
}

/// A text under the front matter that it came with, which gets the article's own `id`. One that can't be changed
/// is kept in the text, where everybody can read it.
pub(super) fn under_its_own_front(front: &str, id: &ArticleId, body: &str) -> String {
    let end = if front.ends_with('\n') { "" } else { "\n" };
    let body = format!("{}\n", body.trim_end_matches(['\n', '\r']).replace('\0', "\u{fffd}"));
    let id = FieldValue::Text(id.0.clone());
    let whole = format!("{front}{end}{body}");
    let is_ours = |text: &String| frontmatter::read(text).id.map(FieldValue::Text).as_ref() == Some(&id);
    set_field(&whole, Field::Id, &id)
        .ok()
        .filter(is_ours)
        .or_else(|| set_field(&format!("\n```yaml\n{front}{end}```\n\n{body}"), Field::Id, &id).ok())
        .unwrap_or(whole)
}

/// A text with another body under the front matter that it has, which says when that was taken.
pub(super) fn with_another_body(text: &str, body: &str, captured: Timestamp) -> String {
    let parts = frontmatter::split(text);
    let head = text.get(..text.len() - parts.body.len()).unwrap_or_default();
    let mut new = String::with_capacity(head.len() + body.len() + 2);
    for line in head.split_inclusive('\n') {
        if line.starts_with(CAPTURED) {
            new.push_str(&format!("{CAPTURED}{}\n", stamp(captured)));
        } else {
            new.push_str(line);
        }
    }
    if !new.is_empty() && !new.ends_with('\n') {
        new.push('\n');
    }
    if !new.is_empty() {
        new.push('\n');
    }
    new.push_str(body.trim_matches(['\n', '\r']));
    new.push('\n');
    new
}

/// What the version is called that keeps a text as it was captured: its site and day.
pub(super) fn name_of_version(text: &str, now: Timestamp) -> String {
    let source = frontmatter::read(text).source.unwrap_or_default();
    let day = source
        .captured
        .map(|date| date.to_string())
        .unwrap_or_else(|| stamp(now));
    let day = day.get(..10).unwrap_or(&day);
    match source.site {
        Some(site) => format!("{site}, {day}"),
        None => day.to_owned(),
    }
}

/// Whether a text is what this piece would have become.
pub(super) fn is_of(text: &str, piece: &NewPiece) -> bool {
    let source = frontmatter::read(text).source.unwrap_or_default();
    if source.url.as_deref() != piece.address() {
        return false;
    }
    let body = if piece.body.trim().is_empty() {
        piece.address().unwrap_or_default()
    } else {
        &piece.body
    };
    let plain = |body: &str| -> Vec<String> {
        let plain = analyse(body).plain;
        edito_prose::fold::words(&plain)
            .map(|word| word.folded.into_owned())
            .collect()
    };
    plain(frontmatter::split(text).body) == plain(body)
}

/// How many words a text in Markdown has.
pub(super) fn length(markdown: &str) -> usize {
    edito_prose::fold::words(&analyse(markdown).plain).count()
}

const CAPTURED: &str = "  captured: ";

fn source_block(piece: &NewPiece, now: Timestamp) -> String {
    let mut block = String::from("source:\n");
    // A JSON string is a YAML string.
    let quoted = |text: &str| serde_json::to_string(&one_line(text)).unwrap_or_default();
    if let Some(url) = piece.address() {
        block.push_str(&format!("  url: {}\n", quoted(url)));
    }
    if let Some(site) = piece.site.as_deref().filter(|site| !site.trim().is_empty()) {
        block.push_str(&format!("  site: {}\n", quoted(site)));
    }
    if let Some(published) = &piece.published {
        block.push_str(&format!("  published: {published}\n"));
    }
    block.push_str(&format!("{CAPTURED}{}\n", stamp(piece.captured.unwrap_or(now))));
    block
}

fn stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A text on one line. Spaces that don't break stay: French is written with them.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|it: char| it.is_ascii_whitespace() || it.is_control() || matches!(it, '\u{2028}' | '\u{2029}'))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// The section of the library that the piece's sections name: the innermost that there is.
fn section_of(piece: &NewPiece, settings: &Settings) -> Option<String> {
    let slugs: Vec<String> = piece.section.iter().map(|name| slug(name)).collect();
    for end in (1..=slugs.len()).rev() {
        for start in 0..end {
            let path = slugs.get(start..end)?.join("/");
            if settings.sections.configured(&path).is_some() {
                return Some(path);
            }
        }
    }
    None
}
