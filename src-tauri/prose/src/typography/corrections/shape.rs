//! How a text is built, compared before and after: typography changes no heading into a paragraph, and no emphasis into
//! asterisks.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::discriminant;

use comrak::Arena;
use comrak::nodes::{AstNode, NodeValue};

use super::{Correction, apply};
use crate::{frontmatter, markdown};

/// Takes away the changes of those blocks that would be built otherwise.
pub(super) fn keep_shape(source: &str, body_start: usize, corrections: &mut Vec<Correction>) {
    let Some(body) = source.get(body_start..).filter(|_| !corrections.is_empty()) else {
        return;
    };
    let before = shapes(body);
    // What one block does to the others can only be seen once it is gone.
    for _ in 0..3 {
        let changed = apply(source, corrections);
        let after = shapes(changed.get(body_start..).unwrap_or_default());
        if before.len() != after.len() {
            break;
        }
        let mut other = before
            .iter()
            .zip(&after)
            .filter(|(one, other)| one.shape != other.shape)
            .map(|(one, _)| {
                // In bytes of the source.
                body_start + one.start..body_start + one.end
            });
        let Some(first) = other.next() else { return };
        let mut spans: Vec<_> = std::iter::once(first).chain(other).collect();
        // Notes stand at the end, wherever they were written.
        spans.sort_by_key(|span| span.start);
        let mut spans = spans.iter().peekable();
        corrections.retain(|correction| {
            while spans.next_if(|span| span.end <= correction.range.start).is_some() {}
            !spans.peek().is_some_and(|span| span.contains(&correction.range.start))
        });
        if corrections.is_empty() {
            return;
        }
    }
    corrections.clear();
}

/// Whether two texts say the same in their front matter, but for the fields that are texts.
pub(super) fn same_fields(before: &str, after: &str) -> bool {
    let fields = |text: &str| {
        let mut front = frontmatter::read(text);
        let texts = [front.title.take(), front.standfirst.take(), front.teaser.take()];
        (front, texts.map(|text| text.is_some()))
    };
    fields(before) == fields(after)
}

struct Block {
    /// Its lines, in bytes of the body.
    start: usize,
    end: usize,
    shape: u64,
}

fn shapes(body: &str) -> Vec<Block> {
    let arena = Arena::new();
    let root = markdown::parse(&arena, body);
    let line_starts: Vec<usize> = std::iter::once(0)
        .chain(memchr::memchr_iter(b'\n', body.as_bytes()).map(|end| end + 1))
        .collect();
    let start_of = |line: usize| line.checked_sub(1).and_then(|line| line_starts.get(line)).copied();
    root.children()
        .map(|block| {
            let position = block.data().sourcepos;
            let mut hasher = DefaultHasher::new();
            block.descendants().for_each(|node| hash(node, &mut hasher));
            Block {
                start: start_of(position.start.line).unwrap_or(0),
                end: start_of(position.end.line + 1).unwrap_or(body.len()),
                shape: hasher.finish(),
            }
        })
        .collect()
}

fn hash<'a>(node: &'a AstNode<'a>, hasher: &mut DefaultHasher) {
    let data = node.data();
    if matches!(data.value, NodeValue::Text(_)) {
        return;
    }
    discriminant(&data.value).hash(hasher);
    node.children().count().min(1).hash(hasher);
    match &data.value {
        NodeValue::Link(link) | NodeValue::Image(link) => (&link.url, &link.title).hash(hasher),
        NodeValue::WikiLink(link) => link.url.hash(hasher),
        NodeValue::Code(code) => code.literal.hash(hasher),
        NodeValue::CodeBlock(code) => (&code.info, &code.literal).hash(hasher),
        NodeValue::HtmlInline(html) => html.hash(hasher),
        NodeValue::HtmlBlock(html) => html.literal.hash(hasher),
        NodeValue::FootnoteReference(note) => note.name.hash(hasher),
        NodeValue::FootnoteDefinition(note) => note.name.hash(hasher),
        NodeValue::Math(math) => math.literal.hash(hasher),
        NodeValue::Heading(heading) => heading.level.hash(hasher),
        _ => {}
    }
}
