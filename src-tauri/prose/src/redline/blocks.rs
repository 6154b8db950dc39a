//! A text cut into blocks, line by line.
//!
//! The redline needs every byte of a text, also of one that no parser would take, and it needs nothing of what stands
//! inside of a paragraph: so blocks are found by how their lines begin, in one walk, instead of from a tree.

use std::ops::Range;

use crate::frontmatter;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A line of the front matter.
    Front,
    Heading,
    Paragraph,
    Item,
    /// The definition of a footnote.
    Note,
    /// A line of a table.
    Row,
    /// A fenced block of code.
    Code,
    /// A thematic break, or the line below the head of a table.
    Rule,
}

/// A block, without the line end behind it.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) range: Range<usize>,
    /// Where the marks that it begins with (`> `, `## `, `- `, `[^1]: `) end.
    pub(super) words: usize,
    /// Its lines begin with `>`.
    pub(super) quoted: bool,
}

/// The blocks of a text, in order; what stands between two is blank.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut walk = Walk {
        text,
        found: Vec::new(),
        open: None,
        fence: None,
    };
    let body = frontmatter::split(text).body_start;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        // A byte order mark is no part of a block.
        let start = if at == 0 && line.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            at
        };
        if at < body {
            walk.push_front(start..end);
        } else {
            walk.take(start..end);
        }
        at += line.len();
    }
    walk.close();
    walk.found
}

struct Walk<'a> {
    text: &'a str,
    found: Vec<Block>,
    /// The block that the next line may go on with.
    open: Option<Block>,
    /// The sign and the length of the fence that is open.
    fence: Option<(char, usize)>,
}

impl Walk<'_> {
    fn push_front(&mut self, line: Range<usize>) {
        if !self.text[line.clone()].trim().is_empty() {
            let words = line.start;
            self.found.push(Block {
                kind: BlockKind::Front,
                range: line,
                words,
                quoted: false,
            });
        }
    }

    fn take(&mut self, line: Range<usize>) {
        let whole = &self.text[line.clone()];
        let quote = quote_marks(whole);
        let rest = &whole[quote..];
        let bare = rest.trim_start();
        let at = line.end - bare.len();
        if let Some((sign, length)) = self.fence {
            self.extend(line.end);
            let run = bare.len() - bare.trim_start_matches(sign).len();
            if run >= length && bare[run..].trim().is_empty() {
                self.fence = None;
                self.close();
            }
            return;
        }
        if bare.is_empty() {
            self.close();
            return;
        }
        let quoted = quote > 0;
        if let Some(fence) = fence(bare) {
            self.start(BlockKind::Code, line, at, quoted);
            self.fence = Some(fence);
        } else if let Some(marks) = heading(bare) {
            self.start(BlockKind::Heading, line, at + marks, quoted);
            self.close();
        } else if is_underline(bare) && self.is_in_paragraph(quoted) {
            self.extend(line.end);
            if let Some(open) = &mut self.open {
                open.kind = BlockKind::Heading;
            }
            self.close();
        } else if is_rule(bare) {
            self.start(BlockKind::Rule, line, at, quoted);
            self.close();
        } else if bare.starts_with('|') {
            self.start(BlockKind::Row, line, at, quoted);
            self.close();
        } else if let Some(marks) = item(bare) {
            self.start(BlockKind::Item, line, at + marks, quoted);
        } else if let Some(marks) = note(bare) {
            self.start(BlockKind::Note, line, at + marks, quoted);
        } else if self.open.as_ref().is_some_and(|open| open.quoted == quoted) {
            self.extend(line.end);
        } else {
            self.start(BlockKind::Paragraph, line, at, quoted);
        }
    }

    fn start(&mut self, kind: BlockKind, line: Range<usize>, words: usize, quoted: bool) {
        self.close();
        self.open = Some(Block {
            kind,
            range: line,
            words,
            quoted,
        });
    }

    fn extend(&mut self, end: usize) {
        if let Some(open) = &mut self.open {
            open.range.end = end;
        }
    }

    fn is_in_paragraph(&self, quoted: bool) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| open.kind == BlockKind::Paragraph && open.quoted == quoted)
    }

    fn close(&mut self) {
        self.found.extend(self.open.take());
    }
}

/// The bytes of the `>` at the head of a line, with the blanks around them; 0 where there is none.
pub(super) fn quote_marks(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut end = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => end = at + 1,
            b' ' | b'\t' => {}
            _ => break,
        }
        at += 1;
    }
    if end > 0 && bytes.get(end) == Some(&b' ') {
        end + 1
    } else {
        end
    }
}

fn fence(bare: &str) -> Option<(char, usize)> {
    let sign = bare.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let rest = bare.trim_start_matches(sign);
    let length = bare.len() - rest.len();
    (length >= 3 && !(sign == '`' && rest.contains('`'))).then_some((sign, length))
}

fn heading(bare: &str) -> Option<usize> {
    let rest = bare.trim_start_matches('#');
    let level = bare.len() - rest.len();
    let words = rest.trim_start_matches([' ', '\t']);
    ((1..=6).contains(&level) && (rest.is_empty() || words.len() < rest.len())).then(|| bare.len() - words.len())
}

fn is_underline(bare: &str) -> bool {
    let line = bare.trim_end();
    line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-')
}

/// `---`, `* * *`, and the line that parts the head of a table from its rows.
fn is_rule(bare: &str) -> bool {
    let mut signs = 0;
    let first = bare.bytes().next();
    let table = first == Some(b'|') || first == Some(b':');
    for byte in bare.bytes() {
        match byte {
            b' ' | b'\t' => {}
            b'|' | b':' | b'-' if table => signs += 1,
            b'-' | b'*' | b'_' if Some(byte) == first => signs += 1,
            _ => return false,
        }
    }
    signs >= 3
}

/// The bytes of the mark of an item, with its blank and the box of a task.
fn item(bare: &str) -> Option<usize> {
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let mark = if digits == 0 {
        bare.starts_with(['-', '*', '+']).then_some(1)?
    } else {
        (digits < 10 && bare[digits..].starts_with(['.', ')'])).then_some(digits + 1)?
    };
    let rest = &bare[mark..];
    let words = rest.trim_start_matches([' ', '\t']);
    (words.len() < rest.len() || rest.is_empty()).then(|| bare.len() - words.len())
}

fn note(bare: &str) -> Option<usize> {
    let name = bare.strip_prefix("[^")?;
    let end = name.find(']').filter(|end| (1..=100).contains(end))?;
    let rest = name[end + 1..].strip_prefix(':')?;
    Some(bare.len() - rest.trim_start_matches([' ', '\t']).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_its_blocks_begin() {
        let text = "---\ntitle: A\n---\n\n# Un\nDeux\ntrois\n\n- a\n  suite\n- b\n> q\n> r\n>\n> s\n\n| a |\n|---|\n| b |\n\n\
                    ```rs\nlet a;\n\nlet b;\n```\nTitre\n-----\n\n***\n[^1]: note\n";
        let found: Vec<(BlockKind, &str)> = blocks(text)
            .into_iter()
            .map(|block| (block.kind, &text[block.range]))
            .collect();
        assert_eq!(
            found,
            [
                (BlockKind::Front, "---"),
                (BlockKind::Front, "title: A"),
                (BlockKind::Front, "---"),
                (BlockKind::Heading, "# Un"),
                (BlockKind::Paragraph, "Deux\ntrois"),
                (BlockKind::Item, "- a\n  suite"),
                (BlockKind::Item, "- b"),
                (BlockKind::Paragraph, "> q\n> r"),
                (BlockKind::Paragraph, "> s"),
                (BlockKind::Row, "| a |"),
                (BlockKind::Rule, "|---|"),
                (BlockKind::Row, "| b |"),
                (BlockKind::Code, "```rs\nlet a;\n\nlet b;\n```"),
                (BlockKind::Heading, "Titre\n-----"),
                (BlockKind::Rule, "***"),
                (BlockKind::Note, "[^1]: note"),
            ]
        );
    }
}
