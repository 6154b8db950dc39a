//! A line of text as Markdown.

use super::block::{Inline, Style};
use super::escape::{Pairs, Place, escape, pairs};

/// Where a line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    Paragraph,
    Heading,
    Cell,
}

/// Writes a line; breaks become lines of their own in a paragraph, and spaces elsewhere.
pub(super) fn write(line: &[Inline], setting: Setting) -> String {
    let tokens = tokens(line, setting);
    let risky = tokens.is_risky();
    let written = tokens.write(setting);
    if risky && !reads_as(&written, &tokens.words()) {
        // The words count more than how they are set.
        return tokens.unset().write(setting);
    }
    written
}

#[derive(Debug, Clone, PartialEq)]
enum Token<'a> {
    Text(String),
    Break,
    Open(Style),
    Close(Style),
    Code(String),
    Math(&'a str),
    LinkOpen,
    LinkClose(&'a str),
    Image(usize, &'a str),
    Note(usize),
}

struct Tokens<'a> {
    all: Vec<Token<'a>>,
    pairs: Pairs,
}

fn tokens(line: &[Inline], setting: Setting) -> Tokens<'_> {
    let mut all = Vec::with_capacity(line.len());
    collect(line, setting, &mut all);
    if all.len() > MAX_TOKENS {
        all.retain(|token| !matches!(token, Token::Open(_) | Token::Close(_)));
    }
    join(&mut all);
    drop_doubtful(&mut all);
    let mut text = String::new();
    let (mut marked, mut struck, mut code) = (false, false, false);
    for token in &all {
        match token {
            Token::Text(part) => text.push_str(part),
            Token::Open(Style::Struck) => struck = true,
            Token::Open(_) => marked = true,
            Token::Code(_) | Token::Math(_) => code = true,
            Token::Image(_, alt) => text.push_str(alt),
            _ => {}
        }
    }
    Tokens {
        pairs: pairs(&text, marked, struck, code),
        all,
    }
}

/// A line of more parts than this is no writing; its marks are left out.
const MAX_TOKENS: usize = 3_000;

fn collect<'a>(line: &'a [Inline], setting: Setting, all: &mut Vec<Token<'a>>) {
    for inline in line {
        match inline {
            Inline::Text(text) => push_text(all, text),
            Inline::Break if setting == Setting::Paragraph => all.push(Token::Break),
            Inline::Break => push_text(all, " "),
            // A heading is strong as it is.
            Inline::Span(Style::Strong, inner) if setting == Setting::Heading => collect(inner, setting, all),
            Inline::Span(style, inner) => {
                all.push(Token::Open(*style));
                collect(inner, setting, all);
                all.push(Token::Close(*style));
            }
            Inline::Code(code) => all.push(Token::Code(code.clone())),
            Inline::Math(tex) => all.push(Token::Math(tex)),
            Inline::Link(target, inner) if target.is_empty() => collect(inner, setting, all),
            Inline::Link(target, inner) => {
                all.push(Token::LinkOpen);
                collect(inner, setting, all);
                all.push(Token::LinkClose(target));
            }
            Inline::Image { place, alt } => all.push(Token::Image(*place, alt)),
            Inline::Note(number) => all.push(Token::Note(*number)),
        }
    }
}

fn push_text(all: &mut Vec<Token<'_>>, text: &str) {
    match all.last_mut() {
        Some(Token::Text(before)) => before.push_str(text),
        _ => all.push(Token::Text(text.to_owned())),
    }
}

/// Takes out the marks of spans that would not be read as such: those that touch a word outside and a sign inside
/// (`mot*« cité »*`), and those that touch another's marks from the other side (`*a***b**`).
fn drop_doubtful(all: &mut Vec<Token<'_>>) {
    let mut at = 0;
    while at < all.len() {
        let Some(Token::Open(style)) = all.get(at) else {
            at += 1;
            continue;
        };
        let style = *style;
        let mut depth = 0usize;
        let close = (at..all.len()).find(|index| {
            match all.get(*index) {
                Some(Token::Open(found)) if *found == style => depth += 1,
                Some(Token::Close(found)) if *found == style => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some(close) = close else {
            all.remove(at);
            continue;
        };
        let opens = surely_flanks(edge(all, at, false), edge(all, at, true));
        let closes = surely_flanks(edge(all, close, true), edge(all, close, false));
        let clashes = matches!(
            at.checked_sub(1).and_then(|before| all.get(before)),
            Some(Token::Close(_))
        ) || matches!(all.get(close + 1), Some(Token::Open(_)));
        if opens && closes && !clashes && close > at + 1 {
            at += 1;
        } else {
            all.remove(close);
            all.remove(at);
            join(all);
            at = 0;
        }
    }
}

fn join(all: &mut Vec<Token<'_>>) {
    let mut joined: Vec<Token<'_>> = Vec::with_capacity(all.len());
    for token in all.drain(..) {
        match (joined.last_mut(), token) {
            (Some(Token::Text(before)), Token::Text(text)) | (Some(Token::Code(before)), Token::Code(text)) => {
                before.push_str(&text);
            }
            (_, token) => joined.push(token),
        }
    }
    *all = joined;
}

/// The character beside the run of marks that holds the token at `at`.
fn edge(all: &[Token<'_>], at: usize, forward: bool) -> Option<char> {
    let own = match all.get(at) {
        Some(Token::Open(style) | Token::Close(style)) => Some(mark(*style)),
        _ => None,
    };
    let mut index = at;
    loop {
        index = if forward { index + 1 } else { index.checked_sub(1)? };
        match all.get(index)? {
            // Marks of one kind are one run.
            Token::Open(style) | Token::Close(style) if own.is_none_or(|own| own == mark(*style)) => {}
            Token::Open(style) | Token::Close(style) => return Some(mark(*style)),
            Token::Break => return Some('\n'),
            Token::Text(text) if forward => return text.chars().next(),
            Token::Text(text) => return text.chars().next_back(),
            Token::LinkOpen => return Some('['),
            Token::LinkClose(_) if forward => return Some(']'),
            Token::LinkClose(_) => return Some(')'),
            Token::Code(_) | Token::Math(_) => return Some('`'),
            Token::Image(..) if forward => return Some('!'),
            Token::Image(..) => return Some(')'),
            Token::Note(_) if forward => return Some('['),
            Token::Note(_) => return Some(']'),
        }
    }
}

fn mark(style: Style) -> char {
    if style == Style::Struck { '~' } else { '*' }
}

/// Whether marks with this character outside and that inside are surely read as marks.
fn surely_flanks(outside: Option<char>, inside: Option<char>) -> bool {
    let Some(inside) = inside else { return false };
    if inside.is_whitespace() {
        return false;
    }
    inside.is_alphanumeric()
        || outside.is_none_or(|outside| outside.is_whitespace() || outside.is_ascii_punctuation() || is_quote(outside))
}

fn is_quote(character: char) -> bool {
    matches!(character, '«' | '»' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '¿' | '¡' | '·')
}

impl Tokens<'_> {
    /// Whether marks stand where they touch words or signs, so that only a parser can tell how they are read.
    fn is_risky(&self) -> bool {
        self.all.iter().enumerate().any(|(at, token)| match token {
            Token::Open(_) => {
                edge(&self.all, at, false).is_some_and(|outside| !outside.is_whitespace())
                    || edge(&self.all, at, true).is_some_and(|inside| !inside.is_alphanumeric())
            }
            Token::Close(_) => edge(&self.all, at, false).is_some_and(|inside| !inside.is_alphanumeric()),
            _ => false,
        })
    }

    /// The same without marks.
    fn unset(&self) -> Tokens<'_> {
        let mut all: Vec<Token<'_>> = self
            .all
            .iter()
            .filter(|token| !matches!(token, Token::Open(_) | Token::Close(_)))
            .cloned()
            .collect();
        join(&mut all);
        Tokens { all, pairs: self.pairs }
    }

    fn words(&self) -> String {
        let mut words = String::new();
        for token in &self.all {
            match token {
                Token::Text(text) => words.push_str(text),
                Token::Code(text) => words.push_str(text),
                Token::Math(text) => words.push_str(text),
                Token::Break => words.push('\n'),
                Token::Image(_, alt) => words.push_str(alt),
                _ => {}
            }
        }
        words
    }

    fn write(&self, setting: Setting) -> String {
        let mut out = String::new();
        let mut in_link = 0usize;
        let mut starts_line = true;
        let last = self.all.len().saturating_sub(1);
        for (at, token) in self.all.iter().enumerate() {
            match token {
                Token::Text(text) => {
                    let next = self.all.get(at + 1);
                    let place = Place {
                        before: if starts_line { None } else { out.chars().next_back() },
                        after: match next {
                            Some(Token::Open(Style::Struck) | Token::Close(Style::Struck)) => Some('~'),
                            Some(Token::Open(_) | Token::Close(_)) => Some('*'),
                            Some(Token::Break) => Some('\\'),
                            None => None,
                            Some(Token::LinkClose(_)) => Some(']'),
                            _ => edge(&self.all, at, true),
                        },
                        before_code: matches!(next, Some(Token::Code(_) | Token::Math(_))),
                        in_link: in_link > 0,
                        in_table: setting == Setting::Cell,
                        starts_line: starts_line && setting == Setting::Paragraph,
                        starts_block: at == 0 && setting == Setting::Paragraph,
                        ends_line: matches!(next, None | Some(Token::Break)),
                        ends_block: at == last,
                        ends_heading: setting == Setting::Heading && at == last,
                        pairs: self.pairs,
                    };
                    escape(text, place, &mut out);
                    starts_line = false;
                }
                Token::Break => {
                    out.push_str("\\\n");
                    starts_line = true;
                }
                Token::Open(style) | Token::Close(style) => {
                    out.push_str(match style {
                        Style::Emphasis => "*",
                        Style::Strong => "**",
                        Style::Struck => "~~",
                    });
                    starts_line = false;
                }
                Token::Code(code) => {
                    code_span(code, setting, &mut out);
                    starts_line = false;
                }
                Token::Math(tex) => {
                    math_span(tex, setting, &mut out);
                    starts_line = false;
                }
                Token::LinkOpen => {
                    in_link += 1;
                    out.push('[');
                    starts_line = false;
                }
                Token::LinkClose(target) => {
                    in_link = in_link.saturating_sub(1);
                    out.push_str("](");
                    destination(target, &mut out);
                    out.push(')');
                }
                Token::Image(place, alt) => {
                    out.push_str("![");
                    let place_of_alt = Place {
                        before: Some('['),
                        after: Some(']'),
                        in_link: true,
                        in_table: setting == Setting::Cell,
                        pairs: Pairs {
                            star: true,
                            underscore: true,
                            tilde: true,
                            backtick: true,
                        },
                        ..Place::default()
                    };
                    escape(alt, place_of_alt, &mut out);
                    out.push_str(&format!("](edito-image:{place})"));
                    starts_line = false;
                }
                Token::Note(number) => {
                    out.push_str(&format!("[^{number}]"));
                    starts_line = false;
                }
            }
        }
        out
    }
}

fn code_span(code: &str, setting: Setting, out: &mut String) {
    let code = code.replace(['\n', '\r', '\t'], " ");
    let fence = "`".repeat(longest_run(&code, '`') + 1);
    // A parser takes one space off both ends when both have one and there is more than spaces.
    let padded = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
    out.push_str(&fence);
    if padded {
        out.push(' ');
    }
    if setting == Setting::Cell {
        out.push_str(&code.replace('|', "\\|"));
    } else {
        out.push_str(&code);
    }
    if padded {
        out.push(' ');
    }
    out.push_str(&fence);
}

fn math_span(tex: &str, setting: Setting, out: &mut String) {
    let tex = crate::html::dom::squeeze(tex);
    if tex.contains('`') {
        code_span(&tex, setting, out);
        return;
    }
    out.push_str("$`");
    if setting == Setting::Cell {
        out.push_str(&tex.replace('|', "\\|"));
    } else {
        out.push_str(&tex);
    }
    out.push_str("`$");
}

/// An address within the brackets of a link; it comes from a URL parser, so that most of it is encoded already.
fn destination(address: &str, out: &mut String) {
    for character in address.chars() {
        match character {
            '(' | ')' | '<' | '>' | '\\' | '|' | '`' | '*' => {
                out.push_str(&format!("%{:02X}", u32::from(character)));
            }
            // Were it the beginning of an entity, the parser would put a character in its place.
            '&' => out.push_str(if is_entity_like(address) { "&amp;" } else { "&" }),
            character if character.is_control() || character.is_whitespace() => {}
            character => out.push(character),
        }
    }
}

fn is_entity_like(address: &str) -> bool {
    address.contains('&') && address.contains(';')
}

pub(super) fn longest_run(text: &str, mark: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for character in text.chars() {
        run = if character == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Whether a line, read as Edito reads it, has just these words.
fn reads_as(written: &str, words: &str) -> bool {
    use comrak::nodes::NodeValue;
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, written, &edito_prose::markdown::parse_options());
    let mut read = String::new();
    for node in root.descendants() {
        match &node.data().value {
            NodeValue::Text(text) => read.push_str(text),
            NodeValue::Code(code) => read.push_str(&code.literal),
            NodeValue::Math(math) => read.push_str(&math.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => read.push('\n'),
            NodeValue::HtmlInline(html) => read.push_str(html),
            _ => {}
        }
    }
    let bare = |text: &str| -> String {
        // The sign of a note without its text is read as it stands.
        text.chars().filter(|c| !c.is_whitespace()).collect()
    };
    let read = bare(&read);
    let mut rest = read.as_str();
    for wanted in bare(words).chars() {
        loop {
            match rest.chars().next() {
                Some(found) if found == wanted => {
                    rest = rest.get(found.len_utf8()..).unwrap_or_default();
                    break;
                }
                Some('[') if rest.starts_with("[^") => {
                    rest = rest.split_once(']').map_or("", |(_, after)| after);
                }
                _ => return false,
            }
        }
    }
    rest.is_empty() || rest.starts_with("[^")
}
