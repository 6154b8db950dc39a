//! What a file says of feeds, as pieces: a feed and its items, whose foreign HTML becomes Markdown like any other, the
//! feeds of a page, a list of feeds.

use edito_prose::ArticleDate;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use url::Url;

use super::opml::{self, OpmlError};
use super::text::plain;
use super::{FeedError, Item, Origin, discovery, read};
use crate::decode::decode_markup;
use crate::piece::{OfFeed, Piece, Place, State};
use crate::source::{Read, Task, Wanted};
use crate::{Receipt, read_fragment};

/// The pieces of a feed: the feed itself, then its items; or the one piece that carries what else was wanted.
pub(crate) struct FeedPieces {
    pieces: std::vec::IntoIter<OfFeed>,
    site: Option<String>,
    /// What concerns the feed.
    pub(crate) receipt: Receipt,
}

/// Opens a feed, or what is read for feeds; or the kind of failure: `too-large`, `page`, `not-a-feed`, `format`.
pub(crate) fn pieces(bytes: &[u8], task: &Task) -> Result<FeedPieces, &'static str> {
    let (url, charset) = (task.address.as_deref(), task.charset.as_deref());
    match task.wanted {
        Wanted::Texts | Wanted::Feed => of_feed(bytes, &Origin { url, charset }),
        Wanted::Smaller => Err("format"),
        Wanted::FeedsOfPage => {
            let page = url.and_then(|url| Url::parse(url).ok()).ok_or("format")?;
            let html = decode_markup(bytes, charset).text;
            let candidates = discovery::of_page(&html, &page);
            Ok(FeedPieces::one(OfFeed::Candidates(candidates), Receipt::default()))
        }
        Wanted::ListOfFeeds => {
            let (list, receipt) = opml::read(bytes).map_err(|error| match error {
                OpmlError::TooLarge => "too-large",
                OpmlError::NotOpml => "format",
            })?;
            Ok(FeedPieces::one(OfFeed::List(list), receipt))
        }
    }
}

fn of_feed(bytes: &[u8], origin: &Origin<'_>) -> Result<FeedPieces, &'static str> {
    let (mut feed, receipt) = read(bytes, origin).map_err(|error| match error {
        FeedError::TooLarge => "too-large",
        FeedError::Page => "page",
        FeedError::NotAFeed => "not-a-feed",
    })?;
    let items = std::mem::take(&mut feed.items);
    let site = feed.title.clone();
    let pieces: Vec<OfFeed> = std::iter::once(OfFeed::Feed(feed))
        .chain(items.into_iter().map(OfFeed::Item))
        .collect();
    Ok(FeedPieces {
        pieces: pieces.into_iter(),
        site,
        receipt,
    })
}

impl FeedPieces {
    fn one(carried: OfFeed, receipt: Receipt) -> FeedPieces {
        FeedPieces {
            pieces: vec![carried].into_iter(),
            site: None,
            receipt,
        }
    }

    /// The next one.
    pub(crate) fn step(&mut self, skip: bool) -> Option<Read> {
        let part = self.pieces.next()?;
        if skip {
            return Some(Read::default());
        }
        let mut receipt = Receipt::default();
        let piece = match part {
            OfFeed::Item(item) => piece(item, self.site.clone(), &mut receipt),
            carried => Piece {
                of_feed: Some(Box::new(carried)),
                ..Piece::default()
            },
        };
        Some(Read {
            piece: Some(piece),
            receipt,
        })
    }
}

/// An item of the feed of a site as a piece, but for its text.
pub fn feed_piece(item: Item, site: Option<String>) -> Piece {
    Piece {
        title: item.title.clone(),
        teaser: teaser(&item),
        authors: item.authors.clone(),
        tags: item.tags.clone(),
        published: item.published.map(date),
        updated: item
            .updated
            .filter(|updated| Some(*updated) != item.published)
            .map(date),
        lang: item.lang.clone(),
        url: item.url.clone(),
        site,
        state: State {
            place: Some(Place::Feed),
            ..State::default()
        },
        of_feed: Some(Box::new(OfFeed::Item(item))),
        ..Piece::default()
    }
}

fn piece(item: Item, site: Option<String>, receipt: &mut Receipt) -> Piece {
    let base = item.base.as_deref().or(item.url.as_deref());
    let html = item.content.as_deref().or(item.summary.as_deref()).unwrap_or_default();
    let text = read_fragment(html, base, receipt);
    Piece {
        body: text.body,
        images: text.images,
        ..feed_piece(item, site)
    }
}

/// What announces the item, when it is not only the beginning of its text.
fn teaser(item: &Item) -> Option<String> {
    const LONGEST: usize = 500;
    let summary = plain(item.summary.as_deref()?)?;
    let content = plain(item.content.as_deref()?)?;
    let begins = content.starts_with(summary.trim_end_matches(['…', '.', ']', '[', ' ']));
    (!begins && summary.chars().count() <= LONGEST).then_some(summary)
}

fn date(time: Timestamp) -> ArticleDate {
    let zoned = time.to_zoned(TimeZone::UTC);
    ArticleDate {
        date: zoned.date(),
        time: Some(zoned.time().round(jiff::Unit::Second).unwrap_or(zoned.time())),
        offset: Some(Offset::UTC),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::{NoAttachments, Pieces};

    const FEED: &str = r#"<rss version="2.0"><channel><title>Revue</title><link>https://r.fr/</link>
        <item><guid>1</guid><title>Un</title><link>/un</link><pubDate>Wed, 25 Jun 2025 08:00:00 GMT</pubDate>
        <description>&lt;p onclick="x()"&gt;Du &lt;b&gt;texte&lt;/b&gt; &lt;a href="javascript:x"&gt;ici&lt;/a&gt;
        &lt;img src="/i.png" alt="i"&gt;&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;</description></item>
        <item><guid>2</guid><title>Deux</title></item></channel></rss>"#;

    fn of(wanted: Wanted, charset: Option<&str>, bytes: &[u8]) -> (Vec<Piece>, Receipt) {
        let mut beside = NoAttachments;
        let task = Task {
            wanted,
            address: Some("https://r.fr/rss".into()),
            charset: charset.map(str::to_owned),
        };
        let mut pieces = Pieces::of("a.xml", &[], bytes, &mut beside, &task);
        let read: Vec<Piece> = pieces.by_ref().filter_map(|read| read.piece).collect();
        (read, pieces.receipt())
    }

    #[test]
    fn a_feed_comes_before_its_items() {
        let (pieces, _) = of(Wanted::Feed, None, FEED.as_bytes());
        let [feed, one, two] = pieces.as_slice() else {
            panic!("{pieces:?}")
        };
        let Some(OfFeed::Feed(feed)) = feed.of_feed.as_deref() else {
            panic!("{feed:?}")
        };
        assert_eq!((feed.title.as_deref(), feed.items.len()), (Some("Revue"), 0));
        assert_eq!(one.url.as_deref(), Some("https://r.fr/un"));
        assert_eq!(one.published.as_ref().unwrap().to_string(), "2025-06-25T08:00:00Z");
        assert_eq!(one.site.as_deref(), Some("Revue"));
        assert_eq!(one.body, "Du **texte** ici\n\n![i](edito-image:0)\n");
        assert_eq!(one.images[0].url.as_deref(), Some("https://r.fr/i.png"));
        assert_eq!(one.state.place, Some(Place::Feed));
        assert_eq!((two.title.as_deref(), two.body.as_str()), (Some("Deux"), ""));
    }

    #[test]
    fn the_server_may_name_the_character_set() {
        let latin: Vec<u8> = "<rss><channel><item><title>été</title></item></channel></rss>"
            .chars()
            .map(|character| character as u8)
            .collect();
        let (pieces, _) = of(Wanted::Feed, Some("iso-8859-1"), &latin);
        assert_eq!(pieces[1].title.as_deref(), Some("été"));
    }

    #[test]
    fn what_is_no_feed_is_told() {
        for (bytes, kind) in [("<!doctype html><p>x", "page"), ("nothing", "not-a-feed")] {
            let (pieces, receipt) = of(Wanted::Feed, None, bytes.as_bytes());
            assert_eq!((pieces.len(), receipt.failed[0].kind.as_str()), (0, kind));
        }
        // One that is only handed in stays what it was.
        let (pieces, receipt) = of(Wanted::Texts, None, FEED.as_bytes());
        assert_eq!((pieces.len(), receipt.unsupported[0].kind.as_str()), (0, "feed"));
    }

    #[test]
    fn a_page_is_read_for_its_feeds_and_a_list_for_its_own() {
        let page = r#"<link rel="alternate" type="application/rss+xml" href="/fil" title="Fil">"#;
        let (pieces, _) = of(Wanted::FeedsOfPage, None, page.as_bytes());
        let Some(OfFeed::Candidates(found)) = pieces[0].of_feed.as_deref() else {
            panic!("{pieces:?}")
        };
        assert_eq!(
            (found[0].url.as_str(), found[0].title.as_deref()),
            ("https://r.fr/fil", Some("Fil"))
        );
        let list = r#"<opml><body><outline text="Revue" xmlUrl="https://r.fr/rss"/></body></opml>"#;
        let (pieces, _) = of(Wanted::ListOfFeeds, None, list.as_bytes());
        let Some(OfFeed::List(list)) = pieces[0].of_feed.as_deref() else {
            panic!("{pieces:?}")
        };
        assert_eq!(list.outlines[0].feed.as_deref(), Some("https://r.fr/rss"));
        let (pieces, receipt) = of(Wanted::ListOfFeeds, None, b"nothing");
        assert_eq!((pieces.len(), receipt.failed[0].kind.as_str()), (0, "format"));
    }
}
