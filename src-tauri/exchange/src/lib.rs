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

mod address;
pub mod archive;
pub mod book;
mod content;
mod dates;
mod decode;
mod error;
pub mod feed;
mod fragment;
pub mod guard;
pub mod highlights;
mod html;
mod images;
pub mod intake;
mod json;
pub mod lists;
pub mod mail;
mod markup;
pub mod merge;
mod message;
pub mod note;
pub mod page;
mod paste;
pub mod picture;
pub mod piece;
pub mod receipt;
pub mod source;
pub mod text;
pub mod url;

pub use book::read_book;
pub use decode::markup_text;
pub use error::Error;
pub use feed::feed_piece;
pub use fragment::{Fragment, read_fragment};
pub use images::image_ending;
pub use intake::{new_piece, tell_of_passages};
pub use mail::{read_mail, read_mailbox};
pub use note::read_note;
pub use page::{PageHints, read_page};
pub use paste::{Paste, Surroundings, read_paste};
pub use piece::{Capture, Colour, Highlight, Image, Kind, OfFeed, Piece, Place, State};
pub use receipt::{ALREADY_THERE, Note, Receipt};
pub use source::{Attachments, NoAttachments, Pieces, Read, Task, Wanted};
pub use text::read_text;
