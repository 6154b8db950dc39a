//! What pages say around an article, in French, English and Arabic: links that lead on, headings of lists of other
//! articles, labels of buttons and advertisements.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use edito_prose::fold::fold;

/// Whether a link's text asks to go on reading somewhere else.
pub(super) fn asks_to_go_on(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let folded = said(text);
    GO_ON_FOLDED.contains(folded.as_str())
        || ["lire la suite", "continue reading", "read more"]
            .iter()
            .any(|phrase| folded.starts_with(phrase) && folded.len() < 100)
}

/// What a heading announces, when that is no part of the article.
pub(super) fn announces(text: &str) -> Option<&'static str> {
    if text.len() > 200 {
        return None;
    }
    let folded = said(text);
    if let Some(kind) = HEADINGS.get(folded.as_str()) {
        return Some(kind);
    }
    if folded.starts_with("more from ") || (folded.starts_with("plus de ") && folded.len() < 30) {
        return Some("teaser");
    }
    let counted = [" commentaires", " comments", " responses"]
        .iter()
        .any(|end| folded.ends_with(end));
    (counted && folded.len() < 30).then_some("comments")
}

/// A text as phrases are compared: folded, straight apostrophes, no signs at its ends.
pub(super) fn said(text: &str) -> String {
    let folded = fold(text).replace('’', "'");
    folded.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Whether a line that is a link for the most part leads to other articles by how it begins.
pub(super) fn leads_on(said: &str) -> bool {
    STARTS_FOLDED.iter().any(|start| said.starts_with(start))
}

/// Whether a line is the label of an advertisement.
pub(super) fn labels_advertisement(said: &str) -> bool {
    LABELS_FOLDED.contains(said)
}

/// Whether a line is the label of something that a reader may do with a page.
pub(super) fn labels_sharing(said: &str) -> bool {
    SHARES_FOLDED.contains(said)
}

static GO_ON_FOLDED: LazyLock<HashSet<String>> = LazyLock::new(|| GO_ON.iter().map(|phrase| said(phrase)).collect());

static HEADINGS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let lists = [
        (OTHERS, "teaser"),
        (LETTERS, "newsletter-box"),
        (TALK, "comments"),
        (SHARING, "share-bar"),
    ];
    let phrases = lists
        .iter()
        .flat_map(|(list, kind)| list.iter().map(|phrase| (said(phrase), *kind)));
    phrases.collect()
});

/// What asks to go on reading another article.
const GO_ON: &[&str] = &[
    "lire la suite",
    "voir la suite",
    "la suite",
    "lire l'article",
    "lire l'edito",
    "lire l'editorial",
    "lire l'analyse",
    "lire la tribune",
    "decouvrir l'article",
    "read more",
    "continue reading",
    "read the rest",
    "read article",
    "read the article",
    "read full article",
    "read full story",
    "read the full story",
    "read the full article",
    "leer mas",
    "weiterlesen",
    "leggi tutto",
    "اقرأ المزيد",
    "تابع القراءة",
    "اقرأ أيضا",
];

/// Headings of lists of other articles.
const OTHERS: &[&str] = &[
    "a lire aussi",
    "lire aussi",
    "a lire egalement",
    "lire egalement",
    "a voir aussi",
    "voir aussi sur le site",
    "sur le meme sujet",
    "sur le meme theme",
    "dans la meme rubrique",
    "dans la meme categorie",
    "du meme auteur",
    "de la meme autrice",
    "articles lies",
    "articles similaires",
    "articles associes",
    "articles recents",
    "derniers articles",
    "dernieres actualites",
    "les plus lus",
    "les plus recents",
    "les articles les plus lus",
    "plus lus",
    "le dernier edito",
    "les dernieres analyses",
    "dernieres analyses",
    "nos derniers articles",
    "nos dernieres analyses",
    "pour aller plus loin sur le site",
    "recommande pour vous",
    "vous aimerez aussi",
    "vous aimerez peut-etre",
    "a la une",
    "a decouvrir",
    "a ne pas manquer",
    "lire la suite",
    "related",
    "related articles",
    "related posts",
    "related stories",
    "related content",
    "related topics",
    "read next",
    "read also",
    "also read",
    "read more",
    "more stories",
    "more articles",
    "more news",
    "more like this",
    "most read",
    "most popular",
    "most viewed",
    "latest news",
    "latest articles",
    "latest stories",
    "latest posts",
    "recent posts",
    "popular posts",
    "trending",
    "trending now",
    "recommended",
    "recommended for you",
    "recommended stories",
    "recommended articles",
    "you may also like",
    "you might also like",
    "you may like",
    "more in this section",
    "more on this story",
    "top stories",
    "editor's picks",
    "editors' picks",
    "don't miss",
    "up next",
    "what to read next",
    "keep reading",
    "further coverage",
    "from our partners",
    "around the web",
    "from the web",
    "promoted stories",
    "sponsored content",
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "مقالات ذات صلة",
    "مواضيع ذات صلة",
    "الأكثر قراءة",
    "أحدث المقالات",
    "آخر المقالات",
    "ذات صلة",
];

/// Headings of boxes that ask for an address of mail.
const LETTERS: &[&str] = &[
    "newsletter",
    "newsletters",
    "notre newsletter",
    "la newsletter",
    "lettre d'information",
    "notre lettre d'information",
    "infolettre",
    "abonnez-vous",
    "s'abonner",
    "abonnez-vous a notre newsletter",
    "inscrivez-vous a notre newsletter",
    "inscrivez-vous a la newsletter",
    "restez informe",
    "restez informes",
    "subscribe",
    "subscribe to our newsletter",
    "sign up for our newsletter",
    "sign up to our newsletter",
    "get our newsletter",
    "stay informed",
    "join our newsletter",
    "النشرة البريدية",
    "اشترك في النشرة البريدية",
    "اشترك في نشرتنا",
];

/// Headings of comments.
const TALK: &[&str] = &[
    "commentaires",
    "vos commentaires",
    "laisser un commentaire",
    "laissez un commentaire",
    "reagir",
    "reagir a cet article",
    "comments",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "join the conversation",
    "join the discussion",
    "التعليقات",
    "تعليقات",
];

/// Headings of share bars.
const SHARING: &[&str] = &[
    "partager",
    "partager cet article",
    "partagez",
    "partagez cet article",
    "share",
    "share this",
    "share this article",
    "share this post",
    "share this story",
    "شارك",
    "شارك المقال",
];

static STARTS_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| STARTS.iter().map(|phrase| said(phrase)).collect());

static LABELS_FOLDED: LazyLock<HashSet<String>> = LazyLock::new(|| LABELS.iter().map(|phrase| said(phrase)).collect());

static SHARES_FOLDED: LazyLock<HashSet<String>> = LazyLock::new(|| SHARES.iter().map(|phrase| said(phrase)).collect());

/// How lines begin that lead to other articles, when they are links for the most part.
const STARTS: &[&str] = &[
    "lire aussi",
    "a lire aussi",
    "lire egalement",
    "a lire egalement",
    "lire l'article",
    "voir aussi",
    "ecouter aussi",
    "a ecouter aussi",
    "a voir aussi",
    "lire la tribune",
    "lire notre",
    "lire l'enquete",
    "lire le decryptage",
    "article reserve",
    "read also",
    "also read",
    "read more",
    "read next",
    "see also",
    "related",
    "more on this",
    "more from",
    "don't miss",
    "recommended",
    "opinion read",
    "watch",
    "listen",
    "اقرا ايضا",
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "شاهد ايضا",
    "مقال ذو صله",
];

/// Labels of advertisements.
const LABELS: &[&str] = &[
    "publicite",
    "advertisement",
    "advertising",
    "ad",
    "sponsored",
    "la suite apres cette publicite",
    "continue reading below",
    "story continues below advertisement",
    "article continues below",
    "story continues below",
    "skip advertisement",
    "scroll to continue",
    "اعلان",
    "إعلان",
    "la suite apres la publicite",
];

/// Labels of what a reader may do with a page.
const SHARES: &[&str] = &[
    "partager",
    "partager cet article",
    "partagez cet article",
    "partager sur facebook",
    "partager sur twitter",
    "partager sur linkedin",
    "tweeter",
    "imprimer",
    "envoyer par mail",
    "envoyer par e-mail",
    "copier le lien",
    "lien copie",
    "enregistrer",
    "ecouter cet article",
    "ecouter l'article",
    "offrir l'article",
    "ajouter a vos selections",
    "reagir",
    "commenter",
    "share",
    "share this",
    "share this article",
    "share this story",
    "share on facebook",
    "share on twitter",
    "tweet",
    "email",
    "print",
    "print this article",
    "copy link",
    "link copied",
    "save",
    "save article",
    "listen to this article",
    "comment",
    "comments",
    "facebook",
    "twitter",
    "linkedin",
    "whatsapp",
    "pinterest",
    "like",
    "subscribe",
    "s'abonner",
    "se connecter",
    "sign in",
    "log in",
    "follow",
    "suivre",
    "gift this article",
    "un message, un commentaire",
    "repondre a cet article",
    "repondre",
    "شارك",
    "مشاركه",
];
