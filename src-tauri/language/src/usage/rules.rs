//! The rules of a language, read from their file, and found in a text.
//!
//! ```text
//! @class word word …            a closed list of words; lines that begin with two spaces go on with it
//! [name grammar]                a family of rules: its name, and grammar or style
//! [name surface]                a rule of `usage/surface`, which has its examples here
//! pattern => fix | other fix    a rule; no fix behind the arrow where only the writer can know
//!   - pattern                   an exception of it: what this marks is left alone
//!   + wrong => right            an example, with the first fix applied
//!   = right                     an example in which nothing is said
//! ```

use std::collections::HashMap;

use super::Hit;
use super::pattern::{Classes, Met, Template, Variant, parse};
use crate::Kind;
use crate::tokens::Token;

/// The rules of a language.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub families: Vec<Family>,
    pub rules: Vec<Rule>,
    /// What could not be understood; a test holds it empty.
    pub problems: Vec<String>,
    by_word: HashMap<String, Vec<usize>>,
    everywhere: Vec<usize>,
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
pub(super) struct Family {
    pub name: String,
    pub kind: Kind,
}

#[derive(Debug)]
pub(super) struct Rule {
    pub family: usize,
    pub fixes: Vec<Template>,
    /// Its line in the file, from 1.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests name it"))]
    pub line: usize,
    /// Wrong and right.
    pub wrong: Vec<(String, String)>,
    pub right: Vec<String>,
}

#[derive(Debug)]
struct Pattern {
    variant: Variant,
    rule: usize,
    exception: bool,
}

impl Rules {
    /// Reads a file of rules.
    pub fn read(text: &str) -> Self {
        let mut rules = Rules::default();
        let mut classes = Classes::new();
        let mut class: Option<String> = None;
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let read = if let Some(rest) = line.strip_prefix("  ") {
                match &class {
                    Some(name) => {
                        extend(&mut classes, name, rest);
                        Ok(())
                    }
                    None => rules.detail(rest, &classes),
                }
            } else if let Some((name, words)) = line.strip_prefix('@').and_then(|rest| rest.split_once(' '))
                && !line.contains(" =>")
            {
                extend(&mut classes, name, words);
                class = Some(name.to_owned());
                Ok(())
            } else {
                class = None;
                rules.line(line, number + 1, &classes)
            };
            if let Err(problem) = read {
                rules.problems.push(format!("line {}: {problem}", number + 1));
            }
        }
        for (at, pattern) in rules.patterns.iter().enumerate() {
            if pattern.variant.anchors.is_empty() {
                rules.everywhere.push(at);
            }
            for word in &pattern.variant.anchors {
                rules.by_word.entry(word.clone()).or_default().push(at);
            }
        }
        rules
    }

    /// What the rules say of a text.
    pub fn hits(&self, tokens: &[Token<'_>]) -> Vec<Hit<'_>> {
        let mut met: Vec<(usize, Met)> = Vec::new();
        let mut excepted: Vec<(usize, usize, usize)> = Vec::new();
        for at in 0..tokens.len() {
            let named = tokens.get(at).and_then(|token| self.by_word.get(token.key.as_ref()));
            for number in named.into_iter().flatten().chain(&self.everywhere) {
                let Some(pattern) = self.patterns.get(*number) else {
                    continue;
                };
                let Some(found) = pattern.variant.meets(tokens, at) else {
                    continue;
                };
                if pattern.exception {
                    excepted.push((pattern.rule, found.first, found.last));
                } else {
                    met.push((pattern.rule, found));
                }
            }
        }
        excepted.sort_unstable();
        let is_excepted = |rule: usize, found: &Met| {
            // No pattern is longer: what begins further before has ended.
            const LONGEST: usize = 64;
            let earliest = (rule, found.first.saturating_sub(LONGEST), 0);
            let from = excepted.partition_point(|one| *one < earliest);
            excepted
                .iter()
                .skip(from)
                .take_while(|(one, first, _)| *one == rule && *first <= found.last)
                .any(|(_, _, last)| *last >= found.first)
        };
        met.iter()
            .filter(|(rule, found)| !is_excepted(*rule, found))
            .filter_map(|(rule, found)| self.hit(*rule, found, tokens))
            .collect()
    }

    fn hit(&self, rule: usize, met: &Met, tokens: &[Token<'_>]) -> Option<Hit<'_>> {
        let rule = self.rules.get(rule)?;
        let family = self.families.get(rule.family)?;
        let marked = tokens.get(met.first..=met.last)?;
        let mut fixes: Vec<String> = Vec::new();
        for template in &rule.fixes {
            let fix = in_case_of(marked, template.filled(met, tokens));
            if !fix.is_empty() && !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        Some(Hit {
            start: marked.first()?.start,
            end: marked.last()?.end,
            kind: family.kind,
            rule: &family.name,
            fixes,
        })
    }

    fn line(&mut self, line: &str, number: usize, classes: &Classes) -> Result<(), String> {
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
            && !line.contains(" => ")
        {
            let (name, kind) = header.split_once(' ').ok_or("a family has a name and a kind")?;
            let (kind, surface) = match kind {
                "grammar" => (Kind::Grammar, false),
                "surface" => (Kind::Grammar, true),
                "style" => (Kind::Style, false),
                _ => return Err(format!("no kind {kind}")),
            };
            self.families.push(Family {
                name: name.to_owned(),
                kind,
            });
            if surface {
                self.rule(number, Vec::new());
            }
            return Ok(());
        }
        if self.families.is_empty() {
            return Err("a rule outside of a family".into());
        }
        let (pattern, fixes) = line.split_once(" =>").ok_or("a rule without an arrow")?;
        let fixes: Result<Vec<Template>, String> = fixes
            .split(" | ")
            .map(str::trim)
            .filter(|fix| !fix.is_empty())
            .map(Template::parse)
            .collect();
        self.rule(number, fixes?);
        self.pattern(pattern, false, classes)
    }

    /// Adds a rule to the last family.
    fn rule(&mut self, line: usize, fixes: Vec<Template>) {
        self.rules.push(Rule {
            family: self.families.len().saturating_sub(1),
            fixes,
            line,
            wrong: Vec::new(),
            right: Vec::new(),
        });
    }

    fn detail(&mut self, line: &str, classes: &Classes) -> Result<(), String> {
        if let Some(pattern) = line.strip_prefix("- ") {
            return self.pattern(pattern, true, classes);
        }
        let rule = self.rules.last_mut().ok_or("an example outside of a rule")?;
        if let Some(example) = line.strip_prefix("+ ") {
            let (wrong, right) = example.split_once(" => ").ok_or("an example without an arrow")?;
            rule.wrong.push((wrong.to_owned(), right.to_owned()));
        } else if let Some(right) = line.strip_prefix("= ") {
            rule.right.push(right.to_owned());
        } else {
            return Err(format!("what is {line}?"));
        }
        Ok(())
    }

    fn pattern(&mut self, text: &str, exception: bool, classes: &Classes) -> Result<(), String> {
        let rule = self
            .rules
            .len()
            .checked_sub(1)
            .ok_or("an exception outside of a rule")?;
        for variant in parse(text, classes)? {
            self.patterns.push(Pattern {
                variant,
                rule,
                exception,
            });
        }
        Ok(())
    }
}

fn extend(classes: &mut Classes, name: &str, words: &str) {
    let class = classes.entry(name.to_owned()).or_default();
    class.extend(words.split_whitespace().map(str::to_owned));
}

/// A fix with the capitals of what it stands for.
pub(crate) fn in_case_of(marked: &[Token<'_>], fix: String) -> String {
    let letters = || {
        let words = marked.iter().filter(|token| token.is_word());
        words
            .flat_map(|token| token.text.chars())
            .filter(|character| character.is_alphabetic())
    };
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return fix.to_uppercase();
    }
    let mut characters = fix.chars();
    match (letters().next(), characters.next()) {
        (Some(first), Some(head)) if first.is_uppercase() && head.is_lowercase() => {
            head.to_uppercase().chain(characters).collect()
        }
        _ => fix,
    }
}
