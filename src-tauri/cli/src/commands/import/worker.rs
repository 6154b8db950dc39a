//! The process that reads what strangers made, within limits, and tells the importing one.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use edito_exchange::{Attachments, Pieces, Receipt, source};
use serde::{Deserialize, Serialize};

use super::files::Job;
use super::frame::{Frame, Said};
use crate::output::CommandResult;

/// Reads the files of an [`Order`] given on standard input, and writes frames to standard output.
#[derive(Args)]
pub struct Worker {}

/// What a worker is to do.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order {
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
}

impl Worker {
    /// Runs the command.
    pub fn run(self) -> CommandResult {
        let mut order = Vec::new();
        io::stdin().lock().read_to_end(&mut order)?;
        let order: Order = serde_json::from_slice(&order).map_err(io::Error::from)?;
        limit(order.memory);
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
        Ok(ExitCode::SUCCESS)
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
    let bytes = match bytes_of(&job.path) {
        Ok(bytes) => bytes,
        Err(kind) => {
            let mut receipt = Receipt::new(&job.source);
            receipt.fail(kind, None);
            return tell(done, Said::End(receipt));
        }
    };
    let mut beside = Beside::new(job);
    let mut pieces = Pieces::of(&job.name, &job.folder, &bytes, &mut beside);
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

fn bytes_of(path: &Path) -> Result<Vec<u8>, &'static str> {
    let about = fs::metadata(path).map_err(|_| "unreadable")?;
    if !about.is_file() {
        return Err("unreadable");
    }
    if about.len() > LARGEST {
        return Err("too-large");
    }
    fs::read(path).map_err(|_| "unreadable")
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
    use rustix::process::{Resource, Rlimit, setrlimit};
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
