//! Lists that are paragraphs with bullets or numbers typed before them, made lists.

use std::collections::HashMap;

use dom_query::{Document, NodeId, NodeRef};

use super::style::{Style, has_class};
use crate::html::dom;

/// What makes a paragraph an item.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mark {
    /// How deep it is nested, from 1.
    level: usize,
    ordered: bool,
    /// The number that was typed.
    number: Option<u64>,
}

/// The deepest level that Word knows.
const DEEPEST: usize = 9;

/// Makes lists of the paragraphs that are items.
pub(super) fn make(document: &Document, nodes: &[NodeRef<'_>]) {
    let bullets = bullet_rules(document);
    let mut marks: HashMap<NodeId, Mark> = HashMap::new();
    let mut items: Vec<NodeRef<'_>> = Vec::new();
    for node in nodes {
        if has_class(node, &["ListContainerWrapper"]) {
            items_of_the_web(node, &mut marks, &mut items);
        } else if dom::is(node, &["p", "h1", "h2", "h3", "h4", "h5", "h6"]) {
            let Some(mark) = take_mark(node, &bullets) else {
                continue;
            };
            marks.insert(node.id, mark);
            items.push(*node);
        }
    }
    for item in items {
        if marks.contains_key(&item.id) {
            make_list(item, &mut marks);
        }
    }
}

/// Makes a list of the items that follow each other from this one on.
fn make_list<'a>(first: NodeRef<'a>, marks: &mut HashMap<NodeId, Mark>) {
    struct Open<'a> {
        level: usize,
        ordered: bool,
        list: NodeRef<'a>,
        last: NodeRef<'a>,
    }
    let mut open: Vec<Open<'a>> = Vec::new();
    let mut at = Some(first);
    while let Some(node) = at {
        let next = node.next_element_sibling();
        match marks.remove(&node.id) {
            Some(mark) => {
                while open.last().is_some_and(|list| list.level > mark.level) {
                    open.pop();
                }
                let restarts = mark.ordered && mark.number == Some(1);
                let other = open.last().is_some_and(|list| {
                    list.level == mark.level && (list.ordered != mark.ordered || (restarts && mark.level == 1))
                });
                if other {
                    open.pop();
                }
                let item = node.tree.new_element("li");
                if open.last().is_none_or(|list| list.level < mark.level) {
                    let list = node.tree.new_element(if mark.ordered { "ol" } else { "ul" });
                    if let Some(number) = mark.number.filter(|number| *number != 1) {
                        list.set_attr("start", &number.to_string());
                    }
                    match open.last() {
                        Some(outer) => outer.last.append_child(&list),
                        None => node.insert_before(&list),
                    }
                    open.push(Open {
                        level: mark.level,
                        ordered: mark.ordered,
                        list,
                        last: item,
                    });
                }
                if let Some(list) = open.last_mut() {
                    list.list.append_child(&item);
                    list.last = item;
                }
                node.remove_from_parent();
                item.append_child(&node);
            }
            // A paragraph of a list without a mark goes on with the item.
            None if dom::is(&node, &["p"]) && has_class(&node, &["MsoListParagraph"]) => {
                if let Some(list) = open.last() {
                    node.remove_from_parent();
                    list.last.append_child(&node);
                }
            }
            None => return,
        }
        at = next;
    }
}

/// The mark of a paragraph, taken off it.
fn take_mark(node: &NodeRef<'_>, bullets: &HashMap<String, bool>) -> Option<Mark> {
    let style = Style::of(node);
    let typed: Vec<NodeRef<'_>> = node
        .descendants_it()
        .filter(|inner| inner.is_element() && Style::of(inner).get("mso-list") == Some("ignore"))
        .collect();
    let text: String = typed.iter().map(dom::text).collect();
    let number = number(&text);
    if dom::is(node, &["p"]) {
        if let Some(list) = style.get("mso-list") {
            let level = list
                .split_ascii_whitespace()
                .find_map(|part| part.strip_prefix("level"));
            if let Some(level) = level.and_then(|level| level.parse::<usize>().ok()) {
                typed.iter().for_each(NodeRef::remove_from_parent);
                let name = list.split_ascii_whitespace().next().unwrap_or_default();
                let ruled = bullets.get(&format!("{name}:level{level}"));
                return Some(Mark {
                    level: level.clamp(1, DEEPEST),
                    ordered: if text.trim().is_empty() {
                        ruled.is_some_and(|bullet| !bullet)
                    } else {
                        number.is_some()
                    },
                    number: number.flatten(),
                });
            }
        }
        if has_class(node, &["MsoListParagraph", "MsoListBullet", "MsoListNumber"]) {
            return guessed(node, &style);
        }
        return None;
    }
    // The number of a heading is part of what is read.
    if let Some((first, rest)) = typed.split_first() {
        rest.iter().for_each(NodeRef::remove_from_parent);
        let text = text.trim();
        let words = if text.is_empty() {
            String::new()
        } else {
            format!("{text} ")
        };
        first.replace_with(&node.tree.new_text(words));
    }
    None
}

/// Where the styles of Word are gone, a bullet or number with spaces behind it tells an item, and its indent the level.
fn guessed(node: &NodeRef<'_>, style: &Style) -> Option<Mark> {
    let head: String = node.text().chars().take(40).collect();
    let start = head.trim_start();
    let end = start.find([' ', '\u{a0}', '\t', '\n'])?;
    let (typed, after) = start.split_at(end);
    let blank = after.chars().take_while(|c| c.is_whitespace()).count();
    let number = number(typed);
    let bullet = matches!(
        typed,
        "·" | "•" | "▪" | "§" | "o" | "–" | "-" | "Ø" | "ü" | "\u{f0b7}" | "\u{f0a7}"
    );
    if blank < 2 || (number.is_none() && !bullet) {
        return None;
    }
    let taken = head.chars().count() - start.chars().count() + typed.chars().count() + blank;
    take_characters(node, taken);
    let indent = style.points("margin-left").unwrap_or(36.0);
    let level = (indent / 36.0).round().clamp(1.0, 9.0);
    Some(Mark {
        level: (1..=DEEPEST).find(|one| *one as f64 >= level).unwrap_or(1),
        ordered: number.is_some(),
        number: number.flatten(),
    })
}

/// Takes so many characters off the beginning of the text of a node.
fn take_characters(node: &NodeRef<'_>, mut count: usize) {
    let texts: Vec<NodeRef<'_>> = node.descendants_it().filter(NodeRef::is_text).collect();
    for text in texts {
        if count == 0 {
            return;
        }
        let words = text.text().to_string();
        let rest: String = words.chars().skip(count).collect();
        count -= count.min(words.chars().count());
        text.replace_with(&node.tree.new_text(rest));
    }
}

/// Whether a mark counts: `1.`, `(a)`, `iv)`, and what it is when it is a number.
fn number(mark: &str) -> Option<Option<u64>> {
    let mark = mark.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
    let counted = mark.trim_start_matches('(').trim_end_matches(['.', ')', '°', '-', '/']);
    if counted.len() == mark.len() || counted.is_empty() || counted.len() > 12 {
        return None;
    }
    // `2.1.` counts within `2.`
    let last = counted.rsplit('.').next().unwrap_or_default();
    if !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(last.parse().ok().filter(|number| *number < 100_000));
    }
    let letters = counted.chars().all(char::is_alphabetic) && counted.chars().count() <= 5;
    letters.then(|| (counted.eq_ignore_ascii_case("a") || counted.eq_ignore_ascii_case("i")).then_some(1))
}

/// Of the levels of Word's lists, whether they have bullets: `@list l0:level1 { mso-level-number-format:bullet; … }`.
fn bullet_rules(document: &Document) -> HashMap<String, bool> {
    let mut rules = HashMap::new();
    for style in document
        .root()
        .descendants_it()
        .filter(|node| dom::is(node, &["style"]))
    {
        let text = style.text().to_ascii_lowercase();
        for rule in text.split("@list").skip(1).take(2_000) {
            let Some((name, body)) = rule.split_once('{') else {
                continue;
            };
            let body = body.split('}').next().unwrap_or_default();
            let format = body
                .split(';')
                .find_map(|line| line.trim().strip_prefix("mso-level-number-format:"));
            rules.insert(name.trim().to_owned(), format.map(str::trim) == Some("bullet"));
        }
    }
    rules
}

/// Word for the web puts each item into a list of its own, and says its level.
fn items_of_the_web<'a>(wrapper: &NodeRef<'a>, marks: &mut HashMap<NodeId, Mark>, items: &mut Vec<NodeRef<'a>>) {
    let found: Vec<NodeRef<'a>> = wrapper
        .descendants_it()
        .filter(|node| dom::is(node, &["li"]))
        .map(|item| NodeRef::new(item.id, wrapper.tree))
        .collect();
    for item in found {
        let list = item.parent();
        let ordered = list.is_some_and(|list| dom::is(&list, &["ol"]));
        let level = dom::attribute(&item, "data-aria-level").and_then(|level| level.parse::<usize>().ok());
        let start = list
            .filter(|_| ordered)
            .and_then(|list| dom::attribute(&list, "start")?.parse().ok());
        let fresh = wrapper.tree.new_element("div");
        for child in item.children() {
            child.remove_from_parent();
            fresh.append_child(&child);
        }
        wrapper.insert_before(&fresh);
        marks.insert(
            fresh.id,
            Mark {
                level: level.unwrap_or(1).clamp(1, DEEPEST),
                ordered,
                number: start,
            },
        );
        items.push(fresh);
    }
    wrapper.remove_from_parent();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_or_do_not() {
        for (mark, counts) in [
            ("1.", Some(Some(1))),
            ("(12)", Some(Some(12))),
            ("2.3.", Some(Some(3))),
            ("a)", Some(Some(1))),
            ("iv.", Some(None)),
            ("1°", Some(Some(1))),
            ("·", None),
            ("o", None),
            ("§", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(number(mark), counts, "{mark}");
        }
    }
}
