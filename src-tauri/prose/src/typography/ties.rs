//! The spaces of French at which no line may break: between a title or initials and their name, a day and its month, an
//! abbreviation and its number, a name and its ordinal, an hour and its minutes, a number and its unit.
//!
//! What stands around a space decides, a few words at most; when it could be something else, the space stays.

use super::is_inline_space;
use crate::Lang;
use crate::date::months;

/// How much of what stands before a space is looked at, in bytes or characters.
pub(crate) const REACH: usize = 48;

/// Whether a space between two characters is worth a look: most are not.
pub(crate) fn may_hold(previous: Option<char>, next: Option<char>) -> bool {
    let (Some(previous), Some(next)) = (previous, next) else {
        return false;
    };
    let ends_ordinal = matches!(previous, 'e' | 'r' | 's' | 'ᵉ' | 'ʳ' | 'ˢ');
    if next.is_ascii_digit() {
        matches!(previous, '.' | '§' | 'h' | 'ᵒ' | 'ˢ')
    } else if next.is_uppercase() {
        ends_ordinal
            || matches!(previous, '.' | 'g' | 'I' | 'V' | 'X')
            || matches!(next, 'I' | 'V' | 'X')
            || previous.is_ascii_digit()
    } else {
        ends_ordinal || previous.is_ascii_digit() || previous == '.'
    }
}

/// Whether a space between two texts holds a name, a date, a reference or an ordinal together.
pub(crate) fn holds(before: &str, after: &str) -> bool {
    let (head, last) = last_token(before);
    let next = first_word(after);
    if next.is_empty() {
        return false;
    }
    if begins_with_capital(next) {
        is_title(last, after) || is_initial(head, last, next) || is_ruler(last, after) || is_ordinal_of(last, after)
    } else if next.starts_with(|one: char| one.is_ascii_digit()) {
        is_reference(last)
    } else {
        is_day_of(last, next) || is_ordinal_of(last, after) || is_roman_reference(last, after)
    }
}

/// Whether a space stands between an hour and its minutes: « 14 h 30 ».
pub(crate) fn is_hour(before: &str, after: &str) -> bool {
    let Some(head) = before.strip_suffix('h') else {
        return false;
    };
    let hour = head.trim_end_matches(is_inline_space);
    let digits = hour.len() - hour.trim_end_matches(|one: char| one.is_ascii_digit()).len();
    let apart = head.len() - hour.len() <= '\u{202f}'.len_utf8() && head.len() > hour.len();
    let minutes = after.bytes().take_while(u8::is_ascii_digit).count();
    let value = after.get(..minutes).and_then(|text| text.parse::<u32>().ok());
    apart
        && matches!(digits, 1 | 2)
        && minutes == 2
        && value.is_some_and(|value| value < 60)
        && ends(after.get(2..).unwrap_or_default())
}

/// Whether what stands behind a number and a space is its unit.
pub(crate) fn is_unit(after: &str) -> bool {
    let unit = |one: char| one.is_alphabetic() || "/²³°€$£µ".contains(one);
    let end = after.find(|one| !unit(one)).unwrap_or(after.len());
    let rest = after.get(end..).unwrap_or_default();
    let Some(word) = after.get(..end).filter(|word| !word.is_empty() && word.len() <= 16) else {
        return false;
    };
    // « 2 millions d’euros » stops at a space; « 5 m’a » at an apostrophe.
    ends(rest) && (UNITS.contains(&word) || is_rate(word))
}

/// `€/kg`, `km/h`: what is measured for each of something.
fn is_rate(word: &str) -> bool {
    let Some((unit, each)) = word.split_once('/') else {
        return false;
    };
    UNITS.contains(&unit) && (PER.contains(&each) || UNITS.contains(&each))
        || matches!(unit, "€" | "$" | "£") && PER.contains(&each)
}

/// What may stand behind a word: nothing, a space or a mark.
fn ends(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|next| next.is_whitespace() || ".,;:!?)]»”\"…".contains(next))
}

/// What a text ends with, without the space or bracket before it, and what stands before.
fn last_token(text: &str) -> (&str, &str) {
    let bound = |one: char| one.is_whitespace() || "«“\"([’'‘—–/".contains(one);
    let start = text
        .char_indices()
        .rev()
        .find(|(_, one)| bound(*one))
        .map_or(0, |(at, one)| at + one.len_utf8());
    text.split_at(start)
}

fn first_word(text: &str) -> &str {
    let end = text.find(|one: char| !one.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn begins_with_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// A capital and small letters.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && letters.all(char::is_alphabetic)
}

/// « M. Dupont », « Mme de » is none; « M. D. » is one.
fn is_title(last: &str, after: &str) -> bool {
    let mut letters = after.chars();
    letters.next();
    let named = letters
        .next()
        .is_some_and(|next| next.is_alphabetic() || matches!(next, '.' | '’' | '\''));
    named && TITLES.contains(&last) && !(last == "Me" && after.starts_with("Too"))
}

/// « J. Dupont », « J.-P. Dupont », « J. K. Rowling ».
fn is_initial(head: &str, last: &str, next: &str) -> bool {
    if !is_name(next) && next.chars().count() != 1 || OPENERS.contains(&next) {
        return false;
    }
    let mut parts = last.strip_suffix('.').unwrap_or_default().split(".-");
    let single = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(|one| one == 'h')
            && letters.next().is_none()
    };
    let Some(first) = parts.next().filter(|part| single(part)) else {
        return false;
    };
    if parts.clone().next().is_some() {
        return parts.all(single);
    }
    if first.chars().count() > 1 {
        return true;
    }
    // « le plan B. Ensuite »: what a letter names stands before it.
    let before = head.trim_end_matches(is_inline_space);
    let word = last_token(before).1;
    let plain = word.is_empty() || before.len() == head.len();
    if next.chars().count() == 1 {
        return plain || INTRODUCING.contains(&word) || is_name(word);
    }
    plain
        || INTRODUCING.contains(&word)
        || is_name(word) && !OPENERS.contains(&word) && !LETTERED.contains(&word)
        || is_bare_initial(word)
}

/// `J.`
fn is_bare_initial(word: &str) -> bool {
    word.strip_suffix('.')
        .is_some_and(|letter| letter.chars().count() == 1 && begins_with_capital(letter))
}

/// « Louis XIV », « Jean-Paul II », « François Ier »
fn is_ruler(last: &str, after: &str) -> bool {
    let end = after.find(|one: char| !one.is_alphanumeric()).unwrap_or(after.len());
    let number = after.get(..end).unwrap_or_default();
    let stops = after.get(end..).is_none_or(|rest| {
        !rest.starts_with(['-', '.', '\'', '’', '/', '°'])
            || rest.starts_with('.') && ends(rest.get(1..).unwrap_or_default())
    });
    let name = last.rsplit('-').next().unwrap_or_default();
    if !stops || name.chars().count() < 3 || !is_name(name) || OPENERS.contains(&last) {
        return false;
    }
    match number {
        "Ier" | "Ire" | "Iᵉʳ" => true,
        "I" | "V" | "X" => RULERS.contains(&last),
        _ => is_roman(number),
    }
}

/// Roman numerals of two letters and more, below forty.
fn is_roman(number: &str) -> bool {
    let tens = number.trim_start_matches('X');
    number.len() > 1
        && number.len() - tens.len() <= 3
        && matches!(
            tens,
            "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX"
        )
}

/// « Ve République », « XVIe arrondissement », « 19e siècle »
fn is_ordinal_of(last: &str, after: &str) -> bool {
    let number = ["ers", "er", "re", "es", "e", "ᵉʳ", "ᵉ"]
        .iter()
        .find_map(|end| last.strip_suffix(end))
        .unwrap_or_default();
    let counts = number.len() <= 4 && !number.is_empty() && number.bytes().all(|one| one.is_ascii_digit())
        || matches!(number, "I" | "V" | "X")
        || is_roman(number);
    let end = after.find(|one: char| !one.is_alphabetic()).unwrap_or(after.len());
    counts && after.get(..end).is_some_and(|noun| ORDERED.contains(&noun))
}

/// « 12 mai », « 1er mai »
fn is_day_of(last: &str, next: &str) -> bool {
    if last == "1er" || last == "1ᵉʳ" {
        return is_month(next);
    }
    let short = matches!(last.len(), 1 | 2) && last.bytes().all(|one| one.is_ascii_digit());
    short && last.parse().is_ok_and(|day: u32| (1..=31).contains(&day)) && is_month(next)
}

/// « p. 12 », « § 4 »
fn is_reference(last: &str) -> bool {
    REFERENCES.contains(&last)
}

fn is_month(word: &str) -> bool {
    months(&Lang::Fr).is_some_and(|names| names.contains(&word))
}

/// « p. xii »
fn is_roman_reference(last: &str, after: &str) -> bool {
    let number = first_word(after);
    matches!(last, "p." | "pp." | "chap." | "vol.")
        && number.len() > 1
        && number.bytes().all(|one| b"ivx".contains(&one))
}

const TITLES: &[&str] = &[
    "M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Drs", "Pr", "Prs", "Me", "Mgr",
];

const REFERENCES: &[&str] = &[
    "p.", "pp.", "art.", "Art.", "chap.", "Chap.", "vol.", "Vol.", "fig.", "Fig.", "§", "§§", "al.", "nᵒ", "nᵒˢ",
];

/// What is counted by ordinals.
pub(crate) const ORDERED: &[&str] = &[
    "siècle",
    "siècles",
    "millénaire",
    "République",
    "arrondissement",
    "arrondissements",
    "Empire",
    "Reich",
    "dynastie",
    "législature",
    "Internationale",
];

/// Names that a single numeral may follow.
const RULERS: &[&str] = &[
    "Charles",
    "Philippe",
    "Henri",
    "Louis",
    "Georges",
    "George",
    "Pie",
    "Paul",
    "Jean",
    "Alexandre",
    "Urbain",
    "Sixte",
    "Ferdinand",
    "Jacques",
    "Édouard",
    "Alphonse",
    "Léon",
    "Grégoire",
    "Clément",
    "Innocent",
    "Nicolas",
    "Pierre",
    "Mohammed",
    "Frédéric",
    "Elizabeth",
    "Élisabeth",
    "Napoléon",
    "Charles-Albert",
    "Malcolm",
];

/// What stands before the initials of somebody.
const INTRODUCING: &[&str] = &[
    "de", "par", "à", "et", "selon", "avec", "pour", "chez", "contre", "comme", "que", "dit", "sur", "ou",
];

/// What is told apart by letters: « Plan B. »
const LETTERED: &[&str] = &[
    "Plan",
    "Point",
    "Groupe",
    "Série",
    "Classe",
    "Catégorie",
    "Ligue",
    "Vitamine",
    "Hépatite",
    "Type",
    "Option",
    "Article",
    "Annexe",
    "Section",
    "Division",
    "Niveau",
    "Bloc",
    "Zone",
    "Monsieur",
    "Madame",
    "Génération",
    "Malcolm",
    "Bâtiment",
    "Hall",
    "Porte",
];

/// What begins a sentence rather than a family’s name.
const OPENERS: &[&str] = &[
    "Le",
    "La",
    "Les",
    "Un",
    "Une",
    "Des",
    "Du",
    "De",
    "Ce",
    "Cet",
    "Cette",
    "Ces",
    "Il",
    "Elle",
    "Ils",
    "Elles",
    "On",
    "Nous",
    "Vous",
    "Je",
    "Tu",
    "Et",
    "Mais",
    "Ou",
    "Or",
    "Car",
    "Donc",
    "Ni",
    "En",
    "Dans",
    "Pour",
    "Par",
    "Sur",
    "Sous",
    "Avec",
    "Sans",
    "Chez",
    "Vers",
    "Après",
    "Avant",
    "Depuis",
    "Pendant",
    "Quand",
    "Comme",
    "Si",
    "Son",
    "Sa",
    "Ses",
    "Leur",
    "Leurs",
    "Mon",
    "Ma",
    "Mes",
    "Notre",
    "Nos",
    "Votre",
    "Vos",
    "Qui",
    "Que",
    "Quoi",
    "Où",
    "Voici",
    "Voilà",
    "Puis",
    "Ainsi",
    "Alors",
    "Aussi",
    "Ensuite",
    "Enfin",
    "Certains",
    "Certaines",
    "Plus",
    "Pas",
    "Tout",
    "Tous",
    "Toutes",
    "Toute",
    "Aucun",
    "Aucune",
    "Chaque",
    "Ici",
    "Là",
    "Non",
    "Oui",
    "Selon",
    "Contre",
    "Cela",
    "Ça",
    "Ceci",
    "Pourquoi",
    "Comment",
    "Quel",
    "Quelle",
    "Quels",
    "Quelles",
    "Entre",
    "Parce",
    "Lors",
    "Même",
    "Deux",
    "Trois",
    "À",
    "A",
    "Y",
    "Cependant",
    "Pourtant",
    "Toutefois",
    "Bref",
    "Reste",
    "Faut",
    "Dès",
    "Malgré",
    "Autre",
    "Autres",
    "Dernier",
    "Premier",
    "Hier",
    "Aujourd",
    "Demain",
    "Maintenant",
    "Surtout",
    "Peut",
    "Est",
    "Sont",
    "Au",
    "Aux",
];

/// Units that stand behind their number, apart from it by a no-break space when a space was typed.
const UNITS: &[&str] = &[
    "km",
    "m",
    "cm",
    "mm",
    "kg",
    "g",
    "mg",
    "km/h",
    "km²",
    "m²",
    "m³",
    "ha",
    "l",
    "cl",
    "ml",
    "h",
    "min",
    "s",
    "ko",
    "Ko",
    "Mo",
    "Go",
    "To",
    "kWh",
    "MWh",
    "GWh",
    "TWh",
    "kW",
    "MW",
    "GW",
    "TW",
    "Hz",
    "MHz",
    "GHz",
    "dB",
    "°C",
    "°F",
    "millions",
    "million",
    "milliards",
    "milliard",
    "euros",
    "dollars",
    "k€",
    "K€",
    "M€",
    "Md€",
    "Mds€",
    "Mrd€",
    "Mrds€",
    "G€",
    "k$",
    "M$",
    "Md$",
    "Mds$",
    "Md",
    "Mds",
    "M£",
    "Md£",
];

/// What a price or a rate is for.
const PER: &[&str] = &[
    "kg", "g", "t", "l", "L", "km", "m²", "m³", "h", "heure", "j", "jour", "mois", "an", "tonne", "litre", "MWh",
    "kWh", "ha", "hab", "habitant", "personne", "nuit", "semaine",
];
