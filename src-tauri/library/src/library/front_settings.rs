//! What `edito.toml` says of the front page, read and written for whoever sets it.

use super::Library;
use crate::article::LibraryChanges;
use crate::config::patch::{SlotChange, with_slots};
use crate::config::{FILE_NAME, SlotConfig};
use crate::disk::{ContentHash, Precondition, create_new, durable_write};
use crate::error::{At, Error, ErrorKind, Result};

/// The parts of the front page as they can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontSettings {
    /// The parts.
    pub slots: Vec<SlotConfig>,
    /// Whether they follow from the sections, because `edito.toml` names none.
    pub derived: bool,
    /// blake3 of the file's bytes, in hexadecimal; empty without one. What a change is based on.
    pub hash: String,
}

impl Library {
    /// The parts of the front page.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn front_settings(&self) -> Result<FrontSettings> {
        let settings = self.settings();
        Ok(FrontSettings {
            slots: self.front_slots(&settings)?,
            derived: settings.config.front.slots.is_empty(),
            hash: settings.hash.clone(),
        })
    }

    /// Writes the parts of the front page into `edito.toml`, and no other byte of it. With each part stands which one
    /// of the file it was, counted from 0; it keeps its comments. No parts at all bring back those that follow from
    /// the sections.
    ///
    /// # Errors
    /// `Changed` when the file is not the one that the change was based on, `Invalid` when it can't be changed
    /// without changing something else in it; else what writing fails with.
    pub fn save_front(&self, slots: Vec<(Option<u32>, SlotConfig)>, based_on: &str) -> Result<LibraryChanges> {
        let changes: Vec<SlotChange> = slots
            .into_iter()
            .map(|(from, slot)| SlotChange {
                from: from.map(|from| from as usize),
                slot: slot.within_limits(),
            })
            .collect();
        self.patch_settings(Some(based_on), |text| with_slots(text, &changes))
    }

    /// Writes `edito.toml` as `change` makes it, which leaves alone what rows and words come out by.
    pub(super) fn patch_settings(
        &self,
        based_on: Option<&str>,
        change: impl FnOnce(&str) -> Result<String>,
    ) -> Result<LibraryChanges> {
        self.check_root()?;
        let path = self.root.join(FILE_NAME);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).at(&path),
        };
        let present = bytes.as_deref().filter(|bytes| !bytes.is_empty());
        let hash = present.map_or_else(String::new, |bytes| blake3::hash(bytes).to_hex().to_string());
        if based_on.is_some_and(|based_on| hash != based_on) {
            return Err(Error::new(ErrorKind::Changed, "the file was changed meanwhile").at(&path));
        }
        let text = std::str::from_utf8(bytes.as_deref().unwrap_or_default())
            .map_err(|_| Error::new(ErrorKind::Encoding, "the file is not UTF-8").at(&path))?;
        let after = change(text).at(&path)?;
        let disk = &*self.environment.disk;
        match &bytes {
            Some(bytes) if bytes == after.as_bytes() => {}
            Some(bytes) => {
                let expected = Precondition::Content(ContentHash::of(bytes));
                durable_write(disk, &path, after.as_bytes(), expected)?;
            }
            None if after.is_empty() => {}
            None => {
                create_new(disk, &path, after.as_bytes())?;
            }
        }
        // No article is read again.
        let config = self.read_settings()?;
        if config {
            self.index.forget_overview();
        }
        Ok(LibraryChanges {
            total: self.index.total()?,
            config,
            ..LibraryChanges::default()
        })
    }
}
