//! The few tags that texts of CSL JSON may have: `<i>`, `<b>`, `<sup>`, `<sub>`, small capitals, and what keeps its case.

use edito_prose::Look;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Tag(Tag),
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    Italic(bool),
    Bold(bool),
    Raised(bool),
    Lowered(bool),
    SmallCaps,
    Case,
    EndOfSpan,
}

impl Tag {
    /// How text is set behind the tag.
    pub(crate) fn change(self, look: &mut Look) {
        match self {
            Self::Italic(on) => look.italic = on,
            Self::Bold(on) => look.bold = on,
            Self::Raised(on) => look.raised = on,
            Self::Lowered(on) => look.lowered = on,
            Self::SmallCaps => look.small_caps = true,
            Self::EndOfSpan => look.small_caps = false,
            Self::Case => {}
        }
    }
}

const TAGS: [(&str, Tag); 12] = [
    ("<i>", Tag::Italic(true)),
    ("</i>", Tag::Italic(false)),
    ("<b>", Tag::Bold(true)),
    ("</b>", Tag::Bold(false)),
    ("<sup>", Tag::Raised(true)),
    ("</sup>", Tag::Raised(false)),
    ("<sub>", Tag::Lowered(true)),
    ("</sub>", Tag::Lowered(false)),
    ("<span style=\"font-variant: small-caps;\">", Tag::SmallCaps),
    ("<span style=\"font-variant:small-caps;\">", Tag::SmallCaps),
    ("<span class=\"nocase\">", Tag::Case),
    ("</span>", Tag::EndOfSpan),
];

/// The parts of a text, in order. What is no known tag is text.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let known = |at: &str| TAGS.iter().find(|(tag, _)| at.starts_with(tag));
        if let Some((tag, what)) = known(rest) {
            rest = rest.get(tag.len()..).unwrap_or_default();
            return Some(Piece::Tag(*what));
        }
        let end = rest
            .match_indices('<')
            .find(|(at, _)| known(rest.get(*at..).unwrap_or_default()).is_some())
            .map_or(rest.len(), |(at, _)| at);
        let (text, behind) = rest.split_at(end);
        rest = behind;
        Some(Piece::Text(text))
    })
}
