//! What the open library cites: files of references are read when the first citation asks for them, and followed from then
//! on, so that what Zotero writes is there at the next word.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use edito_citation::desk::{Desk, Set, Sources};
use edito_citation::{Shelf, Works};
use edito_prose::Lang;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::api::{CitationsChanged, PageEvent};
use crate::state::{AppState, OpenLibrary};

/// The references of a library, as they were read last.
#[derive(Default)]
pub struct Citing {
    /// The files.
    pub shelf: Shelf,
    watch: Mutex<Option<Watch>>,
}

/// Whether a text may have something to set.
pub fn asks(text: &str) -> bool {
    text.contains('@') || text.contains("nocite")
}

/// Sets the citations of an article (its path within the library); `None` when it has none. Costs nothing then.
pub fn set(state: &AppState, open: &OpenLibrary, path: &str, text: &str, lang: &Lang) -> Option<Set> {
    if !asks(text) {
        return None;
    }
    with_desk(state, open, |desk| {
        let set = desk.set(&open.citing.shelf, text, path, lang)?;
        open.citing.follow(open, &set.sources);
        Some(set)
    })
}

/// The works that an article of the library may cite; of the library alone without one.
pub fn works(state: &AppState, open: &OpenLibrary, article: Option<(&str, &str)>) -> (Works, Sources) {
    with_desk(state, open, |desk| {
        let sources = desk.sources(article);
        open.citing.follow(open, &sources);
        (open.citing.shelf.works(&sources.files), sources)
    })
}

/// The files that the reader chose for a library on this machine.
pub fn chosen(state: &AppState, open: &OpenLibrary) -> Vec<PathBuf> {
    let chosen = state.preferences.chosen().bibliographies;
    chosen.get(open.library.root()).cloned().unwrap_or_default()
}

fn with_desk<T>(state: &AppState, open: &OpenLibrary, work: impl FnOnce(Desk<'_>) -> T) -> T {
    let config = open.library.config();
    let chosen = chosen(state, open);
    work(Desk {
        root: open.library.root(),
        files: &config.citations.files,
        style: config.citations.style.as_deref(),
        chosen: &chosen,
    })
}

/// A watch over the folders that files of references lie in.
struct Watch {
    watcher: RecommendedWatcher,
    folders: HashSet<PathBuf>,
}

/// Without an event for this long, whoever writes is done.
const QUIET: Duration = Duration::from_millis(150);

impl Citing {
    /// Tells the page when one of these files changes, or another one comes to the root.
    fn follow(&self, open: &OpenLibrary, sources: &Sources) {
        let root = open.library.root().to_owned();
        let folders = sources
            .files
            .iter()
            .filter_map(|file| file.parent())
            .map(Path::to_owned);
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        if watch.is_none() {
            *watch = begin(open);
        }
        let Some(watch) = watch.as_mut() else { return };
        for folder in folders.chain([root]) {
            if watch.folders.contains(&folder) {
                continue;
            }
            if let Err(error) = watch.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                tracing::warn!("a folder of references is not watched: {error}");
            }
            watch.folders.insert(folder);
        }
    }
}

fn begin(open: &OpenLibrary) -> Option<Watch> {
    let (sender, received) = channel::<()>();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| tell(&sender, event));
    let tell_page = open.teller();
    let spawned = std::thread::Builder::new().name("references".into()).spawn(move || {
        // Ends with the watcher, which holds the other end.
        while received.recv().is_ok() {
            loop {
                match received.recv_timeout(QUIET) {
                    Ok(()) => {}
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            tell_page(PageEvent::Citations(CitationsChanged {}));
        }
    });
    if let Err(error) = spawned {
        tracing::warn!("files of references are not watched: {error}");
        return None;
    }
    Some(Watch {
        watcher: watcher.ok()?,
        folders: HashSet::new(),
    })
}

fn tell(sender: &Sender<()>, event: notify::Result<notify::Event>) {
    let concerns = match &event {
        Ok(event) => {
            !matches!(event.kind, EventKind::Access(_))
                && event.paths.iter().any(|path| {
                    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
                    let ending = ending.as_deref().and_then(|ending| ending.to_str());
                    matches!(ending, Some("bib" | "json" | "csl" | "toml"))
                })
        }
        Err(_) => true,
    };
    if concerns {
        let _ = sender.send(());
    }
}
