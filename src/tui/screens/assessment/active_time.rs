//! How long somebody was at a question.

use crate::clock::Timestamp;
use crate::training::LONGEST_PAUSE;

/// Time spent on the question on the screen, without pauses.
#[derive(Debug, Clone, Copy)]
pub(super) struct ActiveTime {
    last: Timestamp,
    seconds: u64,
}

impl ActiveTime {
    /// None so far; it begins now.
    pub(super) fn from(now: Timestamp) -> Self {
        Self { last: now, seconds: 0 }
    }

    /// There is a sign of life.
    pub(super) fn touch(&mut self, now: Timestamp) {
        self.seconds += now.seconds_since(self.last).min(LONGEST_PAUSE);
        self.last = now;
    }

    /// Until now somebody was elsewhere.
    pub(super) fn go_on(&mut self, now: Timestamp) {
        self.last = now;
    }

    /// What has come together, which is counted once.
    pub(super) fn take(&mut self) -> u64 {
        std::mem::take(&mut self.seconds)
    }
}
