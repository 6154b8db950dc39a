//! Long runs, runs that are cut off, and readers that fall.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::desk::{Desk, counts, kinds};
use crate::lists::sources;

fn list(count: usize) -> String {
    let mut list = String::from("title,url,time_added,tags,status\n");
    for number in 0..count {
        list.push_str(&format!(
            "Article {number},https://example.org/a/{number},{},a|b,unread\n",
            1_700_000_000 + number
        ));
    }
    list
}

#[test]
fn a_run_that_is_killed_goes_on_without_doubles() {
    const COUNT: usize = 2000;
    let desk = Desk::new();
    let path = desk.source("list.csv", list(COUNT));
    let captures = desk.library().join("captures");
    let there = || std::fs::read_dir(&captures).map_or(0, |entries| entries.count());
    // Killed at several points; the first ones before anything was told to the index.
    for wanted in [1, 40, 300, 700] {
        let mut run = desk
            .command(&["import"])
            .arg(desk.library())
            .arg(&path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while there() < wanted && begun.elapsed() < Duration::from_secs(300) {
            if run.try_wait().unwrap().is_some() {
                // On a machine that halts this test long enough, it is done; what follows must hold all the same.
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let _ = run.kill();
        run.wait().unwrap();
    }
    let before = there();
    assert!(before >= 700, "{before}");
    let outcome = desk.import(&[&path]);
    let [imported, merged, skipped, failed] = counts(&outcome);
    assert_eq!((imported + merged + skipped, failed), (COUNT as u64, 0), "{outcome}");
    assert!(skipped > 0, "{outcome}");
    // What was there is told as such, with its article.
    let kept = outcome["receipt"][0]["kept"].as_array().unwrap();
    let there: u64 = kept
        .iter()
        .filter(|note| note["kind"] == "already-there")
        .map(|note| note["count"].as_u64().unwrap_or(1))
        .sum();
    assert_eq!(there, merged + skipped, "{outcome}");
    let urls = sources(&desk);
    assert_eq!(urls.len(), COUNT);
    assert!(urls.values().all(|times| *times == 1), "no doubles");
    let rows = desk.rows();
    assert_eq!(rows.len(), COUNT);
    assert!(rows.iter().all(|row| row["place"] == "later"));
    assert_eq!(counts(&desk.import(&[&path])), [0, 0, COUNT as u64, 0]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_falls_takes_nothing_with_it() {
    let desk = Desk::new();
    desk.source("all/a.md", "Words that come in.\n");
    // Within what is read, and several times over more than there is room for.
    desk.source("all/b.md", "More words than there is room for.\r\n".repeat(1_700_000));
    let last = desk.source("all/c.md", "Words that come in as well.\n");
    let outcome = desk.import_with(&["--memory", "150", "--item-seconds", "600"], &[last.parent().unwrap()]);
    assert_eq!(counts(&outcome), [2, 0, 0, 1], "{outcome}");
    assert_eq!(kinds(&outcome, "failed"), ["crashed"]);
    assert_eq!(desk.rows().len(), 2);
}

#[test]
fn a_reader_without_time_is_given_up() {
    let desk = Desk::new();
    let sources = [desk.source("a.md", "Words.\n"), desk.source("b.csv", list(3))];
    let outcome = desk.import_with(&["--item-seconds", "0"], &[&sources[0], &sources[1]]);
    assert_eq!(counts(&outcome), [0, 0, 0, 2], "{outcome}");
    assert_eq!(kinds(&outcome, "failed"), ["too-slow", "too-slow"]);
    assert_eq!(desk.files().len(), 0);
}

#[test]
fn a_source_that_is_not_there_is_told_before_anything_is_done() {
    let desk = Desk::new();
    let there = desk.source("a.md", "Words.\n");
    let output = desk
        .command(&["import"])
        .arg(desk.library())
        .arg(there)
        .arg("no-such-file")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: "));
    assert_eq!(desk.files().len(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_comes_in_with_all_the_others() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    let folder = desk.source("all/a.md", "# Un\n\nDes mots.\n");
    let folder = folder.parent().unwrap();
    desk.source("all/z.md", "# Trois\n\nEncore des mots.\n");
    let odd = folder.join(std::ffi::OsStr::from_bytes(b"\xe9.md"));
    std::fs::write(&odd, "# Deux\n\nD’autres mots.\n").unwrap();
    let outcome = desk.import(&[folder]);
    assert_eq!(counts(&outcome), [3, 0, 0, 0], "{outcome}");
    assert_eq!(kinds(&outcome, "failed"), [""; 0]);
    let mut titles: Vec<String> = desk
        .rows()
        .iter()
        .map(|row| row["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    assert_eq!(titles, ["Deux", "Trois", "Un"]);
    assert_eq!(counts(&desk.import(&[folder])), [0, 0, 3, 0]);
}

#[test]
fn a_folder_that_lies_too_deep_is_told() {
    let desk = Desk::new();
    let top = desk.source("all/a.md", "Words that come in.\n");
    let top = top.parent().unwrap();
    let deep = |depth: usize| format!("all/{}b.md", "d/".repeat(depth));
    desk.source(&deep(60), "Words far below.\n");
    desk.source(&deep(70), "Words too far below.\n");
    let outcome = desk.import(&[top]);
    assert_eq!(counts(&outcome), [2, 0, 0, 1], "{outcome}");
    assert_eq!(kinds(&outcome, "failed"), ["too-deep"]);
}
