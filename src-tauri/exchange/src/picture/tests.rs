#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use image::{DynamicImage, GenericImageView};
use moxcms::ColorProfile;

macro_rules! samples {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../tests/pictures/", $name)).as_slice())),*]
    };
}

const SAMPLES: &[(&str, &[u8])] = samples![
    "cut-off.jpg",
    "four-inks.jpg",
    "moves.gif",
    "moves.png",
    "moves.webp",
    "orientation-1.jpg",
    "orientation-2.jpg",
    "orientation-3.jpg",
    "orientation-4.jpg",
    "orientation-5.jpg",
    "orientation-6.jpg",
    "orientation-7.jpg",
    "orientation-8.jpg",
    "see-through.png",
    "see-through.webp",
    "sixteen-bits.png",
    "still.gif",
    "with-a-place.jpg",
    "with-a-place.png",
    "with-a-place.webp",
];

fn file(name: &str) -> Vec<u8> {
    let found = SAMPLES.iter().find(|(sample, _)| *sample == name);
    found.unwrap().1.to_vec()
}

fn decoded(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

/// A JPEG with a segment behind its first one.
fn with_segment(jpeg: &[u8], marker: u8, data: &[u8]) -> Vec<u8> {
    let first = 4 + usize::from(be_u16(jpeg, 4).unwrap());
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..first], &[0xFF, marker], &length, data, &jpeg[first..]].concat()
}

fn with_profile(jpeg: &[u8], profile: &ColorProfile) -> (Vec<u8>, Vec<u8>) {
    let profile = profile.encode().unwrap();
    let data = [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat();
    (with_segment(jpeg, 0xE2, &data), profile)
}

fn is_near(pixel: image::Rgba<u8>, colour: [u8; 3]) -> bool {
    pixel.0.iter().zip(colour).all(|(one, other)| one.abs_diff(other) < 24)
}

/// The colours of the corners of the images of the test, as they are meant to be seen.
const CORNERS: [((u32, u32), [u8; 3]); 4] = [
    ((40, 40), [200, 30, 30]),
    ((960, 40), [30, 150, 30]),
    ((40, 640), [30, 30, 200]),
    ((960, 640), [240, 240, 240]),
];

#[test]
fn an_image_is_upright_when_it_is_made_smaller_whichever_way_the_camera_was_held() {
    for orientation in 1..=8 {
        let name = format!("orientation-{orientation}.jpg");
        let bytes = file(&name);
        let about = about(&bytes).unwrap();
        assert_eq!((about.width, about.height), (1040, 720), "{name}");
        assert_eq!(
            (about.orientation, about.place, about.notes),
            (orientation, false, true)
        );
        let made = smaller(&bytes).unwrap();
        let [small] = made.as_slice() else { panic!("{name}") };
        assert_eq!(small.ending, "jpg");
        let after = super::about(&small.bytes).unwrap();
        assert_eq!((after.width, after.height, after.orientation), (1000, 692, 1), "{name}");
        assert!(!after.notes);
        let image = decoded(&small.bytes);
        for ((x, y), colour) in CORNERS {
            assert!(is_near(image.get_pixel(x, y), colour), "{name} at {x}, {y}");
        }
    }
}

#[test]
fn what_the_camera_noted_goes_and_every_pixel_stays() {
    for (name, orientation) in [
        ("with-a-place.jpg", 6),
        ("with-a-place.png", 8),
        ("with-a-place.webp", 3),
    ] {
        let bytes = file(name);
        let before = about(&bytes).unwrap();
        assert!(before.place && before.notes && before.whole, "{name}: {before:?}");
        assert_eq!(before.orientation, orientation, "{name}");
        let clean = without_notes(&bytes).unwrap();
        let after = about(&clean).unwrap();
        assert!(!after.place && !after.notes && after.whole, "{name}: {after:?}");
        // It is shown as before.
        assert_eq!(
            (after.orientation, after.width, after.height),
            (orientation, before.width, before.height),
            "{name}"
        );
        assert_eq!(decoded(&clean), decoded(&bytes), "{name}");
        for word in ["GPS", "Camera", "Paris", "Somebody", "film"] {
            assert!(
                memchr::memmem::find(&clean, word.as_bytes()).is_none(),
                "{name}: {word}"
            );
        }
        assert_eq!(without_notes(&clean), None, "{name} has nothing left to leave out");
    }
}

#[test]
fn the_profile_of_the_colours_stays_with_the_image() {
    let (bytes, profile) = with_profile(&file("with-a-place.jpg"), &ColorProfile::new_display_p3());
    let clean = without_notes(&bytes).unwrap();
    assert!(memchr::memmem::find(&clean, &profile).is_some());
    assert_eq!(decoded(&clean), decoded(&bytes));
    let small = smaller(&bytes).unwrap().remove(0);
    assert!(memchr::memmem::find(&small.bytes, &profile).is_some());
    // One for other channels would make colours of nothing.
    let (bytes, profile) = with_profile(&file("orientation-1.jpg"), &ColorProfile::new_gray_with_gamma(2.2));
    let small = smaller(&bytes).unwrap().remove(0);
    assert!(memchr::memmem::find(&small.bytes, &profile).is_none());
}

#[test]
fn each_form_is_written_as_suits_it() {
    for (name, ending) in [
        ("sixteen-bits.png", "png"),
        ("see-through.png", "png"),
        ("see-through.webp", "webp"),
        ("with-a-place.webp", "jpg"),
        ("still.gif", "png"),
        ("four-inks.jpg", "jpg"),
    ] {
        let bytes = file(name);
        let made = smaller(&bytes).unwrap();
        let [small] = made.as_slice() else { panic!("{name}") };
        assert_eq!(small.ending, ending, "{name}");
        let image = decoded(&small.bytes);
        assert_eq!(image.width(), 1000, "{name}");
        assert!(image.color().bits_per_pixel() <= 32, "{name}");
        if name.starts_with("see-through") {
            assert!(image.get_pixel(10, 10).0[3].abs_diff(128) < 3, "{name}");
        }
    }
}

/// A photograph that was kept without losses, as programs put one on the clipboard.
#[test]
fn a_photograph_in_png_becomes_jpeg_and_a_drawing_does_not() {
    let mut seed = 1_u32;
    let photograph = image::RgbImage::from_fn(1200, 900, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = seed >> 29;
        image::Rgb([x, y, (x + y) / 2].map(|light| u8::try_from(light / 10 + grain).unwrap()))
    });
    let mut drawing = image::RgbImage::from_pixel(1200, 900, image::Rgb([255; 3]));
    for x in (0..1200).step_by(7) {
        for y in 0..900 {
            drawing.put_pixel(x, y, image::Rgb([0; 3]));
        }
    }
    for (picture, ending) in [(photograph, "jpg"), (drawing, "png")] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        assert_eq!(smaller(bytes.get_ref()).unwrap().remove(0).ending, ending);
    }
}

#[test]
fn the_colours_of_four_inks_are_those_of_a_screen() {
    let bytes = file("four-inks.jpg");
    let image = decoded(&smaller(&bytes).unwrap().remove(0).bytes);
    for ((x, y), colour) in CORNERS {
        assert!(
            is_near(image.get_pixel(x, y), colour),
            "{:?} at {x}, {y}",
            image.get_pixel(x, y)
        );
    }
}

#[test]
fn what_moves_is_drawn_or_broken_is_left_alone() {
    for (bytes, why) in [
        (file("moves.gif"), Unable::Moving),
        (file("moves.png"), Unable::Moving),
        (file("moves.webp"), Unable::Moving),
        (file("cut-off.jpg"), Unable::Damaged),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>".to_vec(),
            Unable::Drawing,
        ),
    ] {
        let about = about(&bytes).unwrap();
        assert_eq!(about.shrinks(), Err(why));
        assert_eq!(smaller(&bytes), Err(why));
    }
    // A place is told all the same.
    let cut = about(&file("cut-off.jpg")).unwrap();
    assert!(cut.place && without_notes(&file("cut-off.jpg")).is_none());
}

#[test]
fn a_small_image_has_no_smaller_size() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(1000, 400)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    assert_eq!(about(bytes.get_ref()).unwrap().sizes().count(), 0);
    assert_eq!(smaller(bytes.get_ref()), Ok(Vec::new()));
    let large = crate::images::tests::png(6000, 4000);
    assert_eq!(about(&large).unwrap().sizes().collect::<Vec<_>>(), SIZES);
}

/// Headers that promise what does not come, directories that lead nowhere, files cut anywhere and with any byte changed:
/// an answer, and no panic.
#[test]
fn hostile_files_get_an_answer() {
    assert_eq!(about(&crate::images::tests::png(60_000, 60_000)), None);
    assert!(smaller(&crate::images::tests::png(8000, 8000)).is_err());
    for name in [
        "with-a-place.jpg",
        "with-a-place.png",
        "with-a-place.webp",
        "moves.gif",
        "still.gif",
        "moves.webp",
        "four-inks.jpg",
        "orientation-3.jpg",
    ] {
        let bytes = file(name);
        for cut in (0..bytes.len()).step_by(7) {
            look(&bytes[..cut], false);
        }
        let mut seed = 7_u64;
        for round in 0..600 {
            let mut bent = bytes.clone();
            for _ in 0..=round % 4 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                // Where the structure is, mostly.
                let most = if round % 3 == 0 {
                    bent.len()
                } else {
                    bent.len().min(400)
                };
                let at = usize::try_from(seed >> 33).unwrap() % most;
                bent[at] = u8::try_from(seed >> 24 & 0xFF).unwrap();
            }
            look(&bent, round % 150 == 0);
        }
    }
    // Entries beyond the end, and a directory that is its own.
    for tiff in [
        b"II*\0\xff\xff\xff\xff".as_slice(),
        b"II*\0\x08\0\0\0\xff\xff",
        b"MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x08",
        b"MM\0*",
    ] {
        assert_eq!(exif::read(tiff), exif::Exif::default());
    }
}

fn look(bytes: &[u8], pixels: bool) {
    if let Some(about) = about(bytes) {
        if let Some(clean) = without_notes(bytes) {
            // Nothing that is left out is found again.
            assert!(!super::about(&clean).is_some_and(|after| after.notes));
        }
        if pixels && u64::from(about.width) * u64::from(about.height) < 4_000_000 {
            let _ = smaller(bytes);
        }
    }
}
