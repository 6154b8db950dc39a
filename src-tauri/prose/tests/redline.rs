//! Pairs of editorial texts and the redline that an editor expects of them: folders of `old.md`, `new.md` and
//! `expected.critic.md`. `EDITO_UPDATE_EXPECTED=1` writes the last; read it before it is committed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;

use edito_prose::redline::{from_critic, redline};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/redline")
}

/// Each folder with its two texts.
fn pairs() -> Vec<(PathBuf, String, String)> {
    let mut found: Vec<_> = fs::read_dir(folder())
        .expect("the folder of pairs")
        .map(|entry| entry.expect("a folder").path())
        .map(|path| {
            let read = |name: &str| fs::read_to_string(path.join(name)).expect("a text");
            let (old, new) = (read("old.md"), read("new.md"));
            (path, old, new)
        })
        .collect();
    found.sort();
    found
}

#[test]
fn redlines_are_those_that_an_editor_expects() {
    let update = std::env::var_os("EDITO_UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for (path, old, new) in pairs() {
        let found = redline(&old, &new);
        assert_eq!(found.apply(&old).as_ref(), Ok(&new), "{}", path.display());
        assert_eq!(found.revert(&new).as_ref(), Ok(&old), "{}", path.display());
        let critic = found.to_critic(&old, true).unwrap();
        let read = from_critic(&critic);
        assert_eq!((&read.old, &read.new), (&old, &new), "{}", path.display());
        let expected = path.join("expected.critic.md");
        if update {
            fs::write(&expected, critic).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != critic {
            wrong.push(format!("{}:\n{critic}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(pairs().len() >= 25);
}
