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
/// only, and stays silent on anything short or mixed.
pub fn detect_foreign(paragraph: &str, article: &Lang) -> Option<Lang> {
    let mut end = paragraph.len().min(160);
    while !paragraph.is_char_boundary(end) {
        end -= 1;
    }
    let sample = paragraph.get(..end).unwrap_or(paragraph);
    let found = match by_script(sample) {
        Script::Arabic if !article.is_rtl() => return Some(Lang::Ar),
        Script::Latin if sample.len() >= 30 => SmallWords::count(sample).verdict(3),
        _ => None,
    }?;
    (found != *article).then_some(found)
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
    if sample.is_ascii() {
        let latin = sample.bytes().any(|byte| byte.is_ascii_alphabetic());
        return if latin { Script::Latin } else { Script::Other };
    }
    let (mut arabic, mut latin, mut other) = (0usize, 0usize, 0usize);
    for character in sample.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => latin += 1,
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

#[derive(Default)]
struct SmallWords {
    french: u32,
    english: u32,
}

impl SmallWords {
    fn count(sample: &str) -> SmallWords {
        let mut tally = SmallWords::default();
        for word in sample.split(|character: char| !character.is_alphabetic()) {
            if word.is_empty() || word.len() > 6 {
                continue;
            }
            let mut lower = [0u8; 6];
            let Some(lower) = lower.get_mut(..word.len()) else {
                continue;
            };
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            match &*lower {
                b"le" | b"la" | b"les" | b"des" | b"du" | b"un" | b"une" | b"et" | b"est" | b"que" | b"qui"
                | b"dans" | b"pour" | b"pas" | b"sur" | b"au" | b"aux" | b"ce" | b"cette" | b"ces" | b"il"
                | b"elle" | b"ils" | b"nous" | b"vous" | b"ne" | b"se" | b"son" | b"sa" | b"ses" | b"par" | b"avec"
                | b"ont" | b"sont" | b"mais" | b"ou" | b"de" | b"l" | b"d" | b"qu" | b"c" | b"n" | b"leur"
                | b"plus" | b"comme" => {
                    tally.french += 1;
                }
                b"the" | b"of" | b"and" | b"to" | b"is" | b"that" | b"it" | b"for" | b"was" | b"with" | b"as"
                | b"be" | b"by" | b"are" | b"this" | b"from" | b"or" | b"have" | b"has" | b"not" | b"but" | b"they"
                | b"we" | b"you" | b"will" | b"which" | b"their" | b"an" | b"at" | b"its" | b"in" | b"were"
                | b"been" | b"would" => {
                    tally.english += 1;
                }
                _ => {}
            }
        }
        tally
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
}
