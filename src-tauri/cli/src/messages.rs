//! The words of the command line, from the same Fluent files as those of the window.

use edito_import::Words;
use edito_library::ErrorKind;
use fluent_bundle::FluentArgs;

use crate::output::Failure;

/// Messages in one language.
pub struct Messages(Words);

impl Messages {
    /// In the language of the terminal (`LC_ALL`, `LC_MESSAGES`, `LANG`): French, else English.
    pub fn of_this_terminal() -> Self {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
            let value = std::env::var(name).ok()?;
            (!value.is_empty()).then_some(value)
        });
        Messages(Words::of(&named.unwrap_or_default()))
    }

    /// The words themselves.
    pub fn words(&self) -> &Words {
        &self.0
    }

    /// A failure as `error: …`, with the path and the detail that the words leave out.
    pub fn error(&self, failure: &Failure) -> String {
        let (key, path, detail) = match failure {
            Failure::Library(error) => (
                key(error.kind),
                error.path.as_ref().map(|path| path.display().to_string()),
                error.detail.clone(),
            ),
            Failure::Io(error) => ("error-io", None, error.to_string()),
            Failure::NotFound(what) => ("error-notFound", Some(what.clone()), String::new()),
            Failure::NoCollection(name) => ("error-noCollection", Some(name.clone()), String::new()),
            Failure::NoSearch(name) => ("error-noSearch", Some(name.clone()), String::new()),
        };
        let mut arguments = FluentArgs::new();
        arguments.set("path", path.clone().unwrap_or_default());
        arguments.set("named", if path.is_some() { "yes" } else { "no" });
        arguments.set("detail", detail.clone());
        let mut line = format!("error: {}", self.0.text(key, &arguments).unwrap_or_default());
        for said in [path.unwrap_or_default(), detail] {
            if !said.is_empty() && !line.contains(&said) {
                line.push_str(&format!(" ({said})"));
            }
        }
        line
    }
}

fn key(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "error-notFound",
        ErrorKind::NotALibrary => "error-notALibrary",
        ErrorKind::AlreadyExists => "error-alreadyExists",
        ErrorKind::ReadOnly => "error-readOnly",
        ErrorKind::DiskFull => "error-diskFull",
        ErrorKind::Io => "error-io",
        ErrorKind::Changed => "error-changed",
        ErrorKind::Encoding => "error-encoding",
        ErrorKind::Unencodable => "error-unencodable",
        ErrorKind::BadName => "error-badName",
        ErrorKind::Corrupt => "error-corrupt",
        ErrorKind::Vanished => "error-vanished",
        ErrorKind::Busy => "error-busy",
        ErrorKind::Invalid => "error-invalid",
        ErrorKind::TooBig => "error-tooBig",
    }
}
