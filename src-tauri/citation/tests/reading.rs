use edito_citation::{Bibliography, ProblemKind};

use crate::{data, works};

#[test]
fn one_bad_entry_loses_no_other() {
    let read = Bibliography::read(&data("desk.bib"));
    let keys: Vec<&str> = read.entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "arendt1958",
            "beauvoir1949",
            "latour2004",
            "boltanski1991",
            "collectif2010",
            "nora2010",
            "rsf2023",
            "ronde2001",
            "these"
        ]
    );
    let mut problems: Vec<_> = read
        .problems
        .iter()
        .map(|one| (one.line, one.key.as_deref(), one.kind))
        .collect();
    problems.sort_by_key(|(line, ..)| *line);
    let line = |text: &str| u32::try_from(data("desk.bib").split(text).next().unwrap().lines().count() + 1).unwrap();
    assert_eq!(
        problems,
        [
            (line("@book{casse"), Some("casse"), ProblemKind::Unclosed),
            (
                line("@book{arendt1958, title"),
                Some("arendt1958"),
                ProblemKind::DoubleKey
            ),
            (line("@misc{,"), None, ProblemKind::NoKey),
        ]
    );
    assert!(!read.torn);
}

#[test]
fn references_are_shown_by_author_year_and_title() {
    let works = works();
    let shown = |key: &str| {
        let entry = works.get(key).unwrap();
        format!("{} {} · {}", entry.authors, entry.year, entry.title)
    };
    assert_eq!(shown("beauvoir1949"), "Beauvoir 1949 · Le deuxième sexe");
    assert_eq!(
        shown("boltanski1991"),
        "Boltanski & Thévenot 1991 · De la justification\u{a0}: les économies de la grandeur"
    );
    assert_eq!(shown("collectif2010"), "Müller & UNESCO 2010 · L'État de l'opinion");
    assert_eq!(shown("nora2010"), "Nora 2010 · Entre mémoire et histoire");
    assert_eq!(
        shown("rsf2023"),
        "Reporters sans frontières 2023 · Classement mondial de la liberté de la presse"
    );
    assert_eq!(shown("ronde2001"), "Rond 2001 · Entre parenthèses");
    assert_eq!(shown("degaulle1954"), "de Gaulle 1954 · Mémoires de guerre");
    assert_eq!(shown("mbembeBrutalisme2020"), "Mbembe 2020 · Brutalisme");
    assert_eq!(shown("12"), "Rédaction 2021 · L'opinion et les faits");
}

#[test]
fn a_list_of_items_says_what_it_has_not() {
    let read = Bibliography::read(&data("zotero.json"));
    assert_eq!(read.entries.len(), 3);
    let kinds: Vec<_> = read.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::NoKey, ProblemKind::Broken]);
    assert_eq!(read.get("degaulle1954").unwrap().line, 17);
}

#[test]
fn files_that_end_in_the_middle_are_torn() {
    let json = data("zotero.json");
    let bib = data("desk.bib");
    for text in [
        &json[..json.len() / 2],
        "[",
        "@book{a, title = {x",
        &bib[..bib.find("number  = ").unwrap()],
    ] {
        assert!(Bibliography::read(text).torn, "{text}");
    }
    for text in ["", "[]", "{\"items\": []}", "@book{a, title = {x}}"] {
        assert!(!Bibliography::read(text).torn, "{text}");
    }
}

#[test]
fn words_find_references() {
    let works = works();
    let found = |typed: &str| -> Vec<&str> {
        works
            .find(typed, 9)
            .into_iter()
            .map(|entry| entry.key.as_str())
            .collect()
    };
    assert_eq!(found("arendt"), ["arendt1958"]);
    assert_eq!(found("thev 91"), Vec::<&str>::new());
    assert_eq!(found("thev 1991"), ["boltanski1991"]);
    assert_eq!(found("ETAT opin"), ["collectif2010", "nora2010"]);
    assert_eq!(found("critical inq"), ["latour2004"]);
    assert_eq!(found("travail"), ["arendt1958"]);
    assert_eq!(found("").len(), 9);
}
