//! The writer's desk in the real window, with everything on: spelling, grammar, style and house style, quotations, live
//! preview, typography while one types, gauges and outline.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Outcome;
use super::keys::build_page;
use super::window::{beside, numbers};
use crate::bench::{Bench, Failure};
use crate::browser::Browser;
use crate::random::Random;
use crate::server::Server;
use crate::statistics::Place;
use crate::table::{Limit, Measure, Unit};

/// Keys in a short article, beside bare CodeMirror with the same text, drawn in the same way; and how long the page is
/// blocked by all that a pause brings.
pub fn short(bench: &mut Bench) -> Outcome {
    let measured = measure(bench, "a short article", 6_000)?;
    bench.short_keys = Some((measured.keys.painted.clone(), measured.keys.busy.clone()));
    Ok(measured.rows)
}

/// The same in an article of 180 KB.
pub fn long(bench: &mut Bench) -> Outcome {
    let measured = measure(bench, "180 KB", 180_000)?;
    Ok(beside_short(bench, "180 KB", measured))
}

/// The same in one of 1 MB.
pub fn longest(bench: &mut Bench) -> Outcome {
    let measured = measure(bench, "1 MB", 1_000_000)?;
    Ok(beside_short(bench, "1 MB", measured))
}

struct Measured {
    rows: Vec<Measure>,
    keys: Keys,
}

fn measure(bench: &mut Bench, size: &str, bytes: usize) -> Result<Measured, Failure> {
    let page = build_page(bench)?;
    let server = Server::start(&page)?;
    let desk = Desk::make(&bench.scratch.path().join("desk"), bytes)?;
    let (mut ours, mut theirs) = (Keys::default(), Keys::default());
    let mut blocked = Blocked::default();
    let mut memory = None;
    for _ in 0..bench.samples(2, 1) {
        // In a window of the same size, from the same Tauri.
        let bare = Browser::open(Some(beside("edito-bench-empty")?.as_path()), &[], &drawn())?;
        for painted in [true, false] {
            bare.go(&format!("{}/editor.html", server.address()))?;
            bare.run(BARE, json!({ "text": desk.text }))?;
            theirs.take(&bare, bench, painted)?;
        }
        drop(bare);
        let window = desk.open(bench)?;
        let place = json!({ "title": TITLE, "write": "Write", "least": desk.text.len() / 2 });
        window.run(include_str!("desk/open.js"), place)?;
        ours.first(&window)?;
        for painted in [true, false] {
            ours.take(&window, bench, painted)?;
        }
        blocked.take(&window, bench)?;
        memory = Some(window.memory()?);
    }
    let of = |what: &str| format!("{what}, everything on, {size}");
    let mut rows = vec![
        Measure::new(&of("key → paint"), Unit::Seconds, &ours.painted)
            .against("bare CodeMirror 6", &theirs.painted)
            .must(Limit::Ratio(Place::P99, 1.2))
            .note("the real window; the hands rest now and then, so that advice, counts and saves fall among the keys"),
        Measure::new(&of("key, the page’s own work"), Unit::Seconds, &ours.busy)
            .against("bare CodeMirror 6", &theirs.busy)
            .note(format!(
                "the longest {} against {}; of the first thirty keys after opening the longest {}",
                Unit::Seconds.show(most(&ours.busy)),
                Unit::Seconds.show(most(&theirs.busy)),
                Unit::Seconds.show(most(&ours.first)),
            )),
        Measure::new(&of("the page blocked by a save"), Unit::Seconds, &blocked.save)
            .against("the same page doing nothing", &blocked.idle_save)
            .must(Limit::Above(Place::Median, 0.002))
            .note("the save and all that follows it, the list and the rail included: the longest time in which the page could do nothing else"),
        Measure::new(&of("the page blocked by a pause"), Unit::Seconds, &blocked.pause)
            .against("the same page doing nothing", &blocked.idle_pause)
            .must(Limit::Value(Place::Median, 0.016))
            .note("advice, counts, quotations, outline and recovery copy, in the second before the save"),
    ];
    if let Some((bytes, parts)) = memory {
        rows.push(Measure::new(&of("memory while writing (PSS)"), Unit::Megabytes, &[bytes]).note(parts));
    }
    Ok(Measured { rows, keys: ours })
}

/// Adds how the keys stand to those of a short article, where they were measured in this run.
fn beside_short(bench: &Bench, size: &str, measured: Measured) -> Vec<Measure> {
    let Measured { mut rows, keys } = measured;
    if let Some((painted, busy)) = &bench.short_keys {
        rows.push(
            Measure::new(
                &format!("key → paint, {size} beside a short article"),
                Unit::Seconds,
                &keys.painted,
            )
            .against("a short article, everything on", painted)
            .must(Limit::Ratio(Place::P99, 1.2)),
        );
        rows.push(
            Measure::new(
                &format!("the page’s own work, {size} beside a short article"),
                Unit::Seconds,
                &keys.busy,
            )
            .against("a short article, everything on", busy),
        );
    }
    rows
}

const TITLE: &str = "Un texte de mesure";

/// Opens bare CodeMirror on the page of the keys.
const BARE: &str = "
    for (let tries = 0; typeof window.openBare !== 'function'; tries += 1) {
        if (tries > 600) throw new Error('the page does not offer openBare');
        await new Promise((go) => setTimeout(go, 50));
    }
    window.openBare(args.text);
";

/// The same drawing for both, whatever the machine has: Edito's own choice where no device draws.
fn drawn() -> Vec<(&'static str, PathBuf)> {
    let device = fs::read_dir("/dev/dri").is_ok_and(|mut entries| entries.next().is_some());
    if device {
        Vec::new()
    } else {
        vec![("WEBKIT_DISABLE_COMPOSITING_MODE", PathBuf::from("1"))]
    }
}

/// The times of keys, in seconds.
#[derive(Default)]
struct Keys {
    painted: Vec<f64>,
    busy: Vec<f64>,
    first: Vec<f64>,
}

impl Keys {
    fn take(&mut self, window: &Browser, bench: &Bench, painted: bool) -> Result<(), Failure> {
        let arguments = json!({ "keys": bench.samples(300, 100), "painted": painted, "settle": 2000 });
        let found = in_seconds(&window.run(include_str!("desk/typing.js"), arguments)?)?;
        if painted {
            self.painted.extend(found);
        } else {
            self.busy.extend(found);
        }
        Ok(())
    }

    /// The keys that follow at once upon opening, while everything is looked through for the first time.
    fn first(&mut self, window: &Browser) -> Result<(), Failure> {
        let arguments = json!({ "keys": 30, "painted": false, "settle": 100 });
        self.first
            .extend(in_seconds(&window.run(include_str!("desk/typing.js"), arguments)?)?);
        Ok(())
    }
}

/// How long the page could do nothing else, in seconds: the longest time in each pause, and while nothing is typed.
#[derive(Default)]
struct Blocked {
    pause: Vec<f64>,
    idle_pause: Vec<f64>,
    save: Vec<f64>,
    idle_save: Vec<f64>,
}

impl Blocked {
    fn take(&mut self, window: &Browser, bench: &Bench) -> Result<(), Failure> {
        let pauses = json!({ "pauses": bench.samples(10, 5), "pause": 850, "save": 1500 });
        let answer = window.run(include_str!("desk/pause.js"), pauses)?;
        self.pause.extend(in_seconds(&answer["pause"])?);
        self.idle_pause.extend(in_seconds(&answer["idlePause"])?);
        self.save.extend(in_seconds(&answer["save"])?);
        self.idle_save.extend(in_seconds(&answer["idleSave"])?);
        Ok(())
    }
}

/// A library of a French desk with its rules, and the piece that is written in it.
struct Desk {
    folder: PathBuf,
    text: String,
}

impl Desk {
    /// The sample library with one more piece, made of its own French ones.
    fn make(folder: &Path, bytes: usize) -> Result<Self, Failure> {
        let sample = crate::house().join("sample");
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        copy(&sample, folder)?;
        let text = piece(TITLE, &super::advice::paragraphs(&sample, "fr")?, bytes);
        fs::write(folder.join("mesure.md"), &text)?;
        Ok(Self {
            folder: folder.to_owned(),
            text,
        })
    }

    fn open(&self, bench: &Bench) -> Result<Browser, Failure> {
        let data = bench.scratch.path().join("desk-data");
        fs::create_dir_all(&data)?;
        let settings = json!({ "settings": {
            "language": "en", "spellcheck": true,
            "extra": { "writer-outline": "shown", "writer-typography": "on" },
        } });
        fs::write(data.join("preferences.json"), settings.to_string())?;
        let mut environment = drawn();
        environment.push(("EDITO_DATA_DIR", data));
        environment.push(("EDITO_CACHE_DIR", bench.scratch.path().join("desk-cache")));
        Browser::open(Some(beside("edito")?.as_path()), &[self.folder.as_path()], &environment)
    }
}

/// A piece of real sentences with a slip of the pen now and then, a heading for every tenth paragraph, and quotations of
/// the sample library with their source.
fn piece(title: &str, paragraphs: &[String], bytes: usize) -> String {
    let mut random = Random::new(4, bytes as u64);
    let mut text = format!("---\ntitle: {title}\nlang: fr\ndate: 2026-12-31\nstatus: draft\nsection: editos\n---\n\n");
    for (at, paragraph) in paragraphs.iter().cycle().enumerate() {
        if text.len() >= bytes {
            break;
        }
        if at % 10 == 0 {
            let _ = write!(text, "## Partie {}\n\n", at / 10 + 1);
        }
        for (word_at, word) in paragraph.split(' ').enumerate() {
            if word_at > 0 {
                text.push(' ');
            }
            text.push_str(word);
            // One word in a hundred and fifty ends with a letter too many.
            if word.len() > 6 && word.chars().all(char::is_alphabetic) && random.below(40) == 0 {
                text.push('q');
            }
        }
        if at % 12 == 5 {
            text.push_str(" On a écrit : « Il y a toujours un bateau moins plein que les autres » ([Le bateau du mardi](analyses/mediterranee/le-bateau-du-mardi.md)).");
        }
        text.push_str("\n\n");
    }
    text
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

fn in_seconds(value: &Value) -> Result<Vec<f64>, Failure> {
    Ok(numbers(value)?.iter().map(|one| one / 1e3).collect())
}

fn most(samples: &[f64]) -> f64 {
    samples.iter().copied().fold(0.0, f64::max)
}
