//! Hostile Markdown: whatever comes in, only known tags with known attributes come out, and a
//! second parser sees the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use edito_prose::{Lang, LinkTarget, RenderContext, analyse, outline, render};
use proptest::prelude::*;

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-label",
    "checked",
    "class",
    "colspan",
    "data-anchor",
    "data-article",
    "data-target",
    "data-external",
    "data-footnote",
    "data-line",
    "datetime",
    "decoding",
    "dir",
    "disabled",
    "href",
    "id",
    "lang",
    "loading",
    "open",
    "rel",
    "role",
    "rowspan",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "type",
];

const CLASSES: &[&str] = &[
    "align-center",
    "align-left",
    "align-right",
    "alert",
    "alert-caution",
    "alert-important",
    "alert-note",
    "alert-tip",
    "alert-title",
    "alert-warning",
    "footnote-back",
    "footnote-ref",
    "footnotes",
    "image-missing",
    "undivided",
    "math",
    "missing",
    "plain",
    "raw",
    "refused",
    "table",
    "task",
    "tasks",
    "truncated",
];

fn html(text: &str) -> String {
    render(
        text,
        &RenderContext {
            lang: Lang::Fr,
            typography: true,
            resolve_link: &|_, _| LinkTarget::Missing,
            resolve_image: &|target| (target == "a.png").then(|| "edito-image:1".to_owned()),
            footnote_label: "Notes",
            citations: None,
        },
    )
}

/// What is wrong with a page, by a scan of its tags as a browser's tokenizer makes them.
fn faults(page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let closing = rest.starts_with('/');
        let name_start = usize::from(closing);
        let name: String = rest[name_start..]
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if !TAGS.contains(&name.as_str()) {
            faults.push(format!("tag <{}", rest.chars().take(30).collect::<String>()));
        }
        rest = &rest[name_start + name.len()..];
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let end = rest.find(['=', '>', ' ']).unwrap_or(rest.len());
            let attribute = &rest[..end];
            let mut value = "";
            rest = &rest[end..];
            if let Some(after) = rest.strip_prefix("=\"") {
                let close = after
                    .find('"')
                    .unwrap_or_else(|| panic!("an attribute never closes: {page}"));
                value = &after[..close];
                rest = &after[close + 1..];
            }
            if !ATTRIBUTES.contains(&attribute) {
                faults.push(format!("attribute {attribute}={value:?} on {name}"));
            }
            let sound = match attribute {
                "href" => {
                    value.starts_with('#')
                        || ["http://", "https://", "mailto:"]
                            .iter()
                            .any(|scheme| value.to_ascii_lowercase().starts_with(scheme))
                }
                "src" => value == "edito-image:1",
                "class" => value
                    .split(' ')
                    .all(|class| CLASSES.contains(&class) || (name == "code" && class.starts_with("language-"))),
                "id" => ["s-", "fn-", "fnref-"].iter().any(|prefix| value.starts_with(prefix)),
                "type" => value == "checkbox",
                _ => true,
            };
            if !sound {
                faults.push(format!("{attribute}={value:?} on {name}"));
            }
        }
    }
    faults
}

/// Parses a page as a browser would and writes it again, nothing of Edito's vocabulary dropped.
fn second_parse(page: &str) -> String {
    let mut builder = ammonia::Builder::default();
    builder
        .tags(
            TAGS.iter()
                .copied()
                .chain(["script", "style", "svg", "math", "iframe", "form"])
                .collect(),
        )
        .clean_content_tags(HashSet::new())
        .tag_attributes(HashMap::new())
        .generic_attributes(
            ATTRIBUTES
                .iter()
                .copied()
                .chain(["onclick", "onerror", "onload", "style"])
                .collect(),
        )
        .url_schemes(["http", "https", "mailto", "edito-image", "javascript", "data", "file"].into())
        .link_rel(None);
    builder.clean(page).to_string()
}

fn assert_inert(name: &str, text: &str) {
    let page = html(text);
    let found = faults(&page);
    assert!(found.is_empty(), "{name}: {found:#?}\n{page}");
    let again = second_parse(&page);
    let found = faults(&again);
    assert!(found.is_empty(), "{name}, parsed again: {found:#?}\n{again}");
}

#[test]
fn every_fixture_is_inert() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/hostile");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_inert(&path.display().to_string(), &text);
        // The same inside other structures.
        assert_inert(
            &path.display().to_string(),
            &text.lines().fold(String::new(), |mut quoted, line| {
                let _ = writeln!(quoted, "> - {line}");
                quoted
            }),
        );
        assert!(html(&text).matches("evil.example").count() == 0, "{}", html(&text));
        count += 1;
    }
    assert_eq!(count, 9);
}

#[test]
fn what_is_harmless_in_hostile_text_is_shown() {
    let page = html(include_str!("data/hostile/scripts.md"));
    for kept in ["texte", "<b>gras</b>", "lien"] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    assert!(html(include_str!("data/hostile/code-fence.md")).contains("&lt;script&gt;"));
}

#[test]
fn pathological_markdown_is_bounded() {
    let many = 50_000;
    let nested: String = (0..many).map(|_| "<div>").collect();
    let cases = [
        "[".repeat(many),
        "![[".repeat(many),
        "[a](".repeat(many),
        "*a _b ".repeat(many),
        "**".repeat(many) + "a",
        "a**b".to_owned() + &"c* ".repeat(many),
        "`a``b```c".repeat(many / 4),
        "> ".repeat(many) + "a",
        "- ".repeat(many) + "a",
        "* a\n".repeat(many),
        "<!--".repeat(many),
        "<a href=\"".repeat(many),
        "&".repeat(many),
        "[^1]".repeat(many) + "\n\n[^1]: x\n",
        (0..5_000).map(|i| format!("[a{i}]: x\n[^a{i}] ")).collect(),
        format!("|{}\n|{}\n|x|\n", "a|".repeat(2_000), "-|".repeat(2_000)),
        "# x\n".repeat(20_000),
        nested.clone(),
        format!("a {nested}"),
        "<b>".repeat(many),
        // Closing tags that close nothing don't lower the depth that a parser reaches.
        "<div></x>".repeat(many),
        "<b></i>".repeat(many),
        "~~".repeat(many),
        "^[".repeat(many),
        "$`".repeat(many),
        "http://".repeat(many),
        "a@".repeat(many),
        "\"".repeat(many),
        "«".repeat(many),
        "1 000 ".repeat(many),
        ": ".repeat(many),
        "\0".repeat(many),
        format!("<p>{}", "<b".repeat(many)),
    ];
    for case in cases {
        let head: String = case.chars().take(20).collect();
        let page = html(&case);
        assert!(faults(&page).is_empty(), "{head}");
        analyse(&case);
        outline(&case);
    }
    let line = "mot ".repeat(1_000_000);
    let page = html(&format!("---\ntitle: x\n---\n{line}"));
    assert!(page.starts_with("<p class=\"plain\" data-line=\"4\""));
    assert!(page.ends_with("<p class=\"truncated\">…</p>\n"));
    assert_eq!(analyse(&line).counts.words, 1_000_000);
}

proptest! {
    #[test]
    fn nothing_made_of_dangerous_pieces_gets_through(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<script>", "</script>", "<svg", " onload=x", ">", "<", "</", "<a href=\"javascript:x\"", "'", "\"",
                "[x](", "javascript:x", ")", "![", "](data:x)", "<style>", "<!--", "-->", "\n", "\n\n", "`", "```\n",
                "<img src=x onerror=y>", "<details>", "</details>", "<div>", "</div>", "<math>", "<mtext>", "&lt;",
                "<b>", "</b>", "> ", "- ", "| ", "texte ", "<![CDATA[", "]]>", "<?", "?>", "<p title=\"", "[[", "]]",
                "<table>", "<td>", "<summary>", "</summary>", "[^1]", "[^1]: ", "<noscript>", "<title>", "# ",
            ]),
            0..30,
        ),
    ) {
        let text = pieces.concat();
        let page = html(&text);
        prop_assert_eq!(faults(&page), Vec::<String>::new(), "{}", page);
        let again = second_parse(&page);
        prop_assert_eq!(faults(&again), Vec::<String>::new(), "{}", again);
    }
}
