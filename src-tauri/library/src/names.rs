//! Names for files: made from titles, safe on every system, never one that is taken.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::disk::{Disk, TEMPORARY_PREFIX, create_new, move_file};
use crate::error::{At, Error, ErrorKind, Result};

/// The longest name that common disks take, in bytes of UTF-8.
pub const LONGEST_NAME: usize = 255;

/// A safe file name that reads like the title, in NFC: `L’été « dernier »` with `md` gives
/// `L’été « dernier ».md`. Characters that some system refuses become spaces; a very long title is
/// cut at a word. The title itself belongs in the front matter.
pub fn file_name(title: &str, extension: &str) -> String {
    let cleaned: String = title
        .nfc()
        .map(|character| if is_refused(character) { ' ' } else { character })
        .filter(|character| !is_invisible(*character))
        .collect();
    let words: Vec<&str> = cleaned.split_whitespace().collect();
    with_extension(&shorten(&words.join(" "), ' '), extension)
}

/// A name for addresses and folders: lower case, without accents, words joined by hyphens.
/// `L’été, à Œuvres` gives `l-ete-a-oeuvres`. Letters of other scripts stay.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for character in title.nfkd().filter(|it| !is_combining_mark(*it)) {
        match character {
            'œ' | 'Œ' => slug.push_str("oe"),
            'æ' | 'Æ' => slug.push_str("ae"),
            'ß' | 'ẞ' => slug.push_str("ss"),
            'ø' | 'Ø' => slug.push('o'),
            'ł' | 'Ł' => slug.push('l'),
            'ـ' => {}
            other if other.is_alphanumeric() => slug.extend(other.to_lowercase()),
            other if is_invisible(other) => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    guard(&shorten(slug.trim_end_matches('-'), '-'))
}

/// Two names with the same key are one file on some system: blind to case and to the form in which
/// accents are stored.
pub fn collision_key(name: &str) -> String {
    // Upper case first, so that ß and ss, σ and ς meet.
    let upper: String = name.nfd().flat_map(char::to_uppercase).collect();
    upper.to_lowercase().nfc().collect()
}

/// The name itself, or the same with a number, whichever is not taken. `taken` is asked with
/// [`collision_key`]s.
pub fn free_name(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    numbered(wanted)
        .find(|name| !taken(&collision_key(name)))
        .unwrap_or_else(|| wanted.to_owned())
}

/// Whether a name that the user typed can be used on every system; answers it in NFC.
///
/// Errors: `BadName` with the reason.
pub fn check_name(name: &str) -> Result<String> {
    let name: String = name.nfc().collect();
    let stem = name.split('.').next().unwrap_or_default();
    let problem = if name.is_empty() {
        Some("the name is empty".to_owned())
    } else if name.len() > LONGEST_NAME {
        Some("the name is too long".to_owned())
    } else if let Some(refused) = name.chars().find(|it| is_refused(*it) || is_invisible(*it)) {
        Some(format!("the name contains {refused:?}"))
    } else if name.starts_with(TEMPORARY_PREFIX) || name.starts_with('.') {
        Some("a name that begins with a full stop is hidden".to_owned())
    } else if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        Some("the name begins or ends with a space, or ends with a full stop".to_owned())
    } else if is_reserved(stem) {
        Some(format!("{stem} is reserved on Windows"))
    } else {
        None
    };
    match problem {
        None => Ok(name),
        Some(problem) => Err(Error::new(ErrorKind::BadName, problem)),
    }
}

/// Makes a new file under `wanted`, or the nearest free name, and answers its path. Never replaces
/// anything, and takes no name that another system would hold for one that is there.
pub fn create_under_free_name(disk: &dyn Disk, folder: &Path, wanted: &str, bytes: &[u8]) -> Result<PathBuf> {
    under_free_name(disk, folder, wanted, |path| create_new(disk, path, bytes).map(|_| ()))
}

/// Moves a file into `folder` under `wanted`, or the nearest free name, and answers its path.
pub fn move_under_free_name(disk: &dyn Disk, from: &Path, folder: &Path, wanted: &str) -> Result<PathBuf> {
    under_free_name(disk, folder, wanted, |path| move_file(disk, from, path))
}

/// Lets `put` make something under `wanted`, or the nearest free name, and answers its path. `put` is asked again with
/// the next name when it finds its own taken.
pub(crate) fn under_free_name(
    disk: &dyn Disk,
    folder: &Path,
    wanted: &str,
    mut put: impl FnMut(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let taken: HashSet<String> = disk
        .list(folder)
        .at(folder)?
        .iter()
        .map(|(name, _)| collision_key(&name.to_string_lossy()))
        .collect();
    for name in numbered(wanted).filter(|name| !taken.contains(&collision_key(name))) {
        let path = folder.join(name);
        match put(&path) {
            Ok(()) => return Ok(path),
            // Somebody took it since the folder was read.
            Err(error) if error.kind == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::new(ErrorKind::AlreadyExists, "no name is free").at(folder.join(wanted)))
}

/// Longest part before the extension, in bytes: leaves room for numbers and for what sync programs
/// append, also on encrypted disks that take 143 bytes.
const LONGEST_STEM: usize = 96;

/// What an article without a usable title is called.
const NAMELESS: &str = "untitled";

/// `a b.md`, `a b 2.md`, `a b 3.md` … or `a.md`, `a-2.md` … where there are no spaces.
fn numbered(wanted: &str) -> impl Iterator<Item = String> {
    const MOST: u32 = 100_000;
    let (stem, extension) = match wanted.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (wanted, String::new()),
    };
    let space = if stem.contains(' ') { ' ' } else { '-' };
    std::iter::once(wanted.to_owned()).chain((2..MOST).map(move |number| format!("{stem}{space}{number}{extension}")))
}

fn with_extension(stem: &str, extension: &str) -> String {
    let stem = guard(stem);
    if extension.is_empty() {
        stem
    } else {
        format!("{stem}.{extension}")
    }
}

/// Keeps the name from being empty, hidden, or a device of Windows.
fn guard(stem: &str) -> String {
    let stem = stem.trim_start_matches(['.', ' ', '-']).trim_end_matches(['.', ' ']);
    if stem.is_empty() {
        return NAMELESS.to_owned();
    }
    let device = stem.split('.').next().unwrap_or_default();
    if is_reserved(device.trim_end()) {
        format!("_{stem}")
    } else {
        stem.to_owned()
    }
}

/// Cuts between words where that keeps most of it, else between letters as they are seen.
fn shorten(name: &str, space: char) -> String {
    if name.len() <= LONGEST_STEM {
        return name.to_owned();
    }
    let mut cut = String::new();
    for grapheme in name.graphemes(true) {
        if cut.len() + grapheme.len() > LONGEST_STEM {
            break;
        }
        cut.push_str(grapheme);
    }
    let at_word = cut.rfind(space).filter(|at| *at * 3 > LONGEST_STEM * 2);
    at_word.and_then(|at| cut.get(..at)).unwrap_or(&cut).to_owned()
}

/// What Windows, or a path, can't have in a name.
fn is_refused(character: char) -> bool {
    character.is_control() || matches!(character, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*')
}

/// Characters without a shape, and those that turn the direction of what follows: two names that
/// differ only in them look the same, or a name looks like what it is not.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

fn is_reserved(stem: &str) -> bool {
    let upper = stem.to_uppercase();
    if matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return true;
    }
    let number = upper.strip_prefix("COM").or_else(|| upper.strip_prefix("LPT"));
    number.is_some_and(|number| {
        let mut digits = number.chars();
        matches!(digits.next(), Some('0'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
    })
}

#[cfg(test)]
mod tests;
