#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;

fn lines(config: &Config) -> Vec<(u32, &str)> {
    config
        .problems
        .iter()
        .map(|problem| (problem.line, problem.message.as_str()))
        .collect()
}

#[test]
fn everything_a_desk_can_say() {
    let config = Config::parse(
        r#"
title = "L'Observatoire"
languages = ["fr", "ar"]
ignore = ["brouillons/**", "*.tmp.md"]
statuses = ["Brouillon", { slug = "lu", name = "Relu" }]
future = { anything = true }

[[sections]]
name = "Analyses"
kind = "analyses"

[[sections.sections]]
name = "Méditerranée"

[[sections]]
name = "Dans les médias"
slug = "medias"
folder = "presse/médias"
future = 3

[[authors]]
name = "Élise Ménard"
function = "chercheuse associée"

[[authors]]
name = "La rédaction"
"#,
    );
    assert_eq!(lines(&config), []);
    assert_eq!(config.title.as_deref(), Some("L'Observatoire"));
    assert_eq!(config.languages, ["fr", "ar"]);
    assert_eq!(config.ignore, ["brouillons/**", "*.tmp.md"]);
    let analyses = &config.sections[0];
    assert_eq!(
        (analyses.slug.as_str(), analyses.folder.as_str()),
        ("analyses", "analyses")
    );
    assert_eq!(analyses.kind.as_deref(), Some("analyses"));
    assert_eq!(analyses.sections[0].folder, "analyses/mediterranee");
    assert_eq!(config.sections[1].slug, "medias");
    assert_eq!(config.sections[1].folder, "presse/médias");
    assert_eq!(config.function_of("elise menard"), Some("chercheuse associée"));
    assert_eq!(config.function_of("La rédaction"), None);
    let statuses: Vec<_> = config
        .statuses
        .iter()
        .map(|one| (one.slug.as_str(), one.name.as_str()))
        .collect();
    assert_eq!(statuses, [("brouillon", "Brouillon"), ("lu", "Relu")]);
}

#[test]
fn what_is_wrong_is_listed_with_its_line_and_the_rest_holds() {
    let config = Config::parse(
        "title = 12\nlanguages = \"fr\"\nignore = [\"a\", 3]\n\n[[sections]]\nslug = \"\"\n\n[[sections]]\nname = \"Édito\"\nfolder = \"../../etc\"\n\n[[sections]]\nname = \"edito\"\n\n[[authors]]\nfunction = \"x\"\n",
    );
    assert_eq!(
        lines(&config),
        [
            (1, "\"title\" should be a text, not integer"),
            (3, "\"ignore\" should be a list of texts, not integer"),
            (5, "a section has no name"),
            (8, "the folder \"../../etc\" is not within the library"),
            (12, "two sections have the short name \"edito\""),
            (15, "an author has no name"),
        ]
    );
    assert_eq!(config.languages, ["fr"]);
    assert_eq!(config.sections[0].folder, "edito");
    assert_eq!(config.sections[1].slug, "edito-2");
}

#[test]
fn a_language_named_twice_is_one() {
    let config = Config::parse("languages = [\"fr\", \"en\", \"FR\", \"fr\", \"ar\", \"en\"]\n");
    assert_eq!(config.languages, ["fr", "en", "ar"]);
    assert_eq!(config.problems, []);
}

#[test]
fn a_syntax_error_costs_its_line_only() {
    let config = Config::parse("title = \"Ici\"\nlanguages = [\"fr\"\n\n[[authors]]\nname = \"A\"\n");
    assert_eq!(config.title.as_deref(), Some("Ici"));
    assert!(!config.problems.is_empty());
    let config = Config::parse("title = \"Ici\"\n???\nlanguages = [\"fr\"]\n");
    assert_eq!(config.title.as_deref(), Some("Ici"));
    assert_eq!(config.languages, ["fr"]);
    assert_eq!(config.problems[0].line, 2);
}

#[test]
fn folders_stay_within_the_library() {
    for folder in [
        "/etc",
        "..",
        "a/../b",
        "C:\\x",
        "\\\\server\\x",
        ".git",
        "a/.edito",
        "",
        "./",
    ] {
        assert_eq!(within_library(folder), None, "{folder}");
    }
    assert_eq!(within_library("./a//b\\c/").as_deref(), Some("a/b/c"));
}

#[test]
fn no_file_gives_defaults_and_odd_ones_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::read(folder.path()).unwrap();
    assert_eq!(config, Config::default());
    assert_eq!(config.statuses.len(), 4);
    let path = folder.path().join(FILE_NAME);
    std::fs::write(&path, b"title = \"\xe9dito\"").unwrap();
    assert_eq!(
        lines(&Config::read(folder.path()).unwrap()),
        [(1, "the file is not UTF-8")]
    );
    std::fs::write(&path, "\u{feff}title = \"Édito\"\r\n").unwrap();
    let config = Config::read(folder.path()).unwrap();
    assert_eq!(config.title.as_deref(), Some("Édito"));
    assert!(config.problems.is_empty());
}

#[test]
fn the_templates_read_without_a_problem() {
    for language in [TemplateLanguage::French, TemplateLanguage::English] {
        let config = Config::parse(&template("Le \"monde\" \\ ici\n", language));
        assert_eq!(lines(&config), []);
        assert_eq!(config.title.as_deref(), Some("Le \"monde\" \\ ici"));
        let kinds: Vec<_> = config.sections.iter().filter_map(|one| one.kind.as_deref()).collect();
        assert_eq!(kinds, ["edito", "analyses", "medias", "lectures", "lettre"]);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "(\\[\\[sections\\]\\]\n|name|=|\"|\n|\\[|\\]|é|\\{|\\}|,|x){0,60}") {
        let _ = Config::parse(&text);
    }
}

#[test]
fn limits_of_a_section_stand_before_those_above_it() {
    use edito_prose::slots::Slot;

    let config = Config::parse(
        "[limits]\ntitle = 90\nbody = 8_000\nteasers = 3\nnotes = \"many\"\n\n[[sections]]\nname = \"Analyses\"\n\
         limits = { body = 12000 }\n\n[[sections.sections]]\nname = \"Notes\"\nlimits = { title = 60 }\n",
    );
    let of = |section: &str| {
        let limits = config.limits_of(section).0;
        (limits.get(&Slot::Title).copied(), limits.get(&Slot::Body).copied())
    };
    assert_eq!(of(""), (Some(90), Some(8000)));
    assert_eq!(of("analyses"), (Some(90), Some(12000)));
    assert_eq!(of("analyses/notes"), (Some(60), Some(12000)));
    assert_eq!(of("ailleurs/loin"), (Some(90), Some(8000)));
    let problems: Vec<(u32, &str)> = config
        .problems
        .iter()
        .map(|problem| (problem.line, problem.message.as_str()))
        .collect();
    assert_eq!(
        problems,
        [
            (
                4,
                "\"limits\" knows title, standfirst, teaser, body, notes, letter, not \"teasers\""
            ),
            (5, "\"notes\" should be a whole number, not string")
        ]
    );
    // Nothing in the index comes out by them.
    assert_eq!(
        Config::parse("[limits]\nbody = 3\n[[sections]]\nname = \"A\"\nlimits = { body = 4 }\n").for_index(),
        Config::parse("[[sections]]\nname = \"A\"\n").for_index()
    );
}

#[test]
fn the_house_style_of_a_section_comes_before_that_of_the_library() {
    let config = Config::parse(
        r#"
[house]
terms = [
  { use = "Daech", not = ["Daesh", "EI"], why = "l’acronyme arabe" },
  { use = "numérique", not = "digital", forms = { digitaux = "numériques" }, except = ["empreinte digitale"], lang = "fr" },
]
banned = ["sociétal", { word = "pérenne", why = "dire durable" }]
capitals = ["Assemblée nationale", { words = "État", except = ["état civil"] }]
numbers = { spell_out_below = 10, percent = "words", except = ["voix"] }

[[sections]]
name = "Analyses"
house = { terms = [{ use = "Daech", not = ["ISIS"] }], quotations = true }

[[sections.sections]]
name = "Économie"
house = { numbers = { percent = "sign" } }
"#,
    );
    assert_eq!(lines(&config), []);
    assert_eq!(config.house_of(""), config.house);
    assert_eq!(config.house_of("elsewhere/unknown"), config.house);
    let analyses = config.house_of("analyses");
    assert_eq!(analyses.terms[0].instead_of, ["ISIS"]);
    assert_eq!(analyses.terms[1].forms["digitaux"], "numériques");
    assert_eq!((analyses.quotations, config.house.quotations), (Some(true), None));
    let economy = config.house_of("analyses/economie");
    assert_eq!(economy.terms, analyses.terms);
    assert_eq!(economy.numbers.unwrap().spell_out_below, 0);
    assert_eq!(economy.banned[1].why.as_deref(), Some("dire durable"));
    assert_eq!(economy.capitals[1].except, ["état civil"]);
}

#[test]
fn what_is_wrong_with_the_house_style_is_told() {
    let config = Config::parse(
        "[house]\nterms = [{ use = \"a\" }, 3, { us = \"b\", not = [\"c\"] }]\nbanned = [{ why = \"x\" }]\ncapitals = 3\nnumbers = { spell_out_below = 40, percent = \"%\" }\nquotations = \"yes\"\nterm = []\n",
    );
    assert_eq!(
        lines(&config),
        [
            (2, "a term needs \"use\" and \"not\""),
            (2, "\"terms\" should be a list of tables, not integer"),
            (2, "\"terms\" knows use, not, forms, except, lang, why, not \"us\""),
            (2, "a term needs \"use\" and \"not\""),
            (3, "a banned word needs \"word\""),
            (4, "\"capitals\" should be a list, not integer"),
            (5, "\"percent\" knows sign and words, not \"%\""),
            (5, "\"spell_out_below\" should be from 0 to 17"),
            (6, "\"quotations\" should be true or false, not string"),
            (
                7,
                "\"house\" knows terms, banned, capitals, numbers, allow, quotations, not \"term\""
            ),
        ]
    );
}

#[test]
fn the_house_style_is_nothing_that_rows_come_out_by() {
    let plain = "[[sections]]\nname = \"A\"\n";
    let styled = format!("{plain}house = {{ banned = [\"x\"] }}\n\n[house]\nbanned = [\"y\"]\n");
    assert_eq!(Config::parse(plain).for_index(), Config::parse(&styled).for_index());
}
