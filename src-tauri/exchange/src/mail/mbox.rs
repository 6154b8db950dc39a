//! Mailboxes (mbox): messages one after the other, each after a line that begins with `From `.

use std::borrow::Cow;

/// The messages of a mailbox, in order. A line of a message that would have begun another was escaped with `>` when the
/// mailbox was written (`mboxrd`, RFC 4155 and its kin); the escape is taken off. Bytes before the first `From ` line
/// belong to no message, unless there is no such line at all: then all of it is one message.
pub fn messages(bytes: &[u8]) -> Messages<'_> {
    let start = if is_separator(line(bytes)) {
        0
    } else {
        next_separator(bytes, 0).unwrap_or(0)
    };
    Messages {
        rest: bytes.get(start..).unwrap_or_default(),
    }
}

/// The iterator that [`messages`] gives.
#[derive(Debug, Clone)]
pub struct Messages<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Messages<'a> {
    type Item = Cow<'a, [u8]>;

    fn next(&mut self) -> Option<Cow<'a, [u8]>> {
        loop {
            if self.rest.iter().all(u8::is_ascii_whitespace) {
                return None;
            }
            let first = line(self.rest);
            let start = if is_separator(first) { first.len() } else { 0 };
            let end = next_separator(self.rest, start.max(1)).unwrap_or(self.rest.len());
            let (message, rest) = self.rest.split_at_checked(end)?;
            self.rest = rest;
            let message = message.get(start..).unwrap_or_default();
            if !message.iter().all(u8::is_ascii_whitespace) {
                return Some(unescaped(message));
            }
        }
    }
}

/// The first line, with its end.
fn line(bytes: &[u8]) -> &[u8] {
    let end = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |at| at + 1);
    bytes.get(..end).unwrap_or_default()
}

/// Where the next separating line begins: after a blank line, and in the form of one.
fn next_separator(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        let found = at + rest.windows(6).position(|window| window == b"\nFrom ")?;
        let before = bytes.get(..found).unwrap_or_default();
        let blank = before.is_empty() || before.ends_with(b"\n") || before.ends_with(b"\n\r") || before == b"\r";
        if blank && is_separator(line(bytes.get(found + 1..).unwrap_or_default())) {
            return Some(found + 1);
        }
        at = found + 1;
    }
}

/// `From somebody Tue Mar 12 08:30:00 2024`: a time of day stands in it, so that a sentence does not pass for one.
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let time = rest
        .windows(5)
        .any(|window| matches!(window, [a, b, b':', c, d] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit())));
    time && rest.len() < 300
}

fn unescaped(message: &[u8]) -> Cow<'_, [u8]> {
    let escaped = |line: &[u8]| {
        let marks = line.iter().take_while(|byte| **byte == b'>').count();
        marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "))
    };
    if !message.split_inclusive(|byte| *byte == b'\n').any(escaped) {
        return Cow::Borrowed(message);
    }
    let mut plain = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        plain.extend_from_slice(if escaped(line) {
            line.get(1..).unwrap_or_default()
        } else {
            line
        });
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mailbox: &str) -> Vec<String> {
        messages(mailbox.as_bytes())
            .map(|message| String::from_utf8_lossy(&message).into_owned())
            .collect()
    }

    #[test]
    fn messages_are_parted_at_their_lines_and_nowhere_else() {
        let mailbox = "From a@b Tue Mar 12 08:30:00 2024\nSubject: 1\n\n>From the start.\n>>From deeper.\n\nFrom here on we walk.\n\n\
            From c@d Tue Mar 12 09:30:00 2024\r\nSubject: 2\r\n\r\ntwo\r\n";
        assert_eq!(
            all(mailbox),
            [
                "Subject: 1\n\nFrom the start.\n>From deeper.\n\nFrom here on we walk.\n\n",
                "Subject: 2\r\n\r\ntwo\r\n"
            ]
        );
        assert_eq!(all("Subject: alone\n\ntext"), ["Subject: alone\n\ntext"]);
        assert_eq!(all(""), Vec::<String>::new());
        assert_eq!(all("From a 08:30\n\nFrom b 08:30\n\n").len(), 0);
    }
}
