//! What is said of a place in a text.

use std::ops::Range;

use serde::Serialize;

/// What is said of some words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Advice {
    /// The words it is about, in bytes of the source; never empty.
    pub range: Range<usize>,
    /// What sort of thing is said.
    pub kind: Kind,
    /// The rule, by its name; for spelling `unknown-word`.
    pub rule: String,
    /// What could stand there instead, the likeliest first. Empty where only the writer can know.
    pub fixes: Vec<String>,
    /// What the rule says of this place, where its name is not enough: the preferred term, the note of a desk.
    pub note: Option<String>,
}

/// The sorts of advice: each is shown in its own manner and can be turned off by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A word that no dictionary has.
    Spelling,
    /// A mistake that rules can see with certainty: agreement, a confusion, punctuation, a word said twice.
    Grammar,
    /// What could be said better: a pleonasm, an anglicism.
    Style,
    /// What the desk has agreed on.
    House,
}
