//! What gives the terminal back when the face itself cannot: in the panic hook, and when the program should have ended
//! but hangs (a terminal that takes no bytes, crossterm reading from one that is gone).

use std::fs::File;
use std::io;
use std::mem;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::panic;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{self, LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios};
use signal_hook::SigId;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGTSTP, SIGWINCH, SIGXFSZ};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;
use signal_hook::low_level;

use super::{ENTER, farewell, told};
use crate::endings::{self, ENDING};
use crate::tui::modes::Modes;
use crate::tui::pictures::{Shelf, WORKER};

/// The terminal and what it was like before. Shared by the session, the panic hook and the watch.
#[derive(Debug)]
pub(super) struct Guard {
    /// Where bytes go.
    out: File,
    /// The same, opened so that no write waits, where that can be.
    unblocked: Option<File>,
    /// Where keys come from, and whose attributes are changed.
    input: File,
    /// The attributes of the terminal before we came; `None` while the terminal is not ours.
    before: Mutex<Option<Termios>>,
    /// Whether the terminal is ours; [`super::Output`] writes nothing when it is not.
    pub(super) ours: Arc<AtomicBool>,
    /// Set by the hook when a thread that is not the face panicked.
    pub(super) broken: AtomicBool,
    /// What it is told to be while it is ours.
    modes: Mutex<Modes>,
    /// The pictures that the terminal keeps for us.
    shelf: Shelf,
    /// The thread of the face.
    face: ThreadId,
    pub(super) signals: Signals,
}

/// The signals that came.
#[derive(Debug, Default)]
pub(super) struct Signals {
    /// The one that asks the program to end; 0 while none does.
    asked: AtomicI32,
    pub(super) stop: Arc<AtomicBool>,
    pub(super) go_on: Arc<AtomicBool>,
    pub(super) resize: Arc<AtomicBool>,
    /// Nobody looks: that it is heard is enough for a file beyond the limit of sizes to be a write that fails, not the end.
    beyond_limit: Arc<AtomicBool>,
}

impl Signals {
    /// The signals that do not end the program, with where their coming is noted.
    fn passing(&self) -> [(i32, &Arc<AtomicBool>); 4] {
        [
            (SIGTSTP, &self.stop),
            (SIGCONT, &self.go_on),
            (SIGWINCH, &self.resize),
            (SIGXFSZ, &self.beyond_limit),
        ]
    }

    /// The signal that asks the program to end, if one came.
    pub(super) fn ending(&self) -> Option<i32> {
        Some(self.asked.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
    }
}

/// The signals that ask the program to end, as the watch hears them.
pub(super) type Asked = SignalDelivery<UnixStream, SignalOnly>;

/// How long the face has to end by itself once it was asked to.
const PATIENCE: Duration = Duration::from_millis(1500);

/// So many bytes a terminal takes that takes any: the system keeps at least a page of memory for it, and says that there is room as soon
/// as most of that is free. More could wait for a terminal that stands still.
const MOUTHFUL: usize = 2048;

/// The terminal opened once more, so that no write to it waits; the one that we were given is shared with the shell.
fn unblocked(terminal: &File) -> Option<File> {
    let name = termios::ttyname(terminal, Vec::new()).ok()?;
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    rustix::fs::open(&*name, flags, Mode::empty()).ok().map(File::from)
}

impl Guard {
    pub(super) fn new(out: File, input: File, ours: Arc<AtomicBool>, shelf: Shelf, modes: Modes) -> Self {
        Self {
            unblocked: unblocked(&out),
            out,
            input,
            before: Mutex::new(None),
            ours,
            broken: AtomicBool::new(false),
            modes: Mutex::new(modes),
            shelf,
            face: thread::current().id(),
            signals: Signals::default(),
        }
    }

    /// Notes every signal that does not end the program and wakes the face through `wake`; those that do are for the watch.
    pub(super) fn listen(&self, wake: &UnixStream) -> io::Result<(Vec<SigId>, Asked)> {
        let mut registered = Vec::new();
        for (signal, flag) in self.signals.passing() {
            // The note first, the bell second: who wakes finds the note.
            registered.push(signal_hook::flag::register(signal, Arc::clone(flag))?);
            registered.push(low_level::pipe::register(signal, wake.try_clone()?)?);
        }
        let (heard, rings) = UnixStream::pair()?;
        Ok((registered, SignalDelivery::with_pipe(heard, rings, SignalOnly, ENDING)?))
    }

    /// Takes the terminal over; also after the shell had it, and its attributes may be others than before. What this gives is to be
    /// written before anything is drawn.
    pub(super) fn take(&self) -> io::Result<Vec<u8>> {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(attributes) = before.take() {
            // We were stopped without warning (SIGSTOP): what is raw now may be our own doing.
            termios::tcsetattr(&self.input, OptionalActions::Now, &attributes)?;
        }
        let attributes = termios::tcgetattr(&self.input)?;
        let mut raw = attributes.clone();
        raw.make_raw();
        // Ctrl-C and Ctrl-Z stay signals: they work whatever stands before them in the input, be it an escape sequence that
        // never ends or a megabyte of keys.
        raw.local_modes.insert(LocalModes::ISIG);
        // crossterm reads until a sequence is complete, and while it waits for the rest nobody hears a signal: it gets what is there.
        raw.special_codes[SpecialCodeIndex::VMIN] = 0;
        termios::tcsetattr(&self.input, OptionalActions::Now, &raw)?;
        *before = Some(attributes);
        drop(before);
        self.ours.store(true, Ordering::SeqCst);
        Ok([ENTER, &told(self.modes(), None)].concat())
    }

    /// The same at once: whoever comes back sees the screen before its next frame is there.
    pub(super) fn take_again(&self) -> io::Result<()> {
        let entrance = self.take()?;
        self.write(&entrance);
        Ok(())
    }

    /// Tells the terminal to be so, also when it is taken over again.
    pub(super) fn set_modes(&self, modes: Modes) {
        let mut now = self.modes.lock().unwrap_or_else(PoisonError::into_inner);
        let before = mem::replace(&mut *now, modes);
        drop(now);
        if self.ours.load(Ordering::SeqCst) {
            self.write(&told(modes, Some(before)));
        }
    }

    fn modes(&self) -> Modes {
        *self.modes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the terminal back. Doing it twice does no harm, and a terminal that is gone is no trouble.
    pub(super) fn give_back(&self) {
        let Some(attributes) = self.before.lock().unwrap_or_else(PoisonError::into_inner).take() else {
            return;
        };
        self.ours.store(false, Ordering::SeqCst);
        // The screen that is left has pictures of its own.
        self.write(self.shelf.clear().as_bytes());
        self.write(&farewell(self.modes()));
        let _ = termios::tcsetattr(&self.input, OptionalActions::Now, &attributes);
    }

    /// Writes as long as the terminal takes something; it may be stalled or gone, and nobody may wait for it here. Whether all was
    /// taken.
    pub(super) fn write(&self, mut bytes: &[u8]) -> bool {
        let patience = timespec(Duration::from_millis(500));
        while !bytes.is_empty() {
            let mut ready = [PollFd::new(&self.out, PollFlags::OUT)];
            match poll(&mut ready, Some(&patience)) {
                Ok(1..) if ready[0].revents().contains(PollFlags::OUT) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Ok(_) | Err(_) => return false,
            }
            let (out, most) = match &self.unblocked {
                Some(out) => (out, usize::MAX),
                None => (&self.out, MOUTHFUL),
            };
            match rustix::io::write(out, &bytes[..bytes.len().min(most)]) {
                Ok(written) => bytes = &bytes[written..],
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// Gives the terminal back before the panic speaks, whichever thread it is in, and ends the face when it is another's.
    pub(super) fn hook(self: &Arc<Self>, wake: UnixStream) {
        let guard = Arc::downgrade(self);
        let speak = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A picture that breaks its decoder breaks nothing else, and nobody needs to hear of it.
            if thread::current().name() == Some(WORKER) {
                return;
            }
            if let Some(guard) = guard.upgrade() {
                guard.give_back();
                if thread::current().id() != guard.face {
                    guard.broken.store(true, Ordering::SeqCst);
                    let _ = rustix::io::write(&wake, b"!");
                }
            }
            speak(info);
        }));
    }

    /// Starts the watch: a thread that sleeps until the program is asked to end or the terminal is gone, tells the face through
    /// `wake`, gives it some time to end by itself, and then ends the program. Hanging up `done` ends the watch.
    pub(super) fn watch(
        self: &Arc<Self>,
        asked: Asked,
        wake: UnixStream,
        done: UnixStream,
    ) -> io::Result<()> {
        let guard = Arc::clone(self);
        thread::Builder::new()
            .name("terminal watch".to_owned())
            .spawn(move || guard.keep_watch(asked, &wake, &done))?;
        Ok(())
    }

    fn keep_watch(&self, mut asked: Asked, wake: &UnixStream, done: &UnixStream) {
        let reason = loop {
            // No flag on the terminal: hang-up is told in any case, and keys do not wake the watch.
            let mut fds = [
                PollFd::new(asked.get_read(), PollFlags::IN),
                PollFd::new(&self.input, PollFlags::empty()),
                PollFd::new(done, PollFlags::IN),
            ];
            match poll(&mut fds, None) {
                // Without a watch nobody would hear any of these signals: better ended than deaf.
                Err(error) if error != rustix::io::Errno::INTR => break SIGHUP,
                // Nobody filled the answers in.
                Err(_) => continue,
                Ok(_) => {}
            }
            let [_, gone, over] = fds.map(|fd| !fd.revents().is_empty());
            if over {
                return;
            }
            if let Some(signal) = asked.pending().next() {
                break signal;
            }
            if gone {
                break SIGHUP;
            }
        };
        // The note first, the bell second, as above.
        self.signals.asked.store(reason, Ordering::SeqCst);
        let _ = rustix::io::write(wake, b"!");
        let patience = timespec(PATIENCE);
        let mut ended = [PollFd::new(done, PollFlags::IN)];
        loop {
            match poll(&mut ended, Some(&patience)) {
                Err(rustix::io::Errno::INTR) => {}
                Ok(1..) => return,
                Ok(_) | Err(_) => break,
            }
        }
        self.give_back();
        endings::die_of(reason)
    }

    /// Drops what is there to be read.
    pub(super) fn drop_typed_ahead(&self) {
        // Where it cannot be dropped, it counts.
        let _ = termios::tcflush(&self.input, QueueSelector::IFlush);
    }

    /// How many bytes are there to be read, if the system says so.
    pub(super) fn waiting(&self) -> Option<u64> {
        rustix::io::ioctl_fionread(&self.input).ok()
    }

    /// Waits until something is there to be read or `bell` rings, `timeout` at the longest.
    pub(super) fn wait(&self, bell: &UnixStream, timeout: Option<Duration>) -> io::Result<Waited> {
        let timeout = timeout.map(timespec);
        let mut fds =
            [PollFd::new(&self.input, PollFlags::IN), PollFd::from_borrowed_fd(bell.as_fd(), PollFlags::IN)];
        match poll(&mut fds, timeout.as_ref()) {
            Ok(0) => Ok(Waited::InVain),
            // A signal rings the bell as well.
            Err(rustix::io::Errno::INTR) => Ok(Waited::Called),
            Err(error) => Err(error.into()),
            Ok(_) => {
                let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
                Ok(if fds[0].revents().intersects(gone) { Waited::Gone } else { Waited::Called })
            }
        }
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(duration.subsec_nanos()),
    }
}

/// How [`Guard::wait`] ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waited {
    /// There is something to look at.
    Called,
    /// The terminal is gone.
    Gone,
    /// Nothing happened.
    InVain,
}
