//! Marks and literals written one after the other, and what has to be escaped in the latter.

use super::{closes, opens};

/// Where a literal stands, which decides what would be read as a mark in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Mark,
    Outside,
    Inside,
    Substituted,
}

/// Marks and literals one after the other; what to escape shows when all of it is known.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    /// Where each part ends, and what it is.
    parts: Vec<(usize, Place)>,
}

impl Writer {
    pub(super) fn mark(&mut self, mark: &str) {
        self.literal(mark, Place::Mark);
    }

    pub(super) fn marked(&mut self, start: &str, text: &str, end: &str) {
        self.mark(start);
        self.literal(text, Place::Inside);
        self.mark(end);
    }

    pub(super) fn literal(&mut self, text: &str, place: Place) {
        self.text.push_str(text);
        match self.parts.last_mut() {
            Some((end, last)) if *last == place => *end = self.text.len(),
            _ => self.parts.push((self.text.len(), place)),
        }
    }

    pub(super) fn finish(self) -> String {
        let bytes = self.text.as_bytes();
        let mut out = String::with_capacity(bytes.len() + 64);
        let mut from = 0;
        for &(end, place) in &self.parts {
            if place == Place::Mark {
                out.push_str(&self.text[from..end]);
                from = end;
                continue;
            }
            let start = from;
            let mut copied = from;
            let mut at = from;
            while let Some(found) = memchr::memchr3(b'{', b'}', b'>', &bytes[at..end])
                .map(|found| at + found)
                .or((end < bytes.len() && bytes[end] == b'{' && at < end).then_some(end))
            {
                at = found + 1;
                let run = bytes[copied..found]
                    .iter()
                    .rev()
                    .take_while(|byte| **byte == b'\\')
                    .count();
                // Where the sign stands, but for the backslashes before it.
                let bare = found - run;
                let special = match bytes[found] {
                    b'{' => opens(&self.text, found) || place == Place::Outside && bare == start && start > 0,
                    b'}' => place != Place::Outside && closes(&self.text, bare),
                    _ => place == Place::Substituted && bare > start && self.text[..bare].ends_with('~'),
                };
                if !special {
                    continue;
                }
                out.push_str(&self.text[copied..found]);
                out.push_str(&"\\".repeat(run));
                copied = found;
                if found == end {
                    break;
                }
                out.push('\\');
            }
            out.push_str(&self.text[copied..end]);
            from = end;
        }
        out
    }
}
