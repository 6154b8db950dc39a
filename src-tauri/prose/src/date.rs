//! Dates as writers put them in front matter.

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use crate::language::Lang;

/// The date of an article: a civil date, with a time and an offset from UTC when they were given.
///
/// Displays as ISO 8601: `2025-06-26`, `2025-06-26T08:30:00`, `2025-06-26T08:30:00+02:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArticleDate {
    /// The day.
    pub date: Date,
    /// The time of day, when given.
    pub time: Option<Time>,
    /// The offset from UTC, when given (only ever beside a time).
    pub offset: Option<Offset>,
}

impl ArticleDate {
    /// Reads a date in any of the forms front matter holds: ISO 8601 and RFC 3339, Jekyll's
    /// `2025-06-26 08:30:00 +0200`, `2025/06/26`, French `26/06/2025`, and dates in words in
    /// French or English (`26 juin 2025`, `1er mai 2025`, `June 26, 2025`).
    pub fn parse(text: &str) -> Option<ArticleDate> {
        let text = text.trim();
        if text.len() > 64 {
            return None;
        }
        numeric(text).or_else(|| in_words(text))
    }

    /// The date at the head of a path such as `2025/06/26/title`, or of a file name such as
    /// `2025-06-26-title`.
    pub fn from_path(path: &str) -> Option<ArticleDate> {
        let mut rest = path.trim_start_matches('/');
        while !rest.starts_with(|character: char| character.is_ascii_digit()) {
            rest = rest.split_once('/')?.1;
        }
        let (date, rest) = day(rest)?;
        let ended = !rest.starts_with(|character: char| character.is_ascii_digit());
        ended.then_some(ArticleDate {
            date,
            time: None,
            offset: None,
        })
    }

    /// Seconds since 1970-01-01T00:00:00Z, for sorting. A missing time is midnight, a missing
    /// offset is UTC.
    pub fn sort_key(&self) -> i64 {
        let days = self
            .date
            .since(Date::constant(1970, 1, 1))
            .map_or(0, |span| i64::from(span.get_days()));
        let time = self.time.map_or(0, |time| {
            i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second())
        });
        let offset = self.offset.map_or(0, |offset| i64::from(offset.seconds()));
        days * 86_400 + time - offset
    }
}

impl fmt::Display for ArticleDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(
            formatter,
            "T{:02}:{:02}:{:02}",
            time.hour(),
            time.minute(),
            time.second()
        )?;
        let Some(offset) = self.offset else { return Ok(()) };
        let seconds = offset.seconds();
        if seconds == 0 {
            return formatter.write_str("Z");
        }
        let sign = if seconds < 0 { '-' } else { '+' };
        let minutes = seconds.abs() / 60;
        write!(formatter, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl Serialize for ArticleDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ArticleDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        ArticleDate::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a date")))
    }
}

/// The number of a month by its name, in full or cut short: in French, English or Arabic, in both the names that Arabic
/// has, and in the other languages in which a day stands before its month. Case doesn't matter.
pub fn month_named(name: &str) -> Option<u32> {
    let lower = name.trim_end_matches('.').to_lowercase();
    // « آذار/مارس », in both the names that Arabic has.
    let lower = lower.split('/').next_back().unwrap_or_default();
    Some(match lower {
        "janvier" | "janv" | "january" | "jan" | "يناير" | "جانفي" | "enero" | "januar" | "gennaio" => 1,
        "février" | "fevrier" | "févr" | "fév" | "fev" | "february" | "feb" | "فبراير" | "فيفري" | "febrero"
        | "شباط" => 2,
        "mars" | "march" | "mar" | "مارس" | "marzo" | "آذار" | "اذار" => 3,
        "avril" | "avr" | "april" | "apr" | "أبريل" | "ابريل" | "إبريل" | "أفريل" | "abril" | "نيسان" => {
            4
        }
        "mai" | "may" | "مايو" | "ماي" | "mayo" | "أيار" | "ايار" => 5,
        "juin" | "june" | "jun" | "يونيو" | "يونيه" | "جوان" | "junio" | "حزيران" => 6,
        "juillet" | "juil" | "july" | "jul" | "يوليو" | "يوليه" | "جويلية" | "julio" | "تموز" => 7,
        "août" | "aout" | "august" | "aug" | "أغسطس" | "اغسطس" | "أوت" | "agosto" | "آب" => 8,
        "septembre" | "sept" | "september" | "sep" | "سبتمبر" | "septiembre" | "أيلول" | "ايلول" => 9,
        "octobre" | "oct" | "october" | "أكتوبر" | "اكتوبر" | "octubre" => 10,
        "novembre" | "nov" | "november" | "نوفمبر" | "noviembre" => 11,
        "décembre" | "decembre" | "déc" | "dec" | "december" | "ديسمبر" | "diciembre" => 12,
        _ => return None,
    })
}

/// The names of the months as they stand in dates: in French, English and Arabic.
pub fn months(lang: &Lang) -> Option<&'static [&'static str; 12]> {
    const FRENCH: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const ARABIC: [&str; 12] = [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ];
    match lang {
        Lang::Fr => Some(&FRENCH),
        Lang::En => Some(&ENGLISH),
        Lang::Ar => Some(&ARABIC),
        Lang::Other(_) => None,
    }
}

/// Whether a word is the name of a weekday, in French or English; cut short, in English. Case doesn't matter.
pub fn is_day_name(word: &str) -> bool {
    const DAYS: &str = "lundi mardi mercredi jeudi vendredi samedi dimanche \
        monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun";
    let lower = word.to_lowercase();
    DAYS.split(' ').any(|day| day == lower)
}

/// A day of the calendar, when there is one.
pub fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()
}

fn numeric(text: &str) -> Option<ArticleDate> {
    let (date, rest) = day(text).or_else(|| day_first(text))?;
    if rest.is_empty() {
        return Some(ArticleDate {
            date,
            time: None,
            offset: None,
        });
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let (time, rest) = time_of_day(rest)?;
    let rest = rest.trim();
    let offset = if rest.is_empty() { None } else { Some(offset(rest)?) };
    Some(ArticleDate {
        date,
        time: Some(time),
        offset,
    })
}

/// `2025-06-26`, `2025/6/26`, `2025.06.26` at the head of a text, and what follows it.
fn day(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text, 4, 4)?;
    let (separator, rest) = separator(rest)?;
    let (month, rest) = number(rest, 1, 2)?;
    let rest = rest.strip_prefix(separator)?;
    let (day, rest) = number(rest, 1, 2)?;
    Some((civil(year, month, day)?, rest))
}

/// `26/06/2025`, as French writes it.
fn day_first(text: &str) -> Option<(Date, &str)> {
    let (day, rest) = number(text, 1, 2)?;
    let (separator, rest) = separator(rest)?;
    let (month, rest) = number(rest, 1, 2)?;
    let rest = rest.strip_prefix(separator)?;
    let (year, rest) = number(rest, 4, 4)?;
    Some((civil(year, month, day)?, rest))
}

fn separator(text: &str) -> Option<(char, &str)> {
    let first = text.chars().next()?;
    matches!(first, '-' | '/' | '.').then(|| (first, text.get(1..).unwrap_or_default()))
}

fn time_of_day(text: &str) -> Option<(Time, &str)> {
    let (hour, rest) = number(text, 1, 2)?;
    let rest = rest.strip_prefix([':', 'h', 'H'])?;
    let (minute, mut rest) = number(rest, 2, 2)?;
    let mut second = 0;
    if let Some(after) = rest.strip_prefix(':') {
        (second, rest) = number(after, 2, 2)?;
        if let Some(after) = rest.strip_prefix(['.', ',']) {
            rest = after.trim_start_matches(|character: char| character.is_ascii_digit());
        }
    }
    let time = Time::new(small(hour)?, small(minute)?, small(second.min(59))?, 0).ok()?;
    Some((time, rest))
}

fn offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(Offset::UTC);
    }
    let negative = text.starts_with('-');
    let (hours, rest) = number(text.strip_prefix(['+', '-'])?, 2, 2)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let minutes = if rest.is_empty() {
        0
    } else {
        number(rest, 2, 2).filter(|(_, rest)| rest.is_empty())?.0
    };
    let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok()?;
    Offset::from_seconds(if negative { -seconds } else { seconds }).ok()
}

fn in_words(text: &str) -> Option<ArticleDate> {
    let lower = text.to_lowercase();
    let (mut first, mut year, mut month) = (None, None, None);
    for part in lower
        .split([' ', ',', '\u{a0}', '\u{202f}', '-'])
        .filter(|part| !part.is_empty())
    {
        if let Some((value, rest)) = number(part, 1, 4) {
            match rest {
                "" if part.len() == 4 => year = Some(value),
                "" | "er" | "st" | "nd" | "rd" | "th" if part.len() <= 4 => first = Some(value),
                _ => return None,
            }
        } else if let Some(index) = month_named(part) {
            month = Some(index);
        } else if !is_day_name(part) && part != "le" {
            return None;
        }
    }
    let date = civil(year?, month?, first?)?;
    Some(ArticleDate {
        date,
        time: None,
        offset: None,
    })
}

fn small(value: u32) -> Option<i8> {
    i8::try_from(value).ok()
}

/// A number of `least` to `most` digits at the head of a text, and what follows it.
fn number(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if digits < least {
        return None;
    }
    let (head, rest) = text.split_at_checked(digits)?;
    Some((head.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_months_are_found_by_their_names() {
        for lang in [Lang::Fr, Lang::En, Lang::Ar] {
            let numbers: Vec<_> = months(&lang)
                .into_iter()
                .flatten()
                .map(|name| month_named(name))
                .collect();
            assert_eq!(numbers, (1..=12).map(Some).collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_usual_form_is_read() {
        for (text, expected) in [
            ("2025-06-26", "2025-06-26"),
            (" 2025/6/26 ", "2025-06-26"),
            ("26/06/2025", "2025-06-26"),
            ("2025-06-26T08:30:00Z", "2025-06-26T08:30:00Z"),
            ("2025-06-26T08:30:00.123+02:00", "2025-06-26T08:30:00+02:00"),
            ("2025-06-26 08:30:00 +0200", "2025-06-26T08:30:00+02:00"),
            ("2025-06-26 08:30", "2025-06-26T08:30:00"),
            ("26 juin 2025", "2025-06-26"),
            ("jeudi 1er mai 2025", "2025-05-01"),
            ("June 26, 2025", "2025-06-26"),
            ("26th of", ""),
            ("2025-13-45", ""),
            ("hier", ""),
            ("", ""),
        ] {
            let read = ArticleDate::parse(text)
                .map(|date| date.to_string())
                .unwrap_or_default();
            assert_eq!(read, expected, "{text}");
            if let Some(date) = ArticleDate::parse(&read) {
                assert_eq!(date.to_string(), read);
            }
        }
    }

    #[test]
    fn paths_give_their_date() {
        let date = |path| ArticleDate::from_path(path).map(|date| date.to_string());
        assert_eq!(date("2025/06/26/title").as_deref(), Some("2025-06-26"));
        assert_eq!(date("blog/2025/06/26/title").as_deref(), Some("2025-06-26"));
        assert_eq!(date("2025-06-26-title.md").as_deref(), Some("2025-06-26"));
        assert_eq!(date("inside-rust/title"), None);
        assert_eq!(date("2025/06"), None);
    }

    #[test]
    fn sort_keys_are_seconds_since_1970() {
        let key = |text| ArticleDate::parse(text).unwrap().sort_key();
        assert_eq!(key("1970-01-01"), 0);
        assert_eq!(key("1970-01-02T00:00:01Z"), 86_401);
        assert_eq!(key("1970-01-01T02:00:00+02:00"), 0);
        assert_eq!(key("1969-12-31"), -86_400);
    }
}
