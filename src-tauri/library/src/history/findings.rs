//! What is wrong with a history. Looks, and changes nothing.

use std::path::Path;

use git2::Repository;

use super::notices::{HistoryNotice, HistoryNoticeKind};
use super::{isolation, store};
use crate::error::ErrorKind;
use crate::identity::ArticleId;

/// Everything that is damaged in the store at `folder`, or was and has been set aside beside it.
pub(super) fn find(folder: &Path) -> Vec<HistoryNotice> {
    let mut found = set_aside(folder);
    if std::fs::symlink_metadata(folder).is_err() {
        return found;
    }
    // Opening a store sets its settings right, and this changes nothing.
    if let Ok(false) = isolation::are_right(folder) {
        found.push(HistoryNotice {
            kind: HistoryNoticeKind::Versions,
            path: folder.join("config"),
            article: None,
            detail: "The settings of the history are not Edito's own; the next change of an article sets them right."
                .into(),
        });
        return found;
    }
    match store::open(folder) {
        Ok(repository) => {
            found.extend(broken_references(folder));
            chains(&repository, folder, &mut found);
        }
        Err(error) => {
            let what = if error.kind == ErrorKind::Corrupt {
                "The history can't be read"
            } else {
                "The history can't be opened"
            };
            found.push(HistoryNotice {
                kind: HistoryNoticeKind::SetAside,
                path: folder.to_owned(),
                article: None,
                detail: format!("{what}: {}.", error.detail),
            });
        }
    }
    found
}

fn set_aside(folder: &Path) -> Vec<HistoryNotice> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!("{name}.{}-", store::ASIDE);
    entries_beside(folder.parent().unwrap_or(Path::new(".")), &prefix)
        .into_iter()
        .map(|path| HistoryNotice {
            kind: HistoryNoticeKind::SetAside,
            path,
            article: None,
            detail: "A history that could not be read was set aside here; its versions are not listed.".into(),
        })
        .collect()
}

fn broken_references(folder: &Path) -> Vec<HistoryNotice> {
    entries_beside(&folder.join(store::BROKEN), "")
        .into_iter()
        .map(|path| HistoryNotice {
            kind: HistoryNoticeKind::Versions,
            path,
            article: None,
            detail: "A damaged reference to the versions of an article was set aside here.".into(),
        })
        .collect()
}

/// Each article's versions down to the first that can't be read, and each chain that was put by.
fn chains(repository: &Repository, folder: &Path, found: &mut Vec<HistoryNotice>) {
    let mut add = |article: Option<ArticleId>, detail: String| {
        found.push(HistoryNotice {
            kind: HistoryNoticeKind::Versions,
            path: folder.to_owned(),
            article,
            detail,
        });
    };
    let references = match repository.references() {
        Ok(references) => references,
        Err(error) => {
            return add(
                None,
                format!("The list of versions can't be read: {}.", error.message()),
            );
        }
    };
    for reference in references {
        let reference = match reference {
            Ok(reference) => reference,
            Err(error) => {
                add(None, format!("A reference can't be read: {}.", error.message()));
                continue;
            }
        };
        let name = String::from_utf8_lossy(reference.name_bytes()).into_owned();
        if name.starts_with("refs/broken/") {
            add(None, format!("Versions that can't all be read are kept under {name}."));
        } else if name.starts_with("refs/articles/")
            && let Some(tip) = reference.target()
            && let Err(error) = read_chain(repository, tip)
        {
            let article = name.rsplit('/').next().map(ArticleId::from);
            add(
                article,
                format!("Versions under {name} can't be read: {}.", error.message()),
            );
        }
    }
}

fn read_chain(repository: &Repository, tip: git2::Oid) -> Result<(), git2::Error> {
    let odb = repository.odb()?;
    let mut next = Some(tip);
    while let Some(id) = next {
        let commit = repository.find_commit(id)?;
        odb.read(store::blob_of(&commit)?)?;
        next = commit.parent_id(0).ok();
    }
    Ok(())
}

fn entries_beside(folder: &Path, prefix: &str) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}
