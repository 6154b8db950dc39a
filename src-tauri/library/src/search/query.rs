//! The language of queries.
//!
//! | written | finds articles |
//! |---|---|
//! | `climat jeunes` | with both words, in any form that the language's stemmer knows |
//! | `clim` (the last word, no space after it) | with a word that begins so; a single letter counts in titles, names and tags only |
//! | `"transition juste"` | with these words one after the other |
//! | `-sport`, `-"fait divers"`, `-tag:archive` | without |
//! | `title:` `titre:` | with the word or phrase in the title |
//! | `author:` `auteur:` `autrice:` | signed by someone of that name |
//! | `tag:` `mot:` `étiquette:` | with that tag |
//! | `section:` `rubrique:` | in that section or below it (name, slug or path) |
//! | `status:` `statut:` | at that stage |
//! | `lang:` `langue:` | in that language (`fr`, `en`, `ar`…) |
//! | `before:` `avant:`, `after:` `après:` | dated before, or on and after, a year, month or day, or so many days (`7d`, `7j`), weeks (`2w`, `2s`), months (`3m`) or years (`1y`, `1a`) ago |
//! | `in:` `dans:` | that lie there: `inbox` `réception`, `later` `plus-tard`, `library` `bibliothèque`, `archive` |
//! | `is:` `est:` | that are `unread` `non-lu`, `read` `lu`, `starred` `étoilé`, `draft` `brouillon` |
//! | `has:` `avec:` | with a `highlight` `surlignage` |
//!
//! Whatever makes no sense in this language is searched as plain words.

use crate::index::facts::name_key;
use crate::journal::Place;
use edito_prose::ArticleDate;
use edito_prose::fold::{fold, words};
use jiff::{Span, Timestamp, tz::TimeZone};

/// A query, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) clauses: Vec<Clause>,
}

/// One condition; all of them hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) negated: bool,
    pub(crate) wanted: Wanted,
}

/// What a condition asks for. All words are folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Word {
        part: Part,
        word: String,
        begins: bool,
    },
    Phrase {
        part: Part,
        words: Vec<String>,
    },
    /// The value is folded words joined by spaces.
    Exactly {
        what: Exact,
        value: String,
    },
    /// Seconds since 1970.
    Before(i64),
    After(i64),
    /// What the reader did with it.
    Said(Said),
}

/// What is said of an article, which the rows know and its words do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    In(Place),
    Unread,
    Read,
    Starred,
    Draft,
    Highlighted,
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Anywhere,
    Title,
    Author,
    Tag,
}

/// What has one of a few values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exact {
    Section,
    Status,
    Lang,
}

/// Understands queries that hold together, each by itself; as [`parse`].
pub(crate) fn parse_all(texts: &[&str], now: Timestamp) -> Query {
    let clauses = texts.iter().flat_map(|text| parse(text, now).clauses);
    Query {
        clauses: clauses.collect(),
    }
}

/// Understands a query; never fails. `now` is the day that stretches of time are counted from.
pub(crate) fn parse(text: &str, now: Timestamp) -> Query {
    let mut query = Query::default();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return query;
        }
        let (piece, after) = Piece::take(rest);
        rest = after;
        piece.add_to(&mut query, now, after.is_empty());
    }
}

impl Query {
    /// What must be said of an article, or (when true) must not.
    pub(crate) fn said(&self) -> impl Iterator<Item = (bool, Said)> {
        self.clauses.iter().filter_map(|clause| match clause.wanted {
            Wanted::Said(said) => Some((clause.negated, said)),
            _ => None,
        })
    }

    /// The words and phrases to be shown in passages.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (&[String], bool)> {
        self.clauses
            .iter()
            .filter(|clause| !clause.negated)
            .filter_map(|clause| match &clause.wanted {
                Wanted::Word { word, begins, .. } => Some((std::slice::from_ref(word), *begins)),
                Wanted::Phrase { words, .. } => Some((words.as_slice(), false)),
                _ => None,
            })
    }
}

/// A stretch of a query up to a space outside quotes: `-field:"value"` and parts of it.
struct Piece<'a> {
    negated: bool,
    field: Option<&'a str>,
    value: &'a str,
    quoted: bool,
    /// Without understanding anything.
    whole: &'a str,
}

impl<'a> Piece<'a> {
    fn take(text: &'a str) -> (Piece<'a>, &'a str) {
        let unsigned = text.strip_prefix(['-', '−', '–']).filter(|rest| {
            rest.chars()
                .next()
                .is_some_and(|next| next.is_alphanumeric() || quote(next).is_some())
        });
        let negated = unsigned.is_some();
        let body = unsigned.unwrap_or(text);
        let sign = text.len() - body.len();
        let word_end = body.find(char::is_whitespace).unwrap_or(body.len());
        let (head, _) = body.split_at(word_end);
        let colon = head.find(':').filter(|colon| field(&head[..*colon]).is_some());
        let (name, value_start) = match colon {
            Some(colon) => (head.get(..colon), colon + 1),
            None => (None, 0),
        };
        let value = body.get(value_start..).unwrap_or_default();
        if let Some(open) = value.chars().next()
            && let Some(close) = quote(open)
        {
            let inner = value.get(open.len_utf8()..).unwrap_or_default();
            // A quotation that is still being typed reaches to the end.
            let (inner, used) = match inner.find(close) {
                Some(end) => {
                    let closing = inner
                        .get(end..)
                        .and_then(|rest| rest.chars().next())
                        .map_or(0, char::len_utf8);
                    (inner.get(..end).unwrap_or_default(), end + closing)
                }
                None => (inner, inner.len()),
            };
            let length = sign + value_start + open.len_utf8() + used;
            let (whole, after) = text.split_at(length.min(text.len()));
            return (
                Piece {
                    negated,
                    field: name,
                    value: inner,
                    quoted: true,
                    whole,
                },
                after,
            );
        }
        let (whole, after) = text.split_at(sign + word_end);
        let value = head.get(value_start..).unwrap_or_default();
        (
            Piece {
                negated,
                field: name,
                value,
                quoted: false,
                whole,
            },
            after,
        )
    }

    fn add_to(&self, query: &mut Query, now: Timestamp, last: bool) {
        let Some(name) = self.field else {
            return self.add_words(query, Part::Anywhere, self.value, last);
        };
        let negated = self.negated;
        let mut push = |wanted| query.clauses.push(Clause { negated, wanted });
        let understood = match field(name) {
            Some(Field::Part(part)) if !self.value.trim().is_empty() => {
                return self.add_words(query, part, self.value, last);
            }
            Some(Field::Exact(what)) if words(self.value).next().is_some() => {
                let value = match what {
                    Exact::Lang => self.value.trim().to_lowercase(),
                    _ => name_key(self.value),
                };
                push(Wanted::Exactly { what, value });
                true
            }
            Some(Field::Before) => day(self.value, now).map(|day| push(Wanted::Before(day))).is_some(),
            Some(Field::After) => day(self.value, now).map(|day| push(Wanted::After(day))).is_some(),
            Some(Field::Said(about)) => said(about, self.value).map(|said| push(Wanted::Said(said))).is_some(),
            _ => false,
        };
        if !understood {
            self.add_words(query, Part::Anywhere, self.whole, last);
        }
    }

    fn add_words(&self, query: &mut Query, part: Part, text: &str, last: bool) {
        let mut found: Vec<String> = words(text).map(|word| word.folded.into_owned()).collect();
        if self.quoted && found.len() > 1 {
            let wanted = Wanted::Phrase { part, words: found };
            query.clauses.push(Clause {
                negated: self.negated,
                wanted,
            });
            return;
        }
        let final_word = found.pop();
        let begins =
            last && !self.quoted && !self.negated && text.chars().next_back().is_some_and(char::is_alphanumeric);
        let all = found
            .into_iter()
            .map(|word| (word, false))
            .chain(final_word.map(|word| (word, begins)));
        let all: Vec<(String, bool)> = all.collect();
        // "without a-b" is without the two together, not without either.
        if self.negated && all.len() > 1 {
            let wanted = Wanted::Phrase {
                part,
                words: all.into_iter().map(|(word, _)| word).collect(),
            };
            query.clauses.push(Clause { negated: true, wanted });
            return;
        }
        for (word, begins) in all {
            query.clauses.push(Clause {
                negated: self.negated,
                wanted: Wanted::Word { part, word, begins },
            });
        }
    }
}

enum Field {
    Part(Part),
    Exact(Exact),
    Before,
    After,
    Said(About),
}

/// What `in:`, `is:` and `has:` speak of.
enum About {
    Place,
    State,
    Possession,
}

fn field(name: &str) -> Option<Field> {
    Some(match fold(name).as_str() {
        "title" | "titre" => Field::Part(Part::Title),
        "author" | "auteur" | "autrice" | "by" | "par" => Field::Part(Part::Author),
        "tag" | "mot" | "etiquette" => Field::Part(Part::Tag),
        "section" | "rubrique" => Field::Exact(Exact::Section),
        "status" | "statut" => Field::Exact(Exact::Status),
        "lang" | "langue" | "language" => Field::Exact(Exact::Lang),
        "before" | "avant" => Field::Before,
        "after" | "apres" => Field::After,
        "in" | "dans" => Field::Said(About::Place),
        "is" | "est" => Field::Said(About::State),
        "has" | "avec" => Field::Said(About::Possession),
        _ => return None,
    })
}

fn said(about: About, value: &str) -> Option<Said> {
    let value = name_key(value);
    Some(match (about, value.as_str()) {
        (About::Place, "inbox" | "reception" | "boite de reception") => Said::In(Place::Inbox),
        (About::Place, "later" | "plus tard") => Said::In(Place::Later),
        (About::Place, "library" | "bibliotheque") => Said::In(Place::Library),
        (About::Place, "archive" | "archives") => Said::In(Place::Archive),
        (About::State, "unread" | "non lu") => Said::Unread,
        (About::State, "read" | "lu") => Said::Read,
        (About::State, "starred" | "etoile") => Said::Starred,
        (About::State, "draft" | "brouillon") => Said::Draft,
        (About::Possession, "highlight" | "highlights" | "surlignage" | "surlignages") => Said::Highlighted,
        _ => return None,
    })
}

/// The sign that closes a quotation.
fn quote(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '“' | '”' => Some(&['"', '“', '”']),
        '«' => Some(&['»']),
        _ => None,
    }
}

/// The first second of a year, a month or a day, or of the day so long before now.
fn day(text: &str, now: Timestamp) -> Option<i64> {
    let text = text.trim();
    if let Some(day) = ago(text, now) {
        return Some(day);
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let whole = match (month, day) {
        (None, None) if year.len() == 4 && digits(year) => format!("{year}-01-01"),
        (Some(month), None) if year.len() == 4 && digits(year) && digits(month) && month.len() <= 2 => {
            format!("{year}-{month:0>2}-01")
        }
        _ => text.to_owned(),
    };
    ArticleDate::parse(&whole).map(|date| date.sort_key())
}

/// The first second of the day that was so many days, weeks, months or years before now.
fn ago(text: &str, now: Timestamp) -> Option<i64> {
    let unit = text.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = text.split_at(unit);
    // Nobody looks back further than ten thousand of anything.
    let number: i32 = number.parse().ok().filter(|number| *number < 10_000)?;
    let span = match fold(unit).as_str() {
        "d" | "j" => Span::new().days(number),
        "w" | "s" => Span::new().weeks(number),
        "m" => Span::new().months(number),
        "y" | "a" => Span::new().years(number),
        _ => return None,
    };
    let day = now.to_zoned(TimeZone::UTC).date().checked_sub(span).ok()?;
    ArticleDate::parse(&day.to_string()).map(|date| date.sort_key())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    /// A short notation: `word`, `word*`, `"a b"`, `-`, `part:`, `<` and `>` for dates.
    fn short(text: &str) -> String {
        let clauses: Vec<String> = parse(text, "1970-03-31T12:00:00Z".parse().unwrap())
            .clauses
            .into_iter()
            .map(|clause| {
                let at = |part: Part| match part {
                    Part::Anywhere => String::new(),
                    part => format!("{part:?}:").to_lowercase(),
                };
                let wanted = match clause.wanted {
                    Wanted::Word { part, word, begins } => {
                        format!("{}{word}{}", at(part), if begins { "*" } else { "" })
                    }
                    Wanted::Phrase { part, words } => format!("{}\"{}\"", at(part), words.join(" ")),
                    Wanted::Exactly { what, value } => format!("{what:?}={value}").to_lowercase(),
                    Wanted::Before(seconds) => format!("<{}", seconds / 86_400),
                    Wanted::After(seconds) => format!(">{}", seconds / 86_400),
                    Wanted::Said(said) => format!("{said:?}").to_lowercase(),
                };
                format!("{}{wanted}", if clause.negated { "-" } else { "" })
            })
            .collect();
        clauses.join(" | ")
    }

    #[test]
    fn queries_are_understood() {
        for (query, expected) in [
            ("", ""),
            ("Climat jeunes", "climat | jeunes*"),
            ("climat ", "climat"),
            ("l’Élection d'Œuvres ", "election | oeuvres"),
            ("\"Transition juste\"", "\"transition juste\""),
            ("« transition juste » loi ", "\"transition juste\" | loi"),
            ("\"transition jus", "\"transition jus\""),
            ("\"mot\"", "mot"),
            ("-sport climat ", "-sport | climat"),
            ("-\"fait divers\"", "-\"fait divers\""),
            ("-", ""),
            ("- sport ", "sport"),
            ("peut-être ", "peut | etre"),
            ("title:climat", "title:climat*"),
            ("titre:\"le climat\"", "title:\"le climat\""),
            ("auteur:\"Marie Durand\"", "author:\"marie durand\""),
            ("étiquette:climat ", "tag:climat"),
            ("rubrique:\"Dans les médias\"", "section=dans les medias"),
            ("section:analyses/europe", "section=analyses europe"),
            ("statut:relu -langue:en", "status=relu | -lang=en"),
            ("after:1970-01-11 before:1971", ">10 | <365"),
            ("après:1970-02", ">31"),
            ("after:7d before:2s ", ">82 | <75"),
            ("après:1m avant:1y ", ">58 | <-276"),
            ("after:12345678901d ", "after | 12345678901d"),
            ("after:9999y ", "after | 9999y"),
            ("in:later dans:réception", "in(later) | in(inbox)"),
            ("dans:\"plus tard\" -in:archive", "in(later) | -in(archive)"),
            ("is:unread est:non-lu -est:étoilé", "unread | unread | -starred"),
            (
                "is:draft has:highlight avec:surlignages",
                "draft | highlighted | highlighted",
            ),
            ("in:town is:said ", "in | town | is | said"),
            ("in: has:\"\" ", "in | has"),
            ("before:demain ", "before | demain"),
            ("title: climat ", "title | climat"),
            ("http://exemple.fr ", "http | exemple | fr"),
            ("inconnu:mot ", "inconnu | mot"),
            ("(a OR b) ", "a | or | b"),
            ("a\"b", "a | b*"),
            ("\"\" :: -- \" ", ""),
        ] {
            assert_eq!(short(query), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn no_query_is_an_error(query in "[-a-z:\"«»’ é\\p{Any}]{0,40}") {
            parse(&query, Timestamp::UNIX_EPOCH);
        }
    }
}
