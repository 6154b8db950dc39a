//! Programs that speak: one that ends when it has said what it was given, and one that says line after line.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::Trouble;

/// How often it is looked whether to stop.
const LOOK: Duration = Duration::from_millis(30);
/// How long a list of voices may take, and how long it may be.
const LIST: Duration = Duration::from_secs(10);
const LONGEST_LIST: u64 = 1 << 20;

/// Runs a program with words on its input, and kills it when `stopped` comes true, or after `longest`. True when it ended
/// by itself.
#[cfg_attr(windows, allow(dead_code))]
pub(super) fn speak(
    command: &mut Command,
    words: &str,
    longest: Duration,
    stopped: &dyn Fn() -> bool,
) -> Result<bool, Trouble> {
    let mut child = Running(
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| Trouble::NoService)?,
    );
    // Closing its input tells the program that this was all. A sentence is shorter than what a pipe holds.
    if let Some(mut input) = child.0.stdin.take() {
        let _ = input.write_all(words.as_bytes());
    }
    let begun = Instant::now();
    while begun.elapsed() < longest {
        if stopped() {
            return Ok(false);
        }
        match child.0.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(true),
            Ok(Some(_)) | Err(_) => return Err(Trouble::Failed),
            Ok(None) => std::thread::sleep(LOOK),
        }
    }
    Err(Trouble::Silent)
}

/// What a program writes, if it ends within a reasonable time.
pub(super) fn output(command: &mut Command) -> Result<String, Trouble> {
    let spawned = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = Running(spawned.map_err(|_| Trouble::NoService)?);
    let written = child.0.stdout.take().ok_or(Trouble::Failed)?;
    let (told, heard) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = written.take(LONGEST_LIST).read_to_end(&mut bytes);
        let _ = told.send(read.map(|_| bytes));
    });
    match heard.recv_timeout(LIST) {
        Ok(Ok(bytes)) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        _ => Err(Trouble::Failed),
    }
}

/// A program that answers each line with a line: `ended` when it was said.
#[cfg_attr(not(any(windows, test)), allow(dead_code))]
pub(super) struct Talker {
    input: ChildStdin,
    answers: Receiver<String>,
    /// Killed when it is dropped.
    _child: Running,
}

#[cfg_attr(not(any(windows, test)), allow(dead_code))]
impl Talker {
    pub(super) fn start(command: &mut Command) -> Result<Self, Trouble> {
        let spawned = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = Running(spawned.map_err(|_| Trouble::NoService)?);
        let input = child.0.stdin.take().ok_or(Trouble::Failed)?;
        let output = child.0.stdout.take().ok_or(Trouble::Failed)?;
        let (told, answers) = channel();
        std::thread::spawn(move || {
            // An answer is one word; whatever is longer is none.
            let mut lines = BufReader::new(output);
            let mut line = String::new();
            while matches!(lines.by_ref().take(1024).read_line(&mut line), Ok(length) if length > 0) {
                if told.send(line.trim().to_owned()).is_err() {
                    return;
                }
                line.clear();
            }
        });
        Ok(Self {
            input,
            answers,
            _child: child,
        })
    }

    /// Says a line; what talks has to be dropped when this is not `Ok(true)`.
    pub(super) fn say(&mut self, line: &str, longest: Duration, stopped: &dyn Fn() -> bool) -> Result<bool, Trouble> {
        let written = self.input.write_all(format!("{line}\n").as_bytes());
        written.and_then(|()| self.input.flush()).map_err(|_| Trouble::Failed)?;
        let begun = Instant::now();
        while begun.elapsed() < longest {
            if stopped() {
                return Ok(false);
            }
            match self.answers.recv_timeout(LOOK) {
                Ok(answer) if answer == "ended" => return Ok(true),
                Ok(_) | Err(RecvTimeoutError::Disconnected) => return Err(Trouble::Failed),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
        Err(Trouble::Silent)
    }
}

/// A process that doesn't outlive its use.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_program_says_words_and_ends_or_is_stopped() {
        let never = || false;
        for (script, longest, stop, wanted) in [
            ("read word; test \"$word\" = Bonjour", LONG, false, Ok(true)),
            ("exit 3", LONG, false, Err(Trouble::Failed)),
            ("exec sleep 60", LONG, true, Ok(false)),
            ("exec sleep 60", LOOK, false, Err(Trouble::Silent)),
        ] {
            let stopped: &dyn Fn() -> bool = if stop { &|| true } else { &never };
            assert_eq!(
                speak(&mut shell(script), "Bonjour\n", longest, stopped),
                wanted,
                "{script}"
            );
        }
        let mut missing = Command::new("/nowhere/speaks");
        assert_eq!(speak(&mut missing, "", LONG, &never), Err(Trouble::NoService));
        assert_eq!(output(&mut missing), Err(Trouble::NoService));
        assert_eq!(output(&mut shell("printf 'a\\377b'")).unwrap(), "a\u{fffd}b");
    }

    #[test]
    fn a_talker_says_line_after_line_until_it_fails() {
        let script =
            "while read line; do case $line in wait) exec sleep 60;; fail) echo failed;; *) echo ended;; esac; done";
        let mut talker = Talker::start(&mut shell(script)).unwrap();
        assert_eq!(talker.say("one", LONG, &|| false), Ok(true));
        assert_eq!(talker.say("two", LONG, &|| false), Ok(true));
        assert_eq!(talker.say("fail", LONG, &|| false), Err(Trouble::Failed));
        assert_eq!(talker.say("wait", LONG, &|| true), Ok(false));
        let mut gone = Talker::start(&mut shell("exit 0")).unwrap();
        assert_eq!(gone.say("one", LONG, &|| false), Err(Trouble::Failed));
    }
}
