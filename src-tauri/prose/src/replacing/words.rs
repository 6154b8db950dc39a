//! Words as an expression that finds them in their other spellings as well.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The source of an expression that finds words, blind to what is asked, and to whether an accent is a part of its letter
/// or stands behind it.
pub(super) fn source_of(words: &str, any_accents: bool, any_typography: bool) -> String {
    let mut source = String::with_capacity(words.len() * 2);
    if words.is_ascii() && !any_accents && !any_typography {
        return regex::escape(words);
    }
    let letters: Vec<char> = words.nfc().collect();
    // What is written as neither form, such as the sign of the ångström, is found as it is, too.
    let is_own = !words.chars().eq(letters.iter().copied()) && !words.chars().eq(words.nfd());
    if is_own {
        source.push_str(&format!("(?:{}|", regex::escape(words)));
    }
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        at += 1;
        let next = letters.get(at).map(|next| next.to_ascii_lowercase());
        if any_typography && let Some(same) = ALIKE.iter().find(|same| same.contains(letter)) {
            source.push('[');
            source.push_str(&regex::escape(same));
            source.push(']');
            if same.contains(' ') {
                source.push('+');
            }
        } else if any_accents
            && let Some((joined, pair)) = LIGATURES.iter().find(|(joined, pair)| {
                letter.to_lowercase().eq(joined.to_lowercase())
                    || [Some(letter.to_ascii_lowercase()), next] == pair.map(Some)
            })
        {
            if !letter.to_lowercase().eq(joined.to_lowercase()) {
                at += 1;
            }
            let [first, second] = pair;
            if letter.is_uppercase() {
                let (first, second) = (first.to_ascii_uppercase(), second.to_ascii_uppercase());
                let lower = second.to_ascii_lowercase();
                let joined = joined.to_uppercase();
                source.push_str(&format!("(?:{first}{second}|{first}{lower}|{joined})"));
            } else {
                source.push_str(&format!("(?:{first}{second}|{joined})"));
            }
        } else if any_accents && let Some(base) = base_of(letter) {
            let forms = FORMS.get(&base).map_or("", String::as_str);
            source.push_str(&format!("[{base}{forms}]\\p{{M}}*"));
        } else {
            let mut buffer = [0; 4];
            let written = regex::escape(letter.encode_utf8(&mut buffer));
            let parts: String = std::iter::once(letter).nfd().collect();
            if parts.chars().eq([letter]) {
                source.push_str(&written);
            } else {
                source.push_str(&format!("(?:{written}|{})", regex::escape(&parts)));
            }
        }
    }
    if is_own {
        source.push(')');
    }
    source
}

/// Signs that stand for one another: apostrophes, hyphens, spaces.
const ALIKE: [&str; 3] = ["'’ʼ‘", "-\u{2010}\u{2011}", " \u{a0}\u{202f}"];

const LIGATURES: [(char, [char; 2]); 2] = [('œ', ['o', 'e']), ('æ', ['a', 'e'])];

/// The accented letters of Latin by their letter without accent.
static FORMS: LazyLock<HashMap<char, String>> = LazyLock::new(|| {
    let mut forms: HashMap<char, String> = HashMap::new();
    for letter in ('\u{c0}'..'\u{250}').filter(|letter| letter.is_alphabetic()) {
        if let Some(base) = base_of(letter) {
            forms.entry(base).or_default().push(letter);
        }
    }
    forms
});

/// The letter of ASCII under an accented one; itself for one without.
fn base_of(letter: char) -> Option<char> {
    let mut bare = std::iter::once(letter).nfd().filter(|it| !is_combining_mark(*it));
    let base = bare.next()?;
    (base.is_ascii_alphabetic() && bare.next().is_none()).then_some(base)
}
