//! Feeds: asked, asked again, moved, gone; judged by rules; kept.

use edito_exchange::Place;
use edito_exchange::feed::opml;
use edito_exchange::feed::rules::Action;
use edito_web::FetchErrorKind;
use edito_web::feeds::subscription::{self, subscribe, subscriptions};
use edito_web::feeds::{Change, ItemQuery, ProblemKind, Schedule, discover, read_list, rules};
use std::sync::atomic::AtomicBool;

use crate::server::{Answer, Server};
use crate::{Desk, rule};

fn feed(title: &str, items: &[(&str, &str)]) -> Answer {
    let items: String = items
        .iter()
        .map(|(name, text)| {
            format!(
                "<item><guid>{name}</guid><title>{name}</title><link>/{}</link><author>Ada</author>\
                 <pubDate>Wed, 25 Jun 2025 08:00:00 GMT</pubDate><description>{}</description></item>",
                name.replace(' ', "-"),
                text.replace('&', "&amp;").replace('<', "&lt;")
            )
        })
        .collect();
    let text =
        format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title>{items}</channel></rss>");
    Answer::new(200, "application/rss+xml", text)
}

fn titles(desk: &Desk, query: &ItemQuery) -> Vec<String> {
    let (_, items) = desk.feeds.items(&desk.library, query, 0, 100).unwrap();
    let mut titles: Vec<String> = items.into_iter().filter_map(|item| item.item.title).collect();
    titles.sort();
    titles
}

fn all(desk: &Desk) -> Vec<String> {
    titles(desk, &ItemQuery::default())
}

fn numbers(desk: &Desk, title: &str) -> Vec<i64> {
    let (_, items) = desk.feeds.items(&desk.library, &ItemQuery::default(), 0, 100).unwrap();
    let named = items
        .into_iter()
        .filter(|item| item.item.title.as_deref() == Some(title));
    named.map(|item| item.number).collect()
}

#[test]
fn asked_again_there_are_no_doubles_and_nothing_is_sent_twice() {
    let (desk, server) = (Desk::new(), Server::new());
    let first = feed("Revue", &[("un", "<p>Un <b>texte</b>.</p>"), ("deux", "Deux.")]);
    server.set("/rss", first.clone().with("etag", "\"1\""));
    let id = subscribe(&desk.library, &server.url("/rss"), None, &["Revues".into()]).unwrap();
    assert_eq!(subscribe(&desk.library, &server.url("/rss/"), None, &[]).unwrap(), id);
    let came = desk.refresh();
    assert_eq!((came.asked, came.new, came.failed), (1, 2, 0));
    let unread = numbers(&desk, "un");
    desk.feeds.mark_read(&unread, true).unwrap();
    assert_eq!(desk.refresh().new, 0);
    let heard = server.heard();
    assert!(heard[1].to_lowercase().contains("if-none-match: \"1\""), "{heard:?}");
    // Another state of it: one item is new, one has another text, and what was read stays so.
    server.set(
        "/rss",
        feed("Revue", &[("trois", "Trois."), ("un", "Autre.")]).with("etag", "\"2\""),
    );
    assert_eq!(desk.refresh().new, 1);
    assert_eq!(all(&desk), ["deux", "trois", "un"]);
    let item = desk.feeds.item(unread[0]).unwrap();
    assert_eq!((item.body.trim(), item.read), ("Autre.", true));
    let desk = desk.again();
    assert_eq!(all(&desk), ["deux", "trois", "un"]);
    let known = &desk.feeds.feeds(&desk.library).unwrap()[0];
    assert_eq!((known.name.as_str(), known.counts.unread), ("Revue", 2));
    assert_eq!(known.subscription.folder, ["Revues"]);
    assert_eq!(desk.files().len(), 0, "nothing enters the library by itself");
}

#[test]
fn each_feed_tells_its_own_trouble() {
    let (desk, server) = (Desk::new(), Server::new());
    server.set("/good", feed("Bonne", &[("un", "x")]));
    server.set(
        "/page",
        Answer::new(200, "text/html", "<!doctype html><title>x</title>"),
    );
    server.set("/text", Answer::new(200, "text/plain", "rien"));
    for (path, status) in [("/gone", 410), ("/secret", 401), ("/busy", 429), ("/down", 500)] {
        server.set(path, Answer::new(status, "text/plain", ""));
    }
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
                <!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><title>&b;&x;</title><item><title>ok &b;</title></item></channel></rss>";
    server.set("/bomb", Answer::new(200, "text/xml", bomb));
    let paths = [
        "/good", "/page", "/text", "/gone", "/secret", "/busy", "/down", "/missing", "/bomb",
    ];
    for path in paths {
        subscribe(&desk.library, &server.url(path), None, &[]).unwrap();
    }
    let came = desk.refresh();
    assert_eq!((came.asked, came.failed), (paths.len(), 7));
    let trouble = |path: &str| {
        let feeds = desk.feeds.feeds(&desk.library).unwrap();
        let feed = feeds
            .into_iter()
            .find(|feed| feed.subscription.address.ends_with(path))
            .unwrap();
        feed.problem.map(|problem| problem.kind)
    };
    for (path, kind) in [
        ("/good", None),
        ("/bomb", None),
        ("/page", Some(ProblemKind::Page)),
        ("/text", Some(ProblemKind::NotAFeed)),
        ("/gone", Some(ProblemKind::Gone)),
        ("/secret", Some(ProblemKind::Forbidden)),
        ("/busy", Some(ProblemKind::Wait)),
        ("/down", Some(ProblemKind::Server)),
        ("/missing", Some(ProblemKind::NotFound)),
    ] {
        assert_eq!(trouble(path), kind, "{path}");
    }
    // Nothing was expanded, and nothing opened.
    assert!(
        !all(&desk)
            .iter()
            .any(|title| title.contains("root:") || title.len() > 100)
    );
    // It works again when it does.
    server.set("/down", feed("Revenue", &[("deux", "x")]));
    desk.refresh();
    assert_eq!(trouble("/down"), None);
    // What is gone, and what wants to be left alone, is asked again only when its reader asks for it.
    assert_eq!(
        (server.asked("/gone"), server.asked("/busy"), server.asked("/missing")),
        (1, 1, 2)
    );
    let gone = subscriptions(&desk.library)
        .into_iter()
        .find(|feed| feed.address.ends_with("/gone"))
        .unwrap();
    server.set("/gone", feed("De retour", &[]));
    desk.feeds.refresh(&desk.library, Some(&[gone.id]), &|_| {}).unwrap();
    assert_eq!(trouble("/gone"), None);
}

#[test]
fn a_feed_that_moved_is_followed_and_one_on_this_machine_is_refused() {
    let (desk, server) = (Desk::new(), Server::new());
    server.set("/old", Answer::new(301, "text/plain", "").with("location", "/new"));
    server.set("/new", feed("Revue", &[("un", "x")]));
    server.set("/soon", Answer::new(302, "text/plain", "").with("location", "/new"));
    let old = subscribe(&desk.library, &server.url("/old"), None, &[]).unwrap();
    let soon = subscribe(&desk.library, &server.url("/soon"), None, &[]).unwrap();
    desk.refresh();
    let address = |id| {
        subscriptions(&desk.library)
            .into_iter()
            .find(|feed| feed.id == id)
            .unwrap()
            .address
    };
    assert_eq!((address(old), address(soon)), (server.url("/new"), server.url("/soon")));
    desk.refresh();
    assert_eq!(server.asked("/old"), 1);
    let strict = Desk::allowing(false);
    subscribe(&strict.library, &server.url("/new"), None, &[]).unwrap();
    let before = server.heard().len();
    strict.refresh();
    let problem = strict.feeds.feeds(&strict.library).unwrap()[0].problem.clone().unwrap();
    assert_eq!(problem.kind, ProblemKind::Fetch(FetchErrorKind::Local));
    assert_eq!(server.heard().len(), before);
}

#[test]
fn rules_mute_tag_and_keep_and_say_why() {
    let (desk, server) = (Desk::new(), Server::new());
    server.set(
        "/rss",
        feed(
            "Revue",
            &[
                ("le foot", "x"),
                ("la loi climat", "y"),
                ("édito", "<p>Un.</p>"),
                ("foot et loi", "z"),
            ],
        ),
    );
    subscribe(&desk.library, &server.url("/rss"), None, &[]).unwrap();
    let mute = rules::set_rule(&desk.library, None, &rule("foot", Action::Mute))
        .unwrap()
        .unwrap();
    rules::set_rule(&desk.library, None, &rule("LOI", Action::Tag("droit".into())))
        .unwrap()
        .unwrap();
    rules::set_rule(&desk.library, None, &rule("edito", Action::Keep))
        .unwrap()
        .unwrap();
    let came = desk.refresh();
    assert_eq!((came.new, came.muted, came.kept), (2, 2, 1));
    assert_eq!(all(&desk), ["la loi climat", "édito"]);
    let muted = ItemQuery {
        muted: true,
        ..ItemQuery::default()
    };
    assert_eq!(titles(&desk, &muted), ["foot et loi", "le foot"]);
    let (_, items) = desk.feeds.items(&desk.library, &muted, 0, 10).unwrap();
    assert!(
        items
            .iter()
            .all(|item| item.reasons.contains(&mute.to_string()) && item.reasons.contains("foot"))
    );
    let law = desk.feeds.item(numbers(&desk, "la loi climat")[0]).unwrap();
    assert_eq!(law.tags, ["droit"]);
    assert_eq!(desk.files().len(), 1, "the rule put one into the library");
    // Once: asked again it is not kept again, also when it was thrown away.
    assert_eq!((desk.refresh().kept, desk.files().len()), (0, 1));
    rules::remove_rule(&desk.library, mute).unwrap();
    desk.feeds.judge_again(&desk.library).unwrap();
    assert_eq!(all(&desk).len(), 4);
    // An expression that would take for ever elsewhere takes no time here; one that is none is refused.
    let slow = edito_exchange::feed::rules::Rule {
        when: edito_exchange::feed::rules::When::Regex("(a+)+c$".into()),
        ..rule("", Action::Mute)
    };
    rules::set_rule(&desk.library, None, &slow).unwrap().unwrap();
    server.set("/rss", feed("Revue", &[("long", &format!("{}b", "a".repeat(200_000)))]));
    assert_eq!(desk.refresh().new, 1);
    assert!(
        rules::set_rule(&desk.library, None, &rule("  ", Action::Mute))
            .unwrap()
            .is_err()
    );
}

#[test]
fn what_is_kept_is_an_article_with_its_images() {
    let (desk, server) = (Desk::new(), Server::new());
    let html = "<p>Le <b>port</b> <img src='/i.png' alt='port'> <a href='JaVaScRiPt:x'>ici</a> <a href='/suite'>suite</a>\
                <script>x</script><img src='/pixel.gif' width=1 height=1></p>";
    server.set("/rss", feed("Revue", &[("les marées", html)]));
    server.set(
        "/i.png",
        Answer::new(
            200,
            "image/png",
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"[..],
        ),
    );
    subscribe(&desk.library, &server.url("/rss"), None, &[]).unwrap();
    desk.refresh();
    assert_eq!(
        (server.asked("/i.png"), server.asked("/pixel.gif")),
        (0, 0),
        "no image is asked for in feeds"
    );
    let number = numbers(&desk, "les marées")[0];
    let (kept, changes) = desk.feeds.keep(&desk.library, &[number], Place::Later).unwrap();
    assert_eq!((changes.new.len(), kept[0].known), (1, false));
    let [(_, text)] = &desk.files()[..] else {
        panic!("{:?}", desk.files())
    };
    assert!(
        text.contains("title: les marées") && text.contains("Le **port**"),
        "{text}"
    );
    assert!(
        text.contains(&server.url("/suite")) && !text.to_lowercase().contains("javascript"),
        "{text}"
    );
    assert!(text.contains("Ada") && text.contains("2025-06-25"), "{text}");
    assert_eq!(server.asked("/i.png"), 1);
    let row = desk.library.row(&kept[0].article).unwrap().unwrap();
    assert_eq!(row.place, edito_library::Place::Later);
    let item = desk.feeds.item(number).unwrap();
    assert_eq!(
        (item.kept.as_deref(), item.read),
        (Some(kept[0].article.as_str()), true)
    );
    // Kept again, it is only put elsewhere.
    let (again, _) = desk.feeds.keep(&desk.library, &[number], Place::Library).unwrap();
    assert_eq!(
        (again[0].article.clone(), desk.files().len()),
        (kept[0].article.clone(), 1)
    );
    assert_eq!(
        desk.library.row(&kept[0].article).unwrap().unwrap().place,
        edito_library::Place::Library
    );
}

#[test]
fn the_whole_text_is_fetched_where_its_reader_wants_it() {
    let (desk, server) = (Desk::new(), Server::new());
    server.set("/rss", feed("Revue", &[("les marées", "Le début…")]));
    let long = "Le port garde sa propre horloge, et la lune n’y peut rien. ".repeat(20);
    server.set("/les-marées", Answer::default());
    let page =
        format!("<html><body><article><h1>les marées</h1><p>Le début. {long}</p><p>{long}</p></article></body></html>");
    server.set("/les-mar%C3%A9es", Answer::new(200, "text/html; charset=utf-8", page));
    let id = subscribe(&desk.library, &server.url("/rss"), None, &[]).unwrap();
    desk.refresh();
    let number = numbers(&desk, "les marées")[0];
    assert_eq!(server.asked("/les-mar%C3%A9es"), 0);
    let on = Change {
        full_text: Some(true),
        ..Change::default()
    };
    subscription::change(&desk.library, id, on).unwrap();
    desk.refresh();
    let item = desk.feeds.item(number).unwrap();
    assert!(item.full && item.body.contains("horloge"), "{}", item.body);
    desk.refresh();
    assert_eq!(server.asked("/les-mar%C3%A9es"), 1, "each page is asked for once");
}

#[test]
fn nothing_is_asked_before_its_time() {
    let (desk, server) = (Desk::new(), Server::new());
    server.set("/rss", feed("Revue", &[("un", "x")]));
    let id = subscribe(&desk.library, &server.url("/rss"), None, &[]).unwrap();
    assert!(
        desk.feeds.refresh_due(&desk.library, &|_| {}).unwrap().is_none(),
        "off by default"
    );
    desk.feeds.set_schedule(None, Some(Schedule::HalfHour)).unwrap();
    assert_eq!(desk.feeds.refresh_due(&desk.library, &|_| {}).unwrap().unwrap().new, 1);
    assert!(
        desk.feeds.refresh_due(&desk.library, &|_| {}).unwrap().is_none(),
        "it was just asked"
    );
    let desk = desk.again();
    assert_eq!(desk.feeds.schedule().unwrap(), Schedule::HalfHour);
    desk.feeds.set_schedule(Some(id), Some(Schedule::Never)).unwrap();
    assert_eq!(
        desk.feeds.feeds(&desk.library).unwrap()[0].schedule,
        Some(Schedule::Never)
    );
    assert_eq!(server.heard().len(), 1);
}

#[test]
fn a_list_of_feeds_goes_out_and_comes_in() {
    let desk = Desk::new();
    let list = r#"<opml version="2.0"><body><outline text="Revues"><outline text="Politique">
        <outline text="La Revue &amp; Cie" xmlUrl="https://r.example/rss" htmlUrl="https://r.example/"/></outline></outline>
        <outline text="Seule" xmlUrl="https://s.example/feed"/><outline text="x" xmlUrl="javascript:x"/></body></opml>"#;
    // A file is read by the other process.
    let file = desk.folder.path().join("flux.opml");
    let read = |file: &std::path::Path| read_list(desk.feeds.reader(), file, &AtomicBool::new(false));
    assert_eq!(read(&file).unwrap_err().kind, ProblemKind::NotFound);
    std::fs::write(&file, "words").unwrap();
    assert_eq!(read(&file).unwrap_err().kind, ProblemKind::NotAFeed);
    std::fs::write(&file, list).unwrap();
    let list = read(&file).unwrap();
    assert_eq!(subscription::subscribe_to_all(&desk.library, &list).unwrap().len(), 2);
    assert_eq!(subscription::subscribe_to_all(&desk.library, &list).unwrap().len(), 0);
    let out = subscription::as_list(&subscriptions(&desk.library), "Flux", |feed| {
        feed.title.clone().unwrap_or_default()
    });
    let written = opml::write(&out);
    let other = Desk::new();
    let (read, _) = opml::read(written.as_bytes()).unwrap();
    subscription::subscribe_to_all(&other.library, &read).unwrap();
    assert_eq!(subscriptions(&other.library), subscriptions(&desk.library));
    assert_eq!(
        subscriptions(&other.library)
            .iter()
            .map(|feed| feed.folder.join("/"))
            .max()
            .unwrap(),
        "Revues/Politique"
    );
    // Taken away and brought back, it is what it was.
    let before = subscriptions(&desk.library);
    for on in [false, true] {
        subscription::change(
            &desk.library,
            before[0].id,
            Change {
                on: Some(on),
                ..Change::default()
            },
        )
        .unwrap();
    }
    assert_eq!(subscriptions(&desk.library), before);
}

#[test]
fn feeds_are_found_from_a_page() {
    let (desk, server) = (Desk::new(), Server::new());
    server.set("/", Answer::new(200, "text/html", "<html><head><link rel=alternate type=application/rss+xml href=/rss title=x>\
        <link rel=alternate type=application/rss+xml href=/comments title='comments'><link rel=alternate type=application/atom+xml href=/dead></head></html>"));
    server.set("/rss", feed("Revue", &[("un", "x")]));
    server.set("/comments", feed("Avis", &[]));
    server.set("/bare", Answer::new(200, "text/html", "<html><body>x</body></html>"));
    server.set("/feed.xml", feed("Usuelle", &[]));
    let find = |path: &str| {
        discover(
            desk.feeds.reader(),
            &desk.feeds.web(),
            &server.url(path),
            &AtomicBool::new(false),
        )
    };
    let found = find("/").unwrap();
    let names: Vec<_> = found
        .iter()
        .map(|one| (one.title.as_deref().unwrap(), one.items, one.comments))
        .collect();
    assert_eq!(names, [("Revue", 1, false), ("Avis", 0, true)]);
    assert_eq!(find("/rss").unwrap()[0].newest.as_deref(), Some("un"));
    assert_eq!(find("/bare").unwrap()[0].title.as_deref(), Some("Usuelle"));
    assert_eq!(find("/nothing").unwrap_err().kind, ProblemKind::NotFound);
    server.set("/feed.xml", Answer::new(404, "text/plain", ""));
    assert_eq!(find("/bare").unwrap_err().kind, ProblemKind::NotAFeed);
}

#[test]
fn what_the_library_has_lies_where_its_reader_keeps_it_and_a_rule_moves_nothing() {
    let (desk, server) = (Desk::new(), Server::new());
    let text = "<p>Une phrase de la tribune, avec assez de mots pour que ce soit un texte.</p>".repeat(8);
    server.set("/rss", feed("Revue", &[("un", &text)]));
    server.set("/other", feed("Autre", &[("un", &text)]));
    subscribe(&desk.library, &server.url("/rss"), None, &[]).unwrap();
    desk.refresh();
    let number = numbers(&desk, "un")[0];
    let (kept, _) = desk.feeds.keep(&desk.library, &[number], Place::Archive).unwrap();
    let article = kept[0].article.clone();
    let place = || desk.library.row(&article).unwrap().unwrap().place;
    assert_eq!(place(), edito_library::Place::Archive);
    // The same article comes with another feed, and a rule keeps it.
    let rule_for_it = rules::set_rule(&desk.library, None, &rule("tribune", Action::Keep))
        .unwrap()
        .unwrap();
    subscribe(&desk.library, &server.url("/other"), None, &[]).unwrap();
    assert_eq!(desk.refresh().kept, 1);
    assert_eq!((desk.files().len(), place()), (1, edito_library::Place::Archive));
    rules::remove_rule(&desk.library, rule_for_it).unwrap();
    // A third brings it, and its reader keeps it for later.
    server.set("/third", feed("Tierce", &[("un", &text)]));
    subscribe(&desk.library, &server.url("/third"), None, &[]).unwrap();
    desk.refresh();
    let fresh: Vec<i64> = numbers(&desk, "un")
        .into_iter()
        .filter(|number| desk.feeds.item(*number).unwrap().kept.is_none())
        .collect();
    let (kept, changes) = desk.feeds.keep(&desk.library, &fresh, Place::Later).unwrap();
    assert!(kept[0].known && kept[0].article == article);
    assert_eq!((desk.files().len(), place()), (1, edito_library::Place::Later));
    assert!(changes.updated.contains(&article));
}
