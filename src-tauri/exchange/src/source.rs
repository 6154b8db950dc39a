//! Any file that somebody hands in: told by what it holds, and read piece by piece.
//!
//! | it holds | it is |
//! |---|---|
//! | what one of the programs of [`crate::lists`] writes, alone or in a zip archive | a reading list |
//! | a web archive, HTML | a saved page |
//! | the head of a message, messages after `From ` lines | mail |
//! | a book, in a zip archive of its own (EPUB) | a book |
//! | other files, in a zip archive | each of them |
//! | other text, in a file named `.md`, `.markdown`, `.txt` or without an ending | a note |
//!
//! Feeds and lists of feeds are not imported: they are subscribed to. Whoever asked a feed says in a [`Task`] that its
//! items are wanted.

use std::collections::VecDeque;
use std::io::Cursor;

use serde::{Deserialize, Serialize};

use crate::archive::Archive;
use crate::feed;
use crate::lists::{self, ListError};
use crate::mail::mbox;
use crate::picture;
use crate::piece::{Capture, Piece};
use crate::{Error, Image, PageHints, Receipt, read_book, read_fragment, read_mail, read_note, read_page};

/// What lies beside a file.
pub trait Attachments {
    /// The bytes of a file that a text in `folder` names: by a path from there or from the outermost folder, or by a
    /// name that is the only one of its kind.
    fn find(&mut self, folder: &[String], target: &str) -> Option<Vec<u8>>;
}

/// Nothing lies beside it.
pub struct NoAttachments;

impl Attachments for NoAttachments {
    fn find(&mut self, _: &[String], _: &str) -> Option<Vec<u8>> {
        None
    }
}

/// What is wanted of a file, and what is known of it besides its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Task {
    /// What is wanted of it.
    pub wanted: Wanted,
    /// The address that it was fetched from.
    pub address: Option<String>,
    /// The character set that the server named.
    pub charset: Option<String>,
}

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Wanted {
    /// The texts in it, whatever it is.
    #[default]
    Texts,
    /// The feed that it is, and its items.
    Feed,
    /// Where the feeds of the page may be that it is.
    FeedsOfPage,
    /// The list of feeds that it is.
    ListOfFeeds,
    /// The image that it is, in the sizes of [`picture::SIZES`] that make it smaller: the images of one piece, the
    /// largest first, each named by the ending of its form.
    Smaller,
}

/// What one step of reading gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// The piece, unless there was none or it failed.
    pub piece: Option<Piece>,
    /// What became of it.
    pub receipt: Receipt,
}

/// The pieces of one file, one after the other.
pub struct Pieces<'a> {
    steps: Box<dyn Steps + 'a>,
}

impl<'a> Pieces<'a> {
    /// Opens a file. `name` is that of the file, `folder` the folders it lies in within what was handed in, and
    /// `attachments` what lies around it.
    pub fn of(
        name: &'a str,
        folder: &'a [String],
        bytes: &'a [u8],
        attachments: &'a mut dyn Attachments,
        task: &'a Task,
    ) -> Pieces<'a> {
        if task.wanted == Wanted::Smaller {
            return Pieces {
                steps: Box::new(Shrinking { bytes: Some(bytes) }),
            };
        }
        if task.wanted != Wanted::Texts {
            return Pieces {
                steps: match feed::pieces(bytes, task) {
                    Ok(pieces) => Box::new(pieces),
                    Err(kind) => Box::new(Ended(failure(name, kind))),
                },
            };
        }
        let steps: Box<dyn Steps + 'a> = match kind_of(name, bytes) {
            Kind::Archive => of_archive(name, bytes, attachments),
            Kind::List => match lists::read(name, bytes) {
                Ok(reading) => Box::new(List(reading)),
                Err(error) => Box::new(Ended(failure(name, list_error(&error)))),
            },
            Kind::Mailbox => Box::new(Mailbox {
                name,
                messages: Box::new(mbox::messages(bytes)),
            }),
            Kind::Single(single) => Box::new(Single {
                kind: Some(single),
                name,
                folder,
                bytes,
                attachments,
                task,
            }),
            Kind::Other(what) => {
                let mut receipt = Receipt::new(name);
                receipt.leave_out(what, ending_of(name).as_deref());
                Box::new(Ended(receipt))
            }
        };
        Pieces { steps }
    }

    /// Passes over the next piece without reading its text; answers whether there was one.
    pub fn pass_over(&mut self) -> bool {
        self.steps.step(true).is_some()
    }

    /// What concerns the file and none of its pieces; complete when there are no more of them.
    pub fn receipt(&self) -> Receipt {
        self.steps.receipt()
    }
}

impl Iterator for Pieces<'_> {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        self.steps.step(false)
    }
}

trait Steps {
    fn step(&mut self, skip: bool) -> Option<Read>;

    fn receipt(&self) -> Receipt {
        Receipt::default()
    }
}

enum Kind {
    Archive,
    List,
    Mailbox,
    Single(SingleKind),
    Other(&'static str),
}

#[derive(Clone, Copy)]
enum SingleKind {
    Page,
    Mail,
    /// A web archive, or a message that looks like one.
    PageOrMail,
    Note,
    Book,
}

/// How many bytes tell what a file is.
const HEAD: usize = 64 * 1024;

fn kind_of(name: &str, bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Archive;
    }
    if let Some(what) = of_other_kind(bytes) {
        return Kind::Other(what);
    }
    let ending = ending_of(name);
    let is_note = matches!(
        ending.as_deref(),
        None | Some("md" | "markdown" | "mdown" | "mkd" | "txt" | "text")
    );
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD)).unwrap_or_default());
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let named_note = is_note && ending.is_some();
    if head.starts_with("---\n") || head.starts_with("---\r\n") || head.starts_with("+++\n") {
        return Kind::Single(SingleKind::Note);
    }
    if !named_note || head.starts_with('<') {
        if let Some(what) = subscription(head) {
            return Kind::Other(what);
        }
        if lists::detect(bytes).is_some() {
            return Kind::List;
        }
    }
    if head.starts_with("From ") && fields(head.lines().skip(1)).any(is_of_mail) {
        return Kind::Mailbox;
    }
    if !named_note || matches!(ending.as_deref(), Some("txt" | "text")) {
        let mut of_mail = false;
        let mut of_archive = false;
        for field in fields(head.lines()) {
            of_mail |= is_of_mail(field);
            let field = field.to_ascii_lowercase();
            of_archive |= field.starts_with("snapshot-content-location:") || field.contains("multipart/related");
        }
        if of_archive {
            return Kind::Single(SingleKind::PageOrMail);
        }
        if of_mail {
            return Kind::Single(SingleKind::Mail);
        }
    }
    if is_html(head) && (!named_note || whole_page(head)) {
        return Kind::Single(SingleKind::Page);
    }
    // A message of so few fields that only its name says what it is.
    if ending.as_deref() == Some("eml") && fields(head.lines()).next().is_some() {
        return Kind::Single(SingleKind::Mail);
    }
    if matches!(ending.as_deref(), Some("html" | "htm" | "xhtml" | "mhtml" | "mht")) {
        return Kind::Single(SingleKind::Page);
    }
    if is_note {
        return Kind::Single(SingleKind::Note);
    }
    Kind::Other("format")
}

/// What is certainly no text: by its first bytes.
fn of_other_kind(bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 12] = [
        (b"%PDF-", "format"),
        (b"\x89PNG", "image"),
        (b"\xff\xd8\xff", "image"),
        (b"GIF8", "image"),
        (b"RIFF", "media"),
        (b"ID3", "media"),
        (b"OggS", "media"),
        (b"\x1a\x45\xdf\xa3", "media"),
        (b"SQLite format 3", "format"),
        (b"\x1f\x8b", "format"),
        (b"7z\xbc\xaf", "format"),
        (b"Rar!", "format"),
    ];
    SIGNS
        .iter()
        .find(|(sign, _)| bytes.starts_with(sign))
        .map(|(_, what)| *what)
}

fn subscription(head: &str) -> Option<&'static str> {
    let start: String = head.chars().take(2_048).collect::<String>().to_ascii_lowercase();
    if start.starts_with('{') {
        return start.contains("jsonfeed.org/version").then_some("feed");
    }
    let mut rest = start.as_str();
    // Past the declaration, comments and instructions.
    while let Some(tag) = rest.find('<').and_then(|at| rest.get(at..)) {
        if tag.starts_with("<?") || tag.starts_with("<!--") {
            rest = tag.find('>').and_then(|end| tag.get(end + 1..)).unwrap_or_default();
            continue;
        }
        for (name, what) in [
            ("<rss", "feed"),
            ("<feed", "feed"),
            ("<rdf:rdf", "feed"),
            ("<opml", "subscriptions"),
        ] {
            if tag.starts_with(name) {
                return Some(what);
            }
        }
        return None;
    }
    None
}

/// The header fields at the start of a text, while there are nothing but fields.
fn fields<'a>(lines: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    lines.take(400).take_while(|line| {
        let continued = line.starts_with([' ', '\t']);
        continued
            || line
                .split_once(':')
                .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()))
    })
}

fn is_of_mail(field: &str) -> bool {
    let name = field.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(
        name.as_str(),
        "from" | "received" | "message-id" | "mime-version" | "return-path" | "delivered-to" | "list-id"
    )
}

fn whole_page(head: &str) -> bool {
    let start: String = head.chars().take(2_048).collect::<String>().to_ascii_lowercase();
    start.contains("<html") || start.starts_with("<!doctype html")
}

fn is_html(head: &str) -> bool {
    let start: String = head.chars().take(4_096).collect::<String>().to_ascii_lowercase();
    if !start.starts_with('<') {
        return start.contains("<html");
    }
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<div",
        "<p>",
        "<h1",
        "<meta",
        "<main",
    ]
    .iter()
    .any(|tag| start.contains(tag))
}

/// The ending of a name in lower case, without the full stop.
fn ending_of(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && ending.len() <= 16).then(|| ending.to_lowercase())
}

fn failure(name: &str, kind: &str) -> Receipt {
    let mut receipt = Receipt::new(name);
    receipt.fail(kind, None);
    receipt
}

fn kind_of_error(error: Error) -> &'static str {
    match error {
        Error::TooLarge => "too-large",
        Error::WrongFormat => "format",
        Error::Damaged => "damaged",
        Error::Empty => "empty",
        Error::Encrypted => "encrypted",
    }
}

fn list_error(error: &ListError) -> &'static str {
    match error {
        ListError::Unknown => "format",
        ListError::Archive(error) => error.kind(),
    }
}

/// A file of which there is nothing but a receipt.
struct Ended(Receipt);

impl Steps for Ended {
    fn step(&mut self, _: bool) -> Option<Read> {
        None
    }

    fn receipt(&self) -> Receipt {
        self.0.clone()
    }
}

/// An image that is wanted smaller.
struct Shrinking<'a> {
    bytes: Option<&'a [u8]>,
}

impl Steps for Shrinking<'_> {
    fn step(&mut self, skip: bool) -> Option<Read> {
        let bytes = self.bytes.take()?;
        let mut read = Read::default();
        if skip {
            return Some(read);
        }
        match picture::smaller(bytes) {
            Ok(images) => {
                let images = images.into_iter().map(|image| Image {
                    name: Some(image.ending.to_owned()),
                    bytes: image.bytes,
                    url: None,
                });
                read.piece = Some(Piece {
                    images: images.collect(),
                    ..Piece::default()
                });
            }
            Err(_) => read.receipt.fail("image", None),
        }
        Some(read)
    }
}

impl Steps for feed::FeedPieces {
    fn step(&mut self, skip: bool) -> Option<Read> {
        self.step(skip)
    }

    fn receipt(&self) -> Receipt {
        self.receipt.clone()
    }
}

struct Single<'a> {
    kind: Option<SingleKind>,
    name: &'a str,
    folder: &'a [String],
    bytes: &'a [u8],
    attachments: &'a mut dyn Attachments,
    task: &'a Task,
}

impl Steps for Single<'_> {
    fn step(&mut self, skip: bool) -> Option<Read> {
        let kind = self.kind.take()?;
        if skip {
            return Some(Read::default());
        }
        Some(read_single(
            kind,
            self.name,
            self.folder,
            self.bytes,
            self.attachments,
            self.task,
        ))
    }
}

fn read_single(
    kind: SingleKind,
    name: &str,
    folder: &[String],
    bytes: &[u8],
    attachments: &mut dyn Attachments,
    task: &Task,
) -> Read {
    let hints = PageHints {
        url: task.address.as_deref(),
        charset: task.charset.as_deref(),
        name: Some(name),
    };
    let read = match kind {
        SingleKind::Page => read_page(bytes, hints),
        SingleKind::Mail => read_mail(bytes, Some(name)),
        SingleKind::Book => read_book(bytes, Some(name)),
        SingleKind::Note => read_note(bytes, name, folder, attachments),
        SingleKind::PageOrMail => read_page(bytes, hints).or_else(|error| read_mail(bytes, Some(name)).or(Err(error))),
    };
    match read {
        Ok((piece, receipt)) => Read {
            piece: Some(piece),
            receipt,
        },
        Err(error) => Read {
            piece: None,
            receipt: failure(name, kind_of_error(error)),
        },
    }
}

struct Mailbox<'a> {
    name: &'a str,
    messages: Box<dyn Iterator<Item = std::borrow::Cow<'a, [u8]>> + 'a>,
}

impl Steps for Mailbox<'_> {
    fn step(&mut self, skip: bool) -> Option<Read> {
        let message = self.messages.next()?;
        if skip {
            return Some(Read::default());
        }
        Some(read_single(
            SingleKind::Mail,
            self.name,
            &[],
            &message,
            &mut NoAttachments,
            &NOTHING_KNOWN,
        ))
    }
}

struct List<'a>(lists::Reading<'a>);

impl Steps for List<'_> {
    fn step(&mut self, skip: bool) -> Option<Read> {
        let mut entry = self.0.next()?;
        if skip {
            return Some(Read::default());
        }
        if let Some(html) = entry.html.take() {
            let text = read_fragment(&html, entry.piece.url.as_deref(), &mut entry.receipt);
            entry.piece.body = text.body;
            entry.piece.images = text.images;
            entry.piece.capture = Some(Capture {
                bytes: html.into_bytes(),
                ending: "html".into(),
            });
        }
        Some(Read {
            piece: Some(entry.piece),
            receipt: entry.receipt,
        })
    }

    fn receipt(&self) -> Receipt {
        self.0.receipt().clone()
    }
}

static NOTHING_KNOWN: Task = Task {
    wanted: Wanted::Texts,
    address: None,
    charset: None,
};

fn of_archive<'a>(name: &'a str, bytes: &'a [u8], attachments: &'a mut dyn Attachments) -> Box<dyn Steps + 'a> {
    let is_book = Archive::open(Cursor::new(bytes)).is_ok_and(|archive| archive.contains("META-INF/container.xml"));
    if is_book {
        return Box::new(Single {
            kind: Some(SingleKind::Book),
            name,
            folder: &[],
            bytes,
            attachments,
            task: &NOTHING_KNOWN,
        });
    }
    match lists::read(name, bytes) {
        Ok(reading) => return Box::new(List(reading)),
        Err(ListError::Unknown) => {}
        Err(error) => return Box::new(Ended(failure(name, list_error(&error)))),
    }
    let archive = match Archive::open(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return Box::new(Ended(failure(name, error.kind()))),
    };
    let mut receipt = Receipt::new(name);
    for refused in archive.refused() {
        receipt.fail(refused.reason.kind(), Some(&refused.name));
    }
    if archive.contains("word/document.xml") || archive.contains("[Content_Types].xml") {
        receipt.leave_out("format", ending_of(name).as_deref());
        return Box::new(Ended(receipt));
    }
    let mut members: Vec<String> = archive.members().iter().map(|member| member.name.clone()).collect();
    members.retain(|member| {
        !member
            .split('/')
            .any(|part| part.starts_with('.') || part == "__MACOSX")
    });
    members.sort();
    let top = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Box::new(Members {
        top: top.to_owned(),
        archive,
        members: members.into(),
        receipt,
    })
}

/// Files in an archive that is no list.
struct Members<'a> {
    top: String,
    archive: Archive<Cursor<&'a [u8]>>,
    members: VecDeque<String>,
    receipt: Receipt,
}

impl Steps for Members<'_> {
    fn step(&mut self, skip: bool) -> Option<Read> {
        let member = self.members.pop_front()?;
        // Each member is one step, so that passing over some of them is passing over the same.
        if skip {
            return Some(Read::default());
        }
        let bytes = match self.archive.read(&member) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.receipt.fail_named(error.kind(), &member);
                return Some(Read::default());
            }
        };
        let mut parts: Vec<String> = member.split('/').map(str::to_owned).collect();
        let name = parts.pop().unwrap_or_default();
        parts.insert(0, self.top.clone());
        let mut inside = Inside {
            archive: &mut self.archive,
        };
        match kind_of(&name, &bytes) {
            Kind::Single(kind) => {
                let mut read = read_single(kind, &name, &parts, &bytes, &mut inside, &NOTHING_KNOWN);
                for note in &mut read.receipt.failed {
                    note.detail = note.detail.take().or_else(|| Some(member.clone()));
                }
                return Some(read);
            }
            Kind::Other("image" | "media") => {}
            Kind::Other(what) => self.receipt.leave_out(what, ending_of(&name).as_deref()),
            // Nothing is unpacked twice.
            Kind::Archive | Kind::List | Kind::Mailbox => self.receipt.leave_out("inner-archive", Some(&member)),
        }
        Some(Read::default())
    }

    fn receipt(&self) -> Receipt {
        self.receipt.clone()
    }
}

struct Inside<'a, 'b> {
    archive: &'a mut Archive<Cursor<&'b [u8]>>,
}

impl Attachments for Inside<'_, '_> {
    fn find(&mut self, folder: &[String], target: &str) -> Option<Vec<u8>> {
        let inner = folder.get(1..).unwrap_or_default();
        let name = resolve(inner, target)
            .filter(|path| self.archive.contains(path))
            .or_else(|| resolve(&[], target).filter(|path| self.archive.contains(path)))
            .or_else(|| {
                let last = target.rsplit('/').next()?;
                let mut same = self
                    .archive
                    .members()
                    .iter()
                    .filter(|member| member.name.rsplit('/').next() == Some(last));
                let found = same.next()?.name.clone();
                same.next().is_none().then_some(found)
            })?;
        self.archive.read(&name).ok()
    }
}

/// The path that `target` means, seen from a folder; none when it leads out.
pub fn resolve(folder: &[String], target: &str) -> Option<String> {
    let absolute = target.starts_with('/');
    let mut parts: Vec<&str> = if absolute {
        Vec::new()
    } else {
        folder.iter().map(String::as_str).collect()
    };
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_what_they_hold() {
        let told = |name: &str, text: &str| match kind_of(name, text.as_bytes()) {
            Kind::Archive => "archive",
            Kind::List => "list",
            Kind::Mailbox => "mailbox",
            Kind::Single(SingleKind::Page) => "page",
            Kind::Single(SingleKind::Mail) => "mail",
            Kind::Single(SingleKind::PageOrMail) => "page or mail",
            Kind::Single(SingleKind::Note) => "note",
            Kind::Single(SingleKind::Book) => "book",
            Kind::Other(what) => what,
        };
        for (name, text, expected) in [
            ("a", "PK\u{3}\u{4}", "archive"),
            ("a.txt", "<!doctype html><title>x</title>", "page"),
            ("a.html", "just words", "page"),
            ("a.md", "<div>note</div>\n\nwith words", "note"),
            ("a.md", "title,url,time_added,tags,status\n", "note"),
            ("a.txt", "title,url,time_added,tags,status\n", "note"),
            (
                "a.dat",
                "title,url,time_added,tags,status\nx,https://e.org,1,,unread\n",
                "list",
            ),
            ("a.md", "From: me\n\nwords", "note"),
            ("a.eml", "Received: x\nFrom: me\nSubject: y\n\nwords", "mail"),
            ("a.eml", "Subject: y\n\nwords", "mail"),
            ("a.eml", "words, and no field", "format"),
            ("a.mbox", "From me@e.org Mon\nFrom: me\nSubject: y\n\nwords", "mailbox"),
            ("a.txt", "From here on, words.\nAnd more.", "note"),
            (
                "a.mhtml",
                "From: <Saved>\nSnapshot-Content-Location: x\n\n",
                "page or mail",
            ),
            (
                "a.xml",
                "<?xml version=\"1.0\"?><!-- c --><rss version=\"2.0\">",
                "feed",
            ),
            ("a.opml", "<opml version=\"2.0\">", "subscriptions"),
            ("a.json", "{\"version\": \"https://jsonfeed.org/version/1.1\"}", "feed"),
            ("a.json", "{\"a\": 1}", "format"),
            ("a.png", "GIF89a", "image"),
            ("notes", "words", "note"),
            ("x.md", "---\ntitle: <html>\n---\n", "note"),
        ] {
            assert_eq!(told(name, text), expected, "{name}: {text}");
        }
    }

    #[test]
    fn paths_stay_inside() {
        let folder = ["a".to_owned(), "b".to_owned()];
        assert_eq!(resolve(&folder, "../c.png").as_deref(), Some("a/c.png"));
        assert_eq!(resolve(&folder, "/c.png").as_deref(), Some("c.png"));
        assert_eq!(resolve(&folder, "../../../c.png"), None);
        assert_eq!(resolve(&folder, "..\\..\\..\\c.png"), None);
    }
}
