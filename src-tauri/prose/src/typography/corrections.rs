//! Typography for the file: what a compositor would change in the text that was typed, as a list of changes that can be
//! accepted or refused one by one. Words stay as they are; the rules that change a letter change an accent or the end of
//! an ordinal, and say so by their name.
//!
//! French follows the *Lexique des règles typographiques en usage à l’Imprimerie nationale*, as the reading view does
//! ([`crate::typography`]). What is not prose is never touched: code, mathematics, addresses, tags, the marks of Markdown
//! and of CriticMarkup, keys of the front matter. A change that would alter how the Markdown is built is left out.
//!
//! Rules are cautious: what is right in one text and wrong in another is no rule. `tests/data/corrections.txt` has
//! examples of right and wrong for each.

mod arabic;
mod common;
mod continued;
mod english;
mod french;
mod line;
pub(crate) mod lines;
mod protected;
mod shape;
pub(crate) mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::frontmatter;
use crate::language::Lang;
pub(crate) use line::{Glyph, Line, by_language};
pub(crate) use protected::protect;

/// A change of typography.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Correction {
    /// What is replaced, in bytes of the text; never empty.
    pub range: Range<usize>,
    /// What stands there afterwards; never empty.
    pub replacement: String,
    /// Why.
    pub rule: Rule,
}

/// The rules of typography that a text is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// French: no-break spaces before `; : ! ?`.
    HighPunctuation,
    /// French: the no-break space before a mark is thin before `; ! ?` and full before `:`.
    ThinSpace,
    /// French: « » for quotations, with their spaces.
    Guillemets,
    /// French: “ ” within « ».
    NestedQuotes,
    /// `’` for `'`.
    Apostrophe,
    /// `…` for three dots.
    Ellipsis,
    /// French: a dash and a no-break space at the head of what somebody says.
    DialogueDash,
    /// A dash for two hyphens between words.
    Dash,
    /// French: thin spaces between groups of three digits.
    NumberGroup,
    /// French: a no-break space between a number and its unit.
    UnitSpace,
    /// French: what belongs together stays in one line: a title and a name, a day and its month, an ordinal and its noun,
    /// what stands between two dashes and these.
    NoBreak,
    /// French: dashes for two hyphens between which something is put into a sentence.
    Incise,
    /// French: `n°` and its number stay together.
    Numero,
    /// French: `XIXe siècle`.
    Century,
    /// French: `1re`, `2e`.
    Ordinal,
    /// French: accents on capitals, in words that have no other reading.
    AccentedCapital,
    /// One space instead of some.
    DoubleSpace,
    /// No space before a comma or a full stop, nor in English before `; : ! ?`.
    SpaceBefore,
    /// English: curly quotes.
    EnglishQuotes,
    /// Arabic: `،`, `؛` and `؟`, with no space before.
    ArabicPunctuation,
    /// Arabic: « » without spaces for quotations, and “ ” within.
    ArabicQuotes,
}

impl Rule {
    /// The name that the page and the command line know it by.
    pub fn id(self) -> &'static str {
        match self {
            Rule::HighPunctuation => "high-punctuation",
            Rule::ThinSpace => "thin-space",
            Rule::Guillemets => "guillemets",
            Rule::NestedQuotes => "nested-quotes",
            Rule::Apostrophe => "apostrophe",
            Rule::Ellipsis => "ellipsis",
            Rule::DialogueDash => "dialogue-dash",
            Rule::Dash => "dash",
            Rule::NumberGroup => "number-group",
            Rule::UnitSpace => "unit-space",
            Rule::NoBreak => "no-break",
            Rule::Incise => "incise",
            Rule::Numero => "numero",
            Rule::Century => "century",
            Rule::Ordinal => "ordinal",
            Rule::AccentedCapital => "accented-capital",
            Rule::DoubleSpace => "double-space",
            Rule::SpaceBefore => "space-before",
            Rule::EnglishQuotes => "english-quotes",
            Rule::ArabicPunctuation => "arabic-punctuation",
            Rule::ArabicQuotes => "arabic-quotes",
        }
    }
}

/// The changes of typography of a whole text, front matter included, in the order of the text. They do not overlap, and
/// each can be made without the others. With all of them made, there are none.
///
/// `lang` is the article's language; a paragraph or a phrase of which another is declared, and a paragraph that is plainly in
/// another one, are held to the rules of their own.
pub fn corrections(source: &str, lang: &Lang) -> Vec<Correction> {
    let parts = frontmatter::split(source);
    let unsure = Lang::Other("und".into());
    let is_french = *lang != Lang::Fr || !is_no_french(parts.body.chars().take(BODY_SAMPLE));
    let lang = if is_french { lang } else { &unsure };
    let mut front = Vec::new();
    if parts.format.is_some() && frontmatter::read_split(source, &parts).problems.is_empty() {
        for mut line in lines::of_front_matter(source, &parts) {
            protect(&mut line);
            correct(line, lang, &mut front);
        }
        front.sort_by_key(|correction| correction.range.start);
        if !front.is_empty() && !shape::same_fields(source, &apply(source, &front)) {
            front.clear();
        }
    }
    let mut body = Vec::new();
    let mut lines = by_language(lines::of_body(parts.body, parts.body_start), lang);
    lines.iter_mut().for_each(protect);
    if is_french {
        continued::quotations(&mut lines, lang);
    }
    for line in lines {
        if !is_french && line.declared.is_none() {
            continue;
        }
        correct(line, lang, &mut body);
    }
    body.sort_by_key(|correction| (correction.range.start, correction.range.end));
    body.dedup_by(|next, kept| next.range.start < kept.range.end);
    shape::keep_shape(source, parts.body_start, &mut body);
    front.append(&mut body);
    front
}

/// The text with changes made: in order, not overlapping, as [`corrections`] gives them or some of those.
pub fn apply(source: &str, corrections: &[Correction]) -> String {
    let mut text = String::with_capacity(source.len() + corrections.len() * 4);
    let mut copied = 0;
    for Correction { range, replacement, .. } in corrections {
        if range.start < copied {
            continue;
        }
        text.push_str(source.get(copied..range.start).unwrap_or_default());
        text.push_str(replacement);
        copied = range.end;
    }
    text.push_str(source.get(copied..).unwrap_or_default());
    text
}

/// Marks lead to spaces and spaces to marks; a text that has not settled after so many rounds is left as it is.
const ROUNDS: usize = 6;

/// The head of a body that shows whether it is French at all, in characters.
const BODY_SAMPLE: usize = 8_000;

/// Whether a text that was taken for French has the letters of Spanish, Italian, Portuguese or German rather than its own:
/// languages are told apart among few, and whoever was not among them is taken for the nearest.
fn is_no_french(text: impl Iterator<Item = char>) -> bool {
    let (mut own, mut others) = (0u32, 0u32);
    for character in text {
        match character {
            'è' | 'ê' | 'à' | 'â' | 'ç' | 'ù' | 'û' | 'î' | 'œ' | 'ë' | 'ï' => own += 1,
            'á' | 'í' | 'ó' | 'ú' | 'ñ' | '¿' | '¡' | 'ã' | 'õ' | 'ä' | 'ö' | 'ß' | 'ì' | 'ò' => {
                others += 1
            }
            _ => {}
        }
    }
    others >= 2 && others > own
}

fn correct(mut line: Line, article: &Lang, found: &mut Vec<Correction>) {
    let lang = line.language(article);
    // The small words of French are those of its neighbours, too.
    let neighbour = matches!(article, Lang::Other(tag) if tag != "und");
    if lang == Lang::Fr
        && line.declared.is_none()
        && (neighbour || is_no_french(line.glyphs.iter().map(|glyph| glyph.character)))
    {
        return;
    }
    for _ in 0..ROUNDS {
        let changed = match &lang {
            Lang::Fr => {
                let marks = line.edit(french::marks);
                marks | line.edit(french::words) | line.edit(french::spaces)
            }
            Lang::En => line.edit(english::marks) | line.edit(english::spaces),
            Lang::Ar => line.edit(arabic::marks) | line.edit(arabic::spaces),
            Lang::Other(_) => return,
        };
        if !changed {
            // A few letters with as many of another alphabet could be told for another language once they are set, and then
            // would be set by other rules.
            if line.language(article) == lang {
                line.corrections(found);
            }
            return;
        }
    }
}
