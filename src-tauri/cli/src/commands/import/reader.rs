//! The worker from outside: started, watched, and started again behind what it fell over.

use std::io::{BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use edito_exchange::{Piece, Receipt};

use super::files::Job;
use super::frame::{Frame, Said};
use super::worker::Order;
use crate::output::Failure;

/// What reading may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Seconds for one piece.
    pub item_seconds: u64,
    /// Megabytes of address space.
    pub memory: u64,
}

/// What was read of a file.
pub enum Event {
    /// A piece, with what became of it.
    Piece(Box<Piece>, Receipt),
    /// What became of something that gave no piece, or of the file.
    Receipt(Receipt),
}

/// Reads all files, in order, and hands over what comes of them with the number of each file.
pub fn read(
    jobs: &[Job],
    limits: Limits,
    each: &mut dyn FnMut(usize, Event) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut at = Place::default();
    let mut skip: Vec<usize> = Vec::new();
    while at.job < jobs.len() {
        let last = jobs.len().min(at.job + TOGETHER);
        let order = Order {
            first: at.job,
            jobs: jobs.get(at.job..last).unwrap_or_default().to_vec(),
            done: at.item,
            skip: skip.clone(),
            item_seconds: limits.item_seconds,
            memory: limits.memory,
        };
        let before = at;
        let fell = follow(&order, limits, &mut at, each)?;
        if at.job != before.job {
            skip.clear();
        }
        let Some(kind) = fell else { continue };
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
    Ok(())
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

/// Follows one worker; answers what it fell over, if it did. `at` is then the place.
fn follow(
    order: &Order,
    limits: Limits,
    at: &mut Place,
    each: &mut dyn FnMut(usize, Event) -> Result<(), Failure>,
) -> Result<Option<&'static str>, Failure> {
    let (mut worker, frames) = Running::start(order)?;
    let wait = Duration::from_secs(limits.item_seconds);
    let end = order.first + order.jobs.len();
    at.begun = false;
    let mut opened = None;
    while at.job < end {
        let frame = match frames.recv_timeout(wait) {
            Ok(frame) => frame,
            Err(RecvTimeoutError::Timeout) => {
                worker.end();
                return Ok(Some("too-slow"));
            }
            Err(RecvTimeoutError::Disconnected) => {
                worker.end();
                return Ok(Some("crashed"));
            }
        };
        if frame.job != at.job {
            worker.end();
            return Ok(Some("crashed"));
        }
        match frame.said {
            Said::Begin => {
                at.item = frame.item;
                // The first is said before the file is opened.
                at.begun = opened == Some(frame.job);
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
                each(frame.job, Event::Receipt(receipt))?;
                *at = Place {
                    job: frame.job + 1,
                    ..Place::default()
                };
            }
        }
    }
    Ok(None)
}

/// A worker that is ended when nobody follows it any more.
struct Running(Child);

impl Running {
    fn start(order: &Order) -> Result<(Running, Receiver<Frame>), Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("read-for-import")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What it says when it falls is told in the receipt.
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            let order = serde_json::to_vec(order).map_err(std::io::Error::from)?;
            // A worker that is gone already is noticed below.
            let _ = stdin.write_all(&order);
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
        Ok((Running(child), frames))
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
