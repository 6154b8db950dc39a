//! Goals, and what was written.

use super::desk::{Desk, bytes_below, id};
use crate::error::ErrorKind;
use crate::library::{Goal, GoalUnit, Written};
use jiff::civil::date;
use std::fs;

#[test]
fn a_goal_is_the_desks_and_stays_with_the_article() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let library = desk.open();
    let a = id(&library, "a.md");
    assert_eq!(library.goal(&a), None);
    let goal = Goal {
        length: 1200,
        unit: GoalUnit::Words,
        due: Some(date(2026, 12, 12)),
    };
    library.set_goal(&a, Some(&goal)).unwrap();
    let nothing = Goal {
        length: 0,
        ..goal.clone()
    };
    assert_eq!(
        library.set_goal(&a, Some(&nothing)).unwrap_err().kind,
        ErrorKind::Invalid
    );
    assert_eq!(desk.read("a.md"), "Un\n");
    library.rename(&a, "b.md").unwrap();
    assert_eq!(library.goal(&id(&library, "b.md")), Some(goal.clone()));
    drop(library);
    // Another desk sees it, says something else, and takes it back.
    let elsewhere = desk.open_elsewhere();
    let there = id(&elsewhere, "b.md");
    assert_eq!(elsewhere.goal(&there), Some(goal));
    let signs = Goal {
        length: 6000,
        unit: GoalUnit::Signs,
        due: None,
    };
    elsewhere.set_goal(&there, Some(&signs)).unwrap();
    assert_eq!(elsewhere.goal(&there), Some(signs));
    elsewhere.set_goal(&there, None).unwrap();
    assert_eq!(elsewhere.goal(&there), None);
    assert_eq!(desk.open().goal(&there), None);
}

#[test]
fn what_was_written_counts_by_day_and_what_was_cut_takes_nothing_from_another_article() {
    let desk = Desk::with(&[("a.md", "Un\n"), ("b.md", "Deux\n")]);
    let before = bytes_below(&desk.root());
    let library = desk.open();
    let (a, b) = (id(&library, "a.md"), id(&library, "b.md"));
    let (monday, tuesday) = (date(2026, 11, 23), date(2026, 11, 24));
    let of = |words, signs| Written { words, signs };
    library.note_written(&a, of(120, 700), monday).unwrap();
    assert_eq!(library.note_written(&a, of(-20, -100), monday).unwrap(), of(100, 600));
    library.note_written(&b, of(-300, -1800), monday).unwrap();
    library.note_written(&b, of(50, 300), tuesday).unwrap();
    let told = |library: &crate::library::Library| -> Vec<(i8, i64, usize)> {
        let days = library.written_days(date(2026, 11, 1), tuesday).into_iter();
        days.map(|day| (day.day.day(), day.written.words, day.articles))
            .collect()
    };
    assert_eq!(told(&library), [(23, 100, 1), (24, 50, 1)]);
    assert_eq!(library.written_in(&b, monday), of(-300, -1800));
    drop(library);
    let library = desk.open();
    assert_eq!(told(&library), [(23, 100, 1), (24, 50, 1)]);
    // It is nowhere in the library.
    assert_eq!(bytes_below(&desk.root()), before);

    // A file that can't be read is set aside, and counting goes on.
    drop(library);
    let folder = desk.environment().places.data.join("written");
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, "{\"v\": 1, \"da").unwrap();
    let library = desk.open();
    assert_eq!(told(&library), []);
    library.note_written(&a, of(5, 30), tuesday).unwrap();
    assert_eq!(told(&desk.open()), [(24, 5, 1)]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
}

#[test]
fn a_diary_that_can_not_be_read_is_not_written_over() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let tuesday = date(2026, 11, 24);
    let of = |words, signs| Written { words, signs };
    let library = desk.open();
    let a = id(&library, "a.md");
    library.note_written(&a, of(7, 40), tuesday).unwrap();
    let folder = desk.environment().places.data.join("written");
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    drop(library);
    // Something is in its way, and then no more.
    let aside = folder.join("aside");
    fs::rename(&file, &aside).unwrap();
    fs::create_dir(&file).unwrap();
    let library = desk.open();
    assert!(library.written_days(tuesday, tuesday).is_empty());
    assert!(library.note_written(&a, of(1, 1), tuesday).is_err());
    fs::remove_dir(&file).unwrap();
    fs::rename(&aside, &file).unwrap();
    assert_eq!(library.note_written(&a, of(3, 10), tuesday).unwrap(), of(10, 50));
}

#[test]
fn two_windows_count_together() {
    let desk = Desk::with(&[("a.md", "Un\n")]);
    let tuesday = date(2026, 11, 24);
    let of = |words, signs| Written { words, signs };
    let (one, other) = (desk.open(), desk.open());
    let a = id(&one, "a.md");
    one.note_written(&a, of(10, 60), tuesday).unwrap();
    other.note_written(&a, of(5, 30), tuesday).unwrap();
    assert_eq!(one.note_written(&a, of(1, 6), tuesday).unwrap(), of(16, 96));
    assert_eq!(desk.open().written_in(&a, tuesday), of(16, 96));
}
