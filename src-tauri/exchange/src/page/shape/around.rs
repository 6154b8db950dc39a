//! What the search for the article let through of the page around it.

use super::super::phrases;
use super::{Origin, contains_image, is_links, linked_length};
use crate::Receipt;
use crate::content::block::{block_words, words};
use crate::content::{Block, Inline};

/// Leaves out lines that ask to read something else, to share, to subscribe, and the labels of advertisements.
pub(super) fn leave_out_lines(blocks: &mut Vec<Block>, origin: Origin, receipt: &mut Receipt) {
    let mut at = 0;
    while at < blocks.len() {
        let Some(block) = blocks.get(at) else { break };
        let (kind, with_list) = match block {
            Block::Paragraph(line) => (line_about_others(line), false),
            Block::Heading(_, line) => match phrases::announces(&words(line)) {
                Some(kind) => (Some(kind), true),
                None => (None, false),
            },
            Block::List { items, .. } => {
                // A list of nothing but such lines.
                let all = items.iter().all(|item| match item.blocks.as_slice() {
                    [Block::Paragraph(line)] => line_about_others(line).is_some(),
                    _ => false,
                });
                (all.then_some("teaser"), false)
            }
            _ => (None, false),
        };
        // In a letter, what leads on leads to what the letter is about.
        let kind = kind.filter(|kind| origin == Origin::Page || !matches!(*kind, "teaser" | "newsletter-box"));
        let Some(kind) = kind else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        if with_list {
            while blocks.get(end).is_some_and(is_links) {
                end += 1;
            }
            // A heading with text of its own below it is a heading.
            if end == at + 1
                && blocks
                    .get(end)
                    .is_some_and(|next| !matches!(next, Block::Heading(..) | Block::Rule))
                && kind == "teaser"
            {
                at += 1;
                continue;
            }
        }
        blocks.drain(at..end);
        receipt.leave_out(kind, None);
    }
}

/// Whether a line is about other articles, or asks for something.
fn line_about_others(line: &[Inline]) -> Option<&'static str> {
    let text = words(line);
    let length = text.chars().count();
    if length == 0 || length > 300 {
        return None;
    }
    let bare = phrases::said(&text);
    let linked = linked_length(line);
    if linked * 10 >= length * 4 && phrases::leads_on(&bare) {
        return Some("teaser");
    }
    if linked * 10 >= length * 8 && phrases::asks_to_go_on(&text) {
        return Some("teaser");
    }
    if length < 80 {
        if phrases::labels_advertisement(&bare) {
            return Some("advertisement");
        }
        if length < 40 && phrases::labels_sharing(&bare) {
            return Some("share-bar");
        }
        // Nothing but the names of such places.
        let labels = bare.split_whitespace().count();
        let place = |word: &str| {
            phrases::labels_sharing(word)
                || matches!(
                    word,
                    "x" | "e-mail" | "mail" | "on" | "sur" | "bluesky" | "telegram" | "reddit" | "et" | "or" | "and"
                )
        };
        if (2..=8).contains(&labels) && bare.split_whitespace().all(place) {
            return Some("share-bar");
        }
    }
    (phrases::announces(&text) == Some("newsletter-box")).then_some("newsletter-box")
}

/// Leaves out what is left at the end of lists of other articles.
pub(super) fn leave_out_tail(blocks: &mut Vec<Block>, receipt: &mut Receipt) {
    loop {
        let notes = blocks
            .iter()
            .rev()
            .take_while(|block| matches!(block, Block::Note(..)))
            .count();
        let Some(last) = (blocks.len() - notes).checked_sub(1) else {
            return;
        };
        let Some(block) = blocks.get(last) else { return };
        let text = block_words(std::slice::from_ref(block));
        let length = text.chars().count();
        // A heading with nothing but a label below it: what a partner calls its block.
        if let Block::Paragraph(line) = block
            && length < 50
            && last > 4
            && !contains_image(line)
            && !text.trim_end().ends_with(['.', '!', '?', '…', '»', '”', ':', '"'])
            && matches!(blocks.get(last - 1), Some(Block::Heading(..)))
        {
            receipt.leave_out("teaser", None);
            blocks.remove(last);
            continue;
        }
        let gone = match block {
            Block::Heading(..) => true,
            Block::Rule => true,
            // Tags, categories, « all articles of this author ».
            Block::List { items, .. } => {
                items.len() >= 2
                    && is_links(block)
                    && items.iter().all(|item| block_words(&item.blocks).chars().count() < 140)
                    && blocks.len() > 3
            }
            Block::Paragraph(line) => {
                length > 0
                    && length < 160
                    && blocks.len() > 3
                    && linked_length(line) * 10 >= length * 9
                    && line.iter().filter(|inline| matches!(inline, Inline::Link(..))).count() >= 3
            }
            _ => false,
        };
        if !gone {
            return;
        }
        if !matches!(block, Block::Rule) {
            receipt.leave_out("teaser", None);
        }
        blocks.remove(last);
    }
}
