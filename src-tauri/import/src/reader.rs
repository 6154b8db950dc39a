//! The worker from outside: started, watched, and started again behind what it fell over.

use std::io::{self, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use edito_exchange::{Piece, Receipt};

use crate::error::Result;
use crate::files::Job;
use crate::frame::{Frame, Said};
use crate::worker::{ARGUMENT, Order};

/// How foreign files are read.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The program that runs [`crate::worker::run`] when its first argument is [`ARGUMENT`].
    pub program: PathBuf,
    /// What it may take.
    pub limits: Limits,
}

/// What reading may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Seconds for one piece.
    pub item_seconds: u64,
    /// Megabytes of address space.
    pub memory: u64,
}

/// What was read of a file.
pub(crate) enum Event {
    /// The file is about to be read.
    Opened,
    /// A piece, with what became of it.
    Piece(Box<Piece>, Receipt),
    /// What became of something that gave no piece.
    Receipt(Receipt),
    /// The file is read; what became of it.
    Closed(Receipt),
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            item_seconds: 20,
            memory: 3072,
        }
    }
}

impl Reader {
    /// The running program, which then has to be one that answers to [`ARGUMENT`].
    pub fn of_this_program() -> Result<Reader> {
        let mut program = std::env::current_exe()?;
        // An update has put another file in its place; what runs is still there.
        if cfg!(target_os = "linux") && !program.exists() {
            program = PathBuf::from("/proc/self/exe");
        }
        Ok(Reader {
            program,
            limits: Limits::default(),
        })
    }

    /// Reads one file, or bytes in hand, and answers its pieces, with what became of them. Nothing is taken in. Empty
    /// when it was cancelled before the first piece.
    pub fn read_one(&self, job: &Job, cancel: &AtomicBool) -> Result<(Vec<Piece>, Receipt)> {
        let mut pieces = Vec::new();
        let mut receipt = Receipt::new(&job.source);
        self.read(std::slice::from_ref(job), cancel, &mut |_, event| {
            match event {
                Event::Opened => {}
                Event::Piece(piece, said) => {
                    pieces.push(*piece);
                    receipt.absorb(said);
                }
                Event::Receipt(said) | Event::Closed(said) => receipt.absorb(said),
            }
            Ok(())
        })?;
        Ok((pieces, receipt))
    }

    /// Reads all files, in order, and hands over what comes of them with the number of each file. Answers whether it
    /// came to the end: not when it was cancelled.
    pub(crate) fn read(
        &self,
        jobs: &[Job],
        cancel: &AtomicBool,
        each: &mut dyn FnMut(usize, Event) -> Result<()>,
    ) -> Result<bool> {
        let mut at = Place::default();
        let mut skip: Vec<usize> = Vec::new();
        while at.job < jobs.len() {
            let last = jobs.len().min(at.job + TOGETHER);
            let order = Order {
                first: at.job,
                jobs: jobs.get(at.job..last).unwrap_or_default().to_vec(),
                done: at.item,
                skip: skip.clone(),
                item_seconds: self.limits.item_seconds,
                memory: self.limits.memory,
                lengths: Vec::new(),
            };
            let before = at;
            let end = self.follow(order, &mut at, cancel, each)?;
            if at.job != before.job {
                skip.clear();
            }
            let kind = match end {
                End::Done => continue,
                End::Cancelled => return Ok(false),
                End::Fell(kind) => kind,
            };
            let mut receipt = Receipt::default();
            receipt.fail(kind, Some(&format!("#{}", at.item + 1)));
            each(at.job, Event::Receipt(receipt))?;
            // Fallen over twice, or before there was a piece to pass over: the rest of the file is given up.
            if skip.contains(&at.item) || !at.begun || skip.len() >= MOST_FALLS {
                skip.clear();
                at = Place {
                    job: at.job + 1,
                    ..Place::default()
                };
            } else {
                skip.push(at.item);
            }
        }
        Ok(true)
    }

    /// Follows one worker; answers how that ended. `at` is then the place.
    fn follow(
        &self,
        order: Order,
        at: &mut Place,
        cancel: &AtomicBool,
        each: &mut dyn FnMut(usize, Event) -> Result<()>,
    ) -> Result<End> {
        let end = order.first + order.jobs.len();
        let (worker, frames) = Running::start(&self.program, order)?;
        let wait = Duration::from_secs(self.limits.item_seconds);
        at.begun = false;
        let mut opened = None;
        while at.job < end {
            // Dropping the worker ends it.
            let frame = match next(&frames, wait, cancel) {
                Next::Frame(frame) if frame.job == at.job => *frame,
                Next::Frame(_) | Next::Closed => return Ok(End::Fell("crashed")),
                Next::Late => return Ok(End::Fell("too-slow")),
                Next::Cancelled => return Ok(End::Cancelled),
            };
            match frame.said {
                Said::Begin => {
                    at.item = frame.item;
                    // The first is said before the file is opened.
                    at.begun = opened == Some(frame.job);
                    if !at.begun {
                        each(frame.job, Event::Opened)?;
                    }
                    opened = Some(frame.job);
                }
                Said::Item(piece, receipt) => {
                    let event = match piece {
                        Some(piece) => Event::Piece(piece, receipt),
                        None => Event::Receipt(receipt),
                    };
                    at.item = frame.item + 1;
                    each(frame.job, event)?;
                }
                Said::End(receipt) => {
                    each(frame.job, Event::Closed(receipt))?;
                    *at = Place {
                        job: frame.job + 1,
                        ..Place::default()
                    };
                }
            }
        }
        drop(worker);
        Ok(End::Done)
    }
}

/// Files that one worker reads, at most.
const TOGETHER: usize = 256;
/// A file whose pieces make this many workers fall is given up.
const MOST_FALLS: usize = 20;

/// Where reading is.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    job: usize,
    item: usize,
    /// Whether the file was opened.
    begun: bool,
}

/// How following a worker ended.
enum End {
    /// All its files are read.
    Done,
    /// It fell; the kind of note that says over what.
    Fell(&'static str),
    /// Nobody wants more.
    Cancelled,
}

/// What comes of waiting for a frame.
enum Next {
    Frame(Box<Frame>),
    Closed,
    Late,
    Cancelled,
}

/// Waits for a frame, and looks up now and then whether anybody still wants it.
fn next(frames: &Receiver<Frame>, wait: Duration, cancel: &AtomicBool) -> Next {
    const GLANCE: Duration = Duration::from_millis(100);
    let since = Instant::now();
    loop {
        if cancel.load(Ordering::Relaxed) {
            return Next::Cancelled;
        }
        match frames.recv_timeout(wait.saturating_sub(since.elapsed()).min(GLANCE)) {
            Ok(frame) => return Next::Frame(Box::new(frame)),
            Err(RecvTimeoutError::Disconnected) => return Next::Closed,
            Err(RecvTimeoutError::Timeout) if since.elapsed() >= wait => return Next::Late,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// A worker that is ended when nobody follows it any more.
struct Running(Child);

impl Running {
    fn start(program: &PathBuf, mut order: Order) -> Result<(Running, Receiver<Frame>)> {
        let child = Command::new(program)
            .arg(ARGUMENT)
            // Each thread would have a region of addresses of its own (glibc), which counts against the limit.
            .env("MALLOC_ARENA_MAX", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What it says when it falls is told in the receipt.
            .stderr(Stdio::null())
            .spawn()?;
        // Ended also when it can't be told what to do.
        let mut running = Running(child);
        let child = &mut running.0;
        if let Some(stdin) = child.stdin.take() {
            let mut stdin = BufWriter::new(stdin);
            match order.write(&mut stdin).and_then(|()| stdin.flush()) {
                // A worker that is gone already is noticed by whoever follows it.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
                told => told?,
            }
        }
        // A few, so that the one reads while the other writes, and no more stand in memory.
        let (send, frames) = sync_channel(4);
        if let Some(stdout) = child.stdout.take() {
            std::thread::Builder::new().name("frames".into()).spawn(move || {
                let mut stdout = BufReader::with_capacity(1 << 16, stdout);
                while let Ok(Some(frame)) = Frame::read(&mut stdout) {
                    if send.send(frame).is_err() {
                        return;
                    }
                }
            })?;
        }
        Ok((running, frames))
    }

    fn end(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}
