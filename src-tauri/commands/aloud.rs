//! Reading aloud.

use edito_prose::Sentence;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::commands::elsewhere;
use crate::commands::reading::{heading_lines, rendered};
use crate::error::CommandResult;
use crate::speech::{Spoken, Trouble, Utterance, Voice};
use crate::state::AppState;

/// The part of an article that a sentence stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum SpokenPart {
    Title,
    Standfirst,
    Body,
}

/// A sentence of an article.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SpokenSentence {
    /// The part of the article, in which `place` is counted.
    pub part: SpokenPart,
    /// Its words.
    pub text: String,
    /// From which unit (see [`mod@edito_prose::reading_text`]) of the part to which.
    pub place: (u32, u32),
    /// A BCP 47 tag.
    pub lang: String,
    /// The number of its paragraph in the part.
    pub block: u32,
}

/// The sentences of an article.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SpokenText {
    /// The number from which utterances count up.
    pub turn: u32,
    /// In the order of the text.
    pub sentences: Vec<SpokenSentence>,
}

/// What can speak on this system.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SpeechVoices {
    /// Whether anything speaks at all.
    pub service: bool,
    /// Whether what speaks answered.
    pub answered: bool,
    /// Its voices of the languages that were asked for, better ones first.
    pub voices: Vec<Voice>,
}

/// How sentences are to be said.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct Manner {
    /// A BCP 47 tag.
    pub lang: String,
    /// A voice that [`speech_voices`] told; the system's choice for the language without one.
    pub voice: Option<String>,
    /// From 0.5 to 3; 1 is the voice's own speed.
    #[specta(type = specta_typescript::Number)]
    pub rate: f64,
}

/// The sentences of an article as it is shown, from its title on, without code and the marks of notes.
#[tauri::command(async)]
#[specta::specta]
pub fn spoken_text(state: State<'_, AppState>, id: String) -> CommandResult<SpokenText> {
    let open = state.library()?;
    let id = id.into();
    let (row, lang, _, html) = rendered(&state, &open, &id)?;
    let (title, standfirst) = heading_lines(&row, &lang);
    let body = edito_prose::without_heading(&html, &title);
    let spoken = |part, sentences: Vec<Sentence>| {
        let lang = lang.tag().to_owned();
        sentences.into_iter().map(move |one| SpokenSentence {
            part,
            text: one.text,
            place: (one.start, one.end),
            lang: one.lang.unwrap_or_else(|| lang.clone()),
            block: one.block,
        })
    };
    let standfirst = standfirst
        .map(|line| edito_prose::sentences_of(&line))
        .unwrap_or_default();
    let sentences = spoken(SpokenPart::Title, edito_prose::sentences_of(&title))
        .chain(spoken(SpokenPart::Standfirst, standfirst))
        .chain(spoken(SpokenPart::Body, edito_prose::sentences(body)));
    Ok(SpokenText {
        turn: state.speech.turn(),
        sentences: sentences.collect(),
    })
}

/// The voices of some languages. Starts what speaks, where the system has it and it does not run.
#[tauri::command]
#[specta::specta]
pub async fn speech_voices(state: State<'_, AppState>, langs: Vec<String>) -> CommandResult<SpeechVoices> {
    let state = state.inner().clone();
    elsewhere(move || {
        let told = state.speech.voices(&langs);
        Ok(SpeechVoices {
            service: told != Err(Trouble::NoService),
            answered: told.is_ok(),
            voices: told.unwrap_or_default(),
        })
    })
    .await
}

/// Says a sentence; answers when it has ended. `number` counts up with every call, from the `turn` of the text.
#[tauri::command]
#[specta::specta]
pub async fn say_aloud(state: State<'_, AppState>, number: u32, text: String, manner: Manner) -> CommandResult<Spoken> {
    let state = state.inner().clone();
    elsewhere(move || {
        let what = Utterance {
            text: &text,
            lang: &manner.lang,
            voice: manner.voice.as_deref(),
            rate: manner.rate,
        };
        Ok(state.speech.say(number, &what))
    })
    .await
}

/// Silences what is said, and all calls up to a number.
#[tauri::command(async)]
#[specta::specta]
pub fn hush(state: State<'_, AppState>, number: u32) -> CommandResult<()> {
    state.speech.hush(number);
    Ok(())
}

/// Silences everything, and lets go of what speaks.
#[tauri::command]
#[specta::specta]
pub async fn end_reading_aloud(state: State<'_, AppState>, number: u32) -> CommandResult<()> {
    let state = state.inner().clone();
    state.speech.hush(number);
    elsewhere(move || {
        state.speech.end();
        Ok(())
    })
    .await
}
