//! Signatures, and notes about the authors.

use super::super::metadata::Metadata;
use super::super::people;
use super::is_set_apart;
use crate::content::block::words;
use crate::content::{Block, Inline};

/// How many blocks at the end may sign the article.
const TAIL: usize = 8;

/// Reads the signature and the notes about the authors at the end (and the note that some pages set before the text).
/// A signature that says nothing but name and function is taken out, for the front matter says it; a sentence about
/// the author stays.
pub(super) fn signatures(blocks: &mut Vec<Block>, metadata: &mut Metadata) {
    let notes: usize = blocks
        .iter()
        .rev()
        .take_while(|block| matches!(block, Block::Note(..)))
        .count();
    let end = blocks.len() - notes;
    let start = end.saturating_sub(TAIL);
    let mut taken: Vec<usize> = Vec::new();
    for at in (start..end).rev().take(5) {
        let Some(block) = blocks.get(at) else { continue };
        let Some((text, set_apart)) = signing_line(block) else {
            continue;
        };
        if let Some(signed) = people::signature(&text, &metadata.authors, set_apart || at + 2 >= end) {
            let known = |author: &edito_prose::Author| {
                metadata
                    .authors
                    .iter()
                    .any(|known| people::same(&known.name, &author.name))
            };
            if metadata.authors.is_empty() || signed.iter().any(known) {
                people::merge(&mut metadata.authors, signed);
                taken.push(at);
                continue;
            }
        }
        // Nothing but a name, as the very last line of a text that nobody else signs.
        if at + 1 == end
            && metadata.authors.is_empty()
            && text.chars().count() <= 40
            && people::looks_like_name(&text)
            && text
                .chars()
                .all(|c| !c.is_alphabetic() || c.is_lowercase() || c.is_uppercase())
            && blocks.len() > 3
        {
            metadata.authors.push(edito_prose::Author {
                name: text,
                function: None,
            });
            taken.push(at);
            break;
        }
        // The function on a line of its own, below the name.
        let name = at
            .checked_sub(1)
            .and_then(|above| blocks.get(above))
            .and_then(signing_line);
        if let Some((name, _)) = name
            && text.chars().count() <= 140
            && name.chars().count() <= 60
            && let Some(signed) = people::signature(&format!("{name}, {text}"), &metadata.authors, set_apart)
            && let [author] = signed.as_slice()
            && people::same(&author.name, &name)
            && (metadata.authors.is_empty()
                || metadata
                    .authors
                    .iter()
                    .any(|known| people::same(&known.name, &author.name)))
        {
            people::merge(&mut metadata.authors, signed);
            taken.extend([at, at - 1]);
            break;
        }
    }
    for block in blocks.get(start..end).unwrap_or_default() {
        let lines: Vec<(String, bool)> = match block {
            Block::List { items, .. } => items
                .iter()
                .filter_map(|item| match item.blocks.as_slice() {
                    [block] => signing_line(block),
                    _ => None,
                })
                .collect(),
            block => signing_line(block).into_iter().collect(),
        };
        for (text, set_apart) in lines {
            if let Some(author) = people::biography(&text, &metadata.authors, set_apart) {
                let known = metadata
                    .authors
                    .iter()
                    .any(|known| people::same(&known.name, &author.name));
                if known || metadata.authors.is_empty() {
                    people::merge(&mut metadata.authors, vec![author]);
                }
            }
        }
    }
    // The note in front of the text, as some reviews have it.
    for block in blocks.iter().take(3) {
        if let Block::Paragraph(line) = block
            && is_set_apart(line)
            && let Some(author) = people::biography(&words(line), &metadata.authors, false)
        {
            people::merge(&mut metadata.authors, vec![author]);
        }
    }
    taken.sort_unstable();
    taken.dedup();
    for at in taken.into_iter().rev() {
        if blocks.len() > 1 {
            blocks.remove(at);
        }
    }
}

/// The words of a block that may sign, its lines parted by commas, and whether it is set apart.
fn signing_line(block: &Block) -> Option<(String, bool)> {
    let (line, quoted) = match block {
        Block::Paragraph(line) => (line, false),
        Block::Heading(level, line) if *level > 2 => (line, true),
        Block::Quote(inner) => match inner.as_slice() {
            [Block::Paragraph(line)] => (line, true),
            _ => return None,
        },
        _ => return None,
    };
    let mut parts: Vec<String> = Vec::new();
    split_lines(line, &mut parts);
    parts.retain(|part| !part.trim().is_empty());
    let text = parts
        .iter()
        .map(|part| part.trim().trim_end_matches(','))
        .collect::<Vec<_>>()
        .join(", ");
    (!text.is_empty()).then(|| (text, quoted || is_set_apart(line)))
}

fn split_lines(line: &[Inline], parts: &mut Vec<String>) {
    for inline in line {
        match inline {
            Inline::Break => parts.push(String::new()),
            Inline::Span(_, inner) | Inline::Link(_, inner) => split_lines(inner, parts),
            Inline::Text(text) | Inline::Code(text) => match parts.last_mut() {
                Some(last) => last.push_str(text),
                None => parts.push(text.clone()),
            },
            _ => {}
        }
    }
}
