//! A long session over real articles, by the keyboard alone: what is read, searched and starred changes no byte of them.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use serde::Deserialize;

use crate::by_folder::{bytes_of, copy_folder};
use crate::window::{Desk, Window, plain};

/// Keys pressed and words typed, at the least.
const ACTIONS: usize = 1_000;
/// How long one of them may take to show. Generous: a slow machine is no defect.
const PATIENCE: Duration = Duration::from_secs(30);
/// Words that many of the articles have, and few.
const WORDS: [&str; 8] = [
    "release",
    "cargo",
    "async",
    "borrow checker",
    "security advisory",
    "wasm",
    "edition 2024",
    "traits",
];

/// What the page says of itself; see `state.js`.
#[derive(Debug, Default, Deserialize)]
struct State {
    focus: String,
    within: String,
    place: usize,
    option: String,
    starred: bool,
    dialog: bool,
    heading: String,
    pressed: bool,
    busy: bool,
    marks: usize,
    found: String,
    problems: Vec<String>,
}

/// A session at the keyboard, with what it knows so far.
struct Session {
    window: Window,
    actions: usize,
    /// The last of them, for messages.
    last: Vec<String>,
    /// The number of the row that the list stands on, from 1.
    place: usize,
    total: usize,
    /// Titles that were read, to be found again by them.
    titles: Vec<String>,
    /// Stars given and taken.
    stars: usize,
    random: u64,
}

#[tokio::test]
async fn journey_real_articles_a_thousand_steps() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/rust-blog");
    if !corpus.is_dir() {
        println!("SKIPPED: the corpus of real articles is not beside this checkout");
        return;
    }
    let desk = Desk::new();
    let folder = desk.path("rust-blog");
    copy_folder(&corpus, &folder);
    let before = bytes_of(&folder);
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    let started = Instant::now();
    let mut session = Session::begin(window).await;
    while session.actions < ACTIONS {
        session.act().await;
    }
    println!(
        "{} actions in {:.1} s",
        session.actions,
        started.elapsed().as_secs_f32()
    );
    session.window.screenshot("rust-blog").await;
    let stars = session.stars;
    session.window.close().await;
    assert_eq!(bytes_of(&folder), before, "nothing that was only read is written");

    // What was said of the articles is in the journal, and the next start knows it.
    let said: String = fs::read_dir(folder.join(".edito/journal"))
        .expect("a journal")
        .map(|file| fs::read_to_string(file.expect("a file").path()).expect("a journal is text"))
        .collect();
    let given = said.matches("\"star\":true").count();
    let taken = said.matches("\"star\":false").count();
    assert_eq!(given + taken, stars, "each star given or taken is recorded once");
    assert!(given > 20 && taken > 0, "{given} given, {taken} taken");
    let window = desk.open(&[]).await;
    window
        .get("button", &format!("Starred, {} article", given - taken))
        .await;
    window.close().await;
}

impl Session {
    /// Waits until every article is listed, and stands on the first.
    async fn begin(window: Window) -> Self {
        window.get("listbox", "All articles").await;
        window
            .until("all are listed", async || {
                let total = window
                    .run("return document.querySelector('[aria-setsize]')?.getAttribute('aria-setsize')")
                    .await;
                total
                    .as_str()
                    .and_then(|total| total.parse().ok())
                    .is_some_and(|total: usize| total >= 750)
            })
            .await;
        let total = window
            .run("return Number(document.querySelector('[aria-setsize]').getAttribute('aria-setsize'))")
            .await;
        let mut session = Self {
            window,
            actions: 0,
            last: Vec::new(),
            place: 1,
            total: total
                .as_u64()
                .and_then(|total| total.try_into().ok())
                .expect("a number"),
            titles: Vec::new(),
            stars: 0,
            random: 20_261_124,
        };
        session.go_to_list().await;
        session.press(&[], &Key::Home.to_string()).await;
        session.until("the first row", |state| state.place == 1).await;
        session
    }

    /// One thing that people do; afterwards the list has the focus.
    async fn act(&mut self) {
        match self.next(16) {
            0..=4 => self.step(1).await,
            5 | 6 => self.step(-1).await,
            7 => self.page().await,
            8..=10 => self.open().await,
            11 => self.star().await,
            12 => self.read().await,
            13 => self.neighbour().await,
            14 => self.search().await,
            _ => self.find_by_title().await,
        }
    }

    async fn step(&mut self, by: isize) {
        let to = self.place.saturating_add_signed(by).clamp(1, self.total);
        self.press(&[], if by > 0 { "j" } else { "k" }).await;
        self.stand_on(to).await;
    }

    async fn page(&mut self) {
        let (key, before) = if self.next(3) == 0 && self.place > 20 {
            (Key::PageUp, false)
        } else {
            (Key::PageDown, true)
        };
        let from = self.place;
        self.press(&[], &key.to_string()).await;
        let state = self
            .until("another row", |state| {
                if before { state.place > from } else { state.place < from }
            })
            .await;
        self.place = state.place;
    }

    async fn open(&mut self) {
        self.press(&[], &Key::Enter.to_string()).await;
        self.is_open().await;
    }

    async fn neighbour(&mut self) {
        let to = (self.place + 1).min(self.total);
        self.press(&[Key::Alt], &Key::PageDown.to_string()).await;
        self.stand_on(to).await;
        self.is_open().await;
    }

    /// Gives the star of the row under the cursor, or takes it; the bar of the same article's sheet follows.
    async fn star(&mut self) {
        self.open().await;
        let before = self.state().await;
        assert_eq!(before.starred, before.pressed, "{before:?}");
        self.press(&[], "s").await;
        self.until("the star", |state| {
            state.starred != before.starred && state.pressed == state.starred
        })
        .await;
        self.stars += 1;
    }

    /// Goes over to the text, through it, and back.
    async fn read(&mut self) {
        self.open().await;
        self.press(&[], &Key::F6.to_string()).await;
        self.until("the focus is in the article", |state| {
            state.focus == "region" && state.within == "Reading"
        })
        .await;
        for key in [Key::PageDown, Key::End, Key::Home] {
            self.press(&[], &key.to_string()).await;
        }
        self.press(&[], " ").await;
        self.go_to_list().await;
        self.stand_on(self.place).await;
    }

    async fn search(&mut self) {
        let words = WORDS[self.next(WORDS.len())];
        self.press(&[Key::Control, Key::Shift], "f").await;
        self.until("the search field", |state| state.focus == "combobox").await;
        self.type_words(words).await;
        let state = self
            .until("hits", |state| {
                !state.busy && state.found.contains("article") && state.place == 1 && state.marks > 0
            })
            .await;
        assert!(!state.option.is_empty(), "{state:?}");
        if self.next(2) == 0 {
            self.press(&[], &Key::Down.to_string()).await;
            self.until("the second hit", |state| state.place == 2).await;
        }
        self.press(&[], &Key::Enter.to_string()).await;
        self.is_open().await;
        self.press(&[], &Key::Escape.to_string()).await;
        self.until("the list", |state| state.focus == "listbox").await;
        self.stand_on(self.place).await;
    }

    /// An article that was read before, by its title.
    async fn find_by_title(&mut self) {
        if self.titles.is_empty() {
            return self.open().await;
        }
        let chosen = self.next(self.titles.len());
        let title = self.titles[chosen].clone();
        self.press(&[Key::Control], "p").await;
        self.until("the dialog", |state| state.dialog && state.focus == "combobox")
            .await;
        self.type_words(&title).await;
        self.until("it is found", |state| names(&state.option, &title)).await;
        self.press(&[], &Key::Enter.to_string()).await;
        self.until("it is open", |state| !state.dialog && names(&state.heading, &title))
            .await;
        self.go_to_list().await;
        self.stand_on(self.place).await;
    }

    /// Waits until the sheet shows the article that the list or the results stand on.
    async fn is_open(&mut self) {
        let state = self
            .until("the article is open", |state| {
                !state.heading.is_empty() && names(&state.option, &state.heading)
            })
            .await;
        let title = plain(&state.heading);
        // Short titles would find others first.
        if title.len() > 18 && !self.titles.contains(&title) {
            self.titles.push(title);
        }
    }

    async fn stand_on(&mut self, place: usize) {
        self.until(&format!("row {place}"), |state| {
            state.focus == "listbox" && state.place == place
        })
        .await;
        self.place = place;
    }

    /// F6 goes round the regions of the window.
    async fn go_to_list(&mut self) {
        for _ in 0..4 {
            if self.state().await.focus == "listbox" {
                return;
            }
            self.press(&[], &Key::F6.to_string()).await;
        }
        panic!("F6 does not come to the list: {:?}", self.state().await);
    }

    async fn press(&mut self, held: &[Key], key: &str) {
        self.window.press(held, key).await;
        self.count(format!("{held:?} {key:?}"));
    }

    async fn type_words(&mut self, words: &str) {
        self.window.press(&[], words).await;
        self.count(format!("{words:?}"));
    }

    fn count(&mut self, action: String) {
        self.actions += 1;
        self.last.push(action);
        let more = self.last.len().saturating_sub(12);
        self.last.drain(..more);
    }

    async fn state(&self) -> State {
        let state = self.window.run(include_str!("state.js")).await;
        let state: State = serde_json::from_value(state).expect("the page says how it stands");
        assert!(
            state.problems.is_empty(),
            "after {} actions: {:?}",
            self.actions,
            state.problems
        );
        state
    }

    async fn until(&self, what: &str, holds: impl Fn(&State) -> bool) -> State {
        let started = Instant::now();
        loop {
            let state = self.state().await;
            if holds(&state) {
                return state;
            }
            if started.elapsed() > PATIENCE {
                let shot = self.window.screenshot("rust-blog-waiting").await;
                let (actions, last) = (self.actions, self.last.join(", "));
                panic!(
                    "{what}: not so after {actions} actions, the last {last}; {}; {state:#?}",
                    shot.display()
                );
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// A number below `limit`, the same in every run.
    fn next(&mut self, limit: usize) -> usize {
        self.random = self
            .random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.random >> 33).expect("31 bits") % limit
    }
}

/// Whether these words hold a title, as a person reads both.
fn names(words: &str, title: &str) -> bool {
    let read = |text: &str| plain(text).replace(['“', '”', '"', '\''], "").replace("...", "…");
    read(words).contains(&read(title))
}
