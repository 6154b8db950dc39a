//! Bylines: names, and what their bearers do.

mod vocabulary;

use edito_prose::Author;
use edito_prose::fold::fold;
use vocabulary::{EVERYDAY, HONORIFICS, INTRODUCTIONS, NOBODY, PARTICLES, TITLES, is_function_word};

/// The authors that a byline names: « Par Hélène Vasseur, directrice de la rédaction », “By Jane Doe and John Roe”,
/// « بقلم: سليم الحداد ». Empty when it names nobody.
pub(crate) fn byline(text: &str) -> Vec<Author> {
    let text = crate::html::dom::squeeze(text);
    if text.chars().count() > 250 {
        return Vec::new();
    }
    let (rest, introduced) = without_introduction(&text);
    people(rest, introduced)
}

/// The authors in a value of metadata, where nothing else stands.
pub(crate) fn listed(text: &str) -> Vec<Author> {
    let text = crate::html::dom::squeeze(text);
    let (rest, _) = without_introduction(&text);
    if text.chars().count() > 300 || rest.contains("://") || rest.contains('@') {
        return Vec::new();
    }
    people(rest, true)
}

/// Whether a text begins as bylines do.
pub(crate) fn is_introduced(text: &str) -> bool {
    without_introduction(text).1
}

/// A line that signs an article: a name with a function, with nothing else in the line. `known` are the authors that
/// the page named elsewhere; `set_apart` tells that the line stands out (in emphasis, in strong type, after a dash).
pub(crate) fn signature(text: &str, known: &[Author], set_apart: bool) -> Option<Vec<Author>> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 220 || text.ends_with(['?', '!', ':', '…']) {
        return None;
    }
    let (rest, introduced) = without_introduction(text);
    let rest = rest
        .trim_start_matches(['—', '–', '-', '\u{a0}', ' '])
        .trim_end_matches('.');
    let found = people(rest, introduced);
    let first = found.first()?;
    let is_known = known.iter().any(|author| same(&author.name, &first.name));
    // All of the line must have been understood.
    let said: usize = found
        .iter()
        .map(|author| author.name.chars().count() + author.function.as_ref().map_or(0, |f| f.chars().count() + 2))
        .sum();
    if said + 8 < rest.chars().count() {
        return None;
    }
    let sentence = |function: &str| {
        function.contains(". ") || function.contains(['?', '!', '؟', '؛']) || function.chars().count() > 140
    };
    if found
        .iter()
        .filter_map(|author| author.function.as_deref())
        .any(sentence)
    {
        return None;
    }
    let has_function = found.iter().any(|author| author.function.is_some());
    // Of a stranger, only a function that is one makes an author of what may be two words before a comma.
    let is_function = found
        .iter()
        .filter_map(|author| author.function.as_deref())
        .any(tells_function);
    let dashed = text.starts_with(['—', '–']);
    let signs = introduced
        || is_known && (has_function || set_apart || dashed || rest.chars().count() < 60)
        || is_function && (set_apart || dashed || known.is_empty()) && looks_like_name(&first.name);
    signs.then_some(found)
}

/// The function that a note about the author tells: “Jane Doe is a professor of law at Leeds. Her last book…”, « Hélène
/// Vasseur est directrice de la rédaction de la revue. ».
pub(crate) fn biography(text: &str, known: &[Author], set_apart: bool) -> Option<Author> {
    let text = text.trim().trim_start_matches(['*', '—', '–', '-', ' ']);
    if text.chars().count() > 700 {
        return None;
    }
    for verb in [" is ", " was ", " est ", " était ", ", ", " — ", " – ", " هو ", " هي "] {
        let Some((name, rest)) = text.split_once(verb) else {
            continue;
        };
        let name = name.trim();
        // “Ms. Doe is a columnist”, of an author who is named in full elsewhere.
        let by_last = HONORIFICS
            .iter()
            .find_map(|title| name.strip_prefix(title))
            .and_then(|last| {
                let of = |author: &&Author| author.name.rsplit(' ').next().is_some_and(|found| same(found, last));
                known.iter().find(of)
            });
        let name = by_last.map_or(name, |author| author.name.as_str());
        let is_known = known.iter().any(|author| same(&author.name, name));
        if !looks_like_name(name) || !(is_known || (set_apart && verb.len() > 3)) {
            continue;
        }
        let end = sentence_end(rest);
        let sentence = rest.get(..end).unwrap_or_default();
        let function = without_article(sentence.trim());
        let length = function.chars().count();
        if !(4..=200).contains(&length) || !tells_function(function) {
            continue;
        }
        return Some(Author {
            name: name.to_owned(),
            function: Some(function.trim_end_matches([',', ';']).to_owned()),
        });
    }
    None
}

/// A function without the article before it, nor the word that it is held now.
fn without_article(function: &str) -> &str {
    const WORDS: [&str; 11] = [
        "currently ",
        "actuellement ",
        "also ",
        "aussi ",
        "a ",
        "an ",
        "the ",
        "un ",
        "une ",
        "le ",
        "la ",
    ];
    WORDS.iter().fold(function, |function, word| {
        function.strip_prefix(word).unwrap_or(function)
    })
}

/// Whether two names are of one person, whatever the case and the accents.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let bare = |name: &str| -> String { fold(name).chars().filter(|c| c.is_alphanumeric()).collect() };
    let (one, other) = (bare(one), bare(other));
    !one.is_empty() && one == other
}

/// Joins authors found in several places: each once, with the first function that was found.
pub(crate) fn merge(into: &mut Vec<Author>, found: Vec<Author>) {
    for author in found {
        match into.iter_mut().find(|known| same(&known.name, &author.name)) {
            Some(known) => {
                if known.function.is_none() {
                    known.function = author.function;
                }
            }
            None => into.push(author),
        }
    }
}

/// Whether a text may be the name of a person.
pub(crate) fn looks_like_name(text: &str) -> bool {
    let text = text.trim();
    let length = text.chars().count();
    if !(3..=60).contains(&length)
        || text
            .chars()
            .any(|c| c.is_numeric() || "?!:;/\\@#«»\"“”()[]{}|<>*_=+%€$…".contains(c))
    {
        return false;
    }
    // Scripts that put no spaces between words: nothing tells a name from a sentence.
    if text
        .chars()
        .any(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{e7f}'))
    {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=6).contains(&words.len()) {
        return false;
    }
    let mut named = 0;
    for word in &words {
        let lower = word.to_lowercase();
        if TITLES.contains(&&*lower) || is_function_word(&lower) {
            return false;
        }
        let first = word.chars().find(|c| c.is_alphabetic());
        match first {
            Some(first) if first.is_uppercase() => named += 1,
            // Scripts without capitals.
            Some(first) if !first.is_lowercase() => named += 1,
            _ if PARTICLES.contains(&&*lower)
                || lower.starts_with("d’")
                || lower.starts_with("d'")
                || lower.starts_with("al-") => {}
            _ => return false,
        }
    }
    // In a script without capitals, words of everyday life look the same.
    named >= 2 && !EVERYDAY.iter().any(|word| words.contains(word))
}

/// The text after the words that introduce a byline, and whether there were any.
fn without_introduction(text: &str) -> (&str, bool) {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '|' | '•' | '·'));
    let lower: String = text.chars().take(40).flat_map(char::to_lowercase).collect();
    for introduction in INTRODUCTIONS {
        if let Some(rest) = lower.strip_prefix(introduction)
            && rest.starts_with(|c: char| c.is_whitespace() || c == ':')
        {
            let skipped = introduction.chars().count();
            let rest = text
                .char_indices()
                .nth(skipped)
                .and_then(|(at, _)| text.get(at..))
                .unwrap_or_default();
            return (rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':'), true);
        }
    }
    (text, false)
}

fn people(text: &str, introduced: bool) -> Vec<Author> {
    let text = before_date(text);
    let mut authors: Vec<Author> = Vec::new();
    for group in split_group(text) {
        for part in split_commas(group) {
            let (name, aside) = with_aside(part);
            let starts_name = looks_like_name(name) || (introduced && authors.is_empty() && looks_like_signed(name));
            if starts_name {
                authors.push(Author {
                    name: name.to_owned(),
                    function: aside.map(str::to_owned),
                });
                continue;
            }
            // Not a name: it says what the last one does, with all that follows up to the next name.
            let Some(author) = authors.last_mut() else {
                return Vec::new();
            };
            match &mut author.function {
                Some(function) => {
                    function.push_str(", ");
                    function.push_str(part);
                }
                None => author.function = Some(part.to_owned()),
            }
        }
    }
    for author in &mut authors {
        author.function = author.function.take().and_then(|function| {
            let function = function.get(..sentence_end(&function)).unwrap_or_default();
            let function = without_article(function.trim_end_matches(['.', ',', ';', ' ']));
            (3..=200)
                .contains(&function.chars().count())
                .then(|| function.to_owned())
        });
    }
    authors.retain(|author| !NOBODY.contains(&&*fold(&author.name)));
    authors
}

/// The parts between commas; those in brackets part nothing.
fn split_commas(group: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, character) in group.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | '،' if depth == 0 => {
                parts.push(group.get(start..at).unwrap_or_default().trim());
                start = at + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(group.get(start..).unwrap_or_default().trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The parts of a byline that name one person each, with what belongs to them.
fn split_group(text: &str) -> Vec<&str> {
    let mut groups = vec![text];
    for separator in [" et ", " and ", " & ", ";", " avec ", " with ", " و", " und "] {
        groups = groups
            .into_iter()
            .flat_map(|group| {
                let mut parts: Vec<&str> = Vec::new();
                let mut rest = group;
                let mut from = 0;
                while let Some(at) = rest
                    .get(from..)
                    .and_then(|tail| tail.find(separator))
                    .map(|at| at + from)
                {
                    let (head, tail) = (
                        rest.get(..at).unwrap_or_default(),
                        rest.get(at + separator.len()..).unwrap_or_default(),
                    );
                    // « économiste et professeur » is one person's; only what begins with a name begins another.
                    let next = tail.split([',', '،', '(']).next().unwrap_or_default().trim();
                    let next = [" et ", " and ", " & "]
                        .iter()
                        .find_map(|s| next.split_once(s))
                        .map_or(next, |(n, _)| n);
                    if looks_like_name(next) {
                        parts.push(head);
                        rest = tail;
                        from = 0;
                    } else {
                        from = at + separator.len();
                    }
                }
                parts.push(rest);
                parts
            })
            .map(str::trim)
            .collect();
    }
    groups
}

/// A name, and what stands after it in brackets, after a bar or a dash.
fn with_aside(part: &str) -> (&str, Option<&str>) {
    // Brackets within a name are of the name.
    if let Some((name, aside)) = part.split_once('(')
        && part.trim_end().ends_with(')')
        && !aside.trim_end_matches(')').contains(['(', ')'])
    {
        return (name.trim(), Some(aside.trim_end_matches(')').trim()));
    }
    for separator in [" | ", " – ", " — ", " - ", " • ", " · ", " : "] {
        if let Some((name, aside)) = part.split_once(separator) {
            return (name.trim(), Some(aside.trim()));
        }
    }
    (part.trim(), None)
}

/// A name of one word, a pen name or an editorial office: believed where a byline announced it.
fn looks_like_signed(name: &str) -> bool {
    let length = name.chars().count();
    (2..=60).contains(&length)
        && name.split_whitespace().count() <= 6
        && !name.chars().any(|c| c.is_numeric() || "?!@#/\\:<>{}".contains(c))
        && !name.chars().next().is_some_and(char::is_lowercase)
        && !name.to_lowercase().starts_with("http")
}

/// The text before a date or the words that announce one.
fn before_date(text: &str) -> &str {
    let lower = text.to_lowercase();
    let mut end = text.len();
    if lower.len() == text.len() {
        for mark in [
            " publié",
            " mis à jour",
            " modifié",
            " published",
            " updated",
            " posted",
            " edited by",
            " photograph",
            " photos by",
            " traduit ",
            " translated by",
            " illustration",
            " le ",
            " on ",
            " نشر",
            " بتاريخ",
            " • ",
            " | ",
        ] {
            for (at, _) in lower.match_indices(mark) {
                let tail = lower.get(at + mark.len()..).unwrap_or_default();
                let needs_date = matches!(mark, " le " | " on " | " • " | " | ");
                if !needs_date || begins_with_date(tail) || tail.contains(" min") {
                    end = end.min(at);
                }
            }
        }
        if let Some(at) = text.find(|c: char| c.is_ascii_digit())
            && super::dates::in_text(text).is_some()
        {
            end = end.min(at);
        }
    }
    text.get(..end)
        .unwrap_or(text)
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '•' | '·' | '–' | '—' | '-'))
}

/// Whether a text begins with a date, or the name of a day or month.
fn begins_with_date(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let named = super::dates::is_day_or_month(first);
    (named || first.starts_with(|c: char| c.is_numeric())) && super::dates::in_text(text).is_some()
}

/// Where the first sentence ends; a full stop after a single letter or a short title ends none.
fn sentence_end(text: &str) -> usize {
    for (at, _) in text.match_indices(['.', ';', '\n']) {
        let word = text
            .get(..at)
            .unwrap_or_default()
            .rsplit(' ')
            .next()
            .unwrap_or_default();
        let next = text.get(at + 1..).unwrap_or_default();
        let abbreviated = word.chars().count() <= 1
            || matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "Prof" | "St" | "M" | "Mme" | "U.S");
        if !abbreviated && (next.is_empty() || next.starts_with(char::is_whitespace)) {
            return at;
        }
    }
    text.len()
}

/// Whether a text says what somebody does.
pub(crate) fn tells_function(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(is_function_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(authors: &[Author]) -> String {
        let one = |author: &Author| match &author.function {
            Some(function) => format!("{} = {function}", author.name),
            None => author.name.clone(),
        };
        authors.iter().map(one).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn bylines_give_names_and_functions() {
        for (text, expected) in [
            (
                "Par Hélène Vasseur, directrice de la rédaction",
                "Hélène Vasseur = directrice de la rédaction",
            ),
            ("By Jane Doe and John R. Roe", "Jane Doe / John R. Roe"),
            (
                "Par Anne de La Tour (économiste), Karim Ben Saïd et Léa Roux, historienne et romancière",
                "Anne de La Tour = économiste / Karim Ben Saïd / Léa Roux = historienne et romancière",
            ),
            ("PAR JEAN-MARC DUPONT | Publié le 12 mars 2024", "JEAN-MARC DUPONT"),
            (
                "By Jane Doe, Senior Fellow, Institute of Letters",
                "Jane Doe = Senior Fellow, Institute of Letters",
            ),
            ("بقلم: سليم الحداد", "سليم الحداد"),
            ("بقلم سليم الحداد، كاتب وباحث لبناني", "سليم الحداد = كاتب وباحث لبناني"),
            ("Par La rédaction", "La rédaction"),
            ("By admin", ""),
            ("Lire la suite", ""),
            ("Une phrase ordinaire, sans auteur.", ""),
        ] {
            assert_eq!(shown(&byline(text)), expected, "{text}");
        }
        assert_eq!(shown(&listed("https://www.facebook.com/x")), "");
        assert_eq!(shown(&listed("Jane Doe, John Roe")), "Jane Doe / John Roe");
    }

    #[test]
    fn signatures_and_biographies_are_told_from_prose() {
        let known = [Author {
            name: "Jane Doe".into(),
            function: None,
        }];
        let signed = |text, set_apart| signature(text, &known, set_apart).map(|found| shown(&found));
        assert_eq!(
            signed("— Jane Doe, editor of the Review", false).as_deref(),
            Some("Jane Doe = editor of the Review")
        );
        assert_eq!(signed("Jane Doe", true).as_deref(), Some("Jane Doe"));
        assert_eq!(
            signed("Hélène Vasseur, directrice de la rédaction", true).as_deref(),
            Some("Hélène Vasseur = directrice de la rédaction")
        );
        assert_eq!(
            signed(
                "Jane Doe said that the bridge, which is old, must be closed before winter comes.",
                false
            ),
            None
        );
        assert_eq!(signed("La suite, demain.", true), None);
        assert_eq!(
            signature("الأرقام صحيحة، لكنها لا تقول كل شيء. فالحافلة لها ثمن.", &[], true),
            None
        );
        assert_eq!(signature("Paris Match, hier soir", &[], true), None);
        let told = |text, set_apart| biography(text, &known, set_apart).map(|author| shown(&[author]));
        assert_eq!(
            told(
                "Jane Doe is a professor of law at the University of Leeds. Her last book is out.",
                false
            )
            .as_deref(),
            Some("Jane Doe = professor of law at the University of Leeds")
        );
        assert_eq!(
            told("Hélène Vasseur est directrice de la rédaction de la revue.", true).as_deref(),
            Some("Hélène Vasseur = directrice de la rédaction de la revue")
        );
        assert_eq!(
            told("Ms. Doe is a columnist.", false).as_deref(),
            Some("Jane Doe = columnist")
        );
        assert_eq!(told("John Roe is a professor.", false), None);
        assert_eq!(told("Jane Doe is late again.", false), None);
    }
}
