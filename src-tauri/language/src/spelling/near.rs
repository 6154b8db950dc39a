//! How far one word is from another.

/// The letters that slips of the pen change.
const LETTERS: &str = "aàâbcçdeéèêëfghiîïjklmnoôpqrstuùûvwxyzœ";

/// Whether one slip (a letter left out, put in, changed, or two changed places; all accents left out; `oe` for `œ`) leads
/// from a word to one that `is_right`. The first letter stays, but for its accent and an h that is not heard.
pub(super) fn slips_to(word: &str, is_right: &dyn Fn(&str) -> bool) -> bool {
    let tied = |two: &str, one: &str| word.contains(two) && is_right(&word.replacen(two, one, 1));
    let silent = || word.starts_with(['a', 'e', 'i', 'o', 'u', 'é']) && is_right(&format!("h{word}"));
    tied("oe", "œ")
        || tied("ae", "æ")
        || silent()
        || each_slip(word, &mut |slip| is_right(&slip))
        || is_accentless(word, is_right)
}

/// Whether several accents make a word right: « evenements », « deputes ».
fn is_accentless(word: &str, is_right: &dyn Fn(&str) -> bool) -> bool {
    let count = word.chars().filter(|letter| *letter == 'e').count();
    if !(2..=MOST_ACCENTS).contains(&count) {
        return false;
    }
    (1..3usize.pow(count as u32)).any(|mut choice| {
        let accented: String = word
            .chars()
            .map(|letter| match letter {
                'e' => {
                    let one = ['e', 'é', 'è'].get(choice % 3).copied().unwrap_or('e');
                    choice /= 3;
                    one
                }
                other => other,
            })
            .collect();
        is_right(&accented)
    })
}

/// Of so many letters that may have one each way is tried.
const MOST_ACCENTS: usize = 5;

/// First names that many write without the accent of their capital.
const ACCENTLESS: &str = "Edith Edmee Edmée Edouard Elea Eleonore Eléonore Eliane Elie Elina Eline Eliott Elisa Elisabeth \
    Elise Elodie Eloi Eloise Eloïse Emeline Emeric Emile Emilie Emilien Emilienne Eric Erica Erika Etienne Etiennette Eugene \
    Eugenie Evariste Eve Eveline Evelyne";

/// Whether a word is a first name that many write without the accent of its capital: « Elise ».
pub(super) fn is_accentless_name(word: &str) -> bool {
    ACCENTLESS.split_whitespace().any(|name| name == word)
}

/// Whether a word is right with an accent on its capital.
pub(super) fn wants_accent(word: &str, is_right: &dyn Fn(&str) -> bool) -> bool {
    let mut letters = word.chars();
    let accented = match letters.next() {
        Some('E') => "ÉÈÊ",
        Some('A') => "ÀÂ",
        Some('I') => "Î",
        Some('O') => "Ô",
        Some('C') => "Ç",
        _ => "",
    };
    let rest = letters.as_str();
    accented.chars().any(|capital| is_right(&format!("{capital}{rest}")))
}

/// All words that `is_right` to which one slip leads.
pub(super) fn slips_of(word: &str, is_right: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    each_slip(word, &mut |slip| {
        if is_right(&slip) {
            found.push(slip);
        }
        false
    });
    found
}

/// Goes through the slips of a word until one `ends` it; whether one did.
fn each_slip(word: &str, ends: &mut dyn FnMut(String) -> bool) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let joined = |parts: [&[char]; 3]| parts.concat().into_iter().collect::<String>();
    let split = |at: usize| letters.split_at(at.min(letters.len()));
    for at in 0..=letters.len() {
        let (before, rest) = split(at);
        let behind = rest.get(1..).unwrap_or_default();
        if at == 0 {
            // « Etat », « Ecole ».
            let accented: &[char] = match rest.first() {
                Some('E') => &['É', 'È', 'Ê'],
                Some('A') => &['À', 'Â'],
                Some('I') => &['Î'],
                Some('O') => &['Ô', 'Œ'],
                Some('C') => &['Ç'],
                Some('e') => &['é', 'è', 'ê'],
                Some('a') => &['à', 'â'],
                Some('i') => &['î'],
                Some('o') => &['ô', 'œ'],
                Some('c') => &['ç'],
                _ => &[],
            };
            if accented.iter().any(|capital| ends(joined([&[*capital], behind, &[]]))) {
                return true;
            }
            continue;
        }
        if let [first, second, others @ ..] = rest
            && first != second
            && ends(joined([before, &[*second, *first], others]))
        {
            return true;
        }
        if !rest.is_empty() && ends(joined([before, behind, &[]])) {
            return true;
        }
        for letter in LETTERS.chars() {
            let changed = rest.first().is_some_and(|there| *there != letter);
            if changed && ends(joined([before, &[letter], behind])) || ends(joined([before, &[letter], rest])) {
                return true;
            }
        }
    }
    false
}

/// What it costs to make one word of another, a letter 100: slips that hands make (an accent, a letter twice, two in the
/// wrong order, a capital) cost less. Damerau–Levenshtein, with places next to each other that change once.
pub(super) fn cost(from: &str, to: &str) -> u32 {
    let from: Vec<char> = from.chars().take(LONGEST).collect();
    let to: Vec<char> = to.chars().take(LONGEST).collect();
    let width = to.len() + 1;
    let mut table = vec![0u32; (from.len() + 1) * width];
    let at =
        |table: &[u32], row: usize, column: usize| table.get(row * width + column).copied().unwrap_or(u32::MAX / 2);
    let letter = |word: &[char], index: usize| word.get(index).copied().unwrap_or('\0');
    for row in 0..=from.len() {
        for column in 0..=to.len() {
            let mut least = if row == 0 && column == 0 { 0 } else { u32::MAX / 2 };
            if row > 0 {
                let twice = row > 1 && letter(&from, row - 1) == letter(&from, row - 2);
                let first = if row == 1 { FIRST } else { 0 };
                least = least.min(at(&table, row - 1, column) + alone(letter(&from, row - 1), twice) + first);
            }
            if column > 0 {
                let twice = column > 1 && letter(&to, column - 1) == letter(&to, column - 2);
                least = least.min(at(&table, row, column - 1) + alone(letter(&to, column - 1), twice));
            }
            if row > 0 && column > 0 {
                let (one, other) = (letter(&from, row - 1), letter(&to, column - 1));
                // The first letter is seldom wrong.
                let weight = if row == 1 && column == 1 { 120 } else { 100 };
                least = least.min(at(&table, row - 1, column - 1) + changed(one, other) * weight / 100);
                if row > 1 && column > 1 && one == letter(&to, column - 2) && other == letter(&from, row - 2) {
                    least = least.min(at(&table, row - 2, column - 2) + 60);
                }
            }
            if let Some(cell) = table.get_mut(row * width + column) {
                *cell = least;
            }
        }
    }
    at(&table, from.len(), to.len())
}

const LONGEST: usize = 64;
/// What it costs more to leave out the first letter, which is seldom written in vain.
const FIRST: u32 = 80;

fn alone(letter: char, twice: bool) -> u32 {
    match letter {
        '\'' => 20,
        // Two words that were meant are rarely the answer.
        '-' | ' ' => 190,
        _ if twice => 50,
        // What ends a word and is not heard.
        's' | 'e' | 't' | 'h' => 90,
        _ => 100,
    }
}

fn changed(one: char, other: char) -> u32 {
    if one == other {
        return 0;
    }
    if one.to_lowercase().eq(other.to_lowercase()) {
        return 20;
    }
    if bare(one) == bare(other) { 25 } else { 100 }
}

/// A letter without its accent, small.
fn bare(letter: char) -> char {
    let small = letter.to_lowercase().next().unwrap_or(letter);
    match small {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_one_letter_are_found() {
        let is_right = |word: &str| matches!(word, "France" | "État");
        for slip in ["Frannce", "Frnace", "Frace", "Franse", "Etat"] {
            assert!(slips_to(slip, &is_right), "{slip}");
        }
        for far in ["Farine", "Trance", "", "F", "Fraise"] {
            assert!(!slips_to(far, &is_right), "{far}");
        }
    }

    #[test]
    fn small_slips_cost_less() {
        assert_eq!(cost("eau", "eau"), 0);
        let order = [
            ("evenement", "événement"),
            ("apeller", "appeler"),
            ("maisno", "maison"),
            ("maizon", "maison"),
            ("mzizon", "maison"),
        ];
        let costs: Vec<u32> = order.iter().map(|(from, to)| cost(from, to)).collect();
        assert!(costs.first() < costs.last(), "{costs:?}");
        assert!(cost("apeller", "appeler") < cost("apeller", "peller"));
    }
}
