//! What can be said of the words of a text: spelling, usage, house style.
//!
//! Pure functions on [`Passage`](edito_prose::Passage)s: no file is opened, no clock read, and nothing is changed. What is
//! said is [`Advice`], with a place in the source and what could stand there instead.

mod advice;
pub mod house;
mod settle;
pub mod spelling;
mod tokens;
pub mod usage;

pub use advice::{Advice, Kind};
