//! One window for each library: a second launch on a library that is already open brings the first window forward,
//! tells it which article to open, and ends.
//!
//! A local socket named after the data folder and the library, so that two runs with data folders of their own never meet.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Stream, prelude::*};

/// What this launch is.
pub enum Instance {
    /// The first on this library: keep it and listen.
    First(Doorbell),
    /// Another window has it and was told.
    Second,
}

/// Has the library to itself, and can hear of later launches.
pub struct Doorbell {
    socket: LocalSocketListener,
    name: String,
}

/// Hears of later launches until it is dropped; then the library is free for another window.
pub struct Listening {
    name: String,
    over: Arc<AtomicBool>,
    /// Ends when the socket is closed.
    closed: Receiver<()>,
}

/// Finds out whether `library` is open in another window of this user's, and if so hands it `article`.
/// Where sockets are refused, each launch counts as the first: two windows are safe, only less tidy.
pub fn claim(data: &Path, library: &Path, article: Option<&str>) -> Option<Instance> {
    let name = name(data, library);
    if let Ok(socket) = name.as_str().to_ns_name::<GenericNamespaced>()
        && let Ok(mut stream) = Stream::connect(socket)
        && writeln!(stream, "{}", article.unwrap_or_default()).is_ok()
    {
        return Some(Instance::Second);
    }
    let known = name.clone();
    let socket = name.to_ns_name::<GenericNamespaced>().ok()?;
    let listener = ListenerOptions::new().name(socket).create_sync().ok()?;
    Some(Instance::First(Doorbell {
        socket: listener,
        name: known,
    }))
}

impl Doorbell {
    /// Calls `ring` with the article asked for (if any) at each later launch, on a thread of its own.
    pub fn listen(self, ring: impl Fn(Option<String>) + Send + 'static) -> Listening {
        let over = Arc::new(AtomicBool::new(false));
        let (open, closed) = channel();
        let listening = Listening {
            name: self.name,
            over: over.clone(),
            closed,
        };
        let socket = self.socket;
        std::thread::spawn(move || {
            // Dropped after the socket, which is declared after it.
            let _open: Sender<()> = open;
            let socket = socket;
            for stream in socket.incoming().filter_map(Result::ok) {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let mut line = String::new();
                // A line is all that is ever said; a flood is cut.
                if BufReader::new(stream.take(4096)).read_line(&mut line).is_ok() {
                    let article = line.trim();
                    ring((!article.is_empty()).then(|| article.to_owned()));
                }
            }
        });
        listening
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for a launch, so that it sees that it is over.
        if let Ok(socket) = self.name.as_str().to_ns_name::<GenericNamespaced>() {
            let _ = Stream::connect(socket);
        }
        // Whoever opens the library again at once would meet itself. A launch that is being told may take its time.
        let _ = self.closed.recv_timeout(LONGEST_WAIT);
    }
}

const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// The socket's name; hashed, because names are short on some systems.
fn name(data: &Path, library: &Path) -> String {
    let key = format!("{}\n{}", data.display(), library.display());
    let hash = edito_library::disk::ContentHash::of(key.as_bytes()).to_string();
    format!("edito-{}.sock", &hash[..24.min(hash.len())])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_second_launch_rings_the_first_and_a_closed_library_is_free_again() {
        let folder = tempfile::tempdir().unwrap();
        let (data, library) = (folder.path(), folder.path().join("library"));
        let Some(Instance::First(bell)) = claim(data, &library, None) else {
            panic!("the first")
        };
        let (rang, heard) = std::sync::mpsc::channel();
        let listening = bell.listen(move |article| rang.send(article).unwrap());
        assert!(matches!(claim(data, &library, Some("a.md")), Some(Instance::Second)));
        assert_eq!(heard.recv().unwrap().as_deref(), Some("a.md"));
        assert!(matches!(
            claim(data, &folder.path().join("another"), None),
            Some(Instance::First(_))
        ));
        drop(listening);
        // At once, however often.
        for _ in 0..100 {
            let Some(Instance::First(bell)) = claim(data, &library, None) else {
                panic!("it is free")
            };
            drop(bell.listen(|_| ()));
        }
        assert!(heard.recv().is_err());
    }
}
