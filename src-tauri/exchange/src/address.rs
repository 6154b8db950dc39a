//! Addresses that foreign documents hold, and which of them are let in.

use url::Url;

use crate::url::LONGEST;

/// Where the addresses of one document lead.
#[derive(Debug, Clone, Default)]
pub(crate) struct Addresses {
    /// What relative addresses are relative to.
    pub base: Option<Url>,
    /// The document's own address: a link to it with a fragment stays within the text.
    pub own: Option<Url>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Out, by `http`, `https` or `mailto`.
    Out(String),
    /// To a place in the same document: the id.
    Within(String),
    /// Relative, with nothing to be relative to.
    Unknown,
    /// To where nothing may lead: scripts, data, files, other programs.
    Refused,
}

impl Addresses {
    /// Where a link leads.
    pub fn link(&self, href: &str) -> Target {
        let href = href.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if href.len() > LONGEST {
            return Target::Refused;
        }
        if let Some(fragment) = href.strip_prefix('#') {
            return Target::Within(decoded(fragment));
        }
        let url = match self.resolve(href) {
            Ok(url) => url,
            Err(target) => return target,
        };
        if let (Some(own), Some(fragment)) = (&self.own, url.fragment())
            && same_page(own, &url)
        {
            return Target::Within(decoded(fragment));
        }
        match url.scheme() {
            "http" | "https" => Target::Out(url.into()),
            // What such a link opens is a letter to somebody; what it says beforehand is not for strangers to choose.
            "mailto" => Target::Out(format!("mailto:{}", url.path())),
            _ => Target::Refused,
        }
    }

    /// The address of an image or another part on the web.
    pub fn part(&self, source: &str) -> Option<String> {
        match self.link(source) {
            Target::Out(url) if url.starts_with("http") => Some(url),
            _ => None,
        }
    }

    fn resolve(&self, href: &str) -> Result<Url, Target> {
        match (Url::parse(href), &self.base) {
            (Ok(url), _) => Ok(url),
            (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => base.join(href).map_err(|_| Target::Refused),
            (Err(url::ParseError::RelativeUrlWithoutBase), None) => match href.strip_prefix("//") {
                Some(_) => Url::parse(&format!("https:{href}")).map_err(|_| Target::Refused),
                None => Err(Target::Unknown),
            },
            (Err(_), _) => Err(Target::Refused),
        }
    }
}

/// Whether two addresses are of one page, whatever the scheme, `www.`, a final `/` and the fragment.
pub(crate) fn same_page(one: &Url, other: &Url) -> bool {
    let host = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
    host(one) == host(other)
        && one.path().trim_end_matches('/') == other.path().trim_end_matches('/')
        && one.query() == other.query()
}

/// A fragment as the id that it names.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |byte: &u8| char::from(*byte).to_digit(16);
        match (first, after) {
            (b'%', [high, low, tail @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                let value = hex(high).unwrap_or_default() * 16 + hex(low).unwrap_or_default();
                bytes.push(u8::try_from(value).unwrap_or(b'?'));
                rest = tail;
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| fragment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::absolute;

    #[test]
    fn only_the_web_and_mail_get_in() {
        let base = absolute("https://site.fr/a/b.html");
        let addresses = Addresses {
            own: base.clone(),
            base,
        };
        let out = |href: &str| Target::Out(href.to_owned());
        for (href, target) in [
            ("https://x.fr/é?a=1", out("https://x.fr/%C3%A9?a=1")),
            ("c.html", out("https://site.fr/a/c.html")),
            ("//cdn.fr/x", out("https://cdn.fr/x")),
            ("mailto:a@b.fr?subject=x", out("mailto:a@b.fr")),
            ("#fn%C3%A9", Target::Within("fné".into())),
            ("http://www.site.fr/a/b.html#n1", Target::Within("n1".into())),
            ("javascript:alert(1)", Target::Refused),
            ("JaVaScRiPt:alert(1)", Target::Refused),
            (" \u{1}java\tscript\n:alert(1)", Target::Refused),
            ("data:text/html,x", Target::Refused),
            ("vbscript:x", Target::Refused),
            ("file:///etc/passwd", Target::Refused),
            ("smb://host/share", Target::Refused),
            ("tauri://localhost", Target::Refused),
            ("http://", Target::Refused),
        ] {
            assert_eq!(addresses.link(href), target, "{href}");
        }
        assert_eq!(Addresses::default().link("c.html"), Target::Unknown);
        assert_eq!(Addresses::default().link("//cdn.fr/x"), out("https://cdn.fr/x"));
    }
}
