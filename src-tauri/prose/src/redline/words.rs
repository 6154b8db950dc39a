//! Words matched within what belongs together.

use super::long;
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
        runs(middle_old, middle_new, weights, OPENING + REWORDING)
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

/// What a place costs at which words are only struck out, or only written in, in hundredths of a plain word: what is
/// left alone between two changes must be worth more.
const OPENING: i32 = 55;
/// What it costs more when there is both: another wording.
const REWORDING: i32 = 50;
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
    let mut ways = vec![Way::default(); (old.len() + 1) * width];
    let mut line = vec![Cell::default(); width];
    let mut next = vec![Cell::default(); width];
    line[0].kept = 0;
    for column in 1..width {
        let left = line[column - 1];
        ways[column] = line[column].after_insertion(left);
    }
    for (row, one) in old.iter().enumerate() {
        let gain = weights[one.key as usize];
        let ways = &mut ways[(row + 1) * width..(row + 2) * width];
        next[0] = Cell::default();
        ways[0] = next[0].after_deletion(line[0]);
        for (column, two) in new.iter().enumerate() {
            let (above, left) = (line[column + 1], next[column]);
            let mut cell = Cell::default();
            let mut way = Way(cell.after_deletion(above).0 | cell.after_insertion(left).0);
            // Both at once: whichever way weighs more.
            (cell.both, way) = cell.rewording(above, left, way);
            if one.key == two.key {
                let before = line[column];
                let (best, from) = before.best();
                cell.kept = best + gain;
                way.0 |= from << FROM;
            }
            next[column + 1] = cell;
            ways[column + 1] = way;
        }
        std::mem::swap(&mut line, &mut next);
    }
    trace(&ways, width, old.len(), new.len(), line[new.len()].best().1)
}

/// Where an alignment may stand: behind a match, or within a change that has only deletions, only insertions, or both.
#[derive(Debug, Clone, Copy)]
struct Cell {
    kept: i32,
    gone: i32,
    came: i32,
    both: i32,
}

const NEVER: i32 = i32::MIN / 2;

impl Default for Cell {
    fn default() -> Self {
        Cell {
            kept: NEVER,
            gone: NEVER,
            came: NEVER,
            both: NEVER,
        }
    }
}

/// How a cell was come to: two bits for the state before a match and two for that before a change of both kinds, one
/// each for whether a deletion or an insertion began there.
#[derive(Debug, Clone, Copy, Default)]
struct Way(u8);

const KEPT: u8 = 0;
const GONE: u8 = 1;
const CAME: u8 = 2;
const BOTH: u8 = 3;
const FROM: u8 = 0;
const BEGINS_GONE: u8 = 1 << 2;
const BEGINS_CAME: u8 = 1 << 3;
/// A change of both kinds: whether the last step was an insertion, and whether it was of both kinds before.
const INSERTS: u8 = 1 << 4;
const STAYS: u8 = 1 << 5;

impl Cell {
    fn best(self) -> (i32, u8) {
        let mut best = (self.kept, KEPT);
        for (sum, state) in [(self.gone, GONE), (self.came, CAME), (self.both, BOTH)] {
            if sum > best.0 {
                best = (sum, state);
            }
        }
        best
    }

    fn after_deletion(&mut self, above: Cell) -> Way {
        let opened = above.kept - OPENING;
        self.gone = above.gone.max(opened);
        Way(if opened > above.gone { BEGINS_GONE } else { 0 })
    }

    fn after_insertion(&mut self, left: Cell) -> Way {
        let opened = left.kept - OPENING;
        self.came = left.came.max(opened);
        Way(if opened > left.came { BEGINS_CAME } else { 0 })
    }

    fn rewording(self, above: Cell, left: Cell, way: Way) -> (i32, Way) {
        let mut best = (above.both, STAYS);
        for other in [
            (left.both, STAYS | INSERTS),
            (left.gone - REWORDING, INSERTS),
            (above.came - REWORDING, 0),
        ] {
            if other.0 > best.0 {
                best = other;
            }
        }
        (best.0, Way(way.0 | best.1))
    }
}

/// The pairs along the way that ended in a state.
fn trace(ways: &[Way], width: usize, mut row: usize, mut column: usize, mut state: u8) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    while row > 0 || column > 0 {
        let way = ways[row * width + column].0;
        match state {
            KEPT => {
                row -= 1;
                column -= 1;
                pairs.push((row, column));
                state = way >> FROM & 3;
            }
            GONE => {
                row -= 1;
                state = if way & BEGINS_GONE != 0 { KEPT } else { GONE };
            }
            CAME => {
                column -= 1;
                state = if way & BEGINS_CAME != 0 { KEPT } else { CAME };
            }
            _ => {
                let inserts = way & INSERTS != 0;
                if inserts {
                    column -= 1
                } else {
                    row -= 1
                }
                state = match (way & STAYS != 0, inserts) {
                    (true, _) => BOTH,
                    (false, true) => GONE,
                    (false, false) => CAME,
                };
            }
        }
    }
    pairs.reverse();
    pairs
}

/// Matches stretches that are too long for the best alignment, and drops runs that weigh too little: phrases that occur
/// once on each side are matched first, what lies between two of them is aligned by itself, or window by window.
fn runs(old: &[Token], new: &[Token], weights: &[i32], least: i32) -> Vec<(usize, usize)> {
    let signs = |tokens: &[Token]| tokens.iter().map(|token| u64::from(token.key)).collect::<Vec<u64>>();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    let anchors = long::anchors(&signs(old), &signs(new));
    for (end_old, end_new) in anchors.into_iter().chain([(old.len(), new.len())]) {
        let (olds, news) = (&old[at_old..end_old], &new[at_new..end_new]);
        let found = if olds.len().saturating_mul(news.len()) <= MOST_CELLS {
            gapped(olds, news, weights)
        } else {
            long::by_windows(olds.len(), news.len(), WINDOW, |one, two| {
                gapped(&olds[one], &news[two], weights)
            })
        };
        pairs.extend(found.into_iter().map(|(one, two)| (at_old + one, at_new + two)));
        if end_old < old.len() {
            pairs.push((end_old, end_new));
        }
        (at_old, at_new) = (end_old + 1, end_new + 1);
    }
    drop_light(pairs, old, weights, least)
}

/// Tokens that are aligned at a time where nothing tells where to begin.
const WINDOW: usize = 128;

/// Pairs in runs that weigh enough.
fn drop_light(pairs: Vec<(usize, usize)>, old: &[Token], weights: &[i32], least: i32) -> Vec<(usize, usize)> {
    let mut kept = Vec::with_capacity(pairs.len());
    let follow = |one: &(usize, usize), two: &(usize, usize)| (one.0 + 1, one.1 + 1) == *two;
    for run in pairs.chunk_by(follow) {
        let weight = run
            .iter()
            .map(|(at, _)| weights[old[*at].key as usize])
            .fold(0, i32::saturating_add);
        if weight >= least {
            kept.extend_from_slice(run);
        }
    }
    kept
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
