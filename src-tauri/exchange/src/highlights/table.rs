use super::{Marked, instant};

const COLUMNS: [&str; 11] = [
    "title", "authors", "path", "source", "quote", "note", "colour", "tags", "made", "prefix", "suffix",
];

/// The passages as a table (RFC 4180), one a row. It begins with a byte order mark, without which the usual
/// spreadsheets misread accents.
pub fn table(articles: &[Marked]) -> String {
    let mut text = format!("\u{feff}{}\r\n", COLUMNS.join(","));
    for article in articles {
        for passage in &article.passages {
            let fields = [
                article.title.clone(),
                article.authors.join("; "),
                article.path.clone().unwrap_or_default(),
                article.source.clone().unwrap_or_default(),
                passage.quote.clone(),
                passage.note.clone().unwrap_or_default(),
                passage.colour.word().to_owned(),
                passage.tags.join("; "),
                instant(passage.made),
                passage.prefix.clone(),
                passage.suffix.clone(),
            ];
            let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
            text.push_str(&fields.join(","));
            text.push_str("\r\n");
        }
    }
    text
}

/// A field between quotation marks. What a spreadsheet would take for a formula and reckon gets an apostrophe before
/// it: the words are those of strangers.
fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}
