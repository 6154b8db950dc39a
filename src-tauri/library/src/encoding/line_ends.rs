//! Line ends, taken out of a text when it is read and put back when it is written.

use std::borrow::Cow;

use imara_diff::{Algorithm, Diff, InternedInput};
use serde::{Deserialize, Serialize};

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LineEnding {
    /// `\n`
    #[default]
    Lf,
    /// `\r\n`, as on Windows.
    CrLf,
    /// `\r`, as on very old Macs.
    Cr,
}

impl LineEnding {
    /// The characters in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }
}

/// The line ends of a text, one for each `\n` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineEnds {
    Uniform(LineEnding),
    Mixed(Vec<LineEnding>),
}

impl LineEnds {
    /// The most frequent one (of equals, the simplest), and whether there are others.
    pub(super) fn dominant(&self) -> (LineEnding, bool) {
        match self {
            Self::Uniform(ending) => (*ending, false),
            Self::Mixed(endings) => {
                let count = |wanted| endings.iter().filter(|it| **it == wanted).count();
                let (lf, crlf, cr) = (count(LineEnding::Lf), count(LineEnding::CrLf), count(LineEnding::Cr));
                let dominant = if lf >= crlf && lf >= cr {
                    LineEnding::Lf
                } else if crlf >= cr {
                    LineEnding::CrLf
                } else {
                    LineEnding::Cr
                };
                (dominant, true)
            }
        }
    }

    fn at(&self, index: usize) -> Option<LineEnding> {
        match self {
            Self::Uniform(ending) => Some(*ending),
            Self::Mixed(endings) => endings.get(index).copied(),
        }
    }
}

/// The text with `\n` only.
pub(super) fn normalise(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(take_out(text.to_owned()).0)
    } else {
        Cow::Borrowed(text)
    }
}

/// The text with `\n` only, and the ends it had.
pub(super) fn take_out(text: String) -> (String, LineEnds) {
    if !text.contains('\r') {
        return (text, LineEnds::Uniform(LineEnding::Lf));
    }
    let mut plain = String::with_capacity(text.len());
    let mut endings = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['\r', '\n']) {
        let (line, tail) = rest.split_at(at);
        let ending = if tail.starts_with("\r\n") {
            LineEnding::CrLf
        } else if tail.starts_with('\r') {
            LineEnding::Cr
        } else {
            LineEnding::Lf
        };
        plain.push_str(line);
        plain.push('\n');
        endings.push(ending);
        rest = tail.get(ending.as_str().len()..).unwrap_or_default();
    }
    plain.push_str(rest);
    let first = endings.first().copied().unwrap_or_default();
    if endings.iter().all(|ending| *ending == first) {
        (plain, LineEnds::Uniform(first))
    } else {
        (plain, LineEnds::Mixed(endings))
    }
}

/// `new` with the line ends of `old` on the lines that both have, and `dominant` on the others.
pub(super) fn restore<'a>(ends: &LineEnds, dominant: LineEnding, old: &str, new: &'a str) -> Cow<'a, str> {
    let endings = match ends {
        LineEnds::Uniform(LineEnding::Lf) => return Cow::Borrowed(new),
        LineEnds::Uniform(ending) => return Cow::Owned(new.replace('\n', ending.as_str())),
        LineEnds::Mixed(_) => carry_over(ends, dominant, old, new),
    };
    let mut text = String::with_capacity(new.len() + endings.len());
    let mut endings = endings.into_iter();
    for (index, line) in new.split('\n').enumerate() {
        if index > 0 {
            let mut ending = endings.next().unwrap_or(dominant);
            // A lone `\r` and the `\n` of an empty line would be read back as one line end.
            if ending == LineEnding::Lf && text.ends_with('\r') {
                ending = LineEnding::CrLf;
            }
            text.push_str(ending.as_str());
        }
        text.push_str(line);
    }
    Cow::Owned(text)
}

/// One line end for each `\n` of `new`.
///
/// What both texts begin and end with is set apart letter by letter, so that an edit in one place
/// touches no line end elsewhere; in between, lines are compared.
fn carry_over(ends: &LineEnds, dominant: LineEnding, old: &str, new: &str) -> Vec<LineEnding> {
    let (old_bytes, new_bytes) = (old.as_bytes(), new.as_bytes());
    let prefix = common(old_bytes.iter(), new_bytes.iter());
    let (old_rest, new_rest) = (
        old_bytes.get(prefix..).unwrap_or_default(),
        new_bytes.get(prefix..).unwrap_or_default(),
    );
    let suffix = common(old_rest.iter().rev(), new_rest.iter().rev());
    let middle = |rest: &'_ [u8]| rest.len().saturating_sub(suffix);
    let old_middle = old_rest.get(..middle(old_rest)).unwrap_or_default();
    let new_middle = new_rest.get(..middle(new_rest)).unwrap_or_default();

    let before = line_feeds(old_bytes.get(..prefix).unwrap_or_default());
    let inside = line_feeds(old_middle);
    let total = line_feeds(old_bytes);
    let mut endings: Vec<_> = (0..before).map(|index| ends.at(index)).collect();
    endings.extend(
        matching_lines(old_middle, new_middle)
            .into_iter()
            .map(|line| line.and_then(|line| ends.at(before + line))),
    );
    endings.extend((before + inside..total).map(|index| ends.at(index)));
    endings.into_iter().map(|ending| ending.unwrap_or(dominant)).collect()
}

/// For each complete line of `new`, the line of `old` whose end it takes.
fn matching_lines(old: &[u8], new: &[u8]) -> Vec<Option<usize>> {
    let lines = |bytes: &'_ [u8]| line_feeds(bytes);
    let (old_count, new_count) = (lines(old), lines(new));
    let complete = |bytes| imara_diff::sources::byte_lines(bytes);
    let input = InternedInput::new(complete(old), complete(new));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut found = vec![None; new_count];
    let mut pair = |old_line: usize, new_line: usize| {
        if old_line < old_count
            && let Some(place) = found.get_mut(new_line)
        {
            *place = Some(old_line);
        }
    };
    let (mut old_line, mut new_line) = (0, 0);
    for hunk in diff.hunks() {
        let (removed, added) = (hunk.before, hunk.after);
        while new_line < added.start as usize {
            pair(old_line, new_line);
            old_line += 1;
            new_line += 1;
        }
        // Lines that were edited rather than added keep their end.
        for (old_edited, new_edited) in removed.clone().zip(added.clone()) {
            pair(old_edited as usize, new_edited as usize);
        }
        old_line = removed.end as usize;
        new_line = added.end as usize;
    }
    while new_line < new_count {
        pair(old_line, new_line);
        old_line += 1;
        new_line += 1;
    }
    found
}

fn common<'a>(one: impl Iterator<Item = &'a u8>, other: impl Iterator<Item = &'a u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

fn line_feeds(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}
