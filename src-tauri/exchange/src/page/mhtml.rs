//! Web archives (MHTML, RFC 2557): a page and its parts in one message.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;
use mail_parser::{MimeHeaders, PartType};

use crate::content::{Part, Parts};

/// A page with its parts.
pub(super) struct Archive {
    /// The page.
    pub html: String,
    /// Where it was saved from.
    pub url: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// Its title.
    pub subject: Option<String>,
    /// The parts by their address and by their id (`cid:…`).
    parts: HashMap<String, Vec<u8>>,
}

/// Whether bytes are a web archive: the headers of a message that holds related parts.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    let head = bytes.get(..4_096).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let first = head.lines().next().unwrap_or_default();
    let headed = first.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    headed
        && (head.contains("multipart/related")
            || head.contains("snapshot-content-location")
            || (head.contains("mime-version") && head.contains("text/html")))
}

/// Opens a web archive.
pub(super) fn open(bytes: &[u8]) -> Option<Archive> {
    let message = crate::message::parse(bytes)?;
    let page = message
        .parts
        .iter()
        .find(|part| matches!(part.body, PartType::Html(_)))?;
    let PartType::Html(html) = &page.body else { return None };
    let header = |name: &'static str| message.header_raw(name).map(|value| value.trim().to_owned());
    let mut archive = Archive {
        html: html.to_string(),
        url: page
            .content_location()
            .map(str::to_owned)
            .or_else(|| header("Snapshot-Content-Location"))
            .or_else(|| header("Content-Location")),
        at: message
            .date()
            .and_then(|date| Timestamp::from_second(date.to_timestamp()).ok()),
        subject: message.subject().map(str::to_owned),
        parts: HashMap::new(),
    };
    if let Some(url) = header("Snapshot-Content-Location") {
        archive.url = Some(url);
    }
    for part in &message.parts {
        let bytes = match &part.body {
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
            PartType::Text(text) if part.content_type().is_some_and(|kind| kind.ctype() == "image") => {
                text.as_bytes().to_vec()
            }
            _ => continue,
        };
        if let Some(id) = part.content_id() {
            archive
                .parts
                .insert(format!("cid:{}", id.trim_matches(['<', '>'])), bytes.clone());
        }
        if let Some(location) = part.content_location() {
            archive.parts.insert(location.to_owned(), bytes);
        }
    }
    Some(archive)
}

impl Parts for Archive {
    fn part(&self, written: &str, full: Option<&str>) -> Option<Part<'_>> {
        let (address, bytes) = self
            .parts
            .get_key_value(written)
            .or_else(|| self.parts.get_key_value(full?))?;
        let name = address
            .split(['?', '#'])
            .next()
            .and_then(|path| path.rsplit('/').next());
        Some(Part {
            bytes: Cow::Borrowed(bytes),
            name: name.filter(|name| !name.starts_with("cid:")).map(str::to_owned),
        })
    }
}
