//! What the rows share: the seeded library, its index, the bare index, and places for what is made on the way.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use edito_library::{Continue, Environment, Library, Places, Reconcile};

use crate::bare::{self, BareIndex, Building};
use crate::generator::Generator;

/// Why a row could not run, in words.
pub type Failure = Box<dyn std::error::Error>;

/// What was asked for on the command line.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many articles the library has.
    pub articles: usize,
    /// Fewer samples.
    pub quick: bool,
    /// What the library is made from.
    pub seed: u64,
    /// A folder of real articles for what is measured on single texts.
    pub corpus: Option<PathBuf>,
}

/// The library and all that is held against it.
pub struct Bench {
    /// What was asked for.
    pub options: Options,
    /// Makes articles like those of the library.
    pub generator: Generator,
    /// The library's folder.
    pub root: PathBuf,
    /// Its articles.
    pub files: Vec<PathBuf>,
    /// For what lives as long as this run.
    pub scratch: tempfile::TempDir,
    /// The seconds of keys in a short article, painted and without painting, once they were measured.
    pub short_keys: Option<(Vec<f64>, Vec<f64>)>,
    kept: PathBuf,
    library: Option<Arc<Library>>,
    bare: Option<Arc<BareIndex>>,
}

impl Bench {
    /// Makes or finds the library.
    pub fn new(options: Options) -> Result<Self, Failure> {
        let generator = Generator::new(options.seed, options.articles);
        let base = std::env::temp_dir().join(format!("edito-bench-{}-{}", options.seed, options.articles));
        let (root, _) = generator.write(&base)?;
        // What an earlier run said about articles belongs to that run.
        let said = root.join(".edito");
        if said.exists() {
            fs::remove_dir_all(said)?;
        }
        // Nor do articles that it made there: the generator puts none into the root.
        for entry in fs::read_dir(&root)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "md") {
                fs::remove_file(path)?;
            }
        }
        let files = bare::files(&root);
        let scratch = tempfile::Builder::new().prefix("edito-bench-run-").tempdir()?;
        Ok(Self {
            kept: base.join("kept"),
            options,
            generator,
            root,
            files,
            scratch,
            short_keys: None,
            library: None,
            bare: None,
        })
    }

    /// How many samples to take.
    pub fn samples(&self, all: usize, quick: usize) -> usize {
        if self.options.quick { quick } else { all }
    }

    /// The folders outside of the library that are kept from run to run, with an index that is up to date.
    pub fn places(&self) -> Places {
        Places {
            data: self.kept.join("data"),
            cache: self.kept.join("cache"),
        }
    }

    /// The library, open and up to date.
    pub fn library(&mut self) -> Result<Arc<Library>, Failure> {
        if let Some(library) = &self.library {
            return Ok(library.clone());
        }
        let library = Arc::new(open(&self.root, self.places())?);
        library.reconcile(Reconcile::All, &|_| Continue::Yes)?;
        // As the bare index, which waits for its merges too.
        library.settle()?;
        self.library = Some(library.clone());
        Ok(library)
    }

    /// Closes the library, so that another process may have it.
    pub fn close(&mut self) {
        self.library = None;
    }

    /// The bare index over the same files.
    pub fn bare(&mut self) -> Result<Arc<BareIndex>, Failure> {
        if let Some(bare) = &self.bare {
            return Ok(bare.clone());
        }
        let (folder, complete) = (self.kept.join("bare"), self.kept.join("bare-complete"));
        let bare = if complete.exists() {
            BareIndex::open(&folder)?
        } else {
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            let bare = BareIndex::build(&folder, &self.files).and_then(Building::settle)?;
            fs::write(complete, "")?;
            bare
        };
        let bare = Arc::new(bare);
        self.bare = Some(bare.clone());
        Ok(bare)
    }

    /// Some articles spread over the library.
    pub fn some_files(&self, count: usize) -> Vec<PathBuf> {
        let step = (self.files.len() / count.max(1)).max(1);
        self.files.iter().step_by(step).take(count).cloned().collect()
    }

    /// Real articles where there are any, else those of the library.
    pub fn texts(&self) -> Result<Vec<String>, Failure> {
        let files = match &self.options.corpus {
            Some(corpus) => bare::files(corpus),
            None => self.some_files(750),
        };
        let mut texts = Vec::new();
        for file in files {
            texts.push(fs::read_to_string(file)?);
        }
        if texts.is_empty() {
            Err("there are no articles".into())
        } else {
            Ok(texts)
        }
    }
}

/// Opens a library with its index in the places given.
pub fn open(root: &Path, places: Places) -> Result<Library, Failure> {
    fs::create_dir_all(&places.data)?;
    fs::create_dir_all(&places.cache)?;
    Ok(Library::open(root, Environment::system(places)?)?)
}
