//! macOS: the program `say`. Untried on a Mac so far.

// Elsewhere the tests alone compile it.
#![cfg_attr(not(target_os = "macos"), allow(dead_code))]

use std::process::Command;

use super::{Synthesiser, Trouble, Utterance, Voice, is_wanted, longest, on_one_line, primary, program};

/// Words a minute at the speed 1.
const WORDS: f64 = 175.0;

#[derive(Default)]
pub(super) struct Say {
    /// All voices, once they were asked for.
    known: Option<Vec<Voice>>,
}

impl Say {
    fn known(&mut self) -> Result<&[Voice], Trouble> {
        if self.known.is_none() {
            self.known = Some(voices_of(&program::output(Command::new("say").args(["-v", "?"]))?));
        }
        Ok(self.known.as_deref().unwrap_or_default())
    }
}

impl Synthesiser for Say {
    fn voices(&mut self, langs: &[String]) -> Result<Vec<Voice>, Trouble> {
        let known = self.known()?.iter();
        Ok(known.filter(|voice| is_wanted(&voice.lang, langs)).cloned().collect())
    }

    fn say(&mut self, what: &Utterance<'_>, stopped: &dyn Fn() -> bool) -> Result<bool, Trouble> {
        let lang = primary(what.lang);
        let voice = what.voice.map(on_one_line);
        // Left to itself, the program says everything with the voice of the system's language.
        let voice = match voice {
            None => {
                let mut known = self.known()?.iter();
                known.find(|one| primary(&one.lang) == lang).map(|one| one.id.clone())
            }
            chosen => chosen,
        };
        let mut command = Command::new("say");
        command.args(["-r", &format!("{:.0}", WORDS * what.rate), "-f", "-"]);
        command.args(voice.map(|voice| format!("--voice={voice}")));
        let words = plain(what.text);
        program::speak(&mut command, &words, longest(&words, what.rate), stopped)
    }
}

/// Lines "Thomas (Enhanced)   fr_FR    # Bonjour…"; names may have blanks. Better voices first.
fn voices_of(list: &str) -> Vec<Voice> {
    let lines = list.lines().filter_map(|line| {
        let (name, tag) = line.split_once('#')?.0.trim_end().rsplit_once(char::is_whitespace)?;
        let name = name.trim_end().to_owned();
        Some(Voice {
            id: name.clone(),
            name,
            engine: None,
            lang: tag.replace('_', "-"),
        })
    });
    let mut voices: Vec<Voice> = lines.collect();
    let quality = |voice: &Voice| match &voice.name {
        name if name.ends_with("(Premium)") => 0,
        name if name.ends_with("(Enhanced)") => 1,
        _ => 2,
    };
    voices.sort_by_key(quality);
    voices
}

/// Words in which the program finds no commands of its own, which stand in double brackets.
fn plain(text: &str) -> String {
    on_one_line(text).replace('[', "[ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_are_read_from_the_list_and_better_ones_come_first() {
        let list = "Daniel              en_GB    # Hello! My name is Daniel.\nThomas (Enhanced)   fr_FR    # Bonjour #1\n\
            Bad News            en_US    # Hello\nnonsense\n";
        let told: Vec<(String, String)> = voices_of(list).into_iter().map(|one| (one.id, one.lang)).collect();
        let wanted = [
            ("Thomas (Enhanced)", "fr-FR"),
            ("Daniel", "en-GB"),
            ("Bad News", "en-US"),
        ];
        assert_eq!(told, wanted.map(|(name, lang)| (name.to_owned(), lang.to_owned())));
    }

    #[test]
    fn words_are_no_commands() {
        assert_eq!(plain("a [[slnc 9000]]\nb [[[x"), "a [ [ slnc 9000]] b [ [ [ x");
    }
}
