//! Works of which little is known, and names with particles: what each style makes of them, as a table in
//! `expected/scant.txt`. `EDITO_UPDATE_EXPECTED=1` writes it anew: read it before it is kept.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use edito_citation::shelf::{Source, Works};
use edito_citation::{Bibliography, style};
use edito_prose::Lang;

use crate::{data, set, words};

fn works() -> Works {
    Works {
        sources: vec![Source {
            path: "scant.bib".into(),
            bibliography: Arc::new(Bibliography::read(&data("scant.bib"))),
            torn: false,
        }],
    }
}

#[test]
fn what_is_not_known_leaves_no_trace_and_what_is_known_is_said() {
    let works = works();
    let mut shown = String::new();
    let mut wrong = Vec::new();
    for kind in style::SHIPPED {
        let lang = if kind.lang == "fr" { Lang::Fr } else { Lang::En };
        let keys: Vec<String> = works.entries().map(|entry| format!("[@{}]", entry.key)).collect();
        let cited = set(&keys.join(" "), &works, kind.id, &lang, &[]);
        writeln!(shown, "{}", kind.id).unwrap();
        for (entry, mark) in works.entries().zip(&cited.marks) {
            let at = cited.references.iter().position(|one| one.key == entry.key);
            let text = at.map(|at| words(&cited.references[at].text)).unwrap_or_default();
            let mark = mark.as_ref().unwrap();
            let called = words(if mark.note.is_empty() { &mark.inline } else { &mark.note });
            writeln!(shown, "  {}: {called}\n    {text}", entry.key).unwrap();
            let called = called.replace(&entry.title, "T");
            let plain = text.replace(['*', '_'], "");
            // The title and the year are there, once each, and nothing is parted from nothing.
            let known = plain.to_lowercase().matches(&entry.title.to_lowercase()).count();
            let rest = plain.replace(&entry.title, "T");
            let empty = [
                ",)",
                ", )",
                " ,",
                ",.",
                ":.",
                ": .",
                "()",
                "[]",
                ",,",
                " in.",
                "sans date",
                "  ",
                ".”.",
                "n.d.",
                "s. d.",
            ];
            if text.is_empty() && kind.id == "chicago-notes-bibliography" && entry.key == "talk" {
                continue;
            }
            if known != 1 || !plain.contains(&entry.year) || empty.iter().any(|one| rest.contains(one)) {
                wrong.push(format!("{} {}: {called} | {text}", kind.id, entry.key));
            }
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/scant.txt");
    if std::env::var_os("EDITO_UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &shown).unwrap();
    }
    assert!(wrong.is_empty(), "{}\n\n{shown}", wrong.join("\n"));
    assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), shown);
}
