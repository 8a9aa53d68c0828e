//! How long collecting waits in all while too many files are open.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// How often something is tried again in all, and after what time: one minute. Where the shortage stays, every file would wait anew.
const TRIES: u32 = 3_000;
const PAUSE: Duration = Duration::from_millis(20);

/// What is left of it.
#[derive(Debug)]
pub(super) struct Patience<'a> {
    /// When it is set, nothing is waited for.
    stop: &'a AtomicBool,
    tries: AtomicU32,
    /// Whether somebody waits and it was not told yet.
    is_news: AtomicBool,
    pause: Duration,
}

impl<'a> Patience<'a> {
    /// That of one run.
    pub(super) fn new(stop: &'a AtomicBool) -> Self {
        Self { stop, tries: AtomicU32::new(TRIES), is_news: AtomicBool::new(false), pause: PAUSE }
    }

    /// Waits a moment, and says whether it is tried again.
    pub(super) fn again(&self) -> bool {
        if self.stop.load(Ordering::Relaxed) {
            return false;
        }
        let left = self.tries.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        if left == Ok(TRIES) {
            self.is_news.store(true, Ordering::Relaxed);
        }
        if left.is_ok() {
            thread::sleep(self.pause);
        }
        left.is_ok()
    }

    /// Whether there is something to tell: once, after the first wait has begun.
    pub(super) fn is_news(&self) -> bool {
        self.is_news.swap(false, Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With 10,000 files and a shortage that stayed, each was waited for, for hours and without a word.
    #[test]
    fn one_run_waits_for_so_long_and_says_so_once() {
        let stop = AtomicBool::new(false);
        let patience = Patience { pause: Duration::ZERO, ..Patience::new(&stop) };
        assert!(!patience.is_news());
        assert_eq!((0..2 * TRIES).filter(|_| patience.again()).count(), 3_000);
        assert_eq!([patience.is_news(), patience.is_news()], [true, false]);
        assert!(!patience.again() && !patience.is_news());
    }

    #[test]
    fn nobody_waits_for_whoever_has_stopped() {
        let stop = AtomicBool::new(true);
        let patience = Patience::new(&stop);
        assert!(!patience.again() && !patience.is_news());
        stop.store(false, Ordering::Relaxed);
        assert!(patience.again());
    }
}
