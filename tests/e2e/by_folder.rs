//! Folders of articles for journeys.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes an article, making its folder.
pub fn write_article(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
    fs::write(file, text).expect("an article");
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            let bytes = fs::read(entry.path()).expect("a file");
            fs::write(target, bytes).expect("a copy");
        }
    }
}

/// Every file that is the user's (not Edito's own `.edito`), with its bytes.
pub fn bytes_of(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if entry.file_name() == ".edito" {
                continue;
            }
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                found.insert(
                    path.strip_prefix(root).expect("below").to_owned(),
                    fs::read(&path).expect("a file"),
                );
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(root, root, &mut found);
    found
}
