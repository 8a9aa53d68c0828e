//! A bar on standard error that says how far it is, how fast and how long still, when somebody is there to see it; where nothing is
//! drawn over (a screen reader, a terminal that only takes lines), now and then a line.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use super::super::super::config_file::ConfigFile;
use super::super::super::environment::{self, Environment, Terminal};
use crate::bar;
use crate::config::Face;

/// How often the bar is drawn.
const EVERY: Duration = Duration::from_millis(200);
/// How often a line is said: whoever listens to it has other things to hear.
const SELDOM: Duration = Duration::from_secs(15);
/// How many columns a terminal has that does not say so.
const USUAL: usize = 80;
/// The least and the most cells of a bar.
const CELLS: std::ops::RangeInclusive<usize> = 6..=30;

/// What shows it.
#[derive(Debug)]
pub(super) struct Progress {
    begun: Instant,
    written: Option<Instant>,
    manner: Manner,
}

/// In which way it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Drawn over again and again.
    Bar,
    /// One line below the other.
    Lines,
    /// Nobody is there: in a file or the mail of a job it would only be noise.
    Nobody,
}

impl Progress {
    /// In the way that suits whoever sits there.
    pub(super) fn begin(environment: &Environment) -> Self {
        let config = ConfigFile::in_folder(environment.config.as_deref()).read().config;
        let is_linear = environment.accessible || config.face == Face::Linear;
        let is_drawn_over = environment.terminal != Terminal::Dumb && !is_linear;
        let manner = match (io::stderr().is_terminal(), is_drawn_over) {
            (true, true) => Manner::Bar,
            (true, false) => Manner::Lines,
            (false, _) => Manner::Nobody,
        };
        Self { begun: Instant::now(), written: None, manner }
    }

    /// So many files of so many are done; how many there are may become known on the way.
    pub(super) fn at(&mut self, done: u64, total: u64) {
        let now = Instant::now();
        let is_due = |since: Instant, rest| now.duration_since(since) >= rest;
        let (due, shown): (_, fn(&Standing) -> String) = match self.manner {
            Manner::Bar => (self.written.is_none_or(|written| is_due(written, EVERY)), |standing| {
                // One column stays free: some terminals go on below behind the last one.
                let columns = environment::columns(&io::stderr().lock()).unwrap_or(USUAL);
                format!("\r{}\x1b[K", standing.bar(columns.saturating_sub(1)))
            }),
            Manner::Lines => (is_due(self.written.unwrap_or(self.begun), SELDOM), |standing| {
                format!("{}\n", standing.line())
            }),
            Manner::Nobody => return,
        };
        if due {
            self.written = Some(now);
            let shown =
                shown(&Standing { done, total: total.max(done), elapsed: now.duration_since(self.begun) });
            // Nobody is left to tell when standard error is closed.
            let _ = write!(io::stderr().lock(), "{shown}").and_then(|()| io::stderr().flush());
        }
    }

    /// Makes room for other words.
    pub(super) fn end(&mut self) {
        if self.written.take().is_some() && self.manner == Manner::Bar {
            let _ = write!(io::stderr().lock(), "\r\x1b[K").and_then(|()| io::stderr().flush());
        }
    }
}

/// How far it is.
struct Standing {
    done: u64,
    /// Never less than what is done.
    total: u64,
    elapsed: Duration,
}

impl Standing {
    fn rate(&self) -> u64 {
        self.done / self.elapsed.as_secs().max(1)
    }

    /// How long it takes still, behind a comma, where that can be said.
    fn left(&self) -> String {
        match (self.rate(), self.total - self.done) {
            (0, _) | (_, 0) => String::new(),
            (rate, files) => format!(", {} left", time(files / rate)),
        }
    }

    fn line(&self) -> String {
        format!("{} of {} files, {} a second{}", self.done, self.total, self.rate(), self.left())
    }

    /// A bar and as many words beside it as fit into so many columns.
    fn bar(&self, columns: usize) -> String {
        let percent = self.done.saturating_mul(100) / self.total.max(1);
        let brief = format!("{percent} %, {}/s{}", self.rate(), self.left());
        let words = [self.line(), brief, format!("{percent} %")];
        let room =
            |words: &String| columns.checked_sub(words.len() + 1).filter(|cells| cells >= CELLS.start());
        let fitting = words.iter().find_map(|words| Some((words, room(words)?.min(*CELLS.end()))));
        let Some((words, cells)) = fitting else { return words[2].chars().take(columns).collect() };
        let full = bar::drawn(self.done, self.total, cells);
        let empty = "░".repeat(cells - full.chars().count());
        format!("{full}{empty} {words}")
    }
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

    fn standing(done: u64, total: u64, seconds: u64) -> Standing {
        Standing { done, total: total.max(done), elapsed: Duration::from_secs(seconds) }
    }

    #[test]
    fn the_line_says_how_far_how_fast_and_how_long() {
        #[track_caller]
        fn check(done: u64, total: u64, seconds: u64, expected: &str) {
            assert_eq!(standing(done, total, seconds).line(), expected);
        }
        check(0, 100, 0, "0 of 100 files, 0 a second");
        check(500, 1000, 1, "500 of 1000 files, 500 a second, 1 s left");
        check(1000, 1_000_000, 1, "1000 of 1000000 files, 1000 a second, 16 min 39 s left");
        check(10, 1_000_000, 10, "10 of 1000000 files, 1 a second, 277 h 46 min left");
        // Counting may be slower than reading.
        check(100, 7, 10, "100 of 100 files, 10 a second");
    }

    /// It was longer than a narrow terminal, and each time that it was written a line of it stayed.
    #[test]
    fn the_bar_fits_and_has_the_words_that_there_is_room_for() {
        #[track_caller]
        fn check(columns: usize, expected: &str) {
            assert_eq!(standing(3007, 20_000, 5).bar(columns), expected);
        }
        check(79, "████▌░░░░░░░░░░░░░░░░░░░░░░░░░ 3007 of 20000 files, 601 a second, 28 s left");
        check(51, "▉░░░░░ 3007 of 20000 files, 601 a second, 28 s left");
        check(39, "██▍░░░░░░░░░░░░░ 15 %, 601/s, 28 s left");
        check(20, "██▎░░░░░░░░░░░░ 15 %");
        check(8, "15 %");
        check(0, "");
        let whole = standing(7, 7, 1).bar(39);
        assert!(
            whole.starts_with("█████")
                && !whole.contains('░')
                && whole.ends_with(" 7 of 7 files, 7 a second")
        );
        let slowest = standing(999_999, 10_000_000_000, 10).bar(39);
        assert!(slowest.ends_with("/s, 27 h 46 min left"), "rate and time left have room: {slowest}");
        for columns in 0..120 {
            for (done, total) in [(0, 0), (1, 1_000_000), (999_999, 1_000_000), (u64::MAX, u64::MAX)] {
                let bar = standing(done, total, 10).bar(columns);
                assert!(bar.chars().count() <= columns, "{columns}: {bar}");
            }
        }
    }
}
