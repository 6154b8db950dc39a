//! Foreign HTML to Markdown: a tree is read into plain blocks (`read`), and blocks are written as the Markdown that
//! Edito's renderer reads (`write`).
//!
//! The walk is an allow-list by nature: what it does not know gives its text and nothing else, and what it writes is
//! Markdown without a single HTML tag. So there is no HTML that a second parse could read otherwise than the first.
//!
//! How things that Markdown has no sign for come out:
//! - a figure is its image, and its caption below it as a paragraph in emphasis;
//! - `sup` and `sub` are the characters of Unicode for them (XIXᵉ, CO₂), plain where there are none;
//! - a list of definitions is its terms in strong type, each with its definitions as list items below it;
//! - a table is a table when its cells hold running text in a regular grid (a cell that spans several is followed by
//!   empty ones), else its cells are paragraphs in reading order; tables that only lay out a page always are;
//! - films, sound and other embedded media are links;
//! - mathematics is TeX in code (``$`x`$``).

pub(crate) mod block;
mod escape;
mod inline;
pub(crate) mod media;
mod read;
mod script;
mod table;
mod tidy;
mod write;

use dom_query::NodeRef;

use crate::Receipt;
use crate::address::Addresses;
use crate::images::Gallery;
pub(crate) use block::{Block, Inline};
pub(crate) use tidy::tidy;
pub(crate) use write::{plain_text, write};

/// What reading needs to know beside the tree.
pub(crate) struct Reading<'a> {
    /// Where addresses lead.
    pub addresses: Addresses,
    /// Bytes that came with the document, by their address there.
    pub parts: &'a dyn Parts,
    /// Where images go.
    pub gallery: &'a mut Gallery,
    /// What is told to the user.
    pub receipt: &'a mut Receipt,
    /// Every table without a head lays out a page: newsletters are made of them.
    pub flatten_tables: bool,
    /// The tree was prepared: attributes of Edito's own on it mean something.
    pub prepared: bool,
}

/// Bytes that came with a document.
pub(crate) trait Parts {
    /// The bytes under an address as the document writes it, and as it is in full; with the name of their file.
    fn part(&self, written: &str, full: Option<&str>) -> Option<Part<'_>>;
}

/// One of the things that came with a document.
pub(crate) struct Part<'a> {
    pub bytes: std::borrow::Cow<'a, [u8]>,
    pub name: Option<String>,
}

/// Nothing came with the document.
pub(crate) struct NoParts;

impl Parts for NoParts {
    fn part(&self, _: &str, _: Option<&str>) -> Option<Part<'_>> {
        None
    }
}

/// The attribute in which preparing a page leaves the number of a footnote on its sign.
pub(crate) const NOTE_ATTRIBUTE: &str = "data-edito-note";

/// The attribute by which preparing a page says that an element is not to be read.
pub(crate) const SKIP_ATTRIBUTE: &str = "data-edito-skip";

/// What the names of all attributes begin with that preparing a page may set; those that a page brings are taken off.
pub(crate) const OWN_ATTRIBUTES: &str = "data-edito-";

/// Reads the children of a node as blocks.
pub(crate) fn read(node: &NodeRef<'_>, reading: &mut Reading<'_>) -> Vec<Block> {
    let mut blocks = read::blocks(node, reading);
    tidy(&mut blocks);
    blocks
}
