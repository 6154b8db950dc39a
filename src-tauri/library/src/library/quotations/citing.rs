//! What a quotation says of its source, and the passages that can be quoted.

use edito_prose::fold::fold;
use edito_prose::ledger::section_of;
use edito_prose::{ArticleDate, frontmatter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::Library;
use super::QuotedSource;
use crate::error::Result;
use crate::identity::ArticleId;
use crate::index::lock;
use crate::journal::Highlight;

/// An article as a piece cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedSource {
    /// Who signs it.
    pub authors: Vec<String>,
    /// Its title.
    pub title: String,
    /// Where it was published, when it is from elsewhere.
    pub outlet: Option<String>,
    /// When it was published.
    pub date: Option<ArticleDate>,
    /// Where it lies, as a link in the piece leads there.
    pub link: String,
}

/// A marked passage that can be quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Quotable {
    /// The passage.
    pub highlight: Uuid,
    /// Its words.
    pub quote: String,
    /// Where it is from.
    pub source: QuotedSource,
}

/// In a text that is longer, in bytes, a passage is not looked for.
const MOST_SEARCHED: usize = 4 << 20;

impl Library {
    /// How a piece cites an article.
    ///
    /// # Errors
    /// As [`Library::read_text`], for either.
    pub fn cited_source(&self, piece: &ArticleId, article: &ArticleId) -> Result<CitedSource> {
        let text = self.read_text(article)?;
        let front = frontmatter::read(&text.text);
        let row = self.row(article)?;
        let source = front.source.unwrap_or_default();
        let host = source.url.as_deref().and_then(host);
        let date = source.published.or(front.date);
        Ok(CitedSource {
            authors: front.authors.into_iter().map(|author| author.name).collect(),
            title: row.map(|row| row.title).unwrap_or_default(),
            outlet: source.site.or(host),
            date,
            link: link(&self.path_of(piece)?, &text.path),
        })
    }

    /// How a piece cites a passage that is marked in an article: the link leads to the section in which it stands.
    ///
    /// # Errors
    /// As [`Library::read_text`], for either.
    pub fn cited_passage(&self, piece: &ArticleId, article: &ArticleId, passage: &Highlight) -> Result<CitedSource> {
        let mut source = self.cited_source(piece, article)?;
        let text = self.read_text(article)?.text;
        if text.len() <= MOST_SEARCHED
            && let Some(section) = section_of(&text, &passage.quote, &passage.suffix)
        {
            source.link.push('#');
            source.link.push_str(&section);
        }
        Ok(source)
    }

    /// Marked passages that have all of some words, in theirs or in the title and the names of their article; those marked
    /// last come first. The piece that is to quote them is left out.
    ///
    /// # Errors
    /// As [`Library::overview`].
    pub fn quotable(&self, piece: &ArticleId, typed: &str, most: usize) -> Result<Vec<Quotable>> {
        let wanted = fold(typed);
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        let mut marked: Vec<(ArticleId, Highlight)> = Vec::new();
        for (article, highlights) in lock(&self.journal).all_highlights() {
            if article != *piece {
                let quotes = highlights.into_iter().filter(|one| !one.quote.trim().is_empty());
                marked.extend(quotes.map(|one| (article.clone(), one)));
            }
        }
        marked.sort_by(|(_, one), (_, other)| other.made.cmp(&one.made).then_with(|| one.id.cmp(&other.id)));
        let mut sources = std::collections::HashMap::new();
        let mut found = Vec::new();
        for (article, highlight) in marked {
            let source = sources
                .entry(article.clone())
                .or_insert_with(|| self.quoted_source(&article).map(|(source, _)| source));
            // What was marked in an article that is gone has no source to name.
            let Some(source) = source else { continue };
            let note = highlight.note.as_deref().unwrap_or_default();
            let said = fold(&format!(
                "{} {note} {} {} {}",
                highlight.quote,
                source.title,
                source.authors.join(" "),
                highlight.tags.join(" ")
            ));
            if wanted.iter().all(|word| said.contains(word)) {
                found.push(Quotable {
                    highlight: highlight.id,
                    quote: highlight.quote,
                    source: source.clone(),
                });
                if found.len() == most {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// A marked passage and the article that it is marked in.
    pub fn marked_passage(&self, highlight: Uuid) -> Option<(ArticleId, Highlight)> {
        lock(&self.journal).all_highlights().find_map(|(article, highlights)| {
            let found = highlights.into_iter().find(|one| one.id == highlight)?;
            Some((article, found))
        })
    }
}

/// The name of a site, from an address of it.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.trim_start_matches("www.");
    (!host.is_empty()).then(|| host.to_owned())
}

/// A link from one file of the library to another: relative, so that other programs follow it, too.
fn link(from: &str, to: &str) -> String {
    let folder: Vec<&str> = from.split('/').collect();
    let folder = folder.split_last().map_or(&[][..], |(_, folder)| folder);
    let parts: Vec<&str> = to.split('/').collect();
    let depth = parts.len().saturating_sub(1);
    let shared = folder
        .iter()
        .zip(parts.iter().take(depth))
        .take_while(|(one, other)| one == other)
        .count();
    let mut link = "../".repeat(folder.len() - shared);
    for (index, part) in parts.iter().enumerate().skip(shared) {
        for character in part.chars() {
            // What ends an address, or would be read as something else.
            if character.is_ascii_control() || " ()<>%#?[]\\\"".contains(character) {
                let mut bytes = [0; 4];
                for byte in character.encode_utf8(&mut bytes).bytes() {
                    link.push_str(&format!("%{byte:02X}"));
                }
            } else {
                link.push(character);
            }
        }
        if index < depth {
            link.push('/');
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_survive_markdown() {
        for (from, to, wanted) in [
            ("a.md", "b.md", "b.md"),
            ("x/a.md", "b.md", "../b.md"),
            ("x/a.md", "x/b.md", "b.md"),
            ("x/y/a.md", "x/z/b.md", "../z/b.md"),
            ("a.md", "x/la mer (1) 100%.md", "x/la%20mer%20%281%29%20100%25.md"),
        ] {
            assert_eq!(link(from, to), wanted, "{from} {to}");
        }
    }
}
