//! The library itself: one folder of texts with its journal, history and index.

mod articles;
mod captures;
mod citing;
mod collections;
mod composing;
mod dictionary;
mod front;
mod front_settings;
mod front_slots;
mod goals;
mod highlights;
mod illustrations;
mod intake;
mod links;
mod lists;
mod open;
mod pins;
mod placing;
mod quotations;
mod recoveries;
mod related;
mod remembered;
mod replacing;
mod searches;
mod sessions;
mod subjects;
mod tags;
mod templates;
#[cfg(test)]
mod tests;
mod texts;
mod unsaved;
mod versions;
mod versions_changed;
mod versions_dropped;
mod written;

use crate::article::{Continue, LibraryChanges, Progress, Reconcile};
use crate::config::{Config, FILE_NAME};
use crate::disk::{Disk, sweep_temporaries};
use crate::error::{Error, ErrorKind, Result};
use crate::history::History;
use crate::identity::ArticleId;
use crate::index::facts::Settings;
use crate::index::reconcile::Source;
use crate::index::{Index, lock};
use crate::journal::{Journal, JournalFinding, NewId, Now};
use crate::places::Places;
use crate::sections::Sections;
use crate::walk;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::thread::JoinHandle;

use intake::Underway;
use sessions::Session;

pub use articles::TrashedArticle;
pub use captures::Capture;
pub use composing::Merged;
pub use front::{FrontImage, FrontPage, FrontPiece, FrontSlot, SectionPage};
pub use front_settings::FrontSettings;
pub use goals::{Goal, GoalUnit};
pub use highlights::{FoundHighlight, HighlightChange, HighlightPage, HighlightQuery, NewHighlight, Passage};
pub use intake::{Intake, Lost, NewCapture, NewImage, NewPiece, Refound, Taken, TakenIn, with_links};
pub use quotations::{CheckedQuotation, CitedSource, Quotable, QuotedSource, Since, Verdict};
pub use recoveries::Recovery;
pub use related::{Related, RelatedPiece};
pub use replacing::{
    Among, LookedThrough, Origin, ReplaceMatches, ReplacePlace, ReplaceQuery, ReplaceReceipt, ReplacedArticle, Ticked,
};
pub use searches::{SavedSearch, SearchChange};
pub use tags::RenamedTag;
pub use templates::{PieceTemplate, TemplateOrigin};
pub use versions_changed::VersionChange;
pub use written::{Written, WrittenDay};

/// What a library needs from outside: places, time, identities and the disk.
#[derive(Clone)]
pub struct Environment {
    /// Folders outside the library.
    pub places: Places,
    /// The identity of this device, which names its journal file.
    pub device: String,
    /// The time now.
    pub now: Now,
    /// A new identity, UUID version 7.
    pub new_id: NewId,
    /// The calls that change files.
    pub disk: Arc<dyn Disk>,
}

/// One folder of articles. Everything may be called from several threads; lists, search
/// and texts never wait for a long reconcile.
pub struct Library {
    root: PathBuf,
    environment: Environment,
    writable: bool,
    settings: RwLock<Arc<Settings>>,
    index: Arc<Index>,
    journal: Arc<Mutex<Journal>>,
    history: History,
    recovery_folder: PathBuf,
    sessions: Mutex<HashMap<ArticleId, Session>>,
    /// Who writes here, when it was said.
    signature: Mutex<Option<String>>,
    /// How much changed between versions that were compared.
    compared: Mutex<versions_changed::Compared>,
    /// What was written here, day by day, once it was asked for.
    diary: Mutex<Option<written::Diary>>,
    diary_file: PathBuf,
    /// What the imports that are under way share, while there are any.
    underway: Mutex<Weak<Mutex<Underway>>>,
    /// What quotations were compared with.
    ledger: Mutex<quotations::Ledger>,
    swept: AtomicBool,
    sweeping: Mutex<Option<JoinHandle<()>>>,
}

impl Library {
    /// The library's folder, without symbolic links in it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the library's folder could be written when it was opened. If not, journal and
    /// history are in the data folder and texts open read-only.
    pub fn writable(&self) -> bool {
        self.writable
    }

    /// What `edito.toml` says now.
    pub fn config(&self) -> Arc<Config> {
        Arc::new(self.settings().config.clone())
    }

    /// Compares the disk with the index and brings the index up to date; the only writer of
    /// the index. `progress` is called now and then on the calling thread.
    ///
    /// # Errors
    /// `Vanished` when the library's folder is gone (nothing is recorded as deleted), `Busy`
    /// when another program writes the index, `Io`, `DiskFull`.
    pub fn reconcile(&self, what: Reconcile, progress: &dyn Fn(Progress) -> Continue) -> Result<LibraryChanges> {
        match what {
            Reconcile::All => self.reconcile_all(false, progress),
            Reconcile::Paths(paths) => match self.paths_within(&paths) {
                Some(paths) if paths.is_empty() => Ok(LibraryChanges {
                    total: self.index.total()?,
                    ..LibraryChanges::default()
                }),
                Some(paths) => self.reconcile_paths(&paths),
                None => self.reconcile_all(false, progress),
            },
        }
    }

    /// Reads every file again, as if the index knew nothing of it.
    ///
    /// # Errors
    /// As [`Library::reconcile`].
    pub fn rebuild(&self, progress: &dyn Fn(Progress) -> Continue) -> Result<LibraryChanges> {
        self.reconcile_all(true, progress)
    }

    /// Merges what a long reconcile left in many pieces, so that searching is as quick as it gets;
    /// the library does it by itself after some seconds. For programs that end before that.
    ///
    /// # Errors
    /// `Io`, `DiskFull`; the index is whole after either.
    pub fn settle(&self) -> Result<()> {
        self.index.commit_waiting();
        self.index.text.settle()
    }

    /// Whether another process (the command line, another window) has brought the index up to date since this was last
    /// asked. [`Library::reconcile`] then tells nothing of what that process had seen already.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn was_indexed_elsewhere(&self) -> Result<bool> {
        self.index.was_written_elsewhere()
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn journal_findings(&self) -> Vec<JournalFinding> {
        lock(&self.journal).findings()
    }

    fn reconcile_all(&self, anew: bool, progress: &dyn Fn(Progress) -> Continue) -> Result<LibraryChanges> {
        self.check_root()?;
        let config_changed = self.read_settings()?;
        let settings = self.settings();
        let indexed_with = self.index.remembered_text("config")?;
        let other_config = indexed_with.as_deref().is_some_and(|hash| hash != settings.index_hash);
        let said = self.refresh_journal()?;
        // Whoever asks for what others said hears of this, too.
        lock(&self.journal).tell_again(said);
        let source = self.source(&settings);
        let mut changes = self.index.reconcile_all(&source, anew || other_config, progress)?;
        if !changes.cancelled && indexed_with.as_deref() != Some(settings.index_hash.as_str()) {
            self.index.remember_text("config", &settings.index_hash)?;
        }
        self.index.rewrite_stale(&source)?;
        changes.config = config_changed || other_config;
        if changes.config {
            self.index.forget_overview();
        }
        self.sweep_once();
        Ok(changes)
    }

    fn reconcile_paths(&self, paths: &[String]) -> Result<LibraryChanges> {
        let settings = self.settings();
        let source = self.source(&settings);
        let changes = self.index.reconcile_paths(&source, paths)?;
        self.index.rewrite_stale(&source)?;
        self.index.commit_soon();
        Ok(changes)
    }

    /// The paths within the library, or `None` when they tell of rules that concern all of it.
    fn paths_within(&self, paths: &[PathBuf]) -> Option<Vec<String>> {
        let mut within = Vec::with_capacity(paths.len());
        for path in paths {
            let Some(path) = walk::within(&self.root, path) else {
                continue;
            };
            let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
            if path.is_empty() || name == ".gitignore" || path == FILE_NAME {
                return None;
            }
            if !path.split('/').any(|part| part.starts_with('.')) {
                within.push(path);
            }
        }
        Some(within)
    }

    fn source<'a>(&'a self, settings: &'a Settings) -> Source<'a> {
        let now = i64::try_from((self.environment.now)().as_nanosecond()).unwrap_or(i64::MAX);
        Source {
            root: &self.root,
            settings,
            journal: &self.journal,
            now,
        }
    }

    fn settings(&self) -> Arc<Settings> {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads `edito.toml` again; answers whether it is another one.
    fn read_settings(&self) -> Result<bool> {
        let settings = read_settings(&self.root)?;
        let mut held = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        let changed = held.hash != settings.hash;
        if changed {
            *held = Arc::new(settings);
        }
        Ok(changed)
    }

    fn check_root(&self) -> Result<()> {
        if self.root.is_dir() {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Vanished, "the library's folder is gone").at(&self.root))
    }

    /// Clears away, beside everything else, what interrupted saves left.
    fn sweep_once(&self) {
        if !self.writable || self.swept.swap(true, Ordering::Relaxed) {
            return;
        }
        let (disk, root) = (self.environment.disk.clone(), self.root.clone());
        let now = (self.environment.now)().as_millisecond();
        let sweeping = std::thread::Builder::new().name("sweep".into()).spawn(move || {
            if let Err(error) = sweep_temporaries(&*disk, &root) {
                tracing::warn!(%error, "temporary files could not be cleared away");
            }
            if let Err(error) = crate::trash::sweep(&*disk, &root, now) {
                tracing::warn!(%error, "the trash could not be cleared of leftovers");
            }
        });
        *lock(&self.sweeping) = sweeping.ok();
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        if let Some(sweeping) = lock(&self.sweeping).take() {
            let _ = sweeping.join();
        }
        self.index.close();
    }
}

fn read_settings(root: &Path) -> Result<Settings> {
    let path = root.join(FILE_NAME);
    // A library made by a stranger may hold anything under this name: a device without end, say.
    let is_readable = fs::metadata(&path).is_ok_and(|about| about.is_file() && about.len() <= 1 << 20);
    let bytes = if is_readable {
        fs::read(&path).unwrap_or_default()
    } else {
        Vec::new()
    };
    let hash = if bytes.is_empty() {
        String::new()
    } else {
        blake3::hash(&bytes).to_hex().to_string()
    };
    let config = Config::read(root)?;
    let index_hash = if bytes.is_empty() {
        String::new()
    } else {
        blake3::hash(config.for_index().as_bytes()).to_hex().to_string()
    };
    Ok(Settings {
        sections: Sections::new(&config),
        config,
        hash,
        index_hash,
    })
}
