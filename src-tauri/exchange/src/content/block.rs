//! Blocks and what stands in them.

/// A block of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    /// With its level, from 1.
    Heading(u8, Vec<Inline>),
    Quote(Vec<Block>),
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        items: Vec<Item>,
    },
    Code {
        language: String,
        text: String,
    },
    Math(String),
    Table {
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Rule,
    /// A footnote's text, wherever it stands; written at the end.
    Note(usize, Vec<Block>),
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Item {
    /// A box to tick, and whether it is ticked.
    pub ticked: Option<bool>,
    pub blocks: Vec<Block>,
}

/// What stands in a line of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Inline {
    Text(String),
    Break,
    Span(Style, Vec<Inline>),
    Code(String),
    Math(String),
    /// With the address that it leads to; empty where it leads nowhere outside of the text.
    Link(String, Vec<Inline>),
    Image {
        /// Its place in the gallery.
        place: usize,
        alt: String,
    },
    /// The sign of a footnote.
    Note(usize),
}

/// How a span is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Emphasis,
    Strong,
    Struck,
}

/// The words of some inlines.
pub(crate) fn words(inlines: &[Inline]) -> String {
    let mut text = String::new();
    collect(inlines, &mut text);
    crate::html::dom::squeeze(&text)
}

/// The words of some blocks, blocks parted by line ends.
pub(crate) fn block_words(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        let part = match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => words(inlines),
            Block::Quote(blocks) | Block::Note(_, blocks) => block_words(blocks),
            Block::List { items, .. } => {
                let items: Vec<String> = items.iter().map(|item| block_words(&item.blocks)).collect();
                items.join("\n")
            }
            Block::Code { text, .. } | Block::Math(text) => text.clone(),
            Block::Table { head, rows } => {
                let row = |cells: &Vec<Vec<Inline>>| cells.iter().map(|cell| words(cell)).collect::<Vec<_>>().join(" ");
                let all: Vec<String> = std::iter::once(head).chain(rows).map(row).collect();
                all.join("\n")
            }
            Block::Rule => continue,
        };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&part);
    }
    text
}

/// Visits all lists of inlines of some blocks, those of nested blocks as well.
pub(crate) fn each_inlines(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(_, inlines) => visit(inlines),
            Block::Quote(blocks) | Block::Note(_, blocks) => each_inlines(blocks, visit),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_inlines(&mut item.blocks, visit)),
            Block::Table { head, rows } => {
                head.iter_mut().for_each(&mut *visit);
                rows.iter_mut().flatten().for_each(&mut *visit);
            }
            Block::Code { .. } | Block::Math(_) | Block::Rule => {}
        }
    }
}

fn collect(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) | Inline::Math(part) => text.push_str(part),
            Inline::Break => text.push(' '),
            Inline::Span(_, inner) | Inline::Link(_, inner) => collect(inner, text),
            Inline::Image { .. } | Inline::Note(_) => {}
        }
    }
}
