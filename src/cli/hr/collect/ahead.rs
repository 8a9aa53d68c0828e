//! Files are opened and read before it is their turn, several at once: a disk answers many questions in the time that it takes for
//! one, and a share on the network all the more. The turns stay in order.

use std::collections::VecDeque;
use std::fs::{File, Metadata};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread::{self, Scope};
use std::vec;

use super::patience::Patience;
use super::source::Named;
use crate::files::{self, FileError, Seen};

/// How many files are read at once. Not by the number of cores: whoever reads waits.
const READERS: usize = 8;
/// How many files are handed on at once, so that handing on costs nothing.
const FILES: usize = 16;
/// How many times as many are under way: each reader has some, and some to go on with.
const GROUPS: usize = 2 * READERS;
/// The size in bytes up to which a file is read before its turn, which most records have: no more than [`FILES`] times [`GROUPS`] of
/// them are in memory.
const SMALL: usize = 32 << 10;

/// A file, or what stands in the place of one that cannot be had.
pub(super) type Step = Result<Lead, FileError>;
/// The same, when its turn has come.
type Turn = Result<(Lead, Result<Begun, FileError>), FileError>;

/// Where a file is.
#[derive(Debug)]
pub(super) enum Lead {
    /// Somebody named it.
    OnItsOwn(PathBuf),
    /// It was found in a folder that somebody named.
    AmongOthers(Seen),
}

impl Lead {
    /// Its path.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::OnItsOwn(path) => path,
            Self::AmongOthers(seen) => &seen.path,
        }
    }

    /// Who named it.
    pub(super) fn named(&self) -> Named {
        match self {
            Self::OnItsOwn(_) => Named::OnItsOwn,
            Self::AmongOthers(_) => Named::AmongOthers,
        }
    }

    /// Opens it. What was found is what is read, also where somebody put a link there meanwhile.
    fn open(&self) -> Result<(File, Metadata), FileError> {
        match self {
            Self::OnItsOwn(path) => files::open_regular(path),
            Self::AmongOthers(seen) => seen.open(),
        }
    }

    /// The same when its turn has come: while too many files are open, it is tried again.
    pub(super) fn open_in_turn(&self, patience: &Patience<'_>) -> Result<(File, Metadata), FileError> {
        files::open_patiently(|| patience.again(), || self.open())
    }
}

/// What was read of a file before its turn.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Begun {
    /// All of it.
    Whole(Vec<u8>),
    /// Nothing: it is larger than most records are, or too many files were open, and it is still to be opened.
    Later,
}

/// Reads ahead.
pub(super) struct Ahead<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    /// When it is set, nothing more is opened.
    stop: &'env AtomicBool,
    /// The same, set when nobody takes turns any more.
    over: Arc<AtomicBool>,
    jobs: Sender<Job>,
    waiting: Arc<Mutex<Receiver<Job>>>,
    readers: usize,
    /// How many readers there may be: fewer where the system starts no more.
    most: usize,
    /// The groups under way, in order.
    under_way: VecDeque<Receiver<Vec<Turn>>>,
    /// What is left of the group whose turn it is.
    turns: vec::IntoIter<Turn>,
}

/// A group to be read, and where it is waited for.
struct Job {
    steps: Vec<Step>,
    done: SyncSender<Vec<Turn>>,
}

impl<'scope, 'env> Ahead<'scope, 'env> {
    /// Its readers end with it, or when `stop` is set; then turns are left out.
    pub(super) fn new(scope: &'scope Scope<'scope, 'env>, stop: &'env AtomicBool) -> Self {
        let (jobs, waiting) = mpsc::channel();
        Self {
            scope,
            stop,
            over: Arc::default(),
            jobs,
            waiting: Arc::new(Mutex::new(waiting)),
            readers: 0,
            most: READERS,
            under_way: VecDeque::new(),
            turns: Vec::new().into_iter(),
        }
    }

    /// Whose turn it is, after `steps` was asked for what comes later.
    pub(super) fn next(&mut self, steps: &mut impl Iterator<Item = Step>) -> Option<Turn> {
        loop {
            if let Some(turn) = self.turns.next() {
                return Some(turn);
            }
            while self.under_way.len() < GROUPS {
                let group: Vec<Step> = steps.by_ref().take(FILES).collect();
                if group.is_empty() {
                    break;
                }
                self.read(group);
            }
            let group = self.under_way.pop_front()?;
            self.turns = group.recv().expect("a reader answers every job").into_iter();
        }
    }

    fn read(&mut self, steps: Vec<Step>) {
        let (over, stop) = (Arc::clone(&self.over), self.stop);
        let goes_on = move || !over.load(Ordering::Relaxed) && !stop.load(Ordering::Relaxed);
        if self.readers < self.most {
            let (waiting, goes_on) = (Arc::clone(&self.waiting), goes_on.clone());
            match thread::Builder::new().spawn_scoped(self.scope, move || work(&waiting, goes_on)) {
                Ok(_) => self.readers += 1,
                Err(_) => self.most = self.readers,
            }
        }
        // Room for the answer: nobody waits to give it, also when nobody wants it any more.
        let (done, turns) = mpsc::sync_channel(1);
        let job = Job { steps, done };
        if self.readers == 0 {
            job.answer(&goes_on);
        } else {
            self.jobs.send(job).expect("the other end is kept here too");
        }
        self.under_way.push_back(turns);
    }
}

impl Drop for Ahead<'_, '_> {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

/// Reads group after group until nobody asks any more. Groups that were asked for before are answered with what was read of them.
fn work(waiting: &Mutex<Receiver<Job>>, goes_on: impl Fn() -> bool) {
    loop {
        let next = waiting.lock().map(|waiting| waiting.recv());
        let Ok(Ok(job)) = next else { return };
        job.answer(&goes_on);
    }
}

impl Job {
    fn answer(self, goes_on: &impl Fn() -> bool) {
        let turn = |lead: Lead| {
            let begun = begin(&lead, lead.open());
            (lead, begun)
        };
        let turns = self.steps.into_iter().take_while(|_| goes_on()).map(|step| step.map(turn));
        let _ = self.done.send(turns.collect());
    }
}

fn begin(lead: &Lead, opened: Result<(File, Metadata), FileError>) -> Result<Begun, FileError> {
    let (file, metadata) = match opened {
        // When its turn comes, others have closed theirs.
        Err(error) if error.is_shortage() => return Ok(Begun::Later),
        opened => opened?,
    };
    let Some(size) = usize::try_from(metadata.len()).ok().filter(|size| *size <= SMALL) else {
        return Ok(Begun::Later);
    };
    let mut bytes = Vec::with_capacity(size + 1);
    // It may grow meanwhile.
    let read = file.take(SMALL as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|source| FileError::Read { path: lead.path().to_owned(), source })?;
    Ok(if bytes.len() <= SMALL { Begun::Whole(bytes) } else { Begun::Later })
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use std::io;

    use super::*;
    use crate::files::{Privacy, tempdir, write_new};

    static GOES_ON: AtomicBool = AtomicBool::new(false);

    fn lead(path: PathBuf) -> Lead {
        Lead::OnItsOwn(path)
    }

    fn write(path: &Path, bytes: &[u8]) {
        write_new(path, bytes, Privacy::Shared).expect("a writable folder");
    }

    /// What `Ahead` makes of `steps` with at most so many readers, each turn in words.
    fn turns(steps: Vec<Step>, most: usize) -> Vec<String> {
        let mut steps = steps.into_iter();
        thread::scope(|scope| {
            let mut ahead = Ahead::new(scope, &GOES_ON);
            ahead.most = most;
            let told = |turn: Turn| match turn {
                Ok((_, Ok(Begun::Whole(bytes)))) => String::from_utf8(bytes).expect("words"),
                Ok((lead, Ok(Begun::Later))) => format!("later: {}", lead.path().display()),
                Ok((lead, Err(_))) => format!("failed: {}", lead.path().display()),
                Err(error) => format!("fault: {}", error.path().display()),
            };
            std::iter::from_fn(|| ahead.next(&mut steps)).map(told).collect()
        })
    }

    /// However few readers the system starts; without one, whoever takes the turns reads.
    #[test]
    fn turns_come_in_order_whatever_they_are() {
        for most in [READERS, 1, 0] {
            in_order(most);
        }
        assert_eq!(turns(Vec::new(), READERS), Vec::<String>::new());
    }

    fn in_order(most: usize) {
        let folder = tempdir().expect("a folder");
        let (mut steps, mut expected) = (Vec::new(), Vec::new());
        for number in 0..2 * FILES * GROUPS + 7 {
            let path = folder.path().join(number.to_string());
            let shown = path.display();
            match number % 5 {
                0 => {
                    write(&path, &vec![b' '; SMALL + 1]);
                    expected.push(format!("later: {shown}"));
                }
                1 => expected.push(format!("failed: {shown}")),
                2 => {
                    expected.push(format!("fault: {shown}"));
                    steps.push(Err(FileError::NotAFile { path }));
                    continue;
                }
                _ => {
                    write(&path, number.to_string().as_bytes());
                    expected.push(number.to_string());
                }
            }
            steps.push(Ok(lead(path)));
        }
        assert_eq!(turns(steps, most), expected);
    }

    #[test]
    fn what_fits_is_read_whole() {
        let folder = tempdir().expect("a folder");
        let check = |size: usize, expected: Begun| {
            let path = folder.path().join(size.to_string());
            write(&path, &vec![b'x'; size]);
            let lead = lead(path);
            assert_eq!(begin(&lead, lead.open()).expect("it is there"), expected, "{size}");
        };
        check(0, Begun::Whole(Vec::new()));
        check(SMALL, Begun::Whole(vec![b'x'; SMALL]));
        check(SMALL + 1, Begun::Later);
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_opened_for_too_many_files_waits_for_its_turn() {
        use rustix::io::Errno;
        let refused = |error: Errno| {
            let path = PathBuf::from("a.json");
            let source = io::Error::from_raw_os_error(error.raw_os_error());
            begin(&lead(path.clone()), Err(FileError::Read { path, source })).ok()
        };
        let begun = [Errno::MFILE, Errno::NFILE, Errno::ACCESS].map(refused);
        assert_eq!(begun, [Some(Begun::Later), Some(Begun::Later), None]);
    }

    /// Whoever stops leaves groups under way, and the readers end all the same.
    #[test]
    fn nobody_has_to_take_all_turns() {
        let folder = tempdir().expect("a folder");
        let path = folder.path().join("file");
        write(&path, b"words");
        let mut asked = 0;
        let mut steps = std::iter::from_fn(|| {
            asked += 1;
            Some(Ok(lead(path.clone())))
        });
        thread::scope(|scope| {
            let mut ahead = Ahead::new(scope, &GOES_ON);
            assert!(ahead.next(&mut steps).is_some_and(|turn| turn.is_ok()));
        });
        assert_eq!(asked, FILES * GROUPS, "not more than so many are in memory");
    }

    /// Whoever pressed Ctrl-C waited until a slow share had given out all that had been asked for.
    #[test]
    fn nothing_is_opened_for_whoever_has_stopped() {
        let path = PathBuf::from("gone");
        let done = |goes_on: bool| {
            let (jobs, waiting) = mpsc::channel();
            let (done, turns) = mpsc::sync_channel(1);
            jobs.send(Job { steps: vec![Ok(lead(path.clone()))], done }).expect("the other end is here");
            drop(jobs);
            work(&Mutex::new(waiting), || goes_on);
            turns.recv().expect("every job is answered").len()
        };
        assert_eq!((done(true), done(false)), (1, 0));
        let stopped = AtomicBool::new(true);
        let mut steps = std::iter::repeat_with(|| Ok(lead(path.clone()))).take(3 * FILES);
        thread::scope(|scope| assert!(Ahead::new(scope, &stopped).next(&mut steps).is_none()));
    }
}
