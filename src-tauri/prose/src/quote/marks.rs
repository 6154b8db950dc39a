//! The parts of a Markdown source that its reader never sees.

use std::ops::Range;

use crate::frontmatter;

/// The ranges of a source that hold letters which are not read: front matter, addresses, images, tags, comments,
/// numbers of lists, labels of notes, the language of a code block, references of characters. In order.
///
/// A scan by characters, not a parse: where it errs, a passage is missed and none is misplaced.
pub(super) fn unseen(source: &str) -> Vec<Range<usize>> {
    let body_start = frontmatter::split(source).body_start;
    let mut unseen = Vec::new();
    if body_start > 0 {
        unseen.push(0..body_start);
    }
    let bytes = source.as_bytes();
    let mut position = body_start;
    let mut line_start = true;
    let mut scan = Scan {
        patience: source.len().saturating_mul(8),
        ..Scan::default()
    };
    while let Some(byte) = bytes.get(position) {
        let rest = source.get(position..).unwrap_or_default();
        let length = match byte {
            _ if line_start && !byte.is_ascii_whitespace() && *byte != b'>' => {
                line_start = false;
                line_mark(rest, &mut scan)
            }
            b'\n' => {
                line_start = true;
                0
            }
            b'\\' => {
                position += 2;
                continue;
            }
            b'!' if rest.starts_with("![") => image(rest, &mut scan),
            b']' => destination(rest, &mut scan),
            b'[' if rest.starts_with("[^") => label(rest, &mut scan),
            b'[' if is_task(source, position) => 3,
            b'[' if rest.starts_with("[[") => wiki_target(rest, &mut scan),
            b'<' => tag(rest, &mut scan),
            b'&' => reference(rest),
            b'{' if rest.starts_with("{>>") => until(rest, "<<}", &mut scan.comment_missing),
            _ => 0,
        };
        if length > 0 {
            unseen.push(position..position + length);
        }
        // Between ASCII marks nothing is looked at twice.
        position += length.max(1);
    }
    unseen
}

/// What is known of the rest of the source while it is scanned.
#[derive(Default)]
struct Scan {
    html_comment_missing: bool,
    comment_missing: bool,
    /// How many bytes may still be looked at in search of ends.
    patience: usize,
}

/// How far an address or a label may reach.
const LONGEST: usize = 4 * 1024;

impl Scan {
    /// The bytes in which the first that fits ends something; nothing when there is none before a blank line.
    fn end(&mut self, rest: &str, mut ends: impl FnMut(u8) -> bool) -> Option<usize> {
        let bytes = rest.as_bytes();
        let bytes = bytes.get(..LONGEST.min(self.patience)).unwrap_or(bytes);
        let mut newline = false;
        let mut found = None;
        let mut looked = 0;
        for byte in bytes {
            looked += 1;
            if newline && *byte == b'\n' {
                break;
            }
            newline = *byte == b'\n';
            if ends(*byte) {
                found = Some(looked);
                break;
            }
        }
        self.patience -= looked.min(self.patience);
        found
    }
}

/// The number of a list, or the language of a code block, at the start of a line.
fn line_mark(rest: &str, scan: &mut Scan) -> usize {
    let digits = rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let mut after = rest.bytes().skip(digits);
        let marked =
            matches!(after.next(), Some(b'.' | b')')) && matches!(after.next(), Some(b' ' | b'\t' | b'\n') | None);
        return if marked { digits } else { 0 };
    }
    if rest.starts_with("```") || rest.starts_with("~~~") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with('[') {
        // `[label]: address`; but a note's own words, behind its label, are read.
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
        if let Some(close) = line.find("]:") {
            return if rest.starts_with("[^") { close + 2 } else { line.len() };
        }
    }
    match rest.as_bytes() {
        [b'[', b'^', ..] => label(rest, scan),
        [b'[', b'[', ..] => wiki_target(rest, scan),
        [b'<', ..] => tag(rest, scan),
        [b'!', b'[', ..] => image(rest, scan),
        [b'&', ..] => reference(rest),
        [b'{', b'>', b'>', ..] => until(rest, "<<}", &mut scan.comment_missing),
        _ => 0,
    }
}

/// `![alt](address)`, to its end.
fn image(rest: &str, scan: &mut Scan) -> usize {
    let Some(end) = scan.end(rest, balanced(b'[', b']')) else {
        return 0;
    };
    let tail = rest.get(end - 1..).unwrap_or_default();
    end - 1 + destination(tail, scan).max(1)
}

/// `](address "title")` or `][label]`, from the bracket on.
fn destination(rest: &str, scan: &mut Scan) -> usize {
    let inside = rest.get(1..).unwrap_or_default();
    let end = match inside.as_bytes().first() {
        Some(b'(') => scan.end(inside, balanced(b'(', b')')),
        Some(b'[') => scan.end(inside, balanced(b'[', b']')),
        _ => None,
    };
    end.map_or(0, |end| 1 + end)
}

/// Tells the byte that closes what the first opened.
fn balanced(open: u8, close: u8) -> impl FnMut(u8) -> bool {
    let mut depth = 0_usize;
    move |byte| {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth = depth.saturating_sub(1);
            return depth == 0;
        }
        false
    }
}

/// `[^label]`.
fn label(rest: &str, scan: &mut Scan) -> usize {
    let end = scan.end(rest, |byte| matches!(byte, b']' | b'\n'));
    end.filter(|end| rest.as_bytes().get(end - 1) == Some(&b']'))
        .unwrap_or(0)
}

/// `[[target|` before the words that are shown.
fn wiki_target(rest: &str, scan: &mut Scan) -> usize {
    let end = scan.end(rest, |byte| matches!(byte, b'|' | b']' | b'\n'));
    end.filter(|end| rest.as_bytes().get(end - 1) == Some(&b'|'))
        .unwrap_or(0)
}

/// `- [x]`, the mark of a task that is done.
fn is_task(source: &str, position: usize) -> bool {
    /// Nobody indents further.
    const INDENT: usize = 64;
    let marked = source
        .get(position..)
        .is_some_and(|rest| rest.starts_with("[x] ") || rest.starts_with("[X] "));
    if !marked {
        return false;
    }
    let near = source
        .as_bytes()
        .get(position.saturating_sub(INDENT)..position)
        .unwrap_or_default();
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let marker: Vec<u8> = line
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'>' | b' ' | b'\t'))
        .collect();
    match marker.as_slice() {
        [b'-' | b'*' | b'+'] => true,
        [number @ .., b'.' | b')'] => !number.is_empty() && number.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// A tag or a comment of HTML. An address in angle brackets is read.
fn tag(rest: &str, scan: &mut Scan) -> usize {
    if rest.starts_with("<!--") {
        return until(rest, "-->", &mut scan.html_comment_missing);
    }
    let first = rest.as_bytes().get(1);
    if !first.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/') {
        return 0;
    }
    let Some(end) = scan.end(rest, |byte| byte == b'>') else {
        return 0;
    };
    let inside = rest.get(1..end - 1).unwrap_or_default().trim_start_matches('/');
    let name = inside
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        .count();
    let after = inside.as_bytes().get(name);
    let is_tag = after.is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'/');
    if is_tag { end } else { 0 }
}

/// `&nbsp;`, `&#8217;`: what they stand for is mostly no letter.
fn reference(rest: &str) -> usize {
    let name = rest
        .bytes()
        .skip(1)
        .take(32)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    if name > 0 && rest.as_bytes().get(1 + name) == Some(&b';') {
        name + 2
    } else {
        0
    }
}

fn until(rest: &str, end: &str, missing: &mut bool) -> usize {
    if *missing {
        return 0;
    }
    let found = rest.find(end);
    *missing = found.is_none();
    found.map_or(0, |start| start + end.len())
}
