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

use crate::files::Job;
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
    let mut out = BufWriter::new(io::stdout().lock());
    for (place, job) in order.jobs.iter().enumerate() {
        let (done, skip): (usize, &[usize]) = if place == 0 {
            (order.done, &order.skip)
        } else {
            (0, &[])
        };
        read(order.first + place, job, done, skip, &clock, &mut out)?;
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

fn read(number: usize, job: &Job, done: usize, skip: &[usize], clock: &Clock, out: &mut impl Write) -> io::Result<()> {
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
    let mut beside = Beside::new(job);
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

/// Larger files are no articles, and no lists of them either.
const LARGEST: u64 = 1024 * 1024 * 1024;

fn bytes_of(job: &Job) -> Result<Cow<'_, [u8]>, &'static str> {
    if let Some(bytes) = &job.bytes {
        return Ok(Cow::Borrowed(bytes));
    }
    let about = fs::metadata(&job.path).map_err(|_| "unreadable")?;
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
    /// Paths of files by name, made when a name alone is asked for.
    by_name: Option<HashMap<String, Vec<PathBuf>>>,
}

impl<'a> Beside<'a> {
    fn new(job: &'a Job) -> Beside<'a> {
        Beside { job, by_name: None }
    }

    fn load(&self, path: &Path) -> Option<Vec<u8>> {
        const LARGEST_IMAGE: u64 = 64 * 1024 * 1024;
        let real = fs::canonicalize(path).ok()?;
        let about = fs::metadata(&real).ok()?;
        (real.starts_with(&self.job.root) && about.is_file() && about.len() <= LARGEST_IMAGE)
            .then(|| fs::read(real).ok())
            .flatten()
    }

    fn all(&mut self) -> &HashMap<String, Vec<PathBuf>> {
        let job = self.job;
        self.by_name.get_or_insert_with(|| {
            let mut by_name: HashMap<String, Vec<PathBuf>> = HashMap::new();
            // Of a file that was named alone, only the folder around it.
            let deepest = if job.folder.is_empty() { 0 } else { 32 };
            let mut folders = vec![(job.root.clone(), 0)];
            let mut seen = 0usize;
            while let Some((folder, depth)) = folders.pop() {
                for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                    seen += 1;
                    let name = entry.file_name().to_string_lossy().into_owned();
                    match entry.file_type() {
                        Ok(kind) if kind.is_file() => by_name.entry(name).or_default().push(entry.path()),
                        Ok(kind) if kind.is_dir() && depth < deepest && !name.starts_with('.') && seen < 500_000 => {
                            folders.push((entry.path(), depth + 1));
                        }
                        _ => {}
                    }
                }
            }
            by_name
        })
    }
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
        let found = self.all().get(&name)?.clone();
        match found.as_slice() {
            [only] => self.load(only),
            _ => None,
        }
    }
}
