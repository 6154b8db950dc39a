//! What the window holds: the open library, the reader's choices, the way to the page.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use edito_library::history::{HistoryNotice, HistoryNoticeKind};
use edito_library::{
    ArticleId, Continue, Environment, Library, LibraryChanges, Places, Reconcile, SubjectKind, WatchEvent, Watching,
};

use crate::advising::Advising;
use crate::api::{
    CitationsChanged, IndexPhase, IndexProgress, LibraryChanged, LibraryNotice, NoticeKind, OpenRequested, PageEvent,
    SearchesChanged,
};
use crate::citing::Citing;
use crate::desktop::Desktop;
use crate::error::{CommandError, CommandResult, ErrorKind};
use crate::feeding::Feeding;
use crate::images::Images;
use crate::importing::{Imports, inbox};
use crate::instance::{self, Instance, Listening};
use crate::launching::Launching;
use crate::pictures::Pictures;
use crate::preferences::Preferences;
use crate::previewing::Previews;
use crate::replacing::Replacing;
use crate::speech::Speech;

/// Changes beyond this number are told as "many" instead of one by one.
const MOST_TOLD: usize = 500;
/// Articles to read beyond which progress is told: below it, the work is over before anyone could look.
const WORTH_TELLING: usize = 200;

/// What this process was started with.
#[derive(Debug, Clone, Default)]
pub struct Launch {
    /// The library named on the command line.
    pub library: Option<PathBuf>,
    /// The article to open in it.
    pub article: Option<String>,
    /// The program that reads foreign files; this one when none is named.
    pub worker: Option<PathBuf>,
}

/// Everything that commands reach; a clone is the same state.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// What the clones of [`AppState`] share.
pub struct Shared {
    /// Where what is not the library lies.
    pub places: Places,
    /// The reader's choices.
    pub preferences: Preferences,
    /// Images that the page may ask for.
    pub images: Images,
    /// Images of texts in the sizes that they were made in.
    pub pictures: Pictures,
    /// What this process was started with.
    pub launch: Launch,
    /// What advice on words goes by.
    pub advising: Advising,
    /// What the page shows of texts that are written.
    pub previews: Previews,
    /// What reads aloud.
    pub speech: Speech,
    /// How far the launch has come.
    pub launching: Launching,
    desktop: Arc<OnceLock<Arc<dyn Desktop>>>,
    library: RwLock<Option<Arc<OpenLibrary>>>,
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl AppState {
    /// The state at the start, with no library open.
    pub fn new(places: Places, launch: Launch) -> Self {
        Self(Arc::new(Shared {
            preferences: Preferences::load(&places.data),
            images: Images::default(),
            pictures: Pictures::default(),
            launch,
            advising: Advising::new(&places.data),
            previews: Previews::default(),
            speech: Speech::default(),
            launching: Launching::default(),
            desktop: Arc::default(),
            library: RwLock::new(None),
            places,
        }))
    }

    /// Gives commands their desktop; the first one stays.
    pub fn attach(&self, desktop: Arc<dyn Desktop>) {
        let _ = self.desktop.set(desktop);
    }

    /// The desktop around the window.
    pub fn desktop(&self) -> CommandResult<&Arc<dyn Desktop>> {
        self.desktop
            .get()
            .ok_or_else(|| CommandError::new(ErrorKind::Busy, "the window is still being made"))
    }

    /// The open library.
    pub fn library(&self) -> CommandResult<Arc<OpenLibrary>> {
        let library = self.library.read().unwrap_or_else(PoisonError::into_inner);
        library.clone().ok_or_else(CommandError::no_library)
    }

    /// Opens a library on this thread and puts it in the place of the one that was open. Its rows can be listed at once;
    /// what has changed on disk is looked for in the background.
    pub fn open(&self, root: &Path, doorbell: Option<Instance>) -> CommandResult<Arc<OpenLibrary>> {
        let open = self.open_quietly(root, doorbell)?;
        self.remember(&open);
        open.clone().begin();
        self.watch_inbox(&open);
        Ok(open)
    }

    /// Opens a library as [`AppState::open`] does, and leaves for later what nobody waits for: [`AppState::remember`] and
    /// [`OpenLibrary::begin`].
    pub fn open_quietly(&self, root: &Path, doorbell: Option<Instance>) -> CommandResult<Arc<OpenLibrary>> {
        let root = root.canonicalize().map_err(|error| CommandError {
            kind: if error.kind() == std::io::ErrorKind::NotFound {
                ErrorKind::NotFound
            } else {
                ErrorKind::Io
            },
            message: error.to_string(),
            path: Some(root.display().to_string()),
        })?;
        if let Ok(open) = self.library()
            && open.library.root() == root
        {
            return Ok(open);
        }
        let claim = doorbell.or_else(|| instance::claim(&self.places.data, &root, None));
        if matches!(claim, Some(Instance::Second)) {
            return Err(CommandError {
                kind: ErrorKind::OpenElsewhere,
                message: "this library is open in another window".into(),
                path: Some(root.display().to_string()),
            });
        }
        let library = Library::open(&root, Environment::system(self.places.clone())?)?;
        library.sign_versions(self.preferences.chosen().settings.signature());
        let open = Arc::new(OpenLibrary::new(
            library,
            self.desktop.clone(),
            self.launch.worker.clone(),
        ));
        if let Some(Instance::First(doorbell)) = claim {
            let weak = Arc::downgrade(&open);
            *open.listening.lock().unwrap_or_else(PoisonError::into_inner) = Some(doorbell.listen(move |article| {
                if let Some(open) = weak.upgrade() {
                    open.come_forward(article);
                }
            }));
        }
        self.close();
        *self.library.write().unwrap_or_else(PoisonError::into_inner) = Some(open.clone());
        Ok(open)
    }

    /// Notes in the preferences that a library was opened.
    pub fn remember(&self, open: &OpenLibrary) {
        let now = jiff::Timestamp::now().to_string();
        self.preferences.opened(open.library.root(), &open.title(), now);
    }

    /// Watches the inbox folder of a library as it is chosen now, and no other any more.
    pub fn watch_inbox(&self, open: &Arc<OpenLibrary>) {
        let mut place = open.inbox.lock().unwrap_or_else(PoisonError::into_inner);
        *place = None;
        let root = open.library.root().to_owned();
        if open.stop.load(Ordering::Relaxed) || !open.library.writable() {
            return;
        }
        if let Some(chosen) = self.preferences.chosen().inboxes.remove(&root) {
            let (state, folder) = (self.clone(), chosen.folder.clone());
            *place = Some(inbox::Watch::start(open, chosen, move |failed| {
                state.preferences.change(|chosen| {
                    if let Some(inbox) = chosen.inboxes.get_mut(&root)
                        && inbox.folder == folder
                    {
                        inbox.failed = failed;
                    }
                });
            }));
        }
    }

    /// Closes the library; its background work stops, and nothing more is heard of it.
    pub fn close(&self) {
        self.speech.end();
        let open = self.library.write().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(open) = open {
            open.end();
        }
    }
}

/// An open library, with what goes on around it.
pub struct OpenLibrary {
    /// The library itself.
    pub library: Library,
    /// What is being brought in.
    pub imports: Imports,
    /// The watch over its inbox folder, if it has one.
    inbox: Mutex<Option<inbox::Watch>>,
    desktop: Arc<OnceLock<Arc<dyn Desktop>>>,
    /// An article that was asked for by id or path and is not known yet: the library is being read for the first time.
    wanted: Mutex<Option<String>>,
    /// Whether there is a page that hears of it.
    page_listens: AtomicBool,
    begun: AtomicBool,
    generation: AtomicU32,
    stop: AtomicBool,
    cancel: AtomicBool,
    watch: Mutex<Option<Watching>>,
    listening: Mutex<Option<Listening>>,
    /// Paths of the texts that were opened: a file deleted meanwhile is made again where it was.
    paths: Mutex<HashMap<ArticleId, String>>,
    /// Recovery copies that an earlier run left behind and about which nothing is decided yet. Those of this run are
    /// about texts that are still open here.
    left_behind: Mutex<HashSet<String>>,
    /// Where damaged copies of earlier runs lie now, until that was told.
    damaged: Mutex<Vec<PathBuf>>,
    /// What goes on about feeds.
    pub feeding: Feeding,
    /// What is looked for across the library, and was replaced.
    pub replacing: Replacing,
    /// The state of the collections that the page was told of last.
    pub told_collections: AtomicU64,
    /// What it cites.
    pub citing: Citing,
}

impl OpenLibrary {
    fn new(library: Library, desktop: Arc<OnceLock<Arc<dyn Desktop>>>, worker: Option<PathBuf>) -> Self {
        let damaged = library.set_damaged_recoveries_aside().unwrap_or_default();
        let left = library.recoveries().unwrap_or_else(|error| {
            tracing::error!("recovery copies could not be read: {error}");
            Vec::new()
        });
        let left_behind = left.into_iter().map(|copy| copy.key).collect();
        Self {
            told_collections: AtomicU64::new(library.collections_revision()),
            library,
            imports: Imports::new(worker),
            inbox: Mutex::new(None),
            desktop,
            wanted: Mutex::new(None),
            page_listens: AtomicBool::new(false),
            begun: AtomicBool::new(false),
            generation: AtomicU32::new(1),
            stop: AtomicBool::new(false),
            cancel: AtomicBool::new(false),
            watch: Mutex::new(None),
            listening: Mutex::new(None),
            paths: Mutex::new(HashMap::new()),
            left_behind: Mutex::new(left_behind),
            damaged: Mutex::new(damaged),
            feeding: Feeding::default(),
            replacing: Replacing::default(),
            citing: Citing::default(),
        }
    }

    /// Counts up with every change of the library.
    pub fn generation(&self) -> u32 {
        self.generation.load(Ordering::Relaxed)
    }

    /// The library's title, else its folder's name.
    pub fn title(&self) -> String {
        let named = self.library.config().title.clone();
        named.unwrap_or_else(|| {
            self.library
                .root()
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        })
    }

    /// The row of an article, or an error that says it is not there.
    pub fn row(&self, id: &ArticleId) -> CommandResult<edito_library::Row> {
        self.library.row(id)?.ok_or_else(|| CommandError::no_article(id))
    }

    /// The row of the article at a path within the library.
    pub fn row_at(&self, path: &str) -> CommandResult<Option<edito_library::Row>> {
        match self.library.find(path)? {
            Some(id) => Ok(self.library.row(&id)?),
            None => Ok(None),
        }
    }

    /// Remembers where an opened text lies.
    pub fn remember_path(&self, id: &ArticleId, path: &str) {
        self.paths
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.clone(), path.to_owned());
    }

    /// Where a text that was opened in this run lay.
    pub fn known_path(&self, id: &ArticleId) -> CommandResult<String> {
        let paths = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        paths.get(id).cloned().ok_or_else(|| CommandError::no_article(id))
    }

    /// The recovery copies of earlier runs about which nothing is decided yet.
    pub fn left_behind(&self) -> HashSet<String> {
        self.left_behind.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that something was decided about a recovery copy.
    pub fn decided(&self, key: &str) {
        self.left_behind
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(key);
    }

    /// Keeps an undecided copy of an earlier run as a version, before a copy of this run or a save takes its place.
    /// Answers whether the place is free; a copy that could not be kept stays where it is.
    pub fn make_way(&self, id: &ArticleId) -> bool {
        if !self.left_behind().contains(id.as_str()) {
            return true;
        }
        match self.library.drop_recovery(id.as_str()) {
            Ok(()) => {}
            // It was found to be in the file after all, and is gone.
            Err(error) if error.kind == edito_library::ErrorKind::NotFound => {}
            Err(error) => {
                tracing::error!("the copy of an earlier run could not be kept as a version: {error}");
                return false;
            }
        }
        self.decided(id.as_str());
        true
    }

    /// The identity that an opened text has now. It differs from the one it was opened under when an `id` was written
    /// into its front matter since, here or by another program.
    pub fn present_id(&self, id: &ArticleId) -> CommandResult<ArticleId> {
        if self.library.row(id)?.is_none()
            && let Ok(path) = self.known_path(id)
            && let Some(present) = self.library.find(&path)?
        {
            self.remember_path(&present, &path);
            return Ok(present);
        }
        Ok(id.clone())
    }

    /// Tells the page what changed, if anything did.
    pub fn tell(&self, changes: LibraryChanges) {
        self.tell_collections();
        if changes.is_empty() && changes.moved.is_empty() {
            return;
        }
        let many = changes.new.len() + changes.updated.len() + changes.deleted.len() > MOST_TOLD || changes.config;
        let ids = |ids: Vec<ArticleId>| {
            if many {
                Vec::new()
            } else {
                ids.into_iter().map(|id| id.0).collect()
            }
        };
        let moved = if many {
            Vec::new()
        } else {
            changes.moved.into_iter().map(|one| (one.id.0, one.to)).collect()
        };
        let generation = self.generation.fetch_add(1, Ordering::Relaxed) + 1;
        self.emit(PageEvent::Changed(LibraryChanged {
            new: ids(changes.new),
            updated: ids(changes.updated),
            deleted: ids(changes.deleted),
            moved,
            many,
            generation,
        }));
    }

    /// Tells the page what comparing the folder with the index came to. What another process has brought into the index
    /// is no difference any more, and new to the page all the same.
    fn tell_compared(&self, changes: LibraryChanges) {
        if !self.library.was_indexed_elsewhere().unwrap_or_default() {
            return self.tell(changes);
        }
        let generation = self.generation.fetch_add(1, Ordering::Relaxed) + 1;
        self.emit(PageEvent::Changed(LibraryChanged {
            new: Vec::new(),
            updated: Vec::new(),
            deleted: Vec::new(),
            moved: Vec::new(),
            many: true,
            generation,
        }));
    }

    /// Tells the page that something is said about these articles now.
    pub fn tell_updated(&self, updated: Vec<ArticleId>) {
        self.tell(LibraryChanges {
            updated,
            ..LibraryChanges::default()
        });
    }

    /// Tells the page that citations may read otherwise.
    pub fn tell_citations(&self) {
        self.emit(PageEvent::Citations(CitationsChanged {}));
    }

    /// What tells the page of events, for threads that outlive a call.
    pub fn teller(&self) -> impl Fn(PageEvent) + Send + 'static {
        let desktop = self.desktop.clone();
        move |event| {
            if let Some(desktop) = desktop.get() {
                desktop.emit(event);
            }
        }
    }

    /// Tells the page something that the reader should know.
    pub fn notice(&self, kind: NoticeKind, detail: Option<String>) {
        self.emit(PageEvent::Notice(LibraryNotice { kind, detail }));
    }

    /// Compares the whole folder with the index, on a thread of its own.
    pub fn refresh(self: Arc<Self>) {
        self.cancel.store(false, Ordering::Relaxed);
        std::thread::spawn(move || self.reconcile_all());
    }

    /// Stops reading the library; what is read so far stays.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// Tells the page that something of the history is damaged, and where it is kept, or that nothing is added to it.
    fn tell_damage(&self, damage: &HistoryNotice) {
        let place = damage.path.strip_prefix(self.library.root()).unwrap_or(&damage.path);
        let place = place.display().to_string();
        match damage.kind {
            HistoryNoticeKind::NotKept(edito_library::ErrorKind::ReadOnly) => {
                self.notice(NoticeKind::VersionsReadOnly, Some(place));
            }
            HistoryNoticeKind::NotKept(edito_library::ErrorKind::DiskFull) => {
                self.notice(NoticeKind::VersionsDiskFull, Some(place));
            }
            HistoryNoticeKind::NotKept(_) => {
                let why = format!("{place}: {}", damage.detail);
                self.notice(NoticeKind::VersionsFailing, Some(why));
            }
            HistoryNoticeKind::SetAside => self.notice(NoticeKind::HistoryRebuilt, Some(place)),
            HistoryNoticeKind::Versions => {
                let row = damage
                    .article
                    .as_ref()
                    .and_then(|id| self.library.row(id).ok().flatten());
                self.notice(NoticeKind::HistoryDamaged, Some(row.map_or(place, |row| row.title)));
            }
        }
    }

    /// Starts watching the folder, then looks for what changed while nobody watched. Once is enough.
    pub fn begin(self: Arc<Self>) {
        if self.begun.swap(true, Ordering::Relaxed) {
            return;
        }
        let weak = Arc::downgrade(&self);
        {
            // Closed meanwhile: the lock is also taken to end the watch.
            let mut place = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let watch = self.library.watch(move |event| {
                if let Some(open) = weak.upgrade() {
                    open.react(event);
                }
            });
            match watch {
                Ok(watch) => *place = Some(watch),
                Err(error) => {
                    tracing::warn!("the folder is not watched: {error}");
                    self.notice(NoticeKind::Polling, None);
                }
            }
        }
        let weak = Arc::downgrade(&self);
        self.library.on_history_damage(move |damage| {
            if let Some(open) = weak.upgrade() {
                open.tell_damage(damage);
            }
        });
        if !self.library.writable() {
            self.notice(NoticeKind::ReadOnly, None);
        }
        let damaged = std::mem::take(&mut *self.damaged.lock().unwrap_or_else(PoisonError::into_inner));
        for copy in damaged {
            self.notice(NoticeKind::RecoveryDamaged, Some(copy.display().to_string()));
        }
        let open = self.clone();
        std::thread::spawn(move || {
            if let Err(error) = open.library.tidy_versions() {
                tracing::warn!("the history could not be packed: {error}");
            }
        });
        self.refresh();
    }

    /// Whether the library was closed.
    pub fn is_closed(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn end(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.feeding.end();
        self.replacing.end();
        *self.watch.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.inbox.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.imports.end();
        *self.listening.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The article that somebody names by id or path. One that is not known yet is opened once the library was read.
    pub fn find_or_await(&self, named: &str) -> Option<String> {
        let found = self.library.find(named).ok().flatten().map(|id| id.0);
        if found.is_none() {
            *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = Some(named.to_owned());
        }
        found
    }

    /// The page listens from now on.
    pub fn page_listens(&self) {
        self.page_listens.store(true, Ordering::SeqCst);
        self.open_awaited();
    }

    fn open_awaited(&self) {
        if !self.page_listens.load(Ordering::SeqCst) {
            return;
        }
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        let found = wanted
            .as_deref()
            .and_then(|named| self.library.find(named).ok().flatten());
        if let Some(id) = found {
            *wanted = None;
            self.emit(PageEvent::Open(OpenRequested { article: Some(id.0) }));
        }
    }

    /// Another launch asked for this library, perhaps for an article by id or path.
    fn come_forward(&self, article: Option<String>) {
        self.page_listens.store(true, Ordering::SeqCst);
        let article = article.and_then(|named| self.find_or_await(&named));
        if let Some(desktop) = self.desktop.get() {
            desktop.come_forward();
        }
        self.emit(PageEvent::Open(OpenRequested { article }));
    }

    fn react(&self, event: WatchEvent) {
        match event {
            WatchEvent::Paths(paths) => match self.library.reconcile(Reconcile::Paths(paths), &|_| self.goes_on()) {
                Ok(changes) => self.tell_compared(changes),
                Err(error) => self.failed(&error),
            },
            WatchEvent::JournalChanged => self.follow_journal(),
            WatchEvent::Rescan => self.reconcile_all(),
            WatchEvent::RootGone => self.notice(NoticeKind::Vanished, None),
            WatchEvent::RootBack => {
                self.notice(NoticeKind::Back, None);
                self.reconcile_all();
            }
            WatchEvent::Polling => self.notice(NoticeKind::Polling, None),
        }
    }

    /// Takes over what other desks and windows said, and tells the page of it.
    fn follow_journal(&self) {
        match self.library.refresh_journal() {
            Ok(changes) => {
                if changes.concern(&SubjectKind::OF_FEEDS) {
                    self.tell_feeds_changed();
                }
                if changes.concern(&[SubjectKind::Search.word()]) {
                    self.emit(PageEvent::Searches(SearchesChanged {}));
                }
                self.tell_updated(changes.articles.into_iter().collect());
                self.tell_collections();
            }
            Err(error) => self.failed(&error),
        }
    }

    fn reconcile_all(&self) {
        let told = AtomicBool::new(false);
        let last = Mutex::new(std::time::Instant::now());
        let result = self.library.reconcile(Reconcile::All, &|progress| {
            if progress.total > WORTH_TELLING {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                if !told.swap(true, Ordering::Relaxed) || last.elapsed().as_millis() > 100 {
                    *last = std::time::Instant::now();
                    self.progress(progress.done, Some(progress.total), IndexPhase::Reading);
                    // Rows already read can be listed while the rest goes on.
                    self.generation.fetch_add(1, Ordering::Relaxed);
                }
            }
            self.goes_on()
        });
        match result {
            Ok(changes) => {
                if told.load(Ordering::Relaxed) {
                    self.progress(changes.total, Some(changes.total), IndexPhase::Done);
                }
                if !changes.errors.is_empty() {
                    self.notice(NoticeKind::Unreadable, Some(changes.errors.len().to_string()));
                }
                self.tell_compared(changes);
                self.follow_journal();
                self.open_awaited();
                if self.page_listens.load(Ordering::SeqCst) {
                    // What is not in the library by now was no article of it.
                    *self.wanted.lock().unwrap_or_else(PoisonError::into_inner) = None;
                }
            }
            Err(error) => {
                if told.load(Ordering::Relaxed) {
                    self.progress(0, None, IndexPhase::Done);
                }
                self.failed(&error);
            }
        }
    }

    fn goes_on(&self) -> Continue {
        if self.stop.load(Ordering::Relaxed) || self.cancel.load(Ordering::Relaxed) {
            Continue::Stop
        } else {
            Continue::Yes
        }
    }

    fn progress(&self, done: usize, total: Option<usize>, phase: IndexPhase) {
        use crate::commands::lists::small;
        self.emit(PageEvent::Progress(IndexProgress {
            done: small(done),
            total: total.map(small),
            phase,
            cancellable: phase != IndexPhase::Done,
        }));
    }

    fn failed(&self, error: &edito_library::Error) {
        tracing::error!("reading the library failed: {error}");
        if error.kind == edito_library::ErrorKind::Vanished {
            self.notice(NoticeKind::Vanished, None);
        } else {
            self.notice(NoticeKind::Unreadable, Some(error.to_string()));
        }
    }

    /// Sends an event to the page, when there is one.
    pub fn emit(&self, event: PageEvent) {
        if let Some(desktop) = self.desktop.get() {
            desktop.emit(event);
        }
    }
}
