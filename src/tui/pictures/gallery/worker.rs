//! The threads behind a gallery: one that takes what is wished, and one that unpacks and draws it.
//!
//! What a decoder or a renderer does with a file that was made to keep it busy is bounded where that is known. Where it is not, the
//! thread that is busy is left behind, once, and another one goes on; there is no way to end it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;

use super::{Held, Key, Name, Seen, Shared, State, WORKER, Worker};
use crate::digest::Digest;
use crate::picture::Unshown;
use crate::tui::pictures::Drawn;
use crate::tui::pictures::decode::Source;

/// Recursion over a drawing needs some room; what is deeper than it may be was refused before.
const STACK: usize = 16 << 20;
/// So many unpacked pictures are kept for other sizes.
const UNPACKED: usize = 2;

/// An unpacked picture and where its numbers begin, or why there is none.
type Unpacked = Result<(Arc<Source>, u32), Unshown>;

/// What is to be made.
struct Job {
    key: Key,
    held: Held,
    made: u32,
}

/// The thread that unpacks and draws.
struct Hand {
    jobs: Sender<Job>,
    made: Receiver<Result<Drawn, Unshown>>,
}

impl Shared {
    pub(super) fn begin(self: &Arc<Self>) -> Worker {
        let shared = Arc::clone(self);
        let thread = thread::Builder::new().name(WORKER.to_owned());
        thread.spawn(move || shared.work()).map_or(Worker::Over, |_| Worker::Running)
    }

    /// Has pictures made as long as there is somebody to see them.
    fn work(self: &Arc<Self>) {
        let mut hand = Hand::of(self);
        let mut given_up: Option<Name> = None;
        loop {
            let mut state = self.lock();
            let (key, held) = loop {
                if state.worker == Worker::Over {
                    return;
                }
                match state.jobs.pop() {
                    Some(job) => break job,
                    None => state = self.work.wait(state).unwrap_or_else(std::sync::PoisonError::into_inner),
                }
            };
            state.made = state.made.wrapping_add(1);
            let made = state.made;
            drop(state);
            let seen = if given_up == Some(key.file) {
                Seen::Unshown(Unshown::Broken)
            } else {
                match hand.as_ref().map(|hand| hand.make(Job { key, held, made }, self)) {
                    Some(Ok(Ok(drawn))) => Seen::Drawn(Arc::new(drawn)),
                    Some(Ok(Err(unshown))) => Seen::Unshown(unshown),
                    Some(Err(RecvTimeoutError::Timeout)) => {
                        hand = Hand::of(self).filter(|_| given_up.replace(key.file).is_none());
                        Seen::Unshown(Unshown::Broken)
                    }
                    Some(Err(RecvTimeoutError::Disconnected)) | None => {
                        hand = None;
                        Seen::Unshown(Unshown::Broken)
                    }
                }
            };
            let mut state = self.lock();
            state.slots.insert(key, seen);
            state.news = true;
            state.tidy();
            if hand.is_none() {
                state.give_up();
            }
            drop(state);
            (self.ring)();
        }
    }

    /// Makes what comes, until nobody is left who sends anything.
    fn draw(&self, jobs: &Receiver<Job>, done: &Sender<Result<Drawn, Unshown>>) {
        let mut unpacked: VecDeque<(Name, Unpacked)> = VecDeque::new();
        while let Ok(job) = jobs.recv() {
            if done.send(self.make(&job, &mut unpacked)).is_err() {
                return;
            }
        }
    }

    fn make(&self, job: &Job, unpacked: &mut VecDeque<(Name, Unpacked)>) -> Result<Drawn, Unshown> {
        let key = job.key;
        // Decoders are written with care, and still one may give up on what it was never shown.
        let carefully = |what: &dyn Fn() -> Result<Drawn, Unshown>| {
            catch_unwind(AssertUnwindSafe(what)).unwrap_or(Err(Unshown::Broken))
        };
        let known = unpacked.iter().find(|(name, _)| *name == key.file).map(|(_, source)| source.clone());
        let (source, seed) = known.unwrap_or_else(|| {
            let unpack = || {
                let bytes = job.held.bytes()?;
                Ok((Arc::new((self.unpack)(bytes)?), seed(bytes)))
            };
            let source = catch_unwind(AssertUnwindSafe(unpack)).unwrap_or(Err(Unshown::Broken));
            unpacked.push_back((key.file, source.clone()));
            if unpacked.len() > UNPACKED {
                unpacked.pop_front();
            }
            source
        })?;
        carefully(&|| {
            let place = self.shelf.place(number(seed, job.made), self.manner.tmux);
            Drawn::of(&source, key.cells, key.cell, self.manner, place)
        })
    }
}

impl Hand {
    /// A new one; `None` where there is no thread to be had.
    fn of(shared: &Arc<Shared>) -> Option<Self> {
        let (jobs, wanted) = channel();
        let (done, made) = channel();
        let shared = Arc::clone(shared);
        let thread = thread::Builder::new().name(WORKER.to_owned()).stack_size(STACK);
        thread.spawn(move || shared.draw(&wanted, &done)).ok()?;
        Some(Self { jobs, made })
    }

    /// What became of a job, if that is known in time.
    fn make(&self, job: Job, shared: &Shared) -> Result<Result<Drawn, Unshown>, RecvTimeoutError> {
        self.jobs.send(job).map_err(|_| RecvTimeoutError::Disconnected)?;
        self.made.recv_timeout(shared.patience)
    }
}

impl State {
    /// Nothing is made any more.
    fn give_up(&mut self) {
        self.worker = Worker::Over;
        for (key, _) in std::mem::take(&mut self.jobs) {
            self.slots.insert(key, Seen::Unshown(Unshown::Broken));
        }
    }
}

/// Where the numbers of a picture begin.
fn seed(bytes: &[u8]) -> u32 {
    let [a, b, c, d, ..] = *Digest::of(bytes).as_bytes();
    u32::from_be_bytes([a, b, c, d])
}

/// What the terminal knows a picture by: not what another program at the same terminal is likely to have taken.
fn number(seed: u32, made: u32) -> u32 {
    seed.wrapping_add(made.wrapping_mul(0x9e37_79b9)).max(1)
}
