//! What `edito.toml` says of how the house writes: `[house]` for all pieces, `house` of a section for its own.

use std::collections::BTreeMap;

use edito_language::house::{Banned, Capitals, HouseRules, Numbers, Percent, Term};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Config, Reader};

impl Config {
    /// The house rules for the pieces of a section (slugs from the root, `/` between them): those of the section itself
    /// before those of the sections above it, and these before those of the whole library.
    pub fn house_of(&self, section: &str) -> HouseRules {
        let mut house = self.house.clone();
        let mut siblings = &self.sections;
        for slug in section.split('/') {
            let Some(found) = siblings.iter().find(|one| one.slug == slug) else {
                break;
            };
            if !found.house.is_empty() {
                house = house.within(&found.house);
            }
            siblings = &found.sections;
        }
        house
    }
}

impl Reader<'_> {
    /// The table `house` of a table.
    pub(super) fn house(&mut self, table: &DeTable<'_>) -> HouseRules {
        let Some(value) = table.get("house") else {
            return HouseRules::default();
        };
        let Some(entry) = value.get_ref().as_table() else {
            self.wrong(value, "house", "a table");
            return HouseRules::default();
        };
        self.only(
            entry,
            "house",
            &["terms", "banned", "capitals", "numbers", "allow", "quotations"],
        );
        HouseRules {
            terms: self.entries(entry, "terms", Self::term),
            banned: self.entries(entry, "banned", Self::banned),
            capitals: self.entries(entry, "capitals", Self::capitals),
            numbers: self.numbers(entry),
            allowed: self.strings(entry, "allow"),
            quotations: self.truth(entry, "quotations"),
        }
    }

    fn entries<T>(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        read: impl Fn(&mut Self, &Spanned<DeValue<'_>>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.items(table, key);
        if items.len() > MOST {
            let at = table.get(key).map_or(0, |value| value.span().start);
            self.problem(at, format!("\"{key}\" has more than {MOST} entries"));
        }
        items
            .into_iter()
            .take(MOST)
            .filter_map(|item| read(self, item))
            .collect()
    }

    fn term(&mut self, item: &Spanned<DeValue<'_>>) -> Option<Term> {
        let Some(entry) = item.get_ref().as_table() else {
            self.wrong(item, "terms", "a list of tables");
            return None;
        };
        self.only(entry, "terms", &["use", "not", "forms", "except", "lang", "why"]);
        let preferred = self.string(entry, "use");
        let instead_of = self.strings(entry, "not");
        let forms = self.forms(entry);
        let Some(preferred) = preferred.filter(|_| !instead_of.is_empty() || !forms.is_empty()) else {
            self.problem(item.span().start, "a term needs \"use\" and \"not\"".to_owned());
            return None;
        };
        Some(Term {
            preferred,
            instead_of,
            forms,
            except: self.strings(entry, "except"),
            lang: self.string(entry, "lang"),
            why: self.string(entry, "why"),
        })
    }

    fn forms(&mut self, table: &DeTable<'_>) -> BTreeMap<String, String> {
        let Some(value) = table.get("forms") else {
            return BTreeMap::new();
        };
        let Some(entry) = value.get_ref().as_table() else {
            self.wrong(value, "forms", "a table");
            return BTreeMap::new();
        };
        entry
            .keys()
            .filter_map(|key| {
                let form = key.get_ref().to_string();
                Some((form.clone(), self.string(entry, &form)?))
            })
            .collect()
    }

    fn banned(&mut self, item: &Spanned<DeValue<'_>>) -> Option<Banned> {
        if let Some(word) = item.get_ref().as_str().map(str::trim).filter(|word| !word.is_empty()) {
            return Some(Banned {
                word: word.to_owned(),
                ..Banned::default()
            });
        }
        let Some(entry) = item.get_ref().as_table() else {
            self.wrong(item, "banned", "a list of words or tables");
            return None;
        };
        self.only(entry, "banned", &["word", "forms", "except", "lang", "why"]);
        let Some(word) = self.string(entry, "word") else {
            self.problem(item.span().start, "a banned word needs \"word\"".to_owned());
            return None;
        };
        Some(Banned {
            word,
            forms: self.strings(entry, "forms"),
            except: self.strings(entry, "except"),
            lang: self.string(entry, "lang"),
            why: self.string(entry, "why"),
        })
    }

    fn capitals(&mut self, item: &Spanned<DeValue<'_>>) -> Option<Capitals> {
        if let Some(words) = item.get_ref().as_str().map(str::trim).filter(|words| !words.is_empty()) {
            return Some(Capitals {
                words: words.to_owned(),
                ..Capitals::default()
            });
        }
        let Some(entry) = item.get_ref().as_table() else {
            self.wrong(item, "capitals", "a list of words or tables");
            return None;
        };
        self.only(entry, "capitals", &["words", "except", "lang", "why"]);
        let Some(words) = self.string(entry, "words") else {
            self.problem(item.span().start, "an entry of \"capitals\" needs \"words\"".to_owned());
            return None;
        };
        Some(Capitals {
            words,
            except: self.strings(entry, "except"),
            lang: self.string(entry, "lang"),
            why: self.string(entry, "why"),
        })
    }

    fn numbers(&mut self, table: &DeTable<'_>) -> Option<Numbers> {
        let value = table.get("numbers")?;
        let Some(entry) = value.get_ref().as_table() else {
            self.wrong(value, "numbers", "a table");
            return None;
        };
        self.only(entry, "numbers", &["spell_out_below", "percent", "except"]);
        let percent = match self.string(entry, "percent").as_deref() {
            None => None,
            Some("sign") => Some(Percent::Sign),
            Some("words") => Some(Percent::Words),
            Some(other) => {
                let at = entry.get("percent").map_or(0, |value| value.span().start);
                self.problem(at, format!("\"percent\" knows sign and words, not \"{other}\""));
                None
            }
        };
        Some(Numbers {
            spell_out_below: self.number(entry, "spell_out_below", 0..=17, 0),
            percent,
            except: self.strings(entry, "except"),
        })
    }

    fn truth(&mut self, table: &DeTable<'_>, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        let said = value.get_ref().as_bool();
        if said.is_none() {
            self.wrong(value, key, "true or false");
        }
        said
    }

    /// Tells of keys that mean nothing there: a slip of the pen would be without effect and without a word.
    fn only(&mut self, table: &DeTable<'_>, name: &str, known: &[&str]) {
        for key in table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let message = format!("\"{name}\" knows {}, not \"{}\"", known.join(", "), key.get_ref());
                self.problem(key.span().start, message);
            }
        }
    }
}

/// More than any desk agrees on.
const MOST: usize = 5_000;
