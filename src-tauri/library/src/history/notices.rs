//! What went wrong in the history and was worked around, for the user to hear of.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::error::ErrorKind;
use crate::identity::ArticleId;

/// Something that went wrong and was worked around; the user should hear of it. Nothing is deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryNotice {
    /// What it is.
    pub kind: HistoryNoticeKind,
    /// Where what was damaged lies now, or what could not be written.
    pub path: PathBuf,
    /// Whose versions can't be read.
    pub article: Option<ArticleId>,
    /// One plain English sentence.
    pub detail: String,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryNoticeKind {
    /// The store could not be read: it was set aside, and a new one begun.
    SetAside,
    /// Some versions of an article can't be read.
    Versions,
    /// A version could not be kept, and those that follow may not be either. Told once for each kind of error.
    NotKept(ErrorKind),
}

type Listener = Box<dyn Fn(&HistoryNotice) + Send + Sync>;

/// The notices of one run. Each is told once.
#[derive(Default)]
pub(super) struct Notices(Mutex<State>);

#[derive(Default)]
struct State {
    all: Vec<HistoryNotice>,
    /// So many of them were told.
    told: usize,
    listener: Option<Listener>,
}

impl Notices {
    pub(super) fn add(&self, notice: HistoryNotice) {
        tracing::warn!(path = %notice.path.display(), notice.detail, "something is wrong with the history");
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = state.all.iter().any(|other| match notice.kind {
            HistoryNoticeKind::NotKept(_) => other.kind == notice.kind,
            _ => *other == notice,
        });
        if !known {
            state.all.push(notice);
            state.tell();
        }
    }

    pub(super) fn listen(&self, listener: Listener) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.listener = Some(listener);
        state.tell();
    }

    pub(super) fn take(&self) -> Vec<HistoryNotice> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let untold = state.all.get(state.told..).unwrap_or_default().to_vec();
        state.told = state.all.len();
        untold
    }
}

impl State {
    fn tell(&mut self) {
        let Some(listener) = &self.listener else { return };
        self.all.iter().skip(self.told).for_each(listener);
        self.told = self.all.len();
    }
}
