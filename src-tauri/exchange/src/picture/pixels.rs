//! Images decoded, turned upright, made smaller, and written again.

use std::io::Cursor;

use fast_image_resize::images::Image as Plane;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageBuffer, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};

use super::{About, Form, Unable, about, ink};

/// An image in one of the smaller sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smaller {
    /// The ending of its form.
    pub ending: &'static str,
    /// Its file.
    pub bytes: Vec<u8>,
}

/// The image in each of the sizes that make it smaller, the largest first: upright, with the profile of its colours, and
/// with nothing else that it said of itself.
///
/// # Errors
/// Why it can't be had smaller.
pub fn smaller(bytes: &[u8]) -> Result<Vec<Smaller>, Unable> {
    let about = about(bytes).ok_or(Unable::Damaged)?;
    about.shrinks()?;
    if about.sizes().next().is_none() {
        return Ok(Vec::new());
    }
    let Decoded { image, profile } = decode(bytes, about.form)?;
    let image = plain(image);
    about
        .sizes()
        .map(|longest| {
            let mut small = shrink(&image, longest).ok_or(Unable::Damaged)?;
            if let Some(orientation) = Orientation::from_exif(about.orientation) {
                small.apply_orientation(orientation);
            }
            write(&small, &about, profile.as_deref()).ok_or(Unable::Damaged)
        })
        .collect()
}

/// An image with the profile of its colours.
pub(super) struct Decoded {
    pub image: DynamicImage,
    pub profile: Option<Vec<u8>>,
}

/// Bytes that decoding may take: an image of the most pixels, twice over, with sixteen bits for each of four channels.
const MOST_MEMORY: u64 = 1024 * 1024 * 1024;
/// What is not seen at the size of a column and at twice that.
const QUALITY: u8 = 85;
/// For what was without losses before.
const QUALITY_OF_FIRST: u8 = 90;
/// A file of fewer bytes needs no losses.
const SMALL: usize = 256 * 1024;

fn decode(bytes: &[u8], form: Form) -> Result<Decoded, Unable> {
    let format = match form {
        Form::Jpeg => ImageFormat::Jpeg,
        Form::Png => ImageFormat::Png,
        Form::Webp => ImageFormat::WebP,
        Form::Gif => ImageFormat::Gif,
        Form::Avif | Form::Drawing => return Err(Unable::Form),
    };
    if form == Form::Jpeg
        && let Some(decoded) = ink::decode(bytes)
    {
        return decoded;
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Unable::Damaged)?;
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(|_| Unable::Damaged)?;
    Ok(Decoded { image, profile })
}

/// Eight bits for each channel, and no transparency where nothing shows through.
fn plain(image: DynamicImage) -> DynamicImage {
    let image = match image {
        DynamicImage::ImageLuma8(_)
        | DynamicImage::ImageLumaA8(_)
        | DynamicImage::ImageRgb8(_)
        | DynamicImage::ImageRgba8(_) => image,
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(image.to_luma8()),
        DynamicImage::ImageLumaA16(_) => DynamicImage::ImageLumaA8(image.to_luma_alpha8()),
        DynamicImage::ImageRgb16(_) | DynamicImage::ImageRgb32F(_) => DynamicImage::ImageRgb8(image.to_rgb8()),
        _ => DynamicImage::ImageRgba8(image.to_rgba8()),
    };
    match &image {
        DynamicImage::ImageLumaA8(pixels) if pixels.pixels().all(|pixel| pixel.0[1] == u8::MAX) => {
            DynamicImage::ImageLuma8(image.to_luma8())
        }
        DynamicImage::ImageRgba8(pixels) if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) => {
            DynamicImage::ImageRgb8(image.to_rgb8())
        }
        _ => image,
    }
}

fn shrink(image: &DynamicImage, longest: u32) -> Option<DynamicImage> {
    let (width, height) = (image.width(), image.height());
    let of = |side: u32| {
        let scaled = u64::from(side) * u64::from(longest) + u64::from(width.max(height)) / 2;
        u32::try_from(scaled / u64::from(width.max(height)))
            .unwrap_or(longest)
            .max(1)
    };
    let (new_width, new_height) = (of(width), of(height));
    let kind = match image {
        DynamicImage::ImageLuma8(_) => PixelType::U8,
        DynamicImage::ImageLumaA8(_) => PixelType::U8x2,
        DynamicImage::ImageRgb8(_) => PixelType::U8x3,
        _ => PixelType::U8x4,
    };
    let from = fast_image_resize::images::ImageRef::new(width, height, image.as_bytes(), kind).ok()?;
    let mut to = Plane::new(new_width, new_height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&from, &mut to, &options).ok()?;
    let pixels = to.into_vec();
    let (w, h) = (new_width, new_height);
    Some(match kind {
        PixelType::U8 => DynamicImage::ImageLuma8(ImageBuffer::from_raw(w, h, pixels)?),
        PixelType::U8x2 => DynamicImage::ImageLumaA8(ImageBuffer::from_raw(w, h, pixels)?),
        PixelType::U8x3 => DynamicImage::ImageRgb8(ImageBuffer::from_raw(w, h, pixels)?),
        _ => DynamicImage::ImageRgba8(ImageBuffer::from_raw(w, h, pixels)?),
    })
}

/// A photograph becomes JPEG, anything else keeps its form.
fn write(image: &DynamicImage, about: &About, profile: Option<&[u8]>) -> Option<Smaller> {
    let profile = profile.filter(|profile| is_of(profile, image));
    let opaque = !image.color().has_alpha();
    if about.lossy && opaque {
        return jpeg(image, QUALITY, profile);
    }
    let kept = match about.form {
        Form::Jpeg | Form::Webp => webp(image, profile)?,
        _ => png(image, profile)?,
    };
    if opaque && kept.bytes.len() > SMALL {
        let photograph = jpeg(image, QUALITY_OF_FIRST, profile)?;
        if kept.bytes.len() / 4 > photograph.bytes.len() {
            return Some(photograph);
        }
    }
    Some(kept)
}

fn jpeg(image: &DynamicImage, quality: u8, profile: Option<&[u8]>) -> Option<Smaller> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encode(encoder, image, profile)?;
    Some(Smaller { ending: "jpg", bytes })
}

fn png(image: &DynamicImage, profile: Option<&[u8]>) -> Option<Smaller> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive);
    encode(encoder, image, profile)?;
    Some(Smaller { ending: "png", bytes })
}

fn webp(image: &DynamicImage, profile: Option<&[u8]>) -> Option<Smaller> {
    let mut bytes = Vec::new();
    encode(WebPEncoder::new_lossless(&mut bytes), image, profile)?;
    Some(Smaller { ending: "webp", bytes })
}

fn encode(mut encoder: impl ImageEncoder, image: &DynamicImage, profile: Option<&[u8]>) -> Option<()> {
    if let Some(profile) = profile {
        // A form without a place for it shows the colours as those of a screen.
        let _ = encoder.set_icc_profile(profile.to_vec());
    }
    image.write_with_encoder(encoder).ok()
}

/// Whether a profile is one for the channels of an image: its head names them (ICC.1:2022, 7.2.6).
fn is_of(profile: &[u8], image: &DynamicImage) -> bool {
    let named = profile.get(16..20);
    match image {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageLumaA8(_) => named == Some(b"GRAY"),
        _ => named == Some(b"RGB "),
    }
}
