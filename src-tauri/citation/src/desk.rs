//! Which files a library is cited from, and by which style.
//!
//! Files of references at the library’s root are found by themselves. Others are named by `edito.toml` or by an article;
//! what they name has to be in the library, for both may come from elsewhere, and would make this computer read any file.
//! A file outside is read only where its reader chose it on this machine.

use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use edito_prose::{Citation, CitedText, Lang, citations, frontmatter};

use crate::cite::{Article, cite};
use crate::csl_json::looks_like_references;
use crate::shelf::{Shelf, Works, style_named};
use crate::style::{Style, StyleProblem, default_for};

/// What a library says of citations.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The library’s folder, without symbolic links in it.
    pub root: &'a Path,
    /// What `edito.toml` names: files of references, in the order in which keys are looked for.
    pub files: &'a [String],
    /// The style that it names.
    pub style: Option<&'a str>,
    /// What the reader chose on this machine; may be outside of the library.
    pub chosen: &'a [PathBuf],
}

/// The files that a library or an article is cited from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// To be read, each once, in the order in which keys are looked for.
    pub files: Vec<PathBuf>,
    /// What was named and is not read, as it was named.
    pub refused: Vec<String>,
}

/// The citations of a text, set.
#[derive(Debug, Clone)]
pub struct Set {
    /// Where they are, and what they cite.
    pub citations: Vec<Citation>,
    /// What they read as.
    pub cited: CitedText,
    /// Whether the style sets them in notes.
    pub in_notes: bool,
    /// Why the style that was named is not the one.
    pub style_problem: Option<(String, StyleProblem)>,
    /// The files that they were looked for in, and those that were named and are not read.
    pub sources: Sources,
}

impl Desk<'_> {
    /// The files for an article (its text, and its path within the library); those of the library alone without one.
    pub fn sources(&self, article: Option<(&str, &str)>) -> Sources {
        let mut sources = Sources::default();
        if let Some((text, path)) = article {
            let folder = self
                .root
                .join(path)
                .parent()
                .map_or_else(|| self.root.to_owned(), Path::to_owned);
            for named in frontmatter::texts(text, "bibliography") {
                let beside = self.within(&folder, &named).filter(|file| file.is_file());
                match beside.or_else(|| self.within(self.root, &named)) {
                    Some(file) => sources.add(file),
                    None => sources.refused.push(named),
                }
            }
        }
        for named in self.files {
            match self.within(self.root, named) {
                Some(file) => sources.add(file),
                None => sources.refused.push(named.clone()),
            }
        }
        for file in self.chosen {
            sources.add(file.clone());
        }
        for file in found_at(self.root) {
            sources.add(file);
        }
        sources
    }

    /// The style that an article is set by, and what was wrong with the one that is named.
    pub fn style(
        &self,
        shelf: &Shelf,
        text: &str,
        lang: &Lang,
    ) -> (Option<Arc<Style>>, Option<(String, StyleProblem)>) {
        let named = frontmatter::texts(text, "csl").into_iter().next();
        let named = named.or_else(|| self.style.map(str::to_owned));
        let fallback = || crate::style::shipped(default_for(lang));
        let Some(named) = named else {
            return (fallback(), None);
        };
        let file = self.within(self.root, &named).filter(|file| file.is_file());
        let file = file.or_else(|| {
            self.within(self.root, &format!("{named}.csl"))
                .filter(|file| file.is_file())
        });
        match style_named(shelf, &named, file.as_deref()) {
            Ok(style) => (Some(style), None),
            Err(problem) => (fallback(), Some((named, problem))),
        }
    }

    /// Sets the citations of an article; `None` when it has none. `path` is that of the article within the library.
    pub fn set(&self, shelf: &Shelf, text: &str, path: &str, lang: &Lang) -> Option<Set> {
        let found = citations(text);
        let uncited = match front_matter_says(text, "nocite") {
            true => frontmatter::texts(text, "nocite")
                .iter()
                .flat_map(|keys| keys.split([',', ' ', '\n']))
                .filter(|key| !key.is_empty())
                .map(str::to_owned)
                .collect(),
            false => Vec::new(),
        };
        if found.is_empty() && uncited.is_empty() {
            return None;
        }
        let sources = self.sources(Some((text, path)));
        let works = shelf.works(&sources.files);
        // Names with `@` in a sentence alone, and nothing known of any of them: nothing to set.
        let anything = found
            .iter()
            .any(|one| !one.in_text || one.items.iter().any(|item| works.get(&item.key).is_some()));
        if !anything && uncited.is_empty() {
            return None;
        }
        let (style, style_problem) = self.style(shelf, text, lang);
        let style = style?;
        let article = Article {
            text,
            citations: &found,
            lang,
            uncited: &uncited,
        };
        let cited = cite(&article, &works, &style);
        Some(Set {
            cited,
            citations: found,
            in_notes: style.in_notes,
            style_problem,
            sources,
        })
    }

    /// The works that an article may cite.
    pub fn works(&self, shelf: &Shelf, article: Option<(&str, &str)>) -> Works {
        shelf.works(&self.sources(article).files)
    }

    /// A file that is named from a folder, if it stays within the library, links followed.
    fn within(&self, folder: &Path, named: &str) -> Option<PathBuf> {
        let named = Path::new(named);
        let plain = named
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir | Component::ParentDir));
        if !plain {
            return self.chosen.iter().find(|chosen| *chosen == named).cloned();
        }
        let mut path = folder.to_owned();
        for part in named.components() {
            match part {
                Component::ParentDir => {
                    path.pop();
                }
                Component::Normal(part) => path.push(part),
                _ => {}
            }
        }
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        (path.starts_with(self.root) && real.starts_with(self.root)).then_some(path)
    }
}

impl Sources {
    fn add(&mut self, file: PathBuf) {
        if !self.files.contains(&file) {
            self.files.push(file);
        }
    }
}

/// Whether a file is one of references, told by its name and its beginning.
pub fn is_bibliography(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    match ending.as_deref().and_then(|ending| ending.to_str()) {
        Some("bib") => true,
        Some("json") => {
            let mut beginning = Vec::new();
            let read = std::fs::File::open(path).and_then(|file| file.take(SNIFFED).read_to_end(&mut beginning));
            read.is_ok() && looks_like_references(&String::from_utf8_lossy(&beginning))
        }
        _ => false,
    }
}

const SNIFFED: u64 = 8192;

/// The files of references at the root of a library, by name. A link that leads out of it is none.
fn found_at(root: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(root)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            !name.starts_with('.') && (ending == "bib" || ending == "json")
        })
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.canonicalize().is_ok_and(|real| real.starts_with(root)))
        .filter(|path| is_bibliography(path))
        .collect();
    found.sort();
    found
}

/// Most articles say nothing of it, and their front matter is not read for it.
fn front_matter_says(text: &str, word: &str) -> bool {
    let head = text.get(..frontmatter::split(text).body_start).unwrap_or_default();
    head.contains(word)
}
