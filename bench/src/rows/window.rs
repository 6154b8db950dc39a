//! The real window: how long it takes to come up, what memory it holds, and a journey through a long list.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::Outcome;
use crate::bench::{Bench, Failure};
use crate::browser::Browser;
use crate::statistics::{Figures, Place};
use crate::table::{Limit, Measure, Unit};

/// Time from the start of the process to the rows of the list on the screen, and the memory some seconds later.
pub fn time_and_memory(bench: &mut Bench) -> Outcome {
    // The index is up to date and nobody else has it open.
    bench.library()?;
    bench.close();
    let (mut ours, mut theirs) = (Starts::default(), Starts::default());
    let (mut ours_alike, mut theirs_alike) = (Starts::default(), Starts::default());
    for round in 0..bench.samples(9, 5) {
        // The first of each is for the caches: the system's, and that of compiled shaders.
        let warm = round > 0;
        for (drawn, ours, theirs) in [
            (&[][..], &mut ours, &mut theirs),
            (&IN_MEMORY[..], &mut ours_alike, &mut theirs_alike),
        ] {
            let window = empty(bench, drawn)?;
            let painted = number(&window.run(EMPTY_PAINTED, Value::Null)?)?;
            theirs.take(&window, painted, warm)?;
            drop(window);

            let window = edito(bench, drawn)?;
            let answer = window.run(LIST_PAINTED, Value::Null)?;
            ours.observed |= answer["observed"] == true;
            ours.take(&window, number(&answer["at"])?, warm)?;
        }
    }
    let note = if ours.observed {
        "the page sets no mark when its rows are painted: seen from outside, a little late"
    } else {
        "the list’s first rows painted, against a blank page painted"
    };
    let alike = |unit: Unit, ours: &[f64], theirs: &[f64]| {
        let (ours, theirs) = (Figures::of(ours).median, Figures::of(theirs).median);
        format!(
            "both drawn by the processor: {} against {}",
            unit.show(ours),
            unit.show(theirs)
        )
    };
    Ok(vec![
        Measure::new("time to a usable window", Unit::Seconds, &ours.seconds)
            .against("an empty Tauri window", &theirs.seconds)
            .must(Limit::Ratio(Place::Median, 1.3))
            .note(format!(
                "{note}; {}",
                alike(Unit::Seconds, &ours_alike.seconds, &theirs_alike.seconds)
            )),
        Measure::new("memory, all processes (PSS)", Unit::Megabytes, &ours.memory)
            .against("an empty Tauri window", &theirs.memory)
            .must(Limit::Above(Place::Median, 80.0))
            .note(format!(
                "{}; empty: {}; {}",
                ours.processes,
                theirs.processes,
                alike(Unit::Megabytes, &ours_alike.memory, &theirs_alike.memory)
            )),
    ])
}

/// The list from top to bottom, then searches, in the window.
pub fn scroll_and_search(bench: &mut Bench) -> Outcome {
    bench.library()?;
    bench.close();
    let window = edito(bench, &[])?;
    window.run(LIST_PAINTED, Value::Null)?;
    std::thread::sleep(SETTLED);
    let mut measures = Vec::new();
    for (what, seconds, pace) in [
        ("scrolling by the wheel", 5, 3_000.0),
        ("dragging from top to bottom", 10, 0.0),
    ] {
        let answer = window.run(SCROLL, json!({ "seconds": seconds, "pace": pace }))?;
        let gaps = numbers(&answer["gaps"])?;
        let frames = gaps.len();
        let blank = number(&answer["blankFrames"])?;
        let note = format!(
            "{frames} frames in {seconds} s, longest gap {:.0} ms; {blank:.0} frames showed rows that were not there yet ({:.0} of {:.0} rows seen); \
             all rows there {:.0} ms after the end, at row {:.0} of {:.0}",
            gaps.iter().copied().fold(0.0, f64::max),
            number(&answer["blankRows"])?,
            number(&answer["rows"])?,
            number(&answer["filledAfter"])?,
            number(&answer["last"])?,
            number(&answer["total"])?,
        );
        if pace == 0.0 && answer["last"] != answer["total"] {
            return Err(format!("the bottom was not reached: {note}").into());
        }
        let gaps: Vec<f64> = gaps.iter().map(|gap| gap / 1e3).collect();
        measures.push(Measure::new(&format!("{what}: between frames"), Unit::Seconds, &gaps).note(note));
    }
    let queries = bench.generator.queries(bench.samples(20, 8));
    let answer = window.run(SEARCH, json!({ "queries": queries }))?;
    let keys: Vec<f64> = numbers(&answer["keys"])?.iter().map(|key| key / 1e3).collect();
    measures.push(
        Measure::new("search in the window: key → results painted", Unit::Seconds, &keys).note(format!(
            "{} keys with new results, 30 ms of waiting for the next key included",
            keys.len()
        )),
    );
    let (memory, parts) = window.memory()?;
    measures.push(Measure::new("memory after the journey (PSS)", Unit::Megabytes, &[memory]).note(parts));
    match save_in_the_window(bench, &window) {
        Ok(measure) => measures.push(measure),
        Err(failure) => eprintln!("  the page while it saves: could not run: {failure}"),
    }
    Ok(measures)
}

/// How long a save of a long article keeps the page from doing anything else.
fn save_in_the_window(bench: &Bench, window: &Browser) -> Result<Measure, Failure> {
    let article = bench.generator.long_article(180_000);
    let (_, text) = crate::bare::split(&article);
    let answer = window.run(SAVE, json!({ "text": text, "saves": bench.samples(20, 10) }))?;
    let blocked: Vec<f64> = numbers(&answer["blocked"])?.iter().map(|gap| gap / 1e3).collect();
    let idle: Vec<f64> = numbers(&answer["idle"])?.iter().map(|gap| gap / 1e3).collect();
    Ok(
        Measure::new("the page blocked by a save, 180 KB", Unit::Seconds, &blocked)
            .against("the same page doing nothing", &idle)
            .must(Limit::Above(Place::Median, 0.002))
            .note("the longest time in which the page could do nothing else, during each save"),
    )
}

/// What is left to do after the start is over by then.
const SETTLED: Duration = Duration::from_secs(4);

/// When the blank page was painted: milliseconds since 1970.
const EMPTY_PAINTED: &str = "
    const until = performance.now() + 60000;
    while (performance.getEntriesByName('painted').length === 0 && performance.now() < until) await new Promise(requestAnimationFrame);
    const mark = performance.getEntriesByName('painted')[0];
    if (!mark) throw new Error('the blank page was not painted');
    return performance.timeOrigin + mark.startTime;
";

/// The page may set the mark `list-painted`; else its rows are looked for.
const LIST_PAINTED: &str = "
    const until = performance.now() + 60000;
    const mark = () => performance.getEntriesByName('list-painted')[0];
    const row = () => document.querySelector('[data-region=list] [role=option] .title');
    let frames = 0;
    while (!mark() && !(row() && ++frames > 2) && performance.now() < until) await new Promise(requestAnimationFrame);
    if (mark()) return { at: performance.timeOrigin + mark().startTime, observed: false };
    if (!row()) throw new Error('no rows in the list; at ' + location.href + ' the page reads: ' + (document.body?.innerText ?? '').slice(0, 300));
    return { at: performance.timeOrigin + performance.now(), observed: true };
";

/// Scrolls at a pace (pixels a second), or from top to bottom in the time given, and looks at every frame.
const SCROLL: &str = "
    const box = document.querySelector('[data-region=list] [role=listbox]');
    const frame = () => new Promise(requestAnimationFrame);
    box.scrollTop = 0;
    await new Promise((go) => setTimeout(go, 500));
    const gaps = [];
    let rows = 0, blankRows = 0, blankFrames = 0;
    const end = box.scrollHeight - box.clientHeight;
    const started = await frame();
    let last = started;
    for (;;) {
        const now = await frame();
        gaps.push(now - last);
        last = now;
        const edge = box.getBoundingClientRect();
        let blank = 0;
        for (const option of box.querySelectorAll('[role=option]')) {
            const at = option.getBoundingClientRect();
            if (at.bottom <= edge.top || at.top >= edge.bottom) continue;
            rows += 1;
            if (!option.querySelector('.title')) blank += 1;
        }
        blankRows += blank;
        blankFrames += blank > 0 ? 1 : 0;
        const passed = (now - started) / 1000;
        if (passed >= args.seconds) break;
        box.scrollTop = args.pace > 0 ? passed * args.pace : end * passed / args.seconds;
    }
    if (args.pace === 0) box.scrollTop = end;
    const stopped = performance.now();
    const visible = () => [...box.querySelectorAll('[role=option]')];
    await frame();
    while (visible().some((option) => !option.querySelector('.title')) && performance.now() - stopped < 20000) await frame();
    const options = visible();
    return {
        gaps: gaps.slice(1), rows, blankRows, blankFrames,
        filledAfter: performance.now() - stopped,
        last: Math.max(...options.map((option) => Number(option.getAttribute('aria-posinset')))),
        total: Number(options[0]?.getAttribute('aria-setsize')),
    };
";

/// Types queries letter by letter and waits for the results of each key.
const SEARCH: &str = "
    const field = document.querySelector('input[data-search]');
    const region = document.querySelector('[data-region=list]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const keys = [];
    const type = (text) => { set.call(field, text); field.dispatchEvent(new InputEvent('input', { bubbles: true })); };
    field.focus();
    for (const query of args.queries) {
        for (let length = 1; length <= query.length; length += 1) {
            let changed = 0;
            const observer = new MutationObserver((records) => {
                const results = records.some(({ target }) => {
                    const element = target.nodeType === 1 ? target : target.parentElement;
                    return element?.closest('.hits, .found') || element?.querySelector?.(':scope > .hits, :scope > [role=status]');
                });
                if (results && !changed) requestAnimationFrame(() => requestAnimationFrame(() => (changed = performance.now())));
            });
            observer.observe(region, { subtree: true, childList: true, characterData: true });
            const pressed = performance.now();
            type(query.slice(0, length));
            while (!changed && performance.now() - pressed < 400) await new Promise(requestAnimationFrame);
            observer.disconnect();
            if (changed) keys.push(changed - pressed);
            await new Promise((go) => setTimeout(go, 60));
        }
    }
    if (!region.querySelector('.found, [role=status]')) throw new Error('no results in the window');
    type('');
    return { keys };
";

/// Saves an article over Edito's own commands while the page counts how long it is kept from its other work.
const SAVE: &str = "
    const invoke = window.__TAURI_INTERNALS__.invoke;
    const row = await invoke('create_article', { section: null, title: 'Bench', lang: 'fr' });
    const opened = await invoke('open_text', { id: row.id });
    let hash = opened.hash;
    const longest = async (work) => {
        let most = 0, last = performance.now(), going = true;
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
            const now = performance.now();
            most = Math.max(most, now - last);
            last = now;
            if (going) channel.port2.postMessage(0);
        };
        channel.port2.postMessage(0);
        await new Promise((go) => setTimeout(go, 50));
        most = 0;
        await work();
        const found = most;
        going = false;
        return found;
    };
    const blocked = [], idle = [];
    for (let save = 0; save < args.saves; save += 1) {
        idle.push(await longest(() => new Promise((go) => setTimeout(go, 100))));
        blocked.push(await longest(async () => {
            // With its own front matter: that is where its identity stands.
            const text = opened.text + args.text + '\\n' + save + '\\n';
            const outcome = await invoke('save_text', { id: row.id, text, basedOn: hash, base: null });
            if (outcome.kind !== 'saved') throw outcome;
            hash = outcome.hash;
        }));
    }
    await invoke('trash_articles', { ids: [row.id] });
    return { blocked, idle };
";

/// Starts of one program, drawn in one way.
#[derive(Default)]
struct Starts {
    seconds: Vec<f64>,
    memory: Vec<f64>,
    processes: String,
    /// The page was looked at from outside, for it set no mark.
    observed: bool,
}

impl Starts {
    /// Takes a start that had its first picture at `painted` (milliseconds since 1970), unless it was for the caches.
    fn take(&mut self, window: &Browser, painted: f64, counts: bool) -> Result<(), Failure> {
        std::thread::sleep(SETTLED);
        if counts {
            self.seconds.push((painted - window.started()?) / 1e3);
            let (memory, processes) = window.memory()?;
            self.memory.push(memory);
            self.processes = processes;
        }
        Ok(())
    }
}

/// Has WebKit draw on the processor, as Edito has it do where nothing else draws.
const IN_MEMORY: [(&str, &str); 1] = [("WEBKIT_DISABLE_COMPOSITING_MODE", "1")];

fn empty(bench: &Bench, drawn: &[(&str, &str)]) -> Result<Browser, Failure> {
    Browser::open(
        Some(beside("edito-bench-empty")?.as_path()),
        &[],
        &environment(bench, drawn),
    )
}

fn edito(bench: &Bench, drawn: &[(&str, &str)]) -> Result<Browser, Failure> {
    let mut environment = environment(bench, drawn);
    environment.push(("EDITO_DATA_DIR", bench.scratch.path().join("window-data")));
    environment.push(("EDITO_CACHE_DIR", bench.places().cache));
    Browser::open(Some(beside("edito")?.as_path()), &[bench.root.as_path()], &environment)
}

/// Compiled shaders are kept from start to start, as they are on a user's machine.
fn environment<'a>(bench: &Bench, drawn: &[(&'a str, &str)]) -> Vec<(&'a str, PathBuf)> {
    let shaders = ("MESA_SHADER_CACHE_DIR", bench.scratch.path().join("shaders"));
    let drawn = drawn.iter().map(|(name, value)| (*name, PathBuf::from(value)));
    drawn.chain([shaders]).collect()
}

/// A program that was built together with this one.
pub fn beside(name: &str) -> Result<PathBuf, Failure> {
    Ok(std::env::current_exe()?.with_file_name(name))
}

fn number(value: &Value) -> Result<f64, Failure> {
    value
        .as_f64()
        .ok_or_else(|| format!("the window answered {value} where a number was asked for").into())
}

/// A list of numbers that the page answered.
pub fn numbers(value: &Value) -> Result<Vec<f64>, Failure> {
    value
        .as_array()
        .ok_or("the window answered no list")?
        .iter()
        .map(number)
        .collect()
}
