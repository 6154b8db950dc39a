//! From the tree to blocks.

use dom_query::{NodeData, NodeRef};

use super::block::{Block, Inline, Item, Style};
use super::{NOTE_ATTRIBUTE, Reading, SKIP_ATTRIBUTE, media, script, table};
use crate::address::Target;
use crate::html::dom;

/// The deepest nesting that is followed; below it, only the words.
const MAX_DEPTH: usize = 160;

/// The deepest nesting of quotations and lists that is written.
const MAX_NESTING: usize = 24;

/// Reads the children of a node.
pub(super) fn blocks(node: &NodeRef<'_>, reading: &mut Reading<'_>) -> Vec<Block> {
    let mut reader = Reader {
        reading,
        depth: 0,
        nesting: 0,
        in_figure: false,
    };
    let mut flow = Flow::default();
    reader.children(node, &mut flow);
    flow.finish()
}

/// Blocks being made, and the line that is still open.
#[derive(Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    line: Vec<Inline>,
    /// It is a part of a line: something may stand before it.
    within: bool,
}

impl Flow {
    /// Ends the open line: what was in it is a paragraph.
    pub fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.iter().all(is_blank) {
            self.blocks.push(Block::Paragraph(line));
        }
    }

    pub fn push(&mut self, block: Block) {
        self.end_line();
        self.blocks.push(block);
    }

    pub fn finish(mut self) -> Vec<Block> {
        self.end_line();
        self.blocks
    }

    /// Goes on with a part of a line.
    fn extend(&mut self, line: Vec<Inline>) {
        for inline in line {
            match inline {
                Inline::Break => self.line_break(),
                other => self.line.push(other),
            }
        }
    }

    /// A line break; the second in a row ends the paragraph.
    fn line_break(&mut self) {
        if self.within && self.blocks.is_empty() && self.line.iter().take(16).all(is_blank) {
            if self.line.len() < 16 {
                self.line.push(Inline::Break);
            }
            return;
        }
        let blank = |inline: &&Inline| !matches!(inline, Inline::Text(text) if text.trim_matches([' ', '\n', '\t', '\r']).is_empty());
        match self.line.iter().rev().find(blank) {
            Some(Inline::Break) => self.end_line(),
            Some(_) => self.line.push(Inline::Break),
            None => self.line.clear(),
        }
    }
}

/// Whether nothing is seen of an inline: some editors leave marks of no width in paragraphs of their own.
fn is_blank(inline: &Inline) -> bool {
    let unseen = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    match inline {
        Inline::Text(text) => text.chars().all(unseen),
        Inline::Break => true,
        _ => false,
    }
}

pub(super) struct Reader<'r, 'a> {
    pub reading: &'r mut Reading<'a>,
    depth: usize,
    nesting: usize,
    /// Captions are read apart from what they are about.
    in_figure: bool,
}

impl Reader<'_, '_> {
    /// Reads what stands in a node into a flow.
    pub fn children(&mut self, node: &NodeRef<'_>, flow: &mut Flow) {
        if self.depth >= MAX_DEPTH {
            let words = dom::text(node);
            if !words.is_empty() {
                flow.push(Block::Paragraph(vec![Inline::Text(words)]));
            }
            return;
        }
        self.depth += 1;
        let mut child = node.first_child();
        while let Some(node) = child {
            self.node(&node, flow);
            child = node.next_sibling();
        }
        self.depth -= 1;
    }

    /// The blocks in a node.
    pub fn inner(&mut self, node: &NodeRef<'_>) -> Vec<Block> {
        let mut flow = Flow::default();
        self.children(node, &mut flow);
        let mut blocks = flow.finish();
        super::tidy::tidy(&mut blocks);
        blocks
    }

    /// The blocks in a node as one line.
    pub fn line(&mut self, node: &NodeRef<'_>) -> Vec<Inline> {
        let mut line: Vec<Inline> = Vec::new();
        for block in self.inner(node) {
            if !line.is_empty() {
                line.push(Inline::Break);
            }
            flatten(block, &mut line);
        }
        line
    }

    fn node(&mut self, node: &NodeRef<'_>, flow: &mut Flow) {
        let text = node.query_or(None, |inner| match &inner.data {
            NodeData::Text { contents } => Some(contents.to_string()),
            _ => None,
        });
        if let Some(text) = text {
            push_text(&mut flow.line, &text);
            return;
        }
        let name = dom::name(node);
        let name: &str = &name;
        if name.is_empty() || dom::is_hidden(node) || (self.reading.prepared && node.has_attr(SKIP_ATTRIBUTE)) {
            return;
        }
        if self.reading.prepared
            && let Some(note) = dom::attribute(node, NOTE_ATTRIBUTE).and_then(|number| number.parse().ok())
        {
            flow.line.push(Inline::Note(note));
            return;
        }
        match name {
            "br" => flow.line_break(),
            "wbr" => {}
            "hr" => flow.push(Block::Rule),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node, name, flow),
            "blockquote" => self.quote(node, flow),
            "ul" | "ol" | "menu" | "dir" => self.list(node, name == "ol", flow),
            "li" => {
                let item = self.item(node);
                flow.push(Block::List {
                    start: None,
                    items: vec![item],
                });
            }
            "dl" => self.definitions(node, flow),
            "pre" | "listing" | "plaintext" | "xmp" => self.code(node, flow),
            "table" => table::read(self, node, flow),
            "figure" => self.figure(node, flow),
            "img" | "amp-img" => {
                if let Some(image) = self.image(node) {
                    flow.line.push(image);
                }
            }
            "picture" => self.picture(node, flow),
            "math" => {
                if let Some((tex, display)) = media::tex(node) {
                    self.mathematics(tex, display, flow);
                } else {
                    push_text(&mut flow.line, &dom::text(node));
                }
            }
            "svg" => {
                if dom::length_within(node, 40) > 3 {
                    self.reading.receipt.leave_out("drawing", None);
                }
            }
            "iframe" | "video" | "audio" | "embed" | "object" | "amp-youtube" | "amp-iframe" => {
                if let Some((address, title)) = media::embedded(node, &self.reading.addresses) {
                    self.reading.receipt.degrade("embedded-media", Some(&address));
                    flow.push(Block::Paragraph(vec![Inline::Link(address, vec![Inline::Text(title)])]));
                } else if matches!(name, "video" | "audio" | "object") {
                    self.children(node, flow);
                }
            }
            "details" => self.contained(node, flow),
            "figcaption" if self.in_figure => {}
            "summary" => {
                let line = self.line(node);
                flow.push(Block::Paragraph(vec![Inline::Span(Style::Strong, line)]));
            }
            name if dom::is_silent(name) => {}
            name if dom::is_block(name) => self.contained(node, flow),
            _ => self.span(node, name, flow),
        }
    }

    /// A block that has no sign of its own.
    fn contained(&mut self, node: &NodeRef<'_>, flow: &mut Flow) {
        flow.end_line();
        self.children(node, flow);
        flow.end_line();
    }

    fn span(&mut self, node: &NodeRef<'_>, name: &str, flow: &mut Flow) {
        if let Some(tex) = media::marked_tex(node) {
            self.mathematics(tex.0, tex.1, flow);
            return;
        }
        let style = match name {
            "em" | "i" | "cite" | "dfn" | "var" => Some(Style::Emphasis),
            "strong" | "b" => Some(Style::Strong),
            "del" | "s" | "strike" => Some(Style::Struck),
            _ => None,
        };
        // What an inline element holds is read apart; where it holds blocks, it has no sign of its own.
        let mut inner = Flow {
            within: true,
            ..Flow::default()
        };
        self.children(node, &mut inner);
        if inner.blocks.is_empty() {
            self.spanned(node, name, style, inner.line, flow);
            return;
        }
        let mut blocks = inner.finish();
        if name == "a"
            && let Some(target) = self.target(node)
            && let Some(Block::Paragraph(line) | Block::Heading(_, line)) = blocks
                .iter_mut()
                .find(|block| matches!(block, Block::Paragraph(_) | Block::Heading(..)))
        {
            *line = vec![Inline::Link(target, std::mem::take(line))];
        }
        if let Some(style) = style {
            for block in &mut blocks {
                if let Block::Paragraph(line) = block {
                    *line = vec![Inline::Span(style, std::mem::take(line))];
                }
            }
        }
        flow.end_line();
        flow.blocks.append(&mut blocks);
    }

    fn spanned(&mut self, node: &NodeRef<'_>, name: &str, style: Option<Style>, line: Vec<Inline>, flow: &mut Flow) {
        if let Some(style) = style {
            flow.line.push(Inline::Span(style, line));
            return;
        }
        match name {
            "a" => match self.target(node) {
                Some(target) => flow.line.push(Inline::Link(target, line)),
                None => flow.extend(line),
            },
            "code" | "kbd" | "samp" | "tt" => {
                let text = super::block::words(&line);
                if !text.is_empty() {
                    flow.line.push(Inline::Code(text));
                }
            }
            "sup" | "sub" => {
                let form = if name == "sup" { script::raised } else { script::lowered };
                for inline in line {
                    match inline {
                        Inline::Text(text) => match form(&text) {
                            Some(text) => push_text(&mut flow.line, &text),
                            None => {
                                // « ème » and « ère » are read as well on the line.
                                if !text.chars().all(char::is_alphabetic) {
                                    self.reading.receipt.degrade(name_of_script(name), Some(text.trim()));
                                }
                                push_text(&mut flow.line, &text);
                            }
                        },
                        other => flow.line.push(other),
                    }
                }
            }
            "q" => {
                flow.line.push(Inline::Text("“".into()));
                flow.line.extend(line);
                flow.line.push(Inline::Text("”".into()));
            }
            _ => flow.extend(line),
        }
    }

    /// Where a link leads, when it may lead there.
    fn target(&mut self, node: &NodeRef<'_>) -> Option<String> {
        let href = dom::attribute(node, "href")?;
        match self.reading.addresses.link(&href) {
            Target::Out(address) => Some(address),
            // Known to be a link, which tells lists of links from text; written as its words.
            Target::Within(_) => Some(String::new()),
            Target::Unknown => {
                self.reading.receipt.degrade("relative-link", None);
                Some(String::new())
            }
            Target::Refused => {
                // A script's handle is no link that anybody would miss.
                if !href.to_ascii_lowercase().contains("script:") {
                    self.reading.receipt.leave_out("refused-link", None);
                }
                None
            }
        }
    }

    fn heading(&mut self, node: &NodeRef<'_>, name: &str, flow: &mut Flow) {
        let level = name.as_bytes().get(1).map_or(2, |digit| digit.saturating_sub(b'0'));
        let blocks = self.inner(node);
        flow.end_line();
        let mut line = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(part) | Block::Heading(_, part) => {
                    if !line.is_empty() {
                        line.push(Inline::Text(" ".into()));
                    }
                    line.extend(part);
                }
                // An image in a heading stands for itself.
                other => flow.blocks.push(other),
            }
        }
        if !line.is_empty() {
            flow.push(Block::Heading(level, line));
        }
    }

    fn quote(&mut self, node: &NodeRef<'_>, flow: &mut Flow) {
        flow.end_line();
        if self.nesting >= MAX_NESTING {
            self.children(node, flow);
            flow.end_line();
            return;
        }
        self.nesting += 1;
        let mut blocks = self.inner(node);
        self.nesting -= 1;
        // A heading in a quotation is its words set large.
        for block in &mut blocks {
            if let Block::Heading(_, line) = block {
                *block = Block::Paragraph(std::mem::take(line));
            }
        }
        if !blocks.is_empty() {
            flow.push(Block::Quote(blocks));
        }
    }

    fn list(&mut self, node: &NodeRef<'_>, ordered: bool, flow: &mut Flow) {
        flow.end_line();
        if self.nesting >= MAX_NESTING {
            self.children(node, flow);
            flow.end_line();
            return;
        }
        self.nesting += 1;
        let mut items: Vec<Item> = Vec::new();
        for child in node.children() {
            let name = dom::name(&child);
            match &*name {
                "li" => {
                    let item = self.item(&child);
                    if !item.blocks.is_empty() {
                        items.push(item);
                    }
                }
                // A list straight in a list belongs to the item before it.
                "ul" | "ol" | "menu" => {
                    let mut inner = Flow::default();
                    self.list(&child, &*name == "ol", &mut inner);
                    let blocks = inner.finish();
                    match items.last_mut() {
                        Some(item) => item.blocks.extend(blocks),
                        None => items.push(Item { ticked: None, blocks }),
                    }
                }
                name if dom::is_silent(name) => {}
                _ => {
                    let mut inner = Flow::default();
                    self.node(&child, &mut inner);
                    let mut blocks = inner.finish();
                    super::tidy::tidy(&mut blocks);
                    if !blocks.is_empty() {
                        items.push(Item { ticked: None, blocks });
                    }
                }
            }
        }
        self.nesting -= 1;
        if items.is_empty() {
            return;
        }
        let start = ordered.then(|| {
            let start = dom::attribute(node, "start").and_then(|start| start.parse().ok());
            start.filter(|start| *start < 100_000_000).unwrap_or(1)
        });
        flow.push(Block::List { start, items });
    }

    fn item(&mut self, node: &NodeRef<'_>) -> Item {
        let ticked = node
            .descendants_it()
            .take(6)
            .find(|inner| dom::is(inner, &["input"]) && dom::attribute(inner, "type").as_deref() == Some("checkbox"))
            .map(|input| input.has_attr("checked"));
        Item {
            ticked,
            blocks: self.inner(node),
        }
    }

    fn definitions(&mut self, node: &NodeRef<'_>, flow: &mut Flow) {
        flow.end_line();
        let mut items: Vec<Item> = Vec::new();
        let mut any = false;
        let mut stack: Vec<NodeRef<'_>> = node.children_it(true).collect();
        let mut seen = 0usize;
        while let Some(child) = stack.pop() {
            seen += 1;
            match &*dom::name(&child) {
                "dt" => {
                    push_items(&mut items, flow);
                    let line = self.line(&child);
                    if !line.is_empty() {
                        flow.push(Block::Paragraph(vec![Inline::Span(Style::Strong, line)]));
                        any = true;
                    }
                }
                "dd" => {
                    let item = self.item(&child);
                    if !item.blocks.is_empty() {
                        items.push(item);
                        any = true;
                    }
                }
                "div" if seen < 10_000 => stack.extend(child.children_it(true)),
                _ => {
                    push_items(&mut items, flow);
                    self.node(&child, flow);
                }
            }
        }
        push_items(&mut items, flow);
        if any {
            self.reading.receipt.degrade("definition-list", None);
        }
    }

    fn code(&mut self, node: &NodeRef<'_>, flow: &mut Flow) {
        let text = media::verbatim(node);
        let text = text.strip_prefix('\n').unwrap_or(&text).trim_end();
        if text.trim().is_empty() {
            // A picture of code is a picture.
            self.contained(node, flow);
            return;
        }
        flow.push(Block::Code {
            language: media::language(node),
            text: text.to_owned(),
        });
    }

    fn figure(&mut self, node: &NodeRef<'_>, flow: &mut Flow) {
        flow.end_line();
        let captions: Vec<NodeRef<'_>> = node
            .descendants_it()
            .filter(|inner| dom::is(inner, &["figcaption"]))
            .take(20)
            .collect();
        let outer = self.in_figure;
        self.in_figure = false;
        let lines: Vec<Vec<Inline>> = captions
            .iter()
            .map(|caption| self.line(caption))
            .filter(|line| !line.is_empty())
            .collect();
        self.in_figure = true;
        let mut blocks = self.inner(node);
        self.in_figure = outer;
        let pictured = blocks
            .iter()
            .any(|block| matches!(block, Block::Paragraph(line) if line.iter().any(is_image)));
        // The caption says what the description would say again.
        for line in &lines {
            let said = super::block::words(line);
            super::block::each_inlines(&mut blocks, &mut |inlines| {
                for inline in inlines {
                    if let Inline::Image { alt, .. } = inline
                        && !alt.is_empty()
                        && said.contains(alt.as_str())
                    {
                        alt.clear();
                    }
                }
            });
        }
        flow.blocks.append(&mut blocks);
        for line in lines {
            flow.push(Block::Paragraph(if pictured {
                vec![Inline::Span(Style::Emphasis, without(Style::Emphasis, line))]
            } else {
                line
            }));
        }
    }

    fn picture(&mut self, node: &NodeRef<'_>, flow: &mut Flow) {
        let found = node.descendants_it().find(|inner| dom::is(inner, &["img"]));
        if let Some(image) = found
            && let Some(image) = self.image(&image)
        {
            flow.line.push(image);
            return;
        }
        let source = node.descendants_it().find(|inner| dom::is(inner, &["source"]));
        if let Some(image) = source.and_then(|source| self.image(&source)) {
            flow.line.push(image);
        }
    }

    fn image(&mut self, node: &NodeRef<'_>) -> Option<Inline> {
        let place = media::image(node, self.reading)?;
        let alt = dom::attribute(node, "alt")
            .map(|alt| described(&alt))
            .unwrap_or_default();
        // The name of a file describes nothing.
        let file_name = alt.len() < 80 && !alt.contains(' ') && alt.rsplit_once('.').is_some_and(|(_, e)| e.len() <= 4);
        Some(Inline::Image {
            place,
            alt: if file_name { String::new() } else { alt },
        })
    }

    fn mathematics(&mut self, tex: String, display: bool, flow: &mut Flow) {
        if display {
            flow.push(Block::Math(tex));
        } else {
            flow.line.push(Inline::Math(tex));
        }
    }
}

/// Puts the words of a block at the end of a line.
pub(super) fn flatten(block: Block, line: &mut Vec<Inline>) {
    match block {
        Block::Paragraph(inlines) | Block::Heading(_, inlines) => line.extend(inlines),
        Block::Quote(blocks) | Block::Note(_, blocks) => flatten_all(blocks, line),
        Block::List { items, .. } => {
            for (at, item) in items.into_iter().enumerate() {
                if at > 0 {
                    line.push(Inline::Break);
                }
                flatten_all(item.blocks, line);
            }
        }
        Block::Code { text, .. } => line.push(Inline::Code(dom::squeeze(&text))),
        Block::Math(tex) => line.push(Inline::Math(tex)),
        Block::Table { head, rows } => {
            for cell in std::iter::once(head).chain(rows).flatten() {
                if !line.is_empty() {
                    line.push(Inline::Text(" ".into()));
                }
                line.extend(cell);
            }
        }
        Block::Rule => {}
    }
}

fn flatten_all(blocks: Vec<Block>, line: &mut Vec<Inline>) {
    for (at, block) in blocks.into_iter().enumerate() {
        if at > 0 {
            line.push(Inline::Break);
        }
        flatten(block, line);
    }
}

/// The line with the spans of one style undone.
fn without(style: Style, line: Vec<Inline>) -> Vec<Inline> {
    let mut plain = Vec::with_capacity(line.len());
    for inline in line {
        match inline {
            Inline::Span(found, inner) if found == style => plain.extend(without(style, inner)),
            Inline::Span(found, inner) => plain.push(Inline::Span(found, without(style, inner))),
            Inline::Link(to, inner) => plain.push(Inline::Link(to, without(style, inner))),
            other => plain.push(other),
        }
    }
    plain
}

fn push_text(line: &mut Vec<Inline>, text: &str) {
    if let Some(Inline::Text(before)) = line.last_mut() {
        before.push_str(text);
    } else if !text.is_empty() {
        line.push(Inline::Text(text.to_owned()));
    }
}

fn push_items(items: &mut Vec<Item>, flow: &mut Flow) {
    if !items.is_empty() {
        flow.push(Block::List {
            start: None,
            items: std::mem::take(items),
        });
    }
}

fn is_image(inline: &Inline) -> bool {
    match inline {
        Inline::Image { .. } => true,
        Inline::Link(_, inner) | Inline::Span(_, inner) => inner.iter().any(is_image),
        _ => false,
    }
}

/// A description without the tags that some systems leave in it.
fn described(alt: &str) -> String {
    if alt.contains('<') && alt.contains('>') {
        crate::html::plain(alt).paragraphs.join(" ")
    } else {
        dom::squeeze(alt)
    }
}

fn name_of_script(name: &str) -> &'static str {
    if name == "sup" { "superscript" } else { "subscript" }
}
