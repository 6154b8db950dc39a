//! What advice on words goes by: the dictionaries in memory, the words that the user vouches for, those of the library.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use edito_language::spelling::{Dictionaries, OwnWords};
use edito_library::disk::{ContentHash, Precondition, RealDisk, create_folders, create_new, durable_write};

use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::state::OpenLibrary;

/// Dictionaries that nobody asked for so long are not held any more.
const HELD: Duration = Duration::from_secs(180);
/// How often it is looked whether they are asked for.
const LOOK: Duration = Duration::from_secs(20);

/// What advice goes by, shared by all commands.
pub struct Advising {
    /// The dictionaries.
    pub dictionaries: Arc<Dictionaries>,
    /// The words that the user vouches for.
    pub mine: PersonalWords,
    asked: Arc<Mutex<Option<Instant>>>,
    closing: Arc<AtomicBool>,
    own: Mutex<Option<Own>>,
}

/// The words of the user, the desk and the library, as they were put together last.
struct Own {
    of: (Option<SystemTime>, u32, PathBuf),
    words: Arc<OwnWords>,
}

impl Advising {
    /// With the user’s words in the folder `data`, read when they are asked for.
    pub fn new(data: &Path) -> Self {
        Self {
            dictionaries: Arc::default(),
            mine: PersonalWords {
                file: data.join("words.txt"),
                writing: Mutex::new(()),
            },
            asked: Arc::default(),
            closing: Arc::default(),
            own: Mutex::new(None),
        }
    }

    /// Holds the dictionaries for a while from now on.
    pub fn asked(&self) {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        if self.closing.swap(true, Ordering::Relaxed) {
            return;
        }
        let (asked, closing, dictionaries) = (self.asked.clone(), self.closing.clone(), self.dictionaries.clone());
        let waiting = std::thread::Builder::new().name("dictionaries".into()).spawn(move || {
            loop {
                std::thread::sleep(LOOK);
                let held = asked.lock().unwrap_or_else(PoisonError::into_inner);
                if held.is_none_or(|at| at.elapsed() >= HELD) {
                    dictionaries.close();
                    closing.store(false, Ordering::Relaxed);
                    break;
                }
            }
        });
        if waiting.is_err() {
            self.closing.store(false, Ordering::Relaxed);
        }
    }

    /// All words that somebody vouches for, and why those of the user could not be read.
    pub fn own(&self, open: Option<&OpenLibrary>) -> (Arc<OwnWords>, Option<CommandError>) {
        let of = (
            self.mine.changed(),
            open.map_or(0, OpenLibrary::generation),
            open.map_or_else(PathBuf::new, |open| open.library.root().to_owned()),
        );
        let mut held = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = held.as_ref().filter(|own| own.of == of) {
            return (own.words.clone(), None);
        }
        let mut words = OwnWords::new();
        let problem = match self.mine.all() {
            Ok(mine) => {
                words.add(mine);
                None
            }
            Err(error) => Some(error),
        };
        if let Some(open) = open {
            words.add(open.library.desk_words());
            match open.library.known_names() {
                Ok(names) => words.add_names(names),
                Err(error) => tracing::warn!("the names of the library are not known: {error}"),
            }
        }
        let words = Arc::new(words);
        // What could not be read is told once.
        *held = Some(Own {
            of,
            words: words.clone(),
        });
        (words, problem)
    }
}

/// The words that the user vouches for: a file of the user’s, one word a line. What else is in it stays.
pub struct PersonalWords {
    file: PathBuf,
    writing: Mutex<()>,
}

impl PersonalWords {
    /// The words, in the order in which they were added. Lines that are no text are passed over.
    pub fn all(&self) -> CommandResult<Vec<String>> {
        let bytes = self.bytes()?;
        Ok(lines(&bytes).filter_map(|line| word_of(&bytes, line)).collect())
    }

    /// Adds a word.
    pub fn add(&self, word: &str) -> CommandResult<()> {
        let word = word.trim();
        if word.is_empty() || word.contains(char::is_control) {
            return Err(CommandError::new(ErrorKind::Invalid, "it is no word"));
        }
        self.change(|bytes| {
            if lines(bytes).any(|line| word_of(bytes, line).is_some_and(|known| known == word)) {
                return;
            }
            if !bytes.is_empty() && !bytes.ends_with(b"\n") {
                bytes.push(b'\n');
            }
            bytes.extend_from_slice(word.as_bytes());
            bytes.push(b'\n');
        })
    }

    /// Takes a word away.
    pub fn remove(&self, word: &str) -> CommandResult<()> {
        self.change(|bytes| {
            let found: Vec<_> = lines(bytes)
                .filter(|line| word_of(bytes, line.clone()).is_some_and(|known| known == word))
                .collect();
            for line in found.into_iter().rev() {
                bytes.drain(line);
            }
        })
    }

    fn changed(&self) -> Option<SystemTime> {
        std::fs::metadata(&self.file).and_then(|about| about.modified()).ok()
    }

    fn bytes(&self) -> CommandResult<Vec<u8>> {
        let failed = |error: std::io::Error, kind| CommandError {
            kind,
            message: error.to_string(),
            path: Some(self.file.display().to_string()),
        };
        match std::fs::metadata(&self.file) {
            Ok(about) if about.is_file() && about.len() <= LARGEST => {
                std::fs::read(&self.file).map_err(|error| failed(error, ErrorKind::Io))
            }
            Ok(_) => Err(failed(
                std::io::Error::other("it is no list of words"),
                ErrorKind::Corrupt,
            )),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(failed(error, ErrorKind::Io)),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Vec<u8>)) -> CommandResult<()> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.bytes()?;
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Ok(());
        }
        if self.file.exists() {
            let expected = Precondition::Content(ContentHash::of(&before));
            durable_write(&RealDisk, &self.file, &after, expected)?;
        } else {
            if let Some(folder) = self.file.parent() {
                create_folders(&RealDisk, folder, true)?;
            }
            create_new(&RealDisk, &self.file, &after)?;
        }
        Ok(())
    }
}

/// Beyond it, it is no list that somebody made of words.
const LARGEST: u64 = 4 << 20;

/// The lines of a file, each with its end.
fn lines(bytes: &[u8]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = 0;
    bytes.split_inclusive(|byte| *byte == b'\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        range
    })
}

fn word_of(bytes: &[u8], line: std::ops::Range<usize>) -> Option<String> {
    let text = std::str::from_utf8(bytes.get(line)?).ok()?;
    let word = text.trim_start_matches('\u{feff}').trim();
    (!word.is_empty()).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn words_are_added_and_taken_away_and_what_is_no_text_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data/words.txt");
        let words = Advising::new(&folder.path().join("data")).mine;
        assert_eq!(words.all().unwrap(), Vec::<String>::new());
        words.add("Édito").unwrap();
        words.add("Édito").unwrap();
        words.add(" hacktivisme ").unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), "Édito\nhacktivisme\n".as_bytes());
        std::fs::write(&file, b"\xef\xbb\xbfun\r\n\xff\xfe\xfd\ndeux").unwrap();
        assert_eq!(words.all().unwrap(), ["un", "deux"]);
        words.add("trois").unwrap();
        words.remove("deux").unwrap();
        assert_eq!(
            std::fs::read(&file).unwrap(),
            b"\xef\xbb\xbfun\r\n\xff\xfe\xfd\ntrois\n"
        );
        assert!(words.add("a\nb").is_err() && words.add(" ").is_err());
    }

    #[test]
    fn a_folder_in_the_place_of_the_file_is_told_once_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("words.txt")).unwrap();
        let advising = Advising::new(folder.path());
        let (_, problem) = advising.own(None);
        assert_eq!(problem.unwrap().kind, ErrorKind::Corrupt);
        assert!(advising.own(None).1.is_none());
        assert!(advising.mine.add("un").is_err());
        assert!(folder.path().join("words.txt").is_dir());
    }
}
