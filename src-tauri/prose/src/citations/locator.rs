//! Which part of a work a citation means: `p. 12-15`, `chap. 3`, in French and English.

/// A part of a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locator {
    /// What kind of part, as CSL names it: `page`, `chapter`, `volume`…
    pub kind: &'static str,
    /// Which: `12-15`, `iv`.
    pub value: String,
}

/// Reads what stands behind a key: the locator, and the rest as it was typed.
pub(super) fn read(rest: &str) -> (Option<Locator>, String) {
    let bare = rest.trim_start_matches([' ', '\t', '\n', '\u{a0}']);
    let after_comma = bare.strip_prefix(',').unwrap_or(bare);
    let after_comma = after_comma.trim_start_matches(BLANKS);
    // In braces stands a locator whatever it looks like.
    if let Some((inside, suffix)) = after_comma
        .strip_prefix('{')
        .and_then(|inner| inner.split_once('}'))
        .filter(|(inside, _)| !inside.trim().is_empty())
    {
        let (kind, value) = label(inside.trim()).unwrap_or(("page", inside.trim()));
        let value = value.trim().to_owned();
        return (Some(Locator { kind, value }), suffix.to_owned());
    }
    let (kind, value) = match label(after_comma) {
        Some(found) => found,
        None if after_comma.starts_with(|first: char| first.is_ascii_digit()) => ("page", after_comma),
        None => return (None, rest.to_owned()),
    };
    let length = length_of_value(value);
    if length == 0 {
        return (None, rest.to_owned());
    }
    let (value, suffix) = value.split_at(length);
    // Styles know numbers by their commas.
    let value = value.replace(" et ", ", ").replace(" and ", ", ").replace("--", "-");
    (Some(Locator { kind, value }), suffix.to_owned())
}

const BLANKS: [char; 5] = [' ', '\t', '\n', '\u{a0}', '\u{202f}'];

/// The words for parts of works; longer ones before those that they begin with. « § » is none of them: styles write other
/// words for it, and it stays as it is typed.
const LABELS: [(&str, &[&str]); 16] = [
    ("page", &["pages", "page", "pp.", "pp", "p.", "p"]),
    (
        "chapter",
        &["chapitres", "chapitre", "chapters", "chapter", "chaps.", "chap.", "ch."],
    ),
    ("volume", &["volumes", "volume", "vols.", "vol."]),
    ("section", &["sections", "section", "sect.", "sec."]),
    (
        "paragraph",
        &["paragraphes", "paragraphe", "paragraphs", "paragraph", "para.", "par."],
    ),
    ("part", &["parties", "partie", "parts", "part"]),
    ("line", &["lignes", "ligne", "lines", "line", "l."]),
    ("verse", &["versets", "verset", "verses", "verse", "v."]),
    ("note", &["notes", "note", "n."]),
    ("figure", &["figures", "figure", "fig."]),
    ("book", &["livres", "livre", "books", "book", "liv.", "bk."]),
    ("column", &["colonnes", "colonne", "columns", "column", "col."]),
    ("folio", &["folios", "folio", "fol.", "f."]),
    ("issue", &["numéros", "numéro", "nos.", "nos", "no.", "n°", "nᵒ"]),
    ("article-locator", &["articles", "article", "art."]),
    ("sub-verbo", &["s.v."]),
];

/// The kind of part that a text begins with the word for, and what stands behind that word.
fn label(text: &str) -> Option<(&'static str, &str)> {
    LABELS.iter().find_map(|(kind, words)| {
        words.iter().find_map(|word| {
            let head = text.get(..word.len())?;
            if head.to_lowercase() != *word {
                return None;
            }
            let behind = text.get(word.len()..)?;
            // « page » is not the beginning of « pageant », nor « p » of « passim ».
            let ends = word.ends_with(['.', '°']) || behind.starts_with(|next: char| !next.is_alphabetic());
            ends.then(|| (*kind, behind.trim_start_matches(BLANKS)))
        })
    })
}

/// How much of a text tells numbers: `12`, `12-15, 18`, `iv–vi`, `3 et 5`.
fn length_of_value(text: &str) -> usize {
    const BETWEEN: [&str; 12] = [
        "--", "-", "–", "—", ", ", ",", " et ", " and ", " & ", " - ", " – ", "/",
    ];
    let mut length = length_of_number(text);
    loop {
        let rest = text.get(length..).unwrap_or_default();
        let next = BETWEEN.iter().find_map(|between| {
            let number = length_of_number(rest.strip_prefix(between)?);
            (length > 0 && number > 0).then_some(between.len() + number)
        });
        match next {
            Some(more) => length += more,
            None => return length,
        }
    }
}

fn length_of_number(text: &str) -> usize {
    let end = text
        .find(|one: char| !one.is_alphanumeric() && !matches!(one, ':' | '.'))
        .unwrap_or(text.len());
    let word = text.get(..end).unwrap_or_default().trim_end_matches(['.', ':']);
    let roman = !word.is_empty() && word.len() <= 9 && word.chars().all(|one| "ivxlcdmIVXLCDM".contains(one));
    if word.chars().any(|one| one.is_ascii_digit()) || roman {
        word.len()
    } else {
        0
    }
}
