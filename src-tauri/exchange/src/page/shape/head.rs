//! The head of a text: what the front matter says is not said again.

use super::super::metadata::Metadata;
use super::super::{dates, people, titles};
use super::is_links;
use crate::content::block::{block_words, words};
use crate::content::{Block, Inline};

/// How many blocks at the head may be about the article instead of its text.
const HEAD: usize = 10;

/// Takes the title, the byline, the date and the breadcrumb off the head of the text.
pub(super) fn leave_out_head(blocks: &mut Vec<Block>, metadata: &mut Metadata) {
    let mut at = 0;
    let mut seen = 0;
    while at < blocks.len() && seen < HEAD {
        seen += 1;
        let Some(block) = blocks.get(at) else { break };
        let (line, heading) = match block {
            Block::Heading(_, line) => (line, true),
            Block::Paragraph(line) => (line, false),
            // Some pages set their byline as a list.
            Block::List { items, .. } if items.len() <= 4 => {
                let text = block_words(std::slice::from_ref(block));
                if text.chars().count() < 200
                    && text
                        .lines()
                        .all(|line| dates::is_date_line(line) || is_byline(line, metadata))
                {
                    blocks.remove(at);
                } else {
                    at += 1;
                }
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let text = words(line);
        let length = text.chars().count();
        let image = line.iter().any(|inline| matches!(inline, Inline::Image { .. }));
        if image || text.is_empty() {
            at += 1;
            continue;
        }
        let is_title = metadata
            .title
            .as_deref()
            .is_some_and(|title| titles::same(title, &text) || (heading && titles::alike(title, &text)));
        let is_section = length < 60 && metadata.section.iter().any(|section| titles::same(section, &text));
        let consumed = length < 260 && metadata.consumed.iter().any(|said| titles::same(said, &text));
        let of_tag = length < 60 && metadata.tags.iter().any(|tag| titles::same(tag, &text)) && is_links(block);
        let links = line.iter().filter(|inline| matches!(inline, Inline::Link(..))).count();
        // Above all text, two links are a menu already.
        let menu = (links >= 3 || (links >= 2 && seen == 1)) && length < 300 && is_links(block);
        let of_site = length < 60 && metadata.site.as_deref().is_some_and(|site| titles::same(site, &text));
        if is_title && (heading || seen <= 3)
            || is_section
            || consumed
            || of_site
            || of_tag
            || menu
            || dates::is_date_line(&text)
            || dates::is_reading_time(&text)
        {
            if metadata.published.is_none() {
                metadata.published = dates::in_text(&text);
            }
            blocks.remove(at);
            continue;
        }
        if is_byline(&text, metadata) {
            if metadata.published.is_none() {
                metadata.published = dates::in_text(&text);
            }
            people::merge(&mut metadata.authors, people::byline(&text));
            blocks.remove(at);
            continue;
        }
        // The text has begun; a byline may still stand below a standfirst or a picture.
        if length > 300 {
            break;
        }
        at += 1;
    }
}

/// Whether a line names authors and says nothing else.
fn is_byline(text: &str, metadata: &Metadata) -> bool {
    if text.chars().count() > 200 {
        return false;
    }
    let named = people::byline(text);
    let Some(first) = named.first() else { return false };
    let known = metadata
        .authors
        .iter()
        .any(|author| people::same(&author.name, &first.name));
    let said: usize = named
        .iter()
        .map(|author| author.name.len() + author.function.as_ref().map_or(0, String::len))
        .sum();
    // With its introduction and its date, and nothing that a sentence would have.
    let whole = said + 12 >= text.len() || dates::in_text(text).is_some();
    whole
        && (people::is_introduced(text) && !text.ends_with(['.', '?', '!', ':']) && text.chars().count() < 140
            || known && text.chars().count() < 120)
}
