//! Named lists of articles, ordered by hand.
//!
//! An article's place in a list is a fraction written in base 62 after an unwritten point, so
//! that between any two places there is always another and nobody else has to move. Articles
//! without a place follow those with one, in the order in which they came. A place holds from
//! when the article was put in: one that is taken out and put in again comes last.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::key::Key;
use super::stamp::{Devices, Field, Stamp};
use crate::identity::ArticleId;

/// A named list of articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Collection {
    /// Its identity.
    pub id: Uuid,
    /// Its name; `/` between the names of lists within lists.
    pub name: String,
    /// Its place among the collections, when somebody moved it.
    pub order: Option<String>,
    /// The articles, in order, with their places.
    pub articles: Vec<(ArticleId, Option<String>)>,
}

/// What a `collection` record says: of the list itself, or of the `article` in it.
#[derive(Debug, Deserialize)]
pub(super) struct CollectionFields {
    pub collection: Uuid,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    on: Option<bool>,
    #[serde(default)]
    order: Option<String>,
}

/// The records about one list, folded.
#[derive(Debug, Default)]
pub(super) struct Listed {
    name: Option<Field<Box<str>>>,
    on: Option<Field<bool>>,
    order: Option<Box<Field<Box<str>>>>,
    members: BTreeMap<Key, Member>,
}

#[derive(Debug, Default)]
struct Member {
    on: Option<Field<bool>>,
    order: Option<Box<Field<Box<str>>>>,
}

impl Listed {
    /// Whether something else holds now; `None` for a record that says nothing.
    pub(super) fn say(
        &mut self,
        fields: CollectionFields,
        article: Option<&Key>,
        stamp: Stamp,
        devices: &Devices,
    ) -> Option<bool> {
        let order = fields.order.filter(|order| is_place(order));
        let name = fields
            .name
            .map(|name| name.trim().to_owned())
            .filter(|name| is_name(name));
        if name.is_none() && order.is_none() && fields.on.is_none() {
            return None;
        }
        let mut won = false;
        if let Some(name) = name {
            won |= devices.set(&mut self.name, stamp, name.into());
        }
        match article {
            None => {
                if let Some(on) = fields.on {
                    won |= devices.set(&mut self.on, stamp, on);
                }
                if let Some(order) = order {
                    won |= devices.set_boxed(&mut self.order, stamp, order.into());
                }
            }
            Some(article) if fields.on.is_some() || order.is_some() => {
                let member = self.members.entry(article.clone()).or_default();
                if let Some(on) = fields.on {
                    won |= devices.set(&mut member.on, stamp, on);
                }
                if let Some(order) = order {
                    won |= devices.set_boxed(&mut member.order, stamp, order.into());
                }
            }
            Some(_) => {}
        }
        Some(won)
    }

    /// The list, unless it has no name or was removed.
    pub(super) fn collection(&self, id: Uuid, devices: &Devices) -> Option<Collection> {
        let name = &self.name.as_ref()?.value;
        if self.on.as_ref().is_some_and(|field| !field.value) {
            return None;
        }
        let mut members: Vec<(&Key, Option<&str>, &Stamp)> = self
            .members
            .iter()
            .filter_map(|(key, member)| {
                let on = member.on.as_ref().filter(|field| field.value)?;
                Some((key, member.place(devices), &on.stamp))
            })
            .collect();
        members.sort_by(|(left, left_order, left_came), (right, right_order, right_came)| {
            match (left_order, right_order) {
                (Some(left_order), Some(right_order)) => left_order.cmp(right_order),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => devices.order(left_came, right_came),
            }
            .then_with(|| left.cmp(right))
        });
        Some(Collection {
            id,
            name: name.to_string(),
            order: self.order.as_ref().map(|field| field.value.to_string()),
            articles: members
                .into_iter()
                .map(|(key, order, _)| (key.id(), order.map(str::to_owned)))
                .collect(),
        })
    }

    /// Whether the list is there, and the article in it.
    pub(super) fn holds(&self, article: &Key) -> bool {
        let is_on = |field: &Option<Field<bool>>| field.as_ref().is_some_and(|field| field.value);
        self.name.is_some()
            && self.on.as_ref().is_none_or(|field| field.value)
            && self.members.get(article).is_some_and(|member| is_on(&member.on))
    }

    /// Whether an article is in the list or was taken out of it.
    pub(super) fn knows(&self, article: &Key) -> bool {
        self.members.get(article).is_some_and(|member| member.on.is_some())
    }

    pub(super) fn latest(&self, article: Option<&Key>) -> Option<i64> {
        let (on, order, name) = match article {
            Some(article) => {
                let member = self.members.get(article)?;
                (&member.on, &member.order, &None)
            }
            None => (&self.on, &self.order, &self.name),
        };
        let on = on.as_ref().map(|field| field.stamp.time);
        let order = order.as_ref().map(|field| field.stamp.time);
        on.max(order)
            .max(name.as_ref().map(|field: &Field<Box<str>>| field.stamp.time))
    }
}

impl Member {
    /// The place that it was given since it was put in, or as it was.
    fn place(&self, devices: &Devices) -> Option<&str> {
        let order = self.order.as_deref()?;
        let on = self.on.as_ref()?;
        let holds = devices.order(&order.stamp, &on.stamp) != Ordering::Less;
        holds.then_some(&*order.value)
    }
}

/// A place between two others; at the start or the end when one is missing. Where there is no
/// room because both are the same, the place is after them.
pub fn between(low: Option<&str>, high: Option<&str>) -> String {
    let low = low.unwrap_or_default().as_bytes();
    let mut high = high.map(str::as_bytes).filter(|high| low < *high);
    let mut place = String::new();
    for at in 0.. {
        let from = low.get(at).map_or(0, |byte| digit(*byte));
        let to = high.map_or(BASE, |high| high.get(at).map_or(0, |byte| digit(*byte)));
        if to > from + 1 {
            place.push(letter((from + to) / 2));
            break;
        }
        place.push(letter(from));
        if to > from {
            // From here on, everything above the lower one is below the upper one.
            high = None;
        }
        if at > low.len() + LONGEST {
            break;
        }
    }
    place
}

/// So many places after one, in order and all of one length.
pub fn spread(low: Option<&str>, count: usize) -> Vec<String> {
    let start = between(low, None);
    let mut width = 1;
    while BASE.checked_pow(width).is_some_and(|room| room < count) {
        width += 1;
    }
    let place = |number: usize| {
        let digits = (0..width).rev().map(|power| letter(number / BASE.pow(power) % BASE));
        start.chars().chain(digits).chain(['V']).collect()
    };
    (0..count).map(place).collect()
}

/// So many places between two others, in order: each halves the room that is left, so that they
/// grow with the logarithm of their number. After the lower one alone, as [`spread`].
pub fn fill(low: Option<&str>, high: Option<&str>, count: usize) -> Vec<String> {
    if high.is_none() && count > 1 {
        return spread(low, count);
    }
    let mut places = Vec::with_capacity(count);
    halve(low, high, count, &mut places);
    places
}

fn halve(low: Option<&str>, high: Option<&str>, count: usize, places: &mut Vec<String>) {
    if count == 0 {
        return;
    }
    let middle = between(low, high);
    halve(low, Some(&middle), (count - 1) / 2, places);
    places.push(middle.clone());
    halve(Some(&middle), high, count / 2, places);
}

/// Whether something can be called so, without blanks around it: another program may have written a megabyte.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= LONGEST_NAME
}

/// In bytes.
const LONGEST_NAME: usize = 1024;

/// Whether a text is such a place.
pub(crate) fn is_place(order: &str) -> bool {
    let written = !order.is_empty() && order.len() <= LONGEST && order.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // Before a place that ends in nought there might be no room.
    written && !order.ends_with('0')
}

const BASE: usize = 62;
const DIGITS: &[u8; BASE] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LONGEST: usize = 512;

fn digit(byte: u8) -> usize {
    DIGITS.iter().position(|digit| *digit == byte).unwrap_or(0)
}

fn letter(digit: usize) -> char {
    DIGITS.get(digit).map_or('z', |byte| char::from(*byte))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn there_is_always_room() {
        assert_eq!(between(None, None), "V");
        assert!(between(None, Some("V")).as_str() < "V");
        assert!(between(Some("z"), None).as_str() > "z");
        assert_eq!(between(Some("V"), Some("W")), "VV");
        assert!(is_place(&between(Some("V"), Some("V01"))));
    }

    #[test]
    fn many_places_are_short_and_in_order() {
        for count in [0, 1, 62, 63, 4000] {
            let places = spread(Some("z"), count);
            assert_eq!(places.len(), count);
            assert!(
                places
                    .iter()
                    .all(|place| is_place(place) && place.len() < 8 && place.as_str() > "z")
            );
            assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    proptest! {
        #[test]
        fn many_fit_between_two(low in "[0-9A-Za-z]{0,4}[1-9A-Za-z]", high in "[0-9A-Za-z]{0,4}[1-9A-Za-z]", count in 0usize..300) {
            prop_assume!(low < high);
            for (low, high) in [(Some(&low), Some(&high)), (None, Some(&high)), (Some(&low), None)] {
                let places = fill(low.map(String::as_str), high.map(String::as_str), count);
                prop_assert_eq!(places.len(), count);
                let mut all: Vec<&String> = low.into_iter().chain(&places).collect();
                all.extend(high);
                prop_assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", all);
                prop_assert!(places.iter().all(|place| is_place(place) && place.len() < 20));
            }
        }

        /// Wherever one puts the next, it lands there.
        #[test]
        fn what_is_put_between_lies_between(choices in prop::collection::vec(any::<prop::sample::Index>(), 1..120)) {
            let mut places: Vec<String> = Vec::new();
            for choice in choices {
                let at = choice.index(places.len() + 1);
                let low = at.checked_sub(1).and_then(|low| places.get(low));
                let place = between(low.map(String::as_str), places.get(at).map(String::as_str));
                prop_assert!(is_place(&place), "{place}");
                places.insert(at, place);
                prop_assert!(places.is_sorted());
            }
            prop_assert!(places.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }
}
