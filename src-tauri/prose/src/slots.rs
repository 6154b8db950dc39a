//! How long each part of a piece is, as a newsroom measures it: in signs, spaces included.

use serde::{Deserialize, Serialize};

use crate::analysis::analyse;
use crate::counts::count;

/// The parts of a piece that a desk sets limits to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Slot {
    /// The title.
    Title,
    /// The standfirst.
    Standfirst,
    /// The teaser that the front matter has; one that follows from the text has no length of its own.
    Teaser,
    /// The text without its notes.
    Body,
    /// The footnotes, all of them together.
    Notes,
    /// What a letter prints below the title: the teaser, else the standfirst. The beginning of the text, which stands for
    /// both where neither is there, is cut to its room and has no length of its own.
    Letter,
}

impl Slot {
    /// All of them, in the order in which they are read.
    pub const ALL: [Slot; 6] = [
        Slot::Title,
        Slot::Standfirst,
        Slot::Teaser,
        Slot::Body,
        Slot::Notes,
        Slot::Letter,
    ];

    /// Its word in `edito.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Slot::Title => "title",
            Slot::Standfirst => "standfirst",
            Slot::Teaser => "teaser",
            Slot::Body => "body",
            Slot::Notes => "notes",
            Slot::Letter => "letter",
        }
    }
}

/// The signs, spaces included, of each part that a text has.
pub fn slots(text: &str) -> Vec<(Slot, u32)> {
    let analysis = analyse(text);
    let signs = |text: Option<&str>| text.map(|text| count(text, None).signs).filter(|signs| *signs > 0);
    let notes = analysis.note_signs;
    let body = analysis.counts.signs.saturating_sub(notes);
    let standfirst = signs(analysis.standfirst.as_deref());
    let teaser = signs(analysis.front.teaser.as_deref());
    [
        (Slot::Title, signs(analysis.title.as_deref())),
        (Slot::Standfirst, standfirst),
        (Slot::Teaser, teaser),
        (Slot::Body, Some(body)),
        (Slot::Notes, Some(notes).filter(|signs| *signs > 0)),
        (Slot::Letter, teaser.or(standfirst)),
    ]
    .into_iter()
    .filter_map(|(slot, signs)| Some((slot, signs?)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_signs() {
        let text = "---\ntitle: Le quai\nstandfirst: Il est vide.\n---\n\nUn mot.[^1] Deux.\n\n[^1]: Une note.\n";
        assert_eq!(
            slots(text),
            [
                (Slot::Title, 7),
                (Slot::Standfirst, 12),
                (Slot::Body, 13),
                (Slot::Notes, 9),
                (Slot::Letter, 12)
            ]
        );
        let teased = "---\ntitle: Le quai\nstandfirst: Il est vide.\nteaser: Vide, le quai ?\n---\n\nUn.\n";
        assert_eq!(slots(teased)[4], (Slot::Letter, 15));
        assert_eq!(slots("# Titre\n"), [(Slot::Title, 5), (Slot::Body, 5)]);
        assert_eq!(slots(""), [(Slot::Body, 0)]);
    }
}
