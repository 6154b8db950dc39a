//! What is spoken of in the journal beside articles.

use super::Library;
use crate::error::{Error, ErrorKind, Result};
use crate::index::lists::Affects;
use crate::index::lock;
use crate::journal::{Durability, Journal, JournalEntry, Subject, SubjectKind};
use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

impl Library {
    /// The subjects of a kind, in the order of their identities.
    pub fn subjects(&self, kind: SubjectKind) -> Vec<Subject> {
        lock(&self.journal).subjects(kind)
    }

    /// Says something of subjects: for each the fields that are other now. A field `on` that is false takes one away,
    /// and brings it back with all its fields when it is true.
    ///
    /// # Errors
    /// `TooBig` for what is more than a record holds, or what writing the journal fails with.
    pub fn say_of_subjects(&self, kind: SubjectKind, said: Vec<(Uuid, Map<String, Value>)>) -> Result<()> {
        const LONGEST: usize = 64 * 1024;
        let mut entries = Vec::with_capacity(said.len());
        for (id, fields) in said {
            let length: usize = fields.values().map(|value| value.to_string().len()).sum();
            if length > LONGEST {
                return Err(Error::new(ErrorKind::TooBig, "this is too long for the journal"));
            }
            let entry = JournalEntry::new(kind.word(), None).with("subject", id.to_string());
            entries.push(
                fields
                    .into_iter()
                    .fold(entry, |entry, (name, value)| entry.with(&name, value)),
            );
        }
        let say = |journal: &mut Journal| journal.append_all(entries, Durability::Now).map(|_| ());
        self.index
            .say(&mut lock(&self.journal), Affects::Nothing, say, |_, _| Ok(()))
    }

    /// A new identity, which comes after all those that were made before.
    pub fn new_identity(&self) -> Uuid {
        (self.environment.new_id)(self.now())
    }

    /// The time now, as the library was told to read it.
    pub fn now(&self) -> Timestamp {
        (self.environment.now)()
    }
}
