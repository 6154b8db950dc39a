//! A library made by a stranger, read, searched and edited in a real window: nothing of it runs, and nobody outside is
//! asked for anything.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fantoccini::key::Key;

use crate::by_folder::{bytes_of, write_article};
use crate::window::{Desk, plain};

/// Somebody who waits to be asked for a picture.
pub struct Listener {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = asked.clone();
        // It ends with the process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut stream: TcpStream = stream;
                let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
                let mut bytes = [0; 200];
                let length = stream.read(&mut bytes).unwrap_or(0);
                let request = String::from_utf8_lossy(bytes.get(..length).unwrap_or_default()).into_owned();
                heard.lock().expect("notes").push(request);
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            }
        });
        Self { port, asked }
    }

    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("notes").clone()
    }
}

#[tokio::test]
async fn journey_a_strangers_library_runs_nothing_and_asks_nobody() {
    let listener = Listener::start();
    let outside = format!("http://127.0.0.1:{}", listener.port);
    let desk = Desk::new();
    let folder = desk.path("stranger");
    let names = strangers_library(&folder, &outside);
    let before = bytes_of(&folder);
    let window = desk.open(&[folder.to_str().expect("a path")]).await;
    window.get("option", "hostile").await;
    let scripts = window.run("return document.scripts.length").await;

    for name in &names {
        window.press(&[Key::Control], "p").await;
        window
            .type_into("combobox", "Find an article by its title", &format!("hostile {name}"))
            .await;
        window.get("option", &format!("hostile {name}")).await;
        window.press(&[], &Key::Enter.to_string()).await;
        window.get("heading", &format!("hostile {name}")).await;
        // What is fetched lazily is fetched when it is seen.
        for key in [Key::PageDown, Key::End, Key::Home] {
            window.press(&[], &key.to_string()).await;
        }
        window.press(&[Key::Control], "e").await;
        let editor = window.get("textbox", "Text of").await;
        // The caret opens what it stands on, and the lines it left are shown as they read.
        for key in [Key::Down, Key::Down, Key::PageDown, Key::End] {
            editor.send_keys(&key.to_string()).await.expect("keys are taken");
        }
        window.press(&[Key::Control, Key::Shift], "v").await;
        window.press(&[Key::Control, Key::Shift], "v").await;
    }
    window.press(&[Key::Control, Key::Shift], "f").await;
    window.type_into("combobox", "Search the texts", "texte").await;
    window.get("listbox", "Results").await;

    let found = window
        .run(
            "return [
               typeof pwned, document.scripts.length,
               document.querySelectorAll('iframe, object, embed, frame, base, form[action], meta[http-equiv=refresh]').length,
               [...document.querySelectorAll('main [onerror], main [onload], main [srcset], main style')].length,
             ]",
        )
        .await;
    assert_eq!(found, serde_json::json!(["undefined", scripts, 0, 0]));
    assert_eq!(window.run("return location.origin").await, "tauri://localhost");

    // A pattern that would take longer than the sun lasts, typed by the user.
    window.press(&[Key::Control], "p").await;
    window
        .type_into("combobox", "Find an article by its title", "slow pattern")
        .await;
    window.get("option", "Slow pattern").await;
    window.press(&[Key::Control], &Key::Enter.to_string()).await;
    window.get("textbox", "Text of").await;
    window.press(&[Key::Control], "f").await;
    window.click("button", "Regular expression").await;
    window.type_into("textbox", "Find", "(a+)+$").await;
    // Edito stops it after a second, unless the engine gives it up before that.
    window
        .until("the search for a slow pattern ends", async || {
            let page = window.text().await;
            page.contains("takes too long") || page.contains("No matches")
        })
        .await;
    window.press(&[], &Key::Escape.to_string()).await;

    tokio::time::sleep(Duration::from_secs(1)).await;
    window.close().await;
    assert_eq!(bytes_of(&folder), before, "nothing was edited");
    assert_eq!(listener.asked(), Vec::<String>::new(), "somebody outside was asked");
    // The listener is worth something.
    let mut asking = TcpStream::connect(("127.0.0.1", listener.port)).expect("a connection");
    asking.write_all(b"GET /here HTTP/1.1\r\n\r\n").expect("a request");
    let _ = asking.read(&mut [0; 100]);
    assert!(listener.asked().iter().any(|request| request.contains("/here")));
}

/// The hostile texts that the renderer is tested with, as articles with hostile front matter, beside hostile images.
/// Answers the name of each.
fn strangers_library(folder: &Path, outside: &str) -> Vec<String> {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/prose/tests/data/hostile");
    let mut names = Vec::new();
    for entry in fs::read_dir(texts).expect("hostile texts").flatten() {
        let name = plain(
            &entry
                .path()
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .replace('-', " "),
        );
        let text = fs::read_to_string(entry.path()).expect("a text");
        let text = text
            .replace("https://evil.example", outside)
            .replace("http://evil.example", outside);
        let tag = format!("<img src={outside}/front onerror=pwned=1>");
        let front = format!(
            "---\ntitle: 'Hostile {name} {tag}'\nstandfirst: '{tag} [x]({outside}/standfirst) ![]({outside}/image)'\n\
             authors: ['{tag}']\ntags: ['{tag}']\nstatus: '{tag}'\nsource: '{outside}/source'\nteaser: '{tag}'\n---\n\n"
        );
        let images = format!("![a drawing](drawing.svg)\n\n![a picture]({outside}/picture.png)\n\n");
        write_article(
            folder,
            &format!("{name}.md"),
            &format!("{front}{images}texte\n\n{text}"),
        );
        names.push(name);
    }
    assert_eq!(names.len(), 9);
    let drawing = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='80' height='80' onload='parent.pwned=1'>\
         <style>@import url({outside}/style);rect{{fill:url({outside}/fill#a)}}</style>\
         <script>parent.pwned=1;fetch('{outside}/script')</script>\
         <image href='{outside}/within' width='9' height='9'/><rect width='80' height='80'/>\
         <foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='{outside}/frame'/></foreignObject></svg>"
    );
    write_article(folder, "drawing.svg", &drawing);
    let toml = format!(
        "title = \"<img src={outside}/title onerror=pwned=1>\"\n[[sections]]\nname = \"<img src={outside}/section>\"\n"
    );
    write_article(folder, "edito.toml", &toml);
    write_article(folder, "slow.md", &format!("# Slow pattern\n\n{}!\n", "a".repeat(60)));
    names
}
