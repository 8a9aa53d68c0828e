//! How far a text was seen: from its beginning on, without a gap.

use crate::course::Lesson;
use crate::digest::Digest;
use crate::progress::Reading;

use super::{Text, Training};

/// What of a text is in sight at once, in bytes of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Where it begins: from here to its first line the text shows nothing. 0 when it begins with the first line of all.
    pub from: usize,
    /// Where what stands behind it begins; the length of the text when nothing does.
    pub to: usize,
}

/// How far a text was seen without a gap from its beginning. Whoever jumps to the end has not read what lies before it,
/// so a face cannot make one: it asks the training for the present one and says what came into sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frontier {
    /// Which version of the text.
    digest: Digest,
    /// The first byte of the source that was not seen.
    offset: usize,
    /// How many bytes there are.
    length: usize,
}

impl Frontier {
    /// The one after this was in sight. What lies behind a gap leaves it where it is.
    #[must_use]
    pub fn after(self, sight: Sight) -> Self {
        let offset = if sight.from <= self.offset { self.offset.max(sight.to) } else { self.offset };
        Self { offset: offset.min(self.length), ..self }
    }

    /// Where what was not seen begins, in bytes of the source; `None` when all of it was.
    #[must_use]
    pub fn unseen(self) -> Option<usize> {
        (self.offset < self.length).then_some(self.offset)
    }

    /// How much was seen, in percent: 100 when all of it was, less before.
    #[must_use]
    pub fn percent(self) -> u32 {
        let Some(seen) = self.unseen() else { return 100 };
        u32::try_from(seen as u128 * 100 / self.length as u128).unwrap_or(99).min(99)
    }

    /// The first byte of the source that was not seen; `None` of another version of this text.
    pub(super) fn offset_in(self, lesson: &Lesson) -> Option<usize> {
        (self.digest == lesson.digest).then_some(self.offset)
    }
}

impl Training {
    /// How far a text was seen in this run, in the version that is shown; `None` when the course has no such text.
    #[must_use]
    pub fn frontier(&self, text: Text) -> Option<Frontier> {
        let lesson = self.text(text)?;
        let length = lesson.text().len();
        let offset = match self.reading_of(lesson) {
            // What counted as read when less was asked for still does.
            Some(reading) if reading.finished_at.is_some() => length,
            Some(reading) => reading.farthest.min(length),
            None => 0,
        };
        Some(Frontier { digest: lesson.digest, offset, length })
    }

    /// How far this version of a lesson was read.
    pub(super) fn reading_of(&self, lesson: &Lesson) -> Option<&Reading> {
        self.progress.lessons.get(&lesson.path).filter(|reading| reading.digest == lesson.digest)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn nothing_of(length: usize) -> Frontier {
        Frontier { digest: Digest::of(b"a text"), offset: 0, length }
    }

    fn check(sights: &[(usize, usize)], unseen: Option<usize>, percent: u32) {
        let frontier =
            sights.iter().fold(nothing_of(100), |frontier, &(from, to)| frontier.after(Sight { from, to }));
        assert_eq!((frontier.unseen(), frontier.percent()), (unseen, percent), "{sights:?}");
    }

    #[test]
    fn only_what_continues_what_was_seen_moves_it() {
        check(&[], Some(0), 0);
        check(&[(0, 30)], Some(30), 30);
        check(&[(0, 30), (30, 60)], Some(60), 60);
        check(&[(0, 30), (20, 60)], Some(60), 60);
        check(&[(0, 30), (31, 60)], Some(30), 30);
        check(&[(0, 30), (70, 100)], Some(30), 30);
        check(&[(70, 100)], Some(0), 0);
        check(&[(70, 100), (0, 70)], Some(70), 70);
        check(&[(70, 100), (0, 70), (70, 100)], None, 100);
        check(&[(0, 60), (10, 20)], Some(60), 60);
        check(&[(0, 100)], None, 100);
        check(&[(0, 99)], Some(99), 99);
        check(&[(0, 1000)], None, 100);
    }

    #[test]
    fn of_an_empty_text_nothing_is_unseen() {
        let empty = nothing_of(0);
        assert_eq!((empty.unseen(), empty.percent()), (None, 100));
        assert_eq!(empty.after(Sight { from: 0, to: 0 }), empty);
    }

    proptest! {
        /// Every byte before it was in sight at some time.
        #[test]
        fn there_is_no_gap_before_it(sights in prop::collection::vec((0_usize..120, 0_usize..40), 0..20)) {
            let mut seen = [false; 160];
            let mut frontier = nothing_of(100);
            for (from, length) in sights {
                seen[from..from + length].fill(true);
                let next = frontier.after(Sight { from, to: from + length });
                prop_assert!(next.offset >= frontier.offset);
                frontier = next;
                prop_assert!(seen[..frontier.offset].iter().all(|seen| *seen));
            }
        }
    }
}
