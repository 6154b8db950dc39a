//! What articles from elsewhere were read from, as it came: kept compressed beside the journal, and read on request.

use super::Library;
use crate::error::{At, Error, ErrorKind, Result};
use crate::identity::{ArticleId, declared};
use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Read;
use std::path::PathBuf;

/// Something that an article was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Capture {
    /// The name of its file; names it among the captures of the article.
    pub name: String,
    /// When it was taken in, as its name says: milliseconds since 1970, UTC.
    pub time: Option<i64>,
    /// What kind of file it is, by its ending: `html`, `mhtml`, `eml`…
    pub ending: String,
}

/// A capture larger than this is not unpacked, in bytes: a page with all its pictures has some tens of megabytes.
const LARGEST_CAPTURE: u64 = 256 << 20;

impl Library {
    /// What an article was read from, the newest first; nothing for an article that was written here.
    ///
    /// # Errors
    /// `Io` when the folder can't be read.
    pub fn captures(&self, id: &ArticleId) -> Result<Vec<Capture>> {
        let Some(folder) = self.folder_of_captures(id) else {
            return Ok(Vec::new());
        };
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::from(error).at(&folder)),
        };
        let mut captures: Vec<Capture> = entries
            .flatten()
            // Nothing that a link leads to.
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
            .filter_map(|entry| capture(entry.file_name().to_str()?))
            .collect();
        captures.sort_by(|one, other| (other.time, &other.name).cmp(&(one.time, &one.name)));
        Ok(captures)
    }

    /// The bytes of one of the captures of an article, unpacked.
    ///
    /// # Errors
    /// `NotFound`; `TooBig` beyond 256 MiB; `Corrupt` when it can't be unpacked; `Io`.
    pub fn read_capture(&self, id: &ArticleId, name: &str) -> Result<Vec<u8>> {
        let known = self.captures(id)?.iter().any(|capture| capture.name == name);
        let Some(folder) = self.folder_of_captures(id).filter(|_| known) else {
            return Err(Error::new(ErrorKind::NotFound, "there is no such capture"));
        };
        let path = folder.join(name);
        let packed = fs::File::open(&path).at(&path)?;
        unpack(packed, LARGEST_CAPTURE).at(&path)
    }

    /// An identity comes from a file, and must not lead out of the library; nor must a link.
    fn folder_of_captures(&self, id: &ArticleId) -> Option<PathBuf> {
        let id = declared(id.as_str())?;
        let captures = self.root.join(".edito").join("captures");
        let folder = captures.join(id.as_str());
        let is_link =
            |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_symlink());
        (!is_link(&captures) && !is_link(&folder)).then_some(folder)
    }
}

fn unpack(packed: impl Read, largest: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed)
        .take(largest + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::new(ErrorKind::Corrupt, error.to_string()))?;
    if bytes.len() as u64 > largest {
        return Err(Error::new(ErrorKind::TooBig, "it is larger than what is unpacked"));
    }
    Ok(bytes)
}

/// `20260401T100000Z.html.gz`, or `20260401T100000Z-2.html.gz`.
fn capture(name: &str) -> Option<Capture> {
    let (stem, ending) = name.strip_suffix(".gz")?.rsplit_once('.')?;
    let digits: String = stem.chars().take(16).collect();
    let time = jiff::fmt::strtime::parse("%Y%m%dT%H%M%SZ", &digits)
        .and_then(|parsed| parsed.to_datetime())
        .and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC))
        .ok()
        .map(|time| time.timestamp().as_millisecond());
    Some(Capture {
        name: name.to_owned(),
        time,
        ending: ending.to_ascii_lowercase(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&vec![0; 100_000]).unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(unpack(packed.as_slice(), 100_000).unwrap().len(), 100_000);
        assert_eq!(unpack(packed.as_slice(), 99_999).unwrap_err().kind, ErrorKind::TooBig);
    }

    #[test]
    fn names_tell_when_and_what() {
        let told = |name: &str| capture(name).map(|capture| (capture.time, capture.ending));
        let time = Some(1_775_037_600_000);
        assert_eq!(told("20260401T100000Z.html.gz"), Some((time, "html".into())));
        assert_eq!(told("20260401T100000Z-2.MHTML.gz"), Some((time, "mhtml".into())));
        assert_eq!(told("page.eml.gz"), Some((None, "eml".into())));
        assert_eq!(told("é€𝄞 20260401T100000Z.html.gz"), Some((None, "html".into())));
        for strange in ["", ".gz", "page.html", "gz", "20260401T100000Z"] {
            assert_eq!(told(strange), None, "{strange}");
        }
    }
}
