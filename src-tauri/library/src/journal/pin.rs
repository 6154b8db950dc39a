//! Articles that stand above the others of a part of the front page.
//!
//! An article is pinned to one part at a time, and the last word about it holds: desks that pin
//! different articles don't conflict. Places are fractions, as in a list (see `collection.rs`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::collection::is_place;
use super::key::Key;
use super::stamp::{Devices, Field, Stamp};
use crate::identity::ArticleId;

/// An article that stands above the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pin {
    /// The article.
    pub article: ArticleId,
    /// The part of the front page, by its key.
    pub slot: String,
    /// Its place among the pinned ones of that part.
    pub order: String,
}

/// What a `pin` record says: in which part, and where there; no part at all takes the pin out.
#[derive(Debug, Deserialize)]
pub(super) struct PinFields {
    #[serde(default)]
    slot: Option<String>,
    #[serde(default)]
    order: Option<String>,
}

/// All records about pins, folded.
#[derive(Debug, Default)]
pub(super) struct Pins(BTreeMap<Key, Field<Option<Pinned>>>);

/// The part, and the place among those pinned there.
type Pinned = (Box<str>, Box<str>);

impl Pins {
    /// Whether something else holds now.
    pub(super) fn say(&mut self, fields: PinFields, article: &Key, stamp: Stamp, devices: &Devices) -> bool {
        let slot = fields.slot.filter(|slot| !slot.is_empty() && slot.len() <= LONGEST_KEY);
        let order = fields.order.filter(|order| is_place(order));
        let value = slot.map(|slot| (slot.into(), order.unwrap_or_else(|| "V".to_owned()).into()));
        let won = devices.wins(stamp, &value, self.0.get(article).map(Field::by_ref).as_ref());
        if won {
            self.0.insert(article.clone(), Field { stamp, value });
        }
        won
    }

    /// By part, then by place; where two desks chose the same place, the later one comes first.
    pub(super) fn list(&self, devices: &Devices) -> Vec<Pin> {
        let mut pins: Vec<(&Key, &str, &str, Stamp)> = self
            .0
            .iter()
            .filter_map(|(key, field)| {
                let (slot, order) = field.value.as_ref()?;
                Some((key, &**slot, &**order, field.stamp))
            })
            .collect();
        pins.sort_by(|left, right| {
            (left.1, left.2)
                .cmp(&(right.1, right.2))
                .then_with(|| devices.order(&right.3, &left.3))
                .then_with(|| left.0.cmp(right.0))
        });
        pins.into_iter()
            .map(|(key, slot, order, _)| Pin {
                article: key.id(),
                slot: slot.to_owned(),
                order: order.to_owned(),
            })
            .collect()
    }

    /// When something was last said about an article's pin.
    pub(super) fn latest(&self, article: &Key) -> Option<i64> {
        self.0.get(article).map(|field| field.stamp.time)
    }
}

/// No key of a part of the front page is longer, in bytes.
const LONGEST_KEY: usize = 512;
