//! A rendering in parts that can be told from one another, so that a page which shows a text while it is written puts in
//! only what is new.

use std::collections::HashMap;
use std::ops::Range;

use crate::reading_text::{end_of_tag, name_of};

/// A block of a rendering: one element with all that is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The line of the file where it begins, from 1; for a block without one of its own, that of the block before.
    pub line: u32,
    /// Its HTML. What `data-line` says within it is counted from `line`, so that it stays the same when only lines above it
    /// were added.
    pub html: String,
}

/// A stretch of the parts of a rendering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// These of the rendering before, as they were.
    Kept(Range<usize>),
    /// These of the present rendering.
    New(Range<usize>),
}

/// The blocks of a rendering (see [`crate::render()`]), in their order. Where the HTML of an author stands around words
/// that are in no element, they get one; ends of elements that never began are left out.
pub fn parts(html: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let tagged = &html[at + open..];
        let tag = &tagged[..end_of_tag(tagged)];
        if depth == 0 {
            push_bare(&mut parts, &html[start..at + open]);
            start = at + open;
        }
        at += open + tag.len();
        if tag.starts_with("</") {
            if depth == 0 {
                start = at;
                continue;
            }
            depth -= 1;
        } else if !VOID.contains(&name_of(tag)) {
            depth += 1;
        }
        if depth == 0 {
            push(&mut parts, &html[start..at]);
            start = at;
        }
    }
    if depth == 0 {
        push_bare(&mut parts, &html[start..]);
    } else {
        push(&mut parts, &html[start..]);
    }
    parts
}

/// How a rendering came out of the one before, both as one number for each of their parts: which are kept, and where new ones
/// stand between them. What is kept keeps its order; parts that only changed places are new.
pub fn stretches(before: &[u64], now: &[u64]) -> Vec<Stretch> {
    let head = before.iter().zip(now).take_while(|(old, new)| old == new).count();
    let most = before.len().min(now.len()) - head;
    let tail = before
        .iter()
        .rev()
        .zip(now.iter().rev())
        .take(most)
        .take_while(|(old, new)| old == new)
        .count();
    let mut made = Stretches::default();
    made.keep(0, 0, head);
    for (old, new) in same_between(&before[head..before.len() - tail], &now[head..now.len() - tail]) {
        made.keep(head + old, head + new, 1);
    }
    made.keep(before.len() - tail, now.len() - tail, tail);
    made.new_until(now.len());
    made.list
}

/// Elements that have no end.
const VOID: [&str; 7] = ["area", "br", "col", "hr", "img", "input", "wbr"];

const LINE: &str = " data-line=\"";

fn push(parts: &mut Vec<Part>, html: &str) {
    let html = html.trim();
    if html.is_empty() {
        return;
    }
    let before = parts.last().map_or(1, |part| part.line);
    let line = lines_of(html).next().map_or(before, |(line, _)| line);
    parts.push(Part {
        line,
        html: counted_from(html, line),
    });
}

fn push_bare(parts: &mut Vec<Part>, words: &str) {
    if !words.trim().is_empty() {
        push(parts, &format!("<div>{}</div>", words.trim()));
    }
}

/// The lines that the tags of some HTML name, with their places.
fn lines_of(html: &str) -> impl Iterator<Item = (u32, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + html.get(at..)?.find('<')?;
            let tagged = &html[open..];
            let tag = &tagged[..end_of_tag(tagged)];
            at = open + tag.len();
            let Some(found) = tag.find(LINE) else { continue };
            let from = open + found + LINE.len();
            let digits = html[from..].bytes().take_while(u8::is_ascii_digit).count();
            if let Ok(line) = html[from..from + digits].parse() {
                return Some((line, from..from + digits));
            }
        }
    })
}

fn counted_from(html: &str, first: u32) -> String {
    let mut counted = String::with_capacity(html.len());
    let mut done = 0;
    for (line, place) in lines_of(html) {
        counted.push_str(&html[done..place.start]);
        counted.push_str(&(i64::from(line) - i64::from(first)).to_string());
        done = place.end;
    }
    counted.push_str(&html[done..]);
    counted
}

/// Parts that occur once in both, as many as can be in their order: the longest row of them.
fn same_between(before: &[u64], now: &[u64]) -> Vec<(usize, usize)> {
    let once = |all: &[u64]| {
        let mut places: HashMap<u64, Option<usize>> = HashMap::with_capacity(all.len());
        for (at, part) in all.iter().enumerate() {
            places
                .entry(*part)
                .and_modify(|place| *place = None)
                .or_insert(Some(at));
        }
        places
    };
    let (old, new) = (once(before), once(now));
    let mut pairs: Vec<(usize, usize)> = new
        .iter()
        .filter_map(|(part, at)| Some((old.get(part).copied().flatten()?, (*at)?)))
        .collect();
    pairs.sort_unstable_by_key(|(_, now)| *now);
    // Patience: for each length the row that ends earliest, and what came before each pair.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![usize::MAX; pairs.len()];
    for (index, (old, _)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].0 < *old);
        if length > 0 {
            previous[index] = ends[length - 1];
        }
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied().unwrap_or(usize::MAX);
    while let Some(pair) = pairs.get(at) {
        row.push(*pair);
        at = previous[at];
    }
    row.reverse();
    row
}

/// Stretches as they are put together, neighbours joined.
#[derive(Default)]
struct Stretches {
    list: Vec<Stretch>,
    /// So many of the present parts are covered.
    done: usize,
}

impl Stretches {
    fn keep(&mut self, old: usize, new: usize, count: usize) {
        if count == 0 {
            return;
        }
        self.new_until(new);
        self.done = new + count;
        match self.list.last_mut() {
            Some(Stretch::Kept(last)) if last.end == old => last.end = old + count,
            _ => self.list.push(Stretch::Kept(old..old + count)),
        }
    }

    fn new_until(&mut self, end: usize) {
        if end > self.done {
            self.list.push(Stretch::New(self.done..end));
            self.done = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Lang;
    use crate::render::{LinkTarget, RenderContext, render};
    use proptest::prelude::*;

    fn rendered(text: &str) -> String {
        render(
            text,
            &RenderContext {
                lang: Lang::Fr,
                typography: true,
                resolve_link: &|_, _| LinkTarget::Missing,
                resolve_image: &|_| None,
                footnote_label: "Notes",
                citations: None,
            },
        )
    }

    #[test]
    fn blocks_are_counted_from_their_own_line() {
        let text =
            "---\ntitle: T\n---\n\n# Un\n\n- a\n- b\n\n  c\n\nTexte « data-line=\"9\" ».[^1]\n\n***\n\n[^1]: Note.\n";
        let found = parts(&rendered(text));
        let lines: Vec<u32> = found.iter().map(|part| part.line).collect();
        assert_eq!(lines, [5, 7, 12, 14, 16]);
        assert!(found[1].html.contains("<li data-line=\"1\""), "{}", found[1].html);
        assert!(found[1].html.contains("<p data-line=\"3\""), "{}", found[1].html);
        // What the text itself says is no line.
        assert!(!found[2].html.contains("-3"), "{}", found[2].html);
        assert!(found[4].html.starts_with("<section class=\"footnotes\""));
    }

    #[test]
    fn lines_added_above_change_no_block() {
        let text = "Un.\n\n> Deux.\n>\n> Trois.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        let html = |text: &str| {
            parts(&rendered(text))
                .into_iter()
                .map(|part| part.html)
                .collect::<Vec<_>>()
        };
        assert_eq!(html(text), html(&format!("\n\n\n{text}")));
    }

    #[test]
    fn a_paragraph_that_is_edited_is_all_that_is_new() {
        let kept = |range| Stretch::Kept(range);
        assert_eq!(stretches(&[1, 2, 3], &[1, 2, 3]), [kept(0..3)]);
        assert_eq!(
            stretches(&[1, 2, 3], &[1, 9, 3]),
            [kept(0..1), Stretch::New(1..2), kept(2..3)]
        );
        // Notes at the end come out otherwise, too; what is between stays.
        assert_eq!(
            stretches(&[1, 2, 3, 4, 5], &[1, 8, 3, 4, 9]),
            [kept(0..1), Stretch::New(1..2), kept(2..4), Stretch::New(4..5)]
        );
        assert_eq!(stretches(&[], &[1]), [Stretch::New(0..1)]);
        assert_eq!(stretches(&[1], &[]), []);
    }

    /// Words of Markdown and HTML, whole and broken, as a text in the middle of a key has them.
    const PIECES: &[&str] = &[
        "mot ",
        "# ",
        "- ",
        "> ",
        "1. ",
        "\n",
        "\n\n",
        "*",
        "**",
        "`",
        "```\n",
        "| a | b |\n|---|---|\n",
        "[^1]",
        "[^1]: ",
        "<div>",
        "</div>",
        "<details><summary>S</summary>",
        "</details>",
        "<b>",
        "<br>",
        "<img src=\"a.png\">",
        "<!-- ",
        " -->",
        "![i](i.png)",
        "[l](l.md)",
        "[[w]]",
        "\"",
        "data-line=\"3\"",
        "<p data-line=\"4\">",
        "&lt;",
        "«\u{202f}",
        "---\n",
    ];

    /// Those with which an author can leave words in no element, or end one that never began.
    const BLOCKS: &[&str] = &[
        "<div>",
        "</div>",
        "<details><summary>S</summary>",
        "</details>",
        "<p data-line=\"4\">",
        "<!-- ",
    ];

    #[test]
    fn words_in_no_element_get_one() {
        let found: Vec<String> = parts("mots <div>a</div>\n</div> et <p>b</p> fin")
            .into_iter()
            .map(|part| part.html)
            .collect();
        assert_eq!(
            found,
            [
                "<div>mots</div>",
                "<div>a</div>",
                "<div>et</div>",
                "<p>b</p>",
                "<div>fin</div>"
            ]
        );
    }

    proptest! {
        #[test]
        fn the_parts_are_the_rendering(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
            let html = rendered(&pieces.concat());
            let found = parts(&html);
            let blank = |text: &str| text.chars().filter(|one| !one.is_whitespace()).collect::<String>();
            // Put back to lines of the file, they are the whole of it.
            let mut whole = String::new();
            for part in &found {
                let mut done = 0;
                let mut at = 0;
                while let Some(place) = part.html[at..].find(LINE) {
                    let from = at + place + LINE.len();
                    let end = from + part.html[from..].find('"').unwrap_or(0);
                    whole.push_str(&part.html[done..from]);
                    match part.html[from..end].parse::<i64>() {
                        Ok(away) if within_tag(&part.html, from) =>
                            whole.push_str(&(i64::from(part.line) + away).to_string()),
                        _ => whole.push_str(&part.html[from..end]),
                    }
                    done = end;
                    at = end;
                }
                whole.push_str(&part.html[done..]);
            }
            let words = |html: &str| {
                let mut words = String::new();
                let mut rest = html;
                while let Some(open) = rest.find('<') {
                    words.push_str(&rest[..open]);
                    rest = &rest[open + end_of_tag(&rest[open..])..];
                }
                blank(&(words + rest))
            };
            prop_assert_eq!(words(&whole), words(&html));
            if !pieces.iter().any(|piece| BLOCKS.contains(piece)) {
                prop_assert_eq!(blank(&whole), blank(&html));
            }
            // Each is one element.
            for part in &found {
                prop_assert!(part.html.starts_with('<') && part.html.ends_with('>'), "{}", part.html);
                prop_assert_eq!(parts(&part.html).len(), 1);
            }
        }

        #[test]
        fn what_is_kept_and_what_is_new_make_the_rendering(
            before in prop::collection::vec(0_u64..12, 0..24),
            now in prop::collection::vec(0_u64..12, 0..24),
        ) {
            let mut made = Vec::new();
            let mut last = 0;
            for stretch in stretches(&before, &now) {
                match stretch {
                    Stretch::Kept(range) => {
                        prop_assert!(range.start >= last, "kept ones keep their order");
                        last = range.end;
                        made.extend_from_slice(&before[range]);
                    }
                    Stretch::New(range) => made.extend_from_slice(&now[range]),
                }
            }
            prop_assert_eq!(made, now);
        }
    }

    fn within_tag(html: &str, at: usize) -> bool {
        lines_of_signed(html).contains(&at)
    }

    fn lines_of_signed(html: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(open) = html[at..].find('<') {
            let tagged = &html[at + open..];
            let tag = &tagged[..end_of_tag(tagged)];
            if let Some(place) = tag.find(LINE) {
                found.push(at + open + place + LINE.len());
            }
            at += open + tag.len();
        }
        found
    }
}
