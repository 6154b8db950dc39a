//! Scalars as YAML and TOML write them.

use std::fmt::Write;

/// The quoting of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    Plain,
    Single,
    Double,
}

/// The quoting of a scalar as it stands in the file.
pub(super) fn quoting_of(raw: &str) -> Quoting {
    match raw.as_bytes().first() {
        Some(b'"') => Quoting::Double,
        Some(b'\'') => Quoting::Single,
        _ => Quoting::Plain,
    }
}

/// A YAML scalar in the wanted quoting where that is possible. `flow` when it stands in `[…]`.
pub(super) fn yaml_scalar(text: &str, quoting: Quoting, flow: bool) -> String {
    let special = text.chars().any(needs_escape);
    match quoting {
        Quoting::Plain if !special && is_plain(text, flow) => text.to_owned(),
        Quoting::Single if !special => format!("'{}'", text.replace('\'', "''")),
        _ => double_quoted(text),
    }
}

/// A TOML string in the wanted quoting where that is possible.
pub(super) fn toml_string(text: &str, quoting: Quoting) -> String {
    if quoting == Quoting::Single && !text.contains('\'') && !text.chars().any(needs_escape) {
        format!("'{text}'")
    } else {
        double_quoted(text)
    }
}

/// A double-quoted string; these escapes mean the same in YAML and TOML.
fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            character if needs_escape(character) => {
                // Writing to a String can't fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(character));
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

fn needs_escape(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Whether a text reads back as the same string without quotes, in any YAML 1.1 or 1.2 reader.
fn is_plain(text: &str, flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts_badly = first.is_whitespace() || first.is_ascii_digit() || "-+.?:,[]{}#&*!|>'\"%@`=~<".contains(first);
    let inside_badly = text.contains(": ")
        || text.contains(" #")
        || text.contains("\t")
        || text.ends_with(':')
        || text.ends_with(char::is_whitespace)
        || (flow && text.contains([',', '[', ']', '{', '}', ':', '"']));
    let word = text.to_ascii_lowercase();
    let reserved = matches!(
        &*word,
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n" | "none"
    );
    !starts_badly && !inside_badly && !reserved
}
