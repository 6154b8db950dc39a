//! The protocol's lines: each ends with CR LF; a reply is lines `NNN-…` and a last one `NNN …`; replies from 700 on are
//! events, which name message and client first.

use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use super::Trouble;

/// How long is waited for bytes before somebody looks whether to stop.
const LOOK: Duration = Duration::from_millis(40);
/// No reply of a server of good will is longer; eSpeak's voices are half a megabyte.
const LONGEST: usize = 8 << 20;

/// A connection to the server, in the name of Edito.
#[derive(Debug)]
pub(super) struct Connection {
    stream: UnixStream,
    /// What was read and is no whole line yet, or not looked at.
    read: Vec<u8>,
    /// The lines of the reply that is being read.
    lines: Vec<String>,
    /// How many bytes those are.
    held: usize,
    /// Events that came before the reply that was waited for: a short sentence may be over before it is said to be queued.
    early: Vec<Reply>,
}

/// A reply or an event.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) code: u16,
    /// What stands before the last line.
    pub(super) lines: Vec<String>,
}

impl Reply {
    /// Whether the command was understood.
    pub(super) fn is_good(&self) -> bool {
        (200..300).contains(&self.code)
    }
}

impl Connection {
    /// Says who is there, and which events are wanted. The first reply may take longer than the others.
    pub(super) fn greet(stream: UnixStream, first: Duration, limit: Duration) -> Result<Self, Trouble> {
        stream.set_read_timeout(Some(LOOK)).map_err(|_| Trouble::Failed)?;
        stream.set_write_timeout(Some(limit)).map_err(|_| Trouble::Failed)?;
        let mut connection = Self {
            stream,
            read: Vec::new(),
            lines: Vec::new(),
            held: 0,
            early: Vec::new(),
        };
        connection.expect("SET SELF CLIENT_NAME reader:edito:main", first)?;
        for event in ["BEGIN", "END", "CANCEL"] {
            connection.expect(&format!("SET SELF NOTIFICATION {event} on"), limit)?;
        }
        Ok(connection)
    }

    /// Sends a command; its reply says that it was understood.
    pub(super) fn expect(&mut self, command: &str, limit: Duration) -> Result<Reply, Trouble> {
        let reply = self.ask(command, limit)?;
        reply.is_good().then_some(reply).ok_or(Trouble::Failed)
    }

    /// Sends a command, and waits for its reply.
    pub(super) fn ask(&mut self, command: &str, limit: Duration) -> Result<Reply, Trouble> {
        self.early.clear();
        let sent = self.stream.write_all(format!("{command}\r\n").as_bytes());
        sent.map_err(|_| Trouble::Failed)?;
        let begun = Instant::now();
        while begun.elapsed() < limit {
            match self.next()? {
                Some(reply) if reply.code < 700 => return Ok(reply),
                Some(event) => self.early.push(event),
                None => {}
            }
        }
        Err(Trouble::Failed)
    }

    /// The next event, if it is there; waits no longer than a moment.
    pub(super) fn event(&mut self) -> Result<Option<Reply>, Trouble> {
        if self.early.is_empty() {
            return self.next();
        }
        Ok(Some(self.early.remove(0)))
    }

    /// The next reply or event, if it is there; reads once, and waits no longer than [`LOOK`].
    fn next(&mut self) -> Result<Option<Reply>, Trouble> {
        if let Some(reply) = self.take_lines()? {
            return Ok(Some(reply));
        }
        let mut part = [0; 16 << 10];
        match self.stream.read(&mut part) {
            Ok(0) => return Err(Trouble::Failed),
            Ok(count) => self.read.extend_from_slice(&part[..count]),
            Err(error) if is_patience(error.kind()) => return Ok(None),
            Err(_) => return Err(Trouble::Failed),
        }
        if self.read.len() + self.held > LONGEST {
            return Err(Trouble::Failed);
        }
        self.take_lines()
    }

    /// Takes whole lines, up to the last one of a reply.
    fn take_lines(&mut self) -> Result<Option<Reply>, Trouble> {
        let mut at = 0;
        let mut reply = None;
        while let Some(length) = self.read[at..].iter().position(|byte| *byte == b'\n') {
            let line = String::from_utf8_lossy(&self.read[at..at + length]);
            let line = line.trim_end_matches('\r');
            at += length + 1;
            let code = line.get(..3).and_then(|code| code.parse::<u16>().ok());
            let code = code.filter(|code| *code >= 100).ok_or(Trouble::Failed)?;
            match line.as_bytes().get(3) {
                Some(b'-') => {
                    self.held += length;
                    self.lines.push(line[4..].to_owned());
                }
                Some(b' ') => {
                    self.held = 0;
                    let lines = std::mem::take(&mut self.lines);
                    reply = Some(Reply { code, lines });
                    break;
                }
                _ => return Err(Trouble::Failed),
            }
        }
        self.read.drain(..at);
        Ok(reply)
    }
}

fn is_patience(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}
