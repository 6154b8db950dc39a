//! The power goes at every step of a save, and everything that was not made durable is lost, cut
//! or reordered in every combination.

use std::path::Path;

use edito_library::disk::{ContentHash, Disk, Precondition, create_new, durable_write, sweep_temporaries};
use edito_library::error::Result;

use crate::simulated_disk::{Fault, SimulatedDisk};

pub const OLD: &str = "the old text, of some length\n";
pub const NEW: &str = "The new text, of another length, longer\n";
pub const SHORT: &str = "Short\n";

pub fn article() -> &'static Path {
    Path::new("library/a.md")
}

pub fn save(disk: &dyn Disk, new: &str) -> Result<ContentHash> {
    let expected = Precondition::Content(ContentHash::of(OLD.as_bytes()));
    durable_write(disk, article(), new.as_bytes(), expected)
}

/// After the sweep of the next start: the names there were, each with one of the allowed texts and
/// no temporary file.
pub fn check(disk: &SimulatedDisk, names: &[&str], allowed: &[Option<&str>], story: &str) {
    let before = disk.content();
    let swept = sweep_temporaries(disk, Path::new("library")).unwrap();
    assert!(swept.kept.is_empty(), "{story}: {swept:?} {before:?}");
    let after = disk.content();
    assert!(
        after.keys().all(|name| names.contains(&name.as_str())),
        "{story}: {after:?}"
    );
    for name in names {
        let text = after.get(*name).map(|bytes| String::from_utf8_lossy(bytes));
        assert!(
            allowed.contains(&text.as_deref()),
            "{story}: {name} holds {text:?}; before the sweep {before:?}"
        );
    }
}

/// Cuts the power before every call of `act`, and after the last.
fn cut_everywhere(
    start: &dyn Fn() -> SimulatedDisk,
    act: &dyn Fn(&SimulatedDisk) -> Result<ContentHash>,
    names: &[&str],
    old: Option<&str>,
    new: &str,
) {
    for call in 0.. {
        let disk = start();
        disk.fail_at(call, Fault::PowerCut);
        let said = act(&disk);
        let allowed = match said {
            Ok(_) => vec![Some(new)],
            Err(_) => vec![old, Some(new)],
        };
        let story = format!("power cut at call {call} ({})", disk.log());
        for found in disk.after_power_cut() {
            if said.is_ok() {
                assert_eq!(found.content().len(), names.len(), "{story}: something is left");
            }
            check(&found, names, &allowed, &story);
            // And the next save goes through.
            let expected = match found.content().get(names[0]) {
                Some(bytes) => Precondition::Content(ContentHash::of(bytes)),
                None => Precondition::Absent,
            };
            durable_write(&found, article(), b"next", expected).unwrap();
            assert_eq!(found.content()[names[0]], b"next");
        }
        if !disk.has_failed() {
            assert!(said.is_ok());
            assert!(call > 5, "the save has fewer calls than it needs: {story}");
            return;
        }
    }
}

#[test]
fn a_replaced_file_is_the_old_or_the_new_one() {
    for new in [NEW, SHORT] {
        cut_everywhere(
            &|| SimulatedDisk::with(&[(&["a.md"], OLD)]),
            &|disk| save(disk, new),
            &["a.md"],
            Some(OLD),
            new,
        );
    }
}

#[test]
fn a_new_file_is_absent_or_whole() {
    cut_everywhere(
        &|| SimulatedDisk::with(&[]),
        &|disk| create_new(disk, article(), NEW.as_bytes()),
        &["a.md"],
        None,
        NEW,
    );
}

#[test]
fn a_file_with_two_names_is_the_old_or_the_new_one_under_both() {
    for new in [NEW, SHORT] {
        cut_everywhere(
            &|| SimulatedDisk::with(&[(&["a.md", "b.md"], OLD)]),
            &|disk| save(disk, new),
            &["a.md", "b.md"],
            Some(OLD),
            new,
        );
    }
}

#[test]
fn the_power_may_also_go_during_the_sweep() {
    for save_call in 0..40 {
        for sweep_call in 0..12 {
            let disk = SimulatedDisk::with(&[(&["a.md", "b.md"], OLD)]);
            disk.fail_at(save_call, Fault::PowerCut);
            if save(&disk, NEW).is_ok() {
                return;
            }
            for found in disk.after_power_cut() {
                found.fail_at(sweep_call, Fault::PowerCut);
                let _ = sweep_temporaries(&found, Path::new("library"));
                let story = format!("cut at {save_call}, then at {sweep_call}: {}", disk.log());
                for again in found.after_power_cut() {
                    check(&again, &["a.md", "b.md"], &[Some(OLD), Some(NEW)], &story);
                }
            }
        }
    }
    panic!("the save never went through");
}

/// The simulation is worth something: it finds what is wrong with savers that leave a step out.
#[test]
fn savers_that_leave_a_step_out_are_found_out() {
    let careless = |sync_file: bool, sync_folder: bool| {
        let disk = SimulatedDisk::with(&[(&["a.md"], OLD)]);
        let temporary = Path::new("library/.edito-tmp-x");
        let mut file = disk.create(temporary, false).unwrap();
        file.write_all(NEW.as_bytes()).unwrap();
        if sync_file {
            file.sync().unwrap();
        }
        disk.rename(temporary, article()).unwrap();
        if sync_folder {
            let folder = disk.open_folder(Path::new("library"), true).unwrap();
            folder.sync().unwrap();
        }
        let found = disk.after_power_cut();
        found
            .iter()
            .all(|disk| disk.content().get("a.md").map(Vec::as_slice) == Some(NEW.as_bytes()))
    };
    assert!(careless(true, true));
    assert!(!careless(false, true));
    assert!(!careless(true, false));
}
