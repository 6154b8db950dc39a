//! Text boxes of Word, whose words stand in a comment for programs that draw.

use std::borrow::Cow;

use crate::html::dom;

const BEGIN: &str = "<!--[if gte vml 1]>";
const END: &str = "<![endif]-->";
/// Where the words of a box stand a second time, for programs that don't draw, they follow at once.
const NEAR: usize = 4_000;

/// The source with the words of its text boxes behind the paragraphs that hold them.
pub(super) fn shown(source: &str) -> Cow<'_, str> {
    if !source.contains("<v:textbox") {
        return Cow::Borrowed(source);
    }
    let find = |from: usize, what: &str| {
        let at = source.get(from..).unwrap_or_default().find(what)?;
        Some(from + at)
    };
    let mut shown = String::with_capacity(source.len() + 1_000);
    let mut waiting = String::new();
    let mut done = 0;
    let mut comment = find(0, BEGIN);
    let mut paragraph = find(0, "</p>");
    loop {
        if paragraph.is_some_and(|at| at < done) {
            paragraph = find(done, "</p>");
        }
        let end = match (comment, paragraph) {
            (begin, Some(at)) if !waiting.is_empty() && begin.is_none_or(|begin| at < begin) => at + "</p>".len(),
            (Some(begin), _) => match find(begin, END) {
                Some(at) => at + END.len(),
                None => source.len(),
            },
            _ => source.len(),
        };
        shown.push_str(source.get(done..end).unwrap_or_default());
        if comment.is_some_and(|begin| begin < end) {
            let behind = source.get(end..).unwrap_or_default();
            let near = dom::head(behind, NEAR).split(BEGIN).next().unwrap_or_default();
            if !near.contains("<div v:shape") {
                let begin = comment.unwrap_or(end);
                words_of(source.get(begin..end).unwrap_or_default(), &mut waiting);
            }
            comment = find(end, BEGIN);
        } else {
            shown.push_str(&waiting);
            waiting.clear();
        }
        done = end;
        if done >= source.len() {
            shown.push_str(&waiting);
            return Cow::Owned(shown);
        }
    }
}

/// Adds the HTML in the boxes of a comment.
fn words_of(comment: &str, words: &mut String) {
    for drawn in comment.split("<v:textbox").skip(1) {
        let Some((inner, _)) = drawn.split_once("</v:textbox>") else {
            continue;
        };
        let mut rest = inner.split_once('>').map_or("", |(_, inner)| inner);
        words.push_str("<div>");
        // Tables around it for programs that know no boxes.
        while let Some((before, table)) = rest.split_once("<![if !mso]>") {
            words.push_str(before);
            rest = table.split_once("<![endif]>").map_or("", |(_, behind)| behind);
        }
        words.push_str(rest);
        words.push_str("</div>");
    }
}
