//! The languages that a text declares of its parts, in the HTML that Markdown lets through: `<div lang="en">` on a line of
//! its own, with blank lines around it, for all blocks up to its `</div>`, and `<span lang="en">…</span>` for a phrase.
//!
//! Containers of HTML say it of blocks (`section`, `article`, `blockquote` and the like, too), every tag that may stand in a
//! paragraph of a phrase; `xml:lang` is read as `lang` is. The innermost that is open holds. What is never closed goes on
//! to the end of what it stands in: the item, the quotation, the note, the text. Tags in code are words, and so is what
//! stands in a block of HTML together with its tag, without a blank line: no Markdown is read there.

use std::ops::Range;

use comrak::Arena;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue};

use crate::language::Lang;
use crate::markdown;
use crate::render::raw_html::{CONTAINERS, INLINES};

/// The languages that are declared of the blocks of a body, by line.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    /// From which line on (from 1) which language holds, in order.
    from: Vec<(usize, Option<Lang>)>,
}

impl Declared {
    /// Those of a body that was parsed.
    pub(crate) fn of<'a>(root: &'a AstNode<'a>, body: &str) -> Self {
        if !may_declare(body) {
            return Self::default();
        }
        let mut stretches: Vec<(Range<usize>, Lang)> = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        let mut depth = 0usize;
        for edge in root.traverse() {
            match edge {
                NodeEdge::Start(node) => {
                    depth += 1;
                    let data = node.data();
                    if let NodeValue::HtmlBlock(html) = &data.value {
                        let (closed, opened) = containers(&html.literal);
                        let line = data.sourcepos.start.line;
                        for name in closed {
                            let Some(at) = open.iter().rposition(|one| one.name == name && one.depth == depth) else {
                                continue;
                            };
                            open.drain(at..).for_each(|one| one.end(line, &mut stretches));
                        }
                        for (name, lang) in opened {
                            if open.len() >= MAX_OPEN {
                                break;
                            }
                            let stretch = lang.map(|lang| {
                                stretches.push((line..usize::MAX, lang));
                                stretches.len() - 1
                            });
                            open.push(Open { name, depth, stretch });
                        }
                    }
                }
                NodeEdge::End(node) => {
                    depth -= 1;
                    while let Some(one) = open.pop_if(|one| one.depth > depth + 1) {
                        one.end(node.data().sourcepos.end.line + 1, &mut stretches);
                    }
                }
            }
        }
        Self::flat(stretches)
    }

    /// The language that is declared of a line of the body, from 1.
    pub(crate) fn at(&self, line: usize) -> Option<&Lang> {
        let behind = self.from.partition_point(|(from, _)| *from <= line);
        self.from.get(behind.checked_sub(1)?)?.1.as_ref()
    }

    /// The one that is declared of the block in a place (in bytes) of a body.
    pub(crate) fn in_place(body: &str, at: usize) -> Option<Lang> {
        if !may_declare(body) || !markdown::is_within_limits(body) {
            return None;
        }
        let arena = Arena::new();
        let declared = Self::of(markdown::parse(&arena, body), body);
        let lines = body.as_bytes().get(..at)?;
        declared.at(memchr::memchr_iter(b'\n', lines).count() + 1).cloned()
    }

    /// Stretches within others (none begins in one and ends behind it) one after the other.
    fn flat(mut stretches: Vec<(Range<usize>, Lang)>) -> Self {
        // Of those that begin on one line, the outer one stands before the inner one, and stays there.
        stretches.sort_by_key(|(lines, _)| lines.start);
        let mut from: Vec<(usize, Option<Lang>)> = Vec::new();
        let mut within: Vec<(usize, Lang)> = Vec::new();
        let end_before = |line: usize, within: &mut Vec<(usize, Lang)>, from: &mut Vec<(usize, Option<Lang>)>| {
            while let Some((end, _)) = within.pop_if(|(end, _)| *end <= line) {
                from.push((end, within.last().map(|(_, lang)| lang.clone())));
            }
        };
        for (lines, lang) in stretches {
            end_before(lines.start, &mut within, &mut from);
            from.push((lines.start, Some(lang.clone())));
            within.push((lines.end, lang));
        }
        end_before(usize::MAX - 1, &mut within, &mut from);
        Self { from }
    }
}

/// The languages that are declared of the phrases of one block, while it is read.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    open: Vec<(&'static str, Option<Lang>)>,
}

impl Phrases {
    /// Reads a raw tag. So many languages that were open are no more, and one may have begun.
    pub(crate) fn read(&mut self, tag: &str) -> (usize, Option<Lang>) {
        let Some((tag, _)) = tag_at(tag) else { return (0, None) };
        let Some(name) = known(tag.name, INLINES) else {
            return (0, None);
        };
        if tag.closes {
            let at = self.open.iter().rposition(|(open, _)| *open == name);
            let ended = at.map_or_else(Vec::new, |at| self.open.split_off(at));
            (ended.iter().filter(|(_, lang)| lang.is_some()).count(), None)
        } else if self.open.len() < MAX_OPEN {
            self.open.push((name, tag.lang.clone()));
            (0, tag.lang)
        } else {
            (0, None)
        }
    }

    /// Ends with the block: so many languages were open.
    pub(crate) fn end(&mut self) -> usize {
        self.open.drain(..).filter(|(_, lang)| lang.is_some()).count()
    }
}

/// Deeper in each other, elements declare nothing.
const MAX_OPEN: usize = 64;

struct Open {
    name: &'static str,
    /// Of the block that it stands in.
    depth: usize,
    /// Its number, where it declares a language.
    stretch: Option<usize>,
}

impl Open {
    fn end(&self, line: usize, stretches: &mut [(Range<usize>, Lang)]) {
        if let Some((lines, _)) = self.stretch.and_then(|at| stretches.get_mut(at)) {
            lines.end = line.max(lines.start);
        }
    }
}

/// Whether a text may declare a language at all; most don’t.
fn may_declare(body: &str) -> bool {
    let bytes = body.as_bytes();
    let says = |name: &[u8]| {
        memchr::memmem::find_iter(bytes, name).any(|at| {
            let behind = bytes.get(at + name.len()..).unwrap_or_default();
            behind.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'=')
        })
    };
    says(b"lang") || says(b"LANG") || says(b"Lang")
}

type Opened = (&'static str, Option<Lang>);

/// The containers that a block of HTML closes and did not open, and those that it leaves open, the outer ones first.
fn containers(html: &str) -> (Vec<&'static str>, Vec<Opened>) {
    let (mut closed, mut open): (Vec<&'static str>, Vec<Opened>) = Default::default();
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        at += found;
        let rest = html.get(at..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(end) = comment.find("-->") else { break };
            at += 4 + end + 3;
            continue;
        }
        let name = rest.get(1..).map_or("", |name| name.strip_prefix('/').unwrap_or(name));
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            at += 1;
            continue;
        }
        // A tag without an end swallows all that is behind it.
        let Some((tag, length)) = tag_at(rest) else { break };
        at += length;
        if !tag.closes && VERBATIM.iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
            // Its words are none of the text’s.
            let end = html.get(at..).and_then(|rest| rest.find("</"));
            at = end.map_or(html.len(), |end| at + end);
            continue;
        }
        let Some(name) = known(tag.name, CONTAINERS) else {
            continue;
        };
        if !tag.closes {
            if open.len() < MAX_OPEN {
                open.push((name, tag.lang));
            }
        } else if let Some(at) = open.iter().rposition(|(one, _)| *one == name) {
            open.truncate(at);
        } else if closed.len() < MAX_OPEN {
            closed.push(name);
        }
    }
    (closed, open)
}

const VERBATIM: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];

fn known(name: &str, names: &'static [&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|known| known.eq_ignore_ascii_case(name))
}

struct Tag<'t> {
    name: &'t str,
    closes: bool,
    lang: Option<Lang>,
}

/// The tag at the head of a text, and how long it is.
fn tag_at(text: &str) -> Option<(Tag<'_>, usize)> {
    let inner = text.strip_prefix('<')?;
    let closes = inner.starts_with('/');
    let start = 1 + usize::from(closes);
    let bytes = text.as_bytes();
    let until = |from: usize, ends: &dyn Fn(u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len())
    };
    let mut at = until(start, &|byte| !byte.is_ascii_alphanumeric());
    let name = text.get(start..at)?;
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let (mut lang, mut of_xml) = (None, None);
    loop {
        at = until(at, &|byte| !byte.is_ascii_whitespace() && byte != b'/');
        if *bytes.get(at)? == b'>' {
            let lang = lang.or(of_xml);
            return Some((Tag { name, closes, lang }, at + 1));
        }
        let end = until(at + 1, &|byte| {
            byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=')
        });
        let attribute = text.get(at..end)?;
        at = until(end, &|byte| !byte.is_ascii_whitespace());
        let mut value = "";
        if bytes.get(at) == Some(&b'=') {
            at = until(at + 1, &|byte| !byte.is_ascii_whitespace());
            let quote = bytes.get(at).copied().filter(|byte| matches!(byte, b'"' | b'\''));
            let from = at + usize::from(quote.is_some());
            let end = until(from, &|byte| match quote {
                Some(quote) => byte == quote,
                None => byte.is_ascii_whitespace() || byte == b'>',
            });
            value = text.get(from..end)?;
            at = end + usize::from(quote.is_some());
        }
        if attribute.eq_ignore_ascii_case("lang") {
            lang = lang.or_else(|| Some(Lang::from_tag(value)));
        } else if attribute.eq_ignore_ascii_case("xml:lang") {
            of_xml = of_xml.or_else(|| Some(Lang::from_tag(value)));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use crate::passages;

    /// Each case: what is written, then the passages with their languages.
    #[test]
    fn cases() {
        let cases = include_str!("../tests/data/declared.txt");
        let mut count = 0;
        for case in cases.split("\n====\n").filter(|case| !case.trim().is_empty()) {
            let case = case.trim_start_matches('\n');
            let (name, rest) = case.split_once('\n').unwrap();
            let (source, wanted) = rest.split_once("\n----\n").unwrap();
            let found: Vec<String> = passages(source, &Lang::Fr)
                .iter()
                .map(|passage| {
                    let text = passage.text.replace('\n', " ").replace(passages::OBJECT, "□");
                    format!("{}: {text}", passage.lang)
                })
                .collect();
            assert_eq!(found.join("\n"), wanted.trim_end(), "{name}");
            count += 1;
        }
        assert!(count >= 20, "{count}");
    }

    #[test]
    fn a_place_between_blocks_has_the_language_around_it() {
        let body = "Un.\n\n<div lang=\"en\">\n\nTwo.\n\n\n\n</div>\n\nTrois.\n";
        let at = |what: &str, more: usize| Declared::in_place(body, body.find(what).unwrap() + more);
        assert_eq!(at("Un", 0), None);
        assert_eq!(at("Two", 0), Some(Lang::En));
        assert_eq!(at("Two.", 6), Some(Lang::En));
        assert_eq!(at("Trois", 0), None);
    }

    #[test]
    fn however_many_tags_there_are_it_goes_on() {
        let started = std::time::Instant::now();
        let opened = "<div lang=\"en\">\n\n".repeat(4_000);
        for body in [
            format!("{opened}The end.\n"),
            format!("{opened}{}", "</section>\n\n".repeat(4_000)),
            format!("{opened}x\n\n{}", "</div>\n\n".repeat(4_000)),
            format!("a {}b{}", "<span lang=\"en\">x ".repeat(4_000), "</span>".repeat(4_000)),
            format!("a {}", "<span lang='".repeat(4_000)),
            format!("<div {}>\n\nx", "lang ".repeat(8_000)),
            format!("{}\n\nx", "<div lang=en><!--".repeat(4_000)),
        ] {
            let found = passages(&body, &Lang::Fr);
            assert!(found.len() < 100, "{}", found.len());
        }
        assert!(started.elapsed().as_secs() < 60);
    }
}
