//! One window for each library: a second launch on a library that is already open brings the first window forward,
//! tells it which article to open, and ends.
//!
//! A local socket named after the data folder and the library, so that two runs with data folders of their own never meet.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use interprocess::TryClone;
use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Stream, prelude::*};

/// What this launch is.
pub enum Instance {
    /// The first on this library: keep it and listen.
    First(Doorbell),
    /// Another window has it and was told.
    Second,
}

/// Hears of later launches.
pub struct Doorbell(LocalSocketListener);

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
    let socket = name.to_ns_name::<GenericNamespaced>().ok()?;
    let listener = ListenerOptions::new().name(socket).create_sync().ok()?;
    Some(Instance::First(Doorbell(listener)))
}

impl Doorbell {
    /// Calls `ring` with the article asked for (if any) at each later launch, on a thread of its own.
    pub fn listen(self, ring: impl Fn(Option<String>) + Send + 'static) {
        std::thread::spawn(move || {
            for stream in self.0.incoming().filter_map(Result::ok) {
                let Ok(stream) = stream.try_clone() else { continue };
                let mut line = String::new();
                // A line is all that is ever said; a flood is cut.
                if BufReader::new(std::io::Read::take(stream, 4096)).read_line(&mut line).is_ok() {
                    let article = line.trim();
                    ring((!article.is_empty()).then(|| article.to_owned()));
                }
            }
        });
    }
}

/// The socket's name; hashed, because names are short on some systems.
fn name(data: &Path, library: &Path) -> String {
    let key = format!("{}\n{}", data.display(), library.display());
    let hash = edito_library::disk::ContentHash::of(key.as_bytes()).to_string();
    format!("edito-{}.sock", &hash[..24.min(hash.len())])
}
