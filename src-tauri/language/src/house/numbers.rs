//! Numbers in words or figures, as the desk has it.

use edito_prose::Lang;
use edito_prose::date::month_named;

use super::{Hit, Numbers, Percent, Read};
use crate::tokens::{Kind, Token, begins};

/// Adds the numbers of a text that are written otherwise. Only what plainly counts things is said to be a number that is
/// spelt out: a word in small letters follows that is no unit, no month and no word of time, and what stands before names
/// nothing (« page 3 », « Apollo 3 », « France 3 », « le groupe 2 »), opens nothing and joins nothing.
pub(super) fn hits(read: &Read<'_>, numbers: &Numbers, found: &mut Vec<Hit>) {
    let Some(words) = words(read.lang) else { return };
    for (at, token) in read.tokens.iter().enumerate() {
        if token.kind != Kind::Number {
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| read.tokens.get(before));
        let after = read.tokens.get(at + 1);
        if let Some(percent) = numbers.percent
            && let Some(hit) = percentage(read, at, percent)
        {
            found.push(hit);
            continue;
        }
        // « 14 h 05 » is no five.
        let value: Option<usize> = (token.text.len() <= 2 && !token.text.starts_with('0'))
            .then(|| token.text.parse().ok())
            .flatten();
        let Some(value) =
            value.filter(|value| *value > 0 && *value < usize::try_from(numbers.spell_out_below).unwrap_or(0))
        else {
            continue;
        };
        let (Some(after), Some(word)) = (after, words.get(value)) else {
            continue;
        };
        let counts = after.is_word() && after.spaced && !after.is_capitalised() && after.text.chars().count() > 2;
        let keeps = |token: &Token<'_>| {
            KEEPS.contains(&token.key.as_ref())
                || month_named(&token.key).is_some()
                || numbers.except.iter().any(|word| word.to_lowercase() == token.key)
        };
        let joins = |key: &str| {
            matches!(
                key,
                "à" | "et" | "ou" | "to" | "and" | "or" | "sur" | "contre" | "de" | "of"
            )
        };
        let among = |place: Option<usize>| {
            place
                .and_then(|place| read.tokens.get(place))
                .is_some_and(|token| token.kind == Kind::Number)
        };
        // « de 3 à 12 », « 3 sur 20 »: numbers that stand together are written alike.
        let ranges = before.is_some_and(|before| joins(&before.key)) && among(at.checked_sub(2))
            || joins(&after.key) && among(Some(at + 2));
        // « 7 jours sur 7 », « 1 homme sur 5 »: so are the parts of a ratio.
        let ratio = is_ratio(read, at);
        let names = before.is_some_and(|before| {
            keeps(before)
                || before.kind == Kind::Object
                || before.kind == Kind::Mark && !",;:.!?…»”)«“—–".contains(before.text)
                || before.is_capitalised() && (!begins(&read.tokens, at - 1) || !has(OPENING, &before.key))
                || has(NUMBERED, &before.key)
                || is_named(read, at)
        });
        // A number at the head of a paragraph may be that of a list or a scene.
        if !counts || keeps(after) || ranges || ratio || names || at == 0 {
            continue;
        }
        let fixes: Vec<String> = word
            .split('|')
            .map(|word| {
                if begins(&read.tokens, at) {
                    let mut letters = word.chars();
                    letters
                        .next()
                        .into_iter()
                        .flat_map(char::to_uppercase)
                        .chain(letters)
                        .collect()
                } else {
                    word.to_owned()
                }
            })
            .collect();
        found.push(Hit {
            start: token.start,
            end: token.end,
            rule: "house-number",
            fixes,
            note: None,
        });
    }
}

/// Whether a number and another one, with what is counted between them, are said in proportion to each other: « 1 jeune homme
/// sur 5 », “9 out of 10 doctors”, “1 child in 5”.
fn is_ratio(read: &Read<'_>, at: usize) -> bool {
    let number = |at: usize| read.tokens.get(at).is_some_and(|token| token.kind == Kind::Number);
    let key = |at: usize| read.tokens.get(at).map_or("", |token| token.key.as_ref());
    let joined = |first: usize, last: usize| {
        let of = key(last - 1) == "of" && matches!(key(last.saturating_sub(2)), "out");
        let between = if of { first + 1..last - 2 } else { first + 1..last - 1 };
        let joins = match read.lang {
            Lang::Fr => key(last - 1) == "sur",
            _ => of || key(last - 1) == "in" && read.tokens.get(first).is_some_and(|token| token.text == "1"),
        };
        joins
            && number(first)
            && number(last)
            && between.len() <= 3
            && between
                .into_iter()
                .all(|at| read.tokens.get(at).is_some_and(Token::is_word))
    };
    (at + 2..at + 7).any(|last| joined(at, last))
        || (at.saturating_sub(6)..at.saturating_sub(1)).any(|first| joined(first, at))
}

/// Whether the number stands behind a noun with its article, whose name it is part of: « le groupe 2 », “the second group
/// 3 votes”. What counts stands before its noun.
fn is_named(read: &Read<'_>, at: usize) -> bool {
    let key = |back: usize| {
        at.checked_sub(back)
            .and_then(|at| read.tokens.get(at))
            .filter(|token| token.is_word())
            .map(|token| token.key.as_ref())
    };
    let (Some(noun), Some(article)) = (key(1), key(2)) else {
        return false;
    };
    has(ARTICLES, article) && !has(COUNTED, noun)
}

fn has(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|one| one == word)
}

/// Articles of one thing.
const ARTICLES: &str =
    "le la l' un une du au ce cet cette son sa mon ma notre votre leur chaque the a an this that its";
/// What may stand between an article and a number that counts.
const COUNTED: &str =
    "first last next past other previous remaining final only same usual mere full whole best biggest";
/// With one of these a sentence begins before a number that counts; any other word with a capital may be a name.
const OPENING: &str = "à après au aux avant avec ces cette chaque chez comme contre dans de depuis des derrière devant dès en \
    encore entre environ et grâce hors il ils elle elles on nous vous ils jusqu'à les leurs mais malgré mes moins ni nos or ou \
    où parmi par pendant plus pour près presque puis quand quelque quelques sans sauf selon seuls seules ses si sous sur tes \
    tous toutes vers voici voilà vos \
    about after all almost among and another around at before but by during every following for from he her his i in just \
    like my nearly of on only or our over she some than the their these they those though to under until we when while \
    with within you your";
/// Nouns that things are numbered by.
const NUMBERED: &str = "acte alinéa amendement annexe appartement arrêté axe bâtiment bloc bureau canal catégorie chaîne chambre \
    chapitre classe code colonne division document échelon épisode étage étape exemple exercice facteur formule groupe indice \
    jour leçon ligue lot manche match module niveau option opus paragraphe partie phase pièce piste place pôle porte poule \
    question rang réacteur règle résolution route saison salle scénario série set stade strophe studio terminal tranche top \
    tour type unité verset zone \
    agent amendment appendix book building category channel class day division episode exhibit floor gate grade group item \
    league level lot match part phase question region round rule season series stage step studio terminal tier type unit \
    week zone";

fn percentage(read: &Read<'_>, at: usize, percent: Percent) -> Option<Hit> {
    let number = read.tokens.get(at)?;
    let one = read.tokens.get(at + 1)?;
    let hit = |start: usize, end: usize, fix: &str| {
        Some(Hit {
            start,
            end,
            rule: "house-number",
            fixes: vec![fix.to_owned()],
            note: None,
        })
    };
    match percent {
        Percent::Sign => {
            let two = read.tokens.get(at + 2);
            let words = two.map_or("", |two| two.key.as_ref());
            let end = match one.key.as_ref() {
                "percent" => one.end,
                "pour" | "per" if words == "cent" => two?.end,
                _ => return None,
            };
            let sign = if *read.lang == Lang::Fr { "\u{a0}%" } else { "%" };
            hit(number.end, end, sign)
        }
        // The cell of a table has room for a sign.
        Percent::Words if one.text == "%" && read.tokens.len() > 3 => {
            let words = if *read.lang == Lang::Fr {
                " pour cent"
            } else {
                " percent"
            };
            hit(number.end, one.end, words)
        }
        Percent::Words => None,
    }
}

/// The largest number that has a word here, and one more.
pub(super) fn words(lang: &Lang) -> Option<&'static [&'static str]> {
    const FRENCH: [&str; 17] = [
        "zéro", "un|une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
        "treize", "quatorze", "quinze", "seize",
    ];
    const ENGLISH: [&str; 17] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen",
    ];
    match lang {
        Lang::Fr => Some(&FRENCH),
        Lang::En => Some(&ENGLISH),
        _ => None,
    }
}

/// Units, what is said of time and age, and what has a number for a name.
const KEEPS: [&str; 125] = [
    "h",
    "%",
    "€",
    "$",
    "£",
    "km",
    "kg",
    "cm",
    "mm",
    "ha",
    "mg",
    "ml",
    "cl",
    "kwh",
    "mwh",
    "gwh",
    "mw",
    "gw",
    "kw",
    "go",
    "mo",
    "ko",
    "gb",
    "mb",
    "kb",
    "min",
    "sec",
    "euros",
    "euro",
    "dollars",
    "dollar",
    "francs",
    "pounds",
    "livres",
    "mètres",
    "mètre",
    "metres",
    "meters",
    "kilomètres",
    "kilomètre",
    "kilometres",
    "kilometers",
    "miles",
    "mile",
    "feet",
    "inches",
    "centimètres",
    "hectares",
    "hectare",
    "tonnes",
    "tonne",
    "tons",
    "kilos",
    "kilo",
    "grammes",
    "litres",
    "litre",
    "degrés",
    "degré",
    "degrees",
    "points",
    "point",
    "pour",
    "percent",
    "per",
    "millions",
    "million",
    "milliards",
    "milliard",
    "billion",
    "billions",
    "mille",
    "thousand",
    "heures",
    "heure",
    "hours",
    "hour",
    "minutes",
    "minute",
    "secondes",
    "seconds",
    "o'clock",
    "a.m",
    "p.m",
    "ans",
    "an",
    "years",
    "year",
    "mois",
    "months",
    "page",
    "pages",
    "p",
    "pp",
    "chapitre",
    "chapter",
    "article",
    "articles",
    "art",
    "no",
    "n",
    "numéro",
    "number",
    "tome",
    "volume",
    "vol",
    "figure",
    "fig",
    "tableau",
    "table",
    "annexe",
    "acte",
    "scène",
    "act",
    "scene",
    "section",
    "ligne",
    "line",
    "titre",
    "version",
    "note",
    "notes",
    "voie",
    "quai",
    "platform",
];
