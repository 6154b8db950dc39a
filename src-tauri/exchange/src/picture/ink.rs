//! Photographs kept as four inks for printing (CMYK), as agencies send them: shown in the colours of a screen.
//!
//! With a profile, it says what the inks look like; without one, they are taken as ideal.

use image::{DynamicImage, ImageBuffer};
use moxcms::{ColorProfile, Layout, TransformOptions};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::pixels::Decoded;
use super::{Unable, jpeg};

/// Decodes a JPEG of four inks, to the colours of a screen. `None` when it is none, or has no profile that can be read.
pub(super) fn decode(bytes: &[u8]) -> Option<Result<Decoded, Unable>> {
    let (parts, _) = jpeg::parts(bytes);
    if jpeg::channels(&parts) != Some(4) {
        return None;
    }
    let adobe = jpeg::adobe(&parts);
    let space = if adobe == Some(2) {
        ColorSpace::YCCK
    } else {
        ColorSpace::CMYK
    };
    let options = DecoderOptions::default()
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX)
        .jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let Ok(mut inks) = decoder.decode() else {
        return Some(Err(Unable::Damaged));
    };
    let profile = decoder
        .icc_profile()
        .filter(|profile| profile.get(16..20) == Some(b"CMYK"))?;
    let profile = ColorProfile::new_from_slice(&profile).ok()?;
    let transform = profile
        .create_transform_8bit(
            Layout::Rgba,
            &ColorProfile::new_srgb(),
            Layout::Rgb,
            TransformOptions::default(),
        )
        .ok()?;
    for pixel in inks.chunks_exact_mut(4) {
        if space == ColorSpace::YCCK {
            colours_of(pixel);
        }
        // Adobe keeps how little ink there is.
        if adobe.is_some() {
            pixel.iter_mut().for_each(|ink| *ink = u8::MAX - *ink);
        }
    }
    let (width, height) = decoder.dimensions()?;
    let mut colours = vec![0; inks.len() / 4 * 3];
    let row = width.checked_mul(4)?;
    for (inks, colours) in inks.chunks_exact(row).zip(colours.chunks_exact_mut(width * 3)) {
        transform.transform(inks, colours).ok()?;
    }
    let side = |side: usize| u32::try_from(side).ok();
    let image = ImageBuffer::from_raw(side(width)?, side(height)?, colours)?;
    Some(Ok(Decoded {
        image: DynamicImage::ImageRgb8(image),
        profile: None,
    }))
}

/// Luminance and two differences of colour as three inks; the fourth stays (Adobe TN 5116, 18).
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn colours_of(pixel: &mut [u8]) {
    let [y, cb, cr, _] = *pixel else { return };
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let ink = |light: f32| u8::MAX - light.round().clamp(0.0, 255.0) as u8;
    let inks = [
        ink(y + 1.402 * cr),
        ink(y - 0.344_136 * cb - 0.714_136 * cr),
        ink(y + 1.772 * cb),
    ];
    for (place, ink) in pixel.iter_mut().zip(inks) {
        *place = ink;
    }
}
