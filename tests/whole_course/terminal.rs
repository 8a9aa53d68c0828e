//! A terminal with a countersign in it: types keys, sees what a person would see.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::OFlags;
use rustix::process::Signal;
use rustix::termios::LocalModes;

/// Long enough for a loaded machine, short enough to end.
const PATIENCE: Duration = Duration::from_mins(1);

/// For so long nothing moves on the screen once everything is drawn, on a loaded machine too.
const A_WHILE: Duration = Duration::from_millis(300);

/// The program that is tested.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_countersign");

/// A terminal of the usual size, which does not say how many pixels it has.
const USUAL: PtySize = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };

/// A running countersign.
pub(crate) struct Session {
    screen: Arc<Mutex<vt100::Parser>>,
    /// Everything that the program wrote.
    written: Arc<Mutex<Vec<u8>>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    /// Whether the terminal takes nothing any more.
    stalled: Arc<AtomicBool>,
}

impl Session {
    /// Starts `countersign` with `arguments`, everything kept below `home`, in a terminal of 80 by 24.
    pub(crate) fn start(home: &Path, arguments: &[&str]) -> Self {
        Self::start_on(home, arguments, &[("TERM", "xterm-256color")], 0)
    }

    /// The same as [`Self::start`] by another program.
    pub(crate) fn start_of(program: &Path, home: &Path, arguments: &[&str]) -> Self {
        Self::open(program, home, arguments, &[("TERM", "xterm-256color")], USUAL)
    }

    /// The bundled course in a terminal of another size.
    pub(crate) fn start_in(home: &Path, columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, ..USUAL };
        Self::open(Path::new(PROGRAM), home, &[], &[("TERM", "xterm-256color")], size)
    }

    /// The same as [`Self::start`] on a terminal that says this about itself, with cells of so many pixels in width and twice that in height.
    pub(crate) fn start_on(home: &Path, arguments: &[&str], says: &[(&str, &str)], cell: u16) -> Self {
        let (pixel_width, pixel_height) = (USUAL.cols * cell, USUAL.rows * cell * 2);
        let size = PtySize { pixel_width, pixel_height, ..USUAL };
        Self::open(Path::new(PROGRAM), home, arguments, says, size)
    }

    fn open(program: &Path, home: &Path, arguments: &[&str], says: &[(&str, &str)], size: PtySize) -> Self {
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("COUNTERSIGN_HOME", home);
        for name in
            ["NO_COLOR", "ACCESSIBLE", "COLORTERM", "TERM_PROGRAM", "LC_TERMINAL", "TMUX", "STY", "ZELLIJ"]
        {
            command.env_remove(name);
        }
        for (name, value) in says {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let [rows, columns] = [size.rows, size.cols].map(|cells| NonZeroU16::new(cells).expect("not zero"));
        let screen = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
        let seen = Arc::clone(&screen);
        let written = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&written);
        let stalled = Arc::new(AtomicBool::new(false));
        let stands = Arc::clone(&stalled);
        let mut output = pair.master.try_clone_reader().expect("the terminal's output");
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = output.read(&mut bytes) {
                kept.lock().expect("no reader panics").extend_from_slice(&bytes[..read]);
                seen.lock().expect("no reader panics").process(&bytes[..read]);
                while stands.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(5));
                }
            }
        });
        let keys = pair.master.take_writer().expect("the terminal's input");
        Self { screen, written, keys, child, master: pair.master, stalled }
    }

    /// What is on the screen.
    pub(crate) fn text(&self) -> String {
        self.screen.lock().expect("no reader panics").screen().contents()
    }

    /// Everything that the program wrote.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.written.lock().expect("no reader panics")).into_owned()
    }

    /// Types.
    pub(crate) fn keys(&mut self, keys: &str) {
        self.keys
            .write_all(keys.as_bytes())
            .and_then(|()| self.keys.flush())
            .expect("the terminal takes keys");
    }

    /// Waits until the screen shows what is looked for, and gives its text.
    pub(crate) fn until(&self, what: &str, mut shown: impl FnMut(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let text = self.text();
            if shown(&text) {
                return text;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain for {what}; the screen is:\n{text}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the screen shows `words`.
    pub(crate) fn see(&self, words: &str) -> String {
        self.until(words, |text| text.contains(words))
    }

    /// Types, and waits until what came of it is on the screen.
    pub(crate) fn press(&mut self, keys: &str) {
        let before = self.text();
        self.keys(keys);
        let begun = Instant::now();
        while self.text() == before && begun.elapsed() < A_WHILE {
            thread::sleep(Duration::from_millis(5));
        }
        // A frame comes in pieces, one behind the other.
        self.still(A_WHILE / 4);
    }

    /// Waits until nothing has moved on the screen for a while.
    pub(crate) fn settled(&self) {
        self.still(A_WHILE);
    }

    fn still(&self, long: Duration) {
        let mut last = self.text();
        let mut since = Instant::now();
        while since.elapsed() < long {
            thread::sleep(Duration::from_millis(10));
            let text = self.text();
            if text != last {
                (last, since) = (text, Instant::now());
            }
        }
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(mut self) {
        self.signalled(Signal::KILL);
    }

    /// Sends it a signal that ends it, and gives everything that it wrote.
    pub(crate) fn signalled(&mut self, signal: Signal) -> String {
        self.send(signal);
        assert!(!self.child.wait().expect("it ends").success());
        self.settled();
        self.written()
    }

    /// Sends it a signal.
    pub(crate) fn send(&self, signal: Signal) {
        let id = self.child.process_id().and_then(|id| i32::try_from(id).ok());
        let id = id.and_then(rustix::process::Pid::from_raw).expect("a running process");
        rustix::process::kill_process(id, signal).expect("ours to kill");
    }

    /// Stops reading what the program writes, and leaves no room for more of it.
    pub(crate) fn stall(&self) {
        self.stalled.store(true, Ordering::SeqCst);
        let mut terminal = OpenOptions::new();
        let terminal = terminal.write(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed());
        let mut terminal = terminal.open(self.device()).expect("the terminal");
        // The reader may be in the middle of a last piece.
        for _ in 0..20 {
            while terminal.write(b"x").is_ok() {}
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends it a signal that ends it, whether or not anybody reads what it writes.
    pub(crate) fn ended_by(&mut self, signal: Signal) {
        let start = Instant::now();
        self.send(signal);
        while self.child.try_wait().expect("ours to wait for").is_none() {
            assert!(start.elapsed() < PATIENCE, "{signal:?} does not end it");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether the terminal is as a shell expects it: lines are edited and what is typed is shown.
    pub(crate) fn is_given_back(&self) -> bool {
        let terminal = File::open(self.device()).expect("the terminal");
        let modes = rustix::termios::tcgetattr(terminal).expect("a terminal has modes");
        modes.local_modes.contains(LocalModes::ICANON | LocalModes::ECHO)
    }

    /// As a shell does that goes on with somebody it had stopped.
    pub(crate) fn show_what_is_typed(&self) {
        let terminal = File::open(self.device()).expect("the terminal");
        let mut modes = rustix::termios::tcgetattr(&terminal).expect("a terminal has modes");
        modes.local_modes.insert(LocalModes::ECHO);
        let set = rustix::termios::tcsetattr(terminal, rustix::termios::OptionalActions::Now, &modes);
        set.expect("it takes them");
    }

    fn device(&self) -> PathBuf {
        self.master.tty_name().expect("the terminal has a name")
    }

    /// Waits until it has ended by itself; whether it said that all was fine.
    pub(crate) fn ended(mut self) -> bool {
        self.child.wait().expect("it ends").success()
    }

    /// Waits until it has ended by itself, with all well; gives everything that it wrote.
    pub(crate) fn left(mut self) -> String {
        assert!(self.child.wait().expect("it ends").success(), "leaving is no failure");
        self.settled();
        self.written()
    }
}
