//! Linux and the BSDs: speech-dispatcher, spoken to on its socket (SSIP, as in its manual `ssip.texi`).
//!
//! The server may be hung, answer anything, or take a sentence and never speak: no sound device, for instance, lets it
//! begin and never end. So nothing is waited for without a limit.

mod connection;

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use self::connection::Connection;
use super::{Synthesiser, Trouble, Utterance, Voice, is_wanted, longest, on_one_line, primary};

/// How long things may take.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// A reply to a short command, and the connection itself.
    reply: Duration,
    /// A list: eSpeak's voices are half a megabyte, and a server that was just started reads its modules first.
    list: Duration,
    /// A server that was just started, until it can be connected to.
    start: Duration,
    /// A sentence until it begins: somebody else may be speaking.
    begin: Duration,
}

const PATIENCE: Patience = Patience {
    reply: Duration::from_secs(4),
    list: Duration::from_secs(8),
    start: Duration::from_secs(6),
    begin: Duration::from_secs(12),
};

/// The server of this session.
pub(super) struct Dispatcher {
    socket: Option<PathBuf>,
    /// Whether the server may be started when it does not run.
    starts: bool,
    patience: Patience,
    connection: Option<Connection>,
    /// Whether a voice was named on the connection, and the language set on it: the module and the voice that the server
    /// would choose itself, for a language or at all, are only known to a new one.
    named: bool,
    lang: String,
}

impl Dispatcher {
    /// Where `$SPEECHD_ADDRESS` says (`unix_socket:PATH`, and no address of a network), else where the server is by default.
    pub(super) fn of_this_session() -> Self {
        let folder = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
        let named = std::env::var("SPEECHD_ADDRESS").ok();
        let named = named.and_then(|address| address.strip_prefix("unix_socket:").map(PathBuf::from));
        let usual = folder("XDG_RUNTIME_DIR")
            .or_else(|| folder("XDG_CACHE_HOME"))
            .or_else(|| folder("HOME").map(|home| home.join(".cache")))
            .map(|folder| folder.join("speech-dispatcher/speechd.sock"));
        Self {
            socket: named.or(usual),
            starts: true,
            patience: PATIENCE,
            connection: None,
            named: false,
            lang: String::new(),
        }
    }

    /// A new connection; the server is started if it has to be.
    fn connect(&self) -> Result<Connection, Trouble> {
        let socket = self.socket.as_ref().ok_or(Trouble::NoService)?;
        let stream = match connected(socket, self.patience.reply)? {
            Some(stream) => stream,
            None if self.starts => self.start(socket)?,
            None => return Err(Trouble::NoService),
        };
        // One that the system starts when somebody connects has its modules to read before it answers.
        Connection::greet(stream, self.patience.list, self.patience.reply)
    }

    /// Starts the server, and waits until it can be connected to. It ends by itself when nobody is connected any more.
    fn start(&self, socket: &Path) -> Result<UnixStream, Trouble> {
        let spawned = Command::new("speech-dispatcher")
            .arg("--spawn")
            .arg("--socket-path")
            .arg(socket)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut child = spawned.map_err(|_| Trouble::NoService)?;
        // It goes into the background, and the one that was started ends.
        std::thread::spawn(move || child.wait());
        let begun = Instant::now();
        while begun.elapsed() < self.patience.start {
            if let Some(stream) = connected(socket, self.patience.reply)? {
                return Ok(stream);
            }
            std::thread::sleep(Duration::from_millis(40));
        }
        Err(Trouble::Failed)
    }

    /// Everything up to the words themselves.
    fn prepare(&mut self, what: &Utterance<'_>) -> Result<&mut Connection, Trouble> {
        let lang = primary(what.lang);
        if what.voice.is_none() && (self.named || self.lang != lang) {
            self.connection = None;
        }
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        self.named = what.voice.is_some();
        self.lang.clone_from(&lang);
        let limit = self.patience.reply;
        let connection = self.connection.insert(connection);
        if let Some((module, voice)) = what.voice.and_then(|voice| voice.split_once('\t')) {
            // The language first: it may have a module of its own, which is taken with it. A voice that is gone meanwhile:
            // the language's own speaks.
            connection.ask(&format!("SET SELF LANGUAGE {lang}"), limit)?;
            connection.ask(&format!("SET SELF OUTPUT_MODULE {}", on_one_line(module)), limit)?;
            connection.ask(&format!("SET SELF SYNTHESIS_VOICE {}", on_one_line(voice)), limit)?;
        } else {
            connection.expect(&format!("SET SELF LANGUAGE {lang}"), limit)?;
        }
        connection.expect(&format!("SET SELF RATE {}", rate_of(what.rate)), limit)?;
        connection.expect("SPEAK", limit)?;
        Ok(connection)
    }
}

impl Synthesiser for Dispatcher {
    fn voices(&mut self, langs: &[String]) -> Result<Vec<Voice>, Trouble> {
        let mut first = self.connect()?;
        let modules = first.ask("LIST OUTPUT_MODULES", self.patience.list)?;
        let mut connection = Some(first);
        let begun = Instant::now();
        let (mut found, mut trouble) = (Vec::new(), None);
        // "dummy" plays a recording that says that nothing works.
        for module in modules.lines.iter().filter(|module| *module != "dummy") {
            // One module that hangs takes nothing from the others; what it may still answer is for nobody.
            let mut asked = match connection.take() {
                Some(connection) => connection,
                None => match self.connect() {
                    Ok(connection) => connection,
                    Err(_) => break,
                },
            };
            // All of them together take no longer than two that hang.
            let limit = self
                .patience
                .list
                .min((self.patience.list * 2).saturating_sub(begun.elapsed()));
            match lines_of(&mut asked, module, limit) {
                Ok(lines) => {
                    found.extend(voices_of(module, &lines, langs));
                    connection = Some(asked);
                }
                Err(error) => trouble = Some(error),
            }
        }
        if let Some(trouble) = trouble.filter(|_| found.is_empty()) {
            return Err(trouble);
        }
        // What was recorded from people before what computes its sounds; within that, the server's order.
        found.sort_by_key(|voice: &Voice| {
            voice
                .engine
                .as_deref()
                .is_some_and(|engine| engine.starts_with("espeak"))
        });
        Ok(found)
    }

    fn say(&mut self, what: &Utterance<'_>, stopped: &dyn Fn() -> bool) -> Result<bool, Trouble> {
        let again = self.connection.is_some();
        let ready = self.prepare(what);
        if ready.is_err() && again {
            // The server may have ended since the sentence before.
            self.connection = None;
            self.prepare(what)?;
        } else {
            ready?;
        }
        let connection = self.connection.as_mut().ok_or(Trouble::Failed)?;
        let words = on_one_line(what.text);
        // A line that begins with a full stop has it twice.
        let stop = if words.starts_with('.') { "." } else { "" };
        let queued = connection.expect(&format!("{stop}{words}\r\n."), self.patience.reply)?;
        let message = queued.lines.first().cloned().unwrap_or_default();
        until_ended(connection, &message, self.patience, longest(&words, what.rate), stopped)
    }
}

/// Waits for what a message comes to. It is silent when it does not begin, or has not ended long after it should have.
fn until_ended(
    connection: &mut Connection,
    message: &str,
    patience: Patience,
    longest: Duration,
    stopped: &dyn Fn() -> bool,
) -> Result<bool, Trouble> {
    let mut since = Instant::now();
    let mut limit = patience.begin;
    loop {
        if stopped() {
            connection.expect("CANCEL SELF", patience.reply)?;
            return Ok(false);
        }
        if since.elapsed() > limit {
            // Nobody waits for it any more; should it speak after all, it would speak into what comes next.
            let _ = connection.ask("CANCEL SELF", patience.reply);
            return Err(Trouble::Silent);
        }
        // Events of messages that were stopped come late.
        let Some(event) = connection.event()? else { continue };
        if event.lines.first().is_none_or(|first| first != message) {
            continue;
        }
        match event.code {
            701 => (since, limit) = (Instant::now(), longest),
            702 => return Ok(true),
            703 => return Ok(false),
            _ => {}
        }
    }
}

/// Connects to a socket; nothing when nobody listens there. A server that hangs lets whoever connects hang with it.
fn connected(socket: &Path, limit: Duration) -> Result<Option<UnixStream>, Trouble> {
    let (told, heard) = channel();
    let socket = socket.to_owned();
    std::thread::spawn(move || told.send(UnixStream::connect(socket)));
    let stream = heard.recv_timeout(limit).map_err(|_| Trouble::Failed)?;
    Ok(stream.ok())
}

/// The lines in which a module lists its voices; none when it can't speak, which it says by refusing.
fn lines_of(connection: &mut Connection, module: &str, limit: Duration) -> Result<Vec<String>, Trouble> {
    let chosen = connection.ask(&format!("SET SELF OUTPUT_MODULE {}", on_one_line(module)), limit)?;
    if !chosen.is_good() {
        return Ok(Vec::new());
    }
    let list = connection.ask("LIST SYNTHESIS_VOICES", limit)?;
    Ok(if list.is_good() { list.lines } else { Vec::new() })
}

/// Voices from lines `NAME\tLANGUAGE\tVARIANT`; eSpeak's hundred variants of each are left out where there are plain ones.
fn voices_of(module: &str, lines: &[String], langs: &[String]) -> Vec<Voice> {
    let all = lines.iter().filter_map(|line| {
        let mut parts = line.split('\t');
        let (name, lang) = (parts.next()?, parts.next()?);
        let plain = parts.next().is_none_or(|variant| variant == "none");
        let voice = Voice {
            id: format!("{module}\t{name}"),
            name: name.to_owned(),
            engine: Some(module.to_owned()),
            lang: lang.to_owned(),
        };
        is_wanted(lang, langs).then_some((voice, plain))
    });
    let (plain, variants): (Vec<_>, Vec<_>) = all.partition(|(_, plain)| *plain);
    let has_plain = |voice: &Voice| plain.iter().any(|(one, _)| primary(&one.lang) == primary(&voice.lang));
    let alone: Vec<Voice> = variants
        .into_iter()
        .map(|(voice, _)| voice)
        .filter(|voice| !has_plain(voice))
        .collect();
    plain.into_iter().map(|(voice, _)| voice).chain(alone).collect()
}

/// The protocol's speeds go from -100 to 100; with eSpeak 0 is 170 words a minute, the ends are 80 and 390.
fn rate_of(rate: f64) -> i32 {
    let by = if rate < 1.0 {
        (rate - 1.0) * 190.0
    } else {
        (rate - 1.0) * 77.0
    };
    by.round().clamp(-100.0, 100.0) as i32
}

#[cfg(test)]
mod tests;
