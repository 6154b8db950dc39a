//! The process that reads what strangers made, within limits, and tells the importing one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use edito_exchange::{Attachments, Pieces, Receipt, source};
use serde::{Deserialize, Serialize};

use crate::files::{DEEPEST, Job};
use crate::frame::{Frame, Said};

/// The first argument of a program that is to be the worker and nothing else.
pub const ARGUMENT: &str = "read-for-import";

/// What a worker is to do.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The number of the first of the files.
    pub first: usize,
    /// The files.
    pub jobs: Vec<Job>,
    /// Pieces of the first file that were read before.
    pub done: usize,
    /// Pieces of the first file that others fell over.
    pub skip: Vec<usize>,
    /// Seconds that one piece may take.
    pub item_seconds: u64,
    /// Megabytes of address space.
    pub memory: u64,
    /// How many bytes come along for each file; set when the order is written.
    pub lengths: Vec<Option<u64>>,
}

/// Runs the worker: reads the files of an order on standard input, and writes frames to standard output.
///
/// # Errors
/// When either of the two is closed, as it is when the importing process is gone.
pub fn run() -> io::Result<()> {
    let order = Order::read(&mut io::stdin().lock())?;
    let clock = Clock::start(order.item_seconds);
    let mut names = Names::default();
    let mut out = BufWriter::new(io::stdout().lock());
    for (place, job) in order.jobs.iter().enumerate() {
        let (done, skip): (usize, &[usize]) = if place == 0 {
            (order.done, &order.skip)
        } else {
            (0, &[])
        };
        let read = Reading {
            number: order.first + place,
            job,
            done,
            skip,
        };
        read.tell(&mut names, &clock, &mut out)?;
    }
    Ok(())
}

impl Order {
    /// Writes the order: the length of its head (four bytes, the lowest first), the head in JSON, and the bytes in hand,
    /// one file's after the other.
    pub(crate) fn write(&mut self, out: &mut impl Write) -> io::Result<()> {
        let length = |job: &Job| job.bytes.as_ref().map(|bytes| bytes.len() as u64);
        self.lengths = self.jobs.iter().map(length).collect();
        let head = serde_json::to_vec(self)?;
        let length = u32::try_from(head.len()).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&head)?;
        for bytes in self.jobs.iter().filter_map(|job| job.bytes.as_ref()) {
            out.write_all(bytes)?;
        }
        Ok(())
    }

    /// Reads an order, and keeps to its limit of memory from then on.
    fn read(from: &mut impl Read) -> io::Result<Order> {
        let mut length = [0; 4];
        from.read_exact(&mut length)?;
        let mut head = Vec::new();
        from.take(u64::from(u32::from_le_bytes(length)))
            .read_to_end(&mut head)?;
        let mut order: Order = serde_json::from_slice(&head)?;
        limit(order.memory);
        for (job, length) in order.jobs.iter_mut().zip(&order.lengths) {
            if let Some(length) = length {
                let mut bytes = Vec::new();
                from.take(*length).read_to_end(&mut bytes)?;
                job.bytes = Some(bytes.into());
            }
        }
        Ok(order)
    }
}

/// A file as it is to be read.
struct Reading<'a> {
    /// Its number among all.
    number: usize,
    job: &'a Job,
    /// Pieces of it that were read before.
    done: usize,
    /// Pieces of it that others fell over.
    skip: &'a [usize],
}

impl Reading<'_> {
    fn tell(&self, names: &mut Names, clock: &Clock, out: &mut impl Write) -> io::Result<()> {
        let &Reading {
            number,
            job,
            done,
            skip,
        } = self;
        let mut tell = |item, said| {
            clock.stop();
            Frame::new(number, item, said).write(out)?;
            clock.go();
            io::Result::Ok(())
        };
        tell(done, Said::Begin)?;
        let bytes = match bytes_of(job) {
            Ok(bytes) => bytes,
            Err(kind) => {
                let mut receipt = Receipt::new(&job.source);
                receipt.fail(kind, None);
                return tell(done, Said::End(receipt));
            }
        };
        let mut beside = Beside { job, names };
        let mut pieces = Pieces::of(&job.name, &job.folder, &bytes, &mut beside, &job.task);
        let mut item = 0;
        let mut there = true;
        while there && item < done {
            there = pieces.pass_over();
            item += 1;
        }
        while there {
            tell(item, Said::Begin)?;
            if skip.contains(&item) {
                there = pieces.pass_over();
            } else if let Some(read) = pieces.next() {
                tell(item, Said::Item(read.piece.map(Box::new), read.receipt))?;
            } else {
                there = false;
            }
            item += 1;
        }
        tell(item, Said::End(pieces.receipt()))
    }
}

/// Larger files are no articles, and no lists of them either.
const LARGEST: u64 = 1024 * 1024 * 1024;

fn bytes_of(job: &Job) -> Result<Cow<'_, [u8]>, &'static str> {
    if let Some(bytes) = &job.bytes {
        return Ok(Cow::Borrowed(bytes));
    }
    let about = fs::metadata(&job.path).map_err(|_| "unreadable")?;
    if about.is_dir() && job.folder.len() > DEEPEST {
        return Err("too-deep");
    }
    if !about.is_file() {
        return Err("unreadable");
    }
    if about.len() > LARGEST {
        return Err("too-large");
    }
    fs::read(&job.path).map(Cow::Owned).map_err(|_| "unreadable")
}

/// Ends the process when one piece takes too long and nobody else did: the importing process may be gone.
struct Clock {
    /// Milliseconds since the start; 0 while no piece is being read.
    since: Arc<AtomicU64>,
    start: Instant,
}

impl Clock {
    fn start(seconds: u64) -> Clock {
        let clock = Clock {
            since: Arc::default(),
            start: Instant::now(),
        };
        let (since, start) = (clock.since.clone(), clock.start);
        let most = seconds.saturating_mul(1000).saturating_mul(2).saturating_add(1000);
        let watching = std::thread::Builder::new().name("clock".into()).spawn(move || {
            loop {
                std::thread::sleep(Duration::from_millis(200));
                let since = since.load(Ordering::Relaxed);
                if since > 0 && milliseconds(start).saturating_sub(since) > most {
                    std::process::exit(124);
                }
            }
        });
        // Without it the importing process still watches.
        drop(watching);
        clock
    }

    fn go(&self) {
        self.since.store(milliseconds(self.start).max(1), Ordering::Relaxed);
    }

    fn stop(&self) {
        self.since.store(0, Ordering::Relaxed);
    }
}

fn milliseconds(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Limits memory where the system can: a bomb ends this process and nothing else.
#[cfg(unix)]
fn limit(megabytes: u64) {
    use rustix::process::{Resource, Rlimit, nice, setrlimit};
    // Whoever reads or types goes first.
    let _ = nice(5);
    for (resource, most) in [
        (Resource::As, megabytes.saturating_mul(1024 * 1024)),
        (Resource::Core, 0),
    ] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // A system that refuses leaves the clock and the limits of the readers.
        let _ = setrlimit(resource, limit);
    }
}

#[cfg(not(unix))]
fn limit(_: u64) {}

/// What lies around a file: within the folder that was named, and nowhere else.
struct Beside<'a> {
    job: &'a Job,
    names: &'a mut Names,
}

impl Beside<'_> {
    fn load(&self, path: &Path) -> Option<Vec<u8>> {
        const LARGEST_IMAGE: u64 = 64 * 1024 * 1024;
        let real = fs::canonicalize(path).ok()?;
        let about = fs::metadata(&real).ok()?;
        (real.starts_with(&self.job.root) && about.is_file() && about.len() <= LARGEST_IMAGE)
            .then(|| fs::read(real).ok())
            .flatten()
    }
}

/// The paths of files by name, below the folder of which a name alone was last asked for. The notes of a vault come one
/// after the other: looking through it for each of them would take longer than reading them.
#[derive(Default)]
struct Names {
    root: PathBuf,
    deepest: Option<usize>,
    paths: HashMap<String, Vec<PathBuf>>,
}

impl Names {
    fn of(&mut self, job: &Job) -> &HashMap<String, Vec<PathBuf>> {
        // Of a file that was named alone, only the folder around it.
        let deepest = if job.folder.is_empty() { 0 } else { 32 };
        if self.root != job.root || self.deepest != Some(deepest) {
            *self = Names {
                root: job.root.clone(),
                deepest: Some(deepest),
                paths: by_name(&job.root, deepest),
            };
        }
        &self.paths
    }
}

fn by_name(root: &Path, deepest: usize) -> HashMap<String, Vec<PathBuf>> {
    const MOST: usize = 500_000;
    let mut by_name: HashMap<String, Vec<PathBuf>> = HashMap::new();
    let mut folders = vec![(root.to_path_buf(), 0)];
    let mut seen = 0usize;
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            seen += 1;
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.file_type() {
                Ok(kind) if kind.is_file() => by_name.entry(name).or_default().push(entry.path()),
                Ok(kind) if kind.is_dir() && depth < deepest && !name.starts_with('.') && seen < MOST => {
                    folders.push((entry.path(), depth + 1));
                }
                _ => {}
            }
        }
    }
    by_name
}

impl Attachments for Beside<'_> {
    fn find(&mut self, folder: &[String], target: &str) -> Option<Vec<u8>> {
        if self.job.bytes.is_some() {
            return None;
        }
        let inner = folder.get(1..).unwrap_or_default();
        for from in [inner, &[]] {
            if let Some(path) = source::resolve(from, target)
                && let Some(bytes) = self.load(&self.job.root.join(path))
            {
                return Some(bytes);
            }
        }
        let name = target.rsplit('/').next()?.to_owned();
        match self.names.of(self.job).get(&name)?.as_slice() {
            [only] => {
                let only = only.clone();
                self.load(&only)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_folder_is_looked_through_once_for_all_that_lies_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        for (path, bytes) in [("images/a.png", "a"), ("other/b.png", "b")] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), bytes).unwrap();
        }
        let job = |folder: &[&str]| Job {
            root: root.clone(),
            folder: folder.iter().map(|name| (*name).to_owned()).collect(),
            ..Job::default()
        };
        let mut names = Names::default();
        let mut find = |job: &Job, name: &str| {
            let mut beside = Beside { job, names: &mut names };
            beside.find(&job.folder, name)
        };
        let notes = job(&["vault", "notes"]);
        assert_eq!(find(&notes, "a.png").as_deref(), Some(b"a".as_slice()));
        // A second file of the name would make it doubtful, if anybody looked.
        fs::write(root.join("other/a.png"), "another").unwrap();
        assert_eq!(find(&job(&["vault"]), "a.png").as_deref(), Some(b"a".as_slice()));
        assert_eq!(
            find(&job(&[]), "b.png"),
            None,
            "a file that was named alone has its own folder"
        );
        assert_eq!(find(&notes, "a.png"), None, "which is looked through anew");
        assert_eq!(find(&notes, "b.png").as_deref(), Some(b"b".as_slice()));
    }
}
