//! Spelling, in two or three languages at once.
//!
//! A passage is looked through in its own language. What is quoted or emphasised in another one is left in peace, names
//! are taken for names, and where a word could be right, nothing is said: a false alarm costs more than a slip that the
//! proofreader finds. Where Edito has no dictionary (Arabic, and everything but French and English), nothing is said at all.

mod affixes;
mod check;
mod dictionaries;
mod foreign;
mod near;
mod own_words;
mod suggest;
mod words;

pub use check::Speller;
pub use dictionaries::{Broken, Dictionaries, English, French, Variants};
pub use own_words::OwnWords;

/// The one rule of spelling.
pub const RULE: &str = "unknown-word";
