//! Where citations can stand in a parsed text: runs of words and line ends, outside of links and images.

use std::ops::Range;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue, Sourcepos};

use super::marks::Letter;
use crate::typography::corrections::lines::{Aligned, align};

/// Neighbours in the tree that are read as one text, and hold an `@`.
pub(crate) struct TextRun<'a> {
    pub nodes: Vec<&'a AstNode<'a>>,
}

/// From comrak’s lines and columns to bytes of the whole text.
pub(crate) struct Lines<'t> {
    body: &'t str,
    start: usize,
    starts: Vec<usize>,
}

/// The runs of a tree, in its order.
pub(crate) fn of<'a>(root: &'a AstNode<'a>) -> impl Iterator<Item = TextRun<'a>> {
    let mut inside = 0usize;
    let mut runs = Vec::new();
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                if leads_elsewhere(&node.data().value) {
                    inside += 1;
                } else if inside == 0 && is_text(node) && !node.previous_sibling().is_some_and(is_text) {
                    let nodes: Vec<_> = std::iter::successors(Some(node), |one| one.next_sibling())
                        .take_while(|one| is_text(one))
                        .collect();
                    if nodes.iter().any(|one| holds_sign(one)) {
                        runs.push(TextRun { nodes });
                    }
                }
            }
            NodeEdge::End(node) => {
                if leads_elsewhere(&node.data().value) {
                    inside = inside.saturating_sub(1);
                }
            }
        }
    }
    runs.into_iter()
}

impl TextRun<'_> {
    /// The characters with their places.
    pub(crate) fn letters(&self, lines: &Lines<'_>) -> Vec<Letter> {
        let mut letters = Vec::new();
        for node in &self.nodes {
            let data = node.data();
            let NodeValue::Text(text) = &data.value else {
                letters.push(Letter {
                    character: '\n',
                    place: 0..0,
                    plain: true,
                });
                continue;
            };
            let range = lines.range(data.sourcepos).unwrap_or(0..0);
            let written = lines.slice(&range);
            let start = range.start + lines.start;
            let before = letters.len();
            letters.extend(align(text, written).map(
                |Aligned {
                     character,
                     place,
                     plain,
                 }| Letter {
                    character,
                    plain: plain || place.is_empty(),
                    place: start + place.start..start + place.end,
                },
            ));
            // A node that begins with an escaped character begins behind its backslash.
            if let Some(first) = letters.get_mut(before).filter(|_| lines.is_escaped(range.start)) {
                first.plain = false;
            }
        }
        letters
    }
}

impl<'t> Lines<'t> {
    /// The lines of a body that begins at `start` of the whole text.
    pub(crate) fn of(body: &'t str, start: usize) -> Lines<'t> {
        let ends = memchr::memchr_iter(b'\n', body.as_bytes()).map(|end| end + 1);
        Lines {
            body,
            start,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    fn range(&self, position: Sourcepos) -> Option<Range<usize>> {
        let place = |line: usize, column: usize| Some(self.starts.get(line.checked_sub(1)?)? + column);
        let from = place(position.start.line, position.start.column.checked_sub(1)?)?;
        Some(from..place(position.end.line, position.end.column)?)
    }

    /// Whether a backslash stands before a place of the body and means it.
    fn is_escaped(&self, at: usize) -> bool {
        let before = self.body.get(..at).unwrap_or_default();
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
    }

    fn slice(&self, range: &Range<usize>) -> &'t str {
        self.body.get(range.clone()).unwrap_or_default()
    }
}

fn is_text<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data().value, NodeValue::Text(_) | NodeValue::SoftBreak)
}

fn holds_sign<'a>(node: &'a AstNode<'a>) -> bool {
    match &node.data().value {
        NodeValue::Text(text) => memchr::memchr(b'@', text.as_bytes()).is_some(),
        _ => false,
    }
}

fn leads_elsewhere(value: &NodeValue) -> bool {
    matches!(value, NodeValue::Link(_) | NodeValue::Image(_) | NodeValue::WikiLink(_))
}
