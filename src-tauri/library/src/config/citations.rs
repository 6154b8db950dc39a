//! What `edito.toml` says of citations: `[citations]` with `files`, and `style`.

use serde::Serialize;
use toml::de::DeTable;

use super::{Config, Reader, quoted};
use crate::error::{Error, ErrorKind, Result};

/// What is cited from, and how it is set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CitationConfig {
    /// Files of references, relative to the library’s root. Those at the root are found without being named.
    pub files: Vec<String>,
    /// The name of a style, or of a `.csl` file in the library; the language of the article decides without one.
    pub style: Option<String>,
}

impl Reader<'_> {
    /// The table `citations`.
    pub(super) fn citations(&mut self, table: &DeTable<'_>) -> CitationConfig {
        let Some(value) = table.get("citations") else {
            return CitationConfig::default();
        };
        let Some(entry) = value.get_ref().as_table() else {
            self.wrong(value, "citations", "a table");
            return CitationConfig::default();
        };
        CitationConfig {
            files: self.strings(entry, "files"),
            style: self.string(entry, "style"),
        }
    }
}

/// The text of an `edito.toml` with another style, and no other byte of it changed.
///
/// # Errors
/// `Invalid` when that is not possible.
pub(crate) fn with_style(text: &str, style: Option<&str>) -> Result<String> {
    let refuse = || {
        Error::new(
            ErrorKind::Invalid,
            "the file can't be changed without changing something else in it".to_owned(),
        )
    };
    if toml::de::DeTable::parse(text.trim_start_matches('\u{feff}')).is_err() {
        return Err(refuse());
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let said = style.map(|style| format!("style = {}{line_end}", quoted(style)));
    let mut after = String::with_capacity(text.len() + 64);
    let mut inside = false;
    let mut written = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim().trim_start_matches('\u{feff}');
        let is_header = bare.starts_with('[')
            && bare
                .split('#')
                .next()
                .is_some_and(|head| head.trim_end().ends_with(']'));
        if is_header {
            inside = bare.split('#').next().unwrap_or_default().replace(' ', "").trim() == "[citations]";
            after.push_str(line);
            if inside && !written {
                if !line.ends_with('\n') {
                    after.push_str(line_end);
                }
                after.push_str(said.as_deref().unwrap_or_default());
                written = true;
            }
            continue;
        }
        let is_style = bare
            .strip_prefix("style")
            .is_some_and(|rest| rest.trim_start().starts_with('='));
        if !(inside && is_style) {
            after.push_str(line);
        }
    }
    if !written && let Some(said) = said {
        if !after.is_empty() && !after.ends_with('\n') {
            after.push_str(line_end);
        }
        let parted = if after.is_empty() { "" } else { line_end };
        after.push_str(&format!("{parted}[citations]{line_end}{said}"));
    }
    let holds = Config::parse(&after);
    let before = Config::parse(text);
    let wanted = Config {
        citations: CitationConfig {
            style: style.map(str::to_owned),
            ..before.citations.clone()
        },
        problems: holds.problems.clone(),
        ..before
    };
    if holds == wanted { Ok(after) } else { Err(refuse()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_style_is_said_without_another_byte() {
        let cases = [
            ("", Some("apa"), "[citations]\nstyle = \"apa\"\n"),
            (
                "title = \"x\"",
                Some("apa"),
                "title = \"x\"\n\n[citations]\nstyle = \"apa\"\n",
            ),
            (
                "[citations] # ici\r\nstyle = 'x'\r\nfiles = [\"a.bib\"]\r\n[front]\r\n",
                Some("apa"),
                "[citations] # ici\r\nstyle = \"apa\"\r\nfiles = [\"a.bib\"]\r\n[front]\r\n",
            ),
            ("[citations]\nstyle = \"x\"\n", None, "[citations]\n"),
            ("# rien\n", None, "# rien\n"),
        ];
        for (before, style, after) in cases {
            assert_eq!(with_style(before, style).unwrap(), after);
            assert_eq!(Config::parse(after).citations.style.as_deref(), style);
        }
        for odd in [
            "citations = { style = \"x\" }\n",
            "citations.style = \"x\"\n",
            "a = [\n",
        ] {
            assert!(with_style(odd, Some("apa")).is_err(), "{odd}");
        }
    }

    #[test]
    fn files_and_style_are_read() {
        let config = Config::parse("[citations]\nfiles = \"a.bib\"\nstyle = \" apa \"\n");
        assert_eq!(config.citations.files, ["a.bib"]);
        assert_eq!(config.citations.style.as_deref(), Some("apa"));
        assert_eq!(Config::parse("citations = 3\n").problems.len(), 1);
    }
}
