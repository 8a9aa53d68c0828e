//! What the linear face owes to whoever interrupts it on a terminal: its last words again after a pause, why there is none where
//! there is no shell, and a farewell.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// In bytes; no prompt is longer.
const MOST_REMEMBERED: usize = 4 * 1024;

/// Passes on what is said, and remembers what came behind the last empty line: there stands what can be typed.
pub(super) struct Remembering<W> {
    output: W,
    last: LastWords,
}

/// What was said last.
#[derive(Debug, Clone, Default)]
pub(super) struct LastWords(Arc<Mutex<Vec<u8>>>);

impl<W: Write> Remembering<W> {
    pub(super) fn new(output: W) -> (Self, LastWords) {
        let last = LastWords::default();
        (Self { output, last: last.clone() }, last)
    }
}

impl<W: Write> Write for Remembering<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.output.write(bytes)?;
        self.last.remember(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

impl LastWords {
    fn remember(&self, said: &[u8]) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for byte in said {
            if *byte == b'\n' && last.last().is_none_or(|before| *before == b'\n') {
                last.clear();
            } else {
                last.push(*byte);
            }
        }
        let cut = too_early(&last);
        last.drain(..cut);
    }

    fn get(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// How much in front is too much to remember: what can be typed stands at the end. Whole lines go, and of a line that is too long
/// by itself whole characters.
fn too_early(said: &[u8]) -> usize {
    let Some(excess) = said.len().checked_sub(MOST_REMEMBERED).filter(|excess| *excess > 0) else { return 0 };
    let line = said[excess - 1..].iter().position(|byte| *byte == b'\n').map(|before| excess + before);
    let is_inside = |byte: &u8| byte & 0b1100_0000 == 0b1000_0000;
    let character = excess + said[excess..].iter().take_while(|byte| is_inside(byte)).count();
    line.filter(|line| *line < said.len()).unwrap_or(character)
}

/// Watches for interruptions for as long as it lives.
#[cfg(unix)]
pub(super) struct Interruptions {
    signals: signal_hook::iterator::Handle,
    /// `None` as soon as the conversation is over.
    listening: Option<crate::endings::Listening>,
}

#[cfg(unix)]
impl Interruptions {
    /// `None` where nobody sits at a terminal: then a signal ends the program as it ends any other.
    pub(super) fn begin(
        last: LastWords,
        farewell: impl Fn() -> &'static str + Send + 'static,
    ) -> Option<Self> {
        use std::io::IsTerminal as _;

        use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
        use signal_hook::consts::{SIGCONT, SIGINT, SIGTSTP};
        use signal_hook::iterator::Signals;

        use crate::endings::{self, Listening};
        use crate::plain::NO_SHELL;
        use crate::tui::terminal::somebody_can_continue;

        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return None;
        }
        let before = tcgetattr(rustix::stdio::stdin()).ok()?;
        let (listening, mut signals) =
            Listening::begin(&[SIGINT], || Signals::new([SIGINT, SIGCONT])).ok()?;
        // Where a shell waits, this signal is left to the system, which stops the program as it stops any other.
        if !somebody_can_continue() {
            signals.add_signal(SIGTSTP).ok()?;
        }
        let handle = signals.handle();
        std::thread::spawn(move || {
            for signal in signals.forever() {
                match signal {
                    // The shell wrote between the question and what is typed now.
                    SIGCONT => say(&[b"\n", last.get().as_slice()].concat()),
                    SIGTSTP => {
                        say(&[format!("\n\n{NO_SHELL}\n\n").as_bytes(), last.get().as_slice()].concat());
                    }
                    _ => {
                        // What hides a passphrase gives the echo back too, and leaves the end to us; nobody knows which of the
                        // two comes first.
                        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &before);
                        say(format!("\n\n{}\n", farewell()).as_bytes());
                        endings::die_of(signal);
                    }
                }
            }
        });
        Some(Self { signals: handle, listening: Some(listening) })
    }
}

#[cfg(unix)]
impl Drop for Interruptions {
    fn drop(&mut self) {
        drop(self.listening.take());
        self.signals.close();
    }
}

/// Past the lock of standard output, which the conversation holds while it waits for a line.
#[cfg(unix)]
fn say(mut words: &[u8]) {
    while !words.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), words) {
            Ok(written) => words = &words[written..],
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

/// Elsewhere no program is stopped and goes on.
#[cfg(not(unix))]
pub(super) enum Interruptions {}

#[cfg(not(unix))]
impl Interruptions {
    pub(super) fn begin(
        _last: LastWords,
        _farewell: impl Fn() -> &'static str + Send + 'static,
    ) -> Option<Self> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_are_those_behind_the_last_empty_line() {
        let check = |said: &[&str], expected: &str| {
            let (mut output, last) = Remembering::new(Vec::new());
            for part in said {
                output.write_all(part.as_bytes()).expect("memory");
            }
            assert_eq!(output.output, said.concat().as_bytes());
            assert_eq!(String::from_utf8(last.get()).expect("whole words"), expected);
        };
        check(&[], "");
        check(
            &["A lesson.\n", "\n", "Press Enter ", "to go on.\nType quit\n"],
            "Press Enter to go on.\nType quit\n",
        );
        check(&["A lesson.\n\n\n"], "");
        check(&["\nYour name:\n"], "Your name:\n");
    }

    #[test]
    fn of_words_without_end_the_last_ones_are_remembered() {
        let check = |said: &[&str], expected: &str| {
            let (mut output, last) = Remembering::new(io::sink());
            for part in said {
                output.write_all(part.as_bytes()).expect("a sink");
                assert!(last.get().len() <= MOST_REMEMBERED);
            }
            assert_eq!(String::from_utf8(last.get()).expect("whole characters"), expected);
        };
        let most = |sign: &str| sign.repeat(MOST_REMEMBERED / sign.len());
        // No line is cut in two, unless it is too long by itself; then no character is.
        let line = "fifteen signs.\n";
        let lines = line.repeat((MOST_REMEMBERED - 9) / line.len());
        check(&[&line.repeat(10_000), "Your name"], &format!("{lines}Your name"));
        check(&[line, &most("x")], &most("x"));
        check(&[&"x".repeat(10_000)], &most("x"));
        check(&["x", &"\u{20ac}".repeat(10_000)], &most("\u{20ac}"));
        let long = "x".repeat(MOST_REMEMBERED - 1) + "\n";
        check(&["x", &long], &long);
        check(&["xx", &long], &long);
        // It is over at the next empty line, in however many pieces it came.
        check(&[&"x".repeat(10_000), "\n", "\nYour name:\n"], "Your name:\n");
        check(&vec!["x"; 5000], &most("x"));
    }
}
