//! Images of pieces, each stored once by its content.

use super::super::Library;
use super::{Made, NewPiece};
use crate::disk::create_new;
use crate::error::{ErrorKind, Result};
use crate::walk::within;
use std::path::{Path, PathBuf};

/// Files to be made: where, and what.
pub(super) type Files = Vec<(PathBuf, Vec<u8>)>;

impl Library {
    /// Stores the images of a piece and answers its text with links to them from `folder`, and how
    /// many were of no kind that is shown.
    pub(super) fn store_images(&self, piece: &NewPiece, folder: &Path, made: &mut Made) -> Result<(String, usize)> {
        let (images, body, left) = self.prepare_images(piece, folder)?;
        for (path, bytes) in images {
            match create_new(&*self.environment.disk, &path, &bytes) {
                Ok(_) => made.files.push(path),
                Err(error) if error.kind == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok((body, left))
    }

    /// The images of a piece that are not there yet, where they are to be; its text with links to all of them from
    /// `folder`; and how many were of no kind that is shown. The folder of images is there then.
    pub(super) fn prepare_images(&self, piece: &NewPiece, folder: &Path) -> Result<(Files, String, usize)> {
        let mut images = Files::new();
        if piece.images.is_empty() {
            return Ok((images, piece.body.clone(), 0));
        }
        let media = self.captures_folder().join("media");
        let disk = &*self.environment.disk;
        let mut targets: Vec<Option<String>> = Vec::with_capacity(piece.images.len());
        let mut left = 0;
        for image in &piece.images {
            let remote = || image.url.clone().filter(|url| url.starts_with("http"));
            if image.bytes.is_empty() {
                targets.push(remote());
                continue;
            }
            let Some(ending) = ending_of(&image.bytes) else {
                left += 1;
                targets.push(remote());
                continue;
            };
            self.make_folder(&media)?;
            let hash = blake3::hash(&image.bytes).to_hex();
            let path = media.join(format!("{}.{ending}", hash.get(..32).unwrap_or(&hash)));
            targets.push(self.link(folder, &path));
            if disk.about(&path).is_err() && images.iter().all(|(other, _)| *other != path) {
                images.push((path, image.bytes.clone()));
            }
        }
        Ok((images, with_links(&piece.body, &targets), left))
    }

    /// The way from a folder to a file, both within the library.
    pub(in crate::library) fn link(&self, folder: &Path, file: &Path) -> Option<String> {
        let from = within(&self.root, folder)?;
        let to = within(&self.root, file)?;
        let from: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
        let to: Vec<&str> = to.split('/').collect();
        let shared = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
        let up = std::iter::repeat_n("..", from.len() - shared);
        let parts: Vec<String> = up
            .chain(to.iter().skip(shared).copied())
            .map(|part| {
                part.replace('%', "%25")
                    .replace(' ', "%20")
                    .replace('(', "%28")
                    .replace(')', "%29")
            })
            .collect();
        Some(parts.join("/"))
    }
}

/// A text with `edito-image:N` replaced by what the image's link is; an image that is nowhere
/// keeps an empty one.
pub fn with_links(body: &str, targets: &[Option<String>]) -> String {
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(SCHEME) {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        let after = after.get(SCHEME.len()..).unwrap_or_default();
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = after.split_at(digits);
        match number.parse::<usize>().ok().and_then(|number| targets.get(number)) {
            Some(target) => text.push_str(target.as_deref().unwrap_or_default()),
            None => {
                text.push_str(SCHEME);
                text.push_str(number);
            }
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

const SCHEME: &str = "edito-image:";

/// The ending for the kind that the first bytes tell, if it is one that is shown.
fn ending_of(bytes: &[u8]) -> Option<&'static str> {
    let at = |from: usize, sign: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(sign));
    if at(0, b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else if at(0, b"\xff\xd8\xff") {
        Some("jpg")
    } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
        Some("gif")
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        Some("webp")
    } else if at(4, b"ftypavif") || at(4, b"ftypavis") {
        Some("avif")
    } else if at(0, b"BM") {
        Some("bmp")
    } else {
        let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024)).unwrap_or_default());
        let head = head.trim_start_matches('\u{feff}').trim_start();
        let drawn = head.starts_with("<svg") || (head.starts_with("<?xml") && head.contains("<svg"));
        drawn.then_some("svg")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_links_and_nothing_else_does() {
        let targets = [Some("media/a.png".to_owned()), None];
        let body = "![a](edito-image:0) ![b](edito-image:1) ![c](edito-image:7) edito-image: x";
        assert_eq!(
            with_links(body, &targets),
            "![a](media/a.png) ![b]() ![c](edito-image:7) edito-image: x"
        );
    }
}
