//! A passage as a quotation in a piece, with its source said in the way of the trade and in plain Markdown.
//!
//! A short one stands between the marks of the piece’s language, and a note names its source; a long one is a block, and
//! the line that ends it attributes it. In both, the title is a link to the article in the library: that is what the
//! ledger goes by, what other programs show, and what moves along with the words.

use std::ops::Range;

use super::words::words;
use crate::date::{ArticleDate, months};
use crate::declared::Declared;
use crate::frontmatter;
use crate::language::{Lang, language_of};
use crate::typography::corrections::lines;
use crate::typography::{NO_BREAK, QuoteState, typeset};

/// A passage and where it is from.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'a> {
    /// The words; paragraphs are parted by an empty line.
    pub words: &'a str,
    /// Who wrote it.
    pub authors: &'a [String],
    /// The title of the piece; empty when it has none.
    pub title: &'a str,
    /// Where it was published.
    pub outlet: Option<&'a str>,
    /// When.
    pub date: Option<ArticleDate>,
    /// Where the article lies, as a link from the piece leads there.
    pub link: &'a str,
}

/// How a passage is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In the line when it is short, as a block when it is long.
    ByLength,
    /// In the line.
    Inline,
    /// As a block.
    Block,
}

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What is replaced, in bytes.
    pub range: Range<usize>,
    /// By what.
    pub text: String,
}

/// With more words than this, a passage is a block.
const LONGEST_INLINE: usize = 40;

/// Puts a passage into a piece in the place of `range` (in bytes): between the marks of its paragraph’s language, with a
/// note in that of the piece. The changes are in the order of the text; the caret goes
/// behind the first.
pub fn insert(piece: &str, range: Range<usize>, cited: &Cited<'_>, lang: &Lang, form: Form) -> Vec<Change> {
    let passage = cited.words.trim();
    let long = passage.contains("\n\n") || words(passage).len() > LONGEST_INLINE;
    let in_front = range.start < frontmatter::split(piece).body_start;
    let block = form == Form::Block || (form == Form::ByLength && long);
    if block && !in_front {
        return vec![as_block(piece, range, passage, cited, lang)];
    }
    let quoted = between_marks(passage, &language_at(piece, range.start, lang));
    if in_front {
        return vec![Change { range, text: quoted }];
    }
    let (label, note) = note(piece, range.end, &attribution(cited, lang));
    let mut text = quoted;
    text.push_str(&format!("[^{label}]"));
    vec![Change { range, text }, note]
}

/// The language of the paragraph that stands in a place (in bytes).
fn language_at(piece: &str, at: usize, article: &Lang) -> Lang {
    let body = frontmatter::split(piece).body_start;
    let head = piece.get(body..at.max(body)).unwrap_or_default();
    let start = head.rfind("\n\n").map_or(body, |end| body + end);
    let paragraph = piece.get(start..).unwrap_or_default().trim_start_matches('\n');
    let paragraph = paragraph.split("\n\n").next().unwrap_or_default();
    let text = piece.get(body..).unwrap_or_default();
    let declared = Declared::in_place(text, at.saturating_sub(body));
    language_of(paragraph, declared.as_ref(), article)
}

/// Names the source of a quotation that is there: a note behind an inline one, whose end is given, or a line below a block.
pub fn name_source(piece: &str, end: usize, is_block: bool, cited: &Cited<'_>, lang: &Lang) -> Vec<Change> {
    let attribution = attribution(cited, lang);
    if !is_block {
        let (label, note) = note(piece, end, &attribution);
        let call = Change {
            range: end..end,
            text: format!("[^{label}]"),
        };
        return vec![call, note];
    }
    // The marks before the last line of the block stand before the new ones, too.
    let line_end = piece
        .get(end..)
        .and_then(|rest| rest.find('\n'))
        .map_or(piece.len(), |at| end + at);
    let line_start = piece
        .get(..end)
        .and_then(|head| head.rfind('\n'))
        .map_or(0, |at| at + 1);
    let line = piece.get(line_start..line_end).unwrap_or_default();
    let head = line.trim_start_matches(|one: char| " \t>-+*.)".contains(one) || one.is_ascii_digit());
    let head = line.get(..line.len() - head.len()).unwrap_or_default();
    let head = head
        .get(..head.rfind('>').map_or(0, |last| last + 1))
        .unwrap_or_default();
    // The mark of an item is not repeated.
    let marks: String = head
        .chars()
        .map(|one| if matches!(one, '>' | '\t') { one } else { ' ' })
        .collect();
    let marks = if marks.is_empty() { ">" } else { &marks };
    vec![Change {
        range: line_end..line_end,
        text: format!("\n{marks}\n{marks} — {attribution}"),
    }]
}

/// « Author, « `[Title](link)` », *Outlet*, 12 mars 2024 », in the manner of a language.
fn attribution(cited: &Cited<'_>, lang: &Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    let comma = if *lang == Lang::Ar { "، " } else { ", " };
    if !cited.authors.is_empty() {
        parts.push(names(cited.authors, lang));
    }
    let title = cited.title.trim();
    let shown = if title.is_empty() { cited.link } else { title };
    let inner = escaped(&nested(&typeset(shown, lang, &mut QuoteState::default()), lang), false);
    let (open, close) = marks(lang);
    parts.push(format!("{open}[{inner}]({}){close}", cited.link));
    if let Some(outlet) = cited.outlet.map(str::trim).filter(|outlet| !outlet.is_empty()) {
        parts.push(format!("*{}*", escaped(outlet, false)));
    }
    if let Some(date) = cited.date {
        parts.push(day(date, lang));
    }
    parts.join(comma)
}

fn names(authors: &[String], lang: &Lang) -> String {
    let and = match lang {
        Lang::Fr => " et ",
        Lang::Ar => " و",
        _ => " and ",
    };
    let authors: Vec<String> = authors.iter().map(|author| escaped(author.trim(), false)).collect();
    match authors.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if authors.len() <= 3 => {
            format!("{}{and}{last}", first.join(if *lang == Lang::Ar { "، " } else { ", " }))
        }
        [first, ..] => match lang {
            Lang::Fr => format!("{first} et al."),
            Lang::Ar => format!("{first} وآخرون"),
            _ => format!("{first} et al."),
        },
    }
}

fn day(date: ArticleDate, lang: &Lang) -> String {
    let date = date.date;
    let month = usize::try_from(date.month()).unwrap_or(1).saturating_sub(1);
    let Some(name) = months(lang).and_then(|names| names.get(month)) else {
        return date.to_string();
    };
    match lang {
        Lang::Fr if date.day() == 1 => format!("1er{NO_BREAK}{name} {}", date.year()),
        Lang::Fr => format!("{}{NO_BREAK}{name} {}", date.day(), date.year()),
        _ => format!("{} {name} {}", date.day(), date.year()),
    }
}

/// The marks of a language, with the spaces that belong to them.
fn marks(lang: &Lang) -> (String, String) {
    match lang {
        Lang::Fr => (format!("«{NO_BREAK}"), format!("{NO_BREAK}»")),
        Lang::Ar => ("«".into(), "»".into()),
        _ => ("“".into(), "”".into()),
    }
}

/// A passage between the marks of a language, with the marks within as that language has them.
fn between_marks(passage: &str, lang: &Lang) -> String {
    let passage = within(passage);
    let passage = passage.trim_end_matches([',', ';', ':', ' ', '\u{a0}', '\u{202f}']);
    let (open, close) = marks(lang);
    let words = escaped(&nested(passage, lang).replace('\n', " "), false);
    format!("{open}{words}{close}")
}

/// Without marks around the whole of it.
fn within(passage: &str) -> &str {
    let passage = passage.trim();
    for (open, close) in [('«', '»'), ('“', '”'), ('"', '"')] {
        let inner = passage.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            return inner.trim();
        }
    }
    passage
}

/// Quotation marks within others.
fn nested(text: &str, lang: &Lang) -> String {
    let (open, close) = match lang {
        Lang::Fr | Lang::Ar => ('“', '”'),
        _ => ('‘', '’'),
    };
    let mut set = String::with_capacity(text.len());
    let mut straight = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '«' => {
                set.push(open);
                while characters.next_if(|next| next.is_whitespace()).is_some() {}
            }
            '»' => {
                set.truncate(set.trim_end().len());
                set.push(close);
            }
            '“' | '„' => set.push(open),
            '”' => set.push(close),
            '"' => {
                set.push(if straight { close } else { open });
                straight = !straight;
            }
            other => set.push(other),
        }
    }
    set
}

/// A note with the next free number: its label, and where it goes: behind the others, at the end of the piece, and behind
/// the place that it is called from.
fn note(piece: &str, call: usize, words: &str) -> (u32, Change) {
    let mut highest = 0;
    for part in piece.split("[^").skip(1) {
        let digits: String = part.chars().take(6).take_while(char::is_ascii_digit).collect();
        if part.get(digits.len()..).is_some_and(|rest| rest.starts_with(']')) {
            highest = highest.max(digits.parse().unwrap_or(0));
        }
    }
    let label = highest + 1;
    let written = piece.trim_end().len();
    let end = written.max(call);
    let last = piece
        .get(..end)
        .and_then(|text| text.lines().next_back())
        .unwrap_or_default();
    // Where the call ends the piece, it stands between the last line and the note.
    let is_note = call < written && last.starts_with("[^") && last.contains("]:");
    let gap = if is_note { "\n" } else { "\n\n" };
    let change = Change {
        range: end..piece.len(),
        text: format!("{gap}[^{label}]: {words}.\n"),
    };
    (label, change)
}

fn as_block(piece: &str, range: Range<usize>, passage: &str, cited: &Cited<'_>, lang: &Lang) -> Change {
    let before = piece.get(..range.start).unwrap_or_default();
    let after = piece.get(range.end..).unwrap_or_default();
    let lead = match before.trim_end_matches([' ', '\t']) {
        "" => "",
        text if text.ends_with("\n\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let trail = match after.trim_start_matches([' ', '\t']) {
        "" => "\n",
        text if text.starts_with("\n\n") || text == "\n" => "",
        text if text.starts_with('\n') => "\n",
        _ => "\n\n",
    };
    let mut text = lead.to_owned();
    for paragraph in passage.split("\n\n") {
        let paragraph = escaped(&paragraph.replace('\n', " "), true);
        text.push_str(&format!("> {paragraph}\n>\n"));
    }
    text.push_str(&format!("> — {}{trail}", attribution(cited, lang)));
    Change { range, text }
}

/// Words as Markdown; `heads_line`: where they begin a line.
fn escaped(words: &str, heads_line: bool) -> String {
    let mut text = String::with_capacity(words.len());
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let is_item = digits > 0
        && words
            .get(digits..)
            .is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "));
    for (at, character) in words.char_indices() {
        let rest = words.get(at..).unwrap_or_default();
        let marks = matches!(character, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '~')
            || character == '&' && lines::entity(rest) > 0;
        let heads = heads_line
            && ((at == 0 && matches!(character, '#' | '-' | '+' | '>' | '=' | '|')) || (is_item && at == digits));
        if marks || heads {
            text.push('\\');
        }
        text.push(character);
    }
    text
}
