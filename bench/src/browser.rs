//! A real WebKitGTK window, driven through WebKitWebDriver.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::bench::Failure;

/// A window and the driver that opened it.
pub struct Browser {
    runtime: tokio::runtime::Runtime,
    client: Option<Client>,
    driver: Child,
    folder: tempfile::TempDir,
}

/// How long anything in a window may take.
const PATIENCE: Duration = Duration::from_secs(300);

impl Browser {
    /// Opens the window of a program, or an ordinary browser window when none is named.
    pub fn open(program: Option<&Path>, arguments: &[&Path], environment: &[(&str, PathBuf)]) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new().prefix("edito-bench-window-").tempdir()?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // Not a thing of the user's or of another run is to be found.
            .env("XDG_DATA_HOME", folder.path().join("data"))
            .env("XDG_CACHE_HOME", folder.path().join("cache"))
            .env("XDG_CONFIG_HOME", folder.path().join("config"))
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join("stderr"))?)
            .spawn()
            .map_err(|error| format!("WebKitWebDriver (package webkit2gtk-driver) does not start: {error}"))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let mut browser = Self {
            runtime,
            client: None,
            driver,
            folder,
        };
        let mut options = json!({});
        if let Some(program) = program {
            if !program.exists() {
                return Err(format!("{} is not built", program.display()).into());
            }
            options = json!({ "binary": browser.launcher(program)?, "args": arguments });
        }
        let mut capabilities = serde_json::Map::new();
        if program.is_some() {
            capabilities.insert("webkitgtk:browserOptions".into(), options);
        }
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        // The driver does not listen at once, and a session asked for twice would open two windows.
        for _ in 0..1_000 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let client = browser
            .runtime
            .block_on(async { tokio::time::timeout(PATIENCE, builder.connect(&address)).await })
            .map_err(|_| format!("no window in {PATIENCE:?}; {}", browser.said()))?
            .map_err(|error| format!("no window: {error}; {}", browser.said()))?;
        let timeouts = fantoccini::wd::TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None);
        browser.runtime.block_on(client.update_timeouts(timeouts))?;
        browser.client = Some(client);
        Ok(browser)
    }

    /// Goes to an address.
    pub fn go(&self, address: &str) -> Result<(), Failure> {
        Ok(self.runtime.block_on(self.client()?.goto(address))?)
    }

    /// Runs a script as the body of an asynchronous function with the arguments `args`, and answers what it returns.
    pub fn run(&self, script: &str, arguments: Value) -> Result<Value, Failure> {
        let wrapped = format!(
            "const args = arguments[0]; const done = arguments[arguments.length - 1];\
             (async () => {{ {script} }})().then((value) => done({{ value }}), (error) => done({{ error: `${{error}} ${{JSON.stringify(error)}} ${{error?.stack ?? ''}}` }}));"
        );
        let call = self.client()?.execute_async(&wrapped, vec![arguments]);
        let mut answer = self
            .runtime
            .block_on(async { tokio::time::timeout(PATIENCE, call).await })
            .map_err(|_| format!("a script did not end in {PATIENCE:?}"))??;
        if let Some(error) = answer.get("error") {
            return Err(format!("a script failed: {error}").into());
        }
        Ok(answer.get_mut("value").map(Value::take).unwrap_or_default())
    }

    /// When the program was started: milliseconds since 1970.
    pub fn started(&self) -> Result<f64, Failure> {
        let text = fs::read_to_string(self.folder.path().join("started"))?;
        Ok(text.trim().parse::<f64>()? / 1e6)
    }

    /// The memory of the program and all its processes, shared pages divided among those who share them (PSS), in
    /// millions of bytes, with the names and sizes of the processes.
    pub fn memory(&self) -> Result<(f64, String), Failure> {
        let mut parts = Vec::new();
        let mut all = 0.0;
        for process in descendants(self.driver.id()) {
            let Ok(text) = fs::read_to_string(format!("/proc/{process}/smaps_rollup")) else {
                continue;
            };
            let kilobytes: f64 = text
                .lines()
                .find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse().ok())
                .unwrap_or(0.0);
            let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
            parts.push(format!("{} {:.0}", name.trim(), kilobytes * 1024.0 / 1e6));
            all += kilobytes * 1024.0 / 1e6;
        }
        if parts.is_empty() {
            Err("the window's processes are not to be found".into())
        } else {
            Ok((all, parts.join(", ")))
        }
    }

    fn client(&self) -> Result<&Client, Failure> {
        self.client.as_ref().ok_or_else(|| "there is no window".into())
    }

    /// A script that notes when it was started and then becomes the program.
    fn launcher(&self, program: &Path) -> Result<PathBuf, Failure> {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.folder.path().join("launch");
        let started = self.folder.path().join("started");
        let script = format!(
            "#!/bin/sh\ndate +%s%N >'{}'\nexec '{}' \"$@\"\n",
            started.display(),
            program.display()
        );
        fs::write(&path, script)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700))?;
        Ok(path)
    }

    fn said(&self) -> String {
        let text = fs::read_to_string(self.folder.path().join("stderr")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        if lines.is_empty() {
            "nothing was said".into()
        } else {
            lines[lines.len().saturating_sub(6)..].join(" / ")
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ = self
                .runtime
                .block_on(async { tokio::time::timeout(Duration::from_secs(10), client.close()).await });
        }
        // A window may ask whether to close; here nobody answers.
        for process in descendants(self.driver.id()) {
            let _ = Command::new("kill")
                .args(["-9", &process.to_string()])
                .stderr(Stdio::null())
                .status();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The processes that a process started, and those that they started.
fn descendants(root: u32) -> Vec<u32> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(process) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else {
            continue;
        };
        // The name, in parentheses, may hold anything.
        let after = stat.rsplit(')').next().unwrap_or_default();
        if let Some(parent) = after
            .split_whitespace()
            .nth(1)
            .and_then(|text| text.parse::<u32>().ok())
        {
            parents.push((process, parent));
        }
    }
    let mut found = vec![root];
    let mut at = 0;
    while at < found.len() {
        let parent = found[at];
        found.extend(
            parents
                .iter()
                .filter(|(_, of)| *of == parent)
                .map(|(process, _)| *process),
        );
        at += 1;
    }
    found.remove(0);
    found
}
