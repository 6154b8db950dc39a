//! The standfirst, found in the text and taken out of it.

use super::super::metadata::Metadata;
use super::super::titles;
use super::is_set_apart;
use crate::content::block::{block_words, words};
use crate::content::{Block, Inline};

/// Finds the standfirst on the page and takes it out of the text: the element that names itself so, a second heading
/// right at the head, a first paragraph that is all in strong type or in emphasis, or the page's description where it
/// stands on the page word for word and stands out. A description that is only the beginning of the text is none, nor
/// is one that the page does not show.
pub(super) fn standfirst(blocks: &mut Vec<Block>, metadata: &mut Metadata) {
    let first_text = blocks
        .iter()
        .position(|block| matches!(block, Block::Paragraph(line) | Block::Heading(_, line) if !words(line).is_empty()));
    let Some(first) = first_text else { return };
    let rest = blocks.len() - first;
    if let Some(named) = metadata.standfirst.clone() {
        let at = blocks.iter().take(first + 5).position(|block| match block {
            Block::Paragraph(line) | Block::Heading(_, line) => says(&words(line), &named),
            Block::Quote(_) | Block::List { .. } => titles::same(&block_words(std::slice::from_ref(block)), &named),
            _ => false,
        });
        match at {
            Some(at) if blocks.len() > 1 => {
                blocks.remove(at);
            }
            // Set as several paragraphs.
            _ => {
                let mut said = String::new();
                for end in first..blocks.len().min(first + 4) {
                    said.push(' ');
                    said.push_str(&block_words(blocks.get(end..=end).unwrap_or_default()));
                    if titles::same(&said, &named) && end + 1 < blocks.len() {
                        blocks.drain(first..=end);
                        break;
                    }
                }
            }
        }
        return;
    }
    let Some(block) = blocks.get(first) else { return };
    let (line, heading) = match block {
        Block::Heading(_, line) => (line, true),
        Block::Paragraph(line) => (line, false),
        _ => return,
    };
    let text = words(line);
    let length = text.chars().count();
    if !(40..=900).contains(&length) || rest < 3 {
        return;
    }
    if metadata.image_descriptions.iter().any(|alt| titles::same(alt, &text)) {
        return;
    }
    let paragraphs = |wanted: &dyn Fn(&[Inline]) -> bool| {
        blocks
            .iter()
            .filter(|block| matches!(block, Block::Paragraph(line) if words(line).chars().count() > 40 && wanted(line)))
            .count()
    };
    let described = metadata
        .description
        .as_deref()
        .is_some_and(|description| titles::same(description, &text));
    let set_apart = is_set_apart(line);
    // In a conversation the questions are set apart, and the first of them is no standfirst.
    let alone = set_apart
        && !text.trim_end().ends_with(['?', ':'])
        && paragraphs(&|line| is_set_apart(line)) * 4 <= paragraphs(&|_| true);
    // A second heading that is a sentence, right at the head, before any text.
    let leading = heading
        && length >= 60
        && text.contains(' ')
        && !text.trim_end().ends_with('?')
        && matches!(blocks.get(first + 1), Some(Block::Paragraph(_)));
    if alone || leading || (described && heading) {
        metadata.standfirst = Some(text);
        blocks.remove(first);
    }
}

/// Whether a line says the standfirst, be it after the word for its kind.
fn says(text: &str, named: &str) -> bool {
    let (text, named) = (titles::bare(text), titles::bare(named));
    !named.is_empty() && text.ends_with(&named) && text.len() <= named.len() + 40
}
