//! Whether the two headers of each member agree.
//!
//! A zip file describes a member twice, in the central directory and right before its bytes. Programs differ in
//! which one they believe, which is how an archive shows one thing to a scanner and another to a reader.
//! Layouts: PKWARE's APPNOTE 6.3.10, 4.3.7 (local) and 4.3.12 (central).

use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use zip::read::OwnedZipFileEntry;

use super::ArchiveError;

/// What the headers of a member say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    Agreed,
    Mismatched,
}

/// Compares the headers of every entry, and the places of their bytes.
pub(super) fn check(
    entries: &[OwnedZipFileEntry],
    reader: &mut (impl Read + Seek),
) -> Result<Vec<Truth>, ArchiveError> {
    let mut truths = Vec::with_capacity(entries.len());
    let mut places: Vec<(Range<u64>, usize)> = Vec::with_capacity(entries.len());
    let first_central = entries.iter().map(OwnedZipFileEntry::central_header_start).min();
    for (index, entry) in entries.iter().enumerate() {
        let place = match place_if_agreed(entry, reader) {
            Ok(place) => place,
            // A header that lies beyond the file's end belongs to that member alone.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => None,
            Err(error) => return Err(error.into()),
        };
        let place = place.filter(|place| first_central.is_none_or(|central| place.end <= central));
        truths.push(if place.is_some() {
            Truth::Agreed
        } else {
            Truth::Mismatched
        });
        places.extend(place.map(|place| (place, index)));
    }
    places.sort_by_key(|(place, _)| (place.start, place.end));
    let mut furthest: Option<(u64, usize)> = None;
    for (place, index) in places {
        if let Some((end, owner)) = furthest
            && place.start < end
        {
            for shared in [owner, index] {
                if let Some(truth) = truths.get_mut(shared) {
                    *truth = Truth::Mismatched;
                }
            }
        }
        if furthest.is_none_or(|(end, _)| place.end > end) {
            furthest = Some((place.end, index));
        }
    }
    Ok(truths)
}

/// The names of directory headers that have no entry, because another entry bears the same name.
pub(super) fn dropped(
    entries: &[OwnedZipFileEntry],
    directory: u64,
    reader: &mut (impl Read + Seek),
) -> Result<Vec<String>, ArchiveError> {
    let known: HashSet<u64> = entries.iter().map(OwnedZipFileEntry::central_header_start).collect();
    let mut dropped = Vec::new();
    let mut start = directory;
    loop {
        let header = match Header::read(reader, start, &CENTRAL) {
            Ok(Some(header)) => header,
            Ok(None) => return Ok(dropped),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(dropped),
            Err(error) => return Err(error.into()),
        };
        if !known.contains(&start) {
            dropped.push(String::from_utf8_lossy(&header.name).into_owned());
        }
        start = start.saturating_add(header.length);
    }
}

/// Where the local header and the bytes of an entry lie, when both headers say the same.
fn place_if_agreed(entry: &OwnedZipFileEntry, reader: &mut (impl Read + Seek)) -> io::Result<Option<Range<u64>>> {
    let Some(central) = Header::read(reader, entry.central_header_start(), &CENTRAL)? else {
        return Ok(None);
    };
    let Some(local) = Header::read(reader, entry.header_start(), &LOCAL)? else {
        return Ok(None);
    };
    let same = central.name == local.name
        && central.method == local.method
        && (central.flags ^ local.flags) & (ENCRYPTED | DESCRIPTOR) == 0;
    // Sizes and checksum stand behind the bytes when the program that wrote them could not go back.
    let deferred = local.flags & DESCRIPTOR != 0;
    let agree = |ours: u32, theirs: u32| ours == theirs || (deferred && theirs == 0) || theirs == IN_EXTRA_FIELD;
    let same = same
        && agree(central.checksum, local.checksum)
        && agree(central.packed, local.packed)
        && agree(central.size, local.size);
    let start = entry.header_start();
    let end = start
        .checked_add(local.length)
        .and_then(|end| end.checked_add(entry.compressed_size()));
    Ok(end.filter(|_| same).map(|end| start..end))
}

const ENCRYPTED: u16 = 1;
const DESCRIPTOR: u16 = 1 << 3;
/// The value of a size that stands in the ZIP64 field instead.
const IN_EXTRA_FIELD: u32 = u32::MAX;

struct Layout {
    signature: [u8; 4],
    fixed: usize,
    /// Where flags and method start; checksum, sizes and the lengths follow at fixed distances.
    flags: usize,
}

const LOCAL: Layout = Layout {
    signature: *b"PK\x03\x04",
    fixed: 30,
    flags: 6,
};

const CENTRAL: Layout = Layout {
    signature: *b"PK\x01\x02",
    fixed: 46,
    flags: 8,
};

struct Header {
    flags: u16,
    method: u16,
    checksum: u32,
    packed: u32,
    size: u32,
    name: Vec<u8>,
    /// How many bytes it takes with everything that belongs to it.
    length: u64,
}

impl Header {
    fn read(reader: &mut (impl Read + Seek), start: u64, layout: &Layout) -> io::Result<Option<Header>> {
        reader.seek(SeekFrom::Start(start))?;
        let mut fixed = vec![0; layout.fixed];
        reader.read_exact(&mut fixed)?;
        if !fixed.starts_with(&layout.signature) {
            return Ok(None);
        }
        let short = |at: usize| {
            let bytes = fixed.get(at..at + 2).and_then(|bytes| bytes.try_into().ok());
            u16::from_le_bytes(bytes.unwrap_or_default())
        };
        let long = |at: usize| u32::from(short(at)) | u32::from(short(at + 2)) << 16;
        let at = layout.flags;
        // Only the central header has a comment.
        let comment = if layout.fixed == CENTRAL.fixed {
            short(at + 24)
        } else {
            0
        };
        let mut name = vec![0; usize::from(short(at + 20))];
        reader.read_exact(&mut name)?;
        Ok(Some(Header {
            flags: short(at),
            method: short(at + 2),
            checksum: long(at + 8),
            packed: long(at + 12),
            size: long(at + 16),
            length: (layout.fixed + name.len()) as u64 + u64::from(short(at + 22)) + u64::from(comment),
            name,
        }))
    }
}
