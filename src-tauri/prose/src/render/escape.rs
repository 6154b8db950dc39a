//! Escaping for HTML.

/// Escapes text for an element or for a quoted attribute.
pub(crate) fn escape(text: &str, html: &mut String) {
    let bytes = text.as_bytes();
    if memchr::memchr3(b'&', b'<', b'>', bytes).is_none() && memchr::memchr2(b'"', 0, bytes).is_none() {
        html.push_str(text);
        return;
    }
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            // HTML has no NUL; parsers would each do something else.
            0 => "\u{fffd}",
            _ => continue,
        };
        html.push_str(text.get(copied..at).unwrap_or_default());
        html.push_str(entity);
        copied = at + 1;
    }
    html.push_str(text.get(copied..).unwrap_or_default());
}

/// Escapes an address for a quoted attribute: what can't stand in a URL is percent-encoded.
pub(super) fn escape_address(address: &str, html: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in address.bytes() {
        match byte {
            b'&' => html.push_str("&amp;"),
            b'\'' => html.push_str("&#x27;"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => html.push(char::from(byte)),
            byte if b"-_.~!*();:@=+$,/?#[]%".contains(&byte) => html.push(char::from(byte)),
            byte => {
                html.push('%');
                for digit in [byte >> 4, byte & 15] {
                    html.push(HEX.get(usize::from(digit)).map_or('0', |digit| char::from(*digit)));
                }
            }
        }
    }
}
