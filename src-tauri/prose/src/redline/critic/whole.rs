//! Marks around whole links and blocks of code, for half of one is none.

use std::collections::VecDeque;
use std::ops::Range;

use crate::redline::blocks::{BlockKind, blocks};

/// A stretch of both texts.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Same,
    Folded,
    Change,
    From(u32),
    To(u32),
}

/// A link of which the address changed is marked as a whole: half a link is none.
pub(super) fn around_links(pieces: Vec<Piece>, old: &str, new: &str) -> Vec<Piece> {
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
pub(super) fn around_code(pieces: Vec<Piece>, text: &str, side: fn(&Piece) -> &Range<usize>) -> Vec<Piece> {
    let mut done: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest = VecDeque::from(pieces);
    for code in blocks(text).into_iter().filter(|block| block.kind == BlockKind::Code) {
        let code = code.range;
        while rest.front().is_some_and(|piece| side(piece).end <= code.start) {
            done.extend(rest.pop_front());
        }
        let mut touched: Vec<Piece> = Vec::new();
        while rest.front().is_some_and(|piece| side(piece).start < code.end) {
            touched.extend(rest.pop_front());
        }
        let moves = touched
            .iter()
            .any(|piece| matches!(piece.kind, Kind::From(_) | Kind::To(_)));
        let (Some(mut head), Some(mut tail)) = (touched.first().cloned(), touched.last().cloned()) else {
            continue;
        };
        if touched.len() < 2 || moves {
            // The last one may reach into the next block of code.
            touched.pop();
            done.append(&mut touched);
            rest.push_front(tail);
            continue;
        }
        let mut whole = Piece {
            old: head.old.start..tail.old.end,
            new: head.new.start..tail.new.end,
            kind: Kind::Change,
        };
        // What is the same before and behind the code stays outside.
        if head.kind == Kind::Same && side(&head).start < code.start {
            let length = code.start - side(&head).start;
            (head.old.end, head.new.end) = (head.old.start + length, head.new.start + length);
            (whole.old.start, whole.new.start) = (head.old.end, head.new.end);
            done.push(head);
        }
        if tail.kind == Kind::Same && side(&tail).end > code.end {
            let length = side(&tail).end - code.end;
            (tail.old.start, tail.new.start) = (tail.old.end - length, tail.new.end - length);
            (whole.old.end, whole.new.end) = (tail.old.start, tail.new.start);
            rest.push_front(tail);
        }
        done.push(whole);
    }
    done.extend(rest);
    done
}
