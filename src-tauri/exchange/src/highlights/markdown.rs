use edito_library::{Colour, Highlight};

use super::{Marked, Words, address_of};

/// The passages as Markdown: a heading and a link for each article, a quotation for each passage.
pub fn markdown(articles: &[Marked], words: &Words) -> String {
    let mut text = format!("# {}\n", escaped(&words.title));
    for article in articles {
        let title = escaped(&article.title);
        match &article.link {
            Some(link) => text.push_str(&format!("\n## [{title}]({link})\n")),
            None => text.push_str(&format!("\n## {title}\n")),
        }
        let mut facts: Vec<String> = Vec::new();
        if !article.authors.is_empty() {
            facts.push(escaped(&article.authors.join(", ")));
        }
        if let Some(source) = article.source.as_deref().and_then(address) {
            facts.push(format!("[{}](<{source}>)", escaped(&words.source)));
        }
        if !facts.is_empty() {
            text.push_str(&format!("\n{}\n", facts.join(" · ")));
        }
        for passage in &article.passages {
            write(&mut text, article, passage, words);
        }
    }
    text
}

fn write(text: &mut String, article: &Marked, passage: &Highlight, words: &Words) {
    if !passage.quote.is_empty() {
        text.push('\n');
        for line in passage.quote.lines() {
            let line = escaped(line);
            text.push_str(if line.is_empty() { ">" } else { "> " });
            text.push_str(&line);
            text.push('\n');
        }
    }
    if let Some(note) = &passage.note {
        text.push_str(&format!("\n{}\n", note.trim()));
    }
    let [yellow, green, blue, red] = &words.colours;
    let colour = match passage.colour {
        Colour::Yellow => yellow,
        Colour::Green => green,
        Colour::Blue => blue,
        Colour::Red => red,
    };
    let day = super::instant(passage.made);
    let day = day.split('T').next().unwrap_or_default();
    let mut facts = vec![escaped(colour), day.to_owned()];
    facts.extend(passage.tags.iter().map(|tag| escaped(&format!("#{tag}"))));
    if let Some(source) = article.source.as_deref().and_then(address)
        && !passage.quote.is_empty()
    {
        facts.push(format!("[↗](<{}>)", address_of(source, &passage.quote)));
    }
    text.push_str(&format!("\n*{}*\n", facts.join(" · ")));
}

/// An address that may stand between angle brackets, of a kind that Edito opens.
fn address(source: &str) -> Option<&str> {
    let known = source.starts_with("https://") || source.starts_with("http://");
    (known && !source.contains(['<', '>', '\n', '\r', ' '])).then_some(source)
}

/// Words with nothing in them that Markdown would take for a mark.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for (at, character) in words.char_indices() {
        let mark = matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$' | '{' | '}'
        );
        let at_start = at == 0 && matches!(character, '#' | '+' | '-' | '=');
        // `1.` and `1)` at the start of a line would begin a list.
        let numbered = matches!(character, '.' | ')')
            && at > 0
            && words
                .get(..at)
                .is_some_and(|before| before.bytes().all(|byte| byte.is_ascii_digit()));
        if mark || at_start || numbered {
            text.push('\\');
        }
        text.push(if character == '\n' { ' ' } else { character });
    }
    text
}
