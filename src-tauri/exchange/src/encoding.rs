//! From bytes of any encoding to text.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text, and whether every byte of it was understood.
pub(crate) struct Decoded {
    pub text: String,
    /// Some bytes fit the encoding in no way; U+FFFD stands in their place.
    pub lossy: bool,
}

/// Decodes HTML: by byte order mark, by what it is (valid UTF-8 says so itself, and a page that was saved anew may
/// still declare what it was before), by what it declares, and at last by its letters.
pub(crate) fn decode_html(bytes: &[u8]) -> Decoded {
    let declared = declared(bytes);
    decode(bytes, declared)
}

/// Decodes plain text that may have been declared to be in some encoding.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(length..).unwrap_or_default());
    }
    if let Some(encoding) = bare_utf16(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !(declared == Some(ISO_2022_JP) && bytes.contains(&0x1b))
    {
        return Decoded {
            text: text.to_owned(),
            lossy: false,
        };
    }
    match declared {
        // A few bytes that went wrong on the way don't make a page of UTF-8 anything else.
        Some(encoding) if encoding == UTF_8 => {
            let decoded = with(UTF_8, bytes);
            let broken = decoded.text.matches('\u{fffd}').count();
            let sound = decoded
                .text
                .chars()
                .filter(|c| !c.is_ascii() && *c != '\u{fffd}')
                .count();
            if broken <= sound { decoded } else { guess(bytes) }
        }
        Some(encoding) => with(encoding, bytes),
        None => {
            let decoded = with(UTF_8, bytes);
            let broken = decoded.text.matches('\u{fffd}').count();
            let sound = decoded
                .text
                .chars()
                .filter(|c| !c.is_ascii() && *c != '\u{fffd}')
                .count();
            if broken * 20 < sound { decoded } else { guess(bytes) }
        }
    }
}

/// How much of a page is looked at for what it declares. Browsers look at 1,024 bytes; the comment of a page saver
/// may stand before.
const DECLARED_WITHIN: usize = 8 * 1024;

/// How much of a text its letters are counted in.
const GUESSED_WITHIN: usize = 256 * 1024;

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        lossy,
    }
}

fn guess(bytes: &[u8]) -> Decoded {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    let sample = bytes.get(..GUESSED_WITHIN).unwrap_or(bytes);
    detector.feed(sample, sample.len() == bytes.len());
    with(detector.guess(None, chardetng::Utf8Detection::Allow), bytes)
}

/// UTF-16 without a byte order mark: an ASCII letter or `<` beside a zero.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [first, 0, _, 0, ..] if first.is_ascii_graphic() => Some(UTF_16LE),
        [0, first, 0, _, ..] if first.is_ascii_graphic() => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a page declares: `charset=` in one of its `meta` elements, or in an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    if let Some(xml) = head.trim_start().strip_prefix("<?xml")
        && let Some(label) = xml
            .split("?>")
            .next()
            .and_then(|xml| xml.split_once("encoding"))
            .and_then(|(_, rest)| value(rest))
    {
        return for_label(label);
    }
    let mut rest = head.as_str();
    while let Some(at) = rest.find("<meta") {
        let tag = rest.get(at..).unwrap_or_default();
        let tag = tag.get(..tag.find('>').unwrap_or(tag.len())).unwrap_or_default();
        if let Some((_, after)) = tag.split_once("charset")
            && let Some(encoding) = value(after).and_then(for_label)
        {
            return Some(encoding);
        }
        rest = rest.get(at + 5..).unwrap_or_default();
    }
    None
}

/// What stands after `=`, quoted or not.
fn value(text: &str) -> Option<&str> {
    let text = text.trim_start().strip_prefix('=')?.trim_start();
    let text = text.trim_start_matches(['"', '\'']);
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '/' | '?'))
        .unwrap_or(text.len());
    text.get(..end)
}

/// As browsers do: what declares UTF-16 in ASCII letters is not UTF-16.
fn for_label(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.as_bytes())?;
    Some(match encoding {
        _ if encoding == UTF_16LE || encoding == UTF_16BE => UTF_8,
        _ if label == "x-user-defined" => WINDOWS_1252,
        _ => encoding,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode_html(bytes).text
    }

    #[test]
    fn what_a_page_is_says_more_than_what_it_declares() {
        let latin = b"<meta charset=iso-8859-1><p>\xe9t\xe9 \x80</p>";
        assert!(text(latin).contains("été €"));
        assert!(text("<meta charset=iso-8859-1><p>été</p>".as_bytes()).contains("été"));
        assert!(text("\u{feff}<p>été".as_bytes()).starts_with("<p>été"));
        let wide: Vec<u8> = "<p>été".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&wide), "<p>été");
        let arabic = encoding_rs::WINDOWS_1256
            .encode("<p>صوّت المجلس أمس على قرار طال انتظاره")
            .0;
        assert!(text(&arabic).contains("المجلس"));
        let declared = encoding_rs::SHIFT_JIS
            .encode("<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'><p>社説")
            .0;
        assert!(text(&declared).contains("社説"));
    }

    #[test]
    fn broken_bytes_are_told() {
        let broken = [b"<meta charset=utf-8><p>\xc3\xa9t\xc3\xa9 \xff".as_slice(), b"</p>"].concat();
        let decoded = decode_html(&broken);
        assert!(decoded.lossy && decoded.text.contains("été"));
        assert!(!decode_html(b"").lossy);
    }
}
