//! When a record was said and by whom: what decides which of two records holds.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// The place of a record among all records.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp {
    /// Milliseconds since 1970.
    pub time: i64,
    pub seq: u32,
    pub device: u32,
}

/// A value with the stamp of the record that set it.
#[derive(Debug)]
pub(super) struct Field<T> {
    pub stamp: Stamp,
    pub value: T,
}

/// The devices met so far, by number: a stamp is a third as large as with their names.
#[derive(Debug, Default)]
pub(super) struct Devices {
    devices: Vec<Device>,
    numbers: HashMap<Arc<str>, u32>,
}

#[derive(Debug)]
struct Device {
    name: Arc<str>,
    last_seq: u64,
}

impl Devices {
    /// The number of a device, and that it has written a record with this number.
    pub(super) fn met(&mut self, name: &str, seq: u64) -> u32 {
        let number = match self.numbers.get(name) {
            Some(number) => *number,
            None => {
                let name: Arc<str> = Arc::from(name);
                let number = u32::try_from(self.devices.len()).unwrap_or(u32::MAX);
                self.devices.push(Device {
                    name: name.clone(),
                    last_seq: 0,
                });
                self.numbers.insert(name, number);
                number
            }
        };
        if let Some(device) = self.devices.get_mut(number as usize) {
            device.last_seq = device.last_seq.max(seq);
        }
        number
    }

    pub(super) fn last_seq(&self, device: &str) -> u64 {
        self.numbers
            .get(device)
            .and_then(|number| self.devices.get(*number as usize))
            .map_or(0, |device| device.last_seq)
    }

    /// The order of records: time, then device, then sequence.
    pub(super) fn order(&self, left: &Stamp, right: &Stamp) -> Ordering {
        left.time
            .cmp(&right.time)
            .then_with(|| {
                if left.device == right.device {
                    return Ordering::Equal;
                }
                self.name(left.device).cmp(self.name(right.device))
            })
            .then_with(|| left.seq.cmp(&right.seq))
    }

    /// Whether a value replaces the one that holds.
    pub(super) fn wins<T: Ord>(&self, stamp: Stamp, value: T, old: Option<&Field<T>>) -> bool {
        let Some(old) = old else { return true };
        // Two records can only share a stamp when two windows raced without a lock: the value
        // decides, so that every desk decides alike.
        let order = self.order(&stamp, &old.stamp).then_with(|| value.cmp(&old.value));
        order == Ordering::Greater
    }

    /// Sets a field unless what holds was said later; answers whether it did.
    pub(super) fn set<T: Ord>(&self, field: &mut Option<Field<T>>, stamp: Stamp, value: T) -> bool {
        let won = match field {
            None => true,
            Some(old) => {
                let order = self.order(&stamp, &old.stamp).then_with(|| value.cmp(&old.value));
                order == Ordering::Greater
            }
        };
        if won {
            *field = Some(Field { stamp, value });
        }
        won
    }

    /// The same for a field that few have.
    pub(super) fn set_boxed<T: Ord>(&self, field: &mut Option<Box<Field<T>>>, stamp: Stamp, value: T) -> bool {
        let won = match field {
            None => true,
            Some(old) => {
                let order = self.order(&stamp, &old.stamp).then_with(|| value.cmp(&old.value));
                order == Ordering::Greater
            }
        };
        if won {
            *field = Some(Box::new(Field { stamp, value }));
        }
        won
    }

    fn name(&self, number: u32) -> &str {
        self.devices.get(number as usize).map_or("", |device| &device.name)
    }
}

impl<T> Field<T> {
    pub(super) fn by_ref(&self) -> Field<&T> {
        Field {
            stamp: self.stamp,
            value: &self.value,
        }
    }
}

impl Field<Arc<str>> {
    pub(super) fn by_deref(&self) -> Field<&str> {
        Field {
            stamp: self.stamp,
            value: &self.value,
        }
    }
}
