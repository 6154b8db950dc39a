//! Stretches of a paragraph that look like text and are none: CriticMarkup, citations, templates, formulas, addresses.

use super::line::Line;

/// Fixes what no rule may change.
pub(crate) fn protect(line: &mut Line) {
    let text: Vec<char> = line.glyphs.iter().map(|glyph| glyph.character).collect();
    let mut spans = Vec::new();
    let mut at = 0;
    // Each closing mark is looked for once: when there is none, there is none further on.
    let mut gone: Vec<&str> = Vec::new();
    while at < text.len() {
        let Some((open, close, whole)) = MARKED.iter().find(|(open, _, _)| starts(&text, at, open)) else {
            at += 1;
            continue;
        };
        let inside = at + open.chars().count();
        let end = if gone.contains(close) {
            None
        } else {
            find(&text, inside, close)
        };
        match end {
            Some(end) if *whole => {
                spans.push(at..end);
                at = end;
            }
            Some(end) => {
                spans.push(at..inside);
                spans.push(end - close.chars().count()..end);
                at = inside;
            }
            None => {
                gone.push(close);
                at = inside;
            }
        }
    }
    formulas(&text, &mut spans);
    tokens(&text, &mut spans);
    for span in spans {
        if let Some(glyphs) = line.glyphs.get_mut(span) {
            glyphs.iter_mut().for_each(|glyph| glyph.fixed = true);
        }
    }
}

/// What opens, what closes, and whether what is between is left alone as well.
const MARKED: [(&str, &str, bool); 14] = [
    ("{++", "++}", false),
    ("{==", "==}", false),
    ("{--", "--}", true),
    ("{>>", "<<}", true),
    ("{~~", "~~}", true),
    ("{{", "}}", true),
    ("{%", "%}", true),
    ("{#", "}", true),
    ("{.", "}", true),
    ("{:", "}", true),
    ("[@", "]", true),
    ("[^", "]", true),
    ("[!", "]", true),
    ("$$", "$$", true),
];

fn starts(text: &[char], at: usize, what: &str) -> bool {
    what.chars()
        .enumerate()
        .all(|(offset, character)| text.get(at + offset) == Some(&character))
}

fn find(text: &[char], from: usize, what: &str) -> Option<usize> {
    (from..text.len())
        .find(|at| starts(text, *at, what))
        .map(|at| at + what.chars().count())
}

/// `$x'$`: a dollar right before something and one right after it, with no digit behind (Pandoc's rule, for `$` is money
/// as well).
fn formulas(text: &[char], spans: &mut Vec<std::ops::Range<usize>>) {
    let mut open: Option<usize> = None;
    for (at, character) in text.iter().enumerate() {
        let solid = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|next| !next.is_whitespace());
        match character {
            '\n' => open = None,
            '$' => {
                let closes = solid(at.checked_sub(1)) && !text.get(at + 1).is_some_and(char::is_ascii_digit);
                match open {
                    Some(start) if closes && at > start + 1 => {
                        spans.push(start..at + 1);
                        open = None;
                    }
                    _ => open = solid(Some(at + 1)).then_some(at),
                }
            }
            _ => {}
        }
    }
}

/// Addresses of pages and mailboxes, paths, names of files.
fn tokens(text: &[char], spans: &mut Vec<std::ops::Range<usize>>) {
    let ends = |character: char| character.is_whitespace() || "«»“”\"()[]<>".contains(character);
    let mut at = 0;
    while at < text.len() {
        if text.get(at).is_some_and(|character| ends(*character)) {
            at += 1;
            continue;
        }
        let end = (at..text.len()).find(|end| text.get(*end).is_some_and(|character| ends(*character)));
        let mut end = end.unwrap_or(text.len());
        let next = end;
        // The mark that ends the sentence is not part of the address.
        while end > at
            && text
                .get(end - 1)
                .is_some_and(|character| ".,;:!?'’…".contains(*character))
        {
            end -= 1;
        }
        if let Some(token) = text.get(at..end).filter(|token| is_address(token)) {
            spans.push(at..at + token.len());
        }
        at = next;
    }
}

fn is_address(token: &[char]) -> bool {
    let has = |what: &str| find(token, 0, what).is_some();
    let inner = token.iter().skip(1);
    starts(token, 0, "www.")
        || starts(token, 0, "--") && token.get(2).is_some_and(|next| next.is_ascii_lowercase())
        || starts(token, 0, "../")
        || starts(token, 0, "./")
        || has("://")
        || has("::")
        || token.contains(&'\\')
        || (token.contains(&'@') && inner.clone().any(|character| *character == '.'))
        || (token.contains(&'/') && (token.contains(&'?') || token.contains(&'=') || token.contains(&'.')))
}
