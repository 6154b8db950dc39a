//! Three-way merging of two revisions of one text, word by word.
//!
//! The method is that of diff3 (Khanna, Kunal & Pierce, 2007) with words as its tokens: what only
//! one side changed is taken from that side. Lines would not do: a paragraph is one line, and two
//! people who correct two of its words don't contradict each other.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput, TokenSource};

/// The outcome of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merge {
    /// Both sides' changes, in one text.
    Clean(String),
    /// The sides changed the same words, or words that touch.
    Conflict,
}

/// Merges two texts that were both made from `base`.
///
/// Changes that touch or overlap conflict, unless both sides made the same one. Changes of one
/// side with only spaces or punctuation between them are one change, so that two rewritings of a
/// sentence can't be shuffled into each other.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merge {
    if base == theirs || ours == theirs {
        return Merge::Clean(ours.to_owned());
    }
    if base == ours {
        return Merge::Clean(theirs.to_owned());
    }
    let base_tokens: Vec<&str> = tokens(base).collect();
    let left = changes(base, ours, &base_tokens);
    let right = changes(base, theirs, &base_tokens);
    let mut merged = String::with_capacity(ours.len().max(theirs.len()));
    let mut position = 0;
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    loop {
        let change = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(_), None) => left.next(),
            (None, Some(_)) => right.next(),
            (Some(ours), Some(theirs)) if ours == theirs => {
                right.next();
                left.next()
            }
            (Some(ours), Some(theirs)) if ours.base.end < theirs.base.start => left.next(),
            (Some(ours), Some(theirs)) if theirs.base.end < ours.base.start => right.next(),
            _ => return Merge::Conflict,
        };
        let Some(change) = change else { break };
        // Same changes on both sides may be cut differently; then they meet what was written.
        if change.base.start < position {
            return Merge::Conflict;
        }
        merged.extend(
            base_tokens
                .get(position..change.base.start)
                .unwrap_or_default()
                .iter()
                .copied(),
        );
        merged.push_str(change.text);
        position = change.base.end;
    }
    merged.extend(base_tokens.get(position..).unwrap_or_default().iter().copied());
    Merge::Clean(merged)
}

/// One side's change: these tokens of the base became this text.
#[derive(Debug, PartialEq, Eq)]
struct Change<'a> {
    base: Range<usize>,
    text: &'a str,
}

fn changes<'a>(base: &str, side: &'a str, base_tokens: &[&str]) -> Vec<Change<'a>> {
    let input = InternedInput::new(Words(base), Words(side));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    let mut hunks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for hunk in diff.hunks() {
        let before = hunk.before.start as usize..hunk.before.end as usize;
        let after = hunk.after.start as usize..hunk.after.end as usize;
        match hunks.last_mut() {
            Some((last_before, last_after))
                if base_tokens
                    .get(last_before.end..before.start)
                    .is_some_and(|between| !between.iter().any(|token| is_word(token))) =>
            {
                last_before.end = before.end;
                last_after.end = after.end;
            }
            _ => hunks.push((before, after)),
        }
    }
    // Byte positions of the side's tokens, so that each change is one slice of it.
    let mut starts = Vec::with_capacity(side.len() / 4);
    let mut position = 0;
    for token in tokens(side) {
        starts.push(position);
        position += token.len();
    }
    starts.push(position);
    let byte = |token: usize| starts.get(token).copied().unwrap_or(side.len());
    hunks
        .into_iter()
        .map(|(base, after)| {
            let text = side.get(byte(after.start)..byte(after.end)).unwrap_or_default();
            Change { base, text }
        })
        .collect()
}

fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(char::is_alphanumeric)
}

/// A text as words, runs of white space (a line end is a token of its own) and single marks.
fn tokens(text: &str) -> Tokens<'_> {
    Tokens(text)
}

#[derive(Clone, Copy)]
struct Words<'a>(&'a str);

impl<'a> TokenSource for Words<'a> {
    type Token = &'a str;
    type Tokenizer = Tokens<'a>;

    fn tokenize(&self) -> Tokens<'a> {
        Tokens(self.0)
    }

    fn estimate_tokens(&self) -> u32 {
        u32::try_from(self.0.len() / 4).unwrap_or(u32::MAX)
    }
}

struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let first = self.0.chars().next()?;
        let end = if first.is_alphanumeric() {
            self.0.find(|character: char| !character.is_alphanumeric())
        } else if first == '\n' {
            Some(1)
        } else if first.is_whitespace() {
            self.0
                .find(|character: char| !character.is_whitespace() || character == '\n')
        } else {
            Some(first.len_utf8())
        };
        let (token, rest) = self.0.split_at_checked(end.unwrap_or(self.0.len()))?;
        self.0 = rest;
        Some(token)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn clean(base: &str, ours: &str, theirs: &str) -> String {
        match merge(base, ours, theirs) {
            Merge::Clean(text) => text,
            Merge::Conflict => panic!("{base:?}, {ours:?} and {theirs:?} conflict"),
        }
    }

    #[test]
    fn two_words_of_one_paragraph_merge() {
        let base = "Le chat noir dort sur le tapis rouge.";
        let ours = "Le chat blanc dort sur le tapis rouge.";
        let theirs = "Le chat noir dort sur le tapis vert.";
        assert_eq!(clean(base, ours, theirs), "Le chat blanc dort sur le tapis vert.");
    }

    #[test]
    fn changes_that_touch_conflict() {
        let base = "un deux trois";
        assert_eq!(merge(base, "un 2 trois", "un II trois"), Merge::Conflict);
        assert_eq!(merge(base, "un deux et trois", "un deux ou trois"), Merge::Conflict);
        assert_eq!(merge(base, "quatre cinq six", "sept huit neuf"), Merge::Conflict);
        assert_eq!(merge(base, "", "un deux trois quatre"), Merge::Conflict);
        assert_eq!(
            merge(base, "un deux trois quatre", "un deux trois cinq"),
            Merge::Conflict
        );
    }

    #[test]
    fn the_same_change_on_both_sides_is_one() {
        let base = "un deux trois quatre cinq six sept";
        let ours = "un 2 trois quatre cinq six sept";
        let theirs = "un 2 trois quatre cinq 6 sept";
        assert_eq!(clean(base, ours, theirs), theirs);
    }

    fn count(text: &str) -> HashMap<&str, i64> {
        let mut words = HashMap::new();
        for word in tokens(text).filter(|token| is_word(token)) {
            *words.entry(word).or_insert(0) += 1;
        }
        words
    }

    fn text() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec!["un", "deux", "trois", "été", "l’eau", ".", "\n\n", "mot"]);
        prop::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn a_side_that_changed_nothing_gives_way(base in text(), side in text()) {
            prop_assert_eq!(merge(&base, &base, &side), Merge::Clean(side.clone()));
            prop_assert_eq!(merge(&base, &side, &base), Merge::Clean(side.clone()));
            prop_assert_eq!(merge(&base, &side, &side), Merge::Clean(side));
        }

        #[test]
        fn merging_is_symmetric(base in text(), ours in text(), theirs in text()) {
            prop_assert_eq!(merge(&base, &ours, &theirs), merge(&base, &theirs, &ours));
        }

        #[test]
        fn no_word_is_lost_silently(base in text(), ours in text(), theirs in text()) {
            if let Merge::Clean(merged) = merge(&base, &ours, &theirs) {
                let (base, ours, theirs, merged) =
                    (count(&base), count(&ours), count(&theirs), count(&merged));
                let of = |words: &HashMap<&str, i64>, word: &str| words.get(word).copied().unwrap_or(0);
                for word in ["un", "deux", "trois", "été", "l", "eau", "mot"] {
                    let (mine, yours) = (of(&ours, word) - of(&base, word), of(&theirs, word) - of(&base, word));
                    let found = of(&merged, word) - of(&base, word);
                    // Same changes on both sides count once, others add up.
                    let bounds = [mine, yours, mine + yours];
                    let least = bounds.iter().min().copied().unwrap_or(0);
                    let most = bounds.iter().max().copied().unwrap_or(0);
                    prop_assert!(found >= least && found <= most, "{}: {} of {}, {}", word, found, mine, yours);
                }
            }
        }

        #[test]
        fn edits_apart_always_merge(
            words in prop::collection::vec("[a-z]{1,6}", 6..40),
            seed in any::<(usize, usize)>(),
            kinds in any::<(u8, u8)>(),
        ) {
            // Distinct words, so that where an edit stands is beyond doubt.
            let words: Vec<String> = words.iter().enumerate().map(|(at, word)| format!("{word}{at}")).collect();
            let first = seed.0 % words.len();
            // At least two words away, counted around the end.
            let second = (first + 2 + seed.1 % (words.len() - 3)) % words.len();
            let edit = |sides: &[(usize, u8, &str)]| {
                let mut edited: Vec<String> = words.clone();
                for (at, kind, mark) in sides {
                    match kind % 3 {
                        0 => edited[*at] = (*mark).to_owned(),
                        1 => edited[*at] = format!("{} {mark}", words[*at]),
                        _ => edited[*at] = format!("{mark} {}", words[*at]),
                    }
                }
                edited.join(" ")
            };
            let base = words.join(" ");
            let ours = edit(&[(first, kinds.0, "OURS")]);
            let theirs = edit(&[(second, kinds.1, "THEIRS")]);
            let both = edit(&[(first, kinds.0, "OURS"), (second, kinds.1, "THEIRS")]);
            prop_assert_eq!(merge(&base, &ours, &theirs), Merge::Clean(both));
        }
    }
}
