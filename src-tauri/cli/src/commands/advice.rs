use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use edito_language::house::{self, HouseStyle};
use edito_language::spelling::{Dictionaries, OwnWords, Speller, Variants};
use edito_language::{Advice as Said, usage};
use edito_prose::{Lang, passages};
use fluent_bundle::FluentArgs;
use serde_json::json;

use crate::commands::spelling::SpellingChoice;
use crate::commands::{article, bytes_of, open};
use crate::messages::Messages;
use crate::output::{CommandResult, Failure, Output};

/// Say what could be better about the words of a text: spelling, grammar, style, and what the house has agreed on.
///
/// FILE... are Markdown files, or - for standard input; the house style and the desk's words are those of --library, if
/// one is named. LIBRARY ARTICLE, a folder and an id or a path in it, is an article with the house style of its section,
/// and the names of its library are known as well. Nothing is changed.
#[derive(Args)]
pub struct Advice {
    /// Markdown files, or -; or a library's folder and an article in it.
    #[arg(required = true)]
    texts: Vec<String>,
    /// The library whose house style holds for the files.
    #[arg(long, value_name = "LIBRARY")]
    library: Option<String>,
    /// The section whose house style holds for the files, by its short names with / between them.
    #[arg(long, value_name = "SECTION", requires = "library")]
    section: Option<String>,
    /// The language of the texts (fr, en), instead of the one they declare or seem to be in.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    #[command(flatten)]
    spelling: SpellingChoice,
}

/// A text with what is said of it.
struct Read {
    name: String,
    text: String,
    lang: Lang,
    words: usize,
    said: Vec<Said>,
}

impl Advice {
    /// Runs the command.
    pub fn run(self, output: Output) -> CommandResult {
        let mut read = Vec::new();
        let spelling = self.spelling.with_vouched()?;
        let dictionaries = Dictionaries::new();
        let known = |own| (&dictionaries, spelling.variants, own);
        match self.texts.as_slice() {
            [folder, named] if Path::new(folder).is_dir() => {
                let library = open(Path::new(folder))?;
                let id = article(&library, named)?;
                let section = library.row(&id)?.map(|row| row.section).unwrap_or_default();
                let style = HouseStyle::of(&library.config().house_of(&section));
                let own = library.own_words(&spelling.vouched)?;
                let text = library.read_text(&id)?.text;
                read.push(self.read(named.clone(), text, &style, known(&own))?);
            }
            files => {
                let mut own = OwnWords::new();
                own.add(&spelling.vouched);
                let style = match &self.library {
                    Some(folder) => {
                        let config = edito_library::config::Config::read(Path::new(folder))?;
                        own.add(&config.words);
                        own.add_names(config.authors.iter().map(|author| &author.name));
                        HouseStyle::of(&config.house_of(self.section.as_deref().unwrap_or_default()))
                    }
                    None => HouseStyle::default(),
                };
                for file in files {
                    let text = edito_library::encoding::decode(&bytes_of(file)?).text;
                    read.push(self.read(file.clone(), text, &style, known(&own))?);
                }
            }
        }
        let as_json: Vec<_> = read.iter().map(Read::as_json).collect();
        output.print(&as_json, |out| {
            let messages = Messages::of_this_terminal();
            for one in &read {
                for (said, (line, column)) in one.said.iter().zip(one.places()) {
                    let name = if read.len() > 1 {
                        format!("{}:", one.name)
                    } else {
                        String::new()
                    };
                    let title = messages
                        .words()
                        .text(&format!("advice-rule-{}", said.rule), &FluentArgs::new());
                    let title = title.unwrap_or_else(|| said.rule.clone());
                    let written = one.text.get(said.range.clone()).unwrap_or_default().replace('\n', " ");
                    let fixes = if said.fixes.is_empty() {
                        String::new()
                    } else {
                        format!(" → {}", said.fixes.join(" | "))
                    };
                    let note = said.note.as_ref().map_or_else(String::new, |note| format!(" ({note})"));
                    writeln!(
                        out,
                        "{name}{line}:{column}\t{}\t{title}\t{written}{fixes}{note}",
                        said.rule
                    )?;
                }
            }
            let words: usize = read.iter().map(|one| one.words).sum();
            let count: usize = read.iter().map(|one| one.said.len()).sum();
            // Nothing is said of a text of which there is nothing to say.
            if read.len() > 1 {
                writeln!(out, "{count} in {words} words")?;
            }
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn read(
        &self,
        name: String,
        text: String,
        style: &HouseStyle,
        known: (&Dictionaries, Variants, &OwnWords),
    ) -> Result<Read, Failure> {
        let lang = match &self.lang {
            Some(tag) => Lang::from_tag(tag),
            None => edito_prose::analyse(&text).lang.unwrap_or(Lang::Other("und".into())),
        };
        let (dictionaries, variants, own) = known;
        let speller = Speller::new(dictionaries, variants, own).of_piece(&text);
        let mut said = Vec::new();
        let mut words = 0;
        for passage in passages(&text, &lang) {
            words += passage.text.split_whitespace().count();
            said.extend(speller.advise(&passage, &text).map_err(|broken| {
                let detail = format!("the dictionary {} can't be read", broken.0);
                edito_library::Error::new(edito_library::ErrorKind::Corrupt, detail)
            })?);
            let mut usage = usage::advise(&passage);
            speller.leave_foreign(&passage, &text, &mut usage);
            said.extend(usage);
            said.extend(house::advise(&passage, style));
        }
        drop(speller);
        said.sort_by_key(|one| (one.range.start, one.range.end));
        Ok(Read {
            name,
            text,
            lang,
            words,
            said,
        })
    }
}

impl Read {
    /// The line and column of each piece of advice, in characters from 1.
    fn places(&self) -> Vec<(usize, usize)> {
        let (mut line, mut line_start, mut read) = (1, 0, 0);
        self.said
            .iter()
            .map(|one| {
                let passed = self.text.get(read..one.range.start).unwrap_or_default();
                line += passed.matches('\n').count();
                line_start = passed.rfind('\n').map_or(line_start, |end| read + end + 1);
                read = one.range.start;
                (
                    line,
                    1 + self.text.get(line_start..read).unwrap_or_default().chars().count(),
                )
            })
            .collect()
    }

    fn as_json(&self) -> serde_json::Value {
        let advice: Vec<_> = self
            .said
            .iter()
            .zip(self.places())
            .map(|(one, (line, column))| {
                json!({
                    "line": line,
                    "column": column,
                    "start": one.range.start,
                    "end": one.range.end,
                    "kind": one.kind,
                    "rule": one.rule,
                    "text": self.text.get(one.range.clone()).unwrap_or_default(),
                    "fixes": one.fixes,
                    "note": one.note,
                })
            })
            .collect();
        json!({ "file": self.name, "lang": self.lang.tag(), "words": self.words, "advice": advice })
    }
}
