//! A real Edito window, driven through WebKitWebDriver.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};

/// How long something may take to appear before a journey fails. Generous: a slow machine is no defect.
const PATIENCE: Duration = Duration::from_secs(40);

/// A window with data, cache and home folders of its own.
pub struct Window {
    /// The page.
    pub page: Client,
    driver: Child,
    places: PathBuf,
}

/// Folders that outlive a window, so that a killed one can be started again.
pub struct Desk {
    /// Holds everything.
    pub folder: tempfile::TempDir,
    /// What its windows find in their environment beside the usual.
    pub environment: Vec<(&'static str, String)>,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            environment: Vec::new(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Opens a window on this desk, in English, with the arguments of the command line.
    pub async fn open(&self, arguments: &[&str]) -> Window {
        self.open_choosing(arguments, Path::new("/nowhere")).await
    }

    /// The same; the system's folder dialog will answer `choice`.
    pub async fn open_choosing(&self, arguments: &[&str], choice: &Path) -> Window {
        let port = free_port();
        let places = self.folder.path().to_owned();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("EDITO_DATA_DIR", places.join("data"))
            .env("EDITO_CACHE_DIR", places.join("cache"))
            .env("EDITO_CHOOSE_FOLDER", choice)
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("LANG", "en_GB.UTF-8")
            .env("HOME", &places)
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver (package webkit2gtk-driver) starts");
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": env!("CARGO_BIN_EXE_edito"), "args": arguments },
        });
        let Value::Object(capabilities) = capabilities else {
            unreachable!()
        };
        let address = format!("http://127.0.0.1:{port}");
        let started = Instant::now();
        let page = loop {
            match ClientBuilder::new(hyper_connector())
                .capabilities(capabilities.clone())
                .connect(&address)
                .await
            {
                Ok(page) => break page,
                Err(error) if started.elapsed() > PATIENCE => panic!("no session with the window: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        };
        Window { page, driver, places }
    }
}

impl Window {
    /// Every visible element with this role, and this accessible name or part of one.
    pub async fn all(&self, role: &str, name: Option<&str>) -> Vec<Element> {
        let found = self
            .page
            .execute(include_str!("by_role.js"), vec![json!(role), json!(name)])
            .await;
        let Ok(Value::Array(found)) = found else {
            return Vec::new();
        };
        found
            .into_iter()
            .filter_map(|one| {
                let reference = one.as_object()?.values().next()?.as_str()?.to_owned();
                Some(Element::from_element_id(self.page.clone(), reference.into()))
            })
            .collect()
    }

    /// The first visible element with this role and name, once it is there.
    pub async fn get(&self, role: &str, name: &str) -> Element {
        let started = Instant::now();
        loop {
            if let Some(found) = self.all(role, Some(name)).await.into_iter().next() {
                return found;
            }
            if started.elapsed() > PATIENCE {
                let shot = self.screenshot(&format!("missing-{role}")).await;
                let text = self.text().await;
                panic!(
                    "no {role} named {name:?}; screenshot in {}; the page says:\n{text}",
                    shot.display()
                );
            }
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
    }

    /// Clicks the element with this role and name.
    pub async fn click(&self, role: &str, name: &str) {
        let started = Instant::now();
        loop {
            let result = self.get(role, name).await.click().await;
            match result {
                Ok(()) => return,
                // It moved or was drawn anew between the two calls.
                Err(error) if started.elapsed() > PATIENCE => panic!("{role} {name:?} can't be clicked: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(80)).await,
            }
        }
    }

    /// Types into the element with this role and name.
    pub async fn type_into(&self, role: &str, name: &str, keys: &str) {
        self.get(role, name)
            .await
            .send_keys(keys)
            .await
            .expect("keys are taken");
    }

    /// Presses keys wherever the focus is: `press(&[Key::Control], "k")`.
    pub async fn press(&self, held: &[Key], key: &str) {
        use fantoccini::actions::{InputSource, KeyAction, KeyActions};
        let held: Vec<char> = held.iter().map(|key| char::from(*key)).collect();
        let mut actions = KeyActions::new("keyboard".into());
        for value in &held {
            actions = actions.then(KeyAction::Down { value: *value });
        }
        for value in key.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        for value in held.iter().rev() {
            actions = actions.then(KeyAction::Up { value: *value });
        }
        self.page.perform_actions(actions).await.expect("keys are pressed");
    }

    /// Waits until the element with this role and name has the focus.
    pub async fn focused(&self, role: &str, name: &str) {
        self.until(&format!("{role} {name:?} has the focus"), async || {
            self.has_focus(role, name).await
        })
        .await;
    }

    /// Goes on with the tab key, Shift held or not, until the element with this role and name has the focus.
    pub async fn tab_to(&self, held: &[Key], role: &str, name: &str) {
        self.get(role, name).await;
        for _ in 0..60 {
            if self.has_focus(role, name).await {
                return;
            }
            self.press(held, &char::from(Key::Tab).to_string()).await;
        }
        let shot = self.screenshot("tab").await;
        panic!("no way by the tab key to {role} {name:?}; {}", shot.display());
    }

    /// Whether an element with this role and name has the focus.
    pub async fn has_focus(&self, role: &str, name: &str) -> bool {
        for one in self.all(role, Some(name)).await {
            let element = serde_json::to_value(&one).expect("a reference");
            let focused = self
                .page
                .execute("return document.activeElement === arguments[0]", vec![element])
                .await;
            if focused.is_ok_and(|focused| focused == Value::Bool(true)) {
                return true;
            }
        }
        false
    }

    /// Waits until the page shows these words.
    pub async fn shows(&self, words: &str) {
        self.until(&format!("the page shows {words:?}"), async || {
            plain(&self.text().await).contains(&plain(words))
        })
        .await;
    }

    /// Marks in green what is selected on the sheet, and waits until these words of it are.
    pub async fn mark_green(&self, words: &str) {
        self.press(&[], "2").await;
        self.until("it is marked", async || {
            self.run("return [...(CSS.highlights?.get('edito-mark-green') ?? [])].map(String).join('|')")
                .await
                .as_str()
                .is_some_and(|marked| marked.contains(words))
        })
        .await;
    }

    /// Waits until something holds.
    pub async fn until(&self, what: &str, holds: impl AsyncFn() -> bool) {
        let started = Instant::now();
        while !holds().await {
            if started.elapsed() > PATIENCE {
                let shot = self.screenshot("waiting").await;
                panic!(
                    "{what}: not so; screenshot in {}; the page says:\n{}",
                    shot.display(),
                    self.text().await
                );
            }
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
    }

    /// The words on the page.
    pub async fn text(&self) -> String {
        let text = self.page.execute("return document.body.innerText", Vec::new()).await;
        text.ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Runs a script that answers a value.
    pub async fn run(&self, script: &str) -> Value {
        self.page.execute(script, Vec::new()).await.expect("the script runs")
    }

    /// What axe-core objects to in what is shown now.
    pub async fn axe(&self) -> Vec<String> {
        let source = std::fs::read_to_string(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/ui/node_modules/axe-core/axe.min.js"
        ))
        .expect("axe-core is installed: ./dev setup");
        self.page.execute(&source, Vec::new()).await.expect("axe loads");
        let found = self
            .page
            .execute_async(
                "const done = arguments[arguments.length - 1];
                 axe.run(document, { resultTypes: ['violations'] }).then(
                   (result) => done(result.violations.map((one) =>
                     one.id + ': ' + one.help + ' — ' + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | '))),
                   (error) => done(['axe failed: ' + error]));",
                Vec::new(),
            )
            .await
            .expect("axe runs");
        serde_json::from_value(found).expect("a list")
    }

    /// Keeps a picture of the screen beside the test's other output. (The driver's own pictures never arrive where no
    /// compositor runs, as under Xvfb.)
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journeys");
        let _ = std::fs::create_dir_all(&folder);
        let file = folder.join(format!("{name}.png"));
        tokio::time::sleep(Duration::from_millis(300)).await;
        let taken = Command::new("import").args(["-window", "root"]).arg(&file).status();
        if !taken.is_ok_and(|status| status.success()) {
            println!("note: no picture of the screen (package imagemagick)");
        }
        file
    }

    /// Kills the window's process as a crash or a power cut would: without a word.
    pub fn kill(mut self) {
        for process in own_processes(&self.places) {
            let _ = Command::new("kill").args(["-9", &process.to_string()]).status();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }

    /// Asks the window to close as its close button does, and waits until it is gone.
    pub async fn close(mut self) {
        let places = self.places.clone();
        let _ = self.page.clone().close().await;
        let started = Instant::now();
        while !own_processes(&places).is_empty() && started.elapsed() < Duration::from_secs(10) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        for process in own_processes(&places) {
            let _ = Command::new("kill").args(["-9", &process.to_string()]).status();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        for process in own_processes(&self.places) {
            let _ = Command::new("kill").args(["-9", &process.to_string()]).status();
        }
        let _ = self.driver.kill();
    }
}

/// Spaces and apostrophes as a person reads them.
pub fn plain(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|character| match character {
            '\u{a0}' | '\u{202f}' | '\n' | '\t' => ' ',
            '’' => '\'',
            other => other,
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Processes of Edito's binary whose data folder is below `places`.
fn own_processes(places: &Path) -> Vec<u32> {
    let marker = format!("EDITO_DATA_DIR={}", places.join("data").display());
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|process| {
            let is_edito = std::fs::read_link(format!("/proc/{process}/exe"))
                .is_ok_and(|binary| binary.file_name().is_some_and(|name| name == "edito"));
            let environment = std::fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
            is_edito
                && environment
                    .split(|byte| *byte == 0)
                    .any(|entry| entry == marker.as_bytes())
        })
        .collect()
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}

fn hyper_connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}
