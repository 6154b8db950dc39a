//! The voice of a driven window, which nobody hears: it takes a moment for each word.

use std::time::{Duration, Instant};

use super::{Synthesiser, Trouble, Utterance, Voice, is_wanted};

/// Speaks the languages that `EDITO_TEST_VOICE` names ("en,fr"); with "none", nothing speaks on this system.
pub(super) struct Driven(String);

/// The voice of a driven window, if this is one and has one.
pub(super) fn voice() -> Option<Driven> {
    std::env::var_os("TAURI_WEBVIEW_AUTOMATION")?;
    std::env::var("EDITO_TEST_VOICE").ok().map(Driven)
}

impl Synthesiser for Driven {
    fn voices(&mut self, langs: &[String]) -> Result<Vec<Voice>, Trouble> {
        if self.0 == "none" {
            return Err(Trouble::NoService);
        }
        let known = self.0.split(',').filter(|lang| is_wanted(lang, langs));
        let voice = |lang: &str| Voice {
            id: format!("test-{lang}"),
            name: format!("Test {lang}"),
            engine: None,
            lang: lang.to_owned(),
        };
        Ok(known.map(voice).collect())
    }

    fn say(&mut self, what: &Utterance<'_>, stopped: &dyn Fn() -> bool) -> Result<bool, Trouble> {
        self.voices(&[])?;
        let words = what.text.split_whitespace().count().max(1);
        let time = Duration::from_millis(250).mul_f64(words as f64 / what.rate);
        let begun = Instant::now();
        while begun.elapsed() < time {
            if stopped() {
                return Ok(false);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(true)
    }
}
