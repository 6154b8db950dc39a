#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use proptest::prelude::*;

fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.into())
}

fn list(items: &[&str]) -> FieldValue {
    FieldValue::List(items.iter().map(|item| (*item).to_owned()).collect())
}

#[test]
fn blocks_are_found_and_thematic_breaks_are_none() {
    let yaml = split("\u{feff}---\r\ntitle: x\r\n---\r\nbody");
    assert_eq!(
        (yaml.format, yaml.front, yaml.body),
        (Some(Format::Yaml), "title: x\r\n", "body")
    );
    let toml = split("+++\ntitle = 'x'\n+++\n\nbody");
    assert_eq!(
        (toml.format, toml.front, toml.body),
        (Some(Format::Toml), "title = 'x'\n", "\nbody")
    );
    let empty = split("---\n---\nbody");
    assert_eq!(
        (empty.format, empty.front, empty.body),
        (Some(Format::Yaml), "", "body")
    );
    for none in [
        "",
        "body",
        "---\nnever closed",
        "---\n\nUn paragraphe\n\n---\n",
        "----\na: b\n----\n",
        "--",
    ] {
        assert_eq!(split(none).format, None, "{none:?}");
        assert_eq!(split(none).body, none);
    }
}

#[test]
fn every_name_of_every_generator_is_read() {
    let hugo = read(
        "---\ntitle: \"L'été : fin\"\ndescription: Un chapô\ndate: 2025-06-26T08:00:00+02:00\nlastmod: 2025-07-01\n\
         categories: [Édito]\ntags: [\"a\", '#b']\ndraft: true\nauthor: Jeanne Martin\n---\n",
    );
    assert_eq!(hugo.title.as_deref(), Some("L'été : fin"));
    assert_eq!(hugo.standfirst.as_deref(), Some("Un chapô"));
    assert_eq!(hugo.date.unwrap().to_string(), "2025-06-26T08:00:00+02:00");
    assert_eq!(hugo.updated.unwrap().to_string(), "2025-07-01");
    assert_eq!(hugo.section.as_deref(), Some("Édito"));
    assert_eq!(hugo.tags, ["a", "b"]);
    assert_eq!((hugo.draft, hugo.status.as_deref()), (Some(true), Some("draft")));
    assert_eq!(
        hugo.authors,
        [Author {
            name: "Jeanne Martin".into(),
            function: None
        }]
    );

    let zola = read(
        "+++\npath = \"2025/06/26/titre\"\ntitle = \"Titre\"\nauthors = [\"The Team\"]\n\n[taxonomies]\ntags = [\"rust\"]\n\n\
         [extra]\nlang = \"en\"\n+++\n",
    );
    assert_eq!(zola.date.unwrap().to_string(), "2025-06-26");
    assert_eq!(zola.tags, ["rust"]);
    assert_eq!(zola.lang, Some(Lang::En));
    assert_eq!(zola.authors[0].name, "The Team");

    let edito = read(
        "---\nauthors:\n  - name: Jeanne Martin\n    function: directrice\n  - Ali Ben\nlang: fr-FR\nsource:\n  \
         url: https://a.fr/x\n  site: A\n  published: 1er mai 2025\ntags: \"a, b\"\npublished: false\n---\n",
    );
    assert_eq!(edito.authors[0].function.as_deref(), Some("directrice"));
    assert_eq!(edito.authors[1].name, "Ali Ben");
    assert_eq!(edito.lang, Some(Lang::Fr));
    let source = edito.source.unwrap();
    assert_eq!(source.url.as_deref(), Some("https://a.fr/x"));
    assert_eq!(source.published.unwrap().to_string(), "2025-05-01");
    assert_eq!(edito.tags, ["a", "b"]);
    assert_eq!(edito.draft, Some(true));
    assert!(edito.problems.is_empty());
}

#[test]
fn what_is_not_understood_is_listed_and_the_rest_read() {
    let broken = read("---\ntitle: a: b: c\ntags: [x, y\nauthor: Jeanne\n---\n");
    assert_eq!(broken.authors[0].name, "Jeanne");
    assert_eq!(broken.title.as_deref(), Some("a: b: c"));
    assert_eq!(broken.problems[0].kind, ProblemKind::Syntax);

    let dated = read("---\ntitle: x\ndate: bientôt\n---\n");
    assert_eq!(
        dated.problems,
        [Problem {
            line: 3,
            kind: ProblemKind::BadDate
        }]
    );

    let twice = read("---\ntitle: x\ntitle: y\n---\n");
    assert_eq!(twice.title.as_deref(), Some("x"));

    let toml = read("+++\ntitle = \"x\"\ndate = oops\n+++\n");
    assert_eq!(toml.title.as_deref(), Some("x"));
    assert_eq!(
        toml.problems,
        [Problem {
            line: 3,
            kind: ProblemKind::Syntax
        }]
    );
}

#[test]
fn aliases_are_never_expanded() {
    let mut bomb = String::from("---\ntitle: Sain\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..40 {
        let previous = format!("*a{}", level - 1);
        bomb.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            [previous.as_str(); 9].join(", ")
        ));
    }
    bomb.push_str("tags: *a39\n---\nbody\n");
    let front = read(&bomb);
    assert_eq!(front.title.as_deref(), Some("Sain"));
    assert!(front.tags.is_empty());
    assert!(front.problems.iter().any(|problem| problem.kind == ProblemKind::Alias));
    assert!(matches!(
        set_field(&bomb, Field::Tags, &list(&["x"])),
        Err(SetFieldError::Opaque { .. } | SetFieldError::Unsafe)
    ));
    let deep = format!("---\na: {}{}\ntitle: x\n---\n", "[".repeat(50_000), "]".repeat(50_000));
    assert_eq!(read(&deep).title.as_deref(), Some("x"));
    let tagged = read("---\ntitle: !!python/object x\nlang: fr\n---\n");
    assert_eq!(tagged.lang, Some(Lang::Fr));
}

/// Before, the change, after: the rest of the block shows what must stay.
#[test]
fn patches_keep_every_other_byte() {
    for (before, field, value, after) in [
        (
            "---\ntitle: Un # deux\nx: y\n---\nb",
            Field::Title,
            text("Trois"),
            "---\ntitle: Trois # deux\nx: y\n---\nb",
        ),
        (
            "---\ntitle: \"Un\"\n---\n",
            Field::Title,
            text("L'été : \"oui\""),
            "---\ntitle: \"L'été : \\\"oui\\\"\"\n---\n",
        ),
        (
            "---\ntitle: 'Un'\n---\n",
            Field::Title,
            text("L'été"),
            "---\ntitle: 'L''été'\n---\n",
        ),
        (
            "---\ndescription: a\n---\n",
            Field::Standfirst,
            text("b"),
            "---\ndescription: b\n---\n",
        ),
        (
            "---\r\na: b\r\n---\r\nc",
            Field::Title,
            text("x"),
            "---\r\na: b\r\ntitle: x\r\n---\r\nc",
        ),
        (
            "---\ntitle: x\n# fin\n---\n",
            Field::Status,
            text("relu"),
            "---\ntitle: x\n# fin\nstatus: relu\n---\n",
        ),
        ("corps\n", Field::Title, text("x"), "---\ntitle: x\n---\n\ncorps\n"),
        (
            "---\ntags: [a, \"b\"]\n---\n",
            Field::Tags,
            list(&["b", "c"]),
            "---\ntags: [\"b\", c]\n---\n",
        ),
        (
            "---\ntags:\n  - a # un\n  - b\nx: y\n---\n",
            Field::Tags,
            list(&["a", "c"]),
            "---\ntags:\n  - a # un\n  - c\nx: y\n---\n",
        ),
        (
            "---\ntags:\n- a\nx: y\n---\n",
            Field::Tags,
            list(&["a", "b"]),
            "---\ntags:\n- a\n- b\nx: y\n---\n",
        ),
        (
            "---\ntags: a, b\n---\n",
            Field::Tags,
            list(&["b", "c"]),
            "---\ntags: b, c\n---\n",
        ),
        (
            "---\ntitle: |\n  Un\n  deux\nx: y\n---\n",
            Field::Title,
            text("Trois"),
            "---\ntitle: |\n  Trois\nx: y\n---\n",
        ),
        (
            "---\ntitle:\nx: y\n---\n",
            Field::Title,
            text("Un"),
            "---\ntitle: Un\nx: y\n---\n",
        ),
        (
            "---\ntitle: Un\n  deux\nx: y\n---\n",
            Field::Title,
            text("Un"),
            "---\ntitle: Un\nx: y\n---\n",
        ),
        (
            "---\na: 1\ntitle: Un\nx: y\n---\n",
            Field::Title,
            FieldValue::Absent,
            "---\na: 1\nx: y\n---\n",
        ),
        (
            "---\nauthor: A\n---\n",
            Field::Authors,
            list(&["B"]),
            "---\nauthor: B\n---\n",
        ),
        (
            "---\ndate: 2025-01-01\n---\n",
            Field::Date,
            text("2 mars 2025"),
            "---\ndate: 2025-03-02\n---\n",
        ),
        (
            "---\ntitle: x\n---\n",
            Field::Title,
            text("2024"),
            "---\ntitle: \"2024\"\n---\n",
        ),
        (
            "+++\ntitle = 'Un' # deux\n[extra]\na = 1\n+++\nb",
            Field::Title,
            text("Trois"),
            "+++\ntitle = 'Trois' # deux\n[extra]\na = 1\n+++\nb",
        ),
        (
            "+++\ntitle = \"Un\"\n\n[extra]\na = 1\n+++\n",
            Field::Status,
            text("relu"),
            "+++\ntitle = \"Un\"\nstatus = \"relu\"\n\n[extra]\na = 1\n+++\n",
        ),
        (
            "+++\r\ntitle = \"Un\"\r\n+++\r\n",
            Field::Lang,
            text("fr"),
            "+++\r\ntitle = \"Un\"\r\nlang = \"fr\"\r\n+++\r\n",
        ),
        (
            "+++\n[taxonomies]\ntags = ['a']\n+++\n",
            Field::Tags,
            list(&["a", "b"]),
            "+++\n[taxonomies]\ntags = ['a', 'b']\n+++\n",
        ),
        (
            "+++\ndate = 2025-01-01\n+++\n",
            Field::Date,
            text("2025-02-03"),
            "+++\ndate = 2025-02-03\n+++\n",
        ),
        (
            "+++\na = 1\ntitle = 'x' # y\nb = 2\n+++\n",
            Field::Title,
            FieldValue::Absent,
            "+++\na = 1\nb = 2\n+++\n",
        ),
    ] {
        let patched = set_field(before, field, &value).unwrap_or_else(|error| panic!("{before}: {error}"));
        assert_eq!(patched, after);
    }
    let authors = FieldValue::Authors(vec![
        Author {
            name: "Jeanne Martin".into(),
            function: Some("directrice : études".into()),
        },
        Author {
            name: "Ali".into(),
            function: None,
        },
    ]);
    for before in [
        "",
        "---\nauthor: A\n---\n",
        "---\nauthors:\n  - A\n---\n",
        "+++\n+++\n",
        "+++\nauthors = [\"A\"]\n+++\n",
    ] {
        let patched = set_field(before, Field::Authors, &authors).unwrap_or_else(|error| panic!("{before}: {error}"));
        assert_eq!(FieldValue::Authors(read(&patched).authors), authors, "{patched}");
    }
}

#[test]
fn what_can_not_be_changed_safely_is_refused() {
    for (before, field) in [
        ("---\ntitle: [\n---\n", Field::Title),
        ("---\ntitle: &t x\nother: *t\n---\n", Field::Title),
        ("---\n{title: x}\n---\n", Field::Title),
        ("+++\ntitle = \n+++\n", Field::Title),
    ] {
        assert!(set_field(before, field, &text("y")).is_err(), "{before}");
    }
    assert_eq!(
        set_field("---\na: b\n---\n", Field::Date, &text("demain")),
        Err(SetFieldError::WrongKind)
    );
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zé’'\":#,\\[\\]{}&*!|>%@`~ -]{1,20}",
        "\\PC{1,30}",
        Just("true".to_owned()),
        Just("2025-01-01".to_owned()),
        Just("- a\nb: c".to_owned()),
        Just("---".to_owned()),
        Just("\"\"\"".to_owned()),
    ]
    .prop_filter("blank", |text| {
        !text.trim().is_empty() && !text.trim().starts_with("[[")
    })
}

/// Front matter as people have it: comments, odd order, each quoting, lists and unknown keys.
fn yaml_block() -> impl Strategy<Value = String> {
    let entries: Vec<&str> = vec![
        "title: Un titre # comment\n",
        "title: \"Un: titre\"\n",
        "title: 'L''été'\n",
        "title: >-\n  Plié\n  encore\n",
        "title:\n",
        "description: un deux\n  trois\n",
        "summary: ''\n",
        "tags: [a, 'b', \"c\"]\n",
        "tags:\n  - a # x\n  - 'b'\n\n  # fin\n",
        "tags:\n- a\n- b\n",
        "tags: a, b\n",
        "author: Jeanne\n",
        "authors:\n  - name: A\n    function: f\n  - B\n",
        "# un commentaire\n",
        "\n",
        "date: 2025-01-01\n",
        "custom: {a: 1, b: [x, y]}\n",
        "nested:\n  title: pas lui\n  list:\n    - z\n",
        "long: |\n  title: pas lui\n\n  fin\n",
        "draft: false\n",
        "\"quoted key\": x\n",
        "categories: [A, B]\n",
        "lang: fr\n",
    ];
    (
        prop::collection::vec(prop::sample::select(entries), 0..8),
        any::<bool>(),
    )
        .prop_map(|(mut entries, crlf)| {
            let mut seen = std::collections::HashSet::new();
            entries.retain(|entry| match entry.split_once(':') {
                Some((key, _)) if !entry.starts_with('#') => seen.insert(key.to_owned()),
                _ => true,
            });
            let block = format!("---\n{}---\n\nLe corps : « oui ».\n---\nFin", entries.concat());
            if crlf { block.replace('\n', "\r\n") } else { block }
        })
}

fn toml_block() -> impl Strategy<Value = String> {
    let entries: Vec<&str> = vec![
        "title = \"Un titre\" # comment\n",
        "title = 'Un'\n",
        "title = \"\"\"\nDeux\nlignes\"\"\"\n",
        "description = \"x\"\n",
        "tags = [\"a\", 'b']\n",
        "tags = [\n  \"a\",\n  \"b\",\n]\n",
        "authors = [\"The Team\"]\n",
        "author = \"Jeanne\"\n",
        "# title = \"pas lui\"\n",
        "\n",
        "date = 2025-01-01\n",
        "custom = { a = 1, b = [2] }\n",
        "dotted.key = 1\n",
        "draft = false\n",
    ];
    let tail = prop::sample::select(vec![
        "",
        "[extra]\nx = 1\n",
        "[taxonomies]\ncategories = [\"c\"]\n\n[[more]]\na = 1\n",
    ]);
    (
        prop::collection::vec(prop::sample::select(entries), 0..7),
        tail,
        any::<bool>(),
    )
        .prop_map(|(mut entries, tail, crlf)| {
            let mut seen = std::collections::HashSet::new();
            entries.retain(|entry| match entry.split_once(" = ") {
                Some((key, _)) if !entry.starts_with('#') => seen.insert(key.to_owned()),
                _ => true,
            });
            let block = format!("+++\n{}{tail}+++\nLe corps.\n", entries.concat());
            if crlf { block.replace('\n', "\r\n") } else { block }
        })
}

/// The lines of a text that a change of one field must leave, in order.
fn is_subsequence(lines: &[&str], of: &str) -> bool {
    let mut rest = of.split_inclusive('\n');
    lines.iter().all(|line| rest.any(|other| other == *line))
}

proptest! {
    #[test]
    fn a_field_set_is_the_field_read(
        block in prop_oneof![yaml_block(), toml_block()],
        value in any_text(),
        field in prop::sample::select(vec![Field::Title, Field::Standfirst, Field::Teaser, Field::Section, Field::Status, Field::Id]),
    ) {
        let patched = set_field(&block, field, &text(&value));
        let patched = patched.map_err(|error| TestCaseError::fail(format!("{error}: {block:?}")))?;
        let front = read(&patched);
        let found = match field {
            Field::Title => front.title,
            Field::Standfirst => front.standfirst,
            Field::Teaser => front.teaser,
            Field::Section => front.section,
            Field::Id => front.id,
            _ => front.status,
        };
        prop_assert_eq!(found.as_deref(), Some(value.trim()));
        prop_assert_eq!(split(&patched).body, split(&block).body);
        // Only the lines of one entry may differ: all others stand as before, in order.
        let common = block.split_inclusive('\n').zip(patched.split_inclusive('\n')).take_while(|(a, b)| a == b).count();
        let old: Vec<&str> = block.split_inclusive('\n').collect();
        let new: Vec<&str> = patched.split_inclusive('\n').collect();
        let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        prop_assert!(old.len() - common.min(old.len()) <= tail + 4, "{:?}\n{:?}", block, patched);
        prop_assert_eq!(set_field(&patched, field, &text(&value)).unwrap(), patched);
    }

    #[test]
    fn tags_set_are_tags_read(
        block in prop_oneof![yaml_block(), toml_block()],
        tags in prop::collection::vec("[a-zé][a-z é'\":,-]{0,8}[a-z]", 1..5),
    ) {
        let mut wanted: Vec<String> = Vec::new();
        for tag in &tags {
            if !wanted.contains(tag) { wanted.push(tag.clone()); }
        }
        let patched = set_field(&block, Field::Tags, &FieldValue::List(tags));
        let patched = patched.map_err(|error| TestCaseError::fail(format!("{error}: {block:?}")))?;
        prop_assert_eq!(read(&patched).tags, wanted);
        let others: Vec<&str> = block
            .split_inclusive('\n')
            .filter(|line| ["title", "author", "date", "custom", "nested", "long", "draft", "lang", "dotted", "description"]
                .iter().any(|key| line.starts_with(key)))
            .collect();
        prop_assert!(is_subsequence(&others, &patched));
    }

    #[test]
    fn authors_set_are_authors_read(
        block in prop_oneof![yaml_block(), toml_block()],
        signed in prop::collection::vec((any_text(), prop::option::of(any_text())), 1..4),
    ) {
        let trimmed = |words: &String| words.trim().to_owned();
        let authors: Vec<Author> = signed
            .iter()
            .map(|(name, function)| Author {
                name: trimmed(name),
                function: function.as_ref().map(trimmed),
            })
            .collect();
        let patched = set_field(&block, Field::Authors, &FieldValue::Authors(authors.clone()));
        let patched = patched.map_err(|error| TestCaseError::fail(format!("{error}: {block:?}")))?;
        prop_assert_eq!(&read(&patched).authors, &authors);
        prop_assert_eq!(split(&patched).body, split(&block).body);
        let others: Vec<&str> = block
            .split_inclusive('\n')
            .filter(|line| ["title", "tags", "date", "custom", "nested", "long", "draft", "lang", "dotted", "description", "#"]
                .iter().any(|key| line.starts_with(key)))
            .collect();
        prop_assert!(is_subsequence(&others, &patched), "{:?}\n{:?}", block, patched);
        prop_assert_eq!(set_field(&patched, Field::Authors, &FieldValue::Authors(authors)).unwrap(), patched);
    }

    #[test]
    fn a_date_keeps_what_it_has(block in prop_oneof![yaml_block(), toml_block()], day in 1u32..29, hour in 0u32..24, timed in any::<bool>()) {
        let date = if timed { format!("2026-11-{day:02} {hour:02}:30") } else { format!("{day} novembre 2026") };
        let patched = set_field(&block, Field::Date, &text(&date));
        let patched = patched.map_err(|error| TestCaseError::fail(format!("{error}: {block:?}")))?;
        prop_assert_eq!(read(&patched).date, crate::date::ArticleDate::parse(&date));
        prop_assert_eq!(read(&patched).date.map(|date| date.time.is_some()), Some(timed));
        prop_assert_eq!(split(&patched).body, split(&block).body);
    }

    #[test]
    fn places_hold_the_words_of_their_field(block in prop_oneof![yaml_block(), toml_block()], value in any_text()) {
        let patched = set_field(&block, Field::Title, &text(&value));
        let patched = patched.map_err(|error| TestCaseError::fail(format!("{error}: {block:?}")))?;
        for place in places(&patched) {
            let front = read(&patched);
            let said = match place.field {
                Field::Title => front.title,
                Field::Standfirst => front.standfirst,
                _ => front.teaser,
            };
            let written = patched.get(place.range.clone()).unwrap_or_default();
            let plain = match place.quoting {
                Quoting::Plain => written.to_owned(),
                Quoting::Single => written.replace("''", "'"),
                // Escapes are read by the page; what has none stands as it is.
                Quoting::Double if written.contains('\\') => continue,
                Quoting::Double => written.to_owned(),
            };
            prop_assert_eq!(Some(plain.trim()), said.as_deref(), "{:?}", patched);
        }
    }

    #[test]
    fn a_field_taken_out_is_gone_and_back_again(block in prop_oneof![yaml_block(), toml_block()]) {
        let without = set_field(&block, Field::Title, &FieldValue::Absent);
        let without = without.map_err(|error| TestCaseError::fail(format!("{error}: {block:?}")))?;
        prop_assert_eq!(read(&without).title, None);
        let back = set_field(&without, Field::Title, &text("Retour")).unwrap();
        let title = read(&back).title;
        prop_assert_eq!(title.as_deref(), Some("Retour"));
    }

    #[test]
    fn reading_never_fails(front in "(\\PC|\n|: |- |\\[|\"|&a |\\*a ){0,60}", toml in any::<bool>()) {
        let fence = if toml { "+++" } else { "---" };
        let whole = format!("{fence}\n{front}\n{fence}\nbody");
        read(&whole);
        for field in [Field::Title, Field::Tags] {
            if let Ok(patched) = set_field(&whole, field, &text("x")) {
                prop_assert_eq!(split(&patched).body.trim_start(), split(&whole).body.trim_start());
            }
        }
    }
}
