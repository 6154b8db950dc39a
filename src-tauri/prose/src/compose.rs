//! Making pieces out of pieces: taking a part out, splitting at headings, putting several into one.
//!
//! What a part needs comes along: the footnotes that it calls, the definitions of its links. Labels that two parts share
//! are renamed where they mean different things; relative addresses follow a text into another folder. Code is never
//! touched, and all other bytes stay as they are.

mod definitions;
mod headings;
mod labels;
mod scan;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;

use crate::frontmatter;
use definitions::{Definition, Glossary};
use headings::{Section, sections};

/// A part of a text that becomes a text of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The words of its heading, or its first words; empty where it has none.
    pub title: String,
    /// Its text without the heading, with what it needs of the rest.
    pub body: String,
}

/// A text in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What stays: the whole text, front matter included, without the parts and without the notes that only they call.
    pub rest: String,
    /// The parts, in order; at least one.
    pub parts: Vec<Part>,
}

/// Where a text is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// From the heading on that begins on this line (from 1, in the whole text) to the end.
    Line(u32),
    /// At each heading of this level; a heading of a higher level ends a part and belongs to what stays.
    Level(u8),
}

/// A text that is put together with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The whole text, front matter included.
    pub text: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The folder of its file within the library, `/` between folders, empty for the root.
    pub folder: &'a str,
}

/// A part of a text, in bytes, as a text of its own. The range is widened to the bounds of characters.
pub fn extract(text: &str, range: Range<usize>) -> Part {
    let parts = frontmatter::split(text);
    let bound = |at: usize| {
        let at = at.clamp(parts.body_start, text.len());
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
    };
    let (start, end) = (bound(range.start), bound(range.end.max(range.start)));
    let fragment = text.get(start..end).unwrap_or_default();
    let found = Glossary::of(text, parts.body_start);
    let inner = sections(fragment);
    let heading = inner
        .first()
        .filter(|section| fragment.get(..section.start).unwrap_or_default().trim().is_empty());
    let (title, body, level) = match heading {
        Some(section) => (
            section.title.clone(),
            fragment.get(section.text..).unwrap_or_default(),
            section.level,
        ),
        None => (first_words(fragment), fragment, 1),
    };
    let within = |definition: &Definition| definition.range.start >= start && definition.range.end <= end;
    let body = headings::shifted(body, -i8::try_from(level).unwrap_or(1) + 1);
    let body = found.with_needed(&body, within);
    Part { title, body }
}

/// Splits a text. `None` when nothing begins where it is to be split, or nothing would stay or come apart.
pub fn split(text: &str, at: At) -> Option<Parts> {
    let parts = frontmatter::split(text);
    let body_start = parts.body_start;
    let found = Glossary::of(text, body_start);
    let all = sections(parts.body);
    let end = parts.body.len();
    let mut cuts: Vec<(&Section, Range<usize>)> = Vec::new();
    match at {
        At::Line(line) => {
            let before = crate::outline::line_of(text, body_start);
            let section = all
                .iter()
                .find(|section| crate::outline::line_of(parts.body, section.start) - 1 + before == line)?;
            cuts.push((section, section.start..end));
        }
        At::Level(level) => {
            for (number, section) in all.iter().enumerate() {
                if section.level != level {
                    continue;
                }
                let next = all.iter().skip(number + 1).find(|next| next.level <= level);
                cuts.push((section, section.start..next.map_or(end, |next| next.start)));
            }
        }
    }
    if cuts.is_empty() {
        return None;
    }
    // Notes stand at the end of many texts: they are nobody’s part, and go where they are called.
    let without = |range: &Range<usize>, goes: &dyn Fn(&Definition) -> bool| {
        let mut text = String::new();
        let mut at = range.start;
        let inside = range.start + body_start..range.end + body_start;
        for definition in found.within(&inside).filter(|one| goes(one)) {
            let start = definition.range.start - body_start;
            text.push_str(parts.body.get(at..start).unwrap_or_default());
            at = definition.range.end - body_start;
            // What stood apart stays apart.
            let behind = parts.body.get(at..range.end).unwrap_or_default();
            let is_apart = text.is_empty() || text.ends_with("\n\n") || text.ends_with("\n\r\n");
            if !is_apart && !behind.is_empty() && !behind.starts_with(['\n', '\r']) {
                text.push('\n');
            }
        }
        text.push_str(parts.body.get(at..range.end).unwrap_or_default());
        text
    };
    let mut made = Vec::new();
    let mut stays: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for (section, range) in &cuts {
        stays.push(at..range.start);
        at = range.end;
        let body = without(&(section.text..range.end), &|_| true);
        let body = headings::shifted(&body, 1 - i8::try_from(section.level).unwrap_or(1));
        made.push(Part {
            title: section.title.clone(),
            body: found.with_needed(&body, |_| false),
        });
    }
    stays.push(at..end);
    // What only the parts call goes with them; every other definition stays, in its place if that stays.
    let called: HashSet<(String, bool)> = made
        .iter()
        .flat_map(|part| definitions::labels_in(&part.body))
        .collect();
    let prose: String = stays.iter().map(|range| without(range, &|_| true)).collect();
    let needed = found.needed(&prose);
    let goes = |one: &Definition| {
        let label = (one.label.clone(), one.note);
        called.contains(&label) && !needed.contains(&label)
    };
    let mut rest: String = stays.iter().map(|range| without(range, &goes)).collect();
    rest.truncate(rest.trim_end().len());
    if !rest.is_empty() {
        rest.push('\n');
    }
    let mut kept: Vec<&Definition> = Vec::new();
    for (_, range) in &cuts {
        let inside = range.start + body_start..range.end + body_start;
        kept.extend(found.within(&inside).filter(|one| !goes(one)));
    }
    found.append(&mut rest, kept);
    let head = text.get(..body_start).unwrap_or_default();
    Some(Parts {
        rest: format!("{head}{rest}"),
        parts: made,
    })
}

/// Puts texts together: the first as it is, the others below it in order, each under its title as a heading of the second
/// level, its own headings one level lower. Their front matter is left behind, but for the standfirst, which stands as a
/// paragraph.
pub fn merge(pieces: &[Piece<'_>]) -> String {
    let Some(first) = pieces.first() else {
        return String::new();
    };
    let mut merged = first.text.to_owned();
    for piece in pieces.iter().skip(1) {
        let parts = frontmatter::split(piece.text);
        let front = frontmatter::read_split(piece.text, &parts);
        let body = parts.body.trim_matches(['\n', '\r']);
        let body = headings::shifted(body, 1);
        let body = scan::rebased(&body, piece.folder, first.folder);
        let body = labels::apart(&body, &merged);
        let mut addition = String::new();
        let title = piece.title.trim();
        if !title.is_empty()
            && sections(&body)
                .first()
                .is_none_or(|section| section.title != title || section.start > 0)
        {
            addition.push_str("## ");
            addition.push_str(&scan::one_line(title));
            addition.push_str("\n\n");
        }
        if let Some(standfirst) = front
            .standfirst
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            addition.push_str(&scan::one_line(standfirst));
            addition.push_str("\n\n");
        }
        addition.push_str(&body);
        let kept = merged.trim_end_matches(['\n', '\r', ' ']).len();
        merged.truncate(kept);
        // Code or a comment that nothing closes would take in what is put below it.
        let fence = scan::open_end(merged.get(frontmatter::split(&merged).body_start..).unwrap_or_default());
        if let Some(fence) = fence {
            merged.push('\n');
            merged.push_str(&fence);
        }
        if !merged.is_empty() {
            merged.push_str("\n\n");
        }
        merged.push_str(addition.trim_end_matches(['\n', '\r']));
        merged.push('\n');
    }
    merged
}

/// The first words of a text, as a title for it.
fn first_words(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|character| {
            if "*_`#>[]\n\r\t|~".contains(character) {
                ' '
            } else {
                character
            }
        })
        .collect();
    let mut title = String::new();
    for word in plain.split_whitespace().take(8) {
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
        if title.chars().count() > 60 || word.ends_with(['.', '!', '?']) {
            break;
        }
    }
    title
        .chars()
        .take(80)
        .collect::<String>()
        .trim_matches(|character: char| character.is_whitespace() || ".,;:–—-".contains(character))
        .to_owned()
}
