//! The headings of a body as places, and their levels moved.

use super::scan;

/// A heading with what is below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub level: u8,
    /// Its words without Markdown.
    pub title: String,
    /// Where its line starts, in bytes of the body.
    pub start: usize,
    /// Where the text below it starts.
    pub text: usize,
}

/// The headings of a body, in order: those at the outermost level, in both notations.
pub(super) fn sections(body: &str) -> Vec<Section> {
    let code = scan::code(body);
    let mut found: Vec<Section> = Vec::new();
    let mut at = 0;
    let mut before: Option<(usize, &str)> = None;
    for line in body.split_inclusive('\n') {
        let end = at + line.len();
        let inside = scan::covers(&code, at..at + line.trim_end().len());
        if let Some((level, words)) = atx(line).filter(|_| !inside) {
            found.push(Section {
                level,
                title: plain(words),
                start: at,
                text: end,
            });
            before = None;
        } else if let (Some(level), Some((start, words))) = (underline(line), before)
            && !inside
        {
            found.push(Section {
                level,
                title: plain(words),
                start,
                text: end,
            });
            before = None;
        } else if line.trim().is_empty() || inside {
            before = None;
        } else if before.is_none() {
            let starts_block = line.trim_start().starts_with(['>', '-', '*', '+', '|', '[', '<', '#']);
            before = (!starts_block && !line.starts_with("    ")).then_some((at, line.trim()));
        } else {
            // A heading of more than one line is rare, and a paragraph is not: it is taken for one.
            before = None;
        }
        at = end;
    }
    found
}

/// A body with its headings moved by some levels, between the first and the sixth; only `#` are moved.
pub(super) fn shifted(body: &str, by: i8) -> String {
    if by == 0 {
        return body.to_owned();
    }
    let code = scan::code(body);
    let mut text = String::with_capacity(body.len() + 16);
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        match atx(line).filter(|_| !scan::covers(&code, at..at + line.trim_end().len())) {
            Some((level, _)) => {
                let lead = line.len() - line.trim_start_matches(' ').len();
                let moved = (i16::from(level) + i16::from(by)).clamp(1, 6);
                text.push_str(line.get(..lead).unwrap_or_default());
                text.extend(std::iter::repeat_n('#', usize::try_from(moved).unwrap_or(1)));
                text.push_str(line.get(lead + usize::from(level)..).unwrap_or_default());
            }
            None => text.push_str(line),
        }
        at += line.len();
    }
    text
}

/// The level and the words of `## words ##`.
pub(super) fn atx(line: &str) -> Option<(u8, &str)> {
    let trimmed = line.trim_start_matches(' ');
    if line.len() - trimmed.len() > 3 {
        return None;
    }
    let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
    let words = trimmed.get(level..)?;
    if !(1..=6).contains(&level) || !(words.trim().is_empty() || words.starts_with([' ', '\t'])) {
        return None;
    }
    let words = words.trim();
    let open = words.trim_end_matches('#');
    let words = if open.is_empty() || open.ends_with([' ', '\t']) {
        open.trim_end()
    } else {
        words
    };
    Some((u8::try_from(level).ok()?, words))
}

fn underline(line: &str) -> Option<u8> {
    let trimmed = line.trim_end();
    let mark = trimmed.trim_start_matches(' ').chars().next()?;
    let run = trimmed.trim_start_matches(' ');
    if line.len() - line.trim_start_matches(' ').len() > 3 || !run.chars().all(|one| one == mark) {
        return None;
    }
    match mark {
        '=' => Some(1),
        '-' => Some(2),
        _ => None,
    }
}

/// The words of a heading without its Markdown; those of a note within the line stand in brackets.
fn plain(words: &str) -> String {
    let words = words.replace("^[", " [");
    crate::outline::outline(&format!("# {words}\n"))
        .into_iter()
        .next()
        .map_or(words, |heading| heading.text)
}
