//! Whether a GIF moves: GIF89a, 15 to 27.

use super::Structure;

pub(super) fn structure(bytes: &[u8]) -> Structure {
    let (images, whole) = images(bytes);
    Structure {
        moving: images > 1,
        whole: whole && images > 0,
        ..Structure::default()
    }
}

/// How many images there are, as far as two; and whether the file goes on as it should until then or to its end.
fn images(bytes: &[u8]) -> (usize, bool) {
    let mut found = 0;
    let mut at = 13 + bytes.get(10).copied().map_or(0, table);
    loop {
        match bytes.get(at) {
            // An extension: its kind, then blocks.
            Some(0x21) => at = past_blocks(bytes, at + 2),
            Some(0x2C) => {
                found += 1;
                if found > 1 {
                    return (found, true);
                }
                let colours = bytes.get(at + 9).copied().map_or(0, table);
                at = past_blocks(bytes, at + 11 + colours);
            }
            Some(0x3B) => return (found, true),
            _ => return (found, false),
        }
    }
}

/// Bytes of the table of colours that a byte of flags announces.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 0x07) + 1)
    }
}

fn past_blocks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&length) = bytes.get(at) {
        at += 1 + usize::from(length);
        if length == 0 {
            break;
        }
    }
    at
}
