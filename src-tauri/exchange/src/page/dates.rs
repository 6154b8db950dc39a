//! Dates as pages give them: in metadata, and in words beside a byline.

use edito_prose::ArticleDate;
use edito_prose::date::{civil, is_day_name, month_named};
use jiff::Timestamp;
use jiff::civil::Date;

/// A date as metadata holds it: ISO 8601 and what resembles it, RFC 2822, seconds or milliseconds since 1970, or in
/// words.
pub(crate) fn read(text: &str) -> Option<ArticleDate> {
    let text = text.trim();
    if text.is_empty() || text.len() > 200 {
        return None;
    }
    let found = ArticleDate::parse(text)
        .or_else(|| compact_iso(text))
        .or_else(|| epoch(text))
        .or_else(|| rfc2822(text))
        .or_else(|| in_text(text))?;
    plausible(found)
}

/// The first date in a line of text, with the time beside it where there is one.
pub(crate) fn in_text(text: &str) -> Option<ArticleDate> {
    let text = western_digits(crate::html::dom::head(text, 400));
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '•' | '·' | '،'))
        .filter(|word| !word.is_empty())
        .collect();
    for at in 0..words.len() {
        let word = |offset: isize| {
            let index = isize::try_from(at).ok()?.checked_add(offset)?;
            words.get(usize::try_from(index).ok()?).copied()
        };
        let found = match month_named(word(0).unwrap_or_default()) {
            Some(month) => {
                let before = word(-1).and_then(day).or_else(|| {
                    // « 3 de mayo », and the other name of an Arabic month after a slash.
                    word(-1)
                        .filter(|w| matches!(*w, "de" | "of"))
                        .and(word(-2))
                        .and_then(day)
                });
                let day_first = before.zip(word(1).and_then(year));
                let month_first = word(1).and_then(day).zip(word(2).and_then(year));
                day_first
                    .map(|found| (found, at + 2))
                    .or(month_first.map(|found| (found, at + 3)))
                    .and_then(|((day, year), next)| Some((civil(year, month, day)?, next)))
            }
            None => numeric(word(0).unwrap_or_default()).map(|date| (date, at + 1)),
        };
        if let Some((date, next)) = found {
            return plausible(with_time(date, words.get(next..).unwrap_or_default()));
        }
    }
    None
}

/// Whether a line says nothing but when something was published (or when it was changed, or how long it takes to read).
pub(crate) fn is_date_line(text: &str) -> bool {
    let folded = edito_prose::fold::fold(text);
    let dated = || in_text(text).is_some();
    // « 14 janvier », the year left to the reader.
    let this_year = || {
        text.chars().count() <= 20
            && text.contains(|c: char| c.is_numeric())
            && folded.split(' ').any(|word| month_named(word).is_some())
    };
    if text.chars().count() > 110 || !(dated() || this_year()) {
        return false;
    }
    // What is left when dates and the words around them are taken out.
    let rest = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            !word.is_empty()
                && !word.chars().any(|c| c.is_numeric())
                && month_named(word).is_none()
                && !is_day_name(word)
                && !AROUND.split(' ').any(|known| known == *word)
        })
        .count();
    rest == 0
}

/// Whether a word is the name of a day or of a month.
pub(crate) fn is_day_or_month(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']).to_lowercase();
    month_named(&word).is_some() || is_day_name(&word)
}

/// Whether a line says nothing but how long the text takes to read.
pub(crate) fn is_reading_time(text: &str) -> bool {
    let folded = edito_prose::fold::fold(text);
    let mut words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    text.chars().count() < 60
        && text.contains(|c: char| c.is_numeric())
        && ["min", "lecture", "read"].iter().any(|word| folded.contains(word))
        && words.all(|word| {
            word.trim_end_matches("min").chars().all(char::is_numeric)
                || matches!(
                    word,
                    "temps"
                        | "de"
                        | "lecture"
                        | "min"
                        | "mn"
                        | "mins"
                        | "minute"
                        | "minutes"
                        | "read"
                        | "reading"
                        | "time"
                        | "a"
                        | "to"
                        | "environ"
                        | "about"
                )
        })
}

/// The moment that `Date` of JavaScript prints: `Mon Jan 01 2024 10:00:00 GMT+0100 (heure normale…)`.
pub(crate) fn javascript(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let text = text.split('(').next().unwrap_or_default();
    let mut words = text.split_whitespace();
    let (_, month_name, day_text, year_text) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let (time, zone) = (words.next()?, words.next().unwrap_or("GMT+0000"));
    let date = civil(year(year_text)?, month_named(month_name)?, day(day_text)?)?;
    let zone = zone.trim_start_matches("GMT").trim_start_matches("UTC");
    let zone = if zone.is_empty() { "+0000" } else { zone };
    let (hours, minutes) = zone.split_at_checked(3)?;
    format!("{date}T{time}{hours}:{}", minutes.trim_start_matches(':'))
        .parse()
        .ok()
}

/// Words that stand around a date, folded.
const AROUND: &str = "\
    publie publiee le a mis mise jour modifie modifiee par h min published on at updated last posted \
    date du et am pm p m est edt gmt utc cet bst pt lecture temps de minutes read reading time er st nd \
    rd th نشر في تاريخ النشر اخر تحديث first modified created of the article heure paris";

fn plausible(date: ArticleDate) -> Option<ArticleDate> {
    (1_600..=2_199).contains(&date.date.year()).then_some(date)
}

fn with_time(date: Date, after: &[&str]) -> ArticleDate {
    let bare = ArticleDate {
        date,
        time: None,
        offset: None,
    };
    for (at, word) in after.iter().take(3).enumerate() {
        let word = word.to_lowercase();
        if matches!(&*word, "à" | "a" | "at" | "-" | "–" | "—" | "الساعة") {
            continue;
        }
        let Some((hour, rest)) = leading_number(&word) else {
            break;
        };
        let Some(rest) = rest.strip_prefix(['h', ':']) else {
            break;
        };
        let (minute, rest) = leading_number(rest).unwrap_or((0, ""));
        let half = after.get(at + 1).map(|half| half.to_lowercase()).unwrap_or_default();
        let half = format!("{rest}{half}").replace('.', "");
        let afternoon = half.contains("pm") && hour < 12;
        let midnight = half.contains("am") && hour == 12;
        let hour = if midnight {
            0
        } else {
            hour + if afternoon { 12 } else { 0 }
        };
        return ArticleDate::parse(&format!("{date} {hour:02}:{minute:02}")).unwrap_or(bare);
    }
    bare
}

fn day(word: &str) -> Option<u32> {
    let (number, rest) = leading_number(word)?;
    let rest = rest.trim_end_matches('.');
    (matches!(rest, "" | "er" | "st" | "nd" | "rd" | "th" | "ᵉʳ") && (1..=31).contains(&number)).then_some(number)
}

fn year(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(['.', ':', ';', '-', '–']);
    (word.len() == 4).then(|| word.parse().ok()).flatten()
}

/// `26/06/2025`, `26.06.2025`, `2025-06-26`; where only the English order makes a date, that one.
fn numeric(word: &str) -> Option<Date> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) || word.len() < 8 || word.len() > 30 {
        return None;
    }
    let head = word.get(..word.find('T').unwrap_or(word.len()))?;
    let head = head.trim_end_matches(['.', ':', ';']);
    let parts: Vec<&str> = head.split(['/', '.', '-']).collect();
    let [one, two, three] = parts.as_slice() else {
        return None;
    };
    let number = |text: &str| text.parse::<u32>().ok();
    if one.len() == 4 {
        return civil(number(one)?, number(two)?, number(three)?);
    }
    if three.len() != 4 {
        return None;
    }
    let (one, two, three) = (number(one)?, number(two)?, number(three)?);
    civil(three, two, one).or_else(|| civil(three, one, two))
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let (head, rest) = text.split_at_checked(digits)?;
    Some((head.parse().ok()?, rest))
}

/// `20250626`, `20250626T083000Z`, `2025-06-26T08:30Z` with odd offsets.
fn compact_iso(text: &str) -> Option<ArticleDate> {
    if text.len() >= 8
        && text.bytes().take(8).all(|byte| byte.is_ascii_digit())
        && !text.bytes().all(|b| b.is_ascii_digit())
        || text.len() == 8
    {
        let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
        return ArticleDate::parse(&format!("{year}-{month}-{day}"));
    }
    // A time that is not understood still leaves the day.
    let head = text.get(..10)?;
    let follows = text
        .as_bytes()
        .get(10)
        .is_some_and(|byte| matches!(byte, b'T' | b' ' | b't'));
    (follows && text.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| ArticleDate::parse(head))
        .flatten()
}

fn epoch(text: &str) -> Option<ArticleDate> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() == 13 { number / 1_000 } else { number };
    let timestamp = Timestamp::from_second(seconds).ok()?;
    ArticleDate::parse(&timestamp.to_string())
}

fn rfc2822(text: &str) -> Option<ArticleDate> {
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    ArticleDate::parse(&zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Arabic, Persian and other digits as `0` to `9`.
fn western_digits(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\u{660}'..='\u{669}' => char::from_digit(u32::from(character) - 0x660, 10).unwrap_or(character),
            '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(character) - 0x6f0, 10).unwrap_or(character),
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_pages_write_them() {
        for (text, expected) in [
            ("2024-03-12T08:30:00+01:00", "2024-03-12T08:30:00+01:00"),
            ("2024-03-12T08:30:00.000Z", "2024-03-12T08:30:00Z"),
            ("2024-03-12T08:30Z", "2024-03-12T08:30:00Z"),
            ("20240312", "2024-03-12"),
            ("1710232200", "2024-03-12T08:30:00Z"),
            ("Tue, 12 Mar 2024 08:30:00 +0100", "2024-03-12T08:30:00+01:00"),
            ("Publié le 12 mars 2024 à 10h30", "2024-03-12T10:30:00"),
            ("Par X, mardi 1er août 2023, mis à jour", "2023-08-01"),
            ("Published on March 12th, 2024 at 4:05 p.m. EST", "2024-03-12T16:05:00"),
            ("12/03/2024", "2024-03-12"),
            ("3/25/2024", "2024-03-25"),
            ("نُشر في ١٢ آذار/مارس ٢٠٢٤", "2024-03-12"),
            ("12 مارس 2024", "2024-03-12"),
            ("Le 11 septembre", ""),
            ("mars 2024", ""),
            ("12345", ""),
        ] {
            assert_eq!(
                read(text).map(|date| date.to_string()).unwrap_or_default(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn a_date_line_says_nothing_else() {
        assert!(is_date_line("Publié le 12 mars 2024 à 10h30"));
        assert!(is_date_line("March 12, 2024 · 5 min read"));
        assert!(!is_date_line("Le 12 mars 2024, la ville fut inondée"));
        assert!(!is_date_line("Publié hier"));
    }

    #[test]
    fn the_moment_of_a_page_saver_is_read() {
        let read = javascript("Mon Jan 01 2024 10:00:00 GMT+0100 (heure normale d’Europe centrale)");
        assert_eq!(
            read.map(|moment| moment.to_string()).as_deref(),
            Some("2024-01-01T09:00:00Z")
        );
        assert_eq!(javascript("hier"), None);
    }
}
