//! What the `class`, `id` and `role` of elements say about them, in the words that widespread systems use.

/// A set of meanings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kinds(u32);

impl Kinds {
    pub const BYLINE: Kinds = Kinds(1);
    /// What an author does, or a note about one.
    pub const FUNCTION: Kinds = Kinds(1 << 1);
    pub const DATE: Kinds = Kinds(1 << 2);
    pub const STANDFIRST: Kinds = Kinds(1 << 3);
    /// The text of the article.
    pub const BODY: Kinds = Kinds(1 << 4);
    pub const SECTION: Kinds = Kinds(1 << 5);
    pub const CRUMBS: Kinds = Kinds(1 << 6);
    pub const SHARE: Kinds = Kinds(1 << 7);
    pub const NEWSLETTER: Kinds = Kinds(1 << 8);
    pub const COMMENTS: Kinds = Kinds(1 << 9);
    /// Other articles.
    pub const RELATED: Kinds = Kinds(1 << 10);
    pub const ADVERT: Kinds = Kinds(1 << 11);
    pub const CONSENT: Kinds = Kinds(1 << 12);
    /// Something beside the article, whatever it is.
    pub const BESIDE: Kinds = Kinds(1 << 13);
    /// A quotation pulled out of the text.
    pub const PULLED: Kinds = Kinds(1 << 14);
    pub const UPDATED: Kinds = Kinds(1 << 15);
    /// Hidden by the program that saved the page.
    pub const HIDDEN: Kinds = Kinds(1 << 16);

    /// Whether one of these is among them.
    pub fn has(self, kinds: Kinds) -> bool {
        self.0 & kinds.0 != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl std::ops::BitOr for Kinds {
    type Output = Kinds;

    fn bitor(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
}

impl std::ops::BitOrAssign for Kinds {
    fn bitor_assign(&mut self, other: Kinds) {
        self.0 |= other.0;
    }
}

/// Reads names: each is cut into words at everything but letters and digits, and where a capital follows a small letter.
pub(super) fn kinds(names: &str) -> Kinds {
    let mut found = Kinds::default();
    let mut before = [0u8; LONGEST];
    let mut before_length = 0;
    let mut word = [0u8; LONGEST];
    let mut length = 0;
    let mut previous = b' ';
    for name in names.split_ascii_whitespace() {
        found |= whole(name);
    }
    for byte in names.bytes().chain([b' ']) {
        let letter = byte.is_ascii_alphanumeric() || byte >= 0x80;
        if (!letter || (byte.is_ascii_uppercase() && previous.is_ascii_lowercase())) && length > 0 {
            if length <= LONGEST {
                if let (Some(first), Some(second)) = (
                    std::str::from_utf8(before.get(..before_length).unwrap_or_default()).ok(),
                    std::str::from_utf8(word.get(..length).unwrap_or_default()).ok(),
                ) {
                    found |= single(second) | pair(first, second);
                }
                before = word;
                before_length = length;
            } else {
                before_length = 0;
            }
            length = 0;
        }
        // A new name: its first word belongs to no pair.
        if byte == b' ' {
            before_length = 0;
        }
        if letter {
            if let Some(slot) = word.get_mut(length) {
                *slot = byte.to_ascii_lowercase();
            }
            length += 1;
        }
        previous = byte;
    }
    found
}

/// The longest word that means something.
const LONGEST: usize = 24;

fn single(word: &str) -> Kinds {
    match word {
        "byline" | "bylines" | "author" | "authors" | "auteur" | "auteurs" | "signature" | "vcard" | "writer" => {
            Kinds::BYLINE
        }
        "jobtitle" | "fonction" | "bio" => Kinds::FUNCTION,
        "breadcrumb" | "breadcrumbs" | "crumbs" | "ariane" | "filariane" | "arbo" | "arborescence" => Kinds::CRUMBS,
        "date" | "published" | "pubdate" | "dateline" | "timestamp" | "posted" => Kinds::DATE,
        "updated" | "modified" | "maj" => Kinds::DATE | Kinds::UPDATED,
        "chapo" | "chapô" | "chapeau" | "standfirst" | "subtitle" | "soustitre" | "subheading" | "subheadline"
        | "subhead" | "dek" | "deck" | "lede" | "lead" | "intro" | "summary" | "resume" | "résumé" | "accroche"
        | "abstract" => Kinds::STANDFIRST,
        "articlebody" | "texte" => Kinds::BODY,
        "rubrique" | "kicker" | "surtitre" | "category" | "categories" => Kinds::SECTION,
        "share" | "sharing" | "social" | "socials" | "partage" | "partager" | "sharedaddy" | "addtoany" | "addthis"
        | "sharethis" | "sharebar" => Kinds::SHARE,
        "newsletter" | "newsletters" | "infolettre" | "mailchimp" | "mc4wp" | "signup" | "optin" | "subscribe"
        | "abonnement" => Kinds::NEWSLETTER,
        "disqus" => Kinds::COMMENTS,
        "related" | "relatedposts" | "yarpp" | "mostread" | "popular" | "trending" | "recommended"
        | "recommendation" | "recommendations" | "recirculation" | "recirc" | "outbrain" | "taboola" | "readnext"
        | "teaser" | "teasers" => Kinds::RELATED,
        "ad" | "ads" | "advert" | "advertisement" | "advertising" | "publicite" | "pub" | "sponsored" | "dfp"
        | "adslot" | "teads" => Kinds::ADVERT,
        "gdpr" | "cookieconsent" | "cookiebar" | "cookiebanner" => Kinds::CONSENT,
        "card" | "sidebar" | "widget" | "footer" | "aside" | "comment" => Kinds::BESIDE,
        "pullquote" | "pullquotes" | "exergue" => Kinds::PULLED,
        _ => Kinds::default(),
    }
}

/// What a whole name says. A wrapper may tell that comments are open; only a name that ends so is that of the comments.
fn whole(name: &str) -> Kinds {
    if name.len() > 60 {
        return Kinds::default();
    }
    let lower = name.to_ascii_lowercase();
    let exact = matches!(
        lower.as_str(),
        "comment-list"
            | "commentlist"
            | "comments-area"
            | "comments-section"
            | "comment-section"
            | "comments-list"
            | "comment-respond"
            | "respond"
            | "disqus_thread"
            | "comments-wrapper"
            | "comments-container"
            | "commentform"
    );
    let ends = lower.ends_with("comments") || lower.ends_with("commentaires");
    let told = ["no", "has", "with", "hide", "show", "allow", "open", "close", "disable"]
        .iter()
        .any(|start| lower.starts_with(start));
    if exact || (ends && !told) {
        Kinds::COMMENTS
    } else {
        Kinds::default()
    }
}

fn pair(first: &str, second: &str) -> Kinds {
    match (first, second) {
        (
            "author" | "byline" | "auteur",
            "title" | "role" | "function" | "position" | "job" | "desc" | "description" | "bio" | "fonction",
        )
        | ("job", "title") => Kinds::FUNCTION,
        ("article" | "entry" | "post" | "story", "body" | "content" | "text" | "texte")
        | ("gh", "content")
        | ("name", "body")
        | ("available", "content")
        | ("body", "copy" | "text")
        | ("rich", "text") => Kinds::BODY,
        ("article" | "entry" | "post" | "story", "intro" | "summary" | "desc" | "excerpt" | "deck" | "dek")
        | ("sous", "titre")
        | ("sub", "title" | "heading" | "headline" | "head") => Kinds::STANDFIRST,
        ("cat", "links") | ("section", "name") => Kinds::SECTION,
        ("most", "read" | "popular" | "viewed" | "shared")
        | ("plus", "lus")
        | ("lire", "aussi")
        | ("read", "next" | "also" | "more")
        | ("see", "also")
        | ("more", "from" | "stories" | "articles" | "news")
        | ("latest", "news" | "posts" | "articles")
        | ("derniers", "articles")
        | ("sur", "meme") => Kinds::RELATED,
        ("liste", "forum") => Kinds::COMMENTS,
        (
            "cookie" | "cookies" | "consent",
            "banner" | "notice" | "consent" | "bar" | "popup" | "law" | "wall" | "message" | "modal" | "overlay",
        ) => Kinds::CONSENT,
        ("sign", "up") | ("email", "form" | "signup") => Kinds::NEWSLETTER,
        ("pull", "quote") => Kinds::PULLED,
        ("sf", "hidden") => Kinds::HIDDEN,
        _ => Kinds::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_their_words() {
        for (names, kind) in [
            ("c-newsletter__form", Kinds::NEWSLETTER),
            ("ArticleBody-articleBody", Kinds::BODY),
            ("entry-content", Kinds::BODY),
            ("fil-ariane", Kinds::CRUMBS),
            ("author-title", Kinds::FUNCTION),
            ("field--name-field-chapô", Kinds::STANDFIRST),
            ("shareBar", Kinds::SHARE),
            ("most-read", Kinds::RELATED),
            ("sf-hidden", Kinds::HIDDEN),
            ("wp-block-comments", Kinds::COMMENTS),
            ("cookie-banner", Kinds::CONSENT),
        ] {
            assert!(kinds(names).has(kind), "{names}");
        }
        for names in [
            "",
            "header",
            "loading",
            "leadership-team",
            "readings",
            "post entry",
            "adagio",
        ] {
            assert!(kinds(names).is_empty(), "{names}");
        }
        assert!(!kinds("most read").has(Kinds::RELATED));
    }
}
