//! Work on the files of a course, shared among threads where there is much of it.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// From how many bytes on several threads are faster than one.
const MUCH: usize = 1 << 20;

/// So many share the work: who waits for a course has other programs, too.
const THREADS: usize = 4;

/// What `work` makes of each of `items`, in their order; they have so many `bytes` in all.
pub(super) fn shared<T: Sync, R: Send>(items: &[T], bytes: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if bytes < MUCH {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let taken = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        taken.map_while(|index| Some((index, work(items.get(index)?)))).collect::<Vec<_>>()
    };
    let mut made = thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().spawn_scoped(scope, take).ok();
        let others: Vec<_> = (1..THREADS).filter_map(spawn).collect();
        let mut made = take();
        for other in others {
            made.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        made
    });
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_stands_in_order() {
        let items: Vec<usize> = (0..1_000).collect();
        let expected: Vec<usize> = items.iter().map(|item| item * 2).collect();
        for bytes in [0, MUCH] {
            let done = AtomicUsize::new(0);
            let made = shared(&items, bytes, |item| {
                done.fetch_add(1, Ordering::Relaxed);
                item * 2
            });
            assert_eq!((made, done.into_inner()), (expected.clone(), items.len()), "{bytes}");
        }
        assert!(shared(&[0_u8; 0], MUCH, |item| *item).is_empty());
    }

    #[test]
    #[should_panic(expected = "the tenth")]
    fn what_goes_wrong_on_a_thread_goes_wrong_here() {
        let items: Vec<usize> = (0..100).collect();
        shared(&items, MUCH, |item| assert!(*item != 10, "the tenth"));
    }
}
