//! A feed in units: the elements right below its outermost one, or below its channel, each a small tree.
//!
//! No more than one unit stands in memory. Nesting is bounded, and made sense of where tags don't match: an end tag
//! closes what it can, an item ends where the next one starts, and everything ends with the text.

use url::Url;

use super::names::{self, Namespace, Root};
use crate::markup::{Attributes, Cursor, Event, Language};

/// An element with what is in it.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub namespace: Namespace,
    /// The name without its prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
    /// The address that relative ones in it are relative to, when the feed says so (`xml:base`).
    pub base: Option<Url>,
    /// Its language (`xml:lang`), or that of what is around it.
    pub lang: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) enum Child {
    Element(Element),
    Text(String),
}

/// A feed that is being read.
pub(super) struct Reading<'a> {
    text: &'a str,
    cursor: Cursor,
    root: Option<Root>,
    stack: Vec<Open>,
    /// The feed's own address.
    address: Option<Url>,
    faults: usize,
    /// A start tag that ended an item which nobody had closed.
    waiting: Option<Event<'a>>,
    ended: bool,
}

struct Open {
    /// The name as the tag has it.
    tag: String,
    element: Element,
    /// It holds units, and is none.
    container: bool,
    /// The prefixes it declares.
    prefixes: Vec<(String, Namespace)>,
}

/// The elements of an item of RSS that hold nothing but text.
const TEXT_ALONE: &[&str] = &["title", "link", "guid", "pubdate", "author", "category", "comments"];

/// Elements nest no deeper than this; what is deeper is flattened.
const DEEPEST: usize = 128;

impl<'a> Reading<'a> {
    pub fn new(text: &'a str, address: Option<Url>) -> Reading<'a> {
        Reading {
            text,
            cursor: Cursor::new(Language::Xml),
            root: None,
            stack: Vec::new(),
            address,
            faults: 0,
            waiting: None,
            ended: false,
        }
    }

    /// The kind of feed, by its outermost element; nothing when it is none.
    pub fn root(&mut self) -> Option<Root> {
        loop {
            match self.cursor.next(self.text)? {
                Event::Start {
                    name,
                    attributes,
                    closed,
                } => {
                    let root = names::root(local(name).1)?;
                    self.root = Some(root);
                    // A single entry of Atom is a unit itself.
                    let container = !local(name).1.eq_ignore_ascii_case("entry");
                    self.open(name, &attributes, container);
                    self.ended = closed;
                    return Some(root);
                }
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Text(_) | Event::End { .. } => return None,
            }
        }
    }

    /// How many tags did not match.
    pub fn faults(&self) -> usize {
        self.faults
    }

    /// The next unit.
    pub fn next_unit(&mut self) -> Option<Element> {
        loop {
            if self.ended {
                return None;
            }
            let Some(event) = self.waiting.take().or_else(|| self.cursor.next(self.text)) else {
                return self.end();
            };
            let unit = match event {
                Event::Start {
                    name,
                    attributes,
                    closed,
                } => self.start(name, attributes, closed),
                Event::End { name } => self.close(name),
                Event::Text(text) => {
                    if let Some(open) = self.stack.last_mut().filter(|open| !open.container) {
                        push_text(&mut open.element, &text);
                    }
                    None
                }
            };
            if unit.is_some() {
                return unit;
            }
        }
    }

    fn start(&mut self, name: &'a str, attributes: Attributes<'a>, closed: bool) -> Option<Element> {
        let (_, bare) = local(name);
        let in_unit = self.stack.last().is_some_and(|open| !open.container);
        let starts_item = bare.eq_ignore_ascii_case("item") || bare.eq_ignore_ascii_case("entry");
        if in_unit && starts_item && self.stack.iter().any(|open| !open.container && open.tag == name) {
            self.faults += 1;
            self.waiting = Some(Event::Start {
                name,
                attributes,
                closed,
            });
            return self.close(name);
        }
        if in_unit && self.cannot_hold(name) {
            self.faults += 1;
            self.pop();
        }
        if self.stack.len() >= DEEPEST {
            self.faults += usize::from(self.stack.len() == DEEPEST && !closed);
            return None;
        }
        let container = !in_unit && bare.eq_ignore_ascii_case("channel");
        self.open(name, &attributes, container);
        // In HTML that nobody escaped, these are never closed.
        let void = in_unit
            && ["br", "img", "hr", "wbr"]
                .iter()
                .any(|void| bare.eq_ignore_ascii_case(void));
        if closed || void { self.pop() } else { None }
    }

    /// Whether the innermost element is one of RSS that holds text alone, and was forgotten before another of RSS.
    fn cannot_hold(&self, name: &str) -> bool {
        let is_rss = matches!(self.root, Some(Root::Rss | Root::Rdf));
        let in_item = self.stack.len() >= 2
            && self
                .stack
                .get(self.stack.len() - 2)
                .is_some_and(|open| open.element.is_item());
        is_rss
            && in_item
            && self
                .stack
                .last()
                .is_some_and(|open| TEXT_ALONE.contains(&open.tag.to_ascii_lowercase().as_str()))
            && (TEXT_ALONE.contains(&name.to_ascii_lowercase().as_str())
                || ["description", "enclosure", "content:encoded", "dc:creator", "dc:date"].contains(&name))
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>, container: bool) {
        let root = self.root.unwrap_or(Root::Rss);
        let outermost = self.stack.is_empty();
        let mut prefixes = Vec::new();
        for (attribute, address) in &attributes.0 {
            let prefix = match attribute.strip_prefix("xmlns") {
                Some("") => "",
                Some(prefix) => match prefix.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            let namespace = match names::of_address(address, root) {
                // Whatever a feed calls the vocabulary it is written in.
                Namespace::Other if outermost && prefix.is_empty() => Namespace::Own,
                namespace => namespace,
            };
            prefixes.push((prefix.to_owned(), namespace));
        }
        let around = self.stack.last().map(|open| &open.element);
        let base = around.and_then(|around| around.base.clone());
        let base = match attributes.get("xml:base").map(str::trim) {
            Some(given) => match (Url::parse(given), base.as_ref().or(self.address.as_ref())) {
                (Ok(url), _) => Some(url),
                (Err(_), Some(base)) => base.join(given).ok(),
                (Err(_), None) => None,
            }
            .or(base),
            None => base,
        };
        let lang = attributes
            .get("xml:lang")
            .map(str::to_owned)
            .or_else(|| around.and_then(|around| around.lang.clone()));
        let (prefix, bare) = local(name);
        let declared = prefixes
            .iter()
            .rev()
            .find(|(known, _)| known == prefix)
            .map(|(_, namespace)| *namespace);
        let namespace = declared
            .or_else(|| {
                let inherited = self.stack.iter().rev().flat_map(|open| open.prefixes.iter().rev());
                inherited
                    .into_iter()
                    .find(|(known, _)| known == prefix)
                    .map(|(_, namespace)| *namespace)
            })
            .unwrap_or_else(|| names::of_prefix(prefix, root));
        let attributes = attributes
            .0
            .iter()
            .filter(|(attribute, _)| !attribute.starts_with("xmlns"))
            .map(|(attribute, value)| ((*attribute).to_owned(), value.to_string()))
            .collect();
        self.stack.push(Open {
            tag: name.to_owned(),
            element: Element {
                namespace,
                name: bare.to_owned(),
                attributes,
                children: Vec::new(),
                base,
                lang,
            },
            container,
            prefixes,
        });
    }

    /// Closes the innermost element of a name, with those in it that were not closed. A unit that is complete by that
    /// is given; of several, the outermost.
    fn close(&mut self, name: &str) -> Option<Element> {
        let depth = self.stack.iter().rposition(|open| open.tag == name);
        let Some(depth) = depth else {
            self.faults += 1;
            return None;
        };
        self.faults += usize::from(depth + 1 < self.stack.len());
        let mut unit = None;
        while self.stack.len() > depth {
            unit = self.pop().or(unit);
        }
        self.ended = self.stack.is_empty();
        unit
    }

    /// Closes the innermost element: a unit is given, anything else is put into what is around it.
    fn pop(&mut self) -> Option<Element> {
        let open = self.stack.pop()?;
        if open.container {
            return None;
        }
        match self.stack.last_mut() {
            Some(around) if !around.container => {
                around.element.children.push(Child::Element(open.element));
                None
            }
            _ => Some(open.element),
        }
    }

    /// The text has ended, whatever was open.
    fn end(&mut self) -> Option<Element> {
        self.ended = true;
        self.faults += usize::from(!self.stack.is_empty());
        let mut unit = None;
        while !self.stack.is_empty() {
            unit = self.pop().or(unit);
        }
        unit
    }
}

impl Element {
    /// Whether this is an item of a feed.
    pub fn is_item(&self) -> bool {
        self.namespace == Namespace::Own
            && (self.name.eq_ignore_ascii_case("item") || self.name.eq_ignore_ascii_case("entry"))
    }

    /// Whether this is the element of a name, in lower case, in a namespace.
    pub fn is(&self, namespace: Namespace, name: &str) -> bool {
        self.namespace == namespace && self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, whatever its prefix and case.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| local(known).1.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The elements right in this one.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The first element of a name right in this one.
    pub fn child(&self, namespace: Namespace, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.is(namespace, name))
    }

    /// All text in this element and those in it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(part) => text.push_str(part),
                Child::Element(element) => element.add_text(text),
            }
        }
    }

    /// What is in this element, as HTML. Text alone is HTML that was escaped once; among elements it is text, unless
    /// it holds tags itself.
    pub fn html(&self) -> String {
        if self.elements().next().is_none() {
            return self.text();
        }
        let mut html = String::new();
        self.add_inside(&mut html);
        html
    }

    fn add_inside(&self, html: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) if has_tags(text) => html.push_str(text),
                Child::Text(text) => push_escaped(html, text),
                Child::Element(element) => element.add_outside(html),
            }
        }
    }

    fn add_outside(&self, html: &mut String) {
        let sound = |name: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
        };
        if !sound(&self.name) {
            self.add_inside(html);
            return;
        }
        html.push('<');
        html.push_str(&self.name);
        for (name, value) in &self.attributes {
            let (_, name) = local(name);
            if sound(name) {
                html.push(' ');
                html.push_str(name);
                html.push_str("=\"");
                push_escaped(html, value);
                html.push('"');
            }
        }
        html.push('>');
        let void = ["br", "img", "hr", "wbr"]
            .iter()
            .any(|void| self.name.eq_ignore_ascii_case(void));
        self.add_inside(html);
        if !void {
            html.push_str("</");
            html.push_str(&self.name);
            html.push('>');
        }
    }
}

fn push_text(element: &mut Element, text: &str) {
    match element.children.last_mut() {
        Some(Child::Text(before)) => before.push_str(text),
        _ => element.children.push(Child::Text(text.to_owned())),
    }
}

/// A name as prefix and bare name.
fn local(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

fn has_tags(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/') {
            return true;
        }
    }
    false
}

fn push_escaped(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}
