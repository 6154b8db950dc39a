//! What a reader reads of a rendered article: its words, without tags, and a way to name a place among them that the
//! page understands.
//!
//! Rust and the page see the same rendering, one as text and one as nodes, and they disagree about nothing but blanks:
//! the parser of HTML drops some, and the page leaves out those between blocks. So a place is counted in *units*: code
//! units of UTF-16 (what the page counts in) that are no blank of ASCII. The marks of notes are no words, and have no
//! units.

/// How many characters before and after a passage are kept to know it again by.
const SURROUNDINGS: usize = 40;

/// A passage with what stands around it, as readers mark it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// Its words; paragraphs are parted by an empty line.
    pub quote: String,
    /// The words right before it.
    pub prefix: String,
    /// The words right after it.
    pub suffix: String,
    /// Its place in the text, in characters.
    pub characters: (u32, u32),
}

/// The words of a rendering (see [`crate::render()`]); between two blocks stands an empty line.
pub fn reading_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (words, tagged) = rest.split_at(open);
        decode(words, &mut text);
        let tag = &tagged[..end_of_tag(tagged)];
        rest = &tagged[tag.len()..];
        if is_note_mark(tag) {
            rest = rest.split_once("</a>").map_or("", |(_, after)| after);
            continue;
        }
        let name = name_of(tag);
        if name == "br" {
            text.push(' ');
        } else if !INLINE.contains(&name) && !text.ends_with("\n\n") {
            text.push_str("\n\n");
        }
    }
    decode(rest, &mut text);
    text
}

/// The unit at which a byte of a reading text stands.
pub fn unit_at(text: &str, byte: usize) -> u32 {
    let before = text.get(..byte).unwrap_or(text);
    let units: usize = before.chars().filter(|one| !is_blank(*one)).map(char::len_utf16).sum();
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// A passage from one unit to another, the latter left out; nothing when there is none.
pub fn excerpt(text: &str, start: u32, end: u32) -> Option<Excerpt> {
    let from = byte_of(text, start)?;
    // The end is where the last character ends, not where the next one begins.
    let last = byte_of(text, end.checked_sub(1)?)?;
    let to = last + text.get(last..)?.chars().next()?.len_utf8();
    let words = text.get(from..to).filter(|_| start < end)?;
    let quote = with_single_blanks(words);
    if quote.is_empty() {
        return None;
    }
    let count = |part: &str| u32::try_from(part.chars().count()).unwrap_or(u32::MAX);
    let first = count(&text[..from]);
    let before = with_single_blanks(tail(&text[..from], SURROUNDINGS * 2)).replace("\n\n", " ");
    let after = with_single_blanks(head(&text[to..], SURROUNDINGS * 2)).replace("\n\n", " ");
    Some(Excerpt {
        quote,
        prefix: tail(&before, SURROUNDINGS).to_owned(),
        suffix: head(&after, SURROUNDINGS).to_owned(),
        characters: (first, first.saturating_add(count(words))),
    })
}

/// Elements within a line: all others part what stands before them from what stands after.
pub(crate) const INLINE: [&str; 33] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "img", "input", "ins", "kbd",
    "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
];

pub(crate) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

pub(crate) fn is_note_mark(tag: &str) -> bool {
    tag.starts_with("<a class=\"footnote-ref\"") || tag.starts_with("<a class=\"footnote-back\"")
}

/// The name of a tag, opening or closing.
pub(crate) fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|end: char| !end.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// The length of the tag that a text begins with: a `>` within quotation marks does not end it.
pub(crate) fn end_of_tag(tagged: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tagged.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tagged.len()
}

/// The entities that the renderer and the allow-list of foreign HTML write.
pub(crate) fn decode(words: &str, text: &mut String) {
    const ENTITIES: [(&str, &str); 6] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
    ];
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (entity, character) = ENTITIES
            .into_iter()
            .find(|(entity, _)| rest.starts_with(entity))
            .unwrap_or(("&", "&"));
        text.push_str(character);
        rest = &rest[entity.len()..];
    }
    text.push_str(rest);
}

/// The byte at which the character with this unit begins.
fn byte_of(text: &str, unit: u32) -> Option<usize> {
    let mut seen = 0;
    for (at, character) in text.char_indices().filter(|(_, one)| !is_blank(*one)) {
        seen += character.len_utf16();
        if seen > unit as usize {
            return Some(at);
        }
    }
    None
}

/// Runs of blanks as one space, or as an empty line where they part blocks.
fn with_single_blanks(words: &str) -> String {
    let mut tidy = String::with_capacity(words.len());
    let mut blanks = 0;
    let mut lines = 0;
    for character in words.chars() {
        if is_blank(character) {
            blanks += 1;
            lines += usize::from(character == '\n');
            continue;
        }
        if blanks > 0 {
            tidy.push_str(if lines > 1 { "\n\n" } else { " " });
            (blanks, lines) = (0, 0);
        }
        tidy.push(character);
    }
    tidy.trim_matches(is_blank).to_owned()
}

fn head(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn tail(text: &str, characters: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .nth(characters.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    &text[start..]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::quote::{Passages, Quote};
    use crate::{Lang, LinkTarget, RenderContext, render};
    use proptest::prelude::*;

    fn read(markdown: &str) -> String {
        let html = render(
            markdown,
            &RenderContext {
                lang: Lang::Fr,
                typography: true,
                resolve_link: &|_, _| LinkTarget::Missing,
                resolve_image: &|_| None,
                footnote_label: "Notes",
                citations: None,
            },
        );
        reading_text(&html)
    }

    #[test]
    fn tags_entities_and_marks_of_notes_are_no_words() {
        let cases = [
            ("Un *été* `a<b` & « x ».", "Un été a<b & «\u{a0}x\u{a0}»."),
            ("Mot[^1] suit.\n\n[^1]: La note.", "Mot suit.\n\nLa note."),
            ("- un\n- deux", "un\n\ndeux"),
            ("ligne\nsuivante", "ligne suivante"),
            ("ligne  \nsuivante", "ligne suivante"),
            ("| a | b |\n|--|--|\n| c | d |", "a\n\nb\n\nc\n\nd"),
            ("![une > image](x.png \"a > b\")", "une > image\n\na > b"),
        ];
        for (markdown, words) in cases {
            assert_eq!(with_single_blanks(&read(markdown)), words, "{markdown}");
        }
    }

    #[test]
    fn an_excerpt_has_its_words_and_its_surroundings() {
        let text = read("Un début.\n\nLa *mer* monte,\net 𝄞 descend.");
        // Unbébut. is 8 units; a clef is two.
        let all = excerpt(&text, 0, 1000);
        assert_eq!(all, None, "beyond the end");
        let found = excerpt(&text, 10, 19).unwrap();
        assert_eq!(found.quote, "mer monte,");
        assert_eq!(
            (found.prefix.as_str(), found.suffix.as_str()),
            ("Un début. La", "et 𝄞 descend.")
        );
        assert_eq!(excerpt(&text, 4, 13).unwrap().quote, "but.\n\nLa mer");
        assert_eq!(excerpt(&text, 21, 23).unwrap().quote, "𝄞");
        assert_eq!(excerpt(&text, 5, 5), None);
    }

    proptest! {
        /// What was marked anywhere is found again, at the same units, in the same text.
        #[test]
        fn an_excerpt_is_found_where_it_was(markdown in "([a-z]{3,9}[ .,]|\\*[a-zé]{2,6}\\* |\n\n|𝄞|é|&){6,60}", from in 0u32..200, length in 12u32..80) {
            let text = read(&markdown);
            if let Some(excerpt) = excerpt(&text, from, from + length) {
                let quote = Quote { exact: &excerpt.quote, prefix: &excerpt.prefix, suffix: &excerpt.suffix };
                // Where the text says the same twice with the same around it, nothing may be found; never another place.
                if let Ok(found) = Passages::of_plain(&text).find(&quote) {
                    let units = (unit_at(&text, found.range.start), unit_at(&text, found.range.end));
                    // What is no letter at an end of the passage is not looked for.
                    let others: usize = excerpt.quote.chars().filter(|one| !one.is_alphanumeric()).map(char::len_utf16).sum();
                    let slack = |one: u32, other: u32| one.abs_diff(other) as usize <= others + 1;
                    prop_assert!(slack(units.0, from) && slack(units.1, from + length), "{units:?} {from} {length} {excerpt:?}");
                }
            }
        }
    }
}
