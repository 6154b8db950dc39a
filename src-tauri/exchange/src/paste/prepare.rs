//! A copied tree put into plain HTML.

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
        headings(node, &name);
        match &*name {
            "a" => link(node),
            "li" => tick(node),
            "table" => head(node),
            "h1" | "h2" | "h3" | "h4" | "h5" if titled && !has_class(node, &["MsoTitle"]) => deeper(node, &name),
            _ => {}
        }
        marks::make(node, &dom::name(node));
    }
    quotations(&nodes);
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

/// Spaces that a program made others of, to keep them.
fn spaces(node: &NodeRef<'_>, name: &str) {
    if name != "span" {
        return;
    }
    if has_class(node, &["Apple-converted-space", "Apple-tab-span"]) || Style::of(node).get("mso-tab-count").is_some() {
        node.set_text(" ");
    }
}

/// Paragraphs that are headings.
fn headings(node: &NodeRef<'_>, name: &str) {
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
    if let Some(level) = of_class.or(of_role) {
        node.rename(&format!("h{}", level.clamp(1, 6)));
    }
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
