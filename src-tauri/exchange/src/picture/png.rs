//! The chunks of a PNG: W3C Portable Network Graphics, third edition, 5 and 11.

use super::exif::{self};
use super::{MOST_PARTS, Structure, be_u32, xmp_has_place};

pub(super) fn structure(bytes: &[u8]) -> Structure {
    let (chunks, whole) = chunks(bytes);
    let mut structure = Structure {
        whole,
        ..Structure::default()
    };
    for chunk in &chunks {
        match &chunk.name {
            b"eXIf" => structure.exif = exif::read(chunk.data),
            b"acTL" => structure.moving = true,
            b"iTXt" => structure.place |= xmp_has_place(chunk.data),
            _ => {}
        }
        let own = &chunk.name == b"eXIf" && chunk.data == exif::of_orientation(structure.exif.orientation);
        structure.notes |= !stays(&chunk.name) && !own;
    }
    let ended: usize = SIGN.len() + chunks.iter().map(|chunk| chunk.bytes.len()).sum::<usize>();
    structure.notes |= whole && bytes.len() > ended;
    structure
}

pub(super) fn without_notes(bytes: &[u8], orientation: u8) -> Vec<u8> {
    let (chunks, _) = chunks(bytes);
    let mut made = SIGN.to_vec();
    made.reserve(bytes.len());
    let mut turned = orientation == 1;
    for chunk in chunks.iter().filter(|chunk| stays(&chunk.name)) {
        if &chunk.name == b"IDAT" && !turned {
            turned = true;
            let tiff = exif::of_orientation(orientation);
            made.extend(u32::try_from(tiff.len()).unwrap_or_default().to_be_bytes());
            let from = made.len();
            made.extend(b"eXIf");
            made.extend(tiff);
            let sum = crc32fast::hash(made.get(from..).unwrap_or_default());
            made.extend(sum.to_be_bytes());
        }
        made.extend(chunk.bytes);
    }
    made
}

struct Chunk<'a> {
    name: [u8; 4],
    bytes: &'a [u8],
    data: &'a [u8],
}

const SIGN: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks to the one that ends the image; whether that one is there.
fn chunks(bytes: &[u8]) -> (Vec<Chunk<'_>>, bool) {
    let mut chunks = Vec::new();
    let mut at = SIGN.len();
    while chunks.len() < MOST_PARTS {
        let length = be_u32(bytes, at).and_then(|length| usize::try_from(length).ok());
        let end = length.and_then(|length| at.checked_add(12)?.checked_add(length));
        let Some((all, name)) = end
            .and_then(|end| bytes.get(at..end))
            .and_then(|all| Some((all, *all.get(4..)?.first_chunk()?)))
        else {
            return (chunks, false);
        };
        let data = all.get(8..all.len() - 4).unwrap_or_default();
        at += all.len();
        chunks.push(Chunk { name, bytes: all, data });
        if &name == b"IEND" {
            return (chunks, true);
        }
    }
    (chunks, false)
}

/// Whether a chunk is needed to show the image as it is meant: all that is critical, and what says how colours, sizes
/// and pictures that move are to be read.
fn stays(name: &[u8; 4]) -> bool {
    const NEEDED: [&[u8; 4]; 14] = [
        b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"mDCV", b"cLLI", b"tRNS", b"sBIT", b"bKGD", b"pHYs", b"acTL",
        b"fcTL", b"fdAT",
    ];
    name.first().is_some_and(u8::is_ascii_uppercase) || NEEDED.contains(&name)
}
