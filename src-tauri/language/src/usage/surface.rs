//! Rules that go by what is written rather than by words: doubled words and marks, spaces that are missing, pairs that are
//! never closed.

use edito_prose::Lang;

use super::Hit;
use crate::Kind;
use crate::tokens::{self, Token};

/// Adds what these rules say of a text.
pub(super) fn hits(text: &str, tokens: &[Token<'_>], lang: &Lang, found: &mut Vec<Hit<'_>>) {
    doubled_words(tokens, lang, found);
    marks(text, tokens, found);
    pairs(text, tokens, found);
}

/// Words that are said twice on purpose, or because two of them stand for two things.
fn may_double(word: &str, lang: &Lang) -> bool {
    const FRENCH: &str = "nous vous lui leur en faire très bien non oui si ha hé ho hi ah oh la tout un deux trois quatre \
        cinq six même petit petite grand grande gros grosse beau belle vrai long vite loin plus moins \
        peu pas fort boum toc tic chut allons bla trop tant tellement vraiment encore toujours jamais \
        jour demain mot ainsi etc hum son moi toi fait dit doucement cher chère";
    const ENGLISH: &str = "that had very no yes so ha oh ah bye well many really far now there long is her more in on blah \
        do please never hear knock who out are was were did does has have you it them his one can will \
        may might up down over off by again much too old big good bad little right wait go come yeah \
        ever like this";
    let words = if *lang == Lang::Fr { FRENCH } else { ENGLISH };
    words.split_whitespace().any(|one| one == word)
}

/// Whether a French word at `at` may be said twice because of what stands before it.
fn may_double_here(tokens: &[Token<'_>], at: usize) -> bool {
    const VERBS: &[&str] = &[
        "est", "sont", "ont", "était", "étaient", "sera", "peut", "doit", "va", "avait",
    ];
    const SUBJECTS: &[&str] = &["il", "elle", "on", "ils", "elles", "c'"];
    const JOINTS: &[&str] = &["que", "qu'", "où", "dont", "quand", "comme", "si", "s'", "lorsqu'"];
    const DETERMINERS: &[&str] = &[
        "le",
        "la",
        "l'",
        "les",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d'",
        "au",
        "aux",
        "ce",
        "cet",
        "cette",
        "ces",
        "son",
        "sa",
        "ses",
        "mon",
        "ma",
        "mes",
        "ton",
        "ta",
        "tes",
        "notre",
        "nos",
        "votre",
        "vos",
        "leur",
        "leurs",
        "aucun",
        "aucune",
        "chaque",
        "quelques",
        "plusieurs",
    ];
    // Of these « l’article article » is none that makes sense.
    const SMALL: &[&str] = &[
        "le", "les", "une", "de", "des", "ce", "ces", "que", "ne", "se", "ses", "et", "est",
    ];
    let Some(word) = tokens.get(at) else { return false };
    let after = tokens.get(at + 2);
    // « La France de de Gaulle », « réduit à à peu près rien », « à la une une photo »: each of the two is a word of another
    // phrase.
    let of_two = match word.key.as_ref() {
        "de" => after.is_some_and(|after| {
            after.is_word() && after.is_capitalised() && after.text.chars().any(char::is_lowercase)
        }),
        "à" => after.is_some_and(|after| after.key == "peu"),
        "une" => at
            .checked_sub(1)
            .and_then(|at| tokens.get(at))
            .is_some_and(|before| before.key == "la"),
        _ => false,
    };
    if of_two {
        return true;
    }
    let key = |back: usize| {
        at.checked_sub(back)
            .and_then(|at| tokens.get(at))
            .map_or("", |token| token.key.as_ref())
    };
    if VERBS.contains(&word.key.as_ref()) {
        // « L’Est est », « ceux qui le sont sont », « ce qu’il est est »: sure only behind a subject that nothing joins.
        return !SUBJECTS.contains(&key(1)) || JOINTS.contains(&key(2));
    }
    // « Le reste reste à faire », « les produits produits ici »: a noun that may be a verb or a participle, too.
    DETERMINERS.contains(&key(1))
        && !SMALL.contains(&word.key.as_ref())
        && ["e", "é", "s", "t"].iter().any(|ending| word.key.ends_with(ending))
}

fn doubled_words(tokens: &[Token<'_>], lang: &Lang, found: &mut Vec<Hit<'_>>) {
    let mut at = 0;
    while let (Some(one), Some(two)) = (tokens.get(at), tokens.get(at + 1)) {
        at += 1;
        let repeats = one.is_word() && two.is_word() && two.spaced && one.key == two.key;
        // Names (« Boutros Boutros », « l’Est est »), signs and letters of the alphabet are doubled on purpose.
        if !repeats
            || two.is_capitalised()
            || one.is_capitalised() && !tokens::begins(tokens, at - 1)
            || two.text.chars().any(char::is_numeric)
            || (two.text.chars().count() < 2 && two.key != "à")
            || may_double(&two.key, lang)
            || *lang == Lang::Fr && may_double_here(tokens, at - 1)
        {
            continue;
        }
        // Three times is meant (« vrai, vrai, vrai » without commas), as is a word that stands between like ones.
        let again = |other: Option<&Token<'_>>| other.is_some_and(|other| other.key == one.key);
        if again(tokens.get(at + 1)) || at.checked_sub(2).is_some_and(|before| again(tokens.get(before))) {
            continue;
        }
        found.push(Hit {
            start: one.start,
            end: two.end,
            kind: Kind::Grammar,
            rule: "doubled-word",
            fixes: vec![one.text.to_owned()],
        });
    }
}

fn marks(text: &str, tokens: &[Token<'_>], found: &mut Vec<Hit<'_>>) {
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != tokens::Kind::Mark {
            continue;
        }
        let next = tokens.get(at + 1);
        let adjoins = next.filter(|next| !next.spaced);
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let mut say = |end: usize, rule: &'static str, fix: String| {
            found.push(Hit {
                start: token.start,
                end,
                kind: Kind::Grammar,
                rule,
                fixes: vec![fix],
            });
        };
        match (token.text, next) {
            ("," | ";", Some(next)) if matches!(next.text, "," | ";") && (next.text == token.text || !next.spaced) => {
                say(next.end, "doubled-mark", token.text.to_owned());
            }
            // « ,.. » is a list that was cut short.
            (",", Some(next))
                if matches!(next.text, "." | "!" | "?")
                    && adjoins.is_some()
                    && tokens.get(at + 2).is_none_or(|after| after.text != ".")
                    && text.get(next.end..).is_none_or(begins_anew) =>
            {
                say(next.end, "doubled-mark", next.text.to_owned());
            }
            (",", Some(next))
                if next.text == "("
                    && next.spaced
                    && before.is_some_and(Token::is_word)
                    && !is_item(tokens, at + 1) =>
            {
                say(next.end, "comma-before-bracket", " (".to_owned());
            }
            ("," | ";", Some(next)) if adjoins.is_some() && before.is_some_and(is_prose) && is_prose(next) => {
                // « ou=Students,dc=skole », « {un,une,le} », « TL;DR »: no prose.
                let tight = |at: Option<usize>| {
                    let mark = at.and_then(|at| tokens.get(at));
                    mark.is_some_and(|mark| {
                        mark.kind == tokens::Kind::Mark && !mark.spaced && ",=;{}/".contains(mark.text)
                    })
                };
                let is_list = tight(at.checked_sub(2)) || tight(Some(at + 2));
                if is_list || before.is_some_and(|before| before.key == "tl") {
                    continue;
                }
                say(next.end, "missing-space", format!("{} {}", token.text, next.text));
            }
            _ => {}
        }
    }
}

/// Whether a bracket numbers one of several things (« (b) la durée », “(2) the price”, « (ii) ») or leaves a part of a
/// word open: « (dés)activer ».
fn is_item(tokens: &[Token<'_>], bracket: usize) -> bool {
    let within = tokens.get(bracket + 1).map_or("", |token| token.key.as_ref());
    let closed = tokens.get(bracket + 2).is_some_and(|token| token.text == ")");
    if closed
        && tokens
            .get(bracket + 3)
            .is_some_and(|next| next.is_word() && !next.spaced)
    {
        return true;
    }
    let counted = within.chars().count() <= 2 || within.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'));
    closed && counted
}

/// White space or the end follows.
fn begins_anew(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
}

/// A word of prose: nothing of a name of a file, an address, a formula.
fn is_prose(token: &Token<'_>) -> bool {
    token.is_word() && token.text.chars().count() > 1 && token.text.chars().all(char::is_alphabetic)
}

/// Brackets and guillemets that are opened and never closed within the paragraph. Nothing is said of a paragraph that
/// begins as a list does (« a) … »), or in which anything closes that was never opened.
fn pairs(text: &str, tokens: &[Token<'_>], found: &mut Vec<Hit<'_>>) {
    for (opening, closing, fixes) in [("(", ")", true), ("«", "»", false)] {
        let mut open: Vec<(usize, &Token<'_>)> = Vec::new();
        let mut sound = true;
        for (at, token) in tokens.iter().enumerate() {
            if token.text == opening {
                open.push((at, token));
            } else if token.text == closing && open.pop().is_none() {
                sound = false;
            }
        }
        // A quotation that goes on in the next paragraph is opened there again, and this one not closed; what opens a
        // paragraph may be such a one. A face is made of a bracket.
        let [(at, token)] = open.as_slice() else { continue };
        let is_face = |before: Option<&Token<'_>>| before.is_some_and(|before| matches!(before.text, ":" | ";" | "-"));
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let whole = text.trim_end().ends_with(['.', '!', '?', '…'])
            && !tokens.iter().skip(*at).any(|token| token.kind == tokens::Kind::Object);
        if !sound || *at == 0 && !fixes || is_face(before) && !token.spaced || !whole || tokens.len() < at + 3 {
            continue;
        }
        found.push(Hit {
            start: token.start,
            end: token.end,
            kind: Kind::Grammar,
            rule: "unclosed-pair",
            fixes: Vec::new(),
        });
    }
}
