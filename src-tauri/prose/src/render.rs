//! From Markdown to the safe HTML of the reading view.
//!
//! Everything on the page is written here, tag by tag, from the parsed tree: no attribute or tag
//! of the text gets through but by the allow-list of `raw_html`. The walk is a loop, not a
//! recursion, so that depth can't exhaust the stack.

mod address;
mod blocks;
mod cited;
pub(crate) mod escape;
mod inlines;
mod parts;
pub(crate) mod raw_html;

use std::fmt::Write;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue};

pub use cited::{CitedMark, CitedText, Destination, Look, Reference, Run, note_numbers};
pub use parts::{Part, Stretch, parts, stretches};

use crate::analysis::LinkKind;
use crate::declared::{Declared, Phrases};
use crate::language::Lang;
use crate::outline::{Anchors, line_of};
use crate::typography::QuoteState;
use crate::{frontmatter, markdown};

/// Where a link leads, as the library answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// An article of the library, by its id.
    Article(String),
    /// The web or mail.
    External,
    /// Nothing that exists.
    Missing,
    /// A place in the same article (the fragment of the address).
    Anchor,
}

/// What rendering needs to know beside the text.
pub struct RenderContext<'a> {
    /// The language of the article: what `lang` is left out for, and whose typography holds.
    pub lang: Lang,
    /// Whether spaces, quotes and apostrophes are set right for display.
    pub typography: bool,
    /// Where a relative or wiki link leads. Never asked for addresses with a scheme or a host:
    /// `http`, `https` and `mailto` are external, any other is no link.
    pub resolve_link: &'a dyn Fn(&str, LinkKind) -> LinkTarget,
    /// The address under which the page may ask for an image, `None` when it may not. Asked for
    /// every image, those of the web as well: what is answered is what is requested.
    pub resolve_image: &'a dyn Fn(&str) -> Option<String>,
    /// The accessible name of the footnotes' section.
    pub footnote_label: &'a str,
    /// What the citations of the text read as, one for each that [`crate::citations()`] finds in it; `None` leaves them as
    /// they are typed.
    pub citations: Option<&'a CitedText>,
}

/// Renders a whole text, front matter skipped.
///
/// Every block carries `data-line` (its line in the file, from 1), `dir="auto"`, and `lang` where
/// a paragraph is plainly in another language than the article. Where a language is declared of a block or a phrase, it has
/// that as its `lang`, and the direction of it where that is known. Headings have the ids of
/// [`crate::outline::outline`]. Links are `<a data-article="ID" href="#">` (with `data-anchor`
/// when the address had a fragment), `<a data-external href="…">`, `<a href="#s-…">`,
/// `<a class="missing">`, or `<a class="refused">` for a scheme that is never opened. An image
/// alone in its paragraph is a `<figure>` with its title or description as caption; one that may
/// not be shown is `<span class="image-missing">`, a word that is not divided `<span class="undivided">`. Footnotes are
/// `<sup><a class="footnote-ref" data-footnote="fn-1" …>` and a `<section class="footnotes">`. A citation is
/// `<span class="citation">`, within it `<a class="citation-ref" href="#ref-1">` for each work, or it is a footnote; what is
/// cited is listed in `<section class="references">`.
///
/// A body beyond [`markdown::is_within_limits`] is shown as plain paragraphs, at most its first
/// two million bytes.
pub fn render(text: &str, context: &RenderContext<'_>) -> String {
    let parts = frontmatter::split(text);
    let first_line = line_of(text, parts.body_start);
    if !markdown::is_within_limits(parts.body) {
        return blocks::plain_paragraphs(parts.body, first_line);
    }
    let arena = comrak::Arena::new();
    let root = markdown::parse(&arena, parts.body);
    let declared = Declared::of(root, parts.body);
    if let Some(cited) = context.citations {
        cited::place(&arena, root, parts.body, cited);
    }
    let mut page = Page {
        html: String::with_capacity(parts.body.len() + parts.body.len() / 2),
        context,
        first_line,
        anchors: Anchors::default(),
        quotes: QuoteState::default(),
        declared,
        block_lang: None,
        phrases: Phrases::default(),
        phrase_langs: Vec::new(),
        in_image: 0,
        verbatim: 0,
        inline_depth: 0,
        inline_tags: Vec::new(),
        block_tags: Vec::new(),
        in_footnotes: false,
        footnote_number: 0,
        column: 0,
        in_figure: false,
        caption: String::new(),
        sample: String::new(),
        no_breaks: inlines::has_no_breaks(parts.body),
    };
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => page.start(node),
            NodeEdge::End(node) => page.end(node),
        }
    }
    page.html
}

/// Emphasis nested deeper than this is written without its tags: no writer does it, and HTML
/// parsers take quadratic time over depth.
const MAX_INLINE_DEPTH: usize = 64;

struct Page<'c> {
    html: String,
    context: &'c RenderContext<'c>,
    first_line: u32,
    anchors: Anchors,
    quotes: QuoteState,
    /// The languages that are declared of blocks.
    declared: Declared,
    /// The language of the paragraph being written, where it isn't the article's.
    block_lang: Option<Lang>,
    /// Raw tags that may declare the language of a phrase.
    phrases: Phrases,
    /// The languages of the phrases that are open, each with the state of what stands around it.
    phrase_langs: Vec<(Lang, QuoteState)>,
    /// Above 0 inside an image, whose text was written as its description already.
    in_image: usize,
    /// Above 0 where text is shown as typed: the address of an autolink.
    verbatim: usize,
    inline_depth: usize,
    /// Raw inline tags open in this block.
    inline_tags: Vec<&'static str>,
    /// Raw block tags open.
    block_tags: Vec<blocks::OpenTag>,
    in_footnotes: bool,
    footnote_number: u32,
    column: usize,
    in_figure: bool,
    caption: String,
    /// The head of a paragraph, to tell its language by; kept for its memory.
    sample: String,
    /// Whether the source itself may have no-break spaces, as such or as entities.
    no_breaks: bool,
}

impl Page<'_> {
    fn start<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data();
        if self.in_image > 0 {
            if is_image(&data.value) {
                self.in_image += 1;
            }
            return;
        }
        match &data.value {
            NodeValue::Text(text) => self.text(text),
            NodeValue::SoftBreak => {
                self.html.push('\n');
                self.quotes.pass('\n');
            }
            value if value.block() => self.start_block(node, &data),
            _ => self.start_inline(node, &data.value),
        }
    }

    fn end<'a>(&mut self, node: &'a AstNode<'a>) {
        let data = node.data();
        if self.in_image > 0 {
            if is_image(&data.value) {
                self.in_image -= 1;
            }
            return;
        }
        match &data.value {
            NodeValue::Text(_) | NodeValue::SoftBreak => {}
            value if value.block() => self.end_block(node, &data),
            value => self.end_inline(node, value),
        }
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String can't fail.
        let _ = self.html.write_fmt(text);
    }
}

fn is_image(value: &NodeValue) -> bool {
    match value {
        NodeValue::Image(_) => true,
        NodeValue::WikiLink(link) => link.embed,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        render(
            text,
            &RenderContext {
                lang: Lang::Fr,
                typography: true,
                resolve_link: &|target, _| match target {
                    "ailleurs.md" | "Ailleurs" => LinkTarget::Article("id-1".into()),
                    _ => LinkTarget::Missing,
                },
                resolve_image: &|target| (target == "a.png").then(|| "image:1".to_owned()),
                footnote_label: "Notes",
                citations: None,
            },
        )
    }

    #[test]
    fn blocks_know_their_line_in_the_file() {
        let page = html("---\ntitle: x\n---\n\nUn.\n\n## Deux\n");
        assert_eq!(
            page,
            "<p data-line=\"5\" dir=\"auto\">Un.</p>\n<h2 id=\"s-deux\" data-line=\"7\" dir=\"auto\">Deux</h2>\n"
        );
    }

    #[test]
    fn links_lead_where_the_library_says() {
        assert!(html("[x](ailleurs.md)").contains("<a data-article=\"id-1\" href=\"#\">x</a>"));
        assert!(html("[[Ailleurs|là]]").contains("<a data-article=\"id-1\" href=\"#\">là</a>"));
        assert!(
            html("[x](https://a.fr/?a=1&b=2)")
                .contains("<a data-external href=\"https://a.fr/?a=1&amp;b=2\" rel=\"noopener noreferrer\">x</a>")
        );
        assert!(html("[x](nulle-part.md)").contains("<a class=\"missing\" data-target=\"nulle-part.md\">x</a>"));
        assert!(html("[x](#Un titre)").contains("[x]"));
        assert!(html("[x](#un-titre)").contains("<a href=\"#s-un-titre\">x</a>"));
        assert!(html("[x](javascript:alert)").contains("<a class=\"refused\">x</a>"));
    }

    #[test]
    fn marked_words_are_marked_and_what_only_looks_so_is_not() {
        let inner = |text: &str| {
            html(text)
                .replace("<p data-line=\"1\" dir=\"auto\">", "")
                .replace("</p>\n", "")
        };
        assert_eq!(
            inner("un ==mot *ou* deux== ici"),
            "un <mark>mot <em>ou</em> deux</mark> ici"
        );
        for text in ["a == b et c == d", "a==b", "x === y", "`==a==`"] {
            assert!(!html(text).contains("<mark>"), "{text}");
        }
    }

    #[test]
    fn one_tilde_lowers_and_two_strike_out() {
        let page = html("H~2~O ~~non~~ 10^2^ a[^1] b^[c] ~ d\n\n[^1]: x");
        assert!(page.contains("H<sub>2</sub>O <del>non</del> 10^2^ a<sup>"), "{page}");
        assert!(page.contains(">2</a></sup> ~ d"), "{page}");
    }

    #[test]
    fn images_are_asked_for_by_what_the_library_answers() {
        let page = html("![Une *vue*](a.png \"La vue : l'été\")");
        assert_eq!(
            page,
            "<figure data-line=\"1\" dir=\"auto\"><img src=\"image:1\" alt=\"Une vue\" loading=\"lazy\" \
             decoding=\"async\"><figcaption dir=\"auto\">La vue\u{a0}: l’été</figcaption></figure>\n"
        );
        assert!(html("a ![b](https://x.fr/p.gif) c").contains("<span class=\"image-missing\">b</span>"));
    }

    #[test]
    fn footnotes_stand_at_the_end() {
        let page = html("Un[^a] et^[en ligne].\n\n[^a]: Note *une*.\n");
        assert!(page.contains("<sup><a class=\"footnote-ref\" id=\"fnref-1\" href=\"#fn-1\" data-footnote=\"fn-1\" role=\"doc-noteref\">1</a></sup>"), "{page}");
        assert!(
            page.contains(
                "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n<li id=\"fn-1\""
            ),
            "{page}"
        );
        assert!(page.contains("href=\"#fnref-1\" role=\"doc-backlink\""), "{page}");
        assert!(page.ends_with("</ol>\n</section>\n"), "{page}");
        assert_eq!(page.matches("<li id=\"fn-").count(), 2);
    }

    #[test]
    fn a_paragraph_in_another_language_says_so() {
        let page = html("The council voted for the motion that was on the table.\n\nOui\n");
        assert!(
            page.starts_with("<p data-line=\"1\" dir=\"auto\" lang=\"en\">"),
            "{page}"
        );
        assert!(page.contains("<p data-line=\"3\" dir=\"auto\">Oui</p>"), "{page}");
    }

    #[test]
    fn blocks_and_phrases_say_the_language_that_is_declared() {
        let page = html(
            "<div lang='en'>\n\nIt's \"so\" !\n\n- a\n\n> b\n\n## c\n\n| d |\n|---|\n| e |\n\n</div>\n\nL'eau !\n",
        );
        let says = |tag: &str, line: u32| format!("<{tag} data-line=\"{line}\" dir=\"ltr\" lang=\"en\">");
        assert!(page.starts_with(&format!("{}It’s “so” !</p>", says("p", 3))), "{page}");
        for (tag, line) in [("ul", 5), ("li", 5), ("blockquote", 7), ("p", 7), ("h2 id=\"s-c\"", 9)] {
            assert!(page.contains(&says(tag, line)), "{tag} {page}");
        }
        assert!(page.contains("lang=\"en\"><table>"), "{page}");
        assert!(page.contains("<td dir=\"ltr\">e</td>"), "{page}");
        assert!(
            page.contains("<p data-line=\"17\" dir=\"auto\">L’eau\u{202f}!</p>"),
            "{page}"
        );
        // The blocks say it; what they are in is not written.
        assert!(!page.contains("<div lang"), "{page}");
    }

    #[test]
    fn what_is_declared_has_its_direction_and_no_typography_where_it_is_not_known() {
        let page = html(
            "<div lang=\"ar\">\n\nEdito قال\n\n</div>\n\n<section lang=\"\" title=\"t\">\n\nL'eau !\n\n</section>\n\n\
             <div lang=\"fr\">\n\nThe council voted for the motion that was on the table!\n\n</div>\n",
        );
        assert!(
            page.contains("<p data-line=\"3\" dir=\"rtl\" lang=\"ar\">Edito قال</p>"),
            "{page}"
        );
        assert!(page.contains("<section lang=\"\" title=\"t\">"), "{page}");
        assert!(
            page.contains("<p data-line=\"9\" dir=\"auto\" lang=\"\">L'eau !</p>"),
            "{page}"
        );
        assert!(
            page.contains("dir=\"ltr\" lang=\"fr\">The council voted for the motion that was on the table\u{202f}!"),
            "{page}"
        );
    }

    #[test]
    fn phrases_have_their_typography() {
        let inner = |text: &str| {
            html(text)
                .replace("<p data-line=\"1\" dir=\"auto\">", "")
                .replace("</p>\n", "")
        };
        assert_eq!(
            inner("Il dit \"<span lang='en'>it's \"so\" !</span>\" !"),
            "Il dit «\u{a0}<span lang=\"en\" dir=\"ltr\">it’s “so” !</span>\u{a0}»\u{202f}!"
        );
        assert_eq!(
            inner("Le <i xml:lang=\"ar\">Edito قال</i> <b lang=\"de\" dir=\"ltr\">l'x"),
            "Le <i lang=\"ar\" dir=\"rtl\">Edito قال</i> <b lang=\"de\" dir=\"ltr\">l'x</b>"
        );
        assert!(!html("<span lang=\"en\" onclick=\"x\" style=\"x\">a</span>").contains("onclick"));
        let hostile = html("<span lang='\"><script>x</script>'>a</span>");
        assert!(!hostile.contains("<script"), "{hostile}");
        // What is declared of a phrase says nothing of its paragraph.
        let page = html("Oui. <span lang=\"en\">The council voted for the motion that was on the table.</span>");
        assert!(page.starts_with("<p data-line=\"1\" dir=\"auto\">Oui."), "{page}");
    }

    #[test]
    fn raw_blocks_that_end_and_begin_together_do_so() {
        let page = html(
            "<div lang=\"en\">\n\na\n\n</div>\n<div lang=\"ar\">\n\nb\n\n</div>\n\n<section>\n<div lang=\"en\">\n\nc\n\n</div>\n</section>\n\nd\n",
        );
        assert_eq!(
            page,
            "<p data-line=\"3\" dir=\"ltr\" lang=\"en\">a</p>\n<p data-line=\"8\" dir=\"rtl\" lang=\"ar\">b</p>\n\
             <section>\n<div lang=\"en\">\n\n<p data-line=\"15\" dir=\"ltr\" lang=\"en\">c</p>\n</div>\n</section>\n\
             <p data-line=\"20\" dir=\"auto\">d</p>\n"
        );
    }

    #[test]
    fn typography_spans_nodes_and_spares_code() {
        let page = html("Il dit \"*oui*\"! `l'a ?` <https://x.fr/l'a?>");
        assert!(
            page.contains("«\u{a0}<em>oui</em>\u{a0}»\u{202f}! <code>l'a ?</code>"),
            "{page}"
        );
        assert!(page.contains(">https://x.fr/l'a?</a>"), "{page}");
    }

    #[test]
    fn raw_html_is_cleaned() {
        let page =
            html("a <sup>b</sup> <b>c\n\n<script>x</script>\n\n<details>\n<summary>S</summary>\n\n*d*\n\n</details>\n");
        assert!(page.contains("a <sup>b</sup> <b>c</b></p>"), "{page}");
        assert!(!page.contains("script"), "{page}");
        let details = page.split("<details>").nth(1).unwrap_or_default();
        assert!(
            details.contains("<em>d</em>") && details.contains("</details>"),
            "{page}"
        );
    }

    #[test]
    fn no_word_is_divided_from_the_no_break_space_before_it() {
        let page = html("Le 12\u{a0}janvier, à 3\u{a0}h, « mot » & M.\u{a0}Dupont-Durand.");
        assert!(
            page.contains("12\u{a0}<span class=\"undivided\">janvier</span>,"),
            "{page}"
        );
        assert!(page.contains("3\u{a0}h,"), "{page}");
        assert!(
            page.contains("<span class=\"undivided\">Dupont</span>-Durand"),
            "{page}"
        );
        assert!(page.contains(" &amp; M."), "{page}");
        // A space of typography's own, behind «, needs nothing.
        assert!(!html("Il dit « demain » : oui.").contains("undivided"));
    }
}
