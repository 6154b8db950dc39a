//! Labels of two texts that become one, kept apart.

use std::collections::{HashMap, HashSet};

use super::definitions::{definitions, folded};
use super::scan;

/// A body whose labels mean nothing else than those of the text it is put below: what both define is renamed, unless both
/// define it alike.
pub(super) fn apart(body: &str, above: &str) -> String {
    let own = definitions(body, 0);
    if own.is_empty() {
        return body.to_owned();
    }
    let theirs = definitions(above, 0);
    let said =
        |text: &str, range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default().trim().to_owned();
    let known: HashMap<(&str, bool), String> = theirs
        .iter()
        .map(|one| ((one.label.as_str(), one.note), said(above, &one.range)))
        .collect();
    let mut taken: HashSet<(String, bool)> = theirs
        .iter()
        .chain(&own)
        .map(|one| (one.label.clone(), one.note))
        .collect();
    let mut renamed: HashMap<(String, bool), String> = HashMap::new();
    for one in &own {
        if renamed.contains_key(&(one.label.clone(), one.note)) {
            continue;
        }
        let alike = known.get(&(one.label.as_str(), one.note));
        // Two calls of one footnote are two calls; two equal definitions of it would be shown twice.
        if alike.is_none_or(|there| !one.note && *there == said(body, &one.range)) {
            continue;
        }
        let fresh = (2..)
            .map(|number| format!("{}-{number}", one.label))
            .find(|label| !taken.contains(&(label.clone(), one.note)))
            .unwrap_or_default();
        taken.insert((fresh.clone(), one.note));
        renamed.insert((one.label.clone(), one.note), fresh);
    }
    if renamed.is_empty() {
        return body.to_owned();
    }
    let code = scan::code(body);
    let mut text = String::with_capacity(body.len() + 32);
    let mut copied = 0;
    for (at, _) in body.match_indices('[') {
        if at < copied || scan::is_in(&code, at) {
            continue;
        }
        let rest = body.get(at + 1..).unwrap_or_default();
        let Some(end) = rest
            .find([']', '['])
            .filter(|end| rest.as_bytes().get(*end) == Some(&b']'))
        else {
            continue;
        };
        let label = rest.get(..end).unwrap_or_default();
        let (name, note) = label.strip_prefix('^').map_or((label, false), |label| (label, true));
        let Some(fresh) = renamed.get(&(folded(name), note)) else {
            continue;
        };
        let close = at + 1 + end + 1;
        let after = body.get(close..).unwrap_or_default();
        let full = at > 0 && body.as_bytes().get(at - 1) == Some(&b']');
        text.push_str(body.get(copied..at).unwrap_or_default());
        if note {
            text.push_str(&format!("[^{fresh}]"));
        } else if full || after.starts_with(':') {
            text.push_str(&format!("[{fresh}]"));
        } else if after.starts_with("[]") {
            text.push_str(&format!("[{label}][{fresh}]"));
            copied = close + 2;
            continue;
        } else if after.starts_with(['(', '[']) {
            // `[label](address)` and `[label][other]` do not call it.
            text.push_str(body.get(at..close).unwrap_or_default());
        } else {
            text.push_str(&format!("[{label}][{fresh}]"));
        }
        copied = close;
    }
    text.push_str(body.get(copied..).unwrap_or_default());
    text
}
