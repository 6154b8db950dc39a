//! The images of a piece that stayed on the web, fetched when their reader keeps the piece.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use edito_exchange::Piece;

use crate::fetch::Web;

/// How much is fetched for the images of one piece.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// Images.
    pub most: usize,
    /// Bytes of one.
    pub bytes_of_one: usize,
    /// Bytes of all.
    pub bytes: usize,
    /// The longest that it may take.
    pub longest: Duration,
}

impl Default for Room {
    fn default() -> Self {
        Room {
            most: 60,
            bytes_of_one: 10 * 1024 * 1024,
            bytes: 40 * 1024 * 1024,
            longest: Duration::from_secs(30),
        }
    }
}

/// Fetches the images of a piece that it has only addresses of, and answers the addresses of those that did not come:
/// they stay where they are. Several are asked for at a time.
pub(crate) fn fetch(piece: &mut Piece, web: &Web, room: Room, cancel: &AtomicBool) -> Vec<String> {
    const AT_A_TIME: usize = 4;
    let end = Instant::now() + room.longest;
    let wanted: Vec<(usize, String)> = piece
        .images
        .iter()
        .enumerate()
        .filter(|(_, image)| image.bytes.is_empty())
        .filter_map(|(place, image)| Some((place, image.url.clone()?)))
        .collect();
    let next = AtomicUsize::new(0);
    let left = AtomicUsize::new(room.bytes);
    let came: Mutex<Vec<(usize, Vec<u8>)>> = Mutex::default();
    std::thread::scope(|threads| {
        for _ in 0..AT_A_TIME.min(wanted.len()) {
            threads.spawn(|| {
                while let Some((place, address)) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let time = end.saturating_duration_since(Instant::now());
                    let most = room.bytes_of_one.min(left.load(Ordering::Relaxed));
                    if *place >= room.most || time.is_zero() || most == 0 || cancel.load(Ordering::Relaxed) {
                        return;
                    }
                    let web = Web {
                        most_bytes: most,
                        longest: web.longest.min(time),
                        ..web.clone()
                    };
                    let Some(bytes) = one(&web, address, cancel) else {
                        continue;
                    };
                    let taken = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                        left.checked_sub(bytes.len())
                    });
                    if taken.is_ok() {
                        came.lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push((*place, bytes));
                    }
                }
            });
        }
    });
    for (place, bytes) in came.into_inner().unwrap_or_else(PoisonError::into_inner) {
        if let Some(image) = piece.images.get_mut(place) {
            image.bytes = bytes;
        }
    }
    let missing = piece.images.iter().filter(|image| image.bytes.is_empty());
    missing.filter_map(|image| image.url.clone()).collect()
}

fn one(web: &Web, address: &str, cancel: &AtomicBool) -> Option<Vec<u8>> {
    let accept = [("Accept", "image/avif,image/webp,image/*;q=0.9".to_owned())];
    match web.get(address, &accept, cancel) {
        // A page that says that there is no image is none.
        Ok(fetched) if fetched.status == 200 && !fetched.media_type().starts_with("text/") => Some(fetched.bytes),
        Ok(_) => None,
        Err(error) => {
            tracing::info!(%error, "an image did not come");
            None
        }
    }
}
