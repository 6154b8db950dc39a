//! The library as a whole, told as stories: files change, and lists, search and records follow.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod captures;
mod collections;
mod composing;
mod corpus;
mod desk;
mod equality;
mod faults;
mod front;
mod goals;
mod intake;
mod marks;
mod moves;
mod quotations;
mod replacing;
mod search;
mod searches;
mod templates;
mod texts;
mod watching;
