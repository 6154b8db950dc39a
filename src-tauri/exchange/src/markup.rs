//! Tags, attributes and text of markup that was never checked by anyone.
//!
//! What calls itself HTML or XML in exports and feeds is often neither: unquoted attributes, bare `&`, tags that
//! nobody closes, files that were cut. A parser that stops at the first fault loses the rest; a parser that builds
//! a tree of everything can be made to. This scanner does neither: it goes once through the text, makes sense of
//! what it meets as a browser would, and leaves nesting to its callers. Its time is linear in the text's length, and
//! declarations of entities are skipped, so that nothing is ever expanded.
//! Rules of references: the HTML standard, 13.2.5.72 and following.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// How many attributes of one tag are kept.
const MOST_ATTRIBUTES: usize = 128;

/// What the scanner meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// A start tag. `closed` when it ends in `/>`.
    Start {
        name: &'a str,
        attributes: Attributes<'a>,
        closed: bool,
    },
    End {
        name: &'a str,
    },
    /// Text with its references resolved. One run may come in several parts.
    Text(Cow<'a, str>),
}

/// The attributes of a tag, with their references resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attributes<'a>(pub Vec<(&'a str, Cow<'a, str>)>);

impl Attributes<'_> {
    /// The value of an attribute, by its name in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_ref())
    }
}

/// Which rules hold where HTML and XML differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// The content of `script`, `style`, `title` and the like holds no tags.
    Html,
    /// `CDATA` sections are text.
    Xml,
}

/// A place in a text, and what the scanner remembers there. It borrows nothing, so that a reader can own its text.
#[derive(Debug, Clone)]
pub(crate) struct Cursor {
    language: Language,
    position: usize,
    /// The element whose content is text alone.
    raw: Option<String>,
    /// Ends that were looked for in vain: they need not be looked for again.
    missing: Missing,
}

#[derive(Debug, Clone, Copy, Default)]
struct Missing {
    single_quote: bool,
    double_quote: bool,
    comment: bool,
    section: bool,
    instruction: bool,
    subset: bool,
}

impl Cursor {
    pub fn new(language: Language) -> Cursor {
        Cursor {
            language,
            position: 0,
            raw: None,
            missing: Missing::default(),
        }
    }

    /// The next event of the text that this cursor belongs to.
    pub fn next<'a>(&mut self, text: &'a str) -> Option<Event<'a>> {
        loop {
            let rest = text.get(self.position..).filter(|rest| !rest.is_empty())?;
            if let Some(name) = self.raw.take() {
                let end = end_of_raw(rest, &name);
                if end > 0 {
                    return Some(self.raw_text(rest.get(..end)?, &name));
                }
            }
            if !rest.starts_with('<') {
                let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.position += end;
                return Some(Event::Text(unescape(rest.get(..end)?, false)));
            }
            match rest.as_bytes().get(1) {
                Some(b'!') => {
                    if let Some(text) = self.declaration(rest) {
                        return Some(Event::Text(text));
                    }
                }
                Some(b'?') => {
                    let end = find(rest, "?>", &mut self.missing.instruction).or_else(|| find_byte(rest, b'>'));
                    self.position += end.unwrap_or(rest.len());
                }
                Some(b'/') if rest.as_bytes().get(2).is_some_and(starts_name) => {
                    let name = name_at(rest, 2);
                    let end = find_byte(rest, b'>').unwrap_or(rest.len());
                    self.position += end;
                    return Some(Event::End { name });
                }
                Some(first) if starts_name(first) => return Some(self.start(rest)),
                // Not a tag: somebody's arrow, or an inequality.
                _ => {
                    self.position += 1;
                    return Some(Event::Text("<".into()));
                }
            }
        }
    }

    fn raw_text<'a>(&mut self, content: &'a str, name: &str) -> Event<'a> {
        self.position += content.len();
        let literal = !matches!(name, "title" | "textarea");
        Event::Text(if literal {
            content.into()
        } else {
            unescape(content, false)
        })
    }

    /// Skips a comment, a document type or another declaration; the text of a `CDATA` section is given.
    fn declaration<'a>(&mut self, rest: &'a str) -> Option<Cow<'a, str>> {
        if rest.starts_with("<!--") {
            let end = find(rest, "-->", &mut self.missing.comment).or_else(|| find_byte(rest, b'>'));
            self.position += end.unwrap_or(rest.len());
            return None;
        }
        if let Some(content) = rest.strip_prefix("<![CDATA[")
            && self.language == Language::Xml
        {
            let end = find(content, "]]>", &mut self.missing.section);
            self.position += rest.len() - content.len() + end.unwrap_or(content.len());
            let text = content.get(..end.map_or(content.len(), |end| end - "]]>".len()));
            return text.filter(|text| !text.is_empty()).map(Cow::Borrowed);
        }
        let mut end = find_byte(rest, b'>').unwrap_or(rest.len());
        let declared = rest.get(..end).unwrap_or_default();
        if declared.len() > 9
            && declared
                .get(..9)
                .is_some_and(|head| head.eq_ignore_ascii_case("<!DOCTYPE"))
        {
            // The internal subset, where entities are declared.
            if let Some(subset) = declared.find('[') {
                let inside = rest.get(subset..).unwrap_or_default();
                if let Some(close) = find(inside, "]", &mut self.missing.subset) {
                    let after = inside.get(close..).and_then(|after| find_byte(after, b'>'));
                    end = subset + close + after.unwrap_or(inside.len() - close);
                }
            }
        }
        self.position += end;
        None
    }

    fn start<'a>(&mut self, rest: &'a str) -> Event<'a> {
        let name = name_at(rest, 1);
        let bytes = rest.as_bytes();
        let mut attributes = Vec::new();
        let mut at = 1 + name.len();
        let mut closed = false;
        loop {
            while bytes
                .get(at)
                .is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/')
            {
                closed = bytes.get(at) == Some(&b'/');
                at += 1;
            }
            match bytes.get(at) {
                None => break,
                Some(b'>') => {
                    at += 1;
                    break;
                }
                // A tag that never ended; what begins here is another.
                Some(b'<') if self.language == Language::Xml => break,
                Some(_) => {}
            }
            closed = false;
            let (attribute, end) = self.attribute(rest, at);
            at = end.max(at + 1);
            if attributes.len() < MOST_ATTRIBUTES {
                attributes.push(attribute);
            }
        }
        while !rest.is_char_boundary(at) {
            at += 1;
        }
        self.position += at;
        if self.language == Language::Html && !closed {
            let lower = name.to_ascii_lowercase();
            if RAW.contains(&lower.as_str()) {
                self.raw = Some(lower);
            }
        }
        Event::Start {
            name,
            attributes: Attributes(attributes),
            closed,
        }
    }

    /// The attribute that starts at a place, and where it ends.
    fn attribute<'a>(&mut self, rest: &'a str, start: usize) -> ((&'a str, Cow<'a, str>), usize) {
        let bytes = rest.as_bytes();
        let until = |from: usize, stop: fn(&u8) -> bool| {
            let run = bytes.get(from..).unwrap_or_default();
            from + run.iter().position(stop).unwrap_or(run.len())
        };
        let skip_space = |from: usize| until(from, |byte| !byte.is_ascii_whitespace());
        let name_end = until(start, |byte| {
            byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/')
        });
        let name = rest.get(start..name_end).unwrap_or_default();
        let equals = skip_space(name_end);
        if bytes.get(equals) != Some(&b'=') {
            return ((name, "".into()), name_end);
        }
        let value = skip_space(equals + 1);
        let missing = match bytes.get(value) {
            Some(b'"') => Some(("\"", &mut self.missing.double_quote)),
            Some(b'\'') => Some(("'", &mut self.missing.single_quote)),
            _ => None,
        };
        if let Some((quote, missing)) = missing
            && let Some(end) = rest.get(value + 1..).and_then(|inside| find(inside, quote, missing))
        {
            let inside = rest.get(value + 1..value + end).unwrap_or_default();
            return ((name, unescape(inside, true)), value + 1 + end);
        }
        let end = until(value, |byte| byte.is_ascii_whitespace() || *byte == b'>');
        let bare = rest.get(value..end).unwrap_or_default();
        ((name, unescape(bare.trim_start_matches(['"', '\'']), true)), end)
    }
}

/// Resolves character references: `&amp;`, `&eacute;`, `&#233;`, `&#xE9;`. What is none stays as it is.
pub(crate) fn unescape(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else {
        return text.into();
    };
    let mut resolved = String::with_capacity(text.len());
    resolved.push_str(text.get(..first).unwrap_or_default());
    let mut rest = text.get(first..).unwrap_or_default();
    while let Some(after) = rest.strip_prefix('&') {
        let length = match reference(after, in_attribute) {
            Some((characters, length)) => {
                resolved.extend(characters);
                1 + length
            }
            None => {
                resolved.push('&');
                1
            }
        };
        rest = rest.get(length..).unwrap_or_default();
        let next = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        resolved.push_str(rest.get(..next).unwrap_or_default());
        rest = rest.get(next..).unwrap_or_default();
    }
    resolved.into()
}

/// The elements of HTML whose content holds no tags.
const RAW: &[&str] = &[
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];

fn starts_name(byte: &u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':') || !byte.is_ascii()
}

fn name_at(rest: &str, start: usize) -> &str {
    let run = rest.get(start..).unwrap_or_default();
    let end = run.find(|character: char| character.is_ascii_whitespace() || matches!(character, '>' | '/' | '<'));
    run.get(..end.unwrap_or(run.len())).unwrap_or_default()
}

/// Where a text ends behind the first occurrence of a pattern in it.
fn find(text: &str, pattern: &str, missing: &mut bool) -> Option<usize> {
    if *missing {
        return None;
    }
    let found = memchr::memmem::find(text.as_bytes(), pattern.as_bytes());
    *missing = found.is_none();
    found.map(|start| start + pattern.len())
}

fn find_byte(text: &str, byte: u8) -> Option<usize> {
    memchr::memchr(byte, text.as_bytes()).map(|start| start + 1)
}

/// Where the content of a raw element ends: at its end tag, or with the text.
fn end_of_raw(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(found) = rest
        .get(from..)
        .and_then(|rest| memchr::memmem::find(rest.as_bytes(), b"</"))
    {
        let start = from + found;
        let candidate = rest.get(start + 2..).and_then(|rest| rest.get(..name.len()));
        if candidate.is_some_and(|candidate| candidate.eq_ignore_ascii_case(name)) {
            return start;
        }
        from = start + 2;
    }
    rest.len()
}

/// The characters that a reference stands for, and how many bytes it takes after its `&`.
fn reference(after: &str, in_attribute: bool) -> Option<(impl Iterator<Item = char>, usize)> {
    let (first, second, length) = if let Some(number) = after.strip_prefix('#') {
        let (character, length) = numeric(number)?;
        (character, None, 1 + length)
    } else {
        named(after, in_attribute)?
    };
    Some((std::iter::once(first).chain(second), length))
}

fn numeric(number: &str) -> Option<(char, usize)> {
    let (digits, radix, head) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (number, 10, 0),
    };
    let length = digits
        .bytes()
        .take_while(|byte| char::from(*byte).is_digit(radix))
        .count();
    if length == 0 {
        return None;
    }
    let value = u32::from_str_radix(digits.get(..length)?, radix).unwrap_or(u32::MAX);
    let replaced = value
        .checked_sub(0x80)
        .and_then(|index| C1_REPLACEMENTS.get(index as usize).copied().flatten());
    let character = match value {
        0 => None,
        _ => replaced.or_else(|| char::from_u32(value)),
    };
    let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
    Some((character.unwrap_or('\u{fffd}'), head + length + semicolon))
}

fn named(after: &str, in_attribute: bool) -> Option<(char, Option<char>, usize)> {
    const LONGEST: usize = 32;
    let length = after
        .bytes()
        .take(LONGEST)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let character = |code: u32| char::from_u32(code).filter(|character| *character != '\0');
    let known = |name: &str| {
        let (first, second) = NAMED_ENTITIES.get(name).copied()?;
        Some((character(first)?, character(second), name.len()))
    };
    if after.as_bytes().get(length) == Some(&b';')
        && let Some(found) = after.get(..=length).and_then(known)
    {
        return Some(found);
    }
    // The old ones are known without their semicolon; but `?a=1&copy=2` is an address.
    (2..=length.min(6)).rev().find_map(|length| {
        let found = after.get(..length).and_then(known)?;
        let next = after.as_bytes().get(length);
        let part_of_word = next.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'=');
        (!(in_attribute && part_of_word)).then_some(found)
    })
}
