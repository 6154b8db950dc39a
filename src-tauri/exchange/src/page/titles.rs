//! Titles without the site's name, and when two of them are the same.

use edito_prose::fold::fold;

use crate::html::dom::squeeze;

/// A text as it is compared: folded, letters and digits only.
pub(super) fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether two texts say the same.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    !one.is_empty() && one == other
}

/// Whether two titles are one, in full or cut: all words of the shorter stand at the head of the longer, and it is not
/// much shorter.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (
        bare(one.trim_end_matches(['…', '.'])),
        bare(other.trim_end_matches(['…', '.'])),
    );
    let (short, long) = if one.len() < other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    !short.is_empty()
        && (short == long
            || (long.starts_with(short.as_str()) && short.len() >= 12 && short.len() * 10 >= long.len() * 4))
}

/// Whether a text is one of the parts between separators of a window's title.
pub(super) fn is_part(window: &str, text: &str) -> bool {
    let mut parts = vec![window];
    for separator in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts.len() > 1 && parts.into_iter().any(|part| same(part, text))
}

/// What stands between a title and the name of a site.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " • ", " · ", " :: ", " » ", " « ", " / ", " ~ ", " ∙ ", " < ", " > ", "\u{a0}- ",
    " -\u{a0}", "\u{a0}| ", " |\u{a0}", " -- ", " ‖ ", "｜", "：",
];

/// The title and the site's name in a text such as `Title | Site`; `heading` is what stands over the text on the page,
/// `site` is what is known of the name, and `host` the name of the machine.
pub(super) fn without_site(
    text: &str,
    heading: Option<&str>,
    site: Option<&str>,
    host: Option<&str>,
) -> (String, Option<String>) {
    let text = squeeze(text);
    // What the page itself shows as the title is the title.
    if let Some(heading) = heading.filter(|heading| !heading.is_empty()) {
        if same(&text, heading) {
            return (text, None);
        }
        for separator in SEPARATORS.iter().chain(&[" : ", ": ", "\u{a0}: "]) {
            for (at, _) in text.match_indices(separator) {
                let (head, tail) = (
                    text.get(..at).unwrap_or_default(),
                    text.get(at + separator.len()..).unwrap_or_default(),
                );
                if same(head, heading) {
                    // Between the title and the site's name, its sections may stand.
                    let site = SEPARATORS
                        .iter()
                        .fold(tail, |site, separator| site.rsplit(separator).next().unwrap_or(site));
                    return (head.trim().to_owned(), Some(site.trim().to_owned()));
                }
                if same(tail, heading) {
                    return (tail.trim().to_owned(), Some(head.trim().to_owned()));
                }
            }
        }
    }
    for separator in SEPARATORS {
        if let Some((head, tail)) = text.rsplit_once(separator)
            && is_site(tail, site, host)
            && head.chars().count() > 3
        {
            // « Title - Section - Site »: what is left may still end in the site's section, which is no part of the title
            // either, but nothing tells it from one.
            return (head.trim().to_owned(), Some(tail.trim().to_owned()));
        }
        if let Some((head, tail)) = text.split_once(separator)
            && is_site(head, site, host)
            && tail.chars().count() > 3
        {
            return (tail.trim().to_owned(), Some(head.trim().to_owned()));
        }
    }
    (text, None)
}

/// A heading without the site's name that a template sets into it too, right behind the title: the window's title has
/// both, parted (« Title » Site »).
pub(super) fn unglued<'t>(heading: &'t str, window: &str) -> &'t str {
    for separator in SEPARATORS {
        let Some((head, tail)) = window.split_once(separator) else {
            continue;
        };
        let head = head.trim();
        let site = tail.rsplit(separator).next().unwrap_or(tail);
        if let Some(rest) = heading.strip_prefix(head)
            && head.chars().count() >= 12
            && !bare(rest).is_empty()
            && bare(rest) == bare(site)
        {
            return heading.get(..head.len()).unwrap_or(heading);
        }
    }
    heading
}

fn is_site(part: &str, site: Option<&str>, host: Option<&str>) -> bool {
    if site.is_some_and(|site| same(part, site) || (bare(part).len() > 3 && bare(site).contains(&bare(part)))) {
        return true;
    }
    let bare_part = bare(part);
    let Some(host) = host else { return false };
    let host = host.trim_start_matches("www.");
    let name = bare(host.split('.').next().unwrap_or_default());
    let whole = bare(host);
    bare_part.len() >= 3
        && (bare_part == whole
            || bare_part == name
            || (name.len() >= 4 && bare_part.contains(&name))
            || (bare_part.len() >= 5 && whole.contains(&bare_part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_no_part_of_the_title() {
        let title = |text, heading, site, host| without_site(text, heading, site, host).0;
        assert_eq!(title("L’été - Le Monde", None, Some("Le Monde"), None), "L’été");
        assert_eq!(title("Le Monde | L’été", None, Some("Le Monde"), None), "L’été");
        assert_eq!(
            title("L’été – encore | Revue", Some("L’été – encore"), None, None),
            "L’été – encore"
        );
        assert_eq!(
            title("L’été - la-revue.fr", None, None, Some("www.la-revue.fr")),
            "L’été"
        );
        assert_eq!(
            title("War - and peace", None, Some("Le Monde"), Some("lemonde.fr")),
            "War - and peace"
        );
        assert_eq!(
            title("La ville et ses ponts -- La Revue", None, Some("La Revue"), None),
            "La ville et ses ponts"
        );
        let found = without_site("L’été | La Revue des étés", Some("L’été"), None, None);
        assert_eq!(found.1.as_deref(), Some("La Revue des étés"));
    }

    #[test]
    fn a_site_named_in_the_heading_is_no_part_of_the_title() {
        let window = "La ville et ses ponts » Local » La Revue";
        assert_eq!(
            unglued("La ville et ses pontsLa Revue", window),
            "La ville et ses ponts"
        );
        assert_eq!(
            unglued("La ville et ses ponts La Revue", window),
            "La ville et ses ponts"
        );
        assert_eq!(unglued("La ville et ses ponts", window), "La ville et ses ponts");
        assert_eq!(
            unglued("La ville et ses ponts d’hier", window),
            "La ville et ses ponts d’hier"
        );
        assert_eq!(unglued("Un tout autre titre", window), "Un tout autre titre");
    }

    #[test]
    fn cut_titles_are_recognised() {
        assert!(alike("La ville et ses ponts", "La ville et ses ponts, hier et demain"));
        assert!(alike("La ville et ses po…", "La ville et ses ponts"));
        assert!(!alike("La ville", "La ville et ses ponts, hier et demain"));
    }
}
