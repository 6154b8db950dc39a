//! Files of references as they are found, read; and citations set by styles, in two languages.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod hostile;
mod reading;
mod rendering;
mod scant;
mod shelf;

use std::path::Path;
use std::sync::Arc;

use edito_citation::shelf::{Source, Works};
use edito_citation::{Bibliography, cite, style};
use edito_prose::{CitedText, Lang, Run, citations};

/// The references of the files beside this one.
pub(crate) fn works() -> Works {
    let source = |name: &str| Source {
        path: name.into(),
        bibliography: Arc::new(Bibliography::read(&data(name))),
        torn: false,
    };
    Works {
        sources: vec![source("desk.bib"), source("zotero.json")],
    }
}

pub(crate) fn data(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

pub(crate) fn set(text: &str, works: &Works, style: &str, lang: &Lang, uncited: &[String]) -> CitedText {
    let found = citations(text);
    let article = edito_citation::Article {
        text,
        citations: &found,
        lang,
        uncited,
    };
    cite(&article, works, &style::shipped(style).unwrap())
}

/// Runs as they read: italics between asterisks, small capitals between underscores.
pub(crate) fn words(runs: &[Run]) -> String {
    runs.iter()
        .map(|run| {
            let sign = if run.look.italic {
                "*"
            } else if run.look.small_caps {
                "_"
            } else {
                ""
            };
            format!("{sign}{}{sign}", run.text)
        })
        .collect()
}
