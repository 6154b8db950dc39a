//! Which versions a list shows: all of the last hours, then fewer the older they are.
//!
//! The periods are those of the calendar where the reader is, so that what is shown stays what is shown while the day
//! goes on: the last version of each hour, day, week, month. Hours lie in days, and days in weeks and months, and a
//! week is cut where a month ends: what one age shows is among what the age before it showed.
//!
//! Nothing is thrown away. What is not shown is folded into the version that stands for its period.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::{Version, VersionKind};

/// For each of an article's versions, the newest first, whether it is folded into the one before it in the list.
///
/// What somebody named, what another desk, another program or a capture brought, what something was about to replace,
/// the newest version and the first are always shown.
pub fn folded(versions: &[Version], device: &str, now: Timestamp, zone: &TimeZone) -> Vec<bool> {
    let mut newer: Option<Zoned> = None;
    let ends = [0, versions.len().saturating_sub(1)];
    versions
        .iter()
        .enumerate()
        .map(|(at, version)| {
            let instant = Timestamp::from_millisecond(version.time).unwrap_or_default();
            let time = instant.to_zoned(zone.clone());
            let stage = stage(now.duration_since(instant));
            // The one after it, even if it is always shown, stands for a period that both are of.
            let stood_for = newer
                .as_ref()
                .is_some_and(|newer| stage.is_some_and(|stage| period(newer, stage) == period(&time, stage)));
            newer = Some(time);
            stood_for && !ends.contains(&at) && !is_kept(version, device)
        })
        .collect()
}

/// Versions of the last hours are all shown.
const ALL: SignedDuration = SignedDuration::from_hours(2);
const BY_HOUR: SignedDuration = SignedDuration::from_hours(24);
const BY_DAY: SignedDuration = SignedDuration::from_hours(24 * 30);
const BY_WEEK: SignedDuration = SignedDuration::from_hours(24 * 365);

/// Of how long a stretch of the calendar one version is shown.
#[derive(Clone, Copy)]
enum Stage {
    Hour,
    Day,
    Week,
    Month,
}

/// `None` where all are shown.
fn stage(age: SignedDuration) -> Option<Stage> {
    Some(if age <= ALL {
        return None;
    } else if age <= BY_HOUR {
        Stage::Hour
    } else if age <= BY_DAY {
        Stage::Day
    } else if age <= BY_WEEK {
        Stage::Week
    } else {
        Stage::Month
    })
}

/// Where the stretch that a time is in begins: a day, an hour, and for weeks the month that they are cut by.
fn period(time: &Zoned, stage: Stage) -> (Date, i8) {
    let date = time.date();
    match stage {
        Stage::Hour => (date, time.hour()),
        Stage::Day => (date, 0),
        Stage::Week => {
            let back = i64::from(date.weekday().since(Weekday::Monday));
            (
                date.checked_sub(jiff::Span::new().days(back)).unwrap_or(date),
                date.month(),
            )
        }
        Stage::Month => (date.first_of_month(), 0),
    }
}

fn is_kept(version: &Version, device: &str) -> bool {
    version.kind != VersionKind::Automatic || version.name.is_some() || version.device != device
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::history::VersionId;
    use proptest::prelude::*;

    const NOW: i64 = 1_795_700_000;

    fn version(seconds_ago: i64) -> Version {
        Version {
            id: VersionId(seconds_ago.to_string()),
            time: (NOW - seconds_ago) * 1000,
            device: "desk".into(),
            by: None,
            kind: VersionKind::Automatic,
            name: None,
            reason: None,
            path: "a.md".into(),
            bytes: 1,
            words: None,
        }
    }

    fn shown(versions: &[Version], later: i64) -> Vec<String> {
        let now = Timestamp::from_second(NOW + later).unwrap();
        let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
        let folds = folded(versions, "desk", now, &zone);
        assert_eq!(folds.len(), versions.len());
        let kept = versions.iter().zip(folds).filter(|(_, fold)| !fold);
        kept.map(|(version, _)| version.id.0.clone()).collect()
    }

    #[test]
    fn fewer_are_shown_the_older_they_are() {
        // One version each five minutes, for two years.
        let versions: Vec<Version> = (0..2 * 365 * 288).map(|at| version(at * 300)).collect();
        let shown = shown(&versions, 0);
        let within = |from: i64, to: i64| {
            let age = |id: &&String| (from..to).contains(&id.parse::<i64>().unwrap());
            shown.iter().filter(age).count()
        };
        let (hour, day) = (3600, 86_400);
        assert_eq!(within(0, 2 * hour), 24);
        assert!(
            (22..=24).contains(&within(2 * hour + 1, day)),
            "{}",
            within(2 * hour + 1, day)
        );
        assert!((28..=30).contains(&within(day + 1, 30 * day)));
        // Weeks that a month ends in are two.
        assert!((48..=62).contains(&within(30 * day + 1, 365 * day)));
        assert!((11..=14).contains(&within(365 * day + 1, 730 * day)));
    }

    #[test]
    fn what_somebody_may_look_for_is_always_shown() {
        let old = 400 * 86_400;
        let mut versions: Vec<Version> = (0..12).map(|at| version(old + at * 60)).collect();
        versions[2].kind = VersionKind::Named;
        versions[4].name = Some("Relu".into());
        versions[5].kind = VersionKind::Before;
        versions[6].kind = VersionKind::Captured;
        versions[7].kind = VersionKind::External;
        versions[8].device = "another".into();
        let expected: Vec<String> = [0, 2, 4, 5, 6, 7, 8, 11].map(|at| versions[at].id.0.clone()).to_vec();
        assert_eq!(shown(&versions, 0), expected);
    }

    proptest! {
        /// Time only folds: nothing that was folded comes back by itself.
        #[test]
        fn what_was_folded_stays_folded(
            mut ages in prop::collection::vec(0_i64..800 * 86_400, 0..60),
            later in 0_i64..400 * 86_400,
        ) {
            ages.sort_unstable();
            let versions: Vec<Version> = ages.into_iter().map(version).collect();
            let before = shown(&versions, 0);
            for id in shown(&versions, later) {
                prop_assert!(before.contains(&id), "{id}");
            }
        }
    }
}
