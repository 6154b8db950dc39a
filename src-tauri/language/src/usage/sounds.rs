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
        // Not in capitals throughout.
        "begun" => |token| token.is_word() && token.is_capitalised() && token.text.chars().any(char::is_lowercase),
        // Not made of several.
        "single" => |token| token.is_word() && token.text.chars().all(char::is_alphabetic),
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
pub(super) fn elides(token: &Token<'_>) -> bool {
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
pub(super) fn vowel_sound(token: &Token<'_>) -> bool {
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
                    && !["ula", "uk", "unimod"].iter().any(|head| word.starts_with(head))
        }
        Some('h') => ["hour", "honest", "honour", "honor", "heir"]
            .iter()
            .any(|head| word.starts_with(head)),
        _ => false,
    }
}

/// An English word in front of which « an » becomes « a ».
pub(super) fn consonant_sound(token: &Token<'_>) -> bool {
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
                    "hors",
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

/// Not elided although they begin with a vowel, or not by everybody.
const NOT_ELIDED: [&str; 32] = [
    "aïe",
    "énième",
    "euh",
    "iel",
    "iels",
    "iode",
    "ixième",
    "off",
    "ola",
    "olas",
    "olé",
    "onze",
    "onzième",
    "onzièmes",
    "ouaf",
    "ouah",
    "ouais",
    "ouate",
    "ouf",
    "oui",
    "ouille",
    "ouin",
    "ouistiti",
    "ouistitis",
    "oups",
    "ouï",
    "uhlan",
    "uhlans",
    "ululement",
    "ululements",
    "ululer",
    "unième",
];

const NOT_ELIDED_HEADS: [&str; 8] = ["yaourt", "oui-", "onz", "iou", "ouolof", "ouat", "ouïg", "ouig"];

/// Heads of words whose h is mute. What is not among them is taken to be aspirated, and nothing is said. A test holds
/// against them all words that it knows to be aspirated.
const MUTE_H: [&str; 67] = [
    "habil",
    "habit",
    "haleine",
    "hallucin",
    "haltère",
    "hameçon",
    "harmoni",
    "hebdomad",
    "héberg",
    "hébét",
    "hécatomb",
    "hectare",
    "hégémon",
    "hélic",
    "hellén",
    "hémi",
    "hémorr",
    "herb",
    "héré",
    "hérit",
    "hermét",
    "héroï",
    "hésit",
    "hétéro",
    "heure",
    "hexagon",
    "hibern",
    "hier",
    "hilar",
    "hippo",
    "hirond",
    "histo",
    "hiver",
    "holocaust",
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
    "horrible",
    "hospi",
    "hostil",
    "hôte",
    "huile",
    "huissier",
    "huître",
    "humain",
    "humanit",
    "humeur",
    "humi",
    "humour",
    "hydr",
    "hygièn",
    "hymne",
    "hypermarché",
    "hypocri",
    "hypoth",
    "hystér",
];

#[cfg(test)]
mod tests {
    use edito_prose::Lang;

    use super::*;
    use crate::tokens::tokens;

    /// Words with an aspirated h, and others before which nothing is elided.
    const ASPIRATED: &str = "ha hache haché hacher hacheur hachette hachis hachisch hachoir hachure haddock hadron hagard haie haillon haine haineux haïr haïssable halage hâle hâlé haler haleter haletant hall halle hallebarde hallier halo halte halogène hamac hamburger hameau hammam hampe hamster hanche hand handball handicap handicapé hangar hanneton hanse hanté hanter hantise happer haquenée hara-kiri harangue haranguer haras harassant harasser harceler harcèlement harde hardi hardiesse harem hareng hargne hargneux haricot harissa harnacher harnais haro harpe harpie harpiste harpon harponner hasard hasarder hasardeux hâte hâter hâtif hauban haubert hausse haussement hausser haut hautain hautbois hauteur havane hâve havre havresac hayon heaume héler henné hennir hennissement héraut hère hérissé hérissement hérisser hérisson hernie héron héros herse hertz hêtre heurt heurter heurtoir hibou hic hideur hideux hiérarchie hiérarchique hiératique hiéroglyphe hippie hisser hobby hocher hochet hockey holding hold-up homard home hongre honte honteux hoquet hoqueter horde horion hors horsain hotte houblon houe houille houiller houle houlette houleux houppe houppelande hourra houspiller housse houx hublot huche huée huer huguenot huit huitaine huitième hulotte hululement hululer humer hune huppe huppé hure hurlement hurler huron husky hussard hutte hyène heurts héros hausses hasards haricots onze onzième oui ouistiti yaourt yacht yen yéti yoga ululement uhlan ola ouate off ouf iel week-end western whisky";

    #[test]
    fn nothing_is_elided_before_an_aspirated_h() {
        let found: Vec<_> = tokens(ASPIRATED, &Lang::Fr)
            .iter()
            .filter(|token| elides(token))
            .map(|token| token.text.to_owned())
            .collect();
        assert_eq!(found, Vec::<String>::new());
        for mute in [
            "homme",
            "heure",
            "heureux",
            "herbe",
            "hydrogène",
            "humanité",
            "hégémonie",
            "huile",
        ] {
            assert!(tokens(mute, &Lang::Fr).iter().all(elides), "{mute}");
        }
    }
}
