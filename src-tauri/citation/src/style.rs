//! Styles of the Citation Style Language, and the locales that they take their words from.

mod bounds;
mod circa;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use citationberg::{IndependentStyle, Locale, LocaleCode, LocaleFile, StyleClass};
use edito_prose::Lang;

use crate::guard::guarded;

/// A style, ready to set citations by.
#[derive(Debug)]
pub struct Style {
    /// What it is named by: the name of its file without the ending.
    pub id: String,
    /// Its title, as its authors call it.
    pub title: String,
    /// Whether citations stand in notes.
    pub in_notes: bool,
    pub(crate) csl: IndependentStyle,
}

/// A style that Edito ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StyleKind {
    /// What it is named by.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The language that it is made for.
    pub lang: &'static str,
    /// Whether citations stand in notes.
    pub in_notes: bool,
    csl: &'static str,
}

/// Why there is no such style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StyleProblem {
    /// No style of Edito’s, and no file of the library, is called so.
    Unknown,
    /// The file is no style.
    Broken,
    /// The style follows another one, which Edito does not ship.
    ParentUnknown,
}

impl StyleProblem {
    /// The name of the kind; `citation-style-<name>` are its words.
    pub fn id(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Broken => "broken",
            Self::ParentUnknown => "parent-unknown",
        }
    }

    /// What is wrong, in plain English.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unknown => "there is no such style",
            Self::Broken => "it is no style of the Citation Style Language",
            Self::ParentUnknown => "it follows a style that is not shipped",
        }
    }
}

macro_rules! shipped {
    ($($id:literal, $title:literal, $lang:literal, $in_notes:literal;)*) => {
        /// The styles that Edito ships: French ones first.
        pub const SHIPPED: &[StyleKind] = &[
            $(StyleKind {
                id: $id,
                title: $title,
                lang: $lang,
                in_notes: $in_notes,
                csl: include_str!(concat!("../styles/", $id, ".csl")),
            },)*
        ];
    };
}

shipped! {
    "iso690-author-date-fr", "ISO 690 (auteur-date)", "fr", false;
    "iso690-note-fr", "ISO 690 (notes)", "fr", true;
    "le-tapuscrit-note", "Le Tapuscrit, EHESS (notes)", "fr", true;
    "chicago-author-date", "Chicago (author-date)", "en", false;
    "chicago-notes-bibliography", "Chicago (notes)", "en", true;
    "apa", "APA", "en", false;
    "modern-language-association", "MLA", "en", false;
    "harvard-cite-them-right", "Harvard, Cite Them Right", "en", false;
}

/// The style of articles in a language whose desk has chosen none.
pub fn default_for(lang: &Lang) -> &'static str {
    match lang {
        Lang::Fr => "iso690-author-date-fr",
        _ => "chicago-author-date",
    }
}

/// A style that Edito ships; read once, when it is first asked for.
pub fn shipped(id: &str) -> Option<Arc<Style>> {
    static READ: OnceLock<Mutex<Vec<Arc<Style>>>> = OnceLock::new();
    let id = id.strip_suffix(".csl").unwrap_or(id);
    let kind = SHIPPED.iter().find(|kind| kind.id == id)?;
    let mut read = READ
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(style) = read.iter().find(|style| style.id == id) {
        return Some(style.clone());
    }
    let style = Arc::new(Style::parse(id, kind.csl).ok()?);
    read.push(style.clone());
    Some(style)
}

impl Style {
    /// Reads a style. One that follows another is that other one, when Edito ships it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(id: &str, csl: &str) -> Result<Style, StyleProblem> {
        if bounds::is_too_deep(csl) {
            return Err(StyleProblem::Broken);
        }
        let read = guarded(|| citationberg::Style::from_xml(csl));
        let mut csl = match read {
            Some(Ok(citationberg::Style::Independent(style))) if bounds::ends(&style) => style,
            Some(Ok(citationberg::Style::Dependent(style))) => {
                let parent = style.parent_link.href.rsplit('/').next().unwrap_or_default().to_owned();
                let kind = SHIPPED
                    .iter()
                    .find(|kind| kind.id == parent)
                    .ok_or(StyleProblem::ParentUnknown)?;
                return Style::parse(id, kind.csl);
            }
            _ => return Err(StyleProblem::Broken),
        };
        circa::tell(&mut csl);
        Ok(Style {
            id: id.to_owned(),
            title: csl.info.title.value.clone(),
            in_notes: csl.settings.class == StyleClass::Note,
            csl,
        })
    }
}

/// The words of the languages that Edito knows.
pub(crate) fn locales() -> &'static [Locale] {
    static READ: OnceLock<Vec<Locale>> = OnceLock::new();
    READ.get_or_init(|| {
        [
            include_str!("../locales/locales-en-US.xml"),
            include_str!("../locales/locales-en-GB.xml"),
            include_str!("../locales/locales-fr-FR.xml"),
            include_str!("../locales/locales-ar.xml"),
        ]
        .iter()
        .filter_map(|xml| LocaleFile::from_xml(xml).ok().map(Locale::from))
        .collect()
    })
}

/// The locale of an article.
pub(crate) fn locale_of(lang: &Lang) -> LocaleCode {
    LocaleCode(
        match lang {
            Lang::Fr => "fr-FR",
            Lang::Ar => "ar",
            _ if lang.tag().eq_ignore_ascii_case("en-gb") => "en-GB",
            _ => "en-US",
        }
        .to_owned(),
    )
}
