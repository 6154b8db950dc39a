//! Which section an article is in, and the tree of sections.
//!
//! The front matter decides; else the longest folder of `edito.toml` that holds the article;
//! else the folders it lies in. Sections are compared by [`slug`], so that « Médias »,
//! "medias" and a folder named `Me\u{301}dias` are the same one.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::article::SectionNode;
use crate::config::{Config, SectionConfig};

/// The place of an article in the tree of sections. At the root, both lists are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionPlace {
    /// Slugs from the root, `/` between them.
    pub path: String,
    /// The names to show, from the root; as many as there are slugs.
    pub names: Vec<String>,
}

/// The sections of a library as `edito.toml` has them, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    /// In the order of the file, each before those below it.
    known: Vec<Known>,
}

impl SectionPlace {
    /// The name of the section itself; empty at the root.
    pub fn name(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// All names in one text, for storing; [`SectionPlace::from_stored`] reads it back.
    pub fn stored_names(&self) -> String {
        self.names.join(NAME_SEPARATOR)
    }

    /// The place whose path and [`SectionPlace::stored_names`] these are.
    pub fn from_stored(path: &str, names: &str) -> Self {
        let mut names: Vec<String> = if path.is_empty() {
            Vec::new()
        } else {
            names.split(NAME_SEPARATOR).map(str::to_owned).collect()
        };
        // A path with fewer names than slugs is shown by its slugs.
        for slug in path.split('/').skip(names.len()) {
            if !path.is_empty() {
                names.push(slug.to_owned());
            }
        }
        Self {
            path: path.to_owned(),
            names,
        }
    }
}

impl Sections {
    /// The sections that `config` lists.
    pub fn new(config: &Config) -> Self {
        let mut sections = Self::default();
        sections.add(&config.sections, &SectionPlace::default());
        sections
    }

    /// The section of the article at `path` (within the library, `/` between folders) whose
    /// front matter declares `declared`: a name, a slug, or a path of either.
    pub fn place(&self, declared: Option<&str>, path: &str) -> SectionPlace {
        let folders = folders_of(path);
        declared
            .and_then(|declared| self.place_declared(declared, &folders))
            .unwrap_or_else(|| self.place_in_folders(&folders))
    }

    /// The folder for new articles of a section given by its path of slugs, if it is one of
    /// `edito.toml`. Sections that only folders make are found by their articles' paths.
    pub fn folder(&self, section: &str) -> Option<&str> {
        self.find(section).map(|known| known.folder.as_str())
    }

    /// What `edito.toml` says the section is for (`edito`, `analyses`…), by its path of slugs.
    pub fn kind(&self, section: &str) -> Option<&str> {
        self.find(section).and_then(|known| known.kind.as_deref())
    }

    /// The place of a section of `edito.toml`, by its path of slugs.
    pub fn configured(&self, section: &str) -> Option<SectionPlace> {
        self.find(section).map(|known| known.place.clone())
    }

    /// The tree of all sections: those of `edito.toml` in its order, with or without articles,
    /// then the others by name. `counts` holds how many articles are in each place itself;
    /// a node's count includes those below it.
    pub fn tree(&self, counts: impl IntoIterator<Item = (SectionPlace, usize)>) -> Vec<SectionNode> {
        let mut root = Branch::default();
        for (rank, known) in self.known.iter().enumerate() {
            root.at(&known.place, Some(rank));
        }
        for (place, count) in counts {
            if !place.path.is_empty() {
                root.at(&place, None).count += count;
            }
        }
        root.nodes("")
    }

    fn add(&mut self, sections: &[SectionConfig], parent: &SectionPlace) {
        for section in sections {
            let mut place = parent.clone();
            place.push(&section.slug, &section.name);
            self.known.push(Known {
                place: place.clone(),
                slugs: place.path.split('/').map(str::to_owned).collect(),
                // Names may differ from slugs: front matter may use either.
                name_slug: slug(&section.name),
                folder: section.folder.clone(),
                folder_slugs: section.folder.split('/').map(slug).collect(),
                kind: section.kind.clone(),
            });
            self.add(&section.sections, &place);
        }
    }

    fn find(&self, section: &str) -> Option<&Known> {
        self.known.iter().find(|known| known.place.path == section)
    }

    fn place_declared(&self, declared: &str, folders: &[&str]) -> Option<SectionPlace> {
        // A configured name may itself hold a separator: try it whole first.
        let whole = slug(declared);
        if whole.is_empty() {
            return None;
        }
        if let Some(known) = self.named(&whole) {
            return Some(known.place.clone());
        }
        let parts: Vec<&str> = declared
            .split(['/', '»', '>', '\\'])
            .map(str::trim)
            .filter(|part| !slug(part).is_empty())
            .collect();
        if let Some(place) = self.longest_start(&parts) {
            return Some(place);
        }
        // « Méditerranée » in the folder analyses/mediterranee is that folder, not a new section.
        let wanted: Vec<String> = parts.iter().map(|part| slug(part)).collect();
        let lying: Vec<String> = folders.iter().map(|folder| slug(folder)).collect();
        for end in (wanted.len()..=lying.len()).rev() {
            let start = end - wanted.len();
            if lying.get(start..end) == Some(&wanted) && start > 0 {
                let mut place = SectionPlace::default();
                for name in folders.iter().take(start).chain(&parts) {
                    place.push(&slug(name), name);
                }
                return Some(place);
            }
        }
        let mut place = SectionPlace::default();
        for part in parts {
            place.push(&slug(part), part);
        }
        (!place.path.is_empty()).then_some(place)
    }

    /// The configured section that the first parts name, with the other parts below it.
    fn longest_start(&self, parts: &[&str]) -> Option<SectionPlace> {
        for end in (1..=parts.len()).rev() {
            let (start, rest) = parts.split_at_checked(end)?;
            let wanted: Vec<String> = start.iter().map(|part| slug(part)).collect();
            let found = self
                .known
                .iter()
                .filter(|known| self.ends_with(known, &wanted))
                .min_by_key(|known| known.slugs.len());
            if let Some(known) = found {
                let mut place = known.place.clone();
                for name in rest {
                    place.push(&slug(name), name);
                }
                return Some(place);
            }
        }
        None
    }

    fn named(&self, wanted: &str) -> Option<&Known> {
        self.known
            .iter()
            .filter(|known| known.name_slug == wanted || known.last_slug() == wanted)
            .min_by_key(|known| known.slugs.len())
    }

    /// Whether the section and those above it are called `wanted`, by slug or by name.
    fn ends_with(&self, known: &Known, wanted: &[String]) -> bool {
        let Some(skipped) = known.slugs.len().checked_sub(wanted.len()) else {
            return false;
        };
        wanted.iter().enumerate().all(|(index, wanted)| {
            let depth = skipped + index;
            known.slugs.get(depth) == Some(wanted)
                || known.place.names.get(depth).map(|name| slug(name)).as_ref() == Some(wanted)
        })
    }

    fn place_in_folders(&self, folders: &[&str]) -> SectionPlace {
        let lying: Vec<String> = folders.iter().map(|folder| slug(folder)).collect();
        let configured = self
            .known
            .iter()
            .filter(|known| lying.starts_with(&known.folder_slugs))
            .max_by_key(|known| known.folder_slugs.len());
        if let Some(known) = configured {
            return known.place.clone();
        }
        let mut place = SectionPlace::default();
        for (name, slug) in folders.iter().zip(&lying) {
            place.push(slug, name);
        }
        place
    }
}

/// The short name of a section: lower case, without accents, ligatures opened, letters and
/// digits of any script kept, everything else a hyphen. Empty when nothing is left.
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for character in name.nfkd().filter(|character| !is_combining_mark(*character)) {
        for character in character.to_lowercase() {
            let replacement = match character {
                'œ' => "oe",
                'æ' => "ae",
                'ß' => "ss",
                'ø' => "o",
                'ł' => "l",
                'đ' => "d",
                // Arabic lengthening: no letter.
                '\u{640}' => continue,
                // A decomposed capital can bring a mark of its own (İ).
                _ if is_combining_mark(character) => continue,
                _ if character.is_alphanumeric() => "",
                _ => {
                    gap = true;
                    continue;
                }
            };
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            if replacement.is_empty() {
                out.push(character);
            } else {
                out.push_str(replacement);
            }
        }
    }
    out
}

/// No name that people type holds it.
const NAME_SEPARATOR: &str = "\u{1f}";

#[derive(Debug, Clone)]
struct Known {
    place: SectionPlace,
    slugs: Vec<String>,
    name_slug: String,
    folder: String,
    folder_slugs: Vec<String>,
    kind: Option<String>,
}

impl Known {
    fn last_slug(&self) -> &str {
        self.slugs.last().map_or("", String::as_str)
    }
}

impl SectionPlace {
    /// One level down; a folder whose name has no letter keeps its name as slug.
    fn push(&mut self, slug: &str, name: &str) {
        if !self.path.is_empty() {
            self.path.push('/');
        }
        self.path.push_str(if slug.is_empty() { name } else { slug });
        self.names.push(name.nfc().collect());
    }
}

/// The folders that an article lies in. A page kept in a folder of its own with its images
/// (`title/index.md`, as Hugo and Zola have it) lies in the folder around that one.
fn folders_of(path: &str) -> Vec<&str> {
    let mut folders: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let file = folders.pop().unwrap_or_default();
    let (stem, _) = file.split_once('.').unwrap_or((file, ""));
    if stem.eq_ignore_ascii_case("index") {
        folders.pop();
    }
    folders
}

#[derive(Default)]
struct Branch {
    name: String,
    rank: Option<usize>,
    count: usize,
    children: BTreeMap<String, Branch>,
}

impl Branch {
    fn at(&mut self, place: &SectionPlace, rank: Option<usize>) -> &mut Branch {
        let mut branch = self;
        for (slug, name) in place.path.split('/').zip(&place.names) {
            branch = branch.children.entry(slug.to_owned()).or_default();
            if branch.rank.is_none() {
                // The same section may be written in several ways: the choice must not
                // depend on the order of the articles, and accents say more than none.
                if branch.name.is_empty() || *name > branch.name {
                    branch.name.clone_from(name);
                }
            }
        }
        if rank.is_some() {
            branch.rank = rank;
        }
        branch
    }

    fn nodes(self, parent: &str) -> Vec<SectionNode> {
        let mut branches: Vec<(String, Branch)> = self.children.into_iter().collect();
        branches.sort_by_cached_key(|(short, branch)| {
            (branch.rank.unwrap_or(usize::MAX), slug(&branch.name), short.clone())
        });
        branches
            .into_iter()
            .map(|(short, branch)| {
                let path = if parent.is_empty() {
                    short
                } else {
                    format!("{parent}/{short}")
                };
                let own = branch.count;
                let name = branch.name.clone();
                let children = branch.nodes(&path);
                SectionNode {
                    count: own + children.iter().map(|child| child.count).sum::<usize>(),
                    path,
                    name,
                    children,
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
