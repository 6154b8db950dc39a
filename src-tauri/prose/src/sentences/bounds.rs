//! Where sentences end within a block. The boundaries are those of Unicode (UAX 29), and are taken back where French,
//! English and Arabic go on: behind abbreviations and initials, behind the number of an item, and where what follows
//! begins small (« Mot ? » dit-il).

use unicode_segmentation::UnicodeSegmentation;

/// The bytes at which the sentences of a block end, in order; the last one is its end. Blanks behind a sentence are its
/// own.
pub(crate) fn ends(text: &str) -> Vec<usize> {
    let of_unicode = text
        .split_sentence_bound_indices()
        .map(|(at, piece)| past_closers(text, at + piece.len()));
    let mut candidates: Vec<usize> = of_unicode.chain(more_ends(text)).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut ends = Vec::new();
    let mut from = 0;
    for at in candidates {
        if at == text.len() || !goes_on(text, from, at) {
            part_long(text, from, at, &mut ends);
            ends.push(at);
            from = at;
        }
    }
    ends
}

/// More characters than this are not said in one breath, and what they stand in is parted at a comma or a blank.
const LONGEST: usize = 600;
/// No word is longer than this, in characters.
const LONGEST_WORD: usize = 100;
/// No part is shorter than this for the sake of a comma.
const LONG_ENOUGH: usize = 200;

/// Behind these, a name follows; they are written with a capital.
const TITLES: [&str; 27] = [
    "m", "mm", "mme", "mmes", "mlle", "mlles", "dr", "drs", "pr", "prof", "mgr", "st", "ste", "mr", "mrs", "ms", "gen",
    "gén", "col", "capt", "lt", "sgt", "rev", "sen", "rep", "gov", "hon",
];
/// Behind these, a number follows, or they end a sentence as any word does.
const REFERENCES: [&str; 27] = [
    "art", "p", "pp", "vol", "chap", "ch", "fig", "no", "nos", "n", "t", "sect", "pl", "ill", "l", "ص", "ج", "ع", "ط",
    "janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc",
];
/// Behind these the sentence goes on.
const WITHIN: [&str; 22] = [
    "cf", "ex", "e.g", "i.e", "viz", "vs", "av", "ap", "apr", "env", "trad", "dir", "coll", "ca", "approx", "al", "éd",
    "eds", "ibid", "resp", "د", "أ",
];

/// A closing mark, with the blank before it that French has, belongs to what it closes.
fn past_closers(text: &str, at: usize) -> usize {
    let at = past_note(text, at);
    let after = text[at..].trim_start();
    let closed = after.trim_start_matches(['»', '”', '’', ')', ']']);
    if closed.len() == after.len() {
        return at;
    }
    text.len() - closed.trim_start().len()
}

/// The number of a note, glued to the sentence that it is about: `word.[1]`, `word.²`.
fn past_note(text: &str, at: usize) -> usize {
    let from = if text[..at].ends_with('[') { at - 1 } else { at };
    let rest = &text[from..];
    let raised = rest.trim_start_matches(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
    if raised.len() < rest.len() {
        return text.len() - raised.trim_start().len();
    }
    let number = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match number {
        Some((number, rest)) if (1..=3).contains(&number.len()) && number.bytes().all(|one| one.is_ascii_digit()) => {
            text.len() - rest.trim_start().len()
        }
        _ => at,
    }
}

/// Ends that Unicode does not see: an ellipsis before a capital, and any end before the dash of another speaker.
fn more_ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['…', '.', '!', '?', '؟']).filter_map(|(at, sign)| {
        let after = &text[at + sign.len()..];
        let closed = after.trim_start_matches(['»', '”', ')', ']', '\u{a0}', '\u{202f}']);
        let next = closed.trim_start();
        let dashed = next.starts_with(['—', '–']);
        let opens = |one: char| one.is_uppercase() || matches!(one, '«' | '“');
        let ends = dashed || sign == "…" && next.starts_with(opens);
        (ends && next.len() < closed.len()).then(|| text.len() - next.len())
    })
}

/// Whether what stands behind a boundary still belongs to the sentence that began at `from`.
fn goes_on(text: &str, from: usize, at: usize) -> bool {
    let (before, after) = (&text[from..at], text[at..].trim_start());
    let first = after.trim_start_matches(|one: char| one.is_whitespace() || matches!(one, '—' | '–' | '-'));
    if first.starts_with(char::is_lowercase) || after.starts_with([',', ';', ':', '.', '!', '?']) {
        return true;
    }
    let Some(stopped) = before.trim_end().strip_suffix('.') else {
        return false;
    };
    // "1." before what it numbers.
    let number = |word: &str| !word.is_empty() && word.chars().all(char::is_numeric);
    if stopped.len() < 8 && number(stopped.trim_start()) {
        return true;
    }
    let opens = |one: char| one.is_whitespace() || matches!(one, '(' | '[' | '«' | '“' | '’' | '\'' | '-' | '‑');
    let mut words = stopped.rsplit(opens);
    let last = words.next().unwrap_or_default();
    // Long words are no abbreviations, and need not be looked at.
    if last.is_empty() || last.len() > 16 {
        return false;
    }
    let small = last.to_lowercase();
    let small = small.as_str();
    WITHIN.contains(&small)
        || last.starts_with(char::is_uppercase) && TITLES.contains(&small)
        || REFERENCES.contains(&small) && numbered(after)
        || initials(last)
        // A title in Arabic, and the sign of an era behind a year.
        || last == "م" && !words.next().is_some_and(number)
}

/// "P", "J.R.R", "U.S"; but "I" is a word.
fn initials(word: &str) -> bool {
    let single = |part: &str| part.starts_with(char::is_uppercase) && part.chars().nth(1).is_none();
    word != "I" && word.split('.').all(single)
}

/// Whether a text begins with a number, in figures or in Roman ones.
fn numbered(text: &str) -> bool {
    let word = text
        .split(|end: char| !end.is_alphanumeric())
        .next()
        .unwrap_or_default();
    word.starts_with(char::is_numeric) || !word.is_empty() && word.chars().all(|one| "IVXLCDM".contains(one))
}

/// Adds the ends of parts that a sentence is too long without, and of parts of words that are none: chains of letters and
/// signs without a blank have brought down what speaks.
fn part_long(text: &str, from: usize, to: usize, ends: &mut Vec<usize>) {
    let (mut start, mut run) = (from, 0);
    for (at, one) in text[from..to].char_indices() {
        // Chinese and Japanese have no blanks, and are no chains.
        run = if one.is_whitespace() || one >= '\u{2e80}' {
            0
        } else {
            run + 1
        };
        if run > LONGEST_WORD {
            part_at_commas(text, start, from + at, ends);
            start = from + at;
            ends.push(start);
            run = 1;
        }
    }
    part_at_commas(text, start, to, ends);
}

fn part_at_commas(text: &str, from: usize, to: usize, ends: &mut Vec<usize>) {
    let mut from = from;
    while let Some((reach, _)) = text[from..to].char_indices().nth(LONGEST) {
        let window = &text[from..from + reach];
        let behind = |end: &dyn Fn(char, char) -> bool| {
            let pairs = window.char_indices().zip(window.chars().skip(1));
            let ends = pairs.filter(|((_, one), next)| end(*one, *next));
            ends.last()
                .map(|((at, one), next)| at + one.len_utf8() + next.len_utf8())
        };
        let comma = behind(&|one, next| matches!(one, ',' | ';' | ':' | '،' | '؛' | '—') && next.is_whitespace());
        let length = comma
            .filter(|length| *length > LONG_ENOUGH)
            .or_else(|| behind(&|_, next| next.is_whitespace()))
            .unwrap_or(reach);
        from += length;
        ends.push(from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut from = 0;
        let pieces = ends(text).into_iter().map(|to| {
            let piece = &text[from..to];
            from = to;
            piece.trim()
        });
        pieces.filter(|piece| !piece.is_empty()).collect()
    }

    /// Each line of the table is a text, with `|` where one sentence ends and the next begins.
    #[test]
    fn sentences_end_where_readers_of_three_languages_end_them() {
        let lines = include_str!("cases.txt").lines().map(str::trim);
        let cases = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let wrong: Vec<String> = cases
            .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>())
            .filter(|wanted| cut(&wanted.join(" ")) != *wanted)
            .map(|wanted| cut(&wanted.join(" ")).join(" | "))
            .collect();
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[test]
    fn what_never_ends_is_parted_at_commas_and_blanks() {
        let commas = "a few words, ".repeat(200);
        let pieces = cut(&commas);
        assert!(pieces.len() > 3);
        assert!(
            pieces
                .iter()
                .all(|piece| piece.ends_with(',') && piece.len() <= LONGEST)
        );
        let signs = "海".repeat(3 * LONGEST);
        assert_eq!(cut(&signs).len(), 3);
        let chain = format!("Voici {} et la suite.", "A.B.C.".repeat(60));
        let longest = |piece: &&str| piece.split(' ').map(|word| word.chars().count()).max();
        assert!(
            cut(&chain)
                .iter()
                .filter_map(longest)
                .all(|length| length <= LONGEST_WORD)
        );
        assert_eq!(cut(&chain).concat().replace(' ', ""), chain.replace(' ', ""));
        let blanks = "mot ".repeat(LONGEST);
        assert!(cut(&blanks).iter().all(|piece| piece.ends_with("mot")));
    }

    proptest! {
        #[test]
        fn pieces_put_together_are_the_text(text in "[A-Za-zéÉ0-9.?!»«…,;:()’' \u{a0}\u{202f}صدم،؟۔𝄞—-]{0,400}") {
            let ends = ends(&text);
            prop_assert_eq!(ends.last().copied().unwrap_or(0), text.len());
            prop_assert!(ends.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(ends.iter().all(|end| text.is_char_boundary(*end)));
            let mut from = 0;
            for to in ends {
                prop_assert!(text[from..to].chars().count() <= LONGEST + 1);
                from = to;
            }
        }
    }
}
