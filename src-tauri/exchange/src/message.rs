//! Messages in the form of mail (RFC 5322, MIME), parsed within bounds: letters, newsletters, web archives.

use mail_parser::{Message, MessageParser};
use memchr::memmem;

/// The deepest that parts may nest, told by how many of them could hold others. Each level is a call when a parsed
/// message is dropped, and each border is looked for in all that follows.
const MAX_NESTED: usize = 300;

/// The largest message that is read, in bytes.
pub(crate) const MAX_BYTES: usize = 128 * 1024 * 1024;

/// Parses a message; `None` for what is none, and for what nests beyond reason.
pub(crate) fn parse(bytes: &[u8]) -> Option<Message<'_>> {
    if bytes.len() > MAX_BYTES || containers(bytes) > MAX_NESTED {
        return None;
    }
    match completed(bytes) {
        Some(whole) => MessageParser::default().parse(&whole).map(Message::into_owned),
        None => MessageParser::default().parse(bytes),
    }
}

/// Parses the headers of a message alone, however it goes on.
pub(crate) fn headers(bytes: &[u8]) -> Option<Message<'_>> {
    let head = bytes.get(..bytes.len().min(256 * 1024))?;
    MessageParser::default().parse_headers(head)
}

/// A message that breaks off, or whose sender never closes its parts, with the delimiters that are missing (RFC 2046,
/// 5.1.2): without them the parser takes the last part of each for an attachment.
fn completed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut around: Vec<&[u8]> = Vec::new();
    // Where each is missing: before the next delimiter of what it stands in.
    let mut missing: Vec<(usize, &[u8])> = Vec::new();
    for boundary in boundaries(bytes).take(MAX_NESTED) {
        let close = [b"--", boundary, b"--"].concat();
        if !around.contains(&boundary) && memmem::rfind(bytes, &close).is_none() {
            let last = memmem::rfind(bytes, &[b"--", boundary].concat()).unwrap_or_default();
            let rest = bytes.get(last..).unwrap_or_default();
            let outer = around
                .iter()
                .filter_map(|outer| memmem::find(rest, &[b"\n--", *outer].concat()));
            missing.push((outer.min().map_or(bytes.len(), |at| last + at + 1), boundary));
            // Each search goes through all of it.
            if bytes.len() > 4 * 1024 * 1024 {
                break;
            }
        }
        around.push(boundary);
    }
    if missing.is_empty() {
        return None;
    }
    // Inner parts end before those around them.
    missing.reverse();
    missing.sort_by_key(|(at, _)| *at);
    let mut whole = Vec::with_capacity(bytes.len() + 200);
    let mut copied = 0;
    for (at, boundary) in missing {
        whole.extend_from_slice(bytes.get(copied..at).unwrap_or_default());
        whole.extend_from_slice(b"\r\n--");
        whole.extend_from_slice(boundary);
        whole.extend_from_slice(b"--\r\n");
        copied = at;
    }
    whole.extend_from_slice(bytes.get(copied..).unwrap_or_default());
    Some(whole)
}

/// The values of `boundary` parameters that delimit something, in the order of the message.
fn boundaries(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    memchr::memchr_iter(b'=', bytes).filter_map(move |at| {
        let name = bytes.get(at.checked_sub(8)?..at)?;
        if !name.eq_ignore_ascii_case(b"boundary") {
            return None;
        }
        let rest = bytes.get(at + 1..)?;
        let boundary = match rest.strip_prefix(b"\"") {
            Some(quoted) => quoted.get(..memchr::memchr(b'"', quoted.get(..quoted.len().min(80))?)?)?,
            None => {
                let end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b';' | b'"' | b',');
                rest.get(..rest.iter().take(80).position(end)?)?
            }
        };
        let opening = [b"--", boundary].concat();
        (!boundary.is_empty() && memmem::find(bytes, &opening).is_some()).then_some(boundary)
    })
}

/// How many parts may hold other parts.
fn containers(bytes: &[u8]) -> usize {
    let mut count = 0;
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
        let begins = |word: &[u8]| {
            at.checked_sub(word.len())
                .and_then(|start| bytes.get(start..at))
                .is_some_and(|found| found.eq_ignore_ascii_case(word))
        };
        let follows = |word: &[u8]| {
            bytes
                .get(at + 1..at + 1 + word.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(word))
        };
        if begins(b"multipart") || (begins(b"message") && (follows(b"rfc822") || follows(b"global"))) {
            count += 1;
            if count > MAX_NESTED {
                return count;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a message, as it is shown.
    fn text(source: &str) -> String {
        let message = parse(source.as_bytes());
        let text = message.as_ref().and_then(|message| message.body_text(0));
        text.unwrap_or_default().trim().to_owned()
    }

    #[test]
    fn a_message_that_breaks_off_keeps_its_text() {
        let mixed =
            "From: a@b.fr\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nwords";
        assert_eq!(text(mixed), "words");
        assert_eq!(text(&format!("{mixed}\n--b--\n")), "words");
        assert_eq!(text(&format!("{mixed}\n--b")), "words");
        assert_eq!(text(&mixed.replace("\"b\"", "b; charset=x")), "words");
        let nested = "From: a@b.fr\nContent-Type: multipart/mixed; boundary=out\n\n--out\nContent-Type: multipart/alternative; \
                      boundary=in\n\n--in\nContent-Type: text/plain\n\nwords";
        assert_eq!(text(nested), "words");
        assert_eq!(text(&format!("{nested}\n--out--\n")), "words");
    }

    #[test]
    fn words_about_boundaries_are_words() {
        assert!(completed(b"Subject: x\n\nThe boundary=here is none, boundary=\"").is_none());
    }
}
