//! The languages of articles: their tags, their direction, and a guess from the words.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use whatlang::Detector;

/// The language of an article or of a paragraph.
///
/// French, English and Arabic are the languages Edito knows how to stem and typeset; any other
/// is kept by its BCP 47 tag.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
    /// Arabic.
    Ar,
    /// Any other language, by its BCP 47 tag in lower case (`und` when the tag made no sense).
    Other(String),
}

impl Lang {
    /// The language of a BCP 47 tag or a POSIX locale (`fr-FR`, `fr_CA.UTF-8`), or of a plain name
    /// such as `français`. The region is dropped for the three languages Edito knows.
    pub fn from_tag(tag: &str) -> Lang {
        let tag = tag.trim();
        let tag = tag.split(['.', '@']).next().unwrap_or_default();
        let tag = tag.to_lowercase().replace('_', "-");
        let primary = tag.split('-').next().unwrap_or_default();
        match primary {
            "fr" | "fra" | "fre" | "french" | "français" | "francais" => Lang::Fr,
            "en" | "eng" | "english" | "anglais" => Lang::En,
            "ar" | "ara" | "arabic" | "arabe" | "العربية" => Lang::Ar,
            _ => {
                let sound = (2..=35).contains(&tag.len())
                    && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                    && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
                Lang::Other(if sound { tag } else { "und".into() })
            }
        }
    }

    /// The tag that HTML's `lang` attribute and the index use.
    pub fn tag(&self) -> &str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
            Lang::Ar => "ar",
            Lang::Other(tag) => tag,
        }
    }

    /// Whether the language is written from right to left.
    pub fn is_rtl(&self) -> bool {
        match self {
            Lang::Ar => true,
            Lang::Fr | Lang::En => false,
            Lang::Other(tag) => matches!(
                tag.split('-').next(),
                Some("he" | "iw" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb" | "syr")
            ),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.tag())
    }
}

impl Serialize for Lang {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Lang::from_tag(&String::deserialize(deserializer)?))
    }
}

/// Guesses the language of a text among French, English and Arabic, from at most its first 1,000
/// characters. `None` when the text is too short or the guess is not sure.
///
/// The script tells Arabic; the commonest small words tell French from English at the price of
/// one pass; only what they leave open goes to the trigrams of the whatlang library.
pub fn detect(text: &str) -> Option<Lang> {
    let sample = match text.char_indices().nth(SAMPLE_CHARACTERS) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    };
    match by_script(sample) {
        Script::Arabic => return Some(Lang::Ar),
        Script::Latin => {}
        Script::Other => return None,
    }
    let tally = SmallWords::count(sample);
    if let Some(lang) = tally.verdict(4) {
        return Some(lang);
    }
    if sample.len() < 20 {
        return None;
    }
    let found = DETECTOR.detect(sample)?;
    let sure = found.is_reliable() || (found.confidence() > 0.8 && sample.len() > 60);
    match found.lang() {
        whatlang::Lang::Fra if sure => Some(Lang::Fr),
        whatlang::Lang::Eng if sure => Some(Lang::En),
        whatlang::Lang::Ara if sure => Some(Lang::Ar),
        _ => None,
    }
}

/// The language of one paragraph when it is plainly not `article`'s, else `None`.
///
/// Meant to be called for each paragraph of a page: it looks at the script and at small words
/// only, and stays silent on anything short or mixed. What stands in quotation marks says little:
/// whoever quotes does so in a language of their own, and that is the paragraph's. Of a paragraph,
/// [`foreign_sample_suffices`] tells how much is enough.
pub fn detect_foreign(paragraph: &str, article: &Lang) -> Option<Lang> {
    let head = head(paragraph, FOREIGN_SAMPLE);
    if !head.contains(QUOTING) {
        return foreign(head, article);
    }
    let frame = frame(self::head(paragraph, FOREIGN_FRAME));
    if !frame.contains(char::is_alphabetic) {
        return foreign(head, article);
    }
    let frame = self::head(&frame, FOREIGN_SAMPLE);
    if let Some(found) = foreign(frame, article) {
        return Some(found);
    }
    let words = SmallWords::count(frame);
    let is_own = match article {
        Lang::Fr => words.french > 0,
        Lang::En => words.english > 0,
        Lang::Ar | Lang::Other(_) => true,
    };
    // « … », répond Paul. Whoever sets guillemets around English writes French.
    foreign(head, article).filter(|found| !is_own && (*found == Lang::Fr || !head.contains('«')))
}

/// The language of a paragraph: what is declared of it, else its own where it is plainly another than the article’s, else the
/// article’s. All that goes by the language of a paragraph asks here.
pub fn language_of(paragraph: &str, declared: Option<&Lang>, article: &Lang) -> Lang {
    declared
        .cloned()
        .or_else(|| detect_foreign(paragraph, article))
        .unwrap_or_else(|| article.clone())
}

/// Whether the head of a paragraph is enough for [`detect_foreign`]; with more it answers the same.
pub fn foreign_sample_suffices(head: &str) -> bool {
    head.len() >= FOREIGN_FRAME || head.len() >= FOREIGN_SAMPLE && !self::head(head, FOREIGN_SAMPLE).contains(QUOTING)
}

/// In bytes.
const FOREIGN_SAMPLE: usize = 160;
/// Where something is quoted, the frame is looked for in so many bytes.
const FOREIGN_FRAME: usize = 2_000;

const QUOTING: [char; 4] = ['«', '“', '„', '"'];

/// The beginning of a text, of so many bytes at most.
pub fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

fn foreign(sample: &str, article: &Lang) -> Option<Lang> {
    let found = match by_script(sample) {
        Script::Arabic if !article.is_rtl() => return Some(Lang::Ar),
        // Where the article's own small words are, no others can be three times as many in so short a sample.
        Script::Latin if sample.len() >= 30 => SmallWords::count_until(sample, |tally| match article {
            Lang::Fr => tally.french >= 4,
            Lang::En => tally.english >= 4,
            _ => false,
        })
        .verdict(3),
        _ => None,
    }?;
    (found != *article).then_some(found)
}

/// What stands outside of quotation marks. A quotation that does not end goes on to the end; `"` that is never closed is
/// a sign of inches.
fn frame(text: &str) -> String {
    let mut frame = String::new();
    let (mut from, mut depth) = (0, 0usize);
    let mut open: Option<(char, usize)> = None;
    for (at, mark) in text.char_indices() {
        match open {
            None if QUOTING.contains(&mark) => {
                frame.push_str(text.get(from..at).unwrap_or_default());
                frame.push(' ');
                open = Some((mark, at));
            }
            Some(('«', _)) if mark == '«' => depth += 1,
            Some(('«', _)) if mark == '»' && depth > 0 => depth -= 1,
            Some((opening, _)) if closes(opening, mark) => {
                from = at + mark.len_utf8();
                open = None;
            }
            _ => {}
        }
    }
    match open {
        None => frame.push_str(text.get(from..).unwrap_or_default()),
        Some(('"', at)) => frame.push_str(text.get(at..).unwrap_or_default()),
        Some(_) => {}
    }
    frame
}

fn closes(opening: char, mark: char) -> bool {
    matches!((opening, mark), ('«', '»') | ('“', '”') | ('„', '“' | '”') | ('"', '"'))
}

const SAMPLE_CHARACTERS: usize = 1_000;

static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(vec![whatlang::Lang::Fra, whatlang::Lang::Eng, whatlang::Lang::Ara]));

enum Script {
    Arabic,
    Latin,
    Other,
}

fn by_script(sample: &str) -> Script {
    // ASCII, the letters of Western Europe (UTF-8 begins them with C3 to C9), and typographers' marks (E2).
    if sample.bytes().all(|byte| (byte < 0xCA) | (byte == 0xE2))
        && sample.bytes().any(|byte| byte.is_ascii_alphabetic())
    {
        return Script::Latin;
    }
    let mut latin = sample.bytes().filter(u8::is_ascii_alphabetic).count();
    let (mut arabic, mut other) = (0usize, 0usize);
    for character in sample.chars().filter(|character| !character.is_ascii()) {
        match character {
            '\u{C0}'..='\u{24F}' => latin += 1,
            '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' | '\u{FB50}'..='\u{FEFC}' => arabic += 1,
            character if character.is_alphabetic() => other += 1,
            _ => {}
        }
    }
    if arabic > latin && arabic > other && arabic >= 3 {
        Script::Arabic
    } else if latin > arabic && latin > other {
        Script::Latin
    } else {
        Script::Other
    }
}

/// No word of six letters or fewer is this number.
const TOO_LONG: u64 = u64::MAX;

const FRENCH: [&str; 45] = [
    "le", "la", "les", "des", "du", "un", "une", "et", "est", "que", "qui", "dans", "pour", "pas", "sur", "au", "aux",
    "ce", "cette", "ces", "il", "elle", "ils", "nous", "vous", "ne", "se", "son", "sa", "ses", "par", "avec", "ont",
    "sont", "mais", "ou", "de", "l", "d", "qu", "c", "n", "leur", "plus", "comme",
];

const ENGLISH: [&str; 34] = [
    "the", "of", "and", "to", "is", "that", "it", "for", "was", "with", "as", "be", "by", "are", "this", "from", "or",
    "have", "has", "not", "but", "they", "we", "you", "will", "which", "their", "an", "at", "its", "in", "were",
    "been", "would",
];

/// The small words, each where its number leads it: the number of the word above, 1 for French or 2 for English in the
/// last byte. A place that is taken leads on to the next; most are free.
static SMALL_WORDS: [u64; 256] = enter(&ENGLISH, 2, enter(&FRENCH, 1, [0; 256]));

const fn enter(words: &[&str], lang: u64, mut table: [u64; 256]) -> [u64; 256] {
    let mut index = 0;
    while index < words.len() {
        let bytes = words[index].as_bytes();
        let (mut number, mut at) = (0u64, 0);
        while at < bytes.len() {
            number = number << 8 | bytes[at] as u64;
            at += 1;
        }
        let mut place = place_of(number);
        while table[place] != 0 {
            place = (place + 1) % 256;
        }
        table[place] = number << 8 | lang;
        index += 1;
    }
    table
}

/// The multiplier of Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4): neighbours go far apart.
const fn place_of(number: u64) -> usize {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize
}

/// Whether a character that is no letter of ASCII is a letter, told at once for those of our own languages.
fn is_letter(character: char) -> bool {
    match character {
        '\0'..='\u{7F}' | '\u{2000}'..='\u{206F}' => false,
        '\u{C0}'..='\u{24F}' => !matches!(character, '×' | '÷'),
        _ => character.is_alphabetic(),
    }
}

#[derive(Default)]
struct SmallWords {
    french: u32,
    english: u32,
}

impl SmallWords {
    fn count(sample: &str) -> SmallWords {
        Self::count_until(sample, |_| false)
    }

    /// Counts until it is enough.
    fn count_until(sample: &str, enough: impl Fn(&SmallWords) -> bool) -> SmallWords {
        let mut tally = SmallWords::default();
        let mut word = 0u64;
        for character in sample.chars() {
            if character.is_ascii_alphabetic() {
                // A word too long for the number is no small word, whatever is left of it.
                word = if word >> 48 == 0 {
                    word << 8 | u64::from(u32::from(character.to_ascii_lowercase()))
                } else {
                    TOO_LONG
                };
            } else if is_letter(character) {
                // None of the small words has such a letter.
                word = TOO_LONG;
            } else {
                tally.add(word);
                word = 0;
                if enough(&tally) {
                    return tally;
                }
            }
        }
        tally.add(word);
        tally
    }

    fn add(&mut self, word: u64) {
        if word == 0 || word == TOO_LONG {
            return;
        }
        let mut place = place_of(word);
        while let Some(&entry) = SMALL_WORDS.get(place).filter(|entry| **entry != 0) {
            if entry >> 8 == word {
                match entry & 0xff {
                    1 => self.french += 1,
                    _ => self.english += 1,
                }
                return;
            }
            place = (place + 1) % SMALL_WORDS.len();
        }
    }

    /// The language with at least `least` small words and three times the other's.
    fn verdict(&self, least: u32) -> Option<Lang> {
        if self.french >= least && self.french > self.english * 3 {
            Some(Lang::Fr)
        } else if self.english >= least && self.english > self.french * 3 {
            Some(Lang::En)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_in_every_usual_form() {
        assert_eq!(Lang::from_tag("fr-FR"), Lang::Fr);
        assert_eq!(Lang::from_tag("en_GB.UTF-8"), Lang::En);
        assert_eq!(Lang::from_tag("Français"), Lang::Fr);
        assert_eq!(Lang::from_tag("ar"), Lang::Ar);
        assert_eq!(Lang::from_tag("pt-BR"), Lang::Other("pt-br".into()));
        assert_eq!(Lang::from_tag("\"><script>"), Lang::Other("und".into()));
        assert!(Lang::from_tag("he").is_rtl());
    }

    #[test]
    fn the_three_languages_are_told_apart() {
        let french = "Le conseil a voté hier une motion que les élus attendaient depuis longtemps.";
        let english = "The council voted yesterday for a motion that its members had awaited.";
        let arabic = "صوّت المجلس أمس على قرار طال انتظاره.";
        assert_eq!(detect(french), Some(Lang::Fr));
        assert_eq!(detect(english), Some(Lang::En));
        assert_eq!(detect(arabic), Some(Lang::Ar));
        assert_eq!(detect("OK"), None);
        assert_eq!(detect(""), None);
        assert_eq!(detect("2024 — 12 %"), None);
    }

    #[test]
    fn a_foreign_paragraph_is_told_and_a_native_one_is_not() {
        let french = "Le conseil a voté hier une motion que les élus attendaient.";
        assert_eq!(detect_foreign(french, &Lang::En), Some(Lang::Fr));
        assert_eq!(detect_foreign(french, &Lang::Fr), None);
        assert_eq!(detect_foreign("Rust 1.0", &Lang::Fr), None);
        assert_eq!(detect_foreign("صوّت المجلس", &Lang::Fr), Some(Lang::Ar));
    }

    #[test]
    fn the_frame_of_a_quotation_decides() {
        let long = "It is not for the king to say what the law is, but for the people and their judges, and that was \
                    the end of it for all of them, as it has been from the beginning to this day.";
        for (paragraph, article, found) in [
            (format!("« {long} », a répondu le ministre : vrai ?"), Lang::Fr, None),
            (format!("« {long} », répond Paul."), Lang::Fr, None),
            (format!("« {long} »"), Lang::Fr, Some(Lang::En)),
            (format!("“{long}”"), Lang::Fr, Some(Lang::En)),
            (format!("“{long}” said Paul."), Lang::Fr, Some(Lang::En)),
            (
                format!("“{long}” This is what he said to the people of the town."),
                Lang::Fr,
                Some(Lang::En),
            ),
            (
                "“Le conseil a voté hier une motion que les élus attendaient”, he said, and left for the day.".into(),
                Lang::En,
                None,
            ),
            (
                "Un écran de 5\" pour le prix de deux, et c’est tout ce que l’on sait de la chose.".into(),
                Lang::En,
                Some(Lang::Fr),
            ),
            ("« صوّت المجلس », a dit le ministre hier.".into(), Lang::Fr, None),
        ] {
            assert_eq!(detect_foreign(&paragraph, &article), found, "{paragraph}");
        }
        let quoting = format!("« {long} »");
        assert!(!foreign_sample_suffices(head(&quoting, 170)) && foreign_sample_suffices(&long.repeat(2)));
    }
}
