//! An archive whose members are lists, such as Pocket's export: a table for each 10,000 rows.

use std::io::{Read, Seek};

use super::{Entry, Format, ListError, Source, detect, open};
use crate::archive::{Archive, ArchiveError};
use crate::decode::decode;
use crate::receipt::Receipt;

/// A member that is a list.
pub(super) struct List {
    pub name: String,
    pub format: Format,
}

/// The members of an archive that are lists, in the order of their names; the others are told.
pub(super) fn find<R: Read + Seek>(archive: &mut Archive<R>, receipt: &mut Receipt) -> Result<Vec<List>, ListError> {
    /// Enough of a member to tell what it is.
    const HEAD: u64 = 64 * 1024;
    let mut names: Vec<String> = archive.members().iter().map(|member| member.name.clone()).collect();
    names.sort();
    let mut lists = Vec::new();
    for name in names {
        if is_litter(&name) {
            continue;
        }
        let head = match archive.peek(&name, HEAD) {
            Ok(head) => head,
            Err(error @ ArchiveError::Io(_)) => return Err(error.into()),
            Err(error) => {
                receipt.fail(error.kind(), Some(&name));
                continue;
            }
        };
        match detect::of_text(&decode(&head).text) {
            Some(format) => lists.push(List { name, format }),
            // The layout of the highlights in Pocket's last exports, for one, is nowhere described.
            None => receipt.leave_out("unknown-member", Some(&name)),
        }
    }
    Ok(lists)
}

/// Whether a member is something that systems leave in archives.
pub(super) fn is_litter(name: &str) -> bool {
    name.starts_with("__MACOSX/")
        || name
            .rsplit('/')
            .next()
            .is_some_and(|file| file == ".DS_Store" || file == "Thumbs.db")
}

/// The entries of all lists of an archive.
pub(super) struct Parts<R> {
    archive: Archive<R>,
    lists: std::vec::IntoIter<List>,
    current: Option<Box<dyn Source>>,
}

impl<R: Read + Seek> Parts<R> {
    pub fn new(archive: Archive<R>, lists: Vec<List>) -> Parts<R> {
        Parts {
            archive,
            lists: lists.into_iter(),
            current: None,
        }
    }
}

impl<R: Read + Seek> Source for Parts<R> {
    fn next(&mut self, receipt: &mut Receipt) -> Option<Entry> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(entry) = current.next(receipt) {
                    return Some(entry);
                }
                self.current = None;
            }
            let list = self.lists.next()?;
            match self.archive.read(&list.name) {
                Ok(bytes) => {
                    let decoded = decode(&bytes);
                    if decoded.lossy {
                        receipt.degrade("encoding", Some(&list.name));
                    }
                    let text = decoded.text.into_owned();
                    self.current = Some(open(list.format, text.into(), receipt));
                }
                Err(error) => receipt.fail_named(error.kind(), &list.name),
            }
        }
    }
}
