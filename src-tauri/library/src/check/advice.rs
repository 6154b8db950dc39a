//! What is said of the words of a library: spelling, grammar and style. It takes its time, so it is asked for.

use edito_language::spelling::{Dictionaries, OwnWords, Speller, Variants};
use edito_language::{Advice, Kind, usage};
use edito_prose::{Lang, analyse, frontmatter, passages};

use crate::article::{Finding, FindingKind};
use crate::error::{Error, ErrorKind, Result};
use crate::library::Library;

/// What spelling goes by.
#[derive(Debug, Clone, Default)]
pub struct Spelling {
    /// The spellings that are right.
    pub variants: Variants,
    /// The words that the user vouches for, besides those of the desk.
    pub vouched: Vec<String>,
}

impl Library {
    /// The words that are right in this library whatever dictionaries say: the user’s, the desk’s, and its names.
    ///
    /// # Errors
    /// As [`Library::known_names`].
    pub fn own_words(&self, vouched: &[String]) -> Result<OwnWords> {
        let mut own = OwnWords::new();
        own.add(vouched);
        own.add(self.desk_words());
        own.add_names(self.known_names()?);
        Ok(own)
    }

    /// What is said of the words of each piece of the library’s own, in the order of paths and lines: what was taken in
    /// from elsewhere is not looked at. Reconcile first.
    ///
    /// # Errors
    /// `Vanished`, and `Corrupt` when a dictionary can’t be read; what can’t be read otherwise is passed over.
    pub fn check_advice(&self, spelling: &Spelling) -> Result<Vec<Finding>> {
        let paths: Vec<String> = {
            let reader = self.index().reader()?;
            let mut statement = reader
                .rows()?
                .prepare_cached("SELECT path FROM articles ORDER BY path")?;
            let found = statement.query_map([], |row| row.get(0))?;
            found.collect::<std::result::Result<_, _>>()?
        };
        let own = self.own_words(&spelling.vouched)?;
        let dictionaries = Dictionaries::new();
        let mut findings = Vec::new();
        for path in paths {
            // `check` tells of those that can’t be read.
            let Ok(bytes) = std::fs::read(self.root().join(&path)) else {
                continue;
            };
            let text = crate::encoding::decode(&bytes).text;
            if frontmatter::read(&text).source.is_some() {
                continue;
            }
            let speller = Speller::new(&dictionaries, spelling.variants, &own).of_piece(&text);
            for (kind, detail) in said_of(&text, &speller)? {
                let path = path.clone();
                findings.push(Finding { kind, path, detail });
            }
        }
        Ok(findings)
    }
}

fn said_of(text: &str, speller: &Speller<'_>) -> Result<Vec<(FindingKind, String)>> {
    let lang = analyse(text).lang.unwrap_or(Lang::Other("und".into()));
    let mut lines = Lines::of(text);
    let mut told = Vec::new();
    for passage in passages(text, &lang) {
        let spelling = speller
            .advise(&passage, text)
            .map_err(|broken| Error::new(ErrorKind::Corrupt, format!("the dictionary {} can't be read", broken.0)))?;
        let mut said = spelling;
        said.extend(usage::advise(&passage));
        speller.leave_foreign(&passage, text, &mut said);
        said.sort_by_key(|one| (one.range.start, one.range.end));
        for one in said {
            let kind = match one.kind {
                Kind::Spelling => FindingKind::Spelling,
                Kind::Grammar => FindingKind::Grammar,
                Kind::Style => FindingKind::Style,
                Kind::House => FindingKind::House,
            };
            told.push((kind, lines.told(one)));
        }
    }
    Ok(told)
}

/// Advice in words, with the line that it stands on. What comes in the order of the text is counted once.
pub(super) struct Lines<'a> {
    text: &'a str,
    line: usize,
    read: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, line: 1, read: 0 }
    }

    /// A piece of advice: its line, its rule, the words, what could stand there, and the note.
    pub(super) fn told(&mut self, advice: Advice) -> String {
        // Passages come in the order of the text, but for notes, which are read where they are called.
        if advice.range.start < self.read {
            (self.line, self.read) = (1, 0);
        }
        let passed = self.text.get(self.read..advice.range.start).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.read = advice.range.start;
        let written = self.text.get(advice.range.clone()).unwrap_or_default().trim();
        let told = advice.fixes.first().map(|fix| fix.trim().to_owned());
        let fix = told.as_ref().map_or_else(String::new, |fix| format!(" → \"{fix}\""));
        let note = advice.note.filter(|note| Some(note) != told.as_ref());
        let note = note.map_or_else(String::new, |note| format!(" ({note})"));
        format!("line {}: {}: \"{written}\"{fix}{note}", self.line, advice.rule)
    }
}
