//! What the worker tells: frames of a length, a head in JSON, and the bytes that would be long in JSON.
//!
//! A frame is the length of its head (four bytes, the lowest first), the head, and the bytes that it lists in `blobs`,
//! one after the other. What the worker says is not trusted either: heads and bytes have limits.

use std::io::{self, Read, Write};

use edito_exchange::{Piece, Receipt};
use serde::{Deserialize, Serialize};

/// What a frame says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Said {
    /// A piece is about to be read; number 0 before the file is opened.
    Begin,
    /// A piece was read, or nothing came of it.
    Item(Option<Box<Piece>>, Receipt),
    /// The file has no more pieces.
    End(Receipt),
}

/// One frame.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Frame {
    /// The file, by its number among those that were handed over.
    pub job: usize,
    /// The piece in the file, from 0.
    pub item: usize,
    /// What is said of it.
    pub said: Said,
    #[serde(default)]
    blobs: Vec<u64>,
}

impl Frame {
    pub(crate) fn new(job: usize, item: usize, said: Said) -> Frame {
        Frame {
            job,
            item,
            said,
            blobs: Vec::new(),
        }
    }

    /// Writes the frame.
    pub(crate) fn write(mut self, out: &mut impl Write) -> io::Result<()> {
        let mut blobs = Vec::new();
        for bytes in self.blobs_of() {
            blobs.push(std::mem::take(bytes));
        }
        self.blobs = blobs.iter().map(|bytes| bytes.len() as u64).collect();
        let head = serde_json::to_vec(&self)?;
        let length = u32::try_from(head.len()).map_err(|_| too_long())?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&head)?;
        for bytes in blobs {
            out.write_all(&bytes)?;
        }
        out.flush()
    }

    /// Reads a frame; none at the end of the stream.
    pub(crate) fn read(from: &mut impl Read) -> io::Result<Option<Frame>> {
        let mut length = [0; 4];
        match from.read_exact(&mut length) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        let length = u64::from(u32::from_le_bytes(length));
        if length > LONGEST_HEAD {
            return Err(too_long());
        }
        let mut frame: Frame = serde_json::from_slice(&read_exactly(from, length)?)?;
        let lengths = std::mem::take(&mut frame.blobs);
        let mut sum = 0u64;
        let mut blobs = Vec::new();
        for length in lengths {
            sum = sum.saturating_add(length);
            if sum > LONGEST_BLOBS {
                return Err(too_long());
            }
            blobs.push(read_exactly(from, length)?);
        }
        for (place, bytes) in frame.blobs_of().into_iter().zip(blobs) {
            *place = bytes;
        }
        Ok(Some(frame))
    }

    fn blobs_of(&mut self) -> Vec<&mut Vec<u8>> {
        let Said::Item(Some(piece), _) = &mut self.said else {
            return Vec::new();
        };
        let images = piece.images.iter_mut().map(|image| &mut image.bytes);
        images
            .chain(piece.capture.as_mut().map(|capture| &mut capture.bytes))
            .collect()
    }
}

const LONGEST_HEAD: u64 = 256 * 1024 * 1024;
const LONGEST_BLOBS: u64 = 1024 * 1024 * 1024;

/// Takes memory as bytes come, not as a length promises.
fn read_exactly(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = from.take(length).read_to_end(&mut bytes)?;
    if read as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a frame is too long")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use edito_exchange::{Capture, Image};

    #[test]
    fn frames_come_out_as_they_went_in() {
        let piece = Piece {
            title: Some("Été".into()),
            images: vec![
                Image::default(),
                Image {
                    bytes: vec![1, 2, 3],
                    ..Image::default()
                },
            ],
            capture: Some(Capture {
                bytes: vec![0; 70_000],
                ending: "html".into(),
            }),
            ..Piece::default()
        };
        let mut bytes = Vec::new();
        Frame::new(3, 4, Said::Begin).write(&mut bytes).unwrap();
        Frame::new(3, 4, Said::Item(Some(Box::new(piece.clone())), Receipt::new("a")))
            .write(&mut bytes)
            .unwrap();
        let mut from = bytes.as_slice();
        assert!(matches!(Frame::read(&mut from).unwrap().unwrap().said, Said::Begin));
        let frame = Frame::read(&mut from).unwrap().unwrap();
        assert_eq!((frame.job, frame.item), (3, 4));
        let Said::Item(Some(read), receipt) = frame.said else {
            panic!()
        };
        assert_eq!((*read, receipt), (piece, Receipt::new("a")));
        assert!(Frame::read(&mut from).unwrap().is_none());
        for cut in 1..200 {
            let mut from = &bytes[..cut];
            while let Ok(Some(_)) = Frame::read(&mut from) {}
        }
        assert!(Frame::read(&mut [0xff; 64].as_slice()).is_err());
    }
}
