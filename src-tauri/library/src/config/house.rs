//! What `edito.toml` says of the style of the house: `[house]` for all pieces, `house` of a section for its own.

use edito_language::house::{Banned, HouseStyle, Term};
use edito_prose::Lang;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Config, Reader};

impl Config {
    /// The style of the pieces of a section (slugs from the root, `/` between them): its own rules beside those of the
    /// sections above it and those of the whole library, and before these where both speak of the same word.
    pub fn house_of(&self, section: &str) -> HouseStyle {
        let mut style = self.house.clone();
        let mut siblings = &self.sections;
        for slug in section.split('/') {
            let Some(found) = siblings.iter().find(|one| one.slug == slug) else {
                break;
            };
            if found.house != HouseStyle::default() {
                style = found.house.over(&style);
            }
            siblings = &found.sections;
        }
        style
    }
}

impl Reader<'_> {
    /// The table `house` of a table.
    pub(super) fn house(&mut self, table: &DeTable<'_>) -> HouseStyle {
        let Some(value) = table.get("house") else {
            return HouseStyle::default();
        };
        let Some(entry) = value.get_ref().as_table() else {
            self.wrong(value, "house", "a table");
            return HouseStyle::default();
        };
        for key in entry.keys() {
            if !KEYS.contains(&key.get_ref().as_ref()) {
                let message = format!("\"house\" knows {}, not \"{}\"", KEYS.join(", "), key.get_ref());
                self.problem(key.span().start, message);
            }
        }
        HouseStyle {
            terms: self.terms(entry),
            banned: self.banned(entry),
            capitals: self.strings(entry, "capitals"),
            spell_out_below: self.number(entry, "spell_out_below", 0..=20, 0),
            quotations: self.flag(entry, "quotations"),
        }
    }

    fn terms(&mut self, table: &DeTable<'_>) -> Vec<Term> {
        let mut terms = Vec::new();
        for item in self.items(table, "terms") {
            let Some(entry) = item.get_ref().as_table() else {
                self.wrong(item, "terms", "a list of tables");
                continue;
            };
            let preferred = self.string(entry, "use");
            let not = self.strings(entry, "not");
            let (Some(preferred), false) = (preferred, not.is_empty()) else {
                self.problem(item.span().start, "a term has \"use\" and \"not\"".to_owned());
                continue;
            };
            terms.push(Term {
                preferred,
                not,
                why: self.string(entry, "why"),
                lang: self.lang_of(entry),
            });
        }
        terms
    }

    fn banned(&mut self, table: &DeTable<'_>) -> Vec<Banned> {
        let mut banned = Vec::new();
        for item in self.items(table, "banned") {
            if let Some(word) = item.get_ref().as_str() {
                if !word.trim().is_empty() {
                    banned.push(Banned {
                        word: word.trim().to_owned(),
                        ..Banned::default()
                    });
                }
                continue;
            }
            let Some(entry) = item.get_ref().as_table() else {
                self.wrong(item, "banned", "a list of words or tables");
                continue;
            };
            match self.string(entry, "word") {
                Some(word) => banned.push(Banned {
                    word,
                    why: self.string(entry, "why"),
                    lang: self.lang_of(entry),
                }),
                None => self.problem(item.span().start, "a banned word has \"word\"".to_owned()),
            }
        }
        banned
    }

    fn lang_of(&mut self, table: &DeTable<'_>) -> Option<Lang> {
        self.string(table, "lang").map(|tag| Lang::from_tag(&tag))
    }

    fn flag(&mut self, table: &DeTable<'_>, key: &str) -> bool {
        let value: Option<&Spanned<DeValue<'_>>> = table.get(key);
        match value.map(|value| (value, value.get_ref().as_bool())) {
            Some((_, Some(flag))) => flag,
            Some((value, None)) => {
                self.wrong(value, key, "true or false");
                false
            }
            None => false,
        }
    }
}

const KEYS: [&str; 5] = ["terms", "banned", "capitals", "spell_out_below", "quotations"];
