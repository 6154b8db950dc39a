//! What was copied in a word processor, a mail program or a page, as Markdown for a text that is being written.
//!
//! Programs put HTML on the clipboard in dialects of their own, which say in styles what HTML has elements for: a list
//! of Word is paragraphs with bullets typed before them, what is strong in Google Docs is a `span` of weight 700 in a
//! `b` of weight 400. Here the words of text boxes are taken out of comments
//! (`boxes`) and the tree is put into plain HTML (`prepare`, `lists`, `marks`), and then read as any
//! other foreign HTML ([`crate::content`]). What a web view has cleaned, where nothing is left of the styles of Word
//! but the names of its classes, is understood as well.
//!
//! Word: the HTML that Office writes, described in Microsoft's “Office HTML and XML Reference”; Google Docs, Word for
//! the web, LibreOffice, Pages and mail programs as they behave.

mod boxes;
mod lists;
mod marks;
mod prepare;
mod style;

use std::borrow::Cow;

use crate::Receipt;
use crate::address::Addresses;
use crate::content::block::Style;
use crate::content::{self, Block, Inline, Part, Parts, Reading};
use crate::html;
use crate::images::Gallery;
use crate::page::{notes, survey};
use crate::piece::Image;

/// What was pasted, as Markdown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paste {
    /// The text, without a line end behind it; images as `edito-image:N`.
    pub body: String,
    /// The texts of its footnotes, each beginning with `[^N]: `; empty when it has none.
    pub notes: String,
    /// The images that it shows, in the order of their places.
    pub images: Vec<Image>,
    /// It begins with a line of text, and not with a heading, list, table or the like.
    pub begins_in_line: bool,
    /// It ends with a line of text.
    pub ends_in_line: bool,
    /// It is one line of text.
    pub is_line: bool,
    /// It is one image and nothing else.
    pub is_image: bool,
    /// It had tracked changes; what was put in is there, and what was taken out is not.
    pub revised: bool,
    /// So many images stayed where only the other program could read them.
    pub images_left: usize,
}

/// Where footnotes are counted on from, and what may be read besides.
pub struct Surroundings<'a> {
    /// The first number for a footnote, from 1.
    pub first_note: usize,
    /// The bytes of a file that the HTML names by a `file:` address, where it may be read.
    pub file: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// Reads what was copied, HTML with the plain text that came beside it; nothing when the plain text says as much, or
/// more: source code from an editor, words without any mark, HTML beyond all bounds.
pub fn read_paste(html: &str, plain: &str, around: &Surroundings<'_>) -> Option<Paste> {
    let source = without_header(html);
    if source.len() > MOST_BYTES {
        return None;
    }
    let source = &*boxes::shown(source);
    let Some(document) = html::parse(source) else {
        return plain.trim().is_empty().then(|| Paste {
            body: crate::fragment::plain_body(source).trim_end().to_owned(),
            ..Paste::default()
        });
    };
    let has_plain = !plain.trim().is_empty();
    if has_plain && prepare::is_of_code_editor(&document) {
        return None;
    }
    let revised = prepare::prepare(&document);
    let survey = survey::survey(&document);
    let addresses = Addresses::default();
    let texts = notes::take_out(&survey, &addresses);
    let mut gallery = Gallery::default();
    let mut receipt = Receipt::default();
    let files = Files(around.file);
    let mut reading = Reading {
        addresses,
        parts: &files,
        gallery: &mut gallery,
        receipt: &mut receipt,
        flatten_tables: false,
        prepared: true,
    };
    let mut blocks = content::read(&document.root(), &mut reading);
    notes::put_back(&mut blocks, &texts, &mut reading);
    if blocks.is_empty() || (has_plain && says_no_more(&blocks, plain)) {
        return None;
    }
    below_the_title(&mut blocks);
    blocks.iter_mut().for_each(plain_head);
    notes::count_on(&mut blocks, around.first_note.saturating_sub(1));
    let (texts, blocks): (Vec<Block>, Vec<Block>) =
        blocks.into_iter().partition(|block| matches!(block, Block::Note(..)));
    let in_line = |block: Option<&Block>| matches!(block, Some(Block::Paragraph(line)) if !line.iter().all(is_image));
    let images_left = receipt.degraded.iter().chain(&receipt.failed);
    Some(Paste {
        body: content::write(&blocks).trim_end().to_owned(),
        notes: content::write(&texts).trim_end().to_owned(),
        begins_in_line: in_line(blocks.first()),
        ends_in_line: in_line(blocks.last()),
        is_line: blocks.len() == 1 && in_line(blocks.first()),
        is_image: matches!(blocks.as_slice(), [Block::Paragraph(line)] if line.iter().all(is_image)),
        images: gallery.into_images(),
        revised,
        images_left: images_left
            .filter(|note| matches!(&*note.kind, "image-without-address" | "image"))
            .map(|note| note.count)
            .sum(),
    })
}

/// Texts of a book are pasted; what is larger is a mistake or an attack.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Windows puts a description in front (“HTML Clipboard Format”), which some bridges between systems leave there.
fn without_header(html: &str) -> &str {
    match html.find('<') {
        Some(at) if html.starts_with("Version:") => html.get(at..).unwrap_or_default(),
        _ => html,
    }
}

/// Files beside the clipboard, read by whoever asks.
struct Files<'a>(&'a dyn Fn(&str) -> Option<Vec<u8>>);

impl Parts for Files<'_> {
    fn part(&self, written: &str, _: Option<&str>) -> Option<Part<'_>> {
        let is_file = written
            .get(..5)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
        let bytes = is_file.then(|| (self.0)(written)).flatten()?;
        // The names of such files are numbers of the program that made them.
        Some(Part {
            bytes: Cow::Owned(bytes),
            name: None,
        })
    }
}

/// Whether the plain text says what the blocks say: one line of words, paragraphs parted by blank lines, or a block of
/// code, which may well be Markdown.
fn says_no_more(blocks: &[Block], plain: &str) -> bool {
    if let [Block::Code { language, .. }] = blocks {
        return language.is_empty();
    }
    let bare = blocks.iter().all(
        |block| matches!(block, Block::Paragraph(line) if line.iter().all(|inline| matches!(inline, Inline::Text(_)))),
    );
    bare && (blocks.len() == 1 || paragraphs(plain) == blocks.len())
}

fn paragraphs(plain: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for line in plain.lines() {
        let full = !line.trim().is_empty();
        count += usize::from(full && !inside);
        inside = full;
    }
    count
}

/// The title stands in the front matter: the headings of a text begin one level below.
fn below_the_title(blocks: &mut [Block]) {
    let mut levels: Vec<&mut u8> = Vec::new();
    for block in blocks {
        if let Block::Heading(level, _) = block {
            levels.push(level);
        }
    }
    if levels.iter().any(|level| **level <= 1) {
        for level in levels {
            *level = (*level + 1).min(6);
        }
    }
}

/// The head of a table is set in strong type without being told.
fn plain_head(block: &mut Block) {
    if let Block::Table { head, .. } = block {
        for cell in head {
            if let [Inline::Span(Style::Strong, words)] = cell.as_mut_slice() {
                *cell = std::mem::take(words);
            }
        }
    }
}

fn is_image(inline: &Inline) -> bool {
    matches!(inline, Inline::Image { .. })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn pasted(html: &str, plain: &str) -> Option<Paste> {
        let around = Surroundings {
            first_note: 3,
            file: &|_| None,
        };
        read_paste(html, plain, &around)
    }

    #[test]
    fn what_the_plain_text_says_as_well_is_left_to_it() {
        for (html, plain) in [
            ("<p>Un mot</p>", "Un mot"),
            ("<meta charset=utf-8><span style='color:red'># Titre</span>", "# Titre"),
            ("<p>un</p><p>deux</p>", "un\n\ndeux"),
            ("<pre># Titre\n\n- un</pre>", "# Titre\n\n- un"),
            (
                "<meta charset='utf-8'><div style=\"color: #d4d4d4;font-family: Consolas, 'Courier New', monospace;white-space: pre;\"><div><span>let</span> a;</div><div>b</div></div>",
                "let a;\nb",
            ),
            ("", "a"),
            ("<!-- nothing -->", ""),
        ] {
            assert_eq!(pasted(html, plain), None, "{html}");
        }
        assert_eq!(
            pasted("<p>un</p><p>deux</p>", "un\ndeux").unwrap().body,
            "un\n\ndeux",
            "paragraphs that the plain text runs together"
        );
    }

    #[test]
    fn edges_say_how_it_joins_the_text() {
        let edges = |html: &str| {
            let paste = pasted(html, "").unwrap();
            (paste.begins_in_line, paste.ends_in_line, paste.is_line)
        };
        assert_eq!(edges("un <b>mot</b>"), (true, true, true));
        assert_eq!(edges("<p>un</p><ul><li>a</ul>"), (true, false, false));
        assert_eq!(edges("<h2>a</h2><p>b</p>"), (false, true, false));
        assert_eq!(edges("<img src='https://a.example/b.png'>"), (false, false, false));
    }

    #[test]
    fn what_is_beyond_bounds_gives_its_words_or_leaves_it_to_the_plain_text() {
        let deep = format!("{}mot", "<div>".repeat(100_000));
        assert_eq!(pasted(&deep, "mot"), None);
        assert_eq!(pasted(&deep, "").unwrap().body, "mot");
    }

    /// Each element is wrapped in four others for what its style says.
    #[test]
    fn what_is_set_in_many_ways_and_deep_is_read() {
        let span = "<span style='font-weight:700;font-style:italic;text-decoration:line-through;vertical-align:super'>";
        for depth in [100, 400, 500, 5_000] {
            let html = format!("<p>{}mot{}</p>", span.repeat(depth), "</span>".repeat(depth));
            assert!(pasted(&html, "").unwrap().body.contains("mot"), "{depth}");
        }
    }

    /// Each of these is put into a list before it, or joined with it.
    #[test]
    fn lists_without_end_are_read() {
        let item = "<p style='margin-left:36pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>un</p>";
        let bare = "<ul><li>a</li></ul><ol><ol><li>b</li></ol></ol>";
        let word = "<ol><ol><li style='mso-list:l0 level2 lfo1'>c</li></ol></ol>";
        let html = format!(
            "{}{}{}<ul>{}<li>d</li></ul>mot",
            item.repeat(5_000),
            bare.repeat(5_000),
            word.repeat(5_000),
            "<ul><li>e</li></ul>".repeat(5_000),
        );
        assert!(pasted(&html, "").unwrap().body.ends_with("mot"));
        let deep = format!("{}mot{}", "<ol><ul>".repeat(150), "</ul></ol>".repeat(150));
        assert!(pasted(&deep, "").unwrap().body.contains("mot"));
        let boxes = "<p><!--[if gte vml 1]><v:textbox>x<![endif]--><v:textbox></p>".repeat(5_000);
        assert!(pasted(&format!("{boxes}mot"), "").unwrap().body.contains("mot"));
        let notes = format!("{}mot{}", "<div id=ftn1>".repeat(400), "</div>".repeat(400));
        assert_eq!(pasted(&notes, "").unwrap().body, "mot");
    }

    #[test]
    fn only_files_are_asked_for_and_only_images_taken() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0".to_vec();
        let asked = std::cell::RefCell::new(Vec::new());
        let file = |address: &str| {
            asked.borrow_mut().push(address.to_owned());
            Some(if address.ends_with("png") {
                png.clone()
            } else {
                b"root:x:0".to_vec()
            })
        };
        let html =
            "<p>a</p><img src='file:///tmp/a.png'><img src='FILE:///etc/passwd'><img src='https://b.example/c.png'>";
        let around = Surroundings {
            first_note: 1,
            file: &file,
        };
        let paste = read_paste(html, "", &around).unwrap();
        assert_eq!(paste.body, "a\n\n![](edito-image:0)\n\n![](edito-image:1)");
        assert_eq!(paste.images.len(), 2);
        assert_eq!(paste.images[0].bytes, png);
        assert_eq!(paste.images[1].url.as_deref(), Some("https://b.example/c.png"));
        assert_eq!(paste.images_left, 1);
        assert_eq!(*asked.borrow(), ["file:///tmp/a.png", "FILE:///etc/passwd"]);
    }
}
