//! Requests against a server on loopback, and addresses that are never asked.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod secure;

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

/// A server that answers each request by what a function writes.
struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(answer: impl Fn(&str, &TcpStream) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let (heard, answer) = (requests.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (heard, answer) = (heard.clone(), answer.clone());
                std::thread::spawn(move || {
                    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                    let mut head = String::new();
                    while let Some(Ok(line)) = lines.next()
                        && !line.is_empty()
                    {
                        head.push_str(&line);
                        head.push('\n');
                    }
                    heard.lock().unwrap().push(head.clone());
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    answer(&path, &stream);
                });
            }
        });
        Server { address, requests }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn heard(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

trait Say {
    fn put(&self, bytes: &[u8]) -> bool;

    fn say(&self, head: &str, body: &[u8]) {
        self.put(format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes());
        self.put(body);
    }
}

impl Say for TcpStream {
    fn put(&self, bytes: &[u8]) -> bool {
        let mut stream = self;
        stream.write_all(bytes).is_ok()
    }
}

fn local() -> Web {
    Web {
        longest: Duration::from_secs(10),
        ..Web::new(Allow::Local)
    }
}

fn get(web: &Web, address: &str) -> Result<Fetched, FetchErrorKind> {
    web.get(address, &[], &AtomicBool::new(false))
        .map_err(|error| error.kind)
}

#[test]
fn this_machine_and_its_network_are_not_asked_in_any_notation() {
    let server = Server::new(|_, stream| stream.say("200 OK", b"secret"));
    let port = server.address.port();
    let web = Web::new(Allow::Web);
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0177.0.0.01",
        "127.000.000.001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "printer.local",
        "router",
        "%31%32%37.0.0.1",
        "127。0。0。1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "100.64.0.1",
        "[fd00::1]",
    ] {
        let address = format!("http://{host}:{port}/");
        assert_eq!(get(&web, &address).unwrap_err(), FetchErrorKind::Local, "{address}");
    }
    for (address, kind) in [
        ("http://0.0.0.0/", FetchErrorKind::Forbidden),
        ("http://169.254.169.254/latest/meta-data/", FetchErrorKind::Forbidden),
        ("http://[fe80::1]/", FetchErrorKind::Forbidden),
        ("http://255.255.255.255/", FetchErrorKind::Forbidden),
        ("http://example.org:25/", FetchErrorKind::Forbidden),
        ("http://user:password@example.org/", FetchErrorKind::Forbidden),
        ("file:///etc/passwd", FetchErrorKind::NotWeb),
        ("gopher://example.org/", FetchErrorKind::NotWeb),
        ("JaVaScRiPt:alert(1)", FetchErrorKind::NotWeb),
        ("data:text/html,x", FetchErrorKind::NotWeb),
        ("not an address", FetchErrorKind::NotWeb),
    ] {
        assert_eq!(get(&web, address).unwrap_err(), kind, "{address}");
    }
    assert_eq!(server.heard(), 0, "nobody was asked");
}

#[test]
fn names_are_judged_by_every_address_they_stand_for() {
    let server = Server::new(|_, stream| stream.say("200 OK", b"secret"));
    let here = server.address;
    let elsewhere: SocketAddr = "93.184.215.14:80".parse().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    for (answers, kind) in [
        (vec![here], FetchErrorKind::Local),
        // One that may be asked does not make up for one that may not.
        (vec![elsewhere, here], FetchErrorKind::Local),
        (vec!["169.254.169.254:80".parse().unwrap()], FetchErrorKind::Forbidden),
        (vec!["[::ffff:127.0.0.1]:80".parse().unwrap()], FetchErrorKind::Local),
        (vec![], FetchErrorKind::Network),
    ] {
        let count = asked.clone();
        let web = Web {
            names: Names::new(move |_, _| {
                count.fetch_add(1, Ordering::Relaxed);
                Ok(answers.clone())
            }),
            ..Web::new(Allow::Web)
        };
        assert_eq!(get(&web, "http://evil.example.org/").unwrap_err(), kind);
    }
    assert_eq!((asked.load(Ordering::Relaxed), server.heard()), (5, 0));
}

/// A name that answers otherwise the second time: the connection goes to what was judged, and the name is asked once.
#[test]
fn a_name_is_not_asked_twice() {
    let server = Server::new(|_, stream| stream.say("200 OK", b"the judged one"));
    let other = Server::new(|_, stream| stream.say("200 OK", b"the rebound one"));
    let (first, second) = (server.address, other.address);
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let web = Web {
        names: Names::new(move |name, _| {
            assert_eq!(name, "rebinding.example.org");
            let nth = count.fetch_add(1, Ordering::Relaxed);
            Ok(vec![if nth == 0 { first } else { second }])
        }),
        ..local()
    };
    let fetched = get(&web, "http://rebinding.example.org/").unwrap();
    assert_eq!(fetched.bytes, b"the judged one");
    assert_eq!((asked.load(Ordering::Relaxed), other.heard()), (1, 0));
    assert!(server.requests.lock().unwrap()[0].contains("host: rebinding.example.org"));
}

#[test]
fn redirects_are_judged_like_addresses() {
    let secret = Server::new(|_, stream| stream.say("200 OK", b"secret"));
    let inside = secret.url("/");
    let port = secret.address.port();
    let targets = [
        (inside, FetchErrorKind::Local),
        (format!("http://2130706433:{port}/"), FetchErrorKind::Local),
        (format!("//localhost:{port}/"), FetchErrorKind::Local),
        ("http://169.254.169.254/".to_owned(), FetchErrorKind::Forbidden),
        ("file:///etc/passwd".to_owned(), FetchErrorKind::NotWeb),
        ("javascript:x".to_owned(), FetchErrorKind::NotWeb),
    ];
    for (target, kind) in targets {
        let to = target.clone();
        let server = Server::new(move |_, stream| stream.say(&format!("302 Found\r\nlocation: {to}"), b""));
        let first = Url::parse(&server.url("/")).unwrap();
        let deadline = Instant::now() + Duration::from_secs(10);
        // The first server stands for one of the web, and is asked; where it leads is judged as the web is.
        let response = local().ask(&first, &[], deadline).unwrap();
        let answered = Web::new(Allow::Web).onward(&first, &response, 0).unwrap_err();
        assert_eq!(answered.kind, kind, "{target}");
    }
    assert_eq!(secret.heard(), 0);
}

#[test]
fn a_redirect_without_end_ends() {
    let server = Server::new(|path, stream| {
        let next = path.len();
        stream.say(&format!("302 Found\r\nlocation: /{}", "a".repeat(next)), b"");
    });
    assert_eq!(get(&local(), &server.url("/")).unwrap_err(), FetchErrorKind::Redirects);
    assert_eq!(server.heard(), guard::MOST_REDIRECTS + 1);
}

#[test]
fn only_redirects_for_good_move_an_address() {
    for (statuses, moved) in [
        (vec!["301 Moved", "308 Moved"], Some("/2")),
        (vec!["301 Moved", "302 Found"], Some("/1")),
        (vec!["302 Found", "301 Moved"], None),
        (vec![], None),
    ] {
        let steps = statuses.clone();
        let server = Server::new(move |path, stream| {
            let at: usize = path.trim_start_matches('/').parse().unwrap_or(0);
            match steps.get(at) {
                Some(status) => stream.say(&format!("{status}\r\nlocation: /{}", at + 1), b""),
                None => stream.say("200 OK", b"here"),
            }
        });
        let fetched = get(&local(), &server.url("/0")).unwrap();
        assert_eq!(fetched.moved_to, moved.map(|path| server.url(path)), "{statuses:?}");
        assert_eq!(fetched.address, server.url(&format!("/{}", statuses.len())));
    }
}

#[test]
fn an_answer_has_an_end() {
    let endless = Server::new(|_, stream| {
        stream.put(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n");
        while stream.put(&[b'a'; 64 * 1024]) {}
    });
    let bomb = Server::new(|_, stream| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        for _ in 0..64 {
            packed.write_all(&vec![0; 1024 * 1024]).unwrap();
        }
        stream.say("200 OK\r\ncontent-encoding: gzip", &packed.finish().unwrap());
    });
    let web = Web {
        most_bytes: 4 * 1024 * 1024,
        ..local()
    };
    for server in [&endless, &bomb] {
        assert_eq!(get(&web, &server.url("/")).unwrap_err(), FetchErrorKind::TooLarge);
    }
    let exact = Server::new(|_, stream| stream.say("200 OK", &vec![b'x'; 4 * 1024 * 1024]));
    assert_eq!(get(&web, &exact.url("/")).unwrap().bytes.len(), 4 * 1024 * 1024);
}

#[test]
fn a_slow_answer_is_given_up_and_so_is_one_that_nobody_wants() {
    let slow = |what: &'static [u8]| {
        Server::new(move |_, stream| {
            stream.put(what);
            while stream.put(b"a") {
                std::thread::sleep(Duration::from_millis(50));
            }
        })
    };
    let body = slow(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n");
    let head = slow(b"HTTP/1.1 200 OK\r\nx-long: ");
    let web = Web {
        longest: Duration::from_millis(600),
        ..local()
    };
    for server in [&body, &head] {
        assert_eq!(get(&web, &server.url("/")).unwrap_err(), FetchErrorKind::TooSlow);
    }
    let silent_names = Web {
        names: Names::new(|_, _| {
            std::thread::sleep(Duration::from_secs(30));
            Ok(Vec::new())
        }),
        ..web
    };
    let since = Instant::now();
    assert_eq!(
        get(&silent_names, "http://example.org/").unwrap_err(),
        FetchErrorKind::TooSlow
    );
    assert!(since.elapsed() < Duration::from_secs(20));
    let cancel = AtomicBool::new(false);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            std::thread::sleep(Duration::from_millis(100));
            cancel.store(true, Ordering::Relaxed);
        });
        let given_up = local().get(&body.url("/"), &[], &cancel).unwrap_err();
        assert_eq!(given_up.kind, FetchErrorKind::Cancelled);
    });
}

#[test]
fn a_request_says_who_asks_and_nothing_else() {
    let server = Server::new(|path, stream| match path {
        "/first" => stream.say("302 Found\r\nlocation: /second\r\nset-cookie: a=b", b""),
        _ => stream.say(
            "200 OK\r\ncontent-type: Text/HTML; charset=\"ISO-8859-1\"\r\nset-cookie: c=d",
            b"x",
        ),
    });
    let fetched = get(&local(), &server.url("/first#secret")).unwrap();
    assert_eq!(
        (fetched.media_type().as_str(), fetched.charset()),
        ("text/html", Some("ISO-8859-1"))
    );
    let fetched = get(&local(), &server.url("/third")).unwrap();
    assert_eq!(fetched.status, 200);
    let requests = server.requests.lock().unwrap();
    assert_eq!(requests.len(), 3);
    for request in requests.iter() {
        let lower = request.to_ascii_lowercase();
        assert!(
            lower.contains(&format!("user-agent: {}", USER_AGENT.to_ascii_lowercase())),
            "{request}"
        );
        for word in [
            "cookie",
            "referer",
            "authorization",
            "secret",
            "accept-language",
            "origin",
        ] {
            assert!(!lower.contains(word), "{request}");
        }
    }
}

#[test]
fn what_is_no_http_is_told() {
    for nonsense in [&b"SSH-2.0-OpenSSH\r\n"[..], b"HTTP/1.1 abc\r\n\r\n", b"\0\0\0"] {
        let server = Server::new(move |_, stream| {
            stream.put(nonsense);
        });
        let kind = get(&local(), &server.url("/")).unwrap_err();
        assert!(
            matches!(kind, FetchErrorKind::Protocol | FetchErrorKind::Network),
            "{kind:?}"
        );
    }
    // Nobody listens there.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(
        get(&local(), &format!("http://{free}/")).unwrap_err(),
        FetchErrorKind::Network
    );
    let plain = Server::new(|_, stream| stream.say("200 OK", b"no TLS"));
    let address = plain.url("/").replace("http:", "https:");
    let kind = get(&local(), &address).unwrap_err();
    assert!(
        matches!(kind, FetchErrorKind::Untrusted | FetchErrorKind::Protocol),
        "{kind:?}"
    );
}
