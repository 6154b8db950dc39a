//! Styles come from anywhere, and whoever sets by one follows its macros as far as they lead: one that calls itself would
//! be followed until the stack is full, and twenty that each call the next one twice make a million.

use std::collections::HashMap;

use citationberg::{CslMacro, IndependentStyle, LayoutRenderingElement, NamesChild, SortKey, TextTarget};

/// So many elements lie within one another, in the file and with the macros that they call. Styles that people wrote have
/// some thirty.
const MOST_DEEP: usize = 96;
/// So many elements can be met when a reference is set: macros as often as they are called, and of a choice its largest
/// branch. The largest style that is shipped has a thousand.
const MOST_MET: u64 = 50_000;

/// Whether elements of a file lie too deep within one another to be read.
pub(super) fn is_too_deep(xml: &str) -> bool {
    let mut depth = 0_usize;
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        let hidden = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")];
        if let Some((open, close)) = hidden.iter().find(|(open, _)| rest.starts_with(open)) {
            let inside = rest.get(open.len()..).unwrap_or_default();
            let end = inside.find(close).map_or(inside.len(), |end| end + close.len());
            rest = inside.get(end..).unwrap_or_default();
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        let tag = rest.get(..end).unwrap_or_default();
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.ends_with('/') && !tag.starts_with('!') {
            depth += 1;
        }
        if depth > MOST_DEEP {
            return true;
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    false
}

/// Whether a style can be followed to its end in a moment.
pub(super) fn ends(style: &IndependentStyle) -> bool {
    let mut walk = Walk {
        macros: style.macros.iter().rev().map(|one| (one.name.as_str(), one)).collect(),
        known: HashMap::new(),
    };
    let citation = [&style.citation.layout.elements];
    let list = style.bibliography.iter().map(|list| &list.layout.elements);
    let layouts = citation
        .into_iter()
        .chain(list)
        .all(|elements| walk.elements(elements, 0).is_some_and(Size::is_bearable));
    let sorts = [
        style.citation.sort.as_ref(),
        style.bibliography.as_ref().and_then(|list| list.sort.as_ref()),
    ];
    let keys = sorts.into_iter().flatten().flat_map(|sort| &sort.keys);
    layouts
        && keys
            .filter_map(|key| match key {
                SortKey::MacroName { name, .. } => Some(name.as_str()),
                SortKey::Variable { .. } => None,
            })
            .all(|name| walk.called(name, 0).is_some_and(Size::is_bearable))
}

/// How much there is below something.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    met: u64,
    deep: usize,
}

impl Size {
    fn is_bearable(self) -> bool {
        self.met <= MOST_MET && self.deep <= MOST_DEEP
    }
}

struct Walk<'s> {
    macros: HashMap<&'s str, &'s CslMacro>,
    /// What is below a macro; nothing while it is looked at.
    known: HashMap<&'s str, Option<Size>>,
}

impl<'s> Walk<'s> {
    /// `None` where it does not end.
    fn called(&mut self, name: &str, depth: usize) -> Option<Size> {
        let Some(called) = self.macros.get(name).copied() else {
            return Some(Size::default());
        };
        if let Some(known) = self.known.get(called.name.as_str()) {
            return *known;
        }
        self.known.insert(&called.name, None);
        let size = self.elements(&called.children, depth)?;
        self.known.insert(&called.name, Some(size));
        Some(size)
    }

    fn elements(&mut self, elements: &'s [LayoutRenderingElement], depth: usize) -> Option<Size> {
        if depth > MOST_DEEP {
            return None;
        }
        let mut all = Size::default();
        for element in elements {
            let below = self.element(element, depth + 1)?;
            all.met = all.met.saturating_add(below.met).saturating_add(1);
            all.deep = all.deep.max(below.deep + 1);
        }
        Some(all)
    }

    fn element(&mut self, element: &'s LayoutRenderingElement, depth: usize) -> Option<Size> {
        match element {
            LayoutRenderingElement::Text(text) => match &text.target {
                TextTarget::Macro { name } => self.called(name, depth),
                _ => Some(Size::default()),
            },
            LayoutRenderingElement::Group(group) => self.elements(&group.children, depth),
            LayoutRenderingElement::Names(names) => {
                let mut all = Size::default();
                for child in &names.children {
                    if let NamesChild::Substitute(other) = child {
                        let below = self.elements(&other.children, depth)?;
                        all.met = all.met.saturating_add(below.met);
                        all.deep = all.deep.max(below.deep);
                    }
                }
                Some(all)
            }
            LayoutRenderingElement::Choose(choose) => {
                let branches = choose.branches().map(|branch| branch.children.as_slice());
                let otherwise = choose.otherwise.iter().map(|branch| branch.children.as_slice());
                let mut all = Size::default();
                for branch in branches.chain(otherwise) {
                    let below = self.elements(branch, depth)?;
                    all.met = all.met.max(below.met);
                    all.deep = all.deep.max(below.deep);
                }
                Some(all)
            }
            _ => Some(Size::default()),
        }
    }
}
