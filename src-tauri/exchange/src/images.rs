//! The images of a piece: which bytes are images at all, and each of them once.

use std::collections::HashMap;

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::piece::Image;
use crate::receipt::Receipt;

/// Images of more pixels than this are left out: they would take 256 MB to be shown.
pub(crate) const MAX_PIXELS: u64 = 64_000_000;

/// Images smaller than this on a side are no pictures but counters and spacers.
const SMALLEST: u64 = 3;

/// An image file larger than this is left out.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// What bytes that claim to be an image turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Checked {
    /// An image of a kind that is shown; the usual ending of its file.
    Sound(&'static str),
    /// A counter or spacer of a pixel or two.
    Tiny,
    /// Too many pixels or bytes.
    TooLarge,
    /// A drawing (SVG) that holds scripts, or asks for something from elsewhere.
    Active,
    /// Nothing that is known as an image.
    Unknown,
}

/// Looks at the header of an image, never at its pixels.
pub(crate) fn check(bytes: &[u8]) -> Checked {
    use imagesize::ImageType;
    if bytes.len() > MAX_BYTES {
        return Checked::TooLarge;
    }
    let ending = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => "png",
        Ok(ImageType::Jpeg) => "jpg",
        Ok(ImageType::Gif) => "gif",
        Ok(ImageType::Webp) => "webp",
        Ok(ImageType::Heif(imagesize::Compression::Av1)) => "avif",
        _ => return drawing(bytes),
    };
    let Ok(size) = imagesize::blob_size(bytes) else {
        return Checked::Unknown;
    };
    let (width, height) = (size.width as u64, size.height as u64);
    if width.saturating_mul(height) > MAX_PIXELS {
        Checked::TooLarge
    } else if width < SMALLEST || height < SMALLEST {
        Checked::Tiny
    } else {
        Checked::Sound(ending)
    }
}

/// The usual ending of the file of an image, when bytes are one of a kind that is shown, within bounds and without
/// anything active in it.
pub fn image_ending(bytes: &[u8]) -> Option<&'static str> {
    match check(bytes) {
        Checked::Sound(ending) => Some(ending),
        _ => None,
    }
}

/// The bytes of a `data:` address, when it says it is an image.
pub(crate) fn from_data_url(address: &str) -> Option<Vec<u8>> {
    let rest = address.trim_start().get(5..)?;
    let (kind, data) = rest.split_once(',')?;
    let kind = kind.to_ascii_lowercase();
    if !kind.trim_start().starts_with("image/") {
        return None;
    }
    let bytes = percent_decoded(data);
    if kind.trim_end().ends_with(";base64") {
        let dense: Vec<u8> = bytes.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let lenient = GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::Indifferent);
        GeneralPurpose::new(&STANDARD, lenient)
            .decode(&dense)
            .or_else(|_| GeneralPurpose::new(&URL_SAFE, lenient).decode(&dense))
            .ok()
    } else {
        Some(bytes)
    }
}

/// Whether an address is a `data:` address.
pub(crate) fn is_data_url(address: &str) -> bool {
    let address = address.trim_start();
    address
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// The images that a text shows, in the order of their places (`edito-image:N`).
#[derive(Debug, Default)]
pub(crate) struct Gallery {
    images: Vec<Image>,
    by_hash: HashMap<blake3::Hash, usize>,
    by_address: HashMap<String, usize>,
}

impl Gallery {
    /// Takes in bytes; answers the place of the image, or nothing when it is none that is shown.
    pub fn embed(
        &mut self,
        bytes: &[u8],
        name: Option<&str>,
        address: Option<String>,
        receipt: &mut Receipt,
    ) -> Option<usize> {
        let ending = match check(bytes) {
            Checked::Sound(ending) => ending,
            Checked::Tiny => return None,
            Checked::TooLarge => {
                receipt.leave_out("image-too-large", name);
                return None;
            }
            Checked::Active => {
                receipt.leave_out("active-drawing", name);
                return None;
            }
            Checked::Unknown => {
                receipt.fail("image", name);
                return None;
            }
        };
        let hash = blake3::hash(bytes);
        if let Some(place) = self.by_hash.get(&hash) {
            return Some(*place);
        }
        let place = self.images.len();
        self.images.push(Image {
            bytes: bytes.to_vec(),
            url: address,
            name: Some(match name {
                Some(name) if !name.is_empty() => safe_name(name, ending),
                _ => format!("image-{}.{ending}", place + 1),
            }),
        });
        self.by_hash.insert(hash, place);
        receipt.keep("image");
        Some(place)
    }

    /// Takes in an image that stays on the web.
    pub fn refer(&mut self, address: String, receipt: &mut Receipt) -> usize {
        if let Some(place) = self.by_address.get(&address) {
            return *place;
        }
        let place = self.images.len();
        self.by_address.insert(address.clone(), place);
        self.images.push(Image {
            bytes: Vec::new(),
            name: None,
            url: Some(address),
        });
        receipt.degrade("remote-image", None);
        place
    }

    /// The images.
    pub fn into_images(self) -> Vec<Image> {
        self.images
    }
}

/// A file name from elsewhere made safe: no folders, nothing that a system refuses or takes for something else, and
/// the ending that its bytes ask for.
pub(crate) fn safe_name(name: &str, ending: &str) -> String {
    let stem = safe_stem(name);
    let stem = match stem.rsplit_once('.') {
        Some((stem, old)) if old.len() <= 5 && !stem.is_empty() => stem.to_owned(),
        _ => stem,
    };
    format!("{stem}.{ending}")
}

/// A file name without folders and without what no system allows in one.
pub(crate) fn safe_stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.split(['?', '#']).next().unwrap_or_default();
    let mut safe = String::new();
    for character in name.chars() {
        let unsafe_here = character.is_control()
            || matches!(character, '<' | '>' | ':' | '"' | '|' | '*' | '%')
            // Marks that turn the direction of writing hide what a file is.
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        safe.push(if unsafe_here { '-' } else { character });
        if safe.len() > 80 {
            break;
        }
    }
    let safe = safe.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-'));
    let first = safe.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let reserved = matches!(&*first, "con" | "prn" | "aux" | "nul")
        || (first.len() == 4 && (first.starts_with("com") || first.starts_with("lpt")));
    if safe.is_empty() || reserved {
        format!("image{}{safe}", if safe.is_empty() { "" } else { "-" })
    } else {
        safe.to_owned()
    }
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    if !bytes.contains(&b'%') {
        return bytes.to_vec();
    }
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        if first == b'%'
            && let [high, low, tail @ ..] = after
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            decoded.push(high * 16 + low);
            rest = tail;
        } else {
            decoded.push(first);
            rest = after;
        }
    }
    decoded
}

/// The largest drawing that is looked through.
const MAX_DRAWING: usize = 2 * 1024 * 1024;

/// Whether bytes are a drawing that does nothing and asks for nothing. In an `<img>` no browser runs its scripts;
/// this holds for wherever else it may be opened.
fn drawing(bytes: &[u8]) -> Checked {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Checked::Unknown;
    };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let head = crate::html::dom::head(text, 1_000);
    if !(text.starts_with('<') && head.contains("<svg")) {
        return Checked::Unknown;
    }
    if text.len() > MAX_DRAWING {
        return Checked::TooLarge;
    }
    let lower = text.to_ascii_lowercase();
    // Entities could spell any of the words below.
    let plain: String = lower
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    const REFUSED: &[&str] = &[
        "<script",
        ":script",
        "<foreignobject",
        "<iframe",
        "<embed",
        "<object",
        "<image",
        "<feimage",
        "<use",
        "<a",
        "<set",
        "<animate",
        "<handler",
        "<listener",
        "<!entity",
        "<?xml-stylesheet",
        "javascript:",
        "data:",
        "@import",
        "@font-face",
        "image-set(",
        "url(h",
        "url(/",
        "url('h",
        "url(\"h",
        "url('/",
        "url(\"/",
        "&#",
        "\\",
    ];
    if REFUSED.iter().any(|mark| plain.contains(mark)) || has_handler(&lower) || has_outward_reference(&plain) {
        return Checked::Active;
    }
    Checked::Sound("svg")
}

/// An attribute whose name begins with `on`.
fn has_handler(lower: &str) -> bool {
    lower.match_indices("on").any(|(at, _)| {
        let before = lower.get(..at).and_then(|head| head.chars().next_back());
        let rest = lower.get(at..).unwrap_or_default();
        let name = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        before.is_some_and(|c| c.is_whitespace() || matches!(c, '/' | '"' | '\''))
            && rest.get(name..).unwrap_or_default().trim_start().starts_with('=')
    })
}

/// A reference to anything but a place in the drawing itself.
fn has_outward_reference(plain: &str) -> bool {
    plain.match_indices("href=").any(|(at, _)| {
        let value = plain.get(at + 5..).unwrap_or_default();
        !value.trim_start_matches(['"', '\'']).starts_with('#')
    })
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The head of a PNG of a given size.
    pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend(b"\x08\x02\x00\x00\x00\x00\x00\x00\x00");
        bytes
    }

    #[test]
    fn an_image_is_what_its_header_says() {
        assert_eq!(check(&png(10, 10)), Checked::Sound("png"));
        assert_eq!(check(&png(1, 1)), Checked::Tiny);
        assert_eq!(check(&png(60_000, 60_000)), Checked::TooLarge);
        assert_eq!(check(b"<html>"), Checked::Unknown);
        assert_eq!(check(b"BM not shown"), Checked::Unknown);
        assert_eq!(check(b""), Checked::Unknown);
    }

    #[test]
    fn only_drawings_that_do_nothing_are_kept() {
        let svg = |inside: &str| check(format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>").as_bytes());
        assert_eq!(
            svg("<path d='M0 0' fill='url(#g)'/><text>son = bon</text>"),
            Checked::Sound("svg")
        );
        for active in [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<g onload = 'x()'/>",
            "<g/onload='x()'/>",
            "<a href='javascript:x()'/>",
            "<use href='https://x.fr/a.svg#b'/>",
            "<image href='https://x.fr/a.png'/>",
            "<foreignObject><p/></foreignObject>",
            "<set attributeName='href' to='x'/>",
            "<style>@import 'https://x.fr/a.css'</style>",
            "<style>path{fill:url(https://x.fr/a)}</style>",
            "<path fill='u\\72l(https://x.fr)'/>",
            "&#x6a;avascript",
        ] {
            assert_eq!(svg(active), Checked::Active, "{active}");
        }
        assert_eq!(
            check(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>"),
            Checked::Active
        );
    }

    #[test]
    fn data_addresses_are_decoded_and_each_image_is_kept_once() {
        let encoded = base64::engine::general_purpose::STANDARD.encode(png(20, 20));
        let address = format!(
            " DATA:image/png;charset=x;base64,{}\n{}",
            &encoded[..10],
            &encoded[10..]
        );
        assert!(is_data_url(&address));
        let bytes = from_data_url(&address).unwrap();
        assert_eq!(bytes, png(20, 20));
        assert_eq!(from_data_url("data:image/svg+xml,%3Csvg%3E").unwrap(), b"<svg>");
        assert_eq!(from_data_url("data:text/html,x"), None);
        let (mut gallery, mut receipt) = (Gallery::default(), Receipt::new("x"));
        assert_eq!(gallery.embed(&bytes, None, None, &mut receipt), Some(0));
        assert_eq!(
            gallery.embed(&png(30, 30), Some("../a/vue.jpeg"), None, &mut receipt),
            Some(1)
        );
        assert_eq!(gallery.embed(&bytes, None, None, &mut receipt), Some(0));
        assert_eq!(gallery.embed(b"GIF8", None, None, &mut receipt), None);
        assert_eq!(gallery.refer("https://x.fr/a.png".into(), &mut receipt), 2);
        assert_eq!(gallery.refer("https://x.fr/a.png".into(), &mut receipt), 2);
        let images = gallery.into_images();
        assert_eq!(images.len(), 3);
        assert_eq!(images[1].name.as_deref(), Some("vue.png"));
    }

    #[test]
    fn names_are_safe_on_every_system() {
        for (name, safe) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\..\\a b.png", "a b.png"),
            ("con.png", "image-con.png"),
            ("\u{202e}gnp.exe", "gnp.exe"),
            ("..", "image"),
            ("", "image"),
            ("a\0b|c?d.png", "a-b-c"),
        ] {
            assert_eq!(safe_stem(name), safe, "{name}");
        }
        assert_eq!(safe_name("photo.été.jpg", "png"), "photo.été.png");
        assert!(safe_stem(&"é".repeat(500)).len() < 90);
    }
}
