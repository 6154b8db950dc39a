//! Pages captured by their address.

use std::sync::atomic::AtomicBool;

use edito_library::{Place, Taken};
use edito_web::capture::CaptureError;
use edito_web::{Captured, FetchErrorKind, capture};

use crate::Desk;
use crate::server::{Answer, Server};

fn page(text: &str) -> Answer {
    let filler = "Le port garde sa propre horloge, et personne ne demande l’avis de la lune. ".repeat(12);
    let html = format!(
        "<!doctype html><html lang=fr><head><title>Les marées</title><meta charset=utf-8>\
         <link rel=canonical href='https://autre-site.example/vole'></head><body><nav>menu</nav><article>\
         <h1>Les marées</h1><p>{text}</p><p>{filler}</p><figure><img src=/a.png alt='Le port'></figure>\
         <p><img src=/nope.png alt='absente'> {filler}</p><img src=http://169.254.169.254/secret.png alt=piège>\
         <script>fetch('/tracked')</script><img src=/pixel.gif width=1 height=1></article></body></html>"
    );
    Answer::new(200, "text/html; charset=utf-8", html)
}

fn png() -> Answer {
    // One point, white.
    const PNG: &[u8] = &[
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1,
        8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0,
        1, 1, 1, 0, 0x1b, 0xb6, 0xee, 0x56, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
    ];
    Answer::new(200, "image/png", PNG)
}

fn captured(desk: &Desk, address: &str) -> Result<Captured, CaptureError> {
    let never = AtomicBool::new(false);
    capture(&desk.library, desk.feeds.reader(), &desk.feeds.web(), address, &never)
}

#[test]
fn a_page_comes_in_with_its_images_and_what_it_was_read_from() {
    let (desk, server) = (Desk::new(), Server::new());
    server.set("/marees", page("Un premier état."));
    server.set("/a.png", png());
    let came = captured(&desk, &server.url("/marees?utm_source=x")).err();
    assert!(matches!(came, Some(CaptureError::Status(404))), "{came:?}");
    let came = captured(&desk, &server.url("/marees")).unwrap();
    assert_eq!((came.outcome, came.title.as_str()), (Taken::Created, "Les marées"));
    assert!(came.images.0 >= 2 && came.images.1 >= 1, "{:?}", came.images);
    let [(path, text)] = &desk.files()[..] else {
        panic!("{:?}", desk.files())
    };
    assert!(text.contains("Un premier état.") && !text.contains("fetch("), "{text}");
    // Another site's address is not taken over.
    assert!(
        text.contains(&server.url("/marees")) && !text.contains("autre-site"),
        "{text}"
    );
    let image = text
        .split("![Le port](")
        .nth(1)
        .and_then(|rest| rest.split(')').next())
        .unwrap();
    assert!(
        path.parent().unwrap().join(image.replace("%20", " ")).is_file(),
        "{image}"
    );
    let row = desk.library.row(&came.article).unwrap().unwrap();
    assert_eq!(row.place, Place::Inbox);
    let captures = desk.library.root().join(".edito/captures").join(came.article.as_str());
    assert_eq!(std::fs::read_dir(captures).unwrap().count(), 1);
    // Nothing but the page and its images was asked for.
    assert_eq!((server.asked("/tracked"), server.asked("/a.png")), (0, 1));
}

#[test]
fn captured_again_the_former_text_is_a_version() {
    let (desk, server) = (Desk::new(), Server::new());
    server.set("/marees", page("Un premier état."));
    let first = captured(&desk, &server.url("/marees")).unwrap();
    assert_eq!(
        captured(&desk, &server.url("/marees#suite")).unwrap().article,
        first.article
    );
    server.set("/marees", page("Un second état, tout autre."));
    let second = captured(&desk, &server.url("/marees")).unwrap();
    assert_eq!((second.outcome, &second.article), (Taken::Recaptured, &first.article));
    let [(_, text)] = &desk.files()[..] else {
        panic!("{:?}", desk.files())
    };
    assert!(text.contains("Un second état"));
    let versions = desk.library.versions(&first.article).unwrap();
    assert!(!versions.is_empty());
    // One that fails changes nothing.
    server.set("/marees", Answer::new(500, "text/html", "<p>down"));
    assert!(captured(&desk, &server.url("/marees")).is_err());
    assert_eq!(&desk.files()[0].1, text);
}

#[test]
fn what_is_refused_is_told() {
    let (desk, server) = (Desk::new(), Server::new());
    server.set(
        "/feed",
        Answer::new(
            200,
            "application/rss+xml",
            "<rss><channel><title>x</title></channel></rss>",
        ),
    );
    server.set("/film", Answer::new(200, "video/mp4", "xxxx"));
    server.set("/pdf", Answer::new(200, "application/octet-stream", "%PDF-1.7"));
    server.set(
        "/blank",
        Answer::new(200, "text/html", "<html><body><div id=app></div></body></html>"),
    );
    let why = |path: &str| captured(&desk, &server.url(path)).unwrap_err();
    assert!(matches!(why("/feed"), CaptureError::Feed(_)));
    assert!(matches!(why("/film"), CaptureError::NotAPage(kind) if kind == "video/mp4"));
    assert!(matches!(why("/pdf"), CaptureError::NotAPage(_)));
    assert!(matches!(why("/blank"), CaptureError::Empty));
    assert!(matches!(why("/nowhere"), CaptureError::Status(404)));
    let strict = Desk::allowing(false);
    let before = server.heard().len();
    for (address, kind) in [
        (server.url("/feed"), FetchErrorKind::Local),
        ("http://[::ffff:127.0.0.1]/".into(), FetchErrorKind::Local),
        ("http://localhost".into(), FetchErrorKind::Local),
        ("javascript:x".into(), FetchErrorKind::NotWeb),
    ] {
        let error = captured(&strict, &address).unwrap_err();
        assert!(
            matches!(&error, CaptureError::Fetch(error) if error.kind == kind),
            "{address}: {error}"
        );
    }
    assert_eq!(server.heard().len(), before);
    assert_eq!((desk.files().len(), strict.files().len()), (0, 0));
}

#[test]
fn the_server_may_say_how_a_page_is_written() {
    let (desk, server) = (Desk::new(), Server::new());
    // Greek letters in an old character set, of which the page itself says nothing.
    let sentence = "Η θάλασσα θυμάται ό,τι ξεχνούν οι άνθρωποι. ".repeat(20);
    let html = format!("<!doctype html><title>Θάλασσα</title><article><h1>Θάλασσα</h1><p>{sentence}</p></article>");
    let (bytes, ..) = encoding_rs::ISO_8859_7.encode(&html);
    server.set(
        "/page",
        Answer::new(200, "text/html; charset=ISO-8859-7", bytes.into_owned()),
    );
    let came = captured(&desk, &server.url("/page")).unwrap();
    assert_eq!(came.title, "Θάλασσα");
    assert!(desk.files()[0].1.contains("ό,τι ξεχνούν"), "{:?}", desk.files());
}
