//! Versions that somebody does not want any more.
//!
//! Which they are is said by a text of their identities, one a line, under `refs/dropped/…/<article>`. They are not
//! listed from then on, and are all there until space is freed ([`History::free`](super::History::free)): saying
//! otherwise brings them back.

use std::collections::BTreeSet;

use git2::{ErrorCode, ObjectType, Oid, Repository};

use super::store::{self, dropped_ref};
use super::turns::Turn;
use crate::identity::ArticleId;

type GitResult<T> = Result<T, git2::Error>;

/// The versions of an article that were dropped.
pub(super) fn dropped(repository: &Repository, article: &ArticleId) -> BTreeSet<Oid> {
    said(repository, &dropped_ref(article)).map_or_else(BTreeSet::new, |(_, dropped)| dropped)
}

/// Says of some versions that they are dropped, or that they are not.
pub(super) fn say(
    repository: &Repository,
    article: &ArticleId,
    versions: &[Oid],
    gone: bool,
    turn: &mut Turn,
) -> GitResult<()> {
    let name = dropped_ref(article);
    for attempt in 0..store::ATTEMPTS {
        let before = said(repository, &name);
        let mut now = before
            .as_ref()
            .map_or_else(BTreeSet::new, |(_, dropped)| dropped.clone());
        for version in versions {
            if gone {
                now.insert(*version);
            } else {
                now.remove(version);
            }
        }
        if before.as_ref().is_some_and(|(_, before)| *before == now) || (before.is_none() && now.is_empty()) {
            return Ok(());
        }
        let lines: String = now.iter().map(|version| format!("{version}\n")).collect();
        let blob = store::write_object(repository, ObjectType::Blob, lines.as_bytes())?;
        match store::update_reference(repository, &name, blob, before.map(|(blob, _)| blob)) {
            Err(error) if store::lost_a_race(&error) => store::wait_for_lock(repository.path(), &name, attempt, turn),
            done => return done,
        }
    }
    Err(git2::Error::new(
        ErrorCode::Locked,
        git2::ErrorClass::Reference,
        "another window is dropping versions of the same article",
    ))
}

/// What a reference says of dropped versions, with the object that holds it. A damaged one says nothing: then more is
/// listed, not less.
pub(super) fn said(repository: &Repository, reference: &str) -> Option<(Oid, BTreeSet<Oid>)> {
    let id = repository.refname_to_id(reference).ok()?;
    let blob = repository.find_blob(id).ok();
    let text = blob.map(|blob| String::from_utf8_lossy(blob.content()).into_owned());
    let lines = text.unwrap_or_default();
    Some((id, lines.lines().filter_map(|line| Oid::from_str(line).ok()).collect()))
}
