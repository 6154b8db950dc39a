//! BibTeX and BibLaTeX.
//!
//! The parser (the crate `biblatex`) gives up on a whole file for one bad entry; so the file is cut into its entries first,
//! and each is parsed by itself, with the abbreviations (`@string`) of the whole file. What an entry inherits (`crossref`,
//! `xdata`) is filled in afterwards, one level deep.

mod entries;
mod fields;

use std::collections::{BTreeMap, HashMap};

use biblatex::{Chunk, ParseErrorKind, RawBibliography, RawChunk, Spanned};

use crate::bibliography::{Bibliography, Entry, ProblemKind};
use crate::guard::guarded;
use entries::{Block, BlockKind};

pub(crate) fn read(text: &str) -> Bibliography {
    let mut bibliography = Bibliography::default();
    let blocks: Vec<Block<'_>> = entries::blocks(text).collect();
    let strings = strings(&blocks);
    let mut parsed = Vec::new();
    for block in &blocks {
        match block.kind {
            BlockKind::Entry if block.closed && block.depth > MAX_DEPTH => {
                bibliography.problem(block.line, block.key(), ProblemKind::Broken);
            }
            BlockKind::Entry if block.closed => match guarded(|| entry(block.text, &strings)).flatten() {
                Some(entry) if entry.key.is_empty() => bibliography.problem(block.line, None, ProblemKind::NoKey),
                Some(entry) => parsed.push((entry, block.line)),
                None => bibliography.problem(block.line, block.key(), ProblemKind::Broken),
            },
            BlockKind::Entry => {
                bibliography.torn |= block.last;
                bibliography.problem(block.line, block.key(), ProblemKind::Unclosed);
            }
            BlockKind::Other => {}
        }
    }
    let by_key: HashMap<String, usize> = parsed
        .iter()
        .enumerate()
        .map(|(at, (entry, _))| (entry.key.to_lowercase(), at))
        .collect();
    for (entry, line) in &parsed {
        let whole = with_inherited(entry, &parsed, &by_key);
        let read = guarded(|| fields::item(&whole).and_then(|(item, keywords)| Entry::new(item, *line, &keywords)));
        match read.flatten() {
            // `@xdata` is there to be inherited from.
            Some(_) if whole.kind == "xdata" => {}
            Some(entry) => bibliography.push(entry),
            None => bibliography.problem(*line, Some(whole.key.clone()), ProblemKind::Broken),
        }
    }
    bibliography
}

/// An entry as it is written, its values without TeX.
#[derive(Debug, Clone, Default, PartialEq)]
struct Written {
    key: String,
    /// In small letters.
    kind: String,
    fields: BTreeMap<String, Vec<Spanned<Chunk>>>,
    /// What it inherits from.
    parents: Vec<String>,
}

/// The abbreviations of a file, each with its text as it is written.
fn strings(blocks: &[Block<'_>]) -> HashMap<String, String> {
    let mut strings = HashMap::new();
    for block in blocks.iter().filter(|block| block.closed && block.is_string()) {
        let Some(Ok(raw)) = guarded(|| RawBibliography::parse(block.text)) else {
            continue;
        };
        for pair in raw.abbreviations {
            let mut value = String::new();
            for chunk in &pair.value.v {
                value.push_str(match chunk.v {
                    RawChunk::Normal(text) => text,
                    RawChunk::Abbreviation(name) => strings.get(name).map_or(name, String::as_str),
                });
                // One that is made of others, and those of others, doubles with each line.
                if value.len() > MAX_ABBREVIATION {
                    break;
                }
            }
            if value.len() <= MAX_ABBREVIATION {
                strings.insert(pair.key.v.to_owned(), value);
            }
        }
    }
    strings
}

fn entry(text: &str, strings: &HashMap<String, String>) -> Option<Written> {
    let text = with_braces(text);
    let mut raw = RawBibliography::parse(&text).ok()?;
    let first = raw.entries.first_mut()?;
    let key = first.v.key.v.to_owned();
    let kind = first.v.kind.v.to_lowercase();
    let mut parents = Vec::new();
    // An entry that names itself would be followed for ever.
    first.v.fields.retain(|pair| {
        let name = pair.key.v.to_ascii_lowercase();
        let inherits = matches!(name.as_str(), "crossref" | "xdata");
        if inherits {
            for chunk in &pair.value.v {
                if let RawChunk::Normal(keys) = chunk.v {
                    parents.extend(keys.split(',').map(|key| key.trim().to_lowercase()));
                }
            }
        }
        // Aliases are the parser’s own business, and large fields are not read at all.
        !inherits && !matches!(name.as_str(), "ids" | "abstract" | "file" | "annotation" | "xref")
    });
    let uses = first.v.fields.iter().flat_map(|pair| &pair.value.v);
    let spelled_out: usize = uses
        .map(|chunk| match chunk.v {
            RawChunk::Abbreviation(name) => strings.get(name).map_or(0, String::len),
            RawChunk::Normal(_) => 0,
        })
        .sum();
    if spelled_out > MAX_SPELLED_OUT {
        return None;
    }
    let mut known: Vec<(String, String)> = Vec::new();
    for _ in 0..=MAX_ABBREVIATIONS {
        let mut attempt = raw.clone();
        for (name, value) in &known {
            attempt.abbreviations.push(biblatex::Pair::new(
                Spanned::zero(name.as_str()),
                Spanned::zero(vec![Spanned::zero(RawChunk::Normal(value.as_str()))]),
            ));
        }
        match biblatex::Bibliography::from_raw(attempt) {
            Ok(read) => {
                let read = read.into_vec().into_iter().next()?;
                return Some(Written {
                    key,
                    kind,
                    fields: read.fields,
                    parents,
                });
            }
            Err(error) => match error.kind {
                // One that nobody defined stands for itself, as in BibTeX’s own output.
                ParseErrorKind::UnknownAbbreviation(name) => {
                    let value = strings.get(&name).cloned().unwrap_or_else(|| name.clone());
                    known.push((name, value));
                }
                _ => return None,
            },
        }
    }
    None
}

/// Braces lie no deeper within one another: the parser goes down with the commands in them.
const MAX_DEPTH: i32 = 64;
/// An abbreviation that is longer, in bytes, is none.
const MAX_ABBREVIATION: usize = 4096;
/// The abbreviations of an entry come to no more bytes than this.
const MAX_SPELLED_OUT: usize = 1 << 20;
/// What is longer than this, in bytes, is not inherited: each entry would have a copy of it.
const MAX_INHERITED: usize = 4096;
/// An entry uses no more abbreviations than this.
const MAX_ABBREVIATIONS: usize = 24;

/// BibTeX also knows `@book( … )`.
fn with_braces(text: &str) -> std::borrow::Cow<'_, str> {
    let Some(open) = text.find(['{', '(']) else {
        return text.into();
    };
    match (text.get(open..=open), text.strip_suffix(')')) {
        (Some("("), Some(rest)) => {
            let (head, tail) = rest.split_at(open);
            format!("{head}{{{}}}", tail.get(1..).unwrap_or_default()).into()
        }
        _ => text.into(),
    }
}

/// An entry with the fields that it inherits: what it says itself stays, and the title of a whole is the title of the
/// container of a part.
fn with_inherited(entry: &Written, all: &[(Written, u32)], by_key: &HashMap<String, usize>) -> Written {
    let mut whole = entry.clone();
    for parent in &entry.parents {
        let Some((parent, _)) = by_key.get(parent).and_then(|at| all.get(*at)) else {
            continue;
        };
        let is_part = entry.kind.starts_with("in") || entry.kind.starts_with("supp") || entry.kind == "bookinbook";
        for (name, value) in &parent.fields {
            let length: usize = value.iter().map(|chunk| chunk.v.get().len()).sum();
            if length > MAX_INHERITED {
                continue;
            }
            let name = match name.as_str() {
                "title" if is_part => "booktitle",
                "subtitle" if is_part => "booksubtitle",
                "title" if entry.kind == "article" => "journaltitle",
                "author" if is_part => "bookauthor",
                "title" | "subtitle" | "shorttitle" | "sorttitle" if parent.kind != "xdata" => continue,
                name => name,
            };
            whole.fields.entry(name.to_owned()).or_insert_with(|| value.clone());
        }
    }
    whole
}
