//! How a feed is asked again, and when: what to send, what to remember of the answer, how long to wait.
//!
//! Nothing here asks anything: it is told what was answered, and at what time. Conditional requests: RFC 9110, 13;
//! freshness: RFC 9111, 4.2; `Retry-After`: RFC 9110, 10.2.3.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::dates;

/// What is remembered of a feed between two askings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Remembered {
    /// The address to ask.
    pub address: String,
    /// The mark of the version that was last read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When that version was made, in the server's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// When the feed was last asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    /// Not to be asked before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// How many times in a row it failed.
    pub failures: u32,
    /// It said that it is gone, and is not asked again unless its reader wants to.
    pub gone: bool,
}

/// What a server answered.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The status, after redirects.
    pub status: u16,
    /// The headers of that answer.
    pub headers: &'a [(String, String)],
    /// The address that permanent redirects (301, 308) led to from the one that was asked, with no other between.
    pub moved_to: Option<&'a str>,
    /// For how many minutes the feed itself says that it need not be asked again.
    pub ttl: Option<u32>,
    /// When it was asked.
    pub now: Timestamp,
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// There is something to read.
    Read,
    /// Nothing has changed.
    Unchanged,
    /// The feed is gone for good.
    Gone,
    /// The server wants to be left alone for a while.
    Wait,
    /// It may not be read, or only by those who sign in.
    Forbidden,
    /// There is nothing at that address now.
    NotFound,
    /// The server failed, or answered nonsense.
    Failed,
}

/// Feeds that say nothing are asked this often.
pub const USUAL: SignedDuration = SignedDuration::from_mins(60);
/// No feed is asked more often, whatever it says.
pub const SHORTEST: SignedDuration = SignedDuration::from_mins(15);
/// Feeds that work are asked at least this often, whatever they say.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// Feeds that fail, or that want to be left alone, are asked at least this often.
pub const LONGEST_AFTER_FAILURES: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The headers of the next request, besides those of every request.
pub fn request_headers(remembered: &Remembered) -> Vec<(&'static str, String)> {
    let mut headers = vec![(
        "Accept",
        "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, \
         application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
            .to_owned(),
    )];
    if let Some(etag) = &remembered.etag {
        headers.push(("If-None-Match", etag.clone()));
    }
    if let Some(last_modified) = &remembered.last_modified {
        headers.push(("If-Modified-Since", last_modified.clone()));
    }
    headers
}

/// Whether the feed is to be asked now.
pub fn is_due(remembered: &Remembered, now: Timestamp) -> bool {
    !remembered.gone && remembered.next_at.is_none_or(|next| next <= now)
}

/// What an answer means, and what is remembered from it.
pub fn after(remembered: &Remembered, answer: &Answer<'_>) -> (Outcome, Remembered) {
    let outcome = outcome(remembered, answer);
    let mut next = remembered.clone();
    next.asked_at = Some(answer.now);
    match outcome {
        Outcome::Read | Outcome::Unchanged => {
            next.failures = 0;
            next.gone = false;
            if let Some(address) = answer.moved_to.and_then(crate::url::web) {
                next.address = address.into();
            }
            // A 304 says again what it has, or leaves it out.
            let etag = header(answer.headers, "etag").filter(|etag| is_sendable(etag));
            let last_modified = header(answer.headers, "last-modified").filter(|date| is_sendable(date));
            if outcome == Outcome::Read {
                next.etag = etag.map(str::to_owned);
                next.last_modified = last_modified.map(str::to_owned);
            } else {
                next.etag = etag.map(str::to_owned).or(next.etag);
                next.last_modified = last_modified.map(str::to_owned).or(next.last_modified);
            }
            next.next_at = later(answer.now, fresh_for(answer));
        }
        Outcome::Gone => {
            next.gone = true;
            next.next_at = None;
        }
        Outcome::Wait => {
            next.failures = next.failures.saturating_add(1);
            let asked = retry_after(answer).unwrap_or_else(|| backoff(next.failures));
            next.next_at = later(answer.now, asked.clamp(SHORTEST, LONGEST_AFTER_FAILURES));
        }
        Outcome::Forbidden | Outcome::NotFound | Outcome::Failed => {
            next.failures = next.failures.saturating_add(1);
            let wait = retry_after(answer).unwrap_or_default().max(backoff(next.failures));
            next.next_at = later(answer.now, wait.min(LONGEST_AFTER_FAILURES));
        }
    }
    (outcome, next)
}

/// What is remembered when there was no answer at all: no network, no such host, no answer in time. A feed is not to
/// blame for that, so the wait grows to an hour and no longer.
pub fn after_silence(remembered: &Remembered, now: Timestamp) -> Remembered {
    let mut next = remembered.clone();
    next.asked_at = Some(now);
    next.failures = next.failures.saturating_add(1);
    next.next_at = later(now, backoff(next.failures).min(USUAL));
    next
}

fn outcome(remembered: &Remembered, answer: &Answer<'_>) -> Outcome {
    match answer.status {
        200 | 203 => Outcome::Read,
        304 if remembered.etag.is_some() || remembered.last_modified.is_some() => Outcome::Unchanged,
        410 => Outcome::Gone,
        429 => Outcome::Wait,
        503 if header(answer.headers, "retry-after").is_some() => Outcome::Wait,
        401 | 402 | 403 | 407 | 451 => Outcome::Forbidden,
        404 => Outcome::NotFound,
        // What nobody asked for is no answer, a 304 without a question included.
        _ => Outcome::Failed,
    }
}

/// How long an answer stays fresh: what the server says, or the feed, whichever is longer, within bounds.
fn fresh_for(answer: &Answer<'_>) -> SignedDuration {
    let control = header(answer.headers, "cache-control")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let directive = |name: &str| {
        control.split(',').find_map(|part| {
            let (known, value) = part.trim().split_once('=').unwrap_or((part.trim(), ""));
            (known == name).then(|| value.trim_matches('"').trim().to_owned())
        })
    };
    let seconds = |text: &str| text.trim().parse::<i64>().ok().filter(|seconds| *seconds >= 0);
    let served = if directive("no-store").is_some() || directive("no-cache").is_some() {
        None
    } else if let Some(seconds) = directive("max-age").as_deref().and_then(seconds) {
        let age = header(answer.headers, "age")
            .and_then(|age| age.trim().parse::<i64>().ok())
            .unwrap_or(0);
        Some(SignedDuration::from_secs(seconds.saturating_sub(age.max(0))))
    } else {
        let expires = header(answer.headers, "expires")
            .and_then(dates::when)
            .map(|when| when.time);
        // A server whose clock is wrong is wrong in both.
        let date = header(answer.headers, "date")
            .and_then(dates::when)
            .map(|when| when.time);
        expires.map(|expires| expires.duration_since(date.unwrap_or(answer.now)))
    };
    let of_feed = answer.ttl.map(|minutes| SignedDuration::from_mins(i64::from(minutes)));
    served.max(of_feed).unwrap_or(USUAL).clamp(SHORTEST, LONGEST)
}

/// How long the server asks to be left alone: seconds, or a date.
fn retry_after(answer: &Answer<'_>) -> Option<SignedDuration> {
    let text = header(answer.headers, "retry-after")?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(SignedDuration::from_secs(i64::from(seconds)));
    }
    let until = dates::when(text)?.time;
    Some(until.duration_since(answer.now)).filter(|wait| wait.is_positive())
}

/// Half an hour after the first failure, and twice as long after each one more, up to a week.
fn backoff(failures: u32) -> SignedDuration {
    let doublings = failures.saturating_sub(1).min(9);
    SignedDuration::from_mins(30 << doublings).min(LONGEST_AFTER_FAILURES)
}

fn later(now: Timestamp, wait: SignedDuration) -> Option<Timestamp> {
    now.checked_add(wait).ok()
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

/// Whether a value can be sent back as it came, and is not meant to be anything else.
fn is_sendable(value: &str) -> bool {
    const MOST: usize = 1_024;
    value.len() <= MOST
        && value
            .bytes()
            .all(|byte| byte == b'\t' || (byte >= b' ' && byte != 0x7f))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        "2025-06-26T08:00:00Z".parse().unwrap()
    }

    fn known() -> Remembered {
        Remembered {
            address: "https://exemple.fr/rss".into(),
            etag: Some("W/\"abc\"".into()),
            last_modified: Some("Wed, 25 Jun 2025 08:00:00 GMT".into()),
            ..Remembered::default()
        }
    }

    fn answered(status: u16, headers: &[(&str, &str)], ttl: Option<u32>) -> (Outcome, Remembered) {
        let headers: Vec<(String, String)> = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let answer = Answer {
            status,
            headers: &headers,
            moved_to: None,
            ttl,
            now: now(),
        };
        after(&known(), &answer)
    }

    fn minutes(remembered: &Remembered) -> Option<i64> {
        remembered.next_at.map(|next| next.duration_since(now()).as_mins())
    }

    #[test]
    fn what_is_known_is_sent() {
        let headers = request_headers(&known());
        let sent = |name: &str| {
            headers
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.as_str())
        };
        assert_eq!(sent("If-None-Match"), Some("W/\"abc\""));
        assert_eq!(sent("If-Modified-Since"), Some("Wed, 25 Jun 2025 08:00:00 GMT"));
        assert!(sent("Accept").is_some());
        assert_eq!(request_headers(&Remembered::default()).len(), 1);
    }

    #[test]
    fn the_next_time_is_told_by_server_and_feed_within_bounds() {
        for (headers, ttl, expected) in [
            (vec![], None, 60),
            (vec![("Cache-Control", "max-age=1800")], None, 30),
            (vec![("cache-control", "public, MAX-AGE=\"7200\"")], None, 120),
            (vec![("Cache-Control", "max-age=7200"), ("Age", "3600")], None, 60),
            (vec![("Cache-Control", "max-age=60")], None, 15),
            (vec![("Cache-Control", "max-age=0")], None, 15),
            (vec![("Cache-Control", "max-age=99999999")], None, 24 * 60),
            (vec![("Cache-Control", "no-cache, max-age=7200")], None, 60),
            (vec![("Cache-Control", "max-age=soon")], None, 60),
            (vec![("Cache-Control", "max-age=900")], Some(90), 90),
            (vec![("Cache-Control", "max-age=7200")], Some(30), 120),
            (vec![], Some(1), 15),
            (vec![], Some(u32::MAX), 24 * 60),
            (vec![("Expires", "Thu, 26 Jun 2025 10:00:00 GMT")], None, 120),
            (
                vec![
                    ("Expires", "Thu, 26 Jun 2025 10:00:00 GMT"),
                    ("Date", "Thu, 26 Jun 2025 09:15:00 GMT"),
                ],
                None,
                45,
            ),
            (vec![("Expires", "0")], None, 60),
            (vec![("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")], None, 15),
        ] {
            let (outcome, next) = answered(200, &headers, ttl);
            assert_eq!(
                (outcome, minutes(&next)),
                (Outcome::Read, Some(expected)),
                "{headers:?} {ttl:?}"
            );
        }
    }

    #[test]
    fn what_is_remembered_is_that_of_the_last_version() {
        let (_, next) = answered(200, &[("ETag", "\"new\"")], None);
        assert_eq!((next.etag.as_deref(), next.last_modified), (Some("\"new\""), None));
        let (outcome, next) = answered(304, &[], None);
        assert_eq!(outcome, Outcome::Unchanged);
        assert_eq!((next.etag, next.last_modified), (known().etag, known().last_modified));
        let (_, next) = answered(304, &[("etag", "\"other\"")], None);
        assert_eq!(next.etag.as_deref(), Some("\"other\""));
        // Nothing that could become another header is ever sent back.
        let (_, next) = answered(
            200,
            &[("ETag", "\"a\"\r\nX-Evil: 1"), ("Last-Modified", &"a".repeat(5_000))],
            None,
        );
        assert_eq!((next.etag, next.last_modified), (None, None));
    }

    #[test]
    fn every_status_means_something() {
        for (status, headers, outcome, expected) in [
            (410, vec![], Outcome::Gone, None),
            (404, vec![], Outcome::NotFound, Some(30)),
            (403, vec![], Outcome::Forbidden, Some(30)),
            (401, vec![], Outcome::Forbidden, Some(30)),
            (500, vec![], Outcome::Failed, Some(30)),
            (500, vec![("Retry-After", "7200")], Outcome::Failed, Some(120)),
            (503, vec![], Outcome::Failed, Some(30)),
            (503, vec![("Retry-After", "3600")], Outcome::Wait, Some(60)),
            (
                429,
                vec![("Retry-After", "Thu, 26 Jun 2025 11:00:00 GMT")],
                Outcome::Wait,
                Some(180),
            ),
            (
                429,
                vec![("Retry-After", "Thu, 26 Jun 2025 07:00:00 GMT")],
                Outcome::Wait,
                Some(30),
            ),
            (429, vec![("Retry-After", "1")], Outcome::Wait, Some(15)),
            (
                429,
                vec![("Retry-After", "999999999")],
                Outcome::Wait,
                Some(7 * 24 * 60),
            ),
            (429, vec![], Outcome::Wait, Some(30)),
            (204, vec![], Outcome::Failed, Some(30)),
            (302, vec![], Outcome::Failed, Some(30)),
            (0, vec![], Outcome::Failed, Some(30)),
        ] {
            let (got, next) = answered(status, &headers, None);
            assert_eq!((got, minutes(&next)), (outcome, expected), "{status} {headers:?}");
        }
        let answer = Answer {
            status: 304,
            headers: &[],
            moved_to: None,
            ttl: None,
            now: now(),
        };
        assert_eq!(after(&Remembered::default(), &answer).0, Outcome::Failed);
    }

    #[test]
    fn failures_wait_longer_each_time_and_end_with_the_first_success() {
        let fail = Answer {
            status: 500,
            headers: &[],
            moved_to: None,
            ttl: None,
            now: now(),
        };
        let mut remembered = known();
        let mut waits = Vec::new();
        for _ in 0..12 {
            remembered = after(&remembered, &fail).1;
            waits.push(minutes(&remembered).unwrap());
        }
        assert_eq!(waits[..5], [30, 60, 120, 240, 480]);
        assert_eq!(waits.last(), Some(&(7 * 24 * 60)));
        assert_eq!(remembered.etag, known().etag);
        let silent = after_silence(&remembered, now());
        assert_eq!(minutes(&silent), Some(60));
        let well = after(&remembered, &Answer { status: 200, ..fail }).1;
        assert_eq!((well.failures, minutes(&well)), (0, Some(60)));
    }

    #[test]
    fn what_moved_for_good_is_asked_there_and_what_is_gone_no_more() {
        let answer = Answer {
            status: 200,
            headers: &[],
            moved_to: Some("https://nouveau.fr/rss"),
            ttl: None,
            now: now(),
        };
        assert_eq!(after(&known(), &answer).1.address, "https://nouveau.fr/rss");
        let broken = Answer { status: 404, ..answer };
        assert_eq!(after(&known(), &broken).1.address, "https://exemple.fr/rss");
        let evil = Answer {
            moved_to: Some("file:///etc/passwd"),
            ..answer
        };
        assert_eq!(after(&known(), &evil).1.address, "https://exemple.fr/rss");
        let gone = after(&known(), &Answer { status: 410, ..answer }).1;
        assert!(gone.gone && !is_due(&gone, now()));
        // Its reader asks again, and it is back.
        assert!(!after(&gone, &answer).1.gone);
        assert!(is_due(&known(), now()));
    }

    proptest! {
        #[test]
        fn a_feed_is_never_asked_at_once_again(status in any::<u16>(), name in "(cache-control|expires|retry-after|age|date)", value in "\\PC{0,30}", ttl in any::<Option<u32>>()) {
            let headers = [(name, value)];
            let answer = Answer { status, headers: &headers, moved_to: None, ttl, now: now() };
            let (_, next) = after(&known(), &answer);
            if !next.gone {
                prop_assert!(next.next_at.unwrap() >= now() + SHORTEST);
                prop_assert!(next.next_at.unwrap() <= now() + LONGEST_AFTER_FAILURES);
            }
        }
    }
}
