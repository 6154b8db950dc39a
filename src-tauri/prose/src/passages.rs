//! The prose of an article, paragraph by paragraph, for whoever has something to say about its words.
//!
//! A passage is what is read as one: a paragraph, a heading, an item, a cell, a caption, a text of the front matter. Its
//! text is without Markdown; what is no text (code, a formula, a tag’s content) is [`OBJECT`]. What may be said of it is
//! taken back to the source by [`Passage::source`], and nothing can be said of what is no prose: addresses, names of
//! references, marks of CriticMarkup, templates. A phrase of which another language is declared is a passage by itself, behind
//! the one that it is taken out of, which has an [`OBJECT`] in its place.

use std::collections::HashSet;
use std::ops::Range;

use comrak::Arena;
use comrak::nodes::NodeValue;

use crate::frontmatter;
use crate::language::{Lang, language_of};
use crate::markdown::{is_within_limits, parse};
use crate::typography::corrections::{Glyph, Line, by_language, lines, protect};

/// What stands in the text of a passage for what is no text.
pub const OBJECT: char = '\u{fffc}';

/// A paragraph, or what is read like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The language it is in: the one that is declared of it, else its own if it is plainly in another than the article’s.
    pub lang: Lang,
    /// Whether it is a title, standfirst or teaser of the front matter.
    pub in_front_matter: bool,
    /// Whether it stands in a block quotation: the words of somebody else.
    pub in_quotation: bool,
    /// What is read, lines joined by `\n`.
    pub text: String,
    /// The characters of the text with their places, in order.
    places: Vec<Place>,
}

impl Passage {
    /// Where a part of the text (in bytes) stands in the source, in bytes. `None` where it is empty, not at the bounds of
    /// characters, or touches what is not open to changes; and where marks of Markdown stand within it.
    pub fn source(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.places.binary_search_by_key(&range.start, |place| place.at).ok()?;
        let end = match self.places.binary_search_by_key(&range.end, |place| place.at) {
            Ok(end) => end,
            Err(end) if end == self.places.len() && range.end == self.text.len() => end,
            Err(_) => return None,
        };
        let places = self.places.get(first..end)?;
        let (start, last) = (places.first()?, places.last()?);
        let whole = places.iter().all(|place| !place.fixed)
            && places
                .iter()
                .zip(places.iter().skip(1))
                .all(|(one, next)| one.to == next.from);
        whole.then_some(start.from..last.to)
    }
}

/// The passages of a whole text in its order, front matter (title, standfirst, teaser) included. `lang` is the article’s
/// language.
pub fn passages(source: &str, lang: &Lang) -> Vec<Passage> {
    let parts = frontmatter::split(source);
    let front = if parts.format.is_some() && frontmatter::read_split(source, &parts).problems.is_empty() {
        lines::of_front_matter(source, &parts)
    } else {
        Vec::new()
    };
    let body = by_language(lines::of_body(parts.body, parts.body_start), lang);
    let front = front.into_iter().map(|line| passage(line, true, lang));
    front
        .chain(body.into_iter().map(|line| passage(line, false, lang)))
        .collect()
}

/// The words that stand in code, in spans or in blocks, anywhere in a text: runs of letters and figures.
pub fn words_of_code(source: &str) -> HashSet<String> {
    let body = frontmatter::split(source).body;
    if !is_within_limits(body) {
        return HashSet::new();
    }
    let arena = Arena::new();
    let mut found = HashSet::new();
    for node in parse(&arena, body).descendants() {
        let data = node.data();
        let code = match &data.value {
            NodeValue::Code(code) => &code.literal,
            NodeValue::CodeBlock(block) => &block.literal,
            _ => continue,
        };
        let words = code.split(|letter: char| !letter.is_alphanumeric());
        found.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }
    found
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// In bytes of the passage’s text.
    at: usize,
    /// In bytes of the source.
    from: usize,
    to: usize,
    fixed: bool,
}

fn passage(mut line: Line, in_front_matter: bool, article: &Lang) -> Passage {
    protect(&mut line);
    let in_quotation = line.quoted;
    let declared = line.declared.take();
    let mut text = String::with_capacity(line.glyphs.len() + 16);
    let mut places = Vec::with_capacity(line.glyphs.len());
    for Glyph {
        character,
        from,
        to,
        fixed,
        ..
    } in line.glyphs
    {
        let opaque = from == usize::MAX && character != '\n';
        places.push(Place {
            at: text.len(),
            from,
            to,
            fixed,
        });
        text.push(if opaque { OBJECT } else { character });
    }
    Passage {
        lang: language_of(&text, declared.as_ref(), article),
        in_front_matter,
        in_quotation,
        text,
        places,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    const SOURCE: &str = "---\ntitle: Un titre\n---\n\nDes **mots** et `du code`, [un lien](https://a.example).\nUne ligne.\n\n> The words of somebody else are quoted in the language that they were said in.\n";

    #[test]
    fn what_is_read_leads_back_to_the_source() {
        let found = passages(SOURCE, &Lang::Fr);
        let texts: Vec<_> = found.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Un titre",
                "Des mots et \u{fffc}, un lien.\nUne ligne.",
                "The words of somebody else are quoted in the language that they were said in."
            ]
        );
        assert!(found[0].in_front_matter && !found[1].in_front_matter);
        assert!(!found[1].in_quotation && found[2].in_quotation);
        assert_eq!(found[2].lang, Lang::En);
        for (passage, word) in [(0, "titre"), (1, "mots"), (1, "lien"), (1, "ligne."), (2, "said in.")] {
            let at = found[passage].text.find(word).unwrap();
            let place = found[passage].source(at..at + word.len()).unwrap();
            assert_eq!(&SOURCE[place], word);
        }
    }

    #[test]
    fn words_of_code_are_those_of_spans_and_blocks() {
        let found = words_of_code("Un `let mut x_y` et struct.\n\n```rust\nfn été() {}\n```\n\n    indented\n");
        let mut found: Vec<_> = found.iter().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, ["fn", "indented", "let", "mut", "x", "y", "été"]);
    }

    #[test]
    fn nothing_is_said_across_marks_or_of_what_is_no_prose() {
        let found = passages(SOURCE, &Lang::Fr);
        let text = &found[1].text;
        let place = |part: &str| {
            let at = text.find(part).unwrap();
            found[1].source(at..at + part.len())
        };
        assert_eq!(place("Des mots"), None);
        assert_eq!(place("\u{fffc}"), None);
        assert_eq!(found[1].source(3..3), None);
        assert_eq!(found[1].source(0..usize::MAX), None);
    }
}
