//! Messages in the form of mail (RFC 5322, MIME), parsed within bounds: letters, newsletters, web archives.

use mail_parser::{Message, MessageParser};

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
    MessageParser::default().parse(bytes)
}

/// Parses the headers of a message alone, however it goes on.
pub(crate) fn headers(bytes: &[u8]) -> Option<Message<'_>> {
    let head = bytes.get(..bytes.len().min(256 * 1024))?;
    MessageParser::default().parse_headers(head)
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
