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
    /// How far its words are indented, in points, where that is said.
    margin: Option<f64>,
}

/// The deepest level that Word knows.
const DEEPEST: usize = 9;
/// By how much Word indents each level, in points, where nothing else is said.
const STEP: f64 = 36.0;
/// Indents that differ by less are the same.
const NEAR: f64 = 3.0;

/// Makes lists of the paragraphs that are items.
pub(super) fn make(document: &Document, nodes: &[NodeRef<'_>]) {
    let bullets = bullet_rules(document);
    let mut marks: HashMap<NodeId, Mark> = HashMap::new();
    let mut items: Vec<NodeRef<'_>> = Vec::new();
    for node in nodes {
        if has_class(node, &["ListContainerWrapper"]) {
            items_of_the_web(node, &mut marks, &mut items);
        } else if dom::is(node, &["ul", "ol"]) {
            items_of_a_list(node, &mut marks, &mut items);
        } else if dom::is(node, &["p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"]) {
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

/// A list that items are still added to.
struct Open<'a> {
    level: usize,
    ordered: bool,
    list: NodeRef<'a>,
    last: NodeRef<'a>,
    /// How far the words of its last item are indented, where that is said.
    margin: Option<f64>,
}

/// Makes a list of the items that follow each other from this one on.
fn make_list<'a>(first: NodeRef<'a>, marks: &mut HashMap<NodeId, Mark>) {
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
                        margin: mark.margin,
                    });
                }
                if let Some(list) = open.last_mut() {
                    list.list.append_child(&item);
                    list.last = item;
                    list.margin = mark.margin;
                }
                node.remove_from_parent();
                item.append_child(&node);
            }
            // What is left of a bookmark that ends between two items.
            None if dom::is(&node, &["span", "a"]) && is_blank(&node) => {}
            None => match continued(&node, &open) {
                Some(depth) => {
                    open.truncate(depth + 1);
                    if let Some(list) = open.last() {
                        node.remove_from_parent();
                        list.last.append_child(&node);
                    }
                }
                None => return,
            },
        }
        at = next;
    }
}

/// Which of the open lists a paragraph without a mark goes on in: its indent says so.
fn continued(node: &NodeRef<'_>, open: &[Open<'_>]) -> Option<usize> {
    if !dom::is(node, &["p"]) || has_class(node, &["MsoQuote", "MsoIntenseQuote", "MsoCaption", "MsoTitle"]) {
        return None;
    }
    let style = Style::of(node);
    let said = style.points("margin-left");
    if has_class(node, &["MsoListParagraph", "MsoListContinue"]) {
        let margin = said.unwrap_or(STEP);
        return open.iter().rposition(|list| {
            let of_list = list.margin.unwrap_or(STEP * level_as_number(list.level));
            of_list <= margin + NEAR
        });
    }
    let margin = said.filter(|margin| *margin > NEAR)?;
    if style.points("text-indent").is_some_and(|indent| indent < -1.0) {
        return None;
    }
    open.iter()
        .rposition(|list| list.margin.is_some_and(|of_list| (of_list - margin).abs() <= NEAR))
}

fn level_as_number(level: usize) -> f64 {
    u8::try_from(level).map_or(1.0, f64::from)
}

/// Whether nothing of a node is seen.
fn is_blank(node: &NodeRef<'_>) -> bool {
    dom::text_within(node, 80).chars().all(char::is_whitespace)
        && !node.descendants_it().any(|inner| dom::is(&inner, &["img"]))
}

/// The mark of a paragraph, taken off it.
fn take_mark(node: &NodeRef<'_>, bullets: &HashMap<String, bool>) -> Option<Mark> {
    let style = Style::of(node);
    let typed: Vec<NodeRef<'_>> = node
        .descendants_it()
        .take(1_000)
        .filter(|inner| inner.is_element() && Style::of(inner).get("mso-list") == Some("ignore"))
        .collect();
    let mut text: String = typed.iter().map(dom::text).collect();
    let place = style.get("mso-list").and_then(place_in_list);
    let ruled = place
        .as_ref()
        .and_then(|(name, level)| bullets.get(&format!("{name}:level{level}")).copied());
    if !dom::is(node, &["p", "pre"]) {
        // The number of a heading is part of what is read, its bullet is not.
        if let Some((first, rest)) = typed.split_first() {
            rest.iter().for_each(NodeRef::remove_from_parent);
            let text = text.trim();
            let drawn = matches!(text, "o" | "Ø" | "ü" | "q" | "v" | "w" | "n" | "l" | "à" | "è");
            let bullet = !text.chars().any(char::is_alphanumeric) || (drawn && ruled != Some(false));
            let words = if bullet { String::new() } else { format!("{text} ") };
            first.replace_with(&node.tree.new_text(words));
        }
        return None;
    }
    let Some((_, level)) = place else {
        return dom::is(node, &["p"]).then(|| guessed(node, &style)).flatten();
    };
    typed.iter().for_each(NodeRef::remove_from_parent);
    if typed.is_empty()
        && let Some(head) = head_mark(node)
        && (head.bullet || head.number.is_some())
    {
        take_characters(node, head.taken);
        text = head.mark;
    }
    let text = text.trim();
    if is_blank(node) {
        // Rows of a table may be counted by their marks; elsewhere such a paragraph is a gap.
        if !text.is_empty() && node.ancestors_it(Some(4)).any(|above| dom::is(&above, &["td", "th"])) {
            node.set_text(text);
        } else {
            node.remove_from_parent();
        }
        return None;
    }
    if dom::is(node, &["pre"]) {
        node.rename("p");
    }
    let number = number(text);
    Some(Mark {
        level,
        ordered: number.is_some()
            || match ruled {
                Some(bullet) => !bullet && (text.is_empty() || text.chars().any(|c| c.is_alphanumeric() && c != 'o')),
                None => text.chars().any(|c| c.is_ascii_digit()),
            },
        number: match number {
            Some(number) => number,
            None => text
                .rsplit(|c: char| !c.is_ascii_digit())
                .find(|digits| !digits.is_empty())
                .and_then(|digits| digits.parse().ok())
                .filter(|number| *number < MOST),
        },
        margin: indent(node, &style),
    })
}

/// The list and the level that a style names: `l0 level1 lfo1`.
fn place_in_list(list: &str) -> Option<(String, usize)> {
    let mut parts = list.split_ascii_whitespace();
    let name = parts.next()?.to_owned();
    let level = parts
        .find_map(|part| part.strip_prefix("level"))?
        .parse::<usize>()
        .ok()?;
    Some((name, level.clamp(1, DEEPEST)))
}

/// How far the words of an item are indented.
fn indent(node: &NodeRef<'_>, style: &Style) -> Option<f64> {
    style
        .points("margin-left")
        .or_else(|| has_class(node, &["MsoListParagraph"]).then_some(STEP))
}

/// What stands at the beginning of a paragraph as a mark does.
struct HeadMark {
    mark: String,
    bullet: bool,
    number: Option<Option<u64>>,
    /// How many spaces follow it, and how many of them don't break.
    blank: usize,
    kept: usize,
    /// How many characters it is with the spaces around it.
    taken: usize,
}

fn head_mark(node: &NodeRef<'_>) -> Option<HeadMark> {
    let head: String = node.text().chars().take(80).collect();
    let start = head.trim_start();
    let end = start.find([' ', '\u{a0}', '\t', '\n'])?;
    let (mark, after) = start.split_at(end);
    let spaces = || after.chars().take_while(|c| c.is_whitespace());
    let blank = spaces().count();
    Some(HeadMark {
        bullet: matches!(
            mark,
            "·" | "•" | "▪" | "§" | "o" | "–" | "-" | "Ø" | "ü" | "\u{f0b7}" | "\u{f0a7}"
        ),
        number: number(mark),
        blank,
        kept: spaces().filter(|c| *c == '\u{a0}').count(),
        taken: head.chars().count() - start.chars().count() + mark.chars().count() + blank,
        mark: mark.to_owned(),
    })
}

/// Where the styles of Word are gone, or were never used, a bullet or number with spaces behind it tells an item, and
/// its indent the level.
fn guessed(node: &NodeRef<'_>, style: &Style) -> Option<Mark> {
    let head = head_mark(node)?;
    let listed = has_class(node, &["MsoListParagraph", "MsoListBullet", "MsoListNumber"]);
    let hanging = style.points("text-indent").is_some_and(|indent| indent < -1.0);
    let enough = if listed {
        head.blank >= 2
    } else if hanging {
        head.blank >= 2 && head.kept >= 1
    } else {
        let counted = matches!(head.number, Some(Some(number)) if number < 100);
        head.kept >= 3 && (counted || (head.bullet && head.mark != "o"))
    };
    if !enough || (head.number.is_none() && !head.bullet) {
        return None;
    }
    take_characters(node, head.taken);
    let indent = style.points("margin-left").unwrap_or(STEP);
    let level = (indent / STEP).round().clamp(1.0, 9.0);
    Some(Mark {
        level: (1..=DEEPEST).find(|one| level_as_number(*one) >= level).unwrap_or(1),
        ordered: head.number.is_some(),
        number: head.number.flatten(),
        margin: self::indent(node, style),
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

/// The largest number that an item has.
const MOST: u64 = 100_000;

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
        return Some(last.parse().ok().filter(|number| *number < MOST));
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

/// Word writes some items of a list as items of HTML, each level straight in the one above, and others as paragraphs.
fn items_of_a_list<'a>(list: &NodeRef<'a>, marks: &mut HashMap<NodeId, Mark>, items: &mut Vec<NodeRef<'a>>) {
    let is_list = |node: &NodeRef<'_>| dom::is(node, &["ul", "ol"]);
    if list
        .parent()
        .is_none_or(|parent| is_list(&parent) || dom::is(&parent, &["li"]))
    {
        return;
    }
    let mut found: Vec<(NodeRef<'a>, Mark)> = Vec::new();
    for node in list.descendants_it() {
        if !node.parent().is_some_and(|parent| is_list(&parent)) {
            if is_list(&node) || dom::is(&node, &["table", "li"]) {
                return;
            }
            continue;
        }
        if dom::is(&node, &["li"]) {
            let style = Style::of(&node);
            let Some((_, level)) = style.get("mso-list").and_then(place_in_list) else {
                return;
            };
            let parent = node.parent();
            let ordered = parent.is_some_and(|parent| dom::is(&parent, &["ol"]));
            let count = |node: &NodeRef<'_>, name: &str| dom::attribute(node, name)?.parse::<u64>().ok();
            let begins = node.prev_element_sibling().is_none();
            let start = parent
                .filter(|_| begins)
                .map(|parent| count(&parent, "start").unwrap_or(1));
            let mark = Mark {
                level,
                ordered,
                number: count(&node, "value")
                    .or(start)
                    .filter(|number| ordered && *number < MOST),
                margin: indent(&node, &style),
            };
            found.push((NodeRef::new(node.id, list.tree), mark));
        } else if node.is_element() && !is_list(&node) || node.is_text() && !node.text().trim().is_empty() {
            return;
        }
    }
    for (item, mark) in found {
        let fresh = list.tree.new_element("div");
        for child in item.children() {
            child.remove_from_parent();
            fresh.append_child(&child);
        }
        list.insert_before(&fresh);
        marks.insert(fresh.id, mark);
        items.push(fresh);
    }
    list.remove_from_parent();
}

/// Lists that begin with a list: LibreOffice writes each level of a list that changes between bullets and numbers so,
/// Google Docs the levels that were left out. They belong to the last item of the list before, else the level is none.
pub(super) fn without_bare_levels(document: &Document) {
    let is_list = |node: &NodeRef<'_>| dom::is(node, &["ul", "ol"]);
    let root = document.root();
    let lists: Vec<NodeRef<'_>> = root.descendants_it().filter(|node| is_list(node)).collect();
    for list in lists {
        if list.parent().is_none() {
            continue;
        }
        let has_items = list.children_it(false).any(|child| dom::is(&child, &["li"]));
        while let Some(first) = list.first_element_child().filter(|first| is_list(first)) {
            let before = before(&list).filter(|before| is_list(before));
            let last = before.and_then(|before| {
                let mut at = before.last_child();
                while let Some(child) = at.filter(|child| !dom::is(child, &["li"])) {
                    at = child.prev_sibling();
                }
                at
            });
            if let Some(last) = last {
                first.remove_from_parent();
                last.append_child(&first);
                if list.first_element_child().is_none()
                    && let Some(before) = before
                {
                    list.remove_from_parent();
                    join_with_next(&before);
                    break;
                }
                continue;
            }
            let outer = if has_items {
                if dom::name(&first) != dom::name(&list) {
                    break;
                }
                first
            } else {
                list
            };
            for child in outer.children() {
                child.remove_from_parent();
                outer.insert_before(&child);
            }
            outer.remove_from_parent();
            if outer.id == list.id {
                break;
            }
        }
    }
}

/// What stands straight before a node, white space aside.
fn before<'a>(node: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut at = node.prev_sibling();
    while let Some(sibling) = at {
        if sibling.is_element() {
            return Some(sibling);
        }
        if sibling.is_text() && !sibling.text().trim().is_empty() {
            return None;
        }
        at = sibling.prev_sibling();
    }
    None
}

/// Joins a list with the one behind it, which goes on with it.
fn join_with_next(list: &NodeRef<'_>) {
    let Some(next) = list.next_element_sibling() else {
        return;
    };
    let goes_on = dom::name(&next) == dom::name(list)
        && before(&next).is_some_and(|before| before.id == list.id)
        && next.first_element_child().is_some_and(|first| dom::is(&first, &["li"]))
        && (dom::is(list, &["ul"]) || dom::attribute(&next, "start").is_some_and(|start| start != "1"));
    if goes_on {
        for child in next.children() {
            child.remove_from_parent();
            list.append_child(&child);
        }
        next.remove_from_parent();
    }
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
                margin: None,
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
