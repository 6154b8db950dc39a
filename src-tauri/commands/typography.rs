//! Typography, as changes of a text that its writer accepts or refuses.

use edito_prose::{Lang, analyse, corrections};
use serde::Serialize;
use specta::Type;

/// A change of typography.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TypographyCorrection {
    /// Where what is replaced starts, in code units of UTF-16.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// What stands there afterwards.
    pub after: String,
    /// The name of the rule; `typography-rule-<name>` are its words.
    pub rule: String,
}

/// What a compositor would change in a text, in its order and without overlaps; by the rules of the language that the
/// text declares or seems to be in. The text has `\n` between lines.
#[tauri::command(async)]
#[specta::specta]
pub fn typography_corrections(text: String) -> Vec<TypographyCorrection> {
    let lang = analyse(&text).lang.unwrap_or(Lang::Other("und".into()));
    let mut read = 0;
    let mut units = 0;
    let mut units_to = |place: usize| {
        let passed = text.get(read..place).unwrap_or_default();
        units += passed
            .chars()
            .map(|character| character.len_utf16() as u32)
            .sum::<u32>();
        read = place;
        units
    };
    corrections(&text, &lang)
        .into_iter()
        .map(|correction| TypographyCorrection {
            from: units_to(correction.range.start),
            to: units_to(correction.range.end),
            after: correction.replacement,
            rule: correction.rule.id().to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_code_units_of_utf_16() {
        let found = typography_corrections("Le 😀 dans l'été avec les autres ?\n".to_owned());
        let places: Vec<_> = found.iter().map(|one| (one.from, one.to, one.after.as_str())).collect();
        assert_eq!(places, [(12, 13, "’"), (32, 33, "\u{202f}")]);
    }
}
