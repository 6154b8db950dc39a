//! The faults that a save survives, made to happen: power cuts and failing calls on a simulated
//! disk, saves through the library on a disk that fails, kills and errors at real system calls, and a
//! disk that is really full, and the packing and freeing of versions, killed at each call that changes the disk. And what a library must not be brought to do by hostile settings.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod failing_calls;
mod failing_saves;
mod faulty_disk;
#[cfg(target_os = "linux")]
mod foreign_settings;
#[cfg(target_os = "linux")]
mod freeing;
#[cfg(unix)]
mod full_disk;
#[cfg(target_os = "linux")]
mod packing;
mod power_cut;
mod replacing;
mod simulated_disk;
#[cfg(target_os = "linux")]
mod system_calls;
mod together;
#[cfg(target_os = "linux")]
mod whole_library;
