//! Blocks as Markdown.

use std::fmt::Write;

use super::block::{Block, Inline, Item, block_words};
use super::inline::{self, Setting, longest_run};

/// Writes blocks, with the texts of their footnotes at the end. Images are `edito-image:N`.
pub(crate) fn write(blocks: &[Block]) -> String {
    let mut pen = Pen::default();
    pen.blocks(blocks, "");
    let notes = blocks.iter().filter_map(|block| match block {
        Block::Note(number, inner) => Some((*number, inner)),
        _ => None,
    });
    for (number, inner) in notes {
        pen.note(number, inner);
    }
    let mut text = pen.out;
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The words of blocks as plain text, a line for each block.
pub(crate) fn plain_text(blocks: &[Block]) -> String {
    block_words(blocks)
}

#[derive(Default)]
struct Pen {
    out: String,
}

impl Pen {
    /// Writes blocks, each line of them after `prefix`.
    fn blocks(&mut self, blocks: &[Block], prefix: &str) {
        let mut before: Option<&Block> = None;
        let mut other_bullet = false;
        for block in blocks {
            if matches!(block, Block::Note(..)) {
                continue;
            }
            if let Some(before) = before {
                self.blank(prefix);
                // Two lists in a row would be one.
                other_bullet = match (before, block) {
                    (Block::List { start: one, .. }, Block::List { start: other, .. })
                        if one.is_some() == other.is_some() =>
                    {
                        !other_bullet
                    }
                    _ => false,
                };
            }
            self.block(block, prefix, other_bullet);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &Block, prefix: &str, other_bullet: bool) {
        match block {
            Block::Paragraph(line) => self.lines(&inline::write(line, Setting::Paragraph), prefix),
            Block::Heading(level, line) => {
                let text = inline::write(line, Setting::Heading);
                let marks = "#".repeat(usize::from((*level).clamp(1, 6)));
                self.lines(&format!("{marks} {text}"), prefix);
            }
            Block::Quote(inner) => self.blocks(inner, &format!("{prefix}> ")),
            Block::List { start, items } => self.list(*start, items, prefix, other_bullet),
            Block::Code { language, text } => self.fenced(language, text, prefix),
            Block::Math(tex) => self.fenced("math", tex.trim(), prefix),
            Block::Table { head, rows } => self.table(head, rows, prefix),
            Block::Rule => self.lines("* * *", prefix),
            Block::Note(..) => {}
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Item], prefix: &str, other_bullet: bool) {
        // A list is tight unless an item holds more than a line and a list.
        let tight = items.iter().all(|item| {
            let mut blocks = item.blocks.iter().filter(|block| !matches!(block, Block::Note(..)));
            let first = blocks.next();
            matches!(first, None | Some(Block::Paragraph(_))) && blocks.all(|block| matches!(block, Block::List { .. }))
        });
        for (at, item) in items.iter().enumerate() {
            if at > 0 && !tight {
                self.blank(prefix);
            }
            let mark = match start {
                Some(start) => {
                    let number = start.saturating_add(u64::try_from(at).unwrap_or(0));
                    format!("{number}{} ", if other_bullet { ')' } else { '.' })
                }
                None => (if other_bullet { "* " } else { "- " }).to_owned(),
            };
            let inner = format!("{prefix}{}", " ".repeat(mark.len()));
            let box_to_tick = match item.ticked {
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
                None => "",
            };
            let place = self.out.len();
            if tight {
                for (at, block) in item.blocks.iter().enumerate() {
                    // A list of another kind right after the line of an item needs no blank line, except where its
                    // first number is not 1.
                    let interrupts = matches!(block, Block::List { start: Some(start), .. } if *start != 1);
                    if at > 0 && interrupts {
                        self.blank(&inner);
                    }
                    self.block(block, &inner, false);
                }
            } else {
                self.blocks(&item.blocks, &inner);
            }
            // The mark takes the place of the first line's indent.
            let written = self.out.split_off(place);
            let first = written.strip_prefix(&inner).unwrap_or(&written);
            let _ = write!(self.out, "{prefix}{mark}{box_to_tick}{first}");
        }
    }

    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], prefix: &str) {
        let row = |cells: &[Vec<Inline>]| {
            let mut line = String::from("|");
            for cell in cells {
                let _ = write!(line, " {} |", inline::write(cell, Setting::Cell));
            }
            line
        };
        self.lines(&row(head), prefix);
        self.lines(&format!("|{}", " --- |".repeat(head.len())), prefix);
        for cells in rows {
            self.lines(&row(cells), prefix);
        }
    }

    fn fenced(&mut self, language: &str, text: &str, prefix: &str) {
        let fence = "`".repeat((longest_run(text, '`') + 1).max(3));
        self.lines(&format!("{fence}{language}\n{text}\n{fence}"), prefix);
    }

    fn note(&mut self, number: usize, blocks: &[Block]) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let place = self.out.len();
        self.blocks(blocks, "    ");
        let written = self.out.split_off(place);
        let first = written.strip_prefix("    ").unwrap_or(&written);
        // A note that begins with something else than a line of text begins below its mark.
        let starts_with_text = matches!(blocks.first(), Some(Block::Paragraph(_)));
        if starts_with_text {
            let _ = write!(self.out, "[^{number}]: {first}");
        } else {
            let _ = write!(self.out, "[^{number}]:\n\n{written}");
        }
    }

    fn lines(&mut self, text: &str, prefix: &str) {
        for line in text.split('\n') {
            if line.is_empty() {
                self.out.push_str(prefix.trim_end());
            } else {
                self.out.push_str(prefix);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
    }

    fn blank(&mut self, prefix: &str) {
        self.out.push_str(prefix.trim_end());
        self.out.push('\n');
    }
}
