//! Citations as they read, and the list of what is cited.
//!
//! Before the tree is written, each citation in it becomes a node of its own (`NodeValue::Raw`, which no parser makes,
//! with the number of the citation). Where the style sets citations in notes, notes and citations are numbered together,
//! in the order of their calls.

mod notes;

use comrak::Arena;
use comrak::nodes::{Ast, AstNode, NodeValue};

use super::Page;
use super::escape::{escape, escape_address};
use crate::citations::{marks, runs};
use crate::fold::fold;
use crate::outline::inline_text;
use crate::{frontmatter, markdown};

/// What the citations of a text read as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitedText {
    /// For each citation of the text what it reads as; `None` leaves it as it is typed.
    pub marks: Vec<Option<CitedMark>>,
    /// What is cited, in the order of the list; empty when there is to be none.
    pub references: Vec<Reference>,
    /// What stands above the list where the text has no heading for it.
    pub heading: String,
    /// Whether the lines of an entry after the first are indented.
    pub hanging: bool,
}

/// What a citation reads as.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CitedMark {
    /// What stands in the sentence.
    pub inline: Vec<Run>,
    /// What stands in a note that is called there; empty where there is none. Within a note it stands in the note’s text.
    pub note: Vec<Run>,
    /// Keys that nothing is known of.
    pub unknown: Vec<String>,
}

/// An entry of the list of what is cited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reference {
    /// What it is cited by.
    pub key: String,
    /// What it reads as.
    pub text: Vec<Run>,
}

/// Text set in one way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// What is read.
    pub text: String,
    /// How it is set.
    pub look: Look,
    /// Where it leads.
    pub leads_to: Option<Destination>,
}

/// How text is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Look {
    pub italic: bool,
    pub bold: bool,
    pub small_caps: bool,
    pub underlined: bool,
    pub raised: bool,
    pub lowered: bool,
}

/// Where a part of a citation leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// An entry of [`CitedText::references`], by its place.
    Reference(usize),
    /// The web.
    Address(String),
}

/// The number of the note in which each citation of a text (those that [`crate::citations()`] finds) stands where its style
/// sets citations in notes: of its own note, or of the one that it is written in. `shown` tells which of them are no
/// citations after all; these have none (0).
pub fn note_numbers(text: &str, shown: &[bool]) -> Vec<u32> {
    let parts = frontmatter::split(text);
    if !markdown::is_within_limits(parts.body) {
        return vec![0; shown.len()];
    }
    let arena = Arena::new();
    let root = markdown::parse(&arena, parts.body);
    let mark = CitedMark {
        note: vec![Run::default()],
        ..CitedMark::default()
    };
    let cited = CitedText {
        marks: shown.iter().map(|shown| shown.then(|| mark.clone())).collect(),
        ..CitedText::default()
    };
    mark_citations(&arena, root, parts.body, &cited);
    notes::call(&arena, root, &cited)
}

/// Puts citations and the list of what is cited into the tree of a body.
pub(super) fn place<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>, body: &str, cited: &CitedText) {
    mark_citations(arena, root, body, cited);
    if cited.marks.iter().flatten().any(|mark| !mark.note.is_empty()) {
        notes::call(arena, root, cited);
    }
    if !cited.references.is_empty() {
        place_references(arena, root);
    }
}

/// Makes each citation a node of its own.
fn mark_citations<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>, body: &str, cited: &CitedText) {
    let lines = runs::Lines::of(body, 0);
    let mut number = 0;
    for run in runs::of(root).collect::<Vec<_>>() {
        let letters = run.letters(&lines);
        let mut found = Vec::new();
        for mark in marks::read(&letters) {
            if cited.marks.get(number).is_some_and(Option::is_some) {
                found.push((mark.letters, number));
            }
            number += 1;
        }
        if !found.is_empty() {
            divide(arena, &run.nodes, &letters, &found);
        }
    }
}

impl Page<'_> {
    /// Writes what a node of this module’s own stands for.
    pub(super) fn cited(&mut self, what: &str) {
        let Some(cited) = self.context.citations else {
            return;
        };
        if let Some(heading) = what.strip_prefix(REFERENCES) {
            self.references(cited, heading.is_empty());
            return;
        }
        let in_note = what.strip_prefix(NOTE);
        let author = what.strip_prefix(notes::AUTHOR);
        let Ok(number) = in_note.or(author).unwrap_or(what).parse::<usize>() else {
            return;
        };
        let Some(Some(mark)) = cited.marks.get(number) else {
            return;
        };
        if in_note.is_some() {
            self.runs(&mark.note);
            return;
        }
        self.write(format_args!(
            "<span class=\"citation{}\" id=\"cite-{number}\"",
            if mark.unknown.is_empty() {
                ""
            } else {
                " citation-unknown"
            }
        ));
        if !mark.unknown.is_empty() {
            self.html.push_str(" data-unknown=\"");
            escape(&mark.unknown.join(" "), &mut self.html);
            self.html.push('"');
        }
        self.html.push('>');
        self.runs(&mark.inline);
        // Within a note, and where there are too many to call notes for them.
        if !mark.note.is_empty() && author.is_none() {
            if !mark.inline.is_empty() {
                self.html.push_str(", ");
            }
            self.runs(&mark.note);
        }
        self.html.push_str("</span>");
        self.quotes.pass('x');
    }

    fn runs(&mut self, runs: &[Run]) {
        let mut open: Option<&Destination> = None;
        for run in runs {
            if run.leads_to.as_ref() != open {
                if open.is_some() {
                    self.html.push_str("</a>");
                }
                open = run.leads_to.as_ref();
                match open {
                    Some(Destination::Reference(at)) => {
                        let number = at + 1;
                        self.write(format_args!("<a class=\"citation-ref\" href=\"#ref-{number}\">"));
                    }
                    Some(Destination::Address(address)) => {
                        self.html.push_str("<a data-external href=\"");
                        escape_address(address, &mut self.html);
                        self.html.push_str("\" rel=\"noopener noreferrer\">");
                    }
                    None => {}
                }
            }
            let tags = run.look.tags();
            for (tag, _) in tags.iter().filter(|(_, on)| *on) {
                self.write(format_args!("<{tag}>"));
            }
            escape(&run.text, &mut self.html);
            for (tag, _) in tags.iter().rev().filter(|(_, on)| *on) {
                let name = tag.split(' ').next().unwrap_or_default();
                self.write(format_args!("</{name}>"));
            }
        }
        if open.is_some() {
            self.html.push_str("</a>");
        }
    }

    fn references(&mut self, cited: &CitedText, heading: bool) {
        self.html.push_str("<section class=\"references");
        self.html
            .push_str(if cited.hanging { " references-hanging" } else { "" });
        self.html.push_str("\" role=\"doc-bibliography\" aria-label=\"");
        escape(&cited.heading, &mut self.html);
        self.html.push_str("\">\n");
        if heading {
            self.html.push_str("<h2 id=\"references\" dir=\"auto\">");
            escape(&cited.heading, &mut self.html);
            self.html.push_str("</h2>\n");
        }
        self.html.push_str("<ul>\n");
        for (at, reference) in cited.references.iter().enumerate() {
            self.write(format_args!("<li id=\"ref-{}\" dir=\"auto\" data-key=\"", at + 1));
            escape(&reference.key, &mut self.html);
            self.html.push_str("\">");
            self.runs(&reference.text);
            // The way back to where it is cited first; from notes, the notes lead on.
            let first = cited.marks.iter().position(|mark| {
                let runs = mark.iter().flat_map(|mark| &mark.inline);
                runs.into_iter()
                    .any(|run| run.leads_to == Some(Destination::Reference(at)))
            });
            if let Some(first) = first {
                self.write(format_args!(
                    " <a class=\"footnote-back\" href=\"#cite-{first}\" role=\"doc-backlink\" aria-label=\"↩ {}\">↩</a>",
                    at + 1
                ));
            }
            self.html.push_str("</li>\n");
        }
        self.html.push_str("</ul>\n</section>\n");
    }
}

impl Look {
    fn tags(self) -> [(&'static str, bool); 6] {
        [
            ("em", self.italic),
            ("strong", self.bold),
            ("span class=\"small-caps\"", self.small_caps),
            ("u", self.underlined),
            ("sup", self.raised),
            ("sub", self.lowered),
        ]
    }
}

/// The node of the list, with a word behind it where its heading stands in the text.
const REFERENCES: &str = "references ";
/// The node of a citation in its note, with the number of the citation behind it.
const NOTE: &str = "note ";

/// Headings that the list of what is cited stands under, folded.
const HEADINGS: [&str; 14] = [
    "references",
    "reference",
    "reference list",
    "references bibliographiques",
    "bibliographie",
    "bibliography",
    "works cited",
    "ouvrages cites",
    "sources",
    "sources citees",
    "travaux cites",
    "المراجع",
    "المصادر",
    "مراجع",
];

fn node<'a>(arena: &'a Arena<'a>, value: NodeValue, like: &'a AstNode<'a>) -> &'a AstNode<'a> {
    let position = like.data().sourcepos;
    arena.alloc(AstNode::new(Ast::new_with_sourcepos(value, position).into()))
}

/// Divides a run of text into what stands around citations and the citations, each with its number.
fn divide<'a>(
    arena: &'a Arena<'a>,
    nodes: &[&'a AstNode<'a>],
    letters: &[marks::Letter],
    found: &[(std::ops::Range<usize>, usize)],
) {
    let Some(first) = nodes.first() else { return };
    let mut text = String::new();
    let mut marks = found.iter().peekable();
    let mut made = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        if let Some((range, number)) = marks.next_if(|(range, _)| range.start == at) {
            if !text.is_empty() {
                made.push(NodeValue::Text(std::mem::take(&mut text).into()));
            }
            made.push(NodeValue::Raw(number.to_string()));
            at = range.end.max(at + 1);
            continue;
        }
        // Line ends are nodes between texts; a text has none.
        if letter.character == '\n' {
            if !text.is_empty() {
                made.push(NodeValue::Text(std::mem::take(&mut text).into()));
            }
            made.push(NodeValue::SoftBreak);
        } else {
            text.push(letter.character);
        }
        at += 1;
    }
    if !text.is_empty() {
        made.push(NodeValue::Text(text.into()));
    }
    for value in made {
        first.insert_before(node(arena, value, first));
    }
    for old in nodes {
        old.detach();
    }
}

/// Puts the list where the text wants it: in the place of `::: {#refs}`, under a last heading that is called so, else at
/// the end, before the notes.
fn place_references<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>) {
    let blocks = || root.children().filter(|block| !is_note(block));
    let marked = blocks().find(|block| {
        let words = match block.data().value {
            NodeValue::Paragraph => inline_text(block),
            _ => return false,
        };
        words.starts_with(":::") && words.contains("#refs")
    });
    if let Some(place) = marked {
        place.insert_before(node(arena, NodeValue::Raw(format!("{REFERENCES}there")), place));
        // What closes it may stand in a paragraph of its own.
        if !inline_text(place).trim_end().ends_with(" :::")
            && let Some(next) = place.next_sibling()
            && matches!(next.data().value, NodeValue::Paragraph)
            && inline_text(next).trim() == ":::"
        {
            next.detach();
        }
        place.detach();
        return;
    }
    let Some(last) = blocks().last() else { return };
    let is_heading =
        matches!(last.data().value, NodeValue::Heading(_)) && HEADINGS.contains(&fold(&inline_text(last)).trim());
    let heading = if is_heading { "there" } else { "" };
    last.insert_after(node(arena, NodeValue::Raw(format!("{REFERENCES}{heading}")), last));
}

fn is_note<'a>(block: &'a AstNode<'a>) -> bool {
    matches!(block.data().value, NodeValue::FootnoteDefinition(_))
}

#[cfg(test)]
mod tests;
