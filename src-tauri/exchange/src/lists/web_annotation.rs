//! W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): one, an array, a page or a collection of them;
//! and the answers of Hypothesis's interface, which are nearly that.
//!
//! Annotations of one source become the highlights of one piece. The words are found by `TextQuoteSelector`; offsets
//! and paths belong to a page that is not there.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use super::{Entry, Source, entry};
use crate::json::{Elements, Object, list, members, names, text};
use crate::piece::Highlight;
use crate::receipt::Receipt;

pub(super) fn open(whole: Cow<'_, str>, receipt: &mut Receipt) -> Sources {
    let mut sources = Sources::default();
    let start = whole.len() - whole.trim_start().len();
    if whole.as_bytes().get(start) == Some(&b'[') {
        sources.add_all(Elements::new(whole, start), receipt);
        return sources;
    }
    let members = members(&whole);
    let array = members.iter().find(|(key, _)| matches!(key.as_str(), "items" | "rows"));
    if let Some((_, place)) = array {
        let start = place.start;
        sources.add_all(Elements::new(whole, start), receipt);
        return sources;
    }
    match serde_json::from_str(&whole) {
        Ok(Value::Object(object)) => match object.get("first") {
            // The first page of a collection, when it is embedded.
            Some(Value::Object(page)) => {
                for annotation in list(page, "items") {
                    sources.add_value(annotation, receipt);
                }
            }
            _ => sources.add(&object, receipt),
        },
        _ => receipt.fail_named("item", "1"),
    }
    sources
}

/// Pieces by their source, in the order of their first annotations.
#[derive(Default)]
pub(super) struct Sources {
    entries: Vec<Entry>,
    known: HashMap<String, usize>,
    given: usize,
}

impl Source for Sources {
    fn next(&mut self, _receipt: &mut Receipt) -> Option<Entry> {
        loop {
            let entry = std::mem::take(self.entries.get_mut(self.given)?);
            self.given += 1;
            if let Some(entry) = entry.finish(&format!("{}", self.given)) {
                return Some(entry);
            }
        }
    }
}

impl Sources {
    fn add_all(&mut self, mut annotations: Elements<'_>, receipt: &mut Receipt) {
        while let Some(annotation) = annotations.next(receipt) {
            self.add(&annotation, receipt);
        }
    }

    fn add_value(&mut self, annotation: &Value, receipt: &mut Receipt) {
        match annotation {
            Value::Object(annotation) => self.add(annotation, receipt),
            _ => receipt.fail_named("item", &annotation.to_string()),
        }
    }

    fn add(&mut self, annotation: &Object, receipt: &mut Receipt) {
        let said = said(annotation);
        let targets = list(annotation, "target");
        if targets.is_empty() {
            let address = text(annotation, "uri");
            if address.is_empty() {
                receipt.fail_named("item", &text(annotation, "id"));
            } else {
                self.say(&address, annotation, None, &said, receipt);
            }
            return;
        }
        for target in targets {
            match target {
                Value::String(source) => self.say(source, annotation, None, &said, receipt),
                Value::Object(target) => {
                    let source = source(target, annotation);
                    self.say(&source, annotation, Some(target), &said, receipt);
                }
                _ => receipt.fail_named("item", &text(annotation, "id")),
            }
        }
    }

    fn say(&mut self, source: &str, annotation: &Object, target: Option<&Object>, said: &Said, receipt: &mut Receipt) {
        // A fragment is a place in the page, not another page.
        let page = source.split('#').next().unwrap_or_default();
        let index = *self.known.entry(page.to_owned()).or_insert_with(|| {
            let mut entry = Entry::new();
            entry.address(page, receipt);
            entry.title(&title(annotation));
            self.entries.push(entry);
            self.entries.len() - 1
        });
        let Some(entry) = self.entries.get_mut(index) else {
            return;
        };
        for body in &said.unknown {
            entry.receipt.leave_out("annotation-body", Some(body));
        }
        let quote = target.and_then(|target| quote(target, &mut entry.receipt, 0));
        let Some((quote, prefix, suffix)) = quote else {
            if !said.note.is_empty() || !said.tags.is_empty() {
                entry.note(&said.note);
                entry.tags(&said.tags);
            } else {
                entry.receipt.leave_out("highlight-without-words", None);
            }
            return;
        };
        let made_at = ["created", "modified"]
            .iter()
            .map(|key| text(annotation, key))
            .find(|date| !date.is_empty());
        let made_at = entry.time(&made_at.unwrap_or_default(), "highlighted-at");
        let context = |text: String| (!text.is_empty()).then_some(text);
        entry.highlight(Highlight {
            quote,
            prefix: context(prefix),
            suffix: context(suffix),
            note: Some(said.note.clone()),
            tags: said.tags.clone(),
            made_at,
            colour: None,
        });
    }
}

/// What the bodies of an annotation say.
#[derive(Default)]
struct Said {
    note: String,
    tags: Vec<String>,
    unknown: Vec<String>,
}

fn said(annotation: &Object) -> Said {
    let mut said = Said::default();
    let mut notes = vec![text(annotation, "bodyValue"), text(annotation, "text")];
    entry::add_once(&mut said.tags, names(list(annotation, "tags"), &[]));
    for body in list(annotation, "body") {
        let Value::Object(body) = body else {
            // The address of a body that stayed elsewhere.
            said.unknown.push(body.as_str().unwrap_or("?").to_owned());
            continue;
        };
        let purposes = names(list(body, "purpose"), &[]);
        let value = text(body, "value");
        if purposes.iter().any(|purpose| purpose == "tagging") {
            entry::add_once(&mut said.tags, [value]);
        } else if value.is_empty() {
            let kind = [text(body, "type"), text(body, "id")];
            said.unknown.push(kind.join(" ").trim().to_owned());
        } else {
            notes.push(value);
        }
    }
    notes.retain(|note| !note.trim().is_empty());
    said.note = notes.join("\n\n");
    said
}

fn source(target: &Object, annotation: &Object) -> String {
    let source = match target.get("source") {
        Some(Value::Object(source)) => text(source, "id"),
        _ => text(target, "source"),
    };
    [source, text(target, "id"), text(annotation, "uri")]
        .into_iter()
        .find(|address| !address.is_empty())
        .unwrap_or_default()
}

/// The title of the page, where Hypothesis puts it.
fn title(annotation: &Object) -> String {
    match annotation.get("document") {
        Some(Value::Object(document)) => names(list(document, "title"), &[])
            .into_iter()
            .next()
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// The quote of a target with what stands before and after it. Selectors may be refined by others.
fn quote(target: &Object, receipt: &mut Receipt, depth: usize) -> Option<(String, String, String)> {
    const DEEPEST: usize = 8;
    if depth > DEEPEST {
        return None;
    }
    let key = if depth == 0 { "selector" } else { "refinedBy" };
    let mut found = None;
    for selector in list(target, key) {
        let Value::Object(selector) = selector else { continue };
        match text(selector, "type").as_str() {
            "TextQuoteSelector" => {
                let exact = text(selector, "exact");
                if !exact.trim().is_empty() {
                    found = Some((exact, text(selector, "prefix"), text(selector, "suffix")));
                }
            }
            "TextPositionSelector" | "RangeSelector" | "XPathSelector" | "CssSelector" | "FragmentSelector" => {}
            other => receipt.leave_out("selector", Some(other)),
        }
        found = found.or_else(|| quote(selector, receipt, depth + 1));
    }
    found
}
