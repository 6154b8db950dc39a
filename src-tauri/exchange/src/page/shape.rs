//! The blocks of an article made those of a piece: what the front matter says is not said again in the text, and what
//! the search for the article let through of the page around it is left out.

mod around;
mod head;
mod signatures;
mod standfirst;

use super::metadata::Metadata;
use super::titles;
use crate::Receipt;
use crate::content::block::{block_words, words};
use crate::content::{Block, Inline};

/// Where the blocks come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A page, on which links to go on reading lead to other articles.
    Page,
    /// A newsletter, in which they lead to what it is about.
    Newsletter,
}

/// Shapes the text; what it tells of title, standfirst, authors and dates goes into the metadata.
pub(crate) fn shape(blocks: &mut Vec<Block>, metadata: &mut Metadata, origin: Origin, receipt: &mut Receipt) {
    separators(blocks);
    head::leave_out_head(blocks, metadata);
    standfirst::standfirst(blocks, metadata);
    head::leave_out_head(blocks, metadata);
    below_heading(blocks, metadata);
    around::leave_out_lines(blocks, origin, receipt);
    signatures::signatures(blocks, metadata);
    if metadata.authors.is_empty() {
        metadata.authors = std::mem::take(&mut metadata.signed);
    }
    if origin == Origin::Page {
        around::leave_out_tail(blocks, receipt);
    }
    headings(blocks);
    while matches!(blocks.first(), Some(Block::Rule)) {
        blocks.remove(0);
    }
    while matches!(blocks.last(), Some(Block::Rule | Block::Heading(..))) {
        blocks.pop();
    }
}

/// What stood right below the heading and is not in the text is the standfirst, whatever it was called.
fn below_heading(blocks: &[Block], metadata: &mut Metadata) {
    let Some(text) = metadata.below_heading.take().filter(|_| metadata.standfirst.is_none()) else {
        return;
    };
    let bare = titles::bare(&text);
    let said = |block: &Block| titles::bare(&block_words(std::slice::from_ref(block)));
    let is_title = metadata
        .title
        .as_deref()
        .is_some_and(|title| titles::alike(title, &text));
    if !is_title && !blocks.iter().any(|block| said(block).contains(&bare)) {
        metadata.standfirst = Some(text);
    }
}

/// Paragraphs of nothing but stars or dashes are the rules that their writer had no sign for; those of nothing but
/// another sign are left from a line of links.
fn separators(blocks: &mut Vec<Block>) {
    for block in blocks.iter_mut() {
        if let Block::Paragraph(line) = block
            && line
                .iter()
                .all(|inline| matches!(inline, Inline::Text(_) | Inline::Break | Inline::Span(..)))
        {
            let text = words(line);
            let signs = |c: char| matches!(c, '*' | '-' | '–' | '—' | '_' | '⁂' | '~' | '•' | '·' | ' ' | '\u{a0}');
            if text.chars().all(signs) && text.chars().filter(|c| !c.is_whitespace()).count() >= 2 || text == "⁂" {
                *block = Block::Rule;
            }
        }
    }
    blocks.retain(|block| match block {
        Block::Paragraph(line) => {
            line.iter()
                .any(|inline| matches!(inline, Inline::Image { .. } | Inline::Note(_)))
                || words(line).chars().any(|c| {
                    c.is_alphanumeric() || !matches!(c, '·' | '|' | '•' | '/' | ',' | ' ' | '\u{a0}' | '›' | '»')
                })
                || contains_image(line)
        }
        _ => true,
    });
    blocks.dedup_by(|next, before| *next == Block::Rule && *before == Block::Rule);
}

fn contains_image(line: &[Inline]) -> bool {
    line.iter().any(|inline| match inline {
        Inline::Image { .. } | Inline::Math(_) | Inline::Code(_) => true,
        Inline::Span(_, inner) | Inline::Link(_, inner) => contains_image(inner),
        _ => false,
    })
}

/// Whether a line is one span from end to end.
fn is_set_apart(line: &[Inline]) -> bool {
    let mut spans = 0;
    for inline in line {
        match inline {
            Inline::Span(..) => spans += 1,
            Inline::Text(text) if text.chars().all(|c| c.is_whitespace() || c.is_ascii_punctuation()) => {}
            Inline::Break | Inline::Note(_) => {}
            Inline::Link(_, inner) if is_set_apart(inner) => spans += 1,
            _ => return false,
        }
    }
    spans > 0
}

fn linked_length(line: &[Inline]) -> usize {
    line.iter()
        .map(|inline| match inline {
            Inline::Link(_, inner) => words(inner).chars().count(),
            Inline::Span(_, inner) => linked_length(inner),
            _ => 0,
        })
        .sum()
}

/// Whether a block is nothing but links to elsewhere.
fn is_links(block: &Block) -> bool {
    match block {
        Block::Paragraph(line) => {
            let length = words(line).chars().count();
            length > 0 && linked_length(line) * 10 >= length * 7
        }
        Block::List { items, .. } => items.iter().all(|item| item.blocks.iter().all(is_links)),
        _ => false,
    }
}

/// Sets the highest heading to the second level: the first is the title.
pub(crate) fn headings(blocks: &mut [Block]) {
    let highest = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(level, _) => Some(*level),
            _ => None,
        })
        .min();
    let Some(highest) = highest else { return };
    for block in blocks {
        if let Block::Heading(level, _) = block {
            *level = (*level + 2).saturating_sub(highest).clamp(2, 6);
        }
    }
}

/// The description as a teaser, where it is not the beginning of the text, nor the standfirst.
pub(crate) fn teaser(metadata: &Metadata, blocks: &[Block]) -> Option<String> {
    let description = metadata.description.as_deref()?;
    let bare = titles::bare(description.trim_end_matches(['…', '.', ']', '[']));
    if metadata
        .standfirst
        .as_deref()
        .is_some_and(|standfirst| titles::same(standfirst, description))
        || bare.len() < 20
    {
        return None;
    }
    let start: String = blocks
        .iter()
        .filter(|block| matches!(block, Block::Paragraph(_) | Block::Quote(_)))
        .take(4)
        .map(|block| titles::bare(&block_words(std::slice::from_ref(block))))
        .collect();
    let with_standfirst = metadata.standfirst.as_deref().map(titles::bare).unwrap_or_default();
    let begins = start.starts_with(&bare) || with_standfirst.starts_with(&bare) || start.contains(&bare);
    let is_title = metadata
        .title
        .as_deref()
        .is_some_and(|title| titles::same(title, description));
    (!begins && !is_title && description.chars().count() <= 500).then(|| description.to_owned())
}
