//! Words that are made of others: elided, compound, with a prefix.

use edito_prose::Lang;
use unicode_normalization::UnicodeNormalization;

/// Whether a word is right because its parts are. `has` tells it of a part.
pub(super) fn is_made_of(word: &str, lang: &Lang, has: &dyn Fn(&str) -> bool) -> bool {
    match lang {
        Lang::Fr => french(word, has),
        Lang::En => english(word, has),
        _ => false,
    }
}

/// What is elided before a word, with its apostrophe: `l'`, `qu'`; empty without one. Apostrophes are `'`.
pub(super) fn elided(word: &str) -> &str {
    let Some(end) = word.find('\'') else { return "" };
    let head = word.get(..end).unwrap_or_default().to_lowercase();
    if ELIDED.contains(&head.as_str()) {
        word.get(..=end).unwrap_or_default()
    } else {
        ""
    }
}

const ELIDED: &[&str] = &[
    "l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu", "entr",
    "ç",
];

/// How a word reads that was written without the apostrophe behind what is elided: `lorsquil`.
pub(super) fn with_apostrophe(word: &str) -> impl Iterator<Item = String> {
    ELIDED.iter().filter_map(move |head| {
        let rest = word.to_lowercase().strip_prefix(head)?.to_owned();
        let first = rest.chars().next()?;
        (rest.chars().count() > 1 && "aàâeéèêëiîïoôuùûyhœ".contains(first)).then(|| format!("{head}'{rest}"))
    })
}

/// What may follow a verb behind a hyphen.
const BEHIND_VERBS: &[&str] = &[
    "-t-il", "-t-elle", "-t-on", "-t-ils", "-t-elles", "-il", "-elle", "-on", "-ils", "-elles", "-je", "-tu", "-nous",
    "-vous", "-ce", "-le", "-la", "-les", "-lui", "-leur", "-moi", "-toi", "-y", "-en", "-là", "-ci", "-même",
    "-mêmes", "-m'en", "-t'en", "-vous-en", "-nous-en",
];

/// What stands before a word and changes no letter of it, in both languages.
const PREFIXES: &[&str] = &[
    "anti", "auto", "bio", "co", "contre", "cyber", "éco", "euro", "ex", "extra", "franco", "géo", "hyper", "infra",
    "inter", "intra", "macro", "méga", "méta", "micro", "mini", "mono", "multi", "narco", "néo", "neuro", "non",
    "para", "petro", "pétro", "poly", "post", "pré", "pro", "proto", "pseudo", "psycho", "quasi", "radio", "semi",
    "socio", "sous", "sub", "super", "sur", "techno", "télé", "théo", "trans", "ultra", "vice", "eco", "geo", "mega",
    "meta", "neo", "over", "pre", "tele", "un", "under",
];
/// Those that grow together with a word so freely that no dictionary has all of them.
const GROWN: &[&str] = &[
    "anti", "auto", "bio", "cyber", "éco", "euro", "géo", "hyper", "inter", "macro", "méga", "méta", "micro", "mini",
    "multi", "narco", "néo", "neuro", "non", "post", "proto", "pseudo", "socio", "super", "techno", "trans", "ultra",
    "eco", "geo", "mega", "meta", "neo",
];

/// Of those, what French writes with an accent.
const UNACCENTED: &[&str] = &["eco", "geo", "mega", "meta", "neo"];

fn french(word: &str, has: &dyn Fn(&str) -> bool) -> bool {
    let elision = elided(word);
    if !elision.is_empty() {
        let rest = word.get(elision.len()..).unwrap_or_default();
        return has(rest) || french(rest, has);
    }
    // A verb in front: « donne-t-il », « vas-y ».
    for behind in BEHIND_VERBS {
        if let Some(verb) = word.strip_suffix(behind)
            && has(verb)
        {
            return true;
        }
    }
    compound(word, has) || grown(word, has) && !UNACCENTED.iter().any(|prefix| word.to_lowercase().starts_with(prefix))
}

fn english(word: &str, has: &dyn Fn(&str) -> bool) -> bool {
    let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix('\''));
    if let Some(owner) = owner {
        return has(owner) || english(owner, has);
    }
    // « café », “naïve”: the dictionaries have them without.
    let bare = bare(word);
    (bare != word && has(&bare))
        || compound(word, has)
        || grown(word, has)
        || before_english(word, has)
        || of_verb(word, has)
}

/// What a verb in -ise or -ize makes: “stabilizations”, “sanitisation”.
fn of_verb(word: &str, has: &dyn Fn(&str) -> bool) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    let stem = one.strip_suffix("ation");
    stem.is_some_and(|stem| (stem.ends_with("is") || stem.ends_with("iz")) && has(&format!("{stem}e")))
}

/// What English puts before nearly any word.
fn before_english(word: &str, has: &dyn Fn(&str) -> bool) -> bool {
    let small = word.to_lowercase();
    let before = |prefix: &str, least: usize| {
        let rest = small.strip_prefix(prefix);
        rest.is_some_and(|rest| rest.chars().count() >= least && has(rest))
    };
    before("sub", 4)
        || ["un", "re", "over", "out", "under", "pre", "mis", "de"]
            .iter()
            .any(|prefix| before(prefix, 6))
}

/// A word without its accents.
fn bare(word: &str) -> String {
    word.nfd()
        .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
        .collect()
}

/// Parts with hyphens between them, each a word, or a prefix where another part follows.
fn compound(word: &str, has: &dyn Fn(&str) -> bool) -> bool {
    if !word.contains('-') {
        return false;
    }
    let mut parts = word.split('-').peekable();
    while let Some(part) = parts.next() {
        let small = part.to_lowercase();
        let last = parts.peek().is_none();
        let joins = !last && (PREFIXES.contains(&small.as_str()) || small.len() > 3 && small.ends_with('o'));
        let elision = elided(part);
        let right = joins
            || part.chars().count() == 1
            || has(part)
            || !elision.is_empty() && has(part.get(elision.len()..).unwrap_or_default());
        if !right {
            return false;
        }
    }
    true
}

fn grown(word: &str, has: &dyn Fn(&str) -> bool) -> bool {
    let small = word.to_lowercase();
    GROWN.iter().any(|prefix| {
        small
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.chars().count() > 4 && has(rest))
    })
}
