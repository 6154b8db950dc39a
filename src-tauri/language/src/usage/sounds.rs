//! What rules know of words by how they sound and are written, where no list is closed.

use crate::tokens::{Kind, Token};

/// A property of a token.
pub(super) type Known = fn(&Token<'_>) -> bool;

/// The property of a name that patterns use behind an `@`.
pub(super) fn known(name: &str) -> Option<Known> {
    Some(match name {
        "word" => |token| token.is_word(),
        "lower" => |token| token.is_word() && !token.is_capitalised(),
        "capital" => |token| token.is_word() && token.is_capitalised(),
        "number" => |token| token.kind == Kind::Number,
        "mark" => |token| token.kind == Kind::Mark,
        "elides" => elides,
        "vowel-sound" => vowel_sound,
        "consonant-sound" => consonant_sound,
        _ => return None,
    })
}

/// A French word before which « le » becomes « l’ ». Only what is sure: in lower case, for names and letters of the
/// alphabet go by how they are said.
fn elides(token: &Token<'_>) -> bool {
    if !is_plain(token) {
        return false;
    }
    let word = token.key.as_ref();
    let Some(first) = word.chars().next() else { return false };
    // What ends like no French word is the name of a thing.
    let ends = word.ends_with(['b', 'j', 'k', 'q', 'v', 'w', 'y']) || word.ends_with("nf");
    if ends || !word.chars().all(char::is_alphabetic) {
        return false;
    }
    match first {
        'h' => MUTE_H.iter().any(|head| word.starts_with(head)),
        'y' | 'w' => false,
        'a' | 'à' | 'â' | 'e' | 'é' | 'è' | 'ê' | 'i' | 'î' | 'o' | 'ô' | 'œ' | 'u' | 'æ' => {
            !NOT_ELIDED.contains(&word) && !NOT_ELIDED_HEADS.iter().any(|head| word.starts_with(head))
        }
        _ => false,
    }
}

/// An English word in front of which « a » becomes « an ».
fn vowel_sound(token: &Token<'_>) -> bool {
    if !is_plain(token) {
        return false;
    }
    let word = token.key.as_ref();
    match word.chars().next() {
        Some('a' | 'i') => true,
        Some('o') => !["once", "one", "ouija", "oui"]
            .iter()
            .any(|head| word.starts_with(head)),
        Some('e') => !["eu", "ewe"].iter().any(|head| word.starts_with(head)),
        Some('u') => {
            word.starts_with("un") && !word.starts_with("uni") && !word.starts_with("una")
                || [
                    "unin", "unim", "up", "ug", "ul", "um", "urg", "urb", "us-", "utter", "ush",
                ]
                .iter()
                .any(|head| word.starts_with(head))
                    && !["ula", "uk"].iter().any(|head| word.starts_with(head))
        }
        Some('h') => ["hour", "honest", "honour", "honor", "heir"]
            .iter()
            .any(|head| word.starts_with(head)),
        _ => false,
    }
}

/// An English word in front of which « an » becomes « a ».
fn consonant_sound(token: &Token<'_>) -> bool {
    if !is_plain(token) {
        return false;
    }
    let word = token.key.as_ref();
    match word.chars().next() {
        Some('h') => {
            // « An historic » is old, and not wrong.
            !vowel_sound(token)
                && ![
                    "hist",
                    "herb",
                    "hotel",
                    "heroic",
                    "habit",
                    "hallucin",
                    "hyster",
                    "hered",
                    "hypoth",
                    "horrend",
                    "homage",
                    "halluc",
                    "hereditary",
                ]
                .iter()
                .any(|head| word.starts_with(head))
        }
        Some('u') => [
            "unique",
            "unit",
            "union",
            "united",
            "uniform",
            "univers",
            "unilateral",
            "useful",
            "user",
            "usual",
            "utopia",
            "utility",
            "usage",
        ]
        .iter()
        .any(|head| word.starts_with(head)),
        Some('o') => word == "one" || word.starts_with("one-") || word == "once",
        Some('e') => word.starts_with("euro") || word.starts_with("euph"),
        Some(
            'b' | 'c' | 'd' | 'f' | 'g' | 'j' | 'k' | 'l' | 'm' | 'n' | 'p' | 'q' | 'r' | 's' | 't' | 'v' | 'w' | 'z',
        ) => true,
        _ => false,
    }
}

/// A word of several letters, written small, that begins like one that is said as a word.
fn is_plain(token: &Token<'_>) -> bool {
    let word = token.key.as_ref();
    let mut letters = word.chars();
    let said = letters.next().is_some()
        && word.chars().take(2).all(char::is_alphabetic)
        && word.chars().any(|letter| "aeiouyàâéèêëîïôöùûœæ".contains(letter));
    said && token.is_word() && word.chars().count() > 2 && !token.text.chars().any(char::is_uppercase)
}

/// Not elided although they begin with a vowel.
const NOT_ELIDED: [&str; 18] = [
    "onze",
    "onzième",
    "onzièmes",
    "oui",
    "ouistiti",
    "ouistitis",
    "ouate",
    "uhlan",
    "uhlans",
    "ululement",
    "iode",
    "ouï",
    "ouïe-dire",
    "énième",
    "ixième",
    "unième",
    "ouah",
    "aïe",
];

const NOT_ELIDED_HEADS: [&str; 5] = ["yaourt", "oui-", "onz", "iou", "ouolof"];

/// Heads of words whose h is mute. What is not among them is taken to be aspirated, and nothing is said.
const MUTE_H: [&str; 52] = [
    "habil",
    "habit",
    "habitu",
    "haleine",
    "hallucin",
    "haltère",
    "hameçon",
    "harmoni",
    "hebdomad",
    "héberg",
    "hectare",
    "hélic",
    "hémi",
    "hémorr",
    "herb",
    "hérit",
    "héritier",
    "hermét",
    "héroï",
    "hésit",
    "hétéro",
    "heur",
    "hexagon",
    "hibern",
    "hier",
    "hilar",
    "hippo",
    "hirond",
    "histo",
    "hiver",
    "homicid",
    "hommage",
    "homme",
    "homo",
    "honnêt",
    "honneur",
    "honor",
    "hôpit",
    "horaire",
    "horizon",
    "horloge",
    "hormon",
    "horosc",
    "horreur",
    "horribl",
    "hospi",
    "hostil",
    "hôte",
    "huile",
    "huître",
    "humain",
    "humi",
];
