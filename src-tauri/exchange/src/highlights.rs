//! Marked passages on their way out: as Markdown to be read, as a table, and as W3C Web Annotations
//! (<https://www.w3.org/TR/annotation-model/>), which [`crate::lists`] reads back.

mod annotations;
mod markdown;
mod table;
#[cfg(test)]
mod tests;

use edito_library::Highlight;

pub use annotations::annotations;
pub use markdown::markdown;
pub use table::table;

/// An article with passages marked in it.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    /// Its title.
    pub title: String,
    /// Who signs it.
    pub authors: Vec<String>,
    /// Where its file lies, as an address that leads there from where the export will lie; nothing when it is gone.
    pub link: Option<String>,
    /// The path of its file within the library.
    pub path: Option<String>,
    /// Its identity, as a URN.
    pub urn: String,
    /// Where it was taken from: an address of the web.
    pub source: Option<String>,
    /// The passages, in the order of the text.
    pub passages: Vec<Highlight>,
}

/// Words of an export, in the reader's language.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The heading of all.
    pub title: String,
    /// Where the piece is on the web.
    pub source: String,
    /// Yellow, green, blue, red.
    pub colours: [String; 4],
}

/// The address of the passage in its source: a text fragment
/// (<https://wicg.github.io/scroll-to-text-fragment/>), which browsers scroll to.
fn address_of(source: &str, quote: &str) -> String {
    // A long passage is named by its first and its last words.
    const WHOLE: usize = 8;
    const ENDS: usize = 4;
    let page = source.split('#').next().unwrap_or_default();
    let words: Vec<&str> = quote.split_whitespace().collect();
    if words.is_empty() {
        return page.to_owned();
    }
    let encoded = |words: &[&str]| percent_encoded(&words.join(" "));
    if words.len() <= WHOLE {
        return format!("{page}#:~:text={}", encoded(&words));
    }
    let (first, last) = (words.get(..ENDS), words.get(words.len() - ENDS..));
    format!(
        "{page}#:~:text={},{}",
        encoded(first.unwrap_or_default()),
        encoded(last.unwrap_or_default())
    )
}

/// Everything encoded but what no address gives a meaning to; `-` and `,` divide the parts of a text fragment.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        encoded
    })
}

/// An instant in milliseconds as RFC 3339.
fn instant(milliseconds: i64) -> String {
    jiff::Timestamp::from_millisecond(milliseconds).map_or_else(|_| String::new(), |time| time.to_string())
}
