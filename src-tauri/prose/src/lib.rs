//! Pure functions on the text of articles.
//!
//! Nothing here opens a file, reads a clock or knows of a window: text goes in, values come out.
//! Positions are bytes unless their name says otherwise.
//!
//! - [`frontmatter`] reads and patches the metadata block at the head of an article,
//! - [`mod@markdown`] holds the one set of Markdown options, [`mod@render`] and [`mod@analysis`]
//!   are its two readers,
//! - [`mod@citations`] finds and reads the citations of an article,
//! - [`mod@passages`] are the prose of an article, for whoever has something to say about its words,
//! - [`typography`], [`fold`] and [`counts`] know how French, English and Arabic are written,
//! - [`compose`] makes pieces out of pieces,
//! - [`mod@merge`] joins two revisions of one text word by word, [`mod@redline`] tells what changed from one to the other,
//! - [`replacing`] finds words or an expression in a text, and says what a replacement would make of each place,
//! - [`template`] is how a new piece begins,
//! - [`quote`] finds a marked passage again in a text that has changed since,
//! - [`ledger`] finds what a text quotes, and compares it with its source.

pub mod analysis;
pub mod citations;
pub mod compose;
pub mod counts;
pub mod date;
pub(crate) mod declared;
pub mod fold;
pub mod frontmatter;
pub mod language;
pub mod ledger;
pub mod markdown;
pub mod merge;
pub mod outline;
pub mod passages;
pub mod quote;
pub mod reading_text;
pub mod redline;
pub mod render;
pub mod replacing;
pub mod sentences;
pub mod sheet_text;
pub mod slots;
pub mod teaser;
pub mod template;
pub mod typography;

pub use analysis::{Analysis, Link, LinkKind, analyse};
pub use citations::{Citation, Cite, Locator, citations};
pub use counts::Counts;
pub use date::ArticleDate;
pub use frontmatter::{
    Author, Field, FieldValue, Format, FrontMatter, Problem, ProblemKind, SetFieldError, Source, Split, read,
    set_field, split,
};
pub use language::{Lang, detect};
pub use merge::{Merge, merge};
pub use outline::{Heading, outline};
pub use passages::{Passage, passages, words_of_code};
pub use reading_text::{Excerpt, excerpt, reading_text, unit_at};
pub use redline::{Redline, redline};
pub use render::{
    CitedMark, CitedText, Destination, LinkTarget, Look, Part, Reference, RenderContext, Run, Stretch, note_numbers,
    parts, render, stretches,
};
pub use sentences::{Sentence, sentences, sentences_of};
pub use sheet_text::{SheetPassages, SheetText, typeset_line, without_heading};
pub use teaser::{Teaser, cut};
pub use template::Template;
pub use typography::corrections::{Correction, corrections};
pub use typography::{QuoteState, typeset};
