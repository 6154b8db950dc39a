//! What an address in a text may do.

/// The kinds of addresses, by what they may do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// `http`, `https` or `mailto`: opened outside, when the user asks.
    External,
    /// A place in the same article, without its `#`.
    Fragment(&'a str),
    /// For the library to resolve.
    Relative,
    /// A scheme or host that is never opened.
    Refused,
    /// No address.
    Empty,
}

/// Sorts an address. As browsers do before they look for a scheme, spaces and control characters
/// are left out of account.
pub(super) fn sort(address: &str) -> Address<'_> {
    let mut scheme = String::new();
    let mut characters = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{feff}');
    let Some(first) = characters.next() else {
        return Address::Empty;
    };
    if first == '#' {
        return Address::Fragment(address.trim().trim_start_matches('#'));
    }
    if matches!(first, '/' | '\\') {
        return match characters.next() {
            Some('/' | '\\') => Address::Refused,
            _ => Address::Relative,
        };
    }
    scheme.push(first);
    for character in characters {
        match character {
            ':' => {
                return match scheme.to_ascii_lowercase().as_str() {
                    "http" | "https" | "mailto" => Address::External,
                    _ => Address::Refused,
                };
            }
            '/' | '?' | '#' => return Address::Relative,
            _ if scheme.len() > 256 => return Address::Refused,
            character => scheme.push(character),
        }
    }
    Address::Relative
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mail_are_opened() {
        for (address, kind) in [
            ("https://a.fr", Address::External),
            ("HTTP://a.fr", Address::External),
            ("mailto:a@b.fr", Address::External),
            ("javascript:alert(1)", Address::Refused),
            ("JaVaScRiPt:alert(1)", Address::Refused),
            (" \u{1}java\tscript\n:alert(1)", Address::Refused),
            ("data:text/html,x", Address::Refused),
            ("vbscript:x", Address::Refused),
            ("file:///etc/passwd", Address::Refused),
            ("smb://host/share", Address::Refused),
            ("//host/path", Address::Refused),
            ("\\\\host\\share", Address::Refused),
            ("/\\host", Address::Refused),
            ("C:\\file", Address::Refused),
            ("tauri://localhost", Address::Refused),
            ("page.md", Address::Relative),
            ("../a/b.md#c:d", Address::Relative),
            ("/content/a.md", Address::Relative),
            ("@/blog/a.md", Address::Relative),
            ("#titre", Address::Fragment("titre")),
            (" ", Address::Empty),
        ] {
            assert_eq!(sort(address), kind, "{address}");
        }
    }
}
