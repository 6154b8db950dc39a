//! Pull quotes: a block that shows what the piece itself says. It quotes nobody.

use std::collections::HashMap;

use super::Quotation;
use super::read::Block;
use super::words::words;

/// Takes the blocks out of some quotations whose words the piece says to the word in a paragraph of its own. One whose
/// source is named stays: it is quoted from there.
pub(super) fn leave_out(found: &mut Vec<Quotation>, blocks: &[Block]) {
    if !found.iter().any(may_be_one) {
        return;
    }
    let own = Own::of(blocks);
    found.retain(|quotation| !(may_be_one(quotation) && own.says(&quotation.words)));
}

fn may_be_one(quotation: &Quotation) -> bool {
    quotation.is_block && !quotation.is_sourced()
}

/// The words of the paragraphs that quote nothing as a block, and where each word stands.
struct Own {
    keys: Vec<u64>,
    places: HashMap<u64, Vec<usize>>,
}

impl Own {
    fn of(blocks: &[Block]) -> Own {
        let mut own = Own {
            keys: Vec::new(),
            places: HashMap::new(),
        };
        let paragraphs = blocks
            .iter()
            .filter(|block| block.is_paragraph && block.quote.is_none() && block.note.is_none());
        for block in paragraphs {
            for word in words(&block.text) {
                own.places.entry(word.key).or_default().push(own.keys.len());
                own.keys.push(word.key);
            }
            // Nothing is said across two paragraphs: no word has this key.
            own.keys.push(0);
        }
        own
    }

    fn says(&self, text: &str) -> bool {
        let wanted: Vec<u64> = words(text).iter().map(|word| word.key).collect();
        let Some(first) = wanted.first() else { return false };
        let places = self.places.get(first).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .take(MOST_TRIED)
            .any(|at| self.keys.get(*at..at + wanted.len()) == Some(wanted.as_slice()))
    }
}

/// A word that stands so often begins no search that would end.
const MOST_TRIED: usize = 100_000;
