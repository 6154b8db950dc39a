//! From a query to what Tantivy runs.

use super::forms::Forms;
use super::query::{Clause, Exact, Part, Query as Parsed, Wanted};
use crate::index::analyser;
use crate::index::text::Fields;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Term};

/// What Tantivy runs for a query; `None` when it asks for nothing. What is said of articles is not among the words:
/// `said.rs` tells which articles it leaves.
pub(crate) fn plan(parsed: &Parsed, fields: &Fields) -> Option<Box<dyn Query>> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let mut positive = false;
    for Clause { negated, wanted } in &parsed.clauses {
        if matches!(wanted, Wanted::Said(_)) {
            continue;
        }
        positive |= !negated;
        let occur = if *negated { Occur::MustNot } else { Occur::Must };
        clauses.push((occur, required(wanted, fields, !negated)));
        if !negated {
            clauses.extend(weights(wanted, fields).into_iter().map(|query| (Occur::Should, query)));
        }
    }
    if parsed.clauses.is_empty() {
        return None;
    }
    if !positive {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    Some(Box::new(BooleanQuery::new(clauses)))
}

/// What must hold of an article.
fn required(wanted: &Wanted, fields: &Fields, scored: bool) -> Box<dyn Query> {
    match wanted {
        Wanted::Word { part, word, begins } => {
            let any = match part {
                Part::Anywhere if *begins && word.chars().count() == 1 => letter(word, fields),
                part => any_form(field_of(*part, fields), word, *begins),
            };
            if scored { any } else { unscored(any) }
        }
        Wanted::Phrase { part, words } => phrase(field_of(*part, fields), words),
        Wanted::Exactly { what, value } => {
            let field = match what {
                Exact::Section => fields.section,
                Exact::Status => fields.status,
                Exact::Lang => fields.lang,
            };
            unscored(Box::new(TermQuery::new(
                Term::from_field_text(field, value),
                IndexRecordOption::Basic,
            )))
        }
        Wanted::Before(seconds) => unscored(Box::new(RangeQuery::new(
            Bound::Unbounded,
            Bound::Excluded(Term::from_field_i64(fields.date, *seconds)),
        ))),
        Wanted::After(seconds) => unscored(Box::new(RangeQuery::new(
            Bound::Included(Term::from_field_i64(fields.date, *seconds)),
            Bound::Unbounded,
        ))),
        // Not a matter of words; `plan` leaves these out.
        Wanted::Said(_) => Box::new(AllQuery),
    }
}

/// What makes an article weigh more: the same words in its title and its standfirst.
fn weights(wanted: &Wanted, fields: &Fields) -> Vec<Box<dyn Query>> {
    match wanted {
        Wanted::Word {
            part: Part::Anywhere,
            word,
            begins,
        } => vec![
            boosted(any_form(fields.title, word, *begins), TITLE - 1.0),
            boosted(any_form(fields.standfirst, word, false), STANDFIRST - 1.0),
        ],
        Wanted::Phrase {
            part: Part::Anywhere,
            words,
        } => {
            vec![boosted(phrase(fields.title, words), TITLE - 1.0)]
        }
        _ => Vec::new(),
    }
}

/// A title counts four times what the body does, a standfirst twice.
const TITLE: Score = 4.0;
const STANDFIRST: Score = 2.0;

/// The word, its other forms in each language, and the words that begin with it.
fn any_form(field: Field, word: &str, begins: bool) -> Box<dyn Query> {
    Box::new(Forms {
        field,
        word: word.to_owned(),
        inflected: true,
        begins,
    })
}

/// One letter begins a word of nearly every article, which tells nothing and takes long: it is
/// looked for as a word, and as the beginning of those that name an article.
fn letter(letter: &str, fields: &Fields) -> Box<dyn Query> {
    let named = [fields.title, fields.author, fields.tag].map(|field| any_form(field, letter, true));
    let all = std::iter::once(any_form(fields.text, letter, false)).chain(named);
    Box::new(BooleanQuery::union(all.collect()))
}

/// The words one after the other, as they stand, in a text of any one language.
fn phrase(field: Field, words: &[String]) -> Box<dyn Query> {
    match words {
        [] => Box::new(EmptyQuery),
        [word] => Box::new(Forms {
            field,
            word: word.clone(),
            inflected: false,
            begins: false,
        }),
        _ => Box::new(BooleanQuery::union(
            analyser::LANGUAGES
                .into_iter()
                .map(|language| -> Box<dyn Query> {
                    let term = |word: &String| Term::from_field_text(field, &analyser::term(language, word));
                    Box::new(PhraseQuery::new(words.iter().map(term).collect()))
                })
                .collect(),
        )),
    }
}

fn field_of(part: Part, fields: &Fields) -> Field {
    match part {
        Part::Anywhere => fields.text,
        Part::Title => fields.title,
        Part::Author => fields.author,
        Part::Tag => fields.tag,
    }
}

fn boosted(query: Box<dyn Query>, boost: Score) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, boost))
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
