//! Pictures that are drawn in the background and kept for each size.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use super::decode::{Source, decode};
use super::drawing::Fonts;
use super::manner::{Surroundings, manner};
use super::size::Pixels;
use super::{Drawn, Manner, Protocol, Unshown};
use crate::config::Pictures;
use crate::course::CourseFiles;
use crate::digest::Digest;
use crate::markup::{Cells, PictureWords};

/// The name of the thread that unpacks and draws. A file may be made to break its decoder; that costs the picture and
/// nothing else, so a panic on this thread is no end of the face.
pub const WORKER: &str = "pictures";

/// Recursion over a drawing needs some room; what is deeper than it may be was refused before.
const STACK: usize = 16 << 20;
/// So many pictures wait to be drawn; of more, those that were asked for last.
const WAITING: usize = 8;
/// So many drawn pictures are kept, as long as they are not too heavy.
const KEPT: usize = 32;
/// They take so many bytes at the most, but for one.
const HEAVIEST: usize = 48 << 20;
/// So many unpacked pictures are kept for other sizes.
const UNPACKED: usize = 2;
/// How large a cell is where nobody says it.
const USUAL_CELL: Pixels = Pixels { width: 8, height: 16 };

/// Pictures that are drawn in the background; clones are the same gallery. Its thread begins with the first picture and ends
/// with the last clone; nobody waits for it.
#[derive(Clone)]
pub struct Gallery(Arc<Handle>);

/// Tells the thread when nobody is left who could ask it for anything.
struct Handle(Arc<Shared>);

/// What became of a picture that was asked for.
#[derive(Debug, Clone)]
pub enum Seen {
    /// It can be drawn.
    Drawn(Arc<Drawn>),
    /// It is being made; the face is woken when it is there.
    Coming,
    /// It cannot be shown.
    Unshown(Unshown),
}

/// Where the bytes of a picture are.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) files: Arc<CourseFiles>,
    pub(super) path: String,
    pub(super) digest: Digest,
}

impl Held {
    fn bytes(&self) -> Result<&[u8], Unshown> {
        self.files.get(&self.path).map(Vec::as_slice).ok_or(Unshown::Missing)
    }
}

/// What makes a gallery for whoever wishes pictures in some way.
#[derive(Clone)]
pub struct Studio {
    surroundings: Surroundings,
    /// What the terminal calls itself, once it has said it.
    name: Arc<OnceLock<String>>,
    open: Arc<Open>,
}

type Open = dyn Fn(Manner) -> Gallery + Send + Sync;

impl Studio {
    /// A studio that makes galleries by `open` for a terminal in these `surroundings` with this `name`, if it ever says it.
    pub fn new(
        surroundings: Surroundings,
        name: Arc<OnceLock<String>>,
        open: impl Fn(Manner) -> Gallery + Send + Sync + 'static,
    ) -> Self {
        Self { surroundings, name, open: Arc::new(open) }
    }

    /// A gallery as somebody wishes: `present` itself if it is one, another, or none when pictures are described in words.
    #[must_use]
    pub fn gallery(&self, wish: Pictures, present: Option<Gallery>) -> Option<Gallery> {
        let manner = manner(wish, &self.surroundings, self.name.get().map(String::as_str))?;
        present.filter(|gallery| gallery.0.0.manner == manner).or_else(|| Some((self.open)(manner)))
    }
}

impl fmt::Debug for Studio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Studio")
    }
}

type Unpack = Box<dyn Fn(&[u8]) -> Result<Source, Unshown> + Send + Sync>;

struct Shared {
    manner: Manner,
    measure: Box<dyn Fn() -> Option<Pixels> + Send + Sync>,
    ring: Box<dyn Fn() + Send + Sync>,
    unpack: Unpack,
    state: Mutex<State>,
    work: Condvar,
}

struct State {
    cell: Pixels,
    slots: HashMap<Key, Seen>,
    /// What was asked for, the latest last.
    used: VecDeque<Key>,
    /// The latest last.
    jobs: Vec<(Key, Held)>,
    worker: Worker,
    /// Whether a picture came that nobody was told about.
    news: bool,
    /// How many pictures were made so far.
    made: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worker {
    NotYet,
    Running,
    /// There is nobody left to work for, or no thread to be had.
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    digest: Digest,
    cells: Cells,
    cell: Pixels,
}

impl Gallery {
    /// A gallery for a terminal that shows pictures in this `manner`. `measure` says how large its cells are now, and `ring` is
    /// called on another thread when a picture has come.
    pub fn new(
        manner: Manner,
        measure: impl Fn() -> Option<Pixels> + Send + Sync + 'static,
        ring: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let fonts = Fonts::default();
        Self::with(manner, measure, ring, Box::new(move |bytes| decode(bytes, &fonts)))
    }

    pub(super) fn with(
        manner: Manner,
        measure: impl Fn() -> Option<Pixels> + Send + Sync + 'static,
        ring: impl Fn() + Send + Sync + 'static,
        unpack: Unpack,
    ) -> Self {
        let state = State {
            cell: measure().unwrap_or(USUAL_CELL),
            slots: HashMap::new(),
            used: VecDeque::new(),
            jobs: Vec::new(),
            worker: Worker::NotYet,
            news: false,
            made: 0,
        };
        let (measure, ring) = (Box::new(measure), Box::new(ring));
        let shared = Shared { manner, measure, ring, unpack, state: Mutex::new(state), work: Condvar::new() };
        Self(Arc::new(Handle(Arc::new(shared))))
    }

    /// The picture in so many cells, as far as it is there. Never waits.
    pub(super) fn see(&self, held: &Held, cells: Cells) -> Seen {
        let shared = &self.0.0;
        let mut state = shared.lock();
        let key = Key { digest: held.digest, cells, cell: state.cell };
        state.used.retain(|used| *used != key);
        state.used.push_back(key);
        if let Some(seen) = state.slots.get(&key) {
            return seen.clone();
        }
        if state.worker == Worker::NotYet {
            state.worker = shared.begin();
        }
        if state.worker == Worker::Over {
            return Seen::Unshown(Unshown::Broken);
        }
        state.slots.insert(key, Seen::Coming);
        state.jobs.push((key, held.clone()));
        if state.jobs.len() > WAITING {
            // It will be asked for again when it is seen again.
            let (given_up, _) = state.jobs.remove(0);
            state.slots.remove(&given_up);
        }
        drop(state);
        shared.work.notify_one();
        Seen::Coming
    }

    /// Whether the two are one gallery, or none.
    #[must_use]
    pub fn same(one: Option<&Self>, other: Option<&Self>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => Arc::ptr_eq(&one.0, &other.0),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Whether a picture has come since this was asked last.
    #[must_use]
    pub fn take_news(&self) -> bool {
        std::mem::take(&mut self.0.0.lock().news)
    }

    /// The terminal has another size: its letters may have too.
    pub fn measure(&self) {
        if let Some(cell) = (self.0.0.measure)() {
            self.0.0.lock().cell = cell;
        }
    }

    /// The terminal has forgotten what it was given.
    pub fn forget(&self) {
        let mut state = self.0.0.lock();
        state.slots.clear();
        state.used.clear();
        state.jobs.clear();
    }

    /// How large a cell is.
    #[must_use]
    pub fn cell(&self) -> Pixels {
        match self.0.0.manner.protocol {
            Protocol::Kitty | Protocol::Sixel | Protocol::Iterm2 => self.0.0.lock().cell,
            // Halves of a cell are taken for squares.
            Protocol::Blocks(_) => USUAL_CELL,
        }
    }

    /// How much is to be said below a picture: what half blocks show of a diagram nobody can read.
    #[must_use]
    pub fn words(&self) -> PictureWords {
        match self.0.0.manner.protocol {
            Protocol::Kitty | Protocol::Sixel | Protocol::Iterm2 => PictureWords::Line,
            Protocol::Blocks(_) => PictureWords::All,
        }
    }
}

impl fmt::Debug for Gallery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Gallery").field(&self.0.0.manner).finish()
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.worker = Worker::Over;
        state.jobs.clear();
        drop(state);
        self.0.work.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(self: &Arc<Self>) -> Worker {
        let shared = Arc::clone(self);
        let thread = thread::Builder::new().name(WORKER.to_owned()).stack_size(STACK);
        thread.spawn(move || shared.work()).map_or(Worker::Over, |_| Worker::Running)
    }

    /// Makes pictures as long as there is somebody to see them.
    fn work(&self) {
        let mut unpacked: VecDeque<(Digest, Result<Arc<Source>, Unshown>)> = VecDeque::new();
        loop {
            let mut state = self.lock();
            let (key, held) = loop {
                if state.worker == Worker::Over {
                    return;
                }
                match state.jobs.pop() {
                    Some(job) => break job,
                    None => state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner),
                }
            };
            state.made = state.made.wrapping_add(1);
            let made = state.made;
            drop(state);
            let seen = match self.make(key, &held, made, &mut unpacked) {
                Ok(drawn) => Seen::Drawn(Arc::new(drawn)),
                Err(unshown) => Seen::Unshown(unshown),
            };
            let mut state = self.lock();
            state.slots.insert(key, seen);
            state.news = true;
            state.tidy();
            drop(state);
            (self.ring)();
        }
    }

    fn make(
        &self,
        key: Key,
        held: &Held,
        made: u32,
        unpacked: &mut VecDeque<(Digest, Result<Arc<Source>, Unshown>)>,
    ) -> Result<Drawn, Unshown> {
        // Decoders are written with care, and still one may give up on what it was never shown.
        let carefully = |what: &dyn Fn() -> Result<Drawn, Unshown>| {
            catch_unwind(AssertUnwindSafe(what)).unwrap_or(Err(Unshown::Broken))
        };
        let known =
            unpacked.iter().find(|(digest, _)| *digest == key.digest).map(|(_, source)| source.clone());
        let source = known.unwrap_or_else(|| {
            let unpack = || (self.unpack)(held.bytes()?).map(Arc::new);
            let source = catch_unwind(AssertUnwindSafe(unpack)).unwrap_or(Err(Unshown::Broken));
            unpacked.push_back((key.digest, source.clone()));
            if unpacked.len() > UNPACKED {
                unpacked.pop_front();
            }
            source
        })?;
        carefully(&|| Drawn::of(&source, key.cells, key.cell, self.manner, number(key, made)))
    }
}

/// What the terminal knows a picture by: not what another program at the same terminal is likely to have taken.
fn number(key: Key, made: u32) -> u32 {
    let [a, b, c, d, ..] = *key.digest.as_bytes();
    u32::from_be_bytes([a, b, c, d]).wrapping_add(made.wrapping_mul(0x9e37_79b9)).max(1)
}

impl State {
    /// Gives up what was not asked for the longest time.
    fn tidy(&mut self) {
        let weight = |seen: &Seen| match seen {
            Seen::Drawn(drawn) => drawn.weight(),
            Seen::Coming | Seen::Unshown(_) => 0,
        };
        let mut heavy: usize = self.slots.values().map(weight).sum();
        while self.used.len() > 1 && (self.used.len() > KEPT || heavy > HEAVIEST) {
            let Some(oldest) = self.used.pop_front() else { return };
            if let Some(seen) = self.slots.remove(&oldest) {
                heavy -= weight(&seen);
            }
        }
    }
}

#[cfg(test)]
mod tests;
