//! The chunks of a WebP: RFC 9649, 2.

use super::exif::{self};
use super::{MOST_PARTS, Structure, le_u32, xmp_has_place};

pub(super) fn structure(bytes: &[u8]) -> Structure {
    let (chunks, whole) = chunks(bytes);
    let mut structure = Structure {
        whole,
        ..Structure::default()
    };
    for chunk in &chunks {
        match &chunk.name {
            b"VP8X" => structure.moving |= chunk.data.first().is_some_and(|flags| flags & MOVES != 0),
            b"ANIM" | b"ANMF" => structure.moving = true,
            b"VP8 " => structure.lossy = true,
            b"EXIF" => structure.exif = exif::read(tiff(chunk.data)),
            b"XMP " => structure.place |= xmp_has_place(chunk.data),
            _ => {}
        }
        let own = &chunk.name == b"EXIF" && chunk.data == exif::of_orientation(structure.exif.orientation);
        structure.notes |= !stays(&chunk.name) && !own;
    }
    structure
}

pub(super) fn without_notes(bytes: &[u8], orientation: u8) -> Vec<u8> {
    let (chunks, _) = chunks(bytes);
    let mut made = b"RIFF\0\0\0\0WEBP".to_vec();
    made.reserve(bytes.len());
    for chunk in chunks.iter().filter(|chunk| stays(&chunk.name)) {
        if &chunk.name == b"VP8X" && !chunk.data.is_empty() {
            let mut data = chunk.data.to_vec();
            if let Some(flags) = data.first_mut() {
                *flags &= !(HAS_EXIF | HAS_XMP);
                if orientation != 1 {
                    *flags |= HAS_EXIF;
                }
            }
            put(&mut made, b"VP8X", &data);
        } else {
            put(&mut made, &chunk.name, chunk.data);
        }
    }
    // Only an image of the extended form has a place for it.
    let extended = chunks.first().is_some_and(|chunk| &chunk.name == b"VP8X");
    if orientation != 1 && extended {
        put(&mut made, b"EXIF", &exif::of_orientation(orientation));
    }
    let length = u32::try_from(made.len() - 8).unwrap_or(u32::MAX);
    if let Some(place) = made.get_mut(4..8) {
        place.copy_from_slice(&length.to_le_bytes());
    }
    made
}

const MOVES: u8 = 0x02;
const HAS_XMP: u8 = 0x04;
const HAS_EXIF: u8 = 0x08;

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
}

/// The chunks; whether all that the file says it has is there.
fn chunks(bytes: &[u8]) -> (Vec<Chunk<'_>>, bool) {
    let mut chunks = Vec::new();
    let said = le_u32(bytes, 4).and_then(|length| usize::try_from(length).ok()?.checked_add(8));
    let whole = said.is_some_and(|said| said <= bytes.len());
    let bytes = bytes.get(..said.unwrap_or_default()).unwrap_or(bytes);
    let mut at = 12;
    while at < bytes.len() && chunks.len() < MOST_PARTS {
        let length = le_u32(bytes, at + 4).and_then(|length| usize::try_from(length).ok());
        let end = length.and_then(|length| at.checked_add(8)?.checked_add(length));
        let Some((all, name)) = end
            .and_then(|end| bytes.get(at..end))
            .and_then(|all| Some((all, *all.first_chunk()?)))
        else {
            return (chunks, false);
        };
        let data = all.get(8..).unwrap_or_default();
        // Each begins at an even place.
        at += all.len() + all.len() % 2;
        chunks.push(Chunk { name, data });
    }
    (chunks, whole)
}

fn put(made: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    made.extend(name);
    made.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    made.extend(data);
    if data.len() % 2 == 1 {
        made.push(0);
    }
}

/// Some programs put what JPEG has before it.
fn tiff(data: &[u8]) -> &[u8] {
    data.strip_prefix(b"Exif\0\0").unwrap_or(data)
}

fn stays(name: &[u8; 4]) -> bool {
    matches!(
        name,
        b"VP8X" | b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP"
    )
}
