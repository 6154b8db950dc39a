//! The parts of a JPEG: ITU-T T.81, annex B; JFIF 1.02; the Adobe, EXIF, XMP and ICC segments.

use super::exif::{self, Exif};
use super::{MOST_PARTS, Structure, be_u16, xmp_has_place};

/// One part of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub marker: u8,
    /// All of it; a scan with its pixels.
    pub bytes: &'a [u8],
    /// What stands behind its length.
    pub data: &'a [u8],
}

/// The parts from the first marker to the last; whether the last ends the image.
pub(super) fn parts(bytes: &[u8]) -> (Vec<Part<'_>>, bool) {
    let mut parts = Vec::new();
    let mut at = 2;
    while parts.len() < MOST_PARTS {
        // Any number of fill bytes may stand before a marker.
        let start = at;
        while bytes.get(at) == Some(&0xFF) {
            at += 1;
        }
        let (Some(&marker), true) = (bytes.get(at), at > start) else {
            return (parts, false);
        };
        at += 1;
        if marker == END {
            return (parts, true);
        }
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            continue;
        }
        let length = be_u16(bytes, at).map_or(0, usize::from);
        let Some(data) = length.checked_sub(2).and_then(|_| bytes.get(at + 2..at + length)) else {
            return (parts, false);
        };
        at += length;
        if marker == SCAN {
            at += length_of_pixels(bytes.get(at..).unwrap_or_default());
        }
        let all = bytes.get(start..at).unwrap_or_default();
        parts.push(Part {
            marker,
            bytes: all,
            data,
        });
    }
    (parts, false)
}

/// How many channels the image has; 4 are inks.
pub(super) fn channels(parts: &[Part<'_>]) -> Option<u8> {
    let frame = parts
        .iter()
        .find(|part| matches!(part.marker, 0xC0..=0xCF) && !matches!(part.marker, 0xC4 | 0xC8 | 0xCC))?;
    frame.data.get(5).copied()
}

/// What Adobe's segment says of the channels: 0 as they are, 1 YCbCr, 2 YCCK.
pub(super) fn adobe(parts: &[Part<'_>]) -> Option<u8> {
    let said = parts
        .iter()
        .find(|part| part.marker == 0xEE && part.data.starts_with(b"Adobe"))?;
    said.data.get(11).copied()
}

pub(super) fn structure(bytes: &[u8]) -> Structure {
    let (parts, whole) = parts(bytes);
    let mut structure = Structure {
        whole: whole && parts.iter().any(|part| part.marker == SCAN),
        lossy: true,
        ..Structure::default()
    };
    let mut exif: Option<Exif> = None;
    for part in &parts {
        if let Some(tiff) = part.data.strip_prefix(EXIF)
            && part.marker == 0xE1
        {
            let said = exif::read(tiff);
            let known = exif.get_or_insert(said);
            known.place |= said.place;
        } else if part.marker == 0xE1 {
            structure.place |= xmp_has_place(part.data);
        }
        structure.notes |= !stays(part) && !is_only_orientation(part);
    }
    // What stands behind the end: further images of a camera, films.
    structure.notes |= whole && bytes.len() > end_of(&parts) + 2;
    structure.exif = exif.unwrap_or_default();
    structure
}

pub(super) fn without_notes(bytes: &[u8], orientation: u8) -> Vec<u8> {
    let (parts, _) = parts(bytes);
    let mut made = Vec::with_capacity(bytes.len());
    made.extend([0xFF, 0xD8]);
    let mut turned = orientation == 1;
    for part in parts.iter().filter(|part| stays(part)) {
        if part.marker == 0xE0 {
            // Without the small image that it may hold.
            made.extend([0xFF, 0xE0, 0, 16]);
            made.extend(part.data.get(..12).unwrap_or_default());
            made.extend([0, 0]);
            continue;
        }
        if !turned {
            // JFIF comes first, then this.
            turned = true;
            let tiff = exif::of_orientation(orientation);
            let length = u16::try_from(2 + EXIF.len() + tiff.len()).unwrap_or_default();
            made.extend([0xFF, 0xE1]);
            made.extend(length.to_be_bytes());
            made.extend(EXIF);
            made.extend(tiff);
        }
        made.extend(part.bytes);
    }
    made.extend([0xFF, END]);
    made
}

const SCAN: u8 = 0xDA;
const END: u8 = 0xD9;
const EXIF: &[u8] = b"Exif\0\0";

/// Whether a part is needed to show the image as it is meant.
fn stays(part: &Part<'_>) -> bool {
    match part.marker {
        0xE0 => part.data.starts_with(b"JFIF\0") && part.data.len() >= 14,
        0xE2 => part.data.starts_with(b"ICC_PROFILE\0"),
        // How the channels are to be read.
        0xEE => part.data.starts_with(b"Adobe"),
        0xE1 | 0xE3..=0xED | 0xEF | 0xFE => false,
        _ => true,
    }
}

/// What [`without_notes`] itself puts.
fn is_only_orientation(part: &Part<'_>) -> bool {
    let tiff = part.data.strip_prefix(EXIF);
    part.marker == 0xE1 && tiff.is_some_and(|tiff| tiff == exif::of_orientation(exif::read(tiff).orientation))
}

/// Bytes up to the next marker that is none of those which stand among pixels.
fn length_of_pixels(bytes: &[u8]) -> usize {
    let mut from = 0;
    while let Some(found) = bytes.get(from..).and_then(|rest| memchr::memchr(0xFF, rest)) {
        let at = from + found;
        match bytes.get(at + 1) {
            Some(0x00 | 0xD0..=0xD7) => from = at + 2,
            Some(0xFF) => from = at + 1,
            Some(_) => return at,
            None => return bytes.len(),
        }
    }
    bytes.len()
}

/// Bytes from the beginning to the last marker.
fn end_of(parts: &[Part<'_>]) -> usize {
    2 + parts.iter().map(|part| part.bytes.len()).sum::<usize>()
}
