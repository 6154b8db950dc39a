//! What was edited where it stands, with the neighbours that it was joined with or parted from.

use super::{ALIKE, Group, State, may_match};
use crate::redline::units::Bag;

impl State<'_> {
    /// The matches as groups: a unit beside one that was edited joins it where both together are more like what became
    /// of it, for a sentence may have been parted in two, or two joined.
    pub(super) fn absorb(&mut self) -> Vec<Group> {
        let pairs: Vec<(usize, usize)> = self
            .of_old
            .iter()
            .enumerate()
            .filter_map(|(at, of)| Some((at, (*of)?)))
            .collect();
        pairs
            .into_iter()
            .map(|(old, new)| {
                let mut group = Group {
                    old: old..old + 1,
                    new: new..new + 1,
                    exact: self.same(old, new),
                };
                if !group.exact {
                    self.widen(&mut group);
                }
                group
            })
            .collect()
    }

    fn widen(&mut self, group: &mut Group) {
        let (mut one, mut two) = (
            self.old[group.old.start].bag.clone(),
            self.new[group.new.start].bag.clone(),
        );
        let weights = &self.keys.weights;
        let score = |one: &Bag, two: &Bag| (one.likeness(two, weights) - ALIKE) * (one.weight + two.weight) as f64;
        for _ in 0..4 {
            let now = score(&one, &two);
            let olds = [group.old.start.checked_sub(1), Some(group.old.end)]
                .into_iter()
                .flatten();
            let olds = olds.filter(|at| *at < self.old.len() && self.is_old_free(*at));
            let olds = olds.filter(|at| may_match(self.old[*at].kind, self.new[group.new.start].kind));
            let news = [group.new.start.checked_sub(1), Some(group.new.end)]
                .into_iter()
                .flatten();
            let news = news.filter(|at| *at < self.new.len() && self.is_new_free(*at));
            let news = news.filter(|at| may_match(self.old[group.old.start].kind, self.new[*at].kind));
            let wider_old = olds.map(|at| (true, at, one.with(&self.old[at].bag), two.clone()));
            let wider_new = news.map(|at| (false, at, one.clone(), two.with(&self.new[at].bag)));
            let best = wider_old
                .chain(wider_new)
                .map(|(is_old, at, one, two)| (score(&one, &two), is_old, at, one, two))
                .max_by(|one, two| one.0.total_cmp(&two.0));
            let Some((better, is_old, at, wide_one, wide_two)) = best.filter(|best| best.0 > now) else {
                return;
            };
            // The unit that joins must be found in the other side for the most part.
            let alone = if is_old { &self.old[at].bag } else { &self.new[at].bag };
            if better - now < 0.2 * alone.weight as f64 {
                return;
            }
            let range = if is_old { &mut group.old } else { &mut group.new };
            *range = range.start.min(at)..range.end.max(at + 1);
            if is_old {
                self.of_old[at] = Some(group.new.start);
            } else {
                self.of_new[at] = Some(group.old.start);
            }
            (one, two) = (wide_one, wide_two);
        }
    }
}
