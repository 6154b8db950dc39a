//! JSON taken apart piece by piece.
//!
//! A list of 10,000 articles with their texts is never parsed as one value: the bounds of its elements are found by
//! a scan that knows strings and brackets, and each element is parsed by itself. So one broken element, or a file
//! that was cut, costs that element alone.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::{Map, Value};

use crate::receipt::Receipt;

/// An object of JSON.
pub(crate) type Object = Map<String, Value>;

/// The elements of an array within a text.
pub(crate) struct Elements<'a> {
    text: Cow<'a, str>,
    position: usize,
    count: usize,
}

impl<'a> Elements<'a> {
    /// The elements of the array that starts at a place; none when no array does.
    pub fn new(text: Cow<'a, str>, start: usize) -> Elements<'a> {
        let start = skip_space(text.as_bytes(), start);
        let position = match text.as_bytes().get(start) {
            Some(b'[') => start + 1,
            _ => text.len(),
        };
        Elements {
            text,
            position,
            count: 0,
        }
    }

    /// How many elements were taken.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The next element that is an object; what is none is told.
    pub fn next(&mut self, receipt: &mut Receipt) -> Option<Object> {
        loop {
            let bytes = self.text.as_bytes();
            let start = skip(bytes, self.position, |byte| byte.is_ascii_whitespace() || byte == b',');
            match bytes.get(start) {
                None => {
                    // The array was not closed, or never there.
                    if self.position < bytes.len() || self.count > 0 {
                        receipt.fail_named("cut", &format!("after {}", self.count));
                    }
                    self.count = 0;
                    self.position = bytes.len();
                    return None;
                }
                Some(b']') => {
                    self.position = bytes.len();
                    self.count = 0;
                    return None;
                }
                Some(_) => {}
            }
            self.count += 1;
            let end = end_of_value(bytes, start);
            self.position = end.unwrap_or(bytes.len());
            let element = self.text.get(start..self.position).unwrap_or_default();
            match serde_json::from_str(element) {
                Ok(Value::Object(object)) => return Some(object),
                _ => {
                    receipt.fail_named("item", &format!("{}", self.count));
                    if end.is_none() {
                        self.count = 0;
                        return None;
                    }
                }
            }
        }
    }
}

/// The keys of the object that a text is, with the places of their values.
pub(crate) fn members(text: &str) -> Vec<(String, Range<usize>)> {
    const MOST: usize = 1_000;
    let bytes = text.as_bytes();
    let mut members = Vec::new();
    let start = skip_space(bytes, 0);
    if bytes.get(start) != Some(&b'{') {
        return members;
    }
    let mut position = start + 1;
    while members.len() < MOST {
        let key = skip(bytes, position, |byte| byte.is_ascii_whitespace() || byte == b',');
        if bytes.get(key) != Some(&b'"') {
            break;
        }
        let Some(key_end) = end_of_value(bytes, key) else { break };
        let colon = skip_space(bytes, key_end);
        if bytes.get(colon) != Some(&b':') {
            break;
        }
        let value = skip_space(bytes, colon + 1);
        let end = end_of_value(bytes, value).unwrap_or(bytes.len());
        if let Some(name) = text.get(key..key_end).and_then(|name| serde_json::from_str(name).ok()) {
            members.push((name, value..end));
        }
        position = end;
    }
    members
}

/// A text; numbers are written out.
pub(crate) fn text(object: &Object, key: &str) -> String {
    match object.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// A text, taken out of its object.
pub(crate) fn take_text(object: &mut Object, key: &str) -> String {
    match object.get_mut(key) {
        Some(Value::String(text)) => std::mem::take(text),
        _ => String::new(),
    }
}

/// Yes or no, in the ways programs write it.
pub(crate) fn flag(object: &Object, key: &str) -> Option<bool> {
    match object.get(key)? {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => number.as_f64().map(|number| number != 0.0),
        Value::String(text) => yes(text),
        _ => None,
    }
}

/// Yes or no, in the ways programs write it.
pub(crate) fn yes(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "y" => Some(true),
        "false" | "0" | "no" | "n" => Some(false),
        _ => None,
    }
}

/// A list; a value that is none is a list of one.
pub(crate) fn list<'o>(object: &'o Object, key: &str) -> &'o [Value] {
    match object.get(key) {
        Some(Value::Array(list)) => list,
        Some(Value::Null) | None => &[],
        Some(one) => std::slice::from_ref(one),
    }
}

/// The names in a list of names, or of objects that have them under one of the keys.
pub(crate) fn names(values: &[Value], keys: &[&str]) -> Vec<String> {
    values
        .iter()
        .filter_map(|value| match value {
            Value::String(name) => Some(name.clone()),
            Value::Object(object) => keys.iter().map(|key| text(object, key)).find(|name| !name.is_empty()),
            _ => None,
        })
        .collect()
}

/// Where the value that starts at a place ends; nothing when the text ends before.
fn end_of_value(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut position = start;
    loop {
        match bytes.get(position)? {
            b'"' => {
                position = end_of_string(bytes, position)?;
                if depth == 0 {
                    return Some(position);
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = match depth.checked_sub(1) {
                    // The bracket of what is around a bare value.
                    None => return Some(position.max(start + 1)),
                    Some(0) => return Some(position + 1),
                    Some(depth) => depth,
                };
            }
            b',' if depth == 0 => return Some(position.max(start + 1)),
            _ => {}
        }
        position += 1;
    }
}

fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut position = start + 1;
    loop {
        let found = memchr::memchr2(b'"', b'\\', bytes.get(position..)?)?;
        position += found;
        if bytes.get(position) == Some(&b'"') {
            return Some(position + 1);
        }
        position += 2;
    }
}

fn skip_space(bytes: &[u8], start: usize) -> usize {
    skip(bytes, start, |byte| byte.is_ascii_whitespace())
}

fn skip(bytes: &[u8], start: usize, skipped: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| skipped(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn elements(text: &str) -> (Vec<String>, Receipt) {
        let mut receipt = Receipt::default();
        let mut elements = Elements::new(text.into(), 0);
        let mut found = Vec::new();
        while let Some(object) = elements.next(&mut receipt) {
            found.push(Value::Object(object).to_string());
        }
        (found, receipt)
    }

    #[test]
    fn elements_are_taken_one_by_one() {
        let (found, receipt) = elements(r#" [ {"a":"]}\"\\"} , {"b":[{"c":1}]},{}] "#);
        assert_eq!(found, [r#"{"a":"]}\"\\"}"#, r#"{"b":[{"c":1}]}"#, "{}"]);
        assert_eq!(receipt, Receipt::default());
    }

    #[test]
    fn a_broken_element_costs_itself_alone() {
        let (found, receipt) = elements(r#"[{"a":1},{"b":tru},7,"x",{"c":3},{"d":"#);
        assert_eq!(found, [r#"{"a":1}"#, r#"{"c":3}"#]);
        let failed: Vec<&str> = receipt
            .failed
            .iter()
            .filter_map(|note| note.detail.as_deref())
            .collect();
        assert_eq!(failed, ["2", "3", "4", "6"]);
        let (found, receipt) = elements(r#"[{"a":1},"#);
        assert_eq!((found.len(), receipt.failed.len()), (1, 1));
        assert_eq!(elements("{}").0.len(), 0);
        assert_eq!(elements("").0.len(), 0);
    }

    #[test]
    fn members_have_their_places() {
        let text = r#"{"a\u0062": [1, {"x": "}"}], "c":"d" , "e": null}"#;
        let found: Vec<(String, &str)> = members(text)
            .into_iter()
            .map(|(name, place)| (name, text.get(place).unwrap_or_default()))
            .collect();
        let expected = [("ab", r#"[1, {"x": "}"}]"#), ("c", r#""d""#), ("e", "null")];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value)));
        assert_eq!(members("[1]").len(), 0);
        assert_eq!(members(r#"{"a":[1,2"#).len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in r#"[\[\]{}",:\\a1 ]{0,60}"#) {
            elements(&text);
            members(&text);
        }

        #[test]
        fn what_was_written_is_read_back(values in prop::collection::vec(("\\PC{0,12}", any::<i32>()), 0..8)) {
            let list: Vec<Value> = values.iter().map(|(text, number)| serde_json::json!({text: [number, text]})).collect();
            let (found, receipt) = elements(&Value::from(list.clone()).to_string());
            prop_assert_eq!(found, list.iter().map(ToString::to_string).collect::<Vec<_>>());
            prop_assert!(receipt.failed.is_empty());
        }
    }
}
