//! What stands elsewhere now.

use super::{ALIKE_FROM_AFAR, Group, State};
use crate::redline::blocks::BlockKind;
use crate::redline::units::Unit;

/// So many words in the same order are no accident.
const MANY_WORDS: usize = 8;

impl State<'_> {
    pub(super) fn move_unit(&mut self, old: usize, new: usize) {
        self.moved_old[old] = Some(new);
        self.moved_new[new] = Some(old);
    }

    /// A few words that stand elsewhere too are no move; a whole heading or item is one sooner.
    pub(super) fn is_worth_moving(&self, old: usize, new: usize, exact: bool) -> bool {
        let (one, two) = (&self.old[old], &self.new[new]);
        let alone = |units: &[Unit], at: usize| {
            at.checked_sub(1)
                .is_none_or(|before| units[before].block != units[at].block)
                && units.get(at + 1).is_none_or(|after| after.block != units[at].block)
        };
        let least = match (exact, alone(self.old, old) && alone(self.new, new)) {
            (true, true) if one.kind == BlockKind::Code => return one.bag.weight >= 150,
            (true, true) => 90,
            (true, false) if one.words >= MANY_WORDS => 0,
            (true, false) => 300,
            (false, _) => 420,
        };
        one.bag.weight.min(two.bag.weight) >= least && one.words.min(two.words) >= 1
    }

    /// The units that moved, those that moved together as one.
    pub(super) fn moves(&mut self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for old in 0..self.old.len() {
            let Some(new) = self.moved_old[old] else { continue };
            if let Some(last) = groups.last_mut()
                && self.goes_on(last, old, new)
            {
                last.exact &= last.old.end == old && last.new.end == new && self.same(old, new);
                let (between_old, between_new) = (last.old.end..old, last.new.end..new);
                (last.old.end, last.new.end) = (old + 1, new + 1);
                // They go along, and no other move may take them.
                between_old.for_each(|at| self.moved_old[at] = Some(new));
                between_new.for_each(|at| self.moved_new[at] = Some(old));
                continue;
            }
            groups.push(Group {
                old: old..old + 1,
                new: new..new + 1,
                exact: self.same(old, new),
            });
        }
        for group in &mut groups {
            self.stretch(group);
        }
        groups
    }

    /// Whether a unit moved together with those before: right behind them, or with one sentence between that was put
    /// in, taken out or written anew.
    fn goes_on(&self, group: &Group, old: usize, new: usize) -> bool {
        if old < group.old.end || new < group.new.end {
            return false;
        }
        let (between_old, between_new) = (group.old.end..old, group.new.end..new);
        if between_old.is_empty() && between_new.is_empty() {
            return true;
        }
        between_old.len() <= 1
            && between_new.len() <= 1
            && self.old[group.old.end - 1].block == self.old[old].block
            && self.new[group.new.end - 1].block == self.new[new].block
            && between_old.clone().all(|at| self.is_old_free(at))
            && between_new.clone().all(|at| self.is_new_free(at))
    }

    /// Units that went along at both ends, too short or too much edited to tell by themselves.
    fn stretch(&mut self, group: &mut Group) {
        while group.old.start > 0 && group.new.start > 0 && self.goes_along(group.old.start - 1, group.new.start - 1) {
            group.old.start -= 1;
            group.new.start -= 1;
            group.exact &= self.same(group.old.start, group.new.start);
            self.move_unit(group.old.start, group.new.start);
        }
        while group.old.end < self.old.len()
            && group.new.end < self.new.len()
            && self.goes_along(group.old.end, group.new.end)
        {
            group.exact &= self.same(group.old.end, group.new.end);
            self.move_unit(group.old.end, group.new.end);
            group.old.end += 1;
            group.new.end += 1;
        }
    }

    fn goes_along(&self, old: usize, new: usize) -> bool {
        self.is_free(old, new) && (self.same(old, new) || self.likeness(old, new) >= ALIKE_FROM_AFAR)
    }
}
