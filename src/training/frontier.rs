//! How far a text was seen: from its beginning on, without a gap.

use std::ops::Range;

use crate::course::Lesson;
use crate::digest::Digest;
use crate::markup::LineStart;
use crate::progress::Reading;

use super::{Text, Training};

/// What of a text is in sight at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// Where its first line begins.
    pub from: LineStart,
    /// Where the first line behind it begins; at the end of the text when there is none.
    pub to: LineStart,
}

impl Sight {
    /// All of a text.
    pub const WHOLE: Self = Self { from: LineStart::first_at(0), to: LineStart::first_at(usize::MAX) };
}

/// How much of a part of a text was read: what stands behind a gap was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartRead {
    /// All of it.
    Whole,
    /// Its beginning.
    Begun,
    /// Nothing.
    Nothing,
    /// It is not read but looked up: the sources at the end.
    LookedUp,
}

impl PartRead {
    /// In a word or two.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Whole => "read",
            Self::Begun => "begun",
            Self::Nothing => "not read",
            Self::LookedUp => "to look up",
        }
    }
}

/// How far a text was seen without a gap from its beginning. Whoever jumps to the end has not read what lies before it,
/// so a face cannot make one: it asks the training for the present one and says what came into sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frontier {
    /// Which version of the text.
    digest: Digest,
    /// Where the first line begins that was not seen. Which of several that begin together it is holds for one layout, so
    /// only the offset is kept.
    unseen: LineStart,
    /// Where what is to be read ends, in bytes: sources behind it are looked up.
    end: usize,
}

impl Frontier {
    /// The one after this was in sight. What lies behind a gap leaves it where it is.
    #[must_use]
    pub fn after(self, sight: Sight) -> Self {
        let unseen = if sight.from <= self.unseen { self.unseen.max(sight.to) } else { self.unseen };
        Self { unseen: unseen.min(LineStart::first_at(self.end)), ..self }
    }

    /// The same for lines that are laid out anew: what was seen in part begins again. `begin` says where begins (in bytes of the
    /// source) what now shows what stands at an offset.
    #[must_use]
    pub fn laid_out(self, begin: impl FnOnce(usize) -> usize) -> Self {
        let again = |unseen: LineStart| LineStart::first_at(begin(unseen.offset).min(unseen.offset));
        Self { unseen: self.unseen().map_or(self.unseen, again), ..self }
    }

    /// Where the first line begins that was not seen; `None` when all of it was.
    #[must_use]
    pub fn unseen(self) -> Option<LineStart> {
        (self.unseen.offset < self.end).then_some(self.unseen)
    }

    /// Whether not even its first passage was seen to its end: of one that goes on behind the first page, that page is no beginning.
    #[must_use]
    pub fn is_at_beginning(self) -> bool {
        self.unseen().is_some_and(|unseen| unseen.offset == 0)
    }

    /// How much was seen of a part of the text, given in bytes of its source.
    #[must_use]
    pub fn part(self, part: &Range<usize>) -> PartRead {
        match self.unseen() {
            _ if part.start >= self.end => PartRead::LookedUp,
            Some(unseen) if unseen <= LineStart::first_at(part.start) => PartRead::Nothing,
            Some(unseen) if unseen < LineStart::first_at(part.end) => PartRead::Begun,
            Some(_) | None => PartRead::Whole,
        }
    }

    /// How much was seen, in percent: 100 when all of it was, less before.
    #[must_use]
    pub fn percent(self) -> u32 {
        self.percent_before(self.unseen.offset)
    }

    /// How much of what is to be read stands before `offset`, in percent: 100 when all of it does, less before.
    #[must_use]
    pub fn percent_before(self, offset: usize) -> u32 {
        if offset >= self.end {
            return 100;
        }
        u32::try_from(offset as u128 * 100 / self.end as u128).unwrap_or(99).min(99)
    }

    /// The first byte of the source that was not seen; `None` of another version of this text.
    pub(super) fn offset_in(self, lesson: &Lesson) -> Option<usize> {
        (self.digest == lesson.digest).then_some(self.unseen.offset)
    }
}

impl Training {
    /// How far a text was seen in this run, in the version that is shown; `None` when the course has no such text.
    #[must_use]
    pub fn frontier(&self, text: Text) -> Option<Frontier> {
        let lesson = self.text(text)?;
        let end = match text {
            Text::Lesson(_) => lesson.document.body_end(),
            // Whoever agrees to it agrees to all of it.
            Text::Policy => lesson.text().len(),
        };
        let offset = match self.reading_of(lesson) {
            // What counted as read when less was asked for still does.
            Some(reading) if reading.finished_at.is_some() => end,
            Some(reading) => reading.farthest.min(end),
            None => 0,
        };
        Some(Frontier { digest: lesson.digest, unseen: LineStart::first_at(offset), end })
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

    fn nothing_of(end: usize) -> Frontier {
        Frontier { digest: Digest::of(b"a text"), unseen: LineStart::default(), end }
    }

    fn after(sights: &[[(usize, usize); 2]]) -> Frontier {
        let start = |(offset, line)| LineStart { offset, line };
        sights.iter().fold(nothing_of(100), |frontier, &[from, to]| {
            frontier.after(Sight { from: start(from), to: start(to) })
        })
    }

    fn check(sights: &[(usize, usize)], unseen: Option<usize>, percent: u32) {
        let sights: Vec<_> = sights.iter().map(|&(from, to)| [(from, 0), (to, 0)]).collect();
        let frontier = after(&sights);
        assert_eq!(
            (frontier.unseen().map(|unseen| unseen.offset), frontier.percent()),
            (unseen, percent),
            "{sights:?}"
        );
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

    /// Whoever saw the first line of a table's row or of a picture, and then its last one, had seen what lies between.
    #[test]
    fn of_lines_that_begin_together_none_is_passed_over() {
        let part = [[(0, 0), (30, 5)]];
        let unseen = |more: [(usize, usize); 2]| after(&[part[0], more]).unseen();
        let start = |offset, line| Some(LineStart { offset, line });
        assert_eq!(unseen([(30, 6), (60, 0)]), start(30, 5));
        assert_eq!(unseen([(30, 5), (60, 0)]), start(60, 0));
        assert_eq!(unseen([(30, 2), (30, 9)]), start(30, 9));
        assert_eq!(unseen([(30, 2), (30, 3)]), start(30, 5));
        assert_eq!(unseen([(60, 0), (100, 0)]), start(30, 5));
        assert_eq!(unseen([(30, 5), (100, 0)]), None);
        assert_eq!(after(&part).percent(), 30);
    }

    /// Of sources at the end nobody says how far they were read.
    #[test]
    fn a_share_is_one_of_what_is_to_be_read() {
        let text = nothing_of(40);
        assert_eq!([0, 10, 39, 40, 90].map(|offset| text.percent_before(offset)), [0, 25, 97, 100, 100]);
    }

    #[test]
    fn what_was_seen_in_part_begins_again_in_other_lines() {
        let part = after(&[[(0, 0), (30, 5)]]);
        let again = |begin| part.laid_out(|_| begin).unseen();
        assert_eq!(again(30), Some(LineStart::first_at(30)));
        assert_eq!(again(24), Some(LineStart::first_at(24)));
        assert_eq!(again(31), Some(LineStart::first_at(30)), "nothing is seen by that");
        assert_eq!(nothing_of(100).after(Sight::WHOLE).laid_out(|_| 0).unseen(), None);
    }

    #[test]
    fn parts_are_read_as_far_as_the_text_is() {
        let check = |unseen: (usize, usize), part: Range<usize>, expected: PartRead| {
            assert_eq!(after(&[[(0, 0), unseen]]).part(&part), expected, "{unseen:?}: {part:?}");
        };
        check((30, 0), 0..20, PartRead::Whole);
        check((30, 0), 0..30, PartRead::Whole);
        check((30, 0), 20..31, PartRead::Begun);
        check((30, 0), 30..60, PartRead::Nothing);
        check((30, 2), 30..60, PartRead::Begun);
        check((30, 0), 60..100, PartRead::Nothing);
        check((100, 0), 60..100, PartRead::Whole);
        check((100, 0), 60..140, PartRead::Whole);
        check((30, 0), 100..140, PartRead::LookedUp);
    }

    #[test]
    fn of_an_empty_text_nothing_is_unseen() {
        let empty = nothing_of(0);
        assert_eq!((empty.unseen(), empty.percent()), (None, 100));
        assert_eq!(empty.after(Sight::WHOLE), empty);
    }

    proptest! {
        /// Every line before it was in sight at some time.
        #[test]
        fn there_is_no_gap_before_it(
            // How many lines begin at each offset.
            beside in prop::collection::vec(1_usize..5, 100),
            sights in prop::collection::vec((0_usize..320, 0_usize..60), 0..20),
        ) {
            let lines: Vec<LineStart> = beside
                .iter()
                .enumerate()
                .flat_map(|(offset, count)| (0..*count).map(move |line| LineStart { offset, line }))
                .collect();
            let start = |line: usize| lines.get(line).copied().unwrap_or(LineStart::first_at(100));
            let mut seen = vec![false; lines.len()];
            let mut frontier = nothing_of(100);
            for (from, length) in sights {
                let (from, to) = (from.min(lines.len()), (from + length).min(lines.len()));
                seen[from..to].fill(true);
                let next = frontier.after(Sight { from: start(from), to: start(to) });
                prop_assert!(next.unseen >= frontier.unseen);
                frontier = next;
                prop_assert!(lines.iter().zip(&seen).all(|(line, seen)| *line >= frontier.unseen || *seen));
            }
        }
    }
}
