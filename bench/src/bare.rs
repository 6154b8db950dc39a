//! The limits that the library is held against: the same work done by its parts alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use ignore::{WalkBuilder, WalkState};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, QueryParser};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, Term, doc};

/// How many threads a limit may use: as many as Edito.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// Walks a tree and asks what each Markdown file is like; answers how many there are and their bytes.
pub fn walk_and_stat(root: &Path) -> (usize, u64) {
    let (files, bytes) = (AtomicUsize::new(0), AtomicU64::new(0));
    WalkBuilder::new(root)
        .standard_filters(false)
        .threads(threads())
        .build_parallel()
        .run(|| {
            Box::new(|entry| {
                if let Ok(entry) = entry
                    && entry.path().extension().is_some_and(|ending| ending == "md")
                    && let Ok(metadata) = entry.metadata()
                {
                    files.fetch_add(1, Ordering::Relaxed);
                    bytes.fetch_add(metadata.len(), Ordering::Relaxed);
                }
                WalkState::Continue
            })
        });
    (files.into_inner(), bytes.into_inner())
}

/// The Markdown files below a folder, in the order of their paths.
pub fn files(root: &Path) -> Vec<PathBuf> {
    let found = Mutex::new(Vec::new());
    WalkBuilder::new(root).threads(threads()).build_parallel().run(|| {
        Box::new(|entry| {
            if let Ok(entry) = entry
                && entry.path().extension().is_some_and(|ending| ending == "md")
            {
                found.lock().expect("no walker panics").push(entry.into_path());
            }
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().expect("no walker panics");
    found.sort();
    found
}

/// A full text index with nothing of Edito in it: two fields, the default tokenizer, nothing stored.
pub struct BareIndex {
    index: Index,
    reader: IndexReader,
    title: Field,
    body: Field,
}

impl BareIndex {
    /// Reads, parses and indexes files, as the least that a first index has to do. What it takes is up to the commit;
    /// merges that go on after it are waited for separately.
    pub fn build(folder: &Path, files: &[PathBuf]) -> tantivy::Result<Building> {
        fs::create_dir_all(folder)?;
        let mut schema = Schema::builder();
        let words = || {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("default")
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions),
            )
        };
        let title = schema.add_text_field("title", words());
        let body = schema.add_text_field("body", words());
        let index = Index::create_in_dir(folder, schema.build())?;
        let mut writer = index.writer_with_num_threads(threads(), threads() * 100_000_000)?;
        let next = AtomicUsize::new(0);
        let options = edito_prose::markdown::parse_options();
        std::thread::scope(|scope| {
            let readers: Vec<_> = (0..threads())
                .map(|_| {
                    scope.spawn(|| -> tantivy::Result<()> {
                        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                            let bytes = fs::read(path)?;
                            let text = String::from_utf8_lossy(&bytes);
                            let (head, prose) = split(&text);
                            let arena = comrak::Arena::new();
                            std::hint::black_box(comrak::parse_document(&arena, prose, &options));
                            writer.add_document(doc!(title => head, body => prose))?;
                        }
                        Ok(())
                    })
                })
                .collect();
            readers
                .into_iter()
                .try_for_each(|reader| reader.join().expect("a reading thread"))
        })?;
        writer.commit()?;
        Ok(Building {
            writer,
            index,
            title,
            body,
        })
    }

    /// Opens one that was built.
    pub fn open(folder: &Path) -> tantivy::Result<Self> {
        let index = Index::open_in_dir(folder)?;
        let (title, body) = (index.schema().get_field("title")?, index.schema().get_field("body")?);
        Ok(Self {
            reader: index.reader()?,
            index,
            title,
            body,
        })
    }

    /// The ten best articles for whole words, all of which must be there.
    pub fn search(&self, words: &str) -> tantivy::Result<usize> {
        let mut parser = QueryParser::for_index(&self.index, vec![self.title, self.body]);
        parser.set_conjunction_by_default();
        let (query, _) = parser.parse_query_lenient(words);
        self.best(&*query)
    }

    /// The ten best articles when the last word is only begun.
    pub fn search_as_typed(&self, words: &str) -> tantivy::Result<usize> {
        let folded = words.to_lowercase();
        let mut words: Vec<&str> = folded
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let Some(last) = words.pop() else { return Ok(0) };
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        if !words.is_empty() {
            let mut parser = QueryParser::for_index(&self.index, vec![self.title, self.body]);
            parser.set_conjunction_by_default();
            parts.push((Occur::Must, parser.parse_query_lenient(&words.join(" ")).0));
        }
        let begun: Vec<Box<dyn Query>> = [self.title, self.body]
            .into_iter()
            .map(|field| -> Box<dyn Query> {
                Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(field, last), 0, true))
            })
            .collect();
        parts.push((Occur::Must, Box::new(BooleanQuery::union(begun))));
        self.best(&BooleanQuery::new(parts))
    }

    fn best(&self, query: &dyn Query) -> tantivy::Result<usize> {
        Ok(self
            .reader
            .searcher()
            .search(query, &TopDocs::with_limit(10).order_by_score())?
            .len())
    }
}

/// A bare index that has been committed and may still be merging.
pub struct Building {
    writer: tantivy::IndexWriter,
    index: Index,
    title: Field,
    body: Field,
}

impl Building {
    /// Waits for the merges.
    pub fn settle(self) -> tantivy::Result<BareIndex> {
        self.writer.wait_merging_threads()?;
        Ok(BareIndex {
            reader: self.index.reader()?,
            index: self.index,
            title: self.title,
            body: self.body,
        })
    }
}

/// The four calls of a durable save, and nothing else: a temporary file, fsync, rename, fsync of the folder.
pub fn four_calls(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let temporary = folder.join(".bench-four-calls");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&temporary, path)?;
    File::open(folder)?.sync_all()
}

/// The text of an article without its front matter, and the line that holds the title.
pub fn split(text: &str) -> (&str, &str) {
    let fence = text.get(..4).unwrap_or_default();
    let closing = match fence {
        "---\n" => "\n---\n",
        "+++\n" => "\n+++\n",
        _ => return ("", text),
    };
    let Some(end) = text.find(closing) else {
        return ("", text);
    };
    let title = text[..end]
        .lines()
        .find(|line| line.starts_with("title"))
        .unwrap_or_default();
    (title, &text[end + closing.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bare_index_finds_what_it_was_given() {
        let folder = tempfile::tempdir().expect("a folder");
        let texts = [
            "---\ntitle: \"Le droit\"\n---\n\nLa mer et le port.\n",
            "+++\ntitle = \"Port\"\n+++\nUn phare.\n",
            "Seul.\n",
        ];
        let files: Vec<PathBuf> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| {
                let path = folder.path().join(format!("{at}.md"));
                fs::write(&path, text).expect("written");
                path
            })
            .collect();
        assert_eq!(super::files(folder.path()), files);
        assert_eq!(walk_and_stat(folder.path()).0, 3);
        let index = BareIndex::build(&folder.path().join("index"), &files)
            .and_then(Building::settle)
            .expect("built");
        assert_eq!(index.search("port").expect("searched"), 2);
        assert_eq!(index.search("port phare").expect("searched"), 1);
        assert_eq!(index.search_as_typed("po").expect("searched"), 2);
        assert_eq!(index.search_as_typed("mer po").expect("searched"), 1);
        assert_eq!(index.search_as_typed("").expect("searched"), 0);
    }

    #[test]
    fn four_calls_replace_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        four_calls(&path, b"one").expect("saved");
        four_calls(&path, b"two").expect("saved");
        assert_eq!(fs::read(&path).expect("read"), b"two");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
    }
}
