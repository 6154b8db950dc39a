//! Windows: System.Speech of .NET, in a PowerShell that goes on from line to line. Untried on Windows so far.

use std::process::Command;

use super::program::Talker;
use super::{Synthesiser, Trouble, Utterance, Voice, is_wanted, longest, on_one_line, primary, program};

const LIST: &str = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; Add-Type -AssemblyName System.Speech; \
    (New-Object System.Speech.Synthesis.SpeechSynthesizer).GetInstalledVoices() | Where-Object { $_.Enabled } | \
    ForEach-Object { $_.VoiceInfo.Culture.Name + \"`t\" + $_.VoiceInfo.Name }";
/// Speed, voice and words come by the input: none of them is ever part of the script.
const SPEAK: &str = "Add-Type -AssemblyName System.Speech; \
    $in = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8); \
    $s = New-Object System.Speech.Synthesis.SpeechSynthesizer; \
    while ($null -ne ($line = $in.ReadLine())) { \
      $part = $line.Split(\"`t\", 3); \
      try { if ($part[1]) { $s.SelectVoice($part[1]) }; $s.Rate = [int]$part[0]; $s.Speak($part[2]); \
        [Console]::Out.WriteLine('ended') } \
      catch { [Console]::Out.WriteLine('failed') } }";

pub(super) struct Sapi {
    run: fn(&str) -> Command,
    known: Option<Vec<Voice>>,
    talker: Option<Talker>,
}

impl Default for Sapi {
    fn default() -> Self {
        Self {
            run: powershell,
            known: None,
            talker: None,
        }
    }
}

impl Sapi {
    fn known(&mut self) -> Result<&[Voice], Trouble> {
        if self.known.is_none() {
            self.known = Some(voices_of(&program::output(&mut (self.run)(LIST))?));
        }
        Ok(self.known.as_deref().unwrap_or_default())
    }
}

impl Synthesiser for Sapi {
    fn voices(&mut self, langs: &[String]) -> Result<Vec<Voice>, Trouble> {
        let known = self.known()?.iter();
        Ok(known.filter(|voice| is_wanted(&voice.lang, langs)).cloned().collect())
    }

    fn say(&mut self, what: &Utterance<'_>, stopped: &dyn Fn() -> bool) -> Result<bool, Trouble> {
        let lang = primary(what.lang);
        let voice = match what.voice {
            Some(voice) => voice.to_owned(),
            None => {
                let mut known = self.known()?.iter();
                let found = known.find(|one| primary(&one.lang) == lang);
                found.map(|one| one.id.clone()).unwrap_or_default()
            }
        };
        let mut talker = match self.talker.take() {
            Some(talker) => talker,
            None => Talker::start(&mut (self.run)(SPEAK))?,
        };
        // Speeds go from -10 to 10, a third of the speed to three times.
        let rate = (10.0 * what.rate.ln() / 3f64.ln()).round() as i32;
        let words = on_one_line(what.text);
        let line = format!("{rate}\t{}\t{words}", on_one_line(&voice));
        let said = talker.say(&line, longest(&words, what.rate), stopped);
        // One that was stopped is in the middle of a sentence; the next begins to start while nothing is said.
        self.talker = match said {
            Ok(true) => Some(talker),
            _ => {
                drop(talker);
                Talker::start(&mut (self.run)(SPEAK)).ok()
            }
        };
        said
    }
}

/// Lines "fr-FR\tMicrosoft Hortense Desktop".
fn voices_of(list: &str) -> Vec<Voice> {
    let lines = list.lines().filter_map(|line| line.trim_end().split_once('\t'));
    let voice = |(lang, name): (&str, &str)| Voice {
        id: name.to_owned(),
        name: name.to_owned(),
        engine: None,
        lang: lang.trim_start_matches('\u{feff}').to_owned(),
    };
    lines.map(voice).collect()
}

fn powershell(script: &str) -> Command {
    let mut command = Command::new("powershell.exe");
    command.args(["-NoProfile", "-NonInteractive", "-Command", script]);
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        // No window of a console.
        command.creation_flags(0x0800_0000);
    }
    command
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A shell that answers as the scripts would.
    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args([
            "-c",
            if script == LIST {
                "printf '\\357\\273\\277fr-FR\\tHortense\\r\\nen-GB\\tHazel Desktop\\r\\nnonsense\\r\\n'"
            } else {
                "while IFS='\t' read -r rate voice words; do case $words in wait) exec sleep 60;; esac; \
                 test \"$rate/$voice\" = '6/Hortense' && echo ended || echo failed; done"
            },
        ]);
        command
    }

    #[test]
    fn lines_go_to_one_program_with_the_voice_of_their_language() {
        let mut sapi = Sapi {
            run: shell,
            ..Sapi::default()
        };
        let voices = sapi.voices(&["fr".to_owned()]);
        let names = voices.map(|voices| voices.into_iter().map(|voice| voice.id).collect::<Vec<_>>());
        assert_eq!(names, Ok(vec!["Hortense".to_owned()]));
        let what = |text, lang| Utterance {
            text,
            lang,
            voice: None,
            rate: 2.0,
        };
        assert_eq!(sapi.say(&what("Un\tdeux", "fr"), &|| false), Ok(true));
        assert_eq!(sapi.say(&what("One", "en"), &|| false), Err(Trouble::Failed));
        assert_eq!(sapi.say(&what("wait", "fr"), &|| true), Ok(false));
        assert_eq!(sapi.say(&what("Trois", "fr"), &|| false), Ok(true));
    }
}
