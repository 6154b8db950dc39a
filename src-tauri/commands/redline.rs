//! What changed between two texts, for the page to draw.

use std::ops::Range;

use edito_prose::redline::{self, Nature, Op, What};
use serde::Serialize;
use specta::Type;

use super::elsewhere;
use crate::error::CommandResult;

/// What changed from one text to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Redline {
    /// In the order in which they are read; without what is gone, they are the newer text.
    pub pieces: Vec<RedlinePiece>,
    /// How much changed.
    pub summary: RedlineSummary,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RedlinePiece {
    /// As it stands in the one text or the other.
    pub text: String,
    /// What became of it.
    pub mark: RedlineMark,
    /// What kind of change it belongs to.
    pub nature: RedlineNature,
    /// The number of the change or, for the words of a move that were not edited on the way, of the move; 0 for what
    /// stayed.
    pub change: u32,
    /// The number of the move that it belongs to.
    pub moved: Option<u32>,
    /// Where it stands in the newer text, in UTF-16 units; what is gone stands where it would come back to.
    pub place: [u32; 2],
}

/// What became of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RedlineMark {
    /// It stayed.
    Same,
    /// It came.
    Inserted,
    /// It is gone.
    Deleted,
}

/// What kind of change a stretch belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RedlineNature {
    /// Its words: also for what stayed.
    Words,
    /// How it is set: spaces, quotation marks, apostrophes, dashes.
    Typography,
    /// Where it stands in Markdown’s structure.
    Structure,
    /// Where it stands in the text.
    Move,
}

/// How much changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RedlineSummary {
    /// Words that came.
    pub words_inserted: u32,
    /// Words that are gone.
    pub words_deleted: u32,
    /// Words that stand elsewhere now.
    pub words_moved: u32,
    /// Changes of words.
    pub changes: u32,
    /// Sentences and blocks that stand elsewhere now, each once.
    pub moves: u32,
    /// Changes of typography alone.
    pub typography: u32,
    /// Changes of Markdown’s structure alone.
    pub structure: u32,
}

/// Compares two texts as an editor would mark them.
#[tauri::command]
#[specta::specta]
pub async fn redline_of(before: String, after: String) -> CommandResult<Redline> {
    elsewhere(move || Ok(compared(&before, &after))).await
}

fn compared(before: &str, after: &str) -> Redline {
    let found = redline::redline(before, after);
    let mut pieces = Pieces {
        before,
        after,
        reached: (0, 0),
        all: Vec::new(),
    };
    for op in &found.ops {
        let moved = |id: &u32| found.moves.iter().find(|one| one.id == *id);
        match &op.what {
            What::MovedFrom { id } => pieces.push(
                &before[op.old.clone()],
                RedlineMark::Deleted,
                RedlineNature::Move,
                (*id, Some(*id)),
                op.new.start..op.new.start,
            ),
            What::MovedTo { id } => {
                let Some(one) = moved(id) else { continue };
                let whole = (*id, Some(*id));
                let came = RedlineMark::Inserted;
                let lead = op.new.start..one.inner_new.start;
                pieces.push(&after[lead.clone()], came, RedlineNature::Move, whole, lead);
                one.ops.iter().for_each(|op| pieces.add(op, Some(*id)));
                let tail = one.inner_new.end..op.new.end;
                pieces.push(&after[tail.clone()], came, RedlineNature::Move, whole, tail);
            }
            _ => pieces.add(op, None),
        }
    }
    let summary = found.summary;
    Redline {
        pieces: pieces.all,
        summary: RedlineSummary {
            words_inserted: summary.words_inserted,
            words_deleted: summary.words_deleted,
            words_moved: summary.words_moved,
            changes: summary.changes,
            moves: summary.moves,
            typography: summary.typography,
            structure: summary.structure,
        },
    }
}

struct Pieces<'a> {
    before: &'a str,
    after: &'a str,
    /// A byte of the newer text that was reached, and how many UTF-16 units stand before it.
    reached: (usize, u32),
    all: Vec<RedlinePiece>,
}

impl Pieces<'_> {
    /// Adds an operation that is no move by itself.
    fn add(&mut self, op: &Op, moved: Option<u32>) {
        match &op.what {
            What::Change {
                id,
                nature,
                removed,
                added,
            } => {
                let nature = match nature {
                    Nature::Typography => RedlineNature::Typography,
                    Nature::Structure(_) => RedlineNature::Structure,
                    Nature::Inserted | Nature::Deleted | Nature::Replaced => RedlineNature::Words,
                };
                let start = op.new.start;
                self.push(removed, RedlineMark::Deleted, nature, (*id, moved), start..start);
                self.push(added, RedlineMark::Inserted, nature, (*id, moved), op.new.clone());
            }
            _ => {
                let (before, after) = (self.before, self.after);
                let text = after.get(op.new.clone()).or_else(|| before.get(op.old.clone()));
                let text = text.unwrap_or_default();
                match moved {
                    Some(id) => self.push(
                        text,
                        RedlineMark::Inserted,
                        RedlineNature::Move,
                        (id, moved),
                        op.new.clone(),
                    ),
                    None => self.push(text, RedlineMark::Same, RedlineNature::Words, (0, None), op.new.clone()),
                }
            }
        }
    }

    fn push(
        &mut self,
        text: &str,
        mark: RedlineMark,
        nature: RedlineNature,
        (change, moved): (u32, Option<u32>),
        new: Range<usize>,
    ) {
        if text.is_empty() {
            return;
        }
        let place = [self.units(new.start), self.units(new.end)];
        self.all.push(RedlinePiece {
            text: text.to_owned(),
            mark,
            nature,
            change,
            moved,
            place,
        });
    }

    /// UTF-16 units before a byte of the newer text; asked for in the order of the text.
    fn units(&mut self, byte: usize) -> u32 {
        let (from, units) = self.reached;
        let between = self.after.get(from..byte).unwrap_or_default();
        let length = u32::try_from(between.encode_utf16().count()).unwrap_or(u32::MAX);
        self.reached = (from.max(byte), units.saturating_add(length));
        self.reached.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "# Titre 𝄞\n\nLe quai était vide ce matin-là, et le bac n’était pas venu. Puis vint la pluie.\n\n\
        Le second paragraphe parle des horaires, des guichets, et de ceux qui attendent.\n\nLa fin est courte.\n";
    const AFTER: &str = "# Titre 𝄞\n\nLe second paragraphe parle des horaires, des guichets et de ceux qui attendent.\n\n\
        Le quai était vide ce soir-là, et le bac n'était pas venu. Puis vint la pluie.\n\nLa fin est courte.\n";

    #[test]
    fn without_what_is_gone_the_pieces_are_the_newer_text_and_know_their_place() {
        for (before, after) in [
            (BEFORE, AFTER),
            (AFTER, BEFORE),
            ("", AFTER),
            (BEFORE, ""),
            (AFTER, AFTER),
        ] {
            let found = compared(before, after);
            let units: Vec<u16> = after.encode_utf16().collect();
            let mut text = String::new();
            for piece in &found.pieces {
                let [from, to] = piece.place.map(|unit| unit as usize);
                if piece.mark == RedlineMark::Deleted {
                    assert_eq!(from, to);
                } else {
                    assert_eq!(String::from_utf16(&units[from..to]).ok().as_ref(), Some(&piece.text));
                    text.push_str(&piece.text);
                }
            }
            assert_eq!(text, after);
        }
    }

    #[test]
    fn what_moved_is_told_with_what_was_edited_on_the_way() {
        let found = compared(BEFORE, AFTER);
        assert_eq!(found.summary.moves, 1);
        let moved = |mark| {
            let of = found
                .pieces
                .iter()
                .filter(|piece| piece.moved.is_some() && piece.mark == mark);
            of.map(|piece| piece.text.as_str()).collect::<String>()
        };
        assert!(!moved(RedlineMark::Deleted).is_empty() && !moved(RedlineMark::Inserted).is_empty());
        let evening = found.pieces.iter().find(|piece| piece.text.contains("soir"));
        assert_eq!(evening.map(|piece| piece.nature), Some(RedlineNature::Words));
    }
}
