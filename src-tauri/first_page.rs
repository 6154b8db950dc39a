//! The page's document, with what the page needs to come up already in it: its first rows are on the screen without a
//! question that goes to and fro, and its first picture has the reader's language and theme.

use std::borrow::Cow;
use std::time::Duration;

use tauri::http::Response;
use tauri::http::header::CONTENT_TYPE;

use crate::commands::libraries::StartState;
use crate::preferences::{Settings, Theme, system_locale};
use crate::state::AppState;

/// A library that takes longer to open is waited for by the page, with something on the screen.
const PATIENCE: Duration = Duration::from_millis(400);

/// Completes the page's document on its way to the window; everything else that the window asks for stays as it is. The
/// data are in the first document of a run only: a page that is loaded again asks for them as they are by then.
pub fn answer(state: &AppState, response: &mut Response<Cow<'static, [u8]>>) {
    let kind = response.headers().get(CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return;
    }
    let start = state.launching.take_start(Some(PATIENCE));
    let (settings, locale) = match &start {
        Some(start) => (start.settings.clone(), start.system_locale.clone()),
        None => (state.preferences.chosen().settings, system_locale()),
    };
    let body = response.body_mut();
    if let Ok(document) = std::str::from_utf8(body) {
        *body = completed(document, &settings, &locale, start.as_deref())
            .into_bytes()
            .into();
    }
}

/// The document in the reader's language and theme, with `start` as data. Nothing in the data can end them: each `<` is
/// written as an escape.
fn completed(document: &str, settings: &Settings, locale: &str, start: Option<&StartState>) -> String {
    let language = settings.language.spoken(locale);
    let theme = match settings.theme {
        // Which one that is the style sheet finds out.
        Theme::System => "",
        Theme::Paper => r#" data-theme="paper""#,
        Theme::Sepia => r#" data-theme="sepia""#,
        Theme::Night => r#" data-theme="night""#,
        Theme::Contrast => r#" data-theme="contrast""#,
    };
    let mut document = document.replacen(LANGUAGE, &format!(r#"<html lang="{language}"{theme}>"#), 1);
    let data = start.and_then(|start| serde_json::to_string(start).ok());
    if let (Some(data), Some(at)) = (data, document.find(END_OF_HEAD)) {
        let data = data.replace('<', "\\u003c");
        document.insert_str(
            at,
            &format!(r#"<script type="application/json" id="start">{data}</script>"#),
        );
    }
    document
}

const LANGUAGE: &str = r#"<html lang="fr">"#;
const END_OF_HEAD: &str = "</head>";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::commands::libraries::{RecentLibrary, start_state};
    use crate::preferences::Language;
    use crate::state::Launch;
    use edito_library::Places;

    const DOCUMENT: &str = include_str!("../ui/index.html");

    fn start() -> StartState {
        let folder = tempfile::tempdir().unwrap();
        let (data, cache) = (folder.path().join("data"), folder.path().join("cache"));
        start_state(&AppState::new(Places { data, cache }, Launch::default()), None)
    }

    #[test]
    fn the_document_is_in_the_readers_language_and_theme() {
        for (language, theme, locale, expected) in [
            (Language::System, Theme::System, "fr-CA", r#"<html lang="fr">"#),
            (
                Language::System,
                Theme::Night,
                "de-DE",
                r#"<html lang="en" data-theme="night">"#,
            ),
            (
                Language::En,
                Theme::Paper,
                "fr-FR",
                r#"<html lang="en" data-theme="paper">"#,
            ),
            (
                Language::En,
                Theme::Sepia,
                "fr-FR",
                r#"<html lang="en" data-theme="sepia">"#,
            ),
            (
                Language::Fr,
                Theme::Contrast,
                "fr-FR",
                r#"<html lang="fr" data-theme="contrast">"#,
            ),
            (Language::Fr, Theme::System, "en-GB", r#"<html lang="fr">"#),
        ] {
            let settings = Settings {
                language,
                theme,
                ..Settings::default()
            };
            let document = completed(DOCUMENT, &settings, locale, None);
            assert!(document.contains(expected), "{expected}");
            assert_eq!(document.matches("<html").count(), 1);
            assert!(!document.contains("application/json"));
        }
    }

    #[test]
    fn what_the_page_needs_stands_in_the_head_and_cannot_leave_it() {
        let mut start = start();
        start.recent = vec![RecentLibrary {
            root: "/a</script><script>alert(1)</script><!--".into(),
            title: "</head>\u{2028}&lt; <b>".into(),
            opened_at: String::new(),
            exists: true,
        }];
        let document = completed(DOCUMENT, &Settings::default(), "fr-FR", Some(&start));
        let (before, rest) = document
            .split_once(r#"<script type="application/json" id="start">"#)
            .unwrap();
        let (data, after) = rest.split_once("</script>").unwrap();
        assert_eq!(format!("{before}{after}"), DOCUMENT);
        assert!(after.trim_start().starts_with("</head>"));
        assert!(!data.contains('<'));
        let read = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(read(data), read(&serde_json::to_string(&start).unwrap()));
    }
}
