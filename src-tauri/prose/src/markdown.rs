//! The one place where Markdown's options stand, and the limits within which text is parsed.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};

/// The options with which every article is parsed: CommonMark and GitHub's tables,
/// strikethrough (`~~…~~`), autolinks and task lists; subscripts (`H~2~O`); marked words (`==…==`); footnotes, also inline (`^[…]`); alerts
/// (`> [!NOTE]`); wiki links (`[[target|text]]`); mathematics in code form only (``$`x`$``), for
/// `$` alone is money in a newsroom. Front matter is taken off before ([`crate::frontmatter::split`]),
/// for it may be TOML.
pub fn parse_options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    // One tilde is what writers lower signs with, and strikes nothing out.
    options.extension.subscript = true;
    options.extension.highlight = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.inline_footnotes = true;
    options.extension.alerts = true;
    options.extension.wikilinks_title_after_pipe = true;
    options.extension.math_code = true;
    options.parse.relaxed_tasklist_matching = true;
    options
}

/// Bodies above this many bytes are shown as plain text.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// So are bodies with a line above this many bytes.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;

/// Whether a body stays within the limits that keep parsing quick. What doesn't is no prose: it
/// is shown and indexed as plain paragraphs.
pub fn is_within_limits(body: &str) -> bool {
    body.len() <= MAX_BYTES
        && (body.len() <= MAX_LINE_BYTES || body.lines().all(|line| line.len() <= MAX_LINE_BYTES))
        && !is_pathological(body)
}

/// Parses a body (front matter taken off, limits checked by the caller).
pub(crate) fn parse<'a>(arena: &'a Arena<'a>, body: &str) -> &'a AstNode<'a> {
    let mut options = parse_options();
    // Unclosed, each costs a search to the end of its paragraph.
    options.extension.inline_footnotes = memchr::memchr(b'^', body.as_bytes()).is_none()
        || body.matches("^[").take(MAX_INLINE_FOOTNOTES + 1).count() <= MAX_INLINE_FOOTNOTES;
    parse_document(arena, body, &options)
}

/// Whether a node begins a line of its own in plain text.
pub(crate) fn is_text_block(value: &NodeValue) -> bool {
    matches!(
        value,
        NodeValue::Paragraph
            | NodeValue::Heading(_)
            | NodeValue::CodeBlock(_)
            | NodeValue::HtmlBlock(_)
            | NodeValue::TableRow(_)
    )
}

/// A text with more inline footnotes than this has them shown as typed.
const MAX_INLINE_FOOTNOTES: usize = 500;

/// Container marks at the head of one line above which the line is no writing.
const MAX_MARKS: usize = 200;

fn is_pathological(body: &str) -> bool {
    let bytes = body.as_bytes();
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|end| end + 1));
    starts.filter_map(|start| bytes.get(start..)).any(|rest| {
        let marks = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+'))
            .filter(|byte| !matches!(byte, b' ' | b'\t'))
            .count();
        if marks <= MAX_MARKS {
            return false;
        }
        // A thematic break may be long; quotes and lists nested that deep may not.
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let mut line = rest.iter().take(end);
        line.any(|byte| *byte == b'>' || byte.is_ascii_alphanumeric())
    })
}
