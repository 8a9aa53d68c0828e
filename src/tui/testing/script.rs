//! A session without a terminal: gives what it was told to, and notes what it is asked for.

use std::cell::OnceCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::{Duration, Instant};

use super::Journal;
use crate::tui::learner::Before;
use crate::tui::modes::Modes;
use crate::tui::run::{Ending, Occurrence, Session, Suspension};

/// A session without a terminal: gives what it was told to, and notes what it is asked for.
#[derive(Debug, Default)]
pub(crate) struct Script {
    /// What happens; then the terminal is closed.
    pub(crate) occurrences: VecDeque<Occurrence>,
    /// How soon after the other each of them happens.
    pub(crate) pace: Duration,
    pub(crate) beginning: OnceCell<Instant>,
    /// How long it has gone on.
    pub(crate) passed: Duration,
    /// It has seen nothing of what comes next.
    pub(crate) is_hasty: bool,
    /// What is on the screen before the face.
    pub(crate) before: Before,
    /// What becomes of the wish to go to the shell.
    pub(crate) suspension: Suspension,
    /// For how long it was waited each time.
    pub(crate) waits: Vec<Option<Duration>>,
    /// Where each wait is noted among what others do.
    pub(crate) journal: Journal,
    pub(crate) copied: Vec<String>,
    pub(crate) suspended: usize,
    pub(crate) modes: Option<Modes>,
}

impl Session for Script {
    type Error = Infallible;

    fn next(&mut self, timeout: Option<Duration>) -> Result<Occurrence, Infallible> {
        self.waits.push(timeout);
        self.passed += self.pace;
        if timeout != Some(Duration::ZERO) {
            self.journal.borrow_mut().push("wait");
        }
        Ok(self.occurrences.pop_front().unwrap_or(Occurrence::Ended(Ending::HungUp)))
    }

    fn has_more(&mut self) -> Result<bool, Infallible> {
        Ok(!self.is_hasty)
    }

    fn now(&self) -> Instant {
        *self.beginning.get_or_init(Instant::now) + self.passed
    }

    fn suspend(&mut self) -> Result<Suspension, Infallible> {
        self.suspended += 1;
        Ok(self.suspension)
    }

    fn set_modes(&mut self, modes: Modes) -> Result<(), Infallible> {
        self.modes = Some(modes);
        Ok(())
    }

    fn copy(&mut self, text: &str) -> Result<(), Infallible> {
        self.copied.push(text.to_owned());
        Ok(())
    }
}
