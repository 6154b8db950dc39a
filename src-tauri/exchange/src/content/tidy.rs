//! White space and nesting put right, so that what is written is what was meant.

use super::block::{Block, Inline, Style, each_inlines};

/// Squeezes white space, drops what is empty, joins what belongs together. Idempotent.
pub(crate) fn tidy(blocks: &mut Vec<Block>) {
    each_inlines(blocks, &mut tidy_line);
    split_images(blocks);
    drop_empty(blocks);
}

/// One line of text.
pub(super) fn tidy_line(line: &mut Vec<Inline>) {
    let mut tidied = Vec::with_capacity(line.len());
    let mut spaced = true;
    squeeze(std::mem::take(line), &mut spaced, &mut tidied, &mut Vec::new());
    trim_end(&mut tidied);
    *line = tidied;
}

/// Squeezes white space over the borders of spans; `spaced` tells whether the text before ended in a space (or began
/// the line). A space at the inner edge of a span moves out of it. `styles` are the styles that hold already.
fn squeeze(line: Vec<Inline>, spaced: &mut bool, out: &mut Vec<Inline>, styles: &mut Vec<Style>) {
    for inline in line {
        match inline {
            Inline::Text(text) => {
                let mut squeezed = String::with_capacity(text.len());
                for character in text.chars() {
                    match character {
                        ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                            if !*spaced {
                                squeezed.push(' ');
                            }
                            *spaced = true;
                        }
                        // Controls are seen by nobody, and some end lines in some programs.
                        character if character.is_control() => {}
                        character => {
                            squeezed.push(character);
                            *spaced = false;
                        }
                    }
                }
                push(out, Inline::Text(squeezed));
            }
            Inline::Break => {
                trim_end(out);
                if !out.is_empty() {
                    out.push(Inline::Break);
                }
                *spaced = true;
            }
            Inline::Span(style, inner) if styles.contains(&style) => squeeze(inner, spaced, out, styles),
            Inline::Span(style, inner) => {
                styles.push(style);
                let mut squeezed = Vec::with_capacity(inner.len());
                squeeze(inner, spaced, &mut squeezed, styles);
                styles.pop();
                push_edged(out, squeezed, |inner| Inline::Span(style, inner));
            }
            Inline::Link(target, inner) => {
                let mut squeezed = Vec::with_capacity(inner.len());
                squeeze(without_links(inner), spaced, &mut squeezed, styles);
                push_edged(out, squeezed, |inner| Inline::Link(target.clone(), inner));
            }
            Inline::Code(code) => {
                let code: String = code.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                if !code.trim().is_empty() {
                    push(out, Inline::Code(code));
                    *spaced = false;
                }
            }
            other => {
                out.push(other);
                *spaced = false;
            }
        }
    }
}

/// Puts a span with its outer spaces outside of it; a span of nothing is left out.
fn push_edged(out: &mut Vec<Inline>, mut inner: Vec<Inline>, make: impl Fn(Vec<Inline>) -> Inline) {
    let mut breaks = 0;
    while matches!(inner.first(), Some(Inline::Break)) {
        inner.remove(0);
        breaks += 1;
    }
    if breaks > 0 && !out.is_empty() {
        out.push(Inline::Break);
    }
    let leading = take_edge(&mut inner, true);
    let mut trailing_break = false;
    while matches!(inner.last(), Some(Inline::Break)) {
        inner.pop();
        trailing_break = true;
    }
    let trailing = take_edge(&mut inner, false);
    if leading {
        push(out, Inline::Text(" ".into()));
    }
    if !inner.is_empty() {
        push(out, make(inner));
    }
    if trailing_break {
        out.push(Inline::Break);
    } else if trailing {
        push(out, Inline::Text(" ".into()));
    }
}

/// Takes the space at one edge off, when there is one.
fn take_edge(inlines: &mut Vec<Inline>, first: bool) -> bool {
    let at = if first { 0 } else { inlines.len().saturating_sub(1) };
    let Some(Inline::Text(text)) = inlines.get_mut(at) else {
        return false;
    };
    let length = text.len();
    let trimmed = if first {
        text.trim_start_matches(' ')
    } else {
        text.trim_end_matches(' ')
    };
    let taken = trimmed.len() < length;
    if taken {
        *text = trimmed.to_owned();
    }
    if text.is_empty() {
        inlines.remove(at);
        // What an empty text hid may have an edge too; there is at most one space in a row.
    }
    taken
}

/// Adds to a line, joined with what stands before where both are the same.
fn push(out: &mut Vec<Inline>, inline: Inline) {
    match (out.last_mut(), inline) {
        (_, Inline::Text(text)) if text.is_empty() => {}
        // Two in a row would have one fence between them.
        (Some(Inline::Code(before)), Inline::Code(code)) => before.push_str(&code),
        (Some(Inline::Text(before)), Inline::Text(text)) => {
            if before.ends_with(' ') {
                before.push_str(text.trim_start_matches(' '));
            } else {
                before.push_str(&text);
            }
        }
        (Some(Inline::Span(before, inner)), Inline::Span(style, more)) if *before == style => {
            for inline in more {
                push(inner, inline);
            }
        }
        (Some(Inline::Link(before, inner)), Inline::Link(target, more)) if *before == target => {
            for inline in more {
                push(inner, inline);
            }
        }
        (_, inline) => out.push(inline),
    }
}

/// Takes spaces and breaks off the end of a line.
fn trim_end(line: &mut Vec<Inline>) {
    loop {
        match line.last_mut() {
            Some(Inline::Break) => {
                line.pop();
            }
            Some(Inline::Text(text)) => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    return;
                }
                line.pop();
            }
            _ => return,
        }
    }
}

fn without_links(line: Vec<Inline>) -> Vec<Inline> {
    let mut plain = Vec::with_capacity(line.len());
    for inline in line {
        match inline {
            Inline::Link(_, inner) => plain.extend(without_links(inner)),
            Inline::Span(style, inner) => plain.push(Inline::Span(style, without_links(inner))),
            other => plain.push(other),
        }
    }
    plain
}

/// An image that begins or ends a paragraph of text stands in a paragraph of its own; a link around nothing but an
/// image (to the same image, larger) is left out.
fn split_images(blocks: &mut Vec<Block>) {
    let mut split = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..) {
        match block {
            Block::Paragraph(mut line) => {
                for inline in &mut line {
                    if let Inline::Link(_, inner) | Inline::Span(_, inner) = inline
                        && let [Inline::Image { .. }] = inner.as_slice()
                        && let Some(image) = inner.pop()
                    {
                        *inline = image;
                    }
                }
                let text = line
                    .iter()
                    .any(|inline| !matches!(inline, Inline::Image { .. } | Inline::Break));
                let images = line
                    .iter()
                    .filter(|inline| matches!(inline, Inline::Image { .. }))
                    .count();
                if images == 0 || (images == 1 && !text && line.len() == 1) {
                    split.push(Block::Paragraph(line));
                    continue;
                }
                let mut rest: std::collections::VecDeque<Inline> = line.into();
                while matches!(rest.front(), Some(Inline::Image { .. } | Inline::Break)) {
                    if let Some(image @ Inline::Image { .. }) = rest.pop_front() {
                        split.push(Block::Paragraph(vec![image]));
                    }
                }
                let mut after = Vec::new();
                while matches!(rest.back(), Some(Inline::Image { .. } | Inline::Break)) {
                    if let Some(image @ Inline::Image { .. }) = rest.pop_back() {
                        after.push(Block::Paragraph(vec![image]));
                    }
                }
                let mut middle: Vec<Inline> = rest.into();
                tidy_line(&mut middle);
                if !middle.is_empty() {
                    split.push(Block::Paragraph(middle));
                }
                split.extend(after.into_iter().rev());
            }
            other => split.push(other),
        }
    }
    *blocks = split;
}

fn drop_empty(blocks: &mut Vec<Block>) {
    for block in blocks.iter_mut() {
        match block {
            Block::Quote(inner) | Block::Note(_, inner) => drop_empty(inner),
            Block::List { items, .. } => {
                for item in items.iter_mut() {
                    item.blocks.retain(|block| *block != Block::Rule);
                    drop_empty(&mut item.blocks);
                }
                items.retain(|item| !item.blocks.is_empty());
            }
            // Breaks in a heading are for a narrow screen.
            Block::Heading(_, line) => {
                for inline in line.iter_mut() {
                    if *inline == Inline::Break {
                        *inline = Inline::Text(" ".into());
                    }
                }
                tidy_line(line);
            }
            _ => {}
        }
    }
    blocks.retain(|block| match block {
        Block::Paragraph(line) | Block::Heading(_, line) => !line.is_empty(),
        Block::Quote(inner) | Block::Note(_, inner) => !inner.is_empty(),
        Block::List { items, .. } => !items.is_empty(),
        Block::Table { rows, head } => !rows.is_empty() || head.iter().any(|cell| !cell.is_empty()),
        Block::Code { .. } | Block::Math(_) | Block::Rule => true,
    });
    // Rules at the edges and in a row part nothing.
    blocks.dedup_by(|next, before| *next == Block::Rule && *before == Block::Rule);
}
