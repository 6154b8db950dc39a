//! Passages in a language that nothing here knows, and that are taken for French or English because it is the nearest:
//! rules of the one would find slips in every line of the other.

use edito_prose::Lang;

use crate::tokens::Token;

/// Small words of each language that neither French nor English has.
const ELSEWHERE: [&[&str]; 5] = [
    // Spanish
    &[
        "el", "los", "las", "del", "por", "con", "y", "una", "como", "pero", "más", "sus", "su", "lo", "ha", "al",
        "cuando", "desde", "también", "fue", "muy", "esta", "este", "ese", "ellos",
    ],
    // Portuguese
    &[
        "o", "os", "da", "dos", "das", "em", "na", "não", "uma", "com", "mais", "pelo", "pela", "ao", "foi", "também",
        "são", "seu", "sua",
    ],
    // Italian
    &[
        "il", "lo", "gli", "di", "che", "per", "della", "delle", "dei", "nel", "nella", "con", "non", "una", "sono",
        "anche", "più", "è", "del", "alla",
    ],
    // German
    &[
        "der", "das", "und", "ist", "nicht", "mit", "ein", "eine", "den", "dem", "zu", "von", "auf", "für", "sich",
        "auch", "wird", "wurde", "bei",
    ],
    // Dutch
    &[
        "het", "een", "niet", "zijn", "voor", "ook", "aan", "naar", "bij", "wordt", "deze",
    ],
];

/// Small words of French and of English.
const FRENCH: &[&str] = &[
    "le", "les", "l'", "d'", "du", "des", "au", "aux", "et", "est", "dans", "pour", "par", "sur", "avec", "qui", "qu'",
    "ne", "n'", "pas", "il", "elle", "ils", "elles", "on", "une", "un", "ce", "c'", "cette", "ces", "son", "sont",
    "où", "à", "été", "plus", "mais", "nous", "vous", "je", "j'", "leur", "comme", "sans", "tout", "s'", "y",
];
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "is", "that", "it", "was", "for", "on", "with", "as", "be", "at", "by", "this",
    "are", "from", "or", "an", "have", "not", "but", "they", "which", "you", "we", "his", "her", "has", "will",
];

/// Whether a passage is in none of the languages that rules are for: it has three small words of another and more of them
/// than of its own, or two and none of its own.
pub(super) fn is_elsewhere(tokens: &[Token<'_>], lang: &Lang) -> bool {
    let own = match lang {
        Lang::Fr => FRENCH,
        Lang::En => ENGLISH,
        _ => return false,
    };
    let count = |words: &[&str]| {
        tokens
            .iter()
            .filter(|token| words.contains(&token.key.as_ref()))
            .count()
    };
    let own = count(own);
    ELSEWHERE.iter().any(|words| {
        let there = count(words);
        there >= 3 && there > own || there >= 2 && own == 0
    })
}
