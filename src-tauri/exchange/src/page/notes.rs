//! Footnotes of a page: signs in the text, and what they lead to.

use std::collections::{HashMap, HashSet};

use dom_query::{NodeId, NodeRef};

use super::survey::Survey;
use crate::address::{Addresses, Target};
use crate::content::{Block, Inline, NOTE_ATTRIBUTE, Reading};
use crate::html::dom;

/// A footnote: its number, and the block that holds its text, taken out of the page.
pub(crate) struct Note<'a> {
    pub number: usize,
    pub node: NodeRef<'a>,
}

/// The longest text of a footnote.
const LONGEST: usize = 6_000;
/// More links than this are not looked at.
const MOST: usize = 20_000;

/// Finds the footnotes, marks their signs and takes their texts out of the page.
pub(crate) fn take_out<'a>(survey: &Survey<'a>, addresses: &Addresses) -> Vec<Note<'a>> {
    // Links to places in the page, from which to which.
    let mut inner: Vec<(NodeRef<'a>, NodeRef<'a>)> = Vec::new();
    for link in survey.links.iter().take(MOST) {
        let Some(href) = dom::attribute(link, "href").filter(|href| href.contains('#')) else {
            continue;
        };
        if let Target::Within(id) = addresses.link(&href)
            && let Some(target) = survey.ids.get(&id)
        {
            inner.push((*link, NodeRef::new(*target, link.tree)));
        }
    }
    // The block of each target, and those that would hold several notes.
    let mut blocks: HashMap<NodeId, NodeRef<'a>> = HashMap::new();
    let mut targets_in: HashMap<NodeId, HashSet<NodeId>> = HashMap::new();
    for (_, target) in &inner {
        if let Some(block) = block_of(target) {
            blocks.insert(target.id, block);
            targets_in.entry(block.id).or_default().insert(target.id);
        }
    }
    // The links that stand in each of the blocks.
    let held: HashSet<NodeId> = blocks.values().map(|block| block.id).collect();
    let mut within: HashMap<NodeId, Vec<usize>> = HashMap::new();
    for (at, (link, _)) in inner.iter().enumerate() {
        let above = link
            .tree
            .ancestor_ids_of_it(&link.id, None)
            .find(|id| held.contains(id));
        if let Some(block) = above {
            within.entry(block).or_default().push(at);
        }
    }
    let links_in = |block: &NodeRef<'a>| {
        let places = within.get(&block.id).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|at| inner.get(*at))
    };
    let mut notes: Vec<Note<'a>> = Vec::new();
    let mut numbers: HashMap<NodeId, usize> = HashMap::new();
    let mut signs: Vec<(NodeRef<'a>, usize)> = Vec::new();
    for (link, target) in &inner {
        let Some(block) = blocks.get(&target.id) else { continue };
        // What a sign leads to stands below it; what leads up leads back.
        if !is_sign(link) || target.id < link.id || dom::is_within(link, block.id) {
            continue;
        }
        if let Some(number) = numbers.get(&block.id) {
            signs.push((*link, *number));
            continue;
        }
        let several = targets_in.get(&block.id).is_some_and(|targets| targets.len() > 1);
        let length = dom::length_within(block, LONGEST);
        if several || !(2..LONGEST).contains(&length) || !is_note(link, target, block, links_in(block)) {
            continue;
        }
        let number = notes.len() + 1;
        numbers.insert(block.id, number);
        notes.push(Note { number, node: *block });
        signs.push((*link, number));
    }
    for (link, number) in signs {
        mark(&link, number);
    }
    for note in &notes {
        for (link, _) in links_in(&note.node) {
            if dom::length_within(link, 12) < 12 {
                link.remove_from_parent();
            }
        }
        note.node.remove_from_parent();
    }
    notes
}

/// Reads the texts of those notes whose signs stand in the blocks, numbers them in the order of their signs, and puts
/// them after the text.
pub(crate) fn put_back(blocks: &mut Vec<Block>, notes: &[Note<'_>], reading: &mut Reading<'_>) {
    if notes.is_empty() {
        return;
    }
    let mut order: Vec<usize> = Vec::new();
    renumber(blocks, &mut order);
    without_bare_headings(blocks);
    let mut texts: Vec<Block> = Vec::new();
    for (at, number) in order.iter().enumerate() {
        let mut text = notes
            .iter()
            .find(|note| note.number == *number)
            .map(|note| crate::content::read(&note.node, reading))
            .unwrap_or_default();
        without_label(&mut text);
        if text.is_empty() {
            text.push(Block::Paragraph(vec![Inline::Text("…".into())]));
        }
        texts.push(Block::Note(at + 1, text));
    }
    if !texts.is_empty() {
        reading.receipt.keep("footnotes");
        blocks.extend(texts);
    }
}

/// Takes out headings of notes below which nothing is left.
fn without_bare_headings(blocks: &mut Vec<Block>) {
    const HEADINGS: &[&str] = &[
        "notes",
        "note",
        "footnotes",
        "endnotes",
        "notes de bas de page",
        "notes de fin",
        "references",
        "الهوامش",
        "هوامش",
        "حواش",
    ];
    let mut at = 0;
    while at < blocks.len() {
        let bare = match (blocks.get(at), blocks.get(at + 1)) {
            (Some(Block::Heading(level, line)), next) => {
                let followed = match next {
                    Some(Block::Heading(other, _)) => other > level,
                    Some(Block::Rule | Block::Note(..)) | None => false,
                    Some(_) => true,
                };
                let folded = edito_prose::fold::fold(&crate::content::block::words(line));
                !followed
                    && HEADINGS
                        .iter()
                        .any(|heading| edito_prose::fold::fold(heading) == folded.trim())
            }
            _ => false,
        };
        if bare {
            blocks.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Counts the notes on from those that stand before.
pub(crate) fn count_on(blocks: &mut [Block], numbered: usize) {
    fn line(inlines: &mut [Inline], numbered: usize) {
        for inline in inlines {
            match inline {
                Inline::Note(number) => *number += numbered,
                Inline::Span(_, inner) | Inline::Link(_, inner) => line(inner, numbered),
                _ => {}
            }
        }
    }
    crate::content::block::each_inlines(blocks, &mut |inlines| line(inlines, numbered));
    for block in blocks {
        if let Block::Note(number, _) = block {
            *number += numbered;
        }
    }
}

/// Whether a link is short as the sign of a note is.
fn is_sign(link: &NodeRef<'_>) -> bool {
    let text = dom::text_within(link, 24);
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '.' | '\u{a0}'));
    if bare.is_empty() || bare.chars().count() > 5 {
        return false;
    }
    let raised = link.ancestors_it(Some(3)).any(|above| dom::is(&above, &["sup"]))
        || link.descendants_it().any(|inner| dom::is(&inner, &["sup"]));
    bare.chars().all(|c| c.is_numeric())
        || bare.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§'))
        || (raised && bare.chars().all(char::is_alphanumeric))
        || (text.starts_with(['[', '(']) && bare.chars().count() <= 3)
}

/// Whether what a sign leads to is the text of a note: it leads back, or says so.
fn is_note<'n, 'a: 'n>(
    link: &NodeRef<'a>,
    target: &NodeRef<'a>,
    block: &NodeRef<'a>,
    mut links: impl Iterator<Item = &'n (NodeRef<'a>, NodeRef<'a>)>,
) -> bool {
    let leads_back = links.any(|(_, to)| {
        to.id == link.id || dom::is_within(link, to.id) || dom::is_within(to, link.id) || siblings(to, link)
    });
    if leads_back {
        return true;
    }
    let said = format!("{} {}", dom::names(target), dom::names(block));
    let id = dom::attribute(target, "id")
        .or_else(|| dom::attribute(target, "name"))
        .unwrap_or_default()
        .to_lowercase();
    let named = [
        "fn",
        "note",
        "ftn",
        "nb",
        "footnote",
        "cite_note",
        "endnote",
        "sdfootnote",
        "_ftn",
        "_edn",
        "reference",
        "ref-",
    ]
    .iter()
    .any(|start| {
        id.rsplit('#')
            .next()
            .unwrap_or_default()
            .trim_start_matches('_')
            .starts_with(start)
    });
    named || said.contains("footnote") || said.contains("endnote") || said.contains("doc-")
}

fn siblings(one: &NodeRef<'_>, other: &NodeRef<'_>) -> bool {
    match (one.parent(), other.parent()) {
        (Some(one_parent), Some(other_parent)) => {
            one_parent.id == other_parent.id && dom::is(&one_parent, &["sup", "span"])
        }
        _ => false,
    }
}

/// The block that holds the text of what a sign leads to.
fn block_of<'a>(target: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let holds = |node: &NodeRef<'a>| dom::is(node, &["li", "p", "dd", "tr", "aside", "blockquote", "div"]);
    let block = if holds(target) {
        *target
    } else {
        target.ancestors_it(Some(6)).find(holds)?
    };
    // A note in a list or a row is all of it.
    let outer = block
        .ancestors_it(Some(4))
        .find(|above| dom::is(above, &["li", "tr"]) && dom::length_within(above, LONGEST) < LONGEST);
    let alone = outer.filter(|outer| {
        dom::is(&block, &["p", "div"])
            && outer
                .descendants_it()
                .filter(|inner| dom::is(inner, &["li", "tr"]))
                .count()
                == 0
    });
    let block = alone.unwrap_or(block);
    (!dom::is(&block, &["div"]) || dom::length_within(&block, 3_000) < 3_000).then_some(block)
}

/// Puts the mark of a note in the place of its sign.
fn mark(link: &NodeRef<'_>, number: usize) {
    let mut sign = *link;
    // What holds nothing but the sign goes with it.
    while let Some(parent) = sign.parent() {
        let only = dom::is(&parent, &["sup", "span", "small"])
            && parent
                .children_it(false)
                .all(|node| node.id == sign.id || is_bracket(&node));
        if !only {
            break;
        }
        sign = parent;
    }
    for (beside, bracket) in [(sign.prev_sibling(), '['), (sign.next_sibling(), ']')] {
        if let Some(beside) = beside
            && beside.is_text()
        {
            let text = beside.text();
            let trimmed = match bracket {
                '[' => text.trim_end().strip_suffix(['[', '(']),
                _ => text.trim_start().strip_prefix([']', ')']),
            };
            // Only a bracket that belongs to the sign: its fellow stands on the other side.
            if let Some(trimmed) = trimmed
                && has_fellow(&sign)
            {
                let trimmed = trimmed.to_owned();
                let fresh = sign.tree.new_text(trimmed);
                beside.replace_with(&fresh);
            }
        }
    }
    let fresh = sign.tree.new_element("sup");
    fresh.set_attr(NOTE_ATTRIBUTE, &number.to_string());
    fresh.append_child(&sign.tree.new_text(number.to_string()));
    sign.replace_with(&fresh);
}

/// Whether a bracket stands on at least one side; the other may be gone already.
fn has_fellow(sign: &NodeRef<'_>) -> bool {
    let before = sign
        .prev_sibling()
        .filter(NodeRef::is_text)
        .map(|node| node.text().to_string())
        .unwrap_or_default();
    let after = sign
        .next_sibling()
        .filter(NodeRef::is_text)
        .map(|node| node.text().to_string())
        .unwrap_or_default();
    let opens = before.trim_end().ends_with(['[', '(']);
    let closes = after.trim_start().starts_with([']', ')']);
    closes && (opens || !before.contains(['[', '(']))
}

fn is_bracket(node: &NodeRef<'_>) -> bool {
    node.is_text()
        && node
            .text()
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '\u{a0}' | ','))
            .is_empty()
}

fn renumber(blocks: &mut [Block], order: &mut Vec<usize>) {
    crate::content::block::each_inlines(blocks, &mut |line| renumber_line(line, order));
}

fn renumber_line(line: &mut [Inline], order: &mut Vec<usize>) {
    for inline in line {
        match inline {
            Inline::Note(number) => {
                let place = order.iter().position(|known| known == number).unwrap_or_else(|| {
                    order.push(*number);
                    order.len() - 1
                });
                *number = place + 1;
            }
            Inline::Span(_, inner) | Inline::Link(_, inner) => renumber_line(inner, order),
            _ => {}
        }
    }
}

/// Takes the label (`1.`, `[1]`, `^`) off the beginning of a note's text.
fn without_label(blocks: &mut Vec<Block>) {
    // A note that was an item of a list is read as one.
    if let [Block::List { items, .. }] = blocks.as_mut_slice()
        && let [item] = items.as_mut_slice()
    {
        *blocks = std::mem::take(&mut item.blocks);
    }
    let Some(Block::Paragraph(line)) = blocks.first_mut() else {
        return;
    };
    if let Some(Inline::Note(_)) = line.first() {
        line.remove(0);
    }
    if let Some(Inline::Text(text)) = line.first_mut() {
        let trimmed = text.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '^' | '↑' | '\u{a0}')
        });
        let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let after = trimmed.get(digits..).unwrap_or_default();
        let labelled = digits > 0 && digits < 4 && after.starts_with(['.', ')', ']', '\u{a0}', '–']);
        let rest = if labelled { after } else { trimmed };
        let rest =
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ']' | '\u{a0}' | '–'));
        *text = rest.to_owned();
        if text.is_empty() {
            line.remove(0);
        }
    }
    if line.is_empty() {
        blocks.remove(0);
    }
}
