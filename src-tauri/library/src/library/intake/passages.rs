//! What becomes of marked passages when another text comes in the place of the one they were marked in.

use super::Library;
use crate::identity::ArticleId;
use edito_prose::quote::{Quote, Sure};
use edito_prose::{Lang, LinkTarget, RenderContext, SheetText, frontmatter, outline, render};

/// What became of the marked passages of an article that was captured with another text. None is dropped: one that the
/// text does not say any more keeps its words, and is found again when a text says them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refound {
    /// How many are said in the same words, between the same words.
    pub kept: usize,
    /// Those that stand between other words now, or in nearly the same words: as they were marked.
    pub moved: Vec<String>,
    /// Those that the former text said and this one does not.
    pub lost: Vec<String>,
}

impl Library {
    /// Compares where the passages of an article stood in the former text (a whole file) with where they stand now.
    pub(super) fn refound(&self, id: &ArticleId, former: &str, present: &str) -> Refound {
        let mut marked = self.highlights(id);
        marked.retain(|highlight| !highlight.quote.trim().is_empty());
        let mut refound = Refound::default();
        if marked.is_empty() {
            return refound;
        }
        let (former, present) = (words(former), words(present));
        let (before, now) = (former.passages(), present.passages());
        for highlight in marked {
            let quote = Quote {
                exact: &highlight.quote,
                prefix: &highlight.prefix,
                suffix: &highlight.suffix,
            };
            match now.find(&quote) {
                Ok(found) if found.sure <= Sure::Folded => refound.kept += 1,
                Ok(_) => refound.moved.push(highlight.quote),
                // What was lost before is not lost by this capture.
                Err(_) if before.find(&quote).is_ok() => refound.lost.push(highlight.quote),
                Err(_) => {}
            }
        }
        refound
    }
}

/// The words of a text as they are read and marked; where its links lead is no part of them.
fn words(text: &str) -> SheetText {
    let front = frontmatter::read(text);
    let lang = front.lang.unwrap_or(Lang::En);
    let title = front.title.or_else(|| Some(outline(text).into_iter().next()?.text));
    let html = render(
        text,
        &RenderContext {
            lang: lang.clone(),
            typography: true,
            resolve_link: &|_, _| LinkTarget::External,
            resolve_image: &|_| None,
            footnote_label: "",
            citations: None,
        },
    );
    SheetText::of(
        title.as_deref().unwrap_or_default(),
        front.standfirst.as_deref(),
        &lang,
        &html,
    )
}
