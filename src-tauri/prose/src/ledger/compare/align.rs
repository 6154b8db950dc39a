//! The best way to read one row of words as another.

/// How alike two words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// Written alike.
    Same,
    /// The same but for a capital or an accent.
    Like,
    /// Two words.
    Other,
}

/// What is taken from each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub said: bool,
    pub source: bool,
    pub same: bool,
}

/// Where the second row is begun, and the steps that use up the first.
#[derive(Debug)]
pub(super) struct Steps {
    pub start: usize,
    pub steps: Vec<Step>,
}

const SAME: i32 = 6;
const LIKE: i32 = 5;
const OTHER: i32 = -4;
const OPEN: i32 = -3;
const GO_ON: i32 = -1;
const NEVER: i32 = i32::MIN / 2;

/// Aligns `rows` words with `columns`; what stands before and after in the second costs nothing.
pub(super) fn align(rows: usize, columns: usize, like: impl Fn(usize, usize) -> Likeness) -> Steps {
    let width = columns + 1;
    // For each cell: where the best of its three states comes from (two bits each).
    let mut from = vec![0_u8; (rows + 1) * width];
    let mut paired = vec![0_i32; width];
    let mut only_said = vec![NEVER; width];
    let mut only_source = vec![NEVER; width];
    for row in 1..=rows {
        let before = [paired.clone(), only_said.clone(), only_source.clone()];
        let best = |column: usize| -> (i32, u8) {
            let mut found = (NEVER, 0);
            for (state, scores) in (0..).zip(&before) {
                let score = scores.get(column).copied().unwrap_or(NEVER);
                if score > found.0 {
                    found = (score, state);
                }
            }
            found
        };
        for column in 0..width {
            let mut cell = 0;
            // A word of the first row alone.
            let (mut score, mut state) = (NEVER, 0);
            for (other, cost) in [(0, OPEN), (1, GO_ON), (2, OPEN)] {
                let came = before.get(usize::from(other)).and_then(|scores| scores.get(column));
                let came = came.copied().unwrap_or(NEVER) + cost;
                if came > score {
                    (score, state) = (came, other);
                }
            }
            set(&mut only_said, column, score);
            cell |= state << 2;
            if column == 0 {
                set(&mut paired, 0, NEVER);
                set(&mut only_source, 0, NEVER);
            } else {
                let (score, state) = best(column - 1);
                let pair = match like(row - 1, column - 1) {
                    Likeness::Same => SAME,
                    Likeness::Like => LIKE,
                    Likeness::Other => OTHER,
                };
                set(&mut paired, column, score + pair);
                cell |= state;
                let (mut score, mut state) = (NEVER, 0);
                for (other, cost) in [(0, OPEN), (1, OPEN), (2, GO_ON)] {
                    let scores = [&paired, &only_said, &only_source];
                    let came = scores.get(usize::from(other)).and_then(|scores| scores.get(column - 1));
                    let came = came.copied().unwrap_or(NEVER) + cost;
                    if came > score {
                        (score, state) = (came, other);
                    }
                }
                set(&mut only_source, column, score);
                cell |= state << 4;
            }
            if let Some(place) = from.get_mut(row * width + column) {
                *place = cell;
            }
        }
    }
    trace(rows, width, &from, [&paired, &only_said], &like)
}

fn trace(
    rows: usize,
    width: usize,
    from: &[u8],
    ends: [&Vec<i32>; 2],
    like: &impl Fn(usize, usize) -> Likeness,
) -> Steps {
    let mut end = (NEVER, 0, 0_u8);
    for column in 0..width {
        for (state, scores) in (0..).zip(ends) {
            let score = scores.get(column).copied().unwrap_or(NEVER);
            if score > end.0 {
                end = (score, column, state);
            }
        }
    }
    let (_, mut column, mut state) = end;
    let mut row = rows;
    let mut steps = Vec::with_capacity(rows * 2);
    while row > 0 {
        let cell = from.get(row * width + column).copied().unwrap_or_default();
        let (said, source) = (state != 2, state != 1);
        let next = match state {
            0 => cell & 3,
            1 => (cell >> 2) & 3,
            _ => (cell >> 4) & 3,
        };
        let same = state == 0 && like(row - 1, column.saturating_sub(1)) == Likeness::Same;
        steps.push(Step { said, source, same });
        row -= usize::from(said);
        column -= usize::from(source).min(column);
        state = next;
    }
    steps.reverse();
    Steps { start: column, steps }
}

fn set(scores: &mut [i32], column: usize, score: i32) {
    if let Some(place) = scores.get_mut(column) {
        *place = score;
    }
}
