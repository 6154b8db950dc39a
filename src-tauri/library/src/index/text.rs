//! The Tantivy side of the index: words and what narrows a search.

use super::analyser::{self, Analyser};
use super::schema::text_path;
use crate::error::{At, Error, ErrorKind, Result};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{LogMergePolicy, NoMergePolicy};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

/// The fields of a document. `text` holds everything that plain words search; `title` and
/// `standfirst` hold their parts of it again, to weigh more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) rowid: Field,
    pub(crate) date: Field,
    pub(crate) text: Field,
    pub(crate) title: Field,
    pub(crate) standfirst: Field,
    pub(crate) author: Field,
    pub(crate) tag: Field,
    pub(crate) section: Field,
    pub(crate) status: Field,
    pub(crate) lang: Field,
}

/// The words of a library.
pub(crate) struct TextIndex {
    pub(crate) fields: Fields,
    index: Index,
    reader: IndexReader,
    /// How many times the rows had been written when the reader looked last.
    seen: AtomicI64,
    writer: Arc<Mutex<Slot>>,
}

/// The writer, kept for a few seconds after each use: making one costs threads, and keeping
/// it would lock out the command line.
#[derive(Default)]
struct Slot {
    writer: Option<IndexWriter>,
    threads: usize,
    used: Option<Instant>,
    closer: bool,
}

impl TextIndex {
    /// Opens the words, making them anew when they are missing or damaged; the result tells
    /// whether they start empty.
    pub(crate) fn open(folder: &Path) -> Result<(TextIndex, bool)> {
        let path = text_path(folder);
        fs::create_dir_all(&path).at(&path)?;
        let (schema, fields) = schema();
        let existed = path.join("meta.json").exists();
        let open = || -> tantivy::Result<Index> { Index::open_or_create(MmapDirectory::open(&path)?, schema.clone()) };
        let reader_of = |index: &Index| -> tantivy::Result<IndexReader> {
            index
                .tokenizers()
                .register(analyser::NAME, TextAnalyzer::builder(Analyser::default()).build());
            index
                .reader_builder()
                .reload_policy(ReloadPolicy::Manual)
                .doc_store_cache_num_blocks(0)
                .try_into()
        };
        let opened = open().and_then(|index| reader_of(&index).map(|reader| (index, reader)));
        let (index, reader, empty) = match opened {
            Ok((index, reader)) => (index, reader, !existed),
            Err(error) => {
                tracing::warn!(%error, "the words of the index are set aside and will be rebuilt");
                let old = folder.join("text.old");
                if old.exists() {
                    fs::remove_dir_all(&old).at(&old)?;
                }
                fs::rename(&path, &old).at(&path)?;
                fs::create_dir_all(&path).at(&path)?;
                let index = open()?;
                let reader = reader_of(&index)?;
                (index, reader, true)
            }
        };
        Ok((
            TextIndex {
                fields,
                index,
                reader,
                seen: AtomicI64::new(-1),
                writer: Arc::default(),
            },
            empty,
        ))
    }

    /// What this process has committed.
    #[cfg(test)]
    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// What has been committed by any process, given how many times the rows were written.
    pub(crate) fn searcher_at(&self, generation: i64) -> Result<Searcher> {
        if self.seen.swap(generation, Ordering::AcqRel) != generation {
            self.reader.reload()?;
        }
        Ok(self.reader.searcher())
    }

    /// Takes articles out and puts documents in; both become visible with [`TextIndex::commit`].
    /// `many` asks for more threads and memory, for the time of a long work.
    pub(crate) fn write(
        &self,
        many: bool,
        removed: &[i64],
        added: impl Iterator<Item = (i64, i64, TantivyDocument)>,
    ) -> Result<()> {
        let mut slot = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let writer = self.writer_in(&mut slot, many)?;
        for rowid in removed {
            writer.delete_term(self.term(*rowid));
        }
        for (rowid, date, mut document) in added {
            document.add_i64(self.fields.date, date);
            document.add_u64(self.fields.rowid, rowid.unsigned_abs());
            writer.add_document(document)?;
        }
        Ok(())
    }

    /// Makes what was written durable and visible.
    pub(crate) fn commit(&self) -> Result<()> {
        let mut slot = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(writer) = slot.writer.as_mut() {
            writer.commit()?;
            slot.used = Some(Instant::now());
            self.close_when_idle(&mut slot);
        }
        self.reader.reload()?;
        Ok(())
    }

    /// Gives back what writing holds, and merges what a long work left in many pieces. Searching
    /// is quicker afterwards; nothing else changes.
    pub(crate) fn settle(&self) -> Result<()> {
        release(&self.writer)?;
        self.reader.reload()?;
        Ok(())
    }

    /// Forgets what was written since the last commit.
    pub(crate) fn forget(&self) {
        let mut slot = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut writer) = slot.writer.take() {
            let _ = writer.rollback();
        }
    }

    /// All terms with how many articles have them, for comparing two indexes.
    #[cfg(test)]
    pub(crate) fn dump(&self) -> Vec<(String, String, u64)> {
        use std::collections::BTreeMap;
        let searcher = self.searcher();
        let mut terms: BTreeMap<(String, String), u64> = BTreeMap::new();
        for (field, entry) in self.index.schema().fields() {
            if field == self.fields.rowid || !entry.is_indexed() || field == self.fields.date {
                continue;
            }
            for segment in searcher.segment_readers() {
                let Ok(inverted) = segment.inverted_index(field) else {
                    continue;
                };
                let Ok(mut stream) = inverted.terms().stream() else {
                    continue;
                };
                while stream.advance() {
                    let Ok(mut postings) =
                        inverted.read_postings_from_terminfo(stream.value(), IndexRecordOption::WithFreqsAndPositions)
                    else {
                        continue;
                    };
                    use tantivy::postings::Postings;
                    use tantivy::{DocSet, TERMINATED};
                    let mut count = 0;
                    while postings.doc() != TERMINATED {
                        if segment
                            .alive_bitset()
                            .is_none_or(|alive| alive.is_alive(postings.doc()))
                        {
                            count += u64::from(postings.term_freq()) * 1_000 + 1;
                        }
                        postings.advance();
                    }
                    if count > 0 {
                        let term = String::from_utf8_lossy(stream.key()).into_owned();
                        *terms.entry((entry.name().to_owned(), term)).or_default() += count;
                    }
                }
            }
        }
        terms
            .into_iter()
            .map(|((field, term), count)| (field, term, count))
            .collect()
    }

    fn term(&self, rowid: i64) -> Term {
        Term::from_field_u64(self.fields.rowid, rowid.unsigned_abs())
    }

    fn writer_in<'slot>(&self, slot: &'slot mut Slot, many: bool) -> Result<&'slot mut IndexWriter> {
        let threads = if many { MANY_THREADS } else { 1 };
        if many && slot.threads < MANY_THREADS && slot.writer.is_some() {
            // What was written and not committed would be lost with it.
            if let Some(mut writer) = slot.writer.take() {
                writer.commit()?;
                writer.wait_merging_threads()?;
            }
        }
        if slot.writer.is_none() {
            let memory = if many { MANY_MEMORY } else { LITTLE_MEMORY };
            let writer = self.wait_for_writer(threads, memory)?;
            if many {
                // Merging while everything is still being written does the same work again and again.
                writer.set_merge_policy(Box::new(NoMergePolicy));
            }
            slot.writer = Some(writer);
            slot.threads = threads;
        }
        slot.used = Some(Instant::now());
        slot.writer
            .as_mut()
            .ok_or_else(|| Error::new(ErrorKind::Busy, "the index has no writer"))
    }

    /// Another program that has written lets go of the index when it has been idle for a while: it is waited for.
    fn wait_for_writer(&self, threads: usize, memory: usize) -> tantivy::Result<IndexWriter> {
        let started = Instant::now();
        loop {
            match self.index.writer_with_num_threads(threads, memory) {
                Err(tantivy::TantivyError::LockFailure(..)) if started.elapsed() < 2 * IDLE => {
                    std::thread::sleep(IDLE / 50);
                }
                other => return other,
            }
        }
    }

    fn close_when_idle(&self, slot: &mut Slot) {
        if slot.closer {
            return;
        }
        let weak: Weak<Mutex<Slot>> = Arc::downgrade(&self.writer);
        let closer = std::thread::Builder::new().name("index writer".into()).spawn(move || {
            loop {
                std::thread::sleep(IDLE);
                let Some(writer) = weak.upgrade() else { return };
                let idle = {
                    let mut slot = writer.lock().unwrap_or_else(PoisonError::into_inner);
                    let idle = slot.used.is_none_or(|used| used.elapsed() >= IDLE);
                    slot.closer = !idle;
                    idle
                };
                if idle {
                    if let Err(error) = release(&writer) {
                        tracing::warn!(%error, "merging the words of the index failed");
                    }
                    return;
                }
            }
        });
        slot.closer = closer.is_ok();
    }
}

impl Drop for TextIndex {
    fn drop(&mut self) {
        // Merges that are cut off here are made up for by the next ones.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).writer = None;
    }
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        use tantivy::TantivyError;
        let kind = match &error {
            TantivyError::LockFailure(..) => ErrorKind::Busy,
            TantivyError::DataCorruption(_) | TantivyError::SchemaError(_) => ErrorKind::Corrupt,
            TantivyError::IoError(io) if io.kind() == std::io::ErrorKind::StorageFull => ErrorKind::DiskFull,
            _ => ErrorKind::Io,
        };
        let detail = match kind {
            ErrorKind::Busy => "another program is writing the index of this library",
            _ => "the index's words can't be read or written",
        };
        Error::new(kind, detail).because(error)
    }
}

const MANY_THREADS: usize = 2;
/// For all threads together, and only while they work: each piece of the index is made in memory.
const MANY_MEMORY: usize = 200_000_000;
const LITTLE_MEMORY: usize = 15_000_000;
const IDLE: Duration = Duration::from_secs(3);

fn release(slot: &Mutex<Slot>) -> Result<()> {
    let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(mut writer) = slot.writer.take() {
        writer.set_merge_policy(Box::new(LogMergePolicy::default()));
        writer.commit()?;
        writer.wait_merging_threads()?;
    }
    Ok(())
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = |positions: IndexRecordOption| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(analyser::NAME)
                .set_index_option(positions),
        )
    };
    let exact = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    );
    let positions = IndexRecordOption::WithFreqsAndPositions;
    let fields = Fields {
        rowid: schema.add_u64_field("rowid", INDEXED | FAST),
        date: schema.add_i64_field("date", FAST),
        text: schema.add_text_field("text", words(positions)),
        title: schema.add_text_field("title", words(positions)),
        standfirst: schema.add_text_field("standfirst", words(IndexRecordOption::WithFreqs)),
        author: schema.add_text_field("author", words(positions)),
        tag: schema.add_text_field("tag", words(positions)),
        section: schema.add_text_field("section", exact.clone()),
        status: schema.add_text_field("status", exact.clone()),
        lang: schema.add_text_field("lang", exact),
    };
    (schema.build(), fields)
}
