//! From bytes of unknown encoding to text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text, and whether some of its bytes made no sense in its encoding.
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub lossy: bool,
}

/// Decodes a text. A byte order mark decides, then what the bytes are: those that are UTF-8 are no accident,
/// whatever was declared. Then what was declared is believed, as far as it can be true, and else the letters decide.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = bare_utf16(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.into(),
            lossy: false,
        };
    }
    let declared = declared
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        // Had it been so, its zeros would have told.
        .filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE);
    if let Some(encoding) = declared {
        let decoded = with(encoding, bytes);
        if !decoded.lossy {
            return decoded;
        }
    }
    if mostly_utf8(bytes) {
        return mended(bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    detector.feed(sample, sample.len() == bytes.len());
    with(detector.guess(None, Utf8Detection::Deny), bytes)
}

/// How many bytes a guess looks at.
const SAMPLE: usize = 256 * 1024;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], declared: Option<&str>) -> String {
        decode(bytes, declared).text.into_owned()
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
        let decoded = decode("Éditos d’été à lire dès l’aube".as_bytes(), None);
        assert!(!decoded.lossy);
        let mut bytes = "« Éditos d’été » à lire dès l’aube, où qu’on soit".as_bytes().to_vec();
        bytes.extend(b" d\xe9cid\xe9");
        let decoded = decode(&bytes, Some("utf-8"));
        assert!(decoded.lossy && decoded.text.starts_with("« Éditos d’été »"));
        assert!(decoded.text.ends_with(" décidé"));
        assert_eq!(decode(b"", None).text, "");
    }
}
