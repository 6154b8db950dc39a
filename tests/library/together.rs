//! New files made durable together: whatever fails or stops it, each is absent or whole, and what was reported is there.

use std::io::ErrorKind as Io;
use std::path::Path;

use edito_library::disk::{NewFile, create_together, sweep_temporaries};
use edito_library::error::Result;

use crate::power_cut::{NEW, OLD, SHORT, check};
use crate::simulated_disk::{Fault, SimulatedDisk};

fn make(disk: &SimulatedDisk) -> Result<Vec<bool>> {
    let files = [("library/b.md", NEW), ("library/a.md", OLD), ("library/c.md", SHORT)].map(|(path, text)| NewFile {
        path: Path::new(path),
        bytes: text.as_bytes(),
    });
    create_together(disk, &files, &[])
}

/// One of the names is taken.
fn start() -> SimulatedDisk {
    SimulatedDisk::with(&[(&["a.md"], "theirs\n")])
}

#[test]
fn a_power_cut_leaves_each_file_absent_or_whole() {
    for call in 0.. {
        let disk = start();
        disk.fail_at(call, Fault::PowerCut);
        let said = make(&disk);
        for found in disk.after_power_cut() {
            let story = format!("power cut at call {call} ({})", disk.log());
            let content = found.content();
            assert_eq!(content["a.md"], b"theirs\n", "{story}");
            if said.is_ok() {
                check(
                    &found,
                    &["a.md", "b.md", "c.md"],
                    &[Some("theirs\n"), Some(NEW), Some(SHORT)],
                    &story,
                );
            } else {
                check(
                    &found,
                    &["a.md", "b.md", "c.md"],
                    &[Some("theirs\n"), None, Some(NEW), Some(SHORT)],
                    &story,
                );
            }
        }
        if !disk.has_failed() {
            assert_eq!(said.unwrap(), [true, false, true]);
            assert!(call > 12, "{call}");
            return;
        }
    }
}

#[test]
fn a_call_that_fails_is_reported_and_leaves_nothing() {
    for call in 0.. {
        let disk = start();
        disk.fail_at(call, Fault::Error(Io::StorageFull));
        let said = make(&disk);
        let story = format!("call {call} ({})", disk.log());
        if said.is_err() {
            // What could not be removed either is swept at the next start.
            sweep_temporaries(&disk, Path::new("library")).unwrap();
            assert_eq!(disk.content().keys().collect::<Vec<_>>(), ["a.md"], "{story}");
            assert_eq!(
                make(&disk).unwrap(),
                [true, false, true],
                "{story}: the next try goes through"
            );
        }
        assert_eq!(disk.content()["a.md"], b"theirs\n", "{story}");
        if !disk.has_failed() {
            assert!(said.is_ok());
            return;
        }
    }
}

#[test]
fn a_signal_is_no_failure() {
    for call in 0.. {
        let disk = start();
        disk.fail_at(call, Fault::Error(Io::Interrupted));
        let said = make(&disk);
        // The system's write_all never answers that it was interrupted.
        let in_write = disk.log().split(' ').nth(call) == Some("write");
        assert!(
            in_write || said.is_ok_and(|free| free == [true, false, true]),
            "call {call} ({})",
            disk.log()
        );
        if !disk.has_failed() {
            return;
        }
    }
}
