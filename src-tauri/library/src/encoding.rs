//! Between the bytes of a text file and the text that is edited.
//!
//! The edited text has `\n` line ends and no byte order mark. [`encode`] brings everything back as
//! it was: encoding, mark, and the end of each line that was not edited, also where a file mixes
//! several. So `encode(&decode(bytes), &text)` with an unedited text is `bytes`.

use std::borrow::Cow;
use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind, Result};

mod line_ends;

pub use line_ends::LineEnding;
use line_ends::LineEnds;

/// The encoding of a file: UTF-8, UTF-16, or one of the older ones that the Encoding Standard
/// (encoding.spec.whatwg.org) names. Its Latin-1 is Windows-1252, as everywhere on the web.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// What new files are written in.
    pub const UTF_8: Self = Self(UTF_8);

    /// From a name or alias such as `latin1`; `None` when it is unknown.
    pub fn from_label(label: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).map(Self)
    }

    /// The standard name, such as `windows-1252`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Whether it has bytes for all characters of a text.
    pub fn has(self, text: &str) -> bool {
        let unicode = [UTF_8, UTF_16LE, UTF_16BE].contains(&self.0);
        unicode || !self.0.encode(text).2
    }

    /// Encodings to offer to the user for a file that can't be told, the likeliest first.
    pub fn choices() -> impl Iterator<Item = Self> {
        [
            "utf-8",
            "windows-1252",
            "iso-8859-15",
            "macintosh",
            "windows-1256",
            "iso-8859-6",
            "utf-16le",
            "utf-16be",
            "windows-1250",
            "iso-8859-2",
            "windows-1251",
            "windows-1253",
            "windows-1254",
            "windows-1255",
            "windows-1257",
            "windows-1258",
            "windows-874",
            "koi8-r",
            "gb18030",
            "big5",
            "shift_jis",
            "euc-jp",
            "euc-kr",
        ]
        .into_iter()
        .filter_map(Self::from_label)
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl Serialize for Encoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let label = Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_label(&label).ok_or_else(|| serde::de::Error::custom("unknown encoding"))
    }
}

/// What an encoding has no bytes for: the source of an error of the kind `Unencodable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The encoding.
    pub encoding: Encoding,
    /// The first few characters that it lacks; none when it has all of them, and the file would be taken for one in
    /// another encoding.
    pub characters: Vec<char>,
}

/// The name of the encoding and the characters, in words of no language: `windows-1252: 中 (U+4E2D), U+202F`.
impl fmt::Display for Lacking {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.encoding.name())?;
        for (at, character) in self.characters.iter().enumerate() {
            out.write_str(if at == 0 { ": " } else { ", " })?;
            out.write_str(&shown(*character))?;
        }
        Ok(())
    }
}

impl std::error::Error for Lacking {}

/// A file's text, and what is needed to write it back as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text with `\n` line ends and without byte order mark.
    pub text: String,
    /// The encoding of the file.
    pub encoding: Encoding,
    /// Whether the file begins with a byte order mark.
    pub bom: bool,
    /// The line end of most lines, which new lines take; the system-independent `\n` when there is
    /// no line end at all.
    pub line_ending: LineEnding,
    /// Whether other line ends occur too.
    pub mixed: bool,
    /// Whether the bytes can be brought back exactly and the encoding is not in doubt. If false,
    /// the text is for reading only, until the user picks an encoding for [`decode_as`].
    pub lossless: bool,
    /// Whether the user picked the encoding: reading the file again will not find it by itself.
    pub picked: bool,
    ends: LineEnds,
}

impl Decoded {
    /// The text of a new file: UTF-8, `\n`, no mark.
    pub fn new(text: impl Into<String>) -> Self {
        from_unicode(text.into(), Encoding::UTF_8, false)
    }

    /// The same text and line ends, to be written in UTF-8 without a mark from now on: the way out
    /// when the file's own encoding lacks a character.
    #[must_use]
    pub fn in_utf_8(&self) -> Self {
        Self {
            encoding: Encoding::UTF_8,
            bom: false,
            picked: false,
            ..self.clone()
        }
    }
}

/// Reads a file's bytes; never fails. The encoding comes from the byte order mark, else it is
/// UTF-8 if the bytes are, else it is guessed, with [`Decoded::lossless`] telling whether the
/// guess may be edited.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return decode_in(bytes, rest, Encoding(encoding), true);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        let decoded = decode_in(bytes, bytes, encoding, false);
        if decoded.lossless {
            return decoded;
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return from_unicode(text.to_owned(), Encoding::UTF_8, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = Encoding(detector.guess(None, Utf8Detection::Deny));
    let mut decoded = decode_in(bytes, bytes, encoding, false);
    // No text has these: the guess is wrong, or it is no text at all.
    decoded.lossless &= !decoded.text.chars().any(is_doubtful);
    decoded
}

/// Reads a file's bytes in the encoding that the user picked. [`Decoded::lossless`] is false when
/// the bytes do not fit it. Errors: `Encoding` when the label is unknown.
pub fn decode_as(bytes: &[u8], label: &str) -> Result<Decoded> {
    let Some(encoding) = Encoding::from_label(label) else {
        return Err(Error::new(
            ErrorKind::Encoding,
            format!("there is no encoding called {label}"),
        ));
    };
    let mut decoded = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, mark)) if marked == encoding.0 => {
            let rest = bytes.get(mark..).unwrap_or_default();
            decode_in(bytes, rest, encoding, true)
        }
        _ => decode_in(bytes, bytes, encoding, false),
    };
    decoded.picked = true;
    Ok(decoded)
}

/// The bytes of the file that `original` was read from, with its text now `new_text` (whatever its
/// line ends). Lines that are in both texts keep their bytes; new ones take the dominant line end.
///
/// Errors: `Unencodable` when the encoding has no bytes for a character (the detail names them) or
/// the file would be read back differently: the caller may then write [`Decoded::in_utf_8`].
/// `Encoding` when `original` is not lossless.
pub fn encode(original: &Decoded, new_text: &str) -> Result<Vec<u8>> {
    if !original.lossless {
        return Err(Error::new(
            ErrorKind::Encoding,
            "the encoding of the file is not known, so it can only be read",
        ));
    }
    let new_text = line_ends::normalise(new_text);
    let with_ends = line_ends::restore(&original.ends, original.line_ending, &original.text, &new_text);
    let bytes = to_bytes(&with_ends, original.encoding, original.bom)?;
    let certain = original.bom || original.picked || original.encoding == Encoding::UTF_8;
    if !certain && decode(&bytes).text != new_text {
        // The guess depends on the whole text, and this text would be guessed differently.
        let lacking = Lacking {
            encoding: original.encoding,
            characters: Vec::new(),
        };
        let detail = format!("in {} the text would be read back differently", original.encoding);
        return Err(Error::new(ErrorKind::Unencodable, detail).because(lacking));
    }
    Ok(bytes)
}

fn from_unicode(text: String, encoding: Encoding, bom: bool) -> Decoded {
    let (text, ends) = line_ends::take_out(text);
    let (line_ending, mixed) = ends.dominant();
    Decoded {
        text,
        encoding,
        bom,
        line_ending,
        mixed,
        lossless: true,
        picked: false,
        ends,
    }
}

/// `rest` is `bytes` without the mark.
fn decode_in(bytes: &[u8], rest: &[u8], encoding: Encoding, bom: bool) -> Decoded {
    let (text, had_errors) = encoding.0.decode_without_bom_handling(rest);
    let lossless = !had_errors && to_bytes(&text, encoding, bom).is_ok_and(|again| again == bytes);
    Decoded {
        lossless,
        ..from_unicode(text.into_owned(), encoding, bom)
    }
}

fn to_bytes(text: &str, encoding: Encoding, bom: bool) -> Result<Vec<u8>> {
    let mark = if bom { "\u{feff}" } else { "" };
    let units = || mark.encode_utf16().chain(text.encode_utf16());
    if encoding.0 == UTF_16LE {
        return Ok(units().flat_map(u16::to_le_bytes).collect());
    }
    if encoding.0 == UTF_16BE {
        return Ok(units().flat_map(u16::to_be_bytes).collect());
    }
    if encoding.0 == UTF_8 {
        return Ok([mark.as_bytes(), text.as_bytes()].concat());
    }
    let (bytes, _, has_unmappable) = encoding.0.encode(text);
    if has_unmappable {
        let lacking = Lacking {
            encoding,
            characters: unmappable(text, encoding),
        };
        let named: Vec<String> = lacking.characters.iter().copied().map(shown).collect();
        let detail = format!("{encoding} has no {}", named.join(", "));
        return Err(Error::new(ErrorKind::Unencodable, detail).because(lacking));
    }
    Ok(bytes.into_owned())
}

/// The first few characters that the encoding lacks.
fn unmappable(text: &str, encoding: Encoding) -> Vec<char> {
    const MOST: usize = 8;
    let mut found: Vec<char> = Vec::new();
    let mut buffer = [0; 4];
    for character in text.chars().filter(|character| !character.is_ascii()) {
        let lacks = encoding.0.encode(character.encode_utf8(&mut buffer)).2;
        if lacks && !found.contains(&character) {
            found.push(character);
            if found.len() == MOST {
                break;
            }
        }
    }
    found
}

/// A character as it is shown to the user, who sees nothing of a space.
fn shown(character: char) -> String {
    let number = format!("U+{:04X}", u32::from(character));
    if character.is_whitespace() || character.is_control() || is_unseen(character) {
        return number;
    }
    format!("{character} ({number})")
}

/// Marks of direction, joiners and the like: they have no form of their own.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// UTF-16 of a mostly Latin text is recognised by every second byte being zero.
fn utf_16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    const SAMPLE: usize = 4096;
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|it| **it == 0).count();
    let (first, second, half) = (zeros(0), zeros(1), sample.len() / 2);
    if first == 0 && second * 2 > half {
        Some(Encoding(UTF_16LE))
    } else if second == 0 && first * 2 > half {
        Some(Encoding(UTF_16BE))
    } else {
        None
    }
}

fn is_doubtful(character: char) -> bool {
    match character {
        '\t' | '\n' | '\u{c}' | '\u{1b}' => false,
        // The end-of-line sign of some mainframes and of Unicode; the rest of C1 is never typed.
        '\u{85}' => false,
        other => other.is_control() || other == '\u{fffd}',
    }
}

#[cfg(test)]
mod tests;
