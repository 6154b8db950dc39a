//! Paragraphs, headings, lists, tables and footnotes.

use comrak::nodes::{AlertType, Ast, AstNode, ListType, NodeList, NodeValue, TableAlignment};

use super::escape::escape;
use super::inlines::direction;
use super::{Page, raw_html};
use crate::declared::Phrases;
use crate::language::{Lang, foreign_sample_suffices, language_of as language_of_paragraph};
use crate::outline::inline_text;
use crate::typography::QuoteState;

/// As much of a body without structure as is shown.
const MAX_PLAIN: usize = 2_000_000;

/// A body that is no Markdown worth parsing: its paragraphs, as typed.
pub(super) fn plain_paragraphs(body: &str, first_line: u32) -> String {
    let mut end = body.len().min(MAX_PLAIN);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let mut html = String::with_capacity(end + end / 4);
    let mut open = false;
    for (index, line) in body.get(..end).unwrap_or_default().lines().enumerate() {
        if line.trim().is_empty() {
            if open {
                html.push_str("</p>\n");
            }
            open = false;
            continue;
        }
        if open {
            html.push('\n');
        } else {
            let line_number = first_line + u32::try_from(index).unwrap_or(0);
            html.push_str(&format!("<p class=\"plain\" data-line=\"{line_number}\" dir=\"auto\">"));
            open = true;
        }
        escape(line, &mut html);
    }
    if open {
        html.push_str("</p>\n");
    }
    if end < body.len() {
        html.push_str("<p class=\"truncated\">…</p>\n");
    }
    html
}

impl Page<'_> {
    pub(super) fn start_block<'a>(&mut self, node: &'a AstNode<'a>, data: &Ast) {
        match &data.value {
            NodeValue::Paragraph => self.start_paragraph(node, data),
            NodeValue::Heading(heading) => {
                self.start_text();
                self.block_lang = self.declared_of(data);
                let anchor = self.anchors.next(&inline_text(node));
                self.write(format_args!("<h{} id=\"", heading.level));
                escape(&anchor, &mut self.html);
                self.html.push('"');
                self.line(data);
                self.html.push('>');
            }
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => self.open("blockquote", data),
            NodeValue::List(list) if list.list_type == ListType::Ordered => {
                self.html.push_str("<ol");
                self.line(data);
                if list.start != 1 {
                    self.write(format_args!(" start=\"{}\"", list.start));
                }
                self.html.push_str(">\n");
            }
            NodeValue::List(list) if list.is_task_list => {
                self.html.push_str("<ul class=\"tasks\"");
                self.line(data);
                self.html.push_str(">\n");
            }
            NodeValue::List(_) => self.open("ul", data),
            NodeValue::Item(_) => {
                self.html.push_str("<li");
                self.item(node, data);
            }
            NodeValue::TaskItem(task) => {
                self.html.push_str("<li class=\"task\"");
                self.item(node, data);
                let (checked, label) = match (task.symbol.is_some(), &self.context.lang) {
                    (true, Lang::Fr) => (" checked", "fait"),
                    (true, Lang::Ar) => (" checked", "تم"),
                    (true, _) => (" checked", "done"),
                    (false, Lang::Fr) => ("", "à faire"),
                    (false, Lang::Ar) => ("", "للإنجاز"),
                    (false, _) => ("", "to do"),
                };
                self.write(format_args!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
                ));
            }
            NodeValue::CodeBlock(code) => {
                self.html.push_str("<pre");
                self.write(format_args!(
                    " data-line=\"{}\" dir=\"ltr\"><code",
                    self.line_number(data)
                ));
                if let Some(language) = language_of(&code.info) {
                    self.write(format_args!(" class=\"language-{language}\""));
                }
                self.html.push('>');
                escape(&code.literal, &mut self.html);
                self.html.push_str("</code></pre>\n");
            }
            NodeValue::HtmlBlock(html) => self.raw_block(node, data, &html.literal),
            NodeValue::ThematicBreak => {
                self.write(format_args!("<hr data-line=\"{}\">\n", self.line_number(data)));
            }
            NodeValue::Table(_) => {
                self.html
                    .push_str("<div class=\"table\" tabindex=\"0\" role=\"region\"");
                self.line(data);
                self.html.push_str("><table>\n");
            }
            NodeValue::TableRow(header) => {
                if *header {
                    self.html.push_str("<thead>\n");
                } else if follows_header(node) {
                    self.html.push_str("<tbody>\n");
                }
                self.column = 0;
                self.write(format_args!("<tr data-line=\"{}\">", self.line_number(data)));
            }
            NodeValue::TableCell => self.start_cell(node, data),
            NodeValue::Alert(alert) => {
                let (class, label) = alert_names(alert.alert_type, &self.context.lang);
                self.write(format_args!("<aside class=\"alert alert-{class}\""));
                self.line(data);
                self.html.push_str("><p class=\"alert-title\" dir=\"auto\">");
                escape(alert.title.as_deref().unwrap_or(label), &mut self.html);
                self.html.push_str("</p>\n");
            }
            NodeValue::FootnoteDefinition(_) => {
                if !self.in_footnotes {
                    self.in_footnotes = true;
                    self.footnote_number = 0;
                    self.html
                        .push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
                    escape(self.context.footnote_label, &mut self.html);
                    self.html.push_str("\">\n<ol>\n");
                }
                self.footnote_number += 1;
                let number = self.footnote_number;
                self.write(format_args!("<li id=\"fn-{number}\""));
                self.line(data);
                self.html.push('>');
            }
            _ => {}
        }
    }

    pub(super) fn end_block<'a>(&mut self, node: &'a AstNode<'a>, data: &Ast) {
        if !self.block_tags.is_empty() {
            self.close_block_tags(node);
        }
        match &data.value {
            NodeValue::Paragraph => self.end_paragraph(node),
            NodeValue::Heading(heading) => {
                self.close_inline_tags();
                self.write(format_args!("</h{}>\n", heading.level));
            }
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => self.html.push_str("</blockquote>\n"),
            NodeValue::List(list) if list.list_type == ListType::Ordered => self.html.push_str("</ol>\n"),
            NodeValue::List(_) => self.html.push_str("</ul>\n"),
            NodeValue::Item(_) | NodeValue::TaskItem(_) => self.html.push_str("</li>\n"),
            NodeValue::Table(_) => {
                if node.last_child().is_some_and(|row| row.previous_sibling().is_some()) {
                    self.html.push_str("</tbody>\n");
                }
                self.html.push_str("</table></div>\n");
            }
            NodeValue::TableRow(header) => {
                self.html
                    .push_str(if *header { "</tr>\n</thead>\n" } else { "</tr>\n" });
            }
            NodeValue::TableCell => {
                self.close_inline_tags();
                self.html.push_str(if in_header(node) { "</th>" } else { "</td>" });
            }
            NodeValue::Alert(_) => self.html.push_str("</aside>\n"),
            NodeValue::FootnoteDefinition(note) => {
                if !ends_with_paragraph(node) {
                    self.back_links(note.total_references);
                }
                self.html.push_str("</li>\n");
            }
            NodeValue::Document if self.in_footnotes => self.html.push_str("</ol>\n</section>\n"),
            _ => {}
        }
    }

    fn start_paragraph<'a>(&mut self, node: &'a AstNode<'a>, data: &Ast) {
        self.start_text();
        if let Some(title) = image_alone(node) {
            self.block_lang = self.declared_of(data);
            self.in_figure = true;
            self.html.push_str("<figure");
            self.line(data);
            self.html.push('>');
            self.caption = title;
            return;
        }
        if is_tight(node) {
            return;
        }
        self.html.push_str("<p");
        self.line(data);
        self.language(node, data);
        self.html.push('>');
    }

    fn end_paragraph<'a>(&mut self, node: &'a AstNode<'a>) {
        self.close_inline_tags();
        if self.in_figure {
            self.in_figure = false;
            let caption = std::mem::take(&mut self.caption);
            if !caption.is_empty() {
                self.html.push_str("<figcaption dir=\"auto\">");
                self.text(&caption);
                self.html.push_str("</figcaption>");
            }
            self.html.push_str("</figure>\n");
            return;
        }
        let tight = is_tight(node);
        if node.next_sibling().is_none()
            && let Some(parent) = node.parent()
            && let NodeValue::FootnoteDefinition(note) = &parent.data().value
        {
            self.back_links(note.total_references);
        }
        if tight {
            if node.next_sibling().is_some() {
                self.html.push('\n');
            }
        } else {
            self.html.push_str("</p>\n");
            self.block_lang = None;
        }
    }

    fn item<'a>(&mut self, node: &'a AstNode<'a>, data: &Ast) {
        self.line(data);
        self.block_lang = None;
        // A tight item's text has no paragraph of its own to say its language.
        if let Some(first) = node.first_child()
            && matches!(first.data().value, NodeValue::Paragraph)
            && is_tight(first)
        {
            self.language(first, data);
        }
        self.html.push('>');
    }

    fn start_cell<'a>(&mut self, node: &'a AstNode<'a>, data: &Ast) {
        self.start_text();
        self.block_lang = self.declared_of(data);
        let name = if in_header(node) { "th" } else { "td" };
        let direction = direction(self.block_lang.as_ref());
        self.write(format_args!("<{name} dir=\"{direction}\""));
        let column = self.column;
        self.column += 1;
        let table = node.parent().and_then(|row| row.parent());
        if let Some(table) = table
            && let NodeValue::Table(table) = &table.data().value
        {
            match table.alignments.get(column) {
                Some(TableAlignment::Left) => self.html.push_str(" class=\"align-left\""),
                Some(TableAlignment::Center) => self.html.push_str(" class=\"align-center\""),
                Some(TableAlignment::Right) => self.html.push_str(" class=\"align-right\""),
                _ => {}
            }
        }
        self.html.push('>');
    }

    fn raw_block<'a>(&mut self, node: &'a AstNode<'a>, data: &Ast, html: &str) {
        let depth = node.ancestors().count();
        let (closed, rest) = raw_html::closing_containers(html);
        for name in closed {
            let opened = |open: &OpenTag| (open.name, open.depth) == (name, depth);
            if let Some(at) = self.block_tags.iter().rposition(opened) {
                let ended = self.block_tags.split_off(at);
                ended.into_iter().rev().for_each(|tag| self.close_block_tag(&tag));
            }
        }
        let block = raw_html::block(rest);
        if block.html.trim().is_empty() {
            return;
        }
        if block.open.is_empty() || self.block_tags.len() >= MAX_BLOCK_TAGS {
            self.html.push_str("<div class=\"raw\"");
            self.line(data);
            self.html.push('>');
            self.raw(&block.html);
            block
                .open
                .iter()
                .rev()
                .for_each(|name| self.write(format_args!("</{name}>")));
            self.html.push_str("</div>\n");
            return;
        }
        // What says nothing but the language of its blocks is said by these.
        let shown = !says_language_alone(&block.html);
        if shown {
            self.raw(&block.html);
            self.html.push('\n');
        }
        let opened = block.open.into_iter().map(|name| OpenTag { name, depth, shown });
        self.block_tags.extend(opened);
    }

    /// Closes the raw blocks that stand open in a node that ends.
    fn close_block_tags<'a>(&mut self, node: &'a AstNode<'a>) {
        let depth = node.ancestors().count();
        while let Some(tag) = self.block_tags.pop_if(|tag| tag.depth > depth) {
            self.close_block_tag(&tag);
        }
    }

    fn close_block_tag(&mut self, tag: &OpenTag) {
        if tag.shown {
            self.write(format_args!("</{}>\n", tag.name));
        }
    }

    fn back_links(&mut self, references: u32) {
        let number = self.footnote_number;
        // A note that is referred to thousands of times needs no thousands of ways back.
        for reference in 1..=references.min(20) {
            self.write(format_args!(" <a class=\"footnote-back\" href=\"#fnref-{number}"));
            if reference > 1 {
                self.write(format_args!("-{reference}"));
            }
            self.write(format_args!("\" role=\"doc-backlink\" aria-label=\"↩ {number}\">↩</a>"));
        }
    }

    fn start_text(&mut self) {
        self.quotes = QuoteState::default();
        self.inline_depth = 0;
        self.verbatim = 0;
    }

    /// Finds the language of a paragraph, and says it where nothing that is declared said it.
    fn language<'a>(&mut self, node: &'a AstNode<'a>, data: &Ast) {
        self.block_lang = self.declared_of(data);
        if self.block_lang.is_none() {
            self.block_lang = self.foreign(node);
            self.lang_attribute();
        }
    }

    fn declared_of(&self, data: &Ast) -> Option<Lang> {
        self.declared.at(data.sourcepos.start.line).cloned()
    }

    /// Another language than the article’s, of a paragraph of which none is declared.
    fn foreign<'a>(&mut self, node: &'a AstNode<'a>) -> Option<Lang> {
        self.sample.clear();
        let mut phrases = 0usize;
        let mut tags = Phrases::default();
        for inline in node.descendants() {
            match &inline.data().value {
                // What is declared of a phrase says nothing of what stands around it.
                NodeValue::HtmlInline(tag) => {
                    let (ended, begun) = tags.read(tag);
                    phrases = phrases - ended.min(phrases) + usize::from(begun.is_some());
                }
                _ if phrases > 0 => {}
                NodeValue::Text(text) => self.sample.push_str(text),
                NodeValue::SoftBreak => self.sample.push(' '),
                _ => {}
            }
            if foreign_sample_suffices(&self.sample) {
                break;
            }
        }
        let article = &self.context.lang;
        Some(language_of_paragraph(&self.sample, None, article)).filter(|lang| lang != article)
    }

    fn lang_attribute(&mut self) {
        if let Some(lang) = &self.block_lang {
            self.html.push_str(" lang=\"");
            escape(lang.tag(), &mut self.html);
            self.html.push('"');
        }
    }

    fn open(&mut self, tag: &str, data: &Ast) {
        self.write(format_args!("<{tag}"));
        self.line(data);
        self.html.push_str(">\n");
    }

    fn line(&mut self, data: &Ast) {
        let line = self.line_number(data);
        let declared = self.declared_of(data);
        let direction = direction(declared.as_ref());
        self.write(format_args!(" data-line=\"{line}\" dir=\"{direction}\""));
        if let Some(lang) = declared {
            // An unknown language is said to be one: the empty tag of HTML.
            let tag = if lang == Lang::Other("und".into()) {
                ""
            } else {
                lang.tag()
            };
            self.html.push_str(" lang=\"");
            escape(tag, &mut self.html);
            self.html.push('"');
        }
    }

    fn line_number(&self, data: &Ast) -> u32 {
        self.first_line + u32::try_from(data.sourcepos.start.line.saturating_sub(1)).unwrap_or(0)
    }
}

/// A raw block tag that is open.
pub(super) struct OpenTag {
    name: &'static str,
    /// Of the node that it stands in.
    depth: usize,
    /// Whether it was written.
    shown: bool,
}

/// Deeper in each other, the raw blocks of an author end with their tags: HTML parsers take quadratic time over depth.
const MAX_BLOCK_TAGS: usize = 64;

/// Whether a cleaned block is one tag that says a language and nothing else.
fn says_language_alone(html: &str) -> bool {
    let tag = html.trim().strip_suffix("\">").unwrap_or_default();
    let said = ["<div lang=\"", "<section lang=\"", "<article lang=\""];
    let said = said.into_iter().find_map(|start| tag.strip_prefix(start));
    said.is_some_and(|lang| !lang.contains(['"', '<', '>']))
}

/// The caption of an image that is alone in its paragraph: its title, else its description.
fn image_alone<'a>(node: &'a AstNode<'a>) -> Option<String> {
    let child = node.first_child().filter(|child| child.next_sibling().is_none())?;
    match &child.data().value {
        NodeValue::Image(image) if image.title.is_empty() => Some(inline_text(child)),
        NodeValue::Image(image) => Some(image.title.clone()),
        NodeValue::WikiLink(link) if link.embed => {
            let text = inline_text(child);
            Some(if text == link.url { String::new() } else { text })
        }
        _ => None,
    }
}

fn is_tight<'a>(node: &'a AstNode<'a>) -> bool {
    let Some(list) = node.parent().and_then(|item| item.parent()) else {
        return false;
    };
    matches!(&list.data().value, NodeValue::List(NodeList { tight: true, .. }))
}

fn in_header<'a>(cell: &'a AstNode<'a>) -> bool {
    cell.parent()
        .is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)))
}

fn follows_header<'a>(row: &'a AstNode<'a>) -> bool {
    row.previous_sibling()
        .is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)))
}

fn ends_with_paragraph<'a>(node: &'a AstNode<'a>) -> bool {
    node.last_child()
        .is_some_and(|last| matches!(last.data().value, NodeValue::Paragraph))
}

/// The language of a code fence, when it looks like a name.
fn language_of(info: &str) -> Option<&str> {
    let name = info
        .split([' ', ',', '{', '\t'])
        .next()
        .filter(|name| !name.is_empty())?;
    let sound = name.len() <= 40
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+#._-".contains(&byte));
    sound.then_some(name)
}

fn alert_names(kind: AlertType, lang: &Lang) -> (&'static str, &'static str) {
    match (kind, lang) {
        (AlertType::Note, Lang::Ar) => ("note", "ملاحظة"),
        (AlertType::Note, _) => ("note", "Note"),
        (AlertType::Tip, Lang::Fr) => ("tip", "Conseil"),
        (AlertType::Tip, Lang::Ar) => ("tip", "نصيحة"),
        (AlertType::Tip, _) => ("tip", "Tip"),
        (AlertType::Important, Lang::Ar) => ("important", "مهم"),
        (AlertType::Important, _) => ("important", "Important"),
        (AlertType::Warning, Lang::Fr) => ("warning", "Attention"),
        (AlertType::Warning, Lang::Ar) => ("warning", "تحذير"),
        (AlertType::Warning, _) => ("warning", "Warning"),
        (AlertType::Caution, Lang::Fr) => ("caution", "Prudence"),
        (AlertType::Caution, Lang::Ar) => ("caution", "تنبيه"),
        (AlertType::Caution, _) => ("caution", "Caution"),
    }
}
