//! Finding quotations: between quotation marks, over several paragraphs too, and in blocks.

use std::ops::Range;

use super::near::References;
use super::pulled;
use super::read::{Block, OBJECT, Place, blocks};
use super::words::words;
use super::{FEWEST_SOURCED, FEWEST_WORDS, Nearness, Quotation};

/// A quotation goes over so many paragraphs at most.
const MOST_PARAGRAPHS: usize = 12;
/// A mark that nothing closes is given up so many times in a paragraph; then the rest of it is left unread.
const MOST_GIVEN_UP: usize = 12;

/// The quotations of a whole text in its order: of the front matter (title, standfirst, teaser), of the body, of its
/// notes. What is quoted within a quotation belongs to it.
pub fn quotations(source: &str) -> Vec<Quotation> {
    let blocks = blocks(source);
    let references = References::of(&blocks);
    let mut found = Vec::new();
    let mut index = 0;
    let mut from = 0;
    let mut given_up = 0;
    while let Some(block) = blocks.get(index) {
        if let Some(quote) = block.quote {
            let end = blocks
                .iter()
                .skip(index)
                .position(|other| other.quote != Some(quote))
                .map_or(blocks.len(), |length| index + length);
            found.extend(block_quotation(&blocks, index..end, &references));
            (index, from, given_up) = (end, 0, 0);
            continue;
        }
        let Some((at, mark)) = opening(&block.text, from) else {
            (index, from, given_up) = (index + 1, 0, 0);
            continue;
        };
        match closing(&blocks, index, at, mark) {
            Some((last, end)) => {
                found.extend(inline_quotation(&blocks, index, (at, mark), last, end, &references));
                if last > index {
                    given_up = 0;
                }
                (index, from) = (last, end);
            }
            None if given_up < MOST_GIVEN_UP => {
                given_up += 1;
                from = at + mark.open().len_utf8();
            }
            None => (index, from, given_up) = (index + 1, 0, 0),
        }
    }
    found.sort_by_key(|quotation| quotation.range.start);
    pulled::leave_out(&mut found, &blocks);
    found
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    Guillemets,
    Curly,
    Low,
    Single,
    Straight,
}

impl Marks {
    fn open(self) -> char {
        match self {
            Marks::Guillemets => '«',
            Marks::Curly => '“',
            Marks::Low => '„',
            Marks::Single => '‘',
            Marks::Straight => '"',
        }
    }
}

/// The next mark that opens something, from a byte on.
fn opening(text: &str, from: usize) -> Option<(usize, Marks)> {
    let mut before = text.get(..from).and_then(|head| head.chars().next_back());
    let mut characters = text.get(from..)?.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let opens = before.is_none_or(|before| before.is_whitespace() || "([{—–-/’'«“¡¿".contains(before));
        let next = characters.peek().map(|(_, next)| *next);
        let marks = match character {
            '«' => Some(Marks::Guillemets),
            '“' => Some(Marks::Curly),
            '„' => Some(Marks::Low),
            '‘' if opens && next.is_some_and(|next| !next.is_whitespace()) => Some(Marks::Single),
            '"' if opens && next.is_some_and(|next| !next.is_whitespace()) => Some(Marks::Straight),
            _ => None,
        };
        if let Some(marks) = marks {
            return Some((from + at, marks));
        }
        before = Some(character);
    }
    None
}

/// Where what was opened is closed: the block, and the byte behind the mark.
fn closing(blocks: &[Block], first: usize, at: usize, marks: Marks) -> Option<(usize, usize)> {
    let mut depth = 1_usize;
    let mut from = at + marks.open().len_utf8();
    let mut index = first;
    loop {
        let block = blocks.get(index)?;
        if let Some(end) = closing_in(&block.text, from, index > first, marks, &mut depth) {
            return Some((index, end));
        }
        let next = blocks.get(index + 1)?;
        let goes_on = block.is_paragraph
            && next.is_paragraph
            && next.within == block.within
            && next.quote.is_none()
            && next.note == block.note
            && index + 1 - first < MOST_PARAGRAPHS;
        if !goes_on {
            return None;
        }
        let begins = next.text.trim_start().chars().next();
        let repeats = begins == Some(marks.open()) || (marks == Marks::Guillemets && begins == Some('»'));
        // French may leave the mark at the head of a paragraph out.
        let goes_on = repeats || (marks == Marks::Guillemets && closes_later(blocks, index + 1, first));
        if !goes_on {
            return None;
        }
        depth = 1;
        from = 0;
        index += 1;
    }
}

/// Whether the next guillemet, some paragraphs on, is one that closes.
fn closes_later(blocks: &[Block], from: usize, first: usize) -> bool {
    for block in blocks.iter().take(first + MOST_PARAGRAPHS).skip(from) {
        if !block.is_paragraph || block.quote.is_some() {
            return false;
        }
        if let Some(mark) = block.text.chars().find(|character| matches!(character, '«' | '»')) {
            return mark == '»';
        }
    }
    false
}

fn closing_in(text: &str, from: usize, continues: bool, marks: Marks, depth: &mut usize) -> Option<usize> {
    let head = text.len() - text.trim_start().len();
    let mut before = text.get(..from).and_then(|before| before.chars().next_back());
    let mut characters = text.get(from..)?.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let at = from + at;
        let next = characters.peek().map(|(_, next)| *next);
        let repeated = continues && at == head;
        let is_in_word = before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let solid_before = before.is_some_and(|before| !before.is_whitespace());
        let closes = match (marks, character) {
            (Marks::Guillemets, '»') | (Marks::Curly, '”') => !repeated,
            (Marks::Low, '“' | '”') => true,
            (Marks::Single, '’') => !is_in_word && !next.is_some_and(char::is_alphanumeric) && !possessive(text, at),
            (Marks::Straight, '"') => !repeated && solid_before && !next.is_some_and(char::is_alphanumeric),
            _ => false,
        };
        if closes {
            *depth -= 1;
            if *depth == 0 {
                return Some(at + character.len_utf8());
            }
        } else if character == marks.open() && marks != Marks::Straight && !repeated {
            *depth += 1;
        }
        before = Some(character);
    }
    None
}

/// « the students’ rights’ »: an apostrophe after an s that another mark closes later.
fn possessive(text: &str, at: usize) -> bool {
    const WITHIN: usize = 200;
    let rest = text.get(at + '’'.len_utf8()..).unwrap_or_default();
    if !text.get(..at).is_some_and(|before| before.ends_with('s')) || !rest.starts_with(' ') {
        return false;
    }
    let mut characters = rest.chars().take(WITHIN).peekable();
    while let Some(character) = characters.next() {
        match character {
            '‘' => return false,
            '’' if !characters.peek().is_some_and(|next| next.is_alphanumeric()) => return true,
            _ => {}
        }
    }
    false
}

fn inline_quotation(
    blocks: &[Block],
    first: usize,
    (at, mark): (usize, Marks),
    last: usize,
    end: usize,
    references: &References,
) -> Option<Quotation> {
    let mut words_of = Pieces::default();
    for index in first..=last {
        let block = blocks.get(index)?;
        let from = if index == first { at } else { 0 };
        let to = if index == last { end } else { block.text.len() };
        words_of.add(block, from..to);
    }
    // « [Title](address) » in a note is what the note names.
    let covers = |mark: &super::read::Mark| {
        mark.range.start <= at + '«'.len_utf8() + 2 && mark.range.end + 4 >= end && mark.range.start > at
    };
    let block = blocks.get(first)?;
    if block.note.is_some() && first == last && block.marks.iter().any(|mark| !mark.range.is_empty() && covers(mark)) {
        return None;
    }
    let whole = words_of.range()?;
    let is_named = first == last && block.text.get(..at).is_some_and(names_work);
    let Pieces { text, places } = words_of.trimmed(|character| {
        character.is_whitespace() || matches!(character, '«' | '»' | '“' | '”' | '„' | '"' | '‘' | '’')
    });
    let sources = if block.is_front_matter {
        references.of_piece()
    } else {
        references.of_inline(blocks, first, last, (at, end))
    };
    let mut found = quotation(whole.clone(), whole.end, text, places, false, sources)?;
    found.stops_within = mark != Marks::Guillemets;
    if found.word_count() < FEWEST_SOURCED {
        // A word or two are mostly a name, a title, a turn of phrase.
        let is_title = reads_as_title(&found.words);
        let is_close = first == last && references.are_close(block, &(at..end), is_title);
        return (is_close && !(is_title && (is_named || block.note.is_some()))).then_some(found);
    }
    (found.is_sourced() || !is_named || !reads_as_title(&found.words)).then_some(found)
}

fn block_quotation(blocks: &[Block], quoted: Range<usize>, references: &References) -> Option<Quotation> {
    let inside = blocks.get(quoted.clone())?;
    let last = inside.last()?;
    // `> [!NOTE]` in a dialect that is not read as an alert.
    if inside.first()?.text.starts_with("[!") {
        return None;
    }
    let attribution = attribution(last).filter(|at| *at > 0 || inside.len() > 1);
    let mut words_of = Pieces::default();
    for (index, block) in inside.iter().enumerate() {
        let to = match attribution {
            Some(at) if index + 1 == inside.len() => at,
            _ => block.text.len(),
        };
        words_of.add(block, 0..to);
    }
    let trimmed =
        words_of.trimmed(|character| character.is_whitespace() || matches!(character, '«' | '»' | '“' | '”' | '"'));
    let mut whole = Pieces::default();
    inside.iter().for_each(|block| whole.add(block, 0..block.text.len()));
    let end = whole.range()?.end;
    let range = trimmed.range()?;
    let sources = references.of_block(blocks, quoted, attribution);
    quotation(range, end, trimmed.text, trimmed.places, true, sources)
}

/// Where the line begins that says who said it.
fn attribution(block: &Block) -> Option<usize> {
    const DASHES: [char; 5] = ['—', '–', '―', '-', '~'];
    let line = block.text.rfind('\n').map_or(0, |end| end + 1);
    let is_one = |at: usize| block.text.get(at..).is_some_and(|rest| rest.starts_with(DASHES));
    // It may go over more than one line.
    let dashed = |at: usize| -> Option<usize> {
        let head = block.text.get(..at)?;
        head.rfind('\n').map_or(Some(0), |end| Some(end + 1))
    };
    let mut at = line;
    for _ in 0..3 {
        if is_one(at) {
            return Some(at);
        }
        at = dashed(at.checked_sub(1)?)?;
    }
    None
}

fn quotation(
    range: Range<usize>,
    end: usize,
    text: String,
    places: Vec<Place>,
    is_block: bool,
    sources: Vec<super::Named>,
) -> Option<Quotation> {
    let attached = sources.iter().any(|named| named.nearness == Nearness::Attached);
    let fewest = if attached { 1 } else { FEWEST_WORDS };
    let spoken = text.chars().filter(|character| *character == OBJECT).count();
    let count = words(&text).len();
    (count >= fewest && count > spoken && !is_title(&text, count, attached)).then_some(Quotation {
        range,
        words: text,
        is_block,
        end,
        sources,
        places,
        stops_within: false,
    })
}

/// “The Rise and Fall of the Third Reich”: every word that counts has a capital.
fn is_title(text: &str, count: usize, attached: bool) -> bool {
    if attached || count > LONGEST_TITLE || text.contains(['.', '?', '!', ';', '\n']) {
        return false;
    }
    let long = text.split_whitespace().filter(|word| word.chars().count() > 4);
    let (mut all, mut raised) = (0, 0);
    for word in long {
        all += 1;
        raised += usize::from(
            word.chars()
                .find(|letter| letter.is_alphabetic())
                .is_some_and(char::is_uppercase),
        );
    }
    all > 1 && all == raised
}

/// Whether what stands before a mark says that a title comes: « l’essai », “the report titled”.
fn names_work(before: &str) -> bool {
    let last = before
        .trim_end()
        .rsplit(|character: char| !character.is_alphabetic())
        .next();
    let word = last.unwrap_or_default().to_lowercase();
    // A number or a mark between the word and the title, and the word belongs to something else.
    before.trim_end().ends_with(char::is_alphabetic) && WORKS.contains(&word.as_str())
}

/// What is called by its title, directly before it.
const WORKS: [&str; 46] = [
    "article",
    "brochure",
    "chanson",
    "chronique",
    "colloque",
    "conférence",
    "discours",
    "documentaire",
    "dossier",
    "émission",
    "essai",
    "éditorial",
    "exposition",
    "film",
    "intitulé",
    "intitulée",
    "intitulés",
    "intitulées",
    "livre",
    "manifeste",
    "mémoire",
    "note",
    "nouvelle",
    "ouvrage",
    "pièce",
    "poème",
    "rapport",
    "recueil",
    "reportage",
    "revue",
    "roman",
    "rubrique",
    "série",
    "tableau",
    "texte",
    "thèse",
    "titre",
    "traité",
    "tribune",
    "entitled",
    "titled",
    "novel",
    "essay",
    "book",
    "documentary",
    "poem",
];

/// Whether words could be a title in small letters: a capital first, and nothing that ends a sentence.
fn reads_as_title(text: &str) -> bool {
    text.chars()
        .find(|character| character.is_alphanumeric())
        .is_some_and(|first| !first.is_lowercase())
        && !text.contains(['.', '!', ';', '…', '\n', OBJECT])
        && words(text).len() <= LONGEST_TITLE
}

const LONGEST_TITLE: usize = 14;

/// The words of a quotation, with their places.
#[derive(Default)]
struct Pieces {
    text: String,
    places: Vec<Place>,
}

impl Pieces {
    fn add(&mut self, block: &Block, range: Range<usize>) {
        let Some(text) = block.text.get(range.clone()).filter(|text| !text.is_empty()) else {
            return;
        };
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let by = self.text.len();
        let first = block.places.partition_point(|place| place.at < range.start);
        let end = block.places.partition_point(|place| place.at < range.end);
        for place in block.places.get(first..end).unwrap_or_default() {
            self.places.push(Place {
                at: place.at - range.start + by,
                ..*place
            });
        }
        self.text.push_str(text);
    }

    fn range(&self) -> Option<Range<usize>> {
        let real = |place: &&Place| place.to > place.from;
        let start = self.places.iter().find(real)?.from;
        let end = self.places.iter().rev().find(real)?.to;
        (start < end).then_some(start..end)
    }

    fn trimmed(self, is_mark: impl Fn(char) -> bool) -> Pieces {
        let Pieces { text, places } = self;
        let start = text.len() - text.trim_start_matches(&is_mark).len();
        // What closes a quotation within stays with it.
        let end = text.trim_end_matches(&is_mark).len().max(start);
        let inner = text.get(start..end).unwrap_or_default().to_owned();
        let places = places
            .into_iter()
            .filter(|place| place.at >= start && place.at < end)
            .map(|place| Place {
                at: place.at - start,
                ..place
            })
            .collect();
        Pieces { text: inner, places }
    }
}
