//! Quotations that go on over paragraphs: each paragraph opens with a mark, or the first alone, and the last closes.

use super::Rule;
use super::common::edit;
use super::line::{Characters, Line};
use crate::language::Lang;
use crate::typography::{is_digit, opens_after};

/// Sets the straight marks that have their partner in another paragraph.
pub(super) fn quotations(lines: &mut [Line], article: &Lang) {
    let all: Vec<Marks> = lines.iter().map(Marks::of).collect();
    let mut at = 0;
    while at < all.len() {
        match end_of(&all, at) {
            Some(last) => {
                for (line, marks) in lines.iter_mut().zip(&all).skip(at).take(last - at + 1) {
                    set(line, marks, article);
                }
                at = last;
            }
            None => at += 1,
        }
    }
}

/// Whoever speaks longer has no mark that closes.
const MOST_PARAGRAPHS: usize = 12;

/// What a paragraph has of marks.
struct Marks {
    quoted: bool,
    /// It begins with a mark that opens, straight or not.
    begins: bool,
    /// It has marks, straight or not.
    any: bool,
    /// Straight ones without a partner.
    opens: Vec<usize>,
    closes: Vec<usize>,
}

impl Marks {
    fn of(line: &Line) -> Self {
        let (mut opens, mut closes, mut any) = (Vec::new(), Vec::new(), false);
        let mut previous = None;
        let mut glyphs = line.glyphs.iter().enumerate().peekable();
        while let Some((at, glyph)) = glyphs.next() {
            any |= matches!(glyph.character, '"' | '«' | '»' | '“' | '”');
            if glyph.character == '"' && !glyph.fixed {
                let next = glyphs.peek().map(|(_, next)| next.character);
                let ends = next.is_none_or(|next| !next.is_alphanumeric());
                let is_sentence = previous.is_some_and(|last: char| ".!?…,".contains(last))
                    || next.is_some_and(|next| ".,;:!?…".contains(next));
                if (opens.is_empty() || !ends) && opens_after(previous) {
                    opens.push(at);
                } else if opens.pop().is_none() && ends && is_sentence && !is_digit(previous) {
                    closes.push(at);
                }
            }
            previous = Some(glyph.character);
        }
        Self {
            quoted: line.quoted,
            begins: line
                .glyphs
                .first()
                .is_some_and(|first| "\"«“".contains(first.character)),
            any,
            opens,
            closes,
        }
    }

    fn is_open(&self) -> bool {
        self.opens.len() == 1 && self.closes.is_empty()
    }
}

/// The paragraph that ends the quotation which one leaves open.
fn end_of(all: &[Marks], first: usize) -> Option<usize> {
    let open = all.get(first).filter(|marks| marks.is_open())?;
    let behind = all.iter().enumerate().skip(first + 1).take(MOST_PARAGRAPHS);
    let mut reopens = None;
    for (at, marks) in behind {
        if marks.quoted != open.quoted {
            return None;
        }
        if *reopens.get_or_insert(marks.begins) {
            match (marks.begins, marks.is_open(), marks.opens.is_empty()) {
                (true, true, _) => {}
                (true, false, true) => return marks.closes.is_empty().then_some(at),
                _ => return None,
            }
        } else if marks.any {
            let closes = marks.opens.is_empty() && marks.closes.len() == 1;
            return closes.then_some(at);
        }
    }
    None
}

fn set(line: &mut Line, marks: &Marks, article: &Lang) {
    let (open, close, rule) = match line.language(article) {
        Lang::Fr => ('«', '»', Rule::Guillemets),
        Lang::En => ('“', '”', Rule::EnglishQuotes),
        _ => return,
    };
    line.edit(|_: Characters<'_>| {
        let opens = marks.opens.iter().map(|at| edit(*at..at + 1, open, rule));
        let closes = marks.closes.iter().map(|at| edit(*at..at + 1, close, rule));
        opens.chain(closes).collect()
    });
}
