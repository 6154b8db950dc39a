//! What comes into a library and what goes back out.
//!
//! Every reader here takes bytes from a stranger and gives [`Piece`]s: articles as Markdown,
//! with what was said about them elsewhere. Nothing in this crate writes into a library, asks
//! the network or reads a clock; whoever calls it does, and passes in what was read.
//!
//! Foreign HTML becomes Markdown here, at the door, and nowhere else.

mod address;
pub mod archive;
mod content;
mod dates;
mod decode;
mod encoding;
mod error;
mod fragment;
pub mod highlights;
mod html;
mod images;
mod json;
pub mod lists;
pub mod mail;
mod markup;
pub mod merge;
mod message;
pub mod page;
pub mod piece;
pub mod receipt;
pub mod url;

pub use error::Error;
pub use fragment::{Fragment, read_fragment};
pub use mail::{read_mail, read_mailbox};
pub use page::{PageHints, read_page};
pub use piece::{Capture, Colour, Highlight, Image, Kind, Piece, Place, State};
pub use receipt::{Note, Receipt};
