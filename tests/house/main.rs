//! The invariants of ARCHITECTURE.md that a machine can check.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod receipts;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file below `folder` with one of the endings.
fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of the house").flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "node_modules" && name != "dist" && name != "target" {
                collect(&path, endings, found);
            } else if path
                .extension()
                .is_some_and(|ending| endings.iter().any(|known| ending == *known))
            {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    assert!(!found.is_empty(), "{folder} holds no sources: is the house elsewhere?");
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source is text");
            (
                path.strip_prefix(root()).expect("below the root").display().to_string(),
                text,
            )
        })
        .collect()
}

/// What a source says outside of comments and of tests (which stand last in a file, or in a file of their own).
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn manifest(krate: &str) -> toml::Table {
    let path = root().join("src-tauri").join(krate).join("Cargo.toml");
    fs::read_to_string(path)
        .expect("a manifest")
        .parse()
        .expect("a manifest is TOML")
}

fn dependencies(krate: &str) -> Vec<String> {
    let manifest = manifest(krate);
    ["dependencies", "build-dependencies"]
        .iter()
        .filter_map(|part| manifest.get(*part)?.as_table().cloned())
        .flat_map(|table| table.into_iter().map(|(name, _)| name))
        .collect()
}

#[test]
fn arrows_between_crates_run_only_downward() {
    for (krate, may_use) in [
        ("prose", &[][..]),
        ("language", &["edito-prose"][..]),
        ("library", &["edito-prose", "edito-language"][..]),
        ("exchange", &["edito-prose", "edito-library"][..]),
        ("import", &["edito-prose", "edito-library", "edito-exchange"][..]),
        (
            "web",
            &["edito-prose", "edito-library", "edito-exchange", "edito-import"][..],
        ),
        (
            "cli",
            &[
                "edito-prose",
                "edito-language",
                "edito-library",
                "edito-exchange",
                "edito-import",
            ][..],
        ),
    ] {
        for dependency in dependencies(krate) {
            let own = dependency.starts_with("edito");
            assert!(
                !own || may_use.contains(&dependency.as_str()),
                "{krate} must not use {dependency}"
            );
        }
    }
}

#[test]
fn no_crate_below_the_window_knows_tauri() {
    for krate in ["prose", "language", "library", "exchange", "import", "web", "cli"] {
        for dependency in dependencies(krate) {
            assert!(
                !dependency.starts_with("tauri") && dependency != "wry",
                "{krate} uses {dependency}"
            );
        }
    }
}

#[test]
fn prose_opens_no_file_and_reads_no_clock() {
    for (path, text) in sources("src-tauri/prose/src", &["rs"]) {
        if path.ends_with("tests.rs") || path.contains("/tests/") {
            continue;
        }
        let code = code(&text);
        for forbidden in [
            "std::fs",
            "std::net",
            "std::process",
            "SystemTime",
            "Instant::now",
            "Timestamp::now",
            "Zoned::now",
            "std::env",
        ] {
            assert!(!code.contains(forbidden), "{path} uses {forbidden}");
        }
    }
}

#[test]
fn git_is_called_in_one_place_and_unsafe_code_stands_in_one_function() {
    let mut unsafe_code = Vec::new();
    for folder in ["src-tauri", "bench/src", "tests"] {
        for (path, text) in sources(folder, &["rs"]) {
            let is_history = path.starts_with("src-tauri/library/src/history");
            let code = code(&text);
            let calls_git = ["git2::", "libgit2_sys"].iter().any(|name| code.contains(name));
            assert!(
                is_history || path.starts_with("tests/house") || !calls_git,
                "{path} calls git"
            );
            let unsafe_here =
                code.matches(concat!("unsafe", " {")).count() + code.matches(concat!("unsafe", " fn")).count();
            unsafe_code.extend(std::iter::repeat_n(path, unsafe_here));
        }
    }
    assert_eq!(unsafe_code, ["src-tauri/library/src/history/isolation.rs"]);
}

#[test]
fn exchange_opens_no_file_asks_nobody_and_reads_no_clock() {
    for (path, text) in sources("src-tauri/exchange/src", &["rs"]) {
        let code = code(&text);
        for forbidden in [
            "std::fs",
            "TcpStream",
            "UdpSocket",
            "ToSocketAddrs",
            "std::process",
            "SystemTime",
            "Instant::now",
            "Timestamp::now",
            "Zoned::now",
        ] {
            assert!(!code.contains(forbidden), "{path} uses {forbidden}");
        }
    }
}

#[test]
fn one_crate_asks_the_network() {
    for krate in ["prose", "library", "exchange", "import", "cli", ".."] {
        for dependency in dependencies(krate) {
            let clients = [
                "ureq",
                "reqwest",
                "hyper",
                "curl",
                "rustls",
                "native-tls",
                "minreq",
                "tokio",
            ];
            assert!(!clients.contains(&dependency.as_str()), "{krate} uses {dependency}");
        }
    }
    for (path, text) in sources("src-tauri", &["rs"]) {
        let code = code(&text);
        for forbidden in ["TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "ureq::"] {
            let allowed = path.starts_with("src-tauri/web/");
            assert!(allowed || !code.contains(forbidden), "{path} uses {forbidden}");
        }
        // A socket of this machine is no network; yet words of articles go into it, so it is known which ones there are.
        for (local, at_home) in [
            ("UnixStream", "src-tauri/speech/ssip"),
            ("local_socket", "src-tauri/instance.rs"),
        ] {
            assert!(
                path.starts_with(at_home) || !code.contains(local),
                "{path} uses {local}"
            );
        }
    }
}

#[test]
fn only_the_backend_module_talks_to_the_host() {
    for (path, text) in sources("ui/src", &["ts", "svelte"]) {
        if !path.starts_with("ui/src/backend/") {
            assert!(!text.contains("@tauri-apps/"), "{path} imports @tauri-apps");
        }
    }
}

#[test]
fn the_pages_folders_keep_their_arrows() {
    let features = [
        "reader", "writer", "desk", "library", "settings", "versions", "editor", "feeds",
    ];
    for (path, text) in sources("ui/src", &["ts", "svelte"]) {
        let folder = path.trim_start_matches("ui/src/").split('/').next().unwrap_or_default();
        let forbidden: &[&str] = match folder {
            "shared" | "backend" => &features,
            "editor" => &["reader", "writer", "desk", "library", "settings", "versions"],
            "reader" => &["writer", "editor"],
            "writer" => &["reader"],
            _ => &[],
        };
        for other in forbidden {
            let imports = [format!("/{other}/"), format!("\"${other}/")];
            for line in text
                .lines()
                .filter(|line| line.contains("import ") || line.contains("import(") || line.contains(" from "))
            {
                assert!(
                    !imports.iter().any(|import| line.contains(import.as_str())),
                    "{path} imports {other}: {line}"
                );
            }
        }
    }
}

#[test]
fn html_reaches_the_page_in_one_place() {
    let inserting: Vec<String> = sources("ui/src", &["ts", "svelte"])
        .into_iter()
        .filter(|(path, text)| {
            let code = if path.ends_with(".test.ts") {
                String::new()
            } else {
                code(text)
            };
            [
                "{@html",
                ".innerHTML =",
                "insertAdjacentHTML",
                "createContextualFragment",
                "setHTMLUnsafe",
                "DOMParser",
            ]
            .iter()
            .any(|way| code.contains(way))
        })
        .map(|(path, _)| path)
        .collect();
    assert!(
        inserting.len() <= 1,
        "HTML is inserted in more than one file: {inserting:?}"
    );
}

#[test]
fn the_window_is_closed_to_what_it_does_not_need() {
    let text = fs::read_to_string(root().join("tauri.conf.json")).expect("the configuration");
    let configuration: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let security = &configuration["app"]["security"];
    assert_eq!(security["csp"]["default-src"], "'none'");
    assert_eq!(security["csp"]["script-src"], "'self'");
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["assetProtocol"]["enable"], false);
    assert_eq!(configuration["app"]["withGlobalTauri"], false);
    for capability in security["capabilities"].as_array().expect("capabilities") {
        for permission in capability["permissions"].as_array().expect("permissions") {
            let name = permission.as_str().expect("a name");
            assert!(
                name.starts_with("core:event:") || name.starts_with("core:window:"),
                "{name} is not needed"
            );
        }
    }
}

#[test]
fn libraries_are_no_older_than_their_known_holes() {
    let text = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let lock: toml::Table = text.parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    for (name, floor) in [("tauri", [2, 11, 1]), ("ammonia", [4, 1, 4])] {
        let versions: Vec<Vec<u32>> = packages
            .iter()
            .filter(|package| package["name"].as_str() == Some(name))
            .filter_map(|package| package["version"].as_str())
            .map(|version| {
                version
                    .split(['.', '-', '+'])
                    .filter_map(|part| part.parse().ok())
                    .collect()
            })
            .collect();
        assert!(!versions.is_empty(), "{name} is in Cargo.lock");
        for version in versions {
            assert!(version[..3] >= floor[..], "{name} {version:?} is below {floor:?}");
        }
    }
}

#[test]
fn the_page_and_the_window_agree_on_what_holds_before_anything_was_chosen() {
    // By way of text: a number in a value would be wider than it was written.
    let chosen = serde_json::to_string(&edito_app::preferences::Settings::default()).expect("settings are plain data");
    let chosen: serde_json::Value = serde_json::from_str(&chosen).expect("settings are plain data");
    let page = fs::read_to_string(root().join("ui/src/settings/settings.svelte.ts")).expect("the page's settings");
    let defaults = page
        .split("defaultSettings: AllSettings = {")
        .nth(1)
        .expect("the defaults");
    let defaults = defaults.split("\n};").next().expect("their end");
    for (key, value) in chosen.as_object().expect("an object") {
        let line = format!("\n  {key}: {value},");
        assert!(defaults.contains(&line), "{line} is not among the page's defaults");
    }
}
