//! Images of articles, asked for by opaque number and never by path: a page can name only what Rust has looked up
//! inside the library before.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::http::{Response, StatusCode, header};

/// The scheme that images are served under.
pub const SCHEME: &str = "edito-image";

/// No image over this many pixels is decoded: it could take gigabytes.
const MAX_PIXELS: usize = 64 * 1024 * 1024;
/// No file over this many bytes is read.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Numbers kept; the oldest are forgotten when a reader has seen that many images.
const MAX_KNOWN: usize = 50_000;

/// The images that the page may ask for.
#[derive(Default)]
pub struct Images(Mutex<Known>);

#[derive(Default)]
struct Known {
    next: u64,
    paths: HashMap<u64, PathBuf>,
    numbers: HashMap<PathBuf, u64>,
}

impl Images {
    /// The address of an image; the same one for the same file.
    pub fn address(&self, path: PathBuf) -> String {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.paths.len() >= MAX_KNOWN {
            known.paths.clear();
            known.numbers.clear();
        }
        let number = match known.numbers.get(&path) {
            Some(number) => *number,
            None => {
                known.next += 1;
                let number = known.next;
                known.paths.insert(number, path.clone());
                known.numbers.insert(path, number);
                number
            }
        };
        if cfg!(any(windows, target_os = "android")) {
            format!("http://{SCHEME}.localhost/{number}")
        } else {
            format!("{SCHEME}://localhost/{number}")
        }
    }

    /// Answers a request for an image: only a bare known number gets anything.
    pub fn answer(&self, path: &str) -> Response<Vec<u8>> {
        let number = path.strip_prefix('/').and_then(|number| number.parse::<u64>().ok());
        let file = number.and_then(|number| {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.paths.get(&number).cloned()
        });
        match file.and_then(|file| load(&file)) {
            Some((bytes, kind)) => respond(StatusCode::OK, kind, bytes),
            None => respond(StatusCode::NOT_FOUND, "text/plain", Vec::new()),
        }
    }
}

/// Reads an image of a kind that is shown, within the limits; the header is looked at before anything decodes it.
fn load(file: &Path) -> Option<(Vec<u8>, &'static str)> {
    let size = std::fs::metadata(file).ok()?;
    if !size.is_file() || size.len() > MAX_BYTES {
        return None;
    }
    let bytes = std::fs::read(file).ok()?;
    let kind = match imagesize::image_type(&bytes) {
        Ok(imagesize::ImageType::Png) => "image/png",
        Ok(imagesize::ImageType::Jpeg) => "image/jpeg",
        Ok(imagesize::ImageType::Gif) => "image/gif",
        Ok(imagesize::ImageType::Webp) => "image/webp",
        Ok(imagesize::ImageType::Bmp) => "image/bmp",
        Ok(imagesize::ImageType::Heif(imagesize::Compression::Av1)) => "image/avif",
        _ if is_svg(file, &bytes) => return Some((bytes, "image/svg+xml")),
        _ => return None,
    };
    let size = imagesize::blob_size(&bytes).ok()?;
    (size.width.checked_mul(size.height)? <= MAX_PIXELS).then_some((bytes, kind))
}

fn is_svg(file: &Path, bytes: &[u8]) -> bool {
    let named = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
    named && bytes.windows(4).take(4096).any(|window| window == b"<svg")
}

fn respond(status: StatusCode, kind: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-cache"),
        // An image opened as a document, should that ever happen, may do nothing at all.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ),
    ] {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_known_numbers_are_answered() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.svg");
        std::fs::write(&file, "<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
        let images = Images::default();
        let address = images.address(file.clone());
        assert_eq!(address, images.address(file));
        assert_eq!(images.answer("/1").status(), StatusCode::OK);
        for path in [
            "/2",
            "/",
            "/1/../1",
            "/%2e%2e/etc/passwd",
            "/1\0",
            "/a.svg",
            "1",
            "/+1x",
        ] {
            assert_eq!(images.answer(path).status(), StatusCode::NOT_FOUND, "{path:?}");
        }
    }

    /// A drawing with programs in it is shown as an image, which runs none; as a document it could do nothing either.
    #[test]
    fn a_drawing_is_served_so_that_nothing_in_it_runs() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.svg");
        std::fs::write(
            &file,
            "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'><script>x()</script></svg>",
        )
        .unwrap();
        let images = Images::default();
        images.address(file);
        let answer = images.answer("/1");
        let header = |name: &str| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(header("content-type"), "image/svg+xml");
        assert_eq!(header("x-content-type-options"), "nosniff");
        let policy = header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"),
            "{policy}"
        );
    }

    #[test]
    fn what_is_no_image_or_too_large_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        // A PNG header that claims 60,000 × 60,000 pixels.
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend(60_000_u32.to_be_bytes());
        png.extend(60_000_u32.to_be_bytes());
        png.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
        let images = Images::default();
        // The same in the headers of a GIF, a BMP and a JPEG, as far as their fields reach.
        let gif = [
            b"GIF89a".as_slice(),
            &60_000_u16.to_le_bytes(),
            &60_000_u16.to_le_bytes(),
            &[0; 16],
        ]
        .concat();
        let mut bmp = b"BM".to_vec();
        bmp.extend([0; 12]);
        bmp.extend(40_u32.to_le_bytes());
        bmp.extend(60_000_u32.to_le_bytes());
        bmp.extend(60_000_u32.to_le_bytes());
        bmp.extend([0; 32]);
        let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8];
        jpeg.extend(60_000_u16.to_be_bytes());
        jpeg.extend(60_000_u16.to_be_bytes());
        jpeg.extend([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        for bomb in [&png, &gif, &bmp, &jpeg] {
            // Each is an image but for its size.
            assert!(imagesize::blob_size(bomb).is_ok_and(|size| size.width == 60_000 && size.height == 60_000));
        }
        for (name, bytes) in [
            ("bomb.png", png.as_slice()),
            ("bomb.gif", gif.as_slice()),
            ("bomb.bmp", bmp.as_slice()),
            ("bomb.jpg", jpeg.as_slice()),
            ("page.html", b"<script>".as_slice()),
            ("text.svg", b"hello".as_slice()),
        ] {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            let address = images.address(file);
            let number = address.rsplit('/').next().unwrap();
            assert_eq!(
                images.answer(&format!("/{number}")).status(),
                StatusCode::NOT_FOUND,
                "{name}"
            );
        }
    }
}
