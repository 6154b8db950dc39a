//! The sentences of a rendered article, to be read aloud one by one.
//!
//! Places are counted in the units of [`mod@crate::reading_text`]. Blocks of code and the marks of notes are not read; a
//! row of a table is read as one sentence, a block never shares a sentence with the next one.

pub(crate) mod bounds;

use crate::reading_text::{INLINE, decode, end_of_tag, is_blank, is_note_mark, name_of};

/// A sentence, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words on one line.
    pub text: String,
    /// Its first unit.
    pub start: u32,
    /// The unit behind its last one.
    pub end: u32,
    /// The language of its block (a BCP 47 tag), where the rendering tells another one than the article's.
    pub lang: Option<String>,
    /// The number of its block; sentences of one block have the same.
    pub block: u32,
}

/// The sentences of a rendering (see [`crate::render()`]), in order; those without a letter or figure are left out.
pub fn sentences(html: &str) -> Vec<Sentence> {
    let mut walk = Walk::default();
    let mut in_code = false;
    let mut rest = html;
    loop {
        let open = rest.find('<').unwrap_or(rest.len());
        let (words, tagged) = rest.split_at(open);
        walk.take_words(words, in_code);
        if tagged.is_empty() {
            break;
        }
        let tag = &tagged[..end_of_tag(tagged)];
        rest = &tagged[tag.len()..];
        if is_note_mark(tag) {
            rest = rest.split_once("</a>").map_or("", |(_, after)| after);
            continue;
        }
        let name = name_of(tag);
        match name {
            "br" => walk.block.text.push(' '),
            // Of one row; what parts the cells is heard as a pause.
            "td" | "th" => walk.part_cells(),
            _ if INLINE.contains(&name) => {}
            _ => walk.pass_block(tag, name),
        }
        if name == "pre" {
            in_code = !tag.starts_with("</");
        }
    }
    walk.end_block();
    walk.found
}

/// The sentences of a line of plain text, such as a title; units are counted from its beginning.
pub fn sentences_of(line: &str) -> Vec<Sentence> {
    let mut walk = Walk::default();
    walk.block.text.push_str(line);
    walk.end_block();
    walk.found
}

/// Blocks that hold nothing, and have no end of their own.
const EMPTY: [&str; 5] = ["hr", "col", "source", "track", "embed"];

#[derive(Default)]
struct Walk<'a> {
    found: Vec<Sentence>,
    block: Block,
    unit: u32,
    blocks: u32,
    /// The blocks that are open, each with the language that it names.
    open: Vec<(&'a str, Option<&'a str>)>,
}

/// The words of the block that is being walked through.
#[derive(Default)]
struct Block {
    text: String,
    start: u32,
    /// Bytes of the text at which a cell of a table ends.
    cells: Vec<usize>,
}

impl<'a> Walk<'a> {
    fn take_words(&mut self, words: &str, in_code: bool) {
        let before = self.block.text.len();
        decode(words, &mut self.block.text);
        let counted = units(&self.block.text[before..]);
        if in_code {
            self.block.text.truncate(before);
        } else if self.block.text[..before].chars().all(is_blank) {
            self.block.start = self.unit;
        }
        self.unit += counted;
    }

    fn part_cells(&mut self) {
        self.block.text.push(' ');
        self.block.cells.push(self.block.text.len());
    }

    /// A tag of a block ends the words before it.
    fn pass_block(&mut self, tag: &'a str, name: &'a str) {
        self.end_block();
        if tag.starts_with("</") {
            if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
                self.open.truncate(at);
            }
        } else if !EMPTY.contains(&name) {
            self.open.push((name, lang_of(tag)));
        }
    }

    fn end_block(&mut self) {
        let Block { text, start, cells } = std::mem::take(&mut self.block);
        let text = text.replace(['\n', '\r', '\t', '\u{c}'], " ");
        let lang = self.open.iter().rev().find_map(|(_, lang)| *lang);
        let before = self.found.len();
        // Counted from one sentence to the next: a long block is walked once.
        let mut unit = start;
        let mut from = 0;
        for to in bounds::ends(&text) {
            let Some(piece) = text.get(from..to) else { continue };
            let words = piece.trim_matches(is_blank);
            let lead = piece.len() - piece.trim_start_matches(is_blank).len();
            let first = unit + units(&piece[..lead]);
            if words.chars().any(char::is_alphanumeric) {
                self.found.push(Sentence {
                    text: said(piece, from, &cells),
                    start: first,
                    end: first + units(words),
                    lang: lang.map(str::to_owned),
                    block: self.blocks,
                });
            }
            unit += units(piece);
            from = to;
        }
        if self.found.len() > before {
            self.blocks += 1;
        }
    }
}

/// The words of a piece that begins at a byte of its block, with single blanks, and a comma between cells.
fn said(piece: &str, at: usize, cells: &[usize]) -> String {
    let first = cells.partition_point(|cell| *cell <= at);
    let within = cells[first..].iter().map(|cell| cell - at);
    let mut text = String::with_capacity(piece.len());
    let mut from = 0;
    for to in within.take_while(|cell| *cell < piece.len()).chain([piece.len()]) {
        let words: Vec<&str> = piece[from..to]
            .split(is_blank)
            .filter(|word| !word.is_empty())
            .collect();
        from = to;
        if words.is_empty() {
            continue;
        }
        if let Some(last) = text.chars().next_back() {
            let arabic = ('\u{600}'..='\u{6ff}').contains(&last);
            text.push_str(match (last.is_alphanumeric(), arabic) {
                (true, true) => "، ",
                (true, false) => ", ",
                (false, _) => " ",
            });
        }
        text.push_str(&words.join(" "));
    }
    text
}

/// The language that a tag names.
fn lang_of(tag: &str) -> Option<&str> {
    let (_, after) = tag.split_once(" lang=\"")?;
    after.split('"').next().filter(|lang| !lang.is_empty())
}

fn units(text: &str) -> u32 {
    let units = text.chars().filter(|one| !is_blank(*one)).map(char::len_utf16);
    u32::try_from(units.sum::<usize>()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading_text;
    use proptest::prelude::*;

    fn told(html: &str) -> Vec<(String, u32, u32)> {
        let each = sentences(html).into_iter();
        each.map(|one| (one.text, one.start, one.end)).collect()
    }

    #[test]
    fn code_and_marks_of_notes_are_passed_over_and_blocks_end_sentences() {
        let html = "<h2>Un titre</h2>\n<p>Un <em>mot</em><sup><a class=\"footnote-ref\" href=\"#n\">1</a></sup> dit.</p>\
            <pre><code>let x = 1;</code></pre><figure><img alt=\"x\"><figcaption>Le port.</figcaption></figure><p>Fin.</p>";
        let wanted = [
            ("Un titre", 0, 7),
            ("Un mot dit.", 7, 16),
            ("Le port.", 23, 30),
            ("Fin.", 30, 34),
        ];
        assert_eq!(
            told(html),
            wanted.map(|(text, start, end)| (text.to_owned(), start, end))
        );
    }

    #[test]
    fn a_row_of_a_table_is_one_sentence() {
        let html = "<table><thead><tr><th>Port</th><th>Tides</th></tr></thead>\n<tbody><tr><td>a &amp; b</td><td></td>\
            <td>2.5 m.</td><td>low</td></tr><tr><td>ميناء</td><td>مد</td></tr></tbody></table>";
        let said: Vec<String> = told(html).into_iter().map(|(text, ..)| text).collect();
        assert_eq!(said, ["Port, Tides", "a & b, 2.5 m. low", "ميناء، مد"]);
        assert_eq!(told(html)[1].1, 9);
    }

    #[test]
    fn a_sentence_has_the_language_of_its_block_and_its_number() {
        let html =
            "<p>Un. Deux.</p><blockquote lang=\"ar\"><p>ثلاثة.</p><hr><p lang=\"en\">Four.</p></blockquote><p>Cinq.</p>";
        let told: Vec<(Option<String>, u32)> = sentences(html).into_iter().map(|one| (one.lang, one.block)).collect();
        let named = |lang: &str| Some(lang.to_owned());
        assert_eq!(
            told,
            [(None, 0), (None, 0), (named("ar"), 1), (named("en"), 2), (None, 3)]
        );
    }

    #[test]
    fn a_line_of_its_own_is_counted_from_its_beginning() {
        let places: Vec<(u32, u32)> = sentences_of("Un mot. Deux < trois !")
            .into_iter()
            .map(|one| (one.start, one.end))
            .collect();
        assert_eq!(places, [(0, 6), (6, 17)]);
    }

    fn letters(text: &str) -> Vec<u16> {
        let words: String = text.chars().filter(|one| !is_blank(*one)).collect();
        words.encode_utf16().collect()
    }

    proptest! {
        /// What is said at a place is what the reading text has there, and no word between two sentences is left out.
        #[test]
        fn sentences_put_together_are_the_reading_text(
            html in "(<p>|</p>|<li lang=\"ar\">|</li>|<br />|M\\. |[A-Za-zéÀ0-9.?!»…,; ]{1,9}|𝄞|&amp;|\u{a0}|\n|<em>|ص\\. |<){0,60}"
        ) {
            let text = letters(&reading_text(&html));
            let mut last = 0;
            let silent = |units: &[u16]| !String::from_utf16_lossy(units).chars().any(char::is_alphanumeric);
            for one in sentences(&html) {
                let (start, end) = (one.start as usize, one.end as usize);
                prop_assert!(start >= last && end > start);
                prop_assert!(silent(&text[last..start]));
                prop_assert_eq!(&text[start..end], &letters(&one.text)[..]);
                last = end;
            }
            prop_assert!(silent(&text[last..]));
        }

        #[test]
        fn whatever_the_markup_nothing_fails(html in "(<|>|</|pre|table|td|tr| lang=\"|\"|a class=\"footnote-ref\"|[a-z. ]{1,4}|é){0,60}") {
            let mut last = 0;
            for one in sentences(&html) {
                prop_assert!(one.start >= last && one.end > one.start);
                last = one.end;
            }
        }
    }
}
