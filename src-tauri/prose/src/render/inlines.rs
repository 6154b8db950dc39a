//! Text, links, images and raw tags within a block.

use comrak::nodes::{AstNode, NodeValue};

use super::address::{Address, sort};
use super::escape::{escape, escape_address};
use super::{LinkTarget, MAX_INLINE_DEPTH, Page, raw_html};
use crate::analysis::LinkKind;
use crate::language::Lang;
use crate::outline::{anchor_of_fragment, inline_text};
use crate::typography::typeset;

impl Page<'_> {
    pub(super) fn text(&mut self, text: &str) {
        if self.context.typography && self.verbatim == 0 {
            let block = self.block_lang.as_ref().unwrap_or(&self.context.lang);
            let lang = self.phrase_langs.last().map_or(block, |(lang, _)| lang);
            let set = typeset(text, lang, &mut self.quotes);
            // Of its own, typography sets no-break spaces before marks and behind «, where nothing is divided: a division
            // leaves three characters at least.
            if self.no_breaks {
                escape_undivided(&set, &mut self.html);
            } else {
                escape(&set, &mut self.html);
            }
        } else {
            self.quotes.pass(text.chars().next_back().unwrap_or('x'));
            escape(text, &mut self.html);
        }
    }

    pub(super) fn start_inline<'a>(&mut self, node: &'a AstNode<'a>, value: &NodeValue) {
        match value {
            NodeValue::Code(code) => {
                self.html.push_str("<code>");
                escape(&code.literal, &mut self.html);
                self.html.push_str("</code>");
                self.quotes.pass('x');
            }
            NodeValue::Math(math) => {
                self.html.push_str("<code class=\"math\">");
                escape(&math.literal, &mut self.html);
                self.html.push_str("</code>");
                self.quotes.pass('x');
            }
            NodeValue::LineBreak => {
                self.html.push_str("<br>\n");
                self.quotes.pass('\n');
            }
            NodeValue::Link(link) => {
                self.open_link(&link.url, &link.title, LinkKind::Relative);
                if shows_its_address(node, &link.url) {
                    self.verbatim += 1;
                }
            }
            NodeValue::WikiLink(link) if link.embed => {
                let text = inline_text(node);
                self.image(&link.url, &text, "");
                self.in_image += 1;
            }
            NodeValue::WikiLink(link) => self.open_link(&link.url, "", LinkKind::Wiki),
            NodeValue::Image(image) => {
                let text = inline_text(node);
                self.image(&image.url, &text, &image.title);
                self.quotes.pass('x');
                self.in_image += 1;
            }
            NodeValue::FootnoteReference(note) => {
                let again = note.ref_num > 1;
                self.write(format_args!(
                    "<sup><a class=\"footnote-ref\" id=\"fnref-{}{}{}\" href=\"#fn-{}\" data-footnote=\"fn-{}\" \
                     role=\"doc-noteref\">{}</a></sup>",
                    note.ix,
                    if again { "-" } else { "" },
                    if again { note.ref_num.to_string() } else { String::new() },
                    note.ix,
                    note.ix,
                    note.ix
                ));
            }
            NodeValue::HtmlInline(html) => self.raw_inline(html),
            // The parser makes none of these: see `cited`.
            NodeValue::Raw(what) => self.cited(what),
            value => {
                if let Some(tag) = emphasis(value) {
                    self.inline_depth += 1;
                    if self.inline_depth <= MAX_INLINE_DEPTH {
                        self.write(format_args!("<{tag}>"));
                    }
                }
            }
        }
    }

    pub(super) fn end_inline<'a>(&mut self, node: &'a AstNode<'a>, value: &NodeValue) {
        match value {
            NodeValue::Link(link) => {
                if shows_its_address(node, &link.url) {
                    self.verbatim = self.verbatim.saturating_sub(1);
                }
                self.html.push_str("</a>");
            }
            NodeValue::WikiLink(link) if !link.embed => self.html.push_str("</a>"),
            value => {
                if let Some(tag) = emphasis(value) {
                    if self.inline_depth <= MAX_INLINE_DEPTH {
                        self.write(format_args!("</{tag}>"));
                    }
                    self.inline_depth = self.inline_depth.saturating_sub(1);
                }
            }
        }
    }

    pub(super) fn open_link(&mut self, address: &str, title: &str, kind: LinkKind) {
        let target = match (kind, sort(address)) {
            // The name of an article may hold a colon.
            (LinkKind::Wiki, Address::Refused | Address::Relative) | (_, Address::Relative) => {
                (self.context.resolve_link)(address, kind)
            }
            (_, Address::External) => LinkTarget::External,
            (_, Address::Fragment(_)) => LinkTarget::Anchor,
            (_, Address::Refused) => {
                self.html.push_str("<a class=\"refused\">");
                return;
            }
            (_, Address::Empty) => LinkTarget::Missing,
        };
        let fragment = address
            .split_once('#')
            .map(|(_, fragment)| anchor_of_fragment(fragment));
        match target {
            LinkTarget::Article(id) => {
                self.html.push_str("<a data-article=\"");
                escape(&id, &mut self.html);
                self.html.push_str("\" href=\"#\"");
                if let Some(fragment) = fragment {
                    self.html.push_str(" data-anchor=\"");
                    escape(&fragment, &mut self.html);
                    self.html.push('"');
                }
            }
            LinkTarget::External if sort(address) == Address::External => {
                self.html.push_str("<a data-external href=\"");
                escape_address(address.trim(), &mut self.html);
                self.html.push_str("\" rel=\"noopener noreferrer\"");
            }
            LinkTarget::Anchor => {
                self.html.push_str("<a href=\"#");
                escape(&fragment.unwrap_or_default(), &mut self.html);
                self.html.push('"');
            }
            LinkTarget::External | LinkTarget::Missing => {
                // What it asks for may differ from its words, and is the title of the article that could be begun.
                self.html.push_str("<a class=\"missing\" data-target=\"");
                escape(address, &mut self.html);
                self.html.push('"');
            }
        }
        if !title.is_empty() {
            self.html.push_str(" title=\"");
            escape(title, &mut self.html);
            self.html.push('"');
        }
        self.html.push('>');
    }

    pub(super) fn image(&mut self, address: &str, description: &str, title: &str) {
        let Some(source) = (self.context.resolve_image)(address) else {
            self.html.push_str("<span class=\"image-missing\">");
            escape(if description.is_empty() { title } else { description }, &mut self.html);
            self.html.push_str("</span>");
            return;
        };
        self.html.push_str("<img src=\"");
        escape(&source, &mut self.html);
        self.html.push_str("\" alt=\"");
        escape(description, &mut self.html);
        self.html.push_str("\" loading=\"lazy\" decoding=\"async\"");
        if !title.is_empty() && title != description {
            // In a figure the title is the caption.
            if !self.in_figure {
                self.html.push_str(" title=\"");
                escape(title, &mut self.html);
                self.html.push('"');
            }
        }
        self.html.push('>');
    }

    /// Closes what raw tags left open when their block ends.
    pub(super) fn close_inline_tags(&mut self) {
        while let Some(tag) = self.inline_tags.pop() {
            self.write(format_args!("</{tag}>"));
        }
        let open = self.phrases.end();
        self.end_phrases(open);
    }

    fn end_phrases(&mut self, count: usize) {
        for _ in 0..count {
            if let Some((_, around)) = self.phrase_langs.pop() {
                self.quotes = around;
                self.quotes.pass('x');
            }
        }
    }

    fn raw_inline(&mut self, html: &str) {
        let (ended, begun) = self.phrases.read(html);
        self.end_phrases(ended);
        if let Some(lang) = &begun {
            let around = std::mem::take(&mut self.quotes);
            self.phrase_langs.push((lang.clone(), around));
        }
        if let Some(name) = html.strip_prefix("</") {
            let name = name.trim_end_matches('>').trim().to_ascii_lowercase();
            if self.inline_tags.contains(&name.as_str()) {
                while let Some(tag) = self.inline_tags.pop() {
                    self.write(format_args!("</{tag}>"));
                    if tag == name {
                        break;
                    }
                }
            }
            return;
        }
        let Some((mut open, tag)) = raw_html::inline_tag(html) else {
            return;
        };
        if let Some(lang) = begun.filter(|_| tag.is_some()) {
            declare(&mut open, &lang);
        }
        match tag {
            Some(_) if self.inline_tags.len() >= MAX_INLINE_DEPTH => {}
            Some(tag) => {
                self.inline_tags.push(tag);
                self.raw(&open);
            }
            None => {
                self.raw(&open);
                self.quotes.pass(if open.starts_with("<br") { '\n' } else { 'x' });
            }
        }
    }

    /// Writes cleaned HTML, its links and images through the same doors as Markdown's.
    pub(super) fn raw(&mut self, cleaned: &str) {
        for piece in raw_html::pieces(cleaned) {
            match piece {
                raw_html::Piece::Verbatim(html) => self.html.push_str(html),
                raw_html::Piece::Link { address, title } => {
                    self.open_link(&address, &title, LinkKind::Relative);
                }
                raw_html::Piece::Image {
                    address,
                    description,
                    title,
                } => {
                    self.image(&address, &description, &title);
                }
            }
        }
    }
}

/// Whether a link's text is its address, as an autolink's is.
fn shows_its_address<'a>(node: &'a AstNode<'a>, address: &str) -> bool {
    let Some(child) = node.first_child().filter(|child| child.next_sibling().is_none()) else {
        return false;
    };
    match &child.data().value {
        NodeValue::Text(text) => address.ends_with(text.as_ref()) || text.contains("://") || text.starts_with("www."),
        _ => false,
    }
}

/// Escapes text in which words behind a no-break space are not divided: to what divides words (libhyphen, in WebKit), all
/// that no-break spaces hold together is one word, and it would be divided behind the space: « 12 -janvier ».
fn escape_undivided(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['\u{a0}', '\u{202f}']) {
        let space = rest
            .get(at..)
            .and_then(|from| from.chars().next())
            .map_or(0, char::len_utf8);
        let (before, after) = rest.split_at(at + space);
        escape(before, html);
        let end = after.find(|one: char| !one.is_alphabetic()).unwrap_or(after.len());
        let (word, behind) = after.split_at(end);
        // Shorter ones are never divided.
        if word.chars().nth(2).is_some() {
            html.push_str("<span class=\"undivided\">");
            escape(word, html);
            html.push_str("</span>");
        } else {
            escape(word, html);
        }
        rest = behind;
    }
    escape(rest, html);
}

/// Whether a source may have no-break spaces.
pub(super) fn has_no_breaks(source: &str) -> bool {
    behind_no_break(source).is_some() || memchr::memchr(b'&', source.as_bytes()).is_some()
}

/// Where the first no-break space of a text ends, in bytes.
fn behind_no_break(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Of each of the two, the byte that prose has least.
    memchr::memchr2_iter(0xc2, 0xaf, bytes).find_map(|at| {
        let wide = bytes.get(at + 1) == Some(&0xa0);
        let thin = at >= 2 && bytes.get(at - 2..at) == Some(&[0xe2, 0x80]);
        match bytes.get(at)? {
            0xc2 if wide => Some(at + 2),
            0xaf if thin => Some(at + 1),
            _ => None,
        }
    })
}

/// Says the language of a phrase in its cleaned tag, and its direction where that is known.
fn declare(tag: &mut String, lang: &Lang) {
    let Some(end) = tag.rfind('>') else { return };
    let mut said = String::new();
    if !tag.contains(" lang=\"") && *lang != Lang::Other("und".into()) {
        said.push_str(" lang=\"");
        escape(lang.tag(), &mut said);
        said.push('"');
    }
    if !tag.contains(" dir=\"") {
        said.push_str(" dir=\"");
        said.push_str(direction(Some(lang)));
        said.push('"');
    }
    tag.insert_str(end, &said);
}

/// The direction of a language, as HTML says it; what is not known shows in the words.
pub(super) fn direction(lang: Option<&Lang>) -> &'static str {
    match lang {
        None => "auto",
        Some(lang) if lang.is_rtl() => "rtl",
        Some(Lang::Other(_)) => "auto",
        Some(_) => "ltr",
    }
}

fn emphasis(value: &NodeValue) -> Option<&'static str> {
    Some(match value {
        NodeValue::Emph => "em",
        NodeValue::Strong => "strong",
        NodeValue::Strikethrough => "del",
        NodeValue::Highlight => "mark",
        NodeValue::Insert => "ins",
        NodeValue::Superscript => "sup",
        NodeValue::Subscript => "sub",
        NodeValue::Underline => "u",
        _ => return None,
    })
}
