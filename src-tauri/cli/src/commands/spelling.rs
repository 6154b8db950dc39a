//! Which spelling is right: the variants that can be chosen, and the words that the user vouches for.

use clap::{Args, ValueEnum};
use edito_language::spelling::{English, French, Variants};
use edito_library::Places;
use edito_library::check::Spelling;

use crate::output::Failure;

/// The spellings of French and English, as the window offers them.
#[derive(Args)]
pub struct SpellingChoice {
    /// The spelling of French that is right.
    #[arg(long, value_enum, default_value_t = FrenchChoice::Both)]
    french: FrenchChoice,
    /// The spelling of English that is right.
    #[arg(long, value_enum, default_value_t = EnglishChoice::Both)]
    english: EnglishChoice,
}

#[derive(Clone, Copy, ValueEnum)]
enum FrenchChoice {
    Both,
    Classical,
    Revised,
}

#[derive(Clone, Copy, ValueEnum)]
enum EnglishChoice {
    Both,
    Gb,
    Us,
}

impl SpellingChoice {
    /// With the words of the user, as the window keeps them; none where there are none yet.
    pub fn with_vouched(&self) -> Result<Spelling, Failure> {
        let file = Places::of_this_machine()?.data.join("words.txt");
        let text = match std::fs::read(&file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error.into()),
        };
        let words = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        Ok(Spelling {
            variants: Variants {
                french: match self.french {
                    FrenchChoice::Both => French::Both,
                    FrenchChoice::Classical => French::Classical,
                    FrenchChoice::Revised => French::Revised,
                },
                english: match self.english {
                    EnglishChoice::Both => English::Both,
                    EnglishChoice::Gb => English::Gb,
                    EnglishChoice::Us => English::Us,
                },
            },
            vouched: words.filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        })
    }
}
