//! A server on loopback that answers what a test tells it to.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// An answer: status line, headers and body.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// The server; it goes when the test process does.
pub struct Server {
    address: SocketAddr,
    answers: Arc<Mutex<HashMap<String, Answer>>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Answer {
    pub fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
        Answer {
            status,
            headers: vec![("content-type".into(), kind.into())],
            body: body.into(),
        }
    }

    pub fn with(mut self, name: &str, value: &str) -> Answer {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl Server {
    pub fn new() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let answers: Arc<Mutex<HashMap<String, Answer>>> = Arc::default();
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let (known, noted) = (answers.clone(), heard.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (known, noted) = (known.clone(), noted.clone());
                std::thread::spawn(move || respond(&stream, &known, &noted));
            }
        });
        Server {
            address,
            answers,
            heard,
        }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What is answered at a path from now on.
    pub fn set(&self, path: &str, answer: Answer) {
        self.answers.lock().expect("answers").insert(path.into(), answer);
    }

    /// The heads of the requests so far, in lower case but for the path.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("requests").clone()
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        let start = format!("GET {path} ");
        self.heard().iter().filter(|head| head.starts_with(&start)).count()
    }
}

fn respond(stream: &TcpStream, known: &Mutex<HashMap<String, Answer>>, noted: &Mutex<Vec<String>>) {
    let mut head = String::new();
    for line in BufReader::new(stream).lines() {
        match line {
            Ok(line) if !line.is_empty() => head.push_str(&format!("{line}\n")),
            _ => break,
        }
    }
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    noted.lock().expect("requests").push(head.clone());
    let answer = known.lock().expect("answers").get(&path).cloned();
    let mut answer = answer.unwrap_or_else(|| Answer::new(404, "text/plain", "nothing here"));
    let etag = answer
        .headers
        .iter()
        .find(|(name, _)| name == "etag")
        .map(|(_, value)| value.clone());
    if etag.is_some_and(|etag| {
        head.to_lowercase()
            .contains(&format!("if-none-match: {}", etag.to_lowercase()))
    }) {
        answer.status = 304;
        answer.body.clear();
    }
    let mut out = stream;
    let mut text = format!("HTTP/1.1 {} Answer\r\nconnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if answer.status != 304 {
        text.push_str(&format!("content-length: {}\r\n", answer.body.len()));
    }
    let _ = out.write_all(format!("{text}\r\n").as_bytes());
    let _ = out.write_all(&answer.body);
}
