//! From a query to what Tantivy runs.

use super::query::{Clause, Exact, Part, Query as Parsed, Wanted};
use crate::index::analyser::{StemLanguage, stem};
use crate::index::text::Fields;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Explanation, Occur, PhraseQuery,
    Query, RangeQuery, Scorer, TermQuery, Weight,
};
use tantivy::query::{BitSetDocSet, ConstScorer};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TantivyError, Term};

/// What Tantivy runs for a query; `None` when it asks for nothing.
pub(crate) fn plan(parsed: &Parsed, fields: &Fields) -> Option<Box<dyn Query>> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let mut positive = false;
    for Clause { negated, wanted } in &parsed.clauses {
        positive |= !negated;
        let occur = if *negated { Occur::MustNot } else { Occur::Must };
        clauses.push((occur, required(wanted, fields, !negated)));
        if !negated {
            clauses.extend(weights(wanted, fields).into_iter().map(|query| (Occur::Should, query)));
        }
    }
    if clauses.is_empty() {
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
        Wanted::Word { part, word, begins } => any_form(field_of(*part, fields), word, *begins, scored),
        Wanted::Phrase { part, words } => phrase(field_of(*part, fields), words),
        Wanted::Exactly { what, value } => {
            let field = match what {
                Exact::Section => fields.section,
                Exact::Status => fields.status,
                Exact::Lang => fields.lang,
            };
            unscored(term(field, value, IndexRecordOption::Basic))
        }
        Wanted::Before(seconds) => unscored(Box::new(RangeQuery::new(
            Bound::Unbounded,
            Bound::Excluded(Term::from_field_i64(fields.date, *seconds)),
        ))),
        Wanted::After(seconds) => unscored(Box::new(RangeQuery::new(
            Bound::Included(Term::from_field_i64(fields.date, *seconds)),
            Bound::Unbounded,
        ))),
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
            boosted(any_form(fields.title, word, *begins, true), TITLE - 1.0),
            boosted(any_form(fields.standfirst, word, false, true), STANDFIRST - 1.0),
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
/// The word as typed counts more than its other forms.
const SAME_FORM: Score = 1.5;

/// The word, its other forms in each language, and the words that begin with it.
fn any_form(field: Field, word: &str, begins: bool, scored: bool) -> Box<dyn Query> {
    let frequencies = if scored {
        IndexRecordOption::WithFreqs
    } else {
        IndexRecordOption::Basic
    };
    let mut forms: Vec<String> = Vec::new();
    for language in StemLanguage::ALL {
        if let Some(stem) = stem(language, word)
            && !forms.contains(&stem)
        {
            forms.push(stem);
        }
    }
    if forms.is_empty() && !begins {
        return term(field, word, frequencies);
    }
    let same = term(field, word, frequencies);
    let same = if scored { boosted(same, SAME_FORM) } else { same };
    let mut any: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Should, same)];
    any.extend(forms.iter().map(|form| (Occur::Should, term(field, form, frequencies))));
    if begins {
        any.push((
            Occur::Should,
            Box::new(Beginning {
                field,
                word: word.to_owned(),
            }),
        ));
    }
    Box::new(BooleanQuery::new(any))
}

fn phrase(field: Field, words: &[String]) -> Box<dyn Query> {
    let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word)).collect();
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => term(
            field,
            words.first().map_or("", String::as_str),
            IndexRecordOption::WithFreqs,
        ),
        _ => Box::new(PhraseQuery::new(terms)),
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

fn term(field: Field, word: &str, record: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), record))
}

fn boosted(query: Box<dyn Query>, boost: Score) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, boost))
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// Articles with a word that begins so. All such words count, however many there are: their
/// articles are gathered in one set, which costs less than a score for each.
#[derive(Clone, Debug)]
struct Beginning {
    field: Field,
    word: String,
}

impl Query for Beginning {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Beginning {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut found = BitSet::with_max_value(reader.max_doc());
        let inverted = reader.inverted_index(self.field)?;
        let words = inverted.terms();
        let mut range = words.range().ge(self.word.as_bytes());
        let mut end = self.word.clone().into_bytes();
        // Words are UTF-8, whose bytes are never 0xFF.
        end.push(0xFF);
        range = range.lt(&end);
        let mut stream = range.into_stream()?;
        while stream.advance() {
            let mut postings = inverted.read_block_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
            loop {
                let docs = postings.docs();
                if docs.is_empty() {
                    break;
                }
                for doc in docs {
                    found.insert(*doc);
                }
                postings.advance();
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) == doc {
            Ok(Explanation::new("a word begins so", 1.0))
        } else {
            Err(TantivyError::InvalidArgument("the article has no such word".into()))
        }
    }
}
