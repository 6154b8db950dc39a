//! A copied tree put into plain HTML.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};

use super::style::{Style, has_class};
use super::{lists, marks};
use crate::content::OWN_ATTRIBUTES;
use crate::html::dom;
use crate::url::absolute;

/// Puts a tree into plain HTML; answers whether there were tracked changes in it.
pub(super) fn prepare(document: &Document) -> bool {
    let root = document.root();
    let nodes: Vec<NodeRef<'_>> = root.descendants_it().filter(NodeRef::is_element).collect();
    nodes.iter().for_each(without_own_attributes);
    lists::make(document, &nodes);
    lists::without_bare_levels(document);
    let outline = outline_rules(document);
    let mut revised = false;
    // Below a title, headings begin one level deeper.
    let titled = nodes.iter().any(|node| has_class(node, &["MsoTitle"]));
    for node in &nodes {
        let name = dom::name(node);
        if is_tracked(node, &name) {
            revised = true;
            if &*name == "del" || has_class(node, &["msoDel"]) {
                node.remove_from_parent();
            } else {
                node.rename("span");
            }
            continue;
        }
        if is_of_the_program(node, &name) {
            node.remove_from_parent();
            continue;
        }
        spaces(node, &name);
        headings(node, &name, &outline);
        let name = dom::name(node);
        match &*name {
            "a" => link(node),
            "div" => note(node),
            "li" => tick(node),
            "table" => head(node),
            "h1" | "h2" | "h3" | "h4" | "h5" if titled && !has_class(node, &["MsoTitle"]) => deeper(node, &name),
            _ => {}
        }
        marks::make(node, &dom::name(node));
    }
    quotations(&nodes);
    kept_spaces(&root);
    revised
}

/// Whether all of it is source code as an editor colours it.
pub(super) fn is_of_code_editor(document: &Document) -> bool {
    let root = document.root();
    let mut blocks = root
        .descendants_it()
        .filter(|node| dom::is_block(&dom::name(node)) && !dom::is(node, &["html", "body"]));
    let Some(first) = blocks.next() else { return false };
    if !dom::is(&first, &["div", "pre"]) {
        return false;
    }
    let style = Style::of(&first);
    let family = style.get("font-family").unwrap_or_default();
    style.get("white-space").is_some_and(|value| value.starts_with("pre"))
        && ["mono", "consolas", "courier", "menlo"]
            .iter()
            .any(|name| family.contains(name))
        && first.next_element_sibling().is_none()
        && blocks.all(|node| dom::is(&node, &["div"]))
}

fn without_own_attributes(node: &NodeRef<'_>) {
    for attribute in node.attrs() {
        if attribute.name.local.starts_with(OWN_ATTRIBUTES) {
            node.remove_attr(&attribute.name.local);
        }
    }
}

/// Whether an element is a tracked change; a `del` of a page is words that are struck out.
fn is_tracked(node: &NodeRef<'_>, name: &str) -> bool {
    match name {
        "ins" | "del" => {
            node.has_attr("datetime")
                || dom::attribute(node, "cite").is_some_and(|cite| cite.starts_with("mailto:"))
                || has_class(node, &["mso"])
        }
        "span" => has_class(node, &["msoIns", "msoDel"]),
        _ => false,
    }
}

/// What stands there for the program alone: comments and their signs, heads and feet of pages, rules above notes.
fn is_of_the_program(node: &NodeRef<'_>, name: &str) -> bool {
    if name == "hr" && (has_class(node, &["msocomoff"]) || dom::attribute(node, "width").as_deref() == Some("33%")) {
        return true;
    }
    // The box that Google Docs draws before what is to be done.
    if name == "img" && dom::attribute(node, "aria-roledescription").as_deref() == Some("checkbox") {
        return true;
    }
    if has_class(node, &["msocomanchor", "msocomtxt", "MsoCommentReference"]) {
        return true;
    }
    let style = Style::of(node);
    matches!(
        style.get("mso-element"),
        Some("comment-list" | "comment" | "header" | "footer" | "field-begin" | "field-end")
    ) || style.get("mso-hide") == Some("all")
}

/// Spaces that a program made others of, to keep them, and those that stand for nothing else.
fn spaces(node: &NodeRef<'_>, name: &str) {
    let is_blank = || node.text().chars().all(char::is_whitespace);
    if name == "o:p" && is_blank() {
        node.remove_from_parent();
    }
    if name != "span" {
        return;
    }
    let style = Style::of(node);
    let of_word = style.get("mso-tab-count").is_some() || style.get("mso-spacerun").is_some();
    // Behind marks that were typed.
    let behind_mark = style
        .get("font")
        .is_some_and(|font| font.starts_with("7.0pt") || font.starts_with("7pt"));
    if has_class(node, &["Apple-converted-space", "Apple-tab-span"]) || ((of_word || behind_mark) && is_blank()) {
        node.set_text(" ");
    }
}

/// Several spaces in a row of which some don't break were made with the space bar, or are a tab that is gone: one
/// stays, which breaks unless a mark beside it wants another.
fn kept_spaces(root: &NodeRef<'_>) {
    let texts: Vec<NodeRef<'_>> = root
        .descendants_it()
        .filter(|node| node.is_text() && node.text().contains('\u{a0}'))
        .collect();
    for node in texts {
        let text = node.text().to_string();
        let mut kept = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find([' ', '\t', '\n', '\r', '\u{a0}']) {
            let (words, from) = rest.split_at(at);
            let behind = from.trim_start_matches([' ', '\t', '\n', '\r', '\u{a0}']);
            let run = from.get(..from.len() - behind.len()).unwrap_or_default();
            kept.push_str(words);
            if run.contains('\u{a0}') && run.chars().count() > 1 {
                let wanted = behind.starts_with([';', ':', '!', '?', '»', '%', '€']) || words.ends_with('«');
                kept.push(if wanted { '\u{a0}' } else { ' ' });
            } else {
                kept.push_str(run);
            }
            rest = behind;
        }
        kept.push_str(rest);
        let is_code = |above: &NodeRef<'_>| dom::is(above, &["pre", "code", "textarea", "style", "script"]);
        if kept != text && !node.ancestors_it(Some(40)).any(|above| is_code(&above)) {
            node.replace_with(&node.tree.new_text(kept));
        }
    }
}

/// Paragraphs that are headings: by their class, their role, or their level in the outline of the document.
fn headings(node: &NodeRef<'_>, name: &str, outline: &HashMap<String, u8>) {
    if !matches!(name, "p" | "div") {
        return;
    }
    if has_class(node, &["MsoTitle"]) {
        node.rename("h1");
        return;
    }
    let class = node.class().unwrap_or_default();
    let of_class = class
        .split_ascii_whitespace()
        .find_map(|class| class.strip_prefix("MsoHeading")?.get(..1)?.parse::<u8>().ok());
    let of_role = (dom::attribute(node, "role").as_deref() == Some("heading"))
        .then(|| dom::attribute(node, "aria-level")?.parse::<u8>().ok())
        .flatten();
    let of_outline = || {
        if name != "p" || node.parent().is_none_or(|parent| dom::is(&parent, &["li", "td", "th"])) {
            return None;
        }
        let said = Style::of(node)
            .get("mso-outline-level")
            .and_then(|level| level.parse::<u8>().ok());
        let class = class.to_ascii_lowercase();
        let level = said.or_else(|| {
            class
                .split_ascii_whitespace()
                .find_map(|class| outline.get(class).copied())
        });
        level.filter(|level| (1..=6).contains(level))
    };
    if let Some(level) = of_class.or(of_role).or_else(of_outline) {
        node.rename(&format!("h{}", level.clamp(1, 6)));
    }
}

/// Of the styles of paragraphs, their levels in the outline: `p.Intertitre { mso-outline-level:2; … }`.
fn outline_rules(document: &Document) -> HashMap<String, u8> {
    let mut rules = HashMap::new();
    let root = document.root();
    for style in root.descendants_it().filter(|node| dom::is(node, &["style"])) {
        let text = style.text().to_ascii_lowercase();
        if !text.contains("mso-outline-level") {
            continue;
        }
        for rule in text.split('}').take(5_000) {
            let Some((selectors, body)) = rule.rsplit_once('{') else {
                continue;
            };
            let level = body.split(';').find_map(|line| {
                line.trim()
                    .strip_prefix("mso-outline-level:")?
                    .trim()
                    .parse::<u8>()
                    .ok()
            });
            let Some(level) = level.filter(|level| (1..=6).contains(level)) else {
                continue;
            };
            let selectors = selectors.rsplit("*/").next().unwrap_or_default();
            for class in selectors.split(',').filter_map(|one| one.trim().strip_prefix("p.")) {
                rules.insert(class.to_owned(), level);
            }
        }
    }
    rules
}

/// The text of a note of a word processor, with all its paragraphs: what holds them is what the sign leads to.
fn note(node: &NodeRef<'_>) {
    let id = dom::attribute(node, "id").unwrap_or_default();
    let counted = |start: &str| {
        id.strip_prefix(start)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_note = matches!(Style::of(node).get("mso-element"), Some("footnote" | "endnote"))
        || ["ftn", "edn", "sdfootnote", "sdendnote"]
            .iter()
            .any(|start| counted(start));
    if !is_note {
        return;
    }
    let anchor = node.descendants_it().take(100).find_map(|inner| {
        let name = dom::attribute(&inner, "name").filter(|_| dom::is(&inner, &["a"]))?;
        let is_text = (name.starts_with("_ftn") && !name.starts_with("_ftnref"))
            || (name.starts_with("_edn") && !name.starts_with("_ednref"))
            || (name.starts_with("sd") && name.ends_with("sym"));
        is_text.then_some((inner, name))
    });
    let Some((anchor, name)) = anchor else { return };
    // The way back, which `link` finds by the name.
    link(&anchor);
    anchor.remove_attr("name");
    node.rename("aside");
    node.set_attr("id", &name);
}

fn deeper(node: &NodeRef<'_>, name: &str) {
    let level = name.as_bytes().get(1).map_or(1, |digit| digit.saturating_sub(b'0'));
    node.rename(&format!("h{}", level + 1));
}

/// A link without the detour by which a program counts or checks it, and anchors of Word that lost where they lead.
fn link(node: &NodeRef<'_>) {
    let Some(href) = dom::attribute(node, "href") else {
        // `_ftn1` is the text of the note, `_ftnref1` its sign; ends of a document have `_edn`.
        let name = dom::attribute(node, "name").unwrap_or_default();
        for (text, sign) in [("_ftn", "_ftnref"), ("_edn", "_ednref")] {
            if let Some(number) = name.strip_prefix(sign) {
                node.set_attr("href", &format!("#{text}{number}"));
            } else if let Some(number) = name.strip_prefix(text) {
                node.set_attr("href", &format!("#{sign}{number}"));
            }
        }
        return;
    };
    // Word counts notes in many ways, and not all of them are known as signs.
    for sign in ["#_ftn", "#_edn"] {
        if let Some((_, number)) = href.rsplit_once(sign)
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && dom::length_within(node, 12) <= 12
        {
            node.set_text(number);
        }
    }
    // Some write the whole path of their temporary file before the name of the place.
    if let Some((before, place)) = href.split_once('#')
        && !before.is_empty()
        && ["_ftn", "_edn", "sdfootnote", "sdendnote"]
            .iter()
            .any(|sign| place.starts_with(sign))
    {
        node.set_attr("href", &format!("#{place}"));
        return;
    }
    if let Some(target) = absolute(&href).and_then(|url| behind(&url)) {
        node.set_attr("href", &target);
    }
}

/// What an address of a detour leads to.
fn behind(url: &url::Url) -> Option<String> {
    let host = url.host_str()?;
    let name = match (host, url.path()) {
        ("www.google.com" | "google.com" | "www.google.fr", "/url") => &["q", "url"][..],
        ("l.facebook.com" | "lm.facebook.com", "/l.php") => &["u"],
        (host, _) if host.ends_with(".safelinks.protection.outlook.com") => &["url"],
        _ => return None,
    };
    let (_, target) = url.query_pairs().find(|(key, _)| name.contains(&&**key))?;
    absolute(&target).map(Into::into)
}

/// An item that says by its role that it can be ticked.
fn tick(node: &NodeRef<'_>) {
    if dom::attribute(node, "role").as_deref() != Some("checkbox") {
        return;
    }
    let input = node.tree.new_element("input");
    input.set_attr("type", "checkbox");
    if dom::attribute(node, "aria-checked").as_deref() == Some("true") {
        input.set_attr("checked", "");
    }
    node.prepend_child(&input);
}

/// Word processors have no cells for the head of a table: it is the first row, when that is short and full.
fn head(table: &NodeRef<'_>) {
    let mut rows: Vec<NodeRef<'_>> = Vec::new();
    for child in table.children() {
        if dom::is(&child, &["tr"]) {
            rows.push(child);
        } else if dom::is(&child, &["thead", "tbody"]) {
            rows.extend(child.children().into_iter().filter(|row| dom::is(row, &["tr"])));
        }
    }
    let cells = |row: &NodeRef<'_>| -> Vec<NodeRef<'_>> {
        let cells = row.children().into_iter();
        cells
            .filter(|cell| dom::is(cell, &["td", "th"]))
            .map(|cell| NodeRef::new(cell.id, table.tree))
            .collect()
    };
    let Some(first) = rows.first().filter(|_| rows.len() > 1).map(cells) else {
        return;
    };
    let fits = first.len() > 1
        && first.iter().all(|cell| {
            dom::is(cell, &["td"]) && !cell.has_attr("rowspan") && (1..120).contains(&dom::length_within(cell, 120))
        });
    if fits {
        for cell in first {
            cell.rename("th");
        }
    }
}

/// Paragraphs in the styles of Word for quotations, one after the other, as one quotation.
fn quotations(nodes: &[NodeRef<'_>]) {
    let is_quoted = |node: &NodeRef<'_>| dom::is(node, &["p"]) && has_class(node, &["MsoQuote", "MsoIntenseQuote"]);
    for node in nodes {
        if !is_quoted(node) || node.parent().is_none_or(|parent| dom::is(&parent, &["blockquote"])) {
            continue;
        }
        let quotation = node.tree.new_element("blockquote");
        node.insert_before(&quotation);
        let mut at = Some(*node);
        while let Some(paragraph) = at.filter(|one| is_quoted(one)) {
            at = paragraph.next_element_sibling();
            paragraph.remove_from_parent();
            quotation.append_child(&paragraph);
        }
    }
}
