//! The libraries that read and set references were written for files that people wrote; what strangers made of them must
//! not end more than the reading of one entry.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What `work` answers; `None` when it gave up in a panic.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
