//! What comes into a library and what goes back out.
//!
//! Every reader here takes bytes from a stranger and gives [`Piece`]s: articles as Markdown,
//! with what was said about them elsewhere. Nothing in this crate writes into a library, asks
//! the network or reads a clock; whoever calls it does, and passes in what was read.
//!
//! Foreign HTML becomes Markdown here, at the door, and nowhere else.
//!
//! - [`archive`] reads zip archives, [`lists`] the reading lists of other programs, [`feed`] feeds,
//! - [`mod@url`] and [`mod@merge`] know which pieces are the same, and make them one,
//! - [`guard`] says which addresses may be fetched by whoever fetches.

pub mod archive;
mod dates;
mod decode;
pub mod feed;
pub mod guard;
mod json;
pub mod lists;
mod markup;
pub mod merge;
pub mod piece;
pub mod receipt;
pub mod url;

pub use piece::{Capture, Colour, Highlight, Image, Piece, Place, State};
pub use receipt::{Note, Receipt};
