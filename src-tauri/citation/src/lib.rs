//! What is cited.
//!
//! - [`bibliography`] is a file of references as read: BibTeX and BibLaTeX ([`bibtex`]) or CSL JSON ([`csl_json`]), each with
//!   what could not be read of it. One bad entry loses no other,
//! - [`style`] are the styles of the Citation Style Language that Edito ships, and those of the user,
//! - [`cite()`] sets the citations of an article by a style, for [`edito_prose::render()`],
//! - [`desk`] tells which files and which style an article is cited by,
//! - [`shelf`] keeps files of references as they were read last, and reads those again that changed.
//!
//! Everything but the desk and the shelf is a pure function. References are held as items of CSL JSON, whatever they were read from, so
//! that a style sees the same thing of all of them.

pub mod bibliography;
pub mod bibtex;
pub mod cite;
pub mod csl_json;
pub mod desk;
mod guard;
mod markup;
pub mod shelf;
pub mod style;

pub use bibliography::{Bibliography, Entry, Problem, ProblemKind};
pub use cite::{Article, cite};
pub use desk::Desk;
pub use shelf::{Shelf, Source, Works};
pub use style::{Style, StyleKind, StyleProblem};
