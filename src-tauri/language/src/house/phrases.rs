//! Words of a text, and phrases that are looked for among them.

use std::ops::Range;

use edito_prose::Lang;
use edito_prose::fold::{fold, is_apostrophe};

/// The words of a text: runs of letters and digits with the hyphens and points between them; an elided word ends at its
/// apostrophe.
#[derive(Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    places: Vec<Range<usize>>,
    /// In small letters.
    keys: Vec<String>,
}

impl<'a> Words<'a> {
    pub fn of(text: &'a str) -> Words<'a> {
        let mut places: Vec<Range<usize>> = Vec::new();
        let mut start: Option<usize> = None;
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let inside = character.is_alphanumeric() || is_mark(character);
            let joins = matches!(character, '-' | '‐' | '‑' | '.' | '&')
                && start.is_some()
                && next.is_some_and(char::is_alphanumeric);
            if inside || joins {
                start.get_or_insert(at);
                continue;
            }
            if let Some(from) = start.take() {
                places.push(from..at);
            }
        }
        places.extend(start.map(|from| from..text.len()));
        let keys = places
            .iter()
            .map(|place| key(text.get(place.clone()).unwrap_or_default()))
            .collect();
        Words { text, places, keys }
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn key(&self, at: usize) -> &str {
        self.keys.get(at).map_or("", String::as_str)
    }

    /// Where some words stand.
    pub fn range(&self, at: usize, length: usize) -> Range<usize> {
        let start = self.places.get(at).map_or(0, |place| place.start);
        let last = (at + length).checked_sub(1).and_then(|last| self.places.get(last));
        start..last.map_or(start, |place| place.end)
    }

    /// What stands between a word and the one after it.
    pub fn gap(&self, at: usize) -> &'a str {
        let from = self.places.get(at).map_or(0, |place| place.end);
        let to = self.places.get(at + 1).map_or(self.text.len(), |place| place.start);
        self.text.get(from..to).unwrap_or_default()
    }

    /// What stands before a word, from the one before it on.
    pub fn gap_before(&self, at: usize) -> &'a str {
        let from = at
            .checked_sub(1)
            .and_then(|before| self.places.get(before))
            .map_or(0, |place| place.end);
        let to = self.places.get(at).map_or(self.text.len(), |place| place.start);
        self.text.get(from..to).unwrap_or_default()
    }
}

/// Some words that are looked for.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    words: Vec<String>,
    /// Apostrophes stand between these words: after which of them.
    elided: Vec<bool>,
    /// The words with their capitals, where capitals are what it is about.
    exact: Option<String>,
    /// The last word may have the `s` or `x` of a plural.
    plural: bool,
}

impl Phrase {
    /// The phrase of a text; `None` where it has no word. `preferred` is what stands for it.
    pub fn new(text: &str, preferred: &str) -> Option<Phrase> {
        let words = Words::of(text);
        if words.len() == 0 {
            return None;
        }
        // Where only capitals and accents differ, these are what is looked for.
        let exact = (!preferred.is_empty() && fold(text) == fold(preferred)).then(|| text.trim().to_owned());
        let last = words.key(words.len() - 1);
        let plural = !preferred.is_empty()
            && exact.is_none()
            && last.chars().count() > 3
            && !last.ends_with(['s', 'x', 'z'])
            && !preferred.ends_with(['s', 'x', 'z'])
            && text.chars().all(|character| !character.is_uppercase())
            && last.chars().all(char::is_alphabetic);
        Some(Phrase {
            elided: (0..words.len())
                .map(|at| words.gap(at).contains(is_apostrophe))
                .collect(),
            words: words.keys,
            exact,
            plural,
        })
    }

    /// Its first word, in small letters.
    pub fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    pub fn length(&self) -> usize {
        self.words.len()
    }

    /// Whether it stands at a word of a text.
    pub fn stands_at(&self, words: &Words<'_>, at: usize) -> bool {
        for (number, wanted) in self.words.iter().enumerate() {
            let last = number + 1 == self.words.len();
            let found = words.key(at + number);
            let plural = last && self.plural && found.strip_suffix(['s', 'x']) == Some(wanted.as_str());
            if found != wanted && !plural {
                return false;
            }
            if !last {
                let gap = words.gap(at + number);
                let elides = self.elided.get(number).copied().unwrap_or_default();
                let joined = if elides {
                    gap.chars().all(is_apostrophe)
                } else {
                    gap.chars().all(char::is_whitespace)
                };
                if !joined || gap.is_empty() {
                    return false;
                }
            }
        }
        self.exact.as_ref().is_none_or(|exact| {
            let written = words.text.get(words.range(at, self.words.len())).unwrap_or_default();
            same(written, exact)
        })
    }
}

/// Whether two texts are the same words with the same capitals, whatever apostrophes, hyphens and spaces they have.
pub(super) fn same(one: &str, other: &str) -> bool {
    fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars().map(|character| match character {
            character if is_apostrophe(character) => '\'',
            '‐' | '‑' => '-',
            character if character.is_whitespace() => ' ',
            character => character,
        })
    }
    plain(one).eq(plain(other))
}

/// Whether a text has its capitals where another has them; accents may differ.
pub(super) fn capitals_agree(written: &str, agreed: &str) -> bool {
    written
        .chars()
        .filter(|character| character.is_alphabetic())
        .map(char::is_uppercase)
        .eq(agreed
            .chars()
            .filter(|character| character.is_alphabetic())
            .map(char::is_uppercase))
}

pub(super) fn is_all_capitals(written: &str) -> bool {
    written.chars().filter(|character| character.is_alphabetic()).count() > 1
        && !written.chars().any(char::is_lowercase)
}

/// Whether a text differs from what was agreed by a capital at the head of a sentence alone.
pub(super) fn is_only_head(text: &str, range: &Range<usize>, written: &str, agreed: &str) -> bool {
    let before = text
        .get(..range.start)
        .unwrap_or_default()
        .trim_end_matches(|character: char| {
            character.is_whitespace()
                || matches!(character, '«' | '“' | '"' | '(' | '[' | '—' | '–')
                || is_apostrophe(character)
        });
    let heads = before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', '\n']);
    let rest = |text: &str| {
        let mut characters = text.chars();
        characters.next();
        characters.as_str().to_owned()
    };
    heads && written.starts_with(char::is_uppercase) && capitals_agree(&rest(written), &rest(agreed))
}

/// A text with the capitals that were agreed on.
pub(super) fn with_capitals(written: &str, agreed: &str) -> String {
    let mut capitals = agreed
        .chars()
        .filter(|character| character.is_alphabetic())
        .map(char::is_uppercase);
    let mut fixed = String::with_capacity(written.len());
    for character in written.chars() {
        if !character.is_alphabetic() {
            fixed.push(character);
        } else if capitals.next() == Some(true) {
            fixed.extend(character.to_uppercase());
        } else {
            fixed.extend(character.to_lowercase());
        }
    }
    fixed
}

/// What stands for some words when a term is preferred, and from where: the article before it is elided, or no longer.
pub(super) fn replaced(
    text: &str,
    range: &Range<usize>,
    written: &str,
    preferred: &str,
    lang: &Lang,
) -> (Range<usize>, Vec<String>) {
    let mut term = preferred.to_owned();
    let last = |text: &str| text.chars().next_back();
    let plural = written.len() > 1
        && matches!(last(written), Some('s' | 'x'))
        && !preferred.ends_with(['s', 'x', 'z'])
        && preferred.starts_with(char::is_lowercase)
        && written.chars().any(char::is_lowercase);
    if plural {
        term.push('s');
    }
    let small = preferred.starts_with(char::is_lowercase);
    if is_all_capitals(written) && preferred.chars().any(char::is_lowercase) && small {
        term = term.to_uppercase();
    } else if small && written.starts_with(char::is_uppercase) {
        let mut rest = term.chars();
        let head: String = rest
            .next()
            .map(|head| head.to_uppercase().to_string())
            .unwrap_or_default();
        term = head + rest.as_str();
    }
    if *lang != Lang::Fr {
        return (range.clone(), vec![term]);
    }
    let before = text.get(..range.start).unwrap_or_default();
    let vowel = begins_with_vowel(preferred);
    let was_vowel = begins_with_vowel(written);
    if let Some(apostrophe) = last(before)
        .filter(|character| is_apostrophe(*character))
        .filter(|_| !vowel)
    {
        let stem = before.get(..before.len() - apostrophe.len_utf8()).unwrap_or_default();
        let start = stem
            .rfind(|character: char| !character.is_alphabetic())
            .map_or(0, |at| {
                at + stem
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8)
            });
        let article = stem.get(start..).unwrap_or_default();
        let articles: &[&str] = match article.to_lowercase().as_str() {
            // A name needs no article.
            "l" if preferred.starts_with(char::is_uppercase) => &["", "le ", "la "],
            "l" => &["le ", "la "],
            "d" => &["de "],
            "qu" => &["que "],
            _ => &[],
        };
        let fixes = articles.iter().map(|article_in_full| {
            let mut characters = article_in_full.chars();
            let head = characters.next().map(|head| {
                if article.starts_with(char::is_uppercase) {
                    head.to_uppercase().to_string()
                } else {
                    head.to_string()
                }
            });
            format!("{}{}{term}", head.unwrap_or_default(), characters.as_str())
        });
        return (start..range.end, fixes.collect());
    }
    if vowel && !was_vowel {
        for (article, elided) in [("le ", "l’"), ("la ", "l’"), ("de ", "d’"), ("que ", "qu’")] {
            let Some(stem) = before.to_lowercase().strip_suffix(article).map(str::len) else {
                continue;
            };
            let own = before.get(..stem).unwrap_or_default();
            // Lower case may have another length; then nothing is put together.
            if before.len() == stem + article.len()
                && !own.ends_with(char::is_alphanumeric)
                && !own.ends_with(is_apostrophe)
            {
                let capital = before
                    .get(stem..)
                    .is_some_and(|article| article.starts_with(char::is_uppercase));
                let elided = if capital {
                    elided.get(..1).unwrap_or_default().to_uppercase() + elided.get(1..).unwrap_or_default()
                } else {
                    elided.to_owned()
                };
                return (stem..range.end, vec![format!("{elided}{term}")]);
            }
        }
    }
    (range.clone(), vec![term])
}

fn begins_with_vowel(word: &str) -> bool {
    fold(word).starts_with(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// A word as it is compared: small letters, one kind of hyphen.
fn key(word: &str) -> String {
    word.to_lowercase().replace(['‐', '‑'], "-")
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}
