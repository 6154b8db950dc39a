//! HTML that another format carries (an item of a feed, a page in an export) as Markdown.

use crate::Receipt;
use crate::address::Addresses;
use crate::content::{self, NoParts, Reading};
use crate::html;
use crate::images::Gallery;
use crate::piece::Image;
use crate::url::absolute;

/// A text made of foreign HTML.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fragment {
    /// The text as Markdown; images as `edito-image:N`.
    pub body: String,
    /// The images that it shows, in the order of their places.
    pub images: Vec<Image>,
}

/// Reads a piece of HTML as it is, with nothing looked for and nothing left out: scripts, styles and whatever else is
/// not read by people aside. `base` is what relative addresses are relative to; without one, such links are plain
/// text. What was lost is noted in the receipt. Never fails: HTML beyond all bounds gives its words.
pub fn read_fragment(source: &str, base: Option<&str>, receipt: &mut Receipt) -> Fragment {
    let Some(document) = html::parse(source) else {
        receipt.degrade("structure", None);
        return Fragment {
            body: plain_body(source),
            images: Vec::new(),
        };
    };
    let mut gallery = Gallery::default();
    let blocks = content::read(
        &document.root(),
        &mut Reading {
            addresses: Addresses {
                base: base.and_then(absolute),
                own: None,
            },
            parts: &NoParts,
            gallery: &mut gallery,
            receipt,
            flatten_tables: false,
            prepared: false,
        },
    );
    Fragment {
        body: content::write(&blocks),
        images: gallery.into_images(),
    }
}

/// The words of HTML that is no tree worth building, paragraph by paragraph.
pub(crate) fn plain_body(source: &str) -> String {
    let paragraphs: Vec<content::Block> = html::plain(source)
        .paragraphs
        .into_iter()
        .map(|words| content::Block::Paragraph(vec![content::Inline::Text(words)]))
        .collect();
    content::write(&paragraphs)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use edito_prose::{Lang, LinkTarget, RenderContext};
    use proptest::prelude::*;

    use super::*;

    fn markdown(html: &str) -> String {
        read_fragment(html, Some("https://site.fr/a/"), &mut Receipt::new("")).body
    }

    fn rendered(markdown: &str) -> String {
        edito_prose::render(
            &format!("---\ntitle: x\n---\n{markdown}"),
            &RenderContext {
                lang: Lang::from_tag("und"),
                typography: false,
                resolve_link: &|_, _| LinkTarget::External,
                resolve_image: &|target| Some(target.to_owned()),
                footnote_label: "",
                citations: None,
            },
        )
    }

    /// The text of the page that Edito shows, without white space.
    fn shown(markdown: &str) -> String {
        let html = rendered(markdown);
        let document = html::parse(&html).unwrap();
        dense(&document.root().text())
    }

    fn dense(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
    }

    fn escape_html(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }

    #[test]
    fn html_comes_out_as_markdown() {
        for (html, expected) in [
            ("<p>Un <b>mot </b>et <i> deux</i>.</p>", "Un **mot** et *deux*.\n"),
            ("un<br>deux<br><br>trois", "un\\\ndeux\n\ntrois\n"),
            ("<h2>Titre <b>fort</b></h2><p>a</p>", "## Titre fort\n\na\n"),
            (
                "<blockquote><p>a</p><p>b</p></blockquote><blockquote>c</blockquote>",
                "> a\n>\n> b\n\n> c\n",
            ),
            (
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start=3><li>d<li><p>e</p><p>f</p></ol>",
                "- a\n  - b\n- c\n\n3. d\n\n4. e\n\n   f\n",
            ),
            ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b\n"),
            (
                "<ul><li><input type=checkbox checked> fait<li><input type=checkbox>non</ul>",
                "- [x] fait\n- [ ] non\n",
            ),
            (
                "<table><tr><th>a<th>b<tr><td>c|d<td><b>e</b></table>",
                "| a | b |\n| --- | --- |\n| c\\|d | **e** |\n",
            ),
            (
                "<table><tr><td colspan=2>a<td rowspan=2>b<tr><td>c<td>d</table>",
                "|  |  |  |\n| --- | --- | --- |\n| a |  | b |\n| c | d |  |\n",
            ),
            ("<table><tr><td><p>a</p><p>b</p></table>", "a\n\nb\n"),
            (
                "<pre><code class='language-rust'>let a = `b`;\n\n  c</code></pre>",
                "```rust\nlet a = `b`;\n\n  c\n```\n",
            ),
            ("<p>a <code>b`c</code> <kbd>d</kbd></p>", "a ``b`c`` `d`\n"),
            ("XIX<sup>e</sup> CO<sub>2</sub> 1<sup>ère</sup>", "XIXᵉ CO₂ 1ère\n"),
            ("<dl><dt>t<dd>d<dd>e</dl>", "**t**\n\n- d\n- e\n"),
            (
                "<figure><img src=b.jpg alt='une vue'><figcaption>Une <em>vue</em> (x)</figcaption></figure>",
                "![une vue](edito-image:0)\n\n*Une vue (x)*\n",
            ),
            (
                "<a href='c(d).html?x=1&y;=2'>l[i]en</a>!",
                "[l\\[i\\]en](https://site.fr/a/c%28d%29.html?x=1&amp;y;=2)!\n",
            ),
            (
                "<a href='javascript:x'>a</a> <a href=#x>b</a> <a href='file:///c'>c</a>",
                "a b c\n",
            ),
            ("<a href=/x><h3>t</h3><p>p</p></a>", "### [t](https://site.fr/x)\n\np\n"),
            ("<del>a</del> <s>b</s>c", "~~a~~ ~~b~~c\n"),
            (
                "<iframe src='https://www.youtube.com/embed/abc?x=1' title='Un film'></iframe>",
                "[Un film](https://www.youtube.com/watch?v=abc)\n",
            ),
            (
                "<iframe src='https://ads.example/x'></iframe><script>x</script><style>y</style>z",
                "z\n",
            ),
            (
                "<p>ax <math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x_1</annotation></semantics></math></p>",
                "ax $`x_1`$\n",
            ),
            (
                "<p>mot<em>« cité »</em> l’<em>« autre »</em></p>",
                "mot« cité » l’*« autre »*\n",
            ),
            ("<em>a</em><em>b</em> <strong>c</strong><em>d</em>", "*ab* c*d*\n"),
            ("<p><img src=x.gif width=1 height=1>texte</p>", "texte\n"),
            ("<p>avant <q>cité</q></p>", "avant “cité”\n"),
            ("<div>a<div>b</div>c</div>d", "a\n\nb\n\nc\n\nd\n"),
            ("<details><summary>s</summary>d</details>", "**s**\n\nd\n"),
            ("<p>a</p><hr><hr><p>b</p>", "a\n\n* * *\n\nb\n"),
        ] {
            let written = markdown(html);
            assert_eq!(written, expected, "{html}");
        }
    }

    #[test]
    fn only_what_would_be_read_as_markdown_has_a_backslash() {
        for (text, expected) in [
            ("5 * 3 = 15, [sic] et [...]", "5 * 3 = 15, [sic] et [...]"),
            ("un_mot_lié et une*étoile seule", "un_mot_lié et une*étoile seule"),
            ("*deux* étoiles", "\\*deux\\* étoiles"),
            ("1. Un titre", "1\\. Un titre"),
            ("2024. Une année", "2024\\. Une année"),
            ("2024.Une", "2024.Une"),
            ("- tiret", "\\- tiret"),
            ("– tiret", "– tiret"),
            ("# dièse", "\\# dièse"),
            ("#dièse", "#dièse"),
            ("> cité", "\\> cité"),
            ("a < b > c <d", "a < b > c \\<d"),
            ("AT&T &amp; &eacute;", "AT&T \\&amp; \\&eacute;"),
            ("[NDLR]: note", "\\[NDLR]: note"),
            ("[a](b) [[c]] ^[d] [^1]", "\\[a](b) \\[\\[c]] ^\\[d] \\[^1]"),
            ("C:\\dossier\\*", "C:\\dossier\\\\*"),
            ("~ 10 € et 5 `x", "~ 10 € et 5 `x"),
            ("https://x.fr/a_b_c et www.x.fr/*a*", "https://x.fr/a\\_b\\_c"),
            ("{++ajout++} {x}", "\\{++ajout++} {x}"),
            ("===", "\\==="),
            ("+++", "\\+++"),
        ] {
            let written = markdown(&format!("<p>{}</p>", escape_html(text)));
            if text.starts_with("http") {
                assert_eq!(shown(&written), dense(text), "{written}");
            } else {
                assert_eq!(written.trim_end(), expected, "{text}");
            }
        }
    }

    /// Letters and the signs that mean something to Markdown, French text among them.
    fn texts() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            4 => "[a-zéœ]{1,6}",
            3 => "[*_`~\\[\\]()<>&!#|\\\\{}^$:;.,=+'\"-]{1,4}",
            1 => Just("«\u{a0}".to_owned()),
            1 => Just("\u{a0}»".to_owned()),
            1 => Just("[^1]".to_owned()),
            1 => Just("![a](b)".to_owned()),
            1 => Just("http://x.fr/a_b*c".to_owned()),
            1 => Just("www.x.fr".to_owned()),
            1 => Just("a_b@c.fr".to_owned()),
            1 => Just("1.".to_owned()),
            1 => Just("&copy;".to_owned()),
            1 => "\\PC{1,3}",
        ];
        let glued =
            (word, prop::bool::weighted(0.6)).prop_map(|(word, space)| if space { format!("{word} ") } else { word });
        prop::collection::vec(glued, 1..12).prop_map(|words| words.concat())
    }

    fn inline_html() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            6 => texts().prop_map(|text| escape_html(&text)),
            1 => Just("<br>".to_owned()),
            1 => texts().prop_map(|text| format!("<code>{}</code>", escape_html(&text))),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            (
                prop::sample::select(vec!["em", "strong", "del", "a href='https://x.fr/'", "span", "q2"]),
                prop::collection::vec(inner, 1..4),
            )
                .prop_map(|(tag, inner)| {
                    let name = tag.split(' ').next().unwrap();
                    format!("<{tag}>{}</{name}>", inner.concat())
                })
        })
    }

    fn block_html() -> impl Strategy<Value = String> {
        let leaf = (
            prop::sample::select(vec!["p", "h2", "h4", "div", "li", "td", "figcaption"]),
            prop::collection::vec(inline_html(), 1..4),
        )
            .prop_map(|(tag, inner)| format!("<{tag}>{}</{tag}>", inner.concat()));
        leaf.prop_recursive(3, 12, 4, |inner| {
            (
                prop::sample::select(vec!["blockquote", "ul", "ol", "div", "table"]),
                prop::collection::vec(inner, 1..4),
            )
                .prop_map(|(tag, inner)| format!("<{tag}>{}</{tag}>", inner.concat()))
        })
    }

    fn check(html: &str) -> Result<(), TestCaseError> {
        let written = markdown(html);
        let source = html::parse(html).unwrap();
        let page = rendered(&written);
        prop_assert_eq!(shown(&written), dense(&source.root().text()), "\n{}\n{}", html, written);
        prop_assert!(
            !page.contains("class=\"raw\"") && !page.contains("footnotes"),
            "{}\n{}",
            html,
            written
        );
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn text_survives(text in texts()) {
            check(&format!("<p>{}</p>", escape_html(&text)))?;
        }

        #[test]
        fn marked_text_survives(html in inline_html()) {
            check(&format!("<p>{html}</p>"))?;
        }

        #[test]
        fn blocks_survive(html in block_html()) {
            check(&html)?;
        }
    }
}
