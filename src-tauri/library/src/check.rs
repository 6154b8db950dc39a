//! What is wrong with a library. Looks, and changes nothing.

use crate::article::{Finding, FindingKind};
use crate::error::Result;
use crate::identity::ArticleId;
use crate::index::rows;
use crate::library::Library;
use crate::names::check_name;
use crate::walk::within;
use edito_language::Advice;
use edito_language::house::Readied;
use edito_prose::slots::slots;
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
        for (rowid, path, id) in &paths {
            self.check_article(*rowid, path, &ArticleId(id.clone()), &mut findings)?;
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

    /// Where a text of a section does otherwise than the desk has agreed. What was taken in from elsewhere is nobody’s
    /// here, and says what it likes.
    pub fn house_advice(&self, section: &str, text: &str) -> Vec<Advice> {
        let style = self.config().house_of(section);
        if style.is_empty() {
            return Vec::new();
        }
        let front = frontmatter::read(text);
        if front.source.is_some() {
            return Vec::new();
        }
        let lang = front
            .lang
            .or_else(|| analyse(text).lang)
            .unwrap_or(Lang::Other("und".into()));
        let style = Readied::new(style);
        passages(text, &lang)
            .iter()
            .flat_map(|passage| style.advise(passage))
            .collect()
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

    fn check_article(&self, rowid: i64, path: &str, id: &ArticleId, findings: &mut Vec<Finding>) -> Result<()> {
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
        for advice in self.house_advice(&section, &decoded.text) {
            add(FindingKind::House, house_detail(&decoded.text, &advice));
        }
        let limits = self.config().limits_of(&section);
        if !limits.0.is_empty() {
            for (slot, signs) in slots(&decoded.text) {
                if let Some(most) = limits.0.get(&slot).filter(|most| signs > **most) {
                    add(
                        FindingKind::TooLong,
                        format!(
                            "its {} has {signs} signs, {} more than {most}",
                            slot.word(),
                            signs - most
                        ),
                    );
                }
            }
        }
        let analysis = analyse(&decoded.text);
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
        Ok(())
    }
}

/// Where a text does otherwise than was agreed, and what should stand there.
fn house_detail(text: &str, advice: &Advice) -> String {
    let before = text.get(..advice.range.start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let words = text.get(advice.range.clone()).unwrap_or_default();
    let mut detail = format!("line {line}, column {column}: \"{words}\"");
    if let Some(fix) = advice.fixes.first() {
        detail.push_str(&format!(", better \"{fix}\""));
    }
    if let Some(note) = advice
        .note
        .as_ref()
        .filter(|note| advice.rule != "house-number" && advice.fixes.first() != Some(note))
    {
        detail.push_str(&format!(" ({note})"));
    }
    detail
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
