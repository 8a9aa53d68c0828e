//! The session on Windows: the console's own events; there is no job control and there are no signals.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::mem;
use std::os::windows::io::AsHandle as _;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use crossterm::event::{DisableMouseCapture, EnableMouseCapture, Event};
use crossterm::{execute, terminal};
use ratatui::backend::WindowSize;

use super::{ENTER, OpenError, Output, farewell, told};
use crate::config::Mouse;
use crate::tui::modes::Modes;
use crate::tui::pictures::{Shelf, WORKER};
use crate::tui::run::{Ending, Occurrence, Session, Suspension};

/// The console that this process was started in, before and as long as it is ours.
#[derive(Debug)]
pub struct ProcessSession {
    output: Output,
    ours: Arc<AtomicBool>,
    shelf: Shelf,
    caller: Bell,
    /// What it is told to be while it is ours; shared with the panic hook.
    modes: Arc<Mutex<Modes>>,
}

/// Wakes the face from another thread, which then asks its world what is new.
#[derive(Debug, Clone, Default)]
pub struct Bell {
    called: Arc<AtomicBool>,
}

impl Bell {
    /// Wakes the face at its next look; after it has ended, nobody.
    pub fn ring(&self) {
        self.called.store(true, Ordering::SeqCst);
    }
}

/// Nothing: no signal asks the program to end here.
pub(super) struct Watch;

impl Watch {
    /// Begins it.
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "elsewhere it is a thread, which may not begin"
    )]
    pub(super) fn begin(self) -> io::Result<()> {
        Ok(())
    }
}

impl ProcessSession {
    /// Looks for the console. Nothing of it changes.
    pub(super) fn start(shelf: Shelf, modes: Modes) -> Result<(Self, Watch), OpenError> {
        let stdout = io::stdout();
        if !io::stdin().is_terminal() || !stdout.is_terminal() {
            return Err(OpenError::NotATerminal);
        }
        let ours = Arc::new(AtomicBool::new(false));
        let output = Output::new(File::from(stdout.as_handle().try_clone_to_owned()?), Arc::clone(&ours));
        let modes = Arc::new(Mutex::new(modes));
        let session = Self { output, ours, shelf, caller: Bell::default(), modes };
        let (ours, shelf, modes) =
            (Arc::clone(&session.ours), session.shelf.clone(), Arc::clone(&session.modes));
        let speak = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A picture that breaks its decoder breaks nothing else, and nobody needs to hear of it.
            if thread::current().name() == Some(WORKER) {
                return;
            }
            give_back(&ours, &shelf, &modes);
            speak(info);
        }));
        Ok((session, Watch))
    }

    /// Takes the console over. What this gives is to be written before anything is drawn: nothing here, where the mouse is no
    /// matter of bytes.
    pub(super) fn take(&mut self) -> io::Result<Vec<u8>> {
        terminal::enable_raw_mode()?;
        self.ours.store(true, Ordering::SeqCst);
        self.output.write_all(ENTER)?;
        let modes = self.modes();
        self.output.write_all(&told(modes, None))?;
        // What was never taken cannot be given back: crossterm calls that a fault.
        if modes.mouse == Mouse::On {
            capture_mouse(Mouse::On)?;
        }
        Ok(Vec::new())
    }

    /// Writes at once; whether the console took it.
    pub(super) fn write(&mut self, bytes: &[u8]) -> bool {
        self.output.write_all(bytes).and_then(|()| self.output.flush()).is_ok()
    }

    /// What wakes this session.
    #[must_use]
    pub fn bell(&self) -> Bell {
        self.caller.clone()
    }

    /// The console is not asked what it calls itself: there is never an answer in what this gives.
    pub fn ask_name(&mut self) -> Arc<OnceLock<String>> {
        Arc::default()
    }

    pub(super) fn output(&self) -> io::Result<Output> {
        self.output.try_clone()
    }

    /// Gives the terminal back. Whatever is drawn from now on goes nowhere.
    pub fn give_back(&mut self) {
        give_back(&self.ours, &self.shelf, &self.modes);
    }

    fn modes(&self) -> Modes {
        *self.modes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends this process the way that `ending` would have ended it without us.
    pub fn die_of(self, _ending: Ending) {
        drop(self);
    }

    /// Drops what was typed and is not read yet.
    #[expect(clippy::unused_self, reason = "elsewhere it is the input of the session")]
    pub(super) fn drop_typed_ahead(&self) {
        while matches!(crossterm::event::poll(Duration::ZERO), Ok(true)) && crossterm::event::read().is_ok() {
        }
    }
}

/// How often the note of the panic hook is looked at, and that of somebody who holds a bell.
const LOOKED_AFTER: Duration = Duration::from_secs(2);
const CALLED_SOON: Duration = Duration::from_millis(200);

/// A console that is closed ends the program by itself.
pub(in crate::tui) fn is_hang_up(_error: &io::Error) -> bool {
    false
}

/// The console is asked by crossterm, and has no pixels that it tells.
pub(super) fn window_size() -> Option<WindowSize> {
    None
}

fn capture_mouse(mouse: Mouse) -> io::Result<()> {
    match mouse {
        Mouse::On => execute!(io::stdout(), EnableMouseCapture),
        Mouse::Off => execute!(io::stdout(), DisableMouseCapture),
    }
}

fn give_back(ours: &AtomicBool, shelf: &Shelf, modes: &Mutex<Modes>) {
    if ours.swap(false, Ordering::SeqCst) {
        let farewell = farewell(*modes.lock().unwrap_or_else(PoisonError::into_inner));
        let _ = capture_mouse(Mouse::Off);
        let _ = io::stdout().write_all(shelf.clear().as_bytes());
        let _ = io::stdout().write_all(&farewell).and_then(|()| io::stdout().flush());
        let _ = terminal::disable_raw_mode();
    }
}

impl Session for ProcessSession {
    type Error = io::Error;

    fn next(&mut self, timeout: Option<Duration>) -> io::Result<Occurrence> {
        // The hook gave the console back: another thread panicked.
        if !self.ours.load(Ordering::SeqCst) {
            return Ok(Occurrence::Ended(Ending::Broken));
        }
        // The hook cannot ring a bell here, so look at its note now and then.
        let patience = if Arc::strong_count(&self.caller.called) > 1 { CALLED_SOON } else { LOOKED_AFTER };
        let mut left = timeout;
        loop {
            if self.caller.called.swap(false, Ordering::SeqCst) {
                return Ok(Occurrence::Called);
            }
            let nap = left.unwrap_or(Duration::MAX).min(patience);
            if crossterm::event::poll(nap)? {
                return Ok(match crossterm::event::read()? {
                    Event::Resize(..) => Occurrence::Resized,
                    event => Occurrence::Input(event),
                });
            }
            left = left.map(|left| left.saturating_sub(nap));
            if left.is_some_and(|left| left.is_zero()) {
                return Ok(Occurrence::TimeOut);
            }
            if !self.ours.load(Ordering::SeqCst) {
                return Ok(Occurrence::Ended(Ending::Broken));
            }
        }
    }

    fn suspend(&mut self) -> io::Result<Suspension> {
        Ok(Suspension::NoShell)
    }

    fn set_modes(&mut self, modes: Modes) -> io::Result<()> {
        let mut now = self.modes.lock().unwrap_or_else(PoisonError::into_inner);
        let before = mem::replace(&mut *now, modes);
        drop(now);
        self.output.write_all(&told(modes, Some(before)))?;
        self.output.flush()?;
        if modes.mouse == before.mouse { Ok(()) } else { capture_mouse(modes.mouse) }
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        let text = base64::engine::general_purpose::STANDARD.encode(text);
        write!(self.output, "\x1b]52;c;{text}\x07")?;
        self.output.flush()
    }
}

impl Drop for ProcessSession {
    fn drop(&mut self) {
        give_back(&self.ours, &self.shelf, &self.modes);
    }
}
