//! A word of a query, in every form that an article may have it.
//!
//! The index holds words as they stand, each behind the sign of its text's language. Which of
//! them are forms of the same word is found out when it is asked for: the forms of a French or
//! English word begin alike, so they stand close together in the dictionary, and stemming a few
//! hundred neighbours costs less than writing every stem of every article.

use crate::index::analyser::{self, Neighbours, StemLanguage};
use std::collections::HashMap;
use std::sync::Mutex;
use tantivy::index::SegmentId;
use tantivy::postings::{Postings, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, Searcher, SegmentReader, TERMINATED, TantivyError};

/// Articles that have a word of a query in some form.
///
/// All forms count together, as one word would: how often they stand in the article, in how many
/// articles any of them stands. The form that was typed counts half as much again. Words that
/// only begin so add a fixed amount, however many there are.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    /// Where the word is looked for.
    pub(super) field: Field,
    /// The word, folded.
    pub(super) word: String,
    /// Whether other forms count.
    pub(super) inflected: bool,
    /// Whether words that begin so count.
    pub(super) begins: bool,
}

impl Query for Forms {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut found = Found {
            forms: self.clone(),
            known: Mutex::default(),
            terms: HashMap::new(),
            weight: None,
        };
        if let Some(searcher) = scoring.searcher() {
            let mut articles = 0;
            for segment in searcher.segment_readers() {
                let terms = found.terms_in(&*segment.inverted_index(self.field)?)?;
                articles += terms.iter().map(|term| u64::from(term.info.doc_freq)).sum::<u64>();
                found.terms.insert(segment.segment_id(), terms);
            }
            if scoring.is_scoring_enabled() {
                found.weight = Some(weight(searcher, self.field, articles)?);
            }
        }
        Ok(Box::new(found))
    }
}

/// A form more counts this much for the form that was typed.
const SAME_FORM: Score = 0.5;
/// What a word that begins so adds.
const BEGINS: Score = 1.0;

fn weight(searcher: &Searcher, field: Field, articles: u64) -> tantivy::Result<Bm25Weight> {
    let all = searcher.total_num_docs()?;
    let words = searcher.total_num_tokens(field)?;
    Ok(Bm25Weight::for_one_term(
        articles.min(all),
        all,
        words as Score / all.max(1) as Score,
    ))
}

/// A form as a segment has it.
struct FormTerm {
    info: TermInfo,
    typed: bool,
}

struct Found {
    forms: Forms,
    /// Whether a neighbour in the dictionary is a form of the word, so that no two segments ask twice.
    known: Mutex<HashMap<Vec<u8>, bool>>,
    terms: HashMap<SegmentId, Vec<FormTerm>>,
    weight: Option<Bm25Weight>,
}

impl Found {
    fn terms_in(&self, inverted: &InvertedIndexReader) -> tantivy::Result<Vec<FormTerm>> {
        let dictionary = inverted.terms();
        let mut terms = Vec::new();
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for language in analyser::LANGUAGES {
            let typed = analyser::term(language, &self.forms.word);
            if let Some(info) = dictionary.get(typed.as_bytes())? {
                terms.push(FormTerm { info, typed: true });
            }
            let Some(language) = language.filter(|_| self.forms.inflected) else {
                continue;
            };
            match analyser::neighbours(language, &self.forms.word) {
                Neighbours::None => {}
                Neighbours::Word(other) => {
                    if let Some(info) = dictionary.get(other.as_bytes())? {
                        terms.push(FormTerm { info, typed: false });
                    }
                }
                Neighbours::Among { beginning, stem } => {
                    let mut stream = range(inverted, &beginning)?;
                    while stream.advance() {
                        let word = stream.key();
                        if word == typed.as_bytes() {
                            continue;
                        }
                        let is_form = match known.get(word) {
                            Some(is_form) => *is_form,
                            None => {
                                let is_form = is_form(language, word, &stem);
                                known.insert(word.to_vec(), is_form);
                                is_form
                            }
                        };
                        if is_form {
                            terms.push(FormTerm {
                                info: stream.value().clone(),
                                typed: false,
                            });
                        }
                    }
                }
            }
        }
        Ok(terms)
    }
}

fn is_form(language: StemLanguage, term: &[u8], stem: &str) -> bool {
    let word = term.get(1..).and_then(|word| std::str::from_utf8(word).ok());
    word.is_some_and(|word| analyser::has_stem(language, word, stem))
}

fn range<'a>(
    inverted: &'a InvertedIndexReader,
    beginning: &str,
) -> tantivy::Result<tantivy::termdict::TermStreamer<'a>> {
    // Words are UTF-8, whose bytes are never 0xFF.
    let mut end = beginning.as_bytes().to_vec();
    end.push(0xFF);
    Ok(inverted
        .terms()
        .range()
        .ge(beginning.as_bytes())
        .lt(&end)
        .into_stream()?)
}

impl Weight for Found {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted = reader.inverted_index(self.forms.field)?;
        let own;
        let terms = match self.terms.get(&reader.segment_id()) {
            Some(terms) => terms,
            None => {
                own = self.terms_in(&inverted)?;
                &own
            }
        };
        let record = if self.weight.is_some() {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::Basic
        };
        let expected: usize = terms.iter().map(|term| term.info.doc_freq as usize).sum();
        let mut counts = Counts::new(expected, terms.len(), reader.max_doc());
        for term in terms {
            let mut postings = inverted.read_postings_from_terminfo(&term.info, record)?;
            while postings.doc() != TERMINATED {
                let times = if self.weight.is_some() { postings.term_freq() } else { 1 };
                counts.add(postings.doc(), times, term.typed);
                postings.advance();
            }
        }
        let norms = match &self.weight {
            Some(weight) => Some((weight.boost_by(boost), reader.get_fieldnorms_reader(self.forms.field)?)),
            None => None,
        };
        let score = |doc: DocId, all: u32, typed: u32| match &norms {
            Some((weight, norms)) => {
                let norm = norms.fieldnorm_id(doc);
                let same = if typed > 0 {
                    SAME_FORM * weight.score(norm, typed)
                } else {
                    0.0
                };
                weight.score(norm, all) + same
            }
            None => 0.0,
        };
        let mut articles = Articles::with_capacity(expected);
        if !self.forms.begins {
            counts.each(|doc, all, typed| articles.push(doc, score(doc, all, typed)));
            return Ok(Box::new(articles));
        }
        let mut scores = vec![f32::NEG_INFINITY; reader.max_doc() as usize];
        for language in analyser::LANGUAGES {
            let mut stream = range(&inverted, &analyser::term(language, &self.forms.word))?;
            while stream.advance() {
                let mut postings =
                    inverted.read_block_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
                loop {
                    let docs = postings.docs();
                    if docs.is_empty() {
                        break;
                    }
                    for doc in docs {
                        if let Some(score) = scores.get_mut(*doc as usize) {
                            *score = BEGINS * boost;
                        }
                    }
                    postings.advance();
                }
            }
        }
        counts.each(|doc, all, typed| {
            if let Some(known) = scores.get_mut(doc as usize) {
                *known = known.max(0.0) + score(doc, all, typed);
            }
        });
        for (doc, score) in scores.into_iter().enumerate() {
            if score >= 0.0 {
                articles.push(doc as DocId, score);
            }
        }
        Ok(Box::new(articles))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) == doc {
            Ok(Explanation::new("the forms of a word", scorer.score()))
        } else {
            Err(TantivyError::InvalidArgument("the article has no such word".into()))
        }
    }
}

/// How often the forms stand in each article.
enum Counts {
    /// In the order of articles already.
    One(Vec<(DocId, u32, bool)>),
    /// To be put in order.
    Few(Vec<(DocId, u32, bool)>),
    /// All forms, and the one typed, for each article of the segment.
    Many(Vec<(u32, u32)>),
}

impl Counts {
    fn new(expected: usize, terms: usize, articles: DocId) -> Counts {
        match (terms, expected) {
            (0 | 1, _) => Counts::One(Vec::with_capacity(expected)),
            (_, 0..FEW) => Counts::Few(Vec::with_capacity(expected)),
            _ => Counts::Many(vec![(0, 0); articles as usize]),
        }
    }

    fn add(&mut self, doc: DocId, times: u32, typed: bool) {
        match self {
            Counts::One(found) | Counts::Few(found) => found.push((doc, times, typed)),
            Counts::Many(counts) => {
                if let Some((all, same)) = counts.get_mut(doc as usize) {
                    *all += times;
                    *same += if typed { times } else { 0 };
                }
            }
        }
    }

    /// Calls `take` with each article that has any, in order: all forms, and the one typed.
    fn each(self, mut take: impl FnMut(DocId, u32, u32)) {
        match self {
            Counts::One(found) => {
                for (doc, times, typed) in found {
                    take(doc, times, if typed { times } else { 0 });
                }
            }
            Counts::Few(mut found) => {
                found.sort_unstable_by_key(|(doc, ..)| *doc);
                for same in found.chunk_by(|one, other| one.0 == other.0) {
                    let Some((doc, ..)) = same.first() else { continue };
                    let all = same.iter().map(|(_, times, _)| times).sum();
                    let typed = same
                        .iter()
                        .filter(|(.., typed)| *typed)
                        .map(|(_, times, _)| times)
                        .sum();
                    take(*doc, all, typed);
                }
            }
            Counts::Many(counts) => {
                for (doc, (all, typed)) in counts.into_iter().enumerate() {
                    if all > 0 {
                        take(doc as DocId, all, typed);
                    }
                }
            }
        }
    }
}

/// Beyond so many, counting in place is quicker than sorting.
const FEW: usize = 2_000;

/// Articles in order, each with its score.
struct Articles {
    docs: Vec<DocId>,
    scores: Vec<Score>,
    at: usize,
}

impl Articles {
    fn with_capacity(expected: usize) -> Articles {
        Articles {
            docs: Vec::with_capacity(expected),
            scores: Vec::with_capacity(expected),
            at: 0,
        }
    }

    fn push(&mut self, doc: DocId, score: Score) {
        self.docs.push(doc);
        self.scores.push(score);
    }
}

impl DocSet for Articles {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        // What is sought is most often near.
        let mut step = 1;
        while self.docs.get(self.at + step).is_some_and(|doc| *doc < target) {
            step *= 2;
        }
        let end = (self.at + step + 1).min(self.docs.len());
        let near = self.docs.get(self.at..end).unwrap_or_default();
        self.at += near.partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for Articles {
    fn score(&mut self) -> Score {
        self.scores.get(self.at).copied().unwrap_or(0.0)
    }
}
