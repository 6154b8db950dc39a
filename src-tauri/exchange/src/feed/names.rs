//! The namespaces of feeds.

/// What kind of feed a document is, by its outermost element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    Rss,
    Rdf,
    Atom,
}

/// Which vocabulary a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Namespace {
    /// That of the feed's own kind: RSS in RSS, Atom in Atom.
    Own,
    /// Atom within RSS.
    Atom,
    Content,
    DublinCore,
    Feedburner,
    Itunes,
    Media,
    Syndication,
    Xhtml,
    Other,
}

/// The kind of feed that an outermost element opens.
pub(super) fn root(local: &str) -> Option<Root> {
    match local.to_ascii_lowercase().as_str() {
        "rss" => Some(Root::Rss),
        "rdf" => Some(Root::Rdf),
        "feed" | "entry" => Some(Root::Atom),
        _ => None,
    }
}

/// The vocabulary of an address.
pub(super) fn of_address(address: &str, root: Root) -> Namespace {
    let bare = address.trim().trim_end_matches(['/', '#']).to_ascii_lowercase();
    let bare = bare
        .strip_prefix("https://")
        .or_else(|| bare.strip_prefix("http://"))
        .unwrap_or(&bare);
    let own = |is_own: bool| if is_own { Namespace::Own } else { Namespace::Atom };
    match bare {
        "" => Namespace::Own,
        "www.w3.org/2005/atom" | "purl.org/atom/ns" | "purl.org/atom-blog/ns" => own(root == Root::Atom),
        "purl.org/rss/1.0"
        | "channel.netscape.com/rdf/simple/0.9"
        | "my.netscape.com/rdf/simple/0.9"
        | "my.netscape.com/publish/formats/rss-0.91.dtd"
        | "purl.org/net/rss1.1"
        | "backend.userland.com/rss"
        | "backend.userland.com/rss2"
        | "backend.userland.com/rss091"
        | "backend.userland.com/rss092"
        | "blogs.law.harvard.edu/tech/rss"
        | "cyber.harvard.edu/rss/rss.html" => Namespace::Own,
        "purl.org/rss/1.0/modules/content" => Namespace::Content,
        "purl.org/dc/elements/1.1" | "purl.org/dc/elements/1.0" | "purl.org/dc/terms" => Namespace::DublinCore,
        "search.yahoo.com/mrss" | "video.search.yahoo.com/mrss" | "www.rssboard.org/media-rss" => Namespace::Media,
        "www.itunes.com/dtds/podcast-1.0.dtd" => Namespace::Itunes,
        "purl.org/rss/1.0/modules/syndication" => Namespace::Syndication,
        "rssnamespace.org/feedburner/ext/1.0" => Namespace::Feedburner,
        "www.w3.org/1999/xhtml" => Namespace::Xhtml,
        _ => Namespace::Other,
    }
}

/// The vocabulary of a prefix that a feed uses and forgot to declare.
pub(super) fn of_prefix(prefix: &str, root: Root) -> Namespace {
    match prefix.to_ascii_lowercase().as_str() {
        "" => Namespace::Own,
        "atom" | "atom10" | "a10" if root == Root::Atom => Namespace::Own,
        "atom" | "atom10" | "a10" => Namespace::Atom,
        "content" => Namespace::Content,
        "dc" | "dcterms" => Namespace::DublinCore,
        "media" => Namespace::Media,
        "itunes" => Namespace::Itunes,
        "sy" => Namespace::Syndication,
        "feedburner" => Namespace::Feedburner,
        "xhtml" => Namespace::Xhtml,
        _ => Namespace::Other,
    }
}
