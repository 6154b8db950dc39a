//! Reads saved pages in a process of its own, so that its memory is that of reading pages and of nothing else.
//!
//! `edito-bench-pages FOLDER ROUNDS`: each folder in FOLDER has a `source.html`. Answers JSON lines: for each page its
//! name, its text (`standfirst`, `body`), seconds of each round for Edito and for the parsing of its HTML alone; then
//! the peak of memory in bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a tool for builders")]

use std::path::Path;
use std::time::Instant;

use edito_exchange::{PageHints, read_page};
use serde_json::json;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().expect("a folder of pages");
    let rounds: usize = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(3);
    let mut folders: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders {
        let Ok(bytes) = std::fs::read(folder.join("source.html")) else {
            continue;
        };
        println!("{}", page(&folder, &bytes, rounds));
    }
    println!("{}", json!({ "peak": peak() }));
}

fn page(folder: &Path, bytes: &[u8], rounds: usize) -> serde_json::Value {
    let hints = PageHints {
        url: Some("http://fakehost/test/page.html"),
        ..PageHints::default()
    };
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (mut ours, mut parsing, mut read) = (Vec::new(), Vec::new(), None);
    for _ in 0..=rounds {
        let started = Instant::now();
        read = read_page(bytes, hints).ok();
        ours.push(started.elapsed().as_secs_f64());
        let started = Instant::now();
        std::hint::black_box(dom_query::Document::from(text.as_str()));
        parsing.push(started.elapsed().as_secs_f64());
    }
    let piece = read.map(|(piece, _)| piece).unwrap_or_default();
    json!({
        "name": folder.file_name().map(|name| name.to_string_lossy()),
        "standfirst": piece.standfirst,
        "body": piece.body,
        // The first round warms up.
        "seconds": ours.get(1..),
        "parsing": parsing.get(1..),
    })
}

fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap_or_default();
    let kilobytes: u64 = line
        .split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0);
    kilobytes * 1024
}
