//! The words on a reader's sheet: the title, the standfirst, then the text; and finding marked passages among them.
//!
//! What was marked before titles could be marked, and what other programs marked, is known by words that stood in the
//! text alone. So a passage that nothing is known around is looked for in the text first, and a head that says the same
//! as the text makes nothing ambiguous that was not. A first heading that only repeats the title is not shown, and is no
//! part of the words.

use std::ops::Range;
use std::sync::OnceLock;

use crate::language::Lang;
use crate::quote::{Found, Lost, Passages, Quote, Sure};
use crate::reading_text::{reading_text, unit_at};
use crate::typography::{QuoteState, typeset};

/// The words of an article as its reader sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetText {
    words: String,
    /// Where the text begins, in bytes.
    text: usize,
}

/// A sheet's words, prepared for finding passages among them.
#[derive(Debug)]
pub struct SheetPassages<'a> {
    sheet: &'a SheetText,
    all: OnceLock<Passages<'a>>,
    text: OnceLock<Passages<'a>>,
}

/// A line of the head as it is set on the sheet, with the spaces and quotation marks of its language.
pub fn typeset_line(line: &str, lang: &Lang) -> String {
    typeset(line, lang, &mut QuoteState::default()).into_owned()
}

impl SheetText {
    /// The words of a head (title and standfirst as they are written, in their order) and of a rendering (see
    /// [`crate::render()`]); between two blocks stands an empty line.
    pub fn of(title: &str, standfirst: Option<&str>, lang: &Lang, html: &str) -> SheetText {
        let head = [Some(title), standfirst].into_iter().flatten();
        let mut words = String::new();
        for line in head
            .map(|line| typeset_line(line, lang))
            .filter(|line| !line.trim().is_empty())
        {
            words.push_str(&line);
            words.push_str("\n\n");
        }
        let text = words.len();
        words.push_str(&reading_text(without_heading(html, &typeset_line(title, lang))));
        SheetText { words, text }
    }

    /// All the words.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// How many units (see [`mod@crate::reading_text`]) there are.
    pub fn units(&self) -> u32 {
        unit_at(&self.words, self.words.len())
    }

    /// Prepares for finding passages.
    pub fn passages(&self) -> SheetPassages<'_> {
        SheetPassages {
            sheet: self,
            all: OnceLock::new(),
            text: OnceLock::new(),
        }
    }
}

impl SheetPassages<'_> {
    /// Finds a passage; its range is in bytes of [`SheetText::words`].
    pub fn find(&self, quote: &Quote<'_>) -> Result<Found, Lost> {
        let alone = quote.prefix.trim().is_empty() && quote.suffix.trim().is_empty();
        let mut nearly = None;
        for in_text in [alone, !alone] {
            let found = if in_text {
                self.in_text(quote)
            } else {
                self.anywhere(quote)
            };
            match found {
                Ok(found) if found.sure <= Sure::Folded => return Ok(found),
                Ok(found) => nearly = nearly.or(Some(found)),
                Err(_) => {}
            }
        }
        nearly.map_or_else(|| self.anywhere(quote), Ok)
    }

    fn anywhere(&self, quote: &Quote<'_>) -> Result<Found, Lost> {
        let words = &self.sheet.words;
        self.all.get_or_init(|| Passages::of_plain(words)).find(quote)
    }

    fn in_text(&self, quote: &Quote<'_>) -> Result<Found, Lost> {
        let start = self.sheet.text;
        let text = self.sheet.words.get(start..).unwrap_or_default();
        let found = self.text.get_or_init(|| Passages::of_plain(text)).find(quote)?;
        let Range { start: from, end: to } = found.range;
        Ok(Found {
            range: from + start..to + start,
            sure: found.sure,
        })
    }
}

/// A rendering without its first heading where that says the same as the title (typeset), as the page shows it.
pub fn without_heading<'a>(html: &'a str, title: &str) -> &'a str {
    let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match html.trim_start().split_once("</h1>") {
        Some((heading, rest))
            if heading.starts_with("<h1")
                // The mark of a note is text to the page.
                && !heading.contains("<a class=\"footnote-ref\"")
                && bare(&reading_text(heading)) == bare(title) =>
        {
            rest
        }
        _ => html,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::excerpt;
    use proptest::prelude::*;

    fn sheet(title: &str, standfirst: Option<&str>, text: &str) -> SheetText {
        SheetText::of(title, standfirst, &Lang::Fr, text)
    }

    /// The words found, with what stands right before them.
    fn found(sheet: &SheetText, prefix: &str, exact: &str, suffix: &str) -> Result<String, Lost> {
        let quote = Quote { exact, prefix, suffix };
        sheet.passages().find(&quote).map(|found| {
            let before: String = sheet.words()[..found.range.start].chars().rev().take(4).collect();
            let before: String = before.chars().rev().collect();
            format!("{before}[{}]", &sheet.words()[found.range])
        })
    }

    #[test]
    fn the_head_comes_first_and_is_set_as_it_is_shown() {
        let one = sheet("Qui mesure ?", Some("La mer \"monte\"."), "<p>Rien &amp; tout.</p>");
        let blocks: Vec<&str> = one.words().split("\n\n").filter(|block| !block.is_empty()).collect();
        assert_eq!(
            blocks,
            ["Qui mesure\u{202f}?", "La mer «\u{a0}monte\u{a0}».", "Rien & tout."]
        );
        assert_eq!(sheet("", Some(" "), "<p>x</p>").words().trim(), "x");
        // As the page shows it: a heading that repeats the title is not there twice.
        let words = |title, html| sheet(title, None, html).words().split_whitespace().collect::<String>();
        assert_eq!(
            words("La  mer !", "<h1 dir=\"auto\">La <em>mer</em>\u{202f}!</h1>\n<p>x</p>"),
            "Lamer!x"
        );
        assert_eq!(words("La mer", "<h1>La mère</h1><p>x</p>"), "LamerLamèrex");
        assert_eq!(words("La mer", "<p>x</p><h1>La mer</h1>"), "LamerxLamer");
    }

    #[test]
    fn what_the_head_and_the_text_both_say_is_told_apart() {
        let one = sheet(
            "La mer monte",
            Some("Les digues ne suffiront plus à tenir."),
            "<h1>La mer monte</h1><p>Hier encore, la mer monte sans bruit. Les digues ne suffiront plus à tenir.</p>",
        );
        // Marked on the title, in the standfirst, in the text: each is found where it was.
        assert_eq!(
            found(&one, "", "La mer monte", "Les digues ne suffiront plus à tenir."),
            Ok("[La mer monte]".into())
        );
        assert_eq!(
            found(
                &one,
                "La mer monte",
                "Les digues",
                "ne suffiront plus à tenir. La mer monte Hier"
            ),
            Ok("te\n\n[Les digues]".into())
        );
        assert_eq!(
            found(
                &one,
                "la mer monte sans bruit.",
                "Les digues",
                "ne suffiront plus à tenir."
            ),
            Ok("it. [Les digues]".into())
        );
        // As other programs mark: the words alone. The text says them once.
        assert_eq!(
            found(&one, "", "Les digues ne suffiront plus à tenir.", ""),
            Ok("it. [Les digues ne suffiront plus à tenir.]".into())
        );
        assert_eq!(found(&one, "", "la mer monte", ""), Ok("re, [la mer monte]".into()));
        assert_eq!(found(&one, "", "mer", ""), Ok(" la [mer]".into()));
        assert_eq!(found(&one, "", "plus", ""), Ok("ont [plus]".into()));
        assert_eq!(found(&one, "", "la", ""), Ok("re, [la]".into()));
        assert_eq!(found(&one, "", "personne ne l’a dit nulle part", ""), Err(Lost::Absent));
    }

    #[test]
    fn a_title_that_was_edited_keeps_its_mark() {
        let after = sheet(
            "Pourquoi la mer monte encore plus vite",
            Some("Les digues."),
            "<p>Hier encore, un texte de la mer.</p>",
        );
        assert_eq!(
            found(
                &after,
                "Pourquoi",
                "la mer monte plus vite",
                "Les digues. Hier encore, un texte"
            ),
            Ok("uoi [la mer monte encore plus vite]".into())
        );
    }

    proptest! {
        /// What was marked anywhere on a sheet is found there again, at the same place as far as its words tell.
        #[test]
        fn an_excerpt_is_found_where_it_was(
            title in "([a-z]{3,9} ){1,5}",
            standfirst in proptest::option::of("([a-zé]{3,9}[ ,] ){2,12}"),
            text in "([a-z]{3,9}[ .,]|</p><p>|𝄞|é){6,60}",
            from in 0u32..150,
            length in 12u32..60,
        ) {
            let one = sheet(&title, standfirst.as_deref(), &format!("<p>{text}</p>"));
            if let Some(excerpt) = excerpt(one.words(), from, from + length) {
                let quote = Quote { exact: &excerpt.quote, prefix: &excerpt.prefix, suffix: &excerpt.suffix };
                let found = one.passages().find(&quote);
                prop_assert!(found.is_ok(), "{found:?} {excerpt:?}");
                if let Ok(found) = found {
                    let units = (unit_at(one.words(), found.range.start), unit_at(one.words(), found.range.end));
                    let others: usize = excerpt.quote.chars().filter(|one| !one.is_alphanumeric()).map(char::len_utf16).sum();
                    let slack = |one: u32, other: u32| one.abs_diff(other) as usize <= others + 1;
                    prop_assert!(slack(units.0, from) && slack(units.1, from + length), "{units:?} {from} {length} {excerpt:?}");
                }
            }
        }

        /// What is found in the text alone by its words alone is found on the sheet, whatever the head says.
        #[test]
        fn a_head_takes_nothing_away(
            title in "([a-c]{2,3} ){1,4}",
            text in "([a-c]{2,3} ){4,20}",
            quote in "([a-c]{2,3} ){1,6}",
        ) {
            let body = sheet("", None, &format!("<p>{text}</p>"));
            let whole = sheet(&title, None, &format!("<p>{text}</p>"));
            let quote = Quote { exact: quote.trim(), ..Quote::default() };
            if let Ok(found) = body.passages().find(&quote) {
                let on_sheet = whole.passages().find(&quote);
                prop_assert!(on_sheet.is_ok());
                if found.sure <= Sure::Folded {
                    let by = whole.words().len() - body.words().len();
                    prop_assert_eq!(on_sheet.unwrap().range, found.range.start + by..found.range.end + by);
                }
            }
        }
    }
}
