//! What became of each thing that was handed in.

use serde::{Deserialize, Serialize};

/// What an import did with one source: told for each piece, and handed to the user at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Receipt {
    /// The file, the member of an archive, or the address it came from.
    pub source: String,
    /// What came in whole.
    pub kept: Vec<Note>,
    /// What came in changed or only in part.
    pub degraded: Vec<Note>,
    /// What Edito has no place for.
    pub unsupported: Vec<Note>,
    /// What could not be read.
    pub failed: Vec<Note>,
}

/// One line of a receipt: a kind from a closed list, to be worded in the user's language, with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// Names a message: `title`, `author-function`, `remote-image`, `highlight-without-place`…
    pub kind: String,
    /// How many there were.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: usize,
    /// What it is about, in the source's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Receipt {
    /// An empty receipt for a source.
    pub fn new(source: impl Into<String>) -> Receipt {
        Receipt {
            source: source.into(),
            ..Receipt::default()
        }
    }

    /// Takes over the notes of another receipt: the same kind about the same thing is counted. Beyond a hundred things
    /// of a kind, the rest is a number.
    pub fn absorb(&mut self, other: Receipt) {
        const MOST: usize = 100;
        for (mine, theirs) in [
            (&mut self.kept, other.kept),
            (&mut self.degraded, other.degraded),
            (&mut self.unsupported, other.unsupported),
            (&mut self.failed, other.failed),
        ] {
            for mut other in theirs {
                let named = mine.iter().filter(|note| note.kind == other.kind).count() < MOST;
                other.detail = other.detail.filter(|detail| {
                    named
                        || mine
                            .iter()
                            .any(|note| note.kind == other.kind && note.detail.as_ref() == Some(detail))
                });
                let same = mine
                    .iter_mut()
                    .find(|note| note.kind == other.kind && note.detail == other.detail);
                match same {
                    Some(note) => note.count += other.count,
                    None => mine.push(other),
                }
            }
        }
    }

    /// Notes what came in whole.
    pub fn keep(&mut self, kind: &str) {
        note(&mut self.kept, kind, None);
    }

    /// Notes a piece whose article was there before, and which one that is.
    pub fn keep_there(&mut self, article: &str) {
        note(&mut self.kept, ALREADY_THERE, Some(article));
    }

    /// Notes what came in changed or in part.
    pub fn degrade(&mut self, kind: &str, detail: Option<&str>) {
        note(&mut self.degraded, kind, detail);
    }

    /// Notes what Edito has no place for.
    pub fn leave_out(&mut self, kind: &str, detail: Option<&str>) {
        note(&mut self.unsupported, kind, detail);
    }

    /// Notes what could not be read.
    pub fn fail(&mut self, kind: &str, detail: Option<&str>) {
        note(&mut self.failed, kind, detail);
    }

    /// Notes one of many things that could not be read: by what it is until there are a hundred, then by number.
    pub fn fail_named(&mut self, kind: &str, detail: &str) {
        const MOST: usize = 100;
        const LONGEST: usize = 200;
        let named = self.failed.len() < MOST;
        let detail: String = detail.chars().take(LONGEST).collect();
        self.fail(kind, named.then_some(detail.as_str()));
    }
}

/// The kind of the note about a piece whose article was there before.
pub const ALREADY_THERE: &str = "already-there";

/// The same kind about the same thing is one line with a count.
fn note(notes: &mut Vec<Note>, kind: &str, detail: Option<&str>) {
    let same = notes
        .iter_mut()
        .find(|note| note.kind == kind && note.detail.as_deref() == detail);
    match same {
        Some(note) => note.count += 1,
        None => notes.push(Note {
            kind: kind.to_owned(),
            count: 1,
            detail: detail.map(str::to_owned),
        }),
    }
}

fn one() -> usize {
    1
}

fn is_one(count: &usize) -> bool {
    *count == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_add_up() {
        let mut all = Receipt::new("list.csv");
        for number in 0..300 {
            let mut one = Receipt::new("");
            one.keep("title");
            one.fail("address", Some(&number.to_string()));
            all.absorb(one);
        }
        assert_eq!(
            (all.kept.len(), all.kept.first().map(|note| note.count)),
            (1, Some(300))
        );
        assert_eq!(all.failed.len(), 101);
        assert_eq!(all.failed.iter().map(|note| note.count).sum::<usize>(), 300);
    }

    #[test]
    fn the_same_note_is_counted() {
        let mut receipt = Receipt::new("a.html");
        receipt.degrade("remote-image", None);
        receipt.degrade("remote-image", None);
        receipt.degrade("remote-image", Some("b"));
        let counts: Vec<usize> = receipt.degraded.iter().map(|note| note.count).collect();
        assert_eq!(counts, [2, 1]);
    }
}
