//! A limit on the attributes of one tag, kept before the text reaches the tokeniser, which compares each with all
//! before it.

use std::borrow::Cow;

/// The most attributes of a tag; what stands after them in the tag is left out.
const MAX_ATTRIBUTES: usize = 128;

/// A tag shorter than this can't have too many.
const SHORT: usize = MAX_ATTRIBUTES * 2;

/// The text with what is beyond the limit taken out of its tags.
pub(super) fn within_limit(text: &str) -> Cow<'_, str> {
    let mut kept: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(open) = find(text, at, '<') {
        let rest = text.get(open..).unwrap_or_default();
        let name = tag_name(rest);
        if name.is_empty() {
            at = if rest.starts_with("<!--") {
                after(text, open + 4, "-->")
            } else {
                open + 1
            };
            continue;
        }
        let (end, cut) = tag(rest, 1 + name.len());
        if let Some(cut) = cut {
            let kept = kept.get_or_insert_with(|| String::with_capacity(text.len()));
            kept.push_str(text.get(copied..open + cut).unwrap_or_default());
            copied = open + end;
        }
        at = open + end;
        // What looks like a tag in a script is none.
        if let Some(raw) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) {
            at = raw_end(text, at, raw);
        }
    }
    match kept {
        None => Cow::Borrowed(text),
        Some(mut kept) => {
            kept.push_str(text.get(copied..).unwrap_or_default());
            Cow::Owned(kept)
        }
    }
}

/// Elements whose content holds no tags.
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

fn find(text: &str, from: usize, wanted: char) -> Option<usize> {
    text.get(from..)?.find(wanted).map(|at| from + at)
}

/// The place after the next `mark`, or the end.
fn after(text: &str, from: usize, mark: &str) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.find(mark).map_or(text.len(), |at| from + at + mark.len())
}

/// Where the closing tag of a raw element begins, or the end.
fn raw_end(text: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find("</")).map(|found| at + found) {
        let candidate = text.get(open + 2..open + 2 + name.len()).unwrap_or_default();
        if candidate.eq_ignore_ascii_case(name) {
            return open;
        }
        at = open + 2;
    }
    text.len()
}

/// The name of the opening tag at the head of a text that begins with `<`.
fn tag_name(text: &str) -> &str {
    let rest = text.get(1..).unwrap_or_default();
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let end = rest
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// Where the tag ends (its `>` not included), and where to cut it when it has too many attributes.
fn tag(text: &str, from: usize) -> (usize, Option<usize>) {
    let bytes = text.as_bytes();
    // Nearly all tags are short, and have no quotes to watch for.
    let near = bytes.get(from..(from + SHORT).min(bytes.len())).unwrap_or_default();
    if let Some(end) = near.iter().position(|byte| matches!(byte, b'>' | b'"' | b'\''))
        && near.get(end) == Some(&b'>')
    {
        return (from + end, None);
    }
    let (mut at, mut count, mut cut) = (from, 0usize, None);
    let mut between = true;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' => between = true,
            b'=' => {
                // A value: to its quote, or to the next space.
                at += 1;
                while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                    at += 1;
                }
                match bytes.get(at) {
                    Some(quote @ (b'"' | b'\'')) => {
                        let rest = text.get(at + 1..).unwrap_or_default();
                        at = rest
                            .find(char::from(*quote))
                            .map_or(bytes.len(), |found| at + 1 + found);
                        between = true;
                    }
                    Some(b'>') => break,
                    _ => {
                        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && *b != b'>') {
                            at += 1;
                        }
                        between = true;
                        continue;
                    }
                }
            }
            _ if between => {
                between = false;
                count += 1;
                if count > MAX_ATTRIBUTES && cut.is_none() {
                    cut = Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    (at.min(bytes.len()), cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_beyond_the_limit_are_touched() {
        for same in [
            "",
            "<p class=\"a>b\" id='x'>text < 3 <b",
            "<!-- <p a b> --><script>if (a<b && c>d) { x = '<p ' }</script>",
            "<a href=x/y?z=1 >l</a><textarea><p </textarea>",
            "<p title=\"sans fin",
        ] {
            assert!(matches!(within_limit(same), Cow::Borrowed(_)), "{same}");
        }
        let many: String = (0..300).map(|n| format!(" a{n}='{n}>'")).collect();
        let cut = within_limit(&format!("<i>é</i><p{many}>texte</p>")).into_owned();
        assert!(
            cut.starts_with("<i>é</i><p a0='0>'") && cut.ends_with("a127='127>' >texte</p>"),
            "{cut}"
        );
        // In a script it is no tag.
        let script = format!("<script>a<p{many}</script>");
        assert_eq!(within_limit(&script), script);
    }
}
