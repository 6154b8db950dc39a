//! Strong words, italics, what is struck out, raised or lowered: said by a style, made elements.

use dom_query::NodeRef;

use super::style::Style;
use crate::html::dom;

/// Makes elements of what the style of an element says of its words.
pub(super) fn make(node: &NodeRef<'_>, name: &str) {
    let style = Style::of(node);
    match name {
        // Google Docs wraps all that it copies in a `b` that is none.
        "b" | "strong" if style.strong() == Some(false) => node.rename("span"),
        "i" | "em" if style.slanted() == Some(false) => node.rename("span"),
        "b" | "strong" => wrap_where(node, &style, false),
        "i" | "em" => wrap_where(node, &style, true),
        "span" | "font" | "a" | "u" | "ins" | "small" | "big" | "s" => {
            wrap_where(node, &style, true);
            wrap_if(node, style.strong() == Some(true), "strong");
        }
        // A paragraph that is set so as a whole, unless words in it are set otherwise again.
        "p" | "div" | "li" | "td" if style.strong() == Some(true) || style.slanted() == Some(true) => {
            let plain_inside = |what: fn(&Style) -> Option<bool>| {
                node.descendants_it()
                    .any(|inner| inner.is_element() && what(&Style::of(&inner)) == Some(false))
            };
            let holds_blocks = node.descendants_it().any(|inner| dom::is_block(&dom::name(&inner)));
            if !holds_blocks {
                wrap_if(
                    node,
                    style.slanted() == Some(true) && !plain_inside(Style::slanted),
                    "em",
                );
                wrap_if(
                    node,
                    style.strong() == Some(true) && !plain_inside(Style::strong),
                    "strong",
                );
            }
        }
        _ => {}
    }
}

fn wrap_where(node: &NodeRef<'_>, style: &Style, or_slanted: bool) {
    if let Some(script) = style.script() {
        wrap(node, script);
    }
    wrap_if(node, style.struck(), "del");
    // `b` with italics said beside it, and the other way round.
    wrap_if(
        node,
        style.slanted() == Some(true) && (or_slanted || !dom::is(node, &["i", "em"])),
        "em",
    );
    wrap_if(
        node,
        dom::is(node, &["i", "em"]) && style.strong() == Some(true),
        "strong",
    );
}

fn wrap_if(node: &NodeRef<'_>, wanted: bool, name: &str) {
    if wanted {
        wrap(node, name);
    }
}

/// Puts an element between a node and what is in it.
fn wrap(node: &NodeRef<'_>, name: &str) {
    let fresh = node.tree.new_element(name);
    for child in node.children() {
        child.remove_from_parent();
        fresh.append_child(&child);
    }
    node.append_child(&fresh);
}
