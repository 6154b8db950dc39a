//! The two things that matter of EXIF: how the image is to be turned, and whether it says where it was taken.
//!
//! EXIF is a TIFF file without an image: CIPA DC-008 (Exif 2.32), 4.6.

/// What EXIF says of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exif {
    /// 1 to 8: the sides of the image that its first row and column are. 1 is upright.
    pub orientation: u8,
    /// It holds a latitude or longitude.
    pub place: bool,
}

impl Default for Exif {
    fn default() -> Self {
        Self {
            orientation: 1,
            place: false,
        }
    }
}

/// Reads EXIF from its TIFF header on; what can't be read says nothing.
pub(super) fn read(tiff: &[u8]) -> Exif {
    let mut exif = Exif::default();
    let little = match tiff.get(..4) {
        Some(b"II*\0") => true,
        Some(b"MM\0*") => false,
        _ => return exif,
    };
    let tiff = Tiff { bytes: tiff, little };
    for entry in tiff.entries(tiff.u32(4)) {
        match tiff.u16(Some(entry)) {
            Some(ORIENTATION) => {
                if let Some(value @ 1..=8) = tiff.u16(entry.checked_add(8)) {
                    exif.orientation = u8::try_from(value).unwrap_or(1);
                }
            }
            Some(GPS) => {
                let mut said = tiff.entries(tiff.u32(entry.checked_add(8)));
                exif.place = said.any(|entry| matches!(tiff.u16(Some(entry)), Some(LATITUDE | LONGITUDE)));
            }
            _ => {}
        }
    }
    exif
}

/// EXIF, from its TIFF header on, that says how an image is to be turned and nothing else.
pub(super) fn of_orientation(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0".to_vec();
    tiff.extend(ORIENTATION.to_le_bytes());
    // One short number, in the entry itself.
    tiff.extend([3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    // No further directory.
    tiff.extend([0; 4]);
    tiff
}

const ORIENTATION: u16 = 0x0112;
const GPS: u16 = 0x8825;
const LATITUDE: u16 = 2;
const LONGITUDE: u16 = 4;
const ENTRY: usize = 12;

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl Tiff<'_> {
    fn u16(&self, at: Option<usize>) -> Option<u16> {
        let bytes = *self.bytes.get(at?..)?.first_chunk()?;
        Some(if self.little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    }

    fn u32(&self, at: impl Into<Option<usize>>) -> Option<usize> {
        let bytes = *self.bytes.get(at.into()?..)?.first_chunk()?;
        let value = if self.little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        };
        usize::try_from(value).ok()
    }

    /// Where the entries of a directory stand.
    fn entries(&self, directory: Option<usize>) -> impl Iterator<Item = usize> + use<> {
        let count = directory.and_then(|at| self.u16(Some(at))).unwrap_or_default();
        let first = directory.and_then(|at| at.checked_add(2)).unwrap_or(usize::MAX);
        let most = self.bytes.len();
        (0..usize::from(count))
            .map(move |number| first.saturating_add(number * ENTRY))
            .take_while(move |at| at.saturating_add(ENTRY) <= most)
    }
}
