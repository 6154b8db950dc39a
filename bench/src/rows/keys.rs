//! A key in the editor, until it is painted.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::Outcome;
use crate::bench::{Bench, Failure};
use crate::browser::Browser;
use crate::server::Server;
use crate::statistics::Place;
use crate::table::{Limit, Measure, Unit};

/// Edito's editor beside bare CodeMirror in the same browser window, on an article of 180 KB.
///
/// The page `ui/bench/editor.html` offers `window.runKeyBench(kind, text, keys)`, where `kind` is `bare` or `edito`: it
/// types that many keys in the middle of the text and promises the milliseconds from each key to its paint;
/// `window.runBusyBench` likewise, without waiting for a frame.
pub fn key_to_paint(bench: &mut Bench) -> Outcome {
    let page = build_page(bench)?;
    let server = Server::start(&page)?;
    let text = bench.generator.long_article(180_000);
    let window = Browser::open(None, &[], &[])?;
    let keys = bench.samples(300, 100);
    let rounds = bench.samples(4, 3);
    let measure = |way: &str| -> Result<(Vec<f64>, Vec<f64>), Failure> {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..rounds {
            for (kind, samples) in [("bare", &mut theirs), ("edito", &mut ours)] {
                // A fresh page for each, so that neither inherits the other's memory.
                window.go(&format!("{}/editor.html", server.address()))?;
                let answer = window.run(KEYS, json!({ "way": way, "kind": kind, "text": text, "keys": keys }))?;
                let found = answer.as_array().ok_or("the page answered no list of times")?;
                // The first round warms up.
                if round > 0 {
                    samples.extend(found.iter().filter_map(Value::as_f64).map(|key| key / 1e3));
                }
            }
        }
        if ours.is_empty() || theirs.is_empty() {
            Err("the page measured no keys".into())
        } else {
            Ok((ours, theirs))
        }
    };
    let (painted_ours, painted_theirs) = measure("runKeyBench")?;
    let (busy_ours, busy_theirs) = measure("runBusyBench")?;
    Ok(vec![
        Measure::new("key → paint, an article of 180 KB", Unit::Seconds, &painted_ours)
            .against("bare CodeMirror 6", &painted_theirs)
            .must(Limit::Ratio(Place::P99, 1.2))
            .note("both wait for the next frames, of which there are at most 60 a second"),
        Measure::new("key, only the page’s own work", Unit::Seconds, &busy_ours)
            .against("bare CodeMirror 6", &busy_theirs)
            .note("up to the layout, without waiting for a frame; the browser’s clock counts whole milliseconds"),
    ])
}

const KEYS: &str = "
    for (let tries = 0; typeof window[args.way] !== 'function'; tries += 1) {
        if (tries > 600) throw new Error('the page does not offer ' + args.way);
        await new Promise((go) => setTimeout(go, 50));
    }
    return await window[args.way](args.kind, args.text, args.keys);
";

/// The page of the keys, built into a folder of this run; once.
pub fn build_page(bench: &Bench) -> Result<std::path::PathBuf, Failure> {
    let ui = crate::house().join("ui");
    if !ui.join("bench/editor.html").exists() {
        return Err("ui/bench/editor.html does not exist".into());
    }
    let page = bench.scratch.path().join("page");
    if page.join("editor.html").exists() {
        return Ok(page);
    }
    let output = Command::new(ui.join("node_modules/.bin/vite"))
        .args([
            "build",
            "--config",
            "../bench/editor.vite.config.mts",
            "--emptyOutDir",
            "--outDir",
        ])
        .arg(&page)
        .current_dir(&ui)
        .stdin(Stdio::null())
        .output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("the page was not built: {}", said.trim()).into());
    }
    Ok(page)
}
