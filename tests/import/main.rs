//! Imports through the command line: what stands in a library afterwards, and what the receipt says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod books;
mod desk;
mod hostile;
mod in_hand;
mod lists;
mod pages;
mod runs;
