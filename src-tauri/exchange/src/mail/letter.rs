//! The text of a letter or newsletter: HTML made for mail programs, or plain text.

use dom_query::NodeRef;
use edito_prose::fold::fold;

use super::redirect;
use crate::Receipt;
use crate::content::block::{Item, block_words, each_inlines, words};
use crate::content::{Block, Inline, SKIP_ATTRIBUTE};
use crate::html::dom;

/// Marks what the reader of the letter did not see: the hidden line for the list of mails, counters. Answers the
/// hidden line.
pub(super) fn prepare(root: &NodeRef<'_>, receipt: &mut Receipt) -> Option<String> {
    let mut announced = None;
    let nodes: Vec<NodeRef<'_>> = root.descendants_it().filter(NodeRef::is_element).collect();
    for node in nodes {
        if dom::is(&node, &["img"]) && counts_openings(&node) {
            receipt.leave_out("tracking-pixel", None);
            node.set_attr(SKIP_ATTRIBUTE, "");
            continue;
        }
        if dom::is_hidden(&node) || hides_from_readers(&node) {
            let text = without_fill(&dom::text_within(&node, 1_000));
            if announced.is_none() && (20..=300).contains(&text.chars().count()) {
                announced = Some(text);
            }
            node.set_attr(SKIP_ATTRIBUTE, "");
        }
    }
    announced
}

/// Takes out what a letter has around its text: the line that leads to a version for browsers (answered, when it has
/// an address), the end that says how to stop the letters, and the signs that fill up the list of mails. Links lead
/// where they say they lead.
///
/// A letter from one person to another has none of this: only its links are put right.
pub(super) fn clean(blocks: &mut Vec<Block>, newsletter: bool, receipt: &mut Receipt) -> Option<String> {
    each_inlines(blocks, &mut |line| {
        fill_out(line);
        straighten(line);
    });
    blocks.retain(|block| !matches!(block, Block::Paragraph(line) if line.is_empty()));
    if !newsletter {
        return None;
    }
    let mut online = None;
    let mut at = 0;
    while at < blocks.len().min(8) {
        let Some(Block::Paragraph(line)) = blocks.get(at) else {
            at += 1;
            continue;
        };
        let text = words(line);
        if text.chars().count() < 260 && says_one_of(&text, IN_BROWSER) {
            online = online.or_else(|| first_link(line));
            blocks.remove(at);
            receipt.leave_out("view-in-browser", None);
        } else {
            at += 1;
        }
    }
    cut_foot(blocks, receipt);
    online
}

/// The paragraphs of a letter in plain text: those between blank lines. Lines that were wrapped are joined; lines that
/// stand by themselves stay lines; lines after `>` are a quotation.
pub(crate) fn of_plain_text(text: &str) -> Vec<Block> {
    let mut blocks = quoted(&text.replace("\r\n", "\n").replace('\r', "\n"), 0);
    crate::content::tidy(&mut blocks);
    blocks
}

/// The deepest quotation of a quotation that is told apart.
const MAX_QUOTES: usize = 8;

fn quoted(text: &str, depth: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut quotation = String::new();
    for line in text.lines() {
        if depth < MAX_QUOTES
            && let Some(rest) = line.strip_prefix('>')
        {
            end_paragraph(&mut paragraph, &mut blocks);
            quotation.push_str(rest.strip_prefix(' ').unwrap_or(rest));
            quotation.push('\n');
            continue;
        }
        if !quotation.is_empty() {
            blocks.push(Block::Quote(quoted(&std::mem::take(&mut quotation), depth + 1)));
        }
        if matches!(line, "--" | "-- ") {
            // What follows is the sender's card.
            end_paragraph(&mut paragraph, &mut blocks);
            blocks.push(Block::Rule);
        } else if line.trim().is_empty() {
            end_paragraph(&mut paragraph, &mut blocks);
        } else {
            paragraph.push(line);
        }
    }
    end_paragraph(&mut paragraph, &mut blocks);
    if !quotation.is_empty() {
        blocks.push(Block::Quote(quoted(&quotation, depth + 1)));
    }
    blocks.retain(|block| !matches!(block, Block::Quote(inner) if inner.is_empty()));
    blocks
}

fn end_paragraph(lines: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    let lines = std::mem::take(lines);
    if lines.is_empty() {
        return;
    }
    let signs = |line: &str| {
        line.trim()
            .chars()
            .all(|c| matches!(c, '-' | '_' | '=' | '*' | '~' | ' '))
    };
    if lines.iter().all(|line| signs(line)) {
        blocks.push(Block::Rule);
        return;
    }
    // Lines that begin with a dash are a list, when there are several.
    let marked = |line: &str| {
        let line = line.trim_start();
        ["- ", "* ", "• ", "– "].iter().any(|mark| line.starts_with(mark))
    };
    if let Some(first) = lines.iter().position(|line| marked(line))
        && lines.iter().filter(|line| marked(line)).count() > 1
    {
        let (before, list) = lines.split_at(first);
        end_paragraph(&mut before.to_vec(), blocks);
        let mut items: Vec<Item> = Vec::new();
        for line in list {
            let text = line.trim().trim_start_matches(['-', '*', '•', '–']).trim_start();
            match items.last_mut().and_then(|item| item.blocks.last_mut()) {
                Some(Block::Paragraph(inlines)) if !marked(line) => {
                    inlines.push(Inline::Text(format!(" {}", line.trim())));
                }
                _ => items.push(Item {
                    ticked: None,
                    blocks: vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])],
                }),
            }
        }
        blocks.push(Block::List { start: None, items });
        return;
    }
    // All lines but the last nearly as long as the longest: a program wrapped them.
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let wrapped = longest >= 55
        && lines
            .iter()
            .rev()
            .skip(1)
            .all(|line| line.ends_with(' ') || line.chars().count() + 25 >= longest.min(80));
    let mut line: Vec<Inline> = Vec::new();
    for (at, part) in lines.iter().enumerate() {
        if at > 0 {
            line.push(if wrapped {
                Inline::Text(" ".into())
            } else {
                Inline::Break
            });
        }
        line.push(Inline::Text(part.trim().to_owned()));
    }
    blocks.push(Block::Paragraph(line));
}

/// Styles by which mail programs are told not to show something.
fn hides_from_readers(node: &NodeRef<'_>) -> bool {
    let Some(style) = node.attr("style").filter(|style| style.len() < 4_000) else {
        return false;
    };
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    style.contains("mso-hide:all")
        || ["max-height:0", "font-size:0", "font-size:1px", "opacity:0"]
            .iter()
            .any(|mark| {
                style.match_indices(mark).any(|(at, _)| {
                    let rest = style.get(at + mark.len()..).unwrap_or_default();
                    rest.is_empty() || rest.starts_with([';', 'p', '!']) || rest.starts_with("%")
                })
            })
            && !node
                .descendants_it()
                .any(|inner| dom::is(&inner, &["img", "table", "p", "h1"]))
}

/// Whether an image is asked for only to know that the letter was opened.
fn counts_openings(image: &NodeRef<'_>) -> bool {
    let source = dom::attribute(image, "src").unwrap_or_default().to_ascii_lowercase();
    let path = source.split('?').next().unwrap_or_default();
    let named = [
        "/open.php",
        "/wf/open",
        "/open/",
        "/o.gif",
        "/pixel",
        "/beacon",
        "/track/open",
        "/trk/",
        "/e/o/",
        "/emimp/",
        "spacer.gif",
        "blank.gif",
        "transparent.gif",
    ];
    named.iter().any(|mark| path.contains(mark)) && dom::attribute(image, "alt").is_none()
}

/// Signs that nobody sees, with which letters fill the line in the list of mails.
fn is_fill(character: char) -> bool {
    matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{34f}' | '\u{ad}' | '\u{feff}' | '\u{2060}'..='\u{2064}' | '\u{61c}' | '\u{180e}' | '\u{115f}' | '\u{3164}'
    )
}

fn without_fill(text: &str) -> String {
    // A joiner between two letters means something.
    let bare: String = text
        .chars()
        .filter(|c| !is_fill(*c) || matches!(c, '\u{200c}' | '\u{200d}'))
        .collect();
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || is_fill(c));
    dom::squeeze(bare)
}

fn fill_out(line: &mut Vec<Inline>) {
    for inline in line.iter_mut() {
        match inline {
            Inline::Text(text) if text.chars().filter(|c| is_fill(*c)).count() > 3 => {
                let kept: String = text.chars().filter(|c| !is_fill(*c)).collect();
                *text = kept.trim_matches('\u{a0}').to_owned();
            }
            Inline::Span(_, inner) | Inline::Link(_, inner) => fill_out(inner),
            _ => {}
        }
    }
    let seen = |inline: &Inline| match inline {
        Inline::Text(text) => text.chars().any(|c| !c.is_whitespace() && !is_fill(c)),
        Inline::Break => false,
        _ => true,
    };
    if !line.iter().any(seen) {
        line.clear();
    }
}

fn straighten(line: &mut [Inline]) {
    for inline in line {
        match inline {
            Inline::Link(target, inner) => {
                // A machine may stand before another.
                for _ in 0..3 {
                    match redirect::unwrapped(target) {
                        Some(real) => *target = real,
                        None => break,
                    }
                }
                straighten(inner);
            }
            Inline::Span(_, inner) => straighten(inner),
            _ => {}
        }
    }
}

fn first_link(line: &[Inline]) -> Option<String> {
    line.iter().find_map(|inline| match inline {
        Inline::Link(target, _) => Some(target.clone()).filter(|target| target.starts_with("http")),
        Inline::Span(_, inner) => first_link(inner),
        _ => None,
    })
}

/// Cuts the end of a newsletter off, from the first of its last lines that says why it came and how to stop it.
fn cut_foot(blocks: &mut Vec<Block>, receipt: &mut Receipt) {
    let lengths: Vec<usize> = blocks
        .iter()
        .map(|block| block_words(std::slice::from_ref(block)).chars().count())
        .collect();
    let total: usize = lengths.iter().sum();
    let mut before = 0;
    for (at, block) in blocks.iter().enumerate() {
        let length = lengths.get(at).copied().unwrap_or(0);
        // The foot is the last third, or the last page of a long letter.
        let rest = total - before;
        before += length;
        if !(rest * 3 <= total || rest <= 1_500) || at == 0 {
            continue;
        }
        let text = block_words(std::slice::from_ref(block));
        if length < 900 && (says_one_of(&text, STOP) || (length < 400 && says_one_of(&text, WHY))) {
            let mut cut = at;
            // What the sender puts right above it: the rule, the address, the copyright, the icons.
            while cut > 1 {
                let Some(above) = blocks.get(cut - 1) else { break };
                let text = block_words(std::slice::from_ref(above));
                let short = text.chars().count() < 120;
                let small = matches!(above, Block::Rule)
                    || (short && (text.contains(['©', '®']) || fold(&text).contains("copyright") || is_icons(above)));
                if !small {
                    break;
                }
                cut -= 1;
            }
            blocks.truncate(cut);
            receipt.leave_out("unsubscribe-footer", None);
            return;
        }
    }
}

/// Whether a block is nothing but the signs of networks.
fn is_icons(block: &Block) -> bool {
    const NETWORKS: &[&str] = &[
        "facebook",
        "twitter",
        "x",
        "instagram",
        "linkedin",
        "youtube",
        "website",
        "email",
        "bluesky",
        "mastodon",
        "tiktok",
        "site web",
        "threads",
        "telegram",
        "whatsapp",
    ];
    let network = |text: &str| {
        let folded = fold(text);
        let bare = folded.trim_end_matches(" icon").trim_end_matches(" logo").trim();
        NETWORKS.contains(&bare)
    };
    let Block::Paragraph(line) = block else { return false };
    !line.is_empty()
        && line.iter().all(|inline| match inline {
            Inline::Image { alt, .. } => network(alt),
            Inline::Link(_, inner) => network(&words(inner)),
            Inline::Text(text) => !text.chars().any(char::is_alphanumeric),
            Inline::Break => true,
            _ => false,
        })
}

fn says_one_of(text: &str, phrases: &[&str]) -> bool {
    let folded = fold(text).replace('’', "'");
    phrases.iter().any(|phrase| folded.contains(&fold(phrase)))
}

const IN_BROWSER: &[&str] = &[
    "view in browser",
    "view this email in your browser",
    "view in your browser",
    "view online",
    "view it in your browser",
    "read online",
    "open in browser",
    "view web version",
    "web version",
    "see this email in your browser",
    "having trouble viewing",
    "trouble reading this email",
    "voir dans le navigateur",
    "voir dans votre navigateur",
    "dans votre navigateur",
    "version en ligne",
    "lire en ligne",
    "voir la version en ligne",
    "voir en ligne",
    "si ce message ne s'affiche pas",
    "si cet e-mail ne s'affiche pas",
    "si vous ne visualisez pas",
    "ouvrir dans le navigateur",
    "consulter en ligne",
    "عرض في المتصفح",
    "اقرأ على الموقع",
    "عرض هذه الرسالة في المتصفح",
];

const STOP: &[&str] = &[
    "unsubscribe",
    "manage your subscription",
    "manage preferences",
    "manage your preferences",
    "update your preferences",
    "email preferences",
    "opt out",
    "stop receiving",
    "se desabonner",
    "se desinscrire",
    "desabonner",
    "desinscription",
    "desinscrire",
    "vous desinscrire",
    "gerer vos preferences",
    "gerer mes preferences",
    "modifier vos preferences",
    "ne plus recevoir",
    "mettre a jour vos preferences",
    "gerer mon abonnement",
    "إلغاء الاشتراك",
    "الغاء الاشتراك",
    "إدارة الاشتراك",
];

const WHY: &[&str] = &[
    "you are receiving this",
    "you received this email because",
    "you're receiving this",
    "this email was sent to",
    "this message was sent to",
    "why did i get this",
    "our mailing address is",
    "vous recevez cet e-mail",
    "vous recevez cet email",
    "vous recevez ce message",
    "vous recevez ce courriel",
    "cet e-mail a ete envoye",
    "cet email a ete envoye",
    "ce message a ete envoye a",
    "conformement a la loi informatique",
    "تلقيت هذه الرسالة",
    "تصلك هذه الرسالة",
];
