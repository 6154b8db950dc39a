//! Words with the frequencies of real text: the most frequent words of a language, then words made of its syllables.

use std::collections::HashSet;

use crate::random::Random;

/// The languages that articles are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

impl Language {
    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::English => "en",
        }
    }
}

/// The words of one language by rank, the most frequent first, to be drawn by the law of Zipf and Mandelbrot.
pub struct Vocabulary {
    /// The words.
    pub words: Vec<String>,
    draw: AliasTable,
    /// How many of them, from the first, are real words of the language.
    pub real: usize,
}

/// How many different words a language has here.
const TYPES: usize = 60_000;

impl Vocabulary {
    /// The vocabulary of a language; the same each time.
    pub fn of(language: Language) -> Self {
        let (listed, syllables) = match language {
            Language::French => (include_str!("../vocabulary/fr.txt"), &FRENCH),
            Language::English => (include_str!("../vocabulary/en.txt"), &ENGLISH),
        };
        let mut seen = HashSet::new();
        let mut words: Vec<String> = listed
            .split_whitespace()
            .map(str::to_owned)
            .filter(|word| seen.insert(word.clone()))
            .collect();
        let real = words.len();
        let mut random = Random::new(0x0065_6469_746f, language as u64);
        while words.len() < TYPES {
            let mut word = String::new();
            // Rare words are longer, as in real text.
            let most = 3 + usize::from(words.len() > 2_000) + usize::from(words.len() > 20_000);
            for _ in 0..random.between(2, most + 1) {
                word.push_str(random.pick::<&str>(syllables.starts));
                word.push_str(random.pick::<&str>(syllables.middles));
            }
            word.push_str(random.pick::<&str>(syllables.ends));
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        // Mandelbrot's constants as they are usually found for running text.
        let weights: Vec<f64> = (0..words.len())
            .map(|rank| 1.0 / (rank as f64 + 2.7).powf(1.05))
            .collect();
        Self {
            draw: AliasTable::new(&weights),
            words,
            real,
        }
    }

    /// A word, as often as its rank has it.
    pub fn draw(&self, random: &mut Random) -> &str {
        &self.words[self.draw.draw(random)]
    }

    /// A word that says something: one of the real words beyond the hundred most frequent.
    pub fn content_word(&self, random: &mut Random) -> &str {
        &self.words[random.between(100, self.real)]
    }
}

struct Syllables {
    starts: &'static [&'static str],
    middles: &'static [&'static str],
    ends: &'static [&'static str],
}

const FRENCH: Syllables = Syllables {
    starts: &[
        "b", "c", "ch", "d", "f", "g", "j", "l", "m", "n", "p", "qu", "r", "s", "t", "v", "br", "cr", "pl", "tr", "gr",
        "st",
    ],
    middles: &[
        "a", "e", "i", "o", "u", "é", "è", "ai", "ou", "oi", "eau", "an", "on", "in", "eu", "â", "ê", "ui",
    ],
    ends: &[
        "", "", "s", "r", "t", "tion", "ment", "ique", "eur", "aire", "isme", "té", "ble", "ance", "eux", "ne", "lle",
        "ve",
    ],
};

const ENGLISH: Syllables = Syllables {
    starts: &[
        "b", "c", "ch", "d", "f", "g", "h", "j", "l", "m", "n", "p", "r", "s", "sh", "t", "th", "w", "br", "cr", "st",
        "tr",
    ],
    middles: &[
        "a", "e", "i", "o", "u", "ea", "ou", "ai", "oo", "ar", "er", "or", "in", "on", "an",
    ],
    ends: &[
        "", "", "s", "ed", "ing", "tion", "ness", "ly", "er", "al", "ment", "ity", "ous", "ck", "nd", "st",
    ],
};

/// Draws from weighted values in constant time (Walker, 1977; built as Vose, 1991).
struct AliasTable {
    keep: Vec<f64>,
    other: Vec<u32>,
}

impl AliasTable {
    fn new(weights: &[f64]) -> Self {
        let mean = weights.iter().sum::<f64>() / weights.len() as f64;
        let mut keep: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
        let mut other: Vec<u32> = (0..weights.len() as u32).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..keep.len()).partition(|&at| keep[at] < 1.0);
        while let (Some(less), Some(&more)) = (small.pop(), large.last()) {
            other[less] = more as u32;
            keep[more] -= 1.0 - keep[less];
            if keep[more] < 1.0 {
                large.pop();
                small.push(more);
            }
        }
        Self { keep, other }
    }

    fn draw(&self, random: &mut Random) -> usize {
        let at = random.below(self.keep.len());
        if random.fraction() < self.keep[at] {
            at
        } else {
            self.other[at] as usize
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_as_often_as_their_rank_says() {
        let vocabulary = Vocabulary::of(Language::French);
        assert_eq!(vocabulary.words.len(), TYPES);
        let mut random = Random::new(3, 3);
        let mut counts = vec![0usize; TYPES];
        for _ in 0..200_000 {
            counts[vocabulary.draw.draw(&mut random)] += 1;
        }
        assert!(counts[0] > counts[9] && counts[9] > counts[99] && counts[99] > counts[9_999]);
        // A few words make half of a text, and most words are rare.
        let frequent: usize = counts[..500].iter().sum();
        assert!(
            (60_000..150_000).contains(&frequent),
            "{frequent} of 200,000 words are among the 500 most frequent"
        );
        assert!(counts.iter().filter(|&&count| count > 0).count() > 20_000);
    }
}
