//! The page that keeps the figures: what stands between its two marks is written anew, the rest stays.

use std::fs;
use std::io;
use std::path::Path;

const BEGIN: &str = "<!-- figures: begin (written by ./dev bench --write) -->";
const END: &str = "<!-- figures: end -->";

/// Puts `figures` between the marks of the page.
pub fn write(path: &Path, figures: &str) -> io::Result<()> {
    let page = fs::read_to_string(path)?;
    let page = between_marks(&page, figures)
        .ok_or_else(|| io::Error::other(format!("{} has no marks for the figures", path.display())))?;
    fs::write(path, page)
}

fn between_marks(page: &str, figures: &str) -> Option<String> {
    let begin = page.find(BEGIN)? + BEGIN.len();
    let end = begin + page.get(begin..)?.find(END)?;
    Some(format!("{}\n\n{}\n\n{}", &page[..begin], figures.trim(), &page[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let page = format!("before\n{BEGIN}\nold\n{END}\nafter\n");
        let first = between_marks(&page, "new").unwrap();
        assert_eq!(first, format!("before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"));
        assert_eq!(between_marks(&first, "new").unwrap(), first);
        assert_eq!(between_marks("no marks", "new"), None);
    }
}
