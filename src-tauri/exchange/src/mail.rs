//! Mail: letters and newsletters, one by one (`.eml`) or in mailboxes (`.mbox`).
//!
//! A newsletter is told by `List-Id` or `List-Unsubscribe`. Its HTML is read with every table as what it is there, a
//! way to put things beside each other; what counts openings, leads to a browser or ends the subscription is left out.
//! Images that came along are kept, others stay on the web as addresses: nothing is ever asked for.

mod letter;
pub mod mbox;
mod redirect;

use std::borrow::Cow;
use std::collections::HashMap;

use edito_prose::{ArticleDate, Author, Lang, detect};
use jiff::Timestamp;
use mail_parser::{Message, MimeHeaders, PartType};

use crate::address::Addresses;
use crate::content::{self, Block, Part, Parts, Reading};
use crate::html::{self, dom};
use crate::images::{self, Gallery};
use crate::page::{self, Metadata};
use crate::piece::{Capture, Kind, Piece};
use crate::url::absolute;
use crate::{Error, Receipt, message};

pub(crate) use letter::of_plain_text as paragraphs;

/// Reads one message. `name` is that of its file, for the receipt.
///
/// # Errors
///
/// [`Error::TooLarge`] beyond 128 MB, [`Error::WrongFormat`] for what is no message, [`Error::Empty`] for one that has
/// neither subject nor text, [`Error::Encrypted`] for one that only its receiver can open.
pub fn read_mail(bytes: &[u8], name: Option<&str>) -> Result<(Piece, Receipt), Error> {
    if bytes.len() > message::MAX_BYTES {
        return Err(Error::TooLarge);
    }
    let mut receipt = Receipt::new(name.unwrap_or_default());
    let mut piece = match message::parse(bytes) {
        Some(message) if is_mail(&message) => of_message(&message, &mut receipt)?,
        Some(_) => return Err(Error::WrongFormat),
        // Nested beyond reason: its head, and the words of what can be read as text.
        None => {
            let message = message::headers(bytes).filter(is_mail).ok_or(Error::WrongFormat)?;
            receipt.degrade("structure", None);
            let mut piece = Piece::default();
            envelope(&message, &mut piece);
            piece
        }
    };
    if piece.body.trim().is_empty() {
        if piece.title.is_none() {
            return Err(Error::Empty);
        }
        receipt.degrade("no-text", None);
    }
    piece.capture = Some(Capture {
        bytes: bytes.to_vec(),
        ending: "eml".into(),
    });
    for (kind, there) in [
        ("title", piece.title.is_some()),
        ("author", !piece.authors.is_empty()),
        ("date", piece.published.is_some()),
        ("text", !piece.body.is_empty()),
    ] {
        if there {
            receipt.keep(kind);
        }
    }
    Ok((piece, receipt))
}

/// Reads all messages of a mailbox; its folders are the caller's. Each message is a piece with a receipt of its own.
pub fn read_mailbox<'a>(
    bytes: &'a [u8],
    name: Option<&'a str>,
) -> impl Iterator<Item = Result<(Piece, Receipt), Error>> + 'a {
    mbox::messages(bytes).map(move |message| read_mail(&message, name))
}

/// A message has at least one of the headers that mail has.
fn is_mail(message: &Message<'_>) -> bool {
    message.from().is_some()
        || message.date().is_some()
        || message.subject().is_some()
        || message.content_type().is_some()
}

fn of_message(message: &Message<'_>, receipt: &mut Receipt) -> Result<Piece, Error> {
    let mut piece = Piece::default();
    envelope(message, &mut piece);
    if message
        .parts
        .iter()
        .any(|part| part.is_content_type("multipart", "encrypted") || part.is_content_type("application", "pkcs7-mime"))
    {
        return Err(Error::Encrypted);
    }
    let parts = Enclosed::of(message);
    let mut gallery = Gallery::default();
    let mut blocks: Vec<Block> = Vec::new();
    let (mut declared, mut standfirst) = (None, None);
    let newsletter = piece.kind == Some(Kind::Newsletter);
    for part in message.html_bodies() {
        match &part.body {
            PartType::Html(source) => {
                let Some(document) = html::parse(source) else {
                    receipt.degrade("structure", None);
                    let words = html::plain(source).paragraphs.into_iter();
                    blocks.extend(words.map(|words| Block::Paragraph(vec![content::Inline::Text(words)])));
                    continue;
                };
                standfirst = standfirst.or(page::look_over(&document));
                declared = declared.or_else(|| dom::attribute(&document.html_root(), "lang"));
                let announced = letter::prepare(&document.root(), receipt);
                piece.teaser = piece.teaser.take().or(announced);
                let base = document.base_uri().and_then(|base| absolute(&base));
                blocks.extend(content::read(
                    &document.root(),
                    &mut Reading {
                        addresses: Addresses { base, own: None },
                        parts: &parts,
                        gallery: &mut gallery,
                        receipt,
                        flatten_tables: true,
                        prepared: true,
                    },
                ));
            }
            PartType::Text(text) => blocks.extend(letter::of_plain_text(text)),
            _ => {}
        }
        if part.is_encoding_problem {
            receipt.degrade("encoding", None);
        }
    }
    attachments(message, &parts, receipt);
    let online = letter::clean(&mut blocks, newsletter, receipt);
    piece.url = online.filter(|address| absolute(address).is_some_and(|url| url.query().is_none()));
    let mut metadata = Metadata {
        title: piece.title.take(),
        authors: std::mem::take(&mut piece.authors),
        published: piece.published,
        site: piece.site.take(),
        standfirst: standfirst.filter(|_| newsletter),
        description: piece.teaser.take(),
        ..Metadata::default()
    };
    if newsletter {
        page::shape(&mut blocks, &mut metadata, page::Origin::Newsletter, receipt);
        piece.teaser = page::teaser(&metadata, &blocks);
    } else {
        piece.teaser = metadata.description.take();
    }
    piece.title = metadata.title;
    piece.authors = metadata.authors;
    piece.site = metadata.site;
    piece.standfirst = metadata.standfirst;
    piece.body = content::write(&blocks);
    piece.images = gallery.into_images();
    let words = content::plain_text(&blocks);
    let told = declared
        .as_deref()
        .or_else(|| message.content_language().as_text())
        .map(Lang::from_tag);
    piece.lang = page::language(told.filter(|lang| *lang != Lang::Other("und".into())), &words);
    if piece.lang.is_none() {
        piece.lang = detect(piece.title.as_deref().unwrap_or_default());
    }
    Ok(piece)
}

/// What the headers say.
fn envelope(message: &Message<'_>, piece: &mut Piece) {
    piece.title = message.subject().map(subject).filter(|subject| !subject.is_empty());
    let date = message.date().filter(|date| date.is_valid());
    piece.published = date.and_then(|date| ArticleDate::parse(&date.to_rfc3339()));
    let received = message
        .received()
        .and_then(|received| received.date())
        .filter(|date| date.is_valid());
    piece.captured = received
        .or(date.copied())
        .and_then(|date| Timestamp::from_second(date.to_timestamp()).ok());
    let list = list_name(message);
    let is_list = list.is_some()
        || ["List-Id", "List-Unsubscribe", "List-Post"]
            .iter()
            .any(|name| message.header_raw(*name).is_some());
    piece.kind = Some(if is_list { Kind::Newsletter } else { Kind::Letter });
    let Some(from) = message.from().and_then(|from| from.first()) else {
        piece.site = list;
        return;
    };
    let name = from
        .name()
        .map(dom::squeeze)
        .filter(|name| !name.is_empty() && !name.contains('@'));
    match (name, is_list) {
        (Some(name), true) => {
            let (author, outlet) = sender(&name);
            piece.site = list
                .filter(|list| author.is_some() || page::same_words(list, &name))
                .or(outlet)
                .or_else(|| author.is_none().then(|| name.clone()));
            piece.authors.extend(author.map(|name| Author { name, function: None }));
        }
        (Some(name), false) => piece.authors.push(Author { name, function: None }),
        (None, true) => {
            piece.site = list.or_else(|| {
                from.address()
                    .and_then(|address| address.rsplit('@').next())
                    .map(str::to_owned)
            })
        }
        (None, false) => {
            let address = from.address().unwrap_or_default();
            if !address.is_empty() {
                piece.authors.push(Author {
                    name: address.to_owned(),
                    function: None,
                });
            }
        }
    }
}

/// A subject without the marks that mail programs set before it.
fn subject(subject: &str) -> String {
    let squeezed = dom::squeeze(&subject.replace(|c: char| c.is_control(), " "));
    let mut rest = squeezed.as_str();
    loop {
        let lower = rest.to_lowercase();
        let mark = ["fwd:", "fw:", "tr:", "re:", "réf:", "tr :", "re :", "fwd :"]
            .into_iter()
            .find(|mark| lower.starts_with(mark));
        match mark.and_then(|mark| rest.get(mark.len()..)) {
            Some(after) if !after.trim().is_empty() => rest = after.trim_start(),
            _ => return rest.to_owned(),
        }
    }
}

/// The name of a mailing list, as its id says it: `"The Weekly" <weekly.example.org>`.
fn list_name(message: &Message<'_>) -> Option<String> {
    let raw = message.header_raw("List-Id")?;
    let id = format!("X: {raw}\r\n\r\n");
    // The words of the id may be encoded as those of a subject are.
    let decoded = message::headers(format!("Subject: {raw}\r\n\r\n").as_bytes())
        .and_then(|parsed| parsed.subject().map(str::to_owned))
        .unwrap_or(id);
    let name = decoded.split('<').next().unwrap_or_default();
    let name = name.trim().trim_matches('"').trim();
    let named = name.chars().any(char::is_alphabetic) && !name.contains('.') && name.len() > 2;
    // Senders of many lists number them.
    let numbered = name.chars().filter(char::is_ascii_digit).count() * 2 > name.len();
    (named && !numbered && name.chars().count() <= 80).then(|| dom::squeeze(name))
}

/// The author and the outlet in the name of a newsletter's sender: `Jane Doe from Slow Post`, `Jane Doe (Slow Post)`,
/// `Slow Post`.
fn sender(name: &str) -> (Option<String>, Option<String>) {
    for separator in [
        " from ", " at ", " @ ", " | ", " - ", " – ", " — ", " de la ", " de ", " du ", " pour ", ", ", " (",
    ] {
        if let Some((author, outlet)) = name.split_once(separator)
            && page::looks_like_name(author)
        {
            let outlet = outlet.trim().trim_end_matches(')').trim();
            // « Hélène de Vasseur » is one name.
            let particle = separator.starts_with(" d") && outlet.split_whitespace().count() < 2;
            if !particle && !outlet.is_empty() {
                return (Some(author.trim().to_owned()), Some(outlet.to_owned()));
            }
        }
    }
    if page::looks_like_name(name) && !outlet_like(name) {
        (Some(name.to_owned()), None)
    } else {
        (None, Some(name.to_owned()))
    }
}

/// Whether a name has a word that outlets have in theirs and people do not.
fn outlet_like(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "news",
        "newsletter",
        "letter",
        "lettre",
        "revue",
        "review",
        "journal",
        "institut",
        "institute",
        "times",
        "post",
        "daily",
        "weekly",
        "magazine",
        "gazette",
        "courrier",
        "monde",
        "press",
        "presse",
        "fondation",
        "foundation",
        "team",
        "equipe",
        "club",
        "observer",
        "herald",
        "tribune",
        "digest",
        "bulletin",
        "today",
        "media",
        "medias",
        "redaction",
        "معهد",
        "مجلة",
        "جريدة",
        "صحيفة",
        "مركز",
        "نشرة",
        "موقع",
        "مؤسسة",
    ];
    edito_prose::fold::fold(name)
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| {
            WORDS
                .iter()
                .any(|known| *known == word || edito_prose::fold::fold(known) == word)
        })
}

/// What was enclosed, by the names under which a text asks for it.
struct Enclosed<'m> {
    by_name: HashMap<String, &'m [u8]>,
    used: std::cell::RefCell<Vec<*const u8>>,
}

impl<'m> Enclosed<'m> {
    fn of(message: &'m Message<'m>) -> Enclosed<'m> {
        let mut by_name = HashMap::new();
        for part in &message.parts {
            let bytes: &[u8] = match &part.body {
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes,
                PartType::Text(text) if part.content_type().is_some_and(|kind| kind.ctype() == "image") => {
                    text.as_bytes()
                }
                _ => continue,
            };
            if let Some(id) = part.content_id() {
                by_name.insert(format!("cid:{}", id.trim_matches(['<', '>'])), bytes);
            }
            if let Some(location) = part.content_location() {
                by_name.insert(location.to_owned(), bytes);
            }
            // Some programs write the file's name where the id should be.
            if let Some(name) = part.attachment_name() {
                by_name.entry(format!("cid:{name}")).or_insert(bytes);
            }
        }
        Enclosed {
            by_name,
            used: std::cell::RefCell::default(),
        }
    }

    fn is_used(&self, bytes: &[u8]) -> bool {
        self.used.borrow().contains(&bytes.as_ptr())
    }
}

impl Parts for Enclosed<'_> {
    fn part(&self, written: &str, full: Option<&str>) -> Option<Part<'_>> {
        let written = written.trim();
        let lower = written.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("cid:"));
        let key = match lower {
            Some(_) => format!("cid:{}", written.get(4..).unwrap_or_default()),
            None => written.to_owned(),
        };
        let bytes = self.by_name.get(&key).or_else(|| self.by_name.get(full?))?;
        self.used.borrow_mut().push(bytes.as_ptr());
        Some(Part {
            bytes: Cow::Borrowed(bytes),
            name: None,
        })
    }
}

/// Tells what was enclosed and is not shown: each file by its name, made safe.
fn attachments(message: &Message<'_>, parts: &Enclosed<'_>, receipt: &mut Receipt) {
    for part in message.attachments().take(1_000) {
        let bytes: &[u8] = match &part.body {
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes,
            PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
            _ => &[],
        };
        if parts.is_used(bytes) {
            continue;
        }
        let name = part.attachment_name().map(images::safe_stem);
        receipt.leave_out("attachment", name.as_deref());
    }
}
