//! How long somebody was at a question.

use crate::clock::Timestamp;
use crate::training::LONGEST_PAUSE;

/// Time spent on the question on the screen, without pauses. Whoever opens it and goes away again was not at it.
#[derive(Debug, Clone, Copy)]
pub(super) struct ActiveTime {
    last: Timestamp,
    /// `None` before anything was done.
    seconds: Option<u64>,
}

impl ActiveTime {
    /// None so far; it begins now.
    pub(super) fn from(now: Timestamp) -> Self {
        Self { last: now, seconds: None }
    }

    /// Something was pressed.
    pub(super) fn touch(&mut self, now: Timestamp) {
        *self.seconds.get_or_insert(0) += now.seconds_since(self.last).min(LONGEST_PAUSE);
        self.last = now;
    }

    /// Somebody goes away.
    pub(super) fn end(&mut self, now: Timestamp) {
        if self.is_running() {
            self.touch(now);
        }
    }

    /// Whether anything was done.
    pub(super) fn is_running(self) -> bool {
        self.seconds.is_some()
    }

    /// Until now somebody was elsewhere.
    pub(super) fn go_on(&mut self, now: Timestamp) {
        self.last = now;
    }

    /// What has come together, which is counted once.
    pub(super) fn take(&mut self) -> u64 {
        self.seconds.as_mut().map_or(0, std::mem::take)
    }
}
