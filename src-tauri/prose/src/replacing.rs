//! Words or an expression found in a text, and what would stand in their place.
//!
//! The notation is that of the find panel of the editor: an expression finds within lines only, an empty place is no
//! place, and in the replacement of an expression `$1` to `$99` are its groups, `$&` is all that was found, `$$` a dollar,
//! `\n` and `\t` a line end and a tab. What differs: expressions never try again what they tried, and therefore
//! know neither references back (`\1`) nor looking around (`(?=…)`); `\d`, `\w` and `\b` know the letters and digits of all
//! scripts.

mod pattern;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use crate::analysis::{LinkKind, analyse};
use crate::frontmatter;
use crate::typography::corrections::{lines, protect};
pub use pattern::{Pattern, PatternError, Wanted};

/// A place that a replacement would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it stands in the whole text, in bytes.
    pub range: Range<usize>,
    /// Its line, from 1.
    pub line: u32,
    /// What would stand there.
    pub after: String,
    /// Whether it is prose: not code, an address, the name of a file or of a reference.
    pub prose: bool,
    /// Whether it stands in the front matter.
    pub in_front_matter: bool,
}

/// What [`changes`] finds in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The places in their order, none over another.
    pub changes: Vec<Change>,
    /// How many places of the front matter were left out, because it would not say the same things any more.
    pub unsound: usize,
    /// There are so many places, or an expression takes so long, that none is told.
    pub unfinished: bool,
}

impl Found {
    fn unfinished() -> Self {
        Self {
            unfinished: true,
            ..Self::default()
        }
    }
}

/// The places of a whole text where a pattern is found and `replacement` would change something. Those of the front
/// matter are looked for on request; they are left out together when the block could not be read any more, or would give
/// the article another identity.
pub fn changes(text: &str, pattern: &Pattern, replacement: &str, with_front_matter: bool) -> Found {
    if !pattern.is_in(text) {
        return Found::default();
    }
    let template = pattern.template(replacement);
    let parts = frontmatter::split(text);
    let mut found = Found::default();
    if with_front_matter && parts.format.is_some() {
        let end = parts.front_start + parts.front.len();
        let Some(places) = pattern.find(text, parts.front_start..end, &template) else {
            return Found::unfinished();
        };
        let (of_keys, in_front): (Vec<_>, Vec<_>) = places
            .into_iter()
            .partition(|change| is_of_key(text, change, parts.front_start));
        found.unsound = of_keys.len();
        if is_sound(text, &in_front) {
            found.changes = in_front;
        } else {
            found.unsound += in_front.len();
        }
    }
    let before = found.changes.len();
    for change in &mut found.changes {
        change.in_front_matter = true;
        change.prose = true;
    }
    let Some(places) = pattern.find(text, parts.body_start..text.len(), &template) else {
        return Found::unfinished();
    };
    found.changes.extend(places);
    tell_prose(
        parts.body,
        parts.body_start,
        found.changes.get_mut(before..).unwrap_or_default(),
        text,
    );
    let (mut line, mut read) = (1, 0);
    for change in &mut found.changes {
        line += newlines(text, read..change.range.start);
        read = change.range.start;
        change.line = line;
    }
    found
}

/// The text with these places changed; they are in order and none is over another.
pub fn apply<'a>(text: &str, changes: impl IntoIterator<Item = &'a Change>) -> String {
    let mut changed = String::with_capacity(text.len() + 64);
    let mut read = 0;
    for change in changes {
        let Some(kept) = text.get(read..change.range.start) else {
            continue;
        };
        changed.push_str(kept);
        changed.push_str(&change.after);
        read = change.range.end;
    }
    changed.push_str(text.get(read..).unwrap_or_default());
    changed
}

/// What stands before and after a place on its line, at most so many characters on each side, cut at a word where there
/// is one.
pub fn surroundings<'a>(text: &'a str, range: &Range<usize>, most: usize) -> (&'a str, &'a str) {
    // A line may be as long as a text.
    let bound = |at: usize| {
        (at..text.len())
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(text.len())
    };
    let reach = (most + 64) * 4;
    let before = text
        .get(bound(range.start.saturating_sub(reach))..range.start)
        .unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let before = before.get(line..).unwrap_or_default();
    let from = before.char_indices().rev().nth(most).map_or(0, |(at, _)| {
        let rest = before.get(at..).unwrap_or_default();
        at + rest.find(' ').map_or(0, |space| space + 1)
    });
    let after = text
        .get(range.end..bound(range.end.saturating_add(reach)))
        .unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let to = after.char_indices().nth(most).map_or(after.len(), |(at, _)| {
        let head = after.get(..at).unwrap_or_default();
        head.rfind(' ').filter(|space| *space > 0).unwrap_or(at)
    });
    (
        before.get(from..).unwrap_or_default(),
        after.get(..to).unwrap_or_default(),
    )
}

fn newlines(text: &str, range: Range<usize>) -> u32 {
    let passed = text.get(range).unwrap_or_default();
    u32::try_from(passed.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// Whether a place of the front matter begins in the name of a field.
fn is_of_key(text: &str, change: &Change, front_start: usize) -> bool {
    let before = text.get(front_start..change.range.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let rest = text.get(change.range.start..).unwrap_or_default();
    let rest = rest.split('\n').next().unwrap_or_default();
    let begins_key = !line.starts_with([' ', '\t', '-', '#']) && !line.contains([':', '=']);
    begins_key && (!line.is_empty() || !rest.starts_with([' ', '\t', '-', '#'])) && rest.contains([':', '='])
}

/// Whether the front matter says the same things after the changes, but for their words: it ends where it ended, has no
/// new problem, and the article stays the one that it is.
fn is_sound(text: &str, changes: &[Change]) -> bool {
    if changes.is_empty() {
        return true;
    }
    let changed = apply(text, changes);
    let (before, after) = (frontmatter::split(text), frontmatter::split(&changed));
    let (was, is) = (
        frontmatter::read_split(text, &before),
        frontmatter::read_split(&changed, &after),
    );
    before.format == after.format
        && before.body == after.body
        && was.id == is.id
        && is.problems.len() <= was.problems.len()
        && was.title.is_some() == is.title.is_some()
        && was.authors.len() == is.authors.len()
        && was.tags.len() >= is.tags.len()
        && was.date == is.date
        && was.source.as_ref().map(|source| &source.url) == is.source.as_ref().map(|source| &source.url)
}

/// Tells of each place whether all its letters are read as prose.
fn tell_prose(body: &str, start: usize, changes: &mut [Change], text: &str) {
    if changes.is_empty() {
        return;
    }
    let mut open: Vec<Range<usize>> = Vec::new();
    for mut line in lines::of_body(body, start) {
        protect(&mut line);
        for glyph in line.glyphs.iter().filter(|glyph| !glyph.fixed && glyph.from < glyph.to) {
            match open.last_mut() {
                Some(last) if last.end == glyph.from => last.end = glyph.to,
                _ => open.push(glyph.from..glyph.to),
            }
        }
    }
    // What an image is called is read, too.
    for image in analyse(text).links.iter().filter(|link| link.kind == LinkKind::Image) {
        let source = text.get(image.range.clone()).unwrap_or_default();
        if source.starts_with("![")
            && let Some(end) = source.rfind("](")
        {
            open.push(image.range.start + 2..image.range.start + end);
        }
    }
    open.sort_by_key(|range| range.start);
    for change in changes {
        let found = text.get(change.range.clone()).unwrap_or_default();
        change.prose = found
            .char_indices()
            .filter(|(_, character)| character.is_alphanumeric())
            .all(|(at, _)| {
                let at = change.range.start + at;
                let next = open.partition_point(|range| range.start <= at);
                next.checked_sub(1)
                    .and_then(|last| open.get(last))
                    .is_some_and(|range| range.contains(&at))
            });
    }
}
