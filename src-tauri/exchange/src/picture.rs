//! Images of a text: how large they are, what they say besides their pixels, without it, and smaller.
//!
//! [`about`] and [`without_notes`] read the structure of a file, never its pixels, and are for whoever holds it.
//! [`smaller`] decodes what strangers made, and is called in the process that reads for others
//! ([`Wanted::Smaller`](crate::Wanted::Smaller)).
//!
//! | form | made smaller as | what the camera noted |
//! |---|---|---|
//! | JPEG, and lossy WebP without transparency | JPEG | APP1 (EXIF, XMP), APP13 (IPTC), comments and what other programs put; the profile of colours and the orientation stay |
//! | PNG, GIF | PNG; JPEG where it is a photograph, which PNG makes four times as large | `eXIf`, texts, `tIME` |
//! | other WebP | lossless WebP, JPEG as above | `EXIF`, `XMP` |
//! | what moves, AVIF, drawings (SVG) | left alone | left alone |

mod exif;
mod gif;
mod ink;
mod jpeg;
mod pixels;
mod png;
mod webp;

use crate::images::image_ending;

pub use pixels::{Smaller, smaller};

/// The lengths of the longer side that an image is offered in, in pixels, the longest first: across a wide screen, across
/// a column at twice its resolution, and across a column.
pub const SIZES: [u32; 3] = [2400, 1600, 1000];

/// The form of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// AVIF.
    Avif,
    /// SVG.
    Drawing,
}

/// What is known of an image from its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// What it is.
    pub form: Form,
    /// Its width as it is shown, in pixels; 0 for a drawing.
    pub width: u32,
    /// Its height as it is shown, in pixels; 0 for a drawing.
    pub height: u32,
    /// How it is to be turned to be shown: 1 to 8, as EXIF has it.
    pub orientation: u8,
    /// It moves.
    pub moving: bool,
    /// It says where on the globe it was taken.
    pub place: bool,
    /// It says things about itself that [`without_notes`] leaves out.
    pub notes: bool,
    /// Its end is there.
    pub whole: bool,
    /// It was kept with losses.
    pub(crate) lossy: bool,
}

/// Why an image can't be made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unable {
    /// It moves, and would stand still.
    Moving,
    /// It is drawn anew in every size.
    Drawing,
    /// Its form can't be written.
    Form,
    /// It is cut off, or its pixels can't be read.
    Damaged,
}

impl About {
    /// Whether the image can be made smaller.
    ///
    /// # Errors
    /// Why not.
    pub fn shrinks(&self) -> Result<(), Unable> {
        match self.form {
            Form::Drawing => Err(Unable::Drawing),
            Form::Avif => Err(Unable::Form),
            _ if self.moving => Err(Unable::Moving),
            _ if !self.whole => Err(Unable::Damaged),
            _ => Ok(()),
        }
    }

    /// Those of [`SIZES`] that make the image smaller.
    pub fn sizes(&self) -> impl Iterator<Item = u32> + use<> {
        let longest = self.width.max(self.height);
        SIZES.into_iter().filter(move |size| *size < longest)
    }
}

/// What the structure of an image tells; nothing when it is none that is shown.
pub fn about(bytes: &[u8]) -> Option<About> {
    let form = match image_ending(bytes)? {
        "jpg" => Form::Jpeg,
        "png" => Form::Png,
        "webp" => Form::Webp,
        "gif" => Form::Gif,
        "avif" => Form::Avif,
        _ => Form::Drawing,
    };
    let structure = match form {
        Form::Jpeg => jpeg::structure(bytes),
        Form::Png => png::structure(bytes),
        Form::Webp => webp::structure(bytes),
        Form::Gif => gif::structure(bytes),
        Form::Avif | Form::Drawing => Structure {
            whole: true,
            ..Structure::default()
        },
    };
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    let (width, height) = match imagesize::blob_size(bytes) {
        Ok(size) if form != Form::Drawing => (side(size.width), side(size.height)),
        _ => (0, 0),
    };
    let orientation = structure.exif.orientation;
    let lies = orientation >= 5;
    Some(About {
        form,
        width: if lies { height } else { width },
        height: if lies { width } else { height },
        orientation,
        moving: structure.moving,
        place: structure.exif.place || structure.place,
        notes: structure.notes,
        whole: structure.whole,
        lossy: structure.lossy,
    })
}

/// The image without what its camera and programs noted in it, pixel for pixel the same: the orientation and the profile
/// of its colours stay. Nothing when it notes nothing, is cut off, or of a form that this can't be done to.
pub fn without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    let about = about(bytes)?;
    if !about.notes || !about.whole {
        return None;
    }
    match about.form {
        Form::Jpeg => Some(jpeg::without_notes(bytes, about.orientation)),
        Form::Png => Some(png::without_notes(bytes, about.orientation)),
        Form::Webp => Some(webp::without_notes(bytes, about.orientation)),
        Form::Gif | Form::Avif | Form::Drawing => None,
    }
}

/// What a form's own reader tells.
#[derive(Debug, Clone, Copy, Default)]
struct Structure {
    exif: exif::Exif,
    /// The place, said elsewhere than in EXIF.
    place: bool,
    notes: bool,
    moving: bool,
    whole: bool,
    lossy: bool,
}

/// Parts of one file that are looked at, at most: files of strangers could hold millions.
const MOST_PARTS: usize = 100_000;

/// Whether XMP says where on the globe an image was taken.
fn xmp_has_place(xmp: &[u8]) -> bool {
    memchr::memmem::find(xmp, b"GPSLatitude").is_some() || memchr::memmem::find(xmp, b"GPSLongitude").is_some()
}

fn be_u16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn be_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn le_u32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests;
