//! Small questions to a parsed tree.

use dom_query::{Document, LocalName, NodeData, NodeId, NodeRef};

/// A node of a tree.
pub(crate) type Node<'a> = NodeRef<'a>;

/// The name of an element, empty for what is none.
pub(crate) fn name(node: &Node<'_>) -> LocalName {
    node.query_or(LocalName::default(), |node| match &node.data {
        NodeData::Element(element) => element.name.local.clone(),
        _ => LocalName::default(),
    })
}

/// Whether a node is an element with one of these names.
pub(crate) fn is(node: &Node<'_>, names: &[&str]) -> bool {
    names.contains(&&*name(node))
}

/// An attribute, spaces at its ends taken off; nothing when it is empty.
pub(crate) fn attribute(node: &Node<'_>, name: &str) -> Option<String> {
    let value = node.attr(name)?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// At most so many bytes of the head of a text.
pub(crate) fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// What an author calls an element: its `class`, `id` and `role`, in lower case.
pub(crate) fn names(node: &Node<'_>) -> String {
    let mut names = String::new();
    node.query(|node| {
        if let NodeData::Element(element) = &node.data {
            for attribute in &element.attrs {
                if matches!(
                    &*attribute.name.local,
                    "class" | "id" | "role" | "data-component" | "data-testid"
                ) {
                    names.push(' ');
                    names.push_str(attribute.value.get(..300).unwrap_or(&attribute.value));
                }
            }
        }
    });
    names.make_ascii_lowercase();
    names
}

/// What SingleFile calls what was not shown, and the customary names of labels that only screen readers say (“Image
/// caption”, “Opens in a new window”).
const HIDING_CLASSES: [&str; 8] = [
    "sf-hidden",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader-only",
    "off-screen",
    "offscreen",
];

/// Whether the reader of the page did not see an element.
pub(crate) fn is_hidden(node: &Node<'_>) -> bool {
    node.query_or(false, |node| {
        let NodeData::Element(element) = &node.data else {
            return false;
        };
        element.attrs.iter().any(|attribute| match &*attribute.name.local {
            "hidden" => !attribute.value.eq_ignore_ascii_case("until-found"),
            "style" if attribute.value.len() < 2_000 => {
                let style: String = attribute
                    .value
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .map(|c| c.to_ascii_lowercase())
                    .collect();
                style.contains("display:none") || style.contains("visibility:hidden")
            }
            "class" => attribute
                .value
                .split_ascii_whitespace()
                .any(|class| HIDING_CLASSES.contains(&class)),
            _ => false,
        })
    })
}

/// The text of a node, blocks parted by a space, white space squeezed.
pub(crate) fn text(node: &Node<'_>) -> String {
    let mut all = String::new();
    collect(node, usize::MAX, &mut all);
    squeeze(&all)
}

/// The head of the text of a node: no more is read than it takes to have about `most` bytes.
pub(crate) fn text_within(node: &Node<'_>, most: usize) -> String {
    let mut all = String::new();
    collect(node, most, &mut all);
    squeeze(&all)
}

/// How many characters of text a node has, white space squeezed, counted up to about `most`.
pub(crate) fn length_within(node: &Node<'_>, most: usize) -> usize {
    text_within(node, most.saturating_mul(2)).chars().count()
}

/// White space as HTML knows it made single spaces, none at the ends. No-break spaces are letters here.
pub(crate) fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text
        .split([' ', '\t', '\n', '\r', '\u{c}'])
        .filter(|word| !word.is_empty())
    {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// The depth of the deepest node.
pub(crate) fn depth(document: &Document) -> usize {
    let mut deepest = 0;
    let mut depth = 0usize;
    let mut node = document.root();
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            deepest = deepest.max(depth);
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) if depth > 0 => {
                    node = parent;
                    depth -= 1;
                }
                _ => return deepest,
            }
        }
    }
}

/// Whether `node` is `ancestor` or stands in it.
pub(crate) fn is_within(node: &Node<'_>, ancestor: NodeId) -> bool {
    node.id == ancestor || node.tree.ancestor_ids_of_it(&node.id, None).any(|id| id == ancestor)
}

/// Whether a name is that of an element which begins a line of its own.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "details"
            | "dd"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Whether the content of an element is nothing that is read.
pub(crate) fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "svg"
            | "object"
            | "embed"
            | "applet"
            | "canvas"
            | "map"
            | "select"
            | "textarea"
            | "input"
            | "button"
            | "head"
            | "title"
            | "link"
            | "meta"
            | "base"
            | "noembed"
            | "noframes"
            | "frameset"
            | "datalist"
            | "dialog"
            | "rp"
    )
}

fn collect(root: &Node<'_>, most: usize, all: &mut String) {
    let mut node = *root;
    loop {
        let mut descend = true;
        let blocks = node.query_or(false, |inner| match &inner.data {
            NodeData::Text { contents } => {
                all.push_str(contents);
                false
            }
            NodeData::Element(element) => {
                let name = &*element.name.local;
                descend = !is_silent(name);
                name == "br" || is_block(name)
            }
            NodeData::Comment { .. } => {
                descend = false;
                false
            }
            _ => false,
        });
        if blocks {
            part(all);
        }
        if all.len() >= most {
            return;
        }
        if descend && let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            if node.id == root.id {
                return;
            }
            // What follows a block is another word.
            if is_block(&name(&node)) {
                part(all);
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return,
            }
        }
    }
}

fn part(all: &mut String) {
    if !all.is_empty() && !all.ends_with(' ') {
        all.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjacent_blocks_are_never_glued() {
        let document = Document::from("<div><p>un</p><p>deux</p>trois<br>quatre <script>x</script><b>cin</b>q</div>");
        assert_eq!(text(&document.root()), "un deux trois quatre cinq");
        assert!(text_within(&document.root(), 3).starts_with("un"));
    }

    #[test]
    fn hidden_is_what_nobody_saw() {
        let document = Document::from(
            "<p hidden>a<p style='DISPLAY : none'>b<p class='x sf-hidden'>c<p style='display:block'>d<p>e<p class='off-screen'>f",
        );
        let seen: Vec<bool> = document.select("p").nodes().iter().map(is_hidden).collect();
        assert_eq!(seen, [true, true, true, false, false, true]);
    }
}
