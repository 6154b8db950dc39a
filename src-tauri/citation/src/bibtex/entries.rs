//! Cutting a file into its entries.

/// A part of a file that begins with `@word{`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block<'a> {
    pub text: &'a str,
    pub kind: BlockKind,
    /// From 1.
    pub line: u32,
    /// Whether its brace is closed.
    pub closed: bool,
    /// How deep its braces lie within one another.
    pub depth: i32,
    /// Whether nothing comes after it.
    pub last: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Entry,
    /// `@string`, `@comment`, `@preamble`.
    Other,
}

impl Block<'_> {
    /// Whether it defines an abbreviation.
    pub(super) fn is_string(&self) -> bool {
        name_of(self.text).eq_ignore_ascii_case("string")
    }

    /// What stands where the key should.
    pub(super) fn key(&self) -> Option<String> {
        let inner = self.text.split_once(['{', '('])?.1;
        let key = inner.split([',', '\n', '}']).next()?.trim();
        (!key.is_empty() && key.len() < 200 && !key.contains('=')).then(|| key.to_owned())
    }
}

/// The blocks of a file, in order. What stands between them is a comment, as in BibTeX. One that is not closed ends where
/// the next one begins at the head of a line.
pub(super) fn blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut line = 1u32;
    let mut counted = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find('@')?;
            let Some(open) = opening(text, start) else {
                at = start + 1;
                continue;
            };
            let passed = bytes.get(counted..start).unwrap_or_default();
            line += u32::try_from(passed.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0);
            counted = start;
            let (end, closed, depth) = end_of(text, open);
            at = end;
            let block = text.get(start..end)?;
            let name = name_of(block).to_ascii_lowercase();
            let kind = match name.as_str() {
                "string" | "comment" | "preamble" => BlockKind::Other,
                _ => BlockKind::Entry,
            };
            let last = !text.get(end..).unwrap_or_default().contains('@');
            return Some(Block {
                text: block,
                kind,
                line,
                closed,
                depth,
                last,
            });
        }
    })
}

fn name_of(block: &str) -> &str {
    let name = block.trim_start_matches('@').trim_start();
    name.split(|one: char| !one.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// Where the brace of an entry stands, when an entry begins there.
fn opening(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at + 1..)?;
    let after_blanks = rest.trim_start_matches([' ', '\t']);
    let name = after_blanks
        .find(|one: char| !one.is_ascii_alphabetic())
        .filter(|length| *length > 0 && *length < 40)?;
    let behind = after_blanks.get(name..)?;
    let brace = behind.trim_start_matches([' ', '\t', '\r', '\n']);
    brace.starts_with(['{', '(']).then(|| text.len() - brace.len())
}

/// Where an entry ends whose brace stands there, whether it was closed, and how deep its braces lie.
fn end_of(text: &str, open: usize) -> (usize, bool, i32) {
    let bytes = text.as_bytes();
    let round = bytes.get(open) == Some(&b'(');
    let mut depth = 0i32;
    let mut deepest = 0;
    let mut at = open;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'(' if round && at == open => depth += 1,
            b'}' => depth -= 1,
            b')' if round && depth == 1 => depth = 0,
            b'\n' if begins_entry(text, at + 1) => return (at + 1, false, deepest),
            _ => {}
        }
        at += 1;
        deepest = deepest.max(depth);
        if depth <= 0 {
            return (at.min(text.len()), true, deepest);
        }
    }
    (text.len(), false, deepest)
}

/// Whether an entry with a key begins at the head of this line. Lines within fields begin so very seldom.
fn begins_entry(text: &str, at: usize) -> bool {
    if text.as_bytes().get(at) != Some(&b'@') {
        return false;
    }
    let Some(open) = opening(text, at) else { return false };
    let inner = text.get(open + 1..).unwrap_or_default();
    let head: &str = inner.split(['\n', '{', '}']).next().unwrap_or_default();
    head.contains(',') || head.contains('=')
}
