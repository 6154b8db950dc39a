//! Bringing in what other programs and people made, for the window and for the command line.
//!
//! What strangers made is read by another process, the [`worker`]: one that crashes, loops or eats memory over it takes
//! nothing with it. [`Reader`] starts it, watches it, and starts it again behind what it fell over. The calling process
//! alone writes into the library.

mod error;
mod files;
mod frame;
mod intake;
mod native_path;
mod reader;
pub mod told;
mod words;
pub mod worker;

pub use error::{Error, Result};
pub use files::{Job, jobs};
pub use intake::{NOT_REACHED, Outcome, Told, import};
pub use reader::{Limits, Reader};
pub use words::Words;
