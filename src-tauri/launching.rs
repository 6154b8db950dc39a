//! The launch: the library of the last run is opened, and what the page needs to come up is made, while the window is still
//! being made. What goes on around a library waits until the page shows its first rows.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::commands::libraries::{StartState, start_state};
use crate::instance::Instance;
use crate::state::AppState;

/// A page that has not come up by then does not keep the library from being looked through.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How far the launch has come, for those who wait for it.
#[derive(Default)]
pub struct Launching {
    reached: Mutex<Reached>,
    changed: Condvar,
}

#[derive(Default)]
struct Reached {
    /// The library of the last run is being opened.
    opening: bool,
    /// What the page needs to come up, until it has it.
    start: Option<Box<StartState>>,
    page_up: bool,
}

impl Launching {
    /// What the page needs to come up, as it is at the launch, for whoever asks first: `None` for everyone after, and while
    /// a library is still being opened after `patience` (`None` waits as long as it takes).
    pub fn take_start(&self, patience: Option<Duration>) -> Option<Box<StartState>> {
        let opening = |reached: &mut Reached| reached.opening;
        let mut reached = match patience {
            Some(patience) => {
                let waited = self.changed.wait_timeout_while(self.reached(), patience, opening);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
            None => self
                .changed
                .wait_while(self.reached(), opening)
                .unwrap_or_else(PoisonError::into_inner),
        };
        reached.start.take()
    }

    /// Whether the page has come up, and so can be asked to save before the window closes.
    pub fn page_is_up(&self) -> bool {
        self.reached().page_up
    }

    /// Notes that the page has come up.
    pub fn page_came_up(&self) {
        self.reached().page_up = true;
        self.changed.notify_all();
    }

    fn wait_for_page(&self) {
        let waiting = |reached: &mut Reached| !reached.page_up;
        drop(self.changed.wait_timeout_while(self.reached(), LONGEST_WAIT, waiting));
    }

    fn begin_opening(&self) {
        self.reached().opening = true;
    }

    fn end_opening(&self, start: Option<StartState>) {
        let mut reached = self.reached();
        if reached.opening {
            reached.opening = false;
            reached.start = start.map(Box::new);
            self.changed.notify_all();
        }
    }

    fn reached(&self) -> MutexGuard<'_, Reached> {
        self.reached.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens the library of the last run, if there was one, on a thread of its own.
pub fn open_last(state: AppState, root: Option<PathBuf>, claim: Option<Instance>) {
    state.launching.begin_opening();
    std::thread::spawn(move || {
        let _opening = Opening(&state.launching);
        let opened = root.map(|root| {
            state
                .open_quietly(&root, claim)
                .inspect_err(|error| tracing::warn!("{} was not opened: {error}", root.display()))
        });
        let (open, problem) = match opened {
            Some(Ok(open)) => (Some(open), None),
            Some(Err(error)) => (None, Some(error)),
            None => (None, None),
        };
        let start = start_state(&state, problem);
        let known = start.first_page.is_some();
        state.launching.end_opening(Some(start));
        if let Some(open) = open {
            // A library of which nothing is known yet has nothing to show before it is looked through.
            if known {
                state.launching.wait_for_page();
            }
            open.clone().begin();
            state.watch_inbox(&open);
            state.remember(&open);
            state.launching.wait_for_page();
            open.page_listens();
        }
    });
}

/// Whatever happens to the thread that opens a library, nobody waits for it without end.
struct Opening<'a>(&'a Launching);

impl Drop for Opening<'_> {
    fn drop(&mut self) {
        self.0.end_opening(None);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::state::Launch;
    use edito_library::Places;

    fn state(folder: &std::path::Path) -> AppState {
        let (data, cache) = (folder.join("data"), folder.join("cache"));
        AppState::new(Places { data, cache }, Launch::default())
    }

    #[test]
    fn the_start_is_there_for_whoever_asks_first() {
        let folder = tempfile::tempdir().unwrap();
        let state = state(folder.path());
        assert!(state.launching.take_start(None).is_none(), "nothing is being opened");
        open_last(state.clone(), None, None);
        assert!(state.launching.take_start(None).is_some());
        assert!(state.launching.take_start(None).is_none());
    }

    #[test]
    fn a_library_that_takes_long_is_not_waited_for_beyond_patience() {
        let folder = tempfile::tempdir().unwrap();
        let state = state(folder.path());
        state.launching.begin_opening();
        assert!(state.launching.take_start(Some(Duration::ZERO)).is_none());
        drop(Opening(&state.launching));
        assert!(state.launching.take_start(None).is_none(), "its thread fell over");
    }

    #[test]
    fn what_changed_since_the_last_run_is_looked_for_once_the_page_is_up() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("library");
        std::fs::create_dir(&root).unwrap();
        std::fs::write(root.join("first.md"), "# First\n").unwrap();

        // Of a library that is opened for the first time nothing is known, so that it is looked through at once.
        let first_run = state(folder.path());
        open_last(first_run.clone(), Some(root.clone()), None);
        assert!(first_run.launching.take_start(None).unwrap().first_page.is_none());
        until(|| titles(&first_run) == ["First"]);
        first_run.close();

        std::fs::write(root.join("second.md"), "# Second\n").unwrap();
        let second_run = state(folder.path());
        open_last(second_run.clone(), Some(root), None);
        let start = second_run.launching.take_start(None).unwrap();
        assert_eq!(start.first_page.unwrap().rows[0].title, "First");
        second_run.launching.page_came_up();
        until(|| titles(&second_run).len() == 2);
    }

    fn titles(state: &AppState) -> Vec<String> {
        let open = state.library().unwrap();
        let page = crate::commands::lists::first_page(&open).unwrap();
        page.rows.into_iter().map(|row| row.title).collect()
    }

    fn until(holds: impl Fn() -> bool) {
        let started = std::time::Instant::now();
        while !holds() {
            assert!(started.elapsed().as_secs() < 60, "it does not come");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn why_a_library_was_not_opened_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let state = state(folder.path());
        open_last(state.clone(), Some(folder.path().join("gone")), None);
        let start = state.launching.take_start(None).unwrap();
        assert!(start.library.is_none());
        assert_eq!(start.problem.unwrap().kind, crate::error::ErrorKind::NotFound);
    }
}
