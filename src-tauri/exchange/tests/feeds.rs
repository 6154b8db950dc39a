//! Feeds: those written for Edito in `feeds/own`, and the shared corpus where there is one.
//!
//! Beside each stands what must come out, read by a person before it was committed. `EDITO_UPDATE_EXPECTED=1` writes
//! what comes out. Content is told by its beginning, its end and its length.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use edito_exchange::feed::{self, Feed, FeedError, Origin};
use edito_exchange::{Note, Receipt};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn own_feeds_are_read() {
    compare(&own(), &folder().join("own"));
}

#[test]
fn the_corpus_is_read() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/feeds");
    if !corpus.is_dir() {
        println!("skipped: there is no corpus of feeds at {}", corpus.display());
        return;
    }
    let mut feeds = Vec::new();
    for kind in ["atom", "jsonfeed", "rss0", "rss1", "rss2", "xml"] {
        feeds.extend(files(&corpus.join(kind), &["xml", "json"]));
    }
    assert!(feeds.len() > 60);
    compare(&feeds, &folder().join("corpus"));
}

#[test]
fn what_is_no_feed_is_told_from_pages() {
    for (bytes, error) in [
        ("", FeedError::NotAFeed),
        (" \n ", FeedError::NotAFeed),
        ("title,url\n", FeedError::NotAFeed),
        ("<opml version=\"2.0\"><body/></opml>", FeedError::NotAFeed),
        ("{\"version\": \"1.0\"}", FeedError::NotAFeed),
        ("{", FeedError::NotAFeed),
        ("<!DOCTYPE html><html><body>Une page</body></html>", FeedError::Page),
        ("<html lang=fr>", FeedError::Page),
    ] {
        assert_eq!(
            feed::read(bytes.as_bytes(), &Origin::default()).err(),
            Some(error),
            "{bytes}"
        );
    }
    assert_eq!(
        feed::read(&vec![b' '; feed::MOST_BYTES + 1], &Origin::default()).err(),
        Some(FeedError::TooLarge)
    );
}

#[test]
fn entities_are_never_expanded() {
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">");
    for level in 1..10 {
        bomb += &format!("<!ENTITY lol{level} \"{}\">", format!("&lol{};", level - 1).repeat(10));
    }
    bomb += "<!ENTITY file SYSTEM \"file:///etc/passwd\"><!ENTITY % remote SYSTEM \"http://127.0.0.1:9/x.dtd\"> %remote;]>\
             <rss version=\"2.0\"><channel><title>&lol9;</title><item><title>A &file; b</title>\
             <description>&lol9;&lol9;</description></item></channel></rss>";
    let (feed, _) = feed::read(bomb.as_bytes(), &Origin::default()).unwrap();
    assert_eq!(feed.title.as_deref(), Some("&lol9;"));
    assert_eq!(feed.items[0].title.as_deref(), Some("A &file; b"));
    assert_eq!(feed.items[0].content.as_deref(), Some("&lol9;&lol9;"));
}

#[test]
fn hostile_sizes_are_bounded() {
    let attributes: String = (0..800_000).map(|index| format!(" a{index}='x'")).collect();
    let namespaces: String = (0..100_000)
        .map(|index| format!(" xmlns:n{index}='urn:{index}'"))
        .collect();
    let deep = format!("{}text{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    for body in [
        format!("<item><title{attributes}>Titre</title></item>"),
        format!("<item{namespaces}><title>Titre</title></item>"),
        format!("<item><title>Titre</title><description>{deep}</description></item>"),
        format!(
            "<item><title>Titre</title><description>{}</description></item>",
            "<div>".repeat(100_000)
        ),
        format!("<item><title>Titre</title>{}</item>", "</x>".repeat(200_000)),
        format!(
            "<item><title>Titre</title>{}</item>",
            "<category>x</category>".repeat(100_000)
        ),
        format!(
            "<item><title>Titre</title>{}</item>",
            "<enclosure url='http://x/a'/>".repeat(100_000)
        ),
    ] {
        let rss = format!("<rss version='2.0'><channel>{body}<item><title>Après</title></item></channel></rss>");
        let (feed, _) = feed::read(rss.as_bytes(), &Origin::default()).unwrap();
        let titles: Vec<&str> = feed.items.iter().filter_map(|item| item.title.as_deref()).collect();
        assert_eq!(titles, ["Titre", "Après"]);
        assert!(feed.items[0].tags.len() <= 64 && feed.items[0].enclosures.len() <= 64);
    }
    let many = format!(
        "<rss version='2.0'><channel>{}</channel></rss>",
        (0..12_000)
            .map(|index| format!("<item><title>{index}</title></item>"))
            .collect::<String>()
    );
    let (feed, receipt) = feed::read(many.as_bytes(), &Origin::default()).unwrap();
    assert_eq!(feed.items.len(), feed::MOST_ITEMS);
    assert!(receipt.degraded.iter().any(|note| note.kind == "items-too-many"));
}

#[test]
fn an_item_costs_no_other() {
    let whole = "<rss version='2.0'><channel><title>T</title>\
                 <item><title>Un</title><guid>1</guid></item>\
                 <item><title>Deux</title><guid>2</guid><pubDate>jamais</pubDate><link>javascript:alert(1)</link></item>\
                 <item><title>Trois <guid>3</guid>\
                 <item><title>Quatre & cinq</title><guid>4</guid></item>\
                 <item></item>\
                 <item><title>Six</title><guid>6</guid></item></channel></rss>";
    let (feed, receipt) = feed::read(whole.as_bytes(), &Origin::default()).unwrap();
    let guids: Vec<&str> = feed.items.iter().map(|item| item.guid.as_str()).collect();
    assert_eq!(guids.len(), 5, "{guids:?}");
    assert_eq!((guids[0], guids[1], guids[3], guids[4]), ("1", "2", "4", "6"));
    assert_eq!(feed.items[1].url, None);
    assert_eq!(feed.items[3].title.as_deref(), Some("Quatre & cinq"));
    let kinds: Vec<&str> = receipt.degraded.iter().map(|note| note.kind.as_str()).collect();
    for kind in ["date", "address", "markup", "item-empty"] {
        assert!(kinds.contains(&kind), "{kind} is not in {kinds:?}");
    }
    // Cut anywhere, what was whole before stays.
    for end in 0..whole.len() {
        if let Ok((cut, _)) = feed::read(&whole.as_bytes()[..end], &Origin::default()) {
            assert!(cut.items.len() <= feed.items.len());
            let complete = whole[..end].matches("</item>").count();
            assert!(cut.items.len() + 1 >= complete.min(2), "{end}");
        }
    }
}

#[test]
fn a_guid_is_the_same_at_every_reading() {
    let rss = "<rss version='2.0'><channel><item><title>A</title><description>x</description></item>\
               <item><title>B</title><description>y</description></item></channel></rss>";
    let guids = |rss: &str| -> Vec<String> {
        let (feed, _) = feed::read(rss.as_bytes(), &Origin::default()).unwrap();
        feed.items.into_iter().map(|item| item.guid).collect()
    };
    let first = guids(rss);
    assert_eq!(first, guids(rss));
    assert_eq!(first.len(), 2);
    assert_ne!(first[0], first[1]);
    // What came later stands before; the others keep theirs.
    let later = rss.replace("<channel>", "<channel><item><title>C</title></item>");
    assert_eq!(guids(&later)[1..], first);
}

proptest! {
    #[test]
    fn any_markup_is_survived(parts in prop::collection::vec(prop::sample::select(vec![
        "<rss version='2.0'>", "</rss>", "<channel>", "</channel>", "<item>", "</item>", "<title>", "</title>",
        "<link>http://x.fr/a</link>", "<description>", "</description>", "<![CDATA[", "]]>", "<b>", "</b>", "&amp;", "&",
        "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "<content type='xhtml'>", "</content>",
        "<author>", "<name>", "texte", "<!--", "-->", "<?x ?>", "é", "<guid>1</guid>", "<rdf:RDF>", "\u{0}",
    ]), 0..40)) {
        let text = parts.concat();
        for root in ["", "<rss><channel>", "<feed>"] {
            let text = format!("{root}{text}");
            if let Ok((feed, _)) = feed::read(text.as_bytes(), &Origin::default()) {
                let mut guids: Vec<&str> = feed.items.iter().map(|item| item.guid.as_str()).collect();
                prop_assert!(guids.iter().all(|guid| !guid.is_empty()));
                guids.sort_unstable();
                guids.dedup();
                prop_assert_eq!(guids.len(), feed.items.len());
            }
        }
    }

    #[test]
    fn what_was_written_is_read_back(items in prop::collection::vec(("[\\PC&&[^\u{7f}-\u{9f}]]{1,20}", "[a-z]{1,8}", 0_i64..4_000_000_000), 1..6)) {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        // A title is HTML once it has been read from its XML.
        let item = |(index, (title, path, seconds)): (usize, &(String, String, i64))| {
            let date = jiff::Timestamp::from_second(*seconds).unwrap();
            format!(
                "<item><title>{}</title><link>/{path}?i={index}</link><pubDate>{}</pubDate></item>",
                escape(&escape(title)),
                jiff::fmt::rfc2822::to_string(&date.to_zoned(jiff::tz::TimeZone::UTC)).unwrap()
            )
        };
        let items_written: String = items.iter().enumerate().map(item).collect();
        let rss = format!("<rss version='2.0'><channel>{items_written}</channel></rss>");
        let origin = Origin { url: Some("https://exemple.fr/rss"), charset: None };
        let (feed, receipt) = feed::read(rss.as_bytes(), &origin).unwrap();
        prop_assert_eq!(receipt.degraded.len(), 0);
        prop_assert_eq!(feed.items.len(), items.len());
        for (index, (item, (title, path, seconds))) in feed.items.iter().zip(&items).enumerate() {
            let squeezed = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeezed(item.title.as_deref().unwrap_or_default()), squeezed(title));
            let address = format!("https://exemple.fr/{path}?i={index}");
            prop_assert_eq!(item.url.as_deref(), Some(address.as_str()));
            prop_assert_eq!(item.published.map(jiff::Timestamp::as_second), Some(*seconds));
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/feeds")
}

fn own() -> Vec<PathBuf> {
    let own = files(&folder().join("own"), &["xml", "rss", "atom", "jsonfeed"]);
    assert!(own.len() > 8);
    own
}

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|ending| endings.iter().any(|known| ending == *known))
        })
        .collect();
    files.sort();
    files
}

fn compare(feeds: &[PathBuf], expected: &Path) {
    let mut wrong = Vec::new();
    for path in feeds {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(path).unwrap();
        // Feeds of one's own are said to come from somewhere; those of the corpus have lost their addresses.
        let origin = Origin {
            url: path.starts_with(folder()).then_some("https://exemple.fr/flux/rss.xml"),
            charset: None,
        };
        let got = match feed::read(&bytes, &origin) {
            Ok((feed, receipt)) => told(&feed, &receipt),
            Err(error) => json!({ "error": format!("{error:?}") }),
        };
        let path = expected.join(format!("{name}.expected.json"));
        if std::env::var_os("EDITO_UPDATE_EXPECTED").is_some() {
            fs::create_dir_all(expected).unwrap();
            fs::write(&path, format!("{got:#}\n")).unwrap();
        }
        let known: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap_or_default()).unwrap_or_default();
        if got != known {
            wrong.push(format!("{name}: {got:#}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A feed, short enough to be read by people.
fn told(feed: &Feed, receipt: &Receipt) -> Value {
    let mut value = serde_json::to_value(feed).unwrap();
    for item in value["items"].as_array_mut().unwrap() {
        for part in ["summary", "content"] {
            let Some(text) = item[part].as_str() else { continue };
            let length = text.chars().count();
            if length > 200 {
                let head: String = text.chars().take(80).collect();
                let tail: String = text.chars().skip(length - 60).collect();
                item[part] = format!("{head} … ({length}) … {tail}").into();
            }
        }
        let names = item["authors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|author| author["name"].clone());
        item["authors"] = names.collect();
    }
    let odd = receipt.degraded.iter().chain(&receipt.failed).map(|note: &Note| {
        let detail = note
            .detail
            .as_ref()
            .map(|detail| format!(" ({detail})"))
            .unwrap_or_default();
        format!("{}{detail}", note.kind)
    });
    value["odd"] = odd.collect::<Vec<_>>().join(", ").into();
    compact(value)
}

fn compact(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .map(|(key, value)| (key, compact(value)))
            .filter(|(_, value)| {
                !(value.is_null()
                    || value.as_str().is_some_and(str::is_empty)
                    || value.as_array().is_some_and(Vec::is_empty))
            })
            .collect(),
        Value::Array(list) => list.into_iter().map(compact).collect(),
        other => other,
    }
}
