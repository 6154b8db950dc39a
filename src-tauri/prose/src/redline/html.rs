//! A redline as HTML.

use super::{Nature, Op, Redline, What};
use crate::render::escape::escape;

/// How a redline is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct HtmlOptions {
    /// Changes of typography are marked too; else the new text stands there without a mark.
    pub typography: bool,
}

impl Redline {
    /// The old text with its changes, as HTML: the source of the text, escaped, in which `ins` and `del` stand around
    /// what changed. Line ends stay as they are, for an element whose style keeps them (`white-space: pre-wrap`).
    ///
    /// Every mark has `data-change` with the number of its change, and as its class what kind of change it is. The two
    /// ends of a move have `data-move` with its number, and name each other for those who can’t see the page
    /// (`aria-details`); what was edited on the way is marked within the end that came.
    pub fn to_html(&self, old: &str, options: HtmlOptions) -> String {
        let mut html = String::with_capacity(old.len() * 5 / 4);
        for op in &self.ops {
            match &op.what {
                What::MovedFrom { id } | What::MovedTo { id } => {
                    let Ok(found) = self.moved(*id) else { continue };
                    let (tag, here, there) = if matches!(op.what, What::MovedFrom { .. }) {
                        ("del", "from", "to")
                    } else {
                        ("ins", "to", "from")
                    };
                    html.push_str(&format!(
                        "<{tag} class=\"moved\" id=\"moved-{here}-{id}\" data-change=\"{id}\" data-move=\"{id}\" \
                         aria-details=\"moved-{there}-{id}\">"
                    ));
                    if tag == "del" {
                        escape(&found.removed, &mut html);
                    } else {
                        let lead = found.inner_new.start - found.new.start;
                        let end = found.inner_new.end - found.new.start;
                        escape(found.added.get(..lead).unwrap_or_default(), &mut html);
                        found.ops.iter().for_each(|op| write(op, old, options, &mut html));
                        escape(found.added.get(end..).unwrap_or_default(), &mut html);
                    }
                    html.push_str(&format!("</{tag}>"));
                }
                _ => write(op, old, options, &mut html),
            }
        }
        html
    }
}

fn write(op: &Op, old: &str, options: HtmlOptions, html: &mut String) {
    let What::Change {
        id,
        nature,
        removed,
        added,
    } = &op.what
    else {
        escape(old.get(op.old.clone()).unwrap_or_default(), html);
        return;
    };
    let class = match nature {
        Nature::Typography if !options.typography => {
            escape(added, html);
            return;
        }
        Nature::Typography => "typography",
        Nature::Structure(_) => "structure",
        Nature::Replaced => "replaced",
        Nature::Inserted => "inserted",
        Nature::Deleted => "deleted",
    };
    for (tag, words) in [("del", removed), ("ins", added)] {
        if !words.is_empty() {
            html.push_str(&format!("<{tag} class=\"{class}\" data-change=\"{id}\">"));
            escape(words, html);
            html.push_str(&format!("</{tag}>"));
        }
    }
}
