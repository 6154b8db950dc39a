//! What `edito.toml` says of citations, written for whoever sets it.

use super::Library;
use crate::config::FILE_NAME;
use crate::config::citations::with_style;
use crate::disk::{ContentHash, Precondition, create_new, durable_write};
use crate::error::{At, Error, ErrorKind, Result};

impl Library {
    /// Writes the style of citations into `edito.toml`, and no other byte of it; `None` takes it out.
    ///
    /// # Errors
    /// `Invalid` when it can't be changed without changing something else in it; else what writing fails with.
    pub fn set_citation_style(&self, style: Option<&str>) -> Result<()> {
        self.check_root()?;
        let path = self.root.join(FILE_NAME);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).at(&path),
        };
        let text = std::str::from_utf8(bytes.as_deref().unwrap_or_default())
            .map_err(|_| Error::new(ErrorKind::Encoding, "the file is not UTF-8").at(&path))?;
        let after = with_style(text, style).at(&path)?;
        let disk = &*self.environment.disk;
        match &bytes {
            Some(bytes) if bytes == after.as_bytes() => return Ok(()),
            Some(bytes) => durable_write(
                disk,
                &path,
                after.as_bytes(),
                Precondition::Content(ContentHash::of(bytes)),
            )?,
            None => create_new(disk, &path, after.as_bytes())?,
        };
        if self.read_settings()? {
            self.index.forget_overview();
        }
        Ok(())
    }
}
