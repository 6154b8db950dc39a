//! Everything that the index wants to know of an article, from one parse.

use std::ops::Range;

use comrak::Arena;
use comrak::nodes::{AstNode, NodeValue};
use serde::{Deserialize, Serialize};

use crate::citations;
use crate::counts::{Counter, Counts};
use crate::frontmatter::{self, FrontMatter};
use crate::language::{self, Lang};
use crate::markdown;

/// What [`analyse`] finds in a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// The front matter.
    pub front: FrontMatter,
    /// The title of the front matter, else the first heading.
    pub title: Option<String>,
    /// The standfirst of the front matter.
    pub standfirst: Option<String>,
    /// The teaser of the front matter, else the standfirst, else the first paragraph; at most
    /// 280 characters, cut after a word.
    pub teaser: String,
    /// The declared language, else the detected one.
    pub lang: Option<Lang>,
    /// The body as plain text for search, blocks joined by `\n`, image texts included.
    pub plain: String,
    /// How long the body is, its footnotes included.
    pub counts: Counts,
    /// Signs of its footnotes, spaces included.
    pub note_signs: u32,
    /// Links, images and footnote references, in order of the parse.
    pub links: Vec<Link>,
    /// How many images the body shows.
    pub images: usize,
}

/// A reference from a body to something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// The address, wiki name, image address or footnote name as written.
    pub target: String,
    /// What kind of reference it is.
    pub kind: LinkKind,
    /// Where it stands in the whole text, in bytes.
    pub range: Range<usize>,
}

/// The kinds of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LinkKind {
    /// `[[name]]`
    Wiki,
    /// An address without a scheme: another file, or a place in this one.
    Relative,
    /// An address with a scheme.
    External,
    /// An image.
    Image,
    /// A reference to a footnote.
    Footnote,
}

/// Analyses a whole text. Never fails; a body beyond the limits of
/// [`markdown::is_within_limits`] is taken as plain text.
pub fn analyse(text: &str) -> Analysis {
    analyse_with(text, TEASER)
}

/// The teaser as [`analyse`] finds it, of at most `most` characters.
pub fn teaser(text: &str, most: usize) -> String {
    analyse_with(text, most.max(1)).teaser
}

/// Whether an address has a scheme (`https:`, `mailto:`…) or a host (`//host`).
pub fn is_external(target: &str) -> bool {
    if target.starts_with("//") || target.starts_with("\\\\") {
        return true;
    }
    let Some(colon) = target.find([':', '/', '?', '#']) else {
        return false;
    };
    target.as_bytes().get(colon) == Some(&b':')
        && colon > 1
        && target
            .bytes()
            .take(colon)
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn analyse_with(text: &str, most: usize) -> Analysis {
    let parts = frontmatter::split(text);
    let front = frontmatter::read_split(text, &parts);
    let mut body = Body {
        plain: String::with_capacity(parts.body.len()),
        most,
        ..Body::default()
    };
    if markdown::is_within_limits(parts.body) {
        let arena = Arena::new();
        let root = markdown::parse(&arena, parts.body);
        body.walk(root, &Positions::new(text, parts.body_start));
    } else {
        body.plain.push_str(parts.body);
        body.counter.push(parts.body);
        body.first_paragraph = parts
            .body
            .lines()
            .find(|line| !line.trim().is_empty())
            .map(|line| cut(line, most));
    }
    let lang = front.lang.clone().or_else(|| language::detect(&body.plain));
    let counts = body.counter.finish(lang.as_ref());
    let title = front.title.clone().or(body.first_heading);
    let standfirst = front.standfirst.clone();
    let teaser = front
        .teaser
        .as_deref()
        .or(standfirst.as_deref())
        .or(body.first_paragraph.as_deref())
        .map(|text| cut(text, most))
        .unwrap_or_default();
    Analysis {
        title,
        standfirst,
        teaser,
        lang,
        plain: body.plain,
        counts,
        note_signs: body.note_signs,
        links: body.links,
        images: body.images,
        front,
    }
}

/// The longest teaser, in characters.
const TEASER: usize = 280;

#[derive(Default)]
struct Body {
    plain: String,
    counter: Counter,
    note_signs: u32,
    first_heading: Option<String>,
    first_paragraph: Option<String>,
    links: Vec<Link>,
    images: usize,
    /// The longest first paragraph, in characters.
    most: usize,
}

impl Body {
    fn walk<'a>(&mut self, root: &'a AstNode<'a>, positions: &Positions<'_>) {
        let mut block_start = 0;
        // Inside an image, text is its description and not prose.
        let mut in_image = 0usize;
        let mut before_note = 0;
        for edge in root.traverse() {
            match edge {
                comrak::arena_tree::NodeEdge::Start(node) => {
                    let data = node.data();
                    match &data.value {
                        NodeValue::Text(text) => match citations::without_marks(text) {
                            Some(words) => self.text(&words, in_image > 0),
                            None => self.text(text, in_image > 0),
                        },
                        NodeValue::Code(code) => self.text(&code.literal, in_image > 0),
                        NodeValue::Math(math) => self.text(&math.literal, in_image > 0),
                        NodeValue::SoftBreak | NodeValue::LineBreak => self.text(" ", in_image > 0),
                        NodeValue::CodeBlock(code) => {
                            self.start_block();
                            self.text(code.literal.trim_end(), false);
                        }
                        NodeValue::HtmlBlock(html) => {
                            self.start_block();
                            let text = html_text(&html.literal);
                            self.text(text.trim(), false);
                        }
                        NodeValue::Link(link) => {
                            let kind = if is_external(&link.url) {
                                LinkKind::External
                            } else {
                                LinkKind::Relative
                            };
                            self.link(&link.url, kind, positions.range(data.sourcepos));
                        }
                        NodeValue::WikiLink(link) => {
                            let kind = if link.embed { LinkKind::Image } else { LinkKind::Wiki };
                            self.images += usize::from(link.embed);
                            self.link(&link.url, kind, positions.range(data.sourcepos));
                        }
                        NodeValue::Image(image) => {
                            in_image += 1;
                            self.images += 1;
                            self.link(&image.url, LinkKind::Image, positions.range(data.sourcepos));
                        }
                        NodeValue::FootnoteDefinition(_) => before_note = self.counter.signs(),
                        NodeValue::FootnoteReference(note) => {
                            let range = positions.range(data.sourcepos);
                            self.link(&note.name, LinkKind::Footnote, range);
                        }
                        NodeValue::TableCell if node.previous_sibling().is_some() => {
                            self.plain.push('\t');
                            self.counter.end_word();
                        }
                        value if markdown::is_text_block(value) => {
                            self.start_block();
                            block_start = self.plain.len();
                        }
                        _ => {}
                    }
                }
                comrak::arena_tree::NodeEdge::End(node) => match &node.data().value {
                    NodeValue::Image(_) => in_image = in_image.saturating_sub(1),
                    NodeValue::FootnoteDefinition(_) => self.note_signs += self.counter.signs() - before_note,
                    NodeValue::Heading(_) if self.first_heading.is_none() => {
                        let heading = self.plain.get(block_start..).unwrap_or_default().trim();
                        if !heading.is_empty() {
                            self.first_heading = Some(heading.to_owned());
                        }
                    }
                    NodeValue::Paragraph if self.first_paragraph.is_none() => {
                        let paragraph = self.plain.get(block_start..).unwrap_or_default();
                        let alone = node.first_child().is_some_and(|child| {
                            child.next_sibling().is_none() && matches!(child.data().value, NodeValue::Image(_))
                        });
                        if !alone && !paragraph.trim().is_empty() {
                            self.first_paragraph = Some(cut(paragraph, self.most));
                        }
                    }
                    _ => {}
                },
            }
        }
    }

    fn text(&mut self, text: &str, in_image: bool) {
        self.plain.push_str(text);
        if !in_image {
            self.counter.push(text);
        }
    }

    fn start_block(&mut self) {
        if !self.plain.is_empty() && !self.plain.ends_with('\n') {
            self.plain.push('\n');
        }
        self.counter.end_word();
    }

    fn link(&mut self, target: &str, kind: LinkKind, range: Range<usize>) {
        self.links.push(Link {
            target: target.to_owned(),
            kind,
            range,
        });
    }
}

/// From comrak's lines and columns to bytes of the whole text; the line table is made only when
/// a link asks for it.
struct Positions<'a> {
    text: &'a str,
    body_start: usize,
    starts: std::cell::OnceCell<Vec<usize>>,
}

impl<'a> Positions<'a> {
    fn new(text: &'a str, body_start: usize) -> Positions<'a> {
        Positions {
            text,
            body_start,
            starts: std::cell::OnceCell::new(),
        }
    }

    fn range(&self, position: comrak::nodes::Sourcepos) -> Range<usize> {
        let start = self.byte(position.start.line, position.start.column.saturating_sub(1));
        let end = self.byte(position.end.line, position.end.column);
        start..end.max(start)
    }

    fn byte(&self, line: usize, column: usize) -> usize {
        let starts = self.starts.get_or_init(|| {
            let body = self.text.get(self.body_start..).unwrap_or_default();
            let ends = body.match_indices('\n').map(|(at, _)| self.body_start + at + 1);
            std::iter::once(self.body_start).chain(ends).collect()
        });
        let start = line.checked_sub(1).and_then(|index| starts.get(index)).copied();
        let mut byte = (start.unwrap_or(self.text.len()) + column).min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// The text of raw HTML, roughly: tags and comments dropped, scripts and styles with what they
/// hold. For search and counts only; nothing here is ever shown as HTML.
fn html_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        text.push_str(before);
        rest = if tag.starts_with("<!--") {
            tag.split_once("-->").map_or("", |(_, after)| after)
        } else if let Some(name) = ["script", "style"].into_iter().find(|name| {
            tag.get(1..=name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        }) {
            let after = tag.find("</").and_then(|at| tag.get(at + 2 + name.len()..));
            after
                .and_then(|after| after.split_once('>'))
                .map_or("", |(_, after)| after)
        } else {
            tag.split_once('>').map_or("", |(_, after)| after)
        };
    }
    text.push_str(rest);
    if text.contains('&') {
        for (entity, character) in [
            ("&nbsp;", "\u{a0}"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&amp;", "&"),
        ] {
            text = text.replace(entity, character);
        }
    }
    text
}

/// The head of a text, white space made single spaces, cut after a word with `…` when longer
/// than `most` characters.
fn cut(text: &str, most: usize) -> String {
    let mut head = String::with_capacity(text.len().min(most * 2));
    let mut length = 0;
    for word in text.split_whitespace() {
        let word_length = word.chars().count();
        let space = usize::from(length > 0);
        if length + space + word_length > most {
            if length == 0 {
                head.extend(word.chars().take(most - 1));
            }
            while head.chars().count() > most - 1 {
                head.pop();
            }
            head.push('…');
            return head;
        }
        if space == 1 {
            head.push(' ');
        }
        head.push_str(word);
        length += space + word_length;
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\ntitle: L'été\nauthor: A\n---\n\n# Un titre\n\n![vue](a.png)\n\nLe premier *paragraphe*, \
        avec [un lien](b.md), [[Une note|la note]] et https://x.fr/ là[^1].\n\n| a | b |\n|---|---|\n| c | d |\n\n\
        <p>brut <script>x</script>ici</p>\n\n[^1]: Une note de bas de page.\n";

    #[test]
    fn one_parse_gives_everything() {
        let found = analyse(TEXT);
        assert_eq!(found.title.as_deref(), Some("L'été"));
        assert_eq!(found.lang, Some(Lang::Fr));
        assert_eq!(
            found.teaser,
            "Le premier paragraphe, avec un lien, la note et https://x.fr/ là."
        );
        assert_eq!(
            found.plain,
            "Un titre\nvue\nLe premier paragraphe, avec un lien, la note et https://x.fr/ là.\na\tb\nc\td\n\
             brut ici\nUne note de bas de page."
        );
        assert_eq!(found.images, 1);
        let links: Vec<_> = found
            .links
            .iter()
            .map(|link| (link.kind, &TEXT[link.range.clone()]))
            .collect();
        assert_eq!(
            links,
            [
                (LinkKind::Image, "![vue](a.png)"),
                (LinkKind::Relative, "[un lien](b.md)"),
                (LinkKind::Wiki, "[[Une note|la note]]"),
                (LinkKind::External, "https://x.fr/"),
                (LinkKind::Footnote, "[^1]"),
            ]
        );
        // The description of the image is searched and not paid for.
        assert_eq!(found.counts.words, 2 + 11 + 4 + 2 + 6);
    }

    #[test]
    fn a_title_and_a_teaser_are_found_without_front_matter() {
        let long = format!("# Titre\n\n{}\n", "mot ".repeat(200));
        let found = analyse(&long);
        assert_eq!(found.title.as_deref(), Some("Titre"));
        assert!(found.teaser.ends_with("mot…") && found.teaser.chars().count() <= 280);
        assert_eq!(analyse("").teaser, "");
        assert_eq!(cut(&"é".repeat(400), 280).chars().count(), 280);
    }

    #[test]
    fn addresses_with_a_scheme_or_host_are_external() {
        for external in ["https://a", "mailto:a@b", "//host", "tel:1"] {
            assert!(is_external(external), "{external}");
        }
        for relative in ["a.md", "../a", "#x", "/a:b", "?a:b", "@/a.md", ""] {
            assert!(!is_external(relative), "{relative}");
        }
    }
}
