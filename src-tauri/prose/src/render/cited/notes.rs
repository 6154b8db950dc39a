//! Citations that are set in notes: their calls are numbered together with those of the other notes.

use std::collections::{HashMap, VecDeque};

use comrak::Arena;
use comrak::nodes::{AstNode, NodeFootnoteDefinition, NodeFootnoteReference, NodeValue};

use super::{CitedText, NOTE, is_note, node};

/// More notes than a text is called for by itself: beyond it, citations stand where they are.
const MAX_NOTES: usize = 5000;

/// Calls a note for each citation of the text (not of its notes) that has one. Answers the number of the note in which each
/// citation stands, 0 for those in none.
pub(super) fn call<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>, cited: &CitedText) -> Vec<u32> {
    let mut placed = vec![0; cited.marks.len()];
    let definitions: HashMap<String, &AstNode<'_>> = root
        .children()
        .filter_map(|block| match &block.data().value {
            NodeValue::FootnoteDefinition(note) => Some((note.name.clone(), block)),
            _ => None,
        })
        .collect();
    let mut notes: Vec<&AstNode<'_>> = Vec::new();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut waiting: VecDeque<&AstNode<'_>> = root.children().filter(|block| !is_note(block)).collect();
    while let Some(block) = waiting.pop_front() {
        let in_note = is_note(block);
        let own = match &block.data().value {
            NodeValue::FootnoteDefinition(note) => numbers.get(&note.name).copied().unwrap_or(0),
            _ => 0,
        };
        for inline in block.descendants().collect::<Vec<_>>() {
            let value = inline.data().value.clone();
            match value {
                NodeValue::FootnoteReference(mut call) => {
                    let number = match numbers.get(&call.name) {
                        Some(number) => *number,
                        None => {
                            let Some(definition) = definitions.get(&call.name) else {
                                continue;
                            };
                            notes.push(definition);
                            waiting.push_back(definition);
                            let number = u32::try_from(notes.len()).unwrap_or(u32::MAX);
                            numbers.insert(call.name.clone(), number);
                            number
                        }
                    };
                    call.ix = number;
                    inline.data_mut().value = NodeValue::FootnoteReference(call);
                }
                NodeValue::Raw(what) if in_note => {
                    if let Some(place) = what.parse().ok().and_then(|at: usize| placed.get_mut(at)) {
                        *place = own;
                    }
                }
                NodeValue::Raw(what) if notes.len() < MAX_NOTES => {
                    let number = what.parse::<usize>().ok();
                    let Some(mark) = number.and_then(|at| cited.marks.get(at)?.as_ref()) else {
                        continue;
                    };
                    if mark.note.is_empty() {
                        continue;
                    }
                    notes.push(note_of(arena, inline, &what));
                    let number_of_note = u32::try_from(notes.len()).unwrap_or(u32::MAX);
                    if let Some(place) = number.and_then(|at| placed.get_mut(at)) {
                        *place = number_of_note;
                    }
                    if !mark.inline.is_empty() {
                        // `@key` in a sentence: the author stands there, and the note is called behind.
                        let author = NodeValue::Raw(format!("{AUTHOR}{what}"));
                        inline.insert_before(node(arena, author, inline));
                    } else if let Some(before) = inline.previous_sibling()
                        && let NodeValue::Text(text) = &mut before.data_mut().value
                    {
                        // The call stands at the word.
                        *text = text.trim_end_matches(' ').to_owned().into();
                    }
                    inline.data_mut().value = NodeValue::FootnoteReference(Box::new(NodeFootnoteReference {
                        name: format!("cite {what}"),
                        ref_num: 1,
                        ix: number_of_note,
                        ..NodeFootnoteReference::default()
                    }));
                }
                _ => {}
            }
        }
    }
    for note in notes {
        note.detach();
        root.append(note);
    }
    placed
}

/// The node of what stands in the sentence where the rest is in a note.
pub(super) const AUTHOR: &str = "author ";

fn note_of<'a>(arena: &'a Arena<'a>, like: &'a AstNode<'a>, number: &str) -> &'a AstNode<'a> {
    let note = node(
        arena,
        NodeValue::FootnoteDefinition(NodeFootnoteDefinition {
            name: format!("cite {number}"),
            total_references: 1,
        }),
        like,
    );
    let paragraph = node(arena, NodeValue::Paragraph, like);
    paragraph.append(node(arena, NodeValue::Raw(format!("{NOTE}{number}")), like));
    note.append(paragraph);
    note
}
