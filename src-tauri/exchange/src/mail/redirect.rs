//! Links of newsletters that lead through a counting machine.

use url::Url;

/// The address that a link really leads to, when the link itself says it in plain words: one of its parameters is a
/// whole address of the web, on another host, and the machine's own address looks like that of a counting machine.
/// Nothing is asked of anybody to find out.
pub(super) fn unwrapped(address: &str) -> Option<String> {
    let url = crate::url::absolute(address)?;
    let host = url.host_str()?.to_ascii_lowercase();
    let path = url.path().to_ascii_lowercase();
    // What shares, translates or shows an address does not lead to it.
    let other_use = [
        "share",
        "intent",
        "translate",
        "archive",
        "cache",
        "proxy",
        "validator",
        "login",
        "signin",
        "oauth",
        "submit",
    ]
    .iter()
    .any(|word| path.contains(word) || host.contains(word));
    if other_use || !(counts(&host) || counts_path(&path)) {
        return None;
    }
    let mut targets = url
        .query_pairs()
        .filter(|(key, _)| KEYS.contains(&key.to_ascii_lowercase().as_str()))
        .filter_map(|(_, value)| {
            let target = Url::parse(value.trim()).ok()?;
            (matches!(target.scheme(), "http" | "https") && target.host_str()? != host).then_some(target)
        });
    let target = targets.next()?;
    // Two of them, and nothing is plain.
    targets.next().is_none().then(|| target.into())
}

const KEYS: &[&str] = &[
    "url",
    "u",
    "q",
    "target",
    "to",
    "dest",
    "destination",
    "redirect",
    "redirect_url",
    "redirect_to",
    "redir",
    "link",
    "goto",
    "out",
    "href",
    "r",
    "p",
    "ued",
    "l",
    "location",
    "page",
    "next",
    "continue",
];

fn counts(host: &str) -> bool {
    let first = host.split('.').next().unwrap_or_default();
    let bare = first.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(
        bare,
        "click"
            | "clicks"
            | "clk"
            | "link"
            | "links"
            | "lnk"
            | "lnks"
            | "track"
            | "tracking"
            | "trk"
            | "email"
            | "e"
            | "t"
            | "r"
            | "l"
            | "go"
            | "out"
            | "redirect"
            | "redir"
            | "url"
            | "ct"
            | "c"
            | "mail"
            | "em"
            | "news"
            | "newsletter"
            | "newsletters"
            | "nl"
            | "info"
    ) || [
        "safelinks.protection.outlook.com",
        "awstrack.me",
        "urldefense.com",
        "list-manage.com",
        "google.com",
        "facebook.com",
    ]
    .iter()
    .any(|known| host.ends_with(known))
}

fn counts_path(path: &str) -> bool {
    path.split('/').any(|segment| {
        let segment = segment.split('.').next().unwrap_or_default();
        matches!(
            segment,
            "click"
                | "clicks"
                | "track"
                | "tracking"
                | "redirect"
                | "redir"
                | "l"
                | "url"
                | "out"
                | "go"
                | "ls"
                | "r"
                | "link"
                | "links"
                | "goto"
                | "away"
                | "exit"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_link_says_plainly_is_believed() {
        for (address, target) in [
            (
                "https://click.list.example/?u=https%3A%2F%2Fa.fr%2Fb%3Fc%3D1&id=9",
                Some("https://a.fr/b?c=1"),
            ),
            ("https://www.google.com/url?q=https://a.fr/&sa=D", Some("https://a.fr/")),
            (
                "https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.fr%2F&data=1",
                Some("https://a.fr/"),
            ),
            ("https://news.example/track/r?to=https://a.fr/x", Some("https://a.fr/x")),
            // Encoded in a way of its own, or only on the machine itself.
            ("https://click.list.example/f/a/aHR0cHM6Ly9hLmZy", None),
            ("https://click.list.example/?u=https://click.list.example/b", None),
            ("https://click.list.example/?u=javascript:alert(1)", None),
            ("https://click.list.example/?u=https://a.fr/&r=https://b.fr/", None),
            ("https://www.facebook.com/sharer/sharer.php?u=https://a.fr/", None),
            ("https://a.fr/article?url=https://b.fr/", None),
            ("https://a.fr/", None),
        ] {
            assert_eq!(unwrapped(address).as_deref(), target, "{address}");
        }
    }
}
