//! What Edito asks of the network: the feeds that a reader subscribed to, and the pages that a reader asks for.
//!
//! This is the only crate of the house that opens a connection; nothing else links to a library that could. It asks
//! when the reader does, or at the times that the reader set, and never of its own accord: opening a library, reading,
//! importing and rendering ask nobody.
//!
//! - [`fetch`] makes one request, judged at every step,
//! - [`capture()`] brings a page into the library, with its images,
//! - [`feeds`] asks feeds, and keeps what they bring apart from the library until the reader keeps it.
//!
//! Whatever comes is read by the process of [`edito_import`], under its limits.

pub mod capture;
pub mod feeds;
pub mod fetch;
mod pictures;
mod taking;

pub use capture::{Captured, capture};
pub use feeds::Feeds;
pub use fetch::{FetchError, FetchErrorKind, Fetched, Web};
