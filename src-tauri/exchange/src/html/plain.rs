//! The words of HTML that is no tree worth building: a tokeniser alone, in one pass.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind,
};

use super::attributes;

/// The title and the paragraphs of a document, tags dropped.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    pub title: String,
    pub paragraphs: Vec<String>,
}

/// Reads the words.
pub(crate) fn plain(text: &str) -> Plain {
    let tokenizer = Tokenizer::new(Words::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(&*attributes::within_limit(text)));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.end_paragraph();
    tokenizer.sink.plain.into_inner()
}

/// The longest text that is kept of such a document.
const MAX_BYTES: usize = 4 * 1024 * 1024;

#[derive(Default)]
struct Words {
    plain: RefCell<Plain>,
    paragraph: RefCell<String>,
    length: Cell<usize>,
    in_title: Cell<bool>,
    in_hidden: Cell<bool>,
}

impl Words {
    fn end_paragraph(&self) {
        let paragraph = self.paragraph.take();
        let paragraph = super::dom::squeeze(&paragraph);
        if !paragraph.is_empty() {
            self.plain.borrow_mut().paragraphs.push(paragraph);
        }
    }

    fn text(&self, text: &str) {
        if self.in_title.get() {
            self.plain.borrow_mut().title.push_str(text);
        } else if !self.in_hidden.get() && self.length.get() < MAX_BYTES {
            self.length.set(self.length.get() + text.len());
            self.paragraph.borrow_mut().push_str(text);
        }
    }
}

impl TokenSink for Words {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text(&text),
            Token::TagToken(tag) => {
                let opens = tag.kind == TagKind::StartTag;
                match &*tag.name {
                    "title" => {
                        self.in_title.set(opens && self.plain.borrow().title.is_empty());
                        if opens {
                            return TokenSinkResult::RawData(RawKind::Rcdata);
                        }
                    }
                    "script" | "style" | "template" | "textarea" | "noembed" | "noframes" | "iframe" | "xmp" => {
                        self.in_hidden.set(opens);
                        if opens && &*tag.name != "template" {
                            return TokenSinkResult::RawData(match &*tag.name {
                                "script" => RawKind::ScriptData,
                                "textarea" => RawKind::Rcdata,
                                _ => RawKind::Rawtext,
                            });
                        }
                    }
                    "br" | "td" | "th" => self.text(" "),
                    name if super::dom::is_block(name) => self.end_paragraph(),
                    _ => {}
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_and_tags_are_not() {
        let page = "<title>L&eacute; titre</title><script>var a = '<p>';</script><div>un <b>deux</b><br>trois</div>\
            <p>quatre &amp; cinq<style>p { }</style><li>six";
        let plain = plain(page);
        assert_eq!(plain.title, "Lé titre");
        assert_eq!(plain.paragraphs, ["un deux trois", "quatre & cinq", "six"]);
    }
}
