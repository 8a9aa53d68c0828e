//! Times of single runs, for ratios that are printed beside what Criterion measures.

use std::hint::black_box;
use std::time::{Duration, Instant};

pub(crate) fn timed<T>(run: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

/// The median of at least one time.
pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
