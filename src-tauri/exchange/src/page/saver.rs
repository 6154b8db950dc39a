//! What programs that save pages write about the page.

use jiff::Timestamp;

use super::dates;
use crate::html::dom::squeeze;

/// What a page saver told.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Saved {
    pub url: Option<String>,
    pub at: Option<Timestamp>,
}

/// Reads the comments near the top of a page: SingleFile's (`Page saved with SingleFile`, older `Archive processed by
/// SingleFile`, with `url:` and `saved date:`), and the mark that browsers leave (`saved from url=(0020)http://…`).
pub(super) fn read(comments: &[String]) -> Saved {
    let mut saved = Saved::default();
    for comment in comments {
        if comment.contains("SingleFile") {
            for line in comment.lines() {
                let line = line.trim();
                if let Some(url) = line.strip_prefix("url:") {
                    saved.url = Some(squeeze(url));
                } else if let Some(date) = line.strip_prefix("saved date:") {
                    saved.at = dates::javascript(date);
                }
            }
            return saved;
        }
        if let Some((_, rest)) = comment.split_once("saved from url=(")
            && let Some((_, url)) = rest.split_once(')')
        {
            saved.url = Some(squeeze(url));
        }
    }
    saved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_savers_tell_where_and_when() {
        let comment = "\n Page saved with SingleFile \n url: https://a.fr/b?c \n saved date: Tue Mar 12 2024 08:30:00 GMT+0100 (x)\n".to_owned();
        let saved = read(&[" x ".into(), comment.clone()]);
        assert_eq!(saved.url.as_deref(), Some("https://a.fr/b?c"));
        assert_eq!(
            saved.at.map(|at| at.to_string()).as_deref(),
            Some("2024-03-12T07:30:00Z")
        );
        let older = read(&[comment.replace("Page saved with", "Archive processed by")]);
        assert_eq!(older, saved);
        let browser = read(&[" saved from url=(0018)https://a.fr/b.html ".into()]);
        assert_eq!(browser.url.as_deref(), Some("https://a.fr/b.html"));
    }
}
