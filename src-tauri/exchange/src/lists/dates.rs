//! The forms in which programs write a moment.

use edito_prose::ArticleDate;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// A moment, and whether day and month could have been the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub time: Timestamp,
    pub order_guessed: bool,
}

/// Reads a moment: seconds, milliseconds or microseconds since 1970, ISO 8601 and RFC 3339 in all their spellings,
/// RFC 2822, what the United States write (`10/19/2024, 3:45 PM`, `October 19, 2024 3:45 PM`). One without an
/// offset is UTC: a list does not say where it was written.
pub(super) fn when(text: &str) -> Option<When> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    let exact = |time| When {
        time,
        order_guessed: false,
    };
    numeric(text)
        .or_else(|| text.parse::<Timestamp>().ok())
        .or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
        .map(exact)
        .or_else(|| with_slashes(text))
        .or_else(|| {
            let (date, clock) = split_clock(text);
            let parsed = ArticleDate::parse(text).or_else(|| ArticleDate::parse(date))?;
            let time = parsed.time.or_else(|| time_of_day(clock?)).unwrap_or(Time::midnight());
            let offset = parsed.offset.map_or(TimeZone::UTC, TimeZone::fixed);
            at(parsed.date, time, offset).map(exact)
        })
}

/// A count since 1970, its unit told by its size. Small numbers are years or nothing.
pub(super) fn since_1970(count: f64) -> Option<Timestamp> {
    let seconds = match count {
        _ if !(1e8..1e20).contains(&count) => return None,
        _ if count < 1e11 => count,
        _ if count < 1e14 => count / 1e3,
        _ if count < 1e17 => count / 1e6,
        _ => count / 1e9,
    };
    // Milliseconds are as fine as any of these programs counts.
    #[allow(clippy::cast_possible_truncation, reason = "below 10^14")]
    Timestamp::from_millisecond((seconds * 1e3).round() as i64).ok()
}

fn numeric(text: &str) -> Option<Timestamp> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    since_1970(text.parse().ok().filter(|_| plain)?)
}

fn at(date: Date, time: Time, zone: TimeZone) -> Option<Timestamp> {
    date.to_datetime(time)
        .to_zoned(zone)
        .ok()
        .map(|zoned| zoned.timestamp())
}

/// `10/19/2024`, month first as where these programs come from, unless it can't be.
fn with_slashes(text: &str) -> Option<When> {
    let (date, clock) = split_clock(text);
    let mut parts = date.trim().trim_end_matches(',').split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !matches!(year.len(), 2 | 4) || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let year: i16 = year.parse().ok()?;
    let year = if year < 100 { 2000 + year } else { year };
    let (month, day) = if first > 12 { (second, first) } else { (first, second) };
    let date = Date::new(year, month, day).ok()?;
    let time = match clock {
        Some(clock) => time_of_day(clock)?,
        None => Time::midnight(),
    };
    Some(When {
        time: at(date, time, TimeZone::UTC)?,
        order_guessed: first <= 12 && second <= 12 && first != second,
    })
}

/// Cuts a text before its time of day, when it ends in one.
fn split_clock(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else {
        return (text, None);
    };
    let head = text.get(..colon).unwrap_or_default();
    let hours = head.len() - head.bytes().rev().take(2).take_while(u8::is_ascii_digit).count();
    let date = head.get(..hours).unwrap_or_default().trim_end_matches([' ', ',']);
    let date = date.strip_suffix(" at").unwrap_or(date).trim_end_matches([' ', ',']);
    (date, text.get(hours..))
}

/// `3:45 PM`, `15:45:10`.
fn time_of_day(text: &str) -> Option<Time> {
    let upper = text.trim().to_ascii_uppercase();
    let (clock, half) = match upper.find(|character: char| !matches!(character, '0'..='9' | ':' | '.')) {
        Some(end) => (upper.get(..end)?, upper.get(end..)?.trim()),
        None => (upper.as_str(), ""),
    };
    let mut parts = clock.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: i8 = parts
        .next()
        .map_or(Ok(0), |second| second.split('.').next().unwrap_or_default().parse())
        .ok()?;
    let hour = match half {
        "AM" | "A.M." if hour == 12 => 0,
        "PM" | "P.M." if (1..12).contains(&hour) => hour + 12,
        "" | "AM" | "PM" | "A.M." | "P.M." | "UTC" | "GMT" | "Z" => hour,
        _ => return None,
    };
    Time::new(hour, minute, second.min(59), 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for (text, expected) in [
            ("1712000000", "2024-04-01T19:33:20Z"),
            ("1712000000000", "2024-04-01T19:33:20Z"),
            ("1712000000123456", "2024-04-01T19:33:20.123Z"),
            ("1712000000.5", "2024-04-01T19:33:20.5Z"),
            ("915148800", "1999-01-01T00:00:00Z"),
            ("2024-04-01T19:33:20Z", "2024-04-01T19:33:20Z"),
            ("2024-04-01T19:33:20.250Z", "2024-04-01T19:33:20.25Z"),
            ("2024-01-01T10:00:00+0200", "2024-01-01T08:00:00Z"),
            ("2022-11-06 04:33:50+00:00", "2022-11-06T04:33:50Z"),
            ("2022-11-06 04:33:50.442000+00:00", "2022-11-06T04:33:50.442Z"),
            ("2024-10-19 15:45:10", "2024-10-19T15:45:10Z"),
            ("2024-10-19", "2024-10-19T00:00:00Z"),
            ("Sat, 19 Oct 2024 15:45:10 +0200", "2024-10-19T13:45:10Z"),
            ("10/19/2024", "2024-10-19T00:00:00Z"),
            ("10/19/2024, 3:45 PM", "2024-10-19T15:45:00Z"),
            ("10/19/24 12:05:09 AM", "2024-10-19T00:05:09Z"),
            ("19/10/2024 15:45", "2024-10-19T15:45:00Z"),
            ("October 19, 2024", "2024-10-19T00:00:00Z"),
            ("October 19, 2024 at 3:45 PM", "2024-10-19T15:45:00Z"),
            ("Oct 19, 2024, 12:00 PM", "2024-10-19T12:00:00Z"),
            ("19 octobre 2024", "2024-10-19T00:00:00Z"),
            ("2024", ""),
            ("12", ""),
            ("hier", ""),
            ("13/13/2024", ""),
            ("10/19/2024 25:00", ""),
            ("-1712000000", ""),
            ("99999999999999999999999", ""),
            ("", ""),
        ] {
            let read = when(text).map(|when| when.time.to_string()).unwrap_or_default();
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn an_order_that_was_guessed_is_told() {
        for (text, guessed) in [
            ("03/04/2024", true),
            ("04/04/2024", false),
            ("10/19/2024", false),
            ("19/10/2024", false),
            ("2024-03-04", false),
        ] {
            assert_eq!(when(text).map(|when| when.order_guessed), Some(guessed), "{text}");
        }
    }
}
