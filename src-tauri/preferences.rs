//! What this user on this machine has chosen: settings, recent libraries, the window's place. One small JSON file in
//! the data folder; a field that can't be read takes its default and the rest stays.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use specta::Type;

/// How many recent libraries are remembered.
const RECENT_KEPT: usize = 12;

/// The reader's choices, shown in the settings sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// The language of the interface.
    pub language: Language,
    /// The theme of the window.
    pub theme: Theme,
    /// Size of what is read, in CSS pixels.
    pub text_size: u8,
    /// Width of what is read, in characters.
    pub measure: u8,
    /// Line height, as a multiple of the text size.
    #[specta(type = specta_typescript::Number)]
    pub leading: f32,
    /// Whether the rail is folded away.
    pub rail_collapsed: bool,
    /// Width of the list, in CSS pixels.
    pub list_width: u16,
    /// Whether the outline stands beside the article.
    pub outline_shown: bool,
    /// The face of what is read and written.
    pub face: Face,
    /// Whether text is set flush on both sides.
    pub justified: bool,
    /// Whether words are divided at the ends of lines, by the rules of their language.
    pub hyphens: bool,
    /// Whether the paragraphs around the one that is read are dimmed.
    pub paragraph_alone: bool,
    /// Whether a ruler lies under the line that is read.
    pub ruler: bool,
    /// Whether the system's spelling checker underlines words.
    pub spellcheck: bool,
    /// Small choices of the page's own, by name.
    pub extra: std::collections::BTreeMap<String, String>,
}

impl Settings {
    /// The name under which versions are kept, when the writer gave one.
    pub fn signature(&self) -> Option<String> {
        let name = self.extra.get("signature").map(|name| name.trim());
        name.filter(|name| !name.is_empty()).map(str::to_owned)
    }
}

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum Language {
    System,
    Fr,
    En,
}

impl Language {
    /// The language that this setting and the system's locale come to: `fr` or `en`.
    pub fn spoken(self, system_locale: &str) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
            Self::System if system_locale.to_lowercase().starts_with("fr") => "fr",
            Self::System => "en",
        }
    }
}

/// The language of the user's system, BCP 47.
pub fn system_locale() -> String {
    sys_locale::get_locale().unwrap_or_else(|| "en".to_owned())
}

/// A theme of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "each name says what it is")]
pub enum Theme {
    System,
    Paper,
    Sepia,
    Night,
    Contrast,
}

/// A face for what is read. Arabic has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Face {
    /// The serif that Edito ships.
    Literata,
    /// The sans serif that Edito ships.
    Inter,
    /// The serif of the system.
    System,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::System,
            theme: Theme::System,
            text_size: 18,
            measure: 66,
            leading: 1.6,
            rail_collapsed: false,
            list_width: 344,
            outline_shown: false,
            face: Face::Literata,
            justified: false,
            hyphens: true,
            paragraph_alone: false,
            ruler: false,
            spellcheck: true,
            extra: Default::default(),
        }
    }
}

/// A library that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Its folder.
    pub root: PathBuf,
    /// Its title when it was last open.
    pub title: String,
    /// When that was, RFC 3339.
    pub opened_at: String,
}

/// Where the window was, in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each name says what it is")]
pub struct Placement {
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
    pub maximized: bool,
}

/// Everything in the file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// The settings sheet.
    pub settings: Settings,
    /// Recent libraries, the latest first.
    pub recent: Vec<Recent>,
    /// The library to open at the next start; `None` after it was closed by hand.
    pub last: Option<PathBuf>,
    /// The window's place.
    pub window: Option<Placement>,
    /// The inbox folders of libraries, by the libraries' folders.
    pub inboxes: std::collections::BTreeMap<PathBuf, crate::importing::inbox::Chosen>,
}

/// The file, and what it says.
pub struct Preferences {
    file: PathBuf,
    chosen: Mutex<Chosen>,
}

impl Preferences {
    /// Reads the file in `data`; an absent or broken one gives the defaults (a broken one is set aside).
    pub fn load(data: &Path) -> Self {
        let file = data.join("preferences.json");
        let chosen = match std::fs::read(&file) {
            Ok(bytes) => lenient(&bytes).unwrap_or_else(|| {
                tracing::warn!("the preferences could not be read and start anew");
                let _ = std::fs::rename(&file, file.with_extension("json.bad"));
                Chosen::default()
            }),
            Err(_) => Chosen::default(),
        };
        Self {
            file,
            chosen: Mutex::new(chosen),
        }
    }

    /// A copy of what is chosen.
    pub fn chosen(&self) -> Chosen {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes something and writes the file. A failed write is logged: a lost window position stops no work.
    pub fn change(&self, change: impl FnOnce(&mut Chosen)) {
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut chosen);
        if let Err(error) = self.write(&chosen) {
            tracing::warn!("preferences not written: {error}");
        }
    }

    /// Notes that a library was opened.
    pub fn opened(&self, root: &Path, title: &str, at: String) {
        self.change(|chosen| {
            chosen.recent.retain(|recent| recent.root != root);
            chosen.recent.insert(
                0,
                Recent {
                    root: root.to_owned(),
                    title: title.to_owned(),
                    opened_at: at,
                },
            );
            chosen.recent.truncate(RECENT_KEPT);
            chosen.last = Some(root.to_owned());
        });
    }

    fn write(&self, chosen: &Chosen) -> std::io::Result<()> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let bytes = serde_json::to_vec_pretty(chosen)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        std::io::Write::write_all(&mut file, &bytes)?;
        file.as_file().sync_data()?;
        file.persist(&self.file)?;
        Ok(())
    }
}

/// Reads field by field, so that one strange value does not lose the others.
fn lenient(bytes: &[u8]) -> Option<Chosen> {
    let serde_json::Value::Object(fields) = serde_json::from_slice(bytes).ok()? else {
        return None;
    };
    fn field<T: serde::de::DeserializeOwned + Default>(
        fields: &serde_json::Map<String, serde_json::Value>,
        name: &str,
    ) -> T {
        fields
            .get(name)
            .cloned()
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default()
    }
    Some(Chosen {
        settings: field(&fields, "settings"),
        recent: field(&fields, "recent"),
        last: field(&fields, "last"),
        window: field(&fields, "window"),
        inboxes: field(&fields, "inboxes"),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_chosen_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let preferences = Preferences::load(folder.path());
        preferences.change(|chosen| chosen.settings.text_size = 22);
        preferences.opened(Path::new("/a"), "A", "2026-01-01T00:00:00Z".into());
        preferences.opened(Path::new("/b"), "B", "2026-01-02T00:00:00Z".into());
        preferences.opened(Path::new("/a"), "A", "2026-01-03T00:00:00Z".into());
        let again = Preferences::load(folder.path()).chosen();
        assert_eq!(again.settings.text_size, 22);
        assert_eq!(
            again
                .recent
                .iter()
                .map(|recent| recent.title.as_str())
                .collect::<Vec<_>>(),
            ["A", "B"]
        );
        assert_eq!(again.last.as_deref(), Some(Path::new("/a")));
    }

    #[test]
    fn a_strange_field_loses_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("preferences.json"),
            r#"{"settings": {"textSize": "huge"}, "last": "/a"}"#,
        )
        .unwrap();
        let chosen = Preferences::load(folder.path()).chosen();
        assert_eq!(chosen.settings, Settings::default());
        assert_eq!(chosen.last.as_deref(), Some(Path::new("/a")));
    }

    #[test]
    fn a_torn_file_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("preferences.json"), r#"{"settings": {"te"#).unwrap();
        assert_eq!(Preferences::load(folder.path()).chosen().settings, Settings::default());
        assert!(folder.path().join("preferences.json.bad").exists());
    }
}
