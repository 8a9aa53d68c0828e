//! The session on Unix: one poll over keys and signals, job control, and an end for every way to end.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use base64::Engine as _;
use crossterm::event::{Event, KeyCode};
use ratatui::backend::WindowSize;
use ratatui::layout::Size;
use rustix::process::{Signal, getpgid, getpgrp, getppid, getsid, kill_current_process_group};
use signal_hook::SigId;
use signal_hook::consts::{SIGHUP, SIGTSTP};
use signal_hook::low_level;

use super::guard::{Asked, Guard, Waited};
use super::name::{Listener, QUESTION};
use super::split::{Heard, Splits};
use super::{OpenError, Output};
use crate::endings::{self, ENDING, Listening};
use crate::tui::modes::Modes;
use crate::tui::pictures::Shelf;
use crate::tui::run::{Ending, Occurrence, Session, Suspension};

/// The terminal that this process was started in, before and as long as it is ours.
#[derive(Debug)]
pub struct ProcessSession {
    guard: Arc<Guard>,
    output: Output,
    bell: UnixStream,
    caller: Bell,
    registered: Vec<SigId>,
    /// Given up when the terminal was given back.
    _listening: Listening,
    splits: Splits,
    listener: Listener,
    /// Whether crossterm may have read more than it gave.
    holds: bool,
    name: Arc<OnceLock<String>>,
    /// Hangs up when the session ends, which ends the watch.
    _done: UnixStream,
}

/// What ends the program when the face does not, not begun yet.
pub(super) struct Watch {
    guard: Arc<Guard>,
    asked: Asked,
    waking: UnixStream,
    end: UnixStream,
}

impl Watch {
    /// Begins it, on a thread of its own.
    pub(super) fn begin(self) -> io::Result<()> {
        self.guard.watch(self.asked, self.waking, self.end)
    }
}

/// Wakes the face from another thread, which then asks its world what is new.
#[derive(Debug, Clone)]
pub struct Bell {
    called: Arc<AtomicBool>,
    ring: Arc<UnixStream>,
}

impl Bell {
    /// Wakes the face; after it has ended, nobody.
    pub fn ring(&self) {
        // The note first, the bell second: who wakes finds the note. One ring is enough for one note.
        if !self.called.swap(true, Ordering::SeqCst) {
            let _ = (&*self.ring).write(b"!");
        }
    }
}

impl ProcessSession {
    /// Listens to what happens. Nothing of the terminal changes. What asks the program to end is noted, and heard once the watch begins.
    pub(super) fn start(shelf: Shelf, modes: Modes) -> Result<(Self, Watch), OpenError> {
        let (stdin, stdout) = (io::stdin(), io::stdout());
        if !stdin.is_terminal() || !stdout.is_terminal() {
            return Err(OpenError::NotATerminal);
        }
        let input = File::from(stdin.as_fd().try_clone_to_owned()?);
        let out = File::from(stdout.as_fd().try_clone_to_owned()?);
        let ours = Arc::new(AtomicBool::new(false));
        let output = Output::new(out.try_clone()?, Arc::clone(&ours));
        let (bell, ring) = UnixStream::pair()?;
        let (done, end) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        // Nobody waits to ring: while the face is stuck in a terminal that takes nothing, what it does not hear piles up here.
        ring.set_nonblocking(true)?;
        let guard = Arc::new(Guard::new(out, input, ours, shelf, modes));
        guard.hook(ring.try_clone()?);
        // After the face nobody listens: then a signal does what it always does.
        let (listening, (registered, asked)) = Listening::begin(ENDING, || guard.listen(&ring))?;
        let waking = ring.try_clone()?;
        let caller = Bell { called: Arc::default(), ring: Arc::new(ring) };
        let (listener, name) = (Listener::default(), Arc::default());
        let session = Self {
            guard,
            output,
            bell,
            caller,
            registered,
            _listening: listening,
            splits: Splits::default(),
            listener,
            holds: false,
            name,
            _done: done,
        };
        let watch = Watch { guard: Arc::clone(&session.guard), asked, waking, end };
        Ok((session, watch))
    }

    /// Takes the terminal over. What this gives is to be written before anything is drawn.
    pub(super) fn take(&mut self) -> io::Result<Vec<u8>> {
        self.guard.take()
    }

    /// Writes at once; whether the terminal took it, for which nobody waits long.
    pub(super) fn write(&mut self, bytes: &[u8]) -> bool {
        self.guard.write(bytes)
    }

    /// What wakes this session.
    #[must_use]
    pub fn bell(&self) -> Bell {
        self.caller.clone()
    }

    /// Asks the terminal what it calls itself as soon as something is drawn; the answer comes as [`Occurrence::Called`], and
    /// then is in what this gives.
    pub fn ask_name(&mut self) -> Arc<OnceLock<String>> {
        self.listener.want();
        Arc::clone(&self.name)
    }

    pub(super) fn output(&self) -> io::Result<Output> {
        self.output.try_clone()
    }

    /// Gives the terminal back. Whatever is drawn from now on goes nowhere.
    pub fn give_back(&mut self) {
        self.hear_out();
        self.guard.give_back();
    }

    /// Ends this process the way that `ending` would have ended it without us, so that the shell sees the same.
    pub fn die_of(self, ending: Ending) {
        drop(self);
        match ending {
            Ending::Signal(signal) => endings::die_of(signal),
            Ending::HungUp => endings::die_of(SIGHUP),
            Ending::Left | Ending::Broken => {}
        }
    }

    /// Drops what was typed and is not read yet.
    pub(super) fn drop_typed_ahead(&self) {
        self.guard.drop_typed_ahead();
    }

    /// Hears what came in; whether that makes known what the terminal calls itself.
    fn hear(&mut self, heard: Vec<Heard>) -> bool {
        let names = heard.into_iter().filter_map(|heard| match heard {
            Heard::Event(event) => self.listener.hear(event),
            Heard::String(text) => self.listener.hear_string(&text),
        });
        let name = names.last();
        name.is_some_and(|name| self.name.set(name).is_ok())
    }

    /// Takes what the terminal still answers, or the shell would take it for something typed.
    fn hear_out(&mut self) {
        while let Some(patience) = self.listener.patience() {
            if !matches!(crossterm::event::poll(patience), Ok(true)) {
                return;
            }
            let Ok(event) = crossterm::event::read() else { return };
            self.listener.hear(event);
        }
    }

    /// What a signal or a panic elsewhere made happen, if something did.
    fn rung(&mut self) -> io::Result<Option<Occurrence>> {
        while matches!(self.bell.read(&mut [0; 64]), Ok(1..)) {}
        if self.guard.broken.load(Ordering::SeqCst) {
            return Ok(Some(Occurrence::Ended(Ending::Broken)));
        }
        let signals = &self.guard.signals;
        if let Some(signal) = signals.ending() {
            return Ok(Some(Occurrence::Ended(Ending::Signal(signal))));
        }
        if signals.stop.swap(false, Ordering::SeqCst) {
            if !somebody_can_continue() {
                return Ok(Some(Occurrence::NoShell));
            }
            self.guard.give_back();
            low_level::emulate_default_handler(SIGTSTP)?;
            // Here the program stands still until somebody continues it.
            self.guard.signals.go_on.store(false, Ordering::SeqCst);
            self.guard.take_again()?;
            return Ok(Some(Occurrence::Resumed));
        }
        if signals.go_on.swap(false, Ordering::SeqCst) {
            // Stopped by SIGSTOP, which nobody can see coming.
            self.guard.take_again()?;
            return Ok(Some(Occurrence::Resumed));
        }
        if signals.resize.swap(false, Ordering::SeqCst) {
            return Ok(Some(Occurrence::Resized));
        }
        Ok(self.caller.called.swap(false, Ordering::SeqCst).then_some(Occurrence::Called))
    }
}

impl Session for ProcessSession {
    type Error = io::Error;

    fn next(&mut self, timeout: Option<Duration>) -> io::Result<Occurrence> {
        if self.listener.take_question() {
            self.output.write_all(QUESTION)?;
            self.output.flush()?;
        }
        let mut left = timeout;
        loop {
            if let Some(happened) = self.rung()? {
                return Ok(happened);
            }
            if self.splits.waits() == Some(Duration::ZERO) {
                let keys = self.splits.give_up();
                if self.hear(keys) {
                    return Ok(Occurrence::Called);
                }
            }
            if self.listener.waits() == Some(Duration::ZERO) {
                self.listener.give_up();
            }
            if let Some(event) = self.listener.next() {
                return Ok(Occurrence::Input(event));
            }
            // crossterm reads from a terminal that is gone without end: look first. What it has read already is asked for only then,
            // because that takes a moment which the system may need for the frame that was just drawn. And nobody is told that there is
            // nothing while there may be a key.
            let nap = self.splits.waits().or(left).unwrap_or(NAP).min(NAP);
            let nap = if self.holds { Duration::ZERO } else { nap };
            match self.guard.wait(&self.bell, Some(nap))? {
                Waited::Gone => return Ok(Occurrence::Ended(Ending::HungUp)),
                Waited::InVain => left = left.map(|left| left.saturating_sub(nap)),
                Waited::Called => {}
            }
            // It may hold events that it has read already, so ask it before waiting.
            let waiting = self.guard.waiting();
            self.holds = has_event()?;
            if self.holds {
                match crossterm::event::read()? {
                    // Ours comes by signal.
                    Event::Resize(..) => {}
                    event => {
                        // What nothing was read for, it had.
                        self.holds = waiting.is_none_or(|bytes| bytes == 0 || bytes > fewest_bytes(&event));
                        let heard = self.splits.hear(event);
                        if self.hear(heard) {
                            return Ok(Occurrence::Called);
                        }
                    }
                }
                continue;
            }
            let waits = self.listener.waits().filter(|waits| left.is_none_or(|left| *waits < left));
            let waits = self.splits.waits().or(waits);
            match self.guard.wait(&self.bell, waits.or(left))? {
                Waited::InVain if waits.is_some() => {}
                Waited::InVain => return Ok(Occurrence::TimeOut),
                // The next round finds out by whom, or ends when a signal does not explain it.
                Waited::Called | Waited::Gone => {}
            }
        }
    }

    fn has_more(&mut self) -> io::Result<bool> {
        Ok(self.holds
            || self.listener.has_next()
            || self.guard.wait(&self.bell, Some(Duration::ZERO))? != Waited::InVain)
    }

    fn suspend(&mut self) -> io::Result<Suspension> {
        if !somebody_can_continue() {
            return Ok(Suspension::NoShell);
        }
        // The whole group, as the terminal itself would do: `cargo run` has to stop with us.
        kill_current_process_group(Signal::TSTP)?;
        Ok(Suspension::Begun)
    }

    fn set_modes(&mut self, modes: Modes) -> io::Result<()> {
        self.guard.set_modes(modes);
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        // OSC 52. The address or path inside is base64, so nothing in it can end the sequence.
        let text = base64::engine::general_purpose::STANDARD.encode(text);
        write!(self.output, "\x1b]52;c;{text}\x07")?;
        self.output.flush()
    }
}

/// Whether somebody above could continue this program once it stands still. Where nobody could (`xterm -e`, `ssh -t HOST`, an end of
/// the shell), the kernel lets SIGTSTP alone do nothing (POSIX, orphaned process groups); what we stop by cannot be refused.
#[must_use]
pub fn somebody_can_continue() -> bool {
    // Whoever has no parent is the first in a room of its own, as in a container. It must not be asked for its session either, which
    // may have no number there.
    let Some(parent) = getppid() else { return false };
    let Ok(session) = getsid(None) else { return false };
    let group = getpgrp();
    // The leader of a session has nobody above it in there. Behind a parent of the same group nobody looks further.
    session != group && (getpgid(Some(parent)) == Ok(group) || getsid(Some(parent)) == Ok(session))
}

/// Whether something failed because the terminal was closed (POSIX, `read` and `write`).
pub(in crate::tui) fn is_hang_up(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}

/// How large the terminal is. It is asked for every frame; crossterm would open the terminal anew each time.
pub(super) fn window_size() -> Option<WindowSize> {
    let window = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).ok()?;
    // A line that knows no size says so by noughts.
    (window.ws_col > 0 && window.ws_row > 0).then(|| WindowSize {
        columns_rows: Size::new(window.ws_col, window.ws_row),
        pixels: Size::new(window.ws_xpixel, window.ws_ypixel),
    })
}

/// As how many bytes a terminal sends this at least.
fn fewest_bytes(event: &Event) -> u64 {
    match event {
        Event::Key(key) => match key.code {
            KeyCode::Char(c) => c.len_utf8() as u64,
            KeyCode::Left | KeyCode::Right | KeyCode::Up | KeyCode::Down | KeyCode::Home | KeyCode::End => 3,
            KeyCode::PageUp | KeyCode::PageDown | KeyCode::Insert | KeyCode::Delete => 4,
            _ => 1,
        },
        Event::Mouse(_) => 6,
        Event::FocusGained | Event::FocusLost | Event::Paste(_) | Event::Resize(..) => 1,
    }
}

/// So long nobody is asked for what may have been read together with the key before: nothing, as far as is known.
const NAP: Duration = Duration::from_millis(5);

/// How long crossterm may look for an event. With no time at all it does not even look at what it holds.
const LOOK: Duration = Duration::from_micros(30);

/// Whether crossterm has an event, or finds one. Its time may be over before it looks, when the system gives the processor to
/// somebody else in between; what it holds already wakes nobody, so it is asked more than once.
fn has_event() -> io::Result<bool> {
    for _ in 0..3 {
        if crossterm::event::poll(LOOK)? {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Drop for ProcessSession {
    fn drop(&mut self) {
        self.guard.give_back();
        for registered in self.registered.drain(..) {
            low_level::unregister(registered);
        }
    }
}
