//! What becomes of an item of a feed, by rules that its reader made.
//!
//! A rule looks for words, or for what a regular expression says, in a part of an item, in all feeds or one; it mutes
//! the item, keeps it or gives it a tag. An item that one rule keeps is muted by none. A verdict says which rules made
//! it, and by which words.

#[cfg(test)]
mod tests;

use edito_prose::fold::words;
use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use super::Item;
use super::text::plain;

/// A rule as its reader wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// What it looks for.
    pub when: When,
    /// Where it looks.
    #[serde(default)]
    pub place: Place,
    /// The address of the one feed it is for; for all when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed: Option<String>,
    /// What it does.
    #[serde(rename = "do")]
    pub action: Action,
}

/// What a rule looks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum When {
    /// All of these words, in any case and with or without accents. Words in quotation marks stand together; one that
    /// ends in `*` is the beginning of a word.
    Words(String),
    /// What this regular expression says (of the `regex` crate: no look-around), in any case, within the first 32 KB.
    Regex(String),
}

/// Where a rule looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// In the title.
    Title,
    /// In the names of the authors.
    Author,
    /// In the text.
    Content,
    /// In the title of the feed.
    Feed,
    /// In all of these, and in the tags.
    #[default]
    Any,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Puts the item out of sight.
    Mute,
    /// Gives it a tag.
    Tag(String),
    /// Keeps it in sight, and in the library.
    Keep,
}

/// What became of an item, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// It is out of sight.
    pub muted: bool,
    /// It is kept.
    pub kept: bool,
    /// The tags that it gets.
    pub tags: Vec<String>,
    /// The rules that apply to it, in their order.
    pub reasons: Vec<Reason>,
}

/// Why a rule applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// Which rule, counted from 0.
    pub rule: usize,
    /// Where it found what it looked for.
    pub place: Place,
    /// The words that it found, as they stand there.
    pub words: String,
}

/// Why a rule can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// It looks for nothing.
    #[error("nothing to look for")]
    Empty,
    /// Its regular expression is none. With what is wrong, in English.
    #[error("not a regular expression: {0}")]
    Syntax(String),
    /// Its regular expression would take too much memory.
    #[error("a regular expression that is too large")]
    TooLarge,
}

/// Rules, ready for use.
#[derive(Debug, Default)]
pub struct Rules(Vec<Ready>);

#[derive(Debug)]
struct Ready {
    rule: usize,
    looks_for: LooksFor,
    place: Place,
    feed: Option<String>,
    action: Action,
}

#[derive(Debug)]
enum LooksFor {
    Phrases(Vec<Phrase>),
    Regex(Box<Regex>),
}

/// Words that stand together.
#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    /// The last is the beginning of a word.
    open: bool,
}

/// How much of an item's text is looked at, in bytes of its HTML.
const LOOKED_AT: usize = 512 * 1024;

/// The longest regular expression, in bytes, the memory that a compiled one may take, and how much of a text it is
/// tried on: the product of the last two is what the worst of them costs.
const LONGEST_REGEX: usize = 1_000;
const REGEX_MEMORY: usize = 1024 * 1024;
const REGEX_LOOKS_AT: usize = 32 * 1024;

impl Rules {
    /// Makes rules ready. Those that can't be used are left out, and told with their place in the list.
    pub fn new(rules: &[Rule]) -> (Rules, Vec<(usize, RuleError)>) {
        let mut ready = Vec::new();
        let mut wrong = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            match rule.looks_for() {
                Ok(looks_for) => ready.push(Ready {
                    rule: index,
                    looks_for,
                    place: rule.place,
                    feed: rule.feed.as_deref().map(one_form),
                    action: rule.action.clone(),
                }),
                Err(error) => wrong.push((index, error)),
            }
        }
        (Rules(ready), wrong)
    }

    /// What becomes of an item of the feed at an address, which has that title.
    pub fn judge(&self, item: &Item, feed_address: &str, feed_title: &str) -> Verdict {
        let mut verdict = Verdict::default();
        let feed_address = one_form(feed_address);
        let mut texts = Texts::new(item, feed_title);
        for ready in &self.0 {
            if ready.feed.as_ref().is_some_and(|feed| *feed != feed_address) {
                continue;
            }
            let Some((place, words)) = ready.find(&mut texts) else {
                continue;
            };
            verdict.reasons.push(Reason {
                rule: ready.rule,
                place,
                words,
            });
            match &ready.action {
                Action::Mute => verdict.muted = true,
                Action::Keep => verdict.kept = true,
                Action::Tag(tag) if !verdict.tags.contains(tag) => verdict.tags.push(tag.clone()),
                Action::Tag(_) => {}
            }
        }
        verdict.muted &= !verdict.kept;
        verdict
    }
}

impl Rule {
    /// Whether the rule can be used.
    pub fn check(&self) -> Result<(), RuleError> {
        self.looks_for().map(|_| ())
    }

    fn looks_for(&self) -> Result<LooksFor, RuleError> {
        match &self.when {
            When::Words(words) => {
                let phrases = phrases(words);
                if phrases.is_empty() {
                    return Err(RuleError::Empty);
                }
                Ok(LooksFor::Phrases(phrases))
            }
            When::Regex(expression) if expression.trim().is_empty() => Err(RuleError::Empty),
            When::Regex(expression) if expression.len() > LONGEST_REGEX => Err(RuleError::TooLarge),
            When::Regex(expression) => RegexBuilder::new(expression)
                .case_insensitive(true)
                .size_limit(REGEX_MEMORY)
                .dfa_size_limit(REGEX_MEMORY)
                .nest_limit(64)
                .build()
                .map(|regex| LooksFor::Regex(Box::new(regex)))
                .map_err(|error| match error {
                    regex::Error::CompiledTooBig(_) => RuleError::TooLarge,
                    error => RuleError::Syntax(error.to_string()),
                }),
        }
    }
}

impl Ready {
    /// Where an item has what the rule looks for, and the words.
    fn find(&self, texts: &mut Texts<'_>) -> Option<(Place, String)> {
        let places: &[Place] = match self.place {
            Place::Any => &[Place::Title, Place::Author, Place::Feed, Place::Any, Place::Content],
            ref place => std::slice::from_ref(place),
        };
        match &self.looks_for {
            LooksFor::Regex(regex) => places.iter().find_map(|place| {
                let text = cut(texts.of(*place), REGEX_LOOKS_AT);
                let found = regex.find(text).filter(|found| !found.is_empty())?;
                Some((*place, shortened(found.as_str())))
            }),
            // Anywhere means that one word may stand in the title and another in the text.
            LooksFor::Phrases(phrases) => {
                let mut first = None;
                let mut said = Vec::new();
                for phrase in phrases {
                    let (place, words) = places
                        .iter()
                        .find_map(|place| Some((*place, phrase.find(texts.of(*place))?)))?;
                    first.get_or_insert(place);
                    said.push(shortened(&words));
                }
                Some((first?, said.join(" … ")))
            }
        }
    }
}

impl Phrase {
    /// The words as they stand in a text.
    fn find(&self, text: &str) -> Option<String> {
        let mut window: Vec<edito_prose::fold::Word<'_>> = Vec::with_capacity(self.words.len());
        for word in words(text) {
            if window.len() == self.words.len() {
                window.remove(0);
            }
            window.push(word);
            if window.len() == self.words.len() && self.is(&window) {
                let start = window.first()?.start;
                return text.get(start..window.last()?.end).map(str::to_owned);
            }
        }
        None
    }

    fn is(&self, window: &[edito_prose::fold::Word<'_>]) -> bool {
        let last = self.words.len() - 1;
        self.words
            .iter()
            .zip(window)
            .enumerate()
            .all(|(index, (wanted, word))| {
                if index == last && self.open {
                    word.folded.starts_with(wanted.as_str())
                } else {
                    word.folded == wanted.as_str()
                }
            })
    }
}

/// The texts of an item, made plain when they are first needed.
struct Texts<'a> {
    item: &'a Item,
    feed: &'a str,
    authors: Option<String>,
    tags: Option<String>,
    content: Option<String>,
}

impl<'a> Texts<'a> {
    fn new(item: &'a Item, feed: &'a str) -> Texts<'a> {
        Texts {
            item,
            feed,
            authors: None,
            tags: None,
            content: None,
        }
    }

    /// The text of a place; of [`Place::Any`], that of the tags, which have no place of their own.
    fn of(&mut self, place: Place) -> &str {
        let item = self.item;
        match place {
            Place::Title => item.title.as_deref().unwrap_or_default(),
            Place::Feed => self.feed,
            Place::Author => self.authors.get_or_insert_with(|| {
                let names = item.authors.iter().map(|author| author.name.as_str());
                names.collect::<Vec<_>>().join(" ; ")
            }),
            Place::Any => self.tags.get_or_insert_with(|| item.tags.join(" ; ")),
            Place::Content => self.content.get_or_insert_with(|| {
                let parts = [&item.summary, &item.content].into_iter().flatten();
                let parts = parts.filter_map(|html| plain(cut(html, LOOKED_AT)));
                parts.collect::<Vec<_>>().join(" ; ")
            }),
        }
    }
}

/// Words, and phrases in quotation marks.
fn phrases(text: &str) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let mut quoted = false;
    for part in text.split(['"', '«', '»', '“', '”']) {
        let pieces: Vec<&str> = if quoted {
            vec![part]
        } else {
            part.split_whitespace().collect()
        };
        for piece in pieces {
            let folded: Vec<String> = words(piece).map(|word| word.folded.into_owned()).collect();
            if !folded.is_empty() {
                phrases.push(Phrase {
                    words: folded,
                    open: piece.trim_end().ends_with('*'),
                });
            }
        }
        quoted = !quoted;
    }
    phrases
}

/// At most the first bytes of a text.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

fn one_form(address: &str) -> String {
    crate::url::canonical(address).unwrap_or_else(|| address.to_owned())
}

fn shortened(words: &str) -> String {
    const LONGEST: usize = 80;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words,
    }
}
