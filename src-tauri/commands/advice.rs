//! Advice on words: what is said of a text, what could stand there instead, and the words that are vouched for.

use std::collections::BTreeSet;
use std::fmt::Write;

use edito_language::house::{self, HouseStyle};
use edito_language::spelling::{English, French, Speller, Variants};
use edito_language::{Advice, Kind, usage};
use edito_library::ArticleId;
use edito_prose::{Lang, analyse, frontmatter, passages};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use super::elsewhere;
use crate::error::{CommandError, CommandResult};
use crate::state::AppState;

/// The sorts of advice, each shown in its own manner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum AdviceKind {
    Spelling,
    Grammar,
    Style,
    House,
}

/// Which spelling of French is right.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum FrenchSpelling {
    /// The usual one and that of 1990.
    Both,
    /// The usual one.
    Classical,
    /// That of 1990 alone.
    Revised,
}

/// Which spelling of English is right.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum EnglishSpelling {
    /// Either of them.
    Both,
    /// That of Great Britain.
    Gb,
    /// That of the United States.
    Us,
}

/// What advice is asked of.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AdviceRequest {
    /// A text, front matter included, or some blocks of it; `\n` between lines.
    pub text: String,
    /// Whether the text begins with it: front matter may stand there.
    pub head: bool,
    /// The tags that are open where the blocks stand, the outer ones first, for what they declare of their language.
    pub within: Vec<String>,
    /// The language of the whole text, where that was found out before. What a head declares comes first.
    pub lang: Option<String>,
    /// The section that the text is in: a house may write otherwise in each.
    pub section: Option<String>,
    /// The article that the text is of, for the words that come back in it: those of its file, as it was saved last.
    pub article: Option<String>,
    /// What is wanted.
    pub kinds: Vec<AdviceKind>,
    /// The spelling of French.
    pub french: FrenchSpelling,
    /// The spelling of English.
    pub english: EnglishSpelling,
}

/// What is said of a text.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AdviceFound {
    /// The language that the text declares or seems to be in.
    pub lang: String,
    /// What is said, in the order of the text.
    pub advice: Vec<SaidOfWords>,
    /// What could not be read on the way: the dictionary of a language, the user’s words. Told once.
    pub problem: Option<CommandError>,
}

/// What is said of some words.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SaidOfWords {
    /// Where they start, in code units of UTF-16.
    pub from: u32,
    /// Where they end.
    pub to: u32,
    /// What sort of thing is said.
    pub kind: AdviceKind,
    /// The rule; `advice-rule-<name>` are its words.
    pub rule: String,
    /// What could stand there instead. Of spelling, see `spelling_suggestions`.
    pub fixes: Vec<String>,
    /// What the rule says of this place, where its name is not enough.
    pub note: Option<String>,
    /// The language of the words.
    pub lang: String,
}

/// Who vouches for a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Voucher {
    /// The user, in all libraries.
    Me,
    /// The desk, in `edito.toml`.
    Desk,
}

/// The words that are vouched for.
#[derive(Debug, Clone, Serialize, Type)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct VouchedWords {
    pub me: Vec<String>,
    pub desk: Vec<String>,
}

/// What is said of a text, or of some of its blocks.
#[tauri::command]
#[specta::specta]
pub async fn advise(state: State<'_, AppState>, request: AdviceRequest) -> CommandResult<AdviceFound> {
    let state = state.inner().clone();
    elsewhere(move || Ok(advice_on(&state, &request))).await
}

/// What could stand in the place of a word that no dictionary has, the likeliest first.
#[tauri::command]
#[specta::specta]
pub async fn spelling_suggestions(
    state: State<'_, AppState>,
    word: String,
    lang: String,
    french: FrenchSpelling,
    english: EnglishSpelling,
) -> CommandResult<Vec<String>> {
    let state = state.inner().clone();
    elsewhere(move || {
        let (own, _) = state.advising.own(state.library().ok().as_deref());
        state.advising.asked();
        let speller = Speller::new(&state.advising.dictionaries, variants(french, english), &own);
        speller.suggest(&word, &Lang::from_tag(&lang)).map_err(broken)
    })
    .await
}

/// The words that are vouched for.
#[tauri::command(async)]
#[specta::specta]
pub fn vouched_words(state: State<'_, AppState>) -> CommandResult<VouchedWords> {
    Ok(VouchedWords {
        me: state.advising.mine.all()?,
        desk: state
            .library()
            .map_or_else(|_| Vec::new(), |open| open.library.desk_words()),
    })
}

/// Vouches for a word.
#[tauri::command(async)]
#[specta::specta]
pub fn vouch_for_word(state: State<'_, AppState>, word: String, voucher: Voucher) -> CommandResult<()> {
    match voucher {
        Voucher::Me => state.advising.mine.add(&word),
        Voucher::Desk => {
            let open = state.library()?;
            open.tell(open.library.add_desk_word(&word)?);
            Ok(())
        }
    }
}

/// Vouches for a word no more.
#[tauri::command(async)]
#[specta::specta]
pub fn vouch_no_more(state: State<'_, AppState>, word: String, voucher: Voucher) -> CommandResult<()> {
    match voucher {
        Voucher::Me => state.advising.mine.remove(&word),
        Voucher::Desk => {
            let open = state.library()?;
            open.tell(open.library.remove_desk_word(&word)?);
            Ok(())
        }
    }
}

fn advice_on(state: &AppState, request: &AdviceRequest) -> AdviceFound {
    let open = state.library().ok();
    let declared = if request.head {
        frontmatter::read(&request.text).lang
    } else {
        None
    };
    let known = request.lang.as_deref().map(Lang::from_tag);
    let lang = declared
        .or(known)
        .or_else(|| analyse(&request.text).lang)
        .unwrap_or(Lang::Other("und".into()));
    let wants = |kind| request.kinds.contains(&kind);
    let (own, mut problem) = state.advising.own(open.as_deref());
    if wants(AdviceKind::Spelling) {
        state.advising.asked();
    }
    let variants = variants(request.french, request.english);
    let piece = request
        .article
        .as_deref()
        .zip(open.as_deref())
        .filter(|_| wants(AdviceKind::Spelling));
    // What is not saved yet has its own words alone.
    let piece = piece.and_then(|(id, open)| open.library.read_text(&ArticleId::from(id.to_owned())).ok());
    let piece = piece.as_ref().map_or(&request.text, |saved| &saved.text);
    let speller = Speller::new(&state.advising.dictionaries, variants, &own).of_piece(piece);

    let (source, lead) = alone(&request.text, request.head, &request.within);
    let style = match open.as_deref().filter(|_| wants(AdviceKind::House)) {
        Some(open) => {
            let section = request.section.as_deref().unwrap_or_default();
            HouseStyle::of(&open.library.config().house_of(section))
        }
        None => HouseStyle::default(),
    };
    let mut found: Vec<(Advice, Lang)> = Vec::new();
    for passage in passages(&source, &lang) {
        let mut said = Vec::new();
        if wants(AdviceKind::Spelling) {
            match speller.advise(&passage, &source) {
                Ok(advice) => said.extend(advice),
                Err(name) => problem = problem.or_else(|| Some(broken(name))),
            }
        }
        if wants(AdviceKind::Grammar) || wants(AdviceKind::Style) {
            let mut usage = usage::advise(&passage);
            speller.leave_foreign(&passage, &source, &mut usage);
            usage.retain(|advice| match advice.kind {
                Kind::Grammar => wants(AdviceKind::Grammar),
                Kind::Style => wants(AdviceKind::Style),
                Kind::Spelling | Kind::House => false,
            });
            said.extend(usage);
        }
        said.extend(house::advise(&passage, &style));
        found.extend(said.into_iter().map(|advice| (advice, passage.lang.clone())));
    }
    let end = lead + request.text.len();
    found.retain(|(advice, _)| advice.range.start >= lead && advice.range.end <= end);
    found.sort_by_key(|(advice, _)| (advice.range.start, advice.range.end));

    let mut read = lead;
    let mut units = 0;
    let mut units_at = |place: usize| {
        let length = |passed: Option<&str>| -> u32 {
            let passed = passed.unwrap_or_default().chars();
            passed.map(|letter| letter.len_utf16() as u32).sum()
        };
        // Advice may overlap, so a place may lie before the last one.
        if place < read {
            units -= length(source.get(place..read));
        } else {
            units += length(source.get(read..place));
        }
        read = place;
        units
    };
    let advice = found
        .into_iter()
        .map(|(advice, lang)| SaidOfWords {
            from: units_at(advice.range.start),
            to: units_at(advice.range.end),
            kind: match advice.kind {
                Kind::Spelling => AdviceKind::Spelling,
                Kind::Grammar => AdviceKind::Grammar,
                Kind::Style => AdviceKind::Style,
                Kind::House => AdviceKind::House,
            },
            rule: advice.rule,
            fixes: advice.fixes,
            note: advice.note,
            lang: lang.tag().to_owned(),
        })
        .collect();
    AdviceFound {
        lang: lang.tag().to_owned(),
        advice,
        problem,
    }
}

/// Blocks of a text as one by themselves, and how many bytes stand before them: what begins like front matter is none,
/// unless they are its head, tags are open that were opened above, and names of notes and addresses, which stand elsewhere in
/// the text, are known.
fn alone(text: &str, head: bool, within: &[String]) -> (String, usize) {
    let mut whole = String::with_capacity(text.len() + 64);
    if !head {
        whole.push('\n');
        for tag in within.iter().take(MOST_TAGS).filter(|tag| tag.len() <= LONGEST_TAG) {
            let _ = writeln!(whole, "{}\n", tag.replace('\n', " "));
        }
    }
    let lead = whole.len();
    whole.push_str(text);
    let (mut named, mut said) = (BTreeSet::new(), BTreeSet::new());
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        rest = rest.get(start + 1..).unwrap_or_default();
        let end = rest.find([']', '[', '\n']);
        let label = end.and_then(|end| rest.get(..end)).unwrap_or_default();
        let behind = end.and_then(|end| rest.get(end..)).unwrap_or_default();
        if label.is_empty() || label.len() >= LONGEST_LABEL || !behind.starts_with(']') {
            continue;
        }
        let before = text.get(..text.len() - rest.len() - 1).unwrap_or_default();
        let begins = before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
        if begins && behind.starts_with("]:") {
            said.insert(label);
        } else if (label.starts_with('^') || before.ends_with(']')) && named.len() < MOST_LABELS {
            // `[^note]`, `[words][address]`; what stands in brackets by itself is prose.
            named.insert(label);
        }
    }
    let missing: Vec<&str> = named.difference(&said).copied().collect();
    if !missing.is_empty() {
        whole.push_str("\n\n");
    }
    for label in missing {
        let target = if label.starts_with('^') { "\u{fffc}" } else { "<x>" };
        let _ = writeln!(whole, "[{label}]: {target}\n");
    }
    (whole, lead)
}

const LONGEST_LABEL: usize = 200;
const LONGEST_TAG: usize = 1_000;
const MOST_TAGS: usize = 64;
/// Enough for what one edits at a time.
const MOST_LABELS: usize = 500;

fn variants(french: FrenchSpelling, english: EnglishSpelling) -> Variants {
    Variants {
        french: match french {
            FrenchSpelling::Both => French::Both,
            FrenchSpelling::Classical => French::Classical,
            FrenchSpelling::Revised => French::Revised,
        },
        english: match english {
            EnglishSpelling::Both => English::Both,
            EnglishSpelling::Gb => English::Gb,
            EnglishSpelling::Us => English::Us,
        },
    }
}

fn broken(name: edito_language::spelling::Broken) -> CommandError {
    let message = format!("the dictionary {} can't be read", name.0);
    CommandError::new(crate::error::ErrorKind::Corrupt, message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use edito_library::Places;

    use super::*;
    use crate::state::Launch;

    fn said(text: &str, head: bool) -> Vec<(u32, u32)> {
        said_within(text, head, &[])
    }

    fn said_within(text: &str, head: bool, within: &[&str]) -> Vec<(u32, u32)> {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            data: folder.path().join("data"),
            cache: folder.path().join("cache"),
        };
        let state = AppState::new(places, Launch::default());
        let request = AdviceRequest {
            text: text.to_owned(),
            head,
            within: within.iter().map(|tag| (*tag).to_owned()).collect(),
            lang: Some("fr".to_owned()),
            section: None,
            article: None,
            kinds: vec![AdviceKind::Spelling],
            french: FrenchSpelling::Both,
            english: EnglishSpelling::Both,
        };
        let found = advice_on(&state, &request);
        assert!(found.problem.is_none());
        found.advice.iter().map(|one| (one.from, one.to)).collect()
    }

    #[test]
    fn places_are_code_units_of_utf_16_in_the_text_that_was_sent() {
        let text = "Le 😀 **vilage** dort, et la riviere aussi, dans la vallée.\n";
        for head in [true, false] {
            assert_eq!(said(text, head), [(8, 14), (29, 36)], "{head}");
        }
    }

    #[test]
    fn a_head_says_its_language_and_the_notes_of_what_follows_are_known() {
        let text = "---\nlang: en\n---\n\nThe vilage sleeps[^blurg] near [the sea][qxz] and [the hills][zzq].\n\n[zzq]: https://a.example\n";
        assert_eq!(said(text, true), [(22, 28)]);
        let (whole, lead) = alone(text, true, &[]);
        assert_eq!(
            (whole.matches("[zzq]:").count(), whole.matches("[qxz]:").count(), lead),
            (1, 1, 0)
        );
    }

    #[test]
    fn blocks_by_themselves_have_the_language_that_was_declared_above_them() {
        let text = "The house sleeps, my vilage.\n\n</div>\n\nLe vilage dort.\n";
        let english = "<div lang=\"en\">";
        assert_eq!(said_within(text, false, &[english]), [(21, 27), (41, 47)]);
        assert_eq!(
            said_within(text, false, &[english, "<section>", "<div lang='de'>"]),
            [(41, 47), (48, 52)]
        );
        // The innermost ends, and the others go on.
        let text = "Zwölf.\n\n</div>\n\nThe vilage sleeps.\n";
        assert_eq!(said_within(text, false, &[english, "<div lang='de'>"]), [(20, 26)]);
    }

    #[test]
    fn blocks_by_themselves_know_what_stands_elsewhere() {
        let text = "---\n\nUn lien [vers la ville][qxz], une note[^blurg] et un [mot][zzq].\n\n---\n";
        assert_eq!(said(text, false), []);
        assert_eq!(
            said("Une [vrae] parenthèse, et la suite de la phrase.\n", false),
            [(5, 9)]
        );
    }
}
