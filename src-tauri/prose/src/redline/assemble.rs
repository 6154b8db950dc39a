//! From matched units and tokens to the operations of a redline.

use std::ops::Range;

use super::align::{Alignment, Group};
use super::emit::Emit;
use super::tokens::{Class, Keys};
use super::units::{Reading, Unit};
use super::words;
use super::{Move, Op, What};

/// The operations and the moves, not numbered yet: the number of a move is its place in the list.
pub(super) fn assemble(old: &Reading, new: &Reading, keys: &Keys, alignment: &Alignment) -> (Vec<Op>, Vec<Move>) {
    let spans = |side: fn(&Group) -> &Range<usize>, units: &[Unit]| {
        let mut spans: Vec<Span> = alignment
            .moved
            .iter()
            .enumerate()
            .map(|(number, group)| Span::of(number, side(group), units))
            .collect();
        spans.sort_by_key(|span| span.tokens.start);
        spans
    };
    let (from, to) = (
        spans(|group| &group.old, &old.units),
        spans(|group| &group.new, &new.units),
    );
    let matched = match_tokens(old, new, keys, &alignment.kept);
    let pairs = close_in(old, new, keys, &matched, &from, &to);
    let mut moves = Vec::with_capacity(alignment.moved.len());
    for group in &alignment.moved {
        let (one, two) = (tokens_of(&group.old, &old.units), tokens_of(&group.new, &new.units));
        let pairs: Vec<(usize, usize)> =
            words::align(&old.tokens[one.clone()], &new.tokens[two.clone()], &keys.weights)
                .into_iter()
                .map(|(a, b)| (one.start + a, two.start + b))
                .collect();
        let bytes = |reading: &Reading, range: &Range<usize>| {
            reading.tokens[range.start].start..reading.tokens[range.end - 1].end
        };
        let (inner_old, inner_new) = (bytes(old, &one), bytes(new, &two));
        let mut inner = Emit::new(old, new, inner_old.start, inner_new.start);
        inner.all(
            &pairs,
            one.start,
            two.start,
            (one.end, inner_old.end),
            (two.end, inner_new.end),
            [&[], &[]],
        );
        moves.push(Move {
            id: 0,
            old: inner_old.clone(),
            new: inner_new.clone(),
            inner_old,
            inner_new,
            removed: String::new(),
            added: String::new(),
            ops: inner.ops,
        });
    }
    let mut emit = Emit::new(old, new, 0, 0);
    let (last_old, last_new) = (old.tokens.len() - 1, new.tokens.len() - 1);
    emit.all(
        &pairs,
        0,
        0,
        (last_old, old.text.len()),
        (last_new, new.text.len()),
        [&from, &to],
    );
    for op in &emit.ops {
        match op.what {
            What::MovedFrom { id } => moves[id as usize].old = op.old.clone(),
            What::MovedTo { id } => moves[id as usize].new = op.new.clone(),
            _ => {}
        }
    }
    for found in &mut moves {
        found.removed = old.text[found.old.clone()].to_owned();
        found.added = new.text[found.new.clone()].to_owned();
    }
    (emit.ops, moves)
}

/// Tokens that moved, on one side.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) number: usize,
    pub(super) tokens: Range<usize>,
    /// They are whole blocks: the break beside them goes with them.
    pub(super) whole: bool,
}

impl Span {
    fn of(number: usize, range: &Range<usize>, units: &[Unit]) -> Self {
        let (first, last) = (&units[range.start], &units[range.end - 1]);
        let begins = range.start == 0 || units[range.start - 1].block != first.block;
        let ends = units.get(range.end).is_none_or(|after| after.block != last.block);
        Span {
            number,
            tokens: tokens_of(range, units),
            whole: begins && ends,
        }
    }
}

fn tokens_of(range: &Range<usize>, units: &[Unit]) -> Range<usize> {
    units[range.start].tokens.start..units[range.end - 1].tokens.end
}

/// The tokens of units that belong together, in pairs.
fn match_tokens(old: &Reading, new: &Reading, keys: &Keys, kept: &[Group]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(old.tokens.len());
    let mut at = 0;
    while let Some(first) = kept.get(at) {
        let mut group = first.clone();
        at += 1;
        // What is cut into sentences otherwise in the other text is compared as one.
        while !group.exact
            && let Some(next) = kept.get(at)
            && !next.exact
            && (next.old.start, next.new.start) == (group.old.end, group.new.end)
            && !(ends_sentence(old, group.old.end - 1) && ends_sentence(new, group.new.end - 1))
        {
            (group.old.end, group.new.end) = (next.old.end, next.new.end);
            at += 1;
        }
        let (one, two) = (tokens_of(&group.old, &old.units), tokens_of(&group.new, &new.units));
        let found = words::align(&old.tokens[one.clone()], &new.tokens[two.clone()], &keys.weights);
        pairs.extend(found.into_iter().map(|(a, b)| (one.start + a, two.start + b)));
        // The breaks behind blocks that belong together.
        if is_break(old, one.end) && is_break(new, two.end) && old.of(one.end) == new.of(two.end) {
            pairs.push((one.end, two.end));
        }
    }
    pairs
}

/// Whether whole sentences stand for whole sentences, more than one on either side.
pub(super) fn are_sentences(old: &Reading, olds: &Range<usize>, new: &Reading, news: &Range<usize>) -> bool {
    // The break behind the last one is no part of it.
    let bare = |reading: &Reading, range: &Range<usize>| {
        range.start..range.end - usize::from(range.len() > 1 && is_break(reading, range.end - 1))
    };
    old.are_units(&bare(old, olds)) && new.are_units(&bare(new, news)) && (old.has_units(olds) || new.has_units(news))
}

pub(super) fn is_break(reading: &Reading, token: usize) -> bool {
    reading.tokens[token].class == Class::Break
}

fn ends_sentence(reading: &Reading, unit: usize) -> bool {
    let own = &reading.units[unit];
    let last = &reading.tokens[own.tokens.end - 1];
    let ends_block = reading.units.get(unit + 1).is_none_or(|next| next.block != own.block);
    ends_block
        || reading.text[..last.end].ends_with([
            '.', '!', '?', '…', '؟', '»', '”', '"', ')', ']', '*', '_', '’', ':', '`',
        ])
}

/// Adds to the pairs what else agrees between two of them: at both ends, and long runs within. The last pair are the
/// ends of both texts.
fn close_in(
    old: &Reading,
    new: &Reading,
    keys: &Keys,
    matched: &[(usize, usize)],
    from: &[Span],
    to: &[Span],
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(matched.len() + 64);
    let (mut at_old, mut at_new) = (0, 0);
    let ends = (old.tokens.len() - 1, new.tokens.len() - 1);
    let inside = |spans: &[Span], range: &Range<usize>| {
        let first = spans.partition_point(|span| span.tokens.end <= range.start);
        let last = spans.partition_point(|span| span.tokens.start < range.end);
        first..last
    };
    for &(end_old, end_new) in matched.iter().chain([&ends]) {
        let (mut olds, mut news) = (at_old..end_old, at_new..end_new);
        (at_old, at_new) = (end_old + 1, end_new + 1);
        if !olds.is_empty() && !news.is_empty() {
            // Only up to what moved.
            let (moved_old, moved_new) = (&from[inside(from, &olds)], &to[inside(to, &news)]);
            // Where whole sentences stand for others, a full stop that they share stays with them.
            let whole = are_sentences(old, &olds, new, &news);
            let same = |one: usize, two: usize| {
                old.tokens[one].key == new.tokens[two].key && (!whole || old.tokens[one].class == Class::Break)
            };
            let first = |spans: &[Span], end: usize| spans.first().map_or(end, |span| span.tokens.start);
            let last = |spans: &[Span], start: usize| spans.last().map_or(start, |span| span.tokens.end);
            let head = |olds: &mut Range<usize>, news: &mut Range<usize>, pairs: &mut Vec<(usize, usize)>| {
                let (stop_old, stop_new) = (first(moved_old, olds.end), first(moved_new, news.end));
                // A break that only one side has stays by itself.
                let (mut one, mut two) = (olds.start, news.start);
                if one < stop_old && two < stop_new && is_break(old, one) != is_break(new, two) {
                    if is_break(old, one) { one += 1 } else { two += 1 }
                }
                while one < stop_old && two < stop_new && same(one, two) {
                    pairs.push((one, two));
                    (one, two) = (one + 1, two + 1);
                    (olds.start, news.start) = (one, two);
                }
            };
            let breaks_differ =
                |one: usize, two: usize| is_break(old, one) && old.of(one) != new.of(two) && same(one, two);
            let tail_first = breaks_differ(olds.start, news.start) && old.of(olds.end - 1) == new.of(news.end - 1);
            if !tail_first {
                head(&mut olds, &mut news, &mut pairs);
            }
            let (stop_old, stop_new) = (last(moved_old, olds.start), last(moved_new, news.start));
            let mut tail = Vec::new();
            let (mut one, mut two) = (olds.end, news.end);
            if one > stop_old && two > stop_new && is_break(old, one - 1) != is_break(new, two - 1) {
                if is_break(old, one - 1) { one -= 1 } else { two -= 1 }
            }
            while one > stop_old && two > stop_new && same(one - 1, two - 1) {
                (one, two) = (one - 1, two - 1);
                tail.push((one, two));
                (olds.end, news.end) = (one, two);
            }
            if tail_first {
                head(&mut olds, &mut news, &mut pairs);
            }
            if moved_old.is_empty() && moved_new.is_empty() && olds.len().min(news.len()) >= SHORTEST_RUN {
                let found = words::runs_in(&old.tokens[olds.clone()], &new.tokens[news.clone()], &keys.weights);
                pairs.extend(found.into_iter().map(|(a, b)| (olds.start + a, news.start + b)));
            }
            pairs.extend(tail.into_iter().rev());
        }
        pairs.push((end_old, end_new));
    }
    // The ends are where the walk over the pairs stops.
    pairs.pop();
    pairs
}

/// In fewer tokens there is no run that is worth looking for.
const SHORTEST_RUN: usize = 6;
