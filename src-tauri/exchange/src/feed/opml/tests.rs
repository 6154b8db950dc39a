#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- A comment -->
<opml version="2.0">
  <head>
    <title>Mes abonnements &amp; autres</title>
    <dateCreated>Thu, 26 Jun 2025 08:30:00 GMT</dateCreated>
    <ownerName>Anne Lévêque</ownerName>
  </head>
  <body>
    <outline text="Presse" title="Presse">
      <outline text="Éditos &lt;fr&gt;" type="rss" xmlUrl="https://exemple.fr/rss?a=1&amp;b=2" htmlUrl="https://exemple.fr/" category="/opinion,/fr" isComment="false"/>
      <outline text="Étranger">
        <outline text="رأي" title="رأي حر" type="atom" xmlUrl="feed://exemple.com/ar.xml" custom:x="é"></outline>
      </outline>
    </outline>
    <outline title="Sans texte" type="rss" xmlURL="feed:https://example.org/feed"/>
    <outline text="Piège" type="rss" xmlUrl="javascript:alert(1)" htmlUrl="data:text/html,x"/>
    <outline text="Ailleurs" type="include" url="https://exemple.fr/liste.opml"/>
    <outline xmlUrl="https://example.org/unnamed"/>
  </body>
</opml>"#;

#[test]
fn folders_feeds_and_attributes_are_read() {
    let (list, receipt) = read(LIST.as_bytes()).unwrap();
    assert_eq!(list.title.as_deref(), Some("Mes abonnements & autres"));
    assert_eq!(list.head.len(), 2);
    assert_eq!(list.head[1], ("ownerName".to_owned(), "Anne Lévêque".to_owned()));
    let feeds: Vec<(String, &str, &str)> = list
        .feeds()
        .into_iter()
        .map(|(folders, feed)| (folders.join("/"), feed.name.as_str(), feed.feed.as_deref().unwrap()))
        .collect();
    assert_eq!(
        feeds,
        [
            ("Presse".to_owned(), "Éditos <fr>", "https://exemple.fr/rss?a=1&b=2"),
            ("Presse/Étranger".to_owned(), "رأي", "https://exemple.com/ar.xml"),
            (String::new(), "Sans texte", "https://example.org/feed"),
            (
                String::new(),
                "https://example.org/unnamed",
                "https://example.org/unnamed"
            ),
        ]
    );
    let first = &list.outlines[0].outlines[0];
    assert_eq!(first.site.as_deref(), Some("https://exemple.fr/"));
    assert_eq!(first.attributes[0], ("category".to_owned(), "/opinion,/fr".to_owned()));
    let arabic = &list.outlines[0].outlines[1].outlines[0];
    assert_eq!(arabic.attributes.len(), 2);
    let left_out: Vec<(&str, &str)> = receipt
        .unsupported
        .iter()
        .map(|note| (note.kind.as_str(), note.detail.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        left_out,
        [
            ("address", "javascript:alert(1)"),
            ("address", "data:text/html,x"),
            ("inclusion", "https://exemple.fr/liste.opml"),
        ]
    );
    assert_eq!(receipt.degraded, []);
}

#[test]
fn what_was_read_is_written_and_read_again() {
    let (list, _) = read(LIST.as_bytes()).unwrap();
    let written = write(&list);
    let (again, receipt) = read(written.as_bytes()).unwrap();
    assert_eq!(again, list);
    assert_eq!(receipt.degraded, []);
    assert!(written.contains("xmlUrl=\"https://exemple.fr/rss?a=1&amp;b=2\""));
}

#[test]
fn broken_lists_give_what_is_in_them() {
    for (text, feeds) in [
        (
            "<opml><body><outline text=a xmlUrl=https://a.fr/rss><outline text=b xmlUrl=https://b.fr/rss>",
            2,
        ),
        (
            "<OPML><BODY></outline><OUTLINE TEXT='a' XMLURL='https://a.fr/rss'></BODY></OPML>",
            1,
        ),
        (
            "<opml version='1.0'><outline text='a & b' xmlUrl='https://a.fr/?a=1&b=2'/>",
            1,
        ),
        (
            "<!DOCTYPE opml [<!ENTITY x 'y'>]><opml><body><outline text='&x;' xmlUrl='https://a.fr/'/></body></opml>",
            1,
        ),
        ("<opml/>", 0),
    ] {
        let (list, _) = read(text.as_bytes()).unwrap();
        assert_eq!(list.feeds().len(), feeds, "{text}");
        assert_eq!(read(write(&list).as_bytes()).unwrap().0, list);
    }
    for text in ["", "<rss/>", "opml", "{}"] {
        assert_eq!(read(text.as_bytes()).err(), Some(OpmlError::NotOpml), "{text}");
    }
}

#[test]
fn hostile_lists_are_bounded() {
    let deep = format!("<opml><body>{}", "<outline text='x'>".repeat(90_000));
    let (list, _) = read(deep.as_bytes()).unwrap();
    assert!(write(&list).len() > 90_000);
    let (_, receipt) = read(format!("<opml>{}", "<outline/>".repeat(200_000)).as_bytes()).unwrap();
    assert_eq!(receipt.degraded[0].kind, "outlines-too-many");
    assert_eq!(read(&vec![b' '; MOST_BYTES + 1]).err(), Some(OpmlError::TooLarge));
}

fn outlines() -> impl Strategy<Value = Vec<Outline>> {
    let leaf = (
        "[\\PC&&[^\u{7f}-\u{9f}]]{1,12}",
        "[a-z]{1,8}",
        prop::collection::vec(("x[a-z]{1,5}", "\\PC{0,8}"), 0..3),
    )
        .prop_map(|(name, path, attributes)| Outline {
            name: name.trim().to_owned(),
            feed: Some(format!("https://exemple.fr/{path}")),
            site: None,
            attributes: attributes
                .into_iter()
                .map(|(name, value)| {
                    (
                        name,
                        value
                            .trim()
                            .chars()
                            .filter(|character| !character.is_control())
                            .collect::<String>()
                            .trim()
                            .to_owned(),
                    )
                })
                .collect(),
            outlines: Vec::new(),
        });
    let tree = leaf.prop_recursive(3, 20, 4, |inner| {
        ("[a-zé&<\"]{1,8}", prop::collection::vec(inner, 0..4)).prop_map(|(name, outlines)| Outline {
            name,
            outlines,
            ..Outline::default()
        })
    });
    prop::collection::vec(tree, 0..5)
}

proptest! {
    #[test]
    fn any_list_is_written_and_read_again(mut outlines in outlines(), title in "[\\PC&&[^\u{7f}-\u{9f}]]{0,10}") {
        for outline in &mut outlines {
            if outline.name.is_empty() {
                outline.name = "x".into();
            }
        }
        outlines.retain(|outline| !outline.outlines.iter().any(|inner| inner.name.is_empty()));
        let title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        let list = Subscriptions { title, head: Vec::new(), outlines };
        prop_assume!(list.feeds().iter().all(|(_, feed)| !feed.name.is_empty()));
        let (again, _) = read(write(&list).as_bytes()).unwrap();
        prop_assert_eq!(again, list);
    }
}
