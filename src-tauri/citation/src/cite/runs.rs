//! From what the setter of citations answers, a tree, to runs of text.

use citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use edito_prose::{Destination, Lang, Look, Run};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use crate::markup::{Piece, pieces};

/// What was typed around a work of a citation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Affixes<'a> {
    pub prefix: &'a str,
    pub suffix: &'a str,
    pub without_author: bool,
}

/// Follows a tree, and writes runs.
pub(super) struct Flow<'a> {
    lang: &'a Lang,
    leads_to: &'a [Option<Destination>],
    affixes: &'a [Affixes<'a>],
    runs: Vec<Run>,
    /// The work that is written.
    item: Option<usize>,
    /// What the tags of a text itself say.
    tagged: Look,
    /// An author was left out, and what parted it from the rest is, too.
    after_gap: bool,
    /// It is left out once: other names of the same work stay.
    gap_passed: bool,
    /// How long the last text is, in bytes, if all that it does is to part what is before it from what follows.
    parts: usize,
}

impl<'a> Flow<'a> {
    /// Each work (by its place in the citation) leads somewhere and has something typed around it.
    pub(super) fn new(lang: &'a Lang, leads_to: &'a [Option<Destination>], affixes: &'a [Affixes<'a>]) -> Flow<'a> {
        Flow {
            lang,
            leads_to,
            affixes,
            runs: Vec::new(),
            item: None,
            tagged: Look::default(),
            after_gap: false,
            gap_passed: false,
            parts: 0,
        }
    }

    /// The runs of a tree.
    pub(super) fn of(mut self, tree: &ElemChildren) -> Vec<Run> {
        self.children(tree);
        while let Some(last) = self.runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            self.runs.pop();
        }
        self.runs
    }

    fn children(&mut self, tree: &ElemChildren) {
        for child in &tree.0 {
            self.child(child);
        }
    }

    fn child(&mut self, child: &ElemChild) {
        match child {
            ElemChild::Text(text) => self.text(&text.text, look(&text.formatting), None),
            ElemChild::Markup(text) => self.text(text, Look::default(), None),
            ElemChild::Link { text, url } => {
                let web = url.starts_with("https://") || url.starts_with("http://");
                let address = web.then(|| Destination::Address(url.clone()));
                self.text(&text.text, look(&text.formatting), address);
            }
            ElemChild::Transparent { .. } => {}
            ElemChild::Elem(elem) => {
                let hides = matches!(elem.meta, Some(ElemMeta::Names(_)))
                    && self.affix().is_some_and(|affixes| affixes.without_author)
                    && !self.gap_passed;
                if hides {
                    self.after_gap = true;
                    return;
                }
                if let Some(ElemMeta::Entry(at)) = elem.meta {
                    self.entry(at, &elem.children);
                    return;
                }
                if matches!(
                    elem.display,
                    Some(Display::Block | Display::Indent | Display::RightInline)
                ) && self.runs.last().is_some_and(|run| !run.text.ends_with(' '))
                {
                    self.push(" ".to_owned(), Look::default(), None);
                }
                self.children(&elem.children);
            }
        }
    }

    fn entry(&mut self, at: usize, children: &ElemChildren) {
        let outer = self.item.replace(at);
        self.after_gap = false;
        self.gap_passed = false;
        let affixes = self.affix();
        if let Some(Affixes { prefix, .. }) = affixes.filter(|affixes| !affixes.prefix.trim().is_empty()) {
            let blank = prefix.ends_with([' ', '\'', '’', '(', '\u{a0}']);
            self.push(
                format!("{prefix}{}", if blank { "" } else { " " }),
                Look::default(),
                None,
            );
        }
        self.children(children);
        if let Some(Affixes { suffix, .. }) = affixes.filter(|affixes| !affixes.suffix.trim().is_empty()) {
            let blank = suffix.starts_with([' ', ',', ';', '.', ':', ')']);
            self.push(
                format!("{}{suffix}", if blank { "" } else { " " }),
                Look::default(),
                None,
            );
        }
        self.item = outer;
    }

    fn affix(&self) -> Option<Affixes<'a>> {
        self.affixes.get(self.item?).copied()
    }

    fn text(&mut self, text: &str, look: Look, address: Option<Destination>) {
        let mut text = text;
        if self.after_gap {
            text = text.trim_start_matches([' ', ',', ';', ':', '.', '\u{a0}']);
            if text.is_empty() {
                return;
            }
            self.after_gap = false;
            self.gap_passed = true;
        }
        let leads_to = address.or_else(|| self.leads_to.get(self.item?).cloned().flatten());
        for piece in pieces(text) {
            match piece {
                Piece::Tag(tag) => tag.change(&mut self.tagged),
                Piece::Text(part) => {
                    let look = Look {
                        // A title in italics within one in italics is upright.
                        italic: look.italic != self.tagged.italic,
                        bold: look.bold || self.tagged.bold,
                        small_caps: look.small_caps || self.tagged.small_caps,
                        raised: look.raised || self.tagged.raised,
                        lowered: look.lowered || self.tagged.lowered,
                        ..look
                    };
                    self.push(part.to_owned(), look, leads_to.clone());
                }
            }
        }
    }

    fn push(&mut self, text: String, look: Look, leads_to: Option<Destination>) {
        if text.is_empty() {
            return;
        }
        let mut text = self.close_up(self.set(text));
        if text.is_empty() {
            return;
        }
        // « éd. » and the full stop behind it are one.
        let stopped = self
            .runs
            .last()
            .map(|run| run.text.trim_end_matches('”'))
            .is_some_and(|text| text.ends_with('.') && !text.ends_with(".."));
        if stopped && text.starts_with('.') && !text.starts_with("..") {
            text.remove(0);
        }
        // Where a style has nothing to put between them.
        while let Some(at) = text
            .find("..")
            .filter(|at| !text.get(*at..).is_some_and(|rest| rest.starts_with("...")))
        {
            text.remove(at);
        }
        for empty in [" ()", " []"] {
            text = text.replace(empty, "");
        }
        if text.is_empty() {
            return;
        }
        let is_parting = |one: char| matches!(one, ',' | ';' | ':') || one.is_whitespace();
        self.parts = if text.chars().all(is_parting) { text.len() } else { 0 };
        match self.runs.last_mut() {
            Some(last) if last.look == look && last.leads_to == leads_to => last.text.push_str(&text),
            _ => self.runs.push(Run { text, look, leads_to }),
        }
    }

    /// Takes back what was put before something that turned out to be nothing: « (2023a,) », « *J*, . », two spaces, a space
    /// before a comma. Only what the style puts between is looked at, never within the words of a work.
    fn close_up(&mut self, text: String) -> String {
        let mut text = text.replace("  ", " ");
        let closes = |text: &str| {
            let mut text = text.chars();
            let (first, second) = (text.next(), text.next());
            matches!(first, Some(')' | ']')) || first == Some('.') && second.is_none_or(char::is_whitespace)
        };
        while let Some(rest) = text
            .strip_prefix([',', ';', ':'])
            .map(|rest| rest.trim_start_matches(' '))
            && closes(rest)
        {
            text = rest.to_owned();
        }
        let mut rest = text.trim_start_matches(' ').chars();
        let (first, second) = (rest.next(), rest.next());
        let stands_alone = second.is_none_or(|next| next.is_whitespace() || ").,]”»".contains(next));
        let closes = match first {
            Some(')' | ']') => true,
            Some('.' | ',' | ';') => stands_alone,
            _ => false,
        };
        let parts = std::mem::take(&mut self.parts);
        let Some(last) = self.runs.last_mut() else { return text };
        if closes && parts > 0 {
            last.text.truncate(last.text.len().saturating_sub(parts));
        }
        if closes && first != Some(';') {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            text.drain(..text.len() - text.trim_start_matches(' ').len());
        } else if last.text.ends_with(' ') {
            text.drain(..text.len() - text.trim_start_matches(' ').len());
        }
        if last.text.is_empty() {
            self.runs.pop();
        }
        text
    }

    /// Apostrophes as the page sets them.
    fn set(&self, text: String) -> String {
        if !text.contains('\'') || *self.lang == Lang::Ar {
            return text;
        }
        let mut before = self.runs.last().and_then(|run| run.text.chars().next_back());
        text.chars()
            .map(|one| {
                let set = if one == '\'' && before.is_some_and(char::is_alphanumeric) {
                    '’'
                } else {
                    one
                };
                before = Some(one);
                set
            })
            .collect()
    }
}

fn look(formatting: &Formatting) -> Look {
    Look {
        italic: formatting.font_style == FontStyle::Italic,
        bold: formatting.font_weight == FontWeight::Bold,
        small_caps: formatting.font_variant == FontVariant::SmallCaps,
        underlined: formatting.text_decoration == TextDecoration::Underline,
        raised: formatting.vertical_align == VerticalAlign::Sup,
        lowered: formatting.vertical_align == VerticalAlign::Sub,
    }
}
