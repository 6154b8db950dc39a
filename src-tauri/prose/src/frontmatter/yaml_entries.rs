//! Where the top-level entries of a YAML block stand, to the byte.
//!
//! The parser's own positions are not enough to change a file: they leave out comments, styles
//! and where a block ends. This reads only the outline of a block mapping; whether the YAML is
//! sound is the parser's to say.

use std::ops::Range;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Nothing after the colon, nothing below.
    Empty,
    Plain,
    Single,
    Double,
    /// `[…]`
    FlowList,
    /// `{…}`
    FlowMap,
    /// Lines that begin with `-`.
    BlockList,
    /// Indented `key: value` lines.
    BlockMap,
    /// `|` or `>`
    BlockScalar,
    /// An anchor, alias or tag.
    Opaque,
}

/// One top-level entry; positions are bytes in the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub key: String,
    /// Where the key's line starts.
    pub start: usize,
    /// Just after the colon.
    pub after_colon: usize,
    /// The value without the spaces before it, a comment after it or its last line end. For the
    /// block styles that begin below the key: whole lines, without the last line end.
    pub value: Range<usize>,
    /// Where the entry's lines end, their line end included.
    pub end: usize,
    pub style: Style,
    /// Lines before this one in the block.
    pub line: u32,
}

/// The top-level entries of a block, or the number of lines before the first that is none.
pub(super) fn entries(front: &str) -> Result<Vec<Entry>, u32> {
    let mut entries = Vec::new();
    let mut position = 0;
    while position < front.len() {
        let line = line_at(front, position);
        let number = || {
            let head = front.as_bytes().get(..position).unwrap_or_default();
            u32::try_from(head.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0)
        };
        if is_blank_or_comment(line) {
            position += line.len();
            continue;
        }
        let entry = entry(front, position, number()).ok_or_else(number)?;
        position = entry.end.max(position + 1);
        entries.push(entry);
    }
    Ok(entries)
}

/// The items of a block list: whole lines each, comments and blank lines with the item above.
pub(super) fn block_items(front: &str, value: &Range<usize>) -> Vec<Range<usize>> {
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut indent = None;
    let mut position = value.start;
    while position < value.end {
        let line = line_at(front, position);
        let end = (position + line.len()).min(value.end);
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let is_item = is_dash(line.trim_start_matches(' '));
        if is_item && indent.is_none_or(|indent| indent == spaces) {
            indent = Some(spaces);
            items.push(position..end);
        } else if let Some(last) = items.last_mut() {
            last.end = end;
        }
        position += line.len().max(1);
    }
    items
}

/// The items of a flow list, spaces around them left out. `None` when a comment stands inside.
pub(super) fn flow_items(front: &str, value: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let inner = value.start + 1..value.end.saturating_sub(1);
    let bytes = front.as_bytes();
    let mut items = Vec::new();
    let mut start = inner.start;
    let mut position = inner.start;
    let mut depth = 0usize;
    let mut push = |range: Range<usize>| {
        let text = front.get(range.clone()).unwrap_or_default();
        let lead = text.len() - text.trim_start().len();
        let range = range.start + lead..range.start + lead + text.trim().len();
        if !range.is_empty() {
            items.push(range);
        }
    };
    while position < inner.end {
        match bytes.get(position)? {
            quote @ (b'"' | b'\'') if starts_token(bytes, position) => {
                position = quoted_end(bytes, position, *quote)?;
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'#' if starts_token(bytes, position) => return None,
            b',' if depth == 0 => {
                push(start..position);
                start = position + 1;
            }
            _ => {}
        }
        position += 1;
    }
    push(start..inner.end);
    Some(items)
}

fn entry(front: &str, start: usize, line: u32) -> Option<Entry> {
    let bytes = front.as_bytes();
    let text = line_at(front, start);
    let (key, after_colon) = key(text)?;
    let after_colon = start + after_colon;
    let line_end = start + text.len();
    let mut at = after_colon;
    while matches!(bytes.get(at), Some(b' ' | b'\t')) {
        at += 1;
    }
    let (style, value, end) = match bytes.get(at) {
        None | Some(b'\n' | b'\r' | b'#') => below(front, after_colon, line_end),
        Some(quote @ (b'"' | b'\'')) => {
            let end = quoted_end(bytes, at, *quote)?;
            let style = if *quote == b'"' { Style::Double } else { Style::Single };
            (style, at..end, rest_of_line(front, end)?)
        }
        Some(open @ (b'[' | b'{')) => {
            let end = flow_end(bytes, at)?;
            let style = if *open == b'[' { Style::FlowList } else { Style::FlowMap };
            (style, at..end, rest_of_line(front, end)?)
        }
        Some(b'|' | b'>') => {
            let (last, end) = indented(front, line_end, false);
            (
                Style::BlockScalar,
                at..last.unwrap_or(trimmed_end(front, at, line_end)),
                end,
            )
        }
        Some(b'&' | b'*' | b'!') => {
            let (last, end) = indented(front, line_end, true);
            (Style::Opaque, at..last.unwrap_or(trimmed_end(front, at, line_end)), end)
        }
        Some(_) => {
            let first = front.get(at..line_end).unwrap_or_default();
            let comment = first.find(" #").or_else(|| first.find("\t#"));
            let first_end = trimmed_end(front, at, at + comment.unwrap_or(first.len()));
            match comment {
                Some(_) => (Style::Plain, at..first_end, line_end),
                None => {
                    let (last, end) = indented(front, line_end, false);
                    (Style::Plain, at..last.unwrap_or(first_end), end)
                }
            }
        }
    };
    Some(Entry {
        key,
        start,
        after_colon,
        value,
        end,
        style,
        line,
    })
}

/// The key of a line and where its colon ends.
fn key(line: &str) -> Option<(String, usize)> {
    let bytes = line.as_bytes();
    let (key, colon) = match bytes.first()? {
        quote @ (b'"' | b'\'') => {
            let end = quoted_end(bytes, 0, *quote)?;
            let gap = line.get(end..)?.find(':')?;
            if !line.get(end..end + gap)?.trim().is_empty() {
                return None;
            }
            (line.get(1..end - 1)?.to_owned(), end + gap)
        }
        b' ' | b'\t' | b'-' | b'?' | b'{' | b'[' | b'&' | b'*' | b'!' | b'%' | b'@' | b'`' | b'|' | b'>' => {
            return None;
        }
        _ => {
            let colon = line
                .match_indices(':')
                .map(|(at, _)| at)
                .find(|at| matches!(bytes.get(at + 1), None | Some(b' ' | b'\t' | b'\n' | b'\r')))?;
            (line.get(..colon)?.trim_end().to_owned(), colon)
        }
    };
    Some((key, colon + 1))
}

/// A value that begins on the lines below its key, or nothing.
fn below(front: &str, after_colon: usize, line_end: usize) -> (Style, Range<usize>, usize) {
    let (last, end) = indented(front, line_end, true);
    let Some(last) = last else {
        return (Style::Empty, after_colon..after_colon, line_end);
    };
    let mut first = line_end;
    while is_blank_or_comment(line_at(front, first)) && first < last {
        first += line_at(front, first).len();
    }
    let content = line_at(front, first).trim_start();
    let style = match content.as_bytes().first() {
        _ if is_dash(content) => Style::BlockList,
        Some(b'&' | b'*' | b'!' | b'"' | b'\'' | b'[' | b'{' | b'|' | b'>') => Style::Opaque,
        _ if key(content).is_some() => Style::BlockMap,
        _ => Style::Opaque,
    };
    (style, line_end..last, end)
}

/// Where the indented lines (and, on request, `-` lines) from `position` on end: the end of the
/// last one's content, and the end of its line. Blank lines and comments count only between.
fn indented(front: &str, mut position: usize, dashes: bool) -> (Option<usize>, usize) {
    let mut end = position;
    let mut last = None;
    while position < front.len() {
        let line = line_at(front, position);
        let next = position + line.len();
        let inside = line.starts_with([' ', '\t']) || (dashes && is_dash(line));
        if inside && !line.trim().is_empty() && !(dashes && is_blank_or_comment(line)) {
            last = Some(trimmed_end(front, position, next));
            end = next;
        } else if !is_blank_or_comment(line) {
            break;
        }
        position = next;
    }
    (last, end)
}

fn line_at(front: &str, position: usize) -> &str {
    front
        .get(position..)
        .and_then(|rest| rest.split_inclusive('\n').next())
        .unwrap_or_default()
}

fn is_blank_or_comment(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn is_dash(line: &str) -> bool {
    let mut bytes = line.bytes();
    bytes.next() == Some(b'-') && matches!(bytes.next(), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}

fn trimmed_end(front: &str, start: usize, end: usize) -> usize {
    start + front.get(start..end).map_or(0, |text| text.trim_end().len())
}

/// Where the line of a closed value ends, unless something other than a comment follows it.
fn rest_of_line(front: &str, position: usize) -> Option<usize> {
    let rest = line_at(front, position);
    is_blank_or_comment(rest).then_some(position + rest.len())
}

/// The byte after the closing quote.
fn quoted_end(bytes: &[u8], open: usize, quote: u8) -> Option<usize> {
    let mut position = open + 1;
    loop {
        let byte = *bytes.get(position)?;
        if byte == b'\\' && quote == b'"' {
            position += 2;
        } else if byte != quote {
            position += 1;
        } else if quote == b'\'' && bytes.get(position + 1) == Some(&b'\'') {
            position += 2;
        } else {
            return Some(position + 1);
        }
    }
}

/// The byte after the bracket that closes a flow collection.
fn flow_end(bytes: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut position = open;
    loop {
        match bytes.get(position)? {
            quote @ (b'"' | b'\'') if starts_token(bytes, position) => {
                position = quoted_end(bytes, position, *quote)?;
                continue;
            }
            b'#' if position > 0 && matches!(bytes.get(position - 1), Some(b' ' | b'\t' | b'\n')) => {
                while *bytes.get(position)? != b'\n' {
                    position += 1;
                }
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(position + 1);
                }
            }
            _ => {}
        }
        position += 1;
    }
}

/// Whether a quote or `#` at this place begins something, rather than standing in a plain word.
fn starts_token(bytes: &[u8], position: usize) -> bool {
    let before = bytes.get(..position).unwrap_or_default();
    let last = before
        .iter()
        .rev()
        .find(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    let spaced = before.last().is_some_and(|byte| byte.is_ascii_whitespace());
    match bytes.get(position) {
        Some(b'#') => spaced,
        _ => matches!(last, None | Some(b'[' | b'{' | b',' | b':')),
    }
}
