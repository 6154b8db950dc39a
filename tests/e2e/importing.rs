//! Bringing things in: dropped on the window, read in a process of its own, told in a receipt. Nobody outside is asked.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use fantoccini::key::Key;
use serde_json::json;

use crate::by_folder::{bytes_of, write_article};
use crate::hostile::Listener;
use crate::window::{Desk, Window};

impl Window {
    /// Says what Tauri says when files are dragged over the window, and then dropped or not: a driver has no hand to drag with.
    async fn drag(&self, kind: &str, paths: &[PathBuf]) {
        let payload = match kind {
            "leave" => json!(null),
            _ => json!({ "paths": paths, "position": { "x": 200, "y": 200 } }),
        };
        let script = "const [event, payload, done] = arguments;
            window.__TAURI_INTERNALS__.invoke('plugin:event|emit', { event, payload }).then(done, (error) => done(String(error)))";
        let said = self
            .page
            .execute_async(script, vec![json!(format!("tauri://drag-{kind}")), payload])
            .await
            .expect("the script runs");
        assert!(said.is_null(), "{said}");
    }

    /// Drags over the window until it says what will happen, and lets go.
    async fn drop_files(&self, path: &PathBuf) {
        // A window that has just come up listens a moment later.
        self.until("the window says what will happen", async || {
            self.drag("enter", std::slice::from_ref(path)).await;
            self.text().await.contains("Drop to bring in")
        })
        .await;
        self.drag("drop", std::slice::from_ref(path)).await;
    }
}

#[tokio::test]
async fn journey_drop_a_saved_page_and_read_it() {
    let listener = Listener::start();
    let desk = Desk::new();
    let folder = desk.path("library");
    fs::create_dir_all(&folder).expect("a folder");
    let saved = desk.path("saved");
    write_article(
        &saved,
        "bridge.html",
        &format!(
            "<!doctype html><html lang=\"en\"><head><title>The Long Bridge | Gazette</title><link rel=\"stylesheet\" href=\"http://127.0.0.1:{0}/a.css\"></head><body><article><h1>The Long Bridge</h1><p>It takes an hour to cross, and nobody has ever been seen to hurry.</p><p>The toll is paid in stories, the longer the better.</p><img src=\"http://127.0.0.1:{0}/b.png\"><script src=\"http://127.0.0.1:{0}/c.js\"></script></article></body></html>",
            listener.port
        ),
    );
    let page = saved.join("bridge.html");
    let before = bytes_of(&saved);
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("button", "Bring in").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "an empty library");
    window
        .until("the window says what will happen", async || {
            window.drag("enter", std::slice::from_ref(&page)).await;
            window.text().await.contains("Drop to bring in")
        })
        .await;
    window.screenshot("import-drag").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "dragging");
    window.drag("leave", &[]).await;
    window
        .until("the window is as it was", async || {
            !window.text().await.contains("Drop to bring in")
        })
        .await;
    window.drop_files(&page).await;
    window.get("option", "The Long Bridge").await;
    window.shows("1 article brought in").await;
    window.screenshot("import-done").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the notice");
    window.click("button", "Read it").await;
    window.get("heading", "The Long Bridge").await;
    window.shows("The toll is paid in stories").await;
    window.click("button", "Inbox").await;
    window.get("option", "The Long Bridge").await;

    // Its receipt, from the palette.
    window.press(&[Key::Control], "k").await;
    window.type_into("combobox", "Command", "receipt").await;
    window.press(&[], &Key::Enter.to_string()).await;
    window.get("dialog", "Receipt").await;
    window.shows("image left on the web").await;
    window.screenshot("receipt").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the receipt");
    window.press(&[], &Key::Escape.to_string()).await;
    window.close().await;
    assert_eq!(bytes_of(&saved), before, "what was dropped is where it was, as it was");
    assert_eq!(listener.asked(), Vec::<String>::new(), "somebody outside was asked");
}

#[tokio::test]
async fn journey_hostile_files_dropped_on_the_window() {
    let listener = Listener::start();
    let desk = Desk::new();
    let folder = desk.path("library");
    write_article(&folder, "mine.md", "# Mine\n\nAlready here.\n");
    let before = bytes_of(&folder);
    let hostile = desk.path("hostile");
    fs::create_dir_all(&hostile).expect("a folder");
    let deep = format!(
        "<!doctype html><title>Deep</title>{}Words at the bottom.{}",
        "<div>".repeat(60_000),
        "</div>".repeat(60_000)
    );
    let scripts = format!(
        "<!doctype html><title>Scripts</title><article><p>Some words here, <a href=\"javascript:window.pwned=1\">a link</a> and more of them, so that it is an article.</p><script>window.pwned=1</script><img src=\"http://127.0.0.1:{}/x\" onerror=\"window.pwned=1\"></article>",
        listener.port
    );
    for (name, bytes) in [
        ("deep.html", deep.into_bytes()),
        ("scripts.html", scripts.into_bytes()),
        (
            "outside.zip",
            zipped(&[("../out.html", b"<p>out"), ("/etc/x.html", b"<p>x")]),
        ),
        ("bomb.zip", zipped(&[("zeros.md", &vec![0; 300 << 20])])),
        ("torn.zip", zipped(&[("a.md", b"words")])[..30].to_vec()),
        ("nul.html", vec![0; 4000]),
        ("unknown.bin", vec![1, 2, 3, 4]),
        ("empty.md", Vec::new()),
    ] {
        fs::write(hostile.join(name), bytes).expect("a file");
    }
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("option", "Mine").await;
    window.drop_files(&hostile).await;
    // The window lives meanwhile.
    window.click("option", "Mine").await;
    window.shows("Already here").await;
    window.shows("2 articles brought in").await;
    window.click("button", "Receipt").await;
    window.get("dialog", "Receipt").await;
    for words in [
        "name that leads out of the archive",
        "damaged archive",
        "format that Edito does not read",
        "empty",
    ] {
        window.shows(words).await;
    }
    window.screenshot("receipt-hostile").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "the receipt");
    window.press(&[], &Key::Escape.to_string()).await;
    window.click("option", "Scripts").await;
    window.shows("so that it is an article").await;
    assert_eq!(window.run("return typeof pwned").await, "undefined");
    window.close().await;
    for (path, bytes) in before {
        assert_eq!(fs::read(folder.join(path)).expect("it is there"), bytes);
    }
    assert_eq!(listener.asked(), Vec::<String>::new(), "somebody outside was asked");
}

#[tokio::test]
async fn journey_an_interrupted_omnivore_import_resumed() {
    // So many that some are left whenever “Stop” is pressed, however fast the machine.
    const COUNT: usize = 6000;
    let listener = Listener::start();
    let desk = Desk::new();
    let folder = desk.path("library");
    fs::create_dir_all(&folder).expect("a folder");
    let export = desk.path("omnivore.zip");
    fs::write(&export, omnivore(COUNT, listener.port)).expect("a file");
    let texts = || {
        let files = fs::read_dir(folder.join("captures")).into_iter().flatten().flatten();
        files
            .filter(|file| file.path().extension().is_some_and(|ending| ending == "md"))
            .count()
    };
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("button", "Bring in").await;
    window.drop_files(&export).await;
    window.until("a part of it is in", async || texts() > 150).await;
    window.get("button", "Stop").await;
    window.screenshot("import-going").await;
    window.kill();
    let first = texts();
    assert!(first < COUNT, "it was interrupted");

    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("option", "Letter").await;
    window.drop_files(&export).await;
    window.until("more is in", async || texts() > first + 60).await;
    window.click("button", "Stop").await;
    window.shows("Stopped.").await;
    let second = texts();
    assert!(second < COUNT, "it was stopped");
    window.drop_files(&export).await;
    window.until("everything is in", async || texts() >= COUNT).await;
    window
        .until("the list has all of it", async || {
            let total = window
                .run("return document.querySelector('[aria-setsize]')?.getAttribute('aria-setsize')")
                .await;
            total.as_str() == Some(&COUNT.to_string())
        })
        .await;
    window.get("button", "Highlights, 6,000 passages").await;
    window.close().await;
    assert_eq!(texts(), COUNT, "no doubles");
    assert_eq!(addresses(&folder).len(), COUNT, "each of them once");
    assert_eq!(listener.asked(), Vec::<String>::new(), "somebody outside was asked");
}

/// The addresses that the articles of a library came from.
fn addresses(folder: &Path) -> BTreeSet<String> {
    let texts = bytes_of(folder)
        .into_values()
        .filter_map(|bytes| String::from_utf8(bytes).ok());
    texts
        .filter_map(|text| {
            text.lines()
                .find_map(|line| line.strip_prefix("  url: ").map(str::to_owned))
        })
        .collect()
}

/// An export as Omnivore wrote them.
fn omnivore(count: usize, port: u16) -> Vec<u8> {
    let mut members = Vec::new();
    let mut items = Vec::new();
    for number in 0..count {
        let slug = format!("letter-{number}");
        items.push(json!({
            "id": number.to_string(), "slug": slug, "title": format!("Letter {number}"),
            "url": format!("https://example.org/letters/{number}"), "state": "Active",
            "readingProgress": 10, "labels": ["letters"], "savedAt": "2024-09-30T07:12:45.000Z",
        }));
        members.push((
            format!("content/{slug}.html"),
            format!("<div><p>It rained on day {number}, and nobody minded.</p><img src=\"http://127.0.0.1:{port}/{number}.png\"></div>"),
        ));
        members.push((format!("highlights/{slug}.md"), "> nobody minded\n".to_owned()));
    }
    members.push((
        format!("metadata_0_to_{count}.json"),
        serde_json::Value::from(items).to_string(),
    ));
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    zipped(&members)
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("a member");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// What a driver's keys don't do: they reach no clipboard. Pasted into a field it is text, elsewhere a piece.
#[tokio::test]
async fn journey_paste_a_passage_and_read_it() {
    let desk = Desk::new();
    let folder = desk.path("library");
    write_article(
        &folder,
        "mine.md",
        "# Mine\n\nThe toll is paid in stories, the *longer* the better.\n\nAnd in silence.\n",
    );
    let before = fs::read(folder.join("mine.md")).expect("a file");
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.click("option", "Mine").await;
    window.shows("And in silence").await;
    window
        .run("const data = new DataTransfer();
              data.setData('text/html', '<p>The bridge <em>answered</em> on the second day.</p><p>Nobody had asked.</p><script>window.pwned = 1</script>');
              data.setData('text/plain', 'The bridge answered on the second day.');
              for (const target of [document.querySelector('[data-search]'), document.querySelector('[role=listbox]')])
                target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));")
        .await;
    window.shows("1 article brought in").await;
    window.click("button", "Read it").await;
    window.get("heading", "The bridge answered on the second day.").await;
    window.shows("Nobody had asked.").await;
    assert_eq!(window.run("return typeof pwned").await, "undefined");
    window.close().await;
    assert_eq!(fs::read(folder.join("mine.md")).expect("a file"), before);
    let pieces = fs::read_dir(folder.join("captures")).expect("the folder").count();
    assert_eq!(pieces, 1, "pasted once");
}
