//! The words of the interface where no page is: the same Fluent files as those of the window.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

const FRENCH: &str = include_str!("../../../ui/src/shared/messages/fr.ftl");
const ENGLISH: &str = include_str!("../../../ui/src/shared/messages/en.ftl");

/// Messages in one language.
pub struct Words(FluentBundle<FluentResource>);

impl Words {
    /// In a language by its BCP 47 tag: French, else English.
    pub fn of(language: &str) -> Words {
        let (tag, source) = if language.to_lowercase().starts_with("fr") {
            ("fr", FRENCH)
        } else {
            ("en", ENGLISH)
        };
        let mut bundle = FluentBundle::new(vec![tag.parse().unwrap_or_default()]);
        // A terminal and a text file show the marks that keep right-to-left values apart as rubbish.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        // A message that stands twice is caught by the messages' own test.
        let _ = bundle.add_resource(resource);
        Words(bundle)
    }

    /// The message `key`, if there is one.
    pub fn text(&self, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.0.get_message(key)?.value()?;
        let mut problems = Vec::new();
        let text = self.0.format_pattern(pattern, Some(arguments), &mut problems);
        Some(text.into_owned())
    }

    /// A message about a number of things, which it calls `count`; the key itself when there is none.
    pub fn counted(&self, key: &str, count: usize) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("count", count);
        self.text(key, &arguments).unwrap_or_else(|| key.to_owned())
    }
}
