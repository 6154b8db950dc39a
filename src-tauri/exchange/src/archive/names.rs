//! Names of members.

use zip::read::OwnedZipFileEntry;

/// The longest path that is taken.
const LONGEST: usize = 4096;

/// An entry's name as text: UTF-8 when it is, else the code page that zip files fall back to.
pub(super) fn decoded(entry: &OwnedZipFileEntry) -> String {
    entry.name().map_or_else(
        |_| String::from_utf8_lossy(entry.name_raw()).into_owned(),
        |name| name.into_owned(),
    )
}

/// The path inside the archive that a name means, with `/` between folders; `None` when it leads out, or means
/// different things to different programs.
pub(super) fn inside(name: &str) -> Option<String> {
    // Some programs under Windows write their own separator.
    let name = name.replace('\\', "/");
    let mut path = name.as_str();
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    let path = path.strip_suffix('/').unwrap_or(path);
    let drive = matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    let sound = path.len() <= LONGEST && !drive && !path.chars().any(char::is_control);
    let folders = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    (sound && folders).then(|| path.to_owned())
}
