//! What is wrong with a library. Looks, and changes nothing.

mod advice;

use std::collections::HashMap;

use crate::article::{Finding, FindingKind};
use crate::error::Result;
use crate::identity::ArticleId;
use crate::index::rows;
use crate::library::{CheckedQuotation, Library, Verdict};
use crate::names::check_name;
use crate::sections::slug;
use crate::walk::within;
use advice::Lines;
pub use advice::Spelling;
use edito_language::house::{self, HouseStyle};
use edito_prose::ledger::Mark;
use edito_prose::slots::{Slot, slots};
use edito_prose::{Lang, LinkKind, analyse, frontmatter, passages};

impl Library {
    /// Reads everything and lists what is wrong, sorted by kind and path. Reconcile first:
    /// files that the index does not know are not looked at.
    ///
    /// # Errors
    /// `Vanished`; what can't be read is a finding.
    pub fn check(&self) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let mut paths: Vec<(i64, String, String)> = Vec::new();
        {
            let reader = self.index().reader()?;
            let mut statement = reader
                .rows()?
                .prepare_cached("SELECT rowid, path, id FROM articles ORDER BY path")?;
            let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            for row in found {
                paths.push(row?);
            }
            self.check_ids(reader.rows()?, &mut findings)?;
        }
        // Sections that write alike share what was made ready of their rules.
        let mut styles = HashMap::new();
        for (rowid, path, id) in &paths {
            self.check_article(*rowid, path, &ArticleId(id.clone()), &mut styles, &mut findings)?;
        }
        for pair in self.conflict_copies()? {
            let detail = format!(
                "it is a sync program's copy of {}, and waits to be compared",
                pair.original
            );
            findings.push(Finding {
                kind: FindingKind::ConflictCopy,
                path: pair.copy,
                detail,
            });
        }
        for finding in self.journal_findings() {
            findings.push(Finding {
                kind: FindingKind::Journal,
                path: within(self.root(), &finding.file).unwrap_or_else(|| finding.file.display().to_string()),
                detail: format!("line {}: {}", finding.line, finding.kind.sentence()),
            });
        }
        for finding in self.history_findings() {
            findings.push(Finding {
                kind: FindingKind::History,
                path: within(self.root(), &finding.path).unwrap_or_else(|| finding.path.display().to_string()),
                detail: finding.detail,
            });
        }
        for problem in &self.config().problems {
            findings.push(Finding {
                kind: FindingKind::Config,
                path: crate::config::FILE_NAME.to_owned(),
                detail: format!("line {}: {}", problem.line, problem.message),
            });
        }
        findings.sort();
        Ok(findings)
    }

    fn check_ids(&self, rows: &rusqlite::Connection, findings: &mut Vec<Finding>) -> Result<()> {
        let mut statement =
            rows.prepare_cached("SELECT path, declared FROM articles WHERE declared <> id ORDER BY path")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let declared: String = row.get(1)?;
            let other = rows::known_by_id(rows, &declared)?.map_or_else(String::new, |known| known.path);
            findings.push(Finding {
                kind: FindingKind::DuplicateId,
                path: row.get(0)?,
                detail: format!("it declares the id {declared}, which is that of {other}"),
            });
        }
        Ok(())
    }

    fn check_article(
        &self,
        rowid: i64,
        path: &str,
        id: &ArticleId,
        styles: &mut HashMap<String, HouseStyle>,
        findings: &mut Vec<Finding>,
    ) -> Result<()> {
        let mut add = |kind, detail: String| {
            findings.push(Finding {
                kind,
                path: path.to_owned(),
                detail,
            })
        };
        for part in path.split('/') {
            if let Err(error) = check_name(part) {
                add(
                    FindingKind::Name,
                    format!("the name \"{part}\" is not possible everywhere: {}", error.detail),
                );
            }
        }
        let bytes = match std::fs::read(self.root().join(path)) {
            Ok(bytes) => bytes,
            Err(error) => {
                add(FindingKind::Unreadable, format!("it can't be read: {error}"));
                return Ok(());
            }
        };
        let decoded = crate::encoding::decode(&bytes);
        if !decoded.lossless {
            add(
                FindingKind::Encoding,
                format!("its encoding is uncertain, perhaps {}", decoded.encoding),
            );
        }
        let reader = self.index().reader()?;
        let rows = reader.rows()?;
        for problem in rows::card(rows, rowid)?.map(|card| card.problems).unwrap_or_default() {
            if problem.line > 0 {
                add(
                    FindingKind::FrontMatter,
                    format!("line {}: {}", problem.line, problem.kind),
                );
            }
        }
        let section = self.row(id)?.map(|row| row.section).unwrap_or_default();
        let limits = self.config().limits_of(&section);
        if !limits.0.is_empty() {
            for (slot, signs) in slots(&decoded.text) {
                if let Some(most) = limits.0.get(&slot).filter(|most| signs > **most) {
                    add(
                        FindingKind::TooLong,
                        format!(
                            "its {} {} {signs} signs, {} more than {most}",
                            slot.word(),
                            if slot == Slot::Notes { "have" } else { "has" },
                            signs - most
                        ),
                    );
                }
            }
        }
        let analysis = analyse(&decoded.text);
        let style = styles
            .entry(section)
            .or_insert_with_key(|section| HouseStyle::of(&self.config().house_of(section)));
        // What was taken in from elsewhere says what it likes.
        if !style.is_empty() && frontmatter::read(&decoded.text).source.is_none() {
            let lang = analysis.lang.clone().unwrap_or(Lang::Other("und".into()));
            check_house(&decoded.text, &lang, style, &mut |detail| {
                add(FindingKind::House, detail)
            });
        }
        for link in analysis.links {
            let target = link.target.as_str();
            match link.kind {
                LinkKind::Image if !edito_prose::analysis::is_external(target) && self.image(id, target).is_none() => {
                    add(FindingKind::MissingImage, format!("there is no image {target}"));
                }
                LinkKind::Image if is_undescribed(decoded.text.get(link.range).unwrap_or_default()) => {
                    add(
                        FindingKind::UndescribedImage,
                        format!("the image {target} is not described"),
                    );
                }
                LinkKind::Wiki if self.resolve_link(id, target).is_none() && self.image(id, target).is_none() => {
                    add(FindingKind::BrokenLink, format!("there is no article [[{target}]]"));
                }
                // Other addresses without a scheme are those of a published site.
                LinkKind::Relative if names_article(target) && self.resolve_link(id, target).is_none() => {
                    add(FindingKind::BrokenLink, format!("there is no article {target}"));
                }
                _ => {}
            }
        }
        for one in self.quotations_to_answer_for(id, &decoded.text)? {
            let (kind, detail) = said_of(&one, &decoded.text);
            add(kind, detail);
        }
        Ok(())
    }

    /// The quotations of a piece that are not in order. What is from elsewhere answers for its own words; where a source
    /// is missing altogether, a piece that is not out yet is asked for it: what is published was agreed on.
    fn quotations_to_answer_for(&self, id: &ArticleId, text: &str) -> Result<Vec<CheckedQuotation>> {
        let front = frontmatter::read(text);
        if front.source.is_some() || !text.contains(['«', '“', '"', '‘', '„', '>']) {
            return Ok(Vec::new());
        }
        let stage = front.status.as_deref().map(slug);
        let is_at_work = front.draft == Some(true)
            || stage.is_some_and(|stage| stage == "draft" || self.config().stages_before_out().contains(&stage));
        let mut found = self.quotations(id, text, false)?;
        found.retain(|one| match one.verdict {
            Verdict::Altered | Verdict::Changed | Verdict::Missing => true,
            Verdict::Unsourced => is_at_work,
            Verdict::Proved | Verdict::Elsewhere | Verdict::TooLong => false,
        });
        Ok(found)
    }
}

fn said_of(one: &CheckedQuotation, text: &str) -> (FindingKind, String) {
    let before = text.get(..one.quotation.range.start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let mut quoted = one.quotation.words.split_whitespace();
    let mut words: String = quoted.by_ref().take(8).collect::<Vec<_>>().join(" ");
    if quoted.next().is_some() {
        words.push('…');
    }
    let source = one.source.as_ref().map_or("", |source| source.path.as_str());
    let (kind, what) = match one.verdict {
        Verdict::Altered if one.comparison.is_some() => (
            FindingKind::AlteredQuotation,
            format!("is not what {source} says{}", differing(one)),
        ),
        Verdict::Altered => (FindingKind::AlteredQuotation, format!("is nowhere in {source}")),
        Verdict::Changed => (
            FindingKind::ChangedSource,
            format!("is not what {source} says any more"),
        ),
        Verdict::Missing => {
            let named = one.named.as_deref().unwrap_or_default();
            (
                FindingKind::MissingSource,
                format!("has a source that is not there: {named}"),
            )
        }
        _ => (FindingKind::UnsourcedQuotation, "has no source".to_owned()),
    };
    (kind, format!("line {line}: the quotation \"{words}\" {what}"))
}

/// The first places in which a quotation differs, as a redline.
fn differing(one: &CheckedQuotation) -> String {
    const MOST: usize = 4;
    let pieces = one.comparison.iter().flat_map(|comparison| &comparison.pieces);
    let shown: Vec<String> = pieces
        .filter_map(|piece| match piece.mark {
            Mark::Same => None,
            Mark::Quoted => Some(format!("[-{}-]", piece.text)),
            Mark::Source => Some(format!("{{+{}+}}", piece.text)),
        })
        .take(MOST)
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    format!(": {}", shown.join(" ").replace('\n', " "))
}

/// Says what of a text is not as the house writes, with its line and what could stand there.
fn check_house(text: &str, lang: &Lang, style: &HouseStyle, add: &mut impl FnMut(String)) {
    let mut lines = Lines::of(text);
    for passage in passages(text, lang) {
        for advice in house::advise(&passage, style) {
            add(lines.told(advice));
        }
    }
}

/// Whether an image, as the text writes it, has no words that stand for it.
fn is_undescribed(image: &str) -> bool {
    image
        .strip_prefix("![")
        .is_some_and(|rest| rest.trim_start().starts_with(']'))
}

fn names_article(target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    path.starts_with("@/") || path.ends_with(".md") || path.ends_with(".markdown")
}
