//! Which characters of a text would be read as Markdown, and a backslash before those, and only those.
//!
//! Written for the parser that Edito reads with (`edito_prose::markdown::parse_options`): CommonMark 0.31, GitHub's
//! tables, strikethrough, autolinks and tasks, footnotes, alerts, wiki links, mathematics in code, and CriticMarkup.

/// What stands around a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// The character written right before it; `None` at the beginning of a line.
    pub before: Option<char>,
    /// The character that follows it; `None` at the end of a line.
    pub after: Option<char>,
    /// What follows is code.
    pub before_code: bool,
    /// It stands in the text of a link.
    pub in_link: bool,
    /// It stands in a cell of a table.
    pub in_table: bool,
    /// It begins a paragraph, or a line of it after a break.
    pub starts_line: bool,
    /// It begins the whole block.
    pub starts_block: bool,
    /// It ends a line.
    pub ends_line: bool,
    /// It ends the whole block.
    pub ends_block: bool,
    /// It ends a heading.
    pub ends_heading: bool,
    /// Which marks could pair up in this block.
    pub pairs: Pairs,
}

/// The marks that come at least twice in a block, and so could enclose something.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pairs {
    pub star: bool,
    pub underscore: bool,
    pub tilde: bool,
    pub backtick: bool,
}

/// Writes a text.
pub(super) fn escape(text: &str, place: Place, out: &mut String) {
    let characters: Vec<char> = text.chars().collect();
    let quoted = if place.starts_line {
        at_line_start(&characters, &place)
    } else {
        None
    };
    let closing = if place.ends_heading {
        closing_sequence(&characters)
    } else {
        None
    };
    let mut plain_until = 0;
    for (at, &character) in characters.iter().enumerate() {
        let before = match at.checked_sub(1) {
            Some(index) => characters.get(index).copied(),
            None => place.before,
        };
        let after = match characters.get(at + 1) {
            Some(next) => Some(*next),
            None => place.after,
        };
        if at >= plain_until
            && let Some(end) = address_end(&characters, at, before)
        {
            // An address is read as a link as it stands. One that needs a backslash must not be.
            let address = characters.get(at..end).unwrap_or_default();
            let cut_off = match characters.get(end) {
                Some(next) => *next == '<',
                None => !place.ends_block,
            };
            if place.in_link || place.in_table || cut_off || address.iter().any(|c| "\\*_`~[]<>&!|$^{".contains(*c)) {
                let cut = if character.eq_ignore_ascii_case(&'w') {
                    3
                } else {
                    scheme_length(address)
                };
                out.extend(address.iter().take(cut));
                out.push('\\');
                // The mark after the backslash, then on as with any text.
                plain_until = at + cut;
            } else {
                plain_until = end;
                out.extend(address);
            }
            if plain_until == end {
                continue;
            }
            continue;
        }
        if at < plain_until {
            continue;
        }
        let needed = Some(at) == quoted
            || Some(at) == closing
            || match character {
                '\\' => after.is_none_or(|next| next.is_ascii_punctuation()),
                '*' => place.pairs.star && (can_open(before, after) || can_close(before, after)),
                '_' => {
                    place.pairs.underscore
                        && (can_open(before, after) || can_close(before, after))
                        && !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
                }
                '~' => place.pairs.tilde,
                '`' => place.pairs.backtick,
                '[' => place.in_link || opens_bracket(&characters, at, before, after, &place),
                ']' => place.in_link,
                '<' => after.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
                '&' => is_entity(characters.get(at + 1..).unwrap_or_default()),
                '!' | '^' => at + 1 == characters.len() && place.after == Some('['),
                // After the sign of a note, it would define it.
                ':' => at == 0 && before == Some(']'),
                '$' => at + 1 == characters.len() && place.before_code,
                '|' => place.in_table,
                '{' => critic(characters.get(at + 1..).unwrap_or_default()),
                _ => false,
            };
        if needed {
            out.push('\\');
        }
        out.push(character);
    }
}

/// Whether a run of marks could open emphasis here (it is left-flanking, or may be).
pub(super) fn can_open(before: Option<char>, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    !after.is_whitespace() && (after.is_alphanumeric() || before.is_none_or(|before| !before.is_alphanumeric()))
}

/// Whether a run of marks could close emphasis here.
pub(super) fn can_close(before: Option<char>, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    !before.is_whitespace() && (before.is_alphanumeric() || after.is_none_or(|after| !after.is_alphanumeric()))
}

/// Which marks come often enough in the text of a block to be dangerous; `marked` when the block has spans of its own.
pub(super) fn pairs(text: &str, marked: bool, struck: bool, code: bool) -> Pairs {
    let many = |mark: char, own: bool| {
        let count = text.chars().filter(|c| *c == mark).take(2).count();
        count > 1 || (count == 1 && own)
    };
    Pairs {
        star: many('*', marked),
        underscore: many('_', false),
        tilde: many('~', struck),
        backtick: many('`', code),
    }
}

/// The character that would make the beginning of a line something else than text.
fn at_line_start(characters: &[char], place: &Place) -> Option<usize> {
    let first = characters.iter().position(|c| !matches!(c, ' ' | '\t'))?;
    let rest = characters.get(first..).unwrap_or_default();
    // What follows the text on its line, when the text ends here.
    let alone = place.ends_line;
    let ends_or_space = |at: usize| match rest.get(at) {
        Some(next) => matches!(next, ' ' | '\t'),
        None => alone,
    };
    match rest.first()? {
        '#' => {
            let length = rest.iter().take_while(|c| **c == '#').count();
            (length <= 6 && ends_or_space(length)).then_some(first)
        }
        '>' => Some(first),
        '+' if rest == ['+', '+', '+'] && alone => Some(first),
        '-' | '+' | '*' if ends_or_space(1) => Some(first),
        '-' | '*' | '_' | '=' | '|' | ':' => {
            let mark = |c: &&char| matches!(**c, '-' | '*' | '_' | '=' | '|' | ':' | ' ' | '\t');
            (alone && rest.iter().take_while(mark).count() == rest.len()).then_some(first)
        }
        '~' | '`' => (rest.iter().take_while(|c| *c == rest.first().unwrap_or(&'~')).count() >= 3).then_some(first),
        '[' if place.starts_block => {
            // A reference's definition, a task, an alert.
            let close = rest.iter().position(|c| *c == ']')?;
            let defines =
                rest.get(close + 1) == Some(&':') || (rest.get(close + 1).is_none() && place.after == Some(':'));
            (defines || close <= 3 || rest.get(1) == Some(&'!')).then_some(first)
        }
        digit if digit.is_ascii_digit() => {
            let length = rest.iter().take_while(|c| c.is_ascii_digit()).count();
            let marked = length <= 9 && matches!(rest.get(length), Some('.' | ')'));
            (marked && ends_or_space(length + 1)).then_some(first + length)
        }
        _ => None,
    }
}

/// The `#` that would be taken for the end of a heading.
fn closing_sequence(characters: &[char]) -> Option<usize> {
    let hashes = characters.iter().rev().take_while(|c| **c == '#').count();
    let start = characters.len() - hashes;
    (hashes > 0 && (start == 0 || characters.get(start - 1) == Some(&' '))).then_some(start)
}

/// Whether a bracket could begin a link, a footnote or a wiki link.
fn opens_bracket(characters: &[char], at: usize, before: Option<char>, after: Option<char>, place: &Place) -> bool {
    if matches!(after, Some('[' | '^')) || matches!(before, Some('^' | '[' | '!')) {
        return true;
    }
    let rest = characters.get(at + 1..).unwrap_or_default();
    let (mut depth, mut closed) = (0usize, false);
    for (index, character) in rest.iter().enumerate() {
        if index > FAR {
            return true;
        }
        match character {
            '[' => depth += 1,
            ']' => {
                let next = match rest.get(index + 1) {
                    Some(next) => Some(*next),
                    None => place.after,
                };
                if matches!(next, Some('(' | '[' | ':')) {
                    return true;
                }
                closed |= depth == 0;
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    // Its end, if it has one, may stand in something that follows this text.
    !closed && !place.ends_block
}

/// A bracket whose end is not found within as many characters gets its backslash without further search.
const FAR: usize = 2_000;

/// Whether what follows `&` is the rest of an entity.
fn is_entity(rest: &[char]) -> bool {
    let Some(end) = rest.iter().take(40).position(|c| *c == ';') else {
        return false;
    };
    let name = rest.get(..end).unwrap_or_default();
    match name {
        [] => false,
        ['#', 'x' | 'X', digits @ ..] => !digits.is_empty() && digits.iter().all(char::is_ascii_hexdigit),
        ['#', digits @ ..] => !digits.is_empty() && digits.iter().all(char::is_ascii_digit),
        name => name.iter().all(char::is_ascii_alphanumeric),
    }
}

/// Whether what follows `{` begins a mark of CriticMarkup.
fn critic(rest: &[char]) -> bool {
    matches!(
        rest,
        ['+', '+', ..] | ['-', '-', ..] | ['~', '~', ..] | ['=', '=', ..] | ['>', '>', ..]
    )
}

/// Where the address ends that begins here, when one does that is read as a link without any mark.
fn address_end(characters: &[char], at: usize, before: Option<char>) -> Option<usize> {
    if before.is_some_and(|before| before.is_ascii_alphabetic()) {
        return None;
    }
    let rest = characters.get(at..)?;
    let begins = |wanted: &str| {
        wanted
            .chars()
            .zip(rest)
            .filter(|(wanted, found)| wanted.eq_ignore_ascii_case(found))
            .count()
            == wanted.chars().count()
    };
    if !(begins("http://") || begins("https://") || begins("ftp://") || begins("www.")) {
        return None;
    }
    let length = rest
        .iter()
        .position(|c| c.is_ascii_whitespace() || *c == '<')
        .unwrap_or(rest.len());
    Some(at + length)
}

fn scheme_length(address: &[char]) -> usize {
    address.iter().position(|c| *c == ':').unwrap_or(0)
}
