//! What the style of an element says.

use dom_query::NodeRef;

use crate::html::dom;

/// A style attribute, in lower case.
pub(super) struct Style(String);

impl Style {
    /// The style of an element; of a very long one its beginning.
    pub fn of(node: &NodeRef<'_>) -> Style {
        let style = node.attr("style").unwrap_or_default();
        Style(dom::head(&style, 4_000).to_ascii_lowercase())
    }

    /// The value of a property: the last one, as in a browser.
    pub fn get(&self, property: &str) -> Option<&str> {
        let mut values = self.0.split(';').filter_map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            (name.trim() == property).then(|| value.trim().trim_end_matches("!important").trim_end())
        });
        values.next_back()
    }

    /// Whether it sets words in strong type, or says that it does not.
    pub fn strong(&self) -> Option<bool> {
        let weight = self.get("font-weight")?;
        match weight {
            "bold" | "bolder" => Some(true),
            "normal" | "lighter" => Some(false),
            number => number.parse::<f64>().ok().map(|number| number >= 600.0),
        }
    }

    /// Whether it sets words in italics, or says that it does not.
    pub fn slanted(&self) -> Option<bool> {
        match self.get("font-style")? {
            "italic" | "oblique" => Some(true),
            "normal" => Some(false),
            _ => None,
        }
    }

    /// Whether it strikes words through.
    pub fn struck(&self) -> bool {
        ["text-decoration", "text-decoration-line"]
            .iter()
            .any(|name| self.get(name).is_some_and(|value| value.contains("line-through")))
    }

    /// `sup` or `sub`, when it raises or lowers words.
    pub fn script(&self) -> Option<&'static str> {
        match self.get("vertical-align")? {
            "super" => Some("sup"),
            "sub" => Some("sub"),
            _ => None,
        }
    }

    /// A length in points.
    pub fn points(&self, property: &str) -> Option<f64> {
        const UNITS: [(&str, f64); 5] = [("pt", 1.0), ("px", 0.75), ("cm", 28.35), ("mm", 2.835), ("in", 72.0)];
        let value = self.get(property)?;
        UNITS.iter().find_map(|(unit, points)| {
            let number = value.strip_suffix(unit)?.parse::<f64>().ok()?;
            Some(number * points)
        })
    }
}

/// Whether one of the classes of an element is or begins with one of these.
pub(super) fn has_class(node: &NodeRef<'_>, beginnings: &[&str]) -> bool {
    let class = node.class().unwrap_or_default();
    class
        .split_ascii_whitespace()
        .any(|class| beginnings.iter().any(|beginning| class.starts_with(beginning)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_counts() {
        let style = Style("font-weight:400; FONT:x;font-weight : 700 !important;margin-left:2in".to_ascii_lowercase());
        assert_eq!(style.strong(), Some(true));
        assert_eq!(style.slanted(), None);
        assert_eq!(style.points("margin-left"), Some(144.0));
        assert!(Style("text-decoration:underline line-through".into()).struck());
    }
}
