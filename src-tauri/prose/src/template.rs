//! Templates: how a new piece begins.
//!
//! A template is a Markdown file. Its front matter says what it is called (`template`), what sections it is for (`for`:
//! kinds of sections, or their paths) and in what language it is (`lang`); its other lines go into the new piece. In its
//! text `{{title}}`, `{{date}}`, `{{author}}` and `{{section}}` are filled in; every other `{{…}}` stays for the writer,
//! who goes from one to the next.

use crate::frontmatter::{self, FieldValue};
use crate::{Field, set_field};

/// A template, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// What it is called.
    pub name: String,
    /// The kinds or paths of the sections that it is for; none for all.
    pub sections: Vec<String>,
    /// The language that it is written in.
    pub lang: Option<String>,
    /// What a piece begins with: front matter without what is about the template, and the text.
    pub text: String,
}

/// What is filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Values<'a> {
    /// The title of the new piece.
    pub title: &'a str,
    /// The date, as it is written.
    pub date: &'a str,
    /// Who signs.
    pub author: &'a str,
    /// The name of the section.
    pub section: &'a str,
}

impl Template {
    /// Reads a template. Never fails: a file without a word about itself is called `fallback`.
    pub fn read(text: &str, fallback: &str) -> Template {
        let parts = frontmatter::split(text);
        let mut template = Template {
            name: fallback.to_owned(),
            sections: Vec::new(),
            lang: frontmatter::read_split(text, &parts)
                .lang
                .map(|lang| lang.tag().to_owned()),
            text: String::new(),
        };
        let mut front = String::new();
        // `for:` with its names on the lines below.
        let mut listing = false;
        for line in parts.front.split_inclusive('\n') {
            if listing && let Some(name) = item(line) {
                template.sections.push(name.to_owned());
                continue;
            }
            listing = false;
            match line.split_once([':', '=']) {
                Some(("template" | "template ", value)) => {
                    let value = bare(value);
                    if !value.is_empty() {
                        template.name = value.to_owned();
                    }
                }
                Some(("for" | "for ", value)) => {
                    let value = value.trim().trim_start_matches('[').trim_end_matches(']');
                    let names = value.split(',').map(bare).filter(|name| !name.is_empty());
                    template.sections = names.map(str::to_owned).collect();
                    listing = template.sections.is_empty();
                }
                _ => front.push_str(line),
            }
        }
        let head = text.get(..parts.front_start).unwrap_or_default();
        let closing = text
            .get(parts.front_start + parts.front.len()..parts.body_start)
            .unwrap_or_default();
        template.text = if front.trim().is_empty() {
            parts.body.to_owned()
        } else {
            format!("{head}{front}{closing}{}", parts.body)
        };
        template
    }

    /// The text of a template file under another name; nothing else in it changes.
    pub fn file_renamed(text: &str, name: &str) -> String {
        let parts = frontmatter::split(text);
        let is = if parts.format == Some(frontmatter::Format::Toml) {
            " ="
        } else {
            ":"
        };
        let line = format!("template{is} {}", quoted(name));
        let mut at = parts.front_start;
        for old in parts.front.split_inclusive('\n') {
            let bare = old.trim_end_matches(['\n', '\r']);
            if matches!(bare.split_once([':', '=']), Some(("template" | "template ", _))) {
                let (before, after) = (text.get(..at), text.get(at + bare.len()..));
                return format!("{}{line}{}", before.unwrap_or_default(), after.unwrap_or_default());
            }
            at += old.len();
        }
        match parts.format {
            Some(_) => {
                let (head, tail) = text.split_at(parts.front_start);
                format!("{head}{line}\n{tail}")
            }
            None => format!("---\n{line}\n---\n{}", parts.body),
        }
    }

    /// A template of an article: without what is the article’s own (identity, title, standfirst, teaser, dates, status).
    pub fn of_article(text: &str, name: &str, sections: &[String]) -> String {
        let mut text = text.to_owned();
        for field in [
            Field::Id,
            Field::Title,
            Field::Standfirst,
            Field::Teaser,
            Field::Date,
            Field::Updated,
            Field::Status,
            Field::Section,
        ] {
            if let Ok(without) = set_field(&text, field, &FieldValue::Absent) {
                text = without;
            }
        }
        let parts = frontmatter::split(&text);
        let is = if parts.format == Some(frontmatter::Format::Toml) {
            " ="
        } else {
            ":"
        };
        let mut about = format!("template{is} {}\n", quoted(name));
        if !sections.is_empty() {
            let names: Vec<String> = sections.iter().map(|name| quoted(name)).collect();
            about.push_str(&format!("for{is} [{}]\n", names.join(", ")));
        }
        match parts.format {
            Some(_) => {
                let (head, tail) = text.split_at(parts.front_start);
                format!("{head}{about}{tail}")
            }
            None => format!("---\n{about}---\n{}", parts.body),
        }
    }

    /// Whether it is for a section: its kind or its path, or that of one above it, is named; one that names none is for all.
    pub fn is_for(&self, path: &str, kind: Option<&str>) -> bool {
        self.sections.is_empty()
            || self.sections.iter().any(|wanted| {
                kind.is_some_and(|kind| kind.eq_ignore_ascii_case(wanted))
                    || path == wanted
                    || path
                        .strip_prefix(wanted.as_str())
                        .is_some_and(|rest| rest.starts_with('/'))
            })
    }

    /// Its text, filled in. What has no value stays for the writer.
    pub fn filled(&self, values: &Values<'_>) -> String {
        let parts = frontmatter::split(&self.text);
        let front_end = parts.front_start + parts.front.len();
        let mut filled = self.text.get(..parts.front_start).unwrap_or_default().to_owned();
        for line in parts.front.split_inclusive('\n') {
            fill(line, values, &mut filled, |value, before, behind| {
                in_front(value, before, behind)
            });
        }
        let rest = self.text.get(front_end..).unwrap_or_default();
        fill(rest, values, &mut filled, |value, _, _| value.to_owned());
        filled
    }
}

/// Writes a text with its `{{…}}` filled in; `set` makes of a value, with what stands before it and behind it, what is
/// written.
fn fill(text: &str, values: &Values<'_>, filled: &mut String, set: impl Fn(&str, &str, &str) -> String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let named = after.split_once("}}").map(|(name, after)| (name.trim(), after));
        let value = named.and_then(|(name, after)| {
            let value = match name {
                "title" => values.title,
                "date" => values.date,
                "author" => values.author,
                "section" => values.section,
                _ => "",
            };
            (!value.is_empty()).then_some((value, after))
        });
        match value {
            Some((value, after)) => {
                let head = text.get(..text.len() - rest.len() + before.len()).unwrap_or_default();
                filled.push_str(&set(value, head, after));
                rest = after;
            }
            None => {
                filled.push_str("{{");
                rest = after;
            }
        }
    }
    filled.push_str(rest);
}

/// A value as it stands in a line of the front matter, between quotes or without: « Le "non" : oui » spoils nothing.
fn in_front(value: &str, before: &str, behind: &str) -> String {
    let value = value.replace(['\n', '\r'], " ");
    let escaped = || value.replace('\\', "\\\\").replace('"', "\\\"");
    if before.matches('"').count() % 2 == 1 {
        return escaped();
    }
    if before.matches('\'').count() % 2 == 1 {
        return value.replace('\'', "''");
    }
    let alone = before.trim_end().ends_with([':', '=', '-', '[', ','])
        && behind.trim_start().trim_start_matches([',', ']']).trim().is_empty();
    let plain = value.chars().all(|one| one.is_alphanumeric() || " -_.’".contains(one))
        && value.starts_with(char::is_alphanumeric);
    if alone && !plain {
        format!("\"{}\"", escaped())
    } else {
        value
    }
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', " ").replace('"', "'").replace('\n', " "))
}

/// The name in an item of a list, `- name`.
fn item(line: &str) -> Option<&str> {
    let name = line.trim_start_matches([' ', '\t']).strip_prefix('-')?;
    name.starts_with([' ', '\t']).then(|| bare(name))
}

fn bare(value: &str) -> &str {
    value.trim().trim_matches(['"', '\'']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_say_what_they_are_for_and_leave_the_rest_to_the_writer() {
        let text = "---\ntemplate: \"Entretien\"\nfor: [entretiens, analyses]\ntags: [entretien]\n---\n\n# {{title}}\n\n{{Question}} {{author}} {{date\n";
        let template = Template::read(text, "x");
        assert_eq!(template.name, "Entretien");
        assert!(template.is_for("a/b", Some("Analyses")) && template.is_for("entretiens/longs", None));
        assert!(!template.is_for("a", Some("edito")));
        let values = Values {
            title: "Un titre",
            ..Values::default()
        };
        assert_eq!(
            template.filled(&values),
            "---\ntags: [entretien]\n---\n\n# Un titre\n\n{{Question}} {{author}} {{date\n"
        );
    }

    #[test]
    fn what_is_filled_in_spoils_no_front_matter() {
        let text = "---\na: {{title}}\nb: \"le {{title}}\"\nc: '{{title}}'\nd: [{{author}}, x]\ne: {{date}}\n---\n\n{{title}}\n";
        let template = Template::read(text, "x");
        let values = Values {
            title: "Le \"non\" : d'où ?",
            date: "2026-11-26",
            author: "Nour",
            section: "",
        };
        assert_eq!(
            template.filled(&values),
            "---\na: \"Le \\\"non\\\" : d'où ?\"\nb: \"le Le \\\"non\\\" : d'où ?\"\nc: 'Le \"non\" : d''où ?'\nd: [Nour, x]\ne: 2026-11-26\n---\n\nLe \"non\" : d'où ?\n"
        );
    }

    #[test]
    fn the_sections_of_a_template_may_stand_below_one_another() {
        let text = "---\ntemplate: T\nfor:\n  - edito\n- \"a/b\"\ntags:\n  - c\n---\n\nTexte\n";
        let template = Template::read(text, "x");
        assert_eq!(template.sections, ["edito", "a/b"]);
        assert_eq!(template.text, "---\ntags:\n  - c\n---\n\nTexte\n");
    }

    #[test]
    fn a_piece_can_be_made_a_template() {
        let piece = "---\nid: x\ntitle: T\ncle: v\nstatus: draft\n---\n\nTexte\n";
        let made = Template::of_article(piece, "Mon \"modèle\"", &["edito".to_owned()]);
        assert_eq!(
            made,
            "---\ntemplate: \"Mon 'modèle'\"\nfor: [\"edito\"]\ncle: v\n---\n\nTexte\n"
        );
        assert_eq!(Template::read(&made, "x").text, "---\ncle: v\n---\n\nTexte\n");
        assert_eq!(Template::read("mots\n", "x").text, "mots\n");
        let renamed = Template::file_renamed(&made, "Autre");
        assert_eq!(renamed, made.replace("Mon 'modèle'", "Autre"));
        assert_eq!(
            Template::file_renamed("mots\n", "N"),
            "---\ntemplate: \"N\"\n---\nmots\n"
        );
        assert_eq!(
            Template::read(&Template::file_renamed("---\na: b\n---\nx\n", "N"), "x").name,
            "N"
        );
    }
}
