//! A library in a temporary folder, and the command line on it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub struct Desk {
    home: TempDir,
}

impl Desk {
    pub fn new() -> Desk {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("library")).unwrap();
        fs::create_dir(home.path().join("sources")).unwrap();
        Desk { home }
    }

    pub fn library(&self) -> PathBuf {
        self.home.path().join("library")
    }

    /// Writes a file to be imported.
    pub fn source(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home.path().join("sources").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_edito-cli"));
        command
            .env("EDITO_DATA_DIR", self.home.path().join("data"))
            .env("EDITO_CACHE_DIR", self.home.path().join("cache"))
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    pub fn import_with(&self, options: &[&str], sources: &[&Path]) -> Value {
        let output = self
            .command(&["--json", "import"])
            .args(options)
            .arg(self.library())
            .args(sources)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub fn import(&self, sources: &[&Path]) -> Value {
        self.import_with(&[], sources)
    }

    /// All rows of the library.
    pub fn rows(&self) -> Vec<Value> {
        let output = self.command(&["--json", "list"]).arg(self.library()).output().unwrap();
        assert!(output.status.success());
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Every file below the library that is no setting or record of Edito's.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.library()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if entry.file_name() == ".edito" {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path
                        .strip_prefix(self.library())
                        .unwrap()
                        .to_string_lossy()
                        .into_owned();
                    files.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// The records of the journal, in order.
    pub fn journal(&self) -> Vec<Value> {
        let folder = self.library().join(".edito/journal");
        let mut records = Vec::new();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let text = fs::read_to_string(entry.path()).unwrap();
            records.extend(text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()));
        }
        records
    }
}

/// `imported`, `merged`, `skipped`, `failed`.
pub fn counts(outcome: &Value) -> [u64; 4] {
    ["imported", "merged", "skipped", "failed"].map(|name| outcome[name].as_u64().unwrap())
}

/// The kinds of notes of one sort in all receipts.
pub fn kinds(outcome: &Value, sort: &str) -> Vec<String> {
    let receipts = outcome["receipt"].as_array().unwrap();
    let notes = receipts.iter().flat_map(|receipt| receipt[sort].as_array().unwrap());
    notes.map(|note| note["kind"].as_str().unwrap().to_owned()).collect()
}

pub fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The examples of the crate that reads foreign formats.
pub fn examples(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../exchange/tests")
        .join(name)
}
