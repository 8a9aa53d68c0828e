//! Pictures that are drawn in the background and kept for each size.

mod worker;

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::decode::{Source, decode};
use super::drawing::Fonts;
use super::manner::{Surroundings, manner};
use super::shelf::Shelf;
use super::{Drawn, Manner, Protocol};
use crate::config::Pictures;
use crate::course::CourseFiles;
use crate::markup::{Cells, PictureWords};
use crate::picture::{Pixels, Unshown};

/// The name of the thread that unpacks and draws. A file may be made to break its decoder; that costs the picture and
/// nothing else, so a panic on this thread is no end of the face.
pub const WORKER: &str = "pictures";

/// How long a picture may take. The largest one takes a second or two on a slow computer; what takes so long as this is made to.
const PATIENCE: Duration = Duration::from_secs(20);
/// So many pictures wait to be drawn; of more, those that were asked for last.
const WAITING: usize = 8;
/// So many drawn pictures are kept, as long as they are not too heavy, and those in sight in any case.
const KEPT: usize = 32;
/// They take so many bytes at the most, but for one.
const HEAVIEST: usize = 48 << 20;
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

/// Where the bytes of a picture are. Nobody hashes them on the thread that draws: they may be many.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) files: Arc<CourseFiles>,
    pub(super) path: Arc<str>,
}

impl Held {
    fn bytes(&self) -> Result<&[u8], Unshown> {
        self.files.get(&*self.path).map(Vec::as_slice).ok_or(Unshown::Missing)
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
    shelf: Shelf,
    measure: Box<dyn Fn() -> Option<Pixels> + Send + Sync>,
    ring: Box<dyn Fn() + Send + Sync>,
    unpack: Unpack,
    patience: Duration,
    state: Mutex<State>,
    work: Condvar,
}

struct State {
    cell: Pixels,
    names: Names,
    slots: HashMap<Key, Seen>,
    /// What was asked for, the latest last, and for which frame.
    used: VecDeque<(Key, u64)>,
    frame: u64,
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
    file: Name,
    cells: Cells,
    cell: Pixels,
}

/// What a file is called here: another content has another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Name(u32);

/// The names of the files of a course.
#[derive(Debug, Default)]
struct Names {
    /// The course as it was when somebody asked last.
    files: Arc<CourseFiles>,
    given: HashMap<Arc<str>, Name>,
    count: u32,
}

impl Names {
    /// The name of a file. Where the course was changed, what is in it as it was keeps its name.
    fn of(&mut self, held: &Held) -> Name {
        if !Arc::ptr_eq(&self.files, &held.files) {
            let before = std::mem::replace(&mut self.files, Arc::clone(&held.files));
            self.given.retain(|path, _| before.get(&**path) == held.files.get(&**path));
        }
        let count = &mut self.count;
        *self.given.entry(Arc::clone(&held.path)).or_insert_with(|| {
            *count = count.wrapping_add(1);
            Name(*count)
        })
    }
}

impl Gallery {
    /// A gallery for a terminal that shows pictures in this `manner` and keeps them on this `shelf`. `measure` says how large its cells are now, and `ring` is
    /// called on another thread when a picture has come.
    pub fn new(
        manner: Manner,
        shelf: Shelf,
        measure: impl Fn() -> Option<Pixels> + Send + Sync + 'static,
        ring: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let fonts = Fonts::default();
        Self::with(manner, shelf, measure, ring, Box::new(move |bytes| decode(bytes, &fonts)), PATIENCE)
    }

    pub(super) fn with(
        manner: Manner,
        shelf: Shelf,
        measure: impl Fn() -> Option<Pixels> + Send + Sync + 'static,
        ring: impl Fn() + Send + Sync + 'static,
        unpack: Unpack,
        patience: Duration,
    ) -> Self {
        let state = State {
            cell: measure().unwrap_or(USUAL_CELL),
            names: Names::default(),
            slots: HashMap::new(),
            used: VecDeque::new(),
            frame: 0,
            jobs: Vec::new(),
            worker: Worker::NotYet,
            news: false,
            made: 0,
        };
        let (measure, ring) = (Box::new(measure), Box::new(ring));
        let (state, work) = (Mutex::new(state), Condvar::new());
        let shared = Shared { manner, shelf, measure, ring, unpack, patience, state, work };
        Self(Arc::new(Handle(Arc::new(shared))))
    }

    /// From now on pictures are asked for another frame. What the last one showed is kept, however much it is: it has room
    /// on one screen.
    pub fn begin_frame(&self) {
        self.0.0.lock().frame += 1;
    }

    /// The picture in so many cells, as far as it is there. Never waits.
    pub(super) fn see(&self, held: &Held, cells: Cells) -> Seen {
        let shared = &self.0.0;
        let mut state = shared.lock();
        let key = Key { file: state.names.of(held), cells, cell: state.cell };
        let frame = state.frame;
        state.used.retain(|(used, _)| *used != key);
        state.used.push_back((key, frame));
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

    /// Why a picture could not be drawn in the size in which it was asked for.
    pub(super) fn unshown(&self, held: &Held) -> Option<Unshown> {
        let mut state = self.0.0.lock();
        let file = state.names.of(held);
        state.slots.iter().find_map(|(key, seen)| match seen {
            Seen::Unshown(why) if key.file == file => Some(*why),
            Seen::Unshown(_) | Seen::Drawn(_) | Seen::Coming => None,
        })
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

    /// Whether a cell holds two dots and no more.
    #[must_use]
    pub fn is_coarse(&self) -> bool {
        match self.0.0.manner.protocol {
            Protocol::Kitty | Protocol::Sixel | Protocol::Iterm2 => false,
            Protocol::Blocks(_) => true,
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
}

impl State {
    /// Gives up what was not asked for the longest time and is not in sight.
    fn tidy(&mut self) {
        let weight = |seen: &Seen| match seen {
            Seen::Drawn(drawn) => drawn.weight(),
            Seen::Coming | Seen::Unshown(_) => 0,
        };
        let mut heavy: usize = self.slots.values().map(weight).sum();
        while self.used.len() > 1 && (self.used.len() > KEPT || heavy > HEAVIEST) {
            // Not while the next frame asks again for what this one shows.
            let Some((oldest, frame)) = self.used.front().copied() else { return };
            if frame + 1 >= self.frame {
                return;
            }
            self.used.pop_front();
            if let Some(seen) = self.slots.remove(&oldest) {
                heavy -= weight(&seen);
            }
        }
    }
}

#[cfg(test)]
mod tests;
