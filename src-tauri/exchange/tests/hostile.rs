//! Pages made to harm: what is dangerous is gone, the rest is there, and nothing takes long or asks for anything.
//! (Times decide nothing here; whatever is not bounded would not end within the test's patience.)

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;

use edito_exchange::{Error, PageHints, Piece, Receipt, read_fragment, read_page};
use edito_prose::{Lang, LinkTarget, RenderContext};

const WORDS: &str = "<p>The harbour was closed for a week, and nobody could say who had closed it, or why, or for whom. \
    There were boats in it, and in the boats there were people who had been told to wait.</p>\
    <p>On the eighth day somebody opened a gate, and the boats went out, one after the other, without a word.</p>";

fn read(html: &str) -> (Piece, Receipt) {
    let hints = PageHints {
        url: Some("https://site.example/a/b.html"),
        charset: None,
        name: Some("a.html"),
    };
    read_page(html.as_bytes(), hints).unwrap()
}

fn page(inside: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><title>The gate</title><body><article><h1>The gate</h1>{WORDS}{inside}{WORDS}</article></body></html>"
    )
}

fn rendered(body: &str) -> String {
    edito_prose::render(
        &format!("---\ntitle: x\n---\n{body}"),
        &RenderContext {
            lang: Lang::En,
            typography: false,
            resolve_link: &|_, _| LinkTarget::Missing,
            resolve_image: &|target| Some(target.to_owned()),
            footnote_label: "",
            citations: None,
        },
    )
}

/// What may come out of no page, read, written and read again.
fn assert_inert(piece: &Piece) {
    let written = &piece.body;
    let page = rendered(written);
    let again = read_fragment(&page, None, &mut Receipt::new(""));
    for html in [&page, &rendered(&again.body)] {
        let html = html.to_lowercase();
        for (_, address) in html
            .match_indices("href=\"")
            .map(|(at, mark)| html.split_at(at + mark.len()))
        {
            assert!(
                ["https://", "http://", "mailto:", "#"]
                    .iter()
                    .any(|scheme| address.starts_with(scheme)),
                "{html}"
            );
        }
        assert!(!html.contains("class=\"refused\""), "{html}");
        for refused in [
            "<script",
            "<svg",
            "<iframe",
            "<style",
            "<form",
            "<input type=\"text",
            "<math",
            " onload=\"",
            "href=\"javascript",
            "src=\"http",
            "src=\"data",
            "class=\"raw\"",
        ] {
            assert!(!html.contains(refused), "{refused} in {html}");
        }
    }
    for image in &piece.images {
        assert!(
            image
                .url
                .as_deref()
                .is_none_or(|url| url.starts_with("https://") || url.starts_with("http://")),
            "{image:?}"
        );
    }
    assert!(
        piece.url.as_deref().is_none_or(|url| url.starts_with("http")),
        "{:?}",
        piece.url
    );
    assert!(
        piece.body.contains("The harbour was closed") && piece.body.contains("without a word"),
        "{}",
        piece.body
    );
}

#[test]
fn active_parts_are_dropped_and_the_words_around_them_kept() {
    for inside in [
        // 1
        "<script>alert(1)</script><img src=x onerror=alert(1)><body onload=alert(1)>",
        "<svg onload=alert(1)><script>alert(1)</script><text>x</text></svg>",
        "<p onclick='alert(1)'>clicked</p><details open ontoggle=alert(1)>d</details>",
        // 3
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></table></mtext></math>",
        "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s><set attributeName=onmouseover to=alert(1)></svg>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'></svg>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)></style></mglyph></form></mtext></math>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt;</p>",
        "<p title='`<script>alert(1)</script>`'>t</p><pre>```\n<script>alert(1)</script>\n```</pre>",
        // 4, 5, 6
        "<a href='JaVaScRiPt:alert(1)'>a</a> <a href='&#106;avascript:alert(1)'>b</a> <a href='java\tscript:alert(1)'>c</a> <a href='\u{1}javascript:alert(1)'>d</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>a</a> <a href='vbscript:x'>b</a>",
        "<a href='file:///etc/passwd'>a</a> <a href='smb://h/s'>b</a> <a href='\\\\h\\s'>c</a> <a href='tauri://localhost'>d</a> <a href='edito:x'>e</a>",
        "<a href='https://site.example](javascript:alert(1))'>a</a> <a href='x) [y](javascript:alert(1)'>b</a>",
        "<a href=https://x.example/>](javascript:alert(1))</a> <p>[x](javascript:alert\\(1\\)) ![y](file:///etc/passwd)</p>",
        // 8, 9
        "<style>@import url(https://evil.example/a.css); p { background: url(https://evil.example/b) }</style><p style='background:url(https://evil.example/c)'>s</p>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'><base href='https://evil.example/'><link rel=preload href=https://evil.example/d as=image>",
        "<img src=https://evil.example/p.gif width=1 height=1><img srcset='https://evil.example/q.gif 1x' width=0>",
        // 10
        "<form action=https://evil.example><input name=a><label for=root>x</label><button>Send</button></form><a id=__proto__ name=location>k</a>",
        // 11
        "<iframe src='tauri://localhost/'></iframe><iframe src='ipc://x'></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe><object data='asset://x'></object><embed src='file:///x'>",
        "<iframe src='https://evil.example/frame'></iframe><video src='file:///x.mp4'></video><audio><source src='javascript:x'></audio>",
        // what only preparing a page may say
        "<p data-edito-skip>s</p><sup data-edito-note=7>7</sup><img data-edito-image=0 src=x><code data-edito-tex='`<script>'>t</code>",
        "<img src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>'><img src='data:text/html,<script>alert(1)</script>'>",
        "<template><img src=x onerror=alert(1)></template><plaintext-x><xmp><script>alert(1)</script></xmp>",
    ] {
        let (piece, _) = read(&page(inside));
        assert_inert(&piece);
        assert!(piece.images.iter().all(|image| image.bytes.is_empty()), "{inside}");
        // The same from a feed, or pasted.
        let fragment = read_fragment(
            &format!("{WORDS}{inside}"),
            Some("https://site.example/"),
            &mut Receipt::new(""),
        );
        assert_inert(&Piece {
            body: fragment.body,
            images: fragment.images,
            ..Piece::default()
        });
    }
}

#[test]
fn a_base_from_a_stranger_leads_no_link_into_the_machine() {
    let html = page("<p><a href='etc/passwd'>in the text, a link that stays somewhere</a></p>")
        .replace("<title>", "<base href='file:///'><title>");
    let (piece, _) = read(&html);
    assert_inert(&piece);
    let metadata = page("").replace(
        "<title>",
        "<link rel=canonical href='javascript:alert(1)'><meta property=og:url content='file:///etc/passwd'>\
         <script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"<script>x\",\"url\":\"data:text/html,x\",\"author\":{\"name\":\"<img src=x onerror=alert(1)>\"}}</script><title>",
    );
    let (piece, _) = read(&metadata);
    assert_inert(&piece);
    assert_eq!(piece.url.as_deref(), Some("https://site.example/a/b.html"));
    let told = serde_json::to_string(&piece).unwrap();
    assert!(!told.contains("onerror"), "{told}");
}

#[test]
fn images_are_judged_by_their_header() {
    // 24
    let mut huge = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
    huge.extend(60_000u32.to_be_bytes());
    huge.extend(60_000u32.to_be_bytes());
    huge.extend(b"\x08\x02\x00\x00\x00\x00\x00\x00\x00");
    let encoded: String = huge.iter().fold(String::new(), |mut text, byte| {
        write!(text, "%{byte:02X}").unwrap();
        text
    });
    let (piece, receipt) = read(&page(&format!(
        "<p><img src='data:image/png,{encoded}{}'></p>",
        "%00".repeat(300)
    )));
    assert!(piece.images.is_empty());
    assert!(
        receipt.unsupported.iter().any(|note| note.kind == "image-too-large"),
        "{receipt:?}"
    );
}

#[test]
fn depth_attributes_and_numbers_have_bounds() {
    let many: String = (0..800_000).fold(String::new(), |mut text, n| {
        write!(text, " a{n}=1").unwrap();
        text
    });
    let spaces: String = (0..100_000).fold(String::new(), |mut text, n| {
        write!(text, " xmlns:n{n}='u{n}'").unwrap();
        text
    });
    for html in [
        // 20
        page(&format!("<p{many}>attributes</p>")),
        page("").replace("<html", &format!("<html{spaces}")),
        page(&format!(
            "<script type='application/ld+json'>{}</script>",
            "{\"@graph\":[".repeat(100_000)
        )),
        // 25
        format!("{}{}", page(""), "<div>".repeat(100_000)),
        format!("{}{}", page(""), "<div>".repeat(500 * 1024 / 5)),
        page(&"<b>".repeat(100_000)),
        page(&"<blockquote>".repeat(450)),
        page(&"<ul><li>".repeat(220)),
        page(&"<table><tr><td>".repeat(120)),
        page(&(0..30_000).map(|n| format!("<p><font size={n}>x")).collect::<String>()),
        // Long lists of what is looked at one by one.
        page(&"<p>x</p>".repeat(60_000)),
        page(&"<br>".repeat(100_000)),
        page(&"<a href=#n>1</a><p id=n>".repeat(8_000)),
        page(
            &(0..8_000)
                .map(|n| format!("<sup><a href=#n{n} id=r{n}>{n}</a></sup>"))
                .collect::<String>(),
        ),
        page(&format!(
            "<ol>{}</ol>",
            (0..6_000)
                .map(|n| format!("<li id=n{n}>x <a href=#r{n}>^</a>"))
                .collect::<String>()
        )),
        page(&"<div class='share newsletter related'><h2>Related</h2>".repeat(80)),
        page(&"<h2>Related</h2><p><a href=/x>Read more</a>".repeat(6_000)),
        page(&"<div class=related><a href=/x>x</a>".repeat(480)),
        page(&format!("<p>{}</p>", "[".repeat(200_000))),
        page(&format!("<p>{}</p>", "[a".repeat(100_000))),
        page(&format!("<p>{}</p>", "*a ".repeat(100_000))),
        page(&format!("<p>{}</p>", "<b>a</b>b<i>«</i>".repeat(20_000))),
        page(&format!("<p>{}</p>", "http://x.example/".repeat(20_000))),
        page(&format!(
            "<table>{}</table>",
            "<tr><td rowspan=60000 colspan=1000>x</td></tr>".repeat(2_000)
        )),
        page(&format!("<img srcset='{}'>", "a 1x,".repeat(100_000))),
        page(&"<form><input type=email></form>".repeat(5_000)),
        page(&"<noscript><img src=x></noscript>".repeat(10_000)),
        page(&"<time>12 March 2024</time>".repeat(20_000)),
        page(&"<span class='byline author date'>By A B</span>".repeat(10_000)),
        page(&"<!-- SingleFile url: x -->".repeat(50_000)),
    ] {
        let started = std::time::Instant::now();
        let (piece, _) = read(&html);
        assert!(piece.body.contains("The harbour was closed"), "{}…", &html[..300]);
        if std::env::var_os("EDITO_HOSTILE_TIMES").is_some() {
            let sample: String = html.chars().skip(400).take(60).collect();
            println!(
                "{:.3} s  {} bytes  {sample}",
                started.elapsed().as_secs_f64(),
                html.len()
            );
        }
    }
}

#[test]
fn what_is_no_page_is_refused_in_words() {
    let read = |bytes: &[u8]| read_page(bytes, PageHints::default()).map(|_| ());
    assert_eq!(read(b""), Err(Error::Empty));
    assert_eq!(read(b"   \n"), Err(Error::Empty));
    assert_eq!(read(b"<html><body></body></html>"), Err(Error::Empty));
    assert_eq!(read(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"), Err(Error::WrongFormat));
    assert_eq!(read(b"%PDF-1.7\0\0\0"), Err(Error::WrongFormat));
}

#[test]
fn a_web_archive_gives_its_page_with_its_images() {
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGM4YeAMRwxEcgCrtQ6BpA4TzQAAAABJRU5ErkJggg==";
    let archive = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://site.example/a/b.html\r\nSubject: =?utf-8?Q?La=20porte?=\r\nDate: Tue, 12 Mar 2024 08:30:00 +0100\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"----B\"\r\n\r\n\
         ------B\r\nContent-Type: text/html\r\nContent-ID: <f@mhtml>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://site.example/a/b.html\r\n\r\n\
         <html><head><meta charset=3D\"utf-8\"></head><body><article><h1>La porte =C3=A9troite</h1>{}<p><img src=3D\"../img/a.png\" alt=3D\"La porte\"><img src=3D\"cid:x@mhtml\"></p>\
         <p><img src=3D\"https://elsewhere.example/c.png\"></p></article></body></html>\r\n\
         ------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://site.example/img/a.png\r\n\r\n{png}\r\n\
         ------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <x@mhtml>\r\n\r\n{png}\r\n\
         ------B--\r\n",
        WORDS.replace('=', "=3D")
    );
    let (piece, receipt) = read_page(archive.as_bytes(), PageHints::default()).unwrap();
    assert_eq!(piece.title.as_deref(), Some("La porte étroite"));
    assert_eq!(piece.url.as_deref(), Some("https://site.example/a/b.html"));
    assert_eq!(piece.captured.unwrap().to_string(), "2024-03-12T07:30:00Z");
    // The same bytes under two addresses are one image.
    assert_eq!(piece.images.len(), 2, "{}", piece.body);
    assert_eq!(piece.images[0].name.as_deref(), Some("a.png"));
    assert!(!piece.images[0].bytes.is_empty() && piece.images[1].bytes.is_empty());
    assert!(receipt.degraded.iter().any(|note| note.kind == "remote-image"));
    assert_eq!(piece.capture.unwrap().ending, "mhtml");
}
