//! From bytes of any encoding to text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text, and whether some of its bytes made no sense in its encoding.
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub lossy: bool,
}

/// The text of HTML, whatever its encoding.
pub fn markup_text(bytes: &[u8]) -> String {
    decode_markup(bytes, None).text.into_owned()
}

/// Decodes a text of which nobody said how it is written.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    decode_as(bytes, None)
}

/// Decodes HTML or XML. `served` is what came with it from where it was; else it says itself how it is written.
pub(crate) fn decode_markup<'a>(bytes: &'a [u8], served: Option<&str>) -> Decoded<'a> {
    let declared = served
        .and_then(|label| for_label(label.trim()))
        .or_else(|| declared(bytes));
    decode_as(bytes, declared)
}

/// A byte order mark decides, then what the bytes are: those that are UTF-8 are no accident, whatever was declared, and
/// a page that was saved anew may still declare what it was before. Then what was declared is believed, as far as it
/// can be true, and else the letters decide.
fn decode_as<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = bare_utf16(bytes) {
        return with(encoding, bytes);
    }
    let escaped = declared == Some(ISO_2022_JP) && bytes.contains(&0x1b);
    if !escaped && let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.into(),
            lossy: false,
        };
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        let decoded = with(encoding, bytes);
        if !decoded.lossy || (!mostly_utf8(bytes) && is_mostly_sound(&decoded.text)) {
            return decoded;
        }
    }
    if mostly_utf8(bytes) {
        return mended(bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let sample = bytes.get(..GUESSED_WITHIN).unwrap_or(bytes);
    detector.feed(sample, sample.len() == bytes.len());
    with(detector.guess(None, Utf8Detection::Deny), bytes)
}

/// How much of a page is looked at for what it declares. Browsers look at 1,024 bytes; the comment of a page saver
/// may stand before.
const DECLARED_WITHIN: usize = 8 * 1024;

/// How much of a text its letters are counted in.
const GUESSED_WITHIN: usize = 256 * 1024;

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, lossy }
}

/// UTF-16 that lost its mark: what begins a table, JSON or markup is ASCII, and then every second byte is zero.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [first, 0, second, 0, ..] if first.is_ascii() && second.is_ascii() && *first != 0 => Some(UTF_16LE),
        [0, first, 0, second, ..] if first.is_ascii() && second.is_ascii() && *first != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether most letters beyond ASCII were understood.
fn is_mostly_sound(text: &str) -> bool {
    let (mut broken, mut sound) = (0, 0);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        if character == '\u{fffd}' {
            broken += 1;
        } else {
            sound += 1;
        }
    }
    broken * 20 <= sound
}

/// Whether a text is UTF-8 but for bytes that went wrong on the way: letters of several bytes are no accident.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut sound) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken <= sound
}

/// UTF-8 with its strays taken for what they mostly are, letters of Western Windows.
fn mended(bytes: &[u8]) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let (stray, _) = WINDOWS_1252.decode_without_bom_handling(chunk.invalid());
        text.push_str(&stray);
    }
    Decoded {
        text: text.into(),
        lossy: true,
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

    fn text(bytes: &[u8], declared: Option<&str>) -> String {
        decode_markup(bytes, declared).text.into_owned()
    }

    #[test]
    fn what_the_bytes_are_decides_before_what_was_declared() {
        let utf16 = |big: bool| -> Vec<u8> {
            let units = "titre,été".encode_utf16();
            units
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        for (bytes, declared) in [
            ("titre,été".into(), None),
            ("titre,été".into(), Some("iso-8859-1")),
            ("\u{feff}titre,été".into(), Some("iso-8859-1")),
            (b"titre,\xe9t\xe9".to_vec(), Some("ISO-8859-15")),
            (b"titre,\xe9t\xe9".to_vec(), Some("utf-8")),
            (b"titre,\xe9t\xe9".to_vec(), Some("no such thing")),
            (b"titre,\xe9t\xe9".to_vec(), None),
            (utf16(false), Some("utf-16")),
            (utf16(true), None),
        ] {
            assert_eq!(text(&bytes, declared), "titre,été", "{declared:?} {bytes:?}");
        }
        let arabic = encoding_rs::WINDOWS_1256
            .encode("صوّت المجلس أمس على قرار طال انتظاره")
            .0;
        assert!(text(&arabic, None).contains("المجلس"));
    }

    #[test]
    fn a_few_broken_bytes_are_told_and_lose_only_themselves() {
        let decoded = decode("Éditos d’été à lire dès l’aube".as_bytes());
        assert!(!decoded.lossy);
        let mut bytes = "« Éditos d’été » à lire dès l’aube, où qu’on soit".as_bytes().to_vec();
        bytes.extend(b" d\xe9cid\xe9");
        let decoded = decode_markup(&bytes, Some("utf-8"));
        assert!(decoded.lossy && decoded.text.starts_with("« Éditos d’été »"));
        assert!(decoded.text.ends_with(" décidé"));
        assert_eq!(decode(b"").text, "");
    }

    #[test]
    fn what_a_page_is_says_more_than_what_it_declares() {
        let latin = b"<meta charset=iso-8859-1><p>\xe9t\xe9 \x80</p>";
        assert!(text(latin, None).contains("été €"));
        assert!(text("<meta charset=iso-8859-1><p>été</p>".as_bytes(), None).contains("été"));
        assert!(text("\u{feff}<p>été".as_bytes(), None).starts_with("<p>été"));
        let wide: Vec<u8> = "<p>été".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&wide, None), "<p>été");
        let arabic = encoding_rs::WINDOWS_1256
            .encode("<p>صوّت المجلس أمس على قرار طال انتظاره")
            .0;
        assert!(text(&arabic, None).contains("المجلس"));
        let declared = encoding_rs::SHIFT_JIS
            .encode("<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'><p>社説")
            .0;
        assert!(text(&declared, None).contains("社説"));
    }

    #[test]
    fn broken_bytes_are_told() {
        let broken = [b"<meta charset=utf-8><p>\xc3\xa9t\xc3\xa9 \xff".as_slice(), b"</p>"].concat();
        let decoded = decode_markup(&broken, None);
        assert!(decoded.lossy && decoded.text.contains("été"));
        assert!(!decode(b"").lossy);
    }
}
