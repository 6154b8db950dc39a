//! A redline as CriticMarkup, written and read.
//!
//! `{++came++}`, `{--gone--}`, `{~~old~>new~~}`. The two ends of a move are a deletion and an insertion with one name
//! behind them: `{--moved--}{#m1}` … `{++moved++}{#m1}`. Marks stand around whole links, spans and blocks of code, in
//! which CriticMarkup is not read.
//!
//! Where a text itself says what would be read as a mark, a backslash stands before its brace (`\{++`, within a mark
//! `++\}` and `~\>`), and backslashes that stand before such a sign already are doubled. All others are as they were.
//! Read back by [`from_critic`], every text comes out to the byte.

mod whole;
mod writer;

use self::whole::{Kind, Piece, around_code, around_links};
use self::writer::{Place, Writer};
use super::{Mismatch, Nature, Redline, What};

/// What a text in CriticMarkup says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CriticText {
    /// The text with every change refused.
    pub old: String,
    /// The text with every change accepted.
    pub new: String,
    /// The names of marks that have one (`{#m1}`), in order; a move names both of its ends.
    pub names: Vec<String>,
}

impl Redline {
    /// The old text with its changes in CriticMarkup. Without `typography`, changes of typography alone are not marked:
    /// the new text stands there, and refusing every change gives the old words in it.
    ///
    /// # Errors
    /// [`Mismatch`] when `old` is another text.
    pub fn to_critic(&self, old: &str, typography: bool) -> Result<String, Mismatch> {
        let new = self.apply(old)?;
        let mut pieces: Vec<Piece> = Vec::with_capacity(self.ops.len());
        for op in &self.ops {
            let kind = match &op.what {
                What::Same => Kind::Same,
                What::Change { nature, .. } if *nature == Nature::Typography && !typography => Kind::Folded,
                What::Change { .. } => Kind::Change,
                What::MovedFrom { id } => Kind::From(*id),
                What::MovedTo { id } => Kind::To(*id),
            };
            pieces.push(Piece {
                old: op.old.clone(),
                new: op.new.clone(),
                kind,
            });
        }
        let pieces = around_links(pieces, old, &new);
        let pieces = around_code(pieces, old, |piece| &piece.old);
        let pieces = around_code(pieces, &new, |piece| &piece.new);
        let mut out = Writer::default();
        for piece in &pieces {
            let (gone, came) = (&old[piece.old.clone()], &new[piece.new.clone()]);
            match piece.kind {
                Kind::Same | Kind::Folded => out.literal(came, Place::Outside),
                Kind::From(id) => {
                    out.marked("{--", gone, "--}");
                    out.mark(&format!("{{#m{id}}}"));
                }
                Kind::To(id) => {
                    out.marked("{++", came, "++}");
                    out.mark(&format!("{{#m{id}}}"));
                }
                Kind::Change if gone.is_empty() => out.marked("{++", came, "++}"),
                Kind::Change if came.is_empty() => out.marked("{--", gone, "--}"),
                Kind::Change => {
                    out.mark("{~~");
                    out.literal(gone, Place::Substituted);
                    out.mark("~>");
                    out.literal(came, Place::Substituted);
                    out.mark("~~}");
                }
            }
        }
        Ok(out.finish())
    }
}

/// Reads CriticMarkup. A mark that nothing closes is text; what is marked (`{==a==}`) is text, and comments (`{>>c<<}`)
/// are left out on both sides.
pub fn from_critic(text: &str) -> CriticText {
    let mut found = CriticText::default();
    let mut at = 0;
    let mut behind_mark = None;
    // Kinds that are known to be closed nowhere in what is left.
    let mut open: Vec<&str> = Vec::new();
    while let Some(next) = text[at..].find(['{', '\\']) {
        both(&mut found, &text[at..at + next]);
        at += next;
        let rest = &text[at..];
        if rest.starts_with('\\') {
            let special = |sign, place: usize| sign == '{' && (opens(text, place) || behind_mark == Some(at));
            let (said, length) = escaped(text, at, special);
            both(&mut found, &said);
            at += length;
            continue;
        }
        let kind = KINDS.iter().find(|(start, _)| rest.starts_with(start));
        let Some((start, end)) = kind.filter(|(start, _)| !open.contains(start)) else {
            both(&mut found, "{");
            at += 1;
            continue;
        };
        let Some((gone, came, length)) = inside(text, at + 3, start, end) else {
            open.push(start);
            continue;
        };
        match *start {
            "{++" => found.new.push_str(&gone),
            "{--" => found.old.push_str(&gone),
            "{==" => both(&mut found, &gone),
            "{>>" => {}
            _ => {
                found.old.push_str(&gone);
                found.new.push_str(&came);
            }
        }
        at += 3 + length;
        if let Some(name) = name_at(&text[at..]) {
            found.names.push(name.to_owned());
            at += name.len() + 3;
        }
        behind_mark = Some(at);
    }
    both(&mut found, &text[at..]);
    found
}

/// How marks begin and end.
const KINDS: [(&str, &str); 5] = [
    ("{++", "++}"),
    ("{--", "--}"),
    ("{~~", "~~}"),
    ("{==", "==}"),
    ("{>>", "<<}"),
];

/// Whether the brace at a place begins a mark.
fn opens(text: &str, brace: usize) -> bool {
    let signs = text.as_bytes().get(brace + 1..brace + 3);
    signs.is_some_and(|signs| matches!(signs, b"++" | b"--" | b"~~" | b"==" | b">>"))
}

/// Whether a brace at a place would end a mark.
fn closes(text: &str, brace: usize) -> bool {
    let signs = text.as_bytes().get(brace.saturating_sub(2)..brace);
    signs.is_some_and(|signs| matches!(signs, b"++" | b"--" | b"~~" | b"==" | b"<<"))
}

/// The name of a mark, behind its end.
fn name_at(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix("{#")?;
    let length = rest
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    (length > 0 && rest[length..].starts_with('}')).then_some(&rest[..length])
}

fn both(found: &mut CriticText, text: &str) {
    found.old.push_str(text);
    found.new.push_str(text);
}

/// What a run of backslashes says, with the sign behind it if they escape it; and how many bytes that is. Whether the
/// sign is special is asked with its place.
fn escaped(text: &str, at: usize, is_special: impl Fn(char, usize) -> bool) -> (String, usize) {
    let rest = &text[at..];
    let run = rest.len() - rest.trim_start_matches('\\').len();
    match rest[run..].chars().next().filter(|sign| is_special(*sign, at + run)) {
        Some(sign) if run % 2 == 1 => ("\\".repeat(run / 2) + sign.encode_utf8(&mut [0; 4]), run + 1),
        Some(_) => ("\\".repeat(run / 2), run),
        None => ("\\".repeat(run), run),
    }
}

/// What stands in a mark that begins before `from`, both sides of a substitution, and the bytes up to behind its end;
/// nothing where no end is.
fn inside(text: &str, from: usize, start: &str, end: &str) -> Option<(String, String, usize)> {
    let substituted = start == "{~~";
    let (mut gone, mut came) = (String::new(), String::new());
    let mut parted = false;
    let mut at = from;
    loop {
        let next = text[at..].find(['\\', '+', '-', '~', '=', '<'])?;
        let side = if parted { &mut came } else { &mut gone };
        side.push_str(&text[at..at + next]);
        at += next;
        let rest = &text[at..];
        if rest.starts_with('\\') {
            let special = |sign, place| match sign {
                '{' => opens(text, place),
                '}' => closes(text, at),
                '>' => substituted && at > from && text[..at].ends_with('~'),
                _ => false,
            };
            let (said, length) = escaped(text, at, special);
            side.push_str(&said);
            at += length;
        } else if rest.starts_with(end) && (parted || !substituted) {
            return Some((gone, came, at + 3 - from));
        } else if substituted && !parted && rest.starts_with("~>") {
            parted = true;
            at += 2;
        } else {
            side.push_str(&rest[..1]);
            at += 1;
        }
    }
}
