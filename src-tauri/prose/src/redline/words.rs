//! Words matched within what belongs together.

use imara_diff::{Algorithm, Diff, Token as Sign};
use std::collections::HashMap;

use super::tokens::{Class, Token};

/// Matches tokens of two stretches of text; answers pairs of places, both going forward.
pub(super) fn align(old: &[Token], new: &[Token], weights: &[i32]) -> Vec<(usize, usize)> {
    let head = old.iter().zip(new).take_while(|(one, two)| one.key == two.key).count();
    let (rest_old, rest_new) = (&old[head..], &new[head..]);
    let tail = rest_old.iter().rev().zip(rest_new.iter().rev());
    let tail = tail.take_while(|(one, two)| one.key == two.key).count();
    let (middle_old, middle_new) = (&rest_old[..rest_old.len() - tail], &rest_new[..rest_new.len() - tail]);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    let cells = middle_old.len().saturating_mul(middle_new.len());
    let middle = if cells <= MOST_CELLS {
        gapped(middle_old, middle_new, weights)
    } else {
        runs(middle_old, middle_new, weights, OPENING)
    };
    pairs.extend(middle.into_iter().map(|(one, two)| (head + one, head + two)));
    let (from_old, from_new) = (old.len() - tail, new.len() - tail);
    pairs.extend((0..tail).map(|at| (from_old + at, from_new + at)));
    pairs
}

/// Long runs that two stretches share, which are otherwise taken as different.
pub(super) fn runs_in(old: &[Token], new: &[Token], weights: &[i32]) -> Vec<(usize, usize)> {
    runs(old, new, weights, SUBSTANTIAL)
}

/// What a change costs, in hundredths of a plain word: what is left alone between two changes must be worth more.
const OPENING: i32 = 125;
/// What a run must weigh to be recognised where nothing else tells that two stretches belong together.
const SUBSTANTIAL: i32 = 450;
/// Above this product of lengths, matching costs too much for the best way to be found.
const MOST_CELLS: usize = 90_000;

/// The alignment that weighs most after each change has cost its opening: the affine gaps of Gotoh (1982), with a
/// change – words struck out and written in at one place – as the gap. So no “de” or “the” that two wordings happen
/// to share is left standing as an island in between, which diff-match-patch has to clean up afterwards.
fn gapped(old: &[Token], new: &[Token], weights: &[i32]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let width = new.len() + 1;
    // For each cell: bit 0, the best match comes from within a change; bits 1 and 2, how a change got there.
    let mut ways = vec![0u8; (old.len() + 1) * width];
    const NEVER: i32 = i32::MIN / 2;
    let (mut matched, mut changed) = (vec![NEVER; width], vec![-OPENING; width]);
    matched[0] = 0;
    changed[0] = NEVER;
    for (column, way) in ways.iter_mut().enumerate().take(width).skip(1) {
        *way = if column == 1 { INSERT | OPENS } else { INSERT };
    }
    let (mut next_matched, mut next_changed) = (vec![NEVER; width], vec![NEVER; width]);
    for (row, one) in old.iter().enumerate() {
        let line = &mut ways[(row + 1) * width..(row + 2) * width];
        next_matched[0] = NEVER;
        next_changed[0] = -OPENING;
        line[0] = if row == 0 { OPENS } else { 0 };
        let gain = weights[one.key as usize];
        for (column, two) in new.iter().enumerate() {
            let mut way = 0;
            next_matched[column + 1] = if one.key == two.key {
                if changed[column] > matched[column] {
                    way |= FROM_CHANGE;
                }
                gain + changed[column].max(matched[column])
            } else {
                NEVER
            };
            let mut best = changed[column + 1];
            if matched[column + 1] - OPENING > best {
                best = matched[column + 1] - OPENING;
                way |= OPENS;
            }
            let inserted = next_changed[column].max(next_matched[column] - OPENING);
            if inserted > best {
                best = inserted;
                way = way & !OPENS | INSERT;
                if next_matched[column] - OPENING > next_changed[column] {
                    way |= OPENS;
                }
            }
            next_changed[column + 1] = best;
            line[column + 1] = way;
        }
        std::mem::swap(&mut matched, &mut next_matched);
        std::mem::swap(&mut changed, &mut next_changed);
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (old.len(), new.len());
    let mut in_change = changed[column] > matched[column];
    while row > 0 || column > 0 {
        let way = ways[row * width + column];
        if in_change {
            in_change = way & OPENS == 0;
            if way & INSERT != 0 { column -= 1 } else { row -= 1 }
        } else {
            in_change = way & FROM_CHANGE != 0;
            row -= 1;
            column -= 1;
            pairs.push((row, column));
        }
    }
    pairs.reverse();
    pairs
}

const FROM_CHANGE: u8 = 1;
const OPENS: u8 = 2;
const INSERT: u8 = 4;

/// Matches by an exact diff, whose time is bounded whatever the texts are, and drops runs that weigh too little.
fn runs(old: &[Token], new: &[Token], weights: &[i32], least: i32) -> Vec<(usize, usize)> {
    // Numbered anew: the diff’s memory goes with the greatest number.
    let mut numbers: HashMap<u32, u32> = HashMap::with_capacity(old.len());
    let mut signs = |tokens: &[Token]| -> Vec<Sign> {
        tokens
            .iter()
            .map(|token| {
                let next = numbers.len() as u32;
                Sign(*numbers.entry(token.key).or_insert(next))
            })
            .collect()
    };
    let (before, after) = (signs(old), signs(new));
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &before, &after, numbers.len() as u32);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    let mut keep = |range_old: std::ops::Range<usize>, at_new: usize| {
        let weight: i32 = old[range_old.clone()]
            .iter()
            .map(|token| weights[token.key as usize])
            .fold(0, i32::saturating_add);
        if weight >= least {
            let from = range_old.start;
            pairs.extend(range_old.map(|at| (at, at_new + at - from)));
        }
    };
    for hunk in diff.hunks() {
        let (start, end) = (hunk.before.start as usize, hunk.before.end as usize);
        keep(at_old..start, at_new);
        (at_old, at_new) = (end, hunk.after.end as usize);
    }
    keep(at_old..old.len(), at_new);
    pairs
}

/// Whether all of these tokens are marks of Markdown, and no words.
pub(super) fn are_marks(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| {
        matches!(
            token.class,
            Class::Break | Class::Heading | Class::Item | Class::Quote | Class::Emphasis | Class::Link | Class::Tag
        )
    })
}
