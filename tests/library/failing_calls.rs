//! Every call of a save fails once: full disk, broken disk, failed fsync, refused permission,
//! interruption.

use std::io::ErrorKind as Io;

use edito_library::disk::create_new;
use edito_library::error::ErrorKind;

use crate::power_cut::{NEW, OLD, SHORT, article, check, save};
use crate::simulated_disk::{Fault, SimulatedDisk};

const ERRORS: [Io; 4] = [Io::StorageFull, Io::Other, Io::PermissionDenied, Io::ReadOnlyFilesystem];

#[test]
fn a_failed_call_leaves_a_whole_file_and_the_retry_is_durable() {
    for names in [&["a.md"][..], &["a.md", "b.md"][..]] {
        for new in [NEW, SHORT] {
            for error in ERRORS {
                fail_everywhere(names, new, error);
            }
        }
    }
}

fn fail_everywhere(names: &[&str], new: &str, error: Io) {
    for call in 0.. {
        let disk = SimulatedDisk::with(&[(names, OLD)]);
        disk.fail_at(call, Fault::Error(error));
        let said = save(&disk, new);
        let story = format!("{error:?} at call {call} ({})", disk.log());
        if !disk.has_failed() {
            assert!(said.is_ok(), "{story}");
            return;
        }
        if let Err(said) = &said {
            let kind = match error {
                Io::StorageFull => ErrorKind::DiskFull,
                Io::Other => ErrorKind::Io,
                _ => ErrorKind::ReadOnly,
            };
            assert_eq!(said.kind, kind, "{story}");
            let in_remove = disk.log().split(' ').nth(call) == Some("remove");
            let count = disk.content().len();
            assert!(in_remove || count == names.len(), "{story}: something is left");
        }
        let allowed: &[_] = match said {
            Ok(_) => &[Some(new)],
            Err(_) => &[Some(OLD), Some(new)],
        };
        for found in disk.after_power_cut() {
            check(&found, names, allowed, &story);
        }
        // Without a power cut the file is whole at once, not only after a sweep.
        let seen = disk.content();
        let seen = String::from_utf8_lossy(&seen["a.md"]).into_owned();
        assert!(allowed.contains(&Some(seen.as_str())), "{story}: {seen:?}");

        save(&disk, new).unwrap_or_else(|failed| panic!("{story}: retry: {failed}"));
        for found in disk.after_power_cut() {
            check(&found, names, &[Some(new)], &format!("{story}, retried"));
        }
    }
}

#[test]
fn a_failed_creation_can_be_tried_again() {
    for error in ERRORS {
        for call in 0.. {
            let disk = SimulatedDisk::with(&[]);
            disk.fail_at(call, Fault::Error(error));
            let said = create_new(&disk, article(), NEW.as_bytes());
            let story = format!("{error:?} at call {call} ({})", disk.log());
            if !disk.has_failed() {
                assert!(said.is_ok(), "{story}");
                break;
            }
            if said.is_err() {
                create_new(&disk, article(), NEW.as_bytes())
                    .unwrap_or_else(|failed| panic!("{story}: retry: {failed}"));
            }
            for found in disk.after_power_cut() {
                check(&found, &["a.md"], &[Some(NEW)], &story);
            }
        }
    }
}

/// What failed once may have failed for good: the file must be whole when the disk stays broken.
#[test]
fn a_disk_that_breaks_and_stays_broken_leaves_a_whole_file() {
    for call in 0..40 {
        let disk = SimulatedDisk::with(&[(&["a.md", "b.md"], OLD)]);
        disk.fail_at(call, Fault::PowerCut);
        let said = save(&disk, NEW);
        let allowed: &[_] = match said {
            Ok(_) => &[Some(NEW)],
            Err(_) => &[Some(OLD), Some(NEW)],
        };
        for found in disk.after_power_cut() {
            check(&found, &["a.md", "b.md"], allowed, &format!("broken at {call}"));
        }
    }
}

#[test]
fn interrupted_calls_are_taken_up_again() {
    for names in [&["a.md"][..], &["a.md", "b.md"][..]] {
        for call in 0.. {
            let disk = SimulatedDisk::with(&[(names, OLD)]);
            disk.fail_at(call, Fault::Error(Io::Interrupted));
            let said = save(&disk, NEW);
            // The system's write_all never answers that it was interrupted.
            let in_write = disk.log().split(' ').nth(call) == Some("write");
            assert!(in_write || said.is_ok(), "call {call}: {said:?}");
            if !disk.has_failed() {
                break;
            }
        }
    }
}
