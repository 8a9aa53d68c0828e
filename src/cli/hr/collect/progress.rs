//! One line on standard error that says how far it is, when somebody is there to see it.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use super::super::super::environment::{Environment, Terminal};

/// How often it is written.
const EVERY: Duration = Duration::from_millis(200);

/// The line.
#[derive(Debug)]
pub(super) struct Progress {
    begun: Instant,
    written: Option<Instant>,
    wanted: bool,
}

impl Progress {
    /// A line for a terminal that can go back to its beginning.
    pub(super) fn begin(environment: &Environment) -> Self {
        let wanted = io::stderr().is_terminal() && environment.terminal != Terminal::Dumb;
        Self { begun: Instant::now(), written: None, wanted }
    }

    /// So many files of so many are done; how many there are may become known on the way.
    pub(super) fn at(&mut self, done: u64, total: u64) {
        let now = Instant::now();
        if !self.wanted || self.written.is_some_and(|written| now.duration_since(written) < EVERY) {
            return;
        }
        self.written = Some(now);
        let line = line(done, total, now.duration_since(self.begun));
        // Nobody is left to tell when standard error is closed.
        let _ = write!(io::stderr().lock(), "\r{line}\x1b[K").and_then(|()| io::stderr().flush());
    }

    /// Makes room for other words.
    pub(super) fn end(&mut self) {
        if self.written.take().is_some() {
            let _ = write!(io::stderr().lock(), "\r\x1b[K").and_then(|()| io::stderr().flush());
        }
    }
}

fn line(done: u64, total: u64, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs().max(1);
    let rate = done / seconds;
    let total = total.max(done);
    let left = match (rate, total - done) {
        (0, _) | (_, 0) => String::new(),
        (rate, files) => format!(", {} left", time(files / rate)),
    };
    format!("{done} of {total} files, {rate} a second{left}")
}

fn time(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_how_fast_and_how_long() {
        fn check(done: u64, total: u64, seconds: u64, expected: &str) {
            assert_eq!(line(done, total, Duration::from_secs(seconds)), expected);
        }
        check(0, 100, 0, "0 of 100 files, 0 a second");
        check(500, 1000, 1, "500 of 1000 files, 500 a second, 1 s left");
        check(1000, 1_000_000, 1, "1000 of 1000000 files, 1000 a second, 16 min 39 s left");
        check(10, 1_000_000, 10, "10 of 1000000 files, 1 a second, 277 h 46 min left");
        // Counting may be slower than reading.
        check(100, 7, 10, "100 of 100 files, 10 a second");
    }
}
