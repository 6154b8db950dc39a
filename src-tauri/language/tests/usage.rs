//! Sentences that are right, and look like what rules find. The slips themselves are the examples of the rules.

#![allow(clippy::unwrap_used)]

use edito_language::usage;
use edito_prose::{Lang, passages};

#[test]
fn nothing_is_said_of_what_is_right() {
    let mut said = Vec::new();
    for line in include_str!("data/usage/fr-right.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        for advice in passages(line, &Lang::Fr).iter().flat_map(usage::advise) {
            let marked = line.get(advice.range.clone()).unwrap_or_default();
            said.push(format!("{line}: {} « {marked} » {:?}", advice.rule, advice.fixes));
        }
    }
    assert!(said.is_empty(), "{}", said.join("\n"));
}
