//! What is wrong with what a library cites: keys that no reference has, references that can't be read, files that are not.

use edito_citation::{Desk, Shelf};
use edito_library::{Finding, FindingKind, Library, ListQuery};
use edito_prose::Lang;

use crate::output::Failure;

/// What `check` says of citations. A library without files of references has none: its `[@name]` may be anything.
pub fn findings(library: &Library) -> Result<Vec<Finding>, Failure> {
    let config = library.config();
    let desk = Desk {
        root: library.root(),
        files: &config.citations.files,
        style: config.citations.style.as_deref(),
        chosen: &[],
    };
    let shelf = Shelf::default();
    let mut findings = Vec::new();
    let mut add = |path: &str, detail: String| {
        findings.push(Finding {
            kind: FindingKind::Citation,
            path: path.to_owned(),
            detail,
        });
    };
    let sources = desk.sources(None);
    for named in &sources.refused {
        add(
            "edito.toml",
            format!("the file \"{named}\" of references is not within the library, and is not read"),
        );
    }
    let works = shelf.works(&sources.files);
    for source in &works.sources {
        let path = source.path.strip_prefix(library.root()).unwrap_or(&source.path);
        for problem in &source.bibliography.problems {
            let key = problem.key.as_ref().map(|key| format!(" ({key})")).unwrap_or_default();
            add(
                &path.display().to_string(),
                format!("line {}: {}{key}", problem.line, problem.kind.sentence()),
            );
        }
    }
    for row in library.list(&ListQuery::default(), 0, usize::MAX)?.rows {
        let text = library.read_text(&row.id)?;
        if !text.text.contains('@') {
            continue;
        }
        let lang = row.lang.as_deref().map_or(Lang::En, Lang::from_tag);
        let Some(set) = desk.set(&shelf, &text.text, &row.path, &lang) else {
            continue;
        };
        if let Some((name, problem)) = &set.style_problem {
            add(&row.path, format!("the style \"{name}\": {}", problem.sentence()));
        }
        let own: Vec<&String> = set
            .sources
            .refused
            .iter()
            .filter(|named| !sources.refused.contains(named))
            .collect();
        for named in own {
            add(
                &row.path,
                format!("the file \"{named}\" of references is not within the library, and is not read"),
            );
        }
        if desk.works(&shelf, Some((&text.text, &row.path))).is_empty() {
            continue;
        }
        for (citation, mark) in set.citations.iter().zip(&set.cited.marks) {
            for key in mark.iter().flat_map(|mark| &mark.unknown) {
                let before = text.text.get(..citation.range.start).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                add(&row.path, format!("line {line}: no reference has the key {key}"));
            }
        }
    }
    Ok(findings)
}
