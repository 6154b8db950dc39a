//! Reading aloud through Tauri's bridge, with a voice that only takes notes.

use std::fs;
use std::sync::{Arc, Mutex};

use edito_app::speech::{Synthesiser, Trouble, Utterance, Voice};
use edito_app::state::AppState;
use serde_json::{Value, json};
use tauri::Manager;

use super::{Page, everything};

/// What was said: the words, the language, the voice, the speed.
type Said = Arc<Mutex<Vec<(String, String, Option<String>, f64)>>>;

/// Speaks French; "silence" is taken and never said.
struct Notes(Said);

impl Synthesiser for Notes {
    fn voices(&mut self, langs: &[String]) -> Result<Vec<Voice>, Trouble> {
        let wanted = langs.iter().any(|lang| lang == "fr");
        let voice = Voice {
            id: "notes\tfr".into(),
            name: "Notes".into(),
            engine: Some("notes".into()),
            lang: "fr-FR".into(),
        };
        Ok(wanted.then_some(voice).into_iter().collect())
    }

    fn say(&mut self, what: &Utterance<'_>, stopped: &dyn Fn() -> bool) -> Result<bool, Trouble> {
        if what.text == "silence" {
            return Err(Trouble::Silent);
        }
        let voice = what.voice.map(str::to_owned);
        let said = (what.text.to_owned(), what.lang.to_owned(), voice, what.rate);
        self.0.lock().expect("notes").push(said);
        Ok(!stopped())
    }
}

struct Nothing;

impl Synthesiser for Nothing {
    fn voices(&mut self, _: &[String]) -> Result<Vec<Voice>, Trouble> {
        Err(Trouble::NoService)
    }
    fn say(&mut self, _: &Utterance<'_>, _: &dyn Fn() -> bool) -> Result<bool, Trouble> {
        Err(Trouble::NoService)
    }
}

fn say(number: u32, text: &str) -> Value {
    json!({ "number": number, "text": text, "manner": { "lang": "fr", "voice": "notes\tfr", "rate": 1.5 } })
}

#[test]
fn an_article_is_read_sentence_by_sentence_in_its_languages() {
    let page = Page::new();
    let folder = page.folder.path().join("vault");
    fs::create_dir_all(&folder).expect("a folder");
    let text = "---\ntitle: La marée\nstandfirst: Elle monte. Elle descend.\nlang: fr\n---\n\n\
        M. Dupont regarde[^1] la mer qui monte. Il attend !\n\n\
        The harbour keeps its own clock and nobody has ever asked the moon about it.\n\n\
        ```\nlet code = 1;\n```\n\n| Port | Heure |\n| --- | --- |\n| Brest | 12 h |\n\n[^1]: Une note.\n";
    fs::write(folder.join("maree.md"), text).expect("an article");
    page.call("open_library", json!({ "root": folder }));
    let list = || page.call("list", json!({ "query": everything(), "offset": 0, "limit": 50 }));
    page.until("it is listed", || list()["total"] == 1);
    let id = list()["rows"][0]["id"].clone();
    let spoken = page.call("spoken_text", json!({ "id": id }));
    let told: Vec<(&str, &str, String)> = spoken["sentences"]
        .as_array()
        .expect("sentences")
        .iter()
        .map(|one| {
            let text = one["text"]
                .as_str()
                .expect("words")
                .replace(['\u{a0}', '\u{202f}'], " ");
            (
                one["part"].as_str().expect("a part"),
                one["lang"].as_str().expect("a language"),
                text,
            )
        })
        .collect();
    let wanted = [
        ("title", "fr", "La marée"),
        ("standfirst", "fr", "Elle monte."),
        ("standfirst", "fr", "Elle descend."),
        ("body", "fr", "M. Dupont regarde la mer qui monte."),
        ("body", "fr", "Il attend !"),
        (
            "body",
            "en",
            "The harbour keeps its own clock and nobody has ever asked the moon about it.",
        ),
        ("body", "fr", "Port, Heure"),
        ("body", "fr", "Brest, 12 h"),
        ("body", "fr", "Une note."),
    ];
    assert_eq!(told, wanted.map(|(part, lang, text)| (part, lang, text.to_owned())));
}

#[test]
fn sentences_are_said_hushed_and_what_speaks_is_let_go() {
    let page = Page::new();
    let said = Said::default();
    let notes = said.clone();
    let state = page.window.state::<AppState>();
    state
        .speech
        .speak_through(Box::new(move || Box::new(Notes(notes.clone()))));

    let voices = page.call("speech_voices", json!({ "langs": ["fr", "en"] }));
    assert_eq!(voices["service"], true);
    assert_eq!(voices["answered"], true);
    assert_eq!(voices["voices"][0]["lang"], "fr-FR");
    assert_eq!(page.call("say_aloud", say(1, "Un.")), "ended");
    assert_eq!(page.call("say_aloud", say(2, "silence")), "silent");
    page.call("hush", json!({ "number": 4 }));
    assert_eq!(page.call("say_aloud", say(4, "Trop tard.")), "stopped");
    assert_eq!(page.call("say_aloud", say(5, "Cinq.")), "ended");
    page.call("end_reading_aloud", json!({ "number": 5 }));
    let wanted = |text: &str| (text.to_owned(), "fr".to_owned(), Some("notes\tfr".to_owned()), 1.5);
    assert_eq!(*said.lock().expect("notes"), [wanted("Un."), wanted("Cinq.")]);

    state.speech.speak_through(Box::new(|| Box::new(Nothing)));
    let voices = page.call("speech_voices", json!({ "langs": ["fr"] }));
    assert_eq!(voices, json!({ "service": false, "answered": false, "voices": [] }));
    assert_eq!(page.call("say_aloud", say(6, "Six.")), "noService");
}
