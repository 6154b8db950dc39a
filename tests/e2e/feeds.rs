//! Feeds: a list comes in, they are asked, a rule mutes, one is kept; a page is captured by its address.

use std::fs;

use fantoccini::key::Key;

use crate::by_folder::{bytes_of, write_article};
use crate::server::{Answer, Server};
use crate::window::Desk;

#[tokio::test]
async fn journey_feeds_opml_refresh_rule_keep_and_a_capture() {
    let server = Server::new();
    let item = |title: &str, text: &str| {
        format!(
            "<item><guid>{title}</guid><title>{title}</title><link>/{}</link><description>{text}</description></item>",
            title.replace(' ', "-")
        )
    };
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>The Harbour Review</title>{}{}{}</channel></rss>",
        item(
            "The Tide Tables",
            "&lt;p&gt;The harbour keeps its &lt;b&gt;own&lt;/b&gt; clock. &lt;img src='/pixel.gif' alt='a pixel'&gt;&lt;/p&gt;"
        ),
        item("Football on the Quay", "Nobody won."),
        item("A River in Court", "The river was called as a witness."),
    );
    server.set(
        "/rss",
        Answer::new(200, "application/rss+xml", feed).with("etag", "\"1\""),
    );
    let words = "The long bridge was long, and nobody who crossed it had asked how long it was. ".repeat(14);
    server.set(
        "/bridge",
        Answer::new(200, "text/html", format!("<html><head><title>The Long Bridge</title></head><body><article><h1>The Long Bridge</h1><p>{words}</p><p>{words}</p></article></body></html>")),
    );
    let desk = Desk::new();
    let folder = desk.path("library");
    fs::create_dir_all(&folder).expect("a folder");
    write_article(&folder, "first.md", "# First\n\nAlready here.\n");
    let list = desk.path("feeds.opml");
    let opml = format!(
        "<opml version=\"2.0\"><body><outline text=\"Reviews\"><outline text=\"Harbour\" xmlUrl=\"{}\"/></outline></body></opml>",
        server.url("/rss")
    );
    fs::write(&list, opml).expect("a list");
    let window = desk.open_choosing(&[folder.to_str().expect("a path")], &list).await;
    window.get("option", "First").await;

    // Nothing is there yet, and the view says what to do.
    window.click("button", "Feeds, nothing unread").await;
    window.shows("No feed yet").await;
    window.screenshot("feeds-empty").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "no feeds");

    // The list of another program; its feed is on this machine, which is not asked.
    window.click("button", "Import a list of feeds").await;
    window.click("button", "Harbour").await;
    window.shows("leads to this computer or its network").await;
    assert_eq!(server.heard().len(), 0, "nobody was asked");
    window.screenshot("feeds-refused").await;

    // Unless its reader allows it.
    window.click("button", "More about feeds").await;
    window.click("menuitem", "When feeds are asked").await;
    window.click("checkbox", "Also ask addresses of this computer").await;
    window.screenshot("feeds-times").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "when feeds are asked");
    window.click("button", "Save").await;
    window.click("button", "Refresh all feeds").await;
    window.get("option", "The Tide Tables").await;
    window.get("button", "Feeds, 3 unread items").await;

    // A rule mutes, and says why.
    window.click("button", "More about feeds").await;
    window.click("menuitem", "Rules for feeds").await;
    window.type_into("textbox", "Words", "football").await;
    window.click("button", "Make the rule").await;
    window.get("list", "Rules").await;
    window.screenshot("feeds-rules").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "rules");
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window.click("button", "Muted, 1 item").await;
    window.get("option", "Muted because of “football”").await;
    window.click("button", "Feeds, 2 unread items").await;

    // One is read: Edito's own page, and nothing is asked for.
    window.click("option", "The Tide Tables").await;
    window.get("heading", "The Tide Tables").await;
    window.shows("The harbour keeps its own clock").await;
    window.screenshot("feeds").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "an item");
    window.run("document.documentElement.dataset.theme = 'night'").await;
    window.screenshot("feeds-night").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "an item at night");
    window.run("document.documentElement.dataset.theme = 'paper'").await;
    assert_eq!(server.asked("/pixel.gif"), 0);

    // Kept with one key: a file of its own.
    let files = || bytes_of(&folder).len();
    assert_eq!(files(), 1, "nothing entered by itself");
    window.press(&[], "b").await;
    window.shows("is in the library").await;
    window
        .until("the item is an article in a file", async || {
            bytes_of(&folder)
                .values()
                .any(|bytes| String::from_utf8_lossy(bytes).contains("The harbour keeps its **own** clock"))
        })
        .await;
    window.click("button", "Open in the library").await;
    window.get("region", "Text of the article").await;

    // A page, by its address.
    window.press(&[Key::Control, Key::Shift], "u").await;
    window
        .type_into("textbox", "Address of the page", &server.url("/bridge"))
        .await;
    window.screenshot("capture").await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "capturing");
    window.click("button", "Capture").await;
    window.get("heading", "The Long Bridge").await;
    window.shows("nobody who crossed it").await;
    window.click("button", "Inbox, 1 article").await;
    window.get("option", "The Long Bridge").await;
    window.close().await;
}
