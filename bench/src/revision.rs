//! Texts with known edits: a piece and what an editor made of it, with everything that was done written down.

use crate::random::Random;

/// A piece, and the same piece revised.
pub struct Revision {
    /// Before.
    pub old: String,
    /// After.
    pub new: String,
    /// Words that were taken out or put in, moves left out.
    pub words_changed: usize,
    /// What was moved, as it stands in the new text.
    pub moved: Vec<String>,
}

/// Makes a piece of about so many words from the paragraphs of some articles, and revises it: so many changes of a few
/// words each, so many moves of paragraphs and of sentences in turn, half of which are edited on the way.
pub fn revision(texts: &[String], words: usize, changes: usize, moves: usize, random: &mut Random) -> Revision {
    let mut piece = gather(texts, words);
    let old = print(&piece);
    let pool: Vec<String> = piece
        .iter()
        .flatten()
        .flat_map(|sentence| sentence.words.iter())
        .filter(|word| is_plain(word))
        .cloned()
        .collect();
    for number in 0..moves {
        if number % 2 == 0 {
            move_paragraph(&mut piece, number, random);
        } else {
            move_sentence(&mut piece, number, random);
        }
    }
    let mut words_changed = 0;
    let mut done = 0;
    // Half of what moved is edited lightly.
    let mut edited: Vec<usize> = (0..moves).filter(|number| number % 4 < 2).collect();
    let mut tries = 0;
    while done < changes && tries < changes * 50 {
        tries += 1;
        let paragraph = random.below(piece.len());
        let Some(sentence) = (!piece[paragraph].is_empty()).then(|| random.below(piece[paragraph].len())) else {
            continue;
        };
        let sentence = &mut piece[paragraph][sentence];
        if let Some(number) = sentence.moved {
            let Some(at) = edited.iter().position(|wanted| *wanted == number) else {
                continue;
            };
            edited.remove(at);
        }
        if let Some(count) = edit(&mut sentence.words, &pool, random) {
            words_changed += count;
            done += 1;
        }
    }
    let moved = (0..moves)
        .map(|number| {
            let own = piece.iter().flatten().filter(|sentence| sentence.moved == Some(number));
            own.map(|sentence| sentence.words.join(" "))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|text| !text.is_empty())
        .collect();
    Revision {
        old,
        new: print(&piece),
        words_changed,
        moved,
    }
}

#[derive(Clone)]
struct Sentence {
    words: Vec<String>,
    /// The number of the move that it belongs to.
    moved: Option<usize>,
}

type Piece = Vec<Vec<Sentence>>;

fn gather(texts: &[String], words: usize) -> Piece {
    let mut piece = Piece::new();
    let mut count = 0;
    'texts: for text in texts {
        let (_, body) = crate::bare::split(text);
        for paragraph in body.split("\n\n") {
            let paragraph = paragraph.trim();
            let prose = paragraph.starts_with(|one: char| one.is_alphabetic() || matches!(one, '«' | '“' | '#'));
            if !prose || paragraph.contains("```") || paragraph.len() > 4_000 {
                continue;
            }
            let mut sentences: Vec<Sentence> = Vec::new();
            let mut open: Vec<String> = Vec::new();
            for word in paragraph.split_whitespace() {
                count += 1;
                open.push(word.to_owned());
                if word.ends_with(['.', '!', '?', '…']) && open.len() > 3 {
                    sentences.push(Sentence {
                        words: std::mem::take(&mut open),
                        moved: None,
                    });
                }
            }
            if !open.is_empty() {
                sentences.push(Sentence {
                    words: open,
                    moved: None,
                });
            }
            piece.push(sentences);
            if count >= words {
                break 'texts;
            }
        }
    }
    piece
}

fn print(piece: &Piece) -> String {
    let paragraphs: Vec<String> = piece
        .iter()
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| {
            let sentences: Vec<String> = paragraph.iter().map(|sentence| sentence.words.join(" ")).collect();
            sentences.join(" ")
        })
        .collect();
    paragraphs.join("\n\n") + "\n"
}

fn is_plain(word: &str) -> bool {
    word.chars().count() > 3 && word.chars().all(char::is_alphabetic)
}

fn is_prose(paragraph: &[Sentence]) -> bool {
    let first = paragraph.first().and_then(|sentence| sentence.words.first());
    first.is_some_and(|word| !word.starts_with('#'))
        && paragraph.iter().all(|sentence| sentence.moved.is_none())
        && paragraph.iter().map(|sentence| sentence.words.len()).sum::<usize>() >= 20
}

fn move_paragraph(piece: &mut Piece, number: usize, random: &mut Random) {
    for _ in 0..200 {
        let from = random.below(piece.len());
        if is_prose(&piece[from]) {
            let mut paragraph = piece.remove(from);
            paragraph.iter_mut().for_each(|sentence| sentence.moved = Some(number));
            let to = elsewhere(from, piece.len(), random);
            piece.insert(to, paragraph);
            return;
        }
    }
}

fn move_sentence(piece: &mut Piece, number: usize, random: &mut Random) {
    for _ in 0..200 {
        let from = random.below(piece.len());
        if !is_prose(&piece[from]) || piece[from].len() < 3 {
            continue;
        }
        let at = random.below(piece[from].len());
        let to = elsewhere(from, piece.len(), random).min(piece.len() - 1);
        let ends = piece[from][at].words.last().is_some_and(|word| word.ends_with('.'));
        if !ends || piece[from][at].words.len() < 8 || !is_prose(&piece[to]) || to == from {
            continue;
        }
        let mut sentence = piece[from].remove(at);
        sentence.moved = Some(number);
        // Behind the end of another sentence; behind a colon it would be a part of one.
        let ends = |sentence: &Sentence| {
            sentence
                .words
                .last()
                .is_some_and(|word| word.ends_with(['.', '!', '?']))
        };
        let place = random.below(piece[to].len() + 1);
        let place = if place > 0 && ends(&piece[to][place - 1]) {
            place
        } else {
            0
        };
        piece[to].insert(place, sentence);
        return;
    }
}

/// A place that is three paragraphs away or more.
fn elsewhere(from: usize, length: usize, random: &mut Random) -> usize {
    let to = random.below(length.max(1));
    if to.abs_diff(from) >= 3 {
        to
    } else {
        (from + length / 2) % length.max(1)
    }
}

/// One change of a few words, never at the end of the sentence; answers how many words came and went.
fn edit(words: &mut Vec<String>, pool: &[String], random: &mut Random) -> Option<usize> {
    if words.len() < 7 {
        return None;
    }
    let at = random.below(words.len() - 4);
    let length = random.between(1, 4);
    if !words[at..at + length]
        .iter()
        .all(|word| is_plain(word) || word.len() < 4)
        || !is_plain(&words[at])
    {
        return None;
    }
    let mut some = |count: usize| -> Vec<String> { (0..count).map(|_| random.pick(pool).clone()).collect() };
    // Each kind as often as the others.
    let (gone, came) = match (words.len() + at) % 4 {
        0 => (1, some(1)),
        1 => (length, some(length)),
        2 => (length, Vec::new()),
        _ => (0, some(length)),
    };
    let count = gone + came.len();
    words.splice(at..at + gone, came);
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_was_done() {
        let sentence = "Le conseil municipal vote chaque hiver un budget pour la digue du port numéro";
        let texts: Vec<String> = (0..40)
            .map(|at| {
                let one: Vec<String> = (0..5).map(|number| format!("{sentence} {at} {number}.")).collect();
                one.join(" ")
            })
            .collect();
        let made = revision(&texts, 2_000, 40, 6, &mut Random::new(1, 1));
        assert_eq!(made.moved.len(), 6);
        assert!(made.words_changed >= 40);
        assert!(made.moved.iter().all(|text| made.new.contains(text)));
        assert_ne!(made.old, made.new);
    }
}
