//! A redline as CriticMarkup, written and read.
//!
//! `{++came++}`, `{--gone--}`, `{~~old~>new~~}`. The two ends of a move are a deletion and an insertion with one name
//! behind them: `{--moved--}{#m1}` … `{++moved++}{#m1}`. Marks stand around whole links, spans and blocks of code, in
//! which CriticMarkup is not read.
//!
//! Where a text itself says what would be read as a mark, a backslash stands before its brace (`\{++`), and backslashes
//! before such a brace are doubled; so are those before `}` within a mark and before `>` within a substitution. Read
//! back by [`from_critic`], every text comes out to the byte.

use std::ops::Range;

use super::blocks::{BlockKind, blocks};
use super::{Mismatch, Nature, Redline, What};

/// What a text in CriticMarkup says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CriticText {
    /// The text with every change refused.
    pub old: String,
    /// The text with every change accepted.
    pub new: String,
    /// The names of marks that have one (`{#m1}`), in order; a move names both of its ends.
    pub names: Vec<String>,
}

impl Redline {
    /// The old text with its changes in CriticMarkup. Without `typography`, changes of typography alone are not marked:
    /// the new text stands there, and refusing every change gives the old words in it.
    ///
    /// # Errors
    /// [`Mismatch`] when `old` is another text.
    pub fn to_critic(&self, old: &str, typography: bool) -> Result<String, Mismatch> {
        let new = self.apply(old)?;
        let mut pieces: Vec<Piece> = Vec::with_capacity(self.ops.len());
        for op in &self.ops {
            let kind = match &op.what {
                What::Same => Kind::Same,
                What::Change { nature, .. } if *nature == Nature::Typography && !typography => Kind::Folded,
                What::Change { .. } => Kind::Change,
                What::MovedFrom { id } => Kind::From(*id),
                What::MovedTo { id } => Kind::To(*id),
            };
            pieces.push(Piece {
                old: op.old.clone(),
                new: op.new.clone(),
                kind,
            });
        }
        let pieces = around_links(pieces, old, &new);
        let pieces = around_code(pieces, old, |piece| &piece.old);
        let pieces = around_code(pieces, &new, |piece| &piece.new);
        let mut out = Writer::default();
        for piece in &pieces {
            let (gone, came) = (&old[piece.old.clone()], &new[piece.new.clone()]);
            match piece.kind {
                Kind::Same | Kind::Folded => out.literal(came, Place::Outside),
                Kind::From(id) => {
                    out.marked("{--", gone, "--}");
                    out.mark(&format!("{{#m{id}}}"));
                }
                Kind::To(id) => {
                    out.marked("{++", came, "++}");
                    out.mark(&format!("{{#m{id}}}"));
                }
                Kind::Change if gone.is_empty() => out.marked("{++", came, "++}"),
                Kind::Change if came.is_empty() => out.marked("{--", gone, "--}"),
                Kind::Change => {
                    out.mark("{~~");
                    out.literal(gone, Place::Substituted);
                    out.mark("~>");
                    out.literal(came, Place::Substituted);
                    out.mark("~~}");
                }
            }
        }
        Ok(out.finish())
    }
}

/// Reads CriticMarkup. A mark that nothing closes is text; what is marked (`{==a==}`) is text, and comments (`{>>c<<}`)
/// are left out on both sides.
pub fn from_critic(text: &str) -> CriticText {
    let mut found = CriticText::default();
    let mut rest = text;
    // Kinds that are known to be closed nowhere in what is left.
    let mut open: Vec<&str> = Vec::new();
    while let Some(at) = rest.find(['{', '\\']) {
        both(&mut found, &rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('\\') {
            let (said, length) = escaped(rest, |sign| sign == '{');
            both(&mut found, &said);
            rest = &rest[length..];
            continue;
        }
        let kind = KINDS.iter().find(|(start, _)| rest.starts_with(start));
        let Some((start, end)) = kind.filter(|(start, _)| !open.contains(start)) else {
            both(&mut found, "{");
            rest = &rest[1..];
            continue;
        };
        let Some((gone, came, length)) = inside(&rest[3..], start, end) else {
            open.push(start);
            continue;
        };
        match *start {
            "{++" => found.new.push_str(&gone),
            "{--" => found.old.push_str(&gone),
            "{==" => both(&mut found, &gone),
            "{>>" => {}
            _ => {
                found.old.push_str(&gone);
                found.new.push_str(&came);
            }
        }
        rest = &rest[3 + length..];
        if let Some((name, after)) = rest.strip_prefix("{#").and_then(|rest| rest.split_once('}'))
            && !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        {
            found.names.push(name.to_owned());
            rest = after;
        }
    }
    both(&mut found, rest);
    found
}

/// How marks begin and end.
const KINDS: [(&str, &str); 5] = [
    ("{++", "++}"),
    ("{--", "--}"),
    ("{~~", "~~}"),
    ("{==", "==}"),
    ("{>>", "<<}"),
];

fn both(found: &mut CriticText, text: &str) {
    found.old.push_str(text);
    found.new.push_str(text);
}

/// What a run of backslashes says, with the sign behind it if they escape it; and how many bytes that is.
fn escaped(rest: &str, is_special: impl Fn(char) -> bool) -> (String, usize) {
    let run = rest.len() - rest.trim_start_matches('\\').len();
    match rest[run..].chars().next().filter(|sign| is_special(*sign)) {
        Some(sign) if run % 2 == 1 => ("\\".repeat(run / 2) + sign.encode_utf8(&mut [0; 4]), run + 1),
        Some(_) => ("\\".repeat(run / 2), run),
        None => ("\\".repeat(run), run),
    }
}

/// What stands in a mark up to its end, both sides of a substitution, and the bytes with the end; nothing where no end is.
fn inside(text: &str, start: &str, end: &str) -> Option<(String, String, usize)> {
    let substituted = start == "{~~";
    let (mut gone, mut came) = (String::new(), String::new());
    let mut parted = false;
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let next = rest.find(['\\', '+', '-', '~', '=', '<'])?;
        let side = if parted { &mut came } else { &mut gone };
        side.push_str(&rest[..next]);
        let rest = &rest[next..];
        at += next;
        if rest.starts_with('\\') {
            let special = |sign| matches!(sign, '{' | '}') || sign == '>' && substituted;
            let (said, length) = escaped(rest, special);
            side.push_str(&said);
            at += length;
        } else if rest.starts_with(end) && (parted || !substituted) {
            return Some((gone, came, at + 3));
        } else if substituted && !parted && rest.starts_with("~>") {
            parted = true;
            at += 2;
        } else {
            side.push_str(&rest[..1]);
            at += 1;
        }
    }
}

/// A stretch of both texts.
#[derive(Debug, Clone)]
struct Piece {
    old: Range<usize>,
    new: Range<usize>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Same,
    Folded,
    Change,
    From(u32),
    To(u32),
}

/// A link of which the address changed is marked as a whole: half a link is none.
fn around_links(pieces: Vec<Piece>, old: &str, new: &str) -> Vec<Piece> {
    let mut done: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let is_end = |text: &str| text.starts_with("](") || text.starts_with("][");
        let ends_link =
            piece.kind == Kind::Change && (is_end(&old[piece.old.clone()]) || is_end(&new[piece.new.clone()]));
        done.push(piece);
        if !ends_link {
            continue;
        }
        let last = done.len() - 1;
        // Back to the bracket that opens the link.
        let opening = done[..last]
            .iter()
            .enumerate()
            .rev()
            .take(24)
            .try_fold((), |(), (at, piece)| {
                let text = &new[piece.new.clone()];
                let gone = &old[piece.old.clone()];
                match piece.kind {
                    Kind::From(_) | Kind::To(_) => Err(None),
                    Kind::Change if text.contains('[') || gone.contains('[') => Err(Some((at, 0))),
                    Kind::Same if text.contains('[') => {
                        let bracket = text.rfind('[').unwrap_or_default();
                        let image = usize::from(text[..bracket].ends_with('!'));
                        Err((!text[bracket..].contains("\n\n")).then_some((at, bracket - image)))
                    }
                    _ if text.contains("\n\n") => Err(None),
                    _ => Ok(()),
                }
            });
        if let Err(Some((at, offset))) = opening {
            let mut merged = done[at].clone();
            merged.old.start += offset;
            merged.new.start += offset;
            merged.old.end = done[last].old.end;
            merged.new.end = done[last].new.end;
            merged.kind = Kind::Change;
            done[at].old.end = merged.old.start;
            done[at].new.end = merged.new.start;
            done.truncate(if offset > 0 { at + 1 } else { at });
            done.push(merged);
        }
    }
    done
}

/// A fenced block of code of which a part changed is marked as a whole: in it, a mark would be code.
fn around_code(mut pieces: Vec<Piece>, text: &str, side: fn(&Piece) -> &Range<usize>) -> Vec<Piece> {
    for block in blocks(text) {
        if block.kind != BlockKind::Code {
            continue;
        }
        let code = block.range;
        let first = pieces.partition_point(|piece| side(piece).end <= code.start);
        let last = pieces.partition_point(|piece| side(piece).start < code.end);
        let Some(touched) = pieces.get(first..last) else {
            continue;
        };
        let moves = touched
            .iter()
            .any(|piece| matches!(piece.kind, Kind::From(_) | Kind::To(_)));
        if touched.len() < 2 || moves {
            continue;
        }
        let (mut head, mut tail) = (touched[0].clone(), touched[touched.len() - 1].clone());
        let mut whole = Piece {
            old: head.old.start..tail.old.end,
            new: head.new.start..tail.new.end,
            kind: Kind::Change,
        };
        let mut merged = Vec::new();
        // What is the same before and behind the code stays outside.
        if head.kind == Kind::Same && side(&head).start < code.start {
            let length = code.start - side(&head).start;
            (head.old.end, head.new.end) = (head.old.start + length, head.new.start + length);
            (whole.old.start, whole.new.start) = (head.old.end, head.new.end);
            merged.push(head);
        }
        let after = (tail.kind == Kind::Same && side(&tail).end > code.end).then(|| {
            let length = side(&tail).end - code.end;
            (tail.old.start, tail.new.start) = (tail.old.end - length, tail.new.end - length);
            (whole.old.end, whole.new.end) = (tail.old.start, tail.new.start);
            tail
        });
        merged.push(whole);
        merged.extend(after);
        pieces.splice(first..last, merged);
    }
    pieces
}

/// Where a literal stands, which decides what would be read as a mark in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Mark,
    Outside,
    Inside,
    Substituted,
}

/// Marks and literals one after the other; what to escape shows when all of it is known.
#[derive(Default)]
struct Writer {
    text: String,
    /// Where each part ends, and what it is.
    parts: Vec<(usize, Place)>,
}

impl Writer {
    fn mark(&mut self, mark: &str) {
        self.literal(mark, Place::Mark);
    }

    fn marked(&mut self, start: &str, text: &str, end: &str) {
        self.mark(start);
        self.literal(text, Place::Inside);
        self.mark(end);
    }

    fn literal(&mut self, text: &str, place: Place) {
        self.text.push_str(text);
        match self.parts.last_mut() {
            Some((end, last)) if *last == place => *end = self.text.len(),
            _ => self.parts.push((self.text.len(), place)),
        }
    }

    fn finish(self) -> String {
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
                let sign = bytes[found];
                let special = match sign {
                    b'{' => true,
                    b'}' => place != Place::Outside,
                    _ => place == Place::Substituted,
                };
                if !special {
                    continue;
                }
                let run = bytes[copied..found]
                    .iter()
                    .rev()
                    .take_while(|byte| **byte == b'\\')
                    .count();
                out.push_str(&self.text[copied..found]);
                out.push_str(&"\\".repeat(run));
                copied = found;
                if found == end {
                    break;
                }
                let before = bytes.get(found.saturating_sub(2)..found).unwrap_or_default();
                let reads_as_mark = match sign {
                    b'{' => {
                        let behind = bytes.get(found + 1..found + 3).unwrap_or_default();
                        let opens = matches!(behind, b"++" | b"--" | b"~~" | b"==" | b">>");
                        opens || (found == start && found > 0)
                    }
                    b'}' => matches!(before, b"++" | b"--" | b"~~" | b"==" | b"<<"),
                    _ => before.ends_with(b"~"),
                };
                if reads_as_mark {
                    out.push('\\');
                }
            }
            out.push_str(&self.text[copied..end]);
            from = end;
        }
        out
    }
}
