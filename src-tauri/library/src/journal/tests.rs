#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use proptest::prelude::*;

use super::*;

const NOON: i64 = 1_795_348_800_000;

/// A clock that goes one second further at each look.
fn clock(start: i64) -> Now {
    let time = AtomicI64::new(start);
    Arc::new(move || Timestamp::from_millisecond(time.fetch_add(1000, Ordering::SeqCst)).unwrap())
}

fn ids() -> NewId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Arc::new(|_| Uuid::from_u128(u128::from(NEXT.fetch_add(1, Ordering::SeqCst))))
}

fn open(folder: &Path, device: &str) -> Journal {
    Journal::open(folder, device, clock(NOON), ids()).unwrap()
}

fn open_at(folder: &Path, device: &str, start: i64) -> Journal {
    Journal::open(folder, device, clock(start), ids()).unwrap()
}

fn article(number: u32) -> ArticleId {
    ArticleId(Uuid::from_u128(u128::from(number) + 1).hyphenated().to_string())
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

fn kinds(journal: &Journal) -> Vec<(u64, JournalFindingKind)> {
    journal
        .findings()
        .into_iter()
        .map(|finding| (finding.line, finding.kind))
        .collect()
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    std::fs::write(path, bytes).unwrap();
}

fn add(path: &Path, bytes: &[u8]) {
    File::options()
        .append(true)
        .open(path)
        .unwrap()
        .write_all(bytes)
        .unwrap();
}

#[test]
fn nothing_is_made_before_something_is_said() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".edito/journal");
    let mut journal = open(&folder, "desk");
    assert_eq!(journal.article(&article(1)), ArticleState::default());
    assert!(!home.path().join(".edito").exists());
    journal.set_star(&article(1), true).unwrap();
    assert!(folder.join("desk.jsonl").exists());
}

#[test]
fn what_is_said_holds_after_opening_again() {
    let home = tempfile::tempdir().unwrap();
    let mut journal = open(home.path(), "desk");
    journal.set_read(&article(1), true).unwrap();
    journal.set_star(&article(1), true).unwrap();
    journal.set_star(&article(2), true).unwrap();
    journal.set_star(&article(2), false).unwrap();
    journal.set_progress(&article(1), 0.123_456, Some("p12")).unwrap();
    journal.opened(&article(1)).unwrap();
    journal.identify(&article(3), "été/a.md", &hash("a")).unwrap();
    let again = open(home.path(), "desk");
    for journal in [&journal, &again] {
        let state = journal.article(&article(1));
        assert!(state.read && state.starred);
        let progress = state.progress.unwrap();
        assert_eq!((progress.at, progress.block.as_deref()), (0.1235, Some("p12")));
        assert_eq!(state.opened, Some(NOON + 5000));
        assert_eq!(journal.article(&article(2)), ArticleState::default());
        assert_eq!(journal.article_at("été/a.md"), Some(article(3)));
        assert_eq!(journal.articles().count(), 2);
        assert_eq!(journal.record_count(), 7);
        assert_eq!(journal.findings(), []);
    }
}

#[test]
fn the_line_is_as_documented() {
    let home = tempfile::tempdir().unwrap();
    let id = Uuid::from_u128(7);
    let mut journal = Journal::open(home.path(), "desk-1", clock(NOON), Arc::new(move |_| id)).unwrap();
    let record = journal.set_star(&article(1), true).unwrap();
    let text = std::fs::read_to_string(home.path().join("desk-1.jsonl")).unwrap();
    assert_eq!(
        text,
        "{\"v\":1,\"id\":\"00000000-0000-0000-0000-000000000007\",\"time\":\"2026-11-22T12:00:00.000Z\",\"device\":\"desk-1\",\"seq\":1,\"kind\":\"star\",\"article\":\"00000000-0000-0000-0000-000000000002\",\"star\":true}\n"
    );
    assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
}

#[test]
fn identities_follow_moves() {
    let home = tempfile::tempdir().unwrap();
    let mut journal = open(home.path(), "desk");
    journal.identify(&article(1), "a.md", &hash("one")).unwrap();
    journal.identify(&article(2), "b.md", &hash("one")).unwrap();
    journal.moved(&article(1), "c/a.md", &hash("two")).unwrap();
    assert_eq!(journal.article_at("a.md"), None);
    assert_eq!(journal.article_at("c/a.md"), Some(article(1)));
    let with = |text: &str| journal.articles_with_content(&hash(text));
    assert_eq!(with("one"), [(article(2), "b.md".to_owned())]);
    assert_eq!(with("two"), [(article(1), "c/a.md".to_owned())]);
    assert_eq!(journal.articles_with_content("no hash"), []);
    let identity = journal.identity(&article(1)).unwrap();
    assert_eq!((identity.path.as_str(), identity.hash), ("c/a.md", Some(hash("two"))));
    // Two articles recorded at one path: the later record has it.
    journal.identify(&article(3), "b.md", &hash("three")).unwrap();
    assert_eq!(journal.article_at("b.md"), Some(article(3)));
    assert_eq!(journal.identities().count(), 3);
    // What is only identified has no state to show.
    assert_eq!(journal.articles().count(), 0);
}

#[test]
fn two_desks_meet() {
    let home = tempfile::tempdir().unwrap();
    let mut here = open_at(home.path(), "here", NOON);
    let mut there = open_at(home.path(), "there", NOON + 500);
    here.set_star(&article(1), true).unwrap();
    there.set_star(&article(1), false).unwrap();
    there.set_read(&article(2), true).unwrap();
    let changes = here.refresh().unwrap();
    assert!(!changes.everything);
    assert_eq!(changes.articles, BTreeSet::from([article(1), article(2)]));
    assert!(!here.article(&article(1)).starred);
    assert!(here.article(&article(2)).read);
    // An older record that arrives late changes nothing.
    there.refresh().unwrap();
    assert!(!there.article(&article(1)).starred);
    assert_eq!(here.refresh().unwrap(), JournalChanges::default());
    // Each wrote its own file only.
    let text = std::fs::read_to_string(home.path().join("here.jsonl")).unwrap();
    assert_eq!(text.lines().count(), 1);
}

#[test]
fn a_clock_that_runs_ahead_does_not_win_forever() {
    let home = tempfile::tempdir().unwrap();
    let mut ahead = open_at(home.path(), "zz-ahead", NOON + 86_400_000);
    let mut here = open_at(home.path(), "here", NOON);
    ahead.set_star(&article(1), true).unwrap();
    here.refresh().unwrap();
    assert!(here.article(&article(1)).starred);
    let record = here.set_star(&article(1), false).unwrap();
    assert_eq!(record.time.as_millisecond(), NOON + 86_400_001);
    assert!(!here.article(&article(1)).starred);
    ahead.refresh().unwrap();
    assert!(!ahead.article(&article(1)).starred);
    // Other articles keep the true time.
    let record = here.set_star(&article(2), true).unwrap();
    assert_eq!(record.time.as_millisecond(), NOON + 1000);
}

#[test]
fn one_millisecond_holds_many_records() {
    let home = tempfile::tempdir().unwrap();
    let still: Now = Arc::new(|| Timestamp::from_millisecond(NOON).unwrap());
    let mut journal = Journal::open(home.path(), "desk", still, ids()).unwrap();
    for star in [true, false, true, false, true] {
        journal.set_star(&article(1), star).unwrap();
    }
    assert!(journal.article(&article(1)).starred);
    assert!(open(home.path(), "desk").article(&article(1)).starred);
}

#[test]
fn a_torn_tail_is_kept_and_passed_over() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("desk.jsonl");
    let mut journal = open(home.path(), "desk");
    journal.set_star(&article(1), true).unwrap();
    journal.set_star(&article(2), true).unwrap();
    drop(journal);
    let whole = std::fs::read(&path).unwrap();
    let first = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    // Cut at every byte of the second record.
    for cut in first..whole.len() {
        write(&path, &whole[..cut]);
        let mut journal = open(home.path(), "desk");
        assert!(journal.article(&article(1)).starred);
        let kept_whole = cut == whole.len() - 1;
        assert_eq!(journal.article(&article(2)).starred, kept_whole, "cut at {cut}");
        if cut == first || kept_whole {
            assert_eq!(journal.findings(), []);
        } else {
            assert_eq!(kinds(&journal), [(2, JournalFindingKind::TornTail)]);
        }
        let record = journal.set_star(&article(3), true).unwrap();
        assert_eq!(record.seq, if kept_whole { 3 } else { 2 });
        // The torn bytes are still there, and what follows counts, now and later.
        assert!(std::fs::read(&path).unwrap().starts_with(&whole[..cut]));
        let again = open(home.path(), "desk");
        for journal in [&journal, &again] {
            assert!(journal.article(&article(1)).starred && journal.article(&article(3)).starred);
            assert_eq!(journal.article(&article(2)).starred, kept_whole);
            if cut != first && !kept_whole {
                assert_eq!(kinds(journal), [(2, JournalFindingKind::NotARecord)]);
            }
        }
    }
}

#[test]
fn what_is_not_understood_is_told_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("other.jsonl");
    let id = article(1);
    let line = |rest: &str| {
        format!("{{\"time\":\"2026-11-22T12:00:00Z\",\"device\":\"other\",\"seq\":1,\"article\":\"{id}\",{rest}}}\n")
    };
    let long = format!(
        "\"kind\":\"star\",\"star\":true,\"x\":\"{}\"",
        "y".repeat(file::MAX_LINE)
    );
    let text = [
        line("\"v\":9,\"kind\":\"star\",\"star\":true,\"by\":{\"new\":[1]}"),
        "garbage\n".to_owned(),
        "\n".to_owned(),
        "\u{0}\u{0}\u{0}\n".to_owned(),
        line("\"kind\":\"comment\",\"read\":{\"not\":\"a bool\"},\"at\":[1,2]"),
        line("\"kind\":\"comment\""),
        line("\"kind\":\"read\",\"read\":\"yes\""),
        line(&long),
        line("\"kind\":\"progress\",\"at\":0.5"),
        "{\"time\":\"2026-11-22T12:00:00Z\",\"kind\":\"opened\"}\n".to_owned(),
    ]
    .concat();
    write(&path, &text);
    let mut journal = open(home.path(), "desk");
    let state = journal.article(&id);
    assert!(state.starred && !state.read);
    assert_eq!(state.progress.unwrap().at, 0.5);
    use JournalFindingKind as Kind;
    assert_eq!(
        kinds(&journal),
        [
            (1, Kind::NewerVersion),
            (2, Kind::NotARecord),
            (4, Kind::NotARecord),
            (5, Kind::UnknownKind),
            (7, Kind::Incomplete),
            (8, Kind::TooLong),
            (10, Kind::Incomplete),
        ]
    );
    journal.set_star(&id, false).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    // Unknown kinds and fields can still be read.
    let mut seen = Vec::new();
    journal
        .for_each_record(&["comment", "star"], &mut |record| seen.push(record))
        .unwrap();
    assert_eq!(seen.len(), 4);
    assert!(seen.iter().any(|record| record.fields.get("by").is_some()));
}

#[test]
fn a_file_that_shrank_or_was_replaced_is_folded_anew() {
    let home = tempfile::tempdir().unwrap();
    let copy = tempfile::tempdir().unwrap();
    let path = home.path().join("other.jsonl");
    let mut other = open(copy.path(), "other");
    other.set_star(&article(1), true).unwrap();
    let short = std::fs::read(copy.path().join("other.jsonl")).unwrap();
    other.set_star(&article(2), true).unwrap();
    let long = std::fs::read(copy.path().join("other.jsonl")).unwrap();
    write(&path, &long);
    let mut journal = open(home.path(), "desk");
    assert!(journal.article(&article(2)).starred);
    write(&path, &short);
    assert!(journal.refresh().unwrap().everything);
    assert!(journal.article(&article(1)).starred);
    assert!(!journal.article(&article(2)).starred);
    // Longer, but another file.
    let mut third = open_at(copy.path(), "third", NOON + 77);
    for number in 3..6 {
        third.set_star(&article(number), true).unwrap();
    }
    write(&path, std::fs::read(copy.path().join("third.jsonl")).unwrap());
    assert!(journal.refresh().unwrap().everything);
    assert!(!journal.article(&article(1)).starred && journal.article(&article(5)).starred);
    std::fs::remove_file(&path).unwrap();
    assert!(journal.refresh().unwrap().everything);
    assert_eq!(journal.articles().count(), 0);
    assert_eq!(journal.refresh().unwrap(), JournalChanges::default());
}

#[test]
fn two_windows_share_the_device_file() {
    let home = tempfile::tempdir().unwrap();
    let mut one = open(home.path(), "desk");
    let mut two = open(home.path(), "desk");
    let mut numbers = Vec::new();
    for number in 0..10 {
        numbers.push(one.set_star(&article(number), true).unwrap().seq);
        numbers.push(two.set_read(&article(number), true).unwrap().seq);
    }
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    one.refresh().unwrap();
    assert!(one.article(&article(9)).read && two.article(&article(9)).starred);
}

#[test]
fn the_own_file_may_vanish_or_be_replaced() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("desk.jsonl");
    let mut journal = open(home.path(), "desk");
    journal.set_star(&article(1), true).unwrap();
    let kept = std::fs::read(&path).unwrap();
    journal.set_star(&article(2), true).unwrap();
    std::fs::remove_file(&path).unwrap();
    write(&path, &kept);
    journal.set_star(&article(3), true).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 2);
    let again = open(home.path(), "desk");
    for journal in [&journal, &again] {
        let stars = [1, 2, 3].map(|number| journal.article(&article(number)).starred);
        assert_eq!(stars, [true, false, true]);
    }
}

#[test]
fn a_library_that_cannot_be_written_is_read_too() {
    let library = tempfile::tempdir().unwrap();
    let data = tempfile::tempdir().unwrap();
    open(library.path(), "desk").set_star(&article(1), true).unwrap();
    let others = [library.path().to_owned()];
    let mut journal = Journal::open_also_reading(data.path(), &others, "desk", clock(NOON + 5), ids()).unwrap();
    assert!(journal.article(&article(1)).starred);
    assert_eq!(journal.set_read(&article(1), true).unwrap().seq, 2);
    assert_eq!(std::fs::read_dir(library.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 1);
}

#[test]
fn a_device_names_a_file_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    for device in ["", "../x", "a/b", "a.b", "é"] {
        let opened = Journal::open(home.path(), device, clock(NOON), ids());
        assert_eq!(opened.err().unwrap().kind, ErrorKind::BadName);
    }
}

#[cfg(unix)]
#[test]
fn links_are_neither_read_nor_written() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("journal");
    let elsewhere = home.path().join("diary.txt");
    open(home.path(), "other").set_star(&article(1), true).unwrap();
    std::fs::create_dir(&folder).unwrap();
    write(&elsewhere, "dear diary\n");
    std::os::unix::fs::symlink(&elsewhere, folder.join("desk.jsonl")).unwrap();
    std::os::unix::fs::symlink(home.path().join("other.jsonl"), folder.join("b.jsonl")).unwrap();
    let mut journal = open(&folder, "desk");
    assert_eq!(journal.articles().count(), 0);
    let refused = journal.set_star(&article(1), true).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Invalid);
    assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), "dear diary\n");
}

#[test]
fn ids_of_any_shape_are_articles() {
    let home = tempfile::tempdir().unwrap();
    let mut journal = open(home.path(), "desk");
    let odd = ArticleId("posts/été".into());
    journal.set_star(&odd, true).unwrap();
    let upper = ArticleId(article(1).0.to_uppercase());
    journal.set_star(&upper, true).unwrap();
    assert!(journal.article(&odd).starred && journal.article(&article(1)).starred);
}

#[test]
fn many_records_take_one_write() {
    let home = tempfile::tempdir().unwrap();
    let mut journal = open(home.path(), "desk");
    let entries = (0..500)
        .map(|number| JournalEntry::new("read", Some(&article(number))).with("read", true))
        .collect();
    let records = journal.append_all(entries, Durability::Now).unwrap();
    assert_eq!(records.len(), 500);
    assert_eq!(journal.articles().filter(|(_, state)| state.read).count(), 500);
    assert_eq!(journal.append_all(Vec::new(), Durability::Now).unwrap(), []);
}

fn say(journal: &mut Journal, kind: &str, article: Option<&ArticleId>, fields: &str) -> Record {
    let Value::Object(fields) = serde_json::from_str(fields).unwrap() else {
        panic!("{fields}")
    };
    let entry = JournalEntry {
        kind: kind.to_owned(),
        article: article.cloned(),
        fields,
    };
    journal.append(entry, Durability::Soon).unwrap()
}

#[test]
fn places_tags_and_marks_hold_after_opening_again() {
    let home = tempfile::tempdir().unwrap();
    let mut journal = open(home.path(), "desk");
    let one = article(1);
    say(&mut journal, "place", Some(&one), r#"{"place": "inbox"}"#);
    say(&mut journal, "place", Some(&one), r#"{"place": "later"}"#);
    say(&mut journal, "place", Some(&one), r#"{"place": "attic"}"#);
    say(&mut journal, "tag", Some(&one), r#"{"tag": " climat ", "on": true}"#);
    say(&mut journal, "tag", Some(&one), r#"{"tag": "loi", "on": true}"#);
    say(&mut journal, "tag", Some(&one), r#"{"tag": "loi", "on": false}"#);
    say(&mut journal, "tag", Some(&one), r#"{"tag": "  ", "on": true}"#);
    let (kept, gone, back) = (mark(1), mark(2), mark(3));
    for id in [kept, gone, back] {
        say(
            &mut journal,
            "highlight",
            Some(&one),
            &format!(r#"{{"highlight": "{id}", "quote": "des mots", "prefix": "avec ", "start": 5, "end": 13}}"#),
        );
    }
    say(
        &mut journal,
        "highlight",
        Some(&one),
        &format!(
            r#"{{"highlight": "{kept}", "colour": "green", "note": "à relire", "tags": ["a"], "made": "2020-01-01T00:00:00Z"}}"#
        ),
    );
    for id in [gone, back] {
        say(
            &mut journal,
            "highlight-removed",
            Some(&one),
            &format!(r#"{{"highlight": "{id}"}}"#),
        );
    }
    say(
        &mut journal,
        "highlight",
        Some(&one),
        &format!(r#"{{"highlight": "{back}", "colour": "red", "note": null}}"#),
    );
    let again = open(home.path(), "desk");
    for journal in [&journal, &again] {
        let state = journal.article(&one);
        assert_eq!(state.place, Some(Place::Later));
        assert_eq!(state.tags, ["climat"]);
        assert!(journal.knows_tag(&one, "loi") && !journal.knows_tag(&one, "autre"));
        assert_eq!(state.highlights, 2);
        let highlights = journal.highlights(&one);
        assert_eq!(
            highlights[0],
            Highlight {
                id: kept,
                quote: "des mots".into(),
                prefix: "avec ".into(),
                suffix: String::new(),
                range: Some((5, 13)),
                colour: Colour::Green,
                note: Some("à relire".into()),
                tags: vec!["a".into()],
                made: 1_577_836_800_000,
            }
        );
        assert_eq!((highlights[1].id, highlights[1].colour), (back, Colour::Red));
        assert!(journal.knows_highlight(&one, gone));
        assert_eq!(journal.all_highlights().count(), 1);
        assert_eq!(kinds(journal).len(), 2, "an unknown place and an empty tag");
    }
}

#[test]
fn a_tag_that_is_said_twice_of_a_mark_is_there_once() {
    let home = tempfile::tempdir().unwrap();
    let mut journal = open(home.path(), "desk");
    let fields = format!(
        r#"{{"highlight": "{}", "quote": "des mots", "tags": ["b", "a", "b", "a", "c"]}}"#,
        mark(1)
    );
    say(&mut journal, "highlight", Some(&article(1)), &fields);
    assert_eq!(journal.highlights(&article(1))[0].tags, ["b", "a", "c"]);
}

#[test]
fn of_several_records_each_must_fit() {
    let home = tempfile::tempdir().unwrap();
    let mut journal = open(home.path(), "desk");
    let note = |length: usize| {
        JournalEntry::new("highlight", Some(&article(1)))
            .with("highlight", mark(length).to_string())
            .with("quote", "des mots")
            .with("note", "n".repeat(length))
    };
    assert!(note(1_000_000).fits() && !note(1_048_576).fits());
    let star = JournalEntry::new("star", Some(&article(1))).with("star", true);
    let refused = journal.append_all(vec![star, note(1_048_576)], Durability::Now);
    assert_eq!(refused.unwrap_err().kind, ErrorKind::TooBig);
    assert_eq!(journal.record_count(), 0, "nothing was written");
    // Together they may be as long as they like.
    journal
        .append_all((0..3).map(|less| note(1_000_000 - less)).collect(), Durability::Now)
        .unwrap();
    let again = open(home.path(), "desk");
    assert_eq!(again.highlights(&article(1)).len(), 3);
    assert_eq!(again.findings(), []);
}

#[test]
fn what_another_window_wrote_is_told_although_this_one_wrote_since() {
    let home = tempfile::tempdir().unwrap();
    let mut here = open(home.path(), "desk");
    let mut window = open(home.path(), "desk");
    here.set_star(&article(1), true).unwrap();
    here.refresh().unwrap();
    let list = format!(r#"{{"collection": "{}", "on": true, "name": "l"}}"#, mark(1));
    say(&mut window, "collection", None, &list);
    window.set_star(&article(2), true).unwrap();
    here.set_read(&article(3), true).unwrap();
    let told = here.refresh().unwrap();
    assert!(told.concern(&["collection"]) && !told.concern(&["read"]), "{told:?}");
    assert_eq!(told.articles.into_iter().collect::<Vec<_>>(), [article(2)]);
    assert_eq!(here.refresh().unwrap(), JournalChanges::default());
}

#[test]
fn lists_are_ordered_by_hand() {
    let home = tempfile::tempdir().unwrap();
    let mut journal = open(home.path(), "desk");
    let list = mark(7);
    let fields = |rest: &str| format!(r#"{{"collection": "{list}", {rest}}}"#);
    for number in [3, 1, 2, 4] {
        say(
            &mut journal,
            "collection",
            Some(&article(number)),
            &fields(r#""on": true"#),
        );
    }
    assert_eq!(journal.collections(), [], "it has no name yet");
    say(&mut journal, "collection", None, &fields(r#""name": "À citer""#));
    let names = |journal: &Journal| -> Vec<ArticleId> {
        journal
            .collection(list)
            .unwrap()
            .articles
            .into_iter()
            .map(|(id, _)| id)
            .collect()
    };
    assert_eq!(names(&journal), [3, 1, 2, 4].map(article));
    say(
        &mut journal,
        "collection",
        Some(&article(4)),
        &fields(r#""order": "V""#),
    );
    say(
        &mut journal,
        "collection",
        Some(&article(2)),
        &fields(&format!(r#""order": "{}""#, between(None, Some("V")))),
    );
    say(&mut journal, "collection", Some(&article(1)), &fields(r#""on": false"#));
    let again = open(home.path(), "desk");
    for journal in [&journal, &again] {
        assert_eq!(names(journal), [2, 4, 3].map(article));
        assert!(journal.knows_member(list, &article(1)) && !journal.knows_member(list, &article(9)));
    }
    say(&mut journal, "collection", None, &fields(r#""on": false"#));
    assert_eq!(journal.collections(), []);
}

#[test]
fn a_late_change_of_a_mark_wins_over_a_clock_ahead() {
    let home = tempfile::tempdir().unwrap();
    let mut ahead = open_at(home.path(), "zz-ahead", NOON + 86_400_000);
    let mut here = open_at(home.path(), "here", NOON);
    let one = article(1);
    let tag = |on: bool| format!(r#"{{"tag": "t", "on": {on}}}"#);
    let mark = format!(r#"{{"highlight": "{}", "quote": "q"}}"#, mark(1));
    let list = r#"{"collection": "00000000-0000-0000-0000-000000000009", "on": true, "name": "l"}"#;
    say(&mut ahead, "tag", Some(&one), &tag(true));
    say(&mut ahead, "highlight", Some(&one), &mark);
    say(&mut ahead, "place", Some(&one), r#"{"place": "inbox"}"#);
    say(&mut ahead, "collection", None, list);
    here.refresh().unwrap();
    say(&mut here, "tag", Some(&one), &tag(false));
    say(&mut here, "highlight-removed", Some(&one), &mark);
    say(&mut here, "place", Some(&one), r#"{"place": "archive"}"#);
    say(&mut here, "collection", None, &list.replace("true", "false"));
    let state = here.article(&one);
    assert_eq!(
        (state.tags.len(), state.highlights, state.place),
        (0, 0, Some(Place::Archive))
    );
    assert_eq!(here.collections(), []);
}

/// What a generated record says.
#[derive(Debug, Clone)]
struct Said {
    device: usize,
    article: u32,
    time: i64,
    what: usize,
    value: usize,
}

fn said() -> impl Strategy<Value = Said> {
    (0usize..3, 0u32..4, 0i64..6, 0usize..16, 0usize..3).prop_map(|(device, article, time, what, value)| Said {
        device,
        article,
        time,
        what,
        value,
    })
}

fn mark(number: usize) -> Uuid {
    Uuid::from_u128(0xabc0 + number as u128)
}

/// All that a journal holds, what only imports ask for included.
fn everything(journal: &Journal) -> std::collections::BTreeMap<String, String> {
    let mut summary = journal.state.summary();
    let sources = Sources::read(&journal.files()).unwrap();
    for number in 0..4 {
        let url = format!("u{number}");
        summary.insert(url.clone(), format!("{:?}", sources.from_url(&url)));
        let id = article(number);
        summary.insert(format!("{id} written"), format!("{:?}", sources.written(&id)));
    }
    summary
}

/// The lines of all records, numbered per device as devices would.
fn to_lines(all: &[Said]) -> Vec<(usize, String)> {
    let mut seq = [0; 3];
    all.iter()
        .map(|said| {
            seq[said.device] += 1;
            let hash = hash(&said.value.to_string());
            let fields = match said.what {
                0 => format!("\"kind\":\"read\",\"read\":{}", said.value > 0),
                1 => format!("\"kind\":\"star\",\"star\":{}", said.value > 0),
                2 => format!(
                    "\"kind\":\"progress\",\"at\":0.{},\"block\":\"b{}\"",
                    said.value, said.value
                ),
                3 => "\"kind\":\"opened\"".to_owned(),
                4 => format!(
                    "\"kind\":\"identify\",\"path\":\"p{}.md\",\"hash\":\"{hash}\"",
                    said.value
                ),
                5 => format!("\"kind\":\"moved\",\"path\":\"p{}.md\"", said.value),
                6 => format!(
                    "\"kind\":\"place\",\"place\":\"{}\"",
                    ["inbox", "later", "archive"][said.value]
                ),
                7 => format!("\"kind\":\"tag\",\"tag\":\"t{}\",\"on\":true", said.value),
                8 => format!("\"kind\":\"tag\",\"tag\":\"t{}\",\"on\":false", said.value),
                9 => format!(
                    "\"kind\":\"highlight\",\"highlight\":\"{}\",\"quote\":\"q{}\",\"start\":1,\"end\":{}",
                    mark(said.value % 2),
                    said.time,
                    said.value + 1
                ),
                10 => format!(
                    "\"kind\":\"highlight\",\"highlight\":\"{}\",\"colour\":\"{}\",\"note\":{}",
                    mark(said.value % 2),
                    ["green", "blue", "red"][said.value],
                    ["null", "\"\"", "\"n\""][said.value]
                ),
                11 => format!(
                    "\"kind\":\"highlight-removed\",\"highlight\":\"{}\"",
                    mark(said.value % 2)
                ),
                12 => format!(
                    "\"kind\":\"collection\",\"collection\":\"{}\",\"on\":{}",
                    mark(said.value % 2),
                    said.time % 2 == 0
                ),
                13 => format!(
                    "\"kind\":\"collection\",\"collection\":\"{}\",\"order\":\"{}\",\"name\":\"l{}\"",
                    mark(said.value % 2),
                    ["V", "VV", "a"][said.value],
                    said.time
                ),
                14 => format!("\"kind\":\"source\",\"url\":\"u{0}\",\"hash\":\"h{0}\"", said.value),
                _ => format!(
                    "\"kind\":\"highlight\",\"highlight\":\"{}\",\"tags\":[\"t{}\"],\"made\":\"2026-01-0{}T00:00:00Z\"",
                    mark(said.value % 2),
                    said.time,
                    said.value + 1
                ),
            };
            let time = Timestamp::from_millisecond(NOON + said.time).unwrap();
            // Names whose order is not the order in which they are first met.
            let device = ["m", "a", "z"][said.device];
            let line = format!(
                "{{\"v\":1,\"time\":\"{time:.3}\",\"device\":\"{device}\",\"seq\":{},\"article\":\"{}\",{fields}}}\n",
                seq[said.device],
                article(said.article),
            );
            (said.device, line)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    /// Any split of the records over files, any order within them and any order of arrival
    /// folds to the same.
    #[test]
    fn the_fold_does_not_depend_on_how_records_arrive(
        all in prop::collection::vec(said(), 1..40),
        deal in prop::collection::vec((any::<u32>(), 0usize..4, 0usize..3), 40),
        twice in any::<bool>(),
    ) {
        let lines = to_lines(&all);
        let in_order = tempfile::tempdir().unwrap();
        for device in 0..3 {
            let text: String = lines.iter().filter(|line| line.0 == device).map(|line| line.1.as_str()).collect();
            write(&in_order.path().join(format!("{device}.jsonl")), text);
        }
        let expected = everything(&open(in_order.path(), "desk"));

        let dealt = tempfile::tempdir().unwrap();
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|index| deal[*index].0);
        let mut journal = open(dealt.path(), "desk");
        for index in order {
            let (_, file, pause) = deal[index];
            let path = dealt.path().join(format!("f{file}.jsonl"));
            let line = lines[index].1.as_bytes();
            File::options().create(true).append(true).open(&path).unwrap();
            if pause == 0 {
                // Half a line is there for a while.
                let (start, end) = line.split_at(line.len() / 2);
                add(&path, start);
                journal.refresh().unwrap();
                add(&path, end);
            } else {
                add(&path, line);
            }
            if pause < 2 {
                journal.refresh().unwrap();
            }
            if twice {
                add(&path, line);
            }
        }
        journal.refresh().unwrap();
        prop_assert_eq!(everything(&journal), expected.clone());
        prop_assert_eq!(everything(&open(dealt.path(), "desk")), expected);
    }

    /// Whatever bytes are in a file, it opens, keeps them, and takes records.
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200), own in any::<bool>()) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join(if own { "desk.jsonl" } else { "other.jsonl" });
        write(&path, &bytes);
        let mut journal = open(home.path(), "desk");
        journal.set_star(&article(1), true).unwrap();
        prop_assert!(std::fs::read(&path).unwrap().starts_with(&bytes));
        prop_assert!(open(home.path(), "desk").article(&article(1)).starred);
    }
}

#[test]
fn of_a_subject_each_field_is_what_was_said_last() {
    let home = tempfile::tempdir().unwrap();
    let mut here = open_at(home.path(), "here", NOON);
    let mut ahead = open_at(home.path(), "zz-ahead", NOON + 86_400_000);
    let about = |rest: &str| format!(r#"{{"subject": "{}", {rest}}}"#, mark(3));
    say(
        &mut here,
        "feed",
        None,
        &about(r#""address": "https://a.fr/rss", "title": "A""#),
    );
    ahead.refresh().unwrap();
    // Two desks say different things of it, and neither loses what it said.
    say(&mut ahead, "feed", None, &about(r#""title": "Un""#));
    say(&mut here, "feed", None, &about(r#""folder": ["Revues"]"#));
    here.refresh().unwrap();
    let title = |journal: &Journal| -> Vec<String> {
        let feeds = journal.subjects(SubjectKind::Feed);
        feeds
            .iter()
            .map(|feed| serde_json::to_string(&feed.fields).unwrap())
            .collect()
    };
    let expected = r#"{"address":"https://a.fr/rss","folder":["Revues"],"title":"Un"}"#;
    assert_eq!(title(&here), [expected]);
    // Its clock is a day behind, and its last word still holds.
    say(&mut here, "feed", None, &about(r#""on": false"#));
    say(&mut here, "feed", None, &about(r#""title": "Deux""#));
    assert_eq!(title(&here), [""; 0]);
    say(&mut here, "feed", None, &about(r#""on": true"#));
    let again = open(home.path(), "here");
    for journal in [&here, &again] {
        assert_eq!(title(journal), [expected.replace("Un", "Deux")]);
        assert_eq!(journal.subjects(SubjectKind::FeedRule), []);
        assert_eq!(journal.articles().count(), 0);
    }
    say(&mut here, "feed-rule", None, r#"{"when": "x"}"#);
    assert_eq!(here.findings().len(), 1, "it names no subject");
}
