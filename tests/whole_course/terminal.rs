//! A terminal with a countersign in it: types keys, sees what a person would see.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::Signal;

/// Long enough for a loaded machine, short enough to end.
const PATIENCE: Duration = Duration::from_secs(60);

const ROWS: NonZeroU16 = NonZeroU16::new(24).expect("not zero");
const COLUMNS: NonZeroU16 = NonZeroU16::new(80).expect("not zero");

/// A running countersign.
pub(crate) struct Session {
    screen: Arc<Mutex<vt100::Parser>>,
    /// Everything that the program wrote.
    written: Arc<Mutex<Vec<u8>>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
}

impl Session {
    /// Starts `countersign` with `arguments`, everything kept below `home`, in a terminal of 80 by 24.
    pub(crate) fn start(home: &Path, arguments: &[&str]) -> Self {
        Self::start_on(home, arguments, &[("TERM", "xterm-256color")], 0)
    }

    /// The same on a terminal that says this about itself, with cells of so many pixels in width and twice that in height.
    pub(crate) fn start_on(home: &Path, arguments: &[&str], says: &[(&str, &str)], cell: u16) -> Self {
        let (pixel_width, pixel_height) = (COLUMNS.get() * cell, ROWS.get() * cell * 2);
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width, pixel_height };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_countersign"));
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
        let screen = Arc::new(Mutex::new(vt100::Parser::new(ROWS, COLUMNS, 0)));
        let seen = Arc::clone(&screen);
        let written = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&written);
        let mut output = pair.master.try_clone_reader().expect("the terminal's output");
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = output.read(&mut bytes) {
                kept.lock().expect("no reader panics").extend_from_slice(&bytes[..read]);
                seen.lock().expect("no reader panics").process(&bytes[..read]);
            }
        });
        let keys = pair.master.take_writer().expect("the terminal's input");
        Self { screen, written, keys, child, _master: pair.master }
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

    /// Waits until nothing has moved on the screen for a while.
    pub(crate) fn settled(&self) {
        let mut last = self.text();
        let mut since = Instant::now();
        while since.elapsed() < Duration::from_millis(300) {
            thread::sleep(Duration::from_millis(10));
            let text = self.text();
            if text != last {
                (last, since) = (text, Instant::now());
            }
        }
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(self) {
        self.signalled(Signal::KILL);
    }

    /// Sends it a signal that ends it, and gives everything that it wrote.
    pub(crate) fn signalled(mut self, signal: Signal) -> String {
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

    /// Waits until it has ended by itself; whether it said that all was fine.
    pub(crate) fn ended(mut self) -> bool {
        self.child.wait().expect("it ends").success()
    }
}
