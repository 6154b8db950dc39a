//! The blocks of an article made those of a piece: what the front matter says is not said again in the text, and what
//! the search for the article let through of the page around it is left out.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::metadata::Metadata;
use super::{dates, furniture, people, titles};
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
    leave_out_head(blocks, metadata);
    standfirst(blocks, metadata);
    leave_out_head(blocks, metadata);
    leave_out_lines(blocks, origin, receipt);
    signatures(blocks, metadata);
    if origin == Origin::Page {
        leave_out_tail(blocks, receipt);
    }
    headings(blocks);
    while matches!(blocks.first(), Some(Block::Rule)) {
        blocks.remove(0);
    }
    while matches!(blocks.last(), Some(Block::Rule | Block::Heading(..))) {
        blocks.pop();
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

/// How many blocks at the head may be about the article instead of its text.
const HEAD: usize = 10;

/// Takes the title, the byline, the date and the breadcrumb off the head of the text.
fn leave_out_head(blocks: &mut Vec<Block>, metadata: &mut Metadata) {
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
        let menu = links >= 3 && length < 300 && is_links(block);
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

/// Finds the standfirst on the page and takes it out of the text: the element that names itself so, a second heading
/// right at the head, a first paragraph that is all in strong type or in emphasis, or the page's description where it
/// stands on the page word for word and stands out. A description that is only the beginning of the text is none, nor
/// is one that the page does not show.
fn standfirst(blocks: &mut Vec<Block>, metadata: &mut Metadata) {
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

/// Leaves out lines that ask to read something else, to share, to subscribe, and the labels of advertisements.
fn leave_out_lines(blocks: &mut Vec<Block>, origin: Origin, receipt: &mut Receipt) {
    let mut at = 0;
    while at < blocks.len() {
        let Some(block) = blocks.get(at) else { break };
        let (kind, with_list) = match block {
            Block::Paragraph(line) => (line_about_others(line), false),
            Block::Heading(_, line) => match furniture::announces(&words(line)) {
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
    let bare = furniture::said(&text);
    let linked = linked_length(line);
    if linked * 10 >= length * 4 && STARTS_FOLDED.iter().any(|start| bare.starts_with(start)) {
        return Some("teaser");
    }
    if linked * 10 >= length * 8 && furniture::asks_to_go_on(&text) {
        return Some("teaser");
    }
    if length < 80 {
        if LABELS_FOLDED.contains(bare.as_str()) {
            return Some("advertisement");
        }
        if length < 40 && SHARES_FOLDED.contains(bare.as_str()) {
            return Some("share-bar");
        }
        // Nothing but the names of such places.
        let labels = bare.split_whitespace().count();
        let place = |word: &str| {
            SHARES_FOLDED.contains(word)
                || matches!(
                    word,
                    "x" | "e-mail" | "mail" | "on" | "sur" | "bluesky" | "telegram" | "reddit" | "et" | "or" | "and"
                )
        };
        if (2..=8).contains(&labels) && bare.split_whitespace().all(place) {
            return Some("share-bar");
        }
    }
    (furniture::announces(&text) == Some("newsletter-box")).then_some("newsletter-box")
}

static STARTS_FOLDED: LazyLock<Vec<String>> =
    LazyLock::new(|| STARTS.iter().map(|phrase| furniture::said(phrase)).collect());
static LABELS_FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| LABELS.iter().map(|phrase| furniture::said(phrase)).collect());
static SHARES_FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| SHARES.iter().map(|phrase| furniture::said(phrase)).collect());

/// How lines begin that lead to other articles, when they are links for the most part.
const STARTS: &[&str] = &[
    "lire aussi",
    "a lire aussi",
    "lire egalement",
    "a lire egalement",
    "lire l'article",
    "voir aussi",
    "ecouter aussi",
    "a ecouter aussi",
    "a voir aussi",
    "lire la tribune",
    "lire notre",
    "lire l'enquete",
    "lire le decryptage",
    "article reserve",
    "read also",
    "also read",
    "read more",
    "read next",
    "see also",
    "related",
    "more on this",
    "more from",
    "don't miss",
    "recommended",
    "opinion read",
    "watch",
    "listen",
    "اقرا ايضا",
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "شاهد ايضا",
    "مقال ذو صله",
];

/// Labels of advertisements.
const LABELS: &[&str] = &[
    "publicite",
    "advertisement",
    "advertising",
    "ad",
    "sponsored",
    "la suite apres cette publicite",
    "continue reading below",
    "story continues below advertisement",
    "article continues below",
    "story continues below",
    "skip advertisement",
    "scroll to continue",
    "اعلان",
    "إعلان",
    "la suite apres la publicite",
];

/// Labels of what a reader may do with a page.
const SHARES: &[&str] = &[
    "partager",
    "partager cet article",
    "partagez cet article",
    "partager sur facebook",
    "partager sur twitter",
    "partager sur linkedin",
    "tweeter",
    "imprimer",
    "envoyer par mail",
    "envoyer par e-mail",
    "copier le lien",
    "lien copie",
    "enregistrer",
    "ecouter cet article",
    "ecouter l'article",
    "offrir l'article",
    "ajouter a vos selections",
    "reagir",
    "commenter",
    "share",
    "share this",
    "share this article",
    "share this story",
    "share on facebook",
    "share on twitter",
    "tweet",
    "email",
    "print",
    "print this article",
    "copy link",
    "link copied",
    "save",
    "save article",
    "listen to this article",
    "comment",
    "comments",
    "facebook",
    "twitter",
    "linkedin",
    "whatsapp",
    "pinterest",
    "like",
    "subscribe",
    "s'abonner",
    "se connecter",
    "sign in",
    "log in",
    "follow",
    "suivre",
    "gift this article",
    "un message, un commentaire",
    "repondre a cet article",
    "repondre",
    "شارك",
    "مشاركه",
];

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

/// How many blocks at the end may sign the article.
const TAIL: usize = 8;

/// Reads the signature and the notes about the authors at the end (and the note that some pages set before the text).
/// A signature that says nothing but name and function is taken out, for the front matter says it; a sentence about
/// the author stays.
fn signatures(blocks: &mut Vec<Block>, metadata: &mut Metadata) {
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

/// Leaves out what is left at the end of lists of other articles.
fn leave_out_tail(blocks: &mut Vec<Block>, receipt: &mut Receipt) {
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
