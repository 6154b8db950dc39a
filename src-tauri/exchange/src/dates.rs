//! The forms in which programs write a moment.

use edito_prose::ArticleDate;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

/// A moment, and whether day and month could have been the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    pub time: Timestamp,
    pub order_guessed: bool,
}

/// Reads a moment: seconds, milliseconds or microseconds since 1970; ISO 8601 and RFC 3339 in all their spellings;
/// dates in words in the order people like (RFC 822 and 2822, `October 19, 2024 at 3:45 PM`, `mer, 16 nov 2022`), in
/// the larger languages of Western Europe; dates with slashes, month first as where most of these programs come from,
/// unless it can't be. One without an offset is UTC.
pub(crate) fn when(text: &str) -> Option<When> {
    let text = text.trim();
    if text.is_empty() || text.len() > 80 {
        return None;
    }
    let exact = |time| When {
        time,
        order_guessed: false,
    };
    numeric(text)
        .or_else(|| text.parse::<Timestamp>().ok())
        .or_else(|| iso(text))
        .map(exact)
        .or_else(|| with_slashes(text))
        .or_else(|| in_words(text).map(exact))
}

/// A count since 1970, its unit told by its size. Small numbers are years or nothing.
pub(crate) fn since_1970(count: f64) -> Option<Timestamp> {
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

/// What [`ArticleDate`] reads, when it starts with a year.
fn iso(text: &str) -> Option<Timestamp> {
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    if year != 4 {
        return None;
    }
    let parsed = ArticleDate::parse(text).or_else(|| {
        // The offset is none that exists: `+00:0`.
        let time = text.find(['T', 't', ' '])?;
        let end = time + text.get(time..)?.find(['+', '-'])?;
        ArticleDate::parse(text.get(..end)?)
    })?;
    let offset = parsed.offset.unwrap_or(Offset::UTC);
    at(parsed.date, parsed.time.unwrap_or(Time::midnight()), offset)
}

fn at(date: Date, time: Time, offset: Offset) -> Option<Timestamp> {
    let zoned = date.to_datetime(time).to_zoned(TimeZone::fixed(offset));
    zoned.ok().map(|zoned| zoned.timestamp())
}

/// `10/19/2024`.
fn with_slashes(text: &str) -> Option<When> {
    let (date, clock) = text.split_once([' ', ',']).unwrap_or((text, ""));
    let mut parts = date.split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !matches!(year.len(), 2 | 4) || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let (month, day) = if first > 12 { (second, first) } else { (first, second) };
    let date = Date::new(full_year(year)?, month, day).ok()?;
    let mut clock_read = Clock::default();
    for token in tokens(clock) {
        if !clock_read.take(&token) {
            return None;
        }
    }
    Some(When {
        time: at(date, clock_read.time()?, clock_read.offset.unwrap_or(Offset::UTC))?,
        order_guessed: first <= 12 && second <= 12 && first != second,
    })
}

/// `Wed, 02 Oct 2002 13:00:00 GMT` and whatever people make of it: other orders, other languages, wrong weekdays.
fn in_words(text: &str) -> Option<Timestamp> {
    let (mut day, mut month, mut year) = (None, None, None);
    let mut clock = Clock::default();
    for token in tokens(text) {
        if clock.take(&token) {
            continue;
        }
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = token.split_at_checked(digits)?;
        let ordinal = matches!(rest, "" | "." | "er" | "st" | "nd" | "rd" | "th");
        match digits {
            // The last one named: before it, `mar.` is a Tuesday.
            0 => month = month_named(&token).or(month),
            1 | 2 if ordinal && day.is_none() => day = number.parse::<i8>().ok(),
            2 | 4 if rest.is_empty() && year.is_none() => year = full_year(number),
            _ => return None,
        }
    }
    let date = Date::new(year?, month?, day?).ok()?;
    at(date, clock.time()?, clock.offset.unwrap_or(Offset::UTC))
}

/// The words of a date, in lower case; `16-nov-2022` is three.
fn tokens(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut tokens = Vec::new();
    for token in lower.split([' ', ',', '\t', '\n', '\u{a0}', '\u{202f}', '(', ')']) {
        let inner_dash = token.starts_with(|first: char| first.is_ascii_digit()) && !token.contains(':');
        if inner_dash {
            tokens.extend(token.split('-').map(str::to_owned));
        } else {
            tokens.push(token.to_owned());
        }
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// The time of day and its offset, as they are met.
#[derive(Default)]
struct Clock {
    time: Option<(i8, i8, i8)>,
    afternoon: Option<bool>,
    offset: Option<Offset>,
}

impl Clock {
    /// Takes a word that is part of a time; says whether it was.
    fn take(&mut self, token: &str) -> bool {
        if let Some(offset) = offset(token) {
            self.offset = Some(offset);
            return true;
        }
        match token {
            "am" | "a.m." => self.afternoon = Some(false),
            "pm" | "p.m." => self.afternoon = Some(true),
            "at" | "à" | "um" | "alle" => {}
            _ => {
                // `15:45:10+02:00`, `3:45pm`.
                let end = token
                    .find(|character: char| !matches!(character, '0'..='9' | ':' | '.'))
                    .unwrap_or(token.len());
                let (clock, rest) = token.split_at(end);
                if self.time.is_some() || !clock.contains(':') || !(rest.is_empty() || self.take(rest)) {
                    return false;
                }
                let mut parts = clock.split([':', '.']);
                let mut part = || parts.next().map_or(Ok(0), str::parse::<i8>).ok();
                let (Some(hour), Some(minute), Some(second)) = (part(), part(), part()) else {
                    return false;
                };
                self.time = Some((hour, minute, second));
            }
        }
        true
    }

    fn time(&self) -> Option<Time> {
        let (hour, minute, second) = self.time.unwrap_or_default();
        let hour = match (self.afternoon, hour) {
            (Some(false), 12) => 0,
            (Some(true), 1..12) => hour + 12,
            // Midnight of the day named, by programs that count to 24.
            (_, 24) => 0,
            _ => hour,
        };
        Time::new(hour, minute, second.min(59), 0).ok()
    }
}

fn full_year(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    Some(match digits.len() {
        2 if year < 70 => 2000 + year,
        2 => 1900 + year,
        _ => year,
    })
}

/// `+0200`, `+02:00`, `GMT`, `EST`, `gmt+2`. Offsets whose letters mean different things in different countries are
/// not among them.
fn offset(token: &str) -> Option<Offset> {
    let hours = |hours: i8| Offset::from_hours(hours).ok();
    match token {
        "ut" | "utc" | "gmt" | "z" | "wet" => return hours(0),
        "cet" | "bst" | "west" | "met" | "mez" => return hours(1),
        "cest" | "eet" | "mest" | "mesz" => return hours(2),
        "eest" | "msk" => return hours(3),
        "jst" | "kst" => return hours(9),
        "aest" => return hours(10),
        "aedt" => return hours(11),
        "nzst" => return hours(12),
        "nzdt" => return hours(13),
        "edt" => return hours(-4),
        "est" | "cdt" => return hours(-5),
        "cst" | "mdt" => return hours(-6),
        "mst" | "pdt" => return hours(-7),
        "pst" => return hours(-8),
        _ => {}
    }
    let token = token
        .strip_prefix("gmt")
        .or_else(|| token.strip_prefix("utc"))
        .unwrap_or(token);
    let negative = token.starts_with('-');
    let digits: String = token
        .strip_prefix(['+', '-'])?
        .chars()
        .filter(|character| *character != ':')
        .collect();
    let sound = digits.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = match digits.len() {
        1 | 2 if sound => (digits.parse::<i32>().ok()?, 0),
        4 if sound => (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse::<i32>().ok()?),
        _ => return None,
    };
    let seconds = hours * 3_600 + minutes * 60;
    Offset::from_seconds(if negative { -seconds } else { seconds }).ok()
}

/// A month in English, French, Italian, Spanish, Portuguese or German, in full or cut short. Its beginning is enough
/// here, where a date is all that the text can be; in running text, `month_named` of `edito-prose` wants the name.
fn month_named(name: &str) -> Option<i8> {
    let name = edito_prose::fold::fold(name.trim_end_matches('.'));
    let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| name.starts_with(beginning));
    Some(match () {
        () if name.len() < 3 => return None,
        () if starts(&["jan", "gen", "ene"]) => 1,
        () if starts(&["feb", "fev"]) => 2,
        () if starts(&["mar"]) && !starts(&["mard", "mart"]) => 3,
        () if starts(&["mrz"]) => 3,
        () if starts(&["apr", "avr", "abr"]) => 4,
        () if starts(&["may", "mai", "mag"]) => 5,
        () if starts(&["jun", "juin", "giu"]) => 6,
        () if starts(&["jul", "juil", "lug"]) => 7,
        () if starts(&["aug", "aou", "ago"]) => 8,
        () if starts(&["sep", "set"]) => 9,
        () if starts(&["oct", "okt", "ott", "out"]) => 10,
        () if starts(&["nov"]) => 11,
        () if starts(&["dec", "dez", "dic"]) => 12,
        () => return None,
    })
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
            ("2000-01-01T12:00+00:00", "2000-01-01T12:00:00Z"),
            ("2017-06-13T03:18:00+00:0", "2017-06-13T03:18:00Z"),
            ("2024-10-19 15:45:10", "2024-10-19T15:45:10Z"),
            ("2024-10-19", "2024-10-19T00:00:00Z"),
            ("Sat, 19 Oct 2024 15:45:10 +0200", "2024-10-19T13:45:10Z"),
            ("Mon, 19 Oct 2024 15:45:10 GMT", "2024-10-19T15:45:10Z"),
            ("19 Oct 24 15:45 EST", "2024-10-19T20:45:00Z"),
            ("Thurs, 19 October 2024 15:45:10 PDT", "2024-10-19T22:45:10Z"),
            ("Sat, Oct 19 2024 02:02:33 PM", "2024-10-19T14:02:33Z"),
            ("Tue, 15 Nov 2022 20:15:04 Z", "2022-11-15T20:15:04Z"),
            ("Wed, 25 Aug 2012 24:43:00 UTC", "2012-08-25T00:43:00Z"),
            ("mer, 16 nov 2022 00:38:15 +0100", "2022-11-15T23:38:15Z"),
            ("mar., 5 août 2025 08:00:00 GMT+2", "2025-08-05T06:00:00Z"),
            ("martedì 1 marzo 2022 7:05:00 CET", "2022-03-01T06:05:00Z"),
            ("16-Nov-2022 10:00:00", "2022-11-16T10:00:00Z"),
            ("Fri, 13 Apr 2001", "2001-04-13T00:00:00Z"),
            ("10/19/2024", "2024-10-19T00:00:00Z"),
            ("10/19/2024, 3:45 PM", "2024-10-19T15:45:00Z"),
            ("10/19/2024 3:45pm", "2024-10-19T15:45:00Z"),
            ("10/19/24 12:05:09 AM", "2024-10-19T00:05:09Z"),
            ("19/10/2024 15:45", "2024-10-19T15:45:00Z"),
            ("October 19, 2024", "2024-10-19T00:00:00Z"),
            ("October 19, 2024 at 3:45 PM", "2024-10-19T15:45:00Z"),
            ("Oct 19, 2024, 12:00 PM", "2024-10-19T12:00:00Z"),
            ("19 octobre 2024", "2024-10-19T00:00:00Z"),
            ("1er mai 2024", "2024-05-01T00:00:00Z"),
            ("2024", ""),
            ("12", ""),
            ("hier", ""),
            ("Oct 2024", ""),
            ("13/13/2024", ""),
            ("32 Oct 2024", ""),
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
            ("3 Apr 2024", false),
        ] {
            assert_eq!(when(text).map(|when| when.order_guessed), Some(guessed), "{text}");
        }
    }
}
