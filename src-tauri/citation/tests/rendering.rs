//! Citations and lists as styles set them. `EDITO_UPDATE_EXPECTED=1` writes what they read as now: read it before it is kept.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use edito_citation::shelf::{Source, Works};
use edito_citation::{Bibliography, style};
use edito_prose::{Destination, Lang};

use crate::{set, words, works};

const TEXT: &str = "La condition [@arendt1958, p. 12; voir aussi @boltanski1991, chap. 3 et 4]. Arendt le dit [-@arendt1958, pp. 14-15]. \
Selon @beauvoir1949 [p. 7], puis [cf. @latour2004, passim] et @latour2004. Encore [@latour2004, § 4] [@inconnu, p. 3; @nora2010] \
[@inconnu]. Suivez @lemonde. Enfin [@rsf2023], [@degaulle1954, vol. 2], [@these], [@mbembeBrutalisme2020], [@mbembeBrutalisme2020].\n";

#[test]
fn every_style_reads_as_it_should_in_french_and_english() {
    let works = works();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected");
    let mut wrong = Vec::new();
    for kind in style::SHIPPED {
        for lang in [Lang::Fr, Lang::En] {
            let cited = set(TEXT, &works, kind.id, &lang, &["@ronde2001".to_owned()]);
            let mut shown = String::new();
            for mark in &cited.marks {
                match mark {
                    Some(mark) if mark.note.is_empty() => writeln!(shown, "{}", words(&mark.inline)).unwrap(),
                    Some(mark) => writeln!(shown, "{}[note] {}", words(&mark.inline), words(&mark.note)).unwrap(),
                    None => writeln!(shown, "(as typed)").unwrap(),
                }
            }
            writeln!(
                shown,
                "\n{}{}",
                cited.heading,
                if cited.hanging { " (hanging)" } else { "" }
            )
            .unwrap();
            for reference in &cited.references {
                writeln!(shown, "{}: {}", reference.key, words(&reference.text)).unwrap();
            }
            let file = folder.join(format!("{}.{}.txt", kind.id, lang.tag()));
            if std::env::var_os("EDITO_UPDATE_EXPECTED").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&file, &shown).unwrap();
            }
            if std::fs::read_to_string(&file).unwrap_or_default() != shown {
                wrong.push((file, shown));
            }
        }
    }
    for (file, shown) in &wrong {
        println!("{}:\n{shown}", file.display());
    }
    assert!(wrong.is_empty());
}

/// A year that is a guess is said to be one, whatever the style, and is sorted as a year.
#[test]
fn a_year_that_is_not_certain_is_said_to_be_one() {
    let item = |id: &str, year: &str| {
        format!(
            r#"{{"id": "{id}", "type": "book", "title": "Titre {id}", "author": [{{"family": "Roy", "given": "Ana"}}], "issued": {year}}}"#
        )
    };
    let json = format!(
        "[{}, {}, {}]",
        item("guess", r#"{"date-parts": [[1958]], "circa": true}"#),
        item("sure", r#"{"date-parts": [[1960]]}"#),
        item("early", r#"{"date-parts": [[1940]]}"#),
    );
    let works = Works {
        sources: vec![Source {
            path: "a.json".into(),
            bibliography: Arc::new(Bibliography::read(&json)),
            torn: false,
        }],
    };
    for kind in style::SHIPPED {
        for (lang, word) in [(Lang::Fr, "v."), (Lang::En, "c")] {
            let cited = set("[@sure] [@guess] [@early].", &works, kind.id, &lang, &[]);
            let of = |key: &str| {
                let at = cited.references.iter().position(|one| one.key == key);
                at.map(|at| (at, words(&cited.references[at].text))).unwrap()
            };
            let ((at, guess), (later, sure), (earlier, _)) = (of("guess"), of("sure"), of("early"));
            let before = guess.split("1958").next().unwrap().trim_end_matches(['\u{a0}', ' ']);
            let said = [word, "ca.", "c.", "v."].iter().any(|word| before.ends_with(word)) || guess.contains("1958?");
            assert!(said, "{} {lang}: {guess}", kind.id);
            assert!(
                !sure.contains("v.\u{a0}1960") && !sure.contains("c.\u{a0}1960"),
                "{sure}"
            );
            if kind.id.contains("author-date") || kind.id.starts_with("harvard") {
                assert!(earlier < at && at < later, "{}", kind.id);
            }
        }
    }
}

#[test]
fn what_is_cited_leads_to_the_list() {
    let cited = set("[@arendt1958; @beauvoir1949]", &works(), "apa", &Lang::En, &[]);
    let mark = cited.marks[0].as_ref().unwrap();
    for run in &mark.inline {
        if let Some(Destination::Reference(at)) = run.leads_to {
            let entry = &cited.references[at];
            let name = if entry.key == "arendt1958" {
                "Arendt"
            } else {
                "Beauvoir"
            };
            assert!(
                run.text.contains(name) || !run.text.contains("Arendt") && !run.text.contains("Beauvoir"),
                "{run:?}"
            );
        }
    }
    assert!(mark.inline.iter().filter(|run| run.leads_to.is_some()).count() >= 2);
    assert!(mark.unknown.is_empty());
}

#[test]
fn nothing_is_listed_that_nobody_cites_and_everything_when_asked() {
    let works = works();
    assert!(set("Rien.", &works, "apa", &Lang::En, &[]).references.is_empty());
    let all = set("Rien.", &works, "apa", &Lang::En, &["*".to_owned()]);
    assert_eq!(all.references.len(), works.entries().count());
    let unknown = set("[@x] et @y", &works, "apa", &Lang::En, &[]);
    assert_eq!(words(&unknown.marks[0].as_ref().unwrap().inline), "[@x]");
    assert!(unknown.marks[1].is_none() && unknown.references.is_empty());
}

#[test]
fn two_works_of_one_year_are_told_apart() {
    let bib = "@book{a, author={Arendt, Hannah}, title={A}, year=1958}\n@book{b, author={Arendt, Hannah}, title={B}, year=1958}";
    let mut works = works();
    works.sources[0].bibliography = edito_citation::Bibliography::read(bib).into();
    let cited = set("[@a] [@b]", &works, "apa", &Lang::En, &[]);
    let read: Vec<String> = cited.marks.iter().flatten().map(|mark| words(&mark.inline)).collect();
    assert_eq!(read, ["(Arendt, 1958a)", "(Arendt, 1958b)"]);
}
