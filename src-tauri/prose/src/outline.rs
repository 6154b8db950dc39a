//! The headings of an article.

use std::collections::{HashMap, HashSet};

use comrak::nodes::{AstNode, NodeValue};
use serde::{Deserialize, Serialize};

use crate::{frontmatter, markdown};

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The heading without markup.
    pub text: String,
    /// The id that the rendered heading carries.
    pub anchor: String,
    /// The line in the whole file, from 1.
    pub line: u32,
}

/// The headings of a whole text, in order.
pub fn outline(text: &str) -> Vec<Heading> {
    let parts = frontmatter::split(text);
    if !markdown::is_within_limits(parts.body) {
        return Vec::new();
    }
    let first_line = line_of(text, parts.body_start);
    let arena = comrak::Arena::new();
    let root = markdown::parse(&arena, parts.body);
    let mut anchors = Anchors::default();
    let mut headings = Vec::new();
    for node in root.descendants() {
        let data = node.data();
        if let NodeValue::Heading(heading) = &data.value {
            let text = inline_text(node);
            headings.push(Heading {
                level: heading.level,
                anchor: anchors.next(&text),
                text,
                line: first_line + u32::try_from(data.sourcepos.start.line).unwrap_or(1) - 1,
            });
        }
    }
    headings
}

/// The ids of headings: GitHub's rule (lower case, spaces to hyphens, punctuation dropped, a
/// number on the second of a name) behind a prefix, so that no heading takes an id or a global
/// name that the page relies on.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    taken: HashSet<String>,
    next: HashMap<String, u32>,
}

pub(crate) const ANCHOR_PREFIX: &str = "s-";

impl Anchors {
    pub(crate) fn next(&mut self, text: &str) -> String {
        let slug = slug(text);
        let count = self.next.entry(slug.clone()).or_insert(0);
        loop {
            let anchor = match *count {
                0 => format!("{ANCHOR_PREFIX}{slug}"),
                count => format!("{ANCHOR_PREFIX}{slug}-{count}"),
            };
            *count += 1;
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }
}

/// The anchor that a link to `#fragment` means.
pub(crate) fn anchor_of_fragment(fragment: &str) -> String {
    format!("{ANCHOR_PREFIX}{}", slug(fragment))
}

fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            ' ' | '\u{a0}' | '\u{202f}' | '\t' | '\n' => slug.push('-'),
            '-' | '_' => slug.push(character),
            character if character.is_alphanumeric() => slug.extend(character.to_lowercase()),
            _ => {}
        }
    }
    slug
}

/// The text of a node's inlines, markup dropped.
pub(crate) fn inline_text<'a>(node: &'a AstNode<'a>) -> String {
    let mut text = String::new();
    for inline in node.descendants() {
        match &inline.data().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::Math(math) => text.push_str(&math.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// The line, from 1, of a byte position.
pub(crate) fn line_of(text: &str, position: usize) -> u32 {
    let head = text.as_bytes().get(..position).unwrap_or_default();
    1 + u32::try_from(head.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_know_their_line_in_the_file() {
        let text = "---\ntitle: x\n---\n\n# L’été *indien*\n\ntexte\n\nDeux\n----\n\n# L’été indien\n";
        let found: Vec<_> = outline(text)
            .into_iter()
            .map(|heading| (heading.level, heading.text, heading.anchor, heading.line))
            .collect();
        assert_eq!(
            found,
            [
                (1, "L’été indien".into(), "s-lété-indien".into(), 5),
                (2, "Deux".into(), "s-deux".into(), 9),
                (1, "L’été indien".into(), "s-lété-indien-1".into(), 12),
            ]
        );
    }
}
