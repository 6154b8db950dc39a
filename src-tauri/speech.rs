//! Reading aloud through the system's voices. The page says sentence after sentence; each call answers when its sentence
//! has ended, so that what is painted and what is heard never drift apart. All of it blocks, and belongs on threads that
//! nobody waits for.

mod driven;
#[cfg(any(target_os = "macos", windows, test))]
mod program;
#[cfg(any(windows, test))]
mod sapi;
#[cfg(any(target_os = "macos", test))]
mod say;
#[cfg(all(unix, not(target_os = "macos")))]
mod ssip;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use serde::Serialize;
use specta::Type;

/// How one sentence went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Spoken {
    /// It was said to its end.
    Ended,
    /// It was stopped.
    Stopped,
    /// The system has nothing that speaks.
    NoService,
    /// What speaks took the sentence, and then nothing was heard of it.
    Silent,
    /// What speaks has failed, or answers no more.
    Failed,
}

/// Why nothing is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The system has nothing that speaks.
    NoService,
    /// What speaks took the words, and neither begins nor ends.
    Silent,
    /// What speaks has failed, or answers no more.
    Failed,
}

/// A voice of the system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Voice {
    /// Names it to [`Utterance::voice`].
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What makes it speak, where a system has several.
    pub engine: Option<String>,
    /// A BCP 47 tag.
    pub lang: String,
}

/// What is to be said, and how.
#[derive(Debug, Clone, Copy)]
pub struct Utterance<'a> {
    /// The words; blanks and control characters of any kind part them.
    pub text: &'a str,
    /// A BCP 47 tag.
    pub lang: &'a str,
    /// A voice by [`Voice::id`]; the system's own choice for the language without one.
    pub voice: Option<&'a str>,
    /// From 0.5 to 3, as far as the voice goes; 1 is its own speed.
    pub rate: f64,
}

/// What speaks on a system.
pub trait Synthesiser: Send {
    /// The voices of some languages (BCP 47 tags, of which the first part counts), the better ones first. Blocks for some
    /// seconds at most.
    fn voices(&mut self, langs: &[String]) -> Result<Vec<Voice>, Trouble>;
    /// Says something, and answers when it has ended: true when it was said to its end, false when `stopped` came true.
    /// Never blocks much longer than the words can take.
    fn say(&mut self, what: &Utterance<'_>, stopped: &dyn Fn() -> bool) -> Result<bool, Trouble>;
}

/// Makes what speaks.
pub type Make = Box<dyn Fn() -> Box<dyn Synthesiser> + Send + Sync>;

/// Most voices that are told of one language.
const MOST_VOICES: usize = 40;
/// How long the end of Edito waits for the silence.
const LAST_WAIT: Duration = Duration::from_millis(400);

/// What speaks for this window.
pub struct Speech {
    make: Mutex<Make>,
    speaking: Mutex<Option<Box<dyn Synthesiser>>>,
    /// The greatest number of an utterance so far.
    last: AtomicU32,
    /// Utterances up to this number are to be silent.
    hushed: AtomicU32,
}

impl Default for Speech {
    fn default() -> Self {
        Self {
            make: Mutex::new(Box::new(of_this_system)),
            speaking: Mutex::new(None),
            last: AtomicU32::new(0),
            hushed: AtomicU32::new(0),
        }
    }
}

impl Speech {
    /// Speaks through something else than the system's voices from now on.
    pub fn speak_through(&self, make: Make) {
        *locked(&self.make) = make;
        *locked(&self.speaking) = None;
    }

    /// The voices of some languages. Asks beside what is being said.
    pub fn voices(&self, langs: &[String]) -> Result<Vec<Voice>, Trouble> {
        let mut synthesiser = locked(&self.make)();
        let mut voices = synthesiser
            .voices(langs)
            .inspect_err(|trouble| tracing::info!("no voices are told: {trouble:?}"))?;
        let mut told: Vec<(String, usize)> = Vec::new();
        voices.retain(|voice| {
            let lang = primary(&voice.lang);
            let Some((_, count)) = told.iter_mut().find(|(known, _)| *known == lang) else {
                told.push((lang, 1));
                return true;
            };
            *count += 1;
            *count <= MOST_VOICES
        });
        Ok(voices)
    }

    /// The number from which a page counts its utterances up, the first one being greater.
    pub fn turn(&self) -> u32 {
        let said = self.last.load(Ordering::Relaxed);
        said.max(self.hushed.load(Ordering::Relaxed))
    }

    /// Says something; blocks until it has ended or was hushed. `number` counts up with every call.
    pub fn say(&self, number: u32, what: &Utterance<'_>) -> Spoken {
        self.last.fetch_max(number, Ordering::Relaxed);
        let stopped = || self.hushed.load(Ordering::Relaxed) >= number;
        let mut speaking = locked(&self.speaking);
        if stopped() {
            return Spoken::Stopped;
        }
        let rate = if what.rate.is_finite() { what.rate } else { 1.0 };
        let what = Utterance {
            rate: rate.clamp(0.5, 3.0),
            ..*what
        };
        let synthesiser = speaking.get_or_insert_with(|| locked(&self.make)());
        match synthesiser.say(&what, &stopped) {
            Ok(true) => Spoken::Ended,
            Ok(false) => Spoken::Stopped,
            Err(trouble) => {
                // The next sentence finds it anew.
                *speaking = None;
                tracing::info!("a sentence was not said: {trouble:?}");
                match trouble {
                    _ if stopped() => Spoken::Stopped,
                    Trouble::NoService => Spoken::NoService,
                    Trouble::Silent => Spoken::Silent,
                    Trouble::Failed => Spoken::Failed,
                }
            }
        }
    }

    /// Silences what is said, and all calls up to a number that are still on their way.
    pub fn hush(&self, number: u32) {
        self.hushed.fetch_max(number, Ordering::Relaxed);
    }

    /// Silences everything and lets go of what speaks. Waits a moment for it, and no longer.
    pub fn end(&self) {
        self.hush(self.last.load(Ordering::Relaxed));
        let begun = Instant::now();
        loop {
            match self.speaking.try_lock() {
                Ok(mut speaking) => *speaking = None,
                Err(TryLockError::Poisoned(poisoned)) => *poisoned.into_inner() = None,
                Err(TryLockError::WouldBlock) if begun.elapsed() < LAST_WAIT => {
                    std::thread::sleep(Duration::from_millis(10));
                    continue;
                }
                Err(TryLockError::WouldBlock) => {}
            }
            return;
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn of_this_system() -> Box<dyn Synthesiser> {
    if let Some(voice) = driven::voice() {
        return Box::new(voice);
    }
    #[cfg(target_os = "macos")]
    return Box::new(say::Say::default());
    #[cfg(windows)]
    return Box::new(sapi::Sapi::default());
    #[cfg(all(unix, not(target_os = "macos")))]
    return Box::new(ssip::Dispatcher::of_this_session());
}

/// Words on one line: no protocol and no program takes part of them for a command.
fn on_one_line(text: &str) -> String {
    let parts = text.split(|one: char| one.is_whitespace() && one != '\u{a0}' && one != '\u{202f}' || one.is_control());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The first part of a tag of a language, in small letters.
fn primary(lang: &str) -> String {
    let first = lang.split(['-', '_']).next().unwrap_or_default();
    let letters = first.chars().filter(char::is_ascii_alphabetic);
    letters.collect::<String>().to_ascii_lowercase()
}

/// Whether a voice of a language is asked for.
fn is_wanted(lang: &str, langs: &[String]) -> bool {
    let lang = primary(lang);
    langs.iter().any(|wanted| primary(wanted) == lang)
}

/// When a sentence that has not ended never will: far slower than any voice speaks. Figures and the signs of Chinese and
/// Japanese are whole words each; and no voice keeps up with the greatest speeds.
fn longest(words: &str, rate: f64) -> Duration {
    let of = |one: char| match one {
        _ if one.is_numeric() || matches!(one, '$' | '€' | '£' | '%') => 1.2,
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}' => 0.8,
        _ => 0.2,
    };
    let seconds: f64 = words.chars().map(of).sum();
    Duration::from_secs(8) + Duration::from_secs_f64(seconds / rate.min(2.0))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// Says nothing, for as long as it is not stopped; "end" ends at once, "fail" fails.
    struct Patient;

    impl Synthesiser for Patient {
        fn voices(&mut self, _: &[String]) -> Result<Vec<Voice>, Trouble> {
            let voice = |lang: &str, number: usize| Voice {
                id: number.to_string(),
                name: number.to_string(),
                engine: None,
                lang: lang.to_owned(),
            };
            let many = (0..90).map(|number| voice(if number % 2 == 0 { "fr-FR" } else { "fr-CA" }, number));
            Ok(many.chain([voice("en", 100)]).collect())
        }

        fn say(&mut self, what: &Utterance<'_>, stopped: &dyn Fn() -> bool) -> Result<bool, Trouble> {
            match what.text {
                "end" => return Ok((0.5..=3.0).contains(&what.rate)),
                "fail" => return Err(Trouble::Failed),
                _ => {}
            }
            while !stopped() {
                std::thread::sleep(Duration::from_millis(1));
            }
            Ok(false)
        }
    }

    fn speech() -> Arc<Speech> {
        let speech = Speech::default();
        speech.speak_through(Box::new(|| Box::new(Patient)));
        Arc::new(speech)
    }

    fn what(text: &str, rate: f64) -> Utterance<'_> {
        Utterance {
            text,
            lang: "fr",
            voice: None,
            rate,
        }
    }

    #[test]
    fn a_hushed_sentence_ends_and_makes_way_for_the_next() {
        let speech = speech();
        let (first, second) = (speech.clone(), speech.clone());
        let first = std::thread::spawn(move || first.say(1, &what("on and on", 1.0)));
        let second = std::thread::spawn(move || second.say(2, &what("on and on", 1.0)));
        speech.hush(2);
        assert_eq!(first.join().ok(), Some(Spoken::Stopped));
        assert_eq!(second.join().ok(), Some(Spoken::Stopped));
        // A call that comes after its own hush says nothing.
        assert_eq!(speech.say(2, &what("end", 1.0)), Spoken::Stopped);
        assert_eq!(speech.turn(), 2);
        for rate in [0.0, 99.0, f64::NAN, f64::INFINITY] {
            assert_eq!(speech.say(3, &what("end", rate)), Spoken::Ended);
        }
        assert_eq!(speech.say(4, &what("fail", 1.0)), Spoken::Failed);
        assert_eq!(speech.say(5, &what("end", 1.0)), Spoken::Ended);
    }

    #[test]
    fn the_end_is_silence() {
        let speech = speech();
        let other = speech.clone();
        let saying = std::thread::spawn(move || other.say(7, &what("on and on", 1.0)));
        while speech.turn() < 7 {
            std::thread::yield_now();
        }
        speech.end();
        assert_eq!(saying.join().ok(), Some(Spoken::Stopped));
    }

    #[test]
    fn no_language_floods_the_list_of_voices() {
        let voices = speech().voices(&["fr".to_owned()]);
        let count = |lang: &str| {
            let voices = voices.as_ref().map(Vec::as_slice).unwrap_or_default();
            voices.iter().filter(|voice| primary(&voice.lang) == lang).count()
        };
        assert_eq!((count("fr"), count("en")), (MOST_VOICES, 1));
    }

    /// What eSpeak takes for these, at 170 words a minute.
    #[test]
    fn no_sentence_is_given_up_while_it_is_spoken() {
        let row = ["1234567"; 10].join(", ");
        assert!(longest(&row, 1.0) > Duration::from_secs(60));
        let amounts = ["$1,234,567.89"; 12].join(", ");
        assert!(longest(&amounts, 1.0) > Duration::from_secs(110));
        assert!(longest(&amounts, 3.0) > Duration::from_secs(50));
        assert!(longest(&"海".repeat(160), 1.0) > Duration::from_secs(80));
        assert!(longest("Une phrase de tous les jours.", 1.0) < Duration::from_secs(20));
    }

    #[test]
    fn words_stay_on_one_line() {
        assert_eq!(on_one_line(" a\r\nb\t\u{0}c\u{a0}!\u{2028}d "), "a b c\u{a0}! d");
        assert_eq!(primary("FR_fr"), "fr");
    }
}
