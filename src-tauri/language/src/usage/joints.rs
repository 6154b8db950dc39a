//! A fix that begins otherwise than what it stands for: what is elided before it, or its article, is another then
//! (« d’implémenter », « de mettre en œuvre »; “an end result”, “a result”).

use edito_prose::Lang;

use super::Hit;
use super::sounds::{consonant_sound, elides, vowel_sound};
use crate::tokens::{Token, tokens};
use crate::usage::in_case_of;

/// Has a hit reach back over the word before it where that has to change with its fixes. A fix that would want « le » or
/// « la » goes, for nobody knows which.
pub(super) fn fit(hit: &mut Hit<'_>, text: &str, found: &[Token<'_>], lang: &Lang) {
    let at = found.partition_point(|token| token.start < hit.start);
    let Some(before) = at.checked_sub(1).and_then(|before| found.get(before)) else {
        return;
    };
    let gap = text.get(before.end..hit.start).unwrap_or_default();
    if !before.is_word() || !gap.chars().all(char::is_whitespace) {
        return;
    }
    let head = |words: &str| words.chars().next().map(|letter| letter.to_lowercase().to_string());
    let marked = text.get(hit.start..hit.end).and_then(head);
    let changed: Vec<Option<Joint>> = hit
        .fixes
        .iter()
        .map(|fix| {
            if head(fix) == marked {
                Some(Joint::Same)
            } else {
                joint(before, fix, lang)
            }
        })
        .collect();
    if changed.iter().all(|joint| matches!(joint, Some(Joint::Same))) {
        return;
    }
    let fixes = std::mem::take(&mut hit.fixes);
    hit.fixes = fixes
        .into_iter()
        .zip(changed)
        .filter_map(|(fix, joint)| match joint? {
            Joint::Same => Some(format!("{}{gap}{fix}", before.text)),
            Joint::Other(head) => {
                let head = in_case_of(std::slice::from_ref(before), head.to_owned());
                Some(format!("{head}{fix}"))
            }
        })
        .collect();
    if !hit.fixes.is_empty() {
        hit.start = before.start;
    }
}

/// What stands before a fix.
enum Joint {
    Same,
    Other(&'static str),
}

/// `None` where nobody knows.
fn joint(before: &Token<'_>, fix: &str, lang: &Lang) -> Option<Joint> {
    let fixed = tokens(fix, lang);
    let Some(first) = fixed.first() else {
        return Some(Joint::Same);
    };
    let small = fix.to_lowercase();
    let plain = tokens(&small, lang);
    let first = plain.first().unwrap_or(first);
    let other = match (lang, before.key.as_ref()) {
        (Lang::Fr, elided) if elided.ends_with('\'') => {
            if elides(first) || first.text.ends_with(['\'', '’']) || first.key == "y" || starts_silent(first) {
                return Some(Joint::Same);
            }
            match elided {
                "d'" => "de ",
                "n'" => "ne ",
                "qu'" => "que ",
                "j'" => "je ",
                "s'" => "se ",
                "m'" => "me ",
                "t'" => "te ",
                "c'" => "ce ",
                "jusqu'" => "jusque ",
                "lorsqu'" => "lorsque ",
                "puisqu'" => "puisque ",
                _ => return None,
            }
        }
        (Lang::Fr, whole) if elides(first) => match whole {
            "de" => "d’",
            "ne" => "n’",
            "que" => "qu’",
            "je" => "j’",
            "se" => "s’",
            "me" => "m’",
            "te" => "t’",
            "le" | "la" => "l’",
            _ => return Some(Joint::Same),
        },
        (Lang::En, "an") if consonant_sound(first) => "a ",
        (Lang::En, "a") if vowel_sound(first) => "an ",
        _ => return Some(Joint::Same),
    };
    Some(Joint::Other(other))
}

/// A short word with a vowel in front, of which `elides` says nothing: « d’un », « qu’il ».
fn starts_silent(first: &Token<'_>) -> bool {
    const SHORT: [&str; 12] = ["un", "une", "il", "elle", "on", "en", "a", "à", "au", "aux", "où", "ou"];
    SHORT.contains(&first.key.as_ref())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use edito_prose::passages;

    use super::*;
    use crate::usage::advise;

    #[test]
    fn what_stands_before_a_fix_goes_with_it() {
        for (lang, text, made) in [
            (
                Lang::Fr,
                "Il rêve d’implémenter la loi",
                "Il rêve de mettre en œuvre la loi",
            ),
            (
                Lang::Fr,
                "Le vote n’impacte pas le prix",
                "Le vote ne touche pas le prix",
            ),
            (Lang::Fr, "Il risque de s’avérer faux", "Il risque d’être faux"),
            (Lang::En, "It is an end result", "It is a result"),
            (Lang::En, "It is a personal opinion", "It is an opinion"),
        ] {
            let passages = passages(text, &lang);
            let advice = passages.iter().flat_map(advise).next().unwrap();
            let fix = &advice.fixes[0];
            assert_eq!(
                format!("{}{fix}{}", &text[..advice.range.start], &text[advice.range.end..]),
                made
            );
        }
        // Nobody knows whether the vote or the law.
        let passages = passages("Le vote l’impacte", &Lang::Fr);
        assert_eq!(passages.iter().flat_map(advise).next().unwrap().fixes, [""; 0]);
    }
}
