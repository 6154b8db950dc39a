//! Images of texts in the sizes that they are offered in: made by the process that reads for others, and kept until
//! another image is asked about.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use edito_exchange::{Task, Wanted};
use edito_import::{Job, Reader};
use edito_library::disk::ContentHash;

/// Sizes of the image that was asked about last, and which images came in this run.
#[derive(Default)]
pub struct Pictures {
    made: Mutex<Option<Made>>,
    came: Mutex<HashSet<PathBuf>>,
}

/// One size of an image.
#[derive(Debug, Clone)]
pub struct Size {
    /// The ending of its form.
    pub ending: String,
    /// Its file.
    pub bytes: Arc<[u8]>,
}

struct Made {
    of: ContentHash,
    sizes: Vec<Size>,
}

impl Pictures {
    /// The image in the sizes that make it smaller, the largest first; none when its pixels can't be read.
    ///
    /// # Errors
    /// When there is no process that reads it.
    pub fn sizes(&self, reader: &Reader, bytes: &[u8]) -> edito_import::Result<Vec<Size>> {
        let hash = ContentHash::of(bytes);
        // Whoever asks for the same meanwhile waits for it.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = made.as_ref().filter(|made| made.of == hash) {
            return Ok(made.sizes.clone());
        }
        *made = None;
        let task = Task {
            wanted: Wanted::Smaller,
            ..Task::default()
        };
        let job = Job::of_bytes("image", bytes.to_vec(), task);
        let (pieces, _) = reader.read_one(&job, &AtomicBool::new(false))?;
        let images = pieces.into_iter().flat_map(|piece| piece.images);
        let sizes = images.map(|image| Size {
            ending: image.name.unwrap_or_default(),
            bytes: image.bytes.into(),
        });
        let sizes: Vec<Size> = sizes.collect();
        *made = Some(Made {
            of: hash,
            sizes: sizes.clone(),
        });
        Ok(sizes)
    }

    /// Lets go of what was made.
    pub fn forget(&self) {
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Notes an image that was stored for a text in this run: nobody else's.
    pub fn came(&self, file: Option<PathBuf>) {
        self.came.lock().unwrap_or_else(PoisonError::into_inner).extend(file);
    }

    /// Whether an image was stored for a text in this run.
    pub fn is_own(&self, file: &PathBuf) -> bool {
        self.came.lock().unwrap_or_else(PoisonError::into_inner).contains(file)
    }
}
